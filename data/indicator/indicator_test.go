package indicator_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/indicator"
)

func period(t *testing.T, key string) data.Period {
	t.Helper()
	p, err := data.ParsePeriod(key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestShippedDefinitionsAreWhole checks every shipped definition as one that an officer
// typed, and names what the five articles and the annex need.
func TestShippedDefinitionsAreWhole(t *testing.T) {
	all := indicator.Shipped()
	seen := map[string]bool{}
	for i := range all {
		d := &all[i]
		if err := indicator.Check(all, d); err != nil {
			t.Errorf("%s: %v", d.Code, err)
		}
		if seen[d.Code] || d.Unit == "" || d.Rate() && (d.Numerator == "" || d.Denominator == "") && d.Kind == indicator.Ratio {
			t.Errorf("%s stands twice or is not whole", d.Code)
		}
		seen[d.Code] = true
	}
	for _, code := range strings.Fields("DA06_TK DA06_CCCD DA06_DVC DA06_NHANKHAU CONG_CONGKHAI SOHOA_KEHOACH SOHOA_KETQUA ND224_TOANTRINH ND224_TUDONG ND224_CHUDONG CV_DUNGGIO VB_KYSO VB_THUCONGVU VB_CHUYENMUC HL_HAILONG HL_TREHAN CS_YTE QD766_1_4 QD766_4_5B PL_6_3") {
		if !seen[code] {
			t.Errorf("%s is not shipped", code)
		}
	}
}

// TestValuesAreReadExactly types what the articles print, and what must be refused.
func TestValuesAreReadExactly(t *testing.T) {
	b := indicator.NewBook(indicator.Shipped(), nil, 30)
	for _, c := range []struct{ code, typed, stored, again, shown string }{
		{"DA06_TK", "257.224", "257224", "257.224", "257.224"},
		{"DA06_DVC", "23/25", "23/25", "23/25", "23/25 = 92,00 %"},
		{"SOHOA_KEHOACH", "67 / 76", "67/76", "67/76", "67/76 = 88,16 %"},
		{"CONG_CONGKHAI", "69,3 %", "69.3%", "69,3 %", "69,30 %"},
		{"HL_HAILONG", "Trên 80 %", ">80", "trên 80", "trên 80"},
		{"HL_TREHAN", "dưới 3%", "<3", "dưới 3", "dưới 3"},
		{"HL_TREHAN", "không quá 3", "<=3", "đến 3", "đến 3"},
		{"HL_PARINDEX", "85,76", "85.76", "85,76", "85,76"},
		{"ND224_CHUDONG", "4", "4", "4", "4"},
		{"PL_4_1_TG", "–2", "-2", "–2", "–2"},
		{"PL_6_3", "120,5/100", "120.5/100", "120,5/100", "120,5/100 = 120,50 %"},
		{"DA06_TK", "0", "0", "0", "0"},
		{"DA06_TK", " ", "", "", ""},
		{"DA06_DVC", "0/0", "0/0", "0/0", "0/0"},
	} {
		d := b.Definition(c.code)
		stored, err := d.Parse(c.typed)
		if err != nil || stored != c.stored {
			t.Errorf("%s «%s» is stored as %q, %v", c.code, c.typed, stored, err)
			continue
		}
		if got := d.Typed(stored); got != c.again {
			t.Errorf("%s: %q is typed as %q", c.code, stored, got)
		}
		if back, err := d.Parse(d.Typed(stored)); err != nil || back != stored {
			t.Errorf("%s: %q comes back as %q, %v", c.code, stored, back, err)
		}
		if got := d.Shown(d.Amount(stored)); got != c.shown {
			t.Errorf("%s: %q is shown as %q, want %q", c.code, stored, got, c.shown)
		}
	}
	for code, bad := range map[string][]string{
		"DA06_TK": {"nhiều", "1,5", "-3", "1e5", "9.999.999.999.999", "12 ba"}, "DA06_DVC": {"26/25", "104 %", "23/x", "1/0", "-1/5"},
		"HL_HAILONG": {"trên 101 %", "cao", "trên"}, "ND224_CHUDONG": {"5", "0", "1,5"}, "HL_SIPAS": {"100,5"},
	} {
		for _, typed := range bad {
			if stored, err := b.Definition(code).Parse(typed); err == nil || data.CodeOf(err) != data.Invalid {
				t.Errorf("%s takes «%s» as %q", code, typed, stored)
			}
		}
	}
}

// TestTargets finds what is asked of whom, and tells who reaches it.
func TestTargets(t *testing.T) {
	d := indicator.Definition{Kind: indicator.Ratio, Targets: []indicator.Target{{Value: "70"}, {Year: 2023, Value: "75"}, {Level: data.LevelCommune, Value: "60"}, {Unit: 7, Value: "90"}, {Unit: 7, Year: 2022, Value: "85"}}}
	for _, c := range []struct {
		unit  uint32
		level data.Level
		year  int
		want  string
	}{{0, "", 2022, "70"}, {1, "", 2023, "75"}, {1, data.LevelCommune, 2023, "60"}, {7, data.LevelCommune, 2023, "90"}, {7, "", 2022, "85"}} {
		if got := d.Target(c.unit, c.level, c.year); got != c.want {
			t.Errorf("of %+v %s is asked", c, got)
		}
	}
	up, down := indicator.Definition{Kind: indicator.Bound}, indicator.Definition{Kind: indicator.Bound, Lower: true}
	for _, c := range []struct {
		d            *indicator.Definition
		stored, want string
		met, sayable bool
	}{{&up, ">80", "80", true, true}, {&up, ">80", "85", true, false}, {&up, "<80", "80", false, true}, {&up, "<=80", "80", false, false}, {&down, "<3", "3", true, true}, {&down, "<3", "2", true, false}, {&down, ">3", "3", false, true},
		{&d, "3/4", "75", true, true}, {&d, "74/100", "75", false, true}, {&d, "", "75", false, false}, {&d, "3/4", "", false, false}} {
		met, sayable := c.d.Meets(c.d.Amount(c.stored), c.want)
		if sayable != c.sayable || sayable && met != c.met {
			t.Errorf("%s against %s: %v, %v", c.stored, c.want, met, sayable)
		}
	}
}

// TestFormulas works formulas out, and refuses a cycle by its names.
func TestFormulas(t *testing.T) {
	num := func(code, formula string) indicator.Definition {
		return indicator.Definition{Code: code, Name: code, Group: "Thử", Unit: "việc", Kind: indicator.Number, Decimals: 2, OverUnits: indicator.Sum, OverPeriods: indicator.Sum, Formula: formula}
	}
	rate := num("TL", "A / (A + B)")
	rate.Kind = indicator.Ratio
	all := []indicator.Definition{num("A", ""), num("B", ""), num("C", "A - B * 2 + 1,5"), num("D", "A / B"), rate}
	p := period(t, "2023-06")
	sheet := func(unit uint32, a, b string) *indicator.Sheet {
		return &indicator.Sheet{Unit: unit, Period: p, Cells: map[string]indicator.Cell{"A": {Value: a}, "B": {Value: b}}}
	}
	b := indicator.NewBook(all, []*indicator.Sheet{sheet(1, "30", "10"), sheet(2, "5", "0"), sheet(3, "7", "")}, 0)
	for _, c := range []struct {
		code string
		unit uint32
		want string
	}{{"C", 1, "11,5"}, {"D", 1, "3"}, {"D", 2, ""}, {"C", 3, ""}, {"TL", 1, "30/40 = 75,00 %"}, {"TL", 2, "5/5 = 100,00 %"}, {"TL", 3, ""}} {
		if got := b.Definition(c.code).Shown(b.Of(c.code, c.unit, p)); got != c.want {
			t.Errorf("%s of %d is %q, want %q", c.code, c.unit, got, c.want)
		}
	}
	if total, parts := b.Over("D", p); b.Definition("D").Shown(total) != "4,2" || len(parts) != 1 {
		t.Errorf("D over all is %+v of %d units: it must divide the sums", total, len(parts))
	}
	for formula, words := range map[string]string{"A +": "cuối công thức", "A B": "«B»", "X + 1": "«X»", "(A": "cuối công thức", "A / / B": "«/ B»", "E + 1": "E → E", "G - 1": "E → G → E"} {
		list := append(slices.Clone(all), num("E", formula), num("G", "E / 2"))
		err := indicator.Check(list, &list[len(all)])
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", formula, err)
		}
	}
}

// TestAddingUpAgainstAnOracle adds random values up over units and periods in a second,
// slow way: day by day.
func TestAddingUpAgainstAnOracle(t *testing.T) {
	rnd := rand.New(rand.NewPCG(12, 766))
	hows := []indicator.How{indicator.Sum, indicator.Mean, indicator.Last}
	keys := []string{"2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06", "2023-Q1", "2023-Q2", "2023-H1"}
	for round := range 400 {
		d := indicator.Definition{Code: "X", Kind: []indicator.Kind{indicator.Number, indicator.Ratio}[round%2], OverUnits: hows[rnd.IntN(2)], OverPeriods: hows[rnd.IntN(3)]}
		type typed struct {
			unit uint32
			p    data.Period
			b, a int64
		}
		var all []typed
		var sheets []*indicator.Sheet
		for unit := uint32(1); unit <= 3; unit++ {
			for _, key := range keys {
				if rnd.IntN(3) > 0 {
					continue // blank
				}
				x := typed{unit, period(t, key), rnd.Int64N(50), 0}
				x.a = x.b + rnd.Int64N(50) + 1
				all = append(all, x)
				stored := big.NewRat(x.b, 1).RatString()
				if d.Kind == indicator.Ratio {
					stored += "/" + big.NewRat(x.a, 1).RatString()
				}
				sheets = append(sheets, &indicator.Sheet{Unit: unit, Period: x.p, Cells: map[string]indicator.Cell{"X": {Value: stored}}})
			}
		}
		rnd.Shuffle(len(sheets), func(i, j int) { sheets[i], sheets[j] = sheets[j], sheets[i] })
		book := indicator.NewBook([]indicator.Definition{d}, sheets, 0)
		for _, key := range []string{"2023-01", "2023-Q1", "2023-Q2", "2023-H1", "2023"} {
			p := period(t, key)
			sumB, sumA, units := new(big.Rat), new(big.Rat), int64(0)
			for unit := uint32(1); unit <= 3; unit++ {
				// Each day belongs to the longest value that has it.
				of := map[data.Day]typed{}
				for day := p.From; day <= p.To; day++ {
					for _, x := range all {
						if x.unit != unit || x.p.From < p.From || x.p.To > p.To || day < x.p.From || day > x.p.To {
							continue
						}
						if old, ok := of[day]; !ok || x.p.To-x.p.From > old.p.To-old.p.From {
							of[day] = x
						}
					}
				}
				days := map[typed]int64{}
				for _, x := range of {
					days[x]++
				}
				b, a, n, newest := new(big.Rat), new(big.Rat), int64(0), typed{}
				for x, count := range days {
					w := int64(1)
					if d.OverPeriods == indicator.Mean && d.Kind == indicator.Number {
						w = count
					}
					b.Add(b, big.NewRat(x.b*w, 1))
					a.Add(a, big.NewRat(x.a, 1))
					n += w
					if x.p.To > newest.p.To {
						newest = x
					}
				}
				want := ""
				if len(days) > 0 {
					units++
					switch {
					case d.OverPeriods == indicator.Last:
						b, a = big.NewRat(newest.b, 1), big.NewRat(newest.a, 1)
					case d.OverPeriods == indicator.Mean && d.Kind == indicator.Number:
						b.Quo(b, big.NewRat(n, 1))
					}
					want = b.RatString()
					if d.Kind == indicator.Ratio {
						want += "/" + a.RatString()
					}
					sumB.Add(sumB, b)
					sumA.Add(sumA, a)
				}
				if got := plain(book.Of("X", unit, p)); got != want {
					t.Fatalf("round %d, %s, unit %d: %q, want %q (%+v)", round, key, unit, got, want, d)
				}
			}
			want := ""
			if units > 0 {
				if d.OverUnits == indicator.Mean && d.Kind == indicator.Number {
					sumB.Quo(sumB, big.NewRat(units, 1))
				}
				want = sumB.RatString()
				if d.Kind == indicator.Ratio {
					want += "/" + sumA.RatString()
				}
			}
			total, parts := book.Over("X", p)
			if got := plain(total); got != want || int64(len(parts)) != units {
				t.Fatalf("round %d, %s: %q of %d units, want %q of %d (%+v)", round, key, got, len(parts), want, units, d)
			}
		}
	}
}

func plain(a indicator.Amount) string {
	switch {
	case !a.Known():
		return ""
	case a.A != nil:
		return a.B.RatString() + "/" + a.A.RatString()
	}
	return a.B.RatString()
}

// TestBlanksAndBoundsAddUp proves that a blank is no nought, that what nobody can add is
// nothing, and that a figure of the office goes before what its units make.
func TestBlanksAndBoundsAddUp(t *testing.T) {
	p := period(t, "2023-06")
	over := func(kind indicator.Kind, how indicator.How, values map[uint32]string) string {
		d := indicator.Definition{Code: "X", Kind: kind, OverUnits: how, OverPeriods: indicator.Last}
		var sheets []*indicator.Sheet
		for unit, v := range values {
			sheets = append(sheets, &indicator.Sheet{Unit: unit, Period: p, Cells: map[string]indicator.Cell{"X": {Value: v, Note: "ghi chú"}}})
		}
		b := indicator.NewBook([]indicator.Definition{d}, sheets, 0)
		total, _ := b.Over("X", p)
		return d.Shown(total)
	}
	for _, c := range []struct {
		kind   indicator.Kind
		how    indicator.How
		values map[uint32]string
		want   string
	}{
		{indicator.Number, indicator.Mean, map[uint32]string{1: "10", 2: "", 3: "0"}, "5"},
		{indicator.Number, indicator.Sum, map[uint32]string{1: "", 2: ""}, ""},
		{indicator.Number, indicator.Sum, map[uint32]string{0: "12", 1: "5", 2: "6"}, "12"},
		{indicator.Ratio, indicator.Mean, map[uint32]string{1: "1/2", 2: "69.3%"}, ""},
		{indicator.Ratio, indicator.Mean, map[uint32]string{1: "1/2", 2: "8/8"}, "9/10 = 90,00 %"},
		{indicator.Ratio, indicator.Mean, map[uint32]string{1: "69.3%"}, "69,30 %"},
		{indicator.Yes, indicator.Sum, map[uint32]string{1: "1", 2: "0", 3: "1"}, "2/3 = 66,67 %"},
		{indicator.Bound, indicator.Mean, map[uint32]string{1: ">80", 2: ">90"}, "trên 80"},
		{indicator.Bound, indicator.Mean, map[uint32]string{1: "<3", 2: "2"}, "đến 3"},
		{indicator.Bound, indicator.Mean, map[uint32]string{1: "<3", 2: ">80"}, ""},
		{indicator.Bound, indicator.Sum, map[uint32]string{1: ">=3", 2: ">4"}, "trên 7"},
		{indicator.Number, indicator.Last, map[uint32]string{1: "3", 2: "4"}, ""},
	} {
		if got := over(c.kind, c.how, c.values); got != c.want {
			t.Errorf("%s %s of %v is %q, want %q", c.how, c.kind, c.values, got, c.want)
		}
	}
}

// TestABlankMonthWithACommentIsNoMonth takes the newest month that has a value.
func TestABlankMonthWithACommentIsNoMonth(t *testing.T) {
	for how, want := range map[indicator.How]string{indicator.Last: "10", indicator.Sum: "10", indicator.Mean: "10"} {
		d := indicator.Definition{Code: "X", Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: how}
		b := indicator.NewBook([]indicator.Definition{d}, []*indicator.Sheet{
			{Unit: 1, Period: period(t, "2023-05"), Cells: map[string]indicator.Cell{"X": {Value: "10"}}},
			{Unit: 1, Period: period(t, "2023-06"), Cells: map[string]indicator.Cell{"X": {Note: "đơn vị chưa báo cáo"}}}}, 0)
		if got := d.Shown(b.Of("X", 1, period(t, "2023-Q2"))); got != want {
			t.Errorf("%s over a blank month is %q", how, got)
		}
		if total, _ := b.Over("X", period(t, "2023-06")); total.Known() {
			t.Errorf("a comment alone counts as %s", d.Shown(total))
		}
	}
}

// TestDoubts tells what is odd and nothing else.
func TestDoubts(t *testing.T) {
	num := func(code string, parts ...string) indicator.Definition {
		return indicator.Definition{Code: code, Kind: indicator.Number, OverUnits: indicator.Sum, OverPeriods: indicator.Sum, Max: "1000", Parts: parts}
	}
	june, may := period(t, "2023-06"), period(t, "2023-05")
	sheet := func(unit uint32, p data.Period, kv ...string) *indicator.Sheet {
		s := &indicator.Sheet{Unit: unit, Period: p, Cells: map[string]indicator.Cell{}}
		for i := 0; i < len(kv); i += 2 {
			s.Cells[kv[i]] = indicator.Cell{Value: kv[i+1]}
		}
		return s
	}
	b := indicator.NewBook([]indicator.Definition{num("T", "A", "B"), num("A"), num("B")}, []*indicator.Sheet{
		sheet(1, may, "A", "100", "B", "100"), sheet(1, june, "A", "130", "B", "131", "T", "262"), sheet(0, june, "A", "9"), sheet(2, june, "A", "2000"), sheet(3, june, "T", "5")}, 30)
	for _, c := range []struct {
		code string
		unit uint32
		want string
	}{{"A", 1, ""}, {"B", 1, "lệch hơn 30 %"}, {"T", 1, "thành phần 261"}, {"A", 2, "lớn hơn"}, {"A", 0, "số cộng từ các đơn vị 2.130"}, {"T", 3, ""}, {"B", 3, ""}} {
		got := strings.Join(b.Doubts(c.code, c.unit, june, may), " ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s of %d: %q, want %q", c.code, c.unit, got, c.want)
		}
	}
}
