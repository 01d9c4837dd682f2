package widget

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data"
	"giaoban/data/text"
)

// Field is a line or an area of text. All its callbacks get cleaned text (NFC).
// Read its content with Value, never with Text: an input method or a paste may
// leave decomposed letters there.
type Field struct {
	fw.Entry
	// OnText is called at every change.
	OnText func(text string)
	// OnSearch is called when typing pauses.
	OnSearch func(text string)
	// OnEnter is called a moment after Enter, when the input method has delivered
	// the last word. Without it Enter goes to the dialog.
	OnEnter func(text string)
	// EnterGoesOn lets Enter in an area do what it does in a line.
	EnterGoesOn bool
	// OnFocus is called when the focus comes.
	OnFocus func()
	// OnLeave is called when the focus goes elsewhere.
	OnLeave func(text string)
	// OnKey sees every key before the field does; true means that it took it.
	OnKey func(ev *fyne.KeyEvent) bool
	// OnShortcut does the same for shortcuts.
	OnShortcut func(s fyne.Shortcut) bool
	// OnTab takes Tab in place of going to the next field.
	OnTab func(back bool)
	// Width is the least width in px at 100 %; 0 leaves it to the layout.
	Width float32
	// Limit is the most letters that a paste brings; 0 is as many as there are.
	Limit int

	shift      bool
	self       fyne.Widget
	search     func(string)
	windowAway bool
	edited     bool   // since the text was set
	pending    func() // what Enter leads to, while the last word is awaited
	stopSubmit func()
	stopCaret  func()
}

// NewField returns a line of text.
func NewField(placeholder string) *Field {
	f := &Field{}
	f.init(f, placeholder)
	return f
}

// NewArea returns an area of text of several lines, in which Enter begins a new
// line and Tab goes to the next field.
func NewArea(placeholder string, rows int) *Field {
	f := &Field{}
	f.MultiLine = true
	f.Wrapping = fyne.TextWrapWord
	f.init(f, placeholder)
	f.SetMinRowsVisible(rows)
	return f
}

func (f *Field) init(self fyne.Widget, placeholder string) {
	f.self = self
	f.PlaceHolder = placeholder
	f.ExtendBaseWidget(self)
	f.search = Debounce(searchDelay, func(text string) {
		if f.OnSearch != nil {
			f.OnSearch(text)
		}
	})
	f.OnChanged = func(raw string) {
		touch()
		f.edited = true
		if f.stopCaret != nil {
			f.wakeCaret()
		}
		text := text.Clean(raw)
		if f.OnText != nil {
			f.OnText(text)
		}
		if f.OnSearch != nil {
			f.search(text)
		}
	}
}

// Typing reports whether the cursor of the window is in a field that holds
// something to store. A search is no such field.
func Typing(c fyne.Canvas) bool {
	if _, search := c.Focused().(*SearchField); search {
		return false
	}
	_, ok := c.Focused().(interface{ holdsText() })
	return ok
}

func (f *Field) holdsText() {}

func (f *Field) onFocus() *func() { return &f.OnFocus }

// bounded is a paste of not more letters than the field takes. What is cut is said.
func (f *Field) bounded(paste *fyne.ShortcutPaste) fyne.Shortcut {
	if f.Limit == 0 || paste.Clipboard == nil {
		return paste
	}
	letters := []rune(paste.Clipboard.Content())
	if len(letters) <= f.Limit {
		return paste
	}
	if w := windowOf(f.self); w != nil {
		ShowToast(w, fmt.Sprintf("Đoạn đã chép dài %s chữ; ô này chỉ lấy %d chữ đầu.", data.FormatInt(int64(len(letters))), f.Limit), "", nil)
	}
	return &fyne.ShortcutPaste{Clipboard: clip(letters[:f.Limit])}
}

// clip is a clipboard that holds a text for one paste.
type clip string

// Content implements fyne.Clipboard.
func (c clip) Content() string { return string(c) }

// SetContent implements fyne.Clipboard.
func (clip) SetContent(string) {}

// SearchLimit is the most letters that are pasted into a search: what names a
// dossier is shorter, and a page of text is not what is looked for.
const SearchLimit = 300

// Value returns the content, cleaned.
func (f *Field) Value() string { return text.Clean(f.Text) }

// SetValue replaces the content without calling OnText and OnSearch.
func (f *Field) SetValue(text string) {
	if f.Text == text {
		return
	}
	changed := f.OnChanged
	f.OnChanged = nil
	f.SetText(text)
	f.OnChanged = changed
	f.edited = false
	// Nothing stays marked, so that the next letter does not take the place of text
	// that is gone.
	f.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// MinSize implements fyne.CanvasObject.
func (f *Field) MinSize() fyne.Size {
	s := f.Entry.MinSize()
	s.Width = max(s.Width, Scaled(f.Width))
	if !f.MultiLine {
		s.Height = ControlHeight()
	}
	return s
}

// AcceptsTab lets Tab go to the next field also from an area.
func (f *Field) AcceptsTab() bool { return f.OnTab != nil }

// KeyDown implements desktop.Keyable.
func (f *Field) KeyDown(ev *fyne.KeyEvent) {
	f.shift = f.shift || ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight
	f.Entry.KeyDown(ev)
}

// KeyUp implements desktop.Keyable.
func (f *Field) KeyUp(ev *fyne.KeyEvent) {
	f.shift = f.shift && ev.Name != desktop.KeyShiftLeft && ev.Name != desktop.KeyShiftRight
	f.Entry.KeyUp(ev)
}

// SelectAll marks the whole text, so that typing replaces it.
func (f *Field) SelectAll() { f.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// FocusGained marks the text of a line, as desktop programs do; not when the
// whole window comes back.
func (f *Field) FocusGained() {
	f.Entry.FocusGained()
	f.wakeCaret()
	if !f.MultiLine && !f.windowAway && f.Text != "" {
		f.SelectAll()
	}
	f.windowAway = false
	call(f.OnFocus)
}

// FocusLost implements fyne.Focusable.
func (f *Field) FocusLost() {
	f.Entry.FocusLost()
	f.leaveCaret()
	Post(func() {
		if c := canvasOf(f.self); c != nil {
			f.windowAway = c.Focused() == f.self.(fyne.Focusable)
		}
	})
	if f.OnLeave != nil {
		f.OnLeave(f.Value())
	}
}

// TypedKey implements fyne.Focusable.
func (f *Field) TypedKey(ev *fyne.KeyEvent) {
	if f.pending != nil && f.goOn(ev) {
		return
	}
	if f.stopCaret != nil {
		f.wakeCaret()
	}
	if f.OnKey != nil && f.OnKey(ev) {
		return
	}
	if ev.Name == fyne.KeyTab && f.OnTab != nil {
		f.OnTab(f.shift)
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if f.MultiLine && !f.EnterGoesOn {
			f.Entry.TypedKey(ev)
			return
		}
		f.submit(ev)
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12, desktop.KeyMenu:
		passKey(f.self, ev)
	default:
		f.Entry.TypedKey(ev)
	}
}

// submit reads the field a moment later: some input methods deliver the word in
// progress only after the Enter that ends it.
func (f *Field) submit(ev *fyne.KeyEvent) {
	f.pending = func() {
		f.pending = nil
		if f.OnEnter != nil {
			f.OnEnter(f.Value())
			return
		}
		passKey(f.self, ev)
	}
	f.stopSubmit = After(submitDelay, f.pending)
}

// goOn does at once what Enter leads to, because another key was pressed: it
// belongs to the part that has the focus then. An input method delivers its word
// without a key. It reports whether the key went to another part.
func (f *Field) goOn(ev *fyne.KeyEvent) bool {
	c := canvasOf(f.self)
	f.stopSubmit()
	f.pending()
	if c == nil || c.Focused() == f.self.(fyne.Focusable) {
		return false
	}
	if next := c.Focused(); next != nil {
		next.TypedKey(ev)
	} else if typed := c.OnTypedKey(); typed != nil {
		typed(ev)
	}
	return true
}

// TypedShortcut keeps the shortcuts of text and hands on the others. Where there
// is no text to take back, undo is the window's.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	if f.OnShortcut != nil && f.OnShortcut(s) {
		return
	}
	switch k := s.(type) {
	case *fyne.ShortcutPaste:
		s = f.bounded(k)
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		before := f.Text
		if f.edited {
			f.Entry.TypedShortcut(s)
		}
		if f.Text == before {
			passShortcut(f.self, s)
		}
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok {
		text := false
		switch c.KeyName {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			text = c.Modifier&fyne.KeyModifierControl != 0
		}
		if !text {
			passShortcut(f.self, s)
			return
		}
	}
	f.Entry.TypedShortcut(s)
}
