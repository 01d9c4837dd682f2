package paper

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"giaoban/data"
)

// Column is a column of a table.
type Column struct {
	// Width in millimetres; 0 takes it from the content, between Min and Max.
	Width, Min, Max float64
	Align           Align
}

// Head is a cell of the header. Cells stand in rows as in HTML: a cell takes the
// first free place of its row, and ColSpan and RowSpan of 0 mean 1.
type Head struct {
	Text             string
	ColSpan, RowSpan int
	Italic           bool
}

// Row is a row of a table. Cells holds one text a column; Span joins the first
// Span columns into one cell, whose text is that of column 0.
type Row struct {
	Cells        []string
	Span         int
	Bold, Italic bool
	Shade        bool // 8 % grey ground
	KeepNext     bool // stays on the page of the row that follows
}

// Table is a table of texts. Up to three rows of header, repeated on each page;
// a row is never split unless it is taller than a page.
type Table struct {
	Columns []Column
	Header  [][]Head
	Numbers []string // row of numbers under the header; nil for none
	// Rows is how many rows there are, At returns one. At may return the same
	// slice each time; it is called at least once a row, in order.
	Rows int
	At   func(i int) Row
	Size float64 // points, 0 for 10,5
	// HeadSize is the size of the header, 0 for Size.
	HeadSize float64
	// Notes are small lines that follow the last row on its page.
	Notes []string
	// Tail is the room in points that the last row leaves below the notes for
	// what must follow on the same page, such as signatures.
	Tail float64
}

// Grounds and lines of tables.
const (
	headGrey  = 0.92
	lineWidth = 0.5
	padX      = 0.85 * mm
	padY      = 2 // 0,7 mm
)

// tenth rounds points so that places repeat from row to row, which packs well.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }

// span is one line of a cell.
type span struct {
	from, to int32
	width    int32 // thousandths of the type size
}

// rowSet is a laid-out row; its slices are used again for later rows.
type rowSet struct {
	row    Row
	texts  []string
	lines  []span
	first  []int32 // index of each cell's first line, one more than cells
	count  int     // most lines in a cell
	height float64
	loose  bool // may be split though it fits on a page
}

// tableSet is a table being drawn.
type tableSet struct {
	d        *Document
	t        *Table
	number   int       // of the table in the document
	x        []float64 // left edges of the columns and the right end
	size     float64
	step     float64
	baseline float64 // from the top of a line to its baseline
	header   []headSet
	headRows []float64 // heights, the row of numbers included
	headAll  float64
	open     []float64 // y from which the vertical line at x[i] is still to be drawn, < 0 for none
}

type headSet struct {
	col, row, cols, rows int
	lines                []textLine
}

// Table writes a table over the full width of the text area. It never leaves
// the margins: where the content asks for more, texts are wrapped.
func (d *Document) Table(t Table) {
	d.start()
	if d.stopped() || len(t.Columns) == 0 {
		return
	}
	t.Size = cmp.Or(t.Size, 10.5)
	t.HeadSize = cmp.Or(t.HeadSize, t.Size)
	s := &tableSet{d: d, t: &t, size: t.Size, step: tenth(t.Size * 1.16), baseline: t.Size * 0.92}
	d.tables++
	s.number = d.tables
	s.x = s.edges()
	s.layHeader()
	s.open = make([]float64, len(s.x))
	var rows [2]rowSet
	next := func(i int) *rowSet {
		r := &rows[i&1]
		if i < t.Rows {
			s.lay(r, t.At(i))
		}
		return r
	}
	cur := next(0)
	// A tall first row begins where the table begins, and is split where it must be:
	// on the next page it would leave the titles alone.
	cur.loose = cur.height > (d.bottom-d.top)/3 && d.y+d.heldHeight()+s.headAll+cur.height > d.bottom
	first := s.headAll
	if t.Rows > 0 {
		first += s.start(cur)
	}
	room := d.right - d.left
	var notes []textLine
	for _, n := range t.Notes {
		notes = append(notes, breakLines([]Run{{Text: n, Italic: true}}, noteSize, room, room)...)
	}
	tail := t.Tail + noteSize*leading*float64(len(notes)) + 6
	if tail > (d.bottom-d.top-s.headAll)/2 {
		tail = 0
	}
	gap := 3.0
	if d.fresh && len(d.held) == 0 {
		gap = 0
	}
	following := next(1)
	if t.Rows > 1 && s.whole(cur) && (cur.row.KeepNext || t.Rows == 2) {
		first += s.start(following)
	}
	if t.Rows <= 2 && s.whole(cur) && s.whole(following) {
		first += tail
	}
	if first > d.bottom-d.top {
		first = d.bottom - d.top
	}
	if !d.release(gap + first) {
		return
	}
	d.y += gap
	s.begin()
	for i := 0; i < t.Rows; i++ {
		if i > 0 {
			cur, following = following, next(i+1)
		}
		need := s.start(cur)
		if i+1 < t.Rows && (cur.row.KeepNext || i+2 == t.Rows) && cur.height+following.height <= d.bottom-d.top-s.headAll {
			need += following.height
		}
		if i+2 >= t.Rows && s.whole(cur) && need+tail <= d.bottom-d.top-s.headAll {
			need += tail
		}
		switch {
		case d.y+need <= d.bottom+0.01 || d.y <= d.top+s.headAll+0.5:
		case i == 0:
			// The first row begins under the head, wherever that stands: no head and no
			// title is left alone. Where it does not fit it is split.
			cur.loose = d.y+cur.height > d.bottom+0.01
		default:
			s.breakPage()
		}
		if i&0xFF == 0 {
			if d.opt.Progress != nil {
				d.opt.Progress(Progress{Done: i, Total: t.Rows, Pages: d.c.page})
			}
			if d.stopped() {
				return
			}
		}
		s.draw(cur)
		if d.err != nil {
			return
		}
	}
	s.end()
	if d.opt.Progress != nil {
		d.opt.Progress(Progress{Done: t.Rows, Total: t.Rows, Pages: d.c.page})
	}
	d.y += 4
	for _, l := range notes {
		if d.y+noteSize*leading > d.bottom+0.01 {
			d.page()
			if d.stopped() {
				return
			}
		}
		d.setLine(l, d.left, d.y+noteSize, room, noteSize, Left, 0)
		d.y += noteSize * leading
		d.fresh = false
	}
}

// From how many rows, and from how many bytes, a text of a cell is looked for among those
// before it.
const (
	longTable = 400
	longText  = 40
)

// noteSize is the size of notes under tables.
const noteSize = 10

// begin draws the header at the current place.
func (s *tableSet) begin() {
	d, c := s.d, s.d.c
	if len(s.headRows) == 0 {
		c.rule(s.x[0], d.y, s.x[len(s.x)-1], d.y)
	}
	top := make([]float64, len(s.headRows)+1)
	top[0] = d.y
	for i, h := range s.headRows {
		top[i+1] = top[i] + h
	}
	bottom := top[len(s.headRows)]
	if len(s.headRows) > 0 {
		c.stamp(fmt.Sprint("head ", s.number), d.y, func() { s.drawHeader(top) })
	}
	d.y = bottom
	d.fresh = false
	for i := range s.open {
		s.open[i] = d.y
	}
}

// drawHeader draws the cells of the header, whose rows begin at top.
func (s *tableSet) drawHeader(top []float64) {
	c, bottom := s.d.c, top[len(s.headRows)]
	c.rect(s.x[0], top[0], s.x[len(s.x)-1]-s.x[0], bottom-top[0], headGrey)
	c.setInk(0)
	for _, h := range s.header {
		x0, x1, y0, y1 := s.x[h.col], s.x[h.col+h.cols], top[h.row], top[h.row+h.rows]
		c.frame(x0, y0, x1-x0, y1-y0, lineWidth)
		step := s.t.HeadSize * 1.14
		y := y0 + (y1-y0-step*float64(len(h.lines)))/2
		for _, l := range h.lines {
			s.d.setLine(l, x0+padX, y+s.t.HeadSize*0.92, x1-x0-2*padX, s.t.HeadSize, Center, 0)
			y += step
		}
	}
}

// end draws what is missing of the vertical lines.
func (s *tableSet) end() {
	for i := range s.open {
		s.close(i)
	}
	if last := len(s.x) - 1; s.t.Rows >= longTable {
		s.d.c.rule(s.x[0], s.d.y, s.x[last], s.d.y)
	}
}

func (s *tableSet) close(i int) {
	if s.open[i] >= 0 && s.d.y > s.open[i]+0.01 {
		s.d.c.rule(s.x[i], s.open[i], s.x[i], s.d.y)
	}
	s.open[i] = s.d.y
}

func (s *tableSet) breakPage() {
	s.end()
	s.d.page()
	if s.d.stopped() {
		return
	}
	s.begin()
}

// lay breaks the texts of a row into lines.
func (s *tableSet) lay(r *rowSet, row Row) {
	r.row = row
	st := styleOf(row.Bold, row.Italic)
	f := faceOf(st)
	r.lines, r.first, r.texts = r.lines[:0], r.first[:0], r.texts[:0]
	r.count, r.loose = 1, false
	for i := range s.t.Columns {
		r.first = append(r.first, int32(len(r.lines)))
		text := ""
		if i < len(row.Cells) && (i == 0 || i >= row.Span) {
			text = Clean(row.Cells[i])
		}
		r.texts = append(r.texts, text)
		if text == "" {
			continue
		}
		end := i + 1
		if i == 0 && row.Span > 1 {
			end = row.Span
		}
		room := int((s.x[end]-s.x[i]-2*padX)*1000/s.size + 0.5)
		r.lines = wrap(r.lines, text, f, st, room)
		r.count = max(r.count, len(r.lines)-int(r.first[i]))
		if s.d.c.record {
			s.d.noteCuts(text, r.lines[r.first[i]:])
		}
	}
	r.first = append(r.first, int32(len(r.lines)))
	r.height = s.step*float64(r.count) + 2*padY
}

// noteCuts keeps the words that are broken between lines where no sign parts them.
func (d *Document) noteCuts(text string, lines []span) {
	for i := 1; i < len(lines); i++ {
		at := lines[i].from
		if at > 0 && at == lines[i-1].to && text[at] != '\n' && !strings.ContainsRune(breakAfter, rune(text[at-1])) {
			d.cuts = append(d.cuts, text)
		}
	}
}

// noteCutHead does the same for a cell of the header.
func (d *Document) noteCutHead(text string, lines []textLine) {
	for i := 1; i < len(lines); i++ {
		before := lines[i-1]
		if before.last || len(before.pieces) == 0 || len(lines[i].pieces) == 0 {
			continue
		}
		end := before.pieces[len(before.pieces)-1].text
		if strings.Contains(text, end+lines[i].pieces[0].text) && !strings.ContainsRune(breakAfter, rune(end[len(end)-1])) {
			d.cuts = append(d.cuts, text)
		}
	}
}

// wrap appends the lines of a text that is set in a room of thousandths of the
// type size.
func wrap(lines []span, text string, f *face, st style, room int) []span {
	from, at, w := 0, 0, 0 // the line: its start, its end so far, its width
	word, wordW := 0, 0    // the word: its start, its width
	spaceW := int(f.advance[' '])
	flushWord := func(end int) {
		if word == end {
			return
		}
		if at > from && w+spaceW*(word-at)+wordW <= room {
			w += spaceW*(word-at) + wordW
			at = end
			return
		}
		if at > from {
			lines = append(lines, span{int32(from), int32(at), int32(w)})
		}
		from = word
		for wordW > room {
			cut := cutAt(text[from:end], st, room, true)
			cw := f.width(text[from : from+cut])
			if from+cut >= end {
				break
			}
			lines = append(lines, span{int32(from), int32(from + cut), int32(cw)})
			from += cut
			wordW -= cw
		}
		at, w = end, wordW
	}
	for i, r := range text {
		switch r {
		case ' ':
			flushWord(i)
			word, wordW = i+1, 0
		case '\n':
			flushWord(i)
			lines = append(lines, span{int32(from), int32(at), int32(w)})
			from, at, w, word, wordW = i+1, i+1, 0, i+1, 0
		default:
			wordW += int(f.advance[r&0xFFFF])
		}
	}
	flushWord(len(text))
	return append(lines, span{int32(from), int32(at), int32(w)})
}

// leastLines is how many lines of a row that is split stand at the foot of a page.
const leastLines = 3

// whole reports whether a row fits on a page and so is never split.
func (s *tableSet) whole(r *rowSet) bool {
	return !r.loose && r.height <= s.d.bottom-s.d.top-s.headAll
}

// start is the room that a row asks for where it begins: all of its height, or its
// first lines when it must be split wherever it begins.
func (s *tableSet) start(r *rowSet) float64 {
	if s.whole(r) {
		return r.height
	}
	return s.step*float64(min(r.count, leastLines)) + 2*padY
}

// draw draws a row at the current place, in parts when it is taller than a page.
func (s *tableSet) draw(r *rowSet) {
	d := s.d
	for done := 0; done < r.count; {
		count := r.count - done
		if room := int((d.bottom - d.y - 2*padY + 0.01) / s.step); count > room {
			if d.y > d.top+s.headAll+0.5 && (s.whole(r) || room < min(count, leastLines)) {
				s.breakPage()
				if d.err != nil {
					return
				}
				continue
			}
			if room < 1 {
				d.err = data.Fail(data.Internal, "Tiêu đề của bảng cao hơn trang giấy nên không in được bảng.", nil)
				return
			}
			count = room
		}
		s.part(r, done, count)
		done += count
		if done < r.count {
			s.breakPage()
			if d.err != nil {
				return
			}
		}
	}
}

// part draws the lines skip to skip+count of a row.
func (s *tableSet) part(r *rowSet, skip, count int) {
	d, c := s.d, s.d.c
	h := s.step*float64(count) + 2*padY
	last := len(s.x) - 1
	if r.row.Shade {
		c.rect(s.x[0], d.y, s.x[last]-s.x[0], h, headGrey)
		c.setInk(0)
		c.rule(s.x[0], d.y, s.x[last], d.y)
	}
	for i := 1; i < r.row.Span; i++ {
		s.close(i)
	}
	st := styleOf(r.row.Bold, r.row.Italic)
	long := s.t.Rows >= longTable
	if long {
		c.origin(d.y)
		c.line(s.x[0], d.y, s.x[last], d.y, lineWidth)
	}
	for i := range s.t.Columns {
		lines := r.lines[r.first[i]:r.first[i+1]]
		if len(lines) == 0 {
			continue
		}
		end, align := i+1, s.t.Columns[i].Align
		if i == 0 && r.row.Span > 1 {
			end, align = r.row.Span, Left
		}
		x0, x1 := s.x[i]+padX, s.x[end]-padX
		text := r.texts[i]
		y := d.y + padY + s.baseline
		if len(lines) < count && count == r.count {
			y += s.step * float64(count-len(lines)) / 2
		}
		show := func() {
			y := y
			for k := skip; k < min(skip+count, len(lines)); k++ {
				w := float64(lines[k].width) * s.size / 1000
				x := x0
				switch align {
				case Right:
					x = x1 - w
				case Center:
					x = (x0 + x1 - w) / 2
				}
				c.text(x, y, text[lines[k].from:lines[k].to], st, s.size, 0, w)
				y += s.step
			}
		}
		if len(lines) < 2 || count != r.count || s.t.Rows < longTable || len(text) < longText {
			show()
			continue
		}
		// Names that come again and again stand in the file once.
		c.stamp(fmt.Sprint(s.number, " ", i, " ", st, " ", count-len(lines), " ", text), y, show)
	}
	d.y += h
	for i := 1; i < r.row.Span; i++ {
		s.open[i] = d.y
	}
	if !long { // else the row that follows draws it, or end
		c.rule(s.x[0], d.y, s.x[last], d.y)
	}
	d.fresh = false
}
