package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
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

// ShowMenu opens a context menu at a place of the window, as Grid.OnMenu gives
// it. Arrows, Enter and Escape work in it.
func ShowMenu(w fyne.Window, at fyne.Position, items []MenuItem) {
	m := &menuList{items: items, at: -1}
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
	items []MenuItem
	at    int
	done  func(do func())
}

func (m *menuList) heightOf(it MenuItem) float32 {
	if it.Label == "" {
		return 9
	}
	return ControlHeight()
}

func (m *menuList) rowAt(y float32) int {
	top := float32(4)
	for i, it := range m.items {
		h := m.heightOf(it)
		if y >= top && y < top+h {
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
	i := m.at
	for range m.items {
		i = (i + by + len(m.items)) % len(m.items)
		if m.can(i) {
			m.at = i
			break
		}
	}
	m.Refresh()
}

func (m *menuList) Tapped(ev *fyne.PointEvent) {
	if i := m.rowAt(ev.Position.Y); m.can(i) {
		m.done(m.items[i].Do)
	}
}

func (m *menuList) MouseIn(ev *desktop.MouseEvent) { m.MouseMoved(ev) }
func (m *menuList) MouseMoved(ev *desktop.MouseEvent) {
	if i := m.rowAt(ev.Position.Y); i != m.at {
		m.at = i
		m.Refresh()
	}
}
func (m *menuList) MouseOut()      { m.at = -1; m.Refresh() }
func (m *menuList) FocusGained()   {}
func (m *menuList) FocusLost()     {}
func (m *menuList) TypedRune(rune) {}
func (m *menuList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown:
		m.step(1)
	case fyne.KeyUp:
		if m.at < 0 {
			m.at = 0
		}
		m.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if m.can(m.at) {
			m.done(m.items[m.at].Do)
		}
	case fyne.KeyEscape:
		m.done(nil)
	}
}

func (m *menuList) CreateRenderer() fyne.WidgetRenderer {
	size, small := TextSize(theme.SizeNameText), TextSize(SizeSmall)
	hover := canvas.NewRectangle(nil)
	r := &stackRenderer{objects: []fyne.CanvasObject{hover}}
	var width float32
	height := float32(8)
	for _, it := range m.items {
		w := textWidth(it.Label, size, false)
		if it.Hint != "" {
			w += 24 + textWidth(it.Hint, small, false)
		}
		width = max(width, w)
		height += m.heightOf(it)
	}
	icon := Scaled(18)
	full := fyne.NewSize(max(Scaled(180), width+icon+8+12+16), height)
	y := float32(4)
	for _, it := range m.items {
		h := m.heightOf(it)
		if it.Label == "" {
			l := canvas.NewRectangle(Color(ColorLine))
			place(l, 8, y+4, full.Width-16, 1)
			r.objects = append(r.objects, l)
			y += h
			continue
		}
		role := ColorInk
		switch {
		case it.Disabled:
			role = theme.ColorNameDisabled
		case it.Danger:
			role = ColorLate
		}
		if it.Icon != "" {
			img := iconImage(it.Icon, role)
			place(img, 8, y+(h-icon)/2, icon, icon)
			r.objects = append(r.objects, img)
		}
		t := canvas.NewText(it.Label, Color(role))
		t.TextSize = size
		place(t, 8+icon+8, y+(h-lineHeight(size))/2, full.Width-icon-24, lineHeight(size))
		r.objects = append(r.objects, t)
		if it.Hint != "" {
			t := canvas.NewText(it.Hint, Color(ColorSecondary))
			t.TextSize, t.Alignment = small, fyne.TextAlignTrailing
			place(t, 8, y+(h-lineHeight(small))/2, full.Width-20, lineHeight(small))
			r.objects = append(r.objects, t)
		}
		y += h
	}
	r.min = func() fyne.Size { return full }
	r.refresh = func() {
		top := float32(4)
		hover.FillColor = nil
		for i, it := range m.items {
			h := m.heightOf(it)
			if i == m.at && m.can(i) {
				hover.FillColor = Color(ColorSelected)
				place(hover, 4, top, full.Width-8, h)
			}
			top += h
		}
		canvas.Refresh(m)
	}
	r.layout = func(fyne.Size) { r.refresh() }
	return r
}
