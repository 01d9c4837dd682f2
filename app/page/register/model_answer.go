package register

import (
	"slices"
	"strconv"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/data/workday"
)

// Row is a dossier as a line of the list reads it, as of a day.
type Row struct {
	ID       uint64
	Code     string
	Outcome  data.Outcome
	Soon     bool          // due within the days that the office calls soon
	d        *data.Dossier // nil until it was read
	s        data.State
	day      data.Day
	c        *desk.Catalogue
	calendar *workday.Calendar
}

// Read reports whether the row was read already.
func (x *Row) Read() bool { return x.d != nil }

// block is how many rows are read at once: more than a page of the screen.
const block = 64

// maxKept bounds the rows that are kept read: those that one copy may take.
const maxKept = 20_000 + block

// Answer is the list that a view asks for. Which dossiers it holds is known at
// once, with its first rows; others are read off the window's goroutine when they
// are looked at, a block at a time. It is used from the window's goroutine.
type Answer struct {
	m      *Model
	list   desk.List
	all    int
	groups []kit.Group
	asked  desk.Query
	rows   map[uint32]*Row
	wanted []int // first rows of the blocks to read
}

// Ask answers a view. done is called on the window's goroutine.
func (m *Model) Ask(v kit.View, done func(*Answer, error)) {
	q := env.On(m.Query(v), m.s.Today())
	by, near := data.Group(v.Group), m.near
	m.s.Go(func() {
		a, err := m.answer(q, by, near)
		m.s.Post(func() {
			if err == nil {
				m.asOf = q.AsOf
			}
			done(a, err)
		})
	})
}

func (m *Model) answer(q desk.Query, by data.Group, near int) (*Answer, error) {
	s, err := m.s.Desk.At()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	a := &Answer{m: m, list: s.List(q), all: s.Len(), asked: q, rows: map[uint32]*Row{}}
	if by != "" {
		for _, g := range s.Groups(q, by) {
			a.groups = append(a.groups, kit.Group{Key: g.Key, Text: groupName(by, g), Count: g.Count})
		}
	}
	s.Settle()
	// The first page must not wait, nor the place where the officer is.
	ids := a.ids(0, block)
	if from := max(near-block/2, block); from < a.list.Len() {
		ids = append(slices.Clone(ids), a.ids(from, from+block)...)
	}
	read, err := m.read(s, ids, q.AsOf)
	a.take(read)
	return a, err
}

// ids are those of the rows from…to.
func (a *Answer) ids(from, to int) []uint32 {
	n := a.list.Len()
	return a.list.IDs[min(from, n):min(to, n)]
}

// read reads rows.
func (m *Model) read(from desk.Reading, ids []uint32, day data.Day) ([]*Row, error) {
	out := make([]*Row, 0, len(ids))
	err := from.Dossiers(ids, func(one *data.Dossier) error {
		d := *one
		out = append(out, &Row{ID: d.ID, Code: d.Code, d: &d, day: day})
		return nil
	})
	for _, r := range out {
		r.fill(from, m.s.Desk)
	}
	return out, err
}

// fill tells the state of a dossier.
func (x *Row) fill(from desk.Reading, d *desk.Desk) {
	x.c, x.calendar = from.Catalogue(), from.Calendar()
	x.s = x.d.On(x.day)
	x.Outcome = x.s.Outcome(x.day, x.d.Term)
	x.Soon = x.Outcome == data.PendingInTime && x.s.Due.Known() && d.Soon(x.s.Due, x.day)
}

// Row is a dossier as a line of the list.
func (a *Answer) Row(one *data.Dossier) *Row {
	r := &Row{ID: one.ID, Code: one.Code, d: one, day: a.asked.AsOf}
	r.fill(a.m.s.Desk, a.m.s.Desk)
	return r
}

func (a *Answer) take(rows []*Row) {
	if len(a.rows)+len(rows) > maxKept {
		clear(a.rows)
	}
	for _, r := range rows {
		a.rows[uint32(r.ID)] = r
	}
}

// Len returns how many dossiers are listed, of how many.
func (a *Answer) Len() (listed, all int) { return a.list.Len(), a.all }

// IDs returns the ids listed, in order. They are not the caller's to change.
func (a *Answer) IDs() []uint32 { return a.list.IDs }

// KeyAt returns the id of a row.
func (a *Answer) KeyAt(i int) uint64 { return uint64(a.list.IDs[i]) }

// Find returns the place of a dossier, -1 for none.
func (a *Answer) Find(id uint64) int { return slices.Index(a.list.IDs, uint32(id)) }

// Groups are the counts by group, where the view asks for them.
func (a *Answer) Groups() []kit.Group { return a.groups }

// AsOf returns the day as of which states are told.
func (a *Answer) AsOf() data.Day { return a.asked.AsOf }

// Notes are what the status bar says beside the counts.
func (a *Answer) Notes() []string {
	var out []string
	if a.list.Loose {
		out = append(out, "không có cụm từ liền nhau, đây là các hồ sơ có đủ các từ")
	}
	return append(append(out, a.list.Notes...), "tình trạng tính đến "+a.asked.AsOf.String())
}

// At returns a row; one that was not read yet has its id alone, and is read now.
func (a *Answer) At(i int) *Row {
	a.m.near = i
	id := a.list.IDs[i]
	if a.rows[id] == nil {
		a.want(i / block * block)
	}
	if r := a.rows[id]; r != nil {
		return r
	}
	return &Row{ID: uint64(id)}
}

// want reads the block that begins at a row, together with what else is wanted
// before the window is idle.
func (a *Answer) want(from int) {
	if slices.Contains(a.wanted, from) {
		return
	}
	if a.wanted = append(a.wanted, from); len(a.wanted) > 1 {
		return
	}
	a.m.s.Post(func() {
		var ids []uint32
		for _, from := range a.wanted {
			ids = append(ids, a.ids(from, from+block)...)
		}
		a.fetch(ids, func() {
			a.wanted = nil
			a.m.Redraw()
		})
	})
}

func (a *Answer) fetch(ids []uint32, done func()) {
	a.m.s.Go(func() {
		rows, err := a.m.read(a.m.s.Desk, ids, a.asked.AsOf)
		a.m.s.Post(func() {
			if err != nil {
				a.m.s.Fault(err)
				return
			}
			a.take(rows)
			done()
		})
	})
}

// Read reads rows, then calls done: At knows them all.
func (a *Answer) Read(rows []int, done func()) {
	var ids []uint32
	for _, i := range rows {
		if i < a.list.Len() && a.rows[a.list.IDs[i]] == nil {
			ids = append(ids, a.list.IDs[i])
		}
	}
	if len(ids) == 0 {
		done()
		return
	}
	a.fetch(ids, done)
}

// Hold lets another goroutine read all rows as they are now; release ends it with
// the first error of reading.
func (a *Answer) Hold() (at func(i int) *Row, release func() error, err error) {
	s, err := a.m.s.Desk.At()
	if err != nil {
		return nil, nil, err
	}
	s.Settle()
	const many = 512
	var failed error
	rows, from := map[uint32]*Row{}, -1
	at = func(i int) *Row {
		if start := i / many * many; start != from {
			from = start
			clear(rows)
			read, err := a.m.read(s, a.ids(start, start+many), a.asked.AsOf)
			if failed == nil {
				failed = err
			}
			for _, r := range read {
				rows[uint32(r.ID)] = r
			}
		}
		if r := rows[a.list.IDs[i]]; r != nil {
			return r
		}
		return &Row{ID: uint64(a.list.IDs[i])}
	}
	return at, func() error { s.Close(); return failed }, nil
}

// groupName writes a group as its filter calls it.
func groupName(by data.Group, g desk.GroupCount) string {
	if by == register.ByOutcome {
		if n, err := strconv.Atoi(g.Key); err == nil {
			return outcomeWords[data.Outcome(n)]
		}
	}
	if by == data.ByUnit || by == data.ByReceiver || by == data.ByHelper {
		return data.ShortUnit(g.Name)
	}
	return g.Name
}
