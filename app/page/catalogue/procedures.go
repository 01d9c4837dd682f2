package catalogue

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// procedures is the part Thủ tục: the list, and in its place the page of one
// procedure.
type procedures struct{ paged[data.Procedure] }

func newProcedures(e *env.Env, redraw func()) *procedures {
	p := &procedures{paged[data.Procedure]{e: e, redraw: redraw}}
	d := e.Desk
	add := func() { p.edit(&data.Procedure{Certain: true, Source: data.Typed}) }
	p.List = list.Of(e, list.Options[data.Procedure]{ID: "procedures", Title: "Thủ tục", What: "thủ tục", Place: "Tìm mã, tên thủ tục…", Lead: lawNotices(d),
		Load: func() ([]data.Procedure, error) { return d.Catalogue().Procedures, nil }, Key: func(x *data.Procedure) uint64 { return uint64(x.ID) },
		Ended: func(x *data.Procedure) bool { return over(d, x.To) },
		Columns: []list.Column[data.Procedure]{
			{ID: "code", Title: "Mã TTHC", Width: 80, Text: func(x *data.Procedure) string { return x.Code }},
			{ID: "name", Title: "Tên thủ tục", Width: 240, Min: 200, Flex: 4, Text: func(x *data.Procedure) string { return x.Name }},
			{ID: "field", Title: "Lĩnh vực", Width: 112, Min: 80, Flex: 1, Spare: 4, Text: func(x *data.Procedure) string { return d.Catalogue().Field(x.Field).Name }},
			{ID: "level", Title: "Cấp", Width: 84, Spare: 2, Text: func(x *data.Procedure) string { return shortLevel(x.Level) }},
			{ID: "term", Title: "Thời hạn", Width: 124, Flex: 0.4, Text: termWords},
			{ID: "certain", Title: "Đối chiếu", Width: 116, Spare: 1, Text: func(x *data.Procedure) string {
				if x.Certain {
					return ""
				}
				return "cần đối chiếu"
			}, Mark: func(x *data.Procedure) widget.Mark {
				if x.Certain {
					return widget.NoMark
				}
				return widget.MarkSoon
			}},
			{ID: "online", Title: "Mức độ", Width: 84, Text: func(x *data.Procedure) string { return onlineWords(x.OnlineOn(d.Today())) }},
			{ID: "valid", Title: "Hiệu lực", Width: 124, Min: 116, Flex: 0.6, Spare: 3, Text: sinceWhen},
			{ID: "unit", Title: "Đơn vị thường giải quyết", Width: 160, Off: true, Text: func(x *data.Procedure) string { return d.Catalogue().Unit(x.Unit).Name }},
			{ID: "decision", Title: "Quyết định công bố", Width: 160, Off: true, Text: func(x *data.Procedure) string { return x.Decision }},
		},
		Filters: []list.Filter[data.Procedure]{
			{Key: "field", Label: "Lĩnh vực", Groups: true, Choices: func() []kit.Choice { return fieldChoices(d, 0) }, Of: func(x *data.Procedure) []string { return []string{idKey(x.Field)} }},
			{Key: "level", Label: "Cấp", Groups: true, Choices: func() []kit.Choice { return allLevels(d) }, Of: func(x *data.Procedure) []string { return []string{string(x.Level)} }},
			{Key: "online", Label: "Mức độ", Groups: true, Choices: func() []kit.Choice { return append(onlineLevels(), kit.Choice{Text: "Chưa ghi"}) },
				Of: func(x *data.Procedure) []string { return []string{x.OnlineOn(d.Today())} }},
			{Key: "doubt", Label: "Đối chiếu", Choices: yesNo("Cần đối chiếu", "Đã đối chiếu"), Of: func(x *data.Procedure) []string { return yes(!x.Certain) }},
			{Key: "valid", Label: "Hiệu lực", Choices: yesNo("Chưa rõ hiệu lực", "Đã ghi"), Of: func(x *data.Procedure) []string { return yes(!x.From.Known()) }},
		},
		Actions: []list.Action{{Label: "Xuất danh mục", Icon: widget.IconExcel, Do: p.export}, {Label: "Nhập…", Icon: widget.IconImport, Do: p.choose},
			{Label: "Thêm thủ tục", Icon: widget.IconAdd, Main: true, Do: add}},
		Open: p.edit, Menu: p.menu, EmptyVerb: "Thêm thủ tục", EmptyDo: add})
	return p
}

// yesNo are the two values of a filter, and yes which one a row has.
func yesNo(yes, no string) func() []kit.Choice {
	return func() []kit.Choice { return []kit.Choice{{Key: "1", Text: yes}, {Key: "0", Text: no}} }
}

func yes(on bool) []string {
	if on {
		return []string{"1"}
	}
	return []string{"0"}
}

func termWords(x *data.Procedure) string {
	if len(x.Cases) > 0 {
		return fmt.Sprintf("%s (+%d trường hợp)", x.Term, len(x.Cases))
	}
	return x.Term.String()
}

// onlineWords name an online level as a narrow column shows it.
func onlineWords(level string) string {
	if level == data.OnlineInfo {
		return "Thông tin"
	}
	return desk.OnlineName(level)
}

// onlineLevels are the online levels to choose from.
func onlineLevels() []kit.Choice {
	var out []kit.Choice
	levels := []string{data.OnlineFull, data.OnlinePart, data.OnlineInfo}
	for n := range 4 {
		levels = append(levels, fmt.Sprint(data.OnlineProactive, n+1))
	}
	for _, k := range levels {
		out = append(out, kit.Choice{Key: k, Text: desk.OnlineName(k)})
	}
	return out
}

// sinceWhen tells the validity of a procedure; one without a first day counts as
// valid always, which the officer should complete.
func sinceWhen(x *data.Procedure) string {
	if text := validity(x.From, x.To); text != "" {
		return text
	}
	return "chưa rõ hiệu lực"
}

// lawNotices tells what the catalogue must follow as the law changes; nil for
// nothing.
func lawNotices(d *desk.Desk) fyne.CanvasObject {
	var out []string
	for _, n := range basis.Notices("", d.Today()) {
		out = append(out, n.Field+": "+n.Text)
	}
	if len(out) == 0 {
		return nil
	}
	return widget.NewNote(strings.Join(out, " "), 400)
}

func (p *procedures) menu(x *data.Procedure, _ []uint64) []widget.MenuItem {
	d, one := p.e.Desk, *x
	_, differs, ok := d.ShippedProcedure(one)
	return []widget.MenuItem{
		{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.edit(&one) }},
		{Label: "Đã đối chiếu, đúng", Icon: widget.IconCheck, Disabled: one.Certain, Do: func() {
			one.Certain = true
			do(p.e, "Đã ghi nhận thủ tục được đối chiếu.", func(ctx context.Context) error { return d.SaveProcedure(ctx, &one) })
		}},
		{Label: "Về mặc định", Icon: widget.IconUndo, Disabled: !ok || !differs, Do: func() { p.reset(one.ID) }},
		{},
		{Label: "Chép mã thủ tục", Icon: widget.IconCopy, Disabled: one.Code == "", Do: func() { fyne.CurrentApp().Clipboard().SetContent(one.Code) }},
	}
}

func (p *procedures) reset(id uint32) {
	do(p.e, "Đã đưa thủ tục về mặc định.", func(ctx context.Context) error { return p.e.Desk.ResetProcedure(ctx, id) })
}

func (p *procedures) edit(x *data.Procedure) { p.open(newProcedureForm(p, *x)) }

func (p *procedures) export() {
	listed := make([]data.Procedure, p.Len())
	for i := range listed {
		listed[i] = *p.Row(i)
	}
	p.e.Files.Save(widget.FileQuestion{Title: "Xuất danh mục thủ tục", Purpose: "export", Name: "danh-muc-thu-tuc.xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		p.e.Run("Đang xuất Excel", func(context.Context, widget.Report) error { return p.e.Desk.ExportProcedures(path, listed) }, func(err error) {
			if err != nil {
				p.e.Fail("Không xuất được danh mục", err)
				return
			}
			p.e.Toast(fmt.Sprintf("Đã xuất %s thủ tục ra %s.", data.FormatInt(int64(len(listed))), filepath.Base(path)))
		})
	})
}

func (p *procedures) choose() {
	p.e.Files.Open(widget.FileQuestion{Title: "Nhập danh mục thủ tục", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, p.read)
}

// read compares a file with the catalogue and shows what would change.
func (p *procedures) read(path string) {
	var im *desk.ProcedureImport
	p.e.Run("Đang đọc danh mục", func(ctx context.Context, _ widget.Report) (err error) {
		im, err = p.e.Desk.OpenProcedures(ctx, path)
		return err
	}, func(err error) {
		if err != nil {
			p.e.Fail("Không đọc được danh mục", err)
			return
		}
		p.preview(im)
	})
}

// preview shows the lines of an import by what becomes of them, and takes them.
func (p *procedures) preview(im *desk.ProcedureImport) {
	lines := list.Of(p.e, list.Options[desk.ProcedureLine]{ID: "procedure-import", What: "dòng", Load: func() ([]desk.ProcedureLine, error) { return im.Lines, nil },
		Key: func(l *desk.ProcedureLine) uint64 { return uint64(l.Row) },
		Columns: []list.Column[desk.ProcedureLine]{
			{ID: "row", Title: "Dòng", Width: 52, Align: widget.Right, Text: func(l *desk.ProcedureLine) string { return fmt.Sprint(l.Row) }},
			{ID: "code", Title: "Mã TTHC", Width: 84, Text: func(l *desk.ProcedureLine) string { return l.Code }},
			{ID: "name", Title: "Tên thủ tục", Width: 260, Flex: 2, Text: func(l *desk.ProcedureLine) string { return l.Name }},
			{ID: "what", Title: "Nội dung thay đổi, lý do", Width: 300, Flex: 2, Text: changeWords, Role: func(l *desk.ProcedureLine) fyne.ThemeColorName {
				if l.Fate == desk.Rejected {
					return widget.ColorLate
				}
				return ""
			}},
		},
		Filters: []list.Filter[desk.ProcedureLine]{{Key: "fate", Label: "Kết quả", Of: func(l *desk.ProcedureLine) []string { return []string{l.Fate.String()} }, Choices: func() []kit.Choice { return fates(im) }}}})
	shown := slices.IndexFunc(fates(im), func(c kit.Choice) bool { return c.Detail != "0" })
	if shown >= 0 {
		lines.Choose("fate", fates(im)[shown].Key)
	}
	size := p.e.Window.Canvas().Size()
	width := min(980, (size.Width-80)/widget.Scaled(1))
	note := widget.NewNote("Ô trống trong tệp không làm mất dữ liệu sẵn có. Dòng không nhận được bỏ qua; sửa trong tệp rồi nhập lại.", width)
	var d *widget.Dialog
	d = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Nhập danh mục từ " + im.Source, Width: width, First: lines.Grid(), Default: "Nhập vào danh mục", Cancel: "Hủy bỏ",
		Content: container.New(layout.NewCustomPaddedVBoxLayout(8), note, widget.Tall(max(260, (size.Height-220)/widget.Scaled(1)), lines.Object())),
		OnDefault: func() bool {
			if im.New+im.Changed == 0 {
				d.ShowError(data.Fail(data.Conflict, "Tệp không có gì mới so với danh mục.", nil))
				return false
			}
			p.e.Run("Đang nhập danh mục", func(ctx context.Context, _ widget.Report) error { return im.Apply(ctx) }, func(err error) {
				if err != nil {
					p.e.Fail("Không nhập được danh mục", err)
					return
				}
				p.e.Done(fmt.Sprintf("Đã nhập %s thủ tục mới, sửa %s thủ tục.", data.FormatInt(int64(im.New)), data.FormatInt(int64(im.Changed))))
			})
			return true
		}})
}

// fates are what becomes of the lines of an import, with how many of each.
func fates(im *desk.ProcedureImport) []kit.Choice {
	counts := []int{im.New, im.Changed, im.Same, im.Rejected}
	var out []kit.Choice
	for i, f := range []desk.Fate{desk.New, desk.Changed, desk.Same, desk.Rejected} {
		out = append(out, kit.Choice{Key: f.String(), Text: f.String(), Detail: data.FormatInt(int64(counts[i]))})
	}
	return out
}

// changeWords tells what changes, or why a line is not taken.
func changeWords(l *desk.ProcedureLine) string {
	if l.Fate != desk.Rejected {
		return strings.Join(l.Changes, "; ")
	}
	r := []rune(l.Reason)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
