// Package register is the screen Sổ hồ sơ: the list of dossiers, narrowed by a
// search text and filters, and a pane with the chosen dossier.
package register

import (
	"encoding/json"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	reg "giaoban/data/register"
)

// title is the title of the screen.
const title = "Sổ hồ sơ"

// Screen is the screen.
type Screen struct {
	ctx   screen.Context
	model *view.Register

	search  *widget.Field
	chips   map[string]*widget.FilterChip
	grid    *widget.Grid
	origin  *fyne.Container // what list of a figure is shown
	clear   *widget.Button
	split   *widget.SidePane
	page    *widget.Page
	pane    *pane
	content fyne.CanvasObject
	filling bool          // the list is being replaced: the cursor moves by itself
	asked   string        // the question whose answer is listed
	pending *widget.Place // where to go when the answer has come

	// Import and Export are what the buttons do.
	Import, Export func()
}

// columns of the list. Their ids are also the orders of the register.
var columns = []widget.Column{
	{ID: "code", Title: "Mã hồ sơ", Width: 168, Min: 90, Sortable: true},
	{ID: "owner", Title: "Chủ hồ sơ", Width: 150, Flex: 1.5, Sortable: true},
	{ID: "procedure", Title: "Thủ tục", Width: 180, Flex: 3, Sortable: true},
	{ID: "unit", Title: "Đơn vị", Width: 150, Flex: 2, Sortable: true},
	{ID: "received", Title: "Ngày nhận", Width: widget.WidthDate, Sortable: true},
	{ID: "due", Title: "Hẹn trả", Width: widget.WidthDate, Sortable: true},
	{ID: "ended", Title: "Xong", Width: widget.WidthDate, Sortable: true},
	{ID: "status", Title: "Tình trạng", Width: widget.WidthState - 8, Sortable: true},
}

// filters in the order of their chips.
var filters = []struct {
	key, label string
	single     bool
}{
	{view.FilterPeriod, "Kỳ", true}, {view.FilterUnit, "Đơn vị", false}, {view.FilterField, "Lĩnh vực", false},
	{view.FilterProcedure, "Thủ tục", false}, {view.FilterChannel, "Hình thức", false}, {view.FilterOutcome, "Tình trạng", false},
}

// New builds the screen.
func New(ctx screen.Context, model *view.Register) *Screen {
	s := &Screen{ctx: ctx, model: model, chips: map[string]*widget.FilterChip{}, Import: func() {}, Export: func() {}}
	s.search = widget.NewField("Tìm tên, mã, thủ tục, đơn vị, địa chỉ…")
	s.search.Width = 300
	s.search.OnText = func(text string) { s.model.SetText(text) }
	s.search.OnKey = s.searchKey
	s.grid = widget.NewGrid(columns)
	s.grid.OnSort = s.sort
	s.grid.OnMenu = s.menu
	s.grid.OnOpen = func(row int) { s.open(row) }
	s.grid.OnCurrent = func(row int) {
		if s.model.Opened() != 0 && row >= 0 && !s.filling {
			s.open(row)
		}
	}
	s.grid.OnSelect = ctx.Status
	s.grid.OnType = func(r rune) {
		ctx.Window.Canvas().Focus(s.search)
		s.search.TypedRune(r)
	}
	s.grid.SetRows(rows{model, s.grid})
	s.clear = widget.NewQuietButton("Bỏ lọc", widget.IconClose, s.clearAll)
	s.origin = container.NewStack()
	s.origin.Hide()
	s.pane = newPane(s)
	model.Changed, model.OpenChanged = s.refresh, s.showPane
	s.content = s.build()
	model.Refresh()
	return s
}

// columnReceived is the column whose order, newest first, is the one without a
// name.
const columnReceived = "received"

// sort orders the list by a column. The first time an order may take a moment.
func (s *Screen) sort(column string, descending bool) {
	if column == columnReceived {
		s.model.SetSort(reg.SortReceived, !descending)
	} else {
		s.model.SetSort(reg.Sort(column), descending)
	}
	widget.After(busyDelay, s.tellBusy)
}

// busyDelay is how long an answer may take before the screen says that it is on
// its way.
const busyDelay = 200 * time.Millisecond

func (s *Screen) tellBusy() {
	if s.model.Busy() {
		s.page.SetTitle(title + " · đang tìm và sắp xếp…")
		s.ctx.Status()
	}
}

// showOrder draws the arrow at the column of the present order.
func (s *Screen) showOrder() {
	q := s.model.Query()
	if q.Sort == reg.SortReceived {
		s.grid.SetSort(columnReceived, !q.Reverse)
		return
	}
	s.grid.SetSort(string(q.Sort), q.Reverse)
}

// menu offers what can be done with a line of the list.
func (s *Screen) menu(row int, at fyne.Position) {
	r := s.model.Row(row)
	clip := fyne.CurrentApp().Clipboard()
	widget.ShowMenu(s.ctx.Window, at, []widget.MenuItem{
		{Label: "Xem hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { s.open(row) }},
		{},
		{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() {
			clip.SetContent(r.Code)
			widget.ShowToast(s.ctx.Window, "Đã chép mã "+r.Code, "", nil)
		}},
		{Label: "Chép các dòng đã chọn", Icon: widget.IconCopy, Hint: "Ctrl+C", Do: func() { s.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip}) }},
		{},
		{Label: "Chỉ xem đơn vị này", Icon: widget.IconFilter, Disabled: r.Unit == "", Do: func() { s.model.Only(view.FilterUnit, row) }},
		{Label: "Chỉ xem thủ tục này", Icon: widget.IconFilter, Disabled: r.Procedure == "", Do: func() { s.model.Only(view.FilterProcedure, row) }},
	})
}

func (s *Screen) build() fyne.CanvasObject {
	row := widget.Row(0, s.search)
	for _, f := range filters {
		chip := widget.NewFilterChip(f.label, nil, func(keys []string) { s.model.Choose(f.key, keys) })
		if f.single {
			chip = chip.Single()
		}
		s.chips[f.key] = chip
		row.Add(chip)
	}
	row.Add(s.clear)
	tools := container.NewVBox(row, s.origin)
	s.split = widget.NewSidePane(s.grid)
	s.page = widget.NewPage(title, []fyne.CanvasObject{
		widget.NewButton("Xuất Excel", widget.IconExcel, func() { s.Export() }),
		widget.NewMainButton("Nhập từ Excel", widget.IconImport, func() { s.Import() }),
	}, tools, s.split)
	return s.page
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown puts the cursor into the search field.
func (s *Screen) Shown() {
	s.fillChips()
	s.ctx.Focus(s.page, s.search)
}

// Status implements screen.Screen.
func (s *Screen) Status() string {
	if s.model.Busy() && (s.model.Len() == 0 || s.page.Title() != title) {
		return "Đang tìm và sắp xếp…"
	}
	return s.model.Status(s.grid.Selection().Count())
}

// FocusSearch puts the cursor into the search field (Ctrl+F).
func (s *Screen) FocusSearch() {
	s.ctx.Focus(s.page, s.search)
	s.search.SelectAll()
}

// CloseDetail closes the pane; it reports whether one was open.
func (s *Screen) CloseDetail() bool {
	if s.model.Opened() == 0 {
		return false
	}
	s.model.Open(0)
	return true
}

// Place and Restore keep where the officer was in the list.
func (s *Screen) Place() widget.Place { return s.grid.Place() }

// Restore goes back to a place, at the latest when the answer has come.
func (s *Screen) Restore(p widget.Place) {
	if s.model.Busy() {
		s.pending = &p
		return
	}
	s.grid.Restore(p)
}

func (s *Screen) fillChips() {
	for _, f := range filters {
		var options []widget.Option
		for _, c := range s.model.Choices(f.key) {
			options = append(options, widget.Option{Key: c.Key, Text: c.Label})
		}
		s.chips[f.key].SetOptions(options)
		s.chips[f.key].SetKeys(s.model.Chosen(f.key))
	}
}

func (s *Screen) clearAll() {
	s.search.SetValue("")
	s.model.ClearFilters()
	s.fillChips()
	s.ctx.Focus(s.page, s.search)
}

// searchKey lets the arrows move through the list while the cursor stays in the
// search field.
func (s *Screen) searchKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		return s.grid.Navigate(ev)
	case fyne.KeyReturn, fyne.KeyEnter:
		if row := s.grid.Current(); row >= 0 {
			s.open(row)
		}
		return true
	case fyne.KeyEscape:
		switch {
		case s.CloseDetail():
		case s.model.Filtered():
			s.clearAll()
		default:
			return false
		}
		return true
	}
	return false
}

func (s *Screen) open(row int) {
	if r := s.model.Row(row); r.ID != 0 {
		s.model.Open(r.ID)
	}
}

// refresh draws what the model holds now.
func (s *Screen) refresh() {
	s.filling = true
	defer func() { s.filling = false }()
	if s.model.Filtered() {
		s.grid.SetEmpty(s.model.EmptyText(), "Bỏ lọc", s.clearAll)
	} else {
		s.grid.SetEmpty(s.model.EmptyText(), "Nhập từ Excel", func() { s.Import() })
	}
	s.page.SetTitle(title)
	s.showOrder()
	s.fillGrid()
	if text := s.model.Query().Text; s.search.Value() != text {
		s.search.SetValue(text)
	}
	for key, chip := range s.chips {
		chip.SetKeys(s.model.Chosen(key))
	}
	if s.model.Filtered() {
		s.clear.Show()
	} else {
		s.clear.Hide()
	}
	s.showOrigin()
	if s.model.Opened() != 0 {
		s.follow()
	}
	s.ctx.Status()
}

// fillGrid lists the answer: another question begins at the top, the same one
// after a change of data stays where it was.
func (s *Screen) fillGrid() {
	asked := fmt.Sprintf("%+v", s.model.Query())
	source := rows{s.model, s.grid}
	if asked == s.asked {
		s.grid.ReplaceRows(source)
	} else {
		s.grid.SetRows(source)
	}
	s.asked = asked
	if s.pending != nil {
		s.grid.Restore(*s.pending)
		s.pending = nil
	}
	if s.model.Len() > 0 && s.grid.Current() < 0 {
		s.grid.SetCurrent(0)
	}
}

// follow lets an open pane show the dossier under the cursor.
func (s *Screen) follow() {
	row := s.grid.Current()
	if row < 0 {
		s.model.Open(0)
		return
	}
	if s.model.Row(row).ID == s.model.Opened() {
		s.showPane()
		return
	}
	s.open(row)
}

func (s *Screen) showOrigin() {
	s.origin.Objects = nil
	title := s.model.Title()
	if title == "" {
		s.origin.Hide()
		return
	}
	text := widget.NewParagraph("Danh sách của số liệu: "+title, 760)
	text.Bold, text.Max = true, 1
	s.origin.Add(text)
	s.origin.Show()
}

func (s *Screen) showPane() {
	id := s.model.Opened()
	if open := id != 0; open != s.split.Open() {
		s.grid.SetColumns(s.columns())
		if !open {
			s.split.SetSide(nil)
		}
	}
	if id == 0 {
		return
	}
	s.pane.show(id)
	if !s.split.Open() {
		s.split.SetSide(s.pane.object)
	}
}

// beside are the columns that stay while the pane is open.
var beside = map[string]bool{"code": true, "owner": true, "procedure": true, "due": true, "status": true}

// roomForAll is the width in px at 100 % from which all columns fit beside the
// pane.
const roomForAll = 1500

// columns returns the columns that there is room for.
func (s *Screen) columns() []widget.Column {
	if s.model.Opened() == 0 || s.split.Size().Width >= widget.Scaled(roomForAll) {
		return columns
	}
	var out []widget.Column
	for _, c := range columns {
		if beside[c.ID] {
			out = append(out, c)
		}
	}
	return out
}

// rows feeds the grid from the model.
type rows struct {
	m    *view.Register
	grid *widget.Grid
}

// Len implements widget.Rows.
func (r rows) Len() int { return r.m.Len() }

// Cells implements widget.Rows.
func (r rows) Cells(i int, dst []widget.Cell) {
	row := r.m.Row(i)
	for k, c := range r.grid.Columns() {
		switch c.ID {
		case "code":
			dst[k].Text = row.Code
		case "owner":
			dst[k].Text = row.Owner
		case "procedure":
			dst[k].Text = row.Procedure
		case "unit":
			dst[k] = widget.Cell{Text: row.Unit, Role: widget.ColorSecondary}
		case "received":
			dst[k].Text = row.Received
		case "due":
			dst[k].Text = row.Due
		case "ended":
			dst[k].Text = row.Ended
		case "status":
			dst[k] = widget.Cell{Text: row.State, Mark: screen.Mark(row.Outcome, row.Soon)}
		}
	}
}

// Chosen returns the code of the dossier under the cursor.
func (s *Screen) Chosen() string {
	if row := s.grid.Current(); row >= 0 {
		return s.model.Row(row).Code
	}
	return ""
}

// KeepWidths takes the widths of columns that were kept as text, and keeps new
// ones.
func (s *Screen) KeepWidths(keep func(text string), kept string) {
	widths := map[string]float32{}
	if json.Unmarshal([]byte(kept), &widths) == nil && len(widths) > 0 {
		s.grid.SetWidths(widths)
	}
	s.grid.OnWidths = func(widths map[string]float32) {
		if raw, err := json.Marshal(widths); err == nil {
			keep(string(raw))
		}
	}
}
