package ledger

import "os"

// unlock gives up the lock of a file that bbolt left open when it failed.
func unlock(f *os.File) { f.Close() }
