package widget

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data/text"
	"giaoban/reports/briefing"
)

// FigureText is an area of text in which figures stand as fields on a light ground:
// they are inserted from a list and moved as a whole, never typed. The ends of a
// clause that is printed under a condition are thin brackets; what is not printed
// now is drawn fainter.
type FigureText struct {
	fw.BaseWidget
	pointing
	// Value is what a figure shows, Tell what the tooltip says of a part.
	Value, Tell func(briefing.Part) string
	// Printed says for each part whether it is printed now; nil takes all.
	Printed func([]briefing.Part) []bool
	// Turned says of a figure that it changed direction since the text was written: its
	// sentence is drawn in the colour of what asks for attention; nil for none.
	Turned func(briefing.Part) bool
	// OnChange is called after every change; OnCaret with the place of the caret, so
	// that it can be scrolled into view.
	OnChange func()
	OnCaret  func(y, height float32)

	atoms        []atom
	caret, mark  int // mark is the other end of what is chosen
	past, future []textState
	focused      bool
	shift        bool
	drag         int // the atom that a drag began on, -1 for none
	width        float32
	lines        []textLine
}

// atom is a letter, a figure or the end of a clause.
type atom struct {
	letter rune
	part   briefing.Part // where letter is 0
	faint  bool
	turned bool    // in a sentence that must be read again
	x, w   float32 // within its line
}

// textLine are the atoms from up to but without to.
type textLine struct{ from, to int }

type textState struct {
	atoms []atom
	caret int
}

// NewFigureText returns an empty text.
func NewFigureText() *FigureText {
	t := &FigureText{drag: -1, width: Scaled(600), Value: func(p briefing.Part) string { return p.Figure }, Tell: func(briefing.Part) string { return "" },
		OnChange: func() {}, OnCaret: func(float32, float32) {}}
	t.pointing = pointing{func(p fyne.Position) int { on, _ := t.atomAt(p); return on }, t.tell, -1}
	t.ExtendBaseWidget(t)
	return t
}

// SetParts shows a text; it can be taken back like a change.
func (t *FigureText) SetParts(parts []briefing.Part) {
	t.change(func() {
		t.atoms = atomsOf(parts)
		t.caret = len(t.atoms)
	})
}

// Parts returns the text.
func (t *FigureText) Parts() []briefing.Part { return partsOf(t.atoms) }

func atomsOf(parts []briefing.Part) (out []atom) {
	for _, p := range parts {
		if p.Open || p.Close || p.Figure != "" {
			out = append(out, atom{part: p})
			continue
		}
		for _, r := range p.Text {
			out = append(out, atom{letter: r})
		}
	}
	return out
}

func partsOf(atoms []atom) (out []briefing.Part) {
	for _, a := range atoms {
		n := len(out)
		switch {
		case a.letter == 0:
			out = append(out, a.part)
		case n > 0 && out[n-1].Text != "":
			out[n-1].Text += string(a.letter)
		default:
			out = append(out, briefing.Part{Text: string(a.letter)})
		}
	}
	return out
}

// Insert puts a figure at the caret.
func (t *FigureText) Insert(figure string) { t.put([]atom{{part: briefing.Part{Figure: figure}}}) }

// put replaces what is chosen.
func (t *FigureText) put(atoms []atom) {
	t.change(func() {
		t.cut()
		t.atoms = slices.Insert(t.atoms, t.caret, atoms...)
		t.caret += len(atoms)
	})
}

// change does something that can be taken back.
func (t *FigureText) change(do func()) {
	t.past, t.future = append(t.past, t.state()), nil
	do()
	t.changed()
}

func (t *FigureText) state() textState { return textState{slices.Clone(t.atoms), t.caret} }

func (t *FigureText) changed() {
	t.mark = t.caret
	t.fade()
	t.markTurned()
	t.wrap()
	t.Refresh()
	t.tellCaret()
	t.OnChange()
}

// undo goes to the state before, or with the stacks turned round to the one after.
func (t *FigureText) undo(from, to *[]textState) {
	if n := len(*from); n > 0 {
		*to = append(*to, t.state())
		t.atoms, t.caret = (*from)[n-1].atoms, (*from)[n-1].caret
		*from = (*from)[:n-1]
		t.changed()
	}
}

// cut takes what is chosen out. Half a clause never stays: the other end goes too,
// and its words become plain ones.
func (t *FigureText) cut() {
	from, to := min(t.caret, t.mark), max(t.caret, t.mark)
	if from < to {
		t.remove(from, to)
	}
}

func (t *FigureText) remove(from, to int) {
	mates := t.mates()
	var out []atom
	t.caret = 0
	for i, a := range t.atoms {
		mate, paired := mates[i]
		if i >= from && i < to || paired && mate >= from && mate < to {
			continue
		}
		if i < from {
			t.caret++
		}
		out = append(out, a)
	}
	t.atoms, t.mark = out, t.caret
}

// mates pairs the ends of clauses.
func (t *FigureText) mates() map[int]int {
	out := map[int]int{}
	var open []int
	for i, a := range t.atoms {
		switch n := len(open); {
		case a.letter == 0 && a.part.Open:
			open = append(open, i)
		case a.letter == 0 && a.part.Close && n > 0:
			out[i], out[open[n-1]] = open[n-1], i
			open = open[:n-1]
		}
	}
	return out
}

// fade notes what is not printed now.
func (t *FigureText) fade() {
	if t.Printed == nil {
		return
	}
	at := 0
	for k, printed := range t.Printed(t.Parts()) {
		n := 1
		if p := t.Parts()[k]; p.Text != "" {
			n = len([]rune(p.Text))
		}
		for range n {
			t.atoms[at].faint = !printed
			at++
		}
	}
}

// markTurned marks the sentences of figures that changed direction. A sentence ends with
// its line, or with a full stop before a space.
func (t *FigureText) markTurned() {
	if t.Turned == nil {
		return
	}
	from, hit := 0, false
	for i := range t.atoms {
		a := &t.atoms[i]
		hit = hit || a.letter == 0 && a.part.Figure != "" && !a.part.Open && t.Turned(a.part)
		last := i == len(t.atoms)-1
		if !last && a.letter != '\n' && (a.letter != '.' || t.atoms[i+1].letter != ' ') {
			continue
		}
		for k := from; k <= i; k++ {
			t.atoms[k].turned = hit
		}
		from, hit = i+1, false
	}
}

const (
	chipPad  = 4 // around a figure
	bracket  = 7 // room of the end of a clause
	textEdge = 6
)

func (t *FigureText) size() float32 { return Scaled(13) }
func (t *FigureText) row() float32  { return lineHeight(t.size()) + 6 }

// wrap lays the atoms into lines.
func (t *FigureText) wrap() {
	t.lines = t.lines[:0]
	room, x, from, gap := t.width-2*textEdge, float32(0), 0, -1 // gap: where the line may break
	size := t.size()
	for i := 0; i < len(t.atoms); i++ {
		a := &t.atoms[i]
		switch {
		case a.letter == '\n':
			a.x, a.w = x, 0
			t.lines = append(t.lines, textLine{from, i + 1})
			x, from, gap = 0, i+1, -1
			continue
		case a.letter != 0:
			a.w = runeWidth(a.letter, size, false)
		case a.part.Open || a.part.Close:
			a.w = bracket
		default:
			a.w = textWidth(t.Value(a.part), size, false) + 2*chipPad
		}
		if x+a.w > room && i > from && a.letter != ' ' {
			if gap <= from {
				gap = i
			}
			t.lines = append(t.lines, textLine{from, gap})
			from, x, i, gap = gap, 0, gap-1, -1
			continue
		}
		a.x = x
		x += a.w
		if a.letter == ' ' {
			gap = i + 1
		}
	}
	t.lines = append(t.lines, textLine{from, len(t.atoms)})
}

// lineOf returns the line in which the caret stands before the atom i, and its x.
func (t *FigureText) lineOf(i int) (line int, x float32) {
	for line < len(t.lines)-1 && i >= t.lines[line].to {
		line++
	}
	switch {
	case i < len(t.atoms) && i < t.lines[line].to:
		x = t.atoms[i].x
	case i > t.lines[line].from:
		x = t.atoms[i-1].x + t.atoms[i-1].w
	}
	return line, x
}

// atomAt returns the atom under a position of the widget, and the place of the
// caret nearest to it.
func (t *FigureText) atomAt(p fyne.Position) (on, caret int) {
	if len(t.lines) == 0 {
		return -1, 0
	}
	l := t.lines[min(max(int((p.Y-textEdge)/t.row()), 0), len(t.lines)-1)]
	for i := l.from; i < l.to; i++ {
		a := t.atoms[i]
		if x := p.X - textEdge; x < a.x+a.w || a.letter == '\n' {
			if x < a.x+a.w/2 || a.letter == '\n' {
				return i, i
			}
			return i, i + 1
		}
	}
	if l.to > l.from && l.to < len(t.atoms) {
		return -1, l.to - 1 // a line that wraps
	}
	return -1, l.to
}

// go to moves the caret; with Shift what lies between is chosen.
func (t *FigureText) goTo(i int) {
	t.caret = min(max(i, 0), len(t.atoms))
	if !t.shift {
		t.mark = t.caret
	}
	t.Refresh()
	t.tellCaret()
}

func (t *FigureText) tellCaret() {
	line, _ := t.lineOf(t.caret)
	t.OnCaret(textEdge+float32(line)*t.row(), t.row())
}

// TypedRune implements fyne.Focusable.
func (t *FigureText) TypedRune(r rune) { t.put([]atom{{letter: r}}) }

// TypedKey implements fyne.Focusable.
func (t *FigureText) TypedKey(ev *fyne.KeyEvent) {
	line, x := t.lineOf(t.caret)
	chosen := t.caret != t.mark
	switch ev.Name {
	case fyne.KeyLeft:
		t.goTo(t.caret - 1)
	case fyne.KeyRight:
		t.goTo(t.caret + 1)
	case fyne.KeyUp, fyne.KeyDown:
		if line--; ev.Name == fyne.KeyDown {
			line += 2
		}
		if line >= 0 && line < len(t.lines) {
			_, at := t.atomAt(fyne.NewPos(x+textEdge, textEdge+(float32(line)+0.5)*t.row()))
			t.goTo(at)
		}
	case fyne.KeyHome:
		t.goTo(t.lines[line].from)
	case fyne.KeyEnd:
		_, at := t.atomAt(fyne.NewPos(t.width, textEdge+(float32(line)+0.5)*t.row()))
		t.goTo(at)
	case fyne.KeyBackspace, fyne.KeyDelete:
		at := t.caret
		if ev.Name == fyne.KeyBackspace {
			at--
		}
		switch {
		case chosen:
			t.change(t.cut)
		case at >= 0 && at < len(t.atoms):
			t.change(func() { t.remove(at, at+1) })
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		t.TypedRune('\n')
	default:
		passKey(t, ev)
	}
}

// KeyDown implements desktop.Keyable.
func (t *FigureText) KeyDown(ev *fyne.KeyEvent) { t.setShift(ev, true) }

// KeyUp implements desktop.Keyable.
func (t *FigureText) KeyUp(ev *fyne.KeyEvent) { t.setShift(ev, false) }

func (t *FigureText) setShift(ev *fyne.KeyEvent, on bool) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		t.shift = on
	}
}

// TypedShortcut implements fyne.Shortcutable. On the clipboard figures stand by
// their names, so that they can be moved from one text to another.
func (t *FigureText) TypedShortcut(s fyne.Shortcut) {
	from, to := min(t.caret, t.mark), max(t.caret, t.mark)
	keep := func() { fyne.CurrentApp().Clipboard().SetContent(briefing.Join(partsOf(t.atoms[from:to]))) }
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		t.mark, t.caret = 0, len(t.atoms)
		t.Refresh()
	case *fyne.ShortcutCopy:
		keep()
	case *fyne.ShortcutCut:
		keep()
		t.change(t.cut)
	case *fyne.ShortcutPaste:
		t.paste(fyne.CurrentApp().Clipboard().Content())
	case *fyne.ShortcutUndo:
		t.undo(&t.past, &t.future)
	case *fyne.ShortcutRedo:
		t.undo(&t.future, &t.past)
	default:
		passShortcut(t, s)
	}
}

// paste takes text in; one with brackets that are no figures stays as it is.
func (t *FigureText) paste(s string) {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = text.Clean(lines[i])
	}
	s = strings.Join(lines, "\n")
	parts, err := briefing.Parts(s)
	if known := func(p briefing.Part) bool { return p.Figure == "" || t.Tell(p) != "" }; err != nil || slices.ContainsFunc(parts, func(p briefing.Part) bool { return !known(p) }) {
		parts = []briefing.Part{{Text: s}}
	}
	t.put(atomsOf(parts))
}

// FocusGained implements fyne.Focusable.
func (t *FigureText) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost implements fyne.Focusable.
func (t *FigureText) FocusLost() { t.focused, t.shift = false, false; t.Refresh() }

// MouseDown implements desktop.Mouseable.
func (t *FigureText) MouseDown(ev *desktop.MouseEvent) {
	hideTip()
	takeFocus(t)
	on, caret := t.atomAt(ev.Position)
	t.drag = on
	t.shift = ev.Modifier&fyne.KeyModifierShift != 0
	t.goTo(caret)
	t.shift = false
}

// MouseUp implements desktop.Mouseable.
func (t *FigureText) MouseUp(*desktop.MouseEvent) {}

// Dragged implements fyne.Draggable: it chooses, or carries a figure along.
func (t *FigureText) Dragged(ev *fyne.DragEvent) {
	_, t.caret = t.atomAt(ev.Position)
	if t.carries() {
		t.mark = t.caret
	}
	t.Refresh()
}

func (t *FigureText) carries() bool {
	return t.drag >= 0 && t.drag < len(t.atoms) && t.atoms[t.drag].letter == 0 && !t.atoms[t.drag].part.Open && !t.atoms[t.drag].part.Close
}

// DragEnd implements fyne.Draggable.
func (t *FigureText) DragEnd() {
	if at, from := t.caret, t.drag; t.carries() && at != from && at != from+1 {
		t.change(func() {
			a := t.atoms[from]
			t.atoms = slices.Delete(t.atoms, from, from+1)
			if at > from {
				at--
			}
			t.atoms = slices.Insert(t.atoms, at, a)
			t.caret = at + 1
		})
	}
	t.drag = -1
}

// tell shows the tooltip of the part under the mouse.
func (t *FigureText) tell() {
	hideTip()
	if on := t.under; on >= 0 && t.atoms[on].letter == 0 {
		line, x := t.lineOf(on)
		armTip(t, t.Tell(t.atoms[on].part), func() fyne.Position {
			return absolute(t).AddXY(x+textEdge, textEdge+float32(line+1)*t.row()+2)
		})
	}
}

// Cursor implements desktop.Cursorable.
func (t *FigureText) Cursor() desktop.Cursor { return desktop.TextCursor }

func (t *FigureText) holdsText() {}

// CreateRenderer implements fyne.Widget.
func (t *FigureText) CreateRenderer() fyne.WidgetRenderer {
	t.wrap()
	return sketched(t, func() fyne.Size { return fyne.NewSize(160, float32(max(len(t.lines), 1))*t.row()+2*textEdge) }, t.draw)
}

func (t *FigureText) draw(p *sketch, s fyne.Size) {
	if s.Width > 0 {
		t.width = s.Width
	}
	t.wrap() // the text size may be another one
	text := func(s string, role fyne.ThemeColorName, x, y, w float32) {
		p.text(s, role, t.size(), false, x, y+3, w, fyne.TextAlignLeading)
	}
	from, to := min(t.caret, t.mark), max(t.caret, t.mark)
	for n, l := range t.lines {
		y := textEdge + float32(n)*t.row()
		for i := l.from; i < l.to; {
			a, k := t.atoms[i], i+1
			chosen := i >= from && i < to
			ink := ColorInk
			switch {
			case a.faint:
				ink = ColorSecondary
			case a.turned:
				ink = ColorLate
			}
			if a.letter != 0 { // a run of letters that look alike
				for k < l.to && t.atoms[k].letter != 0 && t.atoms[k].faint == a.faint && t.atoms[k].turned == a.turned && (k >= from && k < to) == chosen {
					k++
				}
			}
			w := t.atoms[k-1].x + t.atoms[k-1].w - a.x
			x := textEdge + a.x
			if chosen {
				p.rect(ColorLine, x, y, w, t.row())
			}
			switch {
			case a.letter != 0:
				var b strings.Builder
				for _, c := range t.atoms[i:k] {
					b.WriteRune(c.letter)
				}
				text(strings.TrimRight(b.String(), "\n"), ink, x, y, w)
			case a.part.Open || a.part.Close:
				t.end(p, a.part.Open, x, y)
			default:
				if !chosen {
					p.rect(ColorSelected, x+1, y+1, w-2, t.row()-2)
				}
				role := ColorPrimary
				switch {
				case a.faint:
					role = ColorSecondary
				case a.turned:
					role = ColorLate
				}
				text(t.Value(a.part), role, x+chipPad, y, w-2*chipPad)
			}
			if a.turned {
				p.rect(ColorLate, x, y+t.row()-2, w, 1)
			}
			i = k
		}
	}
	if line, x := t.lineOf(t.caret); t.focused {
		p.rect(ColorPrimary, textEdge+x-0.5, textEdge+float32(line)*t.row()+2, 1.5, t.row()-4)
	}
}

// end draws one end of a clause: a thin bracket.
func (t *FigureText) end(p *sketch, open bool, x, y float32) {
	h, at, foot := t.row()-8, x+bracket-4, x+bracket-4
	if !open {
		at = x + 3
		foot = at - 2
	}
	p.rect(ColorSoon, at, y+4, 1, h)
	p.rect(ColorSoon, foot, y+4, 3, 1)
	p.rect(ColorSoon, foot, y+3+h, 3, 1)
}
