package desk

import (
	"giaoban/data"
	"giaoban/data/register"
)

// Filter, Query, List and the orders are those of the register.
type (
	Filter = register.Filter
	Query  = register.Query
	List   = register.List
)

// Month is one month of a chart.
type Month struct {
	Period   data.Period
	New      int64 // received in the month
	Resolved int64
	Overdue  int64 // open and overdue at the end of the month
}

// What follows asks one question of the office as it is now; who asks several
// that must agree holds a Snapshot.

// ask asks the office as it is now.
func ask[T any](d *Desk, question func(*Snapshot) T) T {
	s := d.look()
	defer s.Close()
	return question(s)
}

// Figures is Snapshot.Figures.
func (d *Desk) Figures(p data.Period, asOf data.Day, group data.Group, f Filter) data.Table {
	return ask(d, func(s *Snapshot) data.Table { return s.Figures(p, asOf, group, f) })
}

// Rates computes the named rates of a period, compared with the same period a
// year before when compare is set.
func (d *Desk) Rates(now data.Table, compare bool, f Filter) []data.Rate {
	return ask(d, func(s *Snapshot) []data.Rate {
		if !compare {
			return s.RatesOf(now.Total, nil)
		}
		before := s.SamePeriodBefore(now, f)
		return s.RatesOf(now.Total, &before.Total)
	})
}

// Indicators computes the free indicators of a period, compared with the same period a
// year before when compare is set.
func (d *Desk) Indicators(now data.Table, compare bool, f Filter) []data.Rate {
	s := d.look()
	defer s.Close()
	var before data.Table
	if compare {
		before = s.SamePeriodBefore(now, f)
	}
	return s.IndicatorsOf(now, before, f)
}

// RatesOf is Snapshot.RatesOf.
func (d *Desk) RatesOf(now data.Counts, before *data.Counts) []data.Rate {
	return ask(d, func(s *Snapshot) []data.Rate { return s.RatesOf(now, before) })
}

// SamePeriodBefore is Snapshot.SamePeriodBefore.
func (d *Desk) SamePeriodBefore(now data.Table, f Filter) data.Table {
	return ask(d, func(s *Snapshot) data.Table { return s.SamePeriodBefore(now, f) })
}

// List is Snapshot.List.
func (d *Desk) List(q Query) List { return ask(d, func(s *Snapshot) List { return s.List(q) }) }

// Count is Snapshot.Count.
func (d *Desk) Count(q Query) int { return ask(d, func(s *Snapshot) int { return s.Count(q) }) }

// Counts is Snapshot.Counts.
func (d *Desk) Counts(qs []Query) []int {
	return ask(d, func(s *Snapshot) []int { return s.Counts(qs) })
}

// Groups is Snapshot.Groups.
func (d *Desk) Groups(q Query, by data.Group) []GroupCount {
	return ask(d, func(s *Snapshot) []GroupCount { return s.Groups(q, by) })
}

// LastMonths is Snapshot.LastMonths.
func (d *Desk) LastMonths(day data.Day, n int, f Filter) []Month {
	return ask(d, func(s *Snapshot) []Month { return s.LastMonths(day, n, f) })
}

// Len returns the number of dossiers in the register.
func (d *Desk) Len() int {
	<-d.ready
	return d.register.Len()
}

// Version grows with every change of the register.
func (d *Desk) Version() uint64 {
	<-d.ready
	return d.register.Version()
}

// Span is Snapshot.Span.
func (d *Desk) Span() (first, last data.Day) {
	s := d.look()
	defer s.Close()
	return s.Span()
}

// GroupCount is how many dossiers of a list belong to a group.
type GroupCount = register.GroupCount

// Suggestion completes a search text.
type Suggestion = register.Suggestion

// Suggest offers what may be meant at the cursor of a search text; see
// register.Register.Suggest.
func (d *Desk) Suggest(text string, cursor int) []Suggestion {
	if !d.IsReady() {
		return nil
	}
	return d.register.Suggest(text, cursor, d.Today())
}

// KindFilter is the kind of record under which saved filters are kept.
const KindFilter = "filter"

// SavedFilter is a question to the register under a name.
type SavedFilter struct {
	Name  string `json:"Name"`
	Order int    `json:"Order"`
	Query Query  `json:"Query"`
	// Fixed is set where the question was asked as of a day of its own. Else the
	// day of a figure runs with today, up to the end of its period.
	Fixed bool `json:"Fixed,omitempty"`
}
