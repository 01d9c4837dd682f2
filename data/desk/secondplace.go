package desk

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/disk"
)

// settingSecond holds the second place of the backups.
const settingSecond = "second-place"

// secondMark is the file by which the second place is known: a stick that is not put in
// leaves an empty folder on some systems, and another letter on others.
const secondMark = "giaoban-noi-cat-thu-hai.txt"

// remindAfter is the age of the newest copy from which the officer is reminded.
const remindAfter = 7 * 24 * time.Hour

// place2 is a second place as it is stored.
type place2 struct {
	Folder string `json:"folder"`
	ID     string `json:"id"`
}

// SecondPlace is where backups are copied to besides the disk of the data.
type SecondPlace struct {
	Folder  string      // as it was chosen, "" for none
	Here    string      // where it is now, "" while it is away
	At      data.Moment // of the newest copy there that was read back
	Missing int         // days since then, or since it was chosen
	Overdue bool        // so long that the officer is reminded
}

// SecondPlace tells of the second place.
func (d *Desk) SecondPlace() SecondPlace {
	p, ok := d.second()
	if !ok {
		return SecondPlace{}
	}
	s, n := SecondPlace{Folder: p.Folder, Here: p.here()}, d.kept().Second
	since := n.Since
	if n.At != 0 {
		s.At = data.MomentAt(n.At, d.now().Location())
		since = n.At
	}
	if since != 0 {
		age := max(d.now().Sub(time.Unix(since, 0)), 0)
		s.Missing, s.Overdue = int(age/(24*time.Hour)), age > remindAfter
	}
	return s
}

func (d *Desk) second() (p place2, ok bool) {
	raw := d.Setting(settingSecond)
	return p, raw != nil && json.Unmarshal(raw, &p) == nil && p.Folder != ""
}

// here returns where the place is now: the folder with its mark, on Windows under any
// letter.
func (p place2) here() string {
	candidates := []string{p.Folder}
	if v := filepath.VolumeName(p.Folder); len(v) == 2 && v[1] == ':' {
		for letter := 'D'; letter <= 'Z'; letter++ {
			candidates = append(candidates, string(letter)+p.Folder[1:])
		}
	}
	for _, folder := range candidates {
		raw, err := os.ReadFile(filepath.Join(folder, secondMark))
		if err == nil && strings.Contains(string(raw), p.ID) {
			return folder
		}
	}
	return ""
}

// SetSecondPlace chooses the folder to which backups are copied; "" for none. The folder
// must be there and be written to, and not be that of the data file.
func (d *Desk) SetSecondPlace(ctx context.Context, folder string) error {
	if folder == "" {
		return d.KeepSetting(ctx, Work{Title: "Bỏ nơi cất bản sao lưu thứ hai"}, settingSecond, nil)
	}
	bad := func(text string) error { return &data.Error{Code: data.Invalid, Field: "second", Message: text} }
	folder, err := filepath.Abs(folder)
	if err != nil {
		return disk.Fail("Không dùng được thư mục ấy", err)
	}
	info, err := os.Stat(folder)
	own, oerr := os.Stat(filepath.Dir(d.Path()))
	kept, kerr := os.Stat(d.backups())
	switch {
	case err != nil:
		return disk.Fail("Không thấy thư mục "+disk.Name(folder), err)
	case !info.IsDir():
		return bad(disk.Name(folder) + " không phải thư mục. Chọn một thư mục trên USB hoặc ổ khác.")
	case oerr == nil && os.SameFile(info, own), kerr == nil && os.SameFile(info, kept):
		return bad("Nơi thứ hai phải khác thư mục đang để sổ và các bản sao lưu: mất ổ này thì mất cả hai. Chọn USB hoặc ổ khác.")
	}
	p := place2{Folder: folder}
	mark := filepath.Join(folder, secondMark)
	if raw, err := os.ReadFile(mark); err == nil {
		p.ID = idIn(string(raw))
	}
	if p.ID == "" {
		id := make([]byte, 8)
		rand.Read(id)
		p.ID = hex.EncodeToString(id)
		text := "Sổ Giao Ban CCHC cất bản sao lưu ở thư mục này. Đừng xóa tệp này.\r\nMã nơi cất: " + p.ID + "\r\n"
		if err := disk.Put(mark, []byte(text)); err != nil {
			return err
		}
	}
	if err := d.KeepJSON(ctx, Work{Title: "Chọn nơi cất bản sao lưu thứ hai"}, settingSecond, p); err != nil {
		return err
	}
	d.keep(func(n *backupNotes) { n.Second = secondNotes{Since: d.now().Unix()} })
	return nil
}

// idIn finds the id in the mark of a second place.
func idIn(text string) string {
	_, after, _ := strings.Cut(text, "Mã nơi cất: ")
	id := strings.TrimSpace(after)
	if raw, err := hex.DecodeString(id); err != nil || len(raw) != 8 {
		return ""
	}
	return id
}

// CopySecond copies the newest sound backup to the second place when that is there and
// lacks it, reads the copy back, and removes generations that are too many there.
// copied is the path of the copy, "" where there was nothing to do.
func (d *Desk) CopySecond(ctx context.Context, tell Tell) (copied string, err error) {
	p, ok := d.second()
	if !ok || d.Office().Demo || d.IsBackup() {
		return "", nil
	}
	folder := p.here()
	if folder == "" {
		return "", nil
	}
	d.backing.Lock()
	defer d.backing.Unlock()
	from := ""
	list := d.generations(d.backups())
	for n := len(list); n > 0 && from == ""; n-- {
		if archive.Is(list[n-1].path) && d.trusted(ctx, list[n-1].path) {
			from = list[n-1].path
			for _, g := range d.generations(folder) {
				if g.head.Seq >= list[n-1].head.Seq && filepath.Base(g.path) == d.kept().Second.Name {
					return "", nil
				}
			}
		}
	}
	if from == "" {
		return "", ctx.Err()
	}
	name := strings.TrimSuffix(filepath.Base(from), archive.Ending)
	to, broken, err := freeName(folder, name)
	if err != nil {
		return "", err
	}
	if broken {
		if err := os.Remove(to); err != nil {
			return "", disk.Fail("Không thay được bản hỏng "+disk.Name(to), err)
		}
	}
	if err := copyProved(ctx, from, to, tell); err != nil {
		return "", err
	}
	d.keep(func(n *backupNotes) {
		n.Second.At, n.Second.Name = d.now().Unix(), filepath.Base(to)
		if n.Second.Since == 0 {
			n.Second.Since = n.Second.At
		}
	})
	d.prune(folder, to)
	return to, nil
}

// copyProved copies a backup under another name, whole or not at all, and reads the copy
// from end to end before it takes its place.
func copyProved(ctx context.Context, source, to string, tell Tell) error {
	what := fmt.Sprintf("Không chép được bản sao lưu sang nơi thứ hai %s", disk.Name(filepath.Dir(to)))
	in, err := os.Open(source)
	if err != nil {
		return disk.Fail(what, err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return disk.Fail(what, err)
	}
	done := int64(0)
	from := &metered{stopped{ctx, in}, func(n int64) {
		if done += n; tell != nil {
			tell(done, info.Size())
		}
	}}
	return disk.Fail(what, disk.Make(to, "saoluu", func(f *os.File) error { _, err := io.Copy(f, from); return err }, func(name string) error {
		err := proved(ctx, name)
		if data.CodeOf(err) == data.Damaged {
			return data.Fail(data.Damaged, what+": bản vừa chép đọc lại không đúng, USB hoặc ổ ấy có thể sắp hỏng. Dùng ổ khác.", err)
		}
		return err
	}))
}

// stopped reads until it is cancelled.
type stopped struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (s stopped) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
