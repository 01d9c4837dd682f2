package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// salvageButton offers to save out of the damaged file what can be read.
func (w *window) salvageButton() *widget.Button {
	return widget.NewButton("Cứu dữ liệu…", "", func() {
		name := strings.TrimSuffix(filepath.Base(w.asked), filepath.Ext(w.asked)) + "-cuu.db"
		w.files().Save(widget.FileQuestion{Title: "Cứu dữ liệu ra tệp mới", Purpose: "data", Name: name, Folder: filepath.Dir(w.asked), Filters: filterData[:1]}, w.salvage)
	})
}

// salvage writes what can be read of the damaged file into a new one and offers to open
// it. The damaged file stays as it is.
func (w *window) salvage(out string) {
	var done desk.Salvaged
	from := w.asked
	widget.RunWithProgress(w.win, "Đang cứu dữ liệu", func(ctx context.Context, _ widget.Report) (err error) {
		done, err = desk.Salvage(ctx, from, out, desk.Options{Now: time.Now, Program: Version})
		return err
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
		case err != nil:
			widget.ShowError(w.win, "Không cứu được dữ liệu", err)
		default:
			widget.Confirm(w.win, "Đã cứu dữ liệu", salvagedText(&done, out), "Mở tệp cứu được", func(ok bool) {
				if ok {
					w.open(out)
				}
			})
		}
	})
}

// salvagedText says what was saved and what was not, in so many lines as a dialog holds.
func salvagedText(s *desk.Salvaged, out string) string {
	const shown = 6
	text := fmt.Sprintf("Đã cứu %s hồ sơ và %s mục nhật ký ra %s. Tệp hỏng giữ nguyên.", data.FormatInt(int64(s.Read["dossier"])), data.FormatInt(int64(s.Read["journal"])), filepath.Base(out))
	if len(s.Lost) == 0 {
		return text + " Mọi giá trị đều đọc được."
	}
	text += fmt.Sprintf("\n%s chỗ không đọc được:", data.FormatInt(int64(len(s.Lost))))
	for _, lost := range s.Lost[:min(shown, len(s.Lost))] {
		text += "\n• " + lost
	}
	if more := len(s.Lost) - shown; more > 0 {
		text += fmt.Sprintf("\n… và %s chỗ nữa; lệnh «giaoban salvage» liệt kê đủ.", data.FormatInt(int64(more)))
	}
	return text
}
