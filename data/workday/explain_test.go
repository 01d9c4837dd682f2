package workday_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// told returns the lines of an explanation as "day kind [asked] [came] [minutes]".
func told(e workday.Explanation) []string {
	var out []string
	for _, d := range e.Days {
		line := d.Date.String()[:5] + " " + string(d.Kind)
		if d.Asked {
			line += " asked"
		}
		if d.Came {
			line += " came"
		}
		if d.Minutes > 0 {
			line += " " + data.At(d.Minutes/60, d.Minutes%60).String()
		}
		out = append(out, line)
	}
	return out
}

// A term in hours explains the days of a wait as a pause, like one in days: working
// days on which nothing was counted, up to the supplement.
func TestPausesOfHoursAreExplained(t *testing.T) {
	c := workday.Default()
	for _, row := range []struct {
		name, received string
		hours          int
		pauses         string
		mode           data.PauseMode
		due            string
		want           []string
	}{
		{"days between", "03/08/2026 09:00", 8, "04/08/2026 08:00..06/08/2026 10:00", data.Pause, "06/08/2026 11:00",
			[]string{"03/08 received 06:00", "04/08 work asked 01:00", "05/08 pause", "06/08 work came 01:00"}},
		{"asked before the office opens, supplemented after it closes", "03/08/2026 09:00", 8, "04/08/2026 06:00..05/08/2026 18:00", data.Pause,
			"06/08/2026 09:00", []string{"03/08 received 06:00", "04/08 pause asked", "05/08 pause came", "06/08 work 02:00"}},
		{"over a weekend", "06/08/2026 09:00", 8, "07/08/2026 07:00..10/08/2026 08:00", data.Pause, "10/08/2026 10:00",
			[]string{"06/08 received 06:00", "07/08 pause asked", "08/08 weekend", "09/08 weekend", "10/08 work came 02:00"}},
		{"after the wait nothing is a pause", "07/08/2026 09:00", 8, "07/08/2026 10:00..07/08/2026 11:00", data.Pause, "10/08/2026 10:00",
			[]string{"07/08 received asked came 05:00", "08/08 weekend", "09/08 weekend", "10/08 work 03:00"}},
		{"anew", "03/08/2026 09:00", 4, "03/08/2026 10:00..05/08/2026 15:00", data.Restart, "06/08/2026 09:00",
			[]string{"03/08 received asked 01:00", "04/08 pause", "05/08 restart came 02:00", "06/08 work 02:00"}},
		{"runs on", "03/08/2026 09:00", 8, "03/08/2026 10:00..06/08/2026 15:00", data.RunOn, "04/08/2026 09:00",
			[]string{"03/08 received asked 06:00", "04/08 work 02:00"}},
		{"runs on, asked in the minute when it is due", "03/08/2026 09:00", 8, "04/08/2026 09:00..06/08/2026 15:00", data.RunOn, "04/08/2026 09:00",
			[]string{"03/08 received 06:00", "04/08 work asked 02:00"}},
		{"runs on, asked a minute later", "03/08/2026 09:00", 8, "04/08/2026 09:01..06/08/2026 15:00", data.RunOn, "04/08/2026 09:00",
			[]string{"03/08 received 06:00", "04/08 work 02:00"}},
	} {
		e, err := workday.Due(c, moment(t, row.received), data.Term{Count: row.hours, Unit: gio}, spans(t, row.pauses), row.mode, workday.Options{})
		if err != nil || e.Due != moment(t, row.due) || !slices.Equal(told(e), row.want) {
			t.Errorf("%s: due %s (%v), want %s\n\t%s\nwant\n\t%s", row.name, e.Due, err, row.due, strings.Join(told(e), "\n\t"), strings.Join(row.want, "\n\t"))
		}
		for i, d := range e.Days {
			if d.Kind == workday.StepPause && !strings.HasPrefix(d.Note(), "Chờ bổ sung, không tính") {
				t.Errorf("%s, line %d: %q", row.name, i, d.Note())
			}
		}
	}
}

// A date that rests on a year nobody decided says so, up to the first and the last
// day of that year.
func TestProposedYearsToTheirEdges(t *testing.T) {
	sameDay := data.Term{Count: 1, Unit: trong}
	for _, row := range []struct {
		name     string
		years    []workday.Year
		day      data.Day
		proposed bool
	}{
		{"last day, the next year is decided", []workday.Year{{Number: 2030}}, data.Date(2029, time.December, 31), true},
		{"last day of a decided year", []workday.Year{{Number: 2029}}, data.Date(2029, time.December, 31), false},
		{"first day", []workday.Year{{Number: 2029, Standing: workday.Proposed}}, data.Date(2029, time.January, 1), true},
		{"first day of a decided year", []workday.Year{{Number: 2029}}, data.Date(2029, time.January, 1), false},
	} {
		c, err := workday.New(workday.DefaultHours, row.years...)
		if err != nil {
			t.Fatal(err)
		}
		e, err := workday.Due(c, data.Moment{Day: row.day, Clock: data.At(9, 0)}, sameDay, nil, data.Pause, workday.Options{})
		if err != nil || len(e.Days) != 1 || e.Proposed != row.proposed {
			t.Errorf("%s: proposed %v over %d days (%v)", row.name, e.Proposed, len(e.Days), err)
		}
	}
}

// No working day later is the day itself, be it worked or not, also outside the
// calendar.
func TestNoWorkingDaysLater(t *testing.T) {
	c := workday.Default()
	for _, d := range []data.Day{data.Date(2026, time.May, 15), data.Date(2026, time.May, 16), data.Date(2026, time.September, 2), data.Date(1900, time.January, 1)} {
		if got, ok := c.AddWorkingDays(d, 0); !ok || got != d {
			t.Errorf("%s: %s %v", d, got, ok)
		}
	}
	if _, ok := c.AddWorkingDays(data.Date(1900, time.January, 1), 1); ok {
		t.Error("a day outside the calendar has a next working day")
	}
}

// TestReceivedOnAHoliday names the holiday beside the day of receipt.
func TestReceivedOnAHoliday(t *testing.T) {
	for day, want := range map[string]string{
		"02/09/2026": "Ngày tiếp nhận, không tính; nghỉ lễ: Quốc khánh",
		"03/09/2026": "Ngày tiếp nhận, không tính",
	} {
		e, err := workday.Due(workday.Default(), moment(t, day), data.Term{Count: 3, Unit: nlv}, nil, data.Pause, workday.Options{})
		if err != nil || !strings.EqualFold(e.Days[0].Note(), want) {
			t.Errorf("%s: %q (%v), want %q", day, e.Days[0].Note(), err, want)
		}
	}
}
