package logbook

import (
	"cmp"
	"maps"
	"slices"
)

// Alike reports whether states are worked out with the same day, calendar, legal texts
// and terms in both worlds.
func (w *World) Alike(other *World) bool {
	return w.Day == other.Day && w.Today == other.Today && w.Calendar == other.Calendar && w.Bases == other.Bases && maps.Equal(w.Days, other.Days)
}

// Touched returns the entries of a kind that are otherwise than they were in an older
// world, by id: those that were written, and those whose state or links follow from what
// was. gone are the ids of those that are no more; n is how many entries of all kinds
// were written.
func (w *World) Touched(before *World, kind string) (touched []*Entry, gone []uint64, n int) {
	t := toucher{w: w, seen: map[string]map[uint64]bool{}}
	for _, k := range Kinds() {
		now, old := w.shelf(k.ID), before.shelf(k.ID)
		if now == old {
			continue
		}
		changed, lost := now.Since(old)
		n += len(changed) + len(lost)
		if k.ID == kind {
			gone = lost
		}
		if n > mostTouched {
			return nil, nil, n // too many to follow
		}
		for _, e := range changed {
			t.from(k, e)
			if was := old.Entry(e.ID); was != nil {
				t.up(k, was)
			}
		}
		for _, id := range lost {
			t.from(k, old.Entry(id))
		}
	}
	for id := range t.seen[kind] {
		if e := w.Entry(kind, id); e != nil {
			touched = append(touched, e)
		}
	}
	slices.SortFunc(touched, func(a, b *Entry) int { return cmp.Compare(a.ID, b.ID) })
	return touched, gone, n
}

// mostTouched is how many entries are followed.
const mostTouched = 4096

// toucher follows links from entries that were written.
type toucher struct {
	w    *World
	seen map[string]map[uint64]bool
}

// from follows the links of an entry upwards, and takes those that link to it.
func (t *toucher) from(k *Kind, e *Entry) {
	t.up(k, e)
	for _, other := range Kinds() {
		for i := range other.Fields {
			if f := &other.Fields[i]; f.Type == Link && f.Kind == k.ID {
				for _, x := range t.w.Linked(other.ID, f.Key, e.ID) {
					t.note(other, x)
				}
			}
		}
	}
}

// up takes an entry and all that it links to, one behind the other.
func (t *toucher) up(k *Kind, e *Entry) {
	t.note(k, e)
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Type != Link || !e.Has(f.Key) {
			continue
		}
		if x := t.w.Entry(f.Kind, e.Ref(f.Key)); x != nil && !t.seen[f.Kind][x.ID] {
			t.up(Find(f.Kind), x)
		}
	}
}

func (t *toucher) note(k *Kind, e *Entry) {
	if t.seen[k.ID] == nil {
		t.seen[k.ID] = map[uint64]bool{}
	}
	t.seen[k.ID][e.ID] = true
}
