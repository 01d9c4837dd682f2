package workday

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"giaoban/assets"
	"giaoban/data"
)

// yearFile is the JSON form of a Year.
type yearFile struct {
	Year   int       `json:"year"`
	Status string    `json:"status"`
	Days   []dayFile `json:"days"`
	Asks   []askFile `json:"asks,omitempty"`
}

type dayFile struct {
	Date   string `json:"date"`
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Basis  string `json:"basis,omitempty"`
	For    string `json:"for,omitempty"`
	Status string `json:"status,omitempty"` // where it differs from the year

	Hours []sessionFile `json:"hours,omitempty"` // of a day that is made up for
}

// calendarFile is the JSON form of a Calendar: hours and the years given.
type calendarFile struct {
	Hours []sessionFile            `json:"hours"`
	Week  map[string][]sessionFile `json:"week,omitempty"` // weekdays that differ from the five days
	Later []regimeFile             `json:"later,omitempty"`
	Years []Year                   `json:"years"`
}

// regimeFile is the JSON form of hours and a week that hold from a day on.
type regimeFile struct {
	From  string                   `json:"from"`
	Hours []sessionFile            `json:"hours"`
	Week  map[string][]sessionFile `json:"week,omitempty"`
}

type sessionFile struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// MarshalJSON writes the year as {"year","status","days":[{"date","kind",
// "name","basis","for","status","hours"}],"asks":[{"id","text","source","ifYes":[day],
// "answer"}]}, dates as YYYY-MM-DD; "for", "hours", a day's own "status", "asks" and
// "answer" (co, khong) only where there is one. A day of ifYes may have the kind
// ngay-thuong.
func (y Year) MarshalJSON() ([]byte, error) {
	f := yearFile{Year: y.Number, Status: y.Standing.Key(), Days: make([]dayFile, len(y.Days))}
	for i, s := range y.Days {
		f.Days[i] = s.file(y.Standing)
	}
	for _, a := range y.Asks {
		f.Asks = append(f.Asks, a.file(y))
	}
	return json.Marshal(f)
}

func (s Special) file(year Standing) dayFile {
	f := dayFile{Date: s.Date.ISO(), Kind: s.Kind.Key(), Name: s.Name, Basis: s.Basis, For: s.For.ISO(), Hours: s.Hours.file()}
	if s.Standing != year {
		f.Status = s.Standing.Key()
	}
	return f
}

// UnmarshalJSON reads what MarshalJSON writes. Its errors are *data.Error.
func (y *Year) UnmarshalJSON(raw []byte) error {
	var f yearFile
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return data.Fail(data.Invalid, "Tệp lịch làm việc không đọc được. Kiểm tra lại nội dung tệp.", err)
	}
	standing, err := parseStanding(f.Status, Official)
	if err != nil {
		return err
	}
	out := Year{Number: f.Year, Standing: standing, Days: make([]Special, len(f.Days))}
	for i, d := range f.Days {
		if out.Days[i], err = d.read(standing); err != nil {
			return err
		}
	}
	for _, q := range f.Asks {
		a, err := q.read(standing)
		if err != nil {
			return err
		}
		out.Asks = append(out.Asks, a)
	}
	sortDays(out.Days)
	if err := out.validate(); err != nil {
		return err
	}
	*y = out
	return nil
}

func (d dayFile) read(year Standing) (Special, error) {
	s := Special{Name: d.Name, Basis: d.Basis}
	var err error
	if s.Date, err = data.ParseISO(d.Date); err != nil {
		return s, err
	}
	if s.Kind, err = ParseKind(d.Kind); err != nil {
		return s, err
	}
	if s.Standing, err = parseStanding(d.Status, year); err != nil {
		return s, err
	}
	if d.For != "" {
		if s.For, err = data.ParseISO(d.For); err != nil {
			return s, err
		}
	}
	s.Hours, err = parseHours(d.Hours)
	return s, err
}

func parseStanding(key string, otherwise Standing) (Standing, error) {
	switch key {
	case "":
		return otherwise, nil
	case "chinh-thuc":
		return Official, nil
	case "du-kien":
		return Proposed, nil
	}
	return 0, data.Fail(data.Invalid, fmt.Sprintf("Tình trạng lịch «%s» không có. Dùng chinh-thuc hoặc du-kien.", key), nil)
}

// file returns the sessions in their JSON form.
func (h Hours) file() []sessionFile {
	return data.Map(h, func(s Session) sessionFile { return sessionFile{s.From.String(), s.To.String()} })
}

func parseHours(list []sessionFile) (Hours, error) {
	var out Hours
	for _, s := range list {
		from, err := parseClock(s.From)
		if err != nil {
			return nil, err
		}
		to, err := parseClock(s.To)
		if err != nil {
			return nil, err
		}
		out = append(out, Session{From: from, To: to})
	}
	return out, nil
}

// MarshalJSON writes the calendar as {"hours":[{"from","to"}],"week":{"t7":[…]},
// "years":[…]} with the weekdays that differ from the five days (t2 to t7, cn; no
// sessions for a day of rest), "later":[{"from","hours","week"}] where they changed
// on a day, and the years that were given; proposed years are computed anew when it
// is read.
func (c *Calendar) MarshalJSON() ([]byte, error) {
	f := calendarFile{Hours: c.regimes[0].hours.file(), Week: c.regimes[0].file()}
	for _, r := range c.regimes[1:] {
		f.Later = append(f.Later, regimeFile{From: r.from.ISO(), Hours: r.hours.file(), Week: r.file()})
	}
	f.Years = make([]Year, 0, len(c.years))
	for _, n := range c.Years() {
		f.Years = append(f.Years, c.years[n])
	}
	return json.Marshal(f)
}

// Load reads a calendar that MarshalJSON wrote. Its errors are *data.Error.
func Load(raw []byte) (*Calendar, error) {
	var f calendarFile
	if err := json.Unmarshal(raw, &f); err != nil {
		if data.CodeOf(err) != data.Internal {
			return nil, err
		}
		return nil, data.Fail(data.Invalid, "Lịch làm việc lưu trong tệp không đọc được. Nạp lại lịch kèm theo chương trình.", err)
	}
	hours, week, err := parseWeek(f.Hours, f.Week)
	if err != nil {
		return nil, err
	}
	c, err := NewWeek(hours, week, f.Years...)
	for _, r := range f.Later {
		if err != nil {
			return nil, err
		}
		var from data.Day
		if from, err = data.ParseISO(r.From); err != nil {
			return nil, err
		}
		if hours, week, err = parseWeek(r.Hours, r.Week); err == nil {
			c, err = c.WithWeek(from, hours, week)
		}
	}
	return c, err
}

// file returns the weekdays that differ from five days of the hours.
func (r *regime) file() map[string][]sessionFile {
	var out map[string][]sessionFile
	usual := FiveDays(r.hours)
	for _, x := range weekOrder {
		if slices.Equal(r.week[x.day], usual[x.day]) {
			continue
		}
		if out == nil {
			out = map[string][]sessionFile{}
		}
		out[x.key] = append([]sessionFile{}, r.week[x.day].file()...)
	}
	return out
}

func parseWeek(list []sessionFile, days map[string][]sessionFile) (Hours, Week, error) {
	hours, err := parseHours(list)
	if err != nil {
		return nil, Week{}, err
	}
	week := FiveDays(hours)
	for _, x := range weekOrder {
		if sessions, ok := days[x.key]; ok {
			if week[x.day], err = parseHours(sessions); err != nil {
				return nil, Week{}, err
			}
		}
	}
	return hours, week, nil
}

func parseClock(s string) (data.Clock, error) {
	if s == "24:00" { // the end of a session that lasts until midnight
		return data.At(24, 0), nil
	}
	c, err := data.ParseClock(s)
	if err == nil && !c.Known() {
		err = data.Fail(data.Invalid, "Một buổi làm việc chưa có giờ. Viết theo mẫu 07:30.", nil)
	}
	return c, err
}

// Default returns the calendar shipped with the program: the years of
// assets/calendars, the default hours, all other years proposed. It panics when
// the shipped files are damaged, which a test rules out.
func Default() *Calendar { return shipped() }

var shipped = sync.OnceValue(func() *Calendar {
	var years []Year
	err := fs.WalkDir(assets.Calendars, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".json" || !strings.Contains(name, "calendars/") {
			return err
		}
		raw, err := assets.Calendars.ReadFile(name)
		if err != nil {
			return err
		}
		var y Year
		if err := json.Unmarshal(raw, &y); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		years = append(years, y)
		return nil
	})
	if err != nil {
		panic(err)
	}
	c, err := New(DefaultHours, years...)
	if err != nil {
		panic(err)
	}
	return c
})
