package desk_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

// A number that left on paper is never given twice: not after an undo, not after
// several, and redo gives it back to the same dossier.
func TestNumbersAreNeverGivenTwice(t *testing.T) {
	d, p := counter(t)
	day := data.Date(2026, 6, 1)
	first := received(t, d, p, day, "Trần Văn Thử")
	if first.Code != "000.00.06.H56-260601-0001" || first.Seq != 1 {
		t.Fatalf("first: %s, %d", first.Code, first.Seq)
	}
	undo(t, d)
	if got := d.NextCode(day); got != "000.00.06.H56-260601-0002" || d.NextSeq(2026, 1) != 2 {
		t.Errorf("after the undo: %s, %d", got, d.NextSeq(2026, 1))
	}
	_, err := d.Redo(t.Context())
	must(t, err)
	again, err := d.Dossier(first.ID)
	must(t, err)
	if again.Code != first.Code || again.Seq != 1 {
		t.Errorf("redone: %s, %d", again.Code, again.Seq)
	}
	if list, err := d.Skipped(2026, 1); err != nil || len(list) != 0 {
		t.Errorf("nothing is skipped after redo: %v, %v", list, err)
	}
	undo(t, d)
	second := received(t, d, p, day, "Lê Văn Hai")
	if second.Code != "000.00.06.H56-260601-0002" || second.Seq != 2 {
		t.Errorf("second: %s, %d", second.Code, second.Seq)
	}
	list, err := d.Skipped(2026, 1)
	must(t, err)
	if len(list) != 1 || list[0].Number != 1 || list[0].Code != first.Code {
		t.Errorf("skipped: %+v", list)
	}
	if text := desk.SkippedText(list, time.UTC); text != "Số bỏ (đã cấp rồi hoàn tác, không cấp lại): 1 (000.00.06.H56-260601-0001, 01/06/2026)" {
		t.Error(text)
	}
	// The officer may enter what was undone with the number on its paper, and is told
	// whose it was; a number that somebody holds is refused.
	typed := d.Draft(nil)
	typed.Code, typed.Owner.Name, typed.Book, typed.Seq = first.Code, "Trần Văn Thử", 1, 1
	if w := d.Warnings(&typed); !strings.Contains(texts(w), "Số 1 quyển 1 đã cấp cho hồ sơ 000.00.06.H56-260601-0001") {
		t.Errorf("warnings: %v", w)
	}
	must(t, d.Receive(t.Context(), &typed))
	typed.ID, typed.Code, typed.Seq = 0, "KHAC-1", 2
	if err := d.Receive(t.Context(), &typed); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), second.Code) {
		t.Errorf("a number that is held: %v", err)
	}
	// A number that a correction takes up is given too.
	must(t, d.Amend(t.Context(), second.ID, "Ghi nhầm số", func(one *data.Dossier) { one.Seq = 9 }))
	if got := d.NextSeq(2026, 1); got != 10 {
		t.Errorf("after number 9: %d", got)
	}
	if list, _ := d.Skipped(2026, 1); len(list) != 1 || list[0].Number != 2 {
		t.Errorf("skipped after the correction: %+v", list)
	}
}

func TestLetterNumbersAreNeverGivenTwice(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
	write := func() int {
		t.Helper()
		ids, _, err := d.Apologise(t.Context(), []uint64{one.ID}, desk.Apology{Day: d.Today(), Reason: "Chậm"}, nil)
		must(t, err)
		list, err := d.Letters(2026)
		must(t, err)
		for _, l := range list {
			if l.ID == ids[0] {
				return l.Value.Number
			}
		}
		return 0
	}
	if n := write(); n != 1 {
		t.Fatalf("first letter: %d", n)
	}
	undo(t, d)
	if n := write(); n != 2 {
		t.Errorf("after the undo: %d", n)
	}
	if list, err := d.SkippedLetters(2026); err != nil || len(list) != 1 || list[0].Number != 1 || list[0].Code != one.Code {
		t.Errorf("skipped: %+v, %v", list, err)
	}
}

func undo(t *testing.T, d *desk.Desk) {
	t.Helper()
	_, err := d.Undo(t.Context())
	must(t, err)
}

func texts(list []desk.Warning) string {
	var b strings.Builder
	for _, w := range list {
		b.WriteString(w.Text + "\n")
	}
	return b.String()
}

// The journal says what was done: adding is adding, and the birth of a file is
// not undone.
func TestTitlesOfTheJournal(t *testing.T) {
	d := fresh(t)
	if undo, redo := d.Undoable(); undo != "" || redo != "" {
		t.Errorf("a new file offers to undo «%s»", undo)
	}
	if _, err := d.Undo(t.Context()); data.CodeOf(err) != data.NotFound {
		t.Errorf("the birth of a file is undone: %v", err)
	}
	u := data.Unit{Name: "Phòng Thử", Level: data.LevelDistrict}
	f := data.Field{Name: "Lĩnh vực thử"}
	p := data.Procedure{Name: "Thủ tục thử"}
	for _, c := range []struct {
		do        func() error
		add, edit string
	}{
		{func() error { return d.SaveUnit(t.Context(), &u) }, "Thêm đơn vị Phòng Thử", "Sửa đơn vị Phòng Thử"},
		{func() error { return d.SaveField(t.Context(), &f) }, "Thêm lĩnh vực Lĩnh vực thử", "Sửa lĩnh vực Lĩnh vực thử"},
		{func() error { return d.SaveProcedure(t.Context(), &p) }, "Thêm thủ tục Thủ tục thử", "Sửa thủ tục Thủ tục thử"},
	} {
		must(t, c.do())
		if undo, _ := d.Undoable(); undo != c.add {
			t.Errorf("«%s», want «%s»", undo, c.add)
		}
		u.Order, p.Fee = u.Order+1, p.Fee+1
		must(t, c.do())
		if undo, _ := d.Undoable(); undo != c.edit {
			t.Errorf("«%s», want «%s»", undo, c.edit)
		}
	}
	must(t, d.SaveCounter(t.Context(), 0, data.Counter{Name: "Một cửa"}))
	if undo, _ := d.Undoable(); undo != "Thêm bộ phận Một cửa" {
		t.Errorf("«%s»", undo)
	}
	must(t, d.Change(t.Context(), desk.Work{Title: "Tạo sổ", Start: true}, func(tx desk.Tx) error { return tx.PutSetting("thu", []byte("1")) }))
	if undo, _ := d.Undoable(); undo != "" {
		t.Errorf("undo reaches past the birth: «%s»", undo)
	}
}
