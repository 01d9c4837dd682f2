package watching

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/papers"
	model "giaoban/app/view/watching"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// lettersTab lists the dossiers that need a letter of apology.
type lettersTab struct {
	s      *Screen
	object fyne.CanvasObject
	about  *widget.Paragraph
	which  *widget.Segments // open dossiers, or those finished late
	write  *widget.Button
	grid   *widget.Grid
	shown  []uint64
}

func newLettersTab(s *Screen) *lettersTab {
	t := &lettersTab{s: s}
	t.about = widget.NewNote("", 400)
	t.which = widget.NewSegments([]string{openWord, "Đã xong trễ"}, func(i int) { s.m.ShowFinished(i == 1); s.focus() })
	t.write = widget.NewMainButton("Lập thư…", widget.IconEdit, t.apologise)
	t.grid = widget.NewGrid(letterColumns)
	t.grid.OnOpen = func(row int) {
		if rows := s.m.Without(); row >= 0 && row < len(rows) {
			s.m.JumpTo(rows[row].Code)
		}
	}
	t.grid.OnSelect = func() { t.count(); s.ctx.Status() }
	t.grid.OnMenu = func(row int, at fyne.Position) {
		widget.ShowMenu(s.ctx.Window, at, []widget.MenuItem{
			{Label: "Lập thư…", Icon: widget.IconEdit, Do: t.apologise},
			{Label: "Chọn tất cả", Icon: widget.IconCheck, Hint: "Ctrl+A", Do: t.grid.SelectAll},
			{Label: "Xem trong Sổ hồ sơ", Icon: widget.IconRegister, Hint: "Enter", Do: func() { t.grid.OnOpen(row) }},
		})
	}
	t.grid.SetLoading("Đang xem các hồ sơ chưa xong…")
	t.object = container.NewBorder(container.NewVBox(container.NewHBox(t.which), t.about), nil, nil, nil, t.grid)
	return t
}

func (t *lettersTab) actions() []fyne.CanvasObject {
	return []fyne.CanvasObject{exportButton(t.export), widget.NewButton("Chọn tất cả", widget.IconCheck, func() { t.grid.SelectAll(); t.count() }).WithHint("Ctrl+A"), t.write}
}

func (t *lettersTab) refresh() {
	a, period := t.s.m.Alarms(), t.s.m.Period().Label
	t.which.SetLabel(1, fmt.Sprintf("Đã xong trễ  %s", data.FormatInt(int64(t.s.m.LateCount()))))
	t.about.SetText(fmt.Sprintf("Hồ sơ quá hạn: %s đã có thư xin lỗi, %s chưa có. Danh sách gồm hồ sơ quá hạn, đến hạn hôm nay và đến hạn trước cuộc họp %s mà chưa có thư. Chọn nhiều dòng bằng Shift, Ctrl hoặc Ctrl+A.",
		data.FormatInt(int64(a.WithLetter)), data.FormatInt(int64(a.WithoutOne)), t.s.m.Meeting()))
	empty := "Không còn hồ sơ nào cần thư xin lỗi."
	switch {
	case t.s.m.Finished():
		t.about.SetText(fmt.Sprintf("Hồ sơ xong trễ hạn trong kỳ đang chọn (%s) mà chưa có thư xin lỗi; đổi kỳ ở đầu cửa sổ. Thư không hẹn lại ngày và không làm hồ sơ hết trễ. Chọn nhiều dòng bằng Shift, Ctrl hoặc Ctrl+A.", period))
		empty = fmt.Sprintf("Kỳ đang chọn (%s) không có hồ sơ nào xong trễ mà chưa có thư xin lỗi.", period)
	case t.s.m.Bar() != "":
		empty = t.s.m.Empty()
	}
	t.grid.SetEmpty(empty, "Xem sổ thư xin lỗi", func() { t.s.show(tabBook) })
	refill(t.grid, letterRows{t.s.m.Without()}, alarmIDs(t.s.m.Without()), &t.shown)
	t.count()
}

// openWord names the open dossiers in the switch.
const openWord = "Chưa xong"

// letterColumns are the columns of the list of dossiers that need a letter.
var letterColumns = []widget.Column{
	{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 150, Flex: 0.01},
	{ID: "owner", Title: "Chủ hồ sơ", Width: 130, Min: 90, Flex: 1.2},
	{ID: "procedure", Title: "Thủ tục", Width: 160, Min: 90, Flex: 2},
	{ID: "unit", Title: "Đơn vị", Width: 140, Min: 80, Flex: 1.2},
	{ID: "why", Title: "Vì sao cần thư", Width: 344, Min: 220, Flex: 1},
}

// letterRows feeds that list.
type letterRows struct{ list []desk.Alarm }

// Len implements widget.Rows.
func (r letterRows) Len() int { return len(r.list) }

// Cells implements widget.Rows.
func (r letterRows) Cells(i int, dst []widget.Cell) {
	a := &r.list[i]
	for k, c := range []widget.Cell{{Text: a.Code}, {Text: a.Owner}, {Text: a.Procedure}, {Text: model.ShortUnit(a.UnitName), Role: widget.ColorSecondary},
		{Text: a.Why, Mark: groupMark(int(a.Group))}} {
		dst[k] = c
	}
}

// count tells on the button for how many dossiers letters will be written.
func (t *lettersTab) count() {
	switch n := len(chosen(t.grid)); {
	case n > 1:
		t.write.SetText(fmt.Sprintf("Lập %s thư…", data.FormatInt(int64(n))))
	default:
		t.write.SetText("Lập thư…")
	}
}

func (t *lettersTab) status() string {
	n := len(t.s.m.Without())
	text := data.FormatInt(int64(n)) + " hồ sơ cần thư xin lỗi"
	if k := t.grid.Selection().Count(); k > 1 {
		text += " · chọn " + data.FormatInt(int64(k))
	}
	return text
}

func (t *lettersTab) apologise() {
	var list []desk.Alarm
	rows := t.s.m.Without()
	for _, i := range chosen(t.grid) {
		if i < len(rows) {
			list = append(list, rows[i])
		}
	}
	t.s.askLetters(list)
}

// defaultWithin is how many working days a new date is usually put off.
const defaultWithin = 5

// askLetters asks what stands in the letters of dossiers, writes and shows them.
func (s *Screen) askLetters(list []desk.Alarm) {
	if len(list) == 0 {
		widget.ShowToast(s.ctx.Window, "Chọn hồ sơ cần lập thư xin lỗi trước.", "", nil)
		return
	}
	f := s.newLetterForm(list)
	var d *widget.Dialog
	title := "Thư xin lỗi cho hồ sơ " + list[0].Code
	if len(list) > 1 {
		title = fmt.Sprintf("Thư xin lỗi cho %s hồ sơ", data.FormatInt(int64(len(list))))
	}
	d = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: title, Content: f.object, Default: "Lập và xem thư", Cancel: "Hủy bỏ", Width: 520, First: f.reason, OnDefault: func() bool {
		o, err := f.order()
		if err == nil {
			err = s.m.Check(&o)
		}
		if err != nil {
			f.showError(err)
			d.ShowError(err)
			return false
		}
		s.write(d, list, o)
		return false
	}})
}

// write writes the letters and shows them for printing.
func (s *Screen) write(d *widget.Dialog, list []desk.Alarm, o model.Order) {
	ids := make([]uint64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	var letters, dossiers []uint64
	var bulk desk.Bulk
	widget.RunWithProgress(s.ctx.Window, "Đang lập thư xin lỗi", func(ctx context.Context, report widget.Report) error {
		var err error
		letters, dossiers, bulk, err = s.m.Write(ctx, ids, o, func(done, total int64) { report(done, total, "Đang lập thư") })
		return err
	}, func(err error) {
		if err != nil {
			d.ShowError(err)
			return
		}
		d.Close()
		var slips []papers.Slip
		for i := range letters {
			slips = append(slips, papers.Slip{Form: papers.FormApology, Dossier: dossiers[i], Event: -1, Letter: letters[i]})
		}
		if len(bulk.Refused) > 0 {
			s.tellRefused(len(letters), bulk)
		} else {
			widget.ShowToast(s.ctx.Window, fmt.Sprintf("Đã lập %s thư xin lỗi, vào sổ thư.", data.FormatInt(int64(len(letters)))), "Hoàn tác", s.Undo)
		}
		if len(slips) > 0 {
			s.print.ShowSlips("Thư xin lỗi", "thu-xin-loi-"+o.Day.ISO(), slips)
		}
	})
}

// refusedShown is how many refusals a message lists.
const refusedShown = 8

func (s *Screen) tellRefused(done int, bulk desk.Bulk) {
	lines := []string{fmt.Sprintf("Đã lập %s thư. %s hồ sơ giữ nguyên:", data.FormatInt(int64(done)), data.FormatInt(int64(len(bulk.Refused))))}
	for i, r := range bulk.Refused {
		if i == refusedShown {
			lines = append(lines, "…")
			break
		}
		lines = append(lines, r.Reason)
	}
	widget.Message(s.ctx.Window, "Thư xin lỗi", strings.Join(lines, "\n"), nil)
}

// letterForm is what is asked for letters.
type letterForm struct {
	s        *Screen
	object   fyne.CanvasObject
	day      *widget.DateField
	within   *widget.Field
	promised *widget.DateField
	reason   *widget.Field
	cause    *widget.Picker
	signer   *widget.Picker
	result   *widget.FieldBox
	boxes    map[string]*widget.FieldBox
	written  string // the reason that the cause filled in
	finished bool   // the dossiers are finished: nothing is promised anew
}

func (s *Screen) newLetterForm(list []desk.Alarm) *letterForm {
	f := &letterForm{s: s, boxes: map[string]*widget.FieldBox{}}
	f.day = widget.NewDateField(s.Today)
	f.promised = widget.NewDateField(s.Today)
	f.day.Info, f.promised.Info = s.DayInfo, s.DayInfo
	f.day.SetDay(s.Today())
	f.within = widget.NewField("")
	f.within.Width = 60
	f.within.SetValue(strconv.Itoa(defaultWithin))
	f.reason = widget.NewArea("Ví dụ: phải xác minh thực địa thêm theo yêu cầu của cơ quan phối hợp", 3)
	f.cause = widget.NewPicker(options(s.m.Causes()), f.causeChosen)
	f.cause.None, f.cause.Placeholder = "Chưa xác định", "Chưa xác định"
	f.signer = widget.NewPicker(options(s.m.Signers(s.Today())), nil)
	f.signer.Placeholder = "Chưa khai người ký"
	if who := s.m.Signers(s.Today()); len(who) > 0 {
		f.signer.SetKey(who[0].Key)
	}
	box := func(field, label string, o fyne.CanvasObject) *widget.FieldBox {
		f.boxes[field] = widget.NewFieldBox(label, o)
		return f.boxes[field]
	}
	f.result = box("within", "Hẹn lại sau (ngày làm việc)", f.within)
	f.within.OnText = func(string) { f.boxes["within"].SetError(nil); f.tell() }
	f.reason.OnText = func(string) { f.boxes["reason"].SetError(nil) }
	f.day.OnDay = func(data.Day) { f.tell() }
	f.promised.OnDay = func(data.Day) { f.tell() }
	f.finished = list[0].Ended.Known()
	dates := widget.Columns(3, box("day", "Ngày của thư", f.day).Required().WithHint("in trên thư"), f.result, box("promised", "hoặc đúng ngày", f.promised).WithHint("thay cho số ngày"))
	if f.finished {
		dates = widget.Columns(3, f.boxes["day"])
	}
	body := container.NewVBox(dates,
		box("cause", "Nguyên nhân", f.cause), box("reason", "Lý do ghi trong thư", f.reason).Required(), box("signer", "Người ký", f.signer))
	if text := s.m.AgainText(list); text != "" {
		note := widget.NewParagraph(text, 520)
		note.Role = widget.ColorSoon
		body.Add(note)
	}
	f.object = body
	f.tell()
	return f
}

// causeChosen proposes the cause as the reason where none was typed.
func (f *letterForm) causeChosen(o widget.Option) {
	if f.reason.Value() == "" || f.reason.Value() == f.written {
		f.written = o.Text
		if o.Key == "" {
			f.written = ""
		}
		f.reason.SetValue(f.written)
	}
}

// tell shows which new date comes out.
func (f *letterForm) tell() {
	o, err := f.order()
	text := ""
	if at := f.s.m.PromisedBy(o); err == nil && at.Known() {
		text = "hẹn lại " + at.Day.String()
	}
	f.result.SetHint(text)
}

func (f *letterForm) order() (model.Order, error) {
	o := model.Order{Reason: f.reason.Value(), Signer: f.signer.Key(), Finished: f.finished}
	var err error
	if o.Day, err = f.day.Day(); err != nil {
		return o, err
	}
	if o.Promised, err = f.promised.Day(); err != nil {
		return o, err
	}
	within, err := data.ParseCount(f.within.Value(), data.MaxTerm)
	if err != nil {
		return o, data.InField(err, "within")
	}
	o.Within = int(within)
	cause, _ := strconv.ParseUint(f.cause.Key(), 10, 32)
	o.Cause = uint32(cause)
	return o, nil
}

func (f *letterForm) showError(err error) {
	for _, b := range f.boxes {
		b.SetError(nil)
	}
	if e, ok := err.(*data.Error); ok && f.boxes[e.Field] != nil {
		f.boxes[e.Field].SetError(err)
	}
}
