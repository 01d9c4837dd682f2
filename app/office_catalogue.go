package app

import (
	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	"giaoban/app/screen/catalogue"
	"giaoban/app/widget"
)

// buildCatalogue makes the screen Danh mục. Its badge tells of questions of this
// year's calendar that nobody answered.
func (o *office) buildCatalogue() screen.Screen {
	s := catalogue.New(o.context, o.session, o.print, o.files, o.dayInfo)
	s.Undo = o.undo
	widget.Post(s.TakeCalendar) // once the window stands
	badge := func() { o.frame.SetBadge(navCatalogue, s.Questions()) }
	o.session.Listen(badge)
	widget.Post(badge) // once the window stands
	o.frame.AddShortcut(fyne.KeyReturn, fyne.KeyModifierControl, func() {
		if o.now == navCatalogue {
			s.Submit()
		}
	})
	return s
}
