package app

import (
	"os"
	"path/filepath"
	"runtime/debug"
)

// keepCrashes lets the text of a crash go to a file beside the data file, for
// an officer cannot see the standard error of a window.
func keepCrashes(dir string) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "su-co.txt"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	// Without the file a crash is still written to standard error.
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
}
