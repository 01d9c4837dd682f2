package cells

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"giaoban/app/widget"
)

// begin opens the cell of the cursor with a text, the cursor behind it.
func (s *Sheet) begin(text string) {
	if s.typed != nil || s.grid.Current() < 0 || !s.may() {
		return
	}
	if text != "" && text != s.table.At(s.grid.Current(), s.grid.Column()) && s.offer(text) {
		return
	}
	f := widget.NewField("")
	if s.columns[s.grid.Column()].Lines > 1 {
		f = widget.NewArea("", s.columns[s.grid.Column()].Lines)
		f.EnterGoesOn = true
	}
	f.SetValue(strings.TrimLeft(text, " "))
	s.typed = f
	f.OnEnter = func(string) { s.finish(1, 0) }
	f.OnTab = func(back bool) {
		if back {
			s.finish(0, -1)
			return
		}
		s.finish(0, 1)
	}
	f.OnLeave = func(string) { s.leave() }
	f.OnKey = func(ev *fyne.KeyEvent) bool { return s.typedKey(f, ev) }
	f.OnShortcut = func(sc fyne.Shortcut) bool { return s.typedShortcut(f, sc) }
	s.grid.Edit(f)
	s.e.Window.Canvas().Focus(f)
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd}) // a line marks its text when it gets the focus
}

func (s *Sheet) typedKey(f *widget.Field, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		s.close()
		s.focus()
	case fyne.KeyUp, fyne.KeyDown:
		if f.MultiLine {
			return false
		}
		s.finish(map[bool]int{true: 1, false: -1}[ev.Name == fyne.KeyDown], 0)
	default:
		return false
	}
	return true
}

func (s *Sheet) typedShortcut(f *widget.Field, sc fyne.Shortcut) bool {
	switch k := sc.(type) {
	case *fyne.ShortcutPaste:
		copied := k.Clipboard.Content()
		if !strings.ContainsAny(strings.TrimRight(copied, "\r\n"), "\t\n") {
			return false
		}
		s.close()
		s.focus()
		s.paste(copied)
		return true
	case *desktop.CustomShortcut:
		if k.KeyName != fyne.KeyReturn && k.KeyName != fyne.KeyEnter {
			return false
		}
		switch k.Modifier {
		case fyne.KeyModifierControl:
			s.finish(0, 0)
			s.OnStore()
			return true
		case fyne.KeyModifierAlt:
			if f.MultiLine {
				f.TypedRune('\n')
			}
			return true
		}
	}
	return false
}

// finish takes what was typed and goes to another cell.
func (s *Sheet) finish(rows, columns int) {
	s.leave()
	at := s.Place()
	s.grid.SetCell(at.Row+rows, at.Column+columns)
	s.focus()
}

// leave takes what was typed.
func (s *Sheet) leave() {
	f := s.typed
	if f == nil {
		return
	}
	s.close()
	s.put(strings.TrimSpace(f.Value()))
}

// close takes the field away; what was typed is lost.
func (s *Sheet) close() {
	s.typed = nil
	s.grid.Edit(nil)
}

func (s *Sheet) put(text string) {
	if at := s.Place(); at.Row >= 0 && text != s.table.At(at.Row, at.Column) {
		if !s.Put(at, text) {
			s.table.Set(at.Row, at.Column, text)
		}
		s.changed(at)
	}
}

// offer opens the list of what the cell may hold, narrowed by what was typed; it
// reports whether there is one.
func (s *Sheet) offer(typed string) bool {
	at := s.Place()
	if at.Row < 0 || s.columns[at.Column].Choices == nil {
		return false
	}
	options := s.columns[at.Column].Choices(at.Row)
	if len(options) == 0 || !s.may() {
		return false
	}
	p := widget.NewPicker(options, func(o widget.Option) { s.put(o.Key) })
	p.None = "(để trống)"
	p.SetKey(s.table.At(at.Row, at.Column))
	p.OnClosed = func() {
		s.grid.Edit(nil)
		s.focus()
	}
	s.grid.Edit(p)
	p.Open(strings.TrimSpace(typed))
	return true
}
