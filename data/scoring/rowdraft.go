package scoring

import (
	"encoding/json"
	"strings"
)

// object is a JSON object under construction, flat keys with full stops.
type object map[string]any

// draftNode is a criterion, a part of one or an adjustment while its rows are read.
type draftNode struct {
	object
	rule     object
	kind     string // JSON kind and input, such as tiers/percent
	lists    map[string][]any
	row      int
	level    int
	children []*draftNode
	variants []*draftNode
	adjust   bool
	variant  bool
}

// finish builds the JSON of the set and reads it.
func (p *rowParser) finish() (*Set, error) {
	if len(p.roots) == 0 {
		return nil, invalid("", "Bảng không có tiêu chí nào. Mỗi lĩnh vực, tiêu chí là một dòng có mã và điểm tối đa.")
	}
	meta := unflatten(p.meta)
	if p.basis != nil {
		meta["basis_values"] = p.basis
	}
	for key, list := range map[string][]any{"grades": p.grades, "facts": p.facts, "grade_vars": p.of} {
		if list != nil {
			meta[key] = list
		}
	}
	if _, ok := meta["total"]; !ok {
		sum := new(Number)
		for _, d := range p.roots {
			total := sum.Rat()
			*sum = Number{total.Add(total, d.object["max"].(*Number).Rat())}
		}
		meta["total"] = sum
	}
	whole := object{"meta": meta, "criteria": drafted(p.roots, nil)}
	complete(meta["final_clamp"], 0, 100)
	if p.metrics != nil {
		whole["metrics"] = p.metrics
	}
	if p.bonus != nil {
		whole["bonus"] = drafted(p.bonus, nil)
	}
	if p.penalty != nil {
		whole["penalty"] = drafted(p.penalty, nil)
	}
	raw, err := json.Marshal(whole)
	if err != nil {
		return nil, err
	}
	return decodeSet(raw)
}

// drafted builds the JSON of a list; above is the maximum that its members have where
// they say none.
func drafted(list []*draftNode, above any) []any {
	out := make([]any, len(list))
	for i, d := range list {
		out[i] = d.json(above)
	}
	return out
}

func (d *draftNode) json(above any) object {
	out := unflatten(d.object)
	if d.adjust {
		options := d.lists["options"]
		if options == nil {
			options = []any{}
		}
		nameLines(options, "id", "k")
		rule, _ := out["rule"].(object)
		if rule == nil {
			rule = object{}
		}
		rule["options"] = options
		out["rule"] = rule
		return out
	}
	if len(d.children) > 0 {
		out["children"] = drafted(d.children, nil)
	}
	if d.kind != "" {
		out["kind"], out["rule"] = d.ruleJSON(above)
	}
	if len(d.variants) > 0 {
		out["variants"] = drafted(d.variants, d.object["max"])
	}
	return out
}

// ruleJSON builds a rule with the usual values for what was left out.
func (d *draftNode) ruleJSON(above any) (kind string, rule object) {
	rule = unflatten(d.rule)
	most := d.object["max"]
	if most == nil {
		most = above // a variant keeps the maximum of its criterion
	}
	usual := func(key string, value any) {
		if _, ok := rule[key]; !ok {
			rule[key] = value
		}
	}
	nameLines(d.lists["events"], "id", "k")
	kind, input, measured := strings.Cut(d.kind, "/")
	if input == ByChoice {
		nameLines(d.lists["tiers"], "choice", "")
	}
	for name, list := range d.lists {
		rule[name] = list
	}
	if measured {
		rule["input"] = input
	}
	switch Kind(kind) {
	case KindBinary:
		usual("yes", most)
		usual("no", 0)
	case KindTiers:
		usual("tiers", []any{})
	case KindSteps:
		usual("from", 0)
		usual("each", 1)
	case KindRelative:
		usual("against", ByBest)
	case KindDeduct:
		usual("start", most)
		usual("floor", 0)
		usual("events", []any{})
	case KindChecklist:
		usual("items", []any{})
	case KindFormula:
		usual("vars", []any{})
		usual("expr", "")
		complete(rule["clamp"], "0", maxName)
	case KindSurvey:
		usual("mode", SurveyPercent)
	}
	return kind, rule
}

// complete fills the end of a range that was left out.
func complete(list any, usual ...any) {
	ends, _ := list.([]any)
	for i := range ends {
		if ends[i] == nil {
			ends[i] = usual[i]
		}
	}
}

// unflatten turns keys with full stops into objects and lists.
func unflatten(flat object) object {
	out := object{}
	for key, value := range flat {
		name, rest, nested := strings.Cut(key, ".")
		if !nested {
			out[key] = value
			continue
		}
		if rest == "0" || rest == "1" {
			list, _ := out[name].([]any)
			for len(list) < 2 {
				list = append(list, nil)
			}
			list[int(rest[0]-'0')] = value
			out[name] = list
			continue
		}
		inner, ok := out[name].(object)
		if !ok {
			inner = object{}
			out[name] = inner
		}
		inner[rest] = value
	}
	return out
}
