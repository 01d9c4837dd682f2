package scoring

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"giaoban/data"
)

// Points are points of the index in thousandths: 0,5 is 500.
type Points int64

// Point is one whole point.
const Point Points = 1000

// maxPoints bounds points in sets, far above any scale in use (1000 of DTI).
const maxPoints = 1_000_000 * Point

// String writes the points with a comma and at least two decimals, a third where
// there is one: "0,50", "0,125". What a rule takes is never printed otherwise.
func (p Points) String() string {
	if p < 0 {
		return "–" + (-p).String()
	}
	out := fmt.Sprintf("%s,%03d", data.FormatInt(int64(p/Point)), p%Point)
	if p%10 == 0 {
		out = out[:len(out)-1]
	}
	return out
}

// Decimal writes the points as String does, with a full stop and without dots
// between thousands, as commands print them: 0.50, 0.125.
func (p Points) Decimal() json.Number {
	if p < 0 {
		return "-" + (-p).Decimal()
	}
	out := fmt.Sprintf("%d.%03d", p/Point, p%Point)
	if p%10 == 0 {
		out = out[:len(out)-1]
	}
	return json.Number(out)
}

func (p Points) rat() *big.Rat { return big.NewRat(int64(p), int64(Point)) }

// MarshalJSON writes a number without needless decimals: 0.125.
func (p Points) MarshalJSON() ([]byte, error) { return Number{p.rat()}.MarshalJSON() }

// ParsePoints reads points as officers type them, with at most three decimals: see
// ParseNumber. The error is a Vietnamese fragment.
func ParsePoints(text string) (p Points, err error) {
	n, err := ParseNumber(text)
	if err == nil {
		err = p.take(n.Rat())
	}
	return p, err
}

// UnmarshalJSON reads a number with at most three decimals.
func (p *Points) UnmarshalJSON(raw []byte) error {
	r, err := parseNumber(raw)
	if err != nil {
		return err
	}
	return p.take(r)
}

// take sets the points to a number, which it changes.
func (p *Points) take(r *big.Rat) error {
	r.Mul(r, big.NewRat(int64(Point), 1))
	if !r.IsInt() {
		return errors.New("điểm chỉ có tối đa ba chữ số thập phân")
	}
	if n := r.Num(); !n.IsInt64() || n.Int64() > int64(maxPoints) || n.Int64() < -int64(maxPoints) {
		return errors.New("điểm quá lớn")
	}
	*p = Points(r.Num().Int64())
	return nil
}

// Number is an exact decimal number: a threshold, a count, an amount. The zero
// value is 0.
type Number struct{ r *big.Rat }

// Int returns the number of an integer.
func Int(n int64) Number { return Number{big.NewRat(n, 1)} }

// NumberOf returns the number of a fraction that a decimal number can write.
func NumberOf(r *big.Rat) Number { return Number{new(big.Rat).Set(r)} }

// ParseNumber reads a number as officers type it, by the rule of data.ParseDecimal:
// 1.500 is fifteen hundred, 1,5 is a decimal; powers of ten, as workbooks write
// them, are read too. The error is a Vietnamese fragment.
func ParseNumber(text string) (Number, error) {
	if strings.ContainsAny(text, "eE") {
		r, err := parsePlain(text)
		return Number{r}, err
	}
	r, err := data.ParseDecimal(text)
	if err != nil {
		return Number{}, errNotNumber
	}
	return Number{r}, nil
}

// Rat returns the number; the result belongs to the caller.
func (n Number) Rat() *big.Rat {
	if n.r == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Set(n.r)
}

// Cmp compares two numbers as big.Rat.Cmp does.
func (n Number) Cmp(m Number) int { return n.Rat().Cmp(m.Rat()) }

// Equal reports whether two numbers are the same.
func (n Number) Equal(m Number) bool { return n.Cmp(m) == 0 }

// Sign returns -1, 0 or 1.
func (n Number) Sign() int { return n.Rat().Sign() }

// IsInt reports whether the number is whole.
func (n Number) IsInt() bool { return n.Rat().IsInt() }

func (n Number) decimal() string {
	prec, _ := n.Rat().FloatPrec()
	return n.Rat().FloatString(prec)
}

// String writes the number with a comma and its own decimals: "81,56".
func (n Number) String() string { return strings.Replace(n.decimal(), ".", ",", 1) }

// MarshalJSON writes a JSON number.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n.decimal()), nil }

// UnmarshalJSON reads a JSON number, or a string that an officer typed: see
// ParseNumber.
func (n *Number) UnmarshalJSON(raw []byte) error {
	r, err := parseNumber(raw)
	if err != nil {
		return err
	}
	n.r = r
	return nil
}

var errNotNumber = errors.New("cần một số")

func parseNumber(raw []byte) (*big.Rat, error) {
	text := string(raw)
	if !strings.HasPrefix(text, `"`) {
		return parsePlain(text)
	}
	if err := json.Unmarshal(raw, &text); err != nil {
		return nil, errNotNumber
	}
	n, err := ParseNumber(text)
	return n.r, err
}

// parsePlain reads a number of JSON, whose full stop always begins decimals. It
// bounds length and exponent, so that a short text cannot ask for a number that
// fills the memory.
func parsePlain(text string) (*big.Rat, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 40 {
		return nil, errNotNumber
	}
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(text), "e")
	mantissa = strings.Replace(mantissa, ",", ".", 1)
	whole, fraction, dotted := strings.Cut(strings.TrimLeft(mantissa, "+-"), ".")
	if len(mantissa)-len(strings.TrimLeft(mantissa, "+-")) > 1 || !digits(whole) || dotted && !digits(fraction) {
		return nil, errNotNumber
	}
	if scientific {
		if e := strings.TrimLeft(exponent, "+-"); len(exponent)-len(e) > 1 || !digits(e) || len(e) > 2 {
			return nil, errNotNumber
		}
		mantissa += "e" + exponent
	}
	r, ok := new(big.Rat).SetString(mantissa)
	if !ok {
		return nil, errNotNumber
	}
	return r, nil
}

func digits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}
