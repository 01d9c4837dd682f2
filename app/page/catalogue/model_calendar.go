package catalogue

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// draft is the office calendar as it is edited: what is declared stands here until
// it is applied.
type draft struct {
	// changed is called when something in view changed.
	changed func()

	d     *desk.Desk
	saved *workday.Calendar // as the desk has it
	*workday.Calendar
	at   data.Day  // the day under the cursor
	news desk.News // what the program ships otherwise than the office took over
}

// newDraft shows the month of today.
func newDraft(d *desk.Desk) *draft {
	c := d.Calendar()
	m := &draft{changed: func() {}, d: d, saved: c, Calendar: c, at: d.Today()}
	m.readNews()
	return m
}

// refresh takes over the calendar of the desk where nothing waits to be applied.
func (m *draft) refresh() {
	now := m.d.Calendar()
	if now != m.saved && !m.dirty() {
		m.Calendar = now
	}
	m.saved = now
	m.readNews()
	m.changed()
}

// goTo moves the cursor, within the years that a calendar covers.
func (m *draft) goTo(d data.Day) {
	if m.Covers(d) {
		m.at = d
		m.changed()
	}
}

// goMonth moves the cursor by months, to the same day or the last of a shorter
// month.
func (m *draft) goMonth(n int) {
	y, month, day := m.at.Civil()
	last := data.Date(y, month+time.Month(n)+1, 1) - 1
	m.goTo(min(data.Date(y, month+time.Month(n), 1)+data.Day(day-1), last))
}

// year is the year in view.
func (m *draft) year() workday.Year { return m.Year(m.at.Year()) }

// sort is what a day of the office calendar is.
type sort uint8

// The sorts of day.
const (
	worked sort = iota
	weekend
	dayOff // holiday, day in lieu or swapped day
	makeUp // a day of the weekend that is worked
)

// day is one day of the month in view.
type day struct {
	day   data.Day
	sort  sort
	name  string // of the holiday, "" for none
	lunar string // "15", or "1/3" on the first of a lunar month
	other bool   // belongs to the month before or after
	today bool
	fresh bool // changed and not yet applied
}

// month returns the six weeks from Monday to Sunday around the month in view.
func (m *draft) month() []day {
	y, month, _ := m.at.Civil()
	first := data.Date(y, month, 1)
	start := first - data.Day((int(first.Weekday())+6)%7)
	out := make([]day, 42)
	for i := range out {
		d := start + data.Day(i)
		_, dm, _ := d.Civil()
		out[i] = m.day(d)
		out[i].other = dm != month
	}
	return out
}

func (m *draft) day(d data.Day) day {
	l := workday.Lunar(d)
	out := day{day: d, lunar: fmt.Sprint(l.Day), today: d == m.d.Today()}
	if l.Day == 1 {
		out.lunar = fmt.Sprintf("%d/%d", l.Day, l.Month)
	}
	out.sort, out.name = sortOf(m.Calendar, d)
	before, name := sortOf(m.saved, d)
	out.fresh = before != out.sort || name != out.name
	if out.name == "" && m.InQuestion(d) {
		out.name = "chờ trả lời"
	}
	return out
}

func sortOf(c *workday.Calendar, d data.Day) (sort, string) {
	s, ok := c.Special(d)
	switch {
	case !ok && c.Rests(d):
		return weekend, ""
	case !ok:
		return worked, ""
	case s.Kind == workday.MakeUp:
		return makeUp, s.Name
	case s.Kind == workday.Holiday:
		return dayOff, s.Name
	}
	return dayOff, strings.TrimSpace(s.Kind.String() + " " + s.Name)
}

// monthDays returns the number of working days of each month of the year in view.
func (m *draft) monthDays() [12]int {
	var out [12]int
	for i := range out {
		from := data.Date(m.at.Year(), time.Month(i+1), 1)
		out[i] = m.WorkingDays(from, data.Date(m.at.Year(), time.Month(i+2), 1)-1)
	}
	return out
}

// specialWords name a special day in one line.
func specialWords(s *workday.Special) string {
	if kind := s.Kind.String(); s.Kind != workday.Holiday && !strings.HasPrefix(s.Name, kind) {
		return kind + ": " + s.Name
	}
	return s.Name
}

// listText is the list of the special days as text, a line each, to be copied.
func (m *draft) listText() string {
	var b strings.Builder
	y := m.year()
	fmt.Fprintf(&b, "Lịch nghỉ, làm bù năm %d (%s)\n", y.Number, strings.ToLower(y.Standing.String()))
	for _, s := range y.Days {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", s.Date, workday.WeekdayName(s.Date.Weekday()), s.Kind, s.Name, s.For)
	}
	return b.String()
}

// dirty reports whether something waits to be applied.
func (m *draft) dirty() bool {
	if m.Calendar == m.saved {
		return false
	}
	a, errA := json.Marshal(m.Calendar)
	b, errB := json.Marshal(m.saved)
	return errA != nil || errB != nil || !bytes.Equal(a, b)
}

// discard gives up what waits to be applied.
func (m *draft) discard() { _ = m.take(m.saved, nil) }

// take puts a changed calendar in the place of the draft, unless it was refused.
func (m *draft) take(next *workday.Calendar, err error) error {
	if err == nil {
		m.Calendar = next
		m.changed()
	}
	return err
}

// declare makes a day a special one; hours are those of a day that is made up for,
// "" for the usual ones.
func (m *draft) declare(s workday.Special, hours string) error {
	if strings.TrimSpace(hours) != "" {
		var err error
		if s.Hours, err = workday.ParseHours(hours); err != nil {
			return err
		}
	}
	return m.take(m.Declare(s))
}

// setStanding declares the year in view as official or as proposed.
func (m *draft) setStanding(s workday.Standing) error {
	y := m.year()
	y.Standing = s
	for i := range y.Days {
		y.Days[i].Standing = s
	}
	return m.take(m.With(y))
}

// propose puts the days by the Labour Code in the place of those of the year in
// view.
func (m *draft) propose() error {
	y := workday.Propose(m.at.Year())
	y.Asks = m.year().Asks
	for i := range y.Asks {
		y.Asks[i].Answer, y.Asks[i].Was = workday.Unanswered, nil
	}
	return m.take(m.With(y))
}

// answer answers questions of the year in view, by their ids.
func (m *draft) answer(answers map[string]workday.Answer) error {
	year := m.year()
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
	return m.take(m.With(year))
}

// The usual ways in which a weekday is worked; any other key is its sessions, as
// «07:00-10:00».
const (
	wholeDay  = "ca-ngay"
	morning   = "sang"  // the first session of an ordinary day
	afternoon = "chieu" // the last one
	noWork    = "nghi"
)

// week is how the office works from a day on: the sessions of an ordinary day, and
// how each weekday, by time.Weekday, is worked.
type week struct {
	from  data.Day
	hours string
	days  [7]string
}

// weekNow is the week of the draft, from today on.
func (m *draft) weekNow() week {
	w := week{from: m.d.Today(), hours: strings.ReplaceAll(m.Hours().String(), ", ", "\n")}
	for i := range w.days {
		w.days[i] = m.dayKey(time.Weekday(i))
	}
	return w
}

// dayChoices are the ways in which a weekday can be worked; the last one is how the
// draft has it where that is none of the usual ones.
func (m *draft) dayChoices(d time.Weekday) []kit.Choice {
	out := []kit.Choice{{Key: wholeDay, Text: "Cả ngày"}, {Key: morning, Text: "Buổi sáng"}, {Key: afternoon, Text: "Buổi chiều"}, {Key: noWork, Text: "Nghỉ"}}
	if len(m.Hours()) < 2 {
		out = []kit.Choice{out[0], out[3]}
	}
	if key := m.dayKey(d); !slices.ContainsFunc(out, func(c kit.Choice) bool { return c.Key == key }) {
		out = append(out, kit.Choice{Key: key, Text: key})
	}
	return out
}

// dayKey tells how a weekday of the draft is worked.
func (m *draft) dayKey(d time.Weekday) string {
	all, day := m.Hours(), m.Week()[d]
	switch {
	case len(day) == 0:
		return noWork
	case slices.Equal(day, all):
		return wholeDay
	case slices.Equal(day, all[:1]):
		return morning
	case slices.Equal(day, all[len(all)-1:]):
		return afternoon
	}
	return day.String()
}

// setWeek changes from a day on, or for always where it is unknown, how the office
// works.
func (m *draft) setWeek(w week) error {
	ordinary, err := workday.ParseHours(w.hours)
	if err != nil {
		return err
	}
	var plain workday.Week
	for i, key := range w.days {
		switch key {
		case wholeDay:
			plain[i] = ordinary
		case morning:
			plain[i] = ordinary[:1]
		case afternoon:
			plain[i] = ordinary[len(ordinary)-1:]
		case noWork:
		default:
			if plain[i], err = workday.ParseHours(key); err != nil {
				return err
			}
		}
	}
	return m.take(m.WithWeek(w.from, ordinary, plain))
}

// move is an open dossier whose date the new calendar would change, and whether it
// is to be changed.
type move struct {
	desk.Affected
	shift bool
}

// affected returns the open dossiers whose due date the draft would change, each
// with the proposal to move it: a date that the draft makes a day off moves,
// another one is a promise that stays unless the officer says otherwise.
func (m *draft) affected(ctx context.Context, progress func(done, total int64)) ([]move, error) {
	list, err := m.d.Affected(ctx, m.Calendar, progress)
	if err != nil {
		return nil, err
	}
	out := make([]move, len(list))
	for i, a := range list {
		out[i] = move{a, !m.IsWorking(a.Now.Day)}
	}
	return out, nil
}

// apply stores the draft and moves the dates that are to be moved, in one change.
// It runs off the window's goroutine.
func (m *draft) apply(ctx context.Context, moves []move, why string) error {
	var shift []desk.Affected
	for _, x := range moves {
		if x.shift {
			shift = append(shift, x.Affected)
		}
	}
	return m.d.SetCalendar(ctx, m.Calendar, shift, why)
}

// readNews reads what the program ships otherwise; a file that cannot say is refused
// when the calendar is applied.
func (m *draft) readNews() {
	news, err := m.d.CalendarNews()
	if err != nil {
		news = desk.News{Text: err.Error()}
	}
	m.news = news
}

// takeNews takes over what the program ships otherwise where that moves no date. It
// returns the dossiers whose date it would move; then nothing was changed. It runs
// off the window's goroutine.
func (m *draft) takeNews(ctx context.Context) ([]move, error) {
	moves, err := m.affected(ctx, nil)
	if err != nil || len(moves) > 0 {
		return moves, err
	}
	return nil, m.d.TakeCalendar(ctx, m.news.Text)
}

// askWords names the button that opens the questions of the year, "" where it has
// none.
func (m *draft) askWords() string {
	asks := m.year().Asks
	open := 0
	for _, a := range asks {
		if a.Answer == workday.Unanswered {
			open++
		}
	}
	switch {
	case len(asks) == 0:
		return ""
	case open == 0:
		return "Câu hỏi của năm (đã trả lời)…"
	}
	return fmt.Sprintf("Trả lời %d câu hỏi của năm…", open)
}

// standing tells of the year and month in view.
func (m *draft) standing() string {
	y, month, _ := m.at.Civil()
	text := fmt.Sprintf("Lịch năm %d: dự kiến, chưa được công bố.", y)
	if m.year().Standing == workday.Official {
		text = fmt.Sprintf("Lịch năm %d: chính thức.", y)
	}
	text = fmt.Sprintf("%s Tháng %d có %d ngày làm việc.", text, int(month), m.monthDays()[month-1])
	if m.news.Text != "" {
		text += " " + m.news.Text + " Bấm «Áp dụng…» để quyết định cho hồ sơ đổi ngày hẹn."
	}
	return text
}

// status tells of the year in view.
func (m *draft) status() string {
	total := 0
	for _, n := range m.monthDays() {
		total += n
	}
	text := fmt.Sprintf("Năm %d: %d ngày làm việc · giờ làm việc %s", m.at.Year(), total, m.Hours())
	if other := m.Week().Unusual(m.Hours()); other != "" {
		text += "; " + other
	}
	if m.dirty() {
		text = "Có thay đổi chưa áp dụng · " + text
	}
	return text
}

// moveWords counts what becomes of the dossiers.
func moveWords(moves []move) string {
	shift := 0
	for _, m := range moves {
		if m.shift {
			shift++
		}
	}
	return fmt.Sprintf("%s hồ sơ đang giải quyết có ngày hẹn khác theo lịch mới: dời hẹn %s, giữ ngày trên giấy %s. Đã chọn sẵn những hồ sơ hẹn đúng ngày sẽ nghỉ.",
		data.FormatInt(int64(len(moves))), data.FormatInt(int64(shift)), data.FormatInt(int64(len(moves)-shift)))
}

// sinceWords is the hint of the day from which other hours hold.
func (m *draft) sinceWords() string {
	hint := "để trống: từ trước đến nay"
	if since := m.Since(); since.Known() {
		hint += "; giờ đang ghi có từ " + since.String()
	}
	return hint
}
