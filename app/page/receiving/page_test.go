package receiving

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"giaoban/app/page/pagetest"
	"giaoban/app/widget"
)

// TestPageByKeys drives the page as an officer without a mouse does.
func TestPageByKeys(t *testing.T) {
	d := pagetest.Office(t)
	e, _ := pagetest.Env(t, d)
	p := New(e).(*page)
	pagetest.Show(e, p, fyne.NewSize(1166, 700))
	canvas := e.Window.Canvas()
	at := func(key string) {
		t.Helper()
		if canvas.Focused() != p.form.Part(key) {
			t.Fatalf("the focus is at %T, not at %s", canvas.Focused(), key)
		}
	}
	enter := func() {
		if f, ok := canvas.Focused().(*widget.Field); ok {
			f.OnEnter(f.Value())
			return
		}
		p.TakeKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	at(FieldProcedure)
	p.store(nil)
	if p.form.Fault(FieldProcedure) == nil || p.form.Fault("owner") == nil || p.form.Fault("note") != nil {
		t.Errorf("what is missing is not marked: %v, %v", p.form.Fault(FieldProcedure), p.form.Fault("owner"))
	}
	// A field that is passed keeps its mark, and one that was filled loses it.
	p.form.Type(FieldProcedure, d.Catalogue().Procedures[0].Name)
	p.form.Type(FieldProcedure, id(d.Catalogue().Procedures[0].ID))
	p.took(FieldProcedure)
	p.mark()
	if p.form.Fault(FieldProcedure) != nil || p.form.Fault("owner") == nil {
		t.Errorf("marks after a choice: %v, %v", p.form.Fault(FieldProcedure), p.form.Fault("owner"))
	}
	p.focus(FieldChannel)
	enter()
	at("return")
	enter()
	at("owner")
	enter()
	at("identity")
	if p.form.Fault("owner") == nil {
		t.Error("the mark of a field that was passed is gone")
	}
	p.focus("owner")
	test.Type(canvas.Focused(), "Nguyễn Thị Thử")
	if got := p.model.Dossier(); got.Owner.Name != "Nguyễn Thị Thử" || p.form.Fault("owner") != nil {
		t.Errorf("%q, %v", got.Owner.Name, p.form.Fault("owner"))
	}
	p.focus("email")
	enter() // past the box of the agent and over the agent
	at("content")
	enter()
	at("copies")
	enter() // past the papers
	at(FieldUnit)
	// The time is read while it is typed and written out in full when it is left.
	p.focus(FieldClock)
	clock := canvas.Focused().(*widget.Field)
	clock.SetText("9h")
	if got := p.model.Dossier().Received.Clock.String(); got != "09:00" || clock.Value() != "9h" {
		t.Errorf("%s, shown %q", got, clock.Value())
	}
	p.focus("note")
	if clock.Value() != "09:00" {
		t.Errorf("left as %q", clock.Value())
	}
	clock.SetText("25:00")
	if len(p.model.Problems()) == 0 {
		t.Error("a time that cannot be read is no problem")
	}
	// A line of papers.
	p.model.Take(FieldClock, p.model.Form(), nil)
	p.form.Refill(p.model.Form(), p.model.Unread)
	before := len(p.model.Dossier().Parts)
	p.focus(FieldParts)
	canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyInsert})
	test.Type(canvas.Focused(), "Đơn đề nghị")
	if parts := p.model.Dossier().Parts; len(parts) != before+1 || parts[len(parts)-1].Original != 1 && parts[len(parts)-1].Name != "Đơn đề nghị" {
		t.Errorf("%+v", parts)
	}
	enter()
	at(FieldUnit)
	time.Sleep(2 * typingPause)
}
