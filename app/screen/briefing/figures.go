package briefing

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/reports/briefing"
)

// reportBlock is an editable text of the report.
type reportBlock = briefing.Block

// figures shows form II.06a and the comparison with the same period last year;
// a click on a figure opens its dossiers.
type figures struct {
	ctx     screen.Context
	model   *view.Briefing
	object  fyne.CanvasObject
	table   *widget.Grid
	compare *widget.Grid
	lines   []view.Compared
	head    *widget.Paragraph
}

var groups = []struct {
	group data.Group
	label string
}{{data.ByField, "Lĩnh vực"}, {data.ByUnit, "Đơn vị"}, {data.ByLevel, "Cấp"}, {data.ByProcedure, "Thủ tục"}, {data.ByChannel, "Hình thức"}}

func newFigures(ctx screen.Context, m *view.Briefing) *figures {
	f := &figures{ctx: ctx, model: m}
	columns := []widget.Column{{ID: "name", Title: "Lĩnh vực, đơn vị", Width: 200, Flex: 1}}
	titles := []string{"Tiếp nhận tổng số", "Mới trực tuyến", "Trực tiếp, bưu chính", "Kỳ trước chuyển", "Đã giải quyết", "Trước hạn", "Đúng hạn", "Quá hạn", "Đang giải quyết", "Trong hạn", "Quá hạn chưa xong"}
	for i, col := range view.FigureColumns {
		columns = append(columns, widget.Column{ID: string(col), Title: titles[i], Width: 80, Align: widget.Right, Tip: col.Label()})
	}
	f.table = widget.NewGrid(columns)
	f.table.Single = true
	f.table.OnCell = func(row int, column string) bool {
		return column != "name" && m.JumpTo(row, data.Column(column))
	}
	f.table.OnOpen = f.askColumn
	f.table.SetEmpty("Kỳ này không có hồ sơ nào.", "", nil)
	f.compare = widget.NewGrid([]widget.Column{{ID: "name", Title: "Chỉ tiêu toàn cơ quan", Width: 220, Flex: 1}, {ID: "now", Title: "Kỳ này", Width: 88, Align: widget.Right},
		{ID: "before", Title: "Cùng kỳ", Width: 88, Align: widget.Right}, {ID: "change", Title: "Tăng, giảm", Width: 112, Align: widget.Right}, {ID: "basis", Title: "Tử số / mẫu số", Width: 230}})
	f.compare.Single = true
	f.compare.OnOpen = func(i int) { m.JumpToCompared(f.lines[i]) }
	f.compare.OnCell = func(i int, column string) bool {
		if column != "now" {
			return false
		}
		m.JumpToCompared(f.lines[i])
		return true
	}
	var labels []string
	for _, g := range groups {
		labels = append(labels, g.label)
	}
	by := widget.NewSegments(labels, func(i int) { m.SetGroup(groups[i].group) })
	f.head = widget.NewNote("", 640)
	top := container.NewBorder(container.NewVBox(container.NewHBox(by, screen.Gap(4), container.NewCenter(f.head)), screen.Gap(4)), nil, nil, nil, f.table)
	split := container.NewVSplit(top, container.NewBorder(widget.NewSection("So với cùng kỳ năm trước"), nil, nil, nil, f.compare))
	split.Offset = 0.56
	f.object = split
	return f
}

func (f *figures) refresh() {
	f.head.SetText(fmt.Sprintf("%s, số liệu tính đến %s. Bấm vào một số để xem đúng các hồ sơ của nó.", f.model.Table.Period.Label, f.model.Table.AsOf))
	f.lines = f.model.Comparison()
	f.table.SetRows(figureRows{f.model})
	f.compare.SetRows(compareRows{f})
}

// askColumn lets the keyboard choose a figure of a row.
func (f *figures) askColumn(row int) {
	name, c := f.model.FigureRow(row)
	list := widget.NewGrid([]widget.Column{{ID: "label", Title: "", Width: 260, Flex: 1}, {ID: "value", Title: "", Width: 90, Align: widget.Right}})
	list.NoHeader, list.Single = true, true
	list.SetRows(cellRows{c})
	list.SetCurrent(0)
	var d *widget.Dialog
	open := func() bool {
		i := list.Current()
		if i < 0 {
			return false
		}
		d.Close()
		f.model.JumpTo(row, view.FigureColumns[i])
		return true
	}
	list.OnOpen = func(int) { open() }
	d = widget.ShowDialog(f.ctx.Window, widget.DialogOptions{Title: name, Content: screen.Tall(330, list), Default: "Xem hồ sơ", Cancel: "Đóng", Width: 400, First: list,
		OnDefault: func() bool { return open() }})
}

type cellRows struct{ c data.Counts }

// Len implements widget.Rows.
func (r cellRows) Len() int { return len(view.FigureColumns) }

// Cells implements widget.Rows.
func (r cellRows) Cells(i int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text = view.FigureColumns[i].Label(), data.FormatInt(view.FigureColumns[i].Of(r.c))
}

type figureRows struct{ m *view.Briefing }

// Len implements widget.Rows.
func (r figureRows) Len() int { return r.m.FigureRows() }

// Cells implements widget.Rows.
func (r figureRows) Cells(i int, dst []widget.Cell) {
	name, c := r.m.FigureRow(i)
	total := i == r.m.FigureRows()-1
	dst[0] = widget.Cell{Text: name, Strong: total}
	for k, col := range view.FigureColumns {
		n := col.Of(c)
		cell := widget.Cell{Text: data.FormatInt(n), Strong: total, Role: widget.ColorPrimary}
		switch {
		case n == 0:
			cell.Role = widget.ColorSecondary
		case col == data.ColLate || col == data.ColPendingOverdue:
			cell.Role = widget.ColorLate
		}
		dst[k+1] = cell
	}
}

type compareRows struct{ f *figures }

// Len implements widget.Rows.
func (r compareRows) Len() int { return len(r.f.lines) }

// Cells implements widget.Rows.
func (r compareRows) Cells(i int, dst []widget.Cell) {
	l := r.f.lines[i]
	dst[0].Text = l.Name
	dst[1] = widget.Cell{Text: l.Now, Role: widget.ColorPrimary, Strong: true}
	dst[2].Text, dst[3].Text = l.Before, l.Change
	switch {
	case l.Good > 0:
		dst[3].Role = widget.ColorEarly
	case l.Good < 0:
		dst[3].Role = widget.ColorLate
	}
	dst[4] = widget.Cell{Text: l.Basis, Role: widget.ColorSecondary}
}
