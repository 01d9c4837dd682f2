package ranking

import (
	"math/big"

	"giaoban/assets"
	"giaoban/data"
)

// Index is the index of Quyết định 766/QĐ-TTg as data: which version of the maxima is
// meant, and others that differ (briefing 11).
type Index struct {
	Version    string      `json:"version"`
	Basis      string      `json:"basis"`
	Groups     []Group     `json:"groups"`
	Indicators []Indicator `json:"indicators"`
	Others     []Maxima    `json:"others"`
}

// Group is a group of indicators.
type Group struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Max  int64  `json:"max"`
}

// Indicator is one of them.
type Indicator struct {
	ID          string `json:"id"`
	Group       string `json:"group"`
	Name        string `json:"name"`
	Max         int64  `json:"max"`
	Conversion  string `json:"conversion"` // linear, threshold or none
	Threshold   int64  `json:"threshold,omitempty"`
	Numerator   string `json:"numerator"`
	Denominator string `json:"denominator"`
	Estimate    string `json:"estimate"` // A from the register, B with what is typed, C from the portal only
	// Source names how the program works it out; "" for what only the portal knows.
	Source string `json:"source,omitempty"`
	// FullWhenNone gives all points where there was nothing to do.
	FullWhenNone bool `json:"full_when_none,omitempty"`
	Uncertain    bool `json:"uncertain,omitempty"` // maximum or conversion were observed, not written
}

// Maxima is a version with other maxima for some indicators.
type Maxima struct {
	Version string           `json:"version"`
	Max     map[string]int64 `json:"max"`
}

// Index766 returns the shipped index.
func Index766() Index {
	var x Index
	assets.Read("qd766.json", &x)
	return x
}

// StateOf766 says where an estimate comes from.
type StateOf766 string

// The states.
const (
	Computed  StateOf766 = "computed"
	Missing   StateOf766 = "missing"    // only the portal or the officer knows: it is not zero
	Nothing   StateOf766 = "none"       // nothing to do in the period
	NotScored StateOf766 = "not-scored" // followed up only
)

// Estimated is an indicator with its estimate.
type Estimated struct {
	Indicator
	State  StateOf766
	Rate   data.Ratio
	Points *big.Rat // nil where it is missing or not scored
	// Left is what can still be won, Needed how many more things of the numerator give
	// all of it.
	Left   *big.Rat
	Needed int64
}

// Estimate is the index of an office or unit for a period, as far as it is known.
type Estimate struct {
	Index      Index
	Indicators []Estimated
	Total      *big.Rat // over what is known
	Known      int64    // maximum of what is known
	// From and To are the total under the versions whose maxima differ.
	From, To *big.Rat
	ByGroup  map[string]*big.Rat // nil for a group of which nothing is known
}

// Estimate works the index out from rates by source; one that is not there is missing.
func (x Index) Estimate(rates map[string]data.Ratio) Estimate {
	out := Estimate{Index: x, Total: new(big.Rat), ByGroup: map[string]*big.Rat{}}
	totals := make([]*big.Rat, len(x.Others))
	for i := range totals {
		totals[i] = new(big.Rat)
	}
	for _, ind := range x.Indicators {
		e := Estimated{Indicator: ind, State: Missing}
		rate, known := rates[ind.Source]
		known = known && ind.Source != ""
		e.Rate = rate
		switch {
		case ind.Conversion == "none":
			e.State = NotScored
		case known && rate.Denominator == 0 && ind.FullWhenNone:
			e.State, e.Points = Nothing, big.NewRat(ind.Max, 1)
		case known && rate.Denominator == 0:
			e.State = Nothing
		case known:
			e.State, e.Points = Computed, scaled(big.NewRat(rate.Numerator, rate.Denominator), ind.Max, ind.Threshold)
			e.Left = new(big.Rat).Sub(big.NewRat(ind.Max, 1), e.Points)
			e.Needed = needed(rate, ind.Threshold)
		}
		if e.Points != nil {
			out.Total.Add(out.Total, e.Points)
			out.Known += ind.Max
			out.ByGroup[ind.Group] = add(out.ByGroup[ind.Group], e.Points)
			for i, other := range x.Others {
				top := ind.Max
				if n, ok := other.Max[ind.ID]; ok {
					top = n
				}
				points := big.NewRat(top, 1)
				if e.State == Computed {
					points = scaled(big.NewRat(rate.Numerator, rate.Denominator), top, ind.Threshold)
				}
				totals[i].Add(totals[i], points)
			}
		}
		out.Indicators = append(out.Indicators, e)
	}
	out.From, out.To = new(big.Rat).Set(out.Total), new(big.Rat).Set(out.Total)
	for _, t := range totals {
		if t.Cmp(out.From) < 0 {
			out.From = t
		}
		if t.Cmp(out.To) > 0 {
			out.To = t
		}
	}
	return out
}

// needed returns how many more of the denominator must join the numerator for all
// points.
func needed(r data.Ratio, threshold int64) int64 {
	if threshold == 0 {
		threshold = 100
	}
	want := (r.Denominator*threshold + 99) / 100
	return max(0, want-r.Numerator)
}
