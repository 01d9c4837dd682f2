package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/net/html"
)

// openHTML opens the tables of an HTML text; start returns it from its
// beginning.
func openHTML(start func() io.Reader, size int64, f *textFile, container Container) (*Book, error) {
	b := &Book{Container: container, Encoding: f.enc}
	b.rows = func(ctx context.Context, i int) (Rows, error) {
		src := &counting{src: start(), ctx: ctx}
		z := html.NewTokenizer(src)
		z.SetMaxBuf(maxToken)
		return &htmlRows{z: z, src: src, size: size, f: f, want: i}, nil
	}
	b.merged = func(ctx context.Context, i int) ([]Span, error) {
		rows, err := b.rows(ctx, i)
		if err != nil {
			return nil, err
		}
		r := rows.(*htmlRows)
		r.merged = []Span{}
		var row Row
		for r.num < mergedRows && len(r.merged) < maxSpans {
			if err := r.Next(&row); err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
		}
		return r.merged, nil
	}
	b.layout = func(ctx context.Context, i int) (Layout, error) {
		rows, err := b.rows(ctx, i)
		if err != nil {
			return Layout{}, err
		}
		r := rows.(*htmlRows)
		if err := r.Next(new(Row)); err != nil {
			return Layout{}, nil // reading its rows will say what is wrong
		}
		return r.view, nil
	}
	tables, beside, err := lookThrough(start(), f)
	if err != nil {
		return nil, broken(err)
	}
	b.beside = beside
	if tables == 0 {
		return nil, Refuse(Unknown, errors.New("no table"))
	}
	b.names = make([]string, min(tables, 256))
	return b, nil
}

// mergedRows is how many rows of an HTML table are looked at for merged cells:
// a heading stands among the first.
const mergedRows = 100

// lookThrough counts the tables of a text and keeps the paragraphs outside of them.
func lookThrough(src io.Reader, f *textFile) (n int, beside []Beside, err error) {
	z := html.NewTokenizer(src)
	z.SetMaxBuf(maxToken)
	depth, mute := 0, false
	around := htmlRows{f: f}
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			if z.Err() == io.EOF {
				return n, noteBeside(beside, around.cell, n), nil
			}
			return n, nil, htmlFault(z.Err())
		case html.TextToken:
			if depth == 0 && !mute {
				around.addText(z.Raw())
			}
			continue
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		tag, _ := z.TagName()
		switch name := string(tag); name {
		case "style", "script", "title":
			mute = kind == html.StartTagToken
		case "table", "p", "div", "br", "h1", "h2", "h3", "h4", "li", "body":
			beside, around.cell = noteBeside(beside, around.cell, n), around.cell[:0]
			switch {
			case name == "table" && kind == html.StartTagToken:
				if depth++; depth == 1 {
					n++
				}
			case name == "table" && kind == html.EndTagToken && depth > 0:
				depth--
			}
		}
	}
}

func htmlFault(err error) error {
	if errors.Is(err, html.ErrBufferExceeded) {
		return fmt.Errorf("%w: %v", errBomb, err)
	}
	return err
}

// htmlRows reads the rows of one table. Cells and rows need not be closed; a
// table inside a cell is text of the cell.
type htmlRows struct {
	z     *html.Tokenizer
	src   *counting
	size  int64
	f     *textFile
	want  int
	seen  int // tables met
	depth int // tables open
	mute  int // style and script
	num   int
	cells int

	inRow, inCell bool
	col           int
	spans         []int // rows that a cell above still covers, by column from 0
	colspan       int
	rowspan       int
	cell          []byte
	exact         []byte // the number that Excel shows as the cell, where it says so
	arena         []byte
	hidden        bool // of the row
	view          Layout
	column        int  // columns that <col> elements have told about
	ready         bool // a finished row waits in out
	open          bool // the next row has begun already
	out           Row
	err           error
	merged        []Span // merged cells, where asked for
}

// Progress counts bytes of text.
func (r *htmlRows) Progress() (done, total int64) { return min(r.src.n, r.size), r.size }

// Close implements Rows.
func (r *htmlRows) Close() error { return nil }

// Next implements Rows.
func (r *htmlRows) Next(row *Row) error {
	if r.err != nil {
		return r.err
	}
	if r.open {
		r.open = false
		if r.err = r.startRow(); r.err != nil {
			return broken(r.err)
		}
	}
	for !r.ready {
		if err := r.step(); err != nil {
			r.endRow()
			r.err = err
			if err != io.EOF {
				r.err = broken(htmlFault(err))
				return r.err
			}
			if r.ready {
				break
			}
			return io.EOF
		}
	}
	r.ready = false
	row.Num, row.Hidden = r.out.Num, r.out.Hidden
	row.Cells = append(row.Cells[:0], r.out.Cells...)
	return nil
}

func (r *htmlRows) step() error {
	kind := r.z.Next()
	switch kind {
	case html.ErrorToken:
		return r.z.Err()
	case html.TextToken:
		if r.inCell && r.mute == 0 {
			r.addText(r.z.Raw())
		}
		return nil
	case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
	default:
		return nil
	}
	name, more := r.z.TagName()
	end := kind == html.EndTagToken
	switch string(name) {
	case "table":
		if !end {
			if r.depth++; r.depth == 1 {
				r.seen++
			}
			return nil
		}
		if r.depth--; r.depth <= 0 {
			r.depth = 0
			if r.here() {
				r.endRow()
				return io.EOF
			}
		}
	case "style", "script":
		if end {
			r.mute = 0
		} else if kind == html.StartTagToken {
			r.mute = 1
		}
	case "col":
		if r.here() && r.depth == 1 && !end {
			r.startColumns(more)
		}
	case "tr":
		if r.here() && r.depth == 1 {
			closed := r.inRow
			r.endRow()
			r.hidden = !end && r.unseen(more)
			switch {
			case end:
			case closed:
				r.open = true // the row that just ended goes out first
			default:
				return r.startRow()
			}
		}
	case "td", "th":
		if r.here() && r.depth == 1 {
			r.endCell()
			if !end {
				return r.startCell(more)
			}
		}
	case "br", "p", "div":
		if r.inCell && len(r.cell) > 0 {
			r.cell = append(r.cell, '\n')
		}
	}
	return nil
}

func (r *htmlRows) here() bool {
	return r.seen == r.want+1 && r.depth > 0 || r.seen == r.want+1 && r.inRow
}

func (r *htmlRows) startRow() error {
	r.num++
	if r.num > MaxRows {
		return errBomb
	}
	r.inRow, r.col = true, 0
	r.arena = r.arena[:0]
	r.out.Cells = r.out.Cells[:0]
	r.out.Num, r.out.Hidden = r.num, r.hidden
	r.hidden = false
	return nil
}

// unseen reports whether the attributes of a tag hide it.
func (r *htmlRows) unseen(more bool) bool {
	is := false
	for more {
		var key, val []byte
		key, val, more = r.z.TagAttr()
		is = is || string(key) == "hidden" || string(key) == "style" && invisible(val)
	}
	return is
}

// startColumns notes a <col> element, which may stand for several columns.
func (r *htmlRows) startColumns(more bool) {
	span, is := 1, false
	for more {
		var key, val []byte
		key, val, more = r.z.TagAttr()
		switch string(key) {
		case "span":
			if n, err := strconv.Atoi(string(val)); err == nil && n > 1 {
				span = min(n, MaxCols)
			}
		case "hidden":
			is = true
		case "style":
			is = is || invisible(val)
		}
	}
	if is {
		r.view.hide(r.column+1, r.column+span)
	}
	r.column = min(r.column+span, MaxCols)
}

func (r *htmlRows) endRow() {
	if !r.inRow {
		return
	}
	r.endCell()
	// Columns right of the last cell that a cell above covers move up too.
	for i := r.col; i < len(r.spans); i++ {
		if r.spans[i] > 0 {
			r.spans[i]--
		}
	}
	r.inRow, r.ready = false, true
}

func (r *htmlRows) startCell(more bool) error {
	if !r.inRow {
		if err := r.startRow(); err != nil {
			return err
		}
	}
	r.colspan, r.rowspan = 1, 1
	r.exact = r.exact[:0]
	for more {
		var key, val []byte
		key, val, more = r.z.TagAttr()
		if string(key) == "x:num" {
			r.exact = append(r.exact, val...)
		}
		n, err := strconv.Atoi(string(bytes.TrimSpace(val)))
		if err != nil || n < 1 {
			continue
		}
		switch string(key) {
		case "colspan":
			r.colspan = min(n, MaxCols)
		case "rowspan":
			r.rowspan = min(n, MaxRows)
		}
	}
	for r.col < len(r.spans) && r.spans[r.col] > 0 {
		r.spans[r.col]--
		r.col++
	}
	if r.cells++; r.cells > maxCells || r.col+r.colspan > MaxCols {
		return errBomb
	}
	r.inCell, r.cell = true, r.cell[:0]
	return nil
}

// rounded reports a number that is shown without its digits.
func rounded(shown []byte) bool {
	if len(shown) > 1 && len(bytes.Trim(shown, "#")) == 0 {
		return true
	}
	return len(shown) > 3 && shown[0] >= '0' && shown[0] <= '9' && bytes.Contains(shown, []byte("E+"))
}

// fresh returns the merged cells of the row that was handed out last.
func (r *htmlRows) fresh(int) []Span {
	spans := r.merged
	r.merged = r.merged[:0]
	return spans
}

func (r *htmlRows) endCell() {
	if !r.inCell {
		return
	}
	r.inCell = false
	if len(bytes.TrimSpace(r.cell)) > 0 {
		from := len(r.arena)
		r.arena = append(r.arena, r.cell...)
		cell := Cell{Col: r.col + 1, Text: r.arena[from:len(r.arena):len(r.arena)]}
		if len(r.exact) > 0 && rounded(bytes.TrimSpace(cell.Text)) {
			r.arena = append(r.arena[:from], r.exact...)
			cell.Kind, cell.Text = Number, r.arena[from:len(r.arena):len(r.arena)]
			cell.number()
		}
		r.out.Cells = append(r.out.Cells, cell)
	}
	if r.merged != nil && r.rowspan*r.colspan > 1 {
		r.merged = append(r.merged, Span{r.num, r.col + 1, min(r.num+r.rowspan-1, MaxRows), min(r.col+r.colspan, MaxCols)})
	}
	if r.rowspan > 1 {
		for len(r.spans) < r.col+r.colspan {
			r.spans = append(r.spans, 0)
		}
		for i := r.col; i < r.col+r.colspan; i++ {
			r.spans[i] = r.rowspan - 1
		}
	}
	r.col += r.colspan
}

// addText adds text of the source: its line ends are blanks, its entities
// characters. The encoding is undone before the entities, which are Unicode.
func (r *htmlRows) addText(raw []byte) {
	text := r.f.text(raw)
	if bytes.IndexByte(text, '&') >= 0 {
		text = []byte(html.UnescapeString(string(text)))
	}
	if len(r.cell)+len(text) > maxToken {
		return
	}
	for _, c := range text {
		if c == '\n' || c == '\r' || c == '\t' {
			c = ' '
		}
		r.cell = append(r.cell, c)
	}
}
