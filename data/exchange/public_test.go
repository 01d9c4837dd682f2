package exchange_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/exchange/sheet"
)

// public is the folder of files that were once read wrongly.
const public = "testdata/public"

// imported reads a file of the public folder into a base.
func imported(t *testing.T, b *base, name string) *outcome {
	t.Helper()
	got, err := b.load(filepath.Join(public, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for row, r := range got.rejected {
		if r.Reason == "" || r.Column == "" {
			t.Errorf("row %d is rejected without reason or column: %+v", row, r)
		}
		checkSentence(t, r.Reason)
	}
	return got
}

// days tells due date and end of a dossier.
func days(b *base, code string) string {
	d := b.dossiers[code]
	s := d.On(data.MaxDay)
	return fmt.Sprint(s.Due.Day.ISO(), " ", s.Ended.Day.ISO())
}

func TestFormulasOfOlderExcel(t *testing.T) {
	for _, name := range []string{"control.xls", "f0406.xls"} {
		b := newBase()
		got := imported(t, b, "biff-formula-0406/"+name)
		if len(got.new) != 2 {
			t.Errorf("%s: %d new, rejected %v", name, len(got.new), got.rejected)
		}
		for code := range b.dossiers {
			if s := days(b, code); strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
				t.Errorf("%s %s: due and end %q", name, code, s)
			}
		}
	}
}

func TestSpoiledCodes(t *testing.T) {
	got := imported(t, newBase(), "code-scientific/codes.csv")
	if len(got.new) != 0 || len(got.rejected) != 3 {
		t.Fatalf("%d new, %d rejected", len(got.new), len(got.rejected))
	}
	for row, r := range got.rejected {
		if r.Class != exchange.LostValue || r.Column != "Mã hồ sơ" || !strings.Contains(r.Reason, "làm mất chữ số") {
			t.Errorf("row %d: %s, %s: %s", row, r.Class, r.Column, r.Reason)
		}
	}
}

func TestStrayQuotes(t *testing.T) {
	for name, lines := range map[string][]int{"one-quote.csv": {6}, "two-quotes.csv": {6, 31}} {
		b := newBase()
		got := imported(t, b, "csv-stray-quotes/"+name)
		if len(got.new) != 40 || len(got.rejected) != 0 {
			t.Errorf("%s: %d new, %d rejected; want 40", name, len(got.new), len(got.rejected))
		}
		var noted []int
		for row, r := range got.records {
			if len(r.Dossier.Owner.Name) > 60 {
				t.Errorf("%s, row %d: owner %q", name, row, r.Dossier.Owner.Name)
			}
			if slices.ContainsFunc(r.Notes, func(s string) bool { return strings.Contains(s, "ngoặc kép") }) {
				noted = append(noted, row)
			}
		}
		if notes := fmt.Sprint(got.summary.Notes); !strings.Contains(notes, strings.ReplaceAll(strings.Trim(fmt.Sprint(lines), "[]"), " ", ", ")) {
			t.Errorf("%s: notes %s", name, notes)
		}
		if slices.Sort(noted); len(noted) != len(lines) {
			t.Errorf("%s: quotes noted in %v, want %v", name, noted, lines)
		}
	}
}

func TestEmptySharedValue(t *testing.T) {
	if got := imported(t, newBase(), "empty-shared-value/empty-v.xlsx"); len(got.new) != 2 || len(got.rejected) != 0 {
		t.Errorf("%d new, rejected %v", len(got.new), got.rejected)
	}
}

func TestFormulaWithoutResult(t *testing.T) {
	got := imported(t, newBase(), "formula-without-value/no-value.xlsx")
	if len(got.new) != 0 || len(got.rejected) != 1 {
		t.Fatalf("%d new, %d rejected", len(got.new), len(got.rejected))
	}
	for _, r := range got.rejected {
		if r.Class != exchange.LostValue || r.Column != "Ngày hẹn trả" || r.Dossier.Code == "" {
			t.Errorf("%s, %s, %q", r.Class, r.Column, r.Dossier.Code)
		}
		if want := "Ô «Ngày hẹn trả» là công thức chưa có kết quả (=H2+7). Mở tệp bằng Excel, lưu lại rồi nhập lại."; r.Reason != want {
			t.Errorf("%s", r.Reason)
		}
	}
}

func TestNumbersOfJava(t *testing.T) {
	b := newBase()
	if got := imported(t, b, "java-number-code/excel.xlsx"); len(got.new) != 1 {
		t.Fatalf("%d new", len(got.new))
	}
	if got := imported(t, b, "java-number-code/java.xlsx"); len(got.new) != 0 || len(got.same) != 1 {
		t.Errorf("second import: %d new, %d same, changes %v", len(got.new), len(got.same), got.changes)
	}
	if _, ok := b.dossiers["12345"]; !ok || len(b.dossiers) != 1 {
		t.Errorf("%v", b.dossiers)
	}
}

func TestMergedCellCountsForAllRows(t *testing.T) {
	got := imported(t, newBase(), "merged-unit-cell/mg.xlsx")
	if len(got.new) != 3 {
		t.Fatalf("%d new", len(got.new))
	}
	for row, r := range got.records {
		if r.Unit == "" || r.Unit != got.records[got.new[0]].Unit {
			t.Errorf("row %d: unit %q", row, r.Unit)
		}
	}
}

func TestPartsOfPackageStandAnywhere(t *testing.T) {
	if got := imported(t, newBase(), "package-root/c_root.xlsx"); len(got.new) != 1 {
		t.Errorf("%d new", len(got.new))
	}
	for _, name := range []string{"WORKBOOK.xls", "control.xls"} {
		if got := imported(t, newBase(), "ole-name-capitals/"+name); len(got.new) != 2 {
			t.Errorf("%s: %d new", name, len(got.new))
		}
	}
}

func TestRefusalsNameTheTrueReason(t *testing.T) {
	for name, want := range map[string]sheet.Reason{"empty.xls": sheet.Empty, "word.doc": sheet.Word, "binary.xlsb": sheet.Binary} {
		_, err := newBase().load(filepath.Join(public, "misleading-sentences", name))
		if sheet.ReasonOf(err) != want {
			t.Errorf("%s: %v (%s), want %s", name, err, sheet.ReasonOf(err), want)
		}
		checkSentence(t, err.Error())
	}
}
