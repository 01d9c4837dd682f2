// Package xlsx writes workbooks, row by row: memory does not grow with their
// length. It writes what the papers of an office need, which is text, numbers,
// a heading that stays in view, merged cells and a page to print on. Text is always
// a text cell: nothing in it becomes a formula.
//
// It never reads a workbook (package sheet does) and never decides what a column
// means.
package xlsx

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Limits of a sheet.
const (
	MaxRows = 1 << 20
	MaxCols = 1 << 14
	maxName = 31    // UTF-16 units of the name of a sheet
	maxText = 32767 // UTF-16 units of a cell
)

// Style is how a cell looks. The zero value is a plain cell.
type Style struct {
	Bold, Italic bool
	Size         float64 // of the letters, in points; 0 is 12
	Lines        bool    // thin grey lines around
	Wrap         bool
	Across       string // left, center or right; "" leaves it to the kind of value
	Down         string // top or center; "" is the bottom
	Format       string // of numbers, such as dd/mm/yyyy; "@" shows text, "" decides by itself
}

// Cell is one cell of a row. Value is a string, an int, an int64, a float64 or nil.
type Cell struct {
	Value any
	Style Style
}

// Sheet is what a sheet is beside its rows.
type Sheet struct {
	// Name is made one that a workbook accepts and that no other sheet has.
	Name   string
	Widths []float64 // of the columns from the first on, in characters
	Fixed  int       // rows at the top that stay in view
	// Page, portrait or landscape, prints the sheet on A4 as wide as a page; ""
	// leaves printing to the program that opens it.
	Page string
}

// Writer writes one workbook.
type Writer struct {
	zip    *zip.Writer
	names  []string
	used   map[string]bool
	styles []Style
	index  map[Style]int
	out    *bufio.Writer // of the sheet that is open
	sheet  Sheet
	merged []string
	row    int // rows written
	buf    []byte
}

// NewWriter starts a workbook.
func NewWriter(w io.Writer) *Writer {
	x := &Writer{zip: zip.NewWriter(w), used: map[string]bool{}, index: map[Style]int{}}
	x.style(Style{})
	return x
}

func (w *Writer) style(s Style) int {
	if s.Size == 0 {
		s.Size = 12
	}
	id, ok := w.index[s]
	if !ok {
		id = len(w.styles)
		w.index[s] = id
		w.styles = append(w.styles, s)
	}
	return id
}

// Sheet starts the next sheet; the one before is complete then.
func (w *Writer) Sheet(s Sheet) error {
	if err := w.finish(); err != nil {
		return err
	}
	s.Name = w.name(s.Name)
	w.names = append(w.names, s.Name)
	part, err := w.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(w.names)))
	if err != nil {
		return err
	}
	w.out, w.sheet, w.row, w.merged = bufio.NewWriterSize(part, 64<<10), s, 0, nil
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `">`)
	if s.Page != "" {
		b.WriteString(`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	}
	b.WriteString(`<sheetViews><sheetView workbookViewId="0">`)
	if s.Fixed > 0 {
		fmt.Fprintf(&b, `<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`, s.Fixed, s.Fixed+1)
	}
	b.WriteString(`</sheetView></sheetViews>`)
	if len(s.Widths) > 0 {
		b.WriteString(`<cols>`)
		for i, width := range s.Widths {
			fmt.Fprintf(&b, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, min(width, 255))
		}
		b.WriteString(`</cols>`)
	}
	b.WriteString(`<sheetData>`)
	_, err = w.out.WriteString(b.String())
	return err
}

// Row writes the next row of the sheet. One without cells leaves a row free.
func (w *Writer) Row(cells ...Cell) error {
	w.row++
	if w.row > MaxRows || len(cells) > MaxCols {
		return fmt.Errorf("row %d of %d cells is beyond a sheet", w.row, len(cells))
	}
	if len(cells) == 0 {
		return nil
	}
	b := append(w.buf[:0], `<row r="`...)
	b = strconv.AppendInt(b, int64(w.row), 10)
	b = append(b, `">`...)
	for i, c := range cells {
		var err error
		if b, err = w.cell(b, i, c); err != nil {
			return err
		}
	}
	w.buf = append(b, `</row>`...)
	_, err := w.out.Write(w.buf)
	return err
}

// Rows returns how many rows of the sheet were written.
func (w *Writer) Rows() int { return w.row }

func (w *Writer) cell(b []byte, col int, c Cell) ([]byte, error) {
	id := w.style(c.Style)
	text, isText := c.Value.(string)
	if id == 0 && (c.Value == nil || isText && text == "") {
		return b, nil
	}
	b = append(b, `<c r="`...)
	b = append(b, column(col)...)
	b = strconv.AppendInt(b, int64(w.row), 10)
	if id != 0 {
		b = append(b, `" s="`...)
		b = strconv.AppendInt(b, int64(id), 10)
	}
	switch v := c.Value.(type) {
	case nil:
		return append(b, `"/>`...), nil
	case string:
		if v == "" {
			return append(b, `"/>`...), nil
		}
		b = append(b, `" t="inlineStr"><is><t xml:space="preserve">`...)
		b = append(b, escape(v)...)
		return append(b, `</t></is></c>`...), nil
	case int:
		b = strconv.AppendInt(append(b, `"><v>`...), int64(v), 10)
	case int64:
		b = strconv.AppendInt(append(b, `"><v>`...), v, 10)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return b, fmt.Errorf("the number %v has no cell", v)
		}
		b = strconv.AppendFloat(append(b, `"><v>`...), v, 'g', -1, 64)
	default:
		return b, fmt.Errorf("a cell of type %T", c.Value)
	}
	return append(b, `</v></c>`...), nil
}

// Merge joins cells of the sheet into one. Rows count from 1, columns from 0; the
// value is that of the first cell.
func (w *Writer) Merge(row, col, lastRow, lastCol int) {
	if row != lastRow || col != lastCol {
		w.merged = append(w.merged, fmt.Sprintf("%s%d:%s%d", column(col), row, column(lastCol), lastRow))
	}
}

// finish completes the sheet that is open.
func (w *Writer) finish() error {
	if w.out == nil {
		return nil
	}
	w.out.WriteString(`</sheetData>`)
	if len(w.merged) > 0 {
		fmt.Fprintf(w.out, `<mergeCells count="%d">`, len(w.merged))
		for _, ref := range w.merged {
			w.out.WriteString(`<mergeCell ref="` + ref + `"/>`)
		}
		w.out.WriteString(`</mergeCells>`)
	}
	if w.sheet.Page != "" {
		w.out.WriteString(`<pageSetup paperSize="9" orientation="` + w.sheet.Page + `" fitToHeight="0"/>`)
	}
	w.out.WriteString(`</worksheet>`)
	err := w.out.Flush() // says what went wrong before too
	w.out = nil
	return err
}

// Close completes the workbook; it needs one sheet at least. It does not close
// what is written to.
func (w *Writer) Close() error {
	if err := w.finish(); err != nil {
		return err
	}
	if len(w.names) == 0 {
		return fmt.Errorf("a workbook without a sheet")
	}
	for _, p := range w.parts() {
		part, err := w.zip.Create(p[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(part, xmlHead+p[1]); err != nil {
			return err
		}
	}
	return w.zip.Close()
}

// name makes a name that a workbook accepts and that no other sheet has.
func (w *Writer) name(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '-'
		}
		return r
	}, s), "' ")
	if s == "" {
		s = "Trang"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = " (" + strconv.Itoa(n) + ")"
		}
		one := cut(s, maxName-len(suffix)) + suffix
		if key := strings.ToLower(one); !w.used[key] {
			w.used[key] = true
			return one
		}
	}
}

// cut shortens a text to so many UTF-16 units.
func cut(s string, units int) string {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > units {
			return s[:i]
		}
	}
	return s
}

// column names a column, counted from 0.
func column(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// escape makes text of a cell XML. A text that looks like the escape of a
// character, _x0041_, stays what it is; what a cell cannot hold is cut off.
func escape(s string) string {
	if strings.Contains(s, "_x") {
		s = strings.ReplaceAll(s, "_x", "_x005F_x")
	}
	if len(s) > maxText {
		s = cut(s, maxText)
	}
	if !strings.ContainsAny(s, "&<>\"'\r\n\t\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f") && valid(s) {
		return s
	}
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

// valid reports whether XML holds every character of a text.
func valid(s string) bool {
	for _, r := range s {
		if r < ' ' || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF {
			return false
		}
	}
	return true
}
