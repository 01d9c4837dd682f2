package view

import (
	"bytes"
	"encoding/json"

	"giaoban/data"
	"giaoban/data/desk"
)

// Lists tell states as of today. Only a list that was opened from a figure counts
// as of the day of the figure: its query names the day, and the head of the list
// says so.

// on returns the question as of today, unless it names a day of its own.
func on(q desk.Query, today data.Day) desk.Query {
	q.Today = today
	if !q.AsOf.Known() {
		q.AsOf = today
	}
	return q
}

// Asked returns the question that the list shown answers, with its day.
func (m *Register) Asked() desk.Query { return m.shown }

// AsOf returns the day as of which the list shown tells states.
func (m *Register) AsOf() data.Day { return m.shown.AsOf }

// Here returns the list as it is, for coming back to it.
func (m *Register) Here() Jump { return Jump{Title: m.title, Query: m.query, from: m.from} }

// Title returns what the list is when it came from a figure and still holds all
// that the figure asked, else "".
func (m *Register) Title() string {
	if m.title == "" || m.from == nil || !holdsAll(*m.from, m.query) {
		return ""
	}
	return m.title
}

// Figure returns what the head of the list says of the figure that it was opened
// from, with the day as of which it counts where that is not today; "" for a list
// as of today.
func (m *Register) Figure() string {
	title := m.Title()
	if !m.query.AsOf.Known() {
		return title
	}
	if title == "" {
		title = "Số liệu"
		if m.query.Period != nil {
			title = m.query.Column.Label() + " · " + PeriodLabel(*m.query.Period)
		}
	}
	return title + " · tính đến " + m.query.AsOf.String()
}

// DropFigure takes away what the figure asked; what the officer narrowed since
// stays. The list is as of today then.
func (m *Register) DropFigure() {
	if m.from != nil {
		m.query = without(m.query, *m.from)
	}
	if m.query.AsOf.Known() {
		m.query.Period, m.query.Column, m.query.Rate, m.query.AsOf = nil, "", "", data.NoDay
	}
	m.title, m.from = "", nil
	m.Refresh()
}

// conditions returns what a question asks beside its order and its present day,
// by the name of the condition.
func conditions(q desk.Query) map[string]json.RawMessage {
	q.Sort, q.Reverse, q.Today = "", false, data.NoDay
	raw, err := json.Marshal(q)
	if err != nil {
		return nil
	}
	all := map[string]json.RawMessage{}
	if json.Unmarshal(raw, &all) != nil {
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

// holdsAll reports whether q asks all that part asks.
func holdsAll(part, q desk.Query) bool {
	now := conditions(q)
	for name, value := range conditions(part) {
		if !bytes.Equal(now[name], value) {
			return false
		}
	}
	return true
}

// without returns q without the conditions that it has in common with part.
func without(q, part desk.Query) desk.Query {
	now := conditions(q)
	for name, value := range conditions(part) {
		if bytes.Equal(now[name], value) {
			delete(now, name)
		}
	}
	out := desk.Query{}
	if raw, err := json.Marshal(now); err != nil || json.Unmarshal(raw, &out) != nil {
		out = desk.Query{}
	}
	out.Sort, out.Reverse = q.Sort, q.Reverse
	return out
}
