package scoring

import (
	"fmt"
	"math/big"
)

// Kind is the kind of a rule (scoring 3.1).
type Kind string

// The kinds of rule.
const (
	KindBinary    Kind = "binary"
	KindChecklist Kind = "checklist"
	KindTiers     Kind = "tiers"
	KindRatio     Kind = "ratio"
	KindFormula   Kind = "formula"
	KindDeduct    Kind = "count-deduct"
	KindSurvey    Kind = "survey"
)

// Rule is the rule of a leaf: *Binary, *Checklist, *Tiers, *Ratio, *Formula,
// *Deduct or *Survey.
type Rule interface {
	// Kind returns the kind of the rule.
	Kind() Kind
	// Wording returns the rule in the words of the decision.
	Wording() Words
	// Inputs names the keys of an answer that the rule takes.
	Inputs() []string
	// check reports what is wrong with the rule of n, as Vietnamese fragments.
	check(n *Node, fault func(format string, args ...any))
	// score computes the points before rounding; its errors are Vietnamese
	// fragments that the caller completes with the name of the criterion.
	score(n *Node, a *Answer, year int) (outcome, error)
}

// Words is the rule as people read it.
type Words struct {
	Text string `json:"text,omitempty"`
	Note string `json:"note,omitempty"`
}

// Wording returns itself: rules embed it.
func (w Words) Wording() Words { return w }

// outcome is what a rule gives: points, or that the leaf is not assessed.
type outcome struct {
	points *big.Rat
	na     bool
}

func scored(r *big.Rat) outcome { return outcome{points: r} }

func fixed(p Points) outcome { return outcome{points: p.rat()} }

// newRule returns an empty rule of the kind.
func newRule(k Kind) (Rule, error) {
	switch k {
	case KindBinary:
		return new(Binary), nil
	case KindChecklist:
		return new(Checklist), nil
	case KindTiers:
		return new(Tiers), nil
	case KindRatio:
		return new(Ratio), nil
	case KindFormula:
		return new(Formula), nil
	case KindDeduct:
		return new(Deduct), nil
	case KindSurvey:
		return new(Survey), nil
	}
	return nil, fmt.Errorf("không có cách chấm «%s»", clip(string(k)))
}

// reaches faults a rule whose best points are not the maximum.
func reaches(n *Node, best Points, what string, fault func(string, ...any)) {
	if best != n.Max {
		fault("%s là %s, khác điểm tối đa %s", what, best.String(), n.Max.String())
	}
}

// The rules for a ratio whose denominator is nought (scoring 3.2, case 1).
const (
	ZeroFull = "full" // nothing fell due: the maximum
	ZeroNA   = "na"   // not assessed
	ZeroZero = "zero" // no points
)

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
	switch whenZero {
	case ZeroFull:
		return nil, fixed(n.Max), true, nil
	case ZeroNA:
		return nil, outcome{na: true}, true, nil
	case ZeroZero:
		return nil, fixed(0), true, nil
	}
	return nil, out, false, fmt.Errorf("a = 0 nên không tính được tỷ lệ; nếu không phát sinh, ghi là không đánh giá kèm lý do")
}

func validZero(s string) bool { return s == "" || s == ZeroFull || s == ZeroNA || s == ZeroZero }
