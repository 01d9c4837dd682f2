package register

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
)

// The ways to write days as one word; the separators are / . and -.
var (
	isoDay    = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	fullDay   = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$`)
	monthYear = regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`)
	dayMonth  = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})$`)
	yearOnly  = regexp.MustCompile(`^\d{4}$`)
	unfilled  = regexp.MustCompile(`^[\d/.-]*$`)
)

// relative days by their folded words: how many of the unit from now.
var relative = map[string]struct {
	unit string
	n    int
}{
	"hom nay": {"ngay", 0}, "hom qua": {"ngay", -1}, "hom kia": {"ngay", -2}, "ngay mai": {"ngay", 1}, "mai": {"ngay", 1}, "nay": {"ngay", 0},
	"tuan nay": {"tuan", 0}, "tuan truoc": {"tuan", -1}, "tuan sau": {"tuan", 1}, "tuan toi": {"tuan", 1},
	"thang nay": {"thang", 0}, "thang truoc": {"thang", -1}, "thang sau": {"thang", 1}, "thang toi": {"thang", 1},
	"quy nay": {"quy", 0}, "quy truoc": {"quy", -1}, "quy sau": {"quy", 1},
	"nam nay": {"nam", 0}, "nam truoc": {"nam", -1}, "nam ngoai": {"nam", -1}, "nam sau": {"nam", 1}, "nam toi": {"nam", 1},
}

// parseDays reads the days that the folded words begin with, and tells how many
// words they took, 0 when they name none.
func parseDays(words []string, today data.Day) (span DaySpan, used int) {
	if len(words) == 0 {
		return span, 0
	}
	if a, b, ok := strings.Cut(words[0], ".."); ok {
		from, n := oneSpan([]string{a}, today)
		to, m := oneSpan([]string{b}, today)
		if n+m == 2 && from.From <= to.To {
			return DaySpan{from.From, to.To}, 1
		}
		return span, 0
	}
	span, used = oneSpan(words, today)
	if used > 0 && used+1 < len(words) && (words[used] == "den" || words[used] == "-") {
		if to, n := oneSpan(words[used+1:], today); n > 0 && span.From <= to.To {
			return DaySpan{span.From, to.To}, used + 1 + n
		}
	}
	return span, used
}

// oneSpan reads a day, a month, a quarter, a year or words like «tuần này».
func oneSpan(words []string, today data.Day) (span DaySpan, used int) {
	if len(words) > 1 && today.Known() {
		if rel, ok := relative[words[0]+" "+words[1]]; ok {
			return around(today, rel.unit, rel.n), 2
		}
	}
	if rel, ok := relative[words[0]]; ok && today.Known() {
		return around(today, rel.unit, rel.n), 1
	}
	if span, ok := written(words[0], today); ok {
		return span, 1
	}
	if len(words) < 2 {
		return span, 0
	}
	switch words[0] {
	case "ngay":
		if s, ok := written(words[1], today); ok && s.From == s.To {
			return s, 2
		}
	case "thang", "quy":
		return numbered(words, today)
	case "nam":
		if s, ok := written(words[1], today); ok && yearOnly.MatchString(words[1]) {
			return s, 2
		}
	}
	return span, 0
}

// numbered reads «tháng 3», «tháng 3/2022», «quý III/2022», «quý 3 năm 2022».
func numbered(words []string, today data.Day) (span DaySpan, used int) {
	name, year, split := strings.Cut(words[1], "/")
	used = 2
	if !split {
		year = strconv.Itoa(today.Year())
		if len(words) > 3 && words[2] == "nam" && yearOnly.MatchString(words[3]) {
			year, used = words[3], 4
		} else if !today.Known() {
			return span, 0
		}
	}
	y, err := strconv.Atoi(year)
	n := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}[name]
	if n == 0 || words[0] == "thang" {
		n, _ = strconv.Atoi(name)
	}
	if err != nil || !goodYear(y) || n < 1 || n > 12 || words[0] == "quy" && n > 4 {
		return span, 0
	}
	if words[0] == "quy" {
		return months(y, 3*n-2, 3), used
	}
	return months(y, n, 1), used
}

// written reads days of digits.
func written(word string, today data.Day) (span DaySpan, ok bool) {
	if m := isoDay.FindStringSubmatch(word); m != nil {
		return civil(m[1], m[2], m[3])
	}
	if m := fullDay.FindStringSubmatch(word); m != nil {
		return civil(strconv.Itoa(data.FullYear(m[3], today)), m[2], m[1])
	}
	if m := monthYear.FindStringSubmatch(word); m != nil {
		month, _ := strconv.Atoi(m[1])
		year, _ := strconv.Atoi(m[2])
		if month < 1 || month > 12 || !goodYear(year) {
			return span, false
		}
		return months(year, month, 1), true
	}
	if m := dayMonth.FindStringSubmatch(word); m != nil && today.Known() {
		return civil(strconv.Itoa(today.Year()), m[2], m[1])
	}
	if yearOnly.MatchString(word) {
		year, _ := strconv.Atoi(word)
		return months(year, 1, 12), goodYear(year)
	}
	return span, false
}

func goodYear(year int) bool { return year >= data.FirstYear && year <= 2100 }

func civil(year, month, day string) (DaySpan, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if !goodYear(y) || !data.ValidDate(y, m, d) {
		return DaySpan{}, false
	}
	one := data.Date(y, time.Month(m), d)
	return DaySpan{one, one}, true
}

// months returns n months from a month on.
func months(year, month, n int) DaySpan {
	return DaySpan{data.Date(year, time.Month(month), 1), data.Date(year, time.Month(month+n), 1) - 1}
}

// around returns the day, week, month, quarter or year that lies n units from
// the day. Weeks begin on Monday.
func around(day data.Day, unit string, n int) DaySpan {
	year, month, _ := day.Civil()
	switch unit {
	case "tuan":
		monday := day - data.Day((int(day.Weekday())+6)%7) + data.Day(7*n)
		return DaySpan{monday, monday + 6}
	case "thang":
		return months(year, int(month)+n, 1)
	case "quy":
		return months(year, (int(month)-1)/3*3+1+3*n, 3)
	case "nam":
		return months(year+n, 1, 12)
	}
	return DaySpan{day + data.Day(n), day + data.Day(n)}
}

// mayGrow reports whether words may still become days under the fingers.
func mayGrow(words []string) bool {
	text := strings.Join(words, " ")
	if unfilled.MatchString(text) {
		return true
	}
	for name := range relative {
		if strings.HasPrefix(name, text) {
			return true
		}
	}
	for _, name := range []string{"ngay", "thang", "quy", "nam"} {
		rest, ok := strings.CutPrefix(text, name)
		if ok && unfilled.MatchString(strings.Trim(rest, " iv")) {
			return true
		}
	}
	return false
}
