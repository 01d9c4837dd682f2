package data

import (
	"math/big"
	"strconv"
	"strings"
)

// FormatInt writes an integer with dots between thousands: 34.170.
func FormatInt(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "–", s[1:]
	}
	head := len(s) % 3
	var b strings.Builder
	b.WriteString(sign)
	b.WriteString(s[:head])
	for i := head; i < len(s); i += 3 {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s[i : i+3])
	}
	return b.String()
}

// FormatSigned writes a change with its sign: "+34.170", "–2", "0".
func FormatSigned(n int64) string {
	if n > 0 {
		return "+" + FormatInt(n)
	}
	return FormatInt(n)
}

// Ratio is an exact rate: Numerator of Denominator.
type Ratio struct {
	Numerator, Denominator int64
}

// Hundredths returns the percentage in hundredths of a point, rounded half up.
// A rate below one is never rounded to 100,00, a rate above nought never to
// 0,00 (architecture rule 6). ok is false when the denominator is nought.
func (r Ratio) Hundredths() (n int64, ok bool) {
	if r.Denominator == 0 {
		return 0, false
	}
	num := new(big.Int).Mul(big.NewInt(r.Numerator), big.NewInt(20000))
	num.Add(num, big.NewInt(r.Denominator))
	n = num.Div(num, big.NewInt(2*r.Denominator)).Int64()
	switch {
	case n >= 10000 && r.Numerator < r.Denominator:
		n = 9999
	case n == 0 && r.Numerator > 0:
		n = 1
	}
	return n, true
}

// Percent writes the percentage with two decimals and a comma, such as
// "92,31"; "-" when the denominator is nought.
func (r Ratio) Percent() string {
	n, ok := r.Hundredths()
	if !ok {
		return "-"
	}
	return FormatHundredths(n)
}

// Shown writes the rate as screens show it: "92,31 %", or "–" when there is none.
func (r Ratio) Shown() string {
	if r.Denominator == 0 {
		return "–"
	}
	return r.Percent() + " %"
}

// FormatHundredths writes an integer of hundredths with two decimals and a
// comma: 9231 is "92,31", -5 is "–0,05".
func FormatHundredths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "–", -n
	}
	frac := strconv.FormatInt(n%100, 10)
	if len(frac) < 2 {
		frac = "0" + frac
	}
	return sign + FormatInt(n/100) + "," + frac
}

// ChangePoints returns the change from an earlier rate in hundredths of a
// percentage point, taken between the two rates as printed, so that a reader
// can check it. ok is false when either denominator is nought.
func ChangePoints(now, before Ratio) (n int64, ok bool) {
	a, ok1 := now.Hundredths()
	b, ok2 := before.Hundredths()
	return a - b, ok1 && ok2
}

// FormatChange writes a change in hundredths with its sign: "+12,45", "–0,20",
// "0,00".
func FormatChange(n int64) string {
	if n > 0 {
		return "+" + FormatHundredths(n)
	}
	return FormatHundredths(n)
}
