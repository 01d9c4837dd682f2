package scoring_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/page/scoring"
	"giaoban/data"
	"giaoban/data/desk"
	sets "giaoban/data/scoring"
)

// at opens an office whose clock stands on a day.
func at(t *testing.T, day data.Day) *scoring.Model {
	t.Helper()
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return day.Time().Add(9 * time.Hour) }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.Wait())
	return scoring.NewModel(env.NewSession(d))
}

// TestLevelsFollowTheYear: an office is scored as a district until that level ended,
// then as a commune (rules-2026 E11, E12).
func TestLevelsFollowTheYear(t *testing.T) {
	for _, x := range []struct {
		day        data.Day
		set, level string
		district   bool
	}{
		{data.Date(2024, time.December, 20), "mau:cchc-huyen-2023-recon", "Cấp huyện", true},
		{data.Date(2026, time.November, 30), "mau:cchc-xa-2023-recon", "Cấp xã", false},
	} {
		m := at(t, x.day)
		if plan := m.Plan(); plan.Set != x.set {
			t.Errorf("%s: the period is proposed with %s, want %s", x.day, plan.Set, x.set)
		}
		s := scoring.NewSets(m)
		s.Refresh()
		head := s.FreshHead()
		if head.Level != x.level {
			t.Errorf("%s: a new set is of %s, want %s", x.day, head.Level, x.level)
		}
		if got := slices.Contains(scoring.LevelNames(head.Year), "Cấp huyện"); got != x.district {
			t.Errorf("%s: the district is offered: %v", x.day, got)
		}
		of := func(chosen string) bool {
			return slices.ContainsFunc(scoring.ScopeChoices(head.Year, chosen), func(c kit.Choice) bool { return c.Key == "huyen" })
		}
		if of("") != x.district || !of("huyen") {
			t.Errorf("%s: dossiers of the district are offered: %v, and where chosen: %v", x.day, of(""), of("huyen"))
		}
	}
}

func TestShippedSetsKnowTheirLevel(t *testing.T) {
	district, commune := sets.ShippedByID("cchc-huyen-2023-recon"), sets.ShippedByID("cchc-xa-2023-recon")
	if district.Meta.LastDay() != data.Date(2025, time.June, 30) || commune.Meta.LastDay().Known() || !strings.Contains(commune.Meta.Source, "118/2025/NĐ-CP") {
		t.Errorf("district until %s, commune until %s, %s", district.Meta.LastDay(), commune.Meta.LastDay(), commune.Meta.Source)
	}
	if _, err := sets.ParseSet([]byte(`{"meta":{"id":"a","valid_to":"30/06/2025"},"criteria":[]}`)); data.CodeOf(err) != data.Invalid || !strings.Contains(err.Error(), "30/06/2025") {
		t.Errorf("an odd last day: %v", err)
	}
}

// TestWhomASetIsFor: a set of communes is for the communes of the register, one of the
// own level for the office itself, one of a class of units for that class.
func TestWhomASetIsFor(t *testing.T) {
	units := []data.Unit{{Name: "Xã Một", Kind: data.KindCommune, Level: data.LevelCommune}, {Name: "Phường Hai", Kind: data.KindCommune, Level: data.LevelCommune},
		{Name: "Phòng Nội vụ", Kind: data.KindDepartment, Level: data.LevelDistrict}, {Name: "Trạm Y tế", Kind: data.KindBranch, Level: data.LevelCommune}}
	for _, x := range []struct {
		office data.Level
		set    string // level of the set
		units  []data.Unit
		own    bool
		names  []string
	}{
		{data.LevelDistrict, "xa", units, false, []string{"Phường Hai", "Xã Một"}},
		{"", "Cấp xã", units, false, []string{"Phường Hai", "Xã Một"}},
		{data.LevelCommune, "xa", units, true, nil},
		{data.LevelDistrict, "xa", units[2:], true, nil},
		{data.LevelDistrict, "huyen", units, true, nil},
		{data.LevelDistrict, "Phòng, ban", units, false, []string{"Phòng Nội vụ"}},
		{data.LevelDistrict, "khối thi đua", units, true, nil},
	} {
		m, s := open(t)
		must(t, s.Desk.SetOffice(t.Context(), data.Office{Name: "UBND huyện Thử", Level: x.office}))
		must(t, s.Desk.AddUnits(t.Context(), slices.Clone(x.units)))
		set, err := sets.ShippedByID("cchc-xa-2023-recon").Clone()
		must(t, err)
		set.Meta.ID, set.Meta.Level = "thu", x.set
		id, err := m.Book.AddSet(t.Context(), set)
		must(t, err)
		own, chosen := m.Scored(fmt.Sprint(id))
		var names []string
		for _, u := range m.Units() {
			if chosen[u.ID] {
				names = append(names, u.Name)
			}
		}
		slices.Sort(names)
		if own != x.own || !slices.Equal(names, x.names) {
			t.Errorf("%s, a set of %q: own %v, units %v", x.office, x.set, own, names)
		}
		if plan := m.Plan(); plan.Own != own && plan.Set == fmt.Sprint(id) {
			t.Errorf("%s, a set of %q: the plan says %v", x.office, x.set, plan.Own)
		}
	}
}
