package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/disk"
)

// NewerBackup returns the backup that goes on where the open register ends: after a
// restore of an older state, or where an older copy of the file came back. "" where
// there is none.
func (d *Desk) NewerBackup(ctx context.Context) (path string, err error) {
	ctx = WithKey(ctx, d.key)
	h, err := d.head()
	if err != nil {
		return "", err
	}
	for _, replaced := range []bool{false, true} { // a backup rather than a file that was replaced
		for _, f := range d.BackupFiles() { // the one that goes farthest first
			if f.Replaced == replaced && f.Seq > h.Seq && goesOn(ctx, h, f.Path) {
				return f.Path, nil
			}
		}
	}
	return "", nil
}

// LooksLikeBackup reports whether a file is a backup, or one that a restore
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
	for _, f := range backupFiles(path, zone) {
		if f.Bad {
			continue
		}
		if content, err := InspectBackup(ctx, f.Path, zone, nil); err == nil {
			return f, content, true
		}
		if ctx.Err() != nil {
			break
		}
	}
	return BackupFile{}, BackupContent{}, false
}

// BackupContent is what a backup holds.
type BackupContent struct {
	Check
	Office   string
	Last     data.Moment // of the newest change
	Change   string      // its title
	Made     data.Moment // when it was made; unknown of the plain ones of version 0.2.0
	Why      Why
	Evidence int // files
	Issued   int // kept reports
	Settings bool
	Plain    bool // a data file alone, as version 0.2.0 made them
}

// InspectBackup reads a backup from end to end and tells what it holds; the
// backup itself is never written to. A file that is not sound is an error.
func InspectBackup(ctx context.Context, path string, zone *time.Location, tell Tell) (c BackupContent, err error) {
	store, c, err := openAndRead(ctx, path, zone, tell)
	if err != nil {
		return c, err
	}
	return c, store.Close()
}

func openAndRead(ctx context.Context, path string, zone *time.Location, tell Tell) (store file, c BackupContent, err error) {
	if archive.Is(path) {
		var u *unpacked
		if store, u, err = openBackup(ctx, path, false, tell); err != nil {
			return store, c, err
		}
		c.Made, c.Why, c.Evidence, c.Issued, c.Settings = data.MomentAt(u.At, zone), Why(u.Why), len(u.Evidence), len(u.Issued), u.Settings != nil
		defer func() {
			if err == nil && (c.Dossiers != u.Dossiers || c.Entries != u.Entries) {
				err = data.Fail(data.Damaged, fmt.Sprintf("Bản sao lưu %s ghi có %d hồ sơ, bên trong có %d. Chọn bản sao lưu khác.", disk.Name(path), u.Dossiers, c.Dossiers), nil)
				store.Close()
			}
		}()
	} else if store, err = openPlain(ctx, path, ""); err != nil {
		return store, c, err
	} else {
		c.Plain = true
	}
	if err = c.read(ctx, store, filepath.Base(path), zone); err != nil {
		store.Close()
	}
	return store, c, err
}

// read checks the data file of a backup and tells what is in it.
func (c *BackupContent) read(ctx context.Context, store file, name string, zone *time.Location) (err error) {
	if c.Check, err = store.Check(ctx); err != nil {
		return err
	}
	if len(c.Faults) > 0 {
		return data.Fail(data.Damaged, fmt.Sprintf("%s không lành: %s Chọn bản sao lưu khác.", name, c.Faults[0]), nil)
	}
	return store.View(func(v View) error {
		office, err := v.Office()
		if err != nil {
			return err
		}
		c.Office = office.Name
		h, err := v.Head()
		if err == nil && h.Seq > 0 {
			c.Last, c.Change = data.MomentAt(h.At, zone), changeText(h)
		}
		return err
	})
}

// Preview is what a restore would bring, and what it would take away.
type Preview struct {
	Backup  BackupContent
	Present bool // there is a data file that can be read
	Now     int  // its dossiers
	// Lost are the changes that are in the present file and not in the backup, newest
	// first, the first hundred of LostAll; Gained counts those of the backup alone.
	Lost            []Entry
	LostAll, Gained int
	// Erased are the erasures after the backup, which a restore would bring back.
	Erased []Erasure
	// Other tells that the backup is of another register: the two share no entry.
	Other bool
}

// BringsBack warns of personal data that were erased since the backup; "" for none.
func (p *Preview) BringsBack() string {
	n := 0
	for _, x := range p.Erased {
		n += len(x.Codes)
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Bản này lập trước lần xóa dữ liệu cá nhân hết thời hạn lưu: khôi phục sẽ đưa dữ liệu đã xóa của %s hồ sơ trở lại, phải xóa lại ngay sau đó (Thiết lập, Bảo vệ).", data.FormatInt(int64(n)))
}

// maxLost is how many of the changes that would be lost are listed.
const maxLost = 100

// PreviewRestore tells what a restore of the backup into the data file at path, which
// must not be open, would bring and take away.
func PreviewRestore(ctx context.Context, backup, path string, zone *time.Location) (p Preview, err error) {
	store, content, err := openAndRead(ctx, backup, zone, nil)
	if err != nil {
		return p, err
	}
	defer store.Close()
	p.Backup = content
	present, err := openPlain(ctx, path, path)
	switch data.CodeOf(err) {
	case "":
		defer present.Close()
		return p, p.compare(store, present)
	case data.NotFound, data.Damaged:
		return p, nil
	}
	return p, err
}

// PreviewRestore tells what a restore of the backup in the place of the open file would
// bring and take away.
func (d *Desk) PreviewRestore(ctx context.Context, backup string, tell Tell) (p Preview, err error) {
	if keyIn(ctx) == nil {
		ctx = WithKey(ctx, d.key)
	}
	store, content, err := openAndRead(ctx, backup, d.now().Location(), tell)
	if err != nil {
		return p, err
	}
	defer store.Close()
	p.Backup = content
	return p, p.compare(store, d.store)
}

// compare finds where the journals of backup and present file part.
func (p *Preview) compare(backup, present Store) error {
	p.Present = true
	return backup.View(func(b View) error {
		return present.View(func(v View) error {
			entries, err := v.Journal(0)
			if err != nil {
				return err
			}
			theirs, err := b.Head()
			if err != nil {
				return err
			}
			if err := v.Scan(func(*data.Glance) error { p.Now++; return nil }); err != nil {
				return err
			}
			// Newest first: from some entry on both hold all.
			p.LostAll = sort.Search(len(entries), func(i int) bool { return b.Holds(entries[i].Head()) })
			p.Lost = slices.Clone(entries[:min(p.LostAll, maxLost)])
			common := uint64(0)
			if p.LostAll < len(entries) {
				common = entries[p.LostAll].Seq
			}
			p.Gained = int(theirs.Seq - min(common, theirs.Seq))
			p.Other = common == 0 && len(entries) > 0
			p.Erased, err = erasedSince(b, v)
			return err
		})
	})
}

// RestoreOptions say how a backup is restored.
type RestoreOptions struct {
	New  bool // into a file that is not there yet
	Tell Tell
	Now  time.Time // dates the file that is replaced; zero leaves its date
	As   Who       // restores
}

// Restored tells what a restore did.
type Restored struct {
	Kept     string // the file that was replaced, "" for none
	Evidence int    // files that were missing and were put back
	Issued   int    // kept reports that were missing and were put back
	Settings []byte // of the officer, nil for none
}

// Restore puts a verified backup in the place of the data file at path, which must not
// be open, with the evidence and the kept reports that are missing beside it; what is
// there already is left alone. At every moment a whole data file stands at path, and
// after an error all is as before; see ledger.Restore.
func Restore(ctx context.Context, backup, path string, o RestoreOptions) (r Restored, err error) {
	if err := mayReplace(ctx, path, o); err != nil {
		return r, err
	}
	if _, err := os.Lstat(path); o.New && err == nil {
		return r, data.Fail(data.Conflict, fmt.Sprintf("Đã có tệp %s. Chọn tên khác cho sổ mới.", disk.Name(path)), nil)
	}
	source, err := disk.Target(backup)
	if err != nil {
		return r, err
	}
	if !archive.Is(source) {
		r.Kept, err = place(ctx, backup, backup, false, path)
	} else {
		r, err = restorePacked(ctx, backup, path, o.Tell)
	}
	if r.Kept != "" && !o.Now.IsZero() {
		// It counts from now on: see sweepReplaced.
		_ = os.Chtimes(r.Kept, o.Now, o.Now)
	}
	if err == nil && !o.Now.IsZero() {
		sweepReplaced(path, o.Now)
	}
	return r, err
}

// mayReplace refuses to replace a protected register without its key, and to who may not.
func mayReplace(ctx context.Context, path string, o RestoreOptions) error {
	if !o.New {
		if err := o.As.Role.Allow(ToRestore); err != nil {
			return err
		}
	}
	if isCopy(path) {
		return data.Fail(data.Conflict, "Sổ này ở trên máy chủ nên không khôi phục đè lên bản chép của máy này: các quầy khác vẫn làm trên sổ của máy chủ. Chọn «Thành sổ mới», xem lại rồi đưa sổ ấy lên một cơ sở dữ liệu mới.", nil)
	}
	if w, err := ReadKeys(path); err == nil && w != nil && keyIn(ctx) == nil {
		return data.Fail(data.Sealed, fmt.Sprintf("%s đang được bảo vệ. Gõ mật khẩu hoặc mã khôi phục của sổ ấy rồi mới khôi phục vào đó.", disk.Name(path)), nil)
	}
	return nil
}

func restorePacked(ctx context.Context, backup, path string, tell Tell) (r Restored, err error) {
	target, err := disk.Target(path)
	if err != nil {
		return r, err
	}
	what := fmt.Sprintf("Không khôi phục được vào %s, dữ liệu hiện có giữ nguyên", disk.Name(path))
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return r, disk.Fail(what, err)
	}
	folder, err := disk.TempFolder(filepath.Dir(target), "khoiphuc")
	if err != nil {
		return r, disk.Fail(what, err)
	}
	defer os.RemoveAll(folder)
	u, err := unpack(ctx, backup, folder, what, true, tell)
	if err != nil {
		return r, err
	}
	r.Settings = u.Settings
	var added []string
	defer func() {
		if err != nil && data.CodeOf(err) != data.Unsure {
			for _, one := range added {
				os.Remove(one)
			}
		}
	}()
	if r.Evidence, err = settle(EvidenceFolder(u.Data), EvidenceFolder(target), u.Evidence, true, &added); err != nil {
		return Restored{}, disk.Fail(what, err)
	}
	if r.Issued, err = settle(IssuedFolder(u.Data), IssuedFolder(target), u.Issued, false, &added); err != nil {
		return Restored{}, disk.Fail(what, err)
	}
	r.Kept, err = place(ctx, u.Data, backup, true, path)
	return r, err
}

// settle moves the files that are missing to their folder. The name of a file of
// evidence tells its content: with proved one that is there with another content is
// replaced. added gets those that were not there.
func settle(from, to string, parts map[string]archive.Part, proved bool, added *[]string) (n int, err error) {
	folders := map[string]bool{}
	for name, p := range parts {
		path := filepath.Join(to, filepath.FromSlash(name))
		info, serr := os.Lstat(path)
		if serr == nil && (!proved || info.Mode().IsRegular() && is(path, p)) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return n, err
		}
		if err := disk.Reach(disk.StepKeep, path); err != nil {
			return n, err
		}
		if errors.Is(serr, fs.ErrNotExist) {
			*added = append(*added, path)
		}
		if err := os.Rename(filepath.Join(from, filepath.FromSlash(name)), path); err != nil {
			return n, err
		}
		folders[filepath.Dir(path)] = true
		n++
	}
	for folder := range folders {
		if err := disk.SyncFolder(folder); err != nil {
			return n, err
		}
	}
	return n, nil
}

// is reports whether a file has the content of a part.
func is(path string, p archive.Part) bool {
	mine := archive.Part{Path: path}
	return mine.Measure(context.Background(), nil) == nil && mine.Size == p.Size && mine.Sum == p.Sum
}
