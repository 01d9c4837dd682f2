package indicator

import (
	"math/big"
	"slices"
	"strings"

	"giaoban/data"
)

// Formula is a parsed formula: + − × ÷ with brackets over numbers and codes. A rate
// counts as its percentage.
type Formula struct{ root *node }

// node is a number, a code, or an operation over two.
type node struct {
	op          byte // 0 for a leaf
	left, right *node
	code        string
	number      *big.Rat
}

// maxFormula bounds the letters of a formula, and so how deep its brackets go.
const maxFormula = 500

type parser struct {
	rest string
	err  error
}

// ParseFormula reads a formula such as (A + B) / C * 100. The error says where it stops
// being one.
func ParseFormula(s string) (Formula, error) {
	if len(s) > maxFormula {
		return Formula{}, refuse("formula", "Công thức dài quá %d chữ. Chia thành vài chỉ tiêu.", maxFormula)
	}
	p := &parser{rest: strings.TrimSpace(s)}
	root := p.sum()
	if p.err == nil && p.rest != "" {
		p.fail()
	}
	return Formula{root}, p.err
}

func (p *parser) fail() {
	if p.err == nil {
		at := p.rest
		if at == "" {
			at = "cuối công thức"
		}
		p.err = refuse("formula", "Công thức không đọc được từ «%s». Dùng mã chỉ tiêu, số và các dấu + - * / ( ), ví dụ A / B * 100.", at)
	}
}

// take takes one of some letters.
func (p *parser) take(letters string) byte {
	if p.rest == "" || !strings.ContainsRune(letters, rune(p.rest[0])) {
		return 0
	}
	c := p.rest[0]
	p.rest = strings.TrimLeft(p.rest[1:], " ")
	return c
}

func (p *parser) sum() *node     { return p.chain("+-", p.product) }
func (p *parser) product() *node { return p.chain("*/", p.leaf) }

func (p *parser) chain(ops string, next func() *node) *node {
	n := next()
	for p.err == nil {
		op := p.take(ops)
		if op == 0 {
			break
		}
		n = &node{op: op, left: n, right: next()}
	}
	return n
}

func (p *parser) leaf() *node {
	if p.take("(") != 0 {
		n := p.sum()
		if p.take(")") == 0 {
			p.fail()
		}
		return n
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && r != '_' && r != '.' && r != ','
	})
	if end < 0 {
		end = len(p.rest)
	}
	word := p.rest[:end]
	n := &node{code: word}
	if !codePattern.MatchString(word) {
		number, err := data.ParseDecimal(word)
		if err != nil {
			p.fail()
			return n
		}
		n = &node{number: number}
	}
	p.rest = strings.TrimLeft(p.rest[end:], " ")
	return n
}

// Codes are the indicators that it names, each once.
func (f Formula) Codes() (codes []string) {
	var walk func(n *node)
	walk = func(n *node) {
		switch {
		case n == nil:
		case n.op != 0:
			walk(n.left)
			walk(n.right)
		case n.code != "" && !slices.Contains(codes, n.code):
			codes = append(codes, n.code)
		}
	}
	walk(f.root)
	return codes
}

// Of works it out; unknown where a part is, or where it divides by nought. Of a rate
// the outermost ÷ keeps numerator and denominator.
func (f Formula) Of(d *Definition, get func(code string) Amount) Amount {
	value := func(n *node) *big.Rat { return n.of(get) }
	if d.Kind == Ratio {
		if f.root.op != '/' {
			if v := value(f.root); v != nil {
				return Amount{B: v, A: big.NewRat(100, 1), Percent: true}
			}
			return Amount{}
		}
		b, a := value(f.root.left), value(f.root.right)
		if b == nil || a == nil || a.Sign() <= 0 {
			return Amount{}
		}
		return Amount{B: b, A: a}
	}
	return Amount{B: value(f.root)}
}

func (n *node) of(get func(string) Amount) *big.Rat {
	switch {
	case n.number != nil:
		return n.number
	case n.op == 0:
		a := get(n.code)
		if a.Sign != "" {
			return nil
		}
		return a.Plain()
	}
	l, r := n.left.of(get), n.right.of(get)
	if l == nil || r == nil {
		return nil
	}
	switch out := new(big.Rat); n.op {
	case '+':
		return out.Add(l, r)
	case '-':
		return out.Sub(l, r)
	case '*':
		return out.Mul(l, r)
	default:
		if r.Sign() == 0 {
			return nil
		}
		return out.Quo(l, r)
	}
}
