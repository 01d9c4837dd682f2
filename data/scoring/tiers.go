package scoring

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"giaoban/data"
)

// What tiers are told apart by.
const (
	ByPercent  = "percent"   // b/a
	ByCount    = "count"     // a whole number from 0
	ByNumber   = "number"    // any number, decimals too
	ByFormula  = "formula"   // what a formula makes of several figures
	ByDate     = "date"      // a date
	ByDaysLate = "days_late" // a whole number; early is negative
	ByChoice   = "choice"    // one of the labels
)

// Tiers give the points of the step that the answer falls into.
type Tiers struct {
	Input         string  `json:"input"` // ByPercent, ByCount, ByNumber, ByFormula, ByDate, ByDaysLate, ByChoice
	Unit          string  `json:"unit,omitempty"`
	MissingPoints *Points `json:"missing_points,omitempty"` // where it was never done; nil refuses that answer
	Tiers         []Tier  `json:"tiers"`
	Over          bool    `json:"over,omitempty"`      // ByPercent: b may exceed a
	WhenZero      string  `json:"when_zero,omitempty"` // ByPercent: as in Ratio
	Vars          []Var   `json:"vars,omitempty"`      // ByFormula
	Expr          string  `json:"expr,omitempty"`      // ByFormula: the figure that the steps judge
	Words
}

// Tier is one step. Percent, count and days late use Min and Max, date uses
// Until, choice uses Choice.
type Tier struct {
	Min     *Number `json:"min,omitempty"` // nil for no lower end
	MinIncl *bool   `json:"min_incl,omitempty"`
	Max     *Number `json:"max,omitempty"` // nil for no upper end
	MaxIncl *bool   `json:"max_incl,omitempty"`
	// Until is the last date of the step, MM-DD in the year of the sheet or
	// YYYY-MM-DD; nil for no end. 02-29 is the end of February in every year.
	Until     *string    `json:"until,omitempty"`
	UntilIncl *bool      `json:"until_incl,omitempty"` // nil for true
	Choice    *ChoiceKey `json:"choice,omitempty"`
	Points    Points     `json:"points"`
	Label     string     `json:"label,omitempty"`
}

// ChoiceKey identifies a choice: a number or a word.
type ChoiceKey string

// UnmarshalJSON reads a string or a whole number.
func (k *ChoiceKey) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil && raw[0] == '"' {
		*k = ChoiceKey(norm.NFC.String(strings.TrimSpace(s)))
		return nil
	}
	r, err := parseNumber(raw)
	if err != nil || !r.IsInt() {
		return fmt.Errorf("cần tên hoặc số thứ tự của một lựa chọn")
	}
	*k = ChoiceKey(r.Num().String())
	return nil
}

// fromIncl and toIncl tell which ends belong to the step: «từ … đến dưới …»
// where the set does not say (scoring 3.2, case 3).
func (t Tier) fromIncl() bool  { return t.MinIncl == nil || *t.MinIncl }
func (t Tier) toIncl() bool    { return t.MaxIncl != nil && *t.MaxIncl }
func (t Tier) untilIncl() bool { return t.UntilIncl == nil || *t.UntilIncl }

func (t Tier) holds(x *big.Rat) bool {
	if t.Min != nil {
		if c := x.Cmp(t.Min.Rat()); c < 0 || c == 0 && !t.fromIncl() {
			return false
		}
	}
	if t.Max != nil {
		if c := x.Cmp(t.Max.Rat()); c > 0 || c == 0 && !t.toIncl() {
			return false
		}
	}
	return true
}

// Kind returns KindTiers.
func (*Tiers) Kind() Kind { return KindTiers }

func (r *Tiers) measure() *measure {
	return &measure{r.Input, r.Vars, r.Expr, r.Over, r.WhenZero, r.Unit}
}

func (r *Tiers) variables() []Var { return r.Vars }

func (r *Tiers) expressions() []string { return []string{r.Expr} }

// Inputs returns the keys by Input.
func (r *Tiers) Inputs() []string {
	var keys []string
	switch r.Input {
	case ByDate:
		keys = []string{"date"}
	case ByChoice:
		keys = []string{"choice"}
	default:
		keys = r.measure().keys()
	}
	if r.MissingPoints != nil {
		keys = append(keys, "missing")
	}
	return keys
}

// Lines names the steps, what was never done, and what a = 0 gives.
func (r *Tiers) Lines(*Node) []RuleLine {
	var out []RuleLine
	for i, t := range r.Tiers {
		out = append(out, RuleLine{orElse(t.Label, t.words(r.Input, r.Unit)), &r.Tiers[i].Points})
	}
	if r.MissingPoints != nil {
		out = append(out, RuleLine{"Chưa thực hiện", r.MissingPoints})
	}
	out = append(out, r.measure().lines()...)
	if w := zeroSentence(r.WhenZero); w != "" {
		out = append(out, RuleLine{Text: w})
	}
	return out
}

func (r *Tiers) score(n *Node, a *Answer, s *scene) (outcome, error) {
	if a.Missing {
		return fixed(*r.MissingPoints, "chưa thực hiện: %s", *r.MissingPoints), nil // Inputs refuses it where there are none
	}
	switch r.Input {
	case ByDate:
		return r.date(a.Date, s.year)
	case ByChoice:
		return r.choice(a.Choice)
	case ByCount, ByDaysLate:
		return r.whole(a.Value)
	}
	x, words, out, done, err := r.measure().value(n, a, s)
	if err != nil || done {
		return out, err
	}
	return r.find(x, words)
}

// whole judges a whole number.
func (r *Tiers) whole(value *Number) (outcome, error) {
	switch {
	case value == nil:
		return outcome{}, fmt.Errorf("cần một số")
	case !value.IsInt():
		return outcome{}, fmt.Errorf("%s không phải số nguyên", value)
	case r.Input == ByCount && value.Sign() < 0:
		return outcome{}, fmt.Errorf("số lượng %s không được âm", value)
	}
	words := value.String()
	if r.Input == ByDaysLate {
		words += " ngày"
	} else if r.Unit != "" {
		words += " " + r.Unit
	}
	out, err := r.find(value.Rat(), words)
	if err != nil && value.Sign() < 0 {
		// Early counts as not late where no step speaks of early.
		return r.find(new(big.Rat), words)
	}
	return out, err
}

func (r *Tiers) find(x *big.Rat, words string) (outcome, error) {
	for _, t := range r.Tiers {
		if t.holds(x) {
			return r.step(&t, words), nil
		}
	}
	return outcome{}, fmt.Errorf("không có mức điểm cho giá trị này (%s)", words)
}

// step is the outcome of a step.
func (r *Tiers) step(t *Tier, words string) outcome {
	return fixed(t.Points, "%s thuộc mức «%s»: %s", words, orElse(t.Label, t.words(r.Input, r.Unit)), t.Points)
}

func (r *Tiers) date(d data.Day, year int) (outcome, error) {
	if !d.Known() {
		return outcome{}, fmt.Errorf("cần một ngày")
	}
	before := data.NoDay
	for _, t := range r.Tiers {
		if t.Until == nil {
			return r.step(&t, "ngày "+d.String()), nil
		}
		until, ok := untilDay(*t.Until, year)
		if ok && before.Known() && until <= before {
			return outcome{}, fmt.Errorf("trong năm %d các mức ngày không theo thứ tự (%s sau %s); sửa năm của ngày trong bộ tiêu chí", year, until, before)
		}
		if ok && (d < until || d == until && t.untilIncl()) {
			return r.step(&t, "ngày "+d.String()), nil
		}
		before = until
	}
	return outcome{}, fmt.Errorf("không có mức điểm cho ngày %s", d)
}

func (r *Tiers) choice(key *ChoiceKey) (outcome, error) {
	if key == nil {
		return outcome{}, fmt.Errorf("cần chọn một mức")
	}
	for _, t := range r.Tiers {
		if *t.Choice == *key {
			return r.step(&t, "chọn"), nil
		}
	}
	for _, t := range r.Tiers {
		if t.Label == string(*key) {
			return r.step(&t, "chọn"), nil
		}
	}
	return outcome{}, fmt.Errorf("không có lựa chọn «%s»", clip(string(*key)))
}

// moveYears moves the dates that name a year.
func (r *Tiers) moveYears(by int) {
	for i, tier := range r.Tiers {
		if tier.Until != nil {
			moved := moveYear(*tier.Until, by)
			r.Tiers[i].Until = &moved
		}
	}
}

// moveYear moves a date that names its year; one without a year moves by itself.
func moveYear(until string, by int) string {
	m := untilForm.FindStringSubmatch(until)
	if m == nil || m[1] == "" {
		return until
	}
	year := atoi(m[1]) + by
	if !data.ValidDate(year, atoi(m[2]), atoi(m[3])) {
		return fmt.Sprintf("%04d-02-28", year) // 29 February is the only date that other years lack
	}
	return fmt.Sprintf("%04d-%s-%s", year, m[2], m[3])
}

var untilForm = regexp.MustCompile(`^(?:(\d{4})-)?(\d{2})-(\d{2})$`)

// untilDay returns the last date of a step in a year; ok is false for a text
// that is no date.
func untilDay(text string, year int) (d data.Day, ok bool) {
	m := untilForm.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	if m[1] != "" {
		year = atoi(m[1])
	}
	month, day := atoi(m[2]), atoi(m[3])
	if month == 2 && day == 29 {
		return data.Date(year, time.March, 1) - 1, true
	}
	return data.Date(year, time.Month(month), day), data.ValidDate(year, month, day)
}

func atoi(digits string) (n int) {
	for _, c := range digits {
		n = 10*n + int(c-'0')
	}
	return n
}

func (r *Tiers) check(n *Node, s *Set, fault func(string, ...any)) {
	if len(r.Tiers) == 0 {
		fault("chưa có mức điểm nào")
		return
	}
	best := r.Tiers[0].Points
	for i, t := range r.Tiers {
		best = max(best, t.Points)
		n.tooLow(t.Points, fmt.Sprintf("mức %d", i+1), fault)
		ranged := t.Min != nil || t.Max != nil
		numeric := slices.Contains([]string{ByPercent, ByCount, ByNumber, ByFormula, ByDaysLate}, r.Input)
		if ranged && !numeric || t.Until != nil && r.Input != ByDate || t.Choice != nil && r.Input != ByChoice {
			fault("mức %d không viết theo kiểu %s", i+1, clip(r.Input))
			return
		}
	}
	reaches(n, best, "điểm của mức cao nhất", fault)
	if m := r.MissingPoints; m != nil && (*m < min(0, n.lowestBound()) || *m > n.Max) {
		fault("điểm khi chưa thực hiện %s phải từ %s đến điểm tối đa", m.String(), n.lowestBound().String())
	}
	if !validZero(r.WhenZero) {
		fault("cách chấm khi a = 0 «%s» không có; chọn lại", clip(r.WhenZero))
	}
	r.measure().check(n, s, fault)
	switch r.Input {
	case ByPercent, ByCount, ByNumber, ByFormula, ByDaysLate:
		r.checkRanges(fault)
	case ByDate:
		r.checkDates(s.Meta.Year, fault)
	case ByChoice:
		r.checkChoices(fault)
	default:
		fault("không có kiểu mức điểm «%s»", clip(r.Input))
	}
}

// checkDates faults dates that are none or out of order in the year of the set, in
// which those without a year lie.
func (r *Tiers) checkDates(year int, fault func(string, ...any)) {
	if year == 0 {
		year = data.FirstYear
	}
	before := data.Day(0)
	for i, t := range r.Tiers {
		if t.Until == nil {
			if i < len(r.Tiers)-1 {
				fault("mức %d không có ngày cuối nhưng chưa phải mức sau cùng", i+1)
			}
			continue
		}
		until, ok := untilDay(*t.Until, year)
		switch {
		case !ok:
			fault("mức %d có ngày «%s» không đúng, viết theo mẫu 01-31", i+1, clip(*t.Until))
			return
		case i > 0 && until <= before:
			fault("mức %d không ở sau mức %d", i+1, i)
		case i == len(r.Tiers)-1:
			fault("mức sau cùng phải để trống ngày cuối, nếu không sẽ hở từ ngày %s", until)
		}
		before = until
	}
}

func (r *Tiers) checkChoices(fault func(string, ...any)) {
	seen := map[string]bool{}
	for i, t := range r.Tiers {
		if t.Choice == nil || *t.Choice == "" {
			fault("mức %d chưa có tên lựa chọn", i+1)
			return
		}
		for _, name := range []string{string(*t.Choice), t.Label} {
			if name != "" && seen[name] && (name != t.Label || name != string(*t.Choice)) {
				fault("lựa chọn «%s» dùng hai lần", clip(name))
			}
			seen[name] = true
		}
	}
}
