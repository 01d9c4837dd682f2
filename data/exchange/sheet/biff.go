package sheet

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"

	"giaoban/data"
	"giaoban/data/exchange/legacy"

	"golang.org/x/text/encoding/charmap"
)

var errBIFF = errors.New("malformed records")

// The records of an old workbook that matter here (MS-XLS 2.3).
const (
	recInteger2 = 0x0002 // the names with a 2, 3 or 4 are of Excel 2 to 4
	recNumber2  = 0x0003
	recLabel2   = 0x0004
	recBoolErr2 = 0x0005
	recFormula  = 0x0006
	recString2  = 0x0007
	recBOF2     = 0x0009
	recEOF      = 0x000A
	recColumns  = 0x007D
	recDateMode = 0x0022
	recFilePass = 0x002F
	recFont     = 0x0031
	recContinue = 0x003C
	recSheet    = 0x0085
	recFilter   = 0x009B
	recCodePage = 0x0042
	recMulRK    = 0x00BD
	recRString  = 0x00D6
	recXF       = 0x00E0
	recMerged   = 0x00E5
	recSST      = 0x00FC
	recLabelSST = 0x00FD
	recRK2      = 0x007E
	recNumber   = 0x0203
	recLabel    = 0x0204
	recBoolErr  = 0x0205
	recFormula3 = 0x0206
	recString   = 0x0207
	recBOF3     = 0x0209
	recRow      = 0x0208
	recRK       = 0x027E
	recFormula4 = 0x0406
	recBOF4     = 0x0409
	recFormat   = 0x041E
	recBOF      = 0x0809
)

// oldBook is a workbook of Excel 2 to 2003 (BIFF2 to BIFF8).
type oldBook struct {
	stream  []byte
	version int              // of BIFF
	page    *charmap.Charmap // of texts before BIFF8
	offsets []uint32         // of the sheets, in the stream
	strings shared
	styles  []style

	parsed int // sheet in cells, -1 for none
	cells  []oldCell
	arena  []byte
	merged []Span
	view   Layout
	unseen map[uint16]bool // hidden rows
}

// oldCell is one cell; what value means depends on kind.
type oldCell struct {
	row, col, xf uint16
	kind         oldKind
	value        uint64
}

type oldKind uint8

const (
	oldNumber oldKind = iota // bits of a float
	oldShared                // place in the shared strings
	oldText                  // from and length in the arena
	oldBool
	oldLost // the loss, and the code of an error above it
)

// openBIFF opens an old workbook, which stream is. Whatever is wrong with it is
// refused with the advice to save it anew.
func openBIFF(stream []byte) (book *Book, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			book, err = nil, Refuse(BIFF, data.Caught(fault))
		}
	}()
	w := &oldBook{stream: stream, parsed: -1, page: charmap.Windows1252}
	book = &Book{Container: XLS}
	if err = w.begin(); err == nil && w.version < 5 {
		w.single(book)
	} else if err == nil {
		err = w.globals(book)
	}
	if err != nil {
		if ReasonOf(err) != "" {
			return nil, err
		}
		return nil, Refuse(BIFF, err)
	}
	book.rows, book.merged, book.layout = w.open, w.mergedCells, w.viewOf
	for i := range w.offsets {
		if w.lacks(i) {
			book.states[i] |= missing
		}
	}
	for i := range w.offsets {
		if err := w.parse(context.Background(), i); err != nil {
			return nil, err
		}
		if len(w.cells) > 0 {
			return book, nil
		}
	}
	// Every program writes styles, also for a workbook without a cell.
	if len(w.styles) == 0 || slices.ContainsFunc(book.states, func(s state) bool { return s&missing != 0 }) {
		return nil, Refuse(BIFF, errors.New("a part of the workbook is missing"))
	}
	return nil, Refuse(Empty, errors.New("no cell"))
}

// lacks reports whether a sheet has no content where the file says that it has.
func (w *oldBook) lacks(sheet int) bool {
	at := int64(w.offsets[sheet])
	if at >= int64(len(w.stream)) {
		return true
	}
	id, _, _, ok := record(w.stream[at:])
	return !ok || !isBOF(id)
}

// record cuts the next record off.
func record(b []byte) (id uint16, payload, rest []byte, ok bool) {
	if len(b) < 4 {
		return 0, nil, nil, false
	}
	id = binary.LittleEndian.Uint16(b)
	n := int(binary.LittleEndian.Uint16(b[2:]))
	if len(b) < 4+n {
		return 0, nil, nil, false
	}
	return id, b[4 : 4+n], b[4+n:], true
}

// continued cuts the records off that continue the one before.
func continued(b []byte) (parts [][]byte, rest []byte) {
	for {
		id, part, more, ok := record(b)
		if !ok || id != recContinue {
			return parts, b
		}
		parts, b = append(parts, part), more
	}
}

// globals reads what the sheets share.
func (w *oldBook) globals(book *Book) error {
	formats := map[int]numberFormat{}
	var fonts []legacy.Encoding
	rest := w.stream
	for {
		id, b, more, ok := record(rest)
		if !ok {
			return errBIFF
		}
		rest = more
		switch id {
		case recEOF:
			if len(w.offsets) == 0 {
				return errBIFF
			}
			return nil
		case recFilePass:
			if err := w.unlock(b, len(w.stream)-len(more)); err != nil {
				return err
			}
		case recCodePage:
			w.setPage(b)
		case recDateMode:
			book.Date1904 = len(b) >= 2 && b[0] == 1
		case recSheet:
			if len(b) < 7 || b[5] != 0 { // a chart or macros, or nothing
				continue
			}
			name := w.name(b[6:])
			w.offsets = append(w.offsets, binary.LittleEndian.Uint32(b))
			book.names = append(book.names, string(name))
			book.states = append(book.states, min(state(b[4]&3), veryHidden))
		case recFont:
			font := legacy.UTF8
			if len(b) >= 16 {
				font = legacy.OfFont(string(w.name(b[14:])))
			}
			fonts = append(fonts, font)
		case recFormat:
			switch {
			case len(b) >= 5 && w.version == 8:
				code, _, _ := units(b[5:], int(binary.LittleEndian.Uint16(b[2:])), b[4]&1 != 0)
				formats[int(binary.LittleEndian.Uint16(b))] = formatOf(string(code))
			case len(b) >= 3 && w.version == 5:
				formats[int(binary.LittleEndian.Uint16(b))] = formatOf(string(w.name(b[2:])))
			}
		case recXF:
			if len(b) < 4 {
				w.styles = append(w.styles, style{})
				continue
			}
			font := int(binary.LittleEndian.Uint16(b))
			if font > 4 {
				font-- // there is no font 4
			}
			w.styles = append(w.styles, styleOf(formats, fonts, int(binary.LittleEndian.Uint16(b[2:])), font))
		case recSST:
			var parts [][]byte
			parts, rest = continued(rest)
			if err := w.sharedStrings(append([][]byte{b}, parts...)); err != nil {
				return err
			}
		}
	}
}

// parse reads the cells of a sheet into memory: an old sheet has at most 65.536
// rows.
func (w *oldBook) parse(ctx context.Context, sheet int) (err error) {
	if w.parsed == sheet {
		return nil
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = Refuse(BIFF, data.Caught(fault))
		}
		if err != nil {
			w.parsed = -1
		}
	}()
	w.parsed, w.cells, w.arena, w.merged = sheet, w.cells[:0], w.arena[:0], []Span{}
	w.view, w.unseen = Layout{}, map[uint16]bool{}
	if w.lacks(sheet) {
		return nil
	}
	rest := w.stream[w.offsets[sheet]:]
	depth := 0
	var formula oldCell // whose text the next record holds
	waits := false
	for n := 0; ; n++ {
		if n%8192 == 0 {
			if err := ctx.Err(); err != nil {
				return broken(err)
			}
		}
		id, b, more, ok := record(rest)
		if !ok || n == 0 && !isBOF(id) {
			return Refuse(BIFF, errBIFF)
		}
		rest = more
		switch id {
		case recBOF, recBOF2, recBOF3, recBOF4:
			depth++
			continue
		case recEOF:
			if depth--; depth == 0 {
				if waits {
					w.lose(formula, NoResult, 0)
				}
				w.order()
				return nil
			}
			continue
		}
		if depth != 1 { // a chart within the sheet
			continue
		}
		if (id == recString || id == recString2) && waits {
			waits = false
			parts, _ := continued(rest)
			if w.version < 8 {
				w.addString(formula, b, parts)
				continue
			}
			if len(b) < 3 {
				if len(b) < 2 || b[0]|b[1] != 0 {
					w.lose(formula, Damaged, 0)
				}
				continue
			}
			p := &pieces{cur: b[3:], rest: parts}
			from := len(w.arena)
			if w.arena, err = p.letters(w.arena, int(binary.LittleEndian.Uint16(b)), b[2]&1 != 0); err != nil {
				w.arena = w.arena[:from]
				w.lose(formula, Damaged, 0)
				continue
			}
			w.addText(formula, from)
			continue
		}
		if err := w.cell(id, b, &formula, &waits); err != nil {
			return Refuse(BIFF, err)
		}
	}
}

func (w *oldBook) addText(c oldCell, from int) {
	c.kind, c.value = oldText, uint64(from)<<32|uint64(len(w.arena)-from)
	w.cells = append(w.cells, c)
}

// lose keeps a cell whose value the file does not tell.
func (w *oldBook) lose(c oldCell, loss Loss, code byte) {
	c.kind, c.value = oldLost, uint64(loss)|uint64(code)<<8
	w.cells = append(w.cells, c)
}

// cell reads one record of cells; others say nothing here.
func (w *oldBook) cell(id uint16, b []byte, formula *oldCell, waits *bool) error {
	switch id {
	case recLabelSST, recNumber, recRK, recRK2, recMulRK, recFormula, recFormula3, recFormula4, recLabel, recRString, recBoolErr:
	case recInteger2, recNumber2, recLabel2, recBoolErr2:
	case recMerged:
		for at := 2; at+8 <= len(b) && len(w.merged) < maxSpans; at += 8 {
			u := func(k int) int { return int(binary.LittleEndian.Uint16(b[at+k:])) + 1 }
			if s := (Span{u(0), u(4), u(2), u(6)}); s.FirstRow <= s.LastRow && s.FirstCol <= s.LastCol {
				w.merged = append(w.merged, s)
			}
		}
		return nil
	case recRow:
		if len(b) >= 16 && b[12]&0x20 != 0 {
			w.unseen[binary.LittleEndian.Uint16(b)] = true
		}
		return nil
	case recColumns:
		if len(b) >= 10 && (b[8]&1 != 0 || binary.LittleEndian.Uint16(b[4:]) == 0) {
			w.view.hide(int(binary.LittleEndian.Uint16(b))+1, int(binary.LittleEndian.Uint16(b[2:]))+1)
		}
		return nil
	case recFilter:
		w.view.Filtered = true
		return nil
	default:
		return nil
	}
	if len(b) < 6 {
		return errBIFF
	}
	if w.version == 2 && id == recFormula && len(b) > 7 {
		b = slices.Concat(b[:6], b[7:]) // a byte more of attributes
	}
	if *waits { // the text of a formula should have come before
		*waits = false
		w.lose(*formula, NoResult, 0)
	}
	c := oldCell{row: binary.LittleEndian.Uint16(b), col: binary.LittleEndian.Uint16(b[2:]), xf: binary.LittleEndian.Uint16(b[4:])}
	number := func(f float64) {
		c.kind, c.value = oldNumber, math.Float64bits(f)
		w.cells = append(w.cells, c)
	}
	switch id {
	case recLabelSST:
		if len(w.strings.ends) == 0 {
			return errBIFF // all texts are missing
		}
		if len(b) < 10 || int64(binary.LittleEndian.Uint32(b[6:])) >= int64(len(w.strings.ends)) {
			w.lose(c, Damaged, 0)
			return nil
		}
		c.kind, c.value = oldShared, uint64(binary.LittleEndian.Uint32(b[6:]))
		w.cells = append(w.cells, c)
	case recNumber:
		if len(b) < 14 {
			w.lose(c, Damaged, 0)
			return nil
		}
		number(math.Float64frombits(binary.LittleEndian.Uint64(b[6:])))
	case recRK, recRK2:
		if len(b) < 10 {
			w.lose(c, Damaged, 0)
			return nil
		}
		number(rk(binary.LittleEndian.Uint32(b[6:])))
	case recMulRK:
		for at := 4; at+8 <= len(b); at += 6 {
			c.xf = binary.LittleEndian.Uint16(b[at:])
			number(rk(binary.LittleEndian.Uint32(b[at+2:])))
			c.col++
		}
	case recFormula, recFormula3, recFormula4:
		if len(b) < 14 {
			w.lose(c, NoResult, 0)
			return nil
		}
		switch {
		case b[12] != 0xFF || b[13] != 0xFF:
			number(math.Float64frombits(binary.LittleEndian.Uint64(b[6:])))
		case b[6] == 0:
			*formula, *waits = c, true
		case b[6] == 1:
			c.kind, c.value = oldBool, uint64(b[8]&1)
			w.cells = append(w.cells, c)
		case b[6] == 2:
			w.lose(c, Failed, b[8])
		case b[6] != 3: // 3 is the empty text
			w.lose(c, NoResult, 0)
		}
	case recLabel, recRString:
		text, err := []byte(nil), errBIFF
		if w.version < 8 {
			text, err = w.narrow(b[6:])
		} else if len(b) >= 9 {
			text, _, err = units(b[9:], int(binary.LittleEndian.Uint16(b[6:])), b[8]&1 != 0)
		}
		if err != nil {
			w.lose(c, Damaged, 0)
			return nil
		}
		from := len(w.arena)
		w.arena = append(w.arena, text...)
		w.addText(c, from)
	case recBoolErr:
		switch {
		case len(b) < 8:
			w.lose(c, Damaged, 0)
		case b[7] == 0:
			c.kind, c.value = oldBool, uint64(b[6]&1)
			w.cells = append(w.cells, c)
		default:
			w.lose(c, Failed, b[6])
		}
	default:
		w.older(id, c, b)
	}
	return nil
}

// older reads a cell as Excel 2 wrote it, with three bytes of attributes in place
// of a style; some programs still mix such records in.
func (w *oldBook) older(id uint16, c oldCell, b []byte) {
	c.xf = math.MaxUint16 // numbers are told to be dates by their column alone
	b = b[min(len(b), 7):]
	switch {
	case id == recInteger2 && len(b) >= 2:
		c.kind, c.value = oldNumber, math.Float64bits(float64(binary.LittleEndian.Uint16(b)))
	case id == recNumber2 && len(b) >= 8:
		c.kind, c.value = oldNumber, binary.LittleEndian.Uint64(b)
	case id == recBoolErr2 && len(b) >= 2 && b[1] == 0:
		c.kind, c.value = oldBool, uint64(b[0]&1)
	case id == recBoolErr2 && len(b) >= 2:
		c.kind, c.value = oldLost, uint64(Failed)|uint64(b[0])<<8
	case id == recLabel2 && len(b) >= 1 && len(b) > int(b[0]):
		from := len(w.arena)
		w.arena = w.decode(w.arena, b[1:1+int(b[0])])
		w.addText(c, from)
		return
	default:
		c.kind, c.value = oldLost, uint64(Damaged)
	}
	w.cells = append(w.cells, c)
}

// rk unpacks a number of four bytes.
func rk(v uint32) float64 {
	f := 0.0
	if v&2 != 0 {
		f = float64(int32(v) >> 2)
	} else {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}

// order puts the cells in the order of rows and columns, in which most programs
// write them anyway; of two cells in one place the later one stays.
func (w *oldBook) order() {
	before := func(a, b oldCell) int {
		if a.row != b.row {
			return int(a.row) - int(b.row)
		}
		return int(a.col) - int(b.col)
	}
	if !slices.IsSortedFunc(w.cells, before) {
		slices.SortStableFunc(w.cells, before)
	}
	out := w.cells[:0]
	for i, c := range w.cells {
		if i+1 < len(w.cells) && before(c, w.cells[i+1]) == 0 {
			continue
		}
		out = append(out, c)
	}
	w.cells = out
}

func (w *oldBook) mergedCells(ctx context.Context, i int) ([]Span, error) {
	if err := w.parse(ctx, i); err != nil {
		return nil, err
	}
	return w.merged, nil
}

func (w *oldBook) viewOf(ctx context.Context, i int) (Layout, error) {
	if err := w.parse(ctx, i); err != nil {
		return Layout{}, err
	}
	return w.view, nil
}

func (w *oldBook) open(ctx context.Context, i int) (Rows, error) {
	if err := w.parse(ctx, i); err != nil {
		return nil, err
	}
	return &oldRows{ctx: ctx, book: w, cells: slices.Clone(w.cells), arena: slices.Clone(w.arena), unseen: w.unseen}, nil
}

// oldRows reads the rows of one sheet.
type oldRows struct {
	ctx   context.Context
	book  *oldBook
	cells []oldCell
	arena []byte
	pos   int
	text  []byte

	unseen map[uint16]bool
}

// Progress counts cells.
func (r *oldRows) Progress() (done, total int64) { return int64(r.pos), int64(len(r.cells)) }

// Close implements Rows.
func (r *oldRows) Close() error { return nil }

// Next implements Rows.
func (r *oldRows) Next(row *Row) error {
	if r.pos >= len(r.cells) {
		return io.EOF
	}
	if err := r.ctx.Err(); err != nil {
		return broken(err)
	}
	n := r.cells[r.pos].row
	row.Num, row.Hidden, row.Cells = int(n)+1, r.unseen[n], row.Cells[:0]
	r.text = r.text[:0]
	for ; r.pos < len(r.cells) && r.cells[r.pos].row == n; r.pos++ {
		c := &r.cells[r.pos]
		var st style
		if int(c.xf) < len(r.book.styles) {
			st = r.book.styles[c.xf]
		}
		cell := Cell{Col: int(c.col) + 1}
		switch c.kind {
		case oldNumber:
			f := math.Float64frombits(c.value)
			if math.IsNaN(f) || math.IsInf(f, 0) {
				cell.Loss, cell.Text = Damaged, []byte(unreadable)
				break
			}
			from := len(r.text)
			r.text = strconv.AppendFloat(r.text, f, 'f', -1, 64)
			if st.zeros > 0 {
				r.text = append(r.text[:from], filledUp(r.text[from:], st.zeros)...)
			}
			cell.Kind, cell.DateStyle, cell.Text = Number, st.date, r.text[from:len(r.text):len(r.text)]
		case oldBool:
			cell.Kind, cell.Text = Bool, []byte{'0' + byte(c.value)}
		case oldShared:
			cell.Text, _ = r.book.strings.at(int(c.value))
		case oldLost:
			cell.Loss = Loss(c.value & 0xFF)
			switch cell.Loss {
			case Failed:
				cell.Text = []byte(errorName(byte(c.value >> 8)))
			case NoResult:
				cell.Text = []byte(aFormula)
			default:
				cell.Text = []byte(unreadable)
			}
		case oldText:
			from := c.value >> 32
			cell.Text = r.arena[from : from+c.value&0xFFFFFFFF]
		}
		if len(cell.Text) == 0 {
			continue
		}
		if cell.Kind == Text && cell.Loss == Kept && st.font != legacy.UTF8 && (st.font == legacy.TCVN3Upper || !legacy.ASCII(cell.Text)) {
			cell.Text = []byte(legacy.Text(st.font, string(cell.Text)))
		}
		row.Cells = append(row.Cells, cell)
	}
	return nil
}
