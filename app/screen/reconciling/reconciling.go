// Package reconciling is the screen Đối chiếu hai nguồn: how many differences of
// each kind a file and the own book have, the list of one kind, and what the
// officer decides about them.
package reconciling

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/reconciling"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

// Screen is the screen.
type Screen struct {
	print screen.Printing
	ctx   screen.Context
	m     *model.Model
	page  *widget.Page
	body  *fyne.Container
	grid  *widget.Grid
	kind  reconcile.Kind // whose list the grid shows
	book  *reconcile.Result
	acts  map[reconcile.Action]*widget.Button
	drop  *widget.Button
	apply *widget.Button

	// Leave goes back to the import, Undo takes back the last change. DayInfo feeds
	// the calendars of date fields.
	Leave, Undo func()
	DayInfo     widget.DayInfo
}

// New builds the screen.
func New(print screen.Printing, m *model.Model) *Screen {
	s := &Screen{print: print, ctx: print.Context, m: m, body: container.NewStack(), Leave: func() {}, Undo: func() {}}
	s.page = widget.NewPage("Đối chiếu hai nguồn", nil, nil, s.body)
	m.Changed = s.refresh
	s.refresh()
	return s
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown implements screen.Screen.
func (s *Screen) Shown() { s.refresh() }

// Status implements screen.Screen.
func (s *Screen) Status() string {
	n := 0
	if s.grid != nil && s.m.Ran() {
		n = s.grid.Selection().Count()
	}
	return s.m.Status(n)
}

// ChooseFile asks for the file to compare with.
func (s *Screen) ChooseFile() {
	s.print.Files.Open(widget.FileQuestion{Title: "Chọn tệp để đối chiếu với sổ", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, func(path string) {
		s.Open(path, "", desk.ImportOptions{})
	})
}

// Open compares a file, or a pasted text, with the own book. What was decided
// about another file and not written is asked about first.
func (s *Screen) Open(path, text string, opt desk.ImportOptions) {
	s.leave(func() { s.m.Open(path, text, opt) })
}

// leave goes on at once, or asks where decisions would be lost.
func (s *Screen) leave(then func()) {
	if s.m.Decided() == 0 || s.m.Done() != nil {
		then()
		return
	}
	widget.Confirm(s.ctx.Window, "Bỏ các quyết định chưa ghi?", fmt.Sprintf("Đã quyết định %s điểm khác nhau với %s mà chưa ghi.", data.FormatInt(int64(s.m.Decided())), s.m.File()), "Bỏ", func(ok bool) {
		if ok {
			then()
		}
	})
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

func (s *Screen) refresh() {
	s.page.Errors.SetError(s.m.Err())
	if !s.m.Ran() {
		s.start()
	} else {
		s.result()
	}
	s.body.Refresh()
	s.ctx.Status()
}

// start asks for a file.
func (s *Screen) start() {
	s.grid = nil
	s.page.SetActions(widget.NewButton("Về nhập Excel", widget.IconBack, func() { s.Leave() }))
	choose := widget.NewMainButton("Chọn tệp…", widget.IconImport, s.ChooseFile)
	s.body.Objects = []fyne.CanvasObject{container.NewVBox(
		widget.NewParagraph("So từng hồ sơ trong tệp của tỉnh với sổ của cơ quan: thiếu bên nào, lệch ngày, tình trạng, kết quả, chủ hồ sơ, thủ tục.", 640),
		widget.NewNote("Chưa có gì được ghi vào sổ cho đến khi xem lại các quyết định và bấm «Ghi». Kết quả in được thành biên bản đối chiếu.", 640),
		screen.Gap(8), widget.Row(-1, choose))}
	s.ctx.Focus(s.page, choose)
}

func (s *Screen) result() {
	m := s.m
	minutes := widget.NewButton("Biên bản", widget.IconPrint, s.printMinutes).WithTip("Biên bản đối chiếu, xem trước rồi in")
	export := widget.NewButton("Xuất Excel", widget.IconExcel, s.export)
	options := widget.NewButton("Tùy chọn…", widget.IconSettings, s.askOptions)
	other := widget.NewButton("Tệp khác…", widget.IconImport, s.ChooseFile)
	if m.Done() != nil || m.Stale() {
		s.apply = widget.NewMainButton("Đối chiếu lại", widget.IconRefresh, func() { s.leave(func() { m.Again(m.Options()) }) })
	} else {
		s.apply = widget.NewMainButton("Xem trước và ghi…", widget.IconSave, s.askApply)
		if m.Decided() == 0 {
			s.apply.Disable()
		}
	}
	s.page.SetActions(other, options, export, minutes, s.apply)
	head := container.NewVBox(widget.NewParagraph(m.About(), 760))
	switch {
	case m.Done() != nil && m.Stale():
		head.Add(s.soon("Dữ liệu đã đổi sau khi ghi kết quả đối chiếu. Bấm «Đối chiếu lại» để xem kết quả mới."))
	case m.Stale():
		head.Add(s.soon("Dữ liệu đã đổi từ lần đối chiếu này. Bấm «Đối chiếu lại» để xem kết quả mới."))
	case m.Done() != nil:
		done := widget.NewParagraph(m.Told(), 600)
		done.Role = widget.ColorEarly
		row := widget.Row(0, done)
		if len(m.Refused()) > 0 {
			row.Add(widget.NewButton("Xem hồ sơ không sửa được…", widget.IconWarning, s.showRefused))
		}
		head.Add(row)
	}
	for _, w := range m.Result().Warnings {
		p := widget.NewNote(w, 760)
		p.Max = 1
		head.Add(p)
	}
	if n := len(m.Result().Unread); n > 0 {
		head.Add(widget.Row(-1, widget.NewQuietButton(fmt.Sprintf("Xem %s dòng không đối chiếu được…", data.FormatInt(int64(n))), widget.IconWarning, s.showUnread)))
	}
	cards := container.New(layout.NewGridLayoutWithColumns(len(reconcile.Kinds)))
	for _, k := range reconcile.Kinds {
		cards.Add(widget.NewFigureCard(widget.KeyFigure{Label: model.Label(k), Value: data.FormatInt(int64(m.Count(k))), Change: model.Hint(k), Chosen: m.Kind() == k,
			Tip: "Bấm để xem các điểm này, bấm lần nữa để xem tất cả"}, func() { s.list(k) }))
	}
	head.Add(cards)
	head.Add(screen.Gap(2))
	s.buildGrid()
	head.Add(s.actions())
	head.Add(screen.Gap(2))
	s.body.Objects = []fyne.CanvasObject{container.NewBorder(head, screen.Gap(8), nil, nil, s.grid)}
	s.tellChosen()
	s.ctx.Focus(s.page, s.grid)
}

func (s *Screen) soon(text string) fyne.CanvasObject {
	p := widget.NewParagraph(text, 760)
	p.Role = widget.ColorSoon
	return p
}

// list shows the findings of one kind, or of all again.
func (s *Screen) list(k reconcile.Kind) {
	if s.m.Kind() == k {
		k = ""
	}
	s.m.List(k)
}

// buildGrid makes the list anew where another one is wanted, and keeps the place
// in the same one.
func (s *Screen) buildGrid() {
	source := rows{s.m.Len(), func(i int, dst []widget.Cell) {
		l := s.m.Line(i)
		for k, text := range []string{l.Code, l.Owner, l.Fact, l.Ours, l.Theirs, l.Decision} {
			dst[k].Text = text
		}
		if l.Fact == "" {
			dst[2].Text = l.Kind
		}
		if l.Ours == "(không có)" {
			dst[3].Role = widget.ColorSecondary
		}
		if l.Theirs == "(không có)" {
			dst[4].Role = widget.ColorSecondary
		}
		dst[5].Strong = l.Decided
		if !l.Decided {
			dst[5].Role = widget.ColorSecondary
		}
	}}
	if s.grid != nil && s.kind == s.m.Kind() && s.book == s.m.Result() {
		s.grid.ReplaceRows(source)
		return
	}
	s.kind, s.book = s.m.Kind(), s.m.Result()
	s.grid = widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 120}, {ID: "owner", Title: "Chủ hồ sơ", Width: 130, Flex: 1}, {ID: "fact", Title: "Điểm khác", Width: 130},
		{ID: "ours", Title: "Trong sổ", Width: 140, Flex: 1.2}, {ID: "theirs", Title: "Trong tệp", Width: 140, Flex: 1.6}, {ID: "decision", Title: "Cách xử lý", Width: 150, Flex: 1}})
	s.grid.SetEmpty(s.m.Empty(), "", nil)
	s.grid.SetRows(source)
	s.grid.OnSelect = func() { s.tellChosen(); s.ctx.Status() }
	s.grid.OnCurrent = func(int) { s.tellChosen() }
	s.grid.OnOpen = s.m.Jump
	s.grid.OnMenu = s.menu
	s.grid.OnKey = s.takeKey
	if s.m.Len() > 0 {
		s.grid.SetCurrent(0)
	}
}

// keys decide about the chosen lines without leaving the list.
var keys = map[fyne.KeyName]reconcile.Action{fyne.Key1: reconcile.TakeTheirs, fyne.Key2: reconcile.KeepOurs, fyne.Key3: reconcile.ImportMissing, fyne.Key4: reconcile.Accept}

func (s *Screen) takeKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyDelete {
		s.m.Undecide(s.lines())
		return true
	}
	if a, ok := keys[ev.Name]; ok {
		s.decide(a)
		return true
	}
	return false
}

// actions are the buttons above the list.
func (s *Screen) actions() fyne.CanvasObject {
	s.acts = map[reconcile.Action]*widget.Button{}
	row := widget.Row(-1)
	for i, a := range model.Actions {
		text := model.ActionName(a)
		if a == reconcile.Accept {
			text += "…"
		}
		b := widget.NewButton(text, "", func() { s.decide(a) }).WithHint(fmt.Sprint(i + 1))
		s.acts[a] = b
		row.Add(b)
	}
	s.drop = widget.NewQuietButton("Bỏ chọn cách", "", func() { s.m.Undecide(s.lines()) }).WithHint("Delete")
	all := widget.NewQuietButton("Chọn tất cả", "", func() { s.grid.SelectAll(); s.tellChosen(); s.ctx.Focus(s.page, s.grid) }).WithHint("Ctrl+A")
	row.Add(s.drop)
	row.Add(all)
	return row
}

// lines returns the lines that a decision is about: those selected, else the one
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

// tellChosen switches the buttons on that suit the chosen lines.
func (s *Screen) tellChosen() {
	if s.grid == nil || len(s.acts) == 0 {
		return
	}
	lines := s.lines()
	for a, b := range s.acts {
		if s.m.Done() == nil && s.m.Allowed(lines, a) > 0 {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	if s.m.Done() == nil && len(lines) > 0 {
		s.drop.Enable()
	} else {
		s.drop.Disable()
	}
}

func (s *Screen) menu(row int, at fyne.Position) {
	var items []widget.MenuItem
	for i, a := range model.Actions {
		if s.m.Done() == nil && s.m.Allowed(s.lines(), a) > 0 {
			items = append(items, widget.MenuItem{Label: model.ActionName(a), Hint: fmt.Sprint(i + 1), Do: func() { s.decide(a) }})
		}
	}
	items = append(items, widget.MenuItem{}, widget.MenuItem{Label: "Xem trong Sổ hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { s.m.Jump(row) }},
		widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(s.m.Line(row).Code)
			widget.ShowToast(s.ctx.Window, "Đã chép mã "+s.m.Line(row).Code, "", nil)
		}})
	widget.ShowMenu(s.ctx.Window, at, items)
}
