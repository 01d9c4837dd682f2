package register

import (
	"errors"
	"strings"
	"testing"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/page/pagetest"
	"giaoban/data"
	"giaoban/data/desk"
)

// TestOvertakenForms: a correction and an event that rest on what no longer stands are
// refused; both values stand beside each other, and saved again they go.
func TestOvertakenForms(t *testing.T) {
	d := pagetest.Office(t)
	m := NewModel(env.NewSession(d), kit.Forgetful{})
	id := d.List(desk.Query{AsOf: d.Today(), Today: d.Today()}).IDs[0]
	open := func() *Correction {
		c, err := m.Correct(uint64(id))
		if err != nil {
			t.Fatal(err)
		}
		c.Now.Owner.Phone, c.Why = "0900000001", "số mới"
		return c
	}
	c := open()
	if err := d.Mend(t.Context(), uint64(id), "x", func(one *data.Dossier) { one.Owner.Phone = "0900000002" }, nil); err != nil {
		t.Fatal(err)
	}
	var o *desk.Overtaken
	if err := c.Save(t.Context()); !errors.As(err, &o) {
		t.Fatalf("saved over what another did: %v", err)
	}
	c = open()
	if got := strings.Join(c.Beside(o), "\n"); !strings.Contains(got, "«0900000002»") || !strings.Contains(got, "«0900000001»") {
		t.Errorf("both values: %q", got)
	}
	if err := c.Save(t.Context()); err != nil {
		t.Error(err)
	}
}
