package widget

import (
	"fmt"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// Picker shows one value of a list of any length. Space, the arrow down, a click
// or any letter open the list; typing there filters it, without diacritics too.
type Picker struct {
	Button
	// OnPick is called when the officer chose another value.
	OnPick func(o Option)
	// OnFocus is called when the focus comes.
	OnFocus func()
	// OnDone is called after a choice in the list, the same value again too.
	OnDone func()
	// OnShortcut sees every shortcut before the window does; true means that it took
	// it.
	OnShortcut func(s fyne.Shortcut) bool
	// OnClosed is called when the list was closed, with a choice or without.
	OnClosed func()
	// Placeholder stands there while nothing is chosen.
	Placeholder string
	// Prefix stands before the value, such as "so với".
	Prefix string
	// None adds an entry with this text that chooses nothing; "" adds none.
	None string
	// Width is the least width in px at 100 %; up to Fit the picker is as wide as
	// what is chosen.
	Width, Fit float32

	options []Option
	key     string
	popup   *overlay
}

// NewPicker returns a picker with nothing chosen.
func NewPicker(options []Option, picked func(o Option)) *Picker {
	p := &Picker{Button: Button{Kind: fieldButton, Trailing: IconChevron, Leading: true}, OnPick: picked, Placeholder: "Chọn…", Width: 140}
	p.OnTapped = func() { p.Open("") }
	p.say = func() (before, text string, role fyne.ThemeColorName) {
		if _, ok := p.Selected(); !ok {
			role = theme.ColorNamePlaceHolder
		}
		return p.Prefix, p.label(), role
	}
	p.init(p)
	p.tip = func() string {
		if p.cut {
			return p.label()
		}
		return ""
	}
	p.SetOptions(options)
	return p
}

// SetOptions replaces the list; a value that it lacks is no longer chosen.
func (p *Picker) SetOptions(options []Option) {
	p.options = append([]Option(nil), options...)
	if _, ok := p.Selected(); !ok {
		p.key = ""
	}
	p.Refresh()
}

// Selected returns the chosen option; ok is false when none is.
func (p *Picker) Selected() (o Option, ok bool) {
	for _, o := range p.options {
		if o.Key == p.key && p.key != "" {
			return o, true
		}
	}
	return Option{}, false
}

// Key returns the key of the chosen option, "" for none.
func (p *Picker) Key() string { return p.key }

// SetKey chooses an option without calling OnPick; an unknown key chooses none.
func (p *Picker) SetKey(key string) {
	p.key = key
	if _, ok := p.Selected(); !ok {
		p.key = ""
	}
	p.Refresh()
}

// Open opens the list with text already typed.
func (p *Picker) Open(typed string) {
	if p.popup != nil || p.Disabled() {
		return
	}
	if c := canvasOf(p); c != nil {
		c.Focus(p)
	}
	options := p.options
	if p.None != "" {
		options = append([]Option{{Text: p.None}}, options...)
	}
	p.popup = openChoices(p, &choices{options: options, current: p.key}, typed, func(o *Option) {
		if p.OnDone != nil {
			defer p.OnDone()
		}
		if o.Key == p.key {
			return
		}
		p.key = o.Key
		p.Refresh()
		if p.OnPick != nil {
			p.OnPick(*o)
		}
	}, func() {
		p.popup = nil
		call(p.OnClosed)
	})
}

func (p *Picker) onFocus() *func() { return &p.OnFocus }

// FocusGained implements fyne.Focusable.
func (p *Picker) FocusGained() { p.Button.FocusGained(); call(p.OnFocus) }

// TypedRune opens the list at the letter.
func (p *Picker) TypedRune(r rune) {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		p.Open(string(r))
	}
}

// TypedKey implements fyne.Focusable.
func (p *Picker) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyDown, fyne.KeyF4:
		p.Open("")
	case fyne.KeyDelete:
		if p.None != "" && p.key != "" {
			p.key = ""
			p.Refresh()
			if p.OnPick != nil {
				p.OnPick(Option{Text: p.None})
			}
		}
	default:
		passKey(p, ev)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (p *Picker) TypedShortcut(s fyne.Shortcut) {
	if pressed(s, fyne.KeyDown, fyne.KeyModifierAlt) {
		p.Open("")
		return
	}
	if p.OnShortcut == nil || !p.OnShortcut(s) {
		passShortcut(p, s)
	}
}

// MinSize implements fyne.CanvasObject.
func (p *Picker) MinSize() fyne.Size {
	width := Scaled(p.Width)
	if p.Fit > 0 {
		around := 8 + Scaled(16) + 14 + textWidth(p.Prefix+" ", TextSize(theme.SizeNameText), false)
		width = min(max(width, around+textWidth(p.label(), TextSize(theme.SizeNameText), false)), Scaled(p.Fit))
	}
	return fyne.NewSize(width, ControlHeight())
}

func (p *Picker) label() string {
	if o, ok := p.Selected(); ok {
		return o.Text
	}
	if p.None != "" && p.Placeholder == "Chọn…" {
		return p.None
	}
	return p.Placeholder
}

// FilterChip is a filter above a list: a button with the name of the filter,
// its values once it has some, and an × that takes them away.
type FilterChip struct {
	fw.BaseWidget
	// OnChange is called when the officer chose other values.
	OnChange func(keys []string)

	label   string
	single  bool
	options []Option
	keys    []string
	main    *Button
	clear   *Button
	popup   *overlay
}

// NewFilterChip returns a filter of which several values may be chosen.
func NewFilterChip(label string, options []Option, changed func(keys []string)) *FilterChip {
	f := &FilterChip{label: label, options: options, OnChange: changed}
	f.main = NewButton(label, "", f.Open)
	f.main.Trailing = IconChevron
	f.clear = NewIconButton(IconClose, "Bỏ lọc "+label, func() { f.change(nil) })
	f.ExtendBaseWidget(f)
	f.show()
	return f
}

// Single allows one value only and returns the chip.
func (f *FilterChip) Single() *FilterChip {
	f.single = true
	return f
}

// Focusable is the part of the chip that takes the focus.
func (f *FilterChip) Focusable() fyne.Focusable { return f.main }

// SetOptions replaces the values to choose from.
func (f *FilterChip) SetOptions(options []Option) {
	f.options = options
	f.show()
}

// Keys returns the chosen values.
func (f *FilterChip) Keys() []string { return append([]string(nil), f.keys...) }

// SetKeys chooses values without calling OnChange.
func (f *FilterChip) SetKeys(keys []string) {
	f.keys = append([]string(nil), keys...)
	f.show()
}

// Text returns what the chip shows.
func (f *FilterChip) Text() string { return f.main.Text }

func (f *FilterChip) change(keys []string) {
	f.keys = keys
	f.show()
	if f.OnChange != nil {
		f.OnChange(f.Keys())
	}
}

// Open opens the list of values.
func (f *FilterChip) Open() {
	if f.popup != nil {
		return
	}
	c := &choices{options: f.options, multi: !f.single, marked: map[string]bool{}}
	for _, k := range f.keys {
		c.marked[k] = true
		c.current = k
	}
	f.popup = openChoices(f, c, "", func(o *Option) {
		var keys []string
		if o != nil {
			keys = []string{o.Key}
		} else {
			for _, o := range f.options {
				if c.marked[o.Key] {
					keys = append(keys, o.Key)
				}
			}
		}
		if fmt.Sprint(keys) != fmt.Sprint(f.keys) {
			f.change(keys)
		}
	}, func() { f.popup = nil })
}

func (f *FilterChip) show() {
	text := f.label
	if len(f.keys) > 0 {
		name := f.keys[0]
		for _, o := range f.options {
			if o.Key == f.keys[0] {
				name = o.Text
			}
		}
		name, _ = Truncate(name, Scaled(150), TextSize(theme.SizeNameText), false)
		text = f.label + ": " + name
		if n := len(f.keys) - 1; n > 0 {
			text += fmt.Sprintf(" +%d", n)
		}
	}
	f.main.Chosen = len(f.keys) > 0
	f.main.Trailing = IconChevron
	if f.main.Chosen {
		f.main.Trailing = ""
	}
	f.main.Text = text
	f.main.Refresh()
	show(f.clear, len(f.keys) > 0)
	f.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (f *FilterChip) CreateRenderer() fyne.WidgetRenderer {
	return laid(f, fw.NewSimpleRenderer(container.New(layout.NewCustomPaddedHBoxLayout(0), f.main, f.clear)))
}
