package watching

import (
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestLettersNameTheLawOfTheReception: dossiers promised anew already are told with
// what the limit rests on for the days on which they came in.
func TestLettersNameTheLawOfTheReception(t *testing.T) {
	s := session(t)
	m, d := NewModel(s), s.Desk
	alarm := func(day data.Day, letter bool) desk.Alarm {
		return desk.Alarm{Received: data.Moment{Day: day}, Letter: letter}
	}
	old, now := data.Date(2025, 6, 30), data.Date(2025, 7, 1)
	both := m.AgainText([]desk.Alarm{alarm(old, true), alarm(now, true), alarm(now, false)})
	if !strings.Contains(both, "2 hồ sơ") || !strings.Contains(both, "NĐ 61/2018, Điều 19; NĐ 118/2025/NĐ-CP") {
		t.Errorf("both: %q", both)
	}
	if text := m.AgainText([]desk.Alarm{alarm(now, true)}); strings.Contains(text, "61/2018") || !strings.Contains(text, "118/2025") {
		t.Errorf("new: %q", text)
	}
	if text := m.AgainText([]desk.Alarm{alarm(now, false)}); text != "" {
		t.Errorf("none: %q", text)
	}
	rules := d.Rules()
	rules.Postponements = 0
	if err := d.SetRules(t.Context(), rules); err != nil {
		t.Fatal(err)
	}
	if text := m.AgainText([]desk.Alarm{alarm(now, true)}); text != "" {
		t.Errorf("the office does not look at it, yet: %q", text)
	}
}
