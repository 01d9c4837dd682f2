package register

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// formWidth is the width of the form of an event, px at 100 %.
const formWidth = 560

// do opens the form of an act for dossiers.
func (p *page) do(act Act, ids []uint64) {
	if len(ids) == 0 || act.Kind == 0 {
		return
	}
	if act.Kind == data.Correct {
		p.correct(ids[0])
		return
	}
	event, err := p.m.NewEvent(act, ids)
	if err != nil {
		p.e.Fail(act.Label, err)
		return
	}
	x := &eventDialog{p: p, said: newWarnings(formWidth)}
	x.open(event)
}

// eventDialog is the open form of an event.
type eventDialog struct {
	p     *page
	form  *form.Form[EventForm]
	typed bool // a due date of its own
	said  *warnings
	saved Saved
}

func (x *eventDialog) open(event *EventForm) {
	var fields []form.Field[EventForm]
	first := ""
	for _, q := range event.Questions() {
		fields = append(fields, x.field(q, event.One != nil))
		// The cursor begins at the first thing that is not proposed already.
		if q.Name != AskAt && first == "" || q.Name == AskRef || q.Name == AskTo || q.Required && q.Name != AskAt {
			if first == "" || !sure(first, event) {
				first = q.Name
			}
		}
	}
	q := form.Question[EventForm]{Title: event.Title(), Note: event.About(), Value: *event, Fields: fields, Columns: 2, Width: formWidth, Danger: event.Act.Danger,
		First: first, Spare: 40, Ready: x.ready, Long: x.save, Refused: func(err error) { x.refused(event, err) }, Then: x.done}
	if slip := event.Slip(); slip != "" {
		q.Fields = append(q.Fields, form.Check("print", "In "+slip+" sau khi lưu", func(f *EventForm) *bool { return &f.Print }).Whole())
	}
	if note := event.DueNote(); note != "" && event.One == nil {
		q.Below = append(q.Below, widget.NewNote(note, formWidth))
	}
	q.Below = append(q.Below, x.said.object)
	form.Ask(x.p.e, q)
}

// sure reports whether a question is one in which the cursor begins at any rate.
func sure(name string, event *EventForm) bool {
	for _, q := range event.Questions() {
		if q.Name == name {
			return q.Required || name == AskRef || name == AskTo
		}
	}
	return false
}

// field is the field of a question.
func (x *eventDialog) field(q Question, one bool) form.Field[EventForm] {
	m := x.p.m
	choices := func(f *EventForm) []kit.Choice { return q.Choices(m, f) }
	var f form.Field[EventForm]
	if q.Of == nil {
		f = form.Day(q.Name, q.Label, m.Today, func(*EventForm) *data.Day { return new(data.Day) })
		f.Get = func(e *EventForm) string { return e.Due().Day.String() }
		f.Set = func(e *EventForm, s string) error {
			day, err := data.ParseDay(s, m.Today(), e.Due().Day)
			if err == nil {
				e.SetDue(day)
			}
			return err
		}
		if one {
			f = f.Telling((*EventForm).DueNote)
		}
		f.Required = q.Required
		return f
	}
	switch q.Of(&EventForm{}).(type) {
	case *string:
		of := func(e *EventForm) *string { return q.Of(e).(*string) }
		switch {
		case q.Choices != nil:
			f = form.Suggest(q.Name, q.Label, choices, of)
		case q.Lines > 0:
			f = form.Area(q.Name, q.Label, q.Lines, of).Whole()
		default:
			f = form.Text(q.Name, q.Label, of)
		}
	case *bool:
		f = form.Check(q.Name, q.Label, func(e *EventForm) *bool { return q.Of(e).(*bool) })
	case *data.Day:
		f = form.Day(q.Name, q.Label, m.Today, func(e *EventForm) *data.Day { return q.Of(e).(*data.Day) })
	case *data.Moment:
		f = form.Moment(q.Name, q.Label, m.Today, func(e *EventForm) *data.Moment { return q.Of(e).(*data.Moment) })
	case *uint32:
		f = form.PickID(q.Name, q.Label, choices, func(e *EventForm) *uint32 { return q.Of(e).(*uint32) }).Or("Chưa xác định")
	case *data.ReturnWay:
		f = form.PickID(q.Name, q.Label, choices, func(e *EventForm) *data.ReturnWay { return q.Of(e).(*data.ReturnWay) })
	case *data.PayWay:
		f = form.PickID(q.Name, q.Label, choices, func(e *EventForm) *data.PayWay { return q.Of(e).(*data.PayWay) })
	}
	f.Required, f.Hint = q.Required, q.Hint
	return f
}

func (x *eventDialog) ready(f *form.Form[EventForm]) {
	x.form = f
	f.OnChange = func(key string) {
		v := f.Value()
		switch key {
		case AskDue:
			x.typed = f.Text(AskDue) != ""
		case AskAt:
			// The new due date follows, unless one was typed.
			if !x.typed && v.Asks(AskDue) {
				v.SetDue(data.NoDay)
				f.Type(AskDue, v.Due().Day.String())
			}
		}
		x.tell()
	}
	x.tell()
}

// tell shows what the answers so far give rise to.
func (x *eventDialog) tell() {
	v := x.form.Value()
	x.said.show(v.Warnings())
}

func (x *eventDialog) save(ctx context.Context, v EventForm, report widget.Report) (err error) {
	x.saved, err = v.Save(ctx, func(done, total int64) { report(done, total, "Đang ghi") })
	return err
}

// refused lets a form that another desk overtook rest on what stands now: who saves it
// again knows of the change.
func (x *eventDialog) refused(event *EventForm, err error) {
	var o *desk.Overtaken
	if !errors.As(err, &o) {
		return
	}
	if now, err := x.p.m.NewEvent(event.Act, event.IDs); err == nil {
		x.form.Refill(*now, func(string) bool { return true })
		x.tell()
	}
}

func (x *eventDialog) done(v EventForm) {
	v.Remember()
	x.p.saved(x.saved)
}

// warnings are the lines below the fields of a form that tell what looks wrong.
type warnings struct {
	object *fyne.Container
	shown  string
	width  float32
}

func newWarnings(width float32) *warnings {
	return &warnings{object: container.New(layout.NewCustomPaddedVBoxLayout(4)), width: width}
}

func (w *warnings) show(list []desk.Warning) {
	var texts []string
	for _, x := range list {
		texts = append(texts, x.Text)
	}
	w.lines(texts)
}

// lines shows texts, a line each.
func (w *warnings) lines(texts []string) {
	text := strings.Join(texts, "\n")
	if text == w.shown {
		return
	}
	w.shown, w.object.Objects = text, nil
	for _, x := range texts {
		line := widget.NewParagraph(x, w.width)
		line.Role = widget.ColorSoon
		w.object.Add(line)
	}
	w.object.Refresh()
}
