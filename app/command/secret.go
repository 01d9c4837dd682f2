package command

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// secretFlags are taken by every command: they open a protected file. A secret is read from
// a file, or from standard input for -, and is never itself an argument, which others on the
// computer can see.
var secretFlags = []string{"password-file", "code-file", "superior-file", "person"}

// mostSecret is how many bytes of a file are read for a secret.
const mostSecret = 4 << 10

// secret reads the first line of the file that an option names; "" where it was not given.
func (c *call) secret(name string) (string, error) {
	path := c.option(name)
	if path == "" {
		return "", nil
	}
	if path == "-" && c.input == nil {
		if c.Stdin == nil {
			return "", usagef("--%s -: không có đầu vào để đọc.", name)
		}
		c.input = bufio.NewReader(c.Stdin) // one a line where several secrets come so
	}
	from := c.input
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", disk.Fail("Không đọc được tệp của --"+name, err)
		}
		defer f.Close()
		from = bufio.NewReader(io.LimitReader(f, mostSecret))
	}
	line, err := from.ReadString('\n')
	if err != nil && err != io.EOF {
		return "", disk.Fail("Không đọc được mật khẩu từ --"+name, err)
	}
	if line = strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "\ufeff"); line == "" {
		return "", data.Fail(data.Invalid, "--"+name+": dòng đầu trống. Ghi mật khẩu hoặc mã vào dòng đầu của tệp.", nil)
	}
	return line, nil
}

// unlock opens a data file or backup with the secret that the call names. Without one, and
// for a plain file, nothing is opened: the file is then refused where it is protected.
func (c *call) unlock(path string) (o desk.Opened, err error) {
	if desk.IsShared(path) {
		return o, nil
	}
	given := 0
	for _, name := range secretFlags[:3] {
		given += len(c.options[name])
	}
	switch {
	case given > 1:
		return o, usagef("Chỉ dùng một trong --password-file, --code-file và --superior-file.")
	case given == 0:
		return o, nil
	}
	if w, err := desk.WaysOf(path); err != nil || w == nil {
		return o, nil // the opening tells what is wrong
	}
	for _, name := range secretFlags[:3] {
		if c.has(name) && c.held == "" {
			if c.held, err = c.secret(name); err != nil {
				return o, err
			}
		}
	}
	switch {
	case c.has("code-file"):
		return desk.Recover(path, c.held)
	case c.has("superior-file"):
		return desk.RecoverAs(path, c.held)
	}
	return desk.Unlock(path, c.option("person"), c.held)
}

// options are those with which the desk opens the data file of the call.
func (c *call) opening(path string, create bool) (desk.Options, error) {
	o, err := c.unlock(path)
	return desk.Options{Create: create, Now: c.Now, Heads: c.Heads, Program: c.Version, Key: o.Key, As: o.Who}, err
}

// restoring lets the context open a backup and the register that it goes to. Who restores is
// told by the register, where that is protected.
func (c *call) restoring(ctx context.Context, backup, path string) (context.Context, desk.Who, error) {
	from, err := c.unlock(backup)
	if err != nil {
		return ctx, desk.Who{}, err
	}
	to, err := c.unlock(path)
	switch {
	case err != nil:
		return ctx, desk.Who{}, err
	case from.Key == nil:
		return desk.WithKey(ctx, to.Key), to.Who, nil
	case to.Key == nil:
		return desk.WithKey(ctx, from.Key), from.Who, nil
	}
	return desk.WithKey(ctx, from.Key), to.Who, nil
}
