package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"giaoban/app/widget"

	"giaoban/app/kit"
)

// numbered is a source of n rows that remembers which rows it was asked for.
type numbered struct {
	n      int
	prefix string
	asked  []int
}

func (s *numbered) Len() int { return s.n }

func (s *numbered) Cells(row int, dst []widget.Cell) {
	s.asked = append(s.asked, row)
	dst[0].Text = fmt.Sprintf("%s%d", s.prefix, row)
	dst[1].Text = "cố định"
	dst[2] = widget.Cell{Text: "Trễ hạn", Mark: widget.MarkLate}
}

var testColumns = []widget.Column{
	{ID: "code", Title: "Mã hồ sơ", Width: 160, Sortable: true},
	{ID: "owner", Title: "Chủ hồ sơ", Width: 200, Flex: 1, Sortable: true},
	{ID: "state", Title: "Tình trạng", Width: 120, Min: 60},
}

func newGrid(t *testing.T, n int) (*widget.Grid, *numbered, fyne.Window) {
	t.Helper()
	g := widget.NewGrid(testColumns)
	src := &numbered{n: n, prefix: "H"}
	g.SetRows(src)
	w := window(t, g)
	w.Canvas().Focus(g)
	return g, src, w
}

// texts returns the visible texts of the window with their place.
func texts(w fyne.Window) map[string]fyne.Position {
	out := map[string]fyne.Position{}
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text != "" {
				out[o.Text] = at
			}
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c, at)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c, at)
			}
		}
	}
	walk(w.Canvas().Content(), fyne.Position{})
	for _, o := range w.Canvas().Overlays().List() {
		walk(o, fyne.Position{})
	}
	return out
}

func TestGridIsExactToTheLastOfAMillionRows(t *testing.T) {
	start(t)
	g, _, w := newGrid(t, 1_000_000)
	press(g, fyne.KeyEnd)
	if g.Current() != 999_999 {
		t.Fatalf("cursor at %d", g.Current())
	}
	at, ok := texts(w)["H999999"]
	if !ok {
		t.Fatal("the last row is not shown")
	}
	// The last row ends at the lower edge: 600 high, row 28, text centred in it.
	if at.Y < 600-28 || at.Y > 600-10 {
		t.Fatalf("last row drawn at %v", at)
	}
	from, to := g.VisibleRows()
	if to != 1_000_000 || to-from > 22 {
		t.Fatalf("rows %d to %d in view", from, to)
	}
	// One step of the wheel up is three rows, whole pixels, and back again is the end.
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 25}})
	if f, _ := g.VisibleRows(); from-f != 3 {
		t.Fatalf("one step of the wheel went from %d to %d", from, f)
	}
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -50}})
	if f, _ := g.VisibleRows(); f != from {
		t.Fatalf("wheel went past the end: %d", f)
	}
	press(g, fyne.KeyHome)
	if at := texts(w)["H0"]; at.Y < 32 || at.Y > 60 {
		t.Fatalf("first row drawn at %v", at)
	}
}

func TestGridDragsItsBarToBothEnds(t *testing.T) {
	start(t)
	g, _, _ := newGrid(t, 1_000_000)
	g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(994, 40)}})
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(994, 4000)}})
	if _, to := g.VisibleRows(); to != 1_000_000 {
		t.Fatalf("dragged to the end, last row in view %d", to)
	}
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(994, -50)}})
	g.DragEnd()
	if from, _ := g.VisibleRows(); from != 0 {
		t.Fatalf("dragged to the beginning, first row in view %d", from)
	}
}

func TestGridAsksAndDrawsOnlyWhatChanged(t *testing.T) {
	start(t)
	g, src, _ := newGrid(t, 1000)
	src.asked = nil
	drawn := g.DrawnCells()
	g.ScrollBy(28)
	if len(src.asked) != 1 {
		t.Fatalf("one row came into view, the source was asked for %v", src.asked)
	}
	if d := g.DrawnCells() - drawn; d != 1 {
		t.Fatalf("one cell differs from the row that left, %d were drawn", d)
	}
	drawn = g.DrawnCells()
	g.Refresh()
	if d := g.DrawnCells() - drawn; d != 0 {
		t.Fatalf("nothing changed, %d cells were drawn", d)
	}
	src.prefix = "K"
	g.Refresh()
	from, to := g.VisibleRows()
	if d := g.DrawnCells() - drawn; d < to-from || d > to-from+1 {
		t.Fatalf("one column of %d rows changed, %d cells were drawn", to-from, d)
	}
}

func TestGridKeys(t *testing.T) {
	start(t)
	g, _, _ := newGrid(t, 500)
	opened := -1
	typed := ""
	g.OnOpen = func(row int) { opened = row }
	g.OnType = func(r rune) { typed += string(r) }
	if g.Current() != 0 {
		t.Fatalf("the focus that came by keyboard put the cursor at %d", g.Current())
	}
	press(g, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	if g.Current() != 1 {
		t.Fatalf("cursor at %d", g.Current())
	}
	press(g, fyne.KeyReturn)
	if opened != 1 {
		t.Fatalf("Enter opened %d", opened)
	}
	press(g, fyne.KeyPageDown)
	page := g.Current() - 1
	if page < 15 || page > 20 {
		t.Fatalf("PageDown went %d rows", page)
	}
	press(g, fyne.KeyPageUp)
	if g.Current() != 1 {
		t.Fatalf("PageUp came back to %d", g.Current())
	}
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierControl})
	if g.Current() != 499 {
		t.Fatalf("Ctrl+End went to %d", g.Current())
	}
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: fyne.KeyModifierControl})
	if g.Current() != 0 {
		t.Fatalf("Ctrl+Home went to %d", g.Current())
	}
	for _, r := range "đ n" {
		g.TypedRune(r)
	}
	if typed != "đn" {
		t.Fatalf("typed %q", typed)
	}
}

func TestGridSelection(t *testing.T) {
	start(t)
	g, _, _ := newGrid(t, 1_000_000)
	told := 0
	g.OnSelect = func() { told++ }
	g.TypedShortcut(&fyne.ShortcutSelectAll{})
	if n := g.Selection().Count(); n != 1_000_000 || told != 1 {
		t.Fatalf("%d chosen, told %d times", n, told)
	}
	click := func(row int, mod fyne.KeyModifier) {
		g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod,
			PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, 32+float32(row)*28+10)}})
		g.MouseUp(&desktop.MouseEvent{})
	}
	click(2, 0)
	click(5, fyne.KeyModifierShift)
	if got := rows(g.Selection()); fmt.Sprint(got) != "[2 3 4 5]" {
		t.Fatalf("range %v", got)
	}
	click(8, fyne.KeyModifierControl)
	click(3, fyne.KeyModifierControl)
	if got := rows(g.Selection()); fmt.Sprint(got) != "[2 4 5 8]" {
		t.Fatalf("with Ctrl %v", got)
	}
	press(g, fyne.KeySpace)
	if got := rows(g.Selection()); fmt.Sprint(got) != "[2 3 4 5 8]" {
		t.Fatalf("after Space %v", got)
	}
	click(1, 0)
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(g, fyne.KeyDown, fyne.KeyDown)
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if got := rows(g.Selection()); fmt.Sprint(got) != "[1 2 3]" {
		t.Fatalf("with Shift and arrows %v", got)
	}
	press(g, fyne.KeyDown)
	if got := rows(g.Selection()); fmt.Sprint(got) != "[4]" {
		t.Fatalf("after an arrow alone %v", got)
	}
}

func rows(r widget.Ranges) []int {
	var out []int
	r.Each(func(row int) bool { out = append(out, row); return true })
	return out
}

func TestGridDoubleClickOpens(t *testing.T) {
	l := start(t)
	g, _, _ := newGrid(t, 100)
	var opened []int
	g.OnOpen = func(row int) { opened = append(opened, row) }
	at := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, 32+28*4+5)}}
	g.MouseDown(at)
	l.pass(900e6)
	g.MouseDown(at)
	if len(opened) != 0 {
		t.Fatal("two slow clicks opened the row")
	}
	l.pass(100e6)
	g.MouseDown(at)
	g.MouseUp(at)
	l.pass(0)
	if fmt.Sprint(opened) != "[4]" {
		t.Fatalf("opened %v", opened)
	}
}

func TestGridHeaderSortsAndResizes(t *testing.T) {
	start(t)
	g, _, _ := newGrid(t, 100)
	var sorts []string
	var widths map[string]float32
	g.OnSort = func(o []kit.Order) { sorts = append(sorts, fmt.Sprint(o)) }
	g.OnWidths = func(w map[string]float32) { widths = w }
	click := func(x float32, modifier fyne.KeyModifier) {
		p := fyne.PointEvent{Position: fyne.NewPos(x, 10)}
		g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: p, Modifier: modifier})
		g.MouseUp(&desktop.MouseEvent{PointEvent: p, Modifier: modifier})
	}
	click(50, 0)
	click(50, 0)
	click(400, 0)
	click(950, 0) // state is not sortable
	if fmt.Sprint(sorts) != "[[{code false}] [{code true}] [{owner false}]]" {
		t.Fatalf("sorts %v", sorts)
	}
	// Shift adds a second column, and turns it round.
	click(50, fyne.KeyModifierShift)
	click(50, fyne.KeyModifierShift)
	if got := fmt.Sprint(g.Sort()); got != "[{owner false} {code true}]" {
		t.Fatalf("sorted by %s", got)
	}
	g.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(160, 10)}})
	g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(220, 10)}})
	g.DragEnd()
	if widths["code"] != 220 || len(sorts) != 5 {
		t.Fatalf("widths %v, sorts %v", widths, sorts)
	}
}

// TestGridLeavesOutSpareColumns: where there is no room even for narrow columns the
// spare ones go, and come back with the room; one that the officer widened stays.
func TestGridLeavesOutSpareColumns(t *testing.T) {
	start(t)
	g := widget.NewGrid([]widget.Column{
		{ID: "code", Title: "Mã hồ sơ", Width: 300},
		{ID: "owner", Title: "Chủ hồ sơ", Width: 300, Spare: 1},
		{ID: "state", Title: "Tình trạng", Width: 200},
	})
	g.SetRows(&numbered{n: 3, prefix: "H"})
	w := window(t, g)
	seen := func() (owner, state bool) {
		all := texts(w)
		_, owner = all["cố định"]
		_, head := all["Chủ hồ sơ"]
		if owner != head {
			t.Errorf("the cells are shown %v, the heading %v", owner, head)
		}
		_, state = all["Trễ hạn"]
		return owner, state
	}
	for _, x := range []struct {
		width float32
		owner bool
	}{{1000, true}, {600, false}, {1000, true}} {
		w.Resize(fyne.NewSize(x.width, 400))
		if owner, state := seen(); owner != x.owner || !state {
			t.Errorf("%v wide: owner %v, state %v", x.width, owner, state)
		}
	}
	g.SetWidths(map[string]float32{"owner": 300})
	w.Resize(fyne.NewSize(600, 400))
	if owner, _ := seen(); !owner {
		t.Error("a column that the officer widened went")
	}
}

func TestGridMenu(t *testing.T) {
	start(t)
	g, _, _ := newGrid(t, 100)
	row, at := -1, fyne.Position{}
	g.OnMenu = func(r int, p fyne.Position) { row, at = r, p }
	test.TapSecondaryAt(g, fyne.NewPos(30, 32+28*2+3))
	if row != 2 || g.Current() != 2 {
		t.Fatalf("menu of row %d, cursor %d", row, g.Current())
	}
	g.SetCurrent(5)
	press(g, desktop.KeyMenu)
	if row != 5 || at.Y != 32+28*6 {
		t.Fatalf("Menu key gave row %d at %v", row, at)
	}
}

func TestGridKeepsThePlace(t *testing.T) {
	start(t)
	g, src, _ := newGrid(t, 1000)
	g.SetCurrent(700)
	g.ScrollBy(13)
	place := g.Place()
	g.SetRows(&numbered{n: 20})
	g.SetRows(src)
	g.Restore(place)
	if g.Place() != place {
		t.Fatalf("came back to %+v from %+v", g.Place(), place)
	}
	src.n = 300
	g.Refresh()
	if _, to := g.VisibleRows(); to != 300 || g.Current() != 299 {
		t.Fatalf("after the rows shrank: %d in view, cursor %d", to, g.Current())
	}
}

func TestGridTipShowsTextThatWasCut(t *testing.T) {
	l := start(t)
	g := widget.NewGrid([]widget.Column{{ID: "a", Title: "A", Width: 100}, {ID: "b", Title: "B", Width: 300}})
	long := "Ủy ban nhân dân phường có tên rất dài để phải cắt"
	g.SetRows(rowsOf{{long, "ngắn"}})
	w := window(t, g)
	test.MoveMouse(w.Canvas(), fyne.NewPos(30, 40))
	l.pass(1e9)
	if widget.TipText() != long {
		t.Fatalf("tooltip %q", widget.TipText())
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(200, 40))
	l.pass(1e9)
	if widget.TipText() != "" {
		t.Fatalf("tooltip over a text in full: %q", widget.TipText())
	}
}

type rowsOf [][]string

func (r rowsOf) Len() int { return len(r) }
func (r rowsOf) Cells(row int, dst []widget.Cell) {
	for i := range dst {
		dst[i].Text = r[row][i]
	}
}

func TestGridEmptyAndLoading(t *testing.T) {
	start(t)
	g, src, w := newGrid(t, 0)
	did := false
	g.SetEmpty("Chưa có hồ sơ nào.", "Nhập Excel", func() { did = true })
	if _, ok := texts(w)["Chưa có hồ sơ nào."]; !ok {
		t.Fatal("the sentence of the empty state is missing")
	}
	test.TapCanvas(w.Canvas(), texts(w)["Nhập Excel"].AddXY(5, 5))
	if !did {
		t.Fatal("the action of the empty state did nothing")
	}
	g.SetLoading("Đang đọc sổ…")
	if _, ok := texts(w)["Đang đọc sổ…"]; !ok {
		t.Fatal("loading is not shown")
	}
	g.SetLoading("")
	src.n = 1
	g.Refresh()
	seen := texts(w)
	if _, ok := seen["Chưa có hồ sơ nào."]; ok {
		t.Fatal("empty state beside rows")
	}
	if _, ok := seen["H0"]; !ok {
		t.Fatal("a single row is not shown")
	}
}

func TestRangesAgreeWithASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r widget.Ranges
		set := map[int]bool{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			from := rapid.IntRange(0, 60).Draw(t, "from")
			to := from + rapid.IntRange(0, 20).Draw(t, "length")
			if rapid.Bool().Draw(t, "add") {
				r.Add(from, to)
				for i := from; i < to; i++ {
					set[i] = true
				}
			} else {
				r.Remove(from, to)
				for i := from; i < to; i++ {
					delete(set, i)
				}
			}
		}
		if r.Count() != len(set) {
			t.Fatalf("%d rows, want %d", r.Count(), len(set))
		}
		last := -1
		r.Each(func(row int) bool {
			if !set[row] || row <= last {
				t.Fatalf("row %d after %d", row, last)
			}
			last = row
			return true
		})
		for i := range 90 {
			if r.Has(i) != set[i] {
				t.Fatalf("row %d", i)
			}
		}
	})
}

func BenchmarkGridScroll(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(widget.NewTheme(false, 100))
	g := widget.NewGrid(testColumns)
	g.SetRows(&numbered{n: 1_000_000})
	w := test.NewTempWindow(b, widget.NewRoot(g))
	w.Resize(fyne.NewSize(1200, 700))
	for b.Loop() {
		g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -25}})
		if _, to := g.VisibleRows(); to == 1_000_000 {
			g.ScrollTo(0)
		}
	}
}

// TestCopyOfManyRowsAsks: nothing is cut without a word.
func TestCopyOfManyRowsAsks(t *testing.T) {
	l := start(t)
	for _, c := range []struct {
		rows, copied int
		asks         bool
	}{{20_000, 20_000, false}, {20_001, 20_000, true}} {
		lines := make(rowsOf, c.rows)
		for i := range lines {
			lines[i] = []string{fmt.Sprint("HS-", i)}
		}
		g := widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã", Width: 100}})
		g.SetRows(lines)
		w := window(t, g)
		clip := test.NewClipboard()
		clip.SetContent("cũ")
		g.TypedShortcut(&fyne.ShortcutSelectAll{})
		g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
		if (widget.DialogTitle(w) != "") != c.asks {
			t.Fatalf("%d rows: the dialog «%s»", c.rows, widget.DialogTitle(w))
		}
		if c.asks {
			if clip.Content() != "cũ" {
				t.Errorf("%d rows: copied before the question was answered", c.rows)
			}
			press(w.Canvas().Focused(), fyne.KeyReturn)
			l.pass(1e9)
		}
		if got := strings.Count(clip.Content(), "\n"); got != c.copied {
			t.Errorf("%d rows: %d copied, want %d", c.rows, got, c.copied)
		}
	}
}

// TestGridKeepsItsColumnsInView: a column that grew with its states gives way again where
// the others would stand out of sight for it.
func TestGridKeepsItsColumnsInView(t *testing.T) {
	start(t)
	g := widget.NewGrid([]widget.Column{{ID: "code", Title: "Nội dung", Width: 200, Min: 100, Flex: 1}, {ID: "state", Title: "Số", Width: 60, Align: widget.Right}})
	g.SetRows(widget.Few{N: 1, Cell: func(_ int, dst []widget.Cell) {
		dst[0], dst[1].Text = widget.Cell{Text: "Quá hạn mà chưa có thư xin lỗi, và lâu rồi", Mark: widget.MarkLate}, "12"
	}})
	w := window(t, g)
	for _, x := range []struct {
		width float32
		whole bool
	}{{600, true}, {270, false}, {600, true}} {
		w.Resize(fyne.NewSize(x.width, 300))
		all := texts(w)
		if at, ok := all["12"]; !ok || at.X+20 > x.width {
			t.Errorf("%v wide: the number stands at %v (%v)", x.width, at, ok)
		}
		if _, whole := all["Quá hạn mà chưa có thư xin lỗi, và lâu rồi"]; whole != x.whole {
			t.Errorf("%v wide: the state is whole: %v", x.width, whole)
		}
	}
}
