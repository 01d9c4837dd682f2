package widget_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

func TestSuggestFieldProposesAndTakesAnyText(t *testing.T) {
	l := start(t)
	f := widget.NewSuggestField("", func() []widget.Option {
		return []widget.Option{{Key: "1", Text: "xã Hòa Mẫu", Detail: "tỉnh Mẫu"}, {Key: "2", Text: "phường Mẫu Một"}}
	})
	entered := ""
	f.OnEnter = func(text string) { entered = text }
	w := window(t, fyneColumn(f))
	w.Canvas().Focus(f)
	test.Type(f, "mau mot")
	press(f, fyne.KeyDown)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("the arrow down opened no list")
	}
	press(w.Canvas().Focused(), fyne.KeyReturn)
	l.pass(time.Second)
	if f.Value() != "phường Mẫu Một" || w.Canvas().Focused() != fyne.Focusable(f) {
		t.Fatalf("took %q, focus on %T", f.Value(), w.Canvas().Focused())
	}
	f.SetValue("")
	test.Type(f, "xã chưa có")
	press(f, fyne.KeyReturn)
	l.pass(time.Second)
	if entered != "xã chưa có" {
		t.Errorf("entered %q", entered)
	}
	// Nothing fits what stands there: the whole list is offered.
	var picked widget.Option
	f.OnPick = func(o widget.Option) { picked = o }
	press(f, fyne.KeyF4)
	press(w.Canvas().Focused(), fyne.KeyReturn)
	l.pass(time.Second)
	if picked.Key != "1" || f.Value() != "xã chưa có" {
		t.Errorf("picked %+v, field %q", picked, f.Value())
	}
}

func TestPickerTellsWhenAChoiceWasMade(t *testing.T) {
	l := start(t)
	picked, done := 0, 0
	p := widget.NewPicker(units(), func(widget.Option) { picked++ })
	p.OnDone = func() { done++ }
	p.SetKey("a")
	w := window(t, fyneColumn(p))
	w.Canvas().Focus(p)
	press(p, fyne.KeySpace)
	press(w.Canvas().Focused(), fyne.KeyReturn) // the same again
	l.pass(time.Second)
	if picked != 0 || done != 1 {
		t.Errorf("the same value: picked %d, done %d", picked, done)
	}
	press(p, fyne.KeySpace)
	press(w.Canvas().Focused(), fyne.KeyEscape)
	l.pass(time.Second)
	if done != 1 {
		t.Error("Escape counts as a choice")
	}
	// What holds the words side by side stands before what only holds them.
	p.SetOptions([]widget.Option{{Key: "x", Text: "đổi tên, thông tin, liên tục"}, {Key: "y", Text: "thủ tục liên thông tin học"}})
	press(p, fyne.KeySpace)
	test.Type(w.Canvas().Focused(), "lien thong tin")
	press(w.Canvas().Focused(), fyne.KeyReturn)
	l.pass(time.Second)
	if p.Key() != "y" {
		t.Errorf("first is %q", p.Key())
	}
}
