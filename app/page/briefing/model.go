package briefing

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"giaoban/app/env"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
)

// model is the page Báo cáo: which report, its options and texts, its pages, and the
// figures behind them.
type model struct {
	s     *env.Session
	asked int

	Name      papers.Name
	ShowNames bool
	Masked    bool // also in the books that otherwise name persons in full
	Group     data.Group

	Drawn      papers.Drawn // the PDF is nil while there is none
	Busy       bool
	Err        error
	own, every desk.Written // what was written for the report of this period, and of every one
	Table      data.Table
	Before     data.Table
	Indicators []data.Rate // the free ones, from 01/07/2026 on

	// PagesChanged is called when the pages are new, FiguresChanged when the
	// figures are.
	PagesChanged, FiguresChanged func()
}

// newModel returns the model on the briefing report; see Refresh.
func newModel(s *env.Session) *model {
	return &model{s: s, Name: papers.Briefing, Group: data.ByField, PagesChanged: func() {}, FiguresChanged: func() {}}
}

// Date is the day of signing of the report of this period: the one chosen, else
// today.
func (m *model) Date() data.Day {
	if m.own.Date.Known() {
		return m.own.Date
	}
	if m.s.Desk.Office().Demo {
		return m.s.AsOf() + 5
	}
	return m.s.Today()
}

// Number is the number of the report of this period, "" for one that is written by
// hand.
func (m *model) Number() string { return m.own.Number }

// Request returns what is asked for now.
func (m *model) Request() papers.Request {
	return papers.Request{Name: m.Name, Period: m.s.Period(), AsOf: m.s.AsOf(), Date: m.Date(), Number: m.Number(), ShowNames: m.ShowNames, Masked: m.Masked}
}

// Choose shows another report.
func (m *model) Choose(name papers.Name) {
	if name != m.Name {
		m.Name = name
		m.Refresh()
	}
}

// maxPreview is the number of dossiers up to which a list is laid out for the window
// at once; a longer one is made on demand.
const maxPreview = 5000

// TooLong reports whether the chosen report is a list too long to be laid out
// while one looks through the reports.
func (m *model) TooLong() bool {
	r, err := papers.ReportOf(m.Name)
	return err == nil && r.Column == data.ColNew && m.s.Desk.Count(desk.Query{Period: new(m.s.Period()), AsOf: m.s.AsOf(), Column: r.Column}) > maxPreview
}

// Refresh makes pages and figures anew, off the window's goroutine.
func (m *model) Refresh() {
	m.RefreshFigures()
	own, every, err := desk.WrittenFor(m.s.Desk, string(m.Name), desk.PeriodName(m.s.Period()))
	if m.own, m.every, m.Err = own, every, err; err != nil || m.TooLong() {
		m.asked++
		m.Drawn, m.Busy = papers.Drawn{}, false
		m.PagesChanged()
		return
	}
	m.Make(context.Background(), nil)
}

// Make lays out the pages.
func (m *model) Make(ctx context.Context, progress func(done, total int64, what string)) {
	m.asked++
	asked, r := m.asked, m.Request()
	r.Progress = progress
	m.Busy, m.Err = true, nil
	m.PagesChanged()
	m.s.Go(func() {
		drawn, err := papers.Pages(ctx, m.s.Desk, r)
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			if m.Busy, m.Err = false, err; err == nil {
				m.Drawn = drawn
			}
			m.PagesChanged()
		})
	})
}

// Blocks returns the texts of the report as they are now.
func (m *model) Blocks() []briefing.Block {
	if r, err := papers.ReportOf(m.Name); err != nil || !r.Texts {
		return nil
	}
	return m.Drawn.Blocks
}

// The scopes of what was written.
const (
	Drafted     = iota // by the program
	ThisPeriod         // by an officer, for this period
	EveryPeriod        // by an officer, for every period
	LastPeriod         // by an officer, for an earlier period, with which this one begins
)

// Scope tells whose the text of a block is.
func (m *model) Scope(id string) int {
	if _, ok := m.own.Texts[id]; ok {
		return ThisPeriod
	}
	if _, ok := m.every.Texts[id]; ok {
		return EveryPeriod
	}
	if _, ok := m.Drawn.Kept[id]; ok {
		return LastPeriod
	}
	return Drafted
}

// SetText keeps the text of a block, for this period or for every one. A text that
// names a figure that does not exist is refused.
func (m *model) SetText(ctx context.Context, b briefing.Block, text string, every bool) error {
	b.Text = text
	if _, err := briefing.Render([]briefing.Block{b}, m.Drawn.Figures); err != nil {
		return err
	}
	w, what := m.own, "Sửa lời báo cáo, "+m.s.Period().Label
	if every {
		// The words of this period would stand before those of every one.
		if m.Scope(b.ID) == ThisPeriod {
			if err := m.ResetText(ctx, b.ID); err != nil {
				return err
			}
		}
		w, what = m.every, "Sửa lời báo cáo, mọi kỳ"
	}
	if w.Texts = maps.Clone(w.Texts); w.Texts == nil {
		w.Texts = map[string]string{}
	}
	w.Texts[b.ID] = text
	return m.s.Desk.Write(ctx, desk.Work{Title: what + ": " + b.Name}, w)
}

// Turns are the sentences of a block whose figure changed direction since the period for
// which they were written.
func (m *model) Turns(block string) []string {
	return papers.TurnTexts(slices.DeleteFunc(slices.Clone(m.Drawn.Turns), func(t briefing.Turn) bool { return t.Block != block }))
}

// TurnedFigures are the names of the figures of these sentences.
func (m *model) TurnedFigures(block string) map[string]bool {
	out := map[string]bool{}
	for _, t := range m.Drawn.Turns {
		if t.Block == block {
			out[t.Field] = true
		}
	}
	return out
}

// ResetText goes back from the words of this period to those of every one, from these to
// the drafted text, and from those of an earlier period to the drafted text, for this one.
func (m *model) ResetText(ctx context.Context, id string) error {
	scope := m.Scope(id)
	w := m.own
	if scope == EveryPeriod {
		w = m.every
	}
	if w.Texts = maps.Clone(w.Texts); scope == LastPeriod {
		i := slices.IndexFunc(m.Drawn.Blocks, func(b briefing.Block) bool { return b.ID == id })
		if w.Texts == nil {
			w.Texts = map[string]string{}
		}
		w.Texts[id] = m.Drawn.Blocks[i].Draft
	} else {
		delete(w.Texts, id)
	}
	return m.s.Desk.Write(ctx, desk.Work{Title: "Về lời mẫu của báo cáo"}, w)
}

// SetDate keeps the day of signing of this period, SetNumber its number.
func (m *model) SetDate(ctx context.Context, d data.Day) error {
	w := m.own
	w.Date = d
	return m.s.Desk.Write(ctx, desk.Work{Title: "Ghi ngày ký báo cáo, " + m.s.Period().Label}, w)
}

// SetNumber keeps the number of the report of this period.
func (m *model) SetNumber(ctx context.Context, number string) error {
	w := m.own
	w.Number = number
	return m.s.Desk.Write(ctx, desk.Work{Title: "Ghi số báo cáo, " + m.s.Period().Label}, w)
}

// Rendered returns a text with its figures filled in, paragraphs apart by a line.
func (m *model) Rendered(text string) (string, error) {
	out, err := briefing.Render([]briefing.Block{{Text: text}}, m.Drawn.Figures)
	if err != nil {
		return "", err
	}
	var lines []string
	for _, p := range out[0].Paragraphs {
		lines = append(lines, p.Text)
	}
	return strings.Join(lines, "\n"), nil
}

// Figures are the figures that a sentence may hold, by name.
func (m *model) Figures() []briefing.Figure {
	if m.Drawn.Figures == nil {
		return nil
	}
	return briefing.Figures(m.Drawn.Figures)
}

// TellPart says in words what a part of a text is, "" for letters and for a figure
// that does not exist.
func TellPart(figures map[string]briefing.Figure, p briefing.Part) string {
	f, ok := figures[p.Figure]
	label := f.Label + ": " + f.Value
	if f.Value == "" {
		label = f.Label + ": kỳ này chưa có số"
	}
	switch {
	case p.Open && p.Test == '?':
		return "Phần này chỉ in khi có «" + f.Label + "» (khác 0)."
	case p.Open && p.Test == '!':
		return "Phần này chỉ in khi không có «" + f.Label + "» (bằng 0)."
	case p.Open || p.Close:
		return "Phần này chỉ in khi mọi số liệu trong nó đều có."
	case !ok:
		return ""
	}
	return label
}

// SectionNumber returns the Roman number of the section of a block and a dot,
// "" for a block outside the sections.
func (m *model) SectionNumber(i int) string {
	blocks := m.Blocks()
	if i >= len(blocks) || blocks[i].Section == "" {
		return ""
	}
	n, last := 0, ""
	for _, b := range blocks[:i+1] {
		if b.Section != last && b.Section != "" {
			n++
			last = b.Section
		}
	}
	return form.Roman(n) + ". "
}

// PlaceOf returns where a block stands in the pages.
func (m *model) PlaceOf(block string) (p papers.Place, ok bool) {
	i := slices.IndexFunc(m.Drawn.Places, func(p papers.Place) bool { return p.Block == block })
	if i < 0 {
		return p, false
	}
	return m.Drawn.Places[i], true
}

// BlockAt returns the block in which a place of the pages lies, "" for none.
func (m *model) BlockAt(page int, y float64) (block string) {
	last := papers.Place{}
	for _, p := range m.Drawn.Places {
		if p.Page > page || p.Page == page && p.Y > y+lineSlack {
			break
		}
		last = p
	}
	if n := len(m.Drawn.Places); n == 0 || page > m.Drawn.Places[n-1].Page {
		return ""
	}
	return last.Block
}

// lineSlack is how far above the top of a line its paragraph begins, points.
const lineSlack = 4

// HasTables reports whether the chosen report has tables of its own, which stand under
// Số liệu in the place of form II.06a.
func (m *model) HasTables() bool {
	r, err := papers.ReportOf(m.Name)
	return err == nil && r.Tables
}

// MakeSheets works out the tables of the chosen report for the screen.
func (m *model) MakeSheets(show func([]papers.Sheet), failed func(error)) {
	r := m.Request()
	m.s.Go(func() {
		list, err := papers.Sheets(context.Background(), m.s.Desk, r)
		m.s.Post(func() {
			switch {
			case r.Name != m.Name || r.Period != m.s.Period():
			case err != nil:
				failed(err)
			default:
				show(list)
			}
		})
	})
}

// SetGroup groups the table of figures otherwise.
func (m *model) SetGroup(g data.Group) {
	m.Group = g
	m.RefreshFigures()
}

// RefreshFigures computes the table of figures.
func (m *model) RefreshFigures() {
	p, asOf, g := m.s.Period(), m.s.AsOf(), m.Group
	m.s.Go(func() {
		t := m.s.Desk.Figures(p, asOf, g, desk.Filter{})
		before := m.s.Desk.SamePeriodBefore(t, desk.Filter{})
		indicators := m.s.Desk.Indicators(t, true, desk.Filter{})
		m.s.Post(func() {
			if m.Group == g && m.s.Period() == p {
				m.Table, m.Before, m.Indicators = t, before, indicators
				m.FiguresChanged()
			}
		})
	})
}

// FigureRows are the rows of the table: the groups and the total.
func (m *model) FigureRows() []data.Row {
	if len(m.Table.Rows) == 0 {
		return nil
	}
	return append(slices.Clone(m.Table.Rows), data.Row{Name: "Tổng cộng", Counts: m.Table.Total})
}

// JumpTo opens the dossiers behind a figure; it reports whether there are any.
func (m *model) JumpTo(i int, col data.Column) bool {
	r := m.FigureRows()[i]
	if col.Of(r.Counts) == 0 {
		return false
	}
	var row *data.Row
	if i < len(m.Table.Rows) {
		row = &r
	}
	m.s.Jump(env.Jump{Title: col.Label() + " · " + r.Name + " · " + m.Table.Period.Label, Query: register.CellQuery(m.Table, row, col, desk.Filter{})})
	return true
}

// Compared is one line of the comparison with the same period last year.
type Compared struct {
	Name, Now, Before, Change string
	Basis                     string // of a rate: numerator and denominator
	Column                    data.Column
	Rate                      string
	Good                      int
}

// Comparison returns the figures and the rates of the whole office beside those
// of the same period last year.
func (m *model) Comparison() []Compared {
	var out []Compared
	has := m.Before.Total.Received() > 0
	good := map[data.Column]int{data.ColLate: -1, data.ColPendingOverdue: -1, data.ColEarly: 1}
	for _, col := range data.FormColumns {
		a, b := col.Of(m.Table.Total), col.Of(m.Before.Total)
		c := Compared{Name: col.Label(), Now: data.FormatInt(a), Column: col}
		if has {
			c.Before, c.Change, c.Good = data.FormatInt(b), data.FormatSigned(a-b), good[col]*cmp.Compare(a, b)
		}
		out = append(out, c)
	}
	for _, r := range append(m.s.Desk.RatesOf(m.Table.Total, &m.Before.Total), m.Indicators...) {
		basis := data.FormatInt(r.Now.Numerator) + "/" + data.FormatInt(r.Now.Denominator) + " " + r.DenominatorName
		r = r.Recorded(r)
		c := Compared{Name: r.Name, Now: r.Shown(r.Now), Rate: r.ID, Column: register.RateColumn(r.ID), Basis: basis}
		if change, good, ok := r.Change(); ok {
			c.Before, c.Change, c.Good = r.Shown(r.Before), change, good
		}
		out = append(out, c)
	}
	return out
}

// JumpToCompared opens the dossiers behind a line of the comparison: of a rate
// those of its numerator.
func (m *model) JumpToCompared(c Compared) {
	q := register.CellQuery(m.Table, nil, c.Column, desk.Filter{})
	q.Rate = c.Rate
	m.s.Jump(env.Jump{Title: c.Name + " · " + m.Table.Period.Label, Query: q})
}
