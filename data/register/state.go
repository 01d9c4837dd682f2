package register

import (
	"giaoban/data"
)

// State answers from one state of the register: whatever is asked of it, the
// answers agree. Changes wait until it is released, and who reads then waits for
// them: gather what is needed and let go. While it is held its goroutine must
// not ask the Register itself, which could wait for a change that waits for it.
type State struct{ r *Register }

// At holds the register as it is. The State must be released.
func (r *Register) At() *State {
	r.mu.RLock()
	return &State{r}
}

// Release lets changes in. The State answers no more.
func (s *State) Release() {
	r := s.r
	s.r = nil
	r.mu.RUnlock()
}

// Len returns the number of dossiers, those not counted in figures included.
func (s *State) Len() int { return len(s.r.ids) - s.r.dead }

// Version grows with every change; equal versions mean equal answers.
func (s *State) Version() uint64 { return s.r.version }

// List answers the query.
func (s *State) List(q Query) List { return s.r.list(q) }

// Count returns how many dossiers the query lists.
func (s *State) Count(q Query) int { return count(s.r.answer(q).rows) }

// Counts returns how many dossiers each of the queries lists.
func (s *State) Counts(qs []Query) []int {
	out := make([]int, len(qs))
	for i := range qs {
		out[i] = s.Count(qs[i])
	}
	return out
}

// Figures counts the dossiers of a period as of a day (NoDay for the end of the
// period) by group. Rows without dossiers are left out.
func (s *State) Figures(p data.Period, asOf data.Day, group data.Group, f Filter) data.Table {
	return s.r.figures(p, asOf, group, f)
}

// Rates computes every named rate as it is defined here; else as the function
// Rates does.
func (s *State) Rates(now data.Counts, before *data.Counts) []data.Rate {
	return compute(s.r.rateOf, now, before)
}

// Indicators computes the free indicators of a table's period, whatever its group, and
// compares them with those of the table before where that has a period. Those that have
// nothing to measure are left out. Their dossiers are listed by Query.Rate with the
// column of RateColumn; for an indicator of procedures they are the dossiers of the
// procedures counted.
func (s *State) Indicators(now, before data.Table, f Filter) []data.Rate {
	return s.r.indicators(now, before, f)
}

// Groups counts the dossiers that the query lists by group, in the order of
// tables; groups without any are left out. With Filter.FollowMergers units count
// as those they were merged into.
func (s *State) Groups(q Query, by data.Group) []GroupCount { return s.r.groups(q, by) }

// Letters counts letters of apology of a period as of a day (NoDay for the end of
// the period) by group, in the order of Figures. Rows without late or overdue
// dossiers are left out. The dossiers of a figure are listed by the query of
// CellQuery for the column with Query.Letter set to Yes or No.
func (s *State) Letters(p data.Period, asOf data.Day, group data.Group, f Filter) (rows []LetterRow, total LetterRow) {
	return s.r.letters(p, asOf, group, f)
}

// Span returns the days of the first and the last receipt; NoDay when there is
// no dossier.
func (s *State) Span() (first, last data.Day) { return s.r.span() }

// What follows asks one question of the register as it is now.

// now asks the register as it is.
func now[T any](r *Register, ask func(*State) T) T {
	s := r.At()
	defer s.Release()
	return ask(s)
}

// Len is State.Len.
func (r *Register) Len() int { return now(r, (*State).Len) }

// Version is State.Version.
func (r *Register) Version() uint64 { return now(r, (*State).Version) }

// List is State.List.
func (r *Register) List(q Query) List { return now(r, func(s *State) List { return s.List(q) }) }

// Count is State.Count.
func (r *Register) Count(q Query) int { return now(r, func(s *State) int { return s.Count(q) }) }

// Counts is State.Counts.
func (r *Register) Counts(qs []Query) []int {
	return now(r, func(s *State) []int { return s.Counts(qs) })
}

// Figures is State.Figures.
func (r *Register) Figures(p data.Period, asOf data.Day, group data.Group, f Filter) data.Table {
	return now(r, func(s *State) data.Table { return s.Figures(p, asOf, group, f) })
}

// Rates is State.Rates.
func (r *Register) Rates(c data.Counts, before *data.Counts) []data.Rate {
	return now(r, func(s *State) []data.Rate { return s.Rates(c, before) })
}

// Indicators is State.Indicators.
func (r *Register) Indicators(now, before data.Table, f Filter) []data.Rate {
	s := r.At()
	defer s.Release()
	return s.Indicators(now, before, f)
}

// Groups is State.Groups.
func (r *Register) Groups(q Query, by data.Group) []GroupCount {
	return now(r, func(s *State) []GroupCount { return s.Groups(q, by) })
}

// Letters is State.Letters.
func (r *Register) Letters(p data.Period, asOf data.Day, group data.Group, f Filter) (rows []LetterRow, total LetterRow) {
	s := r.At()
	defer s.Release()
	return s.Letters(p, asOf, group, f)
}

// Span is State.Span.
func (r *Register) Span() (first, last data.Day) {
	s := r.At()
	defer s.Release()
	return s.Span()
}
