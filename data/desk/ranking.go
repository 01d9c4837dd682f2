package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/data/ranking"
)

// Ranking ranks the units of the office by a model over a period, each class apart.
func (s *Snapshot) Ranking(m ranking.Model, p data.Period, asOf data.Day) (ranked, unranked []ranking.Place, err error) {
	units, err := s.rankedUnits(m, p, asOf)
	if err != nil {
		return nil, nil, err
	}
	ranked, unranked = m.Rank(units)
	return ranked, unranked, nil
}

// rankedUnits gathers what the model asks of every unit.
func (s *Snapshot) rankedUnits(m ranking.Model, p data.Period, asOf data.Day) ([]ranking.Unit, error) {
	only := []string{cmp.Or(m.Volume, "register.received")}
	for _, c := range m.Criteria {
		only = append(only, c.Measure)
	}
	for _, c := range m.Minus {
		only = append(only, c.Measure)
	}
	list, err := s.Measures(MeasureQuery{Period: p, AsOf: asOf, By: logbook.ByUnit, Only: only})
	if err != nil {
		return nil, err
	}
	byID := map[string]*ranking.Unit{}
	c := s.Catalogue()
	unit := func(key, name string) *ranking.Unit {
		if u := byID[key]; u != nil {
			return u
		}
		id, _ := strconv.ParseUint(key, 10, 32)
		u := &ranking.Unit{ID: uint32(id), Name: name, Rates: map[string]data.Ratio{}, Counts: map[string]int64{}}
		if one := c.Unit(uint32(id)); one.ID != 0 {
			u.Class = s.Classes().Of(&one)
		}
		byID[key] = u
		return u
	}
	for i := range list {
		for _, part := range list[i].Parts {
			if part.Key == "" || part.Key == "0" {
				continue
			}
			u := unit(part.Key, part.Name)
			if list[i].ID == only[0] {
				u.Volume = part.B
			}
			if list[i].Rate() {
				u.Rates[list[i].ID] = part.Ratio()
			} else {
				u.Counts[list[i].ID] = part.B
			}
		}
	}
	out := make([]ranking.Unit, 0, len(byID))
	for key, u := range byID {
		if m.Index766 {
			id, _ := strconv.ParseUint(key, 10, 32)
			e, err := s.Index766(p, asOf, Filter{Units: []uint32{uint32(id)}})
			if err != nil {
				return nil, err
			}
			for _, g := range e.Index.Groups {
				u.Given = append(u.Given, ranking.Part{ID: g.ID, Name: g.Name, Points: e.ByGroup[g.ID], Max: g.Max})
			}
		}
		out = append(out, *u)
	}
	slices.SortFunc(out, func(a, b ranking.Unit) int { return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// Index766 estimates the index of Quyết định 766 for what a filter holds, as far as
// register, catalogue, logbooks and typed indicators know it.
func (s *Snapshot) Index766(p data.Period, asOf data.Day, f Filter) (ranking.Estimate, error) {
	t := s.Figures(p, asOf, data.ByUnit, f)
	n := t.Total
	rates := map[string]data.Ratio{
		"settled":        {Numerator: n.Early + n.OnTime + n.InTime, Denominator: n.Received()},
		"online":         {Numerator: n.NewOnline, Denominator: n.New()},
		"online-payment": {Numerator: n.PaidOnline, Denominator: n.FeeDue},
		"e-result":       {Numerator: n.EResult, Denominator: n.Resolved()},
		"digitised":      {Numerator: n.Digitised, Denominator: n.Received()},
	}
	s.procedureRates(rates, p, t.AsOf, f)
	index := ranking.Index766()
	q := MeasureQuery{Period: p, AsOf: t.AsOf, Only: []string{"petition.on-time", "petition.satisfied"}}
	for _, x := range index.Indicators {
		if strings.HasPrefix(x.Source, "indicator.") { // typed: what register and logbooks cannot know
			q.Only = append(q.Only, x.Source)
		}
	}
	if len(f.Units) == 1 {
		q.By = logbook.ByUnit
	}
	list, err := s.Measures(q)
	if err != nil {
		return ranking.Estimate{}, err
	}
	for i := range list {
		v := list[i].Value
		if len(f.Units) == 1 {
			key := strconv.FormatUint(uint64(f.Units[0]), 10)
			v = logbook.Value{Unknown: strings.HasPrefix(list[i].ID, "indicator.")}
			for _, part := range list[i].Parts {
				if part.Key == key {
					v = part
				}
			}
		}
		if !v.Unknown {
			rates[list[i].ID] = v.Ratio()
		}
	}
	if n.Received() > 0 {
		late := n.Late + n.Overdue
		rates["satisfied"] = data.Ratio{Numerator: n.Received() - late, Denominator: n.Received()}
		if v := rates["petition.satisfied"]; v.Denominator > 0 {
			// 100 − (share late + share of petitions that are not satisfied)
			d := n.Received() * v.Denominator
			rates["satisfied"] = data.Ratio{Numerator: max(0, d-late*v.Denominator-(v.Denominator-v.Numerator)*n.Received()), Denominator: d}
		}
	}
	return index.Estimate(rates), nil
}

// procedureRates are the rates over procedures: which are offered online, and which of
// these had an online dossier or an online payment.
func (s *Snapshot) procedureRates(rates map[string]data.Ratio, p data.Period, asOf data.Day, f Filter) {
	t := s.Figures(p, asOf, data.ByProcedure, f)
	used, paid, fees := map[string]bool{}, int64(0), int64(0)
	for _, row := range t.Rows {
		used[row.Key] = row.NewOnline > 0
		if row.FeeDue > 0 {
			fees++
			if row.PaidOnline > 0 {
				paid++
			}
		}
	}
	level := s.Office().Level
	var all, online, live int64
	for _, x := range s.Catalogue().Procedures {
		if x.Level != "" && x.Level != level || x.From.Known() && x.From > asOf || x.To.Known() && x.To < asOf {
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

// Preceding returns the period of the same kind before a period: last month for a
// month, last quarter for a quarter; for a free period as many days before it.
func Preceding(p data.Period) data.Period {
	last := p.From - 1
	for _, key := range precedingKeys(p.Key, last.Time()) {
		if before, err := data.ParsePeriod(key); err == nil && before.To == last {
			return before
		}
	}
	before, err := data.FreePeriod(last-(p.To-p.From), last)
	if err != nil {
		return data.Period{}
	}
	return before
}

func precedingKeys(key string, last time.Time) []string {
	year := strconv.Itoa(last.Year())
	_, rest, _ := strings.Cut(key, "-")
	prefix := ""
	if strings.HasPrefix(key, "nd09:") {
		prefix = "nd09:"
	}
	switch {
	case strings.HasPrefix(rest, "Q"):
		return []string{prefix + year + "-Q" + strconv.Itoa((int(last.Month())+2)/3), prefix + strconv.Itoa(last.Year()) + "-Q" + strconv.Itoa((int(last.Month())+1)/3)}
	case strings.HasPrefix(rest, "H"):
		return []string{prefix + year + "-H1", prefix + year + "-H2"}
	case rest == "":
		return []string{prefix + year}
	}
	return []string{prefix + last.Format("2006-01")}
}
