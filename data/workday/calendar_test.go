package workday_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// officeTable is table 3.6 of register-and-reports: weekdays off, Saturdays
// worked.
var officeTable = []struct {
	year        int
	off, worked string
	count, sum  int // weekdays off; working days of the year, 0 where not told
}{
	{2010, "01/01 15/02 16/02 17/02 18/02 19/02 23/04 30/04 03/05 02/09", "27/02", 10, 0},
	{2011, "03/01 02/02 03/02 04/02 07/02 12/04 02/05 03/05 02/09", "", 9, 0},
	{2012, "02/01 23/01 24/01 25/01 26/01 27/01 02/04 30/04 01/05 03/09", "04/02", 10, 0},
	{2013, "01/01 11/02 12/02 13/02 14/02 15/02 19/04 29/04 30/04 01/05 02/09", "04/05", 11, 0},
	{2014, "01/01 29/01 30/01 31/01 03/02 04/02 09/04 30/04 01/05 02/05 01/09 02/09", "26/04 06/09 27/12", 12, 0},
	{2015, "01/01 02/01 16/02 17/02 18/02 19/02 20/02 23/02 28/04 29/04 30/04 01/05 02/09", "14/02 25/04", 13, 0},
	{2016, "01/01 08/02 09/02 10/02 11/02 12/02 18/04 02/05 03/05 02/09", "", 10, 0},
	{2017, "02/01 26/01 27/01 30/01 31/01 01/02 06/04 01/05 02/05 04/09", "", 10, 0},
	{2018, "01/01 14/02 15/02 16/02 19/02 20/02 25/04 30/04 01/05 03/09 31/12", "", 11, 0},
	{2019, "01/01 04/02 05/02 06/02 07/02 08/02 15/04 29/04 30/04 01/05 02/09", "05/01 04/05", 11, 0},
	{2020, "01/01 23/01 24/01 27/01 28/01 29/01 02/04 30/04 01/05 02/09", "", 10, 0},
	{2021, "01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09", "", 11, 250},
	{2022, "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09", "", 11, 249},
	{2023, "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09", "", 11, 249},
	{2024, "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09", "04/05", 12, 251},
	{2025, "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09", "26/04", 12, 250},
	{2026, "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11", "10/01 22/08", 14, 249},
}

func TestShippedCalendar(t *testing.T) {
	c := workday.Default()
	for _, row := range officeTable {
		off, worked := map[data.Day]bool{}, map[data.Day]bool{}
		for _, s := range strings.Fields(row.off) {
			off[date(t, fmt.Sprintf("%s/%d", s, row.year))] = true
		}
		for _, s := range strings.Fields(row.worked) {
			worked[date(t, fmt.Sprintf("%s/%d", s, row.year))] = true
		}
		if len(off) != row.count {
			t.Fatalf("%d: the table of the test has %d days off, want %d", row.year, len(off), row.count)
		}
		sum := 0
		for d := data.Date(row.year, time.January, 1); d.Year() == row.year; d++ {
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			want := !weekend && !off[d] || worked[d]
			if c.IsWorking(d) != want {
				t.Errorf("IsWorking(%s) = %v, want %v", d, !want, want)
			}
			if want {
				sum++
			}
			s, special := c.Special(d)
			if (off[d] || worked[d]) && (!special || s.Name == "" || s.Basis == "" || s.Standing != workday.Official) {
				t.Errorf("%s lacks its name, basis or standing: %+v", d, s)
			}
		}
		from, to := data.Date(row.year, time.January, 1), data.Date(row.year, time.December, 31)
		if got := c.WorkingDays(from, to); got != sum || row.sum > 0 && got != row.sum {
			t.Errorf("WorkingDays(%d) = %d, counted %d, table %d", row.year, got, sum, row.sum)
		}
	}
}

func TestHolidayNames(t *testing.T) {
	c := workday.Default()
	for _, row := range []struct {
		day  string
		kind workday.Kind
		name string
		of   string
	}{
		{"01/01/2026", workday.Holiday, "Tết Dương lịch", ""},
		{"02/01/2026", workday.Swapped, "Tết Dương lịch", "10/01/2026"},
		{"10/01/2026", workday.MakeUp, "Tết Dương lịch", "02/01/2026"},
		{"16/02/2026", workday.Holiday, "Tết Âm lịch", ""},
		{"26/04/2026", workday.Holiday, "Giỗ Tổ Hùng Vương", ""},
		{"27/04/2026", workday.InLieu, "Giỗ Tổ Hùng Vương", "26/04/2026"},
		{"30/04/2026", workday.Holiday, "Ngày Chiến thắng", ""},
		{"01/05/2026", workday.Holiday, "Ngày Quốc tế lao động", ""},
		{"31/08/2026", workday.Swapped, "Quốc khánh", "22/08/2026"},
		{"02/09/2026", workday.Holiday, "Quốc khánh", ""},
		{"25/01/2023", workday.InLieu, "Tết Âm lịch", "21/01/2023"},
		{"03/05/2023", workday.InLieu, "Ngày Chiến thắng", "30/04/2023"},
		{"29/04/2024", workday.Swapped, "Ngày Chiến thắng", "04/05/2024"},
		{"02/01/2015", workday.Swapped, "Tết Dương lịch", "27/12/2014"},
	} {
		s, ok := c.Special(date(t, row.day))
		of := data.NoDay
		if row.of != "" {
			of = date(t, row.of)
		}
		if !ok || s.Kind != row.kind || s.Name != row.name || s.For != of {
			t.Errorf("%s = %+v, want %s %q for %s", row.day, s, row.kind, row.name, row.of)
		}
	}
}

// TestProposal checks the rule on the decided years since 2014: without swaps
// it gives the very days that were decided.
func TestProposal(t *testing.T) {
	shipped := workday.Default()
	for year := 2010; year <= 2026; year++ {
		rule, err := workday.New(workday.DefaultHours, workday.Propose(year))
		if err != nil {
			t.Fatal(err)
		}
		for d := data.Date(year, time.January, 1); d.Year() == year; d++ {
			s, _ := shipped.Special(d)
			if s.Kind == workday.Swapped || s.Kind == workday.MakeUp {
				continue
			}
			if p, _ := rule.Special(d); p.Kind != s.Kind || p.Name != s.Name || p.For != s.For {
				t.Errorf("%s is proposed as %s %q for %s, decided as %s %q for %s", d, p.Kind, p.Name, p.For, s.Kind, s.Name, s.For)
			}
			if rule.IsWorking(d) != shipped.IsWorking(d) {
				t.Errorf("proposed %s works: %v, decided %v", d, rule.IsWorking(d), shipped.IsWorking(d))
			}
		}
	}
	var off []string
	y := shipped.Year(2027)
	for _, s := range y.Days {
		if s.Standing != workday.Proposed {
			t.Errorf("%s is %s, want dự kiến", s.Date, s.Standing)
		}
		if w := s.Date.Weekday(); w != time.Saturday && w != time.Sunday {
			off = append(off, s.Date.String()[:5])
		}
	}
	want := "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11"
	if got := strings.Join(off, " "); y.Standing != workday.Proposed || got != want {
		t.Errorf("2027 proposed %s, want %s", got, want)
	}
}

// TestSecondDayOfNationalDay: the neighbour of 2 September that gives the longer
// rest, the day before when both give the same; never a day of weekly rest, as was
// decided for 2024.
func TestSecondDayOfNationalDay(t *testing.T) {
	for year, want := range map[int]string{
		2020: "02/09 nghi-le",
		2021: "02/09 nghi-le, 03/09 nghi-le", 2022: "01/09 nghi-le, 02/09 nghi-le", 2023: "01/09 nghi-le, 02/09 nghi-le, 04/09 nghi-bu",
		2024: "02/09 nghi-le, 03/09 nghi-le", 2025: "01/09 nghi-le, 02/09 nghi-le", 2026: "01/09 nghi-le, 02/09 nghi-le",
		2029: "02/09 nghi-le, 03/09 nghi-le, 04/09 nghi-bu", 2030: "02/09 nghi-le, 03/09 nghi-le",
	} {
		var got []string
		for _, s := range workday.Propose(year).Days {
			if s.Name == "Quốc khánh" {
				got = append(got, s.Date.String()[:5]+" "+s.Kind.Key())
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%d: %s, want %s", year, strings.Join(got, ", "), want)
		}
	}
}

func TestCalendarFile(t *testing.T) {
	c, err := workday.Default().WithHours(workday.Hours{{From: data.At(7, 30), To: data.At(12, 0)}, {From: data.At(13, 0), To: data.At(16, 30)}})
	if err != nil {
		t.Fatal(err)
	}
	edited := c.Year(2027)
	edited.Standing = workday.Official
	edited.Days = append(edited.Days, workday.Special{Date: date(t, "12/02/2027"), Kind: workday.Swapped, Name: "Tết Âm lịch", For: date(t, "20/02/2027")},
		workday.Special{Date: date(t, "20/02/2027"), Kind: workday.MakeUp, Name: "Tết Âm lịch", For: date(t, "12/02/2027")})
	if c, err = c.With(edited); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	back, err := workday.Load(raw)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(raw) {
		t.Errorf("written again: %v, the same: %v", err, string(again) == string(raw))
	}
	if back.IsWorking(date(t, "12/02/2027")) || !back.IsWorking(date(t, "20/02/2027")) {
		t.Error("the edited swap of 2027 was lost")
	}
	if workday.Default().IsWorking(date(t, "20/02/2027")) {
		t.Error("editing a copy changed the shipped calendar")
	}
	if got := back.Hours().String(); got != "07:30-12:00, 13:00-16:30" {
		t.Errorf("hours = %s", got)
	}
	if s, _ := back.Special(date(t, "05/02/2027")); s.Standing != workday.Proposed {
		t.Errorf("05/02/2027 lost its own standing: %+v", s)
	}
}

func TestCalendarRefuses(t *testing.T) {
	c := workday.Default()
	day := func(s string, k workday.Kind) workday.Special {
		return workday.Special{Date: date(t, s), Kind: k, Name: "x"}
	}
	for name, y := range map[string]workday.Year{
		"other year":      {Number: 2027, Days: []workday.Special{day("01/01/2028", workday.Holiday)}},
		"twice":           {Number: 2027, Days: []workday.Special{day("04/01/2027", workday.Holiday), day("04/01/2027", workday.InLieu)}},
		"no kind":         {Number: 2027, Days: []workday.Special{day("04/01/2027", 0)}},
		"work on weekday": {Number: 2027, Days: []workday.Special{day("04/01/2027", workday.MakeUp)}},
		"year":            {Number: 1900},
	} {
		if _, err := c.With(y); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: %v, want an error of the officer", name, err)
		}
	}
	for _, h := range []workday.Hours{nil, {{From: data.At(9, 0), To: data.At(9, 0)}}, {{From: data.At(7, 0), To: data.At(12, 0)}, {From: data.At(11, 0), To: data.At(17, 0)}}} {
		if _, err := workday.New(h); data.CodeOf(err) != data.Invalid {
			t.Errorf("hours %v: %v", h, err)
		}
	}
	for _, raw := range []string{`{`, `{"hours":[]}`, `{"hours":[{"from":"x","to":"17:00"}]}`, `{"hours":[{"from":"07:00","to":"17:00"}],"years":[{"year":2027,"days":[{"date":"2027-01-01","kind":"le"}]}]}`,
		`{"hours":[{"from":"07:00","to":"17:00"}],"years":[{"year":2027,"status":"?","days":[]}]}`} {
		if _, err := workday.Load([]byte(raw)); data.CodeOf(err) != data.Invalid {
			t.Errorf("Load(%s) = %v", raw, err)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	c := workday.Default()
	from, to := data.Date(2024, time.January, 1), data.Date(2027, time.December, 31)
	for d := from; d < to; d += 3 {
		n := 0
		for e := d; e < d+40; e++ {
			if c.IsWorking(e) {
				n++
				if got, ok := c.AddWorkingDays(d-1, n); !ok || got != e {
					t.Fatalf("AddWorkingDays(%s, %d) = %s, want %s", d-1, n, got, e)
				}
				if got, ok := c.AddWorkingDays(e, -n); !ok || c.WorkingDays(got, e-1) != n || !c.IsWorking(got) {
					t.Fatalf("AddWorkingDays(%s, %d) = %s", e, -n, got)
				}
			}
			if got := c.WorkingDays(d, e); got != n {
				t.Fatalf("WorkingDays(%s, %s) = %d, want %d", d, e, got, n)
			}
		}
	}
	if got := c.OnOrAfter(date(t, "14/02/2026")); got != date(t, "23/02/2026") {
		t.Errorf("OnOrAfter(14/02/2026) = %s", got)
	}
	if got := c.NextWorkingDay(date(t, "13/02/2026")); got != date(t, "23/02/2026") {
		t.Errorf("NextWorkingDay(13/02/2026) = %s", got)
	}
	if got := c.WorkingDays(to, from); got != 0 {
		t.Errorf("WorkingDays of an empty stretch = %d", got)
	}
}

func date(t testing.TB, s string) data.Day {
	t.Helper()
	at, err := time.Parse("02/01/2006", s)
	if err != nil {
		t.Fatal(err)
	}
	return data.DayOf(at)
}
