package list_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
)

type unit struct {
	id    uint64
	name  string
	level string
	count int
	ended bool
}

var office = []unit{
	{1, "UBND phường Thử", "xa", 1200, false}, {2, "Công an xã", "xa", 90, false}, {3, "Phòng Nội vụ", "huyen", 7, true},
	{4, "Trung tâm hành chính công số 10", "tinh", 1000, false}, {5, "Trung tâm hành chính công số 9", "tinh", 999, false},
}

// desk opens a list of units in a window without a display.
func open(t *testing.T, change func(o *list.Options[unit])) (*list.List[unit], *env.Env) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.NewPage("", nil, nil, widget.Gap(1)))
	e := &env.Env{Window: w, Habits: kit.Forgetful{}, Session: &env.Session{Go: func(f func()) { f() }, Post: func(f func()) { f() }}, Status: func() {},
		InView: func(fyne.CanvasObject) bool { return true }}
	o := list.Options[unit]{ID: "units", Title: "Đơn vị", What: "đơn vị", Load: func() ([]unit, error) { return office, nil }, Key: func(u *unit) uint64 { return u.id },
		Ended: func(u *unit) bool { return u.ended },
		Columns: []list.Column[unit]{
			{ID: "name", Title: "Tên", Width: 200, Flex: 1, Text: func(u *unit) string { return u.name }},
			{ID: "count", Title: "Số hồ sơ", Width: 80, Align: widget.Right, Text: func(u *unit) string { return strings.ReplaceAll(fmt.Sprintf("%d", u.count), "1200", "1.200") }},
			{ID: "level", Title: "Cấp", Width: 80, Off: true, Text: func(u *unit) string { return u.level }},
		},
		Filters: []list.Filter[unit]{{Key: "level", Label: "Cấp", Groups: true, Of: func(u *unit) []string { return []string{u.level} },
			Choices: func() []kit.Choice {
				return []kit.Choice{{Key: "tinh", Text: "Tỉnh"}, {Key: "xa", Text: "Xã"}, {Key: "huyen", Text: "Huyện"}}
			}}}}
	if change != nil {
		change(&o)
	}
	l := list.Of(e, o)
	w.SetContent(l.Object())
	w.Resize(fyne.NewSize(900, 500))
	l.Refresh()
	return l, e
}

// listed names what the list shows, by ids.
func listed(l *list.List[unit]) string {
	var out []string
	for i := range l.Len() {
		out = append(out, fmt.Sprint(l.Row(i).id))
	}
	return strings.Join(out, " ")
}

// TestListNarrowsAndOrders: search without diacritics, filters, those no longer in
// use, and orders by several columns with numbers by their value.
func TestListNarrowsAndOrders(t *testing.T) {
	for _, c := range []struct {
		name string
		view list.View
		want string
	}{
		{"all", list.View{Ended: true}, "1 2 3 4 5"},
		{"in use", list.View{}, "1 2 4 5"},
		{"words in any order", list.View{Ended: true, Text: "cong hanh"}, "4 5"},
		{"a filter", list.View{Ended: true, Chosen: map[string][]string{"level": {"xa", "huyen"}}}, "1 2 3"},
		{"numbers by value", list.View{Ended: true, Orders: []kit.Order{{Column: "count"}}}, "3 2 5 4 1"},
		{"numbers in names by value", list.View{Text: "số", Orders: []kit.Order{{Column: "name"}}}, "5 4"},
		{"two columns", list.View{Ended: true, Orders: []kit.Order{{Column: "level", Descending: true}, {Column: "count"}}}, "2 1 5 4 3"},
		{"nothing", list.View{Text: "không có"}, ""},
	} {
		l, _ := open(t, nil)
		l.Show(c.view)
		if got := listed(l); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestListKeepsItsRow: the cursor stays with its row through orders, filters and
// new data; going back restores view, order and row.
func TestListKeepsItsRow(t *testing.T) {
	l, _ := open(t, nil)
	l.Go(4)
	was := l.Save()
	l.Show(list.View{Ended: true, Orders: []kit.Order{{Column: "count"}}})
	if row := l.CurrentRow(); row == nil || row.id != 4 {
		t.Fatalf("after ordering the cursor is at %+v", row)
	}
	l.Choose("level", "xa")
	if row := l.CurrentRow(); row == nil || row.id != 2 {
		t.Errorf("the row is gone: the first one has the cursor, not %+v", row)
	}
	l.Restore(was)
	if row := l.CurrentRow(); row == nil || row.id != 4 || l.View().Filtered() {
		t.Errorf("back at %+v, filtered %v", row, l.View().Filtered())
	}
}

// TestListColumnsAreRemembered: chosen columns and their order hold for the next
// start.
func TestListColumnsAreRemembered(t *testing.T) {
	l, e := open(t, nil)
	l.SetColumns([]string{"level", "name"})
	again := list.Of(e, list.Options[unit]{ID: "units", Columns: []list.Column[unit]{
		{ID: "name", Text: func(u *unit) string { return u.name }}, {ID: "level", Off: true, Text: func(u *unit) string { return u.level }}},
		Load: func() ([]unit, error) { return nil, nil }, Key: func(u *unit) uint64 { return u.id }})
	var ids []string
	for _, c := range again.Grid().Columns() {
		ids = append(ids, c.ID)
	}
	if !slices.Equal(ids, []string{"level", "name"}) {
		t.Errorf("columns %v", ids)
	}
}

// TestListTellsWhatIsWrong: an error of reading stands above the list, and goes with
// the next answer.
func TestListTellsWhatIsWrong(t *testing.T) {
	wrong := errors.New("Không đọc được danh mục.")
	l, _ := open(t, func(o *list.Options[unit]) {
		o.Load = func() ([]unit, error) { return office, wrong }
	})
	if got := l.Object().Errors.Text(); got != wrong.Error() {
		t.Errorf("the bar says %q", got)
	}
	wrong = nil
	l.Refresh()
	if got := l.Object().Errors.Text(); got != "" || l.Len() != 5 {
		t.Errorf("the bar says %q, %d rows", got, l.Len())
	}
}

// TestListDropsLateAnswers: an answer that a later question overtook is not shown.
func TestListDropsLateAnswers(t *testing.T) {
	var waiting []func()
	l, _ := open(t, func(o *list.Options[unit]) {
		o.Source = slow{func(f func()) { waiting = append(waiting, f) }}
	})
	waiting = nil
	l.Show(list.View{Text: "first"})
	l.Show(list.View{Text: "second"})
	if len(waiting) != 2 {
		t.Fatalf("asked %d times", len(waiting))
	}
	waiting[1]()
	waiting[0]()
	if l.Len() != 1 || l.Row(0).name != "second" {
		t.Errorf("shown: %+v", l.Row(0))
	}
}

// slow answers when it is told to.
type slow struct{ later func(func()) }

// Ask implements list.Source.
func (s slow) Ask(v list.View, done func(list.Answer[unit], error)) {
	s.later(func() { done(one{unit{id: 9, name: v.Text}}, nil) })
}

type one struct{ unit }

// Len implements list.Answer.
func (o one) Len() (int, int) { return 1, 1 }

// At implements list.Answer.
func (o one) At(int) *unit { return &o.unit }

// Find implements list.Answer.
func (o one) Find(uint64) int { return 0 }

// TestLateRowsAreDropped: rows whose reading began before a newer one do not come back
// when they are slow.
func TestLateRowsAreDropped(t *testing.T) {
	var reads []func()
	rows := office[:1]
	_, e := open(t, nil)
	e.Session.Go = func(f func()) { reads = append(reads, f) }
	l := list.Of(e, list.Options[unit]{ID: "late", Begin: list.Held(func() []unit { return rows }), Plain: true, Columns: []list.Column[unit]{list.Col("name", "Tên", 200, 1, func(u *unit) string { return u.name })}})
	l.Refresh()
	rows = office[1:3]
	l.Refresh()
	reads[1]()
	reads[0]()
	l.Show(list.View{Ended: true})
	if got := listed(l); got != "2 3" {
		t.Errorf("lists %s", got)
	}
	l.Grid().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	l.Refresh()
	reads[2]()
	if row := l.CurrentRow(); row == nil || row.id != 3 {
		t.Errorf("the cursor of rows without keys is at %+v", row)
	}
}

// TestListBeginsAndEditsRows: Insert begins a row, an action gets a copy of the row under
// the cursor, and a filter without choices offers the words that the rows have.
func TestListBeginsAndEditsRows(t *testing.T) {
	added := 0
	l, e := open(t, func(o *list.Options[unit]) {
		o.Add, o.AddDo = "Thêm đơn vị", func() { added++ }
		o.Filters[0].Choices = nil
	})
	e.Window.Canvas().Focus(l.Search())
	for _, at := range []fyne.Focusable{l.Search(), l.Grid()} {
		at.TypedKey(&fyne.KeyEvent{Name: fyne.KeyInsert})
	}
	if added != 2 {
		t.Errorf("Insert in the search and in the list began %d rows", added)
	}
	l.Grid().SetCurrent(1)
	var got unit
	l.With(func(u *unit) { got, *u = *u, unit{} })
	if got.id != 2 || l.CurrentRow().id != 2 {
		t.Errorf("with %+v, the row is %+v", got, l.CurrentRow())
	}
	if l.Choose("level", "tinh"); listed(l) != "4 5" {
		t.Errorf("narrowed to %s", listed(l))
	}
}

// TestRowsAreTickedAndMoved: Space ticks the row under the cursor, and the cursor goes with
// a row that is moved by − and +, or by Ctrl and an arrow; at the end nothing moves.
func TestRowsAreTickedAndMoved(t *testing.T) {
	rows, on := slices.Clone(office[:3]), map[uint64]bool{}
	l, _ := open(t, func(o *list.Options[unit]) {
		o.Load, o.Begin, o.Plain = nil, list.Held(func() []unit { return slices.Clone(rows) }), true
		o.Ticked, o.Tick = func(u *unit) bool { return on[u.id] }, func(u *unit) { on[u.id] = !on[u.id] }
		o.Move = func(u *unit, by int) bool {
			i := slices.IndexFunc(rows, func(x unit) bool { return x.id == u.id })
			if i+by < 0 || i+by >= len(rows) {
				return false
			}
			rows[i], rows[i+by] = rows[i+by], rows[i]
			return true
		}
	})
	ctrl := func(name fyne.KeyName) {
		l.Grid().TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl})
	}
	l.Grid().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	cells := make([]widget.Cell, 2)
	if l.Cells(0, cells); !on[1] || cells[0].Mark != widget.MarkChecked {
		t.Errorf("ticked %v, drawn as %v", on, cells[0].Mark)
	}
	l.Grid().TypedKey(&fyne.KeyEvent{Name: fyne.KeyPlus})
	ctrl(fyne.KeyDown)
	ctrl(fyne.KeyDown) // it is the last
	if listed(l) != "2 3 1" || l.CurrentRow().id != 1 {
		t.Errorf("moved to %s, cursor at %d", listed(l), l.CurrentRow().id)
	}
	l.Grid().TypedKey(&fyne.KeyEvent{Name: fyne.KeyMinus})
	if ctrl(fyne.KeyUp); listed(l) != "1 2 3" || l.Grid().Current() != 0 {
		t.Errorf("moved back to %s, cursor at %d", listed(l), l.Grid().Current())
	}
}

// TestRowsAreATree: what stands in a row is folded away and opened; what is searched for is
// listed with the rows in which it stands, and a row that is wanted is brought into view.
func TestRowsAreATree(t *testing.T) {
	tree := []unit{{1, "Một", "", 0, false}, {2, "Một một", "", 1, false}, {3, "Lá đỏ", "", 2, false}, {4, "Hai", "", 0, false}, {5, "Lá xanh", "", 1, false}, {6, "Ba", "", 0, false}}
	l, _ := open(t, func(o *list.Options[unit]) {
		o.Load, o.Depth, o.Ended = func() ([]unit, error) { return tree, nil }, func(u *unit) int { return u.count }, nil
	})
	press := func(name fyne.KeyName) { l.Grid().TypedKey(&fyne.KeyEvent{Name: name}) }
	cells := make([]widget.Cell, 2)
	if l.Cells(1, cells); cells[0].Mark != widget.MarkOpen || cells[0].Indent != 1 {
		t.Errorf("a row that holds others is drawn as %+v", cells[0])
	}
	press(fyne.KeyLeft)
	if l.Cells(0, cells); listed(l) != "1 4 5 6" || cells[0].Mark != widget.MarkFolded {
		t.Errorf("folded: %s", listed(l))
	}
	l.SetText("la")
	if listed(l) != "1 2 3 4 5" {
		t.Errorf("found: %s", listed(l))
	}
	l.SetText("")
	if l.Reveal(3); listed(l) != "1 2 3 4 5 6" || l.CurrentRow().id != 3 {
		t.Errorf("revealed: %s", listed(l))
	}
	press(fyne.KeyLeft)
	if l.CurrentRow().id != 2 {
		t.Errorf("above 3 stands %d", l.CurrentRow().id)
	}
	l.SetText("xanh")
	if l.Reveal(6); listed(l) != "1 2 3 4 5 6" || l.CurrentRow().id != 6 || l.View().Filtered() {
		t.Errorf("what the search left out: %s", listed(l))
	}
}

// TestPlainGridStandsAlone: the grid of a plain list keeps its place in a dialog when the
// answer comes after it was laid out there.
func TestPlainGridStandsAlone(t *testing.T) {
	var o list.Options[unit]
	_, e := open(t, func(x *list.Options[unit]) { o = *x })
	o.ID, o.Plain = "plain", true
	l := list.Of(e, o)
	e.Window.SetContent(widget.Tall(200, l.Grid()))
	e.Window.Resize(fyne.NewSize(600, 300))
	l.Refresh()
	if got := l.Grid().Size(); got.Width < 500 || got.Height < 200 {
		t.Errorf("the grid has %v", got)
	}
}
