package demo_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// file is the data file of the article's office, built once.
var file struct {
	sync.Once
	dir, path string
	took      time.Duration
	err       error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if file.dir != "" {
		os.RemoveAll(file.dir)
	}
	os.Exit(code)
}

// clock is the time of the tests.
func clock() time.Time { return time.Date(2023, time.October, 2, 9, 0, 0, 0, time.UTC) }

// town opens the office of the article with its sheets; tests only read it.
func town(t testing.TB) (*book.Book, *desk.Desk) {
	t.Helper()
	file.Do(func() {
		if file.dir, file.err = os.MkdirTemp("", "minh-hoa-*"); file.err != nil {
			return
		}
		file.path = filepath.Join(file.dir, "minh-hoa.db")
		if file.err = demo.BuildRegister(t.Context(), file.path, data.NoDay, clock, nil); file.err != nil {
			return
		}
		d, err := desk.Open(file.path, desk.Options{Now: clock})
		if err != nil {
			file.err = err
			return
		}
		if file.err = d.Wait(); file.err == nil {
			began := time.Now()
			file.err = demo.AddSheets(t.Context(), d)
			file.took = time.Since(began)
		}
		if err := d.Close(); file.err == nil {
			file.err = err
		}
	})
	if file.err != nil {
		t.Fatal(file.err)
	}
	return opened(t, file.path, clock)
}

func opened(t testing.TB, path string, now func() time.Time) (*book.Book, *desk.Desk) {
	t.Helper()
	d, err := desk.Open(path, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return book.New(d), d
}

func periodOf(t testing.TB, b *book.Book, level string, year int) assess.Period {
	t.Helper()
	list, err := b.Periods()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if p.Level == level && p.Year == year {
			return p
		}
	}
	t.Fatalf("no period of %s in %d", level, year)
	return assess.Period{}
}

// ownCard returns the office's own sheet of a year.
func ownCard(t testing.TB, b *book.Book, year int) *assess.Card {
	t.Helper()
	sheets, err := b.Sheets(periodOf(t, b, "huyen", year).ID)
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	c, err := b.Card(sheets[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestTheBirthOfTheDemonstrationIsNotUndone: neither its register nor its sheets.
func TestTheBirthOfTheDemonstrationIsNotUndone(t *testing.T) {
	b, d := town(t)
	if undo, redo := d.Undoable(); undo != "" || redo != "" {
		t.Errorf("a fresh demonstration offers «%s», «%s»", undo, redo)
	}
	if _, err := d.Undo(t.Context()); data.CodeOf(err) != data.NotFound {
		t.Errorf("undo: %v", err)
	}
	if list, err := b.Periods(); err != nil || len(list) == 0 {
		t.Errorf("%d periods, %v", len(list), err)
	}
}

// TestDemoIsArticle002 checks the table of seeds.md, 002 and register-and-reports
// 8.3.
func TestDemoIsArticle002(t *testing.T) {
	b, _ := town(t)
	t.Logf("built in %v", file.took)
	c := ownCard(t, b, 2022)
	if got := c.Final.Index.String(); got != "85,76" {
		t.Errorf("index %s", got)
	}
	for code, want := range map[string]string{"1": "10,00", "2": "8,50", "3": "15,70", "4": "6,69", "5": "8,75", "6": "6,48", "8": "20,39"} {
		if got := c.Final.Node(code).Points.String(); got != want {
			t.Errorf("domain %s: %s, want %s", code, got, want)
		}
	}
	for code, want := range map[string]string{"3": "95,15", "4": "89,20", "5": "87,50", "6": "81,00", "8": "81,56"} {
		if got := c.Row(code).Percent(); got != want {
			t.Errorf("domain %s: %s %%, want %s", code, got, want)
		}
	}
	if c.Final.Bonus != 1500 || !c.Final.Complete() || c.Self.Index <= c.Final.Index {
		t.Errorf("bonus %s, complete %v, claimed %s", c.Final.Bonus, c.Final.Complete(), c.Self.Index)
	}
	before := ownCard(t, b, 2021)
	fell := func(code string) int64 {
		now, _ := (data.Ratio{Numerator: int64(c.Final.Node(code).Points), Denominator: int64(c.Final.Node(code).Max)}).Hundredths()
		old, _ := (data.Ratio{Numerator: int64(before.Final.Node(code).Points), Denominator: int64(before.Final.Node(code).Max)}).Hundredths()
		return old - now
	}
	if got := fell("8.1"); got < 800 || got > 860 {
		t.Errorf("the satisfaction of citizens fell by %s points, want about 8,3", data.FormatHundredths(got))
	}
	list, err := b.Publications()
	if err != nil || len(list) != 2 {
		t.Fatalf("%d publications, %v", len(list), err)
	}
	ranks := map[int]map[string]int{2021: {"": 3, "8": 10}, 2022: {"": 7, "3": 2, "4": 9, "5": 9, "6": 1, "8": 6}}
	for _, p := range list {
		own := p.Own()
		if len(p.Places) != 12 || own.Rank != ranks[p.Year][""] {
			t.Errorf("%d: rank %d of %d", p.Year, own.Rank, len(p.Places))
		}
		for code, want := range ranks[p.Year] {
			if code != "" && own.Domain(code).Rank != want {
				t.Errorf("%d, domain %s: rank %d, want %d", p.Year, code, own.Domain(code).Rank, want)
			}
		}
		if p.Year == 2022 && *own.Index != c.Final.Index || p.Year == 2021 && *own.Index != before.Final.Index {
			t.Errorf("%d: published %s", p.Year, own.Index)
		}
		if err := p.Check(); err != nil {
			t.Error(err)
		}
		if p.Year == 2021 {
			for _, x := range p.Places {
				sum := *x.Bonus
				for _, d := range x.Domains {
					sum += *d.Points
				}
				if sum != *x.Index {
					t.Errorf("%s: domains %s, index %s", x.Name, sum, x.Index)
				}
			}
		}
	}
}

func TestDemoShowsEverything(t *testing.T) {
	b, _ := town(t)
	c := ownCard(t, b, 2022)
	n := c.Counters()
	if n.Done != n.Leaves || n.NoProof == 0 || n.Asked == 0 || n.Unanswered != 0 || n.Appraised != n.Leaves {
		t.Errorf("%+v", n)
	}
	if l := c.Losses(); l.Unexplained != 0 || l.Lost() != l.Explained {
		t.Errorf("unexplained %s", l.Unexplained)
	}
	remedies, err := b.Remedies(c.Sheet.ID)
	if err != nil || len(remedies) < 15 {
		t.Fatalf("%d remedies, %v", len(remedies), err)
	}
	rankings, err := b.Rankings(periodOf(t, b, "xa", 2022).ID, "UBND cấp xã", assess.Second)
	if err != nil || len(rankings) != 1 || len(rankings[0].Units) != 13 || rankings[0].Counted() != 13 {
		t.Fatalf("%+v, %v", rankings, err)
	}
	r := rankings[0]
	grades := 0
	for _, u := range r.Units {
		if _, ok := u.Change(); !ok {
			t.Errorf("%s has no year before", u.Name)
		}
		if u.Result.Index < 60*scoring.Point {
			t.Errorf("%s: %s", u.Name, u.Result.Index)
		}
	}
	for _, g := range r.Grades {
		if g.Units > 0 {
			grades++
		}
	}
	if grades < 2 {
		t.Errorf("grades %v", r.Grades)
	}
	lines, err := b.Proofs(c.Sheet.ID)
	if err != nil || len(lines) < 60 {
		t.Fatalf("%d lines of evidence, %v", len(lines), err)
	}
	if faults, err := b.CheckFiles(t.Context()); err != nil || len(faults) > 0 {
		t.Errorf("files: %v %v", faults, err)
	}
	if file.took > 30*time.Second {
		t.Errorf("built in %v", file.took)
	}
}
