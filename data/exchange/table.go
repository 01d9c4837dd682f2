package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/exchange/sheet"
	"giaoban/data/exchange/xlsx"
)

// Table is the shape of a workbook that the program writes.
type Table struct {
	Sheet   string   // name of the sheet
	Titles  []string // lines above the heading
	Columns []TableColumn
}

// TableColumn is one column of a Table.
type TableColumn struct {
	Heading string
	// Group is the name above the heading; its own levels are parted by " › ".
	// Neighbours with the same group share one merged cell.
	Group string
	Width float64 // in characters; 0 takes the width of the heading, at least 10
}

// WriteTable writes rows as a workbook: bold heading that stays in view,
// column widths, true numbers and true dates (dd/mm/yyyy). A cell is a string,
// an int, int64 or float64, a data.Day, a data.Moment, or nil. Text is always a
// text cell, so that nothing in it is ever taken for a formula. Rows are
// streamed; more than a sheet can hold is an error, and what w got until then is no
// workbook.
func WriteTable(w io.Writer, table Table, rows iter.Seq[[]any]) error {
	t := &tableWriter{book: xlsx.NewWriter(w)}
	err := t.begin(table)
	for cells := range rows {
		if err != nil {
			break
		}
		if t.book.Rows() >= xlsx.MaxRows {
			return data.Fail(data.Invalid, fmt.Sprintf("Danh sách dài hơn %s dòng, một trang tính không chứa hết. Lọc bớt rồi xuất lại.", data.FormatInt(xlsx.MaxRows)), nil)
		}
		err = t.write(cells)
	}
	if err == nil {
		err = t.book.Close()
	}
	switch {
	case errors.Is(err, errCell):
		return data.Fail(data.Internal, "Không tạo được bảng tính. Thử lại; nếu vẫn lỗi, khởi động lại chương trình.", err)
	case err != nil:
		return disk.Fail("Không ghi được bảng tính", err)
	}
	return nil
}

// errCell is a cell of a kind that a table does not have: a fault of the program.
var errCell = errors.New("no cell of a table")

type tableWriter struct {
	book *xlsx.Writer
	row  []xlsx.Cell
}

// The looks of the cells of a table.
var (
	lookTitle   = xlsx.Style{Bold: true, Size: 13}
	lookHeading = xlsx.Style{Bold: true, Lines: true, Wrap: true, Across: "center", Down: "center"}
	lookText    = xlsx.Style{Lines: true, Wrap: true, Down: "top", Format: "@"}
	lookNumber  = xlsx.Style{Lines: true, Down: "top"}
	lookDay     = xlsx.Style{Lines: true, Down: "top", Format: "dd/mm/yyyy"}
	lookMoment  = xlsx.Style{Lines: true, Down: "top", Format: "dd/mm/yyyy hh:mm"}
)

// begin writes what stands above the rows.
func (t *tableWriter) begin(table Table) error {
	widths := make([]float64, len(table.Columns))
	for i, c := range table.Columns {
		if widths[i] = c.Width; c.Width == 0 {
			widths[i] = min(max(10, float64(len([]rune(c.Heading)))+2), 40)
		}
	}
	levels := headingLevels(table.Columns)
	above := len(table.Titles)
	if above > 0 {
		above++
	}
	name := table.Sheet
	if name == "" {
		name = "Danh sách"
	}
	if err := t.book.Sheet(xlsx.Sheet{Name: name, Widths: widths, Fixed: above + len(levels)}); err != nil {
		return err
	}
	for _, line := range table.Titles {
		if err := t.book.Row(xlsx.Cell{Value: line, Style: lookTitle}); err != nil {
			return err
		}
	}
	if above > 0 {
		if err := t.book.Row(); err != nil {
			return err
		}
	}
	for _, level := range levels {
		t.row = t.row[:0]
		for _, name := range level {
			t.row = append(t.row, xlsx.Cell{Value: name, Style: lookHeading})
		}
		if err := t.book.Row(t.row...); err != nil {
			return err
		}
	}
	t.merge(above+1, levels)
	return nil
}

// headingLevels lays the headings out: one line a level, each name once, at the
// first of the cells that it covers.
func headingLevels(columns []TableColumn) [][]string {
	depth := 1
	names := make([][]string, len(columns))
	for i, c := range columns {
		if c.Group != "" {
			names[i] = strings.Split(c.Group, " › ")
		}
		names[i] = append(names[i], c.Heading)
		depth = max(depth, len(names[i]))
	}
	levels := make([][]string, depth)
	for k := range levels {
		levels[k] = make([]string, len(columns))
		for i := range columns {
			if k < len(names[i]) && !sameGroup(names, i-1, i, k) {
				levels[k][i] = names[i][k]
			}
		}
	}
	return levels
}

// sameGroup reports whether two columns stand under one name down to a level
// that is a group of both.
func sameGroup(names [][]string, a, b, level int) bool {
	if a < 0 || b >= len(names) || level >= len(names[a])-1 || level >= len(names[b])-1 {
		return false
	}
	for k := 0; k <= level; k++ {
		if names[a][k] != names[b][k] {
			return false
		}
	}
	return true
}

// merge joins the cells of the headings, the first of which stands in the row.
func (t *tableWriter) merge(row int, levels [][]string) {
	for k, level := range levels {
		for i, name := range level {
			if name == "" {
				continue
			}
			right, down := i, k
			if k < len(levels)-1 {
				below := func(c int) bool {
					return slices.ContainsFunc(levels[k+1:], func(l []string) bool { return l[c] != "" })
				}
				if !below(i) {
					down = len(levels) - 1
				} else {
					for right+1 < len(level) && level[right+1] == "" && below(right+1) {
						right++
					}
				}
			}
			t.book.Merge(row+k, i, row+down, right)
		}
	}
}

func (t *tableWriter) write(cells []any) error {
	t.row = t.row[:0]
	for _, c := range cells {
		cell := xlsx.Cell{Value: c, Style: lookText}
		switch v := c.(type) {
		case nil, string:
		case int, int64, float64:
			cell.Style = lookNumber
		case data.Day:
			cell = dated(data.Moment{Day: v})
		case data.Moment:
			cell = dated(v)
		default:
			return fmt.Errorf("%w: %T", errCell, c)
		}
		t.row = append(t.row, cell)
	}
	return t.book.Row(t.row...)
}

// dated writes a date as the serial number that workbooks hold.
func dated(m data.Moment) xlsx.Cell {
	switch {
	case !m.Known():
		return xlsx.Cell{Style: lookDay}
	case !m.Clock.Known():
		return xlsx.Cell{Style: lookDay, Value: int(m.Day) - epoch1900}
	}
	return xlsx.Cell{Style: lookMoment, Value: float64(int(m.Day)-epoch1900) + float64(m.Clock.Minutes())/1440}
}

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
	m := &s.mapping
	at := map[int]int{}
	for i, n := range part.Numbers {
		at[n] = i
	}
	var arena []byte
	for row, err := range sheet.Each(s.book.Filled(ctx, part.Sheet-1)) {
		if err != nil {
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
	return true, nil
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
