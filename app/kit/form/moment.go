package form

import (
	"strings"

	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
)

// Moment is a date with a time of day, which may be left empty. today is the clock
// of the program.
func Moment[T any](key, label string, today func() data.Day, of func(*T) *data.Moment) Field[T] {
	return Field[T]{Key: key, Label: label, Kind: KindMoment,
		Get: func(t *T) string { return momentText(of(t).Day.String(), of(t).Clock.String()) },
		Set: func(t *T, s string) error {
			day, clock, _ := strings.Cut(s, "\t")
			d, err := data.ParseDay(day, today(), of(t).Day)
			if err != nil {
				return err
			}
			c, err := data.ParseClock(clock)
			if err != nil {
				return err
			}
			*of(t) = data.Moment{Day: d, Clock: c}
			return nil
		}}
}

// momentText is the text of a moment: its day, a tab and its time of day.
func momentText(day, clock string) string {
	if clock == "" {
		return day
	}
	return day + "\t" + clock
}

// Suggest is a text for which proposals are made; any other may be typed.
func Suggest[T any](key, label string, choices func(*T) []kit.Choice, of func(*T) *string) Field[T] {
	f := Text(key, label, of)
	f.Kind, f.Choices = KindSuggest, choices
	return f
}

func momentPart(l look, w wiring) part {
	day, clock := w.env.DateField(), widget.NewField("giờ:phút")
	clock.Width = 70
	set := func(text string) {
		d, c, _ := strings.Cut(text, "\t")
		setDay(day, d)
		clock.SetValue(c)
	}
	set(l.text())
	tell := func() { w.typed(momentText(day.Value(), clock.Value())) }
	w.wire(&day.Field)
	w.wire(clock)
	day.OnDay = func(data.Day) { tell() }
	day.OnText, clock.OnText = func(string) { tell() }, func(string) { tell() }
	return part{object: container.NewBorder(nil, nil, nil, clock, day), focus: on(day), set: set}
}

func suggestPart(l look, w wiring) part {
	f := widget.NewSuggestField("", l.choices)
	if l.find != nil {
		f.Options = func() []kit.Choice { return l.find(f.Value()) }
	}
	f.Width = l.width
	f.SetValue(l.text())
	w.wire(&f.Field)
	f.OnText = w.typed
	f.OnPick = func(o kit.Choice) {
		f.SetText(o.Text)
		w.taken(o)
	}
	return part{object: f, focus: on(f), set: f.SetValue, faint: f.SetPlaceHolder}
}
