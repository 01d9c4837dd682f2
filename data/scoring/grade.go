package scoring

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"giaoban/data/scoring/expr"
)

// Need is a condition of a grade beside its range: «từ 90 điểm, không tính điểm ưu
// tiên», «không có lĩnh vực nào dưới 70%», «không có cán bộ bị kỷ luật».
type Need struct {
	When string `json:"when"`           // condition over the names of GradeNames, the facts and Meta.GradeVars
	Text string `json:"text,omitempty"` // in words; "" for the condition itself
}

// The names that conditions of grades use.
const (
	gradeIndex  = "chi_so"
	gradePlain  = "goc"
	gradeBonus  = "thuong"
	gradeLoss   = "tru"
	gradeLowest = "linh_vuc_thap_nhat"
)

// GradeNames lists the names that conditions of grades use, with what they are.
func GradeNames() [][2]string {
	return [][2]string{{gradeIndex, "chỉ số"}, {gradePlain, "chỉ số không tính điểm thưởng"}, {gradeBonus, "điểm thưởng"}, {gradeLoss, "điểm trừ"},
		{gradeLowest, "tỷ lệ % của lĩnh vực đạt thấp nhất"}}
}

// gradeKnown tells the names that conditions of grades may use.
func (s *Set) gradeKnown() (func(string) bool, error) {
	known, err := s.names(s.Meta.GradeVars)
	if err != nil {
		return nil, err
	}
	return func(name string) bool {
		return name != maxName && known(name) || slices.ContainsFunc(GradeNames(), func(x [2]string) bool { return x[0] == name })
	}, nil
}

// grade returns the grade of the result and what kept it from a better one.
func (e *evaluation) grade(plain Points) (name string, remarks []Remark) {
	m := &e.set.Meta
	list := slices.Clone(m.Grades)
	slices.SortStableFunc(list, func(a, b Grade) int { return b.Min.Cmp(a.Min) })
	x := e.out.Index.rat()
	for i, g := range list {
		if x.Cmp(g.Min.Rat()) < 0 || x.Cmp(g.Max.Rat()) >= 0 && i > 0 && len(remarks) == 0 {
			continue
		}
		failed := e.unmet(&g, plain)
		if failed == "" {
			return g.Name, remarks
		}
		remarks = append(remarks, Remark{Text: fmt.Sprintf("Chỉ số %s đủ mức «%s» nhưng chưa đạt điều kiện: %s.", e.out.Index, g.Name, failed)})
	}
	return "", remarks
}

// unmet returns the first condition of a grade that does not hold, "" for none.
func (e *evaluation) unmet(g *Grade, plain Points) string {
	for _, need := range g.Needs {
		words := orElse(need.Text, formulaWords(need.When))
		known, err := e.set.gradeKnown()
		if err != nil {
			return words
		}
		cond, err := compile(need.When, known, true)
		if err != nil {
			return words
		}
		holds, err := cond.Holds(func(name string) (*big.Rat, error) { return e.gradeValue(name, plain) })
		if err != nil {
			return words + " (" + strings.TrimSuffix(err.Error(), ".") + ")"
		}
		if !holds {
			return words
		}
	}
	return ""
}

func (e *evaluation) gradeValue(name string, plain Points) (*big.Rat, error) {
	switch name {
	case gradeIndex:
		return e.out.Index.rat(), nil
	case gradePlain:
		return plain.rat(), nil
	case gradeBonus:
		return e.out.Bonus.rat(), nil
	case gradeLoss:
		return e.out.Penalty.rat(), nil
	case gradeLowest:
		low := big.NewRat(100, 1)
		for _, n := range e.out.Nodes {
			if n.Depth == 0 && n.Applicable > 0 {
				if x := big.NewRat(int64(n.Points)*100, int64(n.Applicable)); x.Cmp(low) < 0 {
					low = x
				}
			}
		}
		return low, nil
	}
	i := slices.IndexFunc(e.set.Meta.GradeVars, func(v Var) bool { return v.ID == name })
	if i < 0 {
		return e.scene().fact(name)
	}
	from := e.set.Meta.GradeVars[i].From
	n := e.out.Node(from.Code)
	if n == nil || from.LastYear || from.Input != inputPoints && from.Input != "percent" {
		return e.scene().source(from)
	}
	if from.Input == inputPoints {
		return n.Points.rat(), nil
	}
	if n.Applicable == 0 {
		return nil, &errWaits{from.words()}
	}
	return big.NewRat(int64(n.Points)*100, int64(n.Applicable)), nil
}

// condition reads a condition over the facts of a unit.
func (s *Set) condition(text string) (*expr.Expr, error) {
	return compile(text, func(name string) bool { return s.Meta.fact(name) != nil }, true)
}
