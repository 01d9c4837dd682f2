package papers_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/reports/paper/papertest"
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
	d, _ := office(t)
	if err := papers.ListingWorkbook(t.Context(), d, l, path, func(int64, int64) {}); err != nil {
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

// TestTheRegisterIsAQuyenPerField prints dossiers of two fields and of none: each has its
// cover on a new sheet, numbers from 1, and a bookmark.
func TestTheRegisterIsAQuyenPerField(t *testing.T) {
	d, p := office(t)
	var fields []uint32
	for _, f := range d.Catalogue().Fields {
		if f.Name == "Hộ tịch" || f.Name == "Đất đai" {
			fields = append([]uint32{f.ID}, fields...)
		}
	}
	for _, f := range append(fields, fields[0], 0) {
		p.Field = f
		must(t, d.SaveProcedure(t.Context(), &p))
		receive(t, d, p, data.Date(2026, 5, 20))
	}
	r := papers.Request{Name: papers.Register, Period: period(t, "2026"), Book: 4}
	doc, err := papers.Laid(t.Context(), d, r)
	must(t, err)
	pdf, err := doc.Bytes()
	must(t, err)
	if got := papertest.Bookmarks(t, pdf); !slices.Equal(got, []string{"Đất đai", "Hộ tịch", "Chưa ghi lĩnh vực"}) {
		t.Errorf("bookmarks %q", got)
	}
	covers := map[int]string{}
	for _, b := range doc.Boxes() {
		if strings.HasPrefix(b.Text, "Lĩnh vực: ") || strings.HasPrefix(b.Text, "Quyển số: ") && !strings.Contains(b.Text, " - ") || strings.HasPrefix(b.Text, "Từ số") {
			covers[b.Page] += b.Text + "|"
		}
	}
	want := map[int]string{1: "Quyển số: 4|Lĩnh vực: Đất đai|Từ số thứ tự 1 đến số thứ tự 1|", 3: "Quyển số: 5|Lĩnh vực: Hộ tịch|Từ số thứ tự 1 đến số thứ tự 2|",
		5: "Quyển số: 6|Lĩnh vực: Chưa ghi lĩnh vực|Từ số thứ tự 1 đến số thứ tự 1|"}
	if !maps.Equal(covers, want) {
		t.Errorf("covers %v", covers)
	}
}
