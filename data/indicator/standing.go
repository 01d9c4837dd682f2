package indicator

import (
	"math/big"
	"slices"
	"time"

	"giaoban/data"
)

// Standing is the newest value of a unit (0: the office) beside what is asked of it.
type Standing struct {
	Definition *Definition
	Unit       uint32
	Target     string      // "" for none
	Period     data.Period // of the value; one that adds up goes from the beginning of the year
	Amount     Amount
	Met, Known bool // as Definition.Meets tells
}

// newestWithin is how far back a value still says how things stand: a year.
const newestWithin = 366

// Standing returns how a unit of a level stands on a day: its newest value that ended by
// then, not older than a year, beside the target of the year of that value. What adds up
// over periods counts from the beginning of its year, and is short of its target only
// once the year is over. ok is false without a value.
func (b *Book) Standing(code string, unit uint32, level data.Level, day data.Day) (s Standing, ok bool) {
	d := b.Definition(code)
	if d == nil {
		return s, false
	}
	newest, first := b.newest(code, unit, day)
	if !newest.to.Known() {
		return s, false
	}
	if !d.Adds() {
		first = newest.from
	}
	s = Standing{Definition: d, Unit: unit, Period: b.period(first, newest.to), Target: d.Target(unit, level, newest.to.Year())}
	if unit == 0 {
		s.Amount, _ = b.Over(code, s.Period)
	} else {
		s.Amount = b.Of(code, unit, s.Period)
	}
	s.Met, s.Known = d.Meets(s.Amount, s.Target)
	if d.Adds() && !yearOver(newest.to) {
		s.Known = s.Known && s.Met != d.Lower // more may come: a sum is not short yet, nor is a limit kept
	}
	return s, s.Amount.Known()
}

// Adds reports whether values of shorter periods make that of a longer one as their sum.
func (d *Definition) Adds() bool { return d.OverPeriods == Sum && !d.Rate() }

// period is the period of some days, by its name where values were typed for it.
func (b *Book) period(from, to data.Day) data.Period {
	if p, ok := b.periods[[2]data.Day{from, to}]; ok {
		return p
	}
	p, err := data.FreePeriod(from, to)
	if err != nil {
		return data.Period{From: from, To: to}
	}
	return p
}

// yearOver reports whether a period that ends on a day ends its year, of the calendar or
// of Nghị định 09/2019, which ends on 14/12.
func yearOver(to data.Day) bool {
	_, m, d := to.Civil()
	return m == time.December && (d == 14 || d == 31)
}

// newest returns the value that ends last by a day, the longest of several, and the day
// on which the first value of its year begins. For the office those of its units count
// too; a formula has the values of its parts.
func (b *Book) newest(code string, unit uint32, day data.Day) (out piece, first data.Day) {
	list := b.piecesOf(code, unit, day)
	for _, x := range list {
		if x.to > out.to || x.to == out.to && x.from < out.from {
			out = x
		}
	}
	first = out.from
	for _, x := range list {
		if x.to.Year() == out.to.Year() {
			first = min(first, x.from)
		}
	}
	return out, first
}

func (b *Book) piecesOf(code string, unit uint32, day data.Day) (list []piece) {
	list = data.Where(b.values[code], func(x piece) bool { return (unit == 0 || x.unit == unit) && x.to <= day && x.to > day-newestWithin })
	if f, ok := b.formulas[code]; ok {
		for _, other := range f.Codes() {
			list = append(list, b.piecesOf(other, unit, day)...)
		}
	}
	return list
}

// Standings returns how the office and its units stand on a day, in all indicators that
// hold then, in their order; level tells the level of a unit.
func (b *Book) Standings(day data.Day, level func(unit uint32) data.Level) (out []Standing) {
	for i := range b.Definitions {
		d := &b.Definitions[i]
		if !d.ValidIn(data.Period{From: day, To: day}) {
			continue
		}
		units := b.units(d.Code)
		if !slices.Contains(units, 0) {
			units = append([]uint32{0}, units...)
		}
		for _, unit := range units {
			if s, ok := b.Standing(d.Code, unit, level(unit), day); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// Short is by how much a value misses its target, as a part of the target; nil where it
// does not.
func (s *Standing) Short() *big.Rat {
	want, ok := new(big.Rat).SetString(s.Target)
	if !ok || !s.Known || s.Met {
		return nil
	}
	if s.Definition.Kind == Yes {
		want.Mul(want, big.NewRat(100, 1))
	}
	gap := new(big.Rat).Sub(want, s.Amount.Plain())
	gap.Abs(gap)
	if want.Sign() != 0 {
		gap.Quo(gap, want.Abs(want))
	}
	return gap
}

// Asked writes a target as people read it: «ít nhất 80 %», «có».
func (d *Definition) Asked(target string) string {
	switch {
	case target == "":
		return ""
	case d.Kind == Yes:
		return "có"
	}
	text := ShowPlain(target)
	if d.Rate() || d.Unit == "%" {
		text += " %"
	}
	if d.Lower {
		return "nhiều nhất " + text
	}
	return "ít nhất " + text
}
