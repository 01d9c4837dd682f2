package exchange

import (
	"context"
	"io"

	"giaoban/data/exchange/sheet"
)

// RawRow is a row as the file has it.
type RawRow struct {
	Row   int      // in the file, from 1
	Cells []string // from column 1 to the last one that is filled
	Head  bool     // it belongs to the heading
}

// maxRawCols bounds the columns of a RawRow.
const maxRawCols = 200

// FirstRows returns the lines above the heading, the heading, and the first n
// rows below it, as the officer sees them in the file. Rows without content are
// left out, as are columns beyond the 200th.
func (s *Source) FirstRows(ctx context.Context, n int) ([]RawRow, error) {
	m := &s.mapping
	rows, err := s.book.Rows(ctx, m.Sheet-1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	heads, last := map[int]bool{}, 0
	for _, h := range m.HeaderRows {
		heads[h], last = true, max(last, h)
	}
	var out []RawRow
	var row sheet.Row
	var arena []byte
	for n > 0 {
		if err := rows.Next(&row); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		one := RawRow{Row: row.Num, Head: heads[row.Num]}
		arena = arena[:0]
		for i := range row.Cells {
			c := &row.Cells[i]
			if c.Col > maxRawCols {
				continue
			}
			text := s.show(c, s.column(c.Col), &arena)
			if text == "" {
				continue
			}
			for len(one.Cells) < c.Col {
				one.Cells = append(one.Cells, "")
			}
			one.Cells[c.Col-1] = text
		}
		if len(one.Cells) == 0 {
			continue
		}
		if row.Num > last {
			n--
		}
		out = append(out, one)
	}
	return out, nil
}

// column returns a column by its number; one that feeds nothing when the heading
// does not name it.
func (s *Source) column(number int) *Column {
	for i := range s.mapping.Columns {
		if s.mapping.Columns[i].Number == number {
			return &s.mapping.Columns[i]
		}
	}
	return &Column{Number: number}
}
