package register

import (
	"cmp"
	"context"
	"slices"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
)

// resolve returns the question of a saved filter as of its day. A unit that was
// renamed since lives on under its new name; in a figure it stays a row of its
// own.
func (m *Model) resolve(f *desk.SavedFilter) desk.Query {
	q := f.Query
	if !q.AsOf.Known() {
		for _, units := range []*[]uint32{&q.Units, &q.Receivers, &q.Helpers} {
			*units = m.s.Desk.Catalogue().WithRenamed(*units)
		}
	}
	if q.Period != nil && q.AsOf.Known() && !f.Fixed {
		q.AsOf = min(q.Period.To, m.s.Today())
	}
	return q
}

// starters are the filters of an office that saved none.
var starters = []desk.SavedFilter{
	{Name: "Đang giải quyết", Query: desk.Query{Outcomes: []data.Outcome{data.Overdue, data.PendingInTime, data.PendingWait}}},
	{Name: "Quá hạn", Query: desk.Query{Outcomes: []data.Outcome{data.Overdue}}},
	{Name: "Đến hạn hôm nay", Query: desk.Query{Text: "hạn: hôm nay", Outcomes: []data.Outcome{data.PendingInTime}}},
	{Name: "Chờ bổ sung", Query: desk.Query{Outcomes: []data.Outcome{data.PendingWait}}},
	{Name: "Có kết quả chưa trả", Query: desk.Query{Text: "tình trạng: chưa trả kết quả"}},
	{Name: "Nhận hôm nay", Query: desk.Query{Text: "nhận: hôm nay"}},
	{Name: "Không tiếp nhận", Query: desk.Query{Text: "tình trạng: không được tiếp nhận"}},
}

// savedFilters holds the filters as they were last read and counted.
type savedFilters struct {
	list  []kit.Named
	asked int
}

// Filters keeps the saved filters with the data: they are the same in every window
// of the office, and a change can be taken back.
type Filters struct {
	kit.Shelf[stored]
	m *Model
}

type stored = desk.Stored[desk.SavedFilter]

// Filters returns the saved filters.
func (m *Model) Filters() Filters {
	return Filters{kit.Shelf[stored]{Name: func(f *stored) *string { return &f.Value.Name }, Put: m.kept, Change: m.change}, m}
}

// All implements kit.Views.
func (f Filters) All() []kit.Named { return f.m.saved.list }

// stored reads the filters in their order; an office that saved none has those that
// the program brings along.
func (m *Model) stored() ([]stored, error) {
	list, err := desk.Records[desk.SavedFilter](m.s.Desk, desk.KindFilter)
	slices.SortStableFunc(list, func(a, b stored) int { return cmp.Compare(a.Value.Order, b.Value.Order) })
	if len(list) == 0 {
		for i, f := range starters {
			f.Order = i
			list = append(list, stored{Value: f})
		}
	}
	return list, err
}

// RefreshFilters reads the filters and counts them behind the window.
func (m *Model) RefreshFilters() {
	m.saved.asked++
	asked, today := m.saved.asked, m.s.Today()
	m.s.Go(func() {
		list, err := m.stored()
		if err != nil {
			m.s.Fault(err)
		}
		m.s.Post(func() {
			if asked != m.saved.asked {
				return
			}
			before := m.saved.list
			m.saved.list = nil
			questions := make([]desk.Query, len(list))
			for i := range list {
				q := m.resolve(&list[i].Value)
				one := kit.Named{Name: list[i].Value.Name, View: m.View(q, nil), Count: -1}
				if i < len(before) && len(before) == len(list) {
					one.Count = before[i].Count
				}
				m.saved.list = append(m.saved.list, one)
				questions[i] = env.On(q, today)
			}
			m.FiltersChanged()
			m.s.Go(func() {
				counts := m.s.Desk.Counts(questions)
				m.s.Post(func() {
					if asked != m.saved.asked {
						return
					}
					for i, n := range counts {
						m.saved.list[i].Count = n
					}
					m.FiltersChanged()
				})
			})
		})
	})
}

// kept lets a stored filter ask what a view asks.
func (m *Model) kept(f *stored, v kit.View) {
	q := m.Query(v)
	q.Sort, q.Reverse, q.Then, q.ThenReverse, q.Today = "", false, "", false, data.NoDay
	f.Value.Fixed = false
	if q.AsOf.Known() {
		running := m.Today()
		if q.Period != nil {
			running = min(running, q.Period.To)
		}
		if f.Value.Fixed = q.AsOf != running; !f.Value.Fixed && q.Period == nil {
			q.AsOf = data.NoDay
		}
	}
	f.Value.Query = q
}

// change stores the filters as edit leaves them, those that the program brings
// along too, in one change.
func (m *Model) change(title string, edit func([]stored) ([]stored, error)) error {
	before, err := m.stored()
	if err != nil {
		return err
	}
	after, err := edit(slices.Clone(before))
	if err != nil {
		return err
	}
	return m.s.Desk.Change(context.Background(), desk.Work{Title: title}, func(tx desk.Tx) error {
		kept := map[uint64]bool{}
		for i, f := range after {
			f.Value.Order = i
			if err := tx.PutRecord(desk.KindFilter, &f.ID, f.Value); err != nil {
				return err
			}
			kept[f.ID] = true
		}
		for _, f := range before {
			if f.ID != 0 && !kept[f.ID] {
				if err := tx.DropRecord(desk.KindFilter, f.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
