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
	var estimates map[uint32]ranking.Estimate
	if m.Index766 {
		if estimates, err = s.indices766(p, asOf); err != nil {
			return nil, err
		}
	}
	out := make([]ranking.Unit, 0, len(byID))
	for _, u := range byID {
		if e, ok := estimates[u.ID]; ok && u.ID != 0 {
			for _, g := range e.Index.Groups {
				u.Given = append(u.Given, ranking.Part{ID: g.ID, Name: g.Name, Points: e.ByGroup[g.ID], Max: g.Max})
			}
		}
		out = append(out, *u)
	}
	slices.SortFunc(out, func(a, b ranking.Unit) int { return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// Index766 estimates the index of Quyết định 766 for the office, as far as register,
// catalogue, logbooks and typed indicators know it.
func (s *Snapshot) Index766(p data.Period, asOf data.Day) (ranking.Estimate, error) {
	all, err := s.indices766(p, asOf)
	return all[0], err
}

// indices766 estimates the index of the office, as 0, and of each of its units that has
// a dossier in the period; everything is counted once for all of them.
func (s *Snapshot) indices766(p data.Period, asOf data.Day) (map[uint32]ranking.Estimate, error) {
	t := s.Figures(p, asOf, data.ByUnit, Filter{})
	counts := map[uint32]data.Counts{0: t.Total}
	for i := range t.Rows {
		if id, _ := strconv.ParseUint(t.Rows[i].Key, 10, 32); id != 0 {
			counts[uint32(id)] = t.Rows[i].Counts
		}
	}
	rates := map[uint32]map[string]data.Ratio{}
	for id, n := range counts {
		rates[id] = map[string]data.Ratio{
			"settled":        {Numerator: n.Early + n.OnTime + n.InTime, Denominator: n.Received()},
			"online":         {Numerator: n.NewOnline, Denominator: n.New()},
			"online-payment": {Numerator: n.PaidOnline, Denominator: n.FeeDue},
			"e-result":       {Numerator: n.EResult, Denominator: n.Resolved()},
			"digitised":      {Numerator: n.Digitised, Denominator: n.Received()},
		}
	}
	s.procedureRates(rates, p, t.AsOf)
	index := ranking.Index766()
	if err := s.measuredRates(rates, index, p, t.AsOf); err != nil {
		return nil, err
	}
	out := map[uint32]ranking.Estimate{}
	for id, n := range counts {
		if n.Received() > 0 {
			rates[id]["satisfied"] = satisfied766(n, rates[id]["petition.satisfied"])
		}
		out[id] = index.Estimate(rates[id])
	}
	return out, nil
}

// satisfied766 is 100 − (share late + share of petitions that are not satisfied).
func satisfied766(n data.Counts, petitions data.Ratio) data.Ratio {
	late := n.Late + n.Overdue
	if petitions.Denominator == 0 {
		return data.Ratio{Numerator: n.Received() - late, Denominator: n.Received()}
	}
	d := n.Received() * petitions.Denominator
	return data.Ratio{Numerator: max(0, d-late*petitions.Denominator-(petitions.Denominator-petitions.Numerator)*n.Received()), Denominator: d}
}

// measuredRates adds what logbooks and typed indicators know of the office, as 0, and of
// its units. A unit of which nothing was typed is unknown; one without petitions has none.
func (s *Snapshot) measuredRates(rates map[uint32]map[string]data.Ratio, index ranking.Index, p data.Period, asOf data.Day) error {
	q := MeasureQuery{Period: p, AsOf: asOf, By: logbook.ByUnit, Only: []string{"petition.on-time", "petition.satisfied"}}
	for _, x := range index.Indicators {
		if strings.HasPrefix(x.Source, "indicator.") { // typed: what register and logbooks cannot know
			q.Only = append(q.Only, x.Source)
		}
	}
	list, err := s.Measures(q)
	for i := range list {
		m := &list[i]
		none := logbook.Value{Unknown: strings.HasPrefix(m.ID, "indicator.")}
		values := map[string]logbook.Value{"0": m.Value}
		for _, part := range m.Parts {
			if part.Key != "0" {
				values[part.Key] = part
			}
		}
		for id := range rates {
			v, ok := values[strconv.FormatUint(uint64(id), 10)]
			if !ok {
				v = none
			}
			if !v.Unknown {
				rates[id][m.ID] = v.Ratio()
			}
		}
	}
	return err
}

// procedureRates adds the rates over procedures of the office, as 0, and of its units:
// which are offered online, and which of these had an online dossier or an online payment.
func (s *Snapshot) procedureRates(rates map[uint32]map[string]data.Ratio, p data.Period, asOf data.Day) {
	level := s.Office().Level
	online, all := map[uint32]bool{}, int64(0)
	for _, x := range s.Catalogue().Procedures {
		if x.Level != "" && x.Level != level || x.From.Known() && x.From > asOf || x.To.Known() && x.To < asOf {
			continue
		}
		all++
		if data.ServedOnline(x.OnlineOn(asOf)) {
			online[x.ID] = true
		}
	}
	type used struct{ live, fees, paid map[uint32]bool }
	by := map[uint32]*used{}
	for id := range rates {
		by[id] = &used{map[uint32]bool{}, map[uint32]bool{}, map[uint32]bool{}}
	}
	for _, x := range s.state.Uses(p, asOf, s.merged(Filter{})) {
		for _, id := range []uint32{0, x.Unit} {
			u := by[id]
			if u == nil {
				continue
			}
			if x.NewOnline > 0 && online[x.Procedure] {
				u.live[x.Procedure] = true
			}
			if x.FeeDue > 0 {
				u.fees[x.Procedure] = true
			}
			if x.PaidOnline > 0 {
				u.paid[x.Procedure] = true
			}
		}
	}
	for id, u := range by {
		rates[id]["procedures-online"] = data.Ratio{Numerator: int64(len(online)), Denominator: all}
		rates[id]["procedures-used"] = data.Ratio{Numerator: int64(len(u.live)), Denominator: int64(len(online))}
		rates[id]["procedures-paid"] = data.Ratio{Numerator: int64(len(u.paid)), Denominator: int64(len(u.fees))}
	}
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
