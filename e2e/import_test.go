//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// count returns how many dossiers the command finds in a data file.
func count(t *testing.T, file string, query ...string) int {
	t.Helper()
	var list []json.RawMessage
	out := command(t, append(append([]string{"dossiers"}, query...), "--file", file, "--json")...)
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatalf("dossiers --json: %v", err)
	}
	return len(list)
}

// workbook writes an export as a provincial system gives it: n dossiers, the
// last of which has a date that no calendar has.
func workbook(t *testing.T, n int) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	rows := [][]any{{"DANH SÁCH HỒ SƠ"}, {"STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Lĩnh vực", "Đơn vị xử lý", "Chủ hồ sơ", "Số điện thoại", "Địa chỉ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Trạng thái"}}
	for i := 1; i <= n; i++ {
		received := fmt.Sprintf("%02d/03/2022", 1+i%28)
		if i == n {
			received = "31/02/2022"
		}
		rows = append(rows, []any{i, fmt.Sprintf("H99.99-2203%02d-%04d", 1+i%28, 7000+i), "Đăng ký khai sinh", "Hộ tịch", "UBND phường Thử Nghiệm",
			fmt.Sprintf("Trần Văn Mẫu %d", i), "0900000000", "Tổ 1", received, "15/04/2022", "10/04/2022", "Đã trả kết quả"})
	}
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "xuat.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestImportedDossiersAreInTheWindow imports by command and looks for the
// dossiers in the window.
func TestImportedDossiersAreInTheWindow(t *testing.T) {
	file := demoFile(t)
	before := count(t, file)
	source := workbook(t, 40)
	var told []struct{ Rows, New, Rejected int }
	for round, want := range []struct{ new, rejected int }{{39, 1}, {0, 1}} {
		out := command(t, "import", source, "--file", file, "--json")
		if err := json.Unmarshal(out, &told); err != nil || len(told) != 1 {
			t.Fatalf("import --json: %v\n%s", err, out)
		}
		if told[0].Rows != 40 || told[0].New != want.new || told[0].Rejected != want.rejected {
			t.Errorf("import %d says %+v, want %d new and %d rejected", round+1, told[0], want.new, want.rejected)
		}
	}

	p := newDesktop(t, 1366, 768).start("--file", file)
	p.maximise()
	p.Key("alt+2")
	p.until("the register with the imported dossiers", func(s State) bool { return s.Screen == "register" && s.Listed == before+39 })
	p.Type(`"tran van mau 39"`)
	s := p.until("the imported dossier", func(s State) bool { return s.Listed == 1 })
	p.still("register-imported")
	if s.Selected != "" && s.Selected != "H99.99-220312-7039" {
		t.Errorf("the dossier found is %s", s.Selected)
	}
	p.quit()
}
