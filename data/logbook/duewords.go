package logbook

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/text"
	"giaoban/data/workday"
)

var (
	wordsDay     = regexp.MustCompile(`(?:^|[^0-9/])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?(?:[^0-9/]|$)`)
	wordsDate    = regexp.MustCompile(`ngay (\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?`)
	wordsMonth   = regexp.MustCompile(`thang (\d{1,2})(?:[/-](\d{4})| nam (\d{4}))?`)
	wordsQuarter = regexp.MustCompile(`quy (iv|iii|ii|i|[1-4])\b(?:[/-](\d{4})| nam (\d{4})|/(\d{4}))?`)
	wordsWithin  = regexp.MustCompile(`(?:trong|sau|toi da)(?: vong| thoi han)? (\d{1,3}) ngay( lam viec)?`)
	wordsHalf    = regexp.MustCompile(`6 thang dau nam|sau thang dau nam`)
	wordsYear    = regexp.MustCompile(`(?:het|trong|cuoi) nam(?: (\d{4}))?`)
)

// DueInWords reads the due day that a conclusion or plan names in words, as of the day
// of the meeting: «báo cáo trước ngày 20/8» is 20/8 of its year, «quý IV» the last day
// of the quarter, «trong 05 ngày làm việc» counts on the office calendar. kind is the
// kind of term of a task; "" where the words name none. A day before the meeting is one
// of the next year.
func DueInWords(words string, meeting data.Day, c *workday.Calendar) (due data.Day, kind string) {
	fold := strings.Join(strings.Fields(text.Fold(words)), " ")
	year := meeting.Year()
	ends := func(month, inYear int) data.Day {
		if inYear == 0 {
			inYear = year
			if last := data.Date(inYear, time.Month(month)+1, 1) - 1; last < meeting {
				inYear++
			}
		}
		return data.Date(inYear, time.Month(month)+1, 1) - 1
	}
	dayOf := func(day, month, inYear int) data.Day {
		named := inYear != 0
		if !named {
			inYear = year
		}
		if !data.ValidDate(inYear, month, day) {
			return data.NoDay
		}
		d := data.Date(inYear, time.Month(month), day)
		if !named && d < meeting && data.ValidDate(inYear+1, month, day) {
			d = data.Date(inYear+1, time.Month(month), day)
		}
		return d
	}
	for _, pattern := range []*regexp.Regexp{wordsDay, wordsDate} {
		if m := pattern.FindStringSubmatch(fold); m != nil {
			if d := dayOf(whole(m[1]), whole(m[2]), whole(m[3])); d.Known() {
				return d, "dated"
			}
		}
	}
	if m := wordsWithin.FindStringSubmatch(fold); m != nil {
		n := whole(m[1])
		if m[2] != "" {
			if d, ok := c.AddWorkingDays(meeting, n); ok {
				return d, "dated"
			}
		}
		return meeting + data.Day(n), "dated"
	}
	if m := wordsQuarter.FindStringSubmatch(fold); m != nil {
		q := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}[m[1]]
		if q == 0 {
			q = whole(m[1])
		}
		return ends(q*3, max(whole(m[2]), whole(m[3]), whole(m[4]))), "dated"
	}
	if wordsHalf.MatchString(fold) {
		return ends(6, 0), "dated"
	}
	if m := wordsMonth.FindStringSubmatch(fold); m != nil && whole(m[1]) >= 1 && whole(m[1]) <= 12 {
		return ends(whole(m[1]), max(whole(m[2]), whole(m[3]))), "dated"
	}
	switch {
	case strings.Contains(fold, "thuong xuyen"), strings.Contains(fold, "hang thang"), strings.Contains(fold, "hang quy"), strings.Contains(fold, "dinh ky"):
		return data.NoDay, "standing"
	}
	if m := wordsYear.FindStringSubmatch(fold); m != nil {
		return ends(12, whole(m[1])), "dated"
	}
	return data.NoDay, ""
}

// inWords reports whether words name a due day or that there is none.
func inWords(words string, today data.Day) bool {
	_, kind := DueInWords(words, today, &workday.Calendar{})
	return kind != ""
}

func whole(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
