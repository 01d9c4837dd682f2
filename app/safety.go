package app

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"giaoban/app/command"
	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// backupPolling is how often the window looks whether a backup is due: days change
// and computers sleep while it stays open.
const backupPolling = 10 * time.Minute

// keepBackedUp makes the backup of each day: at the opening, at the first change of
// a day, and now and then while the window stays open; copies it to the second place
// when that is there; and reads older backups again. A failure is said once a day and
// stops nothing. The returned function ends it.
func (o *office) keepBackedUp() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running atomic.Bool
	said, reminded := data.NoDay, data.NoDay
	backUp := func() {
		if !running.CompareAndSwap(false, true) {
			return
		}
		widget.Background(func() {
			copied, title, err := o.careForBackups(ctx)
			second := o.desk.SecondPlace() // a stick may answer late
			running.Store(false)
			widget.Post(func() {
				if ctx.Err() != nil {
					return
				}
				today := o.desk.Today()
				if err != nil && said != today {
					said = today
					widget.ShowFailure(o.w.win, title, err)
				}
				if copied != "" {
					widget.ShowToast(o.w.win, "Đã chép bản sao lưu sang nơi thứ hai và đọc lại: "+filepath.Base(copied)+".", "", nil)
				} else if second.Overdue && reminded != today && !o.desk.IsBackup() {
					reminded = today
					o.remindSecond(second)
				}
				o.readStatus()
				o.shell.Status()
			})
		})
	}
	unwatch := o.desk.Watch(func(desk.Changes) { backUp() })
	every(ctx, backupPolling, backUp)
	backUp()
	return func() { unwatch(); cancel() }
}

// careForBackups makes the backup that is due, copies it to the second place, and reads
// one of those again that were not read for long. title says what failed.
func (o *office) careForBackups(ctx context.Context) (copied, title string, err error) {
	if err := o.desk.BackupDaily(ctx); err != nil {
		return "", "Chưa sao lưu được hôm nay.", err
	}
	if copied, err = o.desk.CopySecond(ctx, nil); err != nil {
		return "", "Chưa chép được bản sao lưu sang nơi thứ hai.", err
	}
	bad, err := o.desk.VerifyOne(ctx)
	if err == nil || ctx.Err() != nil {
		return copied, "", nil
	}
	return copied, "Bản sao lưu " + filepath.Base(bad) + " đã hỏng.", err
}

// remindSecond reminds of a second place that was not seen for long.
func (o *office) remindSecond(s desk.SecondPlace) {
	text := fmt.Sprintf("Đã %d ngày chưa chép bản sao lưu sang nơi thứ hai (%s). Cắm USB vào máy là tự chép.", s.Missing, s.Folder)
	widget.ShowToast(o.w.win, text, "Thiết lập", func() { o.shell.Go(env.Route{Page: env.Settings}) })
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
	var preview desk.Preview
	target, open, key := w.target(), w.desk, w.keys[path]
	widget.RunWithProgress(w.win, "Đang đọc bản sao lưu", func(ctx context.Context, report widget.Report) (err error) {
		ctx = desk.WithKey(ctx, key.Key)
		if open != nil {
			preview, err = open.PreviewRestore(ctx, path, inBytes(report))
		} else {
			preview, err = desk.PreviewRestore(ctx, path, target, time.Local)
		}
		return err
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
			return
		case data.CodeOf(err) == data.Sealed || data.CodeOf(err) == data.Denied && key.Key == nil:
			w.unlockBackup(path, err, func() { w.askRestore(path) })
			return
		case err != nil:
			widget.ShowError(w.win, "Không dùng được bản sao lưu này", err)
			return
		}
		text := "«" + filepath.Base(path) + "» là bản sao lưu, không phải sổ để làm việc: " + holds(preview.Backup) + "\n" + loses(&preview) +
			"Khôi phục từ bản này vào " + target + "? Tệp đang ở đó, nếu có, được giữ lại bên cạnh."
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
	if c.Evidence > 0 {
		said += ", " + data.FormatInt(int64(c.Evidence)) + " tệp minh chứng"
	}
	if c.Last.Known() {
		said += ", việc cuối cùng «" + c.Change + "» lúc " + c.Last.String()
	}
	return said + "."
}

// loses says what a restore would take away.
func loses(p *desk.Preview) string {
	back := p.BringsBack()
	if back != "" {
		back += "\n"
	}
	switch {
	case p.Other:
		return "Sổ đang ở đó là sổ khác, không có thao tác nào chung với bản này.\n"
	case p.LostAll > 0:
		return fmt.Sprintf("Khôi phục sẽ bỏ %s thao tác ghi sau bản này, gần nhất là «%s».\n", data.FormatInt(int64(p.LostAll)), p.Lost[0].Title) + back
	case p.Present:
		return "Khôi phục không mất thao tác nào.\n"
	}
	return ""
}

// inBytes passes bytes on to a bar.
func inBytes(report widget.Report) desk.Tell {
	return func(done, total int64) { report(done>>10, total>>10, "") }
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
		newer, err := d.NewerBackup(context.Background())
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

// fileThere reports whether anything stands at the path; whether a server does is
// found when it is opened.
func fileThere(path string) bool {
	if desk.IsShared(path) {
		return true
	}
	_, err := os.Lstat(path)
	return err == nil
}

// quitOnSignal closes the window in order when the session ends. At the other signals the
// toolkit ends its loop by itself; end takes care that the program does too.
func (w *window) quitOnSignal(end *ending) {
	asked := []os.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		asked = append(asked, syscall.SIGHUP)
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, asked...)
	widget.Background(func() {
		if <-ended == syscall.SIGHUP {
			widget.Post(w.app.Quit)
		}
		end.begin(endWait)
	})
}
