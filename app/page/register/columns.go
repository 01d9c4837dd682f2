package register

import (
	"fmt"

	"fyne.io/fyne/v2"

	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
)

// Columns are all columns that the list can show, in their usual order. The ids of those
// that sort are the orders of the register. A row that was not read yet has no texts.
func Columns() []list.Column[Row] {
	all := []list.Column[Row]{
		{ID: "code", Title: "Mã hồ sơ", Width: 168, Min: 150, Flex: 0.01, Text: func(x *Row) string { return x.d.Code }},
		{ID: "owner", Title: "Chủ hồ sơ", Width: 150, Min: 84, Flex: 1.5, Person: true, Text: func(x *Row) string { return x.d.Owner.Name }},
		{ID: "procedure", Title: "Thủ tục", Width: 180, Min: 96, Flex: 3, Text: func(x *Row) string { return x.c.ProcedureOf(x.d) }},
		{ID: "unit", Title: "Đơn vị", Width: 150, Min: 72, Flex: 2, Spare: 3, Text: func(x *Row) string { return data.ShortUnit(x.c.Unit(x.d.Unit).Name) }, Role: func(*Row) fyne.ThemeColorName { return widget.ColorSecondary }},
		{ID: "received", Title: "Ngày nhận", Width: widget.WidthDate, Spare: 2, Text: func(x *Row) string { return x.d.Received.Day.String() }},
		{ID: "due", Title: "Hẹn trả", Width: widget.WidthDate, Text: func(x *Row) string { return kit.If(x.s.Status == 0, x.d.Due, x.s.Due).Day.String() }},
		{ID: "ended", Title: "Xong", Width: widget.WidthDate, Spare: 1, Text: func(x *Row) string { return x.s.Ended.Day.String() }},
		{ID: "status", Title: "Tình trạng", Width: widget.WidthState - 8, Text: (*Row).stateText, Mark: (*Row).mark},
		{ID: "days", Title: "Quá hạn / còn (ngày)", Width: 80, Fixed: true, Off: true, Spare: 1, Text: (*Row).daysText},
		{ID: "returned", Title: "Ngày trả", Width: widget.WidthDate, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.s.Returned.Day.String() }},
		{ID: "ownDue", Title: "Hạn của đơn vị", Width: widget.WidthDate, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.d.OwnDue.Day.String() }},
		{ID: "seq", Title: "Số thứ tự / quyển", Width: 80, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return kit.If(x.d.Seq == 0, "", fmt.Sprintf("%d / %d", x.d.Seq, x.d.Book)) }},
		{ID: "field", Title: "Lĩnh vực", Width: 140, Flex: 1.5, Off: true, Spare: 1, Text: func(x *Row) string { return x.c.Field(x.d.Field).Name }},
		{ID: "content", Title: "Nội dung", Width: 160, Flex: 2, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.d.Content }},
		{ID: "phone", Title: "Điện thoại", Width: 100, Fixed: true, Off: true, Spare: 1, Private: true, Text: func(x *Row) string { return x.d.Owner.Phone }},
		{ID: "address", Title: "Địa chỉ", Width: 150, Flex: 2, Fixed: true, Off: true, Spare: 1, Private: true, Text: func(x *Row) string { return x.d.Owner.Address }},
		{ID: "agent", Title: "Người nộp", Width: 130, Flex: 1, Fixed: true, Off: true, Spare: 1, Person: true, Text: func(x *Row) string { return x.d.Agent.Name }},
		{ID: "channel", Title: "Hình thức nhận", Width: 100, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.d.Channel.String() }},
		{ID: "officer", Title: "Người tiếp nhận", Width: 130, Flex: 1, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.d.Officer }},
		{ID: "desk", Title: "Bộ phận đang giữ", Width: 130, Flex: 1, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.s.Desk }},
		{ID: "apology", Title: "Thư xin lỗi", Width: 74, Fixed: true, Off: true, Spare: 1, Text: (*Row).apologyText},
		{ID: "receiver", Title: "Nơi tiếp nhận", Width: 130, Flex: 1, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return data.ShortUnit(x.c.Unit(x.d.Receiver).Name) }},
		{ID: "helper", Title: "Nơi hướng dẫn", Width: 130, Flex: 1, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return data.ShortUnit(x.c.Unit(x.d.Helper).Name) }},
		{ID: "external", Title: "Mã ở hệ thống khác", Width: 168, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.d.ExternalCode }},
		{ID: "note", Title: "Ghi chú", Width: 130, Flex: 1.5, Fixed: true, Off: true, Spare: 1, Text: func(x *Row) string { return x.d.Note }},
	}
	for i := range all {
		text := all[i].Text
		all[i].Text = func(x *Row) string {
			if x.d == nil {
				return ""
			}
			return text(x)
		}
	}
	return all
}

// mark is the sign of the state.
func (x *Row) mark() widget.Mark {
	if x.d == nil {
		return widget.NoMark
	}
	return widget.MarkOf(x.Outcome, x.Soon)
}
