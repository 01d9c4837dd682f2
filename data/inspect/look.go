package inspect

import (
	"slices"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/workday"
)

// Office is what the checks know beside the dossier. It may be used from several
// goroutines.
type Office struct {
	Today       data.Day
	Calendar    *workday.Calendar
	Options     workday.Options
	Bases       *basis.Table
	SimilarDays int // the same person and procedure within these days is doubtful; 0 for never
	WaitingDays int // waiting longer than these days is too long; 0 for never
	// Postponements is how often a dossier may be promised anew; 0 for any number.
	Postponements int
	// Unit and Procedure look up the catalogue; nil where it has no such entry.
	Unit      func(id uint32) *data.Unit
	Procedure func(id uint32) *data.Procedure
	// Twins find the entries of the catalogue that are another one.
	Twins Twins
	// OwnCode reports whether a code has the form that the office itself gives.
	OwnCode func(code string) bool
}

// look is one dossier as the checks see it.
type look struct {
	o     *Office
	d     *data.Dossier
	s     data.State   // after all events
	out   data.Outcome // as of today
	other *data.Dossier
	codes map[string]bool // heads of codes that were judged

	proc    *data.Procedure
	codeDay data.Day // the date in the code, NoDay without one
	codeOdd bool
	calc    data.Moment // the due date that the term gives
	agreed  bool        // calc is known
	asked   bool        // calc was asked for
}

func newLook(o *Office) look { return look{o: o} }

// hours are the office hours of the day of reception; those of an ordinary day
// where it was one of rest.
func (l *look) hours() workday.Hours {
	if h := l.o.Calendar.Sessions(l.d.Received.Day); len(h) > 0 {
		return h
	}
	return l.o.Calendar.Hours()
}

// set begins with another dossier.
func (l *look) set(d *data.Dossier) {
	l.d, l.s = d, d.On(data.MaxDay)
	l.out = l.s.Outcome(l.o.Today, d.Term)
	l.proc = nil
	if d.Procedure != 0 {
		l.proc = l.o.Procedure(d.Procedure)
	}
	l.asked = false
	l.codeDay, l.codeOdd = l.readCode(d.Code)
}

// readCode returns the date that a code holds and whether the code follows no
// known pattern. Codes of one office share their head, so that each head is
// judged by the pattern once.
func (l *look) readCode(code string) (day data.Day, odd bool) {
	end := len(code)
	for end > 0 && digit(code[end-1]) {
		end--
	}
	// HEAD-yymmdd-NNNN
	if n := len(code) - end; n >= 4 && n <= 8 && end >= 8 && code[end-1] == '-' && code[end-8] == '-' {
		if y, ok1 := two(code[end-7:]); ok1 {
			m, ok2 := two(code[end-5:])
			d, ok3 := two(code[end-3:])
			if ok2 && ok3 && m >= 1 && m <= 12 && d >= 1 && d <= 28 && l.goodHead(code[:end-8]) {
				return data.Date(2000+y, monthOf(m), d), false
			}
		}
	}
	if day = data.CodeDay(code); day.Known() {
		return day, false
	}
	return data.NoDay, l.o.OwnCode == nil || !l.o.OwnCode(code)
}

func (l *look) goodHead(head string) bool {
	good, ok := l.codes[head]
	if !ok {
		good = data.CodeDay(head + "-220101-0001").Known()
		if l.codes == nil || len(l.codes) > maxHeads {
			l.codes = map[string]bool{}
		}
		l.codes[head] = good
	}
	return good
}

// maxHeads bounds the heads of codes that are remembered: free-text codes have
// one each.
const maxHeads = 1024

func digit(c byte) bool { return c >= '0' && c <= '9' }

// two reads the two digits at the head of a text.
func two(s string) (n int, ok bool) {
	if !digit(s[0]) || !digit(s[1]) {
		return 0, false
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), true
}

// counted reports whether the dossier belongs to the figures.
func (l *look) counted() bool { return l.s.Counted() }

// closed reports whether a counted dossier has ended.
func (l *look) closed() bool { return l.s.Closed && l.counted() }

// open reports whether a counted dossier is still worked on.
func (l *look) open() bool { return !l.s.Closed && l.counted() }

// atCounter reports whether it came in by hand or by post, not online.
func (l *look) atCounter() bool { return l.d.Channel != data.Online }

// declared reports whether the days off of the year of a day were decided: where
// they were not, nothing is said about days off.
func (l *look) declared(day data.Day) bool {
	return l.o.Calendar.Covers(day) && l.o.Calendar.Declared(day.Year())
}

// byTerm returns the due date that the term of the receipt gives, pauses that
// are over taken out as the mode says; ok is false without a term.
func (l *look) byTerm() (due data.Moment, ok bool) {
	if !l.asked {
		l.asked, l.agreed = true, false
		if l.d.Term.Known() && l.d.Received.Known() {
			due, err := workday.DueMoment(l.o.Calendar, l.d.Received, l.d.Term, l.pauses(), l.d.Mode, l.options())
			l.calc, l.agreed = due, err == nil && due.Known()
		}
	}
	return l.calc, l.agreed
}

// pauses are those that are over.
func (l *look) pauses() []workday.Span {
	if len(l.d.Events) == 0 {
		return nil
	}
	return slices.DeleteFunc(workday.Pauses(l.d), workday.Span.Open)
}

// options tell how the term is counted: by the rules of the office, and those of the
// procedure where it has its own.
func (l *look) options() workday.Options {
	out := l.o.Options
	if l.proc != nil && l.proc.SameDayUntil.Known() {
		out.SameDayUntil = l.proc.SameDayUntil
	}
	return out
}

// mayBeDue reports whether an answer to the open questions of the calendar makes the
// term end on the day.
func (l *look) mayBeDue(day data.Day) bool {
	days, err := workday.DueDays(l.o.Calendar, l.d.Received, l.d.Term, l.pauses(), l.d.Mode, l.options())
	return err == nil && slices.Contains(days, day)
}

// dayOfRest reports whether the office was closed on the day for certain: the year
// is declared and no open question touches the day.
func (l *look) dayOfRest(day data.Day) bool {
	return l.declared(day) && !l.o.Calendar.IsWorking(day) && !l.o.Calendar.InQuestion(day)
}
