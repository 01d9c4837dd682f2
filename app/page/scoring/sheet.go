package scoring

import (
	"cmp"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
)

// sheetPart is the sheet: head, tree and leaf.
type sheetPart struct {
	s     *Page
	index *widget.Paragraph
	grade *widget.Paragraph
	bar   *widget.ProgressBar
	done  *widget.Paragraph
	parts *widget.Paragraph
	rows  *list.List[TreeRow]
	leaf  *leafPane
	begin *widget.Button // makes the first period
	whole fyne.CanvasObject
	empty *widget.Grid
}

func newSheetPart(s *Page) *sheetPart {
	p := &sheetPart{s: s}
	p.index, p.grade, p.done, p.parts = line(84), line(140), line(330), line(330)
	p.index.Bold, p.index.TextSize, p.index.Role = true, widget.SizeFigure, ""
	p.grade.Bold, p.grade.Role, p.done.Role = true, "", ""
	p.bar = widget.NewProgressBar()
	p.leaf = newLeafPane(s)
	head := widget.Row(3, middle(p.index), middle(p.grade), container.New(layout.NewGridWrapLayout(fyne.NewSize(widget.Scaled(90), widget.Scaled(24))), middle(p.bar)),
		stack(0, p.done, p.parts))
	p.rows = p.tree()
	p.whole = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), head), nil, nil, nil,
		container.New(widget.Beside{Share: 0.46, Least: 348, Most: 648, Gap: 8, Main: 204}, p.rows.Body(),
			container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, 8), widget.NewLine()), nil, p.leaf.object)))
	p.empty = widget.NewGrid(nil)
	p.empty.NoHeader = true
	return p
}

// tree makes the list of criteria. Where it is too narrow for what wants to be looked at,
// that is marked at the titles.
func (p *sheetPart) tree() *list.List[TreeRow] {
	m := p.s.m
	fixed := func(c list.Column[TreeRow]) list.Column[TreeRow] { c.Fixed = true; return c }
	title := list.Col("title", "Lĩnh vực, tiêu chí", 160, 1, func(r *TreeRow) string { return r.Title }).Dress(func(r *TreeRow, c *widget.Cell) {
		if c.Strong = r.Depth == 0; r.Survey && r.Leaf {
			c.Role = widget.ColorSecondary
		}
		if !p.rows.Grid().Shows("marks") && (r.Warn || r.Leaf && m.Leaf.HasDraft(r.Code)) {
			c.Mark, c.Role = widget.MarkSoon, widget.ColorInk
		}
	})
	title.Min = 120
	share := list.Col("share", "Đạt", 52, 0, func(*TreeRow) string { return "" }).Dress(func(r *TreeRow, c *widget.Cell) {
		c.Share = widget.Share{Part: r.Share[0], Whole: r.Share[1], Role: kit.If(r.Lost, widget.ColorSoon, widget.ColorEarly)}
	})
	share.Tip, share.Spare = "Phần điểm đạt được so với điểm tối đa", 1
	marks := list.Col("marks", "Cần xem", 112, 0, func(r *TreeRow) string { return kit.If(r.Leaf, r.Marks, r.Progress) }).Dress(p.dressMarks)
	marks.Tip, marks.Spare = "Thiếu tài liệu kiểm chứng (TLKC), cần giải trình, sửa điểm, lấy từ sổ hồ sơ", 2
	return listOf(p.s, list.Options[TreeRow]{ID: "sheet", What: "tiêu chí", Place: "Tìm mã, tên tiêu chí", Paper: "PHIẾU CHẤM", Empty: "Phiếu không có tiêu chí nào.", Folds: "lĩnh vực",
		Begin: list.Held(func() []TreeRow { return m.Tree.Rows }), Key: func(r *TreeRow) uint64 { return list.KeyOf(r.Code) }, Depth: func(r *TreeRow) int { return r.Depth },
		Words:   func(r *TreeRow) string { return r.Code + " " + r.Title },
		Filters: []list.Filter[TreeRow]{{Key: "wanted", Label: "Cần xem", Choices: m.Tree.FilterOptions, Of: func(r *TreeRow) []string { return r.Tags }}},
		Columns: []list.Column[TreeRow]{
			fixed(list.Col("code", "Mã", 86, 0, func(r *TreeRow) string { return kit.If(isCode(r.Code), r.Code, "") }).Dress(headStrong)), fixed(title),
			fixed(list.Col("max", "Tối đa", 52, 0, func(r *TreeRow) string { return r.Max }).Right().Dress(func(_ *TreeRow, c *widget.Cell) { c.Role = widget.ColorSecondary })),
			fixed(list.Col("points", "Điểm", 52, 0, func(r *TreeRow) string { return kit.If(r.Leaf, cmp.Or(r.Points, "–"), r.Points) }).Right().Dress(dressPoints)), fixed(share), fixed(marks)},
		Open: func(*TreeRow) { p.leaf.focusFirst() }, Menu: p.menu,
		Current: func(r *TreeRow) {
			if r != nil {
				m.Leaf.Show(r.Code)
				p.s.e.Status()
			}
		}})
}

func headStrong(r *TreeRow, c *widget.Cell) { c.Strong = r.Depth == 0 }

func dressPoints(r *TreeRow, c *widget.Cell) {
	switch c.Strong = r.Depth == 0; {
	case r.NA:
		c.Role = widget.ColorStopped
	case r.Lost:
		c.Role = widget.ColorLate
	case r.Leaf && r.Points == "":
		c.Role = widget.ColorSecondary
	}
}

// dressMarks shows what wants to be looked at; what is not saved comes first.
func (p *sheetPart) dressMarks(r *TreeRow, c *widget.Cell) {
	c.Role = widget.ColorSecondary
	switch {
	case r.Leaf && p.s.m.Leaf.HasDraft(r.Code):
		c.Text, c.Role, c.Strong = joined(" · ", "chưa lưu", r.Marks), widget.ColorSoon, true
	case r.Warn:
		c.Mark = widget.MarkSoon
	}
}

func (p *sheetPart) lead() fyne.CanvasObject { return nil }
func (p *sheetPart) print()                  { p.s.askPapers(p.s.m.sheetPaper()) }

func (p *sheetPart) object() fyne.CanvasObject {
	if p.s.m.Card == nil {
		return p.empty
	}
	return p.whole
}

func (p *sheetPart) actions() []fyne.CanvasObject {
	m := p.s.m
	if len(m.periods) == 0 {
		p.begin = widget.NewMainButton("Tạo kỳ chấm điểm…", widget.IconAdd, p.s.askPeriod)
		return []fyne.CanvasObject{p.begin}
	}
	out := []fyne.CanvasObject{widget.NewButton("Kỳ mới…", widget.IconAdd, p.s.askPeriod)}
	if m.Card == nil {
		return out
	}
	out = append(out, widget.NewMenuButton(p.s.e.Window, "Việc khác", "", p.s.sheetMenu), widget.NewButton("In…", widget.IconPrint, p.print).WithHint("Ctrl+P"))
	for _, move := range m.Moves() {
		if !move.Back {
			out = append(out, widget.NewMainButton(move.Verb+"…", "", func() { p.s.askMove(move) }))
			break
		}
	}
	return out
}

func (p *sheetPart) status() string {
	text := p.s.m.Status()
	if n := p.s.m.Leaf.Unsaved(); n > 0 {
		text += fmt.Sprintf(" · %d tiêu chí đang nhập dở", n)
	}
	return text
}

func (p *sheetPart) focus() {
	if p.s.m.Card == nil {
		if p.begin != nil {
			p.s.e.Focus(p.s.page, p.begin)
		}
		return
	}
	p.s.e.Focus(p.s.page, p.rows.Grid())
}

func (p *sheetPart) escape() bool {
	focused := p.s.e.Window.Canvas().Focused()
	if p.s.m.Card == nil || focused == fyne.Focusable(p.rows.Grid()) || focused == nil {
		return false
	}
	p.s.e.Focus(p.s.page, p.rows.Grid())
	return true
}

// refresh draws the sheet, or what stands in its place.
func (p *sheetPart) refresh() {
	m := p.s.m
	p.s.body.Objects = []fyne.CanvasObject{p.object()}
	p.s.body.Refresh()
	if m.Card == nil {
		switch {
		case !m.Read:
			p.empty.SetLoading("Đang mở phiếu chấm điểm…")
		case len(m.periods) == 0:
			p.empty.SetLoading("")
			p.empty.SetEmpty("Chưa có kỳ chấm điểm nào. Tạo kỳ cho một năm: chọn bộ tiêu chí, các đơn vị được chấm và hạn của từng bước.", "Tạo kỳ chấm điểm…", p.s.askPeriod)
		default:
			p.empty.SetLoading("")
			p.empty.SetEmpty("Kỳ này chưa có phiếu của đơn vị nào.", "Chọn đơn vị…", p.s.revisePeriod)
		}
		return
	}
	if p.begin != nil {
		if p.s.e.Window.Canvas().Focused() == fyne.Focusable(p.begin) {
			p.focus()
		}
		p.begin = nil
	}
	h, _ := m.Head()
	p.index.SetText(h.Index)
	p.grade.SetText(h.Grade)
	p.bar.Set(int64(h.Done), int64(h.Of))
	p.done.SetText(joined(" · ", append([]string{h.Progress}, h.Warnings...)...))
	p.parts.SetText(h.Self)
	if r := p.rows.CurrentRow(); r == nil || r.Code != m.Tree.at {
		p.rows.Go(list.KeyOf(m.Tree.at))
	}
	p.rows.Refresh()
}

// next is the leaf after the one under the cursor, or before it, in the order of the set
// and within the filters; "" for none.
func (p *sheetPart) next(back bool) string {
	return p.s.m.Tree.Next(back, func(r *TreeRow) bool { return !p.rows.View().Filtered() || p.rows.Lists(list.KeyOf(r.Code)) })
}

// step goes to a leaf and puts the cursor where it is answered, or leaves it in
// the tree where it is.
func (p *sheetPart) step(code string) {
	if code == "" {
		return
	}
	inTree := p.s.e.Window.Canvas().Focused() == fyne.Focusable(p.rows.Grid())
	p.rows.Reveal(list.KeyOf(code))
	p.s.m.Leaf.Show(code)
	p.s.e.Status()
	if !inTree {
		p.leaf.focusFirst()
	}
}

func (p *sheetPart) menu(r *TreeRow, _ []uint64) (items []widget.MenuItem) {
	if r.Leaf {
		items = append(items, widget.MenuItem{Label: "Chấm tiêu chí này", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.leaf.focusFirst() }},
			widget.MenuItem{Label: "Thêm tài liệu kiểm chứng…", Icon: widget.IconAdd, Do: func() { p.s.askProof(r.Code, "") }},
			widget.MenuItem{Label: "Gắn tài liệu đã có…", Do: func() { p.s.askLink(r.Code) }}, widget.MenuItem{})
	}
	return append(items, widget.MenuItem{Label: "Tiêu chí sau", Hint: "Ctrl+↓", Do: func() { p.s.Next(false) }},
		widget.MenuItem{Label: "Tiêu chí chưa chấm tiếp theo", Hint: "Ctrl+J", Do: p.s.NextOpen},
		widget.MenuItem{Label: "Tiêu chí thiếu minh chứng tiếp theo", Hint: "Ctrl+E", Do: p.s.NextMissing})
}

// isCode tells the code of a criterion from the mark of a heading.
func isCode(code string) bool { return code != "+" && code != "-" }
