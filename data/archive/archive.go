// Package archive knows the container of a backup: one file that holds the data file
// of an office with its evidence, the reports it kept and the settings of its
// officer. It knows how the parts are packed and proved, not what is in them; see
// docs/file-format.md.
package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
)

// Ending ends the names of backups. What a file is, its first line tells.
const Ending = ".gbsao"

const (
	magic    = disk.BackupMagic + "1\n"
	maxHead  = 1 << 20  // bytes of the head
	maxList  = 64 << 20 // bytes of the list of parts
	sumLine  = 2*sha256.Size + 1
	listName = "danh-sach.json"
)

// The names of parts: the data file, and the folders of the others.
const (
	Data     = "so.db"
	Evidence = "tep/"
	Issued   = "bao-cao/"
	Settings = "thiet-lap.json"
)

// Head is what a backup tells of itself before it is opened, also where it is sealed:
// then it names no citizen.
type Head struct {
	Of         string          `json:"of"`               // name of the data file, without its folder
	At         int64           `json:"at"`               // Unix seconds by the clock of the computer
	Why        string          `json:"why,omitempty"`    // why it was made, see desk.Why
	Office     string          `json:"office,omitempty"` // its name; "" where sealed
	Seq        uint64          `json:"seq"`              // the number of its newest entry
	Count      uint64          `json:"count"`            // of entries, as its chain counts them
	Hash       string          `json:"hash,omitempty"`   // of the newest entry in the chain, see package ledger
	Mark       string          `json:"mark,omitempty"`   // tells the newest entry from all others; "" where sealed
	EntryAt    int64           `json:"entryAt"`          // when that was, Unix seconds
	Title      string          `json:"title,omitempty"`  // what it was; "" where sealed
	Dossiers   int             `json:"dossiers"`
	Units      int             `json:"units"`
	Fields     int             `json:"fields"`
	Procedures int             `json:"procedures"`
	Entries    int             `json:"entries"`
	Evidence   int             `json:"evidence"` // files
	Issued     int             `json:"issued"`   // files
	Bytes      int64           `json:"bytes"`    // of all parts, unpacked
	Sealed     bool            `json:"sealed,omitempty"`
	Keys       json.RawMessage `json:"keys,omitempty"` // the ways to the key, where sealed
}

// Part is one file in a backup.
type Part struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	Sum  string `json:"sha256"` // hex
	Path string `json:"-"`      // where it is read from when a backup is made
}

// Is reports whether a file is a backup of this kind, sound or not.
func Is(path string) bool {
	f, err := disk.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(disk.BackupMagic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == disk.BackupMagic
}

// Measure fills size and sum of a part from the file at its path.
func (p *Part) Measure(ctx context.Context, done func(n int64)) error {
	f, err := os.Open(p.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if p.Size, err = io.Copy(sum, &meter{ctx, f, done}); err != nil {
		return err
	}
	p.Sum = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// Write packs the parts, which were measured, behind the head. seal seals all that
// follows the head; nil leaves it plain. A part that changed since is an error.
// done, which may be nil, is told how many bytes were packed.
func Write(ctx context.Context, w io.Writer, h Head, parts []Part, seal func(io.Writer) (io.WriteCloser, error), done func(n int64)) error {
	h.Sealed = seal != nil
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s%s\n%x\n", magic, line, sha256.Sum256(line)); err != nil {
		return err
	}
	sum := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(w, sum), 1<<16)
	var inner io.Writer = out
	var sealer io.WriteCloser
	if seal != nil {
		if sealer, err = seal(out); err != nil {
			return err
		}
		inner = sealer
	}
	if err := pack(ctx, inner, parts, done); err != nil {
		return err
	}
	if sealer != nil {
		if err := sealer.Close(); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%x\n", sum.Sum(nil))
	return err
}

func pack(ctx context.Context, w io.Writer, parts []Part, done func(n int64)) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	list, err := json.Marshal(parts)
	if err != nil {
		return err
	}
	if err := one(t, Part{Name: listName, Size: int64(len(list))}, bytes.NewReader(list)); err != nil {
		return err
	}
	for _, p := range parts {
		if err := packOne(ctx, t, p, done); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

func packOne(ctx context.Context, t *tar.Writer, p Part, done func(n int64)) error {
	f, err := os.Open(p.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	// One byte more than measured tells that the file grew meanwhile.
	if err := one(t, p, io.TeeReader(io.LimitReader(&meter{ctx, f, done}, p.Size+1), sum)); err != nil {
		if errors.Is(err, tar.ErrWriteTooLong) {
			return changed(p)
		}
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != p.Sum {
		return changed(p)
	}
	return nil
}

func changed(p Part) error {
	return data.Fail(data.Conflict, fmt.Sprintf("Tệp %s bị thay đổi trong khi đang sao lưu. Sao lưu lại.", disk.Name(p.Name)), nil)
}

func one(t *tar.Writer, p Part, from io.Reader) error {
	if err := t.WriteHeader(&tar.Header{Name: p.Name, Size: p.Size, Mode: 0o600, Typeflag: tar.TypeReg, Format: tar.FormatPAX}); err != nil {
		return err
	}
	n, err := io.Copy(t, from)
	if err == nil && n < p.Size {
		err = changed(p)
	}
	return err
}

// meter reads until it is cancelled, and tells how much was read.
type meter struct {
	ctx  context.Context
	r    io.Reader
	done func(n int64)
}

// Read implements io.Reader.
func (m *meter) Read(b []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Không có tệp nào được ghi.", err)
	}
	n, err := m.r.Read(b)
	if m.done != nil && n > 0 {
		m.done(int64(n))
	}
	return n, err
}

// Reader reads a backup.
type Reader struct {
	Head
	f    *os.File
	path string
	body int64 // where it begins
	size int64 // of the body
}

// Open reads the head of a backup. data.NotFound without a file, data.Damaged for what
// is no backup of this kind or cannot be read, data.Newer for one of a later program.
func Open(path string) (*Reader, error) {
	f, err := disk.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Không thấy bản sao lưu %s. Kiểm tra đường dẫn.", disk.Name(path)), err)
	}
	if err != nil {
		return nil, disk.Fail("Không đọc được "+disk.Name(path), err)
	}
	r := &Reader{f: f, path: path}
	if err := r.open(); err != nil {
		f.Close()
		return nil, err
	}
	return r, nil
}

func (r *Reader) open() error {
	info, err := r.f.Stat()
	if err != nil {
		return disk.Fail("Không đọc được "+disk.Name(r.path), err)
	}
	in := bufio.NewReader(io.LimitReader(r.f, maxHead+int64(len(magic)+sumLine)))
	first := make([]byte, len(magic))
	if _, err := io.ReadFull(in, first); err != nil || !strings.HasPrefix(string(first), disk.BackupMagic) {
		return r.damaged("không phải bản sao lưu của Sổ Giao Ban", err)
	}
	if string(first) != magic {
		return data.Fail(data.Newer, fmt.Sprintf("Bản sao lưu %s do phiên bản mới hơn của chương trình ghi. Cài bản mới rồi khôi phục; tệp được giữ nguyên.", disk.Name(r.path)), nil)
	}
	line, err := in.ReadBytes('\n')
	if err != nil {
		return r.damaged("bị cụt ở phần đầu", err)
	}
	sum := make([]byte, sumLine)
	if _, err := io.ReadFull(in, sum); err != nil || string(sum) != fmt.Sprintf("%x\n", sha256.Sum256(line[:len(line)-1])) {
		return r.damaged("bị hỏng ở phần đầu", err)
	}
	if err := json.Unmarshal(line, &r.Head); err != nil {
		return r.damaged("bị hỏng ở phần đầu", err)
	}
	r.body = int64(len(magic) + len(line) + sumLine)
	if r.size = info.Size() - r.body - sumLine; r.size <= 0 {
		return r.damaged("bị cụt", nil)
	}
	return nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.f.Close() }

func (r *Reader) damaged(what string, cause error) error {
	return data.Fail(data.Damaged, fmt.Sprintf("Bản sao lưu %s không dùng được: tệp %s. Chọn bản sao lưu khác; dữ liệu hiện có giữ nguyên.", disk.Name(r.path), what), cause)
}

// Each calls fn with every part in turn, and proves all of them: what fn was given is
// good only when Each returned nil. unseal opens what was sealed; done, which may be
// nil, is told how many bytes of the file were read, of Size.
func (r *Reader) Each(ctx context.Context, unseal func(io.Reader) (io.Reader, error), done func(n int64), fn func(p Part, from io.Reader) error) error {
	sum := sha256.New()
	body := io.TeeReader(&meter{ctx, io.NewSectionReader(r.f, r.body, r.size), done}, sum)
	err := r.unpack(body, unseal, fn)
	// The digest of the whole tells damage from what else may have gone wrong.
	if _, rest := io.Copy(io.Discard, body); rest != nil {
		if err == nil || data.CodeOf(rest) == data.Cancelled {
			err = rest
		}
	} else if !r.proved(sum) {
		err = r.damaged("bị hỏng", err)
	}
	if err == nil || errors.As(err, new(*data.Error)) {
		return err
	}
	if disk.Known(err) {
		return disk.Fail("Không đọc được bản sao lưu "+disk.Name(r.path), err)
	}
	return r.damaged("bị hỏng", err)
}

// Prove reads a backup to its end and compares the digest of all its bytes, which needs
// no key.
func (r *Reader) Prove(ctx context.Context) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, &meter{ctx, io.NewSectionReader(r.f, r.body, r.size), nil}); err != nil {
		return disk.Fail("Không đọc được bản sao lưu "+disk.Name(r.path), err)
	}
	if !r.proved(sum) {
		return r.damaged("bị hỏng", nil)
	}
	return nil
}

// proved compares the digest of the body with the one behind it.
func (r *Reader) proved(sum hash.Hash) bool {
	line := make([]byte, sumLine)
	_, err := r.f.ReadAt(line, r.body+r.size)
	return err == nil && string(line) == fmt.Sprintf("%x\n", sum.Sum(nil))
}

// Size is how many bytes Each reads.
func (r *Reader) Size() int64 { return r.size }

func (r *Reader) unpack(body io.Reader, unseal func(io.Reader) (io.Reader, error), fn func(p Part, from io.Reader) error) error {
	inner := body
	if r.Sealed {
		var err error
		if inner, err = unseal(body); err != nil {
			return err
		}
	}
	z, err := gzip.NewReader(bufio.NewReaderSize(inner, 1<<16))
	if err != nil {
		return err
	}
	t := tar.NewReader(z)
	first, err := t.Next()
	if err != nil || first.Name != listName || first.Size > maxList {
		return r.damaged("không có danh sách bên trong", err)
	}
	raw, err := io.ReadAll(t)
	if err != nil {
		return err
	}
	var list []Part
	if err := json.Unmarshal(raw, &list); err != nil {
		return r.damaged("có danh sách bên trong không đọc được", err)
	}
	for _, p := range list {
		if err := r.part(t, p, fn); err != nil {
			return err
		}
	}
	if _, err := t.Next(); err != io.EOF {
		return r.damaged("có phần không ghi trong danh sách", err)
	}
	_, err = io.Copy(io.Discard, z)
	return err
}

// part gives fn one part, and reads on what fn left.
func (r *Reader) part(t *tar.Reader, p Part, fn func(p Part, from io.Reader) error) error {
	h, err := t.Next()
	if err != nil {
		return err
	}
	if !Named(p.Name) || h.Name != p.Name || h.Size != p.Size || h.Typeflag != tar.TypeReg {
		return r.damaged("có phần «"+disk.Name(h.Name)+"» không khớp danh sách", nil)
	}
	sum := sha256.New()
	from := io.TeeReader(t, sum)
	if err := fn(p, from); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, from); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != p.Sum {
		return r.damaged("có phần «"+disk.Name(p.Name)+"» bị hỏng", nil)
	}
	return nil
}

// Named reports whether a part may be called so: a backup from another place must not
// lead out of the folder it is unpacked to.
func Named(name string) bool {
	if name == Data || name == Settings {
		return true
	}
	_, in := strings.CutPrefix(name, Evidence)
	_, issued := strings.CutPrefix(name, Issued)
	return (in || issued) && fs.ValidPath(name) && !strings.ContainsAny(name, `\:`)
}
