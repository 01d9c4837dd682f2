package scoring

import (
	"fmt"
	"math/big"
)

// Ratio gives points in proportion to b/a: min(b/a : target, 1) × maximum,
// nothing below the cut-off (scoring 3.1).
type Ratio struct {
	Numerator   string  `json:"numerator,omitempty"`   // what b counts
	Denominator string  `json:"denominator,omitempty"` // what a counts
	TargetPct   *Number `json:"target_pct,omitempty"`  // percentage that gives the maximum; nil for 100
	CutoffPct   *Number `json:"cutoff_pct,omitempty"`  // percentage below which nothing is given; nil for 0
	// Over allows b > a, for plans that can be exceeded; the points stop at the
	// maximum all the same (scoring 3.2, case 5).
	Over     bool   `json:"over,omitempty"`
	WhenZero string `json:"when_zero,omitempty"` // ZeroFull, ZeroNA, ZeroZero; "" refuses a = 0
	Words
}

// Kind returns KindRatio.
func (*Ratio) Kind() Kind { return KindRatio }

// Inputs returns "b" and "a".
func (*Ratio) Inputs() []string { return []string{"b", "a"} }

// Lines tells the proportion, what b and a count, and what a = 0 gives.
func (r *Ratio) Lines(n *Node) []RuleLine {
	out := []RuleLine{{Text: orElse(r.Text, r.words(n.Max))}}
	if r.Numerator != "" || r.Denominator != "" {
		out = append(out, RuleLine{Text: fmt.Sprintf("b: %s; a: %s", orElse(r.Numerator, "tử số"), orElse(r.Denominator, "mẫu số"))})
	}
	if w := zeroSentence(r.WhenZero); w != "" {
		out = append(out, RuleLine{Text: w})
	}
	return out
}

func (r *Ratio) target() *big.Rat {
	if r.TargetPct == nil {
		return big.NewRat(100, 1)
	}
	return r.TargetPct.Rat()
}

func (r *Ratio) cutoff() *big.Rat {
	if r.CutoffPct == nil {
		return new(big.Rat)
	}
	return r.CutoffPct.Rat()
}

func (r *Ratio) check(_ *Node, _ *Set, fault func(string, ...any)) {
	switch {
	case r.target().Sign() <= 0:
		fault("tỷ lệ mục tiêu phải lớn hơn 0%%")
	case r.target().Cmp(big.NewRat(100, 1)) > 0 && !r.Over:
		fault("tỷ lệ mục tiêu %s%% không thể đạt vì b không vượt a", Number{r.target()})
	case r.cutoff().Sign() < 0:
		fault("tỷ lệ tối thiểu không được âm")
	case r.cutoff().Cmp(r.target()) > 0:
		fault("tỷ lệ tối thiểu %s%% lớn hơn tỷ lệ mục tiêu %s%%", Number{r.cutoff()}, Number{r.target()})
	}
	if !validZero(r.WhenZero) {
		fault("cách chấm khi a = 0 «%s» không có; chọn lại", clip(r.WhenZero))
	}
}

func (r *Ratio) score(n *Node, a *Answer, _ *scene) (outcome, error) {
	percent, out, done, err := share(n, a, r.WhenZero, r.Over)
	if err != nil || done {
		return out, err
	}
	words := shareWords(a, percent)
	switch {
	case percent.Cmp(r.cutoff()) < 0:
		return fixed(0, "%s, dưới mức tối thiểu %s%%: 0 điểm", words, Number{r.cutoff()}), nil
	case percent.Cmp(r.target()) >= 0:
		return fixed(n.Max, "%s, đạt mục tiêu %s%%: điểm tối đa", words, Number{r.target()}), nil
	}
	points := new(big.Rat).Quo(percent, r.target())
	points.Mul(points, n.Max.rat())
	if r.target().Cmp(big.NewRat(100, 1)) != 0 {
		words += fmt.Sprintf("; chia cho mục tiêu %s%%", Number{r.target()})
	}
	return scored(points, "%s × %s = %s", words, n.Max, shortRat(points)), nil
}
