package scoring_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/page/scoring"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
)

// today of the tests lies within the days of self-scoring for 2022.
var today = data.Date(2022, time.December, 20)

func open(t *testing.T) (*scoring.Model, *env.Session) {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return today.Time().Add(9 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	s := env.NewSession(d)
	return scoring.NewModel(s), s
}

// period opens a period of 2022 with the shipped district set and one sheet of
// the office.
func period(t *testing.T) *scoring.Model {
	t.Helper()
	m, _ := open(t)
	plan := m.Plan()
	m.SetYear(&plan, 2022)
	id, n, err := m.KeepPeriod(t.Context(), plan)
	if err != nil || n != 1 {
		t.Fatalf("%d sheets, %v", n, err)
	}
	m.Opened(id)
	if m.Card == nil {
		t.Fatal("no card")
	}
	return m
}

func save(t *testing.T, m *scoring.Model) {
	t.Helper()
	got := errors.New("done was not called")
	m.Leaf.Save(func(err error) { got = err })
	if got != nil {
		t.Fatalf("%s: %v", m.Leaf.Code(), got)
	}
}

func put(m *scoring.Model, key, text string) {
	m.Leaf.Put(key, text)
}

func TestFirstPeriod(t *testing.T) {
	m, _ := open(t)
	m.Refresh()
	if len(m.Periods()) > 0 || m.Card != nil || !m.Read || len(m.Tree.Rows) != 0 {
		t.Fatalf("an empty office has %v", m.Periods())
	}
	sets := m.SetChoices()
	if len(sets) < 2 || !strings.HasPrefix(sets[0].Text, "Mẫu: ") {
		t.Fatalf("sets %v", sets)
	}
	plan := m.Plan()
	if !strings.Contains(plan.Set, "huyen") {
		t.Errorf("the office is offered %s", plan.Set)
	}
	m.SetYear(&plan, 2019)
	if plan.Days[1].Known() {
		t.Errorf("a period of 2019 would be locked at once: %s", plan.Days[1])
	}
	plan.Own = false
	var e *data.Error
	if _, _, err := m.KeepPeriod(t.Context(), plan); !errors.As(err, &e) || e.Field != "units" {
		t.Errorf("without units: %v", err)
	}
	plan.Own, plan.Year = true, "năm nay"
	if _, _, err := m.KeepPeriod(t.Context(), plan); !errors.As(err, &e) || e.Field != "year" {
		t.Errorf("year: %v", err)
	}
	plan.Year, plan.Title = "2022", ""
	if _, _, err := m.KeepPeriod(t.Context(), plan); err == nil {
		t.Error("a period without a title was kept")
	}
	if sets, _ := m.Book.Sets(); len(sets) != 0 {
		t.Errorf("the refused period left %d sets", len(sets))
	}
}

func TestTree(t *testing.T) {
	m := period(t)
	tree, all := m.Tree, func(*scoring.TreeRow) bool { return true }
	head, _ := m.Head()
	if len(tree.Rows) < 150 || head.Of != 96 || head.Done != 0 || head.Grade != "" {
		t.Fatalf("%d rows, %+v", len(tree.Rows), head)
	}
	// The keys visit every leaf once, bonus and penalty at the end.
	seen := map[string]bool{}
	m.Leaf.Show("1.1.1")
	for range 400 {
		if seen[m.Leaf.Code()] {
			break
		}
		seen[m.Leaf.Code()] = true
		m.Leaf.Show(tree.Next(false, all))
	}
	bonus, penalty := m.Card.Adjusts()
	if len(seen) != 110+len(bonus)+len(penalty) || m.Leaf.Code() != "1.1.1" {
		t.Errorf("%d leaves visited, back at %s", len(seen), m.Leaf.Code())
	}
	if back := tree.Next(true, all); back != penalty[len(penalty)-1].Adjust.Code {
		t.Errorf("before the first leaf comes %s", back)
	}
}

// TestKinds answers a leaf of every kind as an officer types, and sees points and
// the step reached at once.
func TestKinds(t *testing.T) {
	m := period(t)
	for _, c := range []struct {
		code    string
		inputs  [][2]string
		picks   []int
		points  string
		reached []int
	}{
		{"1.1.1", [][2]string{{"date", "31/01/2022"}}, nil, "0,50", []int{0}},
		{"1.1.1", [][2]string{{"date", "01/03/2022"}}, nil, "0,00", []int{2}},
		{"1.1.3", [][2]string{{"b", "30"}, {"a", "32"}}, nil, "0,94", nil},
		{"1.3.1", [][2]string{{"b", "7"}, {"a", "24"}}, nil, "0,50", []int{1}},
		{"3.4.1", [][2]string{{"b", "157.000"}, {"a", "157.425"}}, nil, "1,99", nil},
		{"1.6", [][2]string{{"var:a", "40"}, {"var:b", "36"}, {"var:c", "2"}}, nil, "1,39", nil},
		{"1.7.1", nil, []int{0}, "0,50", []int{0}},
		{"1.1.2", nil, []int{0, 1}, "", []int{0, 1}},
	} {
		m.Leaf.Show(c.code)
		m.Leaf.Discard()
		for _, in := range c.inputs {
			if !slices.ContainsFunc(m.Leaf.Inputs(), func(x scoring.Input) bool { return x.Key == in[0] }) {
				t.Errorf("%s has no input %s", c.code, in[0])
			}
			put(m, in[0], in[1])
		}
		for _, i := range c.picks {
			m.Leaf.Pick(i)
		}
		o := m.Leaf.Outcome()
		if !o.Known || c.points != "" && o.Points != c.points || o.Wrong {
			t.Errorf("%s %v: %+v, want %s", c.code, c.inputs, o, c.points)
		}
		for i, r := range m.Leaf.Rule() {
			if c.reached != nil && r.Reached != slices.Contains(c.reached, i) {
				t.Errorf("%s %v: step %d %q reached %v", c.code, c.inputs, i, r.Text, r.Reached)
			}
		}
	}
	m.Leaf.Show("1.1.3")
	put(m, "b", "33")
	put(m, "a", "32")
	if o := m.Leaf.Outcome(); !o.Wrong || o.Text == "" {
		t.Errorf("b above a: %+v", o)
	}
	put(m, "a", "")
	if o := m.Leaf.Outcome(); o.Wrong || o.Known {
		t.Errorf("half an answer is nothing wrong: %+v", o)
	}
	put(m, "a", "ba hai")
	if o := m.Leaf.Outcome(); !o.Wrong || o.Field != "a" {
		t.Errorf("no number: %+v", o)
	}
}

func TestSaveAndComeBack(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.7.1")
	m.Leaf.Pick(0)
	if !m.Leaf.Dirty() || m.Leaf.Unsaved() != 1 {
		t.Fatal("nothing to save")
	}
	save(t, m)
	h, _ := m.Head()
	row := m.Tree.Of("1.7.1")
	if h.Done != 1 || row.Points != "0,50" || m.Leaf.Dirty() || m.Leaf.Unsaved() != 0 {
		t.Errorf("%+v, %+v", h, row)
	}
	if !slices.Contains(scoring.Filters(), kit.Choice{Key: scoring.FilterNoProof, Text: "Thiếu minh chứng"}) || m.Tree.Counts()[scoring.FilterNoProof] != 1 || m.Tree.NextOf(scoring.FilterNoProof) != "1.7.1" {
		t.Errorf("counts %v", m.Tree.Counts())
	}
	if list := m.Leaf.History(); len(list) != 1 || !strings.Contains(list[0].What, "từ chưa chấm thành 0,50") {
		t.Errorf("history %+v", list)
	}
	// A second answer is a second change, and can be taken back.
	m.Leaf.Pick(1)
	save(t, m)
	if list := m.Leaf.History(); len(list) != 2 || !strings.Contains(list[0].What, "từ 0,50 thành 0,00") {
		t.Errorf("history %+v", list)
	}
	m.Leaf.ClearRound("nhập nhầm", func(err error) {
		if err != nil {
			t.Error(err)
		}
	})
	if h, _ := m.Head(); h.Done != 0 || m.Leaf.Draft["yes"] != "" {
		t.Errorf("cleared: %+v", h)
	}
}

// TestDrafts leaves a leaf without saving it, goes to others and to another run of
// the program: nothing that was typed is lost.
func TestDrafts(t *testing.T) {
	m := period(t)
	kept := ""
	m.Leaf.Keep = func(text string) { kept = text }
	m.Leaf.Show("1.1.3")
	put(m, "b", "30")
	m.Leaf.Show("1.4.1")
	put(m, "b", "4")
	m.Leaf.Show("1.1.3")
	if m.Leaf.Draft["b"] != "30" || !m.Leaf.Dirty() || m.Leaf.Unsaved() != 2 || !m.Leaf.HasDraft("1.4.1") || m.Leaf.HasDraft("1.1.1") {
		t.Fatalf("draft %+v, %d unsaved", m.Leaf.Draft, m.Leaf.Unsaved())
	}
	m.Refresh() // another change of the data comes in
	if m.Leaf.Draft["b"] != "30" {
		t.Error("a refresh took what was typed")
	}
	other := scoring.NewModel(m.Session)
	if n := other.Leaf.Restore(kept); n != 2 {
		t.Fatalf("%d drafts in %q", n, kept)
	}
	other.Refresh()
	other.Leaf.Show("1.4.1")
	if other.Leaf.Draft["b"] != "4" {
		t.Errorf("the next run shows %+v", other.Leaf.Draft)
	}
	m.Leaf.Discard()
	m.Leaf.Show("1.4.1")
	m.Leaf.Discard()
	if m.Leaf.Unsaved() != 0 || kept != "" {
		t.Errorf("discarded: %d, %q", m.Leaf.Unsaved(), kept)
	}
}

func TestRefusals(t *testing.T) {
	m := period(t)
	field := func(want string) {
		t.Helper()
		var e *data.Error
		m.Leaf.Save(func(err error) {
			if !errors.As(err, &e) || want != "" && e.Field != want {
				t.Errorf("%s: %v, want a fault of %q", m.Leaf.Code(), err, want)
			}
		})
		if e == nil {
			t.Errorf("%s was kept", m.Leaf.Code())
		}
		if !m.Leaf.Dirty() {
			t.Errorf("%s: what was typed is lost", m.Leaf.Code())
		}
	}
	m.Leaf.Show("1.7.1")
	put(m, scoring.KeyNA, "1")
	field("na")
	m.Leaf.Discard()
	put(m, scoring.KeyHand, "1")
	put(m, scoring.KeyPoints, "0,25")
	field("why")
	put(m, scoring.KeyPoints, "0,75")
	put(m, scoring.KeyWhy, "thử")
	field("")
	put(m, scoring.KeyPoints, "0,25")
	save(t, m)
	if row := m.Tree.Of("1.7.1"); row.Points != "0,25" || !strings.Contains(row.Marks, "sửa điểm") {
		t.Errorf("by hand: %+v", row)
	}
	// Typed figures of a metric that the register does not have need their source.
	m.Leaf.Show("1.1.3")
	put(m, "b", "30")
	put(m, "a", "32")
	if !m.Leaf.NeedsSource() {
		t.Error("no source is asked for")
	}
	field("")
	put(m, scoring.KeySource, "Báo cáo số 12")
	save(t, m)
}

// TestStates takes a sheet through its states: each round is open in its own, and
// says why not in the others.
func TestStates(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.7.1")
	m.Leaf.Pick(0)
	save(t, m)
	if got := m.Moves(); len(got) != 1 || got[0].To != assess.Submitted || got[0].Warns == "" {
		t.Fatalf("moves %+v", got)
	}
	move := func(to assess.State, why string) error {
		var got error
		m.Do(func(ctx context.Context) error { return m.Book.Move(ctx, m.Sheet(), to, why) }, func(err error) { got = err })
		return got
	}
	if err := move(assess.Submitted, ""); err == nil {
		t.Error("a sheet with open leaves was submitted without a reason")
	}
	if err := move(assess.Submitted, "nộp trước phần đã chấm"); err != nil {
		t.Fatal(err)
	}
	if m.Leaf.Round() != assess.First || m.Leaf.Locked() != nil {
		t.Errorf("after submission: round %s, %v", m.Leaf.Round(), m.Leaf.Locked())
	}
	m.Leaf.ChooseRound(assess.Self)
	if err := m.Leaf.Locked(); err == nil || !strings.Contains(err.Error(), "tự chấm") {
		t.Errorf("self score after submission: %v", err)
	}
	m.Leaf.ChooseRound(assess.First)
	m.Leaf.Pick(1)
	m.Leaf.Save(func(err error) { fault(t, err, "note") }) // a cut asks for a note
	must(t, m.Book.SetCutNeedsNote(t.Context(), false))
	save(t, m)
	if h, _ := m.Head(); !strings.HasPrefix(h.Self, "Chỉ số tự chấm 0,67 · thẩm định lần 1 0,00 · ") {
		t.Errorf("after the appraisal: %q", h.Self)
	}
	rounds := m.Leaf.Rounds()
	if len(rounds) != 4 || rounds[0].Points != "0,50" || rounds[1].Points != "0,00" || rounds[3].Points != "" {
		t.Errorf("rounds %+v", rounds)
	}
	if row := m.Tree.Of("1.7.1"); row.Points != "0,00" || !row.Lost {
		t.Errorf("the appraisal counts: %+v", row)
	}
	n := 0
	m.CopySelf(func(k int, err error) {
		if n = k; err != nil {
			t.Error(err)
		}
	})
	if n != 0 { // the only answered leaf was appraised already
		t.Errorf("%d taken over", n)
	}
	if err := m.ReopenNow(t.Context(), m.Sheet(), assess.Self, data.NoDay, "sửa số liệu"); err != nil {
		t.Fatal(err)
	}
	m.Refresh()
	m.Leaf.ChooseRound(assess.Self)
	if m.Leaf.Locked() != nil || len(m.History()) != 2 {
		t.Errorf("reopened: %v, %v", m.Leaf.Locked(), m.History())
	}
	// A period that has ended locks everything until it is opened again.
	must(t, m.Book.ClosePeriod(t.Context(), m.Period().ID, true, ""))
	if m.Refresh(); m.Leaf.Locked() == nil || !m.Period().Closed {
		t.Errorf("an ended period is open: %v", m.Leaf.Locked())
	}
	fault(t, m.Book.ClosePeriod(t.Context(), m.Period().ID, false, ""), "why")
	must(t, m.Book.ClosePeriod(t.Context(), m.Period().ID, false, "bổ sung"))
	if m.Refresh(); m.Leaf.Locked() != nil {
		t.Errorf("opened again: %v", m.Leaf.Locked())
	}
}

func TestProofs(t *testing.T) {
	m := period(t)
	m.Leaf.Show("1.7.1")
	m.Leaf.Pick(0)
	save(t, m)
	doc := scoring.Document{Evidence: assess.Evidence{Title: "Kế hoạch đối thoại", Number: "15/KH-UBND", Date: data.Date(2022, 3, 5)}, Section: "Mục 2", Page: "3"}
	if err := m.KeepDocument(t.Context(), m.Sheet(), "1.7.1", assess.Self, doc); err != nil {
		t.Fatal(err)
	}
	m.Refresh()
	list := m.LeafProofs()
	if len(list) != 1 || list[0].Place != "Mục 2, trang 3" || !strings.HasPrefix(list[0].Words(), "15/KH-UBND Kế hoạch đối thoại, ngày 05/03/2022") {
		t.Fatalf("proofs %+v", list)
	}
	if m.Tree.Counts()[scoring.FilterNoProof] != 0 {
		t.Error("the leaf still lacks evidence")
	}
	if len(m.LinkChoices("1.7.1")) != 0 || len(m.LinkChoices("1.1.1")) != 1 {
		t.Error("what can be linked")
	}
	if err := m.LinkTo(t.Context(), m.LinkChoices("1.1.1")[0].Key, "1.1.1", "", "", assess.First); err != nil {
		t.Fatal(err)
	}
	m.Refresh()
	if rows, err := m.Ledger(false)(); err != nil || len(rows) != 1 || strings.Join(rows[0].Codes, ", ") != "1.1.1, 1.7.1" || rows[0].First() != "1.1.1" {
		t.Errorf("ledger %+v, %v", rows, err)
	}
	if rows, err := m.Ledger(true)(); err != nil || len(rows) != 0 {
		t.Errorf("bad files %+v, %v", rows, err)
	}
	dir := t.TempDir()
	index := func(context.Context, uint64, []assess.ProofLine) ([]byte, error) { return []byte("%PDF"), nil }
	if n, err := m.ExportZip(t.Context(), m.Sheet(), filepath.Join(dir, "x.zip"), index); err != nil || n.Files != 0 || n.String() != "0 tệp và danh mục" {
		t.Errorf("zip: %v, %v", n, err)
	}
	if n, err := m.ExportFolder(t.Context(), m.Sheet(), filepath.Join(dir, "out"), index); err != nil || n.Files != 0 || n.String() != "0 tệp và danh mục" {
		t.Errorf("folder: %v, %v", n, err)
	}
	got, _ := filepath.Glob(filepath.Join(dir, "*", "*.pdf"))
	parts, _ := filepath.Glob(filepath.Join(dir, ".dang*"))
	if len(got) != 1 || len(parts) != 0 {
		t.Errorf("left behind: %v, %v", got, parts)
	}
}
