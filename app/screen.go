//go:build !ci

package app

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// screenRoom is the room in dots that the system leaves to windows on the main screen.
// The toolkit does not tell it; its driver, which runs by now, does.
func screenRoom() fyne.Size {
	m := glfw.GetPrimaryMonitor()
	if m == nil {
		return fyne.Size{}
	}
	_, _, w, h := m.GetWorkarea()
	return fyne.NewSize(float32(w), float32(h))
}
