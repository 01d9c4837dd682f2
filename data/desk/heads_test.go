package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data/desk"
)

// TestOlderFileInPlace: a file that goes less far than when it was last open here is
// told at the opening, and so is one whose journal went another way; a restore is not.
func TestOlderFileInPlace(t *testing.T) {
	folder, path := t.TempDir(), filepath.Join(t.TempDir(), "so.db")
	open := func(create bool) *desk.Desk {
		t.Helper()
		d, err := desk.Open(path, desk.Options{Create: create, Heads: folder})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Wait(); err != nil {
			t.Fatal(err)
		}
		return d
	}
	set := func(d *desk.Desk, value string) {
		t.Helper()
		if err := d.KeepSetting(t.Context(), desk.Work{Title: "Thiết lập " + value}, "x", []byte(value)); err != nil {
			t.Fatal(err)
		}
	}
	told := func(d *desk.Desk) string { text, _ := d.Notice(); return text }
	d := open(true)
	set(d, "1")
	d.Close()
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d = open(false)
	if text := told(d); text != "" {
		t.Errorf("the same file: %s", text)
	}
	set(d, "2")
	d.Close()
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	d = open(false)
	if text := told(d); !strings.Contains(text, "Tệp cũ hơn bản đã mở lần trước") {
		t.Errorf("an older file: %q", text)
	}
	// It goes on another way, as far as the one before.
	d.Close()
	other, err := desk.Open(path, desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	set(other, "3")
	set(other, "4")
	other.Close()
	d = open(false)
	if text := told(d); !strings.Contains(text, "không đi tiếp từ bản đã mở lần trước") {
		t.Errorf("another way: %q", text)
	}
	d.Close()
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	desk.ForgetHead(folder, path)
	d = open(false)
	defer d.Close()
	if text := told(d); text != "" {
		t.Errorf("after a restore: %s", text)
	}
}
