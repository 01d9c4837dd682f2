package exchange_test

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
	"github.com/xuri/excelize/v2"
)

func TestWriteTable(t *testing.T) {
	var out bytes.Buffer
	table := exchange.Table{Sheet: "Hồ sơ/quá hạn [2023]", Titles: []string{"DANH SÁCH HỒ SƠ", "Từ ngày 01/01/2023"},
		Columns: []exchange.TableColumn{{Heading: "STT", Width: 6}, {Heading: "Chủ hồ sơ", Width: 30}, {Heading: "Ngày tiếp nhận"}, {Heading: "Ngày hẹn trả"}, {Heading: "Lệ phí"}}}
	rows := [][]any{
		{1, "=cmd|'/C calc'!A0", data.Moment{Day: data.Date(2023, 3, 5), Clock: data.At(8, 30)}, data.Date(2023, 3, 9), int64(20000)},
		{2, "+84 «Bà» & <con>\n", data.Moment{}, nil, 0.5},
	}
	if err := exchange.WriteTable(&out, table, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	if name != "Hồ sơ-quá hạn -2023-" {
		t.Errorf("sheet %q", name)
	}
	for cell, want := range map[string]string{"A1": "DANH SÁCH HỒ SƠ", "A2": "Từ ngày 01/01/2023", "A3": "", "B4": "Chủ hồ sơ",
		"A5": "1", "B5": "=cmd|'/C calc'!A0", "C5": "05/03/2023 08:30", "D5": "09/03/2023", "E5": "20000", "B6": "+84 «Bà» & <con>\n", "C6": ""} {
		if got, _ := f.GetCellValue(name, cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
	if formula, _ := f.GetCellFormula(name, "B5"); formula != "" {
		t.Errorf("B5 became the formula %q", formula)
	}
	if kind, _ := f.GetCellType(name, "C5"); kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString {
		t.Error("the date is text")
	}
	if panes, _ := f.GetPanes(name); !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes %+v", panes)
	}
	if style, _ := f.GetCellStyle(name, "B4"); style == 0 {
		t.Error("the heading has no style")
	} else if st, _ := f.GetStyle(style); st.Font == nil || !st.Font.Bold {
		t.Error("the heading is not bold")
	}
}

func TestWriteTableRefusesUnknownCells(t *testing.T) {
	err := exchange.WriteTable(&bytes.Buffer{}, exchange.Table{Columns: []exchange.TableColumn{{Heading: "A"}}}, slices.Values([][]any{{struct{}{}}}))
	if data.CodeOf(err) != data.Internal {
		t.Errorf("%v", err)
	}
}

// TestWriteRejected writes the bad rows, and reads them back: the same rows are
// bad for the same reasons.
func TestWriteRejected(t *testing.T) {
	ctx := context.Background()
	for _, name := range []string{"trap_rows.xlsx", "trap_rows.csv", "trap_rows.xls"} {
		src, err := exchange.Open(ctx, filepath.Join(fixtures, name), exchange.Options{Today: today})
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		var bad []exchange.Record
		if _, err := src.Read(ctx, func(r *exchange.Record) error {
			if r.Verdict == exchange.Rejected {
				bad = append(bad, *r)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := exchange.WriteRejected(ctx, &out, src, bad); err != nil {
			t.Fatal(err)
		}
		back, err := exchange.OpenReader(ctx, bytes.NewReader(out.Bytes()), int64(out.Len()), "lai.xlsx", exchange.Options{Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if last := back.Mapping().Columns[len(back.Mapping().Columns)-1]; last.Heading != "Lý do" || !strings.Contains(last.Samples[0], ".") {
			t.Errorf("last column %+v", last)
		}
		var again []exchange.Record
		sum, err := back.Read(ctx, func(r *exchange.Record) error {
			again = append(again, *r)
			return nil
		})
		if err != nil || sum.Rows != len(bad) {
			t.Fatalf("%s: %d rows came back of %d, %v", name, sum.Rows, len(bad), err)
		}
		for i, r := range again {
			// Their first lines are not in the new file.
			if bad[i].Class != exchange.DuplicateDiffers && r.Class != bad[i].Class {
				t.Errorf("%s row %d: %s, was %s", name, bad[i].Row, r.Class, bad[i].Class)
			}
		}
	}
}
