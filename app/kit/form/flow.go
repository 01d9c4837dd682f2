package form

import (
	"fyne.io/fyne/v2"

	"giaoban/app/widget"
)

// flow lays fields in rows of twelve columns; a field that has no room left
// begins a new row. Where the form is narrow small fields take twice their
// columns, unless they say how many.
type flow struct {
	spans map[fyne.CanvasObject][2]int // wide and narrow
	width float32                      // 0 until it was laid out
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
	switch {
	case f.width == 0 || f.width >= widget.Scaled(flowNarrow):
		return n[0]
	case n[1] > 0:
		return n[1]
	case n[0] <= flowSmall:
		return 2 * n[0]
	}
	return n[0]
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
