package desk_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// TestCatalogueIsMeasured: procedures are counted by the day, by what began and ended in
// the period, and by their online level of that day.
func TestCatalogueIsMeasured(t *testing.T) {
	d := fresh(t)
	count := func(key string) map[string]int64 {
		s, err := d.At()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		p, err := data.ParsePeriod(key)
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.Measures(desk.MeasureQuery{Period: p, AsOf: p.To})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]int64{}
		for _, m := range list {
			out[m.ID] = m.B
		}
		return out
	}
	before, later := count("2021"), count("2022")
	for _, p := range []data.Procedure{
		{Code: "9.100001", Name: "Mới", From: data.Date(2022, 3, 1), Level: data.LevelCommune, OnlineLevel: data.OnlinePart, Online: []data.OnlineStep{{From: data.Date(2022, 3, 1), Level: data.OnlinePart}, {From: data.Date(2022, 6, 1), Level: data.OnlineFull}}},
		{Code: "9.100002", Name: "Cũ", To: data.Date(2022, 5, 31), Level: data.LevelProvince, OwnTerm: data.Term{Count: 2, Unit: data.WorkingDays}},
	} {
		if err := d.SaveProcedure(t.Context(), &p); err != nil {
			t.Fatal(err)
		}
	}
	after, year := count("2021"), count("2022")
	for id, want := range map[string]int64{"procedures": 1, "province": 1, "linked": 1, "published": 0, "ended": 0, "full": 0} {
		if got := after["catalogue."+id] - before["catalogue."+id]; got != want {
			t.Errorf("2021, %s: %d, want %d", id, got, want)
		}
	}
	for id, want := range map[string]int64{"procedures": 1, "province": 0, "commune": 1, "linked": 0, "published": 1, "ended": 1, "full": 1, "part": 0, "online": 1} {
		if got := year["catalogue."+id] - later["catalogue."+id]; got != want {
			t.Errorf("2022, %s: %d, want %d", id, got, want)
		}
	}
}

// TestTextsOfEarlierPeriods: of every block the newest text of an earlier period.
func TestTextsOfEarlierPeriods(t *testing.T) {
	d := fresh(t)
	for period, texts := range map[string]map[string]string{"2022-Q1": {"a": "một", "b": "hai"}, "2022-Q2": {"a": "ba"}, "2022-Q4": {"a": "sau"}, "": {"c": "mọi kỳ"},
		"2022-07-01..2022-07-20": {"d": "bốn"}} {
		if err := d.Write(t.Context(), desk.Work{}, desk.Written{Report: "cchc", Period: period, Texts: texts}); err != nil {
			t.Fatal(err)
		}
	}
	p, _ := data.ParsePeriod("2022-Q3")
	kept, err := desk.KeptTexts(d, "cchc", p)
	if err != nil || len(kept) != 3 || kept["a"].Text != "ba" || kept["b"].Text != "hai" || kept["a"].Period.Key != "2022-Q2" || kept["d"].Period.To != data.Date(2022, 7, 20) {
		t.Errorf("%+v, %v", kept, err)
	}
}
