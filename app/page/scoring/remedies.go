package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/widget"
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
		row := cells(r.Code, r.Lost.String(), r.Cause, r.Task, r.Product, r.Owner, due, "")
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
	f := screen.NewForm()
	leaf := picker(p.p.Leaves(), r.Code)
	cause, task := area(r.Cause, 2), area(r.Task, 3)
	kind := picker([]Choice{{Key: "s", Label: "Chủ quan"}, {Key: "o", Label: "Khách quan"}}, map[bool]string{true: "o", false: "s"}[r.Objective])
	leaf.OnPick = func(o widget.Option) {
		p.p.Aim(&r, o.Key)
		if cause.Value() == "" {
			cause.SetValue(r.Cause)
		}
	}
	leaf.Width = 300
	product, owner, partners := field(r.Product), field(r.Owner), field(r.Partners)
	due, finished := p.s.date(r.Due), p.s.date(r.Finished)
	var states []Choice
	for _, x := range assess.RemedyStates {
		states = append(states, Choice{Key: string(x), Label: x.String()})
	}
	state := picker(states, string(r.State))
	result, document, why := field(r.Result), field(r.Document), field(r.Why)
	f.Add("code", "Tiêu chí", leaf).Required()
	f.Add("kind", "Nguyên nhân", kind)
	f.Add("owner", "Cơ quan chủ trì", owner)
	f.Add("partners", "Phối hợp", partners)
	f.Add("product", "Sản phẩm", product)
	f.Add("due", "Thời hạn", due)
	f.Add("state", "Tình trạng", state)
	f.Add("finished", "Ngày hoàn thành", finished)
	f.Add("result", "Kết quả", result)
	f.Add("document", "Văn bản kết quả (số, ký hiệu, ngày)", document)
	f.Add("why", "Lý do thôi thực hiện", why)
	causeBox, taskBox := widget.NewFieldBox("Nguyên nhân mất điểm", cause), widget.NewFieldBox("Nhiệm vụ, giải pháp", task).Required()
	f.Know("cause", causeBox)
	f.Know("task", taskBox)
	title, done := "Sửa nhiệm vụ khắc phục", "Đã sửa nhiệm vụ khắc phục."
	if r.ID == 0 {
		title, done = "Thêm nhiệm vụ khắc phục", "Đã thêm nhiệm vụ khắc phục."
	}
	p.s.ask(screen.Question{Title: title, Verb: "Lưu", Columns: 3, Width: 760, Form: f, Below: []fyne.CanvasObject{causeBox, taskBox}, Done: func() string { return done }, Then: p.p.Refresh,
		Read: func() (func(context.Context) error, error) {
			out := r
			out.Code, out.Objective = leaf.Key(), kind.Key() == "o"
			if out.Code == "" {
				out.Code = r.Code
			}
			out.Cause, out.Task, out.Product, out.Owner, out.Partners = cause.Value(), task.Value(), product.Value(), owner.Value(), partners.Value()
			out.State, out.Result, out.Document, out.Why = assess.RemedyState(state.Key()), result.Value(), document.Value(), why.Value()
			var err error
			if out.Due, err = f.Day("due", due); err != nil {
				return nil, err
			}
			if out.Finished, err = f.Day("finished", finished); err != nil {
				return nil, err
			}
			return func(ctx context.Context) error {
				_, err := p.s.m.Book.KeepRemedy(ctx, out)
				return err
			}, nil
		}})
}
