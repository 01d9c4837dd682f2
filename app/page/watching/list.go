package watching

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// The filters of the lists of dossiers.
const (
	filterGroup = "group"
	filterUnit  = "unit"
	filterDesk  = "desk"
)

// alarmFilters narrow a list of dossiers by unit and desk.
func (p *page) alarmFilters() []list.Filter[desk.Alarm] {
	return []list.Filter[desk.Alarm]{
		{Key: filterUnit, Label: "Đơn vị", Groups: true, Choices: p.m.Units, Of: func(a *desk.Alarm) []string { key, _ := unitOf(a); return []string{key} }},
		{Key: filterDesk, Label: "Bộ phận giữ", Groups: true, Choices: p.m.Desks, Of: func(a *desk.Alarm) []string { key, _ := deskOf(a); return []string{key} }},
	}
}

// alarmColumns are the columns of both lists of dossiers; why stands over the reason.
func alarmColumns(why string) []list.Column[desk.Alarm] {
	return []list.Column[desk.Alarm]{
		{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01, Text: func(a *desk.Alarm) string { return a.Code }},
		{ID: "owner", Title: "Chủ hồ sơ", Width: 120, Min: 90, Flex: 1.2, Person: true, Text: func(a *desk.Alarm) string { return a.Owner }},
		{ID: "procedure", Title: "Thủ tục", Width: 130, Min: 90, Flex: 2, Text: func(a *desk.Alarm) string { return a.Procedure }},
		{ID: "unit", Title: "Đơn vị", Width: 120, Min: 80, Flex: 1.4, Text: func(a *desk.Alarm) string { return data.ShortUnit(a.UnitName) },
			Role: func(*desk.Alarm) fyne.ThemeColorName { return widget.ColorSecondary }},
		{ID: "why", Title: why, Width: 200, Min: 180, Flex: 0.2, Text: reasonOf, Mark: func(a *desk.Alarm) widget.Mark { return kit.If(a.Paused, widget.MarkPaused, groupMark(a.Group)) }},
		{ID: "received", Title: "Ngày nhận", Width: widget.WidthDate, Off: true, Text: func(a *desk.Alarm) string { return a.Received.Day.String() }},
		{ID: "desk", Title: "Bộ phận giữ", Width: 130, Off: true, Text: func(a *desk.Alarm) string { _, name := deskOf(a); return name }},
		{ID: "own", Title: "Hạn của đơn vị", Width: widget.WidthDate, Off: true, Text: func(a *desk.Alarm) string { return a.OwnDue.Day.String() }},
		{ID: "missing", Title: "Còn thiếu", Width: 160, Off: true, Text: func(a *desk.Alarm) string { return a.Missing }},
	}
}

// reasonOf is why a dossier is listed; the date that was promised has a column of its
// own.
func reasonOf(a *desk.Alarm) string {
	if a.Paused {
		return a.Why
	}
	why, _, _ := strings.Cut(a.Why, ", hẹn ")
	return why
}

func (p *page) newList() *list.List[desk.Alarm] {
	groups := container.NewHBox()
	add := func(key, label string, mark widget.Mark) {
		b := widget.NewButton(label, "", func() { p.showGroup(key) })
		b.Mark = mark
		p.groups = append(p.groups, b)
		groups.Add(b)
	}
	add("", "Tất cả", widget.NoMark)
	for g := range desk.AlarmGroups {
		add(groupKey(g), g.String(), groupMark(g))
	}
	columns := append(alarmColumns("Vì sao có ở đây"),
		list.Column[desk.Alarm]{ID: "iftoday", Title: "Hẹn trả, nếu\nxử lý tiếp ngay", Tip: "Ngày hẹn trả; hồ sơ đang chờ: ngày hẹn nếu hôm nay xử lý tiếp", Width: 104, Spare: 2, Text: func(a *desk.Alarm) string { return kit.If(a.Paused, a.IfToday, a.Due).Day.String() }},
		list.Column[desk.Alarm]{ID: "ifmeeting", Title: "Nếu chờ đến\ngiờ họp", Tip: "Hồ sơ đang chờ: ngày hẹn nếu đến ngày họp mới xử lý tiếp", Width: 92, Spare: 1, Text: func(a *desk.Alarm) string { return kit.If(a.Paused, a.IfMeeting.Day.String(), "") }},
		list.Column[desk.Alarm]{ID: "letter", Title: "Thư\nxin lỗi", Width: 62, Text: letterWord})
	return list.Of(p.Inner(tabList), list.Options[desk.Alarm]{
		ID: "watching", Title: "Sắp trễ", What: "hồ sơ cần theo dõi", Paper: "HỒ SƠ CẦN THEO DÕI TRƯỚC CUỘC HỌP", Many: true,
		Lead: p.Head(p.bar, groups), Columns: columns, Load: p.m.Watched, Key: func(a *desk.Alarm) uint64 { return a.ID },
		Filters: append([]list.Filter[desk.Alarm]{{Key: filterGroup, Label: "Nhóm", Rare: true, Choices: p.m.Groups, Of: func(a *desk.Alarm) []string { return []string{groupKey(a.Group)} }}}, p.alarmFilters()...),
		Open:    p.jump,
		Menu: func(a *desk.Alarm, _ []uint64) []widget.MenuItem {
			return p.e.DossierItems(a.Code, widget.MenuItem{Label: "Lập thư xin lỗi…", Icon: widget.IconEdit, Do: func() { p.askLetters(p.list.ChosenRows()) }})
		},
		Actions: []list.Action{
			{Label: "Giờ họp…", Icon: widget.IconCalendar, Do: p.askMeeting},
			{Label: "Lập thư xin lỗi…", Icon: widget.IconEdit, Do: func() { p.askLetters(p.list.ChosenRows()) }},
			{Label: "In phiếu cho cuộc họp", Icon: widget.IconPrint, Main: true, Do: p.printSlips},
		}})
}

func letterWord(a *desk.Alarm) string {
	switch {
	case a.Group == desk.AlarmWaiting || a.Paused:
		return ""
	case a.Letter:
		return "Đã có"
	}
	return "Chưa"
}

// showGroup narrows the list to a group; "" shows all.
func (p *page) showGroup(key string) {
	p.list.Choose(filterGroup, kit.If(key == "", nil, []string{key})...)
	p.fillList()
}

// fillList brings what stands around the list in step with the model.
func (p *page) fillList() {
	chosen := p.list.View().Chosen[filterGroup]
	p.groups[0].SetText(count("Tất cả", data.FormatInt(int64(len(p.m.Alarms().List)))))
	p.groups[0].SetChosen(len(chosen) == 0)
	for i, g := range p.m.Groups() {
		p.groups[i+1].SetText(count(g.Text, g.Detail))
		p.groups[i+1].SetChosen(slices.Contains(chosen, g.Key))
	}
	if p.m.Bar() != "" {
		p.list.SetEmpty(p.m.Empty(), "Mở lịch làm việc", p.calendar)
	} else {
		p.list.SetEmpty(p.m.Empty(), "Đổi giờ họp…", p.askMeeting)
	}
	p.list.Object().SetTitle("Sắp trễ · họp lúc " + p.m.meeting.String())
}

// askMeeting asks for day and time of the meeting.
func (p *page) askMeeting() {
	form.Ask(p.e, form.Question[data.Moment]{Title: "Theo dõi trước cuộc họp", Verb: "Chọn", Columns: 2, Value: p.m.meeting, Check: p.m.SetMeeting, Fields: []form.Field[data.Moment]{
		form.Day("day", "Ngày họp", p.e.Desk.Today, func(m *data.Moment) *data.Day { return &m.Day }).Need(),
		form.Clock("clock", "Giờ họp", func(m *data.Moment) *data.Clock { return &m.Clock }),
	}})
}

// printSlips shows the slips of the meeting, one a unit, for the dossiers listed.
func (p *page) printSlips() {
	var rows []desk.Alarm
	for i := range p.list.Len() {
		// The slip speaks of what becomes late before the meeting.
		if a := p.list.Row(i); a.Group != desk.AlarmWaiting && a.Group != desk.AlarmSoon {
			rows = append(rows, *a)
		}
	}
	if len(rows) == 0 {
		p.e.Toast("Danh sách đang xem không có hồ sơ quá hạn hay đến hạn trước cuộc họp để in phiếu.")
		return
	}
	at := p.m.meeting
	p.e.ShowPDF("Phiếu hồ sơ sắp trễ", "phieu-sap-tre-"+at.Day.ISO(), func(ctx context.Context, _ bool) ([]byte, error) {
		return papers.MeetingSlips(ctx, p.e.Desk, at, rows, false)
	})
}

// PrintPage implements env.Printer.
func (p *page) PrintPage() {
	if p.At() == tabBook {
		p.printBook()
		return
	}
	p.printSlips()
}

// newLetters lists the dossiers that need a letter of apology.
func (p *page) newLetters() *list.List[desk.Alarm] {
	p.about = widget.NewNote("", 400)
	p.which = widget.NewSegments([]string{"Chưa xong", "Đã xong trễ"}, func(int) {
		p.fillLetters()
		p.Open(tabLetters)
	})
	ask := func() { p.askLetters(p.letters.ChosenRows()) }
	return list.Of(p.Inner(tabLetters), list.Options[desk.Alarm]{
		ID: "letters", Title: "Cần thư xin lỗi", What: "hồ sơ cần thư xin lỗi", Many: true, Lead: p.Head(p.bar, container.NewHBox(p.which), p.about),
		Columns: append(alarmColumns("Vì sao cần thư"), list.Column[desk.Alarm]{ID: "due", Title: "Hẹn trả", Width: widget.WidthDate, Text: func(a *desk.Alarm) string { return a.Due.Day.String() }}),
		Filters: p.alarmFilters(), Key: func(a *desk.Alarm) uint64 { return a.ID },
		Load: func() ([]desk.Alarm, error) { return p.m.Without(p.which.Chosen() == 1) }, Open: p.jump,
		Menu: func(a *desk.Alarm, _ []uint64) []widget.MenuItem {
			return p.e.DossierItems(a.Code, widget.MenuItem{Label: "Lập thư…", Icon: widget.IconEdit, Do: ask})
		},
		Actions: []list.Action{
			{Label: "Chọn tất cả", Icon: widget.IconCheck, Hint: "Ctrl+A", Do: func() { p.letters.Grid().SelectAll() }},
			{Label: "Lập thư…", Several: "Lập %s thư…", Icon: widget.IconEdit, Main: true, Do: ask},
		}})
}

// fillLetters brings what stands around the list in step with the model.
func (p *page) fillLetters() {
	const several = " Chọn nhiều dòng bằng Shift, Ctrl hoặc Ctrl+A."
	a, period := p.m.Alarms(), p.e.Session.Period().Label
	p.which.SetLabel(1, count("Đã xong trễ", data.FormatInt(int64(p.m.LateCount()))))
	text := fmt.Sprintf("Hồ sơ quá hạn: %s đã có thư xin lỗi, %s chưa có. Danh sách gồm hồ sơ quá hạn, đến hạn hôm nay và đến hạn trước cuộc họp %s mà chưa có thư.",
		data.FormatInt(int64(a.WithLetter)), data.FormatInt(int64(a.WithoutOne)), p.m.meeting)
	empty := "Không còn hồ sơ nào cần thư xin lỗi."
	switch {
	case p.which.Chosen() == 1:
		text = fmt.Sprintf("Hồ sơ xong trễ hạn trong kỳ đang chọn (%s) mà chưa có thư xin lỗi; đổi kỳ ở đầu cửa sổ. Thư không hẹn lại ngày và không làm hồ sơ hết trễ.", period)
		empty = fmt.Sprintf("Kỳ đang chọn (%s) không có hồ sơ nào xong trễ mà chưa có thư xin lỗi.", period)
	case p.m.Bar() != "":
		empty = p.m.Empty()
	}
	p.about.SetText(text + several)
	p.letters.SetEmpty(empty, "Xem sổ thư xin lỗi", func() { p.Open(tabBook) })
}

// defaultWithin is how many working days a new date is usually put off.
const defaultWithin = 5

// askLetters asks what stands in the letters of dossiers, writes and shows them.
func (p *page) askLetters(rows []desk.Alarm) {
	if len(rows) == 0 {
		p.e.Toast("Chọn hồ sơ cần lập thư xin lỗi trước.")
		return
	}
	title := "Thư xin lỗi cho hồ sơ " + rows[0].Code
	if len(rows) > 1 {
		title = fmt.Sprintf("Thư xin lỗi cho %s hồ sơ", data.FormatInt(int64(len(rows))))
	}
	order := Order{Day: p.e.Desk.Today(), Within: defaultWithin, Finished: rows[0].Ended.Known()}
	if who := p.m.Signers(order.Day); len(who) > 0 {
		order.Signer = who[0].Key
	}
	q := form.Question[Order]{Title: title, Verb: "Lập và xem thư", Width: 560, Columns: 3, Value: order, Fields: p.letterFields(), First: "reason", Check: func(o Order) error { return p.m.Check(&o) },
		Then: func(o Order) { p.write(rows, o) }, Ready: p.followCause}
	if text := p.m.AgainText(rows); text != "" {
		note := widget.NewParagraph(text, 520)
		note.Role = widget.ColorSoon
		q.Below = append(q.Below, note)
	}
	form.Ask(p.e, q)
}

func (p *page) letterFields() []form.Field[Order] {
	today := p.e.Desk.Today
	open := func(o *Order) bool { return !o.Finished }
	causes := func(*Order) []kit.Choice { return p.e.Session.Causes() }
	signers := func(o *Order) []kit.Choice { return p.m.Signers(o.Day) }
	return []form.Field[Order]{
		form.Day("day", "Ngày của thư", today, func(o *Order) *data.Day { return &o.Day }).Need().Note("in trên thư"),
		form.Count("within", "Hẹn lại sau (ngày làm việc)", data.MaxTerm, func(o *Order) *int { return &o.Within }).When(open).Telling(func(o *Order) string {
			if at := p.m.PromisedBy(*o); at.Known() {
				return "hẹn lại " + at.Day.String()
			}
			return ""
		}),
		form.Day("promised", "hoặc đúng ngày", today, func(o *Order) *data.Day { return &o.Promised }).When(open).Note("thay cho số ngày"),
		form.PickID("cause", "Nguyên nhân", causes, func(o *Order) *uint32 { return &o.Cause }).Or("Chưa xác định").Whole(),
		form.Area("reason", "Lý do ghi trong thư", 3, func(o *Order) *string { return &o.Reason }).Need().Whole().Note("ví dụ: phải xác minh thực địa thêm theo yêu cầu của cơ quan phối hợp"),
		form.Pick("signer", "Người ký", signers, func(o *Order) *string { return &o.Signer }).Or("Chưa khai người ký").Whole(),
	}
}

// followCause proposes the cause as the reason where none was typed.
func (p *page) followCause(f *form.Form[Order]) {
	written := ""
	f.OnChange = func(key string) {
		if now := f.Text("reason"); key != "cause" || now != "" && now != written {
			return
		}
		written = ""
		for _, c := range p.e.Session.Causes() {
			if c.Key == f.Text("cause") {
				written = c.Text
			}
		}
		f.Type("reason", written)
	}
}

// write writes the letters and shows them for printing.
func (p *page) write(rows []desk.Alarm, o Order) {
	ids := make([]uint64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	var letters, dossiers []uint64
	var bulk desk.Bulk
	p.e.Long("Đang lập thư xin lỗi", "Không lập được thư", func(ctx context.Context, report widget.Report) (err error) {
		letters, dossiers, bulk, err = p.m.Write(ctx, ids, o, func(done, total int64) { report(done, total, "Lập thư") })
		return err
	}, func() {
		var slips []papers.Slip
		for i := range letters {
			slips = append(slips, papers.Slip{Form: papers.FormApology, Dossier: dossiers[i], Event: -1, Letter: letters[i]})
		}
		n := data.FormatInt(int64(len(letters)))
		if len(bulk.Refused) > 0 {
			list.Refused(p.e, fmt.Sprintf("Đã lập %s thư. %s hồ sơ giữ nguyên.", n, data.FormatInt(int64(len(bulk.Refused)))), bulk.Refused)
		} else {
			p.e.Done(fmt.Sprintf("Đã lập %s thư xin lỗi, vào sổ thư.", n))
		}
		if len(slips) > 0 {
			p.e.ShowSlips("Thư xin lỗi", "thu-xin-loi-"+o.Day.ISO(), slips)
		}
	})
}
