package trouble

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"giaoban/data"
)

// The crash of this run, and the one of before that was reported.
const (
	crashName = "su-co.txt"
	crashOld  = "su-co-cu.txt"
)

// keepCrashes lets the text of a crash go to its file.
func (l *Log) keepCrashes() error {
	f, err := os.OpenFile(filepath.Join(l.dir, crashName), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		err = debug.SetCrashOutput(f, debug.CrashOptions{})
		f.Close()
	}
	if err != nil {
		// Without the file a crash is still written to standard error.
		return data.Fail(data.ReadOnly, "Không ghi được tệp sự cố của chương trình. Kiểm tra quyền ghi vào thư mục cá nhân.", err)
	}
	return nil
}

// Crashed reports whether an earlier run ended in a crash that is not reported yet.
func (l *Log) Crashed() bool {
	info, err := os.Stat(filepath.Join(l.dir, crashName))
	return err == nil && info.Size() > 0
}

// settleCrash puts a crash that was reported away, so that it is not offered again.
func (l *Log) settleCrash() error {
	if !l.Crashed() {
		return nil
	}
	if err := debug.SetCrashOutput(nil, debug.CrashOptions{}); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(l.dir, crashName), filepath.Join(l.dir, crashOld)); err != nil {
		return err
	}
	return l.keepCrashes()
}

// Close ends the log at a clean exit: an empty crash file goes.
func (l *Log) Close() {
	slog.Info("end")
	if err := debug.SetCrashOutput(nil, debug.CrashOptions{}); err != nil {
		slog.Error("the crash file stays open", "error", err)
	}
	if !l.Crashed() {
		// Where another window of the program has removed it, it is gone already.
		_ = os.Remove(filepath.Join(l.dir, crashName))
	}
	l.file.close()
}
