package scoring_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

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

func TestEditing(t *testing.T) {
	s := clone(t, district)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	refused := func(name string, err error) {
		t.Helper()
		if data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	half := scoring.Points(500)
	must(s.AddNode("1.7", 9, &scoring.Node{Code: "1.7.3", Title: "Mới", Max: half, Rule: &scoring.Binary{Yes: half}}))
	refused("a code twice", s.AddNode("1.7", 0, &scoring.Node{Code: "1.7.3"}))
	refused("a code of a bonus", s.AddNode("1.7", 0, &scoring.Node{Code: "T.3"}))
	refused("no code", s.AddNode("1.7", 0, &scoring.Node{}))
	refused("below a leaf", s.AddNode("1.5", 0, &scoring.Node{Code: "1.5.1"}))
	refused("below nothing", s.AddNode("9", 0, &scoring.Node{Code: "9.1"}))
	if p := s.Problems(); len(p) == 0 || p[0].Field != "1.7" || !strings.Contains(p[0].Message, "1,50") {
		t.Errorf("problems %v", p)
	}
	if _, err := scoring.Evaluate(s, &scoring.Sheet{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a faulty draft was evaluated: %v", err)
	}
	must(s.SetMax("1.7.3", half, true))
	if s.Node("1.7").Max != 1500 || s.Node("1").Max != 10500 || s.Meta.Total != 100500 || s.Sum("1.7") != 1500 {
		t.Errorf("followed to %s, %s, %s", s.Node("1.7").Max, s.Node("1").Max, s.Meta.Total)
	}
	must(s.MoveNode("1.7.3", "1.4", 0))
	if s.Node("1.4").Children[0].Code != "1.7.3" || len(s.Node("1.7").Children) != 2 {
		t.Error("not moved")
	}
	refused("into itself", s.MoveNode("1", "1.4", 0))
	refused("below a leaf", s.MoveNode("1.4", "1.5", 0))
	must(s.Recode("3", "30"))
	if s.Node("30.4.1") == nil || s.Node("3.4.1") != nil || s.Bonus[0].Domain != "30" {
		t.Error("codes below did not follow")
	}
	refused("a code in use", s.Recode("30", "4"))
	must(s.SetRule("1.7.3", nil))
	refused("a rule for a group", s.SetRule("1.4", &scoring.Binary{}))
	refused("no maximum", s.SetMax("1.5", 0, false))
	must(s.RemoveNode("1.7.3"))
	must(s.RemoveAdjust("T.1"))
	refused("removed twice", s.RemoveAdjust("T.1"))
	must(s.PutAdjust(true, &scoring.Adjust{Code: "T.9", Title: "Thưởng", Rule: scoring.AdjustRule{Options: []scoring.AdjustOption{{ID: "a", Points: 100, Per: scoring.PerOnce}}}}))
	refused("a code of a node", s.PutAdjust(false, &scoring.Adjust{Code: "1.5"}))
	for len(s.Criteria) > 1 {
		must(s.RemoveNode(s.Criteria[0].Code))
	}
	refused("the last domain", s.RemoveNode(s.Criteria[0].Code))
	if scoring.ShippedByID(district).Node("3.4.1") == nil || len(scoring.ShippedByID(district).Problems()) > 0 {
		t.Error("the shipped set was changed")
	}
}

// TestMovingKeepsAll: moves and new codes lose no node and no points.
func TestMovingKeepsAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, err := scoring.ShippedByID(commune).Clone()
		if err != nil {
			rt.Fatal(err)
		}
		codes := func() (list []string) {
			s.Walk(func(n *scoring.Node, _ []*scoring.Node) { list = append(list, n.Code) })
			return list
		}
		before := len(codes())
		for range rapid.IntRange(1, 12).Draw(rt, "moves") {
			all := codes()
			from := rapid.SampledFrom(all).Draw(rt, "from")
			to := rapid.SampledFrom(append(all, "")).Draw(rt, "to")
			err := s.MoveNode(from, to, rapid.IntRange(0, 5).Draw(rt, "place"))
			if err != nil && data.CodeOf(err) != data.Invalid {
				rt.Fatal(err)
			}
			if got := codes(); len(got) != before {
				rt.Fatalf("%d nodes of %d after moving %s to %q", len(got), before, from, to)
			}
		}
	})
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
	if p, err := set.ScoreAdjust("T.3", scoring.Counts{"mo_hinh": 5}); err != nil || p != 1000 {
		t.Errorf("%s %v", p, err)
	}
	if _, err := set.ScoreAdjust("T.3", scoring.Counts{"mo_hinh": -1}); data.CodeOf(err) != data.Invalid {
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
