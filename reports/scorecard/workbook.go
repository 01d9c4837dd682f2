package scorecard

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/exchange/xlsx"
	"giaoban/reports/paper"
)

// WriteWorkbook writes tables as the sheets of one workbook: the title, the
// headings, the rows with numbers as numbers, the notes.
func WriteWorkbook(ctx context.Context, w io.Writer, tables []Table) error {
	if len(tables) == 0 {
		return data.Fail(data.Invalid, "Chưa có bảng nào để xuất.", nil)
	}
	book := xlsx.NewWriter(w)
	for i := range tables {
		if err := ctx.Err(); err != nil {
			return data.Fail(data.Cancelled, "Đã hủy xuất. Không có tệp nào được ghi.", err)
		}
		if err := tables[i].write(book); err != nil {
			return writeFailed(err)
		}
	}
	if err := book.Close(); err != nil {
		return writeFailed(err)
	}
	return nil
}

func writeFailed(err error) error { return disk.Fail("Không ghi được bảng tính", err) }

// The looks of the cells of a table.
var (
	lookTitle = xlsx.Style{Bold: true, Size: 13, Across: "left"}
	lookNote  = xlsx.Style{Italic: true, Size: 11}
	lookHead  = xlsx.Style{Bold: true, Size: 11, Lines: true, Wrap: true, Across: "center", Down: "center"}
)

// look is how a cell of a row stands there.
func look(r *paper.Row, number bool) xlsx.Style {
	s := xlsx.Style{Bold: r.Bold, Italic: r.Italic, Size: 11, Lines: true, Down: "top"}
	if number {
		s.Across, s.Format = "right", "#,##0.00;-#,##0.00"
	} else {
		s.Wrap = true
	}
	return s
}

// write writes a table as the next sheet.
func (t *Table) write(book *xlsx.Writer) error {
	s := xlsx.Sheet{Name: t.Name, Page: "landscape", Fixed: 2 + len(t.Below) + len(t.Above) + len(t.Header)}
	if t.Upright {
		s.Page = "portrait"
	}
	for _, c := range t.Columns {
		width := c.Width / 1.9
		if width == 0 {
			width = 40
			if c.Numeric {
				width = 10
			}
		}
		s.Widths = append(s.Widths, width)
	}
	if err := book.Sheet(s); err != nil {
		return err
	}
	for i, line := range slices.Concat([]string{t.Title}, t.Below, t.Above) {
		look := lookNote
		if i == 0 {
			look = lookTitle
		}
		if err := book.Row(xlsx.Cell{Value: line, Style: look}); err != nil {
			return err
		}
	}
	if err := book.Row(); err != nil {
		return err
	}
	if err := t.writeHead(book); err != nil {
		return err
	}
	for i := range t.Rows {
		if err := t.writeRow(book, &t.Rows[i]); err != nil {
			return err
		}
	}
	for _, n := range t.Notes {
		if err := book.Row(xlsx.Cell{Value: n, Style: lookNote}); err != nil {
			return err
		}
	}
	return nil
}

func (t *Table) writeHead(book *xlsx.Writer) error {
	lines := make([][]xlsx.Cell, len(t.Header))
	for i := range lines {
		lines[i] = slices.Repeat([]xlsx.Cell{{Style: lookHead}}, len(t.Columns))
	}
	first := book.Rows() + 1
	paper.PlaceHeader(t.Header, len(t.Columns), func(h paper.Head, row, col, cols, rows int) {
		lines[row][col].Value = h.Text
		book.Merge(first+row, col, first+row+rows-1, col+cols-1)
	})
	for _, cells := range lines {
		if err := book.Row(cells...); err != nil {
			return err
		}
	}
	return nil
}

func (t *Table) writeRow(book *xlsx.Writer, r *paper.Row) error {
	cells := make([]xlsx.Cell, len(r.Cells))
	for i, text := range r.Cells {
		cells[i] = xlsx.Cell{Value: text, Style: look(r, false)}
		if n, ok := Number(text); ok && t.Columns[i].Numeric {
			s := look(r, true)
			if !strings.Contains(text, ",") { // a count has no decimals
				s.Format = "#,##0"
			}
			cells[i] = xlsx.Cell{Value: n, Style: s}
		}
	}
	if r.Span > 1 {
		book.Merge(book.Rows()+1, 0, book.Rows()+1, r.Span-1)
	}
	return book.Row(cells...)
}

// Number reads a number as the tables print it: 1.234,56 or –0,25.
func Number(text string) (float64, bool) {
	if text == "" {
		return 0, false
	}
	plain := strings.NewReplacer(".", "", ",", ".", "–", "-").Replace(text)
	n, err := strconv.ParseFloat(plain, 64)
	return n, err == nil
}
