package watching

import (
	"context"
	"fmt"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// Order is what an officer says of a batch of letters.
type Order struct {
	Day      data.Day // of the letters
	Promised data.Day // the same new date for all; NoDay for Within
	Within   int      // new date so many working days after Day, for each; 0 for no new date
	Reason   string
	Cause    uint32
	Signer   string
	Finished bool // the dossiers are finished: nothing is promised anew
}

// Check tells what is missing in an order before anything is written.
func (m *Model) Check(o *Order) error {
	o.Reason = strings.TrimSpace(o.Reason)
	calendar := m.s.Desk.Calendar()
	bad := func(field, format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
	}
	switch {
	case !o.Day.Known():
		return bad("day", "Chưa có ngày của thư. Nhập ngày.")
	case o.Day > m.s.Desk.Today():
		return bad("day", "Ngày của thư %s ở sau hôm nay. Sửa ngày.", o.Day)
	case o.Reason == "":
		return bad("reason", "Thư xin lỗi phải nêu lý do. Nhập lý do.")
	case o.Finished:
	case o.Promised.Known() && o.Promised <= o.Day:
		return bad("promised", "Ngày hẹn lại %s phải sau ngày của thư %s.", o.Promised, o.Day)
	case o.Promised.Known() && !calendar.IsWorking(o.Promised):
		return bad("promised", "Ngày hẹn lại %s là ngày nghỉ. Chọn ngày làm việc.", o.Promised)
	case !o.Promised.Known() && (o.Within < 0 || o.Within > 250):
		return bad("within", "Số ngày làm việc phải từ 1 đến 250.")
	}
	return nil
}

// PromisedBy returns the new date that an order gives.
func (m *Model) PromisedBy(o Order) data.Moment {
	if o.Finished {
		return data.Moment{}
	}
	if o.Promised.Known() {
		return data.Moment{Day: o.Promised}
	}
	if o.Within > 0 {
		if day, ok := m.s.Desk.Calendar().AddWorkingDays(o.Day, o.Within); ok {
			return data.Moment{Day: day}
		}
	}
	return data.Moment{}
}

// Write writes the letters of an order for dossiers: numbered, and recorded on
// the dossiers. It returns the letters and which dossier each is for.
func (m *Model) Write(ctx context.Context, ids []uint64, o Order, progress func(done, total int64)) (letters, dossiers []uint64, bulk desk.Bulk, err error) {
	if err := m.Check(&o); err != nil {
		return nil, nil, desk.Bulk{}, err
	}
	if len(ids) == 0 {
		return nil, nil, desk.Bulk{}, data.Fail(data.Invalid, "Chưa chọn hồ sơ nào để lập thư.", nil)
	}
	letters, bulk, err = m.s.Desk.Apologise(ctx, ids, desk.Apology{Day: o.Day, Promised: m.PromisedBy(o), Reason: o.Reason, Cause: o.Cause, Signer: o.Signer}, progress)
	if err != nil {
		return nil, nil, bulk, err
	}
	refused := map[uint64]bool{}
	for _, r := range bulk.Refused {
		refused[r.ID] = true
	}
	for _, id := range ids {
		if !refused[id] {
			dossiers = append(dossiers, id)
		}
	}
	return letters, dossiers, bulk, nil
}

// Signers returns who may sign on a day, the one proposed first at the head.
func (m *Model) Signers(day data.Day) []kit.Choice {
	var out []kit.Choice
	for _, s := range m.s.Desk.Signers(day) {
		out = append(out, kit.Choice{Key: s.Name, Text: strings.TrimSpace(s.Name + " " + titleOf(s.Title))})
	}
	return out
}

func titleOf(title string) string {
	if title == "" {
		return ""
	}
	return "(" + strings.ToLower(title) + ")"
}

// AgainText warns of dossiers that have a letter of apology already, with what the
// rule rests on for the days on which they were received; "" when there is none, or
// when the office does not look at it.
func (m *Model) AgainText(list []desk.Alarm) string {
	most := m.s.Desk.Rules().Postponements
	var days []data.Day
	for _, a := range list {
		if a.Letter {
			days = append(days, a.Received.Day)
		}
	}
	if len(days) == 0 || most == 0 {
		return ""
	}
	return fmt.Sprintf("%s hồ sơ đã có thư xin lỗi; theo quy tắc đang đặt chỉ hẹn lại %d lần (%s).", data.FormatInt(int64(len(days))), most, m.s.Desk.Bases().For(basis.Postpone, days))
}
