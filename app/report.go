package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/command"
	"giaoban/app/env"
	"giaoban/app/trouble"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// prefLevel holds from which level on the log of this computer keeps records.
const prefLevel = env.HabitLogLevel

// openLog begins the log beside the data file of the officer. level names its
// level, "" the usual one. Without a log the program runs on.
func openLog(level string) (*trouble.Log, error) {
	at, err := trouble.ParseLevel(level)
	if err != nil {
		return nil, err
	}
	l, err := trouble.Open(filepath.Dir(command.DefaultFile()), at)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	slog.Info("start", "version", Version)
	return l, nil
}

// offerReports lets every place that tells of a fault offer to report it, and tells
// of a crash of before.
func (w *window) offerReports() {
	widget.OnReport = w.report
	widget.OnFault = func(err error) {
		if w.win.Canvas().Overlays().Top() == nil {
			widget.ShowError(w.win, "Có việc bị dừng giữa chừng", err)
		}
	}
}

// tellCrash offers to report a crash of an earlier run.
func (w *window) tellCrash() {
	if w.log.Crashed() {
		// A bar stays, where a toast would be gone before it is read.
		w.office.frame.Faults.SetError(data.Fail(data.Internal, "Lần trước chương trình đã dừng đột ngột. Dữ liệu đã lưu vẫn còn. Bấm «Báo lỗi» rồi gửi cho người hỗ trợ để được sửa.", nil))
	}
}

// report writes a report of what went wrong and shows it, with where it is.
func (w *window) report() {
	facts := trouble.Facts{Version: Version}
	d := w.desk
	widget.RunWithProgress(w.win, "Đang lập bản báo lỗi", func(ctx context.Context, _ widget.Report) error {
		facts.File = fileFacts(ctx, d)
		return nil
	}, func(error) {
		path, text, err := w.log.Report(facts, time.Now())
		if err != nil && path == "" {
			widget.Note(err)
		}
		w.showReport(path, text, err)
	})
}

func (w *window) showReport(path, text string, err error) {
	where := "Đã ghi vào tệp " + path + ". Gửi tệp này, hoặc chép nội dung và dán vào thư, cho người hỗ trợ."
	if path == "" && err != nil {
		where = err.Error()
	}
	area := widget.NewArea("", 14)
	area.SetValue(text)
	copyText := func(s string) func() { return func() { fyne.CurrentApp().Clipboard().SetContent(s) } }
	extra := []*widget.Button{widget.NewButton("Chép nội dung", widget.IconCopy, copyText(text))}
	if path != "" {
		extra = append(extra, widget.NewButton("Chép đường dẫn", widget.IconCopy, copyText(path)))
	}
	content := container.NewBorder(widget.NewParagraph(where, 560), nil, nil, nil, widget.Tall(280, area))
	widget.ShowDialog(w.win, widget.DialogOptions{Title: "Báo lỗi", Content: content, Width: 580, Extra: extra})
}

// fileFacts tells of the data file what is no one's secret: sizes, counts and the
// result of its check. A nil desk is told as such.
func fileFacts(ctx context.Context, d *desk.Desk) []string {
	if d == nil {
		return []string{"không có tệp nào đang mở"}
	}
	var out []string
	if info, err := os.Stat(d.Path()); err == nil {
		out = append(out, "cỡ tệp "+data.FormatInt(info.Size())+" byte")
	}
	c, err := d.Check(ctx)
	if err != nil {
		widget.Note(err)
		return append(out, "không kiểm tra được: "+string(data.CodeOf(err)))
	}
	out = append(out, fmt.Sprintf("%d hồ sơ, %d đơn vị, %d lĩnh vực, %d thủ tục, %d dòng nhật ký thao tác, %d chỗ không đúng", c.Dossiers, c.Units, c.Fields, c.Procedures, c.Entries, len(c.Faults)))
	counts := map[string]int{}
	var kinds []string
	for _, f := range c.Faults {
		kind := faultKind(f)
		if counts[kind]++; counts[kind] == 1 {
			kinds = append(kinds, kind)
		}
	}
	for _, kind := range kinds {
		out = append(out, fmt.Sprintf("%d lần: %s", counts[kind], kind))
	}
	return out
}

// faultKind is a fault of a file without the dossier that it is about.
func faultKind(text string) string {
	if head, rest, ok := strings.Cut(text, ":"); ok && strings.HasPrefix(head, "Hồ sơ ") {
		text = "Hồ sơ …:" + rest
	}
	words := strings.Fields(text)
	for i, word := range words {
		if strings.ContainsFunc(word, unicode.IsDigit) {
			words[i] = "#"
		}
	}
	return strings.Join(words, " ")
}

// logLevel changes how much is logged from now on.
func (w *window) logLevel(name string) {
	level, err := trouble.ParseLevel(name)
	if err != nil {
		widget.ShowFailure(w.win, "", err)
		return
	}
	w.log.SetLevel(level)
	w.app.Preferences().SetString(prefLevel, name)
}
