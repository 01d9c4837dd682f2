//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// ownWorkbook writes an export of this and last year as the one-stop of a ward has it.
func ownWorkbook(t *testing.T, folder string, n int) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	heading := []any{"Mã hồ sơ", "Tên thủ tục hành chính", "Lĩnh vực", "Đơn vị xử lý", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Hình thức nộp", "Trạng thái"}
	day := time.Now().AddDate(0, 0, -200)
	for i := range n + 1 {
		row := heading
		if i > 0 {
			at := day.AddDate(0, 0, i%90)
			row = []any{fmt.Sprintf("H56.22.17-%s-%04d", at.Format("060102"), i), "Đăng ký khai sinh", "Hộ tịch", "Trung tâm Phục vụ hành chính công", fmt.Sprintf("Trần Văn Mẫu %d", i),
				at.Format("02/01/2006"), at.AddDate(0, 0, 5).Format("02/01/2006"), at.AddDate(0, 0, 2).Format("02/01/2006"), "Trực tuyến", "Đã trả kết quả"}
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(folder, "hoso.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestOfficeFromNothing sets up an office from an empty machine to its first report by
// keyboard alone, leaves in between, and goes on where it was.
func TestOfficeFromNothing(t *testing.T) {
	d := newDesktop(t, 1366, 768)
	ownWorkbook(t, d.home, 60)
	began := time.Now()
	o := officer{Program: d.start()}
	o.until("the start page", func(s State) bool { return s.Screen == "start" })
	o.still("start-page")
	o.Key("Return") // Lập sổ của cơ quan tôi
	o.until("the first step", func(s State) bool { return s.Screen == "founding" && s.Focus == "Cấp" })
	o.Key("Tab")
	o.at("Tên cơ quan")
	o.write("UBND phường Yên Trạch")
	o.shown("PHƯỜNG YÊN TRẠCH")
	o.still("founding-office")
	o.Key("ctrl+Return")
	o.shown("Phòng Kinh tế, Hạ tầng và Đô thị")

	// Units copied from a spreadsheet go behind the last line.
	o.Key("Insert")
	o.until("an empty line", func(s State) bool { return s.Value == "" })
	o.Paste("Trạm Y tế phường\tĐơn vị sự nghiệp, chi nhánh\nĐội Quản lý trật tự\tPhòng, ban\n")
	o.shown("Đội Quản lý trật tự")
	for _, name := range []string{"Trung tâm Phục vụ hành chính công", "Trạm Y tế phường"} {
		o.shown(name) // nothing was written over
	}
	o.still("founding-units")
	o.Key("ctrl+Return")
	o.shown("Hộ tịch: ")
	o.still("founding-procedures")
	o.quit()

	// The next start goes on with the third step: the first two are stored.
	o = officer{Program: d.start()}
	o.until("the step of the last time", func(s State) bool { return s.Screen == "founding" && strings.Contains(s.Text, "Hộ tịch: ") })
	o.Key("ctrl+Return")
	o.at("Chọn tệp hồ sơ…")
	o.Key("Return")
	o.asked("Chọn tệp để nhập")
	o.Type("hoso")
	o.Key("Return")
	o.until("the columns of the file", func(s State) bool { return s.Screen == "import" && s.Focus == "Kiểm tra" })
	o.Key("Return")
	o.until("the dry run", func(s State) bool { return s.Focus == "Nhập" })
	o.Key("Return")
	o.at("Về trang Lập sổ")
	o.Key("Return")
	o.shown("60 hồ sơ")
	o.Key("ctrl+Return")
	o.until("the first report", func(s State) bool { return s.Screen == "founding" && s.Pages > 0 })
	o.still("founding-report")
	t.Logf("from nothing to the first report in %v", time.Since(began).Round(time.Second))
	// Without a printer the report is kept as a file.
	o.Key("ctrl+Return")
	o.asked("Không in được")
	o.Key("Return")
	o.asked("Xuất PDF")
	o.Key("Return")
	pdf := filepath.Join(d.home, "bao-cao-giao-ban.pdf")
	eventually(t, pdf, func() bool { content, _ := os.ReadFile(pdf); return bytes.HasPrefix(content, []byte("%PDF-")) })
	o.quit()

	file := filepath.Join(d.home, ".config", "giaoban", "so-giao-ban.db")
	if n := count(t, file); n != 60 {
		t.Errorf("%d dossiers in %s", n, file)
	}
	// An office that is set up opens on its overview.
	o = officer{Program: d.start()}
	if s := o.State(); s.Screen != "overview" {
		t.Errorf("opens on %s", s.Screen)
	}
	o.quit()
}

// TestDemonstrationIsToldApart: it opens in a file of its own, says so on every page, and
// takes no dossiers of a real office.
func TestDemonstrationIsToldApart(t *testing.T) {
	d := newDesktop(t, 1366, 768)
	source := ownWorkbook(t, d.home, 5)
	o := officer{Program: d.start()}
	o.Key("Tab", "Tab", "Tab", "Tab", "Return")
	o.until("the demonstration", func(s State) bool { return s.Screen == "overview" && strings.Contains(s.Text, "Lập sổ của tôi") })
	o.steady()
	o.still("demonstration")
	for _, screen := range []string{"watching", "settings"} {
		o.visit(screen)
		o.shown("Đây là cơ quan minh họa")
	}
	o.quit()
	file := filepath.Join(d.home, ".config", "giaoban", "minh-hoa.db")
	if _, err := os.Stat(filepath.Join(filepath.Dir(file), "so-giao-ban.db")); err == nil {
		t.Error("looking at the demonstration made a register")
	}
	c := d.command(binary(t), "import", source, "--file", file, "--json")
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "cơ quan minh họa") {
		t.Errorf("import into the demonstration: %v\n%s", err, out)
	}
}

// TestFileThatIsNotThereIsOffered: --file of a new path offers to make it there.
func TestFileThatIsNotThereIsOffered(t *testing.T) {
	d := newDesktop(t, 1366, 768)
	path := filepath.Join(d.home, "moi", "so.db")
	o := officer{Program: d.launch("--file", path)}
	o.until("the question", func(s State) bool {
		return s.Screen == "start" && strings.Contains(s.Status, "Lập sổ mới ở đây?")
	})
	o.Key("Return")
	o.until("the first step", func(s State) bool { return s.Screen == "founding" })
	o.quit()
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
