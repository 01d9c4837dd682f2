// Package cells is a sheet of texts that is typed in as in a spreadsheet: cells,
// rows that are inserted, taken away, moved and pasted, undo, and faults that are
// marked at their cells. What it holds is a kit.Table.
package cells

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
)

// Column is one column of a sheet.
type Column struct {
	Title, Tip       string
	Width, Min, Flex float32 // px at 100 %; see widget.Column
	Align            widget.Align
	Lines            int // of what is typed; more than 1 lets Alt+Enter begin a line
	// Choices are what a cell of the row may hold; none lets anything be typed.
	Choices func(row int) []kit.Choice
}

// Place is a cell.
type Place struct{ Row, Column int }

// Sheet draws a table and lets it be typed in: letters begin a cell anew, F2 opens
// it, Enter, Tab and the arrows go on, Delete empties, Insert adds a row below,
// Ctrl+Delete takes rows away, Ctrl+up and down move them; copy and paste as in a
// spreadsheet, Ctrl+Z and Ctrl+Y within the sheet, Ctrl+Enter stores.
type Sheet struct {
	// OnChange is called after the texts changed; OnStore by Ctrl+Enter.
	OnChange, OnStore func()
	// Locked says why nothing may be changed, "" where it may.
	Locked func() string
	// Tell is the line below the sheet where the cell has no fault.
	Tell func(row, column int) string
	// Dress may change how a cell looks.
	Dress func(row, column int, c *widget.Cell)
	// Fresh is the row that Insert adds below another, -1 in an empty table.
	Fresh func(above int) []string
	// Put takes a text typed into a cell in place of the table; it reports whether it
	// did.
	Put func(at Place, text string) bool
	// OnKey and OnShortcut see what is pressed before the sheet does.
	OnKey      func(ev *fyne.KeyEvent) bool
	OnShortcut func(s fyne.Shortcut) bool
	// Menu offers what can be done with the row under the cursor.
	Menu func() []widget.MenuItem

	e       *env.Env
	table   *kit.Table
	columns []Column
	faults  map[Place]string
	grid    *widget.Grid
	note    *widget.Paragraph
	object  fyne.CanvasObject
	typed   *widget.Field     // what is being typed, nil for nothing
	over    fyne.CanvasObject // the dialog in which the sheet stands, nil on a page
}

// New returns a sheet without a table.
func New(e *env.Env) *Sheet {
	s := &Sheet{e: e, table: kit.NewTable(nil), OnChange: func() {}, OnStore: func() {}, Locked: func() string { return "" }, Tell: func(int, int) string { return "" },
		Fresh: func(int) []string { return nil }, Put: func(Place, string) bool { return false }, OnKey: func(*fyne.KeyEvent) bool { return false }, OnShortcut: func(fyne.Shortcut) bool { return false }}
	s.grid = widget.NewGrid(nil)
	s.grid.CellCursor = true
	s.grid.OnCurrent = func(int) { s.tell() }
	s.grid.OnColumn = s.tell
	s.grid.OnType = func(r rune) { s.begin(string(r)) }
	s.grid.OnKey = s.key
	s.grid.OnShortcut = s.shortcut
	s.grid.OnOpen = func(int) { s.open() }
	s.grid.OnMenu = func(_ int, at fyne.Position) {
		if s.Menu != nil {
			widget.ShowMenu(e.Window, at, s.Menu())
		}
	}
	s.note = widget.NewParagraph("", 300)
	s.note.Max = 2
	s.object = container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(4, 0, 0, 0), widget.Tall(36, s.note)), nil, nil, s.grid)
	return s
}

// Within says in which dialog the sheet stands; it is called while that is in front.
func (s *Sheet) Within() { s.over = s.e.Window.Canvas().Overlays().Top() }

// Object is the sheet with the line below it.
func (s *Sheet) Object() fyne.CanvasObject { return s.object }

// Grid is the grid of the sheet, which has the focus.
func (s *Sheet) Grid() *widget.Grid { return s.grid }

// Show shows a table under columns, from its beginning.
func (s *Sheet) Show(t *kit.Table, columns []Column) {
	s.leave()
	s.table, s.columns, s.faults = t, columns, nil
	out := make([]widget.Column, len(columns))
	for i, c := range columns {
		out[i] = widget.Column{ID: c.Title, Title: c.Title, Tip: c.Tip, Width: c.Width, Min: c.Min, Flex: c.Flex, Align: c.Align}
	}
	s.grid.SetColumns(out)
	s.grid.SetRows(s)
	s.grid.SetCell(0, 0)
	s.tell()
}

// Refresh draws the table anew, after it was changed from outside.
func (s *Sheet) Refresh() { s.grid.Refresh(); s.tell() }

// SetFaults marks cells with what is wrong there.
func (s *Sheet) SetFaults(faults map[Place]string) { s.faults = faults; s.Refresh() }

// Note is the line below the sheet.
func (s *Sheet) Note() string { return s.note.Text() }

// Place returns the cell of the cursor; its Row is -1 in an empty table.
func (s *Sheet) Place() Place { return Place{s.grid.Current(), s.grid.Column()} }

// Go puts the cursor on a cell and gives it the focus.
func (s *Sheet) Go(p Place) {
	s.leave()
	s.grid.SetCell(p.Row, p.Column)
	s.focus()
}

// Text is the text of a cell.
func (s *Sheet) Text(p Place) string { return s.table.At(p.Row, p.Column) }

// focus gives the sheet the focus, unless something opened over it.
func (s *Sheet) focus() {
	if s.e.Window.Canvas().Overlays().Top() == s.over {
		s.e.Window.Canvas().Focus(s.grid)
	}
}

// Len implements widget.Rows.
func (s *Sheet) Len() int { return s.table.Len() }

// Cells implements widget.Rows.
func (s *Sheet) Cells(i int, dst []widget.Cell) {
	for k := range dst {
		dst[k].Text = strings.ReplaceAll(s.table.At(i, k), "\n", " · ")
		if s.Dress != nil {
			s.Dress(i, k, &dst[k])
		}
		if s.faults[Place{i, k}] != "" {
			dst[k].Mark, dst[k].Role = widget.MarkLate, ""
		}
	}
}

// tell shows below the sheet what is wrong with the cell of the cursor, else what
// belongs there.
func (s *Sheet) tell() {
	text := s.faults[s.Place()]
	s.note.Role = widget.ColorLate
	if text == "" {
		s.note.Role = widget.ColorSecondary
		if at := s.Place(); at.Row >= 0 {
			text = s.Tell(at.Row, at.Column)
		}
	}
	if s.note.Text() == text {
		s.note.Refresh()
	}
	s.note.SetText(text)
}

// may reports whether the sheet may be changed, and says why not.
func (s *Sheet) may() bool {
	if text := s.Locked(); text != "" {
		s.e.Toast(text)
		return false
	}
	return true
}

// Do changes the table as one step that can be taken back.
func (s *Sheet) Do(at Place, change func(rows [][]string) [][]string) {
	if s.may() {
		s.table.Change(at.Row, at.Column, change)
		s.changed(at)
	}
}

func (s *Sheet) changed(at Place) {
	s.grid.Refresh()
	if n := s.table.Len(); n > 0 {
		s.grid.SetCell(min(at.Row, n-1), at.Column)
	}
	s.OnChange()
	s.Refresh()
}

func (s *Sheet) key(ev *fyne.KeyEvent) bool {
	if s.OnKey(ev) {
		return true
	}
	switch at := s.Place(); ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.grid.SetCell(at.Row+1, at.Column)
	case fyne.KeyF2:
		s.open()
	case fyne.KeyF4:
		s.offer("")
	case fyne.KeyBackspace:
		s.begin("")
	case fyne.KeyDelete:
		s.empty()
	case fyne.KeyInsert:
		s.insert()
	case fyne.KeySpace:
		s.begin(" ")
	default:
		return false
	}
	return true
}

// open opens the cell with its text, or what it may hold.
func (s *Sheet) open() {
	if !s.offer("") {
		s.begin(s.table.At(s.grid.Current(), s.grid.Column()))
	}
}

// empty empties the cells of the column in the rows chosen.
func (s *Sheet) empty() {
	at := s.Place()
	s.Do(at, func(rows [][]string) [][]string {
		chosen := s.grid.Selection()
		chosen.Each(func(i int) bool { kit.PutCell(rows, i, at.Column, ""); return true })
		return rows
	})
}

func (s *Sheet) insert() {
	at := s.Place()
	s.Do(Place{at.Row + 1, 0}, func(rows [][]string) [][]string {
		return slices.Insert(rows, at.Row+1, s.Fresh(at.Row))
	})
}

// Remove takes the rows chosen away; one row goes with those that it holds.
func (s *Sheet) Remove() {
	from, to := s.chosen()
	if to == from+1 {
		to = from + s.table.Block(from)
	}
	if from >= 0 {
		s.Do(Place{from, s.grid.Column()}, func(rows [][]string) [][]string { return slices.Delete(rows, from, to) })
	}
}

// chosen returns the rows chosen, from and to.
func (s *Sheet) chosen() (from, to int) {
	from = s.grid.Current()
	to = from + 1
	chosen := s.grid.Selection()
	chosen.Each(func(i int) bool { from, to = min(from, i), max(to, i+1); return true })
	return from, to
}

// Move moves the row under the cursor with those that it holds.
func (s *Sheet) Move(down bool) {
	if s.may() {
		row := s.table.Move(s.grid.Current(), down)
		s.changed(Place{row, s.grid.Column()})
	}
}

func (s *Sheet) shortcut(sc fyne.Shortcut) bool {
	if s.OnShortcut(sc) {
		return true
	}
	switch k := sc.(type) {
	case *fyne.ShortcutUndo:
		return s.travel(s.table.Undo)
	case *fyne.ShortcutRedo:
		return s.travel(s.table.Redo)
	case *fyne.ShortcutCopy:
		s.copy(k.Clipboard)
	case *fyne.ShortcutCut:
		s.copy(k.Clipboard)
		s.empty()
	case *fyne.ShortcutPaste:
		s.paste(k.Clipboard.Content())
	case *desktop.CustomShortcut:
		return s.custom(k)
	default:
		return false
	}
	return true
}

func (s *Sheet) custom(k *desktop.CustomShortcut) bool {
	if k.Modifier == fyne.KeyModifierAlt && k.KeyName == fyne.KeyDown {
		return s.offer("")
	}
	if k.Modifier != fyne.KeyModifierControl {
		return false
	}
	switch k.KeyName {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.OnStore()
	case fyne.KeyDelete, fyne.KeyMinus:
		s.Remove()
	case fyne.KeyUp, fyne.KeyDown:
		s.Move(k.KeyName == fyne.KeyDown)
	default:
		return false
	}
	return true
}

// travel takes a change back or makes it again. Where there is none the window's
// own undo is asked only if nothing typed would be hidden by it.
func (s *Sheet) travel(step func() (row, column int, ok bool)) bool {
	row, column, ok := step()
	if ok {
		s.changed(Place{row, column})
	}
	return ok || s.table.Dirty()
}

// copy puts the cell on the clipboard, or the rows where several are chosen.
func (s *Sheet) copy(clip fyne.Clipboard) {
	from, to := s.chosen()
	switch {
	case from < 0:
	case to == from+1:
		clip.SetContent(s.table.At(from, s.grid.Column()))
	default:
		clip.SetContent(kit.JoinCells(s.table.Rows()[from:to]))
	}
}

func (s *Sheet) paste(copied string) {
	at := s.Place()
	at.Row = max(at.Row, 0)
	if copied != "" && s.may() {
		s.table.Paste(at.Row, at.Column, len(s.columns), copied)
		s.changed(at)
	}
}
