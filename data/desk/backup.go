package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
)

// backupFolder is the folder of the daily backups, beside the data file.
const backupFolder = "sao-luu"

const (
	// backupsKept is how many daily backups are kept of one run of days.
	backupsKept = 10
	// runsKept is how many runs of days are kept. A clock that jumps begins a new run,
	// so that what a wrong clock brings forth does not push out what was there.
	runsKept = 3
	// daysApart is the gap between two backups from which the clock has jumped. A gap
	// that is real costs nothing but room.
	daysApart = 45
)

// BackupState tells of the daily backups.
type BackupState struct {
	Path string // of the newest, "" when there is none
	At   data.Moment
}

// LastBackup returns the newest daily backup of the data file: the one whose
// journal goes farthest.
func (d *Desk) LastBackup() BackupState {
	var s BackupState
	if done := d.backed.Load(); done.stands() {
		s.Path = done.path
	} else if list := d.generations(); len(list) > 0 {
		s.Path = list[len(list)-1].path
	} else {
		return s
	}
	if info, err := os.Stat(s.Path); err == nil {
		s.At = data.MomentOf(info.ModTime().In(d.now().Location()))
	}
	return s
}

// BackupDaily makes the backup of the day when there is none yet: verified before
// it counts, under the name of the day. It may be called often: what is done is
// done quickly. Which backup is newer is told by the journal, never by a clock or a
// name; a file that is empty, damaged or of another register does not count as the
// backup of the day, and of another register it is never removed. An office without
// dossiers is not backed up, so that an emptied file never pushes good backups out;
// the demonstration office is not either.
func (d *Desk) BackupDaily(ctx context.Context) error {
	if err := d.Wait(); err != nil {
		return err
	}
	if d.Office().Demo || d.Len() == 0 || d.IsBackup() {
		return nil
	}
	d.backing.Lock()
	defer d.backing.Unlock()
	today := d.Today()
	if done := d.backed.Load(); done.stands() && done.day == today {
		return nil
	}
	head, err := d.head()
	if err != nil {
		return err
	}
	list := d.generations()
	for i, g := range slices.Backward(list) {
		if g.day == today && (i == len(list)-1 || g.head.Seq == head.Seq) && sound(g.path) {
			d.backed.Store(&doneBackup{list[len(list)-1].path, list[len(list)-1].size, today})
			return nil
		}
	}
	dir := filepath.Join(filepath.Dir(d.Path()), backupFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục sao lưu "+disk.Name(dir), err)
	}
	path, broken := d.freeName(dir, today.ISO())
	if err := d.store.Backup(ctx, path, broken); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return disk.Fail("Không thấy bản sao lưu vừa ghi "+disk.Name(path), err)
	}
	d.backed.Store(&doneBackup{path, info.Size(), today})
	d.prune(path)
	return nil
}

// doneBackup is the backup of a day that was made or found sound.
type doneBackup struct {
	path string
	size int64
	day  data.Day
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
func (d *Desk) head() (h Head, err error) { return viewed(d, View.Head) }

// sound reports whether a backup can be read from end to end.
func sound(path string) bool {
	l, err := readFile(path, nil)
	if err != nil {
		slog.Warn("backup of the day", "code", data.CodeOf(err))
		return false
	}
	return l.Close() == nil
}

// generation is a daily backup of this register.
type generation struct {
	path string
	size int64
	day  data.Day
	head Head
}

// dailyName is what follows the prefix in the name of a daily backup: the day, and
// a number where the name was taken.
var dailyName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(-\d{1,3})?\.db$`)

// generations returns the daily backups that hold a state this register came from,
// the one that goes farthest last.
func (d *Desk) generations() []generation {
	dir := filepath.Join(filepath.Dir(d.Path()), backupFolder)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var list []generation
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), backupPrefix(d.Path()))
		name := dailyName.FindStringSubmatch(rest)
		if !ok || name == nil {
			continue
		}
		day, err := data.ParseISO(name[1])
		info, ierr := e.Info()
		if err != nil || ierr != nil || !info.Mode().IsRegular() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if head, err := readHead(path); err == nil {
			list = append(list, generation{path, info.Size(), day, head})
		}
	}
	err = d.store.View(func(v View) error {
		list = slices.DeleteFunc(list, func(g generation) bool { return !v.Holds(g.head) })
		return nil
	})
	if err != nil {
		d.fault(err)
		return nil
	}
	slices.SortStableFunc(list, func(a, b generation) int {
		if a.head.Seq != b.head.Seq {
			return int(min(max(int64(a.head.Seq)-int64(b.head.Seq), -1), 1))
		}
		return int(a.day) - int(b.day)
	})
	return list
}

// prune removes the daily backups that are too many, but never the one just made
// nor the newest.
func (d *Desk) prune(made string) {
	list := d.generations()
	for i, g := range list {
		if i == len(list)-1 || g.path == made || kept(list, i) {
			continue
		}
		// What cannot be removed takes room and is tried again the next day.
		if err := os.Remove(g.path); err != nil {
			slog.Warn("old backup stays", "fault", errors.Unwrap(err))
		}
	}
}

// kept reports whether a backup is one of the newest of its run of days, and its
// run one of those that go farthest.
func kept(list []generation, i int) bool {
	runs := runsOf(list)
	last := map[int]int{} // the newest backup of each run
	newer := 0
	for j, run := range runs {
		last[run] = j
		if j > i && run == runs[i] {
			newer++
		}
	}
	farther := 0
	for _, j := range last {
		if j > last[runs[i]] {
			farther++
		}
	}
	return newer < backupsKept && farther < runsKept
}

// runsOf numbers the runs of days of the backups: days that lie close together.
func runsOf(list []generation) []int {
	days := make([]data.Day, len(list))
	for i, g := range list {
		days[i] = g.day
	}
	slices.Sort(days)
	runs := make([]int, len(list))
	for i, g := range list {
		for n := 1; n < len(days) && days[n] <= g.day; n++ {
			if days[n]-days[n-1] > daysApart {
				runs[i]++
			}
		}
	}
	return runs
}

// freeName returns a path for a backup under the name, with a number where a sound
// file has the name already. broken tells that what stands there is no backup of
// anything and may be replaced.
func (d *Desk) freeName(dir, name string) (path string, broken bool) {
	for n := 1; ; n++ {
		path = filepath.Join(dir, backupPrefix(d.Path())+name+".db")
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s%s-%d.db", backupPrefix(d.Path()), name, n))
		}
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return path, false
		case err == nil && info.Mode().IsRegular() && !sound(path):
			return path, true
		}
	}
}

// backupPrefix begins the names of the backups of a data file.
func backupPrefix(path string) string {
	base := filepath.Base(path)
	if ext := filepath.Ext(base); strings.EqualFold(ext, ".db") {
		base = strings.TrimSuffix(base, ext)
	}
	return base + "-"
}

// BackupNow writes a verified backup beside the daily ones, under the day and
// the time, and returns its path. It is never cleaned away.
func (d *Desk) BackupNow(ctx context.Context) (string, error) {
	d.backing.Lock()
	defer d.backing.Unlock()
	dir := filepath.Join(filepath.Dir(d.Path()), backupFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", disk.Fail("Không tạo được thư mục sao lưu "+disk.Name(dir), err)
	}
	path, broken := d.freeName(dir, d.now().Format("2006-01-02-150405"))
	return path, d.store.Backup(ctx, path, broken)
}

// NewerBackup returns the backup that goes on where the open register ends: after a
// restore of an older state, or where an older copy of the file came back. "" where
// there is none.
func (d *Desk) NewerBackup() (path string, err error) {
	h, err := d.head()
	if err != nil {
		return "", err
	}
	seq := h.Seq
	for _, replaced := range []bool{false, true} { // a backup rather than a file that was replaced
		for _, f := range d.BackupFiles() {
			if other, err := readHead(f.Path); err == nil && f.Replaced == replaced && other.Seq > seq && h.Within(f.Path, d.key) {
				path, seq = f.Path, other.Seq
			}
		}
	}
	return path, nil
}

// LooksLikeBackup reports whether a data file is a backup, or one that a restore
// replaced, by its mark, its folder or its name. It is false of what cannot be
// read.
func LooksLikeBackup(path string) bool {
	if h, err := readHead(path); err != nil || h.Backup {
		return err == nil
	}
	dir, err := filepath.Abs(filepath.Dir(path))
	kept := slices.ContainsFunc(keptMarks, func(mark string) bool { return strings.Contains(filepath.Base(path), mark) })
	return kept || err == nil && filepath.Base(dir) == backupFolder
}

// NewestSound looks for the newest backup of a data file that cannot be opened, the
// files that restores replaced included, and reads it from end to end. Which one is
// newest is told by the journals. ok is false where there is none.
func NewestSound(ctx context.Context, path string, zone *time.Location) (file BackupFile, content BackupContent, ok bool) {
	type candidate struct {
		BackupFile
		seq uint64
	}
	var list []candidate
	for _, f := range backupFiles(path, zone) {
		if h, err := readHead(f.Path); err == nil {
			list = append(list, candidate{f, h.Seq})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return int(min(max(int64(b.seq)-int64(a.seq), -1), 1)) })
	for _, c := range list {
		if content, err := InspectBackup(ctx, c.Path, zone); err == nil {
			return c.BackupFile, content, true
		}
		if ctx.Err() != nil {
			break
		}
	}
	return BackupFile{}, BackupContent{}, false
}

// BackupFile is a backup beside the data file, or the data file that a restore
// replaced.
type BackupFile struct {
	Path     string
	At       data.Moment
	Size     int64 // bytes
	Replaced bool  // kept by a restore, or of an older version
}

// BackupFiles lists the backups of the data file and the files that restores
// replaced, newest first.
func (d *Desk) BackupFiles() []BackupFile { return backupFiles(d.Path(), d.now().Location()) }

// HasBackups reports whether there are backups of a data file, or files that
// restores replaced: then there was such a file.
func HasBackups(path string) bool { return len(backupFiles(path, time.UTC)) > 0 }

// backupName is what follows the prefix in the name of any backup.
var backupName = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(-\d{6})?(-\d{1,3})?\.db$`)

func backupFiles(file string, zone *time.Location) []BackupFile {
	var out []BackupFile
	add := func(pattern string, replaced bool) {
		list, err := filepath.Glob(pattern)
		if err != nil {
			return
		}
		for _, path := range list {
			name := strings.TrimPrefix(filepath.Base(path), backupPrefix(file))
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && (replaced || backupName.MatchString(name)) {
				out = append(out, BackupFile{path, data.MomentOf(info.ModTime().In(zone)), info.Size(), replaced})
			}
		}
	}
	add(globText(filepath.Join(filepath.Dir(file), backupFolder, backupPrefix(file)))+"*.db", false)
	real, err := filepath.EvalSymlinks(file)
	for _, mark := range keptMarks {
		add(globText(file+mark)+"*", true)
		if err == nil && real != file {
			add(globText(real+mark)+"*", true)
		}
	}
	slices.SortStableFunc(out, func(a, b BackupFile) int {
		if a.At == b.At {
			return strings.Compare(b.Path, a.Path)
		}
		if a.At.Before(b.At) {
			return 1
		}
		return -1
	})
	return out
}

// globText lets a path stand for itself in a pattern.
func globText(path string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(path)
}

// BackupContent is what a backup holds.
type BackupContent struct {
	Check
	Office string
	Last   data.Moment // of the newest change
	Change string      // its title
}

// InspectBackup reads a backup from end to end and tells what it holds; the
// backup itself is never written to. A file that is not sound is an error.
func InspectBackup(ctx context.Context, path string, zone *time.Location) (c BackupContent, err error) {
	store, err := readFile(path, nil)
	if err != nil {
		return c, err
	}
	defer store.Close()
	if c.Check, err = store.Check(ctx); err != nil {
		return c, err
	}
	if len(c.Faults) > 0 {
		return c, data.Fail(data.Damaged, fmt.Sprintf("%s không lành: %s Chọn bản sao lưu khác.", filepath.Base(path), c.Faults[0]), nil)
	}
	err = store.View(func(v View) error {
		office, err := v.Office()
		if err != nil {
			return err
		}
		c.Office = office.Name
		entries, err := v.Journal(1)
		if err == nil && len(entries) > 0 {
			c.Last, c.Change = data.MomentOf(time.Unix(entries[0].At, 0).In(zone)), entries[0].Title
			switch entries[0].Kind {
			case entryUndo:
				c.Change = "Hoàn tác: " + c.Change
			case entryRedo:
				c.Change = "Làm lại: " + c.Change
			}
		}
		return err
	})
	return c, err
}
