package book_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/data/assess/book"
	"giaoban/data/scoring"
)

// The number 1.125 of a workbook is one and an eighth, the text 1.125 is a thousand.
func TestNumberCellsAndTypedCellsOfASet(t *testing.T) {
	shipped := scoring.ShippedByID(district)
	rows, err := scoring.SetRows(shipped)
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[any]string{1.125: "1.125", "1,125": "1.125", "1.125": "1125"} {
		f := excelize.NewFile()
		place := ""
		for r, row := range rows {
			for c, text := range row {
				name, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if place == "" && r > 0 && c > 0 && slices.Contains(row, "tổng điểm") && text == "100" {
					place = name
					_ = f.SetCellValue("Sheet1", name, cell)
					continue
				}
				_ = f.SetCellValue("Sheet1", name, text)
			}
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil || place == "" {
			t.Fatal(err, place)
		}
		set, err := book.ReadSet(background, out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if raw, _ := set.Meta.Total.MarshalJSON(); string(raw) != want {
			t.Errorf("%T %v is %s, want %s", cell, cell, raw, want)
		}
	}
}
