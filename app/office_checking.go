package app

import "giaoban/app/screen"

// buildChecking makes the screen.
func (o *office) buildChecking() screen.Screen { return nil }
