package annex

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/scoring"
)

var (
	dayWords   = regexp.MustCompile(`(?:ngay\s*)?\b(\d{1,2})\s*(?:[/.-]|\s+thang\s+)\s*(\d{1,2})(?:(?:\s*[/.-]\s*|\s+nam\s+)(20\d\d))?\b`)
	monthWords = regexp.MustCompile(`\bthang\s+(\d{1,2})(?:(?:\s*[/-]\s*|\s+nam\s+)(20\d\d))?\b`)
	quartWords = regexp.MustCompile(`\bquy\s+(iv|i{1,3}|[1-4])(?:(?:\s*[/-]\s*|\s+nam\s+)(20\d\d))?\b`)
	afterWords = regexp.MustCompile(`\b(?:sau|qua|muon hon|tre hon|cham hon)\b`)
	notDone    = regexp.MustCompile(`^(?:khong|chua) (?:ban hanh|co|thuc hien|xay dung|gui|bao cao|nop|trien khai|dang ky)`)
)

// until is the last day of a step.
type until struct {
	month, day, year int // year 0 for that of the sheet
	incl             bool
	open             bool // no last day
}

// untilOf reads the last day that a line names. year is that of the set, 0 for unknown.
func untilOf(f string, year int) (u until, ok bool) {
	u.incl = true
	var loc []int
	if all := dayWords.FindAllStringSubmatchIndex(f, -1); len(all) > 0 {
		loc = all[len(all)-1]
		u.day, u.month = number2(f, loc, 1), number2(f, loc, 2)
		u.year = number2(f, loc, 3)
	} else if all := monthWords.FindAllStringSubmatchIndex(f, -1); len(all) > 0 {
		loc = all[len(all)-1]
		u.month, u.year = number2(f, loc, 1), number2(f, loc, 2)
	} else if all := quartWords.FindAllStringSubmatchIndex(f, -1); len(all) > 0 {
		loc = all[len(all)-1]
		q := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}[f[loc[2]:loc[3]]]
		u.month, u.year = 3*q, number2(f, loc, 2)
	} else {
		return u, false
	}
	if u.month < 1 || u.month > 12 || u.day > 31 {
		return u, false
	}
	head := f[max(0, loc[0]-14):loc[0]]
	if u.day == 0 {
		if strings.Contains(head, "truoc") {
			// before a month: until the end of the one before it
			if u.month--; u.month == 0 {
				u.month = 12
				if u.year > 0 {
					u.year--
				}
			}
		}
		u.day = lastDay(u.month)
	} else if strings.Contains(head, "truoc") {
		u.incl = false
	}
	if u.year == 0 && (strings.Contains(f, "nam truoc") || strings.Contains(f, "nam lien truoc")) && year > 0 {
		u.year = year - 1
	}
	if u.year == 0 && strings.Contains(f, "nam sau") && year > 0 {
		u.year = year + 1
	}
	if u.year == year {
		u.year = 0
	}
	from := f[max(0, loc[0]-18):loc[0]]
	u.open = afterWords.MatchString(from) && !strings.Contains(from, "truoc") && !strings.Contains(from, "den") || strings.Contains(f[loc[1]:], "tro di")
	return u, true
}

func number2(f string, loc []int, group int) int {
	if loc[2*group] < 0 {
		return 0
	}
	n, err := strconv.Atoi(f[loc[2*group]:loc[2*group+1]])
	if err != nil {
		return 0
	}
	return n
}

// lastDay is the last day of a month; 29 February stands for its end in every year.
func lastDay(month int) int {
	if month == 2 {
		return 29
	}
	return []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
}

func (u *until) text() string {
	if u.year > 0 {
		return fmt.Sprintf("%04d-%02d-%02d", u.year, u.month, u.day)
	}
	return fmt.Sprintf("%02d-%02d", u.month, u.day)
}

// order sorts days; those without a year lie in the year of the set.
func (u *until) order(year int) int {
	y := u.year
	if y == 0 {
		y = year
	}
	return y*10000 + u.month*100 + u.day
}

// dates are tiers by the day on which something was done.
func (r *reader) dates() (scoring.Rule, bool) {
	type tier struct {
		p piece
		u until
	}
	var tiers []tier
	var rest []piece
	t := &scoring.Tiers{Input: scoring.ByDate}
	for _, p := range r.scored() {
		u, ok := untilOf(p.fold, r.year)
		switch {
		case ok && !u.open:
			tiers = append(tiers, tier{p, u})
		case ok, restForm.MatchString(p.fold), afterWords.MatchString(p.fold), lateForm.MatchString(p.fold):
			rest = append(rest, p)
		case notDone.MatchString(p.fold) && t.MissingPoints == nil:
			none := p.points
			t.MissingPoints = &none
		case p.points <= 0:
			rest = append(rest, p)
		default:
			return nil, false
		}
		// «Sau ngày … hoặc không ban hành: 0»
		if p.points <= 0 && strings.Contains(p.fold, " khong ") && t.MissingPoints == nil {
			none := p.points
			t.MissingPoints = &none
		}
	}
	if len(tiers) == 0 || len(rest) > 1 || strings.Contains(r.whole, "%") {
		return nil, false
	}
	for i := 1; i < len(tiers); i++ {
		// «Trước 15/12 năm trước: 2; từ 15/12 đến 31/12: 1»: the day goes on in that year.
		before, u := tiers[i-1].u, &tiers[i].u
		if u.year == 0 && before.year > 0 && before.year < r.year && u.month*100+u.day > before.month*100+before.day {
			u.year = before.year
			r.note("hiểu " + u.text() + " là của năm trước")
		}
	}
	year := r.year
	if year == 0 {
		year = data.FirstYear
	}
	slices.SortStableFunc(tiers, func(a, b tier) int { return a.u.order(year) - b.u.order(year) })
	for _, x := range tiers {
		text := x.u.text()
		one := scoring.Tier{Until: &text, Points: x.p.points, Label: x.p.label}
		if !x.u.incl {
			one.UntilIncl = new(bool)
		}
		t.Tiers = append(t.Tiers, one)
	}
	last := scoring.Tier{}
	if len(rest) == 1 {
		last.Points, last.Label = rest[0].points, rest[0].label
	} else {
		r.note("quyết định không nói sau ngày cuối cùng; đề nghị 0 điểm")
	}
	t.Tiers = append(t.Tiers, last)
	if t.MissingPoints == nil {
		none := min(last.Points, 0)
		t.MissingPoints = &none
	}
	return t, true
}
