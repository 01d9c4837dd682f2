package register

import (
	"fyne.io/fyne/v2"

	"giaoban/app/widget"
	"giaoban/data"
)

// doMain does what usually comes next: with the dossier under the cursor, or with
// the chosen ones the first act of the bar.
func (p *page) doMain() {
	ids := p.chosen()
	switch {
	case len(ids) == 0:
	case len(ids) > 1:
		bar, _ := BulkActs()
		p.do(bar[0], ids)
	default:
		if first, _ := p.m.Acts(ids[0]); first.Kind != 0 {
			p.do(first, ids)
			return
		}
		p.doOther()
	}
}

// doOther opens the menu of what else can be done.
func (p *page) doOther() {
	ids := p.chosen()
	switch {
	case len(ids) == 0:
	case len(ids) > 1:
		widget.ShowMenu(p.e.Window, under(p.bulk.picked), p.bulk.items(ids))
	case p.pane.shown == ids[0] && p.pane.more != nil:
		p.actMenu(ids[0], under(p.pane.more))
	default:
		p.actMenu(ids[0], p.atCursor())
	}
}

// atCursor is the place on the window at which a menu of the row opens.
func (p *page) atCursor() fyne.Position { return p.Grid().AtCursor() }

// under is the place on the window below an object, for a menu.
func under(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height+2)
}

// actMenu opens the menu of what else can be done with a dossier.
func (p *page) actMenu(id uint64, at fyne.Position) {
	_, others := p.m.Acts(id)
	items := p.actItems(id, others)
	if len(items) == 0 {
		p.e.Toast("Hồ sơ đã hủy; hoàn tác việc hủy để làm tiếp.")
		return
	}
	widget.ShowMenu(p.e.Window, at, items)
}

// actItems are the acts of a dossier as lines of a menu.
func (p *page) actItems(id uint64, others []Act) []widget.MenuItem {
	var items []widget.MenuItem
	for _, act := range others {
		if (act.Kind == data.HandOver || act.Kind == data.Correct) && len(items) > 0 {
			items = append(items, widget.MenuItem{})
		}
		items = append(items, widget.MenuItem{Label: act.Label, Danger: act.Danger, Do: func() { p.do(act, []uint64{id}) }})
	}
	return items
}

// printMenu offers the papers of dossiers.
func (p *page) printMenu(ids []uint64, at fyne.Position) {
	var items []widget.MenuItem
	for _, c := range p.m.Prints(ids) {
		items = append(items, widget.MenuItem{Label: c.Title, Icon: widget.IconPrint, Do: func() { p.e.ShowSlips(c.Title, "phieu", c.Slips) }})
	}
	if len(items) == 0 {
		p.e.Toast("Chưa có mẫu in nào hợp với hồ sơ này.")
		return
	}
	widget.ShowMenu(p.e.Window, at, items)
}

// menu offers what can be done with a line of the list, or with the chosen ones.
func (p *page) menu(r *Row, chosen []uint64) []widget.MenuItem {
	if len(chosen) > 1 {
		return p.bulk.items(chosen)
	}
	clip := fyne.CurrentApp().Clipboard()
	id, at := r.ID, p.atCursor()
	first, others := p.m.Acts(id)
	items := []widget.MenuItem{{Label: "Xem hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { p.pane.open(id) }}}
	if first.Kind != 0 {
		items = append(items, widget.MenuItem{Label: first.Label, Icon: widget.IconCheck, Hint: "F2", Do: func() { p.do(first, []uint64{id}) }})
	}
	row := *r
	only := func(filter string) func() { return func() { p.Show(p.m.Only(p.View(), filter, &row)) } }
	// The acts have a menu of their own: all in one would not fit on a small
	// monitor with large text.
	items = append(items, widget.MenuItem{Label: "Việc khác…", Icon: widget.IconMenu, Hint: "F3", Disabled: len(others) == 0, Do: func() { p.actMenu(id, at) }})
	return append(items,
		widget.MenuItem{},
		widget.MenuItem{Label: "In…", Icon: widget.IconPrint, Do: func() { p.printMenu([]uint64{id}, at) }},
		widget.MenuItem{Label: "Mở lịch sử", Do: func() { p.openHistory(id) }},
		widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() { p.copyCode(row.Code) }},
		widget.MenuItem{Label: "Chép các dòng đã chọn", Icon: widget.IconCopy, Hint: "Ctrl+C", Do: func() { p.Grid().TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip}) }},
		widget.MenuItem{Label: "Chọn tất cả đang liệt kê", Hint: "Ctrl+A", Do: p.Grid().SelectAll},
		widget.MenuItem{},
		widget.MenuItem{Label: "Chỉ xem đơn vị này", Icon: widget.IconFilter, Disabled: !row.Read() || row.d.Unit == 0, Do: only(FilterUnit)},
		widget.MenuItem{Label: "Chỉ xem thủ tục này", Icon: widget.IconFilter, Disabled: !row.Read() || row.d.Procedure == 0, Do: only(FilterProcedure)},
	)
}

func (p *page) copyCode(code string) {
	fyne.CurrentApp().Clipboard().SetContent(code)
	p.e.Toast("Đã chép mã " + code)
}
