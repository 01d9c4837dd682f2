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

// inYear puts another year into a title that names the old one.
func inYear(title string, old, year int) string {
	word := regexp.MustCompile(`\b` + strconv.Itoa(old) + `\b`)
	return word.ReplaceAllString(title, strconv.Itoa(year))
}
