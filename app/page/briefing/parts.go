package briefing

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/reports/briefing"
)

// parts is the dialog in which the parts of a report are switched, ordered and added.
type parts struct {
	p      *page
	name   papers.Name
	choice briefing.Choice
	blocks []briefing.Block // all of them, in order
	annex  []briefing.Annex
	list   *list.List[string] // of blocks and annexes, by their ids
	dialog *widget.Dialog
}

// chooseParts opens the dialog; nil where the report has no parts.
func (p *page) chooseParts() *parts {
	m := p.m
	if m.Drawn.Figures == nil || len(m.Drawn.Every) == 0 {
		return nil
	}
	choice := m.Drawn.Figures.Choice
	d := &parts{p: p, name: m.Name, choice: choice, blocks: slices.Clone(m.Drawn.Every), annex: choice.Annexes(m.Drawn.Figures.Outline)}
	d.list = list.Of(p.e, list.Options[string]{ID: "report-parts", Plain: true, What: "phần", Key: func(id *string) uint64 { return list.KeyOf(*id) }, Begin: list.Held(d.ids),
		Columns: []list.Column[string]{
			{ID: "section", Title: "Mục", Width: 170, Fixed: true, Text: d.section, Role: func(*string) fyne.ThemeColorName { return widget.ColorSecondary }},
			{ID: "name", Title: "Phần", Width: 230, Flex: 1, Fixed: true, Text: d.title, Role: func(id *string) fyne.ThemeColorName { return kit.If(d.choice.On(*id), "", widget.ColorSecondary) }},
			{ID: "on", Title: "In", Width: 80, Fixed: true, Text: func(id *string) string { return kit.If(d.choice.On(*id), "in", "không in") }}},
		Open: func(*string) { d.list.Turn() }, Tick: func(id *string) { d.choice.Off = kit.Toggled(d.choice.Off, *id) }, Move: d.move,
		OnKey: func(ev *fyne.KeyEvent, _ *string) bool {
			if ev.Name != fyne.KeyDelete {
				return false
			}
			d.list.With(d.drop)
			return true
		}})
	d.list.Refresh()
	title := widget.NewField("đề mục của đoạn thêm vào mục đang chọn")
	side := container.NewVBox(
		widget.NewButton("In, bỏ (Space)", "", d.list.Turn), widget.NewButton("Lên (−)", "", func() { d.list.Shift(-1) }), widget.NewButton("Xuống (+)", "", func() { d.list.Shift(1) }),
		widget.NewButton("Bỏ đoạn thêm (Delete)", "", func() { d.list.With(d.drop) }))
	height := min(380, (p.e.Window.Canvas().Size().Height-320)/widget.Scaled(1))
	add := widget.NewButton("Thêm đoạn", "", func() {
		d.add(title.Value())
		title.SetValue("")
	})
	content := container.NewVBox(widget.NewNote("Chuyển quá đầu hay cuối mục thì cả mục chuyển. Đoạn thêm vào giữ lời từ kỳ này sang kỳ sau. Các phần và thứ tự dùng cho mọi kỳ.", 620),
		container.NewBorder(nil, nil, nil, side, widget.Tall(max(height, 180), d.list.Body())), widget.Row(0, title, add))
	d.dialog = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Các phần của báo cáo", Content: content, Default: "Lưu", Cancel: "Hủy bỏ", Width: 660, First: d.list.Grid(),
		OnDefault: func() bool {
			d.store()
			return false
		}})
	return d
}

// ids are the parts in their order.
func (d *parts) ids() (out []string) {
	for _, b := range d.blocks {
		out = append(out, b.ID)
	}
	for _, a := range d.annex {
		out = append(out, a.ID)
	}
	return out
}

// at is the place of a part among the blocks, else among the annexes.
func (d *parts) at(id *string) (block, annex int) {
	return slices.IndexFunc(d.blocks, func(b briefing.Block) bool { return b.ID == *id }), slices.IndexFunc(d.annex, func(a briefing.Annex) bool { return a.ID == *id })
}

// section is the section of a part, "" where it is that of the part above.
func (d *parts) section(id *string) string {
	i, annex := d.at(id)
	switch {
	case annex == 0:
		return "Phụ lục"
	case i == 0 || i > 0 && d.blocks[i-1].Part != d.blocks[i].Part:
		return d.blocks[i].Section
	}
	return ""
}

func (d *parts) title(id *string) string {
	i, annex := d.at(id)
	if i < 0 {
		return d.annex[annex].Title
	}
	return d.blocks[i].Name + kit.If(briefing.IsOwn(*id), " (đoạn thêm)", "")
}

// move moves a part: within its section, and at its edge the section.
func (d *parts) move(id *string, by int) bool {
	i, annex := d.at(id)
	switch to := i + by; {
	case i < 0 && (annex+by < 0 || annex+by >= len(d.annex)), i >= 0 && (to < 0 || to >= len(d.blocks)):
		return false
	case i < 0:
		d.annex = slices.Clone(d.annex)
		d.annex[annex], d.annex[annex+by] = d.annex[annex+by], d.annex[annex]
	case d.blocks[i].Part == d.blocks[to].Part:
		d.blocks[i], d.blocks[to] = d.blocks[to], d.blocks[i]
	default:
		d.blocks = swapSections(d.blocks, i, to)
	}
	return true
}

// swapSections exchanges the section of block a with its neighbour, that of block b.
func swapSections(list []briefing.Block, a, b int) []briefing.Block {
	if a > b {
		a, b = b, a
	}
	start, end := a, b
	for start > 0 && list[start-1].Part == list[a].Part {
		start--
	}
	for end < len(list)-1 && list[end+1].Part == list[b].Part {
		end++
	}
	return slices.Concat(list[:start], list[b:end+1], list[start:b], list[end+1:])
}

// add puts a block of the office behind the part under the cursor.
func (d *parts) add(name string) {
	i := max(0, min(d.list.Grid().Current(), len(d.blocks)-1))
	at := d.blocks[i]
	d.choice.Own = append(slices.Clone(d.choice.Own), briefing.Own{Section: at.Part, Name: name})
	choice := d.choice
	if err := papers.CheckParts(d.name, &choice); err != nil {
		d.choice.Own = d.choice.Own[:len(d.choice.Own)-1]
		d.dialog.ShowError(err)
		return
	}
	d.choice = choice
	own := choice.Own[len(choice.Own)-1]
	d.blocks = slices.Insert(d.blocks, i+1, briefing.Block{ID: own.ID, Part: own.Section, Section: at.Section, Name: own.Name, Heading: true})
	d.list.Go(list.KeyOf(own.ID))
	d.list.Refresh()
}

// drop takes out a block that the office added.
func (d *parts) drop(id *string) {
	if i, _ := d.at(id); i >= 0 && briefing.IsOwn(*id) {
		d.choice.Own = slices.DeleteFunc(slices.Clone(d.choice.Own), func(o briefing.Own) bool { return o.ID == *id })
		d.blocks = slices.Delete(d.blocks, i, i+1)
		d.list.Refresh()
	}
}

// store keeps the choice.
func (d *parts) store() {
	d.choice.Order = d.ids()
	d.p.e.Do(func(ctx context.Context) error {
		err := papers.KeepParts(ctx, d.p.e.Desk, d.name, d.choice)
		if err == nil {
			d.p.e.Session.Post(d.dialog.Close)
		}
		return err
	}, "Đã lưu các phần của báo cáo.", d.dialog.ShowError)
}
