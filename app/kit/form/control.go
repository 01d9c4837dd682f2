package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
)

// part is the control of a field.
type part struct {
	object fyne.CanvasObject
	focus  func() fyne.Focusable // nil where nothing can be typed
	set    func(text string)     // shows a text without telling of it
	fill   func()                // offers what the value as it stands allows; may be nil
	faint  func(text string)     // shows a text while there is none; nil where the kind has none
}

// on is the focus of a control that is always the same.
func on(f fyne.Focusable) func() fyne.Focusable { return func() fyne.Focusable { return f } }

// look is what a control needs to know of its field.
type look struct {
	kind    Kind
	label   string
	lines   int
	width   float32
	none    string
	choices func() []kit.Choice
	find    func(typed string) []kit.Choice // in place of choices
	text    func() string                   // what stands in the field
	today   func() data.Day
}

// wiring lets a control tell what happens to it; leave and done may be nil.
type wiring struct {
	env      *env.Env
	typed    func(text string)
	leave    func()
	done     func() // a value was chosen, or Enter pressed, and it goes on; may be nil
	taken    func(kit.Choice)
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
		p := part{object: f.own[key], set: func(string) {}}
		if focus, ok := p.object.(fyne.Focusable); ok {
			p.focus = on(focus)
		}
		return p
	}
	l := look{kind: x.Kind, label: x.Label, lines: x.Lines, width: x.Width, none: x.None, today: x.Today, find: x.Find, text: func() string { return f.texts[key] }}
	if x.Choices != nil {
		l.choices = func() []kit.Choice {
			v := f.Value()
			return x.Choices(&v)
		}
	}
	w := wiring{env: f.env, typed: func(text string) {
		f.typed(key, text)
		if x.Kind == KindCheck || x.Kind == KindPick || x.Kind == KindMany {
			f.left(key)
		}
	}, leave: func() { f.left(key) }, shortcut: f.shortcut, key: f.key, taken: func(c kit.Choice) { f.OnTake(key, c) }}
	if f.Onward && (x.Kind != KindArea || x.GoesOn) {
		w.done = func() { f.onward(key) }
	}
	return control(l, w)
}

// key leaves at Escape.
func (f *Form[T]) key(ev *fyne.KeyEvent) bool { return ev.Name == fyne.KeyEscape && f.OnEscape() }

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
		f = widget.NewArea("", max(l.lines, 1))
	}
	set := f.SetValue
	if l.lines == 1 {
		set = func(text string) { f.SetValue(text); grow(f) }
	}
	f.Password = l.kind == KindSecret
	f.Width = l.width
	set(l.text())
	w.wire(f)
	f.OnText = func(text string) {
		if l.lines == 1 {
			grow(f)
		}
		w.typed(text)
	}
	return part{object: f, focus: on(f), set: set, faint: f.SetPlaceHolder}
}

// grow gives an area of one line as many lines as its text takes, up to three.
func grow(f *widget.Field) {
	const letters = 58 // that stand in one line on a small window
	f.SetMinRowsVisible(min(1+len([]rune(f.Text))/letters, 3))
}

// wire lets a line of text pass on its keys.
func (w wiring) wire(f *widget.Field) {
	if w.leave != nil {
		f.OnLeave = func(string) { w.leave() }
	}
	if w.done != nil {
		f.EnterGoesOn, f.OnEnter = true, func(string) { w.done() }
	}
	own, shortcut := f.OnKey, f.OnShortcut
	f.OnKey = func(ev *fyne.KeyEvent) bool { return own != nil && own(ev) || w.key(ev) }
	f.OnShortcut = func(s fyne.Shortcut) bool { return shortcut != nil && shortcut(s) || w.shortcut(s) }
}

func dayPart(l look, w wiring) part {
	f := w.env.DateField()
	if l.today != nil {
		f = widget.NewDateField(l.today)
		f.Info = w.env.DayInfo
	}
	set := func(text string) { setDay(f, text) }
	set(l.text())
	w.wire(&f.Field)
	f.OnText = w.typed
	f.OnDay = func(data.Day) { w.typed(f.Value()) }
	return part{object: f, focus: on(f), set: set}
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
	var last []kit.Choice
	fill := func() {
		if list := l.choices(); last == nil || !slices.Equal(list, last) {
			last = append([]kit.Choice{}, list...)
			p.SetOptions(list)
		}
		if p.Key() != l.text() {
			p.SetKey(l.text())
		}
	}
	return part{object: p, focus: on(p), fill: fill, set: p.SetKey, faint: func(text string) { p.Placeholder = text }}
}

func manyPart(l look, w wiring) part {
	chip := widget.NewFilterChip("Chọn…", nil, func(keys []string) { w.typed(strings.Join(keys, "\n")) })
	fill := func() {
		chip.SetOptions(l.choices())
		chip.SetKeys(strings.Fields(l.text()))
	}
	return part{object: container.NewHBox(chip), focus: on(chip.Focusable()), fill: fill, set: func(text string) { chip.SetKeys(strings.Fields(text)) }}
}

func checkPart(l look, w wiring) part {
	box := widget.NewCheck(l.label, nil)
	box.SetChecked(l.text() == Ticked)
	box.OnShortcut = w.shortcut
	box.OnChanged = func(on bool) { w.typed(kit.If(on, Ticked, "")) }
	return part{object: box, focus: on(box), set: func(text string) { box.Set(text == Ticked) }}
}

// termPart is a number with its unit beside it.
func termPart(l look, w wiring) part {
	count := widget.NewField("")
	count.Width = 52
	units := []data.TermUnit{data.WorkingDays, data.CalendarDays, data.WorkingHours, data.Months, data.SameDay, data.CalendarDaysNoFeast}
	unit := widget.NewPicker(kit.ChoicesOf(units, func(u data.TermUnit) kit.Choice { return kit.Choice{Key: u.Key(), Text: u.String()} }), nil)
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
	return part{object: container.New(layout.NewBorderLayout(nil, nil, count, nil), count, unit), focus: on(count), set: set}
}

// joinTerm is the text of a term: its number, a tab and the key of its unit.
func joinTerm(count, unit string) string {
	if count == "" && unit == "" {
		return ""
	}
	return count + "\t" + unit
}
