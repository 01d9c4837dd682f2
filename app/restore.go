package app

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// restore puts a backup in the place of the data file: the open one, or the one
// that could not be opened. The file it replaces is kept beside it. When it cannot
// be done what was there is opened again; a new file is never made then.
func (w *window) restore(backup string) {
	if w.desk != nil && w.desk.Link().Server != "" {
		widget.ShowError(w.win, "Không khôi phục được", data.Fail(data.Conflict, "Sổ đang mở ở trên máy chủ, các quầy khác đang dùng. Lấy sổ về một máy (Thiết lập, phần Nhiều quầy) rồi khôi phục, hoặc khôi phục thành sổ mới.", nil))
		return
	}
	path, old := w.target(), w.desk
	if o := w.keys[backup]; o.Key != nil && w.keys[path].Key == nil {
		w.keys[path] = o
	}
	if w.office != nil {
		w.office.stop()
	}
	w.office, w.desk = nil, nil
	ctx, as := w.keyed(backup), w.keys[backup].Who
	bar := widget.NewProgressBar()
	w.showWaiting("Đang khôi phục từ "+filepath.Base(backup)+"…", bar)
	widget.Background(func() {
		tell := func(done, total int64) { widget.Post(func() { bar.Set(done, total) }) }
		done, err := restoreOver(ctx, old, backup, path, as, tell)
		widget.Post(func() {
			w.opened = func(opened bool) {
				text := "Đã khôi phục từ " + filepath.Base(backup) + "."
				if done.Evidence+done.Issued > 0 {
					text += fmt.Sprintf(" Đã đặt lại %s tệp minh chứng và %s báo cáo đã xuất bị thiếu.", data.FormatInt(int64(done.Evidence)), data.FormatInt(int64(done.Issued)))
				}
				if done.Kept != "" {
					text += " Dữ liệu trước đó giữ ở " + filepath.Base(done.Kept) + "."
				}
				switch {
				case err != nil:
					widget.ShowError(w.win, "Không khôi phục được", err)
				case opened:
					takeHabits(w.app.Preferences(), done.Settings)
					widget.Message(w.win, "Đã khôi phục dữ liệu", text, nil)
				}
			}
			w.openFile(path, false)
		})
	})
}

// restoreOver backs up the open office, closes it, and restores a backup in its place.
// What cannot be backed up is kept as a file all the same.
func restoreOver(ctx context.Context, old *desk.Desk, backup, path string, as desk.Who, tell desk.Tell) (done desk.Restored, err error) {
	if old != nil {
		as, ctx = old.Who(), old.Keyed(ctx)
		if !old.May(desk.ToRestore) {
			return done, as.Role.Allow(desk.ToRestore)
		}
		if err := old.BackupFor(ctx, desk.BeforeRestore, tell); err != nil {
			slog.Warn("backup before a restore", "code", data.CodeOf(err))
		}
		if err := old.Close(); err != nil {
			return done, err
		}
	}
	done, err = desk.Restore(ctx, backup, path, desk.RestoreOptions{Tell: tell, Now: time.Now(), As: as})
	if err == nil {
		desk.ForgetHead(headsFolder(), path)
	}
	return done, err
}
