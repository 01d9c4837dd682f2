package widget_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"giaoban/app/widget"
)

// offersOf offers two values for every text that ends with a colon.
func offersOf(text string) []widget.Option {
	if !strings.HasSuffix(text, ":") {
		return nil
	}
	return []widget.Option{{Key: text + " một ", Text: "một"}, {Key: text + " hai ", Text: "hai", Detail: "thứ hai"}}
}

// letters types into a field that has the focus already.
func letters(f *widget.SearchField, text string) {
	for _, r := range text {
		f.TypedRune(r)
	}
}

func TestSearchFieldOffersWhileTyping(t *testing.T) {
	l := start(t)
	f := widget.NewSearchField("")
	f.Offer = offersOf
	var typed, entered, below []string
	f.OnText = func(text string) { typed = append(typed, text) }
	f.OnEnter = func(text string) { entered = append(entered, text) }
	f.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDown || ev.Name == fyne.KeyEscape {
			below = append(below, string(ev.Name))
			return true
		}
		return false
	}
	w := window(t, f)
	w.Canvas().Focus(f)

	letters(f, "ab")
	if press(f, fyne.KeyDown); len(f.Offering()) != 0 || f.AcceptsTab() || len(below) != 1 {
		t.Fatalf("offers %v, keys below %v", f.Offering(), below)
	}
	letters(f, ":")
	if len(f.Offering()) != 2 || !f.AcceptsTab() || f.Value() != "ab:" {
		t.Fatalf("%v for %q", f.Offering(), f.Value())
	}
	// The arrows belong to what stands below and leave the text as it is.
	press(f, fyne.KeyDown, fyne.KeyDown)
	if f.Value() != "ab:" || len(f.Offering()) != 0 || len(below) != 3 {
		t.Fatalf("%q, %v offered, keys below %v", f.Value(), f.Offering(), below)
	}
	// Alt and the arrows mark an offer, Ctrl+Space takes it.
	letters(f, ":")
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown} {
		f.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt})
	}
	f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierControl})
	l.pass(time.Second)
	if f.Value() != "ab:: hai " || typed[len(typed)-1] != f.Value() || len(f.Offering()) != 0 || len(entered) != 0 || len(below) != 3 {
		t.Fatalf("%q, told %q, entered %q", f.Value(), typed, entered)
	}
	letters(f, "c")
	if f.Value() != "ab:: hai c" {
		t.Errorf("the cursor is not at the end: %q", f.Value())
	}
	// Tab takes the first, Escape closes the list and nothing else.
	letters(f, ":")
	if press(f, fyne.KeyTab); f.Value() != "ab:: hai c: một " {
		t.Errorf("%q", f.Value())
	}
	letters(f, ":")
	if press(f, fyne.KeyEscape); len(f.Offering()) != 0 || len(below) != 3 {
		t.Errorf("%v, %v", f.Offering(), below)
	}
	if press(f, fyne.KeyEscape); len(below) != 4 {
		t.Error("a second Escape is not handed on")
	}
	// Enter never takes an offer.
	letters(f, ":")
	press(f, fyne.KeyReturn)
	if l.pass(time.Second); len(entered) != 1 {
		t.Errorf("entered %q", entered)
	}
	// Leaving the field takes the list away, after a click on it had time to arrive.
	letters(f, ":")
	w.Canvas().Unfocus()
	if len(f.Offering()) == 0 {
		t.Error("closed before a click could arrive")
	}
	if l.pass(time.Second); len(f.Offering()) != 0 {
		t.Error("still open without the focus")
	}
}

// TestSearchFieldLetsGoOfMarkedText empties a field of which the text is marked:
// the next letter must not be lost.
func TestSearchFieldLetsGoOfMarkedText(t *testing.T) {
	start(t)
	f := widget.NewSearchField("")
	w := window(t, f)
	w.Canvas().Focus(f)
	letters(f, "0391")
	f.SelectAll()
	f.SetValue("")
	if letters(f, "đang"); f.Value() != "đang" {
		t.Errorf("%q", f.Value())
	}
}
