//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDamagedFileIsRestored: a data file with a damaged page ends nothing. The
// window names the newest backup that is sound, not the newest by name, and one key
// restores it.
func TestDamagedFileIsRestored(t *testing.T) {
	folder := t.TempDir()
	file, backups := filepath.Join(folder, "so.db"), filepath.Join(folder, "sao-luu")
	if err := os.Mkdir(backups, 0o700); err != nil {
		t.Fatal(err)
	}
	fixture := func(name string) string { return filepath.Join("..", "data", "exchange", "testdata", "import", name) }
	command(t, "import", fixture("A_server.xlsx"), "--file", file)
	command(t, "backup", "--out", filepath.Join(backups, "so-2026-01-05.db"), "--file", file)
	command(t, "import", fixture("E_full.xlsx"), "--file", file)
	command(t, "backup", "--out", filepath.Join(backups, "so-2026-01-06.db"), "--file", file)
	for _, path := range []string{file, filepath.Join(backups, "so-2026-01-06.db")} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for page := 5; page < 20 && page*4096+20 < len(raw); page++ {
			raw[page*4096+20] ^= 0x80
		}
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := newDesktop(t, 1366, 768)
	p := d.launch("--file", file)
	p.until("the backup that is sound", func(s State) bool {
		return s.Screen == "failure" && strings.Contains(s.Status, "bị hỏng (trang ") && strings.Contains(s.Status, "so-2026-01-05.db, 60 hồ sơ")
	})
	p.shoot("damaged-file")
	p.Key("Return")
	p.until("the restored office", func(s State) bool { return s.Screen == "overview" && s.Dialog == "Đã khôi phục dữ liệu" })
	p.Key("Return")
	p.quit()
	// With the settings of the one who restored: those of another still know of what the
	// damaged file held, and check would rightly tell of an older file in its place.
	d.run(binary(t), "check", "--file", file)
}
