package paper

import "strings"

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

// Field is a line of a form: a label and what was written after it.
type Field struct {
	Label string
	Value string // "" prints dots to be written over
	After string // stands after the value, such as "(bộ)"
	Bold  bool   // of the value
	Lines int    // lines of dots for an unknown value, 0 for one
}

// Fields writes fields side by side in columns of one width. One field alone
// flows over pages as text does.
func (d *Document) Fields(fields ...Field) {
	d.start()
	if d.stopped() || len(fields) == 0 {
		return
	}
	const before = 2.5
	step := d.body * leading
	if len(fields) == 1 {
		f := fields[0]
		if f.Value != "" {
			d.put(paragraph{runs: f.runs(), size: d.body, align: Left, before: before})
			return
		}
	}
	gap := 3 * mm
	room := (d.right - d.left - gap*float64(len(fields)-1)) / float64(len(fields))
	sets := make([][]textLine, len(fields))
	rows := 0
	for i, f := range fields {
		sets[i] = breakLines(f.runs(), d.body, room, room)
		if f.Value == "" {
			rows = max(rows, f.Lines)
		}
		rows = max(rows, len(sets[i]))
	}
	height := step * float64(rows)
	if len(fields) > 1 && height > (d.bottom-d.top)/3 {
		for _, f := range fields {
			d.Fields(f)
		}
		return
	}
	if !d.release(before + height) {
		return
	}
	if !d.fresh {
		d.y += before
	}
	for i, f := range fields {
		x, y := d.left+(room+gap)*float64(i), d.y+step*0.8
		for k, l := range sets[i] {
			d.setLine(l, x, y+step*float64(k), room, d.body, Left, 0)
		}
		if f.Value != "" {
			continue
		}
		k := len(sets[i]) - 1
		after := oneLine(f.After)
		end := x + room
		if after != "" {
			w := d.width(after, regular, d.body)
			d.c.text(end-w, y+step*float64(k), after, regular, d.body, 0, w)
			end -= w + d.width(" ", regular, d.body)
		}
		d.dots(x+sets[i][k].width+d.width(" ", regular, d.body), end, y+step*float64(k))
		for k++; k < f.Lines; k++ {
			d.dots(x, x+room, y+step*float64(k))
		}
	}
	d.y += height
	d.fresh = false
}

// runs returns label, value and what stands after it; the dots of an unknown
// value are drawn apart.
func (f Field) runs() []Run {
	if f.Value == "" {
		return []Run{{Text: f.Label}}
	}
	runs := []Run{{Text: f.Label + " "}, {Text: f.Value, Bold: f.Bold}}
	if f.After != "" {
		runs = append(runs, Run{Text: " " + f.After})
	}
	return runs
}

// dots draws a line of dots from x0 to x1.
func (d *Document) dots(x0, x1, y float64) {
	w := d.width(".", regular, d.body)
	if n := int((x1 - x0) / w); n > 0 {
		d.c.text(x1-w*float64(n), y, strings.Repeat(".", n), regular, d.body, 0, w*float64(n))
	}
}

// Dots writes lines of dots over the full width.
func (d *Document) Dots(lines int) {
	for range lines {
		d.Fields(Field{})
	}
}
