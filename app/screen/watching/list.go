package watching

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	"giaoban/app/screen"
	model "giaoban/app/view/watching"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// listTab is the list of dossiers to watch.
type listTab struct {
	s      *Screen
	object fyne.CanvasObject
	groups []*widget.Button
	units  *widget.FilterChip
	desks  *widget.FilterChip
	when   *widget.Button
	clear  *widget.Button
	grid   *widget.Grid
	shown  []uint64
}

// columns of the lists of dossiers.
var columns = []widget.Column{
	{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01},
	{ID: "owner", Title: "Chủ hồ sơ", Width: 110, Min: 90, Flex: 1.2},
	{ID: "procedure", Title: "Thủ tục", Width: 100, Min: 90, Flex: 1.6},
	{ID: "unit", Title: "Đơn vị", Width: 100, Min: 80, Flex: 1.2, Spare: 3},
	{ID: "why", Title: "Vì sao có ở đây", Width: 288, Min: 288, Flex: 1.2},
	{ID: "iftoday", Title: "Hẹn trả, nếu\nxử lý tiếp ngay", Tip: "Ngày hẹn trả; hồ sơ đang chờ: ngày hẹn nếu hôm nay xử lý tiếp", Width: 104, Spare: 2},
	{ID: "ifmeeting", Title: "Nếu chờ đến\ngiờ họp", Tip: "Hồ sơ đang chờ: ngày hẹn nếu đến ngày họp mới xử lý tiếp", Width: 92, Spare: 1},
	{ID: "letter", Title: "Thư\nxin lỗi", Width: 62},
}

func newListTab(s *Screen) *listTab {
	t := &listTab{s: s}
	groups := container.NewHBox()
	for _, g := range s.m.Groups() {
		b := widget.NewButton(g.Label, "", func() { s.m.ShowGroup(g.Group) })
		b.Mark = groupMark(g.Group)
		t.groups = append(t.groups, b)
		groups.Add(b)
	}
	t.units = widget.NewFilterChip("Đơn vị", nil, s.m.ShowUnits)
	t.desks = widget.NewFilterChip("Bộ phận giữ", nil, s.m.ShowDesks)
	t.when = widget.NewButton("", widget.IconCalendar, t.askMeeting)
	t.clear = widget.NewQuietButton("Bỏ lọc", widget.IconClose, s.m.ClearFilters)
	t.grid = widget.NewGrid(columns)
	t.grid.OnOpen = t.open
	t.grid.OnMenu = t.menu
	t.grid.OnSelect = s.ctx.Status
	t.grid.SetLoading("Đang xem các hồ sơ chưa xong…")
	t.object = container.NewBorder(container.NewVBox(groups, widget.Row(-1, t.when, t.units, t.desks, t.clear)), nil, nil, nil,
		container.NewBorder(screen.Gap(2), nil, nil, nil, t.grid))
	return t
}

// groupMark is the sign of a group.
func groupMark(group int) widget.Mark {
	switch desk.AlarmGroup(group) {
	case desk.AlarmOverdue:
		return widget.MarkLate
	case desk.AlarmToday, desk.AlarmMeeting, desk.AlarmSoon:
		return widget.MarkSoon
	case desk.AlarmWaiting:
		return widget.MarkPaused
	}
	return widget.NoMark
}

func (t *listTab) actions() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		exportButton(t.export),
		widget.NewButton("Lập thư xin lỗi…", widget.IconEdit, t.apologise),
		widget.NewMainButton("In phiếu cho cuộc họp", widget.IconPrint, t.printSlips),
	}
}

func (t *listTab) refresh() {
	m := t.s.m
	for i, g := range m.Groups() {
		t.groups[i].SetText(fmt.Sprintf("%s  %s", g.Label, data.FormatInt(int64(g.Count))))
		t.groups[i].SetChosen(g.Group == m.Group())
	}
	t.when.SetText("Họp lúc " + m.Meeting().String())
	t.units.SetOptions(options(m.Units()))
	t.units.SetKeys(m.UnitKeys())
	t.desks.SetOptions(options(m.Desks()))
	t.desks.SetKeys(m.DeskKeys())
	if m.Filtered() {
		t.clear.Show()
		t.grid.SetEmpty(m.Empty(), "Bỏ lọc", m.ClearFilters)
	} else {
		t.clear.Hide()
		label, action := "Đổi giờ họp…", t.askMeeting
		if m.Bar() != "" {
			label, action = "Mở lịch làm việc", func() { t.s.Calendar() }
		}
		t.grid.SetEmpty(m.Empty(), label, action)
	}
	refill(t.grid, alarmRows{m.Rows()}, alarmIDs(m.Rows()), &t.shown)
}

func (t *listTab) open(row int) {
	if rows := t.s.m.Rows(); row >= 0 && row < len(rows) {
		t.s.m.JumpTo(rows[row].Code)
	}
}

func (t *listTab) menu(row int, at fyne.Position) {
	a := t.s.m.Rows()[row]
	widget.ShowMenu(t.s.ctx.Window, at, []widget.MenuItem{
		{Label: "Xem trong Sổ hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { t.open(row) }},
		{Label: "Lập thư xin lỗi…", Icon: widget.IconEdit, Do: t.apologise},
		{},
		{Label: "Chép mã hồ sơ", Icon: widget.IconCopy, Do: func() {
			fyne.CurrentApp().Clipboard().SetContent(a.Code)
			widget.ShowToast(t.s.ctx.Window, "Đã chép mã "+a.Code, "", nil)
		}},
	})
}

// apologise writes letters for the chosen dossiers.
func (t *listTab) apologise() {
	var list []desk.Alarm
	rows := t.s.m.Rows()
	for _, i := range chosen(t.grid) {
		if i < len(rows) {
			list = append(list, rows[i])
		}
	}
	t.s.askLetters(list)
}

// askMeeting asks for day and time of the meeting.
func (t *listTab) askMeeting() {
	day := widget.NewDateField(t.s.Today)
	day.Info = t.s.DayInfo
	day.SetDay(t.s.m.Meeting().Day)
	clock := widget.NewField("giờ:phút")
	clock.Width = 90
	clock.SetValue(t.s.m.Meeting().Clock.String())
	dayBox, clockBox := widget.NewFieldBox("Ngày họp", day), widget.NewFieldBox("Giờ họp", clock)
	widget.ShowForm(t.s.ctx.Window, "Theo dõi trước cuộc họp", []fyne.CanvasObject{widget.Columns(2, dayBox, clockBox)}, "Chọn", func() error {
		d, err := day.Day()
		if err != nil {
			return err
		}
		c, err := data.ParseClock(clock.Value())
		if err != nil {
			clockBox.SetError(err)
			return err
		}
		return t.s.m.SetMeeting(data.Moment{Day: d, Clock: c})
	})
}

// printSlips shows the slips of the meeting, one a unit, for the dossiers listed.
func (t *listTab) printSlips() {
	// The slip speaks of what becomes late before the meeting.
	list := slices.DeleteFunc(slices.Clone(t.s.m.Rows()), func(a desk.Alarm) bool { return a.Group == desk.AlarmWaiting || a.Group == desk.AlarmSoon })
	if len(list) == 0 {
		widget.ShowToast(t.s.ctx.Window, "Danh sách đang xem không có hồ sơ quá hạn hay đến hạn trước cuộc họp để in phiếu.", "", nil)
		return
	}
	at := t.s.m.Meeting()
	t.s.print.ShowPDF("Phiếu hồ sơ sắp trễ", "phieu-sap-tre-"+at.Day.ISO(), func(ctx context.Context, _ bool) ([]byte, error) {
		return papers.MeetingSlips(ctx, t.s.print.Desk, at, list, false)
	})
}

// alarmRows feeds a grid from a list of alarms.
type alarmRows struct{ list []desk.Alarm }

// Len implements widget.Rows.
func (r alarmRows) Len() int { return len(r.list) }

// Cells implements widget.Rows.
func (r alarmRows) Cells(i int, dst []widget.Cell) {
	a := &r.list[i]
	due, later := a.Due.Day.String(), ""
	if a.Paused {
		due, later = a.IfToday.Day.String(), a.IfMeeting.Day.String()
	}
	letter := widget.Cell{Text: "Chưa", Role: widget.ColorSecondary}
	if a.Letter {
		letter = widget.Cell{Text: "Đã có"}
	}
	if a.Group == desk.AlarmWaiting || a.Paused {
		letter.Text = ""
	}
	mark := groupMark(int(a.Group))
	if a.Paused {
		mark = widget.MarkPaused
	}
	for k, c := range []widget.Cell{
		{Text: a.Code}, {Text: a.Owner}, {Text: a.Procedure}, {Text: model.ShortUnit(a.UnitName), Role: widget.ColorSecondary},
		{Text: a.Why, Mark: mark}, {Text: due}, {Text: later}, letter,
	} {
		dst[k] = c
	}
}
