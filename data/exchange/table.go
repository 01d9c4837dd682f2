package exchange

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
	"github.com/xuri/excelize/v2"
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
// streamed; more than a sheet can hold is an error and nothing is written.
func WriteTable(w io.Writer, table Table, rows iter.Seq[[]any]) error {
	f := excelize.NewFile()
	defer f.Close()
	t, err := newTableWriter(f, table)
	if err != nil {
		return data.Fail(data.Internal, "Không tạo được bảng tính. Thử lại; nếu vẫn lỗi, khởi động lại chương trình.", err)
	}
	for cells := range rows {
		if t.row >= sheet.MaxRows {
			return data.Fail(data.Invalid, fmt.Sprintf("Danh sách dài hơn %s dòng, một trang tính không chứa hết. Lọc bớt rồi xuất lại.", data.FormatInt(sheet.MaxRows)), nil)
		}
		if err := t.write(cells); err != nil {
			return data.Fail(data.Internal, "Không ghi được bảng tính. Kiểm tra chỗ trống trên đĩa rồi thử lại.", err)
		}
	}
	if err := t.stream.Flush(); err != nil {
		return data.Fail(data.Internal, "Không ghi được bảng tính. Kiểm tra chỗ trống trên đĩa rồi thử lại.", err)
	}
	if _, err := f.WriteTo(w); err != nil {
		return data.Fail(data.ReadOnly, "Không ghi được tệp. Kiểm tra thư mục và chỗ trống trên đĩa rồi thử lại.", err)
	}
	return nil
}

type tableWriter struct {
	stream                   *excelize.StreamWriter
	row                      int // rows written
	date, moment, whole, txt int // styles
}

func newTableWriter(f *excelize.File, table Table) (*tableWriter, error) {
	name := sheetName(table.Sheet)
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	t := &tableWriter{}
	day, minute := "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
	border := []excelize.Border{{Type: "left", Style: 1, Color: "808080"}, {Type: "right", Style: 1, Color: "808080"}, {Type: "top", Style: 1, Color: "808080"}, {Type: "bottom", Style: 1, Color: "808080"}}
	font := func(bold bool, size float64) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold}
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	var title, heading int
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&title, excelize.Style{Font: font(true, 13)}},
		{&heading, excelize.Style{Font: font(true, 12), Border: border, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&t.txt, excelize.Style{Font: font(false, 12), Border: border, Alignment: top, NumFmt: 49}},
		{&t.whole, excelize.Style{Font: font(false, 12), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&t.date, excelize.Style{Font: font(false, 12), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}, CustomNumFmt: &day}},
		{&t.moment, excelize.Style{Font: font(false, 12), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}, CustomNumFmt: &minute}},
	} {
		id, err := f.NewStyle(&s.style)
		if err != nil {
			return nil, err
		}
		*s.to = id
	}
	stream, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	t.stream = stream
	for i, c := range table.Columns {
		width := c.Width
		if width == 0 {
			width = min(max(10, float64(len([]rune(c.Heading)))+2), 40)
		}
		if err := stream.SetColWidth(i+1, i+1, min(width, 255)); err != nil {
			return nil, err
		}
	}
	levels := headingLevels(table.Columns)
	above := len(table.Titles)
	if above > 0 {
		above++
	}
	corner, err := excelize.CoordinatesToCellName(1, above+len(levels)+1)
	if err != nil {
		return nil, err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: above + len(levels), TopLeftCell: corner, ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	for _, line := range table.Titles {
		if err := t.put([]any{excelize.Cell{StyleID: title, Value: line}}); err != nil {
			return nil, err
		}
	}
	t.row = above
	for _, level := range levels {
		head := make([]any, len(level))
		for i, name := range level {
			head[i] = excelize.Cell{StyleID: heading, Value: name}
		}
		if err := t.put(head); err != nil {
			return nil, err
		}
	}
	return t, t.merge(above+1, levels)
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
func (t *tableWriter) merge(row int, levels [][]string) error {
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
			if right == i && down == k {
				continue
			}
			first, err := excelize.CoordinatesToCellName(i+1, row+k)
			if err != nil {
				return err
			}
			last, err := excelize.CoordinatesToCellName(right+1, row+down)
			if err != nil {
				return err
			}
			if err := t.stream.MergeCell(first, last); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tableWriter) put(cells []any) error {
	t.row++
	cell, err := excelize.CoordinatesToCellName(1, t.row)
	if err != nil {
		return err
	}
	return t.stream.SetRow(cell, cells)
}

func (t *tableWriter) write(cells []any) error {
	out := make([]any, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case nil:
			out[i] = excelize.Cell{StyleID: t.txt}
		case string:
			out[i] = excelize.Cell{StyleID: t.txt, Value: v}
		case int, int64, float64:
			out[i] = excelize.Cell{StyleID: t.whole, Value: v}
		case data.Day:
			out[i] = t.dated(data.Moment{Day: v})
		case data.Moment:
			out[i] = t.dated(v)
		default:
			return fmt.Errorf("a cell of type %T", c)
		}
	}
	return t.put(out)
}

// dated writes a date as the serial number that workbooks hold.
func (t *tableWriter) dated(m data.Moment) excelize.Cell {
	switch {
	case !m.Known():
		return excelize.Cell{StyleID: t.date}
	case !m.Clock.Known():
		return excelize.Cell{StyleID: t.date, Value: int(m.Day) - epoch1900}
	}
	return excelize.Cell{StyleID: t.moment, Value: float64(int(m.Day)-epoch1900) + float64(m.Clock.Minutes())/1440}
}

// sheetName keeps what a workbook allows in the name of a sheet.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.Trim(s, "' "))
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	if s == "" {
		return "Danh sách"
	}
	return s
}
