// Package reported is the model of the screen Số liệu đơn vị báo cáo: the tables
// of counts that units sent, and each beside what the own register counts. It is
// free of the toolkit.
package reported

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// Model is the list of reported figures and the one that is open.
type Model struct {
	s    *view.Session
	list []desk.Reported
	at   int // the open one, -1 for the list
	err  error
	with uint32      // the unit whose dossiers are compared, 0 for all
	per  data.Column // the figure that is compared row by row; "" for the total

	// Changed is called when there is something new to show.
	Changed func()
}

// New returns the model with the list read.
func New(s *view.Session) *Model {
	m := &Model{s: s, at: -1, Changed: func() {}}
	s.Listen(m.reload)
	m.read()
	return m
}

func (m *Model) reload() {
	open := uint64(0)
	if m.at >= 0 {
		open = m.list[m.at].ID
	}
	m.read()
	m.at = slices.IndexFunc(m.list, func(r desk.Reported) bool { return r.ID == open && open != 0 })
	m.Changed()
}

// read reads the list, newest first.
func (m *Model) read() {
	m.list, m.err = m.s.Desk.Reported()
	slices.Reverse(m.list)
}

// Err returns why the list cannot be read.
func (m *Model) Err() error { return m.err }

// Len returns the number of reports.
func (m *Model) Len() int { return len(m.list) }

// Line returns a report as a line of the list: unit, period, form, received,
// resolved, pending, warnings, source, when; nothing for one that is gone, which
// a list about to go may still ask for.
func (m *Model) Line(i int) [9]string {
	if i < 0 || i >= len(m.list) {
		return [9]string{}
	}
	r := &m.list[i]
	f := data.FormatInt
	warnings := ""
	if n := len(r.Warnings); n > 0 {
		warnings = f(int64(n))
	}
	at := data.MomentOf(time.Unix(r.At, 0).In(m.s.Desk.Now().Location()))
	return [9]string{unitName(r), view.PeriodLabel(r.Period), formName(r), f(said(r, data.ColReceived)), f(said(r, data.ColResolved)), f(said(r, data.ColPending)), warnings, r.Source, at.String()}
}

// said returns a figure of the whole report: as its line of totals has it, else
// the sum.
func said(r *desk.Reported, c data.Column) int64 {
	if n, ok := r.Total.Figures[c]; ok && r.HasTotal {
		return n
	}
	return c.Of(r.Counts())
}

func unitName(r *desk.Reported) string {
	if r.UnitName == "" {
		return "(chưa rõ đơn vị)"
	}
	return r.UnitName
}

func formName(r *desk.Reported) string {
	switch {
	case r.Form != "":
		return r.Form
	case r.Family != "":
		return "mẫu " + r.Family
	}
	return ""
}

// Open opens a report of the list.
func (m *Model) Open(i int) {
	if i < 0 || i >= len(m.list) {
		return
	}
	m.at, m.with, m.per = i, m.list[i].Unit, ""
	m.Changed()
}

// OpenID opens the report with an id; nothing happens when it is gone.
func (m *Model) OpenID(id uint64) {
	m.Open(slices.IndexFunc(m.list, func(r desk.Reported) bool { return r.ID == id }))
}

// Close goes back to the list.
func (m *Model) Close() {
	m.at = -1
	m.Changed()
}

// Current returns the open report; nil while the list shows.
func (m *Model) Current() *desk.Reported {
	if m.at < 0 || m.at >= len(m.list) {
		return nil
	}
	return &m.list[m.at]
}

// Title names the open report.
func (m *Model) Title() string {
	r := m.Current()
	if r == nil {
		return "Số liệu đơn vị báo cáo"
	}
	return unitName(r) + ", " + view.PeriodLabel(r.Period)
}

// About tells where the open report comes from.
func (m *Model) About() string {
	r := m.Current()
	if r == nil {
		return ""
	}
	text := fmt.Sprintf("Từ %s", r.Source)
	if r.Sheet != "" {
		text += fmt.Sprintf(", trang tính «%s»", r.Sheet)
	}
	if f := formName(r); f != "" {
		text += ", biểu " + f
	}
	return fmt.Sprintf("%s; kỳ %s – %s; nhập lúc %s.", text, r.Period.From, r.Period.To, m.Line(m.at)[8])
}

// Table returns the open report in lines.
func (m *Model) Table() ([]data.Column, []view.CountRow) {
	r := m.Current()
	if r == nil {
		return nil, nil
	}
	return view.CountTable(m.rows(), r.Total, r.HasTotal)
}

func (m *Model) rows() []exchange.ReportRow {
	r := m.Current()
	out := make([]exchange.ReportRow, len(r.Rows))
	for i := range r.Rows {
		out[i] = r.Rows[i].ReportRow
	}
	return out
}

// Drop takes a report of the list out. It can be undone.
func (m *Model) Drop(ctx context.Context, i int) error {
	if i < 0 || i >= len(m.list) {
		return data.Fail(data.NotFound, "Chưa chọn số liệu nào.", nil)
	}
	return m.s.Desk.DropReported(ctx, m.list[i].ID)
}

// At returns the place of the open report in the list, -1 for none.
func (m *Model) At() int { return m.at }

// Dropped goes back to the list and reads it again.
func (m *Model) Dropped() {
	m.read()
	m.Close()
}

// Difference is a figure as it was reported and as the own register counts it.
type Difference struct {
	Name              string
	Theirs, Ours, Gap string // as screens show them; "" for what is not known
	Same              bool
}

// Scopes returns whose dossiers can be compared: all, or those of a unit.
func (m *Model) Scopes() []view.Choice {
	out := []view.Choice{{Key: "0", Label: "Toàn bộ sổ"}}
	for _, u := range m.s.Desk.Catalogue().Units {
		out = append(out, view.Choice{Key: fmt.Sprint(u.ID), Label: u.Name})
	}
	return out
}

// Scope returns whose dossiers are compared, 0 for all.
func (m *Model) Scope() uint32 { return m.with }

// SetScope compares with the dossiers of a unit, 0 for all.
func (m *Model) SetScope(id uint32) {
	m.with = id
	m.Changed()
}

// Figure returns the figure that is compared row by row, "" where the figures of
// the total are.
func (m *Model) Figure() data.Column { return m.per }

// SetFigure compares a figure row by row; "" compares the figures of the total.
func (m *Model) SetFigure(c data.Column) {
	m.per = c
	m.Changed()
}

// Figures returns the figures that can be compared: those of form II.06a that
// the open report has.
func (m *Model) Figures() []data.Column {
	r := m.Current()
	if r == nil {
		return nil
	}
	return slices.DeleteFunc(view.FiguresOf(m.rows(), r.Total), func(c data.Column) bool { return !slices.Contains(data.Columns, c) })
}

func (m *Model) filter() desk.Filter {
	if m.with == 0 {
		return desk.Filter{}
	}
	return desk.Filter{Units: []uint32{m.with}}
}

// Compare returns the open report beside the own register, for the same period
// as of its end.
func (m *Model) Compare() []Difference {
	r := m.Current()
	if r == nil {
		return nil
	}
	if m.per != "" {
		return m.byRow(r)
	}
	own := m.s.Desk.Figures(r.Period, data.NoDay, data.ByUnit, m.filter()).Total
	var out []Difference
	for _, c := range m.Figures() {
		out = append(out, difference(c.Label(), said(r, c), c.Of(own)))
	}
	return out
}

// byRow compares one figure in every row whose unit, field or procedure the
// catalogue has.
func (m *Model) byRow(r *desk.Reported) []Difference {
	tables := map[data.Group]map[string]data.Counts{}
	own := func(g data.Group, id uint32) data.Counts {
		if tables[g] == nil {
			f := m.filter()
			if g == data.ByUnit {
				f = desk.Filter{}
			}
			tables[g] = map[string]data.Counts{}
			for _, row := range m.s.Desk.Figures(r.Period, data.NoDay, g, f).Rows {
				tables[g][row.Key] = row.Counts
			}
		}
		return tables[g][strconv.FormatUint(uint64(id), 10)]
	}
	var out []Difference
	for i := range r.Rows {
		row := &r.Rows[i]
		n, said := row.Figures[m.per]
		if !said {
			continue
		}
		switch {
		case row.Unit != 0:
			out = append(out, difference(row.Name, n, m.per.Of(own(data.ByUnit, row.Unit))))
		case row.Field != 0:
			out = append(out, difference(row.Name, n, m.per.Of(own(data.ByField, row.Field))))
		case row.Procedure != 0:
			out = append(out, difference(row.Name, n, m.per.Of(own(data.ByProcedure, row.Procedure))))
		default:
			out = append(out, Difference{Name: row.Name, Theirs: data.FormatInt(n), Ours: "không có trong danh mục"})
		}
	}
	return out
}

func difference(name string, theirs, ours int64) Difference {
	d := Difference{Name: name, Theirs: data.FormatInt(theirs), Ours: data.FormatInt(ours), Same: theirs == ours}
	switch gap := theirs - ours; {
	case gap > 0:
		d.Gap = "+" + data.FormatInt(gap)
	case gap < 0:
		d.Gap = "–" + data.FormatInt(-gap)
	default:
		d.Gap = "0"
	}
	return d
}

// Verdict tells in one sentence how the comparison came out.
func (m *Model) Verdict() string {
	list := m.Compare()
	if len(list) == 0 {
		return "Báo cáo không có cột nào so được với sổ."
	}
	n, unknown := 0, 0
	for _, d := range list {
		switch {
		case d.Gap == "":
			unknown++
		case !d.Same:
			n++
		}
	}
	what := "chỉ tiêu"
	if m.per != "" {
		what = "dòng"
	}
	text := fmt.Sprintf("%s trong %s %s khác với sổ.", data.FormatInt(int64(n)), data.FormatInt(int64(len(list))), what)
	if n == 0 {
		text = fmt.Sprintf("%s %s khớp với sổ.", data.FormatInt(int64(len(list)-unknown)), what)
	}
	if unknown > 0 {
		text += fmt.Sprintf(" %s dòng không có tên trong danh mục nên không so được.", data.FormatInt(int64(unknown)))
	}
	return text
}

// Status is the line of the status bar.
func (m *Model) Status() string {
	if m.Current() != nil {
		return m.Verdict()
	}
	return data.FormatInt(int64(len(m.list))) + " bảng số liệu đơn vị báo cáo"
}
