// Package register is the screen Sổ hồ sơ: the list of dossiers, narrowed by a
// search text and filters, and a pane with the chosen dossier.
package register

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
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

	search  *widget.SearchField
	chips   map[string]*widget.FilterChip
	grid    *widget.Grid
	origin  *fyne.Container // what figure the list was opened from
	figure  string          // what it says
	clear   *widget.Button
	split   *widget.SidePane
	page    *widget.Page
	pane    *pane
	side    *side             // saved filters and groups at the left
	main    *fyne.Container   // the list and the bar below it
	bulk    *fyne.Container   // what can be done with several dossiers
	picked  *widget.Paragraph // how many are chosen
	content fyne.CanvasObject
	filling bool          // the list is being replaced: the cursor moves by itself
	asked   string        // the question whose answer is listed
	listed  []uint32      // that answer
	pending *widget.Place // where to go when the answer has come

	// Import, Receive, Export and ExportPDF are what the buttons do; Undo takes
	// back the last change.
	Import, Receive, Export, ExportPDF, Undo func()
	// Print shows papers, DayInfo feeds calendars.
	Print   screen.Printing
	DayInfo widget.DayInfo
}

// widths of the columns by id, px at 100 %; those that grow have a share of the
// room left over.
var widths = map[string]widget.Column{
	"code": {Width: 168, Min: 150, Flex: 0.01}, "owner": {Width: 150, Min: 84, Flex: 1.5}, "procedure": {Width: 180, Min: 96, Flex: 3}, "unit": {Width: 150, Min: 72, Flex: 2, Spare: 3},
	"received": {Width: widget.WidthDate, Spare: 2}, "due": {Width: widget.WidthDate}, "ended": {Width: widget.WidthDate, Spare: 1}, "status": {Width: widget.WidthState - 8},
	"days": {Width: 80}, "returned": {Width: widget.WidthDate}, "ownDue": {Width: widget.WidthDate}, "seq": {Width: 80}, "field": {Width: 140, Flex: 1.5},
	"content": {Width: 160, Flex: 2}, "phone": {Width: 100}, "address": {Width: 150, Flex: 2}, "agent": {Width: 130, Flex: 1}, "channel": {Width: 100},
	"officer": {Width: 130, Flex: 1}, "desk": {Width: 130, Flex: 1}, "apology": {Width: 74}, "note": {Width: 130, Flex: 1.5},
}

// gridColumns turns the columns of the model into those of the grid.
func gridColumns(list []view.ListColumn) []widget.Column {
	out := make([]widget.Column, len(list))
	for i, c := range list {
		out[i] = widths[c.ID]
		out[i].ID, out[i].Title, out[i].Sortable = c.ID, c.Title, c.Sorted
	}
	return out
}

// filters in the order of their chips.
var filters = []struct {
	key, label string
	single     bool
}{
	{view.FilterPeriod, "Kỳ", true}, {view.FilterUnit, "Đơn vị", false}, {view.FilterField, "Lĩnh vực", false},
	{view.FilterProcedure, "Thủ tục", false}, {view.FilterChannel, "Hình thức", false}, {view.FilterOutcome, "Tình trạng", false},
	{view.FilterDesk, "Bộ phận", false}, {view.FilterOfficer, "Người nhận", false},
}

// rare are the filters whose chips stand there only while they are set.
var rare = map[string]bool{view.FilterDesk: true, view.FilterOfficer: true}

// New builds the screen.
func New(ctx screen.Context, model *view.Register) *Screen {
	s := &Screen{ctx: ctx, model: model, chips: map[string]*widget.FilterChip{}, Import: func() {}, Receive: func() {}, Export: func() {},
		ExportPDF: func() {}, Undo: func() {}}
	s.search = widget.NewSearchField("Tìm tên, mã… hoặc đơn vị:, hạn:, tình trạng:")
	s.search.Width = 300
	s.search.OnText = func(text string) { s.model.SetText(text) }
	s.search.OnKey = s.searchKey
	s.search.Offer = s.offers
	s.grid = widget.NewGrid(gridColumns(model.Columns()))
	s.grid.OnKey = s.actKey
	s.grid.OnSort = s.sort
	s.grid.OnMenu = s.menu
	s.grid.OnOpen = func(row int) { s.open(row) }
	s.grid.OnCurrent = func(row int) {
		if s.model.Opened() != 0 && row >= 0 && !s.filling {
			s.open(row)
		}
	}
	s.grid.OnType = func(r rune) {
		ctx.Window.Canvas().Focus(s.search)
		s.search.TypedRune(r)
	}
	s.grid.SetRows(rows{model, s.grid})
	s.clear = widget.NewQuietButton("Bỏ lọc", widget.IconClose, s.clearAll)
	s.origin = container.NewStack()
	s.origin.Hide()
	s.pane = newPane(s)
	s.side = newSide(s)
	model.Changed, model.OpenChanged, model.FiltersChanged = s.refresh, s.showPane, s.side.fill
	s.content = s.build()
	s.grid.OnSelect = func() {
		s.showBulk()
		ctx.Status()
	}
	model.Refresh()
	model.RefreshFilters()
	return s
}

// columnReceived is the column whose order, newest first, is the one without a
// name.
const columnReceived = "received"

// sort orders the list by a column. The first time an order may take a moment.
func (s *Screen) sort(orders []kit.Order) {
	column, descending := orders[0].Column, orders[0].Descending
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
		s.grid.SetSort(kit.Order{Column: columnReceived, Descending: !q.Reverse})
		return
	}
	s.grid.SetSort(kit.Order{Column: string(q.Sort), Descending: q.Reverse})
}

func (s *Screen) build() fyne.CanvasObject {
	fold := widget.NewIconButton(widget.IconMenu, "Bộ lọc đã lưu: hiện, ẩn", s.side.toggle)
	row := widget.Row(1, fold, s.search)
	for _, f := range filters {
		chip := widget.NewFilterChip(f.label, nil, func(keys []string) { s.model.Choose(f.key, keys) })
		if f.single {
			chip = chip.Single()
		}
		if rare[f.key] {
			chip.Hide()
		}
		s.chips[f.key] = chip
		row.Add(chip)
	}
	row.Add(s.clear)
	tools := container.NewVBox(row, s.origin)
	s.main = container.NewBorder(nil, s.buildBulk(), nil, nil, s.grid)
	s.split = widget.NewSidePane(s.main)
	s.page = widget.NewPage(title, s.actions(), tools, container.NewBorder(nil, nil, s.side.object, nil, s.split))
	return s.page
}

// actions are the buttons at the right of the title, the main one last.
func (s *Screen) actions() []fyne.CanvasObject {
	group := widget.NewQuietButton("Nhóm theo", "", nil)
	group.Trailing = widget.IconChevron
	group.OnTapped = func() { s.groupMenu(s.under(group)) }
	export := widget.NewButton("Xuất", widget.IconExcel, nil)
	export.Trailing = widget.IconChevron
	export.OnTapped = func() {
		widget.ShowMenu(s.ctx.Window, s.under(export), []widget.MenuItem{
			{Label: "Xuất Excel danh sách này", Icon: widget.IconExcel, Do: func() { s.Export() }},
			{Label: "Xuất PDF như đang liệt kê", Icon: widget.IconPDF, Do: func() { s.ExportPDF() }},
		})
	}
	return []fyne.CanvasObject{
		group, widget.NewQuietButton("Cột…", "", s.chooseColumns), export,
		widget.NewButton("Nhập từ Excel", widget.IconImport, func() { s.Import() }),
		widget.NewMainButton("Tiếp nhận", widget.IconAdd, func() { s.Receive() }).WithHint("Ctrl+N"),
	}
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown puts the cursor into the search field.
func (s *Screen) Shown() {
	s.fillChips()
	s.side.begin()
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
	}
	s.showChips()
}

// showChips shows what the filters are set to.
func (s *Screen) showChips() {
	for key, chip := range s.chips {
		keys := s.model.Chosen(key)
		chip.SetKeys(keys)
		if show := !rare[key] || len(keys) > 0; show != chip.Visible() {
			if show {
				chip.Show()
			} else {
				chip.Hide()
			}
		}
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
	if s.actKey(ev) {
		return true
	}
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

// actKey takes the keys of what can be done: F2 what comes next, F3 the rest, F6
// from the search to the list, to the saved filters where they show, and back.
func (s *Screen) actKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyF2:
		s.doMain()
	case fyne.KeyF3:
		s.doOther()
	case fyne.KeyF6:
		switch s.ctx.Window.Canvas().Focused() {
		case fyne.Focusable(s.side.filters):
			s.FocusSearch()
		case fyne.Focusable(s.grid):
			if s.side.open() {
				s.ctx.Focus(s.page, s.side.filters)
			} else {
				s.FocusSearch()
			}
		default:
			s.ctx.Focus(s.page, s.grid)
		}
	default:
		return false
	}
	return true
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
	s.showChips()
	s.side.fill()
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
// after a change of data stays where it was. Where lines moved, what was chosen
// is let go: the lines would be those of other dossiers.
func (s *Screen) fillGrid() {
	asked := fmt.Sprintf("%+v", s.model.Query())
	source := rows{s.model, s.grid}
	if asked == s.asked {
		s.grid.ReplaceRows(source)
		if s.grid.Selection().Count() > 1 && !slices.Equal(s.listed, s.model.IDs()) {
			s.unchooseRows()
		}
	} else {
		s.grid.SetRows(source)
	}
	s.asked, s.listed = asked, s.model.IDs()
	if s.pending != nil {
		s.grid.Restore(*s.pending)
		s.pending = nil
	}
	if s.model.Len() > 0 && s.grid.Current() < 0 {
		s.grid.SetCurrent(0)
	}
	s.showBulk()
}

func (s *Screen) unchooseRows() {
	if row := s.grid.Current(); row >= 0 {
		s.grid.SetCurrent(row)
		return
	}
	s.grid.ClearSelection()
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
	title := s.model.Figure()
	if title == s.figure {
		return
	}
	s.figure, s.origin.Objects = title, nil
	if title == "" {
		s.origin.Hide()
		s.page.Fit()
		return
	}
	if r := []rune(title); len(r) > longestFigure {
		title = "… " + string(r[len(r)-longestFigure:])
	}
	chip := widget.NewButton("Danh sách của số liệu: "+title, "", s.dropFigure)
	chip.Trailing = widget.IconClose
	s.origin.Add(container.NewHBox(chip))
	s.origin.Show()
	s.page.Fit()
}

// longestFigure is how many letters of a figure there is room for; the day stands
// at the end.
const longestFigure = 110

// dropFigure goes from the list of a figure back to the register of today.
func (s *Screen) dropFigure() {
	s.model.DropFigure()
	s.fillChips()
	s.ctx.Focus(s.page, s.search)
}

func (s *Screen) showPane() {
	id := s.model.Opened()
	if open := id != 0; open != s.split.Open() {
		s.side.fill()
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
	all := gridColumns(s.model.Columns())
	if s.model.Opened() == 0 || s.split.Size().Width >= widget.Scaled(roomForAll) {
		return all
	}
	var out []widget.Column
	for _, c := range all {
		if beside[c.ID] {
			out = append(out, c)
		}
	}
	if len(out) < 2 {
		return all
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
		dst[k].Text = row.Text(c.ID)
		switch c.ID {
		case "unit":
			dst[k].Role = widget.ColorSecondary
		case "status":
			dst[k].Mark = screen.Mark(row.Outcome, row.Soon)
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
