// Package sheet reads the rows of the files in which registers reach an office:
// workbooks (.xlsx, .xlsb, .xls, .ods, XML Spreadsheet 2003), tables of Word documents, HTML
// and MHTML tables under any name, and delimited text in every encoding met in Vietnam. It looks at the content only, never at the
// name of the file, and streams: memory does not grow with the number of rows.
//
// It never decides what a column means, never writes, and never follows a
// reference that leads out of the file.
package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"

	"giaoban/data/exchange/legacy"
)

// Limits of a table. A file beyond them is refused, not cut.
const (
	MaxRows    = 1 << 20   // rows of one sheet, as in Excel
	MaxCols    = 1 << 14   // columns of one sheet, as in Excel
	maxCells   = 64 << 20  // cells of one sheet
	maxPart    = 2 << 30   // bytes of one unpacked part
	maxStrings = 512 << 20 // bytes of the shared strings
	maxRatio   = 200       // unpacked size to packed size, for parts above ratioFrom
	ratioFrom  = 16 << 20
	maxEntries = 4096    // files in one archive
	maxToken   = 8 << 20 // bytes of one tag or one text
	sampleSize = 256 << 10
)

// Kind says how the file itself typed a cell.
type Kind uint8

// The kinds of cell.
const (
	Text   Kind = iota // text
	Number             // a number, as its digits in Text
	Date               // ISO 8601 text of a date cell
	Bool               // "1" or "0"
)

// Cell is one cell that is not empty. Text is UTF-8 in the order of the file,
// with legacy fonts already turned into Unicode; it is neither trimmed nor
// composed, and it is valid until the next row is read.
type Cell struct {
	Col       int // from 1
	Kind      Kind
	DateStyle bool // a number shown as a date
	Loss      Loss // other than Kept: Text says what stands there, but the value is not known
	Above     bool // of a merged cell that begins in a row above; see Filled
	Text      []byte
}

// Row is one row of a table. Num counts from 1 as the officer sees it: the row
// of the sheet, the <tr> of the table, the record of the text file.
type Row struct {
	Num    int
	Hidden bool   // the officer does not see it: hidden, or left out by a filter
	Stray  bool   // a quote in delimited text that nothing closes was read as text
	Cells  []Cell // by column, ascending in well-made files
}

// Rows reads the rows of one table in order.
type Rows interface {
	// Next fills row and returns nil, io.EOF after the last row of a file that
	// was sound to its end, or a *data.Error that refuses the whole file.
	Next(row *Row) error
	// Progress returns how much of the table was read, in units of its own.
	Progress() (done, total int64)
	// Close frees what reading took. It may be called at any time.
	Close() error
}

// Container is the kind of file.
type Container string

// The containers that can be read.
const (
	XLSX     Container = "xlsx"
	XLS      Container = "xls"  // of Excel 97 to 2003
	XLSB     Container = "xlsb" // a binary workbook of Excel 2007 and later
	XMLSheet Container = "xml"  // an XML Spreadsheet 2003
	ODS      Container = "ods"  // OpenDocument: a spreadsheet, or the tables of a text
	DOCX     Container = "docx" // the tables of a Word document
	HTML     Container = "html"
	MHTML    Container = "mhtml"
	CSV      Container = "csv"
	// Clipboard is text copied from a table.
	Clipboard Container = "clipboard"
)

// Book is an opened file with one or more tables.
type Book struct {
	Container Container
	Encoding  legacy.Encoding // of the text; for workbooks what its fonts need is decided cell by cell
	Date1904  bool            // serial dates count from 1 January 1904
	Delimiter byte            // of delimited text
	names     []string
	states    []state // by table; none where all are shown
	layout    func(ctx context.Context, i int) (Layout, error)
	rows      func(ctx context.Context, i int) (Rows, error)
	merged    func(ctx context.Context, i int) ([]Span, error)
	spans     *spanCache
	beside    []Beside
}

// Beside is a paragraph of a document that stands in no table.
type Beside struct {
	Text   string
	Before int // the table that it stands before, from 0; the number of tables behind the last
}

// Beside returns the paragraphs around the tables of a Word document, an OpenDocument
// text or HTML, the first of them: titles, what a table is of.
func (b *Book) Beside() []Beside { return b.beside }

// noteBeside keeps a paragraph, as long as there are few.
func noteBeside(list []Beside, text []byte, before int) []Beside {
	const most, long = 600, 4000
	if text = bytes.TrimSpace(text); len(text) > 0 && len(text) <= long && len(list) < most {
		list = append(list, Beside{string(text), before})
	}
	return list
}

// Sheets returns the names of the tables in order; "" where a table has none.
func (b *Book) Sheets() []string { return b.names }

// Rows starts reading table i, from 0. It may be called again for a second
// pass.
func (b *Book) Rows(ctx context.Context, i int) (Rows, error) { return b.rows(ctx, i) }

// Each yields the rows of what Rows or Filled opened, each valid for its turn. An error
// comes in the place of a row and ends them.
func Each(rows Rows, err error) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		var row Row
		for err == nil {
			if err = rows.Next(&row); errors.Is(err, io.EOF) || !yield(&row, err) {
				return
			}
		}
	}
}

// Span is a block of merged cells; its content stands in the first of them.
// Rows and columns count from 1.
type Span struct{ FirstRow, FirstCol, LastRow, LastCol int }

// Merged returns the merged cells of table i, from 0. known is false when the
// file cannot tell: text has none, and a very large sheet is not read to its
// end for them.
func (b *Book) Merged(ctx context.Context, i int) (spans []Span, known bool, err error) {
	if b.merged == nil {
		return nil, false, nil
	}
	spans, err = b.merged(ctx, i)
	return spans, err == nil && spans != nil, err
}

// Reread returns the same book with its text taken as another legacy encoding:
// the way out when a workbook lost its font names.
func (b *Book) Reread(e legacy.Encoding) *Book {
	c := *b
	c.Encoding = e
	c.rows = func(ctx context.Context, i int) (Rows, error) {
		r, err := b.rows(ctx, i)
		if err != nil {
			return nil, err
		}
		return &reread{Rows: r, enc: e}, nil
	}
	return &c
}

type reread struct {
	Rows
	enc legacy.Encoding
}

func (r *reread) Next(row *Row) error {
	if err := r.Rows.Next(row); err != nil {
		return err
	}
	for i := range row.Cells {
		if c := &row.Cells[i]; c.Kind == Text && c.Loss == Kept && !legacy.ASCII(c.Text) {
			c.Text = []byte(legacy.Text(r.enc, string(c.Text)))
		}
	}
	return nil
}

// Open finds out what a file of size bytes is and opens it. The error is a
// *data.Error with code Refused whose Field is a Reason.
func Open(src io.ReaderAt, size int64) (*Book, error) {
	b, err := open(src, size)
	if err != nil {
		return nil, err
	}
	b.spans = new(spanCache)
	return b, nil
}

func open(src io.ReaderAt, size int64) (*Book, error) {
	head := make([]byte, min(size, sampleSize))
	n, err := src.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, Refuse(Unreadable, err)
	}
	head = head[:n]
	switch {
	case len(bytes.Trim(head, "\x00 \r\n\t")) == 0 && int64(n) == size:
		return nil, Refuse(Empty, nil)
	case bytes.HasPrefix(head, []byte("PK")):
		return openXLSX(src, size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return openOLE(src, size)
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")):
		return nil, Refuse(PDF, nil)
	case bytes.HasPrefix(head, []byte("Rar!")) || bytes.HasPrefix(head, []byte("7z\xBC\xAF\x27\x1C")):
		return nil, Refuse(Packed, nil)
	case picture(head):
		return nil, Refuse(Picture, nil)
	case len(head) >= 8 && head[0] == 9 && head[3] == 0 && (head[1] <= 8 && head[1]&1 == 0):
		return openBareBIFF(src, size)
	}
	return openText(src, size, head)
}

// openBareBIFF opens an old workbook that stands in no compound file.
func openBareBIFF(src io.ReaderAt, size int64) (*Book, error) {
	if size > maxCompound {
		return nil, Refuse(BIFF, nil)
	}
	stream := make([]byte, size)
	if n, err := src.ReadAt(stream, 0); int64(n) < size {
		return nil, Refuse(Unreadable, err)
	}
	return openBIFF(stream)
}

// picture reports a PNG, JPEG, GIF or HEIC file.
func picture(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\x89PNG")) || bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")) || bytes.HasPrefix(head, []byte("GIF8")) ||
		len(head) > 12 && string(head[4:8]) == "ftyp"
}

// openOLE opens what stands in a compound file: an old workbook, or a protected
// new one.
func openOLE(src io.ReaderAt, size int64) (*Book, error) {
	c, err := openCompound(src, size)
	switch {
	case err != nil:
		return nil, Refuse(BIFF, err)
	case c.has("EncryptedPackage"):
		return openProtected(c)
	case c.has("Workbook"), c.has("Book"):
		stream, ok, err := c.stream("Workbook")
		if !ok {
			stream, _, err = c.stream("Book")
		}
		if err != nil {
			return nil, Refuse(BIFF, err)
		}
		return openBIFF(stream)
	}
	if c.has("WordDocument") {
		return nil, Refuse(Word, nil)
	}
	if c.has("PowerPoint Document") {
		return nil, Refuse(NotWorkbook, nil)
	}
	return nil, Refuse(Unknown, nil)
}

// Info is what a file says about one of its tables before the rows are read.
type Info struct {
	Name   string // "" where a table has none
	Hidden bool   // the officer does not see the table when the file is opened
	// VeryHidden is set beside Hidden when no menu of the spreadsheet shows the
	// table again.
	VeryHidden bool
	// Missing is set when the file names the table but lacks its content; its
	// Rows are none.
	Missing bool
}

// Infos returns what is known about the tables, in the order of Sheets.
func (b *Book) Infos() []Info {
	list := make([]Info, len(b.names))
	for i, name := range b.names {
		list[i].Name = name
		if i < len(b.states) {
			s := b.states[i]
			list[i].Missing, list[i].Hidden, list[i].VeryHidden = s&missing != 0, s&^missing != shown, s&^missing == veryHidden
		}
	}
	return list
}

// state is how a table of a workbook is shown.
type state uint8

const (
	shown state = iota
	hidden
	veryHidden
	missing state = 0x80 // beside one of the others
)

// none are the rows of a table that the file lacks.
type none struct{}

func (none) Next(*Row) error               { return io.EOF }
func (none) Progress() (done, total int64) { return 0, 0 }
func (none) Close() error                  { return nil }

// Layout is what of a table the officer does not see. Hidden rows are told by
// Row.Hidden.
type Layout struct {
	Filtered bool   // a filter is set; it is what hides rows
	Hidden   []Cols // hidden columns, also such as hold nothing
}

// Cols is a run of columns, both ends included, from 1.
type Cols struct{ First, Last int }

// Hides reports whether a column, from 1, is hidden.
func (l Layout) Hides(col int) bool {
	return slices.ContainsFunc(l.Hidden, func(c Cols) bool { return c.First <= col && col <= c.Last })
}

// hide adds a run of columns; a file says it for as many as it likes.
func (l *Layout) hide(first, last int) {
	if first >= 1 && first <= last && len(l.Hidden) < MaxCols {
		l.Hidden = append(l.Hidden, Cols{first, min(last, MaxCols)})
	}
}

// Layout returns what of table i, from 0, is hidden; nothing for text.
func (b *Book) Layout(ctx context.Context, i int) (Layout, error) {
	if b.layout == nil {
		return Layout{}, nil
	}
	return b.layout(ctx, i)
}

// layout reads what stands before the rows of a sheet.
func (w *workbook) layout(ctx context.Context, i int) (Layout, error) {
	rows, err := w.open(ctx, i)
	if err != nil {
		return Layout{}, err
	}
	defer rows.Close()
	r, ok := rows.(*sheetRows)
	if !ok {
		return Layout{}, nil // the table has no content
	}
	for !r.inside {
		if err := r.before(); err != nil {
			return r.view, nil // reading its rows will say what is wrong
		}
	}
	return r.view, nil
}

// addColumns notes a <col> element.
func (l *Layout) addColumns(attrs []byte) {
	first, ok1 := digits([]byte(attrValue(attrs, "min")))
	last, ok2 := digits([]byte(attrValue(attrs, "max")))
	if ok1 && ok2 && (truth(attrValue(attrs, "hidden")) || attrValue(attrs, "width") == "0") {
		l.hide(first, last)
	}
}

// truth reads a boolean of XML.
func truth(v string) bool { return v == "1" || v == "true" || v == "on" }

// invisible reports a style of HTML that shows nothing.
func invisible(style []byte) bool {
	folded := bytes.ToLower(bytes.ReplaceAll(style, []byte(" "), nil))
	return bytes.Contains(folded, []byte("display:none")) || bytes.Contains(folded, []byte("visibility:collapse")) ||
		bytes.Contains(folded, []byte("visibility:hidden"))
}

// PlainNumber writes a number as people do: "12345.0", "9.05E8" and
// "0.30000000000000004" are 12345, 905000000 and 0.3. It returns b itself where
// nothing is to be done, else bytes appended to arena.
func PlainNumber(b []byte, arena *[]byte) []byte {
	digits := true
	for _, c := range b {
		digits = digits && c >= '0' && c <= '9'
	}
	if digits {
		return b
	}
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return b
	}
	from := len(*arena)
	if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		*arena = strconv.AppendFloat(*arena, f, 'f', -1, 64)
	} else {
		// Spreadsheets show fifteen digits at most.
		short, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
		if err != nil {
			return b
		}
		*arena = strconv.AppendFloat(*arena, short, 'f', -1, 64)
	}
	return (*arena)[from:len(*arena):len(*arena)]
}

// filledUp puts the noughts before a whole number that its format shows.
func filledUp(b []byte, digits int) []byte {
	whole := PlainNumber(b, new([]byte))
	if len(whole) >= digits || len(bytes.Trim(whole, "0123456789")) > 0 {
		return b
	}
	return append(bytes.Repeat([]byte("0"), digits-len(whole)), whole...)
}
