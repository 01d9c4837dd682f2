// Package checking is the screen Kiểm tra dữ liệu: at the left the checks with
// how many dossiers each found, at the right the dossiers of the chosen one.
package checking

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	model "giaoban/app/view/checking"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/inspect"
)

// Screen is the screen.
type Screen struct {
	ctx   screen.Context
	print screen.Printing
	m     *model.Model

	page    *widget.Page
	errors  *widget.ErrorBar
	scope   *widget.Segments
	summary *widget.Paragraph
	kinds   *widget.Grid
	title   *widget.Paragraph
	why     *widget.Paragraph
	effect  *widget.Paragraph
	grid    *widget.Grid
	fix     *widget.Button
	accept  *widget.Button
	all     *widget.Button
	export  *widget.Button
	again   *widget.Button
	filling bool
	shown   string // the check whose dossiers are listed

	// Undo takes back the last change.
	Undo func()
}

var kindColumns = []widget.Column{
	{ID: "name", Title: "Nội dung kiểm tra", Width: 200, Min: 120, Flex: 1},
	{ID: "count", Title: "Số\nhồ sơ", Width: 64, Align: widget.Right},
	{ID: "accepted", Title: "Chấp\nnhận", Width: 56, Align: widget.Right},
}

var columns = []widget.Column{
	{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01},
	{ID: "owner", Title: "Chủ hồ sơ", Width: 100, Min: 80, Flex: 1},
	{ID: "says", Title: "Cần xem", Width: 262, Min: 170, Flex: 2.5},
	{ID: "due", Title: "Hẹn trả", Width: widget.WidthDate, Spare: 2},
	{ID: "unit", Title: "Đơn vị", Width: 80, Flex: 0.8, Spare: 1},
}

var acceptedColumns = []widget.Column{
	{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01},
	{ID: "owner", Title: "Chủ hồ sơ", Width: 110, Min: 80, Flex: 1, Spare: 1},
	{ID: "check", Title: "Lỗi", Width: 150, Flex: 1.4},
	{ID: "why", Title: "Lý do chấp nhận", Width: 150, Flex: 1.6},
	{ID: "at", Title: "Ngày", Width: widget.WidthDate},
}

// leftWidth is the width of the list of checks in px at 100 %, and the least one
// where large texts leave little room.
const (
	leftWidth = 384
	leftLeast = 270
)

// halves lays the list of checks at the left and the dossiers at the right.
type halves struct{}

// MinSize implements fyne.Layout.
func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, right := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(widget.Scaled(leftLeast)+gap+right.Width, max(left.Height, right.Height))
}

// Layout implements fyne.Layout.
func (halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(max(s.Width-gap-o[1].MinSize().Width, widget.Scaled(leftLeast)), widget.Scaled(leftWidth), max(s.Width*0.4, widget.Scaled(leftLeast)))
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(w, s.Height))
	o[1].Move(fyne.NewPos(w+gap, 0))
	o[1].Resize(fyne.NewSize(max(s.Width-w-gap, 0), s.Height))
}

// gap is the room between the halves.
const gap = 12

// textWidth is the least width of the texts above the list; they take more where
// there is room.
const textWidth = 340

// New builds the screen.
func New(print screen.Printing, m *model.Model) *Screen {
	s := &Screen{ctx: print.Context, print: print, m: m, Undo: func() {}}
	s.errors = widget.NewErrorBar()
	s.scope = widget.NewSegments([]string{"Toàn bộ sổ", "Hồ sơ của kỳ đang chọn"}, func(i int) { m.SetInPeriod(i == 1) })
	s.summary = widget.NewParagraph("", 560)
	s.summary.Max = 1
	s.kinds = widget.NewGrid(kindColumns)
	s.kinds.OnCurrent = s.chooseKind
	s.kinds.OnOpen = func(int) { s.ctx.Focus(s.page, s.grid) }
	s.kinds.SetEmpty("Chưa kiểm tra.", "Kiểm tra", m.Run)
	s.title = widget.NewHeading("")
	s.why, s.effect = widget.NewParagraph("", textWidth), widget.NewParagraph("", textWidth)
	s.effect.Role = widget.ColorLate
	s.grid = widget.NewGrid(columns)
	s.grid.OnOpen = s.open
	s.grid.OnSelect = func() { s.tellChosen(); s.ctx.Status() }
	s.grid.OnCurrent = func(int) { s.tellChosen() }
	s.grid.OnMenu = s.menu
	s.fix = widget.NewButton("Sửa…", widget.IconEdit, s.askFix)
	s.accept = widget.NewButton("Chấp nhận…", widget.IconCheck, s.askAccept)
	s.all = widget.NewQuietButton("Chọn tất cả", widget.IconCheck, func() { s.grid.SelectAll(); s.tellChosen(); s.ctx.Focus(s.page, s.grid) }).WithHint("Ctrl+A")
	s.export = widget.NewButton("Xuất Excel", widget.IconExcel, s.askExport)
	s.again = widget.NewMainButton("Kiểm tra lại", widget.IconRefresh, s.run)
	right := container.NewBorder(container.NewVBox(s.title, s.why, s.effect, widget.Row(-1, s.fix, s.accept, s.all), screen.Gap(2)), nil, nil, nil, s.grid)
	body := container.New(halves{}, s.kinds, right)
	s.page = widget.NewPage("Kiểm tra dữ liệu", []fyne.CanvasObject{s.export, s.again}, container.NewVBox(widget.Row(1, s.scope, s.summary), s.errors), body)
	m.Listen(s.refresh)
	m.Progressed = s.progressed
	s.refresh()
	return s
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown runs the checks where they have not run or the data changed.
func (s *Screen) Shown() {
	if !s.m.Busy() && (!s.m.Ran() || s.m.Stale()) {
		s.m.Run()
	}
	s.ctx.Focus(s.page, s.kinds)
}

// Status implements screen.Screen.
func (s *Screen) Status() string { return s.m.Status(s.grid.Selection().Count()) }

// run starts the checks, or ends those that run.
func (s *Screen) run() {
	if s.m.Busy() {
		s.m.Stop()
		return
	}
	s.m.Run()
}

func (s *Screen) progressed() {
	s.summary.SetText(s.m.Status(0))
	s.ctx.Status()
}

// busyDelay is how long checks may take before the screen says that they run.
const busyDelay = 300 * time.Millisecond

// refresh draws what the model holds now.
func (s *Screen) refresh() {
	s.filling = true
	defer func() { s.filling = false }()
	s.errors.SetError(s.m.Err())
	if s.m.InPeriod() {
		s.scope.Choose(1)
	} else {
		s.scope.Choose(0)
	}
	if s.m.Busy() {
		widget.After(busyDelay, func() {
			if s.m.Busy() {
				s.again.SetText("Dừng kiểm tra")
				s.progressed()
			}
		})
		if !s.m.Ran() {
			s.kinds.SetLoading("Đang kiểm tra…")
		}
		return
	}
	s.again.SetText("Kiểm tra lại")
	text := s.m.Summary()
	s.summary.Role = widget.ColorInk
	if s.m.Stale() && s.m.Ran() {
		text, s.summary.Role = "Dữ liệu đã đổi từ lần kiểm tra trước. Bấm Kiểm tra lại.", widget.ColorSoon
	}
	s.summary.SetText(text)
	s.kinds.ReplaceRows(kindRows{s.m})
	for i, f := range s.m.Findings() {
		if f.Kind.ID == s.m.Chosen() {
			s.kinds.SetCurrent(i)
		}
	}
	if s.m.Chosen() == model.AcceptedID {
		s.kinds.SetCurrent(len(s.m.Findings()))
	}
	s.showKind()
	s.ctx.Status()
}

func (s *Screen) chooseKind(row int) {
	if s.filling || row < 0 {
		return
	}
	list := s.m.Findings()
	switch {
	case row < len(list):
		s.m.Choose(list[row].Kind.ID)
	case row == len(list) && len(list) > 0:
		s.m.Choose(model.AcceptedID)
	}
}

// showKind shows the dossiers of the chosen check.
func (s *Screen) showKind() {
	s.grid.SetEmpty(s.m.Empty(), "", nil)
	accepted := s.m.Chosen() == model.AcceptedID
	f := s.m.Finding()
	switch {
	case accepted:
		s.title.SetText("Đã chấp nhận")
		s.why.SetText("Các lỗi mà cơ quan đã xem và chấp nhận, có lý do. Khi dữ liệu của hồ sơ đổi, lỗi hiện lại.")
		s.effect.SetText("")
	case f == nil:
		s.title.SetText("")
		s.why.SetText("")
		s.effect.SetText("")
	default:
		s.title.SetText(f.Kind.Name)
		s.why.SetText(f.Kind.Why)
		s.effect.SetText(s.m.Effect())
	}
	toggle(s.effect, s.effect.Text() != "")
	var rows widget.Rows = hitRows{s.m}
	columns := columns
	if accepted {
		rows, columns = acceptedRows{s.m.Accepted()}, acceptedColumns
	}
	if s.shown != s.m.Chosen() {
		s.shown = s.m.Chosen()
		s.grid.SetColumns(columns)
		s.grid.SetRows(rows)
	} else {
		s.grid.ReplaceRows(rows)
	}
	if n := rows.Len(); n > 0 {
		// Other rows stand where those selected stood.
		s.grid.SetCurrent(min(max(s.grid.Current(), 0), n-1))
	}
	some := rows.Len() > 0
	toggle(s.fix, some && !accepted)
	toggle(s.accept, some)
	toggle(s.all, some)
	toggle(s.export, some && !accepted)
	s.tellChosen()
}

func toggle(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// lines returns the lines that an action is about: those selected, else the one
// under the cursor.
func (s *Screen) lines() []int {
	var out []int
	s.grid.Selection().Each(func(row int) bool {
		out = append(out, row)
		return true
	})
	if len(out) == 0 && s.grid.Current() >= 0 {
		out = []int{s.grid.Current()}
	}
	return out
}

// tellChosen tells on the buttons what they act on.
func (s *Screen) tellChosen() {
	n := max(s.grid.Selection().Count(), 1)
	of := ""
	if n > 1 {
		of = " (" + data.FormatInt(int64(n)) + " hồ sơ)"
	}
	if s.m.Chosen() == model.AcceptedID {
		s.accept.SetText("Thôi chấp nhận" + of)
		return
	}
	s.accept.SetText("Chấp nhận" + of + "…")
	if f := s.m.Finding(); f != nil && f.Kind.Fix != "" {
		s.fix.SetText(f.Kind.Fix + of + "…")
	} else {
		s.fix.SetText("Mở hồ sơ để sửa")
	}
}

func (s *Screen) code(row int) string {
	if s.m.Chosen() == model.AcceptedID {
		if list := s.m.Accepted(); row < len(list) {
			return list[row].Code
		}
		return ""
	}
	return s.m.Row(row).Code
}

func (s *Screen) open(row int) { s.m.JumpTo(s.code(row)) }

func (s *Screen) menu(row int, at fyne.Position) {
	items := []widget.MenuItem{{Label: "Xem trong Sổ hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { s.open(row) }}}
	if f := s.m.Finding(); f != nil && f.Kind.Fix != "" {
		items = append(items, widget.MenuItem{Label: s.fix.Text, Icon: widget.IconEdit, Do: s.askFix})
	}
	items = append(items, widget.MenuItem{Label: s.accept.Text, Icon: widget.IconCheck, Do: s.askAccept}, widget.MenuItem{},
		widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(s.code(row))
			widget.ShowToast(s.ctx.Window, "Đã chép mã "+s.code(row), "", nil)
		}})
	widget.ShowMenu(s.ctx.Window, at, items)
}

// severityMark is the sign of a check.
func severityMark(f *inspect.Finding) widget.Mark {
	switch {
	case f.Count == 0:
		return widget.MarkEarly
	case f.Kind.Severity == inspect.Serious:
		return widget.MarkLate
	case f.Kind.Severity == inspect.Doubt:
		return widget.MarkSoon
	}
	return widget.MarkStopped
}

// kindRows feeds the list of checks; the last line are the accepted findings.
type kindRows struct{ m *model.Model }

// Len implements widget.Rows.
func (r kindRows) Len() int {
	if n := len(r.m.Findings()); n > 0 {
		return n + 1
	}
	return 0
}

// Cells implements widget.Rows.
func (r kindRows) Cells(i int, dst []widget.Cell) {
	list := r.m.Findings()
	if i >= len(list) {
		dst[0] = widget.Cell{Text: "Đã chấp nhận", Strong: true}
		dst[1].Text = data.FormatInt(int64(len(r.m.Accepted())))
		return
	}
	f := &list[i]
	dst[0] = widget.Cell{Text: f.Kind.Name, Mark: severityMark(f)}
	if f.Count == 0 {
		dst[1] = widget.Cell{Text: "0", Role: widget.ColorSecondary}
	} else {
		dst[1] = widget.Cell{Text: data.FormatInt(int64(f.Count)), Strong: true}
	}
	if f.Accepted > 0 {
		dst[2] = widget.Cell{Text: data.FormatInt(int64(f.Accepted)), Role: widget.ColorSecondary}
	}
}

// hitRows feeds the list of dossiers.
type hitRows struct{ m *model.Model }

// Len implements widget.Rows.
func (r hitRows) Len() int { return r.m.Len() }

// Cells implements widget.Rows.
func (r hitRows) Cells(i int, dst []widget.Cell) {
	row := r.m.Row(i)
	for k, text := range []string{row.Code, row.Owner, row.Says, row.Due, row.Unit} {
		dst[k].Text = text
	}
	dst[4].Role = widget.ColorSecondary
}

// acceptedRows feeds the list of accepted findings.
type acceptedRows struct{ list []model.Acceptance }

// Len implements widget.Rows.
func (r acceptedRows) Len() int { return len(r.list) }

// Cells implements widget.Rows.
func (r acceptedRows) Cells(i int, dst []widget.Cell) {
	a := &r.list[i]
	why := a.Why
	if a.By != "" {
		why = fmt.Sprintf("%s (%s)", a.Why, a.By)
	}
	for k, text := range []string{a.Code, a.Owner, a.Check, why, a.At} {
		dst[k].Text = text
	}
}
