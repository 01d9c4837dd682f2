// Package chart turns figures into pictures made of a few kinds of shapes, which
// paper and screen paint each in their own way, so that both show the same
// picture. Shades are four steps of grey or hatching that a photocopy keeps.
//
// It measures text only through a function that the painter gives, and it never
// computes a figure: every mark carries the text that its table prints.
package chart

import (
	"math"
	"strconv"
	"strings"

	"giaoban/data"
)

// Kind is the kind of a chart.
type Kind uint8

// The kinds.
const (
	Bars    Kind = iota // groups of upright bars
	Stacked             // upright bars, the series on top of each other
	Ranking             // lying bars, one series, longest names left
	Lines               // one line a series over the categories
	Donut               // parts of a whole, one series
	Spark               // one small line without axes
)

// Value is one mark of a chart.
type Value struct {
	Size    float64 // never negative
	Text    string  // as the table prints it; "" for no text
	Missing bool    // there is no figure: no mark is drawn
}

// Series is a row of values, one a category.
type Series struct {
	Name   string
	Values []Value
}

// Chart is a picture still to be laid out.
type Chart struct {
	Kind       Kind
	Title      string // states the finding
	Source     string // "" for none
	Categories []string
	Series     []Series
}

// Empty reports whether the chart has nothing to show.
func (c Chart) Empty() bool {
	for _, s := range c.Series {
		for _, v := range s.Values {
			if !v.Missing && v.Size > 0 {
				return false
			}
		}
	}
	return true
}

// ShapeKind is the kind of a shape.
type ShapeKind uint8

// The kinds of shape.
const (
	Area ShapeKind = iota // closed, filled: Points x, y, x, y, …
	Path                  // open line: Points
	Text                  // Text at Points[0], Points[1], its baseline
)

// Anchor says which part of a text stands at its point.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Shade is the filling of an area, or the look of a line: a step of grey or a
// hatching. Screens may show each shade in a colour of their own.
type Shade uint8

// The shades in the order in which series take them.
const (
	Dark Shade = iota
	Light
	Hatched
	Pale
	Ink    // lines and text
	Faint  // guide lines
	Ground // white
)

// Grey returns the grey of a shade, 0 black to 1 white.
func (s Shade) Grey() float64 {
	return [...]float64{0.30, 0.72, 1, 0.88, 0, 0.75, 1}[s]
}

// Shape is one thing to paint. Lengths are points, y from the top down.
type Shape struct {
	Kind    ShapeKind
	Points  []float64
	Shade   Shade
	Series  int     // the series it belongs to, -1 for none
	Value   int     // the value of it that it draws, from 1; 0 for none
	Width   float64 // of a line, or of the edge of an area
	Dash    float64 // length of strokes, 0 for solid
	Text    string
	Size    float64
	Bold    bool
	Italics bool
	Anchor  Anchor
}

// Picture is a chart laid out in a frame of W × H points.
type Picture struct {
	W, H   float64
	Shapes []Shape
}

// Measure returns the width in points of a text of a size.
type Measure func(text string, size float64, bold bool) float64

// Sizes of texts in points.
const (
	titleSize  = 11.0
	labelSize  = 9.0
	sourceSize = 8.0
)

// LeastSize is the size of the least text of a picture in points.
const LeastSize = 6.5

func shadeOf(series int) Shade { return Shade(series % 4) }

func dashOf(series int) float64 { return [...]float64{0, 4, 1.5, 8}[series%4] }

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
