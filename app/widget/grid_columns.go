package widget

import "slices"

// layoutColumns gives every column its width: what the officer set, else its own
// width, and the room left over to those that may grow or shrink.
func (g *Grid) layoutColumns(room float32) {
	n := len(g.columns)
	if len(g.ws) != n {
		g.ws, g.xs = make([]float32, n), make([]float32, n)
	}
	least := make([]float32, n)
	var sum, flex float32
	gone, tight := g.spared(room)
	for i, c := range g.columns {
		least[i] = Scaled(max(c.Min, 40))
		if gone[c.ID] {
			g.ws[i], least[i] = 0, 0
			continue
		}
		if set, ok := g.widths[c.ID]; ok {
			g.ws[i] = Scaled(set)
		} else {
			if c.Flex == 0 || !tight {
				least[i] = max(least[i], g.content[c.ID])
			}
			g.ws[i] = max(Scaled(c.Width), least[i])
			flex += c.Flex
		}
		sum += g.ws[i]
	}
	// Shrinking may meet the least width of a column; the rest is then taken from
	// the others in another round.
	for round := 0; round < n && flex > 0; round++ {
		spare := room - sum
		if spare > -0.5 && spare < 0.5 {
			break
		}
		sum = 0
		var left float32
		for i, c := range g.columns {
			if _, set := g.widths[c.ID]; !set && !gone[c.ID] && c.Flex > 0 && (spare > 0 || g.ws[i] > least[i]) {
				g.ws[i] = max(least[i], g.ws[i]+spare*c.Flex/flex)
				if g.ws[i] > least[i] {
					left += c.Flex
				}
			}
			sum += g.ws[i]
		}
		if spare > 0 {
			break
		}
		flex = left
	}
	var x float32
	for i := range g.ws {
		g.ws[i] = float32(int(g.ws[i]))
		g.xs[i] = x
		x += g.ws[i]
	}
	g.across = x
	g.hx = min(g.hx, max(0, x-room))
}

// spared names the columns for which there is no room even where all are as narrow
// as they may be. A column that the officer gave a width stays. tight tells that the
// others have no room either: what grew with its content gives way again, so that no
// column stands out of sight for it.
func (g *Grid) spared(room float32) (gone map[string]bool, tight bool) {
	var sum float32
	var spare []Column
	for _, c := range g.columns {
		set, ok := g.widths[c.ID]
		switch {
		case ok:
			sum += Scaled(set)
		case c.Flex > 0:
			sum += max(Scaled(max(c.Min, 40)), g.content[c.ID])
		default:
			sum += max(Scaled(max(c.Width, c.Min)), g.content[c.ID])
		}
		if !ok && c.Spare > 0 {
			spare = append(spare, c)
		}
	}
	slices.SortStableFunc(spare, func(a, b Column) int { return a.Spare - b.Spare })
	gone = map[string]bool{}
	for _, c := range spare {
		if sum <= room {
			break
		}
		gone[c.ID] = true
		if c.Flex > 0 {
			sum -= Scaled(max(c.Min, 40))
		} else {
			sum -= Scaled(max(c.Width, c.Min))
		}
	}
	return gone, sum > room
}

// Shows reports whether there is room for a column that goes where there is none.
func (g *Grid) Shows(column string) bool {
	i := slices.IndexFunc(g.columns, func(c Column) bool { return c.ID == column })
	return i >= 0 && (i >= len(g.ws) || g.ws[i] > 0)
}

// stays is how far the first column has moved against the others: it stays in view
// while they scroll to the right, unless it takes half of the room.
func (g *Grid) stays() float32 {
	if g.hx <= 0 || len(g.ws) == 0 || g.ws[0] > g.bodySize().Width/2 {
		return 0
	}
	return g.hx
}

// acrossAt turns x of the body into x of all columns.
func (g *Grid) acrossAt(x float32) float32 {
	if g.stays() > 0 && x < g.ws[0] {
		return x
	}
	return x + g.hx
}

// columnAt returns the column at x of the body, -1 for none.
func (g *Grid) columnAt(x float32) int {
	x = g.acrossAt(x)
	for i := range g.ws {
		if x >= g.xs[i] && x < g.xs[i]+g.ws[i] {
			return i
		}
	}
	return -1
}

// edgeAt returns the column whose right edge is near x of the header, -1 for none.
func (g *Grid) edgeAt(x float32) int {
	x = g.acrossAt(x)
	for i := range g.ws {
		if end := g.xs[i] + g.ws[i]; x > end-5 && x < end+5 {
			return i
		}
	}
	return -1
}

// resizeColumn sets the width of a column in px.
func (g *Grid) resizeColumn(i int, px float32) {
	c := g.columns[i]
	w := max(px/Scaled(100)*100, max(c.Min, 40))
	g.widths[c.ID] = float32(int(w + 0.5))
	g.relayout()
}
