package exchange

import (
	"context"
	"io"
	"strconv"

	"giaoban/data/exchange/sheet"
)

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
