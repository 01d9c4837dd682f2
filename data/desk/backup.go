package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/disk"
)

// backupFolder is the folder of the backups that the program makes by itself, beside the
// data file.
const backupFolder = "sao-luu"

// BackupState tells of the backups that the program makes by itself.
type BackupState struct {
	Path string // of the newest, "" when there is none
	At   data.Moment
}

// LastBackup returns the newest of them: the one whose journal goes farthest.
func (d *Desk) LastBackup() BackupState {
	var s BackupState
	if done := d.backed.Load(); done.stands() {
		s.Path = done.path
	} else if list := d.generations(d.backups()); len(list) > 0 {
		s.Path = list[len(list)-1].path
	} else {
		return s
	}
	if info, err := os.Stat(s.Path); err == nil {
		s.At = data.MomentOf(info.ModTime().In(d.now().Location()))
	}
	return s
}

// backups is the folder of the backups of the open file.
func (d *Desk) backups() string { return filepath.Join(filepath.Dir(d.Path()), backupFolder) }

// Backup writes a verified backup of the office: its data file, evidence, kept reports
// and settings in one file. What stands at path is replaced only when it is an older
// backup of this register: data.Conflict.
func (d *Desk) Backup(ctx context.Context, path string, tell Tell) error {
	return d.write(ctx, path, false, Asked, tell)
}

// BackupTaken is Backup by an officer's own hand to a place of choice, which stands in the
// register of exports and prints, and holds that line. Those that run on a schedule do not.
func (d *Desk) BackupTaken(ctx context.Context, path string, tell Tell) error {
	err := d.store.MayReplace(path, false, readHead)
	if err == nil {
		err = d.Issue(ctx, Issue{What: "Bản sao lưu", File: filepath.Base(path), Rows: d.Len()})
	}
	if err != nil {
		return err
	}
	return d.write(ctx, path, false, Asked, tell)
}

// BackupOver is Backup that replaces what stands at path, whatever it is, but no
// file that is open.
func (d *Desk) BackupOver(ctx context.Context, path string, tell Tell) error {
	return d.write(ctx, path, true, Asked, tell)
}

// BackupNow writes a backup beside those that the program makes, and returns its path.
// It is never cleaned away.
func (d *Desk) BackupNow(ctx context.Context, tell Tell) (string, error) {
	d.backing.Lock()
	defer d.backing.Unlock()
	path, broken, err := d.room(d.now().Format("2006-01-02-150405"))
	if err != nil {
		return "", err
	}
	return path, d.write(ctx, path, broken, Asked, tell)
}

// BackupDaily makes the backup of the day when something changed since the last one
// and there is none of today yet: verified before it counts, under the name of the
// day. It may be called often: what is done is done quickly. Which backup is newer is
// told by the journal, never by a clock or a name; a file that is empty, damaged or of
// another register does not count as the backup of the day, and of another register it
// is never removed. An office without dossiers is not backed up, so that an emptied
// file never pushes good backups out; the demonstration office is not either.
func (d *Desk) BackupDaily(ctx context.Context) error { return d.BackupFor(ctx, Daily, nil) }

// BackupFor makes a backup as BackupDaily does, for another reason: then also where
// there is one of today already, unless nothing changed since.
func (d *Desk) BackupFor(ctx context.Context, why Why, tell Tell) error {
	if err := d.Wait(); err != nil {
		return err
	}
	if d.Office().Demo || d.Len() == 0 || d.IsBackup() || d.ReadOnly() != "" {
		return nil
	}
	d.backing.Lock()
	defer d.backing.Unlock()
	today := d.Today()
	head, err := d.head()
	if err != nil {
		return err
	}
	// One that was made ahead of an import does not hold what the day brought.
	enough := func(day data.Day, seq uint64, was Why) bool {
		return seq == head.Seq || why == Daily && day == today && was != BeforeImport
	}
	if done := d.backed.Load(); done.stands() && enough(done.day, done.seq, done.why) {
		return nil
	}
	list := d.generations(d.backups())
	for n := len(list); n > 0; n-- {
		if g := list[n-1]; !enough(g.day, g.head.Seq, g.why) {
			break
		} else if d.trusted(ctx, g.path) {
			d.backed.Store(&doneBackup{g.path, g.size, g.day, g.head.Seq, g.why})
			return nil
		}
	}
	path, broken, err := d.room(today.ISO())
	if err != nil {
		return err
	}
	if err := d.write(ctx, path, broken, why, tell); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return disk.Fail("Không thấy bản sao lưu vừa ghi "+disk.Name(path), err)
	}
	d.backed.Store(&doneBackup{path, info.Size(), today, head.Seq, why})
	d.note(path, info, nil)
	d.prune(d.backups(), path)
	return nil
}

// doneBackup is a backup that was made or found sound.
type doneBackup struct {
	path string
	size int64
	day  data.Day
	seq  uint64 // how far its journal goes at least
	why  Why
}

// stands reports whether the backup is still there as it was.
func (b *doneBackup) stands() bool {
	if b == nil {
		return false
	}
	info, err := os.Stat(b.path)
	return err == nil && info.Size() == b.size
}

// head returns how far the journal of the open file goes.
func (d *Desk) head() (h Head, err error) { return Viewed(d, View.Head) }

// proved reads a backup from end to end: nil where it is sound. What is sealed is
// compared with its digest, without its key.
func proved(ctx context.Context, path string) error {
	if archive.Is(path) {
		r, err := archive.Open(path)
		if err != nil {
			return err
		}
		defer r.Close()
		return r.Prove(ctx)
	}
	l, err := readFile(ctx, path, nil)
	if err != nil {
		return err
	}
	return l.Close()
}

// sound reports whether a backup can be read from end to end.
func sound(ctx context.Context, path string) bool {
	err := proved(ctx, path)
	if err != nil {
		slog.Warn("backup", "code", data.CodeOf(err))
	}
	return err == nil
}

// room returns a path in the folder of the backups for one under the name, with a
// number where a sound file has the name already. broken tells that what stands there
// is no backup of anything and may be replaced.
func (d *Desk) room(name string) (path string, broken bool, err error) {
	return freeName(d.backups(), backupPrefix(d.Path())+name)
}

func freeName(dir, name string) (path string, broken bool, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", false, disk.Fail("Không tạo được thư mục sao lưu "+disk.Name(dir), err)
	}
	for n := 1; ; n++ {
		path = filepath.Join(dir, name+archive.Ending)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", name, n, archive.Ending))
		}
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return path, false, nil
		case err != nil:
			return "", false, disk.Fail("Không dùng được thư mục sao lưu "+disk.Name(dir), err)
		case info.Mode().IsRegular() && !sound(context.Background(), path):
			return path, true, nil
		}
	}
}

// backupPrefix begins the names of the backups of a data file: its whole name, so that
// so.db and so.dat keep theirs apart.
func backupPrefix(path string) string { return filepath.Base(path) + "-" }

// checkAfter is the age from which a backup is read again.
const checkAfter = 7 * 24 * time.Hour

// VerifyOne reads one backup from end to end that was not read for a week, the one
// that waits longest, and remembers what it found; "" where none is due. fault tells
// what is wrong with it.
func (d *Desk) VerifyOne(ctx context.Context) (path string, fault error) {
	d.backing.Lock()
	defer d.backing.Unlock()
	var oldest int64
	kept := d.kept()
	for _, f := range d.BackupFiles() {
		c := kept.Checked[filepath.Base(f.Path)]
		if !f.Replaced && (!c.of(f.Path) || c.old(d.now())) && (path == "" || c.At < oldest) {
			path, oldest = f.Path, c.At
		}
	}
	if path == "" {
		return "", nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", nil // gone meanwhile
	}
	if fault = proved(ctx, path); ctx.Err() != nil {
		return "", nil
	}
	d.note(path, info, fault)
	return path, fault
}

// trusted reports whether a backup was read from end to end within a week and is as it
// was then; else it is read now.
func (d *Desk) trusted(ctx context.Context, path string) bool {
	if c := d.kept().Checked[filepath.Base(path)]; c.of(path) && !c.old(d.now()) {
		return !c.Bad
	}
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	fault := proved(ctx, path)
	if ctx.Err() == nil {
		d.note(path, info, fault)
	}
	return fault == nil
}
