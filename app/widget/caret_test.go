package widget_test

import (
	"testing"
	"time"

	"giaoban/app/widget"
)

// TestCaretAtRest: what keeps the caret still changes neither text nor selection,
// is heard by nobody, and ends with the focus.
func TestCaretAtRest(t *testing.T) {
	l := start(t)
	f := widget.NewField("")
	heard := 0
	f.OnText = func(string) { heard++ }
	w := window(t, f)
	w.Canvas().Focus(f)
	f.SetValue("Nguyễn Thị Hoa")
	f.SelectAll()
	l.pass(time.Minute)
	if f.Value() != "Nguyễn Thị Hoa" || f.SelectedText() != "Nguyễn Thị Hoa" || heard != 0 {
		t.Errorf("%q, %q selected, heard %d times", f.Value(), f.SelectedText(), heard)
	}
	f.TypedRune('a')
	if f.Value() != "a" {
		t.Errorf("%q", f.Value())
	}
	w.Canvas().Unfocus()
	l.pass(time.Second)
	for _, d := range l.due {
		if !d.gone {
			t.Errorf("a delay until %v is waited for without the focus", d.at)
		}
	}
}
