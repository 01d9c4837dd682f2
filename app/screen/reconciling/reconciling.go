// Package reconciling is the screen Đối chiếu hai nguồn: how many differences of
// each kind a file and the own book have, the list of one kind, and what the
// officer decides about them.
package reconciling

import (
	"fmt"
	"slices"

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
	minutes := s.button("Biên bản", "Biên bản đối chiếu, xem trước rồi in (Ctrl+P)", widget.IconPrint, s.printMinutes)
	export := s.button("Xuất Excel", "Xuất Excel các điểm khác nhau", widget.IconExcel, s.export)
	options := s.button("Tùy chọn…", "Tùy chọn đối chiếu", widget.IconSettings, s.askOptions)
	other := s.button("Tệp khác…", "Đối chiếu với tệp khác", widget.IconImport, s.ChooseFile)
	if m.Done() != nil || m.Stale() {
		s.apply = widget.NewMainButton("Đối chiếu lại", widget.IconRefresh, func() { s.leave(func() { m.Again(m.Options()) }) })
	} else {
		s.apply = widget.NewMainButton("Xem trước và ghi…", widget.IconSave, s.askApply).WithHint("F2")
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
	s.body.Objects = []fyne.CanvasObject{screen.Under(head, s.grid)}
	s.tellChosen()
	s.ctx.Focus(s.page, s.grid)
}

// narrow is the width of the window, px at 100 %, below which the lesser buttons
// show their icons only.
const narrow = 1080

func (s *Screen) narrow() bool {
	return s.ctx.Window.Canvas().Size().Width < widget.Scaled(narrow)
}

// button is a button of the head of the page.
func (s *Screen) button(text, tip string, icon widget.IconName, do func()) *widget.Button {
	if s.narrow() {
		return widget.NewIconButton(icon, tip, do)
	}
	return widget.NewButton(text, icon, do).WithTip(tip)
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

// source feeds the list.
func (s *Screen) source(columns []widget.Column) rows {
	return rows{s.m.Len(), func(i int, dst []widget.Cell) {
		l := s.m.Line(i)
		fact := l.Fact
		if fact == "" {
			fact = l.Kind
		}
		for k := range columns {
			switch columns[k].ID {
			case "code":
				dst[k].Text = l.Code
			case "owner":
				dst[k].Text = l.Owner
			case "fact":
				dst[k].Text = fact
			case "ours":
				dst[k] = side(l.Ours)
			case "theirs":
				dst[k] = side(l.Theirs)
			case "decision":
				dst[k] = widget.Cell{Text: l.Decision, Strong: l.Decided}
				if !l.Decided {
					dst[k].Role = widget.ColorSecondary
				}
			}
		}
	}}
}

// side is what one of the two sources says.
func side(text string) widget.Cell {
	if text == model.Nothing {
		return widget.Cell{Text: text, Role: widget.ColorSecondary}
	}
	return widget.Cell{Text: text}
}

// buildGrid makes the list anew where another one is wanted, and keeps the place
// in the same one.
func (s *Screen) buildGrid() {
	if s.grid != nil && s.kind == s.m.Kind() && s.book == s.m.Result() {
		s.grid.ReplaceRows(s.source(s.grid.Columns()))
		return
	}
	s.kind, s.book = s.m.Kind(), s.m.Result()
	columns := []widget.Column{{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 120}, {ID: "owner", Title: "Chủ hồ sơ", Width: 130, Flex: 1}, {ID: "fact", Title: "Điểm khác", Width: 130},
		{ID: "ours", Title: "Trong sổ", Width: 140, Flex: 1.2}, {ID: "theirs", Title: "Trong tệp", Width: 140, Flex: 1.6}, {ID: "decision", Title: "Cách xử lý", Width: 150, Flex: 1}}
	// The side that lacks the dossier has nothing to show.
	switch s.kind {
	case reconcile.MissingHere:
		columns = slices.Delete(columns, 2, 4)
		columns[2].Flex = 3
	case reconcile.MissingThere:
		columns = append(columns[:2], columns[3], columns[5])
	}
	s.grid = widget.NewGrid(columns)
	source := s.source(columns)
	s.grid.SetEmpty(s.m.Empty(), "", nil)
	s.grid.SetRows(source)
	s.grid.OnSelect = func() { s.tellChosen(); s.ctx.Status() }
	s.grid.OnCurrent = func(int) { s.tellChosen() }
	s.grid.OnOpen = s.m.Jump
	s.grid.OnMenu = s.menu
	s.grid.OnKey = s.takeKey
	s.grid.OnType = func(r rune) {
		if a, ok := keys[r]; ok {
			s.decide(a)
		}
	}
	if s.m.Len() > 0 {
		s.grid.SetCurrent(0)
	}
}

// keys decide about the chosen lines without leaving the list.
// They are letters, not keys: a key would still type its digit into the dialog
// that it opens.
var keys = map[rune]reconcile.Action{'1': reconcile.TakeTheirs, '2': reconcile.KeepOurs, '3': reconcile.ImportMissing, '4': reconcile.Accept}

func (s *Screen) takeKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyDelete {
		s.m.Undecide(s.lines())
		return true
	}
	return s.TakeKey(ev)
}

// TakeKey implements screen.Keys: F2 goes on to what the main button does.
func (s *Screen) TakeKey(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyF2 || !s.m.Ran() || s.apply.Disabled() {
		return false
	}
	s.apply.OnTapped()
	return true
}

// PrintPage implements screen.Printer: the minutes.
func (s *Screen) PrintPage() {
	if s.m.Ran() {
		s.printMinutes()
	}
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
	s.drop = widget.NewQuietButton("Bỏ cách đã chọn", "", func() { s.m.Undecide(s.lines()) })
	all := widget.NewQuietButton("Chọn tất cả", "", func() { s.grid.SelectAll(); s.tellChosen(); s.ctx.Focus(s.page, s.grid) })
	if !s.narrow() {
		s.drop.WithHint("Delete")
		all.WithHint("Ctrl+A")
	}
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
