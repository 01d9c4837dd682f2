// Package chart turns figures into pictures made of a few kinds of shapes, which
// paper and screen paint each in their own way, so that both show the same
// picture. Shades are four steps of grey or hatching that a photocopy keeps.
//
// It measures text only through a function that the painter gives, and it never
// computes a figure: every mark carries the text that its table prints.
package chart

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
	leastSize  = 6.5
	sourceSize = 8.0
)

func shadeOf(series int) Shade { return Shade(series % 4) }

func dashOf(series int) float64 { return [...]float64{0, 4, 1.5, 8}[series%4] }
