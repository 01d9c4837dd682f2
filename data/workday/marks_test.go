package workday_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/workday"
)

// Marks are written one after the other by date and read again; anything else is
// damage, which is told.
func TestMarksAreReadAgain(t *testing.T) {
	m := workday.Marks{data.Date(2026, time.February, 16): workday.Holiday, data.Date(2026, time.January, 10): workday.MakeUp,
		data.Date(2026, time.January, 2): workday.Swapped, data.Date(workday.LastYear, time.December, 31): workday.InLieu, data.Date(workday.FirstYear, time.January, 1): workday.Holiday}
	want := data.Date(workday.FirstYear, time.January, 1).ISO() + "1 2026-01-023 2026-01-104 2026-02-161 " + data.Date(workday.LastYear, time.December, 31).ISO() + "2"
	want = strings.NewReplacer("-", "", " ", "").Replace(want)
	if got := m.String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, m := range []workday.Marks{m, {}, workday.Default().Marks(), workday.FirstMarks()} {
		if back, err := workday.ParseMarks(m.String()); err != nil || !maps.Equal(back, m) {
			t.Errorf("%d marks came back as %d: %v", len(m), len(back), err)
		}
	}
	for _, text := range []string{"20260216", "2026021", "202602165", "202602160", "202602301", "2026021611", "2026-02-1"} {
		if _, err := workday.ParseMarks(text); data.CodeOf(err) != data.Damaged {
			t.Errorf("%q: %v", text, err)
		}
	}
}
