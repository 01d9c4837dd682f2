package scoring

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data/scoring"
)

// RuleFields are the fields of a rule; a kind has some of them.
func RuleFields() []form.Field[RuleForm] {
	kinds := func(*RuleForm) []kit.Choice {
		var out []kit.Choice
		for _, s := range scoring.RuleShapes() {
			out = append(out, kit.Choice{Key: s.Name, Text: s.Name})
		}
		return out
	}
	out := []form.Field[RuleForm]{form.Pick("kind", "Cách chấm", kinds, func(f *RuleForm) *string { return &f.Name }).Need().Whole()}
	seen := map[string]bool{}
	for _, s := range scoring.RuleShapes() {
		for _, l := range s.Lines {
			if !seen[LinesKey(l)] {
				seen[LinesKey(l)] = true
				out = append(out, linesField(l))
			}
		}
	}
	for i, p := range RuleParams() {
		of := func(f *RuleForm) *string { return &f.Params[i] }
		field := form.Text(ParamKey(i), sentence(p.Word), of)
		if p.Words != nil {
			field = form.Pick(ParamKey(i), sentence(p.Word), func(*RuleForm) []kit.Choice { return choicesOf(p.Words) }, of).Or("(không ghi)")
		}
		out = append(out, field.Note(p.Help).When(func(f *RuleForm) bool { return f.Has(p.Word) }))
	}
	return out
}

// linesField is the list of a rule.
func linesField(l scoring.LineShape) form.Field[RuleForm] {
	part := slices.Index(ruleParts, l.Part)
	var columns []form.Field[RuleCells]
	for _, c := range l.Columns {
		i := slices.Index(lineColumns, c.Column)
		width := float32(70)
		if c.Column == scoring.ColumnTitle || c.Column == scoring.ColumnValue || l.Part == scoring.PartCase {
			width = 260
		}
		columns = append(columns, form.Text(c.Column, c.Title, func(r *RuleCells) *string { return &r[i] }).Sized(width))
	}
	return form.Rows(LinesKey(l), l.Title, func(f *RuleForm) *[]RuleCells { return &f.Lines[part] }, columns...).Note(l.Help).Whole().
		When(func(f *RuleForm) bool { return f.HasLines(l) })
}

// editRule asks for the rule of the criterion under the cursor, and writes it into
// the sheet.
func (p *setsPart) editRule() {
	x, row := p.m.Sheet(), p.sheet.Place().Row
	if p.section.Chosen() != SectionTree {
		return
	}
	value, ok := x.Rule(row)
	if !ok {
		return
	}
	head := p.at().Head(row)
	maximum := p.at().At(head, scoring.ColumnMax)
	t := &ruleTrial{p: p, maximum: maximum, typed: map[string]*widget.Field{}, row: container.NewStack(), result: widget.NewParagraph("", 300)}
	form.Ask(p.s.e, form.Question[RuleForm]{Title: "Cách chấm tiêu chí " + p.at().At(head, scoring.ColumnCode) + " (tối đa " + maximum + ")", Verb: "Ghi vào bảng", Value: value, Width: 760, Columns: 2,
		Fields: RuleFields(), Below: t.objects(),
		Ready: func(f *form.Form[RuleForm]) {
			t.form = f
			f.OnChange = func(string) { t.fill() }
			t.fill()
		},
		Check: func(f RuleForm) error {
			if text := p.m.Locked(); text != "" {
				return refuse("kind", "%s", text)
			}
			_, _, err := f.Check(maximum)
			return err
		},
		Then: func(f RuleForm) {
			x.PutRule(row, f)
			p.sheet.Refresh()
			p.changed()
		}})
}

// ruleTrial lets the officer try a rule with values before it is kept.
type ruleTrial struct {
	p       *setsPart
	maximum string
	form    *form.Form[RuleForm]
	typed   map[string]*widget.Field
	asked   string
	row     *fyne.Container
	result  *widget.Paragraph
}

func (t *ruleTrial) objects() []fyne.CanvasObject {
	try := widget.NewButton("Thử", widget.IconRefresh, t.try)
	return []fyne.CanvasObject{container.New(layout.NewCustomPaddedVBoxLayout(8), widget.NewSection("Tính thử"), t.row, container.NewBorder(nil, nil, try, nil, middle(t.result)))}
}

// fill asks for the inputs of the rule as it stands.
func (t *ruleTrial) fill() {
	f := t.form.Value()
	inputs := f.TrialInputs(t.maximum)
	var list []fyne.CanvasObject
	asked := ""
	for _, in := range inputs {
		asked += in.Key + in.Label
		if t.typed[in.Key] == nil {
			t.typed[in.Key] = widget.NewField("")
		}
		list = append(list, widget.NewFieldBox(in.Label, t.typed[in.Key]))
	}
	if asked == t.asked {
		return
	}
	t.asked, t.row.Objects = asked, nil
	if len(list) > 0 {
		t.row.Objects = []fyne.CanvasObject{widget.Columns(min(len(list), 4), list...)}
	}
	t.row.Refresh()
}

func (t *ruleTrial) try() {
	t.fill()
	values := map[string]string{}
	for k, x := range t.typed {
		if v := strings.TrimSpace(x.Value()); v != "" {
			values[k] = v
		}
	}
	f := t.form.Value()
	text, err := f.Trial(t.maximum, values, t.p.m.Set().Meta.Year)
	t.result.Role = widget.ColorEarly
	if err != nil {
		t.result.Role, text = widget.ColorLate, err.Error()
	}
	if t.result.Text() == text {
		t.result.Refresh()
	}
	t.result.SetText(text)
}
