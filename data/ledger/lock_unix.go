//go:build !windows

package ledger

import (
	"os"
	"syscall"
	"time"

	berrors "go.etcd.io/bbolt/errors"
)

// lockWait is how long to sleep between two tries of a lock.
const lockWait = 20 * time.Millisecond

// lock takes the lock of a data file, which bbolt takes again afterwards: it
// belongs to the open file, so that nothing else comes between.
func lock(f *os.File, shared bool, wait time.Duration) error {
	how := syscall.LOCK_EX
	if shared {
		how = syscall.LOCK_SH
	}
	for ; ; wait -= lockWait {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case err == syscall.EINTR:
		case err != syscall.EWOULDBLOCK:
			return err
		case wait <= 0:
			return berrors.ErrTimeout
		}
		time.Sleep(lockWait)
	}
}

// surveyed is called when the pages were looked at: the lock stays.
func surveyed(*os.File) {}

// unlock gives up the lock of a file that bbolt left open when it failed: its
// mapping keeps the lock alive after the file is closed.
func unlock(f *os.File) {
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
	f.Close()
}

// lockHinders tells that a locked file cannot be replaced.
const lockHinders = false
