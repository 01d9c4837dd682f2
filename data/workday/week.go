package workday

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/data"
)

// Week holds the sessions of each weekday, by time.Weekday. A weekday without
// sessions is one of weekly rest.
type Week [7]Hours

// FiveDays returns the week of Decision 188/1999/QĐ-TTg: Monday to Friday are
// worked, all with the same hours.
func FiveDays(h Hours) Week {
	var w Week
	for day := time.Monday; day <= time.Friday; day++ {
		w[day] = h
	}
	return w
}

// weekOrder lists the weekdays from Monday on, with their keys in calendar files.
var weekOrder = []struct {
	day time.Weekday
	key string
}{{time.Monday, "t2"}, {time.Tuesday, "t3"}, {time.Wednesday, "t4"}, {time.Thursday, "t5"}, {time.Friday, "t6"}, {time.Saturday, "t7"}, {time.Sunday, "cn"}}

// Validate checks that a day of the week is worked and that the sessions of each
// are in order. It returns an *data.Error.
func (w Week) Validate() error {
	worked := false
	for _, h := range w {
		if len(h) == 0 {
			continue
		}
		worked = true
		if err := h.Validate(); err != nil {
			return err
		}
	}
	if !worked {
		return &data.Error{Code: data.Invalid, Field: "week", Message: "Tuần chưa có ngày làm việc nào. Chọn ít nhất một ngày."}
	}
	return nil
}

// Unusual tells in words what differs from five days of the hours h, such as
// "Thứ Bảy 07:00-11:30"; "" when nothing does.
func (w Week) Unusual(h Hours) string {
	usual := FiveDays(h)
	var parts []string
	for _, x := range weekOrder {
		switch {
		case slices.Equal(w[x.day], usual[x.day]):
		case len(w[x.day]) == 0:
			parts = append(parts, dayNames[x.day]+" nghỉ")
		default:
			parts = append(parts, dayNames[x.day]+" "+w[x.day].String())
		}
	}
	return strings.Join(parts, "; ")
}

// clone returns a copy that shares nothing with the week.
func (w Week) clone() Week {
	for i := range w {
		w[i] = slices.Clone(w[i])
	}
	return w
}

// regime is how the office works from a day on, until the next regime.
type regime struct {
	from  data.Day
	hours Hours // of an ordinary day, and of days that are made up for
	week  Week
}

// regime returns the one of a day.
func (c *Calendar) regime(d data.Day) *regime {
	i := len(c.regimes) - 1
	for i > 0 && c.regimes[i].from > d {
		i--
	}
	return &c.regimes[i]
}

// latest returns the regime that holds in the end.
func (c *Calendar) latest() *regime { return &c.regimes[len(c.regimes)-1] }

// Hours returns the office hours of an ordinary day, as they are in the end; see
// Sessions for those of a certain day.
func (c *Calendar) Hours() Hours { return slices.Clone(c.latest().hours) }

// Week returns the sessions of the plain week, as they are in the end.
func (c *Calendar) Week() Week { return c.latest().week.clone() }

// Since returns from which day on Hours and Week hold; unknown when they always
// did.
func (c *Calendar) Since() data.Day {
	if len(c.regimes) == 1 {
		return data.NoDay
	}
	return c.latest().from
}

// WithWeek returns the calendar with other office hours and another plain week
// from a day on; what was said for later days gives way. An unknown day means
// always. The hours are those of days that are made up for, too.
func (c *Calendar) WithWeek(from data.Day, h Hours, w Week) (*Calendar, error) {
	if err := h.Validate(); err != nil {
		return nil, err
	}
	if err := w.Validate(); err != nil {
		return nil, err
	}
	next := regime{from: firstDay, hours: slices.Clone(h), week: w.clone()}
	var regimes []regime
	if from.Known() && from > firstDay {
		if !c.Covers(from) {
			return nil, &data.Error{Code: data.Invalid, Field: "from", Message: fmt.Sprintf("Ngày %s ở ngoài lịch làm việc (từ năm %d đến năm %d).", from, FirstYear, LastYear)}
		}
		next.from = from
		for _, r := range c.regimes {
			if r.from < from {
				regimes = append(regimes, r)
			}
		}
	}
	return build(append(regimes, next), c.given())
}

// given returns the years that were given.
func (c *Calendar) given() []Year {
	years := make([]Year, 0, len(c.years))
	for _, y := range c.years {
		years = append(years, y)
	}
	return years
}

// Sessions returns the sessions of a day; none when the office is closed.
func (c *Calendar) Sessions(d data.Day) Hours {
	if !c.IsWorking(d) {
		return nil
	}
	r := c.regime(d)
	if s, ok := c.Special(d); ok && s.Kind == MakeUp {
		if len(s.Hours) > 0 {
			return s.Hours
		}
		return r.hours
	}
	return r.week[d.Weekday()]
}

// Rests reports whether the day is one of weekly rest, whatever was declared for
// it.
func (c *Calendar) Rests(d data.Day) bool { return len(c.regime(d).week[d.Weekday()]) == 0 }

// Session is a stretch of office hours, from the minute From up to the minute
// To.
type Session struct {
	From, To data.Clock
}

// Hours are the sessions of a working day, in order.
type Hours []Session

// DefaultHours are the office hours that provincial software ships: 7:00 to
// 11:30 and 13:30 to 17:00, eight hours (register-and-reports 3.3).
var DefaultHours = Hours{{data.At(7, 0), data.At(11, 30)}, {data.At(13, 30), data.At(17, 0)}}

// Validate checks that there is a session, that each ends after it begins, and
// that they follow each other without overlap. It returns an *data.Error.
func (h Hours) Validate() error {
	if len(h) == 0 {
		return &data.Error{Code: data.Invalid, Field: "hours", Message: "Lịch làm việc chưa có giờ làm việc. Nhập ít nhất một buổi."}
	}
	for i, s := range h {
		if !s.From.Known() || !s.To.Known() || s.To <= s.From || s.To.Minutes() > 24*60 || i > 0 && s.From < h[i-1].To {
			return &data.Error{Code: data.Invalid, Field: "hours", Message: fmt.Sprintf("Giờ làm việc %s không đúng: mỗi buổi phải kết thúc sau lúc bắt đầu và các buổi không chồng nhau.", h)}
		}
	}
	return nil
}

// String returns for example "07:00-11:30, 13:30-17:00".
func (h Hours) String() string {
	parts := make([]string, len(h))
	for i, s := range h {
		parts[i] = s.From.String() + "-" + s.To.String()
	}
	return strings.Join(parts, ", ")
}

// Opening returns the minute at which the first session begins.
func (h Hours) Opening() data.Clock { return h[0].From }

// Closing returns the minute at which the last session ends.
func (h Hours) Closing() data.Clock { return h[len(h)-1].To }

// Spans reports whether the time of day lies between opening and closing, both
// included; false when there is no session.
func (h Hours) Spans(c data.Clock) bool {
	return len(h) > 0 && c >= h.Opening() && c <= h.Closing()
}

// Within returns the time of day moved into office hours: before a session its
// beginning, after the last session its end. An unknown time stays unknown.
func (h Hours) Within(c data.Clock) data.Clock {
	if !c.Known() {
		return c
	}
	for _, s := range h {
		if c < s.From {
			return s.From
		}
		if c <= s.To {
			return c
		}
	}
	return h.Closing()
}
