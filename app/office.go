package app

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/papers"
	"giaoban/app/screen"
	"giaoban/app/screen/briefing"
	"giaoban/app/screen/importing"
	"giaoban/app/screen/overview"
	"giaoban/app/screen/register"
	"giaoban/app/screen/settings"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
	"giaoban/reports/form"
)

// The screens, by the names under which the navigation knows them.
const (
	navOverview    = "overview"
	navRegister    = "register"
	navReceiving   = "receiving"
	navWatching    = "watching"
	navChecking    = "checking"
	navScoring     = "scoring"
	navImport      = "import"
	navBriefing    = "briefing"
	navCatalogue   = "catalogue"
	navSettings    = "settings"
	navReported    = "reported"
	navReconciling = "reconciling"
	periodOther    = "other"
	periodFree     = "free"
	statePolling   = 150 * time.Millisecond
)

// place is one place in the history of the window.
type place struct {
	screen string
	jump   *view.Jump
	grid   widget.Place
}

// office holds the screens of an open data file.
type office struct {
	w       *window
	desk    *desk.Desk
	session *view.Session
	frame   *widget.Frame
	context screen.Context  // what the window gives to its screens
	print   screen.Printing // how they show papers
	files   *widget.Files
	history widget.History[place]

	screens  map[string]screen.Screen
	list     *view.Register
	register *register.Screen
	briefing *briefing.Screen
	imports  *importing.Screen
	period   *widget.Picker
	compare  *widget.Paragraph
	search   *widget.Field
	now      string
	stop     func()
	undoable string // what Ctrl+Z takes back, for the status bar
	safety   string // what the status bar says of backups
}

func newOffice(w *window, d *desk.Desk) *office {
	if w.office != nil {
		w.office.stop()
	}
	o := &office{w: w, desk: d, session: view.NewSession(d), screens: map[string]screen.Screen{}}
	o.session.Go, o.session.Post = widget.Background, widget.Post
	o.context = screen.Context{Window: w.win, Status: o.status, InView: func(content fyne.CanvasObject) bool {
		s := o.screens[o.now]
		return s != nil && s.Content() == content
	}}
	o.files = widget.NewFiles(w.win, folders{w.app.Preferences()}, nil)
	o.print = screen.Printing{Context: o.context, Desk: d, Files: o.files, Engine: w.engine}
	unwatch := d.Watch(func(desk.Changes) { widget.Post(o.session.Changed) })
	o.frame = widget.NewFrame(w.win, nil)
	o.buildHeader()
	o.buildScreens()
	o.wire()
	o.readStatus()
	o.session.Listen(func() {
		o.readStatus()
		o.frame.SetOffice(form.OneLine(d.Office().Name))
		o.fillPeriods()
		o.status()
	})
	o.frame.SetOffice(form.OneLine(d.Office().Name))
	o.frame.Install()
	unwatchDay := o.session.WatchDay(widget.After)
	w.app.Lifecycle().SetOnEnteredForeground(o.session.CheckDay)
	o.stop = func() { unwatch(); unwatchDay() }
	o.backupDaily()
	if stateFile != "" {
		o.pollState()
	}
	o.go_(navOverview)
	return o
}

func (o *office) buildHeader() {
	o.period = widget.NewPicker(nil, func(c widget.Option) { o.choosePeriod(c.Key) })
	o.period.Prefix, o.period.Width = "Kỳ", 230
	o.compare = widget.NewNote("", 190)
	o.search = widget.NewField("Tìm hồ sơ…  Ctrl+K")
	o.search.Width = 220
	o.search.OnText = func(text string) {
		if o.now != navRegister {
			o.go_(navRegister)
			o.w.win.Canvas().Focus(o.search)
		}
		o.list.SetText(text)
	}
	o.search.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
			o.go_(navRegister)
			return true
		}
		return false
	}
	o.fillPeriods()
	o.frame.SetHeader(o.period, container.NewVBox(layout.NewSpacer(), o.compare, layout.NewSpacer()), o.search)
}

func (o *office) fillPeriods() {
	p := o.session.Period()
	var options []widget.Option
	chosen, known := periodKey(p), false
	for _, nd09 := range []bool{false, true} {
		for _, c := range o.session.PeriodOptions(nd09) {
			options = append(options, widget.Option{Key: c.Key, Text: c.Label})
			known = known || c.Key == chosen
		}
	}
	if !known {
		options = append([]widget.Option{{Key: chosen, Text: view.PeriodLabel(p)}}, options...)
	}
	options = append(options, widget.Option{Key: periodOther, Text: "Khoảng ngày khác…"})
	o.period.SetOptions(options)
	o.period.SetKey(chosen)
	o.compare.SetText("so với " + view.PeriodLabel(p.Before()))
}

// periodKey names a period in the list of periods; free ranges have no key of
// their own.
func periodKey(p data.Period) string {
	if p.Key == "" {
		return periodFree
	}
	return p.Key
}

func (o *office) choosePeriod(key string) {
	if key == periodOther {
		o.askPeriod()
		return
	}
	if p, err := data.ParsePeriod(key); err == nil {
		o.session.SetPeriod(p)
		o.shown()
	}
}

func (o *office) askPeriod() {
	from, to := widget.NewDateField(o.desk.Today), widget.NewDateField(o.desk.Today)
	from.Info, to.Info = o.dayInfo, o.dayInfo
	from.SetDay(o.session.Period().From)
	to.SetDay(o.session.Period().To)
	widget.ShowForm(o.w.win, "Khoảng ngày", []fyne.CanvasObject{widget.NewFieldBox("Từ ngày", from), widget.NewFieldBox("Đến ngày", to)}, "Chọn", func() error {
		a, err := from.Day()
		if err != nil {
			return err
		}
		b, err := to.Day()
		if err != nil {
			return err
		}
		p, err := data.FreePeriod(a, b)
		if err != nil {
			return err
		}
		o.session.SetPeriod(p)
		o.shown()
		return nil
	})
	o.period.SetKey(periodKey(o.session.Period()))
}

// dayInfo tells the calendars of date fields what is special about a day.
func (o *office) dayInfo(d data.Day) (lunar, note string, off bool) {
	l := workday.Lunar(d)
	lunar = strconv.Itoa(l.Day)
	if l.Day == 1 {
		lunar = fmt.Sprintf("%d/%d", l.Day, l.Month)
	}
	if s, ok := o.desk.Calendar().Special(d); ok {
		note = s.Name
	}
	return lunar, note, !o.desk.Calendar().IsWorking(d)
}

func (o *office) buildScreens() {
	ctx := o.context
	prefs := o.w.app.Preferences()
	o.list = view.NewRegister(o.session)
	o.list.Memory = prefs
	o.register = register.New(ctx, o.list)
	o.register.Import = func() { o.go_(navImport) }
	o.register.Receive = func() { o.go_(navReceiving) }
	o.register.Export, o.register.ExportPDF, o.register.Undo = o.exportList, o.exportListPDF, o.undo
	o.register.Print, o.register.DayInfo = o.print, o.dayInfo
	o.register.KeepWidths(func(text string) { prefs.SetString(prefColumns+navRegister, text) }, prefs.String(prefColumns+navRegister))
	over := overview.New(ctx, o.session, view.NewOverview(o.session))
	over.Report = func() { o.go_(navBriefing) }
	imports := view.NewImporting(o.session)
	imports.Run = o.runImport
	o.imports = importing.New(ctx, imports, o.files)
	o.imports.Leave = func() { o.list.ClearFilters(); o.go_(navRegister) }
	o.imports.Undo = o.undo
	o.briefing = briefing.New(ctx, o.session, view.NewBriefing(o.session), o.files, o.w.engine, o.dayInfo)
	look := settings.New(ctx, o.session, o.files, prefs.IntWithFallback(prefPercent, 100), prefs.Bool(prefDark))
	look.Look = o.look
	look.TestPage = func() {
		o.print.ShowPDF("Trang in thử", "trang-in-thu", func(ctx context.Context, _ bool) ([]byte, error) { return papers.TestPage(ctx, o.desk) })
	}
	look.OpenFile, look.Restore, look.Undo, look.Report = o.w.open, o.w.restore, o.undo, o.w.report
	look.SetLevel(prefs.String(prefLevel), o.w.logLevel)
	o.screens = map[string]screen.Screen{navOverview: over, navRegister: o.register, navImport: o.imports, navBriefing: o.briefing, navSettings: look}
	for _, e := range entries {
		if e.build != nil {
			if s := e.build(o); s != nil {
				o.screens[e.item.ID] = s
			}
		}
	}
	o.frame.SetItems(o.navItems())
}

// runImport runs the long work of the import with progress.
func (o *office) runImport(title string, work func(context.Context, func(done, total int64)) error, done func(error)) {
	widget.RunWithProgress(o.w.win, title, func(ctx context.Context, report widget.Report) error {
		return work(ctx, func(n, total int64) { report(n, total, title) })
	}, done)
}

func (o *office) wire() {
	f := o.frame
	f.OnNavigate = o.go_
	f.OnBack = func() { o.travel(o.history.Back) }
	f.OnForward = func() { o.travel(o.history.Forward) }
	f.OnHelp = o.help
	f.SetNarrow(o.w.app.Preferences().Bool(prefNarrow))
	f.OnNarrow = func(narrow bool) { o.w.app.Preferences().SetBool(prefNarrow, narrow) }
	f.OnKey = func(ev *fyne.KeyEvent) bool {
		if s, ok := o.screens[o.now].(screen.Keys); ok && s.TakeKey(ev) {
			return true
		}
		if ev.Name == fyne.KeyEscape && o.now == navRegister {
			return o.register.CloseDetail()
		}
		return false
	}
	o.session.OnJump(func(j view.Jump) {
		o.list.Show(j)
		o.enter(place{screen: navRegister, jump: &j})
	})
	ctrl := fyne.KeyModifierControl
	f.AddShortcut(fyne.KeyI, ctrl, o.goImport)
	f.AddShortcut(fyne.KeyV, ctrl, func() {
		if o.now == navImport {
			o.imports.Paste()
		}
	})
	f.AddShortcut(fyne.KeyF, ctrl, func() { o.go_(navRegister); o.register.FocusSearch() })
	f.AddShortcut(fyne.KeyD, ctrl, func() {
		if o.now == navRegister {
			o.register.SaveFilter()
		}
	})
	f.AddShortcut(fyne.KeyK, ctrl, func() { o.w.win.Canvas().Focus(o.search); o.search.SelectAll() })
	f.AddShortcut(fyne.KeyP, ctrl, func() {
		if s, ok := o.screens[o.now].(screen.Printer); ok {
			s.PrintPage()
			return
		}
		o.go_(navBriefing)
		o.briefing.Print()
	})
	f.AddShortcut(fyne.KeyZ, ctrl, func() { o.revertKey(false) })
	f.AddShortcut(fyne.KeyY, ctrl, func() { o.revertKey(true) })
	o.w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) {
		for _, u := range uris {
			if path := localPath(u); path != "" {
				if s, ok := o.screens[o.now].(screen.FileTaker); ok && s.TakeFile(path) {
					return
				}
				o.go_(navImport)
				o.imports.Drop(path)
				return
			}
		}
	})
}

func localPath(u fyne.URI) string {
	if u.Scheme() != "file" {
		return ""
	}
	path := u.Path()
	if p, err := url.PathUnescape(path); err == nil && strings.Contains(path, "%") {
		path = p
	}
	return filepath.FromSlash(path)
}

// go_ opens a screen and remembers where the officer was.
func (o *office) go_(id string) {
	if id == o.now {
		o.screens[id].Shown()
		return
	}
	o.enter(place{screen: id})
}

// goImport opens the import; from there it asks for a file at once.
func (o *office) goImport() {
	if o.now == navImport {
		o.imports.ChooseFile()
		return
	}
	o.go_(navImport)
}

func (o *office) enter(p place) {
	o.remember()
	o.history.Push(p)
	o.show(p.screen)
}

// remember keeps what changed at the present place since it was entered.
func (o *office) remember() {
	if o.now == "" {
		return
	}
	p := place{screen: o.now}
	if o.now == navRegister {
		j := o.list.Here()
		p.jump, p.grid = &j, o.register.Place()
	}
	o.history.Update(p)
}

func (o *office) travel(step func() (place, bool)) {
	o.remember()
	p, ok := step()
	if !ok {
		return
	}
	if p.jump != nil {
		o.list.Return(*p.jump)
	}
	o.show(p.screen)
	if p.screen == navRegister {
		o.register.Restore(p.grid)
	}
}

func (o *office) show(id string) {
	o.now = id
	o.frame.SetContent(id, o.screens[id].Content())
	o.shown()
}

func (o *office) shown() {
	o.screens[o.now].Shown()
	o.status()
}

func (o *office) status() {
	s := o.screens[o.now]
	if s == nil {
		return
	}
	o.showSearch()
	o.frame.SetStatus(s.Status(), o.undoable, o.safety)
}

// readStatus reads what the status bar says of the data file. It changes only
// with the data, while status is called at every keystroke.
func (o *office) readStatus() {
	o.undoable, o.safety = "", ""
	if undo, _ := o.desk.Undoable(); undo != "" {
		o.undoable = "Ctrl+Z hoàn tác: " + undo
	}
	if o.desk.Office().Demo {
		o.safety = "Cơ quan minh họa, số liệu tự tạo"
	} else if at := o.desk.LastBackup().At; at.Known() {
		o.safety = "Sao lưu " + at.String()
	}
}

// backupDaily makes the backup of the day behind the window. A failure is said
// once and stops nothing.
func (o *office) backupDaily() {
	widget.Background(func() {
		err := o.desk.BackupDaily(context.Background())
		widget.Post(func() {
			if err != nil {
				widget.ShowFailure(o.w.win, "Chưa sao lưu được hôm nay.", err)
			}
			o.readStatus()
			o.status()
		})
	})
}

// showSearch keeps the search at the top in step with the one of the register;
// other screens show it empty.
func (o *office) showSearch() {
	if o.searching() {
		return
	}
	text := ""
	if o.now == navRegister {
		text = o.list.Query().Text
	}
	o.search.SetValue(text)
}

// revertKey is what Ctrl+Z and Ctrl+Y do where no field takes them: what is stored
// is taken back at once only where nobody types.
func (o *office) revertKey(redo bool) {
	at := view.Typing{Text: widget.Typing(o.w.win.Canvas()) && !o.searching()}
	if f, ok := o.screens[o.now].(screen.Typed); ok {
		at.Form = f.Dirty()
	}
	act, verb := o.undo, "Hoàn tác"
	if redo {
		act, verb = o.redo, "Làm lại"
	}
	switch r := o.session.Revert(redo, at); {
	case r.Say != "":
		widget.ShowToast(o.w.win, r.Say, "", nil)
	case r.Ask != "":
		widget.Confirm(o.w.win, verb+" thao tác đã lưu", r.Ask, verb, func(ok bool) {
			if ok {
				act()
			}
		})
	default:
		act()
	}
}

// searching reports whether the cursor is in the search at the top of the window.
func (o *office) searching() bool {
	return o.w.win.Canvas().Focused() == fyne.Focusable(o.search)
}

func (o *office) undo() { o.revert(o.desk.Undo, "Đã hoàn tác: ", "Làm lại", o.redo) }
func (o *office) redo() { o.revert(o.desk.Redo, "Đã làm lại: ", "Hoàn tác", o.undo) }

func (o *office) revert(act func(context.Context) (string, error), said, other string, back func()) {
	title := ""
	widget.RunWithProgress(o.w.win, "Đang hoàn tác", func(ctx context.Context, _ widget.Report) error {
		var err error
		title, err = act(ctx)
		return err
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.NotFound:
			widget.ShowToast(o.w.win, err.Error(), "", nil)
		case err != nil:
			widget.ShowError(o.w.win, "Không hoàn tác được", err)
		default:
			o.imports.Reverted()
			widget.ShowToast(o.w.win, said+title, other, back)
		}
	})
}

// look changes text size and theme for good.
func (o *office) look(percent int, dark bool) {
	p := o.w.app.Preferences()
	p.SetInt(prefPercent, percent)
	p.SetBool(prefDark, dark)
	o.w.app.Settings().SetTheme(widget.NewTheme(dark, percent))
	// Sizes are fixed when a screen is built: build them anew.
	o.w.office = newOffice(o.w, o.desk)
	o.w.office.go_(navSettings)
	if s, ok := o.w.office.screens[navSettings].(*settings.Screen); ok {
		s.OpenLook()
	}
}

// keys are the keys that the help lists, and what they do.
var keys = [][2]string{
	{"Alt+1 … Alt+9", "chuyển màn hình"},
	{"Alt + mũi tên trái, phải", "lùi, tiến qua các nơi đã xem, giữ bộ lọc và chỗ đang đọc"},
	{"Ctrl+F", "tìm trong sổ hồ sơ; gõ có dấu hay không dấu đều được, cụm chữ trong dấu nháy kép phải liền nhau"},
	{"Ctrl+K", "ô tìm ở đầu cửa sổ"},
	{"Mũi tên, PageUp, PageDown", "đi trong danh sách; Home, End: dòng đầu, dòng cuối"},
	{"F2, F3", "việc tiếp theo của hồ sơ; những việc khác"},
	{"Tab, Ctrl+dấu cách", "trong ô tìm: lấy gợi ý; Alt + mũi tên chọn gợi ý khác, mũi tên xuống đi vào danh sách"},
	{"F6, Ctrl+A", "từ ô tìm sang danh sách, sang bộ lọc đã lưu và trở lại; chọn tất cả đang liệt kê"},
	{"Ctrl+D", "lưu bộ lọc đang dùng"},
	{"Enter, bấm đúp", "mở dòng đang chọn; Esc: đóng"},
	{"Shift, Ctrl + bấm", "chọn nhiều dòng; Ctrl+C: chép các dòng đã chọn"},
	{"Bấm phải, phím Menu", "những việc làm được với dòng đang chọn"},
	{"Ctrl+N", "tiếp nhận hồ sơ; trong trang: Enter sang ô sau, Ctrl+Enter lưu và nhập tiếp, Ctrl+S lưu, Ctrl+P lưu và in, Ctrl+D điền theo hồ sơ cũ, Ctrl+Shift+Enter thêm hồ sơ cùng người nộp"},
	{"Ctrl+I", "nhập từ Excel, hoặc kéo tệp vào cửa sổ; Ctrl+V ở đó: dán bảng đã chép"},
	{"Ctrl+Z, Ctrl+Y", "hoàn tác, làm lại"},
	{"Ctrl+P", "in: phiếu của hồ sơ đang chọn, báo cáo đang xem"},
	{"F4", "mở lịch trong ô ngày; gõ 0503 là 05/03, năm của ngày đang có trong ô, ô trống thì năm nay"},
}

// scoringKeys are those of the screen Chấm điểm, which stand first while it is in
// view.
var scoringKeys = [][2]string{
	{"Chấm điểm", "Ctrl+PageDown, PageUp phần sau, trước; Ctrl + mũi tên xuống, lên tiêu chí sau, trước; Ctrl+Enter lưu và sang tiêu chí sau, Ctrl+S lưu; Ctrl+J chưa chấm, Ctrl+E thiếu tài liệu; Ctrl+L thêm tài liệu, hoặc kéo tệp vào cửa sổ; Ctrl+P in"},
	{"Bộ tiêu chí", "Insert thêm, F3 thêm tiêu chí con; Enter cách chấm, F2 tên và điểm, Ctrl+F2 thông tin chung, Delete bỏ; Ctrl + mũi tên lên, xuống đổi chỗ"},
	{"Dòng của bảng nhập", "Enter, mũi tên sang dòng sau, trước; Insert thêm dòng, Ctrl+Delete bỏ dòng; Ctrl+V dán từ bảng tính; Ctrl+Enter lưu"},
}

// help lists the keys.
func (o *office) help() {
	const left, right = 180, 400
	box := container.New(layout.NewCustomPaddedVBoxLayout(4))
	all := slices.Concat(keys, scoringKeys)
	if o.now == navScoring {
		all = slices.Concat(scoringKeys, keys)
	}
	for _, k := range all {
		key := widget.NewParagraph(k[0], left)
		key.Bold = true
		box.Add(container.NewBorder(nil, nil, screen.Wide(left, key), nil, widget.NewParagraph(k[1], right)))
	}
	box.Add(screen.Gap(8))
	box.Add(widget.NewNote("Tệp dữ liệu: "+o.desk.Path(), left+right))
	list := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), box))
	// All of it where the window has room.
	height := min(box.MinSize().Height, o.w.win.Canvas().Size().Height-widget.Scaled(140)) / widget.Scaled(1)
	var d *widget.Dialog
	d = widget.ShowDialog(o.w.win, widget.DialogOptions{Title: "Trợ giúp: các phím", Content: screen.Tall(height, list), Default: "Đóng", Width: left + right,
		Extra: []*widget.Button{widget.NewButton("Báo lỗi…", "", func() { d.Close(); o.w.report() })}})
}

// pollState keeps the file of the visible state in step: toasts and dialogs
// come and go without telling.
func (o *office) pollState() {
	ticker := time.NewTicker(statePolling)
	done := make(chan struct{})
	before := o.stop
	o.stop = func() { before(); ticker.Stop(); close(done) }
	widget.Background(func() {
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				widget.Post(o.writeState)
			}
		}
	})
}

func (o *office) writeState() {
	s := o.screens[o.now]
	if s == nil {
		return
	}
	v := visible{Screen: o.now, Status: s.Status(), Toast: widget.ToastText(o.w.win), Dialog: widget.DialogTitle(o.w.win)}
	seen := widget.See(o.w.win)
	v.Focus, v.Value, v.Errors, v.Text, v.Pages = seen.Focus, seen.Value, seen.Errors, seen.Text, seen.Pages
	if o.now == navRegister {
		v.Listed, v.Selected = o.list.Len(), o.register.Chosen()
	}
	writeState(v)
}
