package catalogue

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
	"giaoban/reports/form"
)

// today is a Friday.
var today = data.Date(2026, time.May, 15)

func session(t *testing.T) *env.Session {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return today.Time().Add(3 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return env.NewSession(d)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// received is a dossier with a term of five working days, due on 19/05/2026.
func received(t *testing.T, s *env.Session) data.Dossier {
	t.Helper()
	p := s.Desk.Catalogue().Procedures[0]
	one := data.Dossier{Code: "HS-1", Procedure: p.ID, Owner: data.Person{Name: "Trần Văn Mẫu"}, Received: data.Moment{Day: data.Date(2026, time.May, 12), Clock: data.At(8, 0)},
		Term: data.Term{Count: 5, Unit: data.WorkingDays}, Copies: 1}
	one.Due = data.Moment{Day: data.Date(2026, time.May, 19), Clock: data.At(8, 0)}
	must(t, s.Desk.Receive(t.Context(), &one))
	return one
}

func TestCalendarAsksBeforeItMoves(t *testing.T) {
	s := session(t)
	one := received(t, s)
	m := newDraft(s.Desk)
	if m.dirty() || m.at != today {
		t.Fatalf("%v, dirty %v", m.at, m.dirty())
	}
	days := m.month()
	if len(days) != 42 || days[0].day.Weekday() != time.Monday {
		t.Fatalf("%d days from %v", len(days), days[0].day)
	}
	for _, d := range days {
		if d.day == data.Date(2026, time.May, 1) && (d.sort != dayOff || d.name == "") {
			t.Errorf("1 May: %+v", d)
		}
		if d.day == data.Date(2026, time.May, 9) && d.sort != weekend {
			t.Errorf("a Saturday: %+v", d)
		}
	}
	off, worked := data.Date(2026, time.May, 19), data.Date(2026, time.May, 23)
	swap := func(off, worked data.Day, name string) error { return m.take(m.Swap(off, worked, name, "")) }
	for field, err := range map[string]error{"off": swap(worked, worked, "x"), "worked": swap(off, off+1, "x"), "name": swap(off, worked, " ")} {
		if e, ok := err.(*data.Error); !ok || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if m.dirty() {
		t.Fatal("a refused swap left something behind")
	}
	must(t, m.take(m.Swap(off, worked, "Nghỉ hoán đổi", "Thông báo thử")))
	if !m.dirty() || len(m.year().Days) == 0 || !strings.Contains(m.listText(), "19/05/2026") {
		t.Error("the swap does not stand in the draft")
	}
	if s.Desk.Calendar().IsWorking(worked) {
		t.Error("the draft reached the desk")
	}
	moves, err := m.affected(t.Context(), nil)
	must(t, err)
	if len(moves) != 1 || moves[0].Code != "HS-1" || !moves[0].shift || moves[0].New.Day != off+1 {
		t.Fatalf("%+v", moves)
	}
	if err := m.apply(t.Context(), moves, " "); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	moves[0].shift = false
	must(t, m.apply(t.Context(), moves, "Thông báo thử"))
	m.refresh()
	if kept, err := s.Desk.Dossier(one.ID); err != nil || kept.On(data.MaxDay).Due.Day != off || m.dirty() || !s.Desk.Calendar().IsWorking(worked) {
		t.Errorf("%+v, %v, dirty %v", kept.Due, err, m.dirty())
	}
	must(t, m.take(m.Undeclare(worked)))
	if _, still := m.Special(off); still {
		t.Error("the other day of the swap is left")
	}
	m.discard()
	if m.dirty() {
		t.Error("discarded and still there")
	}
}

func TestCalendarStandingAndHours(t *testing.T) {
	s := session(t)
	m := newDraft(s.Desk)
	m.goTo(data.Date(2027, time.January, 31))
	if m.year().Standing != workday.Proposed {
		t.Error("2027 is not proposed")
	}
	must(t, m.setStanding(workday.Official))
	if m.year().Standing != workday.Official || m.year().Days[0].Standing != workday.Official {
		t.Errorf("%+v", m.year())
	}
	m.goMonth(1)
	if m.at != data.Date(2027, time.February, 28) {
		t.Errorf("a month after 31 January: %v", m.at)
	}
	w := m.weekNow()
	w.from, w.hours = data.NoDay, "7h00-11h30\n13:00 – 16:30"
	must(t, m.setWeek(w))
	if m.Hours().String() != "07:00-11:30, 13:00-16:30" {
		t.Errorf("%s", m.Hours())
	}
	for _, bad := range []string{"", "7:00", "11:00-7:00", "7:00-12:00, 11:00-17:00"} {
		w.hours = bad
		if err := m.setWeek(w); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := m.declare(workday.Special{Date: data.Date(2027, 3, 3), Kind: workday.MakeUp, Name: "x"}, ""); data.CodeOf(err) != data.Invalid {
		t.Errorf("a make-up day on a Wednesday: %v", err)
	}
}

func TestCalendarWeek(t *testing.T) {
	m := newDraft(session(t).Desk)
	saturday := data.Date(2026, time.May, 16)
	m.goTo(saturday)
	var days [7]string
	for d := range days {
		days[d] = m.dayKey(time.Weekday(d))
	}
	if days[time.Friday] != wholeDay || days[time.Saturday] != noWork || m.Week().Unusual(m.Hours()) != "" {
		t.Fatalf("%v, %q", days, m.Week().Unusual(m.Hours()))
	}
	days[time.Saturday] = morning
	must(t, m.setWeek(week{data.NoDay, "07:30-11:30, 13:00-17:00", days}))
	if m.dayKey(time.Saturday) != morning || m.Week().Unusual(m.Hours()) != "Thứ Bảy 07:30-11:30" || !m.dirty() {
		t.Errorf("%s, %q", m.dayKey(time.Saturday), m.Week().Unusual(m.Hours()))
	}
	for _, d := range m.month() {
		if d.day == saturday && (d.sort != worked || !d.fresh) {
			t.Errorf("%+v", d)
		}
	}
	// A day that is worked anyway can be swapped for a Sunday.
	must(t, m.take(m.Swap(saturday, saturday+1, "Nghỉ hoán đổi", "")))
	must(t, m.declare(workday.Special{Date: saturday + 1, Kind: workday.MakeUp, Name: "bù"}, "8:00-10:00"))
	if s, ok := m.Special(saturday + 1); !ok || s.Hours.String() != "08:00-10:00" {
		t.Errorf("%+v", s)
	}
	err := m.declare(workday.Special{Date: saturday, Kind: workday.Holiday, Name: "nghỉ"}, "8:00-10:00")
	if data.CodeOf(err) != data.Invalid {
		t.Errorf("hours on a day off: %v", err)
	}
	for i := range days {
		days[i] = noWork
	}
	if err := m.setWeek(week{data.NoDay, "07:30-11:30", days}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a week of rest: %v", err)
	}
}

func TestTemplateIsChangedAndComesBack(t *testing.T) {
	d := session(t).Desk
	list, err := loadTemplates(d)
	must(t, err)
	if len(list) < 10 || list[0].own != 0 {
		t.Fatalf("%d templates, the first one own %d", len(list), list[0].own)
	}
	pdf, err := preview(d, list[0].Template)
	must(t, err)
	if !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatal("no PDF")
	}
	x := list[0].Template
	x.Title = ""
	if err := saveTemplate(t.Context(), d, 0, x); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a title: %v", err)
	}
	x.Title = "GIẤY HẸN RIÊNG"
	must(t, saveTemplate(t.Context(), d, 0, x))
	again, err := loadTemplates(d)
	must(t, err)
	if again[0].Title != "GIẤY HẸN RIÊNG" || again[0].own == 0 {
		t.Errorf("printing would use %q, own %d", again[0].Title, again[0].own)
	}
	must(t, d.DropTemplate(t.Context(), again[0].own, again[0].Title))
	if own, err := papers.OwnTemplates(d); err != nil || len(own) != 0 {
		t.Errorf("%v, %v", own, err)
	}
}

func TestWordsOfATemplateAreVietnamese(t *testing.T) {
	text := "Quyển số: {book}, của {owner} và {khác}"
	shown := words(text)
	if strings.Contains(shown, "{book}") || !strings.Contains(shown, "{Quyển số}") || !strings.Contains(shown, "{khác}") || fromWords(shown) != text {
		t.Errorf("%q", shown)
	}
	for _, v := range form.Values() {
		if one := "{" + v.Key + "}"; fromWords(words(one)) != one {
			t.Errorf("%s becomes %s", one, fromWords(words(one)))
		}
	}
}

// TestCalendarQuestions: an answer stands in the draft until it is applied, can be
// taken back, and outlives a proposal of the year as a question.
func TestCalendarQuestions(t *testing.T) {
	s := session(t)
	m := newDraft(s.Desk)
	m.goTo(data.Date(2026, time.November, 23))
	asks := m.year().Asks
	if len(asks) != 1 || asks[0].Answer != workday.Unanswered || asks[0].Source == "" {
		t.Fatalf("%+v", asks)
	}
	marked := 0
	for _, d := range m.month() {
		if d.name == "chờ trả lời" {
			marked++
		}
	}
	if marked != 2 {
		t.Errorf("%d days are marked as in question, want 23 and 28", marked)
	}
	must(t, m.answer(map[string]workday.Answer{asks[0].ID: workday.Yes}))
	if special, ok := m.Special(m.at); !ok || special.Kind != workday.Swapped || !m.dirty() || !s.Desk.Calendar().IsWorking(m.at) {
		t.Errorf("answered yes: %+v, dirty %v", special, m.dirty())
	}
	must(t, m.answer(map[string]workday.Answer{asks[0].ID: workday.Unanswered}))
	if m.dirty() {
		t.Error("taken back, and something is left")
	}
	must(t, m.answer(map[string]workday.Answer{asks[0].ID: workday.No}))
	must(t, m.apply(t.Context(), nil, "cơ quan không hoán đổi"))
	m.refresh()
	if got := s.Desk.Calendar().Year(2026).Asks[0].Answer; got != workday.No {
		t.Errorf("the desk has the answer %v", got)
	}
	must(t, m.propose())
	if a := m.year().Asks; len(a) != 1 || a[0].Answer != workday.Unanswered {
		t.Errorf("proposed anew: %+v", a)
	}
}

// TestCalendarNews: what a newer program ships is taken over where it moves nothing,
// and asked about where it moves a date.
func TestCalendarNews(t *testing.T) {
	s := session(t)
	forget := func() {
		must(t, s.Desk.KeepSetting(t.Context(), desk.Work{Title: "tệp cũ"}, "calendar-shipped", nil))
	}
	forget()
	m := newDraft(s.Desk)
	if !strings.Contains(m.news.Text, "24/11/2026") {
		t.Fatalf("news: %q", m.news)
	}
	if moves, err := m.takeNews(t.Context()); err != nil || len(moves) != 0 {
		t.Fatalf("%+v, %v", moves, err)
	}
	m.refresh()
	if m.news.Text != "" {
		t.Errorf("taken over and told again: %q", m.news)
	}
	one := data.Dossier{Code: "HS-9", Received: data.Moment{Day: data.Date(2026, 5, 11)}, Due: data.Moment{Day: data.Date(2026, 11, 24)}}
	must(t, s.Desk.Receive(t.Context(), &one))
	forget()
	m.refresh()
	moves, err := m.takeNews(t.Context())
	must(t, err)
	if len(moves) != 1 || !moves[0].shift || moves[0].New.Day != data.Date(2026, 11, 25) {
		t.Fatalf("%+v", moves)
	}
	if m.refresh(); m.news.Text == "" {
		t.Error("taken over without a decision")
	}
	must(t, m.apply(t.Context(), moves, "Nghị quyết 28/2026/QH16"))
	if kept, err := s.Desk.Dossier(one.ID); err != nil || kept.On(data.MaxDay).Due.Day != data.Date(2026, 11, 25) {
		t.Errorf("%+v, %v", kept.Due, err)
	}
}

// TestAnImportOfProceduresIsCounted: before a list of procedures is taken, what becomes of
// all its lines is told, also of those that the dialog does not list first.
func TestAnImportOfProceduresIsCounted(t *testing.T) {
	d := pagetest.Empty(t)
	im, err := d.OpenProcedures(t.Context(), pagetest.Write(t, "thu-tuc.csv", "Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Thời hạn giải quyết", "2.999001;Thủ tục thử một;Đất đai;10 ngày làm việc",
		"2.999002;Thủ tục thử hai;Lĩnh vực mới;7 ngày làm việc", "2.999004;Thủ tục sai;Đất đai;abc ngày"))
	if err != nil {
		t.Fatal(err)
	}
	if got := lineCounts(im); got != "2 dòng mới, 1 dòng không nhận." {
		t.Errorf("%q", got)
	}
	if err := im.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
}
