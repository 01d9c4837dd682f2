package view

import (
	"encoding/json"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/desk"
)

// ListColumn is one column that the list can show.
type ListColumn struct {
	ID, Title string
	Sorted    bool // the list can be ordered by it
	Usual     bool // shown until the officer chooses otherwise
	text      func(x *listed) string
}

// listed is a dossier as a line of the list reads it.
type listed struct {
	d       *data.Dossier
	s       data.State
	o       data.Outcome
	c       *desk.Catalogue
	session *Session
	day     data.Day
}

// listColumns are all columns, in their usual order. The ids of those that sort
// are the orders of the register.
var listColumns = []ListColumn{
	{ID: "code", Title: "Mã hồ sơ", Sorted: true, Usual: true, text: func(x *listed) string { return x.d.Code }},
	{ID: "owner", Title: "Chủ hồ sơ", Sorted: true, Usual: true, text: func(x *listed) string { return x.d.Owner.Name }},
	{ID: "procedure", Title: "Thủ tục", Sorted: true, Usual: true, text: func(x *listed) string { return x.c.ProcedureOf(x.d) }},
	{ID: "unit", Title: "Đơn vị", Sorted: true, Usual: true, text: func(x *listed) string { return shortUnit(x.c.Unit(x.d.Unit).Name) }},
	{ID: "received", Title: "Ngày nhận", Sorted: true, Usual: true, text: func(x *listed) string { return x.d.Received.Day.String() }},
	{ID: "due", Title: "Hẹn trả", Sorted: true, Usual: true, text: (*listed).dueText},
	{ID: "ended", Title: "Xong", Sorted: true, Usual: true, text: func(x *listed) string { return x.s.Ended.Day.String() }},
	{ID: "status", Title: "Tình trạng", Sorted: true, Usual: true, text: (*listed).stateText},
	{ID: "days", Title: "Quá hạn / còn (ngày)", text: (*listed).daysText},
	{ID: "returned", Title: "Ngày trả", text: func(x *listed) string { return x.s.Returned.Day.String() }},
	{ID: "ownDue", Title: "Hạn của đơn vị", text: func(x *listed) string { return x.d.OwnDue.Day.String() }},
	{ID: "seq", Title: "Số thứ tự / quyển", text: (*listed).seqText},
	{ID: "field", Title: "Lĩnh vực", Sorted: true, text: func(x *listed) string { return x.c.Field(x.d.Field).Name }},
	{ID: "content", Title: "Nội dung", text: func(x *listed) string { return x.d.Content }},
	{ID: "phone", Title: "Điện thoại", text: func(x *listed) string { return x.d.Owner.Phone }},
	{ID: "address", Title: "Địa chỉ", text: func(x *listed) string { return x.d.Owner.Address }},
	{ID: "agent", Title: "Người nộp", text: func(x *listed) string { return x.d.Agent.Name }},
	{ID: "channel", Title: "Hình thức nhận", text: func(x *listed) string { return x.d.Channel.String() }},
	{ID: "officer", Title: "Người tiếp nhận", text: func(x *listed) string { return x.d.Officer }},
	{ID: "desk", Title: "Bộ phận đang giữ", text: func(x *listed) string { return x.s.Desk }},
	{ID: "apology", Title: "Thư xin lỗi", text: (*listed).apologyText},
	{ID: "note", Title: "Ghi chú", text: func(x *listed) string { return x.d.Note }},
}

func (x *listed) dueText() string {
	if x.s.Status == 0 { // received after the day asked
		return x.d.Due.Day.String()
	}
	return x.s.Due.Day.String()
}

func (x *listed) stateText() string {
	if x.s.Status == 0 {
		return "Nhận sau " + x.day.String()
	}
	return stateWord(x.s, x.o)
}

// daysText tells working days: of lateness with a sign, or left.
func (x *listed) daysText() string {
	cal := x.session.Desk.Calendar()
	switch x.o {
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

func (x *listed) seqText() string {
	if x.d.Seq == 0 {
		return ""
	}
	return fmt.Sprintf("%d / %d", x.d.Seq, x.d.Book)
}

func (x *listed) apologyText() string {
	switch {
	case x.s.Apologies > 0:
		return "Có"
	case x.o == data.Overdue || x.o == data.Late:
		return "Chưa"
	}
	return ""
}

// ListColumns returns all columns that the list can show.
func ListColumns() []ListColumn { return slices.Clone(listColumns) }

func listColumn(id string) (ListColumn, bool) {
	i := slices.IndexFunc(listColumns, func(c ListColumn) bool { return c.ID == id })
	if i < 0 {
		return ListColumn{}, false
	}
	return listColumns[i], true
}

const columnsKey = "list-columns"

// Columns returns the columns that the list shows, in order.
func (m *Register) Columns() []ListColumn {
	var ids []string
	var out []ListColumn
	if json.Unmarshal([]byte(m.Memory.String(columnsKey)), &ids) == nil {
		for _, id := range ids {
			if c, ok := listColumn(id); ok {
				out = append(out, c)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, c := range listColumns {
		if c.Usual {
			out = append(out, c)
		}
	}
	return out
}

// SetColumns chooses the columns of the list and their order and keeps them; nil
// goes back to the usual ones. A list shows one column at least.
func (m *Register) SetColumns(ids []string) error {
	if ids == nil {
		m.Memory.SetString(columnsKey, "")
		return nil
	}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { _, ok := listColumn(id); return !ok })
	if len(ids) == 0 {
		return data.Fail(data.Invalid, "Danh sách cần ít nhất một cột. Chọn một cột.", nil)
	}
	raw, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	m.Memory.SetString(columnsKey, string(raw))
	return nil
}

// Cells returns what writes the texts of a dossier in columns, as of the day of
// the list. It may be called from any goroutine.
func (m *Register) Cells(columns []ListColumn) func(one *data.Dossier) []string {
	day, c := m.AsOf(), m.s.Desk.Catalogue()
	return func(one *data.Dossier) []string {
		x := listedOn(one, day, c, m.s)
		out := make([]string, len(columns))
		for i, c := range columns {
			out[i] = c.text(x)
		}
		return out
	}
}

func listedOn(one *data.Dossier, day data.Day, c *desk.Catalogue, s *Session) *listed {
	x := &listed{d: one, s: one.On(day), c: c, session: s, day: day}
	x.o = x.s.Outcome(day, one.Term)
	return x
}
