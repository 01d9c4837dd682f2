package paper

import "fmt"

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
