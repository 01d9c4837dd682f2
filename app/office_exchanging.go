package app

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"

	"giaoban/app/papers"
	"giaoban/app/screen"
	"giaoban/app/screen/reconciling"
	"giaoban/app/screen/reported"
	reconcilingmodel "giaoban/app/view/reconciling"
	reportedmodel "giaoban/app/view/reported"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// buildReconciling makes the screen Đối chiếu hai nguồn, which the import opens.
func (o *office) buildReconciling() screen.Screen {
	m := reconcilingmodel.New(o.session)
	m.Run = o.runImport
	s := reconciling.New(o.print, m)
	s.Leave, s.Undo, s.DayInfo = func() { o.go_(navImport) }, o.undo, o.dayInfo
	o.imports.Reconcile = func(path, text string, opt desk.ImportOptions) {
		o.go_(navReconciling)
		if path != "" || text != "" {
			s.Open(path, text, opt)
		}
	}
	return s
}

// buildReported makes the screen Số liệu đơn vị báo cáo, which the import opens.
func (o *office) buildReported() screen.Screen {
	s := reported.New(o.context, reportedmodel.New(o.session))
	s.Import, s.Undo = func() { o.go_(navImport) }, o.undo
	o.imports.Reported = func(id uint64) {
		s.Open(id)
		o.go_(navReported)
	}
	return s
}

// exportList asks for a layout and writes the list.
func (o *office) exportList() {
	var layouts []widget.Option
	for _, l := range papers.Layouts() {
		layouts = append(layouts, widget.Option{Key: l.ID, Text: l.Name})
	}
	layout := widget.NewPicker(layouts, nil)
	layout.Width = 420
	layout.SetKey(papers.ScreenLayout)
	csv := widget.NewSegments([]string{"Excel (.xlsx)", "Văn bản (.csv)"}, nil)
	widget.ShowForm(o.w.win, "Xuất danh sách", []fyne.CanvasObject{
		widget.NewFieldBox("Cách trình bày", layout).WithHint("Mẫu có chữ cái là cách trình bày mà các hệ thống khác nhận được."),
		widget.NewFieldBox("Loại tệp", csv)}, "Chọn nơi lưu…", func() error {
		e := papers.Export{Layout: layout.Key(), CSV: csv.Chosen() == 1, AsOf: o.list.AsOf()}
		columns := o.list.Columns()
		e.Columns, e.Cells = listedColumns(columns), o.list.Cells(columns)
		widget.Post(func() { o.saveList(e) })
		return nil
	})
}

// saveList asks where the list goes and writes it.
func (o *office) saveList(e papers.Export) {
	name, filter := "danh-sach-ho-so.xlsx", widget.FilterExcel
	if e.CSV {
		name, filter = "danh-sach-ho-so.csv", widget.FileFilter{Name: "Văn bản có dấu phân cách", Patterns: []string{"*.csv"}}
	}
	o.files.Save(widget.FileQuestion{Title: "Lưu danh sách", Purpose: "export", Name: name, Filters: []widget.FileFilter{filter}}, func(path string) {
		q := o.list.Asked()
		widget.RunWithProgress(o.w.win, "Đang xuất danh sách", func(ctx context.Context, report widget.Report) error {
			e.IDs = o.desk.List(q).IDs
			return papers.ExportAs(ctx, o.desk, e, path, func(done, total int64) { report(done, total, "Đang ghi") })
		}, func(err error) {
			if err != nil {
				widget.ShowError(o.w.win, "Không xuất được danh sách", err)
				return
			}
			widget.ShowToast(o.w.win, fmt.Sprintf("Đã xuất %s hồ sơ ra %s.", data.FormatInt(int64(len(e.IDs))), filepath.Base(path)), "", nil)
		})
	})
}
