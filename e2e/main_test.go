//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// scratch holds what all tests share; it goes away at the end.
var scratch string

func TestMain(m *testing.M) {
	var err error
	scratch, err = os.MkdirTemp("", "giaoban-e2e-")
	if err == nil {
		// Pictures of an earlier run would pass for those of this one.
		err = os.RemoveAll(pictures)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(scratch)
	os.Exit(code)
}

var buildDemo sync.Once

// demoFolder builds the demonstration office once and returns its folder, which
// holds the data file and every report.
func demoFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(scratch, "demo")
	buildDemo.Do(func() { command(t, "demo", "--out", folder) })
	return folder
}

// demoFile returns a copy of the demonstration data file for one test.
func demoFile(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(demoFolder(t), "*.db"))
	if err != nil || len(found) != 1 {
		t.Fatalf("the demonstration has data files %v (%v)", found, err)
	}
	content, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "so.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
