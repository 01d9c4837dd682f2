package demo

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"giaoban/data"
	"giaoban/data/shipped"
	"giaoban/data/workday"
)

// span are days, both included.
type span struct{ from, to data.Day }

// scene is an office and its two years before they are made up.
type scene struct {
	office      data.Office
	units       []unitPlan // the one-stop centre first
	areas       []int      // units whose names are the places where people live
	place       string     // behind the address of everybody
	groups      []group
	carriedFrom data.Day // first day of what is carried into the first year
	years       [2]span
	horizon     data.Day // last day of which the demonstration knows: what ends later is pending
	valid       span     // procedures that do not hold for all of it are left out
	exact       bool     // the figures must come out as the targets say
}

// clerk is a made-up officer.
const clerk = "Trần Thị Thí Dụ"

// firstYear is the first year of the article with figures.
const firstYear = 2021

// article is the town of the article with its years 2021 and 2022.
func article() *scene {
	year := func(n int) span { return span{data.Date(n, time.January, 1), data.Date(n, time.December, 31)} }
	return &scene{office: tale().Office, units: tale().Town, areas: townAreas(), place: ", thị xã Đông Hà Sơn", groups: tale().TownGroups,
		carriedFrom: data.Date(firstYear-1, time.October, 1), years: [2]span{year(firstYear), year(firstYear + 1)}, horizon: data.Date(firstYear+2, time.February, 28),
		valid: span{data.Date(firstYear-1, time.October, 1), data.Date(firstYear+2, time.March, 1)}, exact: true}
}

// townAreas are the communes of the town.
func townAreas() (out []int) {
	for i, u := range tale().Town {
		if u.Level == data.LevelCommune {
			out = append(out, i)
		}
	}
	return out
}

// reform is the day since which there are two levels.
var reform = data.Date(2025, time.July, 1)

// until are two years that end on a day. Nothing is known of what comes after it.
func until(last data.Day) *scene {
	sc := &scene{office: tale().Office, units: tale().Town, areas: townAreas(), place: ", thị xã Đông Hà Sơn", groups: tale().TownGroups}
	if last >= reform {
		sc.office, sc.units, sc.areas, sc.place, sc.groups = wardOffice(), tale().Ward, []int{wardPlace}, "", tale().WardGroups
	}
	middle := last - 365
	sc.years = [2]span{{middle - 364, middle}, {middle + 1, last}}
	sc.carriedFrom = sc.years[0].from - 92
	sc.horizon = last
	sc.valid = span{sc.carriedFrom, last}
	if last >= reform {
		// Procedures of the new communes hold since the reform; what came before it went
		// the same way.
		sc.valid.from = max(sc.valid.from, reform)
	}
	return sc
}

// dueSoon tells whether a dossier is due on the first two working days after the last
// day of a demonstration that ends yesterday.
func (sc *scene) dueSoon(d *plan, opening data.Day) bool {
	return !sc.exact && opening > sc.horizon && d.due.Day <= opening+1 && d.due.Day > d.received.Day
}

// The ward of today: three communes became one on 1 July 2025.
const (
	wardPlace = 4 // index of the unit that bears its name
)

func wardOffice() data.Office {
	o := tale().Office
	o.Name, o.Level = "ỦY BAN NHÂN DÂN\nPHƯỜNG ĐÔNG HÀ SƠN", data.LevelCommune
	o.Desk = "TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG"
	o.Address = "Số 1 đường Minh Họa, phường Đông Hà Sơn"
	o.Receiver = "Ủy ban nhân dân tỉnh"
	return o
}

// target holds the figures that one group of units reaches in one year. What is
// resolved follows: carried over and new, less pending.
type target struct {
	Fresh     int // received in the year
	Online    int // of fresh, online
	Postal    int // of all received, carried over included: came in or go back by post
	Pending   int // at the end of the year
	Waiting   int // of pending: the office waits for the citizen
	Stale     int // of waiting: already so a year ago
	Overdue   int // of pending
	Early     int // of resolved
	Late      int // of resolved
	Withdrawn int // of resolved: withdrawn or stopped
	Surveyed  int // of resolved
	Satisfied int // of surveyed
	Refused   int // not accepted, in no figure
}

// group is one of the three groups of units of the article.
type group struct {
	Level data.Level
	Carry target // the end of 2020: only pending, waiting, overdue are used
	Years [2]target
}

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
		one := data.Unit{ID: uint32(i + 1), Name: u.Name, Level: u.Level, Code: province + "." + u.Code, Order: i + 1, Source: data.Shipped, Kind: u.kind(), From: u.From, To: u.To}
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
	t.completeCatalogue()
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

// completeCatalogue says of the shipped procedures what an office adds to them: whose they
// are, how they are carried out and since when, and what kind of fee they have.
func (t *Town) completeCatalogue() {
	names := map[uint32]string{}
	for _, f := range t.Fields {
		names[f.ID] = f.Name
	}
	for i := range t.Procedures {
		p := &t.Procedures[i]
		name := names[p.Field]
		best := 0.0
		for k, u := range t.scene.units {
			of := u.Level == p.Level || u.Level == data.LevelVertical && p.Level == data.LevelDistrict // the land registration branch
			if share := u.Fields[name]; of && u.kind() != data.KindCommune && share > best {
				p.Unit, best = uint32(k+1), share
			}
		}
		p.FeeKind = data.FeeOfState
		if name == "Chứng thực" || name == "Đăng ký biện pháp bảo đảm" || name == "Môi trường" {
			p.FeeKind = data.FeeOfService
		}
		if p.Level == data.LevelVertical {
			continue
		}
		add := func(way string, yes bool, from data.Day, note string) {
			if yes {
				p.Ways = append(p.Ways, data.WayStep{From: from, Way: way, Note: note})
			}
		}
		digital := data.Date(2021, time.December, 6)
		add(data.WayOneStop, true, data.NoDay, "")
		add("5-tai-cho", p.Level == data.LevelCommune && i%3 == 0, data.Date(2021, time.March, 1), "")
		add("phi-dia-gioi", i%4 == 1, reform, "Nghị định 118/2025/NĐ-CP")
		add(data.WayProcess, i%10 != 3, data.Date(2021, time.May, 10), "Quyết định 15/QĐ-UBND")
		add("so-hoa-nhan", p.OnlineLevel != data.OnlineInfo, digital, "Nghị định 107/2021/NĐ-CP")
		add("so-hoa-kq", p.OnlineLevel != data.OnlineInfo && i%5 != 2, digital, "Nghị định 107/2021/NĐ-CP")
	}
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
