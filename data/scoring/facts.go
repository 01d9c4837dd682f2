package scoring

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"giaoban/data"
	"giaoban/data/scoring/expr"
)

// Fact is something about a unit that rules ask: its kind («xã miền núi», «có giải
// quyết thủ tục») or its size («dân số»). Formulas and conditions use it by its name.
type Fact struct {
	ID    string `json:"id"`
	Label string `json:"label,omitempty"`
	Yes   bool   `json:"yes,omitempty"`  // yes or no; else a number from nought
	Unit  string `json:"unit,omitempty"` // of a number
}

// Facts are what is known of one unit, by name; yes is 1 and no is 0.
type Facts map[string]Number

// UnmarshalJSON reads numbers, true and false.
func (f *Facts) UnmarshalJSON(raw []byte) error {
	list, err := members(raw)
	if err != nil {
		return err
	}
	*f = Facts{}
	for _, m := range list {
		n := Int(0)
		switch string(m.value) {
		case "true":
			n = Int(1)
		case "false":
		default:
			if err := n.UnmarshalJSON(m.value); err != nil {
				return fmt.Errorf("đặc điểm «%s» cần true, false hoặc một số", clip(m.key))
			}
		}
		(*f)[m.key] = n
	}
	return nil
}

// MarshalJSON writes the facts as numbers.
func (f Facts) MarshalJSON() ([]byte, error) { return json.Marshal(map[string]Number(f)) }

// checkFacts refuses what the set does not ask and what cannot be.
func (s *Set) checkFacts(given Facts) error {
	for _, id := range slices.Sorted(maps.Keys(given)) {
		f := s.Meta.fact(id)
		switch x := given[id]; {
		case f == nil:
			return invalid("unit", "Đặc điểm của đơn vị: bộ tiêu chí không hỏi «%s».", clip(id))
		case f.Yes && !x.Equal(Int(0)) && !x.Equal(Int(1)):
			return invalid("unit", "Đặc điểm của đơn vị: «%s» cần có hoặc không.", orElse(f.Label, id))
		case x.Sign() < 0:
			return invalid("unit", "Đặc điểm của đơn vị: «%s» là %s, không được âm.", orElse(f.Label, id), x)
		}
	}
	return nil
}

func (m *Meta) fact(id string) *Fact {
	return data.Find(m.Facts, func(f *Fact) bool { return f.ID == id })
}

// value returns a fact of a unit: what is not said of its kind is no, an unknown size
// is waited for.
func (m *Meta) value(given Facts, id string) (*big.Rat, error) {
	f := m.fact(id)
	if f == nil {
		return nil, fmt.Errorf("biến «%s» chưa khai", clip(id))
	}
	if x, ok := given[id]; ok {
		return x.Rat(), nil
	}
	if f.Yes {
		return new(big.Rat), nil
	}
	return nil, &errWaits{"«" + orElse(f.Label, id) + "» của đơn vị"}
}

func (s *scene) fact(id string) (*big.Rat, error) { return s.set.Meta.value(s.e.sheet.Unit, id) }

// Asked returns what the rules of a criterion ask of the unit.
func (s *Set) Asked(n *Node) (out []Fact) {
	var used []string
	for _, r := range n.rules() {
		if x, ok := r.(interface{ expressions() []string }); ok {
			for _, text := range x.expressions() {
				if e, err := expr.Parse(text); err == nil {
					used = append(used, e.Vars()...)
				}
			}
		}
	}
	for _, f := range s.Meta.Facts {
		if !slices.Contains(used, f.ID) || slices.ContainsFunc(n.Vars(), func(v Var) bool { return v.ID == f.ID }) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// line names a fact as formulas use it.
func (f *Fact) line() RuleLine {
	unit := f.Unit
	if f.Yes {
		unit = "có là 1, không là 0"
	}
	text := f.ID + ": " + orElse(f.Label, f.ID) + " của đơn vị"
	if unit != "" {
		text += " (" + unit + ")"
	}
	return RuleLine{Text: text}
}

// Variant changes a criterion for units of a kind: another maximum, another rule, or
// that it does not apply to them. The first one whose condition holds counts.
type Variant struct {
	Label string // «Xã miền núi»; "" for the condition in words
	When  string // condition over the facts of the unit
	Max   *Points
	Rule  Rule // nil for that of the criterion
	Skip  bool // the criterion does not apply
}

// variantJSON is a variant in a file.
type variantJSON struct {
	Label string          `json:"label,omitempty"`
	When  string          `json:"when"`
	Max   *Points         `json:"max,omitempty"`
	Kind  Kind            `json:"kind,omitempty"`
	Rule  json.RawMessage `json:"rule,omitempty"`
	Skip  bool            `json:"skip,omitempty"`
}

// UnmarshalJSON reads a variant as MarshalJSON writes it.
func (v *Variant) UnmarshalJSON(raw []byte) error {
	var w variantJSON
	if err := strict(raw, &w); err != nil {
		return err
	}
	*v = Variant{Label: w.Label, When: w.When, Max: w.Max, Skip: w.Skip}
	var err error
	v.Rule, err = decodeRule(w.Kind, w.Rule)
	return err
}

// MarshalJSON writes the rule with its kind beside it.
func (v *Variant) MarshalJSON() ([]byte, error) {
	w := variantJSON{Label: v.Label, When: v.When, Max: v.Max, Skip: v.Skip}
	var err error
	if w.Kind, w.Rule, err = encodeRule(v.Rule); err != nil {
		return nil, err
	}
	return json.Marshal(w)
}

// name says for whom the variant is.
func (v *Variant) name() string { return orElse(v.Label, formulaWords(v.When)) }

// of returns the node as the variant makes it.
func (v *Variant) of(n *Node) *Node {
	out := *n
	out.Variants, out.Skip = nil, v.Skip
	if v.Max != nil {
		out.Max = *v.Max
	}
	if v.Rule != nil {
		out.Rule = v.Rule
	}
	if v.Skip {
		out.SkipWhy = v.name()
	}
	return &out
}

// lines writes the variant in words.
func (v *Variant) lines(n *Node) []RuleLine {
	head := "Riêng " + v.name()
	as := v.of(n)
	switch {
	case v.Skip:
		return []RuleLine{{Text: head + ": không áp dụng"}}
	case v.Max != nil:
		head += ", tối đa " + v.Max.String()
	}
	if v.Rule == nil {
		return []RuleLine{{Text: head + ": cách chấm như trên"}}
	}
	return append([]RuleLine{{Text: head + ":"}}, v.Rule.Lines(as)...)
}

// For returns the set as it applies to a unit: criteria with the maxima and rules of
// its kind, groups and the total summed anew. It is s itself where no criterion has a
// variant. Remarks tell what is not known of the unit.
func (s *Set) For(unit Facts) (*Set, []Remark) {
	if !s.varies() {
		return s, nil
	}
	out := *s
	out.index, out.Criteria = map[string]*Node{}, nil
	var remarks []Remark
	var resolve func(n *Node) *Node
	resolve = func(n *Node) *Node {
		as := n
		for _, v := range n.Variants {
			holds, err := v.holds(s, unit)
			if err != nil {
				remarks = append(remarks, Remark{Code: n.Code, Text: fmt.Sprintf("Tiêu chí %s: %s, chưa xét được «%s» nên chấm theo cách chung.", n.Code, err, v.name())})
				continue
			}
			if holds {
				as = v.of(n)
				break
			}
		}
		if as == n {
			copied := *n
			as = &copied
			as.Variants = nil
		}
		as.ByKind = len(n.Variants) > 0
		if len(n.Children) > 0 {
			as.Children = nil
			sum, best := Points(0), Points(0)
			for _, c := range n.Children {
				child := resolve(c)
				as.Children = append(as.Children, child)
				sum, best = sum+child.Max, max(best, child.Max)
			}
			if as.Max = sum; n.Take == TakeHighest {
				as.Max = best
			}
		}
		out.index[n.Code] = as
		return as
	}
	before, after := Points(0), Points(0)
	for _, n := range s.Criteria {
		as := resolve(n)
		before, after = before+n.Max, after+as.Max
		out.Criteria = append(out.Criteria, as)
	}
	out.Meta.Total += after - before
	if s.Meta.IndexBase != nil {
		base := *s.Meta.IndexBase + after - before
		out.Meta.IndexBase = &base
	}
	return &out, remarks
}

// varies reports whether any criterion has a variant.
func (s *Set) varies() bool {
	found := false
	s.Walk(func(n *Node, _ []*Node) { found = found || len(n.Variants) > 0 })
	return found
}

func (v *Variant) holds(s *Set, unit Facts) (bool, error) {
	e, err := s.condition(v.When)
	if err != nil {
		return false, err
	}
	return e.Holds(func(name string) (*big.Rat, error) { return s.Meta.value(unit, name) })
}

// checkVariants faults conditions that cannot be, and rules that do not fit.
func (n *Node) checkVariants(s *Set, fault func(string, ...any)) {
	for i, v := range n.Variants {
		say := func(format string, args ...any) {
			fault("riêng %s: %s", clip(v.name()), fmt.Sprintf(format, args...))
		}
		if _, err := s.condition(v.When); err != nil {
			fault("trường hợp riêng thứ %d: %s", i+1, err)
			continue
		}
		switch {
		case len(n.Children) > 0:
			fault("trường hợp riêng chỉ ghi ở tiêu chí được chấm, không ghi ở nhóm")
		case v.Skip && (v.Max != nil || v.Rule != nil):
			say("đã không áp dụng thì không có điểm tối đa và cách chấm")
		case v.Skip:
		case v.Max == nil && v.Rule == nil:
			say("chưa đổi gì; ghi điểm tối đa, cách chấm, hoặc không áp dụng")
		case v.Max != nil && *v.Max <= 0:
			say("điểm tối đa phải lớn hơn 0")
		case n.Rule != nil:
			as := v.of(n)
			as.Rule.check(as, s, say)
		}
	}
}
