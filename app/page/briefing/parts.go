package briefing

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
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
	grid   *widget.Grid
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
	d.grid = widget.NewGrid([]widget.Column{{ID: "section", Title: "Mục", Width: 170}, {ID: "name", Title: "Phần", Width: 230, Flex: 1}, {ID: "on", Title: "In", Width: 80}})
	d.grid.Single = true
	d.grid.OnOpen = func(int) { d.turn() }
	d.grid.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeySpace:
			d.turn()
		case fyne.KeyPlus, fyne.KeyEqual:
			d.move(1)
		case fyne.KeyMinus:
			d.move(-1)
		case fyne.KeyDelete:
			d.drop()
		default:
			return false
		}
		return true
	}
	d.show(0)
	title := widget.NewField("đề mục của đoạn thêm vào mục đang chọn")
	side := container.NewVBox(
		widget.NewButton("In, bỏ (Space)", "", d.turn), widget.NewButton("Lên (−)", "", func() { d.move(-1) }), widget.NewButton("Xuống (+)", "", func() { d.move(1) }),
		widget.NewButton("Bỏ đoạn thêm (Delete)", "", d.drop))
	height := min(380, (p.e.Window.Canvas().Size().Height-320)/widget.Scaled(1))
	add := widget.NewButton("Thêm đoạn", "", func() {
		d.add(title.Value())
		title.SetValue("")
	})
	content := container.NewVBox(widget.NewNote("Chuyển quá đầu hay cuối mục thì cả mục chuyển. Đoạn thêm vào giữ lời từ kỳ này sang kỳ sau. Các phần và thứ tự dùng cho mọi kỳ.", 620),
		container.NewBorder(nil, nil, nil, side, widget.Tall(max(height, 180), d.grid)), widget.Row(0, title, add))
	d.dialog = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Các phần của báo cáo", Content: content, Default: "Lưu", Cancel: "Hủy bỏ", Width: 660, First: d.grid,
		OnDefault: func() bool {
			d.store()
			return false
		}})
	return d
}

// show draws the list with the cursor on a line.
func (d *parts) show(at int) {
	d.grid.ReplaceRows(widget.Few{N: len(d.blocks) + len(d.annex), Cell: d.cell})
	d.grid.SetCurrent(at)
}

func (d *parts) id(i int) string {
	if i < len(d.blocks) {
		return d.blocks[i].ID
	}
	return d.annex[i-len(d.blocks)].ID
}

func (d *parts) cell(i int, dst []widget.Cell) {
	if i < len(d.blocks) {
		b := d.blocks[i]
		if i == 0 || d.blocks[i-1].Part != b.Part {
			dst[0] = widget.Cell{Text: b.Section, Role: widget.ColorSecondary}
		}
		if dst[1].Text = b.Name; briefing.IsOwn(b.ID) {
			dst[1].Text += " (đoạn thêm)"
		}
	} else {
		if dst[1].Text = d.annex[i-len(d.blocks)].Title; i == len(d.blocks) {
			dst[0] = widget.Cell{Text: "Phụ lục", Role: widget.ColorSecondary}
		}
	}
	if dst[2].Text = "in"; !d.choice.On(d.id(i)) {
		dst[1].Role, dst[2].Text = widget.ColorSecondary, "không in"
	}
}

// turn switches the part under the cursor.
func (d *parts) turn() {
	i := d.grid.Current()
	if i < 0 {
		return
	}
	d.choice.Off = kit.Toggled(d.choice.Off, d.id(i))
	d.grid.Refresh()
}

// move moves the part under the cursor: within its section, and at its edge the section.
func (d *parts) move(by int) {
	i, n := d.grid.Current(), len(d.blocks)
	to := i + by
	switch {
	case i < 0 || to < 0 || to >= n+len(d.annex) || (i < n) != (to < n):
		return
	case i >= n:
		d.annex = slices.Clone(d.annex)
		d.annex[i-n], d.annex[to-n] = d.annex[to-n], d.annex[i-n]
	case d.blocks[i].Part == d.blocks[to].Part:
		d.blocks[i], d.blocks[to] = d.blocks[to], d.blocks[i]
	default:
		id := d.blocks[i].ID
		d.blocks = swapSections(d.blocks, i, to)
		to = slices.IndexFunc(d.blocks, func(b briefing.Block) bool { return b.ID == id })
	}
	d.show(to)
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
	i := max(0, min(d.grid.Current(), len(d.blocks)-1))
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
	d.show(i + 1)
}

// drop takes out a block that the office added.
func (d *parts) drop() {
	i := d.grid.Current()
	if i < 0 || i >= len(d.blocks) || !briefing.IsOwn(d.blocks[i].ID) {
		return
	}
	id := d.blocks[i].ID
	d.choice.Own = slices.DeleteFunc(slices.Clone(d.choice.Own), func(o briefing.Own) bool { return o.ID == id })
	d.blocks = slices.Delete(d.blocks, i, i+1)
	d.show(max(0, i-1))
}

// store keeps the choice.
func (d *parts) store() {
	d.choice.Order = nil
	for i := range len(d.blocks) + len(d.annex) {
		d.choice.Order = append(d.choice.Order, d.id(i))
	}
	d.p.e.Do(func(ctx context.Context) error {
		err := papers.KeepParts(ctx, d.p.e.Desk, d.name, d.choice)
		if err == nil {
			d.p.e.Session.Post(d.dialog.Close)
		}
		return err
	}, "Đã lưu các phần của báo cáo.", d.dialog.ShowError)
}
