package catalogue

import (
	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/desk"
)

// RateLine is how a rate may be computed.
type RateLine struct {
	ID      string
	Chosen  string // id of the definition in use, "" for the usual one
	Choices []desk.Definition
}

// Rates returns every rate with the ways of computing it.
func Rates(s *view.Session) []RateLine {
	chosen := s.Desk.Denominators()
	var out []RateLine
	for _, id := range desk.RateIDs() {
		out = append(out, RateLine{id, chosen[id], desk.RateDefinitions(id)})
	}
	return out
}

// definition returns the definition in use.
func (r RateLine) definition() desk.Definition {
	for _, d := range r.Choices {
		if d.ID == r.Chosen {
			return d
		}
	}
	return r.Choices[0]
}

func rateLines(s *view.Session) []Line {
	p := s.Period()
	table := s.Desk.Figures(p, s.AsOf(), data.ByLevel, desk.Filter{})
	now := map[string]data.Rate{}
	for _, r := range s.Desk.RatesOf(table.Total, nil) {
		now[r.ID] = r.Recorded(r)
	}
	var out []Line
	for i, r := range Rates(s) {
		d := r.definition()
		value := ""
		if x := now[r.ID]; x.Now.Denominator > 0 {
			value = x.Now.Percent() + " % (" + data.FormatInt(x.Now.Numerator) + "/" + data.FormatInt(x.Now.Denominator) + ")"
		}
		other := "Theo mặc định"
		switch {
		case r.Chosen != "":
			other = "Đã đổi"
		case len(r.Choices) < 2:
			other = "Một cách"
		}
		out = append(out, Line{ID: uint64(i), Cells: []string{d.Name, d.Denominator, d.Explanation, value, other}})
	}
	return out
}
