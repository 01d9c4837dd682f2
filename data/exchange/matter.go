package exchange

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"giaoban/data/exchange/sheet"
	"giaoban/data/matter"
)

// Words of tables about administrative procedures: ourNames say so whatever else
// is named, ourWords speak for it where no other work is.
var (
	ourNames = strings.Split("thu tuc hanh chinh|tthc|mot cua|dich vu cong|dvc|ii 06|ii 06a|ii 06b|ii 06c|06a|06b|07a|07b|07c", "|")
	ourWords = strings.Split("ho so|hs|thu tuc|linh vuc|truoc han|dung han|qua han|tre han|trong han|dung thoi han|bo sung|truc tuyen|buu chinh|bcci", "|")
)

// titles are the name of a table, its titles and its headings.
type titles []string

func titlesOf(sheetName string, head []headRow, table *candidate) titles {
	said := titles{fold(sheetName)}
	last := table.rows[len(table.rows)-1]
	for i := range head {
		if head[i].num > last {
			break
		}
		for _, text := range head[i].folded {
			said = append(said, text)
		}
	}
	return said
}

// hold reports whether one of the words stands in the titles.
func (t titles) hold(words ...string) bool {
	all := " " + strings.Join(t, " | ") + " "
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(all, " "+w+" ") })
}

// otherMatter names what a table of counts is about when its titles and headings
// speak of other work; "" when they speak of dossiers. What a heading such as
// «tiếp nhận» counts, no heading alone can tell. The rows do not count: «Khiếu
// nại, tố cáo» is a field of procedures too.
func otherMatter(sheetName string, head []headRow, counts *candidate) string {
	if counts == nil {
		return ""
	}
	said := titlesOf(sheetName, head, counts)
	if said.hold(ourNames...) {
		return ""
	}
	if m, ok := matter.Titled(said); ok {
		return m.Name
	}
	// What was settled beside what is still at work is the balance of dossiers.
	settled, atWork := said.hold("da giai quyet", "da xu ly"), said.hold("dang giai quyet", "dang xu ly", "chua giai quyet")
	if said.hold(ourWords...) || settled && atWork {
		return ""
	}
	return unknownMatter
}

// otherList names what a list is about whose titles and headings speak of what the law
// keeps apart from procedures, such as «Sổ theo dõi đơn tố cáo», and of no dossier or
// procedure; "" for all others.
func otherList(sheetName string, head []headRow, list *candidate) string {
	if list == nil {
		return ""
	}
	said := titlesOf(sheetName, head, list)
	if m, ok := matter.Titled(said); ok && m.ID != "" && !said.hold("ho so", "hs", "thu tuc", "tthc", "mot cua") {
		return m.Name
	}
	return ""
}

// unknownMatter stands for work that the titles do not name.
const unknownMatter = "một việc không rõ"

// turnRows is how many rows tell what a column with a weak heading holds.
const turnRows = 300

// seenValues counts what stands in a column.
type seenValues struct{ days, terms, others int }

// turn lets the values decide what a column is whose heading speaks of a day in
// some files and of a term or of nothing of ours in others: «Thời hạn giải quyết»
// may hold 09/03/2023 or «5 ngày làm việc». A column of terms that holds days
// tells when dossiers are due.
func (s *Source) turn(ctx context.Context) error {
	m := &s.mapping
	seen := map[*Column]*seenValues{}
	for i := range m.Columns {
		if c := &m.Columns[i]; c.rank == weak && c.Fact.Date() || c.Fact == FactTerm {
			seen[c] = &seenValues{}
		}
	}
	if len(seen) == 0 {
		return nil
	}
	w, err := s.walk(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	var scratch []byte
	for range turnRows {
		if err := w.next(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		scratch = scratch[:0]
		for _, cell := range w.row.Cells {
			if v := seen[w.column(cell.Col)]; v != nil {
				v.add(clean(cell.Text, &scratch), &cell)
			}
		}
	}
	for c, v := range seen {
		c.Fact = v.decide(c.Fact)
	}
	m.settle()
	m.judge()
	return nil
}

func (v *seenValues) add(text []byte, cell *sheet.Cell) {
	switch {
	case blank(text), cell.Loss != sheet.Kept: // what is lost contradicts no heading
	case cell.Kind == sheet.Number:
		// Days that lost their format are plain numbers, from 2000 to 2050.
		if n, err := strconv.ParseFloat(string(text), 64); cell.DateStyle || err == nil && n > 36525 && n < 54789 {
			v.days++
		} else {
			v.others++
		}
	case lexDate(text, cell.Kind).form != formNone:
		v.days++
	case termOf(string(text)).Known():
		v.terms++
	default:
		v.others++
	}
}

// decide returns the fact of a column by what stands in it.
func (v *seenValues) decide(f Fact) Fact {
	switch {
	case v.days > v.terms+v.others && f == FactTerm:
		return FactDue
	case v.days > v.terms+v.others || f == FactTerm:
		return f
	case v.terms > v.others && f == FactDue:
		return FactTerm
	case v.days+v.terms+v.others == 0:
		return f // nothing contradicts the heading
	}
	return FactIgnore
}
