package desk_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/inspect"
)

// TestDoublesOfTheCatalogue finds entries that earlier versions let in twice,
// merges them on request, and takes that back as a whole.
func TestDoublesOfTheCatalogue(t *testing.T) {
	d := fresh(t)
	ctx := t.Context()
	units := []data.Unit{{Name: "UBND phường Hòa Bình"}, {Name: "UBND phường Hoà Bình", Source: data.Imported}}
	fields := []data.Field{{Name: "Thuỷ sản thử", Source: data.Imported}, {Name: "Thủy sản thử"}}
	if err := d.Change(ctx, desk.Work{Title: "như bản cũ"}, func(tx desk.Tx) error {
		for i := range units {
			if err := tx.PutUnit(&units[i]); err != nil {
				return err
			}
		}
		for i := range fields {
			if err := tx.PutField(&fields[i]); err != nil {
				return err
			}
		}
		procedure := data.Procedure{Name: "Thử", Unit: units[1].ID, Field: fields[0].ID}
		if err := tx.PutProcedure(&procedure); err != nil {
			return err
		}
		for i, code := range []string{"H56.22.17-230302-0001", "H56.22.17-230302-0002"} {
			one := data.Dossier{Code: code, Owner: data.Person{Name: "Trần Mẫu"}, Received: data.Moment{Day: data.Date(2023, 3, 2)}, Due: data.Moment{Day: data.Date(2023, 3, 9)},
				Unit: units[i].ID, Field: fields[i].ID, Procedure: procedure.ID, Copies: 1, Channel: data.Direct}
			if err := tx.PutDossier(&one); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	// A double may still be edited, and an import finds the entry that is kept.
	edited := units[1]
	edited.Code = "HB"
	if err := d.SaveUnit(ctx, &edited); err != nil {
		t.Errorf("a double cannot be edited: %v", err)
	}
	r := mustImport(t, d, "Mã hồ sơ\tTên thủ tục\tChủ hồ sơ\tNgày tiếp nhận\tĐơn vị\tLĩnh vực\nH56.22.17-230303-0003\tThử\tTrần Mẫu\t03/03/2023\tUBND phường Hoà Bình\tThuỷ sản thử\n")
	if one, _ := d.Dossier(d.Find("H56.22.17-230303-0003")); r.Added != 0 || one.Unit != units[0].ID || one.Field != fields[1].ID {
		t.Errorf("the import went to a double: %+v", one)
	}
	before := dumpOf(t, d)
	for _, c := range []struct{ check string }{{inspect.UnitDouble}, {inspect.FieldDouble}} {
		report, err := d.Inspect(ctx, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		k := inspect.KindOf(c.check)
		ids := hitsOf(report, k)
		if len(ids) != 1 {
			t.Fatalf("%s: %d dossiers, want 1", c.check, len(ids))
		}
		if bulk, err := d.MendAll(ctx, k, ids, "hai cách viết", nil); err != nil || bulk.Done != 1 {
			t.Fatalf("%s: %+v, %v", c.check, bulk, err)
		}
		if report, _ = d.Inspect(ctx, nil, nil); len(hitsOf(report, k)) != 0 {
			t.Errorf("%s is still there", c.check)
		}
	}
	for _, code := range []string{"H56.22.17-230302-0001", "H56.22.17-230302-0002", "H56.22.17-230303-0003"} {
		if one, _ := d.Dossier(d.Find(code)); one.Unit != units[0].ID || one.Field != fields[1].ID {
			t.Errorf("%s: unit %d, field %d", code, one.Unit, one.Field)
		}
	}
	c := d.Catalogue()
	if c.Unit(units[1].ID).Successor != units[0].ID || c.Field(fields[0].ID).ID != 0 {
		t.Errorf("the doubles stay in use: %+v %+v", c.Unit(units[1].ID), c.Field(fields[0].ID))
	}
	for _, p := range c.Procedures {
		if p.Name == "Thử" && (p.Unit != units[0].ID || p.Field != fields[1].ID) {
			t.Errorf("a procedure still goes to a double: %+v", p)
		}
	}
	for range 2 {
		if _, err := d.Undo(ctx); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "after undo", dumpOf(t, d), before)
}

func hitsOf(r *inspect.Report, k *inspect.Kind) (ids []uint64) {
	for _, f := range r.Findings {
		if f.Kind == k {
			for _, h := range f.Hits {
				ids = append(ids, uint64(h.ID))
			}
		}
	}
	return ids
}

func mustImport(t *testing.T, d *desk.Desk, pasted string) desk.ImportResult {
	t.Helper()
	im, err := d.OpenImportText(t.Context(), pasted, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	r, err := im.Apply(t.Context(), desk.Run{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
