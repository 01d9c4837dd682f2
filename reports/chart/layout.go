package chart

import (
	"math"
	"strings"
)

// layout is a picture being built.
type layout struct {
	Picture
	measure Measure
	taken   [][4]float64 // rectangles of value texts
	axis    float64      // no text of a value stands below it, where the categories do; 0 for none
}

// Layout places the chart in a frame of w × h points.
func (c Chart) Layout(w, h float64, measure Measure) Picture {
	c = c.Drawn()
	l := &layout{Picture: Picture{W: w, H: h}, measure: measure}
	if c.Kind == Spark {
		l.spark(c)
		return l.Picture
	}
	top := 0.0
	for _, line := range l.wrap(c.Title, titleSize, true, w, 3) {
		top += titleSize * 1.2
		l.text(w/2, top-titleSize*0.25, line, titleSize, true, Middle)
	}
	if len(c.Series) > 1 {
		top = l.legend(c, top+3)
	}
	bottom := h
	notes := l.wrap(strings.TrimSpace(c.Source+" "+c.axisNote()), sourceSize, false, w, 2)
	for i := range notes {
		y := h - 2 - float64(len(notes)-1-i)*sourceSize*1.2
		l.Shapes = append(l.Shapes, Shape{Kind: Text, Points: []float64{0, y}, Text: notes[i], Size: sourceSize, Italics: true, Shade: Ink, Series: -1})
	}
	if n := float64(len(notes)); n > 0 {
		bottom -= sourceSize * (0.2 + 1.2*n)
	}
	top += 4
	switch c.Kind {
	case Ranking:
		l.ranking(c, top, bottom)
	case Donut:
		l.donut(c, top, bottom)
	default:
		l.upright(c, top, bottom)
	}
	return l.Picture
}

func (l *layout) text(x, y float64, s string, size float64, bold bool, a Anchor) {
	l.Shapes = append(l.Shapes, Shape{Kind: Text, Points: []float64{x, y}, Text: s, Size: size, Bold: bold, Anchor: a, Shade: Ink, Series: -1})
}

func (l *layout) area(x, y, w, h float64, shade Shade, series int) {
	l.Shapes = append(l.Shapes, Shape{Kind: Area, Points: []float64{x, y, x + w, y, x + w, y + h, x, y + h}, Shade: shade, Series: series, Width: 0.5})
}

// is says which value the last shape draws.
func (l *layout) is(i int) { l.Shapes[len(l.Shapes)-1].Value = i + 1 }

func (l *layout) path(width, dash float64, shade Shade, series int, points ...float64) {
	l.Shapes = append(l.Shapes, Shape{Kind: Path, Points: points, Width: width, Dash: dash, Shade: shade, Series: series})
}

// wrap breaks a text into at most most lines; what does not fit is cut with "…".
func (l *layout) wrap(s string, size float64, bold bool, room float64, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		try := word
		if line != "" {
			try = line + " " + word
		}
		if line != "" && l.measure(try, size, bold) > room {
			lines = append(lines, line)
			line = word
			continue
		}
		line = try
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] += " …"
	}
	for i := range lines {
		lines[i] = l.clip(lines[i], size, bold, room)
	}
	return lines
}

// clip cuts a text that is wider than the room and ends it with "…".
func (l *layout) clip(s string, size float64, bold bool, room float64) string {
	if l.measure(s, size, bold) <= room {
		return s
	}
	runes := []rune(strings.TrimSuffix(s, "…"))
	for len(runes) > 1 {
		runes = runes[:len(runes)-1]
		if cut := strings.TrimRight(string(runes), " ") + "…"; l.measure(cut, size, bold) <= room {
			return cut
		}
	}
	return string(runes)
}

// legend names the series in one or more centred lines and returns the y below.
func (l *layout) legend(c Chart, y float64) float64 {
	const box, gap, between = 9.0, 4.0, 16.0
	var rows [][]int
	var widths []float64
	for i, s := range c.Series {
		w := box + gap + l.measure(s.Name, labelSize, false) + between
		if n := len(rows); n > 0 && widths[n-1]+w <= l.W {
			rows[n-1] = append(rows[n-1], i)
			widths[n-1] += w
		} else {
			rows, widths = append(rows, []int{i}), append(widths, w)
		}
	}
	for r, row := range rows {
		x := (l.W - widths[r] + between) / 2
		for _, i := range row {
			if c.Kind == Lines {
				l.path(1.4, dashOf(i), lineShade(i), i, x-6, y+5, x+box, y+5)
				l.mark(x+1.5, y+5, i)
			} else {
				l.area(x, y+1, box, box-1, shadeOf(i), i)
			}
			name := l.clip(c.Series[i].Name, labelSize, false, l.W-box-gap)
			l.text(x+box+gap, y+8.3, name, labelSize, false, Start)
			x += box + gap + l.measure(name, labelSize, false) + between
		}
		y += labelSize * 1.35
	}
	return y
}

// lineShade keeps lines dark enough to read.
func lineShade(series int) Shade {
	if series == 0 {
		return Ink
	}
	return Dark
}

// mark is a point of a line: full for the first series, hollow for the others.
func (l *layout) mark(x, y float64, series int) {
	const r = 2.0
	shade := Ink
	if series > 0 {
		shade = Ground
	}
	pts := []float64{x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r}
	if series%2 == 1 {
		pts = []float64{x, y - r - 0.6, x + r + 0.6, y, x, y + r + 0.6, x - r - 0.6, y}
	}
	l.Shapes = append(l.Shapes, Shape{Kind: Area, Points: pts, Shade: shade, Series: series, Width: 0.7})
}

// place says where the text of a mark may stand.
type place uint8

const (
	above      place = iota // above only
	aboveFirst              // above, else below
	belowFirst              // below, else above
)

// value writes the text of a mark where it touches no other; where there is no
// such place it is left out, for its table has it.
func (l *layout) value(x, y float64, s string, size float64, p place) {
	if s == "" {
		return
	}
	w := l.measure(s, size, false)
	places := []float64{y - 2.5, y + size + 1.5}
	switch p {
	case above:
		places = places[:1]
	case belowFirst:
		places[0], places[1] = places[1], places[0]
	}
	for _, base := range places {
		r := [4]float64{x - w/2 - 0.5, base - size*0.75, x + w/2 + 0.5, base}
		free := l.axis == 0 || base <= l.axis
		for _, t := range l.taken {
			if r[0] < t[2] && t[0] < r[2] && r[1] < t[3] && t[1] < r[3] {
				free = false
				break
			}
		}
		if free {
			l.taken = append(l.taken, r)
			if p != above {
				// Lines may pass here.
				l.area(r[0], r[1], r[2]-r[0], r[3]-r[1]+0.5, Ground, -1)
			}
			l.text(x, base, s, size, false, Middle)
			return
		}
	}
}

// leastBar is the height of a bar that would be too low to see: something is never
// drawn as nothing.
const leastBar = 1.5

// wordSize is the size of names at which each of their words fits into the room whole, as
// «11/26» must: that of labels, or less where the room asks it.
func (l *layout) wordSize(names []string, room float64) float64 {
	size := float64(labelSize)
	for _, name := range names {
		for _, word := range strings.Fields(name) {
			for size > LeastSize && l.measure(word, size, false) > room {
				size -= 0.5
			}
		}
	}
	return size
}

// upright lays out bars, stacks and lines over categories.
func (l *layout) upright(c Chart, top, bottom float64) {
	n := len(c.Categories)
	if n == 0 || c.Empty() {
		return
	}
	slot := l.W / float64(n)
	names, lines := l.wordSize(c.Categories, slot-3), 1
	for _, name := range c.Categories {
		lines = max(lines, len(l.wrap(name, names, false, slot-3, 3)))
	}
	base := bottom - float64(lines)*names*1.15 - 3
	for i, name := range c.Categories {
		for k, line := range l.wrap(name, names, false, slot-3, 3) {
			l.text(slot*(float64(i)+0.5), base+names*(1.05+1.15*float64(k)), line, names, false, Middle)
		}
	}
	l.axis = base
	top += labelSize + 3 // room for the text above the highest mark
	most, least := highest(c), c.floor()
	y := func(v float64) float64 { return base - (base-top)*(v-least)/(most-least) }
	at := func(s Series, i int) Value {
		if i >= len(s.Values) {
			return Value{Missing: true}
		}
		return s.Values[i]
	}
	switch c.Kind {
	case Lines:
		for k, s := range c.Series {
			var pts []float64
			for i := range n {
				if v := at(s, i); !v.Missing {
					pts = append(pts, slot*(float64(i)+0.5), y(v.Size))
				} else if len(pts) > 0 {
					l.path(1.4, dashOf(k), lineShade(k), k, pts...)
					pts = nil
				}
			}
			if len(pts) > 0 {
				l.path(1.4, dashOf(k), lineShade(k), k, pts...)
			}
		}
		for i := range n {
			// The marks keep their place free of texts; the highest gets its text
			// first, above it.
			order := byHeight(c, i)
			x := slot * (float64(i) + 0.5)
			for _, k := range order {
				at := y(c.Series[k].Values[i].Size)
				l.taken = append(l.taken, [4]float64{x - 2.5, at - 2.3, x + 2.5, at + 2.3})
			}
			for at, k := range order {
				v, p := c.Series[k].Values[i], aboveFirst
				if at > 0 {
					p = belowFirst
				}
				l.value(x, y(v.Size)-1, v.Text, 7.5, p)
			}
			for _, k := range order {
				l.mark(x, y(c.Series[k].Values[i].Size), k)
				l.is(i)
			}
		}
	case Stacked:
		bar := math.Min(slot*0.6, 46)
		for i := range n {
			sum := 0.0
			for k, s := range c.Series {
				v := at(s, i)
				if v.Missing || v.Size <= 0 {
					continue
				}
				y0, y1 := y(sum), y(sum+v.Size)
				l.area(slot*(float64(i)+0.5)-bar/2, y1, bar, y0-y1, shadeOf(k), k)
				l.is(i)
				if tw := l.measure(v.Text, 7.5, false); v.Text != "" && y0-y1 > 10 && tw < bar-2 {
					cx, cy := slot*(float64(i)+0.5), (y0+y1)/2
					l.area(cx-tw/2-1.5, cy-4.5, tw+3, 9, Ground, -1)
					l.text(cx, cy+2.6, v.Text, 7.5, false, Middle)
				}
				sum += v.Size
			}
		}
	default:
		k := float64(len(c.Series))
		bar := math.Min(slot*0.88/k, 40)
		size, room := labelSize, bar
		if k == 1 {
			room = slot
		}
		for _, s := range c.Series {
			for _, v := range s.Values {
				for size > LeastSize && l.measure(v.Text, size, false) > room-0.5 {
					size -= 0.5
				}
			}
		}
		for i := range n {
			x := slot*(float64(i)+0.5) - bar*k/2
			for j, s := range c.Series {
				if v := at(s, i); !v.Missing {
					tip := y(v.Size)
					if v.Size > 0 {
						tip = math.Min(tip, base-leastBar)
					}
					l.area(x, tip, bar-1, base-tip, shadeOf(j), j)
					l.is(i)
					l.value(x+bar/2, tip, v.Text, size, above)
				}
				x += bar
			}
		}
	}
	l.path(0.7, 0, Ink, -1, 0, base, l.W, base)
	if least > 0 {
		// The axis is broken: two strokes across its end, as the note below says.
		l.path(0.7, 0, Ink, -1, 2, base+3, 5, base-3)
		l.path(0.7, 0, Ink, -1, 5, base+3, 8, base-3)
	}
}

func highest(c Chart) float64 {
	most := 0.0
	for i := range c.Categories {
		sum := 0.0
		for _, s := range c.Series {
			if i < len(s.Values) && !s.Values[i].Missing {
				sum += s.Values[i].Size
				most = math.Max(most, s.Values[i].Size)
			}
		}
		if c.Kind == Stacked {
			most = math.Max(most, sum)
		}
	}
	return most
}

// byHeight returns the series with a value at a category, highest first.
func byHeight(c Chart, i int) []int {
	var order []int
	for k, s := range c.Series {
		if i < len(s.Values) && !s.Values[i].Missing {
			order = append(order, k)
		}
	}
	for a := 1; a < len(order); a++ {
		for b := a; b > 0 && c.Series[order[b]].Values[i].Size > c.Series[order[b-1]].Values[i].Size; b-- {
			order[b], order[b-1] = order[b-1], order[b]
		}
	}
	return order
}

// ranking lays out lying bars with the names at the left.
func (l *layout) ranking(c Chart, top, bottom float64) {
	if len(c.Series) == 0 || len(c.Categories) == 0 {
		return
	}
	values := c.Series[0].Values
	n := min(len(c.Categories), len(values))
	most, names, texts := 0.0, 0.0, 0.0
	for i := range n {
		most = math.Max(most, values[i].Size)
		names = math.Max(names, l.measure(c.Categories[i], labelSize, false))
		texts = math.Max(texts, l.measure(values[i].Text, labelSize, false))
	}
	if most == 0 {
		return
	}
	names = math.Min(names, l.W*0.45)
	x0 := names + 5
	room := l.W - x0 - texts - 5
	slot := math.Min((bottom-top)/float64(n), 20)
	bar := slot * 0.66
	for i := range n {
		mid := top + slot*(float64(i)+0.5)
		l.text(names, mid+labelSize*0.33, l.clip(c.Categories[i], labelSize, false, names), labelSize, false, End)
		if values[i].Missing {
			continue
		}
		w := room * values[i].Size / most
		l.area(x0, mid-bar/2, w, bar, Dark, 0)
		l.is(i)
		l.text(x0+w+3, mid+labelSize*0.33, values[i].Text, labelSize, false, Start)
	}
	l.path(0.7, 0, Ink, -1, x0, top, x0, top+slot*float64(n))
}

// donut lays out the parts of a whole with their names at the right.
func (l *layout) donut(c Chart, top, bottom float64) {
	if len(c.Series) == 0 || c.Empty() {
		return
	}
	values := c.Series[0].Values
	n := min(len(c.Categories), len(values))
	sum := 0.0
	for _, v := range values[:n] {
		if !v.Missing {
			sum += v.Size
		}
	}
	r := math.Min((bottom-top)/2, l.W/4)
	cx, cy := r+2, top+(bottom-top)/2
	angle := -math.Pi / 2
	for i := range n {
		if values[i].Missing || values[i].Size <= 0 {
			continue
		}
		end := angle + 2*math.Pi*values[i].Size/sum
		steps := max(2, int((end-angle)/(math.Pi/60)))
		var pts []float64
		for k := 0; k <= steps; k++ {
			a := angle + (end-angle)*float64(k)/float64(steps)
			pts = append(pts, cx+r*math.Cos(a), cy+r*math.Sin(a))
		}
		for k := steps; k >= 0; k-- {
			a := angle + (end-angle)*float64(k)/float64(steps)
			pts = append(pts, cx+r*0.55*math.Cos(a), cy+r*0.55*math.Sin(a))
		}
		l.Shapes = append(l.Shapes, Shape{Kind: Area, Points: pts, Shade: shadeOf(i), Series: i, Width: 0.5})
		l.is(i)
		angle = end
	}
	x := 2*r + 18
	y := cy - float64(n)*labelSize*0.75
	for i := range n {
		l.area(x, y+1, 9, 8, shadeOf(i), i)
		s := c.Categories[i]
		if values[i].Text != "" {
			s += ": " + values[i].Text
		}
		l.text(x+13, y+8.3, l.clip(s, labelSize, false, l.W-x-13), labelSize, false, Start)
		y += labelSize * 1.5
	}
}

// spark lays out one small line over the whole frame with a mark at its end.
func (l *layout) spark(c Chart) {
	if len(c.Series) == 0 || len(c.Series[0].Values) < 2 {
		return
	}
	values := c.Series[0].Values
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !v.Missing {
			low, high = math.Min(low, v.Size), math.Max(high, v.Size)
		}
	}
	if low > high {
		return
	}
	if low == high {
		low--
	}
	const edge = 2.5
	var pts []float64
	for i, v := range values {
		if !v.Missing {
			pts = append(pts, edge+(l.W-2*edge)*float64(i)/float64(len(values)-1), l.H-edge-(l.H-2*edge)*(v.Size-low)/(high-low))
		}
	}
	l.path(1.2, 0, Ink, 0, pts...)
	l.mark(pts[len(pts)-2], pts[len(pts)-1], 0)
}
