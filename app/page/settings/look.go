package settings

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
)

// lookPart is the look of the program, and what was done last.
type lookPart struct {
	percent *widget.Picker
	journal *list.List[act]
	object  fyne.CanvasObject
}

func newLook(p *page) *lookPart {
	l := &lookPart{}
	e := p.e
	percent, dark := e.Look(0, false)
	var sizes []widget.Option
	for n := widget.MinPercent; n <= widget.MaxPercent; n += 10 {
		sizes = append(sizes, widget.Option{Key: strconv.Itoa(n), Text: fmt.Sprintf("%d %%", n)})
	}
	night := widget.NewCheck("Nền tối", nil)
	look := func() {
		n, _ := strconv.Atoi(l.percent.Key())
		e.Look(n, night.Checked)
	}
	l.percent = widget.NewPicker(sizes, func(widget.Option) { look() })
	l.percent.SetKey(strconv.Itoa(percent))
	l.percent.Prefix = "Cỡ chữ"
	night.SetChecked(dark)
	night.OnChanged = func(bool) { look() }
	level := widget.NewPicker([]widget.Option{{Key: "warn", Text: "ít"}, {Key: "info", Text: "thường"}, {Key: "debug", Text: "chi tiết"}}, func(o widget.Option) { e.LogLevel(o.Key) })
	level.Prefix = "Nhật ký"
	level.SetKey(cmp.Or(e.Habits.String(env.HabitLogLevel), "info"))
	l.journal = list.Of(e, list.Options[act]{ID: "journal", Title: "50 thao tác gần nhất", What: "thao tác", Load: func() ([]act, error) { return recentWork(e.Session), nil },
		Key: func(a *act) uint64 { return uint64(a.n) },
		Columns: []list.Column[act]{
			{ID: "at", Title: "Lúc", Width: 124, Text: func(a *act) string { return a.at }, Compare: func(a, b *act) int { return b.n - a.n }},
			{ID: "what", Title: "Việc", Width: 260, Flex: 1, Text: func(a *act) string { return a.what }},
		}})
	page := widget.NewButton("Trang in thử…", widget.IconPrint, func() {
		e.ShowPDF("Trang in thử", "trang-in-thu", func(ctx context.Context, _ bool) ([]byte, error) { return papers.TestPage(ctx, e.Desk) })
	}).WithTip("Xem máy in có cắt lề, thu nhỏ trang hay thiếu chữ không")
	top := container.NewVBox(widget.NewSection("Hiển thị"), container.NewHBox(l.percent, night), widget.Gap(12), widget.NewSection("In ấn"), container.NewHBox(page), widget.Gap(12),
		widget.NewSection("Khi có trục trặc"), container.NewHBox(level, widget.NewButton("Báo lỗi…", "", func() { e.Report() })),
		widget.NewNote("Nhật ký và bản báo lỗi không chứa tên người, mã hồ sơ hay nội dung đã nhập.", 400), widget.Gap(12))
	l.object = container.NewBorder(top, nil, nil, nil, l.journal.Object())
	return l
}

func (l *lookPart) show() (fyne.CanvasObject, []fyne.CanvasObject) { return l.object, nil }
func (l *lookPart) fill()                                          { l.journal.Refresh() }
func (l *lookPart) first() fyne.Focusable                          { return l.percent }
