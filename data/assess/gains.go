package assess

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/scoring"
)

// Outlook is what the register lets expect of a leaf until the end of the
// period.
type Outlook struct {
	Left  int64 // how many more the denominator will count
	Known bool
	Noun  string // hồ sơ, thủ tục, phiếu
}

// GainOptions say from where the points are to be regained.
type GainOptions struct {
	Outlook  map[string]Outlook // by code of leaf
	WorkDays int                // working days until the end of the period, 0 when it has ended
	Ranking  *Ranking           // units of the same class in the group, for the best unit; nil for none
}

// Gains lists for each leaf that lost points the next step of its rule, what it
// takes and who does best, cheapest first: points won for the effort. The
// effort is counted in tasks; a hundred dossiers, a working week of being early,
// or a fifth of a point of a survey's percentage weigh as much as one task.
func (c *Card) Gains(opt GainOptions) []Gain {
	var out []Gain
	for _, r := range c.Rows() {
		if !r.Leaf || r.Lost <= 0 || r.Final.NA {
			continue
		}
		g := Gain{Code: r.Node.Code, Title: r.Node.Title, Owner: r.Node.Owner, Domain: r.Domain, Points: r.Final.Points, Max: r.Max, Next: r.Max,
			WorkDays: opt.WorkDays, Reachable: true}
		if l := r.Line; l != nil && l.Loss != nil && l.Loss.Owner != "" {
			g.Owner = l.Loss.Owner
		}
		c.next(&g, &r, opt)
		g.Gain = g.Next - g.Points
		if opt.Ranking != nil {
			if best := opt.Ranking.Best(g.Code); best != nil {
				g.Best, g.BestPoints, g.BestKnown = best.Name, best.Nodes[g.Code].Points, true
			}
		}
		g.Sentence = g.words()
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b Gain) int {
		if a.Reachable != b.Reachable {
			if a.Reachable {
				return -1
			}
			return 1
		}
		return cmp.Compare(int64(b.Gain)*a.effort(), int64(a.Gain)*b.effort())
	})
	return out
}

// effort weighs what a gain takes, in hundredths of a task.
func (g *Gain) effort() int64 {
	switch g.Noun {
	case nounDossier, nounProcedure, nounCase:
		return max(100, g.Need)
	case nounDay:
		return max(100, 20*g.Need)
	case nounPercent:
		return max(100, 500*g.Need)
	}
	return max(100, 100*g.Need)
}

// The nouns of what is counted.
const (
	nounDossier   = "hồ sơ"
	nounProcedure = "thủ tục"
	nounCase      = "trường hợp"
	nounDay       = "ngày"
	nounTask      = "nhiệm vụ"
	nounContent   = "nội dung"
	nounFault     = "lỗi"
	nounPercent   = "điểm phần trăm"
)

// next fills the next step of the rule.
func (c *Card) next(g *Gain, r *Row, opt GainOptions) {
	e := r.Line.Effective()
	if e == nil || r.Final.Known && e.Answer.Points != nil && !e.HasComputed {
		g.Noun, g.Need = nounTask, 1
		return
	}
	a := e.Answer
	switch rule := r.Node.Rule.(type) {
	case *scoring.Binary:
		g.Noun, g.Need = nounTask, 1
	case *scoring.Checklist:
		best := -1
		for i, item := range rule.Items {
			if i < len(a.Checked) && !a.Checked[i] && (best < 0 || item.Points > rule.Items[best].Points) {
				best = i
			}
		}
		g.Noun, g.Need = nounContent, 1
		if best >= 0 {
			g.Next = min(g.Points+rule.Items[best].Points, g.Max)
		}
	case *scoring.Deduct:
		g.Noun, g.Need = nounFault, 1
		for _, ev := range rule.Events {
			if a.Events[ev.ID] == 0 {
				continue
			}
			fewer := copyEvents(a.Events)
			fewer[ev.ID]--
			if p, ok := c.try(r, scoring.Answer{Events: fewer}); ok && p > g.Points && (g.Next == g.Max || p > g.Next) {
				g.Next = p
			}
		}
	case *scoring.Ratio:
		c.ratio(g, r, rule, a, opt)
	case *scoring.Tiers:
		c.tiers(g, r, rule, a, opt)
	case *scoring.Survey:
		g.Noun = nounPercent
		c.survey(g, rule, a)
	default:
		g.Noun, g.Need = nounTask, 1
	}
}

func copyEvents(m map[string]int64) map[string]int64 {
	out := make(map[string]int64, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

func (c *Card) try(r *Row, a scoring.Answer) (scoring.Points, bool) {
	n, err := c.Set.Score(r.Node.Code, a, c.Period.Year)
	if err != nil || n.State != scoring.Scored {
		return 0, false
	}
	return n.Points, true
}

func (c *Card) survey(g *Gain, rule *scoring.Survey, a scoring.Answer) {
	if rule.Mode != scoring.SurveyPercent || a.Percent == nil {
		return
	}
	more := a.Percent.Rat()
	more.Add(more, big.NewRat(1, 1))
	if more.Cmp(big.NewRat(100, 1)) > 0 {
		more = big.NewRat(100, 1)
	}
	g.Need = 1
	text := strings.Replace(more.FloatString(4), ".", ",", 1)
	if p, err := scoring.ParseNumber(text); err == nil {
		if n, err := c.Set.Score(g.Code, scoring.Answer{Percent: &p}, c.Period.Year); err == nil && n.Points > g.Points {
			g.Next = n.Points
		}
	}
}

// counts returns b and a at the end of the period, when all that still comes
// counts for nothing, and how many may come.
func counts(g *Gain, a scoring.Answer, opt GainOptions) (b, of, left *big.Int, ok bool) {
	if a.B == nil || a.A == nil || !a.B.IsInt() || !a.A.IsInt() {
		return nil, nil, nil, false
	}
	b, of = a.B.Rat().Num(), a.A.Rat().Num()
	o := opt.Outlook[g.Code]
	g.Noun = o.Noun
	if g.Noun == "" {
		g.Noun = nounTask
	}
	g.Left, g.LeftKnown = o.Left, o.Known
	left = new(big.Int).Sub(of, b) // what is there already and does not count yet
	if o.Known && opt.WorkDays > 0 {
		left = big.NewInt(o.Left)
		of = new(big.Int).Add(of, left)
	} else {
		g.LeftKnown = false
	}
	return b, of, left, true
}

// reach sets what it takes to bring b to the share of a that a step needs.
func (g *Gain) reach(b, of, left, want *big.Int) {
	need := new(big.Int).Sub(want, b)
	if need.Sign() < 0 {
		need.Neg(need) // fewer are wanted, such as overdue dossiers
		g.Need = clampInt(need)
		g.Reachable = true
		return
	}
	g.Need = clampInt(need)
	g.Reachable = need.Cmp(left) <= 0
}

func clampInt(n *big.Int) int64 {
	if !n.IsInt64() {
		return 1<<63 - 1
	}
	return n.Int64()
}

// ceilShare returns the least b with 100 b / of >= percent, or > percent.
func ceilShare(percent *big.Rat, of *big.Int, over bool) *big.Int {
	x := new(big.Rat).SetInt(of)
	x.Mul(x, percent).Quo(x, big.NewRat(100, 1))
	n := new(big.Int).Div(x.Num(), x.Denom()) // floor
	if x.IsInt() && !over {
		return n
	}
	return n.Add(n, big.NewInt(1))
}

// floorShare returns the greatest b with 100 b / of <= percent, or < percent.
func floorShare(percent *big.Rat, of *big.Int, under bool) *big.Int {
	x := new(big.Rat).SetInt(of)
	x.Mul(x, percent).Quo(x, big.NewRat(100, 1))
	n := new(big.Int).Div(x.Num(), x.Denom())
	if x.IsInt() && under {
		n.Sub(n, big.NewInt(1))
	}
	return n
}

func (c *Card) ratio(g *Gain, r *Row, rule *scoring.Ratio, a scoring.Answer, opt GainOptions) {
	b, of, left, ok := counts(g, a, opt)
	if !ok || of.Sign() == 0 {
		g.Noun, g.Need = nounTask, 1
		return
	}
	target := big.NewRat(100, 1)
	if rule.TargetPct != nil {
		target = rule.TargetPct.Rat()
	}
	want := ceilShare(target, of, false)
	if rule.CutoffPct != nil && rule.CutoffPct.Sign() > 0 {
		// The cut-off is the next step for who stands below it.
		low := ceilShare(rule.CutoffPct.Rat(), of, false)
		if p, ok := c.scoreShare(r, low, of); ok && b.Cmp(low) < 0 && p > g.Points {
			want = low
		}
	}
	// The whole way may be too long: then as far as what is left leads.
	if most := new(big.Int).Add(b, left); most.Cmp(want) < 0 {
		if p, ok := c.scoreShare(r, most, of); ok && p > g.Points {
			want = most
		}
	}
	if p, ok := c.scoreShare(r, want, of); ok && p > g.Points {
		g.Next = p
	}
	g.reach(b, of, left, want)
}

func (c *Card) scoreShare(r *Row, b, of *big.Int) (scoring.Points, bool) {
	if !b.IsInt64() || !of.IsInt64() {
		return 0, false
	}
	x, y := scoring.Int(b.Int64()), scoring.Int(of.Int64())
	return c.try(r, scoring.Answer{B: &x, A: &y})
}

// tiers finds the nearest step with more points.
func (c *Card) tiers(g *Gain, r *Row, rule *scoring.Tiers, a scoring.Answer, opt GainOptions) {
	switch rule.Input {
	case scoring.ByPercent:
		b, of, left, ok := counts(g, a, opt)
		if !ok || of.Sign() == 0 {
			g.Noun, g.Need = nounTask, 1
			return
		}
		var want *big.Int
		var next scoring.Points
		for _, t := range rule.Tiers {
			if t.Points <= g.Points {
				continue
			}
			at := new(big.Int).Set(b)
			if t.Min != nil {
				if low := ceilShare(t.Min.Rat(), of, t.MinIncl != nil && !*t.MinIncl); at.Cmp(low) < 0 {
					at = low
				}
			}
			if t.Max != nil {
				if high := floorShare(t.Max.Rat(), of, t.MaxIncl == nil || !*t.MaxIncl); at.Cmp(high) > 0 {
					at = high
				}
			}
			// Between whole numbers a narrow step may hold none.
			if p, ok := c.scoreShare(r, at, of); !ok || p != t.Points {
				continue
			}
			if want == nil || distance(at, b).Cmp(distance(want, b)) < 0 {
				want, next = at, t.Points
			}
		}
		if want == nil {
			return
		}
		g.Next = next
		g.reach(b, of, left, want)
	case scoring.ByCount, scoring.ByDaysLate:
		g.Noun = nounCase
		if rule.Unit != "" {
			g.Noun = rule.Unit
		}
		if rule.Input == scoring.ByDaysLate {
			g.Noun = nounDay
		}
		c.steps(g, r, a)
	case scoring.ByDate:
		g.Noun = nounDay
		c.earlier(g, r, a)
	default:
		g.Noun, g.Need = nounTask, 1
	}
}

func distance(a, b *big.Int) *big.Int {
	d := new(big.Int).Sub(a, b)
	return d.Abs(d)
}

// maxSteps bounds the search for the next step of a count or a date.
const maxSteps = 1000

// steps tries the counts around the present one.
func (c *Card) steps(g *Gain, r *Row, a scoring.Answer) {
	g.Need = 1
	if a.Value == nil || !a.Value.IsInt() {
		return
	}
	now := a.Value.Rat().Num()
	for d := int64(1); d <= maxSteps; d++ {
		for _, sign := range []int64{1, -1} {
			x := new(big.Int).Add(now, big.NewInt(sign*d))
			if !x.IsInt64() {
				return
			}
			value := scoring.Int(x.Int64())
			if p, ok := c.try(r, scoring.Answer{Value: &value}); ok && p > g.Points {
				g.Next, g.Need = p, d
				return
			}
		}
	}
}

// earlier finds how many days earlier would have given more.
func (c *Card) earlier(g *Gain, r *Row, a scoring.Answer) {
	g.Need = 1
	if !a.Date.Known() {
		return
	}
	for d := data.Day(1); d <= maxSteps; d++ {
		if p, ok := c.try(r, scoring.Answer{Date: a.Date - d}); ok && p > g.Points {
			g.Next, g.Need = p, int64(d)
			return
		}
	}
}

// words tells the gain in one sentence.
func (g *Gain) words() string {
	text := fmt.Sprintf("Tiêu chí %s: ", g.Code)
	gain := fmt.Sprintf("để từ %s lên %s điểm (thêm %s)", g.Points.String(), g.Next.String(), (g.Next - g.Points).String())
	need := data.FormatInt(g.Need)
	switch {
	case g.Noun == nounPercent && g.Need > 0:
		text += fmt.Sprintf("mỗi điểm phần trăm hài lòng thêm %s điểm", (g.Next - g.Points).String())
	case g.Need == 0:
		text += "còn mất " + (g.Max - g.Points).String() + " điểm"
	case g.Noun == nounFault:
		text += fmt.Sprintf("bớt %s lỗi %s", need, gain)
	case g.Noun == nounDay:
		text += fmt.Sprintf("sớm hơn %s ngày %s", need, gain)
	case !g.Reachable:
		text += fmt.Sprintf("cần thêm %s %s %s, không còn đủ", need, g.Noun, gain)
	case g.LeftKnown:
		text += fmt.Sprintf("cần thêm %s %s trong %d ngày làm việc %s", need, g.Noun, g.WorkDays, gain)
	case g.Noun == nounDossier:
		text += fmt.Sprintf("với khối lượng như kỳ này, cần thêm %s %s %s", need, g.Noun, gain)
	default:
		text += fmt.Sprintf("cần thêm %s %s %s", need, g.Noun, gain)
	}
	if g.LeftKnown {
		text += fmt.Sprintf("; từ nay đến cuối kỳ dự kiến còn %s %s", data.FormatInt(g.Left), g.Noun)
	}
	if g.BestKnown {
		text += fmt.Sprintf("; cao nhất nhóm là %s: %s", g.Best, g.BestPoints.String())
	}
	return text + "."
}
