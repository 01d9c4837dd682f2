package sheet

import (
	"context"
	"errors"
	"strings"

	"giaoban/data"
)

// Reason says why a file is refused; it stands in the Field of the error.
type Reason string

// The reasons.
const (
	Unreadable   Reason = "unreadable"     // the disk would not give it
	Unknown      Reason = "unknown"        // no table of any known kind
	Empty        Reason = "empty"          // nothing in it
	PDF          Reason = "pdf"            // a PDF
	BIFF         Reason = "biff"           // an old .xls
	Encrypted    Reason = "encrypted"      // protected by a password
	Truncated    Reason = "truncated"      // cut off, or damaged
	BadXML       Reason = "bad_xml"        // broken inside
	ZipBomb      Reason = "zip_bomb"       // far larger than a table can be
	NotWorkbook  Reason = "not_a_workbook" // another kind of office document
	Word         Reason = "word"           // an old Word document, or one that is damaged
	Binary       Reason = "xlsb"           // a binary workbook that is damaged
	Packed       Reason = "packed"         // an archive of files
	Picture      Reason = "picture"        // a photo or screenshot
	Frames       Reason = "frames"         // a page whose tables stand in other files
	NoTable      Reason = "no_table"       // a document without a table
	NoHeader     Reason = "no_header"      // no heading row was found
	NoCodeColumn Reason = "no_code_column" // a heading, but no dossier code
)

var sentences = map[Reason]string{
	Unreadable:  "Không đọc được tệp. Kiểm tra ổ đĩa hoặc quyền mở tệp rồi thử lại.",
	Unknown:     "Tệp không phải bảng dữ liệu đọc được. Mở tệp bằng phần mềm đã tạo ra nó, lưu lại dạng .xlsx rồi nhập.",
	Empty:       "Tệp không có dữ liệu. Chọn tệp khác hoặc tải lại tệp.",
	PDF:         "Đây là tệp PDF, không phải bảng tính. Xuất lại từ phần mềm gốc dạng Excel (.xlsx) rồi nhập.",
	BIFF:        "Tệp Excel đời cũ (.xls) này bị hỏng nên không đọc được. Mở bằng Excel hoặc LibreOffice rồi lưu thành .xlsx, sau đó nhập tệp mới.",
	Encrypted:   "Tệp được bảo vệ bằng mật khẩu. Mở tệp bằng mật khẩu ấy, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ), lưu lại rồi nhập.",
	Truncated:   "Tệp bị hỏng hoặc tải về chưa đủ. Tải lại tệp rồi nhập; chưa có dòng nào được nhập.",
	BadXML:      "Nội dung bên trong tệp bị hỏng. Mở bằng Excel, lưu thành tệp .xlsx mới rồi nhập; chưa có dòng nào được nhập.",
	ZipBomb:     "Tệp phình to quá mức một bảng tính có thể chứa nên không mở. Xuất lại tệp từ phần mềm gốc rồi nhập.",
	NotWorkbook: "Tệp không phải bảng tính hay tệp Word. Mở tệp, chép bảng sang Excel, lưu dạng .xlsx rồi nhập.",
	Word: "Đây là tệp Word đời cũ hoặc tệp Word hỏng. Mở bằng Word, lưu lại dạng .docx rồi nhập; " +
		"hoặc chép bảng rồi bấm «Dán bảng» ở màn hình nhập.",
	Binary:       "Sổ tính Excel dạng nhị phân (.xlsb) này bị hỏng nên không đọc được. Mở bằng Excel, chọn «Lưu thành» dạng .xlsx rồi nhập tệp mới.",
	Packed:       "Đây là tệp nén, không phải bảng tính. Giải nén rồi chọn tệp bảng tính bên trong.",
	Picture:      "Đây là tệp ảnh, không phải bảng tính. Xuất lại từ phần mềm gốc dạng Excel (.xlsx) rồi nhập.",
	Frames:       "Tệp này chỉ là trang khung do Excel lưu, các bảng nằm trong thư mục đi kèm. Mở bằng Excel, lưu thành .xlsx rồi nhập.",
	NoTable:      "Tệp mở được nhưng không có bảng nào. Chọn tệp có bảng danh sách hồ sơ.",
	NoHeader:     "Không tìm thấy dòng tiêu đề cột (mã hồ sơ, ngày tiếp nhận…). Thêm dòng tiêu đề vào tệp, hoặc chọn trang tính và các cột bằng tay.",
	NoCodeColumn: "Tệp không có cột mã hồ sơ nên không nhập được. Chọn tệp danh sách hồ sơ có cột mã hồ sơ, hoặc chỉ cột đó bằng tay.",
}

// Refuse builds the error for a file that cannot be imported: code Refused, one
// sentence that says what to do, and the reason in Field.
func Refuse(reason Reason, cause error) *data.Error {
	return &data.Error{Code: data.Refused, Message: sentences[reason], Field: string(reason), Cause: cause}
}

// ReasonOf returns the reason of a refusal, "" for any other error.
func ReasonOf(err error) Reason {
	var e *data.Error
	if errors.As(err, &e) && e.Code == data.Refused {
		return Reason(e.Field)
	}
	return ""
}

var (
	errXML  = errors.New("malformed XML")
	errBomb = errors.New("beyond the limits of a sheet")
)

// broken turns a fault met while reading a workbook into its refusal.
func broken(err error) error {
	var e *data.Error
	switch {
	case errors.As(err, &e):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return data.Fail(data.Cancelled, "Đã dừng đọc tệp; dữ liệu giữ nguyên.", err)
	case errors.Is(err, errBomb):
		return Refuse(ZipBomb, err)
	}
	return Refuse(BadXML, err)
}

// Loss says that a cell holds something whose value the file does not tell: it
// must never be taken for an empty cell.
type Loss uint8

// The losses.
const (
	Kept     Loss = iota // the value is there
	NoResult             // a formula that was never calculated; Text is the formula, or words
	Failed               // an error value; Text is its name, such as #N/A
	Damaged              // what the file says of the cell cannot be read; Text is words
)

// Words for what cannot be shown.
const (
	aFormula   = "(công thức)"
	unreadable = "(không đọc được)"
)

// errorNames are the error values of old workbooks (MS-XLS 2.5.10).
var errorNames = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
	0x2B: "#GETTING_DATA"}

func errorName(code byte) string {
	if name, ok := errorNames[code]; ok {
		return name
	}
	return "#N/A"
}

// LossOf finds in text what other kinds of file say with a type: the name of an
// error, and the number signs that stand for a column too narrow. A text that
// begins like a formula may be one that was written instead of its result; that
// is NoResult, and a matter of what the column holds.
func LossOf(text []byte) Loss {
	if len(text) < 2 {
		return Kept
	}
	switch text[0] {
	case '#':
		if errorText(string(text)) {
			return Failed
		}
	case 'E':
		if rest, ok := strings.CutPrefix(string(text), "Err:"); ok && len(rest) == 3 && rest[0] == '5' {
			return Failed // LibreOffice
		}
	case '=':
		if c := text[1]; c|0x20 >= 'a' && c|0x20 <= 'z' || c == '(' || c == '$' || c == '+' || c == '-' || c >= '0' && c <= '9' {
			return NoResult
		}
	}
	return Kept
}

func errorText(s string) bool {
	switch s {
	case "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
		"#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!":
		return true
	}
	return len(s) >= 3 && strings.Trim(s, "#") == ""
}
