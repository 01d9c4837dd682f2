package scoring_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data/scoring"
)

// expected is what a decision gives for a sheet, worked out by hand: points by code
// ("na" for not assessed, "open" for no points yet), and what stands below the tree.
type expected struct {
	Note    string
	Nodes   map[string]any
	Bonus   any
	Penalty any
	Index   any
	Grade   *string
	Error   string            `json:"error_contains"`
	Why     map[string]string // a part of the words of a criterion
	Remark  string            `json:"remark_contains"`
}

// TestDecisions scores every case of testdata/decisions: NAME.sheet.json names its
// set beside it, NAME.expected.json holds what must come.
func TestDecisions(t *testing.T) {
	sheets, err := filepath.Glob("testdata/decisions/*.sheet.json")
	if err != nil || len(sheets) < 30 {
		t.Fatalf("%d cases, %v", len(sheets), err)
	}
	for _, path := range sheets {
		name := strings.TrimSuffix(filepath.Base(path), ".sheet.json")
		t.Run(name, func(t *testing.T) {
			want := readCase(t, strings.Replace(path, ".sheet.", ".expected.", 1))
			r, err := scoreFile(path)
			if want.Error != "" {
				if err == nil || !strings.Contains(err.Error(), want.Error) {
					t.Fatalf("%v, want a refusal with %q", err, want.Error)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want.compare(t, r)
		})
	}
}

func readCase(t *testing.T, path string) (want expected) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.DisallowUnknownFields()
	dec.UseNumber()
	if err := dec.Decode(&want); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return want
}

func scoreFile(path string) (*scoring.Result, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	sheet, err := scoring.ParseSheet(raw)
	if err != nil {
		return nil, err
	}
	raw, err = os.ReadFile(filepath.Join(filepath.Dir(path), sheet.CriteriaSet))
	if err != nil {
		return nil, err
	}
	set, err := scoring.ParseSet(raw)
	if err != nil {
		return nil, err
	}
	return scoring.Evaluate(set, sheet)
}

func (want *expected) compare(t *testing.T, r *scoring.Result) {
	t.Helper()
	for code, points := range want.Nodes {
		n := r.Node(code)
		if n == nil {
			t.Errorf("no criterion %s", code)
			continue
		}
		switch {
		case points == "na" || points == "open":
			if string(n.State) != points {
				t.Errorf("%s: %s %s, want %s", code, n.State, n.Points, points)
			}
		case n.Node.Leaf() && n.State != scoring.Scored || !equal(points, n.Points):
			t.Errorf("%s = %s (%s), want %v; %s", code, n.Points, n.State, points, n.Why)
		}
	}
	for code, part := range want.Why {
		if n := r.Node(code); n == nil || !strings.Contains(n.Why, part) {
			t.Errorf("%s: %q, want %q in it", code, n.Why, part)
		}
	}
	for what, x := range map[string]struct {
		want any
		got  scoring.Points
	}{"bonus": {want.Bonus, r.Bonus}, "penalty": {want.Penalty, r.Penalty}, "index": {want.Index, r.Index}} {
		if x.want != nil && !equal(x.want, x.got) {
			t.Errorf("%s %s, want %v", what, x.got, x.want)
		}
	}
	if want.Grade != nil && r.Grade != *want.Grade {
		t.Errorf("grade %q, want %q", r.Grade, *want.Grade)
	}
	if want.Remark != "" && !strings.Contains(fmt.Sprint(r.Remarks), want.Remark) {
		t.Errorf("remarks %v, want %q", r.Remarks, want.Remark)
	}
}

// equal compares a number of a file with points exactly.
func equal(want any, got scoring.Points) bool {
	x, ok := new(big.Rat).SetString(fmt.Sprint(want))
	return ok && x.Cmp(big.NewRat(int64(got), 1000)) == 0
}

// TestDecisionSetsAsRows proves that the workbook holds each of their sets whole.
func TestDecisionSetsAsRows(t *testing.T) {
	sets, err := filepath.Glob("testdata/decisions/set-*.json")
	if err != nil || len(sets) == 0 {
		t.Fatal(err)
	}
	for _, path := range sets {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		set, err := scoring.DecodeSet(raw)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if len(set.Metrics) == 0 {
			set.Metrics = nil // an empty list and none are one
		}
		back, err := scoring.ParseSetRows(rowsOf(t, set))
		if err != nil {
			t.Errorf("%s: %v", path, err)
		} else if a, b := asJSON(t, set), asJSON(t, back); a != b {
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			t.Errorf("%s differs at %d: …%.160s, …%.160s", path, at, a[max(0, at-60):], b[max(0, at-60):])
		}
	}
}

// TestALesserAlternativeLosesTheRest: what the group of alternatives that counts cannot
// give is lost by the group, and the way to the index is whole.
func TestALesserAlternativeLosesTheRest(t *testing.T) {
	for name, want := range map[string]struct{ lost, open, na, rescaled scoring.Points }{
		"h01": {lost: 5 * scoring.Point},
		"h03": {lost: 9 * scoring.Point, na: 6 * scoring.Point, rescaled: 2142},
		"h04": {lost: 5 * scoring.Point, open: 5 * scoring.Point},
	} {
		r, err := scoreFile("testdata/decisions/" + name + ".sheet.json")
		if err != nil {
			t.Fatal(err)
		}
		g := scoring.GapsOf(r)
		if g.Lost != want.lost || g.Open != want.open || g.NotAssessed != want.na {
			t.Errorf("%s: lost %s, open %s, not assessed %s, rescaled %s", name, g.Lost, g.Open, g.NotAssessed, g.Rescaled)
		}
		if diff := g.Rescaled - want.rescaled; diff < -5 || diff > 5 {
			t.Errorf("%s: rescaled %s, want %s", name, g.Rescaled, want.rescaled)
		}
	}
}
