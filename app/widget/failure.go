package widget

import (
	"context"
	"errors"
	"log/slog"

	"fyne.io/fyne/v2"

	"giaoban/data"
)

// OnReport offers the officer to report a fault of the program; nil offers
// nothing. The program sets it.
var OnReport func()

// OnFault is told, on the main goroutine, of work behind the window that ended in
// a panic. The program sets it.
var OnFault = func(error) {}

// noted is the error that was logged last: one that is passed on and shown is
// logged once.
var noted *data.Error

// Note logs an error that is told to the officer, with its cause and where it
// happened: this is the one place where errors of the window reach the log. What
// the officer can mend is of no interest to a helper and is logged as detail.
func Note(err error) {
	var e *data.Error
	if errors.As(err, &e) {
		if e == noted {
			return
		}
		noted = e
	}
	level := slog.LevelWarn
	switch code := data.CodeOf(err); {
	case code == data.Invalid || code == data.NotFound || code == data.Cancelled:
		level = slog.LevelDebug
	case Unexpected(err):
		level = slog.LevelError
	}
	slog.Log(context.Background(), level, "told", "error", err)
}

// Unexpected reports whether an error is a fault of the program or of the file,
// which an officer cannot mend alone.
func Unexpected(err error) bool {
	switch data.CodeOf(err) {
	case data.Internal, data.Damaged, data.Unsure:
		return true
	}
	return false
}

// ShowFailure tells at the lower right that something behind the window failed.
func ShowFailure(w fyne.Window, lead string, err error) {
	Note(err)
	if lead != "" {
		lead += " "
	}
	label := ""
	if Unexpected(err) && OnReport != nil {
		label = "Báo lỗi…"
	}
	ShowToast(w, lead+err.Error(), label, OnReport)
}

// panicked makes the error of a panic that was just recovered.
func panicked(fault any) error {
	err := data.Fail(data.Internal, "Việc này gặp trục trặc và đã dừng lại; dữ liệu giữ như trước. Thử lại, nếu vẫn vậy thì bấm «Báo lỗi».", data.Caught(fault))
	Post(func() { Note(err) })
	return err
}
