package desk_test

import (
	"testing"

	"giaoban/data"
)

// TestClassesOfUnitsAreData: officers add, change and drop classes; each change is one
// entry of the journal, undone as one.
func TestClassesOfUnitsAreData(t *testing.T) {
	d := fresh(t)
	usual := len(d.Classes())
	must(t, d.SaveUnit(t.Context(), &data.Unit{Name: "Xã Thử", Level: data.LevelCommune}))
	u := d.Catalogue().Units[0]
	if got := d.Classes().Of(&u); got.ID == 0 || got.ID != d.Classes().OfLevel(data.LevelCommune).ID {
		t.Fatalf("a commune is of class %+v", got)
	}
	must(t, d.SaveClass(t.Context(), data.Class{Name: " Đơn vị  sự nghiệp "}))
	own := d.Classes()[usual]
	if own.Name != "Đơn vị sự nghiệp" || own.ID != uint32(usual+1) {
		t.Fatalf("%+v", own)
	}
	u.Class = own.ID
	must(t, d.SaveUnit(t.Context(), &u))
	for field, c := range map[string]data.Class{"name": {}, "levels": {Name: "Khác", Levels: []data.Level{data.LevelCommune}}} {
		if err, _ := d.SaveClass(t.Context(), c).(*data.Error); err == nil || err.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := d.SaveClass(t.Context(), data.Class{Name: "đơn vị SỰ NGHIỆP"}); data.CodeOf(err) != data.Conflict {
		t.Errorf("twice: %v", err)
	}
	for name, drop := range map[string]error{"drop": d.DropClass(t.Context(), own.ID), "default": d.ResetClasses(t.Context())} {
		if data.CodeOf(drop) != data.Conflict || d.Classes().Get(own.ID).ID == 0 {
			t.Errorf("%s of a class that a unit names: %v", name, drop)
		}
	}
	u.Class = 0
	must(t, d.SaveUnit(t.Context(), &u))
	must(t, d.DropClass(t.Context(), own.ID))
	if len(d.Classes()) != usual {
		t.Errorf("%+v", d.Classes())
	}
	if title, err := d.Undo(t.Context()); err != nil || title != "Bỏ nhóm xếp hạng Đơn vị sự nghiệp" || d.Classes().Get(own.ID).Name != own.Name {
		t.Errorf("%q, %v, %+v", title, err, d.Classes())
	}
	must(t, d.ResetClasses(t.Context()))
	if len(d.Classes()) != usual {
		t.Errorf("%+v", d.Classes())
	}
}
