package app

import (
	"context"
	"strings"

	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// askClose closes the window; what was typed and is stored nowhere is asked about
// first.
func (w *window) askClose() {
	if w.office == nil {
		w.win.Close()
		return
	}
	if widget.AskWorking(w.win, w.askClose) {
		return
	}
	pages, words := w.office.shell.Unsaved()
	if len(pages) == 0 {
		w.close()
		return
	}
	drop := widget.NewButton("Đóng, không lưu", "", w.close)
	var d *widget.Dialog
	d = widget.ShowDialog(w.win, widget.DialogOptions{Title: "Còn thay đổi chưa lưu", Content: widget.NewParagraph(strings.Join(words, "\n"), 460), Default: "Lưu rồi đóng", Cancel: "Ở lại",
		Extra: []*widget.Button{drop}, Width: 460, OnDefault: func() bool {
			d.Close()
			w.saveAll(pages)
			return false
		}})
}

// saveAll stores what the pages hold, one after the other, and closes; a page that
// refuses comes into view.
func (w *window) saveAll(pages []env.Unsaved) {
	if len(pages) == 0 {
		w.close()
		return
	}
	w.office.shell.Open(pages[0])
	pages[0].SaveAll(func(err error) {
		if err == nil {
			w.saveAll(pages[1:])
		}
	})
}

// close closes the window; drafts go to their files first, and what changed since the
// last backup into one more. Cancelling that closes without it; what fails is told and
// can be passed over.
func (w *window) close() {
	w.office.env.Drafts.Flush()
	d := w.office.desk
	widget.RunWithProgress(w.win, "Đang sao lưu trước khi đóng", func(ctx context.Context, report widget.Report) error {
		if err := d.BackupFor(ctx, desk.AtClosing, inBytes(report)); err != nil {
			return err
		}
		_, err := d.CopySecond(ctx, inBytes(report))
		return err
	}, func(err error) {
		if err == nil || data.CodeOf(err) == data.Cancelled {
			w.win.Close()
			return
		}
		widget.ShowDialog(w.win, widget.DialogOptions{Title: "Chưa sao lưu được trước khi đóng", Content: widget.NewParagraph(err.Error()+" Dữ liệu đã lưu vẫn ở trong sổ.", 460), Default: "Ở lại", Cancel: "",
			Extra: []*widget.Button{widget.NewButton("Đóng, không sao lưu", "", w.win.Close)}, Width: 460, OnDefault: func() bool { return true }})
	})
}
