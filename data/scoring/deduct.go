package scoring

import (
	"fmt"
	"math/big"
)

// Deduct starts from full points and takes some off for each event, down to the
// floor: "mỗi báo cáo chậm trừ 0,25, trừ đến hết điểm".
type Deduct struct {
	Start  Points  `json:"start"`
	Floor  Points  `json:"floor"`
	Events []Event `json:"events"`
	Words
}

// Event is something that costs points each time.
type Event struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Points Points `json:"points"` // positive
}

// Kind returns KindDeduct.
func (*Deduct) Kind() Kind { return KindDeduct }

// Inputs returns "events".
func (*Deduct) Inputs() []string { return []string{"events"} }

func (r *Deduct) check(n *Node, fault func(string, ...any)) {
	reaches(n, r.Start, "điểm ban đầu", fault)
	if r.Floor < 0 || r.Floor > r.Start {
		fault("điểm thấp nhất %s phải từ 0 đến điểm ban đầu %s", r.Floor.String(), r.Start.String())
	}
	if len(r.Events) == 0 {
		fault("danh sách lỗi bị trừ điểm còn trống")
	}
	seen := map[string]bool{}
	for i, e := range r.Events {
		switch {
		case e.ID == "":
			fault("lỗi thứ %d chưa có mã", i+1)
		case seen[e.ID]:
			fault("mã lỗi «%s» dùng hai lần", clip(e.ID))
		case e.Points <= 0:
			fault("điểm trừ của lỗi «%s» phải lớn hơn 0", clip(orElse(e.Label, e.ID)))
		}
		seen[e.ID] = true
	}
}

func (r *Deduct) score(_ *Node, a *Answer, _ int) (outcome, error) {
	if a.Events == nil {
		return outcome{}, fmt.Errorf("cần số lần của từng lỗi")
	}
	known := map[string]bool{}
	left := r.Start.rat()
	for _, e := range r.Events {
		known[e.ID] = true
		left.Sub(left, new(big.Rat).Mul(e.Points.rat(), new(big.Rat).SetInt64(a.Events[e.ID])))
	}
	for _, id := range sortedKeys(a.Events) {
		if !known[id] {
			return outcome{}, fmt.Errorf("không có lỗi «%s» trong cách chấm", clip(id))
		}
		if a.Events[id] < 0 {
			return outcome{}, fmt.Errorf("số lần của lỗi «%s» không được âm", clip(id))
		}
	}
	if floor := r.Floor.rat(); left.Cmp(floor) < 0 {
		left = floor
	}
	return scored(left), nil
}
