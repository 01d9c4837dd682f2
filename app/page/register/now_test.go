package register_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/page/overview"
	"giaoban/app/page/pagetest"
	"giaoban/app/page/register"
	"giaoban/data"
	"giaoban/data/desk"
)

// Whatever the period of the window, the register, its counts and what wants
// attention are as of today, and agree with the badge of Sắp trễ.
func TestNowMeansToday(t *testing.T) {
	s := session(t)
	m, o := newLister(t, s), overviewOf(s)
	alarms, err := s.Desk.Alarms(context.Background(), s.Desk.NextMeeting())
	if err != nil || alarms.Pressing() == 0 {
		t.Fatalf("%d pressing, %v", alarms.Pressing(), err)
	}
	var before []filter
	for _, key := range []string{"2023", "2022", "2022-10", "2023-Q1"} {
		s.SetPeriod(period(t, key))
		if m.AsOf() != today || m.Figure() != "" {
			t.Errorf("%s: the register is as of %s, «%s»", key, m.AsOf(), m.Figure())
		}
		for _, r := range rows(m) {
			if strings.HasPrefix(r.State, "Nhận sau") {
				t.Fatalf("%s: %s: %s", key, r.Code, r.State)
			}
			one, err := s.Desk.Dossier(r.ID)
			if err != nil {
				t.Fatal(err)
			}
			if want := one.On(today).Outcome(today, one.Term); r.Outcome != want {
				t.Errorf("%s: %s is %v, today %v", key, r.Code, r.Outcome, want)
			}
		}
		if x, err := m.Detail(m.Row(0).ID); err != nil || x.AsOf != "" {
			t.Errorf("%s: the pane is as of %q, %v", key, x.AsOf, err)
		}
		if lines := m.Filters(); before != nil && !slices.Equal(lines, before) {
			t.Errorf("%s: the saved filters count %+v, before %+v", key, lines, before)
		} else {
			before = lines
		}
		pressing := 0
		for _, a := range o.Todo {
			if strings.Contains(a.Text, "quá hạn chưa xong") || strings.Contains(a.Text, "hôm nay") {
				n, _ := pagetest.Follow(t, s, a.Jump)
				pressing += n
			}
		}
		if pressing != alarms.Pressing() || o.Today() != today {
			t.Errorf("%s: the overview has %d, the badge %d", key, pressing, alarms.Pressing())
		}
		// The figures of the period stay figures of the period.
		if o.AsOf() != s.AsOf() || o.Table.AsOf != s.AsOf() {
			t.Errorf("%s: figures as of %s", key, o.AsOf())
		}
	}
}

// overviewOf is the overview as it stands while it is in view.
func overviewOf(s *env.Session) *overview.Model {
	o := overview.NewModel(s)
	s.Listen(o.Refresh)
	o.Refresh()
	return o
}

// A list opened from a figure counts as of its day and says so; without the
// figure it is as of today again, and what was narrowed since stays.
func TestTheHeadOfAFigureGoesAway(t *testing.T) {
	s := session(t)
	m, o := newLister(t, s), overviewOf(s)
	s.OnJump(m.Show)
	s.SetPeriod(period(t, "2022"))
	end := data.Date(2022, time.December, 31)
	card := o.Cards[0]
	s.Jump(card.Jump)
	if m.AsOf() != end || m.Figure() != "Tổng tiếp nhận · Năm 2022 · tính đến 31/12/2022" || !strings.Contains(strings.Join(m.Notes(), "; "), "31/12/2022") {
		t.Errorf("as of %s, «%s»", m.AsOf(), m.Figure())
	}
	m.SetText("huyen")
	narrowed := m.Len()
	if m.Figure() == "" || m.Title() == "" || narrowed == 0 {
		t.Errorf("narrowed: «%s», %d listed", m.Figure(), narrowed)
	}
	here := m.v.Clone()
	m.DropFigure()
	if m.AsOf() != today || m.Figure() != "" || m.Query().Text != "huyen" || m.Query().Period != nil || m.Len() < narrowed {
		t.Errorf("without the figure: as of %s, «%s», %+v", m.AsOf(), m.Figure(), m.Query())
	}
	// Coming back brings the figure back, with what was narrowed.
	m.Return(here)
	if m.AsOf() != end || m.Len() != narrowed {
		t.Errorf("back: as of %s, %d listed", m.AsOf(), m.Len())
	}
	if m.DropFigure(); m.Query().Text != "huyen" {
		t.Errorf("back and dropped: %+v", m.Query())
	}
	// One dossier: the head goes with the text that found it.
	s.Jump(env.Jump{Title: "Hồ sơ HS-0001", Query: desk.Query{Text: `"HS-0001"`}})
	if m.Figure() != "Hồ sơ HS-0001" || m.AsOf() != today || m.Len() != 1 {
		t.Errorf("one dossier: «%s», %d listed", m.Figure(), m.Len())
	}
	m.SetText("")
	if m.Figure() != "" || m.Len() != s.Desk.Len() {
		t.Errorf("the head «%s» stands over %d dossiers", m.Figure(), m.Len())
	}
}

// The day changes while the window is open: list, states, counts, overview and
// status bar change together, at midnight, or when the clock is looked at again.
func TestTheDayChangesForAllScreensAtOnce(t *testing.T) {
	clock := time.Date(2023, time.June, 20, 23, 58, 30, 0, time.UTC)
	d := clocked(t, &clock)
	for _, one := range []data.Dossier{received("HS-1", 6), received("HS-2", 7)} { // due on the 20th and the 21st
		if err := d.Receive(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
	}
	s := env.NewSession(d)
	m, o := newLister(t, s), overviewOf(s)
	m.Sort(kit.Order{Column: "code"})
	m.RefreshFilters()
	var waits []time.Duration
	var ring func()
	stop := s.WatchDay(func(wait time.Duration, fn func()) func() {
		waits, ring = append(waits, wait), fn
		return func() { ring = nil }
	})
	at := func(name string) int {
		for _, f := range m.Filters() {
			if f.Name == name {
				return f.Count
			}
		}
		return -1
	}
	see := func(when string, day data.Day, states [2]string, overdue, dueToday int) {
		t.Helper()
		got := rows(m)
		if m.AsOf() != day || o.Today() != day || !strings.Contains(strings.Join(m.Notes(), "; "), day.String()) {
			t.Errorf("%s: list %s, overview %s, «%s»", when, m.AsOf(), o.Today(), strings.Join(m.Notes(), "; "))
		}
		if got[0].State != states[0] || got[1].State != states[1] {
			t.Errorf("%s: %s, %s", when, got[0].State, got[1].State)
		}
		if at("Quá hạn") != overdue || at("Đến hạn hôm nay") != dueToday {
			t.Errorf("%s: filters %+v", when, m.Filters())
		}
	}
	first := data.Date(2023, time.June, 20)
	see("before midnight", first, [2]string{"Trong hạn", "Trong hạn"}, 0, 1)
	clock = clock.Add(time.Minute)
	ring()
	see("a minute later", first, [2]string{"Trong hạn", "Trong hạn"}, 0, 1)
	if waits[0] != time.Minute || waits[1] != 30*time.Second {
		t.Errorf("waits %v: not to midnight", waits)
	}
	// Past midnight, but nobody looked yet: what is said is what was counted.
	clock = clock.Add(time.Minute)
	if m.AsOf() != first || s.Today() != first || s.AsOf() != first {
		t.Errorf("the screens say %s, %s before they count", m.AsOf(), s.Today())
	}
	ring()
	see("after midnight", first+1, [2]string{"Quá hạn", "Trong hạn"}, 1, 1)
	// The machine slept for days: the window comes back to the front.
	clock = clock.Add(72 * time.Hour)
	s.CheckDay()
	see("after sleep", first+4, [2]string{"Quá hạn", "Quá hạn"}, 2, 0)
	stop()
	if ring != nil {
		t.Error("the watcher goes on")
	}
}

// The count of a saved filter is the length of its list: after days have gone by,
// after more came in, after its unit was renamed.
func TestSavedFiltersCountWhatTheyList(t *testing.T) {
	clock := time.Date(2023, time.June, 20, 10, 0, 0, 0, time.UTC)
	d := clocked(t, &clock)
	unit := data.Unit{Name: "UBND xã Cũ", Level: data.LevelCommune}
	if err := d.SaveUnit(t.Context(), &unit); err != nil {
		t.Fatal(err)
	}
	receive := func(code string, day int, unit uint32) {
		t.Helper()
		one := received(code, day)
		one.Received.Day = data.Date(2023, time.June, 1) + data.Day(day-1)
		one.Due.Day = one.Received.Day + 14
		one.Unit = unit
		if err := d.Receive(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
	}
	receive("HS-1", 1, unit.ID)  // due on 15/06
	receive("HS-2", 12, unit.ID) // due on 26/06
	s := env.NewSession(d)
	d.Watch(func(desk.Changes) { s.Changed() })
	m, o := newLister(t, s), overviewOf(s)
	s.OnJump(m.Show)
	save := func(name string) {
		t.Helper()
		if err := m.SaveFilter(name); err != nil {
			t.Fatal(err)
		}
	}
	check := func(when string, want map[string]int) {
		t.Helper()
		for i, f := range m.Filters() {
			n, ok := want[f.Name]
			if !ok {
				continue
			}
			m.ClearFilters()
			m.ApplyFilter(i)
			if f.Count != n || m.Len() != n || !m.Filters()[i].Chosen {
				t.Errorf("%s: «%s» counts %d, lists %d, want %d; chosen %v", when, f.Name, f.Count, m.Len(), n, m.Filters()[i].Chosen)
			}
		}
	}
	s.Jump(o.Cards[0].Jump) // received in 2023, as of today
	save("Năm nay")
	s.Jump(o.Units[0].Jump) // overdue in 2023, as of today
	save("Quá hạn năm nay")
	s.Jump(env.Jump{Title: "Tháng 5", Query: desk.Query{Period: ptr(period(t, "2023")), Column: data.ColReceived, AsOf: data.Date(2023, time.June, 5)}})
	save("Đến ngày 5")
	m.ClearFilters()
	m.Choose(register.FilterUnit, itoa(unit.ID))
	save("Của xã")
	m.Choose(register.FilterPeriod, "2023-06")
	save("Của xã tháng 6")
	check("at first", map[string]int{"Năm nay": 2, "Quá hạn năm nay": 1, "Đến ngày 5": 1, "Của xã": 2, "Của xã tháng 6": 2})

	// Ten days on, the other one is overdue too, and the unit has another name from
	// the 25th on.
	clock = clock.Add(10 * 24 * time.Hour)
	s.CheckDay()
	renamed, err := d.RenameUnit(t.Context(), unit.ID, "UBND xã Mới", "", data.Date(2023, time.June, 25))
	if err != nil {
		t.Fatal(err)
	}
	receive("HS-3", 28, renamed)
	check("ten days later", map[string]int{"Năm nay": 3, "Quá hạn năm nay": 2, "Đến ngày 5": 1, "Của xã": 3, "Của xã tháng 6": 3})
	if i := slices.IndexFunc(m.Choices(register.FilterUnit), func(c kit.Choice) bool { return c.Key == itoa(unit.ID) }); m.Choices(register.FilterUnit)[i].Text != "UBND xã Cũ (đến 24/06/2023, nay là UBND xã Mới)" {
		t.Errorf("the old unit is offered as «%s»", m.Choices(register.FilterUnit)[i].Text)
	}
	// In the figures each name has its row, and its list is that row.
	for _, row := range d.Figures(period(t, "2023"), data.NoDay, data.ByUnit, desk.Filter{}).Rows {
		if n := d.Count(desk.Query{Filter: desk.Filter{Units: []uint32{atoi(row.Key)}}}); int64(n) != row.Received() {
			t.Errorf("%s: %d listed, figure %d", row.Name, n, row.Received())
		}
	}
	// When the period is over its figure stands.
	clock = time.Date(2024, time.March, 1, 10, 0, 0, 0, time.UTC)
	s.CheckDay()
	i := slices.IndexFunc(m.Filters(), func(f filter) bool { return f.Name == "Năm nay" })
	m.ClearFilters()
	if m.ApplyFilter(i); m.AsOf() != data.Date(2023, time.December, 31) || !strings.Contains(m.Figure(), "Tổng tiếp nhận · Năm 2023 · tính đến 31/12/2023") {
		t.Errorf("a year later: as of %s, «%s»", m.AsOf(), m.Figure())
	}
}

func ptr[T any](v T) *T { return &v }

func itoa(id uint32) string { return strconv.Itoa(int(id)) }

func atoi(key string) uint32 { n, _ := strconv.Atoi(key); return uint32(n) }
