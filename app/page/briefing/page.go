// Package briefing is the page Báo cáo: reports by occasion at the left, their pages
// in the middle, options and texts at the right; the figures behind them, each of
// which opens its dossiers; and what was issued, by month.
package briefing

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/kit/pack"
	"giaoban/app/kit/sheets"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/briefing"
)

// page is the page.
type page struct {
	e *env.Env
	m *model

	page    *widget.Page
	body    *fyne.Container
	pages   fyne.CanvasObject
	list    *widget.Grid
	rows    []row
	view    *widget.PDFView
	paged   papers.Name // the report whose pages are in view
	wait    *widget.Paragraph
	long    *fyne.Container
	bar     fyne.CanvasObject
	date    *widget.DateField
	number  *widget.Field
	blocks  *widget.Grid
	choose  *widget.Button // of parts
	figures *figures
	sheets  *sheets.View
	tab     int
	issued  *list.List[papers.Issued]
}

// row is a line of the list of reports: a report, or the heading of an occasion.
type row struct {
	title string
	name  papers.Name
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, m: newModel(e.Session), body: container.NewStack(), view: widget.NewPDFView(e.Engine), wait: widget.NewNote("", 120)}
	p.bar = p.view.Toolbar()
	p.view.OnSpot = func(page int, y float64) { p.editBlock(p.m.BlockAt(page, y)) }
	p.long = container.NewCenter(container.NewVBox(
		widget.NewParagraph("Kỳ này có nhiều hồ sơ nên tài liệu dài. Có thể xuất PDF ngay, hoặc lập các trang để xem trước.", 420),
		container.NewHBox(widget.NewButton("Lập trang để xem", widget.IconReport, func() { p.m.Make(context.Background(), nil) }))))
	middle := container.NewBorder(nil, container.NewHBox(p.bar, layout.NewSpacer(), container.NewCenter(p.wait)), nil, nil, container.NewStack(p.view, p.long))
	p.pages = container.New(workplace{}, p.reportList(), middle, p.options())
	p.figures, p.issued, p.sheets = newFigures(p), p.issuedList(), sheets.New(e)
	tabs := widget.NewSegments([]string{"Trang in", "Số liệu", "Đã in, đã xuất"}, p.show)
	p.page = widget.NewPage("Báo cáo", []fyne.CanvasObject{
		tabs, widget.NewButton("Gói tài liệu họp…", widget.IconPDF, func() { pack.Open(e, "") }), widget.NewButton("Xuất Excel", widget.IconExcel, p.exportExcel), widget.NewButton("In…", widget.IconPrint, p.PrintPage),
		widget.NewMainButton("Xuất PDF", widget.IconPDF, p.exportPDF),
	}, nil, p.body)
	p.m.PagesChanged, p.m.FiguresChanged = p.refresh, p.figures.refresh
	p.show(0)
	return p
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.page }

// Save implements env.Page.
func (p *page) Save() env.State { return p.m.Name }

// Restore implements env.Page.
func (p *page) Restore(s env.State) {
	for i, r := range p.rows {
		if s == r.name {
			p.list.SetCurrent(i)
		}
	}
}

// Stale implements env.Page.
func (p *page) Stale(desk.Changes) { p.m.Refresh() }

// Shown implements env.Page.
func (p *page) Shown() { p.e.Focus(p.page, p.list) }

// Status implements env.Page.
func (p *page) Status() string {
	return fmt.Sprintf("%s · số liệu tính đến %s", env.PeriodLabel(p.e.Session.Period()), p.e.Session.AsOf())
}

// show switches between pages, figures and what was issued.
func (p *page) show(tab int) {
	p.tab = tab
	shown := []fyne.CanvasObject{p.pages, p.figures.object, p.issued.Object()}[tab]
	switch {
	case tab == 2:
		p.issued.Refresh()
	case tab == 1 && p.m.HasTables():
		shown = p.sheets.Object()
		p.m.MakeSheets(p.sheets.Set, p.page.Errors.SetError)
	}
	widget.ShowOnly(p.body, shown)
}

// reportList lists the reports under the occasions that they are for.
func (p *page) reportList() fyne.CanvasObject {
	last := papers.Occasion("")
	for _, r := range papers.Reports {
		if r.Occasion != last {
			last = r.Occasion
			p.rows = append(p.rows, row{title: string(last)})
		}
		p.rows = append(p.rows, row{r.Title, r.Name})
	}
	g := widget.NewGrid([]widget.Column{{ID: "title", Title: "", Width: 200, Flex: 1}})
	g.NoHeader, g.Single = true, true
	g.SetRows(widget.Few{N: len(p.rows), Cell: func(i int, dst []widget.Cell) {
		dst[0] = widget.Cell{Text: p.rows[i].title}
		if p.rows[i].name == "" {
			dst[0].Strong, dst[0].Role = true, widget.ColorSecondary
		}
	}})
	at := 1
	g.SetCurrent(at)
	g.OnCurrent = func(i int) {
		if i < 0 {
			return
		}
		if p.rows[i].name == "" { // the cursor passes over headings
			next := i + 1
			if i < at && i > 0 {
				next = i - 1
			}
			g.SetCurrent(next)
			return
		}
		at = i
		p.m.Choose(p.rows[i].name)
	}
	p.list = g
	return g
}

func (p *page) options() fyne.CanvasObject {
	p.date = p.e.DateField()
	p.date.OnDay = func(d data.Day) {
		if d.Known() && d != p.m.Date() {
			p.e.Do(func(ctx context.Context) error { return p.m.SetDate(ctx, d) }, "", p.page.Errors.SetError)
		}
	}
	p.number = widget.NewField("để trống: viết tay")
	p.number.OnLeave = func(text string) {
		if text != p.m.Number() {
			p.e.Do(func(ctx context.Context) error { return p.m.SetNumber(ctx, text) }, "", p.page.Errors.SetError)
		}
	}
	names := widget.NewCheck("In đầy đủ họ tên", func(on bool) {
		p.m.ShowNames = on
		p.m.Make(context.Background(), nil)
	})
	books := widget.NewCheck("Che họ tên cả trong sổ", func(on bool) {
		p.m.Masked = on
		p.m.Make(context.Background(), nil)
	})
	p.blocks = widget.NewGrid([]widget.Column{{ID: "name", Title: "", Width: 200, Flex: 1}})
	p.blocks.NoHeader, p.blocks.Single = true, true
	p.blocks.OnOpen = func(i int) { p.editBlock(p.m.Blocks()[i].ID) }
	p.blocks.OnCurrent = func(i int) {
		if list := p.m.Blocks(); i >= 0 && i < len(list) && p.e.Window.Canvas().Focused() == fyne.Focusable(p.blocks) {
			if at, ok := p.m.PlaceOf(list[i].ID); ok {
				p.view.GoToSpot(at.Page, at.Y)
			}
		}
	}
	p.choose = widget.NewButton("Các phần…", "", func() { p.chooseParts() })
	p.blocks.SetEmpty("Báo cáo này không có phần lời.", "", nil)
	top := container.NewVBox(
		widget.Row(1, widget.NewFieldBox("Ngày ký", p.date), widget.NewFieldBox("Số văn bản", p.number)),
		names, books, widget.NewNote("Để trống thì họ tên được che bớt; sổ theo dõi và sổ thư xin lỗi ghi đủ, trừ khi chọn che. Ngày ký, số và lời sửa được giữ riêng cho từng kỳ.", 200), container.NewBorder(nil, nil, nil, p.choose, widget.NewSection("Phần lời")),
		widget.NewNote("Enter, hoặc bấm đúp ở đây hay ngay trên trang, để sửa.", 200))
	return container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), container.NewBorder(top, nil, nil, nil, p.blocks))
}

// blockCell draws a line of the list of texts.
func (p *page) blockCell(i int, dst []widget.Cell) {
	block := p.m.Blocks()[i]
	dst[0].Text = p.m.SectionNumber(i) + block.Name
	switch scope := p.m.Scope(block.ID); {
	case scope == ThisPeriod:
		dst[0].Text += " (sửa cho kỳ này)"
		dst[0].Strong = true
	case scope == EveryPeriod:
		dst[0].Text += " (sửa cho mọi kỳ)"
		dst[0].Strong = true
	case scope == LastPeriod && len(p.m.Turns(block.ID)) > 0:
		dst[0].Text += " (lời kỳ trước, số liệu đã đổi chiều)"
		dst[0].Strong, dst[0].Role = true, widget.ColorLate
	case scope == LastPeriod:
		dst[0].Text += " (lời kỳ trước)"
	case block.Text == "":
		dst[0].Text += " (trống)"
		dst[0].Role = widget.ColorSecondary
	}
}

func (p *page) refresh() {
	m := p.m
	p.page.Errors.SetError(m.Err)
	p.wait.SetText("")
	if m.Busy {
		p.wait.SetText("Đang lập trang…")
	}
	long := m.Drawn.PDF == nil && !m.Busy && m.Err == nil
	widget.SetVisible(p.long, long)
	widget.SetVisible(p.bar, !long)
	if long {
		p.view.SetPDF(nil, false)
	}
	if !m.Busy && m.Drawn.PDF != nil {
		p.view.SetPDF(m.Drawn.PDF, p.paged == m.Name)
		p.paged = m.Name
	}
	if p.date.SetDay(m.Date()); p.e.Window.Canvas().Focused() != fyne.Focusable(p.number) {
		p.number.SetValue(m.Number())
	}
	p.blocks.ReplaceRows(widget.Few{N: len(m.Blocks()), Cell: p.blockCell})
	if p.tab == 1 && !m.Busy {
		p.show(1)
	}
	widget.SetAble(p.choose, len(m.Drawn.Every) > 0 && len(m.Blocks()) > 0)
	p.e.Status()
}

// issuedList lists what was printed and exported, by month.
func (p *page) issuedList() *list.List[papers.Issued] {
	return list.Of(p.e, list.Options[papers.Issued]{ID: "issued", Title: "Báo cáo đã in, đã xuất", What: "báo cáo",
		Load: func() ([]papers.Issued, error) { return papers.IssuedReports(p.e.Desk), nil },
		Key:  func(x *papers.Issued) uint64 { return x.Key() },
		Columns: []list.Column[papers.Issued]{
			{ID: "month", Title: "Tháng", Width: 90, Text: func(x *papers.Issued) string { return x.Month[5:] + "/" + x.Month[:4] }, Compare: func(a, b *papers.Issued) int { return strings.Compare(a.Path, b.Path) }},
			{ID: "at", Title: "Ngày, giờ", Width: 120, Text: func(x *papers.Issued) string { return x.At }},
			{ID: "name", Title: "Báo cáo", Width: 300, Flex: 1, Text: func(x *papers.Issued) string { return x.Name }},
		},
		Filters: []list.Filter[papers.Issued]{{Key: "month", Label: "Tháng", Groups: true, Of: func(x *papers.Issued) []string { return []string{x.Month} },
			Choices: func() (out []kit.Choice) {
				for _, x := range papers.IssuedReports(p.e.Desk) {
					if n := len(out); n == 0 || out[n-1].Key != x.Month {
						out = append(out, kit.Choice{Key: x.Month, Text: x.Month[5:] + "/" + x.Month[:4]})
					}
				}
				return out
			}}},
		Open: func(x *papers.Issued) {
			path, name := x.Path, x.Name
			p.e.ShowPDF(name, name, func(context.Context, bool) ([]byte, error) {
				return p.e.Desk.ReadSealed(path, name)
			})
		},
		Empty: "Chưa in hay xuất báo cáo nào. Mỗi bản in, bản PDF được giữ một bản sao ở đây theo tháng.",
	})
}

// fileName proposes the name of a file for the chosen report.
func (p *page) fileName(extension string) string {
	return fmt.Sprintf("%s-%s.%s", p.m.Name, strings.NewReplacer(":", "-", "/", "-", "\\", "-", "..", "_").Replace(desk.PeriodName(p.e.Session.Period())), extension)
}

// ready lists what the report would leave empty and what must be read again, each with
// the way there, and goes on when the officer says so.
func (p *page) ready(then func()) {
	lacks, turns := papers.Lacks(p.e.Desk, p.m.Name), p.m.Drawn.Turns
	if len(lacks) == 0 && len(turns) == 0 {
		then()
		return
	}
	var d *widget.Dialog
	box := container.NewVBox()
	if len(turns) > 0 {
		box.Add(widget.NewParagraph("Lời giữ từ kỳ trước, số liệu kỳ này đã đổi chiều, cần đọc lại:", 460))
	}
	for i, said := range papers.TurnTexts(turns) {
		block := turns[i].Block
		box.Add(widget.Row(0, widget.NewParagraph("– "+said, 340), widget.NewButton("Sửa lời…", "", func() {
			d.Close()
			p.editBlock(block)
		})))
	}
	if len(lacks) > 0 {
		box.Add(widget.NewParagraph("Báo cáo sẽ để trống những chỗ sau:", 460))
	}
	for _, what := range lacks {
		box.Add(widget.Row(0, widget.NewParagraph("– "+what, 280), widget.NewButton("Điền ở Thiết lập…", widget.IconSettings, func() {
			d.Close()
			p.e.Go(env.Route{Page: env.Settings})
		})))
	}
	d = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Kiểm tra trước khi in", Content: box, Default: "Vẫn tiếp tục", Cancel: "Hủy bỏ", Width: 480,
		OnDefault: func() bool { d.Close(); then(); return false }})
}

// save asks for a file and writes it behind a bar.
func (p *page) save(title, extension string, filter widget.FileFilter, write func(ctx context.Context, path string, say widget.Report) error, done func()) {
	p.e.Files.Save(widget.FileQuestion{Title: title, Purpose: "report", Name: p.fileName(extension), Filters: []widget.FileFilter{filter}}, func(path string) {
		p.run(path, write, func() {
			p.e.Toast("Đã xuất " + filepath.Base(path))
			done()
		})
	})
}

func (p *page) run(path string, write func(ctx context.Context, path string, say widget.Report) error, done func()) {
	p.e.Run("Đang lập báo cáo", func(ctx context.Context, say widget.Report) error { return write(ctx, path, say) }, func(err error) {
		if p.done(err) {
			done()
		}
	})
}

// done tells what went wrong, and reports whether nothing did.
func (p *page) done(err error) bool {
	if data.CodeOf(err) == data.Cancelled {
		p.e.Toast("Đã dừng, chưa có tệp nào được ghi.")
		return false
	}
	p.page.Errors.SetError(err)
	return err == nil
}

// drawn draws the chosen report.
func (p *page) drawn(then func(env.Printed)) {
	r := p.m.Request()
	p.e.Draw(r.Label(), func(ctx context.Context, say widget.Report) ([]byte, error) {
		r.Progress = say
		drawn, err := papers.Pages(ctx, p.e.Desk, r)
		return drawn.PDF, err
	}, func(x env.Printed, err error) {
		if p.done(err) {
			then(x)
		}
	})
}

// keep keeps a copy of what was issued.
func (p *page) keep(x env.Printed) {
	p.page.Errors.SetError(papers.KeepIssued(p.e.Desk, strings.TrimSuffix(p.fileName(""), "."), x.PDF))
}

// exportPDF writes the chosen report to a file that the officer names.
func (p *page) exportPDF() {
	p.ready(func() {
		var made env.Printed
		p.save("Xuất báo cáo ra PDF", "pdf", widget.FilterPDF, func(ctx context.Context, path string, say widget.Report) error {
			r := p.m.Request()
			r.Progress = say
			return p.e.Desk.WriteOut(ctx, desk.Issue{What: r.Label()}, path, func(ctx context.Context, w io.Writer) error {
				drawn, err := papers.Pages(ctx, p.e.Desk, r)
				if made.PDF = drawn.PDF; err == nil {
					_, err = w.Write(made.PDF)
				}
				return err
			})
		}, func() { p.keep(made) })
	})
}

// PrintPage implements env.Printer: it makes the chosen report and hands it to a
// printer.
func (p *page) PrintPage() {
	p.ready(func() {
		p.drawn(func(x env.Printed) {
			p.keep(x)
			p.e.PrintPDF(strings.TrimSuffix(p.fileName(""), "."), x, p.page.Errors.SetError)
		})
	})
}

// exportExcel writes the dossiers of the report, or the table of figures.
func (p *page) exportExcel() {
	p.save("Xuất số liệu ra Excel", "xlsx", widget.FilterExcel, func(ctx context.Context, path string, say widget.Report) error {
		r := p.m.Request()
		r.Progress = say
		return papers.Workbook(ctx, p.e.Desk, r, path)
	}, func() {})
}

// editBlock opens the text of a block: its words with the figures as fields, and
// below how it reads. It is kept for this period, or for every one.
func (p *page) editBlock(id string) {
	list := p.m.Blocks()
	i := slices.IndexFunc(list, func(x briefing.Block) bool { return x.ID == id })
	if i < 0 {
		return
	}
	block := list[i]
	figures := map[string]briefing.Figure{}
	var choices []widget.Option
	for _, f := range p.m.Figures() {
		figures[f.Name] = f
		if !f.Missing {
			choices = append(choices, widget.Option{Key: f.Name, Text: f.Label, Detail: f.Value})
		}
	}
	text := widget.NewFigureText()
	text.Value = func(part briefing.Part) string {
		f, ok := figures[part.Figure]
		switch {
		case !ok:
			return "số liệu không có"
		case f.Value == "":
			return f.Label
		}
		return f.Value
	}
	text.Tell = func(part briefing.Part) string { return TellPart(figures, part) }
	turned := p.m.TurnedFigures(id)
	text.Turned = func(part briefing.Part) bool { return turned[part.Figure] }
	text.Printed = func(parts []briefing.Part) []bool { return briefing.Printed(parts, p.m.Drawn.Figures) }
	scroll := container.NewVScroll(text)
	text.OnCaret = func(y, h float32) {
		if top := scroll.Offset.Y; y < top || y+h > top+scroll.Size().Height {
			scroll.ScrollToOffset(fyne.NewPos(0, max(0, y+h-scroll.Size().Height/2)))
		}
	}
	sample := widget.NewParagraph("", 720)
	wrong := widget.NewErrorBar()
	draft := p.e.Draft("loi-bao-cao-" + string(p.m.Name) + "-" + id)
	text.OnChange = func() {
		now := briefing.Join(text.Parts())
		if now == block.Text {
			draft.Keep("")
		} else {
			draft.Keep(now)
		}
		out, err := p.m.Rendered(now)
		if wrong.SetError(err); err == nil {
			sample.SetText(out)
		}
	}
	fill := func(template string) {
		parts, err := briefing.Parts(template)
		if err != nil { // it is shown as it stands, so that nothing of it is lost
			parts = []briefing.Part{{Text: template}}
		}
		text.SetParts(parts)
	}
	fill(cmp.Or(draft.Read(), block.Text))
	insert := widget.NewPicker(choices, nil)
	insert.Placeholder, insert.Width = "Chèn số liệu…", 420
	insert.OnPick = func(o widget.Option) {
		text.Insert(o.Key)
		insert.SetKey("")
		p.e.Window.Canvas().Focus(text)
	}
	back := widget.NewButton("Về lời mẫu", widget.IconUndo, nil)
	widget.SetAble(back, p.m.Scope(id) != Drafted)
	doubt := ""
	if turns := p.m.Turns(id); len(turns) > 0 {
		doubt = "Câu tô màu là lời của kỳ trước, cần đọc lại: " + strings.Join(turns, " ")
	}
	content := container.NewVBox(
		widget.NewNote("Số trên nền nhạt là số liệu lấy từ bảng, tự cập nhật; kéo để chuyển chỗ, rê chuột để xem tên. Phần giữa hai ngoặc mảnh chỉ in khi có số liệu của nó; chữ nhạt là phần kỳ này không in. Mỗi dòng một đoạn.", 720),
		widget.NewNote(doubt, 720), widget.Tall(180, scroll), container.NewHBox(insert, back), wrong, widget.NewSection("Khi in"), widget.Tall(120, container.NewVScroll(sample)))
	var d *widget.Dialog
	store := func(every bool) {
		template := briefing.Join(text.Parts())
		p.e.Do(func(ctx context.Context) error {
			err := p.m.SetText(ctx, block, template, every)
			if err == nil {
				p.e.Session.Post(func() { draft.Keep("") })
			}
			return err
		}, "", nil)
	}
	save := func(every bool) func() {
		return func() {
			if _, err := p.m.Rendered(briefing.Join(text.Parts())); err != nil {
				wrong.SetError(err)
				return
			}
			store(every)
			d.Close()
		}
	}
	forAll := widget.NewButton("Lưu cho mọi kỳ", widget.IconSave, nil)
	d = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: blockTitle(block), Content: content, Default: "Lưu chỉ kỳ này", Cancel: "Hủy bỏ", Width: 760, First: text,
		Extra: []*widget.Button{forAll}, OnCancel: func() { draft.Keep("") }, OnDefault: func() bool { save(false)(); return false }})
	forAll.OnTapped = save(true)
	back.OnTapped = func() {
		draft.Keep("")
		p.e.Do(func(ctx context.Context) error { return p.m.ResetText(ctx, id) }, "", nil)
		d.Close()
	}
}

func blockTitle(b briefing.Block) string {
	if b.Section == "" {
		return b.Name
	}
	return b.Section + ": " + b.Name
}

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
	columns := []widget.Column{{ID: "name", Title: "Lĩnh vực, đơn vị", Width: 200, Min: 150, Flex: 1}}
	titles := []string{"Tiếp nhận tổng số", "Mới trực tuyến", "Trực tiếp, bưu chính", "Kỳ trước chuyển", "Đã giải quyết", "Trước hạn", "Đúng hạn", "Quá hạn", "Đang giải quyết", "Trong hạn", "Quá hạn chưa xong"}
	for i, col := range data.FormColumns {
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
	for _, col := range data.FormColumns {
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
		for k, col := range data.FormColumns {
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

// workplace lays the list of reports, the pages and the options beside each other. With
// large text on a small monitor the sides give way, so that nothing scrolls
// sideways.
type workplace struct{}

// The widths of the sides, px at 100 %: wished for, and least.
const (
	listWide, listLeast       = 208, 172
	optionsWide, optionsLeast = 288, 228
	pageLeast                 = 260
	besidePage                = 8
)

// MinSize implements fyne.Layout.
func (workplace) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(widget.Scaled(listLeast+pageLeast+optionsLeast+besidePage), 0)
	for _, c := range o {
		s.Height = max(s.Height, c.MinSize().Height)
	}
	return s
}

// Layout implements fyne.Layout.
func (workplace) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side := func(share, least, wide float32) float32 {
		return float32(int(min(max(s.Width*share, widget.Scaled(least)), widget.Scaled(wide))))
	}
	left, right, gap := side(0.19, listLeast, listWide), side(0.27, optionsLeast, optionsWide), widget.Scaled(besidePage)
	x := float32(0)
	for i, w := range []float32{left, max(s.Width-left-right-gap, 0), right} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, s.Height))
		if x += w; i == 0 {
			x += gap
		}
	}
}
