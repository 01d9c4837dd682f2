package overview

import (
	"cmp"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/register"
)

// Model is the office at a glance for the period of the session, each figure with
// the list behind it.
type Model struct {
	s     *env.Session
	asked int
	today data.Day // of Todo: whatever the period, the present day
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
	Jump         env.Jump
}

// UnitLine is one bar of the ranking of units.
type UnitLine struct {
	Name    string
	Overdue int64
	Pending int64
	Jump    env.Jump
}

// Attention is one line of what wants attention: dossiers, or what another page lists.
type Attention struct {
	Text string
	Mark data.Outcome
	Jump env.Jump
	To   env.Route // its zero value for dossiers
}

// NewModel returns the model; see Refresh.
func NewModel(s *env.Session) *Model {
	return &Model{s: s, asOf: s.AsOf(), today: s.Today(), Changed: func() {}}
}

// AsOf returns the day of the figures.
func (m *Model) AsOf() data.Day { return m.asOf }

// Today returns the day of what wants attention.
func (m *Model) Today() data.Day { return m.today }

// Refresh computes the figures off the window's goroutine.
func (m *Model) Refresh() {
	m.asked++
	asked, p, asOf, today := m.asked, m.s.Period(), m.s.AsOf(), m.s.Today()
	m.s.Go(func() {
		next := m.compute(p, asOf)
		next.Todo = m.attention(today)
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			next.s, next.asked, next.Changed, next.Ready, next.asOf, next.today = m.s, asked, m.Changed, true, asOf, today
			*m = next
			m.Changed()
		})
	})
}

// Quiet reports whether the months have nothing to show.
func (m *Model) Quiet() bool {
	return !slices.ContainsFunc(m.Months, func(m desk.Month) bool { return m.New+m.Resolved+m.Overdue > 0 })
}

// FirstStep is one of the steps from an empty file to work.
type FirstStep struct {
	Text, About, Page string
	Done              bool
}

// FirstSteps are the steps that an office without dossiers takes first; none for
// one that has dossiers.
func (m *Model) FirstSteps() []FirstStep {
	if m.s.Desk.Len() > 0 {
		return nil
	}
	c := m.s.Desk.Catalogue()
	var steps []FirstStep
	if n := m.s.Desk.Founding(); n > 0 {
		steps = append(steps, FirstStep{"Lập sổ tiếp", fmt.Sprintf("Bước %d đang dở; những bước trước đã lưu.", n), env.Founding, false})
	}
	return append(steps, []FirstStep{
		{"Lập danh mục", "Đơn vị và thủ tục của cơ quan: dán từ Excel, chọn trong danh sách có sẵn, hoặc để tệp nhập vào mang theo.", env.Catalogue, len(c.Units) > 0 && len(c.Procedures) > 0},
		{"Nhập từ Excel", "Tệp xuất từ hệ thống một cửa, năm nay và năm trước, để so được cùng kỳ.", env.Import, false},
		{"Tiếp nhận hồ sơ", "Ghi hồ sơ đầu tiên bằng tay; ngày hẹn trả được tính và giải thích.", env.Receiving, false},
	}...)
}

func (m *Model) compute(p data.Period, asOf data.Day) Model {
	d := m.s.Desk
	var o Model
	o.Table = d.Figures(p, asOf, data.ByUnit, desk.Filter{})
	o.Before = d.SamePeriodBefore(o.Table, desk.Filter{})
	o.Months = d.LastMonths(asOf, 12, desk.Filter{})
	rates := map[string]data.Rate{}
	for _, r := range d.Indicators(o.Table, true, desk.Filter{}) {
		rates[r.ID] = r
	}
	for _, r := range d.RatesOf(o.Table.Total, &o.Before.Total) {
		rates[r.ID] = r
	}
	cell := func(col data.Column) env.Jump {
		return env.Jump{Title: col.Label() + " · " + p.Label, Query: register.CellQuery(o.Table, nil, col, desk.Filter{})}
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
			if c.Change = data.FormatSigned(a-b) + " so với cùng kỳ"; b == 0 && a > 0 {
				c.Change = "mới, cùng kỳ không có"
			}
			c.Good, c.Rose = good*cmp.Compare(a, b), a > b
		}
		return c
	}
	rate := func(label, id string, col data.Column, byRate bool) Card {
		r := rates[id]
		c := Card{Label: label, Value: r.Shown(r.Now), Jump: cell(col),
			Tip: data.FormatInt(r.Now.Numerator) + "/" + data.FormatInt(r.Now.Denominator) + " " + r.DenominatorName + ". " + span}
		if byRate {
			c.Jump.Query.Rate, c.Jump.Title = id, label+" · "+p.Label
		}
		if change, good, ok := r.Change(); ok {
			c.Change, c.Good, c.Rose = change, good, strings.HasPrefix(change, "+")
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
	for _, x := range []struct{ id, label string }{{"online_full", "Toàn trình"}, {"processing_time", "Xử lý trung bình"}} {
		if r, ok := rates[x.id]; ok {
			o.Cards = append(o.Cards, rate(x.label, r.ID, register.RateColumn(r.ID), true))
		}
	}
	for i := range o.Table.Rows {
		row := o.Table.Rows[i]
		if row.Pending() == 0 {
			continue
		}
		o.Units = append(o.Units, UnitLine{Name: data.ShortUnit(row.Name), Overdue: row.Overdue, Pending: row.Pending(),
			Jump: env.Jump{Title: "Quá hạn · " + row.Name, Query: register.CellQuery(o.Table, &row, data.ColPendingOverdue, desk.Filter{})}})
	}
	slices.SortStableFunc(o.Units, func(a, b UnitLine) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Pending, a.Pending))
	})
	return o
}

// attention tells what wants attention today, as the badge of Sắp trễ counts it.
func (m *Model) attention(today data.Day) (out []Attention) {
	soon := m.s.Desk.SoonUntil(today)
	count := func(q desk.Query) int64 {
		q.Today, q.AsOf = today, today
		return int64(m.s.Desk.Count(q))
	}
	attend := func(mark data.Outcome, text, title string, q desk.Query) {
		q.Outcomes, q.Sort = []data.Outcome{mark}, register.SortDue
		if n := count(q); n > 0 {
			out = append(out, Attention{Text: data.FormatInt(n) + " " + text, Mark: mark, Jump: env.Jump{Title: title, Query: q}})
		}
	}
	due := func(to data.Day) desk.Query { return desk.Query{Due: &register.DaySpan{From: today, To: to}} }
	attend(data.Overdue, "hồ sơ quá hạn chưa xong", "Quá hạn, chưa xong", desk.Query{})
	with := count(desk.Query{Outcomes: []data.Outcome{data.Overdue}, Letter: register.Yes})
	attend(data.Overdue, fmt.Sprintf("hồ sơ quá hạn chưa có thư xin lỗi (đã có thư: %s)", data.FormatInt(with)), "Quá hạn, chưa có thư xin lỗi", desk.Query{Letter: register.No})
	attend(data.PendingInTime, "hồ sơ đến hạn hôm nay, "+today.String(), "Đến hạn ngày "+today.String(), due(today))
	attend(data.PendingInTime, "hồ sơ sắp đến hạn, đến ngày "+soon.String(), "Sắp đến hạn, đến ngày "+soon.String(), due(soon))
	attend(data.PendingWait, "hồ sơ đang chờ bổ sung hoặc tạm dừng", "Chờ bổ sung, tạm dừng", desk.Query{})
	out = append(append(out, m.entries(today)...), m.below(today)...)
	// What is late stands first: the list shows a few lines at once.
	order := map[data.Outcome]int{data.Overdue: 0, data.PendingInTime: 1, data.PendingWait: 2}
	slices.SortStableFunc(out, func(a, b Attention) int { return cmp.Compare(order[a.Mark], order[b.Mark]) })
	return out
}

// entries tells what of the logbooks is late or near its term, in every register that
// knows such states.
func (m *Model) entries(today data.Day) (out []Attention) {
	w, err := m.s.Desk.Logbooks(today)
	if err != nil {
		slog.Error("logbooks at a glance", "err", err)
		return nil
	}
	for _, k := range logbook.Kinds() {
		counts := map[string]int64{}
		for _, r := range k.Rows(w) {
			counts[r.State]++
		}
		for _, s := range k.States {
			mark := data.PendingInTime
			if s.Tone == logbook.Bad {
				mark = data.Overdue
			}
			if n := counts[s.ID]; n > 0 && (mark == data.Overdue || s.ID == "soon") {
				out = append(out, Attention{Text: data.FormatInt(n) + " " + k.One + ": " + strings.ToLower(s.Title), Mark: mark, To: env.Route{Page: env.PageOf(k.ID), State: env.EntriesIn{Kind: k.ID, State: s.ID}}})
			}
		}
	}
	return out
}

// below tells how many indicators miss what is asked of them this year, and names the
// first, so that the line stays one.
func (m *Model) below(today data.Day) []Attention {
	all, err := m.s.Desk.IndicatorStandings(today)
	if err != nil {
		slog.Error("indicators at a glance", "err", err)
		return nil
	}
	list := desk.BelowTarget(all)
	if len(list) == 0 {
		return nil
	}
	x := &list[0]
	name := x.Definition.Name
	if x.Unit != 0 {
		name = data.ShortUnit(x.UnitName) + ": " + name
	}
	text := fmt.Sprintf("%s chỉ tiêu chưa đạt mức giao, trước hết: %s %s (giao %s)", data.FormatInt(int64(len(list))), name, x.Value(), x.Definition.Asked(x.Target))
	return []Attention{{Text: text, Mark: data.Overdue, To: env.Route{Page: env.Indicators, State: env.BelowTarget{}}}}
}

// overdueSeries is the series of the chart by month that shows what is overdue.
const overdueSeries = 2

// MonthJump returns the list behind a mark of the chart by month: series 0 new,
// 1 resolved, 2 overdue at the end of the month.
func (m *Model) MonthJump(series, month int) (j env.Jump, ok bool) {
	if month < 0 || month >= len(m.Months) || series < 0 || series > overdueSeries {
		return j, false
	}
	col := []data.Column{data.ColNew, data.ColResolved, data.ColPendingOverdue}[series]
	p := m.Months[month].Period
	t := data.Table{Period: p, AsOf: min(p.To, m.asOf)}
	_, number, _ := p.To.Civil()
	return env.Jump{Title: fmt.Sprintf("%s · tháng %d/%d", col.Label(), int(number), p.To.Year()),
		Query: register.CellQuery(t, nil, col, desk.Filter{})}, true
}
