package scoring

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// buildInputs builds the fields of the leaf.
func (p *leafPane) buildInputs() {
	l := p.s.m.Leaf
	fields := p.group()
	var numbers []fyne.CanvasObject
	for _, in := range l.Inputs() {
		switch in.Kind {
		case InputNumber:
			numbers = append(numbers, p.number(in))
		case InputDate:
			fields.Add(container.NewHBox(p.day(in)))
		case InputTimes:
			fields.Add(p.times(in))
		}
	}
	if len(numbers) > 0 {
		fields.Add(widget.Columns(min(len(numbers), 2), numbers...))
	}
	if label, ok := l.MayNone(); ok {
		p.none = p.check(label, func(d *Draft, on bool) { d.None = on })
		fields.Add(p.none)
	}
	p.inputs = fields
	p.body.Add(fields)
	if l.MayMiss() && p.pick == nil {
		p.missing = p.check("Chưa thực hiện", func(d *Draft, on bool) { d.Missing = on })
		p.body.Add(p.missing)
	}
	if l.NeedsSource() {
		p.body.Add(p.text("source", "Nguồn số liệu", "Ví dụ: Báo cáo số 41/BC-UBND ngày 12/01/2023", func(d *Draft) *string { return &d.Source }))
		p.order = append(p.order, p.fields["source"])
	}
	note := "Ghi chú"
	if l.Round() == assess.Explained {
		note = "Nội dung giải trình"
	}
	p.body.Add(p.text("note", note, "", func(d *Draft) *string { return &d.Note }))
	if l.Node() == nil {
		return
	}
	p.na = p.check("Không đánh giá tiêu chí này", func(d *Draft, on bool) { d.NA = on })
	why := "Lý do không đánh giá"
	if !l.NAForeseen() {
		why += " (bộ tiêu chí không dự kiến, cần thẩm định đồng ý)"
	}
	naBox := container.New(layout.NewCustomPaddedVBoxLayout(4), p.text("na", why, "", func(d *Draft) *string { return &d.NAWhy }))
	if l.Round() != assess.Self {
		p.agreed = p.check("Thẩm định đồng ý không đánh giá", func(d *Draft, on bool) { d.Agreed = on })
		naBox.Add(p.agreed)
	}
	p.naBox = naBox
	p.hand = p.check("Sửa điểm bằng tay", func(d *Draft, on bool) { d.Hand = on })
	points := p.text("points", "Điểm", "", func(d *Draft) *string { return &d.Points })
	whyHand := p.text("why", "Lý do sửa điểm", "", func(d *Draft) *string { return &d.Why })
	p.handBox = container.New(layout.NewCustomPaddedVBoxLayout(4), widget.Columns(2, points, whyHand))
	p.body.Add(container.New(layout.NewCustomPaddedVBoxLayout(4), p.na, p.naBox, p.hand, p.handBox))
}

// number is a field for a number; Enter goes to the next field, from the last one
// it keeps the leaf.
func (p *leafPane) number(in Input) fyne.CanvasObject {
	f := widget.NewField("")
	f.Width = 110
	p.bind(in.Key, f)
	p.order = append(p.order, f)
	return p.box(in.Key, in.Label, in.Hint, f)
}

func (p *leafPane) box(key, label, hint string, content fyne.CanvasObject) *widget.FieldBox {
	// A long name of a numerator stands whole in the hint below the field.
	short, cut := widget.Truncate(label, widget.Scaled(220), widget.TextSize(widget.SizeSmall), false)
	if cut {
		hint = strings.Trim(label+" · "+hint, " ·")
	}
	b := widget.NewFieldBox(short, content).WithHint(hint)
	p.boxes[key] = b
	return b
}

// times is a line that asks how often something happened.
func (p *leafPane) times(in Input) fyne.CanvasObject {
	f := widget.NewField("0")
	f.Width = 64
	p.bind(in.Key, f)
	p.order = append(p.order, f)
	text := container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewParagraph(in.Label, textWidth-80), widget.NewNote(in.Hint, textWidth-80))
	return container.NewBorder(nil, nil, nil, container.NewVBox(f), text)
}

func (p *leafPane) bind(key string, f *widget.Field) {
	l := p.s.m.Leaf
	f.OnText = func(text string) {
		if !p.filling {
			l.Edit(func(d *Draft) { d.Put(key, strings.TrimSpace(text)) })
		}
	}
	f.OnLeave = p.leaves(key)
	f.OnEnter = func(string) { p.after(f) }
	p.fields[key] = f
}

// leaves tells what is missing in a field once the cursor has gone elsewhere.
func (p *leafPane) leaves(key string) func(string) {
	l := p.s.m.Leaf
	built := p.built
	return func(string) {
		widget.Post(func() {
			if p.built == built && l.Answers() {
				l.Leave(key)
			}
		})
	}
}

// after goes to the field behind another, and from the last one to the next leaf.
func (p *leafPane) after(f fyne.Focusable) {
	for i, o := range p.order {
		if o != f {
			continue
		}
		for _, next := range p.order[i+1:] {
			if c, ok := next.(fyne.CanvasObject); ok && c.Visible() {
				p.s.e.Focus(p.s.page, next)
				return
			}
		}
	}
	p.save(true)
}

func (p *leafPane) day(in Input) fyne.CanvasObject {
	l := p.s.m.Leaf
	// Short forms such as 20/1 mean the year that is assessed.
	f := widget.NewDateField(func() data.Day {
		return min(p.s.m.Today(), data.Date(p.s.m.Card().Period.Year, 12, 31))
	})
	f.Info, f.Width = p.s.e.DayInfo, 150
	// The field tells its day when it loses the focus: the next leaf may be shown
	// by then.
	code := l.Code()
	f.OnDay = func(d data.Day) {
		if !p.filling && l.Code() == code {
			l.Edit(func(x *Draft) { x.Put(in.Key, d.String()) })
		}
	}
	f.OnText = func(text string) {
		if p.filling || l.Code() != code {
			return
		}
		// Short forms such as 5/3 count at once; what is no date yet stays as typed.
		if d, err := f.Day(); err == nil {
			text = d.String()
		}
		l.Edit(func(x *Draft) { x.Put(in.Key, text) })
	}
	f.OnEnter = func(string) { p.after(f) }
	p.dates[in.Key] = f
	p.order = append(p.order, f)
	return p.box(in.Key, in.Label, in.Hint, f)
}

// text is a field of the draft with a label.
func (p *leafPane) text(key, label, hint string, at func(*Draft) *string) fyne.CanvasObject {
	l := p.s.m.Leaf
	f := widget.NewField(hint)
	f.OnText = func(text string) {
		if !p.filling {
			l.Edit(func(d *Draft) { *at(d) = text })
		}
	}
	f.OnLeave = p.leaves(key)
	f.OnEnter = func(string) { p.save(true) }
	if key == "source" {
		f.OnEnter = func(string) { p.after(f) }
	}
	p.fields[key] = f
	b := widget.NewFieldBox(label, f)
	p.boxes[key] = b
	return b
}

func (p *leafPane) check(label string, set func(*Draft, bool)) *widget.Check {
	return widget.NewCheck(label, func(on bool) {
		if !p.filling {
			p.s.m.Leaf.Edit(func(d *Draft) { set(d, on) })
		}
	})
}

// fillFields brings the fields in step with the draft.
func (p *leafPane) fillFields() {
	l := p.s.m.Leaf
	d := l.Draft()
	p.filling = true
	defer func() { p.filling = false }()
	for key, f := range p.fields {
		want := ""
		switch key {
		case "source":
			want = d.Source
		case "note":
			want = d.Note
		case "na":
			want = d.NAWhy
		case "points":
			want = d.Points
		case "why":
			want = d.Why
		default:
			want = d.Get(key)
		}
		if strings.TrimSpace(f.Value()) != strings.TrimSpace(want) {
			f.SetValue(want)
		}
	}
	for key, f := range p.dates {
		want := d.Get(key)
		have := f.Value()
		if v, err := f.Day(); err == nil {
			have = v.String()
		}
		if have != want {
			f.SetValue(want)
		}
	}
	tick := func(c *widget.Check, on bool) {
		if c != nil && c.Checked != on {
			c.SetChecked(on)
		}
	}
	tick(p.none, d.None)
	tick(p.missing, d.Missing)
	tick(p.na, d.NA)
	tick(p.hand, d.Hand)
	tick(p.agreed, d.Agreed)
	if p.naBox != nil {
		show(p.naBox, d.NA)
	}
	if p.handBox != nil {
		show(p.handBox, d.Hand && !d.NA)
		show(p.hand, !d.NA)
	}
	if p.inputs != nil {
		show(p.inputs, !d.NA && !d.Missing)
	}
	if p.pick != nil {
		show(p.pick, !d.NA)
	}
}

// buildFoot builds the buttons below the leaf.
func (p *leafPane) buildFoot() {
	l := p.s.m.Leaf
	p.foot.Add(widget.NewButton("Lưu, sang tiêu chí sau", widget.IconSave, func() { p.save(true) }).WithHint("Ctrl+Enter"))
	p.drop = widget.NewQuietButton("Bỏ phần đang nhập", "", func() {
		l.Discard()
		p.focusFirst()
	})
	p.foot.Add(p.drop)
	p.foot.Add(layout.NewSpacer())
	p.foot.Add(p.s.menuButton("Khác", p.leafMenu))
}

func (p *leafPane) leafMenu() []widget.MenuItem {
	l := p.s.m.Leaf
	c := p.s.m.Card()
	var items []widget.MenuItem
	kept := c.Lines[l.Code()].Of(l.Round()) != nil
	items = append(items, widget.MenuItem{Label: "Xóa điểm của phần này…", Icon: widget.IconTrash, Disabled: !kept, Do: p.askClear})
	if l.Metric() != nil {
		items = append(items, widget.MenuItem{Label: "Lấy từ sổ hồ sơ", Icon: widget.IconRegister, Do: p.fill})
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

func (p *leafPane) fill() {
	l := p.s.m.Leaf
	code := l.Code()
	l.Fill(func(skipped []string, err error) {
		if err == nil && len(skipped) > 0 {
			err = data.Fail(data.Invalid, skipped[0], nil)
		}
		p.s.told("Đã lấy số liệu của sổ hồ sơ cho tiêu chí " + code + ".")(err)
	})
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
	if list := l.History(); len(list) > 0 {
		p.history.Add(widget.NewSection("Lịch sử điểm"))
		for _, h := range list {
			text := h.When + "  " + h.What
			if h.Why != "" {
				text += " · " + h.Why
			}
			p.history.Add(widget.NewNote(text, textWidth))
		}
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
	p.from.Add(widget.NewNote(strings.Trim(m.DefinitionTitle+" · "+m.ScopeName, " ·"), textWidth))
	f := m.Figure
	line := func(name, value string, open func()) fyne.CanvasObject {
		var link fyne.CanvasObject = widget.NewParagraph(value, 80)
		if open != nil {
			link = widget.NewButton(value, widget.IconRegister, open).WithTip("Xem đúng những hồ sơ này trong sổ")
		}
		return container.NewBorder(nil, nil, nil, link, container.NewVBox(layout.NewSpacer(), widget.NewParagraph(name, textWidth-110), layout.NewSpacer()))
	}
	var openB, openA func()
	if m.B != nil {
		openB = func() { l.OpenDossiers(false) }
	}
	if m.A != nil {
		openA = func() { l.OpenDossiers(true) }
	}
	if f.Single {
		p.from.Add(line(orText(m.Numerator, "Số lượng"), data.FormatInt(f.B), openB))
	} else {
		p.from.Add(line("b: "+orText(m.Numerator, "tử số"), data.FormatInt(f.B), openB))
		p.from.Add(line("a: "+orText(m.Denominator, "mẫu số"), data.FormatInt(f.A), openA))
		share := widget.NewParagraph("b/a = "+f.Percent()+"%", textWidth)
		share.Bold = true
		p.from.Add(share)
	}
	if l.Locked() == nil {
		p.from.Add(container.NewHBox(widget.NewButton("Lấy từ sổ hồ sơ", widget.IconImport, p.fill)))
	}
}

func orText(text, other string) string {
	if text != "" {
		return text
	}
	return other
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
			box := container.New(layout.NewCustomPaddedVBoxLayout(4))
			for _, text := range skipped[:min(len(skipped), 14)] {
				box.Add(widget.NewParagraph(text, 560))
			}
			if len(skipped) > 14 {
				box.Add(widget.NewNote(fmt.Sprintf("và %d tiêu chí nữa.", len(skipped)-14), 560))
			}
			widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: fmt.Sprintf("Đã điền %d tiêu chí; %d tiêu chí cần nhập tay", n, len(skipped)), Content: box, Width: 600})
		}
	})
}
