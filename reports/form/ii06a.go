package form

import (
	"cmp"
	"fmt"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Roman writes 1 to 3999 in Roman numerals; other numbers in digits.
func Roman(n int) string {
	if n < 1 || n > 3999 {
		return fmt.Sprint(n)
	}
	s := ""
	for _, r := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.n {
			s, n = s+r.s, n-r.n
		}
	}
	return s
}

// StatRow is a row of a statistical form.
type StatRow struct {
	No, Name string
	Counts   data.Counts
	Bold     bool // a group with its subtotal
}

// FieldRows are the rows of form II.06a by field: I, II, … .
func FieldRows(t data.Table) []StatRow {
	rows := make([]StatRow, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = StatRow{No: Roman(i + 1), Name: r.Name, Counts: r.Counts}
	}
	return rows
}

// UnitRows are the rows of form II.06a by unit, grouped by level with
// subtotals: I Cấp huyện, 1 Phòng …, 2 …; levels in the order of their first
// unit in order, or of the table when order does not name them.
func UnitRows(t data.Table, levelOf func(key string) data.Level, order []data.Level) []StatRow {
	groups := map[data.Level][]data.Row{}
	seen := append([]data.Level(nil), order...)
	for _, r := range t.Rows {
		l := levelOf(r.Key)
		if _, ok := groups[l]; !ok {
			known := false
			for _, s := range seen {
				known = known || s == l
			}
			if !known {
				seen = append(seen, l)
			}
		}
		groups[l] = append(groups[l], r)
	}
	var rows []StatRow
	n := 0
	for _, l := range seen {
		if len(groups[l]) == 0 {
			continue
		}
		n++
		head := len(rows)
		rows = append(rows, StatRow{No: Roman(n), Name: l.Name(), Bold: true})
		for i, r := range groups[l] {
			rows[head].Counts.Add(r.Counts)
			rows = append(rows, StatRow{No: fmt.Sprint(i + 1), Name: r.Name, Counts: r.Counts})
		}
	}
	return rows
}

// AddStat writes the rows and the total of a statistical form such as II.06a;
// signed says that Sign follows.
func (t Template) AddStat(d *paper.Document, rows []StatRow, total data.Counts, signed bool) {
	tail := 0.0
	if signed {
		tail = SignersHeight
	}
	t.AddTable(d, Body{Rows: len(rows) + 1, Tail: tail, At: func(i int) paper.Row {
		cells := make([]string, len(t.Columns))
		if i == len(rows) {
			row := paper.Row{Cells: t.fill(cells, func(key string) string {
				if key == "tt" || key == "name" {
					return t.Total
				}
				return data.FormatInt(data.Column(key).Of(total))
			}), Bold: true, Span: 2}
			return row
		}
		r := rows[i]
		return paper.Row{Cells: t.fill(cells, func(key string) string {
			switch key {
			case "tt":
				return r.No
			case "name":
				return r.Name
			}
			return data.FormatInt(data.Column(key).Of(r.Counts))
		}), Bold: r.Bold, KeepNext: r.Bold}
	}})
}

// StatHead writes the head of a statistical form: its number and basis at the
// left, title and period in the middle, who reports to whom at the right; by
// says how its rows are grouped, such as "Theo lĩnh vực". A cut-off day asOf before
// the end of the period stands in it.
func (t Template) StatHead(d *paper.Document, office data.Office, period data.Period, asOf data.Day, by string) {
	receiver := cmp.Or(office.Receiver, "……………………")
	left, right := 62.0, 56.0
	d.Band(true, 0,
		paper.BandColumn{Width: left, Lines: []paper.BandLine{
			{Text: t.Code, Size: 11, Bold: true},
			{Text: t.Basis, Size: 10.5, Italic: true},
		}},
		paper.BandColumn{Width: d.Width() - left - right, Lines: []paper.BandLine{
			{Text: t.Title, Size: 13, Bold: true, Align: paper.Center},
			{Text: "(" + by + ")", Size: 12, Align: paper.Center},
			{Text: "Kỳ báo cáo: " + period.Label, Size: 12, Align: paper.Center, Before: 3},
			{Text: "(" + period.SpanAsOf(asOf) + ")", Size: 12, Italic: true, Align: paper.Center},
		}},
		paper.BandColumn{Width: right, Lines: []paper.BandLine{
			{Text: "- Đơn vị báo cáo: " + OneLine(office.Name), Size: 10.5},
			{Text: "- Đơn vị nhận báo cáo: " + receiver, Size: 10.5},
		}})
	d.Space(1)
}

// Sign writes the people who sign the form, the date above the last.
func (t Template) Sign(d *paper.Document, office data.Office, day data.Day, year int) {
	var people []paper.Signer
	for i, s := range t.Signers {
		p := paper.Signer{Title: s.Title, Note: s.Note}
		if i == 0 {
			p.Name = office.Preparer
		}
		if i == len(t.Signers)-1 {
			p.Above, p.Name = paper.DateLine(office.Place, day, year), office.Signer
		}
		people = append(people, p)
	}
	if len(people) > 0 {
		d.Signers(12, people...)
	}
}
