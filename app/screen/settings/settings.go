// Package settings is the screen Thiết lập: the office as its papers name it,
// the look of the program, and the data file.
package settings

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
)

// Screen is the screen.
type Screen struct {
	ctx     screen.Context
	session *view.Session
	files   *widget.Files
	page    *widget.Page
	fields  []*officeField
	percent *widget.Picker
	dark    *widget.Check

	// Look changes text size in per cent and theme; OpenFile opens another data
	// file.
	Look     func(percent int, dark bool)
	OpenFile func(path string)
}

// officeField is one field of the office.
type officeField struct {
	label, hint string
	lines       int // 0 for one
	of          func(*data.Office) *string
	field       *widget.Field
}

// New builds the screen. percent and dark are the look as it is now.
func New(ctx screen.Context, s *view.Session, files *widget.Files, percent int, dark bool) *Screen {
	c := &Screen{ctx: ctx, session: s, files: files, Look: func(int, bool) {}, OpenFile: func(string) {}}
	c.fields = []*officeField{
		{label: "Cơ quan chủ quản", hint: "dòng trên, có thể để trống", lines: 2, of: func(o *data.Office) *string { return &o.Parent }},
		{label: "Cơ quan ban hành", hint: "in đậm trên mọi văn bản, mỗi dòng một phần", lines: 2, of: func(o *data.Office) *string { return &o.Name }},
		{label: "Địa danh", hint: "trước ngày tháng", of: func(o *data.Office) *string { return &o.Place }},
		{label: "Ký hiệu văn bản", hint: "ví dụ BC-UBND", of: func(o *data.Office) *string { return &o.Symbol }},
		{label: "Nơi nhận báo cáo", hint: "sau «Kính gửi»", of: func(o *data.Office) *string { return &o.Receiver }},
		{label: "Thẩm quyền ký", hint: "ví dụ TM. ỦY BAN NHÂN DÂN", of: func(o *data.Office) *string { return &o.Authority }},
		{label: "Chức vụ người ký", hint: "ví dụ CHỦ TỊCH", of: func(o *data.Office) *string { return &o.Title }},
		{label: "Họ tên người ký", hint: "in dưới chữ ký", of: func(o *data.Office) *string { return &o.Signer }},
		{label: "Người lập biểu", hint: "ký ở cuối biểu thống kê", of: func(o *data.Office) *string { return &o.Preparer }},
	}
	c.page = widget.NewPage("Thiết lập", []fyne.CanvasObject{widget.NewMainButton("Lưu", widget.IconSave, c.save)}, nil, c.build(percent, dark))
	c.fill()
	s.Listen(c.fill)
	return c
}

// Content implements screen.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.page }

// Shown implements screen.Screen.
func (c *Screen) Shown() { c.ctx.Focus(c.page, c.fields[0].field) }

// Status implements screen.Screen.
func (c *Screen) Status() string { return "Tệp dữ liệu: " + c.session.Desk.Path() }

func (c *Screen) build(percent int, dark bool) fyne.CanvasObject {
	office := container.NewVBox(widget.NewSection("Cơ quan, như in trên văn bản"))
	var boxes []fyne.CanvasObject
	for _, f := range c.fields {
		if f.field = widget.NewField(""); f.lines > 0 {
			f.field = widget.NewArea("", f.lines)
		}
		boxes = append(boxes, widget.NewFieldBox(f.label, f.field).WithHint(f.hint))
	}
	office.Add(widget.Columns(2, boxes...))

	var sizes []widget.Option
	for p := widget.MinPercent; p <= widget.MaxPercent; p += 10 {
		sizes = append(sizes, widget.Option{Key: strconv.Itoa(p), Text: fmt.Sprintf("%d %%", p)})
	}
	look := func() {
		n, _ := strconv.Atoi(c.percent.Key())
		c.Look(n, c.dark.Checked)
	}
	c.percent = widget.NewPicker(sizes, func(widget.Option) { look() })
	c.percent.SetKey(strconv.Itoa(percent))
	c.percent.Prefix = "Cỡ chữ"
	c.dark = widget.NewCheck("Nền tối", nil)
	c.dark.SetChecked(dark)
	c.dark.OnChanged = func(bool) { look() }
	file := widget.NewParagraph(c.session.Desk.Path(), 300)
	right := container.NewVBox(
		widget.NewSection("Hiển thị"), container.NewHBox(c.percent, c.dark), screen.Gap(8),
		widget.NewSection("Tệp dữ liệu"), file,
		container.NewHBox(widget.NewButton("Mở tệp khác…", "", c.openFile), widget.NewButton("Sao lưu…", widget.IconSave, c.backup), widget.NewButton("Kiểm tra", widget.IconCheck, c.check)),
		widget.NewNote("Bản sao lưu được mở ra đếm lại trước khi báo xong. Khôi phục: đóng chương trình, chạy «giaoban restore --from TỆP».", 300), screen.Gap(8),
		widget.NewSection("Thao tác gần đây"), screen.Tall(220, c.journal()))
	return container.NewVScroll(container.New(layout.NewGridLayoutWithColumns(2), office, container.New(layout.NewCustomPaddedLayout(0, 0, 24, 0), right)))
}

// journal lists what was done last.
func (c *Screen) journal() fyne.CanvasObject {
	g := widget.NewGrid([]widget.Column{{ID: "at", Title: "Lúc", Width: 124}, {ID: "what", Title: "Việc", Width: 260, Flex: 1}})
	fill := func() { g.SetRows(journalRows(c.session.RecentWork())) }
	fill()
	c.session.Listen(fill)
	return g
}

type journalRows [][2]string

// Len implements widget.Rows.
func (r journalRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r journalRows) Cells(i int, dst []widget.Cell) { dst[0].Text, dst[1].Text = r[i][0], r[i][1] }

// fill shows the stored office; what the officer has typed and not saved stays.
func (c *Screen) fill() {
	o := c.session.Desk.Office()
	for _, f := range c.fields {
		if c.ctx.Window.Canvas().Focused() != fyne.Focusable(f.field) {
			f.field.SetValue(*f.of(&o))
		}
	}
}

func (c *Screen) save() {
	o := c.session.Desk.Office()
	for _, f := range c.fields {
		*f.of(&o) = f.field.Value()
	}
	widget.Background(func() {
		err := c.session.Desk.SetOffice(context.Background(), o)
		widget.Post(func() {
			c.page.Errors.SetError(err)
			if err == nil {
				widget.ShowToast(c.ctx.Window, "Đã lưu thông tin cơ quan.", "", nil)
			}
		})
	})
}

func (c *Screen) openFile() {
	c.files.Open(widget.FileQuestion{Title: "Mở tệp dữ liệu", Purpose: "data", Filters: []widget.FileFilter{{Name: "Tệp dữ liệu", Patterns: []string{"*.db"}}, widget.FilterAll}}, func(path string) { c.OpenFile(path) })
}

func (c *Screen) backup() {
	name := "sao-luu-" + c.session.Desk.Today().ISO() + ".db"
	c.files.Save(widget.FileQuestion{Title: "Sao lưu dữ liệu", Purpose: "backup", Name: name, Filters: []widget.FileFilter{{Name: "Tệp dữ liệu", Patterns: []string{"*.db"}}}}, func(path string) {
		widget.RunWithProgress(c.ctx.Window, "Đang sao lưu", func(ctx context.Context, _ widget.Report) error {
			return c.session.Desk.Backup(ctx, path)
		}, func(err error) {
			c.page.Errors.SetError(err)
			if err == nil {
				widget.ShowToast(c.ctx.Window, "Đã sao lưu và kiểm tra "+filepath.Base(path)+".", "", nil)
			}
		})
	})
}

func (c *Screen) check() {
	text := ""
	widget.RunWithProgress(c.ctx.Window, "Đang kiểm tra tệp dữ liệu", func(ctx context.Context, _ widget.Report) error {
		r, err := c.session.Desk.Check(ctx)
		if err != nil {
			return err
		}
		text = fmt.Sprintf("%s hồ sơ, %d đơn vị, %d thủ tục, %d thao tác trong nhật ký. ", data.FormatInt(int64(r.Dossiers)), r.Units, r.Procedures, r.Entries)
		if len(r.Faults) == 0 {
			text += "Tệp dữ liệu lành lặn."
		} else {
			text += fmt.Sprintf("Có %d lỗi, lỗi đầu tiên: %s", len(r.Faults), r.Faults[0])
		}
		return nil
	}, func(err error) {
		c.page.Errors.SetError(err)
		if err == nil {
			widget.Message(c.ctx.Window, "Kiểm tra tệp dữ liệu", text, nil)
		}
	})
}
