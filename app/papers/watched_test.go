package papers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

func cells(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestExportWatched: the workbook holds every line of the list, codes as text and
// dates as dates, and says how many there are.
func TestExportWatched(t *testing.T) {
	day := func(n int) data.Moment { return data.Moment{Day: data.Date(2026, 5, n)} }
	list := []desk.Alarm{
		{Code: "00012345", Owner: "Trần Thị Bé", Received: day(4), Due: day(18), Promised: day(25), Why: "Quá hạn 3 ngày làm việc", Letter: true},
		{Code: "A-2", Owner: "=1+1", Received: day(4), Due: day(18), Promised: day(18), OwnDue: day(8), Ended: day(21)},
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := papers.ExportWatched("DANH SÁCH", list, data.Date(2026, 6, 1), path); err != nil {
		t.Fatal(err)
	}
	rows := cells(t, path)
	all := ""
	for _, r := range rows {
		all += strings.Join(r, "|") + "\n"
	}
	for _, want := range []string{"2 hồ sơ, tính đến 01/06/2026", "1|00012345|Trần Thị Bé||||04/05/2026|18/05/2026||25/05/2026||Quá hạn 3 ngày làm việc|Đã có",
		"2|A-2|=1+1||||04/05/2026|18/05/2026|08/05/2026||21/05/2026||Chưa"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	path = filepath.Join(t.TempDir(), "b.xlsx")
	if err := papers.ExportLetterBook(2026, []papers.BookLine{{Number: "1/PXL", Day: "22/05/2026", Code: "A-2", Delivered: "Đã hủy"}}, path); err != nil {
		t.Fatal(err)
	}
	rows = cells(t, path)
	if got := strings.Join(rows[len(rows)-1], "|"); got != "1/PXL|22/05/2026|A-2||||Đã hủy" {
		t.Errorf("%q", got)
	}
}
