// Package scoring is the page Chấm điểm: the sheet of a unit with its tree and
// the leaf that is scored, results and ranks, lost points, evidence, remedial
// tasks, other indices and the sets of criteria. The files model*.go hold what it
// shows and know no toolkit; package assess/book decides.
package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// The parts of the screen.
const (
	tabSheet = iota
	tabResults
	tabLosses
	tabProofs
	tabRemedies
	tabReadings
	tabSets
)

// title is what the page is called.
const title = "Chấm điểm"

// Page is the page Chấm điểm.
type Page struct {
	e *env.Env
	m *Model

	tabs    *widget.Segments
	page    *widget.Page
	period  *widget.Picker
	unit    *widget.Picker
	about   *widget.Paragraph
	pickers *fyne.Container
	lead    *fyne.Container // of the part in view
	body    *fyne.Container
	parts   []part
	sheet   *sheetPart
	sets    *setsPart
	at      int
	buttons []fyne.CanvasObject // at the right of the title

	// proofFile takes a dropped file while the dialog of that title asks for a
	// document.
	proofFile  func(path string)
	proofTitle string
}

// New builds the page.
func New(e *env.Env) env.Page {
	m := NewModel(e.Session)
	s := &Page{e: e, m: m, body: container.NewStack()}
	s.tabs = widget.NewSegments([]string{"Phiếu chấm", "Kết quả", "Mất điểm", "Minh chứng", "Khắc phục", "Chỉ số khác", "Bộ tiêu chí"}, s.open)
	s.period = widget.NewPicker(nil, func(o widget.Option) { m.ChoosePeriod(o.Key) })
	s.period.Width, s.period.Fit, s.period.Placeholder = 270, 460, "Chưa có kỳ"
	s.unit = widget.NewPicker(nil, func(o widget.Option) { m.ChooseSheet(o.Key) })
	s.unit.Width, s.unit.Fit, s.unit.Placeholder = 250, 400, "Chưa có phiếu"
	s.about = line(100)
	s.pickers, s.lead = widget.Row(2, s.period, s.unit, middle(s.about)), container.NewStack()
	s.page = widget.NewPage(title, nil, stack(8, container.NewHBox(s.tabs), s.pickers, s.lead), s.body)
	s.sheet, s.sets = newSheetPart(s), newSetsPart(s)
	s.parts = []part{s.sheet, newResults(s), newLosses(s), newProofs(s), newRemedies(s), newReadings(s), s.sets}
	m.Listen(s.refresh)
	m.Leaf.Changed = s.sheet.leaf.refresh
	s.keepDrafts()
	s.open(tabSheet)
	return s
}

// keepDrafts takes up what was being scored the last time, and keeps it from now
// on.
func (s *Page) keepDrafts() {
	draft := s.e.Draft("dang-cham")
	if s.m.Leaf.Restore(draft.Read()) > 0 {
		widget.Post(func() {
			s.e.Offer("Có tiêu chí đang chấm dở từ lần trước.", "Chấm tiếp", func() { s.e.Go(env.Route{Page: env.Scoring}) })
		})
	}
	s.m.Leaf.Keep = draft.Keep
}

// open shows one of the parts.
func (s *Page) open(i int) {
	s.at = i
	s.tabs.Choose(i)
	p := s.parts[i]
	widget.SetVisible(s.pickers, i != tabReadings && i != tabSets)
	s.redraw(p)
	p.refresh()
	p.focus()
	s.e.Status()
}

// setActions shows the buttons of a part. A button that had the focus and is gone
// gives it to the part.
func (s *Page) setActions(list []fyne.CanvasObject) {
	focused := s.e.Window.Canvas().Focused()
	lost := false
	for _, o := range s.buttons {
		f, ok := o.(fyne.Focusable)
		lost = lost || ok && f == focused
	}
	s.buttons = list
	s.page.SetActions(list...)
	if lost {
		s.parts[s.at].focus()
	}
}

// redraw puts the object and the actions of a part in place after they changed.
func (s *Page) redraw(p part) {
	if s.parts[s.at] != p {
		return
	}
	s.body.Objects, s.lead.Objects = []fyne.CanvasObject{p.object()}, nil
	if lead := p.lead(); lead != nil {
		s.lead.Add(lead)
	}
	widget.SetVisible(s.lead, len(s.lead.Objects) > 0)
	s.body.Refresh()
	s.setActions(p.actions())
}

// Dirty implements env.Typed.
func (s *Page) Dirty() bool { return s.m.Leaf.Dirty() || s.sets.m.Sheet.Dirty() }

// Content implements env.Page.
func (s *Page) Content() fyne.CanvasObject { return s.page }

// Save implements env.Page: the part that is open.
func (s *Page) Save() env.State { return s.at }

// Restore implements env.Page.
func (s *Page) Restore(state env.State) {
	if at, ok := state.(int); ok && at != s.at {
		s.open(at)
	}
}

// Stale implements env.Page: figures of the register count as much as records of
// its own.
func (s *Page) Stale(desk.Changes) { s.m.Refresh() }

// Shown implements env.Page.
func (s *Page) Shown() {
	if !s.m.Read {
		s.m.Refresh()
	}
	s.parts[s.at].focus()
}

// Status implements env.Page.
func (s *Page) Status() string { return s.parts[s.at].status() }

// TakeKey implements env.KeyTaker: Escape leaves what is open within the page.
func (s *Page) TakeKey(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && s.parts[s.at].escape()
}

// PrintPage implements env.Printer: what is in view.
func (s *Page) PrintPage() { s.parts[s.at].print() }

// Keys implements env.Keyed.
func (s *Page) Keys() []env.Key {
	ctrl := func(name fyne.KeyName, do func()) env.Key {
		return env.Key{Name: name, Modifier: fyne.KeyModifierControl, Do: do}
	}
	sheet := func(do func()) func() {
		return func() {
			if s.at == tabSheet {
				do()
			}
		}
	}
	save := func() {
		switch s.at {
		case tabSheet:
			s.sheet.leaf.save(true)
		case tabSets:
			s.sets.store()
		}
	}
	return []env.Key{
		{Label: "Chấm điểm", Help: "Ctrl+PageDown, PageUp phần sau, trước; Ctrl + mũi tên xuống, lên tiêu chí sau, trước; Ctrl+Enter lưu và sang tiêu chí sau, " +
			"Ctrl+S lưu; Ctrl+J chưa chấm, Ctrl+E thiếu tài liệu; Ctrl+L thêm tài liệu, hoặc kéo tệp vào cửa sổ; Ctrl+P in"},
		{Label: "Bộ tiêu chí", Help: "gõ để ghi vào ô, F2 sửa ô, F4 chọn trong danh sách, Enter, Tab, mũi tên sang ô khác; Insert thêm dòng, F3 thêm tiêu chí, Ctrl+F2 cách chấm; " +
			"Ctrl+Delete bỏ dòng, Ctrl + mũi tên lên, xuống đổi chỗ; Ctrl+V dán từ bảng tính, Ctrl+Z lấy lại; Ctrl+Enter lưu"},
		{Label: "Dòng của bảng nhập", Help: "Enter, mũi tên sang dòng sau, trước; Insert thêm dòng, Ctrl+Delete bỏ dòng; Ctrl+V dán từ bảng tính; Ctrl+Enter lưu"},
		ctrl(fyne.KeyReturn, save), ctrl(fyne.KeyEnter, save), ctrl(fyne.KeyS, sheet(func() { s.sheet.leaf.save(false) })),
		ctrl(fyne.KeyDown, sheet(func() { s.Next(false) })), ctrl(fyne.KeyUp, sheet(func() { s.Next(true) })),
		ctrl(fyne.KeyPageDown, func() { s.Turn(1) }), ctrl(fyne.KeyPageUp, func() { s.Turn(-1) }),
		ctrl(fyne.KeyE, sheet(s.NextMissing)), ctrl(fyne.KeyJ, sheet(s.NextOpen)), ctrl(fyne.KeyL, sheet(s.AddProof)),
	}
}

// Next goes to the next leaf of the sheet, or to the one before.
func (s *Page) Next(back bool) { s.sheet.step(s.sheet.next(back)) }

// Turn opens the part by places to the right of the one in view, to the left below
// 0.
func (s *Page) Turn(by int) {
	if i := s.at + by; i >= 0 && i < len(s.parts) {
		s.open(i)
	}
}

// NextMissing goes to the next leaf without evidence.
func (s *Page) NextMissing() {
	s.nextOf(FilterNoProof, "Mọi tiêu chí có điểm đều đã có tài liệu kiểm chứng.")
}

// NextOpen goes to the next leaf that is not answered.
func (s *Page) NextOpen() { s.nextOf(FilterOpen, "Mọi tiêu chí đã được chấm.") }

func (s *Page) nextOf(filter, none string) {
	if code := s.m.Tree.NextOf(filter); code != "" {
		s.sheet.step(code)
		return
	}
	s.e.Toast(none)
}

// TakeFile implements env.FileTaker: a file that was dropped on the window is
// evidence of the leaf shown, or the file of the document that is being asked for.
func (s *Page) TakeFile(path string) bool {
	if widget.DialogTitle(s.e.Window) != "" {
		if s.proofFile != nil && widget.DialogTitle(s.e.Window) == s.proofTitle {
			s.proofFile(path)
		}
		return true
	}
	switch {
	case s.at == tabProofs:
		s.proofForm("Thêm tài liệu kiểm chứng", "", Document{Path: path})
	case s.at == tabSheet && s.m.Card != nil:
		s.askProof(s.m.Leaf.Code(), path)
	default:
		return false
	}
	return true
}

// refresh draws what the model holds now.
func (s *Page) refresh() {
	s.page.Errors.SetError(s.m.Err)
	s.period.SetOptions(s.m.Periods())
	s.period.SetKey(fmt.Sprint(s.m.period))
	s.unit.SetOptions(s.m.Sheets())
	s.unit.SetKey(fmt.Sprint(s.m.sheet))
	s.tellAbout()
	s.pickers.Refresh() // they are as wide as what they show
	s.parts[s.at].refresh()
	s.setActions(s.parts[s.at].actions())
	s.e.Status()
}

// tellAbout tells the state of the sheet beside the pickers.
func (s *Page) tellAbout() {
	h, _ := s.m.Head()
	role := widget.ColorSecondary
	if h.Late {
		role = widget.ColorLate
	}
	say(s.about, joined(" · ", h.State, h.Days), role)
}

// told tells what was done, with the way back, or what went wrong.
func (s *Page) told(done string) func(error) {
	return func(err error) {
		if err != nil {
			s.fail(err)
			return
		}
		s.e.Done(done)
	}
}

// do changes something of the book, then tells what was done.
func (s *Page) do(work func(context.Context) error, done string) { s.m.Do(work, s.told(done)) }

// fail tells in a dialog what went wrong.
func (s *Page) fail(err error) {
	s.e.Fail("Không thực hiện được", err)
}

// long runs work that may take long behind a bar, then tells what was done.
func (s *Page) long(title string, work func(context.Context) error, done func()) {
	s.e.Long(title, "Không thực hiện được", func(ctx context.Context, _ widget.Report) error { return work(ctx) }, done)
}

// AddProof asks for a document of the leaf shown.
func (s *Page) AddProof() {
	if s.m.Card != nil && s.m.Leaf.Answers() {
		s.askProof(s.m.Leaf.Code(), "")
	}
}
