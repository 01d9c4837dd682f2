package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// hovering is what the mouse does with a control that it presses as a whole: another
// ground, and a tooltip below it.
type hovering struct {
	self    fyne.Widget
	tip     func() string
	hovered bool
}

// MouseIn implements desktop.Hoverable.
func (h *hovering) MouseIn(*desktop.MouseEvent) {
	h.hovered = true
	h.self.Refresh()
	armTip(h.self, h.tip(), func() fyne.Position { return absolute(h.self).AddXY(0, h.self.Size().Height+4) })
}

// MouseMoved implements desktop.Hoverable.
func (h *hovering) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (h *hovering) MouseOut() { h.hovered = false; hideTip(); h.self.Refresh() }

// focusing is a control that is drawn otherwise while it has the focus, and has no use
// for letters and shortcuts.
type focusing struct {
	on      fyne.Widget
	focused bool
}

// FocusGained implements fyne.Focusable.
func (f *focusing) FocusGained() { f.focused = true; f.on.Refresh() }

// FocusLost implements fyne.Focusable.
func (f *focusing) FocusLost() { f.focused = false; f.on.Refresh() }

// TypedRune implements fyne.Focusable.
func (f *focusing) TypedRune(rune) {}

// TypedShortcut implements fyne.Shortcutable.
func (f *focusing) TypedShortcut(s fyne.Shortcut) { passShortcut(f.on, s) }

// pointing is what the mouse does over a picture of several parts.
type pointing struct {
	part  func(fyne.Position) int // the part at a place, -1 for none
	moved func()                  // another part is under the mouse
	under int                     // -1 for none
}

// MouseIn implements desktop.Hoverable.
func (p *pointing) MouseIn(ev *desktop.MouseEvent) { p.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (p *pointing) MouseMoved(ev *desktop.MouseEvent) {
	if i := p.part(ev.Position); i != p.under {
		p.under = i
		p.moved()
	}
}

// MouseOut implements desktop.Hoverable.
func (p *pointing) MouseOut() { p.under = -1; p.moved() }

// pressed reports whether a shortcut is a key with modifiers.
func pressed(s fyne.Shortcut, key fyne.KeyName, modifier fyne.KeyModifier) bool {
	k, ok := s.(*desktop.CustomShortcut)
	return ok && k.KeyName == key && k.Modifier == modifier
}

// takeFocus gives the focus to what was clicked.
func takeFocus(f fyne.Focusable) {
	if c := canvasOf(f.(fyne.CanvasObject)); c != nil && c.Focused() != f {
		c.Focus(f)
	}
}

// absolute is the place of an object on the window.
func absolute(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}
