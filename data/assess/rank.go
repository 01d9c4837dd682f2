package assess

import (
	"slices"

	"giaoban/data"
	"giaoban/data/scoring"
)

// Rankings ranks the units of a group, each class of units apart with places of its own
// (see Rank). A group of one class gives one ranking, without a class.
func Rankings(cards []*Card, group string, upTo Round, before map[uint32]Before) []Ranking {
	cards = slices.DeleteFunc(slices.Clone(cards), func(c *Card) bool { return c.Sheet.Group != group })
	var out []Ranking
	for _, part := range data.Apart(cards, func(c *Card) data.Class { return c.Class }) {
		r := Rank(part.List, group, upTo, before)
		r.Class = part.Class
		out = append(out, r)
	}
	return out
}

// Rank orders the units of a group by their index when the rounds up to r were
// held, and at every node by the points there. Units that said nothing yet stand
// last, without a rank. before holds the results of the year before by unit; nil
// for none. All cards must be of one period.
func Rank(cards []*Card, group string, upTo Round, before map[uint32]Before) Ranking {
	r := Ranking{Group: group}
	for _, c := range cards {
		if c.Sheet.Group != group {
			continue
		}
		r.Period, r.Set, r.TieRule = c.Period, c.whole, c.Set.Meta.TieRule
		u := Ranked{Unit: c.Sheet.Unit, Sheet: c.Sheet.ID, Name: c.Name, State: c.Sheet.State, Result: c.Result(upTo)}
		for _, n := range u.Result.Nodes {
			if n.Node.Leaf() && n.State != scoring.Open {
				u.Scored = true
				break
			}
		}
		u.Stage, u.Figures = c.Stage(upTo), c.Set.Figures(c.Answers(upTo))
		u.Done, u.Asked = u.Result.Progress()
		if u.Scored {
			u.Grade = u.Result.Grade
			if upTo >= Second {
				u.Grade = c.Grade()
			}
		}
		if b, ok := before[u.Unit]; ok {
			u.Before = &b
		}
		r.Units = append(r.Units, u)
	}
	if r.Set == nil {
		return r
	}
	r.rankAll()
	r.rankNodes()
	r.countGrades()
	slices.SortStableFunc(r.Units, func(a, b Ranked) int {
		switch {
		case a.Rank == b.Rank:
			return 0
		case a.Rank == 0:
			return 1
		case b.Rank == 0:
			return -1
		}
		return a.Rank - b.Rank
	})
	return r
}

func (r *Ranking) rankAll() {
	var scores []scoring.Points
	var of []int
	for i := range r.Units {
		if r.Units[i].Scored {
			scores, of = append(scores, r.Units[i].Result.Index), append(of, i)
		}
	}
	for place, rank := range scoring.Ranks(scores, r.TieRule) {
		r.Units[of[place]].Rank, r.Units[of[place]].Of = rank, len(scores)
	}
}

// rankNodes ranks by the points of a node, brought to its full maximum where
// parts of it are not assessed.
func (r *Ranking) rankNodes() {
	for i := range r.Units {
		r.Units[i].Nodes = make(map[string]NodeRank, len(r.Units[i].Result.Nodes))
	}
	rescale := r.Set.Meta.NotApplicable.Policy == scoring.ExcludeAndRescale
	count := 0
	r.Set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		at := count
		count++
		var scores []scoring.Points
		var of []int
		for i := range r.Units {
			u := &r.Units[i]
			x := u.Result.Nodes[at]
			u.Nodes[n.Code] = NodeRank{Points: x.Points, Applicable: x.Applicable}
			if !u.Scored || x.State == scoring.NA || x.State == scoring.Open && x.ScoredLeaves+x.NALeaves == 0 {
				continue
			}
			p := x.Points
			if rescale && x.Applicable > 0 && x.Applicable < x.Max {
				p = scoring.Points((int64(p)*int64(x.Max)*2 + int64(x.Applicable)) / (2 * int64(x.Applicable)))
			}
			scores, of = append(scores, p), append(of, i)
		}
		for place, rank := range scoring.Ranks(scores, r.TieRule) {
			u := &r.Units[of[place]]
			node := u.Nodes[n.Code]
			node.Rank, node.Of = rank, len(scores)
			u.Nodes[n.Code] = node
		}
	})
}

func (r *Ranking) countGrades() {
	counts := map[string]int{}
	for _, u := range r.Units {
		if u.Scored {
			counts[u.Grade]++
		}
	}
	for _, g := range r.Set.Meta.Grades {
		r.Grades = append(r.Grades, GradeCount{g.Name, counts[g.Name]})
		delete(counts, g.Name)
	}
	if n := counts[""]; n > 0 {
		r.Grades = append(r.Grades, GradeCount{"", n})
	}
}

// Of returns a unit of the ranking, nil where it is not in it.
func (r *Ranking) Of(unit uint32) *Ranked {
	return data.Find(r.Units, func(x *Ranked) bool { return x.Unit == unit })
}

// Counted returns how many units have a rank.
func (r *Ranking) Counted() (n int) {
	for i := range r.Units {
		if r.Units[i].Rank > 0 {
			n++
		}
	}
	return n
}

// Best returns the unit with the most points at a node, nil where fewer than two have
// points there: one alone is no best.
func (r *Ranking) Best(code string) *Ranked {
	for i := range r.Units {
		if n := r.Units[i].Nodes[code]; n.Rank == 1 && n.Of > 1 {
			return &r.Units[i]
		}
	}
	return nil
}

// BeforeOf turns the rankings of a year into what the next one is compared with.
func BeforeOf(list []Ranking) map[uint32]Before {
	out := map[uint32]Before{}
	for i := range list {
		for _, u := range list[i].Units {
			if u.Scored {
				out[u.Unit] = Before{Index: u.Result.Index, Rank: u.Rank, Of: list[i].Counted()}
			}
		}
	}
	return out
}
