package app

import (
	"context"
	"path/filepath"

	"giaoban/app/widget"
	"giaoban/data/desk"
)

// restore puts a backup in the place of the open data file and opens that. The
// file it replaces is kept beside it. When it cannot be done the file that was
// open is opened again.
func (w *window) restore(backup string) {
	if w.desk == nil || w.office == nil {
		return
	}
	path, old := w.desk.Path(), w.desk
	w.office.stop()
	w.office, w.desk = nil, nil
	bar := widget.NewProgressBar()
	w.showWaiting("Đang khôi phục từ "+filepath.Base(backup)+"…", bar)
	widget.Background(func() {
		err := old.Close()
		kept := ""
		if err == nil {
			kept, err = desk.Restore(context.Background(), backup, path)
		}
		widget.Post(func() {
			w.opened = func() {
				if err != nil {
					widget.ShowError(w.win, "Không khôi phục được", err)
					return
				}
				text := "Đã khôi phục từ " + filepath.Base(backup) + "."
				if kept != "" {
					text += " Dữ liệu trước đó giữ ở " + filepath.Base(kept) + "."
				}
				widget.Message(w.win, "Đã khôi phục dữ liệu", text, nil)
			}
			w.open(path)
		})
	})
}
