package scoring

import (
	"fmt"
	"math/big"
	"slices"
)

// measure is the figure that steps and tiers judge: a share b/a, a number, or what a
// formula makes of several figures.
type measure struct {
	input    string // ByPercent, ByNumber, ByFormula
	vars     []Var
	expr     string
	over     bool
	whenZero string
	unit     string
}

// keys names the inputs of the measure.
func (m *measure) keys() []string {
	switch m.input {
	case ByPercent:
		return []string{"b", "a"}
	case ByFormula:
		return []string{"vars"}
	}
	return []string{"value"}
}

// mark is the sign behind a figure: %, a unit, or nothing.
func (m *measure) mark() string {
	switch {
	case m.input == ByPercent:
		return "%"
	case m.unit != "":
		return " " + m.unit
	}
	return ""
}

// value reads the figure and says it in words; done is true where a = 0, or a figure
// that has to come from elsewhere, already gave the outcome.
func (m *measure) value(n *Node, a *Answer, s *scene) (x *big.Rat, words string, out outcome, done bool, err error) {
	switch m.input {
	case ByPercent:
		x, out, done, err = share(n, a, m.whenZero, m.over)
		if err == nil && !done {
			words = shareWords(a, x)
		}
		return x, words, out, done, err
	case ByFormula:
		known, err := s.set.names(m.vars)
		if err != nil {
			return nil, "", out, false, err
		}
		e, err := compile(m.expr, known, false)
		if err != nil {
			return nil, "", out, false, err
		}
		v, err := s.values(n, m.vars, a)
		if err != nil {
			return nil, "", out, false, err
		}
		if x, err = e.Number(v.lookup); err != nil {
			out, err = v.failed(err)
			return nil, "", out, err == nil, err
		}
		return x, fmt.Sprintf("%s%s = %s%s", v.words(), formulaWords(m.expr), shortRat(x), m.mark()), out, false, nil
	}
	if a.Value == nil {
		return nil, "", out, false, fmt.Errorf("cần một số")
	}
	return a.Value.Rat(), a.Value.String() + m.mark(), out, false, nil
}

// check faults a measure that cannot be taken.
func (m *measure) check(n *Node, s *Set, fault func(string, ...any)) {
	if m.input != ByFormula {
		if len(m.vars) > 0 || m.expr != "" {
			fault("biến và công thức chỉ dùng khi số liệu tính bằng công thức")
		}
		return
	}
	known, err := s.names(m.vars)
	if err == nil {
		if e, perr := compile(m.expr, known, false); perr == nil {
			tryFormula(m.expr, n, s, m.vars, e.Number, fault)
			return
		} else {
			err = perr
		}
	}
	fault("%s", err)
}

// lines names the variables and the formula.
func (m *measure) lines() []RuleLine {
	if m.input != ByFormula {
		return nil
	}
	return append(varLines(m.vars), RuleLine{Text: "Số liệu để xét = " + formulaWords(m.expr)})
}

func validMeasure(input string) bool {
	return slices.Contains([]string{ByPercent, ByNumber, ByFormula}, input)
}
