package briefing

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/widget"
	"giaoban/data"
)

// figures shows form II.06a and the comparison with the same period last year;
// a click on a figure opens its dossiers.
type figures struct {
	p       *page
	object  fyne.CanvasObject
	table   *widget.Grid
	compare *widget.Grid
	head    *widget.Paragraph
}

var groups = []struct {
	group data.Group
	label string
}{{data.ByField, "Lĩnh vực"}, {data.ByUnit, "Đơn vị"}, {data.ByReceiver, "Nơi tiếp nhận"}, {data.ByHelper, "Nơi hướng dẫn"}, {data.ByLevel, "Cấp"}, {data.ByProcedure, "Thủ tục"}, {data.ByChannel, "Hình thức"}}

func newFigures(p *page) *figures {
	f := &figures{p: p, head: widget.NewNote("", 640)}
	columns := []widget.Column{{ID: "name", Title: "Lĩnh vực, đơn vị", Width: 200, Flex: 1}}
	titles := []string{"Tiếp nhận tổng số", "Mới trực tuyến", "Trực tiếp, bưu chính", "Kỳ trước chuyển", "Đã giải quyết", "Trước hạn", "Đúng hạn", "Quá hạn", "Đang giải quyết", "Trong hạn", "Quá hạn chưa xong"}
	for i, col := range FigureColumns {
		columns = append(columns, widget.Column{ID: string(col), Title: titles[i], Width: 80, Align: widget.Right, Tip: col.Label()})
	}
	f.table = widget.NewGrid(columns)
	f.table.OnCell = func(row int, column string) bool {
		return column != "name" && p.m.JumpTo(row, data.Column(column))
	}
	f.table.OnOpen = func(row int) {
		f.ask(row, fyne.CurrentApp().Driver().AbsolutePositionForObject(f.table).AddXY(40, 60))
	}
	f.table.OnMenu = f.ask
	f.table.SetEmpty("Kỳ này không có hồ sơ nào.", "", nil)
	f.compare = widget.NewGrid([]widget.Column{{ID: "name", Title: "Chỉ tiêu toàn cơ quan", Width: 220, Flex: 1}, {ID: "now", Title: "Kỳ này", Width: 88, Align: widget.Right},
		{ID: "before", Title: "Cùng kỳ", Width: 88, Align: widget.Right}, {ID: "change", Title: "Tăng, giảm", Width: 112, Align: widget.Right}, {ID: "basis", Title: "Tử số / mẫu số", Width: 230}})
	f.compare.OnOpen = func(i int) { p.m.JumpToCompared(p.m.Comparison()[i]) }
	f.compare.OnCell = func(i int, column string) bool {
		if column == "now" {
			f.compare.OnOpen(i)
		}
		return column == "now"
	}
	f.table.Single, f.compare.Single = true, true
	for _, g := range []*widget.Grid{f.table, f.compare} {
		g.SetLoading("Đang tính số liệu…")
	}
	var labels []string
	for _, g := range groups {
		labels = append(labels, g.label)
	}
	by := widget.NewSegments(labels, func(i int) { p.m.SetGroup(groups[i].group) })
	top := container.NewBorder(container.NewVBox(widget.Row(1, by, f.head), widget.Gap(4)), nil, nil, nil, f.table)
	split := container.NewVSplit(top, container.NewBorder(widget.NewSection("So với cùng kỳ năm trước"), nil, nil, nil, f.compare))
	split.Offset = 0.56
	f.object = split
	return f
}

// ask lets the keyboard choose a figure of a row.
func (f *figures) ask(row int, at fyne.Position) {
	var items []widget.MenuItem
	for _, col := range FigureColumns {
		items = append(items, widget.MenuItem{Label: col.Label(), Hint: data.FormatInt(col.Of(f.p.m.FigureRows()[row].Counts)), Do: func() { f.p.m.JumpTo(row, col) }})
	}
	widget.ShowMenu(f.p.e.Window, at, items)
}

func (f *figures) refresh() {
	m := f.p.m
	f.head.SetText(fmt.Sprintf("%s, số liệu tính đến %s. Bấm vào một số để xem đúng các hồ sơ của nó.", m.Table.Period.Label, m.Table.AsOf))
	rows, lines := m.FigureRows(), m.Comparison()
	f.table.SetLoading("")
	f.compare.SetLoading("")
	f.table.ReplaceRows(widget.Few{N: len(rows), Cell: func(i int, dst []widget.Cell) {
		total := i == len(rows)-1
		dst[0] = widget.Cell{Text: rows[i].Name, Strong: total}
		for k, col := range FigureColumns {
			n := col.Of(rows[i].Counts)
			dst[k+1] = widget.Cell{Text: data.FormatInt(n), Strong: total, Role: widget.ColorPrimary}
			switch {
			case n == 0:
				dst[k+1].Role = widget.ColorSecondary
			case col == data.ColLate || col == data.ColPendingOverdue:
				dst[k+1].Role = widget.ColorLate
			}
		}
	}})
	f.compare.ReplaceRows(widget.Few{N: len(lines), Cell: func(i int, dst []widget.Cell) {
		l := lines[i]
		dst[0].Text, dst[1].Text, dst[2].Text, dst[3].Text, dst[4].Text = l.Name, l.Now, l.Before, l.Change, l.Basis
		dst[1].Role, dst[1].Strong, dst[4].Role = widget.ColorPrimary, true, widget.ColorSecondary
		switch {
		case l.Good > 0:
			dst[3].Role = widget.ColorEarly
		case l.Good < 0:
			dst[3].Role = widget.ColorLate
		}
	}})
}
