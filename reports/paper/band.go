package paper

// BandLine is one text of a band column.
type BandLine struct {
	Text         string
	Size         float64
	Bold, Italic bool
	Align        Align
	Before       float64 // gap above, points
	// Rule draws a line below as long as this part of the text's longest line;
	// 0 for none.
	Rule float64
	// Blank leaves this many millimetres instead of a text.
	Blank float64
}

// BandColumn is a column of a band; Width is in millimetres.
type BandColumn struct {
	Width float64
	Lines []BandLine
}

// Band sets columns of lines side by side, such as a letterhead. It is never
// split; with keep it stays with what follows.
func (d *Document) Band(keep bool, before float64, columns ...BandColumn) {
	d.start()
	if d.stopped() {
		return
	}
	type set struct {
		x, y, room float64
		line       BandLine
		lines      []textLine
		height     float64
	}
	var sets []set
	height, x := 0.0, 0.0
	for _, col := range columns {
		y := 0.0
		for _, l := range col.Lines {
			if l.Blank > 0 {
				y += l.Blank * mm
				continue
			}
			room := col.Width * mm
			lines := breakLines([]Run{{l.Text, l.Bold, l.Italic}}, l.Size, room, room)
			y += l.Before
			h := l.Size * 1.16 * float64(len(lines))
			if l.Rule > 0 {
				h += 4
			}
			sets = append(sets, set{x, y, room, l, lines, h})
			y += h
		}
		height = max(height, y)
		x += col.Width * mm
	}
	draw := func(y0 float64) {
		for _, s := range sets {
			y, widest, left, right := y0+s.y, 0.0, d.left+s.x, d.left+s.x+s.room
			for _, l := range s.lines {
				d.setLine(l, left, y+s.line.Size*0.92, s.room, s.line.Size, s.line.Align, 0)
				y += s.line.Size * 1.16
				widest = max(widest, l.width)
			}
			if s.line.Rule > 0 {
				w := widest * s.line.Rule
				mid := (left + right) / 2
				if s.line.Align == Left {
					mid = left + widest/2
				}
				d.c.line(mid-w/2, y+2, mid+w/2, y+2, 0.6)
			}
		}
	}
	if keep {
		d.hold(before, height, draw)
		return
	}
	gap := before
	if d.fresh && len(d.held) == 0 {
		gap = 0
	}
	if !d.release(gap + height) {
		return
	}
	if !d.fresh {
		d.y += gap
	}
	draw(d.y)
	d.y += height
	d.fresh = false
}
