package paper

import (
	"encoding/binary"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/jung-kurt/gofpdf"

	"giaoban/assets"
)

// family is the name of the type family inside the PDF.
const family = "LiberationSerif"

// Points of a millimetre.
const mm = 72 / 25.4

// Box is a text drawn on a page, in points from the top left corner.
type Box struct {
	Page       int // from 1
	X, Y, W, H float64
	Text       string
}

// canvas draws on pages. Coordinates are points, y from the top down.
//
// gofpdf keeps the tree of pages, cuts the fonts and writes the outline; what stands on
// the pages is written here, as short as it can be, and packed while the next pages are
// laid: its own cell calls format every number and every colour through fmt and measure
// each text again, which costs more than the layout.
type canvas struct {
	pdf     *gofpdf.Fpdf
	ops     []byte
	w, h    float64
	page    int
	heights []float64 // of the pages

	style style   // of the page's current font
	size  float64 // 0 when no font is set on this page
	ink   float64 // current grey of fills and text, 0 black
	pen   float64 // current width of lines

	open   bool  // a text object is begun
	tx, ty int64 // where its last text began, hundredths of a point
	rules  []byte
	lift   float64 // of the origin of what is drawn above the foot of the page, points

	codes   codes
	used    [styles][1 << 10]uint64 // bit set of the letters
	content packer
	stamps  []stamp
	names   map[string]int // of stamps
	record  bool
	boxes   []Box
}

func newCanvas(title, author, subject string, created time.Time) *canvas {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", SizeStr: "A4", OrientationStr: "P"})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(created)
	pdf.SetModificationDate(created)
	pdf.SetTitle(title, true)
	pdf.SetAuthor(author, true)
	pdf.SetSubject(subject, true)
	pdf.SetCreator("Sổ Giao Ban CCHC", true)
	pdf.SetProducer("Sổ Giao Ban CCHC", true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCompression(false) // see packer
	return &canvas{pdf: pdf, codes: codes{}, names: map[string]int{}}
}

// Size is the size of a sheet of paper.
type Size uint8

// The sizes: 210 × 297 mm and 148 × 210 mm.
const (
	A4 Size = iota
	A5
)

// sides returns the short and the long side in points.
func (s Size) sides() (short, long float64) {
	if s == A5 {
		return 148 * mm, 210 * mm
	}
	return 210 * mm, 297 * mm
}

// add begins a page.
func (c *canvas) add(size Size, landscape bool) {
	c.flush()
	orientation := "P"
	short, long := size.sides()
	c.w, c.h = short, long
	if landscape {
		orientation = "L"
		c.w, c.h = long, short
	}
	c.pdf.AddPageFormat(orientation, gofpdf.SizeType{Wd: short, Ht: long})
	c.page++
	c.heights = append(c.heights, c.h)
	c.size, c.ink, c.pen = 0, 0, -1
}

// flush ends what was drawn on the page.
func (c *canvas) flush() {
	c.shut()
	if c.lift != 0 {
		c.move(0)
	}
	if len(c.rules) > 0 {
		c.setPen(lineWidth)
		c.ops = append(c.ops, c.rules...)
		c.op("S")
		c.rules = c.rules[:0]
	}
	if len(c.ops) > 0 {
		c.content.add(c.page, c.ops)
		c.ops = c.ops[:0]
	}
}

// up is the height of a place above the origin.
func (c *canvas) up(y float64) float64 { return c.h - y - c.lift }

// origin puts the origin at y: rows of tables that are drawn from their own corner are
// written alike.
func (c *canvas) origin(y float64) {
	c.shut()
	c.move(float64(cents(c.h-y)) / 100)
}

func (c *canvas) move(lift float64) {
	c.ops = append(c.ops, "1 0 0 1 0 "...)
	c.put("cm\n", lift-c.lift)
	c.lift = lift
}

// put writes an operator behind its numbers.
func (c *canvas) put(op string, nums ...float64) {
	for _, n := range nums {
		c.num(n)
	}
	c.ops = append(c.ops, op...)
}

// path goes along points x, y, x, y, ….
func (c *canvas) path(points []float64) {
	for i := 0; i+1 < len(points); i += 2 {
		if i == 0 {
			c.put("m ", points[i], c.up(points[i+1]))
		} else {
			c.put("l ", points[i], c.up(points[i+1]))
		}
	}
}

// cents rounds points to hundredths.
func cents(v float64) int64 { return int64(math.Round(v * 100)) }

// num writes a number with two decimals and a space.
func (c *canvas) num(v float64) { c.ops = number(c.ops, cents(v)) }

// number writes hundredths and a space.
func number(ops []byte, n int64) []byte {
	if n < 0 {
		ops = append(ops, '-')
		n = -n
	}
	if n >= 100 || n == 0 {
		ops = strconv.AppendInt(ops, n/100, 10)
	}
	if d := n % 100; d != 0 {
		ops = append(ops, '.', byte('0'+d/10))
		if d%10 != 0 {
			ops = append(ops, byte('0'+d%10))
		}
	}
	return append(ops, ' ')
}

func (c *canvas) op(s string) {
	c.ops = append(c.ops, s...)
	c.ops = append(c.ops, '\n')
}

func (c *canvas) setInk(grey float64) {
	if c.ink != grey {
		c.ink = grey
		c.put("g\n", grey)
	}
}

func (c *canvas) setPen(width float64) {
	if c.pen != width {
		c.pen = width
		c.put("w\n", width)
	}
}

// setFont chooses the font by the number of its style, see file.fonts.
func (c *canvas) setFont(s style, size float64) {
	if c.style == s && c.size == size {
		return
	}
	c.style, c.size = s, size
	c.ops = append(c.ops, '/', 'F', byte('0'+s), ' ')
	c.put("Tf ", size)
}

// shut ends the text object, in which no line may be drawn.
func (c *canvas) shut() {
	if c.open {
		c.open = false
		c.op("ET")
	}
}

// line draws a straight line.
func (c *canvas) line(x0, y0, x1, y1, width float64) {
	c.shut()
	c.setPen(width)
	c.put("m ", x0, c.up(y0))
	c.put("l S\n", x1, c.up(y1))
}

// rule draws a line of a table; those of a page are one path, over all else.
func (c *canvas) rule(x0, y0, x1, y1 float64) {
	for _, end := range [2]struct {
		x, y float64
		op   string
	}{{x0, y0, "m "}, {x1, y1, "l "}} {
		c.rules = append(number(number(c.rules, cents(end.x)), cents(c.h-end.y)), end.op...)
	}
}

// polyline draws a broken line through points x, y, x, y, …; dash is the length
// of its strokes, 0 for a solid line.
func (c *canvas) polyline(points []float64, width, dash, grey float64) {
	c.shut()
	if len(points) < 4 {
		return
	}
	c.ops = append(c.ops, "q "...)
	c.put("w ", width)
	c.put("G ", grey)
	if dash > 0 {
		c.ops = append(c.ops, '[')
		c.put("] 0 d ", dash)
	}
	c.path(points)
	c.op("S Q")
}

// fill paints a closed shape through points; outline is the width of its edge,
// 0 for none.
func (c *canvas) fill(points []float64, grey, outline float64) {
	c.shut()
	c.ops = append(c.ops, "q "...)
	c.put("g 0 G ", grey)
	if outline > 0 {
		c.put("w ", outline)
	}
	c.path(points)
	if outline > 0 {
		c.op("b Q")
	} else {
		c.op("h f Q")
	}
}

// rect fills a rectangle with a grey.
func (c *canvas) rect(x, y, w, h, grey float64) {
	c.shut()
	c.setInk(grey)
	c.put("re f\n", x, c.up(y+h), w, h)
}

// bars fills rectangles x, y, w, h, … in black as one shape, so that bars which
// touch leave no seam on a screen.
func (c *canvas) bars(rects []float64) {
	c.shut()
	if len(rects) == 0 {
		return
	}
	c.setInk(0)
	for i := 0; i+3 < len(rects); i += 4 {
		c.put("re ", rects[i], c.up(rects[i+1]+rects[i+3]), rects[i+2], rects[i+3])
	}
	c.op("f")
}

// frame draws the edge of a rectangle.
func (c *canvas) frame(x, y, w, h, width float64) {
	c.shut()
	c.setPen(width)
	c.put("re S\n", x, c.up(y+h), w, h)
}

// begin starts a text at a place, in the text object that is open: texts are placed
// from where the last one began, which in tables is the same from row to row.
func (c *canvas) begin(x, y float64, st style, size, grey float64) {
	if !c.open {
		c.open, c.tx, c.ty = true, 0, 0
		c.ops = append(c.ops, "BT "...)
	}
	c.setFont(st, size)
	c.setInk(grey)
	px, py := cents(x), cents(c.up(y))
	c.ops = append(number(number(c.ops, px-c.tx), py-c.ty), "Td "...)
	c.tx, c.ty = px, py
}

// noted keeps the box of a text.
func (c *canvas) noted(x, y float64, s string, size, width float64) {
	if c.record {
		c.boxes = append(c.boxes, Box{Page: c.page, X: x, Y: y - ascent*size, W: width, H: (ascent + descent) * size, Text: s})
	}
}

// text draws clean text with its baseline at y; width is its measured width in
// points, for the record only.
func (c *canvas) text(x, y float64, s string, st style, size, grey, width float64) {
	if s == "" {
		return
	}
	c.noted(x, y, s, size, width)
	c.begin(x, y, st, size, grey)
	c.ops = append(c.ops, '(')
	c.glyphs(s, st)
	c.op(")Tj")
}

// spread draws words with an extra gap, in points, added to each space between
// them, so that the line is justified.
func (c *canvas) spread(x, y float64, s string, st style, size, grey, extra, width float64) {
	if extra == 0 || s == "" {
		c.text(x, y, s, st, size, grey, width)
		return
	}
	c.noted(x, y, s, size, width)
	c.begin(x, y, st, size, grey)
	c.ops = append(c.ops, "[("...)
	shift := -extra * 1000 / size
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' {
			c.glyphs(s[from:i+1], st)
			c.ops = append(c.ops, ')')
			c.num(shift)
			c.ops = append(c.ops, '(')
			from = i + 1
		}
	}
	c.glyphs(s[from:], st)
	c.op(")]TJ")
}

// use notes that a letter stands in the file.
func (c *canvas) use(st style, r rune) { c.used[st][r>>6&0x3FF] |= 1 << (r & 63) }

// glyphs writes text as codes in a PDF string.
func (c *canvas) glyphs(s string, st style) {
	ops := c.ops
	for _, r := range s {
		if r < 0x80 && r >= ' ' && r != 0x7F {
			c.use(st, r)
			if r == '\\' || r == '(' || r == ')' {
				ops = append(ops, '\\')
			}
			ops = append(ops, byte(r))
			continue
		}
		c.use(st, r)
		code := c.codes.of(r)
		if code > 0xFF {
			ops = append(ops, byte(code>>8))
		}
		switch b := byte(code); b {
		case '\\', '(', ')':
			ops = append(ops, '\\', b)
		case '\r':
			ops = append(ops, '\\', 'r')
		default:
			ops = append(ops, b)
		}
	}
	c.ops = ops
}

// clip limits drawing to a closed shape until unclip.
func (c *canvas) clip(points []float64) {
	c.shut()
	c.ops = append(c.ops, "q "...)
	c.path(points)
	c.op("h W n")
	c.pen = -1
}

func (c *canvas) unclip() {
	c.shut()
	c.op("Q")
	c.pen = -1
}

// style is one of the four styles of the type family.
type style uint8

const (
	regular style = iota
	bold
	italic
	boldItalic
	styles
)

func styleOf(b, i bool) style {
	s := regular
	if b {
		s |= bold
	}
	if i {
		s |= italic
	}
	return s
}

// letters returns the style as gofpdf writes it.
func (s style) letters() string { return [...]string{"", "B", "I", "BI"}[s] }

// fontBytes returns the font file of a style.
func fontBytes(s style) []byte {
	return [...][]byte{assets.SerifRegular, assets.SerifBold, assets.SerifItalic, assets.SerifBoldItalic}[s]
}

// face holds the advance width of every letter of one style in thousandths of
// the type size, as gofpdf rounds them; 0 means that the letter is missing.
type face struct {
	advance [1 << 16]uint16
}

var (
	facesOnce sync.Once
	faceTable [styles]*face
)

// faceOf returns the metrics of a style.
func faceOf(s style) *face {
	facesOnce.Do(func() {
		for i := range styles {
			faceTable[i] = readFace(fontBytes(i))
		}
	})
	return faceTable[s]
}

// ascent and descent are those of Liberation Serif in parts of the type size.
const (
	ascent  = 0.891
	descent = 0.216
)

// has reports whether the style has a glyph for the rune.
func (f *face) has(r rune) bool { return r >= 0 && r < 1<<16 && f.advance[r] != 0 }

// width returns the width of clean text in thousandths of the type size.
func (f *face) width(s string) int {
	w := 0
	for _, r := range s {
		w += int(f.advance[r&0xFFFF])
	}
	return w
}

// readFace reads the character map (format 4) and the advance widths of an
// embedded font; the fonts are ours, so a damaged one is a fault of the build.
func readFace(b []byte) *face {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
	table := map[string]int{}
	for i := range u16(4) {
		at := 12 + 16*i
		table[string(b[at:at+4])] = u32(at + 8)
	}
	scale := 1000 / float64(u16(table["head"]+18))
	metrics, hmtx := u16(table["hhea"]+34), table["hmtx"]
	cmap := table["cmap"]
	sub := 0
	for i := range u16(cmap + 2) {
		if at := cmap + u32(cmap+8+8*i); u16(at) == 4 {
			sub = at
		}
	}
	f := &face{}
	n := u16(sub+6) / 2
	ends, starts := sub+14, sub+16+2*n
	deltas, offsets := starts+2*n, starts+4*n
	for i := range n {
		first, last := u16(starts+2*i), u16(ends+2*i)
		for c := first; c <= last && c < 0xFFFF; c++ {
			glyph := c
			if off := u16(offsets + 2*i); off != 0 {
				if glyph = u16(offsets + 2*i + off + 2*(c-first)); glyph == 0 {
					continue
				}
			}
			if glyph = (glyph + u16(deltas+2*i)) & 0xFFFF; glyph == 0 {
				continue
			}
			f.advance[c] = uint16(math.Round(scale * float64(u16(hmtx+4*min(glyph, metrics-1)))))
		}
	}
	return f
}
