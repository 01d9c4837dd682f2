package view

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// Detail is one dossier as the pane shows it.
type Detail struct {
	Code, Owner, Procedure string
	Outcome                data.Outcome
	Soon                   bool
	State                  string // in words, with the lateness
	AsOf                   string // the day of the state where it is not today, else ""
	Facts                  []Fact
	Events                 []Happening
	Why                    *Why // nil when there is nothing to explain
}

// Fact is one labelled value.
type Fact struct{ Label, Value string }

// Happening is one point on the line of events.
type Happening struct {
	When, What, More string
	Key              bool // receipt, due date, end: drawn stronger
	at               data.Day
}

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

// Detail returns the dossier as of the day of the list.
func (m *Register) Detail(id uint64) (Detail, error) {
	d, err := m.s.Desk.Dossier(id)
	if err != nil {
		return Detail{}, err
	}
	day := m.AsOf()
	c := m.s.Desk.Catalogue()
	s := d.On(day)
	o := s.Outcome(day, d.Term)
	out := Detail{Code: d.Code, Owner: d.Owner.Name, Procedure: c.ProcedureOf(&d), Outcome: o, State: stateWord(s, o)}
	if day != m.s.Desk.Today() {
		out.AsOf = day.String()
	}
	cal := m.s.Desk.Calendar()
	switch {
	case o == data.Overdue:
		out.State += fmt.Sprintf(" %d ngày làm việc", cal.WorkingDays(s.Due.Day+1, day))
	case o == data.Late:
		out.State += fmt.Sprintf(" %d ngày làm việc", cal.WorkingDays(s.Due.Day+1, s.Ended.Day))
	case o == data.Early:
		out.State += fmt.Sprintf(" %d ngày làm việc", cal.WorkingDays(s.Ended.Day+1, s.Due.Day))
	case o == data.PendingInTime && s.Due.Known():
		left := cal.WorkingDays(day+1, s.Due.Day)
		out.Soon = left <= 2
		out.State += fmt.Sprintf(", còn %d ngày làm việc", left)
	}
	out.Facts = facts(c, &d)
	out.Events = happenings(&d, s)
	out.Why = m.why(&d)
	return out, nil
}

func facts(c *desk.Catalogue, d *data.Dossier) []Fact {
	var out []Fact
	add := func(label, value string) {
		if strings.TrimSpace(value) != "" {
			out = append(out, Fact{label, value})
		}
	}
	p := c.Procedure(d.Procedure)
	if d.Content != "" && d.Content != p.Name {
		add("Nội dung", d.Content)
	}
	add("Lĩnh vực", c.Field(d.Field).Name)
	add("Đơn vị giải quyết", c.Unit(d.Unit).Name)
	add("Nơi tiếp nhận", c.Unit(d.Receiver).Name)
	add("Địa chỉ", d.Owner.Address)
	add("Địa bàn", d.Owner.Area)
	phone := d.Owner.Phone
	if d.Flags&data.DoubtPhone != 0 {
		phone += " (nguồn có thể thiếu số)"
	}
	add("Điện thoại", phone)
	identity := d.Owner.Identity
	if d.Flags&data.DoubtID != 0 {
		identity += " (nguồn có thể thiếu số)"
	}
	add("Số định danh", identity)
	add("Người nộp", d.Agent.Name)
	add("Hình thức nhận", d.Channel.String())
	add("Trả kết quả", d.Return.String())
	if d.Copies > 0 {
		add("Số bộ", data.FormatInt(int64(d.Copies)))
	}
	term := d.Term.String()
	if term == "" && p.Term.Known() {
		term = p.Term.String() + " (theo danh mục)"
	}
	add("Thời hạn", term)
	if d.Fee > 0 {
		paid := ""
		if d.Flags&data.PaidOnline != 0 {
			paid = ", đã nộp trực tuyến"
		}
		add("Phí, lệ phí", data.FormatInt(d.Fee)+" đ"+paid)
	}
	add("Mã thủ tục", p.Code)
	add("Người tiếp nhận", d.Officer)
	add("Ghi chú", d.Note)
	if d.Origin.Import > 0 {
		add("Nguồn", fmt.Sprintf("lần nhập số %d, dòng %d", d.Origin.Import, d.Origin.Row))
	}
	return out
}

func happenings(d *data.Dossier, s data.State) []Happening {
	out := []Happening{{When: d.Received.String(), What: "Tiếp nhận", Key: true}}
	for i := range d.Events {
		e := &d.Events[i]
		h := Happening{When: d.Happened(i).String(), What: e.Kind.String(), at: d.Happened(i).Day}
		if h.When == "" {
			h.When = "không rõ ngày"
		}
		var more []string
		if e.Due.Known() {
			more = append(more, "hẹn "+e.Due.Day.String())
		}
		if e.Kind == data.Correct || e.Kind == data.HandOver {
			more = append(more, fmt.Sprintf("%s → %s", orDash(e.Old), orDash(e.New)))
		}
		for _, t := range []string{e.Ref, e.Text, e.By} {
			if t = strings.TrimRight(t, ". "); t != "" {
				more = append(more, t)
			}
		}
		h.More = strings.Join(more, "; ")
		h.Key = e.Kind == data.Finish || e.Kind == data.Return
		out = append(out, h)
	}
	if s.Due.Known() {
		due := Happening{When: s.Due.String(), What: "Hẹn trả kết quả", Key: true}
		if s.Promised != s.Due {
			due.More = "đã xin lỗi, hẹn lại " + s.Promised.Day.String()
		}
		at := 1 + slices.IndexFunc(out[1:], func(h Happening) bool { return h.at > s.Due.Day })
		if at == 0 {
			at = len(out)
		}
		out = slices.Insert(out, at, due)
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "(trống)"
	}
	return s
}

func (m *Register) why(d *data.Dossier) *Why {
	x, ok := m.s.Desk.Explain(d)
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
	case x.Open:
		w.Warning = "Đang chờ bổ sung nên ngày hẹn còn lùi."
	}
	for _, day := range x.Days {
		w.Days = append(w.Days, WhyDay{Day: day.Date, Date: day.Date.String(), Weekday: day.Weekday(), Note: day.Note(), Kind: day.Kind, Counted: day.Counted, Due: day.Due})
	}
	return w
}
