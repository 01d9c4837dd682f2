// Package overview is the page Tổng quan: the office at a glance, each figure with
// the list behind it.
package overview

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/chart"
)

// page is the page.
type page struct {
	env.OnePlace
	e      *env.Env
	m      *Model
	cards  []*widget.FigureCard
	row    *fyne.Container
	flow   *widget.ChartView // new and resolved
	late   *widget.ChartView // overdue, on a scale of its own: beside thousands it would not be seen
	charts *fyne.Container
	says   *widget.Paragraph // in place of bars
	units  *list.List[UnitLine]
	todo   *widget.Grid
	head   *widget.Paragraph // of todo, with its day
	page   *widget.Page
	begin  *fyne.Container // first steps of an empty office
	early  []*fyne.KeyEvent
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, m: NewModel(e.Session), row: widget.Cards(), says: widget.NewParagraph("Đang tính số liệu…", 320)}
	p.says.Role = widget.ColorSecondary
	p.flow, p.late = widget.NewChartView(chart.Chart{Kind: chart.Bars}), widget.NewChartView(chart.Chart{Kind: chart.Bars})
	p.late.Least.Height = 84
	p.flow.OnPick = p.pick
	p.late.OnPick = func(_, month int) { p.pick(overdueSeries, month) }
	p.charts = container.NewBorder(nil, p.late, nil, nil, p.flow)
	p.charts.Hide()
	p.todo = widget.NewGrid([]widget.Column{{ID: "text", Title: "", Width: 300, Flex: 1}})
	p.todo.NoHeader = true
	p.todo.OnOpen = func(i int) {
		if to := p.m.Todo[i].To; to.Page != "" {
			e.Go(to)
			return
		}
		e.Session.Jump(p.m.Todo[i].Jump)
	}
	p.todo.OnCell = func(i int, _ string) bool { p.todo.OnOpen(i); return true }
	p.todo.Single = true
	p.todo.SetLoading("Đang tính số liệu…")
	units := container.NewStack()
	p.head = widget.NewParagraph("Cần chú ý hôm nay", 200)
	p.head.Bold = true
	halves := container.New(widget.Beside{Share: 0.5, Least: 390, Most: 1200, Gap: 8, Main: 390},
		container.NewBorder(widget.NewSection("12 tháng gần nhất"), nil, nil, nil, container.NewStack(p.charts, container.NewCenter(p.says))),
		container.NewBorder(widget.NewSection("Đơn vị theo số hồ sơ quá hạn"), nil, nil, nil, units))
	p.begin = container.NewVBox()
	foot := widget.Tall(176, container.NewBorder(p.head, nil, nil, nil, p.todo))
	body := container.NewBorder(nil, foot, nil, nil, halves)
	p.page = widget.NewPage("Tổng quan", []fyne.CanvasObject{
		widget.NewMainButton("Báo cáo giao ban", widget.IconReport, func() { e.Go(env.Route{Page: env.Briefing}) }),
	}, container.NewVBox(p.begin, p.row), body)
	p.units = p.newUnits()
	units.Objects = []fyne.CanvasObject{p.units.Body()}
	p.m.Changed = p.show
	return p
}

// newUnits lists the units, most overdue first; the number of those overdue leads to them.
func (p *page) newUnits() *list.List[UnitLine] {
	open := func(u *UnitLine) { p.e.Session.Jump(u.Jump) }
	l := list.Of(p.e, list.Options[UnitLine]{ID: "overview-units", Inner: p.page, Plain: true, What: "đơn vị", Paper: "ĐƠN VỊ THEO SỐ HỒ SƠ QUÁ HẠN", Begin: list.Held(func() []UnitLine { return p.m.Units }),
		Key: func(u *UnitLine) uint64 { return list.KeyOf(u.Name) }, Open: open, Empty: "Không có hồ sơ đang giải quyết trong kỳ này.",
		Columns: []list.Column[UnitLine]{
			{ID: "name", Title: "Đơn vị", Width: 220, Min: 100, Flex: 1, Text: func(u *UnitLine) string { return u.Name }},
			list.Col("overdue", "Quá hạn", 80, 0, func(u *UnitLine) string { return data.FormatInt(u.Overdue) }).Right().Dress(func(u *UnitLine, c *widget.Cell) {
				if u.Overdue > 0 {
					c.Role, c.Strong = widget.ColorLate, true
				}
			}),
			list.Col("pending", "Đang\ngiải quyết", 88, 0, func(u *UnitLine) string { return data.FormatInt(u.Pending) }).Right(),
		}})
	l.Grid().SetLoading("Đang tính số liệu…")
	l.Grid().OnCell = func(i int, column string) bool {
		u := l.Row(i)
		if column != "overdue" || u == nil || u.Overdue == 0 {
			return false
		}
		open(u)
		return true
	}
	return l
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.page }

// Stale implements env.Page.
func (p *page) Stale(desk.Changes) { p.m.Refresh() }

// Shown implements env.Page.
func (p *page) Shown() {
	if len(p.cards) > 0 {
		p.e.Focus(p.page, p.cards[0])
	}
}

// TakeKey implements env.KeyTaker: keys that come before the figures wait for them.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool {
	if !p.m.Ready {
		p.early = append(p.early, ev)
	}
	return !p.m.Ready
}

// Status implements env.Page.
func (p *page) Status() string {
	return fmt.Sprintf("%s · số liệu tính đến %s · cần chú ý: hôm nay, %s", p.e.Session.Period().Span(), p.m.AsOf(), p.m.Today())
}

// show draws what the model holds.
func (p *page) show() {
	m, first := p.m, len(p.cards) == 0
	p.page.SetTitle(fmt.Sprintf("Tổng quan · %s, tính đến %s", env.PeriodLabel(p.e.Session.Period()), m.AsOf()))
	p.head.SetText("Cần chú ý hôm nay, " + m.Today().String())
	for _, extra := range p.cards[min(len(m.Cards), len(p.cards)):] { // of a period that had more
		p.row.Remove(extra)
	}
	p.cards = p.cards[:min(len(m.Cards), len(p.cards))]
	for i, c := range m.Cards {
		if i >= len(p.cards) {
			p.cards = append(p.cards, widget.NewFigureCard(c.KeyFigure(), func() { p.e.Session.Jump(p.m.Cards[i].Jump) }))
			p.row.Add(p.cards[i])
		}
		p.cards[i].Set(c.KeyFigure())
	}
	p.showBegin()
	p.flow.Set(p.monthly(0, overdueSeries))
	p.late.Set(p.monthly(overdueSeries, overdueSeries+1))
	if m.Quiet() {
		p.says.SetText("12 tháng này không có hồ sơ nào. Chọn kỳ khác ở đầu cửa sổ.")
	}
	widget.SetVisible(p.says, m.Quiet())
	widget.SetVisible(p.charts, !m.Quiet())
	p.units.Refresh()
	marks := map[data.Outcome]widget.Mark{data.Overdue: widget.MarkLate, data.PendingInTime: widget.MarkSoon, data.PendingWait: widget.MarkPaused}
	p.todo.SetLoading("")
	p.todo.SetEmpty("Không có việc nào cần chú ý.", "", nil)
	p.todo.SetRows(widget.Few{N: len(m.Todo), Cell: func(i int, dst []widget.Cell) {
		dst[0] = widget.Cell{Text: p.m.Todo[i].Text, Mark: marks[p.m.Todo[i].Mark]}
	}})
	p.page.Fit()
	p.e.Status()
	if first {
		p.Shown()
		p.type0()
	}
}

// type0 gives the keys that came too early to what has the focus now.
func (p *page) type0() {
	early := p.early
	p.early = nil
	for _, ev := range early {
		if f := p.e.Window.Canvas().Focused(); f != nil && p.e.InView(p.page) {
			f.TypedKey(ev)
		}
	}
}

// showBegin shows an office without dossiers its first steps, with what is done
// ticked.
func (p *page) showBegin() {
	p.begin.RemoveAll()
	for _, s := range p.m.FirstSteps() {
		b := widget.NewButton(s.Text, widget.IconRegister, func() { p.e.Go(env.Route{Page: s.Page}) })
		if s.Done {
			b.Icon, b.Mark = "", widget.MarkEarly
		}
		p.begin.Add(widget.Row(1, b, widget.NewNote(s.About, 520)))
	}
	p.begin.Refresh()
}

// monthly is the chart of the series from up to but without to.
func (p *page) monthly(from, to int) chart.Chart {
	c := chart.Chart{Kind: chart.Bars, Series: []chart.Series{{Name: "Mới tiếp nhận"}, {Name: "Đã giải quyết"}, {Name: "Quá hạn cuối tháng"}}}
	if from == overdueSeries {
		c.Title = "Quá hạn cuối tháng"
	}
	for _, m := range p.m.Months {
		c.Categories = append(c.Categories, m.Period.MonthOfYearUntil(p.m.AsOf()))
		for i, n := range []int64{m.New, m.Resolved, m.Overdue} {
			c.Series[i].Values = append(c.Series[i].Values, chart.Value{Size: float64(n), Text: data.FormatInt(n)})
		}
	}
	c.Series = c.Series[from:to]
	return c
}

func (p *page) pick(series, month int) {
	if j, ok := p.m.MonthJump(series, month); ok {
		p.e.Session.Jump(j)
	}
}

// KeyFigure is the card as the screen draws it.
func (c Card) KeyFigure() widget.KeyFigure {
	return widget.KeyFigure{Label: c.Label, Value: c.Value, Change: c.Change, Series: c.Line, Tip: c.Tip, Up: c.Rose, Trend: widget.Trend(c.Good)}
}
