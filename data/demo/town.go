package demo

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"giaoban/data"
	"giaoban/data/shipped"
	"giaoban/data/workday"
)

// Town is the demonstration office. Catalogue ids start at 1 and agree with
// those in its dossiers.
type Town struct {
	Office     data.Office
	Units      []data.Unit
	Fields     []data.Field
	Procedures []data.Procedure
	// LastDay is the last day of which the demonstration knows an event; figures
	// are whole up to 31 December 2022.
	LastDay data.Day

	scene    *scene
	calendar *workday.Calendar
	plans    []*plan
	officers [][]string // by unit
}

// Generate makes up the town on an office calendar, the one shipped with the
// program for the figures of the article. Another calendar of 2020 to 2023 may
// leave no room for these figures; that gives an *data.Error.
func Generate(c *workday.Calendar) (*Town, error) { return article().town(c) }

// GenerateUntil makes up two years that end on a day, as they stand on its evening:
// dossiers are due on the days after it. From July 2025 on the office is a ward with its
// units of today, into which three others were merged; before, the town of the article.
func GenerateUntil(c *workday.Calendar, last data.Day) (*Town, error) {
	if last < data.Date(2012, 1, 1) || last > data.Date(2099, 12, 31) {
		return nil, data.Fail(data.Invalid, "Cơ quan minh họa dựng được cho ngày cuối từ năm 2012 đến 2099.", nil)
	}
	return until(last).town(c)
}

// town plans the office.
func (sc *scene) town(c *workday.Calendar) (*Town, error) {
	catalogue := shipped.Procedures()
	t := &Town{Office: sc.office, Fields: catalogue.Fields, Procedures: catalogue.Procedures, LastDay: sc.horizon, scene: sc, calendar: c}
	for i, u := range sc.units {
		one := data.Unit{ID: uint32(i + 1), Name: u.Name, Level: u.Level, Code: province + "." + u.Code, Order: i + 1, Source: data.Shipped, Kind: u.Kind, From: u.From, To: u.To}
		if u.Into > 0 {
			one.Successor = uint32(u.Into)
		}
		t.Units = append(t.Units, one)
		t.officers = append(t.officers, staff(i))
	}
	fields := map[string]uint32{}
	for _, f := range t.Fields {
		fields[f.Name] = f.ID
	}
	for i := range sc.groups {
		p := newPlanner(sc, c, &sc.groups[i], t.Procedures, fields, uint64(i))
		if err := p.run(); err != nil {
			return nil, err
		}
		t.plans = append(t.plans, p.plans...)
	}
	for _, d := range t.plans {
		if d.returned.Day > sc.horizon {
			d.returned = data.Moment{}
		}
		if d.apology > sc.horizon {
			d.apology, d.promised = data.NoDay, data.Moment{}
		}
	}
	t.number()
	return t, nil
}

// number puts the dossiers in the order of their receipt and counts them: by
// unit and day for the code, by field and year for the book.
func (t *Town) number() {
	slices.SortFunc(t.plans, func(a, b *plan) int {
		return cmp.Or(cmp.Compare(a.received.Day, b.received.Day), cmp.Compare(a.received.Clock, b.received.Clock),
			cmp.Compare(a.unit, b.unit), cmp.Compare(a.seed, b.seed))
	})
	type book struct {
		field uint32
		year  int
	}
	codes, books := map[int]int{}, map[book]int{}
	var day data.Day
	year := 0
	for _, d := range t.plans {
		if d.received.Day != day {
			day, year = d.received.Day, d.received.Day.Year()
			clear(codes)
		}
		codes[d.unit]++
		d.number = codes[d.unit]
		if !d.refused {
			b := book{t.Procedures[d.procedure].Field, year}
			books[b]++
			d.seq = books[b]
		}
	}
}

// Len returns how many dossiers there are.
func (t *Town) Len() int { return len(t.plans) }

// Dossiers yields the dossiers in the order of their receipt, ids 0. Each is
// made when it is asked for, so that the whole register never stands in memory
// at once.
func (t *Town) Dossiers() iter.Seq[data.Dossier] {
	return func(yield func(data.Dossier) bool) {
		for _, p := range t.plans {
			if !yield(t.dossier(p)) {
				return
			}
		}
	}
}

// code returns the code of a dossier in the national style.
func (t *Town) code(p *plan) string {
	y, m, d := p.received.Day.Civil()
	return fmt.Sprintf("%s.%s-%02d%02d%02d-%04d", province, t.scene.units[p.unit].Code, y%100, int(m), d, p.number)
}
