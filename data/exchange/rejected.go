package exchange

import (
	"context"
	"io"

	"giaoban/data/exchange/sheet"
)

// WriteRejected writes the rows of the source that were rejected as a workbook:
// the original columns with their headings, and a last column "Lý do". Mended
// there, the file can be imported as it is. Dates that the source holds as
// serial numbers come out as dates in words of digits; everything is text.
func WriteRejected(ctx context.Context, w io.Writer, src *Source, rejected []Record) error {
	m := &src.mapping
	reasons := make(map[place]string, len(rejected))
	for i := range rejected {
		r := &rejected[i]
		at := place{r.Sheet, r.Row}
		if at.sheet == 0 {
			at.sheet = m.Sheet
		}
		reasons[at] = r.Reason
	}
	table := Table{Sheet: "Dòng chưa nhập", Columns: make([]TableColumn, 0, len(m.Columns)+1)}
	for i := range m.Columns {
		c := &m.Columns[i]
		table.Columns = append(table.Columns, TableColumn{Heading: leaf(c.Heading)})
	}
	table.Columns = append(table.Columns, TableColumn{Heading: "Lý do", Width: 60})
	var fault error
	err := WriteTable(w, table, func(yield func([]any) bool) {
		for _, part := range m.parts() {
			more := true
			if more, fault = src.rejectedOf(ctx, part, reasons, yield); fault != nil || !more {
				return
			}
		}
	})
	if fault != nil {
		return fault
	}
	return err
}

// place is where a row stands in a file.
type place struct{ sheet, row int }

// rejectedOf hands the rejected rows of one table over; more is false when no
// more are wanted.
func (s *Source) rejectedOf(ctx context.Context, part Part, reasons map[place]string, yield func([]any) bool) (more bool, err error) {
	rows, err := s.book.Filled(ctx, part.Sheet-1)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	m := &s.mapping
	at := map[int]int{}
	for i, n := range part.Numbers {
		at[n] = i
	}
	var row sheet.Row
	var arena []byte
	for {
		if err := rows.Next(&row); err == io.EOF {
			return true, nil
		} else if err != nil {
			return false, err
		}
		reason, ok := reasons[place{part.Sheet, row.Num}]
		if !ok {
			continue
		}
		cells := make([]any, len(m.Columns)+1)
		arena = arena[:0]
		for i := range row.Cells {
			c := &row.Cells[i]
			if k, ok := at[c.Col]; ok {
				cells[k] = s.show(c, &m.Columns[k], &arena)
			}
		}
		cells[len(m.Columns)] = reason
		if !yield(cells) {
			return false, nil
		}
	}
}

// show writes a cell as the officer sees it in the source.
func (s *Source) show(c *sheet.Cell, col *Column, arena *[]byte) string {
	text := clean(c.Text, arena)
	if c.Kind == sheet.Number && (col.Fact.Date() || c.DateStyle) {
		if at, verdict := lexDate(text, c.Kind).resolve(col, s.book.Date1904); verdict == dateOK {
			return at.String()
		}
	}
	if c.Kind == sheet.Number && !col.Fact.Date() {
		return string(sheet.PlainNumber(text, arena))
	}
	return string(text)
}

// dateText writes a day that stands in a column of texts as people do.
func (s *Source) dateText(text []byte, kind sheet.Kind) (string, bool) {
	at, verdict := lexDate(text, kind).resolve(&Column{}, s.book.Date1904)
	return at.String(), verdict == dateOK
}
