package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/disk"
)

// Why says why a backup was made.
type Why string

// The reasons for a backup. Those that somebody asked for are never cleaned away.
const (
	Asked         Why = ""
	Daily         Why = "ngay"            // the first change of a day
	AtClosing     Why = "dong"            // the window was closed
	BeforeImport  Why = "truoc-nhap"      // ahead of an import
	BeforeRestore Why = "truoc-khoi-phuc" // ahead of a restore
)

// Tell is told how far a long work is, in bytes; nil tells nobody.
type Tell func(done, total int64)

// EvidenceFolder is the folder of the files of evidence beside a data file.
func EvidenceFolder(file string) string { return file + ".tep" }

// IssuedFolder is the folder beside a data file in which issued reports are kept by
// month.
func IssuedFolder(file string) string {
	return strings.TrimSuffix(file, filepath.Ext(file)) + "-bao-cao"
}

// EvidenceFolder is the folder of the files of evidence of the open office: those of a
// backup are unpacked beside the copy that is looked at.
func (d *Desk) EvidenceFolder() string { return EvidenceFolder(d.store.About().Data) }

// OfficerSettings reads what belongs to the officer and not to the data file, as JSON; nil
// for nothing. It is set by who starts the program.
var OfficerSettings func() ([]byte, error)

// write makes a backup at path: a verified copy of the data file, packed with what
// stands beside it, and read back before it takes its place.
func (d *Desk) write(ctx context.Context, to string, replace bool, why Why, tell Tell) error {
	ctx = WithKey(ctx, d.key)
	if err := d.store.MayReplace(to, replace, readHead); err != nil {
		return err
	}
	target, err := disk.Target(to)
	if err != nil {
		return err
	}
	what := "Không sao lưu được ra " + disk.Name(to) + " (bản sao lưu cũ, nếu có, được giữ nguyên)"
	work, err := disk.TempFolder(filepath.Dir(d.store.About().Data), "saoluu")
	if err != nil {
		// The data may lie where nothing can be written.
		if work, err = disk.TempFolder(filepath.Dir(target), "saoluu"); err != nil {
			return disk.Fail(what, err)
		}
	}
	defer os.RemoveAll(work)
	b, err := d.gather(ctx, work, to, why)
	if err != nil {
		return disk.Fail(what, err)
	}
	if b.tell = tell; tell == nil {
		b.tell = func(int64, int64) {}
	}
	return b.pack(ctx, target, what)
}

// bundle is a backup in the making.
type bundle struct {
	head  archive.Head
	parts []archive.Part
	seal  func(io.Writer) (io.WriteCloser, error)
	tell  Tell
	done  int64
}

// gather copies the data file into the folder, verifies the copy, and finds what
// belongs to it.
func (d *Desk) gather(ctx context.Context, work, shown string, why Why) (*bundle, error) {
	plain := filepath.Join(work, archive.Data)
	check, err := d.store.Copy(ctx, plain, shown)
	if err != nil {
		return nil, err
	}
	head, err := readHead(plain)
	if err != nil {
		return nil, err
	}
	b := &bundle{parts: []archive.Part{{Name: archive.Data, Path: plain}}}
	b.head = archive.Head{Of: filepath.Base(d.Path()), At: d.now().Unix(), Why: string(why), Office: d.Office().Name, Seq: head.Seq, Count: head.Count, Hash: head.Hash, Mark: head.Mark, EntryAt: head.At, Title: changeText(head),
		Dossiers: check.Dossiers, Units: check.Units, Fields: check.Fields, Procedures: check.Procedures, Entries: check.Entries}
	if b.seal, b.head.Keys, err = d.sealer(); err != nil {
		return nil, err
	}
	if b.seal != nil {
		b.head.Office, b.head.Title, b.head.Mark = "", "", ""
	}
	if err := b.beside(d.EvidenceFolder(), archive.Evidence, &b.head.Evidence); err != nil {
		return nil, err
	}
	if err := b.beside(IssuedFolder(d.Path()), archive.Issued, &b.head.Issued); err != nil {
		return nil, err
	}
	if OfficerSettings != nil {
		raw, err := OfficerSettings()
		if err != nil {
			return nil, err
		}
		if raw != nil {
			kept := filepath.Join(work, archive.Settings)
			if err := os.WriteFile(kept, raw, 0o600); err != nil {
				return nil, err
			}
			b.parts = append(b.parts, archive.Part{Name: archive.Settings, Path: kept})
		}
	}
	return b, nil
}

// beside adds the files of a folder, unfinished ones left out.
func (b *bundle) beside(folder, under string, count *int) error {
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == ".":
			return fs.SkipAll
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), ".") && name != ".":
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !e.Type().IsRegular() || !archive.Named(under+name):
			return nil
		}
		*count++
		b.parts = append(b.parts, archive.Part{Name: under + name, Path: filepath.Join(folder, filepath.FromSlash(name))})
		return nil
	})
	return disk.Fail("Không đọc được thư mục "+disk.Name(folder), err)
}

// moved tells how far the backup is: each byte is measured, packed and read back.
func (b *bundle) moved(n int64) {
	b.done += n
	b.tell(min(b.done, 3*b.head.Bytes), 3*b.head.Bytes)
}

// pack writes the parts into one file beside the target, reads it back, and lets it
// take its place.
func (b *bundle) pack(ctx context.Context, target, what string) error {
	for i := range b.parts {
		info, err := os.Stat(b.parts[i].Path)
		if err != nil {
			return disk.Fail(what, err)
		}
		b.head.Bytes += info.Size()
	}
	for i := range b.parts {
		if err := b.parts[i].Measure(ctx, b.moved); err != nil {
			return disk.Fail(what, err)
		}
	}
	return disk.Fail(what, disk.Make(target, "saoluu",
		func(f *os.File) error { return archive.Write(ctx, f, b.head, b.parts, b.seal, b.moved) },
		func(name string) error { return b.prove(ctx, name) }))
}

// prove reads a backup back: it holds the bytes that were verified.
func (b *bundle) prove(ctx context.Context, file string) error {
	r, err := archive.Open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	if !sameHead(headIn(&r.Head), headIn(&b.head)) || r.Dossiers != b.head.Dossiers {
		return data.Fail(data.Damaged, "Bản sao lưu vừa ghi không đọc lại được đúng như đã ghi. Kiểm tra ổ đĩa rồi sao lưu lại.", nil)
	}
	open, err := unsealer(ctx, r.Head, file)
	if err != nil {
		return err
	}
	return r.Each(ctx, open, nil, func(_ archive.Part, from io.Reader) error {
		_, err := io.Copy(io.Discard, &metered{from, b.moved})
		return err
	})
}

// metered tells how much was read.
type metered struct {
	r    io.Reader
	done func(n int64)
}

// Read implements io.Reader.
func (c *metered) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if n > 0 {
		c.done(int64(n))
	}
	return n, err
}

// changeText tells what the newest entry of a journal was.
func changeText(h Head) string {
	switch h.Kind {
	case entryUndo:
		return "Hoàn tác: " + h.Title
	case entryRedo:
		return "Làm lại: " + h.Title
	}
	return h.Title
}

// readHead reads how far the journal of a data file or a backup goes that is not open.
func readHead(path string) (Head, error) {
	target, err := disk.Target(path)
	if err != nil {
		return Head{}, err
	}
	if !archive.Is(target) {
		return readFileHead(path)
	}
	r, err := archive.Open(path)
	if err != nil {
		return Head{}, err
	}
	defer r.Close()
	return headIn(&r.Head), nil
}

// headIn is how far the journal of a backup goes, as it tells itself.
func headIn(h *archive.Head) Head {
	return Head{Seq: h.Seq, Count: h.Count, Hash: h.Hash, Mark: h.Mark, At: h.EntryAt, Title: h.Title, Backup: true}
}

// sameHead reports whether two heads are one: by the hash, which a protected file tells too,
// or by the entry.
func sameHead(a, b Head) bool {
	if a.Hash != "" && b.Hash != "" {
		return a.Seq == b.Seq && a.Hash == b.Hash
	}
	return a.Seq == b.Seq && a.Mark == b.Mark
}

// unpacked is a backup that was unpacked to be looked at.
type unpacked struct {
	archive.Head
	Data     string // the data file in it
	Evidence map[string]archive.Part
	Issued   map[string]archive.Part
	Settings []byte
}

// unpack writes the data file of a backup into a folder, and with all what stands beside it:
// then under the names that it has beside a data file. what says what did not succeed
// where the folder cannot be written.
func unpack(ctx context.Context, file, folder, what string, all bool, tell Tell) (*unpacked, error) {
	r, err := archive.Open(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	open, err := unsealer(ctx, r.Head, file)
	if err != nil {
		return nil, err
	}
	u := &unpacked{Head: r.Head, Evidence: map[string]archive.Part{}, Issued: map[string]archive.Part{}}
	done := int64(0)
	read := func(n int64) {
		if done += n; tell != nil {
			tell(done, r.Size())
		}
	}
	err = r.Each(ctx, open, read, func(p archive.Part, from io.Reader) error {
		return u.take(p, from, folder, what, all)
	})
	if err != nil {
		return nil, err
	}
	if u.Data == "" || len(u.Evidence) != u.Head.Evidence {
		return nil, data.Fail(data.Damaged, fmt.Sprintf("Bản sao lưu %s thiếu một phần. Chọn bản sao lưu khác.", disk.Name(file)), nil)
	}
	return u, nil
}

// take writes one part to its place.
func (u *unpacked) take(p archive.Part, from io.Reader, folder, what string, all bool) error {
	plain := filepath.Join(folder, archive.Data)
	switch name, evidence := strings.CutPrefix(p.Name, archive.Evidence); {
	case p.Name == archive.Data:
		u.Data = plain
		return lay(plain, what, from)
	case p.Name == archive.Settings:
		raw, err := io.ReadAll(io.LimitReader(from, 1<<20))
		u.Settings = raw
		return err
	case evidence:
		u.Evidence[name] = p
		if !all {
			return nil
		}
		return lay(filepath.Join(EvidenceFolder(plain), filepath.FromSlash(name)), what, from)
	default:
		name = strings.TrimPrefix(p.Name, archive.Issued)
		u.Issued[name] = p
		if !all {
			return nil
		}
		return lay(filepath.Join(IssuedFolder(plain), filepath.FromSlash(name)), what, from)
	}
}

// lay writes a file durably, and the folders that it needs.
func lay(file, what string, from io.Reader) error {
	fail := func(err error) error { return disk.Fail(what, err) }
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fail(err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fail(err)
	}
	buffer := make([]byte, 1<<16)
	var rerr, werr error
	for rerr == nil && werr == nil {
		var n int
		if n, rerr = from.Read(buffer); n > 0 {
			_, werr = f.Write(buffer[:n])
		}
	}
	if werr == nil && rerr == io.EOF {
		werr = disk.Sync(f)
	}
	if cerr := f.Close(); werr == nil {
		werr = cerr
	}
	if werr != nil {
		return fail(werr)
	}
	if rerr != io.EOF {
		return rerr // the reader tells what is wrong with the backup
	}
	return nil
}

// openBackup unpacks a backup into a private folder and opens the copy, which goes when
// it is closed.
func openBackup(ctx context.Context, name string, all bool, tell Tell) (out file, u *unpacked, err error) {
	what := "Không mở được bản sao lưu " + disk.Name(name)
	scratch, err := disk.TempFolder(disk.Scratch(), "xem")
	if err != nil {
		return out, nil, disk.Fail(what, err)
	}
	if u, err = unpack(ctx, name, scratch, what, all, tell); err == nil {
		out, err = openPlain(ctx, u.Data, name)
	}
	if err == nil {
		var h Head
		if h, err = readFileHead(u.Data); err == nil && !sameHead(h, headIn(&u.Head)) {
			err = data.Fail(data.Damaged, fmt.Sprintf("Bản sao lưu %s: phần đầu không khớp với dữ liệu bên trong. Chọn bản sao lưu khác.", disk.Name(name)), nil)
			out.Close()
		}
	}
	if err != nil {
		os.RemoveAll(scratch)
		return out, nil, err
	}
	out.shown, out.scratch = name, scratch
	return out, u, nil
}

// goesOn reports whether the journal of a backup holds the entry that the head ends
// with, and goes on after it.
func goesOn(ctx context.Context, h Head, file string) bool {
	if !archive.Is(file) {
		return h.Within(file, keyIn(ctx))
	}
	scratch, err := disk.TempFolder(disk.Scratch(), "xem")
	if err != nil {
		return false
	}
	defer os.RemoveAll(scratch)
	u, err := unpack(ctx, file, scratch, "", false, nil)
	return err == nil && h.Within(u.Data, keyIn(ctx))
}

// Told is what an entry of the journal says was done.
func Told(e *Entry) string { return changeText(Head{Kind: e.Kind, Title: e.Title}) }
