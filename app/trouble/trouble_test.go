package trouble_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"giaoban/app/trouble"
	"giaoban/data"
)

// crashing makes the test binary a program that crashes, or ends, with the log in
// the folder that the variable names.
const crashing = "TROUBLE_TEST_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(crashing)
	if dir == "" {
		os.Exit(m.Run())
	}
	l, err := trouble.Open(dir, slog.LevelInfo)
	if err != nil {
		panic(err)
	}
	if os.Getenv("TROUBLE_TEST_CRASH") != "" {
		panic(fmt.Errorf("dossier of %s", secrets[0]))
	}
	l.Close()
	os.Exit(0)
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(raw)
}

func open(t *testing.T, dir string, level slog.Level) *trouble.Log {
	t.Helper()
	before := slog.Default()
	l, err := trouble.Open(dir, level)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(); slog.SetDefault(before) })
	return l
}

// secrets are what must never stand in a log or a report.
var secrets = []string{"Nguyễn Thị Hòa", "Nguyen Van Binh", "TRAN THI CUC", "001185012345", "0912345678", "H99.22.17-261130-0007", "giay khai sinh Hoa.pdf", "/home/binh/minh-chung", `C:\Users\Binh`, "lý do xin nghỉ"}

func caught(f func()) (err error) {
	defer func() { err = data.Caught(recover()) }()
	f()
	return nil
}

func TestNoPersonalDataIsLogged(t *testing.T) {
	l := open(t, t.TempDir(), slog.LevelDebug)
	causes := func(s string) []error {
		var number json.Number
		return []error{
			errors.New("cannot read «" + s + "»"), fmt.Errorf("row of %s: %w", s, errors.New("too long")), &fs.PathError{Op: "open", Path: s, Err: syscall.ENOENT},
			&os.LinkError{Op: "rename", Old: s, New: s, Err: syscall.EACCES}, func() error { _, err := strconv.Atoi(s); return err }(), json.Unmarshal([]byte(`"`+strings.ReplaceAll(s, `\`, "/")+`"`), &number),
			caught(func() { panic("no dossier '" + s + "'") }), caught(func() { panic(fmt.Errorf("of %s", s)) }), errors.Join(fmt.Errorf("a %s", s), errors.New("b")),
			&exec.Error{Name: s, Err: exec.ErrNotFound},
		}
	}
	for _, s := range secrets {
		for _, cause := range causes(s) {
			slog.Error("told", "error", &data.Error{Code: data.Internal, Message: "Hồ sơ " + s + " không lưu được.", Field: "owner", Cause: cause})
			slog.Warn("told", "error", cause)
		}
		slog.Info("value", "text", `"`+s+`"`, "any", struct{ Name string }{s})
		slog.Info("'" + s + "' was read")
		log.Printf("reading %q", s)
	}
	slog.With("row", 12).Debug("done", "count", 7)
	text := read(t, l.Path())
	for _, s := range secrets {
		for _, part := range append(strings.Fields(s), s) {
			if len(part) > 4 && strings.Contains(text, part) {
				t.Errorf("%q stands in the log:\n%s", part, line(text, part))
			}
		}
	}
	for _, want := range []string{"code internal field owner: *fmt.wrapError: too long", "open file: no such file or directory", "strconv.Atoi: invalid syntax", "panic of …", "trouble_test.go:", "row=12 count=7", "DEBUG done"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %q:\n%.1500s", want, text)
		}
	}
}

func line(text, part string) string {
	at := strings.Index(text, part)
	from := strings.LastIndex(text[:at], "\n") + 1
	return text[from : from+strings.IndexByte(text[from:]+"\n", '\n')]
}

func TestTheLogIsTurnedOver(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir, slog.LevelInfo)
	for range 60_000 {
		slog.Info("a line of the log that says nothing new to anybody who reads it", "count", 7)
	}
	parts, err := filepath.Glob(filepath.Join(dir, "nhat-ky*.log"))
	if err != nil || len(parts) != 4 {
		t.Errorf("parts %q, %v", parts, err)
	}
	total := 0
	for _, p := range parts {
		text := read(t, p)
		if len(text) > 1<<20 || !strings.HasSuffix(text, "\n") || !strings.HasPrefix(text, "20") {
			t.Errorf("%s: %d bytes, from %.30q", filepath.Base(p), len(text), text)
		}
		total += strings.Count(text, "\n")
	}
	if total < 30_000 {
		t.Errorf("%d lines are left", total)
	}
	if !strings.Contains(read(t, l.Path()), "count=7") {
		t.Error("the newest part is empty")
	}
}

func TestLevels(t *testing.T) {
	l := open(t, t.TempDir(), slog.LevelWarn)
	slog.Info("first")
	l.SetLevel(slog.LevelDebug)
	slog.Debug("second")
	if text := read(t, l.Path()); strings.Contains(text, "first") || !strings.Contains(text, "second") {
		t.Errorf("%q", text)
	}
	for _, name := range append(trouble.Levels, "", " Debug ") {
		if _, err := trouble.ParseLevel(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := trouble.ParseLevel("nhiều"); data.CodeOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
}

func program(t *testing.T, dir string, crash bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), crashing+"="+dir)
	if crash {
		cmd.Env = append(cmd.Env, "TROUBLE_TEST_CRASH=1")
	}
	if err := cmd.Run(); (err != nil) != crash {
		t.Fatalf("the program ended with %v", err)
	}
}

func TestACrashIsKeptAndReportedOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nha")
	program(t, dir, false)
	crash := filepath.Join(dir, "su-co.txt")
	if _, err := os.Stat(crash); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("an empty crash file is left by a clean exit: %v", err)
	}
	program(t, dir, true)
	program(t, dir, false)
	if text := read(t, crash); !strings.Contains(text, "goroutine") {
		t.Fatalf("the crash was not kept: %q", text)
	}
	l := open(t, dir, slog.LevelInfo)
	if !l.Crashed() {
		t.Error("the crash is not offered")
	}
	slog.Error("told", "error", data.Fail(data.Internal, "Hỏng.", caught(func() { panic("x") })))
	now := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	path, text, err := l.Report(trouble.Facts{Version: "9.9.9", File: []string{"12 hồ sơ, 0 chỗ không đúng"}}, now)
	if err != nil {
		t.Fatal(err)
	}
	if read(t, path) != text || filepath.Dir(path) != dir {
		t.Errorf("%s does not hold the report", path)
	}
	for _, want := range []string{"9.9.9", "30/11/2026 08:00", "== Sự cố ==", "panic", "TestMain", "trouble_test.go:", "12 hồ sơ", "== Cuối nhật ký ==", "code internal: panic x", "linux/"} {
		if want == "linux/" && !strings.Contains(text, "linux/") && !strings.Contains(text, "windows/") && !strings.Contains(text, "darwin/") || want != "linux/" && !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	for _, part := range append(strings.Fields(secrets[0]), dir) {
		if strings.Contains(text, part) {
			t.Errorf("%q stands in the report:\n%s", part, text)
		}
	}
	if l.Crashed() {
		t.Error("a crash that was reported is offered again")
	}
	if _, again, err := l.Report(trouble.Facts{}, now.Add(time.Second)); err != nil || !strings.Contains(again, "Sự cố đã báo lần trước") {
		t.Errorf("the second report: %v\n%s", err, again)
	}
}

// A folder that cannot be written stops nothing, and is said.
func TestAFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tep")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before := slog.Default()
	defer slog.SetDefault(before)
	l, err := trouble.Open(filepath.Join(file, "nha"), slog.LevelInfo)
	if data.CodeOf(err) != data.ReadOnly || l == nil {
		t.Fatalf("%v", err)
	}
	if _, text, err := l.Report(trouble.Facts{Version: "1"}, time.Now()); data.CodeOf(err) != data.ReadOnly || !strings.Contains(text, "BÁO LỖI") {
		t.Errorf("%v, %q", err, text)
	}
	l.Close()
}
