package scoring

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/text"
)

// rowTable is a small table in a form whose cells are fields, boxes and lists.
// Enter and the arrows go up and down, Enter in the last line adds one; Insert and
// Ctrl+Delete add and take away a line. What is copied from a spreadsheet is
// pasted over lines and columns. Errors of a line stand below it.
type rowTable struct {
	name    string // the table in the Field of errors
	columns []RuleColumn
	fresh   []string // a new line
	object  *fyne.Container
	lines   *fyne.Container
	rows    []*tableRow
	insert  *widget.Button
	// grown is called after a line was added or taken away; accept is what Enter
	// does in an empty last line. Both may be nil.
	grown  func()
	accept func()
}

type tableRow struct {
	cells []fyne.CanvasObject
	whole *fyne.Container
	note  *widget.Paragraph
}

func newRowTable(name string, columns []RuleColumn, fresh []string, rows [][]string) *rowTable {
	t := &rowTable{name: name, columns: columns, fresh: fresh, lines: container.New(layout.NewCustomPaddedVBoxLayout(4))}
	head := make([]fyne.CanvasObject, 0, len(columns)+1)
	flex := -1
	for i, c := range columns {
		if c.Flex {
			flex = i
		}
		head = append(head, t.wide(c, widget.NewNote(c.Title, max(c.Width, 60))))
	}
	head = append(head, widget.Wide(28, widget.NewNote("", 28)))
	for i, r := range rows {
		t.add(i, r)
	}
	t.insert = widget.NewButton("Thêm dòng", widget.IconAdd, func() { t.addAt(len(t.rows)) }).WithHint("Insert")
	t.object = container.New(layout.NewCustomPaddedVBoxLayout(4), widget.Row(flex, head...), t.lines, container.NewHBox(t.insert))
	return t
}

func (t *rowTable) wide(c RuleColumn, o fyne.CanvasObject) fyne.CanvasObject {
	if c.Flex {
		return o
	}
	return widget.Wide(c.Width, o)
}

// add puts a line before the place.
func (t *rowTable) add(at int, values []string) {
	r := &tableRow{cells: make([]fyne.CanvasObject, len(t.columns)), note: widget.NewParagraph("", 200)}
	r.note.Role, r.note.TextSize = widget.ColorLate, widget.SizeSmall
	r.note.Hide()
	row := make([]fyne.CanvasObject, 0, len(t.columns)+1)
	flex := -1
	for i, c := range t.columns {
		v := ""
		if i < len(values) {
			v = values[i]
		}
		switch {
		case c.Check:
			b := widget.NewCheck("", nil)
			b.SetChecked(v != "")
			r.cells[i] = b
		case c.Choices != nil:
			p := picker(c.Choices, v)
			p.Width = c.Width
			r.cells[i] = p
		default:
			x := field(v)
			if !c.Flex {
				x.Width = c.Width
			}
			t.bind(x, r, i)
			r.cells[i] = x
		}
		if c.Flex {
			flex = i
		}
		row = append(row, t.wide(c, r.cells[i]))
	}
	row = append(row, widget.Wide(28, widget.NewIconButton(widget.IconClose, "Bỏ dòng này (Ctrl+Delete)", func() { t.remove(r) })))
	r.whole = container.New(layout.NewCustomPaddedVBoxLayout(0), widget.Row(flex, row...), r.note)
	t.rows = append(t.rows[:at:at], append([]*tableRow{r}, t.rows[at:]...)...)
	t.draw()
}

// orEmptyRow gives a table that would be empty one line to begin with.
func orEmptyRow(rows [][]string) [][]string {
	if len(rows) == 0 {
		return [][]string{nil}
	}
	return rows
}

// set puts other lines in the place of all.
func (t *rowTable) set(rows [][]string) {
	t.rows = nil
	for i, r := range rows {
		t.add(i, r)
	}
}

func (t *rowTable) draw() {
	t.lines.Objects = t.lines.Objects[:0]
	for _, r := range t.rows {
		t.lines.Objects = append(t.lines.Objects, r.whole)
	}
	if t.object != nil {
		t.object.Refresh()
		if t.grown != nil {
			t.grown()
		}
	}
}

// addAt adds an empty line at the place and puts the cursor there.
func (t *rowTable) addAt(at int) {
	t.add(at, t.fresh)
	t.focus(at, 0)
}

func (t *rowTable) find(r *tableRow) int {
	for i := range t.rows {
		if t.rows[i] == r {
			return i
		}
	}
	return -1
}

func (t *rowTable) remove(r *tableRow) {
	i := t.find(r)
	if i < 0 {
		return
	}
	t.rows = append(t.rows[:i:i], t.rows[i+1:]...)
	t.draw()
	if len(t.rows) > 0 {
		t.focus(min(i, len(t.rows)-1), 0)
	} else if c := fyne.CurrentApp().Driver().CanvasForObject(t.object); c != nil {
		c.Focus(t.insert)
	}
}

func (t *rowTable) focus(row, column int) {
	if row < 0 || row >= len(t.rows) {
		return
	}
	// A new line is on no canvas before it is drawn; the table is.
	if c := fyne.CurrentApp().Driver().CanvasForObject(t.object); c != nil {
		if f, ok := t.rows[row].cells[column].(fyne.Focusable); ok {
			c.Focus(f)
		}
	}
}

// bind gives a cell its keys.
func (t *rowTable) bind(x *widget.Field, r *tableRow, column int) {
	x.OnEnter = func(string) {
		switch i := t.find(r); {
		case i+1 < len(t.rows):
			t.focus(i+1, column)
		case t.read(r) == nil && t.accept != nil:
			t.accept()
		case t.read(r) != nil:
			t.addAt(i + 1)
		}
	}
	x.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyUp:
			t.focus(t.find(r)-1, column)
		case fyne.KeyDown:
			t.focus(t.find(r)+1, column)
		case fyne.KeyInsert:
			t.addAt(t.find(r) + 1)
		default:
			return false
		}
		return true
	}
	x.OnShortcut = func(s fyne.Shortcut) bool {
		switch k := s.(type) {
		case *desktop.CustomShortcut:
			if k.KeyName == fyne.KeyDelete && k.Modifier == fyne.KeyModifierControl {
				t.remove(r)
				return true
			}
		case *fyne.ShortcutPaste:
			copied := strings.TrimRight(text.Clean(k.Clipboard.Content()), "\n")
			if strings.ContainsAny(copied, "\t\n") {
				t.paste(t.find(r), column, copied)
				return true
			}
		}
		return false
	}
}

// paste puts the cells of a spreadsheet over the lines from a cell on. A sheet that
// has no more cells than the table has fields passes the boxes over.
func (t *rowTable) paste(row, column int, copied string) {
	lines := strings.Split(copied, "\n")
	var places []int
	for j := column; j < len(t.columns); j++ {
		if !t.columns[j].Check {
			places = append(places, j)
		}
	}
	for _, line := range lines {
		if n := strings.Count(line, "\t") + 1; n > len(places) {
			places = nil
			for j := column; j < len(t.columns); j++ {
				places = append(places, j)
			}
		}
	}
	for i, line := range lines {
		if row+i >= len(t.rows) {
			t.add(len(t.rows), t.fresh)
		}
		for j, v := range strings.Split(line, "\t") {
			if j >= len(places) {
				break
			}
			place := places[j]
			v = strings.TrimSpace(v)
			switch x := t.rows[row+i].cells[place].(type) {
			case *widget.Field:
				x.SetValue(v)
			case *widget.Check:
				x.SetChecked(v != "" && v != "0")
			case *widget.Picker:
				for _, o := range t.columns[place].Choices {
					if text.Fold(o.Label) == text.Fold(v) {
						x.SetKey(o.Key)
					}
				}
			}
		}
	}
}

// values reads the table. A line in which nothing was typed is nil, so that each
// line keeps its place.
func (t *rowTable) values() [][]string {
	var out [][]string
	for _, r := range t.rows {
		out = append(out, t.read(r))
	}
	return out
}

func (t *rowTable) read(r *tableRow) []string {
	row := make([]string, len(r.cells))
	some := false
	for i, o := range r.cells {
		switch x := o.(type) {
		case *widget.Check:
			if x.Checked {
				row[i] = "1"
			}
		case *widget.Picker:
			row[i] = x.Key()
		case *widget.Field:
			row[i] = x.Value()
			some = some || row[i] != ""
		}
	}
	if !some {
		return nil
	}
	return row
}

// take shows an error of one of the lines there; see screen.Form.KnowPart.
func (t *rowTable) take(e *data.Error) bool {
	for _, r := range t.rows {
		if r.note.Visible() {
			r.note.SetText("")
			r.note.Hide()
		}
	}
	if e == nil {
		t.object.Refresh()
		return false
	}
	table, i, ok := RowOf(e.Field)
	if !ok || table != t.name {
		return false
	}
	if i >= len(t.rows) {
		t.add(len(t.rows), t.fresh)
		i = len(t.rows) - 1
	}
	t.rows[i].note.SetText(e.Message)
	t.rows[i].note.Show()
	t.draw()
	t.focus(i, 0)
	return true
}

// formScroll lets a long form scroll within a dialog, and follow the cursor.
type formScroll struct {
	*container.Scroll
	object fyne.CanvasObject
}

// scrolled makes a form scroll that is higher than the window has room for beside
// the other parts of the dialog, which take about rest px at 100 %; it is at least
// as high as least, so that what a form grows to has room.
func (s *Page) scrolled(rest, least float32, content fyne.CanvasObject) *formScroll {
	inner := container.New(layout.NewCustomPaddedLayout(0, 4, 0, 14), content)
	f := &formScroll{Scroll: container.NewVScroll(inner)}
	room := s.e.Window.Canvas().Size().Height/widget.Scaled(1) - rest
	f.object = widget.Tall(max(160, min(room, max(least, inner.MinSize().Height/widget.Scaled(1)+68))), f.Scroll)
	f.follow()
	return f
}

// follow lets every field that got none yet come into view with the cursor.
func (f *formScroll) follow() { f.hook(f.Content) }

func (f *formScroll) hook(o fyne.CanvasObject) {
	show := func() { f.reveal(o) }
	switch x := o.(type) {
	case *fyne.Container:
		for _, c := range x.Objects {
			f.hook(c)
		}
	case *widget.FieldBox:
		f.hook(x.Content())
	case *widget.Field:
		if x.OnFocus == nil {
			x.OnFocus = show
		}
	case *widget.DateField:
		if x.OnFocus == nil {
			x.OnFocus = show
		}
	case *widget.Picker:
		if x.OnFocus == nil {
			x.OnFocus = show
		}
	}
}

// reveal scrolls until a field is in view, with room for its label and its error.
func (f *formScroll) reveal(o fyne.CanvasObject) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y - fyne.CurrentApp().Driver().AbsolutePositionForObject(f.Scroll).Y
	above, below := widget.Scaled(24), widget.Scaled(24)
	switch bottom := at + o.Size().Height + below; {
	case at-above < 0:
		f.ScrollToOffset(fyne.NewPos(0, max(0, f.Offset.Y+at-above)))
	case bottom > f.Scroll.Size().Height:
		f.ScrollToOffset(fyne.NewPos(0, f.Offset.Y+bottom-f.Scroll.Size().Height))
	}
}
