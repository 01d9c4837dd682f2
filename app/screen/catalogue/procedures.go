package catalogue

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// procedures is the part Thủ tục: the list, and in its place the page of one
// procedure.
type procedures struct {
	*list
	form *procedureForm // nil while the list is in view
}

func newProcedures(c *Screen) *procedures {
	p := &procedures{}
	p.list = newList(c, "Thủ tục", model.NewProcedures(c.session), []widget.Column{
		{ID: "code", Title: "Mã TTHC", Width: 80}, {ID: "name", Title: "Tên thủ tục", Width: 240, Min: 200, Flex: 4}, {ID: "field", Title: "Lĩnh vực", Width: 112, Min: 80, Flex: 1, Spare: 4},
		{ID: "level", Title: "Cấp", Width: 84, Spare: 2}, {ID: "term", Title: "Thời hạn", Width: 124, Flex: 0.4}, {ID: "certain", Title: "Đối chiếu", Width: 116, Spare: 1}, {ID: "online", Title: "Mức độ", Width: 84},
		{ID: "valid", Title: "Hiệu lực", Width: 124, Min: 116, Flex: 0.6, Spare: 3},
	}, []chip{{model.FilterField, "Lĩnh vực"}, {model.FilterLevel, "Cấp"}, {model.FilterOnline, "Mức độ"}, {model.FilterDoubt, "Đối chiếu"}, {model.FilterValid, "Hiệu lực"}},
		widget.NewButton("Xuất Excel", widget.IconExcel, func() { p.export() }), widget.NewButton("Nhập…", widget.IconImport, func() { p.choose() }),
		widget.NewMainButton("Thêm thủ tục", widget.IconAdd, func() { p.edit(0) }))
	p.search.PlaceHolder = "Tìm mã, tên thủ tục…"
	p.doubtAt = 5
	p.verb, p.add = "Thêm thủ tục", func() { p.edit(0) }
	p.open = p.edit
	p.menu = func(id uint64) []widget.MenuItem {
		one := c.session.Desk.Catalogue().Procedure(uint32(id))
		_, differs, ok := c.session.Desk.ShippedProcedure(one)
		return []widget.MenuItem{
			{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.edit(id) }},
			{Label: "Đã đối chiếu, đúng", Icon: widget.IconCheck, Disabled: one.Certain, Do: func() { p.certify(one) }},
			{Label: "Về mặc định", Icon: widget.IconUndo, Disabled: !ok || !differs, Do: func() { p.reset(one) }},
			{},
			{Label: "Chép mã thủ tục", Icon: widget.IconCopy, Disabled: one.Code == "", Do: func() { fyne.CurrentApp().Clipboard().SetContent(one.Code) }},
		}
	}
	return p
}

func (p *procedures) object() fyne.CanvasObject {
	if p.form != nil {
		return p.form.page
	}
	return p.list.object()
}

func (p *procedures) shown() {
	if p.form == nil {
		p.list.shown()
		return
	}
	p.c.ctx.Focus(p.c.content, p.form.name)
}

func (p *procedures) refresh() {
	if p.form == nil {
		p.tell(model.LawNotices(p.c.session))
		p.list.refresh()
	}
}

func (p *procedures) escape() bool {
	if p.form == nil {
		return p.list.escape()
	}
	p.form.leave()
	return true
}

// certify notes that an entry was compared with the decision that published it.
func (p *procedures) certify(one data.Procedure) {
	one.Certain = true
	p.c.do(func(ctx context.Context) error { return p.c.session.Desk.SaveProcedure(ctx, &one) }, "Đã ghi nhận thủ tục được đối chiếu.", p.c.fail)
}

func (p *procedures) reset(one data.Procedure) {
	p.c.do(func(ctx context.Context) error { return p.c.session.Desk.ResetProcedure(ctx, one.ID) }, "Đã đưa thủ tục về mặc định.", func(err error) {
		p.c.fail(err)
	})
}

func (p *procedures) edit(id uint64) {
	p.form = newProcedureForm(p, p.c.session.Desk.Catalogue().Procedure(uint32(id)))
	p.c.redraw(p)
	p.shown()
}

// back shows the list again.
func (p *procedures) back() {
	p.form = nil
	p.c.redraw(p)
	p.refresh()
	p.c.ctx.Focus(p.c.content, p.grid)
}

func (p *procedures) export() {
	list := model.Listed(p.c.session, p.model)
	p.c.files.Save(widget.FileQuestion{Title: "Xuất danh mục thủ tục", Purpose: "export", Name: "danh-muc-thu-tuc.xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		widget.RunWithProgress(p.c.ctx.Window, "Đang xuất Excel", func(context.Context, widget.Report) error {
			return p.c.session.Desk.ExportProcedures(path, list)
		}, func(err error) {
			if err != nil {
				p.c.fail(err)
				return
			}
			widget.ShowToast(p.c.ctx.Window, fmt.Sprintf("Đã xuất %s thủ tục ra %s.", data.FormatInt(int64(len(list))), filepath.Base(path)), "", nil)
		})
	})
}

func (p *procedures) choose() {
	p.c.files.Open(widget.FileQuestion{Title: "Nhập danh mục thủ tục", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, p.read)
}

// read compares a file with the catalogue and shows what would change.
func (p *procedures) read(path string) {
	var im *desk.ProcedureImport
	widget.RunWithProgress(p.c.ctx.Window, "Đang đọc danh mục", func(ctx context.Context, _ widget.Report) error {
		var err error
		im, err = p.c.session.Desk.OpenProcedures(ctx, path)
		return err
	}, func(err error) {
		if err != nil {
			widget.ShowError(p.c.ctx.Window, "Không đọc được danh mục", err)
			return
		}
		p.preview(im)
	})
}

// preview shows the lines of an import by what becomes of them.
func (p *procedures) preview(im *desk.ProcedureImport) {
	fates := []desk.Fate{desk.New, desk.Changed, desk.Same, desk.Rejected}
	counts := []int{im.New, im.Changed, im.Same, im.Rejected}
	var labels []string
	first := 0
	for i, f := range fates {
		labels = append(labels, fmt.Sprintf("%s: %s", f, data.FormatInt(int64(counts[i]))))
		if counts[first] == 0 {
			first = i
		}
	}
	grid := widget.NewGrid([]widget.Column{{ID: "row", Title: "Dòng", Width: 52, Align: widget.Right}, {ID: "code", Title: "Mã TTHC", Width: 84}, {ID: "name", Title: "Tên thủ tục", Width: 260, Flex: 2}, {ID: "what", Title: "Nội dung thay đổi, lý do", Width: 300, Flex: 2}})
	grid.Single = true
	show := func(i int) {
		var rows importRows
		for _, l := range im.Lines {
			if l.Fate == fates[i] {
				rows = append(rows, l)
			}
		}
		grid.SetEmpty("Không có dòng nào.", "", nil)
		grid.SetRows(rows)
	}
	tabs := widget.NewSegments(labels, show)
	tabs.Choose(first)
	show(first)
	width := min(980, (p.c.ctx.Window.Canvas().Size().Width-80)/widget.Scaled(1))
	height := max(220, (p.c.ctx.Window.Canvas().Size().Height-260)/widget.Scaled(1))
	var d *widget.Dialog
	d = widget.ShowDialog(p.c.ctx.Window, widget.DialogOptions{Title: "Nhập danh mục từ " + im.Source, Width: width, First: grid, Default: "Nhập vào danh mục", Cancel: "Hủy bỏ",
		Content: newStack(widget.NewNote("Ô trống trong tệp không làm mất dữ liệu sẵn có. Dòng không nhận được bỏ qua; sửa trong tệp rồi nhập lại.", width), tabs, screen.Tall(height, grid)),
		OnDefault: func() bool {
			if im.New+im.Changed == 0 {
				d.ShowError(data.Fail(data.Conflict, "Tệp không có gì mới so với danh mục.", nil))
				return false
			}
			p.c.long("Đang nhập danh mục", func(ctx context.Context, _ widget.Report) error { return im.Apply(ctx) }, func() string {
				return fmt.Sprintf("Đã nhập %s thủ tục mới, sửa %s thủ tục.", data.FormatInt(int64(im.New)), data.FormatInt(int64(im.Changed)))
			})
			return true
		}})
}

type importRows []desk.ProcedureLine

// Len implements widget.Rows.
func (r importRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r importRows) Cells(i int, dst []widget.Cell) {
	l := r[i]
	dst[0].Text, dst[1].Text, dst[2].Text = fmt.Sprint(l.Row), l.Code, l.Name
	dst[3].Text = strings.Join(l.Changes, "; ")
	if l.Fate == desk.Rejected {
		r := []rune(l.Reason)
		dst[3] = widget.Cell{Text: strings.ToUpper(string(r[:1])) + string(r[1:]), Role: widget.ColorLate}
	}
}
