package reconciling

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

// decide chooses what is done about the chosen lines.
func (p *page) decide(a reconcile.Action) {
	places := p.places()
	if len(places) == 0 {
		return
	}
	if a == reconcile.Accept && p.m.Done() == nil && p.m.Allowed(places, a) > 0 {
		p.askReason(places)
		return
	}
	p.tell(places, a, "")
}

// tell decides and moves the cursor on from a single line, as one works through a
// list.
func (p *page) tell(places []int, a reconcile.Action, why string) {
	n, err := p.m.Decide(places, a, why)
	p.draw()
	p.page.Errors.SetError(err)
	grid := p.list.Grid()
	switch at := grid.Current(); {
	case err != nil:
	case n > 1:
		p.e.Toast(fmt.Sprintf("Đã quyết định %s điểm. Bấm «Xem trước và ghi…» khi xong.", data.FormatInt(int64(n))))
	case len(places) == 1 && at+1 < p.list.Len():
		grid.SetCurrent(at + 1)
	}
}

func (p *page) undecide() {
	p.m.Undecide(p.places())
	p.draw()
}

func (p *page) askReason(places []int) {
	n := p.m.Allowed(places, reconcile.Accept)
	title := fmt.Sprintf("Chấp nhận %s điểm khác nhau", data.FormatInt(int64(n)))
	if n == 1 {
		title = "Chấp nhận khác nhau của hồ sơ " + p.m.lines(places[:1])[0].code
	}
	form.Ask(p.e, form.Question[string]{Title: title, Verb: "Chấp nhận", Note: "Điểm đã chấp nhận không báo lại ở lần đối chiếu sau, chừng nào cả hai bên còn như bây giờ.",
		Fields: []form.Field[string]{form.Area("reason", "Lý do", 2, func(s *string) *string { return s }).Need().Note("ví dụ sổ giấy ghi đúng, tỉnh đồng bộ chậm")},
		Check: func(why string) error {
			if why == "" {
				return &data.Error{Code: data.Invalid, Field: "reason", Message: "Ghi lý do chấp nhận khác nhau."}
			}
			return nil
		},
		Then: func(why string) { p.tell(places, reconcile.Accept, why) }})
}

// askApply shows what will change and writes it.
func (p *page) askApply() {
	grid := show(p, list.Options[line]{ID: "reconcile-changes", What: "điểm", Empty: "Không có gì được ghi vào sổ.", Load: func() ([]line, error) { return p.m.Changes(), nil }, Key: func(l *line) uint64 { return uint64(l.at) + 1 },
		Columns: []list.Column[line]{
			{ID: "code", Title: "Mã hồ sơ", Width: 176, Min: 120, Text: func(l *line) string { return l.code }},
			{ID: "fact", Title: "Điểm khác", Width: 130, Text: func(l *line) string { return l.fact }},
			{ID: "ours", Title: "Trong sổ", Width: 120, Flex: 1, Text: func(l *line) string { return l.ours }},
			{ID: "theirs", Title: "Trong tệp", Width: 120, Flex: 1, Text: func(l *line) string { return l.theirs }},
			{ID: "decision", Title: "Cách xử lý", Width: 140, Flex: 1, Text: func(l *line) string { text, _ := p.m.decision(l); return text }},
		}})
	var d *widget.Dialog
	d = widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Ghi kết quả đối chiếu với " + p.m.File(), Width: p.wide(860), Default: "Ghi", Cancel: "Chưa ghi", First: grid.Grid(),
		Content: container.NewVBox(widget.NewParagraph(p.m.Preview(), p.wide(860)), widget.Tall(p.high(360), grid.Object())),
		OnDefault: func() bool {
			p.m.Apply(func(text string, err error) {
				if err != nil {
					d.ShowError(err)
					return
				}
				d.Close()
				p.e.Done(text)
			})
			return false
		}})
}

// show reads a list that stands in a dialog.
func show[T any](p *page, o list.Options[T]) *list.List[T] {
	l := list.Of(p.e.Part(func(fyne.CanvasObject) bool { return false }), o)
	l.Refresh()
	return l
}

// wide and high keep a dialog within the window, px at 100 %.
func (p *page) wide(px float32) float32 {
	return min(px, p.e.Window.Canvas().Size().Width/widget.Scaled(1)-120)
}

func (p *page) high(px float32) float32 {
	return max(120, min(px, p.e.Window.Canvas().Size().Height/widget.Scaled(1)-240))
}

// askOptions compares again with other bounds.
func (p *page) askOptions() {
	type options = desk.ReconcileOptions
	opt, today := p.m.Options(), p.e.Desk.Today
	opt.From, opt.To = p.m.Result().From, p.m.Result().To
	form.Ask(p.e, form.Question[options]{Title: "Tùy chọn đối chiếu", Verb: "Đối chiếu lại", Value: opt, Columns: 2, Fields: []form.Field[options]{
		form.Day("from", "Hồ sơ tiếp nhận từ ngày", today, func(o *options) *data.Day { return &o.From }).Note("tệp có đủ hồ sơ từ ngày này"),
		form.Day("to", "đến ngày", today, func(o *options) *data.Day { return &o.To }),
		form.Day("asof", "Tình trạng trong tệp tính đến ngày", today, func(o *options) *data.Day { return &o.AsOf }).Note("để trống: tình trạng mới nhất").Whole(),
		form.Check("minutes", "So cả giờ, phút", func(o *options) *bool { return &o.Minutes }).Whole(),
	}, Check: func(o options) error {
		if o.From.Known() && o.To.Known() && o.From > o.To {
			return &data.Error{Code: data.Invalid, Field: "to", Message: fmt.Sprintf("Từ ngày %s sau đến ngày %s. Sửa lại hai ngày.", o.From, o.To)}
		}
		return nil
	}, Then: func(o options) { p.leave(func() { p.m.Again(o) }) }})
}

// showLines lists lines of the file with why nothing was done about them.
func (p *page) showLines(title, why string, lines []desk.Line) {
	l := show(p, list.Options[desk.Line]{ID: "reconcile-lines", What: "dòng", Load: func() ([]desk.Line, error) { return lines, nil }, Key: func(l *desk.Line) uint64 { return uint64(l.Row) },
		Columns: []list.Column[desk.Line]{
			{ID: "row", Title: "Dòng", Width: 64, Align: widget.Right, Text: func(l *desk.Line) string { return data.FormatInt(int64(l.Row)) }},
			{ID: "code", Title: "Mã hồ sơ", Width: 176, Text: func(l *desk.Line) string { return l.Code }},
			{ID: "why", Title: why, Width: 300, Flex: 1, Text: func(l *desk.Line) string { return l.Reason }},
		}})
	widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: title, Width: p.wide(820), Content: widget.Tall(p.high(380), l.Object()), First: l.Grid()})
}

func (p *page) minutes() papers.Minutes {
	return papers.Minutes{Result: p.m.Result(), Choices: p.m.Choices()}
}

func (p *page) printMinutes() {
	m := p.minutes()
	p.e.ShowPDF("Biên bản đối chiếu", "bien-ban-doi-chieu", func(ctx context.Context, _ bool) ([]byte, error) { return papers.WriteMinutes(ctx, p.e.Desk, m) })
}

func (p *page) export() {
	m := p.minutes()
	p.e.Files.Save(widget.FileQuestion{Title: "Xuất kết quả đối chiếu", Purpose: "export", Name: "doi-chieu.xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		p.e.Run("Đang xuất Excel", func(ctx context.Context, _ widget.Report) error {
			return papers.ExportDifferences(ctx, p.e.Desk, m, path)
		}, func(err error) {
			if err != nil {
				p.e.Fail("Không xuất được kết quả đối chiếu", err)
				return
			}
			p.e.Toast(fmt.Sprintf("Đã xuất %s điểm khác nhau ra %s.", data.FormatInt(int64(len(m.Result.Findings))), filepath.Base(path)))
		})
	})
}
