// Package register is the page Sổ hồ sơ: the list of dossiers, narrowed by a search
// text and filters, and beside it the one under the cursor with what can be done
// with it.
package register

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// Model answers what the page asks. What narrows the list is a kit.View: its
// filters are those below, its Beside the conditions that have no filter, its From
// the figure that the list was opened from.
type Model struct {
	s *env.Session
	// Memory keeps small habits: which slips are wanted.
	Memory kit.Texts
	// Redraw is called when further rows were read, FiltersChanged when saved filters
	// or their counts are others.
	Redraw, FiltersChanged func()

	asOf    data.Day // of the newest answer
	near    int      // a row that was looked at last
	choices map[string][]kit.Choice
	saved   savedFilters
}

// NewModel returns the model over the register of a session.
func NewModel(s *env.Session, memory kit.Texts) *Model {
	return &Model{s: s, Memory: memory, asOf: s.Today(), choices: map[string][]kit.Choice{}, Redraw: func() {}, FiltersChanged: func() {}}
}

// AsOf returns the day as of which the newest answer tells states.
func (m *Model) AsOf() data.Day { return m.asOf }

// Today returns the present day, for the fields of forms.
func (m *Model) Today() data.Day { return m.s.Desk.Today() }

// Filters of the list, by key. All but the last two are the groups by which it is
// counted, too.
const (
	FilterUnit      = string(data.ByUnit)
	FilterField     = string(data.ByField)
	FilterProcedure = string(data.ByProcedure)
	FilterOutcome   = string(register.ByOutcome)
	FilterDesk      = string(register.ByDesk)
	FilterReceiver  = string(data.ByReceiver)
	FilterHelper    = string(data.ByHelper)
	FilterOfficer   = string(register.ByOfficer)
	FilterChannel   = "channel"
	FilterPeriod    = "period"
)

// Choices returns what a filter offers. They are kept until Forget.
func (m *Model) Choices(filter string) []kit.Choice {
	out, known := m.choices[filter]
	if !known {
		out = m.offered(filter)
		m.choices[filter] = out
	}
	return out
}

// Forget lets Choices be read anew.
func (m *Model) Forget() { clear(m.choices) }

func (m *Model) offered(filter string) (out []kit.Choice) {
	switch filter {
	case FilterChannel:
		for c := data.Direct; c <= data.Postal; c++ {
			out = append(out, kit.Choice{Key: c.Key(), Text: c.String()})
		}
	case FilterOutcome:
		for _, o := range []data.Outcome{data.Overdue, data.PendingInTime, data.PendingWait, data.Early, data.OnTime, data.Late, data.WithdrawnOut, data.NotCounted} {
			out = append(out, kit.Choice{Key: kit.Key(o), Text: outcomeWords[o]})
		}
	case FilterPeriod:
		return m.s.PeriodOptions(false)
	case FilterDesk, FilterOfficer:
		for _, g := range m.s.Desk.Groups(desk.Query{}, data.Group(filter)) {
			out = append(out, kit.Choice{Key: g.Key, Text: g.Name})
		}
	case FilterReceiver, FilterHelper:
		return m.Choices(FilterUnit)
	case FilterUnit:
		return env.Units(m.s.Desk)
	case FilterField:
		return env.Fields(m.s.Desk)
	case FilterProcedure:
		return env.Procedures(m.s.Desk)
	}
	return out
}

// Query returns what a view asks.
func (m *Model) Query(v kit.View) desk.Query {
	var q desk.Query
	if v.Beside != "" && json.Unmarshal([]byte(v.Beside), &q) != nil {
		q = desk.Query{}
	}
	q.Text = v.Text
	ids, words := filtered(&q)
	for filter, to := range ids {
		*to = numbers(v.Chosen[filter])
	}
	for filter, to := range words {
		*to = slices.Clone(v.Chosen[filter])
	}
	for c := data.Direct; c <= data.Postal; c++ {
		if slices.Contains(v.Chosen[FilterChannel], c.Key()) {
			q.Channels = append(q.Channels, c)
		}
	}
	for _, id := range numbers(v.Chosen[FilterOutcome]) {
		q.Outcomes = append(q.Outcomes, data.Outcome(id))
	}
	// Another period than that of the figure takes the figure away.
	key := ""
	if keys := v.Chosen[FilterPeriod]; len(keys) > 0 {
		key = keys[len(keys)-1]
	}
	if q.Period != nil && q.Period.Key != key {
		dropPeriod(&q)
	}
	if p, err := data.ParsePeriod(key); q.Period == nil && key != "" && err == nil {
		q.Period, q.Column = &p, data.ColNew
	}
	q.Sort, q.Reverse = sortOf(v.Orders, 0)
	q.Then, q.ThenReverse = sortOf(v.Orders, 1)
	return q
}

// filtered are the lists of a query that filters fill as they are, by filter.
func filtered(q *desk.Query) (ids map[string]*[]uint32, words map[string]*[]string) {
	return map[string]*[]uint32{FilterUnit: &q.Units, FilterField: &q.Fields, FilterProcedure: &q.Procedures, FilterReceiver: &q.Receivers, FilterHelper: &q.Helpers},
		map[string]*[]string{FilterDesk: &q.Desks, FilterOfficer: &q.Officers}
}

// keys takes a list out of a query into a filter of the view.
func keys[T any](v *kit.View, filter string, list *[]T, key func(T) string) {
	for _, x := range *list {
		v.Chosen[filter] = append(v.Chosen[filter], key(x))
	}
	*list = nil
}

func dropPeriod(q *desk.Query) { q.Period, q.Column, q.Rate, q.AsOf = nil, "", "", data.NoDay }

func numbers(keys []string) (out []uint32) {
	for _, k := range keys {
		if n, err := strconv.ParseUint(k, 10, 32); err == nil {
			out = append(out, uint32(n))
		}
	}
	return out
}

// ColumnReceived is the column whose order, newest first, has no name.
const ColumnReceived = "received"

// sortOf is the step i of an order as the register knows it.
func sortOf(orders []kit.Order, i int) (by register.Sort, reverse bool) {
	switch {
	case i >= len(orders):
		return register.SortReceived, false
	case orders[i].Column == ColumnReceived:
		return register.SortReceived, !orders[i].Descending
	}
	return register.Sort(orders[i].Column), orders[i].Descending
}

// Usual is the order to begin with.
func Usual() []kit.Order { return []kit.Order{{Column: ColumnReceived, Descending: true}} }

// View returns the view that asks a query; its order is that of the query where
// it has one, else orders.
func (m *Model) View(q desk.Query, orders []kit.Order) kit.View {
	v := kit.View{Text: q.Text, Chosen: map[string][]string{}, Orders: orders, Ended: true}
	if q.Sort != register.SortReceived {
		v.Orders = []kit.Order{{Column: string(q.Sort), Descending: q.Reverse}}
	}
	ids, words := filtered(&q)
	for filter, list := range ids {
		keys(&v, filter, list, kit.Key)
	}
	for filter, list := range words {
		keys(&v, filter, list, func(word string) string { return word })
	}
	keys(&v, FilterChannel, &q.Channels, data.Channel.Key)
	keys(&v, FilterOutcome, &q.Outcomes, kit.Key)
	if q.Period != nil && q.Period.Key != "" {
		v.Chosen[FilterPeriod] = []string{q.Period.Key}
		if q.Column == data.ColNew && q.Rate == "" && !q.AsOf.Known() {
			dropPeriod(&q) // the filter says it all
		}
	}
	q.Text = ""
	if rest := conditions(q); len(rest) > 0 {
		v.Beside = written(rest)
	}
	return v
}

// Tidy writes a view anew after a filter of it changed.
func (m *Model) Tidy(v kit.View) kit.View {
	out := m.View(m.Query(v), v.Orders)
	out.Orders, out.Group, out.From = v.Orders, v.Group, v.From
	return out
}

// figure is what a list was opened from.
type figure struct {
	Title string
	Asked map[string]json.RawMessage
}

// Jump returns the view that lists what a click on a figure asks for.
func (m *Model) Jump(j env.Jump, orders []kit.Order) kit.View {
	v := m.View(j.Query, orders)
	if j.Title != "" {
		v.From = written(figure{j.Title, conditions(j.Query)})
	}
	return v
}

func (m *Model) from(v kit.View) (f figure) {
	if v.From != "" && json.Unmarshal([]byte(v.From), &f) != nil {
		f = figure{}
	}
	return f
}

// Title returns what a list is when it came from a figure and still holds all that
// the figure asked, else "".
func (m *Model) Title(v kit.View) string {
	f := m.from(v)
	now := conditions(m.Query(v))
	for name, value := range f.Asked {
		if !bytes.Equal(now[name], value) {
			return ""
		}
	}
	return f.Title
}

// Origin returns what the head of a list says of the figure that it was opened
// from, with the day as of which it counts where that is not today; "" for a list
// as of today.
func (m *Model) Origin(v kit.View) string {
	if v.From == "" && v.Beside == "" {
		return ""
	}
	title, q := m.Title(v), m.Query(v)
	if !q.AsOf.Known() {
		return title
	}
	if title == "" {
		title = "Số liệu"
		if q.Period != nil {
			title = q.Column.Label() + " · " + env.PeriodLabel(*q.Period)
		}
	}
	return title + " · tính đến " + q.AsOf.String()
}

// Leave takes away what a figure asked; what the officer narrowed since stays. The
// list is as of today then.
func (m *Model) Leave(v kit.View) kit.View {
	now := conditions(m.Query(v))
	for name, value := range m.from(v).Asked {
		if bytes.Equal(now[name], value) {
			delete(now, name)
		}
	}
	var q desk.Query
	if json.Unmarshal([]byte(written(now)), &q) != nil {
		q = desk.Query{}
	}
	if q.AsOf.Known() {
		dropPeriod(&q)
	}
	out := m.View(q, v.Orders)
	out.Group = v.Group
	return out
}

// conditions returns what a question asks beside its order and its present day,
// by the name of the condition.
func conditions(q desk.Query) map[string]json.RawMessage {
	q.Sort, q.Reverse, q.Then, q.ThenReverse, q.Today = "", false, "", false, data.NoDay
	all := map[string]json.RawMessage{}
	if json.Unmarshal([]byte(written(q)), &all) != nil {
		return nil
	}
	for name, value := range all {
		switch string(value) {
		case "null", "[]", `""`, "0", "false":
			delete(all, name)
		}
	}
	return all
}

// written is a value as JSON; those of this file can always be written.
func written(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

// Only returns the view narrowed to the unit or the procedure of a row.
func (m *Model) Only(v kit.View, filter string, row *Row) kit.View {
	id := row.d.Unit
	if filter == FilterProcedure {
		id = row.d.Procedure
	}
	v.Chosen[filter] = []string{kit.Key(id)}
	return v
}

// Code returns the code of a dossier, "" when it does not exist.
func (m *Model) Code(id uint64) string {
	one, err := m.s.Desk.Dossier(id)
	if err != nil {
		m.s.Missed(err)
		return ""
	}
	return one.Code
}

// leastTyped is how many letters a field word needs before it is offered: one
// letter begins too many.
const leastTyped = 2

// Suggest offers field words and their values for the end of a search text; the key
// is the whole text that an offer leads to.
func (m *Model) Suggest(text string) []kit.Choice {
	runes := []rune(text)
	var out []kit.Choice
	for _, x := range m.s.Desk.Suggest(text, len(runes)) {
		from, to := min(x.From, len(runes)), min(x.To, len(runes))
		if to-from < leastTyped && strings.HasSuffix(x.Insert, ": ") {
			continue
		}
		full := string(runes[:from]) + x.Insert + string(runes[to:])
		if full != text {
			out = append(out, kit.Choice{Key: full, Text: x.Label, Detail: x.Note})
		}
	}
	return out
}

// outcomeWords name the outcomes as the filter does.
var outcomeWords = map[data.Outcome]string{data.Overdue: "Quá hạn, chưa xong", data.PendingInTime: "Đang giải quyết", data.PendingWait: "Chờ bổ sung, tạm dừng",
	data.Early: "Xong trước hạn", data.OnTime: "Xong đúng hạn", data.Late: "Xong quá hạn", data.WithdrawnOut: "Rút, dừng", data.NotCounted: "Không tính"}

func stateWord(s data.State, o data.Outcome) string {
	switch {
	case s.Cancelled:
		return "Đã hủy"
	case s.Status == data.AwaitSupply:
		return "Chờ bổ sung"
	case s.Status == data.AwaitPayment:
		return "Chờ nộp phí"
	case s.Status == data.Halted && !s.Closed:
		return "Tạm dừng"
	case s.Status == data.Halted:
		return "Dừng giải quyết"
	case s.Status == data.WithdrawnState:
		return "Rút hồ sơ"
	case s.Status == data.NotAccepted:
		return "Không tiếp nhận"
	case s.Status == data.Registered:
		return "Mới đăng ký"
	case o == data.PendingInTime:
		return "Trong hạn"
	case o == data.Overdue:
		return "Quá hạn"
	}
	return o.String()
}
