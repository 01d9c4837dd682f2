package widget

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data"
)

// NavItem is one entry of the navigation.
type NavItem struct {
	ID      string
	Label   string
	Icon    IconName
	Divider bool // a line before it
}

// Frame is the window of the program: office, period and search at the top, the
// navigation at the left, the screen, and the status bar. Install puts it on its
// window.
type Frame struct {
	// OnNavigate is called by a click on the navigation and by Alt+1 to Alt+9.
	OnNavigate func(id string)
	// OnBack and OnForward are called by Alt+← and Alt+→.
	OnBack, OnForward func()
	// OnHelp is called by F1 and the help button.
	OnHelp func()
	// OnKey gets keys that nothing with the focus has use for, such as Escape.
	OnKey func(ev *fyne.KeyEvent) bool
	// OnNarrow is called when the officer shrinks or widens the navigation.
	OnNarrow func(narrow bool)

	window   fyne.Window
	root     *Root
	office   *Paragraph
	header   *fyne.Container
	slots    [3]*fyne.Container // period, comparison, search
	nav      *navBar
	content  *fyne.Container
	scroll   *container.Scroll // for large texts on a small monitor
	status   *statusBar
	selected string
}

// NewFrame builds the frame of a window.
func NewFrame(w fyne.Window, items []NavItem) *Frame {
	f := &Frame{window: w, office: NewParagraph("", 200), content: container.NewStack(), status: newStatusBar()}
	f.office.Bold, f.office.Max = true, 1
	for i := range f.slots {
		f.slots[i] = container.NewStack()
	}
	f.nav = newNavBar(f, items)
	f.status.help.OnTapped = func() { f.help() }
	f.header = container.New(&headerLayout{}, f.office, f.slots[0], f.slots[1], f.slots[2])
	f.scroll = container.NewScroll(f.content)
	body := container.New(edgeLayout{f}, newBand(f.header, false), f.nav, f.status, f.scroll)
	f.root = NewRoot(body)
	return f
}

// Install makes the frame the content of its window and takes its keys.
func (f *Frame) Install() {
	f.window.SetPadded(false)
	f.window.SetContent(f.root)
	c := f.window.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyF1 {
			f.help()
			return
		}
		if f.OnKey != nil {
			f.OnKey(ev)
		}
	})
	for i := range 9 {
		f.AddShortcut(fyne.KeyName(fmt.Sprint(i+1)), fyne.KeyModifierAlt, func() {
			if i < len(f.nav.items) {
				f.navigate(f.nav.items[i].item.ID)
			}
		})
	}
	f.AddShortcut(fyne.KeyLeft, fyne.KeyModifierAlt, func() { call(f.OnBack) })
	f.AddShortcut(fyne.KeyRight, fyne.KeyModifierAlt, func() { call(f.OnForward) })
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func (f *Frame) help() { call(f.OnHelp) }

func (f *Frame) navigate(id string) {
	if f.OnNavigate != nil {
		f.OnNavigate(id)
	}
}

// AddShortcut runs do at a key with modifiers, whatever has the focus, unless a
// dialog is open. Several screens may use one key: all of theirs are called, and
// each looks whether it is in view.
func (f *Frame) AddShortcut(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
	c := f.window.Canvas()
	s := &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	before := f.root.shortcuts[s.ShortcutName()]
	run := func() {
		if before != nil {
			before()
		}
		if c.Overlays().Top() == nil {
			do()
		}
	}
	// The canvas knows shortcuts while nothing has the focus; parts with the focus
	// hand theirs on to the root.
	for _, known := range append([]fyne.Shortcut{s}, named(key, modifier)...) {
		c.AddShortcut(known, func(fyne.Shortcut) { run() })
		f.root.shortcuts[known.ShortcutName()] = run
	}
}

// named returns the name of its own under which the toolkit sends some keys.
func named(key fyne.KeyName, modifier fyne.KeyModifier) []fyne.Shortcut {
	switch {
	case modifier != fyne.KeyModifierControl:
	case key == fyne.KeyZ:
		return []fyne.Shortcut{&fyne.ShortcutUndo{}}
	case key == fyne.KeyY:
		return []fyne.Shortcut{&fyne.ShortcutRedo{}}
	case key == fyne.KeyV:
		return []fyne.Shortcut{&fyne.ShortcutPaste{}}
	}
	return nil
}

// Window returns the window of the frame.
func (f *Frame) Window() fyne.Window { return f.window }

// SetOffice shows the name of the office.
func (f *Frame) SetOffice(name string) { f.office.SetText(name) }

// SetHeader fills the slots at the top: the period, what it is compared with, and
// the search. Nil leaves a slot empty.
func (f *Frame) SetHeader(period, comparison, search fyne.CanvasObject) {
	for i, o := range []fyne.CanvasObject{period, comparison, search} {
		f.slots[i].Objects = nil
		if o != nil {
			f.slots[i].Objects = []fyne.CanvasObject{o}
		}
	}
	f.header.Refresh()
}

// SetItems replaces the entries of the navigation.
func (f *Frame) SetItems(items []NavItem) {
	f.nav.set(items)
	f.nav.Refresh()
}

// SetContent shows a screen and marks its entry in the navigation.
func (f *Frame) SetContent(id string, screen fyne.CanvasObject) {
	hideTip()
	f.selected = id
	f.content.Objects = []fyne.CanvasObject{screen}
	f.scroll.ScrollToTop()
	f.scroll.Refresh()
	f.nav.Refresh()
	f.root.content.Refresh()
}

// Selected returns the entry that is marked.
func (f *Frame) Selected() string { return f.selected }

// SetBadge shows a count at an entry; 0 shows none.
func (f *Frame) SetBadge(id string, n int) {
	for _, it := range f.nav.items {
		if it.item.ID == id && it.badge != n {
			it.badge = n
			it.Refresh()
		}
	}
}

// SetNarrow shrinks the navigation to its icons.
func (f *Frame) SetNarrow(narrow bool) {
	if f.nav.narrow == narrow {
		return
	}
	f.nav.narrow = narrow
	f.nav.Refresh()
	f.root.content.(*fyne.Container).Refresh()
}

// Narrow reports whether the navigation shows icons alone.
func (f *Frame) Narrow() bool { return f.nav.narrow }

// SetStatus shows the three texts of the status bar.
func (f *Frame) SetStatus(left, middle, right string) { f.status.set(left, middle, right) }

// edgeLayout places header, navigation, status bar and screen. A screen that
// wants more room than there is gets that of the navigation's words, then scrolls:
// the window never outgrows the monitor.
type edgeLayout struct{ f *Frame }

// The least size of the window.
const (
	leastWidth  = 800
	leastHeight = 480
)

func (edgeLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(leastWidth, leastHeight)
}

func (l edgeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	tight := s.Width-Scaled(168) < l.f.content.MinSize().Width
	if tight != l.f.nav.tight {
		l.f.nav.tight = tight
		l.f.nav.Refresh()
	}
	top, left, bottom := o[0].MinSize().Height, o[1].MinSize().Width, o[2].MinSize().Height
	place(o[0], 0, 0, s.Width, top)
	place(o[1], 0, top, left, s.Height-top-bottom)
	place(o[2], 0, s.Height-bottom, s.Width, bottom)
	place(o[3], left, top, s.Width-left, s.Height-top-bottom)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(w, 0), max(h, 0)))
}

// headerLayout: the office takes what period, comparison and search leave.
type headerLayout struct{}

func (headerLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(Scaled(200), ControlHeight())
	for _, c := range o[1:] {
		s.Width += c.MinSize().Width + 8
	}
	return s
}

func (headerLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := s.Width
	for i := len(o) - 1; i >= 1; i-- {
		w := o[i].MinSize().Width
		if w == 0 {
			place(o[i], x, 0, 0, 0)
			continue
		}
		x -= w
		place(o[i], x, (s.Height-ControlHeight())/2, w, ControlHeight())
		x -= 8
		if i == 3 {
			x -= 16
		}
	}
	h := o[0].MinSize().Height
	place(o[0], 0, (s.Height-h)/2, x-8, h)
}

// newBand is a strip on surface ground with a line at its inner edge.
func newBand(content fyne.CanvasObject, lineAbove bool) fyne.CanvasObject {
	b := &band{content: content, above: lineAbove}
	b.ExtendBaseWidget(b)
	return b
}

type band struct {
	fw.BaseWidget
	content fyne.CanvasObject
	above   bool
}

func (b *band) CreateRenderer() fyne.WidgetRenderer {
	ground, line := newFill(ColorSurface), canvas.NewRectangle(nil)
	r := &stackRenderer{objects: []fyne.CanvasObject{ground.Image, line, b.content}}
	r.min = func() fyne.Size { return b.content.MinSize().AddWidthHeight(24, 13) }
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		line.Resize(fyne.NewSize(s.Width, 1))
		if !b.above {
			line.Move(fyne.NewPos(0, s.Height-1))
		}
		place(b.content, 12, 6, s.Width-24, s.Height-13)
	}
	r.refresh = func() {
		ground.set(ColorSurface)
		line.FillColor = Color(ColorLine)
		line.Refresh()
		b.content.Refresh()
	}
	r.refresh()
	return r
}

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
	for i, it := range items {
		e := &navEntry{nav: n, item: it, number: i + 1}
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
	r := &navRenderer{n: n, ground: newFill(ColorSurface), line: canvas.NewRectangle(nil)}
	r.colors()
	return r
}

type navRenderer struct {
	n        *navBar
	ground   *fill
	line     *canvas.Rectangle
	dividers []*canvas.Rectangle
}

func (r *navRenderer) colors() {
	r.ground.set(ColorSurface)
	r.line.FillColor = Color(ColorLine)
	r.dividers = nil
	for _, e := range r.n.items {
		if e.item.Divider {
			r.dividers = append(r.dividers, canvas.NewRectangle(Color(ColorLine)))
		}
	}
}

func (r *navRenderer) Destroy() {}
func (r *navRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.ground.Image, r.line}
	for _, d := range r.dividers {
		out = append(out, d)
	}
	for _, e := range r.n.items {
		out = append(out, e)
	}
	return append(out, r.n.fold)
}

func (r *navRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.n.width(), float32(len(r.n.items))*Scaled(32)+ControlHeight()+40)
}

func (r *navRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	place(r.line, s.Width-1, 0, 1, s.Height)
	y := float32(8)
	d := 0
	for _, e := range r.n.items {
		if e.item.Divider && d < len(r.dividers) {
			place(r.dividers[d], 12, y+6, s.Width-24, 1)
			d++
			y += 13
		}
		place(e, 0, y, s.Width-1, Scaled(32))
		y += Scaled(32)
	}
	m := r.n.fold.MinSize()
	place(r.n.fold, 8, s.Height-m.Height-8, m.Width, m.Height)
}

func (r *navRenderer) Refresh() {
	r.colors()
	r.Layout(r.n.Size())
	for _, e := range r.n.items {
		e.Refresh()
	}
	canvas.Refresh(r.n)
}

// navEntry is one line of the navigation. It takes no focus: the keys to it are
// Alt+1 to Alt+9, so that Tab stays in the screen.
type navEntry struct {
	fw.BaseWidget
	nav     *navBar
	item    NavItem
	number  int
	badge   int
	hovered bool
}

func (e *navEntry) Tapped(*fyne.PointEvent) { hideTip(); e.nav.frame.navigate(e.item.ID) }

func (e *navEntry) MouseIn(*desktop.MouseEvent) {
	e.hovered = true
	e.Refresh()
	text := ""
	if e.number <= 9 {
		text = fmt.Sprintf("Alt+%d", e.number)
	}
	if e.nav.slim() {
		text = e.item.Label + " " + text
	}
	armTip(e, text, func() fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(e).AddXY(12, e.Size().Height)
	})
}
func (e *navEntry) MouseMoved(*desktop.MouseEvent) {}
func (e *navEntry) MouseOut()                      { e.hovered = false; hideTip(); e.Refresh() }

// AccessibilityLabel implements fyne.Accessible.
func (e *navEntry) AccessibilityLabel() string { return e.item.Label }

// AccessibilityRole implements fyne.Accessible.
func (e *navEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

func (e *navEntry) CreateRenderer() fyne.WidgetRenderer {
	ground, bar, pill := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	text, count := canvas.NewText("", nil), canvas.NewText("", nil)
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, bar, icon, text, pill, count}}
	r.min = func() fyne.Size { return fyne.NewSize(Scaled(44), Scaled(32)) }
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
		if res := Icon(e.item.Icon, role); icon.Resource != res {
			icon.Resource = res
			icon.Refresh()
		}
		r.layout(e.Size())
		canvas.Refresh(e)
	}
	r.refresh()
	return r
}

// statusBar is the line at the foot of the window.
type statusBar struct {
	fw.BaseWidget
	texts [3]string
	help  *Button
}

func newStatusBar() *statusBar {
	s := &statusBar{help: NewQuietButton("F1", "", nil).WithTip("Trợ giúp")}
	s.ExtendBaseWidget(s)
	return s
}

func (s *statusBar) set(left, middle, right string) {
	if t := [3]string{left, middle, right}; t != s.texts {
		s.texts = t
		s.Refresh()
	}
}

func (s *statusBar) CreateRenderer() fyne.WidgetRenderer {
	ground, line := newFill(ColorSurface), canvas.NewRectangle(nil)
	var texts [3]*canvas.Text
	r := &stackRenderer{objects: []fyne.CanvasObject{ground.Image, line}}
	for i := range texts {
		texts[i] = canvas.NewText("", nil)
		r.objects = append(r.objects, texts[i])
	}
	texts[1].Alignment, texts[2].Alignment = fyne.TextAlignCenter, fyne.TextAlignTrailing
	r.objects = append(r.objects, s.help)
	r.min = func() fyne.Size { return fyne.NewSize(Scaled(400), Scaled(24)) }
	r.layout = func(size fyne.Size) {
		ground.Resize(size)
		line.Resize(fyne.NewSize(size.Width, 1))
		hw := s.help.MinSize().Width
		place(s.help, size.Width-hw-4, 1, hw, size.Height-1)
		part := (size.Width - hw - 40) / 3
		for i, t := range texts {
			room := part
			if i == 0 && s.texts[1] == "" {
				room += part
			}
			t.Text, _ = Truncate(s.texts[i], room, t.TextSize, false)
			place(t, 12+float32(i)*(part+8), (size.Height-lineHeight(t.TextSize))/2, room, lineHeight(t.TextSize))
		}
	}
	r.refresh = func() {
		ground.set(ColorSurface)
		line.FillColor = Color(ColorLine)
		for _, t := range texts {
			t.Color, t.TextSize = Color(ColorSecondary), Scaled(12)
		}
		r.layout(s.Size())
		canvas.Refresh(s)
	}
	r.refresh()
	return r
}

// Page is the frame of a screen: title and actions in one line, an error bar,
// optional tools, and the content.
type Page struct {
	fw.BaseWidget
	// Errors is the bar above the content.
	Errors  *ErrorBar
	box     *fyne.Container
	title   *Paragraph
	actions *fyne.Container
}

// NewPage builds a screen. actions stand at the right of the title, the main
// action last; tools, when not nil, is a row between title and content.
func NewPage(title string, actions []fyne.CanvasObject, tools, content fyne.CanvasObject) *Page {
	p := &Page{Errors: NewErrorBar(), title: NewHeading(title)}
	p.actions = container.NewHBox(actions...)
	row := container.NewBorder(nil, nil, nil, p.actions, container.New(&middle{}, p.title))
	if tools == nil {
		tools = container0()
		tools.Hide()
	}
	p.box = container.New(&pageLayout{}, row, p.Errors, tools, content)
	p.ExtendBaseWidget(p)
	return p
}

// Title returns the title.
func (p *Page) Title() string { return p.title.Text() }

// SetTitle changes the title.
func (p *Page) SetTitle(text string) { p.title.SetText(text) }

// SetActions replaces the buttons at the right of the title, the main one last.
func (p *Page) SetActions(actions ...fyne.CanvasObject) {
	p.actions.Objects = actions
	p.box.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	return fw.NewSimpleRenderer(container.New(layout.NewCustomPaddedLayout(8, 0, 12, 12), p.box))
}

type pageLayout struct{}

func (pageLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, c := range o {
		if c.Visible() {
			m := c.MinSize()
			s = fyne.NewSize(max(s.Width, m.Width), s.Height+m.Height+8)
		}
	}
	return s
}

func (pageLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for i, c := range o {
		if !c.Visible() {
			continue
		}
		h := c.MinSize().Height
		if i == len(o)-1 {
			h = max(h, s.Height-y)
		}
		place(c, 0, y, s.Width, h)
		y += h + 8
	}
}

// middle centres one object vertically and gives it the width.
type middle struct{}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := o[0].MinSize()
	return fyne.NewSize(s.Width, max(s.Height, ControlHeight()))
}
func (middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := o[0].MinSize().Height
	place(o[0], 0, (s.Height-h)/2, s.Width, h)
}

// SidePane shows a detail at the right of its main part, 360 px wide.
type SidePane struct {
	fw.BaseWidget
	main, side fyne.CanvasObject
	box        *fyne.Container
}

// NewSidePane returns the main part alone.
func NewSidePane(main fyne.CanvasObject) *SidePane {
	p := &SidePane{main: main, box: container.New(sideLayout{}, main)}
	p.ExtendBaseWidget(p)
	return p
}

// SetSide shows the detail; nil takes it away.
func (p *SidePane) SetSide(side fyne.CanvasObject) {
	p.side = side
	p.box.Objects = []fyne.CanvasObject{p.main}
	if side != nil {
		line := canvas.NewRectangle(Color(ColorLine))
		p.box.Objects = append(p.box.Objects, line, side)
	}
	p.box.Refresh()
}

// Open reports whether a detail is shown.
func (p *SidePane) Open() bool { return p.side != nil }

// CreateRenderer implements fyne.Widget.
func (p *SidePane) CreateRenderer() fyne.WidgetRenderer { return fw.NewSimpleRenderer(p.box) }

type sideLayout struct{}

func (sideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := o[0].MinSize()
	if len(o) > 2 {
		s.Width += Scaled(360) + 1
		s.Height = max(s.Height, o[2].MinSize().Height)
	}
	return s
}

func (sideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := s.Width
	if len(o) > 2 {
		w = max(s.Width-Scaled(360)-1, 0)
		place(o[1], w, 0, 1, s.Height)
		place(o[2], w+1, 0, s.Width-w-1, s.Height)
	}
	place(o[0], 0, 0, w, s.Height)
}

// Row lays controls in a line with gaps of 8; objects keep their least width,
// except the one that fill names, which takes the rest and gives way where the
// window is narrow; -1 for none.
func Row(fill int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(rowLayout(fill), objects...)
}

type rowLayout int

func (l rowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w, h := l.fixed(o)
	if l >= 0 && int(l) < len(o) && o[l].Visible() {
		m := o[l].MinSize()
		w += min(m.Width, Scaled(120))
		h = max(h, m.Height)
	}
	return fyne.NewSize(w, h)
}

// fixed is what all but the filling object need.
func (l rowLayout) fixed(o []fyne.CanvasObject) (w, h float32) {
	n := 0
	for i, c := range o {
		if !c.Visible() {
			continue
		}
		if n++; n > 1 {
			w += 8
		}
		if i != int(l) {
			m := c.MinSize()
			w, h = w+m.Width, max(h, m.Height)
		}
	}
	return w, h
}

func (l rowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	fixed, _ := l.fixed(o)
	x := float32(0)
	for i, c := range o {
		if !c.Visible() {
			continue
		}
		m := c.MinSize()
		if i == int(l) {
			m.Width = max(0, s.Width-fixed)
		}
		if _, ok := c.(*FieldBox); ok {
			place(c, x, 0, m.Width, s.Height)
		} else {
			place(c, x, (s.Height-m.Height)/2, m.Width, m.Height)
		}
		x += m.Width + 8
	}
}

// Columns lays fields side by side in columns of equal width, filled row by row,
// with gaps of 12.
func Columns(n int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(columnsLayout(n), objects...)
}

type columnsLayout int

func (l columnsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	n := max(int(l), 1)
	var w, h, row float32
	for i, c := range o {
		m := c.MinSize()
		w = max(w, m.Width)
		row = max(row, m.Height)
		if i%n == n-1 || i == len(o)-1 {
			h += row + 8
			row = 0
		}
	}
	return fyne.NewSize(w*float32(n)+12*float32(n-1), max(0, h-8))
}

func (l columnsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n := max(int(l), 1)
	w := (s.Width - 12*float32(n-1)) / float32(n)
	y := float32(0)
	for i := 0; i < len(o); i += n {
		var row float32
		for _, c := range o[i:min(i+n, len(o))] {
			row = max(row, c.MinSize().Height)
		}
		for j, c := range o[i:min(i+n, len(o))] {
			place(c, float32(j)*(w+12), y, w, row)
		}
		y += row + 8
	}
}
