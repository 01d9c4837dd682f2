package scoring

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/scoring"
)

// RuleForm is the rule of one criterion as its rows write it: the kind, the value
// of each of RuleParams, and the lines of each of RuleParts.
type RuleForm struct {
	Name   string // as the column Loại quy tắc writes it
	Params [maxParams]string
	Lines  [maxParts][]RuleCells
}

// RuleCells is a line of a rule under lineColumns.
type RuleCells [6]string

const (
	maxParams = 32
	maxParts  = 5
)

var (
	ruleParts   = []string{scoring.PartTier, scoring.PartItem, scoring.PartEvent, scoring.PartVar, scoring.PartCase}
	lineColumns = []string{scoring.ColumnFrom, scoring.ColumnTo, scoring.ColumnPoints, scoring.ColumnTitle, scoring.ColumnKey, scoring.ColumnValue}
)

// RuleParams lists the parameters of all kinds of rule, each once.
func RuleParams() []scoring.Param {
	var out []scoring.Param
	for _, s := range scoring.RuleShapes() {
		for _, p := range s.Params {
			if !slices.ContainsFunc(out, func(x scoring.Param) bool { return x.Word == p.Word }) {
				out = append(out, p)
			}
		}
	}
	return out
}

func paramAt(word string) int {
	return slices.IndexFunc(RuleParams(), func(p scoring.Param) bool { return p.Word == word })
}

// Has reports whether the kind has a parameter; HasLines whether it has lines of
// this shape.
func (f *RuleForm) Has(word string) bool {
	s := shapeOf(f.Name)
	return s != nil && slices.ContainsFunc(s.Params, func(p scoring.Param) bool { return p.Word == word })
}

// HasLines reports whether the kind has lines of this shape.
func (f *RuleForm) HasLines(l scoring.LineShape) bool {
	s := shapeOf(f.Name)
	return s != nil && slices.ContainsFunc(s.Lines, func(x scoring.LineShape) bool { return x.Part == l.Part && slices.Equal(x.Columns, l.Columns) })
}

// Rule reads the rule of the criterion that a row belongs to.
func (x *SetSheet) Rule(row int) (f RuleForm, ok bool) {
	sec := x.Sections[SectionTree]
	head := sec.Head(row)
	if head < 0 {
		return f, false
	}
	f.Name = sec.At(head, scoring.ColumnKind)
	for i := head + 1; i < sec.Table.Len() && sec.At(i, scoring.ColumnCode) == ""; i++ {
		f.take(sec, i)
	}
	return f, true
}

// take reads one row; a row that belongs to something else is left.
func (f *RuleForm) take(sec *Section, row int) (mine bool) {
	part := sec.At(row, scoring.ColumnPart)
	if part == scoring.PartParam {
		i := paramAt(sec.At(row, scoring.ColumnKey))
		if i >= 0 {
			f.Params[i] = sec.At(row, scoring.ColumnValue)
		}
		return i >= 0
	}
	if s := shapeOf(f.Name); part == "" && s != nil && len(s.Lines) > 0 {
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

// rows writes what the kind has, and names each row as a field of the form.
func (f *RuleForm) rows(sec *Section) (rows [][]string, keys []string) {
	s := shapeOf(f.Name)
	if s == nil {
		return nil, nil
	}
	for i, p := range RuleParams() {
		if f.Params[i] != "" && f.Has(p.Word) {
			rows = append(rows, sec.row(map[string]string{scoring.ColumnPart: scoring.PartParam, scoring.ColumnKey: p.Word, scoring.ColumnValue: f.Params[i]}))
			keys = append(keys, ParamKey(i))
		}
	}
	for _, l := range s.Lines {
		for n, line := range f.Lines[slices.Index(ruleParts, l.Part)] {
			cells := map[string]string{scoring.ColumnPart: l.Part}
			for _, c := range l.Columns {
				cells[c.Column] = line[slices.Index(lineColumns, c.Column)]
			}
			rows = append(rows, sec.row(cells))
			keys = append(keys, fmt.Sprintf("%s.%d", LinesKey(l), n))
		}
	}
	return rows, keys
}

// ParamKey and LinesKey name the fields of the form.
func ParamKey(i int) string { return fmt.Sprintf("p%d", i) }

// LinesKey names the field of lines of a shape.
func LinesKey(l scoring.LineShape) string { return fmt.Sprint("lines-", l.Part, len(l.Columns)) }

// PutRule writes a rule below the criterion that a row belongs to, in the place of
// its old one.
func (x *SetSheet) PutRule(row int, f RuleForm) {
	sec := x.Sections[SectionTree]
	head := sec.Head(row)
	if head < 0 {
		return
	}
	sec.Table.Change(head, sec.column(scoring.ColumnKind), func(rows [][]string) [][]string {
		fresh, _ := f.rows(sec)
		end := head + 1
		var kept [][]string
		for ; end < len(rows) && sec.cell(rows[end], scoring.ColumnCode) == ""; end++ {
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
	if shapeOf(f.Name) == nil {
		return nil, nil, refuse("kind", "Chọn cách chấm.")
	}
	sec := newSections()[SectionTree]
	rows, keys := f.rows(sec)
	head := sec.row(map[string]string{scoring.ColumnCode: "1", scoring.ColumnTitle: "Thử", scoring.ColumnMax: maximum, scoring.ColumnKind: f.Name})
	set, faults := scoring.CheckSetRows(slices.Concat([][]string{scoring.SetColumns, head}, rows))
	if len(faults) > 0 {
		var at *scoring.RowError
		if errors.As(faults[0], &at) && at.Row > 2 {
			return nil, nil, refuse(keys[at.Row-3], "Cột «%s»: %s.", at.Column, at.Text)
		}
		return nil, nil, faults[0]
	}
	set.Meta.ID = "thu"
	for _, p := range set.Problems() {
		problems = append(problems, sentence(strings.TrimPrefix(p.Message, "Tiêu chí 1: ")))
	}
	return set, problems, nil
}

// TrialInputs lists what a trial of the rule asks for.
func (f *RuleForm) TrialInputs(maximum string) []Input {
	set, _, err := f.Check(maximum)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(inputsOf(set.Criteria[0]), func(in Input) bool { return in.Kind == InputOne || in.Kind == InputMany })
}

// Trial scores an answer by the rule for a leaf with a maximum: what the editor
// tries before the rule is kept. values holds the inputs by key.
func (f *RuleForm) Trial(maximum string, values map[string]string, year int) (string, error) {
	set, problems, err := f.Check(maximum)
	if err != nil {
		return "", err
	}
	if len(problems) > 0 {
		return "", data.Fail(data.Invalid, strings.Join(problems, " "), nil)
	}
	d := Draft{Values: values}
	e, err := d.entry(set.Criteria[0], nil)
	if err != nil {
		return "", err
	}
	r, err := set.Score("1", e.Answer, year)
	switch {
	case err != nil:
		return "", err
	case r.State == scoring.NA:
		return "không đánh giá", nil
	}
	return r.Points.String() + " điểm", nil
}
