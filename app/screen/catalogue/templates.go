package catalogue

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
)

// templates is the part Mẫu in: the list, and in its place the page of one
// template with its preview.
type templates struct {
	*list
	form *templateForm
}

func newTemplates(c *Screen) *templates {
	p := &templates{}
	p.list = newList(c, "Mẫu in", model.NewTemplates(c.session), []widget.Column{
		{ID: "title", Title: "Tên mẫu", Width: 300, Min: 200, Flex: 3}, {ID: "code", Title: "Số mẫu", Width: 100}, {ID: "valid", Title: "Áp dụng", Width: 180},
		{ID: "basis", Title: "Căn cứ", Width: 220, Min: 120, Flex: 2, Spare: 1}, {ID: "own", Title: "", Width: 80},
	}, nil, widget.NewMainButton("Sửa mẫu…", widget.IconEdit, func() { p.edit(p.current()) }))
	p.open = p.edit
	p.menu = func(id uint64) []widget.MenuItem {
		return []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.edit(id) }}}
	}
	return p
}

func (p *templates) object() fyne.CanvasObject {
	if p.form != nil {
		return p.form.page
	}
	return p.list.object()
}

func (p *templates) shown() {
	if p.form == nil {
		p.list.shown()
		return
	}
	p.c.ctx.Focus(p.c.content, p.form.title)
}

func (p *templates) refresh() {
	if p.form == nil {
		p.list.refresh()
	}
}

func (p *templates) escape() bool {
	if p.form == nil {
		return p.list.escape()
	}
	p.form.leave()
	return true
}

func (p *templates) edit(id uint64) {
	t, err := model.OpenTemplate(p.c.session, id)
	if err != nil {
		p.c.fail(err)
		return
	}
	p.form = newTemplateForm(p, t)
	p.c.redraw(p)
	p.shown()
}

func (p *templates) back() {
	if p.form != nil {
		p.form.view.Close()
	}
	p.form = nil
	p.c.redraw(p)
	p.refresh()
	p.c.ctx.Focus(p.c.content, p.grid)
}

// templateForm is the page of one template.
type templateForm struct {
	p     *templates
	model *model.Template
	page  *widget.Page
	view  *widget.PDFView
	title *widget.Field
	lines *widget.Grid
	drawn int
}

func newTemplateForm(p *templates, t *model.Template) *templateForm {
	x := &templateForm{p: p, model: t}
	x.view = widget.NewPDFView(p.c.print.Engine)
	actions := []fyne.CanvasObject{widget.NewButton("Quay lại", widget.IconBack, x.leave)}
	if t.Own() {
		actions = append(actions, widget.NewButton("Về mặc định", widget.IconUndo, x.reset))
	}
	x.page = widget.NewPage("Sửa mẫu in", append(actions, widget.NewMainButton("Lưu", widget.IconSave, x.save)), nil, x.build())
	x.draw()
	return x
}

func (x *templateForm) build() fyne.CanvasObject {
	d := &x.model.Draft
	bind := func(lines int, text string, set func(string)) *widget.Field {
		f := field("")
		if lines > 0 {
			f = area("", lines)
		}
		f.SetValue(text)
		f.OnText = set
		f.OnSearch = func(string) { x.draw() }
		f.OnLeave = func(string) { x.draw() }
		f.OnKey = func(ev *fyne.KeyEvent) bool {
			if ev.Name == fyne.KeyEscape {
				x.leave()
				return true
			}
			return false
		}
		return f
	}
	x.title = bind(2, d.Title, func(s string) { d.Title = s })
	form := newStack(
		widget.NewFieldBox("Tên mẫu, in đậm ở đầu", x.title).Required(),
		widget.Columns(2, widget.NewFieldBox("Số mẫu", bind(0, d.Code, func(s string) { d.Code = s })), widget.NewFieldBox("Ký hiệu sau số", bind(0, d.Symbol, func(s string) { d.Symbol = s }))),
		widget.NewFieldBox("Căn cứ, ban hành kèm theo", bind(2, d.Basis, func(s string) { d.Basis = s })),
		widget.NewFieldBox("Ghi chú ở cuối, mỗi dòng một ý", bind(3, strings.Join(d.Notes, "\n"), func(s string) { d.Notes = nilIfEmpty(model.Lines(s)) })))
	for i := range d.Signers {
		form.Add(widget.NewFieldBox("Chức danh người ký", bind(0, d.Signers[i].Title, func(s string) { d.Signers[i].Title = s })))
	}
	if len(d.Lines) > 0 {
		x.lines = widget.NewGrid([]widget.Column{{ID: "label", Title: "Dòng in trên giấy (dấu cách: in hoặc không, Enter: sửa chữ)", Width: 240, Flex: 1}})
		x.lines.Single = true
		x.lines.SetRows(lineRows{x})
		x.lines.OnToggle = func(i int) {
			d.Lines[i].Shown = !d.Lines[i].Shown
			x.lines.Refresh()
			x.draw()
		}
		x.lines.OnOpen = x.editLine
		form.Add(screen.Tall(220, x.lines))
	}
	left := screen.Wide(380, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 12), form)))
	return container.NewBorder(nil, nil, left, nil, container.NewBorder(nil, x.view.Toolbar(), nil, nil, x.view))
}

type lineRows struct{ x *templateForm }

// Len implements widget.Rows.
func (r lineRows) Len() int { return len(r.x.model.Draft.Lines) }

// Cells implements widget.Rows.
func (r lineRows) Cells(i int, dst []widget.Cell) {
	l := r.x.model.Draft.Lines[i]
	dst[0] = widget.Cell{Text: model.LineName(l), Mark: widget.MarkBox}
	if l.Shown {
		dst[0].Mark = widget.MarkChecked
	}
}

// editLine asks for the words of a line.
func (x *templateForm) editLine(i int) {
	l := &x.model.Draft.Lines[i]
	label, after := area(model.Words(l.Label), 3), field(l.After)
	widget.ShowForm(x.p.c.ctx.Window, "Chữ của dòng", []fyne.CanvasObject{
		widget.NewFieldBox("Chữ trước nội dung", label).WithHint("chữ trong {…} được thay bằng nội dung của hồ sơ; giữ nguyên chữ trong ngoặc"), widget.NewFieldBox("Chữ sau nội dung", after),
	}, "Xong", func() error {
		before := *l
		l.Label, l.After = model.FromWords(label.Value()), after.Value()
		if err := x.model.Problem(); err != nil {
			*l = before
			return err
		}
		x.lines.Refresh()
		x.draw()
		return nil
	})
}

// draw shows the pages of the draft, or what keeps it from being printed.
func (x *templateForm) draw() {
	x.drawn++
	turn, copied := x.drawn, x.model.Copy()
	x.p.c.session.Go(func() {
		pdf, err := copied.Preview()
		x.p.c.session.Post(func() {
			if turn != x.drawn || x.p.form != x {
				return
			}
			x.page.Errors.SetError(err)
			if err == nil {
				x.view.SetPDF(pdf, true)
			}
		})
	})
}

func (x *templateForm) save() {
	x.p.c.do(func(ctx context.Context) error {
		err := x.model.Save(ctx)
		if err == nil {
			x.p.c.session.Post(x.p.back)
		}
		return err
	}, "Đã lưu mẫu in.", x.page.Errors.SetError)
}

func (x *templateForm) reset() {
	x.p.c.do(func(ctx context.Context) error {
		err := x.model.Reset(ctx)
		if err == nil {
			x.p.c.session.Post(x.p.back)
		}
		return err
	}, "Đã đưa mẫu in về mặc định.", x.page.Errors.SetError)
}

func (x *templateForm) leave() {
	if !x.model.Dirty() {
		x.p.back()
		return
	}
	widget.ConfirmDanger(x.p.c.ctx.Window, "Bỏ những gì vừa sửa?", "Mẫu in này có thay đổi chưa lưu.", "Bỏ thay đổi", func(ok bool) {
		if ok {
			x.p.back()
		}
	})
}
