package sheet

import (
	"bufio"
	"bytes"
	"context"
	"io"
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
		r := &csvRows{f: f, src: c, in: bufio.NewReaderSize(c, 64<<10), delim: delim}
		if declared {
			if _, err := r.in.ReadBytes('\n'); err != nil && err != io.EOF {
				return nil, broken(err)
			}
			r.num = 1
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
		if s := consistency(sample, d); s > bestScore {
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

// csvRows reads records by the rules of RFC 4180, leniently: quotes inside an
// unquoted field are text.
type csvRows struct {
	f     *textFile
	src   *counting
	in    *bufio.Reader
	delim byte
	num   int
	arena []byte
	ends  []int
	err   error
}

// Progress counts bytes of text.
func (r *csvRows) Progress() (done, total int64) { return min(r.src.n, r.f.size), r.f.size }

// Close implements Rows.
func (r *csvRows) Close() error { return nil }

// maxRecord bounds one record: a quote that is never closed would swallow the
// rest of the file.
const maxRecord = 1 << 20

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
	r.arena, r.ends = r.arena[:0], r.ends[:0]
	quoted, fresh, any := false, true, false
	for {
		c, err := r.in.ReadByte()
		if err == io.EOF {
			if quoted {
				return Refuse(Truncated, io.ErrUnexpectedEOF)
			}
			if !any {
				return io.EOF
			}
			break
		}
		if err != nil {
			return err
		}
		any = true
		if len(r.arena) > maxRecord || len(r.ends) > MaxCols {
			return Refuse(Unknown, errBomb)
		}
		if quoted {
			if c != '"' {
				r.arena = append(r.arena, c)
				continue
			}
			next, err := r.in.Peek(1)
			if err == nil && next[0] == '"' {
				r.in.Discard(1)
				r.arena = append(r.arena, '"')
				continue
			}
			quoted = false
			continue
		}
		switch {
		case c == '"' && fresh:
			quoted, fresh = true, false
		case c == r.delim:
			r.ends = append(r.ends, len(r.arena))
			fresh = true
		case c == '\n' || c == '\r':
			if c == '\r' {
				if next, err := r.in.Peek(1); err == nil && next[0] == '\n' {
					r.in.Discard(1)
				}
			}
			return r.emit(row)
		case fresh && c == ' ':
			r.arena = append(r.arena, c)
		default:
			fresh = false
			r.arena = append(r.arena, c)
		}
	}
	return r.emit(row)
}

func (r *csvRows) emit(row *Row) error {
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
// among them, put before a text that a spreadsheet would take for a formula.
func unguarded(text []byte) []byte {
	if len(text) > 1 && text[0] == '\'' && bytes.IndexByte([]byte("=+-@"), text[1]) >= 0 {
		return text[1:]
	}
	return text
}
