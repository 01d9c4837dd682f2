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
	reasons := make(map[int]string, len(rejected))
	for i := range rejected {
		reasons[rejected[i].Row] = rejected[i].Reason
	}
	m := &src.mapping
	table := Table{Sheet: "Dòng chưa nhập", Columns: make([]TableColumn, 0, len(m.Columns)+1)}
	place := map[int]int{}
	for i := range m.Columns {
		c := &m.Columns[i]
		place[c.Number] = i
		table.Columns = append(table.Columns, TableColumn{Heading: leaf(c.Heading)})
	}
	table.Columns = append(table.Columns, TableColumn{Heading: "Lý do", Width: 60})
	rows, err := src.book.Filled(ctx, m.Sheet-1)
	if err != nil {
		return err
	}
	defer rows.Close()
	var fault error
	err = WriteTable(w, table, func(yield func([]any) bool) {
		var row sheet.Row
		var arena []byte
		for {
			if fault = rows.Next(&row); fault == io.EOF {
				fault = nil
				return
			}
			if fault != nil {
				return
			}
			reason, ok := reasons[row.Num]
			if !ok {
				continue
			}
			cells := make([]any, len(table.Columns))
			arena = arena[:0]
			for i := range row.Cells {
				c := &row.Cells[i]
				if k, ok := place[c.Col]; ok {
					cells[k] = src.show(c, &m.Columns[k], &arena)
				}
			}
			cells[len(cells)-1] = reason
			if !yield(cells) {
				return
			}
		}
	})
	if fault != nil {
		return fault
	}
	return err
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
