package workday

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/text"
)

// Declare returns the calendar with a special day; an earlier entry of the day is
// replaced. It stands as firmly as its year. Errors carry the field "day", "name"
// or "hours".
func (c *Calendar) Declare(s Special) (*Calendar, error) {
	s.Name = text.Line(s.Name)
	switch {
	case !s.Date.Known():
		return nil, &data.Error{Code: data.Invalid, Field: "day", Message: "Nhập ngày."}
	case s.Name == "":
		return nil, &data.Error{Code: data.Invalid, Field: "name", Message: "Nhập tên ngày nghỉ hoặc lý do."}
	case len(s.Hours) > 0 && s.Kind != MakeUp:
		return nil, &data.Error{Code: data.Invalid, Field: "hours", Message: fmt.Sprintf("Ngày %s là ngày nghỉ, không có giờ làm việc. Để trống ô này.", s.Date)}
	}
	y := c.Year(s.Date.Year())
	s.Standing = y.Standing
	y.Days = append(without(y.Days, s.Date), s)
	return c.With(y)
}

// Swap returns the calendar with a working day free and a day of the weekend worked
// in its place (hoán đổi). Errors carry the field "off", "worked" or "name".
func (c *Calendar) Swap(off, worked data.Day, name, basis string) (*Calendar, error) {
	switch w := worked.Weekday(); {
	case !off.Known():
		return nil, &data.Error{Code: data.Invalid, Field: "off", Message: "Nhập ngày được nghỉ."}
	case !worked.Known():
		return nil, &data.Error{Code: data.Invalid, Field: "worked", Message: "Nhập ngày làm bù."}
	case c.Rests(off):
		return nil, &data.Error{Code: data.Invalid, Field: "off", Message: fmt.Sprintf("%s là %s, vốn đã nghỉ. Nhập một ngày làm việc.", off, dayNames[off.Weekday()])}
	case w != time.Saturday && w != time.Sunday:
		return nil, &data.Error{Code: data.Invalid, Field: "worked", Message: fmt.Sprintf("%s là %s. Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.", worked, dayNames[w])}
	}
	next, err := c.Declare(Special{Date: off, Kind: Swapped, Name: name, Basis: basis, For: worked})
	if err != nil {
		return nil, err
	}
	return next.Declare(Special{Date: worked, Kind: MakeUp, Name: "Làm bù cho ngày " + off.String(), Basis: basis, For: off})
}

// Undeclare returns the calendar with an ordinary day in the place of a special one;
// the other day of a swap goes with it.
func (c *Calendar) Undeclare(d data.Day) (*Calendar, error) {
	s, ok := c.Special(d)
	if !ok {
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Ngày %s không có gì đặc biệt để bỏ.", d), nil)
	}
	y := c.Year(d.Year())
	y.Days = without(y.Days, d)
	next, err := c.With(y)
	if err != nil || s.Kind != Swapped && s.Kind != MakeUp {
		return next, err
	}
	if other, ok := next.Special(s.For); ok && other.For == d {
		return next.Undeclare(s.For)
	}
	return next, nil
}

func without(days []Special, d data.Day) []Special {
	return slices.DeleteFunc(slices.Clone(days), func(s Special) bool { return s.Date == d })
}

// ParseHours reads sessions, one a line or parted by commas, as «07:00-11:30,
// 13:30-17:00». Its errors carry the field "hours".
func ParseHours(typed string) (Hours, error) {
	var hours Hours
	for _, part := range strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = strings.TrimSpace(strings.ReplaceAll(part, "–", "-"))
		if part == "" {
			continue
		}
		a, b, ok := strings.Cut(part, "-")
		if !ok {
			return nil, &data.Error{Code: data.Invalid, Field: "hours", Message: fmt.Sprintf("Buổi «%s» không đúng. Viết theo mẫu 07:00-11:30.", part)}
		}
		from, err := data.ParseClock(a)
		if err != nil {
			return nil, data.InField(err, "hours")
		}
		to, err := data.ParseClock(b)
		if err != nil {
			return nil, data.InField(err, "hours")
		}
		hours = append(hours, Session{From: from, To: to})
	}
	return hours, hours.Validate()
}
