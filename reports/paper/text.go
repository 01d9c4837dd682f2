package paper

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// leading is the distance of two lines of text in parts of the type size.
const leading = 1.22

// Align is the alignment of a text.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Center
	Right
	Justify
)

// paragraph describes a block of running text.
type paragraph struct {
	runs     []Run
	size     float64
	align    Align
	indent   float64 // of the first line, points
	inset    float64 // of all lines, points
	mark     string  // bullet before the first line
	grey     float64
	before   float64 // gap above, points
	keepNext bool
}

// Paragraph writes justified text with the first line indented by 1,27 cm.
func (d *Document) Paragraph(runs ...Run) {
	d.put(paragraph{runs: runs, size: d.body, align: Justify, indent: 12.7 * mm, before: 6})
}

// Closing writes the last paragraph of a document, which stays with the
// signature below it.
func (d *Document) Closing(runs ...Run) {
	d.put(paragraph{runs: runs, size: d.body, align: Justify, indent: 12.7 * mm, before: 6, keepNext: true})
}

// Flush writes justified text whose first line is not indented.
func (d *Document) Flush(runs ...Run) {
	d.put(paragraph{runs: runs, size: d.body, align: Justify, before: 2.5})
}

// Bullet writes an item of a list, with a dash before its first line.
func (d *Document) Bullet(runs ...Run) {
	d.put(paragraph{runs: runs, size: d.body, align: Justify, indent: 12.7 * mm, mark: "-", before: 4})
}

// Heading writes a heading that stays with what follows: level 1 is "I. TÊN
// MỤC" in capitals, level 2 "1. Tên khoản" (Decree 30/2020, annex I).
func (d *Document) Heading(level int, text string) {
	text = oneLine(text)
	if level == 1 {
		d.named(1, text)
		text = strings.ToUpper(text)
	}
	d.put(paragraph{runs: []Run{{Text: text, Bold: true}}, size: d.body, align: Left, indent: 12.7 * mm, before: 8, keepNext: true})
}

// titleSize is from which size on a centred bold line is a title.
const titleSize = 13

// Centered writes centred lines that stay with what follows.
func (d *Document) Centered(size float64, runs ...Run) {
	if size >= titleSize && len(runs) > 0 && runs[0].Bold {
		d.named(0, runs[0].Text)
	}
	d.put(paragraph{runs: runs, size: size, align: Center, keepNext: true})
}

// Note writes small text without indent, such as the notes under a table.
func (d *Document) Note(size float64, runs ...Run) {
	d.put(paragraph{runs: runs, size: size, align: Justify, before: 2})
}

// Line writes one small text that stays with what follows, such as "Đơn vị
// tính" above a table.
func (d *Document) Line(size float64, align Align, runs ...Run) {
	d.put(paragraph{runs: runs, size: size, align: align, before: 3, keepNext: true})
}

func (d *Document) put(p paragraph) {
	d.start()
	if d.stopped() {
		return
	}
	room := d.right - d.left - p.inset
	var mark float64
	if p.mark != "" {
		mark = d.width(p.mark+" ", regular, p.size)
	}
	lines := breakLines(p.runs, p.size, room-p.indent-mark, room)
	step := p.size * leading
	draw := func(i int, y float64) {
		x, w := d.left+p.inset, room
		if i == 0 {
			x, w = x+p.indent, w-p.indent
			if p.mark != "" {
				d.c.text(x, y+step*0.8, p.mark, regular, p.size, p.grey, mark)
				x, w = x+mark, w-mark
			}
		}
		d.setLine(lines[i], x, y+step*0.8, w, p.size, p.align, p.grey)
	}
	if p.keepNext {
		d.hold(p.before, step*float64(len(lines)), func(y float64) {
			for i := range lines {
				draw(i, y+step*float64(i))
			}
		})
		return
	}
	// No single first or last line stands alone on a page.
	first := min(len(lines), 2)
	if len(lines) == 3 {
		first = 3
	}
	before := p.before
	if d.fresh && len(d.held) == 0 {
		before = 0
	}
	if !d.release(before + step*float64(first)) {
		return
	}
	if !d.fresh {
		d.y += before
	}
	for i := range lines {
		need := step
		if i > 0 && i == len(lines)-2 {
			need = 2 * step
		}
		if d.y+need > d.bottom+0.01 && !d.fresh {
			d.page()
			if d.stopped() {
				return
			}
		}
		draw(i, d.y)
		d.y += step
		d.fresh = false
	}
}

// setLine draws one line with its baseline at y.
func (d *Document) setLine(l textLine, x, y, room, size float64, align Align, grey float64) {
	extra := 0.0
	switch align {
	case Center:
		x += (room - l.width) / 2
	case Right:
		x += room - l.width
	case Justify:
		if !l.last && l.gaps > 0 {
			extra = (room - l.width) / float64(l.gaps)
		}
	}
	// Pieces of one style are drawn as one text.
	for i := 0; i < len(l.pieces); {
		st := l.pieces[i].style
		space := float64(faceOf(st).advance[' ']) * size / 1000
		if l.pieces[i].space {
			x += space + extra
		}
		s, w := l.pieces[i].text, l.pieces[i].width+extra*float64(strings.Count(l.pieces[i].text, " "))
		j := i + 1
		for ; j < len(l.pieces) && l.pieces[j].style == st; j++ {
			if l.pieces[j].space {
				s += " "
				w += space + extra
			}
			s += l.pieces[j].text
			w += l.pieces[j].width + extra*float64(strings.Count(l.pieces[j].text, " "))
		}
		d.c.spread(x, y, s, st, size, grey, extra, w)
		x += w
		i = j
	}
}

// missing stands for a letter that the type family cannot print.
const missing = '□'

// lookalikes are letters that officers paste and the type family lacks, with
// what is printed in their place.
var lookalikes = map[rune]rune{
	'\u00A0': ' ', '\u202F': ' ', '\u2007': ' ', '\u2009': ' ', '\u2002': ' ', '\u2003': ' ', '\u3000': ' ',
	'\u2010': '-', '\u2011': '-', '✓': '√', '✔': '√', '☐': '□', '☑': '■', '☒': '■', '：': ':', '，': ',',
}

// Clean returns the text as it can be printed: NFC; line ends as \n, tabs and
// unusual spaces as a space; control and invisible characters taken out; a
// letter that the type family lacks, or that gofpdf cannot write, shown as □.
func Clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == 0x7F {
			plain = false
			break
		} else if c >= 0x80 {
			plain = cleanVietnamese(s[i:])
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	f := faceOf(regular)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for _, r := range norm.NFC.String(s) {
		if l, ok := lookalikes[r]; ok {
			r = l
		}
		switch {
		case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteByte(' ')
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r >= 0xFE00 && r <= 0xFE0F:
		case !f.has(r):
			b.WriteRune(missing)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cleanVietnamese reports whether s holds only letters that need no change:
// ASCII, Latin-1 letters, and the composed letters of Vietnamese.
func cleanVietnamese(s string) bool {
	for _, r := range s {
		switch {
		case r >= ' ' && r < 0x7F:
		case r >= 0xC0 && r < 0x180, r == 0x1A0, r == 0x1A1, r == 0x1AF, r == 0x1B0:
		case r >= 0x1EA0 && r <= 0x1EF9:
		case r == '–' || r == '…' || r == '“' || r == '”' || r == '•':
		default:
			return false
		}
	}
	return true
}

// oneLine returns clean text without line ends.
func oneLine(s string) string {
	s = Clean(s)
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
