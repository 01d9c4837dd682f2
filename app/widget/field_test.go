package widget_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

func fyneColumn(o ...fyne.CanvasObject) fyne.CanvasObject { return container.NewVBox(o...) }

func TestFieldReadsTheWordThatComesAfterEnter(t *testing.T) {
	l := start(t)
	f := widget.NewField("")
	got := ""
	f.OnEnter = func(text string) { got = text }
	window(t, f)
	test.Type(f, "trần thị ")
	press(f, fyne.KeyReturn)
	for _, r := range "đặng" {
		f.TypedRune(r) // the input method delivers the last word only now
	}
	if got != "" {
		t.Fatal("the field was read at once")
	}
	l.pass(time.Second)
	if got != "trần thị đặng" {
		t.Fatalf("read %q", got)
	}
}

func TestFieldGivesTheKeyAfterEnterToTheNextField(t *testing.T) {
	l := start(t)
	first, second := widget.NewField(""), widget.NewField("")
	w := window(t, fyneColumn(first, second))
	times := 0
	first.OnEnter = func(string) { times++; w.Canvas().Focus(second) }
	w.Canvas().Focus(first)
	test.Type(first, "một")
	press(first, fyne.KeyReturn)
	// The next letter comes before the pause is over, as a slow machine hands on
	// what was typed meanwhile: first the key, then its letter.
	for _, r := range "hai" {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(string(r - 'a' + 'A'))})
		w.Canvas().Focused().TypedRune(r)
	}
	l.pass(time.Second)
	if first.Value() != "một" || second.Value() != "hai" || times != 1 {
		t.Fatalf("%q, %q, Enter led on %d times", first.Value(), second.Value(), times)
	}
}

func TestFieldLeavesUndoToTheWindowWhereNothingWasTyped(t *testing.T) {
	start(t)
	f := widget.NewField("")
	w := test.NewTempWindow(t, nil)
	frame := widget.NewFrame(w, nil)
	frame.SetContent("x", f)
	frame.Install()
	undone := 0
	frame.AddShortcut(fyne.KeyZ, fyne.KeyModifierControl, func() { undone++ })
	f.SetValue("của hồ sơ trước")
	w.Canvas().Focus(f)
	f.TypedShortcut(&fyne.ShortcutUndo{})
	if undone != 1 || f.Value() != "của hồ sơ trước" {
		t.Fatalf("undone %d times, the field holds %q", undone, f.Value())
	}
	press(f, fyne.KeyEnd)
	test.Type(f, " 2")
	f.TypedShortcut(&fyne.ShortcutUndo{})
	if undone != 1 || f.Value() == "của hồ sơ trước 2" {
		t.Fatalf("undone %d times, the field holds %q", undone, f.Value())
	}
	// Coming back to a field, what was typed in it is still what is taken back; the
	// window's undo comes when nothing of it is left.
	f.SetValue("của hồ sơ trước")
	press(f, fyne.KeyEnd)
	for _, r := range " ba" {
		f.TypedRune(r)
	}
	w.Canvas().Unfocus()
	w.Canvas().Focus(f)
	for range 3 { // a space is a step of its own
		if f.Value() != "của hồ sơ trước" {
			f.TypedShortcut(&fyne.ShortcutUndo{})
		}
	}
	if undone != 1 || f.Value() != "của hồ sơ trước" {
		t.Errorf("back in the field: undone %d times, the field holds %q", undone, f.Value())
	}
	f.TypedShortcut(&fyne.ShortcutUndo{})
	if undone != 2 || f.Value() != "của hồ sơ trước" {
		t.Errorf("nothing left: undone %d times, the field holds %q", undone, f.Value())
	}
}

func TestFieldSearchesOnceWhenTypingPauses(t *testing.T) {
	l := start(t)
	f := widget.NewField("")
	var got []string
	f.OnSearch = func(text string) { got = append(got, text) }
	window(t, f)
	for _, r := range "nguye\u0302\u0303n" { // decomposed, as some input methods send it
		f.TypedRune(r)
		l.pass(50 * time.Millisecond)
	}
	l.pass(time.Second)
	if len(got) != 1 || got[0] != "nguyễn" {
		t.Fatalf("searched %q", got)
	}
	if f.Value() != "nguyễn" {
		t.Fatalf("value %q", f.Value())
	}
}

func TestFieldHandsOnWhatIsNotForText(t *testing.T) {
	start(t)
	f := widget.NewField("")
	w := window(t, f)
	var keys []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { keys = append(keys, ev.Name) })
	w.Canvas().Focus(f)
	test.Type(f, "ab")
	press(f, fyne.KeyEscape, fyne.KeyF1, fyne.KeyLeft)
	if len(keys) != 2 {
		t.Fatalf("keys %v", keys)
	}
	if f.CursorColumn != 1 {
		t.Fatalf("the arrow did not move the cursor: %d", f.CursorColumn)
	}
}

func TestFieldMarksItsTextWhenItGetsTheFocus(t *testing.T) {
	l := start(t)
	f, other := widget.NewField(""), widget.NewField("")
	w := window(t, fyneColumn(f, other))
	f.SetValue("cũ")
	w.Canvas().Focus(f)
	if f.SelectedText() != "cũ" {
		t.Fatalf("marked %q", f.SelectedText())
	}
	test.Type(f, "mới")
	// The window goes to the background and comes back: nothing may be marked.
	f.FocusLost()
	l.pass(time.Second)
	f.FocusGained()
	if f.SelectedText() != "" {
		t.Fatal("coming back to the window marked the text")
	}
	w.Canvas().Focus(other)
	l.pass(time.Second)
	w.Canvas().Focus(f)
	if f.SelectedText() != "mới" {
		t.Fatalf("marked %q", f.SelectedText())
	}
}

func TestButtonByKeyboardAndItsTip(t *testing.T) {
	l := start(t)
	n := 0
	b := widget.NewIconButton(widget.IconCopy, "Chép mã", func() { n++ })
	w := window(t, container.NewCenter(b))
	press(b, fyne.KeySpace, fyne.KeyReturn)
	test.Tap(b)
	if n != 3 {
		t.Fatalf("pressed %d times", n)
	}
	b.Disable()
	test.Tap(b)
	if n != 3 {
		t.Fatal("a disabled button was pressed")
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(500, 300))
	l.pass(100 * time.Millisecond)
	if widget.TipText() != "" {
		t.Fatal("the tooltip came at once")
	}
	l.pass(time.Second)
	if widget.TipText() != "Chép mã" {
		t.Fatalf("tooltip %q", widget.TipText())
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(5, 5))
	if widget.TipText() != "" {
		t.Fatal("the tooltip stayed")
	}
}
