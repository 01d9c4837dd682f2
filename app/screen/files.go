package screen

// FileTaker is a screen that has a use of its own for a file that is dropped on
// the window.
type FileTaker interface {
	// TakeFile reports whether it took the file.
	TakeFile(path string) bool
}
