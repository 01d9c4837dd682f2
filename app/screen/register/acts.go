package register

import (
	"fyne.io/fyne/v2"

	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
)

// doMain does what usually comes next: with the dossier under the cursor, or with
// the chosen ones the first act of the bar.
func (s *Screen) doMain() {
	ids := s.chosen()
	switch {
	case len(ids) == 0:
	case len(ids) > 1:
		bar, _ := view.BulkActs()
		s.Do(bar[0], ids)
	default:
		if first, _ := s.model.Acts(ids[0]); first.Kind != 0 {
			s.Do(first, ids)
			return
		}
		s.doOther()
	}
}

// doOther opens the menu of what else can be done.
func (s *Screen) doOther() {
	ids := s.chosen()
	switch {
	case len(ids) == 0:
	case len(ids) > 1:
		s.bulkMenu(s.under(s.picked))
	case s.model.Opened() == ids[0] && s.pane.more != nil:
		s.actMenu(ids[0], s.under(s.pane.more))
	default:
		s.actMenu(ids[0], s.atCursor())
	}
}

// atCursor is the place on the window at which a menu of the row opens.
func (s *Screen) atCursor() fyne.Position {
	at := s.under(s.search)
	// The grid knows where its rows stand: it tells by opening its menu.
	s.grid.OnMenu = func(_ int, p fyne.Position) { at = p }
	s.grid.Navigate(&fyne.KeyEvent{Name: "Menu"})
	s.grid.OnMenu = s.menu
	return at
}

// actMenu opens the menu of what else can be done with a dossier.
func (s *Screen) actMenu(id uint64, at fyne.Position) {
	_, others := s.model.Acts(id)
	items := s.actItems(id, others)
	if len(items) == 0 {
		widget.ShowToast(s.ctx.Window, "Hồ sơ đã hủy; hoàn tác việc hủy để làm tiếp.", "", nil)
		return
	}
	widget.ShowMenu(s.ctx.Window, at, items)
}

// actItems are the acts of a dossier as lines of a menu.
func (s *Screen) actItems(id uint64, others []view.Act) []widget.MenuItem {
	var items []widget.MenuItem
	for _, act := range others {
		if (act.Kind == data.HandOver || act.Kind == data.Correct) && len(items) > 0 {
			items = append(items, widget.MenuItem{})
		}
		items = append(items, widget.MenuItem{Label: act.Label, Danger: act.Danger, Do: func() { s.Do(act, []uint64{id}) }})
	}
	return items
}

// printMenu offers the papers of dossiers.
func (s *Screen) printMenu(ids []uint64, at fyne.Position) {
	var items []widget.MenuItem
	for _, c := range s.model.Prints(ids) {
		items = append(items, widget.MenuItem{Label: c.Title, Icon: widget.IconPrint, Do: func() { s.Print.ShowSlips(c.Title, "phieu", c.Slips) }})
	}
	if len(items) == 0 {
		widget.ShowToast(s.ctx.Window, "Chưa có mẫu in nào hợp với hồ sơ này.", "", nil)
		return
	}
	widget.ShowMenu(s.ctx.Window, at, items)
}

// menu offers what can be done with a line of the list, or with the chosen ones.
func (s *Screen) menu(row int, at fyne.Position) {
	if s.grid.Selection().Count() > 1 {
		widget.ShowMenu(s.ctx.Window, at, s.bulkItems(s.chosen()))
		return
	}
	r := s.model.Row(row)
	clip := fyne.CurrentApp().Clipboard()
	first, others := s.model.Acts(r.ID)
	items := []widget.MenuItem{{Label: "Xem hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { s.open(row) }}}
	if first.Kind != 0 {
		items = append(items, widget.MenuItem{Label: first.Label, Icon: widget.IconCheck, Hint: "F2", Do: func() { s.Do(first, []uint64{r.ID}) }})
	}
	// The acts have a menu of their own: all in one would not fit on a small
	// monitor with large text.
	items = append(items, widget.MenuItem{Label: "Việc khác…", Icon: widget.IconMenu, Hint: "F3", Disabled: len(others) == 0, Do: func() { s.actMenu(r.ID, at) }})
	widget.ShowMenu(s.ctx.Window, at, append(items,
		widget.MenuItem{},
		widget.MenuItem{Label: "In…", Icon: widget.IconPrint, Do: func() { s.printMenu([]uint64{r.ID}, at) }},
		widget.MenuItem{Label: "Mở lịch sử", Do: func() { s.openHistory(r.ID) }},
		widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() {
			clip.SetContent(r.Code)
			widget.ShowToast(s.ctx.Window, "Đã chép mã "+r.Code, "", nil)
		}},
		widget.MenuItem{Label: "Chép các dòng đã chọn", Icon: widget.IconCopy, Hint: "Ctrl+C", Do: func() { s.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip}) }},
		widget.MenuItem{Label: "Chọn tất cả đang liệt kê", Hint: "Ctrl+A", Do: s.grid.SelectAll},
		widget.MenuItem{},
		widget.MenuItem{Label: "Chỉ xem đơn vị này", Icon: widget.IconFilter, Disabled: r.Unit == "", Do: func() { s.model.Only(view.FilterUnit, row) }},
		widget.MenuItem{Label: "Chỉ xem thủ tục này", Icon: widget.IconFilter, Disabled: r.Procedure == "", Do: func() { s.model.Only(view.FilterProcedure, row) }},
	))
}

// TakeKey takes the keys of the acts while a button of the pane has the focus.
func (s *Screen) TakeKey(ev *fyne.KeyEvent) bool { return s.actKey(ev) }

// PrintPage offers the papers of the chosen dossiers (Ctrl+P).
func (s *Screen) PrintPage() { s.printMenu(s.chosen(), s.atCursor()) }
