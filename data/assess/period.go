package assess

import (
	"fmt"

	"giaoban/data"
)

// Period is one year's campaign of self-assessment under one set.
type Period struct {
	ID    uint64 `json:"-"`
	Title string `json:"Title"`
	Year  int    `json:"Year"`
	Level string `json:"Level"` // free text, such as huyen, xa, phong
	Set   uint64 `json:"Set"`   // record of the set
	// Groups are the units that are ranked against each other (scoring 3.5).
	Groups []Group `json:"Groups"`
	// The days from which and until which each round is open; NoDay leaves an end
	// open. A round locks at the end of its last day.
	SelfFrom  data.Day `json:"SelfFrom"`
	SelfTo    data.Day `json:"SelfTo"`
	FirstTo   data.Day `json:"FirstTo"`
	ExplainTo data.Day `json:"ExplainTo"`
	SecondTo  data.Day `json:"SecondTo"`
	// Figures are the days of the register that answer its criteria; NoDay for the
	// calendar year, and for its end or today.
	FiguresFrom data.Day `json:"FiguresFrom,omitempty"`
	FiguresTo   data.Day `json:"FiguresTo,omitempty"`
	Basis       string   `json:"Basis,omitempty"`  // the decision or plan behind it
	Closed      bool     `json:"Closed,omitempty"` // nothing changes any more
}

// Group is a group of like units. Unit 0 is the office itself.
type Group struct {
	Name  string   `json:"Name"`
	Units []uint32 `json:"Units"`
}

// OwnUnit is the office itself, where it scores itself.
const OwnUnit uint32 = 0

// Deadline returns the last day of a round, NoDay where it has none.
func (p *Period) Deadline(r Round) data.Day {
	switch r {
	case Self:
		return p.SelfTo
	case First:
		return p.FirstTo
	case Explained:
		return p.ExplainTo
	case Second:
		return p.SecondTo
	}
	return data.NoDay
}

// Span returns the days of the register that answer the criteria of the period,
// as of today: a period that has not ended counts until today.
func (p *Period) Span(today data.Day) data.Period {
	from, to := p.FiguresFrom, p.FiguresTo
	if !from.Known() {
		from = data.Date(p.Year, 1, 1)
	}
	if !to.Known() {
		to = data.Date(p.Year, 12, 31)
	}
	if span, err := data.FreePeriod(from, to); err == nil {
		if key := fmt.Sprint(p.Year); !p.FiguresFrom.Known() && !p.FiguresTo.Known() {
			if year, err := data.ParsePeriod(key); err == nil {
				return year
			}
		}
		return span
	}
	return data.Period{}
}

// GroupOf returns the name of the group of a unit; ok is false when the period
// does not ask it.
func (p *Period) GroupOf(unit uint32) (name string, ok bool) {
	for _, g := range p.Groups {
		for _, u := range g.Units {
			if u == unit {
				return g.Name, true
			}
		}
	}
	return "", false
}
