package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/indicator"
)

// monthly are the rates of the office in a month: what is counted, and between which
// percentages it goes from the first month to the last.
var monthly = []struct {
	code     string
	of, a, b int // about so many; from a to b per cent
	byUnit   bool
}{
	{code: "CONG_CONGKHAI", of: 2600, a: 82, b: 97}, {code: "VB_KYSO", of: 640, a: 97, b: 100}, {code: "VB_CHUYENMUC", of: 24, a: 83, b: 96}, {code: "CV_DUNGGIO", of: 180, a: 95, b: 99},
	{code: "VB_THUCONGVU", of: 210, a: 90, b: 100}, {code: "CONG_TTHC_TT", of: 268, a: 92, b: 100}, {code: "SOHOA_KETQUA", of: 2500, a: 48, b: 83},
	{code: "QD766_1_1", of: 40, a: 95, b: 100}, {code: "QD766_1_2", of: 40, a: 90, b: 98}, {code: "QD766_1_3", of: 268, a: 97, b: 100}, {code: "QD766_1_4", of: 2600, a: 82, b: 97},
	{code: "QD766_3_5", of: 90, a: 70, b: 86}, {code: "QD766_4_4", of: 2600, a: 35, b: 58}, {code: "QD766_4_5A", of: 150, a: 60, b: 74}, {code: "QD766_4_5B", of: 2600, a: 40, b: 66},
	{code: "SOHOA_TAISUDUNG", of: 120, a: 36, b: 64, byUnit: true}, {code: "CS_KHONGTIENMAT", of: 80, a: 48, b: 82, byUnit: true},
}

// counted are numbers of the office in a month, up to so many.
var counted = []struct {
	code      string
	from, top int
}{{"CV_KIEMTRA", 0, 2}, {"CV_VIPHAM", 0, 1}, {"PL_1_2", 2, 5}, {"PL_1_7", 8, 20}, {"PL_2_3_1", 0, 4}, {"PL_5_5", 0, 30}}

// steady are values of the office at the end of a quarter.
var steady = []struct{ code, value string }{{"DA06_DVC", "23/25"}, {"HL_HAILONG", "trên 95"}, {"HL_TREHAN", "dưới 1"}, {"PL_4_2_1", "96"}, {"PL_4_2_2", "91"}}

// asked are the targets of the year that ends on a day, over the shipped ones.
func asked(year int, units []uint32) map[string][]indicator.Target {
	return map[string][]indicator.Target{
		"CONG_CONGKHAI":   {{Value: "95", Year: year}, {Value: "80"}},
		"SOHOA_TAISUDUNG": {{Value: "60", Year: year}, {Value: "50", Level: data.LevelCommune, Year: year}, {Value: "40"}},
		"CS_KHONGTIENMAT": {{Value: "70", Year: year}, {Value: "90", Unit: units[0], Year: year}},
		"SOHOA_KETQUA":    {{Value: "80", Year: year}},
		"CV_KIEMTRA":      {{Value: "12", Year: year}},
		"CV_VIPHAM":       {{Value: "6", Year: year}},
	}
}

// addIndicators gives the demonstration office targets and a year of values that ends on
// a day. All of it is made up, and the same day always gives the same.
func addIndicators(ctx context.Context, d *desk.Desk, last data.Day, units []uint32) error {
	m := &reader{Rand: rand.New(rand.NewPCG(uint64(last), 13)), units: units}
	var definitions []indicator.Definition
	for _, x := range indicator.Shipped() {
		if targets, ok := asked(last.Year(), units)[x.Code]; ok {
			x.Targets = targets
			definitions = append(definitions, x)
		}
	}
	if err := m.read(last); err != nil {
		return err
	}
	return d.FoundIndicators(ctx, "Tạo chỉ tiêu, mức giao và số liệu minh họa", definitions, m.list, at(last))
}

// reader makes values up.
type reader struct {
	*rand.Rand
	units []uint32
	list  []desk.IndicatorEntry
}

func (m *reader) put(code string, unit uint32, p data.Period, format string, args ...any) {
	m.list = append(m.list, desk.IndicatorEntry{Code: code, Unit: unit, Period: p, Value: fmt.Sprintf(format, args...)})
}

// share puts about so many per cent of about so many things.
func (m *reader) share(code string, unit uint32, p data.Period, of, percent int) {
	n := of + m.IntN(of/8+1)
	m.put(code, unit, p, "%d/%d", min(n, (n*percent+m.IntN(100))/100), n)
}

// read makes up the twelve months that ended by a day, and the year before as a whole.
func (m *reader) read(last data.Day) error {
	var months []data.Period
	for y, k := last.Year(), 0; len(months) < 12; k++ {
		p, err := data.ParsePeriod(fmt.Sprintf("%d-%02d", y-k/12, 12-k%12))
		if err != nil {
			return err
		}
		if p.To <= last {
			months = append(months, p)
		}
	}
	slices.Reverse(months)
	for i, p := range months {
		for _, x := range monthly {
			percent := x.a + (x.b-x.a)*i/11
			if !x.byUnit {
				m.share(x.code, 0, p, x.of, percent)
				continue
			}
			for _, unit := range m.units {
				m.share(x.code, unit, p, x.of, max(0, percent-m.IntN(9)))
			}
		}
		for _, x := range counted {
			m.put(x.code, 0, p, "%d", x.from+m.IntN(x.top-x.from+1))
		}
		if i%3 == 2 {
			for _, x := range steady {
				m.put(x.code, 0, p, "%s", x.value)
			}
		}
	}
	before, err := data.ParsePeriod(fmt.Sprint(last.Year() - 1))
	for _, x := range monthly {
		if !x.byUnit {
			m.share(x.code, 0, before, 10*x.of, x.a-3)
		}
	}
	return err
}
