package demo

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// pause is one request for a supplement or a payment and its end.
type pause struct {
	payment  bool
	from, to data.Moment // to is unknown while nothing came
	due      data.Moment // the due date after it
}

// plan holds the facts of one dossier that decide the figures.
type plan struct {
	unit      int // index of unitPlans
	procedure int // index of the catalogue
	channel   data.Channel
	giveBack  data.ReturnWay
	flags     data.Flag
	received  data.Moment
	printed   data.Moment // the due date on the receipt
	due       data.Moment // the one that counts in the end
	pause     *pause
	end       data.EventKind // Finish, Withdraw, Stop or 0
	ended     data.Moment
	returned  data.Moment
	promised  data.Moment // by a letter of apology
	apology   data.Day    // day of that letter
	refused   bool
	seed      uint64
	number    int // running number of the day
	seq       int // place in the book of the field and year
}

// planner makes the plans of one group.
type planner struct {
	scene    *scene
	calendar *workday.Calendar
	random   *rand.Rand
	group    *group
	catalog  []data.Procedure
	units    []int       // indexes of unitPlans
	unitSum  []float64   // running sums of their load
	pools    [][]int     // procedures of each unit, by place in units
	poolSum  [][]float64 // running sums of their weight
	plans    []*plan
}

// newPlanner prepares the choice of units and procedures for a group.
func newPlanner(sc *scene, c *workday.Calendar, g *group, catalog []data.Procedure, fields map[string]uint32, stream uint64) *planner {
	p := &planner{scene: sc, calendar: c, random: rand.New(rand.NewPCG(20221231, stream)), group: g, catalog: catalog}
	sum := 0.0
	for u, unit := range sc.units {
		if unit.Level != g.Level || unit.Load == 0 {
			continue
		}
		sum += unit.Load
		p.units, p.unitSum = append(p.units, u), append(p.unitSum, sum)
		var pool []int
		var sums []float64
		total := 0.0
		for _, name := range slices.Sorted(keys(unit.Fields)) {
			weights, field := 0.0, fields[name]
			for i := range catalog {
				if weight := sc.popularity(&catalog[i], unit.Level); catalog[i].Field == field && weight > 0 {
					weights += weight
				}
			}
			for i := range catalog {
				if weight := sc.popularity(&catalog[i], unit.Level); catalog[i].Field == field && weight > 0 {
					total += weight / weights * unit.Fields[name]
					pool, sums = append(pool, i), append(sums, total)
				}
			}
		}
		p.pools, p.poolSum = append(p.pools, pool), append(p.poolSum, sums)
	}
	return p
}

func keys(m map[string]float64) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// popularity is the weight of a procedure in its field, nought when units of the
// level do not handle it in the years of the demonstration.
func (sc *scene) popularity(p *data.Procedure, level data.Level) float64 {
	inForce := p.From <= sc.valid.from && (!p.To.Known() || p.To >= sc.valid.to)
	// Registering a mortgage stands at district level in the catalogue; the
	// land registration branch does it.
	right := p.Level == level || level == data.LevelVertical && p.Level == data.LevelDistrict
	if !inForce || !right || p.Term.Unit == data.WorkingHours {
		return 0
	}
	for _, words := range tale().LeftOut {
		if strings.Contains(p.Name, words) {
			return 0
		}
	}
	weight := 1.0
	for _, row := range tale().Popular {
		if row.Level == level && strings.Contains(p.Name, row.Words) {
			weight = row.Weight
			break
		}
	}
	if p.OnlineLevel == "thong-tin" {
		weight *= 0.35
	}
	return weight
}

// months is the load of the months of a year: little around Tết, most before
// the year ends; 2021 has a quiet summer besides.
var months = [...]float64{0, 0.82, 0.66, 1.18, 1.02, 0.98, 1.04, 1.0, 1.02, 0.96, 1.08, 1.12, 1.2}

// office returns the working days of a year with the running sums of their load.
func (p *planner) office(from, to data.Day, recent bool) (days []data.Day, sums []float64) {
	sum := 0.0
	for d := p.calendar.OnOrAfter(from); d <= to; d = p.calendar.NextWorkingDay(d) {
		y, m, _ := d.Civil()
		load := months[m]
		switch {
		case recent:
			load = math.Exp(-float64(to-d) / 16)
		case y == 2021 && (m == time.July || m == time.August):
			load *= 0.8
		case y == 2021 && m == time.December && p.group.Level == data.LevelDistrict:
			load *= 1.35
		}
		switch d.Weekday() {
		case time.Monday:
			load *= 1.22
		case time.Friday:
			load *= 0.86
		case time.Saturday, time.Sunday:
			load *= 0.5
		}
		sum += load * (0.85 + 0.3*p.random.Float64())
		days, sums = append(days, d), append(sums, sum)
	}
	return days, sums
}

// choose returns an index with the probability of its share of the sums.
func (p *planner) choose(sums []float64) int {
	return sort.SearchFloat64s(sums, p.random.Float64()*sums[len(sums)-1])
}

// maxDraws is how often a unit is drawn that did not exist on the day.
const maxDraws = 1000

// draw returns a dossier received on a day, without channel and due date.
func (p *planner) draw(day data.Day) *plan {
	u := p.choose(p.unitSum)
	for range maxDraws {
		if unit := &p.scene.units[p.units[u]]; (!unit.From.Known() || unit.From <= day) && (!unit.To.Known() || day <= unit.To) {
			break
		}
		u = p.choose(p.unitSum)
	}
	return &plan{unit: p.units[u], procedure: p.pools[u][p.choose(p.poolSum[u])], received: data.Moment{Day: day}, seed: p.random.Uint64()}
}

// term returns the term of the procedure of a dossier.
func (p *planner) term(d *plan) data.Term { return p.catalog[d.procedure].Term }

// arrive sets the time of day of the receipt, which depends on the channel, and
// the due date, which depends on the time.
func (p *planner) arrive(d *plan) error {
	r := p.random
	switch {
	case p.term(d).Unit == data.SameDay:
		d.received.Clock = data.At(7, 5) + data.Clock(r.IntN(250))
		if r.IntN(100) < 35 {
			d.received.Clock = data.At(13, 35) + data.Clock(r.IntN(75))
		}
	case d.channel == data.Online && r.IntN(100) < 14:
		d.received.Clock = data.At(17, 5) + data.Clock(r.IntN(340))
	case d.channel == data.Online && r.IntN(100) < 9:
		d.received.Clock = data.At(5, 0) + data.Clock(r.IntN(118))
	case d.channel == data.Postal:
		d.received.Clock = data.At(8, 0) + data.Clock(r.IntN(120))
	default:
		d.received.Clock = p.clock()
	}
	due, err := workday.DueMoment(p.calendar, d.received, p.term(d), nil, data.Pause, workday.Options{})
	d.printed, d.due = due, due
	return err
}

// clock returns a time of day at which the counter is open.
func (p *planner) clock() data.Clock {
	n := p.random.IntN(455) // 07:05 to 11:25, 13:35 to 16:50
	if n < 260 {
		return data.At(7, 5) + data.Clock(n)
	}
	return data.At(13, 35) + data.Clock(n-260)
}

// within moves a time of day into office hours.
func (p *planner) within(c data.Clock) data.Clock { return p.calendar.Hours().Within(c) }

// stop lets a dossier wait from one moment to another and moves its due date.
func (p *planner) stop(d *plan, from, to data.Moment, payment bool) error {
	due, err := workday.DueMoment(p.calendar, d.received, p.term(d), []workday.Span{{From: from, To: to}}, data.Pause, workday.Options{})
	if err != nil {
		return err
	}
	d.pause = &pause{payment: payment, from: from, to: to, due: due}
	d.due = due
	return nil
}

// pays reports whether the dossier may wait for a payment: land matters.
func (p *planner) pays(d *plan) bool {
	return p.scene.units[d.unit].Code == "01" && p.random.IntN(100) < 45
}

// earliest returns the first day on which a dossier can end.
func (p *planner) earliest(d *plan) data.Day {
	at := d.received
	if d.pause != nil && d.pause.to.Known() {
		at = d.pause.to
	}
	if at.Clock > data.At(16, 20) || !p.calendar.IsWorking(at.Day) {
		return p.calendar.NextWorkingDay(at.Day)
	}
	return at.Day
}

// take removes n of the dossiers, those with the greatest chance by weight, and
// returns them and the others, both in their old order.
func (p *planner) take(from []*plan, n int, weight func(*plan) float64) (taken, others []*plan) {
	type ticket struct {
		at  int
		key float64
	}
	tickets := make([]ticket, 0, len(from))
	for i, d := range from {
		u := p.random.Float64()
		if w := weight(d); w > 0 {
			tickets = append(tickets, ticket{i, -math.Log(1-u) / w})
		}
	}
	slices.SortStableFunc(tickets, func(a, b ticket) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return a.at - b.at
	})
	chosen := make([]bool, len(from))
	for _, t := range tickets[:min(n, len(tickets))] {
		chosen[t.at] = true
	}
	for i, d := range from {
		if chosen[i] {
			taken = append(taken, d)
		} else {
			others = append(others, d)
		}
	}
	return taken, others
}
