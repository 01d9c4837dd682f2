package sheet

import (
	"bytes"
	"context"
	"io"
)

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
