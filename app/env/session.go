package env

import (
	"cmp"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/desk"
)

// Session is what the models of all pages share: the office, the period and the ways
// to run work off the window's goroutine and back. Models are used from one goroutine,
// the window's.
type Session struct {
	Desk *desk.Desk
	// Go runs work off the window's goroutine, Post brings a function back to it.
	// Both are set by the window; tests run them at once.
	Go, Post func(func())
	// Fault is told, on any goroutine, of an error that leaves something out of what
	// a screen shows; the window sets it and shows a bar.
	Fault func(error)

	period    data.Period
	today     data.Day // the day on which the screens stand; see CheckDay
	listeners []func()
	jump      func(Jump)
	turned    func()
}

// Jump asks the window to show the register with a list.
type Jump struct {
	Title string // what the list is, such as "Quá hạn (chưa xong) · Năm 2022"
	Query desk.Query
}

// On returns a question as of today, unless it names a day of its own: lists tell
// states as of today; only a list that was opened from a figure counts as of the
// day of the figure.
func On(q desk.Query, today data.Day) desk.Query {
	q.Today = today
	if !q.AsOf.Known() {
		q.AsOf = today
	}
	return q
}

// NewSession opens on the newest period that has dossiers. The register must be
// loaded.
func NewSession(d *desk.Desk) *Session {
	s := &Session{Desk: d, jump: func(Jump) {}, turned: func() {}, Go: func(f func()) { f() }, Post: func(f func()) { f() }, Fault: func(err error) { slog.Error("screen", "error", err) }}
	s.today = d.Today()
	s.period = s.newestPeriod()
	return s
}

func (s *Session) newestPeriod() data.Period {
	year := s.Desk.Today().Year()
	if _, last := s.Desk.Span(); last.Known() && last.Year() < year {
		year = last.Year()
	}
	p, _ := data.ParsePeriod(fmt.Sprint(year))
	return p
}

// Missed tells of an error that leaves something out of what a screen shows; what no
// longer exists is none.
func (s *Session) Missed(err error) {
	if data.CodeOf(err) != data.NotFound {
		s.Fault(err)
	}
}

// Period returns the period that holds for every screen.
func (s *Session) Period() data.Period { return s.period }

// SetPeriod changes the period and tells every screen.
func (s *Session) SetPeriod(p data.Period) {
	s.period = p
	s.Changed()
	s.turned()
}

// OnTurn sets what the window does when the period or the day is another one.
func (s *Session) OnTurn(fn func()) { s.turned = fn }

// Today returns the present day as all screens know it: it changes for all of
// them at once.
func (s *Session) Today() data.Day { return s.today }

// AsOf returns the day as of which the figures of the period are counted: today,
// or the end of a period that is over. Lists and states are as of Today.
func (s *Session) AsOf() data.Day { return min(s.today, s.period.To) }

// CheckDay tells every screen when the day is no longer the one that they show.
func (s *Session) CheckDay() {
	if s.Desk.Today() != s.today {
		s.Changed()
		s.turned()
	}
}

// dayCheck is how often the wall clock is looked at: timers stand while the
// machine sleeps, and the clock may be set.
const dayCheck = time.Minute

// WatchDay checks the day at midnight, and in between, for as long as it is not
// stopped. after runs a function once, later, on the window's goroutine.
func (s *Session) WatchDay(after func(d time.Duration, fn func()) (stop func())) (stop func()) {
	var next func()
	stopped, halt := false, func() {}
	next = func() {
		if stopped {
			return
		}
		s.CheckDay()
		now := s.Desk.Now()
		y, m, d := now.Date()
		midnight := time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())
		halt = after(min(dayCheck, midnight.Sub(now)), next)
	}
	next()
	return func() {
		stopped = true
		halt()
	}
}

// Listen calls fn on the window's goroutine after the period or the data
// changed.
func (s *Session) Listen(fn func()) { s.listeners = append(s.listeners, fn) }

// Changed tells every screen that the data, the period or the day changed.
func (s *Session) Changed() {
	s.today = s.Desk.Today()
	for _, fn := range s.listeners {
		fn()
	}
}

// OnJump sets what shows a list in the register.
func (s *Session) OnJump(fn func(Jump)) { s.jump = fn }

// Jump shows a list in the register.
func (s *Session) Jump(j Jump) {
	s.jump(j)
}

// JumpTo shows one dossier in the register.
func (s *Session) JumpTo(code string) {
	if code != "" {
		s.Jump(Jump{Title: "Hồ sơ " + code, Query: desk.Query{Text: `"` + code + `"`}})
	}
}

// Causes are the causes of delay in use, by id.
func (s *Session) Causes() []kit.Choice {
	list, err := s.Desk.Causes()
	if err != nil {
		s.Fault(err)
	}
	var out []kit.Choice
	for _, c := range list {
		if !c.Value.Closed {
			out = append(out, kit.Choice{Key: strconv.FormatUint(c.ID, 10), Text: c.Value.Name})
		}
	}
	return out
}

// PeriodLabel names a period on screens; those from the 15th to the 14th say so.
func PeriodLabel(p data.Period) string {
	if strings.HasPrefix(p.Key, nd09Prefix) {
		return p.Label + " (15–14)"
	}
	return p.Label
}

// nd09Prefix begins the keys of the periods of Decree 09/2019.
const nd09Prefix = "nd09:"

// PeriodOther is the choice of periods that asks for a range of days.
const PeriodOther = "other"

// periodFree is the choice of a range of days: it has no key of its own.
const periodFree = "free"

// PeriodChoices returns the periods to choose from, by the calendar and by Decree
// 09/2019, with p where it is none of them, and behind them PeriodOther; key is that
// of p, "" while p is not known.
func (s *Session) PeriodChoices(p data.Period) (choices []kit.Choice, key string) {
	choices = append(s.PeriodOptions(false), s.PeriodOptions(true)...)
	if p.From.Known() {
		key = cmp.Or(p.Key, periodFree)
		if !slices.ContainsFunc(choices, func(c kit.Choice) bool { return c.Key == key }) {
			choices = slices.Insert(choices, 0, kit.Choice{Key: key, Text: PeriodLabel(p)})
		}
	}
	return append(choices, kit.Choice{Key: PeriodOther, Text: "Khoảng ngày khác…"}), key
}

// PeriodOptions returns the periods of the years that have dossiers, newest year
// first: the year, halves, quarters, 4, 6 and 9 months, months; by the calendar,
// or from the 15th to the 14th by Decree 09/2019.
func (s *Session) PeriodOptions(nd09 bool) []kit.Choice {
	first, last := s.Desk.Span()
	from, to := first.Year(), max(last.Year(), first.Year())
	if !first.Known() {
		from, to = s.Desk.Today().Year(), s.Desk.Today().Year()
	}
	prefix := ""
	if nd09 {
		prefix = nd09Prefix
		to++ // a dossier of 20 December belongs to the next year
	}
	kinds := []string{"", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4", "-4M", "-9M"}
	for m := 1; m <= 12; m++ {
		kinds = append(kinds, fmt.Sprintf("-%02d", m))
	}
	var out []kit.Choice
	for year := to; year >= from; year-- {
		for _, k := range kinds {
			key := fmt.Sprintf("%s%d%s", prefix, year, k)
			if p, err := data.ParsePeriod(key); err == nil {
				out = append(out, kit.Choice{Key: key, Text: PeriodLabel(p)})
			}
		}
	}
	return out
}

// Units offers the units of the catalogue, by id; those that ended say so.
func Units(d *desk.Desk) []kit.Choice {
	c := d.Catalogue()
	return kit.ChoicesOf(c.Units, func(u data.Unit) kit.Choice {
		return kit.Choice{Key: kit.Key(u.ID), Text: c.UnitLabel(u, d.Today())}
	})
}

// Procedures offers those of the catalogue, by id.
func Procedures(d *desk.Desk) []kit.Choice {
	return kit.ChoicesOf(d.Catalogue().Procedures, func(p data.Procedure) kit.Choice {
		return kit.Choice{Key: kit.Key(p.ID), Text: p.Name + strings.TrimSuffix(" · "+p.Code, " · ")}
	})
}

// Fields offers the fields of the catalogue, by id.
func Fields(d *desk.Desk) []kit.Choice {
	return kit.ChoicesOf(d.Catalogue().Fields, func(f data.Field) kit.Choice { return kit.Choice{Key: kit.Key(f.ID), Text: f.Name} })
}
