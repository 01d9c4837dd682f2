package scoring

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
)

// SetRows writes a set as rows of text under SetColumns, the heading first: one
// row a node, one a tier, item, event, case or parameter below it. ParseSetRows
// reads exactly the same set from them.
func SetRows(s *Set) ([][]string, error) {
	w := &rowWriter{rows: [][]string{slices.Clone(SetColumns)}}
	if err := w.scalars(&s.Meta, "", metaFields, partMeta); err != nil {
		return nil, err
	}
	for _, key := range sortedKeys(s.Meta.BasisValues) {
		w.add(map[string]string{colPart: partBasis, colKey: key, colValue: s.Meta.BasisValues[key]})
	}
	for _, g := range s.Meta.Grades {
		w.add(map[string]string{colPart: partGrade, colTitle: g.Name, colFrom: g.Min.String(), colTo: g.Max.String()})
		for _, need := range g.Needs {
			w.add(map[string]string{colPart: partNeed, colTitle: need.Text, colKey: need.When})
		}
	}
	w.vars(partGradeOf, s.Meta.GradeVars)
	for _, f := range s.Meta.Facts {
		kind := f.Unit
		if f.Yes {
			kind = yesNo
		}
		w.add(map[string]string{colPart: partFact, colKey: f.ID, colTitle: f.Label, colValue: kind})
	}
	for _, m := range s.Metrics {
		w.add(map[string]string{colPart: partMetric, colKey: m.ID, colTitle: m.Title, colKind: m.Type, colValue: m.Definition})
	}
	for _, n := range s.Criteria {
		if err := w.node(n, 1); err != nil {
			return nil, err
		}
	}
	for _, a := range s.Bonus {
		if err := w.adjust(a, partBonus); err != nil {
			return nil, err
		}
	}
	for _, a := range s.Penalty {
		if err := w.adjust(a, partPenalty); err != nil {
			return nil, err
		}
	}
	return w.rows, nil
}

// yesNo stands for the unit of a fact that is yes or no.
const yesNo = "có/không"

type rowWriter struct{ rows [][]string }

func (w *rowWriter) add(cells map[string]string) {
	row := make([]string, len(SetColumns))
	for i, c := range SetColumns {
		row[i] = cells[c]
	}
	w.rows = append(w.rows, row)
}

// scalars writes the fields that the JSON form of v has, each as a row.
func (w *rowWriter) scalars(v any, prefix string, known fields, part string) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	flat, err := flatten(raw, prefix)
	if err != nil {
		return err
	}
	for i := range known {
		f := &known[i]
		value, ok := flat[f.key]
		if !ok {
			continue
		}
		text, err := f.text(value)
		if err != nil {
			return err
		}
		w.add(map[string]string{colPart: part, colKey: f.word, colValue: text})
	}
	return nil
}

// flatten reads the scalars of a JSON object, those of nested objects and of
// lists of scalars under names with a full stop.
func flatten(raw json.RawMessage, prefix string) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	list, err := members(raw)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		name := prefix + m.key
		switch m.value[0] {
		case '{':
			inner, err := flatten(m.value, name+".")
			if err != nil {
				return nil, err
			}
			for k, v := range inner {
				out[k] = v
			}
		case '[':
			var items []json.RawMessage
			if err := json.Unmarshal(m.value, &items); err != nil {
				return nil, err
			}
			for i, item := range items {
				if item[0] != '{' {
					out[fmt.Sprintf("%s.%d", name, i)] = item
				}
			}
		default:
			out[name] = m.value
		}
	}
	return out, nil
}

// text writes a scalar for people.
func (f *field) text(raw json.RawMessage) (string, error) {
	switch f.kind {
	case kindNumber:
		var n Number
		if err := n.UnmarshalJSON(raw); err != nil {
			return "", err
		}
		return n.String(), nil
	case kindNone:
		var z NoneRule
		if err := z.UnmarshalJSON(raw); err != nil {
			return "", err
		}
		if z.Points != nil {
			return plain(*z.Points), nil
		}
		return zeroWords.word(z.How), nil
	case kindBool:
		if string(raw) == "true" {
			return "có", nil
		}
		return "không", nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	switch f.kind {
	case kindWord:
		s = f.words.word(s)
	case kindLevel:
		if s != "" {
			s = data.Level(s).Name()
		}
	}
	return s, nil
}

func plain(p Points) string { return Number{p.rat()}.String() }

func (w *rowWriter) node(n *Node, level int) error {
	cells := map[string]string{colPart: partNode, colLevel: fmt.Sprint(level), colCode: n.Code, colTitle: n.Title, colMax: plain(n.Max),
		colProof: strings.Join(n.Evidence, "\n"), colOwner: n.Owner, colBasis: n.Basis, colNote: n.Note}
	cells[colKind] = kindOf(n.Rule)
	w.add(cells)
	if n.Rule != nil {
		if err := w.scalars(n.Rule, "", ruleFields, partParam); err != nil {
			return err
		}
	} else if err := w.scalars(struct {
		Take string `json:"take,omitempty"`
	}{n.Take}, "", groupFields, partParam); err != nil {
		return err
	}
	if n.Metric != nil {
		if err := w.scalars(n.Metric, "metric.", nodeFields, partParam); err != nil {
			return err
		}
	}
	if err := w.scalars(struct {
		NA    bool      `json:"na_allowed,omitempty"`
		Min   *Points   `json:"min,omitempty"`
		Words string    `json:"words,omitempty"`
		None  *NoneRule `json:"when_none,omitempty"`
	}{n.NAAllowed, n.Min, n.Words, n.None}, "", nodeFields, partParam); err != nil {
		return err
	}
	w.lines(n.Rule)
	for _, v := range n.Variants {
		if err := w.variant(v); err != nil {
			return err
		}
	}
	for _, c := range n.Children {
		if err := w.node(c, level+1); err != nil {
			return err
		}
	}
	return nil
}

// kindOf names the kind of a rule as the column Loại quy tắc writes it, "" for none.
func kindOf(r Rule) string {
	if r == nil {
		return ""
	}
	key := string(r.Kind())
	if m, ok := r.(interface{ measure() *measure }); ok {
		key += "/" + m.measure().input
	}
	return kindWords.word(key)
}

func (w *rowWriter) variant(v *Variant) error {
	cells := map[string]string{colPart: partVariant, colTitle: v.Label, colKey: v.When, colKind: kindOf(v.Rule)}
	if v.Max != nil {
		cells[colMax] = plain(*v.Max)
	}
	w.add(cells)
	if v.Skip {
		w.add(map[string]string{colPart: partParam, colKey: variantFields.byKey("skip").word, colValue: "có"})
	}
	if v.Rule == nil {
		return nil
	}
	if err := w.scalars(v.Rule, "", ruleFields, partParam); err != nil {
		return err
	}
	w.lines(v.Rule)
	return nil
}

func (w *rowWriter) vars(part string, vars []Var) {
	for _, v := range vars {
		cells := map[string]string{colPart: part, colKey: v.ID, colTitle: v.Label}
		if v.Negative {
			cells[colFrom] = "âm"
		}
		if v.From != nil {
			cells[colValue] = v.From.String()
		}
		w.add(cells)
	}
}

// costs writes what an event or a case gives: points, or a formula after the sign =.
func costs(p Points, expr string) (points, formula string) {
	if expr != "" {
		return "", "= " + expr
	}
	return plain(p), ""
}

// lines writes the list that a rule holds.
func (w *rowWriter) lines(rule Rule) {
	switch r := rule.(type) {
	case *Checklist:
		for _, i := range r.Items {
			w.add(map[string]string{colPart: partItem, colTitle: i.Label, colPoints: plain(i.Points)})
		}
	case *Deduct:
		for _, e := range r.Events {
			points, formula := costs(e.Points, e.Expr)
			w.add(map[string]string{colPart: partEvent, colKey: e.ID, colTitle: e.Label, colPoints: points, colValue: formula})
		}
	case *Formula:
		w.vars(partVar, r.Vars)
		for _, c := range r.Cases {
			w.add(map[string]string{colPart: partCase, colKey: c.When, colValue: c.Expr})
		}
	case *Steps:
		w.vars(partVar, r.Vars)
	case *Relative:
		w.vars(partVar, r.Vars)
		for _, p := range r.Places {
			cells := map[string]string{colPart: partTier, colPoints: plain(p.Points)}
			if p.To > 0 {
				cells[colTo] = fmt.Sprint(p.To)
			}
			w.add(cells)
		}
	case *Tiers:
		w.vars(partVar, r.Vars)
		for _, t := range r.Tiers {
			cells := map[string]string{colPart: partTier, colTitle: t.Label, colPoints: plain(t.Points)}
			cells[colFrom] = end("", t.Min, t.MinIncl, "≥", ">")
			cells[colTo] = end("", t.Max, t.MaxIncl, "≤", "<")
			if t.Until != nil || t.UntilIncl != nil {
				text := ""
				if t.Until != nil {
					text = untilText(*t.Until)
				}
				cells[colTo] = end(text, nil, t.UntilIncl, "≤", "<")
			}
			if t.Choice != nil {
				cells[colKey] = string(*t.Choice)
			}
			w.add(cells)
		}
	}
}

// end writes one end of a tier: the sign is left out where the set leaves it
// out, which is «từ … đến dưới …».
func end(text string, n *Number, incl *bool, with, without string) string {
	if n != nil {
		text = n.String()
	}
	if incl == nil {
		return text
	}
	if *incl {
		return strings.TrimSpace(with + " " + text)
	}
	return strings.TrimSpace(without + " " + text)
}

// untilText writes the last date of a step as people do: 31/01 or 31/01/2023.
func untilText(until string) string {
	m := untilForm.FindStringSubmatch(until)
	switch {
	case m == nil:
		return until
	case m[1] == "":
		return m[3] + "/" + m[2]
	}
	return m[3] + "/" + m[2] + "/" + m[1]
}

func (w *rowWriter) adjust(a *Adjust, part string) error {
	cells := map[string]string{colPart: part, colCode: a.Code, colTitle: a.Title, colProof: strings.Join(a.Evidence, "\n"), colBasis: a.Basis}
	if a.Cap != nil {
		cells[colMax] = plain(*a.Cap)
	}
	w.add(cells)
	if err := w.scalars(struct {
		Domain string `json:"domain,omitempty"`
		Kind   string `json:"kind,omitempty"`
		Words  string `json:"words,omitempty"`
		Take   string `json:"rule.take,omitempty"`
	}{a.Domain, a.Kind, a.Words, a.Rule.Take}, "", adjustFields, partParam); err != nil {
		return err
	}
	for _, o := range a.Rule.Options {
		points, formula := costs(o.Points, o.Expr)
		w.add(map[string]string{colPart: partOption, colKey: o.ID, colTitle: o.Label, colPoints: points, colValue: orElse(formula, perWords.word(o.Per))})
	}
	return nil
}
