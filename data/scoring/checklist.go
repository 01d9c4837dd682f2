package scoring

import "fmt"

// Checklist adds the points of the items that are met.
type Checklist struct {
	Items []Item `json:"items"`
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

func (r *Checklist) check(n *Node, fault func(string, ...any)) {
	if len(r.Items) == 0 {
		fault("danh sách nội dung còn trống")
		return
	}
	var sum Points
	for i, item := range r.Items {
		if item.Points < 0 {
			fault("nội dung thứ %d có điểm âm", i+1)
		}
		sum += item.Points
	}
	reaches(n, sum, "tổng điểm các nội dung", fault)
}

func (r *Checklist) score(_ *Node, a *Answer, _ int) (outcome, error) {
	if len(a.Checked) != len(r.Items) {
		return outcome{}, fmt.Errorf("cần đánh dấu đủ %d nội dung, phiếu có %d", len(r.Items), len(a.Checked))
	}
	var sum Points
	for i, item := range r.Items {
		if a.Checked[i] {
			sum += item.Points
		}
	}
	return fixed(sum), nil
}
