package workday_test

import (
	"errors"
	"testing"

	"giaoban/data"
	"giaoban/data/workday"
)

// Sessions are parted by commas, semicolons or lines, with either dash.
func TestSessionsAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"07:00-11:30, 13:30-17:00": "07:00-11:30, 13:30-17:00", "07:00-11:30; 13:30–17:00": "07:00-11:30, 13:30-17:00", "07:00-11:30\n13:30-17:00\n": "07:00-11:30, 13:30-17:00",
		"7:30 - 11:00": "07:30-11:00", "07:00": "", "07:00-x": "", "x-11:00": "", "07:00-11:30, 11:00-17:00": "",
	} {
		h, err := workday.ParseHours(typed)
		var told *data.Error
		if err == nil && h.String() != want || (err == nil) != (want != "") || err != nil && (!errors.As(err, &told) || told.Field != "hours") {
			t.Errorf("%q: %s, %v", typed, h, err)
		}
	}
}

// A day is declared with its name; sessions belong to days that are made up for.
func TestDaysAreDeclared(t *testing.T) {
	saturday, friday := date(t, "16/05/2026"), date(t, "15/05/2026")
	morning := workday.DefaultHours[:1]
	c, err := workday.Default().Declare(workday.Special{Date: saturday, Kind: workday.MakeUp, Name: "Làm bù", Hours: morning})
	if err != nil || !c.IsWorking(saturday) || c.Sessions(saturday).String() != "07:00-11:30" {
		t.Fatalf("made up for: %v", err)
	}
	if c, err = c.Declare(workday.Special{Date: friday, Kind: workday.Holiday, Name: "Ngày truyền thống"}); err != nil || c.IsWorking(friday) || !c.IsWorking(saturday) {
		t.Errorf("day off: %v", err)
	}
	for field, s := range map[string]workday.Special{"day": {Kind: workday.Holiday, Name: "x"}, "name": {Date: friday, Kind: workday.Holiday, Name: " "},
		"hours": {Date: friday, Kind: workday.Holiday, Name: "x", Hours: morning}} {
		var told *data.Error
		if _, err := c.Declare(s); !errors.As(err, &told) || told.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
