package form

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
)

// part is the control of a field.
type part struct {
	object fyne.CanvasObject
	focus  fyne.Focusable
	set    func(text string) // shows a text without telling of it
	fill   func()            // offers what the value as it stands allows; may be nil
}

// look is what a control needs to know of its field.
type look struct {
	kind    Kind
	label   string
	lines   int
	width   float32
	none    string
	choices func() []kit.Choice
	text    func() string // what stands in the field
}

// wiring lets a control tell what happens to it; leave and done may be nil.
type wiring struct {
	env      *env.Env
	typed    func(text string)
	leave    func()
	done     func() // a value was chosen, and Enter goes on
	key      func(ev *fyne.KeyEvent) bool
	shortcut func(s fyne.Shortcut) bool
}

// control makes the control of a field.
func (f *Form[T]) control(x *Field[T]) part {
	key := x.Key
	switch x.Kind {
	case KindRows:
		return f.rows(x)
	case KindOwn:
		o := f.own[key]
		focus, _ := o.(fyne.Focusable)
		return part{object: o, focus: focus, set: func(string) {}}
	}
	l := look{kind: x.Kind, label: x.Label, lines: x.Lines, width: x.Width, none: x.None, text: func() string { return f.texts[key] }}
	if x.Choices != nil {
		l.choices = func() []kit.Choice {
			v := f.Value()
			return x.Choices(&v)
		}
	}
	return control(l, wiring{env: f.env, typed: func(text string) {
		f.typed(key, text)
		if x.Kind == KindCheck || x.Kind == KindPick || x.Kind == KindMany {
			f.left(key)
		}
	}, leave: func() { f.left(key) }, shortcut: f.shortcut,
		key: func(ev *fyne.KeyEvent) bool { return f.key(key, ev, x.Kind == KindArea) },
		done: func() {
			if f.Onward {
				f.onward(key)
			}
		}})
}

func control(l look, w wiring) part {
	switch l.kind {
	case KindDay:
		return dayPart(l, w)
	case KindMoment:
		return momentPart(l, w)
	case KindSuggest:
		return suggestPart(l, w)
	case KindPick:
		return pickPart(l, w)
	case KindMany:
		return manyPart(l, w)
	case KindCheck:
		return checkPart(l, w)
	case KindTerm:
		return termPart(l, w)
	}
	f := widget.NewField("")
	if l.kind == KindArea {
		f = widget.NewArea("", max(l.lines, 2))
	}
	f.Width = l.width
	f.SetValue(l.text())
	w.wire(f)
	f.OnText = w.typed
	return part{object: f, focus: f, set: f.SetValue}
}

// wire lets a line of text pass on its keys.
func (w wiring) wire(f *widget.Field) {
	if w.leave != nil {
		f.OnLeave = func(string) { w.leave() }
	}
	own, shortcut := f.OnKey, f.OnShortcut
	f.OnKey = func(ev *fyne.KeyEvent) bool { return own != nil && own(ev) || w.key(ev) }
	f.OnShortcut = func(s fyne.Shortcut) bool { return shortcut != nil && shortcut(s) || w.shortcut(s) }
}

func dayPart(l look, w wiring) part {
	f := w.env.DateField()
	set := func(text string) { setDay(f, text) }
	set(l.text())
	w.wire(&f.Field)
	f.OnText = w.typed
	f.OnDay = func(data.Day) { w.typed(f.Value()) }
	return part{object: f, focus: f, set: set}
}

// setDay shows the text of a date.
func setDay(f *widget.DateField, text string) {
	if f.Value() == text {
		return
	}
	// The year of a date that is typed without one is that of the date before.
	if d, err := data.ParseDay(text, data.NoDay, data.NoDay); err == nil {
		f.SetDay(d)
		return
	}
	f.SetValue(text)
}

func pickPart(l look, w wiring) part {
	p := widget.NewPicker(nil, func(o widget.Option) { w.typed(o.Key) })
	p.None, p.OnDone, p.OnShortcut = l.none, w.done, w.shortcut
	if l.width > 0 {
		p.Width = l.width
	}
	fill := func() {
		p.SetOptions(l.choices())
		p.SetKey(l.text())
	}
	return part{object: p, focus: p, fill: fill, set: p.SetKey}
}

func manyPart(l look, w wiring) part {
	chip := widget.NewFilterChip("Chọn…", nil, func(keys []string) { w.typed(strings.Join(keys, "\n")) })
	fill := func() {
		chip.SetOptions(l.choices())
		chip.SetKeys(strings.Fields(l.text()))
	}
	return part{object: container.NewHBox(chip), focus: chip.Focusable(), fill: fill, set: func(text string) { chip.SetKeys(strings.Fields(text)) }}
}

func checkPart(l look, w wiring) part {
	box := widget.NewCheck(l.label, nil)
	box.SetChecked(l.text() == Ticked)
	box.OnShortcut = w.shortcut
	box.OnChanged = func(on bool) {
		if on {
			w.typed(Ticked)
			return
		}
		w.typed("")
	}
	return part{object: box, focus: box, set: func(text string) { box.Set(text == Ticked) }}
}

// termPart is a number with its unit beside it.
func termPart(l look, w wiring) part {
	count := widget.NewField("")
	count.Width = 52
	unit := widget.NewPicker(termUnits(), nil)
	unit.None, unit.Width, unit.OnDone, unit.OnShortcut = "Không ghi", 116, w.done, w.shortcut
	tell := func() { w.typed(joinTerm(count.Value(), unit.Key())) }
	w.wire(count)
	count.OnText = func(string) { tell() }
	unit.OnPick = func(widget.Option) { tell() }
	set := func(text string) {
		n, u, _ := strings.Cut(text, "\t")
		count.SetValue(n)
		unit.SetKey(u)
	}
	set(l.text())
	return part{object: container.NewBorder(nil, nil, count, nil, unit), focus: count, set: set}
}

// termUnits are the units of a term, by their keys.
func termUnits() []kit.Choice {
	var out []kit.Choice
	for _, u := range []data.TermUnit{data.WorkingDays, data.CalendarDays, data.WorkingHours, data.Months, data.SameDay, data.CalendarDaysNoFeast} {
		out = append(out, kit.Choice{Key: u.Key(), Text: u.String()})
	}
	return out
}

// joinTerm is the text of a term: its number, a tab and the key of its unit.
func joinTerm(count, unit string) string {
	if count == "" && unit == "" {
		return ""
	}
	return count + "\t" + unit
}
