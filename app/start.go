package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/command"
	"giaoban/app/kit/server"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/demo"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

const (
	prefRecent = "recent" // data files that were opened, newest first, a line each
	prefDemo   = "demo"   // the day for which the demonstration was made
)

// maxRecent bounds the recent files that are offered.
const maxRecent = 6

// remember puts a data file at the head of the recent ones.
func (w *window) remember(path string) {
	list := slices.DeleteFunc(w.recent(), func(p string) bool { return p == path })
	list = append([]string{path}, list...)
	w.app.Preferences().SetString(prefRecent, strings.Join(list[:min(len(list), maxRecent)], "\n"))
}

// recent returns the data files that were opened and are still there.
func (w *window) recent() []string {
	list := strings.Split(w.app.Preferences().String(prefRecent), "\n")
	return slices.DeleteFunc(list, func(p string) bool { return p == "" || !fileThere(p) })
}

// showStart fills the window while there is no office to show: what can be begun
// with, one sentence each.
func (w *window) showStart() {
	const width = 620
	ways := []struct {
		label, text string
		icon        widget.IconName
		do          func()
	}{
		{"Lập sổ của cơ quan tôi", "Bốn bước: cơ quan, đơn vị, thủ tục, hồ sơ đã có; bước nào xong được lưu ngay bước ấy.", widget.IconAdd, w.found},
		{"Mở tệp có sẵn…", "Một tệp sổ đã lập, trên máy này hay trên ổ mang theo.", widget.IconImport, w.chooseFile},
		{"Nối vào sổ trên máy chủ…", "Sổ mà quầy khác của cơ quan đã đưa lên máy chủ: cần địa chỉ, đăng nhập và mã kết nối.", widget.IconForward, func() { w.joinServer(server.Usual()) }},
		{"Khôi phục từ bản sao lưu…", "Xem bản sao lưu có gì, rồi đưa về làm tệp đang dùng.", widget.IconUndo, w.chooseBackupFile},
		{"Xem cơ quan minh họa", "Hai năm hồ sơ tự tạo để xem chương trình làm được gì; không lẫn vào sổ thật.", widget.IconOverview, w.openDemo},
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(12), widget.NewHeading("Sổ Giao Ban CCHC"))
	var first fyne.Focusable
	for i, x := range ways {
		b := widget.NewButton(x.label, x.icon, x.do)
		if i == 0 {
			b = widget.NewMainButton(x.label, x.icon, x.do)
			first = b
		}
		b.Leading = true
		box.Add(container.New(layout.NewCustomPaddedVBoxLayout(2), widget.Wide(width, b), widget.NewNote(x.text, width)))
	}
	if recent := w.recent(); len(recent) > 0 {
		box.Add(widget.NewSection("Mở gần đây; dòng đầu là sổ của phiên trước"))
		for _, path := range recent {
			name, do := filepath.Base(path)+"  ·  "+filepath.Dir(path), func() { w.open(path) }
			switch {
			case path == demoPath():
				name, do = "Cơ quan minh họa  ·  "+filepath.Dir(path), w.openDemo
			case desk.IsShared(path):
				name = "Sổ trên máy chủ  ·  " + server.Shown(path)
			}
			b := widget.NewQuietButton(name, "", do)
			b.Leading = true
			box.Add(b)
		}
	}
	w.win.SetContent(widget.NewRoot(container.NewScroll(container.NewCenter(container.New(layout.NewCustomPaddedLayout(24, 24, 24, 24), box)))))
	w.win.Canvas().Focus(first)
	tellState("start", "")
}

// demoPath is where the demonstration office stands: in a file of its own.
func demoPath() string { return filepath.Join(filepath.Dir(command.DefaultFile()), command.DemoFile) }

// found makes a new data file and begins to set up the office in it. The usual place
// is taken where it is free; else the officer chooses one.
func (w *window) found() {
	if path := command.DefaultFile(); !fileThere(path) && !w.known(path) {
		w.foundAt(path)
		return
	}
	w.newFile()
}

// foundFrom sets up an office of its own in which files are then imported.
func (w *window) foundFrom(paths []string) {
	w.waiting = paths
	w.found()
}

// newFile asks for the place of a new data file and sets up an office in it.
func (w *window) newFile() {
	w.files().Save(widget.FileQuestion{Title: "Lập sổ mới: chỗ để tệp dữ liệu", Purpose: "data", Name: "so-giao-ban.db", Filters: filterData[:1]}, w.foundAt)
}

// foundAt sets up an office in a new data file. What stands at the path is never
// taken for a new one.
func (w *window) foundAt(path string) {
	if fileThere(path) {
		widget.ShowError(w.win, "Không lập được sổ mới", data.Fail(data.Conflict, "Đã có tệp "+path+". Mở tệp ấy, hoặc lập sổ mới dưới tên khác.", nil))
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		widget.ShowError(w.win, "Không lập được sổ mới", disk.Fail("Không tạo được thư mục "+disk.Name(filepath.Dir(path)), err))
		return
	}
	w.openFile(path, true)
}

// askNew offers to make the data file that the command line names and that is not
// there.
func (w *window) askNew(path string) {
	w.showStart()
	widget.Confirm(w.win, "Lập sổ mới ở đây?", "Chưa có tệp "+path+". Lập sổ mới của cơ quan trong tệp ấy?", "Lập sổ mới", func(ok bool) {
		if ok {
			w.foundAt(path)
		}
	})
	tellState("start", "Lập sổ mới ở đây?")
}

var filterData = []widget.FileFilter{{Name: "Tệp dữ liệu", Patterns: []string{"*.db"}}, widget.FilterAll}

func (w *window) files() *widget.Files {
	return widget.NewFiles(w.win, folders{w.app.Preferences()}, nil)
}

// chooseFile opens a data file that the officer chooses.
func (w *window) chooseFile() {
	w.files().Open(widget.FileQuestion{Title: "Mở tệp dữ liệu", Purpose: "data", Filters: filterData}, w.openOther)
}

// chooseBackupFile restores a backup that the officer chooses.
func (w *window) chooseBackupFile() {
	w.files().Open(widget.FileQuestion{Title: "Chọn bản sao lưu", Purpose: "backup", Filters: []widget.FileFilter{widget.FilterBackup, widget.FilterAll}}, w.askRestore)
}

// openDemo opens the demonstration office as of today. One of another day is made
// anew: it is there to be looked at, and what is due today must be due today.
func (w *window) openDemo() {
	path := demoPath()
	today := data.DayOf(time.Now())
	if fileThere(path) && w.app.Preferences().String(prefDemo) == today.ISO() {
		w.open(path)
		return
	}
	bar := widget.NewProgressBar()
	if w.office == nil {
		w.showWaiting("Đang tạo cơ quan minh họa, hai năm hồ sơ đến hôm qua…", bar)
	}
	widget.Background(func() {
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = demo.Build(context.Background(), path, today-1, time.Now, func(done, total int64) {
				widget.Post(func() { bar.Set(done, total) })
			})
		}
		widget.Post(func() {
			w.asked = path
			if err != nil {
				w.failed(err)
				return
			}
			w.app.Preferences().SetString(prefDemo, today.ISO())
			w.open(path)
		})
	})
}

// own is the data file of the officer's own office, "" where there is none.
func (w *window) own() string {
	for _, path := range []string{w.app.Preferences().String(prefFile), command.DefaultFile()} {
		if path != "" && path != demoPath() && (fileThere(path) || w.known(path)) {
			return path
		}
	}
	return ""
}

// leaveDemo leads from the demonstration to the office of the officer's own.
func (w *window) leaveDemo() (label string, do func()) {
	if path := w.own(); path != "" {
		return "Mở sổ của tôi", func() { w.open(path) }
	}
	return "Lập sổ của tôi", w.found
}
