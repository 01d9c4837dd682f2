package list

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/text"
)

// sidebar stands at the left of a list while it has saved views, or is counted by
// groups.
type sidebar[T any] struct {
	l      *List[T]
	views  Views
	object *fyne.Container
	fold   *widget.Button // shows and hides the views
	names  *widget.Grid
	counts *widget.Grid
	listed []Named
	groups []Group
	parts  int // how many stand in the object
}

// Widths of the window in px at 100 %: from the first one views that are kept with
// the data stand open to begin with, from the second one the sidebar stays while
// something stands at the other side.
const (
	roomForViews = 1500
	roomForBoth  = 1600
)

func newSidebar[T any](l *List[T]) *sidebar[T] {
	s := &sidebar[T]{l: l, views: l.o.Views, object: container.NewStack()}
	if s.views == nil {
		s.views = newHabitViews(l.e.Habits, l.o.ID)
	}
	s.fold = widget.NewIconButton(widget.IconMenu, "Bộ lọc đã lưu: hiện, ẩn", func() { s.open(!s.opened()) })
	columns := []widget.Column{{ID: "name", Width: 110, Flex: 1}, {ID: "count", Width: 44, Align: widget.Right}}
	s.names, s.counts = widget.NewGrid(columns), widget.NewGrid(columns)
	for _, g := range []*widget.Grid{s.names, s.counts} {
		g.NoHeader, g.Single = true, true
		g.OnCell = func(i int, _ string) bool { g.OnOpen(i); return true }
	}
	s.names.OnOpen = s.apply
	s.names.OnMenu = func(i int, at fyne.Position) { widget.ShowMenu(l.e.Window, at, s.menu(i)) }
	s.names.OnKey = func(ev *fyne.KeyEvent) bool {
		switch {
		case ev.Name == fyne.KeyDelete && s.names.Current() >= 0:
			s.drop(s.names.Current())
		case ev.Name == fyne.KeyF6:
			l.FocusSearch()
		default:
			return l.o.OnKey != nil && l.o.OnKey(ev, l.CurrentRow())
		}
		return true
	}
	s.counts.OnOpen = func(i int) { l.Choose(l.view.Group, s.groups[i].Key) }
	s.object.Hide()
	s.fold.Hide()
	return s
}

// opened reports whether the saved views are to be seen, as the officer left it.
func (s *sidebar[T]) opened() bool {
	switch s.l.e.Habits.String(habitKey(s.l.o.ID, "side")) {
	case "yes":
		return true
	case "no":
		return false
	}
	return s.l.o.Views == nil || s.l.e.Window.Canvas().Size().Width >= widget.Scaled(roomForViews)
}

func (s *sidebar[T]) open(on bool) {
	s.l.e.Habits.SetString(habitKey(s.l.o.ID, "side"), kit.If(on, "yes", "no"))
	s.show()
}

// or is the list of views where it can be chosen from, else the other part.
func (s *sidebar[T]) or(other fyne.Focusable) fyne.Focusable {
	if s.object.Visible() && len(s.listed) > 0 && s.opened() {
		return s.names
	}
	return other
}

// show brings the sidebar in step with views, groups and what is listed.
func (s *sidebar[T]) show() {
	s.listed, s.groups = s.views.All(), nil
	f := s.l.filter(s.l.view.Group)
	if f != nil && s.l.answer != nil {
		if g, ok := s.l.answer.(Grouped); ok {
			s.groups = g.Groups()
		} else {
			s.groups = groups(f, s.l.choices(f), s.l.answer)
		}
	}
	widget.SetVisible(s.fold, len(s.listed) > 0)
	var parts []fyne.CanvasObject
	if len(s.listed) > 0 && s.opened() {
		s.names.ReplaceRows(widget.Few{N: len(s.listed), Cell: s.name})
		add := widget.NewIconButton(widget.IconAdd, "Lưu bộ lọc đang dùng (Ctrl+D)", s.l.SaveView)
		parts = append(parts, part("Bộ lọc đã lưu", add, s.names))
	}
	if f != nil {
		s.counts.SetEmpty("Không có "+s.l.o.What+".", "", nil)
		s.counts.ReplaceRows(widget.Few{N: len(s.groups), Cell: s.count})
		end := widget.NewIconButton(widget.IconClose, "Thôi nhóm", func() { s.l.view.Group = ""; s.l.ask() })
		parts = append(parts, part("Theo "+text.Within(f.Label), end, s.counts))
	}
	s.parts = len(parts)
	if len(parts) > 0 {
		width := kit.If[float32](f != nil, 256, 206) // names of units begin alike
		s.object.Objects = []fyne.CanvasObject{widget.Wide(width, container.NewGridWithRows(len(parts), parts...))}
	}
	s.fit()
}

// fit shows the sidebar where there is something in it and room for it.
func (s *sidebar[T]) fit() {
	room := !s.l.split.Open() || s.l.e.Window.Canvas().Size().Width >= widget.Scaled(roomForBoth)
	widget.SetVisible(s.object, s.parts > 0 && room)
	s.object.Refresh()
	s.l.page.Refresh()
}

// part is one list of the sidebar under its heading.
func part(title string, button, rows fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(container.NewBorder(nil, nil, nil, button, widget.NewSection(title)), nil, nil, nil, rows)
}

// apply lists what a saved view asks; the one that is listed already is taken away.
func (s *sidebar[T]) apply(i int) {
	if i < 0 || i >= len(s.listed) {
		return
	}
	v := s.listed[i].View
	if v.Same(s.l.view) {
		s.l.Show(View{Orders: s.l.view.Orders, Group: s.l.view.Group, Ended: s.l.view.Ended})
		return
	}
	if len(v.Orders) == 0 {
		v.Orders = s.l.view.Orders
	}
	v.Group = s.l.view.Group
	s.l.Show(v)
}

func (s *sidebar[T]) menu(i int) []widget.MenuItem {
	return []widget.MenuItem{
		{Label: "Lọc", Icon: widget.IconFilter, Hint: "Enter", Do: func() { s.apply(i) }},
		{Label: "Đổi tên…", Icon: widget.IconEdit, Do: func() {
			s.ask("Đổi tên bộ lọc", s.listed[i].Name, "Đã đổi tên bộ lọc.", func(n named) error { return s.views.Rename(i, n.Name) })
		}},
		{Label: "Lên trên", Disabled: i == 0, Do: func() { s.do(func() error { return s.views.Move(i, -1) }, "") }},
		{Label: "Xuống dưới", Disabled: i == len(s.listed)-1, Do: func() { s.do(func() error { return s.views.Move(i, 1) }, "") }},
		{Label: "Bỏ", Icon: widget.IconTrash, Hint: "Delete", Danger: true, Do: func() { s.drop(i) }},
	}
}

func (s *sidebar[T]) drop(i int) {
	name := s.listed[i].Name
	s.l.e.Confirm("Bỏ bộ lọc", "Bỏ bộ lọc «"+name+"»?", "Bỏ", func() {
		s.do(func() error { return s.views.Drop(i) }, "Đã bỏ bộ lọc «"+name+"».")
	})
}

// do changes the views, which may wait for the file.
func (s *sidebar[T]) do(change func() error, said string) {
	s.l.e.Session.Go(func() {
		err := change()
		s.l.e.Session.Post(func() {
			if err != nil {
				s.l.e.Fail("Không thực hiện được", err)
			} else {
				s.say(said)
			}
			s.show()
		})
	})
}

// say tells what was done; what is kept with the data can be taken back.
func (s *sidebar[T]) say(text string) {
	switch {
	case text == "":
	case s.l.o.Views != nil:
		s.l.e.Done(text)
	default:
		s.l.e.Toast(text)
	}
}

// SaveView asks for a name and keeps what narrows and orders the list.
func (l *List[T]) SaveView() {
	if !l.view.Filtered() {
		l.e.Toast("Chưa có điều kiện lọc nào để lưu. Gõ vào ô tìm hoặc chọn bộ lọc trước.")
		return
	}
	v := l.View()
	l.side.ask("Lưu bộ lọc", strings.TrimSpace(v.Text), "Đã lưu bộ lọc.", func(n named) error { return l.side.views.Save(n.Name, v, n.Over) })
}

// named is a name that is typed.
type named struct {
	Name string
	Over bool
}

// ask asks for the name of a view. A name that is taken is replaced only when the
// officer says so.
func (s *sidebar[T]) ask(title, name, said string, keep func(named) error) {
	taken := false
	var f *form.Form[named]
	form.Ask(s.l.e, form.Question[named]{Title: title, Value: named{Name: name}, Width: 380, Fields: []form.Field[named]{
		form.Text("name", "Tên bộ lọc", func(n *named) *string { return &n.Name }).Need(),
		form.Check("over", "Thay bộ lọc cùng tên", func(n *named) *bool { return &n.Over }).When(func(*named) bool { return taken }),
	}, Ready: func(made *form.Form[named]) { f = made }, Store: func(_ context.Context, n named) error {
		if n.Name = strings.Join(strings.Fields(n.Name), " "); n.Name == "" {
			return &data.Error{Code: data.Invalid, Field: "name", Message: "Chưa có tên bộ lọc. Nhập tên."}
		}
		err := keep(n)
		if data.CodeOf(err) == data.Conflict {
			s.l.e.Session.Post(func() { taken = true; f.Type("name", n.Name) })
		}
		return err
	}, Then: func(named) { s.open(true); s.say(said) }})
}

// name draws a saved view.
func (s *sidebar[T]) name(i int, dst []widget.Cell) {
	n := &s.listed[i]
	dst[0].Text = n.Name
	if n.View.Same(s.l.view) {
		dst[0].Strong, dst[0].Role = true, widget.ColorPrimary
	}
	if n.Count >= 0 {
		dst[1] = widget.Cell{Text: data.FormatInt(int64(n.Count)), Role: widget.ColorSecondary}
	}
}

// count draws the count of a group.
func (s *sidebar[T]) count(i int, dst []widget.Cell) {
	g := &s.groups[i]
	dst[0].Text, dst[1] = g.Text, widget.Cell{Text: data.FormatInt(int64(g.Count)), Role: widget.ColorSecondary}
	if keys := s.l.view.Chosen[s.l.view.Group]; len(keys) == 1 && keys[0] == g.Key {
		dst[0].Strong, dst[0].Role = true, widget.ColorPrimary
	}
}
