package desk_test

import (
	"slices"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

func TestRecentProposesWhatWasUsed(t *testing.T) {
	d, p := counter(t)
	other := data.Procedure{Code: "9.000002", Name: "Thủ tục thử hai"}
	must(t, d.SaveProcedure(t.Context(), &other))
	day := data.Date(2026, 5, 20)
	for i, a := range []string{"Thôn 1, xã Hòa Mẫu, tỉnh Mẫu", "Thôn 2, xã An Mẫu, tỉnh Mẫu", "Thôn 9, Xã  Hòa Mẫu, tỉnh Mẫu", ""} {
		one := d.Draft(nil)
		one.Procedure, one.Received.Day, one.Code = p.ID, day, d.NextCode(day)
		if i == 2 {
			one.Procedure, one.Partner = other.ID, "Công an xã Mẫu"
		}
		one.Owner = data.Person{Name: "Trần Văn Thử", Identity: "001099000001", Phone: "0900000001", Address: a}
		must(t, d.Receive(t.Context(), &one))
	}
	got := d.Recent(100)
	same(t, "recent", got, desk.Recent{
		Procedures: []uint32{p.ID, other.ID}, Partners: []string{"Công an xã Mẫu"},
		Communes: []desk.Address{{Commune: "Xã Hòa Mẫu", Province: "tỉnh Mẫu"}, {Commune: "xã An Mẫu", Province: "tỉnh Mẫu"}},
	})
	if last := d.Recent(1); len(last.Communes) != 0 || !slices.Equal(last.Procedures, []uint32{p.ID}) {
		t.Errorf("of the last one: %+v", last)
	}
}

func TestAcquainted(t *testing.T) {
	d, p := counter(t)
	day := data.Date(2026, 5, 20)
	var codes []string
	for range 2 {
		one := d.Draft(nil)
		one.Procedure, one.Received.Day, one.Code = p.ID, day, d.NextCode(day)
		one.Owner = data.Person{Name: "Trần Văn Thử", Identity: "001099000001", Phone: "0900000001"}
		must(t, d.Receive(t.Context(), &one))
		codes = append(codes, one.Code)
		day++
	}
	for _, c := range []struct {
		identity, phone, want string
	}{
		{"001099000001", "", codes[1]}, {"", "0900000001", codes[1]}, {"00109900000", "", ""}, {"", "090000000", ""},
		{"0010", "", ""}, {"", "", ""}, {"001099000002", "0900000001", ""},
	} {
		if one, ok := d.Acquainted(c.identity, c.phone); one.Code != c.want || ok != (c.want != "") {
			t.Errorf("%+v: %q, %v", c, one.Code, ok)
		}
	}
}
