package register

import (
	"context"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
)

// exporting is how the list is written to a file.
type exporting struct {
	Layout string
	Kind   string // extension of the file
}

// exports are the ways to write the list to a file, beside paper.
func (p *page) exports() []widget.MenuItem {
	return []widget.MenuItem{{Label: "Xuất Excel danh sách này", Icon: widget.IconExcel, Do: p.export}}
}

// export asks for a layout and writes the list.
func (p *page) export() {
	a, ok := p.Answer().(*Answer)
	if !ok {
		return
	}
	layouts := func(*exporting) (out []kit.Choice) {
		for _, l := range papers.Layouts() {
			out = append(out, kit.Choice{Key: l.ID, Text: l.Name})
		}
		return out
	}
	kinds := func(*exporting) []kit.Choice {
		return []kit.Choice{{Key: ".xlsx", Text: "Excel (.xlsx)"}, {Key: ".csv", Text: "Văn bản (.csv)"}}
	}
	form.Ask(p.e, form.Question[exporting]{Title: "Xuất danh sách", Verb: "Chọn nơi lưu…", Value: exporting{papers.ScreenLayout, ".xlsx"}, Fields: []form.Field[exporting]{
		form.Pick("layout", "Cách trình bày", layouts, func(x *exporting) *string { return &x.Layout }).Note("Mẫu có chữ cái là cách trình bày mà các hệ thống khác nhận được.").Sized(420),
		form.Pick("kind", "Loại tệp", kinds, func(x *exporting) *string { return &x.Kind }),
	}, Then: func(x exporting) {
		out := papers.Export{Layout: x.Layout, CSV: x.Kind == ".csv", AsOf: a.AsOf(), IDs: a.IDs()}
		columns := p.Columns()
		for _, c := range columns {
			out.Columns = append(out.Columns, papers.ListedColumn{Title: c.Title})
		}
		out.Cells = func(one *data.Dossier) []string {
			row, cells := a.Row(one), make([]string, len(columns))
			for i, c := range columns {
				cells[i] = c.Text(row)
			}
			return cells
		}
		filter := widget.FilterExcel
		if out.CSV {
			filter = widget.FileFilter{Name: "Văn bản có dấu phân cách", Patterns: []string{"*.csv"}}
		}
		p.SaveAs(x.Kind, filter, len(out.IDs), func(ctx context.Context, path string, progress func(done, total int64)) error {
			return papers.ExportAs(ctx, p.e.Desk, out, path, progress)
		})
	}})
}
