// Package paper lays text, tables and pictures on A4 pages and writes them as
// PDF files. It knows the layout of Decree 30/2020/NĐ-CP (letterhead, margins,
// signatures) and the statistical tables of the office.
//
// It is the only package that imports gofpdf. It never computes a figure, never
// reads the clock, and never draws outside the margins. The same calls give the
// same bytes.
package paper

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"giaoban/data"
)

// Margins are distances from the edge of the page in millimetres.
type Margins struct {
	Top, Bottom, Left, Right float64
}

// Decree30 are the margins of administrative documents: top and bottom 20,
// left 30, right 15 mm (Decree 30/2020, annex I).
var Decree30 = Margins{Top: 20, Bottom: 20, Left: 30, Right: 15}

// Lists are the margins of landscape lists and registers
// (register-and-reports 1.2): 15, 15, 20, 12,7 mm.
var Lists = Margins{Top: 15, Bottom: 15, Left: 20, Right: 12.7}

// Progress tells how far a document is: Done of Total rows of the table being
// laid, or pages so far when Total is 0.
type Progress struct {
	Done, Total, Pages int
}

// Options describe a document.
type Options struct {
	Title, Author, Subject string
	// Created is the date written into the file. It comes from the caller so
	// that the same report gives the same bytes; the zero value is 1 January 2000.
	Created time.Time
	// Size is the size of running text in points, 0 for 14 (Decree 30: 13 to 14).
	Size float64
	// Progress is called now and then while long tables are laid; may be nil.
	Progress func(Progress)
	// Seal is written into the foot of every page, such as the fingerprint of figures
	// that were closed; "" for none.
	Seal string
	// Record keeps the boxes of all texts, for tests.
	Record bool
	// Simplex asks printers for one side of a sheet, as slips need that are handed out.
	Simplex bool
	// Through numbers all pages in one run, whatever their sections say.
	Through bool
	// Into takes the pages in place of a new document, so that papers become parts of one.
	Into *Document
}

// Section describes the pages from here on.
type Section struct {
	Paper     Size // A4 unless said otherwise
	Landscape bool
	Margins   Margins // zero for Decree30
	// Restart numbers the pages from 1 again; the first page of a run shows no
	// number (Decree 30/2020, annex I).
	Restart bool
	// Foot is the 8 pt grey line at the foot of statistical pages; "" for none.
	Foot string
	// Corner is small text at the top right of each page, such as "In lại lần 2".
	Corner string
	// Size is the size of running text in points, 0 for Options.Size.
	Size float64
}

// Document is a paper being written from top to bottom. The first failure stops
// it: every later call does nothing and Bytes or WriteFile return that failure.
type Document struct {
	ctx  context.Context
	err  error
	c    *canvas
	opt  Options
	sec  Section
	body float64

	left, right, top, bottom float64 // of the text area, in points
	y                        float64 // next free place
	fresh                    bool    // nothing stands on the page yet
	number                   int     // page number within the run
	held                     []held  // what must stay with the block that follows
	done                     bool
	tables                   int // so far
	cuts                     []string
	out                      []byte // the file, once it is made

	running  string    // see Running
	next     []Mark    // bookmarks of the next page
	marks    []Mark    // those of pages
	naming   []Mark    // titles of the next block that is held back, see named
	titles   []Mark    // those that were drawn
	contents *reserved // nil for none
}

// held is a block that waits for the next one, such as a heading.
type held struct {
	before, height float64
	draw           func(y float64)
}

// New begins a document; its first section starts with the first Section call,
// or as portrait pages of Decree30. When ctx is cancelled the document stops
// with an error of code Cancelled.
func New(ctx context.Context, o Options) *Document {
	if o.Into != nil {
		return o.Into
	}
	if o.Created.IsZero() {
		o.Created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	o.Size = cmp.Or(o.Size, 14)
	d := &Document{ctx: ctx, opt: o, body: o.Size}
	d.c = newCanvas(oneLine(o.Title), oneLine(o.Author), oneLine(o.Subject), o.Created)
	d.c.record = o.Record
	return d
}

// Section starts a new page on which the section's layout holds.
func (d *Document) Section(s Section) {
	d.release(0)
	if s.Margins == (Margins{}) {
		s.Margins = Decree30
	}
	s.Foot, s.Corner = oneLine(s.Foot), oneLine(s.Corner)
	if d.body = s.Size; d.body == 0 {
		d.body = d.opt.Size
	}
	if s.Restart && !d.opt.Through || d.c.page == 0 {
		d.number = 0
	}
	d.sec = s
	d.page()
}

// Pages returns how many pages the document has so far.
func (d *Document) Pages() int { return d.c.page }

// Width returns the width of the text area in millimetres.
func (d *Document) Width() float64 {
	d.start()
	return (d.right - d.left) / mm
}

// TextSize returns the size of running text in points.
func (d *Document) TextSize() float64 { return d.body }

// Break starts a new page of the section, unless nothing stands on this one.
func (d *Document) Break() {
	d.start()
	d.release(0)
	if !d.fresh {
		d.page()
	}
}

// Sheet leaves the back of a sheet blank, so that what follows begins on a new one where
// both sides are printed. The next section begins the new page.
func (d *Document) Sheet() {
	d.start()
	d.release(0)
	if d.c.page%2 == 1 && !d.stopped() {
		d.c.add(d.sec.Paper, d.sec.Landscape)
		d.number++
	}
}

// Boxes returns the recorded texts (Options.Record).
func (d *Document) Boxes() []Box { return d.c.boxes }

// Cuts returns the words of tables that had to be broken where no sign parts them
// (Options.Record).
func (d *Document) Cuts() []string { return d.cuts }

// Err returns the failure that stopped the document, or nil.
func (d *Document) Err() error { return d.err }

func (d *Document) start() {
	if d.c.page == 0 {
		d.Section(Section{})
	}
}

// page begins a page of the section, with its number and foot.
func (d *Document) page() {
	if d.stopped() {
		return
	}
	d.c.add(d.sec.Paper, d.sec.Landscape)
	d.number++
	d.here()
	m := d.sec.Margins
	d.left, d.right = m.Left*mm, d.c.w-m.Right*mm
	d.top, d.bottom = m.Top*mm, d.c.h-m.Bottom*mm
	d.y, d.fresh = d.top, true
	if d.number > 1 {
		const size = 13
		s := fmt.Sprint(d.number)
		w := d.width(s, regular, size)
		d.c.text((d.left+d.right-w)/2, d.top-5*mm, s, regular, size, 0, w)
	}
	if s := cmp.Or(d.sec.Corner, d.running); s != "" {
		const size = 9
		w := d.width(s, italic, size)
		d.c.text(d.right-w, d.top-5*mm, s, italic, size, 0, w)
	}
	foot := d.sec.Foot
	if d.opt.Seal != "" {
		foot = strings.TrimPrefix(foot+"; "+d.opt.Seal, "; ")
	}
	if foot != "" {
		const size = 8
		s := oneLine(foot)
		w := d.width(s, regular, size)
		shrunk := float64(size)
		if room := d.right - d.left; w > room {
			shrunk *= room / w
			w = room
		}
		d.c.stamp(fmt.Sprint("foot ", d.left, d.bottom, d.right, s), 0, func() {
			d.c.line(d.left, d.bottom+2*mm, d.right, d.bottom+2*mm, 0.25)
			d.c.text(d.left, d.bottom+5*mm, s, regular, shrunk, 0.4, w)
		})
	}
}

// stopped reports whether the document has failed or was cancelled.
func (d *Document) stopped() bool {
	if d.err == nil && d.ctx.Err() != nil {
		d.err = cancelled(d.ctx)
	}
	return d.err != nil
}

func cancelled(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.DeadlineExceeded) {
		return data.Fail(data.Cancelled, "Đã dừng lập văn bản vì quá thời gian chờ. Chưa có tệp nào được ghi.", cause)
	}
	return data.Fail(data.Cancelled, "Đã hủy việc lập văn bản. Chưa có tệp nào được ghi.", cause)
}

// width measures clean text in points.
func (d *Document) width(s string, st style, size float64) float64 {
	return float64(faceOf(st).width(s)) * size / 1000
}

// hold keeps a block back until the next one is placed, so that both stand on
// the same page.
func (d *Document) hold(before, height float64, draw func(y float64)) {
	d.start()
	if names := d.naming; len(names) > 0 {
		d.naming = nil
		plain := draw
		draw = func(y float64) {
			for _, m := range names {
				m.Page = d.c.page
				d.titles = append(d.titles, m)
			}
			plain(y)
		}
	}
	d.held = append(d.held, held{before, height, draw})
}

// release places the blocks held back so that at least need points follow them
// on their page, and makes room of need points in any case. It returns false
// when the document is stopped.
func (d *Document) release(need float64) bool {
	if d.c.page == 0 {
		if len(d.held) == 0 && need == 0 {
			return !d.stopped()
		}
		d.start()
	}
	if d.y+need+d.heldHeight() > d.bottom+0.01 && !d.fresh {
		d.page()
	}
	if d.stopped() {
		return false
	}
	for _, h := range d.held {
		if d.y+h.height > d.bottom+0.01 && !d.fresh {
			d.page()
		}
		if !d.fresh {
			d.y += h.before
		}
		h.draw(d.y)
		d.y += h.height
		d.fresh = false
	}
	d.held = d.held[:0]
	return d.err == nil
}

// heldHeight is the room that the blocks held back will take.
func (d *Document) heldHeight() float64 {
	total := 0.0
	for i, h := range d.held {
		if i > 0 || !d.fresh {
			total += h.before
		}
		total += h.height
	}
	return total
}

// Space leaves a gap in millimetres; it vanishes at the top of a page.
func (d *Document) Space(millimetres float64) {
	d.start()
	if len(d.held) > 0 {
		d.held = append(d.held, held{height: millimetres * mm, draw: func(float64) {}})
	} else if !d.fresh {
		d.y += millimetres * mm
	}
}

// Bytes ends the document and returns it as a PDF file.
func (d *Document) Bytes() ([]byte, error) {
	if !d.done {
		d.start()
		d.release(0)
		d.finish()
		d.done = true
	}
	if d.stopped() {
		return nil, d.err
	}
	if d.out == nil {
		d.out, d.err = d.c.bytes(about{oneLine(d.opt.Title), oneLine(d.opt.Author), oneLine(d.opt.Subject), d.opt.Created, d.opt.Simplex})
	}
	if d.stopped() {
		return nil, d.err
	}
	return d.out, nil
}

// WriteTo implements io.WriterTo: it ends the document and writes the PDF file.
func (d *Document) WriteTo(w io.Writer) (int64, error) {
	b, err := d.Bytes()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(b)
	return int64(n), err
}
