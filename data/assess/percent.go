package assess

import (
	"math/big"

	"giaoban/data"
	"giaoban/data/scoring"
)

// percentText writes b of a with two decimals and the sign; never 100 for b < a,
// nor 0 for b > 0 (architecture rule 6). "a = 0" where there is no percentage.
func percentText(b, a scoring.Number) string {
	if a.Sign() == 0 {
		return "a = 0"
	}
	x := b.Rat()
	x.Quo(x, a.Rat()).Mul(x, big.NewRat(10000, 1))
	num := new(big.Int).Mul(x.Num(), big.NewInt(2))
	num.Add(num, x.Denom())
	n := num.Div(num, new(big.Int).Mul(x.Denom(), big.NewInt(2)))
	if !n.IsInt64() {
		return "quá lớn"
	}
	h := n.Int64()
	switch {
	case h >= 10000 && b.Cmp(a) < 0:
		h = 9999
	case h == 0 && b.Sign() > 0:
		h = 1
	}
	return data.FormatHundredths(h) + "%"
}
