package scoring

import (
	"fmt"
	"math/big"
	"slices"
)

// Evaluate computes points, index and grade of a sheet: leaves, their sums,
// rescaling of what is not assessed, survey, bonus, penalty, bounds, grade
// (scoring, section 7). The same function serves self score and appraisal.
//
// The error is a *data.Error of code Invalid whose sentence names the criterion
// (Field holds its code): an unknown code, an answer of the wrong kind, b above
// a, a = 0 where the rule does not foresee it, points above the maximum, a
// formula that divides by nought.
func Evaluate(set *Set, sheet *Sheet) (*Result, error) {
	if !set.checked {
		if problems := set.Problems(); len(problems) > 0 {
			return nil, problems[0]
		}
	}
	e := &evaluation{set: set, sheet: sheet, year: sheet.Year, out: &Result{Set: set}}
	e.out.Nodes = make([]NodeResult, 0, len(set.index))
	if e.year == 0 {
		e.year = set.Meta.Year
	}
	if err := e.knownCodes(); err != nil {
		return nil, err
	}
	var self, survey part
	for _, n := range set.Criteria {
		if _, err := e.node(n, 0, n.Code, &self, &survey); err != nil {
			return nil, err
		}
	}
	if err := e.adjustments(); err != nil {
		return nil, err
	}
	if err := e.index(self, survey); err != nil {
		return nil, err
	}
	return e.out, nil
}

type evaluation struct {
	set   *Set
	sheet *Sheet
	year  int
	out   *Result
}

// part is the self-assessed or the surveyed part of a sheet.
type part struct {
	sum     big.Rat // points of its scored leaves
	max, na Points  // of all its leaves; of those not assessed
	scored  string  // code of a scored leaf
}

func (e *evaluation) knownCodes() error {
	index := e.set.index
	if !e.set.checked {
		index = map[string]*Node{}
		e.set.Walk(func(n *Node, _ []*Node) { index[n.Code] = n })
	}
	for _, code := range sortedKeys(e.sheet.Answers) {
		switch n := index[code]; {
		case n == nil:
			return fault(code, "mã này không có trong bộ tiêu chí "+clip(e.set.Meta.ID))
		case !n.Leaf():
			return fault(code, "đây là nhóm, điểm là tổng các tiêu chí con, không trả lời trực tiếp")
		}
	}
	return nil
}

// node evaluates a node and returns its exact points.
func (e *evaluation) node(n *Node, depth int, domain string, self, survey *part) (*big.Rat, error) {
	place := len(e.out.Nodes)
	e.out.Nodes = append(e.out.Nodes, NodeResult{Node: n, Depth: depth, Domain: domain, Max: n.Max, Applicable: n.Max})
	if n.Leaf() {
		r := NodeResult{Node: n, Depth: depth, Domain: domain, Max: n.Max, Applicable: n.Max, Leaves: 1}
		exact, err := e.leaf(n, &r)
		if err != nil {
			return nil, fault(n.Code, err.Error())
		}
		into := self
		if n.Survey() {
			into = survey
		}
		into.max += n.Max
		switch r.State {
		case NA:
			r.Applicable, r.NALeaves = 0, 1
			into.na += n.Max
		case Scored:
			r.ScoredLeaves, into.scored = 1, n.Code
			into.sum.Add(&into.sum, exact)
		}
		e.out.Nodes[place] = r
		return exact, nil
	}
	sum := new(big.Rat)
	var total NodeResult
	for _, child := range n.Children {
		at := len(e.out.Nodes)
		exact, err := e.node(child, depth+1, domain, self, survey)
		if err != nil {
			return nil, err
		}
		sum.Add(sum, exact)
		c := e.out.Nodes[at]
		total.Applicable += c.Applicable
		total.Leaves += c.Leaves
		total.ScoredLeaves += c.ScoredLeaves
		total.NALeaves += c.NALeaves
	}
	r := &e.out.Nodes[place]
	r.Applicable, r.Leaves, r.ScoredLeaves, r.NALeaves = total.Applicable, total.Leaves, total.ScoredLeaves, total.NALeaves
	r.Points = e.set.Meta.Rounding.shown(sum, e.set.Meta.Rounding.TotalDecimals)
	switch {
	case r.NALeaves == r.Leaves:
		r.State = NA
	case r.NALeaves+r.ScoredLeaves == r.Leaves:
		r.State = Scored
	default:
		r.State = Open
	}
	return sum, nil
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
	a, ok := e.sheet.Answers[n.Code]
	if !ok {
		return none, nil
	}
	given := a.given()
	for _, key := range given {
		if !slices.Contains(n.Rule.Inputs(), key) {
			return nil, inputError(n.Rule)
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
	exact := none
	if len(given) > 0 {
		got, err := n.Rule.score(n, &a, e.year)
		if err != nil {
			return nil, err
		}
		if got.na {
			if a.Points != nil {
				return nil, fmt.Errorf("tiêu chí không phát sinh nên không đánh giá, không ghi điểm")
			}
			r.State, r.Reason = NA, "không phát sinh (a = 0)"
			return none, nil
		}
		exact = e.round(n, got.points)
		r.State, r.HasComputed, r.Computed = Scored, true, e.set.Meta.Rounding.leaf(exact)
	}
	if a.Date.Known() && (a.Date.Year() < e.year-1 || a.Date.Year() > e.year+1) {
		e.remark(n.Code, fmt.Sprintf("ngày %s cách xa năm %d, cần xem lại", a.Date, e.year))
	}
	if a.Points != nil {
		switch {
		case *a.Points < 0 || *a.Points > n.Max:
			return nil, fmt.Errorf("điểm %s phải từ 0 đến điểm tối đa %s", a.Points.String(), n.Max.String())
		case e.set.Meta.Rounding.leaf(a.Points.rat()) != *a.Points:
			return nil, fmt.Errorf("điểm %s chỉ được có %d chữ số thập phân", a.Points.String(), e.set.Meta.Rounding.LeafDecimals)
		case a.Note == "":
			return nil, errOverrideNote
		}
		exact = a.Points.rat()
		r.State, r.Overridden, r.Reason = Scored, true, a.Note
	}
	r.Points = min(e.set.Meta.Rounding.leaf(exact), n.Max)
	return exact, nil
}

// round keeps points between 0 and the maximum and rounds them where the set
// says so.
func (e *evaluation) round(n *Node, r *big.Rat) *big.Rat {
	limit := n.Max.rat()
	if r.Sign() < 0 {
		r = new(big.Rat)
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
	e.out.Remarks = append(e.out.Remarks, Remark{code, fmt.Sprintf("Tiêu chí %s: %s.", code, fragment)})
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
		full = m.Total
	}
	total := self.scaled(m.NotApplicable.Policy, full)
	if held {
		total.Add(total, survey.scaled(m.NotApplicable.Policy, survey.max))
	}
	total.Add(total, out.Bonus.rat())
	total.Sub(total, out.Penalty.rat())
	total.Mul(total, big.NewRat(100, 1)).Quo(total, m.Total.rat())
	out.Before = m.Rounding.total(total)
	out.Index = m.Rounding.total(m.clamp(total))
	if self.na == self.max && (!held || survey.na == survey.max) {
		out.Remarks = append(out.Remarks, Remark{Text: "Phiếu tự chấm không có tiêu chí nào được đánh giá nên chưa có chỉ số."})
		return nil
	}
	out.Grade = m.grade(out.Index)
	return nil
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
