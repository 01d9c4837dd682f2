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
	// Blank leaves this many millimetres instead of a text. Bars or QR are drawn in
	// that height: a Code 128 or a QR code of the text, with its quiet zones. A
	// code that cannot be drawn large enough to be read leaves no room.
	Blank    float64
	Bars, QR string
}

// BandColumn is a column of a band; Width is in millimetres.
type BandColumn struct {
	Width float64
	Lines []BandLine
}

// bandSet is a laid-out line of a column.
type bandSet struct {
	y      float64 // from the top of the column
	line   BandLine
	lines  []textLine
	code   symbol
	height float64
}

// layBand sets the lines of a column of room points and returns its height.
func layBand(lines []BandLine, room float64) (sets []bandSet, height float64) {
	for _, l := range lines {
		if l.Blank > 0 {
			set := bandSet{y: height, line: l, height: l.Blank * mm}
			switch {
			case l.Bars != "":
				set.code = barcode(l.Bars, room, l.Blank*mm)
			case l.QR != "":
				set.code = qrCode(l.QR, min(room, l.Blank*mm))
			}
			if l.Bars+l.QR != "" {
				if set.code.rects == nil {
					continue
				}
				set.y += l.Before
				sets = append(sets, set)
			}
			height += l.Before + l.Blank*mm
			continue
		}
		set := bandSet{line: l, lines: breakLines([]Run{{l.Text, l.Bold, l.Italic}}, l.Size, room, room)}
		height += l.Before
		set.y, set.height = height, l.Size*1.16*float64(len(set.lines))
		if l.Rule > 0 {
			set.height += 4
		}
		sets = append(sets, set)
		height += set.height
	}
	return sets, height
}

// drawBand draws a column with its top left corner at left, top.
func (d *Document) drawBand(sets []bandSet, left, top, room float64) {
	for _, s := range sets {
		y, widest, right := top+s.y, 0.0, left+room
		if s.code.rects != nil {
			x := left
			switch s.line.Align {
			case Center:
				x += (room - s.code.w) / 2
			case Right:
				x += room - s.code.w
			}
			d.c.bars(s.code.at(x, y))
			continue
		}
		for _, l := range s.lines {
			d.setLine(l, left, y+s.line.Size*0.92, room, s.line.Size, s.line.Align, 0)
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

// Band sets columns of lines side by side, such as a letterhead. It is never
// split; with keep it stays with what follows.
func (d *Document) Band(keep bool, before float64, columns ...BandColumn) {
	d.start()
	if d.stopped() {
		return
	}
	sets := make([][]bandSet, len(columns))
	height := 0.0
	for i, col := range columns {
		var h float64
		sets[i], h = layBand(col.Lines, col.Width*mm)
		height = max(height, h)
	}
	draw := func(y float64) {
		x := d.left
		for i, col := range columns {
			d.drawBand(sets[i], x, y, col.Width*mm)
			x += col.Width * mm
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
