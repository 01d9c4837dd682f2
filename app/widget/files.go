package widget

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"

	"giaoban/data"
	"giaoban/data/disk"
)

// FileFilter is a kind of file in the file dialogs.
type FileFilter struct {
	Name     string   // such as "Bảng tính Excel"
	Patterns []string // such as "*.xlsx"
}

// The kinds of file that the program reads and writes.
var (
	FilterImport = FileFilter{"Bảng tính, Word, web, csv", []string{"*.xlsx", "*.xls", "*.xlsm", "*.xlsb", "*.ods", "*.odt", "*.docx", "*.doc", "*.xml", "*.mht", "*.mhtml",
		"*.htm", "*.html", "*.csv", "*.txt"}}
	FilterExcel  = FileFilter{"Bảng tính Excel", []string{"*.xlsx"}}
	FilterWord   = FileFilter{"Văn bản Word", []string{"*.docx"}}
	FilterPDF    = FileFilter{"Tệp PDF", []string{"*.pdf"}}
	FilterData   = FileFilter{"Sổ của chương trình", []string{"*.db"}}
	FilterBackup = FileFilter{"Bản sao lưu", []string{"*.gbsao", "*.db"}}
	FilterPacket = FileFilter{"Gói giữa các cơ quan", []string{"*.gbgoi"}}
	FilterCard   = FileFilter{"Thẻ đơn vị", []string{"*.gbthe"}}
	FilterAll    = FileFilter{"Mọi tệp", []string{"*"}}
)

// FileQuestion describes a file dialog.
type FileQuestion struct {
	Title   string
	Purpose string // the last folder is remembered for each purpose, such as "import"
	Name    string // name proposed for a new file
	Folder  string // where to begin the first time; "" is the officer's documents
	Filters []FileFilter
}

// FolderStore remembers the last folder of each purpose between runs.
type FolderStore interface {
	Folder(purpose string) string
	SetFolder(purpose, folder string)
}

// NativeFiles are the file dialogs of the system. All methods wait for the
// officer. A dialog that was cancelled gives no path and no error.
type NativeFiles interface {
	Available() bool
	Open(title, folder string, filters []FileFilter, many bool) ([]string, error)
	Save(title, path string, filters []FileFilter) (string, error)
	Folder(title, folder string) (string, error)
}

// Files asks for files. It uses the dialogs of the system off the main
// goroutine, and one of our own where the system has none.
type Files struct {
	window fyne.Window
	store  FolderStore
	native NativeFiles
	asking bool
}

// NewFiles returns the file dialogs of a window. A nil store remembers folders
// for this run only; a nil native takes the system's dialogs.
func NewFiles(w fyne.Window, store FolderStore, native NativeFiles) *Files {
	if store == nil {
		store = memoryFolders{}
	}
	if native == nil {
		native = &systemFiles{window: w}
	}
	return &Files{window: w, store: store, native: native}
}

type memoryFolders map[string]string

func (m memoryFolders) Folder(purpose string) string     { return m[purpose] }
func (m memoryFolders) SetFolder(purpose, folder string) { m[purpose] = folder }

// Open asks for a file; chosen is called on the main goroutine, not at all when
// the officer cancels.
func (f *Files) Open(q FileQuestion, chosen func(path string)) {
	f.open(q, false, func(paths []string) { chosen(paths[0]) })
}

// OpenMany asks for one file or several.
func (f *Files) OpenMany(q FileQuestion, chosen func(paths []string)) { f.open(q, true, chosen) }

func (f *Files) open(q FileQuestion, many bool, chosen func(paths []string)) {
	f.ask(q, browseOpen, func() ([]string, error) { return f.native.Open(q.Title, f.folder(q), q.Filters, many) }, func(paths []string) {
		f.store.SetFolder(q.Purpose, filepath.Dir(paths[0]))
		chosen(paths)
	})
}

// Save asks for the place of a new file. The extension of the first filter is
// added where the officer left it out.
func (f *Files) Save(q FileQuestion, chosen func(path string)) {
	native := func() ([]string, error) {
		return single(f.native.Save(q.Title, filepath.Join(f.folder(q), q.Name), q.Filters))
	}
	f.ask(q, browseSave, native, func(paths []string) {
		path, added := withExtension(paths[0], q.Filters)
		// Whether a register gives way is decided where registers are made.
		if err := disk.Guard(path); err != nil && filepath.Ext(path) != ".db" {
			ShowError(f.window, q.Title, err)
			return
		}
		f.store.SetFolder(q.Purpose, filepath.Dir(path))
		// The system's dialog has asked already, unless the name was completed here.
		if _, err := os.Stat(path); (added || !f.native.Available()) && err == nil {
			ConfirmDanger(f.window, "Ghi đè tệp?", "Đã có tệp «"+filepath.Base(path)+"» trong thư mục này.", "Ghi đè", func(ok bool) {
				if ok {
					chosen(path)
				}
			})
			return
		}
		chosen(path)
	})
}

// Folder asks for a folder.
func (f *Files) Folder(q FileQuestion, chosen func(path string)) {
	f.ask(q, browseFolder, func() ([]string, error) { return single(f.native.Folder(q.Title, f.folder(q))) }, func(paths []string) {
		f.store.SetFolder(q.Purpose, paths[0])
		chosen(paths[0])
	})
}

// ask runs one dialog of the system at a time, or ours where there is none; finish gets
// what was chosen.
func (f *Files) ask(q FileQuestion, mode browseMode, native func() ([]string, error), finish func([]string)) {
	if !f.native.Available() {
		browse(f.window, q, mode, f.folder(q), func(path string) { finish([]string{path}) })
		return
	}
	if f.asking {
		return
	}
	f.asking = true
	Background(func() {
		paths, err := native()
		Post(func() {
			f.asking = false
			if err != nil {
				ShowError(f.window, "Chọn tệp", data.Fail(data.Internal, "Không mở được hộp chọn tệp của máy. Thử lại, hoặc kéo tệp thả vào cửa sổ.", err))
				return
			}
			for i, p := range paths {
				paths[i] = filepath.Clean(p) // its letters stay: another form would name another file
			}
			if len(paths) > 0 {
				finish(paths)
			}
		})
	})
}

func (f *Files) folder(q FileQuestion) string {
	if dir := cmp.Or(f.store.Folder(q.Purpose), q.Folder); dir != "" {
		if s, err := os.Stat(dir); err == nil && s.IsDir() {
			return dir
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	for _, name := range []string{"Documents", "Tài liệu"} {
		if s, err := os.Stat(filepath.Join(home, name)); err == nil && s.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// withExtension adds the extension of the first filter to a path without one of
// the filters' extensions.
func withExtension(path string, filters []FileFilter) (full string, added bool) {
	if len(filters) == 0 || len(filters[0].Patterns) == 0 || filters[0].Patterns[0] == "*" {
		return path, false
	}
	for _, f := range filters {
		for _, p := range f.Patterns {
			if end := strings.TrimPrefix(p, "*"); strings.EqualFold(filepath.Ext(path), end) {
				return path, false
			}
		}
	}
	return path + strings.TrimPrefix(filters[0].Patterns[0], "*"), true
}

// systemFiles are the dialogs of Windows, and on Linux those of a helper program.
type systemFiles struct{ window fyne.Window }

func (s *systemFiles) Available() bool { return zenity.IsAvailable() }

func (s *systemFiles) options(title string, filters []FileFilter) []zenity.Option {
	out := []zenity.Option{zenity.Title(title), zenity.Modal()}
	var list zenity.FileFilters
	for _, f := range filters {
		list = append(list, zenity.FileFilter{Name: f.Name, Patterns: f.Patterns, CaseFold: true})
	}
	if len(list) > 0 {
		out = append(out, list)
	}
	if id := s.parent(); id != nil {
		out = append(out, zenity.Attach(id))
	}
	return out
}

// parent finds the system's name of our window, so that the dialog stays above
// it.
func (s *systemFiles) parent() any {
	var id any
	found := make(chan struct{})
	fyne.Do(func() {
		defer close(found)
		if n, ok := s.window.(driver.NativeWindow); ok {
			n.RunNative(func(c any) {
				switch c := c.(type) {
				case driver.WindowsWindowContext:
					id = c.HWND
				case driver.X11WindowContext:
					id = int(c.WindowHandle)
				}
			})
		}
	})
	<-found
	return id
}

func (s *systemFiles) Open(title, folder string, filters []FileFilter, many bool) ([]string, error) {
	o := append(s.options(title, filters), zenity.Filename(folder+string(filepath.Separator)))
	if many {
		return notCancelled(zenity.SelectFileMultiple(o...))
	}
	return single(notCancelled(zenity.SelectFile(o...)))
}

func (s *systemFiles) Save(title, path string, filters []FileFilter) (string, error) {
	return notCancelled(zenity.SelectFileSave(append(s.options(title, filters), zenity.Filename(path), zenity.ConfirmOverwrite())...))
}

func (s *systemFiles) Folder(title, folder string) (string, error) {
	return notCancelled(zenity.SelectFile(append(s.options(title, nil), zenity.Directory(), zenity.Filename(folder+string(filepath.Separator)))...))
}

func notCancelled[T any](v T, err error) (T, error) {
	if errors.Is(err, zenity.ErrCanceled) {
		err = nil
	}
	return v, err
}

func single(path string, err error) ([]string, error) {
	if path == "" {
		return nil, err
	}
	return []string{path}, err
}
