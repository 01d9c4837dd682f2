package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
)

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
