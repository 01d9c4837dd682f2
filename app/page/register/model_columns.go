package register

import (
	"fmt"

	"giaoban/data"
)

func (x *Row) stateText() string {
	if x.s.Status == 0 {
		return "Nhận sau " + x.day.String()
	}
	return stateWord(x.s, x.Outcome)
}

// daysText tells working days: of lateness with a sign, or left.
func (x *Row) daysText() string {
	cal := x.calendar
	switch x.Outcome {
	case data.Overdue:
		return fmt.Sprintf("quá %d", cal.WorkingDays(x.s.Due.Day+1, x.day))
	case data.Late:
		return fmt.Sprintf("quá %d", cal.WorkingDays(x.s.Due.Day+1, x.s.Ended.Day))
	case data.PendingInTime:
		if x.s.Due.Known() {
			return fmt.Sprintf("còn %d", cal.WorkingDays(x.day+1, x.s.Due.Day))
		}
	}
	return ""
}

func (x *Row) apologyText() string {
	switch {
	case x.s.Apologies > 0:
		return "Có"
	case x.Outcome == data.Overdue || x.Outcome == data.Late:
		return "Chưa"
	}
	return ""
}
