package importing

import (
	"fmt"

	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
)

// warningGrid lists what is wrong with the sums of a table of counts.
func warningGrid(list []string) *widget.Grid {
	g := widget.NewGrid([]widget.Column{{ID: "n", Title: "TT", Width: 48, Align: widget.Right}, {ID: "what", Title: "Điều cần xem", Width: 400, Flex: 1}})
	g.SetRows(widget.Few{N: len(list), Cell: func(i int, dst []widget.Cell) { dst[0].Text, dst[1].Text = fmt.Sprint(i+1), list[i] }})
	return g
}

// countGrid shows a table of counts.
func countGrid(columns []data.Column, rows []view.CountRow) *widget.Grid {
	heads := []widget.Column{{ID: "mark", Title: "TT", Width: 48}, {ID: "name", Title: "Nội dung", Width: 180, Min: 150, Flex: 1}}
	for _, c := range columns {
		heads = append(heads, widget.Column{ID: string(c), Title: view.FigureLabel(c), Width: 84, Align: widget.Right})
	}
	g := widget.NewGrid(heads)
	g.SetEmpty("Bảng không có dòng số liệu nào.", "", nil)
	g.SetRows(widget.Few{N: len(rows), Cell: func(i int, dst []widget.Cell) {
		r := &rows[i]
		dst[0].Text = r.Mark
		dst[1] = widget.Cell{Text: r.Name, Strong: r.Total}
		for k, text := range r.Cells {
			dst[k+2] = widget.Cell{Text: text, Strong: r.Total}
		}
	}})
	return g
}
