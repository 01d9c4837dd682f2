package assess

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"

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
	case nounPercent, nounMark:
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
	nounMark      = "phần mười điểm trung bình"
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
	case *scoring.Checklist:
		c.items(g, r, rule, a)
	case *scoring.Deduct:
		c.fewer(g, r, rule, a)
	case *scoring.Ratio:
		c.ratio(g, r, rule, a, opt)
	case *scoring.Tiers:
		c.tiers(g, r, rule, a, opt)
	case *scoring.Survey:
		c.survey(g, r, rule, a)
	case *scoring.Formula:
		c.vary(g, r, rule.Vars, a)
	case *scoring.Steps:
		c.figure(g, r, rule.Vars, a)
	case *scoring.Relative, *scoring.Free:
		// What the others reach, or a council gives, cannot be counted out.
	default:
		g.Noun, g.Need = nounTask, 1
	}
}

// items finds the item that wins most.
func (c *Card) items(g *Gain, r *Row, rule *scoring.Checklist, a scoring.Answer) {
	best := g.Points
	for i := range rule.Items {
		if i >= len(a.Checked) || a.Checked[i] {
			continue
		}
		more := slices.Clone(a.Checked)
		more[i] = true
		if p, ok := c.try(r, scoring.Answer{Checked: more}); ok && p > best {
			best = p
		}
	}
	if best > g.Points {
		g.Noun, g.Need, g.Next = nounContent, 1, best
	}
}

// fewer finds the fault of which the fewest have to go until the points rise: the first
// ones may lie below the floor, or be hidden by rounding.
func (c *Card) fewer(g *Gain, r *Row, rule *scoring.Deduct, a scoring.Answer) {
	g.Noun = nounFault
	all := int64(0)
	for _, ev := range rule.Events {
		n := a.Events[ev.ID]
		all += n
		fewer := maps.Clone(a.Events)
		k, ok := least(min(n, maxSteps), func(k int64) bool {
			fewer[ev.ID] = n - k
			p, ok := c.try(r, scoring.Answer{Events: fewer})
			return ok && p > g.Points
		})
		if !ok || g.Need > 0 && k > g.Need {
			continue
		}
		fewer[ev.ID] = n - k
		if p, ok := c.try(r, scoring.Answer{Events: fewer}); ok && (g.Need == 0 || k < g.Need || p > g.Next) {
			g.Next, g.Need = p, k
		}
	}
	if g.Need == 0 {
		g.Need = all // only without any of them do the points rise
	}
}

// least returns the smallest number from 1 to top that does; ok is false for none.
func least(top int64, does func(int64) bool) (n int64, ok bool) {
	for n := int64(1); n <= top; n++ {
		if does(n) {
			return n, true
		}
	}
	return 0, false
}

// vary finds the variable of a formula that has to change least until the points rise.
// Growth comes before shrinking, for most figures count what was done.
func (c *Card) vary(g *Gain, r *Row, vars []scoring.Var, a scoring.Answer) {
	for _, sign := range []int64{1, -1} {
		for _, v := range vars {
			was, typed := a.Vars[v.ID]
			if !typed {
				continue
			}
			changed := maps.Clone(a.Vars)
			at := func(k int64) (scoring.Points, bool) {
				x := was.Rat()
				x.Add(x, big.NewRat(sign*k, 1))
				changed[v.ID] = scoring.NumberOf(x)
				return c.try(r, scoring.Answer{Vars: changed})
			}
			k, ok := least(maxSteps, func(k int64) bool {
				p, ok := at(k)
				return ok && p > g.Points
			})
			if !ok || g.Need > 0 && k >= g.Need {
				continue
			}
			g.Next, _ = at(k)
			g.Need, g.Less, g.Change = k, sign < 0, v.ID
			if v.Label != "" && v.Label != v.ID {
				g.Change = v.Label
			}
		}
		if g.Need > 0 {
			return
		}
	}
}

// figure finds how far the figure of a rule has to change until the points rise.
func (c *Card) figure(g *Gain, r *Row, vars []scoring.Var, a scoring.Answer) {
	if len(vars) > 0 {
		c.vary(g, r, vars, a)
		return
	}
	x := a.Value
	if x == nil {
		x = a.B
	}
	if x == nil {
		return
	}
	for _, sign := range []int64{1, -1} {
		at := func(k int64) (scoring.Points, bool) {
			y := x.Rat()
			n := scoring.NumberOf(y.Add(y, big.NewRat(sign*k, 1)))
			if a.Value != nil {
				return c.try(r, scoring.Answer{Value: &n})
			}
			return c.try(r, scoring.Answer{B: &n, A: a.A})
		}
		// Large units of size are found by doubling, then to the last one by halving.
		far, ok := int64(0), false
		for k := int64(1); k <= 1<<40 && !ok; k *= 2 {
			p, scored := at(k)
			far, ok = k, scored && p > g.Points
		}
		if !ok {
			continue
		}
		near := far / 2
		for near+1 < far {
			mid := (near + far) / 2
			if p, scored := at(mid); scored && p > g.Points {
				far = mid
			} else {
				near = mid
			}
		}
		g.Next, _ = at(far)
		g.Need, g.Less, g.Change = far, sign < 0, "số liệu"
		return
	}
}

func (c *Card) try(r *Row, a scoring.Answer) (scoring.Points, bool) {
	if c.now == nil {
		c.now = c.Answers(Second) // once, for a search tries many
	}
	n, err := c.Set.ScoreIn(c.now, r.Node.Code, a)
	if err != nil || n.State != scoring.Scored {
		return 0, false
	}
	return n.Points, true
}

// survey finds how much better the survey has to come out until the printed points rise.
// What one step is worth is told exactly: rounding may hide it.
func (c *Card) survey(g *Gain, r *Row, rule *scoring.Survey, a scoring.Answer) {
	value, best, step := a.Percent, big.NewRat(100, 1), big.NewRat(1, 1)
	g.Noun = nounPercent
	if rule.Mode == scoring.SurveyMean {
		value, best, step = a.Value, rule.Scale.Rat(), big.NewRat(1, 10)
		g.Noun = nounMark
	}
	if value == nil {
		return
	}
	at := func(k int64) (scoring.Points, bool) {
		x := new(big.Rat).Mul(step, big.NewRat(k, 1))
		if x.Add(x, value.Rat()); x.Cmp(best) > 0 {
			x = best
		}
		n := scoring.NumberOf(x)
		if rule.Mode == scoring.SurveyMean {
			return c.try(r, scoring.Answer{Value: &n})
		}
		return c.try(r, scoring.Answer{Percent: &n})
	}
	k, ok := least(maxSteps, func(k int64) bool {
		p, ok := at(k)
		return ok && p > g.Points
	})
	if !ok {
		return
	}
	g.Need = k
	g.Next, _ = at(k)
	worth := new(big.Rat).Mul(step, big.NewRat(int64(r.Max), int64(scoring.Point)))
	g.Each = scoring.Short(worth.Quo(worth, best))
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
	case scoring.ByNumber, scoring.ByFormula:
		c.figure(g, r, rule.Vars, a)
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
	case g.Need > 0 && g.Noun == nounPercent && g.Need == 1 && g.Each == (g.Next-g.Points).String():
		text += fmt.Sprintf("mỗi điểm phần trăm hài lòng thêm %s điểm", g.Each)
	case g.Need > 0 && (g.Noun == nounPercent || g.Noun == nounMark):
		text += fmt.Sprintf("mỗi %s thêm %s điểm; cần thêm %s %s %s", g.Noun, g.Each, need, g.Noun, gain)
	case g.Change != "":
		text += fmt.Sprintf("%s «%s» %s %s", map[bool]string{false: "tăng", true: "giảm"}[g.Less], g.Change, need, gain)
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
