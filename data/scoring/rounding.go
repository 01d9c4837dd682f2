package scoring

import "math/big"

// The ways of rounding.
const (
	HalfUp = "half_up" // 0,125 is 0,13
	Down   = "down"    // 0,129 is 0,12: what is over is cut off
)

// When points are rounded.
const (
	RoundLeaves = "round_leaf_then_sum" // so that the printed table adds up
	RoundTotal  = "round_total"         // leaves and parents are summed exactly, what is shown is rounded
)

// Rounding says how points become the decimals that are printed
// (scoring 3.2, case 6).
type Rounding struct {
	LeafDecimals  int    `json:"leaf_decimals"`  // 0 to 3
	TotalDecimals int    `json:"total_decimals"` // 0 to 3
	Mode          string `json:"mode"`           // HalfUp, Down
	When          string `json:"when"`           // RoundLeaves, RoundTotal
}

// round returns r rounded to the decimals; halves and cuts are by magnitude.
func (o Rounding) round(r *big.Rat, decimals int) Points {
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	num := new(big.Int).Mul(new(big.Int).Abs(r.Num()), big.NewInt(scale))
	den := r.Denom()
	if o.Mode == HalfUp {
		num.Mul(num, big.NewInt(2)).Add(num, den)
		den = new(big.Int).Mul(den, big.NewInt(2))
	}
	n := Points(num.Quo(num, den).Int64()) * Points(1000/scale)
	if r.Sign() < 0 {
		return -n
	}
	return n
}

func (o Rounding) leaf(r *big.Rat) Points  { return o.round(r, o.LeafDecimals) }
func (o Rounding) total(r *big.Rat) Points { return o.round(r, o.TotalDecimals) }
