package register_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/page/pagetest"
	"giaoban/app/page/register"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// shown is the page as these tests use it.
type shown interface {
	env.Page
	env.KeyTaker
	Grid() *widget.Grid
	Search() *widget.SearchField
	View() list.View
	Show(list.View)
	SetText(string)
	Choose(filter string, keys ...string)
	Chosen() []uint64
	Len() int
	Sight() (int, string)
}

func page(t *testing.T, d *desk.Desk) (shown, *env.Env) {
	t.Helper()
	e, _ := pagetest.Env(t, d)
	p := register.New(e).(shown)
	pagetest.Show(e, p, fyne.NewSize(1366, 768))
	return p, e
}

// TestPageOfNoneOneAndMany: the page stands over a register of any size, tells what
// it lists, and leads on from nothing.
func TestPageOfNoneOneAndMany(t *testing.T) {
	none, _ := page(t, pagetest.Empty(t))
	if n, code := none.Sight(); n != 0 || code != "" || !strings.HasPrefix(none.Status(), "0 / 0 hồ sơ") {
		t.Errorf("nothing: %d, %q, %q", n, code, none.Status())
	}
	_, d, _ := book(t, received("A-1", 5))
	one, _ := page(t, d)
	if n, code := one.Sight(); n != 1 || code != "A-1" {
		t.Errorf("one: %d, %q", n, code)
	}
	d = pagetest.Office(t)
	many, _ := page(t, d)
	all := d.Len()
	if n, code := many.Sight(); n != all || code == "" || !strings.HasPrefix(many.Status(), fmt.Sprintf("%d / %d hồ sơ", all, all)) || !strings.Contains(many.Status(), "tình trạng tính đến 20/06/2023") {
		t.Errorf("many: %d of %d, %q, %q", n, all, code, many.Status())
	}
	many.Grid().SelectAll()
	if !strings.Contains(many.Status(), fmt.Sprintf("chọn %d", all)) {
		t.Errorf("all chosen: %q", many.Status())
	}
}

// cells are the texts of a row as the grid shows them.
func cells(p shown, row int) string {
	dst := make([]widget.Cell, len(p.Grid().Columns()))
	p.(widget.Rows).Cells(row, dst)
	var out []string
	for _, c := range dst {
		out = append(out, c.Text)
	}
	return strings.Join(out, "|")
}

// TestRowsComeWithoutWaiting: the first page of an answer is there with the answer;
// rows further down are read in blocks, off the window's goroutine, and drawn then.
func TestRowsComeWithoutWaiting(t *testing.T) {
	var ds []data.Dossier
	for i := range 300 {
		ds = append(ds, received(fmt.Sprintf("B-%03d", i), 5))
	}
	_, d, _ := book(t, ds...)
	e, _ := pagetest.Env(t, d)
	var later []func()
	p := register.New(e).(shown)
	pagetest.Show(e, p, fyne.NewSize(1366, 768))
	e.Session.Go = func(f func()) { later = append(later, f) }
	if got := cells(p, 0); !strings.HasPrefix(got, "B-") {
		t.Fatalf("the first row waits: %q", got)
	}
	if got := cells(p, 250); got != strings.Repeat("|", 7) {
		t.Errorf("row 250 was read on the window's goroutine: %q", got)
	}
	if cells(p, 251); len(later) != 1 {
		t.Errorf("%d readings for one block", len(later))
	}
	for _, f := range later {
		f()
	}
	if got := cells(p, 250); !strings.HasPrefix(got, "B-") {
		t.Errorf("not drawn when read: %q", got)
	}
}

// TestChoiceOutlivesSorting: what is chosen stays chosen when the list is ordered
// anew, and acts on the same dossiers.
func TestChoiceOutlivesSorting(t *testing.T) {
	d := pagetest.Office(t)
	p, _ := page(t, d)
	var r widget.Ranges
	r.Add(2, 5)
	p.Grid().SetSelection(r)
	before := p.Chosen()
	v := p.View()
	v.Orders = []kit.Order{{Column: "owner"}, {Column: "due", Descending: true}}
	p.Show(v)
	after := p.Chosen()
	slices.Sort(before)
	slices.Sort(after)
	if len(before) != 3 || !slices.Equal(before, after) {
		t.Errorf("chosen %v, after sorting %v", before, after)
	}
	// By owner, and dossiers of one owner by their due dates, the last one first.
	want := d.List(desk.Query{Sort: "owner", Then: "due", ThenReverse: true}).IDs
	p.Grid().SetCurrent(0)
	if got := p.Chosen(); got[0] != uint64(want[0]) {
		t.Errorf("the first is %d, want %d", got[0], want[0])
	}
	p.SetText("huyen")
	if got := p.Chosen(); len(got) != 1 {
		t.Errorf("another question keeps %d rows chosen", len(got))
	}
}

// TestFigureHasAChipThatGoes: a list that was opened from a figure says so, keeps
// the order, and is a list of today without it.
func TestFigureHasAChipThatGoes(t *testing.T) {
	d := pagetest.Office(t)
	p, e := page(t, d)
	v := p.View()
	v.Orders = []kit.Order{{Column: "code"}}
	p.Show(v)
	y := pagetest.Period(t, "2022")
	p.Restore(env.Jump{Title: "Tổng tiếp nhận · Năm 2022", Query: desk.Query{Period: &y, Column: data.ColReceived, AsOf: y.To}})
	n, _ := p.Sight()
	m := register.NewModel(e.Session, e.Habits)
	if n == 0 || n == d.Len() || p.View().Orders[0].Column != "code" || m.Origin(p.View()) != "Tổng tiếp nhận · Năm 2022 · tính đến 31/12/2022" || !strings.Contains(p.Status(), "31/12/2022") {
		t.Errorf("%d listed, %+v, «%s»", n, p.View().Orders, m.Origin(p.View()))
	}
	was := p.Save()
	p.Show(m.Leave(p.View()))
	if n, _ = p.Sight(); n != d.Len() || p.View().Filtered() {
		t.Errorf("without the figure %d listed, %+v", n, p.View())
	}
	p.Restore(was)
	if m.Origin(p.View()) == "" {
		t.Error("going back lost the figure")
	}
	p.Choose(register.FilterPeriod, "2023")
	if got := m.Origin(p.View()); got != "" || p.View().Beside != "" {
		t.Errorf("another period keeps the figure: %q, %q", got, p.View().Beside)
	}
}

// TestKeysOfThePage: Enter opens the pane, which follows the cursor, Escape closes
// it and then takes the search away.
func TestKeysOfThePage(t *testing.T) {
	p, e := page(t, pagetest.Office(t))
	e.Window.Canvas().Focus(p.Search())
	p.Search().SetText("huyen")
	n, first := p.Sight()
	key := func(name fyne.KeyName) {
		e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
	columns := len(p.Grid().Columns())
	key(fyne.KeyReturn)
	if len(p.Grid().Columns()) >= columns {
		t.Errorf("no columns give way to the pane: %d of %d", len(p.Grid().Columns()), columns)
	}
	key(fyne.KeyDown)
	if _, code := p.Sight(); code == first || n < 2 {
		t.Errorf("the arrow stays at %s", code)
	}
	key(fyne.KeyEscape)
	if len(p.Grid().Columns()) != columns || p.View().Text != "huyen" {
		t.Errorf("Escape: %d columns, text %q", len(p.Grid().Columns()), p.View().Text)
	}
	if key(fyne.KeyEscape); p.View().Filtered() {
		t.Error("Escape does not take the search away")
	}
	if !p.TakeKey(&fyne.KeyEvent{Name: fyne.KeyF2}) || e.Window.Canvas().Overlays().Top() == nil {
		t.Error("F2 asks nothing")
	}
}
