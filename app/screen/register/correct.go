package register

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/exchange"
)

// correctWidth is the width of the form of corrections, px at 100 %.
const correctWidth = 720

// aroundPages is what the names of the pages, the reason and the list of
// corrections take, px at 100 %.
const aroundPages = 170

// shownChanges bounds the corrections that are listed below the form.
const shownChanges = 3

// correctDialog is the open form of corrections.
type correctDialog struct {
	s        *Screen
	c        *view.Correction
	dialog   *widget.Dialog
	segments *widget.Segments
	pages    []fyne.CanvasObject
	names    []string
	page     *fyne.Container
	pageOf   map[string]int // where a fact stands
	boxes    map[string]*widget.FieldBox
	reads    []func() error // take over what stands in fields
	due      *moment
	own      *moment
	term     *widget.Field
	field    *widget.Picker
	below    *fyne.Container
	shown    string
	saving   bool
}

// correct opens the form of corrections of a dossier.
func (s *Screen) correct(id uint64) {
	c, err := s.model.Correct(id)
	if err != nil {
		widget.ShowError(s.ctx.Window, "Đính chính", err)
		return
	}
	d := &correctDialog{s: s, c: c, pageOf: map[string]int{}, boxes: map[string]*widget.FieldBox{}, below: container.New(layout.NewCustomPaddedVBoxLayout(2))}
	d.add("Hồ sơ", d.dossierPage())
	d.add("Chủ hồ sơ, người nộp", d.personPage())
	d.add("Ngày và thời hạn", d.datePage())
	d.add("Thành phần, phí, sổ", d.otherPage())
	d.segments = widget.NewSegments(d.names, d.turn)
	d.page = container.New(pagesLayout{}, d.pages...)
	d.turn(0)
	why := widget.NewField("Vì sao sửa")
	why.OnText = func(text string) {
		c.Why = text
		d.boxes["why"].SetError(nil)
	}
	d.boxes["why"] = widget.NewFieldBox("Lý do đính chính", why).Required()
	// The reason stays in view while the facts scroll.
	foot := container.New(layout.NewCustomPaddedVBoxLayout(6), screen.Gap(2), d.boxes["why"], d.below)
	body := container.NewBorder(container.NewVBox(container.NewHBox(d.segments)), foot, nil, nil, fit(s.ctx.Window, aroundPages, d.page))
	d.dialog = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{
		Title: "Đính chính: " + c.Now.Code, Content: body, Default: "Lưu", Cancel: "Hủy bỏ", Width: correctWidth,
		OnDefault: func() bool { d.save(); return false },
	})
	d.changed()
}

func (d *correctDialog) add(name string, boxes []fyne.CanvasObject) {
	d.names = append(d.names, name)
	d.pages = append(d.pages, fieldRows(boxes, func(i int) bool {
		b, ok := boxes[i].(*widget.FieldBox)
		return !ok || isArea(b.Content())
	}))
}

func isArea(o fyne.CanvasObject) bool {
	f, ok := o.(*widget.Field)
	return ok && f.MultiLine
}

func (d *correctDialog) turn(to int) {
	for i, p := range d.pages {
		if i == to {
			p.Show()
		} else {
			p.Hide()
		}
	}
	if d.page != nil {
		d.page.Refresh()
	}
}

// pagesLayout gives all pages the room of the largest.
type pagesLayout struct{}

// MinSize implements fyne.Layout.
func (pagesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, c := range o {
		s = s.Max(c.MinSize())
	}
	return s
}

// Layout implements fyne.Layout.
func (pagesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	for _, c := range o {
		c.Move(fyne.Position{})
		c.Resize(fyne.NewSize(s.Width, c.MinSize().Height))
	}
}

// box puts a field under the label of its fact.
func (d *correctDialog) box(name, label string, content fyne.CanvasObject) fyne.CanvasObject {
	b := widget.NewFieldBox(label, content)
	d.boxes[name] = b
	d.pageOf[name] = len(d.pages)
	return b
}

// text is a field for a fact that is text.
func (d *correctDialog) text(name, label string, to *string) fyne.CanvasObject {
	f := widget.NewField("")
	f.SetValue(*to)
	f.OnText = func(text string) { *to = strings.TrimSpace(text); d.changed() }
	return d.box(name, label, f)
}

func (d *correctDialog) area(name, label string, lines int, text string, set func(string)) fyne.CanvasObject {
	f := widget.NewArea("", lines)
	f.SetValue(text)
	f.OnText = func(text string) { set(text); d.changed() }
	return d.box(name, label, f)
}

// pick is a field for a fact out of a list.
func (d *correctDialog) pick(name, label, none string, list []view.Choice, key uint64, set func(n uint32)) *widget.Picker {
	p := widget.NewPicker(options(list), func(o widget.Option) {
		n, _ := strconv.ParseUint(o.Key, 10, 32)
		set(uint32(n))
		d.changed()
	})
	p.None = none
	p.SetKey(strconv.FormatUint(key, 10))
	d.box(name, label, p)
	return p
}

// count reads a number of copies, or one in a book.
func count(text string) (int64, error) { return data.ParseCount(text, data.MaxCount) }

// number is a field for a whole number that parse reads; empty is 0.
func (d *correctDialog) number(name, label string, value int64, parse func(string) (int64, error), set func(n int64)) fyne.CanvasObject {
	f := widget.NewField("")
	if value != 0 {
		f.SetValue(strconv.FormatInt(value, 10))
	}
	read := func() error {
		n, err := parse(f.Value())
		if err == nil {
			set(n)
		}
		return data.InField(err, name)
	}
	f.OnText = func(string) {
		if read() == nil {
			d.changed()
		}
	}
	d.reads = append(d.reads, read)
	return d.box(name, label, f)
}

// moment is a field for a day and, where clock is set, its time.
func (d *correctDialog) moment(name, label string, clock bool, to *data.Moment) *moment {
	m := d.s.newMoment(label, *to, clock, func(at data.Moment) {
		if !clock && at.Day == to.Day {
			at.Clock = to.Clock
		}
		*to = at
		d.changed()
	})
	d.boxes[name] = m.box
	d.pageOf[name] = len(d.pages)
	d.reads = append(d.reads, func() error {
		at, err := m.read()
		if err != nil {
			return &data.Error{Code: data.Invalid, Field: name, Message: err.Error()}
		}
		if !clock && at.Day == to.Day {
			at.Clock = to.Clock
		}
		*to = at
		return nil
	})
	return m
}

func (d *correctDialog) dossierPage() []fyne.CanvasObject {
	now, m := &d.c.Now, d.s.model
	procedure := d.pick("procedure", "Thủ tục", "Chưa rõ", m.Choices(view.FilterProcedure), uint64(now.Procedure), func(n uint32) {
		d.c.SetProcedure(n)
		d.term.SetValue(now.Term.String())
		d.field.SetKey(strconv.Itoa(int(now.Field)))
	})
	procedure.Width = 200
	d.field = d.pick("field", "Lĩnh vực", "Chưa rõ", m.Choices(view.FilterField), uint64(now.Field), func(n uint32) { now.Field = n })
	d.pick("unit", "Đơn vị giải quyết", "Chưa rõ", m.Choices(view.FilterUnit), uint64(now.Unit), func(n uint32) { now.Unit = n })
	d.pick("receiver", "Nơi tiếp nhận", "Như đơn vị giải quyết", m.Choices(view.FilterUnit), uint64(now.Receiver), func(n uint32) { now.Receiver = n })
	channels := []view.Choice{{Key: "1", Label: data.Direct.String()}, {Key: "2", Label: data.Online.String()}, {Key: "3", Label: data.Postal.String()}}
	d.pick("channel", "Hình thức nhận", "Chưa rõ", channels, uint64(now.Channel), func(n uint32) { now.Channel = data.Channel(n) })
	ways := []view.Choice{{Key: "1", Label: data.ReturnDirect.String()}, {Key: "2", Label: data.ReturnPostal.String()}, {Key: "3", Label: data.ReturnElectronic.String()}}
	d.pick("return", "Trả kết quả", "Chưa rõ", ways, uint64(now.Return), func(n uint32) { now.Return = data.ReturnWay(n) })
	return []fyne.CanvasObject{
		d.text("code", "Mã hồ sơ", &now.Code), d.boxes["procedure"], d.text("case", "Trường hợp", &now.Case), d.boxes["field"],
		d.boxes["unit"], d.boxes["receiver"], d.text("partner", "Cơ quan phối hợp", &now.Partner), d.boxes["channel"], d.boxes["return"],
		d.text("title", "Tên thủ tục khi tiếp nhận", &now.Title),
		d.area("content", "Nội dung", 2, now.Content, func(t string) { now.Content = strings.TrimSpace(t) }),
	}
}

func (d *correctDialog) personPage() []fyne.CanvasObject {
	now := &d.c.Now
	return []fyne.CanvasObject{
		d.text("owner", "Chủ hồ sơ", &now.Owner.Name), d.text("agent", "Người nộp (nếu khác)", &now.Agent.Name),
		d.text("identity", "Số định danh", &now.Owner.Identity), d.text("agentIdentity", "Số định danh người nộp", &now.Agent.Identity),
		d.text("phone", "Điện thoại", &now.Owner.Phone), d.text("agentPhone", "Điện thoại người nộp", &now.Agent.Phone),
		d.text("email", "Thư điện tử", &now.Owner.Email), d.text("agentEmail", "Thư điện tử người nộp", &now.Agent.Email),
		d.text("address", "Địa chỉ", &now.Owner.Address), d.text("agentAddress", "Địa chỉ người nộp", &now.Agent.Address),
		d.text("area", "Địa bàn", &now.Owner.Area), d.text("officer", "Người tiếp nhận", &now.Officer),
	}
}

func (d *correctDialog) datePage() []fyne.CanvasObject {
	now := &d.c.Now
	received := d.moment("received", "Ngày nhận", true, &now.Received)
	d.due = d.moment("due", "Ngày hẹn trả", true, &now.Due)
	d.own = d.moment("ownDue", "Hạn của đơn vị (liên thông)", false, &now.OwnDue)
	d.term = widget.NewField("ví dụ 5 ngày làm việc")
	d.term.SetValue(now.Term.String())
	read := func() error {
		term := exchange.ParseTerm(d.term.Value())
		if d.term.Value() != "" && !term.Known() {
			return &data.Error{Code: data.Invalid, Field: "term", Message: fmt.Sprintf("Thời hạn «%s» không đọc được. Viết ví dụ 5 ngày làm việc.", d.term.Value())}
		}
		now.Term = term
		return nil
	}
	d.term.OnText = func(string) {
		if read() == nil {
			d.changed()
		}
	}
	d.reads = append(d.reads, read)
	d.box("term", "Thời hạn", d.term)
	modes := []view.Choice{{Key: "0", Label: "Trừ thời gian chờ"}, {Key: "1", Label: "Tính lại từ đầu"}, {Key: "2", Label: "Không trừ"}}
	d.pick("mode", "Khi chờ bổ sung", "", modes, uint64(now.Mode), func(n uint32) { now.Mode = data.PauseMode(n) })
	said := widget.NewNote("", 420)
	count := widget.NewButton("Tính lại ngày hẹn theo thời hạn", widget.IconRefresh, func() {
		said.SetText(d.c.CountDue())
		d.due.set(now.Due)
		d.own.set(now.OwnDue)
		d.changed()
	})
	out := []fyne.CanvasObject{received.box, d.boxes["term"], d.due.box, d.own.box, d.boxes["mode"]}
	if d.c.HasEnd() {
		out = append(out, d.moment(data.FieldEnded, "Ngày có kết quả", true, &d.c.Ended).box)
	}
	if d.c.HasReturn() {
		out = append(out, d.moment(data.FieldReturned, "Ngày trả kết quả", true, &d.c.Returned).box)
	}
	return append(out, container.NewBorder(nil, nil, count, nil, container.NewCenter(said)))
}

// set shows another moment.
func (m *moment) set(at data.Moment) {
	m.day.SetDay(at.Day)
	if m.clock != nil {
		m.clock.SetValue(at.Clock.String())
	}
}

func (d *correctDialog) otherPage() []fyne.CanvasObject {
	now := &d.c.Now
	before := now.Parts
	partsText := view.PartsText(now.Parts)
	readParts := func() error {
		parts, err := view.ParseParts(partsText, before)
		if err == nil && partsText != view.PartsText(before) {
			now.Parts = parts
		}
		return err
	}
	d.reads = append(d.reads, readParts)
	parts := d.area("parts", "Thành phần hồ sơ", 4, partsText, func(text string) { partsText = text; _ = readParts() })
	d.boxes["parts"].SetHint("Mỗi dòng: tên giấy tờ | bản chính | chứng thực | photo")
	ways := []view.Choice{{Key: "1", Label: data.PayCash.String()}, {Key: "2", Label: data.PayTransfer.String()}, {Key: "3", Label: data.PayOnline.String()}}
	d.pick("paid", "Cách nộp phí", "Chưa nộp", ways, uint64(now.Paid), func(n uint32) { now.Paid = data.PayWay(n) })
	book := d.number("book", "Quyển số", int64(now.Book), count, func(n int64) { now.Book = int(n) })
	seq := d.number("seq", "Số thứ tự", int64(now.Seq), count, func(n int64) { now.Seq = int(n) })
	flags := container.NewHBox()
	for _, f := range []struct {
		flag data.Flag
		name string
	}{{data.Digitised, "Đã số hóa"}, {data.EResult, "Kết quả điện tử"}, {data.Published, "Đã đồng bộ"}} {
		check := widget.NewCheck(f.name, func(on bool) {
			now.Flags &^= f.flag
			if on {
				now.Flags |= f.flag
			}
			d.changed()
		})
		check.Checked = now.Flags&f.flag != 0
		flags.Add(check)
	}
	const doubts = data.DoubtPhone | data.DoubtID | data.DoubtDates | data.StatusUnsure
	if kept := now.Flags & doubts; kept != 0 {
		flags.Add(widget.NewCheck("Đã kiểm tra, bỏ nghi vấn của tệp nguồn", func(on bool) {
			now.Flags &^= doubts
			if !on {
				now.Flags |= kept
			}
			d.changed()
		}))
	}
	return []fyne.CanvasObject{
		d.number("copies", "Số bộ", int64(now.Copies), count, func(n int64) { now.Copies = int(n) }),
		d.number("fee", "Phí, lệ phí (đồng)", now.Fee, data.ParseMoney, func(n int64) { now.Fee = n }),
		d.boxes["paid"], book, seq, parts, flags,
		d.area("note", "Ghi chú", 2, now.Note, func(t string) { now.Note = strings.TrimSpace(t) }),
	}
}

// changed lists what is corrected so far, and what looks wrong with it.
func (d *correctDialog) changed() {
	if d.dialog == nil {
		return
	}
	list, warnings := d.c.Changes(), d.c.Warnings()
	if text := fmt.Sprint(list, warnings); text != d.shown {
		d.shown = text
		d.below.Objects = nil
		for i, l := range list {
			if i == shownChanges {
				d.below.Add(widget.NewNote(fmt.Sprintf("và %d thay đổi khác", len(list)-i), correctWidth))
				break
			}
			old := l.Old
			if old == "" {
				old = "(trống)"
			}
			now := l.New
			if now == "" {
				now = "(trống)"
			}
			p := widget.NewParagraph(l.Label+": "+old+" thành "+now, correctWidth)
			p.Max = 2
			d.below.Add(p)
		}
		for _, w := range warningLines(warnings, correctWidth) {
			d.below.Add(w)
		}
		d.below.Refresh()
		d.dialog.ShowError(nil)
	}
}

func (d *correctDialog) save() {
	if d.saving {
		return
	}
	for _, read := range d.reads {
		if err := read(); err != nil {
			d.fail(err)
			return
		}
	}
	d.saving = true
	code := d.c.Now.Code
	widget.RunWithProgress(d.s.ctx.Window, "Đính chính", func(ctx context.Context, _ widget.Report) error { return d.c.Save(ctx) }, func(err error) {
		d.saving = false
		if err != nil {
			d.fail(err)
			return
		}
		d.dialog.Close()
		d.s.saved(view.Saved{Said: "Đã đính chính hồ sơ " + code + ".", Done: 1})
	})
}

// fail shows an error at its field, on the page where that stands.
func (d *correctDialog) fail(err error) {
	for _, b := range d.boxes {
		b.SetError(nil)
	}
	name := fieldOf(err)
	box := d.boxes[name]
	if box == nil {
		d.dialog.ShowError(err)
		return
	}
	if page, ok := d.pageOf[name]; ok {
		d.segments.Choose(page)
		d.turn(page)
	}
	box.SetError(err)
	d.dialog.ShowError(nil)
	content := box.Content()
	if f, ok := content.(fyne.Focusable); ok {
		d.s.ctx.Window.Canvas().Focus(f)
	}
}
