package scoring

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"giaoban/data"
)

// What tiers are told apart by.
const (
	ByPercent  = "percent"   // b/a
	ByCount    = "count"     // a whole number from 0
	ByDate     = "date"      // a date
	ByDaysLate = "days_late" // a whole number; early is negative
	ByChoice   = "choice"    // one of the labels
)

// Tiers give the points of the step that the answer falls into.
type Tiers struct {
	Input         string  `json:"input"` // ByPercent, ByCount, ByDate, ByDaysLate, ByChoice
	Unit          string  `json:"unit,omitempty"`
	MissingPoints *Points `json:"missing_points,omitempty"` // where it was never done; nil refuses that answer
	Tiers         []Tier  `json:"tiers"`
	Over          bool    `json:"over,omitempty"`      // ByPercent: b may exceed a
	WhenZero      string  `json:"when_zero,omitempty"` // ByPercent: as in Ratio
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

// Inputs returns the keys by Input.
func (r *Tiers) Inputs() []string {
	var keys []string
	switch r.Input {
	case ByPercent:
		keys = []string{"b", "a"}
	case ByDate:
		keys = []string{"date"}
	case ByChoice:
		keys = []string{"choice"}
	default:
		keys = []string{"value"}
	}
	if r.MissingPoints != nil {
		keys = append(keys, "missing")
	}
	return keys
}

func (r *Tiers) score(n *Node, a *Answer, year int) (outcome, error) {
	if a.Missing {
		return fixed(*r.MissingPoints), nil // Inputs refuses it where there are none
	}
	switch r.Input {
	case ByPercent:
		percent, out, done, err := share(n, a, r.WhenZero, r.Over)
		if err != nil || done {
			return out, err
		}
		return r.find(percent)
	case ByDate:
		return r.date(a.Date, year)
	case ByChoice:
		return r.choice(a.Choice)
	}
	switch {
	case a.Value == nil:
		return outcome{}, fmt.Errorf("cần một số")
	case !a.Value.IsInt():
		return outcome{}, fmt.Errorf("%s không phải số nguyên", a.Value)
	case r.Input == ByCount && a.Value.Sign() < 0:
		return outcome{}, fmt.Errorf("số lượng %s không được âm", a.Value)
	}
	out, err := r.find(a.Value.Rat())
	if err != nil && a.Value.Sign() < 0 {
		// Early counts as not late where no step speaks of early.
		return r.find(new(big.Rat))
	}
	return out, err
}

func (r *Tiers) find(x *big.Rat) (outcome, error) {
	for _, t := range r.Tiers {
		if t.holds(x) {
			return fixed(t.Points), nil
		}
	}
	return outcome{}, fmt.Errorf("không có mức điểm cho giá trị này")
}

func (r *Tiers) date(d data.Day, year int) (outcome, error) {
	if !d.Known() {
		return outcome{}, fmt.Errorf("cần một ngày")
	}
	for _, t := range r.Tiers {
		if t.Until == nil {
			return fixed(t.Points), nil
		}
		until, ok := untilDay(*t.Until, year)
		if ok && (d < until || d == until && t.untilIncl()) {
			return fixed(t.Points), nil
		}
	}
	return outcome{}, fmt.Errorf("không có mức điểm cho ngày %s", d)
}

func (r *Tiers) choice(key *ChoiceKey) (outcome, error) {
	if key == nil {
		return outcome{}, fmt.Errorf("cần chọn một mức")
	}
	for _, t := range r.Tiers {
		if *t.Choice == *key {
			return fixed(t.Points), nil
		}
	}
	for _, t := range r.Tiers {
		if t.Label == string(*key) {
			return fixed(t.Points), nil
		}
	}
	return outcome{}, fmt.Errorf("không có lựa chọn «%s»", clip(string(*key)))
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

func (r *Tiers) check(n *Node, fault func(string, ...any)) {
	if len(r.Tiers) == 0 {
		fault("chưa có mức điểm nào")
		return
	}
	best := r.Tiers[0].Points
	for i, t := range r.Tiers {
		best = max(best, t.Points)
		if t.Points < 0 {
			fault("mức %d có điểm âm", i+1)
		}
		ranged := t.Min != nil || t.Max != nil
		numeric := r.Input == ByPercent || r.Input == ByCount || r.Input == ByDaysLate
		if ranged && !numeric || t.Until != nil && r.Input != ByDate || t.Choice != nil && r.Input != ByChoice {
			fault("mức %d không viết theo kiểu %s", i+1, clip(r.Input))
			return
		}
	}
	reaches(n, best, "điểm của mức cao nhất", fault)
	if m := r.MissingPoints; m != nil && (*m < 0 || *m > n.Max) {
		fault("điểm khi chưa thực hiện %s phải từ 0 đến điểm tối đa", m.String())
	}
	if !validZero(r.WhenZero) {
		fault("cách chấm khi a = 0 «%s» không có; chọn lại", clip(r.WhenZero))
	}
	switch r.Input {
	case ByPercent, ByCount, ByDaysLate:
		r.checkRanges(fault)
	case ByDate:
		r.checkDates(fault)
	case ByChoice:
		r.checkChoices(fault)
	default:
		fault("không có kiểu mức điểm «%s»", clip(r.Input))
	}
}

func (r *Tiers) checkDates(fault func(string, ...any)) {
	before := data.Day(0)
	for i, t := range r.Tiers {
		if t.Until == nil {
			if i < len(r.Tiers)-1 {
				fault("mức %d không có ngày cuối nhưng chưa phải mức sau cùng", i+1)
			}
			continue
		}
		until, ok := untilDay(*t.Until, 2023)
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
