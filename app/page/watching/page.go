package watching

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// The parts of the page.
const (
	tabList = iota
	tabLetters
	tabBook
)

var tabNames = []string{"Hồ sơ cần theo dõi", "Cần thư xin lỗi", "Sổ thư xin lỗi"}

// page is the page.
type page struct {
	e       *env.Env
	m       *Model
	book    *Book
	at      int
	tabs    [3]*widget.Segments
	bar     [2]*fyne.Container // why not everything can be said
	barText [2]*widget.Paragraph
	groups  []*widget.Button
	which   *widget.Segments // open dossiers, or those finished late
	about   *widget.Paragraph
	year    *widget.Picker
	list    *list.List[desk.Alarm]
	letters *list.List[desk.Alarm]
	entries *list.List[Entry]
	body    *fyne.Container
}

// prefDigest keeps the day on which the officer was last told what to watch.
const prefDigest = "digest"

// New builds the page, and keeps its badge in step with the data.
func New(e *env.Env) env.Page {
	p := &page{e: e, m: NewModel(e.Session), book: NewBook(e.Session), body: container.NewStack()}
	for i := range p.tabs {
		p.tabs[i] = widget.NewSegments(tabNames, p.show)
	}
	p.list, p.letters, p.entries = p.newList(), p.newLetters(), p.newBook()
	p.m.Listen(p.refresh)
	p.book.Changed = p.fillBook
	p.open(tabList)
	// The badge and the word of the morning are there whatever page is in view.
	e.Session.Listen(p.m.Refresh)
	p.m.Refresh()
	return p
}

// show opens a part and gives it the focus.
func (p *page) show(tab int) {
	p.open(tab)
	p.Shown()
}

func (p *page) open(tab int) {
	p.at = tab
	for _, t := range p.tabs {
		t.Choose(tab)
	}
	p.body.Objects = []fyne.CanvasObject{[]fyne.CanvasObject{p.list.Object(), p.letters.Object(), p.entries.Object()}[tab]}
	p.body.Refresh()
}

// lead stands above the tools of a part: the switch between the parts and what else
// it needs.
func (p *page) lead(tab int, more ...fyne.CanvasObject) fyne.CanvasObject {
	box := container.NewVBox(container.NewHBox(p.tabs[tab]))
	if tab != tabBook {
		p.barText[tab] = widget.NewParagraph("", 400)
		p.barText[tab].Role = widget.ColorSoon
		p.bar[tab] = container.NewVBox(container.NewBorder(nil, nil, nil, widget.NewButton("Mở lịch làm việc", widget.IconCalendar, p.calendar), p.barText[tab]))
		p.bar[tab].Hide()
		box.Add(p.bar[tab])
	}
	for _, o := range more {
		box.Add(o)
	}
	return box
}

func (p *page) calendar() { p.e.Go(env.Route{Page: env.Catalogue, State: env.PartCalendar}) }

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.body }

// Save implements env.Page.
func (p *page) Save() env.State { return p.at }

// Restore implements env.Page.
func (p *page) Restore(s env.State) {
	if tab, ok := s.(int); ok {
		p.open(tab)
	}
}

// Stale implements env.Page: the lists of dossiers follow the badge, the book is
// read when it is shown.
func (p *page) Stale(desk.Changes) { p.book.Refresh() }

// Shown implements env.Page.
func (p *page) Shown() {
	p.e.Focus(p.body, []fyne.Focusable{p.list.Grid(), p.letters.Grid(), p.entries.Grid()}[p.at])
	p.e.Status()
}

// Status implements env.Page.
func (p *page) Status() string {
	switch {
	case p.at == tabBook:
		return p.entries.Status() + " · " + p.book.Status()
	case p.m.busy && len(p.m.Alarms().List) == 0:
		return "Đang xem các hồ sơ chưa xong…"
	case p.at == tabLetters:
		return p.letters.Status() + " · " + p.m.Status()
	}
	return p.list.Status() + " · " + p.m.Status()
}

// FocusSearch implements env.Searcher.
func (p *page) FocusSearch() {
	switch p.at {
	case tabList:
		p.list.FocusSearch()
	case tabLetters:
		p.letters.FocusSearch()
	case tabBook:
		p.entries.FocusSearch()
	}
}

// refresh draws what the model holds now, and tells once on each working day what is
// to be watched.
func (p *page) refresh() {
	p.e.Badge(env.Watching, p.m.Alarms().Pressing())
	text := p.m.Bar()
	for i, bar := range p.bar {
		p.barText[i].SetText(text)
		widget.SetVisible(bar, text != "")
	}
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

// act takes the keys of what can be done with a dossier, as the register does.
func (p *page) act(ev *fyne.KeyEvent, a *desk.Alarm) bool {
	if a == nil || p.e.Act == nil {
		return false
	}
	return p.e.Act(ev, []uint64{a.ID})
}

// acts are what can be done with dossiers, behind what this page offers.
func (p *page) acts(ids []uint64, own ...widget.MenuItem) []widget.MenuItem {
	if p.e.Acts == nil {
		return own
	}
	return append(append(p.e.Acts(ids), widget.MenuItem{}), own...)
}

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
