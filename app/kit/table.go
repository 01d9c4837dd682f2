package kit

import (
	"encoding/csv"
	"slices"
	"strings"

	"giaoban/data/text"
)

// Table holds the texts of a sheet of cells with what was done to them. Rows are never
// changed in place: who keeps one keeps what it held.
type Table struct {
	// Level is the outline: a row of level n holds those below it up to the next
	// row of a level up to n; rows of level 0 belong to the row above. nil lets each
	// row stand alone.
	Level func(row []string) int

	rows, stored [][]string
	done, undone []step
}

// step is the state before a change, and where it was made.
type step struct {
	rows        [][]string
	row, column int
}

// maxSteps bounds what can be taken back.
const maxSteps = 300

// NewTable returns a table of rows that are stored so.
func NewTable(rows [][]string) *Table {
	t := &Table{}
	t.Load(rows)
	return t
}

// Load shows other rows, which are stored so; nothing can be taken back.
func (t *Table) Load(rows [][]string) {
	t.rows, t.stored = slices.Clone(rows), slices.Clone(rows)
	t.done, t.undone = nil, nil
}

// Rows returns the rows. They must not be changed.
func (t *Table) Rows() [][]string { return t.rows }

// Len returns the number of rows.
func (t *Table) Len() int { return len(t.rows) }

// At returns the text of a cell, "" outside the table.
func (t *Table) At(row, column int) string {
	if row < 0 || row >= len(t.rows) || column < 0 || column >= len(t.rows[row]) {
		return ""
	}
	return t.rows[row][column]
}

// Dirty reports whether the rows differ from those stored.
func (t *Table) Dirty() bool { return !slices.EqualFunc(t.rows, t.stored, slices.Equal[[]string]) }

// Change replaces the rows by what change makes of them, as one step that can be
// taken back. row and column are where it happens.
func (t *Table) Change(row, column int, change func(rows [][]string) [][]string) {
	after := change(slices.Clone(t.rows))
	if slices.EqualFunc(after, t.rows, slices.Equal[[]string]) {
		return
	}
	t.done = append(t.done[max(0, len(t.done)-maxSteps):], step{t.rows, row, column})
	t.undone, t.rows = nil, after
}

// Set puts a text into a cell.
func (t *Table) Set(row, column int, text string) {
	t.Change(row, column, func(rows [][]string) [][]string {
		PutCell(rows, row, column, text)
		return rows
	})
}

// PutCell puts a text into a cell of rows that may be changed; the row itself stays
// as it was for those who keep it.
func PutCell(rows [][]string, row, column int, text string) {
	line := slices.Clone(rows[row])
	for len(line) <= column {
		line = append(line, "")
	}
	line[column] = text
	rows[row] = line
}

// Insert puts rows before a place.
func (t *Table) Insert(at int, lines ...[]string) {
	t.Change(at, 0, func(rows [][]string) [][]string { return slices.Insert(rows, at, lines...) })
}

// Remove takes rows out.
func (t *Table) Remove(from, to int) {
	t.Change(from, 0, func(rows [][]string) [][]string { return slices.Delete(rows, from, to) })
}

// Block returns how many rows a row holds, itself included.
func (t *Table) Block(row int) int {
	if t.Level == nil || row < 0 || row >= len(t.rows) {
		return 1
	}
	level := t.Level(t.rows[row])
	if level == 0 {
		return 1
	}
	n := 1
	for ; row+n < len(t.rows); n++ {
		if below := t.Level(t.rows[row+n]); below > 0 && below <= level {
			break
		}
	}
	return n
}

// Move moves a row with those that it holds behind the next one of its level, or
// before the one before it; it returns where it stands then.
func (t *Table) Move(row int, down bool) int {
	if row < 0 || row >= len(t.rows) {
		return row
	}
	n, next := t.Block(row), row+t.Block(row)
	if down {
		if next >= len(t.rows) || !t.beside(row, next) {
			return row
		}
		after := t.Block(next)
		t.swap(row, next, next+after)
		return row + after
	}
	for k := range row {
		if k+t.Block(k) == row && t.beside(k, row) {
			t.swap(k, row, row+n)
			return k
		}
	}
	return row
}

// beside reports whether two rows stand at the same level.
func (t *Table) beside(a, b int) bool {
	return t.Level == nil || t.Level(t.rows[a]) == t.Level(t.rows[b])
}

// swap exchanges the rows from a to b with those from b to c.
func (t *Table) swap(a, b, c int) {
	t.Change(a, 0, func(rows [][]string) [][]string {
		return slices.Concat(rows[:a], rows[b:c], rows[a:b], rows[c:])
	})
}

// Paste puts what was copied in a spreadsheet over the cells from a place on; rows
// that are missing are added. width bounds the columns.
func (t *Table) Paste(row, column, width int, copied string) {
	lines := SplitCells(copied)
	t.Change(row, column, func(rows [][]string) [][]string {
		for i, line := range lines {
			if row+i >= len(rows) {
				rows = append(rows, nil)
			}
			for j, cell := range line {
				if column+j < width {
					PutCell(rows, row+i, column+j, strings.TrimSpace(cell))
				}
			}
		}
		return rows
	})
}

// Undo takes the last change back and returns where it was made.
func (t *Table) Undo() (row, column int, ok bool) { return t.travel(&t.done, &t.undone) }

// Redo makes the change again that was taken back last.
func (t *Table) Redo() (row, column int, ok bool) { return t.travel(&t.undone, &t.done) }

func (t *Table) travel(from, to *[]step) (row, column int, ok bool) {
	n := len(*from)
	if n == 0 {
		return 0, 0, false
	}
	s := (*from)[n-1]
	*from = (*from)[:n-1]
	*to = append(*to, step{t.rows, s.row, s.column})
	t.rows = s.rows
	return s.row, s.column, true
}

// SplitCells reads what a spreadsheet copies: lines of cells with tabs, cells of several
// lines in quotes.
func SplitCells(copied string) [][]string {
	r := csv.NewReader(strings.NewReader(strings.ReplaceAll(text.Clean(copied), "\r\n", "\n")))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	lines, err := r.ReadAll()
	if err != nil {
		return [][]string{{copied}}
	}
	return lines
}

// JoinCells writes rows as a spreadsheet takes them.
func JoinCells(rows [][]string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = '\t'
	_ = w.WriteAll(rows) // a builder takes everything
	return b.String()
}
