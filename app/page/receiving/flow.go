package receiving

import (
	"fyne.io/fyne/v2"

	"giaoban/app/widget"
)

// flow lays fields in rows of twelve columns; a field that has no room left
// begins a new row. Where the page is narrow small fields take twice their
// columns.
// The owner of the layout says how wide the page is before the heights are asked
// for.
type flow struct {
	spans  map[fyne.CanvasObject]int
	narrow map[fyne.CanvasObject]int // where the page is narrow, in place of the rule
	width  float32
}

const (
	flowColumns = 12
	flowGap     = 12
	flowRow     = 8
	flowNarrow  = 600 // px at 100 %: below it the page is narrow
	flowSmall   = 4   // fields of up to so many columns grow there
)

func (f *flow) span(o fyne.CanvasObject) int {
	n := f.spans[o]
	if n == 0 {
		return flowColumns
	}
	if f.width >= widget.Scaled(flowNarrow) {
		return n
	}
	if narrow := f.narrow[o]; narrow > 0 {
		return narrow
	}
	if n <= flowSmall {
		n *= 2
	}
	return n
}

// each calls fn with the place of every visible object and returns the height
// of all.
func (f *flow) each(objects []fyne.CanvasObject, fn func(o fyne.CanvasObject, pos fyne.Position, size fyne.Size)) float32 {
	unit := (f.width - flowGap*(flowColumns-1)) / flowColumns
	var y float32
	var row []fyne.CanvasObject
	used := 0
	place := func() {
		var height float32
		for _, o := range row {
			height = max(height, o.MinSize().Height)
		}
		x := float32(0)
		for _, o := range row {
			n := float32(f.span(o))
			w := unit*n + flowGap*(n-1)
			if fn != nil {
				fn(o, fyne.NewPos(x, y), fyne.NewSize(w, o.MinSize().Height))
			}
			x += w + flowGap
		}
		if len(row) > 0 {
			y += height + flowRow
		}
		row, used = row[:0], 0
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		n := f.span(o)
		if used+n > flowColumns {
			place()
		}
		row, used = append(row, o), used+n
	}
	place()
	return max(0, y-flowRow)
}

// MinSize implements fyne.Layout.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widget.Scaled(240), f.each(objects, nil))
}

// Layout implements fyne.Layout.
func (f *flow) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.width = s.Width
	f.each(objects, func(o fyne.CanvasObject, pos fyne.Position, size fyne.Size) {
		o.Move(pos)
		o.Resize(size)
	})
}

// columns puts the form at the left and the fixed column at the right.
type columns struct{ form *flow }

// Widths of the right column in px at 100 %; rightInset is the room that scroll
// bars take.
const (
	sideWidth  = 330
	sideLeast  = 302 // on small windows
	rightInset = 14
)

// MinSize implements fyne.Layout.
func (columns) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widget.Scaled(sideWidth)+widget.Scaled(260), widget.Scaled(200))
}

// Layout implements fyne.Layout.
func (c columns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side := min(widget.Scaled(sideWidth), max(widget.Scaled(sideLeast), s.Width*0.42))
	left := max(s.Width-side-16, 0)
	c.form.width = max(left-rightInset, 0)
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(left, s.Height))
	o[1].Move(fyne.NewPos(left+7, 0))
	o[1].Resize(fyne.NewSize(1, s.Height))
	o[2].Move(fyne.NewPos(left+16, 0))
	o[2].Resize(fyne.NewSize(side, s.Height))
}
