package workday

import (
	"fmt"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/text"
)

// Step is the part that one day plays in a term. Its key stands in the JSON of
// an explanation.
type Step string

// The steps.
const (
	StepReceived Step = "received" // the day of reception
	StepRestart  Step = "restart"  // the supplement came and the term begins anew
	StepWork     Step = "work"     // an ordinary working day
	StepMakeUp   Step = "makeup"   // a Saturday worked for a swapped day
	StepWeekend  Step = "weekend"  // weekly rest
	StepHoliday  Step = "holiday"  // public holiday
	StepInLieu   Step = "inlieu"   // day off in lieu
	StepSwap     Step = "swap"     // day off, worked on another day
	StepPause    Step = "pause"    // would count, but the office waits for a supplement
)

// Day is one line of an explanation.
type Day struct {
	Date    data.Day
	Kind    Step
	Counted bool
	Minutes int  // terms in hours: the minutes counted on the day
	Running int  // counted so far, the day included: days, or minutes for terms in hours
	Asked   bool // a supplement was asked on the day
	Came    bool // a supplement came on the day
	Rolled  bool // the term had ended; the day is free, so the due date moves on
	Due     bool // the day is the due date
	Special Special
	unit    data.TermUnit
}

// Explanation is a due date with the days that led to it. The days and the date
// come out of one walk over the calendar, so they cannot disagree.
type Explanation struct {
	Received data.Moment
	Term     data.Term
	Mode     data.PauseMode
	Due      data.Moment // unknown while a pause is open and no day was assumed
	Days     []Day       // from the day of reception to the due date, or to the open pause
	Counted  int         // counted in all: days, or minutes for terms in hours
	Open     bool        // a pause is open; a known Due then assumes that it ends on Options.AsOf
	Proposed bool        // a day of the walk lies in a year whose calendar is not decided
}

// Note returns the Vietnamese remark of the line, as it is shown and printed.
func (d Day) Note() string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	switch d.Kind {
	case StepReceived:
		switch {
		case d.Minutes > 0:
			add("Tiếp nhận, tính %s", duration(d.Minutes))
		case d.unit == data.WorkingHours:
			add("Tiếp nhận sau giờ làm việc")
		case d.unit == data.SameDay && d.Due:
			add("Tiếp nhận, giải quyết trong ngày")
		default:
			add("Ngày tiếp nhận, không tính")
		}
		if d.Special.Kind.Off() {
			add("%s: %s", strings.ToLower(d.Special.Kind.String()), d.Special.Name)
		}
	case StepRestart:
		add("Đã bổ sung đủ, thời hạn tính lại từ đầu")
		if d.Counted {
			d.count(add)
		}
	case StepWork, StepMakeUp:
		if d.Kind == StepMakeUp {
			add("%s, làm bù%s", weekdayName(d.Date), forDay(" cho ngày ", d.Special.For))
		}
		d.count(add)
	case StepPause:
		add("Chờ bổ sung, không tính")
	case StepWeekend:
		add("%s, nghỉ hằng tuần", weekdayName(d.Date))
		d.count(add)
	case StepHoliday:
		add("Nghỉ lễ: %s", d.Special.Name)
		d.count(add)
	case StepInLieu:
		add("Nghỉ bù: %s%s", d.Special.Name, forDay(", ngày ", d.Special.For))
		d.count(add)
	case StepSwap:
		add("Nghỉ hoán đổi: %s%s", d.Special.Name, forDay(", làm bù ngày ", d.Special.For))
		d.count(add)
	}
	if d.Special.Standing == Proposed && d.Special.Date.Known() {
		add("lịch dự kiến")
	}
	if d.Asked {
		add("yêu cầu bổ sung")
	}
	if d.Came && d.Kind != StepRestart {
		add("đã bổ sung")
	}
	if d.Rolled {
		add("hết thời hạn vào ngày nghỉ, chuyển sang ngày làm việc kế tiếp")
	}
	if d.Due {
		add("hẹn trả kết quả")
	}
	return text.Sentence(strings.Join(parts, "; "))
}

// count tells which day or how much of the term the day is.
func (d Day) count(add func(string, ...any)) {
	switch {
	case d.Counted && d.unit == data.WorkingHours:
		add("tính %s", duration(d.Minutes))
	case d.Counted && (d.unit == data.WorkingDays || d.unit == data.SameDay):
		add("ngày làm việc thứ %d", d.Running)
	case d.Counted:
		add("ngày thứ %d", d.Running)
	case d.Kind == StepWork || d.Kind == StepMakeUp:
		add("ngày làm việc, thời hạn đã hết")
	}
}

func duration(minutes int) string {
	h, m := minutes/60, minutes%60
	switch {
	case h == 0:
		return fmt.Sprintf("%d phút", m)
	case m == 0:
		return fmt.Sprintf("%d giờ", h)
	}
	return fmt.Sprintf("%d giờ %d phút", h, m)
}

func forDay(before string, d data.Day) string {
	if !d.Known() {
		return ""
	}
	return before + d.String()
}

func weekdayName(d data.Day) string { return WeekdayName(d.Weekday()) }

// WeekdayName returns the Vietnamese name of a weekday.
func WeekdayName(d time.Weekday) string { return dayNames[d] }

// dayNames are the Vietnamese names, by time.Weekday.
var dayNames = [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// Weekday returns the Vietnamese name of the weekday of the line.
func (d Day) Weekday() string { return weekdayName(d.Date) }
