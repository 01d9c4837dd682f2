package scoring

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/scoring"
)

// RuleForm is a rule as it stands in the fields of the editor.
type RuleForm struct {
	Kind   scoring.Kind
	Input  string // what tiers are told apart by
	Fields map[string]string
	Rows   [][]string // steps, items, faults or variables
	Cases  [][]string // of a formula: condition, expression
	old    scoring.Rule
}

// RuleColumn is a column of the rows of a form.
type RuleColumn struct {
	Title   string
	Check   bool     // a box to tick: "1" or ""
	Choices []Choice // one of these: its key; nil for text
	Width   float32
	Flex    bool
}

// The inputs of tiers.
var tierInputs = []Choice{{scoring.ByPercent, "Tỷ lệ % (b/a)"}, {scoring.ByCount, "Số lượng"}, {scoring.ByDaysLate, "Số ngày chậm"}, {scoring.ByDate, "Ngày thực hiện"}, {scoring.ByChoice, "Chọn một mức"}}

// TierInputs lists what tiers may be told apart by.
func TierInputs() []Choice { return tierInputs }

// ZeroChoices lists how a ratio whose denominator is 0 is scored.
func ZeroChoices() []Choice {
	return []Choice{{scoring.ZeroFull, "Điểm tối đa"}, {scoring.ZeroNA, "Không đánh giá"}, {scoring.ZeroZero, "0 điểm"}}
}

// FieldsOf lists the single fields of a kind: key and label.
func (f *RuleForm) FieldsOf() []Choice {
	switch f.Kind {
	case scoring.KindBinary:
		return []Choice{{"yes", "Điểm khi có"}, {"yesLabel", "Chữ cho «có»"}, {"no", "Điểm khi không"}, {"noLabel", "Chữ cho «không»"}}
	case scoring.KindDeduct:
		return []Choice{{"start", "Điểm ban đầu"}, {"floor", "Trừ đến"}}
	case scoring.KindRatio:
		return []Choice{{"numerator", "b là"}, {"denominator", "a là"}, {"target", "Tỷ lệ được điểm tối đa (%)"}, {"cutoff", "Dưới tỷ lệ này: 0 điểm (%)"}}
	case scoring.KindTiers:
		out := []Choice{{"missing", "Điểm khi chưa thực hiện (trống: không dùng)"}}
		if f.Input == scoring.ByCount {
			out = append(out, Choice{"unit", "Đơn vị tính"})
		}
		return out
	case scoring.KindFormula:
		return []Choice{{"expr", "Các trường hợp khác: điểm ="}}
	case scoring.KindSurvey:
		return []Choice{{"scale", "Thang điểm (trống: kết quả là %)"}, {"sample", "Số phiếu ít nhất"}, {"source", "Nguồn kết quả điều tra"}}
	}
	return nil
}

// Columns lists the columns of the rows.
func (f *RuleForm) Columns() []RuleColumn {
	points := RuleColumn{Title: "Điểm", Width: 70}
	label := RuleColumn{Title: "Chữ in trong bảng (trống: tự viết)", Flex: true}
	switch f.Kind {
	case scoring.KindChecklist:
		return []RuleColumn{{Title: "Nội dung", Flex: true}, points}
	case scoring.KindDeduct:
		return []RuleColumn{{Title: "Lỗi", Flex: true}, {Title: "Trừ mỗi lần", Width: 84}}
	case scoring.KindFormula:
		return []RuleColumn{{Title: "Ký hiệu", Width: 76}, {Title: "Là gì", Flex: true}, {Title: "Có thể âm", Check: true, Width: 76}}
	case scoring.KindTiers:
		switch f.Input {
		case scoring.ByDate:
			return []RuleColumn{{Title: "Đến hết ngày", Width: 104}, {Title: "kể cả", Check: true, Width: 54}, points, label}
		case scoring.ByChoice:
			return []RuleColumn{{Title: "Mức", Flex: true}, points}
		}
		return []RuleColumn{{Title: "Từ", Width: 74}, {Title: "kể cả", Check: true, Width: 54}, {Title: "Đến", Width: 74}, {Title: "kể cả", Check: true, Width: 54}, points, label}
	}
	return nil
}

// RowsNote tells how the rows are filled in, where their heads do not.
func (f *RuleForm) RowsNote() string {
	switch {
	case f.Kind == scoring.KindTiers && f.Input == scoring.ByDate:
		return "Ghi ngày/tháng của năm đánh giá, ví dụ 31/01; thêm năm nếu là năm khác. Dòng cuối để trống ngày: muộn hơn nữa."
	case f.Kind == scoring.KindTiers && f.Input != scoring.ByChoice:
		return "Để trống «Từ» hoặc «Đến»: không giới hạn ở đầu đó. Đánh dấu «kể cả» nếu mức gồm cả số ghi bên trái."
	case f.Kind == scoring.KindFormula:
		return "Mỗi số phải nhập là một ký hiệu, ví dụ a, b, c; max là điểm tối đa của tiêu chí."
	}
	return ""
}

// HasZero reports whether the rule must say what a = 0 gives.
func (f *RuleForm) HasZero() bool {
	return f.Kind == scoring.KindRatio || f.Kind == scoring.KindTiers && f.Input == scoring.ByPercent
}

// RuleFormOf writes a rule into the fields.
func RuleFormOf(rule scoring.Rule) RuleForm {
	f := RuleForm{Kind: rule.Kind(), Fields: map[string]string{}, old: rule}
	f.Fields["text"], f.Fields["note"] = rule.Wording().Text, rule.Wording().Note
	number := func(n *scoring.Number) string {
		if n == nil {
			return ""
		}
		return n.String()
	}
	tick := map[bool]string{true: "1"}
	switch r := rule.(type) {
	case *scoring.Binary:
		f.Fields["yes"], f.Fields["no"], f.Fields["yesLabel"], f.Fields["noLabel"] = r.Yes.String(), r.No.String(), r.YesLabel, r.NoLabel
	case *scoring.Checklist:
		for _, i := range r.Items {
			f.Rows = append(f.Rows, []string{i.Label, i.Points.String()})
		}
	case *scoring.Deduct:
		f.Fields["start"], f.Fields["floor"] = r.Start.String(), r.Floor.String()
		for _, e := range r.Events {
			f.Rows = append(f.Rows, []string{e.Label, e.Points.String()})
		}
	case *scoring.Ratio:
		f.Fields["numerator"], f.Fields["denominator"], f.Fields["target"], f.Fields["cutoff"] = r.Numerator, r.Denominator, number(r.TargetPct), number(r.CutoffPct)
		f.Fields["over"], f.Fields["zero"] = tick[r.Over], r.WhenZero
	case *scoring.Tiers:
		f.Input = r.Input
		f.Fields["unit"], f.Fields["over"], f.Fields["zero"] = r.Unit, tick[r.Over], r.WhenZero
		if r.MissingPoints != nil {
			f.Fields["missing"] = r.MissingPoints.String()
		}
		for _, t := range r.Tiers {
			f.Rows = append(f.Rows, tierRow(r.Input, t))
		}
	case *scoring.Formula:
		f.Fields["expr"] = r.Expr
		for _, v := range r.Vars {
			f.Rows = append(f.Rows, []string{v.ID, v.Label, tick[v.Negative]})
		}
		for _, c := range r.Cases {
			f.Cases = append(f.Cases, []string{c.When, c.Expr})
		}
	case *scoring.Survey:
		f.Fields["source"] = r.Source
		if r.Mode == scoring.SurveyMean {
			f.Fields["scale"] = number(r.Scale)
		}
		if r.MinSample != nil {
			f.Fields["sample"] = strconv.Itoa(*r.MinSample)
		}
	}
	return f
}

func tierRow(input string, t scoring.Tier) []string {
	tick := map[bool]string{true: "1"}
	end := func(n *scoring.Number) string {
		if n == nil {
			return ""
		}
		return n.String()
	}
	switch input {
	case scoring.ByDate:
		until := ""
		if t.Until != nil {
			until = dayWords(*t.Until)
		}
		return []string{until, tick[t.UntilIncl == nil || *t.UntilIncl], t.Points.String(), t.Label}
	case scoring.ByChoice:
		name := t.Label
		if name == "" && t.Choice != nil {
			name = string(*t.Choice)
		}
		return []string{name, t.Points.String()}
	}
	return []string{end(t.Min), tick[t.MinIncl == nil || *t.MinIncl], end(t.Max), tick[t.MaxIncl != nil && *t.MaxIncl], t.Points.String(), t.Label}
}

// dayWords turns 01-31 into 31/01 and 2023-01-31 into 31/01/2023.
func dayWords(until string) string {
	p := strings.Split(until, "-")
	slices.Reverse(p)
	return strings.Join(p, "/")
}

// dayKey turns 31/01 into 01-31 and 31/01/2023 into 2023-01-31. Days are written as
// in every field of a day: 3101.
func dayKey(text string) (string, error) {
	day, month, year, err := data.ParseDayMonth(text)
	if err != nil {
		return "", fmt.Errorf("«%s» không phải ngày/tháng", strings.TrimSpace(text))
	}
	key := fmt.Sprintf("%02d-%02d", month, day)
	if year > 0 {
		key = fmt.Sprintf("%d-%s", year, key)
	}
	return key, nil
}

// ruleReader reads the fields and remembers the first fault and its field.
type ruleReader struct{ err error }

func (r *ruleReader) fault(field, format string, args ...any) {
	if r.err == nil {
		r.err = refuse(field, format, args...)
	}
}

func (r *ruleReader) points(field, what, text string) scoring.Points {
	p, err := ParsePoints(text)
	if err != nil {
		if strings.TrimSpace(text) == "" {
			r.fault(field, "%s: nhập số điểm.", what)
		}
		r.fault(field, "%s: «%s» không phải số điểm.", what, text)
	}
	return p
}

func (r *ruleReader) number(field, what, text string) *scoring.Number {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	n, err := ParseNumber(text)
	if err != nil {
		r.fault(field, "%s: «%s» không phải một số.", what, text)
		return nil
	}
	return &n
}

// Rule reads the fields into a rule. What the editor does not show of the old rule
// stays.
func (f *RuleForm) Rule() (scoring.Rule, error) {
	in := &ruleReader{}
	words := scoring.Words{Text: strings.TrimSpace(f.Fields["text"]), Note: strings.TrimSpace(f.Fields["note"])}
	at := func(i int) string { return fmt.Sprintf("Dòng %d", i+1) }
	get := cellOf
	var rule scoring.Rule
	switch f.Kind {
	case scoring.KindBinary:
		rule = &scoring.Binary{Yes: in.points("yes", "Điểm khi có", f.Fields["yes"]), No: in.points("no", "Điểm khi không", orElse(f.Fields["no"], "0")), YesLabel: f.Fields["yesLabel"], NoLabel: f.Fields["noLabel"], Words: words}
	case scoring.KindChecklist:
		r := &scoring.Checklist{Words: words}
		for i, x := range f.Rows {
			if len(x) == 0 {
				continue
			}
			r.Items = append(r.Items, scoring.Item{Label: get(x, 0), Points: in.points(rowField("rows", i), at(i), get(x, 1))})
		}
		rule = r
	case scoring.KindDeduct:
		r := &scoring.Deduct{Start: in.points("start", "Điểm ban đầu", f.Fields["start"]), Floor: in.points("floor", "Trừ đến", orElse(f.Fields["floor"], "0")), Words: words}
		old, _ := f.old.(*scoring.Deduct)
		var labels, keys []string
		for i, x := range f.Rows {
			if len(x) == 0 {
				continue
			}
			if get(x, 0) == "" {
				in.fault(rowField("rows", i), "Nhập lỗi bị trừ điểm.")
			}
			labels = append(labels, get(x, 0))
			r.Events = append(r.Events, scoring.Event{Label: get(x, 0), Points: in.points(rowField("rows", i), at(i), strings.TrimLeft(get(x, 1), "-–"))})
		}
		was := map[string]string{}
		if old != nil {
			for _, o := range old.Events {
				was[o.Label] = o.ID
			}
		}
		keys = keysFor(labels, was, "e")
		for i := range r.Events {
			r.Events[i].ID = keys[i]
		}
		rule = r
	case scoring.KindRatio:
		rule = &scoring.Ratio{Numerator: f.Fields["numerator"], Denominator: f.Fields["denominator"], TargetPct: in.number("target", "Tỷ lệ được điểm tối đa", f.Fields["target"]),
			CutoffPct: in.number("cutoff", "Tỷ lệ tối thiểu", f.Fields["cutoff"]), Over: f.Fields["over"] != "", WhenZero: f.Fields["zero"], Words: words}
	case scoring.KindTiers:
		r := &scoring.Tiers{Input: f.Input, Unit: f.Fields["unit"], Over: f.Fields["over"] != "", Words: words}
		if f.Input == scoring.ByPercent {
			r.WhenZero = f.Fields["zero"]
		}
		if text := strings.TrimSpace(f.Fields["missing"]); text != "" {
			p := in.points("missing", "Điểm khi chưa thực hiện", text)
			r.MissingPoints = &p
		}
		for i, x := range f.Rows {
			if len(x) == 0 {
				continue
			}
			r.Tiers = append(r.Tiers, f.tier(in, i, x))
		}
		if f.Input == scoring.ByChoice {
			f.nameChoices(r.Tiers)
		}
		rule = r
	case scoring.KindFormula:
		r := &scoring.Formula{Expr: strings.TrimSpace(f.Fields["expr"]), Words: words}
		if old, ok := f.old.(*scoring.Formula); ok {
			r.Clamp = old.Clamp
		}
		for i, x := range f.Rows {
			if len(x) == 0 {
				continue
			}
			if get(x, 0) == "" {
				in.fault(rowField("rows", i), "Đặt ký hiệu cho số liệu này, ví dụ a.")
			}
			r.Vars = append(r.Vars, scoring.Var{ID: get(x, 0), Label: get(x, 1), Negative: get(x, 2) != ""})
		}
		for i, x := range f.Cases {
			if len(x) == 0 {
				continue
			}
			if get(x, 0) == "" || get(x, 1) == "" {
				in.fault(rowField("cases", i), "Nhập cả điều kiện và công thức; trường hợp còn lại ghi ở ô dưới.")
			}
			r.Cases = append(r.Cases, scoring.Case{When: get(x, 0), Expr: get(x, 1)})
		}
		rule = r
	case scoring.KindSurvey:
		r := &scoring.Survey{Mode: scoring.SurveyPercent, Source: strings.TrimSpace(f.Fields["source"]), Scale: in.number("scale", "Thang điểm", f.Fields["scale"]), Words: words}
		if r.Scale != nil {
			r.Mode = scoring.SurveyMean
		}
		if old, ok := f.old.(*scoring.Survey); ok {
			r.Factor = old.Factor
		}
		if text := strings.TrimSpace(f.Fields["sample"]); text != "" {
			n, ok := data.ParseWhole(text, math.MaxInt32)
			if !ok {
				in.fault("sample", "Số phiếu ít nhất: «%s» không phải số nguyên.", text)
			}
			sample := int(n)
			r.MinSample = &sample
		}
		rule = r
	default:
		in.fault("kind", "Chọn cách chấm.")
	}
	return rule, in.err
}

// nameChoices gives every choice its key: that which its words had, else a new
// one.
func (f *RuleForm) nameChoices(list []scoring.Tier) {
	was, plain := map[string]string{}, map[string]bool{}
	if old, ok := f.old.(*scoring.Tiers); ok {
		for _, o := range old.Tiers {
			if o.Choice == nil {
				continue
			}
			was[orElse(o.Label, string(*o.Choice))] = string(*o.Choice)
			plain[string(*o.Choice)] = o.Label == ""
		}
	}
	var labels []string
	for _, t := range list {
		labels = append(labels, t.Label)
	}
	for i, key := range keysFor(labels, was, "") {
		k := scoring.ChoiceKey(key)
		if list[i].Choice = &k; plain[key] {
			list[i].Label = ""
		}
	}
}

// keysFor gives every label a key of its own: that which it had, else a new one.
func keysFor(labels []string, was map[string]string, head string) []string {
	out := make([]string, len(labels))
	used := map[string]bool{}
	for _, key := range was {
		used[key] = true
	}
	taken := map[string]bool{}
	for i, label := range labels {
		if key, ok := was[label]; ok && !taken[key] {
			out[i], taken[key] = key, true
		}
	}
	for i := range out {
		for n := i + 1; out[i] == ""; n++ {
			if key := head + strconv.Itoa(n); !used[key] {
				out[i], used[key] = key, true
			}
		}
	}
	return out
}

func (f *RuleForm) tier(in *ruleReader, i int, x []string) scoring.Tier {
	what, field, get := fmt.Sprintf("Dòng %d", i+1), rowField("rows", i), cellOf
	switch f.Input {
	case scoring.ByDate:
		t := scoring.Tier{Points: in.points(field, what, get(x, 2)), Label: get(x, 3)}
		if text := get(x, 0); text != "" {
			key, err := dayKey(text)
			if err != nil {
				in.fault(field, "%s: %s, viết ví dụ 31/01.", what, err)
			}
			t.Until = &key
			if get(x, 1) == "" {
				t.UntilIncl = new(false)
			}
		}
		return t
	case scoring.ByChoice:
		if get(x, 0) == "" {
			in.fault(field, "%s: nhập tên của mức.", what)
		}
		return scoring.Tier{Points: in.points(field, what, get(x, 1)), Label: get(x, 0)}
	}
	t := scoring.Tier{Min: in.number(field, what, get(x, 0)), Max: in.number(field, what, get(x, 2)), Points: in.points(field, what, get(x, 4)), Label: get(x, 5)}
	if t.Min != nil {
		t.MinIncl = new(get(x, 1) != "")
	}
	if t.Max != nil {
		t.MaxIncl = new(get(x, 3) != "")
	}
	return t
}

// Trial scores an answer by the rule of the form for a leaf with a maximum: what
// the editor tries before the rule is kept. values holds the inputs by key.
func (f *RuleForm) Trial(maximum string, values map[string]string, year int) (string, error) {
	rule, err := f.Rule()
	if err != nil {
		return "", err
	}
	limit, err := ParsePoints(maximum)
	if err != nil {
		return "", err
	}
	n, set := alone(rule, limit, year)
	d := Draft{Values: values}
	e, err := d.entry(n, nil)
	if err != nil {
		return "", err
	}
	r, err := set.Score("1", e.Answer, year)
	if err != nil {
		return "", err
	}
	if r.State == scoring.NA {
		return "không đánh giá", nil
	}
	return r.Points.String() + " điểm", nil
}

// alone puts a rule into a set of one criterion.
func alone(rule scoring.Rule, limit scoring.Points, year int) (*scoring.Node, *scoring.Set) {
	n := &scoring.Node{Code: "1", Title: "Thử", Max: limit, Rule: rule}
	set := scoring.NewSet("thu", "", "Thử", year)
	set.Meta.Total, set.Criteria = limit, []*scoring.Node{n}
	return n, set
}

// Faults tells what is wrong with the rule for a leaf with a maximum, such as gaps
// between steps: nil for nothing. A rule with faults is kept as a draft.
func (f *RuleForm) Faults(maximum string) []string {
	rule, err := f.Rule()
	if err != nil {
		return []string{err.Error()}
	}
	limit, err := ParsePoints(maximum)
	if err != nil {
		return nil
	}
	_, set := alone(rule, limit, 2023)
	var out []string
	for _, p := range set.Problems() {
		out = append(out, sentence(strings.TrimPrefix(p.Message, "Tiêu chí 1: ")))
	}
	return out
}

// sentence begins a fragment with a capital letter.
func sentence(text string) string {
	r := []rune(text)
	if len(r) == 0 {
		return text
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// TrialInputs lists what a trial of the rule asks for.
func (f *RuleForm) TrialInputs() []Input {
	rule, err := f.Rule()
	if err != nil {
		return nil
	}
	var out []Input
	for _, in := range inputsOf(&scoring.Node{Rule: rule}) {
		if in.Kind == InputNumber || in.Kind == InputTimes || in.Kind == InputDate {
			out = append(out, in)
		}
	}
	return out
}
