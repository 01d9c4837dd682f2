package disk_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
)

// TestKilledWriteLeavesNothing: what a killed program left in a folder goes with
// the next write there; what a living one writes stays.
func TestKilledWriteLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	temporary := ""
	err := disk.Whole(filepath.Join(folder, "a.txt"), func(w io.Writer) error {
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
	if err := disk.Whole(filepath.Join(folder, "b.txt"), func(io.Writer) error { return nil }); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{left: false, living: true, other: true, "a.txt": true, "b.txt": true} {
		if _, err := os.Stat(filepath.Join(folder, name)); (err == nil) != want {
			t.Errorf("%s: there is %v, not %v", name, err == nil, want)
		}
	}
}

// TestOutputsSpareDataFiles: nothing is written over a data file, a backup or what
// is no file, and a link is followed to what it points to.
func TestOutputsSpareDataFiles(t *testing.T) {
	folder := t.TempDir()
	register := make([]byte, 8192)
	binary.LittleEndian.PutUint32(register[4096+16:], 0xED0CDAED) // the first page is damaged, the second is not
	store, real, link := filepath.Join(folder, "so.db"), filepath.Join(folder, "a.xlsx"), filepath.Join(folder, "b.xlsx")
	for path, content := range map[string][]byte{store: register, real: []byte("old")} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("vong", filepath.Join(folder, "vong")); err != nil {
		t.Fatal(err)
	}
	write := func(path string) error {
		return disk.Whole(path, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
	}
	for path, want := range map[string]data.ErrorCode{
		store: data.Conflict, folder: data.Invalid, os.DevNull: data.Invalid, filepath.Join(folder, "vong"): data.Invalid,
		filepath.Join(folder, "none", "x"): data.ReadOnly, filepath.Join(folder, strings.Repeat("x", 300)): data.Invalid, link: "", real: "",
	} {
		if err := write(path); data.CodeOf(err) != want {
			t.Errorf("%s: %v, code %q, not %q", path, err, data.CodeOf(err), want)
		}
	}
	if b, _ := os.ReadFile(real); string(b) != "new" {
		t.Errorf("behind the link stands %q", b)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	if info, err := os.Stat(real); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

// TestTrueCauses: each refusal of the system has a sentence of its own, at every
// step of writing, and what stood there before stays.
func TestTrueCauses(t *testing.T) {
	defer func() { disk.Before = nil }()
	folder := t.TempDir()
	path := filepath.Join(folder, "a.txt")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for errno, word := range map[syscall.Errno]string{syscall.ENOSPC: "đầy", syscall.EROFS: "chỉ cho đọc", syscall.EACCES: "không có quyền", syscall.EMFILE: "quá nhiều tệp",
		syscall.ENOMEM: "hết bộ nhớ", syscall.ELOOP: "vòng", syscall.ENAMETOOLONG: "quá dài", syscall.EIO: "lỗi đọc ghi", syscall.EISDIR: "thư mục", syscall.EFBIG: "cỡ lớn nhất", syscall.EBUSY: "chương trình khác"} {
		for _, step := range []disk.Step{disk.StepCreate, disk.StepWrite, disk.StepRename} {
			disk.Before = func(at disk.Step, _ string) error {
				if at == step {
					return fmt.Errorf("wrapped: %w", errno)
				}
				return nil
			}
			err := disk.Whole(path, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
			if err == nil || !strings.Contains(err.Error(), word) || !strings.HasSuffix(err.Error(), ".") {
				t.Errorf("%v at %s: %v", errno, step, err)
				continue
			}
			seen[err.Error()] = true
		}
		// Libraries that keep only the words.
		if err := disk.Fail("Không ghi được", errors.New("file resize error: "+errno.Error())); !strings.Contains(err.Error(), word) {
			t.Errorf("%v as words: %v", errno, err)
		}
	}
	if len(seen) < 11*2 {
		t.Errorf("only %d different sentences", len(seen))
	}
	if b, _ := os.ReadFile(path); string(b) != "old" {
		t.Errorf("the file holds %q", b)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// TestOldLeftoversGo: files that killed backups and restores of version 0.2.0 left
// behind go once they are a day old.
func TestOldLeftoversGo(t *testing.T) {
	folder := t.TempDir()
	long := time.Now().Add(-25 * time.Hour)
	for name, gone := range map[string]bool{".saoluu-123456": true, ".khoiphuc-99": true, ".saoluu-của-tôi": false, "saoluu-1": false} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		disk.Sweep(folder, time.Now())
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s is gone while it is new", name)
		}
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
		disk.Sweep(folder, time.Now())
		if _, err := os.Stat(path); (err != nil) != gone {
			t.Errorf("%s: gone is %v, not %v", name, err != nil, gone)
		}
	}
}
