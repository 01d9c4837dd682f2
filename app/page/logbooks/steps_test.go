package logbooks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// TestConferenceByKeyboard holds a conference from its first line to the tasks of its
// conclusions, without a mouse.
func TestConferenceByKeyboard(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	p := New("conference", "conclusion")(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	canvas := e.Window.Canvas()
	ctrl := func(key fyne.KeyName) {
		t.Helper()
		s := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
		canvas.Focused().(fyne.Shortcutable).TypedShortcut(s)
	}
	entries := func(kind string) []*logbook.Entry {
		t.Helper()
		w, err := d.Logbooks(d.Today())
		if err != nil {
			t.Fatal(err)
		}
		return w.Entries(kind)
	}

	// A new conference begins with a name and an agenda.
	p.now().add()
	ctrl(fyne.KeyReturn)
	list := entries("conference")
	if len(list) != 1 || list[0].Text("name") != "Hội nghị giao ban công tác cải cách hành chính tháng 6/2023" || len(list[0].Table("agenda")) != 7 {
		t.Fatalf("%d conferences: %+v", len(list), list)
	}

	p.Stale(desk.Changes{Kinds: []string{desk.RecordsOf("conference")}})
	// Two conclusions in one go, then the form of the first task by itself.
	p.now().List.Go(list[0].ID)
	p.now().step(2)
	test.Type(canvas.Focused(), "Phòng Tư pháp rà soát thủ tục, báo cáo trước ngày 30/6")
	canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome}) // Enter waits for the word of an input method until another key
	test.Type(canvas.Focused(), "Các xã niêm yết công khai trong tháng 7")
	ctrl(fyne.KeyReturn)
	said := entries("conclusion")
	if len(said) != 2 || said[0].Text("order") != "1" || said[1].Text("order") != "2" || said[1].Text("text") != "Các xã niêm yết công khai trong tháng 7" {
		t.Fatalf("%d conclusions: %+v", len(said), said[0].Values)
	}
	ctrl(fyne.KeyReturn) // the first task
	ctrl(fyne.KeyReturn) // the second
	tasks := entries("task")
	if len(tasks) != 2 || tasks[0].Text("due") != "2023-06-30" || tasks[1].Text("due") != "2023-07-31" || tasks[1].Ref("conclusion") != said[1].ID {
		t.Fatalf("%d tasks: %+v", len(tasks), tasks)
	}
	if canvas.Overlays().Top() != nil {
		t.Error("a form is still open after the last task")
	}
}

// TestStepsFollowTheConference: what makes no sense is not offered.
func TestStepsFollowTheConference(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	p := New("conference")(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	enabled := func() string {
		var on []string
		for i, b := range p.now().steps {
			if !b.Disabled() {
				on = append(on, fmt.Sprint(i+1))
			}
		}
		return strings.Join(on, " ")
	}
	if got := enabled(); got != "" {
		t.Errorf("without a row: %s", got)
	}
	for signed, want := range map[string]string{"": "1 2 3 5 6", "2023-06-06": "6 7"} {
		values := map[string]string{"name": "Giao ban", "at": "2023-06-05T08:00"}
		if signed != "" {
			values["minutes_date"] = signed
		}
		one := keep(t, d, logbook.Conference, values)
		p.now().List.Refresh()
		p.now().List.Go(one.ID)
		if got := enabled(); got != want {
			t.Errorf("signed %q: %s, want %s", signed, got, want)
		}
	}
}

// TestMomentsKeepTheirParts: the form of a conference shows the day and the hour apart,
// and keeps them when nothing was typed.
func TestMomentsKeepTheirParts(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	names := desk.EntryNames{Cat: d.Catalogue()}
	names.World, _ = d.Logbooks(d.Today())
	for _, f := range fields(e, logbook.Conference, names, []string{"at"}) {
		draft := newDraft(logbook.Conference, &logbook.Entry{Values: map[string]string{"at": "2023-06-05T08:00"}})
		if got := f.Get(&draft); got != "05/06/2023\t08:00" {
			t.Errorf("%q", got)
		}
		if err := f.Set(&draft, "06/06/2023\t9h30"); err != nil || draft.values["at"] != "2023-06-06T09:30" {
			t.Errorf("%q, %v", draft.values["at"], err)
		}
	}
}

// TestPapersOfARowAreOffered: the papers of the conference under the cursor can be drawn.
func TestPapersOfARowAreOffered(t *testing.T) {
	d := pagetest.Office(t)
	one := keep(t, d, logbook.Conference, map[string]string{"name": "Giao ban", "at": "2023-06-05T08:00"})
	sudden := keep(t, d, logbook.Inspection, map[string]string{"unit": fmt.Sprint(d.Catalogue().Units[0].ID), "date": "2023-06-05", "officers": `[{"name":"Nguyễn Văn Thử","present":"0","absent":"không rõ"}]`})
	for kind, id := range map[string]uint64{"conference": one.ID, "inspection": sudden.ID} {
		list := papers.EntryPapers(kind)
		if len(list) == 0 {
			t.Errorf("%s has no papers", kind)
		}
		for _, s := range logbook.Find(kind).States {
			next := papers.NextPaper(kind, s.ID)
			if (next != "") != (kind == "conference") || next != "" && !slices.ContainsFunc(list, func(p papers.EntryPaper) bool { return p.ID == next }) {
				t.Errorf("%s, %s: %q comes next", kind, s.ID, next)
			}
		}
		for _, paper := range list {
			if pdf, err := paper.Write(t.Context(), d, id, true); err != nil || len(pdf) == 0 {
				t.Errorf("%s: %v", paper.ID, err)
			}
		}
	}
}
