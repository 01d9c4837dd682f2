package disk

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// Remote reports whether a file lies on another computer, under a letter too.
func Remote(path string) bool {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
