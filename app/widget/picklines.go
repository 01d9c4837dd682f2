package widget

import (
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
	cursor int // -1 for none
}

// NewTextLines returns a list of sentences.
func NewTextLines(lines []TextLine) *TextLines {
	l := &TextLines{lines: lines, cursor: -1}
	l.ExtendBaseWidget(l)
	return l
}

// Set shows other sentences.
func (l *TextLines) Set(lines []TextLine) {
	if sameLines(l.lines, lines) {
		return
	}
	l.lines = lines
	l.Refresh()
}

func sameLines(a, b []TextLine) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// CreateRenderer implements fyne.Widget.
func (l *TextLines) CreateRenderer() fyne.WidgetRenderer { return laid(l, newLinesRenderer(l, l)) }

// linesRenderer draws the sentences at the width that it was given.
type linesRenderer struct {
	l       *TextLines
	self    fyne.CanvasObject
	objects []fyne.CanvasObject
	tops    []float32 // upper edge of each line, and the end
	width   float32
}

func newLinesRenderer(l *TextLines, self fyne.CanvasObject) *linesRenderer {
	r := &linesRenderer{l: l, self: self, width: Scaled(360)}
	r.build()
	return r
}

const (
	linesPad    = 4  // above and below the text of a line
	linesSign   = 26 // room of the sign, px at 100 %
	linesDetail = 64 // room of the detail
)

func (r *linesRenderer) build() {
	r.objects, r.tops = nil, nil
	size := TextSize(theme.SizeNameText)
	line := lineHeight(size)
	sign, detail := Scaled(linesSign), Scaled(linesDetail)
	y := float32(0)
	for i, x := range r.l.lines {
		r.tops = append(r.tops, y)
		wrapped := wrapText(x.Text, max(r.width-sign-detail-8, 60), size, x.On, 0)
		height := float32(len(wrapped))*line + 2*linesPad
		r.ground(i, x, y, height)
		role := ColorInk
		if !x.On && (!r.l.boxes || x.Fixed) {
			role = ColorSecondary
		}
		r.sign(x, y+linesPad, line, sign)
		for k, w := range append(wrapped, x.Detail) {
			t := canvas.NewText(w, Color(role))
			t.TextSize, t.TextStyle.Bold = size, x.On
			if k < len(wrapped) {
				t.Move(fyne.NewPos(sign, y+linesPad+float32(k)*line))
				t.Resize(fyne.NewSize(max(r.width-sign-detail, 0), line))
			} else {
				t.Alignment = fyne.TextAlignTrailing
				t.Move(fyne.NewPos(r.width-detail-8, y+linesPad))
				t.Resize(fyne.NewSize(detail, line))
			}
			r.objects = append(r.objects, t)
		}
		y += height
	}
	r.tops = append(r.tops, y)
}

// ground marks the line that holds, and the one with the cursor.
func (r *linesRenderer) ground(i int, x TextLine, y, height float32) {
	if !x.On && i != r.l.cursor {
		return
	}
	g := canvas.NewRectangle(nil)
	g.CornerRadius = 3
	if x.On {
		g.FillColor = Color(ColorSelected)
	}
	if i == r.l.cursor {
		g.StrokeColor, g.StrokeWidth = Color(ColorPrimary), 1
	}
	g.Move(fyne.NewPos(0, y))
	g.Resize(fyne.NewSize(r.width, height))
	r.objects = append(r.objects, g)
}

func (r *linesRenderer) sign(x TextLine, y, line, width float32) {
	put := func(o fyne.CanvasObject, side float32) {
		o.Resize(fyne.NewSquareSize(side))
		o.Move(fyne.NewPos(float32(int((width-side)/2)), float32(int(y+(line-side)/2))))
		r.objects = append(r.objects, o)
	}
	switch {
	case r.l.boxes && x.Fixed:
	case r.l.boxes && r.l.many:
		name := IconBox
		if x.On {
			name = IconBoxChecked
		}
		img := canvas.NewImageFromResource(Icon(name, ColorPrimary))
		img.FillMode = canvas.ImageFillContain
		put(img, Scaled(16))
	case r.l.boxes:
		ring := canvas.NewCircle(nil)
		ring.StrokeColor, ring.StrokeWidth = Color(ColorPrimary), 1.5
		put(ring, Scaled(13))
		if x.On {
			put(canvas.NewCircle(Color(ColorPrimary)), Scaled(7))
		}
	case x.On:
		img := canvas.NewImageFromResource(Icon(IconCheck, ColorPrimary))
		img.FillMode = canvas.ImageFillContain
		put(img, Scaled(16))
	}
}

func (r *linesRenderer) Destroy()                     {}
func (r *linesRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *linesRenderer) MinSize() fyne.Size {
	return fyne.NewSize(Scaled(160), r.tops[len(r.tops)-1])
}
func (r *linesRenderer) Layout(s fyne.Size) {
	if s.Width > 0 && s.Width != r.width {
		r.width = s.Width
		r.build()
		canvas.Refresh(r.self)
	}
}
func (r *linesRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.self)
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
	view    *linesRenderer
}

// NewPickLines returns a list to choose from; many allows several lines.
func NewPickLines(lines []TextLine, many bool, picked func(i int)) *PickLines {
	p := &PickLines{OnPick: picked}
	p.lines, p.boxes, p.many, p.cursor = lines, true, many, -1
	p.ExtendBaseWidget(p)
	return p
}

// Set shows other sentences and keeps the cursor.
func (p *PickLines) Set(lines []TextLine) {
	if sameLines(p.lines, lines) {
		return
	}
	p.lines = lines
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *PickLines) CreateRenderer() fyne.WidgetRenderer {
	p.view = newLinesRenderer(&p.TextLines, p)
	return laid(p, p.view)
}

// FocusGained puts the cursor on the line that is chosen, else on the first.
func (p *PickLines) FocusGained() {
	p.focused, p.cursor = true, 0
	for i, x := range p.lines {
		if x.On {
			p.cursor = i
			break
		}
	}
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
	if c := canvasOf(p); c != nil {
		c.Focus(p)
	}
	if p.view == nil {
		return
	}
	for i := range p.lines {
		if ev.Position.Y >= p.view.tops[i] && ev.Position.Y < p.view.tops[i+1] {
			p.pick(i)
			return
		}
	}
}

// Cursor implements desktop.Cursorable.
func (p *PickLines) Cursor() desktop.Cursor { return desktop.PointerCursor }
