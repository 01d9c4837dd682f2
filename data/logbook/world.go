package logbook

import (
	"slices"
	"strconv"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/workday"
)

// World is what states, checks and measures are worked out with: one day, one
// calendar and all entries of one state of the data file. With Shelves any goroutine may
// ask it, but for one to which entries are Added.
type World struct {
	Day      data.Day // the day asked: what lies after it has not happened yet
	Today    data.Day
	Calendar *workday.Calendar
	Bases    *basis.Table
	// Days are the terms that the office changed, by kind and term, such as
	// "petition/handle".
	Days map[string]int
	// UnitName returns the name of a unit; "" where there is none.
	UnitName func(id uint32) string
	// Entries returns the entries of a kind by id.
	Entries func(kind string) []*Entry
	// Shelves returns the shelf of a kind; nil makes them of Entries.
	Shelves func(kind string) *Shelf

	own   map[string]*Shelf // made of Entries
	extra map[string]*grown // added since
}

// AsOf returns the world on another day.
func (w *World) AsOf(day data.Day) *World {
	other := *w
	other.Day = day
	return &other
}

// shelf returns the shelf of a kind.
func (w *World) shelf(kind string) *Shelf {
	if w.Shelves != nil {
		return w.Shelves(kind)
	}
	s, ok := w.own[kind]
	if !ok {
		s = NewShelf(Find(kind), w.Entries(kind))
		if w.own == nil {
			w.own = map[string]*Shelf{}
		}
		w.own[kind] = s
	}
	return s
}

// grown are the entries that were added to a shelf.
type grown struct {
	list   []*Entry
	byID   map[uint64]*Entry
	linked map[string]map[uint64][]*Entry // by the key of the field
	named  *index
}

func (x *grown) index(k *Kind) *index {
	if x.named == nil {
		x.named = newIndex()
		for _, e := range x.list {
			x.named.add(k, e)
		}
	}
	return x.named
}

// Term returns a number of days of a kind: that of the office, else the shipped one.
func (w *World) Term(kind, id string) int {
	if n, ok := w.Days[kind+"/"+id]; ok {
		return n
	}
	if k := Find(kind); k != nil {
		for _, t := range k.Terms {
			if t.ID == id {
				return t.Days
			}
		}
	}
	return 0
}

// On returns the day of a field as it was known on the day asked: NoDay when it lies
// later.
func (w *World) On(e *Entry, key string) data.Day {
	d := e.Day(key)
	if d > w.Day {
		return data.NoDay
	}
	return d
}

// begunOn builds Begun of a kind whose entries are there from a day on; one without the
// day always is.
func begunOn(key string) func(*World, *Entry) bool {
	return func(w *World, e *Entry) bool { return e.Day(key) <= w.Day }
}

// Linked returns the entries of a kind whose field key holds id.
func (w *World) Linked(kind, key string, id uint64) []*Entry {
	list := w.shelf(kind).Linked(key, id)
	x := w.extra[kind]
	if x == nil {
		return list
	}
	found, ok := x.linked[key]
	if !ok {
		found = linksOf(x.list, key)
		x.linked[key] = found
	}
	return append(slices.Clip(list), found[id]...)
}

// Entry returns an entry by id; nil where there is none.
func (w *World) Entry(kind string, id uint64) *Entry {
	if e := w.shelf(kind).Entry(id); e != nil {
		return e
	}
	if x := w.extra[kind]; x != nil {
		return x.byID[id]
	}
	return nil
}

// Added lets the world know a new entry beside those of its shelf.
func (w *World) Added(kind string, e *Entry) {
	if w.extra == nil {
		w.extra = map[string]*grown{}
	}
	x := w.extra[kind]
	if x == nil {
		x = &grown{byID: map[uint64]*Entry{}, linked: map[string]map[uint64][]*Entry{}}
		w.extra[kind] = x
	}
	x.list = append(x.list, e)
	x.byID[e.ID] = e
	if x.named != nil {
		x.named.add(Find(kind), e)
	}
	for key, found := range x.linked {
		if ref := e.Ref(key); ref != 0 {
			found[ref] = append(found[ref], e)
		}
	}
}

// LinkName returns what a link shows: the number of the entry and what names it.
func (w *World) LinkName(kind string, id uint64) string {
	k := Find(kind)
	e := w.Entry(kind, id)
	if k == nil || e == nil {
		return ""
	}
	return k.Name(e)
}

// Row is an entry with its state on the day of a World.
type Row struct {
	*Entry
	State string
	Days  int
	World *World
	// Period is that of the table or measure for which the row counts; its zero value
	// elsewhere.
	Period data.Period
}

// Row works out one row.
func (k *Kind) Row(w *World, e *Entry) Row {
	r := Row{Entry: e, World: w}
	if k.Derive != nil {
		r.State, r.Days = k.Derive(w, e)
	}
	return r
}

// Rows returns the entries that were there on the day of w, with their states, by id.
func (k *Kind) Rows(w *World) []Row {
	entries := w.Entries(k.ID)
	rows := make([]Row, 0, len(entries))
	for _, e := range entries {
		if k.Begun == nil || k.Begun(w, e) {
			rows = append(rows, k.Row(w, e))
		}
	}
	return rows
}

// StateText returns the state of a row as it is printed: "Quá hạn (3 ngày)".
func (k *Kind) StateText(r *Row) string {
	title := k.State(r.State).Title
	if r.Days != 0 {
		title += " (" + strconv.Itoa(r.Days) + " ngày)"
	}
	return title
}

// In reports whether an entry counts for a period; every entry does where p names
// none.
func (k *Kind) In(w *World, e *Entry, p data.Period) bool {
	switch {
	case !p.From.Known():
		return true
	case k.Belongs != nil:
		return k.Belongs(w, e, p)
	}
	d := e.Day(k.Day)
	return p.From <= d && d <= p.To
}
