package logbook

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// TestShelvesGoOn writes random entries one change after the other: what a shelf goes on
// with is what one made of all entries finds.
func TestShelvesGoOn(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	random := func(id uint64) *Entry {
		e := entry(id, "text", fmt.Sprint("Việc ", r.IntN(12)), "parent", strconv.Itoa(r.IntN(30)))
		e.Number, e.Year = 1+r.IntN(20), 2024+r.IntN(3)
		if r.IntN(5) == 0 {
			e.Label = fmt.Sprint("KL-", r.IntN(10))
		}
		return e
	}
	s := NewShelf(Task, nil)
	last := uint64(0)
	for round := range 400 {
		var changed []*Entry
		for range 1 + r.IntN(3) {
			id := last + 1
			if e := r.IntN(3); last > 0 && e > 0 {
				id = 1 + r.Uint64N(last)
			} else {
				last = id
			}
			if slices.ContainsFunc(changed, func(e *Entry) bool { return e.ID == id }) {
				continue
			}
			if e := random(id); r.IntN(6) == 0 {
				if s.Entry(id) == nil {
					continue
				}
				changed = append(changed, &Entry{ID: id})
			} else {
				changed = append(changed, e)
			}
		}
		next := s.With(changed)
		again := NewShelf(Task, next.Entries())
		if !slices.IsSortedFunc(next.Entries(), func(a, b *Entry) int { return int(a.ID) - int(b.ID) }) {
			t.Fatal("not by id")
		}
		for id := range last + 2 {
			if a, b := next.Linked("parent", id), again.Linked("parent", id); !slices.Equal(a, b) {
				t.Fatalf("round %d: below %d: %d, want %d", round, id, len(a), len(b))
			}
			if next.Entry(id) != again.Entry(id) {
				t.Fatalf("round %d: entry %d", round, id)
			}
		}
		for n := range 24 {
			for _, c := range []called{{head: fmt.Sprint("việc ", n)}, {printed: fmt.Sprint("kl-", n)}, {running: uint64(n)}, {printed: fmt.Sprint("nv", n, "/2025")}} {
				a, b := next.called(c), again.called(c)
				for i := range a {
					same := a[i] == b[i] || a[i] != nil && b[i] != nil && i < 2 && (a[i].Year == b[i].Year) // any of one number
					if !same && (c.head == "" || i == 2) && (c.printed == "" || i == 0) && (c.running == 0 || i == 1) {
						t.Fatalf("round %d: %+v finds %v, want %v", round, c, a[i], b[i])
					}
				}
			}
		}
		found, gone := next.Since(s)
		want := 0
		for _, e := range changed {
			if e.Values == nil {
				if !slices.Contains(gone, e.ID) {
					t.Fatalf("round %d: %d is not gone", round, e.ID)
				}
				continue
			}
			if want++; !slices.Contains(found, e) {
				t.Fatalf("round %d: %d did not change", round, e.ID)
			}
		}
		if want != len(found) || len(gone) != len(changed)-want {
			t.Fatalf("round %d: %d changed, %d gone of %d", round, len(found), len(gone), len(changed))
		}
		s = next
	}
}
