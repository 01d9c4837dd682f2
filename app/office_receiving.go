package app

import "giaoban/app/screen"

// buildReceiving makes the screen.
func (o *office) buildReceiving() screen.Screen { return nil }
