package watching

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

// The tests run on Monday 1 June 2026.
func now() time.Time { return time.Date(2026, time.June, 1, 10, 0, 0, 0, time.UTC) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// session opens an office with four dossiers that are overdue, in two units, one
// due today, and one that waits.
func session(t *testing.T) *env.Session {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: now})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử", Code: "H56.01", Officer: "Lê Thị Mẫu", Signer: "Phạm Văn Ký", Title: "CHỦ TỊCH"}))
	units := []data.Unit{{Name: "Ủy ban nhân dân xã Thử"}, {Name: "Phòng Tư pháp"}}
	for i := range units {
		must(t, d.SaveUnit(t.Context(), &units[i]))
	}
	for i, due := range []data.Day{data.Date(2026, 5, 20), data.Date(2026, 5, 21), data.Date(2026, 5, 22), data.Date(2026, 5, 25), data.Date(2026, 6, 1), data.Date(2026, 6, 30)} {
		one := data.Dossier{Code: "HS-" + string(rune('1'+i)), Received: data.Moment{Day: data.Date(2026, 4, 1)}, Due: data.Moment{Day: due}, Unit: units[min(i, 1)].ID, Owner: data.Person{Name: "Người"}}
		must(t, d.Receive(t.Context(), &one))
		if i == 5 {
			_, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, nil, data.Event{Kind: data.AskSupplement, At: data.Moment{Day: data.Date(2026, 4, 2)}, More: "Bản đồ"})
			must(t, err)
		}
		if i == 2 {
			_, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, nil, data.Event{Kind: data.HandOver, At: data.Moment{Day: data.Date(2026, 4, 2)}, New: "Tổ thẩm định"})
			must(t, err)
		}
	}
	return env.NewSession(d)
}

func codes(list []desk.Alarm) string {
	var out []string
	for _, a := range list {
		out = append(out, a.Code)
	}
	return strings.Join(out, " ")
}

// without lists the dossiers that need a letter.
func without(t *testing.T, m *Model, finished bool) []desk.Alarm {
	t.Helper()
	list, err := m.Without(finished)
	must(t, err)
	return list
}

// entries lists the book.
func entries(t *testing.T, b *Book) []Entry {
	t.Helper()
	list, err := b.Entries()
	must(t, err)
	return list
}

// open builds the page in a window without a display.
func open(t *testing.T, s *env.Session) *page {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.Gap(1))
	e := &env.Env{Desk: s.Desk, Session: s, Window: w, Habits: kit.Forgetful{}, Status: func() {}, Badge: func(string, int) {}, Go: func(env.Route) {},
		InView: func(fyne.CanvasObject) bool { return true }}
	p := New(e).(*page)
	w.SetContent(widget.NewRoot(p.Content()))
	w.Resize(fyne.NewSize(1200, 600))
	p.Stale(desk.Changes{All: true})
	p.Shown()
	return p
}

// listed names what a list of dossiers shows.
func listed(l *list.List[desk.Alarm]) string {
	var rows []desk.Alarm
	for i := range l.Len() {
		rows = append(rows, *l.Row(i))
	}
	return codes(rows)
}

func TestListIsNarrowed(t *testing.T) {
	s := session(t)
	p := open(t, s)
	m := p.m
	if got := listed(p.list); got != "HS-1 HS-2 HS-3 HS-4 HS-5 HS-6" || m.busy {
		t.Fatalf("%s", got)
	}
	counts := p.groups[0].Text
	for _, g := range m.Groups() {
		counts += " " + g.Detail
	}
	if counts != "Tất cả  6 4 1 0 0 1" {
		t.Errorf("groups %s", counts)
	}
	u := m.Units()
	if len(u) != 2 || u[0].Text != "Phòng Tư pháp" || u[0].Detail != "5" || u[1].Detail != "1" {
		t.Errorf("units %+v", u)
	}
	if d := m.Desks(); len(d) != 2 || d[0].Key != "Chưa bàn giao" || d[1].Text != "Tổ thẩm định" {
		t.Errorf("desks %+v", d)
	}
	p.showGroup(groupKey(desk.AlarmOverdue))
	p.list.Choose(filterUnit, u[1].Key)
	if got := listed(p.list); got != "HS-1" || !p.groups[1].Chosen {
		t.Errorf("overdue of the second unit: %s", got)
	}
	p.list.Choose(filterUnit)
	p.list.Choose(filterDesk, "Tổ thẩm định")
	if got := listed(p.list); got != "HS-3" {
		t.Errorf("of the desk: %s", got)
	}
	p.showGroup(groupKey(desk.AlarmWaiting))
	if p.list.Len() != 0 {
		t.Errorf("%s", listed(p.list))
	}
	p.list.Clear()
	p.list.Grid().SelectAll()
	if got := p.Status(); p.list.Len() != 6 || got != "6 / 6 hồ sơ cần theo dõi · chọn 6 · quá hạn: 0 đã có thư xin lỗi, 4 chưa có" {
		t.Errorf("%q", got)
	}
	var jumped env.Jump
	s.OnJump(func(j env.Jump) { jumped = j })
	m.s.JumpTo("HS-3")
	if list := s.Desk.List(jumped.Query); list.Len() != 1 {
		t.Errorf("the register lists %d", list.Len())
	}
	// The late dossiers of a unit that need a letter are narrowed alike, and the
	// button says how many letters there will be.
	p.Open(tabLetters)
	p.letters.Choose(filterUnit, u[1].Key)
	if got := listed(p.letters); got != "HS-1" {
		t.Errorf("letters of a unit: %s", got)
	}
	p.letters.Clear()
	p.letters.Grid().SelectAll()
	if rows := p.letters.ChosenRows(); codes(rows) != "HS-1 HS-2 HS-3 HS-4 HS-5" {
		t.Errorf("chosen: %s", codes(rows))
	}
}

func TestMeeting(t *testing.T) {
	m := NewModel(session(t))
	if err := m.SetMeeting(data.Moment{Day: data.Date(2026, 5, 31)}); data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "31/05/2026") {
		t.Errorf("a meeting that is over: %v", err)
	}
	if err := m.SetMeeting(data.Moment{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("no meeting: %v", err)
	}
	at := data.Moment{Day: data.Date(2026, 6, 3), Clock: data.At(14, 0)}
	if err := m.SetMeeting(at); err != nil || m.meeting != at || m.Alarms().Meeting != at {
		t.Errorf("%v, %v", m.meeting, err)
	}
	must(t, m.SetMeeting(data.Moment{Day: data.Date(2033, 6, 3)}))
	if rows, err := m.Watched(); !strings.Contains(m.Bar(), "2033") || len(rows) == 0 {
		t.Errorf("a meeting in an undeclared year: %q, %d rows, %v", m.Bar(), len(rows), err)
	}
}

func TestLettersForWhatWasFinishedLate(t *testing.T) {
	s := session(t)
	m := NewModel(s)
	m.Refresh()
	one := without(t, m, false)[0]
	_, err := s.Desk.Happen(t.Context(), []uint64{one.ID}, "", nil, nil, data.Event{Kind: data.Finish, At: data.Moment{Day: data.Date(2026, 5, 27)}})
	must(t, err)
	m.Refresh()
	if m.LateCount() != 1 || codes(without(t, m, false)) != "HS-2 HS-3 HS-4 HS-5" {
		t.Fatalf("%d, %s", m.LateCount(), codes(without(t, m, false)))
	}
	if rows, err := m.Watched(); codes(without(t, m, true)) != "HS-1" || len(rows) != 5 || err != nil {
		t.Errorf("%s, %d rows, %v", codes(without(t, m, true)), len(rows), err)
	}
	// Nothing is promised anew, whatever stands in the order.
	order := Order{Day: s.Desk.Today(), Within: 5, Reason: "chậm", Finished: true}
	letters, _, _, err := m.Write(t.Context(), []uint64{one.ID}, order, nil)
	must(t, err)
	m.Refresh()
	if m.LateCount() != 0 || len(letters) != 1 {
		t.Errorf("%d are left, letters %v", m.LateCount(), letters)
	}
	book := NewBook(s)
	book.Refresh()
	if list := entries(t, book); len(list) != 1 || list[0].Code != "HS-1" || list[0].Promised != "" {
		t.Errorf("%+v", list)
	}
}

func TestLettersAndTheirBook(t *testing.T) {
	s := session(t)
	m, book := NewModel(s), NewBook(s)
	m.Refresh()
	book.Refresh()
	if got := codes(without(t, m, false)); got != "HS-1 HS-2 HS-3 HS-4 HS-5" || len(entries(t, book)) != 0 {
		t.Fatalf("%s, %d in the book", got, len(entries(t, book)))
	}
	order := Order{Day: s.Desk.Today(), Within: 5, Reason: " Chờ xác minh ", Signer: m.Signers(s.Desk.Today())[0].Key}
	if at := m.PromisedBy(order); at.Day != data.Date(2026, 6, 8) {
		t.Errorf("five working days on: %v", at)
	}
	sunday := order
	sunday.Day = data.Date(2026, 5, 31)
	if at := m.PromisedBy(sunday); at.Day != data.Date(2026, 6, 5) {
		t.Errorf("five working days from a Sunday on: %v", at)
	}
	for field, spoil := range map[string]func(*Order){
		"day": func(o *Order) { o.Day = data.Date(2026, 6, 2) }, "reason": func(o *Order) { o.Reason = "  " },
		"promised": func(o *Order) { o.Promised = data.Date(2026, 6, 7) }, "within": func(o *Order) { o.Within = -1 },
	} {
		bad := order
		spoil(&bad)
		err, _ := m.Check(&bad).(*data.Error)
		if err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, _, _, err := m.Write(t.Context(), nil, order, nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("no dossier: %v", err)
	}
	ids := []uint64{without(t, m, false)[0].ID, 9999, without(t, m, false)[1].ID}
	letters, dossiers, bulk, err := m.Write(t.Context(), ids, order, nil)
	must(t, err)
	if len(letters) != 2 || len(dossiers) != 2 || dossiers[0] != ids[0] || dossiers[1] != ids[2] || len(bulk.Refused) != 1 {
		t.Fatalf("letters %v for %v, refused %+v", letters, dossiers, bulk.Refused)
	}
	m.Refresh()
	book.Refresh()
	if got := codes(without(t, m, false)); got != "HS-3 HS-4 HS-5" {
		t.Errorf("still without: %s", got)
	}
	list := entries(t, book)
	if len(list) != 2 || list[0].Number != "2/PXL" || list[0].Code != "HS-2" || list[1].Promised != "08/06/2026" || list[1].Reason != "Chờ xác minh" {
		t.Fatalf("%+v", list)
	}
	if err := book.Deliver(t.Context(), letters, data.Date(2026, 6, 2), "qua bưu chính"); data.CodeOf(err) != data.Invalid {
		t.Errorf("delivered tomorrow: %v", err)
	}
	must(t, book.Void(t.Context(), letters[:1], "lập nhầm"))
	m.Refresh()
	book.Refresh()
	must(t, book.Deliver(t.Context(), letters, s.Desk.Today(), "qua bưu chính")) // the voided one is passed over
	m.Refresh()
	book.Refresh()
	list = entries(t, book)
	if list[0].Delivered != "01/06/2026, qua bưu chính" || !list[1].Void || list[1].Delivered != "" {
		t.Errorf("%+v", list)
	}
	if got := book.Status(); got != "Sổ thư xin lỗi năm 2026: 2 thư, 1 đã gửi, 1 đã hủy" {
		t.Errorf("%q", got)
	}
	if err := book.Void(t.Context(), letters[:1], "lần nữa"); data.CodeOf(err) != data.Invalid {
		t.Errorf("voided twice: %v", err)
	}
	if got := codes(without(t, m, false)); got != "HS-1 HS-3 HS-4 HS-5" {
		t.Errorf("the one whose letter was voided needs another: %s", got)
	}
	book.ShowYear(2020)
	if len(entries(t, book)) != 0 || len(book.years) != 1 {
		t.Errorf("%+v, years %v", entries(t, book), book.years)
	}
}

// What other screens count as dossiers with a letter is in the book, or the book
// says that it is elsewhere.
func TestTheBookTellsOfLettersElsewhere(t *testing.T) {
	s := session(t)
	one := data.Dossier{Code: "NG-1", Received: data.Moment{Day: data.Date(2026, 5, 4)}, Due: data.Moment{Day: data.Date(2026, 5, 18)}, Owner: data.Person{Name: "Người Thử"},
		Events: []data.Event{{Kind: data.Extend, At: data.Moment{Day: data.Date(2026, 5, 12)}, Due: data.Moment{Day: data.Date(2026, 5, 25)}, Ref: "7/XL"}}}
	must(t, s.Desk.Receive(t.Context(), &one))
	book := NewBook(s)
	book.Refresh()
	if got := book.Status(); book.outside != 1 || got != "Sổ thư xin lỗi năm 2026: 0 thư, 0 đã gửi · ngoài sổ này: 1 hồ sơ có thư ghi sẵn trong nguồn nhập" {
		t.Errorf("%d, %q", book.outside, got)
	}
	// A letter that was taken back leaves its number, named.
	m := NewModel(s)
	m.Refresh()
	_, _, _, err := m.Write(t.Context(), []uint64{without(t, m, false)[0].ID}, Order{Day: s.Desk.Today(), Within: 5, Reason: "Chậm", Signer: m.Signers(s.Desk.Today())[0].Key}, nil)
	must(t, err)
	if _, err := s.Desk.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.Refresh()
	book.Refresh()
	if got := book.Status(); !strings.Contains(got, "Số bỏ (đã cấp rồi hoàn tác, không cấp lại): 1 (HS-1, 01/06/2026)") {
		t.Errorf("%q", got)
	}
}
