package catalogue

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/workday"
)

// calendar is the part Lịch làm việc: a month large, the months of the year
// above, the special days of the year at the right.
type calendar struct {
	c     *Screen
	model *model.Calendar
	page  *widget.Page
	month *widget.Month
	title *widget.Paragraph
	state *widget.Paragraph
	strip []*widget.Button
	days  *widget.Grid
	apply *widget.Button
	drop  *widget.Button
	stand *widget.Button
	asks  *widget.Button // opens the questions of the year
}

func newCalendar(c *Screen) *calendar {
	p := &calendar{c: c, model: model.NewCalendar(c.session)}
	p.month = widget.NewMonth()
	p.month.OnMove = p.model.GoTo
	p.month.OnMonth = p.model.GoMonth
	p.month.OnOpen = func(d data.Day) { p.declare(d) }
	p.month.OnDelete = p.remove
	p.month.OnMenu = p.menu
	p.title = widget.NewHeading("")
	p.title.Max = 1
	p.state = widget.NewNote("", 200)
	p.days = widget.NewGrid([]widget.Column{{ID: "date", Title: "Ngày", Width: widget.WidthDate}, {ID: "week", Title: "Thứ", Width: 40}, {ID: "name", Title: "Tên, loại", Width: 120, Flex: 1}})
	p.days.Single = true
	p.days.SetEmpty("Năm này chưa có ngày nghỉ nào.", "Đề nghị theo Bộ luật Lao động", func() { p.check(p.model.Propose()) })
	p.days.OnOpen = func(i int) {
		if list := p.model.Specials(); i < len(list) {
			p.model.GoTo(list[i].Day)
			p.declare(list[i].Day)
		}
	}
	p.days.OnCell = func(i int, _ string) bool {
		if list := p.model.Specials(); i < len(list) {
			p.model.GoTo(list[i].Day)
		}
		return false
	}
	p.days.OnMenu = func(i int, at fyne.Position) {
		if list := p.model.Specials(); i < len(list) {
			p.menu(list[i].Day, at)
		}
	}
	p.apply = widget.NewMainButton("Áp dụng…", widget.IconSave, p.askApply).WithHint("Ctrl+Enter")
	p.drop = widget.NewButton("Bỏ thay đổi", widget.IconUndo, p.model.Discard)
	p.stand = widget.NewButton("", widget.IconCheck, p.publish)
	p.asks = widget.NewButton("", widget.IconEdit, p.askQuestions)
	p.page = widget.NewPage("Lịch làm việc", []fyne.CanvasObject{
		widget.NewButton("Giờ làm việc…", "", p.hours), widget.NewButton("Hoán đổi ngày…", "", func() { p.swap(p.model.At()) }), p.drop, p.apply,
	}, nil, p.build())
	p.model.Changed = p.fill
	p.fill()
	return p
}

func (p *calendar) build() fyne.CanvasObject {
	back := widget.NewIconButton(widget.IconBack, "Năm trước", func() { p.model.GoMonth(-12) })
	next := widget.NewIconButton(widget.IconForward, "Năm sau", func() { p.model.GoMonth(12) })
	strip := container.New(layout.NewCustomPaddedHBoxLayout(2))
	for m := 1; m <= 12; m++ {
		b := widget.NewButton(strconv.Itoa(m), "", func() {
			_, month, _ := p.model.At().Civil()
			p.model.GoMonth(m - int(month))
			p.c.ctx.Window.Canvas().Focus(p.month)
		})
		p.strip = append(p.strip, b)
		strip.Add(b)
	}
	top := container.NewVBox(container.NewBorder(nil, nil, container.NewHBox(back, next), nil, p.title), strip)
	legend := widget.NewNote("▨ nghỉ lễ, nghỉ bù, hoán đổi; ■ làm bù; nền xám: nghỉ hằng tuần; • chưa áp dụng; số nhỏ: âm lịch. Enter: khai báo, Delete: bỏ.", 300)
	left := container.NewBorder(top, legend, nil, nil, container.New(layout.NewCustomPaddedLayout(6, 4, 0, 0), p.month))
	tools := container.NewHBox(p.stand, widget.NewIconButton(widget.IconCopy, "Chép danh sách ngày nghỉ, làm bù của năm", func() {
		fyne.CurrentApp().Clipboard().SetContent(p.model.ListText())
		widget.ShowToast(p.c.ctx.Window, fmt.Sprintf("Đã chép lịch năm %d, dán được vào Word, Excel.", p.model.At().Year()), "", nil)
	}))
	right := container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), container.NewBorder(container.NewVBox(tools, p.state, container.NewHBox(p.asks)), nil, nil, nil, p.days))
	return container.New(beside{}, left, right)
}

// beside gives the second object a third of the width, within limits.
type beside struct{}

func (beside) width(w float32) float32 {
	return min(max(w*0.34, widget.Scaled(220)), widget.Scaled(340))
}

// MinSize implements fyne.Layout.
func (beside) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+widget.Scaled(220), max(a.Height, b.Height))
}

// Layout implements fyne.Layout.
func (l beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := l.width(s.Width)
	o[0].Resize(fyne.NewSize(s.Width-w, s.Height))
	o[0].Move(fyne.Position{})
	o[1].Resize(fyne.NewSize(w, s.Height))
	o[1].Move(fyne.NewPos(s.Width-w, 0))
}

func (p *calendar) object() fyne.CanvasObject { return p.page }
func (p *calendar) shown()                    { p.c.ctx.Focus(p.c.content, p.month) }
func (p *calendar) refresh()                  { p.model.Refresh() }
func (p *calendar) escape() bool              { return false }

func (p *calendar) submit() {
	if p.model.Dirty() || p.model.News().Text != "" {
		p.askApply()
	}
}

func (p *calendar) status() string {
	total := 0
	for _, n := range p.model.MonthDays() {
		total += n
	}
	text := fmt.Sprintf("Năm %d: %d ngày làm việc · giờ làm việc %s", p.model.At().Year(), total, p.model.Hours())
	if other := p.model.Unusual(); other != "" {
		text += "; " + other
	}
	if p.model.Dirty() {
		text = "Có thay đổi chưa áp dụng · " + text
	}
	return text
}

// fill draws what the model holds.
func (p *calendar) fill() {
	var days []widget.MonthDay
	for _, d := range p.model.Month() {
		days = append(days, widget.MonthDay{Day: d.Day, Sign: [...]widget.DaySign{widget.DayWorked, widget.DayRest, widget.DayFree, widget.DayMakeUp}[d.Sort],
			Note: d.Name, Lunar: d.Lunar, Other: d.Other, Today: d.Today, Fresh: d.Fresh})
	}
	y, m, _ := p.model.At().Civil()
	p.month.SetDays(days, p.model.At())
	counts := p.model.MonthDays()
	p.title.SetText(fmt.Sprintf("Tháng %d/%d", int(m), y))
	for i, b := range p.strip {
		b.Tip = fmt.Sprintf("Tháng %d: %d ngày làm việc", i+1, counts[i])
		b.SetChosen(i+1 == int(m))
	}
	year := p.model.Year()
	p.stand.Text, p.stand.Icon, p.stand.Tip = "Công bố lịch năm "+strconv.Itoa(y), widget.IconCheck, "Đánh dấu lịch năm này là chính thức"
	text := fmt.Sprintf("Lịch năm %d: dự kiến, chưa được công bố.", y)
	if year.Standing == workday.Official {
		p.stand.Text, p.stand.Icon, p.stand.Tip = "Đưa về dự kiến", widget.IconUndo, "Lịch năm này chưa chắc chắn"
		text = fmt.Sprintf("Lịch năm %d: chính thức.", y)
	}
	p.stand.Refresh()
	text = fmt.Sprintf("%s Tháng %d có %d ngày làm việc.", text, int(m), counts[int(m)-1])
	if news := p.model.News().Text; news != "" {
		text += " " + news + " Bấm «Áp dụng…» để quyết định cho hồ sơ đổi ngày hẹn."
	}
	p.state.SetText(text)
	words := askWords(p.model.Asks())
	p.asks.Hidden = words == ""
	p.asks.SetText(words)
	p.days.ReplaceRows(specialRows(p.model.Specials()))
	able(p.apply, p.model.Dirty() || p.model.News().Text != "")
	able(p.drop, p.model.Dirty())
	p.c.ctx.Status()
}

func able(b *widget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

type specialRows []model.SpecialLine

// Len implements widget.Rows.
func (r specialRows) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r specialRows) Cells(i int, dst []widget.Cell) {
	s := r[i]
	dst[0].Text, dst[1].Text, dst[2].Text = s.Date, model.ShortWeekday(s.Day), s.Name
	if s.Kind != workday.Holiday.String() && !strings.HasPrefix(s.Name, s.Kind) {
		dst[2].Text = s.Kind + ": " + s.Name
	}
}

func (p *calendar) check(err error) {
	p.page.Errors.SetError(err)
}

// menu offers what can be done with a day.
func (p *calendar) menu(d data.Day, at fyne.Position) {
	_, special := p.model.Special(d)
	widget.ShowMenu(p.c.ctx.Window, at, []widget.MenuItem{
		{Label: "Khai báo ngày " + d.String() + "…", Icon: widget.IconCalendar, Hint: "Enter", Do: func() { p.declare(d) }},
		{Label: "Hoán đổi ngày…", Do: func() { p.swap(d) }},
		{Label: "Bỏ khai báo", Icon: widget.IconTrash, Hint: "Delete", Disabled: !special, Do: func() { p.remove(d) }},
		{},
		{Label: fmt.Sprintf("Đề nghị lịch năm %d theo Bộ luật Lao động", d.Year()), Do: func() { p.check(p.model.Propose()) }},
	})
}

// kinds of a special day that a dialog offers.
var dayKinds = []model.Choice{{Key: workday.Holiday.Key(), Label: "Nghỉ lễ"}, {Key: workday.InLieu.Key(), Label: "Nghỉ bù"}, {Key: workday.Swapped.Key(), Label: "Nghỉ hoán đổi"}, {Key: workday.MakeUp.Key(), Label: "Làm bù (thứ Bảy, Chủ nhật)"}}

// declare asks what a day is.
func (p *calendar) declare(d data.Day) {
	s, ok := p.model.Special(d)
	if !ok {
		s = workday.Special{Date: d, Kind: workday.Holiday}
	}
	day, name, basis := p.c.date(s.Date), field(s.Name), field(s.Basis)
	kind := picker(dayKinds, s.Kind.Key())
	f := screen.NewForm()
	f.Add("day", "Ngày", day).Required()
	f.Add("kind", "Loại", kind)
	f.Add("name", "Tên ngày nghỉ, lý do", name).Required()
	f.Add("basis", "Căn cứ", basis).WithHint("ví dụ số thông báo, công văn")
	hours := field(s.Hours.String())
	f.Add("hours", "Giờ làm bù, nếu khác ngày thường", hours).WithHint("ví dụ 07:00-11:30; để trống: như ngày thường")
	p.local("Khai báo ngày", "Ghi vào lịch", f, func() error {
		date, err := f.Day("day", day)
		if err != nil {
			return err
		}
		k, err := workday.ParseKind(kind.Key())
		if err != nil {
			return err
		}
		v := workday.Special{Date: date, Kind: k, Name: name.Value(), Basis: basis.Value()}
		if date == s.Date && k == s.Kind {
			v.For = s.For
		}
		if err := p.model.DeclareMadeUp(v, hours.Value()); err != nil {
			return err
		}
		p.model.GoTo(date)
		return nil
	})
}

// swap asks for a day off and the day on which it is made up for.
func (p *calendar) swap(d data.Day) {
	off, worked, name, basis := p.c.date(d), p.c.date(data.NoDay), field("Nghỉ hoán đổi"), field("")
	if w := d.Weekday(); w == 0 || w == 6 {
		off, worked = p.c.date(data.NoDay), p.c.date(d)
	}
	f := screen.NewForm()
	f.Add("off", "Nghỉ ngày (đang là ngày làm việc)", off).Required()
	f.Add("worked", "Làm bù ngày (thứ Bảy hoặc Chủ nhật)", worked).Required()
	f.Add("name", "Tên, lý do", name).Required()
	f.Add("basis", "Căn cứ", basis).WithHint("ví dụ số thông báo, công văn")
	p.local("Hoán đổi ngày làm việc", "Ghi vào lịch", f, func() error {
		a, err := f.Day("off", off)
		if err != nil {
			return err
		}
		b, err := f.Day("worked", worked)
		if err != nil {
			return err
		}
		if err := p.model.Swap(a, b, name.Value(), basis.Value()); err != nil {
			return err
		}
		p.model.GoTo(a)
		return nil
	})
}

func (p *calendar) remove(d data.Day) {
	if _, ok := p.model.Special(d); ok {
		p.check(p.model.Remove(d))
	}
}

func (p *calendar) publish() {
	next := workday.Official
	if p.model.Year().Standing == workday.Official {
		next = workday.Proposed
	}
	p.check(p.model.SetStanding(next))
}

// local asks for a change of the draft.
func (p *calendar) local(title, verb string, f *screen.Form, take func() error) {
	var d *widget.Dialog
	d = widget.ShowDialog(p.c.ctx.Window, widget.DialogOptions{Title: title, Content: newStack(f.Fields...), Default: verb, Cancel: "Hủy bỏ", Width: 400, OnDefault: func() bool {
		if err := take(); err != nil {
			if rest := f.Show(err); rest != nil {
				d.ShowError(rest)
			}
			return false
		}
		p.c.ctx.Window.Canvas().Focus(p.month)
		return true
	}})
}

// askApply finds the dossiers whose date would change and asks what becomes of
// them.
func (p *calendar) askApply() {
	var moves []model.Move
	widget.RunWithProgress(p.c.ctx.Window, "Đang tìm hồ sơ có ngày hẹn bị ảnh hưởng", func(ctx context.Context, report widget.Report) error {
		var err error
		moves, err = p.model.Affected(ctx, func(done, total int64) { report(done, total, "Tính lại ngày hẹn") })
		return err
	}, func(err error) {
		if err != nil {
			p.check(err)
			return
		}
		p.askMoves(moves)
	})
}
