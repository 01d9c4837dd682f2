package view

import (
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// Overview is the model of the screen Tổng quan: the office at a glance for the
// period of the session, each figure with the list behind it.
type Overview struct {
	s     *Session
	asked int
	today data.Day // of Todo
	asOf  data.Day // of the figures

	Ready  bool
	Table  data.Table // by unit
	Before data.Table // the same period last year
	Cards  []Card
	Months []desk.Month
	Units  []UnitLine // most overdue first
	Todo   []Attention

	// Changed is called when the figures are new.
	Changed func()
}

// Card is one key figure.
type Card struct {
	Label, Value string
	Change       string // against the same period last year, with its sign
	Rose         bool   // the number rose
	Good         int    // 1 when the change is good, -1 when bad, 0 when neither
	Tip          string
	Line         []float64 // the last 12 months
	Jump         Jump
}

// UnitLine is one bar of the ranking of units.
type UnitLine struct {
	Name    string
	Overdue int64
	Pending int64
	Jump    Jump
}

// Attention is one line of what wants attention.
type Attention struct {
	Text string
	Mark data.Outcome
	Jump Jump
}

// NewOverview returns the model and begins to compute it.
func NewOverview(s *Session) *Overview {
	m := &Overview{s: s, asOf: s.AsOf(), today: s.Today(), Changed: func() {}}
	s.Listen(m.Refresh)
	m.Refresh()
	return m
}

// Period returns the period of the figures.
func (m *Overview) Period() data.Period { return m.s.Period() }

// AsOf returns the day of the figures.
func (m *Overview) AsOf() data.Day { return m.asOf }

// Today returns the day of what wants attention: whatever the period, that is
// the present day.
func (m *Overview) Today() data.Day { return m.today }

// Refresh computes the figures off the window's goroutine.
func (m *Overview) Refresh() {
	m.asked++
	asked, p, asOf, today := m.asked, m.s.Period(), m.s.AsOf(), m.s.Today()
	m.s.Go(func() {
		next := m.compute(p, asOf)
		next.Todo = m.attention(today)
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			m.Ready, m.asOf, m.today = true, asOf, today
			m.Table, m.Before, m.Cards, m.Months, m.Units, m.Todo = next.Table, next.Before, next.Cards, next.Months, next.Units, next.Todo
			m.Changed()
		})
	})
}

func (m *Overview) compute(p data.Period, asOf data.Day) Overview {
	d := m.s.Desk
	var o Overview
	o.Table = d.Figures(p, asOf, data.ByUnit, desk.Filter{})
	o.Before = d.SamePeriodBefore(o.Table, desk.Filter{})
	o.Months = d.LastMonths(asOf, 12, desk.Filter{})
	rates := map[string]data.Rate{}
	for _, r := range d.RatesOf(o.Table.Total, &o.Before.Total) {
		rates[r.ID] = r
	}
	cell := func(col data.Column) Jump {
		return Jump{Title: col.Label() + " · " + p.Label, Query: register.CellQuery(o.Table, nil, col, desk.Filter{})}
	}
	line := func(of func(desk.Month) int64) []float64 {
		var out []float64
		for _, month := range o.Months {
			out = append(out, float64(of(month)))
		}
		return out
	}
	now, was := o.Table.Total, o.Before.Total
	span := p.Span() + ", tính đến " + asOf.String()
	number := func(label string, col data.Column, good int, of func(desk.Month) int64) Card {
		a, b := col.Of(now), col.Of(was)
		c := Card{Label: label, Value: data.FormatInt(a), Tip: span, Jump: cell(col), Line: line(of)}
		if was.Received() > 0 {
			c.Change = signed(a-b) + " so với cùng kỳ"
			c.Good, c.Rose = good*sign(a-b), a > b
		}
		return c
	}
	rate := func(label, id string, col data.Column, byRate bool) Card {
		r := rates[id]
		c := Card{Label: label, Value: percent(r.Now), Jump: cell(col),
			Tip: data.FormatInt(r.Now.Numerator) + "/" + data.FormatInt(r.Now.Denominator) + " " + r.DenominatorName + ". " + span}
		if byRate {
			c.Jump.Query.Rate, c.Jump.Title = id, label+" · "+p.Label
		}
		if n, ok := data.ChangePoints(r.Now, r.Before); ok {
			c.Change = data.FormatChange(n) + " điểm %"
			c.Good, c.Rose = sign(n), n > 0
		}
		return c
	}
	o.Cards = []Card{
		number("Tiếp nhận", data.ColReceived, 0, func(m desk.Month) int64 { return m.New }),
		number("Đã giải quyết", data.ColResolved, 0, func(m desk.Month) int64 { return m.Resolved }),
		rate("Trước và đúng hạn", "on_time", data.ColResolved, true),
		number("Quá hạn, chưa xong", data.ColPendingOverdue, -1, func(m desk.Month) int64 { return m.Overdue }),
		rate("Trực tuyến", "online", data.ColNewOnline, false),
		rate("Bưu chính", "postal", data.ColReceived, true),
	}
	for i := range o.Table.Rows {
		row := o.Table.Rows[i]
		if row.Pending() == 0 {
			continue
		}
		o.Units = append(o.Units, UnitLine{Name: row.Name, Overdue: row.Overdue, Pending: row.Pending(),
			Jump: Jump{Title: "Quá hạn · " + row.Name, Query: register.CellQuery(o.Table, &row, data.ColPendingOverdue, desk.Filter{})}})
	}
	slices.SortStableFunc(o.Units, func(a, b UnitLine) int {
		if a.Overdue != b.Overdue {
			return int(b.Overdue - a.Overdue)
		}
		return int(b.Pending - a.Pending)
	})
	return o
}

// attention tells what wants attention today, as the badge of Sắp trễ counts it.
func (m *Overview) attention(today data.Day) (out []Attention) {
	soon := m.s.Desk.SoonUntil(today)
	attend := func(mark data.Outcome, text, title string, q desk.Query) {
		q.Outcomes, q.Sort = []data.Outcome{mark}, register.SortDue
		if n := m.s.Desk.Count(on(q, today)); n > 0 {
			out = append(out, Attention{Text: data.FormatInt(int64(n)) + " " + text, Mark: mark, Jump: Jump{Title: title, Query: q}})
		}
	}
	due := func(to data.Day) desk.Query { return desk.Query{Due: &register.DaySpan{From: today, To: to}} }
	attend(data.Overdue, "hồ sơ quá hạn chưa xong", "Quá hạn, chưa xong", desk.Query{})
	with := m.s.Desk.Count(on(desk.Query{Outcomes: []data.Outcome{data.Overdue}, Letter: register.Yes}, today))
	attend(data.Overdue, fmt.Sprintf("hồ sơ quá hạn chưa có thư xin lỗi (đã có thư: %s)", data.FormatInt(int64(with))), "Quá hạn, chưa có thư xin lỗi", desk.Query{Letter: register.No})
	attend(data.PendingInTime, "hồ sơ đến hạn hôm nay, "+today.String(), "Đến hạn ngày "+today.String(), due(today))
	attend(data.PendingInTime, "hồ sơ sắp đến hạn, đến ngày "+soon.String(), "Sắp đến hạn, đến ngày "+soon.String(), due(soon))
	attend(data.PendingWait, "hồ sơ đang chờ bổ sung hoặc tạm dừng", "Chờ bổ sung, tạm dừng", desk.Query{})
	return out
}

func percent(r data.Ratio) string {
	if s := r.Percent(); s != "-" {
		return s + " %"
	}
	return "–"
}

func signed(n int64) string {
	if n > 0 {
		return "+" + data.FormatInt(n)
	}
	return data.FormatInt(n)
}

func sign(n int64) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

// MonthJump returns the list behind a mark of the chart by month: series 0 new,
// 1 resolved, 2 overdue at the end of the month.
func (m *Overview) MonthJump(series, month int) (j Jump, ok bool) {
	if month < 0 || month >= len(m.Months) || series < 0 || series > 2 {
		return j, false
	}
	col := []data.Column{data.ColNew, data.ColResolved, data.ColPendingOverdue}[series]
	p := m.Months[month].Period
	t := data.Table{Period: p, AsOf: min(p.To, m.AsOf())}
	_, number, _ := p.To.Civil()
	return Jump{Title: fmt.Sprintf("%s · tháng %d/%d", col.Label(), int(number), p.To.Year()),
		Query: register.CellQuery(t, nil, col, desk.Filter{})}, true
}
