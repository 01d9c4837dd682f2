// Package reported is the page Số liệu đơn vị báo cáo: the list of tables of
// counts that were imported, and one of them with its figures beside those of
// the own register.
package reported

import (
	"cmp"
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/counts"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// page is the page: the list, and in its place one report.
type page struct {
	e       *env.Env
	content *fyne.Container
	list    *list.List[desk.Reported]
	report  *opened // nil while the list is in view
	focus   fyne.Focusable
	tab     int
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e}
	inner := e.Part(func(fyne.CanvasObject) bool { return e.InView(p.content) && p.report == nil })
	enter := func() { e.Go(env.Route{Page: env.Import}) }
	figure := func(id, title string, c data.Column) list.Column[desk.Reported] {
		return list.Column[desk.Reported]{ID: id, Title: title, Width: 80, Align: widget.Right, Text: func(r *desk.Reported) string { return data.FormatInt(said(r, c)) }}
	}
	muted := func(*desk.Reported) fyne.ThemeColorName { return widget.ColorSecondary }
	p.list = list.Of(inner, list.Options[desk.Reported]{ID: "reported", Title: "Số liệu đơn vị báo cáo", What: "bảng số liệu đơn vị báo cáo",
		Load: func() ([]desk.Reported, error) { return load(e.Desk) }, Key: func(r *desk.Reported) uint64 { return r.ID },
		Columns: []list.Column[desk.Reported]{
			{ID: "unit", Title: "Đơn vị báo cáo", Width: 200, Flex: 2, Text: unitName},
			{ID: "period", Title: "Kỳ", Width: 150, Flex: 0.6, Text: func(r *desk.Reported) string { return env.PeriodLabel(r.Period) },
				Compare: func(a, b *desk.Reported) int { return cmp.Compare(a.Period.From, b.Period.From) }},
			{ID: "form", Title: "Biểu", Width: 80, Text: formName},
			figure("received", "Tổng\ntiếp nhận", data.ColReceived), figure("resolved", "Đã\ngiải quyết", data.ColResolved), figure("pending", "Đang\ngiải quyết", data.ColPending),
			{ID: "warnings", Title: "Lưu ý", Width: 56, Align: widget.Right, Role: func(*desk.Reported) fyne.ThemeColorName { return widget.ColorSoon }, Text: func(r *desk.Reported) string {
				if len(r.Warnings) == 0 {
					return ""
				}
				return data.FormatInt(int64(len(r.Warnings)))
			}},
			{ID: "source", Title: "Tệp", Width: 150, Min: 80, Flex: 1, Spare: 2, Role: muted, Text: func(r *desk.Reported) string { return r.Source }},
			{ID: "at", Title: "Nhập lúc", Width: 132, Spare: 1, Role: muted, Text: func(r *desk.Reported) string { return takenAt(e.Desk, r) },
				Compare: func(a, b *desk.Reported) int { return cmp.Compare(a.At, b.At) }},
		},
		Actions: []list.Action{{Label: "Xóa", Icon: widget.IconTrash, Do: func() { p.drop(p.list.CurrentRow()) }},
			{Label: "Nhập từ Excel", Icon: widget.IconImport, Main: true, Do: enter}},
		Open: p.open, Empty: "Chưa có số liệu nào do đơn vị báo cáo. Nhập một biểu II.06a, 07a hoặc bảng tổng hợp để có.", EmptyVerb: "Nhập từ Excel", EmptyDo: enter,
		OnKey: func(ev *fyne.KeyEvent, r *desk.Reported) bool {
			if ev.Name != fyne.KeyDelete {
				return false
			}
			p.drop(r)
			return true
		},
		Menu: func(r *desk.Reported, _ []uint64) []widget.MenuItem {
			one := *r
			return []widget.MenuItem{{Label: "Xem", Icon: widget.IconSearch, Hint: "Enter", Do: func() { p.open(&one) }},
				{Label: "Xóa", Icon: widget.IconTrash, Hint: "Delete", Do: func() { p.drop(&one) }}}
		}})
	p.content = container.NewStack(p.list.Object())
	return p
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Save implements env.Page: the report that is open, or the place in the list.
func (p *page) Save() env.State {
	if p.report != nil {
		return env.ReportOf(p.report.ID)
	}
	return p.list.Save()
}

// Restore implements env.Page.
func (p *page) Restore(s env.State) {
	id, ok := s.(env.ReportOf)
	if !ok {
		p.close()
		p.list.Restore(s)
		return
	}
	all, err := load(p.e.Desk)
	if err != nil {
		p.e.Fail("Không đọc được số liệu", err)
	}
	for i := range all {
		if all[i].ID == uint64(id) {
			p.tab = 0
			p.open(&all[i])
		}
	}
}

// Stale implements env.Page.
func (p *page) Stale(desk.Changes) {
	p.list.Refresh()
	if p.report != nil {
		p.draw()
	}
}

// Shown implements env.Page.
func (p *page) Shown() {
	if p.report == nil {
		p.list.Shown()
		return
	}
	p.e.Focus(p.content, p.focus)
}

// Status implements env.Page.
func (p *page) Status() string {
	if p.report == nil {
		return p.list.Status()
	}
	return p.report.verdict()
}

// TakeKey implements env.KeyTaker: Escape goes back to the list.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyEscape || p.report == nil {
		return false
	}
	p.close()
	return true
}

func (p *page) open(r *desk.Reported) {
	p.report = &opened{Reported: *r, d: p.e.Desk, with: r.Unit}
	p.draw()
	p.Shown()
}

func (p *page) close() {
	p.report = nil
	p.content.Objects = []fyne.CanvasObject{p.list.Object()}
	p.content.Refresh()
	p.e.Status()
}

// drop takes a report out; it can be taken back.
func (p *page) drop(r *desk.Reported) {
	if r == nil {
		return
	}
	id, name := r.ID, title(r)
	p.close()
	p.e.Do(func(ctx context.Context) error { return p.e.Desk.DropReported(ctx, id) }, "Đã xóa số liệu báo cáo của "+name+".", p.list.Object().Errors.SetError)
}

// draw shows the open report.
func (p *page) draw() {
	m := p.report
	titles := []string{"Số liệu trong báo cáo", "So với sổ của cơ quan"}
	if n := len(m.Warnings); n > 0 {
		titles = append(titles, "Lưu ý ("+strconv.Itoa(n)+")")
	}
	p.tab = min(p.tab, len(titles)-1)
	tabs := widget.NewSegments(titles, func(i int) { p.tab = i; p.draw(); p.Shown() })
	tabs.Choose(p.tab)
	head := container.NewVBox(widget.NewNote(m.about(), 760), widget.Row(-1, tabs))
	inner := p.e.Part(func(fyne.CanvasObject) bool { return false })
	var body *widget.Page
	switch p.tab {
	case 0:
		body, p.focus = shown(counts.List(inner, nil, "", m.rows(), m.Total, m.HasTotal))
	case 1:
		body, p.focus = compareList(inner, m, p.compareHead())
	default:
		body, p.focus = shown(counts.Warnings(inner, nil, "", m.Warnings))
	}
	actions := []fyne.CanvasObject{widget.NewButton("Xóa", widget.IconTrash, func() { p.drop(&m.Reported) }), widget.NewButton("Về danh sách", widget.IconBack, p.close).WithHint("Esc")}
	p.content.Objects = []fyne.CanvasObject{widget.NewPage(title(&m.Reported), actions, head, body)}
	p.content.Refresh()
	p.e.Status()
}

// compareHead asks whose dossiers are compared, and which figure.
func (p *page) compareHead() fyne.CanvasObject {
	m := p.report
	scope := widget.NewPicker(m.scopes(), func(o widget.Option) {
		n, _ := strconv.ParseUint(o.Key, 10, 32)
		m.with = uint32(n)
		p.draw()
	})
	scope.Prefix, scope.Width = "Hồ sơ của", 340
	scope.SetKey(strconv.FormatUint(uint64(m.with), 10))
	const total = "total"
	choices := []kit.Choice{{Key: total, Text: "số tổng cộng, mọi chỉ tiêu"}}
	for _, c := range m.figures() {
		choices = append(choices, kit.Choice{Key: string(c), Text: "từng dòng: " + c.Label()})
	}
	figure := widget.NewPicker(choices, func(o widget.Option) {
		if m.per = data.Column(o.Key); o.Key == total {
			m.per = ""
		}
		p.draw()
	})
	figure.Prefix, figure.Width = "So", 300
	figure.SetKey(cmp.Or(string(m.per), total))
	return container.NewVBox(widget.Row(-1, scope, figure), widget.NewParagraph(m.verdict(), 760))
}

// shown reads a list and returns what draws it, and what takes the focus.
func shown[T any](l *list.List[T]) (*widget.Page, fyne.Focusable) {
	l.Refresh()
	return l.Object(), l.Grid()
}

// compareList lists the figures beside those of the own register.
func compareList(e *env.Env, m *opened, lead fyne.CanvasObject) (*widget.Page, fyne.Focusable) {
	return shown(list.Of(e, list.Options[difference]{ID: "reported-compare", What: "dòng", Paper: "SO SÁNH SỐ LIỆU BÁO CÁO VỚI SỔ", Lead: lead, Empty: "Không có dòng nào so được.",
		Load: func() ([]difference, error) { return m.compare(), nil },
		Columns: []list.Column[difference]{
			{ID: "name", Title: "Chỉ tiêu", Width: 260, Flex: 1, Text: func(d *difference) string { return d.name }},
			{ID: "theirs", Title: "Báo cáo", Width: 120, Align: widget.Right, Text: func(d *difference) string { return d.theirs }},
			{ID: "ours", Title: "Trong sổ", Width: 170, Align: widget.Right, Text: func(d *difference) string { return d.ours }},
			{ID: "gap", Title: "Chênh lệch", Width: 120, Align: widget.Right, Text: func(d *difference) string { return d.gap }, Cell: func(d *difference, c *widget.Cell) {
				if c.Strong = !d.same; d.gap != "" && !d.same {
					c.Role = widget.ColorLate
				}
			}},
		}}))
}
