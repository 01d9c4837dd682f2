package indicators

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/page/pagetest"
	"giaoban/data/desk"
	"giaoban/data/indicator"
)

// open shows the page on the indicator of a code, in the half of the year of Today.
func open(t *testing.T, code string) (*page, *env.Env, *desk.Desk) {
	t.Helper()
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1366, 700))
	p.Restore(env.Part(code))
	e.Window.Canvas().Focus(p.values.sheet.Grid())
	e.Window.Canvas().Capture()
	return p, e, d
}

func typed(e *env.Env, text string) {
	for _, r := range text {
		e.Window.Canvas().Focused().TypedRune(r)
	}
}

func press(e *env.Env, name fyne.KeyName) {
	e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

func store(e *env.Env) {
	e.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
}

func cell(t *testing.T, d *desk.Desk, code string, unit uint32, period int, g *grid) indicator.Cell {
	t.Helper()
	b, err := d.IndicatorBook()
	if err != nil {
		t.Fatal(err)
	}
	return b.Cell(code, unit, g.Periods[period])
}

// TestTypeValuesByKeyboard types, stores, sees the state against the target, and takes
// nothing where something is wrong.
func TestTypeValuesByKeyboard(t *testing.T) {
	p, e, d := open(t, "DA06_DVC")
	m := p.values.m
	if len(m.Periods) != 12 || len(m.units) != len(d.Catalogue().Units)+1 || m.units[0] != 0 {
		t.Fatalf("%d periods, %d rows", len(m.Periods), len(m.units))
	}
	if at := p.values.sheet.Place(); at.Column != firstPeriod {
		t.Fatalf("the cursor begins at %+v", at)
	}
	typed(e, "23/25")
	press(e, fyne.KeyDown) // Enter comes a moment later
	typed(e, "26/25")
	press(e, fyne.KeyDown) // Enter comes a moment later
	if len(m.Faults) != 1 || !strings.Contains(m.Faults[[2]int{1, firstPeriod}], "100 %") {
		t.Fatalf("faults %v", m.Faults)
	}
	store(e)
	if c := cell(t, d, "DA06_DVC", 0, 0, m); c.Value != "" {
		t.Errorf("half of a wrong sheet was stored: %+v", c)
	}
	press(e, fyne.KeyUp)
	p.values.sheet.Grid().SetCell(1, firstPeriod)
	press(e, fyne.KeyDelete)
	store(e)
	if c := cell(t, d, "DA06_DVC", 0, 0, m); c.Value != "23/25" {
		t.Fatalf("stored %+v", c)
	}
	if c := cell(t, d, "DA06_DVC", m.units[1], 0, m); c.Value != "" {
		t.Errorf("a blank became %+v", c)
	}
	if text, met, known := m.stateOf(0); text != "Chưa đạt" || met || !known {
		t.Errorf("92 of 100 per cent is «%s»", text)
	}
	if text, _, known := m.stateOf(1); known || text != "" {
		t.Errorf("a blank is «%s»", text)
	}
	if about := m.about(0, firstPeriod); !strings.Contains(about, "92,00 %") || !strings.Contains(about, "ít nhất 100 %") {
		t.Errorf("below the sheet: %s", about)
	}
	if n := m.keepBefore(firstPeriod + 1); n != 1 || m.Table.At(0, firstPeriod+1) != "23/25" || m.Table.At(1, firstPeriod+1) != "" {
		t.Errorf("kept %d", n)
	}
	if c := cell(t, d, "DA06_DVC", 0, 1, m); c.Value != "" {
		t.Error("what is kept from the month before was stored unasked")
	}
	if !p.Dirty() {
		t.Error("nothing is told to be unsaved")
	}
}

// TestFixedRowsAndColumns proves that keys and pasting change values alone.
func TestFixedRowsAndColumns(t *testing.T) {
	p, e, _ := open(t, "DA06_TK")
	m, sheet := p.values.m, p.values.sheet
	rows := m.Table.Len()
	sheet.Grid().SetCell(1, columnUnit)
	typed(e, "x")
	press(e, fyne.KeyDown) // Enter comes a moment later
	for _, k := range []fyne.KeyName{fyne.KeyDelete, fyne.KeyInsert} {
		press(e, k)
	}
	sheet.Grid().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDelete, Modifier: fyne.KeyModifierControl})
	if m.Table.Len() != rows || m.Table.At(1, columnUnit) != m.names[1] {
		t.Errorf("%d rows, «%s»", m.Table.Len(), m.Table.At(1, columnUnit))
	}
	clip := test.NewClipboard()
	paste := func(row, column int, text string) {
		clip.SetContent(text)
		sheet.Grid().SetCell(row, column)
		sheet.Grid().TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	}
	paste(0, firstPeriod+11, "1\t2")
	paste(rows-1, firstPeriod, "1\n2")
	paste(0, columnUnit, "1")
	if p.Dirty() {
		t.Errorf("a paste that does not fit was taken: %v", m.Table.Rows())
	}
	for _, c := range []struct {
		row, column int
		text, words string
	}{{0, firstPeriod + 11, "1\t2", "2 cột"}, {rows - 1, firstPeriod, "1\n2", "2 dòng"}, {0, 0, "1", "cột kỳ"}} {
		if err := m.paste(c.row, c.column, c.text); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	paste(0, firstPeriod, "1.200\t\nnhiều\t5")
	if got := m.Table.At(0, firstPeriod); got != "1.200" || len(m.Faults) != 1 {
		t.Errorf("pasted %q, faults %v", got, m.Faults)
	}
}

// TestTypedValuesAreNotLost keeps a draft, and asks before other values are shown.
func TestTypedValuesAreNotLost(t *testing.T) {
	p, e, d := open(t, "DA06_TK")
	typed(e, "7")
	press(e, fyne.KeyDown) // Enter comes a moment later
	m := p.values.m
	p.Stale(desk.Changes{All: true})
	p.values.choose(func(g *grid) { g.Code = "DA06_DVC" })
	if m.Code != "DA06_TK" || m.Table.At(0, firstPeriod) != "7" {
		t.Errorf("what was typed is gone: %s %q", m.Code, m.Table.At(0, firstPeriod))
	}
	again := newGrid(d)
	if !again.restore(m.draft()) || again.Code != "DA06_TK" || again.Table.At(0, firstPeriod) != "7" {
		t.Errorf("the draft brings %q", again.Table.At(0, firstPeriod))
	}
	if again.restore("{}") || again.restore("") || again.restore("rác") {
		t.Error("an empty draft is taken")
	}
}

// TestDefinitionsAreListed lists, filters and edits definitions, and takes values into
// account at once.
func TestDefinitionsAreListed(t *testing.T) {
	p, _, d := open(t, "DA06_TK")
	p.Open(partDefinitions)
	all := p.Parts[partDefinitions].(*list.List[definition])
	if all.Len() != len(indicator.Shipped()) {
		t.Fatalf("%d of %d definitions", all.Len(), len(indicator.Shipped()))
	}
	x := indicator.Definition{Code: "XA_1", Name: "Chỉ tiêu xã", Group: "Đề án 06", Unit: "việc", Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: indicator.Sum, Formula: "DA06_TK * 2"}
	if err := d.SaveIndicator(context.Background(), x, true); err != nil {
		t.Fatal(err)
	}
	p.Stale(desk.Changes{Kinds: []string{desk.SettingIndicators}})
	if all.Len() != len(indicator.Shipped())+1 {
		t.Errorf("%d definitions after one was added", all.Len())
	}
	for i := range all.Len() {
		if r := all.Row(i); r.Code == "XA_1" {
			ask(p.e, r.Definition, false)
		}
	}
	p.open("XA_1")
	if p.values.m.locked() == "" || p.values.sheet.Locked() == "" {
		t.Error("a formula may be typed over")
	}
}

// TestOpensOnAKeptIndicator: the grid opens on the first indicator that the office keeps.
func TestOpensOnAKeptIndicator(t *testing.T) {
	_, _, d := open(t, "DA06_DVC")
	g := newGrid(d)
	if err := g.load(); err != nil || g.Code != g.book.Definitions[0].Code {
		t.Fatalf("without values it opens on %s: %v", g.Code, err)
	}
	if _, err := d.KeepIndicators(t.Context(), "Nhập chỉ tiêu", []desk.IndicatorEntry{{Code: "DA06_DVC", Period: g.Periods[0], Value: "23/25"}}); err != nil {
		t.Fatal(err)
	}
	if g = newGrid(d); g.load() != nil || g.Code != "DA06_DVC" {
		t.Errorf("it opens on %s", g.Code)
	}
}
