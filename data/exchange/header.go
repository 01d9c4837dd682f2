package exchange

import (
	"context"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
)

// How much of a sheet is looked at to find its heading.
const (
	headRows  = 80
	headCols  = 400
	headDepth = 3
)

// headRow is one of the first rows of a sheet, as clean text by column.
type headRow struct {
	num    int
	cells  map[int]string
	folded map[int]string
	typed  bool // it holds a number or date cell
	last   int  // its last column
}

// readHead reads the first rows of a sheet.
func readHead(ctx context.Context, book *sheet.Book, i int) ([]headRow, error) {
	var head []headRow
	var arena []byte
	for row, err := range sheet.Each(book.Rows(ctx, i)) {
		if err != nil {
			return nil, err
		}
		h := headRow{num: row.Num, cells: map[int]string{}, folded: map[int]string{}}
		arena = arena[:0]
		for _, c := range row.Cells {
			text := clean(c.Text, &arena)
			if len(text) == 0 || c.Col > headCols || c.Loss != sheet.Kept {
				continue
			}
			h.cells[c.Col] = string(text[:min(len(text), 400)])
			h.folded[c.Col] = fold(h.cells[c.Col])
			h.typed = h.typed || c.Kind == sheet.Number || c.Kind == sheet.Date
			h.last = max(h.last, c.Col)
		}
		if head = append(head, h); len(head) == headRows {
			break
		}
	}
	// A sheet may hold its rows in any order.
	slices.SortStableFunc(head, func(a, b headRow) int { return a.num - b.num })
	return head, nil
}

// numbering reports whether a row only numbers its columns: (1) (2) (3), or
// 1 2 3, at least three of them rising by one.
func numbering(cells []string) bool {
	last, n := 0, 0
	for _, c := range cells {
		if c == "" {
			continue
		}
		c = strings.Trim(c, "()[] .")
		v := 0
		if len(c) == 0 || len(c) > 3 {
			return false
		}
		for i := 0; i < len(c); i++ {
			if c[i] < '0' || c[i] > '9' {
				return false
			}
			v = v*10 + int(c[i]-'0')
		}
		if n > 0 && v != last+1 || n == 0 && v > 2 {
			return false
		}
		last = v
		n++
	}
	return n >= 3
}

func (h *headRow) list() []string {
	list := make([]string, h.last)
	for c, s := range h.cells {
		list[c-1] = s
	}
	return list
}

// heading reports whether a row can be part of a heading: text only, no code,
// no date, not a numbering row.
func (h *headRow) heading() bool {
	if h.typed || len(h.cells) == 0 || numbering(h.list()) {
		return false
	}
	for _, s := range h.cells {
		if data.CodeDay(s) != data.NoDay {
			return false
		}
		if d := lexDate([]byte(s), sheet.Text); d.form != formNone {
			return false
		}
	}
	return true
}

// title reports whether a row says what a table is about: who reports, and for
// which period.
func (h *headRow) title() bool {
	for col, s := range h.cells {
		if strings.ContainsRune(s, ':') || strings.HasPrefix(h.folded[col], "bieu ") {
			return true
		}
		if _, ok := namedPeriod(h.folded[col]); ok {
			return true
		}
	}
	return false
}

// candidate is one reading of some rows as a heading.
type candidate struct {
	sheet   int
	rows    []int
	columns []Column
	score   float64
	counts  int
	facts   int
	named   int
}

// weights say how much a fact speaks for a heading.
var weights = map[Fact]float64{FactCode: 6, FactReceived: 4, FactDue: 4, FactOwner: 3, FactOwnerAddress: 4, FactProcedure: 3, FactContent: 2,
	FactStatus: 3, FactEnded: 3, FactReturned: 3, FactReceiptNo: 3}

// findHeading returns the best reading of the rows as a register or as a table
// of counts; either may be nil.
func findHeading(sheetIndex int, head []headRow) (register, report, other *candidate) {
	for i := range head {
		for depth := 1; depth <= headDepth && i+depth <= len(head); depth++ {
			h := &head[i+depth-1]
			if !h.heading() || depth > 1 && h.num != head[i+depth-2].num+1 {
				break
			}
			c := readHeading(head[i:i+depth], nil)
			c.sheet = sheetIndex
			if c.named < 2 {
				continue
			}
			code := false
			for _, col := range c.columns {
				code = code || col.Fact == FactCode || col.Fact == FactReceiptNo
			}
			switch {
			case c.counts >= 3 && !code:
				if report == nil || float64(c.counts)-0.1*float64(depth) > float64(report.counts)-0.1*float64(len(report.rows)) {
					report = c
				}
			case c.facts < 2:
			default:
				m := Mapping{Columns: c.columns}
				m.settle()
				m.judge()
				if m.Kind == Aggregated {
					if other == nil || c.score > other.score {
						other = c
					}
				} else if register == nil || c.score > register.score {
					register = c
				}
			}
		}
	}
	if register != nil {
		register = register.extend(head, func(h *headRow) bool { return h.known() }, nil)
	}
	if report != nil {
		wide := func(h *headRow) bool { return len(h.cells) >= 2 && !h.title() }
		report = report.extend(head, func(*headRow) bool { return true }, wide)
	}
	return register, report, other
}

// known reports whether every cell of the row is a heading of the dictionary:
// such a row below a heading belongs to it.
func (h *headRow) known() bool {
	for _, f := range h.folded {
		if _, _, ok := lookUp(f); !ok {
			return false
		}
	}
	return true
}

// extend takes the rows next below and above into a heading as long as they can
// be part of one and below or above agrees.
func (c *candidate) extend(head []headRow, below, above func(*headRow) bool) *candidate {
	from, to := 0, 0
	for i := range head {
		if head[i].num == c.rows[0] {
			from = i
		}
		if head[i].num == c.rows[len(c.rows)-1] {
			to = i
		}
	}
	first, last := from, to
	for to+1 < len(head) && to-from+1 < headDepth && head[to+1].num == head[to].num+1 && head[to+1].heading() && below(&head[to+1]) {
		to++
	}
	for above != nil && from > 0 && to-from+1 < headDepth && head[from-1].num == head[from].num-1 && head[from-1].heading() && above(&head[from-1]) {
		from--
	}
	if from == first && to == last {
		return c
	}
	longer := readHeading(head[from:to+1], nil)
	longer.sheet, longer.score = c.sheet, c.score
	return longer
}

// mend reads the heading once more with the merged cells that the file names:
// blanks alone tell only roughly how far a name of the upper level reaches, and
// whether the row below still belongs to the heading.
func (c *candidate) mend(ctx context.Context, book *sheet.Book, head []headRow) (*candidate, error) {
	from := slices.IndexFunc(head, func(h headRow) bool { return h.num == c.rows[0] })
	to := from + len(c.rows)
	if from < 0 || to > len(head) || len(c.rows) < 2 && !follows(head, to) {
		return c, nil // most files: one row, and data below it
	}
	spans, known, err := book.Merged(ctx, c.sheet)
	if err != nil || !known {
		return c, err
	}
	first := c.rows[0]
	spans = slices.DeleteFunc(slices.Clone(spans), func(s sheet.Span) bool { return s.FirstRow < first || s.FirstRow >= first+headDepth })
	for to-from < headDepth && follows(head, to) && reaches(spans, head[to-1].num, &head[to]) {
		to++
	}
	last := head[to-1].num
	if !slices.ContainsFunc(spans, func(s sheet.Span) bool { return s.FirstRow < last && s.LastCol > s.FirstCol }) {
		return c, nil // centred over blanks, or unmerged by the program that wrote it
	}
	exact := readHeading(head[from:to], spans)
	exact.sheet, exact.score = c.sheet, c.score
	return exact, nil
}

// follows reports whether the row with the index may belong to the heading in
// the row before it.
func follows(head []headRow, i int) bool {
	return i > 0 && i < len(head) && head[i].num == head[i-1].num+1 && head[i].heading()
}

// reaches reports whether merged cells of the last row of a heading show that
// the next one belongs to it: every name in it stands below a name that covers
// several columns.
func reaches(spans []sheet.Span, last int, next *headRow) bool {
	for col := range next.cells {
		if !slices.ContainsFunc(spans, func(s sheet.Span) bool {
			return s.LastCol > s.FirstCol && s.LastRow == last && s.FirstCol <= col && col <= s.LastCol
		}) {
			return false
		}
	}
	return true
}

// readHeading reads consecutive rows as one heading: each column takes the names
// above it. A name of an upper level reaches as far as its merged cell; where
// spans is nil it is carried right over blanks.
func readHeading(rows []headRow, spans []sheet.Span) *candidate {
	c := &candidate{}
	last := 0
	for _, r := range rows {
		c.rows = append(c.rows, r.num)
		last = max(last, r.last)
	}
	carry := make([]string, len(rows))
	seen := map[Fact]bool{}
	for col := 1; col <= last; col++ {
		lowest := -1
		for k := range rows {
			if rows[k].cells[col] != "" {
				lowest = k
			}
		}
		if lowest < 0 {
			for k := range carry {
				carry[k] = ""
			}
			continue
		}
		var levels, folded []string
		for k := 0; k <= lowest; k++ {
			name := rows[k].cells[col]
			switch {
			case name != "":
				carry[k] = name
				// A new name ends what lower levels carried.
				for j := k + 1; j < len(carry); j++ {
					carry[j] = ""
				}
			case spans != nil:
				if name = covered(rows[k], col, spans); name == "" {
					continue
				}
			case carry[k] != "":
				name = carry[k]
			default:
				continue
			}
			if len(levels) > 0 && levels[len(levels)-1] == name {
				continue
			}
			levels = append(levels, name)
			folded = append(folded, fold(name))
		}
		fact, rank, known := factOf(folded)
		column := Column{Number: col, Heading: strings.Join(levels, " › "), Fact: fact, rank: rank, known: known}
		c.columns = append(c.columns, column)
		c.named++
		if countHeading(folded[len(folded)-1]) {
			c.counts++
		}
		switch {
		case !known:
			c.score -= 0.5
		case fact == FactIgnore || seen[fact]:
		default:
			seen[fact] = true
			if fact != FactOrdinal {
				c.facts++
			}
			w, ok := weights[fact]
			if !ok {
				w = 1
			}
			c.score += w
		}
	}
	c.score -= 0.3 * float64(len(rows)-1)
	c.receivers()
	return c
}

// receivers tells the unit that received a dossier from the one that resolves it: where
// a heading names both, the competent one is the unit. One of them alone is the unit.
func (c *candidate) receivers() {
	received := func(col *Column) bool { return strings.Contains(fold(leaf(col.Heading)), "tiep nhan") }
	if !slices.ContainsFunc(c.columns, func(col Column) bool { return col.Fact == FactUnit && col.rank > 1 && !received(&col) }) {
		return
	}
	for i := range c.columns {
		if col := &c.columns[i]; col.Fact == FactUnit && received(col) {
			col.Fact = FactReceiver
		}
	}
}

// covered returns the name that a merged cell of the row gives to a column right
// of its first one.
func covered(h headRow, col int, spans []sheet.Span) string {
	for _, s := range spans {
		if s.FirstRow == h.num && s.FirstCol < col && col <= s.LastCol {
			return h.cells[s.FirstCol]
		}
	}
	return ""
}
