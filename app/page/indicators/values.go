package indicators

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/cells"
	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// values is the part Nhập số liệu.
type values struct {
	env.OnePlace
	e     *env.Env
	m     *grid
	page  *widget.Page
	pick  *widget.Picker
	year  *widget.Picker
	span  *widget.Segments
	nd09  *widget.Picker
	sheet *cells.Sheet
	draft *env.Draft
	left  string // draft of the last time
	shown string // code, year and periods that the sheet shows
}

func newValues(e *env.Env, lead fyne.CanvasObject) *values {
	v := &values{e: e, m: newGrid(e.Desk), sheet: cells.New(e), draft: e.Draft("chi-tieu")}
	v.m.Year = min(v.m.Year, e.Session.Period().To.Year())
	v.left = v.draft.Read()
	v.pick = widget.NewPicker(nil, func(o widget.Option) { v.choose(func(g *grid) { g.Code = o.Key }) })
	v.pick.Prefix, v.pick.Width = "Chỉ tiêu", 240
	v.year = widget.NewPicker(nil, func(o widget.Option) {
		y, _ := strconv.Atoi(o.Key)
		v.choose(func(g *grid) { g.Year = y })
	})
	v.year.Prefix, v.year.Width = "Năm", 110
	var titles []string
	for _, s := range spans {
		titles = append(titles, s.title)
	}
	v.span = widget.NewSegments(titles, func(i int) { v.choose(func(g *grid) { g.Span = i }) })
	v.nd09 = widget.NewPicker([]widget.Option{{Key: "0", Text: "Theo lịch"}, {Key: "1", Text: "Ngày 15 đến 14 (NĐ 09/2019)"}}, func(o widget.Option) { v.choose(func(g *grid) { g.ND09 = o.Key == "1" }) })
	v.nd09.Prefix, v.nd09.Width = "Kỳ", 120
	v.wire()
	books := widget.NewMenuButton(e.Window, "Bảng tính", "", v.bookMenu)
	actions := []fyne.CanvasObject{widget.NewButton("Giữ số kỳ trước", widget.IconCopy, v.keepBefore), widget.NewButton("Chú thích…", widget.IconEdit, v.note).WithHint("F3"), books,
		widget.NewMainButton("Lưu số liệu", widget.IconSave, v.store).WithHint("Ctrl+Enter")}
	tools := container.New(layout.NewCustomPaddedVBoxLayout(8), lead, widget.Row(0, v.pick, v.year, v.nd09, v.span))
	v.page = widget.NewPage("Chỉ tiêu", actions, tools, v.sheet.Object())
	return v
}

// Object implements parts.Part.
func (v *values) Object() *widget.Page { return v.page }

// Shown implements parts.Part.
func (v *values) Shown() { v.e.Focus(v.page, v.sheet.Grid()) }

// Escape implements parts.Part.
func (v *values) Escape() bool { return false }

// FocusSearch implements env.Searcher.
func (v *values) FocusSearch() { v.pick.Open("") }

// wire lets the sheet hold fixed rows and columns.
func (v *values) wire() {
	s := v.sheet
	s.OnChange = v.changed
	s.OnStore = v.store
	s.Locked = v.m.locked
	s.Tell = v.m.about
	s.Menu = func() []widget.MenuItem {
		return []widget.MenuItem{{Label: "Chú thích…", Icon: widget.IconEdit, Hint: "F3", Do: v.note}, {Label: "Giữ số kỳ trước", Icon: widget.IconCopy, Do: v.keepBefore}}
	}
	s.Put = func(at cells.Place, _ string) bool { return !v.typable(at.Column) }
	s.Dress = func(row, column int, c *widget.Cell) {
		switch {
		case column == columnUnit:
			c.Strong = row == 0
		case column == columnTarget:
			c.Role = widget.ColorSecondary
		case !v.typable(column):
			text, met, known := v.m.stateOf(row)
			if c.Text = text; known {
				c.Mark = kit.If(met, widget.MarkEarly, widget.MarkLate)
			}
		case v.m.noted(row, column):
			c.Text += " *"
		}
	}
	s.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyF3:
			v.note()
		case fyne.KeyInsert: // the rows are the units
		case fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyF2, fyne.KeySpace:
			return !v.typable(s.Place().Column)
		default:
			return false
		}
		return true
	}
	s.OnShortcut = func(sc fyne.Shortcut) bool {
		switch k := sc.(type) {
		case *fyne.ShortcutPaste:
			v.paste(k.Clipboard.Content())
			return true
		case *fyne.ShortcutCut:
			return !v.typable(s.Place().Column)
		case *desktop.CustomShortcut:
			switch k.KeyName {
			case fyne.KeyDelete, fyne.KeyMinus, fyne.KeyUp, fyne.KeyDown:
				return k.Modifier == fyne.KeyModifierControl
			}
		}
		return false
	}
}

func (v *values) typable(column int) bool {
	return column >= firstPeriod && column < firstPeriod+len(v.m.Periods)
}

func (v *values) dirty() bool { list, _ := v.m.typed(); return len(list) > 0 }

// Refresh reads the values anew, unless something typed would be lost.
func (v *values) Refresh() {
	if v.m.Def != nil && v.dirty() {
		return
	}
	v.page.Errors.SetError(v.m.load())
	if v.left != "" {
		if v.m.restore(v.left) {
			v.e.Toast("Có số liệu chưa lưu từ lần trước: đã để lại trong bảng.")
		}
		v.left = ""
	}
	v.fill()
}

// choose shows other values; what was typed is asked about first.
func (v *values) choose(change func(*grid)) {
	then := func() {
		change(v.m)
		v.page.Errors.SetError(v.m.load())
		v.draft.Keep("")
		v.fill()
		v.e.Focus(v.page, v.sheet.Grid())
	}
	if v.m.Def == nil || !v.dirty() {
		then()
		return
	}
	v.fill() // the pickers show what is open until it is decided
	v.e.ConfirmDanger("Bỏ số liệu chưa lưu", "Trong bảng còn số liệu vừa gõ mà chưa lưu (Ctrl+Enter để lưu). Bỏ phần đó?", "Bỏ phần chưa lưu", then)
}

// fill draws what is open.
func (v *values) fill() {
	m := v.m
	if m.Def == nil {
		return
	}
	v.pick.SetOptions(m.choices())
	v.pick.SetKey(m.Code)
	v.year.SetOptions(m.years())
	v.year.SetKey(strconv.Itoa(m.Year))
	v.span.Choose(m.Span)
	v.nd09.SetKey(kit.If(m.ND09, "1", "0"))
	if shown := fmt.Sprint(m.Code, m.Year, m.Span, m.ND09); shown != v.shown {
		v.shown = shown
		columns := []cells.Column{{Title: "Đơn vị", Width: 200, Min: 190, Flex: 1}, {Title: "Giao", Tip: "Chỉ tiêu được giao", Width: 62, Align: widget.Right}}
		for k, p := range m.Periods {
			columns = append(columns, cells.Column{Title: m.heading(k), Tip: p.Span(), Width: kit.If[float32](m.Span == 0, 64, 130), Min: 56, Align: widget.Right})
		}
		at := v.sheet.Place()
		v.sheet.Show(m.Table, append(columns, cells.Column{Title: "Tình trạng", Width: 104}))
		v.sheet.Grid().SetCell(max(at.Row, 0), max(at.Column, firstPeriod))
	}
	v.mark()
}

// mark shows the faults at their cells.
func (v *values) mark() {
	faults := map[cells.Place]string{}
	for at, text := range v.m.Faults {
		faults[cells.Place{Row: at[0], Column: at[1]}] = text
	}
	v.sheet.SetFaults(faults)
	v.e.Status()
}

func (v *values) changed() {
	v.m.check()
	v.mark()
	v.draft.Keep(v.m.draft())
}

// Status implements parts.Part.
func (v *values) Status() string {
	m := v.m
	if m.Def == nil {
		return ""
	}
	parts := []string{m.Code, m.Def.Unit, "cộng theo đơn vị: " + strings.ToLower(howTitle(m.Def.OverUnits)) + ", theo kỳ: " + strings.ToLower(howTitle(m.Def.OverPeriods))}
	if n, _ := m.typed(); len(n) > 0 {
		parts = append(parts, fmt.Sprintf("%d ô chưa lưu", len(n)))
	}
	if len(m.Faults) > 0 {
		parts = append(parts, fmt.Sprintf("%d ô cần sửa", len(m.Faults)))
	}
	return strings.Join(parts, " · ")
}

func (v *values) paste(copied string) {
	if text := v.m.locked(); text != "" {
		v.e.Toast(text)
		return
	}
	at := v.sheet.Place()
	if err := v.m.paste(max(at.Row, 0), at.Column, copied); err != nil {
		v.page.Errors.SetError(err)
		return
	}
	v.page.Errors.SetError(nil)
	v.sheet.Refresh()
	v.changed()
}

// keepBefore fills the blanks of the column of the cursor.
func (v *values) keepBefore() {
	at := v.sheet.Place()
	if text := v.m.locked(); text != "" || !v.typable(at.Column) {
		v.e.Toast(text + kit.If(text == "", "Đặt con trỏ ở cột của kỳ cần giữ số.", ""))
		return
	}
	n := v.m.keepBefore(at.Column)
	v.sheet.Refresh()
	v.changed()
	v.e.Toast(fmt.Sprintf("Đã lấy số kỳ trước cho %d ô trống của %s. Xem lại rồi lưu.", n, v.m.heading(at.Column-firstPeriod)))
	v.e.Focus(v.page, v.sheet.Grid())
}

// store keeps what was typed in one change.
func (v *values) store() {
	list, ok, err := v.m.judge()
	v.page.Errors.SetError(err)
	switch v.mark(); {
	case err != nil:
		return
	case !ok:
		for at := range v.m.Faults {
			v.sheet.Go(cells.Place{Row: at[0], Column: at[1]})
			break
		}
		v.page.Errors.SetError(data.Fail(data.Invalid, fmt.Sprintf("Chưa lưu gì: còn %d ô cần sửa. Ô đó có dấu đỏ, lý do ở dòng dưới bảng.", len(v.m.Faults)), nil))
		return
	case len(list) == 0:
		v.e.Toast("Không có số liệu mới để lưu.")
		return
	}
	v.keep(list, fmt.Sprintf("Đã lưu %d số liệu.", len(list)))
}

// keep stores entries and tells what is odd about them.
func (v *values) keep(list []desk.IndicatorEntry, done string) {
	var doubts []desk.IndicatorDoubt
	v.e.Session.Go(func() {
		var err error
		doubts, err = v.e.Desk.KeepIndicators(context.Background(), "", list)
		v.e.Session.Post(func() {
			v.page.Errors.SetError(err)
			if err != nil {
				return
			}
			v.page.Errors.SetError(v.m.load())
			v.draft.Keep("")
			v.fill()
			if len(doubts) > 0 {
				done += fmt.Sprintf(" %d số cần xem lại: %s", len(doubts), doubts[0].Text)
			}
			v.e.Done(done)
		})
	})
}

// note asks for the comment of the cell under the cursor.
func (v *values) note() {
	at := v.sheet.Place()
	if at.Row < 0 || !v.typable(at.Column) || v.m.locked() != "" {
		v.e.Toast("Chú thích đi với một ô của kỳ. Đặt con trỏ ở ô đó.")
		return
	}
	if v.dirty() {
		v.e.Toast("Lưu số liệu vừa gõ trước (Ctrl+Enter), rồi ghi chú thích.")
		return
	}
	entry := v.m.entry(at.Row, at.Column-firstPeriod)
	form.Ask(v.e, form.Question[desk.IndicatorEntry]{Title: "Chú thích: " + v.m.names[at.Row] + ", " + entry.Period.Label, Value: entry,
		Fields: []form.Field[desk.IndicatorEntry]{form.Area("note", "Chú thích", 4, func(e *desk.IndicatorEntry) *string { return &e.Note })},
		Store: func(ctx context.Context, e desk.IndicatorEntry) error {
			_, err := v.e.Desk.KeepIndicators(ctx, "", []desk.IndicatorEntry{e})
			return err
		}, Done: func(desk.IndicatorEntry) string { return "Đã lưu chú thích." }, Then: func(desk.IndicatorEntry) { v.Refresh() }})
}

func (v *values) bookMenu() []widget.MenuItem {
	return []widget.MenuItem{
		{Label: "Xuất chỉ tiêu này…", Icon: widget.IconExcel, Do: func() { v.export("chi-tieu-"+strings.ToLower(v.m.Code), v.m.these()) }},
		{Label: "Xuất mọi chỉ tiêu của các kỳ này…", Icon: widget.IconExcel, Do: func() { v.export("chi-tieu-"+strconv.Itoa(v.m.Year), v.m.everything()) }},
		{Label: "Nhập tệp…", Icon: widget.IconImport, Do: v.choosePath},
		{Label: "Dán bảng có dòng tiêu đề", Icon: widget.IconImport, Do: v.pasteTable},
	}
}

func (v *values) export(name string, list []desk.IndicatorEntry) {
	v.e.Export("Xuất số liệu chỉ tiêu", name+".xlsx", "Đã xuất "+data.FormatInt(int64(len(list)))+" dòng", func(_ context.Context, path string, _ widget.Report) error {
		return v.e.Desk.ExportIndicators(path, list)
	})
}

// PrintPage implements env.Printer: the table of values of the period of the window.
func (v *values) PrintPage() {
	s := v.e.Session
	r := papers.Request{Name: papers.IndicatorTable, Period: s.Period(), AsOf: s.AsOf()}
	v.e.ShowPDF("Bảng số liệu chỉ tiêu", string(papers.IndicatorTable), func(ctx context.Context, _ bool) ([]byte, error) {
		drawn, err := papers.Pages(ctx, v.e.Desk, r)
		return drawn.PDF, err
	})
}
