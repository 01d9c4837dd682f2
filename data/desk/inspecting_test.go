package desk_test

import (
	"context"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/inspect"
)

func inspected(t *testing.T, d *desk.Desk, scope *data.Period) *inspect.Report {
	t.Helper()
	r, err := d.Inspect(t.Context(), scope, nil)
	must(t, err)
	return r
}

func finding(t *testing.T, r *inspect.Report, id string) inspect.Finding {
	t.Helper()
	for _, f := range r.Findings {
		if f.Kind.ID == id {
			return f
		}
	}
	t.Fatalf("no check %s", id)
	return inspect.Finding{}
}

func TestInspectMendAcceptAndUndo(t *testing.T) {
	d, p := counter(t)
	right := received(t, d, p, data.Date(2026, 5, 18), "Trần Văn Đúng")
	wrong := d.Draft(nil)
	wrong.Procedure, wrong.Received, wrong.Owner.Name = p.ID, data.Moment{Day: data.Date(2026, 5, 19), Clock: data.At(9, 0)}, "LÊ THỊ SAI"
	d.Fill(&wrong)
	wrong.Code, wrong.Due.Day = d.NextCode(wrong.Received.Day), data.Date(2026, 6, 4)
	must(t, d.Receive(t.Context(), &wrong))
	due := inspect.KindOf("due-differs")
	calls := 0
	r, err := d.Inspect(t.Context(), nil, func(done, total int64) {
		if calls++; done > total {
			t.Errorf("%d of %d", done, total)
		}
	})
	must(t, err)
	if f := finding(t, r, due.ID); r.Seen != 2 || f.Count != 1 || f.Hits[0].ID != uint32(wrong.ID) || calls == 0 {
		t.Fatalf("seen %d, %+v", r.Seen, f)
	}
	if finding(t, r, "code-odd").Count != 0 {
		t.Error("the office's own codes are odd to it")
	}

	// The preview tells what the fix does, the fix does it, undo takes it back.
	list, err := d.MendPreview(due, []uint32{uint32(wrong.ID), uint32(right.ID)})
	must(t, err)
	if len(list) != 2 || len(list[0].Lines) != 1 || list[0].Lines[0].Old != "04/06/2026 09:00" || list[0].Lines[0].New != "02/06/2026 09:00" || len(list[1].Lines) != 0 {
		t.Fatalf("%+v", list)
	}
	if now, _ := d.Dossier(wrong.ID); now.Due != wrong.Due {
		t.Fatal("the preview changed the dossier")
	}
	if _, err := d.MendAll(t.Context(), due, []uint64{wrong.ID}, " ", nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("mended without a reason: %v", err)
	}
	bulk, err := d.MendAll(t.Context(), due, []uint64{wrong.ID, right.ID}, "Tính lại", nil)
	must(t, err)
	now, _ := d.Dossier(wrong.ID)
	if bulk.Done != 1 || now.Due.Day != data.Date(2026, 6, 2) || len(now.Events) != 1 || now.Events[0].Kind != data.Correct || now.Events[0].Text != "Tính lại" {
		t.Errorf("%+v, %+v", bulk, now)
	}
	if n := finding(t, inspected(t, d, nil), due.ID).Count; n != 0 {
		t.Errorf("%d left", n)
	}
	_, err = d.Undo(t.Context())
	must(t, err)

	// Accepted, it is passed over until the facts change.
	hits := finding(t, inspected(t, d, nil), due.ID).Hits
	if err := d.AcceptFindings(t.Context(), due, hits, ""); data.CodeOf(err) != data.Invalid {
		t.Errorf("accepted without a reason: %v", err)
	}
	must(t, d.AcceptFindings(t.Context(), due, hits, "Đã hẹn với công dân"))
	must(t, d.AcceptFindings(t.Context(), due, hits, "Đã hẹn lại với công dân"))
	if f := finding(t, inspected(t, d, nil), due.ID); f.Count != 0 || f.Accepted != 1 {
		t.Errorf("%+v", f)
	}
	accepted, err := d.AcceptedFindings()
	must(t, err)
	if len(accepted) != 1 || accepted[0].Value.Why != "Đã hẹn lại với công dân" || accepted[0].Value.By != "Lê Thị Mẫu" {
		t.Errorf("%+v", accepted)
	}
	must(t, d.Amend(t.Context(), wrong.ID, "sửa ngày", func(one *data.Dossier) { one.Due.Day = data.Date(2026, 6, 5) }))
	if f := finding(t, inspected(t, d, nil), due.ID); f.Count != 1 || f.Accepted != 0 {
		t.Errorf("after the facts changed: %+v", f)
	}
	must(t, d.WithdrawAccepted(t.Context(), []uint64{accepted[0].ID}))
	if accepted, err := d.AcceptedFindings(); err != nil || len(accepted) != 0 {
		t.Errorf("%+v, %v", accepted, err)
	}
}

func TestAtOnceInspectScopeAndCancel(t *testing.T) {
	d, p := counter(t)
	received(t, d, p, data.Date(2026, 2, 2), "TRẦN VĂN MỘT")
	two := received(t, d, p, data.Date(2026, 5, 11), "TRẦN VĂN HAI")
	happen(t, d, two.ID, data.Event{Kind: data.Withdraw, At: on(5, 12)})
	march, err := data.ParsePeriod("2026-03")
	must(t, err)
	if r := inspected(t, d, &march); r.Seen != 1 || finding(t, r, "name-odd").Count != 1 {
		t.Errorf("in March only the first is open: seen %d", r.Seen)
	}
	if r := inspected(t, d, nil); r.Seen != 2 || finding(t, r, "name-odd").Count != 2 {
		t.Errorf("seen %d", r.Seen)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Inspect(ctx, nil, nil); data.CodeOf(err) != data.Cancelled {
		t.Errorf("%v", err)
	}
}
