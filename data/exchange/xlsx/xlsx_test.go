package xlsx_test

import (
	"bytes"
	"context"
	"io"
	"math"
	"strings"
	"testing"

	"giaoban/data/exchange/sheet"
	"giaoban/data/exchange/xlsx"
	"github.com/xuri/excelize/v2"
)

// TestWorkbook writes every kind of cell; our own reader and an independent one
// read the same back.
func TestWorkbook(t *testing.T) {
	var out bytes.Buffer
	w := xlsx.NewWriter(&out)
	day := xlsx.Style{Lines: true, Format: "dd/mm/yyyy"}
	text := xlsx.Style{Bold: true, Format: "@"}
	for _, name := range []string{"Sổ: [1]/2", "sổ- -1--2", "", strings.Repeat("🂡", 20)} {
		if err := w.Sheet(xlsx.Sheet{Name: name, Widths: []float64{12, 300}, Fixed: 2, Page: "landscape"}); err != nil {
			t.Fatal(err)
		}
		for _, row := range [][]xlsx.Cell{
			{{Value: "=1+1", Style: text}, {Value: " a & <b>\n\"c\"\t", Style: text}, {Value: "_x0041_"}, {Value: "điều \x01 lạ\uFFFF"}},
			{},
			{{Value: 7}, {Value: int64(-8)}, {Value: 0.1}, {Value: 44990, Style: day}, {Style: day}, {}, {Value: ""}},
		} {
			if err := w.Row(row...); err != nil {
				t.Fatal(err)
			}
		}
		w.Merge(5, 0, 6, 27)
		w.Merge(3, 0, 3, 0)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), "|"); got != "Sổ- -1--2|sổ- -1--2 (2)|Trang|"+strings.Repeat("🂡", 15) {
		t.Errorf("sheets %s", got)
	}
	for cell, want := range map[string]string{"A1": "=1+1", "B1": " a & <b>\n\"c\"\t", "C1": "_x0041_", "D1": "điều \uFFFD lạ\uFFFD", "A3": "7", "B3": "-8", "C3": "0.1", "D3": "05/03/2023"} {
		if got, _ := f.GetCellValue("Trang", cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
	if merged, _ := f.GetMergeCells("Trang"); len(merged) != 1 || merged[0].GetStartAxis() != "A5" || merged[0].GetEndAxis() != "AB6" {
		t.Errorf("merged %v", merged)
	}
	if width, _ := f.GetColWidth("Trang", "B"); width != 255 {
		t.Errorf("width %v", width)
	}
	book, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.Rows(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var row sheet.Row
	if err := rows.Next(&row); err != nil || row.Num != 1 || string(row.Cells[2].Text) != "_x0041_" {
		t.Errorf("%+v %v", row, err)
	}
	if err := rows.Next(&row); err != nil || row.Num != 3 || len(row.Cells) != 4 || !row.Cells[3].DateStyle || row.Cells[0].Kind != sheet.Number {
		t.Errorf("%+v %v", row, err)
	}
	if err := rows.Next(&row); err != io.EOF {
		t.Errorf("%+v %v", row, err)
	}
}

// TestWhatASheetCannotHold is told.
func TestWhatASheetCannotHold(t *testing.T) {
	if err := xlsx.NewWriter(io.Discard).Close(); err == nil {
		t.Error("a workbook without a sheet")
	}
	w := xlsx.NewWriter(io.Discard)
	if err := w.Sheet(xlsx.Sheet{}); err != nil {
		t.Fatal(err)
	}
	for name, cells := range map[string][]xlsx.Cell{"a kind": {{Value: struct{}{}}}, "no number": {{Value: math.NaN()}}, "columns": make([]xlsx.Cell, xlsx.MaxCols+1)} {
		if err := w.Row(cells...); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	for w.Rows() < xlsx.MaxRows {
		if err := w.Row(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Row(); err == nil {
		t.Error("a row beyond the last")
	}
}

// TestRowsAreAsHighAsTheirText: a row whose text wraps says how high it is, for programs
// that do not find it; one of a line does not, and merged cells have the room of all.
func TestRowsAreAsHighAsTheirText(t *testing.T) {
	var out bytes.Buffer
	w := xlsx.NewWriter(&out)
	if err := w.Sheet(xlsx.Sheet{Name: "A", Widths: []float64{10, 20, 20}}); err != nil {
		t.Fatal(err)
	}
	wrap := xlsx.Style{Wrap: true, Size: 10}
	long := strings.Repeat("chữ ", 10)
	w.Merge(4, 1, 4, 2)
	w.Merge(5, 1, 6, 1)
	for _, c := range []xlsx.Cell{{Value: "ngắn", Style: wrap}, {Value: long, Style: wrap}, {Value: "một\nhai\nba", Style: wrap}, {Value: long, Style: wrap}, {Value: long, Style: wrap}, {Value: long}} {
		if err := w.Row(xlsx.Cell{Value: 1}, c); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, want := range []float64{15, 28, 41, 15, 15, 15} {
		if got, err := f.GetRowHeight("A", i+1); err != nil || got != want {
			t.Errorf("row %d is %v high, want %v (%v)", i+1, got, want, err)
		}
	}
}
