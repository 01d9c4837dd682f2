package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// The usual ways in which a weekday is worked; any other key is its sessions, as
// «07:00-10:00».
const (
	WholeDay  = "ca-ngay"
	Morning   = "sang"  // the first session of an ordinary day
	Afternoon = "chieu" // the last one
	NoWork    = "nghi"
)

// Weekdays are the days of the week from Monday on.
var Weekdays = [...]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// WeekdayName returns the Vietnamese name.
func WeekdayName(d time.Weekday) string { return weekdays[d] }

// DayChoices are the ways in which a weekday can be worked; the last one is how
// the draft has it where that is none of the usual ones.
func (m *Calendar) DayChoices(d time.Weekday) []Choice {
	out := []Choice{{Key: WholeDay, Label: "Cả ngày"}, {Key: Morning, Label: "Buổi sáng"}, {Key: Afternoon, Label: "Buổi chiều"}, {Key: NoWork, Label: "Nghỉ"}}
	if len(m.Hours()) < 2 {
		out = []Choice{out[0], out[3]}
	}
	if key := m.DayKey(d); !slices.ContainsFunc(out, func(c Choice) bool { return c.Key == key }) {
		out = append(out, Choice{Key: key, Label: key})
	}
	return out
}

// DayKey tells how a weekday of the draft is worked.
func (m *Calendar) DayKey(d time.Weekday) string {
	all, day := m.draft.Hours(), m.draft.Week()[d]
	switch {
	case len(day) == 0:
		return NoWork
	case slices.Equal(day, all):
		return WholeDay
	case slices.Equal(day, all[:1]):
		return Morning
	case slices.Equal(day, all[len(all)-1:]):
		return Afternoon
	}
	return day.String()
}

// Unusual tells which weekdays of the draft differ from five days of the ordinary
// hours; "" for none.
func (m *Calendar) Unusual() string { return m.draft.Week().Unusual(m.draft.Hours()) }

// Since tells from which day on the hours and the week of the draft hold; "" when
// they always did.
func (m *Calendar) Since() string { return m.draft.Since().String() }

// SetWeek changes from a day on, or for always where it is unknown, the hours of an
// ordinary day and how each weekday, by time.Weekday, is worked.
func (m *Calendar) SetWeek(from data.Day, hours string, days [7]string) error {
	ordinary, err := ParseHours(hours)
	if err != nil {
		return err
	}
	var week workday.Week
	for i, key := range days {
		switch key {
		case WholeDay:
			week[i] = ordinary
		case Morning:
			week[i] = ordinary[:1]
		case Afternoon:
			week[i] = ordinary[len(ordinary)-1:]
		case NoWork:
		default:
			if week[i], err = ParseHours(key); err != nil {
				return err
			}
		}
	}
	next, err := m.draft.WithWeek(from, ordinary, week)
	if err != nil {
		return err
	}
	m.draft = next
	m.Changed()
	return nil
}

// madeUpHours reads the hours of a day that is made up for; "" are those of an
// ordinary day.
func madeUpHours(text string) (workday.Hours, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	return ParseHours(text)
}

// DeclareMadeUp is Declare for a day that is made up for, with hours of its own
// unless the text is empty.
func (m *Calendar) DeclareMadeUp(s workday.Special, hours string) error {
	var err error
	if s.Hours, err = madeUpHours(hours); err != nil {
		return err
	}
	if len(s.Hours) > 0 && s.Kind != workday.MakeUp {
		return &data.Error{Code: data.Invalid, Field: "hours", Message: fmt.Sprintf("Ngày %s là ngày nghỉ, không có giờ làm việc. Để trống ô này.", s.Date)}
	}
	return m.Declare(s)
}
