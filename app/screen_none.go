//go:build ci

package app

import "fyne.io/fyne/v2"

// screenRoom is not known without a driver.
func screenRoom() fyne.Size { return fyne.Size{} }
