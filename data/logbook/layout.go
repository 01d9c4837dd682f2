package logbook

import (
	"strconv"

	"giaoban/data"
)

// Layout is a printed table of a kind: the rows of a query, or one line a group.
type Layout struct {
	ID, Title string
	// Form is the number of a statistical form, whose head differs from that of lists;
	// By says how its rows are grouped. "" for a list.
	Form, By  string
	Landscape bool
	Columns   []Column
	// Group parts the rows under bold lines, in the order of the groups' titles; nil
	// for none. In a Tally it makes the lines.
	Group func(k *Kind, r *Row) (key, title string)
	// Tally prints one line a group with sums of its columns instead of the rows.
	Tally bool
	// Only keeps some rows; nil for all.
	Only func(r *Row) bool
	// Sum prints the line of all rows of a Tally alone.
	Sum bool
	// Numbered prints the numbers of the columns under their heads: (1), (2), …
	Numbered bool
	// Inside says that the paper must not leave the office unmasked.
	Inside bool
}

// Column is a column of a Layout.
type Column struct {
	Title string
	Under string  // the head that joins neighbouring columns; "A|B" for one below another
	Width float64 // share of the page; 0 for 1
	// Key names the field that it shows; "#" is the line, "number" the number of the
	// entry and "state" its state.
	Key string
	// Text shows what no field holds.
	Text func(k *Kind, r *Row) string
	// Count is the part of a row in the sum of a Tally.
	Count func(r *Row) int64
	// Of makes a percentage of a Tally: the sum of Count is parted by that of Of.
	Of func(r *Row) int64
}

// in counts rows in some states.
func in(ids ...string) func(*Row) int64 {
	f := states(ids...)
	return func(r *Row) int64 {
		n, _ := f(r, data.Period{})
		return n
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// Order is the place of a group with the key: states and domains stand in their own
// order, all else where its title puts it.
func (k *Kind) Order(key string) int {
	for i, s := range k.States {
		if s.ID == key {
			return i
		}
	}
	for i, d := range Domains {
		if d.ID == key {
			return i
		}
	}
	return len(k.States) + len(Domains)
}
