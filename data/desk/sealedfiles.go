package desk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// sealedMagic begins a file that is sealed with age.
var sealedMagic = []byte("age-encryption.org/v1\n")

// IsSealed reports whether a file of evidence or a kept report is sealed.
func IsSealed(path string) bool {
	sealed, err := isSealed(path)
	return err == nil && sealed
}

// isSealed reports whether a file beside a data file is sealed.
func isSealed(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, len(sealedMagic))
	_, err = io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return false, nil
	}
	return bytes.Equal(head, sealedMagic), err
}

// alsoCloses reads from one and closes the other.
type alsoCloses struct {
	io.Reader
	io.Closer
}

// openBesideFile opens a file beside a data file, sealed or not.
func openBesideFile(path string, key *vault.Key) (io.ReadCloser, error) {
	sealed, err := isSealed(path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil || !sealed {
		return f, err
	}
	if key == nil {
		f.Close()
		return nil, data.Fail(data.Sealed, "Tệp "+disk.Name(path)+" đang được bảo vệ. Mở sổ bằng mật khẩu hoặc mã khôi phục.", nil)
	}
	r, err := vault.Decrypt(f, key.Identity())
	if err != nil {
		f.Close()
		return nil, data.Fail(data.Denied, "Khóa của sổ không mở được tệp "+disk.Name(path)+": tệp của cơ quan khác, hoặc đã bị sửa.", err)
	}
	return alsoCloses{r, f}, nil
}

// OpenFile opens a file of evidence or a kept report, sealed or not.
func (d *Desk) OpenFile(path string) (io.ReadCloser, error) { return openBesideFile(path, d.key) }

// ReadSealed reads a kept report, sealed or not; name is what errors call it.
func (d *Desk) ReadSealed(path, name string) ([]byte, error) {
	from, err := d.OpenFile(path)
	if err != nil {
		return nil, disk.Fail("Không đọc được "+name, err)
	}
	defer from.Close()
	raw, err := io.ReadAll(from)
	return raw, disk.Fail("Không đọc được "+name, err)
}

// SealFile is what a file of evidence or a kept report is written through: sealed where the
// office is protected. The file is complete when what is returned was closed.
func (d *Desk) SealFile(w io.Writer) (io.WriteCloser, error) {
	seal, _, err := d.sealer()
	switch {
	case err != nil:
		return nil, err
	case seal != nil:
		return seal(w)
	case d.key != nil: // it is closed already
		return d.key.Encrypt(w)
	}
	return unsealed{w}, nil
}

// WriteSealed writes a small file beside the data file, such as a draft, whole or not at
// all: sealed where the office is protected.
func (d *Desk) WriteSealed(path string, raw []byte) error {
	return disk.Whole(path, func(w io.Writer) error {
		to, err := d.SealFile(w)
		if err == nil {
			_, err = to.Write(raw)
		}
		if err == nil {
			err = to.Close()
		}
		return err
	})
}

type unsealed struct{ io.Writer }

// Close implements io.Closer.
func (unsealed) Close() error { return nil }

// Lend returns the path under which a file of evidence or a kept report can be opened by
// another program: itself, or where it is sealed a private copy, which goes when the office
// is closed.
func (d *Desk) Lend(path, name string) (string, error) {
	sealed, err := isSealed(path)
	if err != nil || !sealed {
		return path, err
	}
	fail := func(err error) (string, error) {
		return "", disk.Fail("Không mở được tệp "+disk.Name(name), err)
	}
	folder, err := disk.TempFolder(disk.Scratch(), "xem")
	if err != nil {
		return fail(err)
	}
	d.lend(folder)
	from, err := d.OpenFile(path)
	if err != nil {
		return "", err
	}
	defer from.Close()
	to := filepath.Join(folder, filepath.Base(name))
	if err := lay(to, "Không mở được tệp "+disk.Name(name), from); err != nil {
		return fail(err)
	}
	return to, nil
}

// lend remembers a folder that goes when the office is closed.
func (d *Desk) lend(folder string) {
	d.lending.Lock()
	defer d.lending.Unlock()
	d.lent = append(d.lent, folder)
}

// takeBack removes what was lent.
func (d *Desk) takeBack() {
	d.lending.Lock()
	defer d.lending.Unlock()
	for _, folder := range d.lent {
		os.RemoveAll(folder)
	}
	d.lent = nil
}

// holds reports whether a file has the content of the hash, sealed or not.
func holds(path string, key *vault.Key, sum string) bool {
	got, err := contentOf(path, key)
	return err == nil && hex.EncodeToString(got[:]) == sum
}

// sealBeside seals the evidence and the kept reports of a data file that are not sealed
// yet. It may be called often; one that was ended early is finished the next time.
func sealBeside(ctx context.Context, path string, w *vault.Wraps, key *vault.Key) error {
	return eachBeside(ctx, path, false, func(file string) error {
		return rewriteFile(file, key, w.Encrypt)
	})
}

// openBeside takes the seal of the evidence and the kept reports away.
func openBeside(ctx context.Context, path string, key *vault.Key) error {
	return eachBeside(ctx, path, true, func(file string) error {
		return rewriteFile(file, key, func(w io.Writer) (io.WriteCloser, error) { return unsealed{w}, nil })
	})
}

// eachBeside calls fn with the files beside a data file that are sealed, or that are not.
func eachBeside(ctx context.Context, path string, sealed bool, fn func(file string) error) error {
	drafts, _ := filepath.Glob(quoteGlob(strings.TrimSuffix(path, filepath.Ext(path))) + ".*.json") // the pattern is sound
	for _, file := range drafts {
		is, err := isSealed(file)
		if err == nil && is == sealed {
			err = fn(file)
		}
		if err != nil {
			return disk.Fail("Không đổi được cách bảo vệ bản nháp "+disk.Name(file), err)
		}
	}
	for _, folder := range []string{EvidenceFolder(path), IssuedFolder(path)} {
		err := filepath.WalkDir(folder, func(file string, e fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && file == folder:
				return fs.SkipAll
			case err != nil:
				return err
			case ctx.Err() != nil:
				return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Các tệp còn lại được làm tiếp ở lần mở sau.", ctx.Err())
			case !e.Type().IsRegular() || strings.HasPrefix(e.Name(), "."):
				return nil
			}
			if is, err := isSealed(file); err != nil || is != sealed {
				return err
			}
			return fn(file)
		})
		if err != nil {
			return disk.Fail("Không đổi được cách bảo vệ các tệp trong "+disk.Name(folder), err)
		}
	}
	return nil
}

// quoteGlob takes the meaning from the letters of a path that have one in a pattern.
func quoteGlob(path string) string {
	if os.PathSeparator == '\\' {
		return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
	}
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "*", `\*`, "?", `\?`).Replace(path)
}

// rewriteFile writes a file anew through seal, reads it back and lets it take its own place.
func rewriteFile(path string, key *vault.Key, seal func(io.Writer) (io.WriteCloser, error)) error {
	want, err := contentOf(path, key)
	if err != nil {
		return err
	}
	from, err := openBesideFile(path, key)
	if err != nil {
		return err
	}
	defer from.Close()
	return disk.Make(path, "dang-ghi", func(f *os.File) error {
		to, err := seal(f)
		if err == nil {
			_, err = io.Copy(to, from)
			err = cmp.Or(err, to.Close())
		}
		return err
	}, func(name string) error {
		from.Close() // a file that is open cannot be replaced everywhere
		got, err := contentOf(name, key)
		if err != nil || got != want {
			return data.Fail(data.Damaged, "Tệp "+disk.Name(path)+" vừa ghi không đọc lại được đúng. Tệp cũ giữ nguyên; kiểm tra ổ đĩa.", err)
		}
		return nil
	})
}

// contentOf returns the SHA-256 of what a file holds, sealed or not.
func contentOf(path string, key *vault.Key) (sum [sha256.Size]byte, err error) {
	from, err := openBesideFile(path, key)
	if err != nil {
		return sum, err
	}
	defer from.Close()
	h := sha256.New()
	if _, err := io.Copy(h, from); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// sealRest seals what lies beside a protected data file and is plain: a change of protection
// that was ended early, or a file that somebody put there. What fails is told as a fault.
func (d *Desk) sealRest() {
	if d.key == nil || d.IsBackup() || !d.IsProtected() {
		return
	}
	w, err := d.wraps()
	if err == nil {
		err = sealBeside(context.Background(), d.path, w, d.key)
	}
	if err != nil {
		d.fault(err)
	}
}
