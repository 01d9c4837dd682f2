package catalogue

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit/form"
	"giaoban/app/widget"
)

// askMoves asks for the reason of the change and what becomes of the dossiers.
func (p *calendar) askMoves(moves []move, then func()) {
	width := float32(520)
	if len(moves) > 0 {
		width = min(860, (p.e.Window.Canvas().Size().Width-80)/widget.Scaled(1))
	}
	var above []fyne.CanvasObject
	if news := p.m.news.Text; news != "" {
		above = append(above, widget.NewParagraph(news+" Lịch mới đã được dùng cho hồ sơ nhận từ nay; ngày hẹn đã in giữ nguyên cho tới khi được dời.", width))
	}
	if len(moves) == 0 {
		above = append(above, widget.NewParagraph("Không có hồ sơ đang giải quyết nào đổi ngày hẹn.", width))
	} else {
		above = append(above, moveList(moves, width)...)
	}
	form.Ask(p.e, form.Question[string]{Title: "Áp dụng lịch làm việc", Verb: "Áp dụng", Value: p.m.news.Basis, Above: above, Width: width,
		Fields: []form.Field[string]{form.Text("why", "Lý do", func(s *string) *string { return s }).Need().Note("ví dụ số văn bản công bố lịch nghỉ; ghi vào nhật ký và vào hồ sơ được dời")},
		Store:  func(ctx context.Context, why string) error { return p.m.apply(ctx, moves, why) },
		Done:   func(string) string { return "Đã áp dụng lịch làm việc." },
		Then: func(string) {
			p.m.refresh()
			then()
		}})
}

// moveList lists the dossiers with a box each, and counts them above.
func moveList(moves []move, width float32) []fyne.CanvasObject {
	grid := widget.NewGrid([]widget.Column{{ID: "what", Title: "Xử lý", Width: 160}, {ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Flex: 1}, {ID: "owner", Title: "Chủ hồ sơ", Width: 160, Flex: 1},
		{ID: "now", Title: "Đang hẹn", Width: widget.WidthDate}, {ID: "new", Title: "Tính lại", Width: widget.WidthDate}})
	count := widget.NewParagraph(moveWords(moves), width)
	change := func(do func(i int)) {
		for i := range moves {
			do(i)
		}
		grid.Refresh()
		count.SetText(moveWords(moves))
	}
	toggle := func(at int) {
		change(func(i int) { moves[i].shift = moves[i].shift != (i == at) })
	}
	all := func(on bool) func() { return func() { change(func(i int) { moves[i].shift = on }) } }
	grid.OnToggle, grid.OnOpen = toggle, toggle
	grid.Single = true
	grid.SetRows(widget.Few{N: len(moves), Cell: func(i int, dst []widget.Cell) {
		m := moves[i]
		dst[0] = widget.Cell{Text: "Giữ ngày trên giấy", Mark: widget.MarkBox}
		if m.shift {
			dst[0] = widget.Cell{Text: "Dời hẹn", Mark: widget.MarkChecked}
		}
		dst[1].Text, dst[2].Text, dst[3].Text, dst[4].Text = m.Code, m.Owner, m.Now.Day.String(), m.New.Day.String()
	}})
	return []fyne.CanvasObject{count, container.NewHBox(widget.NewButton("Dời hẹn tất cả", "", all(true)), widget.NewButton("Giữ ngày trên giấy tất cả", "", all(false))),
		widget.Tall(min(260, float32(len(moves)+2)*28+12), grid),
		widget.NewNote("Dấu cách hoặc bấm vào ô để đổi từng hồ sơ. Hồ sơ được dời có một dòng đính chính, ngày trên giấy vẫn xem lại được.", width)}
}

// takeNews takes over what the program ships otherwise; where that moves dates that
// were promised, the officer says which.
func (p *calendar) takeNews() {
	if p.m.news.Text == "" {
		return
	}
	p.e.Session.Go(func() {
		moves, err := p.m.takeNews(context.Background())
		p.e.Session.Post(func() {
			switch {
			case err != nil:
				p.e.Fail("Không thực hiện được", err)
			case len(moves) > 0:
				p.askMoves(moves, func() {})
			}
		})
	})
}
