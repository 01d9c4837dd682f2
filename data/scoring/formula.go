package scoring

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"giaoban/data/scoring/expr"
)

// maxName is the variable that every formula has: the maximum of the leaf.
const maxName = "max"

// Formula computes points from named variables: the expression of the first
// case whose condition holds, else Expr, kept within the clamp (scoring 3.1).
type Formula struct {
	Vars  []Var  `json:"vars"`
	Cases []Case `json:"cases,omitempty"`
	Expr  string `json:"expr"` // may be empty where the cases cover everything
	// Clamp holds the least and the greatest points as formulas; empty for the
	// lowest points of the criterion and its maximum. The least may be below nought.
	Clamp []string `json:"clamp,omitempty"`
	Words

	program *program // set when a set is read; nil compiles anew
}

// Case is one case of a formula.
type Case struct {
	When string `json:"when"`
	Expr string `json:"expr"`
}

// program is a formula that was read.
type program struct {
	when, then []*expr.Expr
	otherwise  *expr.Expr    // nil where there is none
	clamp      [2]*expr.Expr // nil for the bounds of the leaf
}

// Kind returns KindFormula.
func (*Formula) Kind() Kind { return KindFormula }

// Inputs returns "vars".
func (*Formula) Inputs() []string { return []string{"vars"} }

func (r *Formula) variables() []Var { return r.Vars }

func (r *Formula) expressions() []string {
	out := append([]string{r.Expr}, r.Clamp...)
	for _, c := range r.Cases {
		out = append(out, c.When, c.Expr)
	}
	return out
}

// least is that of the clamp where it is a number.
func (r *Formula) least(n *Node) Points {
	if len(r.Clamp) != 2 {
		return 0
	}
	e, err := expr.Parse(r.Clamp[0])
	if err != nil || e.IsCondition() {
		return 0
	}
	x, err := e.Number(func(name string) (*big.Rat, error) {
		if name == maxName {
			return n.Max.rat(), nil
		}
		return nil, errors.New(name)
	})
	if err != nil {
		return -maxPoints // a bound that depends on the answer
	}
	return Rounding{Mode: HalfUp}.round(x, 3)
}

// Lines names the variables, the cases and the bounds.
func (r *Formula) Lines(*Node) []RuleLine {
	out := varLines(r.Vars)
	say := func(format string, args ...any) { out = append(out, RuleLine{Text: fmt.Sprintf(format, args...)}) }
	for _, c := range r.Cases {
		say("Nếu %s: %s", formulaWords(c.When), formulaWords(c.Expr))
	}
	switch {
	case r.Expr != "" && len(r.Cases) > 0:
		say("Các trường hợp khác: %s", formulaWords(r.Expr))
	case r.Expr != "":
		say("Điểm = %s", formulaWords(r.Expr))
	}
	if len(r.Clamp) == 2 && (r.Clamp[0] != "0" || r.Clamp[1] != maxName) {
		say("Điểm thấp nhất: %s; cao nhất: %s", formulaWords(r.Clamp[0]), formulaWords(r.Clamp[1]))
	}
	return out
}

// compile reads the formulas and refuses unknown names.
func (r *Formula) compile(s *Set) (*program, error) {
	known, err := s.names(r.Vars)
	if err != nil {
		return nil, err
	}
	p := new(program)
	for _, c := range r.Cases {
		when, err := compile(c.When, known, true)
		if err != nil {
			return nil, err
		}
		then, err := compile(c.Expr, known, false)
		if err != nil {
			return nil, err
		}
		p.when, p.then = append(p.when, when), append(p.then, then)
	}
	if r.Expr != "" || len(r.Cases) == 0 {
		if p.otherwise, err = compile(r.Expr, known, false); err != nil {
			return nil, err
		}
	}
	if len(r.Clamp) != 0 && len(r.Clamp) != 2 {
		return nil, errors.New("giới hạn điểm cần hai giá trị: thấp nhất và cao nhất")
	}
	for i, text := range r.Clamp {
		if p.clamp[i], err = compile(text, known, false); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// run computes the points of n and says which case it was.
func (p *program) run(r *Formula, n *Node, vars expr.Lookup) (points *big.Rat, words string, err error) {
	e, text := p.otherwise, r.Expr
	for i, when := range p.when {
		holds, err := when.Holds(vars)
		if err != nil {
			return nil, "", err
		}
		if holds {
			e, text = p.then[i], r.Cases[i].Expr
			words = "nếu " + formulaWords(r.Cases[i].When) + ": "
			break
		}
	}
	if e == nil {
		return nil, "", errors.New("không có trường hợp nào của công thức đúng với số liệu")
	}
	out, err := e.Number(vars)
	if err != nil {
		return nil, "", err
	}
	words += formulaWords(text)
	if !formulaPlain.MatchString(strings.TrimSpace(text)) {
		words += " = " + shortRat(out)
	}
	bounds := [2]*big.Rat{n.lowestBound().rat(), n.Max.rat()}
	for i, e := range p.clamp {
		if e == nil {
			continue
		}
		if bounds[i], err = e.Number(vars); err != nil {
			return nil, "", err
		}
	}
	if out.Cmp(bounds[0]) < 0 {
		out = bounds[0]
		words += ", thấp nhất " + shortRat(out)
	}
	if out.Cmp(bounds[1]) > 0 {
		out = bounds[1]
		words += ", cao nhất " + shortRat(out)
	}
	return out, words, nil
}

// lowestBound is what the criterion itself allows.
func (n *Node) lowestBound() Points {
	if n.Min != nil {
		return min(0, *n.Min)
	}
	return 0
}

// check reads the formula and tries it with values: as a whole, and each of its
// expressions by itself, so that a case that seldom holds is tried too.
func (r *Formula) check(n *Node, s *Set, fault func(string, ...any)) {
	p, err := r.compile(s)
	if err != nil {
		fault("%s", err)
		return
	}
	for i, then := range p.then {
		if !tryFormula(r.Cases[i].Expr, n, s, r.Vars, then.Number, fault) {
			return
		}
	}
	if p.otherwise != nil && !tryFormula(r.Expr, n, s, r.Vars, p.otherwise.Number, fault) {
		return
	}
	tryFormula(r.Words.Text, n, s, r.Vars, func(vars expr.Lookup) (*big.Rat, error) {
		out, _, err := p.run(r, n, vars)
		return out, err
	}, fault)
}

func (r *Formula) score(n *Node, a *Answer, s *scene) (outcome, error) {
	p := r.program
	if p == nil {
		var err error
		if p, err = r.compile(s.set); err != nil {
			return outcome{}, err
		}
	}
	v, err := s.values(n, r.Vars, a)
	if err != nil {
		return outcome{}, err
	}
	out, words, err := p.run(r, n, v.lookup)
	if err != nil {
		return v.failed(err)
	}
	return scored(out, "%s%s", v.words(), words), nil
}

// trialValues are tried on each variable. An expression that gives a number for
// none of their combinations is a mistake of typing.
var trialValues = []int64{1, 4, 0, 100}

// tryFormula runs an expression with values and faults one that never gives a number.
func tryFormula(what string, n *Node, s *Set, vars []Var, run func(expr.Lookup) (*big.Rat, error), fault func(string, ...any)) bool {
	var first error
	names := make([]string, 0, len(vars)+len(s.Meta.Facts))
	for _, v := range vars {
		names = append(names, v.ID)
	}
	for _, f := range s.Meta.Facts {
		names = append(names, f.ID)
	}
	for trial := range 64 {
		_, err := run(func(name string) (*big.Rat, error) {
			if name == maxName {
				return n.Max.rat(), nil
			}
			return big.NewRat(trialValues[(trial>>(2*min(max(slices.Index(names, name), 0), 2)))%len(trialValues)], 1), nil
		})
		if err == nil {
			return true
		}
		if first == nil {
			first = err
		}
	}
	fault("thử công thức «%s» với số liệu mẫu không tính được điểm: %s", clip(what), first)
	return false
}

// compile reads one expression whose names must be known.
func compile(text string, known func(string) bool, condition bool) (*expr.Expr, error) {
	e, err := expr.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("công thức «%s»: %w", clip(text), err)
	}
	for _, name := range e.Vars() {
		if !known(name) {
			return nil, fmt.Errorf("công thức «%s» dùng biến «%s» chưa khai", clip(text), clip(name))
		}
	}
	if e.IsCondition() != condition {
		if condition {
			return nil, fmt.Errorf("«%s» phải là điều kiện, ví dụ a = 0", clip(text))
		}
		return nil, fmt.Errorf("«%s» phải cho một số điểm, không phải điều kiện", clip(text))
	}
	return e, nil
}

// countName is the variable of a formula of a count: how often, how many days.
const countName = "n"

// countFormula reads a formula of n and of the maximum. What it gives is never
// below nought.
func countFormula(text string, most Points) (func(n *big.Rat) (*big.Rat, error), error) {
	e, err := compile(text, func(name string) bool { return name == countName || name == maxName }, false)
	if err != nil {
		return nil, err
	}
	return func(n *big.Rat) (*big.Rat, error) {
		out, err := e.Number(func(name string) (*big.Rat, error) {
			if name == maxName {
				return most.rat(), nil
			}
			return n, nil
		})
		if err == nil && out.Sign() < 0 {
			err = fmt.Errorf("công thức «%s» cho số âm với n = %s", clip(text), shortRat(n))
		}
		return out, err
	}, nil
}
