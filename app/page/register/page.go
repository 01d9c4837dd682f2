package register

import (
	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data/desk"
)

// page is the register: its list, and at the side the dossier under the cursor
// while the officer wants to see it.
type page struct {
	*list.List[Row]
	e    *env.Env
	m    *Model
	pane *pane
	bulk *bulk
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, m: NewModel(e.Session, e.Habits)}
	p.bulk = newBulk(p)
	p.List = list.Of(e, p.options())
	p.pane = newPane(p)
	p.m.Redraw, p.m.FiltersChanged = p.redraw, p.ShowViews
	return p
}

// chips are the filters in the order of their chips.
var chips = []list.Filter[Row]{
	{Key: FilterPeriod, Label: "Kỳ", Single: true}, {Key: FilterUnit, Label: "Đơn vị", Groups: true}, {Key: FilterField, Label: "Lĩnh vực", Groups: true},
	{Key: FilterProcedure, Label: "Thủ tục", Groups: true}, {Key: FilterChannel, Label: "Hình thức"}, {Key: FilterOutcome, Label: "Tình trạng", Groups: true},
	{Key: FilterDesk, Label: "Bộ phận", Groups: true, Rare: true}, {Key: FilterOfficer, Label: "Người nhận", Groups: true, Rare: true},
	{Key: FilterReceiver, Label: "Nơi tiếp nhận", Groups: true, Rare: true}, {Key: FilterHelper, Label: "Nơi hướng dẫn", Groups: true, Rare: true},
}

func (p *page) options() list.Options[Row] {
	m := p.m
	o := list.Options[Row]{Columns: Columns(),
		ID: env.Register, Title: "Sổ hồ sơ", What: "hồ sơ", Place: "Tìm tên, mã… hoặc đơn vị:, hạn:, tình trạng:",
		Source: source{m}, Key: func(r *Row) uint64 { return r.ID }, Views: m.Filters(), Orders: Usual(), Offer: m.Suggest, Many: true,
		Origin: func(v list.View) string {
			if text := m.Origin(v); text != "" {
				return "Danh sách của số liệu: " + text
			}
			return ""
		},
		Leave: m.Leave, Tidy: m.Tidy, Foot: p.bulk.object, Export: p.exports,
		Empty: "Sổ chưa có hồ sơ nào. Nhập từ tệp Excel của hệ thống tỉnh để bắt đầu.", EmptyVerb: "Nhập từ Excel", EmptyDo: func() { p.e.Go(env.Route{Page: env.Import}) },
		Actions: []list.Action{
			{Label: "Nhập từ Excel", Icon: widget.IconImport, Do: func() { p.e.Go(env.Route{Page: env.Import}) }},
			{Label: "Tiếp nhận", Icon: widget.IconAdd, Hint: "Ctrl+N", Main: true, Do: func() { p.e.Go(env.Route{Page: env.Receiving}) }},
		},
		Open: func(r *Row) { p.pane.open(r.ID) }, Current: p.follow, Menu: p.menu, OnKey: func(ev *fyne.KeyEvent, _ *Row) bool { return p.TakeKey(ev) },
		Chose: func() { p.bulk.show() },
	}
	for _, f := range chips {
		f.Choices = func() []widget.Option { return m.Choices(f.Key) }
		o.Filters = append(o.Filters, f)
	}
	return o
}

// source lets the list ask the model.
type source struct{ m *Model }

// Ask implements list.Source.
func (s source) Ask(v list.View, done func(list.Answer[Row], error)) {
	s.m.Ask(v, func(a *Answer, err error) { done(a, err) })
}

// redraw shows rows that were read meanwhile.
func (p *page) redraw() {
	p.List.Redraw()
	p.e.Status()
}

// follow lets an open pane show the dossier under the cursor.
func (p *page) follow(r *Row) {
	p.bulk.show()
	switch {
	case p.pane == nil || p.pane.shown == 0:
	case r == nil:
		p.pane.close()
	default:
		p.pane.open(r.ID)
	}
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.Object() }

// Stale implements env.Page.
func (p *page) Stale(c desk.Changes) {
	p.m.Forget()
	p.Refresh()
	p.m.RefreshFilters()
}

// LinkChanged implements env.Linked.
func (p *page) LinkChanged() { p.pane.whoElse() }

// Shown implements env.Page.
func (p *page) Shown() {
	p.ShowViews()
	p.e.Focus(p.Object(), p.Search())
}

// place is where the officer is.
type place struct {
	list env.State
	open bool
}

// Save implements env.Page.
func (p *page) Save() env.State { return place{p.List.Save(), p.pane.shown != 0} }

// Restore implements env.Page.
func (p *page) Restore(state env.State) {
	switch to := state.(type) {
	case env.Jump:
		p.pane.close()
		p.Show(p.m.Jump(to, p.View().Orders))
	case env.Search:
		p.SetText(string(to))
	case place:
		if !to.open {
			p.pane.close()
		}
		p.List.Restore(to.list)
	}
}

// TakeKey implements env.KeyTaker: F2 does what comes next, F3 opens the rest,
// Escape closes the pane.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyF2:
		p.doMain()
	case fyne.KeyF3:
		p.doOther()
	case fyne.KeyEscape:
		return p.pane.close()
	default:
		return false
	}
	return true
}

// Keys implements env.Keyed.
func (p *page) Keys() []env.Key {
	return []env.Key{
		{Name: fyne.KeyD, Modifier: fyne.KeyModifierControl, Label: "Ctrl+D", Help: "lưu bộ lọc đang dùng", Do: p.SaveView},
		{Label: "F2, F3", Help: helpOfMoves()},
		{Label: "Tab, Ctrl+dấu cách", Help: "trong ô tìm: lấy gợi ý; Alt + mũi tên chọn gợi ý khác, mũi tên xuống đi vào danh sách"},
		{Label: "Bấm phải ở tiêu đề cột", Help: "xếp theo cột, xếp tiếp theo cột này, ẩn cột, chọn và xếp cột"},
	}
}

// SearchText implements env.Searching.
func (p *page) SearchText() string { return p.View().Text }

// PrintPage implements env.Printer: it offers the papers of the chosen dossiers.
func (p *page) PrintPage() { p.printMenu(p.chosen(), p.atCursor()) }

// Sight is what tests that drive the window see of the list.
func (p *page) Sight() (listed int, code string) {
	if r := p.CurrentRow(); r != nil {
		code = r.Code
	}
	return p.Len(), code
}

// chosen returns the dossiers of the chosen lines; the one under the cursor where
// none is.
func (p *page) chosen() []uint64 {
	ids := p.Chosen()
	if r := p.CurrentRow(); len(ids) == 0 && r != nil {
		ids = append(ids, r.ID)
	}
	return ids
}
