package desk_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

func entriesOf(t *testing.T, d *desk.Desk, kind string) []*logbook.Entry {
	t.Helper()
	w, err := d.Logbooks(d.Today())
	if err != nil {
		t.Fatal(err)
	}
	return w.Entries(kind)
}

func TestEntriesAreKeptChangedAndUndone(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	k := logbook.Task
	e, err := d.KeepEntry(ctx, k, &logbook.Entry{Values: map[string]string{"text": "Ban hành kế hoạch"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if e.ID == 0 || e.Number != 1 {
		t.Fatalf("id %d, number %d", e.ID, e.Number)
	}
	changed := e.Clone()
	changed.Set("progress", "doing")
	if _, err := d.KeepEntry(ctx, k, changed, "họp giao ban"); err != nil {
		t.Fatal(err)
	}
	got := entriesOf(t, d, "task")
	if len(got) != 1 || !got[0].Is("progress", "doing") || len(got[0].Changes) != 1 || got[0].Changes[0].Before["progress"] != "not-started" {
		t.Fatalf("after a change: %+v", got[0])
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if got := entriesOf(t, d, "task"); !got[0].Is("progress", "not-started") || len(got[0].Changes) != 0 {
		t.Fatalf("after undo: %+v", got[0])
	}
	if err := d.DropEntry(ctx, k, e.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := entriesOf(t, d, "task"); len(got) != 0 {
		t.Fatalf("after taking it out there are %d", len(got))
	}
	next, err := d.KeepEntry(ctx, k, &logbook.Entry{Values: map[string]string{"text": "Việc sau"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if next.Number != 2 {
		t.Errorf("the number of what was taken out is given again: %d", next.Number)
	}
	bad := next.Clone()
	bad.Set("text", "")
	if _, err := d.KeepEntry(ctx, k, bad, ""); data.CodeOf(err) != data.Invalid {
		t.Errorf("an entry without its text is kept: %v", err)
	}
	if got := entriesOf(t, d, "task"); got[0].Text("text") != "Việc sau" {
		t.Errorf("a refused change is seen: %v", got[0].Values)
	}
}

func TestEntriesOfAFile(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ke-hoach.csv")
	plan := "PHỤ LỤC,,,\nSTT,Nhiệm vụ,Đơn vị chủ trì,Hạn hoàn thành\n1,Rà soát thủ tục,Phòng mới lập,30/06/2026\n2,Báo cáo,Phòng mới lập,31/02/2026\n3,Tập huấn,,Quý\n"
	if err := os.WriteFile(path, []byte(plan), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := d.ImportEntries(ctx, logbook.Task, path, desk.Taking{Dry: true})
	if err != nil {
		t.Fatal(err)
	}
	if r.New != 1 || r.Rejected != 2 || len(entriesOf(t, d, "task")) != 0 {
		t.Fatalf("dry run: %+v, %d kept", r, len(entriesOf(t, d, "task")))
	}
	if r.Faults[0].Row != 4 || r.Faults[0].Column != "Hạn hoàn thành" || r.Faults[0].Value != "31/02/2026" {
		t.Errorf("fault: %+v", r.Faults[0])
	}
	for range 2 {
		if r, err = d.ImportEntries(ctx, logbook.Task, path, desk.Taking{}); err != nil {
			t.Fatal(err)
		}
	}
	if r.New != 0 || r.Same != 1 || len(entriesOf(t, d, "task")) != 1 {
		t.Errorf("the second time: %+v", r)
	}
	e := entriesOf(t, d, "task")[0]
	if name := d.Catalogue().Unit(uint32(e.Ref("lead"))); name.Name != "Phòng mới lập" || name.Source != data.Imported {
		t.Errorf("unit: %+v", name)
	}
}

func TestMeasuresOfTasks(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	for _, v := range []map[string]string{
		{"text": "a", "issued": "2022-01-05", "due": "2022-02-01", "progress": "done", "done": "2022-01-30", "evidence": "1/BC"},
		{"text": "b", "issued": "2022-01-05", "due": "2022-02-01", "progress": "done", "done": "2022-02-02"},
		{"text": "c", "issued": "2022-01-05", "due": "2022-02-01"},
		{"text": "d", "due_kind": "standing"},
	} {
		if _, err := d.KeepEntry(ctx, logbook.Task, &logbook.Entry{Values: v}, ""); err != nil {
			t.Fatal(err)
		}
	}
	s, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, err := s.Measures(desk.MeasureQuery{AsOf: data.Date(2022, 3, 1)})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][2]int64{"task.total": {4, 0}, "task.done": {2, 0}, "task.completion": {2, 3}, "task.on-time": {1, 2}, "task.evidence": {1, 2}, "task.overdue": {1, 1}}
	for _, m := range list {
		if w, ok := want[m.ID]; ok {
			if m.B != w[0] || m.A != w[1] || int(m.B) != len(m.Entries) {
				t.Errorf("%s: %d/%d with %d entries, want %v", m.ID, m.B, m.A, len(m.Entries), w)
			}
			delete(want, m.ID)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
}

// TestAPlanSaysDueDaysInWords: a table of a plan says «Quý II» where a date stands
// elsewhere; a unit that the catalogue lacks is named before it is made, and one that
// Word wrote with a dash is the one that is there.
func TestAPlanSaysDueDaysInWords(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	first := "Mục tiêu, nhiệm vụ\tCơ quan chủ trì\tThời gian hoàn thành\nLập sổ\tPhòng Văn hóa - Xã hội\t01/03/2022\n"
	if r, err := d.PasteEntries(ctx, logbook.Task, first, desk.Taking{}); err != nil || r.New != 1 || len(r.Notes) != 1 || !strings.Contains(r.Notes[0].Text, "«Phòng Văn hóa - Xã hội»") {
		t.Fatalf("%+v, %v", r, err)
	}
	plan := "Mục tiêu, nhiệm vụ\tCơ quan chủ trì\tThời gian hoàn thành\na\tPhòng Văn hóa – Xã hội\tQuý II/2022\nb\t\tThường xuyên\nc\t\t31/02/2022\nd\t\tsớm\n"
	for i, isNew := range []int{2, 0} {
		r, err := d.PasteEntries(ctx, logbook.Task, plan, desk.Taking{})
		if err != nil || r.New != isNew || r.Same != 2-isNew || r.Rejected != 2 || len(r.Notes) != 0 {
			t.Fatalf("time %d: %+v, %v", i+1, r, err)
		}
	}
	all := entriesOf(t, d, "task")
	if e := all[1]; e.Text("due") != "2022-06-30" || e.Text("due_first") != "2022-06-30" || e.Text("due_words") != "Quý II/2022" || e.Text("lead") != all[0].Text("lead") {
		t.Errorf("a quarter: %v", e.Values)
	}
	if e := all[2]; e.Has("due") || !e.Is("due_kind", "standing") {
		t.Errorf("a standing task: %v", e.Values)
	}
}
