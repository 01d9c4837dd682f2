package desk

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/ledger"
)

// BackupFile is a backup beside the data file, or the data file that a restore
// replaced.
type BackupFile struct {
	Path     string
	At       data.Moment
	Size     int64 // bytes
	Replaced bool  // kept by a restore
}

// keptMark stands in the names of the files that a restore replaced; see
// ledger.Restore.
const keptMark = ".truoc-khoi-phuc"

// BackupFiles lists the backups of the data file and the files that restores
// replaced, newest first.
func (d *Desk) BackupFiles() []BackupFile {
	var out []BackupFile
	add := func(pattern string, replaced bool) {
		list, err := filepath.Glob(pattern)
		if err != nil {
			return
		}
		for _, path := range list {
			if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
				out = append(out, BackupFile{path, data.MomentOf(info.ModTime().In(d.now().Location())), info.Size(), replaced})
			}
		}
	}
	add(globText(filepath.Join(filepath.Dir(d.Path()), backupFolder, d.backupPrefix()))+"*.db", false)
	add(globText(d.Path()+keptMark)+"*", true)
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

// BackupNow writes a verified backup beside the daily ones, under the day and
// the time, and returns its path. It is never cleaned away.
func (d *Desk) BackupNow(ctx context.Context) (string, error) {
	dir := filepath.Join(filepath.Dir(d.Path()), backupFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", disk.Fail("Không tạo được thư mục sao lưu "+disk.Name(dir), err)
	}
	path := filepath.Join(dir, d.backupPrefix()+d.now().Format("2006-01-02-150405")+".db")
	return path, d.Backup(ctx, path)
}

// BackupContent is what a backup holds.
type BackupContent struct {
	ledger.Check
	Office string
	Last   data.Moment // of the newest change
	Change string      // its title
}

// InspectBackup reads a backup from end to end and tells what it holds; the
// backup itself is never written to. A file that is not sound is an error.
func InspectBackup(ctx context.Context, path string, zone *time.Location) (c BackupContent, err error) {
	temp, err := os.CreateTemp("", "giaoban-xem-*.db")
	if err != nil {
		return c, data.Fail(data.Internal, "Không tạo được tệp tạm để xem bản sao lưu. Kiểm tra đĩa còn chỗ.", err)
	}
	defer os.Remove(temp.Name())
	err = copyInto(temp, path)
	if cerr := temp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return c, data.Fail(data.NotFound, fmt.Sprintf("Không đọc được bản sao lưu %s. Chọn tệp khác.", path), err)
	}
	store, err := ledger.Open(temp.Name(), ledger.Options{})
	if err != nil {
		return c, data.Fail(data.CodeOf(err), fmt.Sprintf("%s không phải bản sao lưu dùng được: tệp hỏng, hoặc không phải tệp của Sổ Giao Ban. Chọn tệp khác.", filepath.Base(path)), err)
	}
	defer store.Close()
	if c.Check, err = store.Check(ctx); err != nil {
		return c, err
	}
	if len(c.Faults) > 0 {
		return c, data.Fail(data.Damaged, fmt.Sprintf("%s không lành: %s Chọn bản sao lưu khác.", filepath.Base(path), c.Faults[0]), nil)
	}
	err = store.View(func(v *ledger.View) error {
		office, err := v.Office()
		if err != nil {
			return err
		}
		c.Office = office.Name
		entries, err := v.Journal(1)
		if err == nil && len(entries) > 0 {
			c.Last, c.Change = data.MomentOf(time.Unix(entries[0].At, 0).In(zone)), entries[0].Title
			switch entries[0].Kind {
			case ledger.KindUndo:
				c.Change = "Hoàn tác: " + c.Change
			case ledger.KindRedo:
				c.Change = "Làm lại: " + c.Change
			}
		}
		return err
	})
	return c, err
}

func copyInto(to *os.File, path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	_, err = io.Copy(to, from)
	return err
}
