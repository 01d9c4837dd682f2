package indicator_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/indicator"
)

// TestStandings: the newest value stands beside the target of its year, its unit and its
// level; sums count from the beginning of the year and are short only at its end.
func TestStandings(t *testing.T) {
	definitions := []indicator.Definition{
		{Code: "RATE", Name: "Tỷ lệ", Kind: indicator.Ratio, OverUnits: indicator.Mean, OverPeriods: indicator.Mean, Targets: []indicator.Target{{Value: "80"}, {Value: "90", Year: 2026}, {Value: "70", Level: data.LevelCommune, Year: 2026}, {Value: "95", Unit: 2, Year: 2026}}},
		{Code: "COUNT", Name: "Số cuộc", Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: indicator.Sum, Targets: []indicator.Target{{Value: "12"}}},
		{Code: "FAULTS", Name: "Vi phạm", Kind: indicator.Number, Lower: true, OverUnits: indicator.Sum, OverPeriods: indicator.Sum, Targets: []indicator.Target{{Value: "2"}}},
		{Code: "FREE", Name: "Không giao", Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: indicator.Last},
		{Code: "SHARE", Name: "Công thức", Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: indicator.Last, Formula: "FREE * 2", Targets: []indicator.Target{{Value: "30"}}},
		{Code: "YES", Name: "Có", Kind: indicator.Yes, OverUnits: indicator.Mean, OverPeriods: indicator.Last, Targets: []indicator.Target{{Value: "1"}}},
	}
	var sheets []*indicator.Sheet
	put := func(unit uint32, key, code, value string) {
		p := period(t, key)
		for _, s := range sheets {
			if s.Unit == unit && s.Period == p {
				s.Cells[code] = indicator.Cell{Value: value}
				return
			}
		}
		sheets = append(sheets, &indicator.Sheet{Unit: unit, Period: p, Cells: map[string]indicator.Cell{code: {Value: value}}})
	}
	put(1, "2026-02", "RATE", "60/100")
	put(1, "2026-03", "RATE", "75/100")
	put(2, "2026-03", "RATE", "94/100")
	put(0, "2025-06", "COUNT", "100") // of another year
	for _, m := range []string{"01", "02", "03"} {
		put(0, "2026-"+m, "COUNT", "4")
		put(0, "2026-"+m, "FAULTS", "1")
	}
	put(1, "2026-03", "FREE", "10")
	put(0, "2026-Q1", "YES", "0")
	put(1, "2026-05", "RATE", "1/100") // after the day asked
	b := indicator.NewBook(definitions, sheets, 0)
	level := func(unit uint32) data.Level {
		return map[uint32]data.Level{1: data.LevelCommune, 2: data.LevelCommune}[unit]
	}
	type want struct {
		value, target string
		met, known    bool
		to            data.Day
	}
	march := period(t, "2026-03").To
	check := func(day data.Day, code string, unit uint32, w want) {
		t.Helper()
		for _, s := range b.Standings(day, level) {
			if s.Definition.Code != code || s.Unit != unit {
				continue
			}
			if s.Definition.Shown(s.Amount) != w.value || s.Target != w.target || s.Met != w.met && s.Known || s.Known != w.known || s.Period.To != w.to {
				t.Errorf("%s of %d on %s: %s of %q until %s, met %v, known %v", code, unit, day, s.Definition.Shown(s.Amount), s.Target, s.Period.To, s.Met, s.Known)
			}
			return
		}
		if w.value != "" {
			t.Errorf("%s of %d is not there on %s", code, unit, day)
		}
	}
	day := data.Date(2026, 4, 20)
	check(day, "RATE", 1, want{"75/100 = 75,00 %", "70", true, true, march})  // its level
	check(day, "RATE", 2, want{"94/100 = 94,00 %", "95", false, true, march}) // its own
	check(day, "RATE", 0, want{"169/200 = 84,50 %", "90", false, true, march})
	check(day, "COUNT", 0, want{"12", "12", true, true, march})
	check(data.Date(2026, 3, 1), "COUNT", 0, want{"8", "12", false, false, data.Date(2026, 2, 28)}) // more may come
	check(day, "FAULTS", 0, want{"3", "2", false, true, march})
	check(data.Date(2026, 3, 1), "FAULTS", 0, want{"2", "2", true, false, data.Date(2026, 2, 28)})
	check(day, "FREE", 1, want{"10", "", false, false, march})
	check(day, "SHARE", 1, want{"20", "30", false, true, march})
	check(day, "SHARE", 0, want{"20", "30", false, true, march})
	check(day, "YES", 0, want{"Không", "1", false, true, march})
	check(data.Date(2027, 6, 1), "RATE", 1, want{}) // older than a year
	put(0, "2026-12", "COUNT", "-1")
	b = indicator.NewBook(definitions, sheets, 0)
	check(data.Date(2027, 1, 3), "COUNT", 0, want{"11", "12", false, true, data.Date(2026, 12, 31)})

	s, ok := b.Standing("RATE", 2, data.LevelCommune, day)
	if gap := s.Short(); !ok || gap == nil || gap.RatString() != "1/95" || s.Period.Label != "Tháng 3/2026" {
		t.Errorf("short by %v of %s", gap, s.Period.Label)
	}
	d := b.Definition("FAULTS")
	if got := d.Asked("2"); got != "nhiều nhất 2" {
		t.Error(got)
	}
}
