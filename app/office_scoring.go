package app

import "giaoban/app/screen"

// buildScoring makes the screen.
func (o *office) buildScoring() screen.Screen { return nil }
