package exchange_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/data/exchange"
)

// grouped writes a heading of two levels whose lower names say nothing that the
// dictionary knows.
func grouped(t *testing.T, sign string, merge ...string) *exchange.Source {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for cell, v := range map[string]string{"A1": "STT", "B1": "Mã hồ sơ", "C1": "Chủ hồ sơ", "D1": "Ngày tiếp nhận", "E1": "Trả kết quả",
		"E2": "Ngày nhận kết quả", "F2": "Người giao", "G2": sign,
		"A3": "1", "B3": "HS-1", "C3": "Lê Mẫu", "D3": "01/03/2023", "E3": "05/03/2023", "F3": "A"} {
		if err := f.SetCellStr("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range merge {
		first, last, _ := strings.Cut(m, ":")
		if err := f.MergeCell("Sheet1", first, last); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	src, err := exchange.OpenReader(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "x", exchange.Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// TestMergedHeadings takes the rows of a heading and the reach of its groups
// from the merged cells of the file.
func TestMergedHeadings(t *testing.T) {
	for name, c := range map[string]struct {
		merge []string
		f, g  string
	}{
		"merged": {[]string{"A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"}, "Trả kết quả › Người giao", ""},
		"wider":  {[]string{"A1:A2", "E1:G1"}, "Trả kết quả › Người giao", "Trả kết quả › Số ký tên"},
	} {
		src := grouped(t, strings.TrimPrefix(c.g, "Trả kết quả › "), c.merge...)
		m := src.Mapping()
		got := []string{"", ""}
		for _, col := range m.Columns {
			if col.Number >= 6 {
				got[col.Number-6] = col.Heading
			}
		}
		if len(m.HeaderRows) != 2 || got[0] != c.f || got[1] != c.g {
			t.Errorf("%s: rows %v, %q", name, m.HeaderRows, got)
		}
		if list, sum := read(t, src); sum.Accepted != 1 || list[0].Returned.Day.String() != "05/03/2023" {
			t.Errorf("%s: %+v", name, list)
		}
		src.Close()
	}
}
