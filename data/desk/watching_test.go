package desk_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// watched opens an office on Monday 1 June 2026 with one dossier in each group
// and some that need no watching.
func watched(t *testing.T) (*desk.Desk, map[string]data.Dossier) {
	t.Helper()
	d, p := counter(t)
	list := map[string]data.Dossier{}
	for name, day := range map[string]data.Day{
		"late": data.Date(2026, 5, 11), "today": data.Date(2026, 5, 18), "meeting": data.Date(2026, 5, 21), "after": data.Date(2026, 5, 25),
		"paused": data.Date(2026, 5, 13), "long": data.Date(2026, 4, 15), "done": data.Date(2026, 5, 11),
	} {
		list[name] = received(t, d, p, day, "Người "+name)
	}
	happen(t, d, list["paused"].ID, data.Event{Kind: data.AskSupplement, At: on(5, 22), More: "Bản vẽ\nĐơn"})
	happen(t, d, list["long"].ID, data.Event{Kind: data.AskSupplement, At: on(4, 20), More: "Bản đồ"})
	happen(t, d, list["late"].ID, data.Event{Kind: data.HandOver, At: on(5, 15), New: "Tổ thẩm định"})
	happen(t, d, list["done"].ID, data.Event{Kind: data.Finish, At: on(5, 29)})
	return d, list
}

func alarms(t *testing.T, d *desk.Desk, meeting data.Moment) desk.Alarms {
	t.Helper()
	a, err := d.Alarms(t.Context(), meeting)
	must(t, err)
	return a
}

func TestAlarmsSayWhy(t *testing.T) {
	d, list := watched(t)
	meeting := d.NextMeeting()
	if meeting.String() != "08/06/2026 08:00" {
		t.Fatalf("next meeting %v", meeting)
	}
	a := alarms(t, d, meeting)
	want := []struct {
		name  string
		group desk.AlarmGroup
		why   string
		days  int
	}{
		{"late", desk.AlarmOverdue, "Quá hạn 5 ngày làm việc, hẹn 25/05/2026", 5},
		{"today", desk.AlarmToday, "Hẹn hôm nay lúc 09:00", 0},
		{"meeting", desk.AlarmMeeting, "Còn 3 ngày làm việc, hẹn 04/06/2026 09:00", 3},
		{"paused", desk.AlarmMeeting, "Chờ bổ sung từ 22/05/2026; nếu xong hôm nay thì hẹn 04/06/2026", 3},
		{"long", desk.AlarmWaiting, "Chờ bổ sung 42 ngày, từ 20/04/2026", 42},
	}
	if len(a.List) != len(want) {
		t.Fatalf("%d alarms: %+v", len(a.List), a.List)
	}
	for _, w := range want {
		i := slices.IndexFunc(a.List, func(x desk.Alarm) bool { return x.ID == list[w.name].ID })
		if i < 0 {
			t.Errorf("%s is not watched", w.name)
			continue
		}
		if x := a.List[i]; x.Group != w.group || x.Why != w.why || x.Days != w.days {
			t.Errorf("%s: %s, %q, %d days", w.name, x.Group, x.Why, x.Days)
		}
	}
	if !slices.IsSortedFunc(a.List, func(x, y desk.Alarm) int { return int(x.Group) - int(y.Group) }) {
		t.Error("the most pressing group is not first")
	}
	if a.Counts != [desk.AlarmGroups]int{1, 1, 2, 0, 1} || a.Pressing() != 2 {
		t.Errorf("counts %v, pressing %d", a.Counts, a.Pressing())
	}
	if got := a.Digest(d.Calendar()); got != "Hồ sơ cần theo dõi: 1 quá hạn, 1 đến hạn hôm nay, 2 đến hạn trước cuộc họp 08/06/2026, 1 chờ quá lâu." {
		t.Errorf("%q", got)
	}
	a.Today = data.Date(2026, 6, 7) // a Sunday
	if got := a.Digest(d.Calendar()); got != "" {
		t.Errorf("on a Sunday: %q", got)
	}
	for _, x := range a.List {
		if x.ID == list["paused"].ID && (x.IfToday.Day != data.Date(2026, 6, 4) || x.IfMeeting.Day != data.Date(2026, 6, 11) || x.Missing != "Bản vẽ; Đơn") {
			t.Errorf("paused: today %v, at the meeting %v, missing %q", x.IfToday, x.IfMeeting, x.Missing)
		}
		if x.ID == list["late"].ID && x.Desk != "Tổ thẩm định" {
			t.Errorf("desk %q", x.Desk)
		}
	}
	// Due at 9:00 on the day of the meeting: late for a meeting at 9:00, not for one at 8:00.
	nine := data.Moment{Day: meeting.Day, Clock: data.At(9, 0)}
	if a := alarms(t, d, nine); a.Counts[desk.AlarmMeeting] != 3 {
		t.Errorf("before a meeting at 9:00: %d", a.Counts[desk.AlarmMeeting])
	}
}

// TestNoAlarmsBeforeTheCalendarIsDeclared: a wrong alarm costs the trust in all.
func TestNoAlarmsBeforeTheCalendarIsDeclared(t *testing.T) {
	now := time.Date(2033, time.June, 1, 10, 0, 0, 0, time.UTC)
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return now }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	one := data.Dossier{Code: "A", Received: data.Moment{Day: data.Date(2033, 5, 2)}, Due: data.Moment{Day: data.Date(2033, 5, 9)}}
	must(t, d.Receive(t.Context(), &one))
	a := alarms(t, d, d.NextMeeting())
	if len(a.List) != 0 || a.Undeclared != 2033 || a.Digest(d.Calendar()) != "" {
		t.Errorf("%+v", a)
	}
	year := d.Calendar().Year(2033)
	year.Standing = workday.Official
	c, err := d.Calendar().With(year)
	must(t, err)
	must(t, d.SetCalendar(t.Context(), c, nil, "đã công bố"))
	if a := alarms(t, d, d.NextMeeting()); len(a.List) != 1 || a.Undeclared != 0 {
		t.Errorf("after the declaration: %+v", a)
	}
}

func TestLettersCountUntilVoided(t *testing.T) {
	d, list := watched(t)
	if a := alarms(t, d, d.NextMeeting()); a.WithLetter != 0 || a.WithoutOne != 1 {
		t.Fatalf("with %d, without %d", a.WithLetter, a.WithoutOne)
	}
	letters, _, err := d.Apologise(t.Context(), []uint64{list["late"].ID}, desk.Apology{Day: d.Today(), Promised: on(6, 12), Reason: "Chờ xác minh"}, nil)
	must(t, err)
	a := alarms(t, d, d.NextMeeting())
	if a.WithLetter != 1 || a.WithoutOne != 0 || !strings.Contains(a.List[0].Why, "đã hẹn lại 12/06/2026") || !a.List[0].Letter {
		t.Errorf("after the letter: %+v", a.List[0])
	}
	if err := d.VoidLetters(t.Context(), letters, "  "); data.CodeOf(err) != data.Invalid {
		t.Errorf("voided without a reason: %v", err)
	}
	must(t, d.VoidLetters(t.Context(), letters, "Lập nhầm"))
	if err := d.VoidLetters(t.Context(), letters, "Lập nhầm"); data.CodeOf(err) != data.Conflict {
		t.Errorf("voided twice: %v", err)
	}
	if a := alarms(t, d, d.NextMeeting()); a.WithLetter != 0 || a.WithoutOne != 1 {
		t.Errorf("after it was voided: with %d, without %d", a.WithLetter, a.WithoutOne)
	}
}

// The rule «sắp đến hạn trước N ngày» decides what is soon, after the meeting too.
func TestSoonFollowsTheRule(t *testing.T) {
	d, _ := watched(t)
	rules := d.Rules()
	today := d.Today()
	before := alarms(t, d, d.NextMeeting())
	rules.SoonDays = 200
	if err := d.SetRules(t.Context(), rules); err != nil {
		t.Fatal(err)
	}
	a := alarms(t, d, d.NextMeeting())
	if a.Counts[desk.AlarmSoon] <= before.Counts[desk.AlarmSoon] || len(a.List) <= len(before.List) {
		t.Errorf("within 2 days %v, within 200 days %v", before.Counts, a.Counts)
	}
	for n, want := range map[int]int{0: 0, 1: 1, 5: 5} {
		rules.SoonDays = n
		if err := d.SetRules(t.Context(), rules); err != nil {
			t.Fatal(err)
		}
		last := d.SoonUntil(today)
		if got := d.Calendar().WorkingDays(today+1, last); got != want || d.Calendar().WorkingDays(today+1, last+1) != want+1 {
			t.Errorf("%d days: until %s, %d working days", n, last, got)
		}
		for day, soon := range map[data.Day]bool{today: true, today - 1: false, last: true, last + 1: false} {
			if d.Soon(data.Moment{Day: day}, today) != soon {
				t.Errorf("%d days: %s is soon: %v", n, day, !soon)
			}
		}
		if d.Soon(data.Moment{}, today) {
			t.Error("an unknown date is soon")
		}
	}
}
