package register_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/register"
	"giaoban/data/text"
)

// catalogue of the tests: two levels, a unit without a level.
var (
	units = []data.Unit{
		{ID: 1, Name: "Phòng Tư pháp", Level: data.LevelDistrict}, {ID: 2, Name: "UBND xã Đại Ân", Level: data.LevelCommune},
		{ID: 3, Name: "UBND xã Ân Nghĩa", Level: data.LevelCommune}, {ID: 4, Name: "Tổ công tác"},
	}
	fields     = []data.Field{{ID: 1, Name: "Hộ tịch"}, {ID: 2, Name: "Đất đai"}}
	procedures = []data.Procedure{{ID: 1, Name: "Đăng ký kết hôn", Field: 1}, {ID: 2, Name: "Đăng ký biến động", Field: 2}}
)

var base = data.Date(2022, time.January, 1)

// drawDossier makes a dossier with a random, possibly odd, life.
func drawDossier(t *rapid.T, id uint64) data.Dossier {
	day := func(label string, from, to int) data.Day {
		return base + data.Day(rapid.IntRange(from, to).Draw(t, label))
	}
	received := day("received", -40, 90)
	d := data.Dossier{
		ID: id, Code: fmt.Sprintf("H99.01-%06d", id), Received: data.Moment{Day: received},
		Unit:      uint32(rapid.IntRange(0, 4).Draw(t, "unit")),
		Field:     uint32(rapid.IntRange(0, 2).Draw(t, "field")),
		Procedure: uint32(rapid.IntRange(0, 2).Draw(t, "procedure")),
		Channel:   data.Channel(rapid.IntRange(0, 3).Draw(t, "channel")),
		Return:    data.ReturnWay(rapid.IntRange(0, 3).Draw(t, "return")),
		Entry:     rapid.SampledFrom([]data.Status{0, 0, 0, 0, data.Registered, data.NotAccepted}).Draw(t, "entry"),
		Flags:     data.Flag(rapid.IntRange(0, 127).Draw(t, "flags")),
		Owner:     data.Person{Name: rapid.SampledFrom([]string{"Nguyễn Thị Huyền", "Đặng Văn Ổn", "Lê Huyền Trân"}).Draw(t, "name")},
	}
	if rapid.Bool().Draw(t, "has due") {
		d.Due = data.Moment{Day: received + data.Day(rapid.IntRange(0, 30).Draw(t, "term"))}
	}
	at := received
	for range rapid.IntRange(0, 6).Draw(t, "events") {
		at += data.Day(rapid.IntRange(0, 12).Draw(t, "step"))
		e := data.Event{Kind: data.EventKind(rapid.IntRange(1, int(data.Apologise)).Draw(t, "kind")), At: data.Moment{Day: at}}
		switch {
		case e.Kind == data.Cancel && rapid.IntRange(0, 5).Draw(t, "rarely") > 0:
			e.Kind = data.Finish
		case e.Kind == data.Correct:
			e.Field, e.New = data.FieldEnded, (at - data.Day(rapid.IntRange(0, 5).Draw(t, "mend"))).ISO()
			if rapid.Bool().Draw(t, "which") {
				e.Field = data.FieldReturned
			}
		case rapid.IntRange(0, 9).Draw(t, "unknown") == 0:
			e.At = data.Moment{}
		}
		if rapid.Bool().Draw(t, "moves") {
			e.Due = data.Moment{Day: at + data.Day(rapid.IntRange(0, 15).Draw(t, "new due"))}
		}
		d.Events = append(d.Events, e)
	}
	return d
}

// stand is the slow oracle: where one dossier stands in a period, by asking
// data.Dossier.On for every day that matters.
func stand(d *data.Dossier, p data.Period, cut data.Day) (in string, out data.Outcome) {
	to := min(p.To, cut)
	now := d.On(cut)
	if d.Received.Day > to || !now.Counted() {
		return "", data.NotCounted
	}
	out = now.Outcome(cut, d.Term)
	if d.Received.Day >= p.From {
		switch d.Channel {
		case data.Online:
			return "online", out
		case data.Postal:
			return "postal", out
		}
		return "direct", out
	}
	open := !d.On(p.From - 1).Closed
	for day := p.From; day <= cut && !open; day++ {
		open = d.On(day-1).Closed && !d.On(day).Closed
	}
	if !open {
		return "", data.NotCounted
	}
	return "carried", out
}

func inColumn(col data.Column, in string, out data.Outcome) bool {
	if out == data.NotCounted {
		return false
	}
	switch col {
	case data.ColReceived:
		return true
	case data.ColNewOnline:
		return in == "online"
	case data.ColNewDirect:
		return in == "direct"
	case data.ColNewPostal:
		return in == "postal"
	case data.ColNew:
		return in != "carried"
	case data.ColDirectPostal:
		return in == "direct" || in == "postal"
	case data.ColCarried:
		return in == "carried"
	case data.ColResolved:
		return out.Closed()
	case data.ColEarly:
		return out == data.Early
	case data.ColOnTime:
		return out == data.OnTime || out == data.WithdrawnOut
	case data.ColLate:
		return out == data.Late
	case data.ColWithdrawn:
		return out == data.WithdrawnOut
	case data.ColPending:
		return !out.Closed()
	case data.ColPendingInTime:
		return out == data.PendingInTime || out == data.PendingWait
	case data.ColPendingOverdue:
		return out == data.Overdue
	case data.ColWaiting:
		return out == data.PendingWait
	}
	panic("column " + col)
}

func build(ds []data.Dossier) *register.Register {
	r := register.New()
	r.SetCatalogue(units, fields, procedures)
	for i := range ds {
		g := data.GlanceOf(&ds[i])
		r.Put(&g)
	}
	return r
}

// TestFiguresEqualOracleAndLists proves for random registers that every cell of
// every grouping equals a count of the oracle, and that its list holds exactly
// the oracle's dossiers.
func TestFiguresEqualOracleAndLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		ds := make([]data.Dossier, n)
		for i := range ds {
			ds[i] = drawDossier(t, uint64(i+1))
		}
		r := build(ds)
		from := base + data.Day(rapid.IntRange(-10, 60).Draw(t, "from"))
		p, err := data.FreePeriod(from, from+data.Day(rapid.IntRange(0, 60).Draw(t, "length")))
		if err != nil {
			t.Fatal(err)
		}
		cut := p.To
		if rapid.Bool().Draw(t, "other cut") {
			cut = p.From + data.Day(rapid.IntRange(0, 90).Draw(t, "cut"))
		}
		level := func(d *data.Dossier) string {
			for _, u := range units {
				if u.ID == d.Unit {
					return string(u.Level)
				}
			}
			return ""
		}
		keys := map[data.Group]func(d *data.Dossier) string{
			data.ByUnit:      func(d *data.Dossier) string { return fmt.Sprint(d.Unit) },
			data.ByField:     func(d *data.Dossier) string { return fmt.Sprint(d.Field) },
			data.ByProcedure: func(d *data.Dossier) string { return fmt.Sprint(d.Procedure) },
			data.ByLevel:     level,
			data.ByChannel: func(d *data.Dossier) string {
				return max(d.Channel, data.Direct).Key()
			},
		}
		for group, key := range keys {
			table := r.Figures(p, cut, group, register.Filter{})
			if got := table.Total; got.Received() != got.Resolved()+got.Pending() {
				t.Fatalf("%s: received %d, resolved %d, pending %d", group, got.Received(), got.Resolved(), got.Pending())
			}
			rows := append([]data.Row{}, table.Rows...)
			for i := -1; i < len(rows); i++ {
				var row *data.Row
				counts := table.Total
				if i >= 0 {
					row, counts = &rows[i], rows[i].Counts
				}
				for _, col := range data.Columns {
					var want []uint32
					for j := range ds {
						in, out := stand(&ds[j], p, cut)
						if inColumn(col, in, out) && (row == nil || key(&ds[j]) == row.Key) {
							want = append(want, uint32(ds[j].ID))
						}
					}
					if got := col.Of(counts); got != int64(len(want)) {
						t.Fatalf("%s row %v %s = %d, oracle %d", group, row, col, got, len(want))
					}
					list := r.List(register.CellQuery(table, row, col, register.Filter{})).IDs
					slices.Sort(list)
					if !slices.Equal(list, want) && len(want)+len(list) > 0 {
						t.Fatalf("%s row %v %s lists %v, oracle %v", group, row, col, list, want)
					}
				}
			}
		}
	})
}

// TestSearchEqualsOracle compares search with a plain look through every text,
// while dossiers are changed and removed.
func TestSearchEqualsOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := map[uint64]data.Dossier{}
		r := build(nil)
		for step := range rapid.IntRange(1, 40).Draw(t, "steps") {
			id := uint64(rapid.IntRange(1, 12).Draw(t, "id"))
			if rapid.IntRange(0, 5).Draw(t, "remove") == 0 {
				delete(ds, id)
				r.Remove(id)
			} else {
				d := drawDossier(t, id)
				d.Owner.Address = rapid.SampledFrom([]string{"", "Thôn 3, xã Đại Ân", "Khu phố 7"}).Draw(t, "address")
				d.Owner.Phone = rapid.SampledFrom([]string{"", "0950123456"}).Draw(t, "phone")
				d.Code = fmt.Sprintf("H99.%d-%d", id, step)
				ds[id] = d
				g := data.GlanceOf(&d)
				r.Put(&g)
			}
			typed := rapid.SampledFrom([]string{"nguyen", "Huyền nguyen", "đ", "h99.1", "dai an", `"dai an"`, "0950", "09", "đăng ký", "ket hon tu phap", "zzz", "thôn 3", "n"}).Draw(t, "text")
			holds := func(d *data.Dossier, needle string) bool {
				hay := []string{d.Owner.Name, d.Code, d.Owner.Address}
				if d.Unit > 0 {
					hay = append(hay, units[d.Unit-1].Name)
				}
				if d.Field > 0 {
					hay = append(hay, fields[d.Field-1].Name)
				}
				if d.Procedure > 0 {
					hay = append(hay, procedures[d.Procedure-1].Name)
				}
				if len(needle) > 2 && strings.Trim(needle, "0123456789") == "" {
					hay = append(hay, d.Owner.Phone)
				}
				return slices.ContainsFunc(hay, func(h string) bool { return strings.Contains(text.Fold(h), needle) })
			}
			var want, loose []uint32
			for id, d := range ds {
				if holds(&d, register.Phrase(typed)) {
					want = append(want, uint32(id))
				}
				if !slices.ContainsFunc(register.Words(typed), func(w string) bool { return !holds(&d, w) }) {
					loose = append(loose, uint32(id))
				}
			}
			if len(want) == 0 && !strings.Contains(typed, `"`) {
				want = loose
			}
			got := slices.Clone(r.List(register.Query{Text: typed}).IDs)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Fatalf("search %q: %v, want %v", typed, got, want)
			}
			if n := r.Count(register.Query{Text: typed}); n != len(want) {
				t.Fatalf("count %d, want %d", n, len(want))
			}
			if r.Len() != len(ds) {
				t.Fatalf("Len %d, want %d", r.Len(), len(ds))
			}
		}
	})
}

// TestVietnameseOrder sorts the words of the order that dictionaries use.
func TestVietnameseOrder(t *testing.T) {
	want := []string{"1", "2a", "a", "à", "ả", "ã", "á", "ạ", "An", "ăn", "ân", "Bình", "ca", "da", "đa", "Đà", "e", "ê", "Huy", "Huyền", "o", "ô", "ơ", "u", "ư", "y"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, register.CompareText)
	if !slices.Equal(got, want) {
		t.Errorf("order %v\nwant  %v", got, want)
	}
}

func TestSorts(t *testing.T) {
	ds := []data.Dossier{
		{ID: 1, Code: "B", Received: data.Moment{Day: base + 2}, Due: data.Moment{Day: base + 9}, Unit: 2, Procedure: 1, Owner: data.Person{Name: "Đào"}},
		{ID: 2, Code: "A", Received: data.Moment{Day: base + 3}, Unit: 1, Procedure: 2, Owner: data.Person{Name: "Ánh"}},
		{ID: 3, Code: "C", Received: data.Moment{Day: base + 1}, Due: data.Moment{Day: base + 5}, Unit: 3, Owner: data.Person{Name: "Bê"}},
	}
	r := build(ds)
	for _, c := range []struct {
		by      register.Sort
		reverse bool
		want    []uint32
	}{
		{register.SortReceived, false, []uint32{2, 1, 3}}, {register.SortReceived, true, []uint32{3, 1, 2}},
		{register.SortCode, false, []uint32{2, 1, 3}}, {register.SortOwner, false, []uint32{2, 3, 1}},
		{register.SortUnit, false, []uint32{2, 3, 1}}, {register.SortDue, false, []uint32{3, 1, 2}},
		{register.SortProcedure, false, []uint32{2, 1, 3}},
	} {
		if got := r.List(register.Query{Sort: c.by, Reverse: c.reverse}).IDs; !slices.Equal(got, c.want) {
			t.Errorf("sort %q reverse %v: %v, want %v", c.by, c.reverse, got, c.want)
		}
	}
}

// TestSortsByTwo orders many dossiers by every pair of orders, both ways: equal ones
// by the first stand in the second.
func TestSortsByTwo(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	ds := make([]data.Dossier, 600)
	for i := range ds {
		day := base + data.Day(rnd.IntN(9))
		ds[i] = data.Dossier{ID: uint64(i + 1), Code: fmt.Sprint("H", rnd.IntN(1000), "-", i), Received: data.Moment{Day: day}, Due: data.Moment{Day: day + data.Day(rnd.IntN(4))},
			Unit: uint32(1 + rnd.IntN(3)), Procedure: uint32(1 + rnd.IntN(2)), Owner: data.Person{Name: []string{"Ánh", "Bê", "Đào", "Đạo"}[rnd.IntN(4)]}}
	}
	r := build(ds)
	place := func(by register.Sort, reverse bool) map[uint32]int {
		out := map[uint32]int{}
		for i, id := range r.List(register.Query{Sort: by, Reverse: reverse}).IDs {
			out[id] = i
		}
		return out
	}
	same := map[register.Sort]func(a, b *data.Dossier) bool{
		register.SortReceived: func(a, b *data.Dossier) bool { return a.Received.Day == b.Received.Day },
		register.SortOwner:    func(a, b *data.Dossier) bool { return a.Owner.Name == b.Owner.Name },
		register.SortUnit:     func(a, b *data.Dossier) bool { return a.Unit == b.Unit },
		register.SortDue:      func(a, b *data.Dossier) bool { return a.Due.Day == b.Due.Day },
	}
	for first, equal := range same {
		for _, then := range []register.Sort{register.SortCode, register.SortOwner, register.SortReceived} {
			for _, ways := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
				q := register.Query{Sort: first, Reverse: ways[0], Then: then, ThenReverse: ways[1]}
				ids := r.List(q).IDs
				one, two := place(first, ways[0]), place(then, ways[1])
				want := slices.Clone(ids)
				slices.SortFunc(want, func(a, b uint32) int {
					if first != then && equal(&ds[a-1], &ds[b-1]) {
						return two[a] - two[b]
					}
					return one[a] - one[b]
				})
				if len(ids) != len(ds) || then != register.SortReceived && !slices.Equal(ids, want) {
					t.Fatalf("by %q, then %q, %v: %v…, want %v…", first, then, ways, ids[:9], want[:9])
				}
			}
		}
	}
}

// TestFiguresOfManyBlocks compares figures by unit with the oracle on a register
// of several blocks, in the order of receipt, some dossiers changed afterwards.
func TestFiguresOfManyBlocks(t *testing.T) {
	r := register.New()
	r.SetCatalogue(units, fields, procedures)
	rnd := rand.New(rand.NewPCG(7, 7))
	ds := make([]data.Dossier, 15_000)
	at := func(d data.Day) data.Moment { return data.Moment{Day: d} }
	random := func(i int) data.Dossier {
		received := base + data.Day(i/20)
		d := data.Dossier{ID: uint64(i + 1), Code: fmt.Sprint("H", i), Received: at(received), Due: at(received + data.Day(rnd.IntN(20))),
			Unit: uint32(rnd.IntN(5)), Channel: data.Channel(rnd.IntN(4)), Flags: data.Flag(rnd.IntN(128))}
		switch rnd.IntN(12) {
		case 0:
			d.Entry = data.NotAccepted
		case 1:
			d.Events = []data.Event{{Kind: data.AskSupplement, At: at(received + 1)}, {Kind: data.Supplement, At: at(received + 9), Due: at(received + 25)}, {Kind: data.Finish, At: at(received + 20)}}
		case 2:
			d.Events = []data.Event{{Kind: data.Withdraw, At: at(received + 3)}}
		case 3:
			if i > 9000 && i < 13_000 { // one block is never settled
				break
			}
			fallthrough
		default:
			d.Events = []data.Event{{Kind: data.BeginProcessing, At: at(received)}, {Kind: data.Finish, At: at(received + data.Day(rnd.IntN(25)))}}
		}
		return d
	}
	err := r.Load(func(put func(*data.Glance)) error {
		for i := range ds {
			ds[i] = random(i)
			g := data.GlanceOf(&ds[i])
			put(&g)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	check := func() {
		t.Helper()
		for range 12 {
			from := base + data.Day(rnd.IntN(500)-20)
			p, err := data.FreePeriod(from, from+data.Day(rnd.IntN(600)))
			if err != nil {
				t.Fatal(err)
			}
			cut := p.To + data.Day(rnd.IntN(60)-20)
			want := map[string]map[data.Column]int64{"": {}}
			for i := range ds {
				in, out := stand(&ds[i], p, cut)
				for _, col := range data.Columns {
					if inColumn(col, in, out) {
						key := fmt.Sprint(ds[i].Unit)
						if want[key] == nil {
							want[key] = map[data.Column]int64{}
						}
						want[key][col]++
						want[""][col]++
					}
				}
			}
			table := r.Figures(p, cut, data.ByUnit, register.Filter{})
			rows := append([]data.Row{{Key: "", Counts: table.Total}}, table.Rows...)
			for _, row := range rows {
				for _, col := range data.Columns {
					if got := col.Of(row.Counts); got != want[row.Key][col] {
						t.Fatalf("%s as of %s, unit %q, %s = %d, oracle %d", p.Label, cut, row.Key, col, got, want[row.Key][col])
					}
				}
			}
		}
	}
	check()
	for range 40 {
		i := rnd.IntN(len(ds))
		id := ds[i].ID
		ds[i] = random(i)
		ds[i].ID = id
		g := data.GlanceOf(&ds[i])
		r.Put(&g)
	}
	check()
}
