package widget_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"giaoban/app/widget"
)

// desk answers in place of the system's dialogs.
type desk struct {
	absent bool
	answer []string
	err    error
	title  string
	folder string
	asked  []widget.FileFilter
}

func (d *desk) Available() bool { return !d.absent }
func (d *desk) Open(title, folder string, filters []widget.FileFilter, _ bool) ([]string, error) {
	d.title, d.folder, d.asked = title, folder, filters
	return d.answer, d.err
}
func (d *desk) Save(title, path string, filters []widget.FileFilter) (string, error) {
	d.title, d.folder, d.asked = title, path, filters
	if len(d.answer) == 0 {
		return "", d.err
	}
	return d.answer[0], d.err
}
func (d *desk) Folder(title, folder string) (string, error) {
	d.title, d.folder = title, folder
	return d.answer[0], d.err
}

type folders map[string]string

func (f folders) Folder(purpose string) string     { return f[purpose] }
func (f folders) SetFolder(purpose, folder string) { f[purpose] = folder }

// A register is never offered to be written over by a paper or a workbook.
func TestNothingIsWrittenOverARegister(t *testing.T) {
	l := start(t)
	path := filepath.Join(t.TempDir(), "so.xlsx")
	head := make([]byte, 4096)
	copy(head[16:], []byte{0xED, 0xDA, 0x0C, 0xED})
	if err := os.WriteFile(path, head, 0o600); err != nil {
		t.Fatal(err)
	}
	w := window(t, widget.NewField(""))
	f := widget.NewFiles(w, folders{}, &desk{answer: []string{path}})
	f.Save(widget.FileQuestion{Title: "Lưu danh sách", Filters: []widget.FileFilter{widget.FilterExcel}}, func(string) { t.Error("taken") })
	l.pass(time.Second)
	if got := widget.DialogTitle(w); got != "Lưu danh sách" {
		t.Errorf("says %q", got)
	}
}

func TestFilesRememberTheirFolder(t *testing.T) {
	l := start(t)
	dir := t.TempDir()
	d := &desk{answer: []string{filepath.Join(dir, "HSM.xlsx")}}
	store := folders{}
	f := widget.NewFiles(window(t, widget.NewField("")), store, d)
	q := widget.FileQuestion{Title: "Chọn tệp để nhập", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport}}
	got := ""
	f.Open(q, func(path string) { got = path })
	l.pass(time.Second)
	if got != d.answer[0] || store["import"] != dir || d.title != "Chọn tệp để nhập" || len(d.asked) != 1 {
		t.Fatalf("got %q, folders %v", got, store)
	}
	d.answer = nil
	got = ""
	f.Open(q, func(path string) { got = path })
	l.pass(time.Second)
	if got != "" || d.folder != dir {
		t.Fatalf("cancelled: %q, began in %q", got, d.folder)
	}
}

func TestFilesSaveAddsTheExtension(t *testing.T) {
	l := start(t)
	dir := t.TempDir()
	d := &desk{answer: []string{filepath.Join(dir, "Báo cáo")}}
	w := window(t, widget.NewField(""))
	f := widget.NewFiles(w, nil, d)
	q := widget.FileQuestion{Title: "Xuất PDF", Purpose: "pdf", Name: "bao-cao.pdf", Filters: []widget.FileFilter{widget.FilterPDF}}
	got := ""
	f.Save(q, func(path string) { got = path })
	l.pass(time.Second)
	if got != filepath.Join(dir, "Báo cáo.pdf") {
		t.Fatalf("got %q", got)
	}
	// With the extension added here the system could not ask about an old file.
	if err := os.WriteFile(got, []byte("cũ"), 0o600); err != nil {
		t.Fatal(err)
	}
	got = ""
	f.Save(q, func(path string) { got = path })
	l.pass(time.Second)
	if got != "" || w.Canvas().Overlays().Top() == nil {
		t.Fatal("an old file would be written over without a question")
	}
	press(w.Canvas().Focused(), fyne.KeyEscape)
	if got != "" {
		t.Fatal("Escape wrote over the file")
	}
}

func TestFilesTellWhenTheDialogFails(t *testing.T) {
	l := start(t)
	w := window(t, widget.NewField(""))
	f := widget.NewFiles(w, nil, &desk{err: errors.New("no display")})
	f.Open(widget.FileQuestion{Title: "Chọn tệp"}, func(string) { t.Error("chosen") })
	l.pass(time.Second)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("nothing is said")
	}
}

func TestFilesByOurOwnDialog(t *testing.T) {
	l := start(t)
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "Thư mục con"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.txt", "b.PDF", ".ẩn.pdf", "Thư mục con/c.pdf"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := window(t, widget.NewField(""))
	f := widget.NewFiles(w, folders{"pdf": dir}, &desk{absent: true})
	q := widget.FileQuestion{Title: "Mở tệp", Purpose: "pdf", Filters: []widget.FileFilter{widget.FilterPDF}}
	got := ""
	f.Open(q, func(path string) { got = path })
	l.pass(time.Second)
	seen := texts(w)
	if _, ok := seen["b.PDF"]; !ok {
		t.Fatalf("the dialog shows %v", seen)
	}
	for _, no := range []string{"a.txt", ".ẩn.pdf"} {
		if _, ok := seen[no]; ok {
			t.Errorf("%s is shown", no)
		}
	}
	press(w.Canvas().Focused(), fyne.KeyReturn) // into the folder, which comes first
	l.pass(time.Second)
	press(w.Canvas().Focused(), fyne.KeyReturn)
	l.pass(time.Second)
	if got != filepath.Join(dir, "Thư mục con", "c.pdf") {
		t.Fatalf("got %q", got)
	}
	f.Save(widget.FileQuestion{Title: "Lưu", Purpose: "pdf", Name: "mới", Filters: q.Filters}, func(path string) { got = path })
	l.pass(time.Second)
	press(w.Canvas().Focused(), fyne.KeyReturn)
	l.pass(time.Second)
	if got != filepath.Join(dir, "Thư mục con", "mới.pdf") {
		t.Fatalf("saved to %q", got)
	}
	// A typed path goes where it says; a folder that does not exist is told and
	// what was typed stays.
	got = ""
	for _, c := range []struct{ typed, want string }{
		{filepath.Join(dir, "không có", "x.pdf"), ""},
		{filepath.Join("..", "trên.pdf"), filepath.Join(dir, "trên.pdf")},
		{filepath.Join(dir, "Thư mục con", "khác"), filepath.Join(dir, "Thư mục con", "khác.pdf")},
	} {
		f.Save(widget.FileQuestion{Title: "Lưu", Purpose: "pdf", Name: "mới", Filters: q.Filters}, func(path string) { got = path })
		l.pass(time.Second)
		name := w.Canvas().Focused().(*widget.Field)
		name.SetValue(c.typed)
		press(name, fyne.KeyReturn)
		l.pass(time.Second)
		if got != c.want {
			t.Errorf("%q is saved to %q, want %q", c.typed, got, c.want)
		}
		if c.want == "" {
			if name.Value() != c.typed || w.Canvas().Overlays().Top() == nil {
				t.Error("what was typed is lost")
			}
			press(name, fyne.KeyEscape)
		}
	}
}
