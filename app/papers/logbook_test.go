package papers

import (
	"math"
	"testing"

	"giaoban/data/logbook"
)

// TestColumnsHoldDates: a running number and a date stand in one line on every paper,
// and the columns fill the width.
func TestColumnsHoldDates(t *testing.T) {
	for _, k := range logbook.Kinds() {
		for _, l := range k.Layouts {
			width := 165.0
			if l.Landscape {
				width = 257
			}
			sum := 0.0
			for i, w := range columnWidths(k, l.Columns, width) {
				sum += w
				c := l.Columns[i]
				if f := k.Field(c.Key); w <= 0 || c.Key == "#" && w < leastNumber || f != nil && f.Type == logbook.Day && w < leastDate {
					t.Errorf("%s, «%s»: %.1f mm", l.ID, c.Title, w)
				}
			}
			if math.Abs(sum-width) > 0.01 {
				t.Errorf("%s: %.2f mm of %.0f", l.ID, sum, width)
			}
		}
	}
}
