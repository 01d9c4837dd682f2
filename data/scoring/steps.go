package scoring

import (
	"fmt"
	"math/big"

	"giaoban/data/text"
)

// How a part of a unit of size counts.
const (
	PartDown  = "down"  // only whole units count; so does ""
	PartUp    = "up"    // a unit that has begun counts
	PartExact = "exact" // in proportion
)

// Steps gives or takes points for each further unit of size: «trên 5.000 người, mỗi
// 3.000 người thêm 0,5», «mỗi 1% dưới 95% trừ 0,2». The points begin at Start and
// stay between the lowest points of the criterion and its maximum.
type Steps struct {
	Input string `json:"input"` // ByNumber, ByPercent, ByFormula
	Unit  string `json:"unit,omitempty"`
	Vars  []Var  `json:"vars,omitempty"` // ByFormula
	Expr  string `json:"expr,omitempty"`
	// From is where counting begins, Below that it goes downwards.
	From  Number `json:"from"`
	Below bool   `json:"below,omitempty"`
	Each  Number `json:"each"`           // the unit of size
	Part  string `json:"part,omitempty"` // PartDown, PartUp, PartExact
	// Points of each unit; below nought they are taken off.
	Points Points `json:"points"`
	// Start are the points where nothing counts; nil for nought, or for the maximum
	// where points are taken off.
	Start    *Points `json:"start,omitempty"`
	Over     bool    `json:"over,omitempty"`      // ByPercent: b may exceed a
	WhenZero string  `json:"when_zero,omitempty"` // ByPercent: as in Ratio
	Words
}

// Kind returns KindSteps.
func (*Steps) Kind() Kind { return KindSteps }

func (r *Steps) measure() *measure {
	return &measure{r.Input, r.Vars, r.Expr, r.Over, r.WhenZero, r.Unit}
}

// Inputs returns the keys by Input.
func (r *Steps) Inputs() []string { return r.measure().keys() }

func (r *Steps) variables() []Var { return r.Vars }

func (r *Steps) expressions() []string { return []string{r.Expr} }

func (r *Steps) start(n *Node) Points {
	switch {
	case r.Start != nil:
		return *r.Start
	case r.Points < 0:
		return n.Max
	}
	return 0
}

// Lines tells where the points begin, and what each unit gives.
func (r *Steps) Lines(n *Node) []RuleLine {
	m := r.measure()
	side := "Đến "
	if r.Below {
		side = "Từ "
	}
	start := r.start(n)
	points := r.Points
	if r.plain(n) {
		each := "Mỗi"
		if !r.Each.Equal(Int(1)) || m.mark() == "" || m.input == ByPercent {
			each += " " + r.Each.String()
		}
		out := append(m.lines(), RuleLine{each + m.mark() + r.partWords(), &points})
		return r.zeroLine(out)
	}
	out := append(m.lines(), RuleLine{side + r.From.String() + m.mark() + map[bool]string{true: " trở lên"}[r.Below], &start})
	word := map[bool]string{true: "mỗi %s%s thấp hơn", false: "mỗi %s%s tiếp theo"}[r.Below]
	return r.zeroLine(append(out, RuleLine{text.Sentence(fmt.Sprintf(word, r.Each, m.mark())) + r.partWords(), &points}))
}

// plain reports whether everything counts from nought: «mỗi sáng kiến 0,5».
func (r *Steps) plain(n *Node) bool {
	return r.From.Sign() == 0 && !r.Below && r.start(n) == 0
}

func (r *Steps) partWords() string {
	return map[string]string{PartUp: " (phần lẻ tính là một)", PartExact: " (phần lẻ tính theo tỷ lệ)"}[r.Part]
}

func (r *Steps) zeroLine(out []RuleLine) []RuleLine {
	if w := zeroSentence(r.WhenZero); w != "" {
		out = append(out, RuleLine{Text: w})
	}
	return out
}

func (r *Steps) check(n *Node, s *Set, fault func(string, ...any)) {
	switch {
	case !validMeasure(r.Input):
		fault("không có kiểu số liệu «%s»; chọn số, tỷ lệ hoặc công thức", clip(r.Input))
	case r.Each.Sign() <= 0:
		fault("mỗi bước phải lớn hơn 0, ví dụ 3000")
	case r.Points == 0:
		fault("điểm của mỗi bước phải khác 0")
	case r.start(n) > n.Max:
		fault("điểm ban đầu %s lớn hơn điểm tối đa %s", r.start(n).String(), n.Max.String())
	case r.Points < 0 && r.start(n) != n.Max:
		fault("điểm ban đầu là %s, khác điểm tối đa %s", r.start(n).String(), n.Max.String())
	case r.Part != "" && r.Part != PartDown && r.Part != PartUp && r.Part != PartExact:
		fault("cách tính phần lẻ «%s» không có", clip(r.Part))
	case !validZero(r.WhenZero):
		fault("cách chấm khi a = 0 «%s» không có; chọn lại", clip(r.WhenZero))
	}
	n.tooLow(r.start(n), "mức ban đầu", fault)
	r.measure().check(n, s, fault)
}

func (r *Steps) score(n *Node, a *Answer, s *scene) (outcome, error) {
	m := r.measure()
	x, words, out, done, err := m.value(n, a, s)
	if err != nil || done {
		return out, err
	}
	if r.Input == ByNumber && x.Sign() < 0 {
		return outcome{}, fmt.Errorf("số liệu %s không được âm", a.Value)
	}
	beyond := new(big.Rat).Sub(x, r.From.Rat())
	if r.Below {
		beyond.Neg(beyond)
	}
	if beyond.Sign() <= 0 {
		return fixed(r.start(n), "%s, chưa tới mức tính thêm: %s", words, r.start(n)), nil
	}
	units := new(big.Rat).Quo(beyond, r.Each.Rat())
	switch r.Part {
	case "", PartDown:
		units = floor(units)
	case PartUp:
		units.Neg(units)
		units = floor(units)
		units.Neg(units)
	}
	points := new(big.Rat).Mul(units, r.Points.rat())
	points.Add(points, r.start(n).rat())
	if r.plain(n) {
		return scored(points, "%s là %s lần %s: %s × %s = %s", words, shortRat(units), r.Each, shortRat(units), r.Points, shortRat(points)), nil
	}
	way := "vượt"
	if r.Below {
		way = "thấp hơn"
	}
	sign, each := "+", r.Points
	if each < 0 {
		sign, each = "–", -each
	}
	return scored(points, "%s, %s %s%s là %s lần %s: %s %s %s × %s = %s", words, way, r.From, m.mark(), shortRat(units), r.Each, r.start(n), sign, shortRat(units), each, shortRat(points)), nil
}
