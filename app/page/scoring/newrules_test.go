package scoring_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"giaoban/app/page/scoring"
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
