package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Mark is the sign and the colour of a state. A state is always shown by colour,
// sign and word; the word is the text beside it.
type Mark uint8

// The marks (design of screens, "Visual language").
const (
	NoMark      Mark = iota
	MarkEarly        // ● finished before its date
	MarkOnTime       // ◐ on time
	MarkLate         // ▲ late or overdue
	MarkSoon         // ◔ due within two working days
	MarkPaused       // ❙❙ the clock stands
	MarkStopped      // – withdrawn, refused, stopped
	MarkChecked      // a ticked box, for lists of choices
	MarkBox          // an empty box
	MarkOpen         // ▾ what is below shows
	MarkFolded       // ▸ what is below is folded away
	markCount
)

// Role returns the colour of the mark.
func (m Mark) Role() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{ColorInk, ColorEarly, ColorOnTime, ColorLate, ColorSoon, ColorWaiting, ColorStopped, ColorPrimary, ColorSecondary, ColorSecondary, ColorSecondary}[m]
}

// markSize is the height and width of a sign.
func markSize() float32 { return Scaled(10) }

// NewMark draws the sign of a state: shapes and not letters, because fonts
// differ in them. It follows a change of theme.
func NewMark(m Mark) fyne.CanvasObject {
	c := &fyne.Container{}
	c.Layout = &markLayout{c: c, mark: m}
	c.Layout.Layout(nil, fyne.Size{})
	return c
}

type markLayout struct {
	fixedLayout
	c    *fyne.Container
	mark Mark
	look *Theme
}

// Layout implements fyne.Layout.
func (l *markLayout) Layout([]fyne.CanvasObject, fyne.Size) {
	if l.look != current() {
		l.look, l.c.Objects = current(), nil
		l.mark.draw(l.c)
	}
}

func (m Mark) draw(c *fyne.Container) {
	col := Color(m.Role())
	s := markSize()
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		place(o, x, y, w, h)
		c.Objects = append(c.Objects, o)
	}
	ring := func() {
		r := canvas.NewCircle(nil)
		r.StrokeColor, r.StrokeWidth = col, s*0.14
		put(r, 0, 0, s, s)
	}
	switch m {
	case MarkEarly:
		put(canvas.NewCircle(col), 0, 0, s, s)
	case MarkOnTime:
		ring()
		put(canvas.NewPieArc(180, 360, col), 0, 0, s, s)
	case MarkSoon:
		ring()
		put(canvas.NewPieArc(0, 90, col), 0, 0, s, s)
	case MarkLate:
		put(canvas.NewPolygon(3, col), 0, s*0.08, s, s)
	case MarkPaused:
		put(canvas.NewRectangle(col), s*0.12, 0, s*0.28, s)
		put(canvas.NewRectangle(col), s*0.6, 0, s*0.28, s)
	case MarkStopped:
		put(canvas.NewRectangle(col), s*0.05, s*0.4, s*0.9, s*0.2)
	case MarkOpen, MarkFolded:
		p := canvas.NewPolygon(3, col)
		p.Angle = 90
		if m == MarkOpen {
			p.Angle = 180
		}
		put(p, s*0.1, s*0.1, s*0.8, s*0.8)
	case MarkChecked, MarkBox:
		name := IconBox
		if m == MarkChecked {
			name = IconBoxChecked
		}
		put(iconImage(name, m.Role()), -3, -3, s+6, s+6)
	}
	c.Resize(fyne.NewSquareSize(s))
}

func container0() *fyne.Container { return &fyne.Container{Layout: fixedLayout{}} }

// fixedLayout leaves its objects where they were put and asks for no more than
// the size it was given.
type fixedLayout struct{ min fyne.Size }

func (l fixedLayout) Layout([]fyne.CanvasObject, fyne.Size) {}
func (l fixedLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.min }
