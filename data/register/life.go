package register

import (
	"slices"

	"giaoban/data"
)

// segment is the state of a dossier from a day on, until the next segment.
type segment struct {
	from       int32
	due        int32 // judged due date, 0 without one
	since      int32 // the day since when the clock stands, 0 while it runs
	outcome    uint8 // data.Outcome when closed; else the class while open
	closed     bool
	reopened   bool // this segment begins with a closed dossier taken up again
	apologised bool
	citizen    bool // the clock stands for the citizen: states 5 and 6
}

// Classes of an open state, in columns first and segment.outcome: whether it is
// overdue depends on the day asked.
const (
	openRunning = uint8(data.PendingInTime)
	openWaiting = uint8(data.PendingWait)
	openNone    = uint8(data.NotCounted)
)

// simple is the life of most dossiers: open with the clock running from the
// receipt with one due date, and closed at most once.
type simple struct {
	due, ended  int32
	first, last uint8
	status      data.Status
}

// life derives the segments of dossiers. A life that one open and one closed
// state describe goes into the columns, any other into history.
type life struct {
	d    data.Dossier
	days []data.Day
	segs []segment
}

// of returns the life of a dossier; segs is nil for a simple one.
func (l *life) of(g *data.Glance) (s simple, segs []segment) {
	d := &l.d
	d.Entry, d.Received, d.Due, d.Term, d.Events = g.Entry, g.Received, g.Due, g.Term, g.Events
	if s, ok := l.plain(); ok {
		return s, nil
	}
	return l.walk()
}

// plain is the short way for the life that most dossiers have: taken up,
// finished, handed over, each on a known day and in this order. It gives what
// walk gives, by asking for the last state only.
func (l *life) plain() (s simple, ok bool) {
	d := &l.d
	if d.Entry != 0 && d.Entry != data.Received {
		return s, false
	}
	before, end := d.Received.Day, data.NoDay
	stage := data.BeginProcessing
	for i := range d.Events {
		e := &d.Events[i]
		if e.At.Day < before || e.Kind < stage {
			return s, false
		}
		switch e.Kind {
		case data.BeginProcessing:
		case data.Finish:
			end, stage = e.At.Day, data.Return
		case data.Return:
			if stage = data.Return; end == data.NoDay {
				end = e.At.Day
			}
		default:
			return s, false
		}
		before = e.At.Day
	}
	last := d.On(before)
	s = simple{due: int32(d.Due.Day), ended: open, first: openRunning, status: last.Status}
	if last.Closed {
		s.ended, s.last = int32(end), uint8(last.Outcome(before, d.Term))
	}
	return s, true
}

// walk asks data.Dossier.On at every day on which something happened.
func (l *life) walk() (simple, []segment) {
	d := &l.d
	l.days = append(l.days[:0], d.Received.Day)
	for i := range d.Events {
		if at := d.Happened(i).Day; at > d.Received.Day {
			l.days = append(l.days, at)
		}
	}
	slices.Sort(l.days)
	l.days = slices.Compact(l.days)
	segs := l.segs[:0]
	var status data.Status
	for _, day := range l.days {
		s := d.On(day)
		status = s.Status
		seg := segmentOf(s, day, d.Term, int32(d.Received.Day))
		if n := len(segs); n > 0 {
			prev := segs[n-1]
			seg.reopened = prev.closed && !seg.closed
			if seg.from = prev.from; seg == prev {
				continue
			}
			seg.from = int32(day)
		}
		segs = append(segs, seg)
	}
	l.segs = segs
	if s, ok := asSimple(segs, status); ok {
		return s, nil
	}
	last := segs[len(segs)-1]
	ended := int32(open)
	if last.closed {
		ended = last.from
	}
	return simple{due: last.due, ended: ended, first: complexRow, status: status}, slices.Clone(segs)
}

func segmentOf(s data.State, day data.Day, term data.Term, received int32) segment {
	seg := segment{from: int32(day), due: int32(s.Due.Day), apologised: s.Apologies > 0, closed: s.Closed}
	if s.Paused && s.Counted() {
		// An unknown day counts as the day of receipt.
		seg.since, seg.citizen = max(int32(s.Since.Day), received), s.Status.Waiting()
	}
	switch {
	case !s.Counted():
		seg.outcome = openNone
	case s.Closed:
		seg.outcome = uint8(s.Outcome(day, term))
	case s.Paused:
		seg.outcome = openWaiting
	default:
		seg.outcome = openRunning
	}
	return seg
}

func asSimple(segs []segment, status data.Status) (simple, bool) {
	a := segs[0]
	s := simple{due: a.due, ended: open, first: a.outcome, status: status}
	switch {
	case len(segs) > 2 || a.apologised || a.outcome == openWaiting:
		return s, false
	case len(segs) == 1:
		if a.closed {
			s.first, s.last, s.ended = openRunning, a.outcome, a.from
			if a.outcome == openNone {
				s.first = openNone
			}
		}
		return s, true
	}
	b := segs[1]
	if a.closed || !b.closed || b.apologised || a.outcome == openNone || b.outcome == openNone || (b.due != a.due) {
		return s, false
	}
	s.last, s.ended = b.outcome, b.from
	return s, true
}

// at returns the segment that holds on the day; ok is false before the receipt.
func at(segs []segment, day int32) (s segment, ok bool) {
	for i := len(segs) - 1; i >= 0; i-- {
		if segs[i].from <= day {
			return segs[i], true
		}
	}
	return segment{}, false
}

// closedSince returns the first day of the last run of closed segments up to the
// day, open when it is not closed then.
func closedSince(segs []segment, day int32) int32 {
	since := int32(open)
	for _, s := range segs {
		switch {
		case s.from > day:
			return since
		case !s.closed:
			since = open
		case since == open:
			since = s.from
		}
	}
	return since
}

// class is where a dossier stands in the figures of a period: how it came in
// and in which column it stands as of the cut. out is NotCounted when it does
// not belong to the period.
type class struct {
	in         uint8
	out        data.Outcome
	apologised bool
}

// How a dossier came into the period.
const (
	inDirect  = iota // new, at the counter or by an unknown channel
	inOnline         // new, online
	inPostal         // new, by post
	inCarried        // received before the period and not closed then
	inKinds
)

// span is a period with its cut-off day.
type span struct{ from, to, cut int32 }

func spanOf(p data.Period, asOf data.Day) span {
	if asOf == data.NoDay {
		asOf = p.To
	}
	cut := min(int32(asOf), open-1)
	return span{int32(p.From), min(int32(p.To), cut), cut}
}

// touches reports whether the rows of the zone can belong to the span.
func (z *zone) touches(s span) bool {
	return z.minReceived <= s.to && (z.maxReceived >= s.from || z.maxEnded >= s.from)
}

var inOf = [8]uint8{inDirect, inDirect, inOnline, inPostal, inDirect, inDirect, inOnline, inPostal}

// classify places a row. The rules are those of register-and-reports 4.3, as of
// the cut-off instead of today.
func (r *Register) classify(row int, s span) class {
	received := r.received[row]
	if received > s.to {
		return class{}
	}
	in := uint8(inCarried)
	if received >= s.from {
		in = inOf[r.channel[row]&7]
	}
	first := r.first[row]
	if first == complexRow {
		return r.classifyComplex(int32(row), s, in)
	}
	ended := r.ended[row]
	if in == inCarried && ended < s.from || first == openNone {
		return class{}
	}
	switch {
	case ended <= s.cut:
		return class{in: in, out: data.Outcome(r.last[row])}
	case r.due[row] != 0 && r.due[row] < s.cut:
		return class{in: in, out: data.Overdue}
	}
	return class{in: in, out: data.PendingInTime}
}

func (r *Register) classifyComplex(row int32, s span, in uint8) class {
	segs := r.history[row]
	if in == inCarried {
		if before, ok := at(segs, s.from-1); ok && before.closed && !reopenedWithin(segs, s) {
			return class{}
		}
	}
	now, ok := at(segs, s.cut)
	if !ok || now.outcome == openNone {
		return class{}
	}
	c := class{in: in, out: data.Outcome(now.outcome), apologised: now.apologised}
	if !now.closed && now.outcome == openRunning && now.due != 0 && now.due < s.cut {
		c.out = data.Overdue
	}
	return c
}

func reopenedWithin(segs []segment, s span) bool {
	return slices.ContainsFunc(segs, func(g segment) bool { return g.reopened && g.from >= s.from && g.from <= s.cut })
}
