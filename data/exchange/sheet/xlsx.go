package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"

	"giaoban/data/exchange/legacy"
)

// sheetRows reads the rows of one worksheet part.
type sheetRows struct {
	book   *workbook
	part   io.ReadCloser
	src    *ahead
	scan   *scanner
	size   int64
	row    int // number of the last row
	rows   int // rows met
	cells  int
	arena  []byte
	inside bool // within sheetData
	view   Layout
	source []byte // of the formula of the cell
	err    error
}

func (w *workbook) open(ctx context.Context, i int) (Rows, error) {
	if w.sheets[i] == "" {
		return none{}, nil
	}
	part, size, err := w.zip.open(w.sheets[i], maxPart)
	if err != nil {
		return nil, err
	}
	if part == nil {
		return nil, Refuse(BadXML, errors.New("the archive lacks the sheet"))
	}
	src := readAhead(ctx, part)
	return &sheetRows{book: w, part: part, src: src, scan: newScanner(src), size: int64(size)}, nil
}

// Progress counts unpacked bytes.
func (r *sheetRows) Progress() (done, total int64) { return r.src.count.Load(), r.size }

// Close implements Rows.
func (r *sheetRows) Close() error {
	r.src.Close()
	return r.part.Close()
}

// Next implements Rows.
func (r *sheetRows) Next(row *Row) error {
	if r.err != nil {
		return r.err
	}
	err := r.next(row)
	if err != nil && err != io.EOF {
		err = broken(err)
	}
	r.err = err
	return err
}

func (r *sheetRows) next(row *Row) error {
	s := r.scan
	for {
		if !r.inside {
			if err := r.before(); err != nil {
				return err
			}
			continue
		}
		if err := s.next(); err != nil {
			return err
		}
		if s.kind == endTag {
			if string(s.name) == "sheetData" {
				r.inside = false
			}
			continue
		}
		if string(s.name) != "row" {
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		return r.readRow(row)
	}
}

// before takes the next tag outside the rows.
func (r *sheetRows) before() error {
	s := r.scan
	if err := s.next(); err != nil || s.kind != startTag {
		return err
	}
	if len(s.stack) <= 1 && string(s.name) != "worksheet" && (len(s.stack) == 0 || !s.selfClosed) {
		return errXML // the root is another one
	}
	switch string(s.name) {
	case "sheetData":
		r.inside = true
	case "col":
		r.view.addColumns(s.attrs)
	case "sheetPr":
		r.view.Filtered = truth(attrValue(s.attrs, "filterMode"))
	}
	return nil
}

func (r *sheetRows) readRow(row *Row) error {
	s := r.scan
	r.row++
	r.rows++
	row.Hidden = false
	for attrs := s.attrs; ; {
		name, value, rest, ok := attr(attrs)
		if !ok {
			break
		}
		switch string(name) {
		case "hidden":
			row.Hidden = truth(string(value))
		case "ht":
			row.Hidden = row.Hidden || string(value) == "0"
		case "r":
			n, ok := whole(value)
			if len(value) == 0 {
				n, ok = r.row, true
			}
			if !ok || n < 1 {
				return errXML
			}
			r.row = n
		}
		attrs = rest
	}
	if r.row > MaxRows || r.rows > MaxRows {
		return errBomb
	}
	row.Num, row.Cells = r.row, row.Cells[:0]
	r.arena = r.arena[:0]
	col := 0
	for {
		if err := s.next(); err != nil {
			return early(err)
		}
		if s.kind == endTag {
			return nil // of the row: everything inside closes itself below
		}
		if string(s.name) != "c" {
			if err := s.skip(); err != nil {
				return err
			}
			continue
		}
		col++
		if r.cells++; r.cells > maxCells {
			return errBomb
		}
		if err := r.readCell(row, &col); err != nil {
			return err
		}
	}
}

type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeString
	typeBool
	typeError
	typeDate
)

func (r *sheetRows) readCell(row *Row, col *int) error {
	s := r.scan
	kind, styleID := typeNumber, 0
	for attrs := s.attrs; ; {
		name, value, rest, ok := attr(attrs)
		if !ok {
			break
		}
		attrs = rest
		if len(name) != 1 {
			continue
		}
		switch name[0] {
		case 'r':
			c, ok := column(bytes.TrimLeft(value, " $"))
			if !ok && len(value) > 0 {
				return errXML
			}
			if ok {
				*col = c
			}
		case 's':
			styleID, _ = digits(value)
		case 't':
			switch string(value) {
			case "s":
				kind = typeShared
			case "inlineStr":
				kind = typeInline
			case "str":
				kind = typeString
			case "b":
				kind = typeBool
			case "e":
				kind = typeError
			case "d":
				kind = typeDate
			}
		}
	}
	if *col > MaxCols {
		return errBomb
	}
	var st style
	if styleID >= 0 && styleID < len(r.book.styles) {
		st = r.book.styles[styleID]
	}
	from, has, mended, formula, loss := len(r.arena), false, false, false, Kept
	var sharedText []byte
	for {
		if err := s.next(); err != nil {
			return early(err)
		}
		if s.kind == endTag {
			break // of the cell
		}
		switch string(s.name) {
		case "v":
			if err := s.leaf(); err != nil {
				return err
			}
			if kind == typeShared {
				if len(bytes.TrimSpace(s.text)) == 0 {
					continue // several programs write a blank cell like this
				}
				if r.book.strings.none() {
					return errXML // all texts are missing
				}
				n, ok := whole(s.text)
				text, found := r.book.strings.at(n)
				if ok && found {
					sharedText, has, mended, loss = text, true, r.book.strings.mended[uint32(n)], Kept
				} else {
					loss = Damaged
				}
				continue
			}
			var err error
			if r.arena, err = s.appendText(r.arena[:from]); err != nil {
				return err
			}
			has = true
		case "is":
			var err error
			if r.arena, mended, err = s.richText(r.arena[:from]); err != nil {
				return err
			}
			kind, has = typeInline, true
		case "f":
			if err := s.leaf(); err != nil {
				return err
			}
			formula, r.source = true, append(r.source[:0], '=')
			if r.source, _ = s.appendText(r.source); len(r.source) == 1 {
				r.source = append(r.source[:0], aFormula...)
			}
		default:
			if err := s.skip(); err != nil {
				return err
			}
		}
	}
	c := Cell{Col: *col, Loss: loss, Text: r.arena[from:len(r.arena):len(r.arena)]}
	switch kind {
	case typeNumber:
		c.Kind, c.DateStyle = Number, st.date
		c.number()
		if st.zeros > 0 && c.Kind == Number {
			c.Text = filledUp(c.Text, st.zeros)
		}
	case typeShared:
		c.Text = sharedText
	case typeBool:
		c.Kind = Bool
		c.Text = truthText(c.Text)
	case typeDate:
		c.Kind = Date
	case typeError:
		c.Loss = Failed
		if len(c.Text) == 0 {
			c.Text = []byte("#N/A")
		}
	}
	// An empty text is what a formula of texts may give; an empty number is none.
	if formula && len(c.Text) == 0 && (!has || kind != typeString && kind != typeInline) {
		c.Loss = NoResult
	}
	switch c.Loss {
	case NoResult:
		r.arena = append(r.arena[:from], r.source...)
		c.Kind, c.DateStyle, c.Text = Text, false, r.arena[from:len(r.arena):len(r.arena)]
	case Damaged:
		c.Kind, c.DateStyle, c.Text = Text, false, []byte(unreadable)
	}
	if len(c.Text) == 0 {
		return nil
	}
	if c.Kind == Text && c.Loss == Kept && st.font != legacy.UTF8 && !mended && (st.font == legacy.TCVN3Upper || !legacy.ASCII(c.Text)) {
		c.Text = []byte(legacy.Text(st.font, string(c.Text)))
	}
	row.Cells = append(row.Cells, c)
	return nil
}

// number looks at the text of a number cell: what is no number stays text.
func (c *Cell) number() {
	c.Text = bytes.TrimSpace(c.Text)
	for _, b := range c.Text {
		if (b < '0' || b > '9') && b != '.' && b != '-' && b != '+' && b != 'E' && b != 'e' {
			c.Kind, c.DateStyle = Text, false
			if word := string(bytes.Trim(c.Text, "-+")); word == "NaN" || word == "INF" || word == "Infinity" {
				c.Loss = Damaged
			}
			return
		}
	}
}

func truthText(word []byte) []byte {
	word = bytes.TrimSpace(word)
	switch {
	case bytes.EqualFold(word, []byte("true")):
		return []byte("1")
	case bytes.EqualFold(word, []byte("false")):
		return []byte("0")
	}
	return word
}

// whole reads a small non-negative number that may stand among blanks, or with
// a nought behind a point, as some programs write all numbers.
func whole(b []byte) (int, bool) {
	if n, ok := digits(b); ok {
		return n, true
	}
	b = bytes.TrimSpace(b)
	if head, tail, ok := bytes.Cut(b, []byte(".")); ok && len(bytes.Trim(tail, "0")) == 0 {
		b = head
	}
	return digits(b)
}

// digits reads a small non-negative number.
func digits(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// column reads the letters of a cell reference: A is 1.
func column(ref []byte) (int, bool) {
	n, i := 0, 0
	for i < len(ref) && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z' && i < 4 {
		n = n*26 + int(ref[i]|0x20-'a') + 1
		i++
	}
	return n, i > 0 && n > 0
}
