package catalogue_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/app/view"
	"giaoban/app/view/catalogue"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
	"giaoban/data/workday"
	"giaoban/reports/form"
)

// today is a Friday.
var today = data.Date(2026, time.May, 15)

func session(t *testing.T) *view.Session {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return today.Time().Add(3 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return view.NewSession(d)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestListIsFoundAndFiltered(t *testing.T) {
	s := session(t)
	l := catalogue.NewProcedures(s)
	changed := 0
	l.Changed = func() { changed++ }
	l.Refresh()
	all := l.Len()
	if all != len(s.Desk.Catalogue().Procedures) || l.Filtered() || !strings.HasSuffix(l.Status(), "thủ tục") {
		t.Fatalf("%d, %q", all, l.Status())
	}
	l.SetText("khai sinh dang ky")
	found := l.Len()
	if found == 0 || found >= all {
		t.Fatalf("%d found", found)
	}
	for i := range found {
		for _, word := range []string{"khai", "sinh", "dang", "ky"} {
			if !strings.Contains(text.Fold(strings.Join(l.Line(i).Cells, " ")), word) {
				t.Errorf("%q lacks «%s»", l.Line(i).Cells[1], word)
			}
		}
	}
	if l.SetText("Đăng ký KHAI SINH"); l.Len() != found {
		t.Errorf("with diacritics %d, without %d", l.Len(), found)
	}
	l.Clear()
	l.Choose(catalogue.FilterDoubt, []string{"1"})
	doubtful := l.Len()
	for i := range doubtful {
		if !l.Line(i).Doubt {
			t.Errorf("%v is certain", l.Line(i).Cells)
		}
	}
	l.Choose(catalogue.FilterDoubt, []string{"0"})
	if doubtful == 0 || doubtful+l.Len() != all {
		t.Errorf("%d doubtful and %d certain of %d", doubtful, l.Len(), all)
	}
	l.Clear()
	for _, filter := range []string{catalogue.FilterField, catalogue.FilterLevel, catalogue.FilterOnline} {
		sum := 0
		for _, c := range l.Options(filter) {
			l.Choose(filter, []string{c.Key})
			sum += l.Len()
		}
		l.Clear()
		if sum != all {
			t.Errorf("the values of %s list %d of %d", filter, sum, all)
		}
	}
	if l.ShowEnded(false); l.Len() >= all || l.Len() == 0 {
		t.Errorf("%d in force of %d", l.Len(), all)
	}
	l.SetText("không có thủ tục này")
	if l.Len() != 0 || !strings.Contains(l.EmptyText(), "«không có thủ tục này»") || l.Line(0).Cells != nil || changed < 10 {
		t.Errorf("%d, %q", l.Len(), l.EmptyText())
	}
}

func TestListsOfAnEmptyOffice(t *testing.T) {
	s := session(t)
	for what, c := range map[string]struct {
		list  *catalogue.List
		lines int
	}{
		"units": {catalogue.NewUnits(s), 0}, "fields": {catalogue.NewFields(s), len(s.Desk.Catalogue().Fields)}, "counters": {catalogue.NewCounters(s), 0},
		"signers": {catalogue.NewSigners(s), 0}, "causes": {catalogue.NewCauses(s), 8}, "books": {catalogue.NewBooks(s), 1}, "rates": {catalogue.NewRates(s), 11},
	} {
		c.list.Refresh()
		if c.list.Len() != c.lines {
			t.Errorf("%s: %d lines, want %d", what, c.list.Len(), c.lines)
		}
		if c.lines == 0 && !strings.HasPrefix(c.list.EmptyText(), "Chưa có ") {
			t.Errorf("%s: %q", what, c.list.EmptyText())
		}
	}
	u := data.Unit{Name: "Phòng Thử", To: today - 1}
	must(t, s.Desk.SaveUnit(t.Context(), &u))
	l := catalogue.NewUnits(s)
	l.Refresh()
	if x := l.Line(0); !x.Ended || !x.Doubt || l.Find(uint64(u.ID)) != 0 {
		t.Errorf("%+v", x)
	}
}

func TestReadingWhatIsTyped(t *testing.T) {
	for _, c := range []struct {
		count, unit string
		want        data.Term
		bad         bool
	}{
		{"", "", data.Term{}, false}, {"5", "ngay-lam-viec", data.Term{Count: 5, Unit: data.WorkingDays}, false}, {"", "trong-ngay", data.Term{Unit: data.SameDay}, false},
		{"5", "", data.Term{}, true}, {"", "ngay", data.Term{}, true}, {"0", "ngay", data.Term{}, true}, {"năm", "ngay", data.Term{}, true},
	} {
		got, err := catalogue.Term(c.count, c.unit, "term")
		if (err != nil) != c.bad || !c.bad && got != c.want {
			t.Errorf("%q %q: %v, %v", c.count, c.unit, got, err)
		}
	}
	if n, err := catalogue.Whole("1.250", "fee", "Phí", 2000); n != 1250 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := catalogue.Whole("-1", "fee", "Phí", 2000); err == nil || err.(*data.Error).Field != "fee" {
		t.Errorf("%v", err)
	}
	if got := catalogue.Lines(" a  b \n\n c"); !slices.Equal(got, []string{"a b", "c"}) {
		t.Errorf("%q", got)
	}
}

// received is a dossier with a term of five working days, due on 19/05/2026.
func received(t *testing.T, s *view.Session) data.Dossier {
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
	m := catalogue.NewCalendar(s)
	if m.Dirty() || m.At() != today {
		t.Fatalf("%v, dirty %v", m.At(), m.Dirty())
	}
	days := m.Month()
	if len(days) != 42 || days[0].Day.Weekday() != time.Monday {
		t.Fatalf("%d days from %v", len(days), days[0].Day)
	}
	for _, d := range days {
		if d.Day == data.Date(2026, time.May, 1) && (d.Sort != catalogue.DayOff || d.Name == "") {
			t.Errorf("1 May: %+v", d)
		}
		if d.Day == data.Date(2026, time.May, 9) && d.Sort != catalogue.Weekend {
			t.Errorf("a Saturday: %+v", d)
		}
	}
	off, worked := data.Date(2026, time.May, 19), data.Date(2026, time.May, 23)
	for field, err := range map[string]error{"off": m.Swap(worked, worked, "x", ""), "worked": m.Swap(off, off+1, "x", ""), "name": m.Swap(off, worked, " ", "")} {
		if e, ok := err.(*data.Error); !ok || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if m.Dirty() {
		t.Fatal("a refused swap left something behind")
	}
	must(t, m.Swap(off, worked, "Nghỉ hoán đổi", "Thông báo thử"))
	if !m.Dirty() || len(m.Specials()) == 0 || !strings.Contains(m.ListText(), "19/05/2026") {
		t.Error("the swap does not stand in the draft")
	}
	if s.Desk.Calendar().IsWorking(worked) {
		t.Error("the draft reached the desk")
	}
	moves, err := m.Affected(t.Context(), nil)
	must(t, err)
	if len(moves) != 1 || moves[0].Code != "HS-1" || !moves[0].Shift || moves[0].New.Day != off+1 {
		t.Fatalf("%+v", moves)
	}
	if err := m.Apply(t.Context(), moves, " "); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	moves[0].Shift = false
	must(t, m.Apply(t.Context(), moves, "Thông báo thử"))
	m.Refresh()
	if kept, err := s.Desk.Dossier(one.ID); err != nil || kept.On(data.MaxDay).Due.Day != off || m.Dirty() || !s.Desk.Calendar().IsWorking(worked) {
		t.Errorf("%+v, %v, dirty %v", kept.Due, err, m.Dirty())
	}
	must(t, m.Remove(worked))
	if _, still := m.Special(off); still {
		t.Error("the other day of the swap is left")
	}
	m.Discard()
	if m.Dirty() {
		t.Error("discarded and still there")
	}
}

func TestCalendarStandingAndHours(t *testing.T) {
	s := session(t)
	m := catalogue.NewCalendar(s)
	m.GoTo(data.Date(2027, time.January, 31))
	if m.Year().Standing != workday.Proposed {
		t.Error("2027 is not proposed")
	}
	must(t, m.SetStanding(workday.Official))
	if m.Year().Standing != workday.Official || m.Year().Days[0].Standing != workday.Official {
		t.Errorf("%+v", m.Year())
	}
	m.GoMonth(1)
	if m.At() != data.Date(2027, time.February, 28) {
		t.Errorf("a month after 31 January: %v", m.At())
	}
	must(t, m.SetHours("7h00-11h30\n13:00 – 16:30"))
	if m.Hours().String() != "07:00-11:30, 13:00-16:30" {
		t.Errorf("%s", m.Hours())
	}
	for _, bad := range []string{"", "7:00", "11:00-7:00", "7:00-12:00, 11:00-17:00"} {
		if err := m.SetHours(bad); data.CodeOf(err) != data.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := m.Declare(workday.Special{Date: data.Date(2027, 3, 3), Kind: workday.MakeUp, Name: "x"}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a make-up day on a Wednesday: %v", err)
	}
}

func TestCalendarWeek(t *testing.T) {
	m := catalogue.NewCalendar(session(t))
	saturday := data.Date(2026, time.May, 16)
	m.GoTo(saturday)
	var days [7]string
	for _, d := range catalogue.Weekdays {
		days[d] = m.DayKey(d)
	}
	if days[time.Friday] != catalogue.WholeDay || days[time.Saturday] != catalogue.NoWork || m.Unusual() != "" {
		t.Fatalf("%v, %q", days, m.Unusual())
	}
	days[time.Saturday] = catalogue.Morning
	must(t, m.SetWeek(data.NoDay, "07:30-11:30, 13:00-17:00", days))
	if m.DayKey(time.Saturday) != catalogue.Morning || m.Unusual() != "Thứ Bảy 07:30-11:30" || !m.Dirty() {
		t.Errorf("%s, %q", m.DayKey(time.Saturday), m.Unusual())
	}
	for _, d := range m.Month() {
		if d.Day == saturday && (d.Sort != catalogue.Worked || !d.Fresh) {
			t.Errorf("%+v", d)
		}
	}
	// A day that is worked anyway can be swapped for a Sunday.
	must(t, m.Swap(saturday, saturday+1, "Nghỉ hoán đổi", ""))
	must(t, m.DeclareMadeUp(workday.Special{Date: saturday + 1, Kind: workday.MakeUp, Name: "bù"}, "8:00-10:00"))
	if s, ok := m.Special(saturday + 1); !ok || s.Hours.String() != "08:00-10:00" {
		t.Errorf("%+v", s)
	}
	err := m.DeclareMadeUp(workday.Special{Date: saturday, Kind: workday.Holiday, Name: "nghỉ"}, "8:00-10:00")
	if data.CodeOf(err) != data.Invalid {
		t.Errorf("hours on a day off: %v", err)
	}
	for i := range days {
		days[i] = catalogue.NoWork
	}
	if err := m.SetWeek(data.NoDay, "07:30-11:30", days); data.CodeOf(err) != data.Invalid {
		t.Errorf("a week of rest: %v", err)
	}
}

func TestTemplateIsChangedAndComesBack(t *testing.T) {
	s := session(t)
	l := catalogue.NewTemplates(s)
	l.Refresh()
	if l.Len() < 10 {
		t.Fatalf("%d templates", l.Len())
	}
	x, err := catalogue.OpenTemplate(s, 1)
	must(t, err)
	before, err := x.Preview()
	must(t, err)
	if x.Dirty() || x.Own() || !bytes.HasPrefix(before, []byte("%PDF")) {
		t.Fatal("a shipped template looks changed")
	}
	x.Draft.Title = ""
	if err := x.Save(t.Context()); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a title: %v", err)
	}
	x.Draft.Title = "GIẤY HẸN RIÊNG"
	must(t, x.Save(t.Context()))
	list, err := papers.Templates(s.Desk)
	must(t, err)
	if list[0].Title != "GIẤY HẸN RIÊNG" {
		t.Errorf("printing would use %q", list[0].Title)
	}
	again, err := catalogue.OpenTemplate(s, 1)
	must(t, err)
	if !again.Own() || again.Dirty() {
		t.Error("the own version is not found")
	}
	must(t, again.Reset(t.Context()))
	if own, err := papers.OwnTemplates(s.Desk); err != nil || len(own) != 0 {
		t.Errorf("%v, %v", own, err)
	}
	if _, err := catalogue.OpenTemplate(s, 9999); data.CodeOf(err) != data.NotFound {
		t.Errorf("%v", err)
	}
}

func TestWordsOfATemplateAreVietnamese(t *testing.T) {
	text := "Quyển số: {book}, của {owner} và {khác}"
	shown := catalogue.Words(text)
	if strings.Contains(shown, "{book}") || !strings.Contains(shown, "{Quyển số}") || !strings.Contains(shown, "{khác}") || catalogue.FromWords(shown) != text {
		t.Errorf("%q", shown)
	}
	for _, v := range form.Values() {
		if one := "{" + v.Key + "}"; catalogue.FromWords(catalogue.Words(one)) != one {
			t.Errorf("%s becomes %s", one, catalogue.FromWords(catalogue.Words(one)))
		}
	}
}

// TestCalendarQuestions: an answer stands in the draft until it is applied, can be
// taken back, and outlives a proposal of the year as a question.
func TestCalendarQuestions(t *testing.T) {
	s := session(t)
	m := catalogue.NewCalendar(s)
	m.GoTo(data.Date(2026, time.November, 23))
	asks := m.Asks()
	if len(asks) != 1 || asks[0].Answer != workday.Unanswered || asks[0].Source == "" {
		t.Fatalf("%+v", asks)
	}
	marked := 0
	for _, d := range m.Month() {
		if d.Name == "chờ trả lời" {
			marked++
		}
	}
	if marked != 2 {
		t.Errorf("%d days are marked as in question, want 23 and 28", marked)
	}
	must(t, m.Answer(map[string]workday.Answer{asks[0].ID: workday.Yes}))
	if special, ok := m.Special(m.At()); !ok || special.Kind != workday.Swapped || !m.Dirty() || !s.Desk.Calendar().IsWorking(m.At()) {
		t.Errorf("answered yes: %+v, dirty %v", special, m.Dirty())
	}
	must(t, m.Answer(map[string]workday.Answer{asks[0].ID: workday.Unanswered}))
	if m.Dirty() {
		t.Error("taken back, and something is left")
	}
	must(t, m.Answer(map[string]workday.Answer{asks[0].ID: workday.No}))
	must(t, m.Apply(t.Context(), nil, "cơ quan không hoán đổi"))
	m.Refresh()
	if got := s.Desk.Calendar().Year(2026).Asks[0].Answer; got != workday.No {
		t.Errorf("the desk has the answer %v", got)
	}
	must(t, m.Propose())
	if a := m.Asks(); len(a) != 1 || a[0].Answer != workday.Unanswered {
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
	m := catalogue.NewCalendar(s)
	if !strings.Contains(m.News().Text, "24/11/2026") {
		t.Fatalf("news: %q", m.News())
	}
	if moves, err := m.TakeNews(t.Context()); err != nil || len(moves) != 0 {
		t.Fatalf("%+v, %v", moves, err)
	}
	m.Refresh()
	if m.News().Text != "" {
		t.Errorf("taken over and told again: %q", m.News())
	}
	one := data.Dossier{Code: "HS-9", Received: data.Moment{Day: data.Date(2026, 5, 11)}, Due: data.Moment{Day: data.Date(2026, 11, 24)}}
	must(t, s.Desk.Receive(t.Context(), &one))
	forget()
	m.Refresh()
	moves, err := m.TakeNews(t.Context())
	must(t, err)
	if len(moves) != 1 || !moves[0].Shift || moves[0].New.Day != data.Date(2026, 11, 25) {
		t.Fatalf("%+v", moves)
	}
	if m.Refresh(); m.News().Text == "" {
		t.Error("taken over without a decision")
	}
	must(t, m.Apply(t.Context(), moves, "Nghị quyết 28/2026/QH16"))
	if kept, err := s.Desk.Dossier(one.ID); err != nil || kept.On(data.MaxDay).Due.Day != data.Date(2026, 11, 25) {
		t.Errorf("%+v, %v", kept.Due, err)
	}
}

// TestLevelsOfToday: a new office, whose clock stands after 30/06/2025, is not
// offered the district; lists can still be narrowed to it (rules-2026 E12).
func TestLevelsOfToday(t *testing.T) {
	s := session(t)
	keys := func(list []catalogue.Choice) (out []string) {
		for _, c := range list {
			out = append(out, c.Key)
		}
		return out
	}
	if got := keys(catalogue.Levels(s, "")); slices.Contains(got, "huyen") || !slices.Contains(got, "xa") || !slices.Contains(got, "tinh") {
		t.Errorf("a new unit may be of %v", got)
	}
	if got := keys(catalogue.Levels(s, data.LevelDistrict)); !slices.Contains(got, "huyen") {
		t.Errorf("a unit of the district may be of %v", got)
	}
	if got := keys(catalogue.NewProcedures(s).Options(catalogue.FilterLevel)); !slices.Contains(got, "huyen") {
		t.Errorf("the list is narrowed by %v", got)
	}
	must(t, s.Desk.SaveUnit(t.Context(), &data.Unit{Name: "UBND huyện Thử", Level: data.LevelDistrict}))
	if got := keys(catalogue.Levels(s, "")); !slices.Contains(got, "huyen") {
		t.Errorf("an office with a unit of the district is offered %v", got)
	}
}

// TestUnknownValidityIsMarked: a procedure without a first day says so and can be
// found (rules-2026 E9); the change of the civil status law is told (E10).
func TestUnknownValidityIsMarked(t *testing.T) {
	s := session(t)
	must(t, s.Desk.SaveProcedure(t.Context(), &data.Procedure{Name: "Zxq một"}))
	must(t, s.Desk.SaveProcedure(t.Context(), &data.Procedure{Name: "Zxq hai", To: data.Date(2026, 3, 1)}))
	must(t, s.Desk.SaveProcedure(t.Context(), &data.Procedure{Name: "Zxq ba", From: data.Date(2025, 7, 1)}))
	l := catalogue.NewProcedures(s)
	l.Refresh()
	for name, want := range map[string]string{"Zxq một": "chưa rõ hiệu lực", "Zxq hai": "đến 01/03/2026", "Zxq ba": "từ 01/07/2025"} {
		l.SetText(name)
		if l.Len() != 1 || l.Line(0).Cells[7] != want {
			t.Errorf("%s: %d lines, %v", name, l.Len(), l.Line(0).Cells)
		}
	}
	l.SetText("Zxq ba")
	if l.Choose(catalogue.FilterValid, []string{"0"}); l.Len() != 0 {
		t.Error("narrowed to the unknown, a known one is listed")
	}
	if text := catalogue.LawNotices(s); !strings.Contains(text, "03/2026/QH16") || !strings.Contains(text, "01/03/2027") {
		t.Errorf("notices: %q", text)
	}
}
