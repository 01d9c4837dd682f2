package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	bolt "go.etcd.io/bbolt"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// mark stands in the bucket meta of a backup, under backup, so that it is never
// taken for the register itself; Restore takes it off.
type mark struct {
	Of string `json:"Of"` // name of the data file, without its folder
	At int64  `json:"At"` // Unix seconds
}

// Copy writes a copy of the file to path, marked as a backup, and verifies it by
// opening and counting it. What stands at path is replaced when the copy is good; see
// MayReplace. Errors name the copy as shown.
func (l *Ledger) Copy(ctx context.Context, path, shown string) (c Check, err error) {
	if err := l.usable(); err != nil {
		return c, err
	}
	what := "Không sao lưu được ra " + disk.Name(shown)
	target, err := disk.Target(path)
	if err != nil {
		return c, err
	}
	var want *contents
	err = disk.Make(target, "saoluu", func(f *os.File) error {
		want, err = l.copyTo(ctx, f)
		return disk.Fail(what+" (bản sao lưu cũ, nếu có, được giữ nguyên)", err)
	}, func(name string) error {
		m := mark{Of: filepath.Base(l.path), At: l.now().Unix()}
		c, err = verify(ctx, name, shown, l.key, want, &m)
		return err
	})
	return c, disk.Fail(what, err)
}

// contents is what a copy of the file must hold.
type contents struct {
	dossiers int
	head     Head
}

// copyTo writes the pages of one state of the file, and returns what it holds.
func (l *Ledger) copyTo(ctx context.Context, temp *os.File) (has *contents, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		v := l.viewOf(tx)
		has = &contents{dossiers: v.count()}
		if has.head, err = v.Head(); err != nil {
			return err
		}
		_, err := tx.WriteTo(&stoppable{ctx, temp})
		return err
	})
	return has, err
}

// WriteTo writes the pages of one state of the file.
func (l *Ledger) WriteTo(ctx context.Context, w io.Writer) error {
	return l.view(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(&stoppable{ctx, w})
		return err
	})
}

// stoppable writes until it is cancelled.
type stoppable struct {
	ctx context.Context
	w   io.Writer
}

// Write implements io.Writer.
func (s *stoppable) Write(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Không có tệp nào được ghi.", err)
	}
	return s.w.Write(b)
}

// MayReplace decides whether a backup may take the place of what stands at path: only
// of an older backup of the same register, for then all that it holds is in the new one
// too. Anything else there is data.Conflict, unless replace says that it may go; but a
// file that is open somewhere, or is no plain file, is never replaced. head reads how
// far the journal of a backup goes.
func (l *Ledger) MayReplace(path string, replace bool, head func(path string) (Head, error)) error {
	if err := l.usable(); err != nil {
		return err
	}
	target, err := disk.Target(path)
	if err != nil {
		return err
	}
	there, err := os.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if open, oerr := l.file.Stat(); err == nil && oerr == nil && os.SameFile(open, there) {
		return data.Fail(data.Conflict, fmt.Sprintf("%s là chính tệp dữ liệu đang mở. Chọn tên khác.", disk.Name(path)), nil)
	}
	if disk.IsStore(target) {
		f, err := os.Open(target)
		if err == nil {
			err = lock(f, true, 0)
			unlock(f)
		}
		if err != nil {
			return openError(Options{Shown: path}, err)
		}
	}
	if replace {
		return nil
	}
	h, err := head(target)
	if err == nil {
		ours := false
		if err := l.View(func(v *View) error { ours = v.Holds(h); return nil }); err != nil {
			return err
		}
		if ours && h.Backup {
			return nil
		}
	}
	return data.Fail(data.Conflict, fmt.Sprintf("Đã có tệp %s, và đó không phải bản sao lưu cũ hơn của sổ này, nên không bị thay. Chọn tên khác.", disk.Name(path)), err)
}

// verify opens a copy, compares its count and the head of its journal, and sets or
// takes off the mark of a backup; want nil asks only for soundness. Errors name the
// file as shown.
func verify(ctx context.Context, path, shown string, key *vault.Key, want *contents, m *mark) (c Check, err error) {
	l, err := Open(path, Options{Shown: shown, Key: key})
	if err != nil {
		return c, err
	}
	defer l.Close()
	if c, err = l.Check(ctx); err != nil {
		return c, err
	}
	if len(c.Faults) > 0 {
		return c, Options{Shown: shown, copied: true}.damaged("có chỗ hỏng: "+strings.TrimSuffix(c.Faults[0], "."), nil)
	}
	if want != nil {
		var head Head
		if err := l.View(func(v *View) (err error) { head, err = v.Head(); return err }); err != nil {
			return c, err
		}
		switch {
		case c.Dossiers != want.dossiers:
			return c, data.Fail(data.Damaged, fmt.Sprintf("Bản sao có %d hồ sơ, tệp gốc có %d. Sao lưu lại.", c.Dossiers, want.dossiers), nil)
		case head.Seq != want.head.Seq || head.Mark != want.head.Mark:
			return c, data.Fail(data.Damaged, fmt.Sprintf("Nhật ký của bản sao dừng ở thao tác %d, của tệp gốc ở %d. Sao lưu lại.", head.Seq, want.head.Seq), nil)
		}
	}
	return c, l.setMark(m)
}

func (l *Ledger) setMark(m *mark) (err error) {
	if m == nil && !l.backup && !l.copy.Load() {
		return nil
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer l.caught(&err)
	err = l.db.Update(func(tx *bolt.Tx) error {
		if m == nil {
			// What is restored stands for itself, also where it was kept of a register on a server.
			return cmp.Or(tx.Bucket(inMeta.name()).Delete(keyBackup), tx.Bucket(inMeta.name()).Delete(keyShared))
		}
		value, err := json.Marshal(m)
		if err != nil {
			return err
		}
		return tx.Bucket(inMeta.name()).Put(keyBackup, l.s.seal(inMeta, keyBackup, value))
	})
	return disk.Fail("Không ghi được "+disk.Name(l.shown), err)
}

// Source is a backup as a plain data file.
type Source struct {
	Path  string
	Shown string     // the name to tell, "" for Path
	Own   bool       // a temporary file beside the data file, which is moved and not copied
	Key   *vault.Key // of a protected one
}

// Restore puts the backup in place of the data file at path. The backup is
// verified first; the file it replaces is kept beside it under the name returned,
// "" when there was none. At every moment a whole data file stands at path, the
// old one or the new, and after an error it is the old one. A symbolic link at
// path stays, and what it points to is replaced; folders, pipes and devices are
// refused. The data file must not be open. Errors: data.NotFound, data.Invalid,
// data.Locked, data.Damaged, data.Conflict when both are one file, and the reasons
// of the system.
func Restore(ctx context.Context, from Source, path string) (kept string, err error) {
	from.Shown = cmp.Or(from.Shown, from.Path)
	source, err := disk.Target(from.Path)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(source)
	if err != nil {
		return "", data.Fail(data.NotFound, fmt.Sprintf("Không thấy bản sao lưu %s. Kiểm tra đường dẫn.", disk.Name(from.Shown)), err)
	}
	target, err := disk.Target(path)
	if err != nil {
		return "", err
	}
	what := fmt.Sprintf("Không khôi phục được vào %s, dữ liệu hiện có giữ nguyên", disk.Name(path))
	old, err := os.Stat(target)
	switch {
	case err == nil && os.SameFile(info, old):
		return "", data.Fail(data.Conflict, fmt.Sprintf("%s là chính tệp dữ liệu đang dùng, không phải bản sao lưu. Chọn tệp khác.", disk.Name(from.Shown)), nil)
	case err == nil:
		// Another program that has the file open must not lose it under its feet.
		release, err := hold(target, path)
		if err != nil {
			return "", err
		}
		defer release()
	case !errors.Is(err, fs.ErrNotExist):
		return "", disk.Fail(what, err)
	}
	temp := source
	if !from.Own {
		if temp, err = copyBeside(ctx, source, from.Shown, target); err != nil {
			return "", err
		}
		defer os.Remove(temp)
	}
	if _, err := verify(ctx, temp, from.Shown, from.Key, nil, nil); err != nil {
		return "", err
	}
	if old != nil {
		if kept, err = keep(ctx, target, KeptMark); err != nil {
			return "", disk.Fail(what, err)
		}
	}
	if err := disk.Replace(temp, target); err != nil {
		if now, serr := os.Stat(target); serr == nil && old != nil && os.SameFile(now, old) {
			os.Remove(kept) // its other name still stands
			kept = ""
		} else if serr == nil {
			return kept, data.Fail(data.Unsure, disk.Fail("Đã khôi phục vào "+disk.Name(path)+" nhưng ổ đĩa chưa xác nhận đã ghi xong", err).Error(), err)
		}
		return kept, disk.Fail(what, err)
	}
	return kept, nil
}

// hold locks a data file that is about to be replaced, where the system lets a
// locked file be replaced, and otherwise makes sure that it is not locked.
func hold(target, path string) (release func(), err error) {
	f, err := os.OpenFile(target, os.O_RDWR, 0)
	if err != nil {
		return nil, openError(Options{Shown: path}, err)
	}
	if err := lock(f, false, lockPatience); err != nil {
		unlock(f)
		return nil, openError(Options{Shown: path}, err)
	}
	if lockHinders {
		unlock(f)
		return func() {}, nil
	}
	return func() { unlock(f) }, nil
}

// keep gives the file a second name, so that it is there under both until the
// first is replaced: a link, or a copy where the disk knows none.
func keep(ctx context.Context, target, mark string) (string, error) {
	kept := target + mark
	for n := 2; ; n++ {
		if err := disk.Reach(disk.StepKeep, kept); err != nil {
			return "", err
		}
		err := os.Link(target, kept)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			if _, serr := os.Lstat(kept); errors.Is(serr, fs.ErrNotExist) {
				err = copyTo(ctx, target, kept)
			} else {
				err = fs.ErrExist
			}
		}
		if !errors.Is(err, fs.ErrExist) {
			return kept, err
		}
		kept = fmt.Sprintf("%s%s-%d", target, mark, n)
	}
}

// KeptMark stands in the names of the files that restores replaced.
const KeptMark = ".truoc-khoi-phuc"

// copyTo copies a file under another name, whole or not at all.
func copyTo(ctx context.Context, from, to string) error {
	temp, err := copyBeside(ctx, from, from, to)
	if err != nil {
		return err
	}
	defer os.Remove(temp)
	return disk.Replace(temp, to)
}

// copyBeside copies a file, which errors name as shown, into a temporary one beside
// another.
func copyBeside(ctx context.Context, from, shown, to string) (string, error) {
	fail := func(err error) (string, error) {
		return "", disk.Fail(fmt.Sprintf("Không chép được %s, dữ liệu hiện có giữ nguyên", disk.Name(shown)), err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fail(err)
	}
	in, err := os.Open(from)
	if err != nil {
		return fail(err)
	}
	defer in.Close()
	out, err := disk.Temp(filepath.Dir(to), "khoiphuc")
	if err != nil {
		return fail(err)
	}
	_, err = io.Copy(&stoppable{ctx, out}, in)
	if err == nil {
		err = disk.Sync(out)
	}
	err = cmp.Or(err, out.Close())
	if err != nil {
		os.Remove(out.Name())
		return fail(err)
	}
	return out.Name(), nil
}
