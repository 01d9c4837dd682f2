package catalogue

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
)

// newRates builds the part Cách tính tỷ lệ.
func newRates(c *Screen) *list {
	var l *list
	l = newList(c, "Cách tính tỷ lệ", model.NewRates(c.session), []widget.Column{
		{ID: "name", Title: "Tỷ lệ", Width: 230, Min: 180, Flex: 2}, {ID: "denominator", Title: "Mẫu số", Width: 116, Min: 90, Flex: 0.4, Spare: 1}, {ID: "words", Title: "Cách tính (số cột theo biểu II.06a)", Width: 230, Min: 160, Flex: 2},
		{ID: "value", Title: "Kỳ đang xem", Width: 178, Align: widget.Right}, {ID: "other", Title: "", Width: 104, Spare: 2},
	}, nil, widget.NewMainButton("Đổi cách tính…", widget.IconEdit, func() { editRate(l, l.grid.Current()) }))
	l.open = func(id uint64) { editRate(l, int(id)) }
	l.menu = func(id uint64) []widget.MenuItem {
		return []widget.MenuItem{{Label: "Đổi cách tính…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { editRate(l, int(id)) }}}
	}
	return l
}

func editRate(l *list, at int) {
	s := l.c.session
	all := model.Rates(s)
	if at < 0 || at >= len(all) {
		return
	}
	r := all[at]
	if len(r.Choices) < 2 {
		l.c.fail(data.Fail(data.Conflict, "Tỷ lệ này chỉ có một cách tính: "+r.Choices[0].Explanation+".", nil))
		return
	}
	var choices []model.Choice
	for i, d := range r.Choices {
		text := "Trên " + d.Denominator
		if i == 0 {
			text += " (mặc định)"
		}
		choices = append(choices, model.Choice{Key: strconv.Itoa(i), Label: text})
	}
	way := picker(choices, "0")
	words := widget.NewNote("", 440)
	tell := func(k string) {
		n, _ := strconv.Atoi(k)
		words.SetText(r.Choices[n].Name + ": " + r.Choices[n].Explanation + ".")
	}
	for i, d := range r.Choices {
		if d.ID == r.Chosen {
			way.SetKey(strconv.Itoa(i))
		}
	}
	tell(way.Key())
	way.OnPick = func(o widget.Option) { tell(o.Key) }
	f := screen.NewForm()
	f.Add("way", "Mẫu số", way)
	l.c.ask(screen.Question{Title: r.Choices[0].Name, Verb: "Lưu", Form: f, Width: 460, Below: []fyne.CanvasObject{words}, Done: func() string { return "Đã đổi cách tính. Mọi số liệu theo cách mới." },
		Note: "Đổi ở đây thì số liệu trên màn hình, trong báo cáo và tên mẫu số ở chú thích đổi theo. Báo cáo đã in giữ nguyên.",
		Read: func() (func(context.Context) error, error) {
			n, _ := strconv.Atoi(way.Key())
			chosen := s.Desk.Denominators()
			chosen[r.ID] = r.Choices[n].ID
			return func(ctx context.Context) error { return s.Desk.SetDenominators(ctx, chosen) }, nil
		}})
}
