package app

import (
	"giaoban/app/screen"
	"giaoban/app/screen/catalogue"
)

// buildCatalogue makes the screen Danh mục.
func (o *office) buildCatalogue() screen.Screen {
	s := catalogue.New(o.context, o.session, o.print, o.files, o.dayInfo)
	s.Undo = o.undo
	return s
}
