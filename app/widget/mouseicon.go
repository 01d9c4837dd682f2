package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"
)

// MouseButton is an icon that the mouse presses, in a field or beside it. It takes no
// focus: Tab goes from field to field, and a key of the field does the same.
type MouseButton struct {
	fw.BaseWidget
	hovering
	icon IconName
	role fyne.ThemeColorName
	do   func()
}

// NewMouseButton returns an icon with its tooltip, which names the key.
func NewMouseButton(icon IconName, tooltip string, tapped func()) *MouseButton {
	return newMouseIcon(icon, ColorSecondary, tooltip, tapped)
}

func newMouseIcon(icon IconName, role fyne.ThemeColorName, tip string, do func()) *MouseButton {
	m := &MouseButton{icon: icon, role: role, do: do}
	m.self, m.tip = m, func() string { return tip }
	m.ExtendBaseWidget(m)
	return m
}

// Tapped implements fyne.Tappable.
func (m *MouseButton) Tapped(*fyne.PointEvent) { hideTip(); m.do() }

// Cursor implements desktop.Cursorable.
func (m *MouseButton) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// AccessibilityLabel implements fyne.Accessible.
func (m *MouseButton) AccessibilityLabel() string { return m.tip() }

// AccessibilityRole implements fyne.Accessible.
func (m *MouseButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (m *MouseButton) CreateRenderer() fyne.WidgetRenderer {
	return sketched(m, func() fyne.Size { return fyne.NewSize(Scaled(18)+10, ControlHeight()) }, func(p *sketch, s fyne.Size) {
		if m.hovered {
			p.rect(ColorSelected, 0, 0, s.Width, s.Height).CornerRadius = 3
		}
		i := Scaled(18)
		p.put(iconImage(m.icon, m.role), (s.Width-i)/2, (s.Height-i)/2, i, i)
	})
}
