package logbook

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/data"
)

// states of the entries of one kind, by what is known on asked (a Monday, 14/09/2026).
func TestStates(t *testing.T) {
	for _, c := range []struct {
		kind  *Kind
		state string
		days  int
		pairs []string
		also  map[string][]*Entry
	}{
		{Inspection, "planned", 0, nil, nil},
		{Inspection, "planned", 0, []string{"announced", "2026-09-15"}, nil},
		{Inspection, "announced", 0, []string{"announced", "2026-09-14"}, nil},
		{Inspection, "announced", 0, []string{"decision", "12/QĐ", "form", "sudden"}, nil},
		{Inspection, "planned", 0, []string{"form", "sudden"}, nil},
		{Inspection, "announced", 0, []string{"decision", "12/QĐ"}, nil},
		{Inspection, "inspected", 0, []string{"date", "2026-09-14"}, nil},
		{Inspection, "inspected", 0, []string{"minutes_date", "2026-09-14"}, nil},
		{Inspection, "concluded", 0, []string{"conclusion", "3/KL"}, nil},
		{Inspection, "inspected", 0, []string{"date", "2026-09-01", "conclusion", "3/KL", "conclusion_date", "2026-09-15"}, nil},
		{Inspection, "concluded", 0, []string{"conclusion_date", "2026-01-05"}, nil},
		{Inspection, "report-late", 4, []string{"conclusion_date", "2026-09-01", "remedy_due", "2026-09-10"}, nil},
		{Inspection, "concluded", 0, []string{"conclusion_date", "2026-09-01", "remedy_due", "2026-09-14"}, nil},
		{Inspection, "remedied", 0, []string{"conclusion_date", "2026-09-01", "remedy_due", "2026-09-10", "remedy_sent", "2026-09-14"}, nil},
		{Inspection, "remedying", 0, []string{"conclusion_date", "2026-09-14"}, map[string][]*Entry{"finding": {entry(2, "inspection", "1")}}},
		{Inspection, "closed", 0, []string{"conclusion_date", "2026-09-01", "remedy_sent", "2026-09-14"}, map[string][]*Entry{"finding": {entry(2, "inspection", "1", "confirmed", "2026-09-14")}}},
		{Inspection, "remedied", 0, []string{"conclusion_date", "2026-09-01", "remedy_sent", "2026-09-14"},
			map[string][]*Entry{"finding": {entry(2, "inspection", "1", "confirmed", "2026-09-14"), entry(3, "inspection", "1", "done", "2026-09-14")}}},
		{Finding, "open", 0, nil, nil},
		{Finding, "open", 0, []string{"due", "2026-09-22"}, nil},
		{Finding, "soon", 7, []string{"due", "2026-09-21"}, nil},
		{Finding, "soon", 0, []string{"due", "2026-09-14"}, nil},
		{Finding, "overdue", 1, []string{"due", "2026-09-13"}, nil},
		{Finding, "done", 0, []string{"due", "2026-09-13", "done", "2026-09-13"}, nil},
		{Finding, "done-late", 0, []string{"due", "2026-09-13", "done", "2026-09-14"}, nil},
		{Finding, "done", 0, []string{"done", "2026-09-14"}, nil},
		{Finding, "overdue", 1, []string{"due", "2026-09-13", "done", "2026-09-15"}, nil},
		{Finding, "confirmed", 0, []string{"due", "2026-09-13", "confirmed", "2026-09-14"}, nil},
		{Opinion, "open", 0, []string{"due", "2026-09-14"}, nil},
		{Opinion, "overdue", 1, []string{"due", "2026-09-13"}, nil},
		{Opinion, "on-the-spot", 0, []string{"due", "2026-09-13", "on_the_spot", "1"}, nil},
		{Opinion, "answered", 0, []string{"due", "2026-09-13", "answered", "2026-09-13"}, nil},
		{Opinion, "answered-late", 0, []string{"due", "2026-09-13", "answered", "2026-09-14"}, nil},
		{Opinion, "answered", 0, []string{"answered", "2026-09-14"}, nil},
		{Dialogue, "held", 0, []string{"date", "2026-09-04"}, nil},
		{Dialogue, "notice-late", 1, []string{"date", "2026-09-03"}, nil},
		{Dialogue, "held", 0, []string{"date", "2026-08-25", "notice_date", "2026-09-01"}, nil},
		{Dialogue, "result-late", 1, []string{"date", "2026-08-24", "notice_date", "2026-09-01"}, nil},
		{Dialogue, "closed", 0, []string{"date", "2026-08-24", "result_date", "2026-09-14"}, nil},
		{Conference, "planned", 0, nil, nil},
		{Conference, "planned", 0, []string{"at", "2026-09-15T08:00"}, nil},
		{Conference, "held", 0, []string{"at", "2026-09-14T08:00"}, nil},
		{Conference, "signed", 0, []string{"at", "2026-09-11", "minutes_date", "2026-09-14"}, nil},
		{Conference, "signed", 0, []string{"at", "2026-09-11", "minutes", "1/BB"}, nil},
		{Conference, "held", 0, []string{"at", "2026-09-11", "minutes", "1/BB", "minutes_date", "2026-09-15"}, nil},
		{Conference, "concluded", 0, []string{"at", "2026-08-03", "notice", "1/TB"}, nil},
		{Conference, "concluded", 0, []string{"at", "2026-08-03", "notice", "1/TB", "notice_date", "2026-09-14"}, nil},
		{Petition, "waiting-supplement", 0, []string{"said_at", "2026-08-03", "supplement_asked", "2026-08-05"}, nil},
		{Petition, "overdue", 14, []string{"said_at", "2026-08-03", "supplement_asked", "2026-08-05", "supplemented", "2026-08-20", "due", "2026-08-31"}, nil},
		{Petition, "overdue", 1, []string{"said_at", "2026-08-03", "due", "2026-09-13"}, nil},
		{Petition, "soon", 0, []string{"said_at", "2026-08-03", "due", "2026-09-14"}, nil},
		{Petition, "soon", 2, []string{"said_at", "2026-08-03", "due", "2026-09-16"}, nil},
		{Petition, "sorting", 0, []string{"said_at", "2026-08-03", "due", "2026-09-17"}, nil},
		{Petition, "answered", 0, []string{"said_at", "2026-08-03", "due", "2026-09-10", "answered", "2026-09-10"}, nil},
		{Petition, "answered-late", 0, []string{"said_at", "2026-08-03", "due", "2026-09-10", "answered", "2026-09-11"}, nil},
		{Petition, "answered", 0, []string{"said_at", "1985-01-01", "answered", "2026-09-01"}, nil}, // before every calendar: no due day is known
		{Petition, "sorting", 0, []string{"said_at", "2026-09-07", "forwarded", "2026-09-08"}, nil},
		{Task, "overdue", 4, []string{"due_first", "2026-09-01", "due", "2026-09-01", "extensions", `[{"due":"2026-09-10","approved":"1","date":"2026-09-14"}]`}, nil},
		{Task, "overdue", 13, []string{"due_first", "2026-09-01", "due", "2026-09-01", "extensions", `[{"due":"2026-09-10","approved":"1","date":"2026-09-15"}]`}, nil},
		{Task, "overdue", 13, []string{"due_first", "2026-09-01", "due", "2026-09-01", "extensions", `[{"due":"2026-09-10","approved":"0"}]`}, nil},
		{Task, "overdue", 4, []string{"due_first", "2026-09-01", "due", "2026-09-10", "extensions", `[{"due":"2026-09-05","approved":"1"}]`}, nil},
	} {
		also := map[string][]*Entry{c.kind.ID: {}}
		for kind, list := range c.also {
			also[kind] = list
		}
		e := entry(1, c.pairs...)
		also[c.kind.ID] = append(also[c.kind.ID], e)
		if state, days := c.kind.Derive(worldOf(also), e); state != c.state || days != c.days {
			t.Errorf("%s %q: %s, %d days; want %s, %d", c.kind.ID, c.pairs, state, days, c.state, c.days)
		}
	}
}

// TestNoticeOfAConference is late after the working days that the term gives.
func TestNoticeOfAConference(t *testing.T) {
	w := worldOf(nil)
	at := asked - 30
	last, ok := w.Calendar.AddWorkingDays(at, w.Term("conference", "notice"))
	if !ok {
		t.Fatal("no day")
	}
	for day, want := range map[data.Day]string{last: "held 0", last + 1: "notice-late 1", last + 3: "notice-late 3"} {
		w.Day = day
		state, days := conferenceState(w, entry(1, "at", at.ISO()))
		if got := fmt.Sprint(state, " ", days); got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
}

// TestWhatCountsForAPeriod: from the first to the last day, and what is carried into it.
func TestWhatCountsForAPeriod(t *testing.T) {
	p, err := data.FreePeriod(data.Date(2026, time.August, 1), data.Date(2026, time.August, 31))
	if err != nil {
		t.Fatal(err)
	}
	meet := map[string][]*Entry{"conference": {entry(7, "at", "2026-08-31T08:00")}, "inspection": {entry(7, "date", "2026-08-01")}, "dialogue": {entry(7, "date", "2026-09-01")}}
	for _, c := range []struct {
		kind  *Kind
		in    bool
		pairs []string
	}{
		{Task, true, []string{"issued", "2026-08-01", "due", "2026-12-01", "due_first", "2026-12-01"}},
		{Task, true, []string{"issued", "2026-08-31", "due", "2026-12-01", "due_first", "2026-12-01"}},
		{Task, false, []string{"issued", "2026-09-01", "due", "2026-12-01", "due_first", "2026-12-01"}},
		{Task, true, []string{"issued", "2026-07-31", "due", "2026-12-01", "due_first", "2026-12-01"}},
		{Task, false, []string{"issued", "2026-07-01", "due", "2026-07-20", "due_first", "2026-07-20", "progress", "done", "done", "2026-07-31"}},
		{Task, true, []string{"issued", "2026-07-01", "due", "2026-07-20", "due_first", "2026-07-20", "progress", "done", "done", "2026-08-01"}},
		{Task, true, []string{"issued", "2026-09-01", "due", "2026-08-31", "due_first", "2026-09-10"}},
		{Task, true, []string{"issued", "2026-09-01", "due", "2026-09-10", "due_first", "2026-08-01"}},
		{Petition, true, []string{"said_at", "2026-08-01"}},
		{Petition, true, []string{"said_at", "2026-08-31T23:00"}},
		{Petition, false, []string{"said_at", "2026-09-01"}},
		{Petition, true, []string{"said_at", "2026-07-31"}},
		{Petition, false, []string{"said_at", "2026-07-01", "answered", "2026-07-31"}},
		{Petition, true, []string{"said_at", "2026-07-01", "answered", "2026-08-01"}},
		{Petition, false, []string{"said_at", "2026-07-01", "refused", "2026-07-31"}},
		{Petition, false, []string{"said_at", "2026-07-01", "forwarded", "2026-07-31", "competent", "0"}},
		{Petition, true, []string{"said_at", "2026-07-01", "forwarded", "2026-07-31"}},
		{Conclusion, true, []string{"conference", "7"}},
		{Conclusion, false, []string{"conference", "8"}},
		{Finding, true, []string{"inspection", "7"}},
		{Opinion, false, []string{"dialogue", "7"}},
		{Slip, true, []string{"date", "2026-08-01"}},
		{Slip, true, []string{"date", "2026-08-31"}},
		{Slip, false, []string{"date", "2026-09-01"}},
		{Slip, false, []string{"date", "2026-07-31"}},
	} {
		if got := c.kind.In(worldOf(meet), entry(1, c.pairs...), p); got != c.in {
			t.Errorf("%s %q counts: %v", c.kind.ID, c.pairs, got)
		}
		if !c.kind.In(worldOf(meet), entry(1, c.pairs...), data.Period{}) {
			t.Errorf("%s %q does not count where no period is asked", c.kind.ID, c.pairs)
		}
	}
}

// TestRepeatedFindings: the same matter of the same unit within its last three
// inspections.
func TestRepeatedFindings(t *testing.T) {
	day := func(n int) string { return fmt.Sprintf("2026-0%d-10", n) }
	inspections := []*Entry{}
	for i := 1; i <= 6; i++ {
		e := entry(uint64(i), "unit", "1", "date", day(i))
		e.Number, e.Year = i, 2026
		inspections = append(inspections, e)
	}
	now := entry(20, "inspection", "5", "unit", "1", "text", "Niêm yết thiếu")
	for _, c := range []struct {
		name  string
		other *Entry
		want  string
	}{
		{"the inspection before", entry(10, "inspection", "4", "unit", "1", "text", "niêm yết  thiếu"), Inspection.Name(inspections[3])},
		{"three back", entry(10, "inspection", "2", "unit", "1", "text", "Niêm yết thiếu"), Inspection.Name(inspections[1])},
		{"four back", entry(10, "inspection", "1", "unit", "1", "text", "Niêm yết thiếu"), ""},
		{"a later one", entry(10, "inspection", "6", "unit", "1", "text", "Niêm yết thiếu"), ""},
		{"the same inspection", entry(10, "inspection", "5", "unit", "1", "text", "Niêm yết thiếu"), ""},
		{"another unit", entry(10, "inspection", "4", "unit", "2", "text", "Niêm yết thiếu"), ""},
		{"another matter", entry(10, "inspection", "4", "unit", "1", "text", "Trễ hạn"), ""},
	} {
		w := worldOf(map[string][]*Entry{"inspection": inspections, "finding": {c.other, now}})
		if got := Repeated(w, now); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	both := []*Entry{entry(10, "inspection", "4", "unit", "1", "text", "Niêm yết thiếu"), entry(11, "inspection", "3", "unit", "1", "text", "Niêm yết thiếu"), now}
	if got := Repeated(worldOf(map[string][]*Entry{"inspection": inspections, "finding": both}), now); got != Inspection.Name(inspections[3]) {
		t.Errorf("of two the nearest: %q", got)
	}
}

// TestFillsOfATask: due days complete each other, the first one stays the first.
func TestFillsOfATask(t *testing.T) {
	for _, c := range []struct{ given, old, want string }{
		{"due=2026-10-01", "", "due=2026-10-01 due_first=2026-10-01"},
		{"due_first=2026-10-01", "", "due=2026-10-01 due_first=2026-10-01"},
		{"due=2026-10-05 due_first=2026-10-01", "", "due=2026-10-05 due_first=2026-10-01"},
		{"due=2026-10-09", "due=2026-10-01", "due=2026-10-09 due_first=2026-10-01"},
		{"due=2026-10-09", "text=a", "due=2026-10-09 due_first=2026-10-09"},
		{"due_kind=issue issued=2026-09-01", "", "due=2026-09-11 due_first=2026-09-11"},
		{"due_kind=issue issued=2026-09-01 due=2026-09-20", "", "due=2026-09-20 due_first=2026-09-20"},
		{"text=a", "", "due= due_first="},
	} {
		of := func(s string) *Entry {
			e := entry(1)
			for _, pair := range strings.Fields(s) {
				key, value, _ := strings.Cut(pair, "=")
				e.Set(key, value)
			}
			return e
		}
		e, old := of(c.given), (*Entry)(nil)
		if c.old != "" {
			old = of(c.old)
		}
		completeTask(worldOf(nil), e, old)
		if got := "due=" + e.Text("due") + " due_first=" + e.Text("due_first"); got != c.want || !e.Has("due_kind") {
			t.Errorf("%s after %q: %s, want %s (%s)", c.given, c.old, got, c.want, e.Text("due_kind"))
		}
	}
}

// TestTaskOfAConclusion: basis, day of issue and due day come from the conference and
// the words.
func TestTaskOfAConclusion(t *testing.T) {
	for _, c := range []struct{ at, notice, words, want string }{
		{"2026-09-10T08:00", "", "trong 05 ngày làm việc", "Kết luận số 2, Giao ban tháng 9|2026-09-10|dated|2026-09-17"},
		{"2026-09-14", "15/TB", "trước ngày 20/9", "Thông báo 15/TB, kết luận số 2|2026-09-14|dated|2026-09-20"},
		{"2026-09-15", "", "", "Kết luận số 2, Giao ban tháng 9||dated|2026-09-30"},
	} {
		meeting := entry(3, "name", "Giao ban tháng 9", "at", c.at, "notice", c.notice)
		meeting.Number = 9
		e := entry(4, "conference", "3", "order", "2", "unit", "5", "text", "Rà soát trong tháng 9", "deadline_words", c.words)
		v := proposeTask(worldOf(map[string][]*Entry{"conference": {meeting}}), e)
		if got := strings.Join([]string{v["basis"], v["issued"], v["due_kind"], v["due"]}, "|"); got != c.want || v["conference"] != "9" || v["lead"] != "5" || v["conclusion"] != "4" {
			t.Errorf("%+v: %s, want %s", c, got, c.want)
		}
	}
}

// TestMeasuresAndTheirParts: parts add up to the total, and each names its entries.
func TestMeasuresAndTheirParts(t *testing.T) {
	list := []*Entry{
		entry(1, "lead", "1", "issued", "2026-08-01", "due_first", "2026-08-10", "due", "2026-08-10", "progress", "done", "done", "2026-08-10"),
		entry(2, "lead", "1", "issued", "2026-08-01", "due_first", "2026-08-10", "due", "2026-08-10", "progress", "done", "done", "2026-08-11"),
		entry(3, "lead", "2", "issued", "2026-08-01", "due_first", "2026-08-10", "due", "2026-08-10", "progress", "done", "done", "2026-08-09"),
		entry(4, "lead", "2", "issued", "2026-08-01", "due_first", "2026-08-20", "due", "2026-08-20", "source", "superior"),
		entry(5, "issued", "2026-08-01", "progress", "dropped"),
		entry(6, "lead", "2", "issued", "2026-09-01", "due_first", "2026-12-20", "due", "2026-12-20"),
	}
	w := worldOf(map[string][]*Entry{"task": list})
	p, err := data.FreePeriod(data.Date(2026, time.August, 1), data.Date(2026, time.August, 31))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"task.total":       "5/0 [1 2 3 4 5] ; Chưa ghi đơn vị 1/0, Đơn vị 1 2/0, Đơn vị 2 2/0",
		"task.done":        "3/0 [1 2 3] ; Đơn vị 1 2/0, Đơn vị 2 1/0",
		"task.completion":  "3/4 [1 2 3] ; Đơn vị 1 2/2, Đơn vị 2 1/2",
		"task.on-time":     "2/3 [1 3] ; Đơn vị 1 1/2, Đơn vị 2 1/1",
		"task.overdue":     "1/1 [4] ; Đơn vị 2 1/1",
		"superior.total":   "1/0 [4] ; Đơn vị 2 1/0",
		"superior.overdue": "1/0 [4] ; Đơn vị 2 1/0",
		"superior.late":    "0/0 [] ; ",
	} {
		i := slices.IndexFunc(Task.Measures, func(m Measure) bool { return m.ID == id })
		total, parts := Task.Measure(&Task.Measures[i], Task.Rows(w), p, ByUnit)
		var said []string
		for _, v := range parts {
			said = append(said, fmt.Sprintf("%s %d/%d", v.Name, v.B, v.A))
		}
		slices.Sort(said)
		if got := fmt.Sprintf("%d/%d %v ; %s", total.B, total.A, total.Entries, strings.Join(said, ", ")); got != want {
			t.Errorf("%s: %s\nwant %s", id, got, want)
		}
		if _, none := Task.Measure(&Task.Measures[i], Task.Rows(w), p, ByNothing); none != nil {
			t.Errorf("%s: parts that nobody asked for", id)
		}
	}
}

// TestOpinionsAreCounted in all states and in some.
func TestOpinionsAreCounted(t *testing.T) {
	w := worldOf(map[string][]*Entry{"opinion": {entry(1, "dialogue", "9", "on_the_spot", "1"), entry(2, "dialogue", "9", "answered", "2026-09-01"),
		entry(3, "dialogue", "9", "answered", "2026-09-03", "due", "2026-09-02"), entry(4, "dialogue", "9"), entry(5, "dialogue", "8")}})
	r := &Row{Entry: entry(9), World: w}
	for i, want := range []string{"4", "1", "2", "0"} { // all, on the spot, answered, overdue
		if got, _ := Dialogue.Layouts[0].Columns[8+i].Text(r); got != want {
			t.Errorf("%s: %s, want %s", Dialogue.Layouts[0].Columns[8+i].Title, got, want)
		}
	}
}

// TestRefusalsOfEntries names the field at fault; what stood before may stay.
func TestRefusalsOfEntries(t *testing.T) {
	for _, c := range []struct {
		kind  *Kind
		field string
		pairs []string
		old   []string
	}{
		{Petition, "", []string{"text", "a", "said_at", "2026-09-01", "entered", "2026-09-08", "channel", "entered-for"}, nil},
		{Petition, "said_at", []string{"text", "a", "said_at", "2026-08-31", "entered", "2026-09-08", "channel", "entered-for"}, nil},
		{Petition, "said_at", []string{"text", "a", "said_at", "2026-09-09", "entered", "2026-09-08", "channel", "entered-for"}, nil},
		{Petition, "", []string{"text", "a", "said_at", "2026-08-01", "entered", "2026-09-08"}, nil},
		{Petition, "", []string{"text", "a", "said_at", "2026-09-01", "refused", "2026-09-01"}, nil},
		{Petition, "refused", []string{"text", "a", "said_at", "2026-09-02", "refused", "2026-09-01"}, nil},
		{Conference, "notice_date", []string{"name", "a", "at", "2026-09-10T08:00", "notice", "1", "notice_date", "2026-09-09"}, nil},
		{Conference, "", []string{"name", "a", "at", "2026-09-10T08:00", "notice", "1", "notice_date", "2026-09-10"}, nil},
		{Conference, "notice", []string{"name", "a", "at", "2026-09-10", "notice_date", "2026-09-10"}, nil},
		{Conference, "minutes_date", []string{"name", "a", "at", "2026-09-10", "minutes_date", "2026-09-09"}, nil},
		{Conference, "supplements", []string{"name", "a", "at", "2026-09-10", "supplements", "1"}, nil},
		{Conference, "place", []string{"name", "a", "at", "2026-09-10", "minutes_date", "2026-09-11", "place", "B"}, []string{"name", "a", "at", "2026-09-10", "minutes_date", "2026-09-11", "place", "A"}},
		{Conference, "", []string{"name", "a", "at", "2026-09-10", "minutes_date", "2026-09-11", "place", "B"}, []string{"name", "a", "at", "2026-09-10", "place", "A"}},
		{Task, "due", []string{"text", "a", "due", "2037-01-01"}, nil},
		{Task, "", []string{"text", "a", "due", "2036-12-31"}, nil},
		{Task, "issued", []string{"text", "a", "issued", "1989-12-31"}, nil},
		{Task, "issued", []string{"text", "a", "issued", "2026-09-15"}, nil},
		{Task, "", []string{"text", "a", "issued", "2026-09-14"}, nil},
		{Task, "parent", []string{"text", "a", "parent", "1"}, []string{"text", "a"}},
		{Slip, "level", []string{"date", "2026-09-01", "scale", "5", "level", "0"}, nil},
		{Slip, "", []string{"date", "2026-09-01", "scale", "5", "level", "5"}, nil},
		{Slip, "level", []string{"date", "2026-09-01"}, nil},
	} {
		var old *Entry
		if c.old != nil {
			old = entry(1, c.old...)
		}
		stored := map[string][]*Entry{}
		if old != nil {
			stored[c.kind.ID] = []*Entry{old}
		}
		if err := c.kind.Ready(worldOf(stored), entry(1, c.pairs...), old); fieldOfError(err) != c.field || (err != nil) != (c.field != "") {
			t.Errorf("%s %q: %v; want an error of %q", c.kind.ID, c.pairs, err, c.field)
		}
	}
}
