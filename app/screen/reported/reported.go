// Package reported is the screen Số liệu đơn vị báo cáo: the list of tables of
// counts that were imported, and one of them with its figures beside those of
// the own register.
package reported

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	"giaoban/app/view"
	model "giaoban/app/view/reported"
	"giaoban/app/widget"
	"giaoban/data"
)

// Screen is the screen.
type Screen struct {
	ctx  screen.Context
	m    *model.Model
	page *widget.Page
	body *fyne.Container
	grid *widget.Grid
	tab  int

	// Import opens the import, Undo takes back the last change.
	Import, Undo func()
}

// New builds the screen.
func New(ctx screen.Context, m *model.Model) *Screen {
	s := &Screen{ctx: ctx, m: m, body: container.NewStack(), Import: func() {}, Undo: func() {}}
	s.page = widget.NewPage("", nil, nil, s.body)
	m.Changed = s.refresh
	s.refresh()
	return s
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown implements screen.Screen.
func (s *Screen) Shown() { s.refresh() }

// Status implements screen.Screen.
func (s *Screen) Status() string { return s.m.Status() }

// Open shows the report with an id, 0 the list.
func (s *Screen) Open(id uint64) {
	s.tab = 0
	if id == 0 {
		s.m.Close()
		return
	}
	s.m.OpenID(id)
}

// TakeKey implements screen.Keys: Escape goes back to the list, Delete takes a
// report out.
func (s *Screen) TakeKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyEscape && s.m.Current() != nil {
		s.m.Close()
		return true
	}
	return false
}

func (s *Screen) refresh() {
	s.page.Errors.SetError(s.m.Err())
	s.page.SetTitle(s.m.Title())
	var main fyne.CanvasObject
	if s.m.Current() == nil {
		main = s.list()
	} else {
		main = s.open()
	}
	s.body.Objects = []fyne.CanvasObject{main}
	s.body.Refresh()
	s.ctx.Focus(s.page, s.grid)
	s.ctx.Status()
}

// rows feeds the grids of the screen.
type rows struct {
	n    int
	cell func(i int, dst []widget.Cell)
}

// Len implements widget.Rows.
func (r rows) Len() int { return r.n }

// Cells implements widget.Rows.
func (r rows) Cells(i int, dst []widget.Cell) { r.cell(i, dst) }

func (s *Screen) list() fyne.CanvasObject {
	open := widget.NewButton("Xem", widget.IconSearch, func() { s.m.Open(s.grid.Current()) })
	drop := widget.NewButton("Xóa", widget.IconTrash, func() { s.drop(s.grid.Current()) })
	if s.m.Len() == 0 {
		open.Disable()
		drop.Disable()
	}
	s.page.SetActions(drop, open, widget.NewMainButton("Nhập từ Excel", widget.IconImport, func() { s.Import() }))
	s.grid = widget.NewGrid([]widget.Column{{ID: "unit", Title: "Đơn vị báo cáo", Width: 200, Flex: 2}, {ID: "period", Title: "Kỳ", Width: 150, Flex: 0.6}, {ID: "form", Title: "Biểu", Width: 80},
		{ID: "received", Title: "Tổng\ntiếp nhận", Width: 80, Align: widget.Right}, {ID: "resolved", Title: "Đã\ngiải quyết", Width: 80, Align: widget.Right}, {ID: "pending", Title: "Đang\ngiải quyết", Width: 80, Align: widget.Right},
		{ID: "warnings", Title: "Lưu ý", Width: 56, Align: widget.Right}, {ID: "source", Title: "Tệp", Width: 150, Min: 80, Flex: 1, Spare: 2}, {ID: "at", Title: "Nhập lúc", Width: 132, Spare: 1}})
	s.grid.Single = true
	s.grid.SetEmpty("Chưa có số liệu nào do đơn vị báo cáo. Nhập một biểu II.06a, 07a hoặc bảng tổng hợp để có.", "Nhập từ Excel", func() { s.Import() })
	s.grid.OnOpen = s.m.Open
	s.grid.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDelete {
			s.drop(s.grid.Current())
			return true
		}
		return false
	}
	s.grid.OnMenu = func(row int, at fyne.Position) {
		widget.ShowMenu(s.ctx.Window, at, []widget.MenuItem{{Label: "Xem", Icon: widget.IconSearch, Hint: "Enter", Do: func() { s.m.Open(row) }},
			{Label: "Xóa", Icon: widget.IconTrash, Hint: "Delete", Do: func() { s.drop(row) }}})
	}
	s.grid.SetRows(rows{s.m.Len(), func(i int, dst []widget.Cell) {
		for k, text := range s.m.Line(i) {
			dst[k].Text = text
		}
		dst[6].Role = widget.ColorSoon
		dst[7].Role, dst[8].Role = widget.ColorSecondary, widget.ColorSecondary
	}})
	if s.m.Len() > 0 {
		s.grid.SetCurrent(0)
	}
	return screen.Under(screen.Gap(0), s.grid)
}

// drop takes a report out; it can be taken back.
func (s *Screen) drop(i int) {
	if i < 0 || i >= s.m.Len() {
		return
	}
	line := s.m.Line(i)
	widget.RunWithProgress(s.ctx.Window, "Đang xóa", func(ctx context.Context, _ widget.Report) error { return s.m.Drop(ctx, i) }, func(err error) {
		if err != nil {
			s.page.Errors.SetError(err)
			return
		}
		s.m.Dropped()
		widget.ShowToast(s.ctx.Window, "Đã xóa số liệu báo cáo của "+line[0]+", "+line[1]+".", "Hoàn tác", s.Undo)
	})
}

func (s *Screen) open() fyne.CanvasObject {
	r := s.m.Current()
	at := s.m.At()
	s.page.SetActions(widget.NewButton("Xóa", widget.IconTrash, func() { s.drop(at) }), widget.NewButton("Về danh sách", widget.IconBack, s.m.Close).WithHint("Esc"))
	titles := []string{"Số liệu trong báo cáo", "So với sổ của cơ quan"}
	if len(r.Warnings) > 0 {
		titles = append(titles, "Lưu ý ("+strconv.Itoa(len(r.Warnings))+")")
	}
	s.tab = min(s.tab, len(titles)-1)
	tabs := widget.NewSegments(titles, func(i int) { s.tab = i; s.refresh() })
	tabs.Choose(s.tab)
	head := container.NewVBox(widget.NewNote(s.m.About(), 760), widget.Row(-1, tabs))
	switch s.tab {
	case 0:
		columns, lines := s.m.Table()
		s.grid = screen.CountGrid(columns, lines)
	case 1:
		head.Add(s.compareHead())
		s.grid = s.compareGrid()
	default:
		s.grid = screen.WarningGrid(r.Warnings)
	}
	head.Add(screen.Gap(4))
	return screen.Under(head, s.grid)
}

// compareHead asks whose dossiers are compared, and which figure.
func (s *Screen) compareHead() fyne.CanvasObject {
	scope := widget.NewPicker(options(s.m.Scopes()), func(o widget.Option) {
		if n, err := strconv.ParseUint(o.Key, 10, 32); err == nil {
			s.m.SetScope(uint32(n))
		}
	})
	scope.Prefix, scope.Width = "Hồ sơ của", 340
	scope.SetKey(strconv.FormatUint(uint64(s.m.Scope()), 10))
	list := []widget.Option{{Key: "total", Text: "số tổng cộng, mọi chỉ tiêu"}}
	for _, c := range s.m.Figures() {
		list = append(list, widget.Option{Key: string(c), Text: "từng dòng: " + c.Label()})
	}
	figure := widget.NewPicker(list, func(o widget.Option) {
		if o.Key == "total" {
			o.Key = ""
		}
		s.m.SetFigure(data.Column(o.Key))
	})
	figure.Prefix, figure.Width = "So", 300
	figure.SetKey("total")
	if c := s.m.Figure(); c != "" {
		figure.SetKey(string(c))
	}
	says := widget.NewParagraph(s.m.Verdict(), 760)
	return container.NewVBox(widget.Row(-1, scope, figure), says)
}

func (s *Screen) compareGrid() *widget.Grid {
	list := s.m.Compare()
	g := widget.NewGrid([]widget.Column{{ID: "name", Title: "Chỉ tiêu", Width: 260, Flex: 1}, {ID: "theirs", Title: "Báo cáo", Width: 120, Align: widget.Right},
		{ID: "ours", Title: "Trong sổ", Width: 170, Align: widget.Right}, {ID: "gap", Title: "Chênh lệch", Width: 120, Align: widget.Right}})
	g.SetEmpty("Không có dòng nào so được.", "", nil)
	g.SetRows(rows{len(list), func(i int, dst []widget.Cell) {
		d := list[i]
		dst[0].Text, dst[1].Text, dst[2].Text = d.Name, d.Theirs, d.Ours
		dst[3] = widget.Cell{Text: d.Gap, Strong: !d.Same}
		switch {
		case d.Gap == "":
			dst[2].Role = widget.ColorSecondary
		case !d.Same:
			dst[3].Role = widget.ColorLate
		default:
			dst[3].Role = widget.ColorSecondary
		}
	}})
	return g
}

func options(list []view.Choice) []widget.Option {
	var out []widget.Option
	for _, c := range list {
		out = append(out, widget.Option{Key: c.Key, Text: c.Label})
	}
	return out
}
