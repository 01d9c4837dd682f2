package book

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
)

// headSize is how much of a file is looked at to know what it is, in bytes.
const headSize = 1024

// programs are the endings of names that a system runs, or that lead it elsewhere.
var programs = []string{".appimage", ".application", ".apk", ".appx", ".bat", ".chm", ".cmd", ".com", ".cpl", ".deb", ".desktop", ".dll", ".exe", ".gadget", ".hta", ".img", ".inf", ".iso", ".jar",
	".js", ".jse", ".lnk", ".msc", ".msi", ".msix", ".msp", ".pif", ".ps1", ".psm1", ".py", ".reg", ".rpm", ".run", ".scf", ".scr", ".sh", ".sys", ".url", ".vb", ".vbe", ".vbs", ".vhd", ".vhdx", ".ws",
	".wsc", ".wsf", ".wsh"}

// runs are the beginnings of files that a system runs: programs of Windows, Linux and
// macOS, scripts, shortcuts of Windows.
var runs = [][]byte{[]byte("MZ"), []byte("\x7fELF"), []byte("\xfe\xed\xfa\xce"), []byte("\xfe\xed\xfa\xcf"), []byte("\xce\xfa\xed\xfe"), []byte("\xcf\xfa\xed\xfe"), []byte("\xca\xfe\xba\xbe"),
	[]byte("#!"), []byte("L\x00\x00\x00\x01\x14\x02\x00")}

// kindsOfFile are the beginnings of documents with the endings that belong to each.
var kindsOfFile = []struct {
	name  string
	magic []byte
	ends  []string
}{
	{"PDF", []byte("%PDF-"), []string{".pdf"}},
	{"ảnh PNG", []byte("\x89PNG\r\n\x1a\n"), []string{".png"}},
	{"ảnh JPEG", []byte("\xff\xd8\xff"), []string{".jpg", ".jpeg", ".jpe", ".jfif"}},
	{"ảnh GIF", []byte("GIF8"), []string{".gif"}},
	{"ảnh TIFF", []byte("II*\x00"), []string{".tif", ".tiff"}},
	{"ảnh TIFF", []byte("MM\x00*"), []string{".tif", ".tiff"}},
	{"văn bản RTF", []byte("{\\rtf"), []string{".rtf", ".doc"}},
	{"tệp Office đời cũ", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), []string{".doc", ".xls", ".ppt", ".dot", ".xlt", ".pps", ".msg", ".et", ".wps", ".docx", ".xlsx", ".pptx"}}, // the last three with a password
	{"tệp nén hoặc Office", []byte("PK\x03\x04"), []string{".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm", ".xlsb", ".dotx", ".xltx", ".ppsx", ".odt", ".ods", ".odp", ".epub", ".asice", ".bdoc"}},
	{"tệp nén RAR", []byte("Rar!\x1a\x07"), []string{".rar"}},
	{"tệp nén 7z", []byte("7z\xbc\xaf\x27\x1c"), []string{".7z"}},
}

// checkKind refuses a file that must not become evidence: a program, by its name or by
// its content, a name that turns the text round so that it reads as another, and a known
// kind of document under the ending of another. What is no kind that is known stays
// what its name says, as long as nothing would run it. data.Refused.
func checkKind(name string, head []byte) error {
	refuse := func(why string) error {
		return &data.Error{Code: data.Refused, Field: name, Message: fmt.Sprintf("Không nhận tệp %s: %s", disk.Name(name), why)}
	}
	end := strings.ToLower(filepath.Ext(strings.TrimRight(name, " .")))
	switch {
	case disk.Name(name) != name:
		return refuse("tên có ký tự ẩn hoặc đảo chiều chữ, đọc thành tên khác. Đổi tên tệp rồi thêm lại.")
	case slices.Contains(programs, end):
		return refuse("đây là chương trình hoặc lối tắt, không phải tài liệu. Chọn tệp PDF, ảnh hoặc văn bản.")
	case slices.ContainsFunc(runs, func(b []byte) bool { return bytes.HasPrefix(head, b) }):
		return refuse("nội dung là chương trình dù tên là tài liệu. Không mở tệp này; hỏi lại người gửi.")
	}
	for _, k := range kindsOfFile {
		if !bytes.HasPrefix(head, k.magic) || slices.Contains(k.ends, end) {
			continue
		}
		// An ending that belongs to no kind promises nothing.
		for _, other := range kindsOfFile {
			if slices.Contains(other.ends, end) {
				return refuse(fmt.Sprintf("nội dung là %s nhưng tên có đuôi %s. Đổi đuôi tên tệp cho đúng rồi thêm lại.", k.name, end))
			}
		}
	}
	return nil
}
