package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data"
)

// navBar is the navigation at the left.
type navBar struct {
	fw.BaseWidget
	frame  *Frame
	items  []*navEntry
	fold   *Button
	narrow bool // as the officer wishes
	tight  bool // the screen needs the room
}

// slim reports whether the navigation shows icons alone.
func (n *navBar) slim() bool { return n.narrow || n.tight }

func newNavBar(f *Frame, items []NavItem) *navBar {
	n := &navBar{frame: f}
	n.fold = NewIconButton(IconMenu, "Thu gọn hoặc mở rộng", func() {
		f.SetNarrow(!n.narrow)
		if f.OnNarrow != nil {
			f.OnNarrow(n.narrow)
		}
	})
	n.set(items)
	n.ExtendBaseWidget(n)
	return n
}

func (n *navBar) set(items []NavItem) {
	n.items = nil
	for _, it := range items {
		e := &navEntry{nav: n, item: it}
		e.self, e.tip = e, e.told
		e.ExtendBaseWidget(e)
		n.items = append(n.items, e)
	}
}

func (n *navBar) width() float32 {
	if n.slim() {
		return Scaled(44)
	}
	return Scaled(168)
}

func (n *navBar) CreateRenderer() fyne.WidgetRenderer {
	return sketched(n, func() fyne.Size {
		return fyne.NewSize(n.width(), float32(len(n.items))*Scaled(leastEntry)+ControlHeight()+40)
	}, func(p *sketch, s fyne.Size) {
		p.put(newFill(ColorSurface).Image, 0, 0, s.Width, s.Height)
		p.rect(ColorLine, s.Width-1, 0, 1, s.Height)
		m, y := n.fold.MinSize(), float32(8)
		high := n.entryHeight(s.Height - m.Height - 16 - y)
		for _, e := range n.items {
			if e.item.Divider {
				p.rect(ColorLine, 12, y+6, s.Width-24, 1)
				y += 13
			}
			p.put(e, 0, y, s.Width-1, high)
			e.Refresh()
			y += high
		}
		p.put(n.fold, 8, s.Height-m.Height-8, m.Width, m.Height)
	})
}

// leastEntry is the least height of an entry: its icon with a hair of room.
const leastEntry = 20

// entryHeight is the height of an entry in the room of all: with large text on a low
// window the entries move together, so that none lies under the button below them.
func (n *navBar) entryHeight(room float32) float32 {
	for _, e := range n.items {
		if e.item.Divider {
			room -= 13
		}
	}
	return max(Scaled(leastEntry), min(Scaled(32), room/float32(max(len(n.items), 1))))
}

// navEntry is one line of the navigation. It takes no focus: the key to it is Alt
// with its own, so that Tab stays in the screen.
type navEntry struct {
	fw.BaseWidget
	hovering
	nav   *navBar
	item  NavItem
	badge int
}

func (e *navEntry) Tapped(*fyne.PointEvent) { hideTip(); e.nav.frame.navigate(e.item.ID) }

// told is the tooltip: the key, behind the name where that is not shown.
func (e *navEntry) told() string {
	text := ""
	if e.item.Key != "" {
		text = "Alt+" + string(e.item.Key)
	}
	if e.nav.slim() {
		text = e.item.Label + " " + text
	}
	return text
}

// AccessibilityLabel implements fyne.Accessible.
func (e *navEntry) AccessibilityLabel() string { return e.item.Label }

// AccessibilityRole implements fyne.Accessible.
func (e *navEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

func (e *navEntry) CreateRenderer() fyne.WidgetRenderer {
	ground, bar, pill := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	text, count := canvas.NewText("", nil), canvas.NewText("", nil)
	icon := iconImage("", "")
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, bar, icon, text, pill, count}}
	r.min = func() fyne.Size { return fyne.NewSize(Scaled(44), Scaled(leastEntry)) }
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		bar.Resize(fyne.NewSize(3, s.Height))
		i := Scaled(18)
		place(icon, 13, (s.Height-i)/2, i, i)
		size := text.TextSize
		room := s.Width - 13 - i - 10 - 8
		h := lineHeight(count.TextSize)
		cw := textWidth(count.Text, count.TextSize, true)
		if count.Text != "" {
			w := max(cw+10, h+2)
			if e.nav.slim() {
				place(pill, s.Width-w-1, 1, w, h)
			} else {
				place(pill, s.Width-w-10, (s.Height-h)/2, w, h)
				room -= w + 8
			}
			pill.CornerRadius = h / 2
			place(count, pill.Position().X, pill.Position().Y, w, h)
		}
		text.Text, _ = Truncate(e.item.Label, room, size, text.TextStyle.Bold)
		place(text, 13+i+10, (s.Height-lineHeight(size))/2, room, lineHeight(size))
	}
	r.refresh = func() {
		on := e.nav.frame.selected == e.item.ID
		role := ColorInk
		ground.FillColor, bar.FillColor = nil, nil
		if on {
			role = ColorPrimary
			ground.FillColor, bar.FillColor = Color(ColorSelected), Color(ColorPrimary)
		} else if e.hovered {
			ground.FillColor = Color(ColorLine)
		}
		text.Color, text.TextSize, text.TextStyle.Bold = Color(role), Scaled(13), on
		count.Text, count.TextSize, count.TextStyle.Bold, count.Alignment = "", Scaled(11), true, fyne.TextAlignCenter
		count.Color, pill.FillColor = Color(ColorOnPrimary), Color(ColorLate)
		if e.badge > 0 {
			count.Text = data.FormatInt(int64(e.badge))
		}
		show(pill, e.badge > 0)
		show(text, !e.nav.slim())
		setIcon(icon, e.item.Icon, role)
		r.layout(e.Size())
		canvas.Refresh(e)
	}
	r.refresh()
	return r
}
