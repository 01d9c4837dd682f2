package briefing

import (
	"fyne.io/fyne/v2"

	"giaoban/app/widget"
)

// workplace lays the list of reports, the pages and the options beside each other. With
// large text on a small monitor the sides give way, so that nothing scrolls
// sideways.
type workplace struct{}

// The widths of the sides, px at 100 %: wished for, and least.
const (
	listWide, listLeast       = 208, 172
	optionsWide, optionsLeast = 288, 228
	pageLeast                 = 260
	besidePage                = 8
)

// MinSize implements fyne.Layout.
func (workplace) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(widget.Scaled(listLeast+pageLeast+optionsLeast+besidePage), 0)
	for _, c := range o {
		s.Height = max(s.Height, c.MinSize().Height)
	}
	return s
}

// Layout implements fyne.Layout.
func (workplace) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side := func(share, least, wide float32) float32 {
		return float32(int(min(max(s.Width*share, widget.Scaled(least)), widget.Scaled(wide))))
	}
	left, right, gap := side(0.19, listLeast, listWide), side(0.27, optionsLeast, optionsWide), widget.Scaled(besidePage)
	x := float32(0)
	for i, w := range []float32{left, max(s.Width-left-right-gap, 0), right} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, s.Height))
		if x += w; i == 0 {
			x += gap
		}
	}
}
