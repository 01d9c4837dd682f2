package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"
)

// mouseIcon is an icon inside a field that the mouse presses. It takes no focus:
// Tab goes from field to field, and a key of the field does the same.
type mouseIcon struct {
	fw.BaseWidget
	hovering
	icon IconName
	do   func()
}

func newMouseIcon(icon IconName, tip string, do func()) *mouseIcon {
	m := &mouseIcon{icon: icon, do: do}
	m.self, m.tip = m, func() string { return tip }
	m.ExtendBaseWidget(m)
	return m
}

// Tapped implements fyne.Tappable.
func (m *mouseIcon) Tapped(*fyne.PointEvent) { hideTip(); m.do() }

// Cursor implements desktop.Cursorable.
func (m *mouseIcon) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// AccessibilityLabel implements fyne.Accessible.
func (m *mouseIcon) AccessibilityLabel() string { return m.tip() }

// AccessibilityRole implements fyne.Accessible.
func (m *mouseIcon) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (m *mouseIcon) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	ground.CornerRadius = 3
	img := iconImage("", "")
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, img}}
	r.min = func() fyne.Size { return fyne.NewSize(Scaled(18)+10, ControlHeight()) }
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		i := Scaled(18)
		place(img, (s.Width-i)/2, (s.Height-i)/2, i, i)
	}
	r.refresh = func() {
		ground.FillColor = nil
		if m.hovered {
			ground.FillColor = Color(ColorSelected)
		}
		setIcon(img, m.icon, ColorInk)
		canvas.Refresh(m)
	}
	r.refresh()
	return r
}
