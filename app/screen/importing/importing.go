// Package importing is the screen Nhập từ Excel: file, columns, dry run, import
// and result, one after the other.
package importing

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

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
	asked int  // the column of the file that the officer has just changed, 0 for none
	notes bool // of a table of counts: what is wrong with its sums shows

	// Leave goes to the register, Undo takes the import back.
	Leave, Undo func()
	// LeaveTo says where Leave leads.
	LeaveTo func() string
	// FoundFrom sets up an office of its own for a file that is no part of the
	// demonstration.
	FoundFrom func(paths []string)
	// Reconcile compares a file, or a pasted text, with the register; both empty
	// lets the officer choose. Reported shows the figures that units reported, the
	// one with an id or the list.
	Reconcile func(path, text string, opt desk.ImportOptions)
	Reported  func(id uint64)
}

// New builds the screen.
func New(ctx screen.Context, model *view.Importing, files *widget.Files) *Screen {
	s := &Screen{ctx: ctx, model: model, files: files, body: container.NewStack(), Leave: func() {}, Undo: func() {}, LeaveTo: func() string { return "Về sổ hồ sơ" },
		Reconcile: func(string, string, desk.ImportOptions) {}, Reported: func(uint64) {}}
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
	s.files.OpenMany(widget.FileQuestion{Title: "Chọn tệp để nhập", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, s.model.OpenAll)
}

// Paste imports the table on the clipboard.
func (s *Screen) Paste() {
	text := fyne.CurrentApp().Clipboard().Content()
	if s.model.Step() != view.StepFile && strings.TrimSpace(text) != "" {
		s.model.Restart()
	}
	s.model.Paste(text)
}

// Drop opens files that were dropped on the window, one after the other.
func (s *Screen) Drop(paths []string) {
	s.model.Restart()
	s.model.OpenAll(paths)
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
		main, focus = s.fileStep()
	case view.StepColumns:
		main, focus = s.columnStep()
		if s.model.Aggregated() {
			main, focus = s.countStep()
		}
	default:
		main, focus = s.resultStep()
	}
	var refused *data.Error
	if path, _, _ := s.model.Source(); errors.As(s.model.Err(), &refused) && refused.Field == desk.FieldDemo && path != "" {
		found := widget.NewMainButton("Lập sổ mới từ tệp này", widget.IconAdd, func() { s.FoundFrom([]string{path}) })
		s.page.SetActions(found)
		focus = found
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
	s.page.SetActions(widget.NewButton("Số liệu đơn vị báo cáo", widget.IconReport, func() { s.Reported(0) }),
		widget.NewButton("Đối chiếu hai nguồn…", widget.IconCheck, func() { s.Reconcile("", "", desk.ImportOptions{}) }))
	choose := widget.NewMainButton("Chọn tệp…", widget.IconImport, s.ChooseFile)
	paste := widget.NewButton("Dán bảng", widget.IconCopy, s.Paste).WithHint("Ctrl+V")
	box := container.NewVBox(
		widget.NewParagraph("Kéo tệp xuất từ hệ thống một cửa của tỉnh vào cửa sổ này, chọn tệp, hoặc chép các ô trong Excel rồi dán vào đây.", 640),
		widget.NewNote("Nhận Excel (.xlsx, .xls, .xlsb, cả tệp XML và trang web do Excel lưu), LibreOffice (.ods), bảng trong Word (.docx), bảng HTML mang tên .xls hay .doc, csv và txt; mọi bảng mã tiếng Việt. Biểu số liệu tổng hợp được lưu làm số liệu đơn vị báo cáo. Chưa có gì được ghi cho đến khi bấm «Nhập» ở bước cuối.", 640),
		screen.Gap(8), widget.Row(-1, choose, paste), screen.Gap(16))
	if next := s.nextFile(); next != nil { // the one before was refused
		box.Add(widget.Row(-1, next))
		choose = next
	}
	past := s.pastImports()
	if past == nil {
		return box, choose
	}
	return screen.Under(container.NewVBox(box, widget.NewSection("Các lần nhập trước")), past), choose
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

// widthMoment is the width of a column with a date and a time.
const widthMoment = 132

// nextFile leads to the next of several files, nil when none waits.
func (s *Screen) nextFile() *widget.Button {
	if s.model.Waiting() == 0 {
		return nil
	}
	return widget.NewMainButton(fmt.Sprintf("Tệp tiếp theo (còn %d)", s.model.Waiting()), widget.IconImport, s.model.Next)
}

// askUnit asks whose file it is.
func (s *Screen) askUnit() {
	field := widget.NewSuggestField("Tên đơn vị", func() []widget.Option { return options(s.model.Units()) })
	field.SetValue(s.model.FileUnit())
	field.Width = 420
	widget.ShowForm(s.ctx.Window, "Tệp này của đơn vị nào?", []fyne.CanvasObject{widget.NewFieldBox("Đơn vị của các dòng không ghi đơn vị", field)}, "Dùng đơn vị này", func() error {
		if field.Value() == "" {
			return data.Fail(data.Invalid, "Nhập tên đơn vị, hoặc chọn trong danh sách (phím mũi tên xuống).", nil)
		}
		s.model.OwnedBy(field.Value())
		return nil
	})
}

// ownership asks whose file it is where rows name no unit, or shows the answer.
func (s *Screen) ownership() (answer, question fyne.CanvasObject) {
	if unit := s.model.FileUnit(); unit != "" {
		p := widget.NewParagraph("Dòng không ghi đơn vị thuộc: "+unit, 560)
		p.Role = widget.ColorPrimary
		return widget.Row(0, p, widget.NewButton("Đổi đơn vị…", widget.IconEdit, s.askUnit), widget.NewButton("Bỏ", widget.IconUndo, func() { s.model.OwnedBy("") })), nil
	}
	rows, of := s.model.Unitless()
	if rows == 0 {
		return nil, nil
	}
	text := "Tệp này của đơn vị nào? (tệp không ghi đơn vị)"
	if rows < of {
		text = fmt.Sprintf("Tệp này của đơn vị nào? (%s trong %s dòng đầu không ghi đơn vị)", data.FormatInt(int64(rows)), data.FormatInt(int64(of)))
	}
	return nil, widget.NewButton(text, widget.IconWarning, s.askUnit)
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
	if m.Aggregated() {
		return s.countResult()
	}
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
		focus = widget.NewMainButton(s.LeaveTo(), widget.IconRegister, s.Leave)
		undo := widget.NewButton("Hoàn tác lần nhập này", widget.IconUndo, s.Undo)
		if counts[desk.New]+counts[desk.Changed] == 0 {
			undo.Disable()
		}
		another := widget.NewButton("Nhập tệp khác", widget.IconImport, m.Restart)
		if next := s.nextFile(); next != nil {
			focus = next
			another = widget.NewButton(s.LeaveTo(), widget.IconRegister, s.Leave)
		}
		s.page.SetActions(undo, save, another, focus)
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
	s.warn(head, exchange.Texts(m.Result().Notes))
	head.Add(screen.Gap(4))
	head.Add(cards)
	head.Add(screen.Gap(4))
	return screen.Under(head, s.lines()), focus
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
	columns := []widget.Column{{ID: "row", Title: "Dòng", Width: 64, Align: widget.Right}, {ID: "fate", Title: "Kết quả", Width: 100}, {ID: "code", Title: "Mã hồ sơ", Width: 176},
		{ID: "owner", Title: "Chủ hồ sơ", Width: 150, Flex: 1}, {ID: "received", Title: "Ngày nhận", Width: widthMoment}}
	what := "Thay đổi, lý do"
	if m.Listed() == int(desk.Rejected) {
		what = "Lý do và cách sửa"
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
