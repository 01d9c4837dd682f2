// Package checking is the screen Kiểm tra dữ liệu: at the left the checks with
// how many dossiers each found, at the right the dossiers of the chosen one.
package checking

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/inspect"
)

// page is the page.
type page struct {
	e *env.Env
	m *model

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

// textWidth is the least width of the texts above the list; they take more where
// there is room.
const textWidth = 340

// checkAtStart is the largest register that is checked when the program starts, so
// that the badge is there at once; larger ones are checked when the page is opened.
const checkAtStart = 200_000

// badgePause is how long changes made elsewhere rest before the badge is counted anew.
const badgePause = 3 * time.Second

// New builds the page.
func New(e *env.Env) env.Page {
	m := newModel(e.Session)
	s := &page{e: e, m: m}
	s.errors = widget.NewErrorBar()
	s.scope = widget.NewSegments([]string{"Toàn bộ sổ", "Hồ sơ của kỳ đang chọn"}, func(i int) { m.SetInPeriod(i == 1) })
	s.summary = widget.NewParagraph("", 560)
	s.summary.Max = 1
	s.kinds = widget.NewGrid(kindColumns)
	s.kinds.OnCurrent = s.chooseKind
	s.kinds.OnOpen = func(int) { s.e.Focus(s.page, s.grid) }
	s.kinds.SetEmpty("Chưa kiểm tra.", "Kiểm tra", m.Run)
	s.title = widget.NewHeading("")
	s.why, s.effect = widget.NewParagraph("", textWidth), widget.NewParagraph("", textWidth)
	s.effect.Role = widget.ColorLate
	s.grid = widget.NewGrid(columns)
	s.grid.OnOpen = s.open
	s.grid.OnSelect = func() { s.tellChosen(); s.e.Status() }
	s.grid.OnCurrent = func(int) { s.tellChosen() }
	s.grid.OnMenu = s.menu
	s.fix = widget.NewButton("Sửa…", widget.IconEdit, s.askFix)
	s.accept = widget.NewButton("Chấp nhận…", widget.IconCheck, s.askAccept)
	s.all = widget.NewQuietButton("Chọn tất cả", widget.IconCheck, func() { s.grid.SelectAll(); s.tellChosen(); s.e.Focus(s.page, s.grid) }).WithHint("Ctrl+A")
	s.export = widget.NewButton("Xuất Excel", widget.IconExcel, s.askExport)
	s.again = widget.NewMainButton("Kiểm tra lại", widget.IconRefresh, s.run)
	right := container.NewBorder(container.NewVBox(s.title, s.why, s.effect, widget.Row(-1, s.fix, s.accept, s.all), widget.Gap(2)), nil, nil, nil, s.grid)
	body := container.New(widget.Beside{Left: true, Share: 0.36, Least: 270, Most: 384, Gap: 12}, s.kinds, right)
	s.page = widget.NewPage("Kiểm tra dữ liệu", []fyne.CanvasObject{s.export, s.again}, container.NewVBox(widget.Row(1, s.scope, s.summary), s.errors), body)
	m.Listen(s.refresh)
	m.Listen(func() { e.Badge(env.Checking, m.Serious()) })
	m.Progressed = s.progressed
	s.refresh()
	// The badge follows changes made elsewhere where the checks are quick.
	later := widget.Debounce(badgePause, func(struct{}) {
		if m.Ran() && m.Quick() && !e.InView(s.page) {
			m.DataChanged()
		}
	})
	e.Session.Listen(func() { later(struct{}{}) })
	if n := e.Desk.Len(); n > 0 && n <= checkAtStart {
		m.Run()
	}
	return s
}

// Content implements env.Page.
func (s *page) Content() fyne.CanvasObject { return s.page }

// Save implements env.Page.
func (s *page) Save() env.State { return s.m.chosen }

// Restore implements env.Page.
func (s *page) Restore(to env.State) {
	if id, ok := to.(string); ok {
		s.m.Choose(id)
	}
}

// Stale implements env.Page.
func (s *page) Stale(desk.Changes) { s.m.DataChanged() }

// Shown runs the checks where they have not run or the data changed.
func (s *page) Shown() {
	if !s.m.busy && (!s.m.Ran() || s.m.stale) {
		s.m.Run()
	}
	s.e.Focus(s.page, s.kinds)
}

// Status implements env.Page.
func (s *page) Status() string { return s.m.Status(s.grid.Selection().Count()) }

// run starts the checks, or ends those that run.
func (s *page) run() {
	if s.m.busy {
		s.m.Stop()
		return
	}
	s.m.Run()
}

func (s *page) progressed() {
	s.summary.SetText(s.m.Status(0))
	s.e.Status()
}

// busyDelay is how long checks may take before the screen says that they run.
const busyDelay = 300 * time.Millisecond

// refresh draws what the model holds now.
func (s *page) refresh() {
	s.filling = true
	defer func() { s.filling = false }()
	s.errors.SetError(s.m.err)
	if s.m.inPeriod {
		s.scope.Choose(1)
	} else {
		s.scope.Choose(0)
	}
	if s.m.busy {
		widget.After(busyDelay, func() {
			if s.m.busy {
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
	if s.m.stale && s.m.Ran() {
		text, s.summary.Role = "Dữ liệu đã đổi từ lần kiểm tra trước. Bấm Kiểm tra lại.", widget.ColorSoon
	}
	s.summary.SetText(text)
	s.kinds.ReplaceRows(s.kindRows())
	for i, f := range s.m.kinds {
		if f.Kind.ID == s.m.chosen {
			s.kinds.SetCurrent(i)
		}
	}
	if s.m.chosen == AcceptedID {
		s.kinds.SetCurrent(len(s.m.kinds))
	}
	s.showKind()
	s.e.Status()
}

func (s *page) chooseKind(row int) {
	if s.filling || row < 0 {
		return
	}
	list := s.m.kinds
	switch {
	case row < len(list):
		s.m.Choose(list[row].Kind.ID)
	case row == len(list) && len(list) > 0:
		s.m.Choose(AcceptedID)
	}
}

// showKind shows the dossiers of the chosen check.
func (s *page) showKind() {
	s.grid.SetEmpty(s.m.Empty(), "", nil)
	accepted := s.m.chosen == AcceptedID
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
		s.why.SetText(f.Kind.Reason(s.e.Desk.Bases()))
		s.effect.SetText(s.m.Effect())
	}
	widget.SetVisible(s.effect, s.effect.Text() != "")
	rows := s.hitRows()
	columns := columns
	if accepted {
		rows, columns = s.acceptedRows(), acceptedColumns
	}
	if s.shown != s.m.chosen {
		s.shown = s.m.chosen
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
	widget.SetVisible(s.fix, some && !accepted)
	widget.SetVisible(s.accept, some)
	widget.SetVisible(s.all, some)
	widget.SetVisible(s.export, some && !accepted)
	s.tellChosen()
}

// lines returns the lines that an action is about: those selected, else the one
// under the cursor.
func (s *page) lines() []int {
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
func (s *page) tellChosen() {
	n := max(s.grid.Selection().Count(), 1)
	of := ""
	if n > 1 {
		of = " (" + data.FormatInt(int64(n)) + " hồ sơ)"
	}
	if s.m.chosen == AcceptedID {
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

func (s *page) code(row int) string {
	if s.m.chosen == AcceptedID {
		if list := s.m.accepted; row < len(list) {
			return list[row].Code
		}
		return ""
	}
	return s.m.Row(row).Code
}

func (s *page) open(row int) { s.e.Session.JumpTo(s.code(row)) }

func (s *page) menu(row int, at fyne.Position) {
	items := []widget.MenuItem{{Label: "Xem trong Sổ hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { s.open(row) }}}
	if f := s.m.Finding(); f != nil && f.Kind.Fix != "" {
		items = append(items, widget.MenuItem{Label: s.fix.Text, Icon: widget.IconEdit, Do: s.askFix})
	}
	items = append(items, widget.MenuItem{Label: s.accept.Text, Icon: widget.IconCheck, Do: s.askAccept}, widget.MenuItem{},
		widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(s.code(row))
			s.e.Toast("Đã chép mã " + s.code(row))
		}})
	widget.ShowMenu(s.e.Window, at, items)
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

// kindRows are the checks; the last line are the accepted findings.
func (s *page) kindRows() widget.Few {
	list := s.m.kinds
	n := len(list)
	if n > 0 {
		n++
	}
	return widget.Few{N: n, Cell: func(i int, dst []widget.Cell) {
		if i >= len(list) {
			dst[0] = widget.Cell{Text: "Đã chấp nhận", Strong: true}
			dst[1].Text = data.FormatInt(int64(len(s.m.accepted)))
			return
		}
		f := &list[i]
		dst[0] = widget.Cell{Text: f.Kind.Name, Mark: severityMark(f)}
		dst[1] = widget.Cell{Text: data.FormatInt(int64(f.Count)), Strong: true}
		if f.Count == 0 {
			dst[1] = widget.Cell{Text: "0", Role: widget.ColorSecondary}
		}
		if f.Accepted > 0 {
			dst[2] = widget.Cell{Text: data.FormatInt(int64(f.Accepted)), Role: widget.ColorSecondary}
		}
	}}
}

// hitRows are the dossiers of the check shown.
func (s *page) hitRows() widget.Few {
	return widget.Few{N: s.m.Len(), Cell: func(i int, dst []widget.Cell) {
		row := s.m.Row(i)
		dst[0].Text, dst[1].Text, dst[2].Text, dst[3].Text, dst[4].Text = row.Code, row.Owner, row.Says, row.Due, row.Unit
		dst[4].Role = widget.ColorSecondary
	}}
}

// acceptedRows are the accepted findings.
func (s *page) acceptedRows() widget.Few {
	list := s.m.accepted
	return widget.Few{N: len(list), Cell: func(i int, dst []widget.Cell) {
		a := &list[i]
		dst[0].Text, dst[1].Text, dst[2].Text, dst[3].Text, dst[4].Text = a.Code, a.Owner, a.Check, a.Why, a.At
		if a.By != "" {
			dst[3].Text = fmt.Sprintf("%s (%s)", a.Why, a.By)
		}
	}}
}

// askFix shows what the fix would change, old and new, and applies it. A check
// without one opens the dossier.
func (s *page) askFix() {
	f, lines := s.m.Finding(), s.lines()
	if f == nil || len(lines) == 0 {
		return
	}
	if f.Kind.Fix == "" {
		s.open(lines[0])
		return
	}
	hits := s.m.Hits(lines)
	changes, not, err := s.m.Preview(hits)
	if err != nil {
		s.e.Fail(f.Kind.Fix, err)
		return
	}
	if len(changes) == 0 {
		widget.Message(s.e.Window, f.Kind.Fix, "Không sửa tự động được: hồ sơ thiếu dữ liệu để tính (thời hạn, đơn vị của thủ tục…) hoặc giá trị đã đúng. Mở hồ sơ trong Sổ hồ sơ để sửa tay.", nil)
		return
	}
	grid := widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode}, {ID: "owner", Title: "Chủ hồ sơ", Width: 120, Flex: 1},
		{ID: "fact", Title: "Sửa", Width: 110}, {ID: "old", Title: "Cũ", Width: 130, Flex: 1}, {ID: "new", Title: "Mới", Width: 130, Flex: 1}})
	grid.SetRows(widget.Few{N: len(changes), Cell: func(i int, dst []widget.Cell) {
		for k, text := range changes[i] {
			dst[k].Text = text
		}
		dst[3].Role, dst[4].Strong = widget.ColorSecondary, true
	}})
	about := fmt.Sprintf("Sửa %s hồ sơ trong một lần, hoàn tác được; giá trị cũ được giữ trong lịch sử từng hồ sơ.", data.FormatInt(int64(len(hits))))
	if not > 0 {
		about += fmt.Sprintf(" %s hồ sơ trong số xem trước không sửa tự động được và giữ nguyên.", data.FormatInt(int64(not)))
	}
	if n := len(changes); len(hits) > n+not {
		about += fmt.Sprintf(" Dưới đây là %s dòng đầu.", data.FormatInt(int64(n)))
	}
	var bulk desk.Bulk
	form.Ask(s.e, form.Question[string]{Title: f.Kind.Fix, Verb: "Sửa", Width: 720, Value: "Kiểm tra dữ liệu: " + f.Kind.Name, Fields: reason(""),
		Above: []fyne.CanvasObject{widget.NewParagraph(about, 720), widget.Tall(previewHeight(len(changes)), grid)},
		Check: s.acting,
		Long: func(ctx context.Context, why string, report widget.Report) (err error) {
			bulk, err = s.m.Mend(ctx, hits, why, func(done, total int64) { report(done, total, "Đang sửa") })
			return err
		},
		Done: func(string) string {
			text := fmt.Sprintf("Đã sửa %s hồ sơ.", data.FormatInt(int64(bulk.Done)))
			if n := len(bulk.Refused); n > 0 {
				text += fmt.Sprintf(" %s hồ sơ giữ nguyên: %s", data.FormatInt(int64(n)), bulk.Refused[0].Reason)
			}
			return text
		}})
}

// reason asks why something is done.
func reason(hint string) []form.Field[string] {
	label := "Lý do"
	if hint == "" {
		label = "Lý do đính chính"
	}
	return []form.Field[string]{form.Area("why", label, 2, func(s *string) *string { return s }).Need().Note(hint)}
}

// acting says that the change which follows is made here.
func (s *page) acting(string) error {
	s.m.Acting()
	return nil
}

// previewHeight is the height in px at 100 % of a preview of n rows.
func previewHeight(n int) float32 { return 36 + 28*float32(min(n, 8)) }

// askAccept accepts the chosen findings with a reason, or takes acceptances
// back.
func (s *page) askAccept() {
	lines := s.lines()
	if len(lines) == 0 {
		return
	}
	if s.m.chosen == AcceptedID {
		s.withdraw(lines)
		return
	}
	hits := s.m.Hits(lines)
	title := "Chấp nhận lỗi của hồ sơ " + s.m.Row(lines[0]).Code
	if len(lines) > 1 {
		title = fmt.Sprintf("Chấp nhận lỗi của %s hồ sơ", data.FormatInt(int64(len(lines))))
	}
	form.Ask(s.e, form.Question[string]{Title: title, Verb: "Chấp nhận", Fields: reason("ví dụ: đã đối chiếu hồ sơ giấy, ngày ghi đúng"), Check: s.acting,
		Note:  "Lỗi đã chấp nhận không hiện lại cho tới khi dữ liệu liên quan của hồ sơ đổi. Báo cáo ghi số lỗi đã chấp nhận.",
		Store: func(ctx context.Context, why string) error { return s.m.Accept(ctx, hits, why) },
		Done: func(string) string {
			return fmt.Sprintf("Đã chấp nhận lỗi của %s hồ sơ.", data.FormatInt(int64(len(hits))))
		}})
}

func (s *page) withdraw(lines []int) {
	list := s.m.accepted
	var ids []uint64
	for _, i := range lines {
		if i < len(list) {
			ids = append(ids, list[i].ID)
		}
	}
	s.m.Acting()
	s.e.Run("Đang ghi", func(ctx context.Context, _ widget.Report) error { return s.m.Withdraw(ctx, ids) }, func(err error) {
		if err != nil {
			s.e.Fail("Không ghi được", err)
			return
		}
		s.e.Done(fmt.Sprintf("Đã thôi chấp nhận %s lỗi.", data.FormatInt(int64(len(ids)))))
	})
}

// askExport writes the list of the chosen check to a workbook.
func (s *page) askExport() {
	f := s.m.Finding()
	if f == nil {
		return
	}
	k, hits := f.Kind, f.Hits
	s.e.Export("Xuất danh sách ra Excel", "kiem-tra-"+k.ID+".xlsx", fmt.Sprintf("Đã xuất %s hồ sơ", data.FormatInt(int64(len(hits)))), func(ctx context.Context, path string, report widget.Report) error {
		return papers.ExportFindings(ctx, s.e.Desk, k, hits, path, func(done, total int64) { report(done, total, "Đang ghi") })
	})
}
