package safety_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/reports/paper"
	"giaoban/reports/safety"
)

var office = data.Office{Parent: "UBND TỈNH THỬ", Name: "UBND XÃ MẪU", Place: "Mẫu", Officer: "Người Thử"}

func texts(d *paper.Document) string {
	var b strings.Builder
	for _, box := range d.Boxes() {
		b.WriteString(box.Text + " ")
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// keep writes the paper where the environment names a folder, to be looked at.
func keep(t *testing.T, d *paper.Document, name string) {
	t.Helper()
	raw, err := d.Bytes()
	if err != nil || d.Pages() != 1 {
		t.Fatalf("%d pages, %v", d.Pages(), err)
	}
	if dir := os.Getenv("GIAOBAN_TEST_OUT"); dir != "" {
		if err := os.WriteFile(dir+"/"+name, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// The recovery sheet holds every group of the code in order, the QR code, and one page.
func TestRecoverySheet(t *testing.T) {
	code := "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-7K2M"
	d, err := safety.BuildSheet(t.Context(), &safety.Sheet{Office: office, Code: code, Made: data.Moment{Day: data.Date(2026, time.November, 30), Clock: data.At(9, 5)}, File: "so-giao-ban.db"}, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	got := texts(d)
	for _, want := range []string{"0123 – 4567 – 89AB", "CDEF – GHJK – MNPQ", "RSTV – WXYZ – 7K2M", "TỜ KHÔI PHỤC", "so-giao-ban.db", "Mã QR"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	keep(t, d, "to-khoi-phuc.pdf")
}

// The protocol names what was compared and says plainly when it did not pass.
func TestProtocol(t *testing.T) {
	p := &archive.Drill{At: data.Moment{Day: data.Date(2026, time.November, 30), Clock: data.At(9, 5)}, Backup: "so.db-2026-11-30.gbsao", Size: 1234567, Sound: true, Behind: 4,
		Lines: []archive.DrillLine{{What: "Hồ sơ", Backup: "1.204", Restored: "1.204", Same: true}, {What: "Tệp minh chứng", Backup: "12", Restored: "12", Same: true}}}
	d, err := safety.BuildProtocol(t.Context(), office, p, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"BIÊN BẢN", "1.204", "khớp", "ĐẠT: khôi phục", "thêm 4 thao tác"} {
		if got := texts(d); !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	keep(t, d, "dien-tap.pdf")
	p.Lines[1].Restored, p.Lines[1].Same, p.Sound, p.Faults = "11", false, false, []string{"Tài liệu minh chứng «A»: tệp không có trong bản sao lưu."}
	if d, err = safety.BuildProtocol(t.Context(), office, p, paper.Options{Record: true}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"LỆCH", "KHÔNG ĐẠT", "«A»"} {
		if got := texts(d); !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}
