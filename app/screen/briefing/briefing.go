// Package briefing is the screen Báo cáo: reports by occasion at the left, their
// pages in the middle, options and texts at the right, and the figures behind
// them, each of which opens its dossiers.
package briefing

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/papers"
	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// Screen is the screen.
type Screen struct {
	ctx     screen.Context
	session *view.Session
	model   *view.Briefing
	files   *widget.Files

	page    *widget.Page
	body    *fyne.Container
	tabs    *widget.Segments
	list    *widget.Grid
	view    *widget.PDFView
	paged   papers.Name // the report whose pages are in view
	wait    *widget.Paragraph
	long    *fyne.Container
	bar     fyne.CanvasObject
	options *fyne.Container
	date    *widget.DateField
	number  *widget.Field
	blocks  *widget.Grid
	figures *figures
}

// New builds the screen. info tells the calendar what is special about a day.
func New(ctx screen.Context, s *view.Session, model *view.Briefing, files *widget.Files, engine widget.PDFEngine, info widget.DayInfo) *Screen {
	b := &Screen{ctx: ctx, session: s, model: model, files: files, body: container.NewStack()}
	b.view = widget.NewPDFView(engine)
	b.wait = widget.NewParagraph("", 120)
	b.wait.Role = widget.ColorSecondary
	b.bar = b.view.Toolbar()
	b.list = b.reportList()
	b.options = b.buildOptions(info)
	b.figures = newFigures(ctx, model)
	b.tabs = widget.NewSegments([]string{"Trang in", "Số liệu"}, func(i int) { b.show(i) })
	b.page = widget.NewPage("Báo cáo", []fyne.CanvasObject{
		b.tabs, widget.NewButton("Xuất Excel", widget.IconExcel, b.ExportExcel), widget.NewButton("In…", widget.IconPrint, b.Print),
		widget.NewMainButton("Xuất PDF", widget.IconPDF, b.ExportPDF),
	}, nil, b.body)
	b.long = container.NewCenter(container.NewVBox(
		widget.NewParagraph("Kỳ này có nhiều hồ sơ nên tài liệu dài. Có thể xuất PDF ngay, hoặc lập các trang để xem trước.", 420),
		container.NewHBox(widget.NewButton("Lập trang để xem", widget.IconReport, b.makeLong))))
	model.PagesChanged = b.refresh
	model.FiguresChanged = b.figures.refresh
	b.show(0)
	return b
}

// Content implements screen.Screen.
func (b *Screen) Content() fyne.CanvasObject { return b.page }

// Shown implements screen.Screen.
func (b *Screen) Shown() {
	b.model.Shown()
	b.ctx.Focus(b.page, b.list)
}

// Status implements screen.Screen.
func (b *Screen) Status() string {
	return fmt.Sprintf("%s · số liệu tính đến %s", view.PeriodLabel(b.session.Period()), b.session.AsOf())
}

func (b *Screen) reportList() *widget.Grid {
	g := widget.NewGrid([]widget.Column{{ID: "title", Title: "", Width: 200, Flex: 1}})
	g.NoHeader, g.Single = true, true
	names := papers.Reports
	g.SetRows(nameRows{names})
	g.SetCurrent(0)
	g.OnCurrent = func(i int) {
		if i >= 0 {
			b.model.Choose(names[i].Name)
		}
	}
	return g
}

type nameRows struct{ list []papers.Report }

// Len implements widget.Rows.
func (r nameRows) Len() int { return len(r.list) }

// Cells implements widget.Rows.
func (r nameRows) Cells(i int, dst []widget.Cell) { dst[0].Text = r.list[i].Title }

// show switches between pages and figures.
func (b *Screen) show(tab int) {
	if tab == 1 {
		b.body.Objects = []fyne.CanvasObject{b.figures.object}
		b.body.Refresh()
		return
	}
	left := container.NewBorder(widget.NewSection("Báo cáo, biểu, danh sách"), nil, nil, nil, b.list)
	middle := container.NewBorder(nil, container.NewHBox(b.bar, layout.NewSpacer(), container.NewCenter(b.wait)), nil, nil, container.NewStack(b.view, b.long))
	b.body.Objects = []fyne.CanvasObject{container.New(workplace{}, left, middle, b.options)}
	b.body.Refresh()
}

func (b *Screen) buildOptions(info widget.DayInfo) *fyne.Container {
	b.date = widget.NewDateField(b.session.Desk.Today)
	b.date.Info = info
	b.date.SetDay(b.model.Date)
	b.date.OnDay = func(d data.Day) {
		if d != b.model.Date {
			b.model.Date = d
			b.model.Make(context.Background())
		}
	}
	b.number = widget.NewField("để trống: viết tay")
	b.number.OnLeave = func(text string) {
		if text != b.model.Number {
			b.model.Number = text
			b.model.Make(context.Background())
		}
	}
	names := widget.NewCheck("In đầy đủ họ tên", func(on bool) {
		b.model.ShowNames = on
		b.model.Make(context.Background())
	})
	b.blocks = widget.NewGrid([]widget.Column{{ID: "name", Title: "", Width: 200, Flex: 1}})
	b.blocks.NoHeader, b.blocks.Single = true, true
	b.blocks.OnOpen = func(i int) {
		if list := b.model.Blocks(); i < len(list) {
			b.editBlock(list[i].ID)
		}
	}
	b.blocks.SetEmpty("Báo cáo này không có phần lời.", "", nil)
	top := container.NewVBox(
		container.NewGridWithColumns(2, widget.NewFieldBox("Ngày ký", b.date), widget.NewFieldBox("Số văn bản", b.number)),
		names, widget.NewNote("Để trống thì họ tên được che bớt.", 200), widget.NewSection("Phần lời"), widget.NewNote("Enter hoặc bấm đúp để sửa.", 200))
	return container.New(layout.NewCustomPaddedLayout(0, 0, widget.Scaled(12), 0), container.NewBorder(top, nil, nil, nil, b.blocks))
}

type blockRows struct{ m *view.Briefing }

// Len implements widget.Rows.
func (r blockRows) Len() int { return len(r.m.Blocks()) }

// Cells implements widget.Rows.
func (r blockRows) Cells(i int, dst []widget.Cell) {
	block := r.m.Blocks()[i]
	dst[0].Text = r.m.SectionNumber(i) + block.Name
	switch {
	case r.m.Edited(block.ID):
		dst[0].Text += " (đã sửa)"
		dst[0].Strong = true
	case block.Text == "":
		dst[0].Text += " (trống)"
		dst[0].Role = widget.ColorSecondary
	}
}

func (b *Screen) refresh() {
	b.page.Errors.SetError(b.model.Err)
	b.wait.SetText("")
	if b.model.Busy {
		b.wait.SetText("Đang lập trang…")
	}
	if b.model.Pages == nil && !b.model.Busy && b.model.Err == nil {
		b.long.Show()
		b.view.SetPDF(nil, false)
		b.bar.Hide()
	} else {
		b.long.Hide()
		b.bar.Show()
	}
	if !b.model.Busy && b.model.Pages != nil {
		b.view.SetPDF(b.model.Pages, b.paged == b.model.Name)
		b.paged = b.model.Name
	}
	b.blocks.SetRows(blockRows{b.model})
	b.ctx.Status()
}

func (b *Screen) makeLong() {
	widget.RunWithProgress(b.ctx.Window, "Đang lập trang", func(ctx context.Context, report widget.Report) error {
		r := b.model.Request()
		r.Progress = func(done, total int64, what string) { report(done, total, what) }
		pages, _, err := papers.Pages(ctx, b.session.Desk, r)
		if err != nil {
			return err
		}
		widget.Post(func() { b.model.Pages = pages })
		return nil
	}, func(err error) {
		b.model.Err = b.stopped(err)
		b.refresh()
	})
}

// stopped tells briefly that the officer has stopped the work, which is no
// error; it returns every other one.
func (b *Screen) stopped(err error) error {
	if data.CodeOf(err) != data.Cancelled {
		return err
	}
	widget.ShowToast(b.ctx.Window, "Đã dừng, chưa có tệp nào được ghi.", "", nil)
	return nil
}

// editBlock opens the text of a block: at the top the words with their bound
// figures in braces, below how it reads.
func (b *Screen) editBlock(id string) {
	list := b.model.Blocks()
	i := slices.IndexFunc(list, func(x reportBlock) bool { return x.ID == id })
	if i < 0 {
		return
	}
	area := widget.NewArea("", 8)
	area.SetValue(list[i].Text)
	sample := widget.NewParagraph("", 720)
	wrong := widget.NewErrorBar()
	read := func(text string) {
		out, err := b.model.Rendered(id, text)
		wrong.SetError(err)
		if err == nil {
			sample.SetText(out)
		}
	}
	area.OnText = read
	read(list[i].Text)
	var choices []widget.Option
	for _, c := range b.model.FigureChoices() {
		choices = append(choices, widget.Option{Key: c.Key, Text: c.Label})
	}
	insert := widget.NewPicker(choices, nil)
	insert.Placeholder, insert.Width = "Chèn số liệu…", 360
	insert.OnPick = func(o widget.Option) {
		area.SetValue(area.Value() + " {" + o.Key + "}")
		insert.SetKey("")
		read(area.Value())
	}
	back := widget.NewButton("Về lời mẫu", widget.IconUndo, nil)
	content := container.NewVBox(
		widget.NewNote("Chữ trong {…} là số liệu lấy từ bảng, tự cập nhật; câu thiếu số liệu tự bỏ. Mỗi dòng một đoạn.", 720),
		screen.Tall(190, area), container.NewHBox(insert, back), wrong, widget.NewSection("Khi in"), screen.Tall(150, container.NewVScroll(sample)))
	d := widget.ShowDialog(b.ctx.Window, widget.DialogOptions{Title: blockTitle(list[i]), Content: content, Default: "Lưu", Cancel: "Hủy bỏ", Width: 760, First: area,
		OnDefault: func() bool {
			if err := b.model.SetText(id, area.Value()); err != nil {
				wrong.SetError(err)
				return false
			}
			return true
		}})
	back.OnTapped = func() {
		b.model.ResetText(id)
		d.Close()
	}
}

// fileName proposes the name of a file for the chosen report.
func (b *Screen) fileName(extension string) string {
	key := b.session.Period().Key
	if key == "" {
		key = b.session.Period().From.ISO() + "_" + b.session.Period().To.ISO()
	}
	return fmt.Sprintf("%s-%s.%s", b.model.Name, safeName(key), extension)
}

func safeName(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r == ':' || r == '/' || r == '\\' {
			out[i] = '-'
		}
	}
	return string(out)
}

// ExportPDF writes the chosen report to a file that the officer names.
func (b *Screen) ExportPDF() {
	b.files.Save(widget.FileQuestion{Title: "Xuất báo cáo ra PDF", Purpose: "report", Name: b.fileName("pdf"), Filters: []widget.FileFilter{widget.FilterPDF}}, func(path string) {
		b.write(path, func() { widget.ShowToast(b.ctx.Window, "Đã xuất "+filepath.Base(path), "", nil) })
	})
}

func (b *Screen) write(path string, done func()) {
	r := b.model.Request()
	widget.RunWithProgress(b.ctx.Window, "Đang lập báo cáo", func(ctx context.Context, report widget.Report) error {
		r.Progress = func(d, total int64, what string) { report(d, total, what) }
		return papers.Write(ctx, b.session.Desk, r, path)
	}, func(err error) {
		b.page.Errors.SetError(b.stopped(err))
		if err == nil {
			done()
		}
	})
}

// Print makes the chosen report and hands it to a printer.
func (b *Screen) Print() {
	dir, err := os.MkdirTemp("", "giaoban-in-")
	if err != nil {
		b.page.Errors.SetError(disk.Fail("Không tạo được tệp tạm để in trong "+disk.Name(os.TempDir()), err))
		return
	}
	path := filepath.Join(dir, b.fileName("pdf"))
	b.write(path, func() { screen.AskPrint(b.ctx, path, b.page.Errors.SetError) })
}

// ExportExcel writes the dossiers of the period, or the table of figures.
func (b *Screen) ExportExcel() {
	b.files.Save(widget.FileQuestion{Title: "Xuất số liệu ra Excel", Purpose: "report", Name: b.fileName("xlsx"), Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		r := b.model.Request()
		widget.RunWithProgress(b.ctx.Window, "Đang xuất Excel", func(ctx context.Context, say widget.Report) error {
			if report, _ := papers.ReportOf(r.Name); report.Column != "" {
				q := desk.Query{Period: &r.Period, AsOf: r.AsOf, Column: report.Column}
				_, err := papers.ExportList(ctx, b.session.Desk, q, r.AsOf, path, func(d, total int64) { say(d, total, "Đang ghi") })
				return err
			}
			return papers.ExportFigures(b.session.Desk, r, path)
		}, func(err error) {
			b.page.Errors.SetError(err)
			if err == nil {
				widget.ShowToast(b.ctx.Window, "Đã xuất "+filepath.Base(path), "", nil)
			}
		})
	})
}

func blockTitle(b reportBlock) string {
	if b.Section == "" {
		return b.Name
	}
	return b.Section + ": " + b.Name
}
