package cells_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/cells"
	"giaoban/app/widget"
)

// open shows a sheet in a window without a display.
func open(t *testing.T, rows ...[]string) (*cells.Sheet, *kit.Table, *env.Env) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.Gap(1))
	e := &env.Env{Window: w, Status: func() {}, InView: func(fyne.CanvasObject) bool { return true }}
	s := cells.New(e)
	w.SetContent(s.Object())
	w.Resize(fyne.NewSize(700, 400))
	table := kit.NewTable(rows)
	s.Show(table, []cells.Column{{Title: "Mã", Width: 80}, {Title: "Tên", Width: 200, Lines: 3}, {Title: "Điểm", Width: 80}})
	w.Canvas().Focus(s.Grid())
	w.Canvas().Capture() // what was never drawn cannot get the focus
	return s, table, e
}

func press(e *env.Env, names ...fyne.KeyName) {
	for _, n := range names {
		e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func ctrl(e *env.Env, name fyne.KeyName) {
	e.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl})
}

func typed(e *env.Env, text string) {
	for _, r := range text {
		e.Window.Canvas().Focused().TypedRune(r)
	}
}

// TestTypeIntoASheet fills cells by the keyboard alone.
func TestTypeIntoASheet(t *testing.T) {
	s, table, e := open(t, []string{"1", "Một", "5"})
	want := func(what, rows string) {
		t.Helper()
		if got := fmt.Sprint(table.Rows()); got != rows {
			t.Errorf("%s: %s, want %s", what, got, rows)
		}
	}
	stored, changed := 0, 0
	s.OnStore, s.OnChange = func() { stored++ }, func() { changed++ }
	press(e, fyne.KeyRight)
	typed(e, "Hai")
	press(e, fyne.KeyTab)
	want("typed over", "[[1 Hai 5]]")
	if s.Place() != (cells.Place{Row: 0, Column: 2}) {
		t.Errorf("Tab goes to %+v", s.Place())
	}
	press(e, fyne.KeyF2)
	typed(e, "0")
	press(e, fyne.KeyEscape)
	want("Escape", "[[1 Hai 5]]")
	press(e, fyne.KeyF2)
	typed(e, "0")
	press(e, fyne.KeyDown)
	want("F2 and down", "[[1 Hai 50]]")
	press(e, fyne.KeyDelete)
	want("Delete", "[[1 Hai ]]")
	press(e, fyne.KeyInsert)
	want("Insert", "[[1 Hai ] []]")
	typed(e, "2")
	ctrl(e, fyne.KeyReturn)
	want("Ctrl+Enter", "[[1 Hai ] [2]]")
	if stored != 1 || changed != 5 {
		t.Errorf("stored %d times, changed %d times", stored, changed)
	}
	ctrl(e, fyne.KeyUp)
	want("moved", "[[2] [1 Hai ]]")
	ctrl(e, fyne.KeyDelete)
	want("taken away", "[[1 Hai ]]")
	for range 3 {
		e.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{})
	}
	want("three steps back", "[[1 Hai ] []]")
	e.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutRedo{})
	want("and again", "[[1 Hai ] [2]]")
}

// TestPasteAndCopy takes cells of a spreadsheet, those of several lines in quotes,
// and gives them back.
func TestPasteAndCopy(t *testing.T) {
	s, table, e := open(t, []string{"1", "Một", "5"}, []string{"2", "Hai", "6"})
	clip := test.NewClipboard()
	clip.SetContent("Ba\t7\n\"dòng 1\ndòng 2\"\t8\nBốn\t9\tthừa\n")
	press(e, fyne.KeyRight)
	s.Grid().TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if got := fmt.Sprintf("%q", table.Rows()); got != `[["1" "Ba" "7"] ["2" "dòng 1\ndòng 2" "8"] ["" "Bốn" "9"]]` {
		t.Errorf("pasted %s", got)
	}
	s.Grid().SelectAll()
	s.Grid().TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if got := fmt.Sprintf("%q", kit.SplitCells(clip.Content())); got != fmt.Sprintf("%q", table.Rows()) {
		t.Errorf("copied %s", clip.Content())
	}
	s.Locked = func() string { return "Đã khóa." }
	s.Grid().TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	press(e, fyne.KeyDelete, fyne.KeyInsert)
	typed(e, "x")
	if table.Len() != 3 || table.At(0, 1) != "Ba" {
		t.Errorf("a locked sheet was changed: %q", table.Rows())
	}
}

// TestFaultsAtCells marks the cell and says below the sheet what is wrong with it.
func TestFaultsAtCells(t *testing.T) {
	s, _, _ := open(t, []string{"1", "Một", "năm"})
	s.SetFaults(map[cells.Place]string{{Row: 0, Column: 2}: "«năm» không phải một số."})
	dst := make([]widget.Cell, 3)
	s.Cells(0, dst)
	if dst[2].Mark != widget.MarkLate || dst[1].Mark != widget.NoMark {
		t.Errorf("marked %+v", dst)
	}
	s.Tell = func(row, column int) string { return fmt.Sprint("ô ", column) }
	for column, want := range []string{"ô 0", "ô 1", "«năm» không phải một số."} {
		s.Go(cells.Place{Column: column})
		if s.Note() != want {
			t.Errorf("at %d: %q, want %q", column, s.Note(), want)
		}
	}
}
