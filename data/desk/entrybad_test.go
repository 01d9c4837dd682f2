package desk_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// TestBadRowsOfATable pastes rows that are wrong each in its way: the sentence names row
// and column, and the row beside it is kept.
func TestBadRowsOfATable(t *testing.T) {
	for _, c := range []struct {
		kind              *logbook.Kind
		head, row, column string
	}{
		{logbook.Task, "Nhiệm vụ\tNgày giao\tHạn xử lý", "Việc\t10/03/2022\t01/03/2022", "Hạn xử lý"},
		{logbook.Task, "Nhiệm vụ\tNgày giao\tHạn xử lý", "Việc\t10/03/2202\t01/05/2022", "Ngày giao"},
		{logbook.Task, "Nhiệm vụ\tTiến độ (%)\tHạn xử lý", "Việc\t120\t01/05/2022", "Tiến độ (%)"},
		{logbook.Task, "Nhiệm vụ\tSố hội nghị\tHạn xử lý", "Việc\tmười hai\t01/05/2022", "Số hội nghị"},
		{logbook.Task, "Nhiệm vụ\tLoại thời hạn\tHạn xử lý", "Việc\tkhông rõ\t01/05/2022", "Loại thời hạn"},
		{logbook.Task, "Nhiệm vụ\tHạn xử lý", "Việc\t01/05/2022\tPhòng Tư pháp", "Cột 3"},
		{logbook.Slip, "Ngày\tThang\tMức", "01/03/2022\t3\t4", "Mức"},
		{logbook.Petition, "Nội dung\tNgày phản ánh\tNgày trả lời", "Chờ lâu\t10/03/2022\t01/03/2022", "Ngày trả lời"},
		{logbook.Document, "Số, ký hiệu\tTrích yếu\tNgày văn bản\tHạn", "1/KH\tKế hoạch\t10/03/2022\t01/03/2022", "Hạn"},
		{logbook.Initiative, "Tên sáng kiến\tNgày đăng ký\tÁp dụng từ", "Mã tra cứu\t10/03/2022\t01/03/2022", "Áp dụng từ"},
	} {
		d := fresh(t)
		r, err := d.PasteEntries(context.Background(), c.kind, c.head+"\n"+c.row+"\n", desk.Taking{})
		if err != nil {
			t.Fatalf("%s: %v", c.row, err)
		}
		if r.Rejected != 1 || r.New != 0 || len(r.Faults) != 1 || r.Faults[0].Row != 2 || r.Faults[0].Column != c.column || !strings.Contains(r.Faults[0].Reason, "Dòng 2") {
			t.Errorf("%s: %+v", c.row, r)
		}
		if n := len(entriesOf(t, d, c.kind.ID)); n != 0 {
			t.Errorf("%s: %d kept", c.row, n)
		}
	}
}

// TestConclusionsOfAnOffice reads a sheet as offices keep it: 185 conclusions below a
// title and merged group lines, in one of several sheets, with numbers of their own.
func TestConclusionsOfAnOffice(t *testing.T) {
	book := excelize.NewFile()
	set := func(sheet string, row int, cells ...any) {
		if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &cells); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", 1, "Hướng dẫn: chỉ sửa các cột màu vàng")
	if _, err := book.NewSheet("Phụ lục 2"); err != nil {
		t.Fatal(err)
	}
	set("Phụ lục 2", 1, "PHỤ LỤC 2 – THEO DÕI KẾT QUẢ THỰC HIỆN KẾT LUẬN")
	if err := book.MergeCell("Phụ lục 2", "A1", "P1"); err != nil {
		t.Fatal(err)
	}
	set("Phụ lục 2", 3, "TT", "Mã nhiệm vụ", "Số hội nghị", "Số TB/KL", "Ngày ban hành", "Chủ trì theo dõi", "Ngành/lĩnh vực", "Cơ quan/đơn vị trình", "Lĩnh vực chi tiết",
		"Nội dung kết luận/văn bản trình", "Loại thời hạn", "Hạn xử lý", "Tiến độ", "Kết quả thực hiện/minh chứng", "Văn bản triển khai", "Ngày cập nhật gần nhất")
	row, undated := 4, 0
	for i := range 185 {
		if i%40 == 0 {
			set("Phụ lục 2", row, fmt.Sprintf("HỘI NGHỊ SỐ %d", i/5+1))
			if err := book.MergeCell("Phụ lục 2", fmt.Sprintf("A%d", row), fmt.Sprintf("P%d", row)); err != nil {
				t.Fatal(err)
			}
			row++
		}
		due := "30/06/2022"
		if i%3 == 0 {
			due = ""
			undated++
		}
		set("Phụ lục 2", row, i+1, fmt.Sprintf("KL-%03d", i+1), i/5+1, "12/TB-VP", "05/01/2022", "Văn phòng", "Đất đai", "Phòng Thử", "", fmt.Sprintf("Kết luận thứ %d", i+1), "Có hạn cụ thể", due,
			[]string{"Hoàn thành", "Đang thực hiện"}[i%2], "", "", "")
		row++
	}
	path := filepath.Join(t.TempDir(), "ket-luan.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	d := fresh(t)
	ctx := context.Background()
	dry, err := d.ImportEntries(ctx, logbook.Task, path, desk.Taking{Dry: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(entriesOf(t, d, "task")) != 0 {
		t.Fatal("the dry run keeps")
	}
	got, err := d.ImportEntries(ctx, logbook.Task, path, desk.Taking{})
	if err != nil || got.New != 185 || got.Rejected != 0 || dry.New != got.New {
		t.Fatalf("%v: %d new, %d rejected, dry %d; %+v", err, got.New, got.Rejected, dry.New, got.Faults)
	}
	again, err := d.ImportEntries(ctx, logbook.Task, path, desk.Taking{})
	if err != nil || again.New != 0 || again.Same != 185 {
		t.Errorf("the second time: %+v, %v", again, err)
	}
	w, err := d.Logbooks(data.Date(2022, 3, 1))
	if err != nil {
		t.Fatal(err)
	}
	noDate := 0
	for _, r := range logbook.Task.Rows(w) {
		if !strings.HasPrefix(logbook.Task.Name(r.Entry), "KL-") {
			t.Fatalf("number %s", logbook.Task.Name(r.Entry))
		}
		if r.State == "no-date" {
			noDate++
		}
	}
	if noDate == 0 || noDate > undated {
		t.Errorf("%d without a date of %d", noDate, undated)
	}
}

// closedQuarter is a desk on which the first quarter of 2022 is closed.
func closedQuarter(t *testing.T) (*desk.Desk, data.Period) {
	t.Helper()
	d := fresh(t)
	p, err := data.ParsePeriod("2022-Q1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ClosePeriod(context.Background(), p, data.NoDay); err != nil {
		t.Fatal(err)
	}
	return d, p
}

// TestRowsOfAClosedPeriodNeedAReason refuses a row of a period whose figures were closed,
// by row and column, and takes it with a reason.
func TestRowsOfAClosedPeriodNeedAReason(t *testing.T) {
	d, p := closedQuarter(t)
	ctx := context.Background()
	const table = "Nhiệm vụ\tNgày giao\nViệc cũ\t10/03/2022\nViệc mới\t10/05/2022\n"
	r, err := d.PasteEntries(ctx, logbook.Task, table, desk.Taking{})
	if err != nil {
		t.Fatal(err)
	}
	if r.New != 1 || r.Rejected != 1 || len(r.Notes) != 0 || r.Faults[0].Row != 2 || r.Faults[0].Column != "Ngày giao" || r.Faults[0].Value != "10/03/2022" ||
		!strings.Contains(r.Faults[0].Reason, "Dòng 2") || !strings.Contains(r.Faults[0].Reason, p.Label) {
		t.Errorf("without a reason: %+v", r)
	}
	r, err = d.PasteEntries(ctx, logbook.Task, table, desk.Taking{Why: "Văn bản đến muộn"})
	if err != nil {
		t.Fatal(err)
	}
	if r.New != 1 || r.Same != 1 || r.Rejected != 0 || len(r.Notes) != 1 || r.Notes[0].Code != "closed-period" || !strings.Contains(r.Notes[0].Text, "Dòng 2, cột «Ngày giao»") || !strings.Contains(r.Notes[0].Text, p.Label) {
		t.Errorf("with a reason: %+v", r)
	}
	if journal, err := d.Journal(1); err != nil || journal[0].Why != "Văn bản đến muộn" {
		t.Errorf("the journal: %+v, %v", journal, err)
	}
}

// TestChangesOfAClosedPeriodNeedAReason: what alters the figures that were closed; what
// happened after the closing does not.
func TestChangesOfAClosedPeriodNeedAReason(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	kept, err := d.KeepEntry(ctx, logbook.Task, &logbook.Entry{Values: map[string]string{"text": "Ban hành kế hoạch", "issued": "2022-02-01", "due": "2022-03-01"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := data.ParsePeriod("2022-Q1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ClosePeriod(ctx, p, data.NoDay); err != nil {
		t.Fatal(err)
	}
	change := func(why string, pairs ...string) error {
		e := kept.Clone()
		for i := 0; i < len(pairs); i += 2 {
			e.Set(pairs[i], pairs[i+1])
		}
		_, err := d.KeepEntry(ctx, logbook.Task, e, why)
		return err
	}
	for _, pairs := range [][]string{{"text", "Việc khác"}, {"issued", "2022-02-20"}, {"progress", "done", "done", "2022-03-30"}, {"progress", "dropped"}, {"domain", "finance"}} {
		if err := change("", pairs...); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), p.Label) || !strings.Contains(err.Error(), "lý do") {
			t.Errorf("%q: %v", pairs, err)
		}
	}
	for _, pairs := range [][]string{{"note", "Đã nhắc"}, {"progress", "done", "done", "2022-04-02"}} {
		if err := change("", pairs...); err != nil {
			t.Errorf("%q: %v", pairs, err)
		}
	}
	if err := d.DropEntry(ctx, logbook.Task, kept.ID, ""); data.CodeOf(err) != data.Conflict {
		t.Errorf("taken out without a reason: %v", err)
	}
	_, err = d.KeepEntry(ctx, logbook.Task, &logbook.Entry{Values: map[string]string{"text": "Việc thiếu", "issued": "2022-01-05"}}, "")
	if data.CodeOf(err) != data.Conflict {
		t.Errorf("typed without a reason: %v", err)
	}
	err = d.AddEntries(ctx, logbook.Task, []*logbook.Entry{{Values: map[string]string{"text": "Việc mới"}}, {Values: map[string]string{"text": "Việc thiếu", "issued": "2022-01-05"}}}, "")
	if data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "Dòng 2") || len(entriesOf(t, d, "task")) != 1 {
		t.Errorf("several without a reason: %v", err)
	}
	if label, err := d.ClosedBy(logbook.Task, &logbook.Entry{Values: map[string]string{"text": "Việc thiếu", "issued": "2022-01-05"}}, nil); err != nil || label != p.Label {
		t.Errorf("asked for %q, %v", label, err)
	}
	if err := change("Sửa theo văn bản", "text", "Việc khác"); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	if err := d.DropEntry(ctx, logbook.Task, kept.ID, "Trùng"); err != nil {
		t.Errorf("taken out with a reason: %v", err)
	}
}

// TestWrongRowsAreCorrected corrects cells of rows that were refused, also in a column
// that the table does not have.
func TestWrongRowsAreCorrected(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	const table = "Nội dung nhiệm vụ\tNgày giao\tHạn xử lý\nViệc một\t10/03/2022\t01/03/2022\n\t10/03/2022\t01/04/2022\nViệc ba\t10/03/2022\t01/04/2022\n"
	r, err := d.PasteEntries(ctx, logbook.Task, table, desk.Taking{Dry: true})
	if err != nil || r.Rejected != 2 || len(r.Wrong) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	if w := r.Wrong[0]; w.Row != 2 || strings.Join(w.Heads, "|") != "Nội dung nhiệm vụ|Ngày giao|Hạn xử lý" || strings.Join(w.Cells, "|") != "Việc một|10/03/2022|01/03/2022" {
		t.Errorf("%+v", w)
	}
	sheet := r.Wrong[0].Sheet
	fixes := []desk.Fix{{Sheet: sheet, Row: 2, Column: "Hạn xử lý", Text: "01/05/2022"}}
	if r, err = d.PasteEntries(ctx, logbook.Task, table, desk.Taking{Dry: true, Fixes: fixes}); err != nil || r.Rejected != 1 || r.New != 2 || r.Wrong[0].Row != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	fixes = append(fixes, desk.Fix{Sheet: sheet, Row: 3, Column: "Nội dung nhiệm vụ", Text: "Việc hai"}, desk.Fix{Sheet: sheet, Row: 4, Column: "Độ khẩn", Text: "Khẩn"})
	if r, err = d.PasteEntries(ctx, logbook.Task, table, desk.Taking{Fixes: fixes}); err != nil || r.Rejected != 0 || r.New != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	for i, want := range []string{"Việc một 2022-05-01 normal", "Việc hai 2022-04-01 normal", "Việc ba 2022-04-01 urgent"} {
		e := entriesOf(t, d, "task")[i]
		if got := e.Text("text") + " " + e.Text("due") + " " + e.Text("urgency"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	file := filepath.Join(t.TempDir(), "nhiem-vu.json")
	if err := os.WriteFile(file, []byte(`[{"fields":{"text":"Việc bốn","percent":140,"lạ":1}}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err = d.ImportEntries(ctx, logbook.Task, file, desk.Taking{Dry: true})
	if err != nil || r.Rejected != 1 || strings.Join(r.Wrong[0].Heads, "|") != "lạ|percent|text" || strings.Join(r.Wrong[0].Cells, "|") != "1|140|Việc bốn" {
		t.Fatalf("%+v, %v", r, err)
	}
	r, err = d.ImportEntries(ctx, logbook.Task, file, desk.Taking{Fixes: []desk.Fix{{Row: 1, Column: "percent", Text: "40"}, {Row: 1, Column: "lạ"}}})
	if e := entriesOf(t, d, "task"); err != nil || r.New != 1 || e[3].Text("percent") != "40" {
		t.Errorf("%+v, %v", r, err)
	}
}
