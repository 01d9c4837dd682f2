// Package importing is the screen Nhập từ Excel: file, columns, dry run, import
// and result, one after the other.
package importing

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// Screen is the screen.
type Screen struct {
	ctx   screen.Context
	model *view.Importing
	files *widget.Files
	page  *widget.Page
	body  *fyne.Container
	asked int // the column of the file that the officer has just changed, 0 for none

	// Leave goes to the register, Undo takes the import back.
	Leave, Undo func()
}

// New builds the screen.
func New(ctx screen.Context, model *view.Importing, files *widget.Files) *Screen {
	s := &Screen{ctx: ctx, model: model, files: files, body: container.NewStack(), Leave: func() {}, Undo: func() {}}
	s.page = widget.NewPage("Nhập từ Excel", nil, nil, s.body)
	model.Changed = s.refresh
	s.refresh()
	return s
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown implements screen.Screen.
func (s *Screen) Shown() { s.refresh() }

// Status implements screen.Screen.
func (s *Screen) Status() string {
	if f := s.model.File(); f != "" {
		return "Nhập từ " + f
	}
	return "Chưa chọn tệp"
}

// ChooseFile asks for a file.
func (s *Screen) ChooseFile() {
	s.files.Open(widget.FileQuestion{Title: "Chọn tệp để nhập", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, s.model.Open)
}

// Drop opens a file that was dropped on the window.
func (s *Screen) Drop(path string) {
	s.model.Restart()
	s.model.Open(path)
}

// Reverted leaves the result of an import or of its dry run after something was
// taken back or done again: what it says no longer holds.
func (s *Screen) Reverted() {
	switch s.model.Step() {
	case view.StepDone:
		s.model.Restart()
	case view.StepCheck:
		s.model.BackToColumns()
	}
}

func (s *Screen) refresh() {
	s.page.Errors.SetError(s.model.Err())
	var main fyne.CanvasObject
	var focus fyne.Focusable
	switch s.model.Step() {
	case view.StepFile:
		s.page.SetActions()
		main, focus = s.fileStep()
	case view.StepColumns:
		main, focus = s.columnStep()
	default:
		main, focus = s.resultStep()
	}
	s.body.Objects = []fyne.CanvasObject{container.NewBorder(container.NewVBox(s.steps(), screen.Gap(4)), nil, nil, nil, main)}
	s.body.Refresh()
	if focus != nil {
		s.ctx.Focus(s.page, focus)
	}
	s.ctx.Status()
}

// steps shows where the officer is.
func (s *Screen) steps() fyne.CanvasObject {
	row := container.NewHBox()
	for i, name := range view.StepNames {
		p := widget.NewParagraph(fmt.Sprintf("%d. %s", i+1, name), 84)
		switch {
		case view.Step(i) == s.model.Step():
			p.Bold, p.Role = true, widget.ColorPrimary
		case view.Step(i) < s.model.Step():
			p.Role = widget.ColorEarly
		default:
			p.Role = widget.ColorSecondary
		}
		row.Add(p)
	}
	return row
}

func (s *Screen) fileStep() (fyne.CanvasObject, fyne.Focusable) {
	choose := widget.NewMainButton("Chọn tệp…", widget.IconImport, s.ChooseFile)
	box := container.NewVBox(
		widget.NewParagraph("Kéo tệp xuất từ hệ thống một cửa của tỉnh vào cửa sổ này, hoặc chọn tệp.", 560),
		widget.NewNote("Nhận Excel (.xlsx), bảng HTML mang tên .xls, Word (.doc), csv và txt; mọi bảng mã tiếng Việt. Chưa có gì được ghi cho đến khi bấm «Nhập» ở bước cuối.", 560),
		screen.Gap(8), container.NewHBox(choose), screen.Gap(16))
	past := s.pastImports()
	if past == nil {
		return box, choose
	}
	return container.NewBorder(container.NewVBox(box, widget.NewSection("Các lần nhập trước")), nil, nil, nil, past), choose
}

func (s *Screen) pastImports() fyne.CanvasObject {
	list := s.model.Past()
	if len(list) == 0 {
		return nil
	}
	g := widget.NewGrid([]widget.Column{{ID: "at", Title: "Lúc", Width: 130}, {ID: "file", Title: "Tệp", Width: 260, Flex: 1},
		{ID: "new", Title: "Mới", Width: 80, Align: widget.Right}, {ID: "change", Title: "Thay đổi", Width: 80, Align: widget.Right},
		{ID: "same", Title: "Không đổi", Width: 80, Align: widget.Right}, {ID: "reject", Title: "Không nhận", Width: 90, Align: widget.Right}})
	g.SetRows(table{len(list), func(i int, dst []widget.Cell) {
		for k, text := range list[i] {
			dst[k].Text = text
		}
	}})
	return g
}

// table is a grid's source made of a function.
type table struct {
	n    int
	cell func(i int, dst []widget.Cell)
}

// Len implements widget.Rows.
func (t table) Len() int { return t.n }

// Cells implements widget.Rows.
func (t table) Cells(i int, dst []widget.Cell) { t.cell(i, dst) }

func (s *Screen) columnStep() (fyne.CanvasObject, fyne.Focusable) {
	m := s.model
	if m.Aggregated() {
		other := widget.NewMainButton("Chọn tệp khác…", widget.IconImport, s.ChooseFile)
		s.page.SetActions(other)
		found := widget.NewParagraph(m.Found(), 760)
		found.Role = widget.ColorSoon
		return container.NewVBox(found), other
	}
	next := widget.NewMainButton("Kiểm tra", widget.IconCheck, m.Check)
	s.page.SetActions(widget.NewButton("Chọn tệp khác", widget.IconBack, m.Restart), next)
	head := container.NewVBox(widget.NewParagraph(m.Found(), 760))
	for _, w := range m.Mapping().Warnings {
		p := widget.NewParagraph(w, 760)
		p.Role = widget.ColorSoon
		head.Add(p)
	}
	choices := widget.Row(-1)
	if sheets := m.Sheets(); len(sheets) > 1 {
		p := widget.NewPicker(options(sheets), func(o widget.Option) {
			if n, err := strconv.Atoi(o.Key); err == nil {
				m.ChooseSheet(n)
			}
		})
		p.Prefix, p.Width = "Trang tính", 260
		p.SetKey(fmt.Sprint(m.Mapping().Sheet))
		choices.Add(p)
	}
	order := widget.NewPicker([]widget.Option{{Key: "0", Text: "tự nhận"}, {Key: "1", Text: "ngày trước, tháng sau"}, {Key: "2", Text: "tháng trước, ngày sau"}}, func(o widget.Option) {
		n, _ := strconv.Atoi(o.Key)
		m.ChooseOrder(exchange.Order(n))
	})
	order.Prefix, order.Width = "Ngày tháng", 250
	order.SetKey(fmt.Sprint(int(m.Order())))
	choices.Add(order)
	for _, u := range m.Unknown() {
		choices.Add(widget.NewButton(fmt.Sprintf("Tình trạng «%s» nghĩa là gì? (%d dòng)", u.Name, u.Rows), widget.IconWarning, func() { s.askState(u.Name) }))
	}
	head.Add(choices)
	head.Add(widget.NewSection("Mỗi cột của tệp dùng cho việc gì (Enter hoặc bấm đúp để đổi)"))
	columns := m.Mapping().Columns
	facts := widget.NewGrid([]widget.Column{{ID: "n", Title: "Cột", Width: 48, Align: widget.Right}, {ID: "heading", Title: "Tiêu đề trong tệp", Width: 240, Flex: 1},
		{ID: "fact", Title: "Dùng làm", Width: 210}, {ID: "samples", Title: "Giá trị mẫu", Width: 360, Flex: 2}})
	facts.Single = true
	facts.OnOpen = func(i int) { s.askFact(columns[i]) }
	facts.SetRows(table{len(columns), func(i int, dst []widget.Cell) {
		c := columns[i]
		dst[0].Text, dst[1].Text = fmt.Sprint(c.Number), c.Heading
		dst[2] = widget.Cell{Text: c.Fact.String(), Strong: c.Fact != exchange.FactIgnore}
		if c.Fact == exchange.FactIgnore {
			dst[2] = widget.Cell{Text: "không dùng", Role: widget.ColorSecondary}
		}
		dst[3].Text = samples(c.Samples)
	}})
	first := fyne.Focusable(next)
	if s.asked > 0 {
		// Whoever sets columns goes on from there.
		facts.SetCurrent(slices.IndexFunc(columns, func(c exchange.Column) bool { return c.Number == s.asked }))
		first, s.asked = facts, 0
	}
	preview := m.Preview()
	rows := widget.NewGrid([]widget.Column{{ID: "row", Title: "Dòng", Width: 54, Align: widget.Right}, {ID: "code", Title: "Mã hồ sơ", Width: 170}, {ID: "owner", Title: "Chủ hồ sơ", Width: 160, Flex: 1},
		{ID: "procedure", Title: "Thủ tục", Width: 180, Flex: 2}, {ID: "received", Title: "Ngày nhận", Width: widthMoment}, {ID: "due", Title: "Hẹn trả", Width: widthMoment}, {ID: "state", Title: "Tình trạng hoặc lý do không nhận", Width: 220, Flex: 1}})
	rows.SetRows(table{len(preview), func(i int, dst []widget.Cell) {
		r := preview[i]
		dst[0].Text, dst[1].Text, dst[2].Text = fmt.Sprint(r.Row), r.Dossier.Code, r.Dossier.Owner.Name
		dst[3].Text = r.Procedure
		if dst[3].Text == "" {
			dst[3].Text = r.Dossier.Content
		}
		dst[4].Text, dst[5].Text = r.Dossier.Received.String(), r.Dossier.Due.String()
		dst[6].Text = r.Dossier.On(data.MaxDay).Status.String()
		if r.Verdict != exchange.Accepted {
			dst[6] = widget.Cell{Text: r.Reason, Role: widget.ColorLate}
		}
	}})
	halves := container.NewVSplit(facts, container.NewBorder(widget.NewSection("Các dòng đầu, đọc theo cách trên"), nil, nil, nil, rows))
	halves.Offset = 0.55
	return container.NewBorder(head, screen.Gap(8), nil, nil, halves), first
}

// widthMoment is the width of a column with a date and a time.
const widthMoment = 132

func options(list []view.Choice) []widget.Option {
	var out []widget.Option
	for _, c := range list {
		out = append(out, widget.Option{Key: c.Key, Text: c.Label})
	}
	return out
}

func samples(list []string) string {
	out := ""
	for i, s := range list {
		if i > 0 {
			out += "  ·  "
		}
		out += s
	}
	return out
}

func (s *Screen) askFact(c exchange.Column) {
	var list []widget.Option
	for _, f := range exchange.Facts() {
		name := f.String()
		if f == exchange.FactIgnore {
			name = "không dùng"
		}
		list = append(list, widget.Option{Key: f.Key(), Text: name})
	}
	picker := widget.NewPicker(list, nil)
	picker.SetKey(c.Fact.Key())
	picker.Width = 320
	widget.ShowForm(s.ctx.Window, fmt.Sprintf("Cột %d «%s»", c.Number, c.Heading), []fyne.CanvasObject{widget.NewFieldBox("Dùng làm", picker)}, "Đổi", func() error {
		if f, ok := exchange.ParseFact(picker.Key()); ok && f != c.Fact {
			s.asked = c.Number
			s.model.ChooseFact(c.Number, f)
		}
		return nil
	})
}

func (s *Screen) askState(name string) {
	var list []widget.Option
	for st := data.Registered; st <= data.Delivered; st++ {
		list = append(list, widget.Option{Key: fmt.Sprint(int(st)), Text: st.String()})
	}
	picker := widget.NewPicker(list, nil)
	picker.Width = 320
	widget.ShowForm(s.ctx.Window, "Tình trạng «"+name+"»", []fyne.CanvasObject{widget.NewFieldBox("Nghĩa là", picker)}, "Ghi nhớ", func() error {
		n, err := strconv.Atoi(picker.Key())
		if err != nil {
			return data.Fail(data.Invalid, "Chọn một tình trạng trong danh sách.", err)
		}
		s.model.Explain(name, data.Status(n))
		return nil
	})
}

// fates of the five big figures, and what becomes of their rows before and
// after the import.
var fates = []struct {
	fate                desk.Fate
	label, before, then string
}{
	{desk.New, "Mới", "sẽ thêm vào sổ", "đã thêm vào sổ"},
	{desk.Changed, "Thay đổi", "sẽ cập nhật hồ sơ đã có", "đã cập nhật hồ sơ đã có"},
	{desk.Same, "Không đổi", "giống hệt trong sổ", "giống hệt trong sổ"},
	{desk.Duplicate, "Trùng dòng", "mã đã có ở dòng khác", "mã đã có ở dòng khác"},
	{desk.Rejected, "Không nhận", "cần sửa trong tệp", "chưa nhập, cần sửa trong tệp"},
}

func (s *Screen) resultStep() (fyne.CanvasObject, fyne.Focusable) {
	m := s.model
	counts := m.Counts()
	cards := container.New(layout.NewGridLayoutWithColumns(len(fates)))
	for i, f := range fates {
		text := f.before
		if m.Step() == view.StepDone {
			text = f.then
		}
		cards.Add(widget.NewFigureCard(widget.KeyFigure{Label: f.label, Value: data.FormatInt(int64(counts[i])), Change: text,
			Chosen: m.Listed() == int(f.fate), Tip: "Bấm để xem các dòng này, bấm lần nữa để xem mọi dòng"}, func() { s.list(f.fate) }))
	}
	save := widget.NewButton("Lưu dòng không nhận…", widget.IconExcel, s.saveRejected)
	if counts[desk.Rejected] == 0 {
		save.Disable()
	}
	var focus *widget.Button
	if m.Step() == view.StepDone {
		focus = widget.NewMainButton("Về sổ hồ sơ", widget.IconRegister, s.Leave)
		undo := widget.NewButton("Hoàn tác lần nhập này", widget.IconUndo, s.Undo)
		if counts[desk.New]+counts[desk.Changed] == 0 {
			undo.Disable()
		}
		s.page.SetActions(undo, save, widget.NewButton("Nhập tệp khác", widget.IconImport, m.Restart), focus)
	} else {
		focus = widget.NewMainButton("Nhập", widget.IconImport, m.Apply)
		back := widget.NewButton("Quay lại cột", widget.IconBack, m.BackToColumns)
		s.page.SetActions(save, back, focus)
		if counts[desk.New]+counts[desk.Changed] == 0 {
			focus.Disable()
			focus = back
		}
	}
	head := container.NewVBox(widget.NewParagraph(m.Summary(), 760))
	for _, w := range m.Result().Warnings {
		p := widget.NewParagraph(w, 760)
		p.Role = widget.ColorSoon
		head.Add(p)
	}
	head.Add(screen.Gap(4))
	head.Add(cards)
	head.Add(screen.Gap(4))
	return container.NewBorder(head, screen.Gap(8), nil, nil, s.lines()), focus
}

// list shows the rows of one fate, or of all again.
func (s *Screen) list(f desk.Fate) {
	if s.model.Listed() == int(f) {
		s.model.List(-1)
		return
	}
	s.model.List(int(f))
}

// lines is the list of rows of the file with what becomes of each.
func (s *Screen) lines() fyne.CanvasObject {
	m := s.model
	columns := []widget.Column{{ID: "row", Title: "Dòng", Width: 64, Align: widget.Right}, {ID: "fate", Title: "Kết quả", Width: 100}, {ID: "code", Title: "Mã hồ sơ", Width: 176}}
	what := "Thay đổi, lý do"
	if m.Listed() == int(desk.Rejected) {
		what = "Lý do và cách sửa"
	} else {
		columns = append(columns, widget.Column{ID: "owner", Title: "Chủ hồ sơ", Width: 150, Flex: 1}, widget.Column{ID: "received", Title: "Ngày nhận", Width: widthMoment})
	}
	columns = append(columns, widget.Column{ID: "what", Title: what, Width: 300, Flex: 3})
	g := widget.NewGrid(columns)
	g.SetEmpty("Không có dòng nào thuộc loại này.", "Xem mọi dòng", func() { m.List(-1) })
	g.SetRows(table{m.Lines(), func(i int, dst []widget.Cell) {
		l, text := m.Line(i)
		cells := map[string]string{"row": data.FormatInt(int64(l.Row)), "fate": l.Fate.String(), "code": l.Code, "owner": l.Owner, "received": l.Received, "what": text}
		for k, c := range columns {
			dst[k].Text = cells[c.ID]
		}
		if l.Fate == desk.Rejected {
			dst[1].Role = widget.ColorLate
		}
	}})
	return g
}

func (s *Screen) saveRejected() {
	s.files.Save(widget.FileQuestion{Title: "Lưu các dòng không nhận", Purpose: "export", Name: "dong-khong-nhan.xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		s.model.WriteRejected(path, func(err error) {
			if err != nil {
				s.page.Errors.SetError(err)
				return
			}
			widget.ShowToast(s.ctx.Window, "Đã lưu "+path, "", nil)
		})
	})
}
