package list

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
)

// sidebar stands at the left of a list while it has saved views, or is counted by
// groups.
type sidebar[T any] struct {
	l      *List[T]
	views  Views
	object *fyne.Container
	names  *widget.Grid
	counts *widget.Grid
	listed []Named
	groups []Group
}

func newSidebar[T any](l *List[T]) *sidebar[T] {
	s := &sidebar[T]{l: l, views: l.o.Views, object: container.NewStack()}
	if s.views == nil {
		s.views = habitViews{l.e.Habits, l.o.ID}
	}
	columns := []widget.Column{{ID: "name", Width: 110, Flex: 1}, {ID: "count", Width: 62, Align: widget.Right}}
	s.names, s.counts = widget.NewGrid(columns), widget.NewGrid(columns)
	for _, g := range []*widget.Grid{s.names, s.counts} {
		g.NoHeader, g.Single = true, true
	}
	s.names.OnOpen = s.apply
	s.names.OnMenu = func(i int, at fyne.Position) { widget.ShowMenu(l.e.Window, at, s.menu(i)) }
	s.names.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDelete && s.names.Current() >= 0 {
			s.drop(s.names.Current())
			return true
		}
		return false
	}
	s.counts.OnOpen = func(i int) { l.Choose(l.view.Group, s.groups[i].Key) }
	s.object.Hide()
	return s
}

// show brings the sidebar in step with views, groups and what is listed.
func (s *sidebar[T]) show() {
	s.listed = s.views.All()
	s.groups = nil
	if f := s.l.filter(s.l.view.Group); f != nil && s.l.answer != nil {
		s.groups = s.l.countBy(f)
	}
	var parts []fyne.CanvasObject
	if len(s.listed) > 0 {
		s.names.ReplaceRows(nameRows(s.listed))
		parts = append(parts, container.NewBorder(widget.NewSection("Cách xem đã lưu"), nil, nil, nil, s.names))
	}
	if len(s.groups) > 0 {
		s.counts.ReplaceRows(groupRows(s.groups))
		parts = append(parts, container.NewBorder(widget.NewSection("Theo "+lower(s.l.filter(s.l.view.Group).Label)), nil, nil, nil, s.counts))
	}
	if len(parts) == 0 {
		s.object.Hide()
		return
	}
	s.object.Objects = []fyne.CanvasObject{widget.Wide(188, container.NewGridWithRows(len(parts), parts...))}
	s.object.Show()
	s.object.Refresh()
}

func (s *sidebar[T]) apply(i int) {
	if i < 0 || i >= len(s.listed) {
		return
	}
	v := s.listed[i].View
	if len(v.Orders) == 0 {
		v.Orders = s.l.view.Orders
	}
	v.Group = s.l.view.Group
	s.l.Show(v)
}

func (s *sidebar[T]) menu(i int) []widget.MenuItem {
	return []widget.MenuItem{
		{Label: "Xem", Hint: "Enter", Do: func() { s.apply(i) }},
		{Label: "Đổi tên…", Icon: widget.IconEdit, Do: func() {
			s.ask("Đổi tên cách xem", s.listed[i].Name, func(name string, _ bool) error { return s.views.Rename(i, name) })
		}},
		{Label: "Lên trên", Disabled: i == 0, Do: func() { s.do(s.views.Move(i, -1)) }},
		{Label: "Xuống dưới", Disabled: i == len(s.listed)-1, Do: func() { s.do(s.views.Move(i, 1)) }},
		{Label: "Bỏ", Icon: widget.IconTrash, Hint: "Delete", Danger: true, Do: func() { s.drop(i) }},
	}
}

func (s *sidebar[T]) drop(i int) {
	name := s.listed[i].Name
	s.l.e.Confirm("Bỏ cách xem", "Bỏ cách xem «"+name+"»?", "Bỏ", func() { s.do(s.views.Drop(i)) })
}

func (s *sidebar[T]) do(err error) {
	if err != nil {
		s.l.e.Fail("Không thực hiện được", err)
	}
	s.show()
}

// saveView asks for a name and keeps what narrows and orders the list.
func (s *sidebar[T]) saveView() {
	s.ask("Lưu cách xem", "", func(name string, over bool) error { return s.views.Save(name, s.l.View(), over) })
}

// named is a name that is typed.
type named struct {
	Name string
	Over bool
}

// ask asks for the name of a view. A name that is taken is replaced only when the
// officer says so.
func (s *sidebar[T]) ask(title, name string, keep func(name string, over bool) error) {
	form.Ask(s.l.e, form.Question[named]{Title: title, Value: named{Name: name}, Fields: []form.Field[named]{
		form.Text("name", "Tên", func(n *named) *string { return &n.Name }).Need(),
		form.Check("over", "Thay cách xem cùng tên, nếu đã có", func(n *named) *bool { return &n.Over }),
	}, Check: func(n named) error {
		name, err := viewName(n.Name)
		if err == nil {
			err = keep(name, n.Over)
		}
		if err == nil {
			s.show()
		}
		return err
	}})
}

type nameRows []Named

// Len implements widget.Rows.
func (r nameRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r nameRows) Cells(i int, dst []widget.Cell) {
	dst[0].Text = r[i].Name
	if r[i].Count >= 0 {
		dst[1].Text = data.FormatInt(int64(r[i].Count))
	}
}

type groupRows []Group

// Len implements widget.Rows.
func (r groupRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r groupRows) Cells(i int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text = r[i].Text, data.FormatInt(int64(r[i].Count))
}
