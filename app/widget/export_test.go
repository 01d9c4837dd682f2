package widget

import "fyne.io/fyne/v2/canvas"

// DrawnCells returns how many cells the grid has set since it was shown.
func (g *Grid) DrawnCells() int {
	if g.view == nil {
		return 0
	}
	return g.view.drawn
}

// TipText returns the text of the tooltip that shows now, "" when none does.
func TipText() string {
	if tip.box == nil {
		return ""
	}
	s := ""
	for _, o := range tip.box.Objects {
		if t, ok := o.(*canvas.Text); ok {
			if s != "" {
				s += " "
			}
			s += t.Text
		}
	}
	return s
}

// Offering returns what is offered now.
func (f *SearchField) Offering() []Option { return f.offers }
