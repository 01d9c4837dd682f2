package data

import (
	"fmt"
	"time"
)

// Day is a calendar date as the number of days since 1 January 1970. It has no
// time of day and no time zone. The zero value means that the date is unknown.
type Day int32

// NoDay is the unknown date.
const NoDay Day = 0

// MaxDay is later than every date that can be stored; figures use it as an
// open end.
const MaxDay Day = 1<<31 - 1

// Date returns the day of a Gregorian date. It normalises like time.Date:
// 31 April is 1 May.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DayOf returns the date that t shows in its own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Date(y, m, d)
}

// ValidDate reports whether year-month-day is a date of the calendar.
func ValidDate(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 1 || year > 9999 {
		return false
	}
	y, m, d := Date(year, time.Month(month), day).Civil()
	return y == year && int(m) == month && d == day
}

// Time returns midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Civil returns year, month and day of the month.
func (d Day) Civil() (int, time.Month, int) { return d.Time().Date() }

// Year returns the Gregorian year.
func (d Day) Year() int { return d.Time().Year() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday {
	// 1 January 1970 was a Thursday.
	return time.Weekday(((int(d)+4)%7 + 7) % 7)
}

// Known reports whether the date is known.
func (d Day) Known() bool { return d != NoDay }

// ISO returns YYYY-MM-DD, the form of commands and JSON, or "" when unknown.
func (d Day) ISO() string {
	if d == NoDay {
		return ""
	}
	return d.Time().Format("2006-01-02")
}

// String returns dd/mm/yyyy, the form of screens and paper, or "" when unknown.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	y, m, dd := d.Civil()
	return fmt.Sprintf("%02d/%02d/%04d", dd, int(m), y)
}

// ParseISO reads YYYY-MM-DD.
func ParseISO(s string) (Day, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return NoDay, &Error{Code: Invalid, Message: fmt.Sprintf("Ngày «%s» không đúng. Viết theo mẫu NĂM-THÁNG-NGÀY, ví dụ 2022-12-31.", s)}
	}
	return DayOf(t), nil
}

// Clock is a time of day: 0 when unknown, else minutes since midnight plus one.
// A date without a time of day is a date, not midnight.
type Clock int16

// At returns the clock time hour:minute.
func At(hour, minute int) Clock { return Clock(hour*60+minute) + 1 }

// Known reports whether the time of day is known.
func (c Clock) Known() bool { return c > 0 }

// Minutes returns minutes since midnight; 0 when unknown.
func (c Clock) Minutes() int {
	if c <= 0 {
		return 0
	}
	return int(c) - 1
}

// String returns HH:MM, or "" when unknown.
func (c Clock) String() string {
	if !c.Known() {
		return ""
	}
	m := c.Minutes()
	return fmt.Sprintf("%02d:%02d", m/60, m%60)
}

// Moment is a date with a time of day where it is known.
type Moment struct {
	Day   Day   `json:"Day"`
	Clock Clock `json:"Clock"`
}

// MomentOf returns the date and minute that t shows in its own location.
func MomentOf(t time.Time) Moment {
	return Moment{DayOf(t), At(t.Hour(), t.Minute())}
}

// MomentAt returns the date and minute in a zone of Unix seconds, in which records keep when
// something was done.
func MomentAt(unix int64, zone *time.Location) Moment { return MomentOf(time.Unix(unix, 0).In(zone)) }

// Known reports whether the date is known.
func (m Moment) Known() bool { return m.Day.Known() }

// Before orders moments by date, then by minute; an unknown time of day is
// equal to every time of its day.
func (m Moment) Before(n Moment) bool {
	if m.Day != n.Day {
		return m.Day < n.Day
	}
	return m.Clock.Known() && n.Clock.Known() && m.Clock < n.Clock
}

// String returns dd/mm/yyyy HH:MM, without the time of day when it is unknown.
func (m Moment) String() string {
	if !m.Clock.Known() {
		return m.Day.String()
	}
	return m.Day.String() + " " + m.Clock.String()
}
