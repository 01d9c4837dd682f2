package scoring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/register"
	"giaoban/data/text"
)

// leafPane shows the leaf at the right of the tree: rule, inputs, points at once,
// evidence and history.
type leafPane struct {
	s                *Page
	object           fyne.CanvasObject
	head, body, foot *fyne.Container
	scroll           *widget.Follow

	// What belongs to the leaf that is built now.
	built   string
	points  *widget.Paragraph
	says    *widget.Paragraph
	why     *widget.Paragraph // the way to the points, below the rule
	rounds  []*widget.Button
	pick    *widget.PickLines // the rule, where its lines are the answer
	rule    *widget.TextLines
	form    *form.Form[Draft] // nil where nothing can be typed
	from    *fyne.Container   // the register
	proofs  *fyne.Container
	history *fyne.Container
	drop    *widget.Button
	tailed  string // what proofs, register and history show
	// headHeight is the height for which the pane was laid out.
	headHeight float32
}

func newLeafPane(s *Page) *leafPane {
	p := &leafPane{s: s, head: stack(4), body: stack(8), foot: container.NewHBox()}
	p.scroll = widget.NewFollow(p.body)
	p.object = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), p.head), container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), p.foot), nil, nil, p.scroll.Scroll)
	return p
}

// textWidth is what texts of the pane ask for; they wrap at what they get.
const textWidth = 300

// at names sheet, leaf and round.
func (p *leafPane) at() string {
	l := p.s.m.Leaf
	return fmt.Sprint(p.s.m.Sheet(), l.Code(), l.Round())
}

// signature tells which parts the pane must have.
func (p *leafPane) signature() string {
	l := p.s.m.Leaf
	said := slices.DeleteFunc(l.Rounds(), func(r RoundInfo) bool { return r.Round == l.Round() })
	return fmt.Sprint(p.at(), "\n", l.Locked(), p.s.m.Card.Sheet.State, l.Asked(), said)
}

// refresh draws the leaf; fields that stand there stay.
func (p *leafPane) refresh() {
	if p.s.m.Card == nil {
		p.built, p.form = "", nil
		return
	}
	if sig := p.signature(); sig != p.built {
		// The fields of the same leaf come back with the focus where it was.
		key := ""
		if p.form != nil && strings.HasPrefix(p.built, p.at()+"\n") {
			key = p.form.At()
		}
		p.built = sig
		p.build()
		if key != "" && p.form != nil {
			p.form.FocusOn(key)
		}
	}
	p.update()
	p.s.sheet.rows.Redraw()
}

func (p *leafPane) build() {
	l := p.s.m.Leaf
	p.pick, p.rule, p.why, p.form, p.drop, p.rounds, p.tailed = nil, nil, nil, nil, nil, nil, "-"
	p.points, p.says = widget.NewParagraph("", 120), widget.NewParagraph("", textWidth)
	p.points.Bold, p.points.TextSize, p.points.Max = true, widget.SizeFigure, 1
	p.from, p.proofs, p.history = stack(4), stack(4), stack(4)
	p.head.Objects, p.body.Objects, p.foot.Objects = nil, nil, nil
	p.buildHead()
	if l.Answers() {
		locked := l.Locked()
		p.buildRounds(locked)
		if locked == nil {
			p.form = p.newForm()
		}
		p.buildRule()
		p.body.Add(p.from)
		if p.form != nil {
			keys := []string{}
			for _, x := range p.form.Fields() {
				if x.Kind != form.KindOwn {
					keys = append(keys, x.Key)
				}
			}
			p.body.Add(p.form.Objects(1, keys))
			p.buildFoot()
		}
		p.body.Add(p.proofs)
		p.body.Add(p.history)
	} else {
		p.buildGroup()
	}
	p.scroll.Offset = fyne.Position{}
	p.headHeight = 0
	p.scroll.Hook()
	p.object.Refresh()
}

func (p *leafPane) buildHead() {
	m := p.s.m
	title, code := m.Tree.Of(m.Leaf.Code()).Title, m.Leaf.Code()
	r, a := m.Leaf.Row(), m.Leaf.Adjust()
	switch {
	case r != nil:
		title = r.Node.Title
	case a != nil:
		title = a.Title
	default:
		code = ""
	}
	name := widget.NewParagraph(joined(". ", code, title), textWidth)
	name.Bold, name.Max = true, 4
	p.head.Add(name)
	if r != nil && r.Node.Owner != "" {
		p.head.Add(widget.NewNote("Chủ trì: "+r.Node.Owner, textWidth))
	}
	p.head.Add(container.NewBorder(nil, nil, p.points, nil, middle(p.says)))
}

// buildRounds puts the rounds side by side, and below what those not in work have
// said.
func (p *leafPane) buildRounds(locked error) {
	l := p.s.m.Leaf
	list := l.Rounds()
	row := container.New(layout.NewCustomPaddedHBoxLayout(0))
	for _, r := range list {
		b := widget.NewButton("", "", func() { l.ChooseRound(r.Round); p.focusFirst() })
		p.rounds = append(p.rounds, b)
		row.Add(b)
	}
	p.body.Add(container.NewHScroll(row))
	tell := func(text string, role fyne.ThemeColorName) {
		t := widget.NewParagraph(text, textWidth)
		t.Role = role
		p.body.Add(t)
	}
	if asked := l.Asked(); asked != "" {
		tell("Yêu cầu giải trình: "+asked, widget.ColorSoon)
	}
	if locked != nil {
		tell(locked.Error(), widget.ColorSecondary)
		if c := p.s.m.Card; !c.Period.Closed && !l.Survey() && c.Sheet.State != assess.Approved && c.Sheet.State != assess.Published {
			p.body.Add(container.NewHBox(widget.NewButton("Mở lại…", widget.IconRefresh, p.s.askReopen)))
		}
	}
	for _, r := range list {
		if r.Round > l.Round() || r.Round == l.Round() && locked == nil || r.Points == "" && len(r.Lines) == 0 {
			continue
		}
		name := widget.NewParagraph(r.Name+": "+r.Points, textWidth)
		name.Bold = true
		box := stack(0, name)
		for _, text := range r.Lines {
			box.Add(widget.NewNote(text, textWidth))
		}
		p.body.Add(box)
	}
}

// buildRule shows the rule in words; where its lines are the answer, they are chosen
// there.
func (p *leafPane) buildRule() {
	lines := p.ruleLines()
	if len(lines) == 0 {
		return
	}
	p.body.Add(widget.NewSection("Cách chấm"))
	if p.pick != nil {
		p.body.Add(p.form.Objects(1, []string{keyPick}))
	} else {
		p.rule = widget.NewTextLines(lines)
		p.body.Add(p.rule)
	}
	p.why = widget.NewParagraph("", textWidth)
	p.body.Add(p.why)
}

func (p *leafPane) ruleLines() []widget.TextLine {
	var out []widget.TextLine
	for _, r := range p.s.m.Leaf.Rule() {
		out = append(out, widget.TextLine{Text: r.Text, Detail: r.Points, On: r.Reached, Fixed: r.Fixed})
	}
	return out
}

// keyPick is the field of the lines of the rule.
const keyPick = "pick"

// newForm makes the fields of the leaf.
func (p *leafPane) newForm() *form.Form[Draft] {
	l, built := p.s.m.Leaf, p.built
	f := form.New(p.s.e, clone(l.Draft), p.fields()...)
	if in := l.lineInput(); in != nil {
		p.pick = widget.NewPickLines(p.ruleLines(), in.Kind == InputMany, l.Pick)
		p.pick.OnEnter = func() { p.save(true) }
		f.Own(keyPick, p.pick)
	}
	f.Onward = true
	f.OnSubmit = func() { p.save(true) }
	// A field tells that it was left when the next leaf may be shown already.
	f.OnChange = func(key string) {
		if p.built == built {
			l.Put(key, f.Value()[key])
		}
	}
	f.OnLeave = func(key string) {
		widget.Post(func() {
			if p.built == built && l.Answers() {
				l.Leave(key)
			}
		})
	}
	return f
}

// draftField is a field of a draft.
func draftField(key, label string) form.Field[Draft] {
	return form.Field[Draft]{Key: key, Label: label, Get: func(d *Draft) string { return (*d)[key] }, Set: func(d *Draft, text string) error {
		*d = clone(*d)
		d.Put(key, text)
		return nil
	}}
}

func box(key, label string) form.Field[Draft] {
	f := draftField(key, label)
	f.Kind, f.Aside = form.KindCheck, true
	return f
}

func aside(key, label string) form.Field[Draft] {
	f := draftField(key, label)
	f.Aside = true
	return f
}

// fields are the fields of the leaf: the inputs of its rule, what stands in for them,
// note and source.
func (p *leafPane) fields() (out []form.Field[Draft]) {
	l := p.s.m.Leaf
	on := func(key string) func(*Draft) bool { return func(d *Draft) bool { return (*d)[key] != "" } }
	open := func(d *Draft) bool { return (*d)[KeyNA] == "" && (*d)[KeyMissing] == "" && (*d)[KeyNothing] == "" }
	for _, in := range l.Inputs() {
		out = append(out, p.input(in).When(open))
	}
	if label, ok := l.MayNone(); ok {
		out = append(out, box(KeyNone, label).When(open))
	}
	if l.MayMiss() {
		out = append(out, box(KeyMissing, "Chưa thực hiện"))
	}
	if l.MayBeNothing() {
		out = append(out, box(KeyNothing, "Không phát sinh"))
	}
	note := "Ghi chú"
	if l.Round() == assess.Explained {
		note = "Nội dung giải trình"
	}
	out = append(out, draftField(KeySource, "Nguồn số liệu").Note("ví dụ: Báo cáo số 41/BC-UBND ngày 12/01/2023").When(func(*Draft) bool { return l.NeedsSource() }), aside(KeyNote, note))
	if l.Node() == nil {
		return out
	}
	why := "Lý do không đánh giá"
	if !l.NAForeseen() {
		why += " (bộ tiêu chí không dự kiến, cần thẩm định đồng ý)"
	}
	hand := func(d *Draft) bool { return (*d)[KeyHand] != "" && (*d)[KeyNA] == "" }
	return append(out, box(KeyNA, "Không đánh giá tiêu chí này"), aside(KeyNAWhy, why).When(on(KeyNA)),
		box(KeyAgreed, "Thẩm định đồng ý không đánh giá").When(func(d *Draft) bool { return l.Round() != assess.Self && (*d)[KeyNA] != "" }),
		box(KeyHand, "Sửa điểm bằng tay").When(func(d *Draft) bool { return (*d)[KeyNA] == "" }),
		aside(KeyPoints, "Điểm").When(hand).In(2), aside(KeyWhy, "Lý do sửa điểm").When(hand))
}

// input is the field of an input of the rule.
func (p *leafPane) input(in Input) form.Field[Draft] {
	switch in.Kind {
	case InputOne, InputMany:
		return form.Field[Draft]{Key: keyPick, Kind: form.KindOwn}
	case InputDate:
		f := draftField(in.Key, in.Label).Note(in.Hint)
		// Short forms such as 20/1 mean the year that is assessed, and count at once; what
		// is no date yet stays as typed.
		end := data.Date(p.s.m.Card.Period.Year, 12, 31)
		f.Kind, f.Today = form.KindDay, func() data.Day { return min(p.s.m.Today(), end) }
		set := f.Set
		f.Set = func(d *Draft, text string) error {
			if day, err := data.ParseDay(text, f.Today(), data.NoDay); err == nil {
				text = day.String()
			}
			return set(d, text)
		}
		return f
	}
	f := draftField(in.Key, in.Label).Note(in.Hint).Sized(110)
	f.Beside = true
	set := f.Set
	f.Set = func(d *Draft, text string) error { return set(d, strings.TrimSpace(text)) }
	return f
}

// buildGroup shows what a domain or a criterion with parts holds.
func (p *leafPane) buildGroup() {
	m := p.s.m
	p.points.SetText(m.Tree.Of(m.Leaf.Code()).Points)
	r := m.Leaf.Row()
	if r == nil {
		return
	}
	p.points.SetText(r.Final.String())
	p.says.SetText("của " + r.Max.String() + " điểm")
	if r.Why != "" {
		p.body.Add(widget.NewParagraph(text.Sentence(r.Why), textWidth))
	}
	for _, x := range [][2]string{{"Đã chấm", fmt.Sprintf("%d/%d tiêu chí", r.Done, r.Leaves)}, {"Điểm tối đa áp dụng", r.Applicable.String()}, {"Tự chấm", r.Self.String()},
		{"Thẩm định lần 1", r.First.String()}, {"Thẩm định lần 2", r.Second.String()}, {"Tỷ lệ đạt", r.Percent() + "%"}, {"Còn thiếu", r.Lost.String()}} {
		if x[1] != "" && x[1] != "-%" {
			p.body.Add(container.NewBorder(nil, nil, widget.Wide(150, widget.NewNote(x[0], 150)), nil, widget.NewParagraph(x[1], textWidth-150)))
		}
	}
	if r.Node.Note != "" {
		p.body.Add(widget.NewNote(r.Node.Note, textWidth))
	}
}

// update draws what changes while the officer types.
func (p *leafPane) update() {
	l := p.s.m.Leaf
	if !l.Answers() {
		return
	}
	o := l.Outcome()
	points := "–"
	switch {
	case o.NA:
		points = "KĐG"
	case o.Known:
		points = o.Points
	}
	p.points.SetText(points)
	for i, r := range l.Rounds() {
		if i < len(p.rounds) {
			p.rounds[i].SetText(joined("  ", strings.Replace(r.Name, " lần", "", 1), r.Points))
			p.rounds[i].SetChosen(r.Round == l.Round())
		}
	}
	if p.pick != nil {
		p.pick.Set(p.ruleLines())
	}
	if p.rule != nil {
		p.rule.Set(p.ruleLines())
	}
	if p.why != nil {
		text := ""
		if o.Why != "" {
			text = "Cách tính: " + o.Why
		}
		p.why.SetText(text)
	}
	atField := p.fill(o)
	says := []string{}
	if o.Max != "" {
		says = append(says, "tối đa "+o.Max+" điểm")
	}
	if o.Computed != "" {
		says = append(says, "cách chấm cho "+o.Computed)
	}
	if l.Dirty() {
		says = append(says, "chưa lưu")
	}
	if !atField {
		says = append(says, o.Text)
	}
	p.says.SetText(joined(" · ", says...))
	// The head may have grown by a line.
	if h := p.head.MinSize().Height; h != p.headHeight {
		p.headHeight = h
		p.object.Refresh()
	}
	p.updateTail()
}

// fill brings the fields in step with the draft and puts what is wrong at its field;
// it reports whether there is one.
func (p *leafPane) fill(o Outcome) (told bool) {
	if p.form == nil {
		return false
	}
	d, now := p.s.m.Leaf.Draft, p.form.Value()
	for _, x := range p.form.Fields() {
		if x.Kind == form.KindOwn {
			continue
		}
		if strings.TrimSpace(now[x.Key]) != strings.TrimSpace(d[x.Key]) {
			p.form.Type(x.Key, d[x.Key])
		}
		var err error
		if o.Wrong && x.Key == o.Field {
			told, err = true, errors.New(o.Text)
		}
		p.form.SetError(x.Key, err)
	}
	p.form.Follow()
	widget.SetVisible(p.drop, p.s.m.Leaf.Dirty())
	return told
}

// save keeps the leaf, and goes to the next one.
func (p *leafPane) save(on bool) {
	l := p.s.m.Leaf
	if !l.Answers() {
		return
	}
	next := ""
	if on {
		next = p.s.sheet.next(false)
	}
	dirty, code, round := l.Dirty(), l.Code(), l.Round()
	l.Save(func(err error) {
		if err != nil {
			p.tellError(err)
			return
		}
		if dirty {
			done := "Đã chấm tiêu chí "
			if round == assess.Explained {
				done = "Đã ghi giải trình tiêu chí "
			}
			p.s.e.Done(done + code + ".")
		}
		if next != "" && l.Code() == code {
			p.s.sheet.step(next)
			p.focusFirst()
		}
	})
}

// tellError shows why the leaf was not kept: at its field, else above it all.
func (p *leafPane) tellError(err error) {
	var e *data.Error
	if errors.As(err, &e) {
		p.s.m.Leaf.Leave(e.Field)
	}
	if p.form != nil {
		err = p.form.Show(err)
	}
	p.s.page.Errors.SetError(err)
}

// focusFirst puts the cursor where the leaf is answered.
func (p *leafPane) focusFirst() {
	p.s.page.Errors.SetError(nil)
	first := fyne.Focusable(p.s.sheet.rows.Grid())
	if p.form != nil {
		first = cmp.Or(p.form.First(), first)
	}
	p.s.e.Focus(p.s.page, first)
}

// buildFoot builds the buttons below the leaf.
func (p *leafPane) buildFoot() {
	p.drop = widget.NewQuietButton("Bỏ phần đang nhập", "", func() {
		p.s.m.Leaf.Discard()
		p.focusFirst()
	})
	p.foot.Objects = []fyne.CanvasObject{widget.NewButton("Lưu, sang tiêu chí sau", widget.IconSave, func() { p.save(true) }).WithHint("Ctrl+Enter"), p.drop, layout.NewSpacer(), widget.NewMenuButton(p.s.e.Window, "Khác", "", p.leafMenu)}
}

func (p *leafPane) leafMenu() []widget.MenuItem {
	l := p.s.m.Leaf
	kept := p.s.m.Card.Lines[l.Code()].Of(l.Round()) != nil
	items := []widget.MenuItem{{Label: "Xóa điểm của phần này…", Icon: widget.IconTrash, Disabled: !kept, Do: p.askClear}}
	if l.Metric() != nil {
		items = append(items, widget.MenuItem{Label: "Lấy từ sổ hồ sơ", Icon: widget.IconRegister, Do: p.takeFigures})
	}
	if p.s.m.Judging() && !l.Survey() {
		label := "Yêu cầu giải trình…"
		if l.Asked() != "" {
			label = "Sửa yêu cầu giải trình…"
		}
		items = append(items, widget.MenuItem{Label: label, Icon: widget.IconHelp, Do: p.s.askExplain})
	}
	return items
}

func (p *leafPane) askClear() {
	l := p.s.m.Leaf
	code := l.Code()
	p.s.reason("Xóa điểm tiêu chí "+code, "", "Xóa điểm", "", false, func(_ context.Context, why string) error {
		p.s.e.Session.Post(func() { l.ClearRound(why, p.s.told("Đã xóa điểm tiêu chí "+code+".")) })
		return nil
	})
}

// takeFigures answers the leaf by the figures of the register.
func (p *leafPane) takeFigures() {
	p.s.m.Leaf.Fill(p.s.told("Đã lấy số liệu của sổ hồ sơ cho tiêu chí " + p.s.m.Leaf.Code() + "."))
}

// updateTail draws what comes from elsewhere: the register, evidence, history.
func (p *leafPane) updateTail() {
	l := p.s.m.Leaf
	proofs := p.s.m.LeafProofs()
	sig := fmt.Sprint(l.Metric(), l.Fetching(), proofs, l.History())
	if sig == p.tailed {
		return
	}
	p.tailed = sig
	p.drawRegister()
	p.drawProofs(proofs)
	p.history.Objects = nil
	for i, h := range l.History() {
		if i == 0 {
			p.history.Add(widget.NewSection("Lịch sử điểm"))
		}
		p.history.Add(widget.NewNote(joined(" · ", h.When+"  "+h.What, h.Why), textWidth))
	}
	p.from.Refresh()
	p.proofs.Refresh()
	p.history.Refresh()
}

// drawRegister shows the figure of the register with the ways to its dossiers.
func (p *leafPane) drawRegister() {
	l := p.s.m.Leaf
	p.from.Objects = nil
	m := l.Metric()
	if m == nil {
		return
	}
	p.from.Add(widget.NewSection("Số liệu của sổ hồ sơ"))
	p.from.Add(widget.NewNote(joined(" · ", m.DefinitionTitle, m.ScopeName), textWidth))
	line := func(sign, name string, n int64, q *register.Query) {
		var link fyne.CanvasObject = widget.NewParagraph(data.FormatInt(n), 80)
		if q != nil {
			link = widget.NewButton(data.FormatInt(n), widget.IconRegister, func() { l.OpenDossiers(q, name) }).WithTip("Xem đúng những hồ sơ này trong sổ")
		}
		p.from.Add(container.NewBorder(nil, nil, nil, link, middle(widget.NewParagraph(joined(": ", sign, name), textWidth-110))))
	}
	if f := m.Figure; f.Single {
		line("", cmp.Or(m.Numerator, "Số lượng"), f.B, m.B)
	} else {
		line("b", cmp.Or(m.Numerator, "tử số"), f.B, m.B)
		line("a", cmp.Or(m.Denominator, "mẫu số"), f.A, m.A)
		share := widget.NewParagraph("b/a = "+f.Percent()+"%", textWidth)
		share.Bold = true
		p.from.Add(share)
	}
	if l.Locked() == nil {
		p.from.Add(container.NewHBox(widget.NewButton("Lấy từ sổ hồ sơ", widget.IconImport, p.takeFigures)))
	}
}

// fillAll answers every leaf that the register answers.
func (s *Page) fillAll() {
	n, skipped := 0, []string(nil)
	s.long("Đang lấy số liệu của sổ hồ sơ", func(ctx context.Context) (err error) {
		n, skipped, err = s.m.FillAll(ctx)
		return err
	}, func() {
		s.m.Refresh()
		if n > 0 {
			s.e.Done(fmt.Sprintf("Đã điền %d tiêu chí từ sổ hồ sơ.", n))
		} else {
			s.e.Toast("Không còn tiêu chí nào chưa chấm mà sổ hồ sơ trả lời được.")
		}
		if len(skipped) > 0 {
			s.texts(fmt.Sprintf("Đã điền %d tiêu chí; %d tiêu chí cần nhập tay", n, len(skipped)), "tiêu chí", 14, skipped)
		}
	})
}
