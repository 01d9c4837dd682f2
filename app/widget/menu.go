package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// MenuItem is one line of a context menu; the zero value is a line between
// groups.
type MenuItem struct {
	Label    string
	Icon     IconName
	Hint     string // shortcut
	Disabled bool
	Danger   bool
	Do       func()
}

// NewMenuButton returns a button that opens a menu below itself.
func NewMenuButton(w fyne.Window, label string, icon IconName, items func() []MenuItem) *Button {
	b := NewButton(label, icon, nil)
	b.Trailing = IconChevron
	b.OnTapped = func() { ShowMenu(w, Below(b), items()) }
	return b
}

// Below is the place on the window below an object, for a menu.
func Below(o fyne.CanvasObject) fyne.Position { return absolute(o).AddXY(0, o.Size().Height+2) }

// ShowMenu opens a context menu at a place of the window, as Grid.OnMenu gives
// it. Arrows, Enter and Escape work in it.
func ShowMenu(w fyne.Window, at fyne.Position, items []MenuItem) {
	m := &menuList{items: items}
	m.pointing, m.on = pointing{m.rowAt, m.Refresh, -1}, m
	m.ExtendBaseWidget(m)
	o := newOverlay(w.Canvas(), m)
	m.done = func(do func()) {
		o.close()
		call(do)
	}
	o.dismiss = func() { m.done(nil) }
	o.key = func(ev *fyne.KeyEvent) bool {
		m.TypedKey(ev)
		return true
	}
	o.place = func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		p := at
		if p.Y+least.Height > window.Height-4 {
			p.Y = max(4, p.Y-least.Height)
		}
		p.X = max(4, min(p.X, window.Width-least.Width-4))
		return p, least
	}
	o.show(m)
}

type menuList struct {
	fw.BaseWidget
	pointing // the keys move what is under the mouse too
	focusing
	items []MenuItem
	done  func(do func())
}

func (m *menuList) heightOf(it MenuItem) float32 {
	if it.Label == "" {
		return 9
	}
	return ControlHeight()
}

func (m *menuList) rowAt(p fyne.Position) int {
	top := float32(4)
	for i, it := range m.items {
		h := m.heightOf(it)
		if p.Y >= top && p.Y < top+h {
			return i
		}
		top += h
	}
	return -1
}

func (m *menuList) can(i int) bool {
	return i >= 0 && i < len(m.items) && m.items[i].Label != "" && !m.items[i].Disabled
}

func (m *menuList) step(by int) {
	i := m.under
	for range m.items {
		i = (i + by + len(m.items)) % len(m.items)
		if m.can(i) {
			m.under = i
			break
		}
	}
	m.Refresh()
}

func (m *menuList) Tapped(ev *fyne.PointEvent) {
	if i := m.rowAt(ev.Position); m.can(i) {
		m.done(m.items[i].Do)
	}
}

func (m *menuList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		m.step(1)
	case fyne.KeyUp:
		if m.under < 0 {
			m.under = 0
		}
		m.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if m.can(m.under) {
			m.done(m.items[m.under].Do)
		}
	case fyne.KeyEscape:
		m.done(nil)
	}
}

func (m *menuList) CreateRenderer() fyne.WidgetRenderer { return sketched(m, m.least, m.draw) }

func (m *menuList) least() fyne.Size {
	var width float32
	height := float32(8)
	for _, it := range m.items {
		w := textWidth(it.Label, TextSize(theme.SizeNameText), false)
		if it.Hint != "" {
			w += 24 + textWidth(it.Hint, TextSize(SizeSmall), false)
		}
		width = max(width, w)
		height += m.heightOf(it)
	}
	return fyne.NewSize(max(Scaled(180), width+Scaled(18)+36), height)
}

func (m *menuList) draw(p *sketch, s fyne.Size) {
	icon, y := Scaled(18), float32(4)
	for i, it := range m.items {
		h := m.heightOf(it)
		role := ColorInk
		switch {
		case it.Label == "":
			p.rect(ColorLine, 8, y+4, s.Width-16, 1)
		case it.Disabled:
			role = theme.ColorNameDisabled
		case it.Danger:
			role = ColorLate
		}
		if i == m.under && m.can(i) {
			p.rect(ColorSelected, 4, y, s.Width-8, h)
		}
		if it.Icon != "" {
			p.put(iconImage(it.Icon, role), 8, y+(h-icon)/2, icon, icon)
		}
		p.row(it.Label, it.Hint, role, 16+icon, y, s.Width-28-icon, h)
		y += h
	}
}

// row adds a line of a menu or of a list: its words, and fainter words at the right.
func (p *sketch) row(words, hint string, role fyne.ThemeColorName, x, y, w, h float32) {
	size, small := TextSize(theme.SizeNameText), TextSize(SizeSmall)
	p.text(words, role, size, false, x, y+(h-lineHeight(size))/2, w, fyne.TextAlignLeading)
	p.text(hint, ColorSecondary, small, false, x, y+(h-lineHeight(small))/2, w, fyne.TextAlignTrailing)
}
