package ranking

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
)

func modelA(t *testing.T) Model {
	t.Helper()
	for _, m := range Models() {
		if m.ID == "A" {
			return m
		}
	}
	t.Fatal("no model A")
	return Model{}
}

func unitOf(name string, class uint32, volume int64, rates ...int64) Unit {
	u := Unit{Name: name, Class: data.Class{ID: class}, Volume: volume, Rates: map[string]data.Ratio{}, Counts: map[string]int64{}}
	for i, measure := range []string{"register.on_time", "register.online"} {
		if i < len(rates) {
			u.Rates[measure] = data.Ratio{Numerator: rates[i], Denominator: 100}
		}
	}
	return u
}

func TestRanks(t *testing.T) {
	m := modelA(t)
	ranked, unranked := m.Rank([]Unit{unitOf("b", 3, 50, 90, 50), unitOf("a", 3, 50, 90, 50), unitOf("c", 3, 50, 80, 50), unitOf("few", 3, 9, 100, 100),
		unitOf("other", 1, 50, 10, 10), unitOf("nothing", 3, 50)})
	want := []struct {
		name       string
		rank, tied int
		points     string
	}{{"other", 1, 1, "10,00"}, {"a", 1, 2, "74,00"}, {"b", 1, 2, "74,00"}, {"c", 3, 1, "68,00"}}
	if len(ranked) != len(want) || len(unranked) != 2 {
		t.Fatalf("%d ranked, %d not", len(ranked), len(unranked))
	}
	for i, w := range want {
		if p := ranked[i]; p.Unit.Name != w.name || p.Rank != w.rank || p.Tied != w.tied || Points(p.Points) != w.points {
			t.Errorf("%d: %s rank %d of %d with %s, want %+v", i, p.Unit.Name, p.Rank, p.Tied, Points(p.Points), w)
		}
	}
}

func TestPointsOffStopAtTheirMost(t *testing.T) {
	m := modelA(t)
	u := unitOf("a", 3, 50, 100, 100)
	for n, want := range map[int64]string{0: "100,00", 1: "98,00", 5: "90,00", 40: "90,00"} {
		u.Counts["register.unapologised"] = n
		ranked, _ := m.Rank([]Unit{u})
		if got := Points(ranked[0].Points); got != want {
			t.Errorf("%d late without a letter: %s, want %s", n, got, want)
		}
	}
}

func TestToleranceMakesTies(t *testing.T) {
	m := Model{Tolerance: "0,001", Index766: true}
	of := func(name string, points *big.Rat) Unit {
		return Unit{Name: name, Given: []Part{{ID: "1", Points: points, Max: 100}}}
	}
	ranked, _ := m.Rank([]Unit{of("a", big.NewRat(80_000, 1000)), of("b", big.NewRat(79_999, 1000)), of("c", big.NewRat(79_998, 1000))})
	if ranked[1].Rank != 1 || ranked[2].Rank != 3 {
		t.Errorf("ranks %d, %d, %d", ranked[0].Rank, ranked[1].Rank, ranked[2].Rank)
	}
}

// TestIndex766 proves that groups add up to 100, that missing is not zero, and how the
// conversions work.
func TestIndex766(t *testing.T) {
	x := Index766()
	sum, groups := int64(0), map[string]int64{}
	for _, i := range x.Indicators {
		sum += i.Max
		groups[i.Group] += i.Max
	}
	for _, g := range x.Groups {
		if groups[g.ID] != g.Max {
			t.Errorf("group %s: %d of %d", g.ID, groups[g.ID], g.Max)
		}
	}
	if sum != 100 {
		t.Errorf("the maxima are %d", sum)
	}
	for _, other := range x.Others {
		total := int64(0)
		for _, i := range x.Indicators {
			if n, ok := other.Max[i.ID]; ok {
				total += n
			} else {
				total += i.Max
			}
		}
		if total != 100 {
			t.Errorf("%s: the maxima are %d", other.Version, total)
		}
	}
	e := x.Estimate(map[string]data.Ratio{"settled": {Numerator: 9, Denominator: 10}, "online": {Numerator: 40, Denominator: 100}, "petition.on-time": {}, "digitised": {Numerator: 85, Denominator: 100}})
	want := map[string]struct {
		state  StateOf766
		points string
		needed int64
	}{"2.1": {Computed, "18,00", 1}, "3.3": {Computed, "4,80", 10}, "5.2": {Nothing, "6,00", 0}, "4.2": {Computed, "4,00", 0}, "1.1": {Missing, "", 0}, "2.2": {NotScored, "", 0}}
	for _, i := range e.Indicators {
		if w, ok := want[i.ID]; ok && (i.State != w.state || Points(i.Points) != w.points || i.Needed != w.needed) {
			t.Errorf("%s: %s %s, %d more; want %+v", i.ID, i.State, Points(i.Points), i.Needed, w)
		}
	}
	if Points(e.Total) != "32,80" || e.Known != 36 || Points(e.From) != "31,80" || Points(e.To) != "32,80" {
		t.Errorf("total %s of %d, %s to %s", Points(e.Total), e.Known, Points(e.From), Points(e.To))
	}
	if e.ByGroup["1"] != nil {
		t.Error("a group of which nothing is known has points")
	}
}

// TestDenseRanks: where the model says so, the rank after a tie is the next number; each
// class begins again.
func TestDenseRanks(t *testing.T) {
	of := func(name string, class uint32, points int64) Unit {
		return Unit{Name: name, Class: data.Class{ID: class}, Given: []Part{{ID: "1", Points: big.NewRat(points, 1), Max: 100}}}
	}
	units := []Unit{of("a", 1, 90), of("b", 1, 90), of("c", 1, 80), of("d", 1, 70), of("e", 2, 60), of("f", 2, 50)}
	for dense, want := range map[bool][]int{true: {1, 1, 2, 3, 1, 2}, false: {1, 1, 3, 4, 1, 2}} {
		m := Model{Tolerance: "0", Index766: true, Dense: dense}
		ranked, _ := m.Rank(units)
		for i, p := range ranked {
			if p.Rank != want[i] {
				t.Errorf("dense %v: %s has rank %d, want %d", dense, p.Unit.Name, p.Rank, want[i])
			}
		}
	}
}

// TestVersionsOfModels: on a day the version that began last holds, unless it has ended;
// one of the office stands in the place of the shipped one of the same day.
func TestVersionsOfModels(t *testing.T) {
	may := data.Date(2026, 5, 1)
	own := []Model{{ID: "A", Name: "A từ tháng 5", From: may}, {ID: "C", Name: "C của cơ quan"}, {ID: "D", Name: "D", From: may, To: may + 30}}
	names := func(day data.Day) (out []string) {
		for _, m := range On(With(own), day) {
			out = append(out, m.Name)
		}
		return out
	}
	for day, want := range map[data.Day][]string{
		may - 1:  {"Giải quyết thủ tục hành chính", "Chỉ số 766 theo điểm", "C của cơ quan"},
		may:      {"A từ tháng 5", "Chỉ số 766 theo điểm", "C của cơ quan", "D"},
		may + 31: {"A từ tháng 5", "Chỉ số 766 theo điểm", "C của cơ quan"},
	} {
		if got := names(day); !slices.Equal(got, want) {
			t.Errorf("on %s: %v", day, got)
		}
	}
	if Find(On(With(nil), may), "b").ID != "B" || Find(nil, "B") != nil {
		t.Error("a model is not found by its id")
	}
}

// TestWrongModelsAreRefused names the field of each fault.
func TestWrongModelsAreRefused(t *testing.T) {
	measures := []Measure{{"register.on_time", "Đúng hạn", true}, {"register.online", "Trực tuyến", true}, {"register.received", "Tiếp nhận", false}}
	good := func() Model {
		return Model{ID: "D", Name: "Mô hình", Tolerance: "0,001", Minimum: 5, Volume: "register.received", Criteria: []Criterion{{Name: "Đúng hạn", Measure: "register.on_time", Weight: 60, Threshold: 90}, {Name: "Trực tuyến", Measure: "register.online", Weight: 40, Inverse: true, Least: 3}},
			Minus: []Minus{{Name: "Tiếp nhận", Measure: "register.received", Each: 1, Most: 5}}}
	}
	if m := good(); m.Check(measures) != nil {
		t.Fatal(m.Check(measures))
	}
	for name, spoil := range map[string]func(*Model){
		"id": func(m *Model) { m.ID = "mô hình" }, "name": func(m *Model) { m.Name = "" }, "to": func(m *Model) { m.From, m.To = 10, 9 },
		"minimum": func(m *Model) { m.Minimum = -1 }, "tolerance": func(m *Model) { m.Tolerance = "ít" }, "volume": func(m *Model) { m.Volume = "register.online" },
		"criteria": func(m *Model) { m.Criteria = nil }, "criteria 766": func(m *Model) { m.Index766 = true }, "criteria count": func(m *Model) { m.Criteria[0].Measure = "register.received" },
		"criteria twice": func(m *Model) { m.Criteria[1].Measure = "register.on_time" }, "criteria weight": func(m *Model) { m.Criteria[0].Weight = 0 },
		"criteria threshold": func(m *Model) { m.Criteria[0].Threshold = 101 }, "criteria name": func(m *Model) { m.Criteria[1].Name = "" },
		"minus": func(m *Model) { m.Minus[0].Measure = "register.online" }, "minus most": func(m *Model) { m.Minus[0].Most = 0 },
	} {
		m := good()
		spoil(&m)
		var e *data.Error
		field, _, _ := strings.Cut(name, " ")
		if err := m.Check(measures); !errors.As(err, &e) || e.Field != field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFewOfACriterion: what has fewer than the least of a criterion does not apply.
func TestFewOfACriterion(t *testing.T) {
	m := Model{Tolerance: "0", Criteria: []Criterion{{ID: "a", Measure: "register.on_time", Weight: 50}, {ID: "b", Measure: "register.online", Weight: 50, Least: 101}}}
	ranked, _ := m.Rank([]Unit{unitOf("a", 1, 50, 80, 10)})
	if got := Points(ranked[0].Points); got != "80,00" {
		t.Errorf("%s points", got)
	}
}
