package widget

import (
	"fyne.io/fyne/v2"
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

	pointing
	falls []Fall
}

// NewWaterfall returns an empty waterfall.
func NewWaterfall() *Waterfall {
	w := &Waterfall{Least: fyne.NewSize(320, 180)}
	w.pointing = pointing{w.at, w.tell, -1}
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
	return sketched(w, func() fyne.Size { return fyne.NewSize(Scaled(w.Least.Width), Scaled(w.Least.Height)) }, w.draw)
}

// floor is where the axis begins: losses of a few points from 100 would not be
// seen if it were 0.
func (w *Waterfall) floor() (low, high float64) {
	low, high = 0, 1
	for i, f := range w.falls {
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

func (w *Waterfall) draw(p *sketch, size fyne.Size) {
	n := len(w.falls)
	if n == 0 || size.Width < 40 {
		return
	}
	small := TextSize(SizeSmall)
	line := lineHeight(small)
	top, foot := line+2, 2*line+4
	height := size.Height - top - foot
	step := size.Width / float32(n)
	low, high := w.floor()
	y := func(v float64) float32 {
		return top + height*float32((high-v)/(high-low))
	}
	rect := func(x, y0, w, h float32, role fyne.ThemeColorName) {
		p.rect(role, float32(int(x)), float32(int(y0)), float32(int(w)), max(float32(int(h+0.5)), 1))
	}
	text := func(s string, x, y0, w float32, role fyne.ThemeColorName, bold bool) {
		s, _ = Truncate(s, w, small, bold)
		p.text(s, role, small, bold, x, y0, w, fyne.TextAlignCenter)
	}
	rect(0, top+height, size.Width, 1, ColorLine)
	for i, f := range w.falls {
		x := step * float32(i)
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
}

// at returns the column at a place, -1 for none.
func (w *Waterfall) at(p fyne.Position) int {
	if n := len(w.falls); n > 0 && w.Size().Width > 0 && p.X >= 0 && p.X < w.Size().Width {
		return min(int(p.X/w.Size().Width*float32(n)), n-1)
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (w *Waterfall) Tapped(ev *fyne.PointEvent) {
	hideTip()
	if i := w.at(ev.Position); i >= 0 && w.OnPick != nil {
		w.OnPick(i)
	}
}

// tell shows the tooltip of the column under the mouse.
func (w *Waterfall) tell() {
	hideTip()
	if w.under >= 0 {
		x := w.Size().Width / float32(len(w.falls)) * float32(w.under)
		armTip(w, w.falls[w.under].Tip, func() fyne.Position { return absolute(w).AddXY(x, w.Size().Height+4) })
	}
}
