package scoring

import (
	"fmt"

	"giaoban/data/text"
)

// Free gives what a council decides within bounds: «Hội đồng cho từ 0 đến 5 điểm».
type Free struct {
	By    string  `json:"by,omitempty"`    // who decides
	Least *Points `json:"least,omitempty"` // nil for nought
	Step  *Points `json:"step,omitempty"`  // points come in multiples of it; nil for any
	Words
}

// Kind returns KindFree.
func (*Free) Kind() Kind { return KindFree }

// Inputs returns "value".
func (*Free) Inputs() []string { return []string{"value"} }

func (r *Free) least(*Node) Points {
	if r.Least == nil {
		return 0
	}
	return *r.Least
}

func (r *Free) by() string { return orElse(r.By, "Hội đồng thẩm định") }

// Lines tells the bounds and who decides.
func (r *Free) Lines(n *Node) []RuleLine {
	text := fmt.Sprintf("%s cho từ %s đến %s điểm", text.Sentence(r.by()), r.least(n), n.Max)
	if r.Step != nil {
		text += ", mỗi nấc " + r.Step.String()
	}
	return []RuleLine{{Text: orElse(r.Text, text)}}
}

func (r *Free) check(n *Node, _ *Set, fault func(string, ...any)) {
	switch {
	case r.least(n) >= n.Max:
		fault("điểm thấp nhất %s phải nhỏ hơn điểm tối đa %s", r.least(n).String(), n.Max.String())
	case r.Step != nil && *r.Step <= 0:
		fault("nấc điểm phải lớn hơn 0")
	}
}

func (r *Free) score(n *Node, a *Answer, _ *scene) (outcome, error) {
	if a.Value == nil {
		return outcome{}, fmt.Errorf("cần số điểm mà %s cho", r.by())
	}
	var p Points
	if err := p.take(a.Value.Rat()); err != nil {
		return outcome{}, err
	}
	switch {
	case p < r.least(n) || p > n.Max:
		return outcome{}, fmt.Errorf("điểm %s phải từ %s đến %s", p.String(), r.least(n).String(), n.Max.String())
	case r.Step != nil && (p-r.least(n))%*r.Step != 0:
		return outcome{}, fmt.Errorf("điểm %s không theo nấc %s", p.String(), r.Step.String())
	}
	return fixed(p, "%s cho %s trong khoảng %s đến %s", r.by(), p, r.least(n), n.Max), nil
}
