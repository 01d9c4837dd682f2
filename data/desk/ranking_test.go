package desk_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ranking"
)

func rankingModel(t *testing.T, id string) ranking.Model {
	t.Helper()
	for _, m := range ranking.Models() {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("no model %s", id)
	return ranking.Model{}
}

// rankedOffice is an office of three communes and one that has no dossier, with
// dossiers of every kind that the index counts.
func rankedOffice(t *testing.T) *desk.Desk {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 66))
	b := desk.Beginning{Office: data.Office{Name: "UBND xã Thử", Level: data.LevelCommune}, Fields: []data.Field{{ID: 1, Name: "Hộ tịch"}}, Len: 900}
	for i, name := range []string{"Một", "Hai", "Ba", "Bốn"} {
		b.Units = append(b.Units, data.Unit{ID: uint32(i + 1), Name: "Phòng " + name, Level: data.LevelCommune})
	}
	for i, level := range []string{"toan-trinh", "mot-phan", "", "toan-trinh", "toan-trinh"} {
		b.Procedures = append(b.Procedures, data.Procedure{ID: uint32(i + 1), Code: fmt.Sprintf("1.00%d", i), Name: fmt.Sprintf("Thủ tục %d", i), Field: 1, OnlineLevel: level, Level: data.LevelCommune})
	}
	b.Dossiers = func(yield func(data.Dossier) bool) {
		for i := range b.Len {
			day := data.Date(2023, 1, 2) + data.Day(i*240/b.Len)
			d := data.Dossier{Code: fmt.Sprintf("H-%05d", i), Unit: uint32(1 + r.IntN(3)), Procedure: uint32(1 + r.IntN(4)), Field: 1, Owner: data.Person{Name: "Trần Văn Mẫu"},
				Channel: []data.Channel{data.Direct, data.Online, data.Postal}[r.IntN(3)], Received: data.Moment{Day: day}, Due: data.Moment{Day: day + data.Day(r.IntN(20))}}
			if d.Unit == 3 && d.Channel == data.Online {
				d.Procedure = 1
			}
			for _, f := range []data.Flag{data.FeeDue, data.FeeDue | data.PaidOnline, data.Digitised, data.EResult} {
				if r.IntN(4) == 0 {
					d.Flags |= f
				}
			}
			if r.IntN(5) > 0 {
				d.Events = []data.Event{{Kind: data.Finish, At: data.Moment{Day: day + data.Day(r.IntN(25))}}}
			}
			if !yield(d) {
				return
			}
		}
	}
	path := filepath.Join(t.TempDir(), "so.db")
	now := func() time.Time { return time.Date(2023, 9, 1, 9, 0, 0, 0, time.UTC) }
	must(t, desk.Build(t.Context(), path, now, b, nil))
	d, err := openIn(t, path, desk.Options{Now: now})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.Wait())
	return d
}

// TestIndexOfUnitsEqualsTheirFigures: what model B gives a unit, counted in one pass for
// all, is what the figures of that unit alone say.
func TestIndexOfUnitsEqualsTheirFigures(t *testing.T) {
	d := rankedOffice(t)
	p := month(t, "2023-H1")
	s, err := d.At()
	must(t, err)
	defer s.Close()
	asOf := data.Date(2023, 6, 20)
	b := rankingModel(t, "B")
	b.Minimum = 0
	ranked, _, err := s.Ranking(b, p, asOf)
	if err != nil || len(ranked) != 3 {
		t.Fatalf("%d units, %v", len(ranked), err)
	}
	all := s.Figures(p, asOf, data.ByUnit, desk.Filter{})
	e, err := s.Index766(p, asOf)
	if err != nil {
		t.Fatal(err)
	}
	if n := all.Total; rateOf(e, "2.1") != (data.Ratio{Numerator: n.Early + n.OnTime + n.InTime, Denominator: n.Received()}) {
		t.Errorf("the office has %v", rateOf(e, "2.1"))
	}
	for _, place := range ranked {
		f := desk.Filter{Units: []uint32{place.Unit.ID}}
		n := s.Figures(p, asOf, data.ByUnit, f).Total
		rates := map[string]data.Ratio{
			"settled": {Numerator: n.Early + n.OnTime + n.InTime, Denominator: n.Received()}, "online": {Numerator: n.NewOnline, Denominator: n.New()},
			"online-payment": {Numerator: n.PaidOnline, Denominator: n.FeeDue}, "e-result": {Numerator: n.EResult, Denominator: n.Resolved()},
			"digitised": {Numerator: n.Digitised, Denominator: n.Received()}, "satisfied": {Numerator: n.Received() - n.Late - n.Overdue, Denominator: n.Received()},
			"petition.on-time": {}, "petition.satisfied": {},
		}
		alone(s, rates, p, asOf, f)
		want := ranking.Index766().Estimate(rates)
		for _, g := range place.Parts {
			if w := want.ByGroup[g.ID]; ranking.Points(w) != ranking.Points(g.Points) {
				t.Errorf("%s, group %s: %s, want %s", place.Unit.Name, g.ID, ranking.Points(g.Points), ranking.Points(w))
			}
		}
	}
}

// alone adds the rates over procedures from a table of one unit.
func alone(s *desk.Snapshot, rates map[string]data.Ratio, p data.Period, asOf data.Day, f desk.Filter) {
	used, paid, fees := map[string]bool{}, int64(0), int64(0)
	for _, row := range s.Figures(p, asOf, data.ByProcedure, f).Rows {
		used[row.Key] = row.NewOnline > 0
		if row.FeeDue > 0 {
			fees++
		}
		if row.PaidOnline > 0 {
			paid++
		}
	}
	var all, online, live int64
	for _, x := range s.Catalogue().Procedures {
		if x.Level != "" && x.Level != s.Office().Level || !x.ValidOn(asOf) {
			continue
		}
		all++
		if data.ServedOnline(x.OnlineOn(asOf)) {
			online++
			if used[strconv.FormatUint(uint64(x.ID), 10)] {
				live++
			}
		}
	}
	rates["procedures-online"] = data.Ratio{Numerator: online, Denominator: all}
	rates["procedures-used"] = data.Ratio{Numerator: live, Denominator: online}
	rates["procedures-paid"] = data.Ratio{Numerator: paid, Denominator: fees}
}

func rateOf(e ranking.Estimate, id string) data.Ratio {
	for _, x := range e.Indicators {
		if x.ID == id {
			return x.Rate
		}
	}
	return data.Ratio{}
}

// TestRankingModelsOfTheOffice: a version holds from its day, `Ranking` follows it, and the
// shipped ones come back.
func TestRankingModelsOfTheOffice(t *testing.T) {
	d := rankedOffice(t)
	ctx := t.Context()
	models := func(day data.Day) []ranking.Model {
		t.Helper()
		list, err := d.RankingModels(day)
		must(t, err)
		return list
	}
	june := data.Date(2023, 6, 1)
	a := *ranking.Find(models(june), "A")
	next := a
	next.From = june
	next.Criteria = []ranking.Criterion{{Name: "Trực tuyến, càng ít càng tốt", Measure: "register.online", Weight: 100, Inverse: true}}
	next.Minus = nil
	must(t, d.SaveRanking(ctx, next, nil))
	if got := ranking.Find(models(june-1), "A"); len(got.Criteria) != 7 {
		t.Errorf("before its day: %+v", got)
	}
	got := ranking.Find(models(june), "A")
	if len(got.Criteria) != 1 || got.Criteria[0].ID != "online" {
		t.Fatalf("on its day: %+v", got)
	}
	s, err := d.At()
	must(t, err)
	ranked, _, err := s.Ranking(*got, month(t, "2023-06"), june+20)
	must(t, err)
	for _, p := range ranked {
		n := s.Figures(month(t, "2023-06"), june+20, data.ByUnit, desk.Filter{Units: []uint32{p.Unit.ID}}).Total
		if want := ranking.Points(big.NewRat(100*(n.New()-n.NewOnline), n.New())); ranking.Points(p.Points) != want {
			t.Errorf("%s has %s, want %s", p.Unit.Name, ranking.Points(p.Points), want)
		}
	}
	s.Close()
	if len(ranked) == 0 {
		t.Error("nobody is ranked")
	}

	if err := d.SaveRanking(ctx, next, nil); data.CodeOf(err) != data.Conflict {
		t.Errorf("the same version twice: %v", err)
	}
	bad := next
	bad.Criteria = []ranking.Criterion{{Name: "x", Measure: "register.khong_co", Weight: 1}}
	if err := d.SaveRanking(ctx, bad, &next); data.CodeOf(err) != data.Invalid {
		t.Errorf("an unknown measure: %v", err)
	}
	edited := next
	edited.Name = "Mô hình A mới"
	must(t, d.SaveRanking(ctx, edited, &next))
	own := ranking.Model{ID: "d", Name: "Riêng", Tolerance: "0", Index766: true}
	must(t, d.SaveRanking(ctx, own, nil))
	if list := models(june); len(list) != 4 || ranking.Find(list, "A").Name != "Mô hình A mới" {
		t.Errorf("%d models: %+v", len(list), list)
	}
	must(t, d.ResetRanking(ctx, edited))
	if got := ranking.Find(models(june), "A"); len(got.Criteria) != 7 {
		t.Errorf("taken back it is %+v", got)
	}
	must(t, d.ResetRankings(ctx))
	if list := models(june); len(list) != 3 {
		t.Errorf("%d models after all were reset", len(list))
	}
	undo(t, d)
	if list := models(june); len(list) != 4 {
		t.Errorf("%d models after the reset was undone", len(list))
	}
}
