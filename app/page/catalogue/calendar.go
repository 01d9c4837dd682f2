package catalogue

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/workday"
)

// calendar is the part Lịch làm việc: a month large, the months of the year
// above, the special days of the year at the right.
type calendar struct {
	e     *env.Env
	m     *draft
	page  *widget.Page
	month *widget.Month
	title *widget.Paragraph
	state *widget.Paragraph
	strip []*widget.Button
	days  *list.List[workday.Special]
	apply *widget.Button
	drop  *widget.Button
	stand *widget.Button
	asks  *widget.Button // opens the questions of the year
}

func newCalendar(e *env.Env) *calendar {
	p := &calendar{e: e, m: newDraft(e.Desk), month: widget.NewMonth(), title: widget.NewHeading(""), state: widget.NewNote("", 200)}
	p.month.OnMove, p.month.OnMonth = p.m.goTo, p.m.goMonth
	p.month.OnOpen, p.month.OnDelete = p.declare, p.remove
	p.month.OnMenu = func(d data.Day, at fyne.Position) { widget.ShowMenu(e.Window, at, p.menu(d)) }
	p.title.Max = 1
	p.days = list.Of(e, list.Options[workday.Special]{ID: "special-days", Plain: true, What: "ngày", Begin: list.Held(func() []workday.Special { return p.m.year().Days }), Key: func(s *workday.Special) uint64 { return uint64(s.Date) },
		Columns: []list.Column[workday.Special]{
			{ID: "date", Title: "Ngày", Width: widget.WidthDate, Fixed: true, Text: func(s *workday.Special) string { return s.Date.String() }},
			{ID: "week", Title: "Thứ", Width: 40, Fixed: true, Text: func(s *workday.Special) string {
				return [...]string{"CN", "T2", "T3", "T4", "T5", "T6", "T7"}[s.Date.Weekday()]
			}},
			{ID: "name", Title: "Tên, loại", Width: 120, Flex: 1, Fixed: true, Text: specialWords}},
		Open: func(s *workday.Special) {
			p.m.goTo(s.Date)
			p.declare(s.Date)
		},
		Menu:  func(s *workday.Special, _ []uint64) []widget.MenuItem { return p.menu(s.Date) },
		Empty: "Năm này chưa có ngày nghỉ nào.", EmptyVerb: "Đề nghị theo Bộ luật Lao động", EmptyDo: func() { p.check(p.m.propose()) }})
	p.days.Grid().OnCell = func(i int, _ string) bool { p.m.goTo(p.days.Row(i).Date); return false }
	p.apply = widget.NewMainButton("Áp dụng…", widget.IconSave, func() { p.store(func(error) {}) }).WithHint("Ctrl+Enter")
	p.drop = widget.NewButton("Bỏ thay đổi", widget.IconUndo, p.m.discard)
	p.stand = widget.NewButton("", widget.IconCheck, p.publish)
	p.asks = widget.NewButton("", widget.IconEdit, p.askQuestions)
	p.page = widget.NewPage("Lịch làm việc", []fyne.CanvasObject{
		widget.NewButton("Giờ làm việc…", "", p.hours), widget.NewButton("Hoán đổi ngày…", "", func() { p.swap(p.m.at) }), p.drop, p.apply,
	}, nil, p.build())
	p.m.changed = p.fill
	p.fill()
	return p
}

func (p *calendar) build() fyne.CanvasObject {
	back := widget.NewIconButton(widget.IconBack, "Năm trước", func() { p.m.goMonth(-12) })
	next := widget.NewIconButton(widget.IconForward, "Năm sau", func() { p.m.goMonth(12) })
	strip := container.New(layout.NewCustomPaddedHBoxLayout(2))
	for m := 1; m <= 12; m++ {
		b := widget.NewButton(strconv.Itoa(m), "", func() {
			_, month, _ := p.m.at.Civil()
			p.m.goMonth(m - int(month))
			p.e.Window.Canvas().Focus(p.month)
		})
		p.strip = append(p.strip, b)
		strip.Add(b)
	}
	top := container.NewVBox(container.NewBorder(nil, nil, container.NewHBox(back, next), nil, p.title), strip)
	legend := widget.NewNote("▨ nghỉ lễ, nghỉ bù, hoán đổi; ■ làm bù; nền xám: nghỉ hằng tuần; • chưa áp dụng; số nhỏ: âm lịch. Enter: khai báo, Delete: bỏ.", 300)
	left := container.NewBorder(top, legend, nil, nil, container.New(layout.NewCustomPaddedLayout(6, 4, 0, 0), p.month))
	tools := container.NewHBox(p.stand, widget.NewIconButton(widget.IconCopy, "Chép danh sách ngày nghỉ, làm bù của năm", func() {
		fyne.CurrentApp().Clipboard().SetContent(p.m.listText())
		p.e.Toast(fmt.Sprintf("Đã chép lịch năm %d, dán được vào Word, Excel.", p.m.at.Year()))
	}))
	right := container.New(layout.NewCustomPaddedLayout(0, 0, 12, 0), container.NewBorder(container.NewVBox(tools, p.state, container.NewHBox(p.asks)), nil, nil, nil, p.days.Body()))
	return container.New(widget.Beside{Share: 0.34, Least: 220, Most: 340}, left, right)
}

// Object implements parts.Part.
func (p *calendar) Object() *widget.Page { return p.page }

// Refresh implements parts.Part.
func (p *calendar) Refresh() { p.m.refresh() }

// Shown implements parts.Part.
func (p *calendar) Shown() { p.e.Focus(p.page, p.month) }

// Status implements parts.Part.
func (p *calendar) Status() string { return p.m.status() }

// Escape implements parts.Part.
func (p *calendar) Escape() bool { return false }

// Save implements parts.Part: the day under the cursor.
func (p *calendar) Save() env.State { return p.m.at }

// Restore implements parts.Part.
func (p *calendar) Restore(s env.State) {
	if d, ok := s.(data.Day); ok {
		p.m.goTo(d)
	}
}

// Dirty implements editor.
func (p *calendar) Dirty() bool { return p.m.dirty() }

// Submit implements editor.
func (p *calendar) Submit() {
	if p.m.dirty() || p.m.news.Text != "" {
		p.store(func(error) {})
	}
}

// fill draws what the draft holds.
func (p *calendar) fill() {
	var days []widget.MonthDay
	for _, d := range p.m.month() {
		days = append(days, widget.MonthDay{Day: d.day, Sign: [...]widget.DaySign{widget.DayWorked, widget.DayRest, widget.DayFree, widget.DayMakeUp}[d.sort],
			Note: d.name, Lunar: d.lunar, Other: d.other, Today: d.today, Fresh: d.fresh})
	}
	y, m, _ := p.m.at.Civil()
	p.month.SetDays(days, p.m.at)
	p.title.SetText(fmt.Sprintf("Tháng %d/%d", int(m), y))
	for i, n := range p.m.monthDays() {
		p.strip[i].Tip = fmt.Sprintf("Tháng %d: %d ngày làm việc", i+1, n)
		p.strip[i].SetChosen(i+1 == int(m))
	}
	p.stand.Text, p.stand.Icon, p.stand.Tip = "Công bố lịch năm "+strconv.Itoa(y), widget.IconCheck, "Đánh dấu lịch năm này là chính thức"
	if p.m.year().Standing == workday.Official {
		p.stand.Text, p.stand.Icon, p.stand.Tip = "Đưa về dự kiến", widget.IconUndo, "Lịch năm này chưa chắc chắn"
	}
	p.stand.Refresh()
	p.state.SetText(p.m.standing())
	words := p.m.askWords()
	p.asks.Hidden = words == ""
	p.asks.SetText(words)
	p.days.Refresh()
	widget.SetAble(p.apply, p.m.dirty() || p.m.news.Text != "")
	widget.SetAble(p.drop, p.m.dirty())
	p.e.Status()
}

func (p *calendar) check(err error) { p.page.Errors.SetError(err) }

// menu offers what can be done with a day.
func (p *calendar) menu(d data.Day) []widget.MenuItem {
	_, special := p.m.Special(d)
	return []widget.MenuItem{
		{Label: "Khai báo ngày " + d.String() + "…", Icon: widget.IconCalendar, Hint: "Enter", Do: func() { p.declare(d) }},
		{Label: "Hoán đổi ngày…", Do: func() { p.swap(d) }},
		{Label: "Bỏ khai báo", Icon: widget.IconTrash, Hint: "Delete", Disabled: !special, Do: func() { p.remove(d) }},
		{},
		{Label: fmt.Sprintf("Đề nghị lịch năm %d theo Bộ luật Lao động", d.Year()), Do: func() { p.check(p.m.propose()) }},
	}
}

func (p *calendar) remove(d data.Day) {
	if _, ok := p.m.Special(d); ok {
		p.check(p.m.take(p.m.Undeclare(d)))
	}
}

func (p *calendar) publish() {
	next := workday.Official
	if p.m.year().Standing == workday.Official {
		next = workday.Proposed
	}
	p.check(p.m.setStanding(next))
}

// askDraft asks for a change of the draft.
func askDraft[T any](p *calendar, title string, value T, take func(T) error, below []fyne.CanvasObject, columns int, fields ...form.Field[T]) {
	form.Ask(p.e, form.Question[T]{Title: title, Verb: "Ghi vào lịch", Value: value, Fields: fields, Below: below, Columns: columns, Check: take,
		Then: func(T) { p.e.Window.Canvas().Focus(p.month) }})
}

// dayKinds are the kinds of a special day that a dialog offers.
var dayKinds = []kit.Choice{{Key: workday.Holiday.Key(), Text: "Nghỉ lễ"}, {Key: workday.InLieu.Key(), Text: "Nghỉ bù"}, {Key: workday.Swapped.Key(), Text: "Nghỉ hoán đổi"}, {Key: workday.MakeUp.Key(), Text: "Làm bù (thứ Bảy, Chủ nhật)"}}

// declared is a special day as it is typed.
type declared struct {
	workday.Special
	hours string
}

// declare asks what a day is.
func (p *calendar) declare(d data.Day) {
	s, ok := p.m.Special(d)
	if !ok {
		s = workday.Special{Date: d, Kind: workday.Holiday}
	}
	kind := form.Parsed("kind", "Loại", func(x *declared) *workday.Kind { return &x.Kind }, workday.ParseKind, workday.Kind.Key)
	kind.Kind, kind.Choices = form.KindPick, func(*declared) []kit.Choice { return dayKinds }
	askDraft(p, "Khai báo ngày", declared{s, s.Hours.String()}, func(x declared) error {
		if x.Date != s.Date || x.Kind != s.Kind {
			x.For = data.NoDay
		}
		x.Hours = nil
		err := p.m.declare(x.Special, x.hours)
		if err == nil {
			p.m.goTo(x.Date)
		}
		return err
	}, nil, 1,
		form.Day("day", "Ngày", p.e.Desk.Today, func(x *declared) *data.Day { return &x.Date }).Need(), kind,
		form.Text("name", "Tên ngày nghỉ, lý do", func(x *declared) *string { return &x.Name }).Need(),
		form.Text("basis", "Căn cứ", func(x *declared) *string { return &x.Basis }).Note("ví dụ số thông báo, công văn"),
		form.Text("hours", "Giờ làm bù, nếu khác ngày thường", func(x *declared) *string { return &x.hours }).Note("ví dụ 07:00-11:30; để trống: như ngày thường"))
}

// swapped is a swap as it is typed.
type swapped struct {
	off, worked data.Day
	name, basis string
}

// swap asks for a day off and the day on which it is made up for.
func (p *calendar) swap(d data.Day) {
	one := swapped{off: d, name: "Nghỉ hoán đổi"}
	if w := d.Weekday(); w == time.Sunday || w == time.Saturday {
		one.off, one.worked = data.NoDay, d
	}
	today := p.e.Desk.Today
	askDraft(p, "Hoán đổi ngày làm việc", one, func(x swapped) error {
		err := p.m.take(p.m.Swap(x.off, x.worked, x.name, x.basis))
		if err == nil {
			p.m.goTo(x.off)
		}
		return err
	}, nil, 1,
		form.Day("off", "Nghỉ ngày (đang là ngày làm việc)", today, func(x *swapped) *data.Day { return &x.off }).Need(),
		form.Day("worked", "Làm bù ngày (thứ Bảy hoặc Chủ nhật)", today, func(x *swapped) *data.Day { return &x.worked }).Need(),
		form.Text("name", "Tên, lý do", func(x *swapped) *string { return &x.name }).Need(),
		form.Text("basis", "Căn cứ", func(x *swapped) *string { return &x.basis }).Note("ví dụ số thông báo, công văn"))
}

// hours asks for the office hours and for the weekdays that are worked.
func (p *calendar) hours() {
	fields := []form.Field[week]{
		form.Day("from", "Áp dụng từ ngày", p.e.Desk.Today, func(w *week) *data.Day { return &w.from }).Note(p.m.sinceWords()).Whole(),
		form.Area("hours", "Các buổi của một ngày làm việc bình thường, mỗi dòng một buổi", 2, func(w *week) *string { return &w.hours }).Note("ví dụ 07:00-11:30").Whole(),
	}
	for i := range 7 {
		d := time.Weekday((i + 1) % 7)
		fields = append(fields, form.Pick(strconv.Itoa(int(d)), workday.WeekdayName(d), func(*week) []kit.Choice { return p.m.dayChoices(d) }, func(w *week) *string { return &w.days[d] }))
	}
	note := widget.NewNote("Ngày làm cả ngày hay một buổi đều là một ngày làm việc khi tính hạn; hạn tính theo giờ chỉ chạy trong các buổi ấy. Ngày trực chỉ để tiếp nhận, không tính hạn, thì chọn «Nghỉ».", 400)
	askDraft(p, "Giờ làm việc", p.m.weekNow(), p.m.setWeek, []fyne.CanvasObject{note}, 3, fields...)
}

// askQuestions asks the questions of the year in view; the answers go to the draft.
func (p *calendar) askQuestions() {
	const width = 560
	var above []fyne.CanvasObject
	answers := map[string]workday.Answer{}
	for _, a := range p.m.year().Asks {
		choice := widget.NewSegments([]string{"Chưa biết", "Có", "Không"}, func(i int) { answers[a.ID] = workday.Answer(i) }) // in the order of workday.Answer
		choice.Choose(int(a.Answer))
		above = append(above, widget.NewParagraph(a.Text, width), widget.NewNote("Nguồn: "+a.Source, width), choice)
	}
	above = append(above, widget.NewNote("Trong khi chưa trả lời, chương trình không báo trễ, không báo sắp trễ chỉ vì những ngày này. Có thông báo chính thức thì trả lời, rồi bấm «Áp dụng…».", width))
	askDraft(p, "Câu hỏi của lịch năm "+strconv.Itoa(p.m.at.Year()), struct{}{}, func(struct{}) error { return p.m.answer(answers) }, above, 1)
}

// store finds the dossiers whose date would change and asks what becomes of them.
func (p *calendar) store(done func(error)) {
	var moves []move
	p.e.Run("Đang tìm hồ sơ có ngày hẹn bị ảnh hưởng", func(ctx context.Context, report widget.Report) (err error) {
		moves, err = p.m.affected(ctx, func(done, total int64) { report(done, total, "Tính lại ngày hẹn") })
		return err
	}, func(err error) {
		if err != nil {
			p.check(err)
			done(err)
			return
		}
		p.askMoves(moves, func() { done(nil) })
	})
}

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
		above = append(above, moveList(p.e, moves, width)...)
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
func moveList(e *env.Env, moves []move, width float32) []fyne.CanvasObject {
	count := widget.NewParagraph(moveWords(moves), width)
	turn := func(m *move) {
		m.shift = !m.shift
		count.SetText(moveWords(moves))
	}
	var rows *list.List[move]
	rows = list.Of(e, list.Options[move]{ID: "calendar-moves", Plain: true, What: "hồ sơ", Begin: list.Held(func() []move { return moves }), Key: func(m *move) uint64 { return m.ID },
		Columns: []list.Column[move]{
			{ID: "what", Title: "Xử lý", Width: 160, Text: func(m *move) string { return kit.If(m.shift, "Dời hẹn", "Giữ ngày trên giấy") }},
			{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Flex: 1, Text: func(m *move) string { return m.Code }}, {ID: "owner", Title: "Chủ hồ sơ", Width: 160, Flex: 1, Text: func(m *move) string { return m.Owner }},
			{ID: "now", Title: "Đang hẹn", Width: widget.WidthDate, Text: func(m *move) string { return m.Now.Day.String() }}, {ID: "new", Title: "Tính lại", Width: widget.WidthDate, Text: func(m *move) string { return m.New.Day.String() }}},
		Ticked: func(m *move) bool { return m.shift }, Tick: turn, Open: func(*move) { rows.Turn() }})
	rows.Refresh()
	all := func(on bool) func() {
		return func() {
			for i := range moves {
				moves[i].shift = on
			}
			rows.Refresh()
			count.SetText(moveWords(moves))
		}
	}
	return []fyne.CanvasObject{count, container.NewHBox(widget.NewButton("Dời hẹn tất cả", "", all(true)), widget.NewButton("Giữ ngày trên giấy tất cả", "", all(false))),
		widget.Tall(min(260, float32(len(moves)+2)*28+12), rows.Body()),
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
