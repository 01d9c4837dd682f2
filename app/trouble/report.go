package trouble

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"giaoban/data"
)

// Facts are what the program knows of itself for a report.
type Facts struct {
	Version string   // of the program
	File    []string // of the data file: sizes, counts, result of its check
}

const (
	tailLines  = 400
	crashLines = 300
)

// Report writes what a helper needs into one file and returns its path and text:
// version, system, data file, crash, and the end of the log, without personal data.
// A crash that is reported is not offered again.
func (l *Log) Report(f Facts, now time.Time) (path, text string, err error) {
	var b strings.Builder
	fmt.Fprintf(&b, "BÁO LỖI, Sổ Giao Ban CCHC %s, %s\n", f.Version, now.Format("02/01/2006 15:04"))
	b.WriteString("Bản này không chứa tên người, số định danh, mã hồ sơ, nội dung đã nhập hay đường dẫn tệp.\n")
	section := func(title string, lines []string) {
		fmt.Fprintf(&b, "\n== %s ==\n", title)
		if len(lines) == 0 {
			b.WriteString("(không có)\n")
		}
		for _, line := range lines {
			b.WriteString(line + "\n")
		}
	}
	section("Chương trình và máy", system())
	section("Tệp dữ liệu", f.File)
	crash := l.lines(crashName, crashLines)
	title := "Sự cố"
	if len(crash) == 0 {
		if crash = l.lines(crashOld, crashLines); len(crash) > 0 {
			title = "Sự cố đã báo lần trước"
		}
	}
	section(title, cleanCrash(crash))
	log := l.lines(filepath.Base(l.file.part(1)), tailLines)
	log = append(log, l.lines(logName, tailLines)...)
	section("Cuối nhật ký", log[max(0, len(log)-tailLines):])
	path = filepath.Join(l.dir, "bao-loi-"+now.Format("20060102-150405")+".txt")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		return "", b.String(), data.Fail(data.ReadOnly, "Không ghi được tệp báo lỗi. Bấm «Chép nội dung» rồi dán vào thư.", err)
	}
	return path, b.String(), l.settleCrash()
}

func system() []string {
	lines := []string{fmt.Sprintf("%s/%s, %d bộ xử lý, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	lines = append(lines, fmt.Sprintf("bộ nhớ đang dùng %d MB, lấy của máy %d MB, %d luồng việc", m.HeapAlloc>>20, m.Sys>>20, runtime.NumGoroutine()))
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-tags" || s.Key == "vcs.revision" {
				lines = append(lines, s.Key+" "+s.Value)
			}
		}
	}
	return lines
}

// lines returns the last lines of a file of the folder; none where it is missing.
func (l *Log) lines(name string, most int) []string {
	raw, err := os.ReadFile(filepath.Join(l.dir, name))
	if err != nil || len(raw) == 0 {
		return nil
	}
	all := strings.Split(strings.TrimRight(string(raw), "\n"), "\n")
	return all[max(0, len(all)-most):]
}

// stackLine matches what the runtime writes of a stack: calls, places, heads of
// goroutines.
var stackLine = regexp.MustCompile(`^(goroutine \d+ .*:|created by [\w./*()-]+.*|[\w./*()\[\]-]+\(.*\)|\t.*\.go:\d+.*|\[signal .*|runtime stack:|)$`)

// cleanCrash keeps the stacks of a crash and takes personal data from its words.
func cleanCrash(lines []string) []string {
	var out []string
	for _, line := range lines {
		if stackLine.MatchString(line) {
			out = append(out, "  "+frame(line))
			continue
		}
		out = append(out, scrub(line))
	}
	return out
}
