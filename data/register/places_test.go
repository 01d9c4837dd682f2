package register_test

import (
	"cmp"
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/register"
)

// centres are units of which some are points of reception of others, and one went into
// another.
var centres = []data.Unit{
	{ID: 1, Name: "Trung tâm Phục vụ hành chính công", Level: data.LevelProvince}, {ID: 2, Name: "Điểm tiếp nhận Bắc", Level: data.LevelCommune, Centre: 1},
	{ID: 3, Name: "UBND xã Cũ", Level: data.LevelCommune, To: base, Successor: 4}, {ID: 4, Name: "UBND xã Mới", Level: data.LevelCommune},
	{ID: 5, Name: "Điểm tiếp nhận xã Cũ", Level: data.LevelCommune, Centre: 3},
}

// countsAs is the slow oracle of figures by unit.
func countsAs(unit uint32, follow bool) uint32 {
	for _, u := range centres {
		if u.ID == unit && u.Centre != 0 {
			unit = u.Centre
		}
	}
	if follow && unit == 3 {
		return 4
	}
	return unit
}

// TestFiguresByPlace: by the competent unit, by where a dossier was received and by who
// helped, each figure is what a look at every dossier counts, and its query lists those;
// also while dossiers change.
func TestFiguresByPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := map[uint64]data.Dossier{}
		r := build(nil)
		r.SetCatalogue(centres, fields, procedures)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			d := drawDossier(t, uint64(rapid.IntRange(1, 8).Draw(t, "id")))
			d.Unit, d.Receiver, d.Helper = uint32(rapid.IntRange(0, 5).Draw(t, "unit")), uint32(rapid.IntRange(0, 5).Draw(t, "receiver")), uint32(rapid.IntRange(0, 5).Draw(t, "helper"))
			ds[d.ID] = d
			g := data.GlanceOf(&d)
			r.Put(&g)
		}
		p, err := data.FreePeriod(base, base+60)
		if err != nil {
			t.Fatal(err)
		}
		f := register.Filter{FollowMergers: rapid.Bool().Draw(t, "follow")}
		place := func(named, unit uint32) uint32 {
			if at := cmp.Or(named, unit); !f.FollowMergers || at != 3 {
				return at
			}
			return 4
		}
		for by, of := range map[data.Group]func(d *data.Dossier) uint32{
			data.ByUnit:     func(d *data.Dossier) uint32 { return countsAs(d.Unit, f.FollowMergers) },
			data.ByReceiver: func(d *data.Dossier) uint32 { return place(d.Receiver, d.Unit) },
			data.ByHelper:   func(d *data.Dossier) uint32 { return place(d.Helper, d.Unit) },
		} {
			want := map[string]int64{}
			for _, d := range ds {
				if in, out := stand(&d, p, p.To); inColumn(data.ColReceived, in, out) {
					want[strconv.Itoa(int(of(&d)))]++
				}
			}
			table := r.Figures(p, data.NoDay, by, f)
			for i := range table.Rows {
				row := &table.Rows[i]
				if row.Received() != want[row.Key] {
					t.Fatalf("by %s, %s: %d, oracle %d", by, row.Name, row.Received(), want[row.Key])
				}
				delete(want, row.Key)
				if n := r.Count(register.CellQuery(table, row, data.ColReceived, f)); int64(n) != row.Received() {
					t.Fatalf("by %s, %s: %d, its query lists %d", by, row.Name, row.Received(), n)
				}
			}
			if len(want) > 0 {
				t.Fatalf("by %s: no rows for %v", by, want)
			}
		}
	})
}

// TestAPointAsksForItself: a centre asks for the dossiers of all its points, a point for
// its own only; the level of a point is that of its centre.
func TestAPointAsksForItself(t *testing.T) {
	ds := []data.Dossier{{ID: 1, Code: "A", Received: data.Moment{Day: base}, Unit: 1}, {ID: 2, Code: "B", Received: data.Moment{Day: base}, Unit: 2}}
	r := build(ds)
	r.SetCatalogue(centres, fields, procedures)
	for _, c := range []struct {
		filter register.Filter
		want   string
	}{
		{register.Filter{Units: []uint32{1}}, "[1 2]"}, {register.Filter{Units: []uint32{2}}, "[2]"},
		{register.Filter{Levels: []data.Level{data.LevelProvince}}, "[1 2]"}, {register.Filter{Levels: []data.Level{data.LevelCommune}}, "[]"},
	} {
		if got := fmt.Sprint(r.List(register.Query{Filter: c.filter, Today: base, Sort: register.SortCode}).IDs); got != c.want {
			t.Errorf("%+v: %s, want %s", c.filter, got, c.want)
		}
	}
}

// TestCodesOfOtherSystems: a dossier is found by its code in another system, wherever
// codes are looked for; order is by the own code.
func TestCodesOfOtherSystems(t *testing.T) {
	ds := []data.Dossier{
		{ID: 1, Code: "H99.01-220103-0002", ExternalCode: "G15-220103-150001", Received: data.Moment{Day: base}},
		{ID: 2, Code: "H99.01-220103-0001", Received: data.Moment{Day: base}},
	}
	r := build(ds)
	check := func(text, want string) {
		t.Helper()
		if got := fmt.Sprint(r.List(register.Query{Text: text, Today: base, Sort: register.SortCode}).IDs); got != want {
			t.Errorf("%q lists %s, want %s", text, got, want)
		}
	}
	check("g15-220103-150001", "[1]")
	check("mã: 150001", "[1]")
	check("H99.01-220103", "[2 1]")
	check("0002g15", "[]") // two codes, not one
	if got := r.Externals(); len(got) != 1 || got["g15-220103-150001"] != 1 {
		t.Errorf("%v", got)
	}
	ds[0].ExternalCode = "G15-220103-150009"
	g := data.GlanceOf(&ds[0])
	r.Put(&g)
	check("150001", "[]")
	check("150009", "[1]")
}
