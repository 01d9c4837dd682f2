package data_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data"
)

func TestCountsAndMoneyAreWholeNumbers(t *testing.T) {
	for text, want := range map[string]int64{
		"": 0, "  ": 0, "0": 0, "7": 7, "1500": 1500, "1.500": 1500, "12.345": 12345, " 7 ": 7, "１５": 15, "7\u00a0": 7, "\u200e7": 7, "007": 7,
	} {
		if got, err := data.ParseCount(text, data.MaxCount); err != nil || got != want {
			t.Errorf("count %q: %d, %v", text, got, err)
		}
	}
	for text, want := range map[string]int64{
		"": 0, "50000": 50_000, "50.000": 50_000, " 1.250.000 đ": 1_250_000, "20000 đồng": 20_000, "20.000 VNĐ": 20_000, "20.000vnd": 20_000, "1.000.000.000.000": 1e12,
	} {
		if got, err := data.ParseMoney(text); err != nil || got != want {
			t.Errorf("money %q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"2.5", "2,5", "1.5", "50.00", "5.0", "5,0", "1,500", "1.50", "1.5000", "1234.567", "0.500", "1..500", ".500", "1.", "1.500.", "1 500", "-1", "+1", "1e3", "x", "½", "٣", "1.500,5"} {
		if n, err := data.ParseCount(text, 1<<40); data.CodeOf(err) != data.Invalid {
			t.Errorf("count %q is %d, %v", text, n, err)
		}
		if n, err := data.ParseMoney(text); data.CodeOf(err) != data.Invalid {
			t.Errorf("money %q is %d, %v", text, n, err)
		}
	}
	for _, text := range []string{"đ", "5 đ đ", "1.000.000.000.001", "50k"} {
		if n, err := data.ParseMoney(text); data.CodeOf(err) != data.Invalid {
			t.Errorf("money %q is %d, %v", text, n, err)
		}
	}
	if _, err := data.ParseCount("100.000", data.MaxCount); err == nil || !strings.Contains(err.Error(), "99.999") {
		t.Errorf("too many: %v", err)
	}
}

func TestDecimals(t *testing.T) {
	for text, want := range map[string]string{
		"34.170": "34170", "34170": "34170", "81,56": "2039/25", "81.56": "2039/25", "1.234.567,5": "2469135/2", "0.125": "1/8", "0,125": "1/8", " 7 ": "7", "-3": "-3", "–3": "-3", "+2": "2",
		"1.500": "1500", "1,500": "3/2", "2.5": "5/2", "12.3456": "7716/625", "００７": "7",
	} {
		got, err := data.ParseDecimal(text)
		if err != nil || got.RatString() != want {
			t.Errorf("%q: %v, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "1234.567", "1,234.5", "1.23.4", "1.234.56", ",5", "5,", "5.", ".5", "1,5,0", "--1", "1 000", "1e3", "0x10", "1/2", "NaN", "01.500", strings.Repeat("9", 60)} {
		if n, err := data.ParseDecimal(text); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q is %v, %v", text, n, err)
		}
	}
}

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		count string
		unit  data.TermUnit
		want  data.Term
	}{
		{"", data.NoTerm, data.Term{}}, {"5", data.WorkingDays, data.Term{Count: 5, Unit: data.WorkingDays}}, {"1.500", data.CalendarDays, data.Term{Count: 1500, Unit: data.CalendarDays}},
		{"", data.SameDay, data.Term{Unit: data.SameDay}}, {"20", data.WorkingHours, data.Term{Count: 20, Unit: data.WorkingHours}},
	} {
		if got, err := data.ParseTerm(c.count, c.unit); err != nil || got != c.want {
			t.Errorf("%q %s: %v, %v", c.count, c.unit, got, err)
		}
	}
	for _, text := range []string{"2.5", "2,5", "0,5", "0", "", "-1", "10.000", "năm"} {
		for _, unit := range []data.TermUnit{data.WorkingDays, data.CalendarDays, data.WorkingHours, data.Months} {
			if got, err := data.ParseTerm(text, unit); data.CodeOf(err) != data.Invalid {
				t.Errorf("%q %s is %v, %v", text, unit, got, err)
			}
		}
	}
	if _, err := data.ParseTerm("2,5", data.WorkingDays); err == nil || !strings.Contains(err.Error(), "20 giờ làm việc") {
		t.Errorf("half a day: %v", err)
	}
	if _, err := data.ParseTerm("5", data.NoTerm); err == nil {
		t.Error("a term without a unit")
	}
}

func TestYears(t *testing.T) {
	if n, err := data.ParseYear(" 2024 "); n != 2024 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for _, text := range []string{"", "24", "1989", "2201", "2.024", "2024,0", "+2024", "02024"} {
		if n, err := data.ParseYear(text); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q is %d, %v", text, n, err)
		}
	}
}

func TestAnErrorIsNamedByItsField(t *testing.T) {
	_, err := data.ParseCount("x", 9)
	var e *data.Error
	if err = data.InField(err, "copies"); !errors.As(err, &e) || e.Field != "copies" {
		t.Errorf("%v", err)
	}
	if err = data.InField(err, "other"); !errors.As(err, &e) || e.Field != "copies" {
		t.Errorf("the field of an error was replaced: %v", err)
	}
	if data.InField(nil, "x") != nil {
		t.Error("no error has a field")
	}
}

func TestClocks(t *testing.T) {
	for _, text := range []string{"7:30", "07:30", "0730", "730", "7h30", "7H30", "7 h 30", "7 giờ 30", "7 giờ 30 phút", "7g30", "7g30p", "7,30", "7.30", "7 30", "07h30p", "7\u00a0giờ\u00a030", "７：３０", "7 gio\u031b\u0300 30"} {
		if got, err := data.ParseClock(text); err != nil || got != data.At(7, 30) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"": "", " ": "", "9": "09:00", "9h": "09:00", "14 giờ": "14:00", "14g": "14:00", "9:5": "09:05", "9 giờ 5 phút": "09:05", "9h5": "09:05", "9,30": "09:30", "9g30p": "09:30",
		"930": "09:30", "0": "00:00", "0000": "00:00", "23:59": "23:59", "7.05": "07:05"} {
		if got, err := data.ParseClock(text); err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"24:00", "9:60", "abc", "12345", "-1", "9:3:2", "7,5", "7.5", "25", "2400", "930p", "9p", "9 phút", "7h30x", "sáng", "8:00:00", "7::30", "h", "7:300", "٧:٣٠"} {
		if got, err := data.ParseClock(text); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}

var typedDay = data.Date(2023, 3, 14)

func TestDays(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "  ": "", "0503": "05/03/2023", "503": "05/03/2023", "05032022": "05/03/2022", "050322": "05/03/2022",
		"50322": "05/03/2022", "5032022": "05/03/2022", "5/3": "05/03/2023", "5-3": "05/03/2023", "5.3": "05/03/2023",
		"5/3/22": "05/03/2022", "05/03/2022": "05/03/2022", "5 3 2022": "05/03/2022", "7": "07/03/2023", "31": "31/03/2023",
		"29/2/2024": "29/02/2024", "1/1/99": "01/01/1999", "1/1/33": "01/01/2033", "h": "14/03/2023", "hôm nay": "14/03/2023",
		"+3": "17/03/2023", "-14": "28/02/2023", " 05/03/2022 ": "05/03/2022", "2022-03-05": "05/03/2022", "5 / 3 / 2022": "05/03/2022",
		"\u200e05/03/2022": "05/03/2022", "05/03/\u00ad2022": "05/03/2022", "０５/０３/２０２２": "05/03/2022", "Hôm nay": "14/03/2023", "5–3–2022": "05/03/2022",
	} {
		got, err := data.ParseDay(in, typedDay, data.NoDay)
		if err != nil || got.String() != want {
			t.Errorf("%q gave %q, %v; want %q", in, got, err, want)
		}
	}
	for in, part := range map[string]string{
		"31/02/2023": "không có trong lịch", "29/2/2023": "không có trong lịch", "0": "không có trong lịch", "3113": "không có trong lịch",
		"abc": "không phải là ngày", "5/3/123": "không phải là ngày", "123456789": "không phải là ngày", "5/3/22/1": "không phải là ngày",
		"mai": "không phải là ngày", "5/3/0001": "không hợp lý", "5/3//22": "không phải là ngày", "5/0/2022": "không phải là ngày",
	} {
		_, err := data.ParseDay(in, typedDay, data.NoDay)
		if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), part) {
			t.Errorf("%q gave %v; want %q", in, err, part)
		}
	}
}

// A year left out is that of the value which is replaced.
func TestADayTakesTheYearOfTheOldValue(t *testing.T) {
	old := data.Date(2022, 10, 28)
	today := data.Date(2026, 11, 30)
	for in, want := range map[string]string{"2710": "27/10/2022", "27/10": "27/10/2022", "3/11": "03/11/2022", "27": "27/10/2022", "27/10/25": "27/10/2025", "h": "30/11/2026", "+1": "01/12/2026", "1/1/36": "01/01/2036", "1/1/37": "01/01/1937"} {
		got, err := data.ParseDay(in, today, old)
		if in == "1/1/37" {
			if err == nil {
				t.Errorf("%q gave %s", in, got)
			}
			continue
		}
		if err != nil || got.String() != want {
			t.Errorf("%q gave %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestFullDays(t *testing.T) {
	for in, want := range map[string]string{"": "", "5/3/2022": "05/03/2022", "2022-03-05": "05/03/2022", "05032022": "05/03/2022"} {
		if got, err := data.ParseFullDay(in); err != nil || got.String() != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"5/3", "0503", "h", "31/2/2022", "5", "5/3/22"} {
		if got, err := data.ParseFullDay(in); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q is %v", in, got)
		}
	}
}

func TestMoments(t *testing.T) {
	for in, want := range map[string]string{"2026-02-13": "13/02/2026", "2026-02-13 16:00": "13/02/2026 16:00", "2026-02-13T16:00": "13/02/2026 16:00", "2026-02-13 7h30": "13/02/2026 07:30"} {
		if got, err := data.ParseMoment(in); err != nil || got.String() != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "13/02/2026", "2026-02-30", "2026-02-13 16:00abc", "2026-02-13 24:00"} {
		if got, err := data.ParseMoment(in); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q is %v", in, got)
		}
	}
}

func TestDaysAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := data.Day(rapid.Int32Range(int32(data.Date(1990, 1, 1)), int32(data.Date(2100, 1, 1))).Draw(t, "day"))
		for _, s := range []string{d.String(), d.ISO(), strings.ReplaceAll(d.String(), "/", ""), strings.ReplaceAll(d.String(), "/", "-")} {
			got, err := data.ParseDay(s, typedDay, data.NoDay)
			if err != nil || got != d {
				t.Fatalf("%s gave %s, %v", s, got, err)
			}
		}
	})
}
