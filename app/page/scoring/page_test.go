package scoring_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/page/scoring"
	"giaoban/app/widget"
	"giaoban/data/desk"
	rules "giaoban/data/scoring"
)

// shown opens the page in a window without a display; begun gives the office a
// period with its sheet.
func shown(t *testing.T, begun bool, size fyne.Size) (*scoring.Page, *env.Env) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return today.Time().Add(9 * time.Hour) }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.Wait())
	s := env.NewSession(d)
	if begun {
		m := scoring.NewModel(s)
		plan := m.Plan()
		m.SetYear(&plan, 2022)
		_, _, err := m.KeepPeriod(t.Context(), plan)
		must(t, err)
	}
	w := test.NewTempWindow(t, widget.Gap(1))
	e := &env.Env{Desk: d, Session: s, Window: w, Habits: kit.Forgetful{}, Status: func() {}, Go: func(env.Route) {}, Undo: func() {},
		InView: func(fyne.CanvasObject) bool { return true }}
	p := scoring.New(e).(*scoring.Page)
	w.SetContent(p.Content())
	w.Resize(size)
	p.Stale(desk.Changes{All: true})
	p.Shown()
	return p, e
}

// key presses a key of the page with Ctrl.
func key(p *scoring.Page, name fyne.KeyName) {
	for _, k := range p.Keys() {
		if k.Name == name && k.Modifier == fyne.KeyModifierControl {
			k.Do()
			return
		}
	}
}

// TestPagesAtAllSizes walks all parts of the page, without a period and with one, at
// three sizes: each draws itself and takes the focus.
func TestPagesAtAllSizes(t *testing.T) {
	for _, begun := range []bool{false, true} {
		for _, size := range []fyne.Size{fyne.NewSize(1024, 600), fyne.NewSize(1366, 768), fyne.NewSize(1920, 1080)} {
			p, e := shown(t, begun, size)
			for range 7 {
				e.Window.Canvas().Capture()
				if e.Window.Canvas().Focused() == nil {
					t.Errorf("%v: nothing has the focus; %s", size, p.Status())
				}
				key(p, fyne.KeyPageDown)
			}
			if at := p.Save(); at != 6 {
				t.Errorf("the walk ends at %v", at)
			}
			if p.Restore(0); p.Save() != 0 {
				t.Error("not back at the sheet")
			}
		}
	}
}

// TestNextLeafIsUntouched saves a leaf that is answered by a day: the next leaf, to
// which the page goes, holds nothing that was not typed there.
func TestNextLeafIsUntouched(t *testing.T) {
	p, e := shown(t, true, fyne.NewSize(1366, 768))
	e.Window.Canvas().Capture()
	e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // to the day of 1.1.1
	for _, r := range "20/1" {
		e.Window.Canvas().Focused().TypedRune(r)
	}
	if _, ok := e.Window.Canvas().Focused().(*widget.DateField); !ok || !p.Dirty() {
		t.Fatalf("typed into %T", e.Window.Canvas().Focused())
	}
	key(p, fyne.KeyReturn)
	for range 20 { // an input method may deliver its word late
		time.Sleep(5 * time.Millisecond)
	}
	if p.Dirty() || strings.Contains(p.Status(), "đang nhập dở") || !strings.Contains(p.Status(), "Đã chấm 1/96") {
		t.Errorf("after saving 1.1.1: %s", p.Status())
	}
}

// TestTreeOfTheSheet folds, opens, searches and goes on by the keyboard: a search lists
// what stands above what it finds, and the next leaf is one that is listed.
func TestTreeOfTheSheet(t *testing.T) {
	p, e := shown(t, true, fyne.NewSize(1366, 768))
	e.Window.Canvas().Capture()
	press := func(names ...fyne.KeyName) {
		for _, name := range names {
			e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	all, at := p.Listed()
	if len(all) < 150 || at != "1.1.1" {
		t.Fatalf("%d rows, the cursor at %q", len(all), at)
	}
	press(fyne.KeyLeft)
	if _, at := p.Listed(); at != "1.1" {
		t.Errorf("above 1.1.1 stands %q", at)
	}
	press(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft)
	if rows, at := p.Listed(); at != "1" || len(rows) >= len(all) || slices.Contains(rows, "1.1") {
		t.Errorf("folded: %d of %d rows, at %q", len(rows), len(all), at)
	}
	press(fyne.KeyReturn, fyne.KeyRight)
	if rows, at := p.Listed(); at != "1.1" || slices.Contains(rows, "1.1.1") {
		t.Errorf("opened: %d of %d rows, at %q", len(rows), len(all), at)
	}
	key(p, fyne.KeyDown) // to the next leaf, which is opened
	if rows, at := p.Listed(); at != "1.1.1" || len(rows) != len(all) {
		t.Errorf("the next leaf is %q, %d of %d rows", at, len(rows), len(all))
	}
	for _, r := range "ke hoach tuyen truyen" {
		e.Window.Canvas().Focused().TypedRune(r)
	}
	if rows, _ := p.Listed(); !slices.Contains(rows, "1.4.1") || !slices.Contains(rows, "1.4") || slices.Contains(rows, "1.1.1") {
		t.Errorf("found %v", rows)
	}
	key(p, fyne.KeyDown)
	rows, at := p.Listed()
	if key(p, fyne.KeyDown); !slices.Contains(rows, at) {
		t.Errorf("the next leaf %q is none of those found", at)
	}
	p.Restore(0)
}

// TestTypeASetIntoTheSheet makes a set from the shipped one and mends a cell by the
// keyboard.
func TestTypeASetIntoTheSheet(t *testing.T) {
	p, e := shown(t, false, fyne.NewSize(1366, 768))
	m := scoring.NewModel(e.Session)
	_, err := m.Book.TakeSample(t.Context(), rules.Shipped()[0].Meta.ID)
	must(t, err)
	p.Restore(6)
	e.Window.Canvas().Capture()
	grid, ok := e.Window.Canvas().Focused().(*widget.Grid)
	if !ok || !grid.CellCursor {
		t.Fatalf("the focus is at %T", e.Window.Canvas().Focused())
	}
	for range 4 {
		grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	for _, r := range "999" {
		e.Window.Canvas().Focused().TypedRune(r)
	}
	if e.Window.Canvas().Focused() == fyne.Focusable(grid) {
		t.Fatal("nothing is typed in")
	}
	e.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	sets, err := m.Book.Sets()
	if err != nil || len(sets) != 1 || !sets[0].Draft || p.Dirty() || !strings.Contains(p.Status(), "chỗ cần sửa") {
		t.Errorf("%+v, %v, %s", sets, err, p.Status())
	}
}
