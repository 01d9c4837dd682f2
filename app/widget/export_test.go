package widget

// DrawnCells returns how many cells the grid has set since it was shown.
func (g *Grid) DrawnCells() int {
	if g.view == nil {
		return 0
	}
	return g.view.drawn
}
