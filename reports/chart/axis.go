package chart

import (
	"math"
	"strconv"
	"strings"

	"giaoban/data"
)

// Drawn returns the chart as it is painted: lines that nowhere join two values
// become bars, for lone dots show nothing.
func (c Chart) Drawn() Chart {
	if c.Kind != Lines {
		return c
	}
	for _, s := range c.Series {
		for i := 1; i < min(len(s.Values), len(c.Categories)); i++ {
			if !s.Values[i-1].Missing && !s.Values[i].Missing {
				return c
			}
		}
	}
	c.Kind = Bars
	return c
}

// floor is where the axis of a chart begins: at nought but for lines, which show
// change. Theirs begins below the least value by half of the range, at a round
// number, and at nought where that is near.
func (c Chart) floor() float64 {
	most := highest(c)
	if c.Kind != Lines || most == 0 {
		return 0
	}
	low := most
	for _, s := range c.Series {
		for _, v := range s.Values {
			if !v.Missing {
				low = math.Min(low, v.Size)
			}
		}
	}
	if low -= (most - low) / 2; low < most/4 {
		return 0
	}
	low = math.Min(low, most*0.9)
	// Whole steps keep decimals exact: 84,5 is no 84,49999.
	step := math.Floor(math.Log10(most - low))
	if step < 0 {
		scale := math.Pow(10, -step)
		return math.Floor(low*scale) / scale
	}
	scale := math.Pow(10, step)
	return math.Floor(low/scale) * scale
}

// axisNote says where an axis begins that does not begin at nought.
func (c Chart) axisNote() string {
	floor := c.floor()
	if floor == 0 {
		return ""
	}
	text := strings.Replace(strconv.FormatFloat(floor, 'f', -1, 64), ".", ",", 1)
	if whole := math.Round(floor); math.Abs(floor-whole) < 1e-9 {
		text = data.FormatInt(int64(whole))
	}
	return "Trục đứng bắt đầu từ " + text + ", không từ 0."
}
