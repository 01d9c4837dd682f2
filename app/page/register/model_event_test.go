package register_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/page/register"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// book opens an office with dossiers that are typed in, and its model.
func book(t *testing.T, list ...data.Dossier) (*lister, *desk.Desk, []uint64) {
	t.Helper()
	d := open(t)
	if err := d.SetOffice(t.Context(), data.Office{Name: "UBND thử", Officer: "Cán bộ Thử", Signer: "Người Ký Thử", Title: "CHỦ TỊCH"}); err != nil {
		t.Fatal(err)
	}
	var ids []uint64
	for i := range list {
		if err := d.Receive(t.Context(), &list[i]); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, list[i].ID)
	}
	m := newLister(t, env.NewSession(d))
	m.Refresh()
	return m, d, ids
}

// received is a dossier received on a day of June 2023 with ten working days.
func received(code string, day int) data.Dossier {
	at := data.Moment{Day: data.Date(2023, time.June, day), Clock: data.At(8, 0)}
	return data.Dossier{Code: code, Received: at, Due: data.Moment{Day: at.Day + 14, Clock: at.Clock}, Term: data.Term{Count: 10, Unit: data.WorkingDays},
		Owner: data.Person{Name: "Nguyễn Thị Mẫu"}, Entry: data.Received}
}

// offered is a kind of event that the menu offers for the dossier now.
func offered(t *testing.T, m *lister, id uint64, kind data.EventKind) data.EventKind {
	t.Helper()
	first, others := m.Moves(id)
	if !slices.ContainsFunc(append(others, first), func(a register.Move) bool { return a.Kind == kind }) {
		t.Fatalf("«%s» is not offered", kind)
	}
	return kind
}

// record fills the form of an act and saves it.
func record(t *testing.T, m *lister, id uint64, kind data.EventKind, fill func(*register.EventForm)) register.Saved {
	t.Helper()
	f, err := m.NewEvent(offered(t, m, id, kind), []uint64{id})
	if err != nil {
		t.Fatal(err)
	}
	if fill != nil {
		fill(f)
	}
	saved, err := f.Save(t.Context(), nil)
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return saved
}

func state(t *testing.T, d *desk.Desk, id uint64) (data.Dossier, data.State) {
	t.Helper()
	one, err := d.Dossier(id)
	if err != nil {
		t.Fatal(err)
	}
	return one, one.On(data.MaxDay)
}

func last(one data.Dossier) data.Event { return one.Events[len(one.Events)-1] }

// TestActsFollowTheState walks a dossier through its life by the acts offered.
func TestActsFollowTheState(t *testing.T) {
	m, d, ids := book(t, received("A-1", 5))
	id := ids[0]
	first := func(want data.EventKind) {
		t.Helper()
		if a, _ := m.Moves(id); a.Kind != want {
			t.Errorf("what comes next is %v, want %v", a.Kind, want)
		}
	}
	first(data.Finish)
	record(t, m, id, data.AskSupplement, func(f *register.EventForm) {
		f.SetAt(data.Moment{Day: data.Date(2023, time.June, 7)})
		f.More, f.Text = " Đơn đề nghị \n\nBản vẽ", "Thiếu giấy tờ"
	})
	one, s := state(t, d, id)
	if e := last(one); s.Status != data.AwaitSupply || e.More != "Đơn đề nghị\nBản vẽ" || e.Text != "Thiếu giấy tờ" || e.By != "Cán bộ Thử" {
		t.Errorf("%v, %+v", s.Status, e)
	}
	first(data.Supplement)
	f, err := m.NewEvent(offered(t, m, id, data.Supplement), ids)
	if err != nil {
		t.Fatal(err)
	}
	f.SetAt(data.Moment{Day: data.Date(2023, time.June, 13)})
	// Four working days were waited: 19/06 goes to 23/06.
	if f.More != "Đơn đề nghị\nBản vẽ" || f.Due.Day != data.Date(2023, time.June, 23) || !strings.Contains(f.DueNote(), "Hẹn cũ 19/06/2023, tính ra 23/06/2023: chờ 4 ngày làm việc") {
		t.Errorf("proposes %q, %s: %s", f.More, f.Due, f.DueNote())
	}
	f.SetDue(data.Date(2023, time.June, 28))
	f.SetAt(data.Moment{Day: data.Date(2023, time.June, 14)})
	if f.Due.Day != data.Date(2023, time.June, 28) || !strings.Contains(f.DueNote(), "Đang nhập 28/06/2023") {
		t.Errorf("a typed date moved to %s: %s", f.Due, f.DueNote())
	}
	f.SetDue(data.NoDay)
	if f.Due.Day != data.Date(2023, time.June, 26) { // a day later brought: five days waited
		t.Errorf("counted again: %s", f.Due)
	}
	saved, err := f.Save(t.Context(), nil)
	if err != nil || !strings.Contains(saved.Said, "19/06/2023 thành 26/06/2023") {
		t.Errorf("%q, %v", saved.Said, err)
	}
	record(t, m, id, data.HandOver, func(f *register.EventForm) { f.New = "Phòng Tư pháp" })
	if _, s = state(t, d, id); s.Desk != "Phòng Tư pháp" {
		t.Errorf("held by %q", s.Desk)
	}
	if f, err := m.NewEvent(data.HandOver, ids); err != nil || f.Old != "Phòng Tư pháp" {
		t.Errorf("the one who gives it on is %q, %v", f.Old, err)
	}
	record(t, m, id, data.Finish, func(f *register.EventForm) {
		if f.Signer != "Người Ký Thử" || f.Doc != today {
			t.Errorf("proposes %q, %s", f.Signer, f.Doc)
		}
		f.Ref, f.Now.Flags = "12/GP", data.EResult
	})
	if one, s = state(t, d, id); s.Status != data.Done || last(one).Ref != "12/GP" || one.Flags&data.EResult == 0 || last(one).Signer != "Người Ký Thử" {
		t.Errorf("%v, %+v", s.Status, last(one))
	}
	first(data.Return)
	record(t, m, id, data.Return, func(f *register.EventForm) {
		if f.To != "Nguyễn Thị Mẫu" || f.Way != data.ReturnDirect || f.More != "Kết quả số 12/GP" {
			t.Errorf("proposes %q, %v, %q", f.To, f.Way, f.More)
		}
	})
	first(0)
	if _, others := m.Moves(id); slices.ContainsFunc(others, func(a register.Move) bool { return a.Kind == data.HandOver || a.Kind == data.AskSupplement }) {
		t.Errorf("a returned dossier offers %+v", others)
	}
	record(t, m, id, data.Reopen, func(f *register.EventForm) { f.Text = "Trả nhầm" })
	first(data.Finish)
	record(t, m, id, data.Cancel, func(f *register.EventForm) { f.Text = "Nhập nhầm" })
	if a, others := m.Moves(id); a.Kind != 0 || others != nil {
		t.Errorf("a cancelled dossier offers %+v, %+v", a, others)
	}
	if _, err := m.NewEvent(data.Finish, ids); data.CodeOf(err) != data.Conflict {
		t.Errorf("finishing a cancelled dossier: %v", err)
	}
}

// TestEveryKindOfEvent records each kind once, from its least answers, and
// checks that a form without them names what is missing.
func TestEveryKindOfEvent(t *testing.T) {
	for _, c := range []struct {
		before  []data.EventKind // to come into the state
		kind    data.EventKind
		missing string // what an empty form lacks, "" for nothing
		fill    func(*register.EventForm)
		want    data.Status
	}{
		{nil, data.BeginProcessing, "", nil, data.Processing},
		{nil, data.AskSupplement, register.AskMore, func(f *register.EventForm) { f.More = "Đơn" }, data.AwaitSupply},
		{nil, data.AskPayment, register.AskText, func(f *register.EventForm) { f.Text = "Lệ phí" }, data.AwaitPayment},
		{nil, data.Suspend, register.AskText, func(f *register.EventForm) { f.Text, f.Now.Partner = "Lấy ý kiến", "Sở Thử" }, data.Halted},
		{nil, data.Extend, register.AskDue, func(f *register.EventForm) { f.SetDue(today + 20); f.Text = "Chậm" }, data.Received},
		{nil, data.HandOver, register.AskDesk, func(f *register.EventForm) { f.New = "Phòng Thử" }, data.Received},
		{nil, data.Finish, "", nil, data.Done},
		{nil, data.Withdraw, "", nil, data.WithdrawnState},
		{nil, data.Refuse, register.AskText, func(f *register.EventForm) { f.Text = "Không đủ điều kiện" }, data.NotAccepted},
		{nil, data.Stop, register.AskText, func(f *register.EventForm) { f.Text = "Có tranh chấp" }, data.Halted},
		{[]data.EventKind{data.AskSupplement}, data.Supplement, "", nil, data.Processing},
		{[]data.EventKind{data.AskPayment}, data.Pay, "", func(f *register.EventForm) { f.Now.Paid = data.PayOnline }, data.Processing},
		{[]data.EventKind{data.Suspend}, data.Resume, "", nil, data.Processing},
		{[]data.EventKind{data.Finish}, data.Return, "", nil, data.Delivered},
		{[]data.EventKind{data.Finish}, data.Reopen, register.AskText, func(f *register.EventForm) { f.Text = "Sai" }, data.Processing},
		{nil, data.Cancel, register.AskText, func(f *register.EventForm) { f.Text = "Nhầm" }, data.Received},
	} {
		m, d, ids := book(t, received("A-1", 12))
		for _, k := range c.before {
			if _, err := d.Happen(t.Context(), ids, "", nil, nil, data.Event{Kind: k, At: data.Moment{Day: data.Date(2023, time.June, 13)}, Text: "Lý do", More: "Đơn"}); err != nil {
				t.Fatal(err)
			}
		}
		f, err := m.NewEvent(offered(t, m, ids[0], c.kind), ids)
		if err != nil {
			t.Fatal(err)
		}
		if err, _ := f.Check().(*data.Error); (err == nil) != (c.missing == "") || err != nil && err.Field != c.missing {
			t.Errorf("%s: an empty form says %v, want %q", c.kind, err, c.missing)
		}
		if c.fill != nil {
			c.fill(f)
		}
		f.Print = true
		saved, err := f.Save(t.Context(), nil)
		one, s := state(t, d, ids[0])
		if err != nil || s.Status != c.want || !strings.Contains(saved.Said, "A-1") || last(one).Kind != c.kind {
			t.Errorf("%s: %v, %+v, %q", c.kind, err, s.Status, saved.Said)
		}
		if (f.Slip() != "") != (len(saved.Slips) == 1) {
			t.Errorf("%s: slip %q, %+v", c.kind, f.Slip(), saved.Slips)
		}
		if len(saved.Slips) == 1 && saved.Slips[0].Event != len(one.Events)-1 {
			t.Errorf("%s: the slip is about event %d of %d", c.kind, saved.Slips[0].Event, len(one.Events))
		}
		switch {
		case c.kind == data.Suspend && one.Partner != "Sở Thử", c.kind == data.Pay && (one.Paid != data.PayOnline || one.Flags&data.PaidOnline == 0):
			t.Errorf("%s: %q, %v, %v", c.kind, one.Partner, one.Paid, one.Flags)
		}
		if title, err := d.Undo(t.Context()); err != nil || !strings.Contains(title, "A-1") {
			t.Errorf("%s: one undo takes back %q, %v", c.kind, title, err)
		}
		if now, _ := state(t, d, ids[0]); len(now.Events) != len(c.before) {
			t.Errorf("%s: after undo %d events", c.kind, len(now.Events))
		}
	}
}

func TestFormsRefuseAndWarn(t *testing.T) {
	m, d, ids := book(t, received("A-1", 5), received("A-2", 5))
	form := func(id uint64, k data.EventKind) *register.EventForm {
		t.Helper()
		f, err := m.NewEvent(offered(t, m, id, k), []uint64{id})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	refused := func(f *register.EventForm, field string) {
		t.Helper()
		_, err := f.Save(t.Context(), nil)
		if e, _ := err.(*data.Error); e == nil || e.Field != field {
			t.Errorf("%s: %v, want one about %q", f.Title(), err, field)
		}
	}
	f := form(ids[0], data.Finish)
	f.SetAt(data.Moment{Day: today + 1})
	refused(f, register.AskAt)
	f.SetAt(data.Moment{Day: data.Date(2023, time.June, 2)})
	refused(f, register.AskAt)
	f.SetAt(data.Moment{})
	refused(f, register.AskAt)
	if one, _ := state(t, d, ids[0]); len(one.Events) != 0 {
		t.Fatalf("refused and written: %+v", one.Events)
	}
	// Due on 19/06, today is the 20th: late, without a letter.
	f.SetAt(data.Moment{Day: today})
	if w := f.Warnings(); !slices.ContainsFunc(w, func(w desk.Warning) bool { return strings.Contains(w.Text, "trễ 1 ngày làm việc") }) {
		t.Errorf("late: %+v", w)
	}
	f.SetAt(data.Moment{Day: data.Date(2023, time.June, 18)}) // a Sunday
	if w := f.Warnings(); len(w) != 1 || w[0].Field != register.AskAt {
		t.Errorf("a Sunday: %+v", w)
	}
	record(t, m, ids[0], data.AskSupplement, func(f *register.EventForm) {
		f.SetAt(data.Moment{Day: data.Date(2023, time.June, 8)})
		f.More = "Đơn"
	})
	record(t, m, ids[0], data.Supplement, func(f *register.EventForm) { f.SetAt(data.Moment{Day: data.Date(2023, time.June, 12)}) })
	if w := form(ids[0], data.AskSupplement).Warnings(); len(w) == 0 || !strings.Contains(w[0].Text, "yêu cầu bổ sung 1 lần") {
		t.Errorf("a second request: %+v", w)
	}

	// A letter before the date postpones, one after it apologises; both are numbered.
	_, others := m.Moves(ids[1])
	if slices.ContainsFunc(others, func(a register.Move) bool { return a.Kind == data.Extend }) {
		t.Error("an overdue dossier offers to postpone")
	}
	f = form(ids[1], data.Apologise)
	f.Text, f.Now.Cause, f.Print = "Chậm thẩm định", 1, true
	f.SetDue(data.Date(2023, time.June, 26))
	saved, err := f.Save(t.Context(), nil)
	one, s := state(t, d, ids[1])
	letters, _ := d.Letters(2023)
	if err != nil || len(letters) != 1 || letters[0].Value.Number != 1 || s.Apologies != 1 || s.Due.Day != data.Date(2023, time.June, 19) || one.Cause != 1 {
		t.Fatalf("%v, %+v, %+v", err, letters, s)
	}
	if len(saved.Slips) != 1 || saved.Slips[0].Letter != letters[0].ID || saved.Slips[0].Form != papers.FormApology {
		t.Errorf("slips %+v", saved.Slips)
	}
	x, err := m.Detail(ids[1])
	if err != nil || len(x.Letters) != 1 || !strings.Contains(x.Letters[0].Value, "chưa gửi; hẹn lại 26/06/2023") {
		t.Errorf("the pane tells %+v, %v", x.Letters, err)
	}
	if err := d.DeliverLetters(t.Context(), []uint64{letters[0].ID}, today, "bưu điện"); err != nil {
		t.Fatal(err)
	}
	if x, _ = m.Detail(ids[1]); !strings.Contains(x.Letters[0].Value, "đã gửi 20/06/2023, bưu điện") {
		t.Errorf("delivered: %+v", x.Letters)
	}
}

// TestPrintIsRememberedByKind checks that the wish for a slip stays with its
// kind.
func TestPrintIsRememberedByKind(t *testing.T) {
	m, _, ids := book(t, received("A-1", 12))
	f, err := m.NewEvent(offered(t, m, ids[0], data.AskSupplement), ids)
	if err != nil || f.Print || f.Slip() == "" {
		t.Fatalf("%+v, %v", f, err)
	}
	f.Print = true
	f.Remember()
	if f, _ = m.NewEvent(offered(t, m, ids[0], data.AskSupplement), ids); !f.Print {
		t.Error("forgotten")
	}
	if f, _ = m.NewEvent(offered(t, m, ids[0], data.Stop), ids); f.Print {
		t.Error("another kind took it over")
	}
}

// TestManyAtOnce finishes many dossiers in one change, one of which cannot be.
func TestManyAtOnce(t *testing.T) {
	var list []data.Dossier
	for i := range 40 {
		list = append(list, received("B-"+string(rune('A'+i/26))+string(rune('A'+i%26)), 12))
	}
	m, d, ids := book(t, list...)
	record(t, m, ids[7], data.Finish, nil)
	bar, menu := register.BulkMoves()
	if bar[0].Kind != data.Finish || len(menu) == 0 {
		t.Fatalf("the bar begins with %+v", bar)
	}
	f, err := m.NewEvent(bar[0].Kind, ids)
	if err != nil || f.One != nil || f.Title() != "Có kết quả: 40 hồ sơ" || f.Asks(register.AskTo) {
		t.Fatalf("%v, %+v", err, f)
	}
	steps := 0
	saved, err := f.Save(t.Context(), func(done, total int64) { steps++ })
	if err != nil || len(saved.Refused) != 1 || saved.Refused[0].ID != ids[7] || !strings.Contains(saved.Said, "39 hồ sơ. 1 hồ sơ không ghi được") || steps == 0 {
		t.Fatalf("%v, %+v, %d steps", err, saved, steps)
	}
	if title, err := d.Undo(t.Context()); err != nil || !strings.Contains(title, "39 hồ sơ") {
		t.Errorf("undo: %q, %v", title, err)
	}
	if _, s := state(t, d, ids[0]); s.Closed {
		t.Error("one undo did not take all back")
	}
	// Of several that wait, each gets its own new date.
	if _, err := d.Happen(t.Context(), ids[:2], "", nil, nil, data.Event{Kind: data.AskSupplement, At: data.Moment{Day: data.Date(2023, time.June, 13)}, More: "Bản đồ"}); err != nil {
		t.Fatal(err)
	}
	f, err = m.NewEvent(data.Supplement, ids[:2])
	if err != nil || f.Asks(register.AskDue) || !strings.Contains(f.DueNote(), "từng hồ sơ") {
		t.Fatalf("%v, %q", err, f.DueNote())
	}
	if _, err := f.Save(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	// Asked on the 13th, brought on the 20th: five working days.
	if _, s := state(t, d, ids[1]); s.Due.Day != data.Date(2023, time.July, 3) {
		t.Errorf("due %s", s.Due)
	}

	var unit data.Unit
	unit.Name = "Phòng Thử"
	if err := d.SaveUnit(t.Context(), &unit); err != nil {
		t.Fatal(err)
	}
	if _, err := m.ChangeUnit(t.Context(), ids, unit.ID, "", nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	if saved, err := m.ChangeUnit(t.Context(), ids, unit.ID, "Sáp nhập", nil); err != nil || !strings.Contains(saved.Said, "40 hồ sơ") {
		t.Errorf("%+v, %v", saved, err)
	}
	if one, _ := state(t, d, ids[39]); one.Unit != unit.ID || last(one).Kind != data.Correct || last(one).Text != "Sáp nhập" {
		t.Errorf("%+v", one)
	}
	f, err = m.NewEvent(data.Return, ids[:3])
	if err != nil {
		t.Fatal(err)
	}
	if saved, err := f.Save(t.Context(), nil); err != nil || saved.Done != 0 || len(saved.Refused) != 3 || saved.Said != "Không có hồ sơ nào được ghi. 3 hồ sơ không ghi được." {
		t.Errorf("all refused: %+v, %v", saved, err)
	}
	if prints := m.Prints(ids); len(prints) == 0 || len(prints[0].Slips) != 40 {
		t.Errorf("prints of several: %+v", prints)
	}
}

// A supplement after the due date: the form's own date is taken, and what it says
// of the date is what counts.
func TestSupplementOfALateDossierInTheForm(t *testing.T) {
	m, d, ids := book(t, received("HS-1", 1)) // due 15/06/2023
	record(t, m, ids[0], data.AskSupplement, func(f *register.EventForm) { f.At, f.More = data.Moment{Day: data.Date(2023, 6, 16)}, "Đơn" })
	// The form and the pane say the same of the date.
	if _, err := m.NewEvent(data.Supplement, ids); err != nil {
		t.Fatal(err)
	}
	if x, err := m.Detail(ids[0]); err != nil || x.Why == nil || !strings.Contains(x.Why.Warning, "không lùi nữa") {
		t.Errorf("while it waits the pane says %+v, %v", x.Why, err)
	}
	record(t, m, ids[0], data.Supplement, func(f *register.EventForm) {
		f.SetAt(data.Moment{Day: data.Date(2023, 6, 19)})
		if f.Due.Day != data.Date(2023, 6, 15) || !strings.Contains(f.DueNote(), "giữ nguyên") {
			t.Errorf("proposes %s: %s", f.Due, f.DueNote())
		}
	})
	record(t, m, ids[0], data.Finish, func(f *register.EventForm) { f.SetAt(data.Moment{Day: data.Date(2023, 6, 20)}) })
	one, s := state(t, d, ids[0])
	if got := s.Outcome(data.MaxDay, one.Term); got != data.Late {
		t.Errorf("finished: %v", got)
	}
}

// TestThePaneNamesTheSystemOfACode: rules-2026 M1.
func TestThePaneNamesTheSystemOfACode(t *testing.T) {
	at := time.Date(2026, time.November, 30, 9, 0, 0, 0, time.UTC)
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	m := newLister(t, env.NewSession(d))
	for code, want := range map[string]string{"H15.50.05.13-261008-0975": "Hệ thống của tỉnh", "H15.50.05.13-261008-150123": "Hệ thống của Bộ Tư pháp", "12/2026": ""} {
		one := data.Dossier{Code: code, Received: data.Moment{Day: data.Date(2026, 10, 8)}}
		if err := d.Receive(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
		x, err := m.Detail(d.Find(code))
		got := ""
		for _, f := range x.Facts {
			if f.Label == "Mã do" {
				got = f.Value
			}
		}
		if err != nil || got != want {
			t.Errorf("%s: the pane names %q (%v), want %q", code, got, err, want)
		}
	}
}
