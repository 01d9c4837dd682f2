package paper

import "giaoban/reports/chart"

// Chart lays out and paints a chart of a height in millimetres over the full
// width of the text area. It is never split; an empty chart is left out.
func (d *Document) Chart(c chart.Chart, height float64) {
	d.start()
	if d.stopped() || c.Empty() {
		return
	}
	c.Title, c.Source = oneLine(c.Title), oneLine(c.Source)
	names := make([]string, len(c.Categories))
	for i, n := range c.Categories {
		names[i] = oneLine(n)
	}
	c.Categories = names
	p := c.Layout(d.right-d.left, height*mm, func(text string, size float64, b bool) float64 {
		return d.width(Clean(text), styleOf(b, false), size)
	})
	gap := 8.0
	if d.fresh && len(d.held) == 0 {
		gap = 0
	}
	if !d.release(gap + p.H) {
		return
	}
	if !d.fresh {
		d.y += gap
	}
	d.paint(p, d.left, d.y)
	d.y += p.H + 4
	d.fresh = false
}

// paint draws the shapes of a picture with its top left corner at x, y.
func (d *Document) paint(p chart.Picture, x, y float64) {
	for _, s := range p.Shapes {
		pts := make([]float64, len(s.Points))
		for i := 0; i+1 < len(pts); i += 2 {
			pts[i], pts[i+1] = s.Points[i]+x, s.Points[i+1]+y
		}
		switch s.Kind {
		case chart.Area:
			edge := s.Width
			if s.Shade == chart.Ground && s.Series < 0 {
				edge = 0
			}
			d.c.fill(pts, s.Shade.Grey(), edge)
			if s.Shade == chart.Hatched {
				d.hatch(pts)
			}
		case chart.Path:
			d.c.polyline(pts, s.Width, s.Dash, s.Shade.Grey())
		case chart.Text:
			st, text := styleOf(s.Bold, s.Italics), oneLine(s.Text)
			w := d.width(text, st, s.Size)
			at := pts[0]
			switch s.Anchor {
			case chart.Middle:
				at -= w / 2
			case chart.End:
				at -= w
			}
			// A text never leaves the margins, wherever its mark stands.
			at = max(d.left, min(at, d.right-w))
			d.c.text(at, pts[1], text, st, s.Size, 0, w)
		}
	}
}

// hatch draws slanting lines inside a shape, clipped to it.
func (d *Document) hatch(points []float64) {
	x0, y0, x1, y1 := points[0], points[1], points[0], points[1]
	for i := 0; i+1 < len(points); i += 2 {
		x0, x1 = min(x0, points[i]), max(x1, points[i])
		y0, y1 = min(y0, points[i+1]), max(y1, points[i+1])
	}
	d.c.clip(points)
	const step = 3.5
	for x := x0 - (y1 - y0); x < x1; x += step {
		d.c.line(x, y1, x+(y1-y0), y0, 0.5)
	}
	d.c.unclip()
}
