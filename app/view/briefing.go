package view

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
)

// Briefing is the model of the screen Báo cáo: which report, its options and
// texts, its pages, and the figures behind them.
type Briefing struct {
	s     *Session
	asked int
	stale bool // pages are older than the options

	Name      papers.Name
	Date      data.Day
	Number    string
	ShowNames bool
	Group     data.Group

	Pages  []byte // the PDF; nil while there is none
	Busy   bool
	Err    error
	input  *briefing.Input
	blocks []briefing.Block
	edited map[string]string // texts that the officer changed, by block
	Table  data.Table
	Before data.Table

	// PagesChanged is called when the pages are new, FiguresChanged when the
	// figures are.
	PagesChanged, FiguresChanged func()
}

// NewBriefing returns the model on the briefing report.
func NewBriefing(s *Session) *Briefing {
	m := &Briefing{s: s, Name: papers.Briefing, Group: data.ByField, Date: s.Desk.Today(), edited: map[string]string{},
		PagesChanged: func() {}, FiguresChanged: func() {}}
	if s.Desk.Office().Demo {
		m.Date = s.AsOf() + 5
	}
	s.Listen(func() { m.stale = true })
	return m
}

// Request returns what is asked for now.
func (m *Briefing) Request() papers.Request {
	r := papers.Request{Name: m.Name, Period: m.s.Period(), AsOf: m.s.AsOf(), Date: m.Date, Number: m.Number, ShowNames: m.ShowNames}
	if m.Name == papers.Briefing && len(m.edited) > 0 {
		r.Blocks = m.merged()
	}
	return r
}

func (m *Briefing) merged() []briefing.Block {
	out := slices.Clone(m.blocks)
	for i := range out {
		if text, ok := m.edited[out[i].ID]; ok {
			out[i].Text = text
		}
	}
	return out
}

// Choose shows another report.
func (m *Briefing) Choose(name papers.Name) {
	if name != m.Name {
		m.Name = name
		m.Refresh()
	}
}

// Shown brings pages and figures up to date when the data or the period changed
// since they were made.
func (m *Briefing) Shown() {
	if m.stale || m.Pages == nil && !m.Busy {
		m.Refresh()
	}
}

// maxPreview is the number of dossiers up to which a list or a register book is
// laid out for the window at once; a longer one is made on demand.
const maxPreview = 5000

// TooLong reports whether the chosen report is a list too long to be laid out
// while one looks through the reports.
func (m *Briefing) TooLong() bool {
	return (m.Name == papers.Register || m.Name == papers.List) && m.s.Desk.Count(desk.Query{Period: ptr(m.s.Period()), AsOf: m.s.AsOf(), Column: data.ColNew}) > maxPreview
}

func ptr[T any](v T) *T { return &v }

// Refresh makes pages and figures anew, off the window's goroutine.
func (m *Briefing) Refresh() {
	m.stale = false
	m.RefreshFigures()
	if m.TooLong() {
		m.asked++
		m.Pages, m.Busy, m.Err = nil, false, nil
		m.PagesChanged()
		return
	}
	m.Make(context.Background())
}

// Make lays out the pages.
func (m *Briefing) Make(ctx context.Context) {
	m.asked++
	asked, r := m.asked, m.Request()
	m.Busy, m.Err = true, nil
	m.PagesChanged()
	m.s.Go(func() {
		pages, figures, err := papers.Pages(ctx, m.s.Desk, r)
		var blocks []briefing.Block
		if err == nil && figures != nil {
			blocks, err = briefing.Draft(figures)
		}
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			m.Busy, m.Err = false, err
			if err == nil {
				m.Pages = pages
			}
			if figures != nil {
				m.input = figures
			}
			if blocks != nil {
				m.blocks = blocks
			}
			m.PagesChanged()
		})
	})
}

// Blocks returns the texts of the briefing report as they are now.
func (m *Briefing) Blocks() []briefing.Block {
	if m.Name != papers.Briefing {
		return nil
	}
	return m.merged()
}

// Edited reports whether the officer changed the text of a block.
func (m *Briefing) Edited(id string) bool {
	_, ok := m.edited[id]
	return ok
}

// SetText changes the text of a block. A text that names a figure that does not
// exist is refused: the pages stay as they are, the text stays with the caller.
func (m *Briefing) SetText(id, text string) error {
	for _, b := range m.blocks {
		if b.ID == id && m.input != nil {
			b.Text = text
			if _, err := briefing.Render([]briefing.Block{b}, m.input); err != nil {
				return err
			}
		}
	}
	m.edited[id] = text
	m.Make(context.Background())
	return nil
}

// ResetText goes back to the drafted text of a block.
func (m *Briefing) ResetText(id string) {
	delete(m.edited, id)
	m.Make(context.Background())
}

// Rendered returns a text with its figures filled in, paragraphs apart by a
// line.
func (m *Briefing) Rendered(id, text string) (string, error) {
	for _, b := range m.blocks {
		if b.ID != id || m.input == nil {
			continue
		}
		b.Text = text
		out, err := briefing.Render([]briefing.Block{b}, m.input)
		if err != nil || len(out) == 0 {
			return "", err
		}
		var lines []string
		for _, p := range out[0].Paragraphs {
			lines = append(lines, p.Text)
		}
		return strings.Join(lines, "\n"), nil
	}
	return "", nil
}

// FigureChoices lists every figure that a sentence may hold, with its value.
func (m *Briefing) FigureChoices() []Choice {
	if m.input == nil {
		return nil
	}
	var out []Choice
	for _, f := range briefing.Figures(m.input) {
		if f.Value != "" {
			out = append(out, Choice{f.Name, f.Label + ": " + f.Value})
		}
	}
	return out
}

// SetGroup groups the table of figures otherwise.
func (m *Briefing) SetGroup(g data.Group) {
	m.Group = g
	m.RefreshFigures()
}

// RefreshFigures computes the table of figures.
func (m *Briefing) RefreshFigures() {
	p, asOf, g := m.s.Period(), m.s.AsOf(), m.Group
	m.s.Go(func() {
		t := m.s.Desk.Figures(p, asOf, g, desk.Filter{})
		before := m.s.Desk.SamePeriodBefore(t, desk.Filter{})
		m.s.Post(func() {
			if m.Group != g || m.s.Period() != p {
				return
			}
			m.Table, m.Before = t, before
			m.FiguresChanged()
		})
	})
}

// FigureColumns are the columns of the table of figures, in the order of form
// II.06a.
var FigureColumns = []data.Column{data.ColReceived, data.ColNewOnline, data.ColDirectPostal, data.ColCarried, data.ColResolved,
	data.ColEarly, data.ColOnTime, data.ColLate, data.ColPending, data.ColPendingInTime, data.ColPendingOverdue}

// FigureRows returns the number of rows of the table: the groups and the total.
func (m *Briefing) FigureRows() int {
	if len(m.Table.Rows) == 0 {
		return 0
	}
	return len(m.Table.Rows) + 1
}

// FigureRow returns the name and the counts of a row; the last one is the total.
func (m *Briefing) FigureRow(i int) (name string, c data.Counts) {
	if i >= len(m.Table.Rows) {
		return "Tổng cộng", m.Table.Total
	}
	return m.Table.Rows[i].Name, m.Table.Rows[i].Counts
}

// JumpTo opens the dossiers behind a figure; it reports whether there are any.
func (m *Briefing) JumpTo(i int, col data.Column) bool {
	name, c := m.FigureRow(i)
	if col.Of(c) == 0 {
		return false
	}
	var row *data.Row
	if i < len(m.Table.Rows) {
		row = &m.Table.Rows[i]
	}
	m.s.Jump(Jump{Title: col.Label() + " · " + name + " · " + m.Table.Period.Label, Query: register.CellQuery(m.Table, row, col, desk.Filter{})})
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
func (m *Briefing) Comparison() []Compared {
	var out []Compared
	has := m.Before.Total.Received() > 0
	good := map[data.Column]int{data.ColLate: -1, data.ColPendingOverdue: -1, data.ColEarly: 1}
	for _, col := range FigureColumns {
		a, b := col.Of(m.Table.Total), col.Of(m.Before.Total)
		c := Compared{Name: col.Label(), Now: data.FormatInt(a), Column: col}
		if has {
			c.Before, c.Change, c.Good = data.FormatInt(b), data.FormatSigned(a-b), good[col]*cmp.Compare(a, b)
		}
		out = append(out, c)
	}
	for _, r := range m.s.Desk.RatesOf(m.Table.Total, &m.Before.Total) {
		basis := data.FormatInt(r.Now.Numerator) + "/" + data.FormatInt(r.Now.Denominator) + " " + r.DenominatorName
		r = r.Recorded(r)
		c := Compared{Name: r.Name, Now: r.Now.Shown(), Rate: r.ID, Column: register.RateColumn(r.ID), Basis: basis}
		if n, ok := data.ChangePoints(r.Now, r.Before); ok {
			c.Before, c.Change = r.Before.Shown(), data.FormatChange(n)+" điểm %"
			if c.Good = cmp.Compare(n, 0); r.ID == "late" {
				c.Good = -c.Good
			}
		}
		out = append(out, c)
	}
	return out
}

// JumpToCompared opens the dossiers behind a line of the comparison: of a rate
// those of its numerator.
func (m *Briefing) JumpToCompared(c Compared) {
	q := register.CellQuery(m.Table, nil, c.Column, desk.Filter{})
	q.Rate = c.Rate
	m.s.Jump(Jump{Title: c.Name + " · " + m.Table.Period.Label, Query: q})
}

// SectionNumber returns the Roman number of the section of a block and a dot,
// "" for a block outside the sections.
func (m *Briefing) SectionNumber(i int) string {
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
