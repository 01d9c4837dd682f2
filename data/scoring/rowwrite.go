package scoring

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
)

// SetRows writes a set as rows of text under SetColumns, the heading first: one
// row a node, one a tier, item, event, case or parameter below it. ParseSetRows
// reads exactly the same set from them.
func SetRows(s *Set) ([][]string, error) {
	w := &rowWriter{rows: [][]string{slices.Clone(SetColumns)}}
	if err := w.scalars(&s.Meta, "", tables.Fields.Meta, PartMeta); err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(s.Meta.BasisValues)) {
		w.add(map[string]string{ColumnPart: PartBasis, ColumnKey: key, ColumnValue: s.Meta.BasisValues[key]})
	}
	for _, g := range s.Meta.Grades {
		w.add(map[string]string{ColumnPart: PartGrade, ColumnTitle: g.Name, ColumnFrom: g.Min.String(), ColumnTo: g.Max.String()})
		for _, need := range g.Needs {
			w.add(map[string]string{ColumnPart: PartNeed, ColumnTitle: need.Text, ColumnKey: need.When})
		}
	}
	w.vars(PartGradeOf, s.Meta.GradeVars)
	for _, f := range s.Meta.Facts {
		kind := f.Unit
		if f.Yes {
			kind = yesNo
		}
		w.add(map[string]string{ColumnPart: PartFact, ColumnKey: f.ID, ColumnTitle: f.Label, ColumnValue: kind})
	}
	for _, m := range s.Metrics {
		w.add(map[string]string{ColumnPart: PartMetric, ColumnKey: m.ID, ColumnTitle: m.Title, ColumnKind: m.Type, ColumnValue: m.Definition})
	}
	for _, n := range s.Criteria {
		if err := w.node(n, 1); err != nil {
			return nil, err
		}
	}
	for _, a := range s.Bonus {
		if err := w.adjust(a, PartBonus); err != nil {
			return nil, err
		}
	}
	for _, a := range s.Penalty {
		if err := w.adjust(a, PartPenalty); err != nil {
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
		value, ok := flat[f.Key]
		if !ok {
			continue
		}
		text, err := f.text(value)
		if err != nil {
			return err
		}
		w.add(map[string]string{ColumnPart: part, ColumnKey: f.Word, ColumnValue: text})
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
	switch f.Kind {
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
	switch f.Kind {
	case kindWord:
		s = f.Words.word(s)
	case kindLevel:
		if s != "" {
			s = data.Level(s).Name()
		}
	}
	return s, nil
}

func plain(p Points) string { return Number{p.rat()}.String() }

func (w *rowWriter) node(n *Node, level int) error {
	cells := map[string]string{ColumnPart: PartNode, ColumnLevel: fmt.Sprint(level), ColumnCode: n.Code, ColumnTitle: n.Title, ColumnMax: plain(n.Max),
		ColumnProof: strings.Join(n.Evidence, "\n"), ColumnOwner: n.Owner, ColumnBasis: n.Basis, ColumnNote: n.Note}
	cells[ColumnKind] = KindName(n.Rule)
	w.add(cells)
	if n.Rule != nil {
		if err := w.scalars(n.Rule, "", tables.Fields.Rule, PartParam); err != nil {
			return err
		}
	} else if err := w.scalars(struct {
		Take string `json:"take,omitempty"`
	}{n.Take}, "", tables.Fields.Group, PartParam); err != nil {
		return err
	}
	if n.Metric != nil {
		if err := w.scalars(n.Metric, "metric.", tables.Fields.Node, PartParam); err != nil {
			return err
		}
	}
	if err := w.scalars(struct {
		NA    bool      `json:"na_allowed,omitempty"`
		Min   *Points   `json:"min,omitempty"`
		Words string    `json:"words,omitempty"`
		None  *NoneRule `json:"when_none,omitempty"`
	}{n.NAAllowed, n.Min, n.Words, n.None}, "", tables.Fields.Node, PartParam); err != nil {
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

// KindName names the kind of a rule as the column Loại quy tắc writes it, "" for none.
func KindName(r Rule) string {
	if r == nil {
		return ""
	}
	key := string(r.Kind())
	if m, ok := r.(interface{ measure() *measure }); ok {
		key += "/" + m.measure().input
	}
	return tables.Kinds.word(key)
}

func (w *rowWriter) variant(v *Variant) error {
	cells := map[string]string{ColumnPart: PartVariant, ColumnTitle: v.Label, ColumnKey: v.When, ColumnKind: KindName(v.Rule)}
	if v.Max != nil {
		cells[ColumnMax] = plain(*v.Max)
	}
	w.add(cells)
	if v.Skip {
		w.add(map[string]string{ColumnPart: PartParam, ColumnKey: tables.Fields.Variant.byKey("skip").Word, ColumnValue: "có"})
	}
	if v.Rule == nil {
		return nil
	}
	if err := w.scalars(v.Rule, "", tables.Fields.Rule, PartParam); err != nil {
		return err
	}
	w.lines(v.Rule)
	return nil
}

func (w *rowWriter) vars(part string, vars []Var) {
	for _, v := range vars {
		cells := map[string]string{ColumnPart: part, ColumnKey: v.ID, ColumnTitle: v.Label}
		if v.Negative {
			cells[ColumnFrom] = "âm"
		}
		if v.From != nil {
			cells[ColumnValue] = v.From.String()
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
			w.add(map[string]string{ColumnPart: PartItem, ColumnTitle: i.Label, ColumnPoints: plain(i.Points)})
		}
	case *Deduct:
		for _, e := range r.Events {
			points, formula := costs(e.Points, e.Expr)
			w.add(map[string]string{ColumnPart: PartEvent, ColumnKey: e.ID, ColumnTitle: e.Label, ColumnPoints: points, ColumnValue: formula})
		}
	case *Formula:
		w.vars(PartVar, r.Vars)
		for _, c := range r.Cases {
			w.add(map[string]string{ColumnPart: PartCase, ColumnKey: c.When, ColumnValue: c.Expr})
		}
	case *Steps:
		w.vars(PartVar, r.Vars)
	case *Relative:
		w.vars(PartVar, r.Vars)
		for _, p := range r.Places {
			cells := map[string]string{ColumnPart: PartTier, ColumnPoints: plain(p.Points)}
			if p.To > 0 {
				cells[ColumnTo] = fmt.Sprint(p.To)
			}
			w.add(cells)
		}
	case *Tiers:
		w.vars(PartVar, r.Vars)
		for _, t := range r.Tiers {
			cells := map[string]string{ColumnPart: PartTier, ColumnTitle: t.Label, ColumnPoints: plain(t.Points)}
			cells[ColumnFrom] = end("", t.Min, t.MinIncl, "≥", ">")
			cells[ColumnTo] = end("", t.Max, t.MaxIncl, "≤", "<")
			if t.Until != nil || t.UntilIncl != nil {
				text := ""
				if t.Until != nil {
					text = untilText(*t.Until)
				}
				cells[ColumnTo] = end(text, nil, t.UntilIncl, "≤", "<")
			}
			if t.Choice != nil {
				cells[ColumnKey] = string(*t.Choice)
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
	cells := map[string]string{ColumnPart: part, ColumnCode: a.Code, ColumnTitle: a.Title, ColumnProof: strings.Join(a.Evidence, "\n"), ColumnBasis: a.Basis}
	if a.Cap != nil {
		cells[ColumnMax] = plain(*a.Cap)
	}
	w.add(cells)
	if err := w.scalars(struct {
		Domain string `json:"domain,omitempty"`
		Kind   string `json:"kind,omitempty"`
		Words  string `json:"words,omitempty"`
		Take   string `json:"rule.take,omitempty"`
	}{a.Domain, a.Kind, a.Words, a.Rule.Take}, "", tables.Fields.Adjust, PartParam); err != nil {
		return err
	}
	for _, o := range a.Rule.Options {
		points, formula := costs(o.Points, o.Expr)
		w.add(map[string]string{ColumnPart: PartOption, ColumnKey: o.ID, ColumnTitle: o.Label, ColumnPoints: points, ColumnValue: orElse(formula, tables.Per.word(o.Per))})
	}
	return nil
}
