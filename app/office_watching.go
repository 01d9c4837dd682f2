package app

import (
	"giaoban/app/screen"
	"giaoban/app/screen/catalogue"
	"giaoban/app/screen/watching"
	model "giaoban/app/view/watching"
	"giaoban/app/widget"
)

// prefDigest keeps the day on which the officer was last told what to watch.
const prefDigest = "digest"

// buildWatching makes the screen, and keeps its badge in step with the data.
func (o *office) buildWatching() screen.Screen {
	m := model.New(o.session)
	s := watching.New(o.print, m, model.NewBook(o.session))
	s.DayInfo, s.Undo = o.dayInfo, o.undo
	s.Calendar = func() {
		if c, ok := o.screens[navCatalogue].(*catalogue.Screen); ok {
			c.OpenCalendar()
			o.go_(navCatalogue)
		}
	}
	m.Listen(func() {
		o.frame.SetBadge(navWatching, m.Alarms().Pressing())
		o.tellDigest(m)
	})
	m.Refresh()
	return s
}

// tellDigest tells once on each working day what is to be watched.
func (o *office) tellDigest(m *model.Model) {
	prefs := o.w.app.Preferences()
	today := o.desk.Today().ISO()
	text := m.Digest()
	if text == "" || prefs.String(prefDigest) == today || o.desk.Office().Demo {
		return
	}
	prefs.SetString(prefDigest, today)
	widget.ShowToast(o.w.win, text, "Xem", func() { o.go_(navWatching) })
}
