package widget

import "fyne.io/fyne/v2"

// AcceptsTab implements fyne.Tabbable: Tab goes from cell to cell, and leaves behind the last.
func (g *Grid) AcceptsTab() bool { return g.CellCursor }

// Column returns the column with the cursor.
func (g *Grid) Column() int { return min(max(g.column, 0), max(len(g.columns)-1, 0)) }

// SetCell moves the cursor to a cell and brings it into view.
func (g *Grid) SetCell(row, column int) {
	g.column = min(max(column, 0), max(len(g.columns)-1, 0))
	g.SetCurrent(row)
	g.showColumn()
	g.tellColumn()
}

func (g *Grid) tellColumn() {
	if g.CellCursor && g.OnColumn != nil {
		g.OnColumn()
	}
}

// Edit puts what is typed in over the cell of the cursor; nil takes it away.
func (g *Grid) Edit(o fyne.CanvasObject) {
	g.editor = o
	g.paintRows()
}

// showColumn scrolls until the column of the cursor is in view, right of the first
// one, which stays.
func (g *Grid) showColumn() {
	if g.column >= len(g.ws) || g.column == 0 {
		g.paintRows()
		return
	}
	left, right := g.xs[g.column]-g.ws[0], g.xs[g.column]+g.ws[g.column]
	switch {
	case left < g.hx:
		g.scrollAcross(left - g.hx)
	case right > g.hx+g.bodySize().Width:
		g.scrollAcross(right - g.hx - g.bodySize().Width)
	}
	g.paintRows()
}

// navigateCells moves the cursor between the columns.
func (g *Grid) navigateCells(ev *fyne.KeyEvent) bool {
	row, column, last := max(g.cursor, 0), g.Column(), len(g.columns)-1
	switch ev.Name {
	case fyne.KeyLeft:
		column--
	case fyne.KeyRight:
		column++
	case fyne.KeyHome:
		column = 0
	case fyne.KeyEnd:
		column = last
	case fyne.KeyTab:
		switch {
		case g.shift && column > 0:
			column--
		case g.shift && row > 0:
			row, column = row-1, last
		case !g.shift && column < last:
			column++
		case !g.shift && row+1 < g.Len():
			row, column = row+1, 0
		default: // past the last cell, and before the first one, Tab leaves the grid
			c := fyne.CurrentApp().Driver().CanvasForObject(g)
			if g.shift {
				c.FocusPrevious()
			} else {
				c.FocusNext()
			}
			return true
		}
	default:
		return false
	}
	g.SetCell(row, column)
	return true
}

// placeCell draws the frame of the cell with the cursor, and what is typed in there.
func (r *gridRenderer) placeCell() {
	g := r.g
	at := g.cursor - g.top
	_, to := g.VisibleRows()
	seen := g.CellCursor && g.cursor >= g.top && g.cursor < to && len(g.ws) == len(g.columns) && len(g.columns) > 0
	show(r.frame, seen)
	if g.editor == nil {
		r.over.RemoveAll()
	} else if len(r.over.Objects) == 0 || r.over.Objects[0] != g.editor {
		r.over.Objects = []fyne.CanvasObject{g.editor}
		r.over.Refresh()
	}
	if !seen {
		return
	}
	h := g.rowHeight()
	c := g.Column()
	x, y := g.xs[c]-g.hx, float32(at)*h-g.offset
	if c == 0 {
		x += g.stays()
	}
	role := ColorPrimary
	if !g.focused && g.editor == nil {
		role = ColorLine
	}
	r.frame.StrokeColor = Color(role)
	place(r.frame, x, y, g.ws[c], h)
	r.frame.Refresh()
	if g.editor == nil {
		return
	}
	// What is typed may need more room than the cell; it stays within the grid.
	body := g.bodySize()
	s := g.editor.MinSize()
	w := min(max(g.ws[c], s.Width), body.Width)
	place(g.editor, max(0, min(x, body.Width-w)), max(0, min(y, body.Height-s.Height)), w, max(h, s.Height))
}
