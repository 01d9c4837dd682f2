package briefing

import (
	"fmt"
	"math"
)

// SampleError is the half-width of a share of n slips out of of dossiers at 95 % where half are
// satisfied, which is the widest; "" from 400 slips on, and without slips.
func SampleError(n, of int64) string {
	const enough = 400
	if n == 0 || n >= enough {
		return ""
	}
	part := 1.0
	if of > n {
		part = 1 - float64(n)/float64(of)
	} else if of == n {
		part = 0
	}
	return "± " + tenths(98*math.Sqrt(part/float64(n)))
}

func tenths(v float64) string {
	n := int64(math.Round(v * 10))
	return fmt.Sprintf("%d,%d", n/10, n%10)
}
