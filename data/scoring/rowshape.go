package scoring

// RuleShape tells how a kind of rule is written as rows: its parameters, and the
// lines of its lists.
type RuleShape struct {
	Name   string // as the column Loại quy tắc writes it
	Params []Param
	Lines  []LineShape
}

// Param is a named value of a row: its word stands in the column Ký hiệu, its value
// in the column Giá trị.
type Param struct {
	Word, Help string
	Words      []string // what the value may be; nil for any text
}

// LineShape is a list of a rule: the word of the column Mục, and the columns that
// its lines use.
type LineShape struct {
	Part, Title, Help string
	Columns           []LineColumn
}

// LineColumn is a column that a line uses, and what it holds there.
type LineColumn struct{ Column, Title string }

// RuleShapes lists the kinds of rule with their parameters and lines.
func RuleShapes() []RuleShape {
	out := make([]RuleShape, len(tables.Shapes))
	for i, s := range tables.Shapes {
		out[i].Name = tables.Kinds.word(s.Kind)
		for _, name := range s.Lines {
			out[i].Lines = append(out[i].Lines, tables.Lists[name])
		}
		for _, key := range append(s.Params, "text", "note") {
			out[i].Params = append(out[i].Params, tables.Fields.Rule.byKey(key).param())
		}
	}
	return out
}

// NodeParams lists the parameters that any criterion may have, AdjustParams those
// of a bonus or penalty, and MetaParams the head of a set.
func NodeParams() []Param { return tables.Fields.Node.params() }

// AdjustParams lists the parameters of a bonus or penalty.
func AdjustParams() []Param { return tables.Fields.Adjust.params() }

// MetaParams lists what the head of a set holds.
func MetaParams() []Param { return tables.Fields.Meta.params() }

// PerName tells how a case of a bonus or penalty counts; "" for one by formula.
func PerName(per string) string { return tables.Per.word(per) }

// OptionWords tell how the cases of a bonus or penalty count.
func OptionWords() []string { return tables.Per.list() }

func (f fields) params() []Param {
	var out []Param
	for i := range f {
		out = append(out, f[i].param())
	}
	return out
}

func (f *field) param() Param {
	p := Param{Word: f.Word, Help: f.Help}
	switch f.Kind {
	case kindBool:
		p.Words = []string{"có", "không"}
	case kindWord:
		p.Words = f.Words.list()
	}
	return p
}

func (p pairs) list() []string {
	out := make([]string, len(p))
	for i, x := range p {
		out[i] = x.Word
	}
	return out
}
