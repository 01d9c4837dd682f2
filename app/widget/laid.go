package widget

import "fyne.io/fyne/v2"

// laid lays out a renderer that was made anew for a widget which has its size
// already. The toolkit forgets renderers that were out of sight for a minute, and
// lays out only what changes its size: the widget would stay blank.
func laid(w fyne.Widget, r fyne.WidgetRenderer) fyne.WidgetRenderer {
	if s := w.Size(); s.Width > 0 && s.Height > 0 {
		r.Layout(s)
	}
	return r
}
