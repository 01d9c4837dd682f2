package list

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data/text"
)

// listMenu is what can be done with the list itself.
func (l *List[T]) listMenu() []widget.MenuItem {
	items := []widget.MenuItem{
		{Label: "Chọn và xếp cột…", Do: l.chooseColumns},
		{Label: "Lưu bộ lọc đang dùng…", Icon: widget.IconSave, Do: l.SaveView},
		{Label: "Chép có tiêu đề cột", Icon: widget.IconCopy, Hint: "Ctrl+Shift+C", Do: l.copyWithHeadings},
	}
	if l.o.Export == nil {
		items = append(items, widget.MenuItem{Label: "Xuất Excel như đang liệt kê…", Icon: widget.IconExcel, Do: l.exportWorkbook}, l.pdfItem())
	}
	if l.o.Extra != nil {
		items = append(append(items, widget.MenuItem{}), l.o.Extra()...)
	}
	for i := range l.o.Filters {
		f := &l.o.Filters[i]
		if !f.Groups {
			continue
		}
		items = append(items, widget.MenuItem{Label: "Nhóm theo " + text.Within(f.Label), Icon: kit.If(l.view.Group == f.Key, widget.IconCheck, ""), Do: func() {
			l.view.Group = kit.If(l.view.Group == f.Key, "", f.Key)
			l.ask()
		}})
	}
	return items
}

func (l *List[T]) pdfItem() widget.MenuItem {
	return widget.MenuItem{Label: "Xuất PDF như đang liệt kê", Icon: widget.IconPDF, Do: l.PrintPage}
}

// columnMenu is what can be done with a column, at its heading.
func (l *List[T]) columnMenu(id string) []widget.MenuItem {
	at := slices.IndexFunc(l.columns, func(c Column[T]) bool { return c.ID == id })
	if at < 0 {
		return nil
	}
	fixed := l.columns[at].Fixed
	sort := func(descending bool) func() {
		return func() { l.sort([]kit.Order{{Column: id, Descending: descending}}) }
	}
	more := func() {
		l.sort(append(slices.DeleteFunc(l.View().Orders, func(o kit.Order) bool { return o.Column == id }), kit.Order{Column: id}))
	}
	hide := func() {
		var ids []string
		for _, c := range l.columns {
			if c.ID != id {
				ids = append(ids, c.ID)
			}
		}
		l.SetColumns(ids)
	}
	return []widget.MenuItem{
		{Label: "Xếp tăng dần", Disabled: fixed, Do: sort(false)},
		{Label: "Xếp giảm dần", Disabled: fixed, Do: sort(true)},
		{Label: "Xếp tiếp theo cột này", Hint: "Shift + bấm", Disabled: fixed || len(l.view.Orders) == 0, Do: more},
		{},
		{Label: "Ẩn cột", Disabled: len(l.columns) < 2, Do: hide},
		{Label: "Chọn và xếp cột…", Do: l.chooseColumns},
	}
}

// copyWithHeadings puts the chosen rows on the clipboard with the titles of their
// columns; all rows where one is chosen.
func (l *List[T]) copyWithHeadings() {
	if l.grid.Selection().Count() < 2 {
		l.grid.SelectAll()
	}
	l.grid.CopyWithHeadings(fyne.CurrentApp().Clipboard())
}

// choice is a column in the dialog in which columns are chosen.
type choice struct {
	id, title string
	on        bool
}

// chooseColumns asks which columns are shown, and in what order: those shown come first.
func (l *List[T]) chooseColumns() {
	var all []choice
	at := func(id string) int { return slices.IndexFunc(all, func(c choice) bool { return c.id == id }) }
	for i, c := range slices.Concat(l.columns, l.o.Columns) {
		if at(c.ID) < 0 {
			all = append(all, choice{c.ID, c.Title, i < len(l.columns)})
		}
	}
	columns := Of(l.e, Options[choice]{ID: "list-columns", Plain: true, Bare: true, What: "cột", Key: func(c *choice) uint64 { return KeyOf(c.id) },
		Begin:   Held(func() []choice { return slices.Clone(all) }),
		Columns: []Column[choice]{{ID: "title", Width: 260, Flex: 1, Fixed: true, Text: func(c *choice) string { return c.title }}},
		Ticked:  func(c *choice) bool { return c.on }, Tick: func(c *choice) { all[at(c.id)].on = !c.on },
		Move: func(c *choice, by int) bool {
			i := at(c.id)
			if i+by < 0 || i+by >= len(all) {
				return false
			}
			all[i], all[i+by] = all[i+by], all[i]
			return true
		}})
	columns.Refresh()
	up := widget.NewButton("Lên", "", func() { columns.Shift(-1) }).WithHint("Ctrl+↑")
	down := widget.NewButton("Xuống", "", func() { columns.Shift(1) }).WithHint("Ctrl+↓")
	usual := widget.NewButton("Về mặc định", widget.IconUndo, nil)
	body := container.NewBorder(nil, container.NewHBox(up, down), nil, nil, widget.Tall(320, columns.Body()))
	d := widget.ShowDialog(l.e.Window, widget.DialogOptions{Title: "Chọn và xếp cột", Content: body, Default: "Xong", Cancel: "Hủy bỏ", Extra: []*widget.Button{usual}, First: columns.Grid(),
		OnDefault: func() bool {
			var ids []string
			for _, c := range all {
				if c.on {
					ids = append(ids, c.id)
				}
			}
			if len(ids) > 0 {
				l.SetColumns(ids)
			}
			return true
		}})
	usual.OnTapped = func() {
		l.SetColumns(nil)
		d.Close()
	}
}
