package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/vault"
)

// Options say how a data file is opened. The zero value opens an existing file
// for reading and writing.
type Options struct {
	Create   bool             // make the file when it does not exist
	ReadOnly bool             // never write, not even to move an older file to the present schema
	Now      func() time.Time // the clock that stamps journal entries; nil for the wall clock
	Wait     time.Duration    // how long to wait for another program; 0 means one second
	Shown    string           // the name to tell in errors, where the path is a temporary copy of a backup
	// Key opens a protected file; it is not used for others. Keys are the ways to it as
	// they were kept elsewhere, for a Salvage of a file whose own cannot be read.
	Key  *vault.Key
	Keys []byte
	// Progress is told how far the making of a new file out of one of an older version
	// is, in values; nil for nobody.
	Progress func(done, total int64)

	prepare bool // this is the making of a new file
	copied  bool // shown names a backup
	anyway  bool // also a file of which values are damaged, to be looked at
}

// Ledger is an open data file. Its methods may be called from any goroutine.
type Ledger struct {
	db     *bolt.DB
	file   *os.File // the same that bbolt has open
	path   string
	shown  string
	now    func() time.Time
	need   atomic.Int64               // bytes that the file has at least
	failed atomic.Pointer[data.Error] // why the file is not touched any more
	backup bool                       // marked as a backup: not written to
	copy   atomic.Bool                // the copy of a register on a server: written to by what shares it alone
	s      *sealer
	key    *vault.Key // of a protected file
	found  foundFile  // when it was opened
	notice string     // what was found damaged, of the file that this one was made of
	lost   bool
	// readOnly says why nothing can be saved, "" where it can.
	readOnly string
	sharing  *Sharing             // nil in a file of its own
	commit   func(*bolt.Tx) error // commits; another one stands in for a disk that fails
}

// lockPatience is how long to wait for another program that has the file.
const lockPatience = time.Second

// Open opens the data file at path. It never overwrites what it does not
// understand, and reads all pages before it trusts any. A new file appears whole
// or not at all. Errors: data.NotFound without a file, data.Invalid for what is no
// plain file, data.Locked when another program has it open, data.ReadOnly,
// data.Damaged (an empty or foreign file too), data.Newer, data.Internal with the
// reason of the system.
func Open(path string, opt Options) (*Ledger, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Wait == 0 {
		opt.Wait = lockPatience
	}
	if opt.copied = opt.Shown != ""; !opt.copied {
		opt.Shown = path
	}
	if strings.HasPrefix(path, `\\`) || strings.HasPrefix(path, "//") {
		return nil, data.Fail(data.Conflict, fmt.Sprintf("Tệp dữ liệu %s nằm trên ổ mạng, dễ hỏng khi mất kết nối. Chép tệp về máy này rồi mở lại.", disk.Name(path)), nil)
	}
	if _, err := disk.Target(path); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.Size() == 0:
		return nil, opt.damaged("rỗng (0 byte)", nil)
	case err == nil:
		if !opt.ReadOnly {
			disk.Sweep(filepath.Dir(path), opt.Now())
		}
		l, err := openUpgraded(path, opt)
		if opt.ReadOnly || data.CodeOf(err) != data.ReadOnly {
			return l, err
		}
		// What cannot be written can be looked at.
		why := err
		opt.ReadOnly = true
		if l, err = open(path, opt); err != nil {
			return nil, err
		}
		l.readOnly = fmt.Sprintf("Tệp dữ liệu %s mở chỉ để xem và in: %s Muốn lưu thì chép tệp sang ổ của máy này rồi mở bản chép.", disk.Name(opt.Shown), disk.Reason(why))
		return l, nil
	case !errors.Is(err, fs.ErrNotExist):
		return nil, openError(opt, err)
	case !opt.Create:
		return nil, notThere(path, err)
	}
	if err := create(path, opt); err != nil {
		return nil, err
	}
	return open(path, opt)
}

func notThere(path string, err error) error {
	return data.Fail(data.NotFound, fmt.Sprintf("Không thấy tệp dữ liệu %s. Kiểm tra đường dẫn, hoặc nhập dữ liệu để tạo tệp mới.", disk.Name(path)), err)
}

// create makes a new file under another name, so that a program that is killed
// meanwhile leaves no half of one.
func create(path string, opt Options) error {
	what := "Không tạo được tệp dữ liệu " + disk.Name(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return disk.Fail(what, err)
	}
	temp, err := disk.Temp(filepath.Dir(path), "dang-tao")
	if err != nil {
		return disk.Fail(what, err)
	}
	defer os.Remove(temp.Name())
	if err := temp.Close(); err != nil {
		return disk.Fail(what, err)
	}
	opt.prepare, opt.ReadOnly = true, false
	l, err := open(temp.Name(), opt)
	if err != nil {
		return disk.Fail(what, cause(err))
	}
	if err := l.Close(); err != nil {
		return disk.Fail(what, err)
	}
	// A link never replaces what another program made meanwhile.
	if err := os.Link(temp.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return disk.Fail(what, disk.Replace(temp.Name(), path))
}

// cause returns what is behind an error where that is known to the system.
func cause(err error) error {
	if inner := errors.Unwrap(err); inner != nil && disk.Known(inner) {
		return inner
	}
	return err
}

func open(path string, opt Options) (l *Ledger, err error) {
	l = &Ledger{path: path, shown: opt.Shown, now: opt.Now, commit: func(tx *bolt.Tx) error {
		if err := tx.Commit(); err != nil {
			return err
		}
		return disk.Reach(disk.StepCommit, path)
	}}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		// bbolt panics on pages that make no sense. Its lock must not stay behind:
		// the officer will put a backup in the place of this file.
		if fault := recover(); fault != nil {
			if l.file != nil {
				unlock(l.file)
			}
			l, err = nil, opt.damaged("bị hỏng, có trang không đọc được", data.Caught(fault))
		}
	}()
	l.db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: opt.Wait, FreelistType: bolt.FreelistMapType, ReadOnly: opt.ReadOnly,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			return l.openFile(name, flag, mode, opt)
		}})
	if err != nil {
		return nil, openError(opt, err)
	}
	if err := l.prepare(opt); err != nil {
		l.db.Close()
		return nil, err
	}
	if opt.ReadOnly {
		l.readOnly = fmt.Sprintf("Tệp dữ liệu %s đang mở chỉ để xem.", disk.Name(opt.Shown))
	}
	return l, nil
}

// openFile opens and locks the file that stands at the path, and looks at it.
func (l *Ledger) openFile(name string, flag int, mode os.FileMode, opt Options) (*os.File, error) {
	for {
		if !opt.ReadOnly {
			if err := disk.Reach(disk.StepOpen, name); err != nil {
				return nil, err
			}
		}
		f, err := os.OpenFile(name, flag, mode)
		if err != nil {
			return nil, err
		}
		if err = lock(f, opt.ReadOnly, opt.Wait); err == nil {
			// Another program may have put another file there while this one waited.
			open, oerr := f.Stat()
			there, terr := os.Stat(name)
			if oerr == nil && terr == nil && !os.SameFile(open, there) {
				unlock(f)
				continue
			}
			err = l.look(f, opt)
		}
		if err != nil {
			unlock(f)
			return nil, err
		}
		l.file = f
		return f, nil
	}
}

// look, of a locked file, reads all of its pages, before bbolt maps it.
func (l *Ledger) look(f *os.File, opt Options) error {
	defer surveyed(f)
	info, err := f.Stat()
	if err != nil || info.Size() == 0 && opt.prepare {
		return err
	}
	list, ok := metas(f)
	if !ok {
		return opt.damaged(notOurs, nil)
	}
	s := survey{r: f, m: current(list)}
	if want := int64(s.m.pages) * int64(s.m.size); s.m.pages > 1<<40 || info.Size() < want {
		return opt.damaged(fmt.Sprintf("bị cụt, chỉ còn %s trong %s byte", data.FormatInt(info.Size()), data.FormatInt(want)), nil)
	}
	s.run()
	if len(s.faults) > 0 {
		fault := s.faults[0]
		if page := (pageFault{}); !errors.As(fault, &page) {
			return disk.Fail("Không đọc được "+disk.Name(opt.Shown), fault)
		}
		return opt.damaged(fmt.Sprintf("bị hỏng (%v)", fault), fault)
	}
	l.need.Store(int64(s.m.pages) * int64(s.m.size))
	l.found.meta = stateOf(f, list)
	return l.found.read(&s, opt)
}

const notOurs = "không phải tệp dữ liệu của Sổ Giao Ban, hoặc đã hỏng phần đầu"

// damaged tells that the file cannot be used, with advice that fits a data file or
// a backup.
func (opt Options) damaged(what string, cause error) error {
	if opt.copied {
		return data.Fail(data.Damaged, fmt.Sprintf("Bản sao lưu %s không dùng được: tệp %s. Chọn bản sao lưu khác; dữ liệu hiện có giữ nguyên.", disk.Name(opt.Shown), what), cause)
	}
	return data.Fail(data.Damaged, fmt.Sprintf("Tệp dữ liệu %s %s. Tệp được giữ nguyên; chọn tệp khác, hoặc khôi phục từ bản sao lưu.", disk.Name(opt.Shown), what), cause)
}

func openError(opt Options, err error) error {
	path := disk.Name(opt.Shown)
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return data.Fail(data.Locked, fmt.Sprintf("Tệp dữ liệu %s đang được mở ở một cửa sổ hoặc chương trình khác. Đóng nơi kia rồi mở lại.", path), err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return opt.damaged(notOurs, err)
	}
	return disk.Fail("Không mở được tệp dữ liệu "+path, err)
}

// prepare creates the buckets of a new file, and refuses one of which something is
// missing.
func (l *Ledger) prepare(opt Options) error {
	l.s, l.backup, l.key = &sealer{bare: l.found.version > 0 && l.found.version < schemaVersion}, l.found.backup, nil
	l.copy.Store(l.found.shared)
	if l.found.keys != nil {
		if err := l.unseal(opt); err != nil {
			return err
		}
	}
	if opt.prepare {
		return disk.Fail("Không tạo được tệp dữ liệu "+disk.Name(opt.Shown), l.db.Update(createBuckets))
	}
	return l.db.View(func(tx *bolt.Tx) error {
		for at := range places {
			if tx.Bucket(at.name()) == nil && (at != inRecord || l.found.version > 1) {
				return opt.damaged("thiếu một phần dữ liệu", nil)
			}
		}
		// What is kept in memory has a place for every number that was ever given, and
		// each left its traces in the file.
		if tx.Bucket(inDossier.name()).Sequence() > uint64(tx.Size())/8 {
			return opt.damaged("bị hỏng (số thứ tự hồ sơ không thể có)", nil)
		}
		return nil
	})
}

// Close releases the file.
func (l *Ledger) Close() error {
	if l.failed.Load() != nil {
		// bbolt may hold locks that it will never give up.
		unlock(l.file)
		return nil
	}
	if l.sharing != nil {
		if err := l.db.Sync(); err != nil {
			return disk.Fail("Không đóng được tệp dữ liệu "+disk.Name(l.path), err)
		}
	}
	return disk.Fail("Không đóng được tệp dữ liệu "+disk.Name(l.path), l.db.Close())
}

// Path returns the path of the file.
func (l *Ledger) Path() string { return l.path }

// IsBackup reports whether the file is a backup, which is read and restored but
// not written to.
func (l *Ledger) IsBackup() bool { return l.backup }

// ReadOnly tells why nothing can be saved in the file, "" where it can.
func (l *Ledger) ReadOnly() string { return l.readOnly }

// Notice tells what was found damaged when the file was opened although it could
// be read; "" for nothing. lost says that the newest change may be missing.
func (l *Ledger) Notice() (text string, lost bool) {
	if l.notice != "" {
		return l.notice, l.lost
	}
	switch l.found.meta {
	case metaSpare:
		return "Trang đầu dự phòng của tệp dữ liệu bị hỏng; dữ liệu đủ, trang ấy được ghi lại ở lần lưu tới. Nên kiểm tra ổ đĩa.", false
	case metaLast:
		text = "Trang đầu mới nhất của tệp dữ liệu bị hỏng nên thao tác lưu sau cùng có thể đã mất."
		if err := l.View(func(v *View) error {
			h, err := v.Head()
			if err == nil && h.Seq > 0 {
				text += fmt.Sprintf(" Thao tác mới nhất còn lại là «%s» lúc %s.", h.Title, time.Unix(h.At, 0).In(l.now().Location()).Format("15:04 02/01/2006"))
			}
			return err
		}); err != nil {
			return err.Error(), true
		}
		return text + " Xem lại những gì nhập sau đó, sao lưu ra nơi khác và kiểm tra ổ đĩa.", true
	}
	return "", false
}

// usable refuses a file that failed under way or was cut off: reading beyond its
// end would end the program.
func (l *Ledger) usable() error {
	if failed := l.failed.Load(); failed != nil {
		return failed
	}
	info, err := l.file.Stat()
	if err != nil || info.Size() >= l.need.Load() {
		return nil // closed: bbolt says so
	}
	return l.fail(data.Fail(data.Damaged, fmt.Sprintf("Tệp dữ liệu %s bị cắt ngắn trong khi đang mở, chỉ còn %s byte. Đóng chương trình, rồi khôi phục từ bản sao lưu.", disk.Name(l.path), data.FormatInt(info.Size())), nil))
}

// fail lets nothing touch the file any more.
func (l *Ledger) fail(err *data.Error) error {
	l.failed.CompareAndSwap(nil, err)
	return l.failed.Load()
}

// present refuses to write to a file that is no longer the one at its path.
func (l *Ledger) present() error {
	open, err := l.file.Stat()
	if err != nil {
		return nil // closed: bbolt says so
	}
	there, err := os.Stat(l.path)
	what := "thay bằng tệp khác"
	switch {
	case err == nil && os.SameFile(open, there):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		what = "xóa hoặc đổi tên"
	case err != nil:
		return disk.Fail("Không thấy tệp dữ liệu "+disk.Name(l.path), err)
	}
	return data.Fail(data.Conflict, fmt.Sprintf("Tệp dữ liệu %s đã bị %s trong khi đang mở, nên không ghi tiếp vào đó. Sao lưu ra nơi khác để giữ những gì đang thấy, rồi đóng chương trình, đưa tệp về chỗ cũ hoặc khôi phục từ bản sao lưu.", disk.Name(l.path), what), nil)
}

// caught turns a panic into an error: damage of the file, which is not touched any
// more then, or a fault of the program.
func (l *Ledger) caught(err *error) {
	fault := recover()
	if fault == nil {
		return
	}
	if value, ok := fault.(damage); ok {
		*err = value.err
		return
	}
	cause := data.Caught(fault)
	switch from := origin(fault, cause.Stack); from {
	case ofProgram:
		*err = data.Fail(data.Internal, "Chương trình gặp lỗi khi đọc dữ liệu; dữ liệu giữ nguyên. Thử lại; nếu vẫn vậy thì bấm «Báo lỗi».", cause)
	default:
		told := data.Fail(data.Damaged, "Tệp dữ liệu có trang bị hỏng nên không đọc tiếp được. Tệp được giữ nguyên; đóng chương trình, rồi khôi phục từ bản sao lưu.", cause)
		*err = told
		if from == ofPages {
			*err = l.fail(told)
		}
	}
}

// The origins of a panic.
const (
	ofProgram = iota // a fault of the program
	ofPages          // the mapped memory, or a page that bbolt does not understand
	ofValues         // a stored value that is not what it should be
)

// origin tells where a panic comes from, by the first frame that is not of the
// language itself.
func origin(fault any, stack []byte) int {
	if _, ok := fault.(interface{ Addr() uintptr }); ok {
		return ofPages
	}
	_, after, _ := strings.Cut(string(stack), "\npanic(")
	for line := range strings.Lines(after) {
		switch {
		case strings.HasPrefix(line, "go.etcd.io/bbolt"):
			return ofPages
		case strings.HasPrefix(line, "giaoban/data/ledger."):
			return ofValues
		case strings.HasPrefix(line, "giaoban/"):
			return ofProgram
		}
	}
	return ofProgram
}
