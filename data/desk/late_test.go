package desk_test

import (
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// A supplement after the due date: the date that the program proposes is taken,
// the old one may stay, and a date typed beyond today makes nothing punctual.
func TestSupplementOfALateDossier(t *testing.T) {
	for _, c := range []struct {
		name string
		mode data.PauseMode
		due  data.Moment // typed; unknown for the proposed one
	}{
		{"proposed, pause", data.Pause, data.Moment{}}, {"proposed, anew", data.Restart, data.Moment{}}, {"proposed, runs on", data.RunOn, data.Moment{}},
		{"old date", data.Pause, on(5, 18)}, {"typed", data.Pause, on(6, 30)}, {"typed, anew", data.Restart, on(6, 30)},
	} {
		d, p := counter(t)
		one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
		if c.mode != one.Mode {
			must(t, d.Amend(t.Context(), one.ID, "Theo thủ tục", func(one *data.Dossier) { one.Mode = c.mode }))
		}
		one = happen(t, d, one.ID, data.Event{Kind: data.AskSupplement, At: on(5, 20), More: "Đơn"})
		e := data.Event{Kind: data.Supplement, At: on(5, 25), Due: c.due}
		if got := d.DueAfter(&one, e); got.Day != data.Date(2026, 5, 18) {
			t.Errorf("%s: proposes %s", c.name, got)
		}
		if w := d.EventWarnings(&one, e); c.due == on(6, 30) && (len(w) != 1 || !strings.Contains(w[0].Text, "vẫn tính quá hạn")) {
			t.Errorf("%s: %v", c.name, w)
		}
		one = happen(t, d, one.ID, e)
		x, _ := d.Explain(&one)
		if s := one.On(data.MaxDay); s.Due.Day != data.Date(2026, 5, 18) || !x.Agrees {
			t.Errorf("%s: due %s, explained %s", c.name, s.Due, x.Due)
		}
		year, _ := data.ParsePeriod("2026")
		if total := d.Figures(year, data.Date(2026, 5, 26), data.ByUnit, desk.Filter{}).Total; data.ColPendingOverdue.Of(total) != 1 {
			t.Errorf("%s: open again: %+v", c.name, total)
		}
		happen(t, d, one.ID, data.Event{Kind: data.Finish, At: on(5, 27)})
		if total := d.Figures(year, data.NoDay, data.ByUnit, desk.Filter{}).Total; data.ColLate.Of(total) != 1 {
			t.Errorf("%s: finished: %+v", c.name, total)
		}
	}
}

// Where the term runs on during the wait, the due date may pass meanwhile: the
// program's own date is not refused.
func TestDueDateThatPassesDuringTheWait(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	must(t, d.Amend(t.Context(), one.ID, "Thủ tục không trừ thời gian chờ", func(one *data.Dossier) { one.Mode = data.RunOn }))
	happen(t, d, one.ID, data.Event{Kind: data.AskSupplement, At: on(5, 8), More: "Đơn"})
	one = happen(t, d, one.ID, data.Event{Kind: data.Supplement, At: on(5, 25)})
	if s := one.On(data.MaxDay); s.Due.Day != data.Date(2026, 5, 18) || s.Outcome(on(5, 25).Day, one.Term) != data.Overdue {
		t.Errorf("due %s, %v", s.Due, s.Outcome(on(5, 25).Day, one.Term))
	}
	// A date of the officer's own before the day of the supplement is still refused.
	other := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Khác")
	happen(t, d, other.ID, data.Event{Kind: data.AskSupplement, At: on(5, 8), More: "Đơn"})
	_, err := d.Happen(t.Context(), []uint64{other.ID}, "", nil, nil, data.Event{Kind: data.Supplement, At: on(5, 25), Due: on(5, 22)})
	if data.CodeOf(err) != data.Invalid {
		t.Errorf("a due date before the supplement: %v", err)
	}
}

// A correction of the due date reaches the date that counts, also where a
// supplement after it did not.
func TestCorrectingTheDueDateOfALateDossier(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	happen(t, d, one.ID, data.Event{Kind: data.AskSupplement, At: on(5, 20), More: "Đơn"})
	happen(t, d, one.ID, data.Event{Kind: data.Supplement, At: on(5, 25), Due: on(6, 30)})
	for _, day := range []int{29, 15} {
		must(t, d.Amend(t.Context(), one.ID, "Ghi nhầm", func(one *data.Dossier) { one.Due = on(5, day) }))
		got, err := d.Dossier(one.ID)
		must(t, err)
		if s := got.On(data.MaxDay); s.Due != on(5, day) {
			t.Errorf("corrected to %d/5: %s", day, s.Due)
		}
	}
}
