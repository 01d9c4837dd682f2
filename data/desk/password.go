package desk

import (
	"cmp"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/disk"
	"giaoban/data/ledger/postgres"
)

// passwords is the file of the shelf with the passwords of servers, a line each as
// PGPASSFILE has them: host:port:database:login:password, with \: and \\ for : and \.
const passwords = "mat-khau.txt"

// address reads an address. Where it has no password, the one that is kept goes with it.
func (s Shelf) address(text string) (postgres.Address, error) {
	a, err := postgres.ParseAddress(text)
	if err != nil || a.Password != "" {
		return a, err
	}
	lines, err := s.passwords()
	if err != nil {
		return a, err
	}
	for _, line := range lines {
		if kept, ok := strings.CutPrefix(line, login(a)); ok {
			a.Password = strings.NewReplacer(`\:`, ":", `\\`, `\`).Replace(kept)
		}
	}
	return a, nil
}

var escape = strings.NewReplacer(`\`, `\\`, ":", `\:`)

// login is the beginning of the line of an address.
func login(a postgres.Address) string {
	u, err := url.Parse(a.URL)
	if err != nil {
		return "\x00" // no line begins so
	}
	out := ""
	for _, part := range []string{u.Hostname(), cmp.Or(u.Port(), "5432"), strings.Trim(u.Path, "/"), u.User.Username()} {
		out += escape.Replace(part) + ":"
	}
	return out
}

func (s Shelf) passwords() ([]string, error) {
	raw, err := os.ReadFile(filepath.Join(s.folder, passwords))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.Fail("Không đọc được mật khẩu máy chủ đã giữ", err)
	}
	return strings.Split(strings.TrimRight(string(raw), "\n"), "\n"), nil
}

// keepPassword keeps the password of an address; an address without one changes nothing.
func (s Shelf) keepPassword(a postgres.Address) error {
	if a.Password == "" {
		return nil
	}
	if strings.ContainsAny(a.Password, "\r\n") {
		return &data.Error{Code: data.Invalid, Field: "password", Message: "Mật khẩu không được có dấu xuống dòng. Gõ lại mật khẩu."}
	}
	lines, err := s.passwords()
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" || strings.HasPrefix(line, login(a)) })
	return s.write(passwords, []byte(strings.Join(append(lines, login(a)+escape.Replace(a.Password)), "\n")+"\n"))
}
