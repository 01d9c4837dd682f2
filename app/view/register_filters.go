package view

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
)

// resolve returns the question of a saved filter as of its day. A unit that was
// renamed since lives on under its new name; in a figure it stays a row of its
// own.
func (m *Register) resolve(f *desk.SavedFilter) desk.Query {
	q, today := f.Query, m.s.Today()
	if !q.AsOf.Known() && len(q.Units) > 0 {
		q.Units = m.s.Desk.Catalogue().WithRenamed(q.Units)
	}
	if q.Period != nil && q.AsOf.Known() && !f.Fixed {
		q.AsOf = min(q.Period.To, today)
	}
	return q
}

// FilterLine is one saved filter as the list at the left shows it.
type FilterLine struct {
	Name   string
	Count  int // -1 until it is counted
	Chosen bool
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
	list   []desk.Stored[desk.SavedFilter]
	counts []int
	asked  int
}

// FiltersShown reports whether the list of saved filters stands at the left, as
// the officer left it; wide tells whether there is room to begin with.
func (m *Register) FiltersShown(wide bool) bool {
	switch m.Memory.String(filtersKey) {
	case "yes":
		return true
	case "no":
		return false
	}
	return wide
}

const filtersKey = "list-filters"

// ShowFilters keeps whether the list of saved filters is shown.
func (m *Register) ShowFilters(on bool) {
	word := "no"
	if on {
		word = "yes"
	}
	m.Memory.SetString(filtersKey, word)
}

// Filters returns the saved filters in their order.
func (m *Register) Filters() []FilterLine {
	now := plainQuery(m.query)
	out := make([]FilterLine, len(m.saved.list))
	for i, f := range m.saved.list {
		out[i] = FilterLine{Name: f.Value.Name, Count: -1, Chosen: m.Filtered() && plainQuery(m.resolve(&f.Value)) == now}
		if i < len(m.saved.counts) {
			out[i].Count = m.saved.counts[i]
		}
	}
	return out
}

// plainQuery writes what a question asks, without its order and its days.
func plainQuery(q desk.Query) string {
	q.Sort, q.Reverse, q.Today, q.AsOf = "", false, data.NoDay, data.NoDay
	q.Text = strings.TrimSpace(q.Text)
	raw, err := json.Marshal(q)
	if err != nil {
		return ""
	}
	return string(raw)
}

// RefreshFilters reads the filters and counts them all behind the window.
func (m *Register) RefreshFilters() {
	list, err := desk.Records[desk.SavedFilter](m.s.Desk, desk.KindFilter)
	if err != nil {
		list = nil
	}
	slices.SortStableFunc(list, func(a, b desk.Stored[desk.SavedFilter]) int { return cmp.Compare(a.Value.Order, b.Value.Order) })
	if len(list) == 0 {
		for i, f := range starters {
			f.Order = i
			list = append(list, desk.Stored[desk.SavedFilter]{Value: f})
		}
	}
	if len(list) != len(m.saved.list) {
		m.saved.counts = nil
	}
	m.saved.list = list
	m.saved.asked++
	asked := m.saved.asked
	questions := make([]desk.Query, len(list))
	for i := range list {
		questions[i] = on(m.resolve(&list[i].Value), m.s.Today())
	}
	m.FiltersChanged()
	m.s.Go(func() {
		counts := m.s.Desk.Counts(questions)
		m.s.Post(func() {
			if asked == m.saved.asked {
				m.saved.counts = counts
				m.FiltersChanged()
			}
		})
	})
}

// ApplyFilter lists what a saved filter asks; the one that is listed already is
// taken away.
func (m *Register) ApplyFilter(i int) {
	if i < 0 || i >= len(m.saved.list) {
		return
	}
	if m.Filters()[i].Chosen {
		m.ClearFilters()
		return
	}
	q := m.resolve(&m.saved.list[i].Value)
	q.Sort, q.Reverse = m.query.Sort, m.query.Reverse
	m.query, m.title, m.from = q, "", nil
	m.Refresh()
}

// SaveFilter keeps what is listed now under a name. A name that is taken gets
// the new question.
func (m *Register) SaveFilter(ctx context.Context, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "":
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Chưa có tên bộ lọc. Nhập tên."}
	case !m.Filtered():
		return data.Fail(data.Invalid, "Chưa có điều kiện lọc nào để lưu. Gõ vào ô tìm hoặc chọn bộ lọc trước.", nil)
	}
	q, fixed := m.query, false
	q.Sort, q.Reverse, q.Today = "", false, data.NoDay
	if q.AsOf.Known() {
		running := m.s.Today()
		if q.Period != nil {
			running = min(running, q.Period.To)
		}
		if fixed = q.AsOf != running; !fixed && q.Period == nil {
			q.AsOf = data.NoDay
		}
	}
	return m.changeFilters(ctx, "Lưu bộ lọc "+name, func(list []desk.Stored[desk.SavedFilter]) []desk.Stored[desk.SavedFilter] {
		for i := range list {
			if list[i].Value.Name == name {
				list[i].Value.Query, list[i].Value.Fixed = q, fixed
				return list
			}
		}
		return append(list, desk.Stored[desk.SavedFilter]{Value: desk.SavedFilter{Name: name, Query: q, Fixed: fixed}})
	})
}

// RenameFilter gives a saved filter another name.
func (m *Register) RenameFilter(ctx context.Context, i int, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Chưa có tên bộ lọc. Nhập tên."}
	}
	for j, f := range m.saved.list {
		if j != i && f.Value.Name == name {
			return &data.Error{Code: data.Conflict, Field: "name", Message: fmt.Sprintf("Đã có bộ lọc «%s». Đặt tên khác.", name)}
		}
	}
	return m.changeFilters(ctx, "Đổi tên bộ lọc thành "+name, func(list []desk.Stored[desk.SavedFilter]) []desk.Stored[desk.SavedFilter] {
		list[i].Value.Name = name
		return list
	})
}

// DeleteFilter takes a saved filter away; undo brings it back.
func (m *Register) DeleteFilter(ctx context.Context, i int) error {
	return m.changeFilters(ctx, "Xóa bộ lọc "+m.saved.list[i].Value.Name, func(list []desk.Stored[desk.SavedFilter]) []desk.Stored[desk.SavedFilter] {
		return slices.Delete(list, i, i+1)
	})
}

// MoveFilter moves a saved filter up (-1) or down (1).
func (m *Register) MoveFilter(ctx context.Context, i, by int) error {
	j := i + by
	if j < 0 || j >= len(m.saved.list) {
		return nil
	}
	return m.changeFilters(ctx, "Sắp xếp bộ lọc", func(list []desk.Stored[desk.SavedFilter]) []desk.Stored[desk.SavedFilter] {
		list[i], list[j] = list[j], list[i]
		return list
	})
}

// changeFilters stores the filters as edit leaves them, those that the program
// brings along too, in one change.
func (m *Register) changeFilters(ctx context.Context, title string, edit func([]desk.Stored[desk.SavedFilter]) []desk.Stored[desk.SavedFilter]) error {
	before := slices.Clone(m.saved.list)
	after := edit(slices.Clone(m.saved.list))
	return m.s.Desk.Change(ctx, desk.Work{Title: title}, func(tx desk.Tx) error {
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
