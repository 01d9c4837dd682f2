package workday

import "slices"

// WithHours returns the calendar with other office hours on all the days that have
// those of an ordinary day.
func (c *Calendar) WithHours(h Hours) (*Calendar, error) {
	if err := h.Validate(); err != nil {
		return nil, err
	}
	regimes := slices.Clone(c.regimes)
	for i := range regimes {
		r := &regimes[i]
		r.week = r.week.clone()
		for day := range r.week {
			if slices.Equal(r.week[day], r.hours) {
				r.week[day] = h
			}
		}
		r.hours = slices.Clone(h)
	}
	return build(regimes, c.given())
}
