package widget

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"
	"golang.org/x/image/vector"

	"giaoban/reports/chart"
)

// ChartView paints a chart on screen: the same picture as on paper, in the
// colours of the theme in place of its greys.
type ChartView struct {
	fw.BaseWidget
	// OnPick is called by a click on a mark, to open the list behind it.
	OnPick func(series, category int)
	// Least is the least size in px at 100 %.
	Least fyne.Size

	pointing
	model chart.Chart
	marks []chartMark
	scale float64 // px of a point; 0 for that of the text size
}

type chartMark struct {
	x, y, w, h       float32
	series, category int
	text             string
}

// NewChartView shows a chart.
func NewChartView(c chart.Chart) *ChartView {
	v := &ChartView{model: c.Drawn(), Least: fyne.NewSize(240, 160)}
	v.pointing = pointing{v.markAt, v.tell, -1}
	v.ExtendBaseWidget(v)
	return v
}

// Set shows another chart.
func (v *ChartView) Set(c chart.Chart) { v.model = c.Drawn(); v.Refresh() }

// pointScale is how many px a point of the picture has: its smallest labels of 9
// points become the secondary text of the screen.
func pointScale() float64 { return float64(Scaled(12)) / 9 }

func (v *ChartView) markAt(p fyne.Position) int {
	for i, m := range v.marks {
		if p.X >= m.x-2 && p.X <= m.x+m.w+2 && p.Y >= m.y-2 && p.Y <= m.y+m.h+2 {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (v *ChartView) Tapped(ev *fyne.PointEvent) {
	hideTip()
	if i := v.markAt(ev.Position); i >= 0 && v.OnPick != nil {
		v.OnPick(v.marks[i].series, v.marks[i].category)
	}
}

// tell shows the tooltip of the mark under the mouse.
func (v *ChartView) tell() {
	hideTip()
	if v.under >= 0 {
		m := v.marks[v.under]
		armTip(v, m.text, func() fyne.Position { return absolute(v).AddXY(m.x+m.w/2, m.y+m.h+6) })
	}
}

// Cursor implements desktop.Cursorable.
func (v *ChartView) Cursor() desktop.Cursor {
	if v.under >= 0 && v.OnPick != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget.
func (v *ChartView) CreateRenderer() fyne.WidgetRenderer {
	return sketched(v, func() fyne.Size { return fyne.NewSize(Scaled(v.Least.Width), Scaled(v.Least.Height)) }, func(p *sketch, s fyne.Size) {
		(&chartPen{p, v}).paint(s)
	})
}

// chartPen paints a chart.
type chartPen struct {
	*sketch
	v *ChartView
}

// shadeColor is the colour in which the screen shows a shade of the paper.
func shadeColor(s chart.Shade) color.Color {
	switch s {
	case chart.Dark:
		return Color(ColorPrimary)
	case chart.Light:
		return blend(Color(ColorPaper), withAlpha(Color(ColorPrimary), 0x73), false)
	case chart.Hatched:
		return Color(ColorSoon)
	case chart.Pale:
		return blend(Color(ColorPaper), withAlpha(Color(ColorSecondary), 0x50), false)
	case chart.Faint:
		return Color(ColorLine)
	case chart.Ground:
		return Color(ColorPaper)
	}
	return Color(ColorInk)
}

func withAlpha(c color.Color, a uint8) color.NRGBA {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = a
	return n
}

func (r *chartPen) paint(size fyne.Size) {
	v := r.v
	v.marks = nil
	if size.Width < 20 || size.Height < 20 {
		return
	}
	k := cmp.Or(v.scale, pointScale())
	measure := func(text string, size float64, bold bool) float64 {
		return float64(textWidth(text, float32(size*k), bold)) / k
	}
	pic := v.model.Layout(float64(size.Width)/k, float64(size.Height)/k, measure)
	values := v.values()
	var late []chart.Shape // values, which are written where there is room for them
	for _, s := range pic.Shapes {
		switch s.Kind {
		case chart.Area:
			r.area(s, k)
			if x, y, w, h := bounds(s.Points, k); s.Value > 0 {
				series := s.Series
				if v.model.Kind == chart.Donut {
					series = 0
				}
				v.marks = append(v.marks, chartMark{x, y, w, h, series, s.Value - 1, markText(v.model, series, s.Value-1)})
			}
		case chart.Path:
			r.path(s, k)
		case chart.Text:
			if values[s.Text] && !s.Bold && (v.model.Kind == chart.Bars || v.model.Kind == chart.Stacked) {
				late = append(late, s)
				continue
			}
			r.write(s, k)
		}
	}
	r.values(late, k)
}

// values are the texts of the values of the chart.
func (v *ChartView) values() map[string]bool {
	out := map[string]bool{}
	for _, s := range v.model.Series {
		for _, value := range s.Values {
			out[value.Text] = true
		}
	}
	return out
}

// values writes the values that meet neither each other nor a bar beside their
// own; the tooltip of a bar tells the others.
func (r *chartPen) values(texts []chart.Shape, k float64) {
	type box struct{ x, y, w, h float32 }
	meet := func(a, b box) bool {
		return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
	}
	var taken []box
	for _, m := range r.v.marks {
		taken = append(taken, box{m.x, m.y + 1, m.w, max(m.h-1, 0)})
	}
	for _, s := range texts {
		n := len(r.objects)
		r.write(s, k)
		o := r.objects[n]
		size := float32(s.Size * k)
		b := box{o.Position().X, float32(s.Points[1]*k) - size*0.75, o.Size().Width, size * 0.75}
		if b.x < 0 || b.x+b.w > r.at.Width || slices.ContainsFunc(taken, func(t box) bool { return meet(b, t) }) {
			r.objects = r.objects[:n]
			continue
		}
		taken = append(taken, b)
	}
}

func bounds(pts []float64, k float64) (x, y, w, h float32) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i := 0; i+1 < len(pts); i += 2 {
		x0, x1 = math.Min(x0, pts[i]), math.Max(x1, pts[i])
		y0, y1 = math.Min(y0, pts[i+1]), math.Max(y1, pts[i+1])
	}
	return float32(x0 * k), float32(y0 * k), float32((x1 - x0) * k), float32((y1 - y0) * k)
}

func (r *chartPen) area(s chart.Shape, k float64) {
	x, y, w, h := bounds(s.Points, k)
	fill := shadeColor(s.Shade)
	if len(s.Points) == 8 && s.Points[0] == s.Points[6] && s.Points[1] == s.Points[3] {
		o := canvas.NewRectangle(fill)
		if s.Shade == chart.Ground && s.Series >= 0 {
			o.StrokeColor, o.StrokeWidth = Color(ColorInk), 1
		}
		r.put(o, x, y, w, h)
		return
	}
	// Other shapes are filled by a scan: the toolkit's polygons end at 16 corners.
	pts := append([]float64(nil), s.Points...)
	edge := s.Shade == chart.Ground
	o := canvas.NewRaster(func(pw, ph int) image.Image {
		img := image.NewNRGBA(image.Rect(0, 0, pw, ph))
		if w <= 0 || h <= 0 {
			return img
		}
		scan := func(c color.Color, shrink float64) {
			z := vector.NewRasterizer(pw, ph)
			for i := 0; i+1 < len(pts); i += 2 {
				px := (float32(pts[i]*k) - x) / w * float32(pw)
				py := (float32(pts[i+1]*k) - y) / h * float32(ph)
				px += (float32(pw)/2 - px) * float32(shrink)
				py += (float32(ph)/2 - py) * float32(shrink)
				if i == 0 {
					z.MoveTo(px, py)
				} else {
					z.LineTo(px, py)
				}
			}
			z.ClosePath()
			z.DrawOp = draw.Over
			z.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{})
		}
		if edge {
			scan(Color(ColorInk), 0)
			scan(fill, 0.35)
			return img
		}
		scan(fill, 0)
		return img
	})
	r.put(o, x, y, w, h)
}

func (r *chartPen) path(s chart.Shape, k float64) {
	col := shadeColor(s.Shade)
	if s.Series == 0 && s.Shade == chart.Ink { // the first line, which the paper draws in ink
		col = Color(ColorPrimary)
	}
	width := float32(s.Width * k)
	line := func(x0, y0, x1, y1 float64) {
		r.line(canvas.NewLine(col), max(width, 1), float32(x0*k), float32(y0*k), float32(x1*k), float32(y1*k))
	}
	for i := 0; i+3 < len(s.Points); i += 2 {
		x0, y0, x1, y1 := s.Points[i], s.Points[i+1], s.Points[i+2], s.Points[i+3]
		if s.Dash <= 0 {
			line(x0, y0, x1, y1)
			continue
		}
		length := math.Hypot(x1-x0, y1-y0)
		for at := 0.0; at < length; at += 2 * s.Dash {
			a, b := at/length, math.Min(at+s.Dash, length)/length
			line(x0+(x1-x0)*a, y0+(y1-y0)*a, x0+(x1-x0)*b, y0+(y1-y0)*b)
		}
	}
}

func (r *chartPen) write(s chart.Shape, k float64) {
	size := float32(s.Size * k)
	role := ColorInk
	if !s.Bold {
		role = ColorSecondary
	}
	t := canvas.NewText(s.Text, Color(role))
	t.TextSize = size
	t.TextStyle = fyne.TextStyle{Bold: s.Bold, Italic: s.Italics}
	m := t.MinSize()
	x := float32(s.Points[0] * k)
	switch s.Anchor {
	case chart.Middle:
		x -= m.Width / 2
	case chart.End:
		x -= m.Width
	}
	// The point is the baseline; Noto Sans stands 1,07 of its size above it.
	r.put(t, x, float32(s.Points[1]*k)-size*1.07, m.Width, m.Height)
}

func markText(c chart.Chart, series, category int) string {
	if series >= len(c.Series) || category >= len(c.Categories) || category >= len(c.Series[series].Values) {
		return ""
	}
	text := c.Categories[category]
	if len(c.Series) > 1 && c.Series[series].Name != "" {
		text = c.Series[series].Name + ", " + text
	}
	if v := c.Series[series].Values[category].Text; v != "" {
		text += ": " + v
	}
	return text
}
