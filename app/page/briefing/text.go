package briefing

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/widget"
	"giaoban/reports/briefing"
)

// editBlock opens the text of a block: its words with the figures as fields, and
// below how it reads. It is kept for this period, or for every one.
func (p *page) editBlock(id string) {
	list := p.m.Blocks()
	i := slices.IndexFunc(list, func(x briefing.Block) bool { return x.ID == id })
	if i < 0 {
		return
	}
	block := list[i]
	figures := map[string]briefing.Figure{}
	var choices []widget.Option
	for _, f := range p.m.Figures() {
		figures[f.Name] = f
		if !f.Missing {
			choices = append(choices, widget.Option{Key: f.Name, Text: f.Label, Detail: f.Value})
		}
	}
	text := widget.NewFigureText()
	text.Value = func(part briefing.Part) string {
		f, ok := figures[part.Figure]
		switch {
		case !ok:
			return "số liệu không có"
		case f.Value == "":
			return f.Label
		}
		return f.Value
	}
	text.Tell = func(part briefing.Part) string { return TellPart(figures, part) }
	text.Printed = func(parts []briefing.Part) []bool { return briefing.Printed(parts, p.m.Drawn.Figures) }
	scroll := container.NewVScroll(text)
	text.OnCaret = func(y, h float32) {
		if top := scroll.Offset.Y; y < top || y+h > top+scroll.Size().Height {
			scroll.ScrollToOffset(fyne.NewPos(0, max(0, y+h-scroll.Size().Height/2)))
		}
	}
	sample := widget.NewParagraph("", 720)
	wrong := widget.NewErrorBar()
	draft := p.e.Draft("loi-bao-cao-" + string(p.m.Name) + "-" + id)
	text.OnChange = func() {
		now := briefing.Join(text.Parts())
		if now == block.Text {
			draft.Keep("")
		} else {
			draft.Keep(now)
		}
		out, err := p.m.Rendered(now)
		if wrong.SetError(err); err == nil {
			sample.SetText(out)
		}
	}
	fill := func(template string) {
		parts, err := briefing.Parts(template)
		if err != nil { // it is shown as it stands, so that nothing of it is lost
			parts = []briefing.Part{{Text: template}}
		}
		text.SetParts(parts)
	}
	fill(cmp.Or(draft.Read(), block.Text))
	insert := widget.NewPicker(choices, nil)
	insert.Placeholder, insert.Width = "Chèn số liệu…", 420
	insert.OnPick = func(o widget.Option) {
		text.Insert(o.Key)
		insert.SetKey("")
		p.e.Window.Canvas().Focus(text)
	}
	back := widget.NewButton("Về lời mẫu", widget.IconUndo, nil)
	widget.SetAble(back, p.m.Scope(id) != Drafted)
	content := container.NewVBox(
		widget.NewNote("Số trên nền nhạt là số liệu lấy từ bảng, tự cập nhật; kéo để chuyển chỗ, rê chuột để xem tên. Phần giữa hai ngoặc mảnh chỉ in khi có số liệu của nó; chữ nhạt là phần kỳ này không in. Mỗi dòng một đoạn.", 720),
		widget.Tall(180, scroll), container.NewHBox(insert, back), wrong, widget.NewSection("Khi in"), widget.Tall(120, container.NewVScroll(sample)))
	var d *widget.Dialog
	store := func(every bool) {
		template := briefing.Join(text.Parts())
		p.e.Do(func(ctx context.Context) error {
			err := p.m.SetText(ctx, block, template, every)
			if err == nil {
				p.e.Session.Post(func() { draft.Keep("") })
			}
			return err
		}, "", nil)
	}
	save := func(every bool) func() {
		return func() {
			if _, err := p.m.Rendered(briefing.Join(text.Parts())); err != nil {
				wrong.SetError(err)
				return
			}
			store(every)
			d.Close()
		}
	}
	forAll := widget.NewButton("Lưu cho mọi kỳ", widget.IconSave, nil)
	d = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: blockTitle(block), Content: content, Default: "Lưu chỉ kỳ này", Cancel: "Hủy bỏ", Width: 760, First: text,
		Extra: []*widget.Button{forAll}, OnCancel: func() { draft.Keep("") }, OnDefault: func() bool { save(false)(); return false }})
	forAll.OnTapped = save(true)
	back.OnTapped = func() {
		draft.Keep("")
		p.e.Do(func(ctx context.Context) error { return p.m.ResetText(ctx, id) }, "", nil)
		d.Close()
	}
}

func blockTitle(b briefing.Block) string {
	if b.Section == "" {
		return b.Name
	}
	return b.Section + ": " + b.Name
}
