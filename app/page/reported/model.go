package reported

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/counts"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// load returns the reports, newest first.
func load(d *desk.Desk) ([]desk.Reported, error) {
	list, err := d.Reported()
	slices.Reverse(list)
	return list, err
}

// said returns a figure of the whole report: as its line of totals has it, else
// the sum.
func said(r *desk.Reported, c data.Column) int64 {
	if n, ok := r.Total.Figures[c]; ok && r.HasTotal {
		return n
	}
	return c.Of(r.Counts())
}

func unitName(r *desk.Reported) string { return cmp.Or(r.UnitName, "(chưa rõ đơn vị)") }

func formName(r *desk.Reported) string {
	return cmp.Or(r.Form, kit.If(r.Family == "", "", "mẫu "+r.Family))
}

// takenAt is when a report was imported.
func takenAt(d *desk.Desk, r *desk.Reported) string {
	return data.MomentAt(r.At, d.Now().Location()).String()
}

// title names a report.
func title(r *desk.Reported) string { return unitName(r) + ", " + env.PeriodLabel(r.Period) }

// opened is a report beside what the own register counts.
type opened struct {
	desk.Reported
	d    *desk.Desk
	with uint32      // the unit whose dossiers are compared, 0 for all
	per  data.Column // the figure that is compared row by row; "" for the total
}

// about tells where the report comes from.
func (m *opened) about() string {
	text := "Từ " + m.Source
	if m.Sheet != "" {
		text += fmt.Sprintf(", trang tính «%s»", m.Sheet)
	}
	if f := formName(&m.Reported); f != "" {
		text += ", biểu " + f
	}
	return fmt.Sprintf("%s; kỳ %s – %s; nhập lúc %s.", text, m.Period.From, m.Period.To, takenAt(m.d, &m.Reported))
}

// rows are the lines of the report.
func (m *opened) rows() []exchange.ReportRow {
	out := make([]exchange.ReportRow, len(m.Rows))
	for i := range m.Rows {
		out[i] = m.Rows[i].ReportRow
	}
	return out
}

// difference is a figure as it was reported and as the own register counts it.
type difference struct {
	name              string
	theirs, ours, gap string // as screens show them; "" for what is not known
	same              bool
}

// scopes are whose dossiers can be compared: all, or those of a unit.
func (m *opened) scopes() []kit.Choice {
	return append([]kit.Choice{{Key: "0", Text: "Toàn bộ sổ"}}, kit.ChoicesOf(m.d.Catalogue().Units, func(u data.Unit) kit.Choice {
		return kit.Choice{Key: strconv.FormatUint(uint64(u.ID), 10), Text: u.Name}
	})...)
}

// figures are those of form II.06a that the report has.
func (m *opened) figures() []data.Column {
	return slices.DeleteFunc(counts.Columns(m.rows(), m.Total), func(c data.Column) bool { return !slices.Contains(data.Columns, c) })
}

func (m *opened) filter() desk.Filter {
	if m.with == 0 {
		return desk.Filter{}
	}
	return desk.Filter{Units: []uint32{m.with}}
}

// compare sets the report beside the own register, for the same period as of its
// end.
func (m *opened) compare() []difference {
	var out []difference
	if m.per != "" {
		out = m.byRow()
	} else {
		own := m.d.Figures(m.Period, data.NoDay, data.ByUnit, m.filter()).Total
		for _, c := range m.figures() {
			out = append(out, differ(c.Label(), said(&m.Reported, c), c.Of(own)))
		}
	}
	return out
}

// byRow compares one figure in every row whose unit, field or procedure the
// catalogue has.
func (m *opened) byRow() []difference {
	tables := map[data.Group]map[string]data.Counts{}
	own := func(g data.Group, id uint32) data.Counts {
		if tables[g] == nil {
			f := m.filter()
			if g == data.ByUnit {
				f = desk.Filter{}
			}
			tables[g] = map[string]data.Counts{}
			for _, row := range m.d.Figures(m.Period, data.NoDay, g, f).Rows {
				tables[g][row.Key] = row.Counts
			}
		}
		return tables[g][strconv.FormatUint(uint64(id), 10)]
	}
	var out []difference
	for i := range m.Rows {
		row := &m.Rows[i]
		n, said := row.Figures[m.per]
		if !said {
			continue
		}
		switch {
		case row.Unit != 0:
			out = append(out, differ(row.Name, n, m.per.Of(own(data.ByUnit, row.Unit))))
		case row.Field != 0:
			out = append(out, differ(row.Name, n, m.per.Of(own(data.ByField, row.Field))))
		case row.Procedure != 0:
			out = append(out, differ(row.Name, n, m.per.Of(own(data.ByProcedure, row.Procedure))))
		default:
			out = append(out, difference{name: row.Name, theirs: data.FormatInt(n), ours: "không có trong danh mục"})
		}
	}
	return out
}

func differ(name string, theirs, ours int64) difference {
	d := difference{name: name, theirs: data.FormatInt(theirs), ours: data.FormatInt(ours), same: theirs == ours}
	switch gap := theirs - ours; {
	case gap > 0:
		d.gap = "+" + data.FormatInt(gap)
	case gap < 0:
		d.gap = "–" + data.FormatInt(-gap)
	default:
		d.gap = "0"
	}
	return d
}

// verdict tells in one sentence how the comparison came out.
func (m *opened) verdict() string {
	list := m.compare()
	if len(list) == 0 {
		return "Báo cáo không có cột nào so được với sổ."
	}
	n, unknown := 0, 0
	for _, d := range list {
		switch {
		case d.gap == "":
			unknown++
		case !d.same:
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
