package scoring

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data/scoring"
	"giaoban/data/scoring/expr"
	"giaoban/data/text"
)

// RuleFields are the fields of a rule; a kind has some of them.
func RuleFields() []form.Field[RuleForm] {
	var kinds []string
	var lists, params []form.Field[RuleForm]
	seen := map[string]bool{}
	fresh := func(key string) bool {
		was := seen[key]
		seen[key] = true
		return !was
	}
	for _, s := range scoring.RuleShapes() {
		kinds = append(kinds, s.Name)
		for _, l := range s.Lines {
			if fresh(LinesKey(l)) {
				lists = append(lists, linesField(l))
			}
		}
		for _, p := range s.Params {
			if fresh(ParamKey(p.Word)) {
				params = append(params, paramField(p))
			}
		}
	}
	kind := form.Pick("kind", "Cách chấm", func(*RuleForm) []kit.Choice { return kit.Words(kinds) }, func(f *RuleForm) *string { return &f.Name }).Need().Whole()
	return slices.Concat([]form.Field[RuleForm]{kind}, lists, params)
}

// paramField is a parameter. A formula tells which functions there are.
func paramField(p scoring.Param) form.Field[RuleForm] {
	f := form.Field[RuleForm]{Key: ParamKey(p.Word), Label: text.Sentence(p.Word), Hint: p.Help, Get: func(f *RuleForm) string { return f.Params[p.Word] },
		Set: func(f *RuleForm, text string) error { f.Set(p.Word, strings.TrimSpace(text)); return nil }}
	if p.Words != nil {
		f.Kind, f.None, f.Choices = form.KindPick, "(không ghi)", func(*RuleForm) []kit.Choice { return kit.Words(p.Words) }
	}
	if p.Word == "công thức" {
		f.Hint, f.Wide = joined(". ", text.Sentence(p.Help), FormulaHelp()), true
	}
	return f.When(func(f *RuleForm) bool { return f.Has(p.Word) })
}

// FormulaHelp lists what a formula may hold.
func FormulaHelp() string {
	var out []string
	for _, f := range expr.Functions() {
		out = append(out, f[0]+": "+f[1])
	}
	return "Hàm: " + strings.Join(out, "; ") + ". Dùng + - * / ( ), ký hiệu các biến và đặc điểm đơn vị, max là điểm tối đa."
}

// linesField is a list of a rule.
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
	return form.Rows(LinesKey(l), l.Title, func(f *RuleForm) *[]RuleCells { return &f.Lines[part] }, columns...).Note(l.Help).
		When(func(f *RuleForm) bool { return f.HasLines(l) })
}

// trialField is a field of a trial of a rule.
func trialField(at *Trial, rule *RuleForm, in Input) form.Field[Draft] {
	switch in.Kind {
	case InputOne:
		f := draftField(in.Key, "Trả lời")
		offered := at.Choices(rule, &in)
		f.Kind, f.None, f.Choices, f.Wide = form.KindPick, "(chưa chọn)", func(*Draft) []kit.Choice { return offered }, true
		return f
	case InputTick:
		return box(in.Key, in.Label).Whole()
	}
	return draftField(in.Key, in.Label)
}

// editRule asks for the rule of the criterion under the cursor, lets it be tried, and
// writes it into the sheet.
func (p *setsPart) editRule() {
	x, row := p.m.Sheet, p.sheet.Place().Row
	if p.section.Chosen() != SectionTree {
		return
	}
	value, ok := x.Rule(row)
	if !ok {
		return
	}
	head := p.at().RuleHead(row)
	if p.at().At(head, scoring.ColumnCode) != "" && x.Group(row) {
		p.s.e.Toast("Đây là nhóm: điểm là tổng các tiêu chí con. Nếu các tiêu chí con là phương án để lấy điểm cao nhất, thêm một dòng «Tham số», ký hiệu «cách lấy điểm», giá trị «cao nhất».")
		return
	}
	words := ""
	if p.at().At(head, scoring.ColumnCode) == "" {
		words = "Riêng cho: " + joined(", ", p.at().At(head, scoring.ColumnTitle), p.at().At(head, scoring.ColumnKey))
	}
	p.askRule(p.at().At(p.at().Head(row), scoring.ColumnCode), p.at().RuleMax(head), words, value, func(f RuleForm) {
		x.PutRule(row, f)
		p.sheet.Refresh()
		p.changed()
	})
}

// askRule asks for the rule of a criterion with a maximum and lets it be tried; words
// are those of the decision, "" for none.
func (p *setsPart) askRule(code, maximum, words string, value RuleForm, then func(RuleForm)) {
	result, typed, asked := widget.NewParagraph("", 560), container.NewStack(), "-"
	at := Trial{Set: p.m.Set, Code: code, Max: maximum}
	var rule *form.Form[RuleForm]
	var trial *form.Form[Draft]
	// try scores what stands in the fields of the trial; nothing is wrong while they are
	// empty.
	try := func(string) {
		now, values := rule.Value(), trial.Value()
		points, why, err := at.Score(&now, values)
		switch {
		case err == nil:
			say(result, joined(": ", points, why), widget.ColorEarly)
		case len(values) == 0:
			say(result, "Ghi số liệu để xem điểm.", widget.ColorSecondary)
		default:
			say(result, err.Error(), widget.ColorLate)
		}
	}
	// ask asks for the inputs of the rule as it stands; what was typed stays.
	ask := func(string) {
		now := rule.Value()
		var fields []form.Field[Draft]
		keys := ""
		for _, in := range at.Inputs(&now) {
			f := trialField(&at, &now, in)
			fields, keys = append(fields, f), keys+in.Key+in.Label
			if f.Choices != nil {
				keys += fmt.Sprint(f.Choices(nil))
			}
		}
		if keys == asked {
			try("")
			return
		}
		old := Draft{}
		if trial != nil {
			old = trial.Value()
		}
		asked, trial = keys, form.New(p.s.e, old, fields...)
		trial.OnChange, trial.OnSubmit, trial.OnEscape = try, rule.OnSubmit, rule.OnEscape
		typed.Objects = []fyne.CanvasObject{trial.Object(min(len(fields), 4))}
		typed.Refresh()
		try("")
	}
	form.Ask(p.s.e, form.Question[RuleForm]{Title: "Cách chấm tiêu chí " + code + " (tối đa " + maximum + ")", Note: words, Verb: "Ghi cách chấm", Value: value, Width: 760, Columns: 2,
		Fields: RuleFields(), Below: []fyne.CanvasObject{stack(8, widget.NewSection("Tính thử"), typed, result)},
		Ready: func(f *form.Form[RuleForm]) {
			rule, f.OnChange = f, ask
			ask("")
		},
		Check: func(f RuleForm) error {
			if text := p.m.Locked(); text != "" {
				return refuse("kind", "%s", text)
			}
			_, _, err := f.Check(maximum)
			return err
		},
		Then: then})
}
