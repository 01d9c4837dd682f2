package papers

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// filled is an office with random rows of every kind, as far as the kinds take them.
func filled(t *testing.T, seed uint64) *desk.Desk {
	t.Helper()
	today := time.Date(2023, time.June, 20, 9, 0, 0, 0, time.Local)
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 8))
	var units []string
	err = d.Change(t.Context(), desk.Work{Title: "Đơn vị"}, func(tx desk.Tx) error {
		for i := range 3 {
			u := data.Unit{Name: fmt.Sprint("Phòng số ", i+1), Level: data.LevelCommune}
			if err := tx.PutUnit(&u); err != nil {
				return err
			}
			units = append(units, strconv.Itoa(int(u.ID)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string][]uint64{}
	day := func() string { return today.AddDate(0, 0, r.IntN(100)-95).Format("2006-01-02") }
	for _, k := range logbook.Kinds() {
		for range 90 {
			if len(ids[k.ID]) == 30 {
				break
			}
			e := &logbook.Entry{Values: map[string]string{}}
			for i := range k.Fields {
				f := &k.Fields[i]
				must := f.Required || f.Key == k.Head || f.Key == k.Day
				points := k.ID == "reading" && (f.Type == logbook.Text || f.Type == logbook.Number)
				if !must && (points || r.IntN(3) > 0) {
					continue
				}
				switch f.Type {
				case logbook.Day:
					e.Set(f.Key, day())
				case logbook.Moment:
					e.Set(f.Key, day()+"T08:00")
				case logbook.Unit:
					e.Set(f.Key, units[r.IntN(3)])
				case logbook.Pick:
					e.Set(f.Key, f.Choices[r.IntN(len(f.Choices))].ID)
				case logbook.Yes:
					e.Set(f.Key, strconv.Itoa(r.IntN(2)))
				case logbook.Number, logbook.Money:
					e.Set(f.Key, strconv.Itoa(1+r.IntN(3)))
				case logbook.Link:
					if of := ids[f.Kind]; len(of) > 0 {
						e.Set(f.Key, strconv.FormatUint(of[r.IntN(len(of))], 10))
					}
				case logbook.Text, logbook.Area:
					if e.Set(f.Key, fmt.Sprint("Nguyễn Thị Thử ", r.IntN(9))); f.Key == "total" {
						e.Set(f.Key, "80")
					}
				}
			}
			if kept, err := d.KeepEntry(t.Context(), k, e, ""); err == nil {
				ids[k.ID] = append(ids[k.ID], kept.ID)
			}
		}
		if len(ids[k.ID]) < 5 {
			t.Fatalf("%s: %d rows", k.ID, len(ids[k.ID]))
		}
	}
	return d
}

// tables calls fn with every printed table of every kind, of all time and of a period.
func tables(t *testing.T, d *desk.Desk, masked bool, fn func(k *logbook.Kind, l *logbook.Layout, table *LogbookTable)) {
	t.Helper()
	half, err := data.ParsePeriod("2023-H1")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range logbook.Kinds() {
		for i := range k.Layouts {
			for _, p := range []data.Period{{}, half} {
				table, err := GatherLogbook(d, LogbookRequest{Kind: k, Layout: &k.Layouts[i], Period: p, Masked: masked})
				if err != nil {
					t.Fatal(err)
				}
				fn(k, &k.Layouts[i], table)
			}
		}
	}
}

// TestSumsOfEveryTable: each printed table of each kind says its title and its day; the
// states that it tells add up to its rows, and a table of sums to its last line (R8).
func TestSumsOfEveryTable(t *testing.T) {
	d := filled(t, 1)
	seen, sums := 0, 0
	tables(t, d, false, func(k *logbook.Kind, l *logbook.Layout, table *LogbookTable) {
		seen++
		name := k.ID + "/" + l.ID
		if table.Title == "" || !strings.Contains(table.About, "ố liệu tính đến "+table.AsOf.String()) {
			t.Errorf("%s: %q, %q", name, table.Title, table.About)
		}
		total := 0
		for _, said := range table.states {
			n, err := strconv.Atoi(strings.ReplaceAll(said[strings.LastIndex(said, " ")+1:], ".", ""))
			if err != nil {
				t.Errorf("%s: %q", name, said)
			}
			total += n
		}
		if k.Derive != nil && total != table.count {
			t.Errorf("%s: states add up to %d of %d: %v", name, total, table.count, table.states)
		}
		rows, last := 0, []string(nil)
		columns := map[int]int64{}
		for _, line := range table.lines {
			switch {
			case line.sum:
				last = line.cells
				continue
			case line.group:
				continue
			}
			rows++
			for j := range l.Columns {
				if l.Columns[j].Sums() && l.Columns[j].Of == "" {
					if !l.Columns[j].Said(line.rows) && len(line.rows) > 0 { // nobody wrote the number
						if line.cells[j] != "–" {
							t.Errorf("%s: %q of numbers that nobody wrote", name, line.cells[j])
						}
						continue
					}
					n, err := strconv.ParseInt(strings.ReplaceAll(line.cells[j], ".", ""), 10, 64)
					if err != nil {
						t.Errorf("%s: %q", name, line.cells[j])
					}
					columns[j] += n
				}
			}
		}
		if !l.Tally && rows != table.count {
			t.Errorf("%s: %d lines of %d rows", name, rows, table.count)
		}
		if !l.Tally || l.Sum {
			return
		}
		sums++
		if last == nil {
			t.Fatalf("%s has no sum", name)
		}
		for j, n := range columns {
			if last[j] != data.FormatInt(n) {
				t.Errorf("%s, «%s»: %s below lines that add up to %d", name, l.Columns[j].Title, last[j], n)
			}
		}
	})
	if seen < 20 || sums == 0 {
		t.Errorf("%d tables, %d of sums", seen, sums)
	}
}

// TestBothPrintsAreOfOneQuery: the masked print has the lines of the named one, and no
// whole name of a person (R10).
func TestBothPrintsAreOfOneQuery(t *testing.T) {
	d := filled(t, 2)
	named := map[string]*LogbookTable{}
	tables(t, d, false, func(k *logbook.Kind, l *logbook.Layout, table *LogbookTable) { named[l.ID+table.About] = table })
	hidden := 0
	tables(t, d, true, func(k *logbook.Kind, l *logbook.Layout, table *LogbookTable) {
		of := named[l.ID+table.About]
		if of == nil || of.count != table.count || !reflect.DeepEqual(of.states, table.states) || len(of.lines) != len(table.lines) {
			t.Fatalf("%s: the prints are of two queries", l.ID)
		}
		for i, line := range table.lines {
			if line.group || line.sum {
				continue
			}
			for j := range l.Columns {
				f := k.Field(l.Columns[j].Key)
				whole, cell := of.lines[i].cells[j], line.cells[j]
				switch private := f != nil && f.Private; {
				// A person whom the row names elsewhere is shortened wherever the name stands.
				case !private && cell != whole && cell != strings.ReplaceAll(whole, "Nguyễn Thị Thử", "Nguyễn T. T."):
					t.Errorf("%s: «%s» became «%s»", l.ID, whole, cell)
				case private && whole != "" && strings.Contains(cell, "Nguyễn Thị Thử"):
					t.Errorf("%s: «%s» is told in the masked print", l.ID, cell)
				case private && whole != "":
					hidden++
				}
			}
		}
	})
	if hidden == 0 {
		t.Error("nothing was masked")
	}
}

// TestWhatWasClosedStays: after random changes of every kind the figures of a closed period
// are as they were (R9).
func TestWhatWasClosedStays(t *testing.T) {
	d := filled(t, 3)
	p, err := data.ParsePeriod("2023-Q2")
	if err != nil {
		t.Fatal(err)
	}
	closed, err := d.ClosePeriod(t.Context(), p, data.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	refused, done := 0, 0
	for _, k := range logbook.Kinds() {
		w, err := d.Logbooks(d.Today())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range w.Entries(k.ID) {
			if r.IntN(3) > 0 {
				continue
			}
			why := []string{"", "đối chiếu lại"}[r.IntN(2)]
			var err error
			if r.IntN(3) == 0 {
				err = d.DropEntry(context.Background(), k, e.ID, why)
			} else {
				next := e.Clone()
				next.Set(k.Head, next.Text(k.Head)+" (sửa)")
				if f := k.Field(k.Head); f.Type != logbook.Text && f.Type != logbook.Area {
					next = e.Clone()
				}
				_, err = d.KeepEntry(context.Background(), k, next, why)
			}
			switch {
			case desk.NeedsReason(err) && why != "":
				t.Errorf("%s: %v", k.ID, err)
			case desk.NeedsReason(err):
				refused++
			case err == nil:
				done++
			}
		}
	}
	all, err := d.Closings()
	if err != nil || len(all) != 1 || !all[0].Value.Sound() || !reflect.DeepEqual(all[0].Value, closed.Value) {
		t.Errorf("what was closed changed: %v", err)
	}
	if refused == 0 || done == 0 {
		t.Errorf("%d changes refused without a reason, %d made", refused, done)
	}
}
