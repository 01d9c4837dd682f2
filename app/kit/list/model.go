package list

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/register"
)

// View is what narrows and orders a list.
type View = kit.View

// Group is how many rows have a value of a filter.
type Group = kit.Group

// Answer is what a source lists for a view.
type Answer[T any] interface {
	// Len returns the number of rows, of how many there are without the view.
	Len() (listed, all int)
	// At returns a row; what it points to is only valid until the next call.
	At(i int) *T
	// Find returns the place of the row with the key, -1 for none.
	Find(key uint64) int
}

// What an answer can do besides; each is asked for by a type assertion.
type (
	// Keyed knows the keys of rows without reading them.
	Keyed interface{ KeyAt(i int) uint64 }
	// Grouped has counted its rows by the filter by which its view groups.
	Grouped interface{ Groups() []Group }
	// Dated tells states as of a day that need not be today.
	Dated interface{ AsOf() data.Day }
	// Noted has more to say in the status bar.
	Noted interface{ Notes() []string }
	// Reading reads rows off the window's goroutine: At has only those that were
	// read, and begins to read others.
	Reading[T any] interface {
		// Read reads rows and calls done when At has them all.
		Read(rows []int, done func())
		// Hold lets another goroutine read all rows as they are; release ends it with
		// the first error of reading.
		Hold() (at func(i int) *T, release func() error, err error)
	}
)

// Source answers views. Ask begins to answer and calls done on the window's
// goroutine, at once or later; an answer that a later question overtook is
// dropped by the list.
type Source[T any] interface {
	Ask(view View, done func(Answer[T], error))
}

// held is the source of a list that is small enough to be held in memory: all
// rows are read at each change of the data, and narrowed here.
type held[T any] struct {
	o      *Options[T]
	run    func(work func()) // runs off the window's goroutine
	post   func(func())
	rows   []T
	folded []string
	fold   func(string) string
	fresh  bool
	asked  int // reads that began: what an earlier one brings later is out of date
}

// Ask implements Source.
func (h *held[T]) Ask(v View, done func(Answer[T], error)) {
	if h.fresh {
		done(h.narrow(v), nil)
		return
	}
	load := h.o.Load
	if h.o.Begin != nil {
		load = h.o.Begin()
	}
	h.asked++
	asked := h.asked
	h.run(func() {
		rows, err := load()
		folded := make([]string, len(rows))
		for i := range rows {
			folded[i] = h.fold(h.words(&rows[i]))
		}
		h.post(func() {
			if asked != h.asked {
				return
			}
			if err != nil {
				done(nil, err)
				return
			}
			h.rows, h.folded, h.fresh = rows, folded, true
			done(h.narrow(v), nil)
		})
	})
}

// words are the texts in which the search looks.
func (h *held[T]) words(row *T) string {
	var b strings.Builder
	for _, c := range h.o.Columns {
		b.WriteString(c.Text(row))
		b.WriteByte(' ')
	}
	if h.o.More != nil {
		b.WriteString(h.o.More(row))
	}
	return b.String()
}

// answer is a part of the rows that are held.
type answer[T any] struct {
	h    *held[T]
	rows []T
	at   []int
}

// Len implements Answer.
func (a answer[T]) Len() (int, int) { return len(a.at), len(a.rows) }

// Notes implements Noted.
func (a answer[T]) Notes() []string {
	if a.h.o.Notes == nil || len(a.rows) == 0 {
		return nil
	}
	return []string{a.h.o.Notes(a.rows)}
}

// At implements Answer.
func (a answer[T]) At(i int) *T { return &a.rows[a.at[i]] }

// KeyAt implements Keyed: rows without a key have their place among all rows.
func (a answer[T]) KeyAt(i int) uint64 {
	if a.h.o.Key == nil {
		return uint64(a.at[i]) + 1
	}
	return a.h.o.Key(a.At(i))
}

// Find implements Answer.
func (a answer[T]) Find(key uint64) int {
	for i := range a.at {
		if a.KeyAt(i) == key {
			return i
		}
	}
	return -1
}

func (h *held[T]) narrow(v View) Answer[T] {
	words := strings.Fields(h.fold(v.Text))
	out := answer[T]{h: h, rows: h.rows}
	for i := range h.rows {
		if h.keeps(i, v, words) {
			out.at = append(out.at, i)
		}
	}
	h.sort(out.at, v.Orders)
	return out
}

func (h *held[T]) keeps(i int, v View, words []string) bool {
	row := &h.rows[i]
	if !v.Ended && h.o.Ended != nil && h.o.Ended(row) {
		return false
	}
	for _, f := range h.o.Filters {
		keys := v.Chosen[f.Key]
		if len(keys) > 0 && !slices.ContainsFunc(f.Of(row), func(k string) bool { return slices.Contains(keys, k) }) {
			return false
		}
	}
	for _, w := range words {
		if !strings.Contains(h.folded[i], w) {
			return false
		}
	}
	return true
}

// sort orders rows by several columns; rows that are equal in all keep the order in
// which they were read.
func (h *held[T]) sort(at []int, orders []kit.Order) {
	if len(orders) == 0 {
		return
	}
	type step struct {
		cmp func(a, b *T) int
		by  int
	}
	var steps []step
	for _, o := range orders {
		i := slices.IndexFunc(h.o.Columns, func(c Column[T]) bool { return c.ID == o.Column })
		if i < 0 {
			continue
		}
		by := 1
		if o.Descending {
			by = -1
		}
		steps = append(steps, step{h.o.Columns[i].order(h.fold), by})
	}
	slices.SortStableFunc(at, func(a, b int) int {
		for _, s := range steps {
			if c := s.cmp(&h.rows[a], &h.rows[b]); c != 0 {
				return c * s.by
			}
		}
		return 0
	})
}

// order compares rows by a column: by its key, else by its text as a dictionary
// does, with numbers by their value.
func (c *Column[T]) order(fold func(string) string) func(a, b *T) int {
	if c.Compare != nil {
		return c.Compare
	}
	return func(a, b *T) int { return natural(fold(c.Text(a)), fold(c.Text(b))) }
}

// natural compares texts so that the numbers in them count by their value.
func natural(a, b string) int {
	for a != "" && b != "" {
		if digit(a[0]) && digit(b[0]) {
			x, restA := number(a)
			y, restB := number(b)
			if c := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); c != 0 {
				return c
			}
			a, b = restA, restB
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// number takes the number at the beginning of a text, without leading zeros and
// without the dots between its groups of three.
func number(s string) (digits, rest string) {
	i := 0
	var b []byte
	for i < len(s) && (digit(s[i]) || s[i] == '.' && i+3 < len(s) && digit(s[i+1]) && digit(s[i+2]) && digit(s[i+3])) {
		if s[i] != '.' {
			b = append(b, s[i])
		}
		i++
	}
	return strings.TrimLeft(string(b), "0"), s[i:]
}

// groups counts what is listed by the values of a filter, most first.
func groups[T any](f *Filter[T], a Answer[T]) []Group {
	counts := map[string]int{}
	listed, _ := a.Len()
	for i := range listed {
		for _, k := range f.Of(a.At(i)) {
			counts[k]++
		}
	}
	var out []Group
	for _, c := range f.Choices() {
		if n := counts[c.Key]; n > 0 {
			out = append(out, Group{Key: c.Key, Text: c.Text, Count: n})
			delete(counts, c.Key)
		}
	}
	for k, n := range counts {
		if k != "" {
			out = append(out, Group{Key: k, Text: k, Count: n})
		}
	}
	slices.SortStableFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), register.CompareText(a.Text, b.Text))
	})
	return out
}
