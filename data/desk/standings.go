package desk

import (
	"cmp"
	"slices"

	"giaoban/data"
	"giaoban/data/indicator"
)

// WholeOffice names the office among its units.
const WholeOffice = "Toàn cơ quan"

// IndicatorStanding is how the office or one of its units stands in an indicator.
type IndicatorStanding struct {
	indicator.Standing
	UnitName string
}

// Value writes the value as people read it.
func (s *IndicatorStanding) Value() string { return s.Definition.Shown(s.Amount) }

// Below reports whether the value misses what is asked.
func (s *IndicatorStanding) Below() bool { return s.Known && !s.Met }

// IndicatorStandings returns how the office and its units stand on a day in all
// indicators, see indicator.Book.Standing; targets are by unit, level and year.
func (d reading) IndicatorStandings(day data.Day) ([]IndicatorStanding, error) {
	book, err := d.IndicatorBook()
	if err != nil {
		return nil, err
	}
	c := d.Catalogue()
	var out []IndicatorStanding
	for _, s := range book.Standings(day, func(unit uint32) data.Level { return c.Unit(unit).Level }) {
		name := WholeOffice
		if s.Unit != 0 {
			name = c.Unit(s.Unit).Name
		}
		out = append(out, IndicatorStanding{s, name})
	}
	return out, nil
}

// BelowTarget returns those that miss what is asked of them: the office first, then
// the farthest from its target.
func BelowTarget(list []IndicatorStanding) (out []IndicatorStanding) {
	out = data.Where(list, func(s IndicatorStanding) bool { return s.Below() })
	office := func(s *IndicatorStanding) int { return cmp.Compare(min(s.Unit, 1), 0) }
	slices.SortStableFunc(out, func(a, b IndicatorStanding) int {
		return cmp.Or(cmp.Compare(office(&a), office(&b)), b.Short().Cmp(a.Short()))
	})
	return out
}
