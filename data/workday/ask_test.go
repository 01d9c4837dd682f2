package workday_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

const swapOf2026 = "2026-hoan-doi-23-11"

func answered(t *testing.T, c *workday.Calendar, year int, id string, a workday.Answer) *workday.Calendar {
	t.Helper()
	y, err := c.Year(year).Answered(id, a)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = c.With(y); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCultureDay checks the due dates around 24/11/2026 (rules-2026 1.1), with the
// question of the swap open, answered no, and answered yes.
func TestCultureDay(t *testing.T) {
	open := workday.Default()
	no, yes := answered(t, open, 2026, swapOf2026, workday.No), answered(t, open, 2026, swapOf2026, workday.Yes)
	for _, row := range []struct {
		received string
		term     int
		due      string
		swapped  string
	}{
		{"10/11/2026", 10, "25/11/2026", "26/11/2026"},
		{"16/11/2026", 15, "08/12/2026", "08/12/2026"},
		{"18/11/2026", 5, "26/11/2026", "27/11/2026"},
		{"20/11/2026", 1, "23/11/2026", "25/11/2026"},
		{"20/11/2026", 3, "26/11/2026", "27/11/2026"},
		{"23/11/2026", 1, "25/11/2026", "25/11/2026"},
		{"25/11/2026", 3, "30/11/2026", "28/11/2026"},
		{"27/11/2026", 1, "30/11/2026", "28/11/2026"},
	} {
		term := data.Term{Count: row.term, Unit: data.WorkingDays}
		for name, x := range map[string]struct {
			c    *workday.Calendar
			want string
		}{"open": {open, row.due}, "no": {no, row.due}, "yes": {yes, row.swapped}} {
			due, err := workday.DueMoment(x.c, data.Moment{Day: date(t, row.received)}, term, nil, data.Pause, workday.Options{})
			if err != nil || due.Day != date(t, x.want) {
				t.Errorf("received %s, %s, answer %s: due %s (%v), want %s", row.received, term, name, due.Day, err, x.want)
			}
		}
		days, err := workday.DueDays(open, data.Moment{Day: date(t, row.received)}, term, nil, data.Pause, workday.Options{})
		want := []data.Day{date(t, row.due)}
		if row.swapped != row.due {
			want = append(want, date(t, row.swapped))
		}
		if err != nil || !slices.Equal(days, want) {
			t.Errorf("received %s, %s: may be due %v (%v), want %v", row.received, term, days, err, want)
		}
	}
	for _, c := range []*workday.Calendar{open, no, yes} {
		if n := c.WorkingDays(data.Date(2026, time.January, 1), data.Date(2026, time.December, 31)); n != 249 {
			t.Errorf("2026 has %d working days, want 249", n)
		}
	}
}

// TestCultureDayProposed: every year from 2026 on, never a day in lieu for it.
func TestCultureDayProposed(t *testing.T) {
	for year := 2020; year <= workday.LastYear; year++ {
		var found []workday.Special
		for _, s := range workday.Propose(year).Days {
			if s.Name == "Ngày Văn hóa Việt Nam" {
				found = append(found, s)
			}
		}
		switch {
		case year < 2026 && len(found) > 0:
			t.Errorf("%d has the day of 2026 already: %v", year, found)
		case year >= 2026 && (len(found) != 1 || found[0].Date != data.Date(year, time.November, 24) || found[0].Kind != workday.Holiday || found[0].Basis != "Nghị quyết 28/2026/QH16"):
			t.Errorf("%d: %+v", year, found)
		}
	}
	c := workday.Default()
	for _, day := range []string{"26/11/2029", "25/11/2030", "26/11/2035"} { // Mondays after it fell on a weekend
		if !c.IsWorking(date(t, day)) {
			t.Errorf("%s is off in lieu, which no notice says", day)
		}
	}
}

// TestShippedYearIsProposal: the file of 2027 adds questions to the proposal, and
// changes no day of it.
func TestShippedYearIsProposal(t *testing.T) {
	y := workday.Default().Year(2027)
	rule := workday.Propose(2027)
	asks := y.Asks
	y.Asks = nil
	a, _ := json.Marshal(y)
	b, _ := json.Marshal(rule)
	if string(a) != string(b) || workday.Default().Declared(2027) {
		t.Errorf("2027 is shipped as\n%s\nand proposed as\n%s", a, b)
	}
	if len(asks) != 2 {
		t.Fatalf("2027 asks %v", asks)
	}
	off := func(c *workday.Calendar, from, to string) (list []string) {
		for d := date(t, from); d <= date(t, to); d++ {
			if w := d.Weekday(); w != time.Saturday && w != time.Sunday && !c.IsWorking(d) {
				list = append(list, d.String()[:5])
			}
		}
		return list
	}
	second := answered(t, workday.Default(), 2027, "2027-tet", workday.Yes)
	if got, want := off(second, "01/02/2027", "20/02/2027"), []string{"05/02", "08/02", "09/02", "10/02", "11/02", "12/02"}; !slices.Equal(got, want) {
		t.Errorf("option 2 closes on %v, want %v", got, want)
	}
	national := answered(t, second, 2027, "2027-quoc-khanh", workday.Yes)
	if got, want := off(national, "30/08/2027", "06/09/2027"), []string{"01/09", "02/09"}; !slices.Equal(got, want) {
		t.Errorf("Quốc khánh closes on %v, want %v", got, want)
	}
	back := answered(t, answered(t, national, 2027, "2027-tet", workday.No), 2027, "2027-quoc-khanh", workday.No)
	if got, want := off(back, "01/01/2027", "31/12/2027"), off(workday.Default(), "01/01/2027", "31/12/2027"); !slices.Equal(got, want) {
		t.Errorf("a yes that was taken back leaves %v, want %v", got, want)
	}
}

func TestQuestionsOfAYear(t *testing.T) {
	c := workday.Default()
	for day, want := range map[string]bool{"23/11/2026": true, "28/11/2026": true, "24/11/2026": false, "27/11/2026": false, "12/02/2027": true, "03/09/2027": true} {
		if c.InQuestion(date(t, day)) != want {
			t.Errorf("InQuestion(%s) = %v", day, !want)
		}
	}
	for _, n := range c.Years() { // plain days of an answer too stand as firm as the year
		for _, a := range c.Year(n).Asks {
			for _, d := range a.IfYes {
				if d.Standing != a.IfYes[0].Standing || n == 2027 && d.Standing != workday.Proposed {
					t.Errorf("%d, %s: %s has standing %v", n, a.ID, d.Date, d.Standing)
				}
			}
		}
	}
	yes := answered(t, c, 2026, swapOf2026, workday.Yes)
	if yes.InQuestion(date(t, "23/11/2026")) {
		t.Error("an answered question still touches its days")
	}
	raw, err := json.Marshal(yes)
	if err != nil {
		t.Fatal(err)
	}
	back, err := workday.Load(raw)
	if err != nil {
		t.Fatal(err)
	}
	if asks := back.Year(2026).Asks; len(asks) != 1 || asks[0].Answer != workday.Yes || back.IsWorking(date(t, "23/11/2026")) || !back.IsWorking(date(t, "28/11/2026")) {
		t.Errorf("the answer was not kept: %+v", asks)
	}
	if s, _ := back.Special(date(t, "23/11/2026")); s.Basis == "" || s.For != date(t, "28/11/2026") || s.Standing != workday.Official {
		t.Errorf("the day of the answer lacks basis, other day or standing: %+v", s)
	}
	for name, y := range map[string]workday.Year{
		"no id":     {Number: 2028, Asks: []workday.Ask{{Text: "?"}}},
		"twice":     {Number: 2028, Asks: []workday.Ask{{ID: "a", Text: "?"}, {ID: "a", Text: "?"}}},
		"elsewhere": {Number: 2028, Asks: []workday.Ask{{ID: "a", Text: "?", IfYes: []workday.Special{{Date: date(t, "03/01/2029"), Kind: workday.Holiday}}}}},
		"plain":     {Number: 2028, Asks: []workday.Ask{{ID: "a", Text: "?", IfYes: []workday.Special{{Date: date(t, "03/01/2029")}}}}},
	} {
		if _, err := c.With(y); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: %v, want an error of the officer", name, err)
		}
	}
	if _, err := c.Year(2026).Answered("khac", workday.Yes); data.CodeOf(err) != data.NotFound {
		t.Errorf("an unknown question: %v", err)
	}
}

// TestBasisOfDays: every day that differs names what it rests on, not a phrase that
// fits any year (rules-2026 E4, E5).
func TestBasisOfDays(t *testing.T) {
	c := workday.Default()
	for day, want := range map[string]string{
		"10/01/2026": "Công văn 12729/VPCP-KGVX",
		"31/08/2026": "Thông báo 9441/TB-BNV ngày 16/10/2025",
		"16/02/2026": "Bộ luật Lao động 2019, Điều 112; Thông báo 9441/TB-BNV ngày 16/10/2025",
		"30/04/2026": "Bộ luật Lao động 2019, Điều 112; Công văn 3383/BNV-CVL ngày 10/04/2026 (không hoán đổi)",
		"24/11/2026": "Nghị quyết 28/2026/QH16",
		"10/02/2021": "Bộ luật Lao động 2019, Điều 112; Thông báo 4875/TB-LĐTBXH",
		"02/09/2022": "Bộ luật Lao động 2019, Điều 112; Thông báo 119/TB-LĐTBXH",
		"02/05/2025": "Thông báo 6150/TB-BLĐTBXH",
		"04/05/2024": "Công văn 2450/VPCP-KGVX; Thông báo 1570/TB-LĐTBXH",
	} {
		if s, _ := c.Special(date(t, day)); s.Basis != want {
			t.Errorf("%s rests on %q, want %q", day, s.Basis, want)
		}
	}
}
