package why

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// Reason explains a due date.
type Reason struct {
	Summary string
	Warning string // "" when the computed date is the printed one
	Days    []Day
}

// Day is one day of the strip.
type Day struct {
	Day                 data.Day
	Date, Weekday, Note string
	Kind                workday.Step
	Counted             bool
	Due                 bool
}

// Of explains the due date of a dossier, stored or about to be; nil when there
// is nothing to explain.
func Of(d *desk.Desk, one *data.Dossier) *Reason {
	x, ok := d.Explain(one)
	if !ok {
		return nil
	}
	w := &Reason{Summary: x.Basis + ": " + x.Term.String() + "."}
	if x.Proposed {
		w.Summary += " Có ngày thuộc năm mà lịch nghỉ mới là dự kiến."
	}
	switch {
	case !x.Agrees:
		w.Warning = fmt.Sprintf("Ngày hẹn đã ghi là %s; tính theo thời hạn là %s.", x.Printed.Day, x.Due.Day)
	case one.On(data.MaxDay).Missed && one.On(data.MaxDay).Paused:
		w.Warning = fmt.Sprintf("Hồ sơ đã quá hạn trước khi chờ bổ sung: ngày hẹn %s không lùi nữa.", x.Printed.Day)
	case x.Open && one.Mode == data.RunOn:
		w.Warning = "Đang chờ bổ sung; thủ tục này không trừ thời gian chờ nên ngày hẹn không lùi."
	case x.Open:
		w.Warning = "Đang chờ bổ sung nên ngày hẹn còn lùi."
	}
	for _, day := range x.Days {
		w.Days = append(w.Days, Day{Day: day.Date, Date: day.Date.String(), Weekday: day.Weekday(), Note: day.Note(), Kind: day.Kind, Counted: day.Counted, Due: day.Due})
	}
	return w
}
