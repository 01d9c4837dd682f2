package command_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/command"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// fileOfOffice makes a data file with a calendar and rules of its own: Saturdays are
// worked, 16/11/2026 is off, and "trong ngày" ends at ten.
func fileOfOffice(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "so.db")
	d, err := desk.Open(path, desk.Options{Create: true, Now: now})
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(err)
	week := workday.FiveDays(workday.DefaultHours)
	week[time.Saturday] = workday.DefaultHours
	c, err := d.Calendar().WithWeek(data.NoDay, workday.DefaultHours, week)
	check(err)
	year := c.Year(2026)
	year.Days = append(year.Days, workday.Special{Date: data.Date(2026, time.November, 16), Kind: workday.Holiday, Name: "Nghỉ của địa phương"})
	c, err = c.With(year)
	check(err)
	check(d.SetCalendar(t.Context(), c, nil, "thử"))
	rules := d.Rules()
	rules.SameDayUntil = data.At(10, 0)
	check(d.SetRules(t.Context(), rules))
	check(d.Close())
	return path
}

// TestDueByTheFile: due counts by calendar, hours and rules of --file.
func TestDueByTheFile(t *testing.T) {
	file := fileOfOffice(t)
	for _, v := range []struct {
		args          []string
		shipped, file string
	}{
		{[]string{"--received", "2026-11-13", "--term", "3", "--unit", "ngay-lam-viec"}, "2026-11-18", "2026-11-18"}, // Saturday for Monday
		{[]string{"--received", "2026-11-13", "--term", "1", "--unit", "ngay-lam-viec"}, "2026-11-16", "2026-11-14"},
		{[]string{"--received", "2026-03-10 11:00", "--unit", "trong-ngay"}, "2026-03-10", "2026-03-11"},
	} {
		for at, want := range map[string]string{"": v.shipped, file: v.file} {
			args := append([]string{"due"}, v.args...)
			if at != "" {
				args = append(args, "--file", at)
			}
			if got := must(t, append(args, "--json")...); !strings.Contains(got, `"due": "`+want+`"`) {
				t.Errorf("%v: want %s of\n%s", args, want, got)
			}
		}
	}
	fails(t, command.ExitFailed, "due", "--received", "2026-11-13", "--term", "1", "--unit", "ngay", "--file", filepath.Join(t.TempDir(), "khong-co.db"))
}

// TestDueTellsAnOpenQuestion: a date that hangs on a question of the year is said
// to, on standard error.
func TestDueTellsAnOpenQuestion(t *testing.T) {
	code, out, said := call("due", "--received", "2026-11-18", "--term", "5", "--unit", "ngay-lam-viec", "--json")
	if code != 0 || !strings.Contains(out, `"due": "2026-11-26"`) || !strings.Contains(said, "27/11/2026") {
		t.Errorf("exit %d, %s, said %q", code, out, said)
	}
	if _, _, said := call("due", "--received", "2026-10-01", "--term", "5", "--unit", "ngay-lam-viec"); said != "" {
		t.Errorf("a certain date is said to be uncertain: %q", said)
	}
}

// TestCommandsTellANewCalendar: a command moves no date when the shipped calendar
// changed, and says how many dossiers wait for the officer.
func TestCommandsTellANewCalendar(t *testing.T) {
	path := filepath.Join(t.TempDir(), "so.db")
	d, err := desk.Open(path, desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	one := data.Dossier{Code: "A", Received: data.Moment{Day: data.Date(2026, time.May, 25)}, Due: data.Moment{Day: data.Date(2026, time.November, 24)},
		Term: data.Term{Count: 129, Unit: data.WorkingDays}}
	if err := d.Receive(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
	if err := d.KeepSetting(t.Context(), desk.Work{Title: "tệp cũ"}, "calendar-shipped", nil); err != nil {
		t.Fatal(err)
	}
	before, _ := d.Journal(0)
	d.Close()
	for _, args := range [][]string{{"dossiers", "--json"}, {"check"}} {
		code, out, said := call(append(args, "--file", path)...)
		if code != 0 || !strings.Contains(said, "24/11/2026") || !strings.Contains(said, "1 hồ sơ đang giải quyết có ngày hẹn khác") {
			t.Errorf("%v: exit %d, said %q\n%s", args, code, said, out)
		}
	}
	if _, out, _ := call("dossiers", "--json", "--file", path); !strings.Contains(out, `"due": "2026-11-24"`) {
		t.Errorf("the date moved: %s", out)
	}
	d, err = desk.Open(path, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if after, _ := d.Journal(0); len(after) != len(before) {
		t.Errorf("the commands wrote %d lines to the journal", len(after)-len(before))
	}
}
