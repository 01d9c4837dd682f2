package workday_test

import (
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/testsize"
	"giaoban/data/workday"
)

// tetTable is table 3.7 of register-and-reports: mùng 1 Tết, the days of Chạp
// before it, and Giỗ Tổ.
var tetTable = []struct {
	year             int
	tetDay, tetMonth int
	lastMonth        int
	kingDay, kingMon int
}{
	{2021, 12, 2, 30, 21, 4}, {2022, 1, 2, 29, 10, 4}, {2023, 22, 1, 30, 29, 4}, {2024, 10, 2, 30, 18, 4},
	{2025, 29, 1, 29, 7, 4}, {2026, 17, 2, 29, 26, 4}, {2027, 6, 2, 29, 16, 4}, {2028, 26, 1, 29, 4, 4},
	{2029, 13, 2, 29, 23, 4}, {2030, 2, 2, 29, 12, 4}, {2031, 23, 1, 29, 1, 4}, {2032, 11, 2, 29, 19, 4},
	{2033, 31, 1, 30, 9, 4}, {2034, 19, 2, 30, 28, 4}, {2035, 8, 2, 30, 17, 4}, {2036, 28, 1, 30, 6, 4},
	{2037, 15, 2, 30, 24, 4}, {2038, 4, 2, 30, 13, 4}, {2039, 24, 1, 29, 3, 4}, {2040, 12, 2, 29, 20, 4},
	// Years in which Vietnam and China differed, and years of old registers.
	{1985, 21, 1, 30, 29, 4}, {2000, 5, 2, 29, 14, 4}, {2007, 17, 2, 29, 26, 4}, {2010, 14, 2, 30, 23, 4}, {2020, 25, 1, 30, 2, 4},
}

func TestLunarTable(t *testing.T) {
	for _, row := range tetTable {
		tet := data.Date(row.year, time.Month(row.tetMonth), row.tetDay)
		if got := workday.Lunar(tet); got != (workday.LunarDate{Year: row.year, Month: 1, Day: 1}) {
			t.Errorf("Lunar(%s) = %+v, want mùng 1 Tết %d", tet, got, row.year)
		}
		if got, ok := workday.FromLunar(workday.LunarDate{Year: row.year, Month: 1, Day: 1}); !ok || got != tet {
			t.Errorf("Tết %d = %s, want %s", row.year, got, tet)
		}
		if got := workday.Lunar(tet - 1); got.Month != 12 || got.Day != row.lastMonth || got.Year != row.year-1 {
			t.Errorf("day before Tết %d = %+v, want %d Chạp %d", row.year, got, row.lastMonth, row.year-1)
		}
		kings := data.Date(row.year, time.Month(row.kingMon), row.kingDay)
		if got, ok := workday.FromLunar(workday.LunarDate{Year: row.year, Month: 3, Day: 10}); !ok || got != kings {
			t.Errorf("Giỗ Tổ %d = %s, want %s", row.year, got, kings)
		}
		if _, ok := workday.FromLunar(workday.LunarDate{Year: row.year - 1, Month: 12, Day: 30}); ok != (row.lastMonth == 30) {
			t.Errorf("30 Chạp before Tết %d exists: %v, want %v", row.year, ok, row.lastMonth == 30)
		}
	}
}

func TestLeapMonths(t *testing.T) {
	leap := map[int]int{2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6, 2039: 5}
	for year := 2000; year <= 2040; year++ {
		for month := 1; month <= 12; month++ {
			day, ok := workday.FromLunar(workday.LunarDate{Year: year, Month: month, Day: 1, Leap: true})
			if want := leap[year] == month; ok != want {
				t.Errorf("leap month %d of %d exists: %v (%s), want %v", month, year, ok, day, want)
			}
		}
	}
	if got := workday.Lunar(data.Date(2025, time.August, 1)); got != (workday.LunarDate{Year: 2025, Month: 6, Day: 8, Leap: true}) {
		t.Errorf("Lunar(01/08/2025) = %+v, want 8 of leap month 6", got)
	}
}

func TestLunarRoundTrip(t *testing.T) {
	last := data.Date(testsize.Of(2027, 2041), time.January, 1)
	before := workday.Lunar(data.Date(2019, time.December, 31))
	for d := data.Date(2020, time.January, 1); d < last; d++ {
		l := workday.Lunar(d)
		if back, ok := workday.FromLunar(l); !ok || back != d {
			t.Fatalf("FromLunar(%+v) = %s %v, want %s", l, back, ok, d)
		}
		next := l.Day == before.Day+1 && l.Month == before.Month && l.Year == before.Year && l.Leap == before.Leap
		first := l.Day == 1 && before.Day >= 29
		if !next && !first {
			t.Fatalf("%s is %+v after %+v", d, l, before)
		}
		before = l
	}
}

func TestFromLunarRefuses(t *testing.T) {
	for _, l := range []workday.LunarDate{{Year: 2024, Month: 0, Day: 1}, {Year: 2024, Month: 13, Day: 1}, {Year: 2024, Month: 1, Day: 31}, {Year: 2024, Month: 1, Day: 0}} {
		if d, ok := workday.FromLunar(l); ok {
			t.Errorf("FromLunar(%+v) = %s, want none", l, d)
		}
	}
}
