// Package importing is the page Nhập từ Excel: file, columns, dry run and result, one
// after the other.
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
	"giaoban/app/kit/list"
	"giaoban/app/kit/step"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

const title = "Nhập từ Excel"

// page is the page.
type page struct {
	env.OnePlace
	e      *env.Env
	model  *model
	wizard *step.Wizard
	bodies [StepDone + 1]*fyne.Container
	past   *list.List[Past]
	parts  []part         // of the step in view
	part   int            // the one that is shown
	first  fyne.Focusable // of the step in view, nil for its main action
}

// New builds the page.
func New(e *env.Env) env.Page {
	s := &page{e: e, model: newModel(e.Session)}
	s.model.Run = func(title string, work func(context.Context, func(int64, int64, string)) error, done func(error)) {
		e.Run(title, func(ctx context.Context, report widget.Report) error { return work(ctx, report) }, done)
	}
	var steps []step.Step
	back := []string{"", "Chọn tệp khác", "Quay lại cột", "Nhập tệp khác"}
	for i, name := range []string{"Tệp", "Cột", "Kiểm tra", "Kết quả"} {
		s.bodies[i] = container.NewStack()
		steps = append(steps, step.Step{Name: name, Title: title, Return: back[i], Main: s.main, Actions: s.actions, Enter: func() fyne.Focusable { return s.first }, Build: func() fyne.CanvasObject { return s.bodies[i] }})
	}
	s.wizard = step.New(e, title, steps...)
	s.wizard.Back = func(to int) {
		if Step(to) == StepColumns && s.model.step == StepCheck {
			s.model.BackToColumns()
			return
		}
		s.model.Restart()
	}
	s.past = s.pastImports()
	s.fileStep()
	s.model.Changed = s.refresh
	s.refresh()
	return s
}

// Content implements env.Page.
func (s *page) Content() fyne.CanvasObject { return s.wizard.Object() }

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
		if s.model.step == StepDone {
			s.model.Restart()
		} else {
			s.model.BackToColumns()
		}
	}
	s.past.Refresh()
}

// Shown implements env.Page.
func (s *page) Shown() { s.wizard.Focus() }

// Keys implements env.Keyed.
func (s *page) Keys() []env.Key {
	open := func() {
		if s.e.InView(s.Content()) {
			s.chooseFile()
			return
		}
		s.e.Go(env.Route{Page: env.Import})
	}
	return append(env.CtrlEnter("bước tiếp theo của việc nhập", s.wizard.Submit),
		env.Key{Name: fyne.KeyI, Modifier: fyne.KeyModifierControl, Label: "Ctrl+I", Help: "nhập từ Excel, hoặc kéo tệp vào cửa sổ; Ctrl+V ở đó: dán bảng đã chép", Anywhere: true, Do: open},
		env.Key{Name: fyne.KeyV, Modifier: fyne.KeyModifierControl, Do: s.paste})
}

// TakeFile implements env.FileTaker.
func (s *page) TakeFile(path string) bool { s.TakeFiles([]string{path}); return true }

// TakeFiles implements env.FilesTaker: one after the other is opened.
func (s *page) TakeFiles(paths []string) {
	s.model.Restart()
	s.model.OpenAll(paths)
}

// Status implements env.Page.
func (s *page) Status() string {
	if f := s.model.File(); f != "" {
		return "Nhập từ " + f
	}
	return "Chưa chọn tệp"
}

// reconcile compares a file, or a pasted text, with the register; both empty lets the
// officer choose.
func (s *page) reconcile(path, text string, opt desk.ImportOptions) {
	s.e.Go(env.Route{Page: env.Reconciling, State: env.Reconcile{Path: path, Text: text, Options: opt}})
}

// reported shows the figures that units reported, those just stored or the list.
func (s *page) reported() {
	var id uint64
	if r := s.model.result.Reported; r != nil && s.model.step == StepDone {
		id = r.ID
	}
	s.e.Go(env.Route{Page: env.Reported, State: env.ReportOf(id)})
}

// chooseFile asks for files.
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

// leave goes on to where the officer came from: setting up an office, or the register.
func (s *page) leave() step.Main {
	if s.e.Desk.Founding() > 0 {
		return step.Main{Verb: "Về trang Lập sổ", Icon: widget.IconRegister, Do: func() { s.e.Go(env.Route{Page: env.Founding}) }}
	}
	return step.Main{Verb: "Về sổ hồ sơ", Icon: widget.IconRegister, Do: func() { s.e.Go(env.Route{Page: env.Register, State: env.Jump{}}) }}
}

// main is the main action of the step in view.
func (s *page) main() step.Main {
	m := s.model
	var refused *data.Error
	path, _, _ := m.Source()
	next := step.Main{Verb: fmt.Sprintf("Tệp tiếp theo (còn %d)", m.Waiting()), Icon: widget.IconImport, Do: m.Next}
	switch {
	case errors.As(m.err, &refused) && refused.Field == desk.FieldDemo && path != "":
		return step.Main{Verb: "Lập sổ mới từ tệp này", Icon: widget.IconAdd, Do: func() { s.e.FoundFrom([]string{path}) }}
	case m.Waiting() > 0 && (m.step == StepFile || m.step == StepDone):
		return next // the one before is done, or was refused
	case m.step == StepFile, m.step == StepColumns && m.Aggregated() && m.Counted() == nil:
		return step.Main{Verb: "Chọn tệp…", Icon: widget.IconImport, Do: s.chooseFile}
	case m.step == StepColumns:
		return step.Main{Verb: "Kiểm tra", Icon: widget.IconCheck, Off: m.Aggregated() && !m.MayStore(), Do: m.Check}
	case m.step == StepCheck && m.Aggregated():
		return step.Main{Verb: "Lưu số liệu", Icon: widget.IconSave, Off: !m.News(), Do: m.Apply}
	case m.step == StepCheck:
		return step.Main{Verb: "Nhập", Icon: widget.IconImport, Off: !m.News(), Do: m.Apply}
	case m.Aggregated():
		return step.Main{Verb: "Xem số liệu đơn vị báo cáo", Icon: widget.IconReport, Do: s.reported}
	}
	return s.leave()
}

// actions stand before the main one.
func (s *page) actions() (out []fyne.CanvasObject) {
	m := s.model
	if s.part < len(s.parts) {
		out = append(out, s.parts[s.part].tools...)
	}
	save := widget.NewButton("Lưu dòng không nhận…", widget.IconExcel, s.saveRejected)
	widget.SetAble(save, m.result.Rejected > 0)
	undo := widget.NewButton("Hoàn tác lần nhập này", widget.IconUndo, s.e.Undo)
	widget.SetAble(undo, m.News())
	switch {
	case m.step == StepFile:
		return append(out, widget.NewButton("Số liệu đơn vị báo cáo", widget.IconReport, s.reported),
			widget.NewButton("Đối chiếu hai nguồn…", widget.IconCheck, func() { s.reconcile("", "", desk.ImportOptions{}) }))
	case m.step == StepColumns && !m.Aggregated():
		return append(out, widget.NewButton("Đối chiếu với sổ…", widget.IconCheck, func() { s.reconcile(m.Source()) }).WithTip("So từng hồ sơ của tệp với sổ, không nhập"))
	case m.step == StepCheck && !m.Aggregated():
		return append(out, save)
	case m.step == StepDone && m.Waiting() > 0 && !m.Aggregated():
		to := s.leave()
		return append(out, undo, save, widget.NewButton(to.Verb, to.Icon, to.Do))
	case m.step == StepDone && !m.Aggregated():
		return append(out, undo, save)
	case m.step == StepDone:
		return append(out, undo)
	}
	return out
}

// refresh draws the step that the model is at.
func (s *page) refresh() {
	moved := s.wizard.At() != int(s.model.step)
	if moved {
		s.part = 0
	}
	s.parts, s.first = nil, nil
	switch {
	case s.model.step == StepFile:
	case s.model.Aggregated():
		s.countStep()
	case s.model.step == StepColumns:
		s.columnStep(moved)
	default:
		s.resultStep()
	}
	s.wizard.Show(int(s.model.step))
	s.wizard.Object().Errors.SetError(s.model.err)
	if s.part < len(s.parts) && !moved {
		s.e.Focus(s.Content(), s.parts[s.part].first)
	} else {
		s.wizard.Focus()
	}
	s.e.Status()
}

// part is one of the lists of a step.
type part struct {
	name  string
	body  fyne.CanvasObject
	first fyne.Focusable
	tools []fyne.CanvasObject
}

// partOf reads a list and makes it a part.
func partOf[T any](name string, l *list.List[T]) part {
	l.Refresh()
	return part{name, l.Body(), l.Grid(), l.Buttons()}
}

// draw shows the parts of a step, one at a time, below its head.
func (s *page) draw(head *fyne.Container, parts ...part) {
	s.parts = parts
	s.part = min(s.part, max(len(parts)-1, 0))
	shown := container.NewStack()
	show := func(i int) {
		s.part = i
		shown.Objects = []fyne.CanvasObject{parts[i].body}
		shown.Refresh()
	}
	if len(parts) > 1 {
		names := make([]string, len(parts))
		for i, p := range parts {
			names[i] = p.name
		}
		tabs := widget.NewSegments(names, func(i int) { show(i); s.wizard.Show(int(s.model.step)); s.e.Focus(s.Content(), parts[i].first) })
		tabs.Choose(s.part)
		head.Add(widget.Row(-1, tabs))
	}
	if len(parts) > 0 {
		show(s.part)
	}
	foot := widget.Gap(8)
	top := container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), head)
	// Tab goes through the head first.
	s.bodies[s.model.step].Objects = []fyne.CanvasObject{container.New(layout.NewBorderLayout(top, foot, nil, nil), top, shown, foot)}
}

func (s *page) fileStep() {
	paste := widget.NewButton("Dán bảng", widget.IconCopy, s.paste).WithHint("Ctrl+V")
	s.draw(container.NewVBox(
		widget.NewParagraph("Kéo tệp xuất từ hệ thống một cửa của tỉnh vào cửa sổ này, chọn tệp, hoặc chép các ô trong Excel rồi dán vào đây.", 640),
		widget.NewNote("Nhận Excel (.xlsx, .xls, .xlsb, cả tệp XML và trang web do Excel lưu), LibreOffice (.ods), bảng trong Word (.docx), bảng HTML mang tên .xls hay .doc, csv và txt; mọi bảng mã tiếng Việt. Biểu số liệu tổng hợp được lưu làm số liệu đơn vị báo cáo. Chưa có gì được ghi cho đến khi bấm «Nhập» ở bước cuối.", 640),
		widget.Row(-1, paste)), part{body: s.past.Object()})
}

// pastImports lists the imports so far, each of which can be undone.
func (s *page) pastImports() *list.List[Past] {
	number := func(id, title string, of func(*Past) int) list.Column[Past] {
		return list.Col(id, title, 92, 0, func(p *Past) string { return data.FormatInt(int64(of(p))) }).Right()
	}
	return list.Of(s.e, list.Options[Past]{ID: "imports", Title: "Các lần nhập trước", What: "lần nhập", Load: s.model.Past, Key: func(p *Past) uint64 { return p.ID },
		Columns: []list.Column[Past]{
			{ID: "at", Title: "Lúc", Width: widthMoment, Text: func(p *Past) string { return p.When }, Compare: func(a, b *Past) int { return int(a.At - b.At) }},
			list.Col("file", "Tệp", 240, 1, func(p *Past) string { return p.File }),
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
			if s.wizard.Object().Errors.SetError(err); err == nil {
				s.e.Done("Đã hoàn tác lần nhập «" + file + "».")
			}
		})
	})
}

// widthMoment is the width of a column with a date and a time.
const widthMoment = 132

func (s *page) saveRejected() {
	s.e.Files.Save(widget.FileQuestion{Title: "Lưu các dòng không nhận", Purpose: "export", Name: "dong-khong-nhan.xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		s.model.WriteRejected(path, func(err error) {
			if s.wizard.Object().Errors.SetError(err); err == nil {
				s.e.Toast("Đã lưu " + path)
			}
		})
	})
}
