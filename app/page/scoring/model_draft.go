package scoring

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// Draft is what stands in the fields of a leaf, as it was typed.
type Draft struct {
	Values  map[string]string `json:",omitempty"` // by key of the input
	Missing bool              `json:",omitempty"` // never done
	None    bool              `json:",omitempty"` // none of the list applies
	NA      bool              `json:",omitempty"`
	NAWhy   string            `json:",omitempty"`
	Agreed  bool              `json:",omitempty"` // the appraiser agrees that it is not assessed
	Hand    bool              `json:",omitempty"` // points set by hand
	Points  string            `json:",omitempty"`
	Why     string            `json:",omitempty"` // of points set by hand
	Note    string            `json:",omitempty"`
	Source  string            `json:",omitempty"`
}

// Get returns what was typed for an input.
func (d *Draft) Get(key string) string { return d.Values[key] }

// Put sets what was typed for an input; "" takes it out.
func (d *Draft) Put(key, text string) {
	if d.Values == nil {
		d.Values = map[string]string{}
	}
	if text == "" {
		delete(d.Values, key)
	} else {
		d.Values[key] = text
	}
}

func (d *Draft) clone() Draft {
	c := *d
	c.Values = maps.Clone(d.Values)
	return c
}

func (d *Draft) same(o *Draft) bool {
	a, b := *d, *o
	a.Values, b.Values = nil, nil
	return maps.Equal(d.Values, o.Values) && fmt.Sprint(a) == fmt.Sprint(b)
}

// answered reports whether anything was given that points could come from.
func (d *Draft) answered() bool {
	return len(d.Values) > 0 || d.Missing || d.None || d.NA || d.Hand
}

// InputKind is the kind of a field of a leaf.
type InputKind uint8

// The kinds of input.
const (
	InputOne    InputKind = iota + 1 // one line of the rule: yes or no, a choice
	InputMany                        // any lines of the rule: a checklist
	InputNumber                      // a number
	InputTimes                       // how often, a whole number
	InputDate
)

// Input is a field of a leaf. The lines of InputOne and InputMany are those of
// the rule: their keys are Key and the number of the line.
type Input struct {
	Key, Label, Hint string
	Kind             InputKind
}

// The keys of inputs.
const (
	keyYes     = "yes"
	keyChecked = "checked:"
	keyB       = "b"
	keyA       = "a"
	keyValue   = "value"
	keyDate    = "date"
	keyChoice  = "choice"
	keyEvent   = "event:"
	keyVar     = "var:"
	keyPercent = "percent"
	keyCount   = "count:"
)

// inputsOf lists the fields that a rule needs.
func inputsOf(n *scoring.Node) []Input {
	switch r := n.Rule.(type) {
	case *scoring.Binary:
		return []Input{{Key: keyYes, Kind: InputOne}}
	case *scoring.Checklist:
		return []Input{{Key: keyChecked, Kind: InputMany}}
	case *scoring.Ratio:
		return ratioInputs(orElse(r.Numerator, "Tử số (b)"), orElse(r.Denominator, "Mẫu số (a)"))
	case *scoring.Tiers:
		switch r.Input {
		case scoring.ByPercent:
			return ratioInputs("Tử số (b)", "Mẫu số (a)")
		case scoring.ByDate:
			return []Input{{Key: keyDate, Label: "Ngày thực hiện", Kind: InputDate}}
		case scoring.ByChoice:
			return []Input{{Key: keyChoice, Kind: InputOne}}
		case scoring.ByDaysLate:
			return []Input{{Key: keyValue, Label: "Số ngày chậm", Hint: "0 là đúng hạn; sớm ghi số âm", Kind: InputNumber}}
		}
		return []Input{{Key: keyValue, Label: "Số lượng", Hint: r.Unit, Kind: InputNumber}}
	case *scoring.Formula:
		var out []Input
		for _, v := range r.Vars {
			out = append(out, Input{Key: keyVar + v.ID, Label: orElse(v.Label, v.ID) + " (" + v.ID + ")", Kind: InputNumber})
		}
		return out
	case *scoring.Deduct:
		var out []Input
		for _, e := range r.Events {
			out = append(out, Input{Key: keyEvent + e.ID, Label: e.Label, Hint: "trừ " + e.Points.String() + " mỗi lần", Kind: InputTimes})
		}
		return out
	case *scoring.Survey:
		if r.Mode == scoring.SurveyMean {
			hint := ""
			if r.Scale != nil {
				hint = "thang điểm " + r.Scale.String()
			}
			return []Input{{Key: keyValue, Label: "Điểm trung bình điều tra", Hint: hint, Kind: InputNumber}}
		}
		return []Input{{Key: keyPercent, Label: "Tỷ lệ hài lòng (%)", Hint: "theo quyết định công bố, ví dụ 81,56", Kind: InputNumber}}
	}
	return nil
}

func ratioInputs(b, a string) []Input {
	return []Input{{Key: keyB, Label: b, Kind: InputNumber}, {Key: keyA, Label: a, Kind: InputNumber}}
}

func adjustInputs(a *scoring.Adjust) []Input {
	var out []Input
	for _, o := range a.Rule.Options {
		hint := o.Points.String() + " điểm mỗi trường hợp"
		if o.Per == scoring.PerOnce {
			hint = o.Points.String() + " điểm, tính một lần"
		}
		out = append(out, Input{Key: keyCount + o.ID, Label: o.Label, Hint: hint, Kind: InputTimes})
	}
	return out
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
}

// draftOf writes an entry into the fields.
func draftOf(n *scoring.Node, e *assess.Entry) Draft {
	var d Draft
	if e == nil {
		return d
	}
	a := &e.Answer
	number := func(key string, x *scoring.Number) {
		if x != nil {
			d.Put(key, grouped(x.String()))
		}
	}
	if a.Yes != nil {
		d.Put(keyYes, map[bool]string{true: "0", false: "1"}[*a.Yes])
	}
	for i, on := range a.Checked {
		if on {
			d.Put(keyChecked+strconv.Itoa(i), "1")
		}
	}
	d.None = a.Checked != nil && len(d.Values) == 0
	number(keyB, a.B)
	number(keyA, a.A)
	number(keyValue, a.Value)
	number(keyPercent, a.Percent)
	if a.Date.Known() {
		d.Put(keyDate, a.Date.String())
	}
	if a.Choice != nil && n != nil {
		if r, ok := n.Rule.(*scoring.Tiers); ok {
			for i, t := range r.Tiers {
				if t.Choice != nil && *t.Choice == *a.Choice || t.Label == string(*a.Choice) {
					d.Put(keyChoice, strconv.Itoa(i))
					break
				}
			}
		}
	}
	some := false
	for k, v := range a.Events {
		if v > 0 {
			d.Put(keyEvent+k, data.FormatInt(v))
			some = true
		}
	}
	d.None = d.None || a.Events != nil && !some
	for k, v := range a.Vars {
		d.Put(keyVar+k, grouped(v.String()))
	}
	for k, v := range e.Counts {
		if v.Sign() > 0 {
			d.Put(keyCount+k, grouped(v.String()))
		}
	}
	d.Missing, d.NA, d.NAWhy, d.Agreed = a.Missing, a.NA != "", a.NA, e.Agreed
	if a.Points != nil {
		d.Hand, d.Points, d.Why = true, a.Points.String(), a.Note
	}
	d.Note, d.Source = e.Note, e.Source
	return d
}

// grouped writes the whole part of a number with dots between thousands.
func grouped(text string) string {
	whole, rest, cut := strings.Cut(text, ",")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 {
		return text
	}
	out := data.FormatInt(n)
	if cut {
		out += "," + rest
	}
	return out
}

// ParseNumber reads a number as officers type it: see data.ParseDecimal.
func ParseNumber(text string) (scoring.Number, error) {
	n, err := scoring.ParseNumber(text)
	if err != nil {
		return n, data.Fail(data.Invalid, fmt.Sprintf("«%s» không phải một số. Nhập số, ví dụ 34.170 hoặc 81,56.", strings.TrimSpace(text)), err)
	}
	return n, nil
}

// ParsePoints reads points: at most three decimals.
func ParsePoints(text string) (scoring.Points, error) {
	p, err := scoring.ParsePoints(text)
	if err != nil {
		return 0, data.Fail(data.Invalid, fmt.Sprintf("«%s» không phải số điểm. Nhập số có nhiều nhất ba chữ số thập phân, ví dụ 0,75.", text), err)
	}
	return p, nil
}

// times reads how often something happened.
func times(text string) (int64, error) {
	n, ok := data.ParseWhole(text, scoring.MaxTimes)
	if !ok {
		return 0, data.Fail(data.Invalid, fmt.Sprintf("Số lần «%s» phải là số nguyên từ 0.", text), nil)
	}
	return n, nil
}
