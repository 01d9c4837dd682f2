package scorecard

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"giaoban/data"
	"giaoban/reports/paper"
)

// maxName is how long the name of a sheet may be in a workbook.
const maxName = 31

// WriteWorkbook writes tables as the sheets of one workbook: the title, the
// headings, the rows with numbers as numbers, the notes.
func WriteWorkbook(ctx context.Context, w io.Writer, tables []Table) error {
	if len(tables) == 0 {
		return data.Fail(data.Invalid, "Chưa có bảng nào để xuất.", nil)
	}
	f := excelize.NewFile()
	defer f.Close()
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for i := range tables {
		if err := ctx.Err(); err != nil {
			return data.Fail(data.Cancelled, "Đã hủy xuất. Không có tệp nào được ghi.", err)
		}
		name := sheetName(tables[i].Name, used)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return err
		}
		if err := tables[i].write(f, name, styles); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// sheetName makes a name that a workbook accepts and that no other sheet has.
func sheetName(name string, used map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return '-'
		}
		return r
	}, name)
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = " (" + strconv.Itoa(n) + ")"
		}
		r := []rune(name)
		one := string(r[:min(len(r), maxName-len(suffix))]) + suffix
		if key := strings.ToLower(one); !used[key] {
			used[key] = true
			return one
		}
	}
}

// styles of cells: header, text and number, each upright, bold and italic.
type styles struct {
	title, head, note int
	text, number      [4]int // by bold (1) and italic (2)
}

func newStyles(f *excelize.File) (s styles, err error) {
	line := []excelize.Border{{Type: "left", Color: "808080", Style: 1}, {Type: "right", Color: "808080", Style: 1}, {Type: "top", Color: "808080", Style: 1}, {Type: "bottom", Color: "808080", Style: 1}}
	make := func(bold, italic bool, border []excelize.Border, align excelize.Alignment, format string, size float64) int {
		st := &excelize.Style{Font: &excelize.Font{Bold: bold, Italic: italic, Family: "Times New Roman", Size: size}, Border: border, Alignment: &align}
		if format != "" {
			st.CustomNumFmt = &format
		}
		if err != nil {
			return 0
		}
		id := 0
		id, err = f.NewStyle(st)
		return id
	}
	wrap := excelize.Alignment{WrapText: true, Vertical: "top"}
	s.title = make(true, false, nil, excelize.Alignment{Horizontal: "left"}, "", 13)
	s.note = make(false, true, nil, excelize.Alignment{}, "", 11)
	s.head = make(true, false, line, excelize.Alignment{WrapText: true, Horizontal: "center", Vertical: "center"}, "", 11)
	for i := range 4 {
		s.text[i] = make(i&1 != 0, i&2 != 0, line, wrap, "", 11)
		s.number[i] = make(i&1 != 0, i&2 != 0, line, excelize.Alignment{Horizontal: "right", Vertical: "top"}, "#,##0.00;-#,##0.00", 11)
	}
	return s, err
}

func (t *Table) write(f *excelize.File, sheet string, s styles) error {
	row := 0
	var fault error
	cell := func(col, row int) string {
		name, err := excelize.CoordinatesToCellName(col+1, row)
		if err != nil && fault == nil {
			fault = err
		}
		return name
	}
	put := func(col, row int, value any, style int) {
		at := cell(col, row)
		for _, err := range []error{f.SetCellValue(sheet, at, value), f.SetCellStyle(sheet, at, at, style)} {
			if err != nil && fault == nil {
				fault = err
			}
		}
	}
	for i, line := range append([]string{t.Title}, t.Below...) {
		row++
		style := s.note
		if i == 0 {
			style = s.title
		}
		put(0, row, line, style)
	}
	row++
	for i, c := range t.Columns {
		width := c.Width / 1.9
		if width == 0 {
			width = 40
			if c.Numeric {
				width = 10
			}
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err == nil {
			err = f.SetColWidth(sheet, name, name, width)
		}
		if err != nil {
			return err
		}
	}
	first := row + 1
	for r, cells := range place(t.Header, len(t.Columns)) {
		row++
		for _, h := range cells {
			put(h.col, row, h.Text, s.head)
			if cols, rows := max(h.ColSpan, 1), max(h.RowSpan, 1); cols > 1 || rows > 1 {
				end := cell(h.col+cols-1, first+r+rows-1)
				for _, err := range []error{f.SetCellStyle(sheet, cell(h.col, row), end, s.head), f.MergeCell(sheet, cell(h.col, row), end)} {
					if err != nil {
						return err
					}
				}
			}
		}
	}
	if err := f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: row, TopLeftCell: cell(0, row+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for _, r := range t.Rows {
		row++
		look := 0
		if r.Bold {
			look |= 1
		}
		if r.Italic {
			look |= 2
		}
		for i, text := range r.Cells {
			if n, ok := Number(text); ok && t.Columns[i].Numeric {
				put(i, row, n, s.number[look])
				continue
			}
			put(i, row, text, s.text[look])
		}
		if r.Span > 1 {
			if err := f.MergeCell(sheet, cell(0, row), cell(r.Span-1, row)); err != nil {
				return err
			}
		}
	}
	for _, n := range t.Notes {
		row++
		put(0, row, n, s.note)
	}
	orientation := "landscape"
	if t.Upright {
		orientation = "portrait"
	}
	size, fit := 9, 0 // A4, as many pages down as it takes
	err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &orientation, Size: &size, FitToHeight: &fit})
	if fault == nil {
		fault = err
	}
	if fault != nil {
		return fmt.Errorf("sheet %s: %w", sheet, fault)
	}
	return nil
}

// placed is a head with the column in which it stands.
type placed struct {
	paper.Head
	col int
}

// place finds the columns of heads: each takes the first free place of its row.
func place(header [][]paper.Head, columns int) [][]placed {
	out := make([][]placed, len(header))
	taken := make([][]bool, len(header))
	for i := range taken {
		taken[i] = make([]bool, columns)
	}
	for r, heads := range header {
		col := 0
		for _, h := range heads {
			for col < columns && taken[r][col] {
				col++
			}
			out[r] = append(out[r], placed{h, col})
			for y := r; y < min(r+max(h.RowSpan, 1), len(header)); y++ {
				for x := col; x < min(col+max(h.ColSpan, 1), columns); x++ {
					taken[y][x] = true
				}
			}
		}
	}
	return out
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
