package widget

import (
	"fmt"
	"maps"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"giaoban/data"
)

type dragKind uint8

const (
	noDrag dragKind = iota
	dragThumb
	dragHThumb
	dragEdge
	dragRows
	pressHeader
)

type dragState struct {
	kind   dragKind
	column int
	grab   float32 // where in the handle or column it was taken
	then   func()  // what the release of a click does
}

type clickState struct {
	row  int
	when time.Time
}

// doubleClick is the longest time between the two presses of a double click.
const doubleClick = 400 * time.Millisecond

// maxCopy bounds the rows that one copy puts on the clipboard: more of them are
// more than clipboards take. Who has chosen more is asked first.
const maxCopy = 20000

func (g *Grid) rowAt(y float32) int {
	y -= g.headerHeight()
	if y < 0 || y >= g.bodySize().Height {
		return -1
	}
	row := g.top + int((y+g.offset)/g.rowHeight())
	if row >= g.Len() {
		return -1
	}
	return row
}

// MouseDown implements desktop.Mouseable. Rows are chosen at the press and not
// at the release, so that the grid answers at once.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	touch()
	hideTip()
	g.pressing = true
	takeFocus(g)
	g.pressing = false
	body := g.bodySize()
	p := ev.Position
	head := g.headerHeight()
	if ev.Button == desktop.MouseButtonSecondary {
		if row := g.rowAt(p.Y); row >= 0 && p.X < body.Width && !g.selected.Has(row) {
			g.moveTo(row, false)
		}
		return
	}
	g.drag = dragState{}
	switch {
	case p.X >= body.Width:
		at, length := g.thumb()
		y := p.Y - head
		switch {
		case length == 0 || y < 0:
		case y < at:
			g.ScrollBy(-body.Height + g.rowHeight())
		case y > at+length:
			g.ScrollBy(body.Height - g.rowHeight())
		default:
			g.drag = dragState{kind: dragThumb, grab: y - at}
		}
	case p.Y >= head+body.Height:
		at, length := g.hthumb()
		switch {
		case length == 0:
		case p.X < at:
			g.scrollAcross(-body.Width)
		case p.X > at+length:
			g.scrollAcross(body.Width)
		default:
			g.drag = dragState{kind: dragHThumb, grab: p.X - at}
		}
	case p.Y < head:
		if i := g.edgeAt(p.X); i >= 0 {
			g.drag = dragState{kind: dragEdge, column: i, grab: p.X - g.ws[i]}
		} else if i := g.columnAt(p.X); i >= 0 {
			g.drag = dragState{kind: pressHeader, column: i}
		}
	default:
		g.pressRow(ev)
	}
}

func (g *Grid) pressRow(ev *desktop.MouseEvent) {
	row := g.rowAt(ev.Position.Y)
	if row < 0 {
		return
	}
	now := Now()
	twice := g.click.row == row && now.Sub(g.click.when) < doubleClick && !g.click.when.IsZero()
	g.click = clickState{row, now}
	switch {
	case g.OnToggle != nil:
		g.moveTo(row, false)
		g.OnToggle(row)
		return
	case ev.Modifier&fyne.KeyModifierControl != 0 && !g.Single:
		g.toggle(row)
		return
	case ev.Modifier&fyne.KeyModifierShift != 0 && !g.Single:
		g.moveTo(row, true)
		return
	}
	if i := g.columnAt(ev.Position.X); i >= 0 {
		g.column = i
	}
	g.moveTo(row, false)
	g.tellColumn()
	// What a click opens comes after its release: the toolkit takes the focus
	// away at both, and what was opened wants it.
	column := ""
	if i := g.columnAt(ev.Position.X); i >= 0 {
		column = g.columns[i].ID
	}
	g.drag = dragState{kind: dragRows, then: func() {
		switch {
		case g.clicked != nil:
			g.clicked(row)
		case g.OnCell != nil && column != "" && g.OnCell(row, column):
		case twice && g.OnOpen != nil:
			g.OnOpen(row)
		}
	}}
	if twice {
		g.click = clickState{}
	}
}

// MouseUp implements desktop.Mouseable.
func (g *Grid) MouseUp(ev *desktop.MouseEvent) {
	d := g.drag
	g.drag = dragState{}
	if d.then != nil {
		Post(d.then)
	}
	switch d.kind {
	case pressHeader:
		c := g.columns[d.column]
		if !c.Sortable || g.columnAt(ev.Position.X) != d.column {
			return
		}
		g.sortAt(c.ID, ev.Modifier&fyne.KeyModifierShift != 0)
	case dragEdge:
		if g.OnWidths != nil {
			g.OnWidths(maps.Clone(g.widths))
		}
	}
}

// TappedSecondary opens the menu of what is under the mouse.
func (g *Grid) TappedSecondary(ev *fyne.PointEvent) {
	if i := g.columnAt(ev.Position.X); ev.Position.Y < g.headerHeight() && i >= 0 && g.OnHeader != nil {
		g.OnHeader(g.columns[i].ID, ev.AbsolutePosition)
		return
	}
	row := g.rowAt(ev.Position.Y)
	if row < 0 || g.OnMenu == nil || ev.Position.X >= g.bodySize().Width {
		return
	}
	if !g.selected.Has(row) {
		g.moveTo(row, false)
	}
	g.OnMenu(row, ev.AbsolutePosition)
}

// Dragged implements fyne.Draggable: scroll bars, column edges, ranges of rows.
func (g *Grid) Dragged(ev *fyne.DragEvent) {
	switch g.drag.kind {
	case dragThumb:
		g.dragThumb(ev.Position.Y - g.headerHeight() - g.drag.grab)
	case dragHThumb:
		g.dragHThumb(ev.Position.X - g.drag.grab)
	case dragEdge:
		g.resizeColumn(g.drag.column, ev.Position.X-g.drag.grab)
	case dragRows:
		if g.Single {
			return
		}
		if row := g.rowAt(ev.Position.Y); row != g.cursor {
			g.drag.then = nil
		}
		switch y := ev.Position.Y - g.headerHeight(); {
		case y < 0:
			g.moveTo(g.top-1, true)
		case y >= g.bodySize().Height:
			_, to := g.VisibleRows()
			g.moveTo(to, true)
		default:
			if row := g.rowAt(ev.Position.Y); row >= 0 && row != g.cursor {
				g.moveTo(row, true)
			}
		}
	}
}

// DragEnd implements fyne.Draggable.
func (g *Grid) DragEnd() {
	if g.drag.kind == dragEdge {
		g.MouseUp(&desktop.MouseEvent{})
	}
	g.drag = dragState{}
}

// Cursor implements desktop.Cursorable.
func (g *Grid) Cursor() desktop.Cursor {
	if g.drag.kind == dragEdge || g.inHeader && g.hoverCol < -1 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// MouseIn implements desktop.Hoverable.
func (g *Grid) MouseIn(ev *desktop.MouseEvent) { g.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (g *Grid) MouseMoved(ev *desktop.MouseEvent) {
	body := g.bodySize()
	row, col, header := -1, -1, false
	if ev.Position.X < body.Width {
		col = g.columnAt(ev.Position.X)
		if header = ev.Position.Y < g.headerHeight(); header {
			if i := g.edgeAt(ev.Position.X); i >= 0 {
				col = -2 - i // an edge, where the column may be dragged
			}
		} else {
			row = g.rowAt(ev.Position.Y)
		}
	}
	if row == g.hover && col == g.hoverCol && header == g.inHeader {
		return
	}
	moved := row != g.hover
	g.hover, g.hoverCol, g.inHeader = row, col, header
	if moved {
		g.paintRows()
	}
	hideTip()
	if g.view == nil || col < 0 {
		return
	}
	if text := g.view.hidden(row, col, header); text != "" {
		x := g.xs[col] - g.hx + 4
		y := g.headerHeight()
		if !header {
			y += float32(row-g.top+1)*g.rowHeight() - g.offset + 2
		}
		armTip(g, text, func() fyne.Position {
			return fyne.CurrentApp().Driver().AbsolutePositionForObject(g).AddXY(x, y)
		})
	}
}

// MouseOut implements desktop.Hoverable.
func (g *Grid) MouseOut() {
	hideTip()
	g.hover, g.hoverCol, g.inHeader = -1, -1, false
	g.paintRows()
}

// FocusGained puts the cursor on the first row where there is none: who comes by
// keyboard must see where the keys will act.
func (g *Grid) FocusGained() {
	g.focused = true
	if g.cursor < 0 && g.Len() > 0 && !g.pressing {
		g.moveTo(0, false)
		return
	}
	g.paintRows()
}

// FocusLost implements fyne.Focusable.
func (g *Grid) FocusLost() {
	g.focused, g.shift = false, false
	g.paintRows()
}

// KeyDown implements desktop.Keyable.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		g.shift = true
	}
}

// KeyUp implements desktop.Keyable.
func (g *Grid) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		g.shift = false
	}
}

// TypedRune implements fyne.Focusable.
func (g *Grid) TypedRune(r rune) {
	if g.OnType != nil && unicode.IsPrint(r) && r != ' ' {
		g.OnType(r)
	}
}

// TypedKey implements fyne.Focusable.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	touch()
	if g.OnKey != nil && g.OnKey(ev) {
		return
	}
	if !g.Navigate(ev) {
		passKey(g, ev)
	}
}

// Navigate lets the grid act on a key as if it had the focus, for a search box
// above it, and reports whether the key meant something.
func (g *Grid) Navigate(ev *fyne.KeyEvent) bool {
	if g.CellCursor && g.navigateCells(ev) {
		return true
	}
	extend := g.shift && !g.Single
	n := g.Len()
	switch ev.Name {
	case fyne.KeyDown:
		g.moveTo(g.cursor+1, extend)
	case fyne.KeyUp:
		g.moveTo(max(g.cursor-1, 0), extend)
	case fyne.KeyPageDown:
		g.moveTo(max(g.cursor, 0)+g.pageRows(), extend)
	case fyne.KeyPageUp:
		g.moveTo(max(g.cursor-g.pageRows(), 0), extend)
	case fyne.KeyHome:
		g.moveTo(0, extend)
	case fyne.KeyEnd:
		g.moveTo(n-1, extend)
	case fyne.KeyLeft:
		g.scrollAcross(-Scaled(60))
	case fyne.KeyRight:
		g.scrollAcross(Scaled(60))
	case fyne.KeySpace:
		switch {
		case g.cursor < 0:
		case g.OnToggle != nil:
			g.OnToggle(g.cursor)
		case !g.Single:
			g.toggle(g.cursor)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if g.cursor < 0 || g.OnOpen == nil {
			return false
		}
		g.OnOpen(g.cursor)
	case desktop.KeyMenu:
		g.openMenu()
	default:
		return false
	}
	return true
}

func (g *Grid) openMenu() {
	if g.OnMenu == nil || g.cursor < 0 {
		return
	}
	g.OnMenu(g.cursor, g.AtCursor())
}

// AtCursor is the place on the window below the row with the cursor, for a menu.
func (g *Grid) AtCursor() fyne.Position {
	g.ScrollTo(max(g.cursor, 0))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	return at.AddXY(16, g.headerHeight()+float32(max(g.cursor, 0)-g.top+1)*g.rowHeight()-g.offset)
}

// TypedShortcut implements fyne.Shortcutable.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	if g.OnShortcut != nil && g.OnShortcut(s) {
		return
	}
	switch k := s.(type) {
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
		return
	case *fyne.ShortcutCopy:
		g.copyRows(k.Clipboard)
		return
	case *desktop.CustomShortcut:
		if k.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierControl {
			extend := k.Modifier&fyne.KeyModifierShift != 0 && !g.Single
			switch k.KeyName {
			case fyne.KeyHome:
				g.moveTo(0, extend)
				return
			case fyne.KeyEnd:
				g.moveTo(g.Len()-1, extend)
				return
			case fyne.KeySpace:
				if g.cursor >= 0 && !g.Single {
					g.toggle(g.cursor)
				}
				return
			}
		}
		if k.KeyName == fyne.KeyF10 && k.Modifier == fyne.KeyModifierShift {
			g.openMenu()
			return
		}
	}
	passShortcut(g, s)
}

// copyRows puts the chosen rows on the clipboard as lines with tabs, which
// spreadsheets take as cells. What would be cut is said before.
func (g *Grid) copyRows(clip fyne.Clipboard) { g.copyBehind(clip, "") }

// CopyWithHeadings copies the chosen rows behind a line with the titles of the
// columns.
func (g *Grid) CopyWithHeadings(clip fyne.Clipboard) {
	titles := make([]string, len(g.columns))
	for i, c := range g.columns {
		titles[i] = c.Title
	}
	g.copyBehind(clip, strings.Join(titles, "\t")+"\n")
}

// copyBehind copies the chosen rows behind a first line.
func (g *Grid) copyBehind(clip fyne.Clipboard, first string) {
	if clip == nil || g.rows == nil {
		return
	}
	chosen, w := g.selected.Count(), windowOf(g)
	if chosen <= maxCopy || w == nil {
		g.copyFirst(clip, first)
		return
	}
	some, all := data.FormatInt(maxCopy), data.FormatInt(int64(chosen))
	Confirm(w, "Chép các dòng đang chọn", fmt.Sprintf("Đang chọn %s dòng, mà một lần chỉ chép được %s dòng. Chép %s dòng đầu? Muốn lấy tất cả thì xuất ra Excel.", all, some, some),
		"Chép "+some+" dòng đầu", func(ok bool) {
			if ok {
				g.copyFirst(clip, first)
				ShowToast(w, fmt.Sprintf("Đã chép %s dòng đầu trong %s dòng đang chọn.", some, all), "", nil)
			}
		})
}

// copyFirst copies the first of the chosen rows, when they are read.
func (g *Grid) copyFirst(clip fyne.Clipboard, first string) {
	var rows []int
	g.selected.Each(func(row int) bool {
		rows = append(rows, row)
		return len(rows) < maxCopy
	})
	if s, ok := g.rows.(Settling); ok {
		s.Settle(rows, func() { g.copyLines(clip, first, rows) })
		return
	}
	g.copyLines(clip, first, rows)
}

func (g *Grid) copyLines(clip fyne.Clipboard, first string, rows []int) {
	var b strings.Builder
	b.WriteString(first)
	cells := make([]Cell, len(g.columns))
	plain := strings.NewReplacer("\t", " ", "\n", " ", "\r", "")
	for _, row := range rows {
		if row >= g.Len() {
			break
		}
		clear(cells)
		g.rows.Cells(row, cells)
		for i, c := range cells {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(plain.Replace(c.Text))
		}
		b.WriteByte('\n')
	}
	if len(rows) > 0 {
		clip.SetContent(b.String())
	}
}

// moveTo puts the cursor on a row; extend chooses everything from the anchor.
func (g *Grid) moveTo(row int, extend bool) {
	n := g.Len()
	if n == 0 {
		return
	}
	row = min(max(row, 0), n-1)
	moved := row != g.cursor
	g.cursor = row
	g.selected.Clear()
	if extend && g.anchor >= 0 {
		g.selected.Add(min(g.anchor, row), max(g.anchor, row)+1)
	} else {
		g.anchor = row
		g.selected.Add(row, row+1)
	}
	g.ScrollTo(row)
	g.paintRows()
	if moved {
		g.tellCurrent()
	}
	g.tellSelect()
}

// toggle puts the cursor on a row and takes it into the choice or out of it.
func (g *Grid) toggle(row int) {
	moved := row != g.cursor
	g.cursor, g.anchor = row, row
	if g.selected.Has(row) {
		g.selected.Remove(row, row+1)
	} else {
		g.selected.Add(row, row+1)
	}
	g.paintRows()
	if moved {
		g.tellCurrent()
	}
	g.tellSelect()
}
