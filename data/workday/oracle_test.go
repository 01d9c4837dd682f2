package workday_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/testsize"
	"giaoban/data/workday"
)

// The oracle says what a due date is instead of walking to it: it asks of one
// day after another, or one minute after another, whether everything that makes a
// due date holds.

type oracle struct {
	c      *workday.Calendar
	term   data.Term
	pauses []workday.Span
	mode   data.PauseMode
}

// due returns the due date; ok is false while an open pause hides it.
func (o oracle) due(received data.Moment) (data.Moment, bool) {
	switch o.mode {
	case data.RunOn:
		return o.plain(received, nil)
	case data.Restart:
		for _, p := range o.pauses {
			due, ok := o.plain(received, nil)
			if !ok || o.after(p.From, due) {
				return due, ok
			}
			if !p.To.Known() {
				return data.Moment{}, false
			}
			received = p.To
		}
		return o.plain(received, nil)
	}
	return o.plain(received, o.pauses)
}

// after reports whether a request came too late: after the due day, or the due
// minute for terms in hours.
func (o oracle) after(from, due data.Moment) bool {
	if o.term.Unit != data.WorkingHours {
		return from.Day > due.Day
	}
	return axis(from) > axis(due)
}

func (o oracle) plain(received data.Moment, pauses []workday.Span) (data.Moment, bool) {
	if o.term.Unit == data.WorkingHours {
		return o.minutes(received, pauses)
	}
	need := o.term.Count
	switch o.term.Unit {
	case data.SameDay:
		need = 0
		if received.Clock > data.At(15, 0) {
			need = 1
		}
	case data.Months:
		y, m, d := received.Day.Civil()
		for !data.ValidDate(y+(int(m)-1+o.term.Count)/12, (int(m)-1+o.term.Count)%12+1, d) {
			d--
		}
		need = int(data.Date(y, m+time.Month(o.term.Count), d) - received.Day)
	}
	counted := 0
	for day := received.Day; !waitsForEver(day, pauses); day++ {
		if day > received.Day && o.counts(day) && !within(day, pauses) {
			counted++
		}
		if counted >= need && o.c.IsWorking(day) && !waits(day, pauses) {
			return data.Moment{Day: day}, true
		}
	}
	return data.Moment{}, false
}

// waitsForEver reports whether an open pause began before the day.
func waitsForEver(d data.Day, pauses []workday.Span) bool {
	n := len(pauses)
	return n > 0 && !pauses[n-1].To.Known() && d > pauses[n-1].From.Day+1
}

func (o oracle) counts(d data.Day) bool {
	s, special := o.c.Special(d)
	switch o.term.Unit {
	case data.CalendarDays, data.Months:
		return true
	case data.CalendarDaysNoFeast:
		return !special || s.Kind == workday.MakeUp
	}
	return o.c.IsWorking(d)
}

// within reports whether a day lies after a request and not after its supplement.
func within(d data.Day, pauses []workday.Span) bool {
	for _, p := range pauses {
		if d > p.From.Day && (!p.To.Known() || d <= p.To.Day) {
			return true
		}
	}
	return false
}

// waits reports whether the office waits at the end of a day.
func waits(d data.Day, pauses []workday.Span) bool {
	for _, p := range pauses {
		if d >= p.From.Day && (!p.To.Known() || d < p.To.Day) {
			return true
		}
	}
	return false
}

func axis(m data.Moment) int {
	if !m.Clock.Known() {
		return (int(m.Day) + 1) * 1440
	}
	return int(m.Day)*1440 + m.Clock.Minutes()
}

// minutes steps through time one minute at a time.
func (o oracle) minutes(received data.Moment, pauses []workday.Span) (data.Moment, bool) {
	free := func(t int) bool { // the minute that begins at t is office time
		day := data.Day(t / 1440)
		if !o.c.IsWorking(day) {
			return false
		}
		for _, p := range pauses {
			if axis(p.From) <= t && (!p.To.Known() || t < axis(p.To)) {
				return false
			}
		}
		for _, s := range o.c.Sessions(day) {
			if s.From.Minutes() <= t%1440 && t%1440 < s.To.Minutes() {
				return true
			}
		}
		return false
	}
	counted, need := 0, o.term.Count*60
	for t := axis(received); !waitsForEver(data.Day(t/1440), pauses); t++ {
		asked := false
		for _, p := range pauses {
			asked = asked || axis(p.From) == t && (!p.To.Known() || axis(p.To) > t)
		}
		reached := t > axis(received) && free(t-1) && counted == need && need > 0
		if counted == need && !asked && (free(t) || reached && !wasReached(t, received, need, free)) {
			return data.Moment{Day: data.Day(t / 1440), Clock: data.At(t%1440/60, t%60)}, true
		}
		if free(t) && counted < need {
			counted++
		}
	}
	return data.Moment{}, false
}

// wasReached reports whether the need was met before the minute that ends at t.
func wasReached(t int, received data.Moment, need int, free func(int) bool) bool {
	n := 0
	for u := axis(received); u < t-1; u++ {
		if free(u) {
			n++
		}
	}
	return n >= need
}

// randomCalendars returns calendars with random days off, Saturdays worked and
// office hours for 2024 to 2027.
func randomCalendars(t testing.TB, r *rand.Rand, n int) []*workday.Calendar {
	out := []*workday.Calendar{workday.Default()}
	for len(out) < n {
		h := workday.DefaultHours
		if r.IntN(3) == 0 {
			h = workday.Hours{{From: data.At(8, r.IntN(60)), To: data.At(12, 0)}, {From: data.At(12, r.IntN(60)), To: data.At(16, r.IntN(60))}}
		}
		var years []workday.Year
		for y := 2024; y <= 2027; y++ {
			year := workday.Year{Number: y}
			for d := data.Date(y, 1, 1); d.Year() == y; d++ {
				w := d.Weekday()
				switch {
				case (w == time.Saturday || w == time.Sunday) && r.IntN(12) == 0:
					year.Days = append(year.Days, workday.Special{Date: d, Kind: workday.MakeUp, Name: "bù"})
				case r.IntN(20) == 0:
					year.Days = append(year.Days, workday.Special{Date: d, Kind: workday.Kind(1 + r.IntN(3)), Name: "nghỉ"})
				}
			}
			years = append(years, year)
		}
		week := workday.FiveDays(h)
		if r.IntN(2) == 0 {
			week[time.Saturday] = h[:1] // the morning
		}
		if r.IntN(5) == 0 {
			week[time.Wednesday] = nil
		}
		c, err := workday.NewWeek(h, week, years...)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// randomCase returns a receipt, a term and pauses that follow each other.
func randomCase(r *rand.Rand, unit data.TermUnit) (data.Moment, data.Term, []workday.Span) {
	clock := func() data.Clock {
		if r.IntN(4) == 0 {
			return 0
		}
		return data.Clock(1 + r.IntN(1440))
	}
	timed := unit == data.WorkingHours
	received := data.Moment{Day: data.Date(2024, 2, 1) + data.Day(r.IntN(1000)), Clock: clock()}
	term := data.Term{Count: r.IntN(25), Unit: unit}
	if unit == data.Months {
		term.Count = r.IntN(4)
	}
	var pauses []workday.Span
	at := received
	for n := r.IntN(6) - 2; n > 0; n-- {
		step := func(days int) data.Moment {
			m := data.Moment{Day: at.Day + data.Day(r.IntN(days))}
			if timed && (at.Clock.Known() || m.Day > at.Day) && r.IntN(4) > 0 {
				m.Clock = clock()
			}
			if m.Day == at.Day && m.Clock.Known() && m.Clock < at.Clock {
				m.Clock = at.Clock
			}
			return m
		}
		from := step(8)
		at = from
		to := step(12)
		if !timed {
			from.Clock, to.Clock = 0, 0
		}
		// Two moments on one day, one of them without a time, have no order.
		if from.Day == to.Day && from.Clock.Known() != to.Clock.Known() {
			to.Day++
		}
		at = data.Moment{Day: to.Day + 1}
		if n == 1 && r.IntN(5) == 0 {
			to = data.Moment{}
		}
		pauses = append(pauses, workday.Span{From: from, To: to})
	}
	if timed && len(pauses) > 0 && pauses[0].From.Day == received.Day && !(pauses[0].From.Clock.Known() && received.Clock.Known()) {
		return received, term, nil
	}
	return received, term, pauses
}

// cases makes a run of n a short one.
func cases(n int) int { return testsize.Of(n/20, n) }

func TestDueAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	calendars := randomCalendars(t, r, 12)
	units := []data.TermUnit{nlv, ngay, thang, trong, trule}
	moved := 0
	for i := range cases(120000) {
		unit := units[i%len(units)]
		if i%32 == 0 {
			unit = gio
		}
		c := calendars[r.IntN(len(calendars))]
		received, term, pauses := randomCase(r, unit)
		mode := data.PauseMode(r.IntN(3))
		want, ok := oracle{c, term, pauses, mode}.due(received)
		got, err := workday.Due(c, received, term, pauses, mode, workday.Options{})
		if err != nil {
			t.Fatalf("%s + %s %v: %v", received, term, pauses, err)
		}
		due := got.Due
		if unit != gio || !due.Clock.Known() {
			due.Clock = 0
			want.Clock = 0
		}
		if due != want || ok != got.Due.Known() {
			t.Fatalf("%s + %s %v %s = %s, want %s%s", received, term, pauses, mode.Key(), due, want, lines(got))
		}
		if len(pauses) > 0 && ok {
			moved++
		}
		checkLines(t, c, got)
		silent, err := workday.DueMoment(c, received, term, pauses, mode, workday.Options{})
		if err != nil || silent != got.Due {
			t.Fatalf("DueMoment = %s %v, want %s", silent, err, got.Due)
		}
	}
	if moved < cases(120000)/10 {
		t.Errorf("only %d cases with pauses", moved)
	}
}

// checkLines checks that the lines of an explanation follow each other, end on
// the due date, and add up to what was counted since the last restart.
func checkLines(t testing.TB, c *workday.Calendar, e workday.Explanation) {
	t.Helper()
	sum := 0
	for i, d := range e.Days {
		if d.Date != e.Received.Day+data.Day(i) {
			t.Fatalf("line %d is %s", i, d.Date)
		}
		if d.Kind == workday.StepRestart {
			sum = 0
		}
		switch {
		case d.Counted && e.Term.Unit == data.WorkingHours:
			sum += d.Minutes
		case d.Counted:
			sum++
		}
		if d.Running != sum || d.Note() == "" {
			t.Fatalf("line %s: running %d, want %d%s", d.Date, d.Running, sum, lines(e))
		}
		if d.Due != (e.Due.Known() && i == len(e.Days)-1) || d.Due && d.Date != e.Due.Day {
			t.Fatalf("line %s: due %v%s", d.Date, d.Due, lines(e))
		}
		off := d.Kind == workday.StepWeekend || d.Kind == workday.StepHoliday || d.Kind == workday.StepInLieu || d.Kind == workday.StepSwap
		if off && c.IsWorking(d.Date) {
			t.Fatalf("line %s is %s on a working day", d.Date, d.Kind)
		}
	}
	if sum != e.Counted {
		t.Fatalf("lines add up to %d, counted %d%s", sum, e.Counted, lines(e))
	}
	if e.Due.Known() && !c.IsWorking(e.Due.Day) {
		t.Fatalf("due on %s, a day off", e.Due.Day)
	}
}

// TestDueMonotone: a later receipt, a longer term or one more holiday never
// gives an earlier due date.
func TestDueMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	calendars := randomCalendars(t, r, 20)
	units := []data.TermUnit{nlv, ngay, thang, trong, trule, gio}
	due := func(c *workday.Calendar, m data.Moment, term data.Term, pauses []workday.Span, mode data.PauseMode) int {
		got, err := workday.DueMoment(c, m, term, pauses, mode, workday.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !got.Known() {
			return 1 << 40
		}
		if !got.Clock.Known() || term.Unit != gio && term.Unit != nlv || term.Count == 0 {
			return int(got.Day) * 1440
		}
		return axis(got)
	}
	fewer := map[*workday.Calendar]*workday.Calendar{}
	for _, c := range calendars {
		less := c
		for y := 2024; y <= 2027; y++ {
			year := c.Year(y)
			var kept []workday.Special
			for _, s := range year.Days {
				if !s.Kind.Off() || r.IntN(3) > 0 {
					kept = append(kept, s)
				}
			}
			year.Days = kept
			var err error
			if less, err = less.With(year); err != nil {
				t.Fatal(err)
			}
		}
		fewer[c] = less
	}
	for i := range cases(100000) {
		c := calendars[r.IntN(len(calendars))]
		received, term, pauses := randomCase(r, units[i%len(units)])
		mode := data.PauseMode(r.IntN(3))
		at := due(c, received, term, pauses, mode)
		longer := term
		longer.Count++
		if got := due(c, received, longer, pauses, mode); got < at {
			t.Fatalf("%s + %s %v is due earlier than %s", received, longer, pauses, term)
		}
		if got := due(fewer[c], received, term, pauses, mode); got > at {
			t.Fatalf("%s + %s %v: one more holiday made it earlier", received, term, pauses)
		}
		if !received.Clock.Known() {
			continue
		}
		at = due(c, received, term, nil, mode)
		later := received
		if later.Clock += data.Clock(r.IntN(2000)); later.Clock > 1440 {
			later = data.Moment{Day: later.Day + data.Day((later.Clock-1)/1440), Clock: (later.Clock-1)%1440 + 1}
		}
		if got := due(c, later, term, nil, mode); got < at {
			t.Fatalf("%s + %s is due earlier than from %s", later, term, received)
		}
	}
}

// TestPauseShifts: a pause in time moves a due date by exactly its working
// days, which are the lines marked as pause.
func TestPauseShifts(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	calendars := randomCalendars(t, r, 12)
	for range cases(30000) {
		c := calendars[r.IntN(len(calendars))]
		received := data.Moment{Day: data.Date(2024, 2, 1) + data.Day(r.IntN(1000))}
		term := data.Term{Count: 1 + r.IntN(30), Unit: nlv}
		old, err := workday.DueMoment(c, received, term, nil, data.Pause, workday.Options{})
		if err != nil {
			t.Fatal(err)
		}
		from := received.Day + data.Day(r.IntN(int(old.Day-received.Day)))
		to := from + data.Day(r.IntN(30))
		shift := c.WorkingDays(from+1, to)
		want, _ := c.AddWorkingDays(old.Day, shift)
		got, err := workday.Due(c, received, term, []workday.Span{{From: data.Moment{Day: from}, To: data.Moment{Day: to}}}, data.Pause, workday.Options{})
		if err != nil || got.Due.Day != want {
			t.Fatalf("%s + %s, pause %s to %s: %s %v, want %s", received, term, from, to, got.Due, err, want)
		}
		lines := 0
		for _, d := range got.Days {
			if d.Kind == workday.StepPause {
				lines++
			}
		}
		if lines != shift {
			t.Fatalf("%d lines of pause, want %d", lines, shift)
		}
	}
}

func BenchmarkDue(b *testing.B) {
	c := workday.Default()
	pauses := spans(b, "06/08/2026..14/08/2026")
	term := data.Term{Count: 20, Unit: nlv}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := workday.Due(c, data.Moment{Day: data.Date(2026, 8, 3), Clock: data.At(9, 0)}, term, pauses, data.Pause, workday.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDueMoment(b *testing.B) {
	c := workday.Default()
	term := data.Term{Count: 20, Unit: nlv}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := workday.DueMoment(c, data.Moment{Day: data.Date(2026, 8, 3), Clock: data.At(9, 0)}, term, nil, data.Pause, workday.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
