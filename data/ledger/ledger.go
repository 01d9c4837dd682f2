package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"giaoban/data"
)

// Options say how a data file is opened. The zero value opens an existing file
// for reading and writing.
type Options struct {
	Create bool             // make the file when it does not exist
	Now    func() time.Time // the clock that stamps journal entries; nil for the wall clock
	Wait   time.Duration    // how long to wait for another program; 0 means one second
}

// Ledger is an open data file. Its methods may be called from any goroutine.
type Ledger struct {
	db     *bolt.DB
	now    func() time.Time
	commit func(*bolt.Tx) error // commits; another one stands in for a disk that fails
}

// Open opens the data file at path. It never overwrites what it does not
// understand. Errors: data.NotFound without a file, data.Locked when another
// program has it open, data.ReadOnly, data.Damaged, data.Newer.
func Open(path string, opt Options) (*Ledger, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Wait == 0 {
		opt.Wait = time.Second
	}
	if strings.HasPrefix(path, `\\`) || strings.HasPrefix(path, "//") {
		return nil, data.Fail(data.Conflict, fmt.Sprintf("Tệp dữ liệu %s nằm trên ổ mạng, dễ hỏng khi mất kết nối. Chép tệp về máy này rồi mở lại.", path), nil)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, data.Fail(data.Invalid, fmt.Sprintf("%s là thư mục, không phải tệp dữ liệu. Chọn một tệp.", path), nil)
	} else if errors.Is(err, fs.ErrNotExist) && !opt.Create {
		return nil, data.Fail(data.NotFound, fmt.Sprintf("Không thấy tệp dữ liệu %s. Kiểm tra đường dẫn, hoặc nhập dữ liệu để tạo tệp mới.", path), err)
	} else if err == nil && info.Size() > 0 {
		if err := looksLikeLedger(path); err != nil {
			return nil, err
		}
	}
	if opt.Create {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, data.Fail(data.ReadOnly, fmt.Sprintf("Không tạo được thư mục %s. Chọn nơi khác để lưu dữ liệu.", filepath.Dir(path)), err)
		}
	}
	return open(path, opt)
}

func open(path string, opt Options) (l *Ledger, err error) {
	var file *os.File
	defer func() {
		// bbolt panics on pages that make no sense. Its lock must not stay behind:
		// the officer will put a backup in the place of this file.
		if fault := recover(); fault != nil {
			if file != nil {
				unlock(file)
			}
			l, err = nil, openError(path, fmt.Errorf("%v", fault))
		}
	}()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: opt.Wait, FreelistType: bolt.FreelistMapType,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag, mode)
			file = f
			return f, err
		}})
	if err != nil {
		return nil, openError(path, err)
	}
	l = &Ledger{db: db, now: opt.Now, commit: (*bolt.Tx).Commit}
	if err := l.prepare(path); err != nil {
		db.Close()
		return nil, err
	}
	return l, nil
}

// boltMagic stands at the start of both meta pages, after the page header.
const boltMagic = 0xED0CDAED

// looksLikeLedger refuses a file of another kind before bbolt touches it.
func looksLikeLedger(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return openError(path, err)
	}
	defer f.Close()
	head := make([]byte, 72)
	_, err = f.ReadAt(head, 0)
	if err == nil && binary.LittleEndian.Uint32(head[16:]) == boltMagic {
		return wholeLedger(f, path, head)
	}
	// The first page may be torn by a power cut while the second is sound.
	for _, size := range []int64{4096, 8192, 16384, 65536} {
		if _, err := f.ReadAt(head, size); err == nil && binary.LittleEndian.Uint32(head[16:]) == boltMagic {
			return nil
		}
	}
	return data.Fail(data.Damaged, fmt.Sprintf("Tệp %s không phải tệp dữ liệu của Sổ Giao Ban, hoặc đã hỏng phần đầu. Chọn tệp khác, hoặc khôi phục từ bản sao lưu.", path), err)
}

// wholeLedger refuses a file that was cut off: reading past its end would end
// the program. The newer of the two meta pages says how many pages there are.
func wholeLedger(f *os.File, path string, head []byte) error {
	size, pages, newest := uint64(binary.LittleEndian.Uint32(head[24:])), uint64(0), uint64(0)
	if size < 512 || size > 1<<16 {
		return nil // bbolt refuses it
	}
	meta := make([]byte, len(head))
	for _, at := range []int64{0, int64(size)} {
		if _, err := f.ReadAt(meta, at); err != nil || binary.LittleEndian.Uint32(meta[16:]) != boltMagic {
			continue
		}
		if tx := binary.LittleEndian.Uint64(meta[64:]); tx >= newest {
			newest, pages = tx, binary.LittleEndian.Uint64(meta[56:])
		}
	}
	info, err := f.Stat()
	if err == nil && pages < 1<<40 && uint64(info.Size()) < size*pages {
		return data.Fail(data.Damaged, fmt.Sprintf("Tệp dữ liệu %s bị cụt, chỉ còn %s trong %s byte. Tệp được giữ nguyên; hãy khôi phục từ bản sao lưu.", path, data.FormatInt(info.Size()), data.FormatInt(int64(size*pages))), nil)
	}
	return nil
}

// damaged turns a panic of bbolt on a page that makes no sense into an error.
func damaged(err *error) {
	if fault := recover(); fault != nil {
		*err = data.Fail(data.Damaged, "Tệp dữ liệu có trang bị hỏng nên không đọc tiếp được. Tệp được giữ nguyên; hãy khôi phục từ bản sao lưu.", fmt.Errorf("%v", fault))
	}
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return data.Fail(data.Locked, fmt.Sprintf("Tệp dữ liệu %s đang được mở ở một cửa sổ hoặc chương trình khác. Đóng nơi kia rồi mở lại.", path), err)
	case errors.Is(err, fs.ErrPermission):
		return data.Fail(data.ReadOnly, fmt.Sprintf("Không ghi được vào tệp dữ liệu %s: tệp hoặc thư mục chỉ cho đọc. Bỏ thuộc tính chỉ đọc hoặc chép tệp sang nơi khác.", path), err)
	}
	return data.Fail(data.Damaged, fmt.Sprintf("Tệp dữ liệu %s không đọc được, có thể đã hỏng. Tệp được giữ nguyên; hãy khôi phục từ bản sao lưu.", path), err)
}

// prepare creates the buckets of a new file, refuses a newer one and migrates an
// older one.
func (l *Ledger) prepare(path string) error {
	version, err := l.version()
	if err != nil {
		return err
	}
	switch {
	case version > schemaVersion:
		return data.Fail(data.Newer, fmt.Sprintf("Tệp dữ liệu %s do phiên bản mới hơn của chương trình ghi (lược đồ %d, chương trình này hiểu đến %d). Cài bản mới rồi mở lại; tệp được giữ nguyên.", path, version, schemaVersion), nil)
	case version == schemaVersion:
		return nil
	}
	err = l.db.Update(func(tx *bolt.Tx) error { return migrate(tx, version) })
	if err != nil {
		return data.Fail(data.Damaged, fmt.Sprintf("Không nâng cấp được tệp dữ liệu %s. Tệp được giữ nguyên.", path), err)
	}
	return nil
}

func (l *Ledger) version() (int, error) {
	version := 0
	err := l.db.View(func(tx *bolt.Tx) error {
		meta := tx.Bucket(bucketMeta)
		if meta == nil {
			if k, _ := tx.Cursor().First(); k != nil {
				return data.Fail(data.Damaged, "Tệp này có dữ liệu nhưng không phải của Sổ Giao Ban. Tệp được giữ nguyên; hãy chọn tệp khác.", nil)
			}
			return nil
		}
		v, n := binary.Uvarint(meta.Get(keyVersion))
		if n <= 0 || v > 1<<31 {
			return data.Fail(data.Damaged, "Tệp dữ liệu không ghi phiên bản. Tệp được giữ nguyên; hãy khôi phục từ bản sao lưu.", nil)
		}
		version = int(v)
		return nil
	})
	return version, err
}

// Close releases the file.
func (l *Ledger) Close() error { return l.db.Close() }

// Path returns the path of the file.
func (l *Ledger) Path() string { return l.db.Path() }

// seal is the one point that every value passes on its way into the file, and
// open on its way out, so that encryption at rest can stand here without any
// caller knowing. Both return their argument as it is today.
func seal(value []byte) []byte   { return value }
func unseal(value []byte) []byte { return value }
