package scoring

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/scoring"
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

// Rule reads the rule of the criterion that a row belongs to.
func (x *SetSheet) Rule(row int) (f RuleForm, ok bool) {
	sec := x.Sections[SectionTree]
	head := sec.Head(row)
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
	text := sentence(e.Text) + "."
	if i := slices.IndexFunc(p.columns, func(c scoring.LineColumn) bool { return c.Column == e.Column }); i >= 0 {
		name, _, _ := strings.Cut(p.columns[i].Title, " (")
		text = fmt.Sprintf("Dòng %d, ô «%s»: %s.", p.line, name, e.Text)
	}
	return refuse(p.key, "%s", text)
}

// ParamKey and LinesKey name the fields of the form.
func ParamKey(word string) string { return "p:" + word }

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
	e, err := Draft(values).entry(inputsOf(set.Criteria[0]), false)
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
