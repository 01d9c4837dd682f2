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

// surveys are what the surveys of the years said: satisfaction fell from 88,3 to 80 per cent
// (article 002). That of a year is published when it is over.
func (m *reader) surveys(last data.Day) error {
	years := []int{last.Year() - 1}
	if last+1 == data.Date(last.Year()+1, 1, 1) {
		years = append(years, last.Year())
	}
	for i, year := range years {
		p, err := data.ParsePeriod(fmt.Sprint(year))
		if err != nil {
			return err
		}
		of := len(m.list)
		m.put("HL_SIPAS", 0, p, "%s", []string{"88,3", "80"}[i])
		for k, factor := range [][]string{{"89,1", "81,4"}, {"88,6", "80,2"}, {"90,2", "82,5"}, {"89,4", "81"}, {"84,2", "74,9"}} {
			m.put(fmt.Sprint("HL_SIPAS_", k+1), 0, p, "%s", factor[i])
		}
		m.put("HL_SIPAS_HANG", 0, p, "%s", []string{"4", "9"}[i])
		for k := range m.list[of:] {
			m.list[of+k].Note = fmt.Sprintf("Báo cáo %d/BC-SNV (minh họa)", 41+i)
		}
	}
	return nil
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
	if err := m.surveys(last); err != nil {
		return err
	}
	for i, p := range months {
		for _, x := range tale().Monthly {
			percent := x.First + (x.Last-x.First)*i/11
			if !x.ByUnit {
				m.share(x.Code, 0, p, x.Of, percent)
				continue
			}
			for _, unit := range m.units {
				m.share(x.Code, unit, p, x.Of, max(0, percent-m.IntN(9)))
			}
		}
		for _, x := range tale().Counted {
			m.put(x.Code, 0, p, "%d", x.From+m.IntN(x.Top-x.From+1))
		}
		if i%3 == 2 {
			for _, x := range tale().Steady {
				m.put(x.Code, 0, p, "%s", x.Value)
			}
		}
	}
	before, err := data.ParsePeriod(fmt.Sprint(last.Year() - 1))
	for _, x := range tale().Monthly {
		if !x.ByUnit {
			m.share(x.Code, 0, before, 10*x.Of, x.First-3)
		}
	}
	return err
}
