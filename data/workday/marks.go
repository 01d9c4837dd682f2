package workday

import (
	"strings"
	"time"

	"giaoban/data"
)

// Marks tell which days a calendar marks as special, and as what; nothing of names
// and bases. Two calendars with the same marks and hours give the same due dates.
type Marks map[data.Day]Kind

// Marks returns those of all years.
func (c *Calendar) Marks() Marks {
	out := make(Marks, len(c.special))
	for _, s := range c.special {
		out[s.Date] = s.Kind
	}
	return out
}

// markLength is that of one mark in a text: a date as YYYYMMDD and a digit for the
// kind.
const markLength = 9

// String writes the marks by date, for ParseMarks.
func (m Marks) String() string {
	var b strings.Builder
	b.Grow(len(m) * markLength)
	for d := firstDay; d <= data.Date(LastYear, time.December, 31); d++ {
		if kind, ok := m[d]; ok {
			b.WriteString(strings.ReplaceAll(d.ISO(), "-", ""))
			b.WriteByte('0' + byte(kind))
		}
	}
	return b.String()
}

// ParseMarks reads what String wrote. Its errors are *data.Error.
func ParseMarks(text string) (Marks, error) {
	bad := func(cause error) error {
		return data.Fail(data.Damaged, "Phần ghi nhớ lịch kèm chương trình trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.", cause)
	}
	if len(text)%markLength != 0 {
		return nil, bad(nil)
	}
	out := Marks{}
	for ; text != ""; text = text[markLength:] {
		d, err := data.ParseISO(text[:4] + "-" + text[4:6] + "-" + text[6:8])
		kind := Kind(text[8] - '0')
		if err != nil || kind < Holiday || kind > MakeUp {
			return nil, bad(err)
		}
		out[d] = kind
	}
	return out, nil
}

// FirstMarks are those of the calendar that was shipped before data files kept what
// they last saw of it (until version 0.2.0): it lacked 24 November.
func FirstMarks() Marks {
	out := Default().Marks()
	for year := FirstYear; year <= LastYear; year++ {
		if s, ok := cultureDay(year); ok {
			delete(out, s.Date)
		}
	}
	return out
}

// Years returns the years of the marks, without names and bases.
func (m Marks) Years() []Year {
	out := make([]Year, LastYear-FirstYear+1)
	for i := range out {
		out[i].Number = FirstYear + i
	}
	for d, kind := range m {
		if y := d.Year(); y >= FirstYear && y <= LastYear {
			out[y-FirstYear].Days = append(out[y-FirstYear].Days, Special{Date: d, Kind: kind})
		}
	}
	return out
}

// Follow returns a year that an office edited, brought up to the shipped one: days
// that were shipped otherwise before and that the office left alone become what is
// shipped now, and so do questions that it did not answer. What the office said
// itself stays.
func (y Year) Follow(shipped Year, before Marks) Year {
	now, own := Marks{}, Marks{}
	for _, s := range shipped.Days {
		now[s.Date] = s.Kind
	}
	for _, s := range y.Days {
		own[s.Date] = s.Kind
	}
	moved := func(d data.Day) bool { return now[d] != before[d] && own[d] == before[d] }
	days := data.Where(y.Days, func(s Special) bool { return !moved(s.Date) })
	for _, s := range shipped.Days {
		if moved(s.Date) {
			s.Standing = y.Standing
			days = append(days, s)
		}
	}
	sortDays(days)
	y.Days = days
	asks := data.Where(y.Asks, func(a Ask) bool { return a.Answer != Unanswered })
	for _, a := range shipped.Asks {
		known := false
		for _, own := range asks {
			known = known || own.ID == a.ID
		}
		if !known {
			asks = append(asks, a)
		}
	}
	y.Asks = asks
	return y
}
