package app

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/command"
	"giaoban/app/widget"
)

// prefRecent keeps the data files that were opened, newest first, a line each.
const prefRecent = "recent"

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
		box.Add(widget.NewSection("Mở gần đây"))
		for _, path := range recent {
			b := widget.NewQuietButton(filepath.Base(path)+"  ·  "+filepath.Dir(path), "", func() { w.open(path) })
			b.Leading = true
			box.Add(b)
		}
	}
	w.win.SetContent(widget.NewRoot(container.NewVScroll(container.NewCenter(container.New(layout.NewCustomPaddedLayout(24, 24, 24, 24), box)))))
	w.win.Canvas().Focus(first)
	tellState("start", "")
}

// found makes a new data file and begins to set up the office in it. The usual place
// is taken where it is free; else the officer chooses one.
func (w *window) found() {
	if path := command.DefaultFile(); !fileThere(path) && !w.known(path) {
		w.foundAt(path)
		return
	}
	w.newFile(w.foundAt)
}
