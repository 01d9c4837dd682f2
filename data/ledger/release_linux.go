package ledger

import (
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// Release gives the pages of the file that were read back to the system: the file
// is mapped into memory, and what was read once, from one end to the other, would
// count as memory of the program. They are read again where they are needed.
func (l *Ledger) Release() {
	_ = l.view(func(tx *bolt.Tx) error { // the mapping stays while it is open
		if _, _, e := syscall.Syscall(syscall.SYS_MADVISE, l.db.Info().Data, uintptr(tx.Size()), syscall.MADV_DONTNEED); e != 0 {
			return e
		}
		return nil
	})
}
