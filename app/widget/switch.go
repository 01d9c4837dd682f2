package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// SetVisible shows an object or hides it.
func SetVisible(o fyne.CanvasObject, on bool) {
	switch {
	case on == o.Visible():
	case on:
		o.Show()
	default:
		o.Hide()
	}
}

// SetAble lets a control be used or not.
func SetAble(o fyne.Disableable, on bool) {
	if on {
		o.Enable()
		return
	}
	o.Disable()
}

// ShowOnly shows one of several objects that take turns in a container. The others stay in
// it, hidden: a change of text size or theme reaches what is in the window only.
func ShowOnly(turns *fyne.Container, o fyne.CanvasObject) {
	if !slices.Contains(turns.Objects, o) {
		turns.Add(o)
	}
	for _, x := range turns.Objects {
		SetVisible(x, x == o)
	}
	turns.Refresh()
}
