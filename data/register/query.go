package register

import (
	"bytes"
	"runtime"
	"slices"
	"sync"

	"giaoban/data"
)

// Filter narrows dossiers by what they are. Empty lists do not narrow; in a
// list any entry will do.
type Filter struct {
	Units      []uint32
	Fields     []uint32
	Procedures []uint32
	Levels     []data.Level
	Channels   []data.Channel // Direct takes those of an unknown channel too
}

// Query asks for a list of dossiers.
type Query struct {
	Filter
	Text     string         // see matching in search.go: found without case and diacritics
	Period   *data.Period   // only dossiers of the column in this period; nil for all dossiers
	Column   data.Column    // with Period: the figure of which the dossiers are asked; "" for received
	AsOf     data.Day       // day of the state; NoDay: the end of the period, or Today
	Today    data.Day       // the present day, for queries without a period
	Outcomes []data.Outcome // only these, as of the day
	Due      *DaySpan       // only those due within these days, as of the day
	Rate     string         // with Period: only the numerator of the named rate; see Rates
	Sort     Sort           // "" for newest receipt first
	Reverse  bool
}

// DaySpan is the days From to To, both included.
type DaySpan struct{ From, To data.Day }

// Sort names the order of a list.
type Sort string

// The orders. Equal dossiers stand newest first.
const (
	SortReceived  Sort = ""          // newest first
	SortCode      Sort = "code"      // by letters and digits
	SortOwner     Sort = "owner"     // Vietnamese order; see SetOwnerOrder
	SortProcedure Sort = "procedure" // Vietnamese order of names
	SortField     Sort = "field"
	SortUnit      Sort = "unit" // by level, then place, then name
	SortDue       Sort = "due"  // earliest first, those without a date last
	SortStatus    Sort = "status"
	SortEnded     Sort = "ended"
)

// order is a permutation of all rows.
type order struct {
	rows []int32
}

// List is the answer to a query: the ids of its dossiers in order.
type List struct {
	IDs []uint32
	// Loose is set when no dossier holds the words of the text side by side: the
	// list then holds those with every word somewhere.
	Loose bool
}

// Len returns the number of dossiers.
func (l List) Len() int { return len(l.IDs) }

// List answers the query.
func (r *Register) List(q Query) List {
	r.mu.RLock()
	defer r.mu.RUnlock()
	rows, loose := r.matching(q.Text)
	if rows == nil {
		rows = slices.Clone(r.live)
	}
	r.filter(rows, q)
	return List{IDs: r.arrange(rows, q.Sort, q.Reverse), Loose: loose}
}

// Count returns how many dossiers the query lists.
func (r *Register) Count(q Query) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	rows, _ := r.matching(q.Text)
	if rows == nil {
		rows = slices.Clone(r.live)
	}
	r.filter(rows, q)
	return count(rows)
}

// filter takes the rows out that the query does not want.
func (r *Register) filter(rows bitset, q Query) {
	admit := r.admit(q.Filter)
	byClass := q.Period != nil || len(q.Outcomes) > 0
	if admit == nil && !byClass && q.Due == nil {
		return
	}
	var s span
	if q.Period != nil {
		s = spanOf(*q.Period, q.AsOf)
	} else {
		day := q.AsOf
		if day == data.NoDay {
			day = q.Today
		}
		s = span{from: -1 << 31, to: int32(day), cut: int32(day)}
	}
	column := q.Column
	if column == "" {
		column = data.ColReceived
	}
	wanted := columnClasses(column)
	var outcomes [8]bool
	for _, o := range q.Outcomes {
		outcomes[o&7] = true
	}
	rate := rates[q.Rate]
	parallel(len(r.ids), func(from, to int) {
		for row := from; row < to; row++ {
			if !rows.has(row) {
				continue
			}
			keep := admit == nil || admit(row)
			if keep && q.Due != nil {
				due := r.dueOn(row, s.cut)
				keep = due != 0 && due >= int32(q.Due.From) && due <= int32(q.Due.To)
			}
			if keep && byClass {
				c := r.classify(row, s)
				if q.Period != nil {
					keep = c.out != data.NotCounted && wanted[c.in][c.out]
					if keep && rate != nil {
						keep = rate.counts(r, row, c)
					}
				}
				if keep && len(q.Outcomes) > 0 {
					keep = outcomes[c.out&7]
				}
			}
			if !keep {
				rows.clear(row)
			}
		}
	})
}

// dueOn returns the judged due date of a row as of the day, 0 without one.
func (r *Register) dueOn(row int, day int32) int32 {
	if r.first[row] != complexRow {
		return r.due[row]
	}
	s, _ := at(r.history[int32(row)], day)
	return s.due
}

// admit returns a test of the filter, nil when it admits all.
func (r *Register) admit(f Filter) func(row int) bool {
	var tests []func(int) bool
	member := func(column []uint32, ids []uint32) {
		if len(ids) > 0 {
			set := map[uint32]bool{}
			for _, id := range ids {
				set[id] = true
			}
			tests = append(tests, func(row int) bool { return set[column[row]] })
		}
	}
	member(r.unit, f.Units)
	member(r.field, f.Fields)
	member(r.proc, f.Procedures)
	if len(f.Levels) > 0 {
		set := map[uint32]bool{}
		for id, u := range r.catalogue.units {
			set[id] = slices.Contains(f.Levels, u.Level)
		}
		set[0] = slices.Contains(f.Levels, "")
		tests = append(tests, func(row int) bool { return set[r.unit[row]] })
	}
	if len(f.Channels) > 0 {
		var set [4]bool
		for _, c := range f.Channels {
			set[c&3] = true
		}
		set[0] = set[data.Direct]
		tests = append(tests, func(row int) bool { return set[r.channel[row]&3] })
	}
	switch len(tests) {
	case 0:
		return nil
	case 1:
		return tests[0]
	}
	return func(row int) bool {
		for _, t := range tests {
			if !t(row) {
				return false
			}
		}
		return true
	}
}

// columnClasses tells which classes a column of form II.06a counts.
func columnClasses(col data.Column) (wanted [inKinds][8]bool) {
	for in := range uint8(inKinds) {
		for out := data.Early; out <= data.Overdue; out++ {
			var m matrix
			m[in][out] = 1
			wanted[in][out] = col.Of(m.counts()) > 0
		}
	}
	return wanted
}

// arrange puts the rows in order and returns their ids. Each processor walks a
// part of the order.
func (r *Register) arrange(rows bitset, by Sort, reverse bool) []uint32 {
	n := count(rows)
	if n == 0 {
		return []uint32{}
	}
	order := r.order(by).rows
	parts := 1
	if n > 20_000 {
		parts = runtime.GOMAXPROCS(0)
	}
	found := make([][]uint32, parts)
	var wg sync.WaitGroup
	for i := range parts {
		part := order[len(order)*i/parts : len(order)*(i+1)/parts]
		wg.Go(func() { found[i] = r.inOrder(rows, part, min(n, len(part)), reverse) })
	}
	wg.Wait()
	if parts == 1 {
		return found[0]
	}
	if reverse {
		slices.Reverse(found)
	}
	return slices.Concat(found...)
}

// inOrder returns the ids of the rows along a part of an order; most is how many
// there can be.
func (r *Register) inOrder(rows bitset, part []int32, most int, reverse bool) []uint32 {
	ids := make([]uint32, 0, most)
	if !reverse {
		for _, row := range part {
			if rows.has(int(row)) {
				ids = append(ids, r.ids[row])
			}
		}
		return ids
	}
	for _, row := range slices.Backward(part) {
		if rows.has(int(row)) {
			ids = append(ids, r.ids[row])
		}
	}
	return ids
}

// ordersMu guards orders apart from mu: lists are answered under the read lock,
// and the first of them to need an order builds it.
func (r *Register) order(by Sort) *order {
	r.ordersMu.Lock()
	defer r.ordersMu.Unlock()
	if o := r.orders[by]; o != nil {
		return o
	}
	newest := r.orders[SortReceived]
	if newest == nil {
		newest = &order{rows: sortBy(lastFirst(len(r.ids)), r.received, true)}
		r.orders[SortReceived] = newest
	}
	o := newest
	switch by {
	case SortCode:
		rows := slices.Clone(newest.rows)
		slices.SortStableFunc(rows, func(a, b int32) int {
			return bytes.Compare(r.codes.line(int(a)), r.codes.line(int(b)))
		})
		o = &order{rows}
	case SortOwner:
		o = &order{sortBy(newest.rows, r.ownerRanks(), false)}
	case SortProcedure:
		rank := ranks(r.catalogue.procedures, func(a, b uint32) int {
			return CompareText(r.catalogue.procedures[a].Name, r.catalogue.procedures[b].Name)
		})
		o = &order{sortBy(newest.rows, ranked(r.proc, rank), false)}
	case SortField:
		rank := ranks(r.catalogue.fields, func(a, b uint32) int {
			return CompareText(r.catalogue.fields[a].Name, r.catalogue.fields[b].Name)
		})
		o = &order{sortBy(newest.rows, ranked(r.field, rank), false)}
	case SortUnit:
		o = &order{sortBy(newest.rows, ranked(r.unit, ranks(r.catalogue.units, r.catalogue.compareUnit)), false)}
	case SortDue:
		o = &order{sortBy(newest.rows, lastWhenZero(r.due), false)}
	case SortEnded:
		o = &order{sortBy(newest.rows, lastWhenZero(r.ended), false)}
	case SortStatus:
		o = &order{sortBy(newest.rows, widen(r.status), false)}
	}
	r.orders[by] = o
	return o
}

// ownerRanks returns the rank of each row's owner in Vietnamese order: the one
// set by SetOwnerOrder where it covers the dossier, else by folded name.
func (r *Register) ownerRanks() []int32 {
	out := make([]int32, len(r.ids))
	var rest []int32
	for row, id := range r.ids {
		if int(id) < len(r.ownerRank) && r.ownerRank[id] > 0 {
			out[row] = r.ownerRank[id]
		} else {
			rest = append(rest, int32(row))
		}
	}
	if len(rest) == len(out) {
		slices.SortStableFunc(rest, func(a, b int32) int {
			return bytes.Compare(r.names.line(int(a)), r.names.line(int(b)))
		})
		for i, row := range rest {
			out[row] = int32(i + 1)
		}
		return out
	}
	for _, row := range rest {
		out[row] = 1<<31 - 1
	}
	return out
}

// SetOwnerOrder tells the rank of each dossier's owner in Vietnamese order, by
// id; a rank of 0 means unknown. The register keeps folded names only, so the
// order is computed where the names are.
func (r *Register) SetOwnerOrder(rank []int32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ownerRank = rank
	r.ordersMu.Lock()
	delete(r.orders, SortOwner)
	r.ordersMu.Unlock()
}

// lastFirst returns all rows, the one entered last at the head.
func lastFirst(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(n - 1 - i)
	}
	return rows
}

func widen(s []uint8) []int32 {
	out := make([]int32, len(s))
	for i, v := range s {
		out[i] = int32(v)
	}
	return out
}

func ranked(column []uint32, rank map[uint32]uint32) []int32 {
	out := make([]int32, len(column))
	for i, id := range column {
		out[i] = 1<<31 - 1
		if n, ok := rank[id]; ok {
			out[i] = int32(n)
		}
	}
	return out
}

func lastWhenZero(column []int32) []int32 {
	out := slices.Clone(column)
	for i, v := range out {
		if v == 0 {
			out[i] = open
		}
	}
	return out
}

// sortBy returns rows sorted by key, stably: a radix sort, for a million keys
// in some ten milliseconds.
func sortBy(rows []int32, key []int32, descending bool) []int32 {
	a, b := slices.Clone(rows), make([]int32, len(rows))
	flip := uint32(1 << 31)
	if descending {
		flip = ^flip
	}
	for shift := 0; shift < 32; shift += 11 {
		var starts [2048 + 1]int
		for _, row := range a {
			starts[(uint32(key[row])^flip)>>shift&2047+1]++
		}
		skip := false
		for i := 1; i <= 2048; i++ {
			if starts[i] == len(a) {
				skip = true
			}
			starts[i] += starts[i-1]
		}
		if skip {
			continue
		}
		for _, row := range a {
			d := (uint32(key[row]) ^ flip) >> shift & 2047
			b[starts[d]] = row
			starts[d]++
		}
		a, b = b, a
	}
	return a
}

// Span returns the days of the first and the last receipt; NoDay when there is
// no dossier.
func (r *Register) Span() (first, last data.Day) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for row, day := range r.received {
		if !r.live.has(row) {
			continue
		}
		if first == data.NoDay || data.Day(day) < first {
			first = data.Day(day)
		}
		last = max(last, data.Day(day))
	}
	return first, last
}
