// Package receiving is the page Tiếp nhận hồ sơ: one page to enter a dossier by
// keyboard alone, with its due date, the reason for it and warnings at the right.
package receiving

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// page is the page.
type page struct {
	env.OnePlace
	e     *env.Env
	model *Model
	draft *env.Draft

	frame  *widget.Page
	form   *form.Form[Form]
	scroll *widget.Follow
	side   *side
	main   *widget.Button
	look   func(struct{})
	tried  bool // saving was tried: what is missing is marked
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
	s := &page{e: e, model: NewModel(e.Session), draft: e.Draft("dang-nhap")}
	m := s.model
	restored := m.Restore(s.draft.Read())
	s.form = form.New(e, m.Form(), m.fields()...)
	s.form.Onward = true
	s.form.OnEnd = func() { s.e.Focus(s.frame, s.main) }
	s.form.OnSubmit = s.Submit
	s.form.OnChange, s.form.OnLeave, s.form.OnTake = s.took, s.left, s.proposed
	var keys []string
	for _, x := range s.form.Fields() {
		if !slices.Contains(beside, x.Key) {
			keys = append(keys, x.Key)
		}
	}
	s.scroll = s.form.Scroll(container.New(layout.NewCustomPaddedLayout(0, 24, 0, 0), s.form.Objects(1, keys)))
	s.side = newSide(s)
	s.main = widget.NewMainButton("Lưu và nhập tiếp", widget.IconSave, s.Submit).WithHint("Ctrl+Enter")
	actions := []fyne.CanvasObject{
		widget.NewButton("Lưu", "", s.save).WithHint("Ctrl+S"),
		widget.NewButton("Lưu và in giấy hẹn", widget.IconPrint, s.SaveAndPrint).WithHint("Ctrl+P"),
		s.main,
	}
	s.frame = widget.NewPage(title, actions, nil, container.New(widget.Beside{Share: 0.42, Least: sideLeast, Most: sideWidth, Gap: 8, Main: 260},
		s.scroll.Scroll, container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, 8), widget.NewLine()), nil, s.side.scroll)))
	s.look = widget.Debounce(typingPause, func(struct{}) {
		s.model.Look()
		s.mark()
	})
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

// Stale implements env.Page.
func (s *page) Stale(desk.Changes) { s.model.Reload() }

// Keys implements env.Keyed.
func (s *page) Keys() []env.Key {
	ctrl := fyne.KeyModifierControl
	keys := []env.Key{
		{Name: fyne.KeyN, Modifier: ctrl, Anywhere: true, Do: func() { s.e.Go(env.Route{Page: env.Receiving}) }, Label: "Ctrl+N",
			Help: "tiếp nhận hồ sơ; trong trang: Enter sang ô sau, Ctrl+Enter lưu và nhập tiếp, Ctrl+S lưu, Ctrl+P lưu và in, " +
				"Ctrl+D điền theo hồ sơ cũ, Ctrl+Shift+Enter thêm hồ sơ cùng người nộp"},
		{Name: fyne.KeyS, Modifier: ctrl, Do: s.save}, {Name: fyne.KeyD, Modifier: ctrl, Do: s.TakeKnown},
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
	s.e.Session.JumpTo(one.Code)
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
		return s.form.Next()
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
		first = "content"
	}
	s.focus(first)
}

// focus goes to a field.
func (s *page) focus(key string) {
	if part := s.form.Part(key); part != nil {
		s.e.Focus(s.frame, part)
	}
}

// took hands on what the officer entered in a field.
func (s *page) took(key string) {
	now, wrong := s.form.Only(key)
	s.model.Take(key, now, wrong)
	s.form.Refill(s.model.Form(), s.model.Unread)
	s.typed()
	if key == FieldByAgent && now.ByAgent {
		s.focus(Agent.Field(""))
	}
}

// left writes what is stored into a field that is left.
func (s *page) left(key string) {
	if !s.model.Unread(key) {
		s.form.Type(key, s.form.TextOf(key, s.model.Form()))
		s.form.SetError(key, s.missing()[key])
	}
}

// proposed takes the province along with a commune.
func (s *page) proposed(key string, taken kit.Choice) {
	for _, w := range []Who{Owner, Agent} {
		if province := w.Field("province"); key == w.Field("commune") && taken.Detail != "" {
			s.form.Type(province, taken.Detail)
			s.took(province)
		}
	}
	s.form.Next()
}

// fill brings the form in step with the model.
func (s *page) fill() {
	s.form.Refill(s.model.Form(), s.model.Unread)
	s.side.show()
	s.e.Status()
}

// typed is called after each change by the officer.
func (s *page) typed() {
	s.look(struct{}{})
	s.e.Status()
}

// Submit saves and begins the next dossier.
func (s *page) Submit() { s.storing(func(data.Dossier) { s.begin(false) }) }

// SubmitSame saves and begins another dossier of the same person.
func (s *page) SubmitSame() { s.storing(func(data.Dossier) { s.begin(true) }) }

// save saves and stays.
func (s *page) save() { s.storing(func(data.Dossier) { s.e.Focus(s.frame, s.main) }) }

// SaveAndPrint saves and shows the receipt.
func (s *page) SaveAndPrint() {
	s.storing(func(one data.Dossier) {
		s.e.Focus(s.frame, s.main)
		s.print(false, one)
	})
}

// storing saves what is not stored yet; then gets the stored dossier.
func (s *page) storing(then func(data.Dossier)) {
	widget.After(inputPause, func() {
		if s.model.Saved() != 0 && !s.model.Dirty() {
			then(s.model.Dossier())
			return
		}
		s.store(then)
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
	if rest := s.form.Show(err); rest == nil {
		s.mark()
	}
	return true
}

// missing is what keeps the dossier from being saved, by field, once that was tried.
func (s *page) missing() map[string]error {
	out := map[string]error{}
	if s.tried {
		for _, p := range s.model.Problems() {
			out[p.Field] = p
		}
	}
	return out
}

// mark shows at each field what is missing, and above the page the first of it.
func (s *page) mark() {
	missing := s.missing()
	if s.tried {
		s.tried = len(missing) > 0
		var first error
		if s.tried {
			first = s.model.Problems()[0]
		}
		s.frame.Errors.SetError(first)
	}
	for _, x := range s.form.Fields() {
		if !s.model.Unread(x.Key) {
			s.form.SetError(x.Key, missing[x.Key])
		}
	}
}

// begin starts the next dossier.
func (s *page) begin(samePerson bool) {
	s.anew(func() { s.model.Next(samePerson) })
	s.scroll.ScrollToTop()
	if samePerson {
		s.focus(FieldProcedure)
	}
}

// anew shows what next brings onto the page.
func (s *page) anew(next func()) {
	s.tried = false
	s.frame.Errors.SetError(nil)
	s.e.Window.Canvas().Unfocus()
	next()
	s.form.Show(nil)
	s.model.Look()
	s.focusFirst()
	s.e.Status()
}

func (s *page) clear() {
	switch do := func() { s.anew(s.model.Clear) }; {
	case s.model.Saved() != 0 && !s.model.Dirty():
		s.begin(false)
	case s.model.Dirty():
		s.e.ConfirmDanger("Xóa những gì đang nhập?", "Hồ sơ đang nhập chưa lưu. Những gì đã nhập trên trang này sẽ mất.", "Xóa, nhập mới", do)
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

// Widths of the right column in px at 100 %; rightInset is the room that scroll bars
// take.
const (
	sideWidth  = 330
	sideLeast  = 302 // on small windows
	rightInset = 14
)
