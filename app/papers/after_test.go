package papers_test

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// TestWhatComesOfAMeeting is the whole of «after it»: conclusions are typed once, tasks are
// made of them with the due days that their words name, the notice is printed, and the next
// pack tells by itself what became of each.
func TestWhatComesOfAMeeting(t *testing.T) {
	d, _ := office(t)
	k := logbook.Conference
	world := func() *logbook.World {
		t.Helper()
		w, err := d.Logbooks(d.Today())
		must(t, err)
		return w
	}
	keep := func(kind *logbook.Kind, id uint64, values map[string]string) *logbook.Entry {
		t.Helper()
		e := &logbook.Entry{Values: map[string]string{}}
		if id != 0 {
			e = world().Entry(kind.ID, id).Clone()
		}
		for key, v := range values {
			e.Set(key, v)
		}
		kept, err := d.KeepEntry(t.Context(), kind, e, "")
		must(t, err)
		return kept
	}
	action := func(id string) *logbook.Action {
		for i := range k.Actions {
			if k.Actions[i].ID == id {
				return &k.Actions[i]
			}
		}
		t.Fatalf("no step %s", id)
		return nil
	}

	held := keep(k, 0, map[string]string{"name": "Giao ban tháng 4", "at": "2026-05-05T08:00", "chair": "Lê Văn Mẫu", "from": "2026-04-01", "to": "2026-04-30"})
	// Conclusions are typed once, below each other.
	unit := d.Catalogue().Units[0]
	var said []*logbook.Entry
	for _, line := range []map[string]string{
		{"text": "Giải quyết dứt điểm hồ sơ quá hạn", "unit": fmt.Sprint(unit.ID), "deadline_words": "trước ngày 20/5"},
		{"text": "Rà soát niêm yết thủ tục", "unit": fmt.Sprint(unit.ID), "deadline_words": "trong tháng 6"},
		{"text": "Ghi nhận kết quả tháng 4", "no_task": "1"},
	} {
		e := &logbook.Entry{Values: map[string]string{}}
		for key, v := range line {
			e.Set(key, v)
		}
		for key, v := range action("conclude").Propose(world(), held) {
			e.Set(key, v)
		}
		said = append(said, e)
	}
	must(t, d.AddEntries(t.Context(), logbook.Conclusion, said, ""))
	// Each that waits for one becomes a task, its form filled already.
	forms := action("tasks").Series(world(), held)
	if len(forms) != 2 {
		t.Fatalf("%d tasks are proposed", len(forms))
	}
	var tasks []*logbook.Entry
	for _, form := range forms {
		tasks = append(tasks, keep(logbook.Task, 0, form))
	}
	if tasks[0].Text("due") != "2026-05-20" || tasks[1].Text("due") != "2026-06-30" || tasks[0].Ref("lead") != uint64(unit.ID) {
		t.Errorf("tasks %+v, %+v", tasks[0].Values, tasks[1].Values)
	}
	keep(k, held.ID, map[string]string{"minutes": "4/BB-VP", "minutes_date": "2026-05-05", "notice": "12/TB-VP", "notice_date": "2026-05-07"})
	if action("tasks").Offered(world(), world().Entry(k.ID, held.ID)) {
		t.Error("tasks are offered again")
	}

	notice := textOf(t, papers.Request{Name: "thong-bao-ket-luan", Conference: fmt.Sprintf("#%d", held.ID)}, d)
	for _, want := range []string{"12/TB-VP", "Giải quyết dứt điểm hồ sơ quá hạn", "20/05/2026", "30/06/2026", unit.Name, "PHÂN CÔNG NHIỆM VỤ"} {
		if !strings.Contains(notice, want) {
			t.Errorf("the notice lacks %q:\n%s", want, notice)
		}
	}

	// The next month: one task is done, nothing else is touched.
	keep(logbook.Task, tasks[0].ID, map[string]string{"progress": "done", "done": "2026-05-18", "evidence": "15/BC-VP", "evidence_date": "2026-05-18"})
	next := keep(k, 0, map[string]string{"name": "Giao ban tháng 5", "at": "2026-06-04T08:00", "from": "2026-05-01", "to": "2026-05-31"})
	period, err := data.ParsePeriod("2026-05")
	must(t, err)
	made, pages := packOf(t, d, papers.Request{Name: papers.Pack, Period: period, AsOf: data.Date(2026, 5, 31), Conference: fmt.Sprintf("#%d", next.ID)})
	all := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
	for _, want := range []string{"Đã thực hiện xong", "Đã giao", "Không phát sinh", "Giải quyết dứt điểm hồ sơ quá hạn", "Hoàn thành đúng hạn"} {
		if !strings.Contains(all, want) {
			t.Errorf("the next pack lacks %q", want)
		}
	}
	told := ""
	for _, s := range made.Slides {
		if strings.HasPrefix(s.Title, "Kết luận kỳ trước") {
			told = s.Title + " " + strings.Join(s.Lines, " ")
		}
	}
	if !strings.Contains(told, "2/3 đã thực hiện xong") || !strings.Contains(told, "Rà soát niêm yết thủ tục: đã giao nhiệm vụ") {
		t.Errorf("slide %q", told)
	}
}

// textOf is the text of a paper, with single spaces.
func textOf(t *testing.T, r papers.Request, d *desk.Desk) string {
	t.Helper()
	drawn, err := papers.Pages(t.Context(), d, r)
	must(t, err)
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	cmd := exec.Command("pdftotext", "-", "-")
	cmd.Stdin = strings.NewReader(string(drawn.PDF))
	out, err := cmd.Output()
	must(t, err)
	return strings.Join(strings.Fields(string(out)), " ")
}
