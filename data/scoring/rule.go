package scoring

import (
	"fmt"
	"math/big"
	"strings"
)

// Kind is the kind of a rule (scoring 3.1).
type Kind string

// The kinds of rule.
const (
	KindBinary    Kind = "binary"
	KindChecklist Kind = "checklist"
	KindTiers     Kind = "tiers"
	KindRatio     Kind = "ratio"
	KindSteps     Kind = "steps"    // so much for each further unit of size
	KindRelative  Kind = "relative" // in proportion to the other units of the group
	KindFree      Kind = "free"     // what a council decides within bounds
	KindFormula   Kind = "formula"
	KindDeduct    Kind = "count-deduct"
	KindSurvey    Kind = "survey"
)

// Rule is the rule of a leaf: *Binary, *Checklist, *Tiers, *Ratio, *Steps,
// *Relative, *Free, *Formula, *Deduct or *Survey.
type Rule interface {
	// Kind returns the kind of the rule.
	Kind() Kind
	// Wording returns the rule in the words of the decision.
	Wording() Words
	// Inputs names the keys of an answer that the rule takes.
	Inputs() []string
	// Lines writes the rule of n in words, one line a step (scoring 4.1, table 1).
	Lines(n *Node) []RuleLine
	// check reports what is wrong with the rule of n in the set s, as Vietnamese fragments.
	check(n *Node, s *Set, fault func(format string, args ...any))
	// score computes the points before rounding and says how; its errors are
	// Vietnamese fragments that the caller completes with the name of the criterion.
	score(n *Node, a *Answer, s *scene) (outcome, error)
}

// newRule returns an empty rule of the kind.
func newRule(k Kind) (Rule, error) {
	for _, make := range []func() Rule{
		func() Rule { return new(Binary) }, func() Rule { return new(Checklist) }, func() Rule { return new(Tiers) }, func() Rule { return new(Ratio) },
		func() Rule { return new(Steps) }, func() Rule { return new(Relative) }, func() Rule { return new(Free) }, func() Rule { return new(Formula) },
		func() Rule { return new(Deduct) }, func() Rule { return new(Survey) },
	} {
		if r := make(); r.Kind() == k {
			return r, nil
		}
	}
	return nil, fmt.Errorf("không có cách chấm «%s»", clip(string(k)))
}

// Words is the rule as people read it.
type Words struct {
	Text string `json:"text,omitempty"`
	Note string `json:"note,omitempty"`
}

// Wording returns itself: rules embed it.
func (w Words) Wording() Words { return w }

// outcome is what a rule gives: points, or that the leaf is not assessed, or that
// the points wait for the other units; why tells the way in words.
type outcome struct {
	points *big.Rat
	na     bool
	waits  bool
	why    string
	look   string // what the appraiser should look at, a fragment; "" for nothing
}

func scored(r *big.Rat, format string, args ...any) outcome {
	return outcome{points: r, why: fmt.Sprintf(format, args...)}
}

func fixed(p Points, format string, args ...any) outcome {
	return scored(p.rat(), format, args...)
}

// lowest returns the least points of a leaf: what the criterion allows below
// nought, else what its rule itself says.
func (n *Node) lowest() Points {
	low := Points(0)
	if r, ok := n.Rule.(interface{ least(n *Node) Points }); ok {
		low = min(low, r.least(n))
	}
	if n.Min != nil {
		low = min(low, *n.Min)
	}
	return low
}

// tooLow faults points below what the criterion allows; what names them.
func (n *Node) tooLow(p Points, what string, fault func(string, ...any)) {
	if p >= 0 || n.Min != nil && p >= *n.Min {
		return
	}
	fault("%s có điểm âm %s; nếu quyết định cho điểm dưới 0, ghi số ấy ở «%s» của tiêu chí", what, p.String(), tables.Fields.Node.byKey("min").Word)
}

// reaches faults a rule whose best points are not the maximum.
func reaches(n *Node, best Points, what string, fault func(string, ...any)) {
	if best != n.Max {
		fault("%s là %s, khác điểm tối đa %s", what, best.String(), n.Max.String())
	}
}

// shortRat writes an exact number with a comma: all its decimals up to four, else
// four with the sign ≈.
func shortRat(r *big.Rat) string {
	prec, exact := r.FloatPrec()
	sign := ""
	if !exact || prec > 4 {
		prec, sign = 4, "≈ "
	}
	return sign + strings.Replace(r.FloatString(prec), ".", ",", 1)
}

// The rules for what did not occur: nothing fell due, the denominator is nought
// (scoring 3.2, case 1).
const (
	ZeroFull = "full" // nothing fell due: the maximum
	ZeroNA   = "na"   // not assessed
	ZeroZero = "zero" // no points
)

func validZero(s string) bool { return s == "" || s == ZeroFull || s == ZeroNA || s == ZeroZero }

// share reads b and a as an exact percentage. done is true where a = 0 and the
// rule for it already gave the outcome.
func share(n *Node, a *Answer, whenZero string, over bool) (percent *big.Rat, out outcome, done bool, err error) {
	switch {
	case a.B == nil || a.A == nil:
		return nil, out, false, fmt.Errorf("cần cả b (tử số) và a (mẫu số)")
	case a.B.Sign() < 0 || a.A.Sign() < 0:
		return nil, out, false, fmt.Errorf("b = %s, a = %s: số liệu không được âm", a.B, a.A)
	case a.B.Cmp(*a.A) > 0 && (!over || a.A.Sign() == 0):
		return nil, out, false, fmt.Errorf("b = %s lớn hơn a = %s, cần xem lại số liệu", a.B, a.A)
	case a.A.Sign() != 0:
		r := a.B.Rat()
		r.Mul(r, big.NewRat(100, 1))
		return r.Quo(r, a.A.Rat()), out, false, nil
	}
	if whenZero == "" && n.None != nil {
		return nil, n.None.outcome(n), true, nil
	}
	if whenZero == "" {
		return nil, out, false, fmt.Errorf("a = 0 nên không tính được tỷ lệ; nếu không phát sinh, ghi là không đánh giá kèm lý do")
	}
	return nil, (&NoneRule{How: whenZero}).outcome(n), true, nil
}

// shareWords writes «30/32 = 93,75%».
func shareWords(a *Answer, percent *big.Rat) string {
	return strings.Replace(fmt.Sprintf("%s/%s = %s%%", a.B, a.A, shortRat(percent)), "= ≈", "≈", 1)
}
