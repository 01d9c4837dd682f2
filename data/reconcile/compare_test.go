package reconcile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/reconcile"
)

var today = data.Date(2026, 6, 1)

// one is a dossier on either side.
type one struct {
	d                           data.Dossier
	unit, procedure, procedure2 string
}

// book is the own side.
type book struct {
	list []one
	err  error
}

func (b *book) Each(ctx context.Context, fn func(reconcile.Entry) error) error {
	for i := range b.list {
		o := &b.list[i]
		if err := fn(reconcile.Entry{ID: uint64(i + 1), Code: o.d.Code, Unit: o.unit, Received: o.d.Received.Day, Expected: !o.d.On(data.MaxDay).Cancelled}); err != nil {
			return err
		}
	}
	return b.err
}

func (b *book) Dossier(id uint64) (reconcile.Own, error) {
	o := b.list[id-1]
	o.d.ID = id
	return reconcile.Own{Dossier: o.d, Procedure: o.procedure, ProcedureCode: o.procedure2}, nil
}

// export writes the other side as a province does and opens it.
func export(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, family string, list []one, known func(string) bool) *exchange.Source {
	var out bytes.Buffer
	err := exchange.WriteFamily(&out, family, exchange.FamilyOptions{}, func(yield func(exchange.Listed) bool) {
		for i := range list {
			o := &list[i]
			if !yield(exchange.Listed{Dossier: &o.d, Unit: o.unit, Field: "Hộ tịch", Procedure: o.procedure, ProcedureCode: o.procedure2}) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	src, err := exchange.OpenReader(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "tinh.xlsx", exchange.Options{Today: today, Known: known, Order: exchange.DayFirst})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func dossier(t *rapid.T, i int) one {
	units := []string{"UBND phường Hòa An", "Phòng Tư pháp"}
	received := data.Date(2023, 2, 1) + data.Day(rapid.IntRange(0, 90).Draw(t, "received"))
	o := one{unit: units[i%2], procedure: "Đăng ký kết hôn", procedure2: "1.000894"}
	if rapid.Bool().Draw(t, "other procedure") {
		o.procedure, o.procedure2 = "Cấp giấy phép xây dựng", "1.009994"
	}
	o.d = data.Dossier{Code: fmt.Sprintf("000.00.06.h36-%04d", i), Owner: data.Person{Name: rapid.SampledFrom([]string{"Hoàng Thúy Hòa", "Lò Văn Ổn", "Công ty TNHH Mẫu", "Nguyễn  Thị Quỳnh"}).Draw(t, "owner")},
		Received: data.Moment{Day: received, Clock: data.At(8, i%60)}, Due: data.Moment{Day: received + data.Day(rapid.IntRange(3, 30).Draw(t, "due")), Clock: data.At(17, 0)}}
	ended := data.Moment{Day: received + data.Day(rapid.IntRange(0, 40).Draw(t, "ended")), Clock: data.At(16, 30)}
	switch rapid.IntRange(0, 5).Draw(t, "state") {
	case 0:
	case 1:
		o.d.Events = []data.Event{{Kind: data.BeginProcessing, At: o.d.Received}}
	case 2:
		o.d.Events = []data.Event{{Kind: data.AskSupplement, At: ended}}
	case 3:
		o.d.Events = []data.Event{{Kind: data.Withdraw, At: ended}}
	case 4:
		o.d.Events = []data.Event{{Kind: data.Finish, At: ended}}
	case 5:
		o.d.Events = []data.Event{{Kind: data.Finish, At: ended}, {Kind: data.Return, At: data.Moment{Day: ended.Day + 2}}}
	}
	return o
}

// disguise writes the same facts as another system writes them.
func disguise(t *rapid.T, o one) one {
	switch rapid.IntRange(0, 5).Draw(t, "disguise") {
	case 1:
		o.d.Owner.Name, o.d.Code = strings.ToUpper(o.d.Owner.Name), strings.ToUpper(o.d.Code)
	case 2:
		o.d.Owner.Name, o.procedure = norm.NFD.String(o.d.Owner.Name), strings.ToUpper(o.procedure)
	case 3:
		o.d.Owner.Name = strings.NewReplacer("Thúy", "Thuý", "Hòa", "Hoà").Replace(o.d.Owner.Name)
		o.procedure2 += ".000.00.00.H36"
	case 4:
		o.d.Received.Clock, o.d.Due.Clock = 0, 0
		o.unit = strings.NewReplacer("phường", "P.", "UBND", "Ủy ban nhân dân").Replace(o.unit)
	case 5:
		o.d.Owner.Name, o.d.Code = " "+o.d.Owner.Name+"  ", strings.Replace(o.d.Code, "h36-", "h36 -", 1)
	}
	return o
}

type planted struct {
	kind  reconcile.Kind
	field reconcile.Field
	code  string
}

// plant changes one fact of the other side and says what must be found.
func plant(t *rapid.T, o one) (one, []planted) {
	s := o.d.On(data.MaxDay)
	code := reconcile.Key(o.d.Code)
	o.d.Events = slices.Clone(o.d.Events)
	date := func(f reconcile.Field) []planted { return []planted{{reconcile.DateDiffers, f, code}} }
	switch rapid.IntRange(0, 7).Draw(t, "plant") {
	case 1:
		o.d.Received.Day--
		return o, date(reconcile.Received)
	case 2:
		o.d.Due.Day++
		return o, date(reconcile.Due)
	case 3:
		if s.Closed {
			o.d.Events[0].At.Day++
			return o, date(reconcile.Ended)
		}
	case 4:
		if s.Status == data.Delivered {
			o.d.Events[1].At.Day++
			return o, date(reconcile.Returned)
		}
	case 5:
		o.d.Events = []data.Event{{Kind: data.AskPayment, At: o.d.Received}}
		return o, []planted{{reconcile.StatusDiffers, reconcile.Status, code}}
	case 6:
		o.d.Owner.Name = "Trần Thị Khác"
		return o, []planted{{reconcile.FactDiffers, reconcile.Owner, code}}
	case 7:
		o.procedure, o.procedure2 = "Thủ tục khác", "2.000815"
		return o, []planted{{reconcile.FactDiffers, reconcile.Procedure, code}}
	}
	return o, nil
}

// TestPlantedDifferences holds random registers against exports of them in
// which differences were planted: all of them are found, and nothing else,
// whatever the spelling.
func TestPlantedDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		family := rapid.SampledFrom([]string{"E", "J"}).Draw(t, "family")
		own := &book{}
		var theirs []one
		want := map[planted]bool{}
		agree := 0
		for i := range rapid.IntRange(2, 12).Draw(t, "dossiers") {
			o := dossier(t, i)
			key := reconcile.Key(o.d.Code)
			switch side := rapid.IntRange(0, 9).Draw(t, "side"); {
			case side == 0 && i > 1:
				theirs = append(theirs, o)
				want[planted{reconcile.MissingHere, "", key}] = true
			case side == 1 && i > 1:
				own.list = append(own.list, o)
				want[planted{reconcile.MissingThere, "", key}] = true
			default:
				own.list = append(own.list, o)
				other, found := plant(t, o)
				returned := family == "J"
				found = slices.DeleteFunc(found, func(p planted) bool { return p.field == reconcile.Returned && !returned })
				for _, p := range found {
					want[p] = true
				}
				if len(found) == 0 {
					agree++
				}
				theirs = append(theirs, disguise(t, other))
			}
		}
		// Dossiers that the file cannot have: cancelled, of another unit, of another time.
		cancelled, elsewhere, later := dossier(t, 100), dossier(t, 101), dossier(t, 102)
		cancelled.d.Events = append(cancelled.d.Events, data.Event{Kind: data.Cancel, At: cancelled.d.Received})
		elsewhere.unit = "Phòng Y tế"
		later.d.Received.Day = data.Date(2024, 1, 1)
		own.list = append(own.list, cancelled, elsewhere, later)
		src := export(t, family, theirs, func(string) bool { return true })
		got, err := reconcile.Compare(context.Background(), src, own, reconcile.Options{From: data.Date(2023, 1, 1), To: data.Date(2023, 12, 31)})
		if err != nil {
			t.Fatal(err)
		}
		have := map[planted]bool{}
		sum := 0
		for _, f := range got.Findings {
			p := planted{f.Kind, f.Field, reconcile.Key(f.Code)}
			if have[p] {
				t.Fatalf("told twice: %+v", f)
			}
			have[p] = true
			if len(f.Actions) == 0 || f.Ours == f.Theirs {
				t.Fatalf("%+v", f)
			}
		}
		for _, n := range got.Counts {
			sum += n
		}
		if d := cmp.Diff(want, have, cmp.AllowUnexported(planted{})); d != "" || got.Agree != agree || sum != len(got.Findings) || len(got.Unread) > 0 {
			t.Fatalf("%s\n%d agree, want %d; %d counted; unread %+v", d, got.Agree, agree, sum, got.Unread)
		}
	})
}

func text(t *testing.T, s string) *exchange.Source {
	t.Helper()
	src, err := exchange.OpenText(context.Background(), s, exchange.Options{Today: today, Order: exchange.DayFirst})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func day(d int) data.Moment { return data.Moment{Day: data.Date(2023, 3, d)} }

// TestResults compares numbers of results and the mark of an electronic one.
func TestResults(t *testing.T) {
	own := &book{list: []one{
		{d: data.Dossier{Code: "A-1", Received: day(1), Flags: data.EResult, Events: []data.Event{{Kind: data.Finish, At: day(5), Ref: "12/GP-UBND"}}}},
		{d: data.Dossier{Code: "A-2", Received: day(1), Events: []data.Event{{Kind: data.Finish, At: day(5), Ref: "13/GP-UBND"}}}},
		{d: data.Dossier{Code: "A-3", Received: day(1), Flags: data.EResult, Events: []data.Event{{Kind: data.Finish, At: day(5), Ref: "14/GP-UBND"}}}},
		{d: data.Dossier{Code: "A-4", Received: day(1), Events: []data.Event{{Kind: data.Finish, At: day(5)}}}},
	}}
	src := text(t, "Mã hồ sơ\tChủ hồ sơ\tNgày tiếp nhận\tNgày kết thúc xử lý\tSố kết quả\tKết quả điện tử\n"+
		"A-1\tA\t01/03/2023\t05/03/2023\t12/gp-ubnd\tCó\nA-2\tA\t01/03/2023\t05/03/2023\t31/GP-UBND\tx\nA-3\tA\t01/03/2023\t05/03/2023\t14/GP-UBND\tKhông\nA-4\tA\t01/03/2023\t05/03/2023\t15/GP-UBND\t\n")
	for i := range own.list {
		own.list[i].d.Owner.Name = "A"
	}
	got, err := reconcile.Compare(context.Background(), src, own, reconcile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range got.Findings {
		lines = append(lines, fmt.Sprintf("%s %s %s/%s", f.Code, string(f.Field), f.Ours, f.Theirs))
	}
	want := []string{"A-2 result 13/GP-UBND/31/GP-UBND", "A-2 e_result không/có", "A-3 e_result có/không", "A-4 result /15/GP-UBND"}
	if d := cmp.Diff(want, lines); d != "" || got.Counts[reconcile.ResultDiffers] != 4 {
		t.Error(d)
	}
}

// TestTakingAgrees takes every finding over: compared again, nothing differs.
func TestTakingAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := &book{}
		var theirs []one
		for i := range rapid.IntRange(1, 6).Draw(t, "dossiers") {
			o := dossier(t, i)
			own.list = append(own.list, o)
			for range rapid.IntRange(0, 3).Draw(t, "changes") {
				o, _ = plant(t, o)
			}
			theirs = append(theirs, o)
		}
		src := export(t, "J", theirs, func(string) bool { return true })
		codes := map[string]uint32{"1.000894": 1, "1.009994": 2, "2.000815": 3}
		names := map[string]string{"1.000894": "Đăng ký kết hôn", "1.009994": "Cấp giấy phép xây dựng", "2.000815": "Thủ tục khác"}
		for i := range own.list {
			own.list[i].d.Procedure = codes[own.list[i].procedure2]
		}
		first, err := reconcile.Compare(context.Background(), src, own, reconcile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows := map[int]exchange.Record{}
		if _, err := src.Read(context.Background(), func(r *exchange.Record) error {
			c := *r
			c.Dossier.Procedure = codes[c.ProcedureCode]
			rows[r.Row] = c
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, f := range first.Findings {
			rec := rows[f.Row]
			o := &own.list[f.ID-1]
			before := o.d
			merged, changes, err := reconcile.Take(o.d, &rec, []reconcile.Field{f.Field}, exchange.MergeOptions{By: "Cán bộ"})
			if err != nil {
				t.Fatal(err)
			}
			// A date that the same row also moved may have gone along with the state.
			if len(changes) == 0 && f.Field != reconcile.Ended && f.Field != reconcile.Returned {
				t.Fatalf("%+v changed nothing", f)
			}
			if merged.Code != before.Code || merged.Origin != before.Origin {
				t.Fatalf("code or origin changed: %+v", merged)
			}
			for _, e := range merged.Events[len(before.Events):] {
				if e.Text != "Đối chiếu với tinh.xlsx" || e.By != "Cán bộ" {
					t.Fatalf("an event without its reason: %+v", e)
				}
			}
			if err := merged.Validate(today); err != nil {
				t.Fatal(err)
			}
			o.d = merged
			for code, id := range codes {
				if id == merged.Procedure {
					o.procedure, o.procedure2 = names[code], code
				}
			}
		}
		again, err := reconcile.Compare(context.Background(), src, own, reconcile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(again.Findings) > 0 {
			t.Fatalf("still %+v\nown %+v", again.Findings, own.list)
		}
	})
}

// TestCoverage takes days and units from the file, and leaves out what it
// cannot know.
func TestCoverage(t *testing.T) {
	own := &book{list: []one{
		{d: data.Dossier{Code: "A-1", Received: day(5)}, unit: "UBND xã A"}, {d: data.Dossier{Code: "A-2", Received: day(6)}, unit: "UBND xã A"},
		{d: data.Dossier{Code: "A-3", Received: day(6)}, unit: "UBND xã B"}, {d: data.Dossier{Code: "A-4", Received: day(20)}, unit: "UBND xã A"}, {d: data.Dossier{Code: "A-5", Received: day(6)}},
	}}
	const head = "Mã hồ sơ\tChủ hồ sơ\tĐơn vị tiếp nhận\tNgày tiếp nhận\tNgày hẹn trả\n"
	got, err := reconcile.Compare(context.Background(), text(t, head+"A-1\t\tUBND X. A\t05/03/2023\t\nA-9\tB\tUBND xã A\t10/03/2023\t\nA-8\tB\tUBND xã A\t35/03/2023\t\n"), own, reconcile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.From != day(5).Day || got.To != day(10).Day || len(got.Units) != 1 || got.Own != 2 || got.Rows != 2 || got.Agree != 1 {
		t.Errorf("%+v", got)
	}
	if !maps.Equal(got.Counts, map[reconcile.Kind]int{reconcile.MissingThere: 1, reconcile.MissingHere: 1}) || got.Findings[1].Code != "A-2" || len(got.Unread) != 1 || got.Unread[0].Row != 4 {
		t.Errorf("%+v", got)
	}
	if !got.Findings[0].Allows(reconcile.ImportMissing) || got.Findings[1].Allows(reconcile.TakeTheirs) {
		t.Errorf("actions: %+v", got.Findings)
	}
	titled, err := reconcile.Compare(context.Background(), text(t, "DANH SÁCH HỒ SƠ\n(Từ ngày 06/03/2023 đến ngày 31/3/2023)\n"+head+"A-1\t\tUBND X. A\t05/03/2023\t\nA-9\tB\tUBND xã A\t10/03/2023\t\n"), own, reconcile.Options{})
	if err != nil || titled.From != day(6).Day || titled.To != day(31).Day || titled.Counts[reconcile.MissingThere] != 2 {
		t.Errorf("the period of its titles: %+v, %v", titled, err)
	}
	got, err = reconcile.Compare(context.Background(), text(t, head+"A-1\t\t\t05/03/2023\t\nA-3\t\t\t06/03/2023\t\n"), own, reconcile.Options{Accepted: func(f *reconcile.Finding) string {
		if f.Code == "A-5" {
			return "Không thuộc phần mềm của tỉnh"
		}
		return ""
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Counts[reconcile.MissingThere] != 1 || len(got.Findings) != 2 || got.Findings[1].Accepted == "" {
		t.Errorf("a file without units covers all: %+v", got)
	}
}

// TestCancel stops in each stage.
func TestCancel(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("Mã hồ sơ\tChủ hồ sơ\tNgày tiếp nhận\n")
	own := &book{}
	for i := range 2000 {
		fmt.Fprintf(&rows, "A-%d\tB\t01/03/2023\n", i)
		own.list = append(own.list, one{d: data.Dossier{Code: fmt.Sprintf("A-%d", i), Received: day(1), Owner: data.Person{Name: "B"}}})
	}
	src := text(t, rows.String())
	for _, at := range []int{1, 5, 9} {
		ctx, cancel := context.WithCancel(context.Background())
		calls, last := 0, int64(0)
		_, err := reconcile.Compare(ctx, src, own, reconcile.Options{Progress: func(done, total int64) {
			if calls++; calls == at {
				cancel()
			}
			if done < last || done > total {
				t.Errorf("progress %d of %d after %d", done, total, last)
			}
			last = done
		}})
		cancel()
		if data.CodeOf(err) != data.Cancelled {
			t.Errorf("%v after %d calls", err, calls)
		}
	}
	fault := errors.New("a fault")
	if _, err := reconcile.Compare(context.Background(), src, &book{err: fault}, reconcile.Options{}); !errors.Is(err, fault) {
		t.Errorf("%v", err)
	}
}
