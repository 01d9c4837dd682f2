package scoring

import (
	"fmt"
	"math/big"
)

// How a unit is compared with the others of its group.
const (
	ByBest  = "best"  // in proportion to the best unit
	ByRange = "range" // from the worst unit to the best: (x – worst) / (best – worst)
)

// Relative gives points by the figures of all units of the group. They are known
// only when the group is ranked: every figure first, then the best and the worst of
// them, then the points, then the sums, then the ranks.
type Relative struct {
	Input    string `json:"input"` // ByNumber, ByPercent, ByFormula
	Unit     string `json:"unit,omitempty"`
	Vars     []Var  `json:"vars,omitempty"`
	Expr     string `json:"expr,omitempty"`
	Against  string `json:"against"`        // ByBest, ByRange
	Less     bool   `json:"less,omitempty"` // the least figure is the best
	Over     bool   `json:"over,omitempty"`
	WhenZero string `json:"when_zero,omitempty"`
	Words
}

// Kind returns KindRelative.
func (*Relative) Kind() Kind { return KindRelative }

func (r *Relative) measure() *measure {
	return &measure{r.Input, r.Vars, r.Expr, r.Over, r.WhenZero, r.Unit}
}

// Inputs returns the keys by Input.
func (r *Relative) Inputs() []string { return r.measure().keys() }

func (r *Relative) variables() []Var { return r.Vars }

func (r *Relative) bestWord() string {
	if r.Less {
		return "thấp nhất"
	}
	return "cao nhất"
}

// Lines tells what the figure is compared with.
func (r *Relative) Lines(n *Node) []RuleLine {
	text := fmt.Sprintf("Số liệu của đơn vị / số liệu %s nhóm × %s", r.bestWord(), n.Max)
	switch {
	case r.Against == ByBest && r.Less:
		text = fmt.Sprintf("Số liệu thấp nhất nhóm / số liệu của đơn vị × %s", n.Max)
	case r.Against == ByRange && r.Less:
		text = fmt.Sprintf("(Cao nhất nhóm – số liệu của đơn vị) / (cao nhất – thấp nhất) × %s", n.Max)
	case r.Against == ByRange:
		text = fmt.Sprintf("(Số liệu của đơn vị – thấp nhất nhóm) / (cao nhất – thấp nhất) × %s", n.Max)
	}
	out := append(r.measure().lines(), RuleLine{Text: orElse(r.Text, text)}, RuleLine{Text: "Tính khi xếp hạng, sau khi có số liệu của các đơn vị trong nhóm"})
	if w := zeroSentence(r.WhenZero); w != "" {
		out = append(out, RuleLine{Text: w})
	}
	return out
}

func (r *Relative) check(n *Node, s *Set, fault func(string, ...any)) {
	switch {
	case !validMeasure(r.Input):
		fault("không có kiểu số liệu «%s»; chọn số, tỷ lệ hoặc công thức", clip(r.Input))
	case r.Against != ByBest && r.Against != ByRange:
		fault("cách so với nhóm «%s» không có; chọn so với đơn vị tốt nhất hoặc theo khoảng thấp nhất – cao nhất", clip(r.Against))
	case !validZero(r.WhenZero):
		fault("cách chấm khi a = 0 «%s» không có; chọn lại", clip(r.WhenZero))
	}
	r.measure().check(n, s, fault)
}

func (r *Relative) score(n *Node, a *Answer, s *scene) (outcome, error) {
	m := r.measure()
	x, words, out, done, err := m.value(n, a, s)
	if err != nil || done {
		return out, err
	}
	if x.Sign() < 0 && r.Against == ByBest {
		return outcome{}, fmt.Errorf("số liệu %s âm, không so với đơn vị tốt nhất được", shortRat(x))
	}
	peers := s.e.sheet.Peers[n.Code]
	if len(peers) == 0 {
		return outcome{waits: true, why: words + "; điểm tính khi xếp hạng cả nhóm"}, nil
	}
	low, high := new(big.Rat).Set(x), new(big.Rat).Set(x)
	for _, p := range peers {
		if y := p.Rat(); y.Cmp(low) < 0 {
			low = y
		} else if y.Cmp(high) > 0 {
			high = y
		}
	}
	top, bottom := x, high // top / bottom is the share of the maximum
	if r.Less {
		top, bottom = low, x
	}
	if r.Against == ByRange {
		top, bottom = new(big.Rat).Sub(x, low), new(big.Rat).Sub(high, low)
		if r.Less {
			top = new(big.Rat).Sub(high, x)
		}
	}
	head := fmt.Sprintf("%s; nhóm thấp nhất %s, cao nhất %s", words, shortRat(low), shortRat(high))
	if bottom.Sign() == 0 {
		return fixed(n.Max, "%s, các đơn vị như nhau: điểm tối đa", head), nil
	}
	points := new(big.Rat).Quo(top, bottom)
	points.Mul(points, n.Max.rat())
	return scored(points, "%s; %s/%s × %s = %s", head, shortRat(top), shortRat(bottom), n.Max, shortRat(points)), nil
}

// RelativeLeaves returns the codes of the criteria whose points depend on the other
// units of the group, in the order of the set.
func (s *Set) RelativeLeaves() []string {
	var out []string
	s.Walk(func(n *Node, _ []*Node) {
		if _, ok := n.Rule.(*Relative); ok {
			out = append(out, n.Code)
		}
	})
	return out
}

// Figures returns what a sheet answers to the criteria that compare the units of a
// group, by code; what is not answered, or does not count, is left out.
func (s *Set) Figures(sheet *Sheet) map[string]Number {
	codes := s.RelativeLeaves()
	if len(codes) == 0 {
		return nil
	}
	out := map[string]Number{}
	e := newEvaluation(s, sheet)
	for _, code := range codes {
		n, a := s.Node(code), sheet.Answers[code]
		if a.NA != "" || a.None || n.Skip || len(a.given()) == 0 && !n.automatic() {
			continue
		}
		x, _, _, done, err := n.Rule.(*Relative).measure().value(n, &a, e.scene())
		if err == nil && !done {
			out[code] = Number{x}
		}
	}
	return out
}

// Short writes an exact number with a comma: all its decimals up to four, else four
// with the sign ≈.
func Short(r *big.Rat) string { return shortRat(r) }
