package view_test

import (
	"strings"
	"testing"

	"giaoban/app/view"
	"giaoban/data"
)

// The keys of undo never reach past a form that is being typed in; where nothing
// is left in a field they ask; in a list they act.
func TestUndoStaysInTheForm(t *testing.T) {
	d := open(t)
	s := view.NewSession(d)
	if got := s.Revert(false, view.Typing{Text: true}); got != (view.Reverting{}) {
		t.Errorf("nothing to undo: %+v", got)
	}
	one := data.Dossier{Code: "HS-1", Received: data.Moment{Day: today}, Entry: data.Received}
	if err := d.Receive(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		redo     bool
		at       view.Typing
		say, ask string
	}{
		{false, view.Typing{}, "", ""},
		{false, view.Typing{Text: true}, "", "«Tiếp nhận HS-1»"},
		{false, view.Typing{Form: true}, "«Tiếp nhận HS-1»", ""},
		{false, view.Typing{Form: true, Text: true}, "«Tiếp nhận HS-1»", ""},
		{true, view.Typing{Form: true}, "", ""}, // nothing to do again
	} {
		got := s.Revert(c.redo, c.at)
		if (got.Say == "") != (c.say == "") || (got.Ask == "") != (c.ask == "") || !strings.Contains(got.Say, c.say) || !strings.Contains(got.Ask, c.ask) {
			t.Errorf("%+v: %+v", c, got)
		}
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.Revert(true, view.Typing{Form: true}); !strings.Contains(got.Say, "Ctrl+Y") {
		t.Errorf("redo in a form: %+v", got)
	}
}
