package widget_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"giaoban/app/widget"
	"giaoban/data"
)

// logged catches what is logged while a test runs.
func logged(t *testing.T) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	return &out
}

func TestErrorsThatAreToldAreLoggedOnce(t *testing.T) {
	start(t)
	out := logged(t)
	reported := 0
	widget.OnReport = func() { reported++ }
	t.Cleanup(func() { widget.OnReport = nil })
	bar := widget.NewErrorBar()
	w := window(t, bar)
	err := data.Fail(data.Internal, "Không lưu được.", errors.New("the cause"))
	bar.SetError(err)
	widget.ShowError(w, "Hỏng", err)
	if n := strings.Count(out.String(), "level=ERROR"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, out)
	}
	bar.SetError(data.Fail(data.Invalid, "Nhập ngày.", nil))
	if !strings.Contains(out.String(), "level=DEBUG") {
		t.Errorf("a typing mistake is more than a detail:\n%s", out)
	}
	for code, want := range map[data.ErrorCode]bool{data.Internal: true, data.Damaged: true, data.Unsure: true, data.Invalid: false, data.Locked: false, data.Conflict: false} {
		if got := widget.Unexpected(data.Fail(code, "", nil)); got != want {
			t.Errorf("%s is unexpected: %v", code, got)
		}
	}
}

// A panic of work behind the window is logged with its stack and told; the program
// goes on.
func TestAPanicBehindTheWindowIsTold(t *testing.T) {
	post, fault := widget.Post, widget.OnFault
	t.Cleanup(func() { widget.Post, widget.OnFault = post, fault })
	widget.Post = func(f func()) { f() }
	told := make(chan error, 1)
	widget.OnFault = func(err error) { told <- err }
	out := logged(t)
	widget.Background(func() { panic("the work broke") })
	select {
	case err := <-told:
		var f *data.Fault
		if data.CodeOf(err) != data.Internal || !errors.As(err, &f) || f.Value != "the work broke" || !strings.Contains(string(f.Stack), "TestAPanicBehindTheWindowIsTold") {
			t.Errorf("%v: %+v", err, f)
		}
		if !strings.Contains(err.Error(), "Báo lỗi") || !strings.Contains(out.String(), "level=ERROR") {
			t.Errorf("%v, %s", err, out)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nobody was told")
	}
}
