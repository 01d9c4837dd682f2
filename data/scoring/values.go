package scoring

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"giaoban/data/scoring/expr"
)

// Var is a variable of a formula: typed into the sheet, or taken from elsewhere.
type Var struct {
	ID       string  `json:"id"`
	Label    string  `json:"label,omitempty"`
	Negative bool    `json:"negative,omitempty"` // may be below nought
	From     *Source `json:"from,omitempty"`     // nil for a figure that is typed
}

// Source says where a variable comes from: the answer of another criterion, of this
// year or of the year before. A figure of last year that is not known may be typed.
type Source struct {
	Code string `json:"code"`
	// Input is b, a, percent, value, yes (1 or 0), points, or the name of a variable
	// or an event of that criterion.
	Input    string `json:"input"`
	LastYear bool   `json:"last_year,omitempty"`
}

// inputPoints names the points of a criterion.
const inputPoints = "points"

// words names the source: «điểm của tiêu chí 2.1 năm trước».
func (s *Source) words() string {
	what := s.Input
	switch s.Input {
	case inputPoints:
		what = "điểm"
	case "percent":
		what = "tỷ lệ %"
	case "value":
		what = "số liệu"
	}
	text := what + " của tiêu chí " + s.Code
	if s.LastYear {
		text += " năm trước"
	}
	return text
}

// String writes the source as a row of a workbook holds it: «năm trước 2.1: b».
func (s *Source) String() string {
	text := s.Code + ": " + s.Input
	if s.LastYear {
		text = lastYearWord + " " + text
	}
	return text
}

const lastYearWord = "năm trước"

// parseSource reads what String writes.
func parseSource(text string) (*Source, bool) {
	s := new(Source)
	text, s.LastYear = strings.CutPrefix(strings.TrimSpace(text), lastYearWord)
	code, input, ok := strings.Cut(text, ":")
	s.Code, s.Input = strings.TrimSpace(code), strings.TrimSpace(input)
	return s, ok && s.Code != "" && s.Input != ""
}

// varLines names variables in words.
func varLines(vars []Var) []RuleLine {
	var out []RuleLine
	for _, v := range vars {
		label := v.Label
		if v.From != nil {
			label = strings.Trim(label+", "+v.From.words(), ", ")
		}
		out = append(out, RuleLine{Text: v.ID + ": " + label})
	}
	return out
}

// names returns which names a formula with the variables may use, and refuses
// variables that cannot be.
func (s *Set) names(vars []Var) (func(string) bool, error) {
	known := map[string]bool{maxName: true}
	for _, f := range s.Meta.Facts {
		known[f.ID] = true
	}
	declared := map[string]bool{}
	for _, v := range vars {
		switch {
		case !expr.ValidName(v.ID):
			return nil, fmt.Errorf("tên biến «%s» không dùng được, cần chữ cái và số, bắt đầu bằng chữ cái", clip(v.ID))
		case v.ID == maxName:
			return nil, errors.New("tên biến «max» đã dùng cho điểm tối đa")
		case declared[v.ID]:
			return nil, fmt.Errorf("biến «%s» khai hai lần", clip(v.ID))
		case known[v.ID]:
			return nil, fmt.Errorf("tên biến «%s» đã là một đặc điểm của đơn vị; đặt tên khác", clip(v.ID))
		}
		declared[v.ID] = true
	}
	return func(name string) bool { return known[name] || declared[name] }, nil
}

// scene is what a rule may look at beside its own answer.
type scene struct {
	set  *Set
	year int
	e    *evaluation
}

// errWaits tells that a figure from elsewhere is not there yet.
type errWaits struct{ what string }

func (e *errWaits) Error() string { return "chờ " + e.what }

// values are the values that the formulas of one leaf use.
type values struct {
	s    *scene
	n    *Node
	vars []Var
	a    *Answer
	used []string // «a = 40», in the order of use
	seen map[string]bool
}

// values checks what was typed for the variables.
func (s *scene) values(n *Node, vars []Var, a *Answer) (*values, error) {
	for _, name := range slices.Sorted(maps.Keys(a.Vars)) {
		i := slices.IndexFunc(vars, func(v Var) bool { return v.ID == name })
		switch {
		case i < 0:
			return nil, fmt.Errorf("không có biến «%s» trong công thức", clip(name))
		case vars[i].From != nil && !vars[i].From.LastYear:
			return nil, fmt.Errorf("biến «%s» lấy từ tiêu chí %s, không nhập ở đây", clip(name), clip(vars[i].From.Code))
		case a.Vars[name].Sign() < 0 && !vars[i].Negative:
			return nil, fmt.Errorf("%s = %s: số liệu không được âm", name, a.Vars[name])
		}
	}
	return &values{s: s, n: n, vars: vars, a: a, seen: map[string]bool{}}, nil
}

func (v *values) lookup(name string) (*big.Rat, error) {
	x, err := v.find(name)
	if err == nil && name != maxName && !v.seen[name] {
		v.seen[name] = true
		v.used = append(v.used, name+" = "+shortRat(x))
	}
	return x, err
}

func (v *values) find(name string) (*big.Rat, error) {
	if name == maxName {
		return v.n.Max.rat(), nil
	}
	i := slices.IndexFunc(v.vars, func(x Var) bool { return x.ID == name })
	if i < 0 {
		return v.s.fact(name)
	}
	if x, ok := v.a.Vars[name]; ok {
		return x.Rat(), nil
	}
	if from := v.vars[i].From; from != nil {
		return v.s.source(from)
	}
	return nil, fmt.Errorf("thiếu số liệu của biến «%s»", name)
}

func (v *values) words() string {
	if len(v.used) == 0 {
		return ""
	}
	return strings.Join(v.used, ", ") + "; "
}

// failed turns an error of a formula into an outcome where it only waits.
func (v *values) failed(err error) (outcome, error) {
	var w *errWaits
	if errors.As(err, &w) {
		return outcome{waits: true, why: w.Error()}, nil
	}
	return outcome{}, err
}

// typed reports whether any of the variables is typed into the sheet.
func typed(vars []Var) bool {
	return slices.ContainsFunc(vars, func(v Var) bool { return v.From == nil })
}

// source finds the figure of another criterion.
func (s *scene) source(from *Source) (*big.Rat, error) {
	a, ok := s.e.given(from.Code)
	if from.LastYear {
		a, ok = s.e.sheet.LastYear[from.Code]
	} else if from.Input == inputPoints {
		return s.e.pointsOf(from)
	}
	if ok {
		if x, ok := a.figure(from.Input); ok {
			return x, nil
		}
	}
	return nil, &errWaits{from.words()}
}

// figure returns what an answer holds under the name of an input.
func (a *Answer) figure(input string) (*big.Rat, bool) {
	number := func(x *Number) (*big.Rat, bool) {
		if x == nil {
			return nil, false
		}
		return x.Rat(), true
	}
	switch input {
	case "b":
		return number(a.B)
	case "a":
		return number(a.A)
	case "value":
		return number(a.Value)
	case "percent":
		if a.B != nil && a.A != nil && a.A.Sign() > 0 {
			x := a.B.Rat()
			x.Mul(x, big.NewRat(100, 1))
			return x.Quo(x, a.A.Rat()), true
		}
		return number(a.Percent)
	case "yes":
		if a.Yes == nil {
			return nil, false
		}
		return big.NewRat(map[bool]int64{true: 1}[*a.Yes], 1), true
	case inputPoints:
		if a.Points == nil {
			return nil, false
		}
		return a.Points.rat(), true
	}
	if x, ok := a.Vars[input]; ok {
		return x.Rat(), true
	}
	if a.Events != nil {
		return big.NewRat(a.Events[input], 1), true
	}
	return nil, false
}

// AsksLastYear reports whether any rule, or condition of a grade, takes a figure of the
// year before.
func (s *Set) AsksLastYear() bool {
	asks := func(vars []Var) bool {
		return slices.ContainsFunc(vars, func(v Var) bool { return v.From != nil && v.From.LastYear })
	}
	found := asks(s.Meta.GradeVars)
	s.Walk(func(n *Node, _ []*Node) {
		for _, r := range n.rules() {
			if v, ok := r.(interface{ variables() []Var }); ok && asks(v.variables()) {
				found = true
			}
		}
	})
	return found
}

// Depends reports whether the points of the leaf may change without its own answer: they
// come from other criteria, the unit, the year before, or the group.
func (n *Node) Depends() bool {
	if _, ok := n.Rule.(*Relative); ok || n.ByKind || len(n.Asks) > 0 {
		return true
	}
	return slices.ContainsFunc(n.Vars(), func(v Var) bool { return v.From != nil })
}

// Vars returns the variables of the rule; nil where it has none.
func (n *Node) Vars() []Var {
	if v, ok := n.Rule.(interface{ variables() []Var }); ok {
		return v.variables()
	}
	return nil
}

// rules are the rule of the criterion and those of its variants.
func (n *Node) rules() []Rule {
	out := []Rule{n.Rule}
	for _, v := range n.Variants {
		out = append(out, v.Rule)
	}
	return out
}
