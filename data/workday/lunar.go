package workday

import (
	"sync"
	"time"

	"giaoban/data"
)

// LunarDate is a date of the Vietnamese lunar calendar.
type LunarDate struct {
	Year  int // the Gregorian year in which mùng 1 Tết of this lunar year falls
	Month int // 1 (Giêng) to 12 (Chạp)
	Day   int // 1 to 30
	Leap  bool
}

// Lunar returns the lunar date of a day at UTC+7. The rules are those of the
// Vietnamese calendar since 1968 as published by Hồ Ngọc Đức: a month begins on
// the day of new moon; the winter solstice lies in month 11; of the thirteen
// months between two solstices the first without a principal term is leap
// (register-and-reports 3.7).
func Lunar(d data.Day) LunarDate {
	k := lunation(d)
	year := d.Year()
	eleven := solsticeMonth(year)
	if k < eleven {
		year--
		eleven = solsticeMonth(year)
	}
	next := solsticeMonth(year + 1)
	leap := leapMonth(eleven, next)
	offset := k - eleven
	out := LunarDate{Year: year, Day: int(d-newMoonDay(k)) + 1, Leap: offset == leap}
	if leap > 0 && offset >= leap {
		offset--
	}
	out.Month = offset + 11
	if out.Month > 12 {
		out.Month -= 12
		out.Year++
	}
	return out
}

// FromLunar returns the day of a lunar date; ok is false when the date does not
// exist, such as 30 Chạp in a year whose month 12 has 29 days.
func FromLunar(date LunarDate) (day data.Day, ok bool) {
	if date.Month < 1 || date.Month > 12 || date.Day < 1 || date.Day > 30 {
		return data.NoDay, false
	}
	from := date.Year
	offset := date.Month - 11
	if date.Month < 11 {
		from--
		offset += 12
	}
	eleven := solsticeMonth(from)
	leap := leapMonth(eleven, solsticeMonth(from+1))
	switch {
	case date.Leap && leap != offset+1:
		return data.NoDay, false
	case date.Leap, leap > 0 && offset >= leap:
		offset++
	}
	first := newMoonDay(eleven + offset)
	day = first + data.Day(date.Day) - 1
	return day, day < newMoonDay(eleven+offset+1)
}

// solsticeMonth returns the lunation of month 11 in a Gregorian year, the month
// in which the sun reaches 270 degrees.
func solsticeMonth(year int) int {
	if k, ok := solstices.Load(year); ok {
		return k.(int)
	}
	d := data.Date(year, time.December, 20)
	for sunLongitude(d+1) < 270 {
		d++
	}
	k := lunation(d)
	solstices.Store(year, k)
	return k
}

// solstices remembers solsticeMonth by year; every lunar date asks for it.
var solstices sync.Map

// leapMonth returns the place of the leap month after month 11, or -1 when the
// lunar year between two solstices has twelve months.
func leapMonth(eleven, next int) int {
	if next-eleven < 13 {
		return -1
	}
	for i := 1; i < 13; i++ {
		if principal(eleven+i) == principal(eleven+i+1) {
			return i
		}
	}
	return -1
}

// principal numbers the principal term after which a lunation begins.
func principal(k int) int { return int(sunLongitude(newMoonDay(k)) / 30) }
