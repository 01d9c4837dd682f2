package widget

import (
	"fyne.io/fyne/v2"
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
	return sketched(m, func() fyne.Size { return fyne.NewSize(Scaled(18)+10, ControlHeight()) }, func(p *sketch, s fyne.Size) {
		if m.hovered {
			p.rect(ColorSelected, 0, 0, s.Width, s.Height).CornerRadius = 3
		}
		i := Scaled(18)
		p.put(iconImage(m.icon, ColorInk), (s.Width-i)/2, (s.Height-i)/2, i, i)
	})
}
