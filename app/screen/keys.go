package screen

import "fyne.io/fyne/v2"

// Keys is a screen that takes keys which no part of it has a use for.
type Keys interface {
	// TakeKey reports whether it took the key.
	TakeKey(ev *fyne.KeyEvent) bool
}

// Printer is a screen that prints at Ctrl+P.
type Printer interface {
	// PrintPage shows the paper of the screen.
	PrintPage()
}
