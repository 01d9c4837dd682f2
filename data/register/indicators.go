package register

import (
	"fmt"
	"sync"
	"time"

	"giaoban/data"
)

// IndicatorsFrom is the first day that the free indicators of Decree 224/2026/NĐ-CP,
// Article 19, measure. What a register cannot know of them (automation, satisfaction) is
// not here; the shares of dossiers online and on time are rates already.
var IndicatorsFrom = data.Date(2026, time.July, 1)

// looked is what the indicators ask of a row in the figures of a span.
type looked struct {
	fresh  bool   // new in the period, since IndicatorsFrom
	online bool   // handed in online
	level  string // online level of its procedure on the day of its receipt, "" when unknown
	ended  bool   // with a result of a known day, since IndicatorsFrom
	days   int64  // calendar days from receipt to result
}

func (r *Register) look(row int, c class, s span) looked {
	x := looked{fresh: c.in != inCarried && r.received[row] >= int32(IndicatorsFrom), online: c.in == inOnline}
	if x.fresh {
		x.level = r.onlineLevel(row)
	}
	if c.out.Closed() && c.out != data.WithdrawnOut && data.Flag(r.flags[row])&data.EndUnknown == 0 {
		end := r.endedOn(row, s.cut)
		x.ended, x.days = end >= int32(IndicatorsFrom), int64(end-r.received[row])
	}
	return x
}

// at reports whether the row is fresh and its procedure stood at a level.
func (x looked) at(level func(string) bool) bool { return x.fresh && level(x.level) }

// indicator is one of the free indicators: what is counted of the rows in, of those of
// base.
type indicator struct {
	id, name, denominator string
	of                    measure
	in, base              func(looked) bool
	column                data.Column // within which in lies
	quiet                 bool        // not told where nothing counts: the office has no such service
}

// measure is what is counted of the rows.
type measure uint8

const (
	ofDossiers measure = iota
	ofProcedures
	ofDays
)

// indicators in the order in which they are printed.
var indicators = func() []*indicator {
	full := func(x looked) bool { return x.at(data.FullyOnline) }
	served := func(x looked) bool { return x.at(data.ServedOnline) }
	known := func(x looked) bool { return x.fresh && x.level != "" }
	ended := func(x looked) bool { return x.ended }
	const procedures = "thủ tục trực tuyến có hồ sơ mới từ 01/07/2026"
	list := []*indicator{
		{"services_full", "Tỷ lệ dịch vụ công trực tuyến toàn trình", procedures, ofProcedures, full, served, data.ColNew, false},
		{"online_full", "Tỷ lệ hồ sơ trực tuyến toàn trình", "hồ sơ mới từ 01/07/2026 của thủ tục đã ghi mức độ", ofDossiers,
			func(x looked) bool { return x.online && full(x) }, known, data.ColNew, false},
		{"processing_time", "Thời gian xử lý trung bình, cả ngày nghỉ và ngày chờ", "hồ sơ có kết quả từ 01/07/2026", ofDays, ended, ended, data.ColResolved, false},
	}
	for n := 1; n <= 4; n++ {
		list = append(list, &indicator{fmt.Sprintf("proactive_%d", n), fmt.Sprintf("Tỷ lệ dịch vụ công chủ động mức %d", n), procedures, ofProcedures,
			func(x looked) bool { return x.fresh && data.Proactive(x.level) == n }, served, data.ColNew, true})
	}
	return list
}()

// rate is the indicator as a query asks for its rows.
func (x *indicator) rate() *rate {
	return &rate{id: x.id, name: x.name, denominator: x.denominator, counts: func(r *Register, row int, c class, s span) bool { return x.in(r.look(row, c, s)) }}
}

// onlineLevel returns the online level of the procedure of a row on the day of its
// receipt, "" when unknown.
func (r *Register) onlineLevel(row int) (level string) {
	if id := r.proc[row]; int(id) < len(r.catalogue.online) {
		for _, s := range r.catalogue.online[id] {
			if int32(s.From) <= r.received[row] {
				level = s.Level
			}
		}
	}
	return level
}

// onlineSteps are the online levels of procedures by id, each from its day on.
func onlineSteps(procedures []data.Procedure) (out [][]data.OnlineStep) {
	for i := range procedures {
		p := &procedures[i]
		for len(out) <= int(p.ID) {
			out = append(out, nil)
		}
		steps := append([]data.OnlineStep{{From: -1 << 31, Level: p.OnlineLevel}}, p.Online...)
		for k := range steps {
			if !steps[k].From.Known() {
				steps[k].From = -1 << 31
			}
		}
		out[p.ID] = steps
	}
	return out
}

// indicatorOf returns the indicator with the id, nil for none.
func indicatorOf(id string) *indicator {
	return data.First(indicators, func(x *indicator) bool { return x.id == id })
}

// IndicatorIDs lists the indicators in the order in which they are printed.
func IndicatorIDs() []string {
	out := make([]string, len(indicators))
	for i, x := range indicators {
		out[i] = x.id
	}
	return out
}

// sums are the parts of an indicator among some rows.
type sums struct {
	n, base            int64
	inProcs, baseProcs bitset // of in, and of base
}

// measured are the indicators of a period as of a day, 0/0 where there is nothing to
// measure.
func (r *Register) measured(p data.Period, asOf data.Day, f Filter) []data.Ratio {
	out := make([]data.Ratio, len(indicators))
	s := spanOf(p, asOf)
	if s.cut < int32(IndicatorsFrom) {
		return out
	}
	admit := r.admit(f)
	all := make([]sums, len(indicators))
	var mu sync.Mutex
	parallel(len(r.ids), func(from, to int) {
		part := make([]sums, len(indicators))
		for start := from; start < to; start += zoneRows {
			if !r.zones[start/zoneRows].touches(s) {
				continue
			}
			for row := start; row < min(start+zoneRows, to); row++ {
				if !r.live.has(row) || admit != nil && !admit(row) {
					continue
				}
				if c := r.classify(row, s); c.out != data.NotCounted {
					r.measure(part, row, r.look(row, c, s))
				}
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range all {
			all[i].add(&part[i])
		}
	})
	for i, x := range indicators {
		m := &all[i]
		if x.of == ofProcedures {
			m.n, m.base = int64(count(m.inProcs)), int64(count(m.baseProcs))
		}
		if !x.quiet || m.n > 0 {
			out[i] = data.Ratio{Numerator: m.n, Denominator: m.base}
		}
	}
	return out
}

// measure adds a row to the indicators.
func (r *Register) measure(part []sums, row int, l looked) {
	if !l.fresh && !l.ended {
		return
	}
	for i, x := range indicators {
		if !x.base(l) {
			continue
		}
		m := &part[i]
		m.base++
		if x.of == ofProcedures {
			m.baseProcs.set(int(r.proc[row]))
		}
		switch {
		case !x.in(l):
		case x.of == ofDays:
			m.n += l.days
		case x.of == ofProcedures:
			m.inProcs.set(int(r.proc[row]))
		default:
			m.n++
		}
	}
}

func (m *sums) add(o *sums) {
	m.n, m.base = m.n+o.n, m.base+o.base
	for to, from := range map[*bitset]bitset{&m.inProcs: o.inProcs, &m.baseProcs: o.baseProcs} {
		for len(*to) < len(from) {
			*to = append(*to, 0)
		}
		for i, w := range from {
			(*to)[i] |= w
		}
	}
}

// indicators are those of State. The register must be locked.
func (r *Register) indicators(now, before data.Table, f Filter) (out []data.Rate) {
	a, b := r.measured(now.Period, now.AsOf, f), make([]data.Ratio, len(indicators))
	if before.Period.From.Known() {
		b = r.measured(before.Period, before.AsOf, f)
	}
	for i, x := range indicators {
		if a[i].Denominator == 0 {
			continue
		}
		one := data.Rate{ID: x.id, Name: x.name, DenominatorName: x.denominator, Now: a[i], Before: b[i], Compared: before.Period.From.Known()}
		if x.of == ofDays {
			one.Unit = "ngày"
		}
		out = append(out, one)
	}
	return out
}
