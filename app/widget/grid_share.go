package widget

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Share is a bar in a cell of a grid: Part of Whole, such as points won of the
// most that there are. A Whole of 0 draws none.
type Share struct {
	Part, Whole int64
	Role        fyne.ThemeColorName // of the part; "" is the primary colour
}

// indentWidth is one step to the right in a tree, px at 100 %.
const indentWidth = 14

// shareBar draws the share of one cell.
type shareBar struct {
	ground, part *canvas.Rectangle
}

// draw shows the share in a cell at x with a width of w in a row of height h.
func (b *shareBar) draw(box *fyne.Container, s Share, x, w, h float32) {
	if s.Whole <= 0 {
		if b.ground != nil {
			show(b.ground, false)
			show(b.part, false)
		}
		return
	}
	if b.ground == nil {
		b.ground, b.part = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
		box.Add(b.ground)
		box.Add(b.part)
	}
	height := Scaled(8)
	y := float32(int((h - height) / 2))
	of := float32(min(max(s.Part, 0), s.Whole)) / float32(s.Whole)
	b.ground.FillColor, b.part.FillColor = Color(ColorLine), Color(cmp.Or(s.Role, ColorPrimary))
	place(b.ground, x, y, w, height)
	place(b.part, x, y, w*of, height)
	show(b.ground, true)
	show(b.part, of > 0)
	b.ground.Refresh()
	b.part.Refresh()
}
