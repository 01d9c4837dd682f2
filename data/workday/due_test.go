package workday_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

func moment(t testing.TB, s string) data.Moment {
	t.Helper()
	if s == "" {
		return data.Moment{}
	}
	day, clock, _ := strings.Cut(s, " ")
	m := data.Moment{Day: date(t, day)}
	if clock != "" {
		at, err := time.Parse("15:04", clock)
		if err != nil {
			t.Fatal(err)
		}
		m.Clock = data.At(at.Hour(), at.Minute())
	}
	return m
}

// spans reads "06/08/2026..14/08/2026, …"; an empty end is open.
func spans(t testing.TB, s string) []workday.Span {
	t.Helper()
	var out []workday.Span
	for _, p := range strings.Split(s, ",") {
		if p = strings.TrimSpace(p); p != "" {
			from, to, _ := strings.Cut(p, "..")
			out = append(out, workday.Span{From: moment(t, from), To: moment(t, to)})
		}
	}
	return out
}

const (
	nlv   = data.WorkingDays
	ngay  = data.CalendarDays
	gio   = data.WorkingHours
	thang = data.Months
	trong = data.SameDay
	trule = data.CalendarDaysNoFeast
)

func TestDue(t *testing.T) {
	for _, row := range []struct {
		received string
		count    int
		unit     data.TermUnit
		pauses   string
		mode     data.PauseMode
		due      string
	}{
		// Table 3.3 of register-and-reports.
		{"27/10/2023", 5, nlv, "", 0, "03/11/2023"},
		{"31/05/2021", 10, nlv, "", 0, "14/06/2021"},
		{"26/04/2024", 3, nlv, "", 0, "04/05/2024"},
		{"24/04/2025", 5, nlv, "", 0, "05/05/2025"},
		{"31/12/2025", 3, nlv, "", 0, "07/01/2026"},
		{"09/01/2026", 1, nlv, "", 0, "10/01/2026"},
		{"13/02/2026", 3, nlv, "", 0, "25/02/2026"},
		{"12/02/2026", 15, nlv, "", 0, "12/03/2026"},
		{"24/04/2026", 3, nlv, "", 0, "04/05/2026"},
		{"20/08/2026", 5, nlv, "", 0, "26/08/2026"},
		{"28/08/2026", 2, nlv, "", 0, "04/09/2026"},
		{"31/12/2026", 5, nlv, "", 0, "08/01/2027"},
		{"09/02/2026", 10, ngay, "", 0, "23/02/2026"},
		{"20/04/2026", 7, ngay, "", 0, "28/04/2026"},
		{"22/04/2025", 10, ngay, "", 0, "05/05/2025"},
		{"20/08/2026 16:00", 4, gio, "", 0, "21/08/2026 10:00"},
		{"21/08/2026 15:30", 4, gio, "", 0, "22/08/2026 09:30"},
		{"21/08/2026 11:00", 1, gio, "", 0, "21/08/2026 14:00"},
		{"31/12/2026 16:00", 2, gio, "", 0, "04/01/2027 08:00"},
		{"13/02/2026 16:00", 3, gio, "", 0, "23/02/2026 09:00"},
		// Table 3.5: the three modes.
		{"03/08/2026", 10, nlv, "", 0, "17/08/2026"},
		{"03/08/2026", 10, nlv, "06/08/2026..14/08/2026", data.Restart, "27/08/2026"},
		{"03/08/2026", 10, nlv, "06/08/2026..14/08/2026", data.Pause, "24/08/2026"},
		{"03/08/2026", 10, nlv, "06/08/2026..14/08/2026", data.RunOn, "17/08/2026"},
		// The clock of a term in days is that of the reception, in office hours.
		{"27/10/2023 09:32", 5, nlv, "", 0, "03/11/2023 09:32"},
		{"27/10/2023 06:10", 5, nlv, "", 0, "03/11/2023 07:00"},
		{"27/10/2023 12:15", 5, nlv, "", 0, "03/11/2023 13:30"},
		{"27/10/2023 21:45", 5, nlv, "", 0, "03/11/2023 17:00"},
		{"28/10/2023 09:00", 5, nlv, "", 0, "03/11/2023 17:00"}, // Saturday
		{"13/02/2026 16:00", 3, nlv, "", 0, "25/02/2026 16:00"},
		// Terms in hours outside office hours.
		{"03/08/2026 05:00", 2, gio, "", 0, "03/08/2026 09:00"},
		{"03/08/2026 12:00", 2, gio, "", 0, "03/08/2026 15:30"},
		{"03/08/2026 17:00", 2, gio, "", 0, "04/08/2026 09:00"},
		{"07/08/2026 23:59", 2, gio, "", 0, "10/08/2026 09:00"},
		{"08/08/2026 08:00", 8, gio, "", 0, "10/08/2026 17:00"}, // Saturday
		{"03/08/2026 07:00", 8, gio, "", 0, "03/08/2026 17:00"},
		{"03/08/2026 07:00", 40, gio, "", 0, "07/08/2026 17:00"},
		{"03/08/2026 10:30", 1, gio, "", 0, "03/08/2026 11:30"},
		{"03/08/2026", 8, gio, "", 0, "04/08/2026"}, // a date, not midnight
		{"03/08/2026", 9, gio, "", 0, "05/08/2026"},
		// In the day.
		{"03/08/2026 14:59", 1, trong, "", 0, "03/08/2026 17:00"},
		{"03/08/2026 15:00", 1, trong, "", 0, "03/08/2026 17:00"},
		{"03/08/2026 15:01", 1, trong, "", 0, "04/08/2026 17:00"},
		{"07/08/2026 15:01", 1, trong, "", 0, "10/08/2026 17:00"},
		{"08/08/2026 09:00", 1, trong, "", 0, "10/08/2026 17:00"},
		{"03/08/2026", 1, trong, "", 0, "03/08/2026"},
		{"03/08/2026 09:00", 1, trong, "03/08/2026..06/08/2026", 0, "06/08/2026 17:00"},
		// Months.
		{"31/01/2023", 1, thang, "", 0, "28/02/2023"},
		{"31/01/2024", 1, thang, "", 0, "29/02/2024"},
		{"30/11/2022", 3, thang, "", 0, "28/02/2023"},
		{"15/12/2025", 2, thang, "", 0, "23/02/2026"}, // 15/02 is a Sunday, then Tết
		{"29/02/2024", 12, thang, "", 0, "28/02/2025"},
		{"15/05/2026", 1, thang, "20/05/2026..27/05/2026", 0, "22/06/2026"},
		// Calendar days that skip public holidays but count weekends.
		{"09/02/2026", 10, trule, "", 0, "24/02/2026"},
		{"03/08/2026", 10, trule, "", 0, "13/08/2026"},
		{"30/08/2026", 3, trule, "", 0, "07/09/2026"}, // ends on Saturday 05/09
		{"27/04/2023", 3, trule, "", 0, "05/05/2023"}, // 29/04 to 03/05 are off
		// No time at all.
		{"03/08/2026", 0, nlv, "", 0, "03/08/2026"},
		{"08/08/2026", 0, nlv, "", 0, "10/08/2026"},
		// Pauses.
		{"03/08/2026", 10, nlv, "06/08/2026..06/08/2026", 0, "17/08/2026"},                         // same day
		{"03/08/2026", 10, nlv, "05/08/2026..07/08/2026, 12/08/2026..14/08/2026", 0, "21/08/2026"}, // two
		{"03/08/2026", 10, nlv, "12/08/2026..14/08/2026, 05/08/2026..07/08/2026", 0, "21/08/2026"}, // in any order
		{"03/08/2026", 10, nlv, "05/08/2026..07/08/2026, 07/08/2026..11/08/2026", 0, "21/08/2026"}, // touching
		{"03/08/2026", 10, nlv, "17/08/2026..20/08/2026", 0, "20/08/2026"},                         // asked on the due date
		{"03/08/2026", 10, nlv, "17/08/2026..22/08/2026", 0, "22/08/2026"},                         // came on a Saturday worked
		{"03/08/2026", 10, nlv, "17/08/2026..23/08/2026", 0, "24/08/2026"},                         // came on a Sunday
		{"03/08/2026", 10, nlv, "18/08/2026..20/08/2026", 0, "17/08/2026"},                         // asked too late
		{"03/08/2026", 10, nlv, "18/08/2026..20/08/2026", data.Restart, "17/08/2026"},
		{"03/08/2026", 10, nlv, "17/08/2026..20/08/2026", data.Restart, "07/09/2026"},
		{"10/02/2026", 5, nlv, "12/02/2026..24/02/2026", 0, "27/02/2026"}, // over Tết
		{"03/08/2026", 10, ngay, "05/08/2026..11/08/2026", 0, "19/08/2026"},
		{"03/08/2026 09:00", 4, gio, "03/08/2026 10:00..04/08/2026 08:00", 0, "04/08/2026 11:00"},
		{"03/08/2026 09:00", 4, gio, "03/08/2026 10:00..03/08/2026 12:30", 0, "03/08/2026 16:30"},
		{"03/08/2026 09:00", 4, gio, "03/08/2026 10:00..04/08/2026 08:00", data.Restart, "04/08/2026 14:00"},
		{"03/08/2026 09:00", 4, gio, "03/08/2026 10:00..04/08/2026 08:00", data.RunOn, "03/08/2026 15:00"},
		{"03/08/2026 09:00", 1, gio, "03/08/2026 10:00..04/08/2026 08:00", 0, "04/08/2026 08:00"}, // asked at the due minute
		{"03/08/2026 09:00", 16, gio, "03/08/2026..04/08/2026", 0, "06/08/2026"},                  // by date
	} {
		c := workday.Default()
		got, err := workday.Due(c, moment(t, row.received), data.Term{Count: row.count, Unit: row.unit}, spans(t, row.pauses), row.mode, workday.Options{})
		if err != nil {
			t.Errorf("%s + %d %s: %v", row.received, row.count, row.unit, err)
			continue
		}
		if got.Due != moment(t, row.due) {
			t.Errorf("%s + %d %s [%s] %s = %s, want %s%s", row.received, row.count, row.unit, row.pauses, row.mode.Key(), got.Due, row.due, lines(got))
		}
	}
}

func lines(e workday.Explanation) string {
	var b strings.Builder
	for _, d := range e.Days {
		b.WriteString("\n\t" + d.Date.String() + " " + string(d.Kind) + " " + d.Note())
	}
	return b.String()
}

func TestDueOptions(t *testing.T) {
	c := workday.Default()
	for _, row := range []struct {
		received string
		term     data.Term
		o        workday.Options
		due      string
	}{
		{"03/08/2026 09:00", data.Term{Count: 5, Unit: nlv}, workday.Options{EndOfDay: true}, "10/08/2026 17:00"},
		{"03/08/2026 20:00", data.Term{Count: 5, Unit: nlv}, workday.Options{NextDay: true}, "11/08/2026 07:00"},
		{"03/08/2026 17:00", data.Term{Count: 5, Unit: nlv}, workday.Options{NextDay: true}, "10/08/2026 17:00"},
		{"08/08/2026", data.Term{Count: 5, Unit: nlv}, workday.Options{NextDay: true}, "17/08/2026"},
		{"08/08/2026 10:00", data.Term{Count: 8, Unit: gio}, workday.Options{NextDay: true}, "10/08/2026 17:00"},
		{"03/08/2026 16:00", data.Term{Count: 1, Unit: trong}, workday.Options{SameDayUntil: data.At(16, 0)}, "03/08/2026 17:00"},
		{"03/08/2026 16:01", data.Term{Count: 1, Unit: trong}, workday.Options{SameDayUntil: data.At(16, 0)}, "04/08/2026 17:00"},
	} {
		got, err := workday.Due(c, moment(t, row.received), row.term, nil, 0, row.o)
		if err != nil || got.Due != moment(t, row.due) {
			t.Errorf("%s + %s %+v = %s %v, want %s", row.received, row.term, row.o, got.Due, err, row.due)
		}
	}
}

func TestOpenPause(t *testing.T) {
	c := workday.Default()
	term := data.Term{Count: 10, Unit: nlv}
	open := spans(t, "06/08/2026..")
	e, err := workday.Due(c, moment(t, "03/08/2026"), term, open, data.Pause, workday.Options{})
	if err != nil || !e.Open || e.Due.Known() || e.Counted != 3 || e.Days[len(e.Days)-1].Date != date(t, "06/08/2026") {
		t.Errorf("open pause: %+v %v", e, err)
	}
	e, err = workday.Due(c, moment(t, "03/08/2026"), term, open, data.Pause, workday.Options{AsOf: date(t, "14/08/2026")})
	if err != nil || !e.Open || e.Due != moment(t, "24/08/2026") {
		t.Errorf("open pause until 14/08: %s %v", e.Due, err)
	}
	e, err = workday.Due(c, moment(t, "03/08/2026"), term, open, data.Pause, workday.Options{AsOf: date(t, "06/08/2026")})
	if err != nil || !e.Open || e.Due != moment(t, "17/08/2026") {
		t.Errorf("open pause on its first day: %s %v", e.Due, err)
	}
	e, err = workday.Due(c, moment(t, "03/08/2026"), term, open, data.RunOn, workday.Options{})
	if err != nil || e.Due != moment(t, "17/08/2026") {
		t.Errorf("open pause that does not stop the term: %s %v", e.Due, err)
	}
	e, err = workday.Due(c, moment(t, "03/08/2026"), term, spans(t, "20/08/2026.."), data.Pause, workday.Options{})
	if err != nil || e.Due != moment(t, "17/08/2026") {
		t.Errorf("pause that began too late: %s %v", e.Due, err)
	}
	e, err = workday.Due(c, moment(t, "03/08/2026 09:00"), data.Term{Count: 8, Unit: gio}, spans(t, "03/08/2026 10:00.."), data.Pause, workday.Options{})
	if err != nil || !e.Open || e.Due.Known() || e.Counted != 60 {
		t.Errorf("open pause of a term in hours: %+v %v", e, err)
	}
}

func TestDueRefuses(t *testing.T) {
	c := workday.Default()
	term := data.Term{Count: 10, Unit: nlv}
	for name, run := range map[string]func() error{
		"no receipt": func() error {
			_, err := workday.Due(c, data.Moment{}, term, nil, 0, workday.Options{})
			return err
		},
		"no term": func() error {
			_, err := workday.Due(c, moment(t, "03/08/2026"), data.Term{}, nil, 0, workday.Options{})
			return err
		},
		"negative": func() error {
			_, err := workday.Due(c, moment(t, "03/08/2026"), data.Term{Count: -1, Unit: nlv}, nil, 0, workday.Options{})
			return err
		},
		"overlap": func() error {
			_, err := workday.Due(c, moment(t, "03/08/2026"), term, spans(t, "05/08/2026..10/08/2026, 07/08/2026..12/08/2026"), 0, workday.Options{})
			return err
		},
		"before receipt": func() error {
			_, err := workday.Due(c, moment(t, "03/08/2026"), term, spans(t, "02/08/2026..10/08/2026"), 0, workday.Options{})
			return err
		},
		"backwards": func() error {
			_, err := workday.Due(c, moment(t, "03/08/2026"), term, spans(t, "06/08/2026..05/08/2026"), 0, workday.Options{})
			return err
		},
		"two open": func() error {
			_, err := workday.Due(c, moment(t, "03/08/2026"), term, spans(t, "05/08/2026.., 06/08/2026..07/08/2026"), 0, workday.Options{})
			return err
		},
		"far": func() error {
			_, err := workday.Due(c, moment(t, "03/08/2120"), data.Term{Count: 1000, Unit: nlv}, nil, 0, workday.Options{})
			return err
		},
		"early": func() error {
			_, err := workday.Due(c, data.Moment{Day: data.Date(1900, 1, 1)}, term, nil, 0, workday.Options{})
			return err
		},
	} {
		if err := run(); data.CodeOf(err) != data.Invalid || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%s: %v, want a sentence for the officer", name, err)
		}
	}
}

func TestExplanation(t *testing.T) {
	c := workday.Default()
	e, err := workday.Due(c, moment(t, "20/08/2026 16:00"), data.Term{Count: 8, Unit: nlv}, spans(t, "24/08/2026..26/08/2026"), data.Pause, workday.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2026-08-20 received false Ngày tiếp nhận, không tính",
		"2026-08-21 work true Ngày làm việc thứ 1",
		"2026-08-22 makeup true Thứ Bảy, làm bù cho ngày 31/08/2026; ngày làm việc thứ 2",
		"2026-08-23 weekend false Chủ nhật, nghỉ hằng tuần",
		"2026-08-24 work true Ngày làm việc thứ 3; yêu cầu bổ sung",
		"2026-08-25 pause false Chờ bổ sung, không tính",
		"2026-08-26 pause false Chờ bổ sung, không tính; đã bổ sung",
		"2026-08-27 work true Ngày làm việc thứ 4",
		"2026-08-28 work true Ngày làm việc thứ 5",
		"2026-08-29 weekend false Thứ Bảy, nghỉ hằng tuần",
		"2026-08-30 weekend false Chủ nhật, nghỉ hằng tuần",
		"2026-08-31 swap false Nghỉ hoán đổi: Quốc khánh, làm bù ngày 22/08/2026",
		"2026-09-01 holiday false Nghỉ lễ: Quốc khánh",
		"2026-09-02 holiday false Nghỉ lễ: Quốc khánh",
		"2026-09-03 work true Ngày làm việc thứ 6",
		"2026-09-04 work true Ngày làm việc thứ 7",
		"2026-09-05 weekend false Thứ Bảy, nghỉ hằng tuần",
		"2026-09-06 weekend false Chủ nhật, nghỉ hằng tuần",
		"2026-09-07 work true Ngày làm việc thứ 8; hẹn trả kết quả",
	}
	if e.Due != moment(t, "07/09/2026 16:00") || len(e.Days) != len(want) {
		t.Fatalf("due %s, %d days, want 07/09/2026 16:00 and %d%s", e.Due, len(e.Days), len(want), lines(e))
	}
	for i, d := range e.Days {
		if line := fmt.Sprint(d.Date.ISO(), " ", d.Kind, " ", d.Counted, " ", d.Note()); line != want[i] {
			t.Errorf("line %d: %s, want %s", i, line, want[i])
		}
	}
	if e.Proposed || e.Counted != 8 {
		t.Errorf("proposed %v, counted %d", e.Proposed, e.Counted)
	}
	for _, row := range []struct {
		received string
		term     data.Term
		want     string
	}{
		{"16/04/2026", data.Term{Count: 10, Unit: ngay}, "26/04/2026 holiday Nghỉ lễ: Giỗ Tổ Hùng Vương; ngày thứ 10; hết thời hạn vào ngày nghỉ, chuyển sang ngày làm việc kế tiếp"},
		{"16/04/2026", data.Term{Count: 10, Unit: ngay}, "27/04/2026 inlieu Nghỉ bù: Giỗ Tổ Hùng Vương, ngày 26/04/2026; hết thời hạn vào ngày nghỉ, chuyển sang ngày làm việc kế tiếp"},
		{"16/04/2026", data.Term{Count: 10, Unit: ngay}, "28/04/2026 work Ngày làm việc, thời hạn đã hết; hẹn trả kết quả"},
		{"21/08/2026 15:30", data.Term{Count: 4, Unit: gio}, "21/08/2026 received Tiếp nhận, tính 1 giờ 30 phút"},
		{"21/08/2026 15:30", data.Term{Count: 4, Unit: gio}, "22/08/2026 makeup Thứ Bảy, làm bù cho ngày 31/08/2026; tính 2 giờ 30 phút; hẹn trả kết quả"},
		{"03/08/2026 09:00", data.Term{Count: 1, Unit: trong}, "03/08/2026 received Tiếp nhận, giải quyết trong ngày; hẹn trả kết quả"},
		{"01/02/2027", data.Term{Count: 5, Unit: nlv}, "05/02/2027 holiday Nghỉ lễ: Tết Âm lịch; lịch dự kiến"},
	} {
		e, err := workday.Due(c, moment(t, row.received), row.term, nil, 0, workday.Options{})
		if err != nil || !strings.Contains(lines(e)+"\n", "\n\t"+row.want+"\n") {
			t.Errorf("%s + %s lacks %q:%s", row.received, row.term, row.want, lines(e))
		}
		if e.Proposed != strings.Contains(row.want, "dự kiến") {
			t.Errorf("%s + %s proposed: %v", row.received, row.term, e.Proposed)
		}
	}
}

func TestPauses(t *testing.T) {
	at := func(s string) data.Moment { return moment(t, s) }
	d := data.Dossier{Code: "x", Received: at("03/08/2026"), Term: data.Term{Count: 10, Unit: nlv}, Events: []data.Event{
		{Kind: data.BeginProcessing, At: at("03/08/2026")},
		{Kind: data.AskSupplement, At: at("05/08/2026")},
		{Kind: data.AskPayment, At: at("06/08/2026")},
		{Kind: data.Supplement, At: at("07/08/2026")},
		{Kind: data.Suspend, At: at("12/08/2026")},
		{Kind: data.Resume, At: at("14/08/2026")},
		{Kind: data.AskSupplement, At: at("19/08/2026")},
	}}
	want := spans(t, "05/08/2026..07/08/2026, 12/08/2026..14/08/2026, 19/08/2026..")
	got := workday.Pauses(&d)
	if len(got) != len(want) {
		t.Fatalf("pauses %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("pause %d = %v, want %v", i, got[i], want[i])
		}
	}
	d.Events = d.Events[:6]
	e, err := workday.Due(workday.Default(), d.Received, d.Term, workday.Pauses(&d), d.Mode, workday.Options{})
	if err != nil || e.Due != at("21/08/2026") {
		t.Errorf("Explain = %s %v, want 21/08/2026", e.Due, err)
	}
}
