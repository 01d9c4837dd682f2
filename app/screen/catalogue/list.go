package catalogue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
)

// list is a part that is a list with a search field, filters and actions.
type list struct {
	c      *Screen
	title  string
	model  *model.List
	search *widget.Field
	chips  map[string]*widget.FilterChip
	clear  *widget.Button
	grid   *widget.Grid
	page   *widget.Page
	note   *widget.Paragraph // what the officer should know of the list

	at uint64 // the line under the cursor
	// doubtAt is the column with the sign of lines that want to be checked, -1 for
	// none.
	doubtAt int
	open    func(id uint64)
	menu    func(id uint64) []widget.MenuItem
	add     func()
	verb    string // of the action for an empty list
}

type chip struct{ key, label string }

// newList builds a list; actions stand at the right of the title, the main one
// last.
func newList(c *Screen, title string, m *model.List, columns []widget.Column, chips []chip, actions ...fyne.CanvasObject) *list {
	l := &list{c: c, title: title, model: m, chips: map[string]*widget.FilterChip{}, doubtAt: -1, open: func(uint64) {}}
	l.search = widget.NewField("Tìm trong danh sách…")
	l.search.Width = 190
	l.search.OnText = m.SetText
	l.search.OnKey = l.searchKey
	row := widget.Row(-1, l.search)
	for _, x := range chips {
		l.chips[x.key] = widget.NewFilterChip(x.label, nil, func(keys []string) { m.Choose(x.key, keys) })
		row.Add(l.chips[x.key])
	}
	l.clear = widget.NewQuietButton("Bỏ lọc", widget.IconClose, l.unfilter)
	l.clear.Hide()
	row.Add(l.clear)
	l.grid = widget.NewGrid(columns)
	l.grid.OnOpen = func(i int) {
		if x := m.Line(i); x.Cells != nil {
			l.open(x.ID)
		}
	}
	l.grid.OnMenu = func(i int, at fyne.Position) {
		if x := m.Line(i); x.Cells != nil && l.menu != nil {
			widget.ShowMenu(c.ctx.Window, at, l.menu(x.ID))
		}
	}
	l.grid.OnType = func(r rune) {
		c.ctx.Window.Canvas().Focus(l.search)
		l.search.TypedRune(r)
	}
	l.grid.SetLoading("Đang đọc danh mục…")
	l.note = widget.NewNote("", 400)
	l.note.Hide()
	l.page = widget.NewPage(title, actions, container.NewVBox(row, l.note), container.NewStack(l.grid))
	m.Changed = l.fill
	return l
}

// tell shows a note above the list; "" shows none.
func (l *list) tell(text string) {
	l.note.SetText(text)
	if text != "" {
		l.note.Show()
	}
}

func (l *list) object() fyne.CanvasObject { return l.page }
func (l *list) status() string            { return l.model.Status() }

func (l *list) shown() { l.c.ctx.Focus(l.c.content, l.search) }

func (l *list) refresh() {
	for key, x := range l.chips {
		x.SetOptions(options(l.model.Options(key)))
	}
	l.model.Refresh()
}

func (l *list) escape() bool {
	if l.model.Filtered() {
		l.unfilter()
		return true
	}
	return false
}

func (l *list) unfilter() {
	l.search.SetValue("")
	for _, x := range l.chips {
		x.SetKeys(nil)
	}
	l.model.Clear()
}

// searchKey lets the arrows move through the list while the cursor stays in the
// search field.
func (l *list) searchKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		return l.grid.Navigate(ev)
	case fyne.KeyReturn, fyne.KeyEnter:
		if i := l.grid.Current(); i >= 0 {
			l.grid.OnOpen(i)
		}
		return true
	case fyne.KeyEscape:
		return l.escape()
	}
	return false
}

// fill draws what the model lists; the cursor stays with its line.
func (l *list) fill() {
	before := uint64(0)
	if i := l.grid.Current(); i >= 0 {
		before = l.at
	}
	if l.model.Filtered() {
		l.grid.SetEmpty(l.model.EmptyText(), "Bỏ lọc", l.unfilter)
	} else {
		l.grid.SetEmpty(l.model.EmptyText(), l.verb, l.add)
	}
	l.grid.SetLoading("")
	l.grid.OnCurrent = nil
	l.grid.ReplaceRows(l)
	if i := l.model.Find(before); i >= 0 && l.model.Len() > 0 {
		l.grid.SetCurrent(i)
	} else if l.model.Len() > 0 {
		l.grid.SetCurrent(0)
	}
	l.grid.OnCurrent = func(i int) { l.at = l.model.Line(i).ID }
	l.at = l.model.Line(l.grid.Current()).ID
	if l.model.Filtered() {
		l.clear.Show()
	} else {
		l.clear.Hide()
	}
	l.c.ctx.Status()
}

// current returns the id of the line under the cursor, 0 for none.
func (l *list) current() uint64 { return l.model.Line(l.grid.Current()).ID }

// Len implements widget.Rows.
func (l *list) Len() int { return l.model.Len() }

// Cells implements widget.Rows.
func (l *list) Cells(i int, dst []widget.Cell) {
	x := l.model.Line(i)
	for k := range dst {
		if k >= len(x.Cells) {
			break
		}
		dst[k].Text = x.Cells[k]
		if x.Ended {
			dst[k].Role = widget.ColorStopped
		}
		if x.Doubt && k == l.doubtAt {
			dst[k].Mark = widget.MarkSoon
			if dst[k].Text == "" {
				dst[k].Text = "cần bổ sung"
			}
		}
	}
}
