package workday

import (
	"sync"
	"time"

	"giaoban/data"
)

// The names of public holidays as the Labour Code has them.
const (
	newYear     = "Tết Dương lịch"
	tet         = "Tết Âm lịch"
	kings       = "Giỗ Tổ Hùng Vương"
	victory     = "Ngày Chiến thắng"
	labour      = "Ngày Quốc tế lao động"
	nationalDay = "Quốc khánh"
	culture     = "Ngày Văn hóa Việt Nam" // of Resolution 28/2026/QH16, not of the Code
)

// Propose returns the days off of a year by rule, marked Proposed: the public
// holidays of the Labour Code in force (Labour Code 1994 article 73 as amended
// in 2007, Labour Code 2012 article 115 from 01/05/2013, Labour Code 2019
// article 112 from 2021) and a day in lieu for each that falls on a Saturday or
// Sunday (article 111.3); from 2026 on 24 November too (Resolution 28/2026/QH16),
// without a day in lieu. Swapped days cannot be foreseen and are never proposed.
//
// The days of Tết follow what was decided for 2014 to 2026: two days of the old
// year and three of the new, but one and four when mùng 1 is a Tuesday, for
// then the five days fill the week. The second day of Quốc khánh is the
// neighbour that gives the longer rest, the day before when they give the same.
func Propose(year int) Year {
	y := Year{Number: year, Standing: Proposed}
	add := func(d data.Day, name string) {
		y.Days = append(y.Days, Special{Date: d, Kind: Holiday, Name: name, Basis: holidayBasis(d), Standing: Proposed})
	}
	add(data.Date(year, time.January, 1), newYear)
	first, _ := FromLunar(LunarDate{Year: year, Month: 1, Day: 1})
	before, after := 2, 3
	switch {
	case year < 2013:
		before, after = 1, 3
	case year == 2013, first.Weekday() == time.Tuesday:
		before, after = 1, 4
	}
	for d := first - data.Day(before); d < first+data.Day(after); d++ {
		add(d, tet)
	}
	if d, ok := FromLunar(LunarDate{Year: year, Month: 3, Day: 10}); ok && year >= 2007 {
		add(d, kings)
	}
	add(data.Date(year, time.April, 30), victory)
	add(data.Date(year, time.May, 1), labour)
	national := data.Date(year, time.September, 2)
	add(national, nationalDay)
	if year >= 2021 {
		add(neighbour(national), nationalDay)
	}
	sortDays(y.Days)
	y.Days = append(y.Days, inLieu(y.Days)...)
	if d, ok := cultureDay(year); ok {
		y.Days = append(y.Days, d)
	}
	sortDays(y.Days)
	return y
}

// neighbour chooses the second day of Quốc khánh.
func neighbour(d data.Day) data.Day {
	if rest(d, d+1) > rest(d-1, d) {
		return d + 1
	}
	return d - 1
}

// rest returns how many days in a row are free when the days from to to are
// holidays. A day in lieu is not among them: it is off whichever neighbour is
// chosen, and a neighbour that itself is one of weekly rest lengthens nothing.
func rest(from, to data.Day) int {
	for weekend(from - 1) {
		from--
	}
	for weekend(to + 1) {
		to++
	}
	return int(to-from) + 1
}

// inLieu returns the working days after holidays that fell on a weekend, in
// the order of the holidays.
func inLieu(holidays []Special) []Special {
	taken := map[data.Day]bool{}
	for _, h := range holidays {
		taken[h.Date] = true
	}
	var out []Special
	for _, h := range holidays {
		if !weekend(h.Date) {
			continue
		}
		d := h.Date + 1
		for taken[d] || weekend(d) {
			d++
		}
		taken[d] = true
		out = append(out, Special{Date: d, Kind: InLieu, Name: h.Name, Basis: lieuBasis(d), For: h.Date, Standing: Proposed})
	}
	return out
}

func weekend(d data.Day) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

func holidayBasis(d data.Day) string {
	switch {
	case d >= data.Date(2021, time.January, 1):
		return "Bộ luật Lao động 2019, Điều 112"
	case d >= data.Date(2013, time.May, 1):
		return "Bộ luật Lao động 2012, Điều 115"
	}
	return "Bộ luật Lao động 1994 (sửa đổi 2007), Điều 73"
}

func lieuBasis(d data.Day) string {
	switch {
	case d >= data.Date(2021, time.January, 1):
		return "Bộ luật Lao động 2019, Điều 111 khoản 3"
	case d >= data.Date(2013, time.May, 1):
		return "Bộ luật Lao động 2012, Điều 115 khoản 3"
	}
	return "Bộ luật Lao động 1994 (sửa đổi 2007), Điều 73"
}

// proposals holds the proposed years of the whole range; computing them takes
// some milliseconds, so it is done once.
var proposals = sync.OnceValue(func() []Year {
	out := make([]Year, 0, LastYear-FirstYear+1)
	for y := FirstYear; y <= LastYear; y++ {
		out = append(out, Propose(y))
	}
	return out
})
