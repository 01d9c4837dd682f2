package app

import (
	"giaoban/app/screen"
	"giaoban/app/screen/checking"
	model "giaoban/app/view/checking"
)

// checkAtStart is the largest register that is checked when the program starts,
// so that the badge is there at once; larger ones are checked when the screen
// is opened.
const checkAtStart = 200_000

// buildChecking makes the screen. Its badge tells of faults that bend figures
// only.
func (o *office) buildChecking() screen.Screen {
	m := model.New(o.session)
	s := checking.New(o.print, m)
	s.Undo = o.undo
	m.Listen(func() { o.frame.SetBadge(navChecking, m.Serious()) })
	if n := o.desk.Len(); n > 0 && n <= checkAtStart {
		m.Run()
	}
	return s
}
