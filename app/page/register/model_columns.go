package register

import (
	"fmt"
	"slices"

	"giaoban/data"
)

// Column is one column that the list can show.
type Column struct {
	ID, Title string
	Sorted    bool // the list can be ordered by it
	Usual     bool // shown until the officer chooses otherwise
	Person    bool // names of persons
	Private   bool // addresses and phones
	text      func(x *Row) string
}

// Text is what stands in the column, "" for a row that was not read yet.
func (c *Column) Text(x *Row) string {
	if x.d == nil {
		return ""
	}
	return c.text(x)
}

// Columns returns all columns that the list can show.
func Columns() []Column { return slices.Clone(columns) }

// columns are all columns, in their usual order. The ids of those that sort
// are the orders of the register.
var columns = []Column{
	{ID: "code", Title: "Mã hồ sơ", Sorted: true, Usual: true, text: func(x *Row) string { return x.d.Code }},
	{ID: "owner", Title: "Chủ hồ sơ", Sorted: true, Usual: true, text: func(x *Row) string { return x.d.Owner.Name }, Person: true},
	{ID: "procedure", Title: "Thủ tục", Sorted: true, Usual: true, text: func(x *Row) string { return x.c.ProcedureOf(x.d) }},
	{ID: "unit", Title: "Đơn vị", Sorted: true, Usual: true, text: func(x *Row) string { return data.ShortUnit(x.c.Unit(x.d.Unit).Name) }},
	{ID: "received", Title: "Ngày nhận", Sorted: true, Usual: true, text: func(x *Row) string { return x.d.Received.Day.String() }},
	{ID: "due", Title: "Hẹn trả", Sorted: true, Usual: true, text: (*Row).dueText},
	{ID: "ended", Title: "Xong", Sorted: true, Usual: true, text: func(x *Row) string { return x.s.Ended.Day.String() }},
	{ID: "status", Title: "Tình trạng", Sorted: true, Usual: true, text: (*Row).stateText},
	{ID: "days", Title: "Quá hạn / còn (ngày)", text: (*Row).daysText},
	{ID: "returned", Title: "Ngày trả", text: func(x *Row) string { return x.s.Returned.Day.String() }},
	{ID: "ownDue", Title: "Hạn của đơn vị", text: func(x *Row) string { return x.d.OwnDue.Day.String() }},
	{ID: "seq", Title: "Số thứ tự / quyển", text: (*Row).seqText},
	{ID: "field", Title: "Lĩnh vực", Sorted: true, text: func(x *Row) string { return x.c.Field(x.d.Field).Name }},
	{ID: "content", Title: "Nội dung", text: func(x *Row) string { return x.d.Content }},
	{ID: "phone", Title: "Điện thoại", text: func(x *Row) string { return x.d.Owner.Phone }, Private: true},
	{ID: "address", Title: "Địa chỉ", text: func(x *Row) string { return x.d.Owner.Address }, Private: true},
	{ID: "agent", Title: "Người nộp", text: func(x *Row) string { return x.d.Agent.Name }, Person: true},
	{ID: "channel", Title: "Hình thức nhận", text: func(x *Row) string { return x.d.Channel.String() }},
	{ID: "officer", Title: "Người tiếp nhận", text: func(x *Row) string { return x.d.Officer }},
	{ID: "desk", Title: "Bộ phận đang giữ", text: func(x *Row) string { return x.s.Desk }},
	{ID: "apology", Title: "Thư xin lỗi", text: (*Row).apologyText},
	{ID: "receiver", Title: "Nơi tiếp nhận", text: func(x *Row) string { return data.ShortUnit(x.c.Unit(x.d.Receiver).Name) }},
	{ID: "helper", Title: "Nơi hướng dẫn", text: func(x *Row) string { return data.ShortUnit(x.c.Unit(x.d.Helper).Name) }},
	{ID: "external", Title: "Mã ở hệ thống khác", text: func(x *Row) string { return x.d.ExternalCode }},
	{ID: "note", Title: "Ghi chú", text: func(x *Row) string { return x.d.Note }},
}

func (x *Row) dueText() string {
	if x.s.Status == 0 { // received after the day asked
		return x.d.Due.Day.String()
	}
	return x.s.Due.Day.String()
}

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

func (x *Row) seqText() string {
	if x.d.Seq == 0 {
		return ""
	}
	return fmt.Sprintf("%d / %d", x.d.Seq, x.d.Book)
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
