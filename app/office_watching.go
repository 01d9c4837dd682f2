package app

import "giaoban/app/screen"

// buildWatching makes the screen.
func (o *office) buildWatching() screen.Screen { return nil }
