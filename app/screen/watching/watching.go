// Package watching is the screen Sắp trễ: the open dossiers to look after before
// the next meeting, the letters of apology to write, and their book.
package watching

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	model "giaoban/app/view/watching"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// The parts of the screen.
const (
	tabList = iota
	tabLetters
	tabBook
)

// Screen is the screen.
type Screen struct {
	print screen.Printing
	ctx   screen.Context
	m     *model.Model
	book  *model.Book

	tabs    *widget.Segments
	page    *widget.Page
	bar     *fyne.Container
	barText *widget.Paragraph
	errors  *widget.ErrorBar
	body    *fyne.Container
	list    *listTab
	letters *lettersTab
	entries *bookTab
	read    bool // the book was read once

	// Calendar opens the office calendar, Undo takes back the last change; DayInfo
	// feeds the calendars of date fields.
	Calendar func()
	Undo     func()
	DayInfo  widget.DayInfo
	Today    func() data.Day
}

// New builds the screen.
func New(print screen.Printing, m *model.Model, book *model.Book) *Screen {
	s := &Screen{print: print, ctx: print.Context, m: m, book: book, Calendar: func() {}, Undo: func() {}, Today: print.Desk.Today}
	s.tabs = widget.NewSegments([]string{"Hồ sơ cần theo dõi", "Cần thư xin lỗi", "Sổ thư xin lỗi"}, s.show)
	s.barText = widget.NewParagraph("", 400)
	s.barText.Role = widget.ColorSoon
	s.bar = container.NewVBox(container.NewBorder(nil, nil, nil, widget.NewButton("Mở lịch làm việc", widget.IconCalendar, func() { s.Calendar() }), s.barText))
	s.bar.Hide()
	s.errors = widget.NewErrorBar()
	s.list, s.letters, s.entries = newListTab(s), newLettersTab(s), newBookTab(s)
	s.body = container.NewStack()
	s.page = widget.NewPage("Sắp trễ", nil, container.NewVBox(container.NewHBox(s.tabs), s.errors, s.bar), s.body)
	m.Listen(s.refresh)
	book.Changed = func() { s.entries.refresh(); s.ctx.Status() }
	s.show(tabList)
	return s
}

// show opens one of the parts.
func (s *Screen) show(tab int) {
	s.tabs.Choose(tab)
	switch tab {
	case tabList:
		s.page.SetActions(s.list.actions()...)
		s.body.Objects = []fyne.CanvasObject{s.list.object}
	case tabLetters:
		s.page.SetActions(s.letters.actions()...)
		s.body.Objects = []fyne.CanvasObject{s.letters.object}
	case tabBook:
		s.page.SetActions(s.entries.actions()...)
		s.body.Objects = []fyne.CanvasObject{s.entries.object}
		if !s.read {
			s.read = true
			s.book.Refresh()
		}
	}
	s.body.Refresh()
	s.focus()
	s.ctx.Status()
}

func (s *Screen) focus() {
	switch s.tabs.Chosen() {
	case tabList:
		s.ctx.Focus(s.page, s.list.grid)
	case tabLetters:
		s.ctx.Focus(s.page, s.letters.grid)
	case tabBook:
		s.ctx.Focus(s.page, s.entries.grid)
	}
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown implements screen.Screen.
func (s *Screen) Shown() {
	s.m.Refresh()
	s.focus()
}

// ShowLetters opens the dossiers that need a letter.
func (s *Screen) ShowLetters() { s.show(tabLetters) }

// Status implements screen.Screen.
func (s *Screen) Status() string {
	switch s.tabs.Chosen() {
	case tabLetters:
		return s.letters.status()
	case tabBook:
		return s.book.Status(s.entries.grid.Selection().Count())
	}
	return s.m.Status(s.list.grid.Selection().Count())
}

// refresh draws what the model holds now.
func (s *Screen) refresh() {
	s.errors.SetError(s.m.Err())
	text := s.m.Bar()
	s.barText.SetText(text)
	if text == "" {
		s.bar.Hide()
	} else {
		s.bar.Show()
	}
	s.list.refresh()
	s.letters.refresh()
	s.ctx.Status()
}

// chosen returns the rows that an action is about: those selected, else the one
// under the cursor.
func chosen(g *widget.Grid) []int {
	var rows []int
	selected := g.Selection()
	selected.Each(func(row int) bool {
		rows = append(rows, row)
		return true
	})
	if len(rows) == 0 && g.Current() >= 0 {
		rows = []int{g.Current()}
	}
	return rows
}

// refill gives a grid other rows and keeps the cursor where it was. What was
// selected stays only where the rows are the same: an action must not fall on
// rows that took the place of others. ids names the rows, shown those before.
func refill(g *widget.Grid, rows widget.Rows, ids []uint64, shown *[]uint64) {
	same := slices.Equal(ids, *shown)
	*shown = ids
	g.ReplaceRows(rows)
	switch n := rows.Len(); {
	case n == 0:
	case !same || g.Current() < 0:
		g.SetCurrent(min(max(g.Current(), 0), n-1))
	}
}

func alarmIDs(list []desk.Alarm) []uint64 {
	out := make([]uint64, len(list))
	for i := range list {
		out[i] = list[i].ID
	}
	return out
}

func options(list []model.Choice) []widget.Option {
	out := make([]widget.Option, len(list))
	for i, c := range list {
		out[i] = widget.Option{Key: c.Key, Text: c.Label}
		if c.Count > 0 {
			out[i].Detail = data.FormatInt(int64(c.Count))
		}
	}
	return out
}
