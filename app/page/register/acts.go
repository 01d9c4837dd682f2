package register

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
)

// doMain does what usually comes next: with the dossier under the cursor, or with
// the chosen ones the first act of the bar.
func (p *page) doMain() {
	ids := p.chosen()
	switch {
	case len(ids) == 0:
	case len(ids) > 1:
		bar, _ := BulkMoves()
		p.do(bar[0], ids)
	default:
		if first, _ := p.m.Moves(ids[0]); first.Kind != 0 {
			p.do(first, ids)
			return
		}
		p.doOther()
	}
}

// doOther opens the menu of what else can be done.
func (p *page) doOther() {
	ids := p.chosen()
	switch {
	case len(ids) == 0:
	case len(ids) > 1:
		widget.ShowMenu(p.e.Window, widget.Below(p.bulk.picked), p.bulk.items(ids))
	case p.pane.shown == ids[0] && p.pane.more != nil:
		p.moveMenu(ids[0], widget.Below(p.pane.more))
	default:
		p.moveMenu(ids[0], p.atCursor())
	}
}

// atCursor is the place on the window at which a menu of the row opens.
func (p *page) atCursor() fyne.Position { return p.Grid().AtCursor() }

// moveMenu opens the menu of what else can be done with a dossier.
func (p *page) moveMenu(id uint64, at fyne.Position) {
	_, others := p.m.Moves(id)
	if len(others) == 0 {
		p.e.Toast("Hồ sơ đã hủy; hoàn tác việc hủy để làm tiếp.")
		return
	}
	widget.ShowMenu(p.e.Window, at, p.lines(others, []uint64{id}))
}

// lines are moves as lines of a menu.
func (p *page) lines(moves []Move, ids []uint64) (items []widget.MenuItem) {
	for _, m := range moves {
		if m.group && len(items) > 0 && len(ids) == 1 {
			items = append(items, widget.MenuItem{})
		}
		items = append(items, widget.MenuItem{Label: m.Label, Danger: m.Danger, Do: func() { p.do(m, ids) }})
	}
	return items
}

// printMenu offers the papers of dossiers.
func (p *page) printMenu(ids []uint64, at fyne.Position) {
	var items []widget.MenuItem
	for _, c := range p.m.Prints(ids) {
		items = append(items, widget.MenuItem{Label: c.Title, Icon: widget.IconPrint, Do: func() { p.e.ShowSlips(c.Title, "phieu", c.Slips) }})
	}
	if len(items) == 0 {
		p.e.Toast("Chưa có mẫu in nào hợp với hồ sơ này.")
		return
	}
	widget.ShowMenu(p.e.Window, at, items)
}

// menu offers what can be done with a line of the list, or with the chosen ones.
func (p *page) menu(r *Row, chosen []uint64) []widget.MenuItem {
	if len(chosen) > 1 {
		return p.bulk.items(chosen)
	}
	clip := fyne.CurrentApp().Clipboard()
	id, at := r.ID, p.atCursor()
	first, others := p.m.Moves(id)
	items := []widget.MenuItem{{Label: "Xem hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { p.pane.open(id) }}}
	if first.Kind != 0 {
		items = append(items, widget.MenuItem{Label: first.Label, Icon: widget.IconCheck, Hint: "F2", Do: func() { p.do(first, []uint64{id}) }})
	}
	row := *r
	only := func(filter string) func() { return func() { p.Show(p.m.Only(p.View(), filter, &row)) } }
	// The moves have a menu of their own: all in one would not fit on a small
	// monitor with large text.
	items = append(items, widget.MenuItem{Label: "Việc khác…", Icon: widget.IconMenu, Hint: "F3", Disabled: len(others) == 0, Do: func() { p.moveMenu(id, at) }})
	return append(items,
		widget.MenuItem{},
		widget.MenuItem{Label: "In…", Icon: widget.IconPrint, Do: func() { p.printMenu([]uint64{id}, at) }},
		widget.MenuItem{Label: "Mở lịch sử", Do: func() { p.openHistory(id) }},
		widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() { p.e.CopyCode(row.Code) }},
		widget.MenuItem{Label: "Chép các dòng đã chọn", Icon: widget.IconCopy, Hint: "Ctrl+C", Do: func() { p.Grid().TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip}) }},
		widget.MenuItem{Label: "Chọn tất cả đang liệt kê", Hint: "Ctrl+A", Do: p.Grid().SelectAll},
		widget.MenuItem{},
		widget.MenuItem{Label: "Chỉ xem đơn vị này", Icon: widget.IconFilter, Disabled: !row.Read() || row.d.Unit == 0, Do: only(FilterUnit)},
		widget.MenuItem{Label: "Chỉ xem thủ tục này", Icon: widget.IconFilter, Disabled: !row.Read() || row.d.Procedure == 0, Do: only(FilterProcedure)},
	)
}

// bulk is the bar below the list of what can be done with several dossiers.
type bulk struct {
	p      *page
	object *fyne.Container
	picked *widget.Paragraph // how many are chosen
}

func newBulk(p *page) *bulk {
	b := &bulk{p: p, picked: widget.NewParagraph("", 170)}
	b.picked.Bold, b.picked.Max = true, 1
	row := container.New(layout.NewCustomPaddedHBoxLayout(6), container.NewCenter(b.picked))
	bar, _ := BulkMoves()
	for _, m := range bar {
		row.Add(widget.NewButton(m.Label, "", func() { p.do(m, p.chosen()) }))
	}
	row.Add(widget.NewButton("Đổi đơn vị", "", func() { p.changeUnit(p.chosen()) }))
	row.Add(widget.NewButton("In…", "", func() { p.printMenu(p.chosen(), widget.Below(row)) }))
	row.Add(widget.NewMenuButton(p.e.Window, "Việc khác", "", func() []widget.MenuItem { return b.items(p.chosen()) }).WithHint("F3"))
	row.Add(widget.NewQuietButton("Bỏ chọn", widget.IconClose, p.unchoose))
	b.object = container.NewVBox(widget.NewLine(), container.New(layout.NewCustomPaddedLayout(4, 4, 0, 0), container.NewHScroll(row)))
	b.object.Hide()
	return b
}

// show shows the bar while several lines are chosen.
func (b *bulk) show() {
	n := b.p.Grid().Selection().Count()
	if n > 1 {
		b.picked.SetText(fmt.Sprintf("Đã chọn %s hồ sơ", data.FormatInt(int64(n))))
	}
	if on := n > 1; on != b.object.Visible() {
		widget.SetVisible(b.object, on)
		b.p.Object().Fit()
	}
}

// items are what a menu offers for several dossiers.
func (b *bulk) items(ids []uint64) []widget.MenuItem {
	bar, menu := BulkMoves()
	items := append(b.p.lines(bar, ids), widget.MenuItem{})
	return append(append(append(items, b.p.lines(menu, ids)...), widget.MenuItem{}),
		widget.MenuItem{Label: "Đổi đơn vị giải quyết", Icon: widget.IconEdit, Do: func() { b.p.changeUnit(ids) }},
		widget.MenuItem{Label: "In…", Icon: widget.IconPrint, Do: func() { b.p.printMenu(ids, widget.Below(b.picked)) }},
		widget.MenuItem{Label: "Bỏ chọn", Icon: widget.IconClose, Do: b.p.unchoose})
}

func (p *page) unchoose() {
	row := p.Grid().Current()
	p.Grid().ClearSelection()
	if row >= 0 {
		p.Grid().SetCurrent(row)
	}
	p.e.Focus(p.Object(), p.Grid())
}

// moving is another competent unit for dossiers, and why.
type moving struct {
	Unit uint32
	Why  string
}

// changeUnit asks for another competent unit of dossiers.
func (p *page) changeUnit(ids []uint64) {
	if len(ids) == 0 {
		return
	}
	var done Saved
	form.Ask(p.e, form.Question[moving]{Title: fmt.Sprintf("Đổi đơn vị: %s hồ sơ", data.FormatInt(int64(len(ids)))), Fields: []form.Field[moving]{
		form.PickID("unit", "Đơn vị giải quyết", func(*moving) []kit.Choice { return p.m.Choices(FilterUnit) }, func(x *moving) *uint32 { return &x.Unit }).Need(),
		form.Area("why", "Lý do", 2, func(x *moving) *string { return &x.Why }).Need(),
	}, Long: func(ctx context.Context, x moving, report widget.Report) (err error) {
		done, err = p.m.ChangeUnit(ctx, ids, x.Unit, x.Why, func(done, total int64) { report(done, total, "Đang ghi") })
		return err
	}, Then: func(moving) { p.saved(done) }})
}

// saved tells what a form did and shows the papers that were asked for.
func (p *page) saved(done Saved) {
	p.unchoose() // from the search field Ctrl+Z would take back what was typed there
	switch {
	case done.Done > 0:
		p.e.Done(done.Said)
	case len(done.Refused) == 0:
		p.e.Toast(done.Said)
	}
	if len(done.Refused) > 0 {
		list.Refused(p.e, done.Said, done.Refused)
	}
	if len(done.Slips) > 0 {
		p.e.ShowSlips("In phiếu", "phieu", done.Slips)
	}
}

// exporting is how the list is written to a file.
type exporting struct {
	Layout string
	Kind   string // extension of the file
}

// exports are the ways to write the list to a file, beside paper.
func (p *page) exports() []widget.MenuItem {
	return []widget.MenuItem{{Label: "Xuất Excel danh sách này", Icon: widget.IconExcel, Do: p.export}}
}

// export asks for a layout and writes the list.
func (p *page) export() {
	a, ok := p.Answer().(*Answer)
	if !ok {
		return
	}
	layouts := func(*exporting) (out []kit.Choice) {
		for _, l := range papers.Layouts() {
			out = append(out, kit.Choice{Key: l.ID, Text: l.Name})
		}
		return out
	}
	kinds := func(*exporting) []kit.Choice {
		return []kit.Choice{{Key: ".xlsx", Text: "Excel (.xlsx)"}, {Key: ".csv", Text: "Văn bản (.csv)"}}
	}
	form.Ask(p.e, form.Question[exporting]{Title: "Xuất danh sách", Verb: "Chọn nơi lưu…", Value: exporting{papers.ScreenLayout, ".xlsx"}, Fields: []form.Field[exporting]{
		form.Pick("layout", "Cách trình bày", layouts, func(x *exporting) *string { return &x.Layout }).Note("Mẫu có chữ cái là cách trình bày mà các hệ thống khác nhận được.").Sized(420),
		form.Pick("kind", "Loại tệp", kinds, func(x *exporting) *string { return &x.Kind }),
	}, Then: func(x exporting) {
		out := papers.Export{Layout: x.Layout, CSV: x.Kind == ".csv", AsOf: a.AsOf(), IDs: a.IDs()}
		columns := p.Columns()
		for _, c := range columns {
			out.Columns = append(out.Columns, papers.ListedColumn{Title: c.Title})
		}
		out.Cells = func(one *data.Dossier) []string {
			row, cells := a.Row(one), make([]string, len(columns))
			for i, c := range columns {
				cells[i] = c.Text(row)
			}
			return cells
		}
		filter := widget.FilterExcel
		if out.CSV {
			filter = widget.FileFilter{Name: "Văn bản có dấu phân cách", Patterns: []string{"*.csv"}}
		}
		p.SaveAs(x.Kind, filter, len(out.IDs), func(ctx context.Context, path string, progress func(done, total int64)) error {
			return papers.ExportAs(ctx, p.e.Desk, out, path, progress)
		})
	}})
}
