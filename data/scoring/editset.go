package scoring

import (
	"regexp"
	"slices"
	"strconv"
)

// The Field of errors that belong to no criterion but to a part of the set as a
// whole. None of them can be a code: codes hold no space.
const (
	FieldHead     = "set head"     // id, year, title, totals
	FieldPolicies = "set policies" // rounding, not assessed, no survey, bounds, caps, ties
	FieldGrades   = "set grades"
	FieldMetrics  = "set metrics"
	FieldTree     = "set tree" // the list of domains
)

// NewSet returns a set without criteria, with the usual policies (scoring 3.2,
// 3.4): points of two decimals rounded half up at the leaf, what is not assessed
// leaves the maximum, an index from 0 to 100. It is not checked.
func NewSet(id, level, title string, year int) *Set {
	s := newSet()
	s.Meta.ID, s.Meta.Level, s.Meta.Title, s.Meta.Year, s.Meta.IndexUnit = id, level, title, year, "%"
	s.Criteria = []*Node{}
	return s
}

func newSet() *Set {
	return &Set{Meta: Meta{
		Total:         100 * Point,
		Rounding:      Rounding{LeafDecimals: 2, TotalDecimals: 2, Mode: HalfUp, When: RoundLeaves},
		NotApplicable: NotApplicable{Policy: ExcludeAndRescale},
		NoSurvey:      NoSurvey{Policy: RescaleSelf},
		BonusOutside:  true,
		FinalClamp:    []Number{Int(0), Int(100)},
	}}
}

// UseMetric declares a metric where the set lacks it, so that criteria may name
// it.
func (s *Set) UseMetric(m Metric) {
	if !slices.ContainsFunc(s.Metrics, func(x Metric) bool { return x.ID == m.ID }) {
		s.checked = false
		s.Metrics = append(s.Metrics, m)
	}
}

// ReplaceAdjust puts a bonus or a penalty in the place of the one with the code
// old; "" adds it at the end. A code that is in use is refused.
func (s *Set) ReplaceAdjust(bonus bool, old string, a *Adjust) error {
	list := &s.Penalty
	if bonus {
		list = &s.Bonus
	}
	i := -1
	if old != "" {
		if i = slices.IndexFunc(*list, func(x *Adjust) bool { return x.Code == old }); i < 0 {
			return invalid(old, "Không có điểm thưởng, điểm trừ mã %s.", clip(old))
		}
	}
	if a.Code != old {
		if err := s.codeFree(a.Code); err != nil {
			return err
		}
	}
	s.checked = false
	if i < 0 {
		*list = append(*list, a)
	} else {
		(*list)[i] = a
	}
	return nil
}

// MoveAdjust moves a bonus or a penalty within its list, by -1 up or 1 down; at
// the end of the list it stays.
func (s *Set) MoveAdjust(code string, by int) error {
	for _, list := range [][]*Adjust{s.Bonus, s.Penalty} {
		i := slices.IndexFunc(list, func(a *Adjust) bool { return a.Code == code })
		if i < 0 {
			continue
		}
		if to := i + by; to >= 0 && to < len(list) {
			s.checked = false
			list[i], list[to] = list[to], list[i]
		}
		return nil
	}
	return invalid(code, "Không có điểm thưởng, điểm trừ mã %s.", clip(code))
}

// inYear puts another year into a title that names the old one.
func inYear(title string, old, year int) string {
	word := regexp.MustCompile(`\b` + strconv.Itoa(old) + `\b`)
	return word.ReplaceAllString(title, strconv.Itoa(year))
}
