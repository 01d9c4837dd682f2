package demo

import (
	"fmt"
	"math"

	"giaoban/data"
)

// even gives every dossier the same chance.
func even(*plan) float64 { return 1 }

// run plans the group from the dossiers carried into the first year to those
// still pending after the last.
func (p *planner) run() error {
	carried, err := p.carryIn()
	if err != nil {
		return err
	}
	for i := range p.group.Years {
		if carried, err = p.year(p.scene.years[i], p.group.Years[i], carried); err != nil {
			return err
		}
	}
	return p.afterwards(carried)
}

// enough fails when the calendar leaves too few dossiers for a figure.
func (p *planner) enough(got, want int, what string, year span) error {
	if got == want || !p.scene.exact {
		return nil
	}
	return data.Fail(data.Internal, fmt.Sprintf("Không dựng được dữ liệu minh họa năm %d (%s, %s): có %d, cần %d. Dùng lịch làm việc kèm theo chương trình rồi thử lại.",
		year.to.Year(), p.group.Level.Name(), what, got, want), nil)
}

// carryIn makes the dossiers of 2020 that are pending when the first year
// begins.
func (p *planner) carryIn() ([]*plan, error) {
	t := p.group.Carry
	last := p.scene.years[0].from - 1
	before := span{p.scene.carriedFrom, last}
	first := before.from
	opening := p.calendar.OnOrAfter(last + 1)
	days, sums := p.office(first, last, true)
	if err := p.enough(min(len(days), 1), 1, "ngày làm việc", before); err != nil {
		return nil, err
	}
	var pool []*plan
	open, closed := 0, 0
	for range 400 * t.Pending {
		if open >= 2*t.Pending && closed >= 6*(t.Waiting+t.Overdue) {
			break
		}
		d := p.draw(days[p.choose(sums)])
		d.channel = p.channel(d, 0.62)
		if err := p.arrive(d); err != nil {
			return nil, err
		}
		switch {
		case d.due.Day >= opening:
			if open < 2*t.Pending {
				open++
				pool = append(pool, d)
			}
		case closed < 6*(t.Waiting+t.Overdue):
			closed++
			pool = append(pool, d)
		}
	}
	for _, d := range pool {
		p.giveBack(d)
	}
	pending, _, err := p.pendingAt(before, t, pool, nil)
	if err != nil {
		return nil, err
	}
	postal, _ := p.take(pending, len(pending)/9, even)
	for _, d := range postal {
		d.giveBack = data.ReturnPostal
	}
	p.plans = append(p.plans, pending...)
	return pending, nil
}

// channel draws a channel for dossiers without a figure to reach.
func (p *planner) channel(d *plan, online float64) data.Channel {
	switch {
	case p.catalog[d.procedure].OnlineLevel != "thong-tin" && p.random.Float64() < online:
		return data.Online
	case p.random.IntN(100) < 12:
		return data.Postal
	}
	return data.Direct
}

// giveBack draws how the result goes back, but for the post.
func (p *planner) giveBack(d *plan) {
	d.giveBack = data.ReturnDirect
	electronic := 24
	if d.received.Day >= p.scene.years[1].from {
		electronic = 55
	}
	if d.channel == data.Online && p.random.IntN(100) < electronic {
		d.giveBack = data.ReturnElectronic
	}
}

// fresh makes the dossiers received in a year, with their channel, their due
// date and the supplements that came within the year.
func (p *planner) fresh(year span, t target) ([]*plan, error) {
	first, last := year.from, year.to
	days, sums := p.office(first, last, false)
	if err := p.enough(min(len(days), 1), 1, "ngày làm việc", year); err != nil {
		return nil, err
	}
	out := make([]*plan, t.Fresh)
	for i := range out {
		out[i] = p.draw(days[p.choose(sums)])
	}
	online, counter := p.take(out, t.Online, func(d *plan) float64 {
		if p.catalog[d.procedure].OnlineLevel == "thong-tin" {
			return 0
		}
		_, m, _ := d.received.Day.Civil()
		return 0.6 + 0.08*float64(m) // the habit grows over the year
	})
	if err := p.enough(len(online), t.Online, "trực tuyến", year); err != nil {
		return nil, err
	}
	for _, d := range online {
		d.channel = data.Online
	}
	post, rest := p.take(counter, len(counter)/8, even)
	for _, d := range post {
		d.channel = data.Postal
	}
	for _, d := range rest {
		d.channel = data.Direct
	}
	for _, d := range out {
		if err := p.arrive(d); err != nil {
			return nil, err
		}
		p.giveBack(d)
		if err := p.supplement(d, last-8); err != nil {
			return nil, err
		}
	}
	for range t.Refused {
		d := p.draw(days[p.choose(sums)])
		d.channel, d.refused = data.Online, true
		if err := p.arrive(d); err != nil {
			return nil, err
		}
		p.plans = append(p.plans, d)
	}
	p.plans = append(p.plans, out...)
	return out, nil
}

// supplement lets some dossiers with a longer term wait for a while that ends
// before the last day.
func (p *planner) supplement(d *plan, last data.Day) error {
	days := p.calendar.WorkingDays(d.received.Day+1, d.due.Day)
	chance := 6
	if p.term(d).Unit == data.SameDay || days < 3 {
		chance = 0
	}
	if p.random.IntN(100) >= chance {
		return nil
	}
	from, _ := p.calendar.AddWorkingDays(d.received.Day, 1+p.random.IntN(min(days-1, 5)))
	to, _ := p.calendar.AddWorkingDays(from, 1+p.random.IntN(12))
	if to > last {
		return nil
	}
	return p.stop(d, data.Moment{Day: from, Clock: p.clock()}, data.Moment{Day: to, Clock: min(p.clock(), data.At(16, 10))}, p.pays(d))
}

// pendingAt chooses which dossiers are pending when the year ends, and returns
// them and the others. Those carried over and still waiting stand in stale.
func (p *planner) pendingAt(year span, t target, from, stale []*plan) (pending, others []*plan, err error) {
	last := year.to
	opening := p.calendar.OnOrAfter(last + 1)
	closing, _ := p.calendar.AddWorkingDays(opening, -1)
	pending = append(pending, stale...)

	waiting, others := p.take(from, t.Waiting-len(stale), func(d *plan) float64 {
		days := p.calendar.WorkingDays(d.received.Day+1, d.due.Day)
		if d.pause != nil || days < 2 || d.received.Day < last-120 || d.received.Day >= closing {
			return 0
		}
		weight := math.Exp(-float64(last-d.received.Day)/30) * math.Min(float64(days), 20)
		if p.scene.units[d.unit].Code == "01" {
			weight *= 3
		}
		return weight
	})
	if err := p.enough(len(waiting), t.Waiting-len(stale), "chờ bổ sung", year); err != nil {
		return nil, nil, err
	}
	for _, d := range waiting {
		if err := p.hold(d, closing, opening); err != nil {
			return nil, nil, err
		}
	}
	pending = append(pending, waiting...)

	overdue, others := p.take(others, t.Overdue, func(d *plan) float64 {
		if d.due.Day > closing-1 || d.due.Day < last-24 || d.due.Day == d.received.Day {
			return 0
		}
		return 1
	})
	if err := p.enough(len(overdue), t.Overdue, "quá hạn", year); err != nil {
		return nil, nil, err
	}
	for i, d := range overdue {
		if i%3 == 0 {
			p.apologise(d, opening+data.Day(4+p.random.IntN(14)))
		}
	}
	pending = append(pending, overdue...)

	n := t.Pending - len(pending)
	inTime, others := p.take(others, n, func(d *plan) float64 {
		if d.due.Day < opening {
			return 0
		}
		if p.earliest(d) > closing {
			return 1e12 // came after the last closing of the year
		}
		if p.scene.dueSoon(d, opening) {
			return 0.5 // what a morning begins with
		}
		left := float64(d.due.Day-last) / float64(d.due.Day-d.received.Day)
		return math.Pow(left, 6)
	})
	if err := p.enough(len(inTime), n, "còn trong hạn", year); err != nil {
		return nil, nil, err
	}
	return append(pending, inTime...), others, nil
}

// hold lets a dossier wait over the end of the year.
func (p *planner) hold(d *plan, closing, opening data.Day) error {
	latest := min(d.due.Day, closing)
	days := p.calendar.WorkingDays(d.received.Day+1, latest)
	from := latest
	if days > 1 {
		from, _ = p.calendar.AddWorkingDays(d.received.Day, 1+p.random.IntN(days))
	}
	to, _ := p.calendar.AddWorkingDays(opening, p.random.IntN(32))
	clock := p.clock()
	if from == d.received.Day {
		clock = max(clock, d.received.Clock)
	}
	return p.stop(d, data.Moment{Day: from, Clock: clock}, data.Moment{Day: to, Clock: min(p.clock(), data.At(16, 10))}, p.pays(d))
}

// apologise gives a letter of apology before the due date, at the latest the
// day before where that is possible (see package basis), with a new date.
func (p *planner) apologise(d *plan, promised data.Day) {
	d.apology, _ = p.calendar.AddWorkingDays(d.due.Day, -1)
	d.apology = max(d.apology, p.earliest(d), p.calendar.NextWorkingDay(d.received.Day))
	d.promised = data.Moment{Day: p.calendar.OnOrAfter(promised), Clock: d.due.Clock}
}

// year plans one year: what is received, what stays pending, and how the rest
// ends. It returns the pending ones.
func (p *planner) year(year span, t target, carried []*plan) ([]*plan, error) {
	fresh, err := p.fresh(year, t)
	if err != nil {
		return nil, err
	}
	if err := p.post(year, t, carried, fresh); err != nil {
		return nil, err
	}
	last := year.to
	opening := p.calendar.OnOrAfter(year.from)
	stale, carried := p.take(carried, t.Stale, func(d *plan) float64 {
		switch {
		case d.pause == nil || d.pause.to.Known() && d.pause.to.Day < opening:
			return 0
		case !d.pause.to.Known():
			return 1e12 // waited a year ago as well
		}
		return 1
	})
	if err := p.enough(len(stale), t.Stale, "chờ lâu", year); err != nil {
		return nil, err
	}
	for _, d := range stale {
		d.pause.to, d.pause.due, d.due = data.Moment{}, data.Moment{}, d.printed
	}
	pending, closing, err := p.pendingAt(year, t, fresh, stale)
	if err != nil {
		return nil, err
	}
	closing = append(carried, closing...)
	return pending, p.finish(year, t, closing, opening, last)
}

// post chooses whose result goes back by post.
func (p *planner) post(year span, t target, carried, fresh []*plan) error {
	n := t.Postal
	for _, d := range carried {
		if d.channel == data.Postal || d.giveBack == data.ReturnPostal {
			n--
		}
	}
	var others []*plan
	for _, d := range fresh {
		if d.channel == data.Postal {
			n--
		} else {
			others = append(others, d)
		}
	}
	chosen, _ := p.take(others, n, func(d *plan) float64 {
		_, m, _ := d.received.Day.Civil()
		return 1 + 0.1*float64(m)
	})
	for _, d := range chosen {
		d.giveBack = data.ReturnPostal
	}
	return p.enough(len(chosen), n, "bưu chính", year)
}

// finish ends dossiers within a year so that early, late and withdrawn come out
// as wanted.
func (p *planner) finish(year span, t target, closing []*plan, opening, last data.Day) error {
	end, _ := p.calendar.AddWorkingDays(p.calendar.OnOrAfter(last+1), -1)
	lo := func(d *plan) data.Day { return max(p.earliest(d), opening) }

	// Those whose date passed before they can end are late in any case.
	var late, rest []*plan
	for _, d := range closing {
		if d.due.Day < lo(d) {
			late = append(late, d)
		} else {
			rest = append(rest, d)
		}
	}
	more, rest := p.take(rest, t.Late-len(late), func(d *plan) float64 {
		if p.calendar.NextWorkingDay(d.due.Day) > end || p.term(d).Unit == data.SameDay {
			return 0
		}
		return 1 / p.scene.units[d.unit].Speed
	})
	if err := p.enough(len(late)+len(more), t.Late, "quá hạn", year); err != nil {
		return err
	}
	withdrawn, rest := p.take(rest, t.Withdrawn, func(d *plan) float64 {
		if p.term(d).Unit == data.SameDay {
			return 0
		}
		return 1
	})
	var early, onTime, either []*plan
	for _, d := range rest {
		switch {
		case d.due.Day > end:
			early = append(early, d)
		case d.due.Day <= lo(d):
			onTime = append(onTime, d)
		default:
			either = append(either, d)
		}
	}
	ahead, punctual := p.take(either, t.Early-len(early), func(d *plan) float64 { return p.scene.units[d.unit].Speed })
	early, onTime = append(early, ahead...), append(onTime, punctual...)
	if err := p.enough(len(early), t.Early, "trước hạn", year); err != nil {
		return err
	}

	for i, d := range late {
		p.close(d, data.Finish, p.between(max(lo(d), p.calendar.NextWorkingDay(d.due.Day)), min(end, opening+20), 1), i)
	}
	for i, d := range more {
		first := p.calendar.NextWorkingDay(d.due.Day)
		p.close(d, data.Finish, p.between(first, min(end, first+12), 0.4), i)
		if i%2 == 0 {
			p.apologise(d, d.ended.Day)
		}
	}
	for i, d := range withdrawn {
		kind := data.Withdraw
		if i%9 == 0 {
			kind = data.Stop
		}
		p.close(d, kind, p.between(lo(d), max(lo(d), min(d.due.Day, end)), 0.7), i)
	}
	for i, d := range early {
		p.close(d, data.Finish, p.between(lo(d), min(d.due.Day-1, end), 1.5), i)
	}
	for i, d := range onTime {
		p.close(d, data.Finish, d.due.Day, i)
	}
	p.survey(t, closing)
	return nil
}

// between returns a working day from first to last; lean below 1 draws towards
// the first, above towards the last.
func (p *planner) between(first, last data.Day, lean float64) data.Day {
	n := p.calendar.WorkingDays(first, last)
	if n <= 1 {
		return p.calendar.OnOrAfter(first)
	}
	i := int(float64(n) * math.Pow(p.random.Float64(), 1/lean))
	d, _ := p.calendar.AddWorkingDays(p.calendar.OnOrAfter(first), min(i, n-1))
	return d
}

// close ends a dossier on a day, at a time after what happened before on it,
// and hands the result over.
func (p *planner) close(d *plan, kind data.EventKind, day data.Day, i int) {
	at := data.Moment{Day: day, Clock: p.clock()}
	before := d.received
	if d.pause != nil && d.pause.to.Known() {
		before = d.pause.to
	}
	if before.Day == day && at.Clock <= before.Clock {
		at.Clock = p.within(before.Clock + data.Clock(10+p.random.IntN(25)))
	}
	d.end, d.ended = kind, at
	if kind != data.Finish {
		return
	}
	d.returned = data.Moment{Day: day, Clock: p.within(at.Clock + data.Clock(p.random.IntN(12)))}
	wait := [...]int{0, 0, 1, 1, 2, 3, 6}[p.random.IntN(7)]
	if d.giveBack != data.ReturnElectronic && wait > 0 {
		d.returned.Day, _ = p.calendar.AddWorkingDays(day, wait)
		d.returned.Clock = p.clock()
	}
	if i%97 == 0 && d.giveBack == data.ReturnDirect {
		d.returned = data.Moment{} // nobody came for it
	}
}

// survey asks some of those whose dossier was resolved.
func (p *planner) survey(t target, closing []*plan) {
	asked, _ := p.take(closing, t.Surveyed, func(d *plan) float64 {
		if d.end != data.Finish {
			return 0
		}
		return 1
	})
	content, _ := p.take(asked, t.Satisfied, func(d *plan) float64 {
		if d.ended.Day > d.due.Day {
			return 0.05
		}
		return 1
	})
	for _, d := range asked {
		d.flags |= data.Surveyed
	}
	for _, d := range content {
		d.flags |= data.Satisfied
	}
}

// afterwards ends most of what was pending after the last year, as far as the
// demonstration knows.
func (p *planner) afterwards(pending []*plan) error {
	horizon := p.scene.horizon
	opening := p.calendar.OnOrAfter(p.scene.years[1].to + 1)
	for i, d := range pending {
		if d.pause != nil && (!d.pause.to.Known() || d.pause.to.Day > horizon) {
			d.pause.to, d.pause.due, d.due = data.Moment{}, data.Moment{}, d.printed
			continue
		}
		lo := max(p.earliest(d), opening)
		if lo > horizon {
			continue // nothing is known of later days
		}
		if d.due.Day < lo {
			if i%10 != 0 {
				p.close(d, data.Finish, p.between(lo, opening+24, 0.6), i)
			}
			continue
		}
		if hi := min(d.due.Day, horizon); hi >= lo && p.random.IntN(100) < 94 {
			p.close(d, data.Finish, p.between(lo, hi, 1.4), i)
			if d.ended.Day > horizon {
				d.end, d.ended, d.returned = 0, data.Moment{}, data.Moment{}
			}
		}
		if d.returned.Day > horizon {
			d.returned = data.Moment{}
		}
	}
	return nil
}
