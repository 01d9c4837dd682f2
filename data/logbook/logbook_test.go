package logbook

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/workday"
)

// asked is the day of the tests: a Monday.
var asked = data.Date(2026, time.September, 14)

func worldOf(entries map[string][]*Entry) *World {
	return &World{Day: asked, Today: asked, Calendar: workday.Default(), Bases: basis.With(nil), UnitName: func(id uint32) string { return "Đơn vị " + strconv.Itoa(int(id)) },
		Entries: func(kind string) []*Entry { return entries[kind] }}
}

func entry(id uint64, pairs ...string) *Entry {
	e := &Entry{ID: id, Values: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		e.Set(pairs[i], pairs[i+1])
	}
	return e
}

func TestStateOfATask(t *testing.T) {
	for _, c := range []struct {
		name, state string
		days        int
		pairs       []string
	}{
		{"done on the day", "done-on-time", 0, []string{"progress", "done", "due_first", "2026-09-10", "due", "2026-09-10", "done", "2026-09-10"}},
		{"a moved due day does not help", "done-late", 0, []string{"progress", "done", "due_first", "2026-09-01", "due", "2026-09-10", "done", "2026-09-10"}},
		{"done without a day", "done-undated", 0, []string{"progress", "done", "due_first", "2026-09-10", "due", "2026-09-10"}},
		{"done without a due day", "done-undated", 0, []string{"progress", "done", "done", "2026-09-10"}},
		{"done tomorrow is not done", "doing", 0, []string{"progress", "done", "due_first", "2026-10-10", "due", "2026-10-10", "done", "2026-09-15"}},
		{"dropped", "dropped", 0, []string{"progress", "dropped", "due", "2026-09-01"}},
		{"paused", "paused", 0, []string{"progress", "paused", "due", "2026-09-01"}},
		{"standing", "standing", 0, []string{"due_kind", "standing"}},
		{"no date", "no-date", 13, []string{"due_kind", "dated", "issued", "2026-09-01"}},
		{"waiting", "waiting", 13, []string{"due_kind", "waiting", "issued", "2026-09-01"}},
		{"due today is not late", "soon", 0, []string{"due_kind", "dated", "due", "2026-09-14"}},
		{"due yesterday is one day late", "overdue", 1, []string{"due_kind", "dated", "due", "2026-09-13"}},
		{"seven days", "soon", 7, []string{"due_kind", "dated", "due", "2026-09-21"}},
		{"eight days", "doing", 0, []string{"due_kind", "dated", "due", "2026-09-22"}},
		{"ten days from issue", "overdue", 3, []string{"due_kind", "issue", "issued", "2026-09-01"}},
		{"an approved extension", "soon", 6, []string{"due_first", "2026-09-01", "due", "2026-09-01", "extensions", `[{"due":"2026-09-20","approved":"1"}]`}},
		{"one that was asked for only", "overdue", 13, []string{"due_first", "2026-09-01", "due", "2026-09-01", "extensions", `[{"due":"2026-09-20"}]`}},
	} {
		state, days := taskState(worldOf(nil), entry(1, c.pairs...))
		if state != c.state || days != c.days {
			t.Errorf("%s: %s, %d days; want %s, %d", c.name, state, days, c.state, c.days)
		}
	}
}

func TestParentIsDoneWithItsChildren(t *testing.T) {
	parent := entry(1, "due_first", "2026-09-10", "due", "2026-09-10", "progress", "done", "done", "2026-09-01")
	one := entry(2, "parent", "1", "progress", "done", "done", "2026-09-09")
	two := entry(3, "parent", "1", "progress", "doing")
	w := worldOf(map[string][]*Entry{"task": {parent, one, two}})
	if state, _ := taskState(w, parent); state != "overdue" {
		t.Errorf("with a child at work the parent is %s, want overdue", state)
	}
	two.Set("progress", "dropped")
	if state, _ := taskState(w, parent); state != "done-on-time" {
		t.Errorf("with all children done the parent is %s, want done-on-time", state)
	}
	if err := Task.Refuse(w, parent); err == nil {
		t.Error("a parent with children can be taken out")
	}
	circle := parent.Clone()
	circle.Set("parent", "2")
	if err := Task.Ready(w, circle, parent); err == nil {
		t.Error("a task can stand below its own child")
	}
}

func TestStateOfAPetition(t *testing.T) {
	for _, c := range []struct {
		name, state string
		pairs       []string
	}{
		{"fifteen working days, the national holiday left out", "soon", []string{"said_at", "2026-08-22T09:00", "competent", "1"}},
		{"in time", "in-time", []string{"said_at", "2026-09-07", "competent", "1"}},
		{"not sorted yet", "sorting", []string{"said_at", "2026-09-07"}},
		{"overdue", "overdue", []string{"said_at", "2026-08-03", "competent", "1"}},
		{"refused", "refused", []string{"said_at", "2026-08-03", "refused", "2026-08-04"}},
		{"forwarded", "forwarded", []string{"said_at", "2026-08-03", "competent", "0", "forwarded", "2026-08-05"}},
		{"waiting", "waiting-supplement", []string{"said_at", "2026-08-03", "supplement_asked", "2026-08-05"}},
		{"answered", "answered", []string{"said_at", "2026-08-03", "answered", "2026-08-22"}},
		{"answered late: the Saturday worked for 31/08 counts", "answered-late", []string{"said_at", "2026-08-03", "answered", "2026-08-24"}},
		{"lengthened by a supplement", "answered", []string{"said_at", "2026-08-03", "answered", "2026-08-24", "supplement_asked", "2026-08-05", "supplemented", "2026-08-06"}},
		{"closed", "closed", []string{"said_at", "2026-08-03", "answered", "2026-08-25", "published", "2026-08-26"}},
		{"answered tomorrow", "in-time", []string{"said_at", "2026-09-07", "competent", "1", "answered", "2026-09-15"}},
	} {
		if state, _ := petitionState(worldOf(nil), entry(1, c.pairs...)); state != c.state {
			t.Errorf("%s: %s; want %s", c.name, state, c.state)
		}
	}
}

func TestComplaintsAreNoPetitions(t *testing.T) {
	w := worldOf(nil)
	for text, refused := range map[string]bool{"Khiếu nại quyết định thu hồi đất": true, "Đơn tố cáo cán bộ": true, "Phản ánh thái độ phục vụ": false,
		"Đề nghị công khai thủ tục giải quyết khiếu nại": false} {
		err := Petition.Ready(w, entry(0, "text", text, "said_at", "2026-09-01"), nil)
		if (err != nil) != refused {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestDueInWords(t *testing.T) {
	for words, want := range map[string]string{
		"báo cáo trước ngày 20/9":           "2026-09-20",
		"hoàn thành trước ngày 20/8":        "2027-08-20",
		"trước ngày 15/10/2026":             "2026-10-15",
		"trong tháng 9":                     "2026-09-30",
		"tháng 12/2026":                     "2026-12-31",
		"quý IV":                            "2026-12-31",
		"Quý I/2027":                        "2027-03-31",
		"trong 05 ngày làm việc":            "2026-09-21",
		"trong vòng 10 ngày":                "2026-09-24",
		"ngày 30 tháng 9 năm 2026":          "2026-09-30",
		"thường xuyên":                      "",
		"thực hiện theo quy định":           "",
		"hoàn thành cuối năm":               "2026-12-31",
		"báo cáo UBND trước 17h ngày 18/9.": "2026-09-18",
	} {
		got, _ := DueInWords(words, asked, workday.Default())
		iso := ""
		if got.Known() {
			iso = got.ISO()
		}
		if iso != want {
			t.Errorf("%s: %s, want %s", words, iso, want)
		}
	}
}

// TestDeclarations proves that what a kind names is there.
func TestDeclarations(t *testing.T) {
	ids := map[string]bool{}
	for _, k := range Kinds() {
		if k.Field(k.Head) == nil {
			t.Errorf("%s: no field %q to name an entry by", k.ID, k.Head)
		}
		if k.Day != "" && k.Field(k.Day) == nil {
			t.Errorf("%s: no field %q", k.ID, k.Day)
		}
		keys := map[string]bool{}
		for _, f := range k.Fields {
			if keys[f.Key] {
				t.Errorf("%s: two fields %s", k.ID, f.Key)
			}
			keys[f.Key] = true
			if f.Type == Link && Find(f.Kind) == nil {
				t.Errorf("%s.%s links to %q, which is no kind", k.ID, f.Key, f.Kind)
			}
			if f.NotBefore != "" && k.Field(f.NotBefore) == nil {
				t.Errorf("%s.%s may not precede %q, which is no field", k.ID, f.Key, f.NotBefore)
			}
		}
		for _, m := range k.Measures {
			if ids[m.ID] {
				t.Errorf("two measures %s", m.ID)
			}
			ids[m.ID] = true
		}
		for _, l := range k.Layouts {
			if ids[l.ID] {
				t.Errorf("two papers %s", l.ID)
			}
			ids[l.ID] = true
			for _, c := range l.Columns {
				c.Part(&Row{Entry: entry(1), World: worldOf(nil)}) // panics where it counts what is no fact
				if c.Key != "" && k.Field(c.Key) == nil && k.Texts[c.Key] == nil && !slices.Contains([]string{"#", "number", "state", "group"}, c.Key) {
					t.Errorf("%s: column %s shows %q, which is no field", l.ID, c.Title, c.Key)
				}
			}
		}
		for _, a := range k.Actions {
			of := k
			if a.Makes != "" {
				of = Find(a.Makes)
			}
			if of == nil {
				t.Fatalf("%s: %s makes %q, which is no kind", k.ID, a.ID, a.Makes)
			}
			for _, key := range a.Keys {
				if of.Field(key) == nil {
					t.Errorf("%s: %s asks for %q, which is no field of %s", k.ID, a.ID, key, of.ID)
				}
			}
			if a.Next != "" && !slices.ContainsFunc(k.Actions, func(b Action) bool { return b.ID == a.Next }) {
				t.Errorf("%s: %s leads to %q, which is no action", k.ID, a.ID, a.Next)
			}
			if a.Several && (a.Makes == "" || len(a.Keys) == 0) {
				t.Errorf("%s: %s asks for several entries of no kind or no fields", k.ID, a.ID)
			}
		}
	}
}

// randomEntry fills some fields with values that the kind takes.
func randomEntry(r *rand.Rand, k *Kind, id uint64) *Entry {
	e := entry(id)
	for _, f := range k.Fields {
		if r.IntN(3) == 0 && !f.Required {
			continue
		}
		switch f.Type {
		case Day, Moment:
			e.Set(f.Key, (asked - 60 + data.Day(r.IntN(120))).ISO())
		case Yes:
			e.Set(f.Key, []string{"0", "1"}[r.IntN(2)])
		case Pick:
			e.Set(f.Key, f.Choices[r.IntN(len(f.Choices))].ID)
		case Number, Unit, Link:
			e.Set(f.Key, strconv.Itoa(1+r.IntN(5)))
		case Text, Area:
			e.Set(f.Key, "chữ")
		}
	}
	return e
}

// TestStatesAddUp proves that every row has exactly one of the states of its kind, so
// that states add up to the total (R2, R8), whatever the day.
func TestStatesAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	entries := map[string][]*Entry{}
	for _, k := range Kinds() {
		for id := range uint64(200) {
			entries[k.ID] = append(entries[k.ID], randomEntry(r, k, id+1))
		}
	}
	for _, e := range entries["task"] {
		if e.Ref("parent") >= e.ID {
			e.Set("parent", "")
		}
	}
	for shift := -90; shift <= 90; shift += 30 {
		w := worldOf(entries)
		w.Day += data.Day(shift)
		for _, k := range Kinds() {
			if k.Derive == nil {
				continue
			}
			for _, row := range k.Rows(w) {
				if k.State(row.State).ID == "" {
					t.Fatalf("%s on %s: state %q is none of the list", k.ID, w.Day, row.State)
				}
				if row.Days < 0 {
					t.Fatalf("%s on %s: %d days", k.ID, row.State, row.Days)
				}
			}
		}
	}
}

func TestRulesOfFields(t *testing.T) {
	w := worldOf(nil)
	for _, c := range []struct {
		kind  *Kind
		field string
		pairs []string
	}{
		{Task, "text", []string{"lead", "1"}},
		{Task, "due", []string{"text", "a", "issued", "2026-09-10", "due", "2026-09-01"}},
		{Task, "done", []string{"text", "a", "issued", "2026-09-10", "done", "2026-09-01"}},
		{Task, "issued", []string{"text", "a", "issued", "2027-09-10"}},
		{Task, "due", []string{"text", "a", "due", "2206-09-10"}},
		{Slip, "level", []string{"date", "2026-09-01", "scale", "3", "level", "4"}},
		{Slip, "scale", []string{"date", "2026-09-01", "scale", "4", "level", "4"}},
		{Conference, "notice", []string{"name", "a", "notice", "12/TB"}},
		{Petition, "answered", []string{"text", "a", "said_at", "2026-09-10", "answered", "2026-09-01"}},
	} {
		err := c.kind.Ready(w, entry(0, c.pairs...), nil)
		if fieldOfError(err) != c.field {
			t.Errorf("%s %v: %v; want an error of %s", c.kind.ID, c.pairs, err, c.field)
		}
	}
}

func TestHeadsOfOffices(t *testing.T) {
	// The sheet of conclusions of briefing 2.3, T4.
	heads := strings.Split("TT|Mã nhiệm vụ|Số hội nghị|Số TB/KL|Ngày ban hành|Chủ trì theo dõi|Ngành/lĩnh vực|Cơ quan/đơn vị trình|Lĩnh vực chi tiết|"+
		"Nội dung kết luận/văn bản trình|Loại thời hạn|Hạn xử lý|Tiến độ|Kết quả thực hiện/minh chứng|Văn bản triển khai|Ngày cập nhật gần nhất", "|")
	lines := []Line{{1, []string{"PHỤ LỤC 2"}}, {3, heads}}
	at, columns, unread, ok := Task.Heading(lines)
	if !ok || at != 1 {
		t.Fatalf("heading at %d, %v", at, ok)
	}
	want := map[string]string{"Số hội nghị": "conference", "Số TB/KL": "basis", "Ngày ban hành": "issued", "Chủ trì theo dõi": "follower", "Ngành/lĩnh vực": "domain",
		"Cơ quan/đơn vị trình": "lead", "Nội dung kết luận/văn bản trình": "text", "Loại thời hạn": "due_kind", "Hạn xử lý": "due", "Tiến độ": "progress",
		"Kết quả thực hiện/minh chứng": "result", "Mã nhiệm vụ": "",
		"Lĩnh vực chi tiết": "topic", "Văn bản triển khai": "document"}
	for _, c := range columns {
		key := ""
		if c.Field != nil {
			key = c.Field.Key
		}
		if wanted, ok := want[c.Column]; !ok || wanted != key {
			t.Errorf("%s was read as %q, want %q", c.Column, key, wanted)
		}
		delete(want, c.Column)
	}
	if len(want) > 0 {
		t.Errorf("not read: %v", want)
	}
	if !slices.Contains(unread, "Ngày cập nhật gần nhất") || slices.Contains(unread, "TT") {
		t.Errorf("unread: %v", unread)
	}
}

// TestATaskIsDoneByItsDay: the step «Hoàn thành» gives the day; who says otherwise in the
// same form is believed.
func TestATaskIsDoneByItsDay(t *testing.T) {
	w := worldOf(nil)
	old := entry(1, "text", "a", "progress", "doing", "due", "2026-09-01", "due_first", "2026-09-01")
	finish := &Task.Actions[0]
	if !finish.Offered(w, old) {
		t.Fatal("an open task cannot be done")
	}
	e := finish.Fill(w, old)
	completeTask(w, e, old)
	if state, _ := taskState(w, e); state != "done-late" || e.Text("done") != "2026-09-14" || finish.Offered(w, e) {
		t.Errorf("%s, %v", state, e.Values)
	}
	e = finish.Fill(w, old)
	e.Set("progress", "paused")
	completeTask(w, e, old)
	if !e.Is("progress", "paused") {
		t.Errorf("what was said is lost: %v", e.Values)
	}
	for _, c := range []struct{ words, due, kind string }{
		{"Tháng 6", "2026-06-30", "dated"}, {"Tháng 12", "2026-12-31", "dated"}, {"Thường xuyên", "", "standing"}, {"khi có điều kiện", "", "dated"},
	} {
		e := entry(0, "text", "b", "due_words", c.words)
		completeTask(w, e, nil)
		if e.Text("due") != c.due || e.Text("due_kind") != c.kind {
			t.Errorf("%s: %v", c.words, e.Values)
		}
	}
}
