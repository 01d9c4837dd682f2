package scoring

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/cells"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// setsPart shows the sets of criteria: one of them as sheets of rows, a sheet a
// section.
type setsPart struct {
	s       *Page
	m       *Sets
	choice  *widget.Picker
	section *widget.Segments
	search  *widget.Field
	about   *widget.Paragraph
	sheet   *cells.Sheet
	faults  *list.List[Fault]
	below   *fyne.Container // of the faults
	whole   fyne.CanvasObject
	shown   [2]any // the sheet shown: its key and section
	toSheet bool   // the cursor goes to the sheet once the new set is read
	draft   *env.Draft
	left    string // draft of the last time, until its set is open
}

func newSetsPart(s *Page) *setsPart {
	p := &setsPart{s: s, m: NewSets(s.m), about: line(300), sheet: cells.New(s.e), draft: s.e.Draft("bo-tieu-chi")}
	p.left = p.draft.Read()
	p.choice = widget.NewPicker(nil, func(o widget.Option) { p.choose(o.Key) })
	p.choice.Width, p.choice.Fit, p.choice.Placeholder = 420, 640, "Chưa có bộ tiêu chí nào"
	var names []string
	for _, x := range newSections() {
		names = append(names, x.Name)
	}
	p.section = widget.NewSegments(names, func(int) { p.show(); p.focus() })
	p.search = widget.NewField("Tìm mã, chữ; Enter: chỗ sau")
	p.search.Width = 190
	p.search.OnEnter = func(string) { p.find() }
	p.about.Max = 1
	p.wire()
	p.faults = listOf(s, list.Options[Fault]{ID: "set-faults", Plain: true, Bare: true, What: "chỗ cần sửa", Begin: list.Held(func() []Fault { return p.m.Sheet.Faults }), Open: p.toFault,
		Columns: []list.Column[Fault]{list.Col("text", "Cần sửa", 300, 1, func(f *Fault) string { return f.Text }).Dress(func(_ *Fault, c *widget.Cell) { c.Mark = widget.MarkSoon })}})
	p.below = container.NewStack()
	top := stack(8, widget.Row(1, p.choice, middle(p.about)), widget.Row(0, container.NewHScroll(container.NewHBox(p.section)), p.search))
	// What stands above comes first by Tab too.
	head := container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), top)
	p.whole = container.New(layout.NewBorderLayout(head, p.below, nil, nil), head, p.sheet.Object(), p.below)
	p.m.Changed = p.fill
	return p
}

// wire lets the sheet know what its rows mean.
func (p *setsPart) wire() {
	s := p.sheet
	x := func() *SetSheet { return p.m.Sheet }
	column := func(i int) string { return p.at().Columns[i] }
	s.Locked = p.m.Locked
	s.OnStore = p.store
	s.OnChange = p.changed
	s.Menu = p.rowMenu
	s.Fresh = func(above int) []string { return x().Fresh(p.section.Chosen(), above) }
	s.Tell = func(row, i int) string { return x().Help(p.section.Chosen(), row, column(i)) }
	s.Dress = p.dress
	s.Put = func(at cells.Place, text string) bool {
		if p.section.Chosen() != SectionTree || column(at.Column) != scoring.ColumnCode || p.at().At(at.Row, scoring.ColumnCode) == "" {
			return false
		}
		x().Recode(at.Row, text)
		return true
	}
	s.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyF3 {
			p.addNode(false)
			return true
		}
		return false
	}
	s.OnShortcut = func(sc fyne.Shortcut) bool {
		if k, ok := sc.(*desktop.CustomShortcut); ok && k.KeyName == fyne.KeyF2 && k.Modifier == fyne.KeyModifierControl {
			p.editRule()
			return true
		}
		return false
	}
}

// at is the section shown.
func (p *setsPart) at() *Section { return p.m.Sheet.Sections[p.section.Chosen()] }

// dress lets what belongs to a criterion stand back behind it.
func (p *setsPart) dress(row, column int, c *widget.Cell) {
	sec := p.at()
	if sec.column(scoring.ColumnCode) < 0 {
		return
	}
	level := sec.Table.Level(sec.Table.Rows()[row])
	switch sec.Columns[column] {
	case scoring.ColumnPart, scoring.ColumnLevel:
		c.Role = widget.ColorSecondary
	case scoring.ColumnTitle:
		c.Indent = max(level-1, 0)
		if level == 0 {
			c.Indent = 3
		}
		c.Strong = level == 1
	default:
		c.Strong = level == 1
	}
}

func (p *setsPart) lead() fyne.CanvasObject { return nil }

func (p *setsPart) object() fyne.CanvasObject { return p.whole }

func (p *setsPart) actions() []fyne.CanvasObject {
	more := widget.NewMenuButton(p.s.e.Window, "Bộ tiêu chí", "", p.setMenu)
	out := []fyne.CanvasObject{widget.NewButton("Tạo bộ mới…", widget.IconAdd, p.newSet), more}
	switch x := p.m.Current(); {
	case x != nil && x.Sample():
		return append(out, widget.NewMainButton("Lấy bộ mẫu vào sổ", widget.IconAdd, func() { p.take(x.Key) }))
	case p.m.Set == nil:
		return out
	case p.m.Locked() != "":
		return append(out, widget.NewMainButton("Sao chép sang năm khác…", widget.IconCopy, p.copyYear))
	}
	if n := p.m.Unconfirmed(); n > 0 {
		out = append(out, widget.NewButton(fmt.Sprintf("Xác nhận cách chấm (%d)", n), widget.IconCheck, func() { p.leaveTyped(p.confirmRules) }))
	}
	return append(out, widget.NewMenuButton(p.s.e.Window, "Dòng", "", p.rowMenu), widget.NewMainButton("Lưu bộ tiêu chí", widget.IconSave, p.store).WithHint("Ctrl+Enter"))
}

func (p *setsPart) refresh() { p.m.Refresh() }
func (p *setsPart) focus()   { p.s.e.Focus(p.s.page, p.sheet.Grid()) }
func (p *setsPart) escape() bool {
	if p.s.e.Window.Canvas().Focused() != fyne.Focusable(p.sheet.Grid()) {
		p.focus()
		return true
	}
	p.s.e.Window.Canvas().Focus(p.choice)
	return true
}

func (p *setsPart) status() string {
	text := p.m.About()
	if n := len(p.m.Sheet.Faults); n > 0 {
		text += fmt.Sprintf(" · %d chỗ cần sửa", n)
	}
	if p.m.Sheet.Dirty() {
		text += " · chưa lưu"
	}
	return text
}

// fill draws the sets and the one that is open.
func (p *setsPart) fill() {
	p.s.page.Errors.SetError(p.m.Err)
	var options []widget.Option
	for _, x := range p.m.List {
		options = append(options, widget.Option{Key: x.ChoiceKey(), Text: x.Title, Detail: x.State})
	}
	p.choice.SetOptions(options)
	p.choice.SetKey(p.m.key)
	if p.left != "" && p.m.Sheet.Restore(p.left) {
		p.left = ""
		p.s.e.Toast("Có phần của bộ tiêu chí chưa lưu từ lần trước: đã để lại trong bảng.")
	}
	if lock := p.m.Locked(); lock != "" {
		say(p.about, lock, widget.ColorSoon)
	} else {
		say(p.about, p.m.About(), widget.ColorSecondary)
	}
	p.show()
	if p.s.parts[p.s.at] == part(p) {
		p.s.setActions(p.actions())
		if p.toSheet {
			p.toSheet = false
			p.focus()
		}
	}
}

// show shows a section of the set that is open; one that is shown already keeps its
// place.
func (p *setsPart) show() {
	if len(p.m.Sheet.Sections) == 0 {
		return
	}
	sec := p.at()
	if key := [2]any{sec.Table, p.section.Chosen()}; p.shown != key {
		p.shown = key
		var columns []cells.Column
		for _, name := range sec.Columns {
			c := columnLooks[name]
			c.Title = name
			if len(sec.Columns) < 5 {
				c.Width, c.Flex = max(c.Width*1.4, 160), max(c.Flex, 0.5)
			}
			c.Choices = func(row int) []kit.Choice { return p.m.Sheet.Choices(p.section.Chosen(), row, name) }
			columns = append(columns, c)
		}
		p.sheet.Show(sec.Table, columns)
		p.sheet.Grid().SetEmpty("Phần này chưa có dòng nào. Nhấn Insert để thêm.", "", nil)
	}
	p.mark()
}

// columnLooks are the columns of a set as a sheet shows them.
var columnLooks = map[string]cells.Column{
	scoring.ColumnPart: {Width: 118}, scoring.ColumnLevel: {Width: 42}, scoring.ColumnCode: {Width: 76}, scoring.ColumnTitle: {Width: 320, Min: 280, Flex: 1, Lines: 3},
	scoring.ColumnMax: {Width: 62, Align: widget.Right}, scoring.ColumnKind: {Width: 190}, scoring.ColumnFrom: {Width: 64, Align: widget.Right},
	scoring.ColumnTo: {Width: 64, Align: widget.Right}, scoring.ColumnPoints: {Width: 60, Align: widget.Right}, scoring.ColumnKey: {Width: 150},
	scoring.ColumnValue: {Width: 260, Min: 220, Flex: 0.5, Lines: 4}, scoring.ColumnProof: {Width: 180, Lines: 5}, scoring.ColumnBasis: {Width: 120},
	"Đơn vị phụ trách": {Width: 130}, "Ghi chú": {Width: 160, Lines: 3},
}

// mark marks what is wrong: at its cells, and in the list below.
func (p *setsPart) mark() {
	x := p.m.Sheet
	faults := map[cells.Place]string{}
	counts := make([]int, len(x.Sections))
	for _, f := range x.Faults {
		counts[f.Section]++
		if at := (cells.Place{Row: f.Row, Column: f.Column}); f.Section == p.section.Chosen() && faults[at] == "" {
			faults[at] = f.Text
		}
	}
	for i, sec := range x.Sections {
		name := sec.Name
		if counts[i] > 0 {
			name += fmt.Sprintf(" (%d)", counts[i])
		}
		p.section.SetLabel(i, name)
	}
	p.sheet.SetFaults(faults)
	p.faults.Refresh()
	p.below.Objects = nil
	if n := len(x.Faults); n > 0 {
		p.below.Objects = []fyne.CanvasObject{stack(4, widget.NewSection(fmt.Sprintf("%d chỗ cần sửa trước khi dùng để chấm; Enter để tới chỗ đang chọn", n)),
			widget.Tall(28*float32(min(n, 4)), p.faults.Body()))}
	}
	p.whole.Refresh()
	p.s.e.Status()
}

// changed checks what stands there after it was changed.
func (p *setsPart) changed() {
	p.m.Sheet.Check()
	p.mark()
	p.draft.Keep(p.m.Sheet.Draft())
}

func (p *setsPart) toFault(f *Fault) {
	p.section.Choose(f.Section)
	p.show()
	p.sheet.Go(cells.Place{Row: f.Row, Column: f.Column})
}

// find goes to the next row that holds the words searched for.
func (p *setsPart) find() {
	words := strings.Fields(text.Fold(p.search.Value()))
	rows, from := p.at().Table.Rows(), p.sheet.Place().Row
	for k := range rows {
		i := (from + 1 + k) % len(rows)
		folded := text.Fold(strings.Join(rows[i], " "))
		fits := len(words) > 0
		for _, w := range words {
			fits = fits && strings.Contains(folded, w)
		}
		if fits {
			p.sheet.Grid().SetCell(i, p.sheet.Place().Column)
			return
		}
	}
	p.s.e.Toast("Không có dòng nào khớp.")
}

// leaveTyped asks before what was typed and not stored is lost.
func (p *setsPart) leaveTyped(then func()) {
	if !p.m.Sheet.Dirty() {
		then()
		return
	}
	p.s.e.ConfirmDanger("Bỏ phần chưa lưu", "Bộ tiêu chí đang mở có phần chưa lưu (Ctrl+Enter để lưu). Bỏ phần đó?", "Bỏ phần chưa lưu", func() {
		p.m.Sheet.Reset()
		p.draft.Keep("")
		then()
	})
}

func (p *setsPart) choose(key string) {
	p.leaveTyped(func() { p.m.Open(key) })
	p.choice.SetKey(p.m.key)
}

// store stores the set that is open.
func (p *setsPart) store() {
	if text := p.m.Locked(); text != "" {
		p.s.e.Toast(text)
		return
	}
	x := p.m.Sheet
	p.s.m.Do(x.Store, func(err error) {
		p.s.page.Errors.SetError(err)
		if err != nil {
			if len(x.Faults) > 0 && data.CodeOf(err) == data.Invalid {
				p.toFault(&x.Faults[0])
			}
			return
		}
		x.Stored()
		p.draft.Keep("")
		p.m.Refresh()
		text := "Đã lưu bộ tiêu chí."
		if n := len(x.Faults); n > 0 {
			text = fmt.Sprintf("Đã lưu bộ tiêu chí thành bản nháp: còn %d chỗ cần sửa.", n)
		}
		p.s.e.Done(text)
	})
}

// rowMenu lists what can be done with the row under the cursor.
func (p *setsPart) rowMenu() []widget.MenuItem {
	locked := p.m.Locked() != "" || p.m.Set == nil
	adjust := func(bonus bool) func() {
		return func() {
			p.add(SectionAdjusts, p.m.Sheet.Sections[SectionAdjusts].Table.Len(), p.m.Sheet.NewAdjust(bonus))
		}
	}
	inTree := p.section.Chosen() == SectionTree
	none := locked || !inTree || p.sheet.Place().Row < 0
	return []widget.MenuItem{
		{Label: "Thêm tiêu chí cùng cấp", Icon: widget.IconAdd, Hint: "F3", Disabled: locked || !inTree, Do: func() { p.addNode(false) }},
		{Label: "Thêm tiêu chí con", Disabled: none, Do: func() { p.addNode(true) }},
		{Label: "Cách chấm…", Icon: widget.IconEdit, Hint: "Ctrl+F2", Disabled: none, Do: p.editRule},
		{Label: "Thêm điểm thưởng", Disabled: locked, Do: adjust(true)},
		{Label: "Thêm điểm trừ", Disabled: locked, Do: adjust(false)},
		{Label: "Điểm tối đa của các nhóm theo tổng", Disabled: locked, Do: func() { p.m.Sheet.AddUp(); p.changed() }},
		{},
		{Label: "Thêm dòng bên dưới", Hint: "Insert", Disabled: locked, Do: func() { p.sheet.Grid().TypedKey(&fyne.KeyEvent{Name: fyne.KeyInsert}) }},
		{Label: "Bỏ các dòng đang chọn, tiêu chí cùng phần bên trong", Icon: widget.IconTrash, Hint: "Ctrl+Delete", Danger: true, Disabled: locked, Do: p.sheet.Remove},
		{Label: "Lên một chỗ", Hint: "Ctrl+↑", Disabled: locked, Do: func() { p.sheet.Move(false) }},
		{Label: "Xuống một chỗ", Hint: "Ctrl+↓", Disabled: locked, Do: func() { p.sheet.Move(true) }},
		{},
		{Label: "Bỏ phần chưa lưu…", Icon: widget.IconUndo, Disabled: !p.m.Sheet.Dirty(), Do: func() { p.leaveTyped(p.fill) }},
	}
}

// add puts rows into a section and the cursor on the first cell to be typed.
func (p *setsPart) add(section, at int, rows [][]string) {
	if text := p.m.Locked(); text != "" {
		p.s.e.Toast(text)
		return
	}
	p.section.Choose(section)
	p.show()
	p.at().Table.Insert(at, rows...)
	p.changed()
	p.sheet.Go(cells.Place{Row: at, Column: p.at().column(scoring.ColumnTitle)})
}

func (p *setsPart) addNode(below bool) {
	if p.section.Chosen() == SectionTree && p.m.Set != nil {
		at, row := p.m.Sheet.NewNode(p.sheet.Place().Row, below)
		p.add(SectionTree, at, [][]string{row})
	}
}

// newSet asks for the head of a set and opens it without criteria.
func (p *setsPart) newSet() { p.leaveTyped(p.askSet) }

func (p *setsPart) askSet() {
	h := p.m.FreshHead()
	form.Ask(p.s.e, form.Question[SetHead]{Title: "Tạo bộ tiêu chí", Verb: "Tạo bộ", Value: h, Width: 640, Columns: 3, Onward: true,
		Fields: []form.Field[SetHead]{
			form.Area("title", "Tên bộ tiêu chí", 2, func(h *SetHead) *string { return &h.Title }).Need().Whole(),
			form.Text("year", "Năm đánh giá", func(h *SetHead) *string { return &h.Year }).Need(),
			form.Text("level", "Cấp được chấm", func(h *SetHead) *string { return &h.Level }).Need().Note("Cấp xã, Cấp tỉnh, hoặc phòng, đặc khu…"),
			form.Text("id", "Mã của bộ", func(h *SetHead) *string { return &h.Key }).Need(),
			form.Text("total", "Tổng điểm", func(h *SetHead) *string { return &h.Total }).Need().Note("thường là 100"),
			form.Area("source", "Căn cứ: quyết định số mấy, ngày nào, của ai", 2, func(h *SetHead) *string { return &h.Source }).Whole(),
		},
		Ready: func(f *form.Form[SetHead]) {
			key, year := h.Key, h.Year
			f.OnChange = func(string) {
				now := f.Value()
				if now.Key == key {
					key = p.m.FreshKey(now.Level, now.Year)
					f.Type("id", key)
				}
				if now.Title == FreshTitle(year) {
					year = now.Year
					f.Type("title", FreshTitle(year))
				}
			}
		},
		Store: p.m.Create,
		Done: func(SetHead) string {
			return "Đã tạo bộ tiêu chí. Thêm các lĩnh vực, tiêu chí bằng phím F3."
		},
		Then: func(SetHead) { p.toSheet = true; p.m.Refresh() }})
}

func (p *setsPart) take(key string) {
	p.s.do(func(ctx context.Context) error { return p.m.Take(ctx, key) }, "Đã lấy bộ mẫu vào sổ.")
}

func (p *setsPart) load() {
	filter := widget.FileFilter{Name: "Phụ lục quyết định, bộ tiêu chí", Patterns: []string{"*.xlsx", "*.xls", "*.xlsb", "*.ods", "*.docx", "*.odt", "*.html", "*.htm", "*.txt", "*.csv", "*.json"}}
	p.s.e.Files.Open(widget.FileQuestion{Title: "Nhập bộ tiêu chí", Purpose: "set", Filters: []widget.FileFilter{filter}}, func(path string) {
		p.importing(func(ctx context.Context) (int, error) { return p.m.Import(ctx, path) })
	})
}

func (p *setsPart) setMenu() []widget.MenuItem {
	none := p.m.OpenID() == 0
	x := p.m.Current()
	export := func(ext string, filter widget.FileFilter) func() {
		return func() {
			p.s.e.Files.Save(widget.FileQuestion{Title: "Xuất bộ tiêu chí", Purpose: "set", Name: p.m.FileName(ext), Filters: []widget.FileFilter{filter}}, func(path string) {
				p.s.long("Đang xuất bộ tiêu chí", func(context.Context) error { return p.m.Export(path) }, func() { p.s.e.Toast("Đã xuất bộ tiêu chí.") })
			})
		}
	}
	unready := none || len(p.m.Sheet.Faults) > 0 || p.m.Sheet.Dirty()
	return []widget.MenuItem{
		{Label: "Nhập phụ lục quyết định, bảng tính, JSON…", Icon: widget.IconImport, Do: func() { p.leaveTyped(p.load) }},
		{Label: "Dán phụ lục đã chép (PDF, Word, Excel)", Disabled: strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()) == "", Do: func() { p.leaveTyped(p.paste) }},
		{Label: "Xác nhận cách chấm từng dòng…", Icon: widget.IconCheck, Disabled: none || p.m.Locked() != "", Do: func() { p.leaveTyped(p.confirmRules) }},
		{Label: "So sánh hai năm…", Disabled: p.m.Set == nil, Do: p.compare},
		{Label: "Mở kỳ chấm bằng bộ này…", Icon: widget.IconScoring, Disabled: unready, Do: p.openPeriod},
		{},
		{Label: "Sao chép sang năm khác…", Icon: widget.IconCopy, Disabled: none, Do: func() { p.leaveTyped(p.copyYear) }},
		{Label: "Xuất bảng tính Excel…", Icon: widget.IconExcel, Disabled: none, Do: export(".xlsx", widget.FilterExcel)},
		{Label: "Xuất bảng như quyết định ra Word…", Icon: widget.IconSave, Disabled: none, Do: func() { p.exportTable(".docx", widget.FilterWord) }},
		{Label: "Xuất bảng như quyết định ra Excel…", Icon: widget.IconExcel, Disabled: none, Do: func() { p.exportTable(".xlsx", widget.FilterExcel) }},
		{Label: "In bảng như quyết định…", Icon: widget.IconPrint, Disabled: none, Do: p.print},
		{Label: "Xuất tệp JSON để trao đổi…", Disabled: none, Do: export(".json", widget.FileFilter{Name: "Tệp JSON", Patterns: []string{"*.json"}})},
		{}, {Label: "Bỏ bộ này…", Icon: widget.IconTrash, Danger: true, Disabled: none || x == nil || x.State == stateUsed, Do: func() {
			p.s.e.ConfirmDanger("Bỏ bộ tiêu chí", "Bỏ «"+x.Title+"» khỏi sổ. Hoàn tác được.", "Bỏ", func() { p.m.Drop(p.s.told("Đã bỏ bộ tiêu chí.")) })
		}},
	}
}

// openPeriod asks for a period that uses the open set.
func (p *setsPart) openPeriod() {
	plan := p.s.m.Plan()
	p.s.m.SetYear(&plan, p.m.Set.Meta.Year)
	plan.Set, plan.Basis = fmt.Sprint(p.m.OpenID()), p.m.Set.Meta.Source
	p.s.periodForm("Tạo kỳ chấm điểm", "Tạo kỳ, lập phiếu", plan)
}

func (p *setsPart) copyYear() {
	year := p.m.Set.Meta.Year + 1
	form.Ask(p.s.e, form.Question[int]{Title: "Sao chép bộ tiêu chí sang năm khác", Verb: "Sao chép", Value: year,
		Note:   "Các ngày trong cách chấm được dời theo năm. Bản sao sửa được cho đến khi có kỳ chấm dùng nó.",
		Fields: []form.Field[int]{form.Parsed("year", "Năm", func(y *int) *int { return y }, data.ParseYear, func(y int) string { return fmt.Sprint(y) }).Need()},
		Store:  p.m.Copy, Done: func(int) string { return "Đã sao chép bộ tiêu chí." }, Then: func(int) { p.m.Refresh() }})
}

// compare shows how the open set differs from another.
func (p *setsPart) compare() {
	kinds := map[scoring.ChangeKind]string{scoring.Added: "thêm", scoring.Removed: "bỏ", scoring.NewTitle: "tên", scoring.NewMax: "điểm tối đa", scoring.NewRule: "cách chấm", scoring.NewWhole: "cả bộ"}
	type change = scoring.Change
	choices, against := p.m.Others()
	differences := listOf(p.s, list.Options[change]{ID: "set-changes", What: "chỗ khác", Paper: "HAI BỘ TIÊU CHÍ KHÁC NHAU", Empty: "Hai bộ không khác nhau.", Key: func(c *change) uint64 { return list.KeyOf(c.Code + string(c.Kind) + c.Sentence) },
		Load: func() ([]change, error) { return p.m.Diff(against) },
		Columns: []list.Column[change]{list.Col("code", "Mã", 64, 0, func(c *change) string { return c.Code }), list.Col("kind", "Khác ở", 110, 0, func(c *change) string { return kinds[c.Kind] }),
			list.Col("text", "Thay đổi", 300, 1, func(c *change) string { return c.Sentence })}})
	choice := widget.NewPicker(choices, func(o widget.Option) { against = o.Key; differences.Refresh() })
	choice.SetKey(against)
	choice.Width = 420
	differences.Refresh()
	widget.ShowDialog(p.s.e.Window, widget.DialogOptions{Title: "«" + p.m.Set.Meta.Title + "» khác gì", Content: stack(8, widget.NewFieldBox("So với", choice), widget.Tall(340, differences.Body())), Width: 760})
}
