package widget

import (
	"fyne.io/fyne/v2"

	"giaoban/data/text"
)

// SuggestField is a line of text that proposes what was used before: the arrow
// down or F4 opens the list, narrowed by what stands in the field, without
// diacritics too. Any other text may be typed.
type SuggestField struct {
	Field
	// Options returns what is proposed, the most usual first.
	Options func() []Option
	// OnPick is called when the officer has taken a proposal; without it the text
	// of the option goes into the field.
	OnPick func(o Option)

	popup *overlay
}

// NewSuggestField returns an empty field.
func NewSuggestField(placeholder string, options func() []Option) *SuggestField {
	f := &SuggestField{Options: options}
	f.ActionItem = newMouseIcon(IconChevron, ColorInk, "Chọn trong những mục đã dùng (phím mũi tên xuống)", func() { f.open("") })
	f.init(f, placeholder)
	openOn := func(key bool) bool {
		if key {
			f.open(f.Value())
		}
		return key
	}
	f.OnKey = func(ev *fyne.KeyEvent) bool { return openOn(ev.Name == fyne.KeyDown || ev.Name == fyne.KeyF4) }
	f.OnShortcut = func(s fyne.Shortcut) bool { return openOn(pressed(s, fyne.KeyDown, fyne.KeyModifierAlt)) }
	return f
}

// open shows the list, narrowed by typed; all of it when nothing matches.
func (f *SuggestField) open(typed string) {
	c := canvasOf(f)
	if c == nil || f.popup != nil || f.Disabled() {
		return
	}
	options := f.Options()
	if len(options) == 0 {
		return
	}
	query, found := text.Fold(typed), false
	for _, o := range options {
		found = found || containsWords(query, text.Fold(o.Text+" "+o.Detail))
	}
	if !found {
		typed = ""
	}
	c.Focus(f)
	f.popup = openChoices(f, &choices{options: options}, typed, func(o *Option) {
		if f.OnPick != nil {
			f.OnPick(*o)
			return
		}
		f.SetText(o.Text)
	}, func() { f.popup = nil })
}
