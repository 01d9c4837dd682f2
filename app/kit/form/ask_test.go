package form_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
	"giaoban/data"
)

// window is an Env with a window that needs no display.
func window(t *testing.T) *env.Env {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(widget.NewTheme(false, 100))
	w := test.NewTempWindow(t, widget.NewRoot(widget.Gap(1)))
	w.Resize(fyne.NewSize(800, 600))
	return &env.Env{Window: w, Session: &env.Session{Go: func(f func()) { f() }, Post: func(f func()) { f() }}, Undo: func() {}}
}

// TestAskFromAnArea: Ctrl+Enter in an area stores too; what is wrong stands at its
// field, and what was typed stays.
func TestAskFromAnArea(t *testing.T) {
	e := window(t)
	type why struct{ Text string }
	stored, left := "", ""
	var f *form.Form[why]
	form.Ask(e, form.Question[why]{Title: "Lý do", Fields: []form.Field[why]{form.Area("text", "Lý do", 3, func(w *why) *string { return &w.Text })},
		Ready: func(made *form.Form[why]) { f = made },
		Store: func(_ context.Context, w why) error {
			if w.Text == "" {
				return &data.Error{Code: data.Invalid, Field: "text", Message: "Nhập lý do."}
			}
			stored = w.Text
			return nil
		},
		Then: func(w why) { left = w.Text }})
	area := e.Window.Canvas().Focused().(*widget.Field)
	enter := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl}
	area.TypedShortcut(enter)
	if widget.DialogTitle(e.Window) != "Lý do" || f.Fault("text") == nil {
		t.Fatalf("the dialog %q says %v", widget.DialogTitle(e.Window), f.Fault("text"))
	}
	test.Type(area, "chậm")
	if f.Fault("text") != nil {
		t.Error("the fault stays though the text changed")
	}
	area.TypedShortcut(enter)
	if stored != "chậm" || left != "chậm" || widget.DialogTitle(e.Window) != "" {
		t.Errorf("stored %q, then %q, dialog %q", stored, left, widget.DialogTitle(e.Window))
	}
}

// TestEscapeAsks: Escape lets go of what was typed only after it asked; where nothing
// was typed it leaves at once.
func TestEscapeAsks(t *testing.T) {
	e := window(t)
	ask := func() *widget.Field {
		form.Ask(e, form.Question[string]{Title: "Ghi chú", Fields: []form.Field[string]{form.Text("text", "Ghi chú", func(s *string) *string { return s })}})
		return e.Window.Canvas().Focused().(*widget.Field)
	}
	escape := &fyne.KeyEvent{Name: fyne.KeyEscape}
	ask().TypedKey(escape)
	if title := widget.DialogTitle(e.Window); title != "" {
		t.Fatalf("an untouched dialog asks %q", title)
	}
	field := ask()
	test.Type(field, "dài")
	field.TypedKey(escape)
	if title := widget.DialogTitle(e.Window); title != "Bỏ phần đang nhập" {
		t.Fatalf("Escape leads to %q", title)
	}
	e.Window.Canvas().Focused().TypedKey(escape) // no
	if title := widget.DialogTitle(e.Window); title != "Ghi chú" || field.Value() != "dài" {
		t.Fatalf("after no: %q with %q", title, field.Value())
	}
	field.TypedKey(escape)
	for range 2 { // to the button that does it
		if b, ok := e.Window.Canvas().Focused().(*widget.Button); ok && b.Text == "Bỏ phần đang nhập" {
			break
		}
		e.Window.Canvas().FocusNext()
	}
	e.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if title := widget.DialogTitle(e.Window); title != "" {
		t.Errorf("after yes: %q", title)
	}
}

// TestAskKeepsADraft: what was typed into a dialog is there again after the program
// ended; stored or given up it is gone.
func TestAskKeepsADraft(t *testing.T) {
	e := window(t)
	e.Desk = pagetest.Office(t)
	ask := func() (*widget.Field, *form.Form[string], *widget.Dialog) {
		var f *form.Form[string]
		d := form.Ask(e, form.Question[string]{Title: "Ghi chú", Draft: "ghi-chu", Ready: func(made *form.Form[string]) { f = made },
			Fields: []form.Field[string]{form.Text("text", "Ghi chú", func(s *string) *string { return s })}})
		return e.Window.Canvas().Focused().(*widget.Field), f, d
	}
	field, f, d := ask()
	test.Type(field, "dở")
	f.Flush()
	d.Close() // as the end of the program: nothing was decided
	field, _, d = ask()
	if field.Value() != "dở" {
		t.Fatalf("the draft is %q", field.Value())
	}
	d.Cancel()
	if field, f, _ = ask(); field.Value() != "" {
		t.Fatalf("what was given up is there again: %q", field.Value())
	}
	test.Type(field, "xong")
	f.Flush()
	field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if field, _, _ = ask(); field.Value() != "" {
		t.Errorf("what was stored is there again: %q", field.Value())
	}
}
