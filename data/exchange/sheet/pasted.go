package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
)

// maxPasted bounds a pasted text; a clipboard never holds more.
const maxPasted = 64 << 20

// OpenPasted opens a table that was copied to the clipboard: cells parted by
// tabs, as spreadsheets, word processors and browsers put them there, the text
// of an HTML table, or delimited text. The errors are those of Open.
func OpenPasted(text string) (*Book, error) {
	text = strings.TrimRight(strings.TrimLeft(text, "\uFEFF\r\n"), "\x00")
	if len(text) > maxPasted {
		return nil, Refuse(Unknown, errors.New("too long for a clipboard"))
	}
	if strings.Trim(text, " \t\r\n\u00A0\u200B") == "" {
		return nil, Refuse(Empty, nil)
	}
	if fragment, ok := htmlFragment(text); ok {
		return openText(strings.NewReader(fragment), int64(len(fragment)), []byte(fragment[:min(len(fragment), sampleSize)]))
	}
	sample := []byte(text[:min(len(text), sampleSize)])
	if !bytes.ContainsRune(sample, '\t') {
		return openText(strings.NewReader(text), int64(len(text)), sample)
	}
	if notText(sample) {
		return nil, Refuse(Unknown, nil)
	}
	f := &textFile{size: int64(len(text))}
	f.decide(sample, "")
	b := &Book{Container: Clipboard, Encoding: f.enc, Delimiter: '\t', names: []string{""}}
	b.rows = func(ctx context.Context, _ int) (Rows, error) {
		return &pastedRows{ctx: ctx, f: f, text: text}, nil
	}
	return b, nil
}

// htmlFragment returns the table of a text that is HTML. A clipboard puts lines
// such as "StartHTML:0000000105" before it.
func htmlFragment(text string) (string, bool) {
	head := text[:min(len(text), 512)]
	if strings.HasPrefix(head, "Version:") {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			return "", false
		}
		text = text[i:]
	}
	if !strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "<") {
		return "", false
	}
	lower := strings.ToLower(text[:min(len(text), sampleSize)])
	switch {
	case strings.Contains(lower, "<table"):
		return text, true
	case strings.Contains(lower, "<tr"):
		return "<table>" + text + "</table>", true
	}
	return "", false
}

// pastedRows reads rows parted by line ends and cells parted by tabs. A cell
// that holds a line end stands in quotes; a quote that nothing closes is text,
// for spreadsheets copy "An Phát" as it is.
type pastedRows struct {
	ctx   context.Context
	f     *textFile
	text  string
	pos   int
	num   int
	arena []byte
}

// Progress counts bytes of text.
func (r *pastedRows) Progress() (done, total int64) { return int64(r.pos), int64(len(r.text)) }

// Close implements Rows.
func (r *pastedRows) Close() error { return nil }

// Next implements Rows.
func (r *pastedRows) Next(row *Row) error {
	if r.pos >= len(r.text) {
		return io.EOF
	}
	if err := r.ctx.Err(); err != nil {
		return broken(err)
	}
	if r.num++; r.num > MaxRows {
		return broken(errBomb)
	}
	row.Num, row.Cells = r.num, row.Cells[:0]
	r.arena = r.arena[:0]
	for col := 1; ; col++ {
		if col > MaxCols {
			return broken(errBomb)
		}
		cell := r.cell()
		if len(cell) > 0 {
			row.Cells = append(row.Cells, Cell{Col: col, Text: r.f.text(cell)})
		}
		if r.pos >= len(r.text) {
			return nil
		}
		end := r.text[r.pos]
		r.pos++
		if end == '\t' {
			continue
		}
		if end == '\r' && r.pos < len(r.text) && r.text[r.pos] == '\n' {
			r.pos++
		}
		return nil
	}
}

// cell reads one cell and leaves pos at what ends it.
func (r *pastedRows) cell() []byte {
	rest := r.text[r.pos:]
	if strings.HasPrefix(rest, `"`) {
		if cell, n, ok := r.quoted(rest); ok {
			r.pos += n
			return cell
		}
	}
	n := strings.IndexAny(rest, "\t\r\n")
	if n < 0 {
		n = len(rest)
	}
	r.pos += n
	return []byte(rest[:n])
}

// quoted reads a cell in quotes. ok is false when the quotes are part of the
// text: none closes before a tab, a line end or the end.
func (r *pastedRows) quoted(s string) (cell []byte, n int, ok bool) {
	from := len(r.arena)
	for i := 1; i < len(s) && i <= maxRecord; i++ {
		if s[i] != '"' {
			r.arena = append(r.arena, s[i])
			continue
		}
		switch {
		case i+1 == len(s) || s[i+1] == '\t' || s[i+1] == '\r' || s[i+1] == '\n':
			return r.arena[from:len(r.arena):len(r.arena)], i + 1, true
		case s[i+1] == '"':
			r.arena = append(r.arena, '"')
			i++
		default:
			r.arena = r.arena[:from]
			return nil, 0, false
		}
	}
	r.arena = r.arena[:from]
	return nil, 0, false
}
