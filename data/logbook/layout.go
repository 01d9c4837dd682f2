package logbook

import (
	"slices"
	"strconv"
	"sync"

	"giaoban/data/text"
)

// Layout is a printed table of a kind as its file declares it: the rows of a query, or
// one line a group. Facts are written as in Kind.fact.
type Layout struct {
	ID, Title string
	// Form is the number of a statistical form, whose head differs from that of lists;
	// By says how its rows are grouped. "" for a list.
	Form, By  string
	Landscape bool
	Columns   []Column
	Like      string // the layout before it whose columns it has
	// Group parts the rows under bold lines, in the order of the groups' titles; in a Tally
	// it makes the lines. "unit", "domain", "state" or the key of a field; "" for none.
	Group string
	Head  string // of the column of groups in a Tally
	None  string // the title of the group of which the field says nothing
	// Tally prints one line a group with sums of its columns instead of the rows.
	Tally bool
	// Only is the fact of the rows that are kept; "" for all.
	Only string
	// Sum prints the line of all rows of a Tally alone.
	Sum bool
	// Numbered prints the numbers of the columns under their heads: (1), (2), …
	Numbered bool
	// Inside says that the paper must not leave the office unmasked.
	Inside bool

	kind *Kind
	only Fact
}

// Column is a column of a Layout.
type Column struct {
	Title string
	Under string  // the head that joins neighbouring columns; "A|B" for one below another
	Width float64 // share of the page; 0 for 1
	// Key names the field that it shows, or a text of Kind.Texts; "#" is the line, "number"
	// the number of the entry, "state" its state and "group" the group of a Tally; "" is
	// left to be written in by hand.
	Key string
	// Count is the fact that a Tally sums over its rows; Of makes a percentage of it.
	Count, Of string
	// Linked is the kind whose entries that belong to the one of the row are counted
	// instead, in tables of rows.
	Linked string

	tally  func() tally
	text   func(r *Row) string // what no field holds
	number string              // the key of the field of which Count is the sum, "" for other facts
}

// layOut reads what the layouts and measures of a kind count.
func (k *Kind) layOut() {
	for i := range k.Measures {
		m := &k.Measures[i]
		m.tally = k.tally(m.Count, m.Of)
	}
	for i := range k.Layouts {
		l := &k.Layouts[i]
		l.kind, l.only = k, k.fact(l.Only)
		if l.Like != "" {
			like := slices.IndexFunc(k.Layouts, func(x Layout) bool { return x.ID == l.Like })
			l.Columns = slices.Clone(k.Layouts[like].Columns)
		}
		for j := range l.Columns {
			l.Columns[j].of(l)
		}
	}
}

// of puts the column into a layout. What it counts of another kind is read when it is
// asked: that kind may be declared later.
func (c *Column) of(l *Layout) {
	k := l.kind
	if c.Key == "group" {
		c.Title = l.Head
	}
	if f := k.Field(c.Count); c.Linked == "" && f != nil && f.Type == Number && f.Default == "" && k.Facts[c.Count] == nil {
		c.number = c.Count
	}
	c.tally = sync.OnceValue(func() tally {
		if c.Linked != "" {
			return Find(c.Linked).tally(c.Count, c.Of)
		}
		return k.tally(c.Count, c.Of)
	})
	if c.text = k.Texts[c.Key]; c.Linked != "" {
		c.text = func(r *Row) string { return c.linked(k, r) }
	}
}

// linked counts the entries of c.Linked that belong to one of k.
func (c *Column) linked(k *Kind, r *Row) string {
	other := Find(c.Linked)
	link := slices.IndexFunc(other.Fields, func(f Field) bool { return f.Type == Link && f.Kind == k.ID })
	var v Value
	for _, e := range r.World.Linked(other.ID, other.Fields[link].Key, r.ID) {
		row := other.Row(r.World, e)
		b, a := c.Part(&row)
		v.B, v.A = v.B+b, v.A+a
	}
	if c.Of != "" {
		return v.Ratio().Percent()
	}
	return strconv.FormatInt(v.B, 10)
}

// Part returns what a row adds to the sum of a Tally, and to what it is a percentage of.
func (c *Column) Part(r *Row) (b, a int64) { return c.tally().part(r) }

// Said reports whether any of the rows holds the number that the column sums: what nobody
// wrote is not nought. What is counted otherwise is always said.
func (c *Column) Said(rows []*Row) bool {
	return c.number == "" || slices.ContainsFunc(rows, func(r *Row) bool { return r.Has(c.number) })
}

// Sums reports whether the column of a Tally holds a sum or a percentage of its rows.
func (c *Column) Sums() bool { return c.Count != "" && c.Linked == "" }

// Text returns what the column says of a row where no field holds it; ok is false where
// one does.
func (c *Column) Text(r *Row) (text string, ok bool) {
	if c.text == nil {
		return "", false
	}
	return c.text(r), true
}

// Keeps reports whether a row stands in the table.
func (l *Layout) Keeps(r *Row) bool { return l.only(r) != 0 }

// GroupOf returns the group of a row in the table; what nobody wrote is in one without a
// key.
func (l *Layout) GroupOf(r *Row) (key, title string) {
	switch by := GroupBy(l.Group); by {
	case ByNothing:
		return "", ""
	case ByUnit, ByDomain:
		return l.kind.group(r, by)
	case byState:
		return r.State, l.kind.State(r.State).Title
	}
	f, held := l.kind.Field(l.Group), r.Text(l.Group)
	switch {
	case held == "":
		return "", l.None
	case f.Type == Pick:
		return held, f.Choice(held).Title
	case f.Type != Link:
		return text.NameKey(held), held
	}
	k := Find(f.Kind)
	e := r.World.Entry(k.ID, r.Ref(l.Group))
	if e == nil {
		return "", ""
	}
	return held, k.Name(e) + " " + e.Text(k.Head)
}

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
