package scoring

// Gap is what one leaf lost, or a group of alternatives of which a lesser one counts.
type Gap struct {
	Node   *Node
	Domain string // code of the domain
	Max    Points
	Points Points
	Lost   Points
	Open   bool // lost because it is not answered yet
}

// Gaps explains the way from 100 to the index to the last hundredth:
//
//	100 = Index + Lost + Open + NotAssessed - Rescaled - Bonus + Penalty + Cut
//
// for sets whose total is 100; for others the sum stands for the total of the
// set, with the index in its points.
type Gaps struct {
	Leaves      []Gap  // the leaves that lost something, in the order of the set
	Total       Points // all that the criteria can give
	Base        Points // the points of a full index
	Index       Points // in points of the total
	Lost        Points // by scored leaves
	Open        Points // by leaves without an answer
	NotAssessed Points // maxima of the leaves that are not assessed
	Rescaled    Points // what rescaling gave back
	Bonus       Points
	Penalty     Points
	Cut         Points // what the bounds of the index took (below 0: gave)
}

// GapsOf explains the lost points of a result.
func GapsOf(r *Result) Gaps {
	m := &r.Set.Meta
	g := Gaps{Base: m.Base(), Bonus: r.Bonus, Penalty: r.Penalty}
	for _, d := range r.Set.Criteria {
		g.Total += d.Max
	}
	g.Index = r.Total
	if m.Base() == m.Scale() {
		g.Index = r.Index
	}
	if r.Before != r.Index {
		g.Cut = m.PointsOf(r.Before) - g.Index
	}
	for _, n := range r.Nodes {
		if !n.Node.Leaf() && n.Short > 0 && !n.Idle {
			g.note(Gap{n.Node, n.Domain, n.Short, 0, n.Short, n.State == Open})
		}
		if !n.Node.Leaf() || n.Idle {
			continue
		}
		if n.State == NA {
			g.NotAssessed += n.Max
			continue
		}
		g.note(Gap{n.Node, n.Domain, n.Applicable, n.Points, n.Applicable - n.Points, n.State == Open})
	}
	g.Rescaled = g.Index + g.Lost + g.Open + g.NotAssessed - g.Bonus + g.Penalty + g.Cut - g.Total
	return g
}

// note counts what was lost.
func (g *Gaps) note(x Gap) {
	if x.Open {
		g.Open += x.Lost
	} else {
		g.Lost += x.Lost
	}
	if x.Lost > 0 {
		g.Leaves = append(g.Leaves, x)
	}
}
