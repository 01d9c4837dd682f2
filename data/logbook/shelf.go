package logbook

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// Shelf holds the entries of one kind as they were at one moment, by id, with what was
// looked up among them. It never changes, and any goroutine may ask it; With makes the
// next one, which goes on with what this one has found out.
type Shelf struct {
	kind    *Kind
	entries []*Entry

	mu    sync.Mutex
	links map[string]*linkIndex // by the key of the field
	names *nameIndex
}

// mostSince is how many entries may have changed since an index was made before it is
// made anew.
const mostSince = 512

// NewShelf makes a shelf of entries, which are in the order of their ids.
func NewShelf(k *Kind, entries []*Entry) *Shelf { return &Shelf{kind: k, entries: entries} }

// Entries returns all entries by id; nobody may change the slice.
func (s *Shelf) Entries() []*Entry { return s.entries }

func byID(e *Entry, id uint64) int { return cmp.Compare(e.ID, id) }

// Entry returns an entry by id; nil where there is none.
func (s *Shelf) Entry(id uint64) *Entry {
	if i, ok := slices.BinarySearchFunc(s.entries, id, byID); ok {
		return s.entries[i]
	}
	return nil
}

// With returns the shelf after some entries were written; one without values was taken
// out.
func (s *Shelf) With(changed []*Entry) *Shelf {
	next := &Shelf{kind: s.kind, entries: make([]*Entry, len(s.entries), len(s.entries)+len(changed))}
	copy(next.entries, s.entries)
	gone := false
	for _, e := range slices.SortedFunc(slices.Values(changed), func(a, b *Entry) int { return cmp.Compare(a.ID, b.ID) }) {
		gone = gone || e.Values == nil
		i, there := slices.BinarySearchFunc(next.entries, e.ID, byID)
		switch {
		case there:
			next.entries[i] = e
		default:
			next.entries = slices.Insert(next.entries, i, e)
		}
	}
	if gone {
		next.entries = slices.DeleteFunc(next.entries, func(e *Entry) bool { return e.Values == nil })
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, x := range s.links {
		if since := later(x.since, changed); since != nil {
			if next.links == nil {
				next.links = map[string]*linkIndex{}
			}
			next.links[key] = &linkIndex{x.base, since}
		}
	}
	if s.names != nil {
		if since := later(s.names.since, changed); since != nil {
			next.names = &nameIndex{s.names.index, since}
		}
	}
	return next
}

// later returns what changed since an index was made; nil where that is too much.
func later(since map[uint64]*Entry, changed []*Entry) map[uint64]*Entry {
	if len(since)+len(changed) > mostSince {
		return nil
	}
	out := make(map[uint64]*Entry, len(since)+len(changed))
	maps.Copy(out, since)
	for _, e := range changed {
		out[e.ID] = e
	}
	return out
}

// Since returns the entries of s that are not as they were on an older shelf, and the ids
// of those that are gone.
func (s *Shelf) Since(old *Shelf) (changed []*Entry, gone []uint64) {
	before := old.entries
	for _, e := range s.entries {
		for len(before) > 0 && before[0].ID < e.ID {
			gone, before = append(gone, before[0].ID), before[1:]
		}
		if len(before) > 0 && before[0].ID == e.ID {
			if before[0] != e {
				changed = append(changed, e)
			}
			before = before[1:]
			continue
		}
		changed = append(changed, e)
	}
	for _, e := range before {
		gone = append(gone, e.ID)
	}
	return changed, gone
}

// linkIndex finds the entries that link to another: in base as they were once, and in
// since those that were written later.
type linkIndex struct {
	base  map[uint64][]*Entry
	since map[uint64]*Entry
}

func linksOf(entries []*Entry, key string) map[uint64][]*Entry {
	found := map[uint64][]*Entry{}
	for _, e := range entries {
		if ref := e.Ref(key); ref != 0 {
			found[ref] = append(found[ref], e)
		}
	}
	return found
}

// Linked returns the entries whose field key holds id, by their ids.
func (s *Shelf) Linked(key string, id uint64) []*Entry {
	if id == 0 {
		return nil // what links to nothing
	}
	s.mu.Lock()
	x := s.links[key]
	if x == nil {
		x = &linkIndex{base: linksOf(s.entries, key)}
		if s.links == nil {
			s.links = map[string]*linkIndex{}
		}
		s.links[key] = x
	}
	s.mu.Unlock()
	list := x.base[id]
	if len(x.since) == 0 {
		return list
	}
	var out []*Entry
	for _, e := range list {
		if _, moved := x.since[e.ID]; !moved {
			out = append(out, e)
		}
	}
	for _, e := range x.since {
		if e.Values != nil && e.Ref(key) == id {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b *Entry) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
