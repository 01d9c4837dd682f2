package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"giaoban/data"
)

// dossier writes out a plan. What is drawn here changes no figure but the
// rates of payment, digitising, electronic results and publishing.
func (t *Town) dossier(p *plan) data.Dossier {
	r := rand.New(rand.NewPCG(p.seed, uint64(p.number)))
	unit, procedure := t.scene.units[p.unit], &t.Procedures[p.procedure]
	field := t.Fields[procedure.Field-1].Name
	d := data.Dossier{
		Code:      t.code(p),
		Procedure: procedure.ID,
		Field:     procedure.Field,
		Unit:      uint32(p.unit + 1),
		Channel:   p.channel,
		Return:    p.giveBack,
		Flags:     p.flags,
		Copies:    1,
		Owner:     owner(r, t.scene.area(r, p.unit), t.scene.place, r.IntN(100) < tale().Companies[field]),
		Officer:   pick(r, t.officers[p.unit]),
		Received:  p.received,
		Mode:      data.Pause,
	}
	if unit.Counter {
		d.Receiver = 1
		d.Officer = pick(r, t.officers[0])
	}
	if r.IntN(100) < 7 {
		d.Copies = 2 + r.IntN(2)
	}
	if field == "Đất đai" {
		d.Content = fmt.Sprintf("Thửa đất số %d, tờ bản đồ số %d, %s", 1+r.IntN(400), 1+r.IntN(90), d.Owner.Area)
	}
	if p.refused {
		d.Entry, d.Return = data.NotAccepted, 0
		d.Note = pick(r, tale().Refusals)
		return d
	}
	d.Term, d.Due = procedure.Term, p.printed
	d.Book, d.Seq = int(procedure.Field), p.seq
	if r.IntN(100) < 5 {
		d.Agent = owner(r, d.Owner.Area, t.scene.place, false)
	}
	t.rates(&d, p, procedure, field, r)
	d.Events = t.events(p, r)
	const usual = 8 // causes that the program ships
	if done := p.ended.Day; (done > p.due.Day || !done.Known() && p.due.Day <= t.scene.horizon) && p.seed%5 > 0 {
		d.Cause = 1 + uint32(p.seed/5%usual)
	}
	if d.Flags&data.Digitised != 0 && p.seed%11 == 0 {
		d.Parts = []data.Part{{Name: "Giấy tờ đã nộp ở lần trước", Digital: data.ReusedPart}}
	}
	return d
}

// area returns a commune of the town: that of the unit, or any.
func (sc *scene) area(r *rand.Rand, unit int) string {
	if sc.units[unit].Level != data.LevelCommune || sc.units[unit].Counter {
		unit = sc.areas[r.IntN(len(sc.areas))]
	}
	return strings.TrimPrefix(strings.TrimPrefix(sc.units[unit].Name, "Ủy ban nhân dân "), "UBND ")
}

// rates sets the fee and the flags whose rates rise over the two years.
func (t *Town) rates(d *data.Dossier, p *plan, procedure *data.Procedure, field string, r *rand.Rand) {
	progress := min(max(float64(p.received.Day-t.scene.years[0].from)/730, 0), 1)
	chance := func(from, to float64) bool { return r.Float64() < from+(to-from)*progress }
	if d.Fee = procedure.Fee; d.Fee == 0 {
		d.Fee = tale().Fees[field]
	}
	if d.Fee > 0 {
		d.Flags |= data.FeeDue
		if p.channel == data.Online && chance(0.03, 0.44) {
			d.Flags |= data.PaidOnline
		}
	}
	if chance(0.3, 0.97) {
		d.Flags |= data.Digitised
	}
	if p.end == data.Finish && (p.giveBack == data.ReturnElectronic || chance(0.22, 0.86)) {
		d.Flags |= data.EResult
	}
	if chance(0.45, 0.985) {
		d.Flags |= data.Published
	}
}

// events writes out what happened, in order.
func (t *Town) events(p *plan, r *rand.Rand) []data.Event {
	by := pick(r, t.officers[p.unit])
	events := make([]data.Event, 0, 6)
	begin := p.received
	if begin.Clock += data.Clock(2 + r.IntN(8)); begin.Clock > data.At(15, 0) {
		// After 15:00 a dossier is handed over at the start of the next working
		// day (register-and-reports 1.11).
		begin = data.Moment{Day: t.calendar.NextWorkingDay(begin.Day), Clock: data.At(7, 1)}
	}
	begin.Clock = t.calendar.Hours().Within(begin.Clock)
	first := p.ended
	if p.pause != nil {
		first = p.pause.from
	}
	if !first.Known() || begin.Before(first) {
		if begin.Day <= t.LastDay {
			events = append(events, data.Event{Kind: data.BeginProcessing, At: begin, By: by})
		}
	}
	if q := p.pause; q != nil {
		ask, came, text := data.AskSupplement, data.Supplement, pick(r, tale().Missing)
		if q.payment {
			ask, came, text = data.AskPayment, data.Pay, "Thực hiện nghĩa vụ tài chính theo thông báo của cơ quan thuế."
		}
		events = append(events, data.Event{Kind: ask, At: q.from, By: by, Text: text})
		if q.to.Known() {
			events = append(events, data.Event{Kind: came, At: q.to, Due: q.due, By: by})
		}
	}
	if p.promised.Known() {
		events = append(events, data.Event{Kind: data.Extend, At: data.Moment{Day: p.apology, Clock: data.At(16, 30)}, Due: p.promised,
			Ref: fmt.Sprintf("%d/PXL", 1+r.IntN(180)), Text: pick(r, tale().Delays), By: by})
	}
	switch p.end {
	case data.Finish:
		events = append(events, data.Event{Kind: data.Finish, At: p.ended, Ref: fmt.Sprintf("%d/KQ", 1+r.IntN(9000)), By: by})
		if p.returned.Known() {
			events = append(events, data.Event{Kind: data.Return, At: p.returned, By: by})
		}
	case data.Withdraw:
		events = append(events, data.Event{Kind: data.Withdraw, At: p.ended, Text: "Công dân đề nghị rút hồ sơ.", By: by})
	case data.Stop:
		events = append(events, data.Event{Kind: data.Stop, At: p.ended, Text: "Không đủ điều kiện giải quyết.", By: by})
	}
	return events
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// person returns a made-up name.
func person(r *rand.Rand) string {
	woman := r.IntN(100) < 47
	switch {
	case r.IntN(100) < 6 && woman:
		return pick(r, tale().Highland) + " Thị " + pick(r, tale().Minority)
	case r.IntN(100) < 6:
		return pick(r, tale().Highland) + " " + pick(r, tale().Minority) + " " + pick(r, tale().Minority)
	case woman:
		return pick(r, tale().Families) + " " + pick(r, tale().WomMiddle) + " " + pick(r, tale().WomGiven)
	}
	return pick(r, tale().Families) + " " + pick(r, tale().MenMiddle) + " " + pick(r, tale().MenGiven)
}

// firm returns a made-up company or cooperative.
func firm(r *rand.Rand) string {
	return pick(r, tale().FirmKinds) + " " + pick(r, tale().FirmFirst) + " " + pick(r, tale().FirmLast)
}

// staff returns the officers of a unit; the one-stop centre, the first unit, has
// more of them.
func staff(unit int) []string {
	r := rand.New(rand.NewPCG(7, uint64(unit)))
	out := make([]string, 2+r.IntN(3))
	if unit == 0 {
		out = make([]string, 6)
	}
	for i := range out {
		out[i] = person(r)
	}
	return out
}

// owner makes up who a dossier belongs to. Phone numbers begin with 0950, which
// no network has; identity numbers with 099, which no province has.
func owner(r *rand.Rand, area, town string, company bool) data.Person {
	p := data.Person{
		Name:     person(r),
		Identity: fmt.Sprintf("099%d%02d%06d", r.IntN(2), 55+r.IntN(44), r.IntN(1000000)),
		Phone:    fmt.Sprintf("0950%06d", r.IntN(1000000)),
		Area:     area,
	}
	place := "Thôn"
	if strings.HasPrefix(area, "phường") {
		place = "Khu phố"
	}
	p.Address = fmt.Sprintf("%s %d, %s%s", place, 1+r.IntN(9), area, town)
	if company {
		p.Name = firm(r)
		p.Identity = fmt.Sprintf("99%08d", r.IntN(100000000))
	}
	if r.IntN(100) < 8 {
		p.Email = fmt.Sprintf("hoso%05d@vidu.example", r.IntN(100000))
	}
	return p
}
