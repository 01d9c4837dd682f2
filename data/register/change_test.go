package register_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/register"
)

// drawFull makes a dossier with texts, desks, letters and receivers too.
func drawFull(t *rapid.T, id uint64) data.Dossier {
	d := drawDossier(t, id)
	d.Owner.Name = rapid.SampledFrom(owners).Draw(t, "owner")
	d.Owner.Address = rapid.SampledFrom([]string{"", "Thôn 3, xã Đại Ân", "Khu phố 7"}).Draw(t, "address")
	d.Owner.Phone = rapid.SampledFrom([]string{"", "0950123456", "0961000111"}).Draw(t, "phone")
	d.Owner.Identity = rapid.SampledFrom([]string{"", "079095012345"}).Draw(t, "identity")
	d.Content = rapid.SampledFrom([]string{"", "Trích lục khai sinh", "Cấp giấy phép xây dựng"}).Draw(t, "content")
	d.Code = rapid.SampledFrom([]string{"H99.01-", "h99.02-", "A-"}).Draw(t, "code") + fmt.Sprint(rapid.IntRange(0, 99).Draw(t, "number"))
	d.Officer = rapid.SampledFrom([]string{"", "Trần Thị Mẫu", "Lê Văn Thử"}).Draw(t, "officer")
	d.Receiver = uint32(rapid.IntRange(0, 3).Draw(t, "receiver"))
	if rapid.Bool().Draw(t, "more") {
		at := d.Received.Day + data.Day(rapid.IntRange(0, 40).Draw(t, "when"))
		switch rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			d.Events = append(d.Events, data.Event{Kind: data.Apologise, At: data.Moment{Day: at}, Due: data.Moment{Day: at + 5}})
		case 1:
			d.Events = append(d.Events, data.Event{Kind: data.HandOver, At: data.Moment{Day: at}, New: rapid.SampledFrom([]string{"Bàn 1", "Bàn 2"}).Draw(t, "desk")})
		}
	}
	return d
}

var owners = []string{"", "Nguyễn Thị Huyền", "Nguyên Thị Huyền", "nguyen thi huyen", "Đặng Văn Ổn", "Lê Huyền Trân", "Lê  Huyền", "Công ty TNHH Xây dựng Đại Ân",
	"Công ty TNHH Xây dựng Đại An", "Công ty TNHH Xây dựng", "Ân", "An", "A\tB", "An Bình", "Ăn", "LÊ VĂN AN", "Lê Văn Ẩn"}

// TestChangesEqualAFreshRegister changes a register at random, asking it between
// the changes so that it keeps orders, summaries and found words, and compares
// its answers with those of a register built anew.
func TestChangesEqualAFreshRegister(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := map[uint64]data.Dossier{}
		r := build(nil)
		for range rapid.IntRange(1, 15).Draw(t, "steps") {
			switch rapid.IntRange(0, 6).Draw(t, "act") {
			case 0:
				id := uint64(rapid.IntRange(1, 15).Draw(t, "id"))
				delete(ds, id)
				r.Remove(id)
			case 1: // several at once
				var some []data.Dossier
				for range rapid.IntRange(0, 6).Draw(t, "some") {
					some = append(some, drawFull(t, uint64(rapid.IntRange(1, 15).Draw(t, "id"))))
				}
				err := r.Load(func(put func(*data.Glance)) error {
					for i := range some {
						g := data.GlanceOf(&some[i])
						put(&g)
						ds[some[i].ID] = some[i]
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			case 2: // an event and nothing else
				for _, id := range slices.Sorted(keysOf(ds)) {
					d := ds[id]
					d.Events = append(slices.Clone(d.Events), data.Event{Kind: data.EventKind(rapid.IntRange(1, int(data.Apologise)).Draw(t, "kind")),
						At: data.Moment{Day: d.Received.Day + data.Day(rapid.IntRange(0, 60).Draw(t, "day"))}, New: "Bàn 1"})
					ds[id] = d
					g := data.GlanceOf(&d)
					r.Put(&g)
					break
				}
			default:
				d := drawFull(t, uint64(rapid.IntRange(1, 15).Draw(t, "id")))
				ds[d.ID] = d
				g := data.GlanceOf(&d)
				r.Put(&g)
			}
			var list []data.Dossier
			for _, id := range slices.Sorted(keysOf(ds)) {
				list = append(list, ds[id])
			}
			same(t, r, build(list), drawQuery(t))
		}
	})
}

func keysOf(m map[uint64]data.Dossier) func(func(uint64) bool) {
	return func(yield func(uint64) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// drawQuery makes a query that uses any part of the register.
func drawQuery(t *rapid.T) register.Query {
	day := func(label string) data.Day { return base + data.Day(rapid.IntRange(-30, 150).Draw(t, label)) }
	q := register.Query{Sort: rapid.SampledFrom(register.Sorts).Draw(t, "sort"), Reverse: rapid.Bool().Draw(t, "reverse"), Today: day("today")}
	q.Text = rapid.SampledFrom([]string{"", "", "nguyen", "huyền", "n", "đại ân", "095", "khai sinh", "tên: huyen", "xong: co", "han<=hom nay", "cccd:0790 h99", "bàn: 1"}).Draw(t, "text")
	switch rapid.IntRange(0, 9).Draw(t, "narrow") {
	case 0:
		q.Outcomes = []data.Outcome{data.Overdue, data.PendingInTime}
	case 1:
		q.Outcomes = []data.Outcome{data.Late, data.NotCounted}
	case 2:
		q.Units, q.Levels = []uint32{1, 2}, []data.Level{data.LevelCommune, data.LevelDistrict}
	case 3:
		q.Letter = register.Yes
	case 4:
		q.Desks = []string{"", "Bàn 2"}
	case 5:
		q.Waiting = &register.Waiting{Days: 3, Citizen: true}
	case 6:
		from := day("from")
		p, err := data.FreePeriod(from, from+40)
		if err != nil {
			t.Fatal(err)
		}
		q.Period, q.Column = &p, rapid.SampledFrom(data.Columns).Draw(t, "column")
	case 7:
		q.Cancel = register.No
	case 8:
		q.Officers, q.Receivers = []string{"Trần Thị Mẫu", ""}, []uint32{0, 2}
	}
	return q
}

// same fails when two registers answer differently.
func same(t *rapid.T, a, b *register.Register, q register.Query) {
	t.Helper()
	x, y := a.List(q), b.List(q)
	if !slices.Equal(x.IDs, y.IDs) || x.Loose != y.Loose || x.Marked != y.Marked || !slices.Equal(x.Notes, y.Notes) {
		t.Fatalf("%+v lists %+v, a fresh register %+v", q, x, y)
	}
	if n := a.Counts([]register.Query{q, {}}); n[0] != len(x.IDs) || n[1] != a.Len() {
		t.Fatalf("%+v counts %v, lists %d of %d", q, n, len(x.IDs), a.Len())
	}
	for _, by := range []data.Group{data.ByUnit, data.ByLevel, register.ByDesk, register.ByOutcome, register.ByStatus} {
		n := 0
		for _, g := range a.Groups(q, by) {
			n += g.Count
		}
		if got, want := fmt.Sprint(a.Groups(q, by)), fmt.Sprint(b.Groups(q, by)); got != want || n != len(x.IDs) {
			t.Fatalf("%+v by %s: %s, a fresh register %s; %d listed", q, by, got, want, len(x.IDs))
		}
	}
	p, err := data.FreePeriod(base, base+60)
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []data.Group{data.ByUnit, data.ByLevel, data.ByField, data.ByChannel} {
		f := register.Filter{FollowMergers: by == data.ByLevel}
		if got, want := fmt.Sprint(a.Figures(p, q.Today, by, f)), fmt.Sprint(b.Figures(p, q.Today, by, f)); got != want {
			t.Fatalf("figures by %s %s, of a fresh register %s", by, got, want)
		}
	}
}

// TestAtOnceManyChanges does the same with a register of many blocks, through Load of
// many dossiers at once, and until its columns are built anew.
func TestAtOnceManyChanges(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	ds := make([]data.Dossier, 24_000)
	random := func(id int) data.Dossier {
		received := base + data.Day(id/40)
		d := data.Dossier{ID: uint64(id), Code: fmt.Sprintf("H-%05d", rnd.IntN(90_000)), Received: data.Moment{Day: received}, Due: data.Moment{Day: received + data.Day(rnd.IntN(20))},
			Unit: uint32(rnd.IntN(5)), Field: uint32(rnd.IntN(3)), Owner: data.Person{Name: owners[rnd.IntN(len(owners))]}}
		if rnd.IntN(3) > 0 {
			d.Events = []data.Event{{Kind: data.Finish, At: data.Moment{Day: received + data.Day(rnd.IntN(25))}}}
		}
		return d
	}
	load := func(r *register.Register, some []data.Dossier) {
		err := r.Load(func(put func(*data.Glance)) error {
			for i := range some {
				g := data.GlanceOf(&some[i])
				put(&g)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range ds {
		ds[i] = random(i + 1)
	}
	r := build(nil)
	r.Reserve(len(ds))
	load(r, ds)
	r.Warm(register.Sorts...)
	day := base + 300
	check := func() {
		t.Helper()
		fresh := build(nil)
		load(fresh, ds)
		queries := []register.Query{{Text: "huyền", Today: day}, {Outcomes: []data.Outcome{data.Overdue}, Today: day, Reverse: true}}
		for _, by := range register.Sorts {
			queries = append(queries, register.Query{Sort: by, Today: day})
		}
		for _, q := range queries {
			if a, b := r.List(q), fresh.List(q); !slices.Equal(a.IDs, b.IDs) || a.Marked != b.Marked {
				t.Fatalf("%+v lists %d, a fresh register %d in another order", q, a.Len(), b.Len())
			}
		}
		p, err := data.ParsePeriod("2022")
		if err != nil {
			t.Fatal(err)
		}
		if a, b := fmt.Sprint(r.Figures(p, day, data.ByUnit, register.Filter{})), fmt.Sprint(fresh.Figures(p, day, data.ByUnit, register.Filter{})); a != b {
			t.Fatalf("figures %s, of a fresh register %s", a, b)
		}
	}
	check()
	for _, n := range []int{1, 30, 2000, 14_000, 1, 20_000, 20_000, 3} {
		some := make([]data.Dossier, n)
		for i := range some {
			k := rnd.IntN(len(ds))
			d := ds[k]
			if n < 15_000 && rnd.IntN(10) > 0 { // most changes are events
				d.Events = []data.Event{{Kind: data.Finish, At: data.Moment{Day: d.Received.Day + data.Day(rnd.IntN(30))}}}
			} else {
				d = random(k + 1)
			}
			ds[k], some[i] = d, d
		}
		load(r, some)
		check()
	}
}

// TestAtOnceReadersAndWriters asks while others change; the race detector watches.
func TestAtOnceReadersAndWriters(t *testing.T) {
	var first []data.Dossier
	for i := range 3000 {
		first = append(first, data.Dossier{ID: uint64(i + 1), Code: fmt.Sprint("C", i), Received: data.Moment{Day: base + data.Day(i%50)}, Unit: uint32(i % 5), Owner: data.Person{Name: owners[i%len(owners)]}})
	}
	r := build(first)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 200 {
			d := first[i*7]
			d.Events = []data.Event{{Kind: data.Finish, At: data.Moment{Day: base + 60}}}
			if i%10 == 0 {
				d.Owner.Name = "Trần Thị Mới"
			}
			g := data.GlanceOf(&d)
			r.Put(&g)
		}
	})
	for reader := range 3 {
		wg.Go(func() {
			for i := range 60 {
				q := register.Query{Sort: register.Sorts[(i+reader)%len(register.Sorts)], Today: base + 70, Text: []string{"", "huyền", "c1"}[i%3]}
				if n := r.List(q).Len(); q.Text == "" && n != len(first) {
					t.Errorf("%d of %d dossiers listed", n, len(first))
				}
				r.Groups(q, data.ByUnit)
			}
		})
	}
	wg.Wait()
}

// TestColumnsStayTogether: when most dossiers are taken out, every column of those that
// stay moves with them.
func TestColumnsStayTogether(t *testing.T) {
	const n = 6000
	officers := []string{"Trần Thị Mẫu", "Lê Văn Thử", ""}
	channels := []data.Channel{data.Online, data.Direct, data.Postal}
	var all, kept []data.Dossier
	for i := range n {
		d := data.Dossier{ID: uint64(i + 1), Code: fmt.Sprintf("H-%05d", i), Received: data.Moment{Day: base + data.Day(i%90)}, Due: data.Moment{Day: base + data.Day(i%90+i%7)},
			Unit: uint32(i % 5), Field: uint32(i % 3), Procedure: uint32(i % 3), Channel: channels[i%3], Officer: officers[i%3], Receiver: uint32(i % 4), Helper: uint32(i % 2),
			Content: fmt.Sprintf("Nội dung %d", i), Owner: data.Person{Name: owners[i%len(owners)], Phone: fmt.Sprintf("095%07d", i)}}
		all = append(all, d)
		if i%11 == 5 {
			kept = append(kept, d)
		}
	}
	r := build(all)
	for i := range all {
		if i%11 != 5 {
			r.Remove(all[i].ID)
		}
	}
	fresh := build(kept)
	today := base + 50
	var officer, nobody, unit, receiver register.Query
	officer.Officers, nobody.Officers, unit.Units, receiver.Receivers = []string{"Lê Văn Thử"}, []string{""}, []uint32{3}, []uint32{2}
	queries := []register.Query{{}, officer, nobody, unit, receiver, {Text: "kênh: trực tuyến"}, {Text: "tên: huyen"}, {Text: "sdt: 0950000016"}, {Text: "nội dung: 27"}}
	for _, q := range queries {
		q.Today = today
		for _, s := range register.Sorts {
			q.Sort = s
			x, y := r.List(q), fresh.List(q)
			if !slices.Equal(x.IDs, y.IDs) {
				t.Fatalf("%+v lists %d, a fresh register %d", q, len(x.IDs), len(y.IDs))
			}
		}
	}
	if l := r.List(officer); len(l.IDs) != 182 {
		t.Errorf("%d dossiers of one officer, want 182", len(l.IDs))
	}
	if l := r.List(register.Query{Text: "sdt: 0950000016", Today: today}); !slices.Equal(l.IDs, []uint32{17}) {
		t.Errorf("the dossier of a number: %v", l.IDs)
	}
}
