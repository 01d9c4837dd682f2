package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	model "giaoban/app/view/settings"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// rulesPart is the habits of the office: numbers, warnings, hours.
type rulesPart struct {
	c                *Screen
	code, letter     *widget.Field
	endOfDay, next   *widget.Check
	mergers          *widget.Check
	codeIs, letterIs *widget.Paragraph
	fields           []*ruleField
	boxes            map[string]*widget.FieldBox
	checks           [3]bool // as filled last
	object           fyne.CanvasObject
}

type ruleField struct {
	typed
	of func(*model.Rules) *string
}

func newRules(c *Screen) *rulesPart {
	p := &rulesPart{c: c, boxes: map[string]*widget.FieldBox{}}
	add := func(key, label, hint string, of func(*model.Rules) *string) fyne.CanvasObject {
		f := &ruleField{typed: typed{field: widget.NewField("")}, of: of}
		c.saveKey(f.field, p.save)
		p.fields = append(p.fields, f)
		p.boxes[key] = widget.NewFieldBox(label, f.field).WithHint(hint)
		return p.boxes[key]
	}
	const words = "{ma} mã định danh, {nam} {nam2} {thang} {ngay} ngày tiếp nhận, {so} hoặc {so:4} số chạy"
	code := add("code", "Mẫu mã hồ sơ", words, func(r *model.Rules) *string { return &r.CodePattern })
	letter := add("letter", "Mẫu số thư xin lỗi", words, func(r *model.Rules) *string { return &r.LetterPattern })
	p.code, p.letter = p.fields[0].field, p.fields[1].field
	p.codeIs, p.letterIs = widget.NewParagraph("", 400), widget.NewParagraph("", 400)
	p.code.OnText = func(text string) { p.example("code", text, p.codeIs) }
	p.letter.OnText = func(text string) { p.example("letter", text, p.letterIs) }
	warn := widget.Columns(2,
		add("similar", "Cảnh báo hồ sơ trùng trong (ngày)", "cùng người, cùng thủ tục; 0: không cảnh báo", func(r *model.Rules) *string { return &r.SimilarDays }),
		add("soon", "Sắp đến hạn trước (ngày làm việc)", "ở Tổng quan, Sổ hồ sơ và «Sắp trễ»", func(r *model.Rules) *string { return &r.SoonDays }),
		add("waiting", "Chờ bổ sung quá lâu sau (ngày)", "để nhắc người dân", func(r *model.Rules) *string { return &r.WaitingDays }),
		add("again", "Hẹn lại tối đa (lần)", "quá thì nhắc, không cấm; 0: không xét", func(r *model.Rules) *string { return &r.Postponements }),
		add("handin", "Chuyển hồ sơ trong ngày nếu nhận trước", "sau giờ này chuyển vào đầu ngày làm việc sau", func(r *model.Rules) *string { return &r.HandIn }),
		add("sameday", "Thủ tục «trong ngày» nhận trước", "sau giờ này hẹn ngày làm việc sau", func(r *model.Rules) *string { return &r.SameDay }))
	p.endOfDay = widget.NewCheck("Hẹn trả vào cuối giờ làm việc, không theo giờ tiếp nhận", nil)
	p.next = widget.NewCheck("Hồ sơ đến sau giờ làm việc, ngày nghỉ: tính là nhận vào buổi làm việc sau", nil)
	p.mergers = widget.NewCheck("Số liệu và danh sách tính đơn vị đã sáp nhập vào đơn vị kế thừa", nil)
	left := container.NewVBox(widget.NewSection("Số, mã"), code, p.codeIs, letter, p.letterIs)
	right := container.NewVBox(widget.NewSection("Cảnh báo và giờ giấc"), warn,
		widget.NewNote("Căn cứ của việc hẹn lại: hồ sơ "+basis.Told(basis.Postpone)+".", 400), p.endOfDay, p.next, p.mergers)
	p.object = container.New(layout.NewGridLayoutWithColumns(2), left, container.New(layout.NewCustomPaddedLayout(0, 0, 24, 0), right))
	return p
}

// example shows the number that a pattern gives, or at the field what is wrong.
func (p *rulesPart) example(key, text string, into *widget.Paragraph) {
	said, err := model.Example(p.c.session, text)
	p.boxes[key].SetError(err)
	into.SetText(said)
}

func (p *rulesPart) show() (fyne.CanvasObject, []fyne.CanvasObject) {
	return p.object, []fyne.CanvasObject{widget.NewButton("Về mặc định", widget.IconUndo, p.usual), saveButton(p.save)}
}

func (p *rulesPart) fill() {
	r := model.ReadRules(p.c.session)
	for _, f := range p.fields {
		f.fill(*f.of(&r))
	}
	if p.endOfDay.Checked == p.checks[0] {
		p.endOfDay.SetChecked(r.EndOfDay)
		p.checks[0] = r.EndOfDay
	}
	if p.next.Checked == p.checks[1] {
		p.next.SetChecked(r.NextDay)
		p.checks[1] = r.NextDay
	}
	if p.mergers.Checked == p.checks[2] {
		p.mergers.SetChecked(r.FollowMergers)
		p.checks[2] = r.FollowMergers
	}
	p.example("code", p.code.Value(), p.codeIs)
	p.example("letter", p.letter.Value(), p.letterIs)
}

func (p *rulesPart) save() {
	var t model.Rules
	for _, f := range p.fields {
		*f.of(&t) = f.field.Value()
	}
	t.EndOfDay, t.NextDay, t.FollowMergers = p.endOfDay.Checked, p.next.Checked, p.mergers.Checked
	r, err := t.Parse()
	if err != nil {
		p.fail(err)
		return
	}
	p.keep(r)
}

// usual stores the rules of an office that set none.
func (p *rulesPart) usual() { p.keep(desk.DefaultRules()) }

func (p *rulesPart) keep(r desk.Rules) {
	p.c.store(func(ctx context.Context) error { return p.c.session.Desk.SetRules(ctx, r) }, "Đã lưu quy tắc.", func() {
		for _, f := range p.fields {
			f.saved()
		}
		p.checks = [3]bool{p.endOfDay.Checked, p.next.Checked, p.mergers.Checked}
		for _, b := range p.boxes {
			b.SetError(nil)
		}
	}, p.fail)
}

// fail shows an error at its field.
func (p *rulesPart) fail(err error) {
	for _, b := range p.boxes {
		b.SetError(nil)
	}
	var e *data.Error
	if errors.As(err, &e) && p.boxes[e.Field] != nil {
		p.boxes[e.Field].SetError(err)
		p.c.ctx.Focus(p.c.page, p.boxes[e.Field].Content().(fyne.Focusable))
		return
	}
	p.c.page.Errors.SetError(err)
}
