package view

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// Why explains a due date.
type Why struct {
	Summary string
	Warning string // "" when the computed date is the printed one
	Days    []WhyDay
}

// WhyDay is one day of the strip.
type WhyDay struct {
	Day                 data.Day
	Date, Weekday, Note string
	Kind                workday.Step
	Counted             bool
	Due                 bool
}

// WhyOf explains the due date of a dossier, stored or about to be; nil when there
// is nothing to explain.
func WhyOf(d *desk.Desk, one *data.Dossier) *Why {
	x, ok := d.Explain(one)
	if !ok {
		return nil
	}
	w := &Why{Summary: x.Basis + ": " + x.Term.String() + "."}
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
		w.Days = append(w.Days, WhyDay{Day: day.Date, Date: day.Date.String(), Weekday: day.Weekday(), Note: day.Note(), Kind: day.Kind, Counted: day.Counted, Due: day.Due})
	}
	return w
}
