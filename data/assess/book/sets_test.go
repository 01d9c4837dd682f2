package book_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/assess/book"
	"giaoban/data/scoring"
)

const (
	district = "cchc-huyen-2023-recon"
	commune  = "cchc-xa-2023-recon"
)

var today = data.Date(2023, 1, 5)

func TestTheSameSetTwice(t *testing.T) {
	b, d, _ := empty(t, today)
	id, err := b.TakeSample(background, district)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := b.ExportSet(id)
	if err != nil {
		t.Fatal(err)
	}
	var xlsx bytes.Buffer
	if err := b.WriteSetWorkbook(&xlsx, id); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"bo.json": raw, "bo.xlsx": xlsx.Bytes()} {
		if _, _, err := b.ImportSet(background, name, file); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "giống hệt") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The same key with other content is another set that must be told apart.
	other := bytes.Replace(raw, []byte(`Bộ tiêu chí xác định`), []byte(`Bộ tiêu chí khác xác định`), 1)
	if _, _, err := b.ImportSet(background, "x.json", other); data.CodeOf(err) != data.Conflict || strings.Contains(err.Error(), "giống hệt") {
		t.Errorf("same key: %v", err)
	}
	if sets, err := b.Sets(); err != nil || len(sets) != 1 {
		t.Errorf("%d sets, %v", len(sets), err)
	}
	if _, err := d.Undo(background); err != nil {
		t.Fatal(err)
	}
	if sets, _ := b.Sets(); len(sets) != 0 {
		t.Error("undo left the set")
	}
	if _, _, err := b.ImportSet(background, "bo.xlsx", xlsx.Bytes()); err != nil {
		t.Fatal(err)
	}
	sets, err := b.Sets()
	if err != nil || len(sets) != 1 || sets[0].Draft {
		t.Fatalf("%v %v", sets, err)
	}
	set, err := sets[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(set)
	want, _ := json.Marshal(scoring.ShippedByID(district))
	if string(got) != string(want) {
		t.Error("the set of the workbook differs from the shipped one")
	}
}

// TestWorkbookOpensElsewhere reads the workbook with another reader, and one that
// it wrote again.
func TestWorkbookOpensElsewhere(t *testing.T) {
	b, _, _ := empty(t, today)
	id, err := b.TakeSample(background, commune)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.WriteSetWorkbook(&out, id); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if names := f.GetSheetList(); len(names) != 2 || names[0] != "Tiêu chí" || names[1] != "Hướng dẫn" {
		t.Errorf("sheets %v", names)
	}
	rows, err := f.GetRows("Tiêu chí")
	if err != nil {
		t.Fatal(err)
	}
	want, err := scoring.SetRows(scoring.ShippedByID(commune))
	if err != nil || len(rows) != len(want) {
		t.Fatalf("%d rows, want %d, %v", len(rows), len(want), err)
	}
	for i, row := range rows {
		for j, cell := range row {
			if cell != want[i][j] {
				t.Fatalf("row %d, column %d: %q, want %q", i+1, j+1, cell, want[i][j])
			}
		}
	}
	// An officer changes a maximum: the fault names sheet, row and column.
	for i, row := range want {
		if row[2] == "1.1.2" {
			cell, _ := excelize.CoordinatesToCellName(5, i+1)
			if err := f.SetCellValue("Tiêu chí", cell, "ba"); err != nil {
				t.Fatal(err)
			}
		}
	}
	out.Reset()
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	_, err = book.ReadSet(background, out.Bytes())
	if data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "Trang «Tiêu chí», dòng") || !strings.Contains(err.Error(), "Điểm tối đa") {
		t.Errorf("%v", err)
	}
}

func TestASetInUseIsLocked(t *testing.T) {
	b, d, _ := empty(t, today)
	id, err := b.TakeSample(background, district)
	if err != nil {
		t.Fatal(err)
	}
	rename := func(s *scoring.Set) error {
		s.Node("1.1.1").Title = "Khác"
		return nil
	}
	if problems, err := b.EditSet(background, id, "Đổi tên tiêu chí 1.1.1", rename); err != nil || len(problems) > 0 {
		t.Fatalf("%v %v", problems, err)
	}
	// A fault makes it a draft, which no period takes.
	problems, err := b.EditSet(background, id, "Đổi điểm tối đa 1.1.1", func(s *scoring.Set) error { s.Node("1.1.1").Max = 700; return nil })
	if err != nil || len(problems) == 0 || problems[0].Field != "1.1" {
		t.Fatalf("%v %v", problems, err)
	}
	p := assess.Period{Title: "Đợt", Year: 2023, Set: id, Groups: []assess.Group{{Name: "A", Units: []uint32{1, 2}}}}
	if _, err := b.KeepPeriod(background, p); data.CodeOf(err) != data.Conflict {
		t.Errorf("a draft in use: %v", err)
	}
	if _, err := d.Undo(background); err != nil {
		t.Fatal(err)
	}
	if p.ID, err = b.KeepPeriod(background, p); err != nil {
		t.Fatal(err)
	}
	if _, err := b.EditSet(background, id, "Sửa", rename); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "Đợt") {
		t.Errorf("edited: %v", err)
	}
	if err := b.DropSet(background, id); data.CodeOf(err) != data.Conflict {
		t.Errorf("dropped: %v", err)
	}
	next, err := b.CopySet(background, id, 2024)
	if err != nil {
		t.Fatal(err)
	}
	stored, set, err := b.Set(next)
	if err != nil || stored.Year != 2024 || set.Meta.ID != "cchc-huyen-2024-recon" || len(scoring.Diff(scoring.ShippedByID(district), set)) != 1 {
		t.Fatalf("%+v %v", stored, err)
	}
	if n, err := b.OpenSheets(background, p.ID); n != 2 || err != nil {
		t.Fatalf("%d sheets, %v", n, err)
	}
	if n, err := b.OpenSheets(background, p.ID); n != 0 || err != nil {
		t.Fatalf("%d sheets again, %v", n, err)
	}
	p.Set = next
	if _, err := b.KeepPeriod(background, p); data.CodeOf(err) != data.Conflict {
		t.Errorf("another set under sheets: %v", err)
	}
	p.Set, p.Groups = id, []assess.Group{{Name: "A", Units: []uint32{1}}}
	if _, err := b.KeepPeriod(background, p); data.CodeOf(err) != data.Conflict {
		t.Errorf("a unit with a sheet left out: %v", err)
	}
}
