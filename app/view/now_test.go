package view_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
)

// Whatever the period of the window, the register, its counts and what wants
// attention are as of today, and agree with the badge of Sắp trễ.
func TestNowMeansToday(t *testing.T) {
	s := session(t)
	m, o := view.NewRegister(s), view.NewOverview(s)
	alarms, err := s.Desk.Alarms(context.Background(), s.Desk.NextMeeting())
	if err != nil || alarms.Pressing() == 0 {
		t.Fatalf("%d pressing, %v", alarms.Pressing(), err)
	}
	var before []view.FilterLine
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
		if x, err := m.Detail(m.IDAt(0)); err != nil || x.AsOf != "" {
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
				n, _ := follow(t, s, a.Jump)
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

// A list opened from a figure counts as of its day and says so; without the
// figure it is as of today again, and what was narrowed since stays.
func TestTheHeadOfAFigureGoesAway(t *testing.T) {
	s := session(t)
	m, o := view.NewRegister(s), view.NewOverview(s)
	s.OnJump(m.Show)
	s.SetPeriod(period(t, "2022"))
	end := data.Date(2022, time.December, 31)
	card := o.Cards[0]
	s.Jump(card.Jump)
	if m.AsOf() != end || m.Figure() != "Tổng tiếp nhận · Năm 2022 · tính đến 31/12/2022" || !strings.Contains(m.Status(0), "31/12/2022") {
		t.Errorf("as of %s, «%s»", m.AsOf(), m.Figure())
	}
	m.SetText("huyen")
	narrowed := m.Len()
	if m.Figure() == "" || m.Title() == "" || narrowed == 0 {
		t.Errorf("narrowed: «%s», %d listed", m.Figure(), narrowed)
	}
	here := m.Here()
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
	s.Jump(view.Jump{Title: "Hồ sơ HS-0001", Query: desk.Query{Text: `"HS-0001"`}})
	if m.Figure() != "Hồ sơ HS-0001" || m.AsOf() != today || m.Len() != 1 {
		t.Errorf("one dossier: «%s», %d listed", m.Figure(), m.Len())
	}
	m.SetText("")
	if m.Figure() != "" || m.Len() != s.Desk.Len() {
		t.Errorf("the head «%s» stands over %d dossiers", m.Figure(), m.Len())
	}
}

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
	s := view.NewSession(d)
	m, o := view.NewRegister(s), view.NewOverview(s)
	m.SetSort("code", false)
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
		if m.AsOf() != day || o.Today() != day || !strings.Contains(m.Status(0), day.String()) {
			t.Errorf("%s: list %s, overview %s, «%s»", when, m.AsOf(), o.Today(), m.Status(0))
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
