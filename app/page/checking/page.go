// Package checking is the screen Kiểm tra dữ liệu: at the left the checks with
// how many dossiers each found, at the right the dossiers of the chosen one.
package checking

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
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

	page     *widget.Page
	scope    *widget.Segments
	summary  *widget.Paragraph
	checks   *list.List[Check]
	title    *widget.Paragraph
	why      *widget.Paragraph
	effect   *widget.Paragraph
	hits     *list.List[Row]
	accepted *list.List[Acceptance]
	rows     *fyne.Container // one of the two
	fix      *widget.Button
	accept   *widget.Button
	all      *widget.Button
	again    *widget.Button
	shown    string // the check whose dossiers are listed
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
	s.scope = widget.NewSegments([]string{"Toàn bộ sổ", "Hồ sơ của kỳ đang chọn"}, func(i int) { m.SetInPeriod(i == 1) })
	s.summary = widget.NewParagraph("", 560)
	s.summary.Max = 2
	s.title = widget.NewHeading("")
	s.why, s.effect = widget.NewParagraph("", textWidth), widget.NewParagraph("", textWidth)
	s.effect.Role = widget.ColorLate
	s.fix = widget.NewButton("Sửa…", widget.IconEdit, s.askFix)
	s.accept = widget.NewButton("Chấp nhận…", widget.IconCheck, s.askAccept)
	s.all = widget.NewQuietButton("Chọn tất cả", widget.IconCheck, func() { s.grid().SelectAll(); s.e.Focus(s.page, s.grid()) }).WithHint("Ctrl+A")
	s.again = widget.NewMainButton("Kiểm tra lại", widget.IconRefresh, s.run)
	s.rows = container.NewStack()
	left := container.NewStack()
	right := container.NewBorder(container.NewVBox(s.title, s.why, s.effect, widget.Row(-1, s.fix, s.accept, s.all), widget.Gap(2)), nil, nil, nil, s.rows)
	body := container.New(widget.Beside{Left: true, Share: 0.38, Least: 300, Most: 384, Gap: 12, Main: 430}, left, right)
	s.page = widget.NewPage("Kiểm tra dữ liệu", nil, container.NewVBox(widget.Row(1, s.scope, s.summary)), body)
	s.checks, s.hits, s.accepted = s.newChecks(), s.newHits(), s.newAccepted()
	left.Objects = []fyne.CanvasObject{s.checks.Body()}
	m.Changed, m.Progressed = s.refresh, s.progressed
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
	s.e.Focus(s.page, s.checks.Grid())
}

// Status implements env.Page.
func (s *page) Status() string { return s.m.Status(s.grid().Selection().Count()) }

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
	s.e.Badge(env.Checking, s.m.Serious())
	s.page.Errors.SetError(s.m.err)
	s.scope.Choose(map[bool]int{true: 1}[s.m.inPeriod])
	if s.m.busy {
		widget.After(busyDelay, func() {
			if s.m.busy {
				s.again.SetText("Dừng kiểm tra")
				s.progressed()
			}
		})
		if !s.m.Ran() {
			s.checks.Grid().SetLoading("Đang kiểm tra…")
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
	s.checks.Go(list.KeyOf(s.m.chosen))
	s.checks.Refresh()
	s.showCheck()
	s.e.Status()
}

// newChecks lists the checks; what was accepted stands last.
func (s *page) newChecks() *list.List[Check] {
	return list.Of(s.e, list.Options[Check]{ID: "checks", Inner: s.page, Plain: true, What: "nội dung kiểm tra", Begin: list.Held(s.m.Checks), Key: func(c *Check) uint64 { return list.KeyOf(c.ID) },
		Columns: []list.Column[Check]{
			{ID: "name", Title: "Nội dung kiểm tra", Width: 200, Min: 100, Flex: 1, Text: func(c *Check) string { return c.Name }, Cell: func(c *Check, cell *widget.Cell) {
				if cell.Strong = c.Finding == nil; !cell.Strong {
					cell.Mark = severityMark(c.Finding)
				}
			}},
			list.Col("count", "Số\nhồ sơ", 56, 0, func(c *Check) string { return data.FormatInt(int64(c.Count)) }).Right().Dress(func(c *Check, cell *widget.Cell) {
				if cell.Strong = c.Finding == nil || c.Count > 0; !cell.Strong {
					cell.Role = widget.ColorSecondary
				}
			}),
			{ID: "accepted", Title: "Chấp\nnhận", Width: 56, Spare: 1, Align: widget.Right, Role: func(*Check) fyne.ThemeColorName { return widget.ColorSecondary }, Text: func(c *Check) string {
				return kit.If(c.Accepted == 0, "", data.FormatInt(int64(c.Accepted)))
			}},
		},
		Current: func(c *Check) {
			if c != nil {
				s.m.Choose(c.ID)
			}
		},
		Open: func(*Check) { s.e.Focus(s.page, s.grid()) }, Empty: "Chưa kiểm tra.", EmptyVerb: "Kiểm tra", EmptyDo: s.m.Run})
}

// newHits lists the dossiers of the check shown.
func (s *page) newHits() *list.List[Row] {
	return list.Of(s.e, list.Options[Row]{ID: "checking-hits", Inner: s.page, Many: true, What: "hồ sơ", Paper: "HỒ SƠ CẦN XEM LẠI", Begin: s.m.Rows, Key: func(r *Row) uint64 { return uint64(r.Hit.ID) },
		Open: func(r *Row) { s.e.Session.JumpTo(r.Code) }, Chose: s.tellChosen,
		Menu: func(r *Row, _ []uint64) []widget.MenuItem { return s.menu(r.Code) },
		Export: func() []widget.MenuItem {
			return []widget.MenuItem{{Label: "Xuất Excel", Icon: widget.IconExcel, Do: s.askExport}}
		},
		Columns: []list.Column[Row]{
			{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01, Text: func(r *Row) string { return r.Code }},
			{ID: "owner", Title: "Chủ hồ sơ", Width: 110, Min: 110, Flex: 1, Person: true, Text: func(r *Row) string { return r.Owner }},
			{ID: "says", Title: "Cần xem", Width: 262, Min: 220, Flex: 2.5, Text: func(r *Row) string { return r.Says }},
			{ID: "due", Title: "Hẹn trả", Width: widget.WidthDate, Spare: 2, Text: func(r *Row) string { return r.Due }},
			{ID: "unit", Title: "Đơn vị", Width: 80, Flex: 0.8, Spare: 1, Role: func(*Row) fyne.ThemeColorName { return widget.ColorSecondary }, Text: func(r *Row) string { return r.Unit }},
			{ID: "procedure", Title: "Thủ tục", Width: 160, Flex: 1, Off: true, Text: func(r *Row) string { return r.Procedure }},
			{ID: "received", Title: "Ngày nhận", Width: widget.WidthDate, Off: true, Text: func(r *Row) string { return r.Received }},
		}})
}

// newAccepted lists the accepted findings.
func (s *page) newAccepted() *list.List[Acceptance] {
	return list.Of(s.e, list.Options[Acceptance]{ID: "checking-accepted", Inner: s.page, Many: true, What: "lỗi đã chấp nhận", Begin: list.Held(func() []Acceptance { return s.m.accepted }),
		Key: func(a *Acceptance) uint64 { return a.ID }, Empty: "Chưa có lỗi nào được chấp nhận.",
		Open: func(a *Acceptance) { s.e.Session.JumpTo(a.Code) }, Chose: s.tellChosen,
		Menu: func(a *Acceptance, _ []uint64) []widget.MenuItem { return s.menu(a.Code) },
		Columns: []list.Column[Acceptance]{
			{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01, Text: func(a *Acceptance) string { return a.Code }},
			{ID: "owner", Title: "Chủ hồ sơ", Width: 110, Min: 80, Flex: 1, Spare: 1, Person: true, Text: func(a *Acceptance) string { return a.Owner }},
			list.Col("check", "Lỗi", 150, 1.4, func(a *Acceptance) string { return a.Check }),
			list.Col("why", "Lý do chấp nhận", 150, 1.6, func(a *Acceptance) string {
				if a.By == "" {
					return a.Why
				}
				return a.Why + " (" + a.By + ")"
			}),
			list.Col("at", "Ngày", widget.WidthDate, 0, func(a *Acceptance) string { return a.At }),
		}})
}

// grid is that of the list beside the checks.
func (s *page) grid() *widget.Grid {
	if s.m.chosen == AcceptedID {
		return s.accepted.Grid()
	}
	return s.hits.Grid()
}

// showCheck shows the dossiers of the chosen check.
func (s *page) showCheck() {
	accepted, f := s.m.chosen == AcceptedID, s.m.Finding()
	title, why, effect, some := "", "", "", false
	switch {
	case accepted:
		title, why, some = "Đã chấp nhận", "Các lỗi mà cơ quan đã xem và chấp nhận, có lý do. Khi dữ liệu của hồ sơ đổi, lỗi hiện lại.", len(s.m.accepted) > 0
	case f != nil:
		title, why, effect, some = f.Kind.Name, f.Kind.Reason(s.e.Desk.Bases()), s.m.Effect(), len(f.Hits) > 0
	}
	s.title.SetText(title)
	s.why.SetText(why)
	s.effect.SetText(effect)
	widget.SetVisible(s.effect, effect != "")
	if s.shown != s.m.chosen {
		s.shown = s.m.chosen
		s.hits.Show(list.View{Ended: true})
	}
	body, tools := s.hits.Body(), s.hits.Buttons()
	if accepted {
		body, tools = s.accepted.Body(), s.accepted.Buttons()
		s.accepted.Refresh()
	} else {
		s.hits.SetEmpty(s.m.Empty(), "", nil)
		s.hits.Refresh()
	}
	s.rows.Objects = []fyne.CanvasObject{body}
	s.rows.Refresh()
	if !some {
		tools = nil
	}
	s.page.SetActions(append(slices.Clone(tools), s.again)...)
	widget.SetVisible(s.fix, some && !accepted)
	widget.SetVisible(s.accept, some)
	widget.SetVisible(s.all, some)
	s.tellChosen()
}

// tellChosen tells on the buttons what they act on.
func (s *page) tellChosen() {
	n := max(s.grid().Selection().Count(), 1)
	of := ""
	if n > 1 {
		of = " (" + data.FormatInt(int64(n)) + ")"
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

func (s *page) menu(code string) []widget.MenuItem {
	var items []widget.MenuItem
	if f := s.m.Finding(); f != nil && f.Kind.Fix != "" {
		items = append(items, widget.MenuItem{Label: s.fix.Text, Icon: widget.IconEdit, Do: s.askFix})
	}
	return s.e.DossierItems(code, append(items, widget.MenuItem{Label: s.accept.Text, Icon: widget.IconCheck, Do: s.askAccept})...)
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

// chosen are the findings that an action is about: those selected, else the one under
// the cursor.
func (s *page) chosen() (hits []inspect.Hit, code string) {
	for _, r := range s.hits.ChosenRows() {
		hits, code = append(hits, r.Hit), cmp.Or(code, r.Code)
	}
	return hits, code
}

// askFix shows what the fix would change, old and new, and applies it. A check
// without one opens the dossier.
func (s *page) askFix() {
	f := s.m.Finding()
	hits, code := s.chosen()
	if f == nil || len(hits) == 0 {
		return
	}
	if f.Kind.Fix == "" {
		s.e.Session.JumpTo(code)
		return
	}
	changes, not, err := s.m.Preview(hits)
	if err != nil {
		s.e.Fail(f.Kind.Fix, err)
		return
	}
	if len(changes) == 0 {
		widget.Message(s.e.Window, f.Kind.Fix, "Không sửa tự động được: hồ sơ thiếu dữ liệu để tính (thời hạn, đơn vị của thủ tục…) hoặc giá trị đã đúng. Mở hồ sơ trong Sổ hồ sơ để sửa tay.", nil)
		return
	}
	cell := func(k int) func(*[5]string) string { return func(l *[5]string) string { return l[k] } }
	preview := list.Of(s.e, list.Options[[5]string]{ID: "checking-fix", Plain: true, What: "dòng", Begin: list.Held(func() [][5]string { return changes }),
		Columns: []list.Column[[5]string]{list.Col("code", "Mã hồ sơ", widget.WidthCode, 0, cell(0)), list.Col("owner", "Chủ hồ sơ", 120, 1, cell(1)), list.Col("fact", "Sửa", 110, 0, cell(2)),
			list.Col("old", "Cũ", 130, 1, cell(3)).Dress(func(_ *[5]string, c *widget.Cell) { c.Role = widget.ColorSecondary }),
			list.Col("new", "Mới", 130, 1, cell(4)).Dress(func(_ *[5]string, c *widget.Cell) { c.Strong = true })}})
	preview.Refresh()
	about := fmt.Sprintf("Sửa %s hồ sơ trong một lần, hoàn tác được; giá trị cũ được giữ trong lịch sử từng hồ sơ.", data.FormatInt(int64(len(hits))))
	if not > 0 {
		about += fmt.Sprintf(" %s hồ sơ trong số xem trước không sửa tự động được và giữ nguyên.", data.FormatInt(int64(not)))
	}
	if n := len(changes); len(hits) > n+not {
		about += fmt.Sprintf(" Dưới đây là %s dòng đầu.", data.FormatInt(int64(n)))
	}
	var bulk desk.Bulk
	form.Ask(s.e, form.Question[string]{Title: f.Kind.Fix, Verb: "Sửa", Width: 720, Value: "Kiểm tra dữ liệu: " + f.Kind.Name, Fields: reason(""),
		Above: []fyne.CanvasObject{widget.NewParagraph(about, 720), widget.Tall(previewHeight(len(changes)), preview.Body())},
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
	if s.m.chosen == AcceptedID {
		s.withdraw()
		return
	}
	hits, code := s.chosen()
	if len(hits) == 0 {
		return
	}
	title := "Chấp nhận lỗi của hồ sơ " + code
	if len(hits) > 1 {
		title = fmt.Sprintf("Chấp nhận lỗi của %s hồ sơ", data.FormatInt(int64(len(hits))))
	}
	form.Ask(s.e, form.Question[string]{Title: title, Verb: "Chấp nhận", Fields: reason("ví dụ: đã đối chiếu hồ sơ giấy, ngày ghi đúng"), Check: s.acting,
		Note:  "Lỗi đã chấp nhận không hiện lại cho tới khi dữ liệu liên quan của hồ sơ đổi. Báo cáo ghi số lỗi đã chấp nhận.",
		Store: func(ctx context.Context, why string) error { return s.m.Accept(ctx, hits, why) },
		Done: func(string) string {
			return fmt.Sprintf("Đã chấp nhận lỗi của %s hồ sơ.", data.FormatInt(int64(len(hits))))
		}})
}

func (s *page) withdraw() {
	var ids []uint64
	for _, a := range s.accepted.ChosenRows() {
		ids = append(ids, a.ID)
	}
	if len(ids) == 0 {
		return
	}
	s.m.Acting()
	s.e.Long("Đang ghi", "Không ghi được", func(ctx context.Context, _ widget.Report) error { return s.m.Withdraw(ctx, ids) }, func() {
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
