package scoring

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// leafPane shows the leaf at the right of the tree: rule, inputs, points at once,
// evidence and history.
type leafPane struct {
	s      *Page
	object fyne.CanvasObject
	head   *fyne.Container
	body   *fyne.Container
	foot   *fyne.Container
	scroll *widget.Follow

	// What belongs to the leaf that is built now.
	built   string
	points  *widget.Paragraph
	says    *widget.Paragraph
	rounds  []*widget.Button
	pick    *widget.PickLines
	rule    *widget.TextLines
	fields  map[string]*widget.Field
	dates   map[string]*widget.DateField
	boxes   map[string]*widget.FieldBox
	order   []fyne.Focusable // in which Enter goes
	none    *widget.Check
	missing *widget.Check
	na      *widget.Check
	hand    *widget.Check
	agreed  *widget.Check
	naBox   fyne.CanvasObject
	handBox fyne.CanvasObject
	inputs  fyne.CanvasObject
	from    *fyne.Container // the register
	proofs  *fyne.Container
	history *fyne.Container
	drop    *widget.Button
	tailed  string // what proofs, register and history show
	filling bool
	// headHeight is the height for which the pane was laid out.
	headHeight float32
}

func newLeafPane(s *Page) *leafPane {
	p := &leafPane{s: s, head: container.New(layout.NewCustomPaddedVBoxLayout(4)), body: container.New(layout.NewCustomPaddedVBoxLayout(8)), foot: container.NewHBox()}
	p.scroll = widget.NewFollow(p.body)
	p.object = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), p.head), container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), p.foot), nil, nil, p.scroll.Scroll)
	return p
}

// textWidth is what texts of the pane ask for; they wrap at what they get.
const textWidth = 300

// signature tells which fields the pane must have.
func (p *leafPane) signature() string {
	l := p.s.m.Leaf
	lock := ""
	if err := l.Locked(); err != nil {
		lock = err.Error()
	}
	state := ""
	if c := p.s.m.Card(); c != nil {
		state = string(c.Sheet.State)
	}
	said := ""
	for _, r := range l.Rounds() {
		if r.Round != l.Round() {
			said += fmt.Sprint(r)
		}
	}
	return fmt.Sprint(p.s.m.Sheet(), l.Code(), l.Round(), lock, state, l.Asked(), l.NeedsSource(), said)
}

// refresh draws the leaf; fields that stand there stay.
func (p *leafPane) refresh() {
	if p.s.m.Card() == nil {
		p.built = ""
		return
	}
	if sig := p.signature(); sig != p.built {
		// The fields of the same leaf come back with the focus where it was.
		again := p.built != "" && p.holdsFocus() && p.leafOf(sig) == p.leafOf(p.built)
		at := p.focusedKey()
		p.built = sig
		p.build()
		if again {
			p.focusKey(at)
		}
	}
	p.update()
	p.s.sheet.grid.Refresh()
}

// leafOf is the beginning of a signature that names sheet, leaf and round.
func (p *leafPane) leafOf(string) string {
	l := p.s.m.Leaf
	return fmt.Sprint(p.s.m.Sheet(), l.Code(), l.Round())
}

func (p *leafPane) holdsFocus() bool {
	f, ok := p.s.e.Window.Canvas().Focused().(fyne.CanvasObject)
	if !ok {
		return false
	}
	for _, o := range p.order {
		if o == f.(fyne.Focusable) {
			return true
		}
	}
	return false
}

func (p *leafPane) focusedKey() string {
	focused := p.s.e.Window.Canvas().Focused()
	for k, f := range p.fields {
		if focused == fyne.Focusable(f) {
			return k
		}
	}
	return ""
}

func (p *leafPane) focusKey(key string) {
	if f := p.fields[key]; f != nil {
		p.s.e.Focus(p.s.page, f)
		return
	}
	p.focusFirst()
}

func (p *leafPane) build() {
	l := p.s.m.Leaf
	p.pick, p.rule, p.none, p.missing, p.na, p.hand, p.agreed = nil, nil, nil, nil, nil, nil, nil
	p.naBox, p.handBox, p.inputs, p.drop = nil, nil, nil, nil
	p.fields, p.dates, p.boxes, p.order, p.rounds = map[string]*widget.Field{}, map[string]*widget.DateField{}, map[string]*widget.FieldBox{}, nil, nil
	p.tailed = "-"
	p.points, p.says = widget.NewParagraph("", 120), widget.NewParagraph("", textWidth)
	p.points.Bold, p.points.TextSize, p.points.Max = true, widget.SizeFigure, 1
	p.from, p.proofs, p.history = p.group(), p.group(), p.group()
	p.head.Objects, p.body.Objects, p.foot.Objects = nil, nil, nil
	p.buildHead()
	if l.Answers() {
		locked := l.Locked()
		p.buildRounds(locked)
		p.buildRule(locked == nil)
		p.body.Add(p.from)
		if locked == nil {
			p.buildInputs()
			p.buildFoot()
		}
		p.body.Add(p.proofs)
		p.body.Add(p.history)
	} else {
		p.buildGroup()
	}
	p.scroll.Offset = fyne.Position{}
	p.headHeight = 0
	p.scroll.Hook()
	p.object.Refresh()
}

func (p *leafPane) group() *fyne.Container { return container.New(layout.NewCustomPaddedVBoxLayout(4)) }

func (p *leafPane) buildHead() {
	m := p.s.m
	title, code, below := "", m.Leaf.Code(), ""
	if r := m.Leaf.Row(); r != nil {
		title = r.Node.Title
		if r.Node.Owner != "" {
			below = "Chủ trì: " + r.Node.Owner
		}
	} else if a := m.Leaf.Adjust(); a != nil {
		title = a.Adjust.Title
	} else {
		row := m.Tree.Row(m.Tree.Find(code))
		title, code = row.Title, ""
	}
	if code != "" {
		title = code + ". " + title
	}
	name := widget.NewParagraph(title, textWidth)
	name.Bold, name.Max = true, 4
	p.head.Add(name)
	if below != "" {
		p.head.Add(widget.NewNote(below, textWidth))
	}
	p.head.Add(container.NewBorder(nil, nil, p.points, nil, container.NewVBox(layout.NewSpacer(), p.says, layout.NewSpacer())))
}

// buildRounds puts the rounds side by side, and below what those not in work have
// said.
func (p *leafPane) buildRounds(locked error) {
	l := p.s.m.Leaf
	list := l.Rounds()
	row := container.New(layout.NewCustomPaddedHBoxLayout(0))
	for _, r := range list {
		b := widget.NewButton("", "", func() { l.ChooseRound(r.Round); p.focusFirst() })
		p.rounds = append(p.rounds, b)
		row.Add(b)
	}
	p.body.Add(container.NewHScroll(row))
	if asked := l.Asked(); asked != "" {
		text := widget.NewParagraph("Yêu cầu giải trình: "+asked, textWidth)
		text.Role = widget.ColorSoon
		p.body.Add(text)
	}
	if locked != nil {
		text := widget.NewParagraph(locked.Error(), textWidth)
		text.Role = widget.ColorSecondary
		line := container.New(layout.NewCustomPaddedVBoxLayout(4), text)
		c := p.s.m.Card()
		if !c.Period.Closed && !l.Survey() && c.Sheet.State != assess.Approved && c.Sheet.State != assess.Published {
			line.Add(container.NewHBox(widget.NewButton("Mở lại…", widget.IconRefresh, p.s.askReopen)))
		}
		p.body.Add(line)
	}
	for _, r := range list {
		if r.Round == l.Round() && locked == nil || r.Points == "" && len(r.Lines) == 0 {
			continue
		}
		if r.Round > l.Round() {
			continue
		}
		p.body.Add(said(r))
	}
}

// said shows what a round holds, only to be read.
func said(r RoundInfo) fyne.CanvasObject {
	name := widget.NewParagraph(r.Name+": "+r.Points, textWidth)
	name.Bold = true
	box := container.New(layout.NewCustomPaddedVBoxLayout(0), name)
	for _, text := range r.Lines {
		box.Add(widget.NewNote(text, textWidth))
	}
	return box
}

// buildRule shows the rule in words; where one of its lines is the answer, they
// are chosen there.
func (p *leafPane) buildRule(open bool) {
	l := p.s.m.Leaf
	lines := p.ruleLines()
	if len(lines) == 0 {
		return
	}
	p.body.Add(widget.NewSection("Cách chấm"))
	inputs := l.Inputs()
	if open && len(inputs) == 1 && (inputs[0].Kind == InputOne || inputs[0].Kind == InputMany) {
		p.pick = widget.NewPickLines(lines, inputs[0].Kind == InputMany, l.Pick)
		p.pick.OnEnter = func() { p.save(true) }
		p.order = append(p.order, p.pick)
		p.body.Add(p.pick)
		return
	}
	p.rule = widget.NewTextLines(lines)
	p.body.Add(p.rule)
}

func (p *leafPane) ruleLines() []widget.TextLine {
	var out []widget.TextLine
	for _, r := range p.s.m.Leaf.Rule() {
		out = append(out, widget.TextLine{Text: r.Text, Detail: r.Points, On: r.Reached})
	}
	return out
}

// buildGroup shows what a domain or a criterion with parts holds.
func (p *leafPane) buildGroup() {
	m := p.s.m
	row := m.Tree.Row(m.Tree.Find(m.Leaf.Code()))
	if r := m.Leaf.Row(); r != nil {
		p.points.SetText(r.Final.String())
		p.says.SetText("của " + r.Max.String() + " điểm")
		for _, x := range [][2]string{{"Đã chấm", fmt.Sprintf("%d/%d tiêu chí", r.Done, r.Leaves)}, {"Điểm tối đa áp dụng", r.Applicable.String()}, {"Tự chấm", r.Self.String()},
			{"Thẩm định lần 1", r.First.String()}, {"Thẩm định lần 2", r.Second.String()}, {"Tỷ lệ đạt", r.Percent() + "%"}, {"Còn thiếu", r.Lost.String()}} {
			if x[1] != "" && x[1] != "-%" {
				p.body.Add(fact(x[0], x[1]))
			}
		}
		if r.Node.Note != "" {
			p.body.Add(widget.NewNote(r.Node.Note, textWidth))
		}
		return
	}
	p.points.SetText(row.Points)
}

func fact(label, value string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, widget.Wide(150, widget.NewNote(label, 150)), nil, widget.NewParagraph(value, textWidth-150))
}

// update draws what changes while the officer types.
func (p *leafPane) update() {
	l := p.s.m.Leaf
	if !l.Answers() {
		return
	}
	o := l.Outcome()
	points := "–"
	switch {
	case o.NA:
		points = "KĐG"
	case o.Known:
		points = o.Points
	}
	p.points.SetText(points)
	says := ""
	if o.Max != "" {
		says = "tối đa " + o.Max + " điểm"
	}
	if o.Computed != "" {
		says += " · cách chấm cho " + o.Computed
	}
	if l.Dirty() {
		says += " · chưa lưu"
	}
	p.says.SetText(says)
	for i, r := range l.Rounds() {
		if i < len(p.rounds) {
			text := strings.Replace(r.Name, " lần", "", 1)
			if r.Points != "" {
				text += "  " + r.Points
			}
			p.rounds[i].SetText(text)
			p.rounds[i].SetChosen(r.Round == l.Round())
		}
	}
	if p.pick != nil {
		p.pick.Set(p.ruleLines())
	}
	if p.rule != nil {
		p.rule.Set(p.ruleLines())
	}
	p.fillFields()
	p.tellWrong(o)
	// The head may have grown by a line.
	if h := p.head.MinSize().Height; h != p.headHeight {
		p.headHeight = h
		p.object.Refresh()
	}
	if p.drop != nil {
		show(p.drop, l.Dirty())
	}
	p.updateTail()
}

// tellWrong puts what is wrong at its field.
func (p *leafPane) tellWrong(o Outcome) {
	for key, box := range p.boxes {
		if key == o.Field && o.Wrong {
			box.SetError(errors.New(o.Text))
		} else {
			box.SetError(nil)
		}
	}
	if o.Text == "" || o.Wrong && p.boxes[o.Field] != nil {
		return
	}
	text := o.Text
	if p.says.Text() != "" {
		text = p.says.Text() + " · " + text
	}
	p.says.SetText(text)
}

// save keeps the leaf, and goes to the next one.
func (p *leafPane) save(on bool) {
	l := p.s.m.Leaf
	if !l.Answers() {
		return
	}
	next := ""
	if on {
		next = p.s.m.Tree.Next(false)
	}
	dirty, code, round := l.Dirty(), l.Code(), l.Round()
	l.Save(func(err error) {
		if err != nil {
			p.tellError(err)
			return
		}
		if dirty {
			done := "Đã chấm tiêu chí "
			if round == assess.Explained {
				done = "Đã ghi giải trình tiêu chí "
			}
			p.s.e.Done(done + code + ".")
		}
		if next != "" && l.Code() == code {
			p.s.sheet.step(next)
			p.focusFirst()
		}
	})
}

// tellError shows why the leaf was not kept: at its field, else above it all.
func (p *leafPane) tellError(err error) {
	var e *data.Error
	if errors.As(err, &e) {
		if box := p.boxes[e.Field]; box != nil {
			p.s.m.Leaf.Leave(e.Field)
			box.SetError(e)
			if f := p.fields[e.Field]; f != nil {
				p.s.e.Focus(p.s.page, f)
			}
			return
		}
	}
	p.s.page.Errors.SetError(err)
	if f := p.fields["source"]; f != nil && f.Value() == "" && f.Visible() {
		p.s.e.Focus(p.s.page, f)
	}
}

// focusFirst puts the cursor where the leaf is answered.
func (p *leafPane) focusFirst() {
	p.s.page.Errors.SetError(nil)
	for _, f := range p.order {
		if o, ok := f.(fyne.CanvasObject); ok && o.Visible() {
			p.s.e.Focus(p.s.page, f)
			return
		}
	}
	p.s.e.Focus(p.s.page, p.s.sheet.grid)
}
