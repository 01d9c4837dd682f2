package desk

import (
	"bytes"
	"slices"
	"time"

	"giaoban/data"
	"giaoban/data/ledger"
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
	return d.register.Figures(p, asOf, group, f)
}

// Rates computes the named rates of a period, compared with the same period a
// year before when compare is set.
func (d *Desk) Rates(now data.Table, compare bool, f Filter) []data.Rate {
	if !compare {
		return register.Rates(now.Total, nil)
	}
	before := d.SamePeriodBefore(now, f)
	return register.Rates(now.Total, &before.Total)
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
	if q.Sort == register.SortOwner {
		d.orderOwners()
	}
	return d.register.List(q)
}

// Count returns how many dossiers a query lists.
func (d *Desk) Count(q Query) int {
	<-d.ready
	if q.Today == data.NoDay {
		q.Today = d.Today()
	}
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

// orderOwners computes the Vietnamese order of owners' names, which the
// register does not keep, when dossiers changed since the last time.
func (d *Desk) orderOwners() {
	version := d.register.Version()
	d.mu.Lock()
	done := d.ranked == version
	d.ranked = version
	d.mu.Unlock()
	if done {
		return
	}
	var keys []byte
	type entry struct {
		id         uint32
		start, end uint32
	}
	var list []entry
	err := d.store.View(func(v *ledger.View) error {
		list = make([]entry, 0, v.LastID())
		return v.Scan(func(g *data.Glance) error {
			start := len(keys)
			keys = register.AppendKey(keys, g.Owner)
			list = append(list, entry{uint32(g.ID), uint32(start), uint32(len(keys))})
			return nil
		})
	})
	if err != nil {
		return // the register then orders by folded names
	}
	slices.SortFunc(list, func(a, b entry) int {
		return bytes.Compare(keys[a.start:a.end], keys[b.start:b.end])
	})
	top := uint32(0)
	for _, e := range list {
		top = max(top, e.id)
	}
	rank := make([]int32, top+1)
	n := int32(0)
	for i, e := range list {
		if i == 0 || !bytes.Equal(keys[e.start:e.end], keys[list[i-1].start:list[i-1].end]) {
			n++
		}
		rank[e.id] = n
	}
	d.register.SetOwnerOrder(rank)
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
