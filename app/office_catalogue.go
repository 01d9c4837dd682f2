package app

import "giaoban/app/screen"

// buildCatalogue makes the screen.
func (o *office) buildCatalogue() screen.Screen { return nil }
