package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fw "fyne.io/fyne/v2/widget"
)

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
	row := container.NewBorder(nil, nil, nil, container.New(&middle{}, p.actions), container.New(&middle{}, p.title))
	if tools == nil {
		tools = container0()
		tools.Hide()
	}
	p.box = container.New(&pileLayout{gap: 8, spare: 3, more: 8}, row, p.Errors, tools, content)
	p.ExtendBaseWidget(p)
	return p
}

// SetTitle changes the title.
func (p *Page) SetTitle(text string) { p.title.SetText(text) }

// SetActions replaces the buttons at the right of the title, the main one last.
func (p *Page) SetActions(actions ...fyne.CanvasObject) {
	p.actions.Objects = actions
	p.actions.Refresh() // those that were out of the window take on its text size
	p.box.Refresh()
}

// Fit gives parts that were shown or hidden their room.
func (p *Page) Fit() { p.box.Refresh() }

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer { return fw.NewSimpleRenderer(p.box) }

// pileLayout stacks what is visible, with gaps; one part takes what the others leave.
type pileLayout struct {
	width, gap float32 // the least width; between the parts
	spare      int     // the part that grows and gives way
	more       float32 // room that it has beyond its least height
}

func (l *pileLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(l.width, l.more-l.gap)
	for _, c := range visible(o) {
		m := c.MinSize()
		s = fyne.NewSize(max(s.Width, m.Width), s.Height+m.Height+l.gap)
	}
	return s
}

func (l *pileLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	shown := visible(o)
	for _, c := range shown {
		c.Resize(fyne.NewSize(s.Width, c.Size().Height)) // what wraps needs its width first
	}
	spare, y := s.Height-l.MinSize(o).Height+l.more, float32(0)
	for _, c := range shown {
		h := c.MinSize().Height
		if c == o[l.spare] {
			h = max(h+spare, 0)
		}
		place(c, 0, y, s.Width, h)
		y += h + l.gap
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
		p.box.Objects = append(p.box.Objects, NewLine(), side)
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

// visible leaves out what is hidden: the others close up.
func visible(o []fyne.CanvasObject) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, c := range o {
		if c.Visible() {
			out = append(out, c)
		}
	}
	return out
}

func (l columnsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	n := max(int(l), 1)
	var w, h, row float32
	o = visible(o)
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
	o = visible(o)
	for i := 0; i < len(o); i += n {
		// A field keeps its height when the one beside it grows by an error.
		var row float32
		for j, c := range o[i:min(i+n, len(o))] {
			h := c.MinSize().Height
			row = max(row, h)
			place(c, float32(j)*(w+12), y, w, h)
		}
		y += row + 8
	}
}
