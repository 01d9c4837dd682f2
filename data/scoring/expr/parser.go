package expr

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Expr is a formula that was read. It never changes and may be used from
// several goroutines.
type Expr struct {
	root *node
	vars []string
}

// node is one step of a formula: a number, a variable, an operator or a
// function.
type node struct {
	op   string // "num", "var", "neg", an operator, or a function
	num  *big.Rat
	name string
	args []*node
}

// truth reports whether the node gives yes or no instead of a number.
func (n *node) truth() bool {
	switch n.op {
	case "==", "!=", "<", "<=", ">", ">=", "and", "or", "not":
		return true
	}
	return false
}

// Parse reads a formula. The error is an *Error.
func Parse(text string) (*Expr, error) {
	toks, err := scan(text)
	if err != nil {
		return nil, err
	}
	if toks, err = settle(toks); err != nil {
		return nil, err
	}
	p := &parser{toks: toks}
	root, err := p.or()
	if err != nil {
		return nil, err
	}
	if t := p.next(); t.kind != tokEnd {
		return nil, &Error{"thừa «" + clip(t.text) + "»", t.at}
	}
	return &Expr{root, p.vars}, nil
}

// IsCondition reports whether the formula gives yes or no instead of a number.
func (e *Expr) IsCondition() bool { return e.root.truth() }

// Vars returns the names of the variables, each once, in order of appearance.
func (e *Expr) Vars() []string { return slices.Clone(e.vars) }

type parser struct {
	toks  []token
	depth int
	vars  []string
}

func (p *parser) peek() token { return p.toks[0] }

func (p *parser) next() token {
	t := p.toks[0]
	if t.kind != tokEnd {
		p.toks = p.toks[1:]
	}
	return t
}

// take steps over one of the operators and returns it.
func (p *parser) take(ops ...string) (token, bool) {
	if t := p.peek(); t.kind == tokOp && slices.Contains(ops, t.text) {
		return p.next(), true
	}
	return token{}, false
}

// enter counts how deep the parser is.
func (p *parser) enter(at int) error {
	if p.depth++; p.depth > maxDepth {
		return &Error{"quá nhiều dấu ngoặc lồng nhau", at}
	}
	return nil
}

// chain reads operands with left-associative operators between them.
func (p *parser) chain(operand func() (*node, error), truth bool, ops ...string) (*node, error) {
	left, err := operand()
	if err != nil {
		return nil, err
	}
	for {
		t, ok := p.take(ops...)
		if !ok {
			return left, nil
		}
		right, err := operand()
		if err != nil {
			return nil, err
		}
		if left, err = join(t, truth, left, right); err != nil {
			return nil, err
		}
	}
}

// join builds an operator whose operands are all conditions or all numbers.
func join(t token, truth bool, args ...*node) (*node, error) {
	for _, a := range args {
		if a.truth() != truth {
			if truth {
				return nil, &Error{"«" + t.text + "» nối các điều kiện, không nối số", t.at}
			}
			return nil, &Error{"«" + t.text + "» cần số, không cần điều kiện", t.at}
		}
	}
	return &node{op: t.text, args: args}, nil
}

func (p *parser) or() (*node, error)  { return p.chain(p.and, true, "or") }
func (p *parser) and() (*node, error) { return p.chain(p.not, true, "and") }

func (p *parser) not() (*node, error) {
	t, ok := p.take("not")
	if !ok {
		return p.comparison()
	}
	if err := p.enter(t.at); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	arg, err := p.not()
	if err != nil {
		return nil, err
	}
	return join(t, true, arg)
}

func (p *parser) comparison() (*node, error) {
	left, err := p.sum()
	if err != nil {
		return nil, err
	}
	ops := []string{"==", "!=", "<", "<=", ">", ">="}
	t, ok := p.take(ops...)
	if !ok {
		return left, nil
	}
	right, err := p.sum()
	if err != nil {
		return nil, err
	}
	if again, ok := p.take(ops...); ok {
		return nil, &Error{"hai phép so sánh liền nhau; nối bằng and", again.at}
	}
	return join(t, false, left, right)
}

func (p *parser) sum() (*node, error)     { return p.chain(p.product, false, "+", "-") }
func (p *parser) product() (*node, error) { return p.chain(p.sign, false, "*", "/") }

func (p *parser) sign() (*node, error) {
	t, ok := p.take("-", "+")
	if !ok {
		return p.primary()
	}
	if err := p.enter(t.at); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	arg, err := p.sign()
	if err != nil {
		return nil, err
	}
	if arg.truth() {
		return nil, &Error{"«" + t.text + "» cần số, không cần điều kiện", t.at}
	}
	if t.text == "+" {
		return arg, nil
	}
	return &node{op: "neg", args: []*node{arg}}, nil
}

func (p *parser) primary() (*node, error) {
	switch t := p.next(); {
	case t.kind == tokNumber:
		return &node{op: "num", num: t.num}, nil
	case t.kind == tokName:
		if open, ok := p.take("("); ok {
			return p.call(t, open)
		}
		if !slices.Contains(p.vars, t.text) {
			p.vars = append(p.vars, t.text)
		}
		return &node{op: "var", name: t.text}, nil
	case t.kind == tokOp && t.text == "(":
		if err := p.enter(t.at); err != nil {
			return nil, err
		}
		defer func() { p.depth-- }()
		inner, err := p.or()
		if err != nil {
			return nil, err
		}
		return inner, p.closing(t)
	case t.kind == tokEnd:
		if len(p.toks) == 1 && t.at == 1 {
			return nil, &Error{"chưa ghi công thức", t.at}
		}
		return nil, &Error{"công thức còn thiếu ở cuối", t.at}
	default:
		return nil, &Error{"«" + t.text + "» đứng không đúng chỗ", t.at}
	}
}

func (p *parser) closing(open token) error {
	if _, ok := p.take(")"); !ok {
		return &Error{"thiếu dấu đóng ngoặc", open.at}
	}
	return nil
}

// functions tells the least and the greatest number of values.
var functions = map[string][2]int{"min": {2, 20}, "max": {2, 20}, "abs": {1, 1}, "floor": {1, 1}, "ceil": {1, 1}, "round": {1, 2}, "if": {3, 3}}

// Functions lists the functions with what they give, for people who write formulas.
func Functions() [][2]string {
	return [][2]string{
		{"min(x; y; …)", "nhỏ nhất"}, {"max(x; y; …)", "lớn nhất"}, {"abs(x)", "trị tuyệt đối"},
		{"floor(x)", "số nguyên không lớn hơn"}, {"ceil(x)", "số nguyên không nhỏ hơn"},
		{"round(x; n)", "làm tròn n số lẻ"}, {"if(điều kiện; x; y)", "x khi đúng, y khi không"},
	}
}

// functionName returns the name of a function as the grammar has it.
func functionName(name string) string {
	switch name = strings.ToLower(name); name {
	case "nếu":
		return "if"
	}
	return name
}

func (p *parser) call(name, open token) (*node, error) {
	name.text = functionName(name.text)
	limits, ok := functions[name.text]
	if !ok {
		return nil, &Error{"không có hàm «" + clip(name.text) + "», chỉ có min, max, abs, floor, ceil, round, if", name.at}
	}
	if err := p.enter(open.at); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	var args []*node
	for {
		arg, err := p.or()
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
		if _, more := p.take(","); !more {
			break
		}
	}
	if err := p.closing(open); err != nil {
		return nil, err
	}
	if len(args) < limits[0] || len(args) > limits[1] {
		return nil, &Error{fmt.Sprintf("hàm %s không nhận %d giá trị", name.text, len(args)), name.at}
	}
	if name.text == "if" {
		if !args[0].truth() || args[1].truth() || args[2].truth() {
			return nil, &Error{"hàm if cần điều kiện rồi hai giá trị, ví dụ if(n = 0; 0; 1 + n)", name.at}
		}
		return &node{op: "if", args: args}, nil
	}
	return join(name, false, args...)
}
