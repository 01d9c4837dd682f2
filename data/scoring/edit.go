package scoring

import (
	"encoding/json"

	"giaoban/data"
)

// Clone returns a copy that may be edited. It is not checked yet.
func (s *Set) Clone() (*Set, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return decodeSet(raw)
}

// CopyToYear returns a copy of the set for another year under another id, its
// title naming that year where it named the old one. Dates
// of steps without a year move by themselves; those with a year are moved too.
func (s *Set) CopyToYear(id string, year int) (*Set, error) {
	c, err := s.Clone()
	if err != nil {
		return nil, err
	}
	if year < data.FirstYear || year > 2200 {
		return nil, invalid("year", "Năm %d không hợp lý. Nhập một năm, ví dụ 2024.", year)
	}
	shift := year - s.Meta.Year
	c.Meta.ID, c.Meta.Year, c.Meta.Title = id, year, inYear(c.Meta.Title, s.Meta.Year, year)
	c.Meta.SubmitBy = moveYear(c.Meta.SubmitBy, shift)
	c.Walk(func(n *Node, _ []*Node) {
		for _, r := range n.rules() {
			if dated, ok := r.(interface{ moveYears(by int) }); ok {
				dated.moveYears(shift)
			}
		}
	})
	return c, nil
}

// Score evaluates one leaf by itself: what an editor tries and a screen shows
// at once. year is that of the sheet, 0 for that of the set. Errors as for
// Evaluate.
func (s *Set) Score(code string, a Answer, year int) (NodeResult, error) {
	return s.ScoreIn(&Sheet{Year: year}, code, a)
}

// ScoreIn is Score beside the other answers of a sheet, for rules that look at them,
// at the unit, at the year before or at the other units.
func (s *Set) ScoreIn(sheet *Sheet, code string, a Answer) (NodeResult, error) {
	n := s.Node(code)
	switch {
	case n == nil:
		return NodeResult{}, fault(code, "mã này không có trong bộ tiêu chí "+clip(s.Meta.ID))
	case !n.Leaf():
		return NodeResult{}, fault(code, "đây là nhóm, điểm là tổng các tiêu chí con, không trả lời trực tiếp")
	}
	e := newEvaluation(s, sheet)
	e.code, e.answer = code, &a
	r := NodeResult{Node: n, Max: n.Max, Applicable: n.Max, Leaves: 1}
	if _, err := e.leaf(n, &r); err != nil {
		return NodeResult{}, fault(code, err.Error())
	}
	switch r.State {
	case NA:
		r.Applicable, r.NALeaves = 0, 1
	case Scored:
		r.ScoredLeaves = 1
	}
	return r, nil
}
