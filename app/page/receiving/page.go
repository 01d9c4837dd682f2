// Package receiving is the page Tiếp nhận hồ sơ: one page to enter a dossier by
// keyboard alone, with its due date, the reason for it and warnings at the right.
package receiving

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// page is the page.
type page struct {
	e     *env.Env
	model *Model
	draft *env.Draft

	frame   *widget.Page
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
}

const (
	title = "Tiếp nhận hồ sơ"
	// typingPause is how long typing rests before warnings are looked for.
	typingPause = 300 * time.Millisecond
	// inputPause lets input methods deliver the word in progress before fields are
	// read or left.
	inputPause = 40 * time.Millisecond
)

// New builds the page. What was typed the last time and not stored stands there again.
func New(e *env.Env) env.Page {
	s := &page{e: e, model: NewModel(e.Session), draft: e.Draft("dang-nhap"), byName: map[string]*entry{}}
	m, today, info := s.model, e.Desk.Today, e.DayInfo
	restored := m.Restore(s.draft.Read())
	s.form = &flow{spans: map[fyne.CanvasObject]int{}, narrow: map[fyne.CanvasObject]int{}}
	s.fields = container.New(s.form)
	s.parts = newPartsTable(s)
	s.side = newSide(s, today, info)
	s.build(today, info)
	s.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 24, 0, rightInset), s.fields))
	line := widget.NewLine()
	s.main = widget.NewMainButton("Lưu và nhập tiếp", widget.IconSave, s.Submit).WithHint("Ctrl+Enter")
	actions := []fyne.CanvasObject{
		widget.NewButton("Lưu", "", func() { s.afterTyping(s.save) }).WithHint("Ctrl+S"),
		widget.NewButton("Lưu và in giấy hẹn", widget.IconPrint, s.SaveAndPrint).WithHint("Ctrl+P"),
		s.main,
	}
	s.frame = widget.NewPage(title, actions, nil, container.New(columns{s.form}, s.scroll, line, s.side.object))
	pause := widget.Debounce(typingPause, func(struct{}) {
		s.model.Look()
		s.mark()
	})
	s.look = pause
	m.Changed = s.fill
	m.Warned = s.side.show
	m.Keep = s.draft.Keep
	s.fill()
	if restored {
		widget.Post(func() {
			e.Offer("Có hồ sơ đang nhập dở từ lần trước.", "Nhập tiếp", func() { e.Go(env.Route{Page: env.Receiving}) })
		})
	}
	return s
}

// Dirty implements env.Typed.
func (s *page) Dirty() bool { return s.model.Dirty() }

// Flush implements env.Flusher.
func (s *page) Flush() { s.draft.Flush() }

// Save implements env.Page: there is one place on the page.
func (s *page) Save() env.State { return nil }

// Restore implements env.Page.
func (s *page) Restore(env.State) {}

// Stale implements env.Page.
func (s *page) Stale(desk.Changes) { s.model.Reload() }

// Keys implements env.Keyed.
func (s *page) Keys() []env.Key {
	ctrl := fyne.KeyModifierControl
	keys := []env.Key{
		{Name: fyne.KeyN, Modifier: ctrl, Anywhere: true, Do: func() { s.e.Go(env.Route{Page: env.Receiving}) }, Label: "Ctrl+N",
			Help: "tiếp nhận hồ sơ; trong trang: Enter sang ô sau, Ctrl+Enter lưu và nhập tiếp, Ctrl+S lưu, Ctrl+P lưu và in, " +
				"Ctrl+D điền theo hồ sơ cũ, Ctrl+Shift+Enter thêm hồ sơ cùng người nộp"},
		{Name: fyne.KeyS, Modifier: ctrl, Do: func() { s.afterTyping(s.save) }}, {Name: fyne.KeyD, Modifier: ctrl, Do: s.TakeKnown},
	}
	for _, enter := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		keys = append(keys, env.Key{Name: enter, Modifier: ctrl, Do: s.Submit}, env.Key{Name: enter, Modifier: ctrl | fyne.KeyModifierShift, Do: s.SubmitSame})
	}
	return keys
}

// leave goes back to where the officer came from.
func (s *page) leave() {
	s.e.Back()
	if s.e.InView(s.frame) {
		s.e.Go(env.Route{Page: env.Register})
	}
}

// print shows the receipt of a stored dossier, or the slip of its refusal.
func (s *page) print(refused bool, one data.Dossier) {
	slip, title, name := papers.Slip{Form: papers.FormReceipt, Dossier: one.ID, Event: -1}, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "giay-tiep-nhan-"
	if refused {
		slip.Form, slip.Event = papers.FormRefusal, 0
		title, name = "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "phieu-tu-choi-"
	}
	s.e.ShowSlips(title, name+strings.ReplaceAll(one.Code, "/", "-"), []papers.Slip{slip})
}

// openDossier shows a dossier in the register.
func (s *page) openDossier(id uint64) {
	one, err := s.e.Desk.Dossier(id)
	if err != nil {
		s.e.Fail("Không mở được hồ sơ", err)
		return
	}
	s.e.Session.Jump(view.Jump{Title: "Hồ sơ " + one.Code, Query: desk.Query{Text: one.Code}})
}

// Content implements env.Page.
func (s *page) Content() fyne.CanvasObject { return s.frame }

// Shown implements env.Page.
func (s *page) Shown() {
	s.model.Shown()
	s.model.Look()
	s.focusFirst()
}

// Status implements env.Page.
func (s *page) Status() string {
	switch d := s.model.Dossier(); {
	case s.model.Saved() != 0:
		return "Đã lưu hồ sơ " + d.Code
	case s.model.Dirty():
		return strings.TrimSpace("Chưa lưu "+d.Code) + "; rời trang không mất"
	}
	return "Enter: ô tiếp theo · Ctrl+Enter: lưu và nhập hồ sơ tiếp theo · Esc: quay lại"
}

// TakeKey takes Enter and Escape while no field has a use for them.
func (s *page) TakeKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		s.leave()
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		s.next(s.e.Window.Canvas().Focused())
		return true
	}
	return false
}

// focusFirst gives the focus to the first field that waits for the officer.
func (s *page) focusFirst() {
	first := FieldProcedure
	switch d := s.model.Dossier(); {
	case s.model.Saved() != 0:
		s.e.Focus(s.frame, s.main)
		return
	case d.Procedure == 0:
	case d.Owner.Name == "":
		first = Owner.Field("")
	default:
		first = FieldContent
	}
	s.focus(first)
}

// focus goes to a field by its name and brings it into view.
func (s *page) focus(name string) bool {
	e := s.byName[name]
	if e == nil || !e.visible() {
		return false
	}
	s.e.Focus(s.frame, e.part)
	s.reveal(e.object)
	return true
}

// next goes from a field to the one after it in the order of the form.
func (s *page) next(from fyne.Focusable) {
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
			s.e.Focus(s.frame, e.part)
			s.reveal(e.object)
			return
		}
	}
	s.e.Focus(s.frame, s.main)
}

// reveal scrolls the form so that a field is in view.
func (s *page) reveal(o fyne.CanvasObject) {
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
func (s *page) typed() {
	if s.filling {
		return
	}
	s.look(struct{}{})
	s.e.Status()
}

// afterTyping runs something once input methods have delivered the last word
// and the field in use has been read.
func (s *page) afterTyping(do func()) {
	widget.After(inputPause, func() {
		if f, ok := s.e.Window.Canvas().Focused().(*widget.DateField); ok {
			// Its text is read when it is left.
			s.e.Window.Canvas().Unfocus()
			s.e.Window.Canvas().Focus(f)
		}
		do()
	})
}

// Submit saves and begins the next dossier.
func (s *page) Submit() {
	s.afterTyping(func() {
		if s.model.Saved() != 0 && !s.model.Dirty() {
			s.begin(false)
			return
		}
		s.store(func(data.Dossier) { s.begin(false) })
	})
}

// SubmitSame saves and begins another dossier of the same person.
func (s *page) SubmitSame() {
	s.afterTyping(func() {
		if s.model.Saved() != 0 && !s.model.Dirty() {
			s.begin(true)
			return
		}
		s.store(func(data.Dossier) { s.begin(true) })
	})
}

// save saves and stays.
func (s *page) save() {
	if s.model.Saved() != 0 && !s.model.Dirty() {
		s.e.Focus(s.frame, s.main)
		return
	}
	s.store(func(data.Dossier) { s.e.Focus(s.frame, s.main) })
}

// SaveAndPrint saves and shows the receipt.
func (s *page) SaveAndPrint() {
	s.afterTyping(func() {
		if s.model.Saved() != 0 && !s.model.Dirty() {
			s.print(false, s.model.Dossier())
			return
		}
		s.store(func(one data.Dossier) {
			s.e.Focus(s.frame, s.main)
			s.print(false, one)
		})
	})
}

// store saves what stands on the page; done gets the stored dossier.
func (s *page) store(done func(data.Dossier)) {
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
		s.e.Done(text)
		done(one)
	})
}

// failed shows what is wrong, at the field and above the page.
func (s *page) failed(err error) bool {
	s.tried = err != nil
	s.mark()
	s.frame.Errors.SetError(err)
	s.e.Status()
	if err == nil {
		return false
	}
	var e *data.Error
	if errors.As(err, &e) && e.Field != "" {
		name, _, _ := cutField(e.Field)
		if box := s.byName[name]; box != nil {
			box.box.SetError(err)
		}
		if name == FieldParts {
			s.parts.focus()
		} else {
			s.focus(name)
		}
	}
	return true
}

// mark shows beside each field what keeps the dossier from being saved, once
// that was tried.
func (s *page) mark() {
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
		s.frame.Errors.SetError(first)
	}
	for _, e := range s.entries {
		if e.wrong == nil {
			e.box.SetError(problems[e.name])
		}
	}
}

// begin starts the next dossier.
func (s *page) begin(samePerson bool) {
	s.tried = false
	s.frame.Errors.SetError(nil)
	s.e.Window.Canvas().Unfocus()
	s.model.Next(samePerson)
	s.forget()
	s.model.Look()
	s.scroll.ScrollToTop()
	if samePerson {
		s.focus(FieldProcedure)
	} else {
		s.focusFirst()
	}
	s.e.Status()
}

// forget takes away what was wrong with texts that no longer stand there.
func (s *page) forget() {
	for _, e := range s.entries {
		e.wrong = nil
		e.box.SetError(nil)
	}
}

func (s *page) clear() {
	do := func() {
		s.tried = false
		s.frame.Errors.SetError(nil)
		s.e.Window.Canvas().Unfocus()
		s.model.Clear()
		s.forget()
		s.model.Look()
		s.focusFirst()
		s.e.Status()
	}
	switch {
	case s.model.Saved() != 0 && !s.model.Dirty():
		s.begin(false)
	case s.model.Dirty():
		widget.ConfirmDanger(s.e.Window, "Xóa những gì đang nhập?", "Hồ sơ đang nhập chưa lưu. Những gì đã nhập trên trang này sẽ mất.", "Xóa, nhập mới", func(ok bool) {
			if ok {
				do()
			}
		})
	default:
		do()
	}
}

// refusal is why a dossier is not accepted.
type refusal struct{ Reason string }

// refuse asks for the reason and stores the dossier as not accepted.
func (s *page) refuse() {
	form.Ask(s.e, form.Question[refusal]{Title: "Không tiếp nhận hồ sơ", Verb: "Không tiếp nhận",
		Note: "Hồ sơ được giữ trong danh sách không tiếp nhận, không tính vào số liệu. Phiếu từ chối (Mẫu số 03) hiện ra để in.",
		Fields: []form.Field[refusal]{
			form.Area("reason", "Lý do không tiếp nhận", 4, func(r *refusal) *string { return &r.Reason }).Need().Note("lý do cụ thể, in trên phiếu từ chối"),
		},
		Check: func(r refusal) error { return s.model.RefusalMissing(r.Reason) },
		Then: func(r refusal) {
			s.model.Refuse(r.Reason, func(err error) {
				if s.failed(err) {
					return
				}
				one := s.model.Dossier()
				s.e.Done("Đã ghi không tiếp nhận " + one.Code + ".")
				s.begin(false)
				s.print(true, one)
			})
		}})
}

// PrintPage implements env.Printer.
func (s *page) PrintPage() { s.SaveAndPrint() }
