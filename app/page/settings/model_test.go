package settings

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
)

func TestExampleOfAPattern(t *testing.T) {
	d := pagetest.Empty(t)
	if text, err := example(d, "{ma}-{nam2}{thang}{ngay}-{so:4}"); err != nil || !strings.Contains(text, "Nhập mã định danh") {
		t.Errorf("without a code: %q, %v", text, err)
	}
	if err := d.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử", Code: "H99.10"}); err != nil {
		t.Fatal(err)
	}
	if text, err := example(d, "{ma}-{nam2}{thang}{ngay}-{so:4}"); err != nil || !strings.HasSuffix(text, "H99.10-230620-0012") {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := example(d, "{so}{so}"); data.CodeOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
}

func TestBackupsAndWhatTheyHold(t *testing.T) {
	d := pagetest.Empty(t)
	path, err := d.BackupNow(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	list := d.BackupFiles()
	if len(list) != 1 || list[0].Path != path || backupKind(&list[0]) != "Sao lưu" {
		t.Fatalf("%+v", list)
	}
	p, err := d.PreviewRestore(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := restoreText("x.db", &p)
	for _, want := range []string{"x.db", "chưa đặt tên cơ quan", "Tạo tệp dữ liệu", "giữ lại", "Giống hệt"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
	for i := range 10 {
		if err := d.SetOffice(t.Context(), data.Office{Name: fmt.Sprint("UBND xã ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if p, err = d.PreviewRestore(t.Context(), path, nil); err != nil {
		t.Fatal(err)
	}
	text = restoreText("x.db", &p)
	for _, want := range []string{"sẽ bỏ 10 thao tác", "2 thao tác nữa"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
	for n, want := range map[int64]string{10: "1 KB", 1500: "2 KB", 3 << 20: "3,0 MB", 5 << 30: "5,0 GB"} {
		if got := size(n); got != want {
			t.Errorf("Size(%d) = %s", n, got)
		}
	}
}

func TestSecondPlaceInWords(t *testing.T) {
	if text, late := secondText(desk.SecondPlace{}); !late || !strings.Contains(text, "cùng ổ") {
		t.Errorf("%q", text)
	}
	at := data.Moment{Day: data.Date(2026, 11, 30)}
	if text, late := secondText(desk.SecondPlace{Folder: "/usb", Here: "/usb", At: at}); late || text != "/usb, đang có. Bản mới nhất ở đó chép lúc 30/11/2026, đã đọc lại." {
		t.Errorf("%q", text)
	}
	if text, late := secondText(desk.SecondPlace{Folder: "/usb", At: at, Missing: 12, Overdue: true}); !late || !strings.Contains(text, "không thấy") || !strings.Contains(text, "Đã 12 ngày") {
		t.Errorf("%q", text)
	}
}

func TestCheckIsReadable(t *testing.T) {
	text, sound := checkText(desk.Report{Check: desk.Check{Dossiers: 12345}})
	if !sound || !strings.Contains(text, "12.345 hồ sơ") || !strings.Contains(text, "lành lặn") {
		t.Errorf("%q", text)
	}
	var many []string
	for range 20 {
		many = append(many, "Hồ sơ X không đọc được.")
	}
	text, sound = checkText(desk.Report{Check: desk.Check{Faults: many}})
	if sound || strings.Count(text, "Hồ sơ X") != 12 || !strings.Contains(text, "8 chỗ nữa") || !strings.Contains(text, "khôi phục") {
		t.Errorf("%q", text)
	}
}

func TestRecentWorkTellsWhatWasTakenBack(t *testing.T) {
	d := pagetest.Office(t)
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	work, err := recentWork(d)
	if err != nil || len(work) != 3 || !strings.HasPrefix(work[0].what, "Hoàn tác: Nhập ") || work[1].what != strings.TrimPrefix(work[0].what, "Hoàn tác: ") || !strings.Contains(work[0].at, "20/06/2023") {
		t.Errorf("recent work %v, %v", work, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := recentWork(d); err == nil {
		t.Error("a closed file tells what was done")
	}
}
