// Package receiving is the screen Tiếp nhận hồ sơ: one page to enter a dossier by
// keyboard alone, with its due date, the reason for it and warnings at the right.
package receiving

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/receiving"
	"giaoban/app/widget"
	"giaoban/data"
)

// Screen is the screen.
type Screen struct {
	ctx   screen.Context
	model *model.Model

	page    *widget.Page
	form    *flow
	fields  *fyne.Container
	scroll  *container.Scroll
	entries []*entry
	byName  map[string]*entry
	parts   *partsTable
	side    *side
	main    *widget.Button
	look    func(struct{})
	tried   bool // saving was tried: what is missing is marked
	filling bool

	// Print shows the receipt or the refusal of a stored dossier.
	Print func(form Paper, one data.Dossier)
	// Undo takes the last change back.
	Undo func()
	// Leave goes back to where the officer came from.
	Leave func()
	// OpenDossier shows a dossier in the register.
	OpenDossier func(id uint64)
	// OpenCatalogue and OpenSettings open the screens of those names.
	OpenCatalogue, OpenSettings func()
}

// Paper is a paper that the desk hands out.
type Paper int

// The papers.
const (
	PaperReceipt Paper = iota // giấy tiếp nhận và hẹn trả
	PaperRefusal              // phiếu từ chối
)

const (
	title = "Tiếp nhận hồ sơ"
	// typingPause is how long typing rests before warnings are looked for.
	typingPause = 300 * time.Millisecond
	// inputPause lets input methods deliver the word in progress before fields are
	// read or left.
	inputPause = 40 * time.Millisecond
)

// New builds the screen.
func New(ctx screen.Context, m *model.Model, today func() data.Day, info widget.DayInfo) *Screen {
	s := &Screen{ctx: ctx, model: m, byName: map[string]*entry{}, Print: func(Paper, data.Dossier) {}, Undo: func() {}, Leave: func() {},
		OpenDossier: func(uint64) {}, OpenCatalogue: func() {}, OpenSettings: func() {}}
	s.form = &flow{spans: map[fyne.CanvasObject]int{}, narrow: map[fyne.CanvasObject]int{}}
	s.fields = container.New(s.form)
	s.parts = newPartsTable(s)
	s.side = newSide(s, today, info)
	s.build(today, info)
	s.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 24, 0, rightInset), s.fields))
	line := canvas.NewRectangle(widget.Color(widget.ColorLine))
	s.main = widget.NewMainButton("Lưu và nhập tiếp", widget.IconSave, s.Submit).WithHint("Ctrl+Enter")
	actions := []fyne.CanvasObject{
		widget.NewButton("Lưu", "", func() { s.afterTyping(s.save) }).WithHint("Ctrl+S"),
		widget.NewButton("Lưu và in giấy hẹn", widget.IconPrint, s.SaveAndPrint).WithHint("Ctrl+P"),
		s.main,
	}
	s.page = widget.NewPage(title, actions, nil, container.New(columns{s.form}, s.scroll, line, s.side.object))
	pause := widget.Debounce(typingPause, func(struct{}) {
		s.model.Look()
		s.mark()
	})
	s.look = pause
	m.Changed = s.fill
	m.Warned = s.side.show
	s.fill()
	return s
}

// Dirty implements screen.Typed.
func (s *Screen) Dirty() bool { return s.model.Dirty() }

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown implements screen.Screen.
func (s *Screen) Shown() {
	s.model.Shown()
	s.model.Look()
	s.focusFirst()
}

// Status implements screen.Screen.
func (s *Screen) Status() string {
	switch d := s.model.Dossier(); {
	case s.model.Saved() != 0:
		return "Đã lưu hồ sơ " + d.Code
	case s.model.Dirty():
		return strings.TrimSpace("Chưa lưu "+d.Code) + "; rời trang không mất"
	}
	return "Enter: ô tiếp theo · Ctrl+Enter: lưu và nhập hồ sơ tiếp theo · Esc: quay lại"
}

// TakeKey takes Enter and Escape while no field has a use for them.
func (s *Screen) TakeKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		s.Leave()
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		s.next(s.ctx.Window.Canvas().Focused())
		return true
	}
	return false
}

// focusFirst gives the focus to the first field that waits for the officer.
func (s *Screen) focusFirst() {
	first := model.FieldProcedure
	switch d := s.model.Dossier(); {
	case s.model.Saved() != 0:
		s.ctx.Focus(s.page, s.main)
		return
	case d.Procedure == 0:
	case d.Owner.Name == "":
		first = model.Owner.Field("")
	default:
		first = model.FieldContent
	}
	s.focus(first)
}

// focus goes to a field by its name and brings it into view.
func (s *Screen) focus(name string) bool {
	e := s.byName[name]
	if e == nil || !e.visible() {
		return false
	}
	s.ctx.Focus(s.page, e.part)
	s.reveal(e.object)
	return true
}

// next goes from a field to the one after it in the order of the form.
func (s *Screen) next(from fyne.Focusable) {
	at := -1
	for i, e := range s.entries {
		if fyne.Focusable(e.part) == from {
			at = i
		}
	}
	if at < 0 {
		return
	}
	for _, e := range s.entries[at+1:] {
		if e.visible() && !e.aside {
			s.ctx.Focus(s.page, e.part)
			s.reveal(e.object)
			return
		}
	}
	s.ctx.Focus(s.page, s.main)
}

// reveal scrolls the form so that a field is in view.
func (s *Screen) reveal(o fyne.CanvasObject) {
	pos := fyne.NewPos(0, 0)
	found := false
	for _, c := range s.fields.Objects {
		if c == o {
			pos, found = c.Position(), true
		}
	}
	if !found {
		return
	}
	top, height := s.scroll.Offset.Y, s.scroll.Size().Height
	switch bottom := pos.Y + o.Size().Height + 16; {
	case pos.Y < top:
		s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, pos.Y-8)))
	case bottom > top+height:
		s.scroll.ScrollToOffset(fyne.NewPos(0, bottom-height))
	}
}

// typed is called after each change by the officer.
func (s *Screen) typed() {
	if s.filling {
		return
	}
	s.look(struct{}{})
	s.ctx.Status()
}

// afterTyping runs something once input methods have delivered the last word
// and the field in use has been read.
func (s *Screen) afterTyping(do func()) {
	widget.After(inputPause, func() {
		if f, ok := s.ctx.Window.Canvas().Focused().(*widget.DateField); ok {
			// Its text is read when it is left.
			s.ctx.Window.Canvas().Unfocus()
			s.ctx.Window.Canvas().Focus(f)
		}
		do()
	})
}

// Submit saves and begins the next dossier.
func (s *Screen) Submit() {
	s.afterTyping(func() {
		if s.model.Saved() != 0 && !s.model.Dirty() {
			s.begin(false)
			return
		}
		s.store(func(data.Dossier) { s.begin(false) })
	})
}

// SubmitSame saves and begins another dossier of the same person.
func (s *Screen) SubmitSame() {
	s.afterTyping(func() {
		if s.model.Saved() != 0 && !s.model.Dirty() {
			s.begin(true)
			return
		}
		s.store(func(data.Dossier) { s.begin(true) })
	})
}

// Save saves and stays.
func (s *Screen) Save() { s.afterTyping(s.save) }

func (s *Screen) save() {
	if s.model.Saved() != 0 && !s.model.Dirty() {
		s.ctx.Focus(s.page, s.main)
		return
	}
	s.store(func(data.Dossier) { s.ctx.Focus(s.page, s.main) })
}

// SaveAndPrint saves and shows the receipt.
func (s *Screen) SaveAndPrint() {
	s.afterTyping(func() {
		if s.model.Saved() != 0 && !s.model.Dirty() {
			s.Print(PaperReceipt, s.model.Dossier())
			return
		}
		s.store(func(one data.Dossier) {
			s.ctx.Focus(s.page, s.main)
			s.Print(PaperReceipt, one)
		})
	})
}

// store saves what stands on the page; done gets the stored dossier.
func (s *Screen) store(done func(data.Dossier)) {
	before := s.model.Saved()
	s.model.Save(func(err error) {
		if s.failed(err) {
			return
		}
		one := s.model.Dossier()
		text := "Đã tiếp nhận " + one.Code + "."
		if before != 0 {
			text = "Đã sửa " + one.Code + "."
		}
		widget.ShowToast(s.ctx.Window, text, "Hoàn tác", s.Undo)
		done(one)
	})
}

// failed shows what is wrong, at the field and above the page.
func (s *Screen) failed(err error) bool {
	s.tried = err != nil
	s.mark()
	s.page.Errors.SetError(err)
	s.ctx.Status()
	if err == nil {
		return false
	}
	var e *data.Error
	if errors.As(err, &e) && e.Field != "" {
		name, _, _ := cutField(e.Field)
		if box := s.byName[name]; box != nil {
			box.box.SetError(err)
		}
		if name == model.FieldParts {
			s.parts.focus()
		} else {
			s.focus(name)
		}
	}
	return true
}

// mark shows beside each field what keeps the dossier from being saved, once
// that was tried.
func (s *Screen) mark() {
	problems := map[string]error{}
	if s.tried {
		var first error // of those that are left
		for _, p := range s.model.Problems() {
			problems[p.Field] = p
			if first == nil {
				first = p
			}
		}
		s.tried = len(problems) > 0
		s.page.Errors.SetError(first)
	}
	for _, e := range s.entries {
		if e.wrong == nil {
			e.box.SetError(problems[e.name])
		}
	}
}

// begin starts the next dossier.
func (s *Screen) begin(samePerson bool) {
	s.tried = false
	s.page.Errors.SetError(nil)
	s.ctx.Window.Canvas().Unfocus()
	s.model.Next(samePerson)
	s.forget()
	s.model.Look()
	s.scroll.ScrollToTop()
	if samePerson {
		s.focus(model.FieldProcedure)
	} else {
		s.focusFirst()
	}
	s.ctx.Status()
}

// forget takes away what was wrong with texts that no longer stand there.
func (s *Screen) forget() {
	for _, e := range s.entries {
		e.wrong = nil
		e.box.SetError(nil)
	}
}

func (s *Screen) clear() {
	do := func() {
		s.tried = false
		s.page.Errors.SetError(nil)
		s.ctx.Window.Canvas().Unfocus()
		s.model.Clear()
		s.forget()
		s.model.Look()
		s.focusFirst()
		s.ctx.Status()
	}
	switch {
	case s.model.Saved() != 0 && !s.model.Dirty():
		s.begin(false)
	case s.model.Dirty():
		widget.ConfirmDanger(s.ctx.Window, "Xóa những gì đang nhập?", "Hồ sơ đang nhập chưa lưu. Những gì đã nhập trên trang này sẽ mất.", "Xóa, nhập mới", func(ok bool) {
			if ok {
				do()
			}
		})
	default:
		do()
	}
}

// refuse asks for the reason and stores the dossier as not accepted.
func (s *Screen) refuse() {
	reason := widget.NewArea("Lý do cụ thể, in trên phiếu từ chối", 4)
	widget.ShowForm(s.ctx.Window, "Không tiếp nhận hồ sơ", []fyne.CanvasObject{
		widget.NewParagraph("Hồ sơ được giữ trong danh sách không tiếp nhận, không tính vào số liệu. Phiếu từ chối (Mẫu số 03) hiện ra để in.", 420),
		widget.NewFieldBox("Lý do không tiếp nhận", reason).Required(),
	}, "Không tiếp nhận", func() error {
		if err := s.model.RefusalMissing(reason.Value()); err != nil {
			return err
		}
		s.model.Refuse(reason.Value(), func(err error) {
			if s.failed(err) {
				return
			}
			one := s.model.Dossier()
			widget.ShowToast(s.ctx.Window, "Đã ghi không tiếp nhận "+one.Code+".", "Hoàn tác", s.Undo)
			s.begin(false)
			s.Print(PaperRefusal, one)
		})
		return nil
	})
}

// PrintPage implements screen.Printer.
func (s *Screen) PrintPage() { s.SaveAndPrint() }
