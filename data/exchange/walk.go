package exchange

import (
	"bytes"
	"context"
	"io"
	"strings"

	"giaoban/data/exchange/sheet"
)

// value is one cell that feeds a fact.
type value struct {
	text []byte // clean
	raw  []byte // as in the file
	cell *sheet.Cell
	col  *Column
	loss sheet.Loss // other than Kept: text is what stands there, no value

	heading string // of a column of counts, which has no col
}

// walker steps through the rows of a table that tell about dossiers. It leaves
// out headings, numbering rows, bands, sub-totals, totals and footers; a band
// gives its unit or field to the rows below.
type walker struct {
	m      *Mapping
	book   *sheet.Book
	ctx    context.Context
	parts  []Part // those that are still to come
	done   int    // how many came before
	sheet  int    // the table that is read, from 0
	rows   sheet.Rows
	row    sheet.Row
	after  int       // last row of the heading
	byCol  []*Column // by column number
	vals   [factCount]value
	filled int                       // cells with content of their own row, STT apart
	blind  int                       // cells of it whose value is lost
	unread struct{ rows, first int } // rows that hold nothing but such cells
	stt    []byte
	unit   string
	field  string
	code   string // folded heading of the code column
	arena  []byte
	serial func(text []byte, kind sheet.Kind) (string, bool) // the date in a column of texts
}

func (s *Source) walk(ctx context.Context) (*walker, error) {
	m := &s.mapping
	w := &walker{m: m, book: s.book, ctx: ctx, parts: m.More, serial: s.dateText}
	if c := m.Column(FactCode); c != nil {
		w.code = fold(leaf(c.Heading))
	}
	return w, w.enter(m.parts()[0])
}

// enter begins a table of the file.
func (w *walker) enter(p Part) (err error) {
	if w.rows != nil {
		w.rows.Close()
		w.rows = nil
	}
	if w.rows, err = w.book.Filled(w.ctx, p.Sheet-1); err != nil {
		return err
	}
	w.sheet, w.after, w.byCol, w.unit, w.field = p.Sheet-1, 0, w.byCol[:0], "", ""
	for i, n := range p.Numbers {
		if n < 1 || n > sheet.MaxCols {
			continue
		}
		for len(w.byCol) <= n {
			w.byCol = append(w.byCol, nil)
		}
		w.byCol[n] = &w.m.Columns[i]
	}
	for _, n := range p.HeaderRows {
		w.after = max(w.after, n)
	}
	return nil
}

// column returns the column of a cell, nil when it stands below no heading.
func (w *walker) column(number int) *Column {
	if number < len(w.byCol) {
		return w.byCol[number]
	}
	return nil
}

func (w *walker) close() {
	if w.rows != nil {
		w.rows.Close()
	}
}

// progress returns how much was read; of several tables each counts the same.
func (w *walker) progress() (done, total int64) {
	done, total = w.rows.Progress()
	if n := int64(w.done + 1 + len(w.parts)); n > 1 && total > 0 {
		const each = 1000
		return int64(w.done)*each + done*each/total, n * each
	}
	return done, total
}

// next moves to the next row of a dossier; io.EOF ends a sound file.
func (w *walker) next() error {
	for {
		err := w.rows.Next(&w.row)
		if err == io.EOF && len(w.parts) > 0 {
			next := w.parts[0]
			w.parts, w.done = w.parts[1:], w.done+1
			if err := w.enter(next); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if w.row.Num <= w.after {
			continue
		}
		w.fill()
		if !w.noise() {
			return nil
		}
	}
}

func (w *walker) fill() {
	w.vals = [factCount]value{}
	w.arena = w.arena[:0]
	w.filled, w.blind, w.stt = 0, 0, nil
	for i := range w.row.Cells {
		cell := &w.row.Cells[i]
		var col *Column
		if cell.Col < len(w.byCol) {
			col = w.byCol[cell.Col]
		}
		text := clean(cell.Text, &w.arena)
		if len(text) == 0 {
			continue
		}
		if col != nil && col.Fact == FactOrdinal {
			w.stt = text
			continue
		}
		fact := FactIgnore
		if col != nil {
			fact = col.Fact
		}
		loss := lossOf(cell, text, fact)
		switch {
		case cell.Above:
		case loss != sheet.Kept:
			w.blind++
		default:
			w.filled++
		}
		if fact == FactIgnore {
			continue
		}
		if !col.Fact.Date() && loss == sheet.Kept {
			text = w.plain(text, cell, col)
		}
		if v := &w.vals[col.Fact]; v.text == nil || !blank(text) && (blank(v.text) || !col.Fallback && v.col.Fallback) {
			*v = value{text: text, raw: cell.Text, cell: cell, col: col, loss: loss}
		}
	}
}

// plain returns the text of a cell as the officer sees it in the workbook: a
// number without what the program that wrote it added, a date as a date.
func (w *walker) plain(text []byte, cell *sheet.Cell, col *Column) []byte {
	switch {
	case (cell.Kind == sheet.Date || cell.Kind == sheet.Number && cell.DateStyle) && !numbered(col.Fact):
		if at, ok := w.serial(text, cell.Kind); ok {
			return []byte(at)
		}
		return text
	case cell.Kind == sheet.Number:
		return sheet.PlainNumber(text, &w.arena)
	case cell.Kind == sheet.Text && numbered(col.Fact):
		return textNumber(text, &w.arena)
	}
	return text
}

// numbered reports a fact that is written in digits but is no number.
func numbered(f Fact) bool {
	return f == FactCode || f == FactReceiptNo || f == FactPhone || f == FactIdentity || f == FactProcedureCode || f == FactFieldCode
}

// noise reports a row that tells of no dossier, and remembers bands.
func (w *walker) noise() bool {
	if w.filled == 0 {
		if w.blind > 0 && w.vals[FactCode].loss != sheet.Kept {
			if w.unread.rows++; w.unread.rows == 1 {
				w.unread.first = w.row.Num
			}
		}
		// A band may stand in the column of running numbers.
		w.noteBand(string(w.stt))
		return true
	}
	if w.numbering() {
		return true
	}
	code, received := w.vals[FactCode].text, w.vals[FactReceived].text
	if len(code) == 0 {
		code = w.vals[FactReceiptNo].text
	}
	if w.code != "" && len(code) > 0 && len(code) < 64 && (code[0]|0x20 == 'm' || code[0]|0x20 == 's') && fold(string(code)) == w.code {
		return true // the heading again, at the top of a printed page
	}
	lost := w.vals[FactCode].loss != sheet.Kept
	if hasDigit(code) && !isTotal(code) && !lost {
		return false
	}
	if w.total() {
		return true
	}
	if w.filled > 2 || hasDigit(received) || lost {
		return false
	}
	if w.filled == 2 && hasDigit(w.stt) {
		return false
	}
	if w.filled == 1 && hasDigit(w.stt) && len(w.stt) < 6 {
		// "1. UBND xã X" split over two cells, or a row that lost the rest.
		return w.noteBand(string(w.stt) + ". " + w.single())
	}
	text := w.single()
	if len(w.stt) > 0 && w.filled == 1 {
		text = string(w.stt) + ". " + text
	}
	w.noteBand(text)
	return true
}

// single returns the first text of the row, STT apart.
func (w *walker) single() string {
	var arena []byte
	for _, c := range w.row.Cells {
		if c.Above || c.Col < len(w.byCol) && w.byCol[c.Col] != nil && w.byCol[c.Col].Fact == FactOrdinal {
			continue
		}
		if text := clean(c.Text, &arena); len(text) > 0 {
			return string(text)
		}
	}
	return ""
}

func hasDigit(b []byte) bool {
	return bytes.ContainsAny(b, "0123456789")
}

// numbering reports a row of column numbers; the first cell that is longer
// ends the look.
func (w *walker) numbering() bool {
	if w.filled < 3 {
		return false
	}
	var cells [12]string
	n := 0
	var arena []byte
	for _, c := range w.row.Cells {
		text := clean(c.Text, &arena)
		if len(text) == 0 || c.Above {
			continue
		}
		if len(text) > 5 {
			return false
		}
		if n < len(cells) {
			cells[n] = string(text)
			n++
		}
	}
	return numbering(cells[:n])
}

// isTotal reports a text that opens a line of totals.
func isTotal(text []byte) bool {
	if len(text) < 4 || len(text) > 120 {
		return false
	}
	switch text[0] | 0x20 {
	case 't', 'c', 'l':
	default:
		return false
	}
	s := strings.ToLower(string(text))
	for _, p := range []string{"tổng cộng", "tổng số", "cộng", "lũy kế", "luỹ kế", "tong cong", "tong so"} {
		if rest, ok := strings.CutPrefix(s, p); ok && (rest == "" || rest[0] == ':' || rest[0] == ' ' || rest[0] == '(') {
			return true
		}
	}
	return s == "tổng" || strings.HasPrefix(s, "tổng:")
}

// total reports a line of totals: its first words say so, and it has few other
// texts.
func (w *walker) total() bool {
	texts, found := 0, false
	var arena []byte
	for _, c := range w.row.Cells {
		text := clean(c.Text, &arena)
		if len(text) == 0 || c.Above {
			continue
		}
		if isTotal(text) {
			found = true
		} else if c.Kind == sheet.Text && !hasDigit(text) {
			texts++
		}
	}
	return found && texts <= 2
}

var unitWords = []string{"ubnd", "uy ban", "phong", "xa", "phuong", "thi tran", "chi nhanh", "chi cuc", "ban", "trung tam", "don vi", "so", "cong an", "van phong", "bo phan"}

// noteBand takes the unit or the field out of a band such as "I. UBND xã X".
func (w *walker) noteBand(text string) bool {
	name := strings.TrimSpace(text)
	if i := strings.IndexAny(name, ".)-/"); i > 0 && i <= 5 && enumerator(name[:i]) {
		name = strings.TrimSpace(name[i+1:])
	}
	folded := fold(name)
	if rest, ok := strings.CutPrefix(folded, "linh vuc "); ok && rest != "" {
		if i := strings.IndexByte(name, ':'); i >= 0 {
			name = strings.TrimSpace(name[i+1:])
		} else if parts := strings.SplitN(name, " ", 3); len(parts) == 3 {
			name = parts[2]
		}
		w.field = name
		return true
	}
	if len(folded) < 4 || len(folded) > 150 {
		return false
	}
	unit := false
	for _, u := range unitWords {
		unit = unit || strings.HasPrefix(folded, u+" ")
	}
	if rest, ok := strings.CutPrefix(folded, "don vi "); ok && rest != "" {
		if i := strings.IndexByte(name, ':'); i >= 0 {
			name = strings.TrimSpace(name[i+1:])
		}
	}
	if unit {
		w.unit = name
		return true
	}
	return false
}

// enumerator reports I, IV, A, 1, 12 and their like.
func enumerator(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return false
	}
	roman, digit := true, true
	for i := 0; i < len(s); i++ {
		roman = roman && strings.IndexByte("IVXLivxl", s[i]) >= 0
		digit = digit && s[i] >= '0' && s[i] <= '9'
	}
	return roman || digit || len(s) == 1 && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z')
}
