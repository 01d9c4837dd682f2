package scoring

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"giaoban/data"
)

// Answer is what is entered for one leaf. Which inputs it needs is told by
// Rule.Inputs; the zero value means not answered.
type Answer struct {
	Yes     *bool             // yes
	Checked []bool            // checked: one for each item, nil when not answered
	B, A    *Number           // b, a: numerator and denominator
	Value   *Number           // value: count, days late, mean mark
	Date    data.Day          // date
	Choice  *ChoiceKey        // choice
	Missing bool              // missing: never done
	None    bool              // none: nothing of it occurred
	Events  map[string]int64  // events: how often each happened
	Vars    map[string]Number // vars
	Percent *Number           // percent: result of a survey
	NA      string            // na: why the leaf is not assessed, "" when it is
	// Points replace the computed points (scoring 3.2, case 8); Note says why
	// and must not be empty then.
	Points *Points // points
	Note   string  // note
}

// member is one key of a JSON object.
type member struct {
	key   string
	value json.RawMessage
}

var (
	errNotObject = errors.New("cần viết trong dấu ngoặc nhọn")
	errTwice     = errors.New("có mục ghi hai lần")
)

// members reads the keys of a JSON object in order and refuses a key that
// stands twice. Keys whose value is null are left out.
func members(raw json.RawMessage) ([]member, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil {
		return nil, err
	} else if t != json.Delim('{') {
		return nil, errNotObject
	}
	var out []member
	seen := map[string]bool{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		m := member{key: key.(string)}
		if err := dec.Decode(&m.value); err != nil {
			return nil, err
		}
		if seen[m.key] {
			return nil, fmt.Errorf("%w: «%s»", errTwice, clip(m.key))
		}
		seen[m.key] = true
		if string(m.value) != "null" {
			out = append(out, m)
		}
	}
	_, err := dec.Token()
	return out, err
}

// UnmarshalJSON reads an answer as the command contract writes it. Errors are
// Vietnamese fragments.
func (a *Answer) UnmarshalJSON(raw []byte) error {
	*a = Answer{}
	if string(raw) == "null" {
		return nil
	}
	list, err := members(raw)
	if err != nil {
		return err
	}
	for _, m := range list {
		if err := a.set(m.key, m.value); err != nil {
			return err
		}
	}
	return nil
}

func (a *Answer) set(key string, raw json.RawMessage) error {
	number := func(to **Number) error {
		n := new(Number)
		if err := n.UnmarshalJSON(raw); err != nil {
			return fmt.Errorf("«%s» cần một số", key)
		}
		*to = n
		return nil
	}
	into := func(to any, what string) error {
		if json.Unmarshal(raw, to) != nil {
			return fmt.Errorf("«%s» cần %s", key, what)
		}
		return nil
	}
	switch key {
	case "yes":
		return into(&a.Yes, "true hoặc false")
	case "checked":
		if err := into(&a.Checked, "danh sách true, false"); err != nil {
			return err
		}
		if bytes.Contains(raw, []byte("null")) {
			return errors.New("«checked» cần danh sách true, false")
		}
		return nil
	case "b":
		return number(&a.B)
	case "a":
		return number(&a.A)
	case "value":
		return number(&a.Value)
	case "percent":
		return number(&a.Percent)
	case "date":
		var s string
		if err := into(&s, "ngày theo mẫu 2023-01-31"); err != nil {
			return err
		}
		d, err := data.ParseISO(s)
		if err != nil {
			return fmt.Errorf("ngày «%s» không đúng, viết theo mẫu 2023-01-31", clip(s))
		}
		a.Date = d
		return nil
	case "choice":
		a.Choice = new(ChoiceKey)
		if err := a.Choice.UnmarshalJSON(raw); err != nil {
			return fmt.Errorf("«choice» %w", err)
		}
		return nil
	case "missing":
		return into(&a.Missing, "true hoặc false")
	case "none":
		return into(&a.None, "true hoặc false")
	case "events":
		counts, err := decodeCounts(raw)
		if err != nil {
			return fmt.Errorf("«events»: %w", err)
		}
		a.Events = counts
		return nil
	case "vars":
		list, err := members(raw)
		if err != nil {
			return fmt.Errorf("«vars»: %s", explain(err))
		}
		a.Vars = map[string]Number{}
		for _, m := range list {
			var n Number
			if err := n.UnmarshalJSON(m.value); err != nil {
				return fmt.Errorf("biến «%s» cần một số", clip(m.key))
			}
			a.Vars[m.key] = n
		}
		return nil
	case "na":
		if err := into(&a.NA, "lý do không đánh giá bằng chữ"); err != nil {
			return err
		}
		if a.NA = strings.TrimSpace(a.NA); a.NA == "" {
			return errors.New("không đánh giá thì phải ghi lý do")
		}
		return nil
	case "points":
		a.Points = new(Points)
		if err := a.Points.UnmarshalJSON(raw); err != nil {
			return fmt.Errorf("«points»: %w", err)
		}
		return nil
	case "note":
		return into(&a.Note, "chữ")
	}
	return fmt.Errorf("không có mục «%s» trong câu trả lời", clip(key))
}

// MaxTimes bounds how often something happened in a year.
const MaxTimes = 1 << 40

// decodeCounts reads how often each of several things happened.
func decodeCounts(raw json.RawMessage) (map[string]int64, error) {
	list, err := members(raw)
	if err != nil {
		return nil, errors.New(explain(err))
	}
	out := map[string]int64{}
	for _, m := range list {
		r, err := parseNumber(m.value)
		if err != nil || !r.IsInt() || r.Sign() < 0 || r.Num().Cmp(big.NewInt(MaxTimes)) > 0 {
			return nil, fmt.Errorf("số lần của «%s» phải là số nguyên từ 0", clip(m.key))
		}
		out[m.key] = r.Num().Int64()
	}
	return out, nil
}

// MarshalJSON writes the answer as UnmarshalJSON reads it.
func (a Answer) MarshalJSON() ([]byte, error) {
	w := struct {
		Yes     *bool             `json:"yes,omitempty"`
		Checked *[]bool           `json:"checked,omitempty"`
		B       *Number           `json:"b,omitempty"`
		A       *Number           `json:"a,omitempty"`
		Value   *Number           `json:"value,omitempty"`
		Date    string            `json:"date,omitempty"`
		Choice  *ChoiceKey        `json:"choice,omitempty"`
		Missing bool              `json:"missing,omitempty"`
		None    bool              `json:"none,omitempty"`
		Events  *map[string]int64 `json:"events,omitempty"`
		Vars    map[string]Number `json:"vars,omitempty"`
		Percent *Number           `json:"percent,omitempty"`
		NA      string            `json:"na,omitempty"`
		Points  *Points           `json:"points,omitempty"`
		Note    string            `json:"note,omitempty"`
	}{Yes: a.Yes, B: a.B, A: a.A, Value: a.Value, Date: a.Date.ISO(), Choice: a.Choice, Missing: a.Missing, None: a.None,
		Vars: a.Vars, Percent: a.Percent, NA: a.NA, Points: a.Points, Note: a.Note}
	if a.Checked != nil {
		w.Checked = &a.Checked
	}
	if a.Events != nil {
		w.Events = &a.Events
	}
	return json.Marshal(w)
}

// given lists the inputs that the answer holds, override and note aside.
func (a *Answer) given() []string {
	var keys []string
	for _, in := range []struct {
		key   string
		there bool
	}{
		{"yes", a.Yes != nil}, {"checked", a.Checked != nil}, {"b", a.B != nil}, {"a", a.A != nil}, {"value", a.Value != nil},
		{"date", a.Date.Known()}, {"choice", a.Choice != nil}, {"missing", a.Missing}, {"none", a.None}, {"events", a.Events != nil},
		{"vars", a.Vars != nil}, {"percent", a.Percent != nil},
	} {
		if in.there {
			keys = append(keys, in.key)
		}
	}
	return keys
}
