package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// procedures is the part Thủ tục: the list, and in its place the page of one
// procedure.
type procedures struct {
	paged[data.Procedure]
	// behind are those behind the figure that was opened last.
	behind env.ProceduresOf
}

// partProcedures is the part by which other pages open it.
const partProcedures env.Part = "procedures"

// filterBehind is the filter of those behind a figure.
const filterBehind = "behind"

// Restore implements part: the procedures behind a figure, or a place in the list.
func (p *procedures) Restore(s env.State) {
	behind, ok := s.(env.ProceduresOf)
	if !ok {
		p.paged.Restore(s)
		return
	}
	if p.form != nil {
		p.back()
	}
	p.behind = behind
	p.Show(list.View{Ended: true})
	p.List.Choose(filterBehind, "1")
}

func newProcedures(e *env.Env, redraw func()) *procedures {
	p := &procedures{paged: paged[data.Procedure]{e: e, redraw: redraw}}
	d := e.Desk
	p.List = list.Of(e, list.Options[data.Procedure]{ID: "procedures", Title: "Thủ tục", What: "thủ tục", Place: "Tìm mã, tên thủ tục…", Lead: lawNotices(d),
		Load: func() ([]data.Procedure, error) { return d.Catalogue().Procedures, nil }, Key: func(x *data.Procedure) uint64 { return uint64(x.ID) },
		Ended: func(x *data.Procedure) bool { return over(d, x.To) },
		Columns: []list.Column[data.Procedure]{
			{ID: "code", Title: "Mã TTHC", Width: 80, Text: func(x *data.Procedure) string { return x.Code }},
			{ID: "name", Title: "Tên thủ tục", Width: 240, Min: 200, Flex: 4, Text: func(x *data.Procedure) string { return x.Name }},
			{ID: "field", Title: "Lĩnh vực", Width: 112, Min: 80, Flex: 1, Spare: 4, Text: func(x *data.Procedure) string { return d.Catalogue().Field(x.Field).Name }},
			{ID: "level", Title: "Cấp", Width: 84, Spare: 2, Text: func(x *data.Procedure) string { return shortLevel(x.Level) }},
			{ID: "term", Title: "Thời hạn", Width: 124, Flex: 0.4, Text: termWords},
			{ID: "certain", Title: "Đối chiếu", Width: 116, Spare: 1, Text: func(x *data.Procedure) string { return kit.If(x.Certain, "", "cần đối chiếu") },
				Mark: func(x *data.Procedure) widget.Mark { return kit.If(x.Certain, widget.NoMark, widget.MarkSoon) }},
			{ID: "online", Title: "Mức độ", Width: 84, Text: func(x *data.Procedure) string { return onlineWords(x.OnlineOn(d.Today())) }},
			{ID: "valid", Title: "Hiệu lực", Width: 124, Min: 116, Flex: 0.6, Spare: 3, Text: sinceWhen},
			{ID: "unit", Title: "Đơn vị thường giải quyết", Width: 160, Off: true, Text: func(x *data.Procedure) string { return d.Catalogue().Unit(x.Unit).Name }},
			{ID: "decision", Title: "Quyết định công bố", Width: 160, Off: true, Text: func(x *data.Procedure) string { return x.Decision }},
		},
		Filters: []list.Filter[data.Procedure]{
			{Key: filterBehind, Label: "Của số liệu", Single: true, Rare: true, Choices: func() []kit.Choice { return []kit.Choice{{Key: "1", Text: p.behind.Title}} }, Of: func(x *data.Procedure) []string {
				if slices.Contains(p.behind.IDs, x.ID) {
					return []string{"1"}
				}
				return nil
			}},
			{Key: "field", Label: "Lĩnh vực", Groups: true, Choices: func() []kit.Choice { return fieldChoices(d, 0) }, Of: func(x *data.Procedure) []string { return []string{idKey(x.Field)} }},
			{Key: "level", Label: "Cấp", Groups: true, Choices: func() []kit.Choice { return allLevels(d) }, Of: func(x *data.Procedure) []string { return []string{string(x.Level)} }},
			{Key: "online", Label: "Mức độ", Groups: true, Choices: func() []kit.Choice { return append(onlineLevels(), kit.Choice{Text: "Chưa ghi"}) },
				Of: func(x *data.Procedure) []string { return []string{x.OnlineOn(d.Today())} }},
			{Key: "way", Label: "Cách thực hiện", Groups: true, Rare: true, Choices: func() []kit.Choice { return append(ways(), kit.Choice{Text: "Chưa ghi"}) }, Of: func(x *data.Procedure) (out []string) {
				for _, w := range data.Ways {
					if x.WayOn(w.ID, d.Today()) {
						out = append(out, w.ID)
					}
				}
				if out == nil {
					return []string{""}
				}
				return out
			}},
			{Key: "doubt", Label: "Đối chiếu", Choices: yesNo("Cần đối chiếu", "Đã đối chiếu"), Of: func(x *data.Procedure) []string { return yes(!x.Certain) }},
			{Key: "valid", Label: "Hiệu lực", Choices: yesNo("Chưa rõ hiệu lực", "Đã ghi"), Of: func(x *data.Procedure) []string { return yes(!x.From.Known()) }},
		},
		Actions: []list.Action{{Label: "Xuất danh mục", Icon: widget.IconExcel, Do: p.export}, {Label: "Nhập…", Icon: widget.IconImport, Do: p.choose}},
		Add:     "Thêm thủ tục", AddDo: func() { p.edit(&data.Procedure{Certain: true, Source: data.Typed}) }, Open: p.edit, Edit: "Sửa…", Menu: p.menu})
	return p
}

// yesNo are the two values of a filter, and yes which one a row has.
func yesNo(yes, no string) func() []kit.Choice {
	return func() []kit.Choice { return []kit.Choice{{Key: "1", Text: yes}, {Key: "0", Text: no}} }
}

func yes(on bool) []string { return []string{kit.If(on, "1", "0")} }

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
	levels := []string{data.OnlineFull, data.OnlinePart, data.OnlineInfo}
	for n := range 4 {
		levels = append(levels, fmt.Sprint(data.OnlineProactive, n+1))
	}
	return kit.ChoicesOf(levels, func(k string) kit.Choice { return kit.Choice{Key: k, Text: desk.OnlineName(k)} })
}

// ways are how a procedure may be carried out.
func ways() []kit.Choice {
	return kit.ChoicesOf(data.Ways, func(w data.Way) kit.Choice { return kit.Choice{Key: w.ID, Text: w.Name} })
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
	p.e.Export("Xuất danh mục thủ tục", "danh-muc-thu-tuc.xlsx", fmt.Sprintf("Đã xuất %s thủ tục", data.FormatInt(int64(len(listed)))), func(_ context.Context, path string, _ widget.Report) error {
		return p.e.Desk.ExportProcedures(path, listed)
	})
}

// choose compares a file with the catalogue and shows what would change.
func (p *procedures) choose() {
	var im *desk.ProcedureImport
	p.e.ReadFile("Nhập danh mục thủ tục", "Không đọc được danh mục", func(ctx context.Context, path string) (err error) {
		im, err = p.e.Desk.OpenProcedures(ctx, path)
		return err
	}, func() { p.preview(im) })
}

// preview shows the lines of an import by what becomes of them, and takes them.
func (p *procedures) preview(im *desk.ProcedureImport) {
	lines := list.Of(p.e, list.Options[desk.ProcedureLine]{ID: "procedure-import", What: "dòng", Load: func() ([]desk.ProcedureLine, error) { return im.Lines, nil },
		Columns: []list.Column[desk.ProcedureLine]{
			{ID: "row", Title: "Dòng", Width: 52, Align: widget.Right, Text: func(l *desk.ProcedureLine) string { return fmt.Sprint(l.Row) }},
			{ID: "code", Title: "Mã TTHC", Width: 84, Text: func(l *desk.ProcedureLine) string { return l.Code }},
			{ID: "name", Title: "Tên thủ tục", Width: 260, Flex: 2, Text: func(l *desk.ProcedureLine) string { return l.Name }},
			{ID: "what", Title: "Nội dung thay đổi, lý do", Width: 300, Flex: 2, Text: changeWords, Role: func(l *desk.ProcedureLine) fyne.ThemeColorName {
				return kit.If(l.Fate == desk.Rejected, widget.ColorLate, "")
			}},
		},
		Filters: []list.Filter[desk.ProcedureLine]{{Key: "fate", Label: "Kết quả", Of: func(l *desk.ProcedureLine) []string { return []string{l.Fate.String()} }, Choices: func() []kit.Choice { return fates(im) }}}})
	if all := fates(im); len(all) > 0 {
		lines.Choose("fate", all[0].Key)
	}
	size := p.e.Window.Canvas().Size()
	width := min(980, (size.Width-80)/widget.Scaled(1))
	note := widget.NewNote(lineCounts(im)+" Ô trống trong tệp không làm mất dữ liệu sẵn có. Dòng không nhận được bỏ qua; sửa trong tệp rồi nhập lại.", width)
	var d *widget.Dialog
	d = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Nhập danh mục từ " + im.Source, Width: width, First: lines.Grid(), Default: "Nhập vào danh mục", Cancel: "Hủy bỏ",
		Content: container.New(layout.NewCustomPaddedVBoxLayout(8), note, widget.Tall(max(260, (size.Height-220)/widget.Scaled(1)), lines.Object())),
		OnDefault: func() bool {
			if im.New+im.Changed == 0 {
				d.ShowError(data.Fail(data.Conflict, "Tệp không có gì mới so với danh mục.", nil))
				return false
			}
			p.e.Long("Đang nhập danh mục", "Không nhập được danh mục", func(ctx context.Context, report widget.Report) error {
				if err := p.e.Session.BackUpBefore(ctx, report); err != nil {
					return err
				}
				return im.Apply(ctx)
			}, func() { p.e.Done("Đã nhập danh mục: " + lineCounts(im)) })
			return true
		}})
}

// lineCounts says what becomes of the lines of an import.
func lineCounts(im *desk.ProcedureImport) string {
	var parts []string
	for _, c := range fates(im) {
		parts = append(parts, c.Detail+" dòng "+strings.ToLower(c.Text))
	}
	return strings.Join(parts, ", ") + "."
}

// fates are what becomes of the lines of an import, with how many of each where there
// are any.
func fates(im *desk.ProcedureImport) []kit.Choice {
	counts := []int{im.New, im.Changed, im.Same, im.Rejected}
	var out []kit.Choice
	for i, f := range []desk.Fate{desk.New, desk.Changed, desk.Same, desk.Rejected} {
		if counts[i] > 0 {
			out = append(out, kit.Choice{Key: f.String(), Text: f.String(), Detail: data.FormatInt(int64(counts[i]))})
		}
	}
	return out
}

// changeWords tells what changes, or why a line is not taken.
func changeWords(l *desk.ProcedureLine) string {
	if l.Fate != desk.Rejected {
		return strings.Join(l.Changes, "; ")
	}
	return text.Sentence(l.Reason)
}

func newProcedureForm(p *procedures, one data.Procedure) entryPage {
	x := &entryForm[data.Procedure]{Form: form.New(p.e, one, procedureFields(p.e)...), e: p.e, back: p.back, said: "Đã lưu thủ tục.", lost: "Thủ tục này có thay đổi chưa lưu.",
		write: func(ctx context.Context, v data.Procedure) error { return p.e.Desk.SaveProcedure(ctx, &v) }}
	title := "Sửa thủ tục"
	if one.ID == 0 {
		title = "Thêm thủ tục"
	}
	var actions []fyne.CanvasObject
	if _, differs, ok := p.e.Desk.ShippedProcedure(one); ok && differs && one.ID != 0 {
		actions = append(actions, widget.NewButton("Về mặc định", widget.IconUndo, func() {
			p.back()
			p.reset(one.ID)
		}))
	}
	left := x.Objects(2, []string{"name", "code", "level", "field", "unit", "decision", "fee", "feekind", "from", "to", "term", "onlineterm", "ownterm", "mode", "sameday", "paper", "certain"})
	right := x.Objects(1, []string{"parts", "online", "steps", "systems"})
	content := container.New(layout.NewCustomPaddedVBoxLayout(8), widget.Columns(2, left, container.New(layout.NewCustomPaddedLayout(0, 8, 8, 8), right)), x.Objects(1, []string{"ways", "cases"}))
	x.finish(title, "thu-tuc-"+idKey(one.ID), container.NewVScroll(content), actions...)
	return x
}

// pauseModes are the ways of counting while the office waits for a supplement
// (register-and-reports 3.5).
var pauseModes = []kit.Choice{{Key: data.Pause.Key(), Text: "Trừ những ngày chờ bổ sung"}, {Key: data.Restart.Key(), Text: "Tính lại từ đầu khi bổ sung đủ"},
	{Key: data.RunOn.Key(), Text: "Không trừ ngày chờ"}}

// oldLevels are the online levels before Decree 42/2022.
var oldLevels = []kit.Choice{{Key: "4", Text: "Mức độ 4 (trước 15/08/2022)"}, {Key: "3", Text: "Mức độ 3 (trước 15/08/2022)"},
	{Key: "2", Text: "Mức độ 2 (trước 15/08/2022)"}, {Key: "1", Text: "Mức độ 1 (trước 15/08/2022)"}}

func procedureFields(e *env.Env) []form.Field[data.Procedure] {
	type procedure = data.Procedure
	d := e.Desk
	mode := form.Parsed("mode", "Khi chờ bổ sung hồ sơ", func(p *procedure) *data.PauseMode { return &p.Mode }, data.ParsePauseMode, data.PauseMode.Key)
	mode.Kind, mode.Choices = form.KindPick, func(*procedure) []kit.Choice { return pauseModes }
	return []form.Field[procedure]{
		form.Area("name", "Tên thủ tục", 2, func(p *procedure) *string { return &p.Name }).Need().Whole(),
		form.Text("code", "Mã TTHC, mã gốc như 1.001613", func(p *procedure) *string { return &p.Code }),
		levelField("level", "Cấp thực hiện", e, func(p *procedure) *data.Level { return &p.Level }),
		form.PickID("field", "Lĩnh vực", func(*procedure) []kit.Choice { return fieldChoices(d, 0) }, func(p *procedure) *uint32 { return &p.Field }).Or("Chưa rõ"),
		form.PickID("unit", "Đơn vị thường giải quyết", func(*procedure) []kit.Choice { return unitChoices(d, 0) }, func(p *procedure) *uint32 { return &p.Unit }).Or("Tùy hồ sơ"),
		form.Text("decision", "Quyết định công bố: số, ngày", func(p *procedure) *string { return &p.Decision }),
		form.Money("fee", "Phí, lệ phí (đồng)", func(p *procedure) *int64 { return &p.Fee }),
		form.Pick("feekind", "Là phí hay lệ phí", func(*procedure) []kit.Choice {
			return kit.ChoicesOf([]string{data.FeeOfService, data.FeeOfState}, func(k string) kit.Choice { return kit.Choice{Key: k, Text: desk.FeeKindName(k)} })
		}, func(p *procedure) *string { return &p.FeeKind }).Or("Chưa ghi"),
		form.Day("from", "Áp dụng từ ngày", d.Today, func(p *procedure) *data.Day { return &p.From }),
		form.Day("to", "Đến hết ngày", d.Today, func(p *procedure) *data.Day { return &p.To }),
		form.Term("term", "Thời hạn giải quyết", func(p *procedure) *data.Term { return &p.Term }).Under("Thời hạn"),
		form.Term("onlineterm", "Khi nộp trực tuyến, nếu khác", func(p *procedure) *data.Term { return &p.OnlineTerm }),
		form.Term("ownterm", "Phần của đơn vị khi liên thông", func(p *procedure) *data.Term { return &p.OwnTerm }),
		mode,
		form.Clock("sameday", "«Trong ngày»: nhận trước", func(p *procedure) *data.Clock { return &p.SameDayUntil }).
			Note("sau giờ này hẹn ngày làm việc sau; trống: theo quy tắc của cơ quan"),
		form.Check("paper", "Pháp luật buộc trả kết quả bản giấy", func(p *procedure) *bool { return &p.Paper }).Whole(),
		form.Check("certain", "Đã đối chiếu với quyết định công bố", func(p *procedure) *bool { return &p.Certain }).Whole(),
		form.Lines("parts", "Thành phần hồ sơ, mỗi dòng một giấy tờ", 6, func(p *procedure) *[]string { return &p.Parts }),
		form.Pick("online", "Mức độ dịch vụ công trực tuyến", func(*procedure) []kit.Choice { return onlineLevels() }, func(p *procedure) *string { return &p.OnlineLevel }).Or("Chưa ghi"),
		form.Rows("steps", "Mức độ thay đổi theo thời gian", func(p *procedure) *[]data.OnlineStep { return &p.Online },
			form.Day("from", "Từ ngày", d.Today, func(s *data.OnlineStep) *data.Day { return &s.From }).Sized(120),
			form.Pick("level", "Mức độ", func(*data.OnlineStep) []kit.Choice { return append(onlineLevels(), oldLevels...) }, func(s *data.OnlineStep) *string { return &s.Level }).Sized(220),
			form.Text("reason", "Lý do chỉ một phần (công bố từ 01/07/2026)", func(s *data.OnlineStep) *string { return &s.Reason }).Sized(220)),
		form.Rows("systems", "Hệ thống xử lý theo thời gian", func(p *procedure) *[]data.SystemStep { return &p.Systems },
			form.Day("from", "Từ ngày; trống: từ trước", d.Today, func(s *data.SystemStep) *data.Day { return &s.From }).Sized(120),
			form.Suggest("name", "Hệ thống", func(*data.SystemStep) []kit.Choice { return kit.Words(basis.SystemNames()) }, func(s *data.SystemStep) *string { return &s.Name }).Sized(260)),
		form.Rows("ways", "Cách thực hiện theo thời gian", func(p *procedure) *[]data.WayStep { return &p.Ways },
			form.Pick("way", "Cách thực hiện", func(*data.WayStep) []kit.Choice { return ways() }, func(s *data.WayStep) *string { return &s.Way }).Sized(220),
			form.Day("from", "Từ ngày; trống: từ trước", d.Today, func(s *data.WayStep) *data.Day { return &s.From }).Sized(120),
			form.Day("to", "Đến hết ngày", d.Today, func(s *data.WayStep) *data.Day { return &s.To }).Sized(110),
			form.Text("note", "Văn bản, ghi chú", func(s *data.WayStep) *string { return &s.Note }).Sized(140)),
		form.Rows("cases", "Trường hợp có thời hạn, phí, giấy tờ khác", func(p *procedure) *[]data.Case { return &p.Cases },
			form.Text("name", "Tên trường hợp", func(c *data.Case) *string { return &c.Name }).Sized(220),
			form.Term("term", "Thời hạn; để trống: theo thủ tục", func(c *data.Case) *data.Term { return &c.Term }).Sized(190),
			form.Money("fee", "Phí, lệ phí (đồng)", func(c *data.Case) *int64 { return &c.Fee }).Sized(110),
			form.Lines("parts", "Giấy tờ riêng, mỗi dòng một; để trống: theo thủ tục", 2, func(c *data.Case) *[]string { return &c.Parts }).Sized(280)),
	}
}
