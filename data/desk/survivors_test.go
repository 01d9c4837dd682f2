package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

// The end of a dossier that was not handed over yet may be corrected freely; where
// it was, the two stay in order, each for the field that it is about.
func TestEndAndHandOverStayInOrder(t *testing.T) {
	d, p := counter(t)
	end := func(returned bool) uint64 {
		one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
		one = happen(t, d, one.ID, data.Event{Kind: data.Finish, At: on(5, 20), Ref: "12/GCN"})
		if returned {
			one = happen(t, d, one.ID, data.Event{Kind: data.Return, At: on(5, 22), To: "Trần Văn Thử", Way: data.ReturnDirect})
		}
		return one.ID
	}
	for _, c := range []struct {
		name     string
		returned bool
		field    string
		at       data.Moment
		ok       bool
	}{
		{"later end, not handed over", false, data.FieldEnded, on(5, 28), true},
		{"later end, up to the hand-over", true, data.FieldEnded, on(5, 22), true},
		{"end behind the hand-over", true, data.FieldEnded, on(5, 23), false},
		{"later hand-over", true, data.FieldReturned, on(5, 28), true},
		{"hand-over on the day of the end", true, data.FieldReturned, on(5, 20), true},
		{"hand-over before the end", true, data.FieldReturned, on(5, 19), false},
	} {
		id := end(c.returned)
		err := d.Mend(t.Context(), id, "Ghi nhầm", func(*data.Dossier) {}, map[string]data.Moment{c.field: c.at})
		if (err == nil) != c.ok || !c.ok && data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: %v", c.name, err)
		}
		one, err := d.Dossier(id)
		must(t, err)
		s := one.On(data.MaxDay)
		if got := map[string]data.Moment{data.FieldEnded: s.Ended, data.FieldReturned: s.Returned}[c.field]; (got.Day == c.at.Day) != c.ok {
			t.Errorf("%s: it is %v now", c.name, got)
		}
	}
}

// A unit that did not exist on the day of the receipt is told, from both sides.
func TestWarningOfAUnitThatIsNotValid(t *testing.T) {
	d, p := counter(t)
	u := data.Unit{Name: "Phòng Kinh tế", Level: data.LevelDistrict, From: data.Date(2026, 5, 10), To: data.Date(2026, 5, 20)}
	must(t, d.SaveUnit(t.Context(), &u))
	for day, want := range map[data.Day]bool{data.Date(2026, 5, 8): true, data.Date(2026, 5, 12): false, data.Date(2026, 5, 20): false, data.Date(2026, 5, 21): true} {
		one := d.Draft(nil)
		one.Procedure, one.Owner.Name, one.Received = p.ID, "Nguyễn Thị Khác", data.Moment{Day: day, Clock: data.At(9, 0)}
		d.Fill(&one)
		one.Unit = u.ID
		told := slices.ContainsFunc(d.Warnings(&one), func(w desk.Warning) bool {
			return w.Field == "unit" && strings.Contains(w.Text, u.Name) && strings.Contains(w.Text, day.String())
		})
		if told != want {
			t.Errorf("%s: warned %v, want %v", day, told, want)
		}
	}
}

// Two reports whose rows differ only by name, by group or by figure are not the
// same: the later one takes the place of the earlier.
func TestReportsThatDifferInOneThing(t *testing.T) {
	table := func(name, direct string) string {
		return "Đơn vị báo cáo: UBND xã Mới\tQuý I/2023\nTT\tLĩnh vực\tTổng số tiếp nhận\tTrực tuyến\tTrực tiếp, BCCI\tTừ kỳ trước\n1\t" + name + "\t1.003\t1.000\t" + direct + "\t1\n"
	}
	d := fresh(t)
	for i, c := range []struct {
		text string
		fate desk.Fate
	}{
		{table("Hộ tịch", "2"), desk.New}, {table("Chứng thực", "2"), desk.Changed}, {table("Chứng thực", "2") + "\n", desk.Same}, {table("Hộ tịch", "2"), desk.Changed},
	} {
		im, err := d.OpenImportText(t.Context(), c.text, desk.ImportOptions{})
		must(t, err)
		r, err := im.Apply(t.Context(), desk.Run{})
		must(t, err)
		must(t, im.Close())
		if r.Fate != c.fate || len(reported(t, d)) != 1 {
			t.Errorf("report %d: %v, want %v; %d stored", i, r.Fate, c.fate, len(reported(t, d)))
		}
		if name := reported(t, d)[0].Rows[0].Name; !strings.Contains(c.text, name) {
			t.Errorf("report %d: %q is stored", i, name)
		}
	}
}

// Backups are listed the newest first, whatever their names say.
func TestBackupsStandNewestFirst(t *testing.T) {
	d, _ := counter(t)
	path, err := d.BackupNow(t.Context(), nil)
	must(t, err)
	content, err := os.ReadFile(path)
	must(t, err)
	base := filepath.Base(path)
	at := strings.Index(base, "20")
	prefix, start := base[:at], time.Date(2026, time.May, 1, 8, 0, 0, 0, time.UTC)
	days := []int{3, 9, 1, 7, 5, 2, 8}
	for i, day := range days {
		name := filepath.Join(filepath.Dir(path), prefix+data.Date(2025, 1, i+1).ISO()+".gbsao")
		must(t, os.WriteFile(name, content, 0o600))
		must(t, os.Chtimes(name, start.AddDate(0, 0, day), start.AddDate(0, 0, day)))
	}
	list := d.BackupFiles()
	if len(list) != len(days)+1 {
		t.Fatalf("%d of %d backups listed: %+v", len(list), len(days)+1, list)
	}
	for i := 1; i < len(list); i++ {
		if list[i-1].At.Before(list[i].At) {
			t.Errorf("%s (%v) stands before %s (%v)", list[i-1].Path, list[i-1].At, list[i].Path, list[i].At)
		}
	}
}

// A signer may sign from the first day to the last, both included; a side that is
// left out has no bound.
func TestSignersOfADay(t *testing.T) {
	d := fresh(t)
	from, to := data.Date(2026, 5, 10), data.Date(2026, 5, 20)
	for name, days := range map[string][2]data.Day{"Lê Luôn": {}, "Lê Từ": {from}, "Lê Đến": {0: data.NoDay, 1: to}, "Lê Trong": {from, to}, "Lê Một": {from, from}} {
		must(t, d.SaveSigner(t.Context(), 0, data.Signer{Name: name, Title: "CHỦ TỊCH", From: days[0], To: days[1]}))
	}
	for day, want := range map[data.Day]string{
		from - 1: "Lê Luôn, Lê Đến", from: "Lê Luôn, Lê Một, Lê Trong, Lê Từ, Lê Đến", from + 1: "Lê Luôn, Lê Trong, Lê Từ, Lê Đến",
		to: "Lê Luôn, Lê Trong, Lê Từ, Lê Đến", to + 1: "Lê Luôn, Lê Từ",
	} {
		var names []string
		for _, s := range d.Signers(day) {
			names = append(names, s.Name)
		}
		slices.Sort(names)
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

// The progress of an import ends at its whole, with nothing left over.
func TestProgressEndsAtTheWhole(t *testing.T) {
	d := fresh(t)
	im, err := d.OpenImportText(t.Context(), "Mã hồ sơ\tChủ hồ sơ\tNgày tiếp nhận\nA-1\tLê Mẫu\t25/03/2023\n", desk.ImportOptions{})
	must(t, err)
	var done, total int64
	r, err := im.Apply(t.Context(), desk.Run{Progress: func(a, b int64) { done, total = a, b }})
	must(t, err)
	must(t, im.Close())
	if r.New != 1 || total == 0 || done != total {
		t.Errorf("%d new, progress %d of %d", r.New, done, total)
	}
}

// A second letter of apology promises a later day than the first, or none: then
// the first promise stands.
func TestPromisesOfLetters(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	one = happen(t, d, one.ID, data.Event{Kind: data.Extend, At: on(5, 18), Due: on(5, 25), Text: "thiếu người"})
	for _, due := range []data.Moment{on(5, 25), on(5, 22)} {
		_, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, nil, data.Event{Kind: data.Extend, At: on(5, 25), Due: due, Text: "thiếu người"})
		if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "phải sau ngày đã hẹn 25/05/2026") {
			t.Errorf("%s: %v", due, err)
		}
	}
	one = happen(t, d, one.ID, data.Event{Kind: data.Apologise, At: on(5, 25), Text: "thiếu người"})
	if s := one.On(data.MaxDay); s.Promised != on(5, 25) || s.Apologies != 2 || s.Postponed != 1 {
		t.Errorf("a letter without a day: promised %s, %d letters, postponed %d times", s.Promised, s.Apologies, s.Postponed)
	}
	one = happen(t, d, one.ID, data.Event{Kind: data.Extend, At: on(5, 25), Due: on(5, 26), Text: "thiếu người"})
	if s := one.On(data.MaxDay); s.Promised != on(5, 26) || s.Due.Day != data.Date(2026, 5, 18) {
		t.Errorf("promised %s, due %s", s.Promised, s.Due)
	}
}

// An event is told in one line: what it has, in one order, and nothing of what it
// has not.
func TestEventsInOneLine(t *testing.T) {
	for want, e := range map[string]data.Event{
		"20/05/2026": {Kind: data.BeginProcessing, At: on(5, 20)},
		"25/05/2026 08:30 · số 12/XL-HS · hẹn 30/05/2026 · thiếu người · Phạm Văn Ký": {Kind: data.Extend, At: data.Moment{Day: data.Date(2026, 5, 25), Clock: data.At(8, 30)},
			Ref: "12/XL-HS", Due: on(5, 30), Text: "thiếu người", Signer: "Phạm Văn Ký"},
		"14/05/2026 · từ Một cửa · sang Văn thư":           {Kind: data.HandOver, At: on(5, 14), Old: "Một cửa", New: "Văn thư"},
		"08/05/2026 · Bản vẽ; Đơn · Thiếu chữ ký":          {Kind: data.AskSupplement, At: on(5, 8), More: "Bản vẽ\nĐơn", Text: "Thiếu chữ ký", Old: "x", New: "y"},
		"22/05/2026 · người nhận Trần Văn Thử":             {Kind: data.Return, At: on(5, 22), To: "Trần Văn Thử"},
		"23/05/2026 · từ 2026-05-20 · sang 2026-05-21 · x": {Kind: data.Correct, At: on(5, 23), Field: data.FieldEnded, Old: "2026-05-20", New: "2026-05-21", Text: "x"},
	} {
		if got := desk.EventText(&e); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Only a signer that is to be first takes the mark from the others; saved again, it
// keeps it.
func TestMarkOfTheFirstSigner(t *testing.T) {
	d := fresh(t)
	first := func() (names []string) {
		list, err := desk.Records[data.Signer](d, desk.KindSigner)
		must(t, err)
		for _, s := range list {
			if s.Value.First {
				names = append(names, s.Value.Name)
			}
		}
		return names
	}
	must(t, d.SaveSigner(t.Context(), 0, data.Signer{Name: "Lê Một", Title: "CHỦ TỊCH", First: true}))
	must(t, d.SaveSigner(t.Context(), 0, data.Signer{Name: "Lê Hai", Title: "PHÓ CHỦ TỊCH"}))
	if got := first(); !slices.Equal(got, []string{"Lê Một"}) {
		t.Errorf("after another signer: %q", got)
	}
	list, err := desk.Records[data.Signer](d, desk.KindSigner)
	must(t, err)
	for _, s := range list {
		must(t, d.SaveSigner(t.Context(), s.ID, s.Value))
	}
	if got := first(); !slices.Equal(got, []string{"Lê Một"}) {
		t.Errorf("all saved again: %q", got)
	}
	must(t, d.SaveSigner(t.Context(), list[1].ID, data.Signer{Name: "Lê Hai", Title: "PHÓ CHỦ TỊCH", First: true}))
	if got := first(); !slices.Equal(got, []string{"Lê Hai"}) {
		t.Errorf("the second is first: %q", got)
	}
}

// A unit lives on under another name where one unit alone follows on the day after
// its end; of several, or where it was there before, it is a successor.
func TestRenamedUnits(t *testing.T) {
	d := fresh(t)
	end := data.Date(2026, 5, 20)
	save := func(u data.Unit) uint32 {
		u.Level = data.LevelCommune
		must(t, d.SaveUnit(t.Context(), &u))
		return u.ID
	}
	renamed := save(data.Unit{Name: "UBND phường Mới", From: end + 1})
	merged := save(data.Unit{Name: "UBND xã Chung", From: end + 1})
	before := save(data.Unit{Name: "UBND xã Có Sẵn"})
	later := save(data.Unit{Name: "UBND xã Sau", From: end + 2})
	want := map[uint32]uint32{
		save(data.Unit{Name: "UBND xã Cũ", To: end, Successor: renamed}): renamed,
		save(data.Unit{Name: "UBND xã Một", To: end, Successor: merged}): 0,
		save(data.Unit{Name: "UBND xã Hai", To: end, Successor: merged}): 0,
		save(data.Unit{Name: "UBND xã Ba", To: end, Successor: before}):  0,
		save(data.Unit{Name: "UBND xã Bốn", To: end, Successor: later}):  0,
		save(data.Unit{Name: "UBND xã Năm", To: end}):                    0,
		renamed: 0, before: 0,
	}
	for id, next := range want {
		if got := d.Catalogue().Renamed(id); got != next {
			t.Errorf("%s lives on as %d, want %d", d.Catalogue().Unit(id).Name, got, next)
		}
	}
}
