//go:build !linux

package ledger

// Release gives the pages of the file that were read back to the system, which
// does so by itself where memory is scarce.
func (l *Ledger) Release() {}
