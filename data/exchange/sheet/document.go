package sheet

import (
	"bytes"
	"context"
	"io"
	"math"
	"slices"
	"strconv"
)

// Limits of a document of tables.
const (
	maxDocument = 768 << 20 // bytes of its text
	maxDocRatio = 120       // unpacked size to packed size
	maxDocCells = 4 << 20   // cells of one table
	maxRepeated = 1 << 20   // cells of one table that only say that one is repeated
	maxTables   = 256       // tables that are listed
	// The first rows of every table are kept when the document is opened: a heading
	// stands among them, and to reach a table all before it must be read.
	keptRows  = 80
	keptCells = 1 << 17 // of all tables together
)

// table is what a document tells of one of its tables beside the rows.
type table struct {
	name   string
	state  state
	view   Layout
	merged []Span
	cells  int // that were read, the repeated ones counted
	again  int // the repeated ones
	first  []Row
	cut    bool // there are others
}

// dialect reads the tables of one kind of XML document in order.
type dialect interface {
	// next reads the next row of any table and says how many times it stands
	// there; io.EOF after the last one. It keeps the tables met so far in page.
	next(p *page, row *Row) (times int, err error)
}

// page is a document while it is being read.
type page struct {
	scan   *scanner
	beside []Beside
	tables []table
	arena  []byte
}

// note keeps what was written to the arena from from on as a paragraph outside of tables.
func (p *page) note(from int) {
	p.beside = noteBeside(p.beside, p.arena[from:], len(p.tables))
	p.arena = p.arena[:from]
}

// begin starts a table.
func (p *page) begin(name string) error {
	if len(p.tables) >= MaxCols {
		return errBomb
	}
	p.tables = append(p.tables, table{name: name, merged: []Span{}})
	return nil
}

// current returns the table that is being read; one must have begun.
func (p *page) current() *table { return &p.tables[len(p.tables)-1] }

// merge notes merged cells, from a cell and how many rows and columns it covers.
func (p *page) merge(row, col, rows, cols int) {
	t := p.current()
	if rows*cols > 1 && len(t.merged) < maxSpans {
		t.merged = append(t.merged, Span{row, col, min(row+rows-1, MaxRows), min(col+cols-1, MaxCols)})
	}
}

// add appends a cell whose text was written to the arena from from on; an empty
// one is left out.
func (p *page) add(row *Row, c Cell, from int) {
	if c.Text = p.arena[from:len(p.arena):len(p.arena)]; len(c.Text) > 0 {
		row.Cells = append(row.Cells, c)
	}
}

// lose adds a cell whose value the file does not tell; words stand for it.
func (p *page) lose(row *Row, col, from int, loss Loss, words string) {
	p.arena = append(p.arena[:from], words...)
	p.add(row, Cell{Col: col, Loss: loss}, from)
}

// count bounds what a table may hold.
func (p *page) count(row *Row, times int) error {
	t := p.current()
	t.cells += len(row.Cells) * times
	if t.again += len(row.Cells) * (times - 1); t.cells > maxDocCells || t.again > maxRepeated || row.Num+times-1 > MaxRows || len(row.Cells) > MaxCols {
		return errBomb
	}
	return nil
}

// openDocument opens the tables of an XML document; start returns it from its
// beginning, with its size. It is read once for what stands beside the rows.
func openDocument(kind Container, start func() (io.ReadCloser, int64, error), speak func() dialect) (*Book, error) {
	d := &document{start: start, speak: speak}
	rows, err := d.from(context.Background())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kept := 0
	for {
		times, err := rows.read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, broken(err)
		}
		if len(rows.row.Cells) > 0 && len(rows.page.tables) <= maxTables {
			kept += rows.page.current().keep(&rows.row, times, kept)
		}
	}
	d.tables = rows.page.tables[:min(len(rows.page.tables), maxTables)]
	if len(d.tables) == 0 {
		return nil, Refuse(NoTable, nil)
	}
	b := &Book{Container: kind, rows: d.rows, beside: rows.page.beside}
	b.merged = func(_ context.Context, i int) ([]Span, error) { return d.tables[i].merged, nil }
	b.layout = func(_ context.Context, i int) (Layout, error) { return d.tables[i].view, nil }
	for i := range d.tables {
		t := &d.tables[i]
		t.merged = slices.DeleteFunc(t.merged, func(s Span) bool { return s.FirstRow == s.LastRow && s.FirstCol == s.LastCol })
		b.names, b.states = append(b.names, t.name), append(b.states, t.state)
	}
	return b, nil
}

// keep keeps a row, as often as it stands there, while it is one of the first. It
// returns how many cells it took.
func (t *table) keep(row *Row, times, kept int) (cells int) {
	for n := range times {
		if t.cut = t.cut || len(t.first) == keptRows || kept+cells+len(row.Cells) > keptCells; t.cut {
			return cells
		}
		one := Row{Num: row.Num + n, Hidden: row.Hidden, Cells: slices.Clone(row.Cells)}
		for i := range one.Cells {
			one.Cells[i].Text = bytes.Clone(one.Cells[i].Text)
		}
		t.first = append(t.first, one)
		cells += len(one.Cells)
	}
	return cells
}

type document struct {
	start  func() (io.ReadCloser, int64, error)
	speak  func() dialect
	tables []table
}

func (d *document) from(ctx context.Context) (*documentRows, error) {
	src, size, err := d.start()
	if err != nil {
		return nil, err
	}
	ahead := readAhead(ctx, src)
	return &documentRows{ctx: ctx, src: src, ahead: ahead, size: size, speak: d.speak(), page: page{scan: newScanner(ahead)}}, nil
}

func (d *document) rows(ctx context.Context, i int) (Rows, error) {
	return &tableRows{ctx: ctx, doc: d, want: i}, nil
}

// tableRows reads the rows of one table: the first ones as they were kept, the others
// from the document.
type tableRows struct {
	ctx  context.Context
	doc  *document
	want int
	pos  int
	rest *documentRows
}

// Progress counts bytes of text.
func (r *tableRows) Progress() (done, total int64) {
	if r.rest == nil {
		return 0, 0
	}
	return r.rest.Progress()
}

// Close implements Rows.
func (r *tableRows) Close() error {
	if r.rest == nil {
		return nil
	}
	return r.rest.Close()
}

// Next implements Rows.
func (r *tableRows) Next(row *Row) error {
	t := &r.doc.tables[r.want]
	switch {
	case r.pos < len(t.first):
		if err := r.ctx.Err(); err != nil {
			return broken(err)
		}
		kept := &t.first[r.pos]
		row.Num, row.Hidden, row.Cells = kept.Num, kept.Hidden, append(row.Cells[:0], kept.Cells...)
		r.pos++
		return nil
	case !t.cut:
		return io.EOF
	case r.rest == nil:
		rest, err := r.doc.from(r.ctx)
		if err != nil {
			return err
		}
		rest.want, r.rest = r.want, rest
		for range t.first {
			if err := rest.Next(row); err != nil {
				return err
			}
		}
	}
	return r.rest.Next(row)
}

// documentRows reads the rows of one table of a document.
type documentRows struct {
	ctx   context.Context
	src   io.ReadCloser
	ahead *ahead
	size  int64
	speak dialect
	page  page
	want  int
	row   Row
	times int // how many more times row comes
	err   error
}

// Progress counts bytes of text.
func (r *documentRows) Progress() (done, total int64) {
	return min(r.ahead.count.Load(), r.size), r.size
}

// Close implements Rows.
func (r *documentRows) Close() error {
	r.ahead.Close()
	return r.src.Close()
}

// read reads a row of any table.
func (r *documentRows) read() (times int, err error) {
	p := &r.page
	p.arena = p.arena[:0]
	r.row.Cells, r.row.Hidden = r.row.Cells[:0], false
	if times, err = r.speak.next(p, &r.row); err != nil {
		return 0, err
	}
	if r.ahead.count.Load() > maxDocument {
		return 0, errBomb
	}
	return times, p.count(&r.row, times)
}

// Next implements Rows. A table that ends is the end; what follows it was sound
// when the document was opened.
func (r *documentRows) Next(row *Row) error {
	for r.times == 0 && r.err == nil {
		switch r.times, r.err = r.read(); {
		case r.err != nil:
			if r.err != io.EOF {
				r.err = broken(r.err)
			}
		case len(r.page.tables)-1 > r.want:
			r.err, r.times = io.EOF, 0
		case len(r.page.tables)-1 < r.want || len(r.row.Cells) == 0:
			r.times = 0
		}
	}
	if r.times == 0 {
		return r.err
	}
	if err := r.ctx.Err(); err != nil {
		return broken(err)
	}
	row.Num, row.Hidden, row.Cells = r.row.Num, r.row.Hidden, append(row.Cells[:0], r.row.Cells...)
	r.row.Num++
	r.times--
	return nil
}

// repeats reads how often a thing is repeated: 1 where nothing is said.
func repeats(attrs []byte, name string) (int, error) {
	v := attrValue(attrs, name)
	if v == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, errXML
	}
	return min(max(n, 1), 1<<30), nil
}

// clock appends a time of day as the part of a day that spreadsheets keep.
func clock(dst []byte, seconds float64) []byte {
	return strconv.AppendFloat(dst, math.Round(seconds*1000)/86400000, 'f', -1, 64)
}
