package workday

import (
	"math"
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

// julianEpoch is the Julian date of 1 January 1970, 0 h UT.
const julianEpoch = 2440587.5

// hanoi is the offset of official time from UT in days (UTC+7).
const hanoi = 7.0 / 24

// periodic is one periodic term of the time of a new moon: the multiples of the
// sun's anomaly, the moon's anomaly and the moon's argument of latitude, and
// the power of the eccentricity by which the term is scaled.
type periodic struct {
	amount       float64
	m, moon, arg float64
	ecc          int
}

// newMoonTerms and planetTerms are the corrections of chapter 49 of Jean Meeus,
// Astronomical Algorithms (2nd ed.), in days; good to some seconds.
var newMoonTerms = [...]periodic{
	{-0.40720, 0, 1, 0, 0}, {0.17241, 1, 0, 0, 1}, {0.01608, 0, 2, 0, 0}, {0.01039, 0, 0, 2, 0},
	{0.00739, -1, 1, 0, 1}, {-0.00514, 1, 1, 0, 1}, {0.00208, 2, 0, 0, 2}, {-0.00111, 0, 1, -2, 0},
	{-0.00057, 0, 1, 2, 0}, {0.00056, 1, 2, 0, 1}, {-0.00042, 0, 3, 0, 0}, {0.00042, 1, 0, 2, 1},
	{0.00038, 1, 0, -2, 1}, {-0.00024, -1, 2, 0, 1}, {-0.00007, 2, 1, 0, 0}, {0.00004, 0, 2, -2, 0},
	{0.00004, 3, 0, 0, 0}, {0.00003, 1, 1, -2, 0}, {0.00003, 0, 2, 2, 0}, {-0.00003, 1, 1, 2, 0},
	{0.00003, -1, 1, 2, 0}, {-0.00002, -1, 1, -2, 0}, {-0.00002, 1, 3, 0, 0}, {0.00002, 0, 4, 0, 0},
}

// planetTerms holds amount, angle at epoch and motion per lunation.
var planetTerms = [...][3]float64{
	{0.000325, 299.77, 0.107408}, {0.000165, 251.88, 0.016321}, {0.000164, 251.83, 26.651886},
	{0.000126, 349.42, 36.412478}, {0.000110, 84.66, 18.206239}, {0.000062, 141.74, 53.303771},
	{0.000060, 207.14, 2.453732}, {0.000056, 154.84, 7.306860}, {0.000047, 34.52, 27.261239},
	{0.000042, 207.19, 0.121824}, {0.000040, 291.34, 1.844379}, {0.000037, 161.72, 24.198154},
	{0.000035, 239.56, 25.513099}, {0.000023, 331.55, 3.592518},
}

func sinDeg(x float64) float64 { return math.Sin(math.Mod(x, 360) * math.Pi / 180) }

// newMoon returns the Julian date, in UT, of new moon k, counted from the first
// of the year 2000.
func newMoon(k int) float64 {
	n := float64(k)
	t := n / 1236.85
	t2, t3, t4 := t*t, t*t*t, t*t*t*t
	jde := 2451550.09766 + 29.530588861*n + 0.00015437*t2 - 0.000000150*t3 + 0.00000000073*t4
	e := 1 - 0.002516*t - 0.0000074*t2
	sun := 2.5534 + 29.10535670*n - 0.0000014*t2 - 0.00000011*t3
	moon := 201.5643 + 385.81693528*n + 0.0107582*t2 + 0.00001238*t3 - 0.000000058*t4
	arg := 160.7108 + 390.67050284*n - 0.0016118*t2 - 0.00000227*t3 + 0.000000011*t4
	node := 124.7746 - 1.56375588*n + 0.0020672*t2 + 0.00000215*t3
	ecc := [...]float64{1, e, e * e}
	for _, p := range newMoonTerms {
		jde += p.amount * ecc[p.ecc] * sinDeg(p.m*sun+p.moon*moon+p.arg*arg)
	}
	jde -= 0.00017 * sinDeg(node)
	for i, p := range planetTerms {
		angle := p[1] + p[2]*n
		if i == 0 {
			angle -= 0.009173 * t2
		}
		jde += p[0] * sinDeg(angle)
	}
	return jde - deltaT(2000+t*100)/86400
}

// deltaT returns dynamical time minus UT in seconds, after the polynomials of
// Espenak and Meeus; a second is far below what decides a day.
func deltaT(year float64) float64 {
	switch t := year - 2000; {
	case year < 1986:
		u := year - 1975
		return 45.45 + 1.067*u - u*u/260 - u*u*u/718
	case year < 2005:
		return 63.86 + 0.3345*t - 0.060374*t*t + 0.0017275*t*t*t + 0.000651814*t*t*t*t + 0.00002373599*t*t*t*t*t
	case year < 2050:
		return 62.92 + 0.32217*t + 0.005589*t*t
	default:
		u := (year - 1820) / 100
		return -20 + 32*u*u - 0.5628*(2150-year)
	}
}

// newMoonDay returns the day, in Hanoi, on which new moon k falls.
func newMoonDay(k int) data.Day {
	return data.Day(math.Floor(newMoon(k) + hanoi - julianEpoch))
}

// lunation returns the number of the new moon that begins the lunar month of a
// day.
func lunation(d data.Day) int {
	k := int(math.Floor((float64(d) + julianEpoch - 2451550.09766) / 29.530588861))
	for newMoonDay(k) > d {
		k--
	}
	for newMoonDay(k+1) <= d {
		k++
	}
	return k
}

// sunLongitude returns the apparent longitude of the sun, in degrees from 0 to
// 360, when the day begins in Hanoi (Meeus, chapter 25; good to 0,01 degree).
func sunLongitude(d data.Day) float64 {
	jd := float64(d) + julianEpoch - hanoi
	jd += deltaT(2000+(jd-2451545)/365.25) / 86400
	t := (jd - 2451545) / 36525
	anomaly := 357.52911 + 35999.05029*t - 0.0001537*t*t
	center := (1.914602-0.004817*t-0.000014*t*t)*sinDeg(anomaly) +
		(0.019993-0.000101*t)*sinDeg(2*anomaly) + 0.000289*sinDeg(3*anomaly)
	lon := 280.46646 + 36000.76983*t + 0.0003032*t*t + center - 0.00569 - 0.00478*sinDeg(125.04-1934.136*t)
	lon = math.Mod(lon, 360)
	if lon < 0 {
		lon += 360
	}
	return lon
}
