package disk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/disk"
)

// TestCopiedFolder: copies are the officer's alone, and links are not followed.
func TestCopiedFolder(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	if err := os.MkdirAll(filepath.Join(from, "trong"), 0o755); err != nil { //nolint:gosec // wider than what is made
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "bi-mat")
	for path, text := range map[string]string{filepath.Join(from, "trong", "1"): "một", secret: "bí mật"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil { //nolint:gosec // as above
			t.Fatal(err)
		}
	}
	if err := os.Symlink(secret, filepath.Join(from, "loi-tat")); err != nil {
		t.Skip(err)
	}
	if err := disk.CopyFolder(from, to); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]os.FileMode{to: 0o700, filepath.Join(to, "trong"): 0o700, filepath.Join(to, "trong", "1"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if raw, _ := os.ReadFile(filepath.Join(to, "trong", "1")); string(raw) != "một" {
		t.Errorf("%q", raw)
	}
	if _, err := os.Lstat(filepath.Join(to, "loi-tat")); err == nil {
		t.Error("a link was copied")
	}
}

// TestOpenRefusesWhatIsNoFile: folders and devices are refused, a file is read.
func TestOpenRefusesWhatIsNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if raw, err := disk.Read(path); err != nil || string(raw) != "x" {
		t.Errorf("%q, %v", raw, err)
	}
	for _, bad := range []string{filepath.Dir(path), os.DevNull} {
		if _, err := disk.Read(bad); data.CodeOf(err) != data.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestSeenCopiesArePutAway: what was printed or looked at goes when the program ends.
func TestSeenCopiesArePutAway(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("LocalAppData", t.TempDir())
	dir, err := disk.TempFolder(disk.Scratch(), disk.SeenCopy)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(disk.Scratch(), "khac")
	for _, path := range []string{filepath.Join(dir, "in.pdf"), other} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	disk.PutAway()
	if _, err := os.Stat(dir); err == nil {
		t.Error("a printed file stays")
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}

// TestNamesDoNotSteer: no name of a file turns a text round or steers a terminal.
func TestNamesDoNotSteer(t *testing.T) {
	bad := "a\x1b[2Jb\u202ec\u200fd\u2066e\u0085f"
	if got := disk.Plain(bad + "\n\tg"); got != "a?[2Jb?c?d?e?f\n\tg" {
		t.Errorf("%q", got)
	}
	if got := disk.Name(bad + "\n"); got != "a?[2Jb?c?d?e?f?" {
		t.Errorf("%q", got)
	}
	if got := disk.PlaceWarning("/home/an/OneDrive/so.db"); !strings.Contains(got, "OneDrive") {
		t.Error(got)
	}
}
