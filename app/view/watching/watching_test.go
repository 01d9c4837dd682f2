package watching_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/view"
	"giaoban/app/view/watching"
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
func session(t *testing.T) *view.Session {
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
			_, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, data.Event{Kind: data.AskSupplement, At: data.Moment{Day: data.Date(2026, 4, 2)}})
			must(t, err)
		}
		if i == 2 {
			_, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, data.Event{Kind: data.HandOver, At: data.Moment{Day: data.Date(2026, 4, 2)}, New: "Tổ thẩm định"})
			must(t, err)
		}
	}
	return view.NewSession(d)
}

func codes(list []desk.Alarm) string {
	var out []string
	for _, a := range list {
		out = append(out, a.Code)
	}
	return strings.Join(out, " ")
}

func TestListIsNarrowed(t *testing.T) {
	s := session(t)
	m := watching.New(s)
	told := 0
	m.Listen(func() { told++ })
	m.Refresh()
	if got := codes(m.Rows()); got != "HS-1 HS-2 HS-3 HS-4 HS-5 HS-6" || told != 1 || m.Busy() {
		t.Fatalf("%s, told %d times", got, told)
	}
	var counts []int
	for _, g := range m.Groups() {
		counts = append(counts, g.Count)
	}
	if want := []int{6, 4, 1, 0, 0, 1}; !slices.Equal(counts, want) {
		t.Errorf("groups %v", counts)
	}
	if u := m.Units(); len(u) != 2 || u[0].Label != "Phòng Tư pháp" || u[0].Count != 5 || u[1].Count != 1 {
		t.Errorf("units %+v", u)
	}
	if d := m.Desks(); len(d) != 2 || d[0].Key != "Chưa bàn giao" || d[1].Label != "Tổ thẩm định" {
		t.Errorf("desks %+v", d)
	}
	m.ShowGroup(int(desk.AlarmOverdue))
	m.ShowUnits([]string{m.Units()[1].Key})
	if got := codes(m.Rows()); got != "HS-1" || !m.Filtered() {
		t.Errorf("overdue of the second unit: %s", got)
	}
	m.ShowUnits(nil)
	m.ShowDesks([]string{"Tổ thẩm định"})
	if got := codes(m.Rows()); got != "HS-3" {
		t.Errorf("of the desk: %s", got)
	}
	m.ShowGroup(int(desk.AlarmWaiting))
	if len(m.Rows()) != 0 || m.Empty() != "Không có hồ sơ nào trong nhóm đang chọn." {
		t.Errorf("%s, %q", codes(m.Rows()), m.Empty())
	}
	m.ClearFilters()
	if m.Filtered() || len(m.Rows()) != 6 || !strings.Contains(m.Status(2), "6 / 6 hồ sơ cần theo dõi · chọn 2 · quá hạn: 0 đã có thư xin lỗi, 4 chưa có") {
		t.Errorf("%q", m.Status(2))
	}
	var jumped view.Jump
	s.OnJump(func(j view.Jump) { jumped = j })
	m.JumpTo("HS-3")
	if list := s.Desk.List(jumped.Query); list.Len() != 1 {
		t.Errorf("the register lists %d", list.Len())
	}
}

func TestMeeting(t *testing.T) {
	m := watching.New(session(t))
	if err := m.SetMeeting(data.Moment{Day: data.Date(2026, 5, 31)}); data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "31/05/2026") {
		t.Errorf("a meeting that is over: %v", err)
	}
	if err := m.SetMeeting(data.Moment{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("no meeting: %v", err)
	}
	at := data.Moment{Day: data.Date(2026, 6, 3), Clock: data.At(14, 0)}
	if err := m.SetMeeting(at); err != nil || m.Meeting() != at || m.Alarms().Meeting != at {
		t.Errorf("%v, %v", m.Meeting(), err)
	}
	must(t, m.SetMeeting(data.Moment{Day: data.Date(2033, 6, 3)}))
	if !strings.Contains(m.Bar(), "2033") || len(m.Rows()) == 0 {
		t.Errorf("a meeting in an undeclared year: %q, %d rows", m.Bar(), len(m.Rows()))
	}
}

func TestLettersForWhatWasFinishedLate(t *testing.T) {
	s := session(t)
	m := watching.New(s)
	m.Refresh()
	one := m.Without()[0]
	_, err := s.Desk.Happen(t.Context(), []uint64{one.ID}, "", nil, data.Event{Kind: data.Finish, At: data.Moment{Day: data.Date(2026, 5, 27)}})
	must(t, err)
	s.Changed()
	if m.LateCount() != 1 || codes(m.Without()) != "HS-2 HS-3 HS-4 HS-5" {
		t.Fatalf("%d, %s", m.LateCount(), codes(m.Without()))
	}
	m.ShowFinished(true)
	if !m.Finished() || codes(m.Without()) != "HS-1" || len(m.Rows()) != 5 {
		t.Errorf("%s, %d rows", codes(m.Without()), len(m.Rows()))
	}
	m.ShowUnits([]string{"999"})
	if len(m.Without()) != 0 {
		t.Errorf("of another unit: %s", codes(m.Without()))
	}
	m.ClearFilters()
	// Nothing is promised anew, whatever stands in the order.
	order := watching.Order{Day: s.Desk.Today(), Within: 5, Reason: "chậm", Finished: true}
	letters, _, _, err := m.Write(t.Context(), []uint64{one.ID}, order, nil)
	must(t, err)
	s.Changed()
	if m.LateCount() != 0 || len(letters) != 1 {
		t.Errorf("%d are left, letters %v", m.LateCount(), letters)
	}
	book := watching.NewBook(s)
	book.Refresh()
	if list := book.Entries(); len(list) != 1 || list[0].Code != "HS-1" || list[0].Promised != "" {
		t.Errorf("%+v", list)
	}
}

func TestLettersAndTheirBook(t *testing.T) {
	s := session(t)
	m, book := watching.New(s), watching.NewBook(s)
	m.Refresh()
	book.Refresh()
	if got := codes(m.Without()); got != "HS-1 HS-2 HS-3 HS-4 HS-5" || len(book.Entries()) != 0 {
		t.Fatalf("%s, %d in the book", got, len(book.Entries()))
	}
	order := watching.Order{Day: s.Desk.Today(), Within: 5, Reason: " Chờ xác minh ", Signer: m.Signers(s.Desk.Today())[0].Key}
	if at := m.PromisedBy(order); at.Day != data.Date(2026, 6, 8) {
		t.Errorf("five working days on: %v", at)
	}
	sunday := order
	sunday.Day = data.Date(2026, 5, 31)
	if at := m.PromisedBy(sunday); at.Day != data.Date(2026, 6, 5) {
		t.Errorf("five working days from a Sunday on: %v", at)
	}
	for field, spoil := range map[string]func(*watching.Order){
		"day": func(o *watching.Order) { o.Day = data.Date(2026, 6, 2) }, "reason": func(o *watching.Order) { o.Reason = "  " },
		"promised": func(o *watching.Order) { o.Promised = data.Date(2026, 6, 7) }, "within": func(o *watching.Order) { o.Within = -1 },
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
	ids := []uint64{m.Without()[0].ID, 9999, m.Without()[1].ID}
	letters, dossiers, bulk, err := m.Write(t.Context(), ids, order, nil)
	must(t, err)
	if len(letters) != 2 || len(dossiers) != 2 || dossiers[0] != ids[0] || dossiers[1] != ids[2] || len(bulk.Refused) != 1 {
		t.Fatalf("letters %v for %v, refused %+v", letters, dossiers, bulk.Refused)
	}
	s.Changed()
	if got := codes(m.Without()); got != "HS-3 HS-4 HS-5" {
		t.Errorf("still without: %s", got)
	}
	list := book.Entries()
	if len(list) != 2 || list[0].Number != "2/PXL" || list[0].Code != "HS-2" || list[1].Promised != "08/06/2026" || list[1].Reason != "Chờ xác minh" {
		t.Fatalf("%+v", list)
	}
	if err := book.Deliver(t.Context(), letters, data.Date(2026, 6, 2), "qua bưu chính"); data.CodeOf(err) != data.Invalid {
		t.Errorf("delivered tomorrow: %v", err)
	}
	must(t, book.Void(t.Context(), letters[:1], "lập nhầm"))
	s.Changed()
	must(t, book.Deliver(t.Context(), letters, s.Desk.Today(), "qua bưu chính")) // the voided one is passed over
	s.Changed()
	list = book.Entries()
	if list[0].Delivered != "01/06/2026, qua bưu chính" || !list[1].Void || list[1].Delivered != "" {
		t.Errorf("%+v", list)
	}
	if got := book.Status(0); got != "Sổ thư xin lỗi năm 2026: 2 thư, 1 đã gửi, 1 đã hủy" {
		t.Errorf("%q", got)
	}
	if err := book.Void(t.Context(), letters[:1], "lần nữa"); data.CodeOf(err) != data.Invalid {
		t.Errorf("voided twice: %v", err)
	}
	if got := codes(m.Without()); got != "HS-1 HS-3 HS-4 HS-5" {
		t.Errorf("the one whose letter was voided needs another: %s", got)
	}
	book.ShowYear(2020)
	if len(book.Entries()) != 0 || len(book.Years()) != 1 {
		t.Errorf("%+v, years %v", book.Entries(), book.Years())
	}
}

// What other screens count as dossiers with a letter is in the book, or the book
// says that it is elsewhere.
func TestTheBookTellsOfLettersElsewhere(t *testing.T) {
	s := session(t)
	one := data.Dossier{Code: "NG-1", Received: data.Moment{Day: data.Date(2026, 5, 4)}, Due: data.Moment{Day: data.Date(2026, 5, 18)}, Owner: data.Person{Name: "Người Thử"},
		Events: []data.Event{{Kind: data.Extend, At: data.Moment{Day: data.Date(2026, 5, 12)}, Due: data.Moment{Day: data.Date(2026, 5, 25)}, Ref: "7/XL"}}}
	must(t, s.Desk.Receive(t.Context(), &one))
	book := watching.NewBook(s)
	book.Refresh()
	if got := book.Status(0); book.Outside() != 1 || got != "Sổ thư xin lỗi năm 2026: 0 thư, 0 đã gửi · ngoài sổ này: 1 hồ sơ có thư ghi sẵn trong nguồn nhập" {
		t.Errorf("%d, %q", book.Outside(), got)
	}
	// A letter that was taken back leaves its number, named.
	m := watching.New(s)
	m.Refresh()
	_, _, _, err := m.Write(t.Context(), []uint64{m.Without()[0].ID}, watching.Order{Day: s.Desk.Today(), Within: 5, Reason: "Chậm", Signer: m.Signers(s.Desk.Today())[0].Key}, nil)
	must(t, err)
	if _, err := s.Desk.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Changed()
	if got := book.Status(0); !strings.Contains(got, "Số bỏ (đã cấp rồi hoàn tác, không cấp lại): 1 (HS-1, 01/06/2026)") {
		t.Errorf("%q", got)
	}
}
