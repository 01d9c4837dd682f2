package desk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/logbook"
)

// TestRemediesOfAnOldFileBecomeTasks opens a file with a remedial plan as 0.2.0 kept it:
// the plan is in the register of tasks then, once, as one change that the journal tells
// and undo stops at.
func TestRemediesOfAnOldFileBecomeTasks(t *testing.T) {
	now := func() time.Time { return time.Date(2023, time.June, 20, 9, 0, 0, 0, time.Local) }
	file := filepath.Join(t.TempDir(), "so.db")
	d, err := Open(file, Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := os.ReadFile("testdata/stored/0.2.0/remedy.json")
	if err != nil {
		t.Fatal(err)
	}
	var unit data.Unit
	err = d.Change(t.Context(), Work{Title: "Như 0.2.0"}, func(tx Tx) error {
		unit = data.Unit{Name: "Phòng Nội vụ", Level: data.LevelCommune}
		if err := tx.PutUnit(&unit); err != nil {
			return err
		}
		for _, raw := range []string{string(frozen),
			`{"Sheet":7,"Year":2022,"Code":"1.7.1","Lost":0.25,"Cause":"Nộp chậm","Objective":false,"Task":"Rà soát","Product":"Báo cáo","Owner":"phòng nội vụ","Partners":"Phòng Nội vụ, Công an","Due":19400,"State":"done","Finished":19390,"Result":"Xong","Document":"5/BC"}`,
			`{"Sheet":7,"Year":2022,"Code":"1.8","Lost":1,"Cause":"","Objective":true,"Task":"Niêm yết","Product":"","Owner":"Văn phòng","Due":19400,"State":"planned"}`,
			`{"Sheet":8,"Year":2022,"Code":"1.9","Lost":1,"Cause":"","Objective":true,"Task":"Đối thoại","Product":"","Owner":"Văn phòng","Due":0,"State":"dropped","Why":"Đã sáp nhập"}`} {
			if err := tx.PutRecord(oldRemedies, new(uint64), json.RawMessage(raw)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing left to move
		if d, err = Open(file, Options{Now: now}); err != nil {
			t.Fatal(err)
		}
		if err := d.Wait(); err != nil {
			t.Fatal(err)
		}
		w, err := d.Logbooks(d.Today())
		if err != nil {
			t.Fatal(err)
		}
		list := w.Entries("task")
		if len(list) != 4 || len(w.Linked("task", "sheet", 7)) != 2 || w.Linked("task", "sheet", 8)[0] != list[3] {
			t.Fatalf("%d tasks", len(list))
		}
		if e := list[0]; e.Text("text") != "chữ 9" || e.Text("lost") != "1,5" || e.Text("criterion") != "chữ 5" || e.Text("sheet") != "3" || e.Text("officer") != "chữ 11" || e.Text("partners_text") != "chữ 12" ||
			e.Text("evidence") != "chữ 17" || e.Text("cause") != "chữ 7" || e.Text("drop_reason") != "chữ 18" {
			t.Errorf("%v", e.Values)
		}
		e := list[1]
		if e.Ref("lead") != uint64(unit.ID) || e.Text("partners") != e.Text("lead") || e.Text("partners_text") != "Công an" || e.Text("source") != "remedy" || e.Text("basis") != "Phiếu chấm điểm năm 2022, tiêu chí 1.7.1" ||
			e.Source != "kế hoạch khắc phục" || logbook.Task.Name(e) != "NV2/2023" {
			t.Errorf("%+v", e)
		}
		for i, want := range map[int]string{1: "done-on-time", 2: "overdue", 3: "dropped"} {
			if state, _ := logbook.Task.Derive(w, list[i]); state != want {
				t.Errorf("%s is %s, want %s", list[i].Text("text"), state, want)
			}
		}
		left, err := Viewed(d, func(v View) ([]Stored[oldRemedy], error) { return Records[oldRemedy](v, oldRemedies) })
		if err != nil || len(left) != 0 {
			t.Errorf("%d left, %v", len(left), err)
		}
		journal, err := d.Journal(0)
		if err != nil {
			t.Fatal(err)
		}
		moved := 0
		for _, j := range journal {
			if strings.Contains(j.Title, "Chuyển 4 nhiệm vụ khắc phục") {
				moved++
			}
		}
		if undo, _ := d.Undoable(); moved != 1 || undo != "" {
			t.Errorf("moved %d times; undo offers %q", moved, undo)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
