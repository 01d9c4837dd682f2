package workday

import "giaoban/data"

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
