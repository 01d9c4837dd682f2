package desk_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/data/desk"
)

// TestKilledWriteLeavesNothing: what a killed program left in a folder goes with
// the next write there; what a living one writes stays.
func TestKilledWriteLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	temporary := ""
	err := desk.WriteWhole(filepath.Join(folder, "a.txt"), func(w io.Writer) error {
		list, err := filepath.Glob(filepath.Join(folder, ".dang-ghi-*"))
		if err != nil || len(list) != 1 {
			return fmt.Errorf("%v, %v", list, err)
		}
		temporary = filepath.Base(list[0])
		_, err = io.WriteString(w, "a")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// A process that has ended: this test program, which runs no test.
	gone := exec.Command(os.Args[0], "-test.run=^$")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	mine, dead := fmt.Sprintf("-%d-", os.Getpid()), fmt.Sprintf("-%d-", gone.Process.Pid)
	if !strings.Contains(temporary, mine) {
		t.Fatalf("%s does not name the process", temporary)
	}
	left, living := strings.Replace(temporary, mine, dead, 1), temporary
	other := ".dang-ghi-maykhac" + dead + "1"
	for _, name := range []string{left, living, other} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := desk.WriteWhole(filepath.Join(folder, "b.txt"), func(io.Writer) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{left: false, living: true, other: true, "a.txt": true, "b.txt": true} {
		if _, err := os.Stat(filepath.Join(folder, name)); (err == nil) != want {
			t.Errorf("%s: there is %v, not %v", name, err == nil, want)
		}
	}
}
