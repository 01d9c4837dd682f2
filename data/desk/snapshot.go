package desk

import (
	"time"

	"giaoban/data"
	"giaoban/data/register"
)

// Snapshot is one state of the office: its figures, lists, catalogue, rules and
// whole dossiers agree, whatever is saved meanwhile. It is for one goroutine at a
// time and must be closed. While it is held its goroutine must ask it alone and
// not the Desk, which could wait for a change that waits for the Snapshot.
//
// Until Settle or Close changes wait to become visible: ask for figures and lists
// first, settle, then read the dossiers.
type Snapshot struct {
	reading
	standing *standing
	now      time.Time
	state    *register.State // nil when settled
	file     State           // nil where only the register is asked
	desk     *Desk
}

func (s *Snapshot) fault(err error) { s.desk.fault(err) }

// At holds the office as it is. Its error is that of Wait, or tells that the file
// is closed.
func (d *Desk) At() (*Snapshot, error) {
	if err := d.Wait(); err != nil {
		return nil, err
	}
	d.step.RLock()
	defer d.step.RUnlock()
	file, err := d.store.Begin()
	if err != nil {
		return nil, err
	}
	s := d.look()
	s.file = file
	return s, nil
}

// look holds what is in memory alone.
func (d *Desk) look() *Snapshot {
	<-d.ready
	state := d.register.At()
	s := &Snapshot{standing: d.standing.Load(), now: d.now(), state: state, desk: d}
	s.reading = reading{s}
	return s
}

// Settle ends the questions about figures and lists and lets changes become
// visible; facts and dossiers stay as they were.
func (s *Snapshot) Settle() {
	if s.state != nil {
		s.state.Release()
		s.state = nil
	}
}

// Close lets go of everything; a second time does nothing.
func (s *Snapshot) Close() {
	s.Settle()
	if s.file != nil {
		s.file.Close()
		s.file = nil
	}
}

// Read calls fn with the file in this state.
func (s *Snapshot) Read(fn func(View) error) error { return s.file.View(fn) }

// Now returns the time at which the state was taken.
func (s *Snapshot) Now() time.Time { return s.now }

func (s *Snapshot) held() *standing { return s.standing }

func (s *Snapshot) shelves() *shelves { return s.desk.shelves() }

// merged lets a filter follow mergers where the rules of the office say so.
func (s *Snapshot) merged(f Filter) Filter {
	f.FollowMergers = f.FollowMergers || s.standing.rules.FollowMergers
	return f
}

// asked fills in what a query leaves open.
func (s *Snapshot) asked(q Query) Query {
	if q.Today == data.NoDay {
		q.Today = s.Today()
	}
	q.Filter = s.merged(q.Filter)
	return q
}

// List answers a query. Today is filled in where the query leaves it open.
func (s *Snapshot) List(q Query) List { return s.state.List(s.asked(q)) }

// Count returns how many dossiers a query lists.
func (s *Snapshot) Count(q Query) int { return s.state.Count(s.asked(q)) }

// Counts returns how many dossiers each of several queries lists.
func (s *Snapshot) Counts(qs []Query) []int {
	asked := make([]Query, len(qs))
	for i := range qs {
		asked[i] = s.asked(qs[i])
	}
	return s.state.Counts(asked)
}

// Groups counts the dossiers that a query lists by group; see
// register.State.Groups.
func (s *Snapshot) Groups(q Query, by data.Group) []GroupCount { return s.state.Groups(s.asked(q), by) }

// Figures counts the dossiers of a period as of a day (NoDay for its end).
func (s *Snapshot) Figures(p data.Period, asOf data.Day, group data.Group, f Filter) data.Table {
	return s.state.Figures(p, asOf, group, s.merged(f))
}

// RatesOf computes the named rates of figures as the office defines them, and
// compares them with earlier figures when there are any.
func (s *Snapshot) RatesOf(now data.Counts, before *data.Counts) []data.Rate {
	return s.state.Rates(now, before)
}

// IndicatorsOf is register.State.Indicators.
func (s *Snapshot) IndicatorsOf(now, before data.Table, f Filter) []data.Rate {
	return s.state.Indicators(now, before, s.merged(f))
}

// SamePeriodBefore returns the figures of the same period one year earlier, as
// of the day one year earlier.
func (s *Snapshot) SamePeriodBefore(now data.Table, f Filter) data.Table {
	asOf := data.NoDay
	if now.AsOf != now.Period.To {
		p, err := data.FreePeriod(now.AsOf, now.AsOf)
		if err == nil {
			asOf = p.Before().To
		}
	}
	return s.Figures(now.Period.Before(), asOf, now.Group, f)
}

// Months returns the figures of each calendar month that overlaps the period,
// cut at its ends and at the day asOf.
func (s *Snapshot) Months(p data.Period, asOf data.Day, f Filter) []Month {
	if asOf == data.NoDay {
		asOf = p.To
	}
	var out []Month
	for from := p.From; from <= p.To; {
		y, m, _ := from.Civil()
		to := min(data.Date(y, m+1, 1)-1, p.To)
		part, err := data.FreePeriod(from, to)
		if err != nil {
			s.fault(err)
			break
		}
		month := Month{Period: part}
		if from <= asOf {
			t := s.Figures(part, min(to, asOf), data.ByLevel, f).Total
			month.New, month.Resolved, month.Overdue = t.New(), t.Resolved(), t.Overdue
		}
		out = append(out, month)
		from = to + 1
	}
	return out
}

// LastMonths returns the figures of the n months up to the one of the day; none, which
// is told as a fault, where there are no such months.
func (s *Snapshot) LastMonths(day data.Day, n int, f Filter) []Month {
	y, m, _ := day.Civil()
	from := data.Date(y, m-time.Month(n-1), 1)
	p, err := data.FreePeriod(from, data.Date(y, m+1, 1)-1)
	if err != nil {
		s.fault(err)
		return nil
	}
	return s.Months(p, day, f)
}

// Span returns the days of the first and the last receipt; NoDay when the
// register is empty.
func (s *Snapshot) Span() (first, last data.Day) { return s.state.Span() }

// Len returns the number of dossiers.
func (s *Snapshot) Len() int { return s.state.Len() }
