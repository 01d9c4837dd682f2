package logbook

import (
	"cmp"
	"strconv"
	"strings"

	"giaoban/data/text"
)

// index finds the entries of a kind by what they are called.
type index struct {
	printed map[string]*Entry // by the printed number, in lower case
	running map[uint64]*Entry // by the running number; of the newest year that has it
	heads   map[string]*Entry // by the text that names an entry; the first of them
}

func newIndex() *index { return &index{map[string]*Entry{}, map[uint64]*Entry{}, map[string]*Entry{}} }

func (x *index) add(k *Kind, e *Entry) {
	x.printed[strings.ToLower(k.Name(e))] = e
	if before := x.running[uint64(e.Number)]; before == nil || e.Year >= before.Year {
		x.running[uint64(e.Number)] = e
	}
	if key := text.NameKey(e.Text(k.Head)); x.heads[key] == nil {
		x.heads[key] = e
	}
}

// called is what is typed for an entry.
type called struct {
	printed, head string
	running       uint64
}

// best returns the entries that are called so: by printed number, running number, text.
func (x *index) best(c called) [3]*Entry {
	return [3]*Entry{x.printed[c.printed], x.running[c.running], x.heads[c.head]}
}

// nameIndex is an index of an older shelf, with what was written since.
type nameIndex struct {
	index *index
	since map[uint64]*Entry
}

// find answers as an index of all entries would; ok is false where an entry that was
// written since hides another one of the same name.
func (x *nameIndex) find(k *Kind, c called) (out [3]*Entry, ok bool) {
	out = x.index.best(c)
	for i, e := range out {
		if e == nil {
			continue
		}
		now, moved := x.since[e.ID]
		switch {
		case !moved:
		case now.Values == nil, !k.answers(now, c)[i]:
			return out, false
		default:
			out[i] = now
		}
	}
	for _, e := range x.since {
		if e.Values != nil {
			out = better(out, e, k.answers(e, c))
		}
	}
	return out, true
}

// answers reports in which ways an entry is called so.
func (k *Kind) answers(e *Entry, c called) [3]bool {
	return [3]bool{strings.ToLower(k.Name(e)) == c.printed, uint64(e.Number) == c.running, text.NameKey(e.Text(k.Head)) == c.head}
}

// better puts an entry in where it answers before those that were found: the last of a
// printed number, the newest year of a running one, the first of a text.
func better(found [3]*Entry, e *Entry, answers [3]bool) [3]*Entry {
	for i, yes := range answers {
		before := found[i]
		if !yes {
			continue
		}
		if before == nil || [3]bool{before.ID < e.ID, cmp.Or(cmp.Compare(before.Year, e.Year), cmp.Compare(before.ID, e.ID)) < 0, e.ID < before.ID}[i] {
			found[i] = e
		}
	}
	return found
}

// called returns the entries that are called so.
func (s *Shelf) called(c called) [3]*Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.names != nil {
		if out, ok := s.names.find(s.kind, c); ok {
			return out
		}
	}
	s.names = &nameIndex{index: newIndex()}
	for _, e := range s.entries {
		s.names.index.add(s.kind, e)
	}
	return s.names.index.best(c)
}

// Named returns the id of the entry that a table or an officer means: its printed
// number, its running number in the newest year that has it, or the text that names it.
// «#12» means the id 12 before all else. It is 0 where there is none.
func (w *World) Named(kind, typed string) uint64 {
	k := Find(kind)
	if k == nil || typed == "" {
		return 0
	}
	bare, byID := strings.CutPrefix(typed, "#")
	number, _ := strconv.ParseUint(bare, 10, 64)
	if byID && w.Entry(kind, number) != nil {
		return number
	}
	c := called{strings.ToLower(bare), text.NameKey(bare), number}
	found := w.shelf(kind).called(c)
	if x := w.extra[kind]; x != nil {
		for i, e := range x.index(k).best(c) {
			if e != nil {
				var way [3]bool
				way[i] = true
				found = better(found, e, way)
			}
		}
	}
	for _, e := range found {
		if e != nil {
			return e.ID
		}
	}
	if number != 0 && w.Entry(kind, number) != nil {
		return number
	}
	return 0
}
