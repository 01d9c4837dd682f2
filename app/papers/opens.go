package papers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/register"
	"giaoban/reports/paper"
	"giaoban/reports/reform"
	"giaoban/reports/scorecard"
)

// Opens is what stands behind a figure of a table: dossiers of the register, entries of a
// logbook, procedures of the catalogue, or what a unit reported.
type Opens struct {
	Title      string
	Query      *desk.Query
	Kind       string // of Entries
	Entries    []uint64
	Procedures []uint32
	Reported   uint64 // what a unit reported, by its id
}

// known reports whether there is anything to open.
func (o *Opens) known() bool {
	return o.Query != nil || len(o.Entries)+len(o.Procedures) > 0 || o.Reported != 0
}

// opener finds what stands behind a cell of a table.
type opener func(table, row, col int) Opens

// Sheet is a table of a report for the screen.
type Sheet struct {
	Title   string
	Below   []string
	Columns []SheetColumn
	Rows    []paper.Row
	opens   func(row, col int) Opens
}

// SheetColumn is a column; the heads above each other are one title.
type SheetColumn struct {
	Title   string
	Short   string // the least of the title, from its end, that no other column has
	Numeric bool
}

// Opens returns what stands behind a figure.
func (s *Sheet) Opens(row, col int) (o Opens, ok bool) {
	if s.opens == nil || row < 0 || row >= len(s.Rows) || col < 0 || col >= len(s.Rows[row].Cells) {
		return o, false
	}
	if cell := s.Rows[row].Cells[col]; cell == "" || cell == "0" || cell == "–" {
		return o, false
	}
	o = s.opens(row, col)
	if o.Title == "" {
		parts := []string{s.Columns[col].Title}
		if len(s.Rows[row].Cells) > 1 {
			parts = append(parts, s.Rows[row].Cells[1])
		}
		o.Title = strings.Join(parts, " · ")
	}
	return o, o.known()
}

// Sheets returns the tables of a report for the screen; none of one that has none.
func Sheets(ctx context.Context, d *desk.Desk, r Request) (out []Sheet, err error) {
	report, err := ReportOf(r.Name)
	if err != nil || !report.Tables {
		return nil, err
	}
	err = onState(d, func(s *desk.Snapshot) error {
		c, err := report.tables(ctx, s, r)
		if c.annex != nil {
			c.tables = []scorecard.Table{c.annex.Table(false)}
		}
		for i := range c.tables {
			t := &c.tables[i]
			one := Sheet{Title: t.Title, Below: t.Below, Rows: t.Rows, Columns: sheetColumns(t.Header, len(t.Columns), func(i int) bool { return t.Columns[i].Numeric })}
			if c.opens != nil {
				one.opens = func(row, col int) Opens { return c.opens(i, row, col) }
			}
			out = append(out, one)
		}
		return err
	})
	return out, err
}

// tables gathers the tables of a report from one state of the office.
func (r Report) tables(ctx context.Context, s *desk.Snapshot, q Request) (content, error) {
	if err := r.takes(s, q); err != nil {
		return content{}, err
	}
	read := &reader{d: s}
	c, err := r.gather(ctx, read, q)
	if err = cmp.Or(err, read.err); err != nil {
		return content{}, err
	}
	return c, nil
}

// sheetColumns makes one title of the heads above each other.
func sheetColumns(header [][]paper.Head, n int, numeric func(int) bool) []SheetColumn {
	out := make([]SheetColumn, n)
	paper.PlaceHeader(header, n, func(h paper.Head, _, col, cols, _ int) {
		for k := col; k < col+cols; k++ {
			out[k].Title = strings.TrimPrefix(out[k].Title+": "+h.Text, ": ")
		}
	})
	for i := range out {
		out[i].Numeric = numeric(i)
	}
	shorten(out)
	return out
}

// shorten gives each column the end of its title that tells it from the others, for a
// narrow heading keeps the beginning, which is that of its whole group. What stands in
// brackets in the head of a group is left to the title.
func shorten(list []SheetColumn) {
	paths := make([][]string, len(list))
	for i := range list {
		paths[i] = strings.Split(list[i].Title, ": ")
	}
	from := func(path []string, k int) string { return strings.Join(path[max(len(path)-k, 0):], ": ") }
	for i, path := range paths {
		k := 1
		for k < len(path) && slices.ContainsFunc(paths, func(p []string) bool { return &p[0] != &path[0] && from(p, k) == from(path, k) }) {
			k++
		}
		short := slices.Clone(path[len(path)-k:])
		for j := range len(short) - 1 {
			short[j], _, _ = strings.Cut(short[j], " (")
		}
		list[i].Short = strings.Join(short, ": ")
	}
}

// openColumn says which dossiers stand behind a column of a table by unit.
type openColumn struct {
	column   data.Column
	rate     string // only its numerator
	outcomes []data.Outcome
	served   int // only of procedures that are online: 1 all of them, 2 full, 3 part
}

// unitColumns are the columns behind the name of the unit.
var unitColumns = map[string][]openColumn{
	"X1 Tiến độ": {{column: data.ColReceived}, {column: data.ColCarried}, {column: data.ColNew}, {column: data.ColNewOnline}, {column: data.ColNewDirect}, {column: data.ColNewPostal},
		{column: data.ColResolved}, {column: data.ColEarly}, {column: data.ColOnTime}, {column: data.ColLate}, {column: data.ColPending, outcomes: []data.Outcome{data.PendingInTime, data.Overdue}},
		{column: data.ColPending, outcomes: []data.Outcome{data.PendingInTime}}, {column: data.ColPendingOverdue}, {column: data.ColWaiting}},
	"X2 DVC trực tuyến": {{}, {}, {}, {}, {}, {column: data.ColNew}, {}, {column: data.ColNew, served: 1}, {column: data.ColNewOnline, served: 1}, {},
		{column: data.ColNew, served: 2}, {column: data.ColNewOnline, served: 2}, {}, {column: data.ColNew, served: 3}, {column: data.ColNewOnline, served: 3}},
	"X3 Số hóa": {{column: data.ColReceived}, {}, {column: data.ColReceived, rate: "digitised"}, {}, {}, {column: data.ColReceived, rate: "digitised"}, {column: data.ColResolved}, {},
		{column: data.ColResolved, rate: "e_result"}, {column: data.ColResolved, rate: "e_result"}, {column: data.ColReceived, rate: "digitised"}, {column: data.ColResolved, rate: "e_result"}},
	"X4 Thanh toán":       {{}, {}, {column: data.ColReceived, rate: "online_payment"}, {column: data.ColReceived, rate: "online_payment"}},
	"Đề nghị khen thưởng": praiseColumns,
	"Phụ lục thành tích":  praiseColumns,
	"X5 Phụ lục I":        {{column: data.ColReceived, outcomes: []data.Outcome{data.Late, data.Overdue}}},
}

// praiseColumns are those of the proposals of praise.
var praiseColumns = []openColumn{{column: data.ColResolved}, {column: data.ColReceived, outcomes: []data.Outcome{data.Late, data.Overdue}}, {column: data.ColEarly}, {}, {column: data.ColNewOnline}}

// unitOpens opens the figures of tables by unit, and the dossiers of a list by their codes.
func unitOpens(d *desk.Snapshot, r Request, t data.Table, tables []scorecard.Table) opener {
	c, asOf := d.Catalogue(), r.asOf()
	return func(table, row, col int) (o Opens) {
		one := &tables[table]
		if i := slices.IndexFunc(one.Header[len(one.Header)-1], func(h paper.Head) bool { return h.Text == "Mã hồ sơ" }); i >= 0 {
			code := one.Rows[row].Cells[i]
			return Opens{Title: "Hồ sơ " + code, Query: &desk.Query{Text: `"` + code + `"`}}
		}
		columns := unitColumns[one.Name]
		if col < 2 || col-2 >= len(columns) || columns[col-2].column == "" || row >= len(one.Keys) {
			return o
		}
		of := columns[col-2]
		var group *data.Row
		if key := one.Keys[row]; key != "" {
			group = &data.Row{Key: key}
		}
		q := register.CellQuery(t, group, of.column, r.Filter)
		q.Rate, q.Outcomes = of.rate, of.outcomes
		if of.served > 0 {
			q.Procedures = nil
			for i := range c.Procedures {
				level := c.Procedures[i].OnlineOn(asOf)
				if full := data.FullyOnline(level); data.ServedOnline(level) && (of.served == 1 || full == (of.served == 2)) && within(r.Filter, &c.Procedures[i]) {
					q.Procedures = append(q.Procedures, c.Procedures[i].ID)
				}
			}
			if len(q.Procedures) == 0 {
				return o
			}
		}
		o.Query = &q
		return o
	}
}

// annexOpens opens the lines of the statistical annex: this period, the same one before,
// and the year so far.
func annexOpens(r Request, rates []data.Rate, sides [3]annexSide) opener {
	return func(_, row, col int) (o Opens) {
		lines := reform.Lines()
		if row >= len(lines) || col < 3 || col > 5 {
			return o
		}
		side := sides[col-3]
		line := lines[row]
		o.Title = line.Title + " · " + side.period.Label
		id, ofRegister := strings.CutPrefix(line.Measure, "register.")
		m, known := side.measures[line.Measure]
		if !known {
			m = side.measures[line.Else]
		}
		if !ofRegister {
			o.Kind, o.Entries, o.Procedures = m.Kind, m.Entries, m.Procedures
			return o
		}
		p := side.period
		q := desk.Query{Filter: r.Filter, Period: &p, AsOf: side.asOf}
		switch {
		case slices.ContainsFunc(rates, func(x data.Rate) bool { return x.ID == id }):
			q.Rate, q.Column = id, register.RateColumn(id)
		case slices.Contains(data.Columns, data.Column(id)):
			q.Column = data.Column(id)
		default:
			return o
		}
		o.Query = &q
		return o
	}
}

// annexSide is a column of the annex.
type annexSide struct {
	period   data.Period
	asOf     data.Day
	measures map[string]desk.Measured
}

// Sheet is the table for the screen.
func (t *LogbookTable) Sheet() Sheet {
	k, columns := t.request.Kind, t.request.Layout.Columns
	s := Sheet{Title: t.Title, Below: []string{t.About}, Columns: sheetColumns(t.head(), len(columns), func(i int) bool { return columns[i].Sums() })}
	for _, l := range t.lines {
		s.Rows = append(s.Rows, paper.Row{Cells: l.cells, Bold: l.group || l.sum})
	}
	s.opens = func(row, col int) Opens {
		o := Opens{Kind: k.ID}
		for _, r := range t.lines[row].rows {
			if !t.request.Layout.Tally || counts(&columns[col], r) {
				o.Entries = append(o.Entries, r.ID)
			}
		}
		if !t.request.Layout.Tally && len(o.Entries) == 1 {
			o.Title = k.Name(t.lines[row].rows[0].Entry)
		}
		return o
	}
	return s
}

// counts reports whether a column of sums has a part of the row.
func counts(c *logbook.Column, r *logbook.Row) bool {
	n, _ := c.Part(r)
	return c.Sums() && n != 0
}
