package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Follow scrolls what is higher than its place, and brings the field with the
// focus into view.
type Follow struct{ *container.Scroll }

// NewFollow returns a part that scrolls content.
func NewFollow(content fyne.CanvasObject) *Follow {
	f := &Follow{container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 4, 0, 14), content))}
	f.Hook()
	return f
}

// Whole asks for the room of all of the content, so that it scrolls only where the
// window has less. spare is room in px at 100 % for what will be told while one
// types: a dialog does not grow by a line that comes, nor shrink by one that goes.
func (f *Follow) Whole(spare float32) fyne.CanvasObject {
	return container.New(&whole{f: f, spare: spare}, f.Scroll)
}

type whole struct {
	f      *Follow
	spare  float32
	height float32 // the most that the content wanted so far
	scale  float32 // the text size at which it did
}

// MinSize implements fyne.Layout.
func (w *whole) MinSize([]fyne.CanvasObject) fyne.Size {
	s := w.f.Content.MinSize()
	if scale := Scaled(1); scale != w.scale {
		w.scale, w.height = scale, s.Height+Scaled(w.spare)
	}
	w.height = max(w.height, s.Height)
	return fyne.NewSize(s.Width, w.height)
}

// Layout implements fyne.Layout.
func (w *whole) Layout(o []fyne.CanvasObject, s fyne.Size) { place(o[0], 0, 0, s.Width, s.Height) }

// Hook lets fields that were added come into view with the focus too.
func (f *Follow) Hook() { f.hook(f.Content) }

func (f *Follow) hook(o fyne.CanvasObject) {
	switch x := o.(type) {
	case *fyne.Container:
		for _, c := range x.Objects {
			f.hook(c)
		}
	case *FieldBox:
		f.hook(x.Content())
	case interface{ onFocus() *func() }:
		if told := x.onFocus(); *told == nil {
			*told = func() { f.reveal(o) }
		}
	}
}

// reveal scrolls until a field is in view, with room for its label and its error.
func (f *Follow) reveal(o fyne.CanvasObject) {
	at := absolute(o).Y - absolute(f.Scroll).Y
	room := Scaled(24)
	switch bottom := at + o.Size().Height + room; {
	case at-room < 0:
		f.ScrollToOffset(fyne.NewPos(0, max(0, f.Offset.Y+at-room)))
	case bottom > f.Scroll.Size().Height:
		f.ScrollToOffset(fyne.NewPos(0, f.Offset.Y+bottom-f.Scroll.Size().Height))
	}
}
