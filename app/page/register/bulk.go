package register

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
)

// bulk is the bar below the list of what can be done with several dossiers.
type bulk struct {
	p      *page
	object *fyne.Container
	picked *widget.Paragraph // how many are chosen
}

func newBulk(p *page) *bulk {
	b := &bulk{p: p, picked: widget.NewParagraph("", 170)}
	b.picked.Bold, b.picked.Max = true, 1
	row := container.New(layout.NewCustomPaddedHBoxLayout(6), container.NewCenter(b.picked))
	bar, _ := BulkActs()
	for _, act := range bar {
		row.Add(widget.NewButton(act.Label, "", func() { p.do(act, p.chosen()) }))
	}
	row.Add(widget.NewButton("Đổi đơn vị", "", func() { p.changeUnit(p.chosen()) }))
	row.Add(widget.NewButton("In…", "", func() { p.printMenu(p.chosen(), under(row)) }))
	more := widget.NewButton("Việc khác", "", nil).WithHint("F3")
	more.Trailing = widget.IconChevron
	more.OnTapped = func() { widget.ShowMenu(p.e.Window, under(more), b.items(p.chosen())) }
	row.Add(more)
	row.Add(widget.NewQuietButton("Bỏ chọn", widget.IconClose, p.unchoose))
	b.object = container.NewVBox(widget.NewLine(), container.New(layout.NewCustomPaddedLayout(4, 4, 0, 0), container.NewHScroll(row)))
	b.object.Hide()
	return b
}

// show shows the bar while several lines are chosen.
func (b *bulk) show() {
	n := b.p.Grid().Selection().Count()
	if n > 1 {
		b.picked.SetText(fmt.Sprintf("Đã chọn %s hồ sơ", data.FormatInt(int64(n))))
	}
	if on := n > 1; on != b.object.Visible() {
		widget.SetVisible(b.object, on)
		b.p.Object().Fit()
	}
}

// items are what a menu offers for several dossiers.
func (b *bulk) items(ids []uint64) []widget.MenuItem {
	bar, menu := BulkActs()
	var items []widget.MenuItem
	for _, list := range [][]Act{bar, menu} {
		for _, act := range list {
			items = append(items, widget.MenuItem{Label: act.Label, Danger: act.Danger, Do: func() { b.p.do(act, ids) }})
		}
		items = append(items, widget.MenuItem{})
	}
	return append(items,
		widget.MenuItem{Label: "Đổi đơn vị giải quyết", Icon: widget.IconEdit, Do: func() { b.p.changeUnit(ids) }},
		widget.MenuItem{Label: "In…", Icon: widget.IconPrint, Do: func() { b.p.printMenu(ids, under(b.picked)) }},
		widget.MenuItem{Label: "Bỏ chọn", Icon: widget.IconClose, Do: b.p.unchoose})
}

func (p *page) unchoose() {
	row := p.Grid().Current()
	p.Grid().ClearSelection()
	if row >= 0 {
		p.Grid().SetCurrent(row)
	}
	p.e.Focus(p.Object(), p.Grid())
}

// moving is another competent unit for dossiers, and why.
type moving struct {
	Unit uint32
	Why  string
}

// changeUnit asks for another competent unit of dossiers.
func (p *page) changeUnit(ids []uint64) {
	if len(ids) == 0 {
		return
	}
	var done Saved
	form.Ask(p.e, form.Question[moving]{Title: fmt.Sprintf("Đổi đơn vị: %s hồ sơ", data.FormatInt(int64(len(ids)))), Fields: []form.Field[moving]{
		form.PickID("unit", "Đơn vị giải quyết", func(*moving) []kit.Choice { return p.m.Choices(FilterUnit) }, func(x *moving) *uint32 { return &x.Unit }).Need(),
		form.Area("why", "Lý do", 2, func(x *moving) *string { return &x.Why }).Need(),
	}, Long: func(ctx context.Context, x moving, report widget.Report) (err error) {
		done, err = p.m.ChangeUnit(ctx, ids, x.Unit, x.Why, func(done, total int64) { report(done, total, "Đang ghi") })
		return err
	}, Then: func(moving) { p.saved(done) }})
}

// saved tells what a form did and shows the papers that were asked for.
func (p *page) saved(done Saved) {
	p.unchoose() // from the search field Ctrl+Z would take back what was typed there
	switch {
	case done.Done > 0:
		p.e.Done(done.Said)
	case len(done.Refused) == 0:
		p.e.Toast(done.Said)
	}
	if len(done.Refused) > 0 {
		p.showRefused(done)
	}
	if len(done.Slips) > 0 {
		p.e.ShowSlips("In phiếu", "phieu", done.Slips)
	}
}

// showRefused lists the dossiers that a change passed over, and why.
func (p *page) showRefused(done Saved) {
	grid := widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode}, {ID: "why", Title: "Lý do", Width: 420, Flex: 1}})
	grid.SetRows(widget.Few{N: len(done.Refused), Cell: func(i int, dst []widget.Cell) {
		dst[0].Text, dst[1].Text = done.Refused[i].Code, done.Refused[i].Reason
	}})
	copyAll := widget.NewButton("Chép danh sách", widget.IconCopy, func() {
		var b strings.Builder
		for _, r := range done.Refused {
			b.WriteString(r.Code + "\t" + r.Reason + "\n")
		}
		fyne.CurrentApp().Clipboard().SetContent(b.String())
		p.e.Toast("Đã chép danh sách.")
	})
	height := min(float32(len(done.Refused)+1)*28+20, 320)
	widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Kết quả", Default: "Đóng", Width: 680, Extra: []*widget.Button{copyAll},
		Content: container.NewBorder(widget.NewParagraph(done.Said, 640), nil, nil, nil, widget.Tall(height, grid))})
}
