package settings

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/archive"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

type mapping = desk.Stored[exchange.Saved]

// filePart is the data file: its backups, its soundness, and how files are read.
type filePart struct {
	p        *page
	backups  *list.List[desk.BackupFile]
	second   *secondPart
	mappings *list.List[mapping]
	object   fyne.CanvasObject
}

func newFile(p *page) *filePart {
	f := &filePart{p: p}
	d := p.e.Desk
	f.backups = list.Of(p.e, list.Options[desk.BackupFile]{ID: "backups", Title: "Các bản sao lưu trên máy này", What: "bản sao lưu", Load: func() ([]desk.BackupFile, error) { return d.BackupFiles(), nil },
		Key: func(b *desk.BackupFile) uint64 { return uint64(momentKey(b.At)) },
		Columns: []list.Column[desk.BackupFile]{
			{ID: "when", Title: "Lúc", Width: 128, Text: func(b *desk.BackupFile) string { return b.At.String() },
				Compare: func(a, b *desk.BackupFile) int { return cmp.Compare(momentKey(a.At), momentKey(b.At)) }},
			{ID: "kind", Title: "Loại", Width: 130, Flex: 0.5, Text: backupKind},
			{ID: "size", Title: "Cỡ", Width: 76, Align: widget.Right, Text: func(b *desk.BackupFile) string { return size(b.Size) },
				Compare: func(a, b *desk.BackupFile) int { return int(a.Size - b.Size) }},
			{ID: "name", Title: "Tệp", Width: 150, Flex: 1, Text: func(b *desk.BackupFile) string { return filepath.Base(b.Path) }},
		},
		Open: func(b *desk.BackupFile) { f.inspect(b.Path) }, EmptyVerb: "Sao lưu ngay", EmptyDo: f.now,
		Menu: func(b *desk.BackupFile, _ []uint64) []widget.MenuItem {
			path := b.Path
			return []widget.MenuItem{
				{Label: "Khôi phục từ bản này…", Icon: widget.IconUndo, Hint: "Enter", Do: func() { f.inspect(path) }},
				{Label: "Chép đường dẫn", Icon: widget.IconCopy, Do: func() { fyne.CurrentApp().Clipboard().SetContent(path) }},
			}
		}})
	f.mappings = list.Of(p.e, list.Options[mapping]{ID: "mappings", Title: "Cách ghép cột đã nhớ khi nhập Excel", What: "cách ghép cột", Load: d.Mappings, Key: func(m *mapping) uint64 { return m.ID },
		Columns: []list.Column[mapping]{
			{ID: "when", Title: "Ngày", Width: widget.WidthDate, Text: func(m *mapping) string { return m.Value.Day.String() }},
			{ID: "file", Title: "Tệp lần đầu", Width: 150, Flex: 1, Text: func(m *mapping) string { return m.Value.File }},
			{ID: "heads", Title: "Các cột", Width: 160, Flex: 2, Text: func(m *mapping) string { return headings(&m.Value) }},
		},
		Empty: "Chưa nhớ cách ghép cột nào.",
		Menu: func(m *mapping, _ []uint64) []widget.MenuItem {
			one := *m
			return []widget.MenuItem{{Label: "Quên cách ghép này", Icon: widget.IconTrash, Hint: "Delete", Do: func() { f.forget(&one) }}}
		},
		OnKey: func(ev *fyne.KeyEvent, m *mapping) bool {
			if ev.Name != fyne.KeyDelete || m == nil {
				return false
			}
			f.forget(m)
			return true
		}})
	f.second = newSecond(f)
	file := container.NewVBox(widget.NewSection("Tệp đang mở"), widget.NewParagraph(d.Where(), 200),
		container.NewHBox(widget.NewButton("Sổ mới…", widget.IconAdd, func() { p.e.NewFile() }), widget.NewButton("Mở tệp khác…", "", f.openFile), widget.NewButton("Kiểm tra tệp", widget.IconCheck, f.check)),
		container.NewHBox(widget.NewButton("Sao lưu ra nơi khác…", widget.IconSave, f.backup), widget.NewButton("Diễn tập khôi phục", widget.IconCheck, f.drill).WithTip("Thử khôi phục bản đang chọn, hoặc bản mới nhất, vào một tệp riêng rồi so số liệu")),
		f.second.object)
	note := widget.NewNote("Chọn một bản rồi Enter để xem bên trong có gì, khôi phục thì mất gì. Giữ bản của 7 ngày, 5 tuần, 12 tháng và mọi năm; bản «Sao lưu ngay» không bị dọn. Mỗi bản gồm sổ, minh chứng, báo cáo đã xuất, thiết lập, và được đọc lại mỗi tuần.", 200)
	f.object = container.New(layout.NewGridLayoutWithColumns(2), container.NewBorder(file, nil, nil, nil, f.mappings.Object()),
		container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), container.NewBorder(nil, note, nil, nil, f.backups.Object())))
	return f
}

func (f *filePart) show() (fyne.CanvasObject, []fyne.CanvasObject) {
	return f.object, []fyne.CanvasObject{widget.NewButton("Bản sao lưu ở nơi khác…", "", f.chooseBackup), widget.NewButton("Khôi phục từ bản sao lưu…", widget.IconUndo, f.restore),
		widget.NewMainButton("Sao lưu ngay", widget.IconSave, f.now)}
}

func (f *filePart) first() fyne.Focusable { return f.backups.Grid() }

// fill lists the backups, which are looked up on the disk, and the mappings.
func (f *filePart) fill() {
	f.backups.Refresh()
	f.second.fill()
	f.mappings.Refresh()
}

// folder is where the data file lies.
func (f *filePart) folder() string { return filepath.Dir(f.p.e.Desk.Path()) }

func (f *filePart) openFile() {
	f.p.e.Files.Open(widget.FileQuestion{Title: "Mở tệp dữ liệu", Purpose: "data", Folder: f.folder(), Filters: []widget.FileFilter{widget.FilterData, widget.FilterAll}}, f.p.e.OpenFile)
}

// now writes a backup beside the daily ones.
func (f *filePart) now() {
	path := ""
	f.p.e.Run("Đang sao lưu", func(ctx context.Context, report widget.Report) (err error) {
		path, err = f.p.e.Desk.BackupNow(ctx, tell(report))
		return err
	}, func(err error) { f.backedUp(path, err) })
}

// backup writes a backup to a place that the officer names.
func (f *filePart) backup() {
	name := "sao-luu-" + f.p.e.Desk.Today().ISO() + archive.Ending
	f.p.e.Files.Save(widget.FileQuestion{Title: "Sao lưu dữ liệu", Purpose: "backup", Name: name, Filters: []widget.FileFilter{widget.FilterBackup}}, func(path string) {
		f.p.e.Run("Đang sao lưu", func(ctx context.Context, report widget.Report) error {
			return f.p.e.Desk.BackupTaken(ctx, path, tell(report))
		}, func(err error) { f.backedUp(path, err) })
	})
}

func (f *filePart) backedUp(path string, err error) {
	f.p.page.Errors.SetError(err)
	if err == nil {
		f.fill()
		f.p.e.Toast("Đã sao lưu và kiểm tra " + filepath.Base(path) + ".")
	}
}

func (f *filePart) check() {
	text, sound := "", false
	f.p.e.Run("Đang kiểm tra tệp dữ liệu", func(ctx context.Context, _ widget.Report) error {
		r, err := f.p.e.Desk.Check(ctx)
		text, sound = checkText(r)
		return err
	}, func(err error) {
		f.p.page.Errors.SetError(err)
		switch {
		case err != nil:
		case sound:
			widget.Message(f.p.e.Window, "Tệp dữ liệu lành lặn", text, nil)
		default:
			widget.Message(f.p.e.Window, "Tệp dữ liệu có chỗ hỏng", text, nil)
		}
	})
}

// restore looks at the backup that is chosen in the list; without one it asks for a
// file.
func (f *filePart) restore() {
	if b := f.backups.CurrentRow(); b != nil {
		f.inspect(b.Path)
		return
	}
	f.chooseBackup()
}

func (f *filePart) chooseBackup() {
	f.p.e.Files.Open(widget.FileQuestion{Title: "Chọn bản sao lưu", Purpose: "backup", Folder: f.folder(), Filters: []widget.FileFilter{widget.FilterBackup, widget.FilterAll}}, f.inspect)
}

// inspect reads a backup from end to end, tells what it holds and asks whether to
// restore it.
func (f *filePart) inspect(path string) {
	var preview desk.Preview
	f.p.e.Run("Đang đọc bản sao lưu", func(ctx context.Context, report widget.Report) (err error) {
		preview, err = f.p.e.Desk.PreviewRestore(ctx, path, tell(report))
		return err
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
		case err != nil:
			f.p.e.Fail("Không dùng được bản sao lưu này", err)
		default:
			f.offer(path, preview)
		}
	})
}

// offer tells what is in a backup and what a restore would take away, and restores it in
// the place of the open file or into a new one.
func (f *filePart) offer(path string, preview desk.Preview) {
	e := f.p.e
	var d *widget.Dialog
	fresh := widget.NewButton("Thành sổ mới…", "", func() {
		d.Close()
		name := strings.TrimSuffix(filepath.Base(e.Desk.Path()), filepath.Ext(e.Desk.Path())) + "-khoi-phuc.db"
		e.Files.Save(widget.FileQuestion{Title: "Khôi phục thành sổ mới", Purpose: "data", Name: name, Folder: f.folder(), Filters: []widget.FileFilter{widget.FilterData}}, func(to string) { f.restoreTo(path, to) })
	})
	d = widget.ShowDialog(e.Window, widget.DialogOptions{Title: "Khôi phục từ bản sao lưu?", Content: widget.NewParagraph(restoreText(filepath.Base(path), &preview), 520), Default: "Khôi phục", Cancel: "Hủy bỏ", Danger: true,
		Width: 520, Extra: []*widget.Button{fresh}, OnDefault: func() bool {
			widget.Post(func() { e.Restore(path) })
			return true
		}})
}

// restoreTo restores a backup into a file that is not there yet.
func (f *filePart) restoreTo(backup, to string) {
	e := f.p.e
	e.Run("Đang khôi phục thành sổ mới", func(ctx context.Context, report widget.Report) error {
		_, err := desk.Restore(ctx, backup, to, desk.RestoreOptions{New: true, Tell: tell(report)})
		return err
	}, func(err error) {
		if err != nil {
			e.Fail("Không khôi phục được", err)
			return
		}
		e.Offer("Đã khôi phục thành "+filepath.Base(to)+".", "Mở sổ ấy", func() { e.OpenFile(to) })
	})
}

func (f *filePart) forget(m *mapping) {
	id := m.ID
	f.p.e.Do(func(ctx context.Context) error { return f.p.e.Desk.ForgetMapping(ctx, id) }, "Đã quên cách ghép cột.", f.p.page.Errors.SetError)
}

// lookPart is the look of the program, and what was done last.
type lookPart struct {
	percent *widget.Picker
	journal *list.List[act]
	object  fyne.CanvasObject
}

func newLook(p *page) *lookPart {
	l := &lookPart{}
	e := p.e
	percent, dark := e.Look(0, false)
	var sizes []widget.Option
	for n := widget.MinPercent; n <= widget.MaxPercent; n += 10 {
		sizes = append(sizes, widget.Option{Key: strconv.Itoa(n), Text: fmt.Sprintf("%d %%", n)})
	}
	night := widget.NewCheck("Nền tối", nil)
	look := func() {
		n, _ := strconv.Atoi(l.percent.Key())
		e.Look(n, night.Checked)
	}
	l.percent = widget.NewPicker(sizes, func(widget.Option) { look() })
	l.percent.SetKey(strconv.Itoa(percent))
	l.percent.Prefix = "Cỡ chữ"
	night.SetChecked(dark)
	night.OnChanged = func(bool) { look() }
	level := widget.NewPicker([]widget.Option{{Key: "warn", Text: "ít"}, {Key: "info", Text: "thường"}, {Key: "debug", Text: "chi tiết"}}, func(o widget.Option) { e.LogLevel(o.Key) })
	level.Prefix = "Nhật ký"
	level.SetKey(cmp.Or(e.Habits.String(env.HabitLogLevel), "info"))
	l.journal = list.Of(e, list.Options[act]{ID: "journal", Title: "50 thao tác gần nhất", What: "thao tác", Load: func() ([]act, error) { return recentWork(e.Desk) },
		Key: func(a *act) uint64 { return a.seq },
		Columns: []list.Column[act]{
			{ID: "at", Title: "Lúc", Width: 124, Text: func(a *act) string { return a.at }, Compare: func(a, b *act) int { return cmp.Compare(a.seq, b.seq) }},
			{ID: "what", Title: "Việc", Width: 260, Flex: 1, Text: func(a *act) string { return a.what }},
		}})
	page := widget.NewButton("Trang in thử…", widget.IconPrint, func() {
		e.ShowPDF("Trang in thử", "trang-in-thu", func(ctx context.Context, _ bool) ([]byte, error) { return papers.TestPage(ctx, e.Desk) })
	}).WithTip("Xem máy in có cắt lề, thu nhỏ trang hay thiếu chữ không")
	top := container.NewVBox(widget.NewSection("Hiển thị"), container.NewHBox(l.percent, night), widget.Gap(12), widget.NewSection("In ấn"), container.NewHBox(page), widget.Gap(12),
		widget.NewSection("Khi có trục trặc"), container.NewHBox(level, widget.NewButton("Báo lỗi…", "", func() { e.Report() })),
		widget.NewNote("Nhật ký và bản báo lỗi không chứa tên người, mã hồ sơ hay nội dung đã nhập.", 400), widget.Gap(12))
	l.object = container.NewBorder(top, nil, nil, nil, l.journal.Object())
	return l
}

func (l *lookPart) show() (fyne.CanvasObject, []fyne.CanvasObject) { return l.object, nil }
func (l *lookPart) fill()                                          { l.journal.Refresh() }
func (l *lookPart) first() fyne.Focusable                          { return l.percent }
