// Package watching is the model of the screen Sắp trễ: the open dossiers to look
// after before the next meeting, those that need a letter of apology, and the
// book of letters. It is free of the toolkit.
package watching

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
)

// All chooses no group.
const All = -1

// Model is the list of dossiers to watch.
type Model struct {
	s       *view.Session
	asked   int
	busy    bool
	err     error
	alarms  desk.Alarms
	meeting data.Moment
	group   int
	units   []string // keys
	desks   []string
	rows    []desk.Alarm // those shown
	without []desk.Alarm // those that need a letter

	finished bool         // letters are for dossiers that were finished late
	late     []desk.Alarm // those finished late in the period, without a letter

	changed []func()
}

// New returns the model for the next meeting. It asks for nothing yet; see
// Refresh.
func New(s *view.Session) *Model {
	m := &Model{s: s, group: All, meeting: s.Desk.NextMeeting()}
	s.Listen(m.Refresh)
	return m
}

// Listen calls fn when the list changed.
func (m *Model) Listen(fn func()) { m.changed = append(m.changed, fn) }

func (m *Model) tell() {
	for _, fn := range m.changed {
		fn()
	}
}

// Refresh asks again. The answer comes back later; until then the list stays.
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
			m.busy, m.err = false, err
			if err == nil {
				m.alarms, m.late = alarms, late
			}
			m.filter()
			m.tell()
		})
	})
}

// Busy reports whether an answer is on its way.
func (m *Model) Busy() bool { return m.busy }

// Err returns why the last question failed.
func (m *Model) Err() error { return m.err }

// Alarms returns the last answer.
func (m *Model) Alarms() *desk.Alarms { return &m.alarms }

// Meeting returns before which meeting dossiers are watched.
func (m *Model) Meeting() data.Moment { return m.meeting }

// SetMeeting watches dossiers before another meeting, which is not over yet.
func (m *Model) SetMeeting(at data.Moment) error {
	if !at.Known() {
		return &data.Error{Code: data.Invalid, Field: "meeting", Message: "Chưa có ngày họp. Nhập ngày họp."}
	}
	if at.Day < m.s.Desk.Today() {
		return &data.Error{Code: data.Invalid, Field: "meeting", Message: fmt.Sprintf("Ngày họp %s đã qua. Nhập ngày từ hôm nay.", at.Day)}
	}
	m.meeting = at
	m.Refresh()
	return nil
}

// Group is one group of the list with its number of dossiers.
type Group struct {
	Group int // All, or a desk.AlarmGroup
	Label string
	Count int
}

// Groups returns what the list can be narrowed to.
func (m *Model) Groups() []Group {
	out := []Group{{All, "Tất cả", len(m.alarms.List)}}
	for g := range desk.AlarmGroups {
		out = append(out, Group{int(g), g.String(), m.alarms.Counts[g]})
	}
	return out
}

// Group returns the group shown, All for every one.
func (m *Model) Group() int { return m.group }

// ShowGroup narrows the list to a group.
func (m *Model) ShowGroup(group int) {
	m.group = group
	m.filter()
	m.tell()
}

// Choice is one value of a filter with its number of dossiers.
type Choice struct {
	Key, Label string
	Count      int
}

// Units returns the units that have dossiers in the list, most first.
func (m *Model) Units() []Choice {
	return count(m.alarms.List, func(a *desk.Alarm) (string, string) {
		if a.Unit == 0 {
			return "0", "Chưa rõ đơn vị"
		}
		return strconv.Itoa(int(a.Unit)), a.UnitName
	})
}

// Desks returns the desks that hold dossiers of the list, most first.
func (m *Model) Desks() []Choice {
	return count(m.alarms.List, func(a *desk.Alarm) (string, string) { return deskKey(a), deskKey(a) })
}

func deskKey(a *desk.Alarm) string {
	if a.Desk == "" {
		return "Chưa bàn giao"
	}
	return a.Desk
}

func count(list []desk.Alarm, of func(*desk.Alarm) (key, label string)) []Choice {
	var out []Choice
	at := map[string]int{}
	for i := range list {
		key, label := of(&list[i])
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, Choice{Key: key, Label: label})
		}
		out[n].Count++
	}
	slices.SortStableFunc(out, func(a, b Choice) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return register.CompareText(a.Label, b.Label)
	})
	return out
}

// ShowUnits and ShowDesks narrow the list; no keys clear the filter.
func (m *Model) ShowUnits(keys []string) { m.units = keys; m.filter(); m.tell() }

// ShowDesks narrows the list to desks.
func (m *Model) ShowDesks(keys []string) { m.desks = keys; m.filter(); m.tell() }

// ClearFilters shows all again.
func (m *Model) ClearFilters() {
	m.group, m.units, m.desks = All, nil, nil
	m.filter()
	m.tell()
}

// Filtered reports whether anything narrows the list.
func (m *Model) Filtered() bool { return m.group != All || len(m.units)+len(m.desks) > 0 }

// UnitKeys and DeskKeys are what the filters are set to.
func (m *Model) UnitKeys() []string { return m.units }

// DeskKeys is what the filter of desks is set to.
func (m *Model) DeskKeys() []string { return m.desks }

func (m *Model) filter() {
	m.rows, m.without = nil, nil
	for _, a := range m.alarms.List {
		if !m.admits(&a) {
			continue
		}
		if m.group == All || m.group == int(a.Group) {
			m.rows = append(m.rows, a)
		}
		if !m.finished && !a.Letter && !a.Paused && a.Group != desk.AlarmWaiting && a.Group != desk.AlarmSoon && !(a.Group == desk.AlarmMeeting && !m.promisedBefore(&a)) {
			m.without = append(m.without, a)
		}
	}
	if !m.finished {
		return
	}
	for _, a := range m.late {
		if m.admits(&a) {
			m.without = append(m.without, a)
		}
	}
}

// admits reports whether the filters of units and desks let a dossier through.
func (m *Model) admits(a *desk.Alarm) bool {
	return (len(m.units) == 0 || slices.Contains(m.units, strconv.Itoa(int(a.Unit)))) && (len(m.desks) == 0 || slices.Contains(m.desks, deskKey(a)))
}

// promisedBefore reports whether the citizen was promised the result before the
// meeting; a dossier may also be watched for the date of the own unit.
func (m *Model) promisedBefore(a *desk.Alarm) bool { return !m.meeting.Before(a.Due) }

// Finished reports whether the list of letters holds dossiers that were finished
// late, not those that are still open.
func (m *Model) Finished() bool { return m.finished }

// ShowFinished lists for letters the dossiers finished late in the period of the
// window, or again the open ones.
func (m *Model) ShowFinished(finished bool) {
	m.finished = finished
	m.filter()
	m.tell()
}

// LateCount is how many dossiers finished late in the period have no letter,
// whatever the filters.
func (m *Model) LateCount() int { return len(m.late) }

// Period is the period of the window.
func (m *Model) Period() data.Period { return m.s.Period() }

// Rows returns the dossiers shown. They are not the caller's to change.
func (m *Model) Rows() []desk.Alarm { return m.rows }

// Without returns the dossiers that are late or soon late, or were finished late,
// and have no letter of apology, narrowed by unit and desk.
func (m *Model) Without() []desk.Alarm { return m.without }

// ShortUnit writes the usual abbreviation of a unit.
func ShortUnit(name string) string {
	if rest, ok := strings.CutPrefix(name, "Ủy ban nhân dân "); ok {
		return "UBND " + rest
	}
	return name
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

// Empty says why the list is empty.
func (m *Model) Empty() string {
	switch {
	case m.err != nil:
		return m.err.Error()
	case m.alarms.Undeclared == m.alarms.Today.Year() && m.alarms.Undeclared != 0:
		return "Công bố lịch làm việc năm nay để bắt đầu theo dõi."
	case m.Filtered():
		return "Không có hồ sơ nào trong nhóm đang chọn."
	}
	return fmt.Sprintf("Không có hồ sơ quá hạn hay đến hạn trước cuộc họp %s.", m.meeting)
}

// Status is the line of the status bar.
func (m *Model) Status(selected int) string {
	if m.busy && len(m.alarms.List) == 0 {
		return "Đang xem các hồ sơ chưa xong…"
	}
	text := fmt.Sprintf("%s / %s hồ sơ cần theo dõi", data.FormatInt(int64(len(m.rows))), data.FormatInt(int64(len(m.alarms.List))))
	if selected > 1 {
		text += " · chọn " + data.FormatInt(int64(selected))
	}
	return text + fmt.Sprintf(" · quá hạn: %s đã có thư xin lỗi, %s chưa có", data.FormatInt(int64(m.alarms.WithLetter)), data.FormatInt(int64(m.alarms.WithoutOne)))
}

// JumpTo shows one dossier in the register.
func (m *Model) JumpTo(code string) {
	m.s.Jump(view.Jump{Title: "Hồ sơ " + code, Query: desk.Query{Text: `"` + code + `"`}})
}

// Digest tells what is to be watched today, in one sentence; "" for nothing.
func (m *Model) Digest() string { return m.alarms.Digest(m.s.Desk.Calendar()) }
