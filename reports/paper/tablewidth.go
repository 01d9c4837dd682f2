package paper

import "strings"

// sampleRows is how many rows are measured at most for the widths of columns.
const sampleRows = 20000

// need is what the content of a column asks for, in points.
type need struct {
	least float64 // its longest word
	most  float64 // its longest line
}

// edges returns the left edges of the columns and the right end of the table,
// which is always the right margin.
func (s *tableSet) edges() []float64 {
	d, t := s.d, s.t
	room := d.right - d.left
	widths := make([]float64, len(t.Columns))
	if fixed(t.Columns) {
		for i, c := range t.Columns {
			widths[i] = c.Width
		}
	} else {
		s.contentWidths(widths, room)
	}
	// Whatever was asked for, the table ends at the margin.
	sum := 0.0
	for _, w := range widths {
		sum += w
	}
	x := make([]float64, len(widths)+1)
	x[0] = d.left
	for i, w := range widths {
		x[i+1] = x[i] + w*room/sum
	}
	x[len(widths)] = d.right
	return x
}

func fixed(cols []Column) bool {
	for _, c := range cols {
		if c.Width <= 0 {
			return false
		}
	}
	return true
}

// contentWidths gives each column what its longest word needs, and what is left
// of the room to the columns whose lines are longer, in proportion.
func (s *tableSet) contentWidths(widths []float64, room float64) {
	needs := s.measure()
	total, wish := 0.0, 0.0
	for i, c := range s.t.Columns {
		n := needs[i]
		if c.Width > 0 {
			n.least, n.most = c.Width*mm, c.Width*mm
		} else {
			n.least = max(n.least+2*padX+0.1, c.Min*mm)
			n.most = max(n.most+2*padX+0.1, n.least)
			if c.Max > 0 {
				n.most = max(c.Min*mm, min(n.most, c.Max*mm))
				n.least = min(n.least, n.most)
			}
		}
		needs[i] = n
		widths[i] = n.least
		total += n.least
		wish += n.most - n.least
	}
	left := room - total
	if left <= 0 {
		return // edges scales all columns down
	}
	if wish > 0 {
		part := min(1, left/wish)
		for i, n := range needs {
			widths[i] += (n.most - n.least) * part
		}
		left -= wish * part
	}
	if left > 0.01 {
		// The rest goes to columns of text, which look best wide.
		text := 0.0
		for i, c := range s.t.Columns {
			if c.Width <= 0 && c.Align == Left {
				text += widths[i]
			}
		}
		for i, c := range s.t.Columns {
			if text > 0 && c.Width <= 0 && c.Align == Left {
				widths[i] += left * widths[i] / text
			}
		}
	}
}

// measure looks at the header and the rows, or a spread of them.
func (s *tableSet) measure() []need {
	t := s.t
	needs := make([]need, len(t.Columns))
	bodyFace, boldFace := faceOf(regular), faceOf(bold)
	see := func(i int, text string, f *face, size float64) {
		least, most := longest(text, f)
		needs[i].least = max(needs[i].least, float64(least)*size/1000)
		needs[i].most = max(needs[i].most, float64(most)*size/1000)
	}
	PlaceHeader(t.Header, len(t.Columns), func(h Head, _, col, cols, _ int) {
		if cols == 1 {
			least, _ := longest(Clean(h.Text), boldFace)
			needs[col].least = max(needs[col].least, float64(least)*t.HeadSize/1000)
		}
	})
	step := 1 + t.Rows/sampleRows
	for r := 0; r < t.Rows; r += step {
		row := t.At(r)
		f := bodyFace
		if row.Bold {
			f = boldFace
		}
		for i := max(0, row.Span); i < min(len(row.Cells), len(needs)); i++ {
			if i > 0 || row.Span < 2 {
				see(i, Clean(row.Cells[i]), f, s.size)
			}
		}
	}
	return needs
}

// longest returns the widths of the longest word and the longest line.
func longest(text string, f *face) (word, line int) {
	for part := range strings.SplitSeq(text, "\n") {
		w, lineW := 0, 0
		for _, r := range part {
			a := int(f.advance[r&0xFFFF])
			lineW += a
			if r == ' ' {
				word, w = max(word, w), 0
			} else {
				w += a
			}
		}
		word, line = max(word, w), max(line, lineW)
	}
	return word, line
}

// PlaceHeader calls place with each cell of a header, row by row, and where it stands: it
// takes the first free place of its row, as in HTML.
func PlaceHeader(header [][]Head, columns int, place func(h Head, row, col, cols, rows int)) {
	taken := make([][]bool, len(header))
	for i := range taken {
		taken[i] = make([]bool, columns)
	}
	for r, cells := range header {
		col := 0
		for _, h := range cells {
			for col < columns && taken[r][col] {
				col++
			}
			if col == columns {
				break
			}
			cols, rows := min(max(h.ColSpan, 1), columns-col), min(max(h.RowSpan, 1), len(header)-r)
			for i := r; i < r+rows; i++ {
				for j := col; j < col+cols; j++ {
					taken[i][j] = true
				}
			}
			place(h, r, col, cols, rows)
			col += cols
		}
	}
}

// layHeader sets the header cells and the row of numbers and computes the
// heights of their rows.
func (s *tableSet) layHeader() {
	t := s.t
	step := t.HeadSize * 1.14
	height := func(lines int) float64 { return step*float64(lines) + 2*padY }
	s.headRows = make([]float64, len(t.Header))
	for i := range s.headRows {
		s.headRows[i] = height(1)
	}
	PlaceHeader(t.Header, len(t.Columns), func(h Head, row, col, cols, rows int) {
		room := s.x[col+cols] - s.x[col] - 2*padX
		lines := breakLines([]Run{{h.Text, true, h.Italic}}, t.HeadSize, room, room)
		if s.d.c.record {
			s.d.noteCutHead(h.Text, lines)
		}
		s.header = append(s.header, headSet{col, row, cols, rows, lines})
	})
	// Cells of one row first, so that tall cells over several rows only add
	// what is missing.
	for span := 1; span <= len(t.Header); span++ {
		for _, h := range s.header {
			if h.rows != span {
				continue
			}
			have := 0.0
			for i := h.row; i < h.row+h.rows; i++ {
				have += s.headRows[i]
			}
			if missing := height(len(h.lines)) - have; missing > 0 {
				s.headRows[h.row+h.rows-1] += missing
			}
		}
	}
	if t.Numbers != nil {
		row := len(s.headRows)
		for i := range t.Columns {
			text := ""
			if i < len(t.Numbers) {
				text = t.Numbers[i]
			}
			room := s.x[i+1] - s.x[i] - 2*padX
			s.header = append(s.header, headSet{i, row, 1, 1, breakLines([]Run{{Text: text, Italic: true}}, t.HeadSize, room, room)})
		}
		s.headRows = append(s.headRows, height(1))
	}
	for _, h := range s.headRows {
		s.headAll += h
	}
}
