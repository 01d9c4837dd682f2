package catalogue

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	paper "giaoban/reports/form"
)

// templates is the part Mẫu in: the list, and in its place the page of one
// template with its preview.
type templates struct{ paged[template] }

func newTemplates(e *env.Env, redraw func()) *templates {
	p := &templates{paged[template]{e: e, redraw: redraw}}
	p.List = list.Of(e, list.Options[template]{ID: "templates", Title: "Mẫu in", What: "mẫu in", Load: func() ([]template, error) { return loadTemplates(e.Desk) },
		Ended: func(t *template) bool { return over(e.Desk, t.to) },
		Columns: []list.Column[template]{
			{ID: "title", Title: "Tên mẫu", Width: 300, Min: 200, Flex: 3, Text: func(t *template) string { return t.title() }},
			{ID: "code", Title: "Số mẫu", Width: 100, Text: func(t *template) string { return t.Code }},
			{ID: "valid", Title: "Áp dụng", Width: 180, Text: func(t *template) string { return validity(t.from, t.to) }},
			{ID: "basis", Title: "Căn cứ", Width: 220, Min: 120, Flex: 2, Spare: 1, Text: func(t *template) string { return t.Basis }},
			{ID: "own", Title: "", Width: 80, Text: func(t *template) string { return kit.If(t.own != 0, "Đã sửa", "") }},
		},
		Actions: []list.Action{{Label: "Sửa mẫu…", Icon: widget.IconEdit, Main: true, Do: func() { p.With(p.edit) }}}, Open: p.edit, Edit: "Sửa…"})
	return p
}

func (p *templates) edit(t *template) { p.open(newTemplateForm(p, *t)) }

// templateForm is the page of one template.
type templateForm struct {
	entryForm[paper.Template]
	own   uint64
	view  *widget.PDFView
	lines *list.List[slipLine]
	later func(struct{}) // draws when typing pauses
	drawn int
	gone  bool
}

func newTemplateForm(p *templates, t template) *templateForm {
	x := &templateForm{own: t.own, view: widget.NewPDFView(p.e.Engine)}
	x.entryForm = entryForm[paper.Template]{Form: form.New(p.e, t.Template, templateFields(len(t.Signers), len(t.Lines) > 0)...), e: p.e, back: p.back, said: "Đã lưu mẫu in.", lost: "Mẫu in này có thay đổi chưa lưu.",
		write: func(ctx context.Context, v paper.Template) error { return saveTemplate(ctx, p.e.Desk, x.own, v) }}
	x.later = widget.Debounce(drawPause, func(struct{}) { x.draw() })
	x.OnChange = func(string) { x.later(struct{}{}) }
	var actions []fyne.CanvasObject
	if t.own != 0 {
		actions = append(actions, widget.NewButton("Về mặc định", widget.IconUndo, x.reset))
	}
	x.Own("lines", x.lineList())
	left := widget.Wide(380, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 12), x.Form.Object(2))))
	x.finish("Sửa mẫu in", "mau-in-"+t.ID+"-"+t.From, container.NewBorder(nil, nil, left, nil, container.NewBorder(nil, x.view.Toolbar(), nil, nil, x.view)), actions...)
	x.lines.Refresh()
	x.draw()
	return x
}

func (x *templateForm) close() {
	x.gone = true
	x.view.Close()
}

// templateFields are the fields of a template with so many signers.
func templateFields(signers int, lines bool) []form.Field[paper.Template] {
	fields := []form.Field[paper.Template]{
		form.Area("title", "Tên mẫu, in đậm ở đầu", 2, func(t *paper.Template) *string { return &t.Title }).Need().Whole(),
		form.Text("code", "Số mẫu", func(t *paper.Template) *string { return &t.Code }),
		form.Text("symbol", "Ký hiệu sau số", func(t *paper.Template) *string { return &t.Symbol }),
		form.Area("basis", "Căn cứ, ban hành kèm theo", 2, func(t *paper.Template) *string { return &t.Basis }).Whole(),
		form.Lines("notes", "Ghi chú ở cuối, mỗi dòng một ý", 3, func(t *paper.Template) *[]string { return &t.Notes }).Whole(),
	}
	for i := range signers {
		fields = append(fields, form.Field[paper.Template]{Key: fmt.Sprintf("signer%d", i), Label: "Chức danh người ký", Wide: true,
			Get: func(t *paper.Template) string { return t.Signers[i].Title },
			Set: func(t *paper.Template, s string) error {
				t.Signers = slices.Clone(t.Signers) // what is stored keeps its own
				t.Signers[i].Title = s
				return nil
			}})
	}
	if !lines {
		return fields
	}
	return append(fields, form.Field[paper.Template]{Key: "lines", Label: "Dòng in trên giấy", Hint: "dấu cách: in hoặc không; Enter: sửa chữ", Kind: form.KindOwn, Wide: true,
		Get: func(t *paper.Template) string {
			raw, _ := json.Marshal(t.Lines) // texts always marshal
			return string(raw)
		},
		Set: func(t *paper.Template, s string) error {
			t.Lines = nil
			return json.Unmarshal([]byte(s), &t.Lines)
		}})
}

// drawPause is how long typing rests before the pages are drawn anew.
const drawPause = 300 * time.Millisecond

// slipLine is a line of the slip, by its place.
type slipLine struct {
	paper.Line
	place int
}

// lineList lists the lines of the slip with a box each.
func (x *templateForm) lineList() fyne.CanvasObject {
	x.lines = list.Of(x.e, list.Options[slipLine]{ID: "template-lines", Plain: true, Bare: true, What: "dòng", Open: x.editLine,
		Columns: []list.Column[slipLine]{{ID: "label", Width: 240, Flex: 1, Text: func(l *slipLine) string { return lineName(l.Line) }}},
		Begin: list.Held(func() (out []slipLine) {
			for i, l := range x.Value().Lines {
				out = append(out, slipLine{l, i})
			}
			return out
		}),
		Ticked: func(l *slipLine) bool { return l.Shown }, Tick: func(at *slipLine) { x.changeLine(at.place, func(l *paper.Line) { l.Shown = !l.Shown }) }})
	return widget.Tall(220, x.lines.Body())
}

func (x *templateForm) changeLine(i int, change func(*paper.Line)) {
	lines := x.Value().Lines
	change(&lines[i])
	raw, _ := json.Marshal(lines) // texts always marshal
	x.Type("lines", string(raw))
	x.lines.Refresh()
	x.draw()
}

// editLine asks for the words of a line.
func (x *templateForm) editLine(at *slipLine) {
	i, one := at.place, at.Line
	one.Label = words(one.Label)
	form.Ask(x.e, form.Question[paper.Line]{Title: "Chữ của dòng", Verb: "Xong", Value: one, Fields: []form.Field[paper.Line]{
		form.Area("label", "Chữ trước nội dung", 3, func(l *paper.Line) *string { return &l.Label }).
			Note("chữ trong {…} được thay bằng nội dung của hồ sơ; giữ nguyên chữ trong ngoặc"),
		form.Text("after", "Chữ sau nội dung", func(l *paper.Line) *string { return &l.After }),
	}, Check: func(l paper.Line) error {
		t := x.Value()
		l.Label = fromWords(l.Label)
		t.Lines[i] = l
		return problem(&t)
	}, Then: func(l paper.Line) {
		x.changeLine(i, func(to *paper.Line) { to.Label, to.After = fromWords(l.Label), l.After })
	}})
}

// draw shows the pages of the draft, or what keeps it from being printed.
func (x *templateForm) draw() {
	x.drawn++
	turn, t := x.drawn, x.Value()
	x.e.Session.Go(func() {
		pdf, err := preview(x.e.Desk, t)
		x.e.Session.Post(func() {
			if turn != x.drawn || x.gone {
				return
			}
			x.page.Errors.SetError(err)
			if err == nil {
				x.view.SetPDF(pdf, true)
			}
		})
	})
}

// reset gives the form its shipped template again.
func (x *templateForm) reset() {
	title, d := x.Value().Title, x.e.Desk
	x.e.Do(func(ctx context.Context) error {
		err := d.DropTemplate(ctx, x.own, title)
		if err == nil {
			x.e.Session.Post(x.back)
		}
		return err
	}, "Đã đưa mẫu in về mặc định.", x.page.Errors.SetError)
}
