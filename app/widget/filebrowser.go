package widget

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/data"
	"giaoban/data/text"
)

type browseMode uint8

const (
	browseOpen browseMode = iota
	browseSave
	browseFolder
)

// browser is our own file dialog, for systems that have none: a folder, what is
// in it, and a line for the name.
type browser struct {
	question FileQuestion
	mode     browseMode
	folder   string
	entries  []fs.DirEntry
	grid     *Grid
	path     *Field
	name     *Field
	dialog   *Dialog
	chosen   func(path string)
	serial   int
	all      bool // every file is listed, not only those of the first filter
	filling  bool // rows come from the folder: the name typed stays
	typed    string
	typedAt  time.Time
}

// typePause is the longest pause between two letters of a name that is typed to
// find a file.
const typePause = time.Second

func browse(w fyne.Window, q FileQuestion, mode browseMode, folder string, chosen func(path string)) {
	b := &browser{question: q, mode: mode, chosen: chosen}
	b.grid = NewGrid([]Column{{ID: "name", Title: "Tên", Width: 360, Flex: 1}, {ID: "kind", Title: "Loại", Width: 110}, {ID: "time", Title: "Sửa lần cuối", Width: 130}})
	b.grid.Single = true
	b.grid.OnOpen = b.open
	b.grid.OnCurrent = func(row int) {
		if row >= 0 && row < len(b.entries) && !b.entries[row].IsDir() && !b.filling {
			b.name.SetValue(b.entries[row].Name())
		}
	}
	b.grid.OnType = b.find
	b.grid.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyBackspace {
			return false
		}
		b.goTo(filepath.Dir(b.folder))
		return true
	}
	b.grid.SetEmpty("Thư mục này không có tệp phù hợp.", "", nil)
	b.path = NewField("Thư mục, hoặc đường dẫn đầy đủ của tệp")
	b.path.OnEnter = b.goToPath
	b.name = NewField("Tên tệp")
	b.name.SetValue(q.Name)
	up := NewIconButton(IconBack, "Lên thư mục cha", func() { b.goTo(filepath.Dir(b.folder)) })
	body := container.New(layout.NewCustomPaddedVBoxLayout(8), Row(1, up, b.path),
		container.New(&fixedSize{fyne.NewSize(Scaled(640), Scaled(32)+10*ControlHeight())}, b.grid))
	verb := map[browseMode]string{browseOpen: "Mở", browseSave: "Lưu", browseFolder: "Chọn thư mục này"}[mode]
	first := fyne.Focusable(b.grid)
	if mode == browseSave {
		body.Add(NewFieldBox("Tên tệp", b.name))
		first = b.name
	}
	if mode != browseFolder && len(q.Filters) > 1 {
		every := NewCheck("Mọi tệp", nil)
		every.OnChanged = func(on bool) { b.all = on; b.goTo(b.folder) }
		body.Add(every)
	}
	b.dialog = ShowDialog(w, DialogOptions{Title: q.Title, Content: body, Default: verb, Cancel: "Hủy bỏ", First: first, OnDefault: b.accept})
	b.goTo(folder)
}

// Len implements Rows.
func (b *browser) Len() int { return len(b.entries) }

// Cells implements Rows.
func (b *browser) Cells(row int, dst []Cell) {
	e := b.entries[row]
	dst[0].Text = e.Name()
	if e.IsDir() {
		dst[0].Strong = true
		dst[1] = Cell{Text: "Thư mục", Role: ColorSecondary}
	} else {
		dst[1] = Cell{Text: strings.ToUpper(strings.TrimPrefix(filepath.Ext(e.Name()), ".")), Role: ColorSecondary}
	}
	if info, err := e.Info(); err == nil {
		dst[2].Text = data.MomentOf(info.ModTime()).String()
	}
}

// find moves to the first name that begins with the letters typed.
func (b *browser) find(r rune) {
	now := Now()
	if now.Sub(b.typedAt) > typePause {
		b.typed = ""
	}
	b.typed, b.typedAt = b.typed+text.Fold(string(r)), now
	for i, e := range b.entries {
		if strings.HasPrefix(text.Fold(e.Name()), b.typed) {
			b.grid.SetCurrent(i)
			return
		}
	}
}

// goToPath follows what was typed or pasted as a path: a folder is listed, a
// file is chosen.
func (b *browser) goToPath(text string) {
	text = strings.Trim(strings.TrimSpace(text), `"`)
	if !filepath.IsAbs(text) {
		text = filepath.Join(b.folder, text)
	}
	b.serial++
	serial := b.serial
	Background(func() {
		info, err := os.Stat(text)
		Post(func() {
			switch {
			case serial != b.serial || !b.dialog.o.open:
			case b.mode == browseOpen && err == nil && !info.IsDir():
				b.finish(text)
			default:
				b.goTo(text)
				b.dialog.o.canvas.Focus(b.grid)
			}
		})
	})
}

// goTo lists a folder, off the main goroutine: a share may take long to answer.
func (b *browser) goTo(folder string) {
	b.serial++
	serial := b.serial
	b.grid.SetLoading("Đang đọc thư mục…")
	Background(func() {
		entries, err := os.ReadDir(folder)
		Post(func() {
			if serial != b.serial || !b.dialog.o.open {
				return
			}
			b.grid.SetLoading("")
			if err != nil {
				b.dialog.ShowError(data.Fail(data.NotFound, fmt.Sprintf("Không mở được thư mục «%s». Chọn thư mục khác.", folder), err))
				return
			}
			b.dialog.errors.SetError(nil)
			b.folder = folder
			b.path.SetValue(folder)
			b.entries = nil
			for _, e := range entries {
				if strings.HasPrefix(e.Name(), ".") || !e.IsDir() && (b.mode == browseFolder || !b.all && !matchesFilter(e.Name(), b.question.Filters)) {
					continue
				}
				b.entries = append(b.entries, e)
			}
			sort.SliceStable(b.entries, func(i, j int) bool {
				x, y := b.entries[i], b.entries[j]
				if x.IsDir() != y.IsDir() {
					return x.IsDir()
				}
				return text.Fold(x.Name()) < text.Fold(y.Name())
			})
			b.filling = true
			b.grid.SetRows(b)
			b.grid.SetCurrent(0)
			b.filling = false
		})
	})
}

// matchesFilter reports whether the first of the filters, which says what is asked
// for, takes a file; further ones are there for whoever looks for something else.
func matchesFilter(name string, filters []FileFilter) bool {
	if len(filters) == 0 {
		return true
	}
	for _, p := range filters[0].Patterns {
		if ok, _ := filepath.Match(strings.ToLower(p), strings.ToLower(name)); ok {
			return true
		}
	}
	return false
}

func (b *browser) open(row int) {
	e := b.entries[row]
	if e.IsDir() {
		b.goTo(filepath.Join(b.folder, e.Name()))
		return
	}
	b.finish(filepath.Join(b.folder, e.Name()))
}

func (b *browser) finish(path string) {
	b.dialog.Close()
	b.chosen(path)
}

func (b *browser) accept() bool {
	switch b.mode {
	case browseFolder:
		b.finish(b.folder)
	case browseSave:
		path := strings.TrimSpace(b.name.Value())
		if !filepath.IsAbs(path) {
			path = filepath.Join(b.folder, path)
		}
		if info, err := os.Stat(path); err == nil && info.IsDir() && path != b.folder {
			b.name.SetValue("")
			b.goTo(path)
			return false
		}
		folder, name := filepath.Split(path)
		if path == b.folder || strings.ContainsAny(name, `/\:*?"<>|`) {
			b.dialog.ShowError(data.Fail(data.Invalid, `Tên tệp trống hoặc có ký tự không dùng được (/ \ : * ? " < > |). Sửa tên tệp.`, nil))
			return false
		}
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			b.dialog.ShowError(data.Fail(data.Invalid, fmt.Sprintf("Không có thư mục %s. Sửa đường dẫn hoặc chọn thư mục ở trên.", filepath.Clean(folder)), err))
			return false
		}
		b.finish(path)
	default:
		if row := b.grid.Current(); row >= 0 && row < len(b.entries) {
			b.open(row)
		}
	}
	return false
}
