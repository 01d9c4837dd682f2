package register_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/page/register"
	"giaoban/data"
	"giaoban/data/desk"
)

// TestCorrect corrects facts and the day of the end in one change.
func TestCorrect(t *testing.T) {
	m, d, ids := book(t, received("A-1", 5), received("A-2", 5))
	id := ids[0]
	record(t, m, id, data.Finish, func(f *register.EventForm) { f.SetAt(data.Moment{Day: data.Date(2023, time.June, 16)}) })
	c, err := m.Correct(id)
	if err != nil || !c.HasEnd() || c.HasReturn() || len(c.Changes()) != 0 || len(c.Warnings()) != 0 {
		t.Fatalf("%v, %+v, %+v", err, c.Changes(), c.Warnings())
	}
	if err := c.Save(t.Context()); data.CodeOf(err) != data.Invalid || err.(*data.Error).Field != "why" {
		t.Errorf("without a reason: %v", err)
	}
	c.Why = "Nhập nhầm"
	if err := c.Save(t.Context()); data.CodeOf(err) != data.Invalid {
		t.Errorf("without a difference: %v", err)
	}
	c.Now.Owner.Name = "Nguyễn Thị Mẫn"
	c.Ended = data.Moment{Day: data.Date(2023, time.June, 15)}
	c.Now.Due.Day = data.Date(2023, time.June, 16)
	want := map[string]string{"Chủ hồ sơ": "Nguyễn Thị Mẫu thành Nguyễn Thị Mẫn", "Ngày có kết quả": "16/06/2023 thành 15/06/2023", "Ngày hẹn trả": "19/06/2023 08:00 thành 16/06/2023 08:00"}
	changes := c.Changes()
	for _, l := range changes {
		if want[l.Label] != l.Text() {
			t.Errorf("%s: %s", l.Label, l.Text())
		}
	}
	if len(changes) != len(want) {
		t.Errorf("changes %+v", changes)
	}
	if err := c.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	one, s := state(t, d, id)
	if one.Owner.Name != "Nguyễn Thị Mẫn" || s.Ended.Day != data.Date(2023, time.June, 15) || s.Due.Day != data.Date(2023, time.June, 16) || !s.Closed {
		t.Errorf("%+v, %+v", one, s)
	}
	for _, e := range one.Events[1:] {
		if e.Kind != data.Correct || e.Text != "Nhập nhầm" {
			t.Errorf("event %+v", e)
		}
	}

	var list []desk.Change
	m.History(id, func(h []desk.Change, err error) { list = h })
	if len(list) != 3 || list[0].Why != "Nhập nhầm" || list[0].By != "Cán bộ Thử" || data.DayOf(time.Unix(list[0].At, 0).UTC()) != today {
		t.Fatalf("history %+v", list)
	}
	if !slices.ContainsFunc(list[0].Lines, func(l desk.Difference) bool {
		return l.Text() == "Nguyễn Thị Mẫu thành Nguyễn Thị Mẫn"
	}) {
		t.Errorf("lines %+v", list[0].Lines)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if one, s = state(t, d, id); one.Owner.Name != "Nguyễn Thị Mẫu" || s.Ended.Day != data.Date(2023, time.June, 16) || s.Due.Day != data.Date(2023, time.June, 19) {
		t.Errorf("one undo leaves %+v, %+v", one, s)
	}
	if m.History(id, func(h []desk.Change, err error) { list = h }); len(list) != 4 || !list[0].Undo {
		t.Errorf("history after undo %+v", list)
	}

	// A code that is taken is refused, and nothing is written.
	c, _ = m.Correct(id)
	c.Why, c.Now.Code, c.Now.Note = "Sai mã", "A-2", "ghi chú"
	if w := c.Warnings(); len(w) != 1 || w[0].Field != "code" {
		t.Errorf("warnings %+v", w)
	}
	if err := c.Save(t.Context()); err == nil {
		t.Error("two dossiers with one code")
	}
	if one, _ := state(t, d, id); one.Note != "" {
		t.Error("refused and written")
	}
	// A day of the end after today names its field.
	c, _ = m.Correct(id)
	c.Why, c.Ended = "Sai ngày", data.Moment{Day: today + 3}
	if e, _ := c.Save(t.Context()).(*data.Error); e == nil || e.Field != data.FieldEnded {
		t.Errorf("an end after today: %v", e)
	}
	c, _ = m.Correct(id)
	c.Now.Term.Count = 5
	if said := c.CountDue(); c.Now.Due.Day != data.Date(2023, time.June, 12) || !strings.Contains(said, "19/06/2023 thành 12/06/2023") {
		t.Errorf("%q, %s", said, c.Now.Due)
	}
}
