// Package disk writes the files of the program: whole or not at all, never over
// a data file, durably, and with the true reason when the system refuses. It
// knows nothing of what the files hold.
package disk

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"giaoban/data"
)

// Step is a step of a file operation at which it can be cut short.
type Step string

// The steps.
const (
	StepOpen   Step = "open"   // before a data file is opened to be written
	StepCreate Step = "create" // before a temporary file is made
	StepWrite  Step = "write"  // before a temporary file is made durable
	StepKeep   Step = "keep"   // before the file that is replaced gets its second name
	StepRename Step = "rename" // before the new file takes its place
	StepDone   Step = "done"   // after that, before the folder is made durable
	StepCommit Step = "commit" // after a change of the data file is written, before it is known to be durable
)

// Before is called ahead of every step; its error is taken for one of the
// system. It is nil in the program: tests let the system fail, or end, here.
var Before func(step Step, path string) error

// Reach lets a test fail at the step.
func Reach(step Step, path string) error {
	if Before == nil {
		return nil
	}
	return Before(step, path)
}

// Whole writes a file that appears whole or not at all, and is durable when Whole
// returns. What stands at path is replaced, but never a data file, a backup or
// what is no plain file: data.Conflict, data.Invalid. What earlier writes of this
// computer left in the folder, because the program was killed, goes with it.
func Whole(path string, write func(io.Writer) error) error {
	if err := Guard(path); err != nil {
		return err
	}
	path, err := Target(path)
	if err != nil {
		return err
	}
	what := "Không ghi được tệp " + Name(filepath.Base(path))
	temp, err := Temp(filepath.Dir(path), "dang-ghi")
	if err != nil {
		return Fail(fmt.Sprintf("%s vào thư mục %s", what, Name(filepath.Dir(path))), err)
	}
	return Fail(what, finish(temp, path, func(f *os.File) error { return write(f) }, nil))
}

// Put is Whole of what is at hand.
func Put(path string, content []byte) error {
	return Whole(path, func(w io.Writer) error { _, err := w.Write(content); return err })
}

// Make writes a file of a kind that Temp knows, which takes the place of what stands at
// path, whatever it is, when it is written, durable, and prove found it sound under the
// name by which it is called; prove may be nil. Where writing or proving fails all is as
// before. Errors are those of the system, and those of write and prove.
func Make(path, kind string, write func(*os.File) error, prove func(name string) error) error {
	temp, err := Temp(filepath.Dir(path), kind)
	if err != nil {
		return err
	}
	return finish(temp, path, write, prove)
}

func finish(temp *os.File, path string, write func(*os.File) error, prove func(name string) error) error {
	defer os.Remove(temp.Name()) // fails harmlessly after the rename
	err := write(temp)
	if err == nil {
		err = Sync(temp)
	}
	err = cmp.Or(err, temp.Close())
	if err == nil && prove != nil {
		err = prove(temp.Name())
	}
	if err != nil {
		return err
	}
	return Replace(temp.Name(), path)
}

// Temp makes a file of mode 0600 in the folder, whose name tells the kind of work
// and which process of which computer does it, so that Sweep can tell what is left
// over. The folder is swept by the clock that dates its files.
func Temp(folder, kind string) (*os.File, error) {
	if err := Reach(StepCreate, folder); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(folder, ownPrefix(kind)+"*")
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil {
		Sweep(folder, info.ModTime())
	}
	return f, nil
}

// TempFolder makes a folder of mode 0700 that Sweep finds like the files of Temp. The
// folder in which it is made is swept.
func TempFolder(folder, kind string) (string, error) {
	if err := Reach(StepCreate, folder); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(folder, ownPrefix(kind)+"*")
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(dir); err == nil {
		Sweep(folder, info.ModTime())
	}
	return dir, nil
}

// SeenCopy is the kind of copies that are only looked at or printed.
const SeenCopy = "xem"

// ownPrefix begins the names of the unfinished files of this process.
func ownPrefix(kind string) string {
	return "." + kind + "-" + host() + "-" + strconv.Itoa(os.Getpid()) + "-"
}

// Scratch returns the folder of this officer for copies that are only looked at: in
// the cache of the user, or where there is none in that of the system.
func Scratch() string {
	if dir, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(dir, "giaoban", "tam")
		if os.MkdirAll(dir, 0o700) == nil {
			return dir
		}
	}
	return os.TempDir()
}

// Sync makes a file durable.
func Sync(f *os.File) error {
	if err := Reach(StepWrite, f.Name()); err != nil {
		return err
	}
	return f.Sync()
}

// Replace lets a finished file take the place of another in one step, durably.
func Replace(from, to string) error {
	if err := Reach(StepRename, to); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if err := Reach(StepDone, to); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(to))
}

// SyncFolder makes the names in a folder durable, where the system knows that.
func SyncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil // a folder cannot be opened for it; the rename is written through
	}
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	// Some file systems refuse it for folders: there is nothing more to do then.
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.EBADF) {
		if c, ok := causeOf(err); !ok || c.what != unmapped.what {
			return err
		}
	}
	return nil
}

// Target returns the file that a path means: what a symbolic link points to, or
// the path itself where there is nothing yet. Folders, pipes and devices are
// refused: data.Invalid.
func Target(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if link, lerr := os.Readlink(path); lerr == nil {
			return "", data.Fail(data.NotFound, fmt.Sprintf("%s là lối tắt trỏ đến %s, nơi không có tệp nào. Chọn chính tệp cần dùng.", Name(path), Name(link)), err)
		}
		return path, nil
	case err != nil:
		return "", Fail("Không dùng được đường dẫn "+Name(path), err)
	case info.IsDir():
		return "", data.Fail(data.Invalid, fmt.Sprintf("%s là thư mục, không phải tệp. Chọn một tệp.", Name(path)), nil)
	case !info.Mode().IsRegular():
		return "", data.Fail(data.Invalid, fmt.Sprintf("%s là thiết bị hoặc ống dẫn, không phải tệp. Chọn một tệp.", Name(path)), nil)
	}
	if linked, err := os.Lstat(path); err == nil && linked.Mode()&fs.ModeSymlink == 0 {
		return path, nil
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", Fail("Không dùng được đường dẫn "+Name(path), err)
	}
	return real, nil
}

// Guard refuses a path for an output: where a data file or a backup stands, of
// whatever office, and where there is no plain file. data.Conflict, data.Invalid.
func Guard(path string) error {
	target, err := Target(path)
	if err != nil {
		return err
	}
	if !IsStore(target) {
		return nil
	}
	return data.Fail(data.Conflict, fmt.Sprintf("%s là tệp dữ liệu hoặc bản sao lưu của Sổ Giao Ban, không bị ghi đè. Chọn tên khác.", Name(path)), nil)
}

// storeMagic stands at the start of both first pages of a data file, after the
// head of the page.
const storeMagic = 0xED0CDAED

// BackupMagic begins the first line of a backup; package archive knows the rest.
const BackupMagic = "GIAOBAN SAO LUU "

// IsStore reports whether a file is a data file or a backup, also where its first
// page is damaged.
func IsStore(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 20)
	if _, err := f.ReadAt(head, 0); err == nil && strings.HasPrefix(string(head), BackupMagic) {
		return true
	}
	for _, at := range []int64{0, 1 << 12, 1 << 13, 1 << 14, 1 << 16} {
		if _, err := f.ReadAt(head, at); err == nil && binary.LittleEndian.Uint32(head[16:]) == storeMagic {
			return true
		}
	}
	return false
}

// host is the name of this computer as it stands in names of files.
func host() string {
	name, _ := os.Hostname() // without a name all computers count as one
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, name)
}

// kinds are the works that leave files behind when they are killed.
var kinds = []string{"dang-ghi", "saoluu", "khoiphuc", "dang-tao", SeenCopy}

// leftAlone is the age from which an unfinished file counts as left over, however
// its process is doing: none works that long.
const leftAlone = 24 * time.Hour

// Sweep removes from a folder the unfinished files of processes that are no more,
// and those that are a day old now.
// Those of other computers, which may share the folder, are left alone.
func Sweep(folder string, now time.Time) {
	list, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range list {
		if (e.Type().IsRegular() || e.IsDir()) && leftOver(e, now) {
			_ = os.RemoveAll(filepath.Join(folder, e.Name())) // tried again next time
		}
	}
}

func leftOver(e fs.DirEntry, now time.Time) bool {
	for _, kind := range kinds {
		rest, ok := strings.CutPrefix(e.Name(), "."+kind+"-")
		if !ok {
			continue
		}
		info, err := e.Info()
		old := err == nil && now.Sub(info.ModTime()) > leftAlone
		if own, ok := strings.CutPrefix(rest, host()+"-"); ok {
			number, _, _ := strings.Cut(own, "-")
			pid, err := strconv.Atoi(number)
			return err == nil && pid > 0 && (old && kind != SeenCopy || !alive(pid))
		}
		// Version 0.2.0 named neither computer nor process: only a number.
		return old && strings.Trim(rest, "0123456789") == "" && (kind == "saoluu" || kind == "khoiphuc")
	}
	return false
}

// alive reports whether a process of this computer is still there.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	if runtime.GOOS == "windows" {
		_ = p.Release()
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}
