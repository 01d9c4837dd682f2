package settings

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	"giaoban/app/widget"
)

// lookPart is the look of the program, and what was done last.
type lookPart struct {
	c       *Screen
	percent *widget.Picker
	dark    *widget.Check
	level   *widget.Picker
	journal *widget.Grid
	object  fyne.CanvasObject
}

func newLook(c *Screen, percent int, dark bool) *lookPart {
	p := &lookPart{c: c}
	var sizes []widget.Option
	for n := widget.MinPercent; n <= widget.MaxPercent; n += 10 {
		sizes = append(sizes, widget.Option{Key: strconv.Itoa(n), Text: fmt.Sprintf("%d %%", n)})
	}
	look := func() {
		n, _ := strconv.Atoi(p.percent.Key())
		c.Look(n, p.dark.Checked)
	}
	p.percent = widget.NewPicker(sizes, func(widget.Option) { look() })
	p.percent.SetKey(strconv.Itoa(percent))
	p.percent.Prefix = "Cỡ chữ"
	p.dark = widget.NewCheck("Nền tối", nil)
	p.dark.SetChecked(dark)
	p.dark.OnChanged = func(bool) { look() }
	p.level = widget.NewPicker([]widget.Option{{Key: "warn", Text: "ít"}, {Key: "info", Text: "thường"}, {Key: "debug", Text: "chi tiết"}}, nil)
	p.level.Prefix = "Nhật ký"
	p.level.SetKey("info")
	p.journal = widget.NewGrid([]widget.Column{{ID: "at", Title: "Lúc", Width: 124}, {ID: "what", Title: "Việc", Width: 260, Flex: 1}})
	p.journal.SetEmpty("Chưa có thao tác nào.", "", nil)
	p.object = container.NewVBox(widget.NewSection("Hiển thị"), container.NewHBox(p.percent, p.dark), screen.Gap(12),
		widget.NewSection("In ấn"), container.NewHBox(widget.NewButton("Trang in thử…", widget.IconPrint, func() { c.TestPage() }).WithTip("Xem máy in có cắt lề, thu nhỏ trang hay thiếu chữ không")), screen.Gap(12),
		widget.NewSection("Khi có trục trặc"), container.NewHBox(p.level, widget.NewButton("Báo lỗi…", "", func() { c.Report() })),
		widget.NewNote("Nhật ký và bản báo lỗi không chứa tên người, mã hồ sơ hay nội dung đã nhập.", 400), screen.Gap(12), widget.NewSection("50 thao tác gần nhất"), screen.Tall(300, p.journal))
	return p
}

func (p *lookPart) show() (fyne.CanvasObject, []fyne.CanvasObject) { return p.object, nil }

func (p *lookPart) fill() { p.journal.ReplaceRows(journalRows(p.c.session.RecentWork())) }

type journalRows [][2]string

// Len implements widget.Rows.
func (r journalRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r journalRows) Cells(i int, dst []widget.Cell) { dst[0].Text, dst[1].Text = r[i][0], r[i][1] }
