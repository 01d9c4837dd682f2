package widget

import "sort"

// Ranges is a set of row numbers kept as sorted spans, so that choosing all of a
// million rows costs as much as choosing one. The zero value is empty.
type Ranges struct {
	spans []span
}

type span struct{ from, to int } // to is behind the last row

// Add puts the rows from up to but without to into the set.
func (r *Ranges) Add(from, to int) {
	if from >= to {
		return
	}
	i := sort.Search(len(r.spans), func(i int) bool { return r.spans[i].to >= from })
	j := i
	for j < len(r.spans) && r.spans[j].from <= to {
		from, to = min(from, r.spans[j].from), max(to, r.spans[j].to)
		j++
	}
	tail := append([]span{{from, to}}, r.spans[j:]...)
	r.spans = append(r.spans[:i:i], tail...)
}

// Remove takes the rows from up to but without to out of the set.
func (r *Ranges) Remove(from, to int) {
	if from >= to {
		return
	}
	var out []span
	for _, s := range r.spans {
		if s.to <= from || s.from >= to {
			out = append(out, s)
			continue
		}
		if s.from < from {
			out = append(out, span{s.from, from})
		}
		if s.to > to {
			out = append(out, span{to, s.to})
		}
	}
	r.spans = out
}

// Has reports whether the row is in the set.
func (r Ranges) Has(row int) bool {
	i := sort.Search(len(r.spans), func(i int) bool { return r.spans[i].to > row })
	return i < len(r.spans) && r.spans[i].from <= row
}

// Count returns the number of rows in the set.
func (r Ranges) Count() int {
	n := 0
	for _, s := range r.spans {
		n += s.to - s.from
	}
	return n
}

// Each calls f for the rows in order until it returns false.
func (r Ranges) Each(f func(row int) bool) {
	for _, s := range r.spans {
		for row := s.from; row < s.to; row++ {
			if !f(row) {
				return
			}
		}
	}
}

// Clear empties the set.
func (r *Ranges) Clear() { r.spans = nil }

func (r Ranges) clone() Ranges { return Ranges{append([]span(nil), r.spans...)} }
