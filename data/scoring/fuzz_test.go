package scoring_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/data/scoring"
)

// FuzzParseSet proves that no file breaks the loader, that a refusal is a
// sentence, and that a set that is accepted writes, reads back and evaluates.
func FuzzParseSet(f *testing.F) {
	for _, rule := range []string{`"binary","rule":{"yes":1,"no":0}`, `"tiers","rule":{"input":"count","tiers":[{"min":3,"points":1},{"max":3,"points":0}]}`,
		`"formula","rule":{"vars":[{"id":"a"}],"cases":[{"when":"a==0","expr":"max"}],"expr":"1/a"}`, `"tiers","rule":{"input":"date","tiers":[{"until":"02-29","points":1},{"until":null,"points":0}]}`,
		`"survey","rule":{"mode":"mean","scale":5}`, `"count-deduct","rule":{"start":1,"events":[{"id":"a","points":0.1}]}`, `"ratio","rule":{"target_pct":80,"when_zero":"na"}`} {
		f.Add([]byte(`{"meta":{"id":"x","total":1},"criteria":[{"code":"1","max":1,"kind":` + rule + `}]}`))
	}
	if raw, err := assets.Criteria.ReadFile("criteria/criteria-commune.json"); err == nil {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := scoring.ParseSet(raw)
		if err != nil {
			if data.CodeOf(err) != data.Invalid || err.Error() == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		out, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scoring.ParseSet(out); err != nil && utf8.Valid(raw) {
			t.Fatalf("%s: %v", out, err)
		}
		if r, err := scoring.Evaluate(s, &scoring.Sheet{}); err != nil || len(r.Nodes) == 0 {
			t.Fatalf("an empty sheet: %v", err)
		}
	})
}

// FuzzParseSheet proves that no sheet breaks the evaluation and that points
// stay between nought and the maximum.
func FuzzParseSheet(f *testing.F) {
	for _, answers := range []string{`"1.1.1":{"date":"2023-01-31"}`, `"1.1.3":{"b":30,"a":32}`, `"1.6":{"vars":{"a":40,"b":36,"c":2}}`, `"5.3.2":{"choice":2}`,
		`"1.2.1":{"events":{"late":1}}`, `"8.1.1":{"percent":"81.56"}`, `"3.4.1":{"na":"x"}`, `"1.7.1":{"yes":true,"points":0.1,"note":"x"}`, `"1.1.2":{"checked":[true,true,false]}`} {
		f.Add([]byte(`{"year":2023,"answers":{` + answers + `},"bonus":{"T.3":{"mo_hinh":1}},"penalty":{"P.1":{"sai_lech":9}}}`))
	}
	set := scoring.ShippedByID(district)
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := scoring.ParseSheet(raw)
		if err == nil {
			var r *scoring.Result
			if r, err = scoring.Evaluate(set, s); err == nil {
				for _, n := range r.Nodes {
					if n.Points < 0 || n.Points > n.Max {
						t.Fatalf("%s has %s of %s", n.Node.Code, n.Points, n.Max)
					}
				}
				if r.Index < 0 || r.Index > 100*scoring.Point {
					t.Fatalf("index %s", r.Index)
				}
				return
			}
		}
		if data.CodeOf(err) != data.Invalid {
			t.Fatalf("%v", err)
		}
	})
}

// BenchmarkRanking measures the evaluation of 124 communes × 110 leaves.
func BenchmarkRanking(b *testing.B) {
	set := scoring.ShippedByID(district)
	answers := map[string]scoring.Answer{}
	yes := true
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		switch n.Rule.(type) {
		case *scoring.Binary:
			answers[n.Code] = scoring.Answer{Yes: &yes}
		case *scoring.Ratio:
			x, y := scoring.Int(2951), scoring.Int(3001)
			answers[n.Code] = scoring.Answer{B: &x, A: &y}
		}
	})
	for b.Loop() {
		var scores []scoring.Points
		for range 124 {
			r, err := scoring.Evaluate(set, &scoring.Sheet{Answers: answers})
			if err != nil {
				b.Fatal(err)
			}
			scores = append(scores, r.Index)
		}
		scoring.Ranks(scores, set.Meta.TieRule)
	}
}
