package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"
)

// Fall is one column of a waterfall: it begins at From and ends at To. A total
// stands on the ground.
type Fall struct {
	Label    string // below the column, up to two lines
	Text     string // value above it
	Tip      string
	From, To float64
	Total    bool
}

// Waterfall shows the way from a whole to what is left of it, step by step.
type Waterfall struct {
	fw.BaseWidget
	// OnPick is called by a click on a column.
	OnPick func(i int)
	// Least is the least size in px at 100 %.
	Least fyne.Size

	falls []Fall
	hover int
	view  *waterfallRenderer
}

// NewWaterfall returns an empty waterfall.
func NewWaterfall() *Waterfall {
	w := &Waterfall{Least: fyne.NewSize(320, 180), hover: -1}
	w.ExtendBaseWidget(w)
	return w
}

// Set shows other columns.
func (w *Waterfall) Set(falls []Fall) {
	w.falls = falls
	w.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (w *Waterfall) CreateRenderer() fyne.WidgetRenderer {
	w.view = &waterfallRenderer{w: w}
	return laid(w, w.view)
}

type waterfallRenderer struct {
	w       *Waterfall
	objects []fyne.CanvasObject
	xs      []float32 // left edges of the columns, and the right end
	size    fyne.Size
}

func (r *waterfallRenderer) Destroy()                     {}
func (r *waterfallRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *waterfallRenderer) MinSize() fyne.Size {
	return fyne.NewSize(Scaled(r.w.Least.Width), Scaled(r.w.Least.Height))
}
func (r *waterfallRenderer) Layout(s fyne.Size) {
	if s != r.size {
		r.size = s
		r.build()
		canvas.Refresh(r.w)
	}
}
func (r *waterfallRenderer) Refresh() {
	r.size = r.w.Size()
	r.build()
	canvas.Refresh(r.w)
}

// floor is where the axis begins: losses of a few points from 100 would not be
// seen if it were 0.
func (r *waterfallRenderer) floor() (low, high float64) {
	low, high = 0, 1
	for i, f := range r.w.falls {
		top, bottom := max(f.From, f.To), min(f.From, f.To)
		if f.Total {
			top, bottom = f.To, f.To
		}
		if i == 0 {
			low, high = bottom, top
		}
		low, high = min(low, bottom), max(high, top)
	}
	span := high - low
	low = max(0, low-span*0.6)
	if low < high*0.25 {
		low = 0
	}
	return low, max(high, low+0.001)
}

func (r *waterfallRenderer) build() {
	r.objects, r.xs = nil, nil
	n := len(r.w.falls)
	if n == 0 || r.size.Width < 40 {
		return
	}
	small := TextSize(SizeSmall)
	line := lineHeight(small)
	top, foot := line+2, 2*line+4
	height := r.size.Height - top - foot
	step := r.size.Width / float32(n)
	low, high := r.floor()
	y := func(v float64) float32 {
		return top + height*float32((high-v)/(high-low))
	}
	rect := func(x, y0, w, h float32, role fyne.ThemeColorName) {
		o := canvas.NewRectangle(Color(role))
		o.Move(fyne.NewPos(float32(int(x)), float32(int(y0))))
		o.Resize(fyne.NewSize(float32(int(w)), max(float32(int(h+0.5)), 1)))
		r.objects = append(r.objects, o)
	}
	text := func(s string, x, y0, w float32, role fyne.ThemeColorName, bold bool) {
		s, _ = Truncate(s, w, small, bold)
		t := canvas.NewText(s, Color(role))
		t.TextSize, t.TextStyle.Bold, t.Alignment = small, bold, fyne.TextAlignCenter
		t.Move(fyne.NewPos(x, y0))
		t.Resize(fyne.NewSize(w, line))
		r.objects = append(r.objects, t)
	}
	rect(0, top+height, r.size.Width, 1, ColorLine)
	for i, f := range r.w.falls {
		x := step * float32(i)
		r.xs = append(r.xs, x)
		bar := min(step*0.7, Scaled(64))
		left := x + (step-bar)/2
		upper, lower, role := max(f.From, f.To), min(f.From, f.To), ColorLate
		switch {
		case f.Total:
			upper, lower, role = f.To, low, ColorPrimary
		case f.To > f.From:
			role = ColorEarly
		}
		rect(left, y(upper), bar, y(lower)-y(upper), role)
		text(f.Text, x, y(upper)-line-1, step, ColorInk, f.Total)
		if i+1 < n {
			rect(left+bar, y(f.To), step-bar, 1, ColorSecondary)
		}
		for k, l := range wrapText(f.Label, step-6, small, false, 2) {
			text(l, x+3, top+height+3+float32(k)*line, step-6, ColorSecondary, false)
		}
	}
	r.xs = append(r.xs, r.size.Width)
}

func (w *Waterfall) at(x float32) int {
	if w.view == nil {
		return -1
	}
	for i := range w.falls {
		if i+1 < len(w.view.xs) && x >= w.view.xs[i] && x < w.view.xs[i+1] {
			return i
		}
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (w *Waterfall) Tapped(ev *fyne.PointEvent) {
	hideTip()
	if i := w.at(ev.Position.X); i >= 0 && w.OnPick != nil {
		w.OnPick(i)
	}
}

// MouseIn implements desktop.Hoverable.
func (w *Waterfall) MouseIn(ev *desktop.MouseEvent) { w.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (w *Waterfall) MouseMoved(ev *desktop.MouseEvent) {
	i := w.at(ev.Position.X)
	if i == w.hover {
		return
	}
	w.hover = i
	hideTip()
	if i < 0 || w.falls[i].Tip == "" {
		return
	}
	x := w.view.xs[i]
	armTip(w, w.falls[i].Tip, func() fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(w).AddXY(x, w.Size().Height+4)
	})
}

// MouseOut implements desktop.Hoverable.
func (w *Waterfall) MouseOut() { w.hover = -1; hideTip() }
