package demo_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// lastDays are ends of a demonstration: week days and days off, before and after the
// reform of 2025.
var lastDays = []data.Day{data.Date(2026, 11, 29), data.Date(2026, 9, 15), data.Date(2025, 8, 1), data.Date(2027, 2, 12)}

// TestUntilHoldsTheRules: every dossier of a demonstration that ends on a day keeps the
// rules, nothing is known of later days, and a morning has its work.
func TestUntilHoldsTheRules(t *testing.T) {
	calendar := workday.Default()
	for _, last := range lastDays {
		town, err := demo.GenerateUntil(calendar, last)
		if err != nil {
			t.Fatalf("%s: %v", last, err)
		}
		if !town.Office.Demo || town.LastDay != last || town.Office.Level != data.LevelCommune {
			t.Errorf("%s: %+v", last, town.Office)
		}
		opening := calendar.OnOrAfter(last + 1)
		next := calendar.NextWorkingDay(opening)
		first, soon, tomorrow, overdue, early := data.NoDay, 0, 0, 0, 0
		codes := map[string]bool{}
		i := 0
		for d := range town.Dossiers() {
			if codes[d.Code] {
				t.Fatalf("code %s stands twice", d.Code)
			}
			codes[d.Code] = true
			if err := d.Validate(last); err != nil {
				t.Fatal(err)
			}
			u := town.Units[d.Unit-1]
			if d.Received.Day > last || !u.ValidOn(d.Received.Day) {
				t.Fatalf("%s: received %s by %s", d.Code, d.Received, u.Name)
			}
			for _, e := range d.Events {
				if e.At.Day > last {
					t.Fatalf("%s: %s on %s", d.Code, e.Kind, e.At)
				}
			}
			if first == data.NoDay {
				first = d.Received.Day
			}
			if i++; d.Entry != data.NotAccepted && i%7 == 0 {
				replay(t, town, calendar, &d)
			}
			if d.Entry == data.NotAccepted {
				continue
			}
			switch s := d.On(last + 1); s.Outcome(last+1, d.Term) {
			case data.Overdue:
				overdue++
			case data.PendingInTime:
				switch s.Due.Day {
				case opening:
					soon++
				case next:
					tomorrow++
				}
			case data.Early:
				early++
			}
		}
		if years := int(last-first) / 365; years < 1 || years > 2 {
			t.Errorf("%s: begins %s", last, first)
		}
		if soon < 5 || soon > 60 || tomorrow < 5 || overdue < 10 || overdue > 80 || early == 0 {
			t.Errorf("%s: due at once %d, next %d, overdue %d, early %d", last, soon, tomorrow, overdue, early)
		}
		t.Logf("%s: %d dossiers from %s, due at once %d, next %d, overdue %d", last, town.Len(), first, soon, tomorrow, overdue)
	}
}

// TestUntilBeforeTheReform is the town, with its districts.
func TestUntilBeforeTheReform(t *testing.T) {
	if testing.Short() {
		t.Skip("plans a whole town")
	}
	town, err := demo.GenerateUntil(workday.Default(), data.Date(2024, 5, 31))
	if err != nil || town.Office.Level != data.LevelDistrict {
		t.Fatalf("%+v, %v", town, err)
	}
	for d := range town.Dossiers() {
		if err := d.Validate(town.LastDay); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := demo.GenerateUntil(workday.Default(), data.Date(1999, 1, 1)); data.CodeOf(err) != data.Invalid {
		t.Errorf("1999: %v", err)
	}
}

// TestBuildUntilIsDeterministicAndQuick: the same day gives the same office.
func TestBuildUntilIsDeterministicAndQuick(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC) }
	var sizes [2]int64
	for i := range sizes {
		path := filepath.Join(t.TempDir(), "minh-hoa.db")
		began := time.Now()
		if err := demo.Build(t.Context(), path, lastDays[0], now, nil); err != nil {
			t.Fatal(err)
		}
		t.Logf("built in %v", time.Since(began))
		b, d := opened(t, path, now)
		if undo, _ := d.Undoable(); undo != "" {
			t.Errorf("offers to undo «%s»", undo)
		}
		list, err := b.Periods()
		if err != nil || len(list) != 2 {
			t.Fatalf("%d periods, %v", len(list), err)
		}
		// A morning: dossiers are due today, and before the meeting tomorrow.
		if meeting := d.NextMeeting(); meeting.Day != data.Date(2026, 12, 1) {
			t.Errorf("the next meeting is on %s", meeting)
		}
		a, err := d.Alarms(t.Context(), d.NextMeeting())
		if err != nil || a.Counts[desk.AlarmToday] < 5 || a.Counts[desk.AlarmMeeting] < 5 || a.Counts[desk.AlarmOverdue] < 5 {
			t.Errorf("alarms %v, %v", a.Counts, err)
		}
		sum := int64(0)
		q := desk.Query{}
		for _, id := range d.List(q).IDs {
			one, err := d.Dossier(uint64(id))
			if err != nil {
				t.Fatal(err)
			}
			sum = sum*31 + int64(one.Received.Day) + int64(len(one.Events)) + int64(len(one.Owner.Name))
		}
		sizes[i] = sum
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Fatal(err)
		}
	}
	if sizes[0] != sizes[1] {
		t.Error("two builds differ")
	}
}
