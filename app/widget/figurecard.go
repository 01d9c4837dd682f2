package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fw "fyne.io/fyne/v2/widget"
)

// Trend says whether a change is welcome.
type Trend int8

// The trends.
const (
	TrendNone Trend = 0
	TrendGood Trend = 1
	TrendBad  Trend = -1
)

// KeyFigure is what a card shows: texts come formatted.
type KeyFigure struct {
	Label  string
	Value  string // such as "34.170" or "92,31 %"
	Change string // such as "+12,45 điểm % so với năm 2021", "" for none
	Up     bool   // the number rose
	Trend  Trend
	Series []float64 // the last months, oldest first; may be empty
	Tip    string    // from, to and as of
	Chosen bool      // its list is in view
}

// arrow is the room in px that the sign before the change takes.
func (k *KeyFigure) arrow() float32 {
	if k.Trend == TrendNone || k.Change == "" {
		return 0
	}
	return Scaled(9) + 5
}

// FigureCard shows a key figure; click or Enter opens the list behind it.
type FigureCard struct {
	fw.BaseWidget
	hovering
	focusing
	// OnOpen opens the list of the figure.
	OnOpen func()

	figure KeyFigure
}

// NewFigureCard returns a card.
func NewFigureCard(k KeyFigure, open func()) *FigureCard {
	c := &FigureCard{figure: k, OnOpen: open}
	c.self, c.on, c.tip = c, c, func() string { return c.figure.Tip }
	c.ExtendBaseWidget(c)
	return c
}

// Set shows another figure.
func (c *FigureCard) Set(k KeyFigure) { c.figure = k; c.Refresh() }

// Tapped implements fyne.Tappable.
func (c *FigureCard) Tapped(*fyne.PointEvent) { hideTip(); call(c.OnOpen) }

// TypedKey implements fyne.Focusable.
func (c *FigureCard) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		call(c.OnOpen)
	default:
		passKey(c, ev)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *FigureCard) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	ground.CornerRadius = 4
	label, value, change := canvas.NewText("", nil), canvas.NewText("", nil), canvas.NewText("", nil)
	arrow := canvas.NewPolygon(3, nil)
	spark := NewSparkline(nil)
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, label, value, arrow, change, spark}}
	r.min = func() fyne.Size {
		k := &c.figure
		w := max(textWidth(k.Label, Scaled(12), false), textWidth(k.Value, TextSize(SizeFigure), true), textWidth(k.Change, TextSize(SizeSmall), false)+k.arrow())
		return fyne.NewSize(max(Scaled(108), w+25), 16+lineHeight(Scaled(12))+lineHeight(TextSize(SizeFigure))+lineHeight(TextSize(SizeSmall))+8)
	}
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		w := s.Width - 24
		label.Text, _ = Truncate(c.figure.Label, w, label.TextSize, false)
		place(label, 12, 8, w, lineHeight(label.TextSize))
		y := 8 + lineHeight(label.TextSize) + 2
		place(value, 12, y, w, lineHeight(value.TextSize))
		vw := textWidth(value.Text, value.TextSize, true)
		sw := min(Scaled(72), w-vw-12)
		show(spark, sw > 24 && len(c.figure.Series) > 1)
		place(spark, 12+w-sw, y+3, sw, lineHeight(value.TextSize)-6)
		y += lineHeight(value.TextSize) + 2
		a := Scaled(9)
		place(arrow, 12, y+(lineHeight(change.TextSize)-a)/2, a, a)
		x := 12 + c.figure.arrow()
		change.Text, _ = Truncate(c.figure.Change, s.Width-x-12, change.TextSize, false)
		place(change, x, y, s.Width-x-12, lineHeight(change.TextSize))
	}
	r.refresh = func() {
		k := c.figure
		ground.FillColor = Color(ColorPaper)
		ground.StrokeColor, ground.StrokeWidth = Color(ColorLine), 1
		if k.Chosen {
			ground.FillColor, ground.StrokeColor = Color(ColorSelected), Color(ColorPrimary)
		}
		if c.hovered && !k.Chosen {
			ground.FillColor = Color(ColorSurface)
			ground.StrokeColor = Color(ColorPrimary)
		}
		if c.focused {
			ground.StrokeColor, ground.StrokeWidth = Color(ColorPrimary), 2
		}
		label.Text, label.Color, label.TextSize = k.Label, Color(ColorSecondary), Scaled(12)
		value.Text, value.Color, value.TextSize, value.TextStyle.Bold = k.Value, Color(ColorInk), TextSize(SizeFigure), true
		role := map[Trend]fyne.ThemeColorName{TrendGood: ColorEarly, TrendBad: ColorLate, TrendNone: ColorSecondary}[k.Trend]
		change.Text, change.Color, change.TextSize = k.Change, Color(role), TextSize(SizeSmall)
		arrow.FillColor = Color(role)
		arrow.Angle = 0
		if !k.Up {
			arrow.Angle = 180
		}
		show(arrow, k.arrow() > 0)
		spark.Set(k.Series)
		r.layout(c.Size())
		canvas.Refresh(c)
	}
	r.refresh()
	return r
}

// Sparkline is the small line of the last months, with its last point marked.
type Sparkline struct {
	fw.BaseWidget
	series []float64
}

// NewSparkline returns a line through the values.
func NewSparkline(series []float64) *Sparkline {
	s := &Sparkline{series: series}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows other values.
func (s *Sparkline) Set(series []float64) { s.series = series; s.Refresh() }

// CreateRenderer implements fyne.Widget.
func (s *Sparkline) CreateRenderer() fyne.WidgetRenderer {
	return sketched(s, func() fyne.Size { return fyne.NewSize(24, 12) }, func(p *sketch, size fyne.Size) {
		n := len(s.series) - 1
		if n < 1 {
			return
		}
		low, high := slices.Min(s.series), slices.Max(s.series)
		if high == low {
			high, low = high+1, low-1
		}
		at := func(i int) (x, y float32) {
			return 2 + float32(i)*(size.Width-4)/float32(n), 2 + float32((high-s.series[i])/(high-low))*(size.Height-4)
		}
		for i := range n {
			x0, y0 := at(i)
			x1, y1 := at(i + 1)
			p.line(canvas.NewLine(Color(ColorSecondary)), 1.2, x0, y0, x1, y1)
		}
		x, y := at(n)
		p.put(canvas.NewCircle(Color(ColorPrimary)), x-2, y-2, 4, 4)
	})
}
