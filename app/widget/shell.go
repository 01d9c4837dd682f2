package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	fw "fyne.io/fyne/v2/widget"
)

// NavItem is one entry of the navigation.
type NavItem struct {
	ID      string
	Label   string
	Icon    IconName
	Divider bool         // a line before it
	Key     fyne.KeyName // goes there with Alt; "" for none
}

// Frame is the window of the program: office, period and search at the top, the
// navigation at the left, the screen, and the status bar. Install puts it on its
// window.
type Frame struct {
	// OnNavigate is called by a click on the navigation and by Alt with the key of an entry.
	OnNavigate func(id string)
	// OnBack and OnForward are called by Alt+← and Alt+→.
	OnBack, OnForward func()
	// OnHelp is called by F1 and the help button.
	OnHelp func()
	// OnKey gets keys that nothing with the focus has use for, such as Escape.
	OnKey func(ev *fyne.KeyEvent) bool
	// OnNarrow is called when the officer shrinks or widens the navigation.
	OnNarrow func(narrow bool)

	// Faults is a bar above every screen, for errors that leave something out of
	// what is shown.
	Faults *ErrorBar

	notice   *fyne.Container // stands above every screen
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
	f := &Frame{window: w, office: NewParagraph("", 200), content: container.NewStack(), status: newStatusBar(), Faults: NewErrorBar(), notice: container.NewStack()}
	f.notice.Hide()
	f.office.Bold, f.office.Max = true, 1
	for i := range f.slots {
		f.slots[i] = container.NewStack()
	}
	f.nav = newNavBar(f, items)
	f.status.help.OnTapped = func() { f.help() }
	f.header = container.New(&headerLayout{}, f.office, f.slots[0], f.slots[1], f.slots[2])
	f.scroll = container.NewScroll(f.content)
	body := container.New(edgeLayout{f}, newBand(f.header), f.nav, f.status, f.scroll)
	f.root = NewRoot(body)
	f.root.frame = f
	return f
}

// Install makes the frame the content of its window and takes its keys.
func (f *Frame) Install() {
	f.window.SetPadded(false)
	f.window.SetContent(f.root)
	c := f.window.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		touch()
		if ev.Name == fyne.KeyF1 {
			f.help()
			return
		}
		if f.OnKey != nil {
			f.OnKey(ev)
		}
	})
	for _, key := range "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		f.AddShortcut(fyne.KeyName(key), fyne.KeyModifierAlt, func() {
			for _, e := range f.nav.items {
				if e.item.Key == fyne.KeyName(key) {
					f.navigate(e.item.ID)
				}
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
		do()
	}
	// The canvas knows shortcuts while nothing has the focus; parts with the focus
	// hand theirs on to the root.
	for _, known := range append([]fyne.Shortcut{s}, named(key, modifier)...) {
		listen(c, known)
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

// SetOffice shows the name of the office.
func (f *Frame) SetOffice(name string) { f.office.SetText(name) }

// SetNotice shows a band above every screen that says what is open here, with one
// button at its right; "" takes it away.
func (f *Frame) SetNotice(text, label string, do func()) {
	if text == "" {
		f.notice.Hide()
		f.content.Refresh()
		return
	}
	words := NewParagraph(text, 300)
	words.Bold = true
	line := container.NewBorder(nil, nil, nil, NewButton(label, "", do), container.New(&middle{}, words))
	f.notice.Objects = []fyne.CanvasObject{newGround(ColorFigure), container.New(layout.NewCustomPaddedLayout(4, 4, 12, 12), line)}
	f.notice.Show()
	f.content.Refresh()
}

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

// SetContent shows a screen, a little off the edges, and marks its entry in the
// navigation.
func (f *Frame) SetContent(id string, screen fyne.CanvasObject) {
	hideTip()
	f.selected = id
	f.content.Objects = []fyne.CanvasObject{container.NewBorder(container.New(layout.NewCustomPaddedVBoxLayout(0), f.notice, f.Faults), nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(8, 0, 12, 12), screen))}
	f.scroll.ScrollToTop()
	f.scroll.Refresh()
	f.nav.Refresh()
	f.root.content.Refresh()
}

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

// SetStatus shows the three texts of the status bar.
func (f *Frame) SetStatus(left, middle, right string) { f.status.set(left, middle, right) }

// edgeLayout places header, navigation, status bar and screen. A screen that
// wants more room than there is gets that of the navigation's words, then scrolls:
// the window never outgrows the monitor.
type edgeLayout struct{ f *Frame }

// leastWindow is the least size of the window.
var leastWindow = fyne.NewSize(800, 480)

// FitWindow lets the window be as small as the screen has room.
func FitWindow(room fyne.Size) { leastWindow = leastWindow.Min(room) }

func (edgeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return leastWindow }

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

// newGround is a plain ground that follows a change of the theme.
func newGround(role fyne.ThemeColorName) fyne.CanvasObject {
	g := &ground{role: role}
	g.ExtendBaseWidget(g)
	return g
}

type ground struct {
	fw.BaseWidget
	role fyne.ThemeColorName
}

func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	return sketched(g, func() fyne.Size { return fyne.Size{} }, func(p *sketch, s fyne.Size) { p.put(newFill(g.role).Image, 0, 0, s.Width, s.Height) })
}

// newBand is a strip on surface ground with a line below it.
func newBand(content fyne.CanvasObject) fyne.CanvasObject {
	b := &band{content: content}
	b.ExtendBaseWidget(b)
	return b
}

type band struct {
	fw.BaseWidget
	content fyne.CanvasObject
}

func (b *band) CreateRenderer() fyne.WidgetRenderer {
	return sketched(b, func() fyne.Size { return b.content.MinSize().AddWidthHeight(24, 13) }, func(p *sketch, s fyne.Size) {
		p.put(newFill(ColorSurface).Image, 0, 0, s.Width, s.Height)
		p.rect(ColorLine, 0, s.Height-1, s.Width, 1)
		p.put(b.content, 12, 6, s.Width-24, s.Height-13)
		b.content.Refresh()
	})
}
