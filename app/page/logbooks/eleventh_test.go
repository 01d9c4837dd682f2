package logbooks

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/xuri/excelize/v2"

	"giaoban/app/command"
	"giaoban/app/page/pagetest"
	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// visit is a register that the program does not have: what is declared here is all that
// it takes to have one.
var visit = logbook.Declare(&logbook.Kind{
	ID: "visit", Title: "Sổ tiếp công dân", One: "lượt tiếp", Prefix: "TC", Day: "date", Head: "matter",
	Fields: []logbook.Field{
		{Key: "date", Title: "Ngày tiếp", Type: logbook.Day, Required: true, Past: true},
		{Key: "matter", Title: "Nội dung", Required: true, Wide: true, Words: []string{"việc"}},
		{Key: "person", Title: "Người đến", Private: true},
		{Key: "unit", Title: "Đơn vị", Type: logbook.Unit},
		{Key: "people", Title: "Số người", Type: logbook.Number, Top: 500},
		{Key: "done", Title: "Ngày trả lời", Type: logbook.Day, Past: true, NotBefore: "date"},
		{Key: "evidence", Title: "Văn bản trả lời"},
	},
	States: []logbook.State{{ID: "open", Title: "Chưa trả lời"}, {ID: "late", Title: "Quá hạn trả lời", Tone: logbook.Bad}, {ID: "answered", Title: "Đã trả lời", Tone: logbook.Good, Done: true}},
	Terms:  []logbook.Term{{ID: "answer", Title: "Trả lời trong (ngày)", Days: 10}},
	Derive: func(w *logbook.World, e *logbook.Entry) (string, int) {
		due := e.Day("date") + data.Day(w.Term("visit", "answer"))
		switch {
		case w.On(e, "done").Known():
			return "answered", 0
		case due < w.Day:
			return "late", int(w.Day - due)
		}
		return "open", 0
	},
	Measures: []logbook.Measure{{ID: "visit.people", Name: "Người được tiếp", Unit: "người", Count: "people"}},
	Layouts: []logbook.Layout{{ID: "TCD", Title: "Danh sách tiếp công dân", Columns: []logbook.Column{{Title: "Số", Key: "number"}, {Title: "Người đến", Key: "person"},
		{Title: "Nội dung", Key: "matter"}, {Title: "Tình trạng", Key: "state"}}},
		{ID: "TCD2", Title: "Tiếp công dân theo đơn vị", Tally: true, Group: "unit", Head: "Đơn vị", Columns: []logbook.Column{{Title: "STT", Key: "#"}, {Key: "group"},
			{Title: "Số người", Count: "people"}, {Title: "Quá hạn %", Count: "late", Of: "all"}}}},
})

// TestAnEleventhKindHasEverything walks a register that is declared above through all
// that the mechanism gives.
func TestAnEleventhKindHasEverything(t *testing.T) {
	test.NewTempApp(t)
	d := pagetest.Office(t)
	ctx := context.Background()
	e, _ := pagetest.Env(t, d)
	p := New("visit")(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	l := p.now().List
	names := func() desk.EntryNames {
		w, err := d.Logbooks(d.Today())
		if err != nil {
			t.Fatal(err)
		}
		return desk.EntryNames{World: w, Cat: d.Catalogue()}
	}
	stale := func() { p.Stale(desk.Changes{Kinds: []string{desk.RecordsOf("visit")}}) }

	// The form: a value is read as it is typed, and what is wrong is told at its field.
	f := newDraft(visit, &logbook.Entry{Values: map[string]string{}})
	for _, x := range fields(e, visit, names(), nil) {
		typed := map[string]string{"date": "02/05/2023", "matter": "Hỏi về đất đai", "person": "Lò Thị Thử", "people": "3"}[x.Key]
		if err := x.Set(&f, typed); err != nil {
			t.Fatalf("%s: %v", x.Key, err)
		}
		if x.Key == "people" && x.Set(&f, "501") == nil {
			t.Error("501 persons are taken")
		}
	}
	first, err := d.KeepEntry(ctx, visit, f.entry(visit), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.KeepEntry(ctx, visit, &logbook.Entry{Values: map[string]string{"matter": "x"}}, ""); fieldOf(err) != "date" {
		t.Errorf("without its day: %v", err)
	}

	// Paste and import, tried first.
	pasted := "STT\tNgày tiếp\tViệc\tNgười đến\tSố người\tLạ\n1\t03/05/2023\tXin xác nhận\tVàng A Thử\t2\tx\n2\t04/05/2023\tHỏi giấy tờ\tGiàng Thị Thử\thai\tx\n"
	for _, dry := range []bool{true, false} {
		r, err := d.PasteEntries(ctx, visit, pasted, desk.Taking{Dry: dry})
		if err != nil {
			t.Fatal(err)
		}
		if r.New != 1 || r.Rejected != 1 || r.Faults[0].Row != 3 || r.Faults[0].Column != "Số người" || len(r.Notes) != 1 || !strings.Contains(r.Notes[0].Text, "«Lạ»") {
			t.Errorf("dry %v: %+v", dry, r)
		}
		if stale(); l.Len() != map[bool]int{true: 1, false: 2}[dry] {
			t.Errorf("dry %v: the list has %d", dry, l.Len())
		}
	}
	file := filepath.Join(t.TempDir(), "tiep.xlsx")
	book := excelize.NewFile()
	for i, line := range [][]any{{"SỔ TIẾP CÔNG DÂN"}, {"Ngày tiếp", "Nội dung", "Ngày trả lời"}, {"05/05/2023", "Khiếu nại giấy phép", "06/05/2023"}} {
		if err := book.SetSheetRow("Sheet1", "A"+data.FormatInt(int64(i+1)), &line); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		if r, err := d.ImportEntries(ctx, visit, file, desk.Taking{}); err != nil || r.New != 1-i || r.Same != i {
			t.Errorf("import %d: %+v, %v", i, r, err)
		}
	}

	// Search without marks, filters, states.
	stale()
	l.SetText("hoi ve dat")
	if l.Len() != 1 || l.Row(0).ID != first.ID {
		t.Errorf("the search finds %d", l.Len())
	}
	l.Clear()
	l.Choose("state", "answered")
	if l.Len() != 1 || l.Row(0).Text("matter") != "Khiếu nại giấy phép" {
		t.Errorf("the filter finds %d", l.Len())
	}
	l.Clear()
	l.Choose("proof", "0")
	if l.Len() != 1 {
		t.Errorf("answered without proof: %d", l.Len())
	}
	l.Clear()

	// Change, history, undo, terms.
	changed := first.Clone()
	changed.Set("people", "4")
	if _, err := d.KeepEntry(ctx, visit, changed, "đếm lại"); err != nil {
		t.Fatal(err)
	}
	stale()
	l.Go(first.ID)
	if h := pasts(visit, l.CurrentRow()); len(h) != 2 || h[0].before != "3" || h[0].then != "4" || h[0].why != "đếm lại" {
		t.Errorf("history: %+v", h)
	}
	if _, err := d.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	stale()
	l.Go(first.ID)
	if r := l.CurrentRow(); r.Text("people") != "3" || len(pasts(visit, r)) != 1 || r.state() != "late" {
		t.Errorf("after undo: %v, %s", r.Values, r.state())
	}
	if err := d.KeepTerms(ctx, map[string]int{"visit/answer": 300, "visit/evidence": 1}); err != nil {
		t.Fatal(err)
	}
	p.Stale(desk.Changes{All: true})
	l.Go(first.ID)
	if l.CurrentRow().state() != "open" {
		t.Errorf("with a longer term it is %s", l.CurrentRow().state())
	}
	answered := first.Clone()
	answered.Set("done", "2023-05-09")
	if _, err := d.KeepEntry(ctx, visit, answered, ""); fieldOf(err) != "evidence" {
		t.Errorf("answered without evidence: %v", err)
	}
	if d.KeepTerms(ctx, map[string]int{"visit/evidence": 2}) == nil {
		t.Error("evidence can be asked for twice")
	}

	// Papers, for work and masked, and the workbook.
	for _, masked := range []bool{false, true} {
		table, err := papers.GatherLogbook(d, papers.LogbookRequest{Kind: visit, Layout: &visit.Layouts[0], Masked: masked})
		if err != nil {
			t.Fatal(err)
		}
		if pdf, err := table.PDF(ctx); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Errorf("paper: %v", err)
		}
		out := filepath.Join(t.TempDir(), "out.xlsx")
		if err := table.Workbook(ctx, d, out); err != nil {
			t.Fatal(err)
		}
		wb, err := excelize.OpenFile(out)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := wb.GetRows(wb.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, r := range rows {
			text += strings.Join(r, "|") + "\n"
		}
		if strings.Contains(text, "Lò Thị Thử") == masked || !strings.Contains(text, "Xin xác nhận") {
			t.Errorf("masked %v:\n%s", masked, text)
		}
	}
	tally, err := papers.GatherLogbook(d, papers.LogbookRequest{Kind: visit, Layout: &visit.Layouts[1]})
	if err != nil {
		t.Fatal(err)
	}
	lines := tally.Sheet().Rows
	if last := strings.Join(lines[len(lines)-1].Cells, "|"); last != "|Tổng cộng|5|0,00" {
		t.Errorf("the sum of the tally is %s", last)
	}
	if err := d.DropEntry(ctx, visit, first.ID, ""); err != nil {
		t.Fatal(err)
	}
	if stale(); l.Len() != 2 {
		t.Errorf("after one was taken out the list has %d", l.Len())
	}
}

// TestAnEleventhKindAnswersTheCommands asks the commands for the register.
func TestAnEleventhKindAnswersTheCommands(t *testing.T) {
	file, rows := filepath.Join(t.TempDir(), "so.db"), filepath.Join(t.TempDir(), "rows.json")
	d, err := desk.Open(file, desk.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(rows, []byte(`[{"fields":{"date":"2023-05-02","matter":"Hỏi","people":3,"unit":"Phòng Thử"}},{"fields":{"date":"2023-05-02","matter":"Hỏi","people":"ba"}}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		now := func() time.Time { return time.Date(2023, 6, 1, 9, 0, 0, 0, time.UTC) }
		if code := command.Run(context.Background(), command.Env{Stdout: &out, Stderr: &errs, Now: now}, append(args, "--file", file, "--json")); code != 0 {
			t.Fatalf("%v: %s", args, errs.String())
		}
		return out.String()
	}
	if got := run("entries", "visit", "--add", rows); !strings.Contains(got, `"new": 1`) && !strings.Contains(got, `"new":1`) || !strings.Contains(got, "Mục 2") {
		t.Error(got)
	}
	var list []struct {
		State  string
		Fields map[string]any
	}
	if err := json.Unmarshal([]byte(run("entries", "visit", "--state", "late")), &list); err != nil || len(list) != 1 || list[0].Fields["unit"] != "Phòng Thử" {
		t.Errorf("%v, %v", list, err)
	}
	if got := run("measures", "--only", "visit.people"); !strings.Contains(got, "visit.people") || !strings.Contains(got, "3") {
		t.Error(got)
	}
	if !strings.Contains(run("entries", "list"), "Sổ tiếp công dân") {
		t.Error("the list of kinds does not have it")
	}
}

func fieldOf(err error) string {
	if e, ok := err.(*data.Error); ok {
		return e.Field
	}
	return ""
}
