// Package overview is the screen Tổng quan: the office at a glance, each figure
// with the list behind it.
package overview

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/chart"
)

// Screen is the screen.
type Screen struct {
	ctx     screen.Context
	session *view.Session
	model   *view.Overview
	cards   []*widget.FigureCard
	row     *fyne.Container
	chart   *widget.ChartView
	nothing *widget.Paragraph // in place of bars
	units   *widget.Grid
	todo    *widget.Grid
	todoIs  *fyne.Container // the head of todo, with its day
	title   *widget.Page
	body    *fyne.Container
	// Report opens the briefing report.
	Report func()
}

// New builds the screen.
func New(ctx screen.Context, s *view.Session, model *view.Overview) *Screen {
	o := &Screen{ctx: ctx, session: s, model: model, row: container.New(layout.NewGridLayoutWithColumns(6)), Report: func() {}}
	o.chart = widget.NewChartView(chart.Chart{Kind: chart.Bars})
	o.chart.OnPick = o.pickMonth
	o.nothing = widget.NewParagraph("12 tháng này không có hồ sơ nào. Chọn kỳ khác ở đầu cửa sổ.", 320)
	o.nothing.Role = widget.ColorSecondary
	o.units = widget.NewGrid([]widget.Column{
		{ID: "name", Title: "Đơn vị", Width: 220, Flex: 1}, {ID: "overdue", Title: "Quá hạn", Width: 96, Align: widget.Right},
		{ID: "pending", Title: "Đang giải quyết", Width: 116, Align: widget.Right},
	})
	o.units.Single = true
	o.units.OnOpen = func(i int) { s.Jump(model.Units[i].Jump) }
	o.units.OnCell = func(i int, column string) bool {
		if column != "overdue" || model.Units[i].Overdue == 0 {
			return false
		}
		s.Jump(model.Units[i].Jump)
		return true
	}
	o.units.SetEmpty("Không có hồ sơ đang giải quyết trong kỳ này.", "", nil)
	o.todo = widget.NewGrid([]widget.Column{{ID: "text", Title: "", Width: 300, Flex: 1}})
	o.todo.NoHeader, o.todo.Single = true, true
	o.todo.OnOpen = func(i int) { s.Jump(model.Todo[i].Jump) }
	o.todo.OnCell = func(i int, _ string) bool { s.Jump(model.Todo[i].Jump); return true }
	o.todo.SetEmpty("Không có việc nào cần chú ý.", "", nil)
	o.todoIs = container.NewStack(widget.NewSection("Cần chú ý hôm nay"))
	halves := container.New(layout.NewGridLayoutWithColumns(2),
		container.NewBorder(widget.NewSection("12 tháng gần nhất"), nil, nil, nil, container.NewStack(o.chart, container.NewCenter(o.nothing))),
		container.New(layout.NewCustomPaddedLayout(0, 0, widget.Scaled(12), 0), container.NewBorder(widget.NewSection("Đơn vị theo số hồ sơ quá hạn"), nil, nil, nil, o.units)))
	foot := screen.Tall(152, container.NewBorder(o.todoIs, nil, nil, nil, o.todo))
	o.body = container.NewBorder(container.NewVBox(o.row, screen.Gap(4)), foot, nil, nil, halves)
	o.title = widget.NewPage("Tổng quan", []fyne.CanvasObject{
		widget.NewMainButton("Báo cáo giao ban", widget.IconReport, func() { o.Report() }),
	}, nil, o.body)
	model.Changed = o.refresh
	if model.Ready {
		o.refresh()
	}
	return o
}

// Content implements screen.Screen.
func (o *Screen) Content() fyne.CanvasObject { return o.title }

// Shown implements screen.Screen.
func (o *Screen) Shown() {
	if len(o.cards) > 0 {
		o.ctx.Focus(o.title, o.cards[0])
	}
}

// Status implements screen.Screen.
func (o *Screen) Status() string {
	return fmt.Sprintf("%s · số liệu tính đến %s · cần chú ý: hôm nay, %s", o.model.Period().Span(), o.model.AsOf(), o.model.Today())
}

func (o *Screen) refresh() {
	if len(o.cards) == 0 {
		defer o.body.Refresh() // the first cards need room
	}
	o.title.SetTitle(fmt.Sprintf("Tổng quan · %s, tính đến %s", view.PeriodLabel(o.model.Period()), o.model.AsOf()))
	o.todoIs.Objects = []fyne.CanvasObject{widget.NewSection("Cần chú ý hôm nay, " + o.model.Today().String())}
	o.todoIs.Refresh()
	for i, c := range o.model.Cards {
		figure := widget.KeyFigure{Label: c.Label, Value: c.Value, Change: c.Change, Series: c.Line, Tip: c.Tip,
			Up: c.Rose, Trend: trend(c.Good)}
		if i >= len(o.cards) {
			card := widget.NewFigureCard(figure, func() { o.session.Jump(o.model.Cards[i].Jump) })
			o.cards = append(o.cards, card)
			o.row.Add(card)
			continue
		}
		o.cards[i].Set(figure)
	}
	o.chart.Set(o.monthChart())
	if slices.ContainsFunc(o.model.Months, func(m desk.Month) bool { return m.New+m.Resolved+m.Overdue > 0 }) {
		o.nothing.Hide()
		o.chart.Show()
	} else {
		o.nothing.Show()
		o.chart.Hide()
	}
	o.units.SetRows(unitRows{o.model})
	o.todo.SetRows(todoRows{o.model})
	o.ctx.Status()
}

func trend(good int) widget.Trend {
	switch {
	case good > 0:
		return widget.TrendGood
	case good < 0:
		return widget.TrendBad
	}
	return widget.TrendNone
}

func (o *Screen) monthChart() chart.Chart {
	c := chart.Chart{Kind: chart.Bars}
	series := []chart.Series{{Name: "Mới tiếp nhận"}, {Name: "Đã giải quyết"}, {Name: "Quá hạn cuối tháng"}}
	for _, m := range o.model.Months {
		name := m.Period.MonthUntil(o.model.AsOf())
		if month, whole := strings.CutPrefix(name, "T"); whole {
			name = fmt.Sprintf("%s/%02d", month, m.Period.To.Year()%100)
		}
		c.Categories = append(c.Categories, name)
		for i, n := range []int64{m.New, m.Resolved, m.Overdue} {
			series[i].Values = append(series[i].Values, chart.Value{Size: float64(n), Text: data.FormatInt(n)})
		}
	}
	c.Series = series
	return c
}

func (o *Screen) pickMonth(series, category int) {
	if j, ok := o.model.MonthJump(series, category); ok {
		o.session.Jump(j)
	}
}

type unitRows struct{ m *view.Overview }

// Len implements widget.Rows.
func (r unitRows) Len() int { return len(r.m.Units) }

// Cells implements widget.Rows.
func (r unitRows) Cells(i int, dst []widget.Cell) {
	u := r.m.Units[i]
	dst[0].Text = u.Name
	dst[1].Text = data.FormatInt(u.Overdue)
	if u.Overdue > 0 {
		dst[1].Role, dst[1].Strong = widget.ColorLate, true
	}
	dst[2].Text = data.FormatInt(u.Pending)
}

type todoRows struct{ m *view.Overview }

// Len implements widget.Rows.
func (r todoRows) Len() int { return len(r.m.Todo) }

// Cells implements widget.Rows.
func (r todoRows) Cells(i int, dst []widget.Cell) {
	t := r.m.Todo[i]
	dst[0] = widget.Cell{Text: t.Text, Mark: screen.Mark(t.Mark, true)}
}
