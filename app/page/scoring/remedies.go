package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// remediesPart lists the remedial tasks.
type remediesPart struct {
	s    *Page
	p    *Plan
	all  *widget.Check
	note *widget.Paragraph
	grid *widget.Grid
}

func newRemediesPart(s *Page) *remediesPart {
	p := &remediesPart{s: s, p: NewPlan(s.m), note: line(500)}
	p.note.Max = 1
	p.all = widget.NewCheck("Nhiệm vụ của mọi phiếu", p.p.All)
	p.grid = widget.NewGrid([]widget.Column{
		{ID: "code", Title: "Mã", Width: 64}, {ID: "lost", Title: "Điểm mất", Width: 58, Align: widget.Right}, {ID: "cause", Title: "Nguyên nhân", Width: 160, Flex: 1}, {ID: "task", Title: "Nhiệm vụ", Width: 220, Min: 160, Flex: 1.4},
		{ID: "product", Title: "Sản phẩm", Width: 130, Flex: 0.7}, {ID: "owner", Title: "Chủ trì", Width: 130, Flex: 0.7}, {ID: "due", Title: "Thời hạn", Width: widget.WidthDate}, {ID: "state", Title: "Tình trạng", Width: 160}})
	p.grid.Single = true
	p.grid.OnOpen = func(i int) { p.ask(p.p.Tasks()[i]) }
	p.grid.OnMenu = func(i int, at fyne.Position) {
		r := p.p.Tasks()[i]
		widget.ShowMenu(s.e.Window, at, []widget.MenuItem{
			{Label: "Sửa, ghi kết quả…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.ask(r) }},
			{Label: "Xem tiêu chí ở phiếu chấm", Icon: widget.IconScoring, Do: func() { s.toLeaf(r.Code) }},
			{}, {Label: "Bỏ nhiệm vụ", Icon: widget.IconTrash, Danger: true, Do: func() {
				s.m.Do(func(ctx context.Context) error { return s.m.Book.DropRemedy(ctx, r.ID) }, func(err error) { s.told("Đã bỏ nhiệm vụ.")(err); p.p.Refresh() })
			}}})
	}
	p.p.Changed = p.fill
	return p
}

func (p *remediesPart) object() fyne.CanvasObject {
	return above(p.grid, widget.Row(1, p.all, container.NewVBox(layout.NewSpacer(), p.note, layout.NewSpacer())))
}

func (p *remediesPart) actions() []fyne.CanvasObject {
	if p.s.m.Card() == nil {
		return nil
	}
	return []fyne.CanvasObject{widget.NewButton("Thêm nhiệm vụ…", widget.IconAdd, func() { p.ask(p.p.Fresh("")) }), widget.NewButton("In…", widget.IconPrint, p.s.askPapers), widget.NewMainButton("Đề xuất từ điểm mất", widget.IconEdit, p.propose)}
}

func (p *remediesPart) refresh()       { p.p.Refresh() }
func (p *remediesPart) escape() bool   { return false }
func (p *remediesPart) focus()         { p.s.e.Focus(p.s.page, p.grid) }
func (p *remediesPart) status() string { return p.p.Summary() }

// propose makes a task for each leaf that lost points and has none.
func (p *remediesPart) propose() {
	sheet, n := p.s.m.Sheet(), 0
	p.s.m.Do(func(ctx context.Context) (err error) {
		n, err = p.s.m.Book.PlanRemedies(ctx, sheet)
		return err
	}, func(err error) {
		p.p.Refresh()
		if err == nil && n == 0 {
			p.s.e.Toast("Mọi tiêu chí mất điểm đều đã có nhiệm vụ.")
			return
		}
		p.s.told(fmt.Sprintf("Đã đề xuất %d nhiệm vụ khắc phục.", n))(err)
	})
}

func (p *remediesPart) fill() {
	if err := p.p.Err(); err != nil {
		p.s.page.Errors.SetError(err)
	}
	if p.s.m.Card() == nil {
		p.grid.SetEmpty("Chưa có phiếu chấm điểm nào. Tạo kỳ ở phần Phiếu chấm.", "", nil)
	} else {
		p.grid.SetEmpty("Chưa có nhiệm vụ khắc phục nào. Đề xuất sẵn một nhiệm vụ cho mỗi tiêu chí mất điểm, rồi sửa.", "Đề xuất từ điểm mất", p.propose)
	}
	p.note.SetText(p.p.Summary())
	var rows table
	for i := range p.p.Tasks() {
		r := &p.p.Tasks()[i]
		due := ""
		if r.Due.Known() {
			due = r.Due.String()
		}
		state := widget.Cell{Text: r.State.String(), Mark: remedyMark(r.State)}
		if r.Late(p.s.m.Today()) {
			state = widget.Cell{Text: "Quá hạn", Mark: widget.MarkLate}
			if r.State == assess.Done {
				state.Text = "Hoàn thành, quá hạn"
			}
		}
		row := texts(r.Code, r.Lost.String(), r.Cause, r.Task, r.Product, r.Owner, due, "")
		row[7] = state
		rows = append(rows, row)
	}
	refill(p.grid, rows)
	p.s.e.Status()
}

func remedyMark(s assess.RemedyState) widget.Mark {
	switch s {
	case assess.Done:
		return widget.MarkEarly
	case assess.Doing:
		return widget.MarkOnTime
	case assess.Dropped:
		return widget.MarkStopped
	}
	return widget.MarkBox
}

func (p *remediesPart) ask(r assess.Remedy) {
	title, done := "Sửa nhiệm vụ khắc phục", "Đã sửa nhiệm vụ khắc phục."
	if r.ID == 0 {
		title, done = "Thêm nhiệm vụ khắc phục", "Đã thêm nhiệm vụ khắc phục."
	}
	lost := r.Lost
	text := func(key, label string, of func(*assess.Remedy) *string) form.Field[assess.Remedy] {
		return form.Text(key, label, of)
	}
	form.Ask(p.s.e, form.Question[assess.Remedy]{Title: title, Columns: 3, Width: 760, Value: r,
		Fields: []form.Field[assess.Remedy]{
			form.Pick("code", "Tiêu chí", func(*assess.Remedy) []kit.Choice { return p.p.Leaves() }, func(r *assess.Remedy) *string { return &r.Code }).Need(),
			causeField("kind", "Nguyên nhân", func(r *assess.Remedy) *bool { return &r.Objective }),
			text("owner", "Cơ quan chủ trì", func(r *assess.Remedy) *string { return &r.Owner }),
			text("partners", "Phối hợp", func(r *assess.Remedy) *string { return &r.Partners }),
			text("product", "Sản phẩm", func(r *assess.Remedy) *string { return &r.Product }),
			form.Day("due", "Thời hạn", p.s.m.Today, func(r *assess.Remedy) *data.Day { return &r.Due }),
			form.Pick("state", "Tình trạng", func(*assess.Remedy) []kit.Choice { return remedyStates() }, func(r *assess.Remedy) *string { return (*string)(&r.State) }),
			form.Day("finished", "Ngày hoàn thành", p.s.m.Today, func(r *assess.Remedy) *data.Day { return &r.Finished }),
			text("result", "Kết quả", func(r *assess.Remedy) *string { return &r.Result }),
			text("document", "Văn bản kết quả (số, ký hiệu, ngày)", func(r *assess.Remedy) *string { return &r.Document }),
			text("why", "Lý do thôi thực hiện", func(r *assess.Remedy) *string { return &r.Why }),
			form.Area("cause", "Nguyên nhân mất điểm", 2, func(r *assess.Remedy) *string { return &r.Cause }).Whole(),
			form.Area("task", "Nhiệm vụ, giải pháp", 3, func(r *assess.Remedy) *string { return &r.Task }).Need().Whole(),
		},
		Ready: func(f *form.Form[assess.Remedy]) {
			f.OnChange = func(key string) {
				if v := f.Value(); key == "code" {
					aimed := v
					p.p.Aim(&aimed, v.Code)
					if lost = aimed.Lost; v.Cause == "" {
						f.Type("cause", aimed.Cause)
					}
				}
			}
		},
		Done: func(assess.Remedy) string { return done }, Then: func(assess.Remedy) { p.p.Refresh() },
		Store: func(ctx context.Context, v assess.Remedy) error {
			if v.Lost = lost; v.Code == "" {
				v.Code = r.Code
			}
			_, err := p.s.m.Book.KeepRemedy(ctx, v)
			return err
		}})
}

func remedyStates() []kit.Choice {
	var out []kit.Choice
	for _, x := range assess.RemedyStates {
		out = append(out, kit.Choice{Key: string(x), Text: x.String()})
	}
	return out
}
