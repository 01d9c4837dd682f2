package watching

import (
	"context"
	"fmt"
	"path/filepath"

	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// exportButton is the action that writes what a part lists to a workbook.
func exportButton(do func()) *widget.Button {
	return widget.NewButton("Xuất Excel", widget.IconExcel, do)
}

// exportAlarms writes the dossiers listed now, filters included.
func (s *Screen) exportAlarms(title, name string, list []desk.Alarm) {
	s.save(name, fmt.Sprintf("%s hồ sơ", data.FormatInt(int64(len(list)))), len(list), func(path string) error {
		return papers.ExportWatched(title, list, s.Today(), path)
	})
}

// save asks for a file, writes it off the window's goroutine and tells what is in
// it.
func (s *Screen) save(name, content string, rows int, write func(path string) error) {
	if rows == 0 {
		widget.ShowToast(s.ctx.Window, "Danh sách đang trống, chưa có gì để xuất.", "", nil)
		return
	}
	s.print.Files.Save(widget.FileQuestion{Title: "Xuất danh sách ra Excel", Purpose: "export", Name: name + "-" + s.Today().ISO() + ".xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		widget.RunWithProgress(s.ctx.Window, "Đang xuất Excel", func(context.Context, widget.Report) error { return write(path) }, func(err error) {
			if err != nil {
				widget.ShowError(s.ctx.Window, "Không xuất được danh sách", err)
				return
			}
			widget.ShowToast(s.ctx.Window, fmt.Sprintf("Đã xuất %s ra %s.", content, filepath.Base(path)), "", nil)
		})
	})
}

func (t *listTab) export() {
	t.s.exportAlarms("HỒ SƠ CẦN THEO DÕI TRƯỚC CUỘC HỌP "+t.s.m.Meeting().String(), "ho-so-can-theo-doi", t.s.m.Rows())
}

func (t *lettersTab) export() {
	title := "HỒ SƠ TRỄ HOẶC SẮP TRỄ CHƯA CÓ THƯ XIN LỖI"
	if t.s.m.Finished() {
		title = "HỒ SƠ XONG TRỄ CHƯA CÓ THƯ XIN LỖI, " + t.s.m.Period().Label
	}
	t.s.exportAlarms(title, "can-thu-xin-loi", t.s.m.Without())
}

func (t *bookTab) export() {
	var lines []papers.BookLine
	for _, e := range t.s.book.Entries() {
		delivered := e.Delivered
		if e.Void {
			delivered = "Đã hủy"
		}
		lines = append(lines, papers.BookLine{Number: e.Number, Day: e.Day, Code: e.Code, Owner: e.Owner, Promised: e.Promised, Reason: e.Reason, Delivered: delivered})
	}
	year := t.s.book.Year()
	t.s.save(fmt.Sprintf("so-thu-xin-loi-%d", year), fmt.Sprintf("%s thư", data.FormatInt(int64(len(lines)))), len(lines), func(path string) error {
		return papers.ExportLetterBook(year, lines, path)
	})
}
