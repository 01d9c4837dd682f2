package register_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/page/pagetest"
	"giaoban/app/page/register"
	"giaoban/data"
	"giaoban/data/desk"
)

// today of the tests lies within the second year of the office.
var today = pagetest.Today

func open(t *testing.T) *desk.Desk { t.Helper(); return pagetest.Empty(t) }

// session opens an office of two years.
func session(t *testing.T) *env.Session { t.Helper(); return env.NewSession(pagetest.Office(t)) }

func load(t *testing.T, d *desk.Desk, path string) { t.Helper(); pagetest.Load(t, d, path) }

func period(t *testing.T, key string) data.Period { t.Helper(); return pagetest.Period(t, key) }

// clocked opens an office with a clock of the test.
func clocked(t *testing.T, clock *time.Time) *desk.Desk {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return *clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d
}

// lister asks the model as the list of the page does.
type lister struct {
	*register.Model
	t    *testing.T
	s    *env.Session
	v    kit.View
	a    *register.Answer
	told int
}

func newLister(t *testing.T, s *env.Session) *lister {
	t.Helper()
	m := &lister{Model: register.NewModel(s, kit.Forgetful{}), t: t, s: s, v: kit.View{Chosen: map[string][]string{}, Orders: register.Usual(), Ended: true}}
	s.Listen(func() { m.Refresh(); m.Forget(); m.RefreshFilters() })
	m.Refresh()
	m.RefreshFilters()
	return m
}

func (m *lister) Refresh() {
	if m.v.Beside != "" {
		m.v = m.Tidy(m.v)
	}
	m.Ask(m.v.Clone(), func(a *register.Answer, err error) {
		if err != nil {
			m.t.Fatal(err)
		}
		m.a = a
		m.told++
	})
}

func (m *lister) SetText(text string) { m.v.Text = text; m.Refresh() }

func (m *lister) Choose(filter string, keys ...string) {
	m.v.Chosen[filter] = keys
	m.Refresh()
}

func (m *lister) Chosen(filter string) []string { return m.v.Chosen[filter] }
func (m *lister) Filtered() bool                { return m.v.Filtered() }
func (m *lister) Query() desk.Query             { return m.Model.Query(m.v) }
func (m *lister) Figure() string                { return m.Origin(m.v) }
func (m *lister) Title() string                 { return m.Model.Title(m.v) }
func (m *lister) DropFigure()                   { m.v = m.Leave(m.v); m.Refresh() }
func (m *lister) Show(j env.Jump)               { m.v = m.Jump(j, m.v.Orders); m.Refresh() }
func (m *lister) Return(v kit.View)             { m.v = v; m.Refresh() }

func (m *lister) ClearFilters() {
	m.v = kit.View{Chosen: map[string][]string{}, Orders: m.v.Orders, Group: m.v.Group, Ended: true}
	m.Refresh()
}

func (m *lister) Sort(orders ...kit.Order) { m.v.Orders = orders; m.Refresh() }

func (m *lister) Len() int {
	n, _ := m.a.Len()
	return n
}

func (m *lister) Row(i int) line {
	r := m.a.At(i)
	text := func(id string) string { return textOf(r, id) }
	return line{r, text("owner"), text("procedure"), text("unit"), text("received"), text("due"), text("status")}
}

// line is a row with the texts of its usual columns.
type line struct {
	*register.Row
	Owner, Procedure, Unit, Received, Due, State string
}

func (l line) Text(column string) string { return textOf(l.Row, column) }

func textOf(r *register.Row, column string) string {
	all := register.Columns()
	i := slices.IndexFunc(all, func(c list.Column[register.Row]) bool { return c.ID == column })
	return all[i].Text(r)
}

func rows(m *lister) (out []line) {
	for i := range m.Len() {
		out = append(out, m.Row(i))
	}
	return out
}

// filter is a saved filter as the list shows it.
type filter struct {
	Name   string
	Count  int
	Chosen bool
}

func (m *lister) Filters() (out []filter) {
	for _, n := range m.saved().All() {
		out = append(out, filter{n.Name, n.Count, n.View.Same(m.v)})
	}
	return out
}

func (m *lister) ApplyFilter(i int) {
	v := m.saved().All()[i].View
	if v.Same(m.v) {
		m.ClearFilters()
		return
	}
	v = v.Clone()
	v.Orders, v.Group = m.v.Orders, m.v.Group
	m.v = v
	m.Refresh()
}

func (m *lister) saved() register.Filters { return m.Model.Filters() }

// SaveFilter keeps what is listed under a name, as the window does.
func (m *lister) SaveFilter(name string) error {
	err := m.saved().Save(name, m.v, false)
	m.RefreshFilters()
	return err
}

func (m *lister) Group(by string)      { m.v.Group = by; m.Refresh() }
func (m *lister) Groups() []kit.Group  { return m.a.Groups() }
func (m *lister) OpenGroup(key string) { m.Choose(m.v.Group, key) }
func (m *lister) Notes() []string      { return m.a.Notes() }
func (m *lister) said(part string) bool {
	return slices.ContainsFunc(m.a.Notes(), func(s string) bool { return strings.Contains(s, part) })
}

// Detail is a dossier as the pane shows it.
func (m *lister) Detail(id uint64) (d register.Detail, err error) {
	m.Look(id, func(x register.Detail, failed error) { d, err = x, failed })
	return d, err
}
