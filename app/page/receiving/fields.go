package receiving

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/widget"
	"giaoban/data"
)

// entry is one field of the page.
type entry struct {
	name    string
	box     *widget.FieldBox
	part    part
	object  fyne.CanvasObject // what stands on the form, the box where it is nil
	show    func()            // brings the field in step with the model
	visible func() bool       // whether it is on the page now
	aside   bool              // Enter passes over it
	wrong   error             // the text that stands there cannot be read
}

// part is what a field consists of.
type part interface {
	fyne.Widget
	fyne.Focusable
}

// cutField splits the name of a line's field from the line.
func cutField(field string) (name, line string, found bool) { return strings.Cut(field, "/") }

func always() bool { return true }

// add puts a field on the form.
func (s *page) add(e *entry, span int) *entry {
	if e.visible == nil {
		e.visible = always
	}
	reveal := func() { s.reveal(e.object) }
	switch f := e.part.(type) {
	case *widget.Field:
		f.OnFocus = reveal
	case *widget.SuggestField:
		f.OnFocus = reveal
	case *widget.DateField:
		f.OnFocus = reveal
	case *widget.Picker:
		f.OnFocus = reveal
	}
	s.entries = append(s.entries, e)
	s.byName[e.name] = e
	if e.object == nil {
		e.object = e.box
	}
	s.fields.Add(e.object)
	s.form.spans[e.object] = span
	return e
}

func (s *page) section(text string) {
	s.fields.Add(widget.NewSection(text))
}

// text makes a line of text. set may refuse the text; it is then marked once the
// field is left.
func (s *page) text(name, label string, get func() string, set func(string) error) *entry {
	f := widget.NewField("")
	return s.wire(&entry{name: name, part: f}, label, f, get, set)
}

// suggesting makes a line of text that proposes what was used before.
func (s *page) suggesting(name, label string, options func() []widget.Option, get func() string, set func(string) error) *entry {
	f := widget.NewSuggestField("", options)
	return s.wire(&entry{name: name, part: f}, label, &f.Field, get, set)
}

// area makes a text of several lines, in which Enter goes on all the same.
func (s *page) area(name, label string, rows int, get func() string, set func(string) error) *entry {
	f := widget.NewArea("", rows)
	f.EnterGoesOn = true
	return s.wire(&entry{name: name, part: f}, label, f, get, set)
}

// wire connects a text field with the model.
func (s *page) wire(e *entry, label string, f *widget.Field, get func() string, set func(string) error) *entry {
	e.box = widget.NewFieldBox(label, e.part)
	f.OnText = func(text string) {
		if s.filling {
			return
		}
		if e.wrong = set(text); e.wrong == nil {
			e.box.SetError(nil)
		}
		s.typed()
	}
	f.OnEnter = func(string) { s.next(e.part) }
	f.OnLeave = func(string) {
		if e.wrong != nil {
			e.box.SetError(e.wrong)
			return
		}
		f.SetValue(get())
	}
	e.show = func() {
		if e.wrong == nil && s.e.Window.Canvas().Focused() != fyne.Focusable(e.part) {
			f.SetValue(get())
		}
	}
	return e
}

// picking makes a pick list.
func (s *page) picking(name, label string, options func() []widget.Option, get func() string, set func(key string)) *entry {
	var e *entry
	p := widget.NewPicker(nil, func(o widget.Option) {
		set(o.Key)
		e.box.SetError(nil)
		s.typed()
	})
	p.OnDone, p.Width = func() { s.next(p) }, 100 // the form gives it the width of its columns
	e = &entry{name: name, part: p, box: widget.NewFieldBox(label, p)}
	var last []widget.Option
	e.show = func() {
		if list := options(); !sameOptions(list, last) {
			last = list
			p.SetOptions(list)
		}
		if p.Key() != get() {
			p.SetKey(get())
		}
	}
	return e
}

func sameOptions(a, b []widget.Option) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// dating makes a date field.
func (s *page) dating(name, label string, today func() data.Day, info widget.DayInfo, get func() data.Day, set func(data.Day)) *entry {
	f := widget.NewDateField(today)
	f.Info = info
	e := &entry{name: name, part: f, box: widget.NewFieldBox(label, f)}
	f.OnDay = func(d data.Day) {
		set(d)
		s.typed()
	}
	f.OnError = func(err error) {
		e.wrong = err
		e.box.SetError(err)
	}
	f.OnEnter = func(string) { s.next(f) }
	e.show = func() {
		if d, err := f.Day(); err == nil && d != get() && (s.e.Window.Canvas().Focused() != fyne.Focusable(f) || d.Known()) {
			f.SetDay(get())
		}
	}
	return e
}

// build puts the fields on the form in the order of the paper.
func (s *page) build(today func() data.Day, info widget.DayInfo) {
	m := s.model
	of := m.Dossier
	plain := func(set func(d *data.Dossier, text string)) func(string) error {
		return func(text string) error {
			m.Edit(func(d *data.Dossier) { set(d, text) })
			return nil
		}
	}

	code := s.text(FieldCode, "Mã hồ sơ", func() string { return of().Code }, func(t string) error { m.SetCode(t); return nil })
	code.box.Required()
	code.part.(*widget.Field).OnLeave = func(string) { m.ProposeCode() }
	s.add(code, 4)
	s.add(s.dating(FieldReceived, "Ngày nhận", today, info, func() data.Day { return of().Received.Day }, m.SetReceived), 2).box.Required()
	s.add(s.text(FieldClock, "Giờ nhận", func() string { return of().Received.Clock.String() }, m.SetClock), 2)
	s.add(s.picking(FieldBook, "Quyển số", s.books, func() string { return number(of().Book) }, func(key string) { m.SetBook(atoi(key)) }), 2)
	seq := s.add(s.text(FieldSeq, "Số thứ tự", func() string { return number(of().Seq) }, m.SetSeq), 2)
	show := seq.show
	seq.show = func() {
		show()
		if f := seq.part.(*widget.Field); f.PlaceHolder != number(m.NextSeq()) {
			f.SetPlaceHolder(number(m.NextSeq()))
		}
	}

	procedure := s.picking(FieldProcedure, "Thủ tục hành chính", s.procedures, func() string { return id(of().Procedure) }, func(key string) { m.SetProcedure(uint32(atoi(key))) })
	procedure.part.(*widget.Picker).Placeholder = "Gõ tên không dấu, hoặc mã thủ tục"
	showProcedure := procedure.show
	procedure.show = func() {
		showProcedure()
		procedure.box.SetHint(m.ProcedureNote())
	}
	s.add(procedure, 12).box.Required()
	cases := s.picking(FieldCase, "Trường hợp", s.cases, func() string { return of().Case }, m.SetCase)
	cases.part.(*widget.Picker).None = "Trường hợp chung"
	cases.visible = func() bool { return len(m.Cases()) > 0 }
	s.add(cases, 12)
	s.add(s.picking(FieldChannel, "Hình thức nhận", channels, func() string { return number(int(of().Channel)) }, func(key string) { m.SetChannel(data.Channel(atoi(key))) }), 6)
	s.add(s.picking(FieldReturn, "Đăng ký nhận kết quả", returns, func() string { return number(int(of().Return)) }, func(key string) {
		m.Edit(func(d *data.Dossier) { d.Return = data.ReturnWay(atoi(key)) })
	}), 6)

	s.section("Chủ hồ sơ")
	s.person(Owner, always)
	by := widget.NewCheck("Người nộp thay (được ủy quyền)", nil)
	by.OnChanged = func(on bool) {
		if !s.filling && on != m.ByAgent() {
			m.SetByAgent(on)
			s.typed()
			if on {
				s.focus(Agent.Field(""))
			}
		}
	}
	agree := &entry{name: "byAgent", part: by, box: widget.NewFieldBox("", by), object: by, aside: true, show: func() { by.SetChecked(m.ByAgent()) }}
	s.add(agree, 12)
	s.person(Agent, m.ByAgent)

	s.section("Nội dung và thành phần hồ sơ")
	content := s.add(s.area(FieldContent, "Nội dung yêu cầu (để trống: theo tên thủ tục)", 2, func() string { return of().Content }, plain(func(d *data.Dossier, t string) { d.Content = t })), 10)
	copies := s.add(s.text(FieldCopies, "Số bộ", func() string { return number(of().Copies) }, m.SetCopies), 2)
	s.form.narrow[content.object], s.form.narrow[copies.object] = 9, 3
	s.fields.Add(s.parts.object)

	s.section("Giải quyết")
	s.add(s.picking(FieldUnit, "Đơn vị giải quyết", s.units, func() string { return id(of().Unit) }, func(key string) { m.SetUnit(uint32(atoi(key))) }), 6).box.Required()
	receiver := s.picking(FieldReceiver, "Nơi tiếp nhận (nếu khác)", s.units, func() string { return id(of().Receiver) }, func(key string) {
		m.Edit(func(d *data.Dossier) { d.Receiver = uint32(atoi(key)) })
	})
	receiver.part.(*widget.Picker).None = "Bộ phận Một cửa của cơ quan"
	s.add(receiver, 6)
	s.add(s.suggesting(FieldPartner, "Cơ quan phối hợp", s.partners, func() string { return of().Partner }, plain(func(d *data.Dossier, t string) { d.Partner = t })), 6)
	s.add(s.text(FieldFee, "Phí, lệ phí (đ)", m.FeeText, m.SetFee), 3)
	paid := s.picking(FieldPaid, "Cách nộp", payments, func() string { return number(int(of().Paid)) }, func(key string) {
		m.Edit(func(d *data.Dossier) { d.Paid = data.PayWay(atoi(key)) })
	})
	paid.part.(*widget.Picker).None = "Chưa nộp"
	s.add(paid, 3)
	s.add(s.area(FieldNote, "Ghi chú", 2, func() string { return of().Note }, plain(func(d *data.Dossier, t string) { d.Note = t })), 12)
	s.entries = append(s.entries, s.side.entries...)
	for _, e := range s.side.entries {
		s.byName[e.name] = e
	}
}

// fill brings every field in step with the model.
func (s *page) fill() {
	s.filling = true
	for _, e := range s.entries {
		switch v := e.visible(); {
		case v == e.object.Visible():
		case v:
			e.object.Show()
		default:
			e.object.Hide()
		}
		e.show()
	}
	s.filling = false
	s.parts.fill()
	s.side.show()
	s.fields.Refresh()
	s.scroll.Refresh()
	s.e.Status()
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func id(n uint32) string { return number(int(n)) }

func atoi(key string) int {
	n, err := strconv.Atoi(key)
	if err != nil {
		return 0
	}
	return n
}

func choices(list []Choice) []widget.Option {
	out := make([]widget.Option, len(list))
	for i, c := range list {
		out[i] = widget.Option{Key: id(c.ID), Text: c.Name, Detail: c.Code}
	}
	return out
}

func (s *page) procedures() []widget.Option { return choices(s.model.Procedures()) }
func (s *page) units() []widget.Option {
	list := choices(s.model.Units())
	for i := range list {
		list[i].Detail = ""
	}
	return list
}

func (s *page) cases() []widget.Option {
	var out []widget.Option
	for _, c := range s.model.Cases() {
		out = append(out, widget.Option{Key: c.Name, Text: c.Name, Detail: c.Term.String()})
	}
	return out
}

func (s *page) books() []widget.Option {
	var out []widget.Option
	for _, b := range s.model.Books() {
		out = append(out, widget.Option{Key: number(b.Number), Text: fmt.Sprint(b.Number), Detail: b.Name})
	}
	return out
}

func (s *page) partners() []widget.Option {
	var out []widget.Option
	for _, p := range s.model.Partners() {
		out = append(out, widget.Option{Key: p, Text: p})
	}
	return out
}

func channels() []widget.Option {
	var out []widget.Option
	for _, c := range []data.Channel{data.Direct, data.Online, data.Postal} {
		out = append(out, widget.Option{Key: number(int(c)), Text: c.String()})
	}
	return out
}

func returns() []widget.Option {
	var out []widget.Option
	for _, r := range []data.ReturnWay{data.ReturnDirect, data.ReturnPostal, data.ReturnElectronic} {
		out = append(out, widget.Option{Key: number(int(r)), Text: r.String()})
	}
	return out
}

func payments() []widget.Option {
	var out []widget.Option
	for _, p := range []data.PayWay{data.PayCash, data.PayTransfer, data.PayOnline} {
		out = append(out, widget.Option{Key: number(int(p)), Text: p.String()})
	}
	return out
}

// person puts the facts of a person on the form.
func (s *page) person(w Who, visible func() bool) {
	m := s.model
	fact := func(part, label string, span int, of func(*data.Person) *string) *entry {
		e := s.text(w.Field(part), label, func() string { p := m.Person(w); return *of(&p) }, func(t string) error {
			m.EditPerson(w, func(p *data.Person) { *of(p) = t })
			return nil
		})
		e.visible = visible
		return s.add(e, span)
	}
	name := "Họ tên hoặc tên tổ chức"
	if w == Agent {
		name = "Họ tên người nộp thay"
	}
	fact("", name, 6, func(p *data.Person) *string { return &p.Name }).box.Required()
	fact("identity", "Số định danh, mã số thuế", 3, func(p *data.Person) *string { return &p.Identity })
	fact("phone", "Điện thoại", 3, func(p *data.Person) *string { return &p.Phone })
	house := s.text(w.Field("address"), "Số nhà, thôn, tổ", func() string { return m.Home(w).House }, func(t string) error {
		home := m.Home(w)
		home.House = t
		m.SetHome(w, home)
		return nil
	})
	house.visible = visible
	s.add(house, 3)
	commune := s.suggesting(w.Field("commune"), "Xã, phường", s.communes, func() string { return m.Home(w).Commune }, func(t string) error {
		home := m.Home(w)
		home.Commune = t
		m.SetHome(w, home)
		return nil
	})
	commune.visible = visible
	field := commune.part.(*widget.SuggestField)
	field.OnPick = func(o widget.Option) {
		home := m.Home(w)
		home.Commune = o.Text
		if o.Detail != "" {
			home.Province = o.Detail
		}
		m.SetHome(w, home)
		field.SetValue(o.Text)
		s.fill()
		s.typed()
		s.next(field)
	}
	s.add(commune, 3)
	province := s.text(w.Field("province"), "Tỉnh, thành phố", func() string { return m.Home(w).Province }, func(t string) error {
		home := m.Home(w)
		home.Province = t
		m.SetHome(w, home)
		return nil
	})
	province.visible = visible
	s.add(province, 3)
	fact("email", "Thư điện tử", 3, func(p *data.Person) *string { return &p.Email })
}

func (s *page) communes() []widget.Option {
	var out []widget.Option
	for i, a := range s.model.Communes() {
		out = append(out, widget.Option{Key: fmt.Sprint(i + 1), Text: a.Commune, Detail: a.Province})
	}
	return out
}
