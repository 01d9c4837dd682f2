package demo

import (
	"time"

	"giaoban/data"
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
	return &scene{office: townOffice(), units: tale().Town, areas: townAreas(), place: ", thị xã Đông Hà Sơn", groups: tale().TownGroups,
		carriedFrom: data.Date(firstYear-1, time.October, 1), years: [2]span{year(firstYear), year(firstYear + 1)}, horizon: data.Date(firstYear+2, time.February, 28),
		valid: span{data.Date(firstYear-1, time.October, 1), data.Date(firstYear+2, time.March, 1)}, exact: true}
}

func townOffice() data.Office {
	return data.Office{
		Name:      "ỦY BAN NHÂN DÂN\nTHỊ XÃ ĐÔNG HÀ SƠN",
		Place:     "Đông Hà Sơn",
		Symbol:    "BC-UBND",
		Receiver:  "Văn phòng Ủy ban nhân dân tỉnh",
		Authority: "TM. ỦY BAN NHÂN DÂN",
		Title:     "CHỦ TỊCH",
		Signer:    "Lê Minh Mẫu",
		Preparer:  clerk,
		Demo:      true,
		Level:     data.LevelDistrict,
		Code:      province + ".00",
		Desk:      "TRUNG TÂM\nHÀNH CHÍNH CÔNG THỊ XÃ",
		Address:   "Số 1 đường Minh Họa, phường Yên Trạch, thị xã Đông Hà Sơn",
		Phone:     "0299 000 100",
		Officer:   clerk,
	}
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
	sc := &scene{office: townOffice(), units: tale().Town, areas: townAreas(), place: ", thị xã Đông Hà Sơn", groups: tale().TownGroups}
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
	o := townOffice()
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
