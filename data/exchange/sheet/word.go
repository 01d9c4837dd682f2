package sheet

import (
	"context"
	"io"
	"strconv"
	"strings"

	"giaoban/data/exchange/legacy"
)

// openWord opens the tables of a Word document.
func (a *archive) openWord(part string) (*Book, error) {
	start := func() (io.ReadCloser, int64, error) { return a.part(part) }
	return openDocument(DOCX, start, func() dialect { return &word{} })
}

// word reads the rows of the tables of a Word document. A table within a cell is
// text of the cell: a line a row, its cells parted by tabs.
type word struct {
	inside bool
	row    int
	open   map[int]int // place in the merged cells of a cell that goes on below, by column
}

func (w *word) next(p *page, row *Row) (int, error) {
	s := p.scan
	for {
		if err := s.next(); err != nil {
			return 0, err
		}
		name := string(s.name)
		if s.kind == endTag {
			w.inside = w.inside && name != "tbl"
			continue
		}
		switch {
		case w.inside && name == "tr":
			if gone, err := w.readRow(p, row); err != nil || !gone {
				return 1, err
			}
		case name == "tbl":
			w.row, w.inside, w.open = 0, true, map[int]int{}
			if err := p.begin(""); err != nil {
				return 0, err
			}
		case !w.inside && name == "p":
			if err := w.paragraph(p); err != nil {
				return 0, err
			}
		case aside(name):
			if err := s.skip(); err != nil {
				return 0, err
			}
		}
	}
}

// paragraph reads one that stands in no table.
func (w *word) paragraph(p *page) error {
	from := len(p.arena)
	run := runs{start: from}
	for depth := 1; depth > 0; {
		if err := p.scan.next(); err != nil {
			return early(err)
		}
		if p.scan.kind == endTag {
			depth--
			if err := run.end(p, string(p.scan.name)); err != nil {
				return err
			}
			continue
		}
		skipped, err := run.begin(p, string(p.scan.name))
		if err != nil {
			return err
		}
		if !skipped {
			depth++
		}
	}
	p.note(from)
	return nil
}

// runs reads the runs of a paragraph: text in one font.
type runs struct {
	font  legacy.Encoding
	mute  bool // not shown
	start int  // in the arena
}

// begin takes the beginning of an element; skipped is true where it was passed whole.
func (r *runs) begin(p *page, name string) (skipped bool, err error) {
	attrs := p.scan.attrs
	switch {
	case name == "r":
		r.start = len(p.arena)
	case name == "rFonts":
		r.font = legacy.OfFont(attrValue(attrs, "ascii"))
	case name == "vanish":
		r.mute = on(attrs)
	case name == "tab" && !r.mute:
		p.arena = append(p.arena, '\t')
	case name == "br" && !r.mute, name == "cr":
		p.arena = append(p.arena, '\n')
	case name == "noBreakHyphen":
		p.arena = append(p.arena, '-')
	case aside(name):
		return true, p.scan.skip()
	}
	return false, nil
}

// end takes the end of an element.
func (r *runs) end(p *page, name string) (err error) {
	switch {
	case name == "t" && !r.mute:
		p.arena, err = p.scan.appendText(p.arena)
	case name == "r":
		if r.font != legacy.UTF8 {
			p.arena = append(p.arena[:r.start], legacy.Text(r.font, string(p.arena[r.start:]))...)
		}
		r.font, r.mute = legacy.UTF8, false
	}
	return err
}

// aside names what stands in a document but not in its text: old versions,
// drawings and the ways to draw them in older programs.
func aside(name string) bool {
	switch name {
	case "Fallback", "drawing", "pict", "object", "moveFrom", "del", "tblPrChange", "tcPrChange", "rPrChange", "txbxContent", "pPr":
		return true
	}
	return false
}

// readRow reads a row; gone is true for one that a tracked change deleted.
func (w *word) readRow(p *page, row *Row) (gone bool, err error) {
	s := p.scan
	w.row++
	row.Num = w.row
	col, depth := 1, 1
	for depth > 0 {
		if err := s.next(); err != nil {
			return false, early(err)
		}
		if s.kind == endTag {
			depth--
			continue
		}
		switch name := string(s.name); {
		case name == "tc":
			if err := w.readCell(p, row, &col); err != nil {
				return false, err
			}
			continue
		case name == "del":
			gone = true
		case name == "gridBefore":
			n, err := repeats(s.attrs, "val")
			if err != nil {
				return false, err
			}
			col += min(n, MaxCols)
		case name == "hidden":
			row.Hidden = on(s.attrs)
		case aside(name):
			if err := s.skip(); err != nil {
				return false, err
			}
			continue
		}
		depth++
	}
	if gone {
		w.row--
		row.Cells = row.Cells[:0]
	}
	return gone, nil
}

// on reads a switch, which is on where nothing else is said.
func on(attrs []byte) bool {
	v := attrValue(attrs, "val")
	return v == "" || truth(v)
}

func (w *word) readCell(p *page, row *Row, col *int) error {
	s := p.scan
	from, start := len(p.arena), *col
	cols, goes := 1, ""          // how the cell goes on below
	first, beside := true, false // of the cells of a row of a table within the cell
	run := runs{start: from}
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return early(err)
		}
		name := string(s.name)
		if s.kind == endTag {
			depth--
			if err := run.end(p, name); err != nil {
				return err
			}
			continue
		}
		switch {
		case name == "gridSpan" && depth == 2:
			n, err := strconv.Atoi(attrValue(s.attrs, "val"))
			if err != nil || n < 1 {
				n = 1
			}
			cols = min(n, MaxCols)
		case name == "vMerge" && depth == 2:
			if goes = attrValue(s.attrs, "val"); goes == "" {
				goes = "continue"
			}
		case name == "tr":
			first = true
		case name == "tc":
			first, beside = false, !first
		case name == "p" && len(p.arena) > from:
			if beside {
				p.arena = append(p.arena, '\t')
			} else {
				p.arena = append(p.arena, '\n')
			}
			beside = false
		default:
			if skipped, err := run.begin(p, name); err != nil {
				return err
			} else if skipped {
				continue
			}
		}
		depth++
	}
	if *col += cols; *col > MaxCols {
		return errBomb
	}
	w.mergeDown(p, row.Num, start, cols, goes)
	if goes == "continue" {
		p.arena = p.arena[:from]
		return nil
	}
	p.add(row, Cell{Col: start, Loss: LossOf(p.arena[from:])}, from)
	return nil
}

// mergeDown notes merged cells: those that go on below grow row by row.
func (w *word) mergeDown(p *page, row, col, cols int, goes string) {
	t := p.current()
	if at, ok := w.open[col]; ok && goes == "continue" && t.merged[at].LastRow == row-1 {
		t.merged[at].LastRow = row
		return
	}
	delete(w.open, col)
	if len(t.merged) >= maxSpans || goes != "restart" && cols == 1 {
		return
	}
	t.merged = append(t.merged, Span{row, col, row, col + cols - 1})
	if goes == "restart" {
		w.open[col] = len(t.merged) - 1
	}
}

// part opens the one part of a document that holds its text. A list of tens of
// thousands of rows that hardly differ is packed to a fiftieth.
func (a *archive) part(name string) (io.ReadCloser, int64, error) {
	if f := a.parts[strings.ToLower(name)]; f != nil && f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxDocRatio > f.CompressedSize64 {
		return nil, 0, Refuse(ZipBomb, errBomb)
	}
	r, size, err := a.open(name, maxDocument)
	if err == nil && r == nil {
		err = Refuse(NotWorkbook, nil)
	}
	return r, int64(size), err
}

// sealed reports whether an OpenDocument file is protected by a password.
func (a *archive) sealed() (is bool) {
	_, err := a.each(context.Background(), "META-INF/manifest.xml", 16<<20, func(s *scanner) error {
		is = is || string(s.name) == "encryption-data"
		return nil
	})
	return is && err == nil
}
