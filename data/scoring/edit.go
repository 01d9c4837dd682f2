package scoring

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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
	c.Walk(func(n *Node, _ []*Node) {
		t, ok := n.Rule.(*Tiers)
		if !ok {
			return
		}
		for i, tier := range t.Tiers {
			if tier.Until == nil {
				continue
			}
			if m := untilForm.FindStringSubmatch(*tier.Until); m != nil && m[1] != "" {
				moved := fmt.Sprintf("%04d-%s-%s", atoi(m[1])+shift, m[2], m[3])
				if !data.ValidDate(atoi(m[1])+shift, atoi(m[2]), atoi(m[3])) {
					moved = fmt.Sprintf("%04d-02-28", atoi(m[1])+shift) // 29 February is the only date that other years lack
				}
				t.Tiers[i].Until = &moved
			}
		}
	})
	return c, nil
}

// Sum returns the maximum that the children of a node add up to; of "" that of
// the domains. An editor offers it where a maximum does not fit.
func (s *Set) Sum(code string) (sum Points) {
	list, _ := s.children(code)
	if list == nil {
		return 0
	}
	for _, n := range *list {
		sum += n.Max
	}
	return sum
}

func (s *Set) children(code string) (*[]*Node, error) {
	if code == "" {
		return &s.Criteria, nil
	}
	n := s.Node(code)
	if n == nil {
		return nil, fault(code, "mã này không có trong bộ tiêu chí "+clip(s.Meta.ID))
	}
	return &n.Children, nil
}

// parent returns the list that holds a node, and its place in it.
func (s *Set) parent(code string) (list *[]*Node, place int, above *Node, err error) {
	if i := slices.IndexFunc(s.Criteria, func(n *Node) bool { return n.Code == code }); i >= 0 {
		return &s.Criteria, i, nil, nil
	}
	s.Walk(func(n *Node, _ []*Node) {
		if i := slices.IndexFunc(n.Children, func(c *Node) bool { return c.Code == code }); i >= 0 && list == nil {
			list, place, above = &n.Children, i, n
		}
	})
	if list == nil {
		return nil, 0, nil, fault(code, "mã này không có trong bộ tiêu chí "+clip(s.Meta.ID))
	}
	return list, place, above, nil
}

// codeFree refuses an empty code and one that is in use.
func (s *Set) codeFree(code string) error {
	if strings.TrimSpace(code) == "" {
		return invalid("", "Tiêu chí chưa có mã. Nhập mã, ví dụ 1.2.3.")
	}
	taken := s.Node(code) != nil
	for _, list := range [][]*Adjust{s.Bonus, s.Penalty} {
		taken = taken || slices.ContainsFunc(list, func(a *Adjust) bool { return a.Code == code })
	}
	if taken {
		return fault(code, "mã này đã dùng; chọn mã khác")
	}
	return nil
}

// AddNode puts a node below another ("" for a new domain) before the place; a
// place beyond the end appends. A leaf that gets children must lose its rule
// first.
func (s *Set) AddNode(parent string, place int, n *Node) error {
	if err := s.codeFree(n.Code); err != nil {
		return err
	}
	list, err := s.children(parent)
	if err != nil {
		return err
	}
	if above := s.Node(parent); above != nil && above.Rule != nil {
		return fault(parent, "đang có cách chấm nên không nhận tiêu chí con; bỏ cách chấm trước")
	}
	s.checked = false
	*list = slices.Insert(*list, max(0, min(place, len(*list))), n)
	return nil
}

// RemoveNode takes a node out with all below it. The last domain stays.
func (s *Set) RemoveNode(code string) error {
	list, place, _, err := s.parent(code)
	if err != nil {
		return err
	}
	if list == &s.Criteria && len(s.Criteria) == 1 {
		return fault(code, "đây là lĩnh vực duy nhất, bộ tiêu chí phải còn ít nhất một lĩnh vực")
	}
	s.checked = false
	*list = slices.Delete(*list, place, place+1)
	return nil
}

// MoveNode moves a node with all below it to a place below another node ("" for
// the domains). Codes stay: see Recode.
func (s *Set) MoveNode(code, parent string, place int) error {
	from, at, _, err := s.parent(code)
	if err != nil {
		return err
	}
	n := (*from)[at]
	inside := false
	walkNode(n, func(x *Node) { inside = inside || x.Code == parent })
	if inside && parent != "" {
		return fault(code, "không thể chuyển vào bên trong chính nó")
	}
	to, err := s.children(parent)
	if err != nil {
		return err
	}
	if above := s.Node(parent); above != nil && above.Rule != nil {
		return fault(parent, "đang có cách chấm nên không nhận tiêu chí con; bỏ cách chấm trước")
	}
	if from == &s.Criteria && to != from && len(s.Criteria) == 1 {
		return fault(code, "đây là lĩnh vực duy nhất, bộ tiêu chí phải còn ít nhất một lĩnh vực")
	}
	s.checked = false
	*from = slices.Delete(*from, at, at+1)
	*to = slices.Insert(*to, max(0, min(place, len(*to))), n)
	return nil
}

func walkNode(n *Node, visit func(*Node)) {
	visit(n)
	for _, c := range n.Children {
		walkNode(c, visit)
	}
}

// Recode gives a node another code; the codes below it that begin with the old
// one, and the bonus and penalty lists, follow.
func (s *Set) Recode(code, to string) error {
	n := s.Node(code)
	if n == nil {
		return fault(code, "mã này không có trong bộ tiêu chí "+clip(s.Meta.ID))
	}
	if to == code {
		return nil
	}
	moved := map[string]string{}
	walkNode(n, func(x *Node) {
		switch {
		case x == n:
			moved[x.Code] = to
		case strings.HasPrefix(x.Code, code+"."):
			moved[x.Code] = to + strings.TrimPrefix(x.Code, code)
		}
	})
	for _, next := range moved {
		if _, same := moved[next]; same {
			continue
		}
		if err := s.codeFree(next); err != nil {
			return err
		}
	}
	s.checked = false
	walkNode(n, func(x *Node) {
		if next, ok := moved[x.Code]; ok {
			x.Code = next
		}
	})
	for _, list := range [][]*Adjust{s.Bonus, s.Penalty} {
		for _, a := range list {
			if next, ok := moved[a.Domain]; ok {
				a.Domain = next
			}
		}
	}
	return nil
}

// SetRule gives a leaf another rule, or turns it into a group with nil.
func (s *Set) SetRule(code string, r Rule) error {
	n := s.Node(code)
	switch {
	case n == nil:
		return fault(code, "mã này không có trong bộ tiêu chí "+clip(s.Meta.ID))
	case r != nil && len(n.Children) > 0:
		return fault(code, "đang có tiêu chí con nên không có cách chấm riêng")
	}
	s.checked = false
	n.Rule = r
	return nil
}

// SetMax gives a node another maximum. With follow the nodes above get what
// their children then add up to.
func (s *Set) SetMax(code string, points Points, follow bool) error {
	n := s.Node(code)
	switch {
	case n == nil:
		return fault(code, "mã này không có trong bộ tiêu chí "+clip(s.Meta.ID))
	case points <= 0 || points > maxPoints:
		return fault(code, "điểm tối đa phải lớn hơn 0")
	}
	s.checked = false
	n.Max = points
	if !follow {
		return nil
	}
	for {
		_, _, above, err := s.parent(code)
		if err != nil {
			return err
		}
		if above == nil {
			s.Meta.Total = s.Sum("")
			return nil
		}
		above.Max = s.Sum(above.Code)
		code = above.Code
	}
}

// PutAdjust adds a bonus or a penalty, or replaces the one of its code.
func (s *Set) PutAdjust(bonus bool, a *Adjust) error {
	list := &s.Penalty
	if bonus {
		list = &s.Bonus
	}
	if i := slices.IndexFunc(*list, func(x *Adjust) bool { return x.Code == a.Code }); i >= 0 {
		(*list)[i] = a
	} else {
		if err := s.codeFree(a.Code); err != nil {
			return err
		}
		*list = append(*list, a)
	}
	s.checked = false
	return nil
}

// RemoveAdjust takes a bonus or penalty out.
func (s *Set) RemoveAdjust(code string) error {
	for _, list := range []*[]*Adjust{&s.Bonus, &s.Penalty} {
		if i := slices.IndexFunc(*list, func(a *Adjust) bool { return a.Code == code }); i >= 0 {
			*list = slices.Delete(*list, i, i+1)
			s.checked = false
			return nil
		}
	}
	return invalid(code, "Không có điểm thưởng, điểm trừ mã %s.", clip(code))
}

// EmptyRule returns an empty rule of a kind, for an editor.
func EmptyRule(k Kind) (Rule, error) {
	r, err := newRule(k)
	if err != nil {
		return nil, invalid("", "%s.", err)
	}
	return r, nil
}

// Score evaluates one leaf by itself: what an editor tries and a screen shows
// at once. year is that of the sheet, 0 for that of the set. Errors as for
// Evaluate.
func (s *Set) Score(code string, a Answer, year int) (NodeResult, error) {
	n := s.Node(code)
	switch {
	case n == nil:
		return NodeResult{}, fault(code, "mã này không có trong bộ tiêu chí "+clip(s.Meta.ID))
	case !n.Leaf():
		return NodeResult{}, fault(code, "đây là nhóm, điểm là tổng các tiêu chí con, không trả lời trực tiếp")
	}
	if year == 0 {
		year = s.Meta.Year
	}
	e := &evaluation{set: s, sheet: &Sheet{Answers: map[string]Answer{code: a}}, year: year, out: &Result{Set: s}}
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
