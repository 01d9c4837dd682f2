package scoring

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/scoring"
)

func itoa(n int) string { return strconv.Itoa(n) }

// ruleDialog edits the rule of one leaf.
type ruleDialog struct {
	p      *setsPart
	code   string
	max    string
	year   int
	f      RuleForm
	box    *fyne.Container
	fields map[string]*widget.Field
	kind   *widget.Picker
	input  *widget.Picker // of steps
	over   *widget.Check
	zero   *widget.Picker
	rows   *rowTable
	cases  *rowTable
	form   *screen.Form
	body   *formScroll
	trial  map[string]*widget.Field
	result *widget.Paragraph
}

// editRule opens the rule of the leaf under the cursor.
func (p *setsPart) editRule() {
	n := p.node()
	if n == nil {
		return
	}
	if len(n.Children) > 0 {
		p.editNode()
		return
	}
	rule := n.Rule
	if rule == nil {
		rule = &scoring.Binary{Yes: n.Max}
	}
	d := &ruleDialog{p: p, code: n.Code, max: n.Max.String(), year: p.m.Set().Meta.Year, f: RuleFormOf(rule), box: container.New(layout.NewCustomPaddedVBoxLayout(8))}
	d.form = screen.NewForm()
	d.form.KnowPart(d.take)
	d.build()
	d.body = p.s.scrolled(190, 460, d.box)
	q := screen.Question{Title: "Cách chấm tiêu chí " + n.Code + " (tối đa " + d.max + ")", Verb: "Lưu", Width: 760, Onward: true, Form: d.form, Below: []fyne.CanvasObject{d.body.object}, Then: func() { p.aim = d.code; p.m.Refresh() },
		Done: func() string { return "Đã sửa cách chấm tiêu chí " + d.code + "." + p.m.Left(d.code) },
		Read: func() (func(context.Context) error, error) {
			if text := p.m.Locked(); text != "" {
				return nil, data.Fail(data.Conflict, text, nil)
			}
			d.read()
			rule, err := d.f.Rule()
			if err != nil {
				return nil, err
			}
			return func(ctx context.Context) error {
				return p.m.Edit(ctx, "cách chấm tiêu chí "+d.code, func(s *scoring.Set) error { return s.SetRule(d.code, rule) })
			}, nil
		}}
	p.s.ask(q)
}

// build builds the fields of the kind.
func (d *ruleDialog) build() {
	f := &d.f
	if f.Fields == nil {
		f.Fields = map[string]string{}
	}
	d.box.Objects, d.fields, d.over, d.zero, d.cases, d.rows = nil, map[string]*widget.Field{}, nil, nil, nil, nil
	kind := picker(Kinds(), string(f.Kind))
	kind.OnPick = func(o widget.Option) {
		d.read()
		if f.Kind = scoring.Kind(o.Key); f.Kind == scoring.KindTiers && f.Input == "" {
			f.Input = scoring.ByPercent
		}
		f.Rows, f.Cases = nil, nil
		d.build()
		d.focus(d.kind)
	}
	d.kind = kind
	head := []fyne.CanvasObject{widget.NewFieldBox("Cách chấm", kind)}
	if f.Kind == scoring.KindTiers {
		input := picker(TierInputs(), f.Input)
		input.OnPick = func(o widget.Option) {
			d.read()
			f.Input, f.Rows = o.Key, nil
			d.build()
			d.focus(d.input)
		}
		d.input = input
		head = append(head, widget.NewFieldBox("Xét theo", input))
	}
	d.box.Add(widget.Columns(2, head...))
	var list []fyne.CanvasObject
	for _, c := range f.FieldsOf() {
		x := field(f.Fields[c.Key])
		d.fields[c.Key] = x
		list = append(list, d.boxed(c.Key, c.Label, x))
	}
	if f.HasZero() {
		d.zero = picker(ZeroChoices(), f.Fields["zero"])
		d.zero.None, d.zero.Placeholder = "Không cho phép", "Không cho phép"
		list = append(list, widget.NewFieldBox("Khi không phát sinh (a = 0)", d.zero))
		d.over = widget.NewCheck("b được lớn hơn a (vượt kế hoạch)", nil)
		d.over.SetChecked(f.Fields["over"] != "")
	}
	if columns := f.Columns(); columns != nil {
		if len(f.Rows) == 0 {
			f.Rows = [][]string{freshRow(columns), freshRow(columns)}
		}
		d.rows = newRowTable("rows", columns, freshRow(columns), f.Rows)
		title := map[scoring.Kind]string{scoring.KindFormula: "Các biến", scoring.KindTiers: "Các mức, từ trên xuống", scoring.KindDeduct: "Các lỗi bị trừ", scoring.KindChecklist: "Các nội dung"}[f.Kind]
		d.box.Add(widget.NewSection(title))
		if text := f.RowsNote(); text != "" {
			d.box.Add(widget.NewNote(text, 700))
		}
		d.box.Add(d.rows.object)
	}
	if f.Kind == scoring.KindFormula {
		d.cases = newRowTable("cases", []RuleColumn{{Title: "Nếu (ví dụ b ≥ 0,8*a và c = 0; gõ >= cũng được)", Flex: true}, {Title: "thì điểm = (ví dụ max*b/a)", Width: 240}}, nil, orEmptyRow(f.Cases))
		d.box.Add(widget.NewSection("Các trường hợp, xét từ trên xuống"))
		d.box.Add(d.cases.object)
	}
	if len(list) > 0 {
		d.box.Add(widget.Columns(2, list...))
	}
	if d.over != nil {
		d.box.Add(d.over)
	}
	for _, x := range [][2]string{{"text", "Chữ của quyết định (in dưới tiêu chí)"}, {"note", "Ghi chú của cách chấm"}} {
		v := field(f.Fields[x[0]])
		d.fields[x[0]] = v
		d.box.Add(widget.NewFieldBox(x[1], v))
	}
	d.buildTrial()
	d.box.Refresh()
	for _, t := range []*rowTable{d.rows, d.cases} {
		if t != nil {
			t.grown = d.follow
		}
	}
	d.follow()
}

// focus puts the cursor on a field that was built again, which is on no canvas
// before it is drawn; the form is.
func (d *ruleDialog) focus(x fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(d.box); c != nil {
		c.Focus(x)
	}
}

// freshRow is a new line: the lower end of a step belongs to it.
func freshRow(columns []RuleColumn) []string {
	out := make([]string, len(columns))
	if len(out) > 1 && columns[1].Check {
		out[1] = "1"
	}
	return out
}

// boxed is a field whose errors stand below it.
func (d *ruleDialog) boxed(key, label string, x fyne.CanvasObject) *widget.FieldBox {
	box := widget.NewFieldBox(label, x)
	d.form.Know(key, box)
	return box
}

// take shows an error of one of the lines there.
func (d *ruleDialog) take(e *data.Error) bool {
	for _, t := range []*rowTable{d.rows, d.cases} {
		if t != nil && t.take(e) {
			return true
		}
	}
	return false
}

func (d *ruleDialog) follow() {
	if d.body != nil {
		d.body.follow()
	}
}

// buildTrial lets the officer try the rule with values before it is kept.
func (d *ruleDialog) buildTrial() {
	d.trial = map[string]*widget.Field{}
	d.result = widget.NewParagraph("", 300)
	row := container.NewStack()
	fill := func() {
		var list []fyne.CanvasObject
		d.read()
		inputs := d.f.TrialInputs()
		if len(inputs) == 0 {
			row.Objects = nil
			return
		}
		for _, in := range inputs {
			old := d.trial[in.Key]
			x := field("")
			if old != nil {
				x.SetValue(old.Value())
			}
			d.trial[in.Key] = x
			label, _ := widget.Truncate(in.Label, widget.Scaled(150), widget.TextSize(widget.SizeSmall), false)
			list = append(list, widget.NewFieldBox(label, x))
		}
		row.Objects = []fyne.CanvasObject{widget.Columns(min(max(len(list), 1), 4), list...)}
	}
	fill()
	try := widget.NewButton("Thử", widget.IconRefresh, func() {
		d.read()
		if len(d.f.TrialInputs()) != len(d.trial) || len(d.trial) == 0 {
			d.trial = map[string]*widget.Field{}
			fill()
			row.Refresh()
			d.box.Refresh()
		}
		values := map[string]string{}
		for k, x := range d.trial {
			if v := strings.TrimSpace(x.Value()); v != "" {
				values[k] = v
			}
		}
		text, err := d.f.Trial(d.max, values, d.year)
		if faults := d.f.Faults(d.max); err == nil && len(faults) > 0 {
			err = errors.New(strings.Join(faults, " "))
		}
		d.result.Role = widget.ColorEarly
		if err != nil {
			d.result.Role, text = widget.ColorLate, err.Error()
		}
		if d.result.Text() == text {
			d.result.Refresh()
		}
		d.result.SetText(text)
		if d.body != nil {
			d.body.ScrollToBottom()
		}
	})
	d.box.Add(widget.NewSection("Tính thử"))
	d.box.Add(row)
	d.box.Add(container.NewBorder(nil, nil, try, nil, container.NewVBox(layout.NewSpacer(), d.result, layout.NewSpacer())))
}

// read takes the fields into the form.
func (d *ruleDialog) read() {
	for key, x := range d.fields {
		d.f.Fields[key] = x.Value()
	}
	if d.over != nil {
		d.f.Fields["over"] = ""
		if d.over.Checked {
			d.f.Fields["over"] = "1"
		}
	}
	if d.zero != nil {
		d.f.Fields["zero"] = d.zero.Key()
	}
	if d.rows != nil {
		d.f.Rows = d.rows.values()
	}
	if d.cases != nil {
		d.f.Cases = d.cases.values()
	}
}
