package paper

import "fmt"

// GridCell is a framed cell of a grid. Row and Col count from 0 within its
// block; Rows and Cols of 0 mean 1.
type GridCell struct {
	Row, Col, Rows, Cols int
	Lines                []BandLine
	Grey                 float64 // ground: 0 for white, else the grey, 0.92 light
	Top                  bool    // the lines stand at the top, not in the middle
}

// Grid is a table whose cells span rows, such as the hand-overs of a control
// slip. A block is never split over pages; a text that would not fit on a page
// is cut and ends with "…".
type Grid struct {
	Widths []float64 // of the columns; they are stretched to the text area
	Header []GridCell
	Blocks [][]GridCell
	Min    float64 // least height of a row, mm
}

// gridSet is a laid-out block.
type gridSet struct {
	cells []GridCell
	lines [][]bandSet
	text  []float64 // heights of the cells' lines
	rows  []float64 // heights
	all   float64
}

// Grid writes a grid; its header is repeated on each page.
func (d *Document) Grid(g Grid) {
	d.start()
	if d.stopped() || len(g.Widths) == 0 {
		return
	}
	sum := 0.0
	for _, w := range g.Widths {
		sum += w
	}
	x := make([]float64, len(g.Widths)+1)
	x[0] = d.left
	for i, w := range g.Widths {
		x[i+1] = x[i] + w*(d.right-d.left)/sum
	}
	page := d.bottom - d.top
	head := layGrid(g.Header, x, 0, page/3)
	const before = 3
	for i, cells := range g.Blocks {
		set := layGrid(cells, x, g.Min*mm, page-head.all-before)
		need := set.all
		if i == 0 {
			need += head.all + before
		}
		first := i == 0
		if !first && d.y+need > d.bottom+0.01 && !d.fresh {
			d.page()
			first = true
		}
		if !d.release(need) {
			return
		}
		if first {
			if !d.fresh {
				d.y += before
			}
			d.drawGrid(head, x)
		}
		d.drawGrid(set, x)
	}
	d.y += 4
}

// layGrid sets the cells of a block whose rows are at least least high and which
// is at most most high.
func layGrid(cells []GridCell, x []float64, least, most float64) gridSet {
	set := gridSet{cells: cells}
	count := 0
	for i := range cells {
		c := &cells[i]
		c.Rows, c.Cols = max(c.Rows, 1), max(c.Cols, 1)
		count = max(count, c.Row+c.Rows)
	}
	set.rows = make([]float64, count)
	for i := range set.rows {
		set.rows[i] = least
	}
	for _, c := range cells {
		room := x[c.Col+c.Cols] - x[c.Col] - 2*padX
		lines, h := layBand(c.Lines, room)
		share := most * float64(c.Rows) / float64(count)
		lines, h = cutBand(lines, h, share-2*padY)
		set.lines, set.text = append(set.lines, lines), append(set.text, h)
	}
	// Cells of one row first, so that tall cells only add what is missing.
	for span := 1; span <= count; span++ {
		for i, c := range cells {
			if c.Rows != span {
				continue
			}
			have := 0.0
			for r := c.Row; r < c.Row+c.Rows; r++ {
				have += set.rows[r]
			}
			if missing := set.text[i] + 2*padY - have; missing > 0 {
				set.rows[c.Row+c.Rows-1] += missing
			}
		}
	}
	for _, h := range set.rows {
		set.all += h
	}
	return set
}

// cutBand takes away the lines of a column that do not fit into a height.
func cutBand(sets []bandSet, height, most float64) ([]bandSet, float64) {
	if height <= most {
		return sets, height
	}
	for i := range sets {
		s := &sets[i]
		step := s.line.Size * 1.16
		if s.y+s.height <= most-step || len(s.lines) == 0 {
			continue
		}
		keep := max(0, min(len(s.lines), int((most-step-s.y)/step)))
		s.lines = append(s.lines[:keep:keep], breakLines(Text("…"), s.line.Size, 100, 100)...)
		return sets[:i+1], s.y + step*float64(keep+1)
	}
	return sets, height
}

func (d *Document) drawGrid(set gridSet, x []float64) {
	top := make([]float64, len(set.rows)+1)
	top[0] = d.y
	for i, h := range set.rows {
		top[i+1] = top[i] + h
	}
	for i, c := range set.cells {
		x0, x1, y0, y1 := x[c.Col], x[c.Col+c.Cols], top[c.Row], top[c.Row+c.Rows]
		if c.Grey > 0 {
			d.c.rect(x0, y0, x1-x0, y1-y0, c.Grey)
			d.c.setInk(0)
		}
		d.c.frame(x0, y0, x1-x0, y1-y0, lineWidth)
		y := y0 + padY
		if !c.Top {
			y = y0 + (y1-y0-set.text[i])/2
		}
		d.drawBand(set.lines[i], x0+padX, y, x1-x0-2*padX)
	}
	d.y = top[len(top)-1]
	d.fresh = false
}

// Rulers draws on the page what a printer must not cut: frames at 5, 10, 15, 20
// and 30 mm from the edge of the sheet, each with its distance, and a scale in
// millimetres at the left and at the foot of the text area, by which a shrunk
// print shows.
func (d *Document) Rulers() {
	d.start()
	if d.stopped() {
		return
	}
	const size = 8
	c := d.c
	for _, from := range []float64{5, 10, 15, 20, 30} {
		m := from * mm
		c.polyline([]float64{m, m, c.w - m, m, c.w - m, c.h - m, m, c.h - m, m, m}, 0.5, 3, 0)
		long, short := fmt.Sprintf("%.0f mm", from), fmt.Sprintf("%.0f", from)
		for _, at := range []struct {
			x, y float64
			text string
		}{{c.w / 2, m, long}, {c.w / 2, c.h - m, long}, {m, c.h / 2, short}, {c.w - m, c.h / 2, short}} {
			w := d.width(at.text, regular, size)
			x, y := at.x-w/2, at.y+size*0.35
			// The frame is broken behind the text.
			c.fill([]float64{x - 1, y - size*0.8, x + w + 1, y - size*0.8, x + w + 1, y + 2, x - 1, y + 2}, 1, 0)
			c.text(x, y, at.text, regular, size, 0, w)
		}
	}
	d.scale()
}

// scaleLength is the length of the scales in millimetres.
const scaleLength = 100

// scale draws the scales: a stroke each millimetre, longer ones each 5 and 10.
func (d *Document) scale() {
	const size = 7
	c, x, y := d.c, d.left, d.bottom
	c.line(x, y, x+scaleLength*mm, y, 0.5)
	c.line(x, y, x, y-scaleLength*mm, 0.5)
	for n := 0; n <= scaleLength; n++ {
		long := 1.2
		switch {
		case n%10 == 0:
			long = 3
		case n%5 == 0:
			long = 2
		}
		at, stroke := float64(n)*mm, long*mm
		c.line(x+at, y, x+at, y-stroke, 0.25)
		c.line(x, y-at, x+stroke, y-at, 0.25)
		if n%20 == 0 && n > 0 {
			label := fmt.Sprint(n)
			w := d.width(label, regular, size)
			c.text(x+at-w/2, y-stroke-1.5, label, regular, size, 0, w)
			c.text(x+stroke+1.5, y-at+size*0.35, label, regular, size, 0, w)
		}
	}
}
