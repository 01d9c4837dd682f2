package desk_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestFiguresFollowMergersWhenAsked: the dossiers of a unit that was merged stand
// under its successor, in the figures and in their lists, and only when the rules
// say so.
func TestFiguresFollowMergersWhenAsked(t *testing.T) {
	d, p := counter(t)
	old := data.Unit{Name: "UBND xã Cũ", To: data.Date(2026, 5, 20)}
	successor := data.Unit{Name: "UBND xã Mới"}
	must(t, d.SaveUnit(t.Context(), &successor))
	old.Successor = successor.ID
	must(t, d.SaveUnit(t.Context(), &old))
	for i, unit := range []uint32{old.ID, old.ID, successor.ID} {
		one := d.Draft(nil)
		one.Procedure, one.Received, one.Owner.Name = p.ID, on(5, 4+i), "Người thử"
		d.Fill(&one)
		one.Unit, one.Code = unit, d.NextCode(one.Received.Day)
		must(t, d.Receive(t.Context(), &one))
	}
	year, err := data.ParsePeriod("2026")
	must(t, err)
	rows := func() map[string]int64 {
		out := map[string]int64{}
		for _, r := range d.Figures(year, data.NoDay, data.ByUnit, desk.Filter{}).Rows {
			out[r.Name] = data.ColReceived.Of(r.Counts)
		}
		return out
	}
	if got := rows(); got["UBND xã Cũ"] != 2 || got["UBND xã Mới"] != 1 {
		t.Fatalf("apart: %v", got)
	}
	rules := d.Rules()
	rules.FollowMergers = true
	must(t, d.SetRules(t.Context(), rules))
	if got := rows(); len(got) != 1 || got["UBND xã Mới"] != 3 {
		t.Fatalf("together: %v", got)
	}
	if n := d.Count(desk.Query{Filter: desk.Filter{Units: []uint32{successor.ID}}}); n != 3 {
		t.Fatalf("the list of the successor holds %d", n)
	}
	// The old unit asks for the same heir, in lists, counts and groups.
	q := desk.Query{Filter: desk.Filter{Units: []uint32{old.ID}}}
	if list, n := d.List(q), d.Count(q); list.Len() != 3 || n != 3 {
		t.Errorf("the old unit lists %d and counts %d", list.Len(), n)
	}
	if g := d.Groups(q, data.ByUnit); len(g) != 1 || g[0].Name != "UBND xã Mới" || g[0].Count != 3 {
		t.Errorf("its groups: %+v", g)
	}
	if t2 := d.Figures(year, data.NoDay, data.ByUnit, q.Filter).Total; data.ColReceived.Of(t2) != 3 {
		t.Errorf("its figures: %+v", t2)
	}
}
