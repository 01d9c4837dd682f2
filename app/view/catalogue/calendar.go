package catalogue

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// Sort is what a day of the office calendar is.
type Sort uint8

// The sorts of day.
const (
	Worked  Sort = iota
	Weekend      // □ weekly rest
	DayOff       // ▨ holiday, day in lieu or swapped day
	MakeUp       // ■ a day of the weekend that is worked
)

// Day is one day of the month in view.
type Day struct {
	Day   data.Day
	Sort  Sort
	Name  string // of the holiday, "" for none
	Lunar string // "15", or "1/3" on the first of a lunar month
	Other bool   // belongs to the month before or after
	Today bool
	Fresh bool // changed and not yet applied
}

// Calendar edits the office calendar: what is declared stands in a draft until
// it is applied.
type Calendar struct {
	// Changed is called when something in view changed.
	Changed func()

	session *view.Session
	saved   *workday.Calendar // as the desk has it
	draft   *workday.Calendar
	at      data.Day  // the day under the cursor
	news    desk.News // what the program ships otherwise than the office took over
}

// NewCalendar shows the month of today.
func NewCalendar(s *view.Session) *Calendar {
	c := s.Desk.Calendar()
	m := &Calendar{Changed: func() {}, session: s, saved: c, draft: c, at: s.Desk.Today()}
	m.readNews()
	return m
}

// Refresh takes over the calendar of the desk where nothing waits to be applied.
func (m *Calendar) Refresh() {
	now := m.session.Desk.Calendar()
	if now != m.saved && !m.Dirty() {
		m.draft = now
	}
	m.saved = now
	m.readNews()
	m.Changed()
}

// At returns the day under the cursor; its month and year are in view.
func (m *Calendar) At() data.Day { return m.at }

// GoTo moves the cursor, within the years that a calendar covers.
func (m *Calendar) GoTo(d data.Day) {
	if d.Year() < workday.FirstYear || d.Year() > workday.LastYear {
		return
	}
	m.at = d
	m.Changed()
}

// GoMonth moves the cursor by months, to the same day or the last of a shorter
// month.
func (m *Calendar) GoMonth(n int) {
	y, month, day := m.at.Civil()
	last := data.Date(y, month+time.Month(n)+1, 1) - 1
	m.GoTo(min(data.Date(y, month+time.Month(n), 1)+data.Day(day-1), last))
}

// Year returns the year in view.
func (m *Calendar) Year() workday.Year { return m.draft.Year(m.at.Year()) }

// Month returns the six weeks from Monday to Sunday around the month in view.
func (m *Calendar) Month() []Day {
	y, month, _ := m.at.Civil()
	first := data.Date(y, month, 1)
	start := first - data.Day((int(first.Weekday())+6)%7)
	out := make([]Day, 42)
	for i := range out {
		d := start + data.Day(i)
		_, dm, _ := d.Civil()
		out[i] = m.day(d)
		out[i].Other = dm != month
	}
	return out
}

func (m *Calendar) day(d data.Day) Day {
	l := workday.Lunar(d)
	out := Day{Day: d, Lunar: fmt.Sprint(l.Day), Today: d == m.session.Desk.Today()}
	if l.Day == 1 {
		out.Lunar = fmt.Sprintf("%d/%d", l.Day, l.Month)
	}
	out.Sort, out.Name = sortOf(m.draft, d)
	before, name := sortOf(m.saved, d)
	out.Fresh = before != out.Sort || name != out.Name
	if out.Name == "" && m.draft.InQuestion(d) {
		out.Name = "chờ trả lời"
	}
	return out
}

func sortOf(c *workday.Calendar, d data.Day) (Sort, string) {
	if s, ok := c.Special(d); ok {
		if s.Kind == workday.MakeUp {
			return MakeUp, s.Name
		}
		if s.Kind == workday.Holiday {
			return DayOff, s.Name
		}
		return DayOff, strings.TrimSpace(s.Kind.String() + " " + s.Name)
	}
	if c.Rests(d) {
		return Weekend, ""
	}
	return Worked, ""
}

// MonthDays returns the number of working days of each month of the year in
// view.
func (m *Calendar) MonthDays() [12]int {
	var out [12]int
	for i := range out {
		from := data.Date(m.at.Year(), time.Month(i+1), 1)
		out[i] = m.draft.WorkingDays(from, data.Date(m.at.Year(), time.Month(i+2), 1)-1)
	}
	return out
}

var weekdays = [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// ShortWeekday returns T2 to T7 or CN.
func ShortWeekday(d data.Day) string {
	return [...]string{"CN", "T2", "T3", "T4", "T5", "T6", "T7"}[d.Weekday()]
}

// SpecialLine is one special day of the year in view, for the list.
type SpecialLine struct {
	Day                            data.Day
	Date, Weekday, Kind, Name, For string
	Basis                          string
}

// Specials lists the special days of the year in view.
func (m *Calendar) Specials() []SpecialLine {
	var out []SpecialLine
	for _, s := range m.Year().Days {
		out = append(out, SpecialLine{s.Date, s.Date.String(), weekdays[s.Date.Weekday()], s.Kind.String(), s.Name, s.For.String(), s.Basis})
	}
	return out
}

// ListText is the list of the special days as text, a line each, to be copied.
func (m *Calendar) ListText() string {
	var b strings.Builder
	y := m.Year()
	fmt.Fprintf(&b, "Lịch nghỉ, làm bù năm %d (%s)\n", y.Number, strings.ToLower(y.Standing.String()))
	for _, s := range m.Specials() {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", s.Date, s.Weekday, s.Kind, s.Name, s.For)
	}
	return b.String()
}

// Special returns what is special about a day in the draft.
func (m *Calendar) Special(d data.Day) (workday.Special, bool) { return m.draft.Special(d) }

// Dirty reports whether something waits to be applied.
func (m *Calendar) Dirty() bool {
	if m.draft == m.saved {
		return false
	}
	a, errA := json.Marshal(m.draft)
	b, errB := json.Marshal(m.saved)
	return errA != nil || errB != nil || !bytes.Equal(a, b)
}

// Discard gives up what waits to be applied.
func (m *Calendar) Discard() {
	m.draft = m.saved
	m.Changed()
}

// Declare makes a day a special one in the draft; an earlier entry of the day is
// replaced.
func (m *Calendar) Declare(s workday.Special) error {
	s.Name = strings.Join(strings.Fields(s.Name), " ")
	if !s.Date.Known() {
		return &data.Error{Code: data.Invalid, Field: "day", Message: "Nhập ngày."}
	}
	if s.Name == "" {
		return &data.Error{Code: data.Invalid, Field: "name", Message: "Nhập tên ngày nghỉ hoặc lý do."}
	}
	return m.edit(s.Date.Year(), func(y *workday.Year) {
		s.Standing = y.Standing
		y.Days = append(without(y.Days, s.Date), s)
	})
}

// Swap makes a working day free and a day of the weekend worked in its place
// (hoán đổi), both in the draft.
func (m *Calendar) Swap(off, worked data.Day, name, basis string) error {
	switch w := off.Weekday(); {
	case !off.Known():
		return &data.Error{Code: data.Invalid, Field: "off", Message: "Nhập ngày được nghỉ."}
	case !worked.Known():
		return &data.Error{Code: data.Invalid, Field: "worked", Message: "Nhập ngày làm bù."}
	case m.draft.Rests(off):
		return &data.Error{Code: data.Invalid, Field: "off", Message: fmt.Sprintf("%s là %s, vốn đã nghỉ. Nhập một ngày làm việc.", off, weekdays[w])}
	}
	if w := worked.Weekday(); w != time.Saturday && w != time.Sunday {
		return &data.Error{Code: data.Invalid, Field: "worked", Message: fmt.Sprintf("%s là %s. Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.", worked, weekdays[w])}
	}
	before := m.draft
	err := m.Declare(workday.Special{Date: off, Kind: workday.Swapped, Name: name, Basis: basis, For: worked})
	if err == nil {
		err = m.Declare(workday.Special{Date: worked, Kind: workday.MakeUp, Name: "Làm bù cho ngày " + off.String(), Basis: basis, For: off})
	}
	if err != nil {
		m.draft = before
	}
	return err
}

// Remove makes a day an ordinary one again in the draft; the other day of a swap
// goes with it.
func (m *Calendar) Remove(d data.Day) error {
	s, ok := m.draft.Special(d)
	if !ok {
		return data.Fail(data.NotFound, fmt.Sprintf("Ngày %s không có gì đặc biệt để bỏ.", d), nil)
	}
	err := m.edit(d.Year(), func(y *workday.Year) { y.Days = without(y.Days, d) })
	if err == nil && s.For.Known() && (s.Kind == workday.Swapped || s.Kind == workday.MakeUp) {
		if other, ok := m.draft.Special(s.For); ok && other.For == d {
			err = m.edit(s.For.Year(), func(y *workday.Year) { y.Days = without(y.Days, s.For) })
		}
	}
	return err
}

func without(days []workday.Special, d data.Day) []workday.Special {
	return slices.DeleteFunc(slices.Clone(days), func(s workday.Special) bool { return s.Date == d })
}

// SetStanding declares the year in view as official or as proposed.
func (m *Calendar) SetStanding(s workday.Standing) error {
	return m.edit(m.at.Year(), func(y *workday.Year) {
		y.Standing = s
		for i := range y.Days {
			y.Days[i].Standing = s
		}
	})
}

// Propose puts the days by the Labour Code in the place of those of the year in
// view.
func (m *Calendar) Propose() error {
	return m.edit(m.at.Year(), func(y *workday.Year) {
		asks := y.Asks
		for i := range asks {
			asks[i].Answer, asks[i].Was = workday.Unanswered, nil
		}
		*y = workday.Propose(y.Number)
		y.Asks = asks
	})
}

func (m *Calendar) edit(year int, change func(*workday.Year)) error {
	y := m.draft.Year(year)
	change(&y)
	next, err := m.draft.With(y)
	if err != nil {
		return err
	}
	m.draft = next
	m.Changed()
	return nil
}

// Hours returns the office hours of the draft.
func (m *Calendar) Hours() workday.Hours { return m.draft.Hours() }

// SetHours changes the office hours of the draft on the days that have those of an
// ordinary day; see ParseHours.
func (m *Calendar) SetHours(text string) error {
	hours, err := ParseHours(text)
	if err != nil {
		return err
	}
	next, err := m.draft.WithHours(hours)
	if err != nil {
		return err
	}
	m.draft = next
	m.Changed()
	return nil
}

// ParseHours reads sessions, one a line or parted by commas, as «07:00-11:30,
// 13:30-17:00». Its errors belong to the field "hours".
func ParseHours(text string) (workday.Hours, error) {
	var hours workday.Hours
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = strings.TrimSpace(strings.ReplaceAll(part, "–", "-"))
		if part == "" {
			continue
		}
		a, b, ok := strings.Cut(part, "-")
		if !ok {
			return nil, &data.Error{Code: data.Invalid, Field: "hours", Message: fmt.Sprintf("Buổi «%s» không đúng. Viết theo mẫu 07:00-11:30.", part)}
		}
		from, err := data.ParseClock(a)
		if err != nil {
			return nil, data.InField(err, "hours")
		}
		to, err := data.ParseClock(b)
		if err != nil {
			return nil, data.InField(err, "hours")
		}
		hours = append(hours, workday.Session{From: from, To: to})
	}
	return hours, hours.Validate()
}

// Affected returns the open dossiers whose due date the draft would change, each
// with the proposal to move it: a date that the draft makes a day off moves,
// another one is a promise that stays unless the officer says otherwise.
func (m *Calendar) Affected(ctx context.Context, progress func(done, total int64)) ([]Move, error) {
	list, err := m.session.Desk.Affected(ctx, m.draft, progress)
	if err != nil {
		return nil, err
	}
	out := make([]Move, len(list))
	for i, a := range list {
		out[i] = Move{Affected: a, Shift: !m.draft.IsWorking(a.Now.Day)}
	}
	return out, nil
}

// Move is an open dossier whose date the new calendar would change, and whether
// it is to be changed.
type Move struct {
	desk.Affected
	Shift bool
}

// Apply stores the draft and moves the dates that are to be moved, in one
// change. It runs off the window's goroutine.
func (m *Calendar) Apply(ctx context.Context, moves []Move, why string) error {
	if strings.TrimSpace(why) == "" {
		return &data.Error{Code: data.Invalid, Field: "why", Message: "Nhập lý do, ví dụ số văn bản công bố lịch nghỉ."}
	}
	var shift []desk.Affected
	for _, x := range moves {
		if x.Shift {
			shift = append(shift, x.Affected)
		}
	}
	return m.session.Desk.SetCalendar(ctx, m.draft, shift, why)
}

// readNews reads what the program ships otherwise; a file that cannot say is
// refused when the calendar is applied.
func (m *Calendar) readNews() {
	news, err := m.session.Desk.CalendarNews()
	if err != nil {
		news = desk.News{Text: err.Error()}
	}
	m.news = news
}

// News tells which days the program ships otherwise than the office took them over;
// its text is "" for none. They count already; Apply takes them over and asks what becomes of
// the dates that were promised by the old ones.
func (m *Calendar) News() desk.News { return m.news }

// TakeNews takes over what the program ships otherwise where that moves no date. It
// returns the dossiers whose date it would move; then nothing was changed. It runs
// off the window's goroutine.
func (m *Calendar) TakeNews(ctx context.Context) ([]Move, error) {
	moves, err := m.Affected(ctx, nil)
	if err != nil || len(moves) > 0 {
		return moves, err
	}
	return nil, m.session.Desk.TakeCalendar(ctx, m.news.Text)
}

// Asks returns the questions of the year in view.
func (m *Calendar) Asks() []workday.Ask { return m.Year().Asks }

// Answer answers questions of the year in view, by their ids, in the draft.
func (m *Calendar) Answer(answers map[string]workday.Answer) error {
	year := m.Year()
	for _, a := range year.Asks {
		answer, given := answers[a.ID]
		if !given {
			continue
		}
		var err error
		if year, err = year.Answered(a.ID, answer); err != nil {
			return err
		}
	}
	return m.edit(year.Number, func(y *workday.Year) { *y = year })
}
