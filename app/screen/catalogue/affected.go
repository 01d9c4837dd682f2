package catalogue

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
)

// moveRows are the dossiers whose date the new calendar would change.
type moveRows []model.Move

// Len implements widget.Rows.
func (r moveRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r moveRows) Cells(i int, dst []widget.Cell) {
	m := r[i]
	dst[0] = widget.Cell{Text: "Giữ ngày trên giấy", Mark: widget.MarkBox}
	if m.Shift {
		dst[0] = widget.Cell{Text: "Dời hẹn", Mark: widget.MarkChecked}
	}
	dst[1].Text, dst[2].Text, dst[3].Text, dst[4].Text = m.Code, m.Owner, m.Now.Day.String(), m.New.Day.String()
}

// askMoves asks for the reason of the change and what becomes of the dossiers.
func (p *calendar) askMoves(moves []model.Move) {
	why := field(p.model.News().Basis)
	f := screen.NewForm()
	f.Add("why", "Lý do", why).Required().WithHint("ví dụ số văn bản công bố lịch nghỉ; ghi vào nhật ký và vào hồ sơ được dời")
	content := newStack()
	width := float32(520)
	count := widget.NewParagraph("", width)
	if news := p.model.News().Text; news != "" {
		content.Add(widget.NewParagraph(news+" Lịch mới đã được dùng cho hồ sơ nhận từ nay; ngày hẹn đã in giữ nguyên cho tới khi được dời.", width))
	}
	if len(moves) == 0 {
		count.SetText("Không có hồ sơ đang giải quyết nào đổi ngày hẹn.")
		content.Add(count)
	} else {
		width = min(860, (p.c.ctx.Window.Canvas().Size().Width-80)/widget.Scaled(1))
		p.addMoves(content, moves, count, width)
	}
	content.Add(f.Fields[0])
	var d *widget.Dialog
	fail := func(err error) {
		d.Default().Enable()
		if rest := f.Show(err); rest != nil {
			d.ShowError(rest)
		}
	}
	d = widget.ShowDialog(p.c.ctx.Window, widget.DialogOptions{Title: "Áp dụng lịch làm việc", Content: content, Default: "Áp dụng", Cancel: "Chưa áp dụng", Width: width, First: why, OnDefault: func() bool {
		reason := why.Value()
		d.Default().Disable()
		p.c.session.Go(func() {
			err := p.model.Apply(context.Background(), moves, reason)
			p.c.session.Post(func() {
				if err != nil {
					fail(err)
					return
				}
				d.Close()
				p.model.Refresh()
				widget.ShowToast(p.c.ctx.Window, "Đã áp dụng lịch làm việc.", "Hoàn tác", p.c.Undo)
			})
		})
		return false
	}})
}

// addMoves lists the dossiers with a box each.
func (p *calendar) addMoves(content *fyne.Container, moves []model.Move, count *widget.Paragraph, width float32) {
	grid := widget.NewGrid([]widget.Column{{ID: "what", Title: "Xử lý", Width: 160}, {ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Flex: 1}, {ID: "owner", Title: "Chủ hồ sơ", Width: 160, Flex: 1},
		{ID: "now", Title: "Đang hẹn", Width: widget.WidthDate}, {ID: "new", Title: "Tính lại", Width: widget.WidthDate}})
	tell := func() {
		shift := 0
		for _, m := range moves {
			if m.Shift {
				shift++
			}
		}
		count.SetText(fmt.Sprintf("%s hồ sơ đang giải quyết có ngày hẹn khác theo lịch mới: dời hẹn %s, giữ ngày trên giấy %s. Đã chọn sẵn những hồ sơ hẹn đúng ngày sẽ nghỉ.",
			data.FormatInt(int64(len(moves))), data.FormatInt(int64(shift)), data.FormatInt(int64(len(moves)-shift))))
	}
	toggle := func(i int) {
		moves[i].Shift = !moves[i].Shift
		grid.Refresh()
		tell()
	}
	all := func(on bool) func() {
		return func() {
			for i := range moves {
				moves[i].Shift = on
			}
			grid.Refresh()
			tell()
		}
	}
	grid.OnToggle, grid.OnOpen = toggle, toggle
	grid.Single = true
	grid.SetRows(moveRows(moves))
	tell()
	content.Add(count)
	content.Add(container.NewHBox(widget.NewButton("Dời hẹn tất cả", "", all(true)), widget.NewButton("Giữ ngày trên giấy tất cả", "", all(false))))
	content.Add(screen.Tall(min(260, float32(len(moves)+2)*28+12), grid))
	content.Add(widget.NewNote("Dấu cách hoặc bấm vào ô để đổi từng hồ sơ. Hồ sơ được dời có một dòng đính chính, ngày trên giấy vẫn xem lại được.", width))
}

// takeNews takes over what the program ships otherwise; where that moves dates that
// were promised, the officer says which.
func (p *calendar) takeNews() {
	if p.model.News().Text == "" {
		return
	}
	p.c.session.Go(func() {
		moves, err := p.model.TakeNews(context.Background())
		p.c.session.Post(func() {
			switch {
			case err != nil:
				p.c.fail(err)
			case len(moves) > 0:
				p.askMoves(moves)
			}
		})
	})
}
