package disk

import (
	"slices"
	"syscall"

	"golang.org/x/sys/windows"

	"giaoban/data"
)

var badName = cause{code: data.Invalid, what: "tên có ký tự không dùng được", do: "Đặt tên khác."}

// numbers are the reasons under the numbers of this system.
var numbers = slices.Concat(
	with(full, windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, syscall.ENOSPC),
	with(readOnly, windows.ERROR_WRITE_PROTECT, syscall.EROFS),
	with(denied, windows.ERROR_ACCESS_DENIED),
	with(tooMany, windows.ERROR_TOO_MANY_OPEN_FILES, syscall.EMFILE),
	with(memory, windows.ERROR_NOT_ENOUGH_MEMORY, windows.ERROR_OUTOFMEMORY, windows.ERROR_COMMITMENT_LIMIT),
	with(loop, windows.ERROR_CANT_RESOLVE_FILENAME, syscall.ELOOP),
	with(longName, windows.ERROR_FILENAME_EXCED_RANGE, syscall.ENAMETOOLONG),
	with(broken, windows.ERROR_CRC, windows.ERROR_IO_DEVICE, windows.ERROR_SECTOR_NOT_FOUND, windows.ERROR_FILE_CORRUPT, windows.ERROR_DISK_CORRUPT, syscall.EIO),
	with(noFolder, windows.ERROR_DIRECTORY, windows.ERROR_BAD_PATHNAME),
	with(tooLarge, windows.ERROR_FILE_TOO_LARGE, syscall.EFBIG),
	with(busy, windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_USER_MAPPED_FILE),
	with(gone, windows.ERROR_NOT_READY, windows.ERROR_DEV_NOT_EXIST, windows.ERROR_NETNAME_DELETED, windows.ERROR_UNEXP_NET_ERR),
	with(badName, windows.ERROR_INVALID_NAME),
)
