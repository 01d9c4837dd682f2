package app

import (
	"context"

	"fyne.io/fyne/v2"

	"giaoban/app/papers"
	"giaoban/app/view"
	"giaoban/app/widget"
)

// dateWidth is the width of a column of dates on paper, in millimetres.
const dateWidth = 20

// exportListPDF shows the list as it will print: its columns, order and count.
func (o *office) exportListPDF() {
	full := widget.NewCheck("In đủ họ tên, địa chỉ, điện thoại", nil)
	title := widget.NewField("")
	title.SetValue(o.list.About())
	widget.ShowForm(o.w.win, "Xuất PDF như đang liệt kê", []fyne.CanvasObject{widget.NewFieldBox("Dòng dưới tiêu đề", title), full}, "Xem trang in", func() error {
		columns := o.list.Columns()
		l := papers.Listed{IDs: o.list.IDs(), About: title.Value(), AsOf: o.list.AsOf(), Open: full.Checked, Cells: o.list.Cells(columns)}
		l.Columns = listedColumns(columns)
		o.print.ShowPDF("Danh sách hồ sơ", "danh-sach-ho-so", func(ctx context.Context, _ bool) ([]byte, error) {
			return papers.WriteListed(ctx, o.desk, l)
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
