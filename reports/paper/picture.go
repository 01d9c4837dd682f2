package paper

import (
	"math"

	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"

	"giaoban/reports/chart"
)

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

// Limits of codes in points. Office scanners and telephones read bars of 0,19 mm
// and squares of 0,3 mm from a laser print; wider bars than 0,4 mm only take room.
const (
	leastBar  = 0.19 * mm
	mostBar   = 0.40 * mm
	leastDot  = 0.30 * mm
	quietBars = 10 // modules left clear on each side of a Code 128 (ISO/IEC 15417)
	quietDots = 4  // modules left clear around a QR code (ISO/IEC 18004)
)

// symbol is a code as black rectangles x, y, w, h, … from its top left corner,
// the quiet zones included in its width.
type symbol struct {
	rects []float64
	w     float64
}

// at returns the rectangles of a symbol that is moved to x, y.
func (s symbol) at(x, y float64) []float64 {
	// Whole hundredths of a point, as the page is written, keep all bars true.
	x, y = math.Round(x*100)/100, math.Round(y*100)/100
	moved := make([]float64, len(s.rects))
	for i := 0; i+3 < len(moved); i += 4 {
		moved[i], moved[i+1], moved[i+2], moved[i+3] = s.rects[i]+x, s.rects[i+1]+y, s.rects[i+2], s.rects[i+3]
	}
	return moved
}

// module returns the width of one of n modules in a room, cut to whole
// hundredths of a point.
func module(room float64, n int) float64 { return math.Floor(room/float64(n)*100) / 100 }

// barcode returns the Code 128 of a text in a room of points, or no rectangles
// when the text has letters that it lacks or its bars would be too thin.
func barcode(text string, room, height float64) symbol {
	code, err := code128.Encode(text)
	if err != nil {
		return symbol{}
	}
	n := code.Bounds().Dx()
	wide := min(module(room, n+2*quietBars), math.Floor(mostBar*100)/100)
	if wide < leastBar {
		return symbol{}
	}
	s := symbol{w: wide * float64(n+2*quietBars)}
	for x := 0; x < n; x++ {
		if !black(code.At(x, 0)) {
			continue
		}
		from := x
		for x+1 < n && black(code.At(x+1, 0)) {
			x++
		}
		s.rects = append(s.rects, wide*float64(from+quietBars), 0, wide*float64(x-from+1), height)
	}
	return s
}

// qrCode returns the QR code of a text in a square, or no rectangles when the
// text is too long for it.
func qrCode(text string, side float64) symbol {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return symbol{}
	}
	n := code.Bounds().Dx()
	dot := module(side, n+2*quietDots)
	if dot < leastDot {
		return symbol{}
	}
	s := symbol{w: dot * float64(n+2*quietDots)}
	for y := range n {
		for x := 0; x < n; x++ {
			if !black(code.At(x, y)) {
				continue
			}
			from := x
			for x+1 < n && black(code.At(x+1, y)) {
				x++
			}
			s.rects = append(s.rects, dot*float64(from+quietDots), dot*float64(y+quietDots), dot*float64(x-from+1), dot)
		}
	}
	return s
}

func black(c interface{ RGBA() (r, g, b, a uint32) }) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}
