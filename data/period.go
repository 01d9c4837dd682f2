package data

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Period is a report period: the days From to To, both included.
type Period struct {
	From  Day    `json:"From"`
	To    Day    `json:"To"`
	Label string `json:"Label"` // such as "Quý III/2022"
	Key   string `json:"Key"`   // such as "2022-Q3" or "nd09:2022-Q3"; "" for a free period
}

// periodPattern reads 2022, 2022-Q3, 2022-H1, 2022-9M, 2022-4M, 2022-11.
var periodPattern = regexp.MustCompile(`^(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{1,2})M|(\d{2})))?$`)

// nd09Prefix marks the periods of Decree 09/2019/NĐ-CP, article 12, which run
// from the 15th to the 14th (register-and-reports 4.1).
const nd09Prefix = "nd09:"

var roman = [...]string{"", "I", "II", "III", "IV"}

// ParsePeriod reads the name of a period: YYYY, YYYY-Q1…Q4, YYYY-H1 or H2,
// YYYY-nM for the first n months, YYYY-MM; with "nd09:" before it the period
// of Decree 09/2019 that runs from the 15th of the month before to the 14th.
func ParsePeriod(key string) (Period, error) {
	name, nd09 := strings.CutPrefix(key, nd09Prefix)
	m := periodPattern.FindStringSubmatch(name)
	bad := Fail(Invalid, fmt.Sprintf("Kỳ «%s» không đúng. Ví dụ đúng: 2022, 2022-Q3, 2022-H1, 2022-9M, 2022-11, nd09:2022-Q3.", key), nil)
	if m == nil {
		return Period{}, bad
	}
	year, _ := strconv.Atoi(m[1])
	if year < FirstYear || year > 2100 {
		return Period{}, bad
	}
	first, months, label := 1, 12, fmt.Sprintf("Năm %d", year)
	switch {
	case m[2] != "":
		q, _ := strconv.Atoi(m[2])
		first, months, label = 3*q-2, 3, fmt.Sprintf("Quý %s/%d", roman[q], year)
	case m[3] == "1":
		months, label = 6, fmt.Sprintf("6 tháng đầu năm %d", year)
	case m[3] == "2":
		first, months, label = 7, 6, fmt.Sprintf("6 tháng cuối năm %d", year)
	case m[4] != "":
		n, _ := strconv.Atoi(m[4])
		if n < 1 || n > 12 {
			return Period{}, bad
		}
		months, label = n, fmt.Sprintf("%d tháng đầu năm %d", n, year)
	case m[5] != "":
		n, _ := strconv.Atoi(m[5])
		if n < 1 || n > 12 {
			return Period{}, bad
		}
		first, months, label = n, 1, fmt.Sprintf("Tháng %d/%d", n, year)
	}
	p := Period{Label: label, Key: key}
	if nd09 {
		p.From = Date(year, time.Month(first-1), 15)
		p.To = Date(year, time.Month(first+months-1), 14)
	} else {
		p.From = Date(year, time.Month(first), 1)
		p.To = Date(year, time.Month(first+months), 1) - 1
	}
	return p, nil
}

// FreePeriod returns the period from one day to another, named by its ends.
func FreePeriod(from, to Day) (Period, error) {
	if !from.Known() || !to.Known() || to < from {
		return Period{}, Fail(Invalid, fmt.Sprintf("Khoảng ngày từ %s đến %s không đúng: ngày đầu phải có và không ở sau ngày cuối.", from, to), nil)
	}
	return Period{From: from, To: to, Label: fmt.Sprintf("Từ %s đến %s", from, to)}, nil
}

// Before returns the same period one year earlier (cùng kỳ).
func (p Period) Before() Period {
	if p.Key != "" {
		name, nd09 := strings.CutPrefix(p.Key, nd09Prefix)
		year, _ := strconv.Atoi(name[:4])
		key := strconv.Itoa(year-1) + name[4:]
		if nd09 {
			key = nd09Prefix + key
		}
		if b, err := ParsePeriod(key); err == nil {
			return b
		}
	}
	b, _ := FreePeriod(yearBefore(p.From), yearBefore(p.To))
	return b
}

func yearBefore(d Day) Day {
	y, m, dd := d.Civil()
	if m == time.February && dd == 29 {
		dd = 28
	}
	return Date(y-1, m, dd)
}

// Span returns "Từ ngày dd/mm/yyyy đến ngày dd/mm/yyyy".
func (p Period) Span() string {
	return fmt.Sprintf("Từ ngày %s đến ngày %s", p.From, p.To)
}

// SpanAsOf is Span, with the cut-off day where that lies before the end of the
// period: what is counted ends there, and every paper must say so.
func (p Period) SpanAsOf(asOf Day) string {
	if asOf.Known() && asOf < p.To {
		return p.Span() + ", số liệu đến " + asOf.String()
	}
	return p.Span()
}

// MonthUntil names a period within one month as the charts label it, cut at the
// day asOf: "T6" for a whole month, "15–30/6" for a part of it.
func (p Period) MonthUntil(asOf Day) string {
	to := p.To
	if asOf >= p.From {
		to = min(to, asOf)
	}
	y, m, first := p.From.Civil()
	_, _, last := to.Civil()
	if first == 1 && to == Date(y, m+1, 1)-1 {
		return fmt.Sprintf("T%d", int(m))
	}
	return fmt.Sprintf("%d–%d/%d", first, last, int(m))
}

// MonthOfYearUntil is MonthUntil among months of several years: "6/26" for a whole
// month.
func (p Period) MonthOfYearUntil(asOf Day) string {
	name := p.MonthUntil(asOf)
	if month, whole := strings.CutPrefix(name, "T"); whole {
		return fmt.Sprintf("%s/%02d", month, p.To.Year()%100)
	}
	return name
}
