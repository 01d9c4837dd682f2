package scoring

import (
	"fmt"
	"regexp"
	"strings"
)

func (p *rowParser) param() error {
	d := p.current
	if d.adjust {
		return p.scalar(d.object, tables.Fields.Adjust)
	}
	word := p.cell(ColumnKey)
	switch {
	case d.variant && tables.Fields.Variant.byWord(word) != nil:
		return p.scalar(d.object, tables.Fields.Variant)
	case !d.variant && tables.Fields.Node.byWord(word) != nil:
		return p.scalar(d.object, tables.Fields.Node)
	}
	if d.kind == "" && !d.variant && tables.Fields.Group.byWord(word) != nil {
		return p.scalar(d.object, tables.Fields.Group)
	}
	if d.kind == "" {
		return p.fail(ColumnKey, "tiêu chí chưa có loại quy tắc nên không có tham số «%s»", clip(word))
	}
	return p.scalar(d.rule, tables.Fields.Rule)
}

// entry reads one line of the list of a rule.
func (p *rowParser) entry(part string) error {
	d := p.current
	var (
		list string
		one  object
		err  error
	)
	switch kind, input, _ := strings.Cut(d.kind, "/"); {
	case part == PartOption && !d.adjust:
		return p.fail(ColumnPart, "«%s» chỉ dùng dưới điểm thưởng, điểm trừ", part)
	case part == PartOption:
		list = "options"
		one, err = p.option()
	case part == PartItem && d.kind == string(KindChecklist):
		list, one = "items", object{"label": p.cell(ColumnTitle)}
		one["points"], err = p.need(ColumnPoints)
	case part == PartEvent && d.kind == string(KindDeduct):
		list, one = "events", object{"id": p.cell(ColumnKey), "label": p.cell(ColumnTitle)}
		err = p.cost(one)
	case part == PartVar && (d.kind == string(KindFormula) || input == ByFormula):
		list = "vars"
		one, err = p.variable()
	case part == PartCase && d.kind == string(KindFormula):
		list, one = "cases", object{"when": p.cell(ColumnKey), "expr": p.cell(ColumnValue)}
	case part == PartTier && kind == string(KindRelative) && input != "":
		list = "places"
		one, err = p.place()
	case part == PartTier && kind == string(KindTiers) && input != "":
		list = "tiers"
		one, err = p.tier(input)
	default:
		return p.fail(ColumnPart, "«%s» không thuộc loại quy tắc «%s»", part, tables.Kinds.word(d.kind))
	}
	if err == nil {
		d.lists[list] = append(d.lists[list], one)
	}
	return err
}

// option reads a case of a bonus or penalty.
func (p *rowParser) option() (object, error) {
	one := object{"id": p.cell(ColumnKey), "label": p.cell(ColumnTitle), "per": PerEach}
	if err := p.cost(one); err != nil {
		return nil, err
	}
	if text := p.cell(ColumnValue); one["expr"] != nil {
		one["per"] = ""
	} else if text != "" {
		key, ok := tables.Per.key(text)
		if !ok {
			return nil, p.fail(ColumnValue, "«%s» không dùng được; chọn một trong %s, hoặc ghi công thức sau dấu =", clip(text), tables.Per.words())
		}
		one["per"] = key
	}
	return one, nil
}

// place reads the points of places up to one; without it of all others.
func (p *rowParser) place() (object, error) {
	n, err := p.need(ColumnPoints)
	if err != nil {
		return nil, err
	}
	to, err := p.number(ColumnTo)
	if err != nil {
		return nil, err
	}
	one := object{"points": n}
	if to == nil {
		return one, nil
	}
	if !to.IsInt() || to.Sign() <= 0 || to.Cmp(Int(1000)) > 0 {
		return nil, p.fail(ColumnTo, "«%s» không phải một hạng; ghi 1, 2, 3 …, để trống cho các hạng còn lại", clip(p.cell(ColumnTo)))
	}
	one["to"] = to
	return one, nil
}

// nameLines gives the lines for which the officer wrote no sign one that no other
// line has.
func nameLines(list []any, key, head string) {
	used := map[any]bool{}
	for _, x := range list {
		used[x.(object)[key]] = true
	}
	for i, x := range list {
		one := x.(object)
		for n := i + 1; one[key] == ""; n++ {
			if id := fmt.Sprint(head, n); !used[id] {
				one[key], used[id] = id, true
			}
		}
	}
}

var endForm = regexp.MustCompile(`^(≥|≤|>=|<=|>|<)?\s*(.*?)\s*%?$`)

func (p *rowParser) tier(input string) (object, error) {
	n, err := p.need(ColumnPoints)
	if err != nil {
		return nil, err
	}
	one := object{"points": n}
	if label := p.cell(ColumnTitle); label != "" {
		one["label"] = label
	}
	switch input {
	case ByChoice:
		one["choice"] = p.cell(ColumnKey)
		return one, nil
	case ByDate:
		sign, text := cutEnd(p.cell(ColumnTo))
		if text != "" {
			until, ok := parseUntil(text)
			if !ok {
				return nil, p.fail(ColumnTo, "«%s» không phải ngày; viết theo mẫu 31/01 hoặc 31/01/2023", clip(text))
			}
			one["until"] = until
		}
		return one, p.ends(one, sign, "until_incl", ColumnTo, "≤", "<")
	}
	for _, e := range []struct{ column, key, incl, with, without string }{{ColumnFrom, "min", "min_incl", "≥", ">"}, {ColumnTo, "max", "max_incl", "≤", "<"}} {
		sign, text := cutEnd(p.cell(e.column))
		if text != "" {
			value, err := ParseNumber(text)
			if err != nil {
				return nil, p.fail(e.column, "«%s» không phải một số", clip(text))
			}
			one[e.key] = value
		}
		if err := p.ends(one, sign, e.incl, e.column, e.with, e.without); err != nil {
			return nil, err
		}
	}
	return one, nil
}

func cutEnd(text string) (sign, rest string) {
	m := endForm.FindStringSubmatch(text)
	if m == nil {
		return "", text
	}
	sign = strings.NewReplacer(">=", "≥", "<=", "≤").Replace(m[1])
	return sign, m[2]
}

func (p *rowParser) ends(one object, sign, key, column, with, without string) error {
	switch sign {
	case "":
	case with:
		one[key] = true
	case without:
		one[key] = false
	default:
		return p.fail(column, "dấu «%s» không dùng ở cột này; dùng «%s» hoặc «%s»", sign, with, without)
	}
	return nil
}

var dayForm = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$`)

// parseUntil reads 31/01, 31/01/2023, or what a set holds itself.
func parseUntil(text string) (string, bool) {
	if m := dayForm.FindStringSubmatch(text); m != nil {
		until := fmt.Sprintf("%02d-%02d", atoi(m[2]), atoi(m[1]))
		if m[3] != "" {
			until = m[3] + "-" + until
		}
		text = until
	}
	_, ok := untilDay(text, 2023)
	return text, ok
}
