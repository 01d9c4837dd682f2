package logbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// Line is a row of a table that is read: its number in the file and its cells.
type Line struct {
	Row   int
	Cells []string
}

// Mapped says what a column was read as.
type Mapped struct {
	Column string // its head
	At     int    // from 0
	Field  *Field // nil for the number of the entry
}

// Heading finds the line of heads within the first lines of a table and what the
// columns below it are. Unread are heads of columns that nothing was read from.
// Conflict of a head: exact words first, then the longest known words that it begins
// with, so that «hạn» never takes «hạn nộp». ok is false where no line is one.
func (k *Kind) Heading(lines []Line) (at int, columns []Mapped, unread []string, ok bool) {
	best := 0
	for i := range min(len(lines), 15) {
		mapped, left := k.mapHeads(lines[i].Cells)
		if len(mapped) > best {
			best, at, columns, unread = len(mapped), i, mapped, left
		}
	}
	need := 2
	if len(k.Fields) < 2 {
		need = 1
	}
	return at, columns, unread, best >= need
}

func (k *Kind) mapHeads(heads []string) (columns []Mapped, unread []string) {
	taken := map[string]bool{}
	result := make([]*Mapped, len(heads))
	for _, exact := range []bool{true, false} {
		for i, head := range heads {
			fold := headWords(head)
			if result[i] != nil || fold == "" {
				continue
			}
			f, number := k.fieldOf(fold, exact, taken)
			switch {
			case number && !taken["number"]:
				taken["number"] = true
				result[i] = &Mapped{Column: text.Line(head), At: i}
			case f != nil:
				taken[f.Key] = true
				result[i] = &Mapped{Column: text.Line(head), At: i, Field: f}
			}
		}
	}
	for i, m := range result {
		if m != nil {
			columns = append(columns, *m)
		} else if head := text.Line(heads[i]); head != "" && !slices.Contains(lineHeads, text.Words(head)) {
			unread = append(unread, head)
		}
	}
	return columns, unread
}

// headWords are the words of a head; the sign of a rate is one of them: «Tiến độ» is not
// «Tiến độ (%)».
func headWords(head string) string {
	return text.Words(strings.ReplaceAll(head, "%", " phần trăm "))
}

// lineHeads head the column of line numbers.
var lineHeads = []string{"stt", "tt", "so tt", "so thu tu"}

// fieldOf finds the field of a folded head.
func (k *Kind) fieldOf(fold string, exact bool, taken map[string]bool) (found *Field, number bool) {
	longest := 0
	try := func(words string, f *Field) {
		words = headWords(words)
		if fold == words || !exact && len(words) > 3 && strings.HasPrefix(fold, words+" ") {
			if len(words) > longest {
				longest, found, number = len(words), f, f == nil
			}
		}
	}
	for _, w := range []string{"mã " + k.One, "mã nv", "số của " + k.One, "number"} {
		if !taken["number"] && (w != "mã nv" || k.ID == "task") {
			try(w, nil)
		}
	}
	for i := range k.Fields {
		f := &k.Fields[i]
		if taken[f.Key] || f.Type == Table || f.Inner {
			continue
		}
		try(f.Key, f)
		try(f.Title, f)
		for _, w := range f.Words {
			try(w, f)
		}
	}
	return found, number
}

// Fault is why a row of a table was not taken.
type Fault struct {
	Row                   int
	Column, Value, Reason string
}

// ReadLine turns a line of a table into the fields of an entry. label is its number,
// where the table has one. Fault is nil for a line that can be taken.
func (k *Kind) ReadLine(l Line, columns []Mapped, names Names) (values map[string]string, label string, fault *Fault) {
	values = map[string]string{}
	for _, c := range columns {
		if c.At >= len(l.Cells) {
			continue
		}
		typed := l.Cells[c.At]
		if c.Field == nil {
			label = text.Line(typed)
			continue
		}
		stored, err := c.Field.Parse(typed, "", names)
		if err != nil && c.Field.Else != "" && inWords(typed, names.Today()) {
			if values[c.Field.Else] == "" {
				values[c.Field.Else] = text.Line(typed)
			}
			continue
		}
		if err != nil {
			return nil, "", &Fault{Row: l.Row, Column: c.Column, Value: text.Line(typed), Reason: fmt.Sprintf("Dòng %d, cột «%s»: %s", l.Row, c.Column, err)}
		}
		if stored != "" {
			values[c.Field.Key] = stored
		}
	}
	return values, label, nil
}

// Empty reports whether a line holds nothing, or only its running number.
func (l Line) Empty() bool {
	filled := 0
	for _, c := range l.Cells {
		if strings.TrimSpace(c) != "" {
			filled++
		}
	}
	if filled == 1 && len(l.Cells) > 0 {
		_, err := strconv.Atoi(strings.TrimSpace(l.Cells[0]))
		return err == nil
	}
	return filled == 0
}

// Faulty returns the fault of a row whose entry was refused by err.
func (k *Kind) Faulty(row int, columns []Mapped, values map[string]string, err error, names Names) *Fault {
	fault := &Fault{Row: row, Reason: fmt.Sprintf("Dòng %d: %s", row, err)}
	if key := fieldOfError(err); key != "" {
		if f := k.Field(key); f != nil {
			fault.Column, fault.Value = f.Title, f.Shown(values[key], names)
			for _, c := range columns {
				if c.Field == f {
					fault.Column = c.Column
				}
			}
		}
	}
	return fault
}

func fieldOfError(err error) string {
	if e, ok := err.(*data.Error); ok {
		return e.Field
	}
	return ""
}
