package scoring

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// RuleForm is the rule of one criterion as its rows write it: the kind, the values of
// its parameters by their words, and the lines of each of ruleParts.
type RuleForm struct {
	Name   string // as the column Loại quy tắc writes it
	Params map[string]string
	Lines  [5][]RuleCells
}

// RuleCells is a line of a rule under lineColumns.
type RuleCells [6]string

var (
	ruleParts   = []string{scoring.PartTier, scoring.PartItem, scoring.PartEvent, scoring.PartVar, scoring.PartCase}
	lineColumns = []string{scoring.ColumnFrom, scoring.ColumnTo, scoring.ColumnPoints, scoring.ColumnTitle, scoring.ColumnKey, scoring.ColumnValue}
)

// shape is the kind of the rule; one without parameters where there is no such kind.
func (f *RuleForm) shape() scoring.RuleShape {
	if s := shapeOf(f.Name); s != nil {
		return *s
	}
	return scoring.RuleShape{}
}

// Has reports whether the kind has a parameter.
func (f *RuleForm) Has(word string) bool {
	return slices.ContainsFunc(f.shape().Params, func(p scoring.Param) bool { return p.Word == word })
}

// HasLines reports whether the kind has lines of this shape.
func (f *RuleForm) HasLines(l scoring.LineShape) bool {
	return slices.ContainsFunc(f.shape().Lines, func(x scoring.LineShape) bool { return x.Part == l.Part && slices.Equal(x.Columns, l.Columns) })
}

// Set gives a parameter its value.
func (f *RuleForm) Set(word, value string) {
	fresh := map[string]string{word: value}
	maps.Copy(fresh, f.Params)
	fresh[word] = value
	f.Params = fresh
}

// RuleHead returns the row that begins the rule which a row belongs to: of a criterion,
// or of what holds for units of a kind; -1 for none.
func (s *Section) RuleHead(row int) int {
	for ; row >= 0; row-- {
		if s.At(row, scoring.ColumnCode) != "" || s.At(row, scoring.ColumnPart) == scoring.PartVariant {
			return row
		}
	}
	return -1
}

// RuleMax is the maximum that a rule is for; one for units of a kind may keep that of
// the criterion.
func (s *Section) RuleMax(head int) string {
	if own := s.At(head, scoring.ColumnMax); own != "" {
		return own
	}
	return s.At(s.Head(head), scoring.ColumnMax)
}

// Group reports whether the criterion of a row has criteria below it.
func (x *SetSheet) Group(row int) bool {
	sec := x.Sections[SectionTree]
	head := sec.Head(row)
	if head < 0 {
		return false
	}
	rows := sec.Table.Rows()
	for i := head + 1; i < len(rows); i++ {
		if sec.cell(rows[i], scoring.ColumnCode) != "" {
			return sec.Table.Level(rows[i]) > sec.Table.Level(rows[head])
		}
	}
	return false
}

// Rule reads the rule that a row belongs to.
func (x *SetSheet) Rule(row int) (f RuleForm, ok bool) {
	sec := x.Sections[SectionTree]
	head := sec.RuleHead(row)
	if head < 0 {
		return f, false
	}
	f.Name = sec.At(head, scoring.ColumnKind)
	for i := head + 1; i < sec.Table.Len() && sec.At(i, scoring.ColumnCode) == "" && sec.At(i, scoring.ColumnPart) != scoring.PartVariant; i++ {
		f.take(sec, i)
	}
	return f, true
}

// take reads one row; a row that belongs to something else is left.
func (f *RuleForm) take(sec *Section, row int) (mine bool) {
	part := sec.At(row, scoring.ColumnPart)
	if word := sec.At(row, scoring.ColumnKey); part == scoring.PartParam {
		mine = slices.ContainsFunc(scoring.RuleShapes(), func(s scoring.RuleShape) bool { return (&RuleForm{Name: s.Name}).Has(word) })
		if mine {
			f.Set(word, sec.At(row, scoring.ColumnValue))
		}
		return mine
	}
	if s := f.shape(); part == "" && len(s.Lines) > 0 {
		part = s.Lines[0].Part
	}
	k := slices.Index(ruleParts, part)
	if k < 0 {
		return false
	}
	var line RuleCells
	for i, name := range lineColumns {
		line[i] = sec.At(row, name)
	}
	f.Lines[k] = append(f.Lines[k], line)
	return true
}

// place names the field of the form that a row belongs to, and how its columns are
// called there.
type place struct {
	key     string
	line    int // of a list, from 1; 0 for a parameter
	columns []scoring.LineColumn
}

// rows writes what the kind has, and tells where in the form each row stands.
func (f *RuleForm) rows(sec *Section) (rows [][]string, at []place) {
	s := f.shape()
	for _, p := range s.Params {
		if f.Params[p.Word] != "" {
			rows = append(rows, sec.row(map[string]string{scoring.ColumnPart: scoring.PartParam, scoring.ColumnKey: p.Word, scoring.ColumnValue: f.Params[p.Word]}))
			at = append(at, place{key: ParamKey(p.Word)})
		}
	}
	for _, l := range s.Lines {
		for n, line := range f.Lines[slices.Index(ruleParts, l.Part)] {
			cells := map[string]string{scoring.ColumnPart: l.Part}
			for _, c := range l.Columns {
				cells[c.Column] = line[slices.Index(lineColumns, c.Column)]
			}
			rows, at = append(rows, sec.row(cells)), append(at, place{fmt.Sprintf("%s.%d", LinesKey(l), n), n + 1, l.Columns})
		}
	}
	return rows, at
}

// fault is what is wrong with a row, at its field of the form.
func (p place) fault(e *scoring.RowError) error {
	text := text.Sentence(e.Text) + "."
	if i := slices.IndexFunc(p.columns, func(c scoring.LineColumn) bool { return c.Column == e.Column }); i >= 0 {
		name, _, _ := strings.Cut(p.columns[i].Title, " (")
		text = fmt.Sprintf("Dòng %d, ô «%s»: %s.", p.line, name, e.Text)
	}
	return refuse(p.key, "%s", text)
}

// ParamKey and LinesKey name the fields of the form.
func ParamKey(word string) string { return "p:" + word }

// LinesKey names the field of lines of a shape.
func LinesKey(l scoring.LineShape) string {
	key := "lines-" + l.Part
	for _, c := range l.Columns {
		key += "-" + c.Column
	}
	return key
}

// PutRule writes a rule in the place of the one that a row belongs to.
func (x *SetSheet) PutRule(row int, f RuleForm) {
	sec := x.Sections[SectionTree]
	head := sec.RuleHead(row)
	if head < 0 {
		return
	}
	sec.Table.Change(head, sec.column(scoring.ColumnKind), func(rows [][]string) [][]string {
		fresh, _ := f.rows(sec)
		end := head + 1
		var kept [][]string
		for ; end < len(rows) && sec.cell(rows[end], scoring.ColumnCode) == "" && sec.cell(rows[end], scoring.ColumnPart) != scoring.PartVariant; end++ {
			if !new(RuleForm).take(sec, end) && strings.TrimSpace(strings.Join(rows[end], "")) != "" {
				kept = append(kept, rows[end])
			}
		}
		out := slices.Concat(rows[:head+1], fresh, kept, rows[end:])
		kit.PutCell(out, head, sec.column(scoring.ColumnKind), f.Name)
		return out
	})
}

// Check reads the rule for a criterion with a maximum. Its error belongs to a field
// of the form; problems are what would leave the set a draft, such as gaps.
func (f *RuleForm) Check(maximum string) (set *scoring.Set, problems []string, err error) {
	if f.shape().Name == "" {
		return nil, nil, refuse("kind", "Chọn cách chấm.")
	}
	sec := newSections()[SectionTree]
	rows, at := f.rows(sec)
	head := sec.row(map[string]string{scoring.ColumnCode: "1", scoring.ColumnTitle: "Thử", scoring.ColumnMax: maximum, scoring.ColumnKind: f.Name})
	set, faults := scoring.CheckSetRows(slices.Concat([][]string{scoring.SetColumns, head}, rows))
	if len(faults) > 0 {
		var wrong *scoring.RowError
		if errors.As(faults[0], &wrong) && wrong.Row > 2 {
			return nil, nil, at[wrong.Row-3].fault(wrong)
		}
		return nil, nil, faults[0]
	}
	set.Meta.ID = "thu"
	for _, p := range set.Problems() {
		problems = append(problems, text.Sentence(strings.TrimPrefix(p.Message, "Tiêu chí 1: ")))
	}
	return set, problems, nil
}

// Trial is where a rule is tried before it is kept: the criterion of a set with its
// maximum.
type Trial struct {
	Set  *scoring.Set // whose units and other criteria the rule may look at; nil for none
	Code string
	Max  string
}

// Keys of what a trial asks for beside the inputs of the rule.
const (
	trialFact  = "fact:"
	trialPeers = "peers"
	trialTick  = "tick:" // before the place of a line
)

// node is the criterion alone with the rule; what the rule takes from elsewhere is
// typed. problems are what is wrong with the rule in its set.
func (t *Trial) node(f *RuleForm) (alone *scoring.Set, problems []string, err error) {
	set, problems, err := f.Check(t.Max)
	if err != nil {
		return nil, nil, err
	}
	n := set.Criteria[0]
	if t.Set != nil {
		whole, err := t.Set.Clone()
		if err != nil {
			return nil, nil, err
		}
		if at := whole.Node(t.Code); at != nil && len(at.Children) == 0 {
			at.Rule, at.Max, problems = n.Rule, n.Max, nil
			for _, p := range whole.Problems() {
				if p.Field == t.Code {
					problems = append(problems, text.Sentence(strings.TrimPrefix(p.Message, "Tiêu chí "+t.Code+": ")))
				}
			}
		}
		set.Meta.Facts = whole.Meta.Facts
	}
	vars := n.Vars()
	for i := range vars {
		if from := vars[i].From; from != nil {
			vars[i].Label, vars[i].From, vars[i].Negative = joined(", ", vars[i].Label, from.String()), nil, true
		}
	}
	set.Meta.Total = n.Max
	return set, problems, nil
}

// Inputs lists what a trial of the rule asks for: what the sheet would, then what is
// known of the unit and of the others of its group.
func (t *Trial) Inputs(f *RuleForm) []Input {
	set, _, err := t.node(f)
	if err != nil {
		return nil
	}
	n := set.Criteria[0]
	var out []Input
	chosen := false
	for _, in := range inputsOf(n) {
		chosen = chosen || in.Kind == InputOne
		if in.Kind != InputMany {
			out = append(out, in)
			continue
		}
		for i, c := range choices(n, in.lines) {
			out = append(out, Input{Key: fmt.Sprint(trialTick, i), Label: c.Text, Kind: InputTick})
		}
	}
	if slices.Contains(n.Rule.Inputs(), "missing") && !chosen {
		out = append(out, Input{Key: KeyMissing, Label: "Chưa thực hiện", Kind: InputTick})
	}
	for _, x := range set.Asked(n) {
		hint := x.Unit
		if x.Yes {
			hint = "có ghi 1, không ghi 0"
		}
		label := cmp.Or(x.Label, x.ID)
		if hint != "" {
			label += " (" + hint + ")"
		}
		out = append(out, Input{Key: trialFact + x.ID, Label: label, Kind: InputNumber})
	}
	if n.Rule.Kind() == scoring.KindRelative {
		out = append(out, Input{Key: trialPeers, Label: "Số liệu các đơn vị khác, ngăn bằng dấu ;", Kind: InputNumber})
	}
	return out
}

// Choices are the lines of the rule that answer an input of kind InputOne.
func (t *Trial) Choices(f *RuleForm, in *Input) []kit.Choice {
	set, _, err := t.node(f)
	if err != nil {
		return nil
	}
	return choices(set.Criteria[0], in.lines)
}

// choices are the first lines of a rule with their points, by their places.
func choices(n *scoring.Node, count int) (out []kit.Choice) {
	for i, l := range placed(n)[:count] {
		text := l.Text
		if l.Points != nil {
			text += ": " + l.Points.String()
		}
		out = append(out, kit.Choice{Key: fmt.Sprint(i), Text: text})
	}
	return out
}

// draft turns what was typed in a trial into the fields of a leaf: no tick and no fault
// is an answer here.
func draft(values map[string]string, inputs []Input) Draft {
	d, given := clone(values), false
	for _, in := range inputs {
		if in.Kind == InputMany {
			var at []string
			for i := range in.lines {
				if values[fmt.Sprint(trialTick, i)] != "" {
					at = append(at, fmt.Sprint(i))
				}
			}
			d.Put(in.Key, strings.Join(at, " "))
		}
		given = given || d[in.Key] != ""
	}
	d.tick(KeyNone, !given)
	return d
}

// Score scores an answer by the rule; values holds the inputs by key. why is the way to
// the points in words.
func (t *Trial) Score(f *RuleForm, values map[string]string) (points, why string, err error) {
	set, problems, err := t.node(f)
	if err != nil {
		return "", "", err
	}
	if len(problems) > 0 {
		return "", "", data.Fail(data.Invalid, strings.Join(problems, " "), nil)
	}
	inputs := inputsOf(set.Criteria[0])
	e, err := draft(values, inputs).entry(inputs, false)
	if err != nil {
		return "", "", err
	}
	sheet := &scoring.Sheet{Unit: scoring.Facts{}}
	if t.Set != nil {
		sheet.Year = t.Set.Meta.Year
	}
	for _, x := range set.Meta.Facts {
		if text := values[trialFact+x.ID]; text != "" {
			if sheet.Unit[x.ID], err = ParseNumber(text); err != nil {
				return "", "", err
			}
		}
	}
	for _, text := range strings.Split(values[trialPeers], ";") {
		if text = strings.TrimSpace(text); text != "" {
			x, err := ParseNumber(text)
			if err != nil {
				return "", "", err
			}
			if sheet.Peers == nil {
				sheet.Peers = map[string][]scoring.Number{}
			}
			sheet.Peers["1"] = append(sheet.Peers["1"], x)
		}
	}
	r, err := set.ScoreIn(sheet, "1", e.Answer)
	if wrong, ok := errors.AsType[*data.Error](err); ok {
		// The criterion of the trial has a code of its own, which nobody knows.
		return "", "", data.Fail(wrong.Code, text.Sentence(strings.TrimPrefix(wrong.Message, "Tiêu chí 1: ")), nil)
	}
	switch {
	case err != nil:
		return "", "", err
	case r.State == scoring.NA:
		return "không đánh giá", r.Reason, nil
	case r.State == scoring.Open:
		return "chưa có điểm", r.Why, nil
	}
	return r.Points.String() + " điểm", r.Why, nil
}
