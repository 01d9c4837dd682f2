package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"giaoban/data/exchange/legacy"
)

// textFile is a file that is not a zip: HTML, MHTML or delimited text.
type textFile struct {
	src   io.ReaderAt
	size  int64
	utf16 unicode.Endianness
	wide  bool // UTF-16
	skip  int64
	enc   legacy.Encoding
	bytes bool // text comes as single bytes of enc, not as UTF-8
}

func openText(src io.ReaderAt, size int64, head []byte) (*Book, error) {
	f := &textFile{src: src, size: size}
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		f.wide, f.utf16, f.skip = true, unicode.LittleEndian, 2
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		f.wide, f.utf16, f.skip = true, unicode.BigEndian, 2
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		f.skip = 3
	default:
		f.wide, f.utf16 = guessWide(head)
	}
	sample, err := io.ReadAll(io.LimitReader(f.raw(), sampleSize))
	if err != nil {
		return nil, Refuse(Unreadable, err)
	}
	if notText(sample) {
		return nil, Refuse(Unknown, nil)
	}
	trimmed := bytes.TrimLeft(sample, " \t\r\n\uFEFF")
	lower := bytes.ToLower(trimmed)
	switch {
	case hasHeader(lower, "mime-version:") || hasHeader(lower, "content-type: multipart"):
		return openMHTML(f)
	case xmlSheetText(lower):
		f.decide(sample, attrValue(lower, "encoding"))
		return openXMLSheet(f)
	case bytes.HasPrefix(lower, []byte("<")) && bytes.Contains(lower, []byte("<frameset")) && !bytes.Contains(lower, []byte("<table")):
		return nil, Refuse(Frames, nil)
	case bytes.HasPrefix(lower, []byte("<")) && (bytes.Contains(lower, []byte("<table")) || bytes.Contains(lower, []byte("<html"))):
		f.decide(sample, charset(lower))
		return openHTML(f.raw, f.size, f, HTML)
	case bytes.HasPrefix(lower, []byte("{\\rtf")):
		return nil, Refuse(NotWorkbook, nil)
	}
	f.decide(sample, "")
	return openCSV(f, sample)
}

// xmlSheetText tells an XML Spreadsheet 2003 from HTML that Excel wrote.
func xmlSheetText(lower []byte) bool {
	return bytes.HasPrefix(lower, []byte("<")) && bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet")) &&
		(bytes.Contains(lower, []byte("<workbook")) || bytes.Contains(lower, []byte(":workbook"))) && !bytes.Contains(lower, []byte("<html ")) && !bytes.Contains(lower, []byte("<html>"))
}

func hasHeader(lower []byte, name string) bool {
	return bytes.HasPrefix(lower, []byte(name)) || bytes.Contains(lower[:min(len(lower), 1024)], []byte("\n"+name)) && !bytes.HasPrefix(lower, []byte("<"))
}

// raw returns the text without its byte order mark, UTF-16 turned into UTF-8.
func (f *textFile) raw() io.Reader {
	r := io.Reader(io.NewSectionReader(f.src, f.skip, f.size-f.skip))
	if f.wide {
		r = transform.NewReader(r, unicode.UTF16(f.utf16, unicode.IgnoreBOM).NewDecoder())
	}
	return r
}

// decide settles the encoding from a sample and the charset that the file
// claims.
func (f *textFile) decide(sample []byte, claim string) {
	hint := legacy.UTF8
	if strings.Contains(claim, "1258") {
		hint = legacy.Windows1258
	}
	f.enc = legacy.Guess(sample, hint)
	f.bytes = f.enc != legacy.UTF8 && f.enc != legacy.Mojibake && !validUTF8(sample)
}

// text turns bytes of the file into UTF-8.
func (f *textFile) text(b []byte) []byte {
	switch {
	case f.enc == legacy.UTF8 || legacy.ASCII(b):
		return b
	case f.bytes:
		return []byte(legacy.Bytes(f.enc, b))
	}
	return []byte(legacy.Text(f.enc, string(b)))
}

func validUTF8(sample []byte) bool {
	// Guess has dropped a cut sequence by the same rule.
	for i := 0; i < 4 && i < len(sample); i++ {
		if bytes.Equal(bytes.ToValidUTF8(sample[:len(sample)-i], nil), sample[:len(sample)-i]) {
			return true
		}
	}
	return len(sample) == 0
}

// guessWide finds UTF-16 without a mark by its many noughts on one side.
func guessWide(head []byte) (bool, unicode.Endianness) {
	head = head[:min(len(head), 4096)&^1]
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 8:
	case zero[1] > half/3 && zero[0] < half/50+1:
		return true, unicode.LittleEndian
	case zero[0] > half/3 && zero[1] < half/50+1:
		return true, unicode.BigEndian
	}
	return false, unicode.LittleEndian
}

// notText reports whether a sample is no text at all.
func notText(sample []byte) bool {
	control := 0
	for _, c := range sample {
		if c == 0 {
			return true
		}
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f' && c != 0x0B {
			control++
		}
	}
	return control > len(sample)/200
}

func charset(lower []byte) string {
	head := lower[:min(len(lower), 8192)]
	i := bytes.Index(head, []byte("charset="))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(head[i+len("charset="):], "\"' ")
	end := bytes.IndexAny(rest, "\"' />;\r\n")
	if end < 0 {
		end = len(rest)
	}
	return string(rest[:end])
}

// counting counts what was read, for progress.
type counting struct {
	src io.Reader
	n   int64
	ctx context.Context
}

func (c *counting) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

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
