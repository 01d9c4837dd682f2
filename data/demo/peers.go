package demo

import (
	"fmt"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// districts are the other eleven units of the made-up province.
var districts = []string{"Thành phố Vĩnh Tường Giang", "Thị xã Lạc Hồng Sơn", "Huyện Tam Phong Hạ", "Huyện Ngọc Xuyên", "Huyện Bình Khê Đoài", "Huyện An Lộc Thượng",
	"Huyện Trà Lĩnh Nam", "Huyện Phú Mộc", "Huyện Đại Khánh Sơn", "Huyện Thanh Ba Vì", "Huyện Mường Lạc Trung"}

// peerPlan says how many of the others stand above the office in each domain and
// what they reach in all. For 2022 the ranks are those of article 002: 7 of 12,
// four places down; procedures 2, organisation 9, civil service 9, finance 1,
// survey 6, four places up.
var peerPlan = map[int]struct {
	above  map[string]int
	totals []scoring.Points
}{
	2021: {map[string]int{"1": 2, "2": 0, "3": 3, "4": 4, "5": 3, "6": 2, "7": 3, "8": 9},
		[]scoring.Points{90120, 89050, 87340, 86900, 86210, 85480, 84760, 83900, 82750, 81300, 79640}},
	2022: {map[string]int{"1": 0, "2": 0, "3": 1, "4": 8, "5": 8, "6": 0, "7": 9, "8": 5},
		[]scoring.Points{91350, 90120, 88940, 88020, 87110, 86400, 85020, 84130, 83200, 81770, 79900}},
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
	plan := peerPlan[year]
	type unit struct {
		points map[string]scoring.Points
		bonus  scoring.Points
		total  scoring.Points
	}
	units := make([]unit, 0, 1+len(districts))
	own := unit{points: ownPlan[year], bonus: 500}
	if year == 2022 {
		own.bonus = 1500
	}
	for _, points := range own.points {
		own.total += points
	}
	own.total += own.bonus
	units = append(units, own)
	for i, total := range plan.totals {
		u := unit{points: map[string]scoring.Points{}, total: total, bonus: scoring.Points(i%3) * 250}
		left := total - u.bonus
		for k, d := range set.Criteria {
			if d.Code == "7" {
				continue
			}
			mine := own.points[d.Code]
			// Who stands above turns from domain to domain.
			place := (i*(2*(k%5)+1) + k) % len(plan.totals)
			// The factors 1, 3, 5, 7 and 9 have no divisor in common with eleven.
			x := mine - scoring.Points(60+40*(place-plan.above[d.Code]))
			if place < plan.above[d.Code] {
				x = mine + (d.Max-mine)*scoring.Points(plan.above[d.Code]-place)/scoring.Points(plan.above[d.Code]+1)/10*10
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
			place.Name = districts[i-1]
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
	type row struct {
		index, unit string
		year        int
		day         data.Day
		value       string
		rank, of    int
		target      string
	}
	rows := []row{
		{"SIPAS", "Tỉnh", 2019, 0, "82.10", 41, 63, "84"}, {"SIPAS", "Tỉnh", 2020, 0, "83.45", 38, 63, "85"}, {"SIPAS", "Tỉnh", 2021, 0, "85.02", 30, 63, "86"}, {"SIPAS", "Tỉnh", 2022, 0, "86.37", 27, 63, "87"},
		{"PAPI", "Tỉnh", 2020, 0, "42.31", 33, 63, "43"}, {"PAPI", "Tỉnh", 2021, 0, "42.90", 29, 63, "43.5"}, {"PAPI", "Tỉnh", 2022, 0, "42.15", 31, 61, "44"},
		{"PCI", "Tỉnh", 2020, 0, "63.40", 35, 63, "65"}, {"PCI", "Tỉnh", 2021, 0, "64.15", 32, 63, "66"}, {"PCI", "Tỉnh", 2022, 0, "65.60", 28, 63, "66"},
		{"DDCI", "", 2021, 0, "71.20", 6, 12, "72"}, {"DDCI", "", 2022, 0, "74.05", 4, 12, "74"},
		{"ICT", "Tỉnh", 2019, 0, "0.4812", 31, 63, ""}, {"ICT", "Tỉnh", 2020, 0, "0.5230", 26, 63, ""},
		{"DTI", "", 2021, 0, "412.5", 7, 12, "450"}, {"DTI", "", 2022, 0, "486.2", 5, 12, "500"},
		{"QD766", "", 0, day(2022, 10, 31), "74.62", 8, 12, "80"}, {"QD766", "", 0, day(2022, 11, 30), "77.10", 7, 12, "80"}, {"QD766", "", 0, day(2022, 12, 31), "80.45", 5, 12, "80"},
	}
	for i, x := range rows {
		known := assess.IndexByID(x.index)
		value, err := scoring.ParseNumber(x.value)
		if err != nil {
			return err
		}
		r := assess.Reading{Index: x.index, Unit: x.unit, Year: x.year, Day: x.day, Value: value, Scale: known.Scale, Rank: x.rank, Of: x.of,
			Source: assess.Document{Title: "Báo cáo công bố (minh họa)", Issuer: known.Publisher, Number: fmt.Sprintf("%d/BC", 11+i)}}
		if x.target != "" {
			target, err := scoring.ParseNumber(x.target)
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
