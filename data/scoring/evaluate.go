package scoring

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"giaoban/data"
)

// Evaluate computes points, index and grade of a sheet: leaves, their sums,
// rescaling of what is not assessed, survey, bonus, penalty, bounds, grade
// (scoring, section 7). The same function serves self score and appraisal. The set of
// the result is the one that applies to the unit: see Set.For.
//
// The error is a *data.Error of code Invalid whose sentence names the criterion
// (Field holds its code): an unknown code, an answer of the wrong kind, b above
// a, a = 0 where the rule does not foresee it, points above the maximum, a
// formula that divides by nought; or a sheet that came after the last day.
func Evaluate(set *Set, sheet *Sheet) (*Result, error) {
	if !set.checked {
		if problems := set.Problems(); len(problems) > 0 {
			return nil, problems[0]
		}
	}
	if err := set.checkFacts(sheet.Unit); err != nil {
		return nil, err
	}
	if err := set.InTime(sheet); err != nil {
		return nil, err
	}
	set, remarks := set.For(sheet.Unit)
	e := newEvaluation(set, sheet)
	e.out.Remarks = remarks
	if err := e.knownCodes(); err != nil {
		return nil, err
	}
	var self, survey part
	for _, n := range set.Criteria {
		_, t, err := e.node(n, 0, n.Code)
		if err != nil {
			return nil, err
		}
		self.add(&t.self)
		survey.add(&t.survey)
	}
	if err := e.adjustments(); err != nil {
		return nil, err
	}
	if err := e.index(self, survey); err != nil {
		return nil, err
	}
	return e.out, nil
}

// InTime refuses a sheet that came after the last day of submission.
func (s *Set) InTime(sheet *Sheet) error {
	year := sheet.Year
	if year == 0 {
		year = s.Meta.Year
	}
	last, ok := untilDay(s.Meta.SubmitBy, year)
	if ok && sheet.Submitted > last {
		return invalid("submitted", "Phiếu nộp ngày %s, sau hạn nộp %s của bộ tiêu chí, nên không được chấm.", sheet.Submitted, last)
	}
	return nil
}

type evaluation struct {
	set   *Set
	sheet *Sheet
	year  int
	out   *Result
	quiet bool // looks at another criterion: no remarks
	// code and answer are those of a leaf that is tried beside the sheet.
	code   string
	answer *Answer
}

// given returns the answer to a criterion.
func (e *evaluation) given(code string) (Answer, bool) {
	if e.answer != nil && e.code == code {
		return *e.answer, true
	}
	a, ok := e.sheet.Answers[code]
	return a, ok
}

func newEvaluation(set *Set, sheet *Sheet) *evaluation {
	e := &evaluation{set: set, sheet: sheet, year: sheet.Year, out: &Result{Set: set}}
	e.out.Nodes = make([]NodeResult, 0, len(set.index))
	if e.year == 0 {
		e.year = set.Meta.Year
	}
	return e
}

func (e *evaluation) scene() *scene { return &scene{e.set, e.year, e} }

// pointsOf evaluates the criterion that a variable takes its points from. The checks
// of a set refuse criteria that would wait for each other.
func (e *evaluation) pointsOf(from *Source) (*big.Rat, error) {
	n := e.set.Node(from.Code)
	if n == nil {
		return nil, &errWaits{from.words()}
	}
	beside := newEvaluation(e.set, e.sheet)
	beside.quiet, beside.code, beside.answer = true, e.code, e.answer
	exact, _, err := beside.node(n, 0, n.Code)
	if err != nil {
		return nil, err
	}
	if r := beside.out.Nodes[0]; r.State != Scored {
		return nil, &errWaits{from.words()}
	}
	return exact, nil
}

// part is the self-assessed or the surveyed part of a sheet.
type part struct {
	sum     big.Rat // points of its scored leaves
	max, na Points  // of all its leaves; of those not assessed
	scored  string  // code of a scored leaf
}

func (p *part) add(q *part) {
	p.sum.Add(&p.sum, &q.sum)
	p.max += q.max
	p.na += q.na
	p.scored = orElse(p.scored, q.scored)
}

// tally is what a node adds to both parts.
type tally struct{ self, survey part }

func (t *tally) of(n *Node) *part {
	if n.Survey() {
		return &t.survey
	}
	return &t.self
}

func (e *evaluation) knownCodes() error {
	for _, code := range slices.Sorted(maps.Keys(e.sheet.Answers)) {
		var err *data.Error
		switch n := e.set.Node(code); {
		case n == nil:
			err = fault(code, "mã này không có trong bộ tiêu chí "+clip(e.set.Meta.ID))
		case !n.Leaf():
			err = fault(code, "đây là nhóm, điểm là tổng các tiêu chí con, không trả lời trực tiếp")
		}
		switch {
		case err == nil:
		case !e.sheet.Stored:
			return err
		default:
			e.refused(code, err.Message)
		}
	}
	return nil
}

// refused notes a stored answer that today's rules do not take.
func (e *evaluation) refused(code, text string) {
	if !e.quiet {
		e.out.Remarks = append(e.out.Remarks, Remark{code, text, true})
	}
}

// node evaluates a node and returns its exact points and what it adds to the parts.
func (e *evaluation) node(n *Node, depth int, domain string) (*big.Rat, tally, error) {
	place := len(e.out.Nodes)
	e.out.Nodes = append(e.out.Nodes, NodeResult{Node: n, Depth: depth, Domain: domain, Max: n.Max, Applicable: n.Max})
	if n.Leaf() {
		r := NodeResult{Node: n, Depth: depth, Domain: domain, Max: n.Max, Applicable: n.Max, Leaves: 1}
		exact, err := e.leaf(n, &r)
		switch {
		case err != nil && !e.sheet.Stored:
			return nil, tally{}, fault(n.Code, err.Error())
		case err != nil:
			why := "câu trả lời đã ghi nay không dùng được: " + err.Error()
			r = NodeResult{Node: n, Depth: depth, Domain: domain, Max: n.Max, Applicable: n.Max, Leaves: 1, State: Open, Waits: true, Why: why}
			exact = new(big.Rat)
			e.refused(n.Code, fmt.Sprintf("Tiêu chí %s: chưa có điểm, %s.", n.Code, why))
		}
		var t tally
		into := t.of(n)
		into.max = n.Max
		switch r.State {
		case NA:
			r.Applicable, r.NALeaves = 0, 1
			into.na = n.Max
		case Scored:
			r.ScoredLeaves, into.scored = 1, n.Code
			into.sum.Set(exact)
		}
		e.out.Nodes[place] = r
		return exact, t, nil
	}
	sum := new(big.Rat)
	var all tally
	var children []alternative
	for _, child := range n.Children {
		at := len(e.out.Nodes)
		exact, t, err := e.node(child, depth+1, domain)
		if err != nil {
			return nil, tally{}, err
		}
		sum.Add(sum, exact)
		all.self.add(&t.self)
		all.survey.add(&t.survey)
		children = append(children, alternative{at, exact, t})
	}
	if n.Take == TakeHighest {
		sum, all = e.highest(n, children)
	}
	r := &e.out.Nodes[place]
	r.Applicable = 0
	for _, c := range children {
		child := &e.out.Nodes[c.at]
		if child.Idle {
			continue
		}
		r.Applicable += child.Applicable
		r.Leaves += child.Leaves
		r.ScoredLeaves += child.ScoredLeaves
		r.NALeaves += child.NALeaves
		if n.Take == TakeHighest && child.answered() {
			r.Why = fmt.Sprintf("lấy phương án cao nhất, tiêu chí %s: %s", child.Node.Code, child.Points)
		}
	}
	if n.Take == TakeHighest && r.Applicable > 0 {
		if as := &e.out.Nodes[e.chosen(place)]; !as.Node.Leaf() {
			r.Short = n.Max - as.Max
			r.Applicable += r.Short
		}
	}
	r.Points = e.set.Meta.Rounding.shown(sum, e.set.Meta.Rounding.TotalDecimals)
	switch {
	case r.NALeaves == r.Leaves:
		r.State = NA
	case r.NALeaves+r.ScoredLeaves == r.Leaves:
		r.State = Scored
	default:
		r.State = Open
	}
	return sum, all, nil
}

// alternative is a child of a group that was evaluated.
type alternative struct {
	at    int // place of its result
	exact *big.Rat
	t     tally
}

// answered reports whether anything of a node has points.
func (r *NodeResult) answered() bool {
	return r.State == Scored || r.State == Open && r.ScoredLeaves > 0
}

// chosen returns the place of the alternative that counts, of the group at a place.
func (e *evaluation) chosen(place int) int {
	depth := e.out.Nodes[place].Depth + 1
	at := place + 1
	for e.out.Nodes[at].Depth != depth || e.out.Nodes[at].Idle {
		at++
	}
	return at
}

// highest lets one of the alternatives count, criteria or groups of them: the one with
// the most points, before one that is open, before one that is not assessed; of equal
// ones the first that is whole, of open ones that with the greatest maximum.
func (e *evaluation) highest(n *Node, children []alternative) (*big.Rat, tally) {
	order := func(r *NodeResult) int {
		switch {
		case r.answered():
			return 2
		case r.State == Open:
			return 1
		}
		return 0
	}
	best := 0
	for i := range children {
		a, b := &e.out.Nodes[children[i].at], &e.out.Nodes[children[best].at]
		better := order(a) > order(b)
		if order(a) == order(b) {
			more := children[i].exact.Cmp(children[best].exact)
			better = more > 0 || more == 0 && a.State == Scored && b.State != Scored || order(a) < 2 && a.Max > b.Max
		}
		if better {
			best = i
		}
	}
	for i, c := range children {
		if i != best {
			e.idle(c.at)
		}
	}
	t := children[best].t
	into := &t.self
	if t.self.max == 0 {
		into = &t.survey
	}
	as := &e.out.Nodes[children[best].at]
	rest := n.Max - as.Max
	into.max += rest
	switch {
	case as.State == NA:
		into.na += rest
	case as.Node.Leaf():
		as.Applicable = n.Max
	}
	return children[best].exact, t
}

// idle marks an alternative that does not count, and all below it.
func (e *evaluation) idle(place int) {
	depth := e.out.Nodes[place].Depth
	for i := place; i < len(e.out.Nodes) && (i == place || e.out.Nodes[i].Depth > depth); i++ {
		e.out.Nodes[i].Idle, e.out.Nodes[i].Applicable = true, 0
	}
}

// shown rounds a sum for print; sums of rounded leaves are exact already.
func (o Rounding) shown(sum *big.Rat, decimals int) Points {
	if o.When == RoundLeaves {
		decimals = 3
	}
	return o.round(sum, decimals)
}

// leaf evaluates one leaf. The exact points are rounded already where the set
// rounds leaves before it sums them.
func (e *evaluation) leaf(n *Node, r *NodeResult) (*big.Rat, error) {
	none := new(big.Rat)
	r.State = Open
	a, ok := e.given(n.Code)
	given := a.given()
	if n.Skip {
		if len(given) > 0 || a.Points != nil {
			return nil, fmt.Errorf("không áp dụng cho đơn vị này (%s), không trả lời", n.SkipWhy)
		}
		r.State, r.Reason = NA, "không áp dụng cho đơn vị ("+n.SkipWhy+")"
		return none, nil
	}
	if !ok && !n.automatic() && e.set.faults[n.Code] == "" {
		return none, nil
	}
	for _, key := range given {
		if !slices.Contains(n.Inputs(), key) {
			return nil, inputError(n)
		}
	}
	if a.NA != "" {
		if a.Points != nil {
			return nil, fmt.Errorf("vừa ghi không đánh giá vừa ghi điểm")
		}
		r.State, r.Reason = NA, a.NA
		if !n.NAAllowed && !n.Survey() {
			e.remark(n.Code, "bộ tiêu chí không quy định trường hợp không đánh giá, cần Hội đồng thẩm định đồng ý")
		}
		return none, nil
	}
	if free, ok := n.Rule.(*Free); ok && a.Points != nil && a.Value == nil && !a.None {
		// The council's points are the answer itself.
		value := NumberOf(a.Points.rat())
		a.Value, a.Points = &value, nil
		given = free.Inputs()
	}
	exact := none
	if why := e.set.faults[n.Code]; why != "" && a.Points == nil {
		r.Waits, r.Why = true, "cách chấm chưa dùng được: "+why
		e.remark(n.Code, "chưa có điểm, "+r.Why)
		return none, nil
	} else if why != "" {
		given = nil
	}
	if len(given) > 0 || a.Points == nil && n.automatic() {
		got, err := e.rule(n, &a, given)
		switch {
		case err != nil:
			return nil, err
		case got.na && a.Points != nil:
			return nil, fmt.Errorf("tiêu chí không phát sinh nên không đánh giá, không ghi điểm")
		case got.na:
			r.State, r.Reason = NA, "không phát sinh"
			if !a.None {
				r.Reason += " (a = 0)"
			}
			return none, nil
		case got.waits && a.Points == nil:
			r.Why, r.Waits = got.why, true
			if len(given) > 0 {
				e.remark(n.Code, "chưa có điểm: "+got.why)
			}
			return none, nil
		case !got.waits:
			exact = e.round(n, got.points)
			r.State, r.HasComputed, r.Computed = Scored, true, e.set.Meta.Rounding.leaf(exact)
			r.Why = e.why(n, &got, r.Computed)
			if got.look != "" {
				e.remark(n.Code, got.look)
			}
		}
	}
	if a.Date.Known() && (a.Date.Year() < e.year-1 || a.Date.Year() > e.year+1) {
		e.remark(n.Code, fmt.Sprintf("ngày %s cách xa năm %d, cần xem lại", a.Date, e.year))
	}
	if a.Points != nil {
		if err := e.override(n, &a); err != nil {
			return nil, err
		}
		exact = a.Points.rat()
		r.State, r.Overridden, r.Reason = Scored, true, a.Note
		r.Why = "sửa tay: " + a.Note
	}
	r.Points = min(e.set.Meta.Rounding.leaf(exact), n.Max)
	return exact, nil
}

// rule lets the rule score, or what holds where nothing occurred.
func (e *evaluation) rule(n *Node, a *Answer, given []string) (outcome, error) {
	if a.None {
		if len(given) > 1 {
			return outcome{}, fmt.Errorf("vừa ghi không phát sinh vừa ghi số liệu")
		}
		return n.None.outcome(n), nil
	}
	return n.Rule.score(n, a, e.scene())
}

// automatic reports whether nothing has to be typed for the leaf: all that its
// formula needs comes from elsewhere.
func (n *Node) automatic() bool {
	return slices.Equal(n.Rule.Inputs(), []string{"vars"}) && !typed(n.Vars())
}

// override checks points that were set by hand.
func (e *evaluation) override(n *Node, a *Answer) error {
	low := max(n.lowest(), -maxPoints)
	switch {
	case *a.Points < low || *a.Points > n.Max:
		text := low.String()
		if low == 0 {
			text = "0"
		}
		return fmt.Errorf("điểm %s phải từ %s đến điểm tối đa %s", a.Points.String(), text, n.Max.String())
	case e.set.Meta.Rounding.leaf(a.Points.rat()) != *a.Points:
		return fmt.Errorf("điểm %s chỉ được có %d chữ số thập phân", a.Points.String(), e.set.Meta.Rounding.LeafDecimals)
	case a.Note == "":
		return errOverrideNote
	}
	return nil
}

// why completes the words of a rule with what bounds and rounding did.
func (e *evaluation) why(n *Node, got *outcome, shown Points) string {
	text := got.why
	low, high := n.lowest(), n.Max
	switch {
	case got.points.Cmp(high.rat()) > 0:
		text += ", tối đa " + high.String()
	case got.points.Cmp(low.rat()) < 0:
		text += ", thấp nhất " + low.String()
	case got.points.Cmp(shown.rat()) != 0 && e.set.Meta.Rounding.Mode == Down:
		text += ", cắt còn " + shown.String()
	case got.points.Cmp(shown.rat()) != 0:
		text += ", làm tròn " + shown.String()
	}
	return text
}

// round keeps points between the lowest and the maximum and rounds them where the
// set says so.
func (e *evaluation) round(n *Node, r *big.Rat) *big.Rat {
	limit, low := n.Max.rat(), n.lowest().rat()
	if r.Cmp(low) < 0 {
		r = low
	}
	if r.Cmp(limit) > 0 {
		r = limit
	}
	if e.set.Meta.Rounding.When == RoundLeaves {
		// A maximum of three decimals must not be passed by rounding up.
		r = min(e.set.Meta.Rounding.leaf(r), n.Max).rat()
	}
	return r
}

func (e *evaluation) remark(code, fragment string) {
	if !e.quiet {
		e.out.Remarks = append(e.out.Remarks, Remark{Code: code, Text: fmt.Sprintf("Tiêu chí %s: %s.", code, fragment)})
	}
}

// index brings the parts, bonus and penalty together.
func (e *evaluation) index(self, survey part) error {
	m := &e.set.Meta
	held := survey.scored != ""
	if e.sheet.Survey != nil {
		if held && !*e.sheet.Survey {
			return fault(survey.scored, "có kết quả điều tra nhưng phiếu ghi là không tổ chức điều tra")
		}
		held = *e.sheet.Survey
	}
	out := e.out
	out.SurveyHeld = held
	out.Self, out.Survey = m.Rounding.shown(&self.sum, m.Rounding.TotalDecimals), m.Rounding.shown(&survey.sum, m.Rounding.TotalDecimals)
	full := self.max
	if !held && m.NoSurvey.Policy == RescaleSelf {
		full += survey.max
	}
	total := self.scaled(m.NotApplicable.Policy, full)
	if held {
		total.Add(total, survey.scaled(m.NotApplicable.Policy, survey.max))
	}
	plain := new(big.Rat).Sub(total, out.Penalty.rat())
	total.Add(plain, out.Bonus.rat())
	out.Before = m.Rounding.total(m.indexOf(total))
	bounded := m.clamp(m.indexOf(total))
	out.Index = m.Rounding.total(bounded)
	// Without a bound the points are those that were added up.
	out.Total = m.Rounding.total(bounded.Mul(bounded, big.NewRat(int64(m.Base()), int64(m.Scale()))))
	if self.na == self.max && (!held || survey.na == survey.max) {
		out.Remarks = append(out.Remarks, Remark{Text: "Phiếu tự chấm không có tiêu chí nào được đánh giá nên chưa có chỉ số."})
		return nil
	}
	grade, remarks := e.grade(m.Rounding.total(m.clamp(m.indexOf(plain))))
	out.Grade, out.Remarks = grade, append(out.Remarks, remarks...)
	return nil
}

// indexOf turns points into the index.
func (m *Meta) indexOf(points *big.Rat) *big.Rat {
	return new(big.Rat).Mul(points, big.NewRat(int64(m.Scale()), int64(m.Base())))
}

// scaled returns the points of a part out of full; nothing where nothing of it
// is assessed.
func (p *part) scaled(policy string, full Points) *big.Rat {
	sum, of := new(big.Rat).Set(&p.sum), p.max
	switch policy {
	case ExcludeAndRescale:
		of -= p.na
	case CountFull:
		sum.Add(sum, p.na.rat())
	}
	if of == 0 {
		return sum
	}
	return sum.Mul(sum, big.NewRat(int64(full), int64(of)))
}
