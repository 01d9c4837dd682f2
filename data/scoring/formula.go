package scoring

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

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
	// Clamp holds the least and the greatest points as formulas; empty for 0
	// and the maximum.
	Clamp []string `json:"clamp,omitempty"`
	Words

	program *program // set when a set is read; nil compiles anew
}

// Var is a variable of a formula.
type Var struct {
	ID       string `json:"id"`
	Label    string `json:"label,omitempty"`
	Negative bool   `json:"negative,omitempty"` // may be below nought
}

// Case is one case of a formula.
type Case struct {
	When string `json:"when"`
	Expr string `json:"expr"`
}

// program is a formula that was read.
type program struct {
	when, then []*expr.Expr
	otherwise  *expr.Expr // nil where there is none
	clamp      [2]*expr.Expr
}

// Kind returns KindFormula.
func (*Formula) Kind() Kind { return KindFormula }

// Inputs returns "vars".
func (*Formula) Inputs() []string { return []string{"vars"} }

// compile reads the formulas and refuses unknown names.
func (r *Formula) compile() (*program, error) {
	known := map[string]bool{maxName: true}
	for _, v := range r.Vars {
		switch {
		case !expr.ValidName(v.ID):
			return nil, fmt.Errorf("tên biến «%s» không dùng được, cần chữ cái và số, bắt đầu bằng chữ cái", clip(v.ID))
		case v.ID == maxName:
			return nil, errors.New("tên biến «max» đã dùng cho điểm tối đa")
		case known[v.ID]:
			return nil, fmt.Errorf("biến «%s» khai hai lần", clip(v.ID))
		}
		known[v.ID] = true
	}
	read := func(text string, condition bool) (*expr.Expr, error) {
		e, err := expr.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("công thức «%s»: %w", clip(text), err)
		}
		for _, name := range e.Vars() {
			if !known[name] {
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
	p := new(program)
	for _, c := range r.Cases {
		when, err := read(c.When, true)
		if err != nil {
			return nil, err
		}
		then, err := read(c.Expr, false)
		if err != nil {
			return nil, err
		}
		p.when, p.then = append(p.when, when), append(p.then, then)
	}
	var err error
	if r.Expr != "" || len(r.Cases) == 0 {
		if p.otherwise, err = read(r.Expr, false); err != nil {
			return nil, err
		}
	}
	bounds := r.Clamp
	if len(bounds) == 0 {
		bounds = []string{"0", maxName}
	}
	if len(bounds) != 2 {
		return nil, errors.New("giới hạn điểm cần hai giá trị: thấp nhất và cao nhất")
	}
	for i, text := range bounds {
		if p.clamp[i], err = read(text, false); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *program) run(vars expr.Lookup) (*big.Rat, error) {
	e := p.otherwise
	for i, when := range p.when {
		holds, err := when.Holds(vars)
		if err != nil {
			return nil, err
		}
		if holds {
			e = p.then[i]
			break
		}
	}
	if e == nil {
		return nil, errors.New("không có trường hợp nào của công thức đúng với số liệu")
	}
	out, err := e.Number(vars)
	if err != nil {
		return nil, err
	}
	low, err := p.clamp[0].Number(vars)
	if err != nil {
		return nil, err
	}
	high, err := p.clamp[1].Number(vars)
	if err != nil {
		return nil, err
	}
	if out.Cmp(low) < 0 {
		out = low
	}
	if out.Cmp(high) > 0 {
		out = high
	}
	return out, nil
}

// trialValues are tried on each variable. An expression that gives a number for
// none of their combinations is a mistake of typing.
var trialValues = []int64{1, 4, 0, 100}

// check reads the formula and tries it with values: as a whole, and each of its
// expressions by itself, so that a case that seldom holds is tried too.
func (r *Formula) check(n *Node, fault func(string, ...any)) {
	p, err := r.compile()
	if err != nil {
		fault("%s", err)
		return
	}
	try := func(what string, run func(expr.Lookup) (*big.Rat, error)) bool {
		var first error
		for trial := range 64 {
			_, err := run(func(name string) (*big.Rat, error) {
				if name == maxName {
					return n.Max.rat(), nil
				}
				i := slices.IndexFunc(r.Vars, func(v Var) bool { return v.ID == name })
				return big.NewRat(trialValues[(trial>>(2*min(i, 2)))%len(trialValues)], 1), nil
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
	for i, then := range p.then {
		if !try(r.Cases[i].Expr, then.Number) {
			return
		}
	}
	if p.otherwise != nil && !try(r.Expr, p.otherwise.Number) {
		return
	}
	try(r.Words.Text, p.run)
}

func (r *Formula) score(n *Node, a *Answer, _ int) (outcome, error) {
	for _, name := range sortedKeys(a.Vars) {
		i := slices.IndexFunc(r.Vars, func(v Var) bool { return v.ID == name })
		switch {
		case i < 0:
			return outcome{}, fmt.Errorf("không có biến «%s» trong công thức", clip(name))
		case a.Vars[name].Sign() < 0 && !r.Vars[i].Negative:
			return outcome{}, fmt.Errorf("%s = %s: số liệu không được âm", name, a.Vars[name])
		}
	}
	p := r.program
	if p == nil {
		var err error
		if p, err = r.compile(); err != nil {
			return outcome{}, err
		}
	}
	out, err := p.run(func(name string) (*big.Rat, error) {
		if name == maxName {
			return n.Max.rat(), nil
		}
		v, ok := a.Vars[name]
		if !ok {
			return nil, fmt.Errorf("thiếu số liệu của biến «%s»", name)
		}
		return v.Rat(), nil
	})
	return scored(out), err
}
