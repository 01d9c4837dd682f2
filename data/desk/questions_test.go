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

// TestNoAlarmBecauseOfADayInQuestion: on 27/11/2026 nobody knows whether 23/11 was a
// day off. What is late by every answer is late; what one day decides is not.
func TestNoAlarmBecauseOfADayInQuestion(t *testing.T) {
	at := time.Date(2026, time.November, 27, 9, 0, 0, 0, time.UTC)
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return at }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	put := func(code string, received, due int, term int) {
		one := data.Dossier{Code: code, Received: november(received), Due: november(due)}
		if term > 0 {
			one.Term = data.Term{Count: term, Unit: data.WorkingDays}
		}
		must(t, d.Receive(t.Context(), &one))
	}
	put("one-day", 18, 26, 5)  // 26/11, or 27/11 with the swap
	put("late", 16, 20, 4)     // 20/11 by every answer
	put("typed", 18, 23, 0)    // 23/11, or 25/11 where that was off: late by every answer
	put("certain", 17, 25, 5)  // 25/11, or 26/11: late by every answer
	put("tomorrow", 25, 30, 3) // 30/11, or 28/11
	groups := func() map[string]desk.AlarmGroup {
		out := map[string]desk.AlarmGroup{}
		for _, a := range alarms(t, d, data.Moment{Day: data.Date(2026, time.November, 28)}).List {
			out[a.Code] = a.Group
		}
		return out
	}
	got := groups()
	want := map[string]desk.AlarmGroup{"late": desk.AlarmOverdue, "typed": desk.AlarmOverdue, "certain": desk.AlarmOverdue}
	for code, group := range want {
		if g, ok := got[code]; !ok || g != group {
			t.Errorf("%s: %v (%v), want %v", code, g, ok, group)
		}
	}
	if g, ok := got["one-day"]; !ok || g != desk.AlarmToday {
		t.Errorf("one-day is %v, %v: want due today by the answer that leaves the most time", g, ok)
	}
	if g, ok := got["tomorrow"]; ok && g != desk.AlarmSoon { // within two working days by the rule, whatever the answer
		t.Errorf("tomorrow is called %v because of 28/11", g)
	}
	for _, a := range alarms(t, d, data.Moment{}).List {
		if a.Code == "typed" && a.Days != 3 {
			t.Errorf("typed is %d working days late, want 3 by the calendar as it stands", a.Days)
		}
	}
	year, err := d.Calendar().Year(2026).Answered("2026-hoan-doi-23-11", workday.No)
	must(t, err)
	c, err := d.Calendar().With(year)
	must(t, err)
	must(t, d.SetCalendar(t.Context(), c, nil, "cơ quan không hoán đổi"))
	if g := groups()["one-day"]; g != desk.AlarmOverdue {
		t.Errorf("answered no, one-day is %v", g)
	}
	journal, err := d.Journal(1)
	must(t, err)
	if !strings.Contains(journal[0].Title, "trả lời: «Cơ quan có hoán đổi") || !strings.HasSuffix(journal[0].Title, "» không") {
		t.Errorf("the journal says %q", journal[0].Title)
	}
}

// TestWarningsKnowQuestions: a receipt whose date hangs on a question says so, and
// not that the date is wrong.
func TestWarningsKnowQuestions(t *testing.T) {
	at := time.Date(2026, time.November, 28, 9, 0, 0, 0, time.UTC)
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return at }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	texts := func(received, due int) (out []string) {
		one := data.Dossier{Code: "A", Received: november(received), Due: november(due), Term: data.Term{Count: 5, Unit: data.WorkingDays}}
		for _, w := range d.Warnings(&one) {
			out = append(out, w.Text)
		}
		return out
	}
	if got := texts(18, 27); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "26/11/2026 hoặc 27/11/2026") }) || len(got) != 1 {
		t.Errorf("due 27/11: %q", got)
	}
	if got := texts(18, 25); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "hẹn trả ngày 26/11/2026") }) {
		t.Errorf("due 25/11: %q", got)
	}
	for _, text := range texts(28, 30) {
		if strings.Contains(text, "là ngày nghỉ") {
			t.Errorf("received on 28/11: %s", text)
		}
	}
}

// TestWarningsNameTheLawOfTheReception: a new date is warned of by the limit of the
// office, with what that rests on for the day on which the dossier came in.
func TestWarningsNameTheLawOfTheReception(t *testing.T) {
	d := fresh(t)
	texts := func(received data.Day) string {
		one := data.Dossier{Code: "A", Received: data.Moment{Day: received}, Due: data.Moment{Day: received + 7},
			Events: []data.Event{{Kind: data.Extend, At: data.Moment{Day: received + 1}, Due: data.Moment{Day: received + 10}}}}
		var out []string
		for _, w := range d.EventWarnings(&one, data.Event{Kind: data.Extend, At: data.Moment{Day: received + 7}}) {
			out = append(out, w.Text)
		}
		return strings.Join(out, "\n")
	}
	for received, want := range map[data.Day]string{data.Date(2025, 6, 30): "(NĐ 61/2018, Điều 19)", data.Date(2025, 7, 1): "(NĐ 118/2025/NĐ-CP (sửa đổi bởi NĐ 367/2025/NĐ-CP))"} {
		if got := texts(received); strings.Count(got, want) != 2 || !strings.Contains(got, "chỉ hẹn lại 1 lần") {
			t.Errorf("received %s: %s", received, got)
		}
	}
	rules := d.Rules()
	rules.Postponements = 2
	must(t, d.SetRules(t.Context(), rules))
	if got := texts(data.Date(2025, 7, 1)); strings.Contains(got, "chỉ hẹn lại") {
		t.Errorf("two are allowed, yet: %s", got)
	}
	must(t, d.KeepSetting(t.Context(), desk.Work{Title: "tệp cũ"}, "rules", []byte(`{"SimilarDays":5}`)))
	if r := d.Rules(); r.Postponements != 1 || r.SimilarDays != 5 {
		t.Errorf("rules of an older file: %+v", r)
	}
}

// TestReceiptUnderANewLaw: from 01/03/2027 a civil status dossier under a procedure
// of the old law is told (rules-2026 E10).
func TestReceiptUnderANewLaw(t *testing.T) {
	d := fresh(t)
	var field data.Field
	for _, f := range d.Catalogue().Fields {
		if f.Name == "Hộ tịch" {
			field = f
		}
	}
	p := data.Procedure{Name: "Thử hộ tịch", Field: field.ID, Term: data.Term{Count: 3, Unit: data.WorkingDays}}
	must(t, d.SaveProcedure(t.Context(), &p))
	for received, want := range map[data.Day]bool{data.Date(2027, 2, 26): false, data.Date(2027, 3, 1): true} {
		one := data.Dossier{Code: "A", Procedure: p.ID, Received: data.Moment{Day: received}}
		got := slices.ContainsFunc(d.Warnings(&one), func(w desk.Warning) bool {
			return w.Field == "procedure" && strings.Contains(w.Text, "Luật Hộ tịch")
		})
		if got != want {
			t.Errorf("received %s: told %v", received, got)
		}
	}
}

// TestSameDayIsARuleOfTheProcedure: received after the hour of the procedure, a
// result of the same day is due on the next working day; procedures without an hour
// of their own go by that of the office (rules-2026 M6).
func TestSameDayIsARuleOfTheProcedure(t *testing.T) {
	d := fresh(t)
	day := data.Date(2026, 5, 25)
	due := func(p data.Procedure, hour, minute int) data.Day {
		one := data.Dossier{Code: "A", Procedure: p.ID, Term: p.Term, Received: data.Moment{Day: day, Clock: data.At(hour, minute)}}
		d.CountDue(&one)
		if x, ok := d.Explain(&one); !ok || x.Due.Day != one.Due.Day {
			t.Errorf("explained as %v, due %v", x.Due, one.Due)
		}
		return one.Due.Day
	}
	own := data.Procedure{Name: "Có giờ riêng", Term: data.Term{Unit: data.SameDay, Count: 1}, SameDayUntil: data.At(10, 0)}
	usual := data.Procedure{Name: "Theo cơ quan", Term: own.Term}
	must(t, d.SaveProcedure(t.Context(), &own))
	must(t, d.SaveProcedure(t.Context(), &usual))
	for _, x := range []struct {
		p            data.Procedure
		hour, minute int
		next         bool
	}{{own, 10, 0, false}, {own, 10, 1, true}, {usual, 10, 1, false}, {usual, 15, 0, false}, {usual, 15, 1, true}} {
		want := day
		if x.next {
			want++
		}
		if got := due(x.p, x.hour, x.minute); got != want {
			t.Errorf("%s at %d:%02d: due %s, want %s", x.p.Name, x.hour, x.minute, got, want)
		}
	}
	path := d.Path()
	must(t, d.Close())
	if p := open(t, path).Catalogue().Procedure(own.ID); p.SameDayUntil != data.At(10, 0) {
		t.Errorf("the hour of the procedure was not kept: %v", p.SameDayUntil)
	}
}
