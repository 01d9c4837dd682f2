package register

import (
	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	"giaoban/app/view"
)

// whyBox is the strip of days that led to a due date, as wide as the pane.
func whyBox(w *view.Why) fyne.CanvasObject { return screen.WhyBox(w, paneWidth) }
