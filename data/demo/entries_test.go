package demo_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/indicator"
	"giaoban/data/logbook"
)

// TestRegistersOfTheDemonstration builds the office of a day twice: its registers are
// full, alike, and of the year that ends on the day.
func TestRegistersOfTheDemonstration(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the demonstration office")
	}
	until := data.Date(2026, time.May, 29)
	var before string
	for i := range 2 {
		now := func() time.Time { return time.Date(2026, time.June, 1+i, 10, 0, 0, 0, time.UTC) }
		path := filepath.Join(t.TempDir(), "so.db")
		if err := demo.Build(context.Background(), path, until, now, nil); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Open(path, desk.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		w, err := d.Logbooks(until)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string][]*logbook.Entry{}
		for _, k := range logbook.Kinds() {
			all[k.ID] = w.Entries(k.ID)
		}
		for _, e := range all["conference"] {
			lines, minutes := logbook.Agenda(e)
			if len(lines) != 7 || minutes != 115 || lines[6].Span() != "09:40 – 09:55" {
				t.Errorf("agenda %d lines, %d minutes, %+v", len(lines), minutes, lines)
			}
			if a := logbook.AttendanceOf(e); a != (logbook.Attendance{Invited: 8, Present: 7, StandIns: 1}) {
				t.Errorf("attendance %+v", a)
			}
		}
		plan, states := 0, map[string]int{}
		for _, r := range logbook.Task.Rows(w) {
			if r.Is("source", "plan") {
				plan++
			}
			states[r.State]++
		}
		if plan != 24 || len(all["conference"]) != 6 || len(all["conclusion"]) < 18 || len(all["petition"]) != 30 || len(all["finding"]) < 10 || len(all["opinion"]) != 16 ||
			len(all["initiative"]) == 0 || len(all["praise"]) == 0 || len(all["slip"]) == 0 || len(all["reading"]) < 4 {
			t.Errorf("%d plan tasks; %d conferences, %d conclusions, %d petitions", plan, len(all["conference"]), len(all["conclusion"]), len(all["petition"]))
		}
		for _, s := range []string{"done-on-time", "done-late", "overdue", "standing", "waiting"} {
			if states[s] == 0 {
				t.Errorf("no task is %s: %v", s, states)
			}
		}
		book, err := d.IndicatorBook()
		if err != nil {
			t.Fatal(err)
		}
		indicatorsOf(t, d, until)
		raw, err := json.Marshal(map[string]any{"entries": all, "values": book.Sheets, "definitions": book.Definitions})
		if err != nil {
			t.Fatal(err)
		}
		if before != "" && string(raw) != before {
			t.Error("the same day gives other registers")
		}
		before = string(raw)
		d.Close()
	}
}

// indicatorsOf proves that the values of the demonstration stand, met and missed, of the
// office and of units, and that its definitions are as good as typed ones.
func indicatorsOf(t *testing.T, d *desk.Desk, until data.Day) {
	t.Helper()
	list, err := d.IndicatorStandings(until)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for i := range list {
		s := &list[i]
		who := "unit"
		if s.Unit == 0 {
			who = "office"
		}
		switch {
		case s.Below():
			kinds[who+" below"]++
		case s.Known:
			kinds[who+" met"]++
		}
		if s.Definition.Code == "SOHOA_TAISUDUNG" && s.Target == "" {
			t.Errorf("nothing is asked of %s", s.UnitName)
		}
	}
	for _, want := range []string{"office below", "office met", "unit below", "unit met"} {
		if kinds[want] == 0 {
			t.Errorf("%s: none in %v", want, kinds)
		}
	}
	own, err := d.OwnIndicators()
	if err != nil || len(own) == 0 {
		t.Fatalf("%d definitions, %v", len(own), err)
	}
	all := indicator.With(own)
	for i := range own {
		if err := indicator.Check(all, &own[i]); err != nil {
			t.Errorf("%s: %v", own[i].Code, err)
		}
	}
	s, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	year := data.Period{From: data.Date(until.Year(), 1, 1), To: until}
	e, err := s.Index766(year, until)
	if err != nil || e.Known < 90 {
		t.Errorf("of index 766 only %d points are known, %v", e.Known, err)
	}
}
