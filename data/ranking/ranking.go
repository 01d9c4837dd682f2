// Package ranking orders units by models and estimates the index of Quyết định
// 766/QĐ-TTg: what counts how much is data, the rates come from the list of measures.
// Points are exact. It reads nothing but what assets/ brings.
package ranking

import (
	"math/big"
	"slices"
	"strings"

	"giaoban/assets"
	"giaoban/data"
)

// Model says how units are ranked.
type Model struct {
	ID        string      `json:"id"`
	Name      string      `json:"name"`
	Minimum   int64       `json:"minimum"`          // units with fewer things are not ranked
	Volume    string      `json:"volume,omitempty"` // the measure that counts them; "" for dossiers received
	Tolerance string      `json:"tolerance"`        // points within which two units are equal, such as "0,001"
	Dense     bool        `json:"dense,omitempty"`  // 1, 1, 2 instead of 1, 1, 3
	Index766  bool        `json:"index766,omitempty"`
	From      data.Day    `json:"from,omitempty"` // the version holds from this day on; unknown: always
	To        data.Day    `json:"to,omitempty"`   // and until this one; unknown: until the next version
	Criteria  []Criterion `json:"criteria"`
	Minus     []Minus     `json:"minus,omitempty"`
}

// Criterion is a measure with its weight.
type Criterion struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Measure string `json:"measure"`
	Weight  int64  `json:"weight"`
	Inverse bool   `json:"inverse,omitempty"` // less is better
	// Threshold is the percentage from which on all points are given; 0 for none.
	Threshold int64 `json:"threshold,omitempty"`
	// Least is the denominator under which it does not apply to a unit; 0 for any.
	Least int64 `json:"least,omitempty"`
}

// Minus takes points off for each thing that a measure counts.
type Minus struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Measure string `json:"measure"`
	Each    int64  `json:"each"`
	Most    int64  `json:"most"`
}

// Models returns the shipped models.
func Models() []Model {
	var list []Model
	assets.Read("rankings.json", &list)
	return list
}

// Unit is what a unit has for a model.
type Unit struct {
	ID     uint32
	Name   string
	Class  data.Class
	Volume int64
	Rates  map[string]data.Ratio // by measure; without a denominator it does not count
	Counts map[string]int64      // by measure
	Given  []Part                // points that were worked out elsewhere, as of index 766
}

// Part is a criterion of a unit: its rate and its points.
type Part struct {
	ID, Name string
	Rate     data.Ratio // a denominator of 0: it does not apply (R12)
	Points   *big.Rat   // nil where it does not apply
	Max      int64
}

// Place is a unit in a ranking.
type Place struct {
	Unit   Unit
	Rank   int // from 1, within its class; 0 for a unit that is not ranked
	Tied   int // how many units share the rank
	Points *big.Rat
	Parts  []Part
}

// Rank orders units within their classes, best first; those under the minimum come
// back apart. What does not apply to a unit is left out of its points, which are then
// scaled to all weights: missing is not zero.
func (m *Model) Rank(units []Unit) (ranked, unranked []Place) {
	for _, u := range units {
		p := m.place(u)
		if u.Volume < m.Minimum || p.Points == nil {
			unranked = append(unranked, p)
			continue
		}
		ranked = append(ranked, p)
	}
	slices.SortStableFunc(ranked, func(a, b Place) int {
		if c := int(a.Unit.Class.ID) - int(b.Unit.Class.ID); c != 0 {
			return c
		}
		if c := b.Points.Cmp(a.Points); c != 0 {
			return c
		}
		return strings.Compare(a.Unit.Name, b.Unit.Name)
	})
	m.number(ranked)
	return ranked, unranked
}

// number gives the ranks: equal points within the tolerance of the first of a tie share
// one.
func (m *Model) number(list []Place) {
	tolerance, err := data.ParseDecimal(m.Tolerance)
	if err != nil {
		tolerance = new(big.Rat)
	}
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j].Unit.Class.ID == list[i].Unit.Class.ID && new(big.Rat).Sub(list[i].Points, list[j].Points).Cmp(tolerance) <= 0 {
			j++
		}
		rank := 1
		if i > 0 && list[i-1].Unit.Class.ID == list[i].Unit.Class.ID {
			rank = list[i-1].Rank + 1
			if !m.Dense {
				rank = list[i-1].Rank + list[i-1].Tied
			}
		}
		for k := i; k < j; k++ {
			list[k].Rank, list[k].Tied = rank, j-i
		}
		i = j
	}
}

func (m *Model) place(u Unit) Place {
	p := Place{Unit: u}
	if m.Index766 {
		p.Parts = u.Given
		for _, part := range u.Given {
			if part.Points != nil {
				p.Points = add(p.Points, part.Points)
			}
		}
		return p
	}
	weights, applying := int64(0), int64(0)
	for _, c := range m.Criteria {
		part := Part{ID: c.ID, Name: c.Name, Rate: u.Rates[c.Measure], Max: c.Weight}
		weights += c.Weight
		if part.Rate.Denominator > 0 && part.Rate.Denominator >= c.Least {
			applying += c.Weight
			part.Points = c.points(part.Rate)
			p.Points = add(p.Points, part.Points)
		}
		p.Parts = append(p.Parts, part)
	}
	if p.Points == nil {
		return p
	}
	p.Points = new(big.Rat).Mul(p.Points, big.NewRat(weights, applying))
	for _, minus := range m.Minus {
		off := min(minus.Each*u.Counts[minus.Measure], minus.Most)
		p.Parts = append(p.Parts, Part{ID: minus.ID, Name: minus.Name, Rate: data.Ratio{Numerator: u.Counts[minus.Measure]}, Points: big.NewRat(-off, 1)})
		p.Points.Sub(p.Points, big.NewRat(off, 1))
	}
	return p
}

func add(sum, x *big.Rat) *big.Rat {
	if sum == nil {
		return new(big.Rat).Set(x)
	}
	return sum.Add(sum, x)
}

func (c *Criterion) points(r data.Ratio) *big.Rat {
	share := big.NewRat(r.Numerator, r.Denominator)
	if c.Inverse {
		share.Sub(big.NewRat(1, 1), share)
	}
	return scaled(share, c.Weight, c.Threshold)
}

// scaled gives top points to a share from the threshold (per cent) on, and its part of
// them below; without a threshold the share of top.
func scaled(share *big.Rat, top, threshold int64) *big.Rat {
	points := new(big.Rat).Mul(share, big.NewRat(top, 1))
	if threshold == 0 {
		return points
	}
	points.Mul(points, big.NewRat(100, threshold))
	if most := big.NewRat(top, 1); points.Cmp(most) > 0 {
		return most
	}
	return points
}

// Points writes points with two decimals and a comma, rounded half up.
func Points(p *big.Rat) string {
	if p == nil {
		return ""
	}
	n := new(big.Int).Mul(p.Num(), big.NewInt(200))
	n.Add(n, p.Denom())
	n.Div(n, new(big.Int).Mul(p.Denom(), big.NewInt(2)))
	return data.FormatHundredths(n.Int64())
}
