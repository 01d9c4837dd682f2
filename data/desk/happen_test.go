package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

func happen(t *testing.T, d *desk.Desk, id uint64, e data.Event) data.Dossier {
	t.Helper()
	if _, err := d.Happen(t.Context(), []uint64{id}, "", nil, nil, e); err != nil {
		t.Fatalf("%s: %v", e.Kind, err)
	}
	one, err := d.Dossier(id)
	must(t, err)
	return one
}

func on(month, day int) data.Moment { return data.Moment{Day: data.Date(2026, time.Month(month), day)} }

// TestLifeOfADossier: the clock stands for a supplement, the date on paper stays
// in the facts, and the register follows each step.
func TestLifeOfADossier(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	if one.Due.Day != data.Date(2026, 5, 18) {
		t.Fatalf("due %v", one.Due)
	}
	one = happen(t, d, one.ID, data.Event{Kind: data.AskSupplement, At: on(5, 8), More: "Bản vẽ\nĐơn", Text: "Thiếu chữ ký"})
	if s := one.On(data.MaxDay); s.Status != data.AwaitSupply || s.Requests != 1 {
		t.Fatalf("%+v", s)
	}
	// A supplement does not end a payment that nobody asked for.
	if _, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, nil, data.Event{Kind: data.Pay, At: on(5, 13)}); data.CodeOf(err) != data.Conflict {
		t.Fatalf("pay while a supplement is missing: %v", err)
	}
	// Not before the request.
	if _, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, nil, data.Event{Kind: data.Supplement, At: on(5, 7)}); data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "08/05/2026") {
		t.Fatalf("supplement before its request: %v", err)
	}
	// The 11th, 12th and 13th do not count: three working days later.
	one = happen(t, d, one.ID, data.Event{Kind: data.Supplement, At: on(5, 13)})
	if s := one.On(data.MaxDay); s.Due.Day != data.Date(2026, 5, 21) || one.Due.Day != data.Date(2026, 5, 18) {
		t.Fatalf("due now %v, on paper %v", s.Due, one.Due)
	}
	if w := d.EventWarnings(&one, data.Event{Kind: data.AskSupplement, At: on(5, 15)}); len(w) == 0 || !strings.Contains(w[0].Text, "một lần") {
		t.Fatalf("second request: %v", w)
	}
	if w := d.EventWarnings(&one, data.Event{Kind: data.Extend, At: on(5, 21), Due: on(5, 30)}); len(w) != 2 {
		t.Fatalf("apology on the due date, promise on a Saturday: %v", w)
	}
	one = happen(t, d, one.ID, data.Event{Kind: data.HandOver, At: on(5, 14), New: "Tổ thẩm định"})
	one = happen(t, d, one.ID, data.Event{Kind: data.HandOver, At: on(5, 15), New: "Văn thư"})
	if e := one.Events[len(one.Events)-1]; e.Old != "Tổ thẩm định" || one.On(data.MaxDay).Desk != "Văn thư" {
		t.Fatalf("hand-over: %+v", e)
	}
	one = happen(t, d, one.ID, data.Event{Kind: data.Finish, At: on(5, 20), Ref: "12/GCN", Doc: data.Date(2026, 5, 19), Signer: "Phạm Văn Ký"})
	one = happen(t, d, one.ID, data.Event{Kind: data.Return, At: on(5, 22), To: "Trần Văn Thử", Way: data.ReturnDirect})
	s := one.On(data.MaxDay)
	if s.Status != data.Delivered || s.Ended.Day != data.Date(2026, 5, 20) || s.Returned.Day != data.Date(2026, 5, 22) || s.Outcome(data.MaxDay, one.Term) != data.Early {
		t.Fatalf("%+v", s)
	}
	year, _ := data.ParsePeriod("2026")
	if total := d.Figures(year, data.NoDay, data.ByUnit, desk.Filter{}).Total; data.ColResolved.Of(total) != 1 || data.ColEarly.Of(total) != 1 {
		t.Fatalf("figures: %+v", total)
	}
	// The end was the 22nd in truth: late by a day, and the reason is kept.
	must(t, d.Mend(t.Context(), one.ID, "Ghi nhầm", func(*data.Dossier) {}, map[string]data.Moment{data.FieldReturned: data.Moment{Day: data.Date(2026, 5, 25)}}))
	must(t, d.Mend(t.Context(), one.ID, "Ghi nhầm ngày ký", func(*data.Dossier) {}, map[string]data.Moment{data.FieldEnded: data.Moment{Day: data.Date(2026, 5, 22)}}))
	if total := d.Figures(year, data.NoDay, data.ByUnit, desk.Filter{}).Total; data.ColLate.Of(total) != 1 {
		t.Fatalf("figures after the correction: %+v", total)
	}
	for _, bad := range []struct {
		field string
		at    data.Moment
	}{{data.FieldEnded, on(5, 26)}, {data.FieldEnded, on(5, 3)}, {data.FieldEnded, on(7, 1)}, {data.FieldReturned, on(5, 20)}} {
		if err := d.Mend(t.Context(), one.ID, "thử", func(*data.Dossier) {}, map[string]data.Moment{bad.field: bad.at}); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s to %v: %v", bad.field, bad.at, err)
		}
	}
	history, err := d.History(one.ID)
	must(t, err)
	last := history[len(history)-1]
	if len(history) != 9 || last.By != "Lê Thị Mẫu" || last.Why != "Ghi nhầm ngày ký" || len(last.Lines) != 1 || last.Lines[0].Label != "Ngày có kết quả" || last.Lines[0].New != "2026-05-22" {
		t.Fatalf("%d entries, the last %+v", len(history), last)
	}
}

func TestAmendKeepsOldAndNew(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	other := received(t, d, p, data.Date(2026, 5, 4), "Lý Thị Khác")
	if err := d.Amend(t.Context(), one.ID, " ", func(x *data.Dossier) { x.Owner.Name = "A" }); data.CodeOf(err) != data.Invalid {
		t.Fatalf("without a reason: %v", err)
	}
	if err := d.Amend(t.Context(), one.ID, "trùng", func(x *data.Dossier) { x.Code = other.Code }); data.CodeOf(err) != data.Conflict {
		t.Fatalf("code of another: %v", err)
	}
	if err := d.Amend(t.Context(), one.ID, "sai", func(x *data.Dossier) { x.Due.Day = data.Date(2026, 5, 1) }); data.CodeOf(err) != data.Invalid {
		t.Fatalf("due before the receipt: %v", err)
	}
	must(t, d.Amend(t.Context(), one.ID, "Viết nhầm tên", func(x *data.Dossier) { x.Owner.Name, x.Owner.Phone, x.Events = "Trần Văn Thủ", "0912000111", nil }))
	got, err := d.Dossier(one.ID)
	must(t, err)
	if got.Owner.Name != "Trần Văn Thủ" || len(got.Events) != 2 || got.Events[0].Old != "Trần Văn Thử" || got.Events[0].New != "Trần Văn Thủ" || got.Events[0].Text != "Viết nhầm tên" {
		t.Fatalf("%+v", got)
	}
	// Nothing changed is no entry of the journal.
	before, _ := d.Undoable()
	must(t, d.Amend(t.Context(), one.ID, "không đổi", func(*data.Dossier) {}))
	if after, _ := d.Undoable(); after != before {
		t.Fatalf("%q became %q", before, after)
	}
	if title, err := d.Undo(t.Context()); err != nil || title != "Đính chính: "+one.Code {
		t.Fatalf("%q, %v", title, err)
	}
	if got, _ := d.Dossier(one.ID); got.Owner.Name != "Trần Văn Thử" || len(got.Events) != 0 {
		t.Fatalf("after undo: %+v", got)
	}
}

// TestSeveralAtOnce: one form, one change, one undo; those that cannot are named.
func TestSeveralAtOnce(t *testing.T) {
	d, p := counter(t)
	var ids []uint64
	for _, name := range []string{"A", "B", "C", "D"} {
		ids = append(ids, received(t, d, p, data.Date(2026, 5, 4), name).ID)
	}
	happen(t, d, ids[2], data.Event{Kind: data.Withdraw, At: on(5, 5)})
	bulk, err := d.Happen(t.Context(), append(ids, 999), "", nil, nil, data.Event{Kind: data.Finish, At: on(5, 6)})
	must(t, err)
	if bulk.Done != 3 || len(bulk.Refused) != 2 || bulk.Refused[0].ID != ids[2] || !strings.Contains(bulk.Refused[0].Reason, "rút") {
		t.Fatalf("%+v", bulk)
	}
	if title, _ := d.Undoable(); title != "Có kết quả: 3 hồ sơ" {
		t.Fatalf("title %q", title)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		one, _ := d.Dossier(id)
		if closed := one.On(data.MaxDay).Closed; closed != (i == 2) {
			t.Fatalf("dossier %d closed: %v", i, closed)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Happen(ctx, ids, "", nil, nil, data.Event{Kind: data.Finish, At: on(5, 6)}); data.CodeOf(err) != data.Cancelled {
		t.Fatalf("cancelled: %v", err)
	}
	if n := d.Count(desk.Query{Outcomes: []data.Outcome{data.PendingInTime, data.Overdue}}); n != 3 {
		t.Fatalf("%d open after a cancelled change", n)
	}
}

// TestLetters: numbered without gaps, a postponement before the date and an
// apology after it, and numbers that a voided letter keeps.
func TestLetters(t *testing.T) {
	d, p := counter(t)
	late := received(t, d, p, data.Date(2026, 5, 4), "Trễ")
	soon := received(t, d, p, data.Date(2026, 5, 25), "Sắp trễ")
	letters, bulk, err := d.Apologise(t.Context(), []uint64{late.ID, soon.ID}, desk.Apology{Day: d.Today(), Promised: data.Moment{Day: data.Date(2026, 6, 12)}, Reason: "Chờ xác minh", Signer: "Phạm Văn Ký"}, nil)
	must(t, err)
	if len(letters) != 2 || bulk.Done != 2 {
		t.Fatalf("%v %+v", letters, bulk)
	}
	a, _ := d.Dossier(late.ID)
	b, _ := d.Dossier(soon.ID)
	if a.Events[0].Kind != data.Apologise || b.Events[0].Kind != data.Extend || a.Events[0].Ref != "1/PXL" || b.Events[0].Ref != "2/PXL" {
		t.Fatalf("%+v\n%+v", a.Events, b.Events)
	}
	if s := a.On(data.MaxDay); s.Due != late.Due || s.Promised.Day != data.Date(2026, 6, 12) || s.Apologies != 1 || s.Outcome(d.Today(), a.Term) != data.Overdue {
		t.Fatalf("an apology must not repair lateness: %+v", s)
	}
	if err := d.VoidLetters(t.Context(), letters[1:], " "); data.CodeOf(err) != data.Invalid {
		t.Fatalf("void without a reason: %v", err)
	}
	must(t, d.VoidLetters(t.Context(), letters[1:], "in nhầm"))
	if b, _ := d.Dossier(soon.ID); b.On(data.MaxDay).Apologies != 0 || b.On(data.MaxDay).Promised != b.Due || b.On(data.MaxDay).Postponed != 0 {
		t.Fatalf("a voided letter still counts: %+v", b.On(data.MaxDay))
	}
	if err := d.VoidLetters(t.Context(), letters[1:], "lần nữa"); data.CodeOf(err) != data.Conflict {
		t.Fatalf("void twice: %v", err)
	}
	more, _, err := d.Apologise(t.Context(), []uint64{late.ID}, desk.Apology{Day: d.Today(), Reason: "lần hai"}, nil)
	must(t, err)
	book, err := d.Letters(2026)
	must(t, err)
	if len(book) != 3 || book[2].Value.Number != 3 || book[2].ID != more[0] || !book[1].Value.Void {
		t.Fatalf("%+v", book)
	}
	must(t, d.DeliverLetters(t.Context(), letters[:1], d.Today(), "Bưu chính"))
	if err := d.DeliverLetters(t.Context(), letters[:1], d.Today()-1, ""); data.CodeOf(err) != data.Invalid {
		t.Fatalf("delivered before it was written: %v", err)
	}
}

// TestCalendarMovesOnlyWhatIsAsked: a new day off touches the open dossiers whose
// date followed from the calendar, and only those that the officer moves.
func TestCalendarMovesOnlyWhatIsAsked(t *testing.T) {
	d, p := counter(t)
	a := received(t, d, p, data.Date(2026, 5, 25), "A")
	b := received(t, d, p, data.Date(2026, 5, 26), "B")
	done := received(t, d, p, data.Date(2026, 5, 25), "Xong")
	happen(t, d, done.ID, data.Event{Kind: data.Finish, At: on(5, 28)})
	typed := d.Draft(nil)
	typed.Procedure, typed.Owner.Name = p.ID, "Hẹn tay"
	d.Fill(&typed)
	typed.Due.Day = data.Date(2026, 6, 30)
	must(t, d.Receive(t.Context(), &typed))

	year := d.Calendar().Year(2026)
	year.Days = append(year.Days, workday.Special{Date: data.Date(2026, 6, 3), Kind: workday.Holiday, Name: "Nghỉ thử"})
	c, err := d.Calendar().With(year)
	must(t, err)
	affected, err := d.Affected(t.Context(), c, nil)
	must(t, err)
	if len(affected) != 2 || affected[0].ID != a.ID || affected[0].New.Day != data.Date(2026, 6, 9) || affected[1].ID != b.ID {
		t.Fatalf("%+v", affected)
	}
	must(t, d.SetCalendar(t.Context(), c, affected[:1], "Quyết định nghỉ thử"))
	got, _ := d.Dossier(a.ID)
	other, _ := d.Dossier(b.ID)
	if got.On(data.MaxDay).Due.Day != data.Date(2026, 6, 9) || got.Events[0].Old != "08/06/2026 09:00" || other.Due != b.Due {
		t.Fatalf("%+v\n%+v", got, other)
	}
	if d.Calendar().IsWorking(data.Date(2026, 6, 3)) {
		t.Fatal("the calendar did not follow")
	}
	path := d.Path()
	must(t, d.Close())
	again := open(t, path)
	if again.Calendar().IsWorking(data.Date(2026, 6, 3)) || again.Calendar().IsWorking(data.Date(2026, 2, 17)) {
		t.Fatal("the calendar was not kept")
	}
	if _, err := again.Undo(t.Context()); err != nil || !again.Calendar().IsWorking(data.Date(2026, 6, 3)) {
		t.Fatalf("undo: %v", err)
	}
	if got, _ := again.Dossier(a.ID); got.Due != a.Due || len(got.Events) != 0 {
		t.Fatalf("after undo: %+v", got)
	}
}

// TestCalendarMovesDatesWithoutTermOffAClosedDay: imported dossiers have no term,
// yet nobody may be called to a closed office.
func TestCalendarMovesDatesWithoutTermOffAClosedDay(t *testing.T) {
	d, p := counter(t)
	for i, due := range []data.Day{data.Date(2026, 6, 3), data.Date(2026, 6, 4)} {
		one := received(t, d, p, data.Date(2026, 5, 25), fmt.Sprint("Nhập ", i))
		must(t, d.Amend(t.Context(), one.ID, "như sổ cũ", func(one *data.Dossier) { one.Term, one.Due = data.Term{}, data.Moment{Day: due} }))
	}
	year := d.Calendar().Year(2026)
	year.Days = append(year.Days, workday.Special{Date: data.Date(2026, 6, 3), Kind: workday.Holiday, Name: "Nghỉ thử"})
	c, err := d.Calendar().With(year)
	must(t, err)
	affected, err := d.Affected(t.Context(), c, nil)
	must(t, err)
	if len(affected) != 1 || affected[0].Owner != "Nhập 0" || affected[0].New.Day != data.Date(2026, 6, 4) {
		t.Fatalf("%+v", affected)
	}
}

// TestPrintsAreCountedForGood: undo takes back the change before the print, not
// the print.
func TestPrintsAreCountedForGood(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 25), "A")
	for n := range 3 {
		before, err := d.Printed(t.Context(), "giay-tiep-nhan", one.ID)
		if err != nil || before[one.ID] != n {
			t.Fatalf("print %d: %v %v", n, before, err)
		}
	}
	if title, err := d.Undo(t.Context()); err != nil || title != "Tiếp nhận "+one.Code {
		t.Fatalf("undo took back %q (%v)", title, err)
	}
	if n := d.PrintsOf("giay-tiep-nhan", one.ID); n != 3 {
		t.Fatalf("%d prints", n)
	}
}

// TestEventsAreComplete: an event without what must be told of it is refused at the fact,
// whoever records it, for one dossier and for several; the dossier stays as it was.
func TestEventsAreComplete(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	two := received(t, d, p, data.Date(2026, 5, 4), "Lê Thị Thử")
	for _, c := range []struct {
		e           data.Event
		fact, words string
	}{
		{data.Event{Kind: data.AskSupplement, Text: "Thiếu chữ ký"}, "more", "«Yêu cầu bổ sung» chưa ghi giấy tờ, nội dung cần bổ sung"},
		{data.Event{Kind: data.AskPayment, Ref: "1/TB"}, "text", "chưa ghi khoản phải nộp"},
		{data.Event{Kind: data.Suspend, Text: " \u200b"}, "text", "chưa ghi lý do"},
		{data.Event{Kind: data.Extend, Text: "thiếu người"}, "due", "chưa ghi ngày hẹn lại"},
		{data.Event{Kind: data.Extend, Due: on(5, 25)}, "text", "chưa ghi lý do"},
		{data.Event{Kind: data.Apologise}, "text", "chưa ghi lý do"},
		{data.Event{Kind: data.HandOver, Old: "Một cửa"}, "desk", "chưa ghi bên nhận"},
		{data.Event{Kind: data.Stop}, "text", "chưa ghi lý do"},
		{data.Event{Kind: data.Cancel}, "text", "chưa ghi lý do"},
	} {
		c.e.At = on(5, 8)
		_, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, nil, c.e)
		if data.CodeOf(err) != data.Invalid || faulty(err) != c.fact || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v at %q, want %q", c.e.Kind, err, faulty(err), c.fact)
		}
		bulk, err := d.Happen(t.Context(), []uint64{one.ID, two.ID}, "", nil, nil, c.e)
		if err != nil || bulk.Done != 0 || len(bulk.Refused) != 2 {
			t.Errorf("%s of two: %+v, %v", c.e.Kind, bulk, err)
		}
	}
	if _, _, err := d.Apologise(t.Context(), []uint64{one.ID}, desk.Apology{Day: d.Today(), Promised: on(6, 12)}, nil); faulty(err) != "text" {
		t.Errorf("a letter without its reason: %v", err)
	}
	if now, err := d.Dossier(one.ID); err != nil || len(now.Events) != 0 {
		t.Errorf("%d events, %v", len(now.Events), err)
	}
}
