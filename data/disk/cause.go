package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"giaoban/data"
)

// cause is a reason for which the system refuses a file: what it is and what
// the officer can do, both as the rest of a sentence.
type cause struct {
	number   syscall.Errno
	code     data.ErrorCode
	what, do string
}

// The reasons that both systems know under their own numbers; see numbers.
var (
	full      = cause{code: data.Internal, what: "ổ đĩa đã đầy", do: "Xóa bớt tệp trên ổ ấy, hoặc chọn ổ khác, rồi làm lại."}
	readOnly  = cause{code: data.ReadOnly, what: "ổ đĩa chỉ cho đọc", do: "Bỏ khóa ghi của ổ, hoặc chọn ổ khác."}
	denied    = cause{code: data.ReadOnly, what: "không có quyền, tệp hoặc thư mục chỉ cho đọc", do: "Đóng chương trình đang mở tệp, bỏ thuộc tính chỉ đọc, hoặc chọn nơi khác."}
	tooMany   = cause{code: data.Internal, what: "máy đang mở quá nhiều tệp", do: "Đóng bớt chương trình rồi làm lại."}
	memory    = cause{code: data.Internal, what: "máy hết bộ nhớ", do: "Đóng bớt chương trình rồi làm lại."}
	loop      = cause{code: data.Invalid, what: "đường dẫn là lối tắt trỏ vòng quanh", do: "Chọn chính tệp ấy thay cho lối tắt."}
	longName  = cause{code: data.Invalid, what: "tên hoặc đường dẫn quá dài", do: "Đặt tên ngắn hơn, hoặc chọn thư mục khác."}
	broken    = cause{code: data.Internal, what: "ổ đĩa báo lỗi đọc ghi, đĩa có thể sắp hỏng", do: "Chép dữ liệu sang ổ khác và kiểm tra ổ này."}
	directory = cause{code: data.Invalid, what: "đó là một thư mục", do: "Chọn một tệp."}
	noFolder  = cause{code: data.ReadOnly, what: "không có thư mục ấy", do: "Kiểm tra đường dẫn."}
	tooLarge  = cause{code: data.Internal, what: "tệp vượt cỡ lớn nhất mà ổ đĩa cho phép", do: "Chọn ổ khác."}
	busy      = cause{code: data.Locked, what: "tệp đang mở ở chương trình khác", do: "Đóng nơi kia rồi làm lại."}
	gone      = cause{code: data.Internal, what: "ổ đĩa đã bị tháo ra hoặc mất kết nối", do: "Cắm lại ổ rồi làm lại."}
	unmapped  = cause{code: data.Internal, what: "ổ đĩa này không hợp để đặt tệp dữ liệu", do: "Chép tệp sang ổ của máy."}
)

// causeOf finds the reason behind an error. Libraries keep at times only the
// words of the system, so these are looked for as well.
func causeOf(err error) (cause, bool) {
	if err == nil {
		return cause{}, false
	}
	text := err.Error()
	for _, n := range numbers {
		if errors.Is(err, n.number) || strings.HasSuffix(text, n.number.Error()) {
			return n, true
		}
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return denied, true
	case errors.Is(err, fs.ErrNotExist):
		return noFolder, true
	case errors.Is(err, io.ErrShortWrite):
		return full, true
	}
	return cause{}, false
}

// Known reports whether the error is one of the system whose reason can be told.
func Known(err error) bool {
	_, ok := causeOf(err)
	return ok
}

// Fail tells that work on a file failed, and the true reason. What says what did
// not succeed, without a full stop, such as "Không ghi được tệp a.pdf". An error
// that is told already is returned as it is, and nil for none.
func Fail(what string, err error) error {
	if err == nil {
		return nil
	}
	var told *data.Error
	if errors.As(err, &told) {
		return told
	}
	if errors.Is(err, context.Canceled) {
		return data.Fail(data.Cancelled, "Đã hủy theo yêu cầu. Không có tệp nào được ghi.", err)
	}
	c, ok := causeOf(err)
	if !ok {
		return data.Fail(data.Internal, fmt.Sprintf("%s: hệ thống báo «%s». Kiểm tra ổ đĩa rồi làm lại.", what, last(err)), err)
	}
	return data.Fail(c.code, fmt.Sprintf("%s: %s. %s", what, c.what, c.do), err)
}

// Reason is what Fail says of an error that is told already, without what did not
// succeed: "ổ đĩa chỉ cho đọc."; "" where that is not known.
func Reason(err error) string {
	if c, ok := causeOf(errors.Unwrap(err)); ok {
		return c.what + "."
	}
	return ""
}

// last returns the innermost words of an error.
func last(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return Name(err.Error())
		}
		err = next
	}
}

// Name returns the name of a file as it may be shown: characters that would
// steer a terminal or turn the text round are replaced.
func Name(path string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return '?'
		}
		return r
	}, path)
}

func with(c cause, numbers ...syscall.Errno) []cause {
	list := make([]cause, len(numbers))
	for i, n := range numbers {
		list[i] = c
		list[i].number = n
	}
	return list
}
