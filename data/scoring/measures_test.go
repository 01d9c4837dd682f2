package scoring_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data/scoring"
)

// TestTiersAgainstSearch compares tiers of decimal numbers with a search for the last
// threshold below the figure, in whole thousandths.
func TestTiersAgainstSearch(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at := []int{0}
		for range rapid.IntRange(1, 4).Draw(rt, "steps") {
			at = append(at, at[len(at)-1]+rapid.IntRange(1, 5000).Draw(rt, "width"))
		}
		rule := ""
		for i, from := range at {
			end := ""
			if i+1 < len(at) {
				end = fmt.Sprintf(`,"max":%d.%03d`, at[i+1]/1000, at[i+1]%1000)
			}
			rule += fmt.Sprintf(`{"min":%d.%03d%s,"points":%d},`, from/1000, from%1000, end, i)
		}
		set := leafSet(t, "tiers", fmt.Sprint(len(at)-1), `{"input":"number","tiers":[`+rule[:len(rule)-1]+`]}`)
		x := rapid.IntRange(0, 25000).Draw(rt, "x")
		if rapid.Bool().Draw(rt, "on a threshold") {
			x = at[rapid.IntRange(0, len(at)-1).Draw(rt, "which")]
		}
		want := 0
		for i, from := range at {
			if x >= from {
				want = i
			}
		}
		r := evaluate(t, set, fmt.Sprintf(`{"1.1":{"value":%d.%03d}}`, x/1000, x%1000))
		if got := r.Node("1.1").Points; got != scoring.Points(want)*scoring.Point {
			rt.Fatalf("%d of %v gives %s, want %d", x, at, got, want)
		}
	})
}

// TestStepsAgainstCounting compares steps with counting them one by one.
func TestStepsAgainstCounting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		from, each, x := rapid.IntRange(0, 50).Draw(rt, "from"), rapid.IntRange(1, 9).Draw(rt, "each"), rapid.IntRange(0, 120).Draw(rt, "x")
		part, below := rapid.SampledFrom([]string{"down", "up", "exact"}).Draw(rt, "part"), rapid.Bool().Draw(rt, "below")
		set := leafSet(t, "steps", "2", fmt.Sprintf(`{"input":"number","from":%d,"each":%d,"points":0.125,"start":0.5,"part":%q,"below":%t}`, from, each, part, below))
		beyond := x - from
		if below {
			beyond = -beyond
		}
		points := big.NewRat(1, 2)
		for left := beyond; left > 0; left -= each {
			one := big.NewRat(1, 8)
			if left < each {
				switch part {
				case "down":
					one.SetInt64(0)
				case "exact":
					one.Mul(one, big.NewRat(int64(left), int64(each)))
				}
			}
			points.Add(points, one)
		}
		if points.Cmp(big.NewRat(2, 1)) > 0 {
			points.SetInt64(2)
		}
		got := evaluate(t, set, fmt.Sprintf(`{"1.1":{"value":%d}}`, x)).Node("1.1").Points
		if rat(fmt.Sprint(got.Decimal())).Cmp(two(points)) != 0 {
			rt.Fatalf("%d from %d by %d %s %t gives %s, want %s", x, from, each, part, below, got, points)
		}
	})
}

// TestRelativeAgainstSorting compares points by the group with those worked out from
// the sorted figures.
func TestRelativeAgainstSorting(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := rapid.SliceOfN(rapid.IntRange(0, 50), 2, 6).Draw(rt, "figures")
		less, against := rapid.Bool().Draw(rt, "less"), rapid.SampledFrom([]string{"best", "range"}).Draw(rt, "against")
		set := leafSet(t, "relative", "3", fmt.Sprintf(`{"input":"number","against":%q,"less":%t}`, against, less))
		x, low, high := all[0], all[0], all[0]
		for _, y := range all {
			low, high = min(low, y), max(high, y)
		}
		top, bottom := x, high
		switch {
		case against == "range" && less:
			top, bottom = high-x, high-low
		case against == "range":
			top, bottom = x-low, high-low
		case less:
			top, bottom = low, x
		}
		want := big.NewRat(3, 1)
		if bottom != 0 {
			want.Mul(want, big.NewRat(int64(top), int64(bottom)))
		}
		sheet := &scoring.Sheet{Answers: map[string]scoring.Answer{}, Peers: map[string][]scoring.Number{}}
		v := scoring.Int(int64(x))
		sheet.Answers["1.1"] = scoring.Answer{Value: &v}
		for _, y := range all[1:] {
			sheet.Peers["1.1"] = append(sheet.Peers["1.1"], scoring.Int(int64(y)))
		}
		r, err := scoring.Evaluate(set, sheet)
		if err != nil {
			rt.Fatal(err)
		}
		if got := r.Node("1.1").Points; rat(fmt.Sprint(got.Decimal())).Cmp(two(want)) != 0 {
			rt.Fatalf("%v %s %t gives %s, want %s", all, against, less, got, want.FloatString(3))
		}
	})
}

// TestRulesExplainThemselves: whatever gives points says how.
func TestRulesExplainThemselves(t *testing.T) {
	for _, set := range scoring.Shipped() {
		r, err := scoring.Evaluate(set, &scoring.Sheet{Answers: fullAnswers(set)})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range r.Nodes {
			if n.Node.Leaf() && n.State == scoring.Scored && n.Why == "" {
				t.Errorf("%s of %s does not explain its points", n.Node.Code, set.Meta.ID)
			}
		}
	}
}

// fullAnswers answers what takes figures or a yes.
func fullAnswers(set *scoring.Set) map[string]scoring.Answer {
	out := map[string]scoring.Answer{}
	x, y := scoring.Int(7), scoring.Int(9)
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if !n.Leaf() {
			return
		}
		switch in := n.Rule.Inputs()[0]; in {
		case "b":
			out[n.Code] = scoring.Answer{B: &x, A: &y}
		case "yes":
			out[n.Code] = scoring.Answer{Yes: new(true)}
		case "value":
			out[n.Code] = scoring.Answer{Value: &x}
		case "percent":
			out[n.Code] = scoring.Answer{Percent: &x}
		case "events":
			out[n.Code] = scoring.Answer{Events: map[string]int64{}}
		}
	})
	return out
}
