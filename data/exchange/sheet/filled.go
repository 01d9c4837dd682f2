package sheet

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync"
)

// spanCache keeps the merged cells of the tables of a book, which a second pass
// over the rows wants again.
type spanCache struct {
	sync.Mutex
	tables map[int]map[int][]Span // by table, then by first row
}

// Filled is Rows with merged cells counted for every row that they cover: a row
// below the first one of a merged cell holds its content too, marked Above. Across
// columns the content stays in the first one.
func (b *Book) Filled(ctx context.Context, i int) (Rows, error) {
	starts, err := b.tall(ctx, i)
	if err != nil {
		return nil, err
	}
	rows, err := b.Rows(ctx, i)
	if err != nil {
		return nil, err
	}
	f := &filledRows{Rows: rows}
	switch h := baseOf(rows).(type) {
	case *htmlRows:
		h.merged = []Span{}
		f.fresh = h.fresh
	default:
		if len(starts) == 0 {
			return rows, nil
		}
		f.fresh = func(row int) []Span { return starts[row] }
	}
	return f, nil
}

// baseOf looks through the rows of a book that is read again.
func baseOf(rows Rows) Rows {
	if r, ok := rows.(*reread); ok {
		return r.Rows
	}
	return rows
}

// tall returns the merged cells of more than one row, by their first row; none
// for a table that tells them while it is read.
func (b *Book) tall(ctx context.Context, i int) (map[int][]Span, error) {
	if b.Container == HTML || b.Container == MHTML || b.merged == nil {
		return nil, nil
	}
	b.spans.Lock()
	defer b.spans.Unlock()
	if starts, ok := b.spans.tables[i]; ok {
		return starts, nil
	}
	spans, _, err := b.Merged(ctx, i)
	if err != nil {
		return nil, err
	}
	starts := map[int][]Span{}
	for _, s := range spans {
		if s.LastRow > s.FirstRow {
			starts[s.FirstRow] = append(starts[s.FirstRow], s)
		}
	}
	if b.spans.tables == nil {
		b.spans.tables = map[int]map[int][]Span{}
	}
	b.spans.tables[i] = starts
	return starts, nil
}

// filledRows adds what stands in a merged cell above to the rows below it.
type filledRows struct {
	Rows
	fresh func(row int) []Span // merged cells that begin in a row
	open  []openSpan
}

type openSpan struct {
	Span
	cell Cell
}

// Next implements Rows.
func (f *filledRows) Next(row *Row) error {
	if err := f.Rows.Next(row); err != nil {
		return err
	}
	starts := f.fresh(row.Num)
	if len(f.open) > 0 {
		f.fill(row)
	}
	for _, s := range starts {
		if s.LastRow <= s.FirstRow {
			continue
		}
		if at := slices.IndexFunc(row.Cells, func(c Cell) bool { return c.Col == s.FirstCol && !c.Above }); at >= 0 {
			cell := row.Cells[at]
			cell.Above, cell.Text = true, slices.Clone(cell.Text)
			f.open = append(f.open, openSpan{s, cell})
		}
	}
	return nil
}

func (f *filledRows) fill(row *Row) {
	f.open = slices.DeleteFunc(f.open, func(s openSpan) bool { return s.LastRow < row.Num })
	own := len(row.Cells)
	for _, s := range f.open {
		if row.Num <= s.FirstRow || slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Col == s.cell.Col }) {
			continue
		}
		row.Cells = append(row.Cells, s.cell)
	}
	if len(row.Cells) > own {
		slices.SortStableFunc(row.Cells, func(a, b Cell) int { return a.Col - b.Col })
	}
}

// maxSpans is how many merged cells of a sheet are kept, maxTail how much of what
// stands behind its rows is looked at.
const (
	maxSpans = 200_000
	maxTail  = 16 << 20
)

// mergedCells reads the merged cells of a sheet, which stand behind its rows. It
// passes over the rows without looking into them. nil means that it cannot
// tell; a sheet without merged cells gives an empty list.
func (w *workbook) mergedCells(ctx context.Context, i int) ([]Span, error) {
	part, size, err := w.zip.open(w.sheets[i], maxPart)
	if err != nil || part == nil || size == 0 {
		return nil, nil // reading its rows will say what is wrong
	}
	src := readAhead(ctx, part)
	defer func() { src.Close(); part.Close() }()
	tail, ok, err := behindRows(src)
	if err != nil {
		return nil, broken(err)
	}
	if !ok {
		return nil, nil
	}
	spans := []Span{}
	for len(spans) < maxSpans {
		at := bytes.Index(tail, []byte("mergeCell "))
		if at < 0 {
			return spans, nil
		}
		tail = tail[at+len("mergeCell "):]
		end := bytes.IndexByte(tail, '>')
		if end < 0 {
			return nil, nil
		}
		if s, ok := parseSpan(attrValue(tail[:end], "ref")); ok {
			spans = append(spans, s)
		}
	}
	return spans, nil
}

// behindRows returns what follows the rows of a sheet.
func behindRows(src io.Reader) (tail []byte, ok bool, err error) {
	mark := []byte("sheetData>")
	buf := make([]byte, 128<<10)
	kept := 0
	for {
		n, err := src.Read(buf[kept:])
		seen := buf[:kept+n]
		for at := 0; ; {
			i := bytes.Index(seen[at:], mark)
			if i < 0 {
				break
			}
			at += i + len(mark)
			if open := bytes.LastIndexByte(seen[:at], '<'); open >= 0 && open+1 < at && seen[open+1] == '/' {
				rest, err := io.ReadAll(io.LimitReader(src, maxTail))
				if err != nil {
					return nil, false, err
				}
				return append(append([]byte(nil), seen[at:]...), rest...), true, nil
			}
		}
		if err == io.EOF {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		keep := min(len(seen), 256)
		copy(buf, seen[len(seen)-keep:])
		kept = keep
	}
}

// parseSpan reads a reference such as A1:B2.
func parseSpan(ref string) (s Span, ok bool) {
	first, last, _ := bytes.Cut([]byte(ref), []byte(":"))
	var ok1, ok2 bool
	s.FirstRow, s.FirstCol, ok1 = parseCell(first)
	s.LastRow, s.LastCol, ok2 = parseCell(last)
	return s, ok1 && ok2 && s.FirstRow <= s.LastRow && s.FirstCol <= s.LastCol
}

func parseCell(ref []byte) (row, col int, ok bool) {
	col, ok = column(ref)
	i := 0
	for i < len(ref) && (ref[i] < '0' || ref[i] > '9') {
		i++
	}
	row, digitsOK := digits(ref[i:])
	return row, col, ok && digitsOK && row >= 1 && row <= MaxRows && col <= MaxCols
}
