package command

import "giaoban/data/exchange"

// dateOrder is the officer's answer for dates that can be read both ways.
func dateOrder(c *call) exchange.Order {
	switch {
	case c.has("day-first"):
		return exchange.DayFirst
	case c.has("month-first"):
		return exchange.MonthFirst
	}
	return exchange.AutoOrder
}
