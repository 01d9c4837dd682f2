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
func groups[T any](f *Filter[T], choices []kit.Choice, a Answer[T]) []Group {
	counts := map[string]int{}
	listed, _ := a.Len()
	for i := range listed {
		for _, k := range f.Of(a.At(i)) {
			counts[k]++
		}
	}
	var out []Group
	for _, c := range choices {
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
