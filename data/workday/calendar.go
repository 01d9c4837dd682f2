// Package workday knows on which days and at which hours a state office works,
// and computes from that when a dossier is due.
//
// A Calendar holds the special days of each year (public holidays, days off in
// lieu, swapped days, Saturdays worked in return), as shipped or as edited by
// an officer; years for which nothing is decided are proposed by rule and
// marked so. Due is the only place that counts a term: the date and the
// day-by-day explanation come out of the same walk. Lunar dates are computed
// at UTC+7 from the positions of moon and sun.
//
// The package never reads the wall clock, never stores anything, and never
// changes a date that was already promised: it only says what a calendar gives.
package workday

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"giaoban/data"
	"giaoban/data/text"
)

// The years a calendar covers. Years that nobody decided are proposed by rule.
const (
	FirstYear = data.FirstYear
	LastYear  = 2120
)

// firstDay is the first day that a calendar covers.
var firstDay = data.Date(FirstYear, time.January, 1)

// cell is one day of the calendar.
type cell struct {
	special  int32 // place in Calendar.special, -1 for a plain day
	works    bool
	proposed bool // the calendar of the year is not decided
}

// Calendar is an office calendar. It never changes once made and may be used
// from several goroutines; With returns a changed copy.
type Calendar struct {
	regimes []regime     // by their first day; there is one at least
	years   map[int]Year // the years given, decided or edited
	first   data.Day
	cells   []cell
	before  []int32 // working days before the day, one more entry than cells
	working []data.Day
	special []Special
	asked   []data.Day // touched by open questions, in order
	answers func() []*Calendar
}

// New returns the calendar of some years; the others are proposed by rule.
// Weeks have five days (Decision 188/1999/QĐ-TTg). It returns an *data.Error
// when the hours or a year are not consistent.
func New(hours Hours, years ...Year) (*Calendar, error) {
	return NewWeek(hours, FiveDays(hours), years...)
}

// NewWeek is New for an office with a week of its own, such as one that works on
// Saturday morning.
func NewWeek(hours Hours, week Week, years ...Year) (*Calendar, error) {
	if err := hours.Validate(); err != nil {
		return nil, err
	}
	if err := week.Validate(); err != nil {
		return nil, err
	}
	return build([]regime{{from: firstDay, hours: slices.Clone(hours), week: week.clone()}}, years)
}

// build makes a calendar; its regimes are checked.
func build(regimes []regime, years []Year) (*Calendar, error) {
	c := &Calendar{regimes: regimes, years: map[int]Year{}}
	c.answers = sync.OnceValue(c.possible)
	for _, y := range years {
		y.Days, y.Asks = slices.Clone(y.Days), slices.Clone(y.Asks)
		sortDays(y.Days)
		if err := y.validate(); err != nil {
			return nil, err
		}
		c.years[y.Number] = y
	}
	c.fill()
	return c, nil
}

// validate checks that the days of a sorted year belong to it, that none is
// named twice, and that each has a known kind.
func (y Year) validate() error {
	bad := func(format string, args ...any) error {
		return &data.Error{Code: data.Invalid, Field: "calendar", Message: fmt.Sprintf(format, args...)}
	}
	if y.Number < FirstYear || y.Number > LastYear {
		return bad("Lịch làm việc năm %d không dùng được: chỉ nhận các năm từ %d đến %d.", y.Number, FirstYear, LastYear)
	}
	for i, s := range y.Days {
		switch {
		case s.Date.Year() != y.Number:
			return bad("Lịch năm %d có ngày %s của năm khác. Chuyển ngày ấy sang đúng năm.", y.Number, s.Date)
		case i > 0 && s.Date == y.Days[i-1].Date:
			return bad("Lịch năm %d ghi ngày %s hai lần. Bỏ bớt một dòng.", y.Number, s.Date)
		case s.Kind < Holiday || s.Kind > MakeUp:
			return bad("Lịch năm %d: ngày %s không rõ loại.", y.Number, s.Date)
		case s.Kind == MakeUp && !weekend(s.Date):
			return bad("Lịch năm %d: ngày làm bù %s phải là thứ Bảy hoặc Chủ nhật.", y.Number, s.Date)
		case len(s.Hours) > 0 && s.Kind != MakeUp:
			return bad("Lịch năm %d: ngày %s là ngày nghỉ nên không có giờ làm việc.", y.Number, s.Date)
		case len(s.Hours) > 0 && s.Hours.Validate() != nil:
			return bad("Lịch năm %d: giờ làm việc của ngày %s (%s) không đúng.", y.Number, s.Date, s.Hours)
		}
	}
	return y.validateAsks()
}

// fill works out every day.
func (c *Calendar) fill() {
	c.first = firstDay
	last := data.Date(LastYear, time.December, 31)
	n := int(last-c.first) + 1
	c.cells = make([]cell, n)
	c.before = make([]int32, n+1)
	c.working = make([]data.Day, 0, n*5/7)
	for i := range c.cells {
		c.cells[i] = cell{special: -1, works: !c.Rests(c.first + data.Day(i))}
	}
	for _, proposed := range proposals() {
		y, ok := c.years[proposed.Number]
		if !ok {
			y = proposed
		}
		for _, s := range y.Days {
			at := &c.cells[s.Date-c.first]
			at.special, at.works = int32(len(c.special)), s.Kind == MakeUp
			c.special = append(c.special, s)
		}
		for _, a := range y.OpenAsks() {
			for _, s := range a.IfYes {
				c.asked = append(c.asked, s.Date)
			}
		}
		for d := data.Date(y.Number, time.January, 1); d < data.Date(y.Number+1, time.January, 1); d++ {
			c.cells[d-c.first].proposed = y.Standing == Proposed
		}
	}
	slices.Sort(c.asked)
	c.asked = slices.Compact(c.asked)
	for i, cell := range c.cells {
		c.before[i+1] = c.before[i]
		if cell.works {
			c.before[i+1]++
			c.working = append(c.working, c.first+data.Day(i))
		}
	}
}

// With returns the calendar with a year replaced, as an officer edits it.
func (c *Calendar) With(y Year) (*Calendar, error) {
	years := make([]Year, 0, len(c.years)+1)
	for n, old := range c.years {
		if n != y.Number {
			years = append(years, old)
		}
	}
	return c.WithYears(append(years, y)...)
}

// WithYears returns the calendar with these years in place of those that were
// given.
func (c *Calendar) WithYears(years ...Year) (*Calendar, error) { return build(c.regimes, years) }

// Year returns the special days of a year, proposed by rule when they were not
// given. A year outside the range is empty.
func (c *Calendar) Year(number int) Year {
	y, ok := c.years[number]
	if !ok {
		if number < FirstYear || number > LastYear {
			return Year{Number: number, Standing: Proposed}
		}
		y = proposals()[number-FirstYear]
	}
	y.Days, y.Asks = slices.Clone(y.Days), slices.Clone(y.Asks)
	return y
}

// Years returns the numbers of the years that were given, in order.
func (c *Calendar) Years() []int {
	out := make([]int, 0, len(c.years))
	for n := range c.years {
		out = append(out, n)
	}
	sort.Ints(out)
	return out
}

// Covers reports whether the day lies in the range of the calendar.
func (c *Calendar) Covers(d data.Day) bool {
	return d >= c.first && d < c.first+data.Day(len(c.cells))
}

// Declared reports whether the days off of the year were decided; those of other
// years are proposed by rule.
func (c *Calendar) Declared(year int) bool {
	y, ok := c.years[year]
	return ok && y.Standing != Proposed
}

// Special returns what is special about a day; ok is false for a plain day.
func (c *Calendar) Special(d data.Day) (s Special, ok bool) {
	if !c.Covers(d) || c.cells[d-c.first].special < 0 {
		return Special{}, false
	}
	return c.special[c.cells[d-c.first].special], true
}

// IsWorking reports whether the office works on the day. Outside the range of
// the calendar the plain week decides.
func (c *Calendar) IsWorking(d data.Day) bool {
	if !c.Covers(d) {
		return !c.Rests(d)
	}
	return c.cells[d-c.first].works
}

// WorkingDays counts the working days from from to to, both included; 0 when to
// is before from. Days outside the range of the calendar are not counted.
func (c *Calendar) WorkingDays(from, to data.Day) int {
	end := data.Day(len(c.cells))
	i := min(max(from-c.first, 0), end)
	j := min(max(to-c.first+1, 0), end)
	if j <= i {
		return 0
	}
	return int(c.before[j] - c.before[i])
}

// AddWorkingDays returns the n-th working day after the day, or before it when
// n is negative; the day itself when n is 0. ok is false when that lies outside
// the calendar.
func (c *Calendar) AddWorkingDays(d data.Day, n int) (day data.Day, ok bool) {
	if n == 0 || !c.Covers(d) {
		return d, n == 0
	}
	i := int(c.before[d-c.first]) + n
	if n > 0 {
		i = int(c.before[d-c.first+1]) + n - 1
	}
	if i < 0 || i >= len(c.working) {
		return data.NoDay, false
	}
	return c.working[i], true
}

// OnOrAfter returns the day if the office works on it, else the next working
// day (Civil Code 2015, article 148.5).
func (c *Calendar) OnOrAfter(d data.Day) data.Day {
	for !c.IsWorking(d) {
		d++
	}
	return d
}

// NextWorkingDay returns the first working day after the day.
func (c *Calendar) NextWorkingDay(d data.Day) data.Day { return c.OnOrAfter(d + 1) }

// Kind is the kind of a special day of the office calendar.
type Kind uint8

// The kinds of special day (Labour Code 2019, articles 111 and 112; decisions
// on swapped days).
const (
	Holiday Kind = iota + 1 // nghỉ lễ
	InLieu                  // nghỉ bù: a holiday fell on a weekly day of rest
	Swapped                 // hoán đổi: a working day off, worked on another day
	MakeUp                  // làm bù: a Saturday worked for a swapped day
)

var kindKeys = [...]string{"", "nghi-le", "nghi-bu", "hoan-doi", "lam-bu"}
var kindNames = [...]string{"", "Nghỉ lễ", "Nghỉ bù", "Nghỉ hoán đổi", "Làm bù"}

// Key returns the name used in calendar files: nghi-le, nghi-bu, hoan-doi or
// lam-bu.
func (k Kind) Key() string {
	if int(k) < len(kindKeys) {
		return kindKeys[k]
	}
	return ""
}

// String returns the Vietnamese name.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// Off reports whether the office is closed on a day of this kind.
func (k Kind) Off() bool { return k >= Holiday && k <= Swapped }

// ParseKind reads the name used in calendar files.
func ParseKind(key string) (Kind, error) {
	for i, k := range kindKeys {
		if i > 0 && k == key {
			return Kind(i), nil
		}
	}
	return 0, data.Fail(data.Invalid, fmt.Sprintf("Loại ngày «%s» không có trong lịch. Dùng một trong: nghi-le, nghi-bu, hoan-doi, lam-bu.", key), nil)
}

// Standing says whether the days of a year are decided.
type Standing uint8

// The standings.
const (
	Official Standing = iota // chính thức
	Proposed                 // dự kiến
)

// Key returns the name used in calendar files: chinh-thuc or du-kien.
func (s Standing) Key() string { return [...]string{"chinh-thuc", "du-kien"}[s&1] }

// String returns the Vietnamese name.
func (s Standing) String() string { return [...]string{"Chính thức", "Dự kiến"}[s&1] }

// Special is a day on which the office calendar differs from the plain week.
type Special struct {
	Date     data.Day
	Kind     Kind
	Name     string   // the holiday, such as "Quốc khánh"
	Basis    string   // legal basis
	For      data.Day // InLieu: the holiday; Swapped and MakeUp: the other day of the swap; else unknown
	Standing Standing
	Hours    Hours // MakeUp: its sessions; none are those of an ordinary day
}

// Year holds the special days of one Gregorian year, by date.
type Year struct {
	Number   int
	Standing Standing
	Days     []Special
	Asks     []Ask // questions that were open when the calendar was shipped
}

// Declare returns the calendar with a special day; an earlier entry of the day is
// replaced. It stands as firmly as its year. Errors carry the field "day", "name"
// or "hours".
func (c *Calendar) Declare(s Special) (*Calendar, error) {
	s.Name = text.Line(s.Name)
	switch {
	case !s.Date.Known():
		return nil, &data.Error{Code: data.Invalid, Field: "day", Message: "Nhập ngày."}
	case s.Name == "":
		return nil, &data.Error{Code: data.Invalid, Field: "name", Message: "Nhập tên ngày nghỉ hoặc lý do."}
	case len(s.Hours) > 0 && s.Kind != MakeUp:
		return nil, &data.Error{Code: data.Invalid, Field: "hours", Message: fmt.Sprintf("Ngày %s là ngày nghỉ, không có giờ làm việc. Để trống ô này.", s.Date)}
	}
	y := c.Year(s.Date.Year())
	s.Standing = y.Standing
	y.Days = append(without(y.Days, s.Date), s)
	return c.With(y)
}

// Swap returns the calendar with a working day free and a day of the weekend worked
// in its place (hoán đổi). Errors carry the field "off", "worked" or "name".
func (c *Calendar) Swap(off, worked data.Day, name, basis string) (*Calendar, error) {
	switch w := worked.Weekday(); {
	case !off.Known():
		return nil, &data.Error{Code: data.Invalid, Field: "off", Message: "Nhập ngày được nghỉ."}
	case !worked.Known():
		return nil, &data.Error{Code: data.Invalid, Field: "worked", Message: "Nhập ngày làm bù."}
	case c.Rests(off):
		return nil, &data.Error{Code: data.Invalid, Field: "off", Message: fmt.Sprintf("%s là %s, vốn đã nghỉ. Nhập một ngày làm việc.", off, dayNames[off.Weekday()])}
	case w != time.Saturday && w != time.Sunday:
		return nil, &data.Error{Code: data.Invalid, Field: "worked", Message: fmt.Sprintf("%s là %s. Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.", worked, dayNames[w])}
	}
	next, err := c.Declare(Special{Date: off, Kind: Swapped, Name: name, Basis: basis, For: worked})
	if err != nil {
		return nil, err
	}
	return next.Declare(Special{Date: worked, Kind: MakeUp, Name: "Làm bù cho ngày " + off.String(), Basis: basis, For: off})
}

// Undeclare returns the calendar with an ordinary day in the place of a special one;
// the other day of a swap goes with it.
func (c *Calendar) Undeclare(d data.Day) (*Calendar, error) {
	s, ok := c.Special(d)
	if !ok {
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Ngày %s không có gì đặc biệt để bỏ.", d), nil)
	}
	y := c.Year(d.Year())
	y.Days = without(y.Days, d)
	next, err := c.With(y)
	if err != nil || s.Kind != Swapped && s.Kind != MakeUp {
		return next, err
	}
	if other, ok := next.Special(s.For); ok && other.For == d {
		return next.Undeclare(s.For)
	}
	return next, nil
}

func without(days []Special, d data.Day) []Special {
	return slices.DeleteFunc(slices.Clone(days), func(s Special) bool { return s.Date == d })
}

// ParseHours reads sessions, one a line or parted by commas, as «07:00-11:30,
// 13:30-17:00». Its errors carry the field "hours".
func ParseHours(typed string) (Hours, error) {
	var hours Hours
	for _, part := range strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = strings.TrimSpace(strings.ReplaceAll(part, "–", "-"))
		if part == "" {
			continue
		}
		a, b, ok := strings.Cut(part, "-")
		if !ok {
			return nil, &data.Error{Code: data.Invalid, Field: "hours", Message: fmt.Sprintf("Buổi «%s» không đúng. Viết theo mẫu 07:00-11:30.", part)}
		}
		from, err := data.ParseClock(a)
		if err != nil {
			return nil, data.InField(err, "hours")
		}
		to, err := data.ParseClock(b)
		if err != nil {
			return nil, data.InField(err, "hours")
		}
		hours = append(hours, Session{From: from, To: to})
	}
	return hours, hours.Validate()
}
