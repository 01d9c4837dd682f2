package register_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/register"
)

// TestQueriesEqualOracle compares what is asked beside the figures with looks at
// whole dossiers by data.Dossier.On.
func TestQueriesEqualOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := make([]data.Dossier, rapid.IntRange(0, 25).Draw(t, "n"))
		for i := range ds {
			ds[i] = drawFull(t, uint64(i+1))
		}
		r := build(ds)
		day := base + data.Day(rapid.IntRange(-20, 130).Draw(t, "day"))
		span := register.DaySpan{From: day - 30, To: day + data.Day(rapid.IntRange(-10, 20).Draw(t, "to"))}
		state := func(d *data.Dossier) data.State { return d.On(day) }
		outcome := func(d *data.Dossier) data.Outcome {
			if d.Received.Day > day {
				return data.NotCounted
			}
			return state(d).Outcome(day, d.Term)
		}
		since := func(d *data.Dossier) (data.Day, bool) {
			s := state(d)
			return max(s.Since.Day, d.Received.Day), s.Paused && s.Counted() && d.Received.Day <= day
		}
		check := func(name string, q register.Query, want func(d *data.Dossier) bool) {
			t.Helper()
			q.Today = day
			var ids []uint32
			for i := range ds {
				if want(&ds[i]) {
					ids = append(ids, uint32(ds[i].ID))
				}
			}
			if got := slices.Sorted(slices.Values(r.List(q).IDs)); !slices.Equal(got, ids) {
				t.Fatalf("%s: %v, oracle %v", name, got, ids)
			}
		}
		letter := func(d *data.Dossier) bool { return d.Received.Day <= day && state(d).Apologies > 0 }
		check("with a letter", register.Query{Letter: register.Yes}, letter)
		check("without a letter", register.Query{Letter: register.No}, func(d *data.Dossier) bool { return !letter(d) })
		isCancelled := func(d *data.Dossier) bool { return d.On(data.MaxDay).Cancelled }
		check("cancelled", register.Query{Cancel: register.Yes}, isCancelled)
		check("not cancelled", register.Query{Cancel: register.No}, func(d *data.Dossier) bool { return !isCancelled(d) })
		check("waiting", register.Query{Waiting: &register.Waiting{Days: 4}}, func(d *data.Dossier) bool {
			from, ok := since(d)
			return ok && day-from >= 4
		})
		check("waiting for the citizen", register.Query{Waiting: &register.Waiting{Citizen: true}}, func(d *data.Dossier) bool {
			_, ok := since(d)
			return ok && state(d).Status.Waiting()
		})
		check("desks", register.Query{Filter: register.Filter{Desks: []string{"Bàn 1", ""}}}, func(d *data.Dossier) bool {
			desk := d.On(data.MaxDay).Desk
			return desk == "" || desk == "Bàn 1"
		})
		check("officers", register.Query{Filter: register.Filter{Officers: []string{"Lê Văn Thử"}}}, func(d *data.Dossier) bool { return d.Officer == "Lê Văn Thử" })
		check("receivers", register.Query{Filter: register.Filter{Receivers: []uint32{1, 9}}}, func(d *data.Dossier) bool {
			at := cmp.Or(d.Receiver, d.Unit)
			return at == 1 || at == 9
		})
		check("received", register.Query{Received: &span}, func(d *data.Dossier) bool { return span.From <= d.Received.Day && d.Received.Day <= span.To })
		check("due", register.Query{Due: &span}, func(d *data.Dossier) bool {
			due := state(d).Due.Day // unknown before its receipt
			return due.Known() && span.From <= due && due <= span.To
		})
		check("statuses", register.Query{Statuses: []data.Status{data.Done, data.Processing}}, func(d *data.Dossier) bool {
			s := d.On(data.MaxDay).Status
			return s == data.Done || s == data.Processing
		})
		for out := data.NotCounted; out <= data.Overdue; out++ {
			check(fmt.Sprint("outcome ", out), register.Query{Outcomes: []data.Outcome{out}}, func(d *data.Dossier) bool { return outcome(d) == out })
		}
		// Some at a time: open and closed ones together, as of a day on which
		// dossiers that were closed since were open.
		for set := range 1 << 8 {
			if set%5 != int(day)&3 && set != 1<<data.Late|1<<data.Overdue {
				continue
			}
			var some []data.Outcome
			for out := data.NotCounted; out <= data.Overdue; out++ {
				if set>>out&1 != 0 {
					some = append(some, out)
				}
			}
			if len(some) > 0 {
				check(fmt.Sprint("outcomes ", some), register.Query{Outcomes: some}, func(d *data.Dossier) bool { return slices.Contains(some, outcome(d)) })
			}
		}
		counted := map[string]int{}
		for i := range ds {
			counted[fmt.Sprint(uint8(outcome(&ds[i])))]++
		}
		for _, g := range r.Groups(register.Query{Today: day}, register.ByOutcome) {
			if counted[g.Key] != g.Count {
				t.Fatalf("%s: %d, oracle %d", g.Name, g.Count, counted[g.Key])
			}
			delete(counted, g.Key)
		}
		if len(counted) > 0 {
			t.Fatalf("no groups for %v", counted)
		}
	})
}

// merged are units of which two went into others.
var merged = []data.Unit{
	{ID: 1, Name: "Phòng Tư pháp", Level: data.LevelDistrict, Successor: 6}, {ID: 2, Name: "UBND xã Đại Ân", Level: data.LevelCommune, Successor: 5},
	{ID: 3, Name: "UBND xã Ân Nghĩa", Level: data.LevelCommune, Successor: 2}, {ID: 4, Name: "Tổ công tác"},
	{ID: 5, Name: "UBND xã Đại Nghĩa", Level: data.LevelCommune}, {ID: 6, Name: "Phòng Nội vụ", Level: data.LevelProvince, Successor: 77},
}

// TestMergersAndLetters proves that figures under the units of today, and the
// counts of letters, list exactly the dossiers that they count.
func TestMergersAndLetters(t *testing.T) {
	heir := map[uint32]uint32{0: 0, 1: 6, 2: 5, 3: 5, 4: 4}
	level := map[uint32]data.Level{4: "", 0: "", 5: data.LevelCommune, 6: data.LevelProvince}
	rapid.Check(t, func(t *rapid.T) {
		ds := make([]data.Dossier, rapid.IntRange(0, 25).Draw(t, "n"))
		for i := range ds {
			ds[i] = drawFull(t, uint64(i+1))
		}
		r := build(ds)
		r.SetCatalogue(merged, fields, procedures)
		p, err := data.FreePeriod(base, base+data.Day(rapid.IntRange(0, 60).Draw(t, "length")))
		if err != nil {
			t.Fatal(err)
		}
		cut := p.From + data.Day(rapid.IntRange(0, 90).Draw(t, "cut"))
		f := register.Filter{FollowMergers: true}
		for group, key := range map[data.Group]func(*data.Dossier) string{
			data.ByUnit:  func(d *data.Dossier) string { return fmt.Sprint(heir[d.Unit]) },
			data.ByLevel: func(d *data.Dossier) string { return string(level[heir[d.Unit]]) },
		} {
			list := func(q register.Query, want func(in string, out data.Outcome, d *data.Dossier) bool, n int64, what string) {
				t.Helper()
				var ids []uint32
				for i := range ds {
					if in, out := stand(&ds[i], p, cut); out != data.NotCounted && want(in, out, &ds[i]) {
						ids = append(ids, uint32(ds[i].ID))
					}
				}
				got := slices.Sorted(slices.Values(r.List(q).IDs))
				if !slices.Equal(got, ids) || n != int64(len(ids)) {
					t.Fatalf("%s: %d, lists %v, oracle %v", what, n, got, ids)
				}
			}
			table := r.Figures(p, cut, group, f)
			for i := range table.Rows {
				row := &table.Rows[i]
				for _, col := range data.Columns {
					list(register.CellQuery(table, row, col, f), func(in string, out data.Outcome, d *data.Dossier) bool {
						return inColumn(col, in, out) && key(d) == row.Key
					}, col.Of(row.Counts), fmt.Sprint(group, " ", row.Name, " ", col))
				}
			}
			letters, total := r.Letters(p, cut, group, f)
			var sum register.LetterRow
			for _, l := range letters {
				row := &data.Row{Key: l.Key}
				for _, c := range []struct {
					col    data.Column
					letter register.Answer
					n      int64
				}{{data.ColLate, register.Yes, l.LateWith}, {data.ColLate, register.No, l.LateWithout},
					{data.ColPendingOverdue, register.Yes, l.OverdueWith}, {data.ColPendingOverdue, register.No, l.OverdueWithout}} {
					q := register.CellQuery(table, row, c.col, f)
					q.Letter = c.letter
					list(q, func(in string, out data.Outcome, d *data.Dossier) bool {
						return inColumn(c.col, in, out) && key(d) == l.Key && (d.On(cut).Apologies > 0) == (c.letter == register.Yes)
					}, c.n, fmt.Sprint(group, " ", l.Name, " ", c.col, " letter ", c.letter))
				}
				sum.LateWith += l.LateWith
				sum.LateWithout += l.LateWithout
				sum.OverdueWith += l.OverdueWith
				sum.OverdueWithout += l.OverdueWithout
			}
			if sum != total || total.LateWith+total.LateWithout != table.Total.Late || total.OverdueWith+total.OverdueWithout != table.Total.Overdue || total.LateWith+total.OverdueWith != table.Total.Apologised {
				t.Fatalf("letters %+v, total %+v, figures %+v", sum, total, table.Total)
			}
		}
	})
}

// TestOwnersStandInVietnameseOrder compares the order by owner with CompareText.
func TestOwnersStandInVietnameseOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"Ân", "An", "ân", "Ẩn", "anh", "Lê", "lê", "B", "(x)", "1", "", "Đ", "D", "ơ", "Thị", "\t", "e\u0302"})
		ds := make([]data.Dossier, rapid.IntRange(0, 20).Draw(t, "n"))
		for i := range ds {
			ds[i] = data.Dossier{ID: uint64(i + 1), Code: fmt.Sprint(i), Received: data.Moment{Day: base}, Owner: data.Person{Name: strings.Join(rapid.SliceOfN(word, 0, 7).Draw(t, "name"), " ")}}
		}
		want := slices.Clone(ds)
		slices.Reverse(want)
		slices.SortStableFunc(want, func(a, b data.Dossier) int { return register.CompareText(a.Owner.Name, b.Owner.Name) })
		var ids []uint32
		for _, d := range want {
			ids = append(ids, uint32(d.ID))
		}
		if got := build(ds).List(register.Query{Sort: register.SortOwner}).IDs; !slices.Equal(got, ids) && len(ids) > 0 {
			t.Fatalf("%v, want %v", got, ids)
		}
	})
}

// TestTypedDiacriticsStandFirst types words with and without diacritics.
func TestTypedDiacriticsStandFirst(t *testing.T) {
	names := []string{"Nguyễn Thị Huyền", "Nguyen Thi Huyen", "Nguyên Thị Huyên", "Lê Huyền Trân", "Trần Bá Khuyến", "LÊ THỊ HUYỀN", "Công ty TNHH một thành viên Huyền Trân"}
	var ds []data.Dossier
	for i, name := range names {
		ds = append(ds, data.Dossier{ID: uint64(i + 1), Code: fmt.Sprint("H", i), Received: data.Moment{Day: data.Date(2022, time.May, 30-i)}, Owner: data.Person{Name: name}})
	}
	ds = append(ds, data.Dossier{ID: 8, Code: "H8", Received: data.Moment{Day: base}, Owner: data.Person{Name: "An"}, Content: "Xác nhận chị Huyền"},
		data.Dossier{ID: 9, Code: "H9", Received: data.Moment{Day: base}, Procedure: 1, Owner: data.Person{Name: "Ket Hon"}})
	r := build(ds)
	for _, c := range []struct {
		text   string
		want   []uint32
		marked int
	}{
		{"huyen", []uint32{1, 2, 3, 4, 5, 6, 7, 8}, 0},
		{"huyền", []uint32{1, 4, 6, 7, 8, 2, 3, 5}, 5},
		{"HUYỀN", []uint32{1, 4, 6, 7, 8, 2, 3, 5}, 5},
		{"uyế", []uint32{5, 1, 2, 3, 4, 6, 7, 8}, 1},
		{"nguyễn thị", []uint32{1, 2, 3}, 1},
		{"nguyen thị", []uint32{1, 3, 2}, 2},
		{"huyển", []uint32{1, 2, 3, 4, 5, 6, 7, 8}, 0}, // nobody is called so
		{"tên: huyền", []uint32{1, 4, 6, 7, 2, 3, 5}, 4},
		{"kết hôn", []uint32{9}, 1},
		{"chị huyền", []uint32{8}, 1},
	} {
		l := r.List(register.Query{Text: c.text})
		if !slices.Equal(l.IDs, c.want) || l.Marked != c.marked {
			t.Errorf("%q: %v, %d marked; want %v, %d", c.text, l.IDs, l.Marked, c.want, c.marked)
		}
	}
	l := r.List(register.Query{Text: "huyền", Sort: register.SortReceived, Reverse: true})
	if want := []uint32{8, 7, 6, 4, 1, 5, 3, 2}; !slices.Equal(l.IDs, want) {
		t.Errorf("reversed: %v, want %v", l.IDs, want)
	}
}
