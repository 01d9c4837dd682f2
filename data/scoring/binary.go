package scoring

import "errors"

// Binary gives one of two points: "Có: 1; không: 0".
type Binary struct {
	Yes      Points `json:"yes"`
	No       Points `json:"no"`
	YesLabel string `json:"yes_label,omitempty"`
	NoLabel  string `json:"no_label,omitempty"`
	Words
}

// Kind returns KindBinary.
func (*Binary) Kind() Kind { return KindBinary }

// Inputs returns "yes".
func (*Binary) Inputs() []string { return []string{"yes"} }

func (r *Binary) check(n *Node, fault func(string, ...any)) {
	if r.Yes < 0 || r.No < 0 {
		fault("điểm của câu trả lời không được âm")
	}
	reaches(n, max(r.Yes, r.No), "điểm cao nhất của hai câu trả lời", fault)
}

func (r *Binary) score(_ *Node, a *Answer, _ int) (outcome, error) {
	switch {
	case a.Yes == nil:
		return outcome{}, errors.New("cần trả lời có hoặc không")
	case *a.Yes:
		return fixed(r.Yes), nil
	}
	return fixed(r.No), nil
}
