package main

import (
	"fmt"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

// gridRows stands in for a register of any size.
type gridRows struct{ n, asked int }

func (r *gridRows) Len() int { return r.n }

func (r *gridRows) Cells(row int, dst []widget.Cell) {
	r.asked++
	for i := range dst {
		dst[i].Text = fmt.Sprintf("%d.%d Nguyễn Thị Hương", row, i)
	}
}

// benchGrid turns the wheel over 1.000.000 rows and paints each frame whole
// with the software painter: an upper bound, for the program paints with the
// graphics library.
func benchGrid(o *office) []line {
	test.NewApp().Settings().SetTheme(widget.NewTheme(false, 100))
	rows := &gridRows{n: 1_000_000}
	g := widget.NewGrid([]widget.Column{{Title: "Mã hồ sơ", Width: 160}, {Title: "Chủ hồ sơ", Width: 200}, {Title: "Thủ tục", Width: 300},
		{Title: "Ngày nhận", Width: 100}, {Title: "Hẹn trả", Width: 100}, {Title: "Tình trạng", Width: 160}})
	g.SetRows(rows)
	w := test.NewWindow(widget.NewRoot(g))
	defer w.Close()
	w.Resize(fyne.NewSize(1200, 700))
	w.Canvas().Capture()

	g.ScrollTo(rows.n - 1)
	if _, to := g.VisibleRows(); to != rows.n {
		panic(fmt.Errorf("the last row shown is %d of %d", to, rows.n))
	}
	g.ScrollTo(rows.n / 2)
	const steps = 100
	rows.asked = 0
	start := processor()
	for range steps {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}})
	}
	step := (processor() - start) / steps
	asked := float64(rows.asked) / steps
	start = processor()
	for range 10 {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}})
		w.Canvas().Capture()
	}
	frame := (processor() - start) / 10
	return []line{
		{"grid: one wheel step over 1.000.000 rows, its own work", "< 33 ms of CPU", ms(step), fmt.Sprintf("rows asked for: %.1f", asked), "", step < 33*time.Millisecond},
		{"grid: the same with the whole frame painted in software", noBar, ms(frame), "", "", true},
	}
}

// processor returns the CPU time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
