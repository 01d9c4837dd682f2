package ledger

import (
	"os"
	"time"

	berrors "go.etcd.io/bbolt/errors"
	"golang.org/x/sys/windows"
)

// lockWait is how long to sleep between two tries of a lock.
const lockWait = 20 * time.Millisecond

// lockPlace is the byte that bbolt locks.
func lockPlace() *windows.Overlapped {
	const last = 1<<32 - 1
	return &windows.Overlapped{Offset: last, OffsetHigh: last}
}

// lock takes the lock of a data file, so that its pages stand still while they
// are looked at.
func lock(f *os.File, shared bool, wait time.Duration) error {
	how := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if !shared {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	for ; ; wait -= lockWait {
		err := windows.LockFileEx(windows.Handle(f.Fd()), how, 0, 1, 0, lockPlace())
		switch {
		case err == nil:
			return nil
		case err != windows.ERROR_LOCK_VIOLATION:
			return err
		case wait <= 0:
			return berrors.ErrTimeout
		}
		time.Sleep(lockWait)
	}
}

// surveyed is called when the pages were looked at: bbolt cannot take the lock a
// second time here.
func surveyed(f *os.File) {
	_ = windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, lockPlace())
}

// unlock gives up the lock of a file that bbolt left open when it failed.
func unlock(f *os.File) { f.Close() }

// lockHinders tells that a locked file cannot be replaced.
const lockHinders = true
