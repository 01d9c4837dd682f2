package desk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"giaoban/data"
)

// BackupFile is a backup beside the data file, or the data file that a restore
// replaced.
type BackupFile struct {
	Path     string
	At       data.Moment
	Size     int64 // bytes
	Replaced bool  // kept by a restore
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
	add(globText(file+keptMark)+"*", true)
	if real, err := filepath.EvalSymlinks(file); err == nil && real != file {
		add(globText(real+keptMark)+"*", true)
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
	store, err := readFile(path)
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
