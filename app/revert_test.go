package app

import (
	"strings"
	"testing"

	"giaoban/app/page/pagetest"
	"giaoban/data"
)

// The keys of undo never reach past a form that is being typed in; where nothing
// is left in a field they ask; in a list they act.
func TestUndoStaysInTheForm(t *testing.T) {
	d := pagetest.Empty(t)
	if got := decideRevert(d, false, typing{text: true}); got != (reverting{}) {
		t.Errorf("nothing to undo: %+v", got)
	}
	one := data.Dossier{Code: "HS-1", Received: data.Moment{Day: pagetest.Today}, Entry: data.Received}
	if err := d.Receive(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		redo     bool
		at       typing
		say, ask string
	}{
		{false, typing{}, "", ""},
		{false, typing{text: true}, "", "«Tiếp nhận HS-1»"},
		{false, typing{form: true}, "«Tiếp nhận HS-1»", ""},
		{false, typing{form: true, text: true}, "«Tiếp nhận HS-1»", ""},
		{true, typing{form: true}, "", ""}, // nothing to do again
	} {
		got := decideRevert(d, c.redo, c.at)
		if (got.say == "") != (c.say == "") || (got.ask == "") != (c.ask == "") || !strings.Contains(got.say, c.say) || !strings.Contains(got.ask, c.ask) {
			t.Errorf("%+v: %+v", c, got)
		}
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := decideRevert(d, true, typing{form: true}); !strings.Contains(got.say, "Ctrl+Y") {
		t.Errorf("redo in a form: %+v", got)
	}
}
