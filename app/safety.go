package app

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"giaoban/app/command"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// backupPolling is how often the window looks whether a backup is due: days change
// and computers sleep while it stays open.
const backupPolling = 10 * time.Minute

// keepBackedUp makes the backup of each day: at the opening, at the first change of
// a day, and now and then while the window stays open. A failure is said once a
// day and stops nothing. The returned function ends it.
func (o *office) keepBackedUp() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running atomic.Bool
	said := data.NoDay
	backUp := func() {
		if !running.CompareAndSwap(false, true) {
			return
		}
		widget.Background(func() {
			err := o.desk.BackupDaily(ctx)
			running.Store(false)
			widget.Post(func() {
				if ctx.Err() != nil {
					return
				}
				if today := o.desk.Today(); err != nil && said != today {
					said = today
					widget.ShowFailure(o.w.win, "Chưa sao lưu được hôm nay.", err)
				}
				o.readStatus()
				o.shell.Status()
			})
		})
	}
	unwatch := o.desk.Watch(func(desk.Changes) { backUp() })
	ticker := time.NewTicker(backupPolling)
	widget.Background(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				backUp()
			}
		}
	})
	backUp()
	return func() { unwatch(); ticker.Stop(); cancel() }
}

// known reports whether there was a data file at the path before.
func (w *window) known(path string) bool {
	return w.app.Preferences().String(prefFile) == path || desk.HasBackups(path)
}

// openOther opens a file that the officer chose. A backup is not taken for a
// register without a word: what can be done with it is asked.
func (w *window) openOther(path string) {
	widget.Background(func() {
		backup := desk.LooksLikeBackup(path)
		widget.Post(func() {
			if backup {
				w.askRestore(path)
				return
			}
			w.open(path)
		})
	})
}

// target is the data file that a restore replaces.
func (w *window) target() string {
	switch {
	case w.desk != nil:
		return w.desk.Path()
	case w.asked != "":
		return w.asked
	}
	return command.DefaultFile()
}

// askRestore reads a backup from end to end, tells what it holds and asks whether
// to restore it.
func (w *window) askRestore(path string) {
	var content desk.BackupContent
	widget.RunWithProgress(w.win, "Đang đọc bản sao lưu", func(ctx context.Context, _ widget.Report) error {
		var err error
		content, err = desk.InspectBackup(ctx, path, time.Local)
		return err
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
			return
		case err != nil:
			widget.ShowError(w.win, "Không dùng được bản sao lưu này", err)
			return
		}
		text := "«" + filepath.Base(path) + "» là bản sao lưu, không phải sổ để làm việc: " + holds(content) + "\n" +
			"Khôi phục từ bản này vào " + w.target() + "? Tệp đang ở đó, nếu có, được giữ lại bên cạnh."
		widget.ShowDialog(w.win, widget.DialogOptions{Title: "Khôi phục từ bản sao lưu?", Content: widget.NewParagraph(text, 520), Default: "Khôi phục", Cancel: "Hủy bỏ", Danger: true, Width: 520,
			OnDefault: func() bool {
				widget.Post(func() { w.restore(path) })
				return true
			}})
	})
}

// holds says what is in a backup.
func holds(c desk.BackupContent) string {
	said := data.FormatInt(int64(c.Dossiers)) + " hồ sơ"
	if c.Office != "" {
		said = text.Line(c.Office) + ", " + said
	}
	if c.Last.Known() {
		said += ", việc cuối cùng «" + c.Change + "» lúc " + c.Last.String()
	}
	return said + "."
}

// offerRestore looks behind the page of a failure for the newest sound backup of
// the file, and then calls found with its name and content.
func (w *window) offerRestore(found func(path, text string)) {
	path := w.target()
	widget.Background(func() {
		file, content, ok := desk.NewestSound(context.Background(), path, time.Local)
		text := "Chưa thấy bản sao lưu nào dùng được của tệp này. Có thể chọn bản ở ổ khác."
		if ok {
			text = "Bản sao lưu lành mới nhất: " + filepath.Base(file.Path) + ", " + holds(content)
		}
		widget.Post(func() { found(file.Path, text) })
	})
}

// restorable reports whether a backup in its place would mend a file that could
// not be opened.
func restorable(err error) bool {
	code := data.CodeOf(err)
	return code == data.Damaged || code == data.NotFound
}

// tellDamage tells, once the office is shown, what was found damaged in the file,
// and that a backup is only looked at.
func (w *window) tellDamage(d *desk.Desk) {
	if text, lost := d.Notice(); lost {
		widget.Message(w.win, "Tệp dữ liệu có chỗ hỏng", text, nil)
	} else if text != "" {
		widget.ShowToast(w.win, text, "", nil)
	}
	widget.Background(func() {
		newer, err := d.NewerBackup()
		if err != nil || newer == "" || d.IsBackup() {
			return
		}
		widget.Post(func() {
			widget.ShowToast(w.win, "Sổ đang mở cũ hơn bản sao lưu "+filepath.Base(newer)+": những việc làm sau đó chỉ còn trong bản ấy.", "", nil)
		})
	})
	if d.IsBackup() {
		widget.Message(w.win, "Đang xem một bản sao lưu", filepath.Base(d.Path())+" là bản sao lưu: xem và in được, không ghi được. Muốn làm việc tiếp từ bản này, mở sổ đang dùng rồi khôi phục từ nó ở Thiết lập, phần Tệp dữ liệu.", nil)
	}
}

// fileThere reports whether anything stands at the path.
func fileThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// quitOnHangup closes the window in order when the session ends; the toolkit does
// so for the other signals.
func (w *window) quitOnHangup() {
	if signal.Ignored(syscall.SIGHUP) {
		return
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGHUP)
	widget.Background(func() {
		<-ended
		widget.Post(w.app.Quit)
	})
}
