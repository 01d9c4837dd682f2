package sheet

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
)

// openCSV opens delimited text; sample is its beginning.
func openCSV(f *textFile, sample []byte) (*Book, error) {
	delim, declared := delimiter(sample)
	if len(bytes.Trim(sample, " \t\r\n\uFEFF\u00A0\u200B,;|")) == 0 && int64(len(sample)) < sampleSize {
		return nil, Refuse(Empty, nil)
	}
	b := &Book{Container: CSV, Encoding: f.enc, Delimiter: delim, names: []string{""}}
	b.rows = func(ctx context.Context, _ int) (Rows, error) {
		c := &counting{src: f.raw(), ctx: ctx}
		r := &csvRows{f: f, src: c, in: bufio.NewReaderSize(c, 64<<10), delim: delim, columns: usualFields(sample, delim)}
		if declared {
			if _, err := r.in.ReadBytes('\n'); err != nil && err != io.EOF {
				return nil, broken(err)
			}
			r.num, r.line = 1, 1
		}
		return r, nil
	}
	return b, nil
}

// delimiter returns the separator: what "sep=" in the first line says, or the
// character that splits most of the first records into the same number of
// fields.
func delimiter(sample []byte) (delim byte, declared bool) {
	line, _, _ := bytes.Cut(sample, []byte("\n"))
	line = bytes.Trim(line, "\r \"")
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) {
		return line[4], true
	}
	best, bestScore := byte(','), 0
	for _, d := range []byte(";\t,|") {
		if s := max(consistency(sample, d), alike(sample, d)); s > bestScore {
			best, bestScore = d, s
		}
	}
	return best, false
}

// consistency scores a delimiter over the first records: how many records share
// the commonest number of delimiters, times that number.
func consistency(sample []byte, d byte) int {
	var counts []int
	n, quoted, start := 0, false, true
	for _, c := range sample {
		switch {
		case c == '"' && (quoted || start):
			quoted = !quoted
		case quoted:
		case c == d:
			n++
			start = true
			continue
		case c == '\n':
			counts = append(counts, n)
			n, start = 0, true
			continue
		}
		start = false
		if len(counts) == 40 {
			break
		}
	}
	if n > 0 {
		counts = append(counts, n)
	}
	same := map[int]int{}
	score := 0
	for _, c := range counts {
		same[c]++
		score = max(score, same[c]*min(c, 60))
	}
	return score
}

// alike scores a delimiter as consistency does, over lines: a quote that nothing
// closes hides what follows from the other.
func alike(sample []byte, d byte) int {
	same := map[int]int{}
	score := 0
	for i := 0; i < 40 && len(sample) > 0; i++ {
		line, rest, _ := bytes.Cut(sample, []byte("\n"))
		n := countFields(line, d) - 1
		same[n]++
		score = max(score, same[n]*min(n, 60))
		sample = rest
	}
	return score
}

// csvRows reads records by the rules of RFC 4180, leniently: quotes inside an
// unquoted field are text, and so is a quote that opens a field and that nothing
// closes where it could.
type csvRows struct {
	f       *textFile
	src     *counting
	in      *bufio.Reader
	delim   byte
	columns int // fields of most records
	num     int // records
	line    int // lines taken
	buf     []byte
	ahead   [][]byte // lines that were looked at and given back
	wasted  int      // bytes given back in all
	arena   []byte
	ends    []int
	err     error
	csvState
}

// csvState is where the reading of a record stands at the end of a line.
type csvState struct {
	quoted  bool // within quotes
	crossed bool // the quotes went over the end of a line
	wrong   bool // they then closed in front of other text
}

// Progress counts bytes of text.
func (r *csvRows) Progress() (done, total int64) { return min(r.src.n, r.f.size), r.f.size }

// Close implements Rows.
func (r *csvRows) Close() error { return nil }

// Bounds of quotes: one that is never closed would swallow the rest of the file.
const (
	maxRecord      = 1 << 20 // bytes of one record
	maxRecordLines = 1000
	maxWasted      = 64 << 20
)

// Next implements Rows.
func (r *csvRows) Next(row *Row) error {
	if r.err != nil {
		return r.err
	}
	if r.err = r.next(row); r.err != nil && r.err != io.EOF {
		r.err = broken(r.err)
	}
	return r.err
}

func (r *csvRows) next(row *Row) error {
	line, err := r.take()
	if err != nil {
		return err
	}
	at := r.line
	row.Stray = false
	r.csvState = csvState{}
	r.arena, r.ends = r.arena[:0], r.ends[:0]
	if err := r.feed(line); err != nil || !r.quoted {
		return r.emit(row, err)
	}
	first := bytes.Clone(line)
	var more [][]byte
	size, open := len(first), len(r.ends)
	for r.quoted && !r.wrong && size <= maxRecord && len(more) < maxRecordLines {
		if line, err = r.take(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		more = append(more, bytes.Clone(line))
		size += len(line)
		if err := r.feed(line); err != nil {
			return err
		}
	}
	whole := func(line []byte) bool { return r.columns >= 3 && countFields(line, r.delim) >= r.columns }
	swallows := len(more) > 0 && whole(more[len(more)-1])
	if !r.quoted && !r.wrong && !(swallows && whole(first)) {
		return r.emit(row, nil)
	}
	row.Stray = true
	if whole(first) && (r.wrong || !r.quoted || open < r.columns-1 || slices.ContainsFunc(more, whole)) {
		// The line is a record of its own, and so is what follows.
		r.ahead = append(more, r.ahead...)
		r.line = at
		if r.wasted += size; r.wasted > maxWasted {
			return openQuote(at)
		}
		r.arena, r.ends = r.arena[:0], r.ends[:0]
		r.single(first)
		return r.emit(row, nil)
	}
	if r.quoted {
		return openQuote(at)
	}
	return r.emit(row, nil)
}

// openQuote refuses a file whose rest is inside quotes.
func openQuote(line int) error {
	e := Refuse(Truncated, io.ErrUnexpectedEOF)
	e.Message = fmt.Sprintf("Dòng %d của tệp mở dấu ngoặc kép mà không đóng; tệp có thể tải về chưa đủ. Tải lại tệp, hoặc mở bằng Notepad, "+
		"sửa dấu ngoặc ở dòng ấy rồi nhập; chưa có dòng nào được nhập.", line)
	return e
}

// take returns the next line with its end, valid until the next call.
func (r *csvRows) take() ([]byte, error) {
	r.line++
	if len(r.ahead) > 0 {
		line := r.ahead[0]
		r.ahead = r.ahead[1:]
		return line, nil
	}
	r.buf = r.buf[:0]
	for {
		c, err := r.in.ReadByte()
		if err == io.EOF && len(r.buf) > 0 {
			return r.buf, nil
		}
		if err != nil {
			return nil, err
		}
		if r.buf = append(r.buf, c); len(r.buf) > maxToken {
			return nil, Refuse(Unknown, errBomb)
		}
		if c == '\r' {
			if next, err := r.in.Peek(1); err == nil && next[0] == '\n' {
				continue
			}
		}
		if c == '\n' || c == '\r' {
			return r.buf, nil
		}
	}
}

// feed reads a line as the next part of the record.
func (r *csvRows) feed(line []byte) error {
	fresh := !r.quoted
	for i := 0; i < len(line); i++ {
		if len(r.ends) > MaxCols {
			return Refuse(Unknown, errBomb)
		}
		c := line[i]
		if r.quoted {
			switch {
			case c != '"':
				r.crossed = r.crossed || c == '\n' || c == '\r'
				r.arena = append(r.arena, c)
			case i+1 < len(line) && line[i+1] == '"':
				i++
				r.arena = append(r.arena, '"')
			default:
				r.wrong = r.wrong || r.crossed && !r.endsField(line[i+1:])
				r.quoted, r.crossed = false, false
			}
			continue
		}
		switch {
		case c == '"' && fresh:
			r.quoted, fresh = true, false
		case c == r.delim:
			r.ends = append(r.ends, len(r.arena))
			fresh = true
		case c == '\n' || c == '\r':
			return nil
		default:
			fresh = fresh && c == ' '
			r.arena = append(r.arena, c)
		}
	}
	return nil
}

// endsField reports whether a field may end before rest.
func (r *csvRows) endsField(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " ")
	return len(rest) == 0 || rest[0] == r.delim || rest[0] == '\n' || rest[0] == '\r'
}

// single reads a line as a whole record: quotes that do not both open and close a
// field in it are text.
func (r *csvRows) single(line []byte) {
	line = bytes.TrimRight(line, "\r\n")
	for {
		field, rest, more := cutField(line, r.delim)
		if text, ok := unquoted(field); ok {
			r.arena = append(r.arena, text...)
		} else {
			r.arena = append(r.arena, field...)
		}
		if line = rest; !more {
			return
		}
		r.ends = append(r.ends, len(r.arena))
	}
}

// cutField cuts the first field off a line. A field in quotes may hold the
// delimiter where its quotes close in front of one.
func cutField(line []byte, delim byte) (field, rest []byte, more bool) {
	if len(line) > 0 && line[0] == '"' {
		for i := 1; i < len(line); i++ {
			if line[i] != '"' {
				continue
			}
			if i+1 < len(line) && line[i+1] == '"' {
				i++
				continue
			}
			if i+1 == len(line) || line[i+1] == delim {
				return line[:i+1], line[min(i+2, len(line)):], i+1 < len(line)
			}
			break
		}
	}
	return bytes.Cut(line, []byte{delim})
}

func unquoted(field []byte) ([]byte, bool) {
	if len(field) < 2 || field[0] != '"' || field[len(field)-1] != '"' {
		return nil, false
	}
	return bytes.ReplaceAll(field[1:len(field)-1], []byte(`""`), []byte(`"`)), true
}

// countFields counts the fields of a line that is a record of its own.
func countFields(line []byte, delim byte) int {
	line = bytes.TrimRight(line, "\r\n")
	for n := 1; ; n++ {
		_, rest, more := cutField(line, delim)
		if !more {
			return n
		}
		line = rest
	}
}

// usualFields returns how many fields most lines of a sample have.
func usualFields(sample []byte, delim byte) int {
	counts := map[int]int{}
	for i := 0; i < 400 && len(sample) > 0; i++ {
		n := bytes.IndexAny(sample, "\r\n")
		if n < 0 {
			n = len(sample)
		}
		if n > 0 {
			counts[countFields(sample[:n], delim)]++
		}
		sample = sample[min(n+1, len(sample)):]
	}
	best := 0
	for n, times := range counts {
		if times > counts[best] || times == counts[best] && n > best {
			best = n
		}
	}
	return best
}

// emit hands the record out, unless reading it failed.
func (r *csvRows) emit(row *Row, err error) error {
	if err != nil {
		return err
	}
	r.num++
	if r.num > MaxRows {
		return errBomb
	}
	r.ends = append(r.ends, len(r.arena))
	row.Num, row.Cells = r.num, row.Cells[:0]
	from := 0
	for i, end := range r.ends {
		if end > from {
			row.Cells = append(row.Cells, Cell{Col: i + 1, Text: r.f.text(unguarded(r.arena[from:end]))})
		}
		from = end
	}
	return nil
}

// unguarded drops the apostrophe that writers of delimited text, this program
// among them, put before a text that a spreadsheet would take for a formula, and
// unwraps ="0912", by which others keep the noughts of a text of digits.
func unguarded(text []byte) []byte {
	if len(text) > 3 && text[0] == '=' && text[1] == '"' && bytes.IndexByte(text[2:], '"') == len(text)-3 {
		return text[2 : len(text)-1]
	}
	if len(text) > 1 && text[0] == '\'' && bytes.IndexByte([]byte("=+-@"), text[1]) >= 0 {
		return text[1:]
	}
	return text
}
