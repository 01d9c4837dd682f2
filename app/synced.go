package app

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/app/command"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// prefTold holds the data files whose place was warned of, a line each.
const prefTold = "told-place"

// tellPlace warns, once for each data file, of a place where another program copies it
// while it is written, and offers to move it.
func (w *window) tellPlace(path string) {
	if desk.IsShared(path) {
		return
	}
	text := disk.PlaceWarning(path)
	told := strings.Split(w.app.Preferences().String(prefTold), "\n")
	if text == "" || slices.Contains(told, path) {
		return
	}
	w.app.Preferences().SetString(prefTold, strings.Join(append(told, path), "\n"))
	widget.ShowDialog(w.win, widget.DialogOptions{Title: "Chỗ để sổ chưa an toàn", Content: widget.NewParagraph(text, 480), Default: "Chuyển sổ về máy này…", Cancel: "Để sau", Width: 480, OnDefault: func() bool {
		widget.Post(w.askMove)
		return true
	}})
}

// askMove asks where the open data file goes.
func (w *window) askMove() {
	name := filepath.Base(w.desk.Path())
	w.files().Save(widget.FileQuestion{Title: "Chuyển sổ đến", Purpose: "move", Name: name, Folder: filepath.Dir(command.DefaultFile()), Filters: filterData[:1]}, func(path string) {
		if fileThere(path) {
			widget.ShowError(w.win, "Không chuyển được", data.Fail(data.Conflict, "Đã có tệp "+path+". Chọn tên khác.", nil))
			return
		}
		w.move(path)
	})
}

// move takes the open data file, and what belongs to it, to another place and opens it
// there. The old file stays under a name that nobody opens by mistake.
func (w *window) move(to string) {
	from, old := w.desk.Path(), w.desk
	w.office.shell.Flush()
	w.office.stop()
	w.office, w.desk = nil, nil
	w.showWaiting("Đang chuyển sổ đến "+to+"…", nil)
	widget.Background(func() {
		err := old.Close()
		if err == nil {
			err = moveStore(from, to)
		}
		widget.Post(func() {
			if err != nil {
				w.opened = func(bool) { widget.ShowError(w.win, "Không chuyển được", err) }
				w.openFile(from, false)
				return
			}
			w.opened = func(bool) {
				widget.Message(w.win, "Đã chuyển sổ", "Sổ nay ở "+to+". Tệp cũ giữ ở "+from+movedEnd+", xóa được khi không cần nữa.", nil)
			}
			w.openFile(to, false)
		})
	})
}

// movedEnd ends the name of a data file that was moved elsewhere.
const movedEnd = ".da-chuyen"

// moveStore copies a closed data file with its proofs and issued papers, then renames the old one.
func moveStore(from, to string) error {
	failed := "Không chuyển được " + disk.Name(from) + " đến " + disk.Name(to)
	for folder, copied := range map[string]string{desk.EvidenceFolder(from): desk.EvidenceFolder(to), desk.IssuedFolder(from): desk.IssuedFolder(to)} {
		if !fileThere(folder) {
			continue
		}
		if err := disk.CopyFolder(folder, copied); err != nil {
			return disk.Fail(failed, err)
		}
	}
	err := disk.Whole(to, func(w io.Writer) error {
		f, err := os.Open(from)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	})
	if err != nil {
		return err
	}
	return disk.Fail("Đã chép sổ đến "+disk.Name(to)+" nhưng không đổi được tên tệp cũ", os.Rename(from, from+movedEnd))
}
