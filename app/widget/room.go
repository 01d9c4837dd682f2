package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Gap is an empty space of px at 100 % each way. Like all sizes it follows a
// change of the text size at once.
func Gap(px float32) fyne.CanvasObject {
	return container.New(room{px, px}, canvas.NewRectangle(nil))
}

// Wide asks for a width of px at 100 % for o.
func Wide(px float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(room{width: px}, o)
}

// Tall asks for a height of px at 100 % for o.
func Tall(px float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(room{height: px}, o)
}

// Sign draws a mark with room around it, as high as a line of text.
func Sign(m Mark) fyne.CanvasObject {
	return Wide(18, container.NewCenter(container.New(room{10, 10}, NewMark(m))))
}

// room is the least size of what stands in it, px at 100 %.
type room struct{ width, height float32 }

// MinSize implements fyne.Layout.
func (r room) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(Scaled(r.width), Scaled(r.height))
	for _, c := range o {
		if c.Visible() {
			s = s.Max(c.MinSize())
		}
	}
	return s
}

// Layout implements fyne.Layout.
func (r room) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		place(c, 0, 0, s.Width, s.Height)
	}
}
