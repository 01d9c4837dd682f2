package paper

import (
	"cmp"
	"fmt"
	"unicode/utf16"

	"giaoban/data"
)

// Mark is a place of a document that its outline and its table of contents name.
type Mark struct {
	Title string
	Level int // 0 for a part, 1 for what stands in it
	Page  int // from 1
}

// Bookmark names the next page that is begun; readers show it beside the pages and
// Contents lists it.
func (d *Document) Bookmark(level int, title string) {
	d.next = append(d.next, Mark{Title: oneLine(title), Level: level})
}

// named makes a title a bookmark where the paper names none itself.
func (d *Document) named(level int, title string) {
	d.naming = append(d.naming, Mark{Title: oneLine(title), Level: level})
}

// outlineMarks returns the bookmarks of the file: those that were named, else the titles
// of the paper, at least its own.
func (d *Document) outlineMarks() []Mark {
	if len(d.marks) > 0 {
		return d.marks
	}
	if len(d.titles) == 0 || d.titles[0].Level > 0 {
		whole := cmp.Or(d.opt.Title, "Trang 1")
		return append([]Mark{{Title: oneLine(whole), Page: 1}}, d.titles...)
	}
	return d.titles
}

// Marks returns the places that were named so far.
func (d *Document) Marks() []Mark { return d.marks }

// Running is text at the top right of each page from the next one on, where its
// section has none of its own.
func (d *Document) Running(text string) { d.running = oneLine(text) }

// Contents leaves the rest of this page for a table of contents, which is written once
// all pages are known.
func (d *Document) Contents() {
	d.start()
	if d.release(0) {
		d.contents = &reserved{page: d.c.page, left: d.left, right: d.right, top: d.y, bottom: d.bottom}
		d.y, d.fresh = d.bottom, false
	}
}

// reserved is a part of a page that is written at the end, in points.
type reserved struct {
	page                     int
	left, right, top, bottom float64
}

// here gives the bookmarks that wait the page that has begun.
func (d *Document) here() {
	for _, m := range d.next {
		m.Page = d.c.page
		d.marks = append(d.marks, m)
	}
	d.next = d.next[:0]
}

// finish writes the contents and the outline.
func (d *Document) finish() {
	d.here()
	if d.stopped() {
		return
	}
	if r := d.contents; r != nil {
		d.c.back(r.page, func() { d.writeContents(r) })
	}
	d.c.outline(d.outlineMarks())
}

// writeContents lists the marks, each with dots to its page; many of them stand closer.
func (d *Document) writeContents(r *reserved) {
	if len(d.marks) == 0 {
		return
	}
	const largest, indent, room = 12.5, 6 * mm, 9 * mm
	step := min((r.bottom-r.top)/float64(len(d.marks)), largest*1.65)
	if step < 7 {
		d.err = data.Fail(data.Internal, "Mục lục không đủ chỗ trên một trang. Bớt phần của tài liệu.", nil)
		return
	}
	size := min(largest, step/1.25)
	y := r.top + step*0.75
	for _, m := range d.marks {
		st, x := bold, r.left
		if m.Level > 0 {
			st, x = regular, r.left+indent
		}
		number := fmt.Sprint(m.Page)
		w := d.width(number, regular, size)
		d.c.text(r.right-w, y, number, regular, size, 0, w)
		title := m.Title
		for title != "" && d.width(title, st, size) > r.right-room-x {
			runes := []rune(title)
			title = string(runes[:max(len(runes)-2, 0)])
			if len(runes) > 2 {
				title += "…"
			}
		}
		wide := d.width(title, st, size)
		d.c.text(x, y, title, st, size, 0, wide)
		dot := d.width(".", regular, size)
		if n := int((r.right - room - x - wide - dot) / dot); n > 0 {
			dots := make([]byte, n)
			for i := range dots {
				dots[i] = '.'
			}
			d.c.text(r.right-room-dot*float64(n), y, string(dots), regular, size, 0, dot*float64(n))
		}
		y += step
	}
}

// back draws on an earlier page.
func (c *canvas) back(page int, draw func()) {
	c.flush()
	last, w, h := c.page, c.w, c.h
	c.h = c.heights[page-1]
	c.page = page
	c.size, c.ink, c.pen = 0, -1, -1
	draw()
	c.flush()
	c.page, c.w, c.h = last, w, h
	c.size, c.ink, c.pen = 0, -1, -1
}

// outline writes the bookmarks into the file; gofpdf measures their height from the
// foot of the last page.
func (c *canvas) outline(marks []Mark) {
	if len(marks) == 0 {
		return
	}
	c.flush()
	last := c.page
	for _, m := range marks {
		c.pdf.SetPage(m.Page)
		c.pdf.Bookmark(utf16Of(m.Title), m.Level, c.h-c.heights[m.Page-1])
	}
	c.pdf.SetPage(last)
}

// utf16Of writes text as a PDF file keeps titles; gofpdf would do so only where it has
// set a font.
func utf16Of(s string) string {
	b := []byte("\xFE\xFF")
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}
