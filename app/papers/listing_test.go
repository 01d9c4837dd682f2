package papers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/app/papers"
	"giaoban/data"
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

// TestListingWorkbook: the workbook holds every line of a list as it is shown, codes
// as text, dates as dates and numbers as numbers, and says how many there are.
func TestListingWorkbook(t *testing.T) {
	lines := [][]string{{"00012345", "Trần Thị Bé", "04/05/2026", "1.250"}, {"A-2", "=1+1", "", "0912345678"}}
	l := papers.Listing{Title: "DANH SÁCH", What: "hồ sơ", About: "Điều kiện: đơn vị: UBND xã Thử", AsOf: data.Date(2026, 6, 1), Rows: len(lines),
		Columns: []papers.ListingColumn{{Title: "Mã"}, {Title: "Chủ hồ sơ"}, {Title: "Hẹn trả"}, {Title: "Số", Right: true}}, At: func(i int) []string { return lines[i] }}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := papers.ListingWorkbook(t.Context(), l, path, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, r := range cells(t, path) {
		all += strings.Join(r, "|") + "\n"
	}
	for _, want := range []string{"DANH SÁCH\n", "Điều kiện: đơn vị: UBND xã Thử\n", "2 hồ sơ, tính đến 01/06/2026\n", "STT|Mã|Chủ hồ sơ|Hẹn trả|Số\n",
		"1|00012345|Trần Thị Bé|04/05/2026|1250\n", "2|A-2|=1+1||0912345678\n"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
}
