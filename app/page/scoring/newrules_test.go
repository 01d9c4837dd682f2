package scoring_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/page/scoring"
	rules "giaoban/data/scoring"
)

// TestTheEditorHoldsEveryRule: a set with kinds of unit, conditions of grades and rules
// of their own comes through the sheets of the editor whole.
func TestTheEditorHoldsEveryRule(t *testing.T) {
	for _, name := range []string{"set-k-moi.json", "set-g-85.json"} {
		m, _ := open(t)
		s := scoring.NewSets(m)
		s.Refresh()
		faults, err := s.Import(t.Context(), filepath.Join("../../../data/scoring/testdata/decisions", name))
		if err != nil || faults != 0 {
			t.Fatal(faults, err)
		}
		s.Refresh()
		if s.Set == nil || len(s.Set.Meta.Facts) == 0 {
			t.Fatalf("%s is not open", name)
		}
		before, err := json.Marshal(s.Set)
		must(t, err)
		s.Sheet.Check()
		if len(s.Sheet.Faults) > 0 {
			t.Fatalf("%s: %+v", name, s.Sheet.Faults)
		}
		must(t, s.Sheet.Store(t.Context()))
		s.Sheet.Stored()
		s.Refresh()
		after, err := json.Marshal(s.Set)
		must(t, err)
		if string(before) != string(after) {
			t.Errorf("%s changed in the editor:\n%.1500s\n%.1500s", name, before, after)
		}
	}
}

// TestLinesThatAnswerComeFirst: of a list in which a case for units of a kind counts by
// what is known of the unit, the lines to tick are those of the list; the others are
// only read, and the first tick is the first line.
func TestLinesThatAnswerComeFirst(t *testing.T) {
	m, _ := open(t)
	set, err := rules.DecodeSet([]byte(`{"meta":{"id":"thu","year":2022,"total":2,"facts":[{"id":"dan_so","label":"Dân số","unit":"người"},{"id":"mien_nui","label":"Miền núi","yes":true}]},
		"criteria":[{"code":"1","title":"A","max":2,"children":[{"code":"1.1","title":"B","max":2,"kind":"checklist","rule":{"items":[{"label":"Một","points":2},{"label":"Hai","points":1}],"take":"highest"},
		"variants":[{"when":"mien_nui = 1","label":"miền núi","kind":"formula","rule":{"vars":[{"id":"a","label":"Số buổi"}],"expr":"min(max; a * 1000 / dan_so)"}}]}]}]}`))
	must(t, err)
	id, err := m.Book.AddSet(t.Context(), set)
	must(t, err)
	plan := m.Plan()
	m.SetYear(&plan, 2022)
	plan.Set, plan.Own = fmt.Sprint(id), true
	period, _, err := m.KeepPeriod(t.Context(), plan)
	must(t, err)
	m.Opened(period)
	m.Leaf.Show("1.1")
	m.Leaf.Pick(0)
	var got []string
	for _, l := range m.Leaf.Rule() {
		got = append(got, fmt.Sprint(l.Text, " ", l.Reached, " ", l.Fixed))
	}
	if want := "[Một true false Hai false false Chỉ tính nội dung có điểm cao nhất false true"; len(got) < 4 || !strings.HasPrefix(fmt.Sprint(got), want) || !strings.Contains(got[len(got)-1], "dan_so") {
		t.Errorf("the lines are %q", got)
	}
}
