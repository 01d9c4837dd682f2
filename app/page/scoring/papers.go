package scoring

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
)

func tall(px float32, o fyne.CanvasObject) fyne.CanvasObject { return widget.Tall(px, o) }

// askPapers asks which tables are to be printed.
func (s *Page) askPapers() {
	c := s.m.Card()
	if c == nil {
		s.e.Toast("Chưa có phiếu chấm điểm để in.")
		return
	}
	var chosen []string
	own, group := container.New(layout.NewCustomPaddedVBoxLayout(0)), container.New(layout.NewCustomPaddedVBoxLayout(0))
	own.Add(widget.NewNote("Của phiếu: "+c.Name, 300))
	group.Add(widget.NewNote("Của nhóm: "+c.Sheet.Group, 300))
	var boxes []*widget.Check
	for _, t := range papers.ScoreTables() {
		box := widget.NewCheck(t.Title, func(on bool) {
			chosen = slices.DeleteFunc(chosen, func(id string) bool { return id == t.ID })
			if on {
				chosen = append(chosen, t.ID)
			}
		})
		boxes = append(boxes, box)
		if t.Group {
			group.Add(box)
		} else {
			own.Add(box)
		}
		if t.ID == papers.ScoreSelf {
			box.SetChecked(true)
		}
	}
	leaves := widget.NewCheck("Bảng so sánh: đến từng tiêu chí thành phần", nil)
	group.Add(leaves)
	date := s.date(s.m.Today())
	number := field("")
	content := container.New(layout.NewCustomPaddedVBoxLayout(8), widget.Columns(2, own, group),
		widget.Columns(2, widget.NewFieldBox("Ngày ghi trên bảng (để trống để điền tay)", date), widget.NewFieldBox("Số báo cáo (để trống để điền tay)", number)))
	var d *widget.Dialog
	request := func() (papers.ScoreRequest, bool) {
		v, err := date.Day()
		if err == nil && len(chosen) == 0 {
			err = data.Fail(data.Invalid, "Đánh dấu ít nhất một bảng.", nil)
		}
		if err != nil {
			d.ShowError(err)
			return papers.ScoreRequest{}, false
		}
		return papers.ScoreRequest{Sheet: c.Sheet.ID, Period: c.Period.ID, Group: c.Sheet.Group, Tables: chosen, Leaves: leaves.Checked, Date: v}, true
	}
	name := fmt.Sprintf("cham-diem-%d", c.Period.Year)
	report := widget.NewButton("Báo cáo tự chấm điểm", widget.IconReport, func() {
		v, err := date.Day()
		if err != nil {
			d.ShowError(err)
			return
		}
		no := number.Value()
		d.Close()
		s.e.ShowPDF("Báo cáo tự chấm điểm", "bao-cao-tu-"+name, func(ctx context.Context, _ bool) ([]byte, error) {
			return papers.ScoreReport(ctx, s.e.Desk, c.Sheet.ID, no, v)
		})
	})
	book := widget.NewButton("Xuất Excel", widget.IconExcel, func() {
		r, ok := request()
		if !ok {
			return
		}
		d.Close()
		s.e.Files.Save(widget.FileQuestion{Title: "Xuất các bảng ra Excel", Purpose: "export", Name: name + ".xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
			s.long("Đang xuất Excel", func(ctx context.Context) error { return papers.ScoreWorkbook(ctx, s.e.Desk, r, path) },
				func() { s.e.Toast("Đã ghi " + filepath.Base(path) + ".") })
		})
	})
	all := widget.NewButton("Mọi bảng", widget.IconCheck, func() {
		for _, b := range boxes {
			b.SetChecked(true)
		}
	})
	d = widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: "In các bảng chấm điểm", Content: content, Default: "Xem trang in", Cancel: "Đóng", Width: 640, Extra: []*widget.Button{all, report, book},
		OnDefault: func() bool {
			r, ok := request()
			if !ok {
				return false
			}
			s.e.ShowPDF("Các bảng chấm điểm", name, func(ctx context.Context, _ bool) ([]byte, error) { return papers.ScorePDF(ctx, s.e.Desk, r) })
			return true
		}})
}
