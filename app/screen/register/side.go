package register

import (
	"context"
	"fmt"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
)

// side is what stands at the left of the list: the saved filters, and the counts
// by group.
type side struct {
	s       *Screen
	object  *fyne.Container
	filters *widget.Grid
	groups  *widget.Grid
	saved   *fyne.Container // the part with the filters
	grouped *fyne.Container // the part with the groups
	title   *widget.Paragraph
	tall    *canvas.Rectangle // gives the filters their height
	begun   bool
	shown   bool
}

// Widths of the side in px at 100 %, and the width of the window from which the
// filters stand open to begin with.
const (
	sideWidth    = 214
	roomForSide  = 1500
	roomForThree = 1400 // of the page, from which the side stays while the pane is open
	filterHeight = 28
)

func newSide(s *Screen) *side {
	d := &side{s: s}
	columns := []widget.Column{{ID: "name", Width: 110, Flex: 1}, {ID: "count", Width: 52, Align: widget.Right}}
	d.filters, d.groups = widget.NewGrid(columns), widget.NewGrid(columns)
	for _, g := range []*widget.Grid{d.filters, d.groups} {
		g.NoHeader, g.Single = true, true
	}
	d.filters.SetRows(filterRows{s.model})
	d.filters.OnOpen = func(row int) { s.model.ApplyFilter(row) }
	d.filters.OnCell = func(row int, _ string) bool { s.model.ApplyFilter(row); return true }
	d.filters.OnMenu = d.menu
	d.filters.OnKey = s.actKey
	d.groups.SetRows(groupRows{s.model})
	d.groups.OnOpen = d.openGroup
	d.groups.OnCell = func(row int, _ string) bool { d.openGroup(row); return true }
	head := widget.NewParagraph("Bộ lọc đã lưu", 120)
	head.Bold, head.Max = true, 1
	save := widget.NewIconButton(widget.IconAdd, "Lưu bộ lọc đang dùng (Ctrl+D)", s.SaveFilter)
	d.tall = canvas.NewRectangle(nil)
	d.saved = container.NewVBox(container.NewBorder(nil, nil, nil, save, lower(head)), container.NewStack(d.tall, d.filters))
	d.title = widget.NewParagraph("", 120)
	d.title.Bold, d.title.Max = true, 1
	end := widget.NewIconButton(widget.IconClose, "Thôi nhóm", func() { s.model.Group("") })
	d.grouped = container.NewBorder(container.NewBorder(nil, nil, nil, end, lower(d.title)), nil, nil, nil, d.groups)
	line := canvas.NewRectangle(widget.Color(widget.ColorLine))
	line.SetMinSize(fyne.NewSize(1, 1))
	d.object = container.NewBorder(nil, nil, nil, line, screen.Wide(sideWidth, container.NewBorder(d.saved, nil, nil, nil, d.grouped)))
	d.object.Hide()
	return d
}

// begin opens the filters where there is room, the first time the list is shown.
func (d *side) begin() {
	if !d.begun {
		d.begun = true
		d.shown = d.s.model.FiltersShown(d.s.ctx.Window.Canvas().Size().Width >= widget.Scaled(roomForSide))
	}
	d.fill()
}

func (d *side) toggle() {
	d.shown = !d.shown
	d.s.model.ShowFilters(d.shown)
	d.fill()
}

// fill shows filters, groups and their counts as they are now.
func (d *side) fill() {
	grouped := d.s.model.GroupedBy()
	visible(d.saved, d.shown)
	visible(d.grouped, grouped != "")
	visible(d.object, (d.shown || grouped != "") && d.room())
	for _, g := range view.Groupings() {
		if g.Key == grouped {
			d.title.SetText("Theo " + lowerFirst(g.Label))
		}
	}
	d.tall.SetMinSize(fyne.NewSize(0, widget.Scaled(filterHeight)*float32(max(len(d.s.model.Filters()), 1))+2))
	d.filters.ReplaceRows(filterRows{d.s.model})
	d.groups.ReplaceRows(groupRows{d.s.model})
	d.groups.SetEmpty("Không có hồ sơ.", "", nil)
	if d.s.page != nil {
		d.s.page.Refresh()
	}
}

// open reports whether saved filters can be chosen.
func (d *side) open() bool {
	return d.object.Visible() && d.saved.Visible() && len(d.s.model.Filters()) > 0
}

// room reports whether the side may stand beside the list and the pane.
func (d *side) room() bool {
	return d.s.model.Opened() == 0 || d.s.page == nil || d.s.page.Size().Width >= widget.Scaled(roomForThree)
}

// lower sets a heading a little lower, to the middle of the button beside it.
func lower(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(widget.Scaled(5), 0, widget.Scaled(8), 0), o)
}

func visible(o fyne.CanvasObject, on bool) {
	switch {
	case on && !o.Visible():
		o.Show()
	case !on && o.Visible():
		o.Hide()
	}
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// filterRows feeds the list of saved filters.
type filterRows struct{ m *view.Register }

// Len implements widget.Rows.
func (r filterRows) Len() int { return len(r.m.Filters()) }

// Cells implements widget.Rows.
func (r filterRows) Cells(row int, dst []widget.Cell) {
	f := r.m.Filters()[row]
	dst[0] = widget.Cell{Text: f.Name, Strong: f.Chosen}
	if f.Chosen {
		dst[0].Role = widget.ColorPrimary
	}
	if f.Count >= 0 {
		dst[1] = widget.Cell{Text: data.FormatInt(int64(f.Count)), Role: widget.ColorSecondary}
	}
}

// groupRows feeds the counts by group.
type groupRows struct{ m *view.Register }

// Len implements widget.Rows.
func (r groupRows) Len() int { return len(r.m.Groups()) }

// Cells implements widget.Rows.
func (r groupRows) Cells(row int, dst []widget.Cell) {
	g := r.m.Groups()[row]
	dst[0] = widget.Cell{Text: g.Name}
	dst[1] = widget.Cell{Text: data.FormatInt(int64(g.Count)), Role: widget.ColorSecondary}
	if r.m.GroupOpen(g.Key) {
		dst[0].Strong, dst[0].Role = true, widget.ColorPrimary
	}
}

func (d *side) openGroup(row int) {
	if list := d.s.model.Groups(); row < len(list) {
		d.s.model.OpenGroup(list[row].Key)
	}
}

// groupMenu asks by what the list is counted.
func (s *Screen) groupMenu(at fyne.Position) {
	var items []widget.MenuItem
	for _, g := range view.Groupings() {
		item := widget.MenuItem{Label: g.Label, Do: func() { s.model.Group(g.Key) }}
		if g.Key == s.model.GroupedBy() {
			item.Icon = widget.IconCheck
		}
		items = append(items, item)
	}
	if s.model.GroupedBy() != "" {
		items = append(items, widget.MenuItem{}, widget.MenuItem{Label: "Thôi nhóm", Icon: widget.IconClose, Do: func() { s.model.Group("") }})
	}
	widget.ShowMenu(s.ctx.Window, at, items)
}

// menu offers what can be done with a saved filter.
func (d *side) menu(row int, at fyne.Position) {
	m := d.s.model
	lines := m.Filters()
	if row >= len(lines) {
		return
	}
	name := lines[row].Name
	widget.ShowMenu(d.s.ctx.Window, at, []widget.MenuItem{
		{Label: "Lọc", Icon: widget.IconFilter, Hint: "Enter", Do: func() { m.ApplyFilter(row) }},
		{Label: "Đổi tên", Icon: widget.IconEdit, Do: func() { d.rename(row, name) }},
		{Label: "Chuyển lên", Disabled: row == 0, Do: func() { d.change(func(ctx context.Context) error { return m.MoveFilter(ctx, row, -1) }, "") }},
		{Label: "Chuyển xuống", Disabled: row == len(lines)-1, Do: func() { d.change(func(ctx context.Context) error { return m.MoveFilter(ctx, row, 1) }, "") }},
		{},
		{Label: "Xóa", Icon: widget.IconTrash, Danger: true, Do: func() {
			d.change(func(ctx context.Context) error { return m.DeleteFilter(ctx, row) }, fmt.Sprintf("Đã xóa bộ lọc «%s».", name))
		}},
	})
}

// change stores a change of the filters behind the window and says so.
func (d *side) change(do func(context.Context) error, said string) {
	win := d.s.ctx.Window
	widget.RunWithProgress(win, "Đang lưu bộ lọc", func(ctx context.Context, _ widget.Report) error { return do(ctx) }, func(err error) {
		switch {
		case err != nil:
			widget.ShowError(win, "Bộ lọc", err)
		case said != "":
			widget.ShowToast(win, said, "Hoàn tác", d.s.Undo)
		}
	})
}

func (d *side) rename(row int, name string) {
	d.s.askName("Đổi tên bộ lọc", name, func(ctx context.Context, name string) error { return d.s.model.RenameFilter(ctx, row, name) }, "Đã đổi tên bộ lọc.")
}

// SaveFilter asks for a name and keeps what is listed now as a filter (Ctrl+D).
func (s *Screen) SaveFilter() {
	if !s.model.Filtered() {
		widget.ShowToast(s.ctx.Window, "Chưa có điều kiện lọc nào để lưu. Gõ vào ô tìm hoặc chọn bộ lọc trước.", "", nil)
		return
	}
	s.askName("Lưu bộ lọc", s.model.Query().Text, func(ctx context.Context, name string) error {
		if err := s.model.SaveFilter(ctx, name); err != nil {
			return err
		}
		return nil
	}, "Đã lưu bộ lọc.")
}

// askName asks for the name of a filter and stores it.
func (s *Screen) askName(title, name string, store func(context.Context, string) error, said string) {
	field := widget.NewField("")
	field.SetValue(name)
	box := widget.NewFieldBox("Tên bộ lọc", field)
	busy := false
	var d *widget.Dialog
	d = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: title, Content: box, Default: "Lưu", Cancel: "Hủy bỏ", Width: 380, OnDefault: func() bool {
		if busy {
			return false
		}
		busy = true
		text := field.Value()
		widget.RunWithProgress(s.ctx.Window, title, func(ctx context.Context, _ widget.Report) error { return store(ctx, text) }, func(err error) {
			busy = false
			if err != nil {
				box.SetError(err)
				d.ShowError(nil)
				return
			}
			d.Close()
			if !s.side.shown {
				s.side.toggle()
			}
			widget.ShowToast(s.ctx.Window, said, "Hoàn tác", s.Undo)
		})
		return false
	}})
}
