//go:build !windows

package ledger

import (
	"os"
	"syscall"
)

// unlock gives up the lock of a file that bbolt left open when it failed: its
// mapping keeps the lock alive after the file is closed.
func unlock(f *os.File) {
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
	f.Close()
}
