package app

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/papers"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
)

// listing writes the list of the register.
type listing struct {
	e    *env.Env
	list *view.Register
}

// dateWidth is the width of a column of dates on paper, in millimetres.
const dateWidth = 20

// exportListPDF shows the list as it will print: its columns, order and count.
func (x *listing) exportListPDF() {
	full := widget.NewCheck("In đủ họ tên, địa chỉ, điện thoại", nil)
	title := widget.NewField("")
	title.SetValue(x.list.About())
	widget.ShowForm(x.e.Window, "Xuất PDF như đang liệt kê", []fyne.CanvasObject{widget.NewFieldBox("Dòng dưới tiêu đề", title), full}, "Xem trang in", func() error {
		columns := x.list.Columns()
		l := papers.Listed{IDs: x.list.IDs(), About: title.Value(), AsOf: x.list.AsOf(), Open: full.Checked, Cells: x.list.Cells(columns)}
		l.Columns = listedColumns(columns)
		x.e.ShowPDF("Danh sách hồ sơ", "danh-sach-ho-so", func(ctx context.Context, _ bool) ([]byte, error) {
			return papers.WriteListed(ctx, x.e.Desk, l)
		})
		return nil
	})
}

// listedColumns are the columns of the screen as papers and workbooks lay them
// out.
func listedColumns(columns []view.ListColumn) []papers.ListedColumn {
	out := make([]papers.ListedColumn, len(columns))
	for i, c := range columns {
		out[i] = papers.ListedColumn{ID: c.ID, Title: c.Title}
		switch c.ID {
		case "received", "due", "ended", "returned", "ownDue":
			out[i].Width = dateWidth
		}
	}
	return out
}

// exportList asks for a layout and writes the list.
func (x *listing) exportList() {
	var layouts []widget.Option
	for _, l := range papers.Layouts() {
		layouts = append(layouts, widget.Option{Key: l.ID, Text: l.Name})
	}
	layout := widget.NewPicker(layouts, nil)
	layout.Width = 420
	layout.SetKey(papers.ScreenLayout)
	csv := widget.NewSegments([]string{"Excel (.xlsx)", "Văn bản (.csv)"}, nil)
	widget.ShowForm(x.e.Window, "Xuất danh sách", []fyne.CanvasObject{
		widget.NewFieldBox("Cách trình bày", layout).WithHint("Mẫu có chữ cái là cách trình bày mà các hệ thống khác nhận được."),
		widget.NewFieldBox("Loại tệp", csv)}, "Chọn nơi lưu…", func() error {
		e := papers.Export{Layout: layout.Key(), CSV: csv.Chosen() == 1, AsOf: x.list.AsOf()}
		columns := x.list.Columns()
		e.Columns, e.Cells = listedColumns(columns), x.list.Cells(columns)
		widget.Post(func() { x.saveList(e) })
		return nil
	})
}

// saveList asks where the list goes and writes it.
func (x *listing) saveList(e papers.Export) {
	name, filter := "danh-sach-ho-so.xlsx", widget.FilterExcel
	if e.CSV {
		name, filter = "danh-sach-ho-so.csv", widget.FileFilter{Name: "Văn bản có dấu phân cách", Patterns: []string{"*.csv"}}
	}
	x.e.Files.Save(widget.FileQuestion{Title: "Lưu danh sách", Purpose: "export", Name: name, Filters: []widget.FileFilter{filter}}, func(path string) {
		q := x.list.Asked()
		widget.RunWithProgress(x.e.Window, "Đang xuất danh sách", func(ctx context.Context, report widget.Report) error {
			e.IDs = x.e.Desk.List(q).IDs
			return papers.ExportAs(ctx, x.e.Desk, e, path, func(done, total int64) { report(done, total, "Đang ghi") })
		}, func(err error) {
			if err != nil {
				widget.ShowError(x.e.Window, "Không xuất được danh sách", err)
				return
			}
			widget.ShowToast(x.e.Window, fmt.Sprintf("Đã xuất %s hồ sơ ra %s.", data.FormatInt(int64(len(e.IDs))), filepath.Base(path)), "", nil)
		})
	})
}
