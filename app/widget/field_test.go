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
