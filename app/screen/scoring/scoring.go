// Package scoring is the screen Chấm điểm: the sheet of a unit with its tree and
// the leaf that is scored, results and ranks, lost points, evidence, remedial
// tasks, other indices and the sets of criteria. It draws the models of
// app/view/scoring and decides nothing itself.
package scoring

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/scoring"
	"giaoban/app/widget"
	"giaoban/data"
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

// part is one part of the screen.
type part interface {
	object() fyne.CanvasObject
	actions() []fyne.CanvasObject
	// refresh draws what the models hold now, after the data changed or the part
	// came into view.
	refresh()
	focus()
	status() string
	// escape leaves what the part has opened; false when there is nothing.
	escape() bool
}

// Screen is the screen.
type Screen struct {
	ctx   screen.Context
	print screen.Printing
	files *widget.Files
	info  widget.DayInfo
	m     *model.Model

	tabs    *widget.Segments
	page    *widget.Page
	period  *widget.Picker
	unit    *widget.Picker
	about   *widget.Paragraph
	pickers *fyne.Container
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

	// Undo takes back the last change.
	Undo func()
}

// New builds the screen. info tells the calendars of date fields what is special
// about a day.
func New(print screen.Printing, m *model.Model, info widget.DayInfo) *Screen {
	s := &Screen{ctx: print.Context, print: print, files: print.Files, info: info, m: m, Undo: func() {}, body: container.NewStack()}
	s.tabs = widget.NewSegments([]string{"Phiếu chấm", "Kết quả", "Mất điểm", "Minh chứng", "Khắc phục", "Chỉ số khác", "Bộ tiêu chí"}, s.open)
	s.period = widget.NewPicker(nil, func(o widget.Option) { m.ChoosePeriod(o.Key) })
	s.period.Width, s.period.Placeholder = 270, "Chưa có kỳ"
	s.unit = widget.NewPicker(nil, func(o widget.Option) { m.ChooseSheet(o.Key) })
	s.unit.Width, s.unit.Placeholder = 250, "Chưa có phiếu"
	s.about = widget.NewParagraph("", 100)
	s.about.Max = 1
	s.pickers = widget.Row(2, s.period, s.unit, container.NewVBox(layout.NewSpacer(), s.about, layout.NewSpacer()))
	s.sheet, s.sets = newSheetPart(s), newSetsPart(s)
	s.parts = []part{s.sheet, newResultsPart(s), newLossesPart(s), newProofsPart(s), newRemediesPart(s), newReadingsPart(s), s.sets}
	tools := container.New(layout.NewCustomPaddedVBoxLayout(8), container.NewHBox(s.tabs), s.pickers)
	s.page = widget.NewPage("Chấm điểm", nil, tools, s.body)
	m.Listen(s.refresh)
	m.Leaf.Changed = s.sheet.leaf.refresh
	m.Session.Listen(func() {
		if s.ctx.InView(s.page) {
			m.Refresh()
		}
	})
	s.open(tabSheet)
	return s
}

// open shows one of the parts.
func (s *Screen) open(i int) {
	s.at = i
	s.tabs.Choose(i)
	p := s.parts[i]
	s.body.Objects = []fyne.CanvasObject{p.object()}
	show(s.pickers, i != tabReadings && i != tabSets)
	p.refresh()
	s.setActions(p.actions())
	s.body.Refresh()
	p.focus()
	s.ctx.Status()
}

// setActions shows the buttons of a part. A button that had the focus and is gone
// gives it to the part.
func (s *Screen) setActions(list []fyne.CanvasObject) {
	focused := s.ctx.Window.Canvas().Focused()
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
func (s *Screen) redraw(p part) {
	if s.parts[s.at] != p {
		return
	}
	s.body.Objects = []fyne.CanvasObject{p.object()}
	s.body.Refresh()
	s.setActions(p.actions())
}

// Dirty implements screen.Typed.
func (s *Screen) Dirty() bool { return s.m.Leaf.Dirty() }

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown implements screen.Screen.
func (s *Screen) Shown() {
	s.m.Refresh()
	s.parts[s.at].focus()
}

// Status implements screen.Screen.
func (s *Screen) Status() string { return s.parts[s.at].status() }

// TakeKey implements screen.Keys: Escape leaves what is open within the screen.
func (s *Screen) TakeKey(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape && s.parts[s.at].escape()
}

// PrintPage implements screen.Printer.
func (s *Screen) PrintPage() { s.askPapers() }

// InSheet reports whether the sheet is in view.
func (s *Screen) InSheet() bool { return s.at == tabSheet }

// Next goes to the next leaf of the sheet, or to the one before; among the sets of
// criteria it moves the criterion under the cursor.
func (s *Screen) Next(back bool) {
	switch s.at {
	case tabSheet:
		s.sheet.step(s.m.Tree.Next(back))
	case tabSets:
		s.sets.move(map[bool]int{true: -1, false: 1}[back])
	}
}

// Turn opens the part by places to the right of the one in view, to the left below
// 0.
func (s *Screen) Turn(by int) {
	if i := s.at + by; i >= 0 && i < len(s.parts) {
		s.open(i)
	}
}

// EditHead asks for the head of the set of criteria that is open.
func (s *Screen) EditHead() {
	if s.at == tabSets {
		s.sets.editHead()
	}
}

// NextMissing goes to the next leaf without evidence.
func (s *Screen) NextMissing() {
	if code := s.m.Tree.NextMissing(); code != "" {
		s.sheet.step(code)
		return
	}
	widget.ShowToast(s.ctx.Window, "Mọi tiêu chí có điểm đều đã có tài liệu kiểm chứng.", "", nil)
}

// NextOpen goes to the next leaf that is not answered.
func (s *Screen) NextOpen() {
	if code := s.m.Tree.NextOpen(); code != "" {
		s.sheet.step(code)
		return
	}
	widget.ShowToast(s.ctx.Window, "Mọi tiêu chí đã được chấm.", "", nil)
}

// SaveLeaf keeps the leaf and goes to the next one.
func (s *Screen) SaveLeaf() { s.sheet.leaf.save(true) }

// StayLeaf keeps the leaf and stays there.
func (s *Screen) StayLeaf() { s.sheet.leaf.save(false) }

// TakeFile implements screen.FileTaker: a file that was dropped on the window is
// evidence of the leaf shown, or the file of the document that is being asked for.
func (s *Screen) TakeFile(path string) bool {
	if widget.DialogTitle(s.ctx.Window) != "" {
		if s.proofFile != nil && widget.DialogTitle(s.ctx.Window) == s.proofTitle {
			s.proofFile(path)
		}
		return true
	}
	switch {
	case s.at == tabProofs:
		s.proofForm("Thêm tài liệu kiểm chứng", "", model.Document{Path: path})
	case s.at == tabSheet && s.m.Card() != nil:
		s.askProof(s.m.Leaf.Code(), path)
	default:
		return false
	}
	return true
}

// refresh draws what the model holds now.
func (s *Screen) refresh() {
	s.page.Errors.SetError(s.m.Err())
	s.period.SetOptions(options(s.m.Periods()))
	s.period.SetKey(s.m.PeriodKey())
	s.unit.SetOptions(options(s.m.Sheets()))
	s.unit.SetKey(s.m.SheetKey())
	s.tellAbout()
	s.parts[s.at].refresh()
	s.setActions(s.parts[s.at].actions())
	s.ctx.Status()
}

// tellAbout tells the state of the sheet beside the pickers.
func (s *Screen) tellAbout() {
	h, ok := s.m.Head()
	text := ""
	s.about.Role = widget.ColorSecondary
	if ok {
		text = h.State
		if h.Days != "" {
			text += " · " + h.Days
		}
		if h.Late {
			s.about.Role = widget.ColorLate
		}
	}
	if s.about.Text() == text {
		s.about.Refresh()
	}
	s.about.SetText(text)
}

// told tells what was done, with the way back, or what went wrong.
func (s *Screen) told(done string) func(error) {
	return func(err error) {
		if err != nil {
			s.fail(err)
			return
		}
		widget.ShowToast(s.ctx.Window, done, "Hoàn tác", s.Undo)
	}
}

// fail tells in a dialog what went wrong.
func (s *Screen) fail(err error) {
	widget.ShowError(s.ctx.Window, "Không thực hiện được", err)
}

// long runs work that may take long behind a bar, then tells what was done.
func (s *Screen) long(title string, work func(context.Context) error, done func()) {
	widget.RunWithProgress(s.ctx.Window, title, func(ctx context.Context, _ widget.Report) error { return work(ctx) }, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
			widget.ShowFailure(s.ctx.Window, "", err)
		case err != nil:
			s.fail(err)
		default:
			done()
		}
	})
}

func (s *Screen) date(d data.Day) *widget.DateField {
	f := widget.NewDateField(s.m.Today)
	f.Info, f.Width = s.info, 144
	f.SetDay(d)
	return f
}

// under is the place below a part of the window, for its menu.
func (s *Screen) under(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height+2)
}

func options(list []model.Choice) []widget.Option {
	out := make([]widget.Option, len(list))
	for i, c := range list {
		out[i] = widget.Option{Key: c.Key, Text: c.Label}
	}
	return out
}

func show(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

func field(text string) *widget.Field {
	f := widget.NewField("")
	f.SetValue(text)
	return f
}

func area(text string, rows int) *widget.Field {
	f := widget.NewArea("", rows)
	f.SetValue(text)
	return f
}

// title is the field of a name: of several lines for its length, but one sentence,
// so that Enter goes on as in a line.
func title(text string, rows int) *widget.Field {
	f := area(text, rows)
	f.EnterGoesOn = true
	return f
}

// oneLine takes the breaks of a name away that came with what was pasted.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func picker(list []model.Choice, key string) *widget.Picker {
	p := widget.NewPicker(options(list), nil)
	p.SetKey(key)
	return p
}

// AddProof asks for a document of the leaf shown.
func (s *Screen) AddProof() {
	if s.m.Card() != nil && s.m.Leaf.Answers() {
		s.askProof(s.m.Leaf.Code(), "")
	}
}
