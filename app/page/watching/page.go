package watching

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// The parts of the page.
const (
	tabList = iota
	tabLetters
	tabBook
)

// page is the page.
type page struct {
	parts.Page
	e       *env.Env
	m       *Model
	book    *Book
	bar     *fyne.Container // why not everything can be said
	barText *widget.Paragraph
	groups  []*widget.Button
	which   *widget.Segments // open dossiers, or those finished late
	about   *widget.Paragraph
	year    *widget.Picker
	list    *list.List[desk.Alarm]
	letters *list.List[desk.Alarm]
	entries *list.List[Entry]
}

// prefDigest keeps the day on which the officer was last told what to watch.
const prefDigest = "digest"

// New builds the page, and keeps its badge in step with the data.
func New(e *env.Env) env.Page {
	p := &page{e: e, m: NewModel(e.Session), book: NewBook(e.Session), barText: widget.NewParagraph("", 400)}
	p.Make(e, "Hồ sơ cần theo dõi", "Cần thư xin lỗi", "Sổ thư xin lỗi")
	p.barText.Role = widget.ColorSoon
	p.bar = container.NewBorder(nil, nil, nil, widget.NewButton("Mở lịch làm việc", widget.IconCalendar, p.calendar), p.barText)
	p.bar.Hide()
	p.list, p.letters, p.entries = p.newList(), p.newLetters(), p.newBook()
	p.Begin(p.list, p.letters, p.entries)
	p.Opened = p.Shown
	p.m.Changed, p.book.Changed = p.refresh, p.fillBook
	// The badge and the word of the morning are there whatever page is in view.
	e.Session.Listen(p.m.Refresh)
	p.m.Refresh()
	return p
}

func (p *page) calendar() { p.e.Go(env.Route{Page: env.Catalogue, State: env.PartCalendar}) }

// Stale implements env.Page: the lists of dossiers follow the badge, the book is
// read when it is shown.
func (p *page) Stale(desk.Changes) { p.book.Refresh() }

// Shown implements env.Page.
func (p *page) Shown() {
	p.e.Focus(p.Content(), []fyne.Focusable{p.list.Grid(), p.letters.Grid(), p.entries.Grid()}[p.At()])
	p.e.Status()
}

// Status implements env.Page.
func (p *page) Status() string {
	switch {
	case p.At() == tabBook:
		return p.Page.Status() + " · " + p.book.Status()
	case p.m.busy && len(p.m.Alarms().List) == 0:
		return "Đang xem các hồ sơ chưa xong…"
	}
	return p.Page.Status() + " · " + p.m.Status()
}

// refresh draws what the model holds now, and tells once on each working day what is
// to be watched.
func (p *page) refresh() {
	p.e.Badge(env.Watching, p.m.Alarms().Pressing())
	text := p.m.Bar()
	p.barText.SetText(text)
	widget.SetVisible(p.bar, text != "")
	p.fillList()
	p.fillLetters()
	p.list.Refresh()
	p.letters.Refresh()
	today := p.e.Desk.Today().ISO()
	if said := p.m.Digest(); said != "" && p.e.Habits.String(prefDigest) != today && !p.e.Desk.Office().Demo {
		p.e.Habits.SetString(prefDigest, today)
		p.e.Offer(said, "Xem", func() { p.e.Go(env.Route{Page: env.Watching}) })
	}
}

// jump shows a dossier in the register.
func (p *page) jump(a *desk.Alarm) { p.e.Session.JumpTo(a.Code) }

// groupMark is the sign of a group.
func groupMark(g desk.AlarmGroup) widget.Mark {
	switch g {
	case desk.AlarmOverdue:
		return widget.MarkLate
	case desk.AlarmToday, desk.AlarmMeeting, desk.AlarmSoon:
		return widget.MarkSoon
	case desk.AlarmWaiting:
		return widget.MarkPaused
	}
	return widget.NoMark
}

// count writes a number on a button.
func count(label, n string) string {
	if n == "" {
		return label
	}
	return label + "  " + n
}
