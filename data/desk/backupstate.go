package desk

import (
	"encoding/json"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
)

// backupNotes is what is remembered of the backups beside them. It can be lost without
// harm: then they are read again.
type backupNotes struct {
	Checked map[string]checked `json:"checked"` // by name of file
	Second  secondNotes        `json:"second"`
}

// checked is what the last reading of a backup found.
type checked struct {
	Size     int64 `json:"size"`
	Modified int64 `json:"modified"` // nanoseconds
	At       int64 `json:"at"`       // Unix seconds
	Bad      bool  `json:"bad,omitempty"`
}

// secondNotes tell of the copies in the second place.
type secondNotes struct {
	Since int64  `json:"since"` // when the place was chosen or seen first, Unix seconds
	At    int64  `json:"at"`    // of the last copy that was read back, 0 for none
	Name  string `json:"name"`  // of that copy
}

// of reports whether the file is as it was when it was read.
func (c checked) of(path string) bool {
	info, err := os.Stat(path)
	return err == nil && c.At != 0 && info.Size() == c.Size && info.ModTime().UnixNano() == c.Modified
}

// old reports whether that is long ago; a clock that was wrong makes it so too.
func (c checked) old(now time.Time) bool {
	age := now.Sub(time.Unix(c.At, 0))
	return age > checkAfter || age < -checkAfter
}

// notesFile is where the notes of a data file are kept.
func notesFile(file string) string {
	return filepath.Join(filepath.Dir(file), backupFolder, "."+filepath.Base(file)+".ghi-nho")
}

// kept reads the notes.
func (d *Desk) kept() backupNotes {
	n := backupNotes{}
	if raw, err := os.ReadFile(notesFile(d.Path())); err == nil {
		if json.Unmarshal(raw, &n) != nil {
			n = backupNotes{}
		}
	}
	if n.Checked == nil {
		n.Checked = map[string]checked{}
	}
	return n
}

// keep changes the notes. A failure is not told: the work that they speak of was done.
func (d *Desk) keep(change func(*backupNotes)) {
	d.noting.Lock()
	defer d.noting.Unlock()
	n := d.kept()
	change(&n)
	for name := range n.Checked {
		if _, err := os.Lstat(filepath.Join(d.backups(), name)); err != nil {
			delete(n.Checked, name)
		}
	}
	raw, err := json.Marshal(n)
	if err == nil {
		err = os.MkdirAll(d.backups(), 0o700)
	}
	if err == nil {
		err = disk.Put(notesFile(d.Path()), raw)
	}
	if err != nil {
		slog.Warn("notes of the backups", "code", data.CodeOf(err))
	}
}

// note remembers what the reading of a backup found.
func (d *Desk) note(path string, info fs.FileInfo, fault error) {
	d.keep(func(n *backupNotes) {
		n.Checked[filepath.Base(path)] = checked{Size: info.Size(), Modified: info.ModTime().UnixNano(), At: d.now().Unix(), Bad: fault != nil}
	})
}
