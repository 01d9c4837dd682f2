package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/paper"
	"giaoban/reports/reform"
	"giaoban/reports/scorecard"
)

// gatherReform collects the reform report: what is counted, the measures that its text
// and its annex hold, and the figures of the periods from which texts are kept.
func gatherReform(ctx context.Context, read *reader, r Request) (content, error) {
	in, annex, opens, err := reformInput(read.d, r)
	if err != nil {
		return content{}, err
	}
	c := content{figures: in, annex: annex, opens: opens, then: map[data.Period]*briefing.Input{}, tables: []scorecard.Table{annex.Table(true)}}
	for _, k := range read.kept {
		if c.then[k.Period] != nil {
			continue
		}
		if c.then[k.Period], _, _, err = reformInput(read.d, Request{Period: k.Period, AsOf: k.Period.To}); err != nil {
			return c, err
		}
		if ctx.Err() != nil {
			return c, data.Fail(data.Cancelled, "Đã hủy lập báo cáo.", ctx.Err())
		}
	}
	in.Overdue, err = overdue(read.d, in.ByLevel, r.Filter, r.ShowNames) // last: it settles
	return c, err
}

// gatherAnnex collects the statistical annex as a paper of its own.
func gatherAnnex(ctx context.Context, read *reader, r Request) (content, error) {
	_, annex, opens, err := reformInput(read.d, r)
	c := tablesOf(read.d, r, annex.Table(false))
	c.annex, c.opens = annex, opens
	return c, cmp.Or(err, ctx.Err())
}

// reformInput counts a period with its annex, and what stands behind the annex.
func reformInput(d *desk.Snapshot, r Request) (*briefing.Input, *reform.Annex, opener, error) {
	in := counted(d, r)
	in.Outline = "cchc"
	annex := &reform.Annex{Below: below(d, r), Since: yearBegin(r.Period)}
	year := data.Period{From: annex.Since, To: max(r.Period.To, annex.Since)}
	before := r.Period.Before()
	asOfBefore := before.To
	if in.ByLevelBefore.AsOf.Known() {
		asOfBefore = in.ByLevelBefore.AsOf
	}
	now, err := measured(d, r.Period, r.asOf())
	if err != nil {
		return in, annex, nil, err
	}
	old, err := measured(d, before, asOfBefore)
	if err != nil {
		return in, annex, nil, err
	}
	all, err := measured(d, year, r.asOf())
	if err != nil {
		return in, annex, nil, err
	}
	annex.Now, annex.Before, annex.Year = now.column(), old.column(), all.column()
	if annex.Notes, err = readingNotes(d, now); err != nil {
		return in, annex, nil, err
	}
	for _, id := range slices.Concat(now.ids, reform.Measures()) {
		if strings.HasPrefix(id, "register.") || slices.ContainsFunc(in.Measures, func(m briefing.Measure) bool { return m.ID == id }) {
			continue // the text has those of the register by their own names
		}
		m := briefing.Measure{ID: id, Name: nameOf(id)}
		if x, ok := now.known[id]; ok {
			m.Name, m.Unit, m.Denominator, m.Now, m.Known = x.Name, x.Unit, x.Denominator, x.Ratio(), true
			if m.Text = textOf(&x); m.Text != "" {
				m.Denominator = ""
				if x.Rate() {
					m.Text += " %"
				}
			}
		}
		if x, ok := old.known[id]; ok {
			m.Before, m.Compared = x.Ratio(), true
		}
		in.Measures = append(in.Measures, m)
	}
	opens := annexOpens(r, d.RatesOf(data.Counts{}, nil), [3]annexSide{{r.Period, r.asOf(), now.known}, {before, asOfBefore, old.known}, {year, r.asOf(), all.known}})
	return in, annex, opens, nil
}

// readingNotes tells of which time the points of index 766 are and when they were read.
func readingNotes(d *desk.Snapshot, m measures) ([]string, error) {
	read, ok := m.known["reading.points"]
	if !ok {
		return nil, nil
	}
	w, err := d.Logbooks(d.Today())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(w.Entries("reading"), func(e *logbook.Entry) bool { return e.ID == read.Entries[0] })
	return []string{"Dòng 7.7: " + logbook.ReadText(w.Entries("reading")[i])}, nil
}

// nameOf names a measure that nobody keeps yet.
func nameOf(id string) string {
	for _, l := range reform.Lines() {
		if l.Measure == id {
			return l.Title
		}
	}
	for _, k := range logbook.Kinds() {
		for _, m := range k.Measures {
			if m.ID == id {
				return m.Name
			}
		}
	}
	return id
}

// yearBegin is the day on which figures of the year begin to add up: 15/12 of the year
// before (Decree 09/2019).
func yearBegin(p data.Period) data.Day {
	year := p.To.Year()
	if p.From >= data.Date(year, time.December, 15) {
		year++
	}
	return data.Date(year-1, time.December, 15)
}

// measures are those of one period: the ids of all, and what is known.
type measures struct {
	ids   []string
	known map[string]desk.Measured
}

// measured are the measures over a period that are known: those of a logbook
// that has entries up to the end of it, those of the register where it goes back that
// far, marks that the office has ever made, and days of procedures that somebody entered.
func measured(d *desk.Snapshot, p data.Period, asOf data.Day) (out measures, err error) {
	list, err := d.Measures(desk.MeasureQuery{Period: p, AsOf: asOf})
	if err != nil {
		return out, err
	}
	w, err := d.Logbooks(asOf)
	if err != nil {
		return out, err
	}
	first, _ := d.Span()
	kept := map[string]bool{}
	for _, k := range logbook.Kinds() {
		until := data.Period{From: data.Date(data.FirstYear, time.January, 1), To: min(p.To, asOf)}
		kept[k.ID] = slices.ContainsFunc(k.Rows(w), func(r logbook.Row) bool { return k.In(w, r.Entry, until) })
	}
	any := func(has func(p data.Procedure) bool) bool { return slices.ContainsFunc(d.Catalogue().Procedures, has) }
	out.known = map[string]desk.Measured{}
	for _, m := range list {
		out.ids = append(out.ids, m.ID)
		group, id, _ := strings.Cut(m.ID, ".")
		known := true
		switch {
		case group == "indicator":
			known = !m.Unknown
		case m.Unknown:
			known = false
		case m.ID == "reading.points" || m.ID == "reading.rank":
		case kept[m.Kind]:
		case m.Kind != "":
			known = false
		case group == "register" || group == "letter" || strings.HasSuffix(id, "_used"):
			known = first.Known() && first <= min(p.To, asOf) && (data.Rate{ID: id, Now: data.Ratio{Numerator: m.B, Denominator: 1}}).Recorded(data.Rate{Now: m.Ratio()}).Now.Denominator > 0
		case id == "paid_used":
			known = m.B > 0
		case desk.WayOf(m.ID) != "":
			known = any(func(p data.Procedure) bool {
				return slices.ContainsFunc(p.Ways, func(s data.WayStep) bool { return s.Way == desk.WayOf(m.ID) })
			})
		case id == "published" || id == "ended":
			known = any(func(p data.Procedure) bool { return p.From.Known() || p.To.Known() })
		case id == "linked":
			known = any(func(p data.Procedure) bool { return p.OwnTerm.Known() })
		}
		if known {
			out.known[m.ID] = m
		}
	}
	return out, nil
}

func (m measures) column() reform.Column {
	out := reform.Column{}
	for id, x := range m.known {
		v := reform.Value{Ratio: x.Ratio()}
		if !x.Bare {
			v.Count, v.Of = strings.TrimSpace(x.Sign+" "+x.Number(x.B)), x.Number(x.A)
		}
		out[id] = v
	}
	return out
}

// textOf writes the value of an indicator that is no whole number and no ratio of two,
// without its unit; "" of others.
func textOf(m *desk.Measured) string {
	switch {
	case m.Bare, m.Rate() && m.Decimals > 0: // its numbers count parts of one
		return m.Ratio().Percent()
	case !m.Rate() && (m.Decimals > 0 || m.Sign != ""):
		return strings.TrimSpace(strings.TrimSuffix(m.Shown(m.Value), m.Unit))
	}
	return ""
}

// below are the lines under the title of a table: its period, and what narrows it.
func below(d *desk.Snapshot, r Request) []string {
	out := []string{reform.PeriodLine(r.Period, r.asOf())}
	if text := Condition(d.Catalogue(), r.Filter); text != "" {
		out = append(out, text)
	}
	return out
}

// Condition tells in words what a filter of units, fields, procedures, levels and
// channels narrows, "" where it narrows nothing.
func Condition(c *desk.Catalogue, f desk.Filter) string {
	var parts []string
	unit := func(id uint32) string { return c.Unit(id).Name }
	for _, x := range []struct {
		label string
		names []string
	}{
		{"đơn vị", data.Map(f.Units, unit)}, {"lĩnh vực", data.Map(f.Fields, func(id uint32) string { return c.Field(id).Name })},
		{"thủ tục", data.Map(f.Procedures, func(id uint32) string { return c.Procedure(id).Name })}, {"cấp", data.Map(f.Levels, data.Level.Name)}, {"hình thức nộp", data.Map(f.Channels, data.Channel.String)},
		{"nơi tiếp nhận", data.Map(f.Receivers, unit)}, {"nơi hướng dẫn", data.Map(f.Helpers, unit)}, {"bộ phận đang giữ", f.Desks}, {"công chức tiếp nhận", f.Officers},
	} {
		if len(x.names) > 0 {
			parts = append(parts, x.label+": "+strings.Join(x.names, ", "))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Điều kiện: " + strings.Join(parts, "; ")
}

// tablesOf is the content of a paper of tables.
func tablesOf(d *desk.Snapshot, r Request, tables ...scorecard.Table) content {
	return content{tables: tables, head: scorecard.Head{Office: d.Office(), Date: r.Date, Year: r.asOf().Year(),
		Foot: "Số liệu tính đến " + r.asOf().String() + "; nguồn: Sổ theo dõi hồ sơ"}}
}

func ofTables(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
	return reform.BuildTables(ctx, c.head, c.tables, o)
}

// Workbook writes the report of a request to a workbook: its own tables, the dossiers
// that it lists, or form II.06a. The file appears whole or not at all.
func Workbook(ctx context.Context, d *desk.Desk, r Request, path string) error {
	report, err := ReportOf(r.Name)
	switch {
	case err != nil:
		return err
	case report.Workbook != nil:
		return report.Workbook(d, r, path)
	case report.Column != "":
		q := desk.Query{Filter: r.Filter, Period: &r.Period, AsOf: r.AsOf, Column: report.Column}
		if r.Query != nil {
			q = *r.Query
		}
		_, err := ExportList(ctx, d, q, r.asOf(), path, func(done, total int64) {
			if r.Progress != nil {
				r.Progress(done, total, "Đang ghi")
			}
		})
		return err
	case !report.Tables:
		return ExportFigures(d, r, path)
	}
	return d.WriteOut(ctx, desk.Issue{What: r.Label()}, path, func(ctx context.Context, w io.Writer) error {
		return writeTables(ctx, d, report, r, w)
	})
}

func writeTables(ctx context.Context, d *desk.Desk, report Report, r Request, w io.Writer) error {
	return onState(d, func(s *desk.Snapshot) error {
		c, err := report.tables(ctx, s, r)
		if err != nil {
			return err
		}
		s.Settle()
		if c.annex != nil {
			c.tables = []scorecard.Table{c.annex.Table(true)}
		}
		return scorecard.WriteWorkbook(ctx, w, c.tables)
	})
}

// hidden is a dossier as papers show it that others see: without numbers, with shortened
// names and communes, in what officers typed too.
func hidden(one *data.Dossier, show bool) *data.Dossier {
	if show {
		return one
	}
	out := *one
	names, addresses := []string{one.Owner.Name, one.Agent.Name}, []string{one.Owner.Address, one.Agent.Address}
	hide := func(s string) string { return form.Hide(s, names, addresses) }
	out.Owner = data.Person{Name: form.Mask(one.Owner.Name), Address: form.Commune(one.Owner.Address), Area: one.Owner.Area}
	out.Agent = data.Person{Name: form.Mask(one.Agent.Name)}
	out.Content, out.Note, out.Title = hide(one.Content), hide(one.Note), hide(one.Title)
	out.Events = slices.Clone(one.Events)
	for i := range out.Events {
		e := &out.Events[i]
		e.Text, e.More, e.To, e.Old, e.New = hide(e.Text), hide(e.More), hide(e.To), hide(e.Old), hide(e.New)
	}
	return &out
}

// TurnTexts tells of sentences that must be read again, one text each.
func TurnTexts(list []briefing.Turn) (out []string) {
	for _, t := range list {
		before, now := "tăng", "giảm"
		if t.Up {
			before, now = now, before
		}
		out = append(out, fmt.Sprintf("«%s»: %s kỳ trước %s, kỳ này %s.", t.Sentence, t.Figure, before, now))
	}
	return out
}
