package widget

import "fyne.io/fyne/v2"

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
