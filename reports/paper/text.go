package paper

import "strings"

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
		text = strings.ToUpper(text)
	}
	d.put(paragraph{runs: []Run{{Text: text, Bold: true}}, size: d.body, align: Left, indent: 12.7 * mm, before: 8, keepNext: true})
}

// Centered writes centred lines that stay with what follows.
func (d *Document) Centered(size float64, runs ...Run) {
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
