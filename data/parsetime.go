package data

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clockForms are the ways of writing a time of day: 7:30, 7h30, 7 giờ 30 phút,
// 7.30, 7 30, 0730, 7h. After a dot or a comma the minutes have two digits, since
// 7,5 may mean half past.
var clockForms = regexp.MustCompile(`^(?:(\d{1,2}) ?(?::|h|g|giờ) ?(\d{1,2})?|(\d{1,2}) ?[., ] ?(\d{2})|(\d{1,2})(\d{2})|(\d{1,2}))(?: ?(?:p|phút))?$`)

// ParseClock reads a time of day: 7:30, 7h30, 7 giờ 30 phút, 7g30p, 7.30, 7,30,
// 0730, 730 and 7h are what they look like; an empty text is the unknown time. The
// error is an *Error without a field.
func ParseClock(text string) (Clock, error) {
	s := strings.ToLower(plain(text))
	if s == "" {
		return 0, nil
	}
	if m := clockForms.FindStringSubmatch(strings.Join(strings.Fields(s), " ")); m != nil {
		hour, _ := strconv.Atoi(m[1] + m[3] + m[5] + m[7])
		minute, _ := strconv.Atoi(m[2] + m[4] + m[6])
		minutes := strings.HasSuffix(s, "p") || strings.HasSuffix(s, "phút")
		if hour < 24 && minute < 60 && (!minutes || m[2]+m[4] != "") {
			return At(hour, minute), nil
		}
	}
	return 0, Fail(Invalid, fmt.Sprintf("«%s» không phải là giờ. Viết ví dụ 7:30, 7h30 hoặc 0730.", shown(text)), nil)
}

func badDay(text string) error {
	return &Error{Code: Invalid, Field: "date", Message: fmt.Sprintf("«%s» không phải là ngày. Viết ngày/tháng/năm, ví dụ 05/03/2022 hoặc 0503.", shown(text))}
}

// dayWord matches the words for today.
var dayWord = regexp.MustCompile(`^(h|nay|hôm nay|hom nay)$`)

// ParseDay reads a date as officers type it: 05/03/2022, 5/3/22, 5/3, 5-3, 0503,
// 050322, 05032022, 2022-03-05, 5, «hôm nay» or h, and +3 or -3 for days from
// today. A year, or month and year, left out are those of old, the value that is
// replaced, else of today. An empty text is NoDay. The error is an *Error of the
// field "date".
func ParseDay(text string, today, old Day) (Day, error) {
	s := strings.ToLower(plain(text))
	if s == "" {
		return NoDay, nil
	}
	if dayWord.MatchString(s) {
		return today, nil
	}
	if s[0] == '+' || s[0] == '-' {
		if n, ok := ParseWhole(s[1:], 99_999); ok {
			if s[0] == '-' {
				n = -n
			}
			return today + Day(n), nil
		}
	}
	if !old.Known() {
		old = today
	}
	d, m, y, err := dayParts(s)
	if err != nil {
		return NoDay, err
	}
	year, month, _ := old.Civil()
	if m == 0 {
		m, y = int(month), strconv.Itoa(year)
	}
	if y == "" {
		y = strconv.Itoa(year)
	}
	return civilDay(d, m, FullYear(y, today))
}

// ParseFullDay reads a date whose year is written in full; an empty text is NoDay.
// The error is an *Error of the field "date".
func ParseFullDay(text string) (Day, error) {
	s := plain(text)
	if s == "" {
		return NoDay, nil
	}
	d, m, y, err := dayParts(s)
	if err != nil {
		return NoDay, err
	}
	year, _ := strconv.Atoi(y)
	if len(y) != 4 {
		return NoDay, badDay(s)
	}
	return civilDay(d, m, year)
}

func civilDay(d, m, y int) (Day, error) {
	if !ValidDate(y, m, d) {
		return NoDay, &Error{Code: Invalid, Field: "date", Message: fmt.Sprintf("%02d/%02d/%04d không có trong lịch. Sửa ngày.", d, m, y)}
	}
	if y < FirstYear || y > LastYear {
		return NoDay, &Error{Code: Invalid, Field: "date", Message: fmt.Sprintf("Năm %d không hợp lý. Sửa năm.", y)}
	}
	return Date(y, time.Month(m), d), nil
}

// FullYear reads a year of one to four digits. Of two digits it is of this century
// up to ten years from today, since terms reach into the future, else of the last;
// without a today it is of the years 2000 to 2099.
func FullYear(digits string, today Day) int {
	n, _ := strconv.Atoi(digits)
	switch {
	case len(digits) > 2:
		return n
	case !today.Known():
		return 2000 + n
	}
	now := today.Year()
	year := now - now%100 + n
	if n > now%100+10 {
		year -= 100
	}
	return year
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	dayStroke = regexp.MustCompile(`^(\d{1,2})(?: ?[/. -] ?(\d{1,2})(?: ?[/. -] ?(\d{1,2}|\d{4}))?)?$`)
	dayDigits = regexp.MustCompile(`^(?:(\d)(\d{2})|(\d{2})(\d{2})|(\d)(\d{2})(\d{2})|(\d{2})(\d{2})(\d{2})|(\d)(\d{2})(\d{4})|(\d{2})(\d{2})(\d{4}))$`)
)

// dayParts cuts a date into day, month and the digits of the year; month 0 and ""
// where they are left out.
func dayParts(s string) (day, month int, year string, err error) {
	s = strings.Join(strings.Fields(s), " ")
	if m := isoDate.FindStringSubmatch(s); m != nil {
		day, _ = strconv.Atoi(m[3])
		month, _ = strconv.Atoi(m[2])
		return day, month, m[1], nil
	}
	m := dayStroke.FindStringSubmatch(s)
	if m == nil {
		if m = dayDigits.FindStringSubmatch(s); m == nil {
			return 0, 0, "", badDay(s)
		}
		m = []string{s, m[1] + m[3] + m[5] + m[8] + m[11] + m[14], m[2] + m[4] + m[6] + m[9] + m[12] + m[15], m[7] + m[10] + m[13] + m[16]}
	}
	day, _ = strconv.Atoi(m[1])
	if month, err = strconv.Atoi(m[2]); m[2] != "" && (err != nil || month == 0) {
		return 0, 0, "", badDay(s)
	}
	return day, month, m[3], nil
}

// ParseMoment reads the form of commands and stored facts: YYYY-MM-DD, with a time
// of day after a space or T where it is known. The error is an *Error without a
// field.
func ParseMoment(text string) (Moment, error) {
	day, clock, timed := strings.Cut(strings.Replace(strings.TrimSpace(text), "T", " ", 1), " ")
	d, err := ParseISO(day)
	if err != nil || !timed {
		return Moment{Day: d}, err
	}
	c, err := ParseClock(clock)
	if err != nil {
		return Moment{}, err
	}
	return Moment{Day: d, Clock: c}, nil
}
