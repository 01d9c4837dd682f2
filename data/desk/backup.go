package desk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
)

// backupFolder is the folder of the daily backups, beside the data file.
const backupFolder = "sao-luu"

// backupsKept is how many daily backups are kept.
const backupsKept = 10

// BackupState tells of the daily backups.
type BackupState struct {
	Path string // of the newest, "" when there is none
	At   data.Moment
}

// LastBackup returns the newest daily backup of the data file.
func (d *Desk) LastBackup() BackupState {
	list := d.backups()
	if len(list) == 0 {
		return BackupState{}
	}
	s := BackupState{Path: list[len(list)-1]}
	if info, err := os.Stat(s.Path); err == nil {
		s.At = data.MomentOf(info.ModTime().In(d.now().Location()))
	}
	return s
}

// BackupDaily makes the backup of the day when there is none yet: verified
// before it counts, under the name of the day, the newest ten kept. An office
// without dossiers is not backed up, so that an emptied file never pushes good
// backups out; the demonstration office is not either.
func (d *Desk) BackupDaily(ctx context.Context) error {
	if d.Office().Demo || d.Len() == 0 {
		return nil
	}
	dir := filepath.Join(filepath.Dir(d.Path()), backupFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return disk.Fail("Không tạo được thư mục sao lưu "+disk.Name(dir), err)
	}
	path := filepath.Join(dir, d.backupPrefix()+d.Today().ISO()+".db")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := d.Backup(ctx, path); err != nil {
		return err
	}
	list := d.backups()
	for _, old := range list[:max(0, len(list)-backupsKept)] {
		if err := os.Remove(old); err != nil {
			return data.Fail(data.ReadOnly, "Không dọn được bản sao lưu cũ "+old+".", err)
		}
	}
	return nil
}

// backupPrefix begins the names of the backups of this data file.
func (d *Desk) backupPrefix() string {
	return strings.TrimSuffix(filepath.Base(d.Path()), filepath.Ext(d.Path())) + "-"
}

// backups returns the daily backups, oldest first: their names sort by day.
func (d *Desk) backups() []string {
	dir := filepath.Join(filepath.Dir(d.Path()), backupFolder)
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil
	}
	var list []string
	for _, e := range entries {
		day, ok := strings.CutPrefix(e.Name(), d.backupPrefix())
		if _, err := data.ParseISO(strings.TrimSuffix(day, ".db")); ok && err == nil {
			list = append(list, filepath.Join(dir, e.Name()))
		}
	}
	return list
}
