package widget

import "fyne.io/fyne/v2"

// Beside lays two objects side by side. The one that is not the main one has a share of
// the width within bounds, px at 100 %.
type Beside struct {
	Left               bool // the left one is not the main one
	Share, Least, Most float32
	Gap, Main          float32 // room between them; the least width of the main one, 0 is what it asks for
}

// MinSize implements fyne.Layout.
func (b Beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	main, other := o[0].MinSize(), o[1].MinSize()
	if b.Left {
		main, other = other, main
	}
	if b.Main > 0 {
		main.Width = Scaled(b.Main)
	}
	return fyne.NewSize(main.Width+Scaled(b.Least)+b.Gap, max(main.Height, other.Height))
}

// Layout implements fyne.Layout.
func (b Beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(max(s.Width*b.Share, Scaled(b.Least)), Scaled(b.Most))
	main := max(s.Width-w-b.Gap, 0)
	if b.Left {
		place(o[0], 0, 0, w, s.Height)
		place(o[1], w+b.Gap, 0, main, s.Height)
		return
	}
	place(o[0], 0, 0, main, s.Height)
	place(o[1], main+b.Gap, 0, w, s.Height)
}
