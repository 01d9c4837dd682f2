package settings_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/view"
	"giaoban/app/view/settings"
	"giaoban/data"
	"giaoban/data/desk"
)

func session(t *testing.T) *view.Session {
	t.Helper()
	now := func() time.Time { return time.Date(2026, time.May, 15, 9, 30, 0, 0, time.UTC) }
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return view.NewSession(d)
}

func TestRulesAreReadAndParsed(t *testing.T) {
	s := session(t)
	typed := settings.ReadRules(s)
	r, err := typed.Parse()
	if err != nil || r != desk.DefaultRules() {
		t.Fatalf("%+v, %v", r, err)
	}
	for field, spoil := range map[string]func(*settings.Rules){
		"code": func(r *settings.Rules) { r.CodePattern = "{ma}-{gì}" }, "letter": func(r *settings.Rules) { r.LetterPattern = "PXL" }, "similar": func(r *settings.Rules) { r.SimilarDays = "-1" },
		"soon": func(r *settings.Rules) { r.SoonDays = "hai" }, "waiting": func(r *settings.Rules) { r.WaitingDays = "1000" }, "handin": func(r *settings.Rules) { r.HandIn = "25:00" }, "sameday": func(r *settings.Rules) { r.SameDay = "" },
	} {
		bad := typed
		spoil(&bad)
		_, err := bad.Parse()
		if e, ok := err.(*data.Error); !ok || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestExampleOfAPattern(t *testing.T) {
	s := session(t)
	if text, err := settings.Example(s, "{ma}-{nam2}{thang}{ngay}-{so:4}"); err != nil || !strings.Contains(text, "Nhập mã định danh") {
		t.Errorf("without a code: %q, %v", text, err)
	}
	if err := s.Desk.SetOffice(t.Context(), data.Office{Name: "UBND xã Thử", Code: "H99.10"}); err != nil {
		t.Fatal(err)
	}
	if text, err := settings.Example(s, "{ma}-{nam2}{thang}{ngay}-{so:4}"); err != nil || !strings.HasSuffix(text, "H99.10-260515-0012") {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := settings.Example(s, "{so}{so}"); data.CodeOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
}

func TestBackupsAndWhatTheyHold(t *testing.T) {
	s := session(t)
	if len(settings.Backups(s)) != 0 {
		t.Error("backups of a new office")
	}
	path, err := s.Desk.BackupNow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list := settings.Backups(s)
	if len(list) != 1 || list[0].Path != path || list[0].Kind != "Sao lưu" || list[0].Size == "" {
		t.Fatalf("%+v", list)
	}
	c, err := desk.InspectBackup(t.Context(), path, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	text := settings.RestoreText(s, "x.db", c)
	for _, want := range []string{"x.db", "chưa đặt tên cơ quan", "Tạo tệp dữ liệu", "được giữ lại"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
	for n, want := range map[int64]string{10: "1 KB", 1500: "2 KB", 3 << 20: "3,0 MB", 5 << 30: "5,0 GB"} {
		if got := settings.Size(n); got != want {
			t.Errorf("Size(%d) = %s", n, got)
		}
	}
}

func TestCheckIsReadable(t *testing.T) {
	text, sound := settings.CheckText(desk.Check{Dossiers: 12345})
	if !sound || !strings.Contains(text, "12.345 hồ sơ") || !strings.Contains(text, "lành lặn") {
		t.Errorf("%q", text)
	}
	var many []string
	for range 20 {
		many = append(many, "Hồ sơ X không đọc được.")
	}
	text, sound = settings.CheckText(desk.Check{Faults: many})
	if sound || strings.Count(text, "Hồ sơ X") != 12 || !strings.Contains(text, "8 chỗ nữa") || !strings.Contains(text, "khôi phục") {
		t.Errorf("%q", text)
	}
}

// The hour of handing in can be cleared: then every dossier goes on the same day.
// It stays cleared in the file.
func TestTheHourOfHandingInCanBeCleared(t *testing.T) {
	s := session(t)
	typed := settings.ReadRules(s)
	typed.HandIn, typed.SameDay, typed.SimilarDays = "", "7 giờ 30", "1.5"
	if _, err := typed.Parse(); data.CodeOf(err) != data.Invalid {
		t.Errorf("1.5 days: %v", err)
	}
	typed.SimilarDays = "7"
	r, err := typed.Parse()
	if err != nil || r.HandInUntil.Known() || r.SameDayUntil != data.At(7, 30) {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := s.Desk.SetRules(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if again := settings.ReadRules(s); again.HandIn != "" || again.SameDay != "07:30" {
		t.Errorf("%+v", again)
	}
}
