package app

import "giaoban/app/widget"

// look changes text size and theme for good; a percentage of 0 leaves both. What is
// open stays as it is: pages draw themselves anew in their new sizes.
func (w *window) look(percent int, dark bool) (int, bool) {
	p := w.app.Preferences()
	if percent != 0 {
		p.SetInt(prefPercent, percent)
		p.SetBool(prefDark, dark)
		w.app.Settings().SetTheme(widget.NewTheme(dark, percent))
	}
	return p.IntWithFallback(prefPercent, 100), p.Bool(prefDark)
}
