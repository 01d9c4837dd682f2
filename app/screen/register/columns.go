package register

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
)

// columnList feeds the list in which columns are ticked and ordered.
type columnList struct {
	all []view.ListColumn
	on  map[string]bool
}

// Len implements widget.Rows.
func (l *columnList) Len() int { return len(l.all) }

// Cells implements widget.Rows.
func (l *columnList) Cells(row int, dst []widget.Cell) {
	dst[0] = widget.Cell{Text: l.all[row].Title, Mark: widget.MarkBox}
	if l.on[l.all[row].ID] {
		dst[0].Mark = widget.MarkChecked
	}
}

// listOf puts the shown columns first, in their order.
func listOf(shown []view.ListColumn) *columnList {
	l := &columnList{all: slices.Clone(shown), on: map[string]bool{}}
	for _, c := range shown {
		l.on[c.ID] = true
	}
	for _, c := range view.ListColumns() {
		if !l.on[c.ID] {
			l.all = append(l.all, c)
		}
	}
	return l
}

// chooseColumns asks which columns the list shows, and in which order.
func (s *Screen) chooseColumns() {
	list := listOf(s.model.Columns())
	grid := widget.NewGrid([]widget.Column{{ID: "title", Width: 260, Flex: 1}})
	grid.NoHeader, grid.Single = true, true
	grid.SetRows(list)
	grid.SetCurrent(0)
	grid.OnToggle = func(row int) {
		id := list.all[row].ID
		list.on[id] = !list.on[id]
		grid.Refresh()
	}
	move := func(by int) {
		i := grid.Current()
		j := i + by
		if i < 0 || j < 0 || j >= len(list.all) {
			return
		}
		list.all[i], list.all[j] = list.all[j], list.all[i]
		grid.Refresh()
		grid.SetCurrent(j)
	}
	up := widget.NewButton("Lên", "", func() { move(-1) }).WithHint("F7")
	down := widget.NewButton("Xuống", "", func() { move(1) }).WithHint("F8")
	grid.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyF7:
			move(-1)
		case fyne.KeyF8:
			move(1)
		default:
			return false
		}
		return true
	}
	usual := widget.NewQuietButton("Như ban đầu", widget.IconUndo, func() {
		list = listOf(nil)
		for _, c := range list.all {
			list.on[c.ID] = c.Usual
		}
		grid.SetRows(list)
		grid.SetCurrent(0)
	})
	height := min(float32(len(list.all))*28, s.ctx.Window.Canvas().Size().Height/widget.Scaled(1)-aroundDialog-80)
	note := widget.NewNote("Phím cách: hiện, ẩn. F7, F8: đổi thứ tự. Kéo mép tiêu đề cột để đổi bề rộng.", 380)
	var d *widget.Dialog
	d = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: "Cột của danh sách", Default: "Áp dụng", Cancel: "Hủy bỏ", Width: 400, First: grid,
		Content: container.NewBorder(note, container.NewHBox(up, down, usual), nil, nil, screen.Tall(max(height, 160), grid)),
		OnDefault: func() bool {
			var ids []string
			for _, c := range list.all {
				if list.on[c.ID] {
					ids = append(ids, c.ID)
				}
			}
			if ids == nil {
				ids = []string{}
			}
			if err := s.model.SetColumns(ids); err != nil {
				d.ShowError(err)
				return false
			}
			s.grid.SetColumns(s.columns())
			return true
		}})
}
