package data_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/data"
)

func TestPeriods(t *testing.T) {
	for _, c := range []struct{ key, from, to, label, before string }{
		{"2022", "2022-01-01", "2022-12-31", "Năm 2022", "2021-01-01"},
		{"2022-Q3", "2022-07-01", "2022-09-30", "Quý III/2022", "2021-07-01"},
		{"2022-H1", "2022-01-01", "2022-06-30", "6 tháng đầu năm 2022", "2021-01-01"},
		{"2022-H2", "2022-07-01", "2022-12-31", "6 tháng cuối năm 2022", "2021-07-01"},
		{"2022-9M", "2022-01-01", "2022-09-30", "9 tháng đầu năm 2022", "2021-01-01"},
		{"2023-4M", "2023-01-01", "2023-04-30", "4 tháng đầu năm 2023", "2022-01-01"},
		{"2024-02", "2024-02-01", "2024-02-29", "Tháng 2/2024", "2023-02-01"},
		// Decree 09/2019, article 12: register-and-reports 4.1.
		{"nd09:2026-11", "2026-10-15", "2026-11-14", "Tháng 11/2026", "2025-10-15"},
		{"nd09:2026-Q1", "2025-12-15", "2026-03-14", "Quý I/2026", "2024-12-15"},
		{"nd09:2026-Q4", "2026-09-15", "2026-12-14", "Quý IV/2026", "2025-09-15"},
		{"nd09:2026-H1", "2025-12-15", "2026-06-14", "6 tháng đầu năm 2026", "2024-12-15"},
		{"nd09:2026-9M", "2025-12-15", "2026-09-14", "9 tháng đầu năm 2026", "2024-12-15"},
		{"nd09:2026", "2025-12-15", "2026-12-14", "Năm 2026", "2024-12-15"},
	} {
		p, err := data.ParsePeriod(c.key)
		if err != nil || p.From.ISO() != c.from || p.To.ISO() != c.to || p.Label != c.label || p.Before().From.ISO() != c.before {
			t.Errorf("%s: %s to %s %q, before from %s, %v", c.key, p.From.ISO(), p.To.ISO(), p.Label, p.Before().From.ISO(), err)
		}
	}
	for _, key := range []string{"", "22", "2022-Q5", "2022-13", "2022-0M", "2022-13M", "nd09:", "1800", "2022-Q", "abc"} {
		if _, err := data.ParsePeriod(key); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q: %v", key, err)
		}
	}
	feb := data.Date(2024, time.February, 29)
	p, _ := data.FreePeriod(feb, feb)
	if got := p.Before().From.ISO(); got != "2023-02-28" {
		t.Errorf("a year before 29 February: %s", got)
	}
	if _, err := data.FreePeriod(feb, feb-1); err == nil {
		t.Error("a period that ends before it begins")
	}
}

func TestPercentOfSourceArticles(t *testing.T) {
	// register-and-reports 8.1 and 8.4.
	for _, c := range []struct {
		b, a int64
		want string
	}{
		{29291, 31731, "92,31"}, {15977, 34170, "46,76"}, {157000, 177206, "88,60"}, {67, 76, "88,16"},
		{19999, 20000, "99,99"}, {1, 1_000_000, "0,01"}, {0, 5, "0,00"}, {5, 5, "100,00"}, {0, 0, "-"}, {6, 9, "66,67"}, {1, 8, "12,50"},
	} {
		if got := (data.Ratio{Numerator: c.b, Denominator: c.a}).Percent(); got != c.want {
			t.Errorf("%d/%d = %s, want %s", c.b, c.a, got, c.want)
		}
	}
	if n, ok := data.ChangePoints(data.Ratio{Numerator: 29291, Denominator: 31731}, data.Ratio{Numerator: 7986, Denominator: 10000}); !ok || data.FormatChange(n) != "+12,45" {
		t.Errorf("change %d", n)
	}
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1.000", 34170: "34.170", 1234567: "1.234.567", -45000: "–45.000"} {
		if got := data.FormatInt(n); got != want {
			t.Errorf("FormatInt(%d) = %s", n, got)
		}
	}
}

func TestDaysAgreeWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1<<40, 1<<40).Draw(t, "unix")
		at := time.Unix(n, 0).UTC()
		d := data.DayOf(at)
		if d.Weekday() != at.Weekday() || d.Year() != at.Year() {
			t.Fatalf("%v: %v %v", at, d.Weekday(), d.Year())
		}
		if y := at.Year(); d.Known() && y >= 1 && y <= 9999 {
			if back, err := data.ParseISO(d.ISO()); err != nil || back != d {
				t.Fatalf("%s reads as %v, %v", d.ISO(), back, err)
			}
		}
	})
	if data.ValidDate(2023, 2, 29) || data.ValidDate(2022, 4, 31) || data.ValidDate(2022, 13, 1) || !data.ValidDate(2024, 2, 29) {
		t.Error("ValidDate")
	}
}

// TestStateFollowsEvents walks the acceptance example of register-and-reports
// 4.3, quý III/2026, dossier by dossier.
func TestStateFollowsEvents(t *testing.T) {
	cut := data.Date(2026, time.September, 14)
	day := func(d, m int) data.Moment { return data.Moment{Day: data.Date(2026, time.Month(m), d)} }
	finish := func(m data.Moment) data.Event { return data.Event{Kind: data.Finish, At: m} }
	for _, c := range []struct {
		name string
		d    data.Dossier
		want data.Outcome
	}{
		{"D1", data.Dossier{Received: day(10, 6), Due: day(24, 6), Events: []data.Event{finish(day(22, 6))}}, data.Early},
		{"D3", data.Dossier{Received: day(20, 7), Due: day(3, 8), Events: []data.Event{finish(day(3, 8))}}, data.OnTime},
		{"D4", data.Dossier{Received: day(3, 8), Due: day(17, 8), Events: []data.Event{finish(day(19, 8))}}, data.Late},
		{"D5", data.Dossier{Received: day(10, 9), Due: day(24, 9), Events: []data.Event{finish(day(16, 9))}}, data.PendingInTime},
		{"D6", data.Dossier{Received: day(25, 8), Due: day(9, 9)}, data.Overdue},
		{"D7", data.Dossier{Received: day(28, 8), Due: day(14, 9)}, data.PendingInTime},
		{"D8", data.Dossier{Received: day(17, 8), Due: day(31, 8), Events: []data.Event{{Kind: data.AskSupplement, At: day(20, 8)}}}, data.PendingWait},
		{"D9", data.Dossier{Received: day(21, 7), Due: day(30, 7), Events: []data.Event{{Kind: data.Withdraw, At: day(24, 7)}}}, data.WithdrawnOut},
		{"D10", data.Dossier{Received: day(5, 8), Entry: data.NotAccepted}, data.NotCounted},
		{"an apology does not repair lateness", data.Dossier{Received: day(3, 8), Due: day(17, 8), Events: []data.Event{
			{Kind: data.Extend, At: day(14, 8), Due: day(25, 8)}, finish(day(20, 8))}}, data.Late},
		{"a supplement moves the date", data.Dossier{Received: day(3, 8), Due: day(17, 8), Events: []data.Event{
			{Kind: data.AskSupplement, At: day(6, 8)}, {Kind: data.Supplement, At: day(14, 8), Due: day(24, 8)}, finish(day(20, 8))}}, data.Early},
		{"a corrected end counts from the beginning", data.Dossier{Received: day(3, 8), Due: day(17, 8), Events: []data.Event{
			finish(day(19, 8)), {Kind: data.Correct, At: day(1, 9), Field: data.FieldEnded, New: "2026-08-17"}}}, data.OnTime},
		{"cancelled", data.Dossier{Received: day(3, 8), Events: []data.Event{{Kind: data.Cancel, At: day(4, 8)}}}, data.NotCounted},
		{"reopened", data.Dossier{Received: day(3, 8), Due: day(17, 8), Events: []data.Event{finish(day(5, 8)), {Kind: data.Reopen, At: day(1, 9)}}}, data.Overdue},
	} {
		if got := c.d.On(cut).Outcome(cut, c.d.Term); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	hours := data.Term{Count: 4, Unit: data.WorkingHours}
	at := func(h int) data.Moment { return data.Moment{Day: cut, Clock: data.At(h, 0)} }
	if data.Judge(at(11), at(10), hours) != data.Late || data.Judge(at(11), at(10), data.Term{}) != data.OnTime || data.Judge(data.Moment{Day: cut}, at(10), hours) != data.OnTime {
		t.Error("lateness by the minute belongs to terms in hours only")
	}
}

func TestValidateNamesTheField(t *testing.T) {
	today := data.Date(2023, time.January, 5)
	good := data.Dossier{Code: "A", Received: data.Moment{Day: today}, Due: data.Moment{Day: today + 3}}
	if err := good.Validate(today); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*data.Dossier){
		"code":     func(d *data.Dossier) { d.Code = "  " },
		"received": func(d *data.Dossier) { d.Received.Day = today + 1 },
		"due":      func(d *data.Dossier) { d.Due.Day = today - 1 },
		"copies":   func(d *data.Dossier) { d.Copies = -1 },
		"events":   func(d *data.Dossier) { d.Events = []data.Event{{Kind: data.Finish, At: data.Moment{Day: today - 1}}} },
		"text":     func(d *data.Dossier) { d.Note = string(make([]rune, data.MaxText+1)) },
	} {
		d := good
		spoil(&d)
		err, _ := d.Validate(today).(*data.Error)
		if err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestMoves checks that the events a state allows lead where the national list
// of moves says (register-and-reports 2.4).
func TestMoves(t *testing.T) {
	received := data.Moment{Day: data.Date(2022, 3, 1)}
	seen := map[data.Status]bool{}
	var walk func(d data.Dossier, depth int)
	walk = func(d data.Dossier, depth int) {
		s := d.On(data.MaxDay)
		seen[s.Status] = true
		for kind := data.BeginProcessing; kind.Valid(); kind++ {
			if !s.May(kind) {
				continue
			}
			next := d
			next.Events = append(append([]data.Event{}, d.Events...), data.Event{Kind: kind, At: received})
			if err := d.MayHappen(next.Events[len(next.Events)-1], received.Day); err != nil {
				t.Errorf("%v is offered and refused: %v", kind, err)
			}
			to := next.On(data.MaxDay).Status
			if to != s.Status && kind != data.Reopen && kind != data.Refuse && !slices.Contains(statusMoves[s.Status], to) {
				t.Errorf("%v leads from %v to %v", kind, s.Status, to)
			}
			if depth < 3 {
				walk(next, depth+1)
			}
		}
	}
	walk(data.Dossier{Code: "A", Received: received}, 0)
	if len(seen) < 8 {
		t.Errorf("only the states %v were reached", seen)
	}
	done := data.Dossier{Code: "A", Received: received, Events: []data.Event{{Kind: data.Finish, At: received}}}
	if err := done.MayHappen(data.Event{Kind: data.AskSupplement, At: received}, received.Day); data.CodeOf(err) != data.Conflict {
		t.Errorf("supplement after the end: %v", err)
	}
}

// statusMoves are the allowed moves (register-and-reports 2.4).
var statusMoves = map[data.Status][]data.Status{
	data.Registered:   {data.Received, data.NotAccepted},
	data.Received:     {data.Processing, data.AwaitSupply, data.AwaitPayment, data.WithdrawnState, data.Halted, data.Done},
	data.Processing:   {data.AwaitSupply, data.AwaitPayment, data.WithdrawnState, data.Halted, data.Done},
	data.AwaitSupply:  {data.Processing, data.WithdrawnState, data.Halted},
	data.AwaitPayment: {data.Processing, data.WithdrawnState, data.Halted},
	data.Halted:       {data.Processing, data.WithdrawnState},
	data.Done:         {data.Delivered},
}
