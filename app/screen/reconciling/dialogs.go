package reconciling

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/reconcile"
)

// decide chooses what is done about the chosen lines.
func (s *Screen) decide(a reconcile.Action) {
	lines := s.lines()
	if len(lines) == 0 {
		return
	}
	if a == reconcile.Accept && s.m.Done() == nil && s.m.Allowed(lines, a) > 0 {
		s.askReason(lines)
		return
	}
	s.tell(s.m.Decide(lines, a, ""))
	s.next(lines)
}

// next moves the cursor on from a single line, as one works through a list.
func (s *Screen) next(lines []int) {
	if len(lines) == 1 && s.page.Errors.Text() == "" && lines[0]+1 < s.m.Len() {
		s.grid.SetCurrent(lines[0] + 1)
	}
}

func (s *Screen) tell(n int, err error) {
	s.page.Errors.SetError(err)
	if err == nil && n > 1 {
		widget.ShowToast(s.ctx.Window, fmt.Sprintf("Đã quyết định %s điểm. Bấm «Xem trước và ghi…» khi xong.", data.FormatInt(int64(n))), "", nil)
	}
}

func (s *Screen) askReason(lines []int) {
	why := widget.NewArea("Ví dụ: sổ giấy ghi đúng, tỉnh đồng bộ chậm", 2)
	n := s.m.Allowed(lines, reconcile.Accept)
	title := "Chấp nhận khác nhau của hồ sơ " + s.m.Line(lines[0]).Code
	if n > 1 {
		title = fmt.Sprintf("Chấp nhận %s điểm khác nhau", data.FormatInt(int64(n)))
	}
	var d *widget.Dialog
	d = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: title, Width: 440, Default: "Chấp nhận", Cancel: "Hủy bỏ", First: why,
		Content: container.NewVBox(widget.NewFieldBox("Lý do", why).Required(), widget.NewNote("Điểm đã chấp nhận không báo lại ở lần đối chiếu sau, chừng nào cả hai bên còn như bây giờ.", 440)),
		OnDefault: func() bool {
			n, err := s.m.Decide(lines, reconcile.Accept, why.Value())
			if err != nil {
				d.ShowError(err)
				return false
			}
			s.tell(n, nil)
			s.next(lines)
			return true
		}})
}

// askApply shows what will change and writes it.
func (s *Screen) askApply() {
	list := s.m.Changes()
	grid := widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã hồ sơ", Width: 176, Min: 120}, {ID: "fact", Title: "Điểm khác", Width: 130},
		{ID: "ours", Title: "Trong sổ", Width: 120, Flex: 1}, {ID: "theirs", Title: "Trong tệp", Width: 120, Flex: 1}, {ID: "decision", Title: "Cách xử lý", Width: 140, Flex: 1}})
	grid.SetEmpty("Không có gì được ghi vào sổ.", "", nil)
	grid.SetRows(rows{len(list), func(i int, dst []widget.Cell) {
		l := list[i]
		dst[0].Text, dst[1].Text, dst[2].Text, dst[3].Text, dst[4].Text = l.Code, l.Fact, l.Ours, l.Theirs, l.Decision
		if l.Fact == "" {
			dst[1].Text = l.Kind
		}
		dst[4].Strong = true
	}})
	var d *widget.Dialog
	d = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: "Ghi kết quả đối chiếu với " + s.m.File(), Width: s.wide(860), Default: "Ghi", Cancel: "Chưa ghi",
		Content: container.NewVBox(widget.NewParagraph(s.m.Preview(), s.wide(860)), screen.Tall(s.high(300), grid)),
		OnDefault: func() bool {
			s.m.Apply(func(text string, err error) {
				if err != nil {
					d.ShowError(err)
					return
				}
				d.Close()
				widget.ShowToast(s.ctx.Window, text, "Hoàn tác", s.Undo)
			})
			return false
		}})
}

// wide and high keep a dialog within the window, px at 100 %.
func (s *Screen) wide(px float32) float32 {
	return min(px, s.ctx.Window.Canvas().Size().Width/widget.Scaled(1)-120)
}

func (s *Screen) high(px float32) float32 {
	return max(120, min(px, s.ctx.Window.Canvas().Size().Height/widget.Scaled(1)-240))
}

// askOptions compares again with other bounds.
func (s *Screen) askOptions() {
	opt, r := s.m.Options(), s.m.Result()
	today := func() data.Day { return s.print.Desk.Today() }
	from, to, asOf := widget.NewDateField(today), widget.NewDateField(today), widget.NewDateField(today)
	for _, f := range []*widget.DateField{from, to, asOf} {
		f.Info = s.DayInfo
	}
	from.SetDay(r.From)
	to.SetDay(r.To)
	asOf.SetDay(opt.AsOf)
	minutes := widget.NewCheck("So cả giờ, phút", nil)
	minutes.SetChecked(opt.Minutes)
	widget.ShowForm(s.ctx.Window, "Tùy chọn đối chiếu", []fyne.CanvasObject{
		widget.Columns(2, widget.NewFieldBox("Hồ sơ tiếp nhận từ ngày", from).WithHint("tệp có đủ hồ sơ từ ngày này"), widget.NewFieldBox("đến ngày", to)),
		widget.NewFieldBox("Tình trạng trong tệp tính đến ngày", asOf).WithHint("để trống: tình trạng mới nhất"), minutes}, "Đối chiếu lại", func() error {
		var err error
		if opt.From, err = from.Day(); err != nil {
			return err
		}
		if opt.To, err = to.Day(); err != nil {
			return err
		}
		if opt.From.Known() && opt.To.Known() && opt.From > opt.To {
			return data.Fail(data.Invalid, fmt.Sprintf("Từ ngày %s sau đến ngày %s. Sửa lại hai ngày.", opt.From, opt.To), nil)
		}
		if opt.AsOf, err = asOf.Day(); err != nil {
			return err
		}
		opt.Minutes = minutes.Checked
		widget.Post(func() { s.leave(func() { s.m.Again(opt) }) })
		return nil
	})
}

func (s *Screen) showUnread() {
	list := s.m.Result().Unread
	grid := widget.NewGrid([]widget.Column{{ID: "row", Title: "Dòng", Width: 64, Align: widget.Right}, {ID: "code", Title: "Mã hồ sơ", Width: 176}, {ID: "why", Title: "Lý do", Width: 300, Flex: 1}})
	grid.SetRows(rows{len(list), func(i int, dst []widget.Cell) {
		dst[0].Text, dst[1].Text, dst[2].Text = data.FormatInt(int64(list[i].Row)), list[i].Code, list[i].Reason
	}})
	widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: "Dòng của tệp không đối chiếu được", Width: s.wide(820), Content: screen.Tall(s.high(320), grid), First: grid})
}

func (s *Screen) showRefused() {
	list := s.m.Refused()
	grid := widget.NewGrid([]widget.Column{{ID: "row", Title: "Dòng", Width: 64, Align: widget.Right}, {ID: "code", Title: "Mã hồ sơ", Width: 176}, {ID: "why", Title: "Vì sao giữ nguyên", Width: 300, Flex: 1}})
	grid.SetRows(rows{len(list), func(i int, dst []widget.Cell) {
		dst[0].Text, dst[1].Text, dst[2].Text = data.FormatInt(int64(list[i].Row)), list[i].Code, list[i].Reason
	}})
	widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: "Hồ sơ không sửa được theo tệp", Width: s.wide(820), Content: screen.Tall(s.high(320), grid), First: grid})
}

func (s *Screen) minutes() papers.Minutes {
	return papers.Minutes{Result: s.m.Result(), Choices: s.m.Choices()}
}

func (s *Screen) printMinutes() {
	m := s.minutes()
	s.print.ShowPDF("Biên bản đối chiếu", "bien-ban-doi-chieu", func(ctx context.Context, _ bool) ([]byte, error) {
		return papers.WriteMinutes(ctx, s.print.Desk, m)
	})
}

func (s *Screen) export() {
	m := s.minutes()
	s.print.Files.Save(widget.FileQuestion{Title: "Xuất kết quả đối chiếu", Purpose: "export", Name: "doi-chieu.xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
		widget.RunWithProgress(s.ctx.Window, "Đang xuất Excel", func(ctx context.Context, _ widget.Report) error {
			return papers.ExportDifferences(ctx, s.print.Desk, m, path)
		}, func(err error) {
			if err != nil {
				widget.ShowError(s.ctx.Window, "Không xuất được kết quả đối chiếu", err)
				return
			}
			widget.ShowToast(s.ctx.Window, fmt.Sprintf("Đã xuất %s điểm khác nhau ra %s.", data.FormatInt(int64(len(m.Result.Findings))), filepath.Base(path)), "", nil)
		})
	})
}
