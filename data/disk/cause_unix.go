//go:build !windows

package disk

import (
	"slices"
	"syscall"
)

// numbers are the reasons under the numbers of this system.
var numbers = slices.Concat(
	with(full, syscall.ENOSPC, syscall.EDQUOT),
	with(readOnly, syscall.EROFS),
	with(denied, syscall.EACCES, syscall.EPERM),
	with(tooMany, syscall.EMFILE, syscall.ENFILE),
	with(memory, syscall.ENOMEM, syscall.EAGAIN),
	with(loop, syscall.ELOOP),
	with(longName, syscall.ENAMETOOLONG),
	with(broken, syscall.EIO),
	with(directory, syscall.EISDIR),
	with(noFolder, syscall.ENOTDIR),
	with(tooLarge, syscall.EFBIG),
	with(busy, syscall.EBUSY, syscall.ETXTBSY),
	with(gone, syscall.ENXIO, syscall.ESTALE, syscall.ENOTCONN),
	with(unmapped, syscall.ENODEV, syscall.ENOLCK, syscall.EOPNOTSUPP, syscall.ENOSYS),
)
