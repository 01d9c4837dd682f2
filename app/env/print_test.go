//go:build !windows

package env_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// TestPrintsAreInTheRegister: a print stands in the register of exports and prints before the
// printer gets it, its private file goes at once, also where the printer refuses it, and
// nothing is printed that the register does not keep.
func TestPrintsAreInTheRegister(t *testing.T) {
	dir := t.TempDir()
	cache, seen := filepath.Join(dir, "cache"), filepath.Join(dir, "seen")
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	lp := func(script string) {
		if err := os.WriteFile(filepath.Join(dir, "lp"), []byte("#!/bin/sh\nfor a in \"$@\"; do last=\"$a\"; done\ncp \"$last\" '"+seen+"'\n"+script), 0o700); err != nil { //nolint:gosec // it must be run
			t.Fatal(err)
		}
	}
	d := open(t)
	e, _ := pagetest.Env(t, d)
	x := env.Printed{Issue: desk.Issue{What: "Danh sách thử", Rows: 3, Masked: true}, PDF: []byte("%PDF thử")}
	left := func() (names []string) {
		_ = filepath.WalkDir(cache, func(path string, f os.DirEntry, err error) error {
			if err == nil && !f.IsDir() {
				names = append(names, path)
			}
			return nil
		})
		return names
	}
	lp("exit 0\n")
	if way, err := env.HandOver(e, "danh-sach", x, widget.PrintJob{}); err != nil || way != widget.PrintQueued {
		t.Fatalf("%v, %v", way, err)
	}
	if raw, err := os.ReadFile(seen); err != nil || string(raw) != "%PDF thử" {
		t.Errorf("the printer got %q, %v", raw, err)
	}
	lp("echo hết giấy >&2\nexit 1\n")
	if _, err := env.HandOver(e, "danh-sach", x, widget.PrintJob{}); err == nil || !strings.Contains(err.Error(), "hết giấy") {
		t.Errorf("a printer that refuses: %v", err)
	}
	list, err := d.Issues()
	if err != nil || len(list) != 2 || list[0].Value != (desk.Issue{What: "Danh sách thử", Rows: 3, Masked: true, At: d.Now().Unix(), By: d.Officer()}) {
		t.Errorf("%+v, %v", list, err)
	}
	_ = os.Remove(seen)
	lp("exit 0\n")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := env.HandOver(e, "danh-sach", x, widget.PrintJob{}); err == nil {
		t.Error("printed without a line in the register")
	}
	if _, err := os.Stat(seen); err == nil {
		t.Error("the printer got what the register does not keep")
	}
	if names := left(); len(names) > 0 {
		t.Errorf("left behind: %v", names)
	}
}
