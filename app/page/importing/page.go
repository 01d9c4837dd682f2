// Package importing is the page Nhập từ Excel: file, columns, dry run, import
// and result, one after the other.
package importing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

const title = "Nhập từ Excel"

// page is the page.
type page struct {
	env.OnePlace
	e     *env.Env
	model *model
	page  *widget.Page
	body  *fyne.Container
	past  *list.List[Past]
	asked int  // the column of the file that the officer has just changed, 0 for none
	notes bool // of a table of counts: what is wrong with its sums shows
}

// New builds the page.
func New(e *env.Env) env.Page {
	s := &page{e: e, model: newModel(e.Session), body: container.NewStack()}
	s.model.Run = func(title string, work func(context.Context, func(int64, int64, string)) error, done func(error)) {
		e.Run(title, func(ctx context.Context, report widget.Report) error { return work(ctx, report) }, done)
	}
	s.past = s.pastImports()
	s.page = widget.NewPage(title, nil, nil, s.body)
	s.model.Changed = s.refresh
	s.refresh()
	return s
}

// Content implements env.Page.
func (s *page) Content() fyne.CanvasObject { return s.page }

// Restore implements env.Page.
func (s *page) Restore(state env.State) {
	if paths, ok := state.(env.Paths); ok {
		s.TakeFiles(paths)
	}
}

// Stale implements env.Page: what the result of an import or of its dry run says no
// longer holds after something else changed or was taken back.
func (s *page) Stale(desk.Changes) {
	if s.model.OutOfDate() {
		s.reverted()
	}
	s.past.Refresh()
}

// Shown implements env.Page.
func (s *page) Shown() { s.refresh() }

// Keys implements env.Keyed.
func (s *page) Keys() []env.Key {
	open := func() {
		if s.e.InView(s.page) {
			s.chooseFile()
			return
		}
		s.e.Go(env.Route{Page: env.Import})
	}
	return []env.Key{
		{Name: fyne.KeyI, Modifier: fyne.KeyModifierControl, Label: "Ctrl+I", Help: "nhập từ Excel, hoặc kéo tệp vào cửa sổ; Ctrl+V ở đó: dán bảng đã chép", Anywhere: true, Do: open},
		{Name: fyne.KeyV, Modifier: fyne.KeyModifierControl, Do: s.paste},
	}
}

// TakeFile implements env.FileTaker.
func (s *page) TakeFile(path string) bool { s.TakeFiles([]string{path}); return true }

// leave goes on to where the officer came from: setting up an office, or the register.
func (s *page) leave() *widget.Button {
	if s.e.Desk.Founding() > 0 {
		return widget.NewButton("Về trang Lập sổ", widget.IconRegister, func() { s.e.Go(env.Route{Page: env.Founding}) })
	}
	return widget.NewButton("Về sổ hồ sơ", widget.IconRegister, func() { s.e.Go(env.Route{Page: env.Register, State: env.Jump{}}) })
}

// reconcile compares a file, or a pasted text, with the register; both empty lets the
// officer choose.
func (s *page) reconcile(path, text string, opt desk.ImportOptions) {
	s.e.Go(env.Route{Page: env.Reconciling, State: env.Reconcile{Path: path, Text: text, Options: opt}})
}

// reported shows the figures that units reported, the one with an id or the list.
func (s *page) reported(id uint64) {
	s.e.Go(env.Route{Page: env.Reported, State: env.ReportOf(id)})
}

// Status implements env.Page.
func (s *page) Status() string {
	if f := s.model.File(); f != "" {
		return "Nhập từ " + f
	}
	return "Chưa chọn tệp"
}

// chooseFile asks for a file.
func (s *page) chooseFile() {
	s.e.Files.OpenMany(widget.FileQuestion{Title: "Chọn tệp để nhập", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, s.model.OpenAll)
}

// paste imports the table on the clipboard.
func (s *page) paste() {
	text := fyne.CurrentApp().Clipboard().Content()
	if s.model.step != StepFile && strings.TrimSpace(text) != "" {
		s.model.Restart()
	}
	s.model.Paste(text)
}

// TakeFiles implements env.FilesTaker: one after the other is opened.
func (s *page) TakeFiles(paths []string) {
	s.model.Restart()
	s.model.OpenAll(paths)
}

// reverted leaves the result of an import or of its dry run after something was
// taken back or done again: what it says no longer holds.
func (s *page) reverted() {
	switch s.model.step {
	case StepDone:
		s.model.Restart()
	case StepCheck:
		s.model.BackToColumns()
	}
}

func (s *page) refresh() {
	s.page.Errors.SetError(s.model.err)
	var main fyne.CanvasObject
	var focus fyne.Focusable
	switch s.model.step {
	case StepFile:
		main, focus = s.fileStep()
	case StepColumns:
		main, focus = s.columnStep()
		if s.model.Aggregated() {
			main, focus = s.countStep()
		}
	default:
		main, focus = s.resultStep()
	}
	var refused *data.Error
	if path, _, _ := s.model.Source(); errors.As(s.model.err, &refused) && refused.Field == desk.FieldDemo && path != "" {
		found := widget.NewMainButton("Lập sổ mới từ tệp này", widget.IconAdd, func() { s.e.FoundFrom([]string{path}) })
		s.page.SetActions(found)
		focus = found
	}
	s.body.Objects = []fyne.CanvasObject{container.NewBorder(container.NewVBox(s.steps(), widget.Gap(4)), nil, nil, nil, main)}
	s.body.Refresh()
	if focus != nil {
		s.e.Focus(s.page, focus)
	}
	s.e.Status()
}

// steps shows where the officer is.
func (s *page) steps() fyne.CanvasObject {
	row := container.NewHBox()
	for i, name := range StepNames {
		p := widget.NewParagraph(fmt.Sprintf("%d. %s", i+1, name), 104)
		switch {
		case Step(i) == s.model.step:
			p.Bold, p.Role = true, widget.ColorPrimary
		case Step(i) < s.model.step:
			p.Role = widget.ColorEarly
		default:
			p.Role = widget.ColorSecondary
		}
		row.Add(p)
	}
	return row
}

func (s *page) fileStep() (fyne.CanvasObject, fyne.Focusable) {
	s.page.SetActions(widget.NewButton("Số liệu đơn vị báo cáo", widget.IconReport, func() { s.reported(0) }),
		widget.NewButton("Đối chiếu hai nguồn…", widget.IconCheck, func() { s.reconcile("", "", desk.ImportOptions{}) }))
	choose := widget.NewMainButton("Chọn tệp…", widget.IconImport, s.chooseFile)
	paste := widget.NewButton("Dán bảng", widget.IconCopy, s.paste).WithHint("Ctrl+V")
	box := container.NewVBox(
		widget.NewParagraph("Kéo tệp xuất từ hệ thống một cửa của tỉnh vào cửa sổ này, chọn tệp, hoặc chép các ô trong Excel rồi dán vào đây.", 640),
		widget.NewNote("Nhận Excel (.xlsx, .xls, .xlsb, cả tệp XML và trang web do Excel lưu), LibreOffice (.ods), bảng trong Word (.docx), bảng HTML mang tên .xls hay .doc, csv và txt; mọi bảng mã tiếng Việt. Biểu số liệu tổng hợp được lưu làm số liệu đơn vị báo cáo. Chưa có gì được ghi cho đến khi bấm «Nhập» ở bước cuối.", 640),
		widget.Gap(8), widget.Row(-1, choose, paste), widget.Gap(16))
	if next := s.nextFile(); next != nil { // the one before was refused
		box.Add(widget.Row(-1, next))
		choose = next
	}
	return under(box, s.past.Object()), choose
}

// under stands main below head, with a gap at its foot; Tab goes through head first.
func under(head, main fyne.CanvasObject) fyne.CanvasObject {
	foot := widget.Gap(8)
	return container.New(layout.NewBorderLayout(head, foot, nil, nil), head, main, foot)
}

// pastImports lists the imports so far, each of which can be undone.
func (s *page) pastImports() *list.List[Past] {
	number := func(id, title string, of func(*Past) int) list.Column[Past] {
		return list.Column[Past]{ID: id, Title: title, Width: 92, Align: widget.Right, Text: func(p *Past) string { return data.FormatInt(int64(of(p))) }}
	}
	return list.Of(s.e, list.Options[Past]{ID: "imports", Title: "Các lần nhập trước", What: "lần nhập", Load: s.model.Past, Key: func(p *Past) uint64 { return p.ID },
		Columns: []list.Column[Past]{
			{ID: "at", Title: "Lúc", Width: 132, Text: func(p *Past) string { return p.When }, Compare: func(a, b *Past) int { return int(a.At - b.At) }},
			{ID: "file", Title: "Tệp", Width: 240, Flex: 1, Text: func(p *Past) string { return p.File }},
			number("new", "Mới", func(p *Past) int { return p.New }), number("change", "Thay đổi", func(p *Past) int { return p.Change }),
			number("same", "Không đổi", func(p *Past) int { return p.Same }), number("reject", "Không nhận", func(p *Past) int { return p.Reject }),
		},
		Open: s.askUndo,
		Menu: func(p *Past, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Hoàn tác lần nhập này…", Icon: widget.IconUndo, Do: func() { s.askUndo(p) }}}
		},
		Empty: "Chưa nhập tệp nào."})
}

// askUndo takes one import of the past back, when the officer says so.
func (s *page) askUndo(p *Past) {
	id, file := p.ID, p.File
	s.e.ConfirmDanger("Hoàn tác lần nhập?", fmt.Sprintf("«%s», %s: %s hồ sơ mới được lấy ra, %s hồ sơ trở lại như trước lần nhập. Hồ sơ đã sửa sau đó thì không hoàn tác được lần nhập.", file, p.When,
		data.FormatInt(int64(p.New)), data.FormatInt(int64(p.Change))), "Hoàn tác lần nhập", func() {
		s.e.Run("Đang hoàn tác", func(ctx context.Context, _ widget.Report) error { return s.e.Desk.UndoImport(ctx, id) }, func(err error) {
			if s.page.Errors.SetError(err); err == nil {
				s.e.Done("Đã hoàn tác lần nhập «" + file + "».")
			}
		})
	})
}

// widthMoment is the width of a column with a date and a time.
const widthMoment = 132

// nextFile leads to the next of several files, nil when none waits.
func (s *page) nextFile() *widget.Button {
	if s.model.Waiting() == 0 {
		return nil
	}
	return widget.NewMainButton(fmt.Sprintf("Tệp tiếp theo (còn %d)", s.model.Waiting()), widget.IconImport, s.model.Next)
}

// askUnit asks whose file it is.
func (s *page) askUnit() {
	form.Ask(s.e, form.Question[string]{Title: "Tệp này của đơn vị nào?", Verb: "Dùng đơn vị này", Value: s.model.FileUnit(),
		Fields: []form.Field[string]{form.Suggest("unit", "Đơn vị của các dòng không ghi đơn vị", func(*string) []kit.Choice { return env.Units(s.e.Desk) }, func(x *string) *string { return x }).Sized(420)},
		Check: func(name string) error {
			if name == "" {
				return &data.Error{Code: data.Invalid, Field: "unit", Message: "Nhập tên đơn vị, hoặc chọn trong danh sách (phím mũi tên xuống)."}
			}
			return nil
		}, Then: s.model.OwnedBy})
}

// ownership asks whose file it is where rows name no unit, or shows the answer.
func (s *page) ownership() (answer, question fyne.CanvasObject) {
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

func (s *page) askState(name string) {
	var states []data.Status
	for st := data.Registered; st <= data.Delivered; st++ {
		states = append(states, st)
	}
	form.Ask(s.e, form.Question[data.Status]{Title: "Tình trạng «" + name + "»", Verb: "Ghi nhớ",
		Fields: []form.Field[data.Status]{form.Enum("state", "Nghĩa là", func(x *data.Status) *data.Status { return x }, states...)},
		Check: func(st data.Status) error {
			if st == 0 {
				return &data.Error{Code: data.Invalid, Field: "state", Message: "Chọn một tình trạng trong danh sách."}
			}
			return nil
		}, Then: func(st data.Status) { s.model.Explain(name, st) }})
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

func (s *page) resultStep() (fyne.CanvasObject, fyne.Focusable) {
	m := s.model
	if m.Aggregated() {
		return s.countResult()
	}
	counts := m.Counts()
	cards := container.New(layout.NewGridLayoutWithColumns(len(fates)))
	for i, f := range fates {
		text := f.before
		if m.step == StepDone {
			text = f.then
		}
		cards.Add(widget.NewFigureCard(widget.KeyFigure{Label: f.label, Value: data.FormatInt(int64(counts[i])), Change: text,
			Chosen: m.fate == int(f.fate), Tip: "Bấm để xem các dòng này, bấm lần nữa để xem mọi dòng"}, func() { s.list(f.fate) }))
	}
	save := widget.NewButton("Lưu dòng không nhận…", widget.IconExcel, s.saveRejected)
	widget.SetAble(save, counts[desk.Rejected] > 0)
	var focus *widget.Button
	if m.step == StepDone {
		focus = s.leave()
		focus.Kind = widget.MainButton
		undo := widget.NewButton("Hoàn tác lần nhập này", widget.IconUndo, s.e.Undo)
		widget.SetAble(undo, counts[desk.New]+counts[desk.Changed] > 0)
		another := widget.NewButton("Nhập tệp khác", widget.IconImport, m.Restart)
		if next := s.nextFile(); next != nil {
			focus = next
			another = s.leave()
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
	s.warn(head, exchange.Texts(m.result.Notes))
	head.Add(widget.Gap(4))
	head.Add(cards)
	head.Add(widget.Gap(4))
	return under(head, s.lines()), focus
}

// list shows the rows of one fate, or of all again.
func (s *page) list(f desk.Fate) {
	if s.model.fate == int(f) {
		s.model.List(-1)
		return
	}
	s.model.List(int(f))
}

// lines is the list of rows of the file with what becomes of each.
func (s *page) lines() fyne.CanvasObject {
	m := s.model
	columns := []widget.Column{{ID: "row", Title: "Dòng", Width: 64, Align: widget.Right}, {ID: "fate", Title: "Kết quả", Width: 100}, {ID: "code", Title: "Mã hồ sơ", Width: 176},
		{ID: "owner", Title: "Chủ hồ sơ", Width: 150, Flex: 1}, {ID: "received", Title: "Ngày nhận", Width: widthMoment}}
	what := "Thay đổi, lý do"
	if m.fate == int(desk.Rejected) {
		what = "Lý do và cách sửa"
	}
	columns = append(columns, widget.Column{ID: "what", Title: what, Width: 300, Flex: 3})
	g := widget.NewGrid(columns)
	g.SetEmpty("Không có dòng nào thuộc loại này.", "Xem mọi dòng", func() { m.List(-1) })
	g.SetRows(widget.Few{N: m.Lines(), Cell: func(i int, dst []widget.Cell) {
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

func (s *page) saveRejected() {
	s.e.Files.Save(widget.FileQuestion{Title: "Lưu các dòng không nhận", Purpose: "export", Name: "dong-khong-nhan.xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		s.model.WriteRejected(path, func(err error) {
			if err != nil {
				s.page.Errors.SetError(err)
				return
			}
			s.e.Toast("Đã lưu " + path)
		})
	})
}
