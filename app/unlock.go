package app

import (
	"cmp"
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

const (
	prefLock    = "lock-minutes"   // without use, after which a protected office is locked
	prefOffered = "protect-asked-" // and the path: protection was offered
)

// usualLock is after how many minutes without use a protected office is locked, where the
// officer chose nothing else.
const usualLock = 10

// keyed lets the context open what the window holds the key to.
func (w *window) keyed(path string) context.Context {
	return desk.WithKey(context.Background(), w.keys[path].Key)
}

// secret is a field whose letters are not shown.
func secret() *widget.Field {
	f := widget.NewField("")
	f.Password = true
	f.Width = 320
	return f
}

// unlocking asks for the password of a person.
type unlocking struct {
	w        *window
	ways     *desk.Ways
	person   *widget.Picker
	password *widget.Field
	errors   *widget.ErrorBar
	then     func()
}

// askUnlock asks how to open a protected file: as a page where no office is open, else in a
// dialog over it.
func (w *window) askUnlock(ways *desk.Ways, then func()) {
	u := &unlocking{w: w, ways: ways, password: secret(), errors: widget.NewErrorBar(), then: then}
	var options []widget.Option
	for _, p := range ways.Persons {
		name := cmp.Or(p.Person, "Mật khẩu của cơ quan")
		options = append(options, widget.Option{Key: p.Person, Text: name})
	}
	u.person = widget.NewPicker(options, nil)
	u.person.Width = 320
	if len(options) > 0 {
		u.person.SetKey(options[0].Key)
	}
	fields := []fyne.CanvasObject{}
	if len(options) > 1 || len(options) == 1 && options[0].Key != "" {
		fields = append(fields, widget.NewFieldBox("Người dùng", u.person))
	}
	fields = append(fields, widget.NewFieldBox("Mật khẩu", u.password))
	if w.office != nil {
		w.unlockOver(u, fields)
		return
	}
	open := widget.NewMainButton("Mở sổ", widget.IconCheck, u.try)
	u.password.OnEnter = func(string) { u.try() }
	box := container.New(layout.NewCustomPaddedVBoxLayout(12), widget.NewHeading("Sổ đang được bảo vệ"), widget.NewNote(ways.Path, 460), u.errors)
	for _, f := range fields {
		box.Add(f)
	}
	box.Add(container.NewHBox(open, widget.NewButton("Quên mật khẩu…", "", u.forgot), widget.NewButton("Mở tệp khác…", "", w.chooseFile), widget.NewButton("Về trang mở đầu", "", w.showStart)))
	w.win.SetContent(widget.NewRoot(container.NewCenter(box)))
	w.win.Canvas().SetOnTypedKey(nil)
	w.win.Canvas().Focus(u.password)
	tellState("unlock", "Sổ đang được bảo vệ")
}

// unlockOver asks in a dialog over the office that is open.
func (w *window) unlockOver(u *unlocking, fields []fyne.CanvasObject) {
	var d *widget.Dialog
	content := container.New(layout.NewCustomPaddedVBoxLayout(8), append([]fyne.CanvasObject{widget.NewNote(filepath.Base(u.ways.Path), 380), u.errors}, fields...)...)
	then := u.then
	u.then = func() { d.Close(); then() }
	d = widget.ShowDialog(w.win, widget.DialogOptions{Title: "Tệp đang được bảo vệ", Content: content, Default: "Mở", Cancel: "Hủy bỏ", Width: 420,
		Extra: []*widget.Button{widget.NewButton("Quên mật khẩu…", "", u.forgot)}, OnDefault: func() bool { u.try(); return false }})
}

// try opens the file with what was typed; deriving the key takes a moment, and longer after
// wrong ones.
func (u *unlocking) try() {
	person, password := u.person.Key(), u.password.Text
	u.errors.SetError(nil)
	widget.Background(func() {
		o, err := desk.Unlock(u.ways.Path, person, password)
		widget.Post(func() { u.answer(o, err) })
	})
}

func (u *unlocking) answer(o desk.Opened, err error) {
	if err != nil {
		u.errors.SetError(err)
		u.password.SetValue("")
		u.w.win.Canvas().Focus(u.password)
		return
	}
	u.w.keys[u.ways.Path] = o
	u.then()
}

// forgot opens the file with the recovery code. A new password is asked for once it is open.
func (u *unlocking) forgot() {
	code := widget.NewField("9 nhóm, mỗi nhóm 4 ký tự")
	code.Width = 380
	var d *widget.Dialog
	d = widget.ShowForm(u.w.win, "Mở bằng mã khôi phục", []fyne.CanvasObject{widget.NewFieldBox("Mã trên tờ khôi phục", code)}, "Mở sổ", func() error {
		o, err := desk.Recover(u.ways.Path, code.Value())
		if err != nil {
			return err
		}
		u.w.keys[u.ways.Path] = o
		widget.Post(func() {
			d.Close()
			u.then()
			u.w.setNewPassword = true
		})
		return nil
	})
}

// unlockBackup asks for what opens a sealed backup, and then goes on.
func (w *window) unlockBackup(path string, why error, then func()) {
	ways, err := desk.WaysOf(path)
	if err != nil || ways == nil {
		widget.ShowError(w.win, "Không dùng được bản sao lưu này", why)
		return
	}
	w.askUnlock(ways, then)
}

// reopen opens the data file again with what opens it now.
func (w *window) reopen(o desk.Opened, then func(*env.Env)) {
	path := w.desk.Path()
	if o.Key == nil {
		delete(w.keys, path)
	} else {
		w.keys[path] = o
	}
	w.opened = func(ok bool) {
		if !ok {
			return
		}
		then(w.office.env)
		if d := w.desk; o.Key != nil {
			widget.Background(func() { // the backups of before are plain
				if _, err := d.BackupNow(context.Background(), nil); err != nil {
					widget.Post(func() { widget.ShowError(w.win, "Chưa lập được bản sao lưu kín", err) })
				}
			})
		}
	}
	w.openFile(path, false)
}

// lock closes a protected office and asks for its password. What is typed is in drafts, which
// are sealed; what has no draft is asked about first.
func (w *window) lock() {
	if w.office == nil || !w.desk.IsProtected() || widget.AskWorking(w.win, w.lock) {
		return
	}
	if pages, _ := w.office.shell.Unsaved(); len(pages) > 0 {
		w.office.shell.Open(pages[0])
		w.office.env.Toast("Lưu hoặc bỏ phần đang sửa trên màn hình này rồi bấm Ctrl+L để khóa.")
		return
	}
	path, old := w.desk.Path(), w.desk
	w.office.shell.Flush()
	w.office.env.Drafts.Flush()
	w.office.stop()
	for top := w.win.Canvas().Overlays().Top(); top != nil; top = w.win.Canvas().Overlays().Top() {
		w.win.Canvas().Overlays().Remove(top)
	}
	w.office, w.desk = nil, nil
	clear(w.keys)
	w.showWaiting("Đang khóa sổ…", nil)
	widget.Background(func() {
		old.Close()
		widget.Post(func() { w.open(path) })
	})
}

// lockAfter sets after how many minutes without use a protected office is locked, and
// returns it; 0 only asks, less than 0 is never.
func (w *window) lockAfter(minutes int) int {
	if minutes != 0 {
		w.app.Preferences().SetInt(prefLock, minutes)
	}
	return w.app.Preferences().IntWithFallback(prefLock, usualLock)
}

// lockWhenIdle locks the office when nobody used it for long.
func (w *window) lockWhenIdle(d *desk.Desk) (stop func()) {
	if !d.IsProtected() {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	every(ctx, 5*time.Second, func() {
		widget.Post(func() {
			after := w.lockAfter(0)
			if ctx.Err() == nil && after > 0 && widget.Idle() > time.Duration(after)*time.Minute {
				w.lock()
			}
		})
	})
	return cancel
}

// offerProtection offers once to protect a register, and after it was opened with the code a
// new password.
func (w *window) offerProtection(d *desk.Desk) {
	toSettings := func() { w.office.shell.Go(env.Route{Page: env.Settings, State: settingsProtection}) }
	if w.setNewPassword {
		w.setNewPassword = false
		widget.ShowToast(w.win, "Đã mở bằng mã khôi phục. Đặt mật khẩu mới ở Thiết lập, phần Bảo vệ.", "Đặt mật khẩu", toSettings)
		return
	}
	p := w.app.Preferences()
	if d.IsBackup() || d.Office().Demo || d.IsProtected() || d.Len() == 0 || p.Bool(prefOffered+d.Path()) {
		return
	}
	p.SetBool(prefOffered+d.Path(), true)
	widget.ShowToast(w.win, "Sổ có thông tin cá nhân và chưa được bảo vệ bằng mật khẩu.", "Bảo vệ dữ liệu", toSettings)
}

// settingsProtection is the place of the part Bảo vệ in the page Thiết lập.
const settingsProtection = 5
