package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Cards lays cards of equal width in as few rows as show each of them whole.
func Cards(cards ...fyne.CanvasObject) *fyne.Container {
	return container.New(&cardRows{}, cards...)
}

const cardGap = 6

// cardRows is the layout; width is what it was laid out in, 0 before.
type cardRows struct{ width float32 }

// across is how many cards stand in a row: the rows hold as many as each other. least
// is the size that the largest card needs.
func (l *cardRows) across(o []fyne.CanvasObject) (n int, least fyne.Size) {
	for _, c := range o {
		least = least.Max(c.MinSize())
	}
	if n = len(o); n == 0 || l.width == 0 {
		return max(n, 1), least
	}
	fit := max(1, int((l.width+cardGap)/(least.Width+cardGap)))
	rows := (n + fit - 1) / fit
	return (n + rows - 1) / rows, least
}

// MinSize implements fyne.Layout.
func (l *cardRows) MinSize(o []fyne.CanvasObject) fyne.Size {
	n, least := l.across(o)
	rows := float32((len(o) + n - 1) / n)
	return fyne.NewSize(least.Width, max(0, rows*(least.Height+cardGap)-cardGap))
}

// Layout implements fyne.Layout.
func (l *cardRows) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	n, least := l.across(o)
	w := (s.Width - cardGap*float32(n-1)) / float32(n)
	for i, c := range o {
		place(c, float32(i%n)*(w+cardGap), float32(i/n)*(least.Height+cardGap), w, least.Height)
	}
}
