package scoring

import (
	"fmt"
	"strings"
)

// TakeHighest lets only the highest of several alternatives count.
const TakeHighest = "highest"

// Checklist adds the points of the items that are met.
type Checklist struct {
	Items []Item `json:"items"`
	// Take is "" for the sum, TakeHighest where only the best item that is met counts.
	Take string `json:"take,omitempty"`
	// Capped says that the items may add up to more than the maximum, at which the
	// points stop.
	Capped bool `json:"capped,omitempty"`
	Words
}

// Item is one line of a checklist.
type Item struct {
	Label  string `json:"label"`
	Points Points `json:"points"`
}

// Kind returns KindChecklist.
func (*Checklist) Kind() Kind { return KindChecklist }

// Inputs returns "checked".
func (*Checklist) Inputs() []string { return []string{"checked"} }

// Lines names the items, then how they count together.
func (r *Checklist) Lines(n *Node) []RuleLine {
	var out []RuleLine
	for i := range r.Items {
		out = append(out, RuleLine{r.Items[i].Label, &r.Items[i].Points})
	}
	switch {
	case r.Take == TakeHighest:
		out = append(out, RuleLine{Text: "Chỉ tính nội dung có điểm cao nhất"})
	case r.Capped:
		out = append(out, RuleLine{Text: "Cộng các nội dung, nhiều nhất " + n.Max.String()})
	}
	return out
}

func (r *Checklist) check(n *Node, _ *Set, fault func(string, ...any)) {
	if len(r.Items) == 0 {
		fault("danh sách nội dung còn trống")
		return
	}
	best, sum := r.Items[0].Points, Points(0)
	for i, item := range r.Items {
		n.tooLow(item.Points, fmt.Sprintf("nội dung thứ %d", i+1), fault)
		sum += max(item.Points, 0)
		best = max(best, item.Points)
	}
	switch {
	case !validTake(r.Take):
		fault("cách lấy điểm «%s» không có; để trống hoặc chọn lấy cao nhất", clip(r.Take))
	case r.Take == TakeHighest:
		reaches(n, best, "điểm của nội dung cao nhất", fault)
	case !r.Capped:
		reaches(n, sum, "tổng điểm các nội dung", fault)
	case sum < n.Max:
		fault("tổng điểm các nội dung là %s, không tới điểm tối đa %s", sum.String(), n.Max.String())
	}
}

func validTake(s string) bool { return s == "" || s == TakeHighest }

func (r *Checklist) score(_ *Node, a *Answer, _ *scene) (outcome, error) {
	if len(a.Checked) != len(r.Items) {
		return outcome{}, fmt.Errorf("cần đánh dấu đủ %d nội dung, phiếu có %d", len(r.Items), len(a.Checked))
	}
	var met []string
	var sum, best Points
	for i, item := range r.Items {
		if a.Checked[i] {
			if len(met) == 0 || item.Points > best {
				best = item.Points
			}
			sum += item.Points
			met = append(met, item.Points.String())
		}
	}
	head := fmt.Sprintf("đạt %d/%d nội dung", len(met), len(r.Items))
	switch {
	case len(met) == 0:
		return fixed(0, "không đạt nội dung nào"), nil
	case r.Take == TakeHighest:
		return fixed(best, "%s, lấy nội dung cao nhất: %s", head, best), nil
	}
	return fixed(sum, "%s: %s = %s", head, strings.Join(met, " + "), sum), nil
}
