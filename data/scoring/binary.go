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

// Lines names both answers.
func (r *Binary) Lines(*Node) []RuleLine {
	return []RuleLine{{orElse(r.YesLabel, "Có"), &r.Yes}, {orElse(r.NoLabel, "Không"), &r.No}}
}

func (r *Binary) check(n *Node, _ *Set, fault func(string, ...any)) {
	n.tooLow(min(r.Yes, r.No), "câu trả lời", fault)
	reaches(n, max(r.Yes, r.No), "điểm cao nhất của hai câu trả lời", fault)
}

func (r *Binary) score(n *Node, a *Answer, _ *scene) (outcome, error) {
	lines := r.Lines(n)
	switch {
	case a.Yes == nil:
		return outcome{}, errors.New("cần trả lời có hoặc không")
	case *a.Yes:
		return fixed(r.Yes, "«%s»: %s", lines[0].Text, r.Yes), nil
	}
	return fixed(r.No, "«%s»: %s", lines[1].Text, r.No), nil
}
