package scoring_test

import (
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/scoring"
)

func clone(t *testing.T, id string) *scoring.Set {
	t.Helper()
	s, err := scoring.ShippedByID(id).Clone()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestDraft: a copy may be changed, its faults are told, and it is not evaluated
// while it has any.
func TestDraft(t *testing.T) {
	s := clone(t, district)
	half := scoring.Points(500)
	group := s.Node("1.7")
	group.Children = append(group.Children, &scoring.Node{Code: "1.7.3", Title: "Mới", Max: half, Rule: &scoring.Binary{Yes: half}})
	if p := s.Problems(); len(p) == 0 || p[0].Field != "1.7" || !strings.Contains(p[0].Message, "1,50") {
		t.Errorf("problems %v", p)
	}
	if _, err := scoring.Evaluate(s, &scoring.Sheet{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a faulty draft was evaluated: %v", err)
	}
	if scoring.ShippedByID(district).Node("1.7.3") != nil || len(scoring.ShippedByID(district).Problems()) > 0 {
		t.Error("the shipped set was changed")
	}
}

func TestCopyToYear(t *testing.T) {
	s := clone(t, district)
	tiers := s.Node("1.1.1").Rule.(*scoring.Tiers)
	dated := "2023-02-28"
	tiers.Tiers[1].Until = &dated
	next, err := s.CopyToYear("moi", 2024)
	if err != nil {
		t.Fatal(err)
	}
	if got := *next.Node("1.1.1").Rule.(*scoring.Tiers).Tiers[1].Until; got != "2024-02-28" || next.Meta.Year != 2024 || next.Meta.ID != "moi" {
		t.Errorf("until %s", got)
	}
	if *tiers.Tiers[1].Until != "2023-02-28" {
		t.Error("the old set was changed")
	}
	changes := scoring.Diff(s, next)
	if len(changes) != 1 || changes[0].Kind != scoring.NewRule || changes[0].Code != "1.1.1" {
		t.Errorf("%v", changes)
	}
	if _, err := s.CopyToYear("x", 24); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
}

// TestOneLeafAgreesWithTheWhole: a leaf by itself gives what it gives in a sheet.
func TestOneLeafAgreesWithTheWhole(t *testing.T) {
	set := scoring.ShippedByID(district)
	for _, c := range []struct{ code, answer string }{
		{"1.1.3", `{"b":30,"a":32}`}, {"1.2.1", `{"events":{"late":1,"missing":1}}`}, {"3.4.1", `{"b":0,"a":0}`}, {"8.1.1", `{"percent":"81.56"}`}, {"1.1.1", `{"missing":true}`},
	} {
		sheet, err := scoring.ParseSheet([]byte(`{"year":2023,"answers":{"` + c.code + `":` + c.answer + `}}`))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := scoring.Evaluate(set, sheet)
		if err != nil {
			t.Fatal(err)
		}
		one, err := set.Score(c.code, sheet.Answers[c.code], 2023)
		if err != nil || one.Points != whole.Node(c.code).Points || one.State != whole.Node(c.code).State {
			t.Errorf("%s: %v %s, in the sheet %s", c.code, err, one.Points, whole.Node(c.code).Points)
		}
	}
	if _, err := set.Score("1.1", scoring.Answer{}, 0); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
	if p, err := set.ScoreAdjust("T.3", scoring.Counts{"mo_hinh": scoring.Int(5)}); err != nil || p != 1000 {
		t.Errorf("%s %v", p, err)
	}
	if _, err := set.ScoreAdjust("T.3", scoring.Counts{"mo_hinh": scoring.Int(-1)}); data.CodeOf(err) != data.Invalid {
		t.Error(err)
	}
}

// TestRuleLines: each leaf has its rule in words, steps in the words of
// decisions.
func TestRuleLines(t *testing.T) {
	for _, s := range scoring.Shipped() {
		s.Walk(func(n *scoring.Node, _ []*scoring.Node) {
			if lines := n.RuleLines(); n.Leaf() != (len(lines) > 0) {
				t.Errorf("%s %s: %v", s.Meta.ID, n.Code, lines)
			}
		})
	}
	set, err := scoring.ParseSet([]byte(leafJSON("tiers", "1", `{"input":"percent","tiers":[{"min":100,"max":100,"max_incl":true,"points":1},{"min":80,"max":100,"points":0.5},{"max":80,"points":0}]}`)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range set.Node("1.1").RuleLines() {
		got = append(got, l.Text+": "+l.Points.String())
	}
	if want := "Từ 100% đến 100%: 1,00|Từ 80% đến dưới 100%: 0,50|Dưới 80%: 0,00"; strings.Join(got, "|") != want {
		t.Errorf("%v", got)
	}
}
