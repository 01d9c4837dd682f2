package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// TextLine is one line of a list of sentences: a text that wraps, a short detail
// at the right such as its points, and whether it holds.
type TextLine struct {
	Text, Detail string
	On           bool
	Fixed        bool // of PickLines: only read, behind those that can be chosen
}

// TextLines shows sentences one below the other; those that hold stand out. It is
// only read: see PickLines.
type TextLines struct {
	fw.BaseWidget
	lines  []TextLine
	boxes  bool // each line has a box or a ring to tick
	many   bool
	cursor int       // -1 for none
	tops   []float32 // upper edge of each line, and the end
}

// NewTextLines returns a list of sentences.
func NewTextLines(lines []TextLine) *TextLines {
	l := &TextLines{lines: lines, cursor: -1}
	l.ExtendBaseWidget(l)
	return l
}

// Set shows other sentences.
func (l *TextLines) Set(lines []TextLine) {
	if !slices.Equal(l.lines, lines) {
		l.lines = lines
		l.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (l *TextLines) CreateRenderer() fyne.WidgetRenderer { return l.drawn(l) }

// drawn is the renderer of the widget that the list is.
func (l *TextLines) drawn(of fyne.Widget) fyne.WidgetRenderer {
	return flowing(of, Scaled(360), func(float32) float32 { return Scaled(160) }, l.draw)
}

const (
	linesPad    = 4  // above and below the text of a line
	linesSign   = 26 // room of the sign, px at 100 %
	linesDetail = 64 // room of the detail
)

// draw draws the sentences at a width.
func (l *TextLines) draw(p *sketch, width float32) (y float32) {
	l.tops = nil
	size := TextSize(theme.SizeNameText)
	line := lineHeight(size)
	sign, detail := Scaled(linesSign), Scaled(linesDetail)
	for i, x := range l.lines {
		l.tops = append(l.tops, y)
		wrapped := wrapText(x.Text, max(width-sign-detail-8, 60), size, x.On, 0)
		height := float32(len(wrapped))*line + 2*linesPad
		l.ground(p, i, x, y, width, height)
		role := ColorInk
		if !x.On && (!l.boxes || x.Fixed) {
			role = ColorSecondary
		}
		l.sign(p, x, y+linesPad, line, sign)
		for k, w := range wrapped {
			p.text(w, role, size, x.On, sign, y+linesPad+float32(k)*line, width-sign-detail, fyne.TextAlignLeading)
		}
		p.text(x.Detail, role, size, x.On, width-detail-8, y+linesPad, detail, fyne.TextAlignTrailing)
		y += height
	}
	l.tops = append(l.tops, y)
	return y
}

// ground marks the line that holds, and the one with the cursor.
func (l *TextLines) ground(p *sketch, i int, x TextLine, y, width, height float32) {
	if !x.On && i != l.cursor {
		return
	}
	role := ColorSelected
	if !x.On {
		role = ""
	}
	g := p.rect(role, 0, y, width, height)
	g.CornerRadius = 3
	if i == l.cursor {
		g.StrokeColor, g.StrokeWidth = Color(ColorPrimary), 1
	}
}

func (l *TextLines) sign(p *sketch, x TextLine, y, line, width float32) {
	put := func(o fyne.CanvasObject, side float32) {
		p.put(o, float32(int((width-side)/2)), float32(int(y+(line-side)/2)), side, side)
	}
	switch {
	case l.boxes && x.Fixed:
	case l.boxes && l.many:
		name := IconBox
		if x.On {
			name = IconBoxChecked
		}
		put(iconImage(name, ColorPrimary), Scaled(16))
	case l.boxes:
		ring := canvas.NewCircle(nil)
		ring.StrokeColor, ring.StrokeWidth = Color(ColorPrimary), 1.5
		put(ring, Scaled(13))
		if x.On {
			put(canvas.NewCircle(Color(ColorPrimary)), Scaled(7))
		}
	case x.On:
		put(iconImage(IconCheck, ColorPrimary), Scaled(16))
	}
}

// PickLines is a list of sentences of which one, or with Many any number, is
// chosen: by a click, by Space on the line with the cursor, or by the number of
// the line. The arrows move the cursor.
type PickLines struct {
	TextLines
	// OnPick is called with the number of a line that the officer chose or ticked.
	OnPick func(i int)
	// OnEnter is called by Enter; without it Enter goes to the dialog.
	OnEnter func()

	focused bool
}

// NewPickLines returns a list to choose from; many allows several lines.
func NewPickLines(lines []TextLine, many bool, picked func(i int)) *PickLines {
	p := &PickLines{OnPick: picked}
	p.lines, p.boxes, p.many, p.cursor = lines, true, many, -1
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *PickLines) CreateRenderer() fyne.WidgetRenderer { return p.drawn(p) }

// FocusGained puts the cursor on the line that is chosen, else on the first.
func (p *PickLines) FocusGained() {
	p.focused = true
	p.cursor = max(0, slices.IndexFunc(p.lines, func(x TextLine) bool { return x.On }))
	p.Refresh()
}

// FocusLost implements fyne.Focusable.
func (p *PickLines) FocusLost() {
	p.focused, p.cursor = false, -1
	p.Refresh()
}

// choices is how many lines can be chosen.
func (p *PickLines) choices() int {
	n := len(p.lines)
	for n > 0 && p.lines[n-1].Fixed {
		n--
	}
	return n
}

func (p *PickLines) pick(i int) {
	if i < 0 || i >= p.choices() {
		return
	}
	if p.focused {
		p.cursor = i
	}
	if p.OnPick != nil {
		p.OnPick(i)
	}
	p.Refresh()
}

// TypedRune chooses a line by its number.
func (p *PickLines) TypedRune(r rune) {
	if r >= '1' && r <= '9' {
		p.pick(int(r - '1'))
	}
}

// TypedKey implements fyne.Focusable.
func (p *PickLines) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyUp:
		to := p.cursor + 1
		if ev.Name == fyne.KeyUp {
			to = p.cursor - 1
		}
		if to >= 0 && to < p.choices() {
			p.cursor = to
			p.Refresh()
		}
	case fyne.KeySpace:
		p.pick(p.cursor)
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.OnEnter != nil {
			p.OnEnter()
			return
		}
		passKey(p, ev)
	default:
		passKey(p, ev)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (p *PickLines) TypedShortcut(s fyne.Shortcut) { passShortcut(p, s) }

// Tapped implements fyne.Tappable.
func (p *PickLines) Tapped(ev *fyne.PointEvent) {
	takeFocus(p)
	for i, top := range p.tops {
		if ev.Position.Y >= top && i < len(p.lines) && ev.Position.Y < p.tops[i+1] {
			p.pick(i)
			return
		}
	}
}

// Cursor implements desktop.Cursorable.
func (p *PickLines) Cursor() desktop.Cursor { return desktop.PointerCursor }
