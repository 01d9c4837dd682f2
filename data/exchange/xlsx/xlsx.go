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
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
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
	joined map[[2]int][2]int // row and column of the first and the last cell of what is merged
	row    int               // rows written
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
	w.out, w.sheet, w.row, w.merged, w.joined = bufio.NewWriterSize(part, 64<<10), s, 0, nil, map[[2]int][2]int{}
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
	if high := w.height(cells); high > 0 {
		b = strconv.AppendFloat(append(b, `" ht="`...), high, 'f', 1, 64)
	}
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

// height is what a row needs for the lines of its texts that wrap, in points; 0 for one
// line, whose height is the usual one. Not every program finds it by itself. Letters are
// counted, about 1,1 of them in the width of a digit.
func (w *Writer) height(cells []Cell) (high float64) {
	for i, c := range cells {
		text, ok := c.Value.(string)
		if !ok || !c.Style.Wrap || i >= len(w.sheet.Widths) {
			continue
		}
		width, last := 0.0, [2]int{w.row, i}
		if m, merged := w.joined[last]; merged {
			last = m
		}
		if last[0] != w.row {
			continue // it has the room of several rows
		}
		for k := i; k <= last[1] && k < len(w.sheet.Widths); k++ {
			width += w.sheet.Widths[k]
		}
		size := cmp.Or(c.Style.Size, 12)
		room := max(width*1.1*12/size, 1)
		if c.Style.Bold {
			room *= 0.92
		}
		lines := 0.0
		for _, l := range strings.Split(text, "\n") {
			lines += max(math.Ceil(float64(utf8.RuneCountInString(l))/room), 1)
		}
		if lines > 1 {
			high = max(high, lines*size*1.3+2)
		}
	}
	return min(high, 409) // the most that a row may have
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
		w.joined[[2]int{row, col}] = [2]int{lastRow, lastCol}
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
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF })
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partNS  = "http://schemas.openxmlformats.org/package/2006/relationships"
	types   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// parts returns the parts that are known when all sheets are written (ECMA-376).
func (w *Writer) parts() [][2]string {
	var overrides, sheets, rels strings.Builder
	for i, name := range w.names {
		fmt.Fprintf(&overrides, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, types)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(name), i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relNS, i+1)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(w.names)+1, relNS)
	return [][2]string{
		{"xl/styles.xml", w.stylesPart()},
		{"xl/workbook.xml", `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + partNS + `">` + rels.String() + `</Relationships>`},
		{"_rels/.rels", `<Relationships xmlns="` + partNS + `"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + types + `styles+xml"/>` +
			overrides.String() + `</Types>`},
	}
}

func (w *Writer) stylesPart() string {
	const ownFormats = 164 // the first number of a format that is not built in
	var formats, fonts, cells strings.Builder
	known := map[string]int{"": 0, "@": 49}
	for i, s := range w.styles {
		format, ok := known[s.Format]
		if !ok {
			format = ownFormats + len(known) - 2
			known[s.Format] = format
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, format, escape(s.Format))
		}
		fonts.WriteString(`<font>` + mark(s.Bold, `<b/>`) + mark(s.Italic, `<i/>`) + fmt.Sprintf(`<sz val="%g"/><name val="Times New Roman"/><family val="1"/></font>`, s.Size))
		border := 0
		if s.Lines {
			border = 1
		}
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment`, format, i, border)
		cells.WriteString(mark(s.Across != "", ` horizontal="`+s.Across+`"`) + mark(s.Down != "", ` vertical="`+s.Down+`"`) + mark(s.Wrap, ` wrapText="1"`) + `/></xf>`)
	}
	line := func(side string) string { return `<` + side + ` style="thin"><color rgb="FF808080"/></` + side + `>` }
	return `<styleSheet xmlns="` + mainNS + `">` + mark(len(known) > 2, fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, len(known)-2, formats.String())) +
		fmt.Sprintf(`<fonts count="%d">%s</fonts>`, len(w.styles), fonts.String()) +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` + line("left") + line("right") + line("top") + line("bottom") + `<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">%s</cellXfs>`, len(w.styles), cells.String()) +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

// mark returns a text where something is so.
func mark(is bool, text string) string {
	if is {
		return text
	}
	return ""
}
