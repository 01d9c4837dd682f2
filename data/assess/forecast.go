package assess

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/scoring"
)

// Expected is what the register lets expect of one leaf at the end of the
// period: the figures of today, two ends of a range, and the best that is still
// possible.
type Expected struct {
	Code           string
	Now, Low, High Figure
	Best           Figure
}

// AnswerOf turns a figure of the register into the inputs of a leaf; ok is false
// where the rule takes no such inputs.
func AnswerOf(n *scoring.Node, f Figure) (a scoring.Answer, ok bool) {
	percent := false
	switch r := n.Rule.(type) {
	case *scoring.Ratio:
		percent = true
	case *scoring.Tiers:
		switch r.Input {
		case scoring.ByPercent:
			percent = true
		case scoring.ByCount, scoring.ByDaysLate:
		default:
			return a, false
		}
	default:
		return a, false
	}
	if percent == f.Single {
		return a, false
	}
	if f.Single {
		v := scoring.Int(f.B)
		return scoring.Answer{Value: &v}, true
	}
	b, of := scoring.Int(f.B), scoring.Int(f.A)
	return scoring.Answer{B: &b, A: &of}, true
}

// Forecast works out the index at the end of the period from what is expected of
// the leaves that the register answers; all others stay as they are now.
func (c *Card) Forecast(asOf, end data.Day, list []Expected) (Forecast, error) {
	f := Forecast{AsOf: asOf, End: end}
	low, high, now, best := c.Answers(Second), c.Answers(Second), c.Answers(Second), c.Answers(Second)
	for _, x := range list {
		n := c.Set.Node(x.Code)
		if n == nil || !n.Leaf() {
			continue
		}
		l := LeafForecast{Code: n.Code, Title: n.Title, Max: n.Max, Now: x.Now, Low: x.Low, High: x.High, Ceiling: x.Best}
		score := func(figure Figure) (scoring.Points, scoring.Answer, bool) {
			a, ok := AnswerOf(n, figure)
			if !ok {
				return 0, a, false
			}
			r, err := c.Score(Second, n.Code, a)
			if err != nil {
				return 0, a, false
			}
			return r.Points, a, true
		}
		var answers [4]scoring.Answer
		var points [4]scoring.Points
		usable := true
		for i, figure := range []Figure{x.Now, x.Low, x.High, x.Best} {
			ok := false
			points[i], answers[i], ok = score(figure)
			usable = usable && ok
		}
		if !usable {
			continue
		}
		// For some rules more is worse: the ends are those of the points.
		if points[1] > points[2] {
			points[1], points[2] = points[2], points[1]
			answers[1], answers[2] = answers[2], answers[1]
			l.Low, l.High = l.High, l.Low
		}
		l.NowPoints, l.LowPoints, l.HighPoints = points[0], points[1], points[2]
		l.Lost = lostSteps(n, points[3])
		now.Answers[n.Code], low.Answers[n.Code], high.Answers[n.Code], best.Answers[n.Code] = answers[0], answers[1], answers[2], answers[3]
		f.Leaves = append(f.Leaves, l)
	}
	for _, one := range []struct {
		sheet *scoring.Sheet
		to    *scoring.Points
	}{{now, &f.Now}, {low, &f.Low}, {high, &f.High}, {best, &f.Ceiling}} {
		r, err := scoring.Evaluate(c.Set, one.sheet)
		if err != nil {
			return Forecast{}, err
		}
		*one.to = r.Index
	}
	f.Movers = slices.Clone(f.Leaves)
	slices.SortStableFunc(f.Movers, func(a, b LeafForecast) int {
		return int((b.HighPoints - b.LowPoints) - (a.HighPoints - a.LowPoints))
	})
	f.Movers = f.Movers[:min(3, len(f.Movers))]
	return f, nil
}

// lostSteps names the steps of a rule that even the best outcome does not reach.
func lostSteps(n *scoring.Node, best scoring.Points) []string {
	var out []string
	switch r := n.Rule.(type) {
	case *scoring.Tiers:
		for i, line := range n.RuleLines() {
			if i < len(r.Tiers) && r.Tiers[i].Points > best {
				out = append(out, fmt.Sprintf("%s (%s điểm)", line.Text, r.Tiers[i].Points.String()))
			}
		}
	case *scoring.Ratio:
		if best < n.Max {
			target := "100"
			if r.TargetPct != nil {
				target = r.TargetPct.String()
			}
			out = append(out, fmt.Sprintf("Mục tiêu %s%% (%s điểm)", target, n.Max.String()))
		}
		if best == 0 && r.CutoffPct != nil && r.CutoffPct.Sign() > 0 {
			out = append(out, fmt.Sprintf("Mức tối thiểu %s %%", r.CutoffPct))
		}
	}
	return out
}
