package desk_test

import (
	"testing"

	"giaoban/data"
)

// TestMend corrects facts and both days in one change, which one undo takes back.
func TestMend(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	happen(t, d, one.ID, data.Event{Kind: data.AskSupplement, At: on(5, 8), More: "Bản đồ"})
	happen(t, d, one.ID, data.Event{Kind: data.Supplement, At: on(5, 13)})
	happen(t, d, one.ID, data.Event{Kind: data.Finish, At: on(5, 14)})
	before := happen(t, d, one.ID, data.Event{Kind: data.Return, At: on(5, 15)})
	mend := func(why string, edit func(*data.Dossier), dates map[string]data.Moment) error {
		return d.Mend(t.Context(), one.ID, why, edit, dates)
	}
	nothing := func(*data.Dossier) {}
	if err := mend(" ", nothing, nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	// The receipt's own date, which the supplement had moved, can be given back.
	paper := before.Due
	must(t, mend("Nhập sai", func(x *data.Dossier) {
		if x.Due.Day != data.Date(2026, 5, 21) {
			t.Errorf("edit sees the due date %s", x.Due)
		}
		x.Owner.Name, x.Due = "Trần Văn Thứ", paper
	}, map[string]data.Moment{data.FieldEnded: on(5, 18), data.FieldReturned: on(5, 19)}))
	after, err := d.Dossier(one.ID)
	must(t, err)
	if s := after.On(data.MaxDay); s.Ended != on(5, 18) || s.Returned != on(5, 19) || s.Due.Day != paper.Day || after.Owner.Name != "Trần Văn Thứ" {
		t.Errorf("%+v, %s", s, after.Owner.Name)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if back, _ := d.Dossier(one.ID); len(back.Events) != len(before.Events) || back.Owner.Name != "Trần Văn Thử" {
		t.Errorf("one undo leaves %+v", back)
	}
	// A day that does not fit refuses the facts too.
	err = mend("Nhập sai", func(x *data.Dossier) { x.Note = "ghi chú" }, map[string]data.Moment{data.FieldEnded: on(5, 20)})
	if e, _ := err.(*data.Error); e == nil || e.Field != data.FieldEnded {
		t.Errorf("an end after the hand-over: %v", err)
	}
	if back, _ := d.Dossier(one.ID); back.Note != "" {
		t.Error("refused and written")
	}
}

// TestHappenWith keeps a fact of the receipt together with its event.
func TestHappenWith(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	flag := func(x *data.Dossier) { x.Flags |= data.EResult }
	bulk, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, flag, data.Event{Kind: data.Finish, At: on(5, 8)})
	if err != nil || bulk.Done != 1 {
		t.Fatalf("%+v, %v", bulk, err)
	}
	if now, _ := d.Dossier(one.ID); now.Flags&data.EResult == 0 || now.On(data.MaxDay).Status != data.Done {
		t.Errorf("%+v", now)
	}
	if _, err := d.Happen(t.Context(), []uint64{one.ID}, "", nil, flag, data.Event{Kind: data.Finish, At: on(5, 8)}); data.CodeOf(err) != data.Conflict {
		t.Errorf("finished twice: %v", err)
	}
}
