package assess

import (
	"fmt"
	"math/big"

	"giaoban/data"
	"giaoban/data/scoring"
)

// Together evaluates the sheets of a period beside each other, for criteria whose points
// depend on the other units of the group: each sheet again with the figures of the units
// of its group and class. It does nothing under a set without such criteria.
func Together(cards []*Card) error {
	if len(cards) == 0 || len(cards[0].Set.RelativeLeaves()) == 0 {
		return nil
	}
	for _, group := range grouped(cards) {
		for _, c := range group {
			c.peers = map[Round]map[string][]scoring.Number{}
		}
		for _, upTo := range []Round{Self, First, Second} {
			figures := make([]map[string]scoring.Number, len(group))
			for i, c := range group {
				figures[i] = c.Set.Figures(c.Answers(upTo))
			}
			for i, c := range group {
				peers := map[string][]scoring.Number{}
				if len(group) == 1 {
					for code := range figures[i] {
						peers[code] = []scoring.Number{}
					}
				}
				for k := range group {
					for code, x := range figures[k] {
						if k != i {
							peers[code] = append(peers[code], x)
						}
					}
				}
				c.peers[upTo] = peers
			}
		}
		for _, c := range group {
			if err := c.evaluateAll(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Remember gives the card what the unit answered the year before, for rules that ask it.
func (c *Card) Remember(last map[string]scoring.Answer) error {
	c.last = last
	return c.evaluateAll()
}

// AsLastYear returns the answers that count, each with the points that it got: what the
// year after asks for.
func (c *Card) AsLastYear() map[string]scoring.Answer {
	out := c.Answers(Second).Answers
	for _, n := range c.Final.Nodes {
		if n.State != scoring.Scored {
			continue
		}
		a := out[n.Node.Code]
		points := n.Points
		a.Points = &points
		out[n.Node.Code] = a
	}
	return out
}

// grouped parts cards by their group and the class of their unit.
func grouped(cards []*Card) [][]*Card {
	var names []string
	by := map[string][]*Card{}
	for _, c := range cards {
		if by[c.Sheet.Group] == nil {
			names = append(names, c.Sheet.Group)
		}
		by[c.Sheet.Group] = append(by[c.Sheet.Group], c)
	}
	var out [][]*Card
	for _, name := range names {
		for _, part := range data.Apart(by[name], func(c *Card) data.Class { return c.Class }) {
			out = append(out, part.List)
		}
	}
	return out
}

// Order says how the points that depend on the group came about, in the order in which
// they were computed; nil for a set without such criteria.
func (r *Ranking) Order() []string {
	var out []string
	for _, code := range r.Set.RelativeLeaves() {
		figure := scoring.Short
		if x, ok := r.Set.Node(code).Rule.(*scoring.Relative); ok {
			figure = x.Short
		}
		var low, high *big.Rat
		var lowest, highest, why string
		n := 0
		for i := range r.Units {
			u := &r.Units[i]
			x, ok := u.Figures[code]
			if !ok {
				continue
			}
			n++
			if at := u.Result.Node(code); at != nil {
				why = at.Why
			}
			y := x.Rat()
			if low == nil || y.Cmp(low) < 0 {
				low, lowest = y, u.Name
			}
			if high == nil || y.Cmp(high) > 0 {
				high, highest = y, u.Name
			}
		}
		switch n {
		case 0:
			out = append(out, fmt.Sprintf("Tiêu chí %s: chưa đơn vị nào có số liệu.", code))
			continue
		case 1:
			out = append(out, fmt.Sprintf("Tiêu chí %s: mới có số liệu của %s (%s). %s: %s.", code, lowest, figure(low), r.Set.Node(code).Way(), why))
			continue
		}
		out = append(out, fmt.Sprintf("Tiêu chí %s: số liệu của %d đơn vị, thấp nhất %s (%s), cao nhất %s (%s). %s.", code, n,
			figure(low), lowest, figure(high), highest, r.Set.Node(code).Way()))
	}
	if len(out) > 0 {
		out = append([]string{"Thứ tự tính: số liệu của từng đơn vị; thấp nhất và cao nhất của nhóm; điểm tiêu chí theo nhóm; cộng điểm; xếp hạng."}, out...)
	}
	return out
}
