package register

import (
	"context"
	"errors"
	"slices"
	"strings"

	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// formWidth is the width of the form of an event, px at 100 %.
const formWidth = 560

// fields are those of the form; what must be told is decided in package data.
func (f *EventForm) fields() []field {
	var out []field
	for _, a := range f.Move.asks {
		if x := a(f.m); x.Hidden == nil || !x.Hidden(f) {
			x.Required = f.Kind.Needs(x.Key)
			out = append(out, x)
		}
	}
	return out
}

// first is the field in which the cursor begins: the first that must be told, or that
// nobody else knows, else the first behind the day.
func first(fields []field) string {
	at := slices.IndexFunc(fields, func(x field) bool { return x.Required || x.Key == AskRef || x.Key == AskTo })
	if at < 0 {
		at = min(1, len(fields)-1)
	}
	return fields[at].Key
}

// do opens the form of a move for dossiers.
func (p *page) do(move Move, ids []uint64) {
	switch {
	case len(ids) == 0 || move.Kind == 0:
		return
	case move.form != nil:
		move.form(p, ids[0])
		return
	}
	event, err := p.m.NewEvent(move.Kind, ids)
	if err != nil {
		p.e.Fail(move.Label, err)
		return
	}
	var f *form.Form[EventForm]
	var saved Saved
	said := warning("", formWidth)
	tell := func() {
		v := f.Value()
		said.SetText(texts(v.Warnings()))
	}
	own := false // a due date was typed
	change := func(key string) {
		v := f.Value()
		switch {
		case key == AskDue:
			own = f.Text(AskDue) != ""
		case key == AskAt && !own && v.Asks(AskDue):
			v.SetDue(data.NoDay)
			f.Type(AskDue, v.Due.Day.String())
		}
		tell()
	}
	q := form.Question[EventForm]{Title: event.Title(), Note: event.About(), Value: *event, Fields: event.fields(), Columns: 2, Width: formWidth, Danger: move.Danger, First: first(event.fields()), Spare: 40,
		Ready: func(made *form.Form[EventForm]) {
			f = made
			f.OnChange = change
			tell()
		},
		Long: func(ctx context.Context, v EventForm, report widget.Report) (err error) {
			saved, err = v.Save(ctx, func(done, total int64) { report(done, total, "Đang ghi") })
			return err
		},
		// A form that another desk overtook rests on what stands now: who saves it again
		// knows of the change.
		Refused: func(err error) {
			var o *desk.Overtaken
			if !errors.As(err, &o) {
				return
			}
			if now, err := p.m.NewEvent(move.Kind, ids); err == nil {
				f.Refill(*now, func(string) bool { return true })
				tell()
			}
		},
		Then: func(v EventForm) {
			v.Remember()
			p.saved(saved)
		}}
	if slip := event.Slip(); slip != "" {
		q.Fields = append(q.Fields, form.Check("print", "In "+slip+" sau khi lưu", func(f *EventForm) *bool { return &f.Print }).Whole())
	}
	if note := event.DueNote(); note != "" && event.One == nil {
		q.Below = append(q.Below, widget.NewNote(note, formWidth))
	}
	q.Below = append(q.Below, said)
	form.Ask(p.e, q)
}

// warning is a text about what looks wrong, below or above the fields of a form.
func warning(text string, width float32) *widget.Paragraph {
	x := widget.NewParagraph(text, width)
	x.Role = widget.ColorSoon
	return x
}

// texts are warnings, a line each.
func texts(list []desk.Warning) string {
	var out []string
	for _, x := range list {
		out = append(out, x.Text)
	}
	return strings.Join(out, "\n")
}
