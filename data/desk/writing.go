package desk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"giaoban/data"
)

// WriteWhole writes a file that appears whole or not at all. What an earlier write
// of this computer left in the folder, because the program was killed, goes with
// it.
func WriteWhole(path string, write func(io.Writer) error) error {
	folder := filepath.Dir(path)
	sweep(folder)
	temp, err := os.CreateTemp(folder, writingName()+strconv.Itoa(os.Getpid())+"-*")
	if err != nil {
		return data.Fail(data.ReadOnly, fmt.Sprintf("Không ghi được vào thư mục %s. Chọn nơi khác.", folder), err)
	}
	defer os.Remove(temp.Name())
	err = write(temp)
	if cerr := temp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		if data.CodeOf(err) == data.Internal {
			err = data.Fail(data.Internal, fmt.Sprintf("Không ghi hết được tệp %s (đĩa đầy hoặc bị ngắt).", filepath.Base(path)), err)
		}
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return data.Fail(data.ReadOnly, fmt.Sprintf("Không ghi được tệp %s. Nếu tệp đang mở trong Excel, đóng lại rồi làm lại.", filepath.Base(path)), err)
	}
	return nil
}

// writingName begins the names of files that this computer writes; the number of
// the process follows.
func writingName() string {
	host, _ := os.Hostname() // without a name all computers count as one
	host = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, host)
	return ".dang-ghi-" + host + "-"
}

// sweep removes from a folder the unfinished files of processes that are no more.
// Those of other computers, which may share the folder, are left alone.
func sweep(folder string) {
	list, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range list {
		rest, ours := strings.CutPrefix(e.Name(), writingName())
		if !ours || !e.Type().IsRegular() {
			continue
		}
		number, _, _ := strings.Cut(rest, "-")
		if pid, err := strconv.Atoi(number); err == nil && pid > 0 && !alive(pid) {
			_ = os.Remove(filepath.Join(folder, e.Name()))
		}
	}
}

// alive reports whether a process of this computer is still there.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	if runtime.GOOS == "windows" {
		_ = p.Release()
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}
