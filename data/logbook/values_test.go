package logbook

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"giaoban/data"
)

// fakeNames knows two units and one entry.
type fakeNames struct{}

func (fakeNames) UnitID(name string) (uint32, error) {
	switch name {
	case "Phòng A":
		return 1, nil
	case "Phòng B":
		return 2, nil
	}
	return 0, &data.Error{Code: data.NotFound, Message: "Không có đơn vị «" + name + "»."}
}

func (fakeNames) UnitName(id uint32) string {
	return map[uint32]string{1: "Phòng A", 2: "Phòng B"}[id]
}

func (fakeNames) EntryID(_, typed string) uint64 {
	if typed == "HN3/2026" || typed == "#7" {
		return 7
	}
	return 0
}

func (fakeNames) Today() data.Day { return asked }

// TestTypedValues: what officers write and what is kept of it; what cannot be read is
// refused by the name of the field.
func TestTypedValues(t *testing.T) {
	table := &Field{Key: "t", Title: "Bảng", Type: Table, Rows: []Field{{Key: "n", Title: "Số", Type: Number}, {Key: "d", Title: "Ngày", Type: Day}}}
	for _, c := range []struct {
		field       *Field
		typed, want string // want "!": refused
	}{
		{&Field{Type: Number}, "1.500", "1500"}, {&Field{Type: Number}, "50%", "50"}, {&Field{Type: Number}, "2,5", "!"}, {&Field{Type: Number, Top: 5}, "5", "5"}, {&Field{Type: Number, Top: 5}, "6", "!"},
		{&Field{Type: Number}, "0", "0"}, {&Field{Type: Number}, "-1", "!"}, {&Field{Type: Number}, "  ", ""},
		{&Field{Type: Money}, "1.250.000 đ", "1250000"}, {&Field{Type: Money}, "50.00", "!"},
		{&Field{Type: Day}, "05/09/2026", "2026-09-05"}, {&Field{Type: Day}, "5/9", "2026-09-05"}, {&Field{Type: Day}, "2026-09-05 00:00:00", "2026-09-05"}, {&Field{Type: Day}, "2026-09-05", "2026-09-05"},
		{&Field{Type: Day}, "31/09/2026", "!"}, {&Field{Type: Day}, "2026-09-05T14:30", "2026-09-05"}, {&Field{Type: Day}, "mai mốt", "!"}, {&Field{Type: Day}, "05/09/2026 xyz", "!"},
		{&Field{Type: Moment}, "05/09/2026 14:30", "2026-09-05T14:30"}, {&Field{Type: Moment}, "7h30 05/09/2026", "2026-09-05T07:30"}, {&Field{Type: Moment}, "2026-09-05 08:05:00", "2026-09-05T08:05"},
		{&Field{Type: Moment}, "2026-09-05T14:30", "2026-09-05T14:30"}, {&Field{Type: Moment}, "05/09/2026", "2026-09-05"}, {&Field{Type: Moment}, "05/09/2026 25:00", "!"},
		{&Field{Type: Moment}, "05/09/2026 0730", "2026-09-05T07:30"}, {&Field{Type: Moment}, "05/09/2026 7 giờ 30", "2026-09-05T07:30"}, {&Field{Type: Moment}, "14.30 05/09/2026", "2026-09-05T14:30"},
		{&Field{Type: Moment}, "05/09/2026 8h", "2026-09-05T08:00"}, {&Field{Type: Moment}, "05/09/2026 2570", "!"},
		{&Field{Type: Yes}, "Có", "1"}, {&Field{Type: Yes}, "x", "1"}, {&Field{Type: Yes}, "chưa", "0"}, {&Field{Type: Yes}, "Không", "0"}, {&Field{Type: Yes}, "2", "!"},
		{&Field{Type: Unit}, "Phòng A", "1"}, {&Field{Type: Unit}, "Phòng X", "!"},
		{&Field{Type: Units}, "Phòng B, Phòng A; Phòng B", "2,1"}, {&Field{Type: Units}, "Phòng A\nPhòng B", "!"}, {&Field{Type: Units}, "Phòng A; Phòng X", "!"},
		{&Field{Type: Pick, Choices: []Choice{{ID: "a", Title: "Hòa", Words: []string{"yên"}}, {ID: "b", Title: "Hỏa"}}}, "Hoà", "a"},
		{&Field{Type: Pick, Choices: []Choice{{ID: "a", Title: "Hòa", Words: []string{"yên"}}, {ID: "b", Title: "Hỏa"}}}, "hỏa", "b"},
		{&Field{Type: Pick, Choices: []Choice{{ID: "a", Title: "Hòa", Words: []string{"yên"}}, {ID: "b", Title: "Hỏa"}}}, "yen", "a"},
		{&Field{Type: Pick, Choices: []Choice{{ID: "a", Title: "Hòa"}}}, "khác", "!"}, {&Field{Type: Pick, Open: true, Choices: []Choice{{ID: "a", Title: "Hòa"}}}, "khác", "khác"},
		{&Field{Type: Link, Kind: "conference"}, "HN3/2026", "7"}, {&Field{Type: Link, Kind: "conference"}, "HN4/2026", "!"},
		{&Field{Type: Text}, "  a   b ", "a b"}, {&Field{Type: Text}, strings.Repeat("x", data.MaxText), strings.Repeat("x", data.MaxText)}, {&Field{Type: Text}, strings.Repeat("x", data.MaxText+1), "!"},
		{table, `[{"n":1500,"d":"05/09/2026"},{}]`, `[{"d":"2026-09-05","n":"1500"}]`}, {table, `[{"n":"x"}]`, "!"}, {table, `[{"z":1}]`, "!"}, {table, `[{"n":null}]`, ""}, {table, `x`, "!"},
	} {
		c.field.Key, c.field.Title = "t", "Mục"
		got, err := c.field.Parse(c.typed, "", fakeNames{})
		if c.want == "!" {
			if err == nil || fieldOfError(err) != "t" {
				t.Errorf("type %v, %q: %q, %v; want it refused", c.field.Type, c.typed, got, err)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("type %v, %q: %q, %v; want %q", c.field.Type, c.typed, got, err, c.want)
		}
	}
	if _, err := table.Parse(`[{"n":1},{"z":1}]`, "", fakeNames{}); err == nil || !strings.Contains(err.Error(), "dòng 2: không có mục «z»") {
		t.Errorf("the second row: %v", err)
	}
	if _, err := table.Parse(`[{"n":1},{"n":"x"}]`, "", fakeNames{}); err == nil || !strings.Contains(err.Error(), "dòng 2: ") {
		t.Errorf("the second row: %v", err)
	}
}

// TestValuesOfTheContract come in as JSON and go out as JSON and as people read them.
func TestValuesOfTheContract(t *testing.T) {
	table := &Field{Type: Table, Rows: []Field{{Key: "n", Title: "Số", Type: Number}, {Key: "y", Title: "Có", Type: Yes}}}
	for _, c := range []struct {
		field                    *Field
		raw, stored, json, shown string // stored "!": refused
	}{
		{&Field{Type: Number}, `1500`, "1500", "1500", "1.500"}, {&Field{Type: Number}, `"1.500"`, "1500", "1500", "1.500"}, {&Field{Type: Number}, `1.5`, "!", "", ""}, {&Field{Type: Number}, `-1`, "!", "", ""},
		{&Field{Type: Number}, `0`, "0", "0", "0"},
		{&Field{Type: Money}, `20000`, "20000", "20000", "20.000"}, {&Field{Type: Number}, `null`, "", "null", ""},
		{&Field{Type: Yes}, `true`, "1", "true", "Có"}, {&Field{Type: Yes}, `false`, "0", "false", "Không"},
		{&Field{Type: Day}, `"2026-09-05"`, "2026-09-05", `"2026-09-05"`, "05/09/2026"},
		{&Field{Type: Moment}, `"2026-09-05T14:30"`, "2026-09-05T14:30", `"2026-09-05T14:30"`, "05/09/2026 14:30"},
		{&Field{Type: Link, Kind: "conference"}, `7`, "7", "7", "7"}, {&Field{Type: Link, Kind: "conference"}, `"HN3/2026"`, "7", "7", "7"},
		{&Field{Type: Units}, `["Phòng A","Phòng B"]`, "1,2", `["Phòng A","Phòng B"]`, "Phòng A; Phòng B"}, {&Field{Type: Unit}, `"Phòng B"`, "2", `"Phòng B"`, "Phòng B"},
		{&Field{Type: List}, `["a","b"]`, "a\nb", `["a","b"]`, "a; b"}, {&Field{Type: Text}, `["a"]`, "!", "", ""}, {&Field{Type: Text}, `{"a":1}`, "!", "", ""},
		{&Field{Type: Pick, Choices: []Choice{{ID: "a", Title: "Hòa"}}}, `"a"`, "a", `"a"`, "Hòa"},
		{table, `[{"n":1,"y":true},{"n":2}]`, `[{"n":"1","y":"1"},{"n":"2"}]`, `[{"n":1,"y":true},{"n":2}]`, "2 dòng"}, {table, `[]`, "", "null", ""},
	} {
		c.field.Key, c.field.Title = "t", "Mục"
		stored, err := c.field.ParseJSON(json.RawMessage(c.raw), fakeNames{})
		if c.stored == "!" {
			if err == nil {
				t.Errorf("%s is taken for %q", c.raw, stored)
			}
			continue
		}
		out, fault := json.Marshal(c.field.JSON(stored, fakeNames{}))
		if shown := c.field.Shown(stored, fakeNames{}); err != nil || fault != nil || stored != c.stored || string(out) != c.json || shown != c.shown {
			t.Errorf("%s: stored %q, out %s, shown %q (%v)\nwant %q, %s, %q", c.raw, stored, out, shown, err, c.stored, c.json, c.shown)
		}
	}
}

// TestLinesOfTables: each cell feeds its field, the number is the label, a fault names
// line, column and value.
func TestLinesOfTables(t *testing.T) {
	_, columns, _, ok := Task.Heading([]Line{{1, strings.Split("STT|Mã nhiệm vụ|Nội dung|Hạn xử lý|Tiến độ", "|")}})
	if !ok {
		t.Fatal("no heading")
	}
	values, label, fault := Task.ReadLine(Line{2, []string{"1", " NV 7 ", "Rà soát", "05/10/2026", "đang"}}, columns, fakeNames{})
	if fault != nil || label != "NV 7" || fmt.Sprint(values) != "map[due:2026-10-05 progress:doing text:Rà soát]" {
		t.Errorf("%v, %q, %+v", values, label, fault)
	}
	if values, _, fault = Task.ReadLine(Line{2, []string{"1", "", "Rà soát"}}, columns, fakeNames{}); fault != nil || len(values) != 1 {
		t.Errorf("a short line: %v, %+v", values, fault)
	}
	_, _, fault = Task.ReadLine(Line{9, []string{"1", "", "Rà soát", "32/10/2026", ""}}, columns, fakeNames{})
	if fault == nil || fault.Row != 9 || fault.Column != "Hạn xử lý" || fault.Value != "32/10/2026" || !strings.HasPrefix(fault.Reason, "Dòng 9, cột «Hạn xử lý»: ") {
		t.Errorf("%+v", fault)
	}
	told := Task.Faulty(9, columns, map[string]string{"due": "2026-10-05"}, refuse(Task.Field("due"), "sai."), fakeNames{})
	if told.Column != "Hạn xử lý" || told.Value != "05/10/2026" || told.Row != 9 {
		t.Errorf("%+v", told)
	}
	if told = Task.Faulty(9, columns, map[string]string{"issued": "2026-10-05"}, refuse(Task.Field("issued"), "sai."), fakeNames{}); told.Column != Task.Field("issued").Title {
		t.Errorf("%+v", told)
	}
	for line, empty := range map[string]bool{"": true, "|| ": true, "7||": true, "7|a|": false, "|7|": false, "a||": false} {
		if (Line{1, strings.Split(line, "|")}).Empty() != empty {
			t.Errorf("%q is empty: %v", line, !empty)
		}
	}
	// «Mã NV» is the number of a task, not of an inspection.
	for k, want := range map[*Kind]bool{Task: true, Inspection: false} {
		if f, number := k.fieldOf("ma nv", false, map[string]bool{}); number != want || f != nil {
			t.Errorf("%s: «mã nv» is its number: %v, field %v", k.ID, number, f)
		}
	}
	if _, number := Task.fieldOf("ma nhiem vu", false, map[string]bool{"number": true}); number {
		t.Error("two columns of numbers")
	}
}

// TestHistoryOfAnEntry: each change notes what the fields held, and earlier states can
// be read again.
func TestHistoryOfAnEntry(t *testing.T) {
	first := entry(1, "text", "a", "due", "2026-09-01")
	second := entry(1, "text", "b", "due", "2026-09-01", "result", "x")
	Task.Amend(second, first, 5, "Lê A", "sửa")
	third := entry(1, "text", "b", "result", "y")
	Task.Amend(third, second, 6, "Lê B", "")
	if n := len(third.Changes); n != 2 || third.Changes[0].By != "Lê A" || third.Changes[1].At != 6 {
		t.Fatalf("%+v", third.Changes)
	}
	for i, want := range []string{"map[due:2026-09-01 text:a]", "map[due:2026-09-01 result:x text:b]", "map[result:y text:b]"} {
		if got := fmt.Sprint(third.At(i)); got != want {
			t.Errorf("before change %d: %s, want %s", i, got, want)
		}
	}
	if keys := Task.Differ(third, second); fmt.Sprint(keys) != "[due result]" {
		t.Errorf("they differ in %v", keys)
	}
}

// TestNewEntriesAreFound by id and by what links to them, before and after they came.
func TestNewEntriesAreFound(t *testing.T) {
	list := []*Entry{entry(1, "name", "A")}
	list[0].Number = 1
	tasks := []*Entry{entry(4, "conclusion", "9")}
	w := worldOf(nil)
	w.Entries = func(kind string) []*Entry {
		if kind == "task" {
			return tasks
		}
		return list
	}
	if w.Entry("conference", 2) != nil || len(w.Linked("task", "conclusion", 9)) != 1 || w.LinkName("conference", 2) != "" || w.LinkName("none", 1) != "" {
		t.Error("found before it is there")
	}
	two, five := entry(2, "name", "B"), entry(5, "conclusion", "9")
	two.Number, two.Year = 3, 2026
	list, tasks = append(list, two), append(tasks, five)
	w.Added("conference", two)
	w.Added("task", five)
	if w.Entry("conference", 2) != two || len(w.Linked("task", "conclusion", 9)) != 2 || w.LinkName("conference", 2) != Conference.Name(two) || Conference.Name(two) == "" {
		t.Error("not found after it came")
	}
}

// TestClassesOfPetitions: what is both counts as behaviour, so that the two add up.
func TestClassesOfPetitions(t *testing.T) {
	for class, want := range map[string]int64{"behaviour": 1, "both": 1, "regulation": 0, "": 0} {
		r := &Row{Entry: entry(1, "class", class), World: worldOf(nil)}
		form := Petition.Layouts[0].Columns
		if behaviour, _ := form[3].Part(r); behaviour != want {
			t.Errorf("%q: behaviour %d", class, behaviour)
		}
		if regulation, _ := form[4].Part(r); regulation != 1-want {
			t.Errorf("%q: regulation %d", class, regulation)
		}
	}
}

// TestOnceAndDistinct: a field that is written once may be written again as it is and not
// otherwise; a measure of what differs counts each text once and no blank.
func TestOnceAndDistinct(t *testing.T) {
	k := &Kind{ID: "x", Title: "Sổ", Fields: []Field{{Key: "a", Title: "Mục", Once: true}}}
	for value, refused := range map[string]bool{"cũ": false, "mới": true} {
		if err := k.Ready(worldOf(nil), entry(1, "a", value), entry(1, "a", "cũ")); (err != nil) != refused {
			t.Errorf("%s: %v", value, err)
		}
	}
	if err := k.Ready(worldOf(nil), entry(1, "a", "mới"), entry(1)); err != nil {
		t.Errorf("the first time: %v", err)
	}
	k.Measures = []Measure{{ID: "x.y", Count: "all", Distinct: "a"}}
	k.layOut()
	m := &k.Measures[0]
	w := worldOf(nil)
	var rows []Row
	for i, text := range []string{"A", "B", "", "A", ""} {
		rows = append(rows, Row{Entry: entry(uint64(i+1), "a", text), World: w})
	}
	if total, _ := k.Measure(m, rows, data.Period{}, ByNothing); total.B != 2 || fmt.Sprint(total.Entries) != "[1 2]" {
		t.Errorf("%+v", total)
	}
}

// TestFactsAreWrittenInData: what measures and printed tables count is read from words.
func TestFactsAreWrittenInData(t *testing.T) {
	k := &Kind{ID: "x", Fields: []Field{{Key: "a"}, {Key: "n", Type: Number}, {Key: "yes", Type: Yes}}, States: []State{{ID: "open"}, {ID: "late"}, {ID: "done"}},
		Facts: map[string]Fact{"short": truth(func(r *Row) bool { return len(r.Text("a")) < 3 })}}
	r := &Row{Entry: entry(1, "a", "x", "n", "7", "yes", "1"), State: "late", World: worldOf(nil)}
	for written, want := range map[string]int64{
		"all": 1, "open": 0, "late": 1, "open|late": 1, "!open|done": 1, "!open|late": 0, "a=x": 1, "a=y": 0, "a=": 0, "!a=": 1, "a=y|!a=": 1,
		"n": 7, "n yes": 7, "n late": 7, "n open": 0, "short late": 1, "!short": 0,
	} {
		if got := k.fact(written)(r); got != want {
			t.Errorf("«%s» is %d, want %d", written, got, want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a word that means nothing was taken")
		}
	}()
	k.fact("late nothing")
}
