package scoring

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
)

// sheetPart is the sheet: head, tree and leaf.
type sheetPart struct {
	s      *Page
	index  *widget.Paragraph
	grade  *widget.Paragraph
	bar    *widget.ProgressBar
	done   *widget.Paragraph
	parts  *widget.Paragraph
	search *widget.Field
	chip   *widget.FilterChip
	clear  *widget.Button
	grid   *widget.Grid
	leaf   *leafPane
	begin  *widget.Button // makes the first period
	whole  fyne.CanvasObject
	empty  *widget.Grid
	quiet  bool // the grid is being filled
}

var treeColumns = []widget.Column{
	{ID: "code", Title: "Mã", Width: 86, Min: 60},
	{ID: "title", Title: "Lĩnh vực, tiêu chí", Width: 160, Min: 120, Flex: 1},
	{ID: "max", Title: "Tối đa", Width: 52, Align: widget.Right},
	{ID: "points", Title: "Điểm", Width: 52, Align: widget.Right},
	{ID: "share", Title: "Đạt", Width: 52, Tip: "Phần điểm đạt được so với điểm tối đa"},
	{ID: "marks", Title: "Cần xem", Width: 112, Tip: "Thiếu tài liệu kiểm chứng (TLKC), cần giải trình, sửa điểm, lấy từ sổ hồ sơ"},
}

func newSheetPart(s *Page) *sheetPart {
	p := &sheetPart{s: s}
	p.index, p.grade, p.done, p.parts = line(84), line(140), line(330), line(330)
	p.index.Bold, p.index.TextSize, p.index.Role = true, widget.SizeFigure, ""
	p.grade.Bold, p.grade.Role, p.done.Role = true, "", ""
	p.bar = widget.NewProgressBar()
	p.search = widget.NewField("Tìm mã, tên tiêu chí")
	p.search.Width = 170
	p.search.OnText = s.m.Tree.SetText
	p.search.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
			return p.grid.Navigate(ev)
		case fyne.KeyReturn, fyne.KeyEnter:
			p.s.e.Focus(p.s.page, p.grid)
			return true
		}
		return false
	}
	p.chip = widget.NewFilterChip("Cần xem", nil, s.m.Tree.SetFilter)
	p.clear = widget.NewQuietButton("Bỏ lọc", widget.IconClose, p.unfilter)
	p.clear.Hide()
	fold := widget.NewIconButton(widget.IconMinus, "Thu gọn mọi lĩnh vực", func() { s.m.Tree.FoldAll(true) })
	unfold := widget.NewIconButton(widget.IconAdd, "Mở mọi lĩnh vực", func() { s.m.Tree.FoldAll(false) })
	p.grid = widget.NewGrid(treeColumns)
	p.grid.Single = true
	p.grid.OnCurrent = p.moved
	p.grid.OnOpen = p.openRow
	p.grid.OnKey = p.key
	p.grid.OnMenu = p.menu
	p.grid.OnCell = func(row int, column string) bool {
		return column == "code" && s.m.Tree.Fold(row, !s.m.Tree.Row(row).Folded)
	}
	p.grid.OnType = func(r rune) {
		s.e.Focus(s.page, p.search)
		p.search.TypedRune(r)
	}
	p.leaf = newLeafPane(s)
	head := widget.Row(3, middle(p.index), middle(p.grade), container.New(layout.NewGridWrapLayout(fyne.NewSize(widget.Scaled(90), widget.Scaled(24))), middle(p.bar)),
		stack(0, p.done, p.parts))
	filters := widget.Row(0, p.search, p.chip, p.clear, fold, unfold)
	left := container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), filters), nil, nil, nil, p.grid)
	rule := widget.NewLine()
	p.whole = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), head), nil, nil, nil,
		container.New(p, left, rule, p.leaf.object))
	p.empty = widget.NewGrid(nil)
	p.empty.NoHeader = true
	return p
}

// MinSize implements fyne.Layout.
func (*sheetPart) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widget.Scaled(560), widget.Scaled(200))
}

// Layout implements fyne.Layout: the tree at the left, the leaf at the right. Columns
// for which a narrow tree has no room are left out: their marks then stand before the
// titles.
func (p *sheetPart) Layout(o []fyne.CanvasObject, s fyne.Size) {
	leaf := min(max(s.Width*0.46, widget.Scaled(340)), widget.Scaled(640), s.Width*0.6)
	left := float32(int(s.Width - leaf - 17))
	columns := treeColumns
	if left < widget.Scaled(500) {
		columns = treeColumns[:4]
	}
	if len(columns) != len(p.grid.Columns()) {
		p.grid.SetColumns(columns)
	}
	x := float32(0)
	for i, width := range []float32{left, 1, leaf} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(width, s.Height))
		x += width + 8
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
	p.s.e.Focus(p.s.page, p.grid)
}

func (p *sheetPart) escape() bool {
	if p.s.m.Card == nil {
		return false
	}
	focused := p.s.e.Window.Canvas().Focused()
	if focused == fyne.Focusable(p.grid) || focused == nil {
		if p.s.m.Tree.Filtered() {
			p.unfilter()
			return true
		}
		return false
	}
	p.s.e.Focus(p.s.page, p.grid)
	return true
}

func (p *sheetPart) unfilter() {
	p.search.SetValue("")
	p.chip.SetKeys(nil)
	p.s.m.Tree.SetFilter(nil)
	p.s.m.Tree.SetText("")
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
	p.chip.SetOptions(m.Tree.FilterOptions())
	p.chip.SetKeys(m.Tree.filter)
	widget.SetVisible(p.clear, m.Tree.Filtered())
	p.grid.SetEmpty(m.Tree.Empty(), "Bỏ lọc", p.unfilter)
	p.quiet = true
	p.grid.ReplaceRows(treeRows{p})
	if i := m.Tree.Find(m.Tree.at); i >= 0 && i != p.grid.Current() {
		p.grid.SetCurrent(i)
	}
	p.quiet = false
}

// moved shows the leaf under the cursor.
func (p *sheetPart) moved(row int) {
	if p.quiet || row < 0 {
		return
	}
	p.s.m.Leaf.Show(p.s.m.Tree.Row(row).Code)
	p.s.e.Status()
}

// openRow goes to the fields of a leaf, or folds a group.
func (p *sheetPart) openRow(row int) {
	r := p.s.m.Tree.Row(row)
	if r.Leaf {
		p.leaf.focusFirst()
		return
	}
	p.s.m.Tree.Fold(row, !r.Folded)
}

func (p *sheetPart) key(ev *fyne.KeyEvent) bool {
	row, t := p.grid.Current(), p.s.m.Tree
	switch ev.Name {
	case fyne.KeyLeft:
		if !t.Fold(row, true) {
			if up := t.Parent(row); up >= 0 {
				p.grid.SetCurrent(up)
			}
		}
		return true
	case fyne.KeyRight:
		if !t.Fold(row, false) && t.Row(row).Opens && row+1 < t.Len() {
			p.grid.SetCurrent(row + 1)
		}
		return true
	}
	return false
}

// step goes to a leaf and puts the cursor where it is answered, or leaves it in
// the tree where it is.
func (p *sheetPart) step(code string) {
	if code == "" {
		return
	}
	inTree := p.s.e.Window.Canvas().Focused() == fyne.Focusable(p.grid)
	t := p.s.m.Tree
	if t.Find(code) < 0 {
		t.Reveal(code)
	}
	p.s.m.Leaf.Show(code)
	p.quiet = true
	if i := t.Find(code); i >= 0 {
		p.grid.SetCurrent(i)
	}
	p.quiet = false
	p.grid.Refresh()
	p.s.e.Status()
	if !inTree {
		p.leaf.focusFirst()
	}
}

func (p *sheetPart) menu(row int, at fyne.Position) {
	r := p.s.m.Tree.Row(row)
	items := []widget.MenuItem{}
	if r.Leaf {
		items = append(items, widget.MenuItem{Label: "Chấm tiêu chí này", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.leaf.focusFirst() }},
			widget.MenuItem{Label: "Thêm tài liệu kiểm chứng…", Icon: widget.IconAdd, Do: func() { p.s.askProof(r.Code, "") }},
			widget.MenuItem{Label: "Gắn tài liệu đã có…", Do: func() { p.s.askLink(r.Code) }}, widget.MenuItem{})
	}
	items = append(items, widget.MenuItem{Label: "Tiêu chí sau", Hint: "Ctrl+↓", Do: func() { p.s.Next(false) }},
		widget.MenuItem{Label: "Tiêu chí chưa chấm tiếp theo", Hint: "Ctrl+J", Do: p.s.NextOpen},
		widget.MenuItem{Label: "Tiêu chí thiếu minh chứng tiếp theo", Hint: "Ctrl+E", Do: p.s.NextMissing})
	widget.ShowMenu(p.s.e.Window, at, items)
}

// treeRows feeds the tree.
type treeRows struct{ p *sheetPart }

// Len implements widget.Rows.
func (r treeRows) Len() int { return r.p.s.m.Tree.Len() }

// Cells implements widget.Rows.
func (r treeRows) Cells(i int, dst []widget.Cell) {
	m := r.p.s.m
	x := m.Tree.Row(i)
	strong := x.Head
	code := x.Code
	if x.Head && !isCode(code) {
		code = ""
	}
	mark := widget.NoMark
	if x.Opens {
		if mark = widget.MarkOpen; x.Folded {
			mark = widget.MarkFolded
		}
	}
	dst[0] = widget.Cell{Text: code, Mark: mark, Strong: strong, Indent: x.Depth}
	title := widget.Cell{Text: x.Title, Strong: strong}
	points := widget.Cell{Text: x.Points, Strong: strong}
	marks := widget.Cell{Text: x.Marks, Role: widget.ColorSecondary}
	switch {
	case x.Leaf && m.Leaf.HasDraft(x.Code):
		marks = widget.Cell{Text: "chưa lưu", Role: widget.ColorSoon, Strong: true}
		if x.Marks != "" {
			marks.Text += " · " + x.Marks
		}
	case x.Warn:
		marks.Mark = widget.MarkSoon
	case !x.Leaf && x.Progress != "":
		marks.Text = x.Progress
	}
	switch {
	case x.NA:
		points.Role = widget.ColorStopped
	case x.Lost:
		points.Role = widget.ColorLate
	case x.Leaf && x.Points == "":
		points = widget.Cell{Text: "–", Role: widget.ColorSecondary}
	}
	if x.Survey && x.Leaf {
		title.Role = widget.ColorSecondary
	}
	if len(dst) < len(treeColumns) {
		if marks.Mark != widget.NoMark || marks.Strong {
			title.Mark, title.Role = widget.MarkSoon, widget.ColorInk
		}
		dst[1], dst[2], dst[3] = title, widget.Cell{Text: x.Max, Role: widget.ColorSecondary}, points
		return
	}
	dst[1], dst[2], dst[3], dst[5] = title, widget.Cell{Text: x.Max, Role: widget.ColorSecondary}, points, marks
	dst[4].Share = widget.Share{Part: x.Share[0], Whole: x.Share[1], Role: shareRole(x)}
}

// isCode tells the code of a criterion from the mark of a heading.
func isCode(code string) bool { return code != "+" && code != "-" }

func shareRole(x TreeRow) fyne.ThemeColorName {
	if x.Lost {
		return widget.ColorSoon
	}
	return widget.ColorEarly
}
