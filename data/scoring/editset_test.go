package scoring_test

import (
	"encoding/json"
	"strings"
	"testing"

	"giaoban/data/scoring"
)

// TestNewSet builds a set from nothing, as an editor does: it is a draft that
// names what it lacks, survives being stored, and scores once it is complete.
func TestNewSet(t *testing.T) {
	s := scoring.NewSet("cchc-xa-2025", "xa", "Bộ tiêu chí năm 2025", 2025)
	if p := s.Problems(); len(p) != 1 || p[0].Field != scoring.FieldTree || !strings.Contains(p[0].Message, "chưa có lĩnh vực nào") {
		t.Fatalf("an empty set: %v", p)
	}
	c, err := s.Clone()
	if err != nil || c.Meta.Total != 100*scoring.Point || len(c.Criteria) != 0 {
		t.Fatalf("an empty set comes back as %+v, %v", c, err)
	}
	c.Criteria = []*scoring.Node{{Code: "1", Title: "Chỉ đạo", Max: 60000, Children: []*scoring.Node{{Code: "1.1", Title: "Kế hoạch", Max: 60000, Rule: &scoring.Binary{Yes: 60000}}}}}
	if p := c.Problems(); len(p) != 1 || p[0].Field != scoring.FieldHead {
		t.Fatalf("60 of 100 points: %v", p)
	}
	if c.Meta.Total = 60000; len(c.Problems()) != 0 {
		t.Fatalf("total %s, %v", c.Meta.Total, c.Problems())
	}
	c.Bonus = []*scoring.Adjust{{Code: "T.1", Title: "Sáng kiến", Domain: "1", Cap: new(scoring.Points(1000)), Rule: scoring.AdjustRule{Options: []scoring.AdjustOption{{ID: "o1", Label: "Mỗi sáng kiến", Points: 500, Per: scoring.PerEach}}}}}
	c.UseMetric(scoring.Metric{ID: "x", Title: "Nguồn"})
	c.UseMetric(scoring.Metric{ID: "x", Title: "Hai lần"})
	if len(c.Metrics) != 1 || len(c.Problems()) != 0 {
		t.Errorf("metrics %v, %v", c.Metrics, c.Problems())
	}
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	read, err := scoring.ParseSet(raw)
	if err != nil {
		t.Fatal(err)
	}
	r, err := scoring.Evaluate(read, &scoring.Sheet{Answers: map[string]scoring.Answer{"1.1": {Yes: new(true)}}, Bonus: map[string]scoring.Counts{"T.1": {"o1": scoring.Int(3)}}})
	if err != nil || r.Index != 100*scoring.Point || r.Bonus != 1000 {
		t.Errorf("scored: %+v, %v", r, err)
	}
	next, err := read.CopyToYear("cchc-xa-2026", 2026)
	if err != nil || next.Meta.Title != "Bộ tiêu chí năm 2026" {
		t.Errorf("copied: %+v, %v", next, err)
	}
}

// TestPartsOfProblems tells faults of the set as a whole from those of its
// criteria: an editor opens the part that each names.
func TestPartsOfProblems(t *testing.T) {
	for _, c := range []struct {
		part string
		harm func(*scoring.Set)
	}{
		{scoring.FieldHead, func(s *scoring.Set) { s.Meta.Total = 99000 }},
		{scoring.FieldHead, func(s *scoring.Set) { s.Meta.ID = "" }},
		{scoring.FieldHead, func(s *scoring.Set) { s.Meta.SurveyMax = new(scoring.Points(1)) }},
		{scoring.FieldPolicies, func(s *scoring.Set) { s.Meta.FinalClamp = []scoring.Number{scoring.Int(5), scoring.Int(1)} }},
		{scoring.FieldPolicies, func(s *scoring.Set) { s.Meta.Rounding.LeafDecimals = 4 }},
		{scoring.FieldPolicies, func(s *scoring.Set) { s.Meta.BonusCap = new(scoring.Points(-1)) }},
		{scoring.FieldGrades, func(s *scoring.Set) { s.Meta.Grades[0].Name = s.Meta.Grades[1].Name }},
		{scoring.FieldGrades, func(s *scoring.Set) {
			s.Meta.Grades = s.Meta.Grades[:0:0]
			s.Meta.Grades = append(s.Meta.Grades, scoring.Grade{Name: "Tốt", Min: scoring.Int(80), Max: scoring.Int(80)})
		}},
		{scoring.FieldMetrics, func(s *scoring.Set) { s.Metrics = append(s.Metrics, s.Metrics[0]) }},
		{"1.1.1", func(s *scoring.Set) { s.Node("1.1.1").Metric = &scoring.MetricRef{Value: "không có"} }},
		{"T.1", func(s *scoring.Set) { s.Bonus[0].Domain = "99" }},
	} {
		s, err := scoring.ShippedByID("cchc-xa-2023-recon").Clone()
		if err != nil {
			t.Fatal(err)
		}
		c.harm(s)
		p := s.Problems()
		if len(p) != 1 || p[0].Field != c.part {
			t.Errorf("want one fault of %q: %v", c.part, p)
		}
	}
}

// TestDiffOfParts compares bonus, penalty and the set as a whole.
func TestDiffOfParts(t *testing.T) {
	before := scoring.ShippedByID("cchc-xa-2023-recon")
	if list := scoring.Diff(before, before); len(list) != 0 {
		t.Errorf("a set differs from itself: %v", list)
	}
	after, err := before.Clone()
	if err != nil {
		t.Fatal(err)
	}
	after.Meta.Grades[0].Min = scoring.Int(95)
	after.Meta.Rounding.LeafDecimals = 3
	after.Meta.BonusCap = nil
	after.Bonus[0].Rule.Options[0].Points++
	after.Bonus = append(after.Bonus, &scoring.Adjust{Code: "T.99", Title: "Mới"})
	gone := after.Penalty[0].Code
	after.Penalty = after.Penalty[1:]
	var got []string
	for _, c := range scoring.Diff(before, after) {
		got = append(got, string(c.Kind)+" "+c.Code)
	}
	want := "rule " + after.Bonus[0].Code + ", added T.99, removed " + gone + ", whole , whole , whole "
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%q, want %q", s, want)
	}
}
