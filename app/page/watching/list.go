package watching

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
		{ID: "why", Title: why, Width: 200, Min: 180, Flex: 0.2, Text: reasonOf, Mark: func(a *desk.Alarm) widget.Mark {
			if a.Paused {
				return widget.MarkPaused
			}
			return groupMark(a.Group)
		}},
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
	for _, g := range p.m.Groups() {
		add(g.Key, g.Text, groupMark(groupOf(g.Key)))
	}
	columns := append(alarmColumns("Vì sao có ở đây"),
		list.Column[desk.Alarm]{ID: "iftoday", Title: "Hẹn trả, nếu\nxử lý tiếp ngay", Tip: "Ngày hẹn trả; hồ sơ đang chờ: ngày hẹn nếu hôm nay xử lý tiếp", Width: 104, Spare: 2, Text: ifToday},
		list.Column[desk.Alarm]{ID: "ifmeeting", Title: "Nếu chờ đến\ngiờ họp", Tip: "Hồ sơ đang chờ: ngày hẹn nếu đến ngày họp mới xử lý tiếp", Width: 92, Spare: 1, Text: ifMeeting},
		list.Column[desk.Alarm]{ID: "letter", Title: "Thư\nxin lỗi", Width: 62, Text: letterWord})
	return list.Of(p.e, list.Options[desk.Alarm]{
		ID: "watching", Title: "Sắp trễ", What: "hồ sơ cần theo dõi", Paper: "HỒ SƠ CẦN THEO DÕI TRƯỚC CUỘC HỌP", Many: true,
		Lead: p.lead(tabList, groups), Columns: columns, Load: p.m.Watched, Key: func(a *desk.Alarm) uint64 { return a.ID },
		Filters: append([]list.Filter[desk.Alarm]{{Key: filterGroup, Label: "Nhóm", Rare: true, Choices: p.m.Groups, Of: func(a *desk.Alarm) []string { return []string{groupKey(a.Group)} }}}, p.alarmFilters()...),
		Open:    p.jump, OnKey: p.act,
		Menu: func(a *desk.Alarm, ids []uint64) []widget.MenuItem {
			return p.acts(ids, widget.MenuItem{Label: "Xem trong Sổ hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { p.jump(a) }},
				widget.MenuItem{Label: "Lập thư xin lỗi…", Icon: widget.IconEdit, Do: func() { p.askLetters(p.list.ChosenRows()) }},
				widget.MenuItem{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() {
					fyne.CurrentApp().Clipboard().SetContent(a.Code)
					p.e.Toast("Đã chép mã " + a.Code)
				}})
		},
		Actions: []list.Action{
			{Label: "Giờ họp…", Icon: widget.IconCalendar, Do: p.askMeeting},
			{Label: "Lập thư xin lỗi…", Icon: widget.IconEdit, Do: func() { p.askLetters(p.list.ChosenRows()) }},
			{Label: "In phiếu cho cuộc họp", Icon: widget.IconPrint, Main: true, Do: p.printSlips},
		}})
}

func groupOf(key string) desk.AlarmGroup {
	for g := range desk.AlarmGroups {
		if groupKey(g) == key {
			return g
		}
	}
	return 0
}

func ifToday(a *desk.Alarm) string {
	if a.Paused {
		return a.IfToday.Day.String()
	}
	return a.Due.Day.String()
}

func ifMeeting(a *desk.Alarm) string {
	if a.Paused {
		return a.IfMeeting.Day.String()
	}
	return ""
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
	if key == "" {
		p.list.Choose(filterGroup)
	} else {
		p.list.Choose(filterGroup, key)
	}
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
	p.list.Object().SetTitle("Sắp trễ · họp lúc " + p.m.Meeting().String())
}

// askMeeting asks for day and time of the meeting.
func (p *page) askMeeting() {
	form.Ask(p.e, form.Question[data.Moment]{Title: "Theo dõi trước cuộc họp", Verb: "Chọn", Columns: 2, Value: p.m.Meeting(), Check: p.m.SetMeeting, Fields: []form.Field[data.Moment]{
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
	at := p.m.Meeting()
	p.e.ShowPDF("Phiếu hồ sơ sắp trễ", "phieu-sap-tre-"+at.Day.ISO(), func(ctx context.Context, _ bool) ([]byte, error) {
		return papers.MeetingSlips(ctx, p.e.Desk, at, rows, false)
	})
}

// PrintPage implements env.Printer.
func (p *page) PrintPage() {
	if p.at == tabBook {
		p.printBook()
		return
	}
	p.printSlips()
}
