package paper

import "strings"

// Field is a line of a form: a label and what was written after it.
type Field struct {
	Label string
	Value string // "" prints dots to be written over
	After string // stands after the value, such as "(bộ)"
	Bold  bool   // of the value
	Lines int    // lines of dots for an unknown value, 0 for one
}

// Fields writes fields side by side in columns of one width. One field alone
// flows over pages as text does.
func (d *Document) Fields(fields ...Field) {
	d.start()
	if d.stopped() || len(fields) == 0 {
		return
	}
	const before = 2.5
	step := d.body * leading
	if len(fields) == 1 {
		f := fields[0]
		if f.Value != "" {
			d.put(paragraph{runs: f.runs(), size: d.body, align: Left, before: before})
			return
		}
	}
	gap := 3 * mm
	room := (d.right - d.left - gap*float64(len(fields)-1)) / float64(len(fields))
	sets := make([][]textLine, len(fields))
	rows := 0
	for i, f := range fields {
		sets[i] = breakLines(f.runs(), d.body, room, room)
		if f.Value == "" {
			rows = max(rows, f.Lines)
		}
		rows = max(rows, len(sets[i]))
	}
	height := step * float64(rows)
	if len(fields) > 1 && height > (d.bottom-d.top)/3 {
		for _, f := range fields {
			d.Fields(f)
		}
		return
	}
	if !d.release(before + height) {
		return
	}
	if !d.fresh {
		d.y += before
	}
	for i, f := range fields {
		x, y := d.left+(room+gap)*float64(i), d.y+step*0.8
		for k, l := range sets[i] {
			d.setLine(l, x, y+step*float64(k), room, d.body, Left, 0)
		}
		if f.Value != "" {
			continue
		}
		k := len(sets[i]) - 1
		after := oneLine(f.After)
		end := x + room
		if after != "" {
			w := d.width(after, regular, d.body)
			d.c.text(end-w, y+step*float64(k), after, regular, d.body, 0, w)
			end -= w + d.width(" ", regular, d.body)
		}
		d.dots(x+sets[i][k].width+d.width(" ", regular, d.body), end, y+step*float64(k))
		for k++; k < f.Lines; k++ {
			d.dots(x, x+room, y+step*float64(k))
		}
	}
	d.y += height
	d.fresh = false
}

// runs returns label, value and what stands after it; the dots of an unknown
// value are drawn apart.
func (f Field) runs() []Run {
	if f.Value == "" {
		return []Run{{Text: f.Label}}
	}
	runs := []Run{{Text: f.Label + " "}, {Text: f.Value, Bold: f.Bold}}
	if f.After != "" {
		runs = append(runs, Run{Text: " " + f.After})
	}
	return runs
}

// dots draws a line of dots from x0 to x1.
func (d *Document) dots(x0, x1, y float64) {
	w := d.width(".", regular, d.body)
	if n := int((x1 - x0) / w); n > 0 {
		d.c.text(x1-w*float64(n), y, strings.Repeat(".", n), regular, d.body, 0, w*float64(n))
	}
}

// Dots writes lines of dots over the full width.
func (d *Document) Dots(lines int) {
	for range lines {
		d.Fields(Field{})
	}
}
