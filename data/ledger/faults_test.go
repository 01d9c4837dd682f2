//go:build !windows

package ledger_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/ledger"
)

// TestDamagedPagesAreTold: flipped bits that used to end the program or let it go
// round for ever.
func TestDamagedPagesAreTold(t *testing.T) {
	for _, name := range []string{"flip-143403_5", "flip-36923_5", "flip-hang-479991"} {
		raw, err := os.ReadFile(fixture(t, "damage/"+name))
		if err != nil {
			t.Fatal(err)
		}
		if err := tryAll(t, raw); data.CodeOf(err) != data.Damaged || !strings.Contains(err.Error(), "trang ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFirstPages: where the newer of the two first pages is damaged, the change that
// is lost is told; where the older is, nothing is lost and nothing refused.
func TestFirstPages(t *testing.T) {
	for _, c := range []struct {
		name     string
		dossiers int
		lost     bool
	}{{"meta-false-cut", 501, false}, {"meta-rollback", 500, true}} {
		l, err := ledger.Open(fixture(t, "damage/"+c.name), ledger.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		text, lost := l.Notice()
		check, err := l.Check(ctx)
		if err != nil || lost != c.lost || text == "" || check.Dossiers != c.dossiers || (len(check.Faults) > 0) != c.lost || (len(check.Notes) > 0) == c.lost {
			t.Errorf("%s: %q, lost %v, %+v, %v", c.name, text, lost, check, err)
		}
		if c.lost && !strings.Contains(text, "Nhập 500 hồ sơ") {
			t.Errorf("what is left is not named: %s", text)
		}
		// The next change writes the page again.
		put(t, l, "Tiếp nhận", dossier("mới"))
		path := l.Path()
		l.Close()
		if l, err = ledger.Open(path, ledger.Options{}); err != nil {
			t.Fatal(err)
		}
		if text, _ := l.Notice(); text != "" {
			t.Errorf("%s, after a change: %s", c.name, text)
		}
		l.Close()
	}
}

// TestWhichFirstPage damages either of the two first pages in each of its fields:
// a change is said to be lost where it may be, and never where it is not.
func TestWhichFirstPage(t *testing.T) {
	whole := filledFile(t)
	number := func(slot int) uint64 { return binary.LittleEndian.Uint64(whole[slot*4096+64:]) }
	newer := 0
	if number(1) > number(0) {
		newer = 1
	}
	for slot := range 2 {
		for at := 16; at < 80; at += 4 {
			raw := bytes.Clone(whole)
			raw[slot*4096+at] ^= 0x10
			path := filepath.Join(t.TempDir(), "so.db")
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := ledger.Open(path, ledger.Options{})
			if err != nil {
				t.Errorf("page %d, byte %d: %v", slot, at, err)
				continue
			}
			if text, lost := l.Notice(); text == "" || lost != (slot == newer) {
				t.Errorf("page %d, byte %d: lost %v, %s", slot, at, lost, text)
			}
			l.Close()
		}
	}
}

// TestNoRegister: what holds nothing of an office is never opened as one, made into
// one, nor taken for a backup.
func TestNoRegister(t *testing.T) {
	dir := t.TempDir()
	live := filepath.Join(dir, "so.db")
	l := mustOpen(t, live)
	put(t, l, "Tiếp nhận", dossier("A"))
	l.Close()
	bare := filepath.Join(dir, "bare.db")
	db, err := bolt.Open(bare, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	foreign := filepath.Join(dir, "foreign.db")
	if db, err = bolt.Open(foreign, 0o600, nil); err != nil {
		t.Fatal(err)
	}
	db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err })
	db.Close()
	empty, zeros := filepath.Join(dir, "empty.db"), filepath.Join(dir, "zeros.db")
	os.WriteFile(empty, nil, 0o600)
	os.WriteFile(zeros, make([]byte, 1<<16), 0o600)
	for _, path := range []string{bare, foreign, empty, zeros} {
		before, _ := os.ReadFile(path)
		for _, opt := range []ledger.Options{{}, {Create: true}, {ReadOnly: true}} {
			if l, err := ledger.Open(path, opt); data.CodeOf(err) != data.Damaged {
				t.Errorf("%s with %+v: %v, %v", filepath.Base(path), opt, l, err)
			}
		}
		if _, err := ledger.Restore(ctx, ledger.Source{Path: path}, live); data.CodeOf(err) != data.Damaged || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("restore from %s: %v", filepath.Base(path), err)
		}
		if after, _ := os.ReadFile(path); string(after) != string(before) {
			t.Errorf("%s was changed", path)
		}
	}
	if got := dump(t, mustOpen(t, live)); len(got) != 1 {
		t.Errorf("the register holds %d dossiers", len(got))
	}
	if list, _ := filepath.Glob(filepath.Join(dir, "*truoc*")); len(list) != 0 {
		t.Errorf("%v", list)
	}
}

// TestRestoreAtEveryStep lets a restore fail, and another time end, at each of its
// steps: a whole data file stands at the path all the time.
func TestRestoreAtEveryStep(t *testing.T) {
	if target := os.Getenv("GIAOBAN_TEST_STEP"); target != "" {
		disk.Before = func(step disk.Step, _ string) error {
			if string(step) == target {
				syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {}
			}
			return nil
		}
		ledger.Restore(ctx, ledger.Source{Path: os.Getenv("GIAOBAN_TEST_BACKUP")}, os.Getenv("GIAOBAN_TEST_FILE"))
		os.Exit(3)
	}
	for _, step := range []disk.Step{disk.StepCreate, disk.StepWrite, disk.StepKeep, disk.StepRename, disk.StepDone} {
		for _, killed := range []bool{false, true} {
			dir := t.TempDir()
			path, copied := filepath.Join(dir, "so.db"), filepath.Join(dir, "sao.db")
			l := mustOpen(t, path)
			put(t, l, "Tiếp nhận", dossier("A"))
			if err := backup(l, copied, false); err != nil {
				t.Fatal(err)
			}
			put(t, l, "Tiếp nhận", dossier("B"))
			l.Close()
			var err error
			if killed {
				cmd := exec.Command(os.Args[0], "-test.run=^TestRestoreAtEveryStep$")
				cmd.Env = append(os.Environ(), "GIAOBAN_TEST_STEP="+string(step), "GIAOBAN_TEST_BACKUP="+copied, "GIAOBAN_TEST_FILE="+path)
				if err = cmd.Run(); err == nil || cmd.ProcessState.ExitCode() == 3 {
					t.Fatalf("%s: not killed: %v", step, err)
				}
			} else {
				disk.Before = func(at disk.Step, _ string) error {
					if at == step {
						return &os.PathError{Op: "x", Path: "y", Err: syscall.ENOSPC}
					}
					return nil
				}
				_, err = ledger.Restore(ctx, ledger.Source{Path: copied}, path)
				disk.Before = nil
				if err == nil || !strings.Contains(err.Error(), "đầy") {
					t.Errorf("%s: %v", step, err)
				}
			}
			want := 2
			if step == disk.StepDone {
				want = 1 // the new file stands already
				if !killed && data.CodeOf(err) != data.Unsure {
					t.Errorf("%s: %v", step, err)
				}
			}
			l, oerr := ledger.Open(path, ledger.Options{})
			if oerr != nil {
				t.Fatalf("%s, killed %v: %v", step, killed, oerr)
			}
			if got := dump(t, l); len(got) != want {
				t.Errorf("%s, killed %v: %d dossiers, not %d", step, killed, len(got), want)
			}
			l.Close()
			left, _ := filepath.Glob(filepath.Join(dir, ".*"))
			if len(left) > 0 {
				t.Errorf("%s, killed %v: left behind %v", step, killed, left)
			}
			kept, _ := filepath.Glob(filepath.Join(dir, "*truoc*"))
			if !killed && step != disk.StepDone && len(kept) > 0 {
				t.Errorf("%s: %v stays although nothing was restored", step, kept)
			}
		}
	}
}

// TestRestoreOntoOtherThings: a link is followed, what is no plain file is refused.
func TestRestoreOntoOtherThings(t *testing.T) {
	dir := t.TempDir()
	path, copied, link := filepath.Join(dir, "so.db"), filepath.Join(dir, "sao.db"), filepath.Join(dir, "loi-tat.db")
	l := mustOpen(t, path)
	put(t, l, "Tiếp nhận", dossier("A"))
	if err := backup(l, copied, false); err != nil {
		t.Fatal(err)
	}
	put(t, l, "Tiếp nhận", dossier("B"))
	l.Close()
	folder, pipe := filepath.Join(dir, "thư mục"), filepath.Join(dir, "ống")
	os.Mkdir(folder, 0o700)
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	os.Symlink(path, link)
	for _, to := range []string{folder, pipe, os.DevNull} {
		if _, err := ledger.Restore(ctx, ledger.Source{Path: copied}, to); data.CodeOf(err) != data.Invalid {
			t.Errorf("onto %s: %v", to, err)
		}
		if _, err := ledger.Restore(ctx, ledger.Source{Path: to}, path); data.CodeOf(err) != data.Invalid {
			t.Errorf("from %s: %v", to, err)
		}
		if _, err := ledger.Open(to, ledger.Options{Create: true}); data.CodeOf(err) != data.Invalid {
			t.Errorf("opening %s: %v", to, err)
		}
	}
	if _, err := os.Stat(folder); err != nil {
		t.Error("the folder is gone")
	}
	if _, err := ledger.Restore(ctx, ledger.Source{Path: copied}, link); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	if got := dump(t, mustOpen(t, path)); len(got) != 1 {
		t.Errorf("behind the link stand %d dossiers", len(got))
	}
}

// TestUnconfirmedCommit: when the disk does not confirm the last page of a change,
// the change is in the file, and that is what is told.
func TestUnconfirmedCommit(t *testing.T) {
	defer func() { disk.Before = nil }()
	l := mustOpen(t, filepath.Join(t.TempDir(), "so.db"))
	put(t, l, "Tiếp nhận", dossier("A"))
	disk.Before = func(step disk.Step, _ string) error {
		if step == disk.StepCommit {
			return syscall.EIO
		}
		return nil
	}
	err := l.Update(ctx, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error { return tx.PutDossier(dossier("B")) })
	if data.CodeOf(err) != data.Unsure || !errors.Is(err, syscall.EIO) || strings.Contains(err.Error(), "giữ nguyên") {
		t.Error(err)
	}
	if _, err := l.Undo(ctx, "", nil); data.CodeOf(err) != data.Unsure {
		t.Errorf("undo: %v", err)
	}
	disk.Before = nil
	put(t, l, "Tiếp nhận", dossier("C"))
	if got := dump(t, l); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

// TestFileTakenAway: the file is removed, renamed, replaced or cut while it is open.
// No change is reported as saved, and what is open can still be saved elsewhere.
func TestFileTakenAway(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"removed":  os.Remove,
		"renamed":  func(path string) error { return os.Rename(path, path+".x") },
		"replaced": func(path string) error { os.Remove(path); return os.WriteFile(path, []byte("x"), 0o600) },
	} {
		dir := t.TempDir()
		l := mustOpen(t, filepath.Join(dir, "so.db"))
		put(t, l, "Tiếp nhận", dossier("A"))
		if err := take(l.Path()); err != nil {
			t.Fatal(err)
		}
		err := l.Update(ctx, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error { return tx.PutDossier(dossier("B")) })
		if data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "trong khi đang mở") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := l.Undo(ctx, "", nil); data.CodeOf(err) != data.Conflict {
			t.Errorf("%s, undo: %v", name, err)
		}
		if err := backup(l, filepath.Join(dir, "cứu.db"), false); err != nil {
			t.Errorf("%s, backup: %v", name, err)
		}
		if got := dump(t, l); len(got) != 1 {
			t.Errorf("%s: %d dossiers", name, len(got))
		}
	}
	// Taken away while the change is written: it is where the file went.
	l := mustOpen(t, filepath.Join(t.TempDir(), "so.db"))
	err := l.Update(ctx, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error {
		os.Rename(l.Path(), l.Path()+".x")
		return tx.PutDossier(dossier("B"))
	})
	if data.CodeOf(err) != data.Unsure {
		t.Error(err)
	}
	// Cut off: reading would end the program.
	for _, size := range []int64{0, 4096, 20000} {
		l := mustOpen(t, filepath.Join(t.TempDir(), "so.db"))
		for i := range 300 {
			if i%100 == 0 {
				put(t, l, "Tiếp nhận", dossier(fmt.Sprint("A", i)), dossier(fmt.Sprint("B", i)))
			}
		}
		if err := os.Truncate(l.Path(), size); err != nil {
			t.Fatal(err)
		}
		if err := l.View(func(v *ledger.View) error { return v.Scan(func(*data.Glance) error { return nil }) }); data.CodeOf(err) != data.Damaged {
			t.Errorf("cut to %d: %v", size, err)
		}
		if err := l.Update(ctx, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error { return tx.PutDossier(dossier("B")) }); data.CodeOf(err) != data.Damaged {
			t.Errorf("cut to %d, update: %v", size, err)
		}
		if err := l.Close(); err != nil {
			t.Errorf("cut to %d, close: %v", size, err)
		}
	}
	// Cut off in the middle of a reading.
	l = mustOpen(t, filepath.Join(t.TempDir(), "so.db"))
	put(t, l, "Tiếp nhận", dossier("A"))
	err = l.View(func(v *ledger.View) error {
		os.Truncate(l.Path(), 4096)
		return v.Scan(func(*data.Glance) error { return nil })
	})
	if data.CodeOf(err) != data.Damaged {
		t.Errorf("cut while reading: %v", err)
	}
	if err := l.View(func(*ledger.View) error { return nil }); data.CodeOf(err) != data.Damaged {
		t.Errorf("after that: %v", err)
	}
}

// TestBackupPlaces: a backup replaces an older one of the same register and nothing
// else, without a word.
func TestBackupPlaces(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	l, other := mustOpen(t, at("so.db")), mustOpen(t, at("khac.db"))
	put(t, l, "Tiếp nhận", dossier("A"))
	put(t, other, "Tiếp nhận ở nơi khác", dossier("X"))
	if err := backup(other, at("sao-khac.db"), false); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(at("bang.xlsx"), []byte("PK"), 0o600)
	os.WriteFile(at("rong.db"), nil, 0o600)
	for range 2 {
		if err := backup(l, at("sao.db"), false); err != nil {
			t.Errorf("twice to one place: %v", err)
		}
		put(t, l, "Tiếp nhận", dossier(fmt.Sprint(len(dump(t, l)))))
	}
	for name, want := range map[string]data.ErrorCode{"sao-khac.db": data.Conflict, "bang.xlsx": data.Conflict, "rong.db": data.Conflict, "so.db": data.Conflict, "khac.db": data.Locked} {
		before, _ := os.ReadFile(at(name))
		if err := backup(l, at(name), false); data.CodeOf(err) != want {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(at(name)); string(after) != string(before) {
			t.Errorf("%s was replaced", name)
		}
	}
	for name, want := range map[string]data.ErrorCode{"sao-khac.db": "", "so.db": data.Conflict, "khac.db": data.Locked} {
		if err := backup(l, at(name), true); data.CodeOf(err) != want {
			t.Errorf("%s, told to replace: %v", name, err)
		}
	}
	// A backup is read, not written to.
	b, err := ledger.Open(at("sao.db"), ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Update(ctx, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error { return tx.PutDossier(dossier("B")) }); !b.IsBackup() || data.CodeOf(err) != data.Conflict {
		t.Errorf("a change in a backup: %v", err)
	}
}

// TestReadOnlyFile: a file that cannot be written is opened to be read, says why, and
// refuses to save with that sentence; one of an older version too.
func TestReadOnlyFile(t *testing.T) {
	defer func() { disk.Before = nil }()
	path := filepath.Join(t.TempDir(), "so.db")
	l := mustOpen(t, path)
	put(t, l, "Tiếp nhận", dossier("A"))
	l.Close()
	for errno, word := range map[syscall.Errno]string{syscall.EROFS: "ổ đĩa chỉ cho đọc", syscall.EACCES: "không có quyền"} {
		for _, file := range []string{path, fixture(t, "v3")} {
			disk.Before = func(step disk.Step, path string) error {
				if step == disk.StepOpen && path == file {
					return &os.PathError{Op: "open", Path: file, Err: errno}
				}
				return nil
			}
			before, _ := os.ReadFile(file)
			l, err := ledger.Open(file, ledger.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if why := l.ReadOnly(); !strings.Contains(why, word) || !strings.Contains(why, file) {
				t.Errorf("%v: %q", errno, why)
			}
			if len(dump(t, l)) == 0 {
				t.Error("nothing can be read")
			}
			err = l.Update(ctx, &ledger.Entry{Title: "x"}, func(tx *ledger.Tx) error { return tx.PutDossier(dossier("B")) })
			if data.CodeOf(err) != data.ReadOnly || !strings.Contains(err.Error(), word) {
				t.Errorf("%v: %v", errno, err)
			}
			if _, err := l.Undo(ctx, "", nil); data.CodeOf(err) != data.ReadOnly {
				t.Errorf("%v, undo: %v", errno, err)
			}
			if err := backup(l, filepath.Join(t.TempDir(), "sao.db"), false); err != nil {
				t.Errorf("%v, backup: %v", errno, err)
			}
			l.Close()
			if after, _ := os.ReadFile(file); !bytes.Equal(after, before) {
				t.Errorf("%v: the file was changed", errno)
			}
		}
	}
}
