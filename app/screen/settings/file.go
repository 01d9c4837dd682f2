package settings

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/settings"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// filePart is the data file: its backups, its soundness, and how files are read.
type filePart struct {
	c        *Screen
	backups  *widget.Grid
	mappings *widget.Grid
	list     []model.Backup
	known    []model.Mapping
	object   fyne.CanvasObject
}

var filterData = []widget.FileFilter{{Name: "Tệp dữ liệu", Patterns: []string{"*.db"}}, widget.FilterAll}

func newFile(c *Screen) *filePart {
	p := &filePart{c: c}
	p.backups = widget.NewGrid([]widget.Column{{ID: "when", Title: "Lúc", Width: 128}, {ID: "kind", Title: "Loại", Width: 190}, {ID: "size", Title: "Cỡ", Width: 76, Align: widget.Right}, {ID: "name", Title: "Tệp", Width: 200, Flex: 1}})
	p.backups.Single = true
	p.backups.OnOpen = func(i int) {
		if i < len(p.list) {
			p.inspect(p.list[i].Path)
		}
	}
	p.backups.OnMenu = func(i int, at fyne.Position) {
		if i >= len(p.list) {
			return
		}
		path := p.list[i].Path
		widget.ShowMenu(c.ctx.Window, at, []widget.MenuItem{
			{Label: "Khôi phục từ bản này…", Icon: widget.IconUndo, Hint: "Enter", Do: func() { p.inspect(path) }},
			{Label: "Chép đường dẫn", Icon: widget.IconCopy, Do: func() { fyne.CurrentApp().Clipboard().SetContent(path) }},
		})
	}
	p.backups.SetEmpty("Chưa có bản sao lưu nào.", "Sao lưu ngay", p.now)
	p.mappings = widget.NewGrid([]widget.Column{{ID: "when", Title: "Ngày", Width: widget.WidthDate}, {ID: "file", Title: "Tệp lần đầu", Width: 180, Flex: 1}, {ID: "heads", Title: "Các cột", Width: 200, Flex: 2}})
	p.mappings.Single = true
	p.mappings.SetEmpty("Chưa nhớ cách ghép cột nào.", "", nil)
	p.mappings.OnMenu = func(i int, at fyne.Position) {
		widget.ShowMenu(c.ctx.Window, at, []widget.MenuItem{{Label: "Quên cách ghép này", Icon: widget.IconTrash, Hint: "Delete", Do: func() { p.forget(i) }}})
	}
	p.mappings.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDelete {
			p.forget(p.mappings.Current())
			return true
		}
		return false
	}
	left := container.NewVBox(
		widget.NewSection("Tệp đang mở"), widget.NewParagraph(c.session.Desk.Path(), 200),
		container.NewHBox(widget.NewButton("Sổ mới…", widget.IconAdd, func() { c.NewFile() }), widget.NewButton("Mở tệp khác…", "", p.openFile), widget.NewButton("Kiểm tra tệp", widget.IconCheck, p.check)),
		container.NewHBox(widget.NewButton("Sao lưu ra nơi khác…", widget.IconSave, p.backup)),
		widget.NewNote("Nên chép bản sao lưu ra ổ cứng ngoài hoặc USB mỗi tuần. Bản sao lưu được mở ra đếm lại trước khi báo xong.", 200),
		screen.Gap(8), widget.NewSection("Cách ghép cột đã nhớ khi nhập Excel"), screen.Tall(190, p.mappings),
		container.NewHBox(widget.NewButton("Quên cách đang chọn", widget.IconTrash, func() { p.forget(p.mappings.Current()) })))
	right := container.NewVBox(
		widget.NewSection("Các bản sao lưu trên máy này"), screen.Tall(330, p.backups),
		widget.NewNote("Chọn một bản rồi Enter để xem bên trong có gì trước khi khôi phục. Mười bản hằng ngày mới nhất được giữ, tính theo nhật ký chứ không theo đồng hồ; bản «Sao lưu ngay» không bị dọn.", 200))
	p.object = container.New(layout.NewGridLayoutWithColumns(2), left, container.New(layout.NewCustomPaddedLayout(0, 0, 24, 0), right))
	return p
}

func (p *filePart) show() (fyne.CanvasObject, []fyne.CanvasObject) {
	return p.object, []fyne.CanvasObject{widget.NewButton("Khôi phục từ bản sao lưu…", widget.IconUndo, p.chooseBackup), widget.NewMainButton("Sao lưu ngay", widget.IconSave, p.now)}
}

// fill lists the backups, which are looked up on the disk, and the mappings.
func (p *filePart) fill() {
	p.c.session.Go(func() {
		list, known := model.Backups(p.c.session), model.Mappings(p.c.session)
		p.c.session.Post(func() {
			p.list, p.known = list, known
			p.backups.ReplaceRows(backupRows(list))
			p.mappings.ReplaceRows(mappingRows(known))
			if len(list) > 0 && p.backups.Current() < 0 {
				p.backups.SetCurrent(0)
			}
		})
	})
}

type backupRows []model.Backup

// Len implements widget.Rows.
func (r backupRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r backupRows) Cells(i int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text, dst[2].Text, dst[3].Text = r[i].When, r[i].Kind, r[i].Size, r[i].Name
}

type mappingRows []model.Mapping

// Len implements widget.Rows.
func (r mappingRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r mappingRows) Cells(i int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text, dst[2].Text = r[i].When, r[i].File, r[i].Headings
}

func (p *filePart) openFile() {
	p.c.files.Open(widget.FileQuestion{Title: "Mở tệp dữ liệu", Purpose: "data", Filters: filterData}, func(path string) { p.c.OpenFile(path) })
}

// now writes a backup beside the daily ones.
func (p *filePart) now() {
	path := ""
	widget.RunWithProgress(p.c.ctx.Window, "Đang sao lưu", func(ctx context.Context, _ widget.Report) error {
		var err error
		path, err = p.c.session.Desk.BackupNow(ctx)
		return err
	}, func(err error) { p.backedUp(path, err) })
}

// backup writes a backup to a place that the officer names.
func (p *filePart) backup() {
	name := "sao-luu-" + p.c.session.Desk.Today().ISO() + ".db"
	p.c.files.Save(widget.FileQuestion{Title: "Sao lưu dữ liệu", Purpose: "backup", Name: name, Filters: filterData[:1]}, func(path string) {
		widget.RunWithProgress(p.c.ctx.Window, "Đang sao lưu", func(ctx context.Context, _ widget.Report) error {
			return p.c.session.Desk.Backup(ctx, path)
		}, func(err error) { p.backedUp(path, err) })
	})
}

func (p *filePart) backedUp(path string, err error) {
	p.c.page.Errors.SetError(err)
	if err == nil {
		p.fill()
		widget.ShowToast(p.c.ctx.Window, "Đã sao lưu và kiểm tra "+filepath.Base(path)+".", "", nil)
	}
}

func (p *filePart) check() {
	text, sound := "", false
	widget.RunWithProgress(p.c.ctx.Window, "Đang kiểm tra tệp dữ liệu", func(ctx context.Context, _ widget.Report) error {
		r, err := p.c.session.Desk.Check(ctx)
		text, sound = model.CheckText(r)
		return err
	}, func(err error) {
		p.c.page.Errors.SetError(err)
		if err != nil {
			return
		}
		title := "Tệp dữ liệu lành lặn"
		if !sound {
			title = "Tệp dữ liệu có chỗ hỏng"
		}
		widget.Message(p.c.ctx.Window, title, text, nil)
	})
}

func (p *filePart) chooseBackup() {
	p.c.files.Open(widget.FileQuestion{Title: "Chọn bản sao lưu", Purpose: "backup", Filters: filterData}, p.inspect)
}

// inspect reads a backup from end to end, tells what it holds and asks whether to
// restore it.
func (p *filePart) inspect(path string) {
	var content desk.BackupContent
	widget.RunWithProgress(p.c.ctx.Window, "Đang đọc bản sao lưu", func(ctx context.Context, _ widget.Report) error {
		var err error
		content, err = desk.InspectBackup(ctx, path, p.c.session.Desk.Now().Location())
		return err
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
		case err != nil:
			widget.ShowError(p.c.ctx.Window, "Không dùng được bản sao lưu này", err)
		default:
			p.ask(path, content)
		}
	})
}

func (p *filePart) ask(path string, content desk.BackupContent) {
	widget.ShowDialog(p.c.ctx.Window, widget.DialogOptions{Title: "Khôi phục từ bản sao lưu?", Content: widget.NewParagraph(model.RestoreText(p.c.session, filepath.Base(path), content), 520),
		Default: "Khôi phục", Cancel: "Hủy bỏ", Danger: true, Width: 520, OnDefault: func() bool {
			widget.Post(func() { p.c.Restore(path) })
			return true
		}})
}

func (p *filePart) forget(i int) {
	if i < 0 || i >= len(p.known) {
		return
	}
	id := p.known[i].ID
	p.c.store(func(ctx context.Context) error { return p.c.session.Desk.ForgetMapping(ctx, id) }, "Đã quên cách ghép cột.", func() {}, p.c.page.Errors.SetError)
}
