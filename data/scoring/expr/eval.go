package expr

import (
	"errors"
	"math/big"
)

// ErrDivision is returned when a formula divides by nought.
var ErrDivision = errors.New("công thức chia cho 0")

// ErrKind is returned when a condition is asked for a number, or the reverse.
var ErrKind = errors.New("công thức cho điều kiện ở chỗ cần số, hoặc ngược lại")

// Lookup gives the value of a variable. It is asked only for variables that the
// evaluation comes to, and its error ends the evaluation.
type Lookup func(name string) (*big.Rat, error)

// Number evaluates a formula that gives a number. Errors: ErrDivision, ErrKind,
// or the one of vars. The result belongs to the caller.
func (e *Expr) Number(vars Lookup) (*big.Rat, error) {
	if e.IsCondition() {
		return nil, ErrKind
	}
	return e.root.number(vars)
}

// Holds evaluates a condition. Errors as for Number. What stands right of an
// and, or of an or, is evaluated only where it matters.
func (e *Expr) Holds(vars Lookup) (bool, error) {
	if !e.IsCondition() {
		return false, ErrKind
	}
	return e.root.holds(vars)
}

func (n *node) number(vars Lookup) (*big.Rat, error) {
	switch n.op {
	case "num":
		return new(big.Rat).Set(n.num), nil
	case "var":
		v, err := vars(n.name)
		if err != nil {
			return nil, err
		}
		return new(big.Rat).Set(v), nil
	case "if":
		holds, err := n.args[0].holds(vars)
		if err != nil {
			return nil, err
		}
		if holds {
			return n.args[1].number(vars)
		}
		return n.args[2].number(vars)
	}
	out, err := n.args[0].number(vars)
	if err != nil {
		return nil, err
	}
	switch n.op {
	case "neg":
		return out.Neg(out), nil
	case "abs":
		return out.Abs(out), nil
	case "floor":
		return floor(out), nil
	case "ceil":
		return out.Neg(floor(out.Neg(out))), nil
	case "round":
		return n.round(out, vars)
	}
	for _, arg := range n.args[1:] {
		x, err := arg.number(vars)
		if err != nil {
			return nil, err
		}
		switch n.op {
		case "+":
			out.Add(out, x)
		case "-":
			out.Sub(out, x)
		case "*":
			out.Mul(out, x)
		case "/":
			if x.Sign() == 0 {
				return nil, ErrDivision
			}
			out.Quo(out, x)
		case "min":
			if x.Cmp(out) < 0 {
				out = x
			}
		case "max":
			if x.Cmp(out) > 0 {
				out = x
			}
		}
	}
	return out, nil
}

func (n *node) holds(vars Lookup) (bool, error) {
	switch n.op {
	case "and", "or":
		left, err := n.args[0].holds(vars)
		if err != nil || left == (n.op == "or") {
			return left, err
		}
		return n.args[1].holds(vars)
	case "not":
		v, err := n.args[0].holds(vars)
		return !v, err
	}
	left, err := n.args[0].number(vars)
	if err != nil {
		return false, err
	}
	right, err := n.args[1].number(vars)
	if err != nil {
		return false, err
	}
	switch c := left.Cmp(right); n.op {
	case "==":
		return c == 0, nil
	case "!=":
		return c != 0, nil
	case "<":
		return c < 0, nil
	case "<=":
		return c <= 0, nil
	case ">":
		return c > 0, nil
	default:
		return c >= 0, nil
	}
}

func floor(r *big.Rat) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Div(r.Num(), r.Denom()))
}

// maxDecimals bounds the decimals that round keeps.
const maxDecimals = 6

// ErrDecimals is returned when round is asked for decimals that it cannot keep.
var ErrDecimals = errors.New("hàm round nhận số chữ số thập phân nguyên từ 0 đến 6")

// round rounds halves away from nought.
func (n *node) round(x *big.Rat, vars Lookup) (*big.Rat, error) {
	scale := big.NewRat(1, 1)
	if len(n.args) > 1 {
		d, err := n.args[1].number(vars)
		if err != nil {
			return nil, err
		}
		if !d.IsInt() || d.Sign() < 0 || d.Cmp(big.NewRat(maxDecimals, 1)) > 0 {
			return nil, ErrDecimals
		}
		for range d.Num().Int64() {
			scale.Mul(scale, big.NewRat(10, 1))
		}
	}
	sign := x.Sign()
	x.Abs(x).Mul(x, scale).Add(x, big.NewRat(1, 2))
	x = floor(x)
	x.Quo(x, scale)
	if sign < 0 {
		x.Neg(x)
	}
	return x, nil
}
