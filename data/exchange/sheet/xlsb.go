package sheet

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"

	"giaoban/data/exchange/legacy"
)

// The records of a binary workbook that matter here (MS-XLSB 2.3.2).
const (
	binRow          = 0
	binRK           = 2
	binError        = 3
	binBool         = 4
	binReal         = 5
	binText         = 6
	binShared       = 7
	binFormulaText  = 8
	binFormulaReal  = 9
	binFormulaBool  = 10
	binFormulaError = 11
	binSSTItem      = 19
	binFont         = 43
	binFormat       = 44
	binXF           = 47
	binColumns      = 60
	binRich         = 62
	binSheetData    = 145
	binSheetDataEnd = 146
	binBookProp     = 153
	binSheet        = 156
	binFilter       = 161
	binMerge        = 176
	binCellXFs      = 617
	binCellXFsEnd   = 618
)

// maxBinStrings bounds the shared strings of a binary workbook.
const maxBinStrings = 128 << 20

// binReader reads the records of one part of a binary workbook.
type binReader struct {
	src io.ReadCloser
	r   *bufio.Reader
	buf []byte
	n   int64 // bytes read
}

// bin opens a part; nil when the archive lacks it.
func (a *archive) bin(name string) (*binReader, int64, error) {
	if name == "" {
		return nil, 0, nil
	}
	src, size, err := a.open(name, maxPart)
	if err != nil || src == nil {
		return nil, 0, err
	}
	return &binReader{src: src, r: bufio.NewReaderSize(src, 64<<10)}, int64(size), nil
}

func (b *binReader) Close() error { return b.src.Close() }

// next reads a record, which is valid until the next one; io.EOF at the end.
func (b *binReader) next() (id int, payload []byte, err error) {
	first, err := b.r.ReadByte()
	if err != nil {
		return 0, nil, err
	}
	id = int(first)
	b.n++
	if first&0x80 != 0 {
		second, err := b.r.ReadByte()
		if err != nil {
			return 0, nil, errXML
		}
		b.n++
		id = int(first&0x7F) | int(second&0x7F)<<7
	}
	size := 0
	for i := 0; i < 4; i++ {
		c, err := b.r.ReadByte()
		if err != nil {
			return 0, nil, errXML
		}
		b.n++
		size |= int(c&0x7F) << (7 * i)
		if c&0x80 == 0 {
			break
		}
	}
	if size > maxToken {
		return 0, nil, errBomb
	}
	if cap(b.buf) < size {
		b.buf = make([]byte, size)
	}
	b.buf = b.buf[:size]
	if n, err := io.ReadFull(b.r, b.buf); err != nil {
		return 0, nil, errors.Join(errXML, err)
	} else {
		b.n += int64(n)
	}
	return id, b.buf, nil
}

// wideText appends a text of UTF-16 after its length; ok is false for one that is
// cut off.
func wideText(dst, b []byte) (out []byte, size int, ok bool) {
	if len(b) < 4 {
		return dst, 0, false
	}
	n := int64(binary.LittleEndian.Uint32(b))
	if n == math.MaxUint32 { // no text
		return dst, 4, true
	}
	if int64(len(b)-4) < 2*n {
		return dst, 0, false
	}
	text, size, err := units(b[4:], int(n), true)
	return append(dst, text...), 4 + size, err == nil
}

// binBook is what the rows of a sheet need from the rest of a binary workbook.
type binBook struct {
	zip     *archive
	sheets  []string // part names
	strings shared
	styles  []style
}

// openBinary opens a binary workbook (.xlsb), whose main part is part.
func (a *archive) openBinary(ctx context.Context, part string) (*Book, error) {
	w := &binBook{zip: a}
	book := &Book{Container: XLSB}
	rels, err := a.relations(ctx, part)
	if err != nil {
		return nil, err
	}
	err = w.each(ctx, part, func(id int, b []byte) error {
		switch {
		case id == binBookProp && len(b) >= 4:
			book.Date1904 = b[0]&1 != 0
		case id == binSheet && len(b) >= 8:
			rel, n, ok := wideText(nil, b[8:])
			name, _, ok2 := wideText(nil, b[min(8+n, len(b)):])
			if target, known := rels[string(rel)]; ok && ok2 && known && target.kind == "worksheet" && len(w.sheets) < MaxCols {
				w.sheets = append(w.sheets, target.target)
				book.names, book.states = append(book.names, string(name)), append(book.states, min(state(b[0]&3), veryHidden))
			}
		}
		return nil
	})
	if err == nil {
		err = w.each(ctx, a.partOf(rels, part, "styles"), w.style())
	}
	if err == nil {
		err = w.each(ctx, a.partOf(rels, part, "sharedStrings"), w.shared)
	}
	if err != nil {
		return nil, damaged(err)
	}
	if len(w.sheets) == 0 {
		return nil, Refuse(Binary, errors.New("no sheet"))
	}
	book.rows = w.open
	book.merged = func(ctx context.Context, i int) ([]Span, error) {
		spans, _, err := w.beside(ctx, i)
		return spans, err
	}
	book.layout = func(ctx context.Context, i int) (Layout, error) {
		_, view, err := w.beside(ctx, i)
		return view, err
	}
	return book, nil
}

// damaged is broken for a binary workbook.
func damaged(err error) error {
	if err = broken(err); ReasonOf(err) == BadXML {
		return Refuse(Binary, err)
	}
	return err
}

// each calls f for every record of a part.
func (w *binBook) each(ctx context.Context, part string, f func(id int, b []byte) error) error {
	r, _, err := w.zip.bin(part)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	for n := 0; ; n++ {
		if n%8192 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		id, b, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = f(id, b)
		}
		if err != nil {
			return err
		}
	}
}

func (w *binBook) shared(id int, b []byte) error {
	if id != binSSTItem {
		return nil
	}
	if len(b) > 0 {
		w.strings.arena, _, _ = wideText(w.strings.arena, b[1:])
	}
	if w.strings.ends = append(w.strings.ends, uint32(len(w.strings.arena))); len(w.strings.arena)+4*len(w.strings.ends) > maxBinStrings {
		return errBomb
	}
	return nil
}

// style returns what reads the styles.
func (w *binBook) style() func(id int, b []byte) error {
	formats := map[int]numberFormat{}
	var fonts []legacy.Encoding
	inside := false
	return func(id int, b []byte) error {
		switch {
		case id == binFormat && len(b) >= 2:
			code, _, _ := wideText(nil, b[2:])
			formats[int(binary.LittleEndian.Uint16(b))] = formatOf(string(code))
		case id == binFont && len(fonts) < 1<<16:
			name, _, _ := wideText(nil, b[min(21, len(b)):])
			fonts = append(fonts, legacy.OfFont(string(name)))
		case id == binCellXFs:
			inside = true
		case id == binCellXFsEnd:
			inside = false
		case id == binXF && inside && len(b) >= 6 && len(w.styles) < 1<<20:
			w.styles = append(w.styles, styleOf(formats, fonts, int(binary.LittleEndian.Uint16(b[2:])), int(binary.LittleEndian.Uint16(b[4:]))))
		}
		return nil
	}
}

// beside reads what of a sheet stands beside its cells.
func (w *binBook) beside(ctx context.Context, i int) ([]Span, Layout, error) {
	spans, view := []Span{}, Layout{}
	err := w.each(ctx, w.sheets[i], func(id int, b []byte) error {
		u := func(at int) int { return int(min(binary.LittleEndian.Uint32(b[at:]), MaxRows)) + 1 }
		switch {
		case id == binMerge && len(b) >= 16 && len(spans) < maxSpans:
			if s := (Span{u(0), u(8), u(4), u(12)}); s.FirstRow <= s.LastRow && s.FirstCol <= s.LastCol && s.LastCol <= MaxCols {
				spans = append(spans, s)
			}
		case id == binColumns && len(b) >= 18 && (b[16]&1 != 0 || binary.LittleEndian.Uint32(b[8:]) == 0):
			view.hide(u(0), u(4))
		case id == binFilter:
			view.Filtered = true
		}
		return nil
	})
	if err != nil {
		return nil, Layout{}, damaged(err)
	}
	return spans, view, nil
}

func (w *binBook) open(ctx context.Context, i int) (Rows, error) {
	r, size, err := w.zip.bin(w.sheets[i])
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, Refuse(Binary, errors.New("the archive lacks "+w.sheets[i]))
	}
	return &binRows{ctx: ctx, book: w, r: r, size: size, next: -1}, nil
}

// binRows reads the rows of one sheet.
type binRows struct {
	ctx    context.Context
	book   *binBook
	r      *binReader
	size   int64
	inside bool // within the rows
	next   int  // the row that begins, from 0; -1 for none
	hidden bool // whether it is hidden
	last   int  // the row before it, from 1
	cells  int
	arena  []byte
	err    error
}

// Progress counts bytes.
func (r *binRows) Progress() (done, total int64) { return r.r.n, r.size }

// Close implements Rows.
func (r *binRows) Close() error { return r.r.Close() }

// Next implements Rows.
func (r *binRows) Next(row *Row) error {
	for r.err == nil {
		if err := r.ctx.Err(); err != nil {
			return broken(err)
		}
		r.read(row)
		if len(row.Cells) > 0 {
			return nil
		}
	}
	if r.err != io.EOF {
		r.err = damaged(r.err)
	}
	return r.err
}

// read reads to the beginning of the next row.
func (r *binRows) read(row *Row) {
	row.Num, row.Hidden, row.Cells = r.next+1, r.hidden, row.Cells[:0]
	r.arena = r.arena[:0]
	for {
		id, b, err := r.r.next()
		switch {
		case err == io.EOF:
			err = errXML // the rows did not end
			fallthrough
		case err != nil:
			r.err = err
			return
		case id == binSheetData:
			r.inside = true
		case id == binSheetDataEnd:
			r.err = io.EOF
			return
		case !r.inside:
		case id == binRow && len(b) >= 12:
			n := binary.LittleEndian.Uint32(b)
			if n >= MaxRows || int(n)+1 <= r.last {
				r.err = errXML
				return
			}
			r.last, r.next, r.hidden = int(n)+1, int(n), b[11]&0x10 != 0
			return
		case r.next >= 0 && (id >= binRK && id <= binFormulaError || id == binRich):
			if r.cells++; r.cells > maxDocCells || len(row.Cells) >= MaxCols {
				r.err = errBomb
				return
			}
			r.cell(row, id, b)
		}
	}
}

func (r *binRows) cell(row *Row, id int, b []byte) {
	if len(b) < 8 || binary.LittleEndian.Uint32(b) >= MaxCols {
		return
	}
	c := Cell{Col: int(binary.LittleEndian.Uint32(b)) + 1}
	var st style
	if i := int(binary.LittleEndian.Uint32(b[4:]) & 0xFFFFFF); i < len(r.book.styles) {
		st = r.book.styles[i]
	}
	from, known := len(r.arena), false
	number := func(f float64) {
		if known = !math.IsNaN(f) && !math.IsInf(f, 0); known {
			c.Kind, c.DateStyle = Number, st.date
			r.arena = strconv.AppendFloat(r.arena, f, 'f', -1, 64)
			if st.zeros > 0 {
				r.arena = append(r.arena[:from], filledUp(r.arena[from:], st.zeros)...)
			}
		}
	}
	switch b = b[8:]; {
	case id == binRK && len(b) >= 4:
		number(rk(binary.LittleEndian.Uint32(b)))
	case (id == binReal || id == binFormulaReal) && len(b) >= 8:
		number(math.Float64frombits(binary.LittleEndian.Uint64(b)))
	case (id == binBool || id == binFormulaBool) && len(b) >= 1:
		c.Kind, known = Bool, true
		r.arena = append(r.arena, '0'+b[0]&1)
	case (id == binError || id == binFormulaError) && len(b) >= 1:
		c.Loss, known = Failed, true
		r.arena = append(r.arena, errorName(b[0])...)
	case id == binText || id == binFormulaText:
		r.arena, _, known = wideText(r.arena, b)
	case id == binRich && len(b) >= 1:
		r.arena, _, known = wideText(r.arena, b[1:])
	case id == binShared && len(b) >= 4:
		var text []byte
		text, known = r.book.strings.at(int(binary.LittleEndian.Uint32(b)))
		r.arena = append(r.arena, text...)
	}
	if !known {
		c.Loss, r.arena = Damaged, append(r.arena[:from], unreadable...)
	}
	if c.Text = r.arena[from:len(r.arena):len(r.arena)]; len(c.Text) == 0 {
		return
	}
	if c.Kind == Text && c.Loss == Kept && st.font != legacy.UTF8 && (st.font == legacy.TCVN3Upper || !legacy.ASCII(c.Text)) {
		c.Text = []byte(legacy.Text(st.font, string(c.Text)))
	}
	row.Cells = append(row.Cells, c)
}
