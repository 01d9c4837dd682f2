package desk_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/data"
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
		{logbook.Slip, "Ngày\tThang\tMức", "01/03/2022\t3\t4", "Mức"},
		{logbook.Petition, "Nội dung\tNgày phản ánh\tNgày trả lời", "Chờ lâu\t10/03/2022\t01/03/2022", "Ngày trả lời"},
		{logbook.Document, "Số, ký hiệu\tTrích yếu\tNgày văn bản\tHạn", "1/KH\tKế hoạch\t10/03/2022\t01/03/2022", "Hạn"},
		{logbook.Initiative, "Tên sáng kiến\tNgày đăng ký\tÁp dụng từ", "Mã tra cứu\t10/03/2022\t01/03/2022", "Áp dụng từ"},
	} {
		d := fresh(t)
		r, err := d.PasteEntries(context.Background(), c.kind, c.head+"\n"+c.row+"\n", false)
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
	dry, err := d.ImportEntries(ctx, logbook.Task, path, true)
	if err != nil {
		t.Fatal(err)
	}
	if len(entriesOf(t, d, "task")) != 0 {
		t.Fatal("the dry run keeps")
	}
	got, err := d.ImportEntries(ctx, logbook.Task, path, false)
	if err != nil || got.New != 185 || got.Rejected != 0 || dry.New != got.New {
		t.Fatalf("%v: %d new, %d rejected, dry %d; %+v", err, got.New, got.Rejected, dry.New, got.Faults)
	}
	again, err := d.ImportEntries(ctx, logbook.Task, path, false)
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

// TestRowsOfAClosedPeriodAreTold takes a row of a period whose figures were closed, and
// says so with its row and column.
func TestRowsOfAClosedPeriodAreTold(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	p, err := data.ParsePeriod("2022-Q1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ClosePeriod(ctx, p, data.NoDay); err != nil {
		t.Fatal(err)
	}
	r, err := d.PasteEntries(ctx, logbook.Task, "Nhiệm vụ\tNgày giao\nViệc cũ\t10/03/2022\nViệc mới\t10/05/2022\n", false)
	if err != nil {
		t.Fatal(err)
	}
	if r.New != 2 || len(r.Notes) != 1 || r.Notes[0].Code != "closed-period" || !strings.Contains(r.Notes[0].Text, "Dòng 2, cột «Ngày giao»") || !strings.Contains(r.Notes[0].Text, p.Label) {
		t.Errorf("%+v", r)
	}
}
