package list

import (
	"cmp"
	"slices"
	"strings"
)

// held is the source of a list that is held in memory: all rows are read once and
// narrowed here. What was worked out of them is kept: which rows have a value of a
// filter, how they stand by a column, which hold a word. Where Step tells what changed
// it is brought in step, else all is read anew at each change of the data.
type held[T any] struct {
	o     *Options[T]
	run   func(work func()) // runs off the window's goroutine
	post  func(func())
	later func(func()) // runs on the window's goroutine when the rows in view are drawn
	fold  func(string) string
	fresh bool
	read  bool            // rows were read
	gen   int             // changes with rows
	shut  map[uint64]bool // rows of a tree whose rows are folded away, by key
	asked int             // reads that began: what an earlier one brings later is out of date
	// Steps go one after the other: busy while one is under way, next is what was asked
	// last meanwhile.
	busy bool
	next func()
	index[T]
}

// index is what is known of some rows. Its rows are never changed in place, so that
// answers to them last.
type index[T any] struct {
	rows   []T
	live   rowset // the rows that are still there
	folded []string
	values map[string]map[string]rowset // rows by filter and value
	ranks  map[string]*ranks[T]         // by column
	words  map[string]rowset            // rows that hold a word
}

// mostWords is how many words are remembered.
const mostWords = 24

// Ask implements Source.
func (h *held[T]) Ask(v View, done func(Answer[T], error)) {
	switch {
	case h.busy:
		h.next = func() { h.Ask(v, done) }
	case h.fresh:
		h.answer(v, done)
	case h.read && h.o.Step != nil:
		h.step(v, done)
	default:
		h.load(v, done)
	}
}

// step brings the rows in step with what changed.
func (h *held[T]) step(v View, done func(Answer[T], error)) {
	h.busy = true
	h.run(func() {
		changed, gone, ok := h.o.Step()
		h.post(func() {
			if h.busy = false; !ok {
				h.load(v, done)
				return
			}
			if len(changed)+len(gone) > 0 {
				h.gen++
				h.apply(h.o, h.fold, changed, gone)
			}
			h.told(v, done)
		})
	})
}

// told answers what was asked last.
func (h *held[T]) told(v View, done func(Answer[T], error)) {
	if next := h.next; next != nil {
		h.next = nil
		next()
		return
	}
	h.fresh = true
	h.answer(v, done)
	if h.o.Step != nil && len(h.rows) >= large {
		h.later(h.warm)
	}
}

// load reads all rows.
func (h *held[T]) load(v View, done func(Answer[T], error)) {
	load := h.o.Load
	if h.o.Begin != nil {
		load = h.o.Begin()
	}
	h.asked++
	asked := h.asked
	h.busy = h.o.Step != nil
	h.run(func() {
		rows, err := load()
		x := index[T]{rows: rows, live: allBits(len(rows)), values: map[string]map[string]rowset{}, ranks: map[string]*ranks[T]{}, words: map[string]rowset{}}
		if h.o.Step == nil {
			x.folded = x.foldAll(h.o, h.fold)
		}
		h.post(func() {
			if asked != h.asked {
				return
			}
			if h.busy = false; err != nil {
				h.next = nil
				done(nil, err)
				return
			}
			h.index, h.read = x, true
			h.gen++
			h.told(v, done)
		})
	})
}

// warm works out ahead, off the window's goroutine, what a large list will be asked for.
func (h *held[T]) warm() {
	if len(h.rows) < large {
		return
	}
	gen, x := h.gen, h.index
	var filters []*Filter[T]
	for i := range h.o.Filters {
		if f := &h.o.Filters[i]; x.values[f.Key] == nil {
			filters = append(filters, f)
		}
	}
	var columns []*Column[T]
	for i := range h.o.Columns {
		if c := &h.o.Columns[i]; !c.Off && !c.Fixed && x.ranks[c.ID] == nil {
			columns = append(columns, c)
		}
	}
	if x.folded != nil && len(filters)+len(columns) == 0 {
		return
	}
	h.run(func() {
		folded := x.folded
		if folded == nil {
			folded = x.foldAll(h.o, h.fold)
		}
		values := map[string]map[string]rowset{}
		for _, f := range filters {
			values[f.Key] = x.valuesOf(f)
		}
		ranked := map[string]*ranks[T]{}
		for _, c := range columns {
			ranked[c.ID] = newRanks(x.rows, c, h.fold)
		}
		h.post(func() {
			if gen != h.gen {
				return // what changed meanwhile warms anew
			}
			h.folded = folded
			for key, v := range values {
				h.values[key] = v
			}
			for id, r := range ranked {
				h.ranks[id] = r
			}
		})
	})
}

// large is from how many rows on a list works things out ahead.
const large = 2000

// answer answers from the rows that were read; what is missing for a large list is
// worked out off the window's goroutine first.
func (h *held[T]) answer(v View, done func(Answer[T], error)) {
	if h.o.Step == nil || len(h.rows) < large || h.ready(v) {
		done(h.narrow(v), nil)
		return
	}
	gen, x := h.gen, h.index
	x.values, x.ranks, x.words = cloned(x.values), cloned(x.ranks), cloned(x.words)
	h.run(func() {
		x.prepare(h.o, h.fold, v)
		h.post(func() {
			if gen == h.gen {
				h.index = x
			}
			h.answer(v, done)
		})
	})
}

func cloned[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// ready reports whether a view can be answered from what is known.
func (x *index[T]) ready(v View) bool {
	for key, chosen := range v.Chosen {
		if len(chosen) > 0 && x.values[key] == nil {
			return false
		}
	}
	for _, o := range v.Orders {
		if x.ranks[o.Column] == nil {
			return false
		}
	}
	return x.folded != nil || strings.TrimSpace(v.Text) == ""
}

// prepare works out what a view needs.
func (x *index[T]) prepare(o *Options[T], fold func(string) string, v View) {
	if x.folded == nil && strings.TrimSpace(v.Text) != "" {
		x.folded = x.foldAll(o, fold)
	}
	for i := range o.Filters {
		if f := &o.Filters[i]; len(v.Chosen[f.Key]) > 0 && x.values[f.Key] == nil {
			x.values[f.Key] = x.valuesOf(f)
		}
	}
	for _, order := range v.Orders {
		if i := slices.IndexFunc(o.Columns, func(c Column[T]) bool { return c.ID == order.Column }); i >= 0 && x.ranks[order.Column] == nil {
			x.ranks[order.Column] = newRanks(x.rows, &o.Columns[i], fold)
		}
	}
}

// words are the texts in which the search looks.
func words[T any](o *Options[T], row *T) string {
	if o.Words != nil {
		return o.Words(row)
	}
	var b strings.Builder
	for _, c := range o.Columns {
		b.WriteString(c.Text(row))
		b.WriteByte(' ')
	}
	if o.More != nil {
		b.WriteString(o.More(row))
	}
	return b.String()
}

func (x *index[T]) foldAll(o *Options[T], fold func(string) string) []string {
	folded := make([]string, len(x.rows))
	for i := range x.rows {
		folded[i] = fold(words(o, &x.rows[i]))
	}
	return folded
}

// valuesOf returns the rows by the values of a filter.
func (x *index[T]) valuesOf(f *Filter[T]) map[string]rowset {
	out := map[string]rowset{}
	for i := range x.rows {
		for _, key := range f.Of(&x.rows[i]) {
			b := out[key]
			if b == nil {
				b = newBits(len(x.rows))
				out[key] = b
			}
			b.set(i)
		}
	}
	return out
}

// holding returns the rows that hold a word: a longer one is looked for where a part of
// it was found.
func (x *index[T]) holding(word string) rowset {
	if found, ok := x.words[word]; ok {
		return found
	}
	within, part := x.live, ""
	for known, found := range x.words {
		if len(known) > len(part) && strings.Contains(word, known) {
			within, part = found, known
		}
	}
	out := newBits(len(x.rows))
	within.each(func(i int) {
		if strings.Contains(x.folded[i], word) {
			out.set(i)
		}
	})
	if len(x.words) >= mostWords {
		clear(x.words)
	}
	x.words[word] = out
	return out
}

// narrow answers a view.
func (h *held[T]) narrow(v View) Answer[T] {
	h.prepare(h.o, h.fold, v)
	mask := slices.Clone(h.live)
	for _, f := range h.o.Filters {
		chosen := v.Chosen[f.Key]
		if len(chosen) == 0 {
			continue
		}
		have := newBits(len(h.rows))
		for _, key := range chosen {
			have.or(h.values[f.Key][key])
		}
		mask.and(have)
	}
	for _, w := range strings.Fields(h.fold(v.Text)) {
		mask.and(h.holding(w))
	}
	if !v.Ended && h.o.Ended != nil {
		mask.each(func(i int) {
			if h.o.Ended(&h.rows[i]) {
				mask.clear(i)
			}
		})
	}
	if h.o.Depth != nil {
		h.branches(mask, v.Filtered())
	}
	out := &answer[T]{h: h, rows: h.rows, mask: mask, all: h.live.count()}
	out.at = mask.places(h.o.Step != nil)
	for i := len(v.Orders) - 1; i >= 0; i-- {
		if r := h.ranks[v.Orders[i].Column]; r != nil {
			out.at = r.sort(out.at, v.Orders[i].Descending)
		}
	}
	return out
}

// apply brings what is known in step with rows that changed, by ascending keys, and with
// the keys of those that are gone.
func (x *index[T]) apply(o *Options[T], fold func(string) string, changed []T, gone []uint64) {
	place := func(key uint64) (int, bool) {
		return slices.BinarySearchFunc(x.rows, key, func(row T, key uint64) int {
			return cmp.Compare(o.Key(&row), key)
		})
	}
	x.rows, x.live, x.folded = slices.Clone(x.rows), slices.Clone(x.live), slices.Clone(x.folded)
	for _, key := range gone {
		if i, ok := place(key); ok {
			x.live.clear(i)
		}
	}
	for _, row := range changed {
		i, ok := place(o.Key(&row))
		if !ok {
			i = len(x.rows) // keys ascend: a new row is the last
			x.rows = append(x.rows, row)
			x.live = x.live.grown(i + 1)
			if x.folded != nil {
				x.folded = append(x.folded, "")
			}
		}
		x.rows[i] = row
		x.live.set(i)
		if x.folded != nil {
			x.folded[i] = fold(words(o, &row))
		}
		for k := range o.Filters {
			if f := &o.Filters[k]; x.values[f.Key] != nil {
				underAlone(x.values[f.Key], i, f.Of(&row))
			}
		}
		for word, found := range x.words {
			found = found.grown(i + 1)
			if found.clear(i); strings.Contains(x.folded[i], word) {
				found.set(i)
			}
			x.words[word] = found
		}
		for _, r := range x.ranks {
			r.put(i, row)
		}
	}
}

// underAlone puts a row under its values, and under no others.
func underAlone(values map[string]rowset, i int, keys []string) {
	for key, b := range values {
		b = b.grown(i + 1)
		b.clear(i)
		values[key] = b
	}
	for _, key := range keys {
		b := values[key].grown(i + 1)
		b.set(i)
		values[key] = b
	}
}

// answer is a part of the rows that are held.
type answer[T any] struct {
	h    *held[T]
	rows []T
	mask rowset
	at   []int32
	all  int
}

// Len implements Answer.
func (a *answer[T]) Len() (int, int) { return len(a.at), a.all }

// Notes implements Noted.
func (a *answer[T]) Notes() []string {
	if a.h.o.Notes == nil || len(a.rows) == 0 {
		return nil
	}
	return []string{a.h.o.Notes(a.rows)}
}

// At implements Answer.
func (a *answer[T]) At(i int) *T { return &a.rows[a.at[i]] }

// KeyAt implements Keyed: rows without a key have their place among all rows.
func (a *answer[T]) KeyAt(i int) uint64 {
	if a.h.o.Key == nil {
		return uint64(a.at[i]) + 1
	}
	return a.h.o.Key(a.At(i))
}

// Find implements Answer.
func (a *answer[T]) Find(key uint64) int {
	for i := range a.at {
		if a.KeyAt(i) == key {
			return i
		}
	}
	return -1
}

// ranks tell how rows stand by a column: equal ones have one rank.
type ranks[T any] struct {
	column *Column[T]
	fold   func(string) string
	of     []int32 // by row
	reps   []T     // a row of each rank
	keys   []string
}

// key is the text by which a row is ordered; "" where Compare orders.
func (r *ranks[T]) key(row *T) string {
	switch {
	case r.column.Order != nil:
		return r.column.Order(row)
	case r.column.Compare != nil:
		return ""
	}
	return r.fold(r.column.Text(row))
}

// compare compares two rows by their keys.
func (r *ranks[T]) compare(a *T, x string, b *T, y string) int {
	switch {
	case r.column.Order != nil:
		return strings.Compare(x, y)
	case r.column.Compare != nil:
		return r.column.Compare(a, b)
	}
	return natural(x, y)
}

func newRanks[T any](rows []T, c *Column[T], fold func(string) string) *ranks[T] {
	r := &ranks[T]{column: c, fold: fold, of: make([]int32, len(rows))}
	keys := make([]string, len(rows))
	at := make([]int32, len(rows))
	for i := range rows {
		keys[i], at[i] = r.key(&rows[i]), int32(i)
	}
	slices.SortFunc(at, func(i, j int32) int { return r.compare(&rows[i], keys[i], &rows[j], keys[j]) })
	for n, i := range at {
		if n == 0 || r.compare(&rows[at[n-1]], keys[at[n-1]], &rows[i], keys[i]) != 0 {
			r.reps, r.keys = append(r.reps, rows[i]), append(r.keys, keys[i])
		}
		r.of[i] = int32(len(r.reps) - 1)
	}
	return r
}

// put ranks a row that changed, or that is new behind the others.
func (r *ranks[T]) put(i int, row T) {
	key := r.key(&row)
	n, found := 0, false
	for lo, hi := 0, len(r.reps); lo < hi && !found; {
		n = (lo + hi) / 2
		switch c := r.compare(&r.reps[n], r.keys[n], &row, key); {
		case c == 0:
			found = true
		case c < 0:
			lo, n = n+1, n+1
		default:
			hi = n
		}
	}
	if !found {
		r.reps, r.keys = slices.Insert(r.reps, n, row), slices.Insert(r.keys, n, key)
		for k, of := range r.of {
			if of >= int32(n) {
				r.of[k] = of + 1
			}
		}
	}
	for len(r.of) <= i {
		r.of = append(r.of, 0)
	}
	r.of[i] = int32(n)
}

// sort orders places by rank; those of one rank keep their order.
func (r *ranks[T]) sort(at []int32, descending bool) []int32 {
	rank := func(i int32) int {
		if descending {
			return len(r.reps) - 1 - int(r.of[i])
		}
		return int(r.of[i])
	}
	if len(at) < len(r.reps)/8 {
		slices.SortStableFunc(at, func(i, j int32) int { return rank(i) - rank(j) })
		return at
	}
	from := make([]int32, len(r.reps)+1)
	for _, i := range at {
		from[rank(i)+1]++
	}
	for n := 1; n < len(from); n++ {
		from[n] += from[n-1]
	}
	out := make([]int32, len(at))
	for _, i := range at {
		n := rank(i)
		out[from[n]] = i
		from[n]++
	}
	return out
}
