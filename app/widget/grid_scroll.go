package widget

import "fyne.io/fyne/v2"

// barSize is the width of the scroll bars.
const barSize = 12

// bodySize returns the room of the rows.
func (g *Grid) bodySize() fyne.Size {
	s := g.Size()
	s.Height -= g.headerHeight()
	s.Width -= barSize
	if g.across > s.Width+0.5 {
		s.Height -= barSize
	}
	return fyne.NewSize(max(s.Width, 0), max(s.Height, 0))
}

// The place in the rows is a row number and the pixels of that row above the
// edge. Heights of a million rows do not fit a float32, so that whole heights
// are computed in float64 only.

// maxScroll returns the place at which the last row ends at the lower edge.
func (g *Grid) maxScroll() (top int, offset float32) {
	over := float64(g.Len())*float64(g.rowHeight()) - float64(g.bodySize().Height)
	if over <= 0 {
		return 0, 0
	}
	top = int(over / float64(g.rowHeight()))
	return top, float32(over - float64(top)*float64(g.rowHeight()))
}

func (g *Grid) clampScroll() {
	if g.top < 0 {
		g.top, g.offset = 0, 0
	}
	top, offset := g.maxScroll()
	if g.top > top || g.top == top && g.offset > offset {
		g.top, g.offset = top, offset
	}
}

// ScrollBy moves the rows by pixels, down for a positive number.
func (g *Grid) ScrollBy(dy float32) {
	h := g.rowHeight()
	off := float64(g.offset) + float64(dy)
	rows := int(off / float64(h))
	if off < 0 && off != float64(rows)*float64(h) {
		rows--
	}
	g.top += rows
	g.offset = float32(int(off - float64(rows)*float64(h) + 0.5))
	if g.offset >= h {
		g.top++
		g.offset = 0
	}
	g.clampScroll()
	g.scrolled()
}

// ScrollTo brings a row into view with as little movement as possible.
func (g *Grid) ScrollTo(row int) {
	row = min(max(row, 0), g.Len()-1)
	h := g.rowHeight()
	body := g.bodySize().Height
	switch {
	case row <= g.top:
		if row < g.top || g.offset > 0 {
			g.top, g.offset = row, 0
		}
	case float64(row-g.top+1)*float64(h)-float64(g.offset) > float64(body):
		// The row ends at the lower edge.
		over := float64(row+1)*float64(h) - float64(body)
		g.top = int(over / float64(h))
		g.offset = float32(over - float64(g.top)*float64(h))
	default:
		return
	}
	g.clampScroll()
	g.scrolled()
}

func (g *Grid) scrolled() {
	hideTip()
	if g.view != nil {
		g.view.place()
	}
}

// VisibleRows returns the first row in view and the row behind the last one.
func (g *Grid) VisibleRows() (from, to int) {
	body := g.bodySize().Height
	rows := int((body+g.offset)/g.rowHeight() + 0.999)
	return g.top, min(g.top+rows, g.Len())
}

// pageRows is how far PageUp and PageDown go.
func (g *Grid) pageRows() int { return max(1, int(g.bodySize().Height/g.rowHeight())-1) }

// thumb returns place and length of the vertical scroll bar's handle, from the
// upper end of its track; length 0 means that everything is in view.
func (g *Grid) thumb() (at, length float32) {
	return handle(float64(g.top)*float64(g.rowHeight())+float64(g.offset), float64(g.Len())*float64(g.rowHeight()), float64(g.bodySize().Height))
}

// handle returns place and length of the handle of a scroll bar for what is full long, of
// which room is in view from pos on; length 0 means that everything is.
func handle(pos, full, room float64) (at, length float32) {
	if full <= room+0.5 || room <= 0 {
		return 0, 0
	}
	long := max(28, room*room/full)
	return float32(pos / (full - room) * (room - long)), float32(long)
}

// dragThumb moves the rows so that the handle begins at the place.
func (g *Grid) dragThumb(at float32) {
	body := g.bodySize().Height
	_, length := g.thumb()
	if length == 0 || body <= length {
		return
	}
	part := float64(min(max(at/(body-length), 0), 1))
	full := float64(g.Len())*float64(g.rowHeight()) - float64(body)
	pos := part * full
	g.top = int(pos / float64(g.rowHeight()))
	g.offset = float32(int(pos - float64(g.top)*float64(g.rowHeight())))
	if part == 1 {
		g.top, g.offset = g.maxScroll()
	}
	g.clampScroll()
	g.scrolled()
}

// hthumb is thumb for the horizontal bar.
func (g *Grid) hthumb() (at, length float32) {
	return handle(float64(g.hx), float64(g.across), float64(g.bodySize().Width))
}

func (g *Grid) dragHThumb(at float32) {
	room := g.bodySize().Width
	_, length := g.hthumb()
	if length == 0 || room <= length {
		return
	}
	g.scrollAcross(min(max(at/(room-length), 0), 1)*(g.across-room) - g.hx)
}

// scrollAcross moves the columns by pixels.
func (g *Grid) scrollAcross(dx float32) {
	hx := min(max(g.hx+dx, 0), max(0, g.across-g.bodySize().Width))
	hx = float32(int(hx + 0.5))
	if hx != g.hx {
		g.hx = hx
		g.scrolled()
		if g.view != nil {
			g.view.placeHeader()
		}
	}
}

// Scrolled implements fyne.Scrollable: a step of the wheel is three rows.
func (g *Grid) Scrolled(ev *fyne.ScrollEvent) {
	touch()
	if ev.Scrolled.DX != 0 {
		g.scrollAcross(-ev.Scrolled.DX * 2)
	}
	if ev.Scrolled.DY != 0 {
		const notch = 25 // what the driver sends for one step on Windows and Linux
		g.ScrollBy(-ev.Scrolled.DY / notch * 3 * g.rowHeight())
	}
}
