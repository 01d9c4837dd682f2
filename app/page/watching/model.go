// Package watching is the page Sắp trễ: the open dossiers to look after before the
// next meeting, those that need a letter of apology, and the book of letters. Its
// models are free of the toolkit.
package watching

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// Model is what is to be watched before a meeting.
type Model struct {
	// Changed is called when another answer came.
	Changed func()

	s       *env.Session
	asked   int
	busy    bool
	meeting data.Moment

	mu     sync.Mutex // lists are read off the window's goroutine
	err    error
	alarms desk.Alarms
	late   []desk.Alarm // those finished late in the period, without a letter
}

// NewModel returns the model for the next meeting. It asks for nothing yet; see
// Refresh.
func NewModel(s *env.Session) *Model {
	return &Model{s: s, meeting: s.Desk.NextMeeting(), Changed: func() {}}
}

// Refresh asks again. The answer comes back later; until then the old one stays.
func (m *Model) Refresh() {
	m.asked++
	if m.meeting.Day < m.s.Today() {
		m.meeting = m.s.Desk.NextMeeting() // the one that was watched for is over
	}
	asked, meeting, period := m.asked, m.meeting, m.s.Period()
	m.busy = true
	m.s.Go(func() {
		alarms, err := m.s.Desk.Alarms(context.Background(), meeting)
		var late []desk.Alarm
		if err == nil {
			late, err = m.s.Desk.LateWithoutLetter(context.Background(), period)
		}
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			m.mu.Lock()
			m.busy, m.err = false, err
			if err == nil {
				m.alarms, m.late = alarms, late
			}
			m.mu.Unlock()
			m.Changed()
		})
	})
}

// Alarms returns the last answer.
func (m *Model) Alarms() *desk.Alarms { return &m.alarms }

// Watched lists what is to be watched. It may be called from any goroutine.
func (m *Model) Watched() ([]desk.Alarm, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.alarms.List, m.err
}

// Without lists the dossiers that are late or soon late and have no letter of
// apology, or those that were finished late in the period of the window. It may be
// called from any goroutine.
func (m *Model) Without(finished bool) ([]desk.Alarm, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if finished {
		return m.late, m.err
	}
	var out []desk.Alarm
	for i := range m.alarms.List {
		if a := &m.alarms.List[i]; m.wantsLetter(a) {
			out = append(out, *a)
		}
	}
	return out, m.err
}

func (m *Model) wantsLetter(a *desk.Alarm) bool {
	switch {
	case a.Letter, a.Paused, a.Group == desk.AlarmWaiting, a.Group == desk.AlarmSoon:
		return false
	case a.Group == desk.AlarmMeeting:
		// A dossier may also be watched for the date of the own unit.
		return !m.alarms.Meeting.Before(a.Due)
	}
	return true
}

// LateCount is how many dossiers finished late in the period have no letter.
func (m *Model) LateCount() int { return len(m.late) }

// SetMeeting watches dossiers before another meeting, which is not over yet.
func (m *Model) SetMeeting(at data.Moment) error {
	if !at.Known() {
		return &data.Error{Code: data.Invalid, Field: "day", Message: "Chưa có ngày họp. Nhập ngày họp."}
	}
	if at.Day < m.s.Desk.Today() {
		return &data.Error{Code: data.Invalid, Field: "day", Message: fmt.Sprintf("Ngày họp %s đã qua. Nhập ngày từ hôm nay.", at.Day)}
	}
	m.meeting = at
	m.Refresh()
	return nil
}

// Groups offers the groups of the list with their number of dossiers.
func (m *Model) Groups() []kit.Choice {
	var out []kit.Choice
	for g := range desk.AlarmGroups {
		out = append(out, kit.Choice{Key: groupKey(g), Text: g.String(), Detail: data.FormatInt(int64(m.alarms.Counts[g]))})
	}
	return out
}

func groupKey(g desk.AlarmGroup) string { return strconv.Itoa(int(g)) }

// Units offers the units that have dossiers in the list, most first.
func (m *Model) Units() []kit.Choice { return counted(m.alarms.List, unitOf) }

func unitOf(a *desk.Alarm) (key, name string) {
	if a.Unit == 0 {
		return "0", "Chưa rõ đơn vị"
	}
	return strconv.Itoa(int(a.Unit)), a.UnitName
}

// Desks offers the desks that hold dossiers of the list, most first.
func (m *Model) Desks() []kit.Choice { return counted(m.alarms.List, deskOf) }

func deskOf(a *desk.Alarm) (key, name string) {
	if a.Desk == "" {
		return "Chưa bàn giao", "Chưa bàn giao"
	}
	return a.Desk, a.Desk
}

// counted offers values with their number of dossiers, most first.
func counted(list []desk.Alarm, of func(*desk.Alarm) (key, name string)) []kit.Choice {
	n, names := map[string]int{}, map[string]string{}
	for i := range list {
		key, name := of(&list[i])
		n[key]++
		names[key] = name
	}
	var out []kit.Choice
	for key, name := range names {
		out = append(out, kit.Choice{Key: key, Text: name, Detail: data.FormatInt(int64(n[key]))})
	}
	slices.SortFunc(out, func(a, b kit.Choice) int {
		if n[a.Key] != n[b.Key] {
			return n[b.Key] - n[a.Key]
		}
		return register.CompareText(a.Text, b.Text)
	})
	return out
}

// Bar tells why nothing, or not everything, can be said: the calendar of a year
// is not declared. "" when it is.
func (m *Model) Bar() string {
	year := m.alarms.Undeclared
	switch {
	case year == 0:
		return ""
	case year == m.alarms.Today.Year():
		return fmt.Sprintf("Lịch nghỉ năm %d chưa được công bố trong Danh mục, nên chưa có cảnh báo: cảnh báo sai còn hại hơn cảnh báo muộn. Kiểm tra các ngày nghỉ rồi công bố lịch.", year)
	}
	return fmt.Sprintf("Lịch nghỉ năm %d chưa được công bố; hồ sơ hẹn trả trong năm ấy chưa được cảnh báo.", year)
}

// Empty says why nothing is to be watched.
func (m *Model) Empty() string {
	if m.alarms.Undeclared == m.alarms.Today.Year() && m.alarms.Undeclared != 0 {
		return "Công bố lịch làm việc năm nay để bắt đầu theo dõi."
	}
	return fmt.Sprintf("Không có hồ sơ quá hạn hay đến hạn trước cuộc họp %s.", m.meeting)
}

// Status tells how many of the late dossiers have letters.
func (m *Model) Status() string {
	return fmt.Sprintf("quá hạn: %s đã có thư xin lỗi, %s chưa có", data.FormatInt(int64(m.alarms.WithLetter)), data.FormatInt(int64(m.alarms.WithoutOne)))
}

// Digest tells what is to be watched today, in one sentence; "" for nothing.
func (m *Model) Digest() string { return m.alarms.Digest(m.s.Desk.Calendar()) }

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
	return kit.ChoicesOf(m.s.Desk.Signers(day), func(s data.Signer) kit.Choice {
		return kit.Choice{Key: s.Name, Text: s.Name + kit.If(s.Title == "", "", " ("+strings.ToLower(s.Title)+")")}
	})
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
