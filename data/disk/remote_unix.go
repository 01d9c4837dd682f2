//go:build !windows

package disk

import (
	"path/filepath"
	"slices"
	"syscall"
)

// Remote reports whether a file lies on another computer: NFS, SMB (of three ages).
func Remote(path string) bool {
	var s syscall.Statfs_t
	if syscall.Statfs(filepath.Dir(path), &s) != nil {
		return false
	}
	return slices.Contains([]uint32{0x6969, 0x517B, 0xFF534D42, 0xFE534D42}, uint32(s.Type))
}
