package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"
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

// MouseButton is an icon for the mouse: Tab passes it by, for what it does has a key in
// the fields beside it.
type MouseButton struct {
	fw.BaseWidget
	hovering
	icon   *canvas.Image
	tapped func()
}

// NewMouseButton returns an icon with its tooltip, which names the key.
func NewMouseButton(icon IconName, tooltip string, tapped func()) *MouseButton {
	b := &MouseButton{icon: iconImage(icon, ColorSecondary), tapped: tapped}
	b.self, b.tip = b, func() string { return tooltip }
	b.ExtendBaseWidget(b)
	return b
}

// Tapped implements fyne.Tappable.
func (b *MouseButton) Tapped(*fyne.PointEvent) { hideTip(); call(b.tapped) }

// CreateRenderer implements fyne.Widget.
func (b *MouseButton) CreateRenderer() fyne.WidgetRenderer {
	return fw.NewSimpleRenderer(container.New(room{28, 28}, container.NewCenter(container.New(room{16, 16}, b.icon))))
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
