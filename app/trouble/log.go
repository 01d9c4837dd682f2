package trouble

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"giaoban/data"
)

// The log and its older parts lie in one folder, the newest first.
const (
	logName  = "nhat-ky.log"
	logParts = 3       // older parts that are kept
	logSize  = 1 << 20 // bytes of one part
)

// Levels are the names of the levels of the log, from few lines to many.
var Levels = []string{"error", "warn", "info", "debug"}

// ParseLevel reads the name of a level.
func ParseLevel(name string) (slog.Level, error) {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "error":
		return slog.LevelError, nil
	case "warn":
		return slog.LevelWarn, nil
	case "info", "":
		return slog.LevelInfo, nil
	case "debug":
		return slog.LevelDebug, nil
	}
	return 0, data.Fail(data.Invalid, fmt.Sprintf("Mức nhật ký «%s» không có. Dùng một trong: %s.", name, strings.Join(Levels, ", ")), nil)
}

// turning is a file that starts anew when it has grown, and keeps its older parts.
type turning struct {
	mu   sync.Mutex
	path string
	file *os.File
	size int64
	most int64
}

// Write implements io.Writer: one call is one line, which is never cut in two.
func (t *turning) Write(line []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file == nil || t.size+int64(len(line)) > t.most {
		if err := t.turn(); err != nil {
			return 0, err
		}
	}
	n, err := t.file.Write(line)
	t.size += int64(n)
	return n, err
}

// part is the path of an older part, 0 for the file itself.
func (t *turning) part(n int) string {
	if n == 0 {
		return t.path
	}
	ext := filepath.Ext(t.path)
	return fmt.Sprintf("%s.%d%s", strings.TrimSuffix(t.path, ext), n, ext)
}

// turn opens the file, after it made room where the file is full. A part that
// another program holds stays; then the file grows on.
func (t *turning) turn() error {
	if t.file != nil {
		t.file.Close()
	}
	if info, err := os.Stat(t.path); err == nil && info.Size() >= t.most/2 {
		for n := logParts; n > 0; n-- {
			if os.Rename(t.part(n-1), t.part(n)) != nil && n == 1 {
				break
			}
		}
	}
	var err error
	t.file, err = os.OpenFile(t.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	t.size = 0
	if err != nil {
		t.file = nil
		return err
	}
	if info, err := t.file.Stat(); err == nil && info.Size() < t.most {
		t.size = info.Size()
	}
	return nil
}

func (t *turning) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file != nil {
		t.file.Close()
		t.file = nil
	}
}

// handler writes records without personal data; see describe.
type handler struct {
	out   io.Writer
	level *slog.LevelVar
	with  []slog.Attr
}

// Enabled implements slog.Handler.
func (h *handler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level.Level() }

// WithAttrs implements slog.Handler.
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &handler{h.out, h.level, slices.Concat(h.with, attrs)}
}

// WithGroup implements slog.Handler: groups are not told apart.
func (h *handler) WithGroup(string) slog.Handler { return h }

// Handle implements slog.Handler: one line, and below it where a panic happened.
func (h *handler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	stack := ""
	fmt.Fprintf(&b, "%s %s %s", r.Time.Format("2006-01-02 15:04:05.000"), r.Level, scrub(r.Message))
	put := func(a slog.Attr) bool {
		v := a.Value.Resolve()
		switch v.Kind() {
		case slog.KindString:
			if a.Key == "stack" {
				stack = v.String()
				return true
			}
			fmt.Fprintf(&b, " %s=%s", a.Key, scrub(v.String()))
		case slog.KindAny:
			if err, ok := v.Any().(error); ok && stackOf(err) != "" {
				stack = stackOf(err)
			}
			fmt.Fprintf(&b, " %s=%s", a.Key, value(v.Any()))
		case slog.KindGroup:
			fmt.Fprintf(&b, " %s=group", a.Key)
		default:
			fmt.Fprintf(&b, " %s=%s", a.Key, v)
		}
		return true
	}
	for _, a := range h.with {
		put(a)
	}
	r.Attrs(put)
	b.WriteByte('\n')
	for _, line := range strings.Split(strings.TrimSpace(stack), "\n") {
		if line != "" {
			b.WriteString("\t" + frame(line) + "\n")
		}
	}
	_, err := io.WriteString(h.out, b.String())
	return err
}

// frame is a line of a stack without the folders above the source of a package.
func frame(line string) string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "panic(") || strings.HasPrefix(line, "goroutine ") || !strings.Contains(line, ".go:") {
		return line
	}
	parts := strings.Split(strings.ReplaceAll(line, `\`, "/"), "/")
	return strings.Join(parts[max(0, len(parts)-3):], "/")
}

// Log is the open log of the program.
type Log struct {
	dir   string
	file  *turning
	level slog.LevelVar
}

// Open begins to log in a folder, and lets the text of a crash go to a file beside
// the log, for an officer cannot see the standard error of a window. What is logged
// by log/slog goes there from now on. The program runs on without a log where the
// folder cannot be written; the error says so.
func Open(dir string, level slog.Level) (*Log, error) {
	l := &Log{dir: dir, file: &turning{path: filepath.Join(dir, logName), most: logSize}}
	l.level.Set(level)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return l, data.Fail(data.ReadOnly, "Không ghi được nhật ký của chương trình. Kiểm tra quyền ghi vào thư mục cá nhân.", err)
	}
	slog.SetDefault(slog.New(&handler{out: l.file, level: &l.level}))
	return l, l.keepCrashes()
}

// SetLevel changes from which level on records are kept.
func (l *Log) SetLevel(level slog.Level) { l.level.Set(level) }

// Path returns where the log lies.
func (l *Log) Path() string { return l.file.path }
