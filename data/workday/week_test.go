package workday_test

import (
	"encoding/json"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// saturdayMorning returns the default calendar of an office that works on Saturday
// morning too.
func saturdayMorning(t *testing.T) *workday.Calendar {
	t.Helper()
	h := workday.DefaultHours
	week := workday.FiveDays(h)
	week[time.Saturday] = h[:1]
	c, err := workday.Default().WithWeek(data.NoDay, h, week)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSaturdayMorningIsWorked(t *testing.T) {
	c := saturdayMorning(t)
	friday := data.Date(2026, time.May, 15)
	due := func(received data.Moment, term data.Term) string {
		e, err := workday.Due(c, received, term, nil, data.Pause, workday.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return e.Due.Day.ISO() + " " + e.Due.Clock.String()
	}
	day, hours := data.Term{Count: 1, Unit: data.WorkingDays}, data.Term{Count: 8, Unit: data.WorkingHours}
	for _, x := range []struct {
		at   data.Moment
		term data.Term
		want string
	}{
		{data.Moment{Day: friday, Clock: data.At(9, 0)}, day, "2026-05-16 09:00"},
		// Received in the afternoon, due when the Saturday closes.
		{data.Moment{Day: friday, Clock: data.At(15, 0)}, day, "2026-05-16 11:30"},
		// Two hours on Friday, four and a half on Saturday, one and a half on Monday.
		{data.Moment{Day: friday, Clock: data.At(15, 0)}, hours, "2026-05-18 08:30"},
		{data.Moment{Day: friday + 1, Clock: data.At(9, 0)}, day, "2026-05-18 09:00"},
	} {
		if got := due(x.at, x.term); got != x.want {
			t.Errorf("%v, %v: %s, not %s", x.at, x.term, got, x.want)
		}
	}
	if got := c.Sessions(friday + 1).String(); got != "07:00-11:30" {
		t.Errorf("Saturday: %s", got)
	}
	if c.Sessions(friday+2) != nil || !c.Rests(friday+2) || c.Rests(friday+1) {
		t.Error("Sunday is worked or Saturday is not")
	}
	if got := c.Week().Unusual(c.Hours()); got != "Thứ Bảy 07:00-11:30" {
		t.Errorf("%q", got)
	}
	// A public holiday on a Saturday stays one.
	if holiday := data.Date(2027, time.May, 1); holiday.Weekday() != time.Saturday || c.IsWorking(holiday) {
		t.Errorf("%v is worked", holiday)
	}
}

func TestWeekSurvivesTheFile(t *testing.T) {
	c := saturdayMorning(t)
	year := c.Year(2026)
	for i := range year.Days {
		if year.Days[i].Kind == workday.MakeUp {
			year.Days[i].Hours = workday.Hours{{From: data.At(8, 0), To: data.At(11, 0)}}
		}
	}
	c, err := c.With(year)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	back, err := workday.Load(raw)
	if err != nil {
		t.Fatal(err)
	}
	madeUp := data.Date(2026, time.August, 22)
	for _, x := range []struct {
		day  data.Day
		want string
	}{{madeUp, "08:00-11:00"}, {data.Date(2026, time.May, 16), "07:00-11:30"}, {data.Date(2026, time.May, 18), workday.DefaultHours.String()}} {
		if got := back.Sessions(x.day).String(); got != x.want {
			t.Errorf("%v: %s, not %s", x.day, got, x.want)
		}
	}
	// New hours hold where the old ones of an ordinary day did.
	other, err := back.WithHours(workday.Hours{{From: data.At(7, 30), To: data.At(12, 0)}})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := other.Sessions(data.Date(2026, time.May, 18)).String(), other.Sessions(data.Date(2026, time.May, 16)).String(); a != "07:30-12:00" || b != "07:00-11:30" {
		t.Errorf("%s, %s", a, b)
	}
}

// TestWeekHoldsFromADay: what was worked before stays as it was.
func TestWeekHoldsFromADay(t *testing.T) {
	h := workday.DefaultHours
	week := workday.FiveDays(h)
	week[time.Saturday] = h
	july := data.Date(2026, time.July, 1)
	c, err := workday.Default().WithWeek(july, h, week)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = workday.Load(raw); err != nil {
		t.Fatal(err)
	}
	june, saturday := data.Date(2026, time.June, 27), data.Date(2026, time.July, 4)
	if c.IsWorking(june) || !c.IsWorking(saturday) || !c.Rests(june) || c.Rests(saturday) || c.Since() != july {
		t.Errorf("27 June %v, 4 July %v, since %v", c.IsWorking(june), c.IsWorking(saturday), c.Since())
	}
	// A later change leaves both; one for always takes their place.
	if c, err = c.WithWeek(data.Date(2027, time.January, 1), h[:1], workday.FiveDays(h[:1])); err != nil {
		t.Fatal(err)
	}
	if !c.IsWorking(saturday) || c.IsWorking(data.Date(2027, time.January, 9)) || c.Sessions(data.Date(2027, time.January, 8)).String() != "07:00-11:30" || c.IsWorking(june) {
		t.Error("a later change moved earlier days")
	}
	if c, err = c.WithWeek(data.NoDay, h, workday.FiveDays(h)); err != nil {
		t.Fatal(err)
	}
	if c.IsWorking(saturday) || c.Since() != data.NoDay {
		t.Error("what holds always does not")
	}
}

func TestWeekIsRefused(t *testing.T) {
	h := workday.DefaultHours
	for name, w := range map[string]workday.Week{"nothing": {}, "crossed": {time.Monday: {{From: data.At(11, 0), To: data.At(7, 0)}}}} {
		if _, err := workday.NewWeek(h, w); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	year := workday.Default().Year(2026)
	year.Days[0].Hours = h
	if _, err := workday.Default().With(year); data.CodeOf(err) != data.Invalid {
		t.Errorf("hours on a holiday: %v", err)
	}
}

// TestHoursOfADay: opening and closing belong to the hours, and a day without any has
// none of them.
func TestHoursOfADay(t *testing.T) {
	h := workday.Hours{{From: data.At(7, 30), To: data.At(11, 30)}, {From: data.At(13, 0), To: data.At(17, 0)}}
	for c, want := range map[data.Clock]bool{data.At(7, 29): false, data.At(7, 30): true, data.At(12, 0): true, data.At(17, 0): true, data.At(17, 1): false} {
		if h.Spans(c) != want {
			t.Errorf("%s lies between: %v", c, !want)
		}
	}
	if (workday.Hours{}).Spans(data.At(8, 0)) {
		t.Error("a day without hours has one")
	}
}
