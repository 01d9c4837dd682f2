package desk_test

import (
	"fmt"
	"slices"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

func unitNamed(t *testing.T, d *desk.Desk, name string) data.Unit {
	t.Helper()
	for _, u := range d.Catalogue().Units {
		if u.Name == name {
			return u
		}
	}
	t.Fatalf("no unit %s", name)
	return data.Unit{}
}

func newUnit(t *testing.T, d *desk.Desk, name string, level data.Level) data.Unit {
	t.Helper()
	u := data.Unit{Name: name, Level: level, Source: data.Typed}
	must(t, d.SaveUnit(t.Context(), &u))
	return u
}

func TestMergeOfUnitsKeepsThePast(t *testing.T) {
	d := fresh(t)
	a, b := newUnit(t, d, "UBND xã Thử Một", data.LevelCommune), newUnit(t, d, "UBND xã Thử Hai", data.LevelCommune)
	into := newUnit(t, d, "UBND phường Thử", data.LevelCommune)
	day := data.Date(2025, 7, 1)
	ids := []uint32{a.ID, b.ID}
	for _, bad := range []struct {
		ids   []uint32
		into  uint32
		day   data.Day
		field string
	}{{ids, 0, day, "successor"}, {ids, a.ID, day, "successor"}, {ids, into.ID, data.NoDay, "day"}} {
		err, _ := d.MergeUnits(t.Context(), bad.ids, bad.into, bad.day, "").(*data.Error)
		if err == nil || err.Field != bad.field {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	must(t, d.MergeUnits(t.Context(), ids, into.ID, day, "Nghị quyết thử"))
	c := d.Catalogue()
	for _, id := range ids {
		if u := c.Unit(id); u.To != day-1 || u.Successor != into.ID || u.ValidOn(day) || !u.ValidOn(day-1) {
			t.Errorf("%+v", u)
		}
	}
	// The successor cannot be merged into one that it succeeds.
	if err := d.MergeUnits(t.Context(), []uint32{into.ID}, a.ID, day-1, ""); data.CodeOf(err) != data.Invalid {
		t.Errorf("a circle of successors: %v", err)
	}
	if _, err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if u := d.Catalogue().Unit(b.ID); u != b {
		t.Errorf("one undo gives %+v", u)
	}
}

func TestUnitUnderAnotherName(t *testing.T) {
	d := fresh(t)
	old := newUnit(t, d, "UBND thị xã Thử", data.LevelDistrict)
	day := data.Date(2025, 7, 1)
	if _, err := d.RenameUnit(t.Context(), old.ID, " UBND thị  xã Thử", "", day); data.CodeOf(err) != data.Invalid {
		t.Errorf("the same name: %v", err)
	}
	// The same name on another level is another unit.
	id, err := d.RenameUnit(t.Context(), old.ID, old.Name, data.LevelCommune, day)
	must(t, err)
	was, is := d.Catalogue().Unit(old.ID), d.Catalogue().Unit(id)
	if was.To != day-1 || was.Successor != id || is.From != day || is.Level != data.LevelCommune || is.To.Known() {
		t.Errorf("%+v then %+v", was, is)
	}
	if err := d.SaveUnit(t.Context(), &data.Unit{Name: "ubnd THỊ XÃ thử", From: day + 5}); data.CodeOf(err) != data.Conflict {
		t.Errorf("two units of one name at the same time: %v", err)
	}
}

func TestSplitUnit(t *testing.T) {
	d := fresh(t)
	old := newUnit(t, d, "Phòng Thử Chung", data.LevelDistrict)
	day := data.Date(2024, 1, 1)
	if err := d.SplitUnit(t.Context(), old.ID, []string{"Phòng Một", " "}, day, false); data.CodeOf(err) != data.Invalid {
		t.Errorf("split into one: %v", err)
	}
	if err := d.SplitUnit(t.Context(), old.ID, []string{"Phòng Một", "phòng  MỘT"}, day, false); data.CodeOf(err) != data.Conflict {
		t.Errorf("two of one name: %v", err)
	}
	must(t, d.SplitUnit(t.Context(), old.ID, []string{"Phòng Một", "Phòng Hai"}, day, false))
	if u := d.Catalogue().Unit(old.ID); u.To != day-1 || u.Successor != 0 {
		t.Errorf("%+v", u)
	}
	if u := unitNamed(t, d, "Phòng Hai"); u.From != day || u.Level != data.LevelDistrict {
		t.Errorf("%+v", u)
	}
	must(t, d.ReopenUnit(t.Context(), old.ID))
	if u := d.Catalogue().Unit(old.ID); u.To.Known() {
		t.Errorf("reopened: %+v", u)
	}
}

func TestMergeOfFieldsMovesEverything(t *testing.T) {
	d := fresh(t)
	lines := []string{"Mã hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Ngày tiếp nhận"}
	for i := 1; i <= 5; i++ {
		lines = append(lines, fmt.Sprintf("HS-%d;Thủ tục thử;Lĩnh vực %d;Phòng Thử;Trần Văn Mẫu;13/03/2023", i, i%2))
	}
	load(t, d, write(t, "hs.csv", lines...))
	var from, into uint32
	for _, f := range d.Catalogue().Fields {
		switch f.Name {
		case "Lĩnh vực 0":
			from = f.ID
		case "Lĩnh vực 1":
			into = f.ID
		}
	}
	must(t, d.SaveBook(t.Context(), 0, desk.Book{Number: 2, Name: "Sổ riêng", Fields: []uint32{from}}))
	cancelled := d.Find("HS-2")
	_, err := d.Happen(t.Context(), []uint64{cancelled}, "nhập nhầm", nil, nil, data.Event{Kind: data.Cancel, At: data.MomentOf(now()), Text: "nhập nhầm"})
	must(t, err)
	if _, err := d.MergeFields(t.Context(), from, from, nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("into itself: %v", err)
	}
	before := dumpOf(t, d)
	moved, err := d.MergeFields(t.Context(), from, into, nil)
	must(t, err)
	if moved != 2 {
		t.Errorf("%d dossiers moved", moved)
	}
	if c := d.Catalogue(); c.Field(from).ID != 0 || slices.ContainsFunc(c.Procedures, func(p data.Procedure) bool { return p.Field == from }) {
		t.Error("the field is still named in the catalogue")
	}
	if b := books(t, d)[0].Value; !slices.Equal(b.Fields, []uint32{into}) {
		t.Errorf("book %+v", b)
	}
	checkSound(t, d)
	one, err := d.Dossier(cancelled)
	must(t, err)
	if one.Field != into || one.Events[len(one.Events)-1].Kind != data.Correct {
		t.Errorf("%+v", one)
	}
	_, err = d.Undo(t.Context())
	must(t, err)
	same(t, "one undo", dumpOf(t, d), before)
}
