package register

import (
	"math/bits"
	"slices"

	"giaoban/data"
)

// Filter narrows dossiers by what they are. Empty lists do not narrow; in a
// list any entry will do. Filters are kept in data files: the names of JSON, here
// and in Query, stay.
type Filter struct {
	Units      []uint32       `json:"Units"`
	Fields     []uint32       `json:"Fields"`
	Procedures []uint32       `json:"Procedures"`
	Levels     []data.Level   `json:"Levels"`
	Channels   []data.Channel `json:"Channels"`            // Direct takes those of an unknown channel too
	Receivers  []uint32       `json:"Receivers,omitempty"` // where it was received: the competent unit where no other one is named
	Helpers    []uint32       `json:"Helpers,omitempty"`   // who helped the citizen to apply, likewise
	Desks      []string       `json:"Desks,omitempty"`     // the desk that holds it, as the last hand-over says; "" before the first
	Officers   []string       `json:"Officers,omitempty"`  // who received it, "" when unknown
	// FollowMergers counts a unit that was merged into another as that one:
	// Units and Levels, and figures by unit and level, then speak of the units
	// of today.
	FollowMergers bool `json:"FollowMergers,omitempty"`
}

// Query asks for a list of dossiers. What depends on the day is asked as of
// AsOf; see there.
type Query struct {
	Filter
	Text     string         `json:"Text"`               // as an officer types it: free text and field words, see ParseText
	Period   *data.Period   `json:"Period"`             // only dossiers of the column in this period; nil for all dossiers
	Column   data.Column    `json:"Column"`             // with Period: the figure of which the dossiers are asked; "" for received
	AsOf     data.Day       `json:"AsOf"`               // day of the state; NoDay: the end of the period, or Today
	Today    data.Day       `json:"Today"`              // the present day, for queries without a period, and for words like hôm nay
	Outcomes []data.Outcome `json:"Outcomes"`           // only these, as of the day
	Statuses []data.Status  `json:"Statuses,omitempty"` // only these, as of the last event
	Received *DaySpan       `json:"Received,omitempty"` // only those received within these days
	Due      *DaySpan       `json:"Due"`                // only those due within these days, as of the day
	Ended    *DaySpan       `json:"Ended,omitempty"`    // only those of which processing ended within these days, as of the day
	Letter   Answer         `json:"Letter,omitempty"`   // whether a letter of apology went out, as of the day
	Cancel   Answer         `json:"Cancel,omitempty"`   // whether it was cancelled as entered by mistake, ever
	Waiting  *Waiting       `json:"Waiting,omitempty"`  // only those of which the clock stands, as of the day
	Rate     string         `json:"Rate"`               // with Period: only the numerator of the named rate; see Rates
	Sort     Sort           `json:"Sort"`               // "" for newest receipt first
	Reverse  bool           `json:"Reverse"`
	// Then orders those that are equal by Sort where it is another order; "" leaves
	// them newest receipt first.
	Then        Sort `json:"Then,omitempty"`
	ThenReverse bool `json:"ThenReverse,omitempty"`
	// Among are the only ids that are listed; empty lists all.
	Among []uint32 `json:"Among,omitempty"`
}

// Answer narrows by a question: Any does not.
type Answer string

// The answers.
const (
	Any Answer = ""
	Yes Answer = "yes"
	No  Answer = "no"
)

// admits reports whether a fact is wanted.
func (a Answer) admits(fact bool) bool { return a == Any || (a == Yes) == fact }

// Waiting asks for dossiers of which the clock has stood for at least so many
// calendar days, the day on which it stopped not counted.
type Waiting struct {
	Days    int  `json:"Days"`
	Citizen bool `json:"Citizen"` // only while the office waits for the citizen: states 5 and 6
}

// DaySpan is the days From to To, both included.
type DaySpan struct {
	From data.Day `json:"From"`
	To   data.Day `json:"To"`
}

// holds reports whether a day lies in the span.
func (s *DaySpan) holds(day int32) bool { return int32(s.From) <= day && day <= int32(s.To) }

// List is the answer to a query: the ids of its dossiers in order.
type List struct {
	IDs []uint32
	// Loose is set when no dossier holds the words of the text side by side: the
	// list then holds those with every word somewhere.
	Loose bool
	// Marked is how many dossiers at the head carry the diacritics that were
	// typed: a dossier does when each word typed with diacritics stands so in the
	// name of its owner, its procedure, its content, its unit or its field. They
	// stand before the others, both in the order asked for.
	Marked int
	// Notes tell in Vietnamese what of the text was not understood.
	Notes []string
}

// Len returns the number of dossiers.
func (l List) Len() int { return len(l.IDs) }

// list answers the query. The register must be locked.
func (r *Register) list(q Query) List {
	a := r.answer(q)
	l := List{Loose: a.loose, Notes: a.notes}
	if marked := r.marked(a.free, a.rows); marked != nil {
		first := r.arrange(marked, &q)
		for i := range a.rows {
			a.rows[i] &^= marked[i]
		}
		l.Marked = len(first)
		l.IDs = append(first, r.arrange(a.rows, &q)...)
		return l
	}
	l.IDs = r.arrange(a.rows, &q)
	return l
}

// answer is the rows of a query before they are put in order.
type answer struct {
	rows  bitset // the caller's to change
	free  string // what of the text was looked for as it stands
	loose bool
	notes []string
}

func (r *Register) answer(q Query) answer {
	s := q.span()
	if q.Text == "" {
		rows := slices.Clone(r.live)
		r.sift(rows, r.sieves(q, s))
		return answer{rows: rows}
	}
	return r.answerText(q, s)
}

// day returns the present day of a query.
func (q *Query) day() data.Day {
	if q.Today == data.NoDay {
		return q.AsOf
	}
	return q.Today
}

// span returns the days that a query speaks of.
func (q *Query) span() span {
	if q.Period != nil {
		return spanOf(*q.Period, q.AsOf)
	}
	day := q.AsOf
	if day == data.NoDay {
		day = q.Today
	}
	cut := min(int32(day), open-1)
	return span{from: -1 << 31, to: cut, cut: cut}
}

// sieve takes those of the rows from…to out that are not wanted. from is a
// multiple of 64.
type sieve func(rows bitset, from, to int)

// sift lets the rows through all sieves, a block at a time.
func (r *Register) sift(rows bitset, sieves []sieve) {
	if len(sieves) == 0 {
		return
	}
	parallel(len(r.ids), func(from, to int) {
		for start := from; start < to; start += blockRows {
			end := min(start+blockRows, to)
			for _, s := range sieves {
				s(rows, start, end)
			}
		}
	})
}

// chain makes one sieve of several.
func chain(list []sieve) sieve {
	return func(rows bitset, from, to int) {
		for _, s := range list {
			s(rows, from, to)
		}
	}
}

// keep makes a sieve of a test.
func keep(test func(row int) bool) sieve {
	return func(rows bitset, from, to int) {
		for w := from >> 6; w<<6 < to; w++ {
			word := rows[w]
			for left := word; left != 0; left &= left - 1 {
				i := bits.TrailingZeros64(left)
				if !test(w<<6 + i) {
					word &^= 1 << i
				}
			}
			rows[w] = word
		}
	}
}

// among makes a sieve of the members of a set: the quick form of keep.
func among[T uint8 | uint16 | uint32](column []T, set bitset) sieve {
	return func(rows bitset, from, to int) {
		for w := from >> 6; w<<6 < to; w++ {
			word := rows[w]
			if word == 0 {
				continue
			}
			base := w << 6
			if word == ^uint64(0) {
				word = 0
				for i, n := range column[base : base+64] {
					if k := n >> 6; int(k) < len(set) {
						word |= set[k] >> (n & 63) & 1 << i
					}
				}
				rows[w] = word
				continue
			}
			for left := word; left != 0; left &= left - 1 {
				i := bits.TrailingZeros64(left)
				if !set.holds(uint(column[base+i])) {
					word &^= 1 << i
				}
			}
			rows[w] = word
		}
	}
}

// within makes a sieve of a span of numbers.
func within(column []int32, from, to int32) sieve {
	return func(rows bitset, start, end int) {
		for w := start >> 6; w<<6 < end; w++ {
			word := rows[w]
			if word == 0 {
				continue
			}
			var found uint64
			base := w << 6
			for i, n := range column[base:min(base+64, len(column))] {
				if from <= n && n <= to {
					found |= 1 << i
				}
			}
			rows[w] = word & found
		}
	}
}

// withinLife is within for a column that tells of simple rows only; test tells
// of the others.
func (r *Register) withinLife(column []int32, from, to int32, test func(row int) bool) sieve {
	return func(rows bitset, start, end int) {
		for w := start >> 6; w<<6 < end; w++ {
			word := rows[w]
			if word == 0 {
				continue
			}
			var found, ask uint64
			base := w << 6
			first := r.first[base:min(base+64, len(column))]
			for i, n := range column[base : base+len(first)] {
				if from <= n && n <= to {
					found |= 1 << i
				}
				if first[i] == complexRow {
					ask |= 1 << i
				}
			}
			found &^= ask
			for left := ask & word; left != 0; left &= left - 1 {
				i := bits.TrailingZeros64(left)
				if test(base + i) {
					found |= 1 << i
				}
			}
			rows[w] = word & found
		}
	}
}

// dueWithin returns sieves of the rows due within the days, as of the day.
func (r *Register) dueWithin(days *DaySpan, day int32) []sieve {
	test := func(row int) bool {
		due := r.dueOn(row, day)
		return due != 0 && days.holds(due)
	}
	return []sieve{within(r.received, -1<<31, day), r.withinLife(r.due, max(int32(days.From), 1), int32(days.To), test)}
}

// endedWithin returns a sieve of the rows of which processing ended within the
// days, as of the day.
func (r *Register) endedWithin(days *DaySpan, day int32) sieve {
	test := func(row int) bool {
		ended := r.endedOn(row, day)
		return ended <= day && days.holds(ended)
	}
	return r.withinLife(r.ended, int32(days.From), min(int32(days.To), day), test)
}

// sieves returns what a query wants of a row beside its text, the quickest first.
func (r *Register) sieves(q Query, s span) []sieve {
	list := r.filterSieves(q.Filter)
	if len(q.Among) > 0 {
		ids := slices.Sorted(slices.Values(q.Among))
		list = append(list, keep(func(row int) bool {
			_, ok := slices.BinarySearch(ids, r.ids[row])
			return ok
		}))
	}
	if q.Received != nil {
		list = append(list, within(r.received, int32(q.Received.From), int32(q.Received.To)))
	}
	if len(q.Statuses) > 0 {
		set := bitset{0}
		for _, status := range q.Statuses {
			set.set(int(status) &^ cancelled)
		}
		list = append(list, keep(func(row int) bool { return set.holds(uint(r.status[row] &^ cancelled)) }))
	}
	if q.Cancel != Any {
		list = append(list, keep(func(row int) bool { return q.Cancel.admits(r.status[row]&cancelled != 0) }))
	}
	if q.Due != nil {
		list = append(list, r.dueWithin(q.Due, s.cut)...)
	}
	if q.Ended != nil {
		list = append(list, r.endedWithin(q.Ended, s.cut))
	}
	if q.Waiting != nil {
		latest := s.cut - int32(q.Waiting.Days)
		list = append(list, keep(func(row int) bool {
			g, ok := r.waits(row, s.cut)
			return ok && g.since <= latest && (g.citizen || !q.Waiting.Citizen)
		}))
	}
	if q.Letter != Any {
		list = append(list, keep(func(row int) bool { return q.Letter.admits(r.letterOn(row, s.cut)) }))
	}
	if c := r.classSieves(q, s); c != nil {
		list = append(list, c...)
	}
	return list
}

// classSieves returns what a query wants of the place of a row in the figures.
func (r *Register) classSieves(q Query, s span) (list []sieve) {
	if q.Period == nil && len(q.Outcomes) == 0 {
		return nil
	}
	column := q.Column
	if column == "" {
		column = data.ColReceived
	}
	var wanted [inKinds][8]bool
	if q.Period != nil {
		wanted = columnClasses(column)
	} else {
		for in := range wanted {
			for out := range wanted[in] {
				wanted[in][out] = true
			}
		}
	}
	if len(q.Outcomes) > 0 {
		var outcomes [8]bool
		for _, o := range q.Outcomes {
			outcomes[o&7] = true
		}
		for in := range wanted {
			for out := range wanted[in] {
				wanted[in][out] = wanted[in][out] && outcomes[out]
			}
		}
	}
	if p := r.plausible(wanted, s); p != nil {
		list = append(list, p)
	}
	rate := r.rateOf(q.Rate)
	if q.Period == nil {
		rate = nil
	}
	return append(list, keep(func(row int) bool {
		c := r.classify(row, s)
		if q.Period != nil && c.out == data.NotCounted {
			return false
		}
		return wanted[c.in][c.out&7] && (rate == nil || rate.counts(r, row, c, s))
	}))
}

// plausible makes a sieve that spares most of the work of classify by a look at
// two columns, nil where those of no class are wanted too.
func (r *Register) plausible(wanted [inKinds][8]bool, s span) sieve {
	anyOpen := false
	closed := bitset{1} // a life in history says nothing in column last
	for in := range wanted {
		for out, w := range wanted[in] {
			switch o := data.Outcome(out); {
			case !w:
			case o == data.NotCounted:
				return nil
			case o.Closed():
				closed.set(out)
			default:
				anyOpen = true
			}
		}
	}
	if closed[0] == 1 {
		return within(r.ended, s.cut+1, open)
	}
	after := s.cut
	if !anyOpen {
		after = open
	}
	mask := closed[0]
	return func(rows bitset, from, to int) {
		for w := from >> 6; w<<6 < to; w++ {
			word := rows[w]
			if word == 0 {
				continue
			}
			base, found := w<<6, uint64(0)
			ended := r.ended[base:min(base+64, to)]
			for i, last := range r.last[base : base+len(ended)] {
				if mask>>(last&63)&1 != 0 || ended[i] > after {
					found |= 1 << i
				}
			}
			rows[w] = word & found
		}
	}
}

// dueOn returns the judged due date of a row as of the day, 0 without one and
// before its receipt.
func (r *Register) dueOn(row int, day int32) int32 {
	switch {
	case r.received[row] > day:
		return 0
	case r.first[row] != complexRow:
		return r.due[row]
	}
	s, _ := at(r.history[int32(row)], day)
	return s.due
}

// endedOn returns the first day on which a row was closed, as of the day; open
// when it is not.
func (r *Register) endedOn(row int, day int32) int32 {
	if r.first[row] != complexRow {
		return r.ended[row]
	}
	return closedSince(r.history[int32(row)], day)
}

// letterOn reports whether a letter of apology went out up to the day.
func (r *Register) letterOn(row int, day int32) bool {
	if r.first[row] != complexRow {
		return false
	}
	s, ok := at(r.history[int32(row)], day)
	return ok && s.apologised
}

// waits returns the segment in which the clock of a row stands on the day.
func (r *Register) waits(row int, day int32) (s segment, ok bool) {
	if r.first[row] != complexRow {
		return s, false
	}
	s, ok = at(r.history[int32(row)], day)
	return s, ok && s.since != 0
}

// filterSieves returns the sieves of a filter.
func (r *Register) filterSieves(f Filter) (list []sieve) {
	units := r.unitSet(f)
	if units != nil {
		list = append(list, among(r.unit, units))
	}
	if len(f.Fields) > 0 {
		list = append(list, among(r.field, setOf(f.Fields, r.maxField)))
	}
	if len(f.Procedures) > 0 {
		list = append(list, among(r.proc, setOf(f.Procedures, r.maxProc)))
	}
	if len(f.Channels) > 0 {
		list = append(list, among(r.channel, channelSet(f.Channels)))
	}
	if len(f.Receivers) > 0 {
		list = append(list, r.placed(r.receiver, f.Receivers, f.FollowMergers))
	}
	if len(f.Helpers) > 0 {
		list = append(list, r.placed(r.helper, f.Helpers, f.FollowMergers))
	}
	if len(f.Desks) > 0 {
		list = append(list, among(r.desk, r.desks.set(f.Desks)))
	}
	if len(f.Officers) > 0 {
		list = append(list, among(r.officer, r.officers.set(f.Officers)))
	}
	return list
}

// channelSet returns the values of column channel that some channels admit.
func channelSet(channels []data.Channel) bitset {
	set := bitset{0}
	for _, c := range channels {
		set.set(int(c & 3))
		set.set(int(c&3) | postal)
		if c == data.Direct {
			set.set(0)
			set.set(postal)
		}
	}
	return set
}

// unitSet returns the units that a filter admits, nil when it admits all.
func (r *Register) unitSet(f Filter) bitset {
	if len(f.Units) == 0 && len(f.Levels) == 0 {
		return nil
	}
	set := make(bitset, r.maxUnit>>6+1)
	for id := range r.maxUnit + 1 {
		unit := r.catalogue.counted(id, f.FollowMergers)
		if (len(f.Units) == 0 || slices.ContainsFunc(f.Units, func(want uint32) bool {
			// A point of reception asks for its own dossiers, a centre for those of all
			// its points, a unit that was merged for what the figures count in its place.
			return want == id || r.catalogue.stands(want, f.FollowMergers) == unit
		})) &&
			(len(f.Levels) == 0 || slices.Contains(f.Levels, r.catalogue.units[unit].Level)) {
			set.set(int(id))
		}
	}
	return set
}

// admit returns a test of the filter, nil when it admits all.
func (r *Register) admit(f Filter) func(row int) bool {
	list := r.filterSieves(f)
	if len(list) == 0 {
		return nil
	}
	rows := slices.Clone(r.live)
	r.sift(rows, list)
	return rows.has
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

// span is that of State. The register must be locked.
func (r *Register) span() (first, last data.Day) {
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
