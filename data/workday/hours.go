package workday

import (
	"fmt"
	"strings"

	"giaoban/data"
)

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

// Minutes returns the working minutes of a day.
func (h Hours) Minutes() int {
	n := 0
	for _, s := range h {
		n += s.To.Minutes() - s.From.Minutes()
	}
	return n
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
