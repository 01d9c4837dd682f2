package list

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"giaoban/app/kit"
	"giaoban/app/widget"
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
		icon := widget.IconName("")
		if l.view.Group == f.Key {
			icon = widget.IconCheck
		}
		items = append(items, widget.MenuItem{Label: "Nhóm theo " + lower(f.Label), Icon: icon, Do: func() {
			group := f.Key
			if l.view.Group == f.Key {
				group = ""
			}
			l.view.Group = group
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

// chooseColumns asks which columns are shown, and in what order.
func (l *List[T]) chooseColumns() {
	c := &columnChoice[T]{all: slices.Clone(l.o.Columns), on: map[string]bool{}}
	for _, x := range l.columns {
		c.on[x.ID] = true
	}
	// The shown ones come first, as they stand.
	place := func(id string) int {
		at := slices.IndexFunc(l.columns, func(x Column[T]) bool { return x.ID == id })
		if at < 0 {
			return len(l.columns)
		}
		return at
	}
	slices.SortStableFunc(c.all, func(a, b Column[T]) int { return place(a.ID) - place(b.ID) })
	c.grid = widget.NewGrid([]widget.Column{{ID: "title", Width: 260, Flex: 1}})
	c.grid.NoHeader, c.grid.Single = true, true
	c.grid.SetRows(c)
	c.grid.SetCurrent(0)
	c.grid.OnToggle = c.toggle
	up := widget.NewButton("Lên", "", func() { c.move(-1) }).WithHint("Ctrl+↑")
	down := widget.NewButton("Xuống", "", func() { c.move(1) }).WithHint("Ctrl+↓")
	c.grid.OnShortcut = c.shortcut
	usual := widget.NewButton("Về mặc định", widget.IconUndo, nil)
	body := container.NewBorder(nil, container.NewHBox(up, down), nil, nil, widget.Tall(320, c.grid))
	d := widget.ShowDialog(l.e.Window, widget.DialogOptions{Title: "Chọn và xếp cột", Content: body, Default: "Xong", Cancel: "Hủy bỏ", Extra: []*widget.Button{usual}, First: c.grid,
		OnDefault: func() bool {
			if ids := c.chosen(); len(ids) > 0 {
				l.SetColumns(ids)
			}
			return true
		}})
	usual.OnTapped = func() {
		l.SetColumns(nil)
		d.Close()
	}
}

// columnChoice is the list of columns in the dialog.
type columnChoice[T any] struct {
	all  []Column[T]
	on   map[string]bool
	grid *widget.Grid
}

// Len implements widget.Rows.
func (c *columnChoice[T]) Len() int { return len(c.all) }

// Cells implements widget.Rows.
func (c *columnChoice[T]) Cells(i int, dst []widget.Cell) {
	dst[0] = widget.Cell{Text: c.all[i].Title, Mark: widget.MarkBox}
	if c.on[c.all[i].ID] {
		dst[0].Mark = widget.MarkChecked
	}
}

func (c *columnChoice[T]) toggle(i int) {
	id := c.all[i].ID
	c.on[id] = !c.on[id]
	c.grid.Refresh()
}

func (c *columnChoice[T]) move(by int) {
	i := c.grid.Current()
	if i < 0 || i+by < 0 || i+by >= len(c.all) {
		return
	}
	c.all[i], c.all[i+by] = c.all[i+by], c.all[i]
	c.grid.Refresh()
	c.grid.SetCurrent(i + by)
}

func (c *columnChoice[T]) shortcut(s fyne.Shortcut) bool {
	k, ok := s.(*desktop.CustomShortcut)
	if !ok || k.Modifier != fyne.KeyModifierControl {
		return false
	}
	switch k.KeyName {
	case fyne.KeyUp:
		c.move(-1)
	case fyne.KeyDown:
		c.move(1)
	default:
		return false
	}
	return true
}

func (c *columnChoice[T]) chosen() []string {
	var out []string
	for _, x := range c.all {
		if c.on[x.ID] {
			out = append(out, x.ID)
		}
	}
	return out
}
