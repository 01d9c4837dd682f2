package scoring

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// Deduct starts from full points and takes some off for each event, down to the
// floor: "mỗi báo cáo chậm trừ 0,25, trừ đến hết điểm".
type Deduct struct {
	Start  Points  `json:"start"`
	Floor  Points  `json:"floor"` // may be below nought
	Events []Event `json:"events"`
	Words
}

// Event is something that costs points: the same each time, or by a formula.
type Event struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Points Points `json:"points"` // positive, each time; 0 beside Expr
	// Expr gives what n events cost together: "trễ đến 2 ngày trừ 1, sau đó mỗi
	// ngày 1" is if(n = 0; 0; 1 + max(0; n - 2)).
	Expr string `json:"expr,omitempty"`
}

// Kind returns KindDeduct.
func (*Deduct) Kind() Kind { return KindDeduct }

// Inputs returns "events".
func (*Deduct) Inputs() []string { return []string{"events"} }

func (r *Deduct) least(*Node) Points { return r.Floor }

// Lines names where the points begin, and what each event costs.
func (r *Deduct) Lines(*Node) []RuleLine {
	out := []RuleLine{{Text: fmt.Sprintf("Điểm ban đầu %s, trừ đến %s", r.Start, r.Floor)}}
	for _, e := range r.Events {
		if e.Expr != "" {
			out = append(out, RuleLine{Text: fmt.Sprintf("%s: n lần, n ngày trừ: %s", e.Label, formulaWords(e.Expr))})
			continue
		}
		less := -e.Points
		out = append(out, RuleLine{e.Label, &less})
	}
	return out
}

func (r *Deduct) check(n *Node, _ *Set, fault func(string, ...any)) {
	reaches(n, r.Start, "điểm ban đầu", fault)
	if r.Floor > r.Start {
		fault("điểm thấp nhất %s lớn hơn điểm ban đầu %s", r.Floor.String(), r.Start.String())
	}
	if len(r.Events) == 0 {
		fault("danh sách lỗi bị trừ điểm còn trống")
	}
	seen := map[string]bool{}
	for i, e := range r.Events {
		name := clip(orElse(e.Label, e.ID))
		switch {
		case e.ID == "":
			fault("lỗi thứ %d chưa có mã", i+1)
		case seen[e.ID]:
			fault("mã lỗi «%s» dùng hai lần", clip(e.ID))
		case e.Expr != "" && e.Points != 0:
			fault("lỗi «%s» vừa có số điểm trừ vừa có công thức; để lại một", name)
		case e.Expr != "":
			if _, err := countFormula(e.Expr, n.Max); err != nil {
				fault("lỗi «%s»: %s", name, err)
			}
		case e.Points <= 0:
			fault("điểm trừ của lỗi «%s» phải lớn hơn 0", name)
		}
		seen[e.ID] = true
	}
}

func (r *Deduct) score(n *Node, a *Answer, _ *scene) (outcome, error) {
	if a.Events == nil {
		return outcome{}, fmt.Errorf("cần số lần của từng lỗi")
	}
	known := map[string]bool{}
	left := r.Start.rat()
	why := []string{r.Start.String()}
	for _, e := range r.Events {
		known[e.ID] = true
		times := a.Events[e.ID]
		if times <= 0 {
			continue
		}
		label := orElse(e.Label, e.ID)
		less := new(big.Rat).Mul(e.Points.rat(), new(big.Rat).SetInt64(times))
		words := fmt.Sprintf("%d × %s (%s)", times, e.Points, label)
		if e.Expr != "" {
			f, err := countFormula(e.Expr, n.Max)
			if err != nil {
				return outcome{}, err
			}
			if less, err = f(big.NewRat(times, 1)); err != nil {
				return outcome{}, fmt.Errorf("lỗi «%s»: %w", clip(label), err)
			}
			words = fmt.Sprintf("%s (%s: n = %d)", shortRat(less), label, times)
		}
		left.Sub(left, less)
		why = append(why, words)
	}
	for _, id := range slices.Sorted(maps.Keys(a.Events)) {
		if !known[id] {
			return outcome{}, fmt.Errorf("không có lỗi «%s» trong cách chấm", clip(id))
		}
		if a.Events[id] < 0 {
			return outcome{}, fmt.Errorf("số lần của lỗi «%s» không được âm", clip(id))
		}
	}
	if len(why) == 1 {
		return scored(left, "không có lỗi nào: %s", r.Start), nil
	}
	text := strings.Join(why, " – ") + " = " + shortRat(left)
	if floor := r.Floor.rat(); left.Cmp(floor) < 0 {
		left = floor
		text += ", thấp nhất " + r.Floor.String()
	}
	return scored(left, "%s", text), nil
}
