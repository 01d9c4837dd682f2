package form

import (
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/widget"
	"giaoban/data"
)

// control makes the control of a field.
func (f *Form[T]) control(x *Field[T]) part {
	switch x.Kind {
	case KindDay:
		return f.day(x)
	case KindPick:
		return f.pick(x)
	case KindMany:
		return f.many(x)
	case KindCheck:
		return f.check(x)
	case KindRows:
		return f.rows(x)
	case KindOwn:
		o := f.own[x.Key]
		focus, _ := o.(fyne.Focusable)
		return part{object: o, focus: focus, set: func(string) {}}
	}
	return f.text(x)
}

func (f *Form[T]) text(x *Field[T]) part {
	w := widget.NewField("")
	if x.Kind == KindArea {
		w = widget.NewArea("", max(x.Lines, 2))
	}
	w.Width = x.Width
	w.SetValue(f.texts[x.Key])
	f.wire(w, x)
	return part{object: w, focus: w, set: func(text string) {
		if w.Value() != text {
			w.SetValue(text)
		}
	}}
}

// wire lets a line of text tell the form what happens to it.
func (f *Form[T]) wire(w *widget.Field, x *Field[T]) {
	key, area := x.Key, x.Kind == KindArea
	w.OnText = func(text string) { f.typed(key, text) }
	w.OnLeave = func(string) { f.boxes[key].SetError(f.Try(key)) }
	own, shortcut := w.OnKey, w.OnShortcut
	w.OnKey = func(ev *fyne.KeyEvent) bool { return own != nil && own(ev) || f.key(ev, area) }
	w.OnShortcut = func(s fyne.Shortcut) bool { return shortcut != nil && shortcut(s) || f.shortcut(s) }
}

func (f *Form[T]) day(x *Field[T]) part {
	w := f.env.DateField()
	w.SetValue(f.texts[x.Key])
	key := x.Key
	f.wire(&w.Field, x)
	w.OnDay = func(data.Day) { f.typed(key, w.Value()) }
	return part{object: w, focus: w, set: func(text string) {
		if w.Value() != text {
			w.SetValue(text)
		}
	}}
}

func (f *Form[T]) pick(x *Field[T]) part {
	key := x.Key
	w := widget.NewPicker(nil, func(o widget.Option) { f.typed(key, o.Key) })
	w.None = x.None
	if x.Width > 0 {
		w.Width = x.Width
	}
	w.OnDone = func() {
		if f.Onward {
			f.onward()
		}
	}
	fill := func() {
		v := f.Value()
		w.SetOptions(x.Choices(&v))
		w.SetKey(f.texts[key])
	}
	return part{object: w, focus: w, fill: fill, set: w.SetKey}
}

func (f *Form[T]) many(x *Field[T]) part {
	key := x.Key
	w := widget.NewFilterChip("Chọn…", nil, func(keys []string) { f.typed(key, strings.Join(keys, "\n")) })
	fill := func() {
		v := f.Value()
		w.SetOptions(x.Choices(&v))
		w.SetKeys(strings.Fields(f.texts[key]))
	}
	return part{object: w, focus: w.Focusable(), fill: fill, set: func(text string) { w.SetKeys(strings.Fields(text)) }}
}

func (f *Form[T]) check(x *Field[T]) part {
	key := x.Key
	w := widget.NewCheck(x.Label, nil)
	w.SetChecked(f.texts[key] == Ticked)
	w.OnChanged = func(on bool) {
		text := ""
		if on {
			text = Ticked
		}
		f.typed(key, text)
	}
	return part{object: w, focus: w, set: func(text string) { w.Set(text == Ticked) }}
}
