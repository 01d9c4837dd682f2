package book

import (
	"io"

	"giaoban/data/disk"
	"giaoban/data/exchange/xlsx"
	"giaoban/data/scoring"
)

// WriteSetWorkbook writes a set as a workbook that an officer can fill: one row
// a node and one a step, and a second sheet that explains the columns. ImportSet
// reads exactly the same set from it. All cells are text, so that a spreadsheet
// changes no 31/01 into a date of this year.
func (b *Book) WriteSetWorkbook(w io.Writer, id uint64) error {
	_, set, err := b.Set(id)
	if err != nil {
		return err
	}
	rows, err := scoring.SetRows(set)
	if err != nil {
		return err
	}
	book := xlsx.NewWriter(w)
	for _, p := range []struct {
		name   string
		rows   [][]string
		widths []float64
	}{
		{"Tiêu chí", rows, []float64{14, 6, 10, 60, 10, 22, 10, 10, 8, 24, 40, 36, 26, 12, 24}},
		{"Hướng dẫn", guide(), []float64{26, 30, 90}},
	} {
		if err := writePage(book, xlsx.Sheet{Name: p.name, Widths: p.widths, Fixed: 1}, p.rows); err != nil {
			return writeFailed(err)
		}
	}
	if err := book.Close(); err != nil {
		return writeFailed(err)
	}
	return nil
}

// writePage writes a sheet of text cells, the first row as its heading.
func writePage(book *xlsx.Writer, s xlsx.Sheet, rows [][]string) error {
	if err := book.Sheet(s); err != nil {
		return err
	}
	for i, row := range rows {
		look := xlsx.Style{Lines: true, Wrap: true, Down: "top", Format: "@"}
		if i == 0 {
			look = xlsx.Style{Bold: true, Lines: true, Wrap: true, Across: "center", Down: "center", Format: "@"}
		}
		cells := make([]xlsx.Cell, len(row))
		for j, text := range row {
			cells[j] = xlsx.Cell{Value: text, Style: look}
		}
		if err := book.Row(cells...); err != nil {
			return err
		}
	}
	return nil
}

func guide() [][]string {
	rows := [][]string{{"Phần", "Từ dùng", "Ý nghĩa"}}
	for _, g := range scoring.SetGuide() {
		rows = append(rows, g[:])
	}
	return rows
}

func writeFailed(err error) error {
	return disk.Fail("Không ghi được tệp", err)
}
