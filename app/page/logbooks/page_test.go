package logbooks

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

func keep(t *testing.T, d *desk.Desk, k *logbook.Kind, values map[string]string) *logbook.Entry {
	t.Helper()
	e, err := d.KeepEntry(context.Background(), k, &logbook.Entry{Values: values}, "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestEveryKindHasItsPage builds the page of each kind, empty and filled, opens its form
// and prints its papers.
func TestEveryKindHasItsPage(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	unit := d.Catalogue().Units[0].ID
	for _, k := range logbook.Kinds() {
		e, _ := pagetest.Env(t, d)
		p := New(k.ID)(e).(*page)
		pagetest.Show(e, p, fyne.NewSize(1366, 700))
		if n := p.now().List.Len(); n != 0 {
			t.Fatalf("%s: %d rows in an empty logbook", k.ID, n)
		}
		p.now().add()
		values := map[string]string{}
		for _, f := range k.Fields {
			switch {
			case f.Default != "":
				values[f.Key] = f.Default
			case f.Type == logbook.Unit:
				values[f.Key] = data.FormatInt(int64(unit))
			case f.Type == logbook.Link && f.Required:
				parent := logbook.Find(f.Kind)
				of := map[string]string{parent.Head: "Cuộc họp"}
				if f := parent.Field("date"); f != nil {
					of["date"] = "2023-05-02"
				}
				values[f.Key] = data.FormatInt(int64(keep(t, d, parent, of).ID))
			case f.Required && f.Type == logbook.Day:
				values[f.Key] = "2023-05-03"
			case f.Required && f.Type == logbook.Pick:
				values[f.Key] = f.Choices[0].ID
			case f.Required && f.Type == logbook.Number:
				values[f.Key] = "1"
			case f.Key == "total": // points
				values[f.Key] = "80"
			case f.Required || f.Key == k.Head:
				values[f.Key] = "Nội dung thử"
			}
		}
		keep(t, d, k, values)
		p.Stale(desk.Changes{Kinds: []string{desk.RecordsOf(k.ID)}})
		if n := p.now().List.Len(); n != 1 {
			t.Fatalf("%s: %d rows after one was kept", k.ID, n)
		}
		if p.now().List.Row(0).shown(k.Field(k.Head)) == "" {
			t.Errorf("%s: the list does not name the entry", k.ID)
		}
		for i := range k.Layouts {
			table, err := papers.GatherLogbook(d, papers.LogbookRequest{Kind: k, Layout: &k.Layouts[i]})
			if err != nil {
				t.Fatal(err)
			}
			if pdf, err := table.PDF(context.Background()); err != nil || len(pdf) == 0 {
				t.Errorf("%s: %v", k.Layouts[i].ID, err)
			}
		}
	}
}

func TestTasksOfConclusions(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	meeting := keep(t, d, logbook.Conference, map[string]string{"name": "Giao ban tháng 5", "at": "2023-06-05T08:00"})
	said := keep(t, d, logbook.Conclusion, map[string]string{"conference": data.FormatInt(int64(meeting.ID)), "text": "Phòng Tư pháp rà soát thủ tục, báo cáo trước ngày 30/6"})
	p := New("conference", "conclusion")(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	p.Open(1)
	r := p.now().List.Row(0)
	if r.state() != "open" {
		t.Fatalf("a conclusion without a task is %s", r.state())
	}
	v := logbook.Conclusion.Actions[0].Propose(r.world(), r.Entry)
	if v["due"] != "2023-06-30" || v["source"] != "conclusion" {
		t.Errorf("proposed: %v", v)
	}
	task := keep(t, d, logbook.Task, v)
	p.Stale(desk.Changes{Kinds: []string{desk.RecordsOf("task")}})
	if r := p.now().List.Row(0); r.state() != "tasked" {
		t.Errorf("with a task it is %s", r.state())
	}
	if err := d.DropEntry(context.Background(), logbook.Conclusion, said.ID, ""); data.CodeOf(err) != data.Conflict {
		t.Errorf("a conclusion with a task can be taken out: %v", err)
	}
	done := task.Clone()
	done.Set("progress", "done")
	done.Set("done", "2023-06-19")
	if _, err := d.KeepEntry(context.Background(), logbook.Task, done, ""); err != nil {
		t.Fatal(err)
	}
	p.Stale(desk.Changes{Kinds: []string{desk.RecordsOf("task")}})
	if r := p.now().List.Row(0); r.state() != "finished" {
		t.Errorf("with its task done it is %s", r.state())
	}
}
