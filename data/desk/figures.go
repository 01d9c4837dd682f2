package desk

import (
	"time"

	"giaoban/data"
	"giaoban/data/register"
)

// Filter, Query, List and the orders are those of the register.
type (
	Filter = register.Filter
	Query  = register.Query
	List   = register.List
)

// Figures counts the dossiers of a period as of a day (NoDay for its end).
func (d *Desk) Figures(p data.Period, asOf data.Day, group data.Group, f Filter) data.Table {
	<-d.ready
	return d.register.Figures(p, asOf, group, d.merged(f))
}

// Rates computes the named rates of a period, compared with the same period a
// year before when compare is set.
func (d *Desk) Rates(now data.Table, compare bool, f Filter) []data.Rate {
	if !compare {
		return d.register.Rates(now.Total, nil)
	}
	before := d.SamePeriodBefore(now, f)
	return d.register.Rates(now.Total, &before.Total)
}

// SamePeriodBefore returns the figures of the same period one year earlier, as
// of the day one year earlier.
func (d *Desk) SamePeriodBefore(now data.Table, f Filter) data.Table {
	asOf := data.NoDay
	if now.AsOf != now.Period.To {
		p, err := data.FreePeriod(now.AsOf, now.AsOf)
		if err == nil {
			asOf = p.Before().To
		}
	}
	return d.Figures(now.Period.Before(), asOf, now.Group, f)
}

// List answers a query. Today is filled in where the query leaves it open.
func (d *Desk) List(q Query) List {
	<-d.ready
	if q.Today == data.NoDay {
		q.Today = d.Today()
	}
	q.Filter = d.merged(q.Filter)
	return d.register.List(q)
}

// merged lets a filter follow mergers where the rules of the office say so.
func (d *Desk) merged(f Filter) Filter {
	f.FollowMergers = f.FollowMergers || d.Rules().FollowMergers
	return f
}

// Count returns how many dossiers a query lists.
func (d *Desk) Count(q Query) int {
	<-d.ready
	if q.Today == data.NoDay {
		q.Today = d.Today()
	}
	q.Filter = d.merged(q.Filter)
	return d.register.Count(q)
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

// Month is one month of a chart.
type Month struct {
	Period   data.Period
	New      int64 // received in the month
	Resolved int64
	Overdue  int64 // open and overdue at the end of the month
}

// Months returns the figures of each calendar month that overlaps the period,
// cut at its ends and at the day asOf.
func (d *Desk) Months(p data.Period, asOf data.Day, f Filter) []Month {
	if asOf == data.NoDay {
		asOf = p.To
	}
	var out []Month
	for from := p.From; from <= p.To; {
		y, m, _ := from.Civil()
		to := min(data.Date(y, m+1, 1)-1, p.To)
		part, err := data.FreePeriod(from, to)
		if err != nil {
			break
		}
		month := Month{Period: part}
		if from <= asOf {
			t := d.Figures(part, min(to, asOf), data.ByLevel, f).Total
			month.New, month.Resolved, month.Overdue = t.New(), t.Resolved(), t.Overdue
		}
		out = append(out, month)
		from = to + 1
	}
	return out
}

// LastMonths returns the figures of the n months up to the one of the day.
func (d *Desk) LastMonths(day data.Day, n int, f Filter) []Month {
	y, m, _ := day.Civil()
	from := data.Date(y, m-time.Month(n-1), 1)
	p, err := data.FreePeriod(from, data.Date(y, m+1, 1)-1)
	if err != nil {
		return nil
	}
	return d.Months(p, day, f)
}

// Span returns the days of the first and the last receipt; NoDay when the
// register is empty.
func (d *Desk) Span() (first, last data.Day) {
	<-d.ready
	return d.register.Span()
}
