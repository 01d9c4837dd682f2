package main

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

// gridRows stands in for a register of any size.
type gridRows int

func (r gridRows) Len() int { return int(r) }

func (r gridRows) Cells(row int, dst []widget.Cell) {
	for i := range dst {
		dst[i].Text = fmt.Sprintf("%d.%d Nguyễn Thị Hương", row, i)
	}
}

// benchGrid turns the wheel over 1.000.000 rows beside one frame of the toolkit alone: the
// same window painted in software with nothing moved.
func benchGrid(*office) []line {
	test.NewApp().Settings().SetTheme(widget.NewTheme(false, 100))
	rows := gridRows(1_000_000)
	g := widget.NewGrid([]widget.Column{{Title: "Mã hồ sơ", Width: 160}, {Title: "Chủ hồ sơ", Width: 200}, {Title: "Thủ tục", Width: 300},
		{Title: "Ngày nhận", Width: 100}, {Title: "Hẹn trả", Width: 100}, {Title: "Tình trạng", Width: 160}})
	g.SetRows(rows)
	w := test.NewWindow(widget.NewRoot(g))
	defer w.Close()
	w.Resize(fyne.NewSize(1200, 700))
	w.Canvas().Capture()
	g.ScrollTo(rows.Len() - 1)
	if _, to := g.VisibleRows(); to != rows.Len() {
		panic(fmt.Errorf("the last row shown is %d of %d", to, rows.Len()))
	}
	g.ScrollTo(rows.Len() / 2)
	wheel := func() { g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}}) }
	frame := func() { w.Canvas().Capture() }
	var steps []time.Duration
	took := turns(30, frame, func() { steps = append(steps, clocked(wheel)); frame() })
	return []line{
		timed("grid: one wheel step over 1.000.000 rows, its own work", percentile(steps, 50), "frame, toolkit alone", took[0], 0.25),
		timed("grid: the step and the frame that shows it", took[1], "frame, toolkit alone", took[0], 1.5),
	}
}
