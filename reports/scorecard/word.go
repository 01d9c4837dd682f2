package scorecard

import (
	"context"
	"io"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/exchange/docx"
	"giaoban/reports/paper"
)

// WriteWord writes a table as a Word document: the title, what is said above the table,
// the table with its heading on every page, and the notes.
func (t *Table) WriteWord(ctx context.Context, w io.Writer) error {
	d := docx.NewWriter(w, docx.Page{Landscape: !t.Upright})
	d.Paragraph(t.Title, docx.Text{Bold: true, Size: 14, Across: "center"})
	for _, line := range t.Below {
		d.Paragraph(line, docx.Text{Italic: true, Size: 13, Across: "center"})
	}
	for _, line := range t.Above {
		d.Paragraph(line, docx.Text{Across: "both"})
	}
	table := docx.Table{Head: len(t.Header)}
	for _, c := range t.Columns {
		table.Widths = append(table.Widths, c.Width)
	}
	d.Table(table)
	for _, row := range t.wordHead() {
		d.Row(row...)
	}
	for i := range t.Rows {
		if err := ctx.Err(); err != nil {
			return data.Fail(data.Cancelled, "Đã hủy xuất. Không có tệp nào được ghi.", err)
		}
		d.Row(t.wordRow(&t.Rows[i])...)
	}
	for _, n := range t.Notes {
		d.Paragraph(n, docx.Text{Italic: true, Across: "both"})
	}
	if err := d.Close(); err != nil {
		return disk.Fail("Không ghi được tệp Word", err)
	}
	return nil
}

// wordHead are the rows of the heading, each cell over its columns and rows.
func (t *Table) wordHead() [][]docx.Cell {
	rows := make([][]docx.Cell, len(t.Header))
	look := docx.Text{Bold: true, Size: 11, Across: "center"}
	paper.PlaceHeader(t.Header, len(t.Columns), func(h paper.Head, row, col, cols, high int) {
		for i := row; i < row+high; i++ {
			rows[i] = append(rows[i], docx.Cell{Value: h.Text, Text: look, Shade: true, Cols: cols, Tall: high > 1 && i == row, Goes: i > row})
		}
	})
	return rows
}

func (t *Table) wordRow(r *paper.Row) []docx.Cell {
	var out []docx.Cell
	for i, text := range r.Cells {
		if i > 0 && i < r.Span {
			continue
		}
		c := docx.Cell{Value: text, Text: docx.Text{Bold: r.Bold, Italic: r.Italic, Size: 11}, Shade: r.Shade}
		if i == 0 {
			c.Cols = r.Span
		}
		switch t.Columns[i].Align {
		case paper.Right:
			c.Across = "right"
		case paper.Center:
			c.Across = "center"
		}
		out = append(out, c)
	}
	return out
}
