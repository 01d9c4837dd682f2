package register

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
)

// formWidth is the width of the form of an event, px at 100 %.
const formWidth = 560

// eventDialog is the open form of an event.
type eventDialog struct {
	s       *Screen
	form    *view.EventForm
	dialog  *widget.Dialog
	boxes   map[string]*widget.FieldBox
	parts   map[string]fyne.Focusable
	moments map[string]*moment
	days    map[string]*widget.DateField
	warn    *fyne.Container
	warned  string
	saving  bool
}

// Do opens the form of an act for dossiers.
func (s *Screen) Do(act view.Act, ids []uint64) {
	if len(ids) == 0 || act.Kind == 0 {
		return
	}
	if act.Kind == data.Correct {
		s.correct(ids[0])
		return
	}
	form, err := s.model.NewEvent(act, ids)
	if err != nil {
		widget.ShowError(s.ctx.Window, act.Label, err)
		return
	}
	e := &eventDialog{s: s, form: form, boxes: map[string]*widget.FieldBox{}, parts: map[string]fyne.Focusable{},
		moments: map[string]*moment{}, days: map[string]*widget.DateField{}, warn: container.New(layout.NewCustomPaddedVBoxLayout(4))}
	e.open()
}

func (e *eventDialog) open() {
	list := e.form.Questions()
	boxes := make([]fyne.CanvasObject, len(list))
	for i, q := range list {
		boxes[i] = e.ask(q)
	}
	body := container.New(layout.NewCustomPaddedVBoxLayout(8))
	if about := e.form.About(); about != "" {
		body.Add(widget.NewNote(about, formWidth))
	}
	body.Add(fieldRows(boxes, func(i int) bool { return list[i].Lines > 0 }))
	if e.form.One == nil {
		if note := e.form.DueNote(); note != "" {
			body.Add(widget.NewNote(note, formWidth))
		}
	}
	body.Add(e.warn)
	if slip := e.form.Slip(); slip != "" {
		check := widget.NewCheck("In "+slip+" sau khi lưu", func(on bool) { e.form.Print = on })
		check.SetChecked(e.form.Print)
		body.Add(check)
	}
	e.dialog = widget.ShowDialog(e.s.ctx.Window, widget.DialogOptions{
		Title: e.form.Title(), Content: fit(e.s.ctx.Window, 0, body), Default: "Lưu", Cancel: "Hủy bỏ", Danger: e.form.Act.Danger,
		Width: formWidth, First: e.first(list), OnDefault: func() bool { e.save(); return false },
	})
	e.changed()
}

// first is where the cursor begins: the first thing that is not proposed
// already.
func (e *eventDialog) first(list []view.Question) fyne.Focusable {
	for _, q := range list {
		if q.Required || q.Name == view.AskRef || q.Name == view.AskTo {
			if p := e.parts[q.Name]; p != nil && q.Name != view.AskAt {
				return p
			}
		}
	}
	for _, q := range list {
		if p := e.parts[q.Name]; p != nil && q.Name != view.AskAt {
			return p
		}
	}
	return nil
}

// ask builds the field of a question.
func (e *eventDialog) ask(q view.Question) fyne.CanvasObject {
	f, m := e.form, e.s.model
	var content fyne.CanvasObject
	switch q.Name {
	case view.AskAt:
		kind := f.Act.Kind
		at := e.s.newMoment(q.Label, f.At, kind != data.Extend && kind != data.Apologise, func(at data.Moment) {
			f.SetAt(at)
			e.showDue()
			e.changed()
		})
		e.moments[q.Name], e.parts[q.Name], e.boxes[q.Name] = at, at.day, at.box
		return at.box
	case view.AskDue:
		content = e.day(q.Name, f.Due().Day, func(d data.Day) { f.SetDue(d); e.showDue() })
	case view.AskDoc:
		content = e.day(q.Name, f.Doc, func(d data.Day) { f.Doc = d })
	case view.AskElectronic:
		check := widget.NewCheck(q.Label, func(on bool) { f.Electronic = on })
		check.SetChecked(f.Electronic)
		e.parts[q.Name] = check
		return container.New(layout.NewCustomPaddedLayout(widget.Scaled(16), 0, 0, 0), check)
	case view.AskWay:
		content = e.pick(q.Name, []widget.Option{way(data.ReturnDirect), way(data.ReturnPostal), way(data.ReturnElectronic)}, strconv.Itoa(int(f.Way)), func(n int) { f.Way = data.ReturnWay(n) })
	case view.AskPaid:
		content = e.pick(q.Name, []widget.Option{paid(data.PayCash), paid(data.PayTransfer), paid(data.PayOnline)}, strconv.Itoa(int(f.Paid)), func(n int) { f.Paid = data.PayWay(n) })
	case view.AskCause:
		p := e.pick(q.Name, options(m.Causes()), strconv.Itoa(int(f.Cause)), func(n int) { f.Cause = uint32(n) })
		p.None = "Chưa xác định"
		content = p
	case view.AskSigner:
		content = e.propose(q.Name, func() []string { return m.SignerNames(f.At.Day) }, &f.Signer)
	case view.AskDesk:
		content = e.propose(q.Name, m.Desks, &f.Desk)
	case view.AskFrom:
		content = e.propose(q.Name, m.Desks, &f.From)
	default:
		content = e.text(q, map[string]*string{view.AskRef: &f.Ref, view.AskText: &f.Text, view.AskMore: &f.More, view.AskTo: &f.To, view.AskPartner: &f.Partner}[q.Name])
	}
	box := widget.NewFieldBox(q.Label, content).WithHint(q.Hint)
	if q.Required {
		box.Required()
	}
	if q.Name == view.AskDue {
		box.SetHint(f.DueNote())
	}
	e.boxes[q.Name] = box
	return box
}

func way(w data.ReturnWay) widget.Option {
	return widget.Option{Key: strconv.Itoa(int(w)), Text: w.String()}
}

func paid(w data.PayWay) widget.Option {
	return widget.Option{Key: strconv.Itoa(int(w)), Text: w.String()}
}

func (e *eventDialog) day(name string, at data.Day, set func(data.Day)) fyne.CanvasObject {
	d := widget.NewDateField(e.s.model.Today)
	d.Info = e.s.DayInfo
	d.SetDay(at)
	d.OnDay = func(day data.Day) { set(day); e.changed() }
	e.days[name], e.parts[name] = d, d
	return d
}

func (e *eventDialog) pick(name string, list []widget.Option, key string, set func(n int)) *widget.Picker {
	p := widget.NewPicker(list, func(o widget.Option) {
		n, _ := strconv.Atoi(o.Key)
		set(n)
		e.answered(name)
	})
	p.SetKey(key)
	e.parts[name] = p
	return p
}

func (e *eventDialog) propose(name string, list func() []string, to *string) fyne.CanvasObject {
	f := widget.NewSuggestField("", func() []widget.Option { return texts(list()) })
	f.SetValue(*to)
	f.OnText = func(text string) { *to = text; e.answered(name) }
	e.parts[name] = f
	return f
}

func (e *eventDialog) text(q view.Question, to *string) fyne.CanvasObject {
	f := widget.NewField("")
	if q.Lines > 0 {
		f = widget.NewArea("", q.Lines)
	}
	f.SetValue(*to)
	f.OnText = func(text string) { *to = text; e.answered(q.Name) }
	e.parts[q.Name] = f
	return f
}

// answered takes away what was wrong with an answer that is being changed.
func (e *eventDialog) answered(name string) {
	if box := e.boxes[name]; box != nil {
		box.SetError(nil)
	}
	e.changed()
}

// showDue writes the due date that follows from the answers.
func (e *eventDialog) showDue() {
	if d := e.days[view.AskDue]; d != nil && d.Value() != e.form.Due().Day.String() {
		d.SetDay(e.form.Due().Day)
	}
	if box := e.boxes[view.AskDue]; box != nil {
		box.SetHint(e.form.DueNote())
	}
}

// changed shows what the answers so far give rise to.
func (e *eventDialog) changed() {
	if e.dialog == nil {
		return
	}
	list := e.form.Warnings()
	if text := fmt.Sprint(list); text != e.warned {
		e.warned = text
		e.warn.Objects = warningLines(list, formWidth)
		e.warn.Refresh()
		e.dialog.ShowError(nil) // lays the dialog out anew
	}
}

// read takes over what stands in fields that were not left yet.
func (e *eventDialog) read() error {
	if m := e.moments[view.AskAt]; m != nil {
		at, err := m.read()
		if err != nil {
			return &data.Error{Code: data.Invalid, Field: view.AskAt, Message: err.Error()}
		}
		if at != e.form.At {
			e.form.SetAt(at)
		}
	}
	for name, d := range e.days {
		day, err := d.Day()
		if err != nil {
			return &data.Error{Code: data.Invalid, Field: name, Message: err.Error()}
		}
		switch {
		case name == view.AskDoc:
			e.form.Doc = day
		case day != e.form.Due().Day:
			e.form.SetDue(day)
		}
	}
	return nil
}

func (e *eventDialog) save() {
	if e.saving {
		return
	}
	if err := e.read(); err != nil {
		e.fail(err)
		return
	}
	e.saving = true
	var saved view.Saved
	widget.RunWithProgress(e.s.ctx.Window, e.form.Title(), func(ctx context.Context, report widget.Report) error {
		var err error
		saved, err = e.form.Save(ctx, func(done, total int64) { report(done, total, "Đang ghi") })
		return err
	}, func(err error) {
		e.saving = false
		if err != nil {
			e.fail(err)
			return
		}
		e.dialog.Close()
		e.form.Remember()
		e.s.saved(saved)
	})
}

// fail shows an error at its field, or above the form.
func (e *eventDialog) fail(err error) {
	for _, b := range e.boxes {
		b.SetError(nil)
	}
	name := fieldOf(err)
	box := e.boxes[name]
	if box == nil {
		e.dialog.ShowError(err)
		return
	}
	box.SetError(err)
	e.dialog.ShowError(nil)
	if p := e.parts[name]; p != nil {
		e.s.ctx.Window.Canvas().Focus(p)
	}
}

// saved tells what a form did and shows the papers that were asked for.
func (s *Screen) saved(done view.Saved) {
	s.grid.ClearSelection()
	if row := s.grid.Current(); row >= 0 {
		s.grid.SetCurrent(row)
	}
	// From the search field Ctrl+Z would take back what was typed there.
	s.ctx.Focus(s.page, s.grid)
	if done.Done > 0 || len(done.Refused) == 0 {
		label := "Hoàn tác"
		if done.Done == 0 {
			label = "" // it would take back what was done before
		}
		widget.ShowToast(s.ctx.Window, done.Said, label, s.Undo)
	}
	if len(done.Refused) > 0 {
		s.showRefused(done)
	}
	if len(done.Slips) > 0 {
		s.Print.ShowSlips("In phiếu", "phieu", done.Slips)
	}
}
