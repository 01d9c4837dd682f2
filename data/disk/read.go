package disk

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Open opens a plain file to be read. A folder, a pipe or a device is refused before it
// is opened, for opening a pipe waits for whoever writes into it: data.Invalid. Other
// errors are those of the system.
func Open(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		_, err := Target(path)
		return nil, err
	}
	return os.Open(path)
}

// Read is Open of the whole content.
func Read(path string) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// CopyFolder copies the plain files of a folder, and of those in it, into another, with
// modes 0700 and 0600, durably. Links and special files are left out.
func CopyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, below)
		switch {
		case e.IsDir():
			return os.MkdirAll(target, 0o700)
		case !e.Type().IsRegular():
			return nil
		}
		return Whole(target, func(w io.Writer) error {
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = io.Copy(w, f)
			return err
		})
	})
}

// PutAway removes the copies that this process made in Scratch to be looked at or
// printed; those that another program still holds go at the next start.
func PutAway() {
	list, _ := filepath.Glob(filepath.Join(Scratch(), ownPrefix(SeenCopy)+"*")) // the pattern is sound
	for _, path := range list {
		_ = os.RemoveAll(path)
	}
}

// KeptInStep names the service that copies a folder to other computers while it is
// worked in, or says that the folder is another computer's; "" for a place of this
// computer alone. The names of folders are those that the services themselves give.
func KeptInStep(path string) string {
	for _, part := range strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' || r == '\\' }) {
		for _, s := range []struct {
			name  string
			parts []string
		}{
			{"OneDrive", []string{"onedrive"}}, {"Dropbox", []string{"dropbox"}}, {"iCloud", []string{"iclouddrive", "icloud drive", "com~apple~clouddocs", "mobile documents"}},
			{"Google Drive", []string{"google drive", "googledrive", "my drive", "drive của tôi"}},
		} {
			// A work account stands behind the name: "OneDrive - UBND", "Dropbox (UBND)".
			if slices.ContainsFunc(s.parts, func(p string) bool {
				return part == p || strings.HasPrefix(part, p+" - ") || strings.HasPrefix(part, p+" (")
			}) {
				return s.name
			}
		}
	}
	if Remote(path) {
		return "ổ mạng"
	}
	return ""
}

// PlaceWarning tells what can happen to a data file at a place that KeptInStep names;
// "" for a place of this computer alone.
func PlaceWarning(path string) string {
	place := KeptInStep(path)
	if place == "" {
		return ""
	}
	return "Tệp " + Name(path) + " nằm trong thư mục do " + place + " giữ cho nhiều máy. Tệp bị chép giữa lúc đang ghi có thể hỏng, hoặc tách thành hai sổ khác nhau. " +
		"Nên để sổ trên ổ của máy này; bản sao lưu thì để ở đó được."
}

// steers reports characters that would steer a terminal or turn the text round.
func steers(r rune) bool {
	return unicode.IsControl(r) || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// Plain is Name of a text of several lines: ends of lines and tabs stay.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) && r != '\n' && r != '\t' {
			return '?'
		}
		return r
	}, text)
}
