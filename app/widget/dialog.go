package widget

import (
	"cmp"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fw "fyne.io/fyne/v2/widget"
)

// DialogOptions describes a dialog. Enter and Ctrl+Enter take the default
// button, Escape the other one.
type DialogOptions struct {
	Title   string
	Content fyne.CanvasObject
	// Default is the verb of the default button; "" means "Đóng".
	Default string
	// Cancel is the text of the other button; "" leaves it out, Escape then does
	// what the default button does.
	Cancel string
	// Danger draws the default button in the colour of danger and gives the focus
	// to the other one, so that Enter alone does no harm.
	Danger bool
	// OnDefault is called by the default button; false keeps the dialog open.
	OnDefault func() bool
	// OnCancel is called after the dialog was left by Cancel or Escape.
	OnCancel func()
	// OnEscape is called before Escape leaves the dialog; false keeps it open.
	OnEscape func() bool
	// First gets the focus; nil gives it to the first field of the content.
	First fyne.Focusable
	// Width is the least width of the content in px at 100 %.
	Width float32
	// Extra buttons stand at the left.
	Extra []*Button
	// Onward lets Enter go to the next field, as in the page of a new dossier; in
	// the last one, and with Ctrl+Enter everywhere, it takes the default button.
	Onward bool
}

// Dialog is an open dialog.
type Dialog struct {
	o       *overlay
	options DialogOptions
	def     *Button
	cancel  *Button
	errors  *ErrorBar
}

// ShowDialog opens a dialog over the window.
func ShowDialog(w fyne.Window, options DialogOptions) *Dialog {
	d := &Dialog{options: options, errors: NewErrorBar()}
	options.Default = cmp.Or(options.Default, "Đóng")
	kind := MainButton
	if options.Danger {
		kind = DangerButton
	}
	d.def = newButton(kind, options.Default, "", d.accept)
	if options.Onward {
		d.def.WithHint("Ctrl+Enter")
	}
	buttons := container.NewHBox()
	for _, b := range options.Extra {
		buttons.Add(b)
	}
	buttons.Add(layout.NewSpacer())
	if options.Cancel != "" {
		d.cancel = NewButton(options.Cancel, "", d.Cancel)
		buttons.Add(d.cancel)
	}
	buttons.Add(d.def)
	title := NewHeading(options.Title)
	width := Scaled(max(options.Width, 360))
	content := options.Content
	if content == nil {
		content = container0()
	}
	body := container.New(&pileLayout{width: width, gap: 12, spare: 2}, title, d.errors, content, buttons)
	d.o = newOverlay(w.Canvas(), container.New(layout.NewCustomPaddedLayout(16, 16, 16, 16), body))
	d.o.scrim, d.o.title = true, options.Title
	d.o.place = func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		s := fyne.NewSize(min(least.Width, window.Width-16), min(least.Height, window.Height-16))
		return fyne.NewPos(float32(int((window.Width-s.Width)/2)), float32(int((window.Height-s.Height)/2.4))), s
	}
	d.o.key = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyEscape:
			if options.OnEscape == nil || options.OnEscape() {
				d.Cancel()
			}
		case fyne.KeyReturn, fyne.KeyEnter:
			if !options.Danger && !d.onward() {
				d.accept()
			}
		default:
			return false
		}
		return true
	}
	d.o.shortcut = func(s fyne.Shortcut) bool {
		take := pressed(s, fyne.KeyReturn, fyne.KeyModifierControl) || pressed(s, fyne.KeyEnter, fyne.KeyModifierControl)
		if take {
			d.accept()
		}
		return take
	}
	first := options.First
	if first == nil {
		first = firstField(content)
	}
	if first == nil {
		first = d.def
		if options.Danger && d.cancel != nil {
			first = d.cancel
		}
	}
	d.o.show(first)
	return d
}

// Close takes the dialog away without calling OnCancel.
func (d *Dialog) Close() { d.o.close() }

// Cancel leaves the dialog as Escape does.
func (d *Dialog) Cancel() {
	if !d.o.open {
		return
	}
	if d.options.Cancel == "" && d.options.OnCancel == nil {
		d.accept()
		return
	}
	d.o.close()
	if d.options.OnCancel != nil {
		d.options.OnCancel()
	}
}

// ShowError shows what is wrong above the content; what was typed stays.
func (d *Dialog) ShowError(err error) {
	d.errors.SetError(err)
	d.o.refit()
}

// Default returns the default button, to switch it on and off.
func (d *Dialog) Default() *Button { return d.def }

func (d *Dialog) accept() {
	if !d.o.open || d.def.Disabled() {
		return
	}
	if d.options.OnDefault != nil && !d.options.OnDefault() {
		return
	}
	d.o.close()
}

// onward goes to the field after the one that has the cursor. It reports false
// where the dialog has no such order, or there is no further field.
func (d *Dialog) onward() bool {
	if !d.options.Onward {
		return false
	}
	c := canvasOf(d.def)
	if c == nil {
		return false
	}
	from := c.Focused()
	c.FocusNext()
	b, ok := c.Focused().(*Button)
	if !ok || b != d.def && b != d.cancel && !slices.Contains(d.options.Extra, b) {
		return true
	}
	c.Focus(from)
	return false
}

// firstField finds the first enabled part of the content that takes text or a
// choice.
func firstField(o fyne.CanvasObject) fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		return nil
	}
	if f, ok := o.(fyne.Focusable); ok {
		return f
	}
	switch c := o.(type) {
	case *fyne.Container:
		for _, child := range c.Objects {
			if f := firstField(child); f != nil {
				return f
			}
		}
	case *FieldBox:
		return firstField(c.content)
	case *container.Scroll:
		return firstField(c.Content)
	}
	return nil
}

// Message tells something; Enter and Escape close it.
func Message(w fyne.Window, title, text string, closed func()) *Dialog {
	return ShowDialog(w, DialogOptions{Title: title, Content: NewParagraph(text, 420), Default: "Đóng", OnDefault: func() bool {
		if closed != nil {
			Post(closed)
		}
		return true
	}})
}

// ShowError tells an officer what went wrong, and offers to report what is a fault
// of the program.
func ShowError(w fyne.Window, title string, err error) *Dialog {
	Note(err)
	row := container.NewBorder(nil, nil, container.NewVBox(iconImage(IconWarning, ColorLate)), nil, NewParagraph(err.Error(), 400))
	o := DialogOptions{Title: title, Content: row, Default: "Đóng"}
	var d *Dialog
	if Unexpected(err) && OnReport != nil {
		o.Extra = []*Button{NewButton("Báo lỗi…", "", func() {
			d.Close()
			OnReport()
		})}
	}
	d = ShowDialog(w, o)
	return d
}

// Confirm asks before something is done; verb says what on the button.
func Confirm(w fyne.Window, title, text, verb string, done func(ok bool)) *Dialog {
	return confirm(w, title, text, verb, false, done)
}

// ConfirmDanger asks before something that takes away data or results. Enter
// alone does not confirm it.
func ConfirmDanger(w fyne.Window, title, text, verb string, done func(ok bool)) *Dialog {
	return confirm(w, title, text, verb, true, done)
}

func confirm(w fyne.Window, title, text, verb string, danger bool, done func(ok bool)) *Dialog {
	return ShowDialog(w, DialogOptions{Title: title, Content: NewParagraph(text, 420), Default: verb, Cancel: "Hủy bỏ", Danger: danger,
		OnDefault: func() bool {
			Post(func() { done(true) })
			return true
		},
		OnCancel: func() { done(false) }})
}

// ShowForm asks for some fields. submit may refuse with an error that the dialog
// shows above the fields; what was typed stays.
func ShowForm(w fyne.Window, title string, fields []fyne.CanvasObject, verb string, submit func() error) *Dialog {
	var d *Dialog
	d = ShowDialog(w, DialogOptions{Title: title, Content: container.New(layout.NewCustomPaddedVBoxLayout(8), fields...), Default: verb, Cancel: "Hủy bỏ", Width: 420,
		OnDefault: func() bool {
			if err := submit(); err != nil {
				d.ShowError(err)
				return false
			}
			return true
		}})
	return d
}

// ErrorBar stands above content and says what is wrong, where, and what to do.
// It is hidden until SetError is called with an error.
type ErrorBar struct {
	fw.BaseWidget
	text   *Paragraph
	report *Button
	hide   *Button
}

// NewErrorBar returns a hidden bar.
func NewErrorBar() *ErrorBar {
	b := &ErrorBar{text: NewParagraph("", 300)}
	b.text.Role = ColorLate
	b.hide = NewIconButton(IconClose, "Ẩn", func() { b.SetError(nil) })
	b.report = NewQuietButton("Báo lỗi…", "", func() { OnReport() })
	b.report.Hide()
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// SetError shows the error, or hides the bar for nil.
func (b *ErrorBar) SetError(err error) {
	if err == nil {
		b.text.SetText("")
		b.Hide()
		return
	}
	Note(err)
	b.text.SetText(err.Error())
	b.report.Hidden = !Unexpected(err) || OnReport == nil
	b.Show()
	b.Refresh()
}

// Text returns the sentence that is shown.
func (b *ErrorBar) Text() string { return b.text.text }

// CreateRenderer implements fyne.Widget.
func (b *ErrorBar) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	ground.CornerRadius, ground.StrokeWidth = 3, 1
	icon := iconImage(IconWarning, ColorLate)
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, icon, b.text, b.report, b.hide}}
	r.min = func() fyne.Size {
		return fyne.NewSize(120, max(b.text.MinSize().Height+12, ControlHeight()+4))
	}
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		i := Scaled(18)
		place(icon, 8, 7, i, i)
		m := b.hide.MinSize()
		place(b.hide, s.Width-m.Width-2, 2, m.Width, m.Height)
		if b.report.Visible() {
			more := b.report.MinSize()
			place(b.report, s.Width-m.Width-more.Width-4, 2, more.Width, more.Height)
			m.Width += more.Width
		}
		place(b.text, i+16, max(6, (s.Height-b.text.MinSize().Height)/2), s.Width-m.Width-i-24, s.Height-12)
	}
	r.refresh = func() {
		ground.StrokeColor = Color(ColorLate)
		wash := Color(ColorLate).(color.NRGBA)
		wash.A = 0x14
		ground.FillColor = blend(Color(ColorPaper), wash, false)
		r.layout(b.Size())
		canvas.Refresh(b)
	}
	r.refresh()
	return r
}
