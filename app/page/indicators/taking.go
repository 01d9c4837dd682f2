package indicators

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// taking reads a table of values; dry tells what would come of it.
type taking func(ctx context.Context, dry bool) (desk.IndicatorImport, error)

func (v *values) choosePath() {
	v.e.Files.Open(widget.FileQuestion{Title: "Nhập số liệu chỉ tiêu", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, v.read)
}

func (v *values) read(path string) {
	v.try(func(ctx context.Context, dry bool) (desk.IndicatorImport, error) {
		return v.e.Desk.ImportIndicators(ctx, path, dry)
	})
}

func (v *values) pasteTable() {
	pasted := fyne.CurrentApp().Clipboard().Content()
	if pasted == "" {
		v.e.Fail("Dán bảng", data.Fail(data.Invalid, "Chưa chép gì. Trong Excel chọn bảng cùng dòng tiêu đề (Mã, Đơn vị, Kỳ, Giá trị), bấm Ctrl+C, rồi chọn lại mục này.", nil))
		return
	}
	v.try(func(ctx context.Context, dry bool) (desk.IndicatorImport, error) {
		return v.e.Desk.PasteIndicators(ctx, pasted, dry)
	})
}

// try shows what would come of a table before it is taken.
func (v *values) try(take taking) {
	var r desk.IndicatorImport
	v.e.Long("Đang đọc bảng", "Không đọc được bảng", func(ctx context.Context, _ widget.Report) (err error) {
		r, err = take(ctx, true)
		return err
	}, func() { v.preview(r, take) })
}

func (v *values) preview(r desk.IndicatorImport, take taking) {
	faults := list.Of(v.e, list.Options[logbook.Fault]{ID: "indicator-faults", What: "dòng không nhận", Load: func() ([]logbook.Fault, error) { return r.Faults, nil },
		Empty: "Mọi dòng đều nhận được.",
		Columns: []list.Column[logbook.Fault]{
			{ID: "row", Title: "Dòng", Width: 56, Align: widget.Right, Text: func(f *logbook.Fault) string { return fmt.Sprint(f.Row) }},
			{ID: "column", Title: "Cột", Width: 110, Text: func(f *logbook.Fault) string { return f.Column }},
			{ID: "value", Title: "Giá trị", Width: 130, Text: func(f *logbook.Fault) string { return f.Value }},
			{ID: "reason", Title: "Vì sao không nhận", Width: 420, Flex: 1, Text: func(f *logbook.Fault) string { return f.Reason }},
		}})
	faults.Refresh()
	n := func(x int) string { return data.FormatInt(int64(x)) }
	content := container.New(layout.NewCustomPaddedVBoxLayout(8),
		widget.NewNote(fmt.Sprintf("%s dòng có số: mới %s, thay đổi %s, không đổi %s, không nhận %s. Ô trống không nói gì. Dòng không nhận được bỏ qua; sửa rồi nhập lại.",
			n(r.Rows), n(r.New), n(r.Changed), n(r.Same), n(r.Rejected)), 860), widget.Tall(300, faults.Object()))
	var d *widget.Dialog
	d = widget.ShowDialog(v.e.Window, widget.DialogOptions{Title: "Nhập từ " + r.Source, Width: 900, First: faults.Grid(), Default: "Nhập số liệu", Cancel: "Hủy bỏ", Content: content,
		OnDefault: func() bool {
			if r.New+r.Changed == 0 {
				d.ShowError(data.Fail(data.Conflict, "Bảng không có gì mới so với số đã có.", nil))
				return false
			}
			v.e.Long("Đang nhập", "Chưa nhập được", func(ctx context.Context, _ widget.Report) (err error) {
				r, err = take(ctx, false)
				return err
			}, func() {
				v.Refresh()
				v.e.Done(fmt.Sprintf("Đã nhập %s số mới, sửa %s; %s số cần xem lại.", n(r.New), n(r.Changed), n(len(r.Doubts))))
			})
			return true
		}})
}
