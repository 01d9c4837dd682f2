package app

import (
	"context"
	"path/filepath"

	"giaoban/app/widget"
	"giaoban/data/desk"
)

// restore puts a backup in the place of the data file: the open one, or the one
// that could not be opened. The file it replaces is kept beside it. When it cannot
// be done what was there is opened again; a new file is never made then.
func (w *window) restore(backup string) {
	path, old := w.target(), w.desk
	if w.office != nil {
		w.office.stop()
	}
	w.office, w.desk = nil, nil
	bar := widget.NewProgressBar()
	w.showWaiting("Đang khôi phục từ "+filepath.Base(backup)+"…", bar)
	widget.Background(func() {
		var err error
		kept := ""
		if old != nil {
			err = old.Close()
		}
		if err == nil {
			kept, err = desk.Restore(context.Background(), backup, path)
		}
		widget.Post(func() {
			w.opened = func(opened bool) {
				text := "Đã khôi phục từ " + filepath.Base(backup) + "."
				if kept != "" {
					text += " Dữ liệu trước đó giữ ở " + filepath.Base(kept) + "."
				}
				switch {
				case err != nil:
					widget.ShowError(w.win, "Không khôi phục được", err)
				case opened:
					widget.Message(w.win, "Đã khôi phục dữ liệu", text, nil)
				}
			}
			w.openFile(path, false)
		})
	})
}
