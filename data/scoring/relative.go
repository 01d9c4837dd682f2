package scoring

import (
	"fmt"
	"math/big"
)

// How a unit is compared with the others of its group.
const (
	ByBest  = "best"  // in proportion to the best unit
	ByRange = "range" // from the worst unit to the best: (x – worst) / (best – worst)
	ByPlace = "place" // by its place: «hạng 1: 5 điểm, hạng 2: 4 điểm»
)

// Place gives points to the units from the place behind the one above it to To; To is 0
// for all others. Units with the same figure share a place, as Meta.TieRule counts.
type Place struct {
	To     int    `json:"to,omitempty"`
	Points Points `json:"points"`
}

// Relative gives points by the figures of all units of the group. They are known
// only when the group is ranked: every figure first, then the best and the worst of
// them, then the points, then the sums, then the ranks.
type Relative struct {
	Input    string `json:"input"` // ByNumber, ByPercent, ByFormula
	Unit     string `json:"unit,omitempty"`
	Vars     []Var  `json:"vars,omitempty"`
	Expr     string `json:"expr,omitempty"`
	Against  string `json:"against"`        // ByBest, ByRange, ByPlace
	Less     bool   `json:"less,omitempty"` // the least figure is the best
	Over     bool   `json:"over,omitempty"`
	WhenZero string `json:"when_zero,omitempty"`
	// Places are those of ByPlace, the best first; who stands behind the last gets 0.
	Places []Place `json:"places,omitempty"`
	// Alone gives one unit alone the first place of ByPlace, where a decision says so;
	// else it waits for others.
	Alone bool `json:"alone,omitempty"`
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

func (r *Relative) expressions() []string { return []string{r.Expr} }

func (r *Relative) bestWord() string {
	if r.Less {
		return "thấp nhất"
	}
	return "cao nhất"
}

// Lines tells what the figure is compared with.
func (r *Relative) Lines(n *Node) []RuleLine {
	out := append(r.measure().lines(), RuleLine{Text: orElse(r.Text, r.way(n))})
	from := 1
	for i := range r.Places {
		p := &r.Places[i]
		out = append(out, RuleLine{p.words(from), &p.Points})
		from = p.To + 1
	}
	text := "Tính khi xếp hạng, sau khi có số liệu của các đơn vị trong nhóm"
	switch {
	case r.Against != ByPlace:
		text += "; chỉ có một đơn vị có số liệu thì đơn vị ấy được điểm tối đa"
	case r.Alone:
		text += "; nhóm có một đơn vị thì đơn vị ấy là hạng 1"
	}
	out = append(out, RuleLine{Text: text})
	if w := zeroSentence(r.WhenZero); w != "" {
		out = append(out, RuleLine{Text: w})
	}
	return out
}

// words writes the places from one on.
func (p *Place) words(from int) string {
	switch {
	case p.To == 0:
		return "Các hạng còn lại"
	case p.To == from:
		return fmt.Sprintf("Hạng %d", from)
	}
	return fmt.Sprintf("Hạng %d đến hạng %d", from, p.To)
}

// way tells how the figure of a unit becomes points.
func (r *Relative) way(n *Node) string {
	text := fmt.Sprintf("Số liệu của đơn vị / số liệu %s nhóm × %s", r.bestWord(), n.Max)
	switch {
	case r.Against == ByPlace:
		text = "Điểm theo hạng của số liệu trong nhóm, " + r.bestWord() + " là hạng 1"
	case r.Against == ByBest && r.Less:
		text = fmt.Sprintf("Số liệu thấp nhất nhóm / số liệu của đơn vị × %s", n.Max)
	case r.Against == ByRange && r.Less:
		text = fmt.Sprintf("(Cao nhất nhóm – số liệu của đơn vị) / (cao nhất – thấp nhất) × %s", n.Max)
	case r.Against == ByRange:
		text = fmt.Sprintf("(Số liệu của đơn vị – thấp nhất nhóm) / (cao nhất – thấp nhất) × %s", n.Max)
	}
	return text
}

// least is what the last places may give.
func (r *Relative) least(*Node) Points {
	low := Points(0)
	for _, p := range r.Places {
		low = min(low, p.Points)
	}
	return low
}

func (r *Relative) check(n *Node, s *Set, fault func(string, ...any)) {
	switch {
	case !validMeasure(r.Input):
		fault("không có kiểu số liệu «%s»; chọn số, tỷ lệ hoặc công thức", clip(r.Input))
	case r.Against != ByBest && r.Against != ByRange && r.Against != ByPlace:
		fault("cách so với nhóm «%s» không có; chọn so với đơn vị tốt nhất, theo khoảng thấp nhất – cao nhất hoặc theo hạng", clip(r.Against))
	case r.Against != ByPlace && len(r.Places) > 0:
		fault("điểm của từng hạng chỉ dùng khi chấm theo hạng trong nhóm")
	case r.Against != ByPlace && r.Alone:
		fault("hạng 1 của một đơn vị chỉ dùng khi chấm theo hạng trong nhóm")
	case r.Against == ByPlace:
		r.checkPlaces(n, fault)
	}
	switch {
	case !validZero(r.WhenZero):
		fault("cách chấm khi a = 0 «%s» không có; chọn lại", clip(r.WhenZero))
	}
	r.measure().check(n, s, fault)
}

// checkPlaces faults places that do not follow each other.
func (r *Relative) checkPlaces(n *Node, fault func(string, ...any)) {
	if len(r.Places) == 0 {
		fault("chưa ghi hạng nào được bao nhiêu điểm")
		return
	}
	best, last := r.Places[0].Points, 0
	for i, p := range r.Places {
		best = max(best, p.Points)
		n.tooLow(p.Points, "hạng thứ "+fmt.Sprint(i+1), fault)
		switch {
		case p.To == 0 && i < len(r.Places)-1:
			fault("dòng thứ %d để trống hạng nên gồm mọi hạng còn lại; để dòng ấy ở cuối", i+1)
		case p.To != 0 && p.To <= last:
			fault("dòng thứ %d đến hạng %d, không sau hạng %d của dòng trên", i+1, p.To, last)
		}
		last = p.To
	}
	reaches(n, best, "điểm của hạng cao nhất", fault)
}

// place gives the points of a place among the figures of all units. One unit alone has
// no place to be in unless the rule says so: its points stay open.
func (r *Relative) place(x *big.Rat, peers []Number, tie TieRule, words string) outcome {
	if len(peers) == 0 && !r.Alone {
		return outcome{waits: true, why: words + "; chờ đơn vị khác của nhóm, một đơn vị không xếp hạng"}
	}
	better, of := map[string]bool{}, 1
	rank, alone := 1, true
	for _, p := range peers {
		y := p.Rat()
		of++
		c := y.Cmp(x)
		alone = alone && c != 0
		if r.Less {
			c = -c
		}
		if c > 0 && !(tie == Dense && better[y.RatString()]) {
			better[y.RatString()] = true
			rank++
		}
	}
	head := fmt.Sprintf("%s; hạng %d trong %d đơn vị có số liệu của nhóm", words, rank, of)
	if !alone {
		head += " (đồng hạng)"
	}
	for _, p := range r.Places {
		if p.To == 0 || rank <= p.To {
			return fixed(p.Points, "%s: %s điểm", head, p.Points)
		}
	}
	return fixed(0, "%s, không có điểm: 0", head)
}

// Short writes a figure with its sign or unit.
func (r *Relative) Short(x *big.Rat) string { return shortRat(x) + r.measure().mark() }

// single gives a unit that is compared with itself alone the maximum, and says so.
func (r *Relative) single(n *Node, x *big.Rat, words string) outcome {
	out := fixed(n.Max, "%s; chỉ có một đơn vị có số liệu nên thấp nhất, cao nhất nhóm đều là %s của chính đơn vị: điểm tối đa", words, r.Short(x))
	out.look = "được điểm tối đa " + n.Max.String() + " vì nhóm không có đơn vị khác để so, cần xem lại"
	return out
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
	peers, known := s.e.sheet.Peers[n.Code]
	if !known {
		return outcome{waits: true, why: words + "; điểm tính khi xếp hạng cả nhóm"}, nil
	}
	if r.Against == ByPlace {
		return r.place(x, peers, s.set.Meta.TieRule, words), nil
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
	if len(peers) == 0 {
		return r.single(n, x, words), nil
	}
	head := fmt.Sprintf("%s; nhóm thấp nhất %s, cao nhất %s", words, r.Short(low), r.Short(high))
	if bottom.Sign() == 0 {
		out := fixed(n.Max, "%s, %d đơn vị có số liệu như nhau: điểm tối đa", head, len(peers)+1)
		if x.Sign() == 0 {
			out.look = "mọi đơn vị của nhóm đều có số liệu 0 nên cùng được điểm tối đa, cần xem lại"
		}
		return out, nil
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

// Way tells of a criterion whose points depend on the group how they do; "" for others.
func (n *Node) Way() string {
	if r, ok := n.Rule.(*Relative); ok {
		return r.way(n)
	}
	return ""
}

// Short writes an exact number with a comma: all its decimals up to four, else four
// with the sign ≈.
func Short(r *big.Rat) string { return shortRat(r) }
