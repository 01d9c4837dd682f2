package sheet_test

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"giaoban/data/exchange/sheet"
)

// dumpPasted reads a pasted table as "row:col=text" words.
func dumpPasted(text string) (string, error) {
	book, err := sheet.OpenPasted(text)
	if err != nil {
		return "", err
	}
	rows, err := book.Rows(context.Background(), 0)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var out strings.Builder
	var row sheet.Row
	for {
		if err := rows.Next(&row); err == io.EOF {
			return strings.TrimSpace(out.String()), nil
		} else if err != nil {
			return "", err
		}
		for _, c := range row.Cells {
			fmt.Fprintf(&out, "%d:%d=%s ", row.Num, c.Col, c.Text)
		}
	}
}

func TestPasted(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a spreadsheet":      {"Mã\tTên\r\nA-1\tLê Mẫu\r\n", "1:1=Mã 1:2=Tên 2:1=A-1 2:2=Lê Mẫu"},
		"line ends in cells": {"A\t\"dòng 1\ndòng 2\"\tC\r\nD\tE\tF", "1:1=A 1:2=dòng 1\ndòng 2 1:3=C 2:1=D 2:2=E 2:3=F"},
		"doubled quotes":     {"A\t\"Hộ \"\"An\nPhát\"\"\"\nB\tC", "1:1=A 1:2=Hộ \"An\nPhát\" 2:1=B 2:2=C"},
		"quotes of the text": {"A\t\"An Phát\" Co.\nB\t\"chưa đóng\tC", "1:1=A 1:2=\"An Phát\" Co. 2:1=B 2:2=\"chưa đóng 2:3=C"},
		"empty cells":        {"\t\tA\t\t\n\nB", "1:3=A 3:1=B"},
		"old line ends":      {"A\tB\rC\tD", "1:1=A 1:2=B 2:1=C 2:2=D"},
		"commas":             {"A,B\nC,D\n", "1:1=A 1:2=B 2:1=C 2:2=D"},
		"HTML":               {"<table><tr><td colspan=2>A<td>B<tr><td>C</table>", "1:1=A 1:3=B 2:1=C"},
		"a fragment":         {"Version:0.9\r\nStartHTML:0000000097\r\n<html><body><!--StartFragment--><tr><td>A<td>B</tr><!--EndFragment-->", "1:1=A 1:2=B"},
		"legacy letters":     {"Hä tªn\tNgµy tiÕp nhËn hå s¬ thñ tôc hµnh chÝnh\nNguyÔn ThÞ Lý\t01/03/2023", "1:1=Họ tên 1:2=Ngày tiếp nhận hồ sơ thủ tục hành chính 2:1=Nguyễn Thị Lý 2:2=01/03/2023"},
	} {
		got, err := dumpPasted(c.text)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, c.want)
		}
	}
	for text, want := range map[string]sheet.Reason{"": sheet.Empty, "\t\r\n \t": sheet.Empty, "A\x00\x01\tB": sheet.Unknown} {
		if _, err := dumpPasted(text); sheet.ReasonOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestMerged reads merged cells of a workbook and of an HTML table.
func TestMerged(t *testing.T) {
	merged := func(content []byte) ([]sheet.Span, bool) {
		book, err := sheet.Open(strings.NewReader(string(content)), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		spans, known, err := book.Merged(context.Background(), 0)
		if err != nil {
			t.Fatal(err)
		}
		return spans, known
	}
	const rows = `<worksheet><sheetData><row><c t="str"><v>mergeCell ref="A9:B9"</v></c></row></sheetData>`
	want := []sheet.Span{{1, 1, 1, 4}, {2, 28, 1048576, 28}}
	if got, known := merged(workbook(t, rows+`<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref='AB2:AB1048576'/><mergeCell ref="B2"/><mergeCell ref="C3:A1"/></mergeCells></worksheet>`, `<sst/>`)); !known || !slices.Equal(got, want) {
		t.Errorf("%v %v", got, known)
	}
	if got, known := merged(workbook(t, strings.ReplaceAll(rows, "sheetData", "x:sheetData")+`<x:mergeCells><x:mergeCell ref="A1:D1"/></x:mergeCells></worksheet>`, `<sst/>`)); !known || !slices.Equal(got, want[:1]) {
		t.Errorf("with a prefix: %v %v", got, known)
	}
	long := `<worksheet><sheetData>` + strings.Repeat(`<row><c t="str"><v>một dòng dài</v></c></row>`, 20000) + `</sheetData><mergeCells><mergeCell ref="A1:D1"/></mergeCells></worksheet>`
	if got, known := merged(workbook(t, long, `<sst/>`)); !known || !slices.Equal(got, want[:1]) {
		t.Errorf("behind many rows: %v %v", got, known)
	}
	if got, known := merged(workbook(t, rows+`</worksheet>`, `<sst/>`)); !known || len(got) > 0 {
		t.Errorf("without merged cells: %v %v", got, known)
	}
	if got, known := merged([]byte("<table><tr><td colspan=3>A<td rowspan=2>B<tr><td>C</table>")); !known || !slices.Equal(got, []sheet.Span{{1, 1, 1, 3}, {1, 4, 2, 4}}) {
		t.Errorf("HTML: %v %v", got, known)
	}
	if _, known := merged([]byte("A;B\nC;D\n")); known {
		t.Error("delimited text knows of merged cells")
	}
}

// FuzzPasted reads any text as a clipboard: it is refused, or every cell is
// valid and in place.
func FuzzPasted(f *testing.F) {
	f.Add("A\t\"b\nc\"\r\nD\t\"\"\"e\"\"\"\n")
	f.Add("Version:0.9\r\n<tr><td rowspan=2>A<td>B")
	f.Add("sep=;\nA;B")
	f.Fuzz(func(t *testing.T, text string) {
		book, err := sheet.OpenPasted(text)
		if err != nil {
			if sheet.ReasonOf(err) == "" {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		if spans, known, err := book.Merged(context.Background(), 0); err == nil && known {
			for _, s := range spans {
				if s.FirstRow < 1 || s.FirstCol < 1 || s.LastRow < s.FirstRow || s.LastCol < s.FirstCol {
					t.Fatalf("span %+v", s)
				}
			}
		}
		rows, err := book.Rows(context.Background(), 0)
		if err != nil {
			return
		}
		defer rows.Close()
		var row sheet.Row
		num := 0
		for rows.Next(&row) == nil {
			if row.Num <= num {
				t.Fatalf("row %d after %d", row.Num, num)
			}
			num = row.Num
			col := 0
			for _, c := range row.Cells {
				if c.Col <= col || len(c.Text) == 0 {
					t.Fatalf("column %d after %d: %q", c.Col, col, c.Text)
				}
				col = c.Col
			}
		}
	})
}
