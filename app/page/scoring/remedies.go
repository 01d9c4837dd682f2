package scoring

import (
	"context"
	"fmt"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// remedies is the part of the remedial tasks.
type remedies struct {
	*lists
	list *list.List[assess.Remedy]
	all  bool // those of all sheets
}

func newRemedies(s *Page) part {
	p := &remedies{}
	type task = assess.Remedy
	due := func(r *task) string { return r.Due.String() }
	p.list = listOf(s, list.Options[task]{ID: "remedies", What: "nhiệm vụ", Paper: "KẾ HOẠCH KHẮC PHỤC", Key: func(r *task) uint64 { return r.ID },
		Columns: []list.Column[task]{
			list.Col("code", "Mã", 64, 0, func(r *task) string { return r.Code }), list.Col("lost", "Điểm mất", 58, 0, func(r *task) string { return r.Lost.String() }).Right(),
			list.Col("cause", "Nguyên nhân", 160, 1, func(r *task) string { return r.Cause }), list.Col("task", "Nhiệm vụ", 220, 1.4, func(r *task) string { return r.Task }),
			list.Col("product", "Sản phẩm", 130, 0.7, func(r *task) string { return r.Product }), list.Col("owner", "Chủ trì", 130, 0.7, func(r *task) string { return r.Owner }),
			list.Col("due", "Thời hạn", widget.WidthDate, 0, due), list.Col("state", "Tình trạng", 160, 0, func(r *task) string { return remedyState(r, s.m.Today()) }).Dress(func(r *task, c *widget.Cell) { c.Mark = remedyMark(r, s.m.Today()) })},
		Begin:   func() func() ([]task, error) { return s.m.Remedies(p.all) },
		Notes:   func(all []task) string { return RemedySummary(all, s.m.Today()) },
		Actions: []list.Action{{Label: "Thêm nhiệm vụ…", Icon: widget.IconAdd, Do: func() { p.ask(s.m.FreshRemedy("")) }}, s.printAction(), {Label: "Đề xuất từ điểm mất", Icon: widget.IconEdit, Main: true, Do: p.propose}},
		Open:    func(r *task) { p.ask(*r) },
		Menu: func(r *task, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Sửa, ghi kết quả…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.ask(*r) }}, s.toLeafItem(r.Code),
				{}, {Label: "Bỏ nhiệm vụ", Icon: widget.IconTrash, Danger: true, Do: func() {
					s.do(func(ctx context.Context) error { return s.m.Book.DropRemedy(ctx, r.ID) }, "Đã bỏ nhiệm vụ.")
				}}}
		}})
	all := widget.NewCheck("Nhiệm vụ của mọi phiếu", func(on bool) { p.all = on; p.refresh() })
	p.lists = newLists(s, shelf{rows: p.list, beside: all, paper: paperRemedies})
	p.fill = func() {
		if s.m.Card == nil {
			p.list.SetEmpty(noSheet, "", nil)
		} else {
			p.list.SetEmpty("Chưa có nhiệm vụ khắc phục nào. Đề xuất sẵn một nhiệm vụ cho mỗi tiêu chí mất điểm, rồi sửa.", "Đề xuất từ điểm mất", p.propose)
		}
	}
	return p
}

// noSheet is what parts say that need a sheet.
const noSheet = "Chưa có phiếu chấm điểm nào. Tạo kỳ ở phần Phiếu chấm."

// propose makes a task for each leaf that lost points and has none.
func (p *remedies) propose() {
	sheet, n := p.s.m.Sheet(), 0
	if sheet == 0 {
		p.s.e.Toast(noSheet)
		return
	}
	p.s.m.Do(func(ctx context.Context) (err error) {
		n, err = p.s.m.Book.PlanRemedies(ctx, sheet)
		return err
	}, func(err error) {
		if err == nil && n == 0 {
			p.s.e.Toast("Mọi tiêu chí mất điểm đều đã có nhiệm vụ.")
			return
		}
		p.s.told(fmt.Sprintf("Đã đề xuất %d nhiệm vụ khắc phục.", n))(err)
	})
}

// remedyState tells how far a task is, and whether it is late.
func remedyState(r *assess.Remedy, today data.Day) string {
	switch {
	case r.Late(today) && r.State == assess.Done:
		return "Hoàn thành, quá hạn"
	case r.Late(today):
		return "Quá hạn"
	}
	return r.State.String()
}

func remedyMark(r *assess.Remedy, today data.Day) widget.Mark {
	if r.Late(today) {
		return widget.MarkLate
	}
	if m, ok := map[assess.RemedyState]widget.Mark{assess.Done: widget.MarkEarly, assess.Doing: widget.MarkOnTime, assess.Dropped: widget.MarkStopped}[r.State]; ok {
		return m
	}
	return widget.MarkBox
}

func (p *remedies) ask(r assess.Remedy) {
	title, done := "Sửa nhiệm vụ khắc phục", "Đã sửa nhiệm vụ khắc phục."
	if r.ID == 0 {
		title, done = "Thêm nhiệm vụ khắc phục", "Đã thêm nhiệm vụ khắc phục."
	}
	if r.Sheet == 0 {
		p.s.e.Toast(noSheet)
		return
	}
	lost := r.Lost
	text := form.Text[assess.Remedy]
	states := kit.ChoicesOf(assess.RemedyStates, func(x assess.RemedyState) kit.Choice { return kit.Choice{Key: string(x), Text: x.String()} })
	form.Ask(p.s.e, form.Question[assess.Remedy]{Title: title, Columns: 3, Width: 760, Value: r,
		Fields: []form.Field[assess.Remedy]{
			form.Pick("code", "Tiêu chí", func(*assess.Remedy) []kit.Choice { return p.s.m.Leaves() }, func(r *assess.Remedy) *string { return &r.Code }).Need(),
			causeField("kind", "Nguyên nhân", func(r *assess.Remedy) *bool { return &r.Objective }),
			text("owner", "Cơ quan chủ trì", func(r *assess.Remedy) *string { return &r.Owner }),
			text("partners", "Phối hợp", func(r *assess.Remedy) *string { return &r.Partners }),
			text("product", "Sản phẩm", func(r *assess.Remedy) *string { return &r.Product }),
			form.Day("due", "Thời hạn", p.s.m.Today, func(r *assess.Remedy) *data.Day { return &r.Due }),
			form.Pick("state", "Tình trạng", func(*assess.Remedy) []kit.Choice { return states }, func(r *assess.Remedy) *assess.RemedyState { return &r.State }),
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
					p.s.m.Aim(&aimed, v.Code)
					if lost = aimed.Lost; v.Cause == "" {
						f.Type("cause", aimed.Cause)
					}
				}
			}
		},
		Done: func(assess.Remedy) string { return done }, Then: func(assess.Remedy) { p.refresh() },
		Store: func(ctx context.Context, v assess.Remedy) error {
			if v.Lost = lost; v.Code == "" {
				v.Code = r.Code
			}
			_, err := p.s.m.Book.KeepRemedy(ctx, v)
			return err
		}})
}
