package demo

import (
	"fmt"
	"time"

	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// peers says how many of the others stand above the office in each domain and what
// they reach in all.
type peers struct {
	Above  map[string]int
	Totals []scoring.Points
}

// published makes the decisions of the province and the other indices.
func (m *maker) published() error {
	set := scoring.ShippedByID("cchc-huyen-2023-recon")
	for _, year := range demoYears {
		p := m.publication(set, year)
		if err := p.Check(); err != nil {
			return err
		}
		if _, err := put(m.tx, assess.RecordPublication, p); err != nil {
			return err
		}
	}
	return m.readings()
}

func (m *maker) publication(set *scoring.Set, year int) *assess.Publication {
	p := &assess.Publication{Title: fmt.Sprintf("Kết quả Chỉ số CCHC các huyện, thị xã, thành phố năm %d", year), Year: year, Level: "huyen",
		Source: assess.Document{Title: "Quyết định công bố Chỉ số CCHC", Number: fmt.Sprintf("5%d/QĐ-UBND", year%100), Date: day(year+1, 3, 30), Issuer: "UBND tỉnh (minh họa)"}}
	for _, d := range set.Criteria {
		p.Domains = append(p.Domains, assess.PublishedDomain{Code: d.Code, Title: d.Title, Max: d.Max})
	}
	plan := tale().PeerPlan[year]
	type unit struct {
		points map[string]scoring.Points
		bonus  scoring.Points
		total  scoring.Points
	}
	units := make([]unit, 0, 1+len(tale().Districts))
	own := unit{points: tale().OwnPlan[year], bonus: 500}
	if year == 2022 {
		own.bonus = 1500
	}
	for _, points := range own.points {
		own.total += points
	}
	own.total += own.bonus
	units = append(units, own)
	for i, total := range plan.Totals {
		u := unit{points: map[string]scoring.Points{}, total: total, bonus: scoring.Points(i%3) * 250}
		left := total - u.bonus
		for k, d := range set.Criteria {
			if d.Code == "7" {
				continue
			}
			mine := own.points[d.Code]
			// Who stands above turns from domain to domain.
			place := (i*(2*(k%5)+1) + k) % len(plan.Totals)
			// The factors 1, 3, 5, 7 and 9 have no divisor in common with eleven.
			x := mine - scoring.Points(60+40*(place-plan.Above[d.Code]))
			if place < plan.Above[d.Code] {
				x = mine + (d.Max-mine)*scoring.Points(plan.Above[d.Code]-place)/scoring.Points(plan.Above[d.Code]+1)/10*10
			}
			u.points[d.Code] = x
			left -= x
		}
		u.points["7"] = left // the rest of the total
		units = append(units, u)
	}
	ranks := func(of func(unit) scoring.Points) []int {
		scores := make([]scoring.Points, len(units))
		for i, u := range units {
			scores[i] = of(u)
		}
		return scoring.Ranks(scores, scoring.Competition)
	}
	whole := ranks(func(u unit) scoring.Points { return u.total })
	byDomain := map[string][]int{}
	for _, d := range set.Criteria {
		byDomain[d.Code] = ranks(func(u unit) scoring.Points { return u.points[d.Code] })
	}
	for i, u := range units {
		place := assess.Place{Own: i == 0, Index: &u.total, Rank: whole[i], Bonus: &u.bonus}
		if place.Name = m.name(); i > 0 {
			place.Name = tale().Districts[i-1]
		}
		for _, d := range set.Criteria {
			points := u.points[d.Code]
			x := assess.DomainPlace{Code: d.Code, Points: &points, Rank: byDomain[d.Code][i]}
			if year == 2022 && d.Code == "7" {
				// The article does not mention this domain: the map of lost points names it.
				continue
			}
			place.Domains = append(place.Domains, x)
		}
		p.Places = append(p.Places, place)
	}
	return p
}

// readings makes up the other indices of the province and of the office.
func (m *maker) readings() error {
	for i, x := range tale().Readings {
		known := assess.IndexByID(x.Index)
		value, err := scoring.ParseNumber(x.Value)
		if err != nil {
			return err
		}
		r := assess.Reading{Index: x.Index, Unit: x.Unit, Year: x.Year, Value: value, Scale: known.Scale, Rank: x.Rank, Of: x.Of,
			Source: assess.Document{Title: "Báo cáo công bố (minh họa)", Issuer: known.Publisher, Number: fmt.Sprintf("%d/BC", 11+i)}}
		if x.Month > 0 {
			r.Year, r.Day = 0, day(x.Year, time.Month(x.Month)+1, 1)-1
		}
		if x.Target != "" {
			target, err := scoring.ParseNumber(x.Target)
			if err != nil {
				return err
			}
			r.Target = &target
		}
		if err := r.Check(); err != nil {
			return err
		}
		if _, err := put(m.tx, assess.RecordReading, r); err != nil {
			return err
		}
	}
	return nil
}

type row struct {
	Index, Unit string
	Year        int
	Month       int // of a reading at its end, 0 for one of the year
	Value       string
	Rank, Of    int
	Target      string
}
