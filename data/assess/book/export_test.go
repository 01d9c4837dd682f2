package book

import (
	"giaoban/data"
	"giaoban/data/assess"
)

// ForecastOn is Forecast as of another day of the period.
func (b *Book) ForecastOn(sheet uint64, day data.Day) (assess.Forecast, error) {
	c, err := b.Card(sheet)
	if err != nil {
		return assess.Forecast{}, err
	}
	return b.forecast(c, day)
}
