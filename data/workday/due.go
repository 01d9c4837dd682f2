package workday

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"giaoban/data"
)

// Options are the settings of an office for counting terms. The zero value is
// the default of each.
type Options struct {
	// SameDayUntil is the last minute of reception for a term "trong ngày";
	// later ones are due the next working day. Unknown means 15:00
	// (register-and-reports 1.11, 3.2).
	SameDayUntil data.Clock
	// EndOfDay makes terms in days end when the office closes instead of at the
	// clock time of reception. Lateness is judged by date in both cases.
	EndOfDay bool
	// NextDay counts a dossier that came after closing, or on a day off, as
	// received when the office opens next, as some provincial software does
	// (register-and-reports 3.3). By default the day on which it came is the
	// day of reception, whatever the hour (Civil Code 2015, article 147).
	NextDay bool
	// AsOf is the day on which an open pause is assumed to end. Unknown leaves
	// the due date unknown while a pause is open.
	AsOf data.Day
}

// maxCount bounds the number of units in a term.
const maxCount = 20000

// Due computes when a dossier is due, and why (register-and-reports 3.2, 3.3,
// 3.5). Terms in days do not count the day of reception; terms in calendar days
// and months that end on a day off end on the next working day (Civil Code
// 2015, article 148); terms in hours begin at once and run in office hours
// only.
//
// While a pause lasts the term stands still: the day of the request still
// counts, the day on which the supplement comes does not, nor do the days
// between. A request on the due date itself is in time and moves the due date
// to the day of the supplement; a later request moves nothing. With
// data.Restart the term begins anew on the day of the supplement; with
// data.RunOn pauses change nothing.
//
// A moment without a time of day is a date: for terms in hours it counts as the
// end of its day and the due moment has no time of day either. The term of an
// unknown unit, pauses that overlap or begin before the receipt, and dates
// outside the calendar give an *data.Error.
func Due(c *Calendar, received data.Moment, term data.Term, pauses []Span, mode data.PauseMode, o Options) (Explanation, error) {
	w := walk{calendar: c, term: term, mode: mode, options: o, days: make([]Day, 0, 24+min(max(term.Count, 0), 100)*3/2)}
	if err := w.run(received, pauses); err != nil {
		return Explanation{}, err
	}
	return Explanation{Received: received, Term: term, Mode: mode, Due: w.due, Days: w.days, Counted: w.running, Open: w.open, Proposed: w.proposed}, nil
}

// DueMoment is Due without the list of days: the same walk, for many dossiers.
func DueMoment(c *Calendar, received data.Moment, term data.Term, pauses []Span, mode data.PauseMode, o Options) (data.Moment, error) {
	w := walk{calendar: c, term: term, mode: mode, options: o, silent: true}
	err := w.run(received, pauses)
	return w.due, err
}

// walk goes day by day from the reception to the due date.
type walk struct {
	calendar *Calendar
	term     data.Term
	mode     data.PauseMode
	options  Options
	silent   bool

	pauses   []Span
	next     int // the first pause that is not over
	start    data.Moment
	left     int // units still to count
	running  int
	due      data.Moment
	open     bool
	proposed bool
	exact    bool // terms in hours: every time of day that matters is known
	days     []Day
}

func (w *walk) run(received data.Moment, pauses []Span) error {
	c := w.calendar
	switch {
	case !received.Known():
		return &data.Error{Code: data.Invalid, Field: "received", Message: "Chưa có ngày tiếp nhận nên không tính được ngày hẹn trả. Nhập ngày tiếp nhận."}
	case !c.Covers(received.Day):
		return outside(received.Day)
	case w.term.Unit == data.NoTerm || w.term.Unit > data.CalendarDaysNoFeast:
		return &data.Error{Code: data.Invalid, Field: "term", Message: "Chưa có thời hạn giải quyết nên không tính được ngày hẹn trả. Nhập thời hạn của thủ tục."}
	case w.term.Count < 0 || w.term.Count > maxCount:
		return &data.Error{Code: data.Invalid, Field: "term", Message: fmt.Sprintf("Thời hạn %d %s không hợp lý. Sửa thời hạn.", w.term.Count, w.term.Unit)}
	}
	if !w.options.SameDayUntil.Known() {
		w.options.SameDayUntil = data.At(15, 0)
	}
	var err error
	if w.pauses, w.open, err = order(received, pauses, w.options.AsOf); err != nil {
		return err
	}
	w.start = received
	if w.options.NextDay && (!c.IsWorking(received.Day) || received.Clock > c.Sessions(received.Day).Closing()) {
		w.start = data.Moment{Day: c.NextWorkingDay(received.Day)}
		if received.Clock.Known() {
			w.start.Clock = c.Sessions(w.start.Day).Opening()
		}
	}
	w.begin(w.start)
	if w.term.Unit == data.WorkingHours {
		return w.hours(received.Day)
	}
	return w.count(received.Day)
}

func outside(d data.Day) error {
	return &data.Error{Code: data.Invalid, Field: "received", Message: fmt.Sprintf("Ngày %s ở ngoài lịch làm việc (từ năm %d đến năm %d) nên không tính được ngày hẹn trả.", d, FirstYear, LastYear)}
}

// begin sets what is left of the term when it begins at a moment.
func (w *walk) begin(at data.Moment) {
	w.start, w.running = at, 0
	switch w.term.Unit {
	case data.Months:
		w.left = int(monthsAfter(at.Day, w.term.Count) - at.Day)
	case data.WorkingHours:
		w.left = w.term.Count * 60
	case data.SameDay:
		w.left = 0
		if at.Clock > w.options.SameDayUntil {
			w.left = 1
		}
	default:
		w.left = w.term.Count
	}
}

// monthsAfter returns the corresponding day n months later, the last day of a
// month that lacks it (Civil Code 2015, article 148).
func monthsAfter(d data.Day, n int) data.Day {
	y, m, day := d.Civil()
	last := data.Date(y, m+time.Month(n)+1, 1) - 1
	if _, _, max := last.Civil(); day > max {
		return last
	}
	return data.Date(y, m+time.Month(n), day)
}

// counts reports whether a day belongs to the unit of the term.
func (w *walk) counts(d data.Day) bool {
	switch w.term.Unit {
	case data.CalendarDays, data.Months:
		return true
	case data.CalendarDaysNoFeast:
		s, ok := w.calendar.Special(d)
		return !ok || !s.Kind.Off()
	}
	return w.calendar.IsWorking(d)
}

// count walks terms in days and months.
func (w *walk) count(from data.Day) error {
	for day := from; ; day++ {
		if !w.calendar.Covers(day) {
			if w.open {
				return nil
			}
			return outside(day)
		}
		line := w.line(day)
		if day == from {
			line.Kind = StepReceived
		}
		paused := false  // the day lies in a pause: after the request, up to the supplement
		waiting := false // at the end of the day the office waits
		for i := w.next; i < len(w.pauses) && w.pauses[i].From.Day <= day; i++ {
			p := w.pauses[i]
			line.Asked = line.Asked || p.From.Day == day
			line.Came = line.Came || p.To.Day == day
			if w.mode == data.RunOn {
				continue
			}
			paused = paused || p.From.Day < day && day <= p.To.Day
			waiting = waiting || day < p.To.Day
			if p.To.Day == day && w.mode == data.Restart {
				if day > from {
					line.Kind = StepRestart
				}
				w.begin(p.To)
			}
		}
		for w.next < len(w.pauses) && w.pauses[w.next].To.Day <= day {
			w.next++
		}
		switch {
		case day <= w.start.Day || !w.counts(day):
		case paused && (w.left > 0 || waiting):
			line.Kind = StepPause
		case w.left > 0:
			w.left--
			w.running++
			line.Counted = true
		}
		line.Running = w.running
		if w.left == 0 && !waiting && day >= w.start.Day {
			if line.Due = w.calendar.IsWorking(day); line.Due {
				w.due = data.Moment{Day: day, Clock: w.dueClock(day)}
				w.emit(line)
				return nil
			}
			line.Rolled = true
		}
		w.emit(line)
		if waiting && w.pauses[w.next].To.Day == data.MaxDay {
			return nil
		}
	}
}

// dueClock returns the time of day of a due date for terms in days: that of the
// reception, moved into office hours; closing time after a reception on a day
// off, which lies between the closing before and the opening after.
func (w *walk) dueClock(due data.Day) data.Clock {
	h := w.calendar.Sessions(due)
	switch {
	case !w.start.Clock.Known():
		return 0
	case w.options.EndOfDay, w.term.Unit == data.SameDay, w.term.Count == 0, !w.calendar.IsWorking(w.start.Day):
		return h.Closing()
	}
	return h.Within(w.start.Clock)
}

// line returns what the calendar alone says of a day.
func (w *walk) line(day data.Day) Day {
	c := w.calendar
	cell := c.cells[day-c.first]
	line := Day{Date: day, Kind: StepWork, unit: w.term.Unit}
	if !cell.works {
		line.Kind = StepWeekend
	}
	if cell.special >= 0 {
		line.Special = c.special[cell.special]
		line.Kind = stepOf[line.Special.Kind]
	}
	w.proposed = w.proposed || cell.proposed
	return line
}

var stepOf = [...]Step{StepWork, StepHoliday, StepInLieu, StepSwap, StepMakeUp}

func (w *walk) emit(d Day) {
	if !w.silent {
		w.days = append(w.days, d)
	}
}

// Span is one stretch in which the office waited for a supplement, a payment or
// another agency: From is when it was asked for, To when it came. To is unknown
// while the office still waits.
type Span struct {
	From, To data.Moment
}

// Open reports whether the office still waits.
func (s Span) Open() bool { return !s.To.Known() }

// Pauses returns the stretches in which the clock of a dossier stood, as its
// events tell. A second request during a pause does not begin a new one; an
// event without a date counts as of the day of receipt. What was asked for after
// the due date takes no day out: the dossier was late already.
func Pauses(d *data.Dossier) []Span {
	var out []Span
	open := false
	for i := range d.Events {
		e := &d.Events[i]
		at := e.At
		if !at.Known() {
			at = data.Moment{Day: d.Received.Day}
		}
		switch e.Kind {
		case data.AskSupplement, data.AskPayment, data.Suspend:
			if !open && !d.MissedBefore(i) {
				out, open = append(out, Span{From: at}), true
			}
		case data.Supplement, data.Pay, data.Resume, data.Finish, data.Return, data.Withdraw, data.Stop, data.Refuse, data.Cancel:
			if open {
				out[len(out)-1].To, open = at, false
			}
		}
	}
	return out
}

// order checks pauses and returns them by date. Pauses may touch, not overlap;
// only the last may be open. asOf, where known, closes the open one.
func order(received data.Moment, pauses []Span, asOf data.Day) (sorted []Span, open bool, err error) {
	if len(pauses) == 0 {
		return nil, false, nil
	}
	bad := func(format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: "pause", Message: fmt.Sprintf(format, args...)}
	}
	sorted = append([]Span(nil), pauses...)
	slices.SortStableFunc(sorted, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.From.Day, b.From.Day), cmp.Compare(a.From.Clock, b.From.Clock), cmp.Compare(end(a), end(b)))
	})
	for i := range sorted {
		p := &sorted[i]
		switch {
		case !p.From.Known():
			return nil, false, bad("Một lần chờ bổ sung chưa có ngày yêu cầu. Nhập ngày yêu cầu bổ sung.")
		case p.From.Before(received):
			return nil, false, bad("Ngày yêu cầu bổ sung %s ở trước ngày tiếp nhận %s. Sửa một trong hai ngày.", p.From, received)
		case p.Open() && i < len(sorted)-1:
			return nil, false, bad("Lần chờ bổ sung từ %s chưa kết thúc mà đã có lần khác từ %s. Nhập ngày bổ sung của lần trước.", p.From, sorted[i+1].From)
		case !p.Open() && p.To.Before(p.From):
			return nil, false, bad("Ngày bổ sung %s ở trước ngày yêu cầu %s. Sửa một trong hai ngày.", p.To, p.From)
		case i > 0 && p.From.Before(sorted[i-1].To):
			return nil, false, bad("Hai lần chờ bổ sung chồng nhau: đến %s và từ %s. Sửa một trong hai lần.", sorted[i-1].To, p.From)
		}
		if p.Open() {
			open = true
			switch {
			case asOf.Known() && asOf >= p.From.Day:
				p.To = data.Moment{Day: asOf}
			default:
				p.To = data.Moment{Day: data.MaxDay}
			}
		}
	}
	return sorted, open, nil
}

// end orders pauses that begin together.
func end(s Span) int64 {
	if s.Open() {
		return 1 << 62
	}
	return int64(s.To.Day)<<16 | int64(s.To.Clock)
}

// dayMinutes is the length of a day on the minute axis, which counts minutes
// since 1 January 1970.
const dayMinutes = 24 * 60

// endless lies after every minute of the axis.
const endless = int64(1) << 40

// minuteOf returns the place of a moment on the minute axis; a moment without a
// time of day lies at the end of its day.
func minuteOf(m data.Moment) int64 {
	switch {
	case m.Day == data.MaxDay:
		return endless
	case !m.Clock.Known():
		return (int64(m.Day) + 1) * dayMinutes
	}
	return int64(m.Day)*dayMinutes + int64(m.Clock.Minutes())
}

// hours walks terms in working hours, minute by minute in effect, session by
// session in fact.
func (w *walk) hours(from data.Day) error {
	pauses := w.pauses
	if w.mode == data.RunOn {
		pauses = nil
	}
	w.exact = w.start.Clock.Known()
	for day := from; ; day++ {
		if !w.calendar.Covers(day) {
			if w.open {
				return nil
			}
			return outside(day)
		}
		line := w.line(day)
		due := int64(-1)
		for _, s := range w.calendar.Sessions(day) {
			t := max(minuteOf(data.Moment{Day: day, Clock: s.From}), minuteOf(w.start))
			end := minuteOf(data.Moment{Day: day, Clock: s.To})
			for t < end && due < 0 {
				stop := end
				if w.next < len(pauses) {
					p := pauses[w.next]
					begins, ends := minuteOf(p.From), minuteOf(p.To)
					if ends <= t {
						w.pass(p, &line)
						continue
					}
					if begins <= t {
						t = min(ends, end)
						continue
					}
					stop = min(stop, begins)
				}
				if w.left > 0 {
					take := int(min(int64(w.left), stop-t))
					w.left -= take
					w.running += take
					line.Minutes += take
					t += int64(take)
				}
				if w.left == 0 && !(w.next < len(pauses) && minuteOf(pauses[w.next].From) == t) {
					due = t
				}
			}
		}
		for due < 0 && w.next < len(pauses) && minuteOf(pauses[w.next].To) <= (int64(day)+1)*dayMinutes {
			w.pass(pauses[w.next], &line)
		}
		w.mark(&line, from, due)
		if due >= 0 {
			line.Due = true
			w.due = data.Moment{Day: day}
			if w.exact {
				minute := int(due - int64(day)*dayMinutes)
				w.due.Clock = data.At(minute/60, minute%60)
			}
			w.emit(line)
			return nil
		}
		w.emit(line)
		if w.next < len(pauses) && minuteOf(pauses[w.next].To) == endless && pauses[w.next].From.Day <= day {
			return nil
		}
	}
}

// pass goes on after a pause that is over.
func (w *walk) pass(p Span, line *Day) {
	w.next++
	w.exact = w.exact && p.From.Clock.Known() && p.To.Clock.Known()
	if w.mode == data.Restart {
		w.exact = p.To.Clock.Known()
		w.begin(p.To)
		line.Minutes = 0
	}
}

// mark completes the line of a day of a term in hours: what happened on it
// before the due minute, and its kind.
func (w *walk) mark(line *Day, from data.Day, due int64) {
	waiting := false
	for _, p := range w.pauses {
		if due >= 0 && minuteOf(p.From) > due || p.From.Day > line.Date {
			break
		}
		line.Asked = line.Asked || p.From.Day == line.Date
		if p.To.Day == line.Date {
			line.Came = true
			if w.mode == data.Restart && line.Date > from {
				line.Kind = StepRestart
			}
		}
		waiting = waiting || p.To.Day >= line.Date
	}
	line.Counted = line.Minutes > 0
	line.Running = w.running
	switch {
	case line.Date == from:
		line.Kind = StepReceived
	case waiting && w.mode != data.RunOn && !line.Counted && due < 0 && line.Kind != StepRestart && w.calendar.IsWorking(line.Date):
		line.Kind = StepPause
	}
}
