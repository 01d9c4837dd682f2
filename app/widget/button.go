package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// ButtonKind is the rank of a button.
type ButtonKind uint8

// The kinds. A screen has at most one MainButton.
const (
	PlainButton  ButtonKind = iota // with a border
	MainButton                     // filled: the one main action
	QuietButton                    // without border, for tool rows and links
	DangerButton                   // filled in the colour of danger, in confirmations
)

// Button is a button of desktop size with optional icon, shortcut hint and
// tooltip. Space and Enter press it while it has the focus.
type Button struct {
	fw.DisableableWidget
	Text     string
	Icon     IconName // before the text
	Trailing IconName // after the text, such as IconChevron
	Mark     Mark     // sign before the text
	Hint     string   // shortcut, shown fainter after the text
	Tip      string   // tooltip; needed when there is no text
	Kind     ButtonKind
	Chosen   bool // pressed in, for switches between views
	Leading  bool // text at the left
	OnTapped func()

	hovered, focused bool
}

// NewButton returns a plain button.
func NewButton(text string, icon IconName, tapped func()) *Button {
	return newButton(PlainButton, text, icon, tapped)
}

// NewMainButton returns the filled button of the screen's main action.
func NewMainButton(text string, icon IconName, tapped func()) *Button {
	return newButton(MainButton, text, icon, tapped)
}

// NewQuietButton returns a button without border.
func NewQuietButton(text string, icon IconName, tapped func()) *Button {
	return newButton(QuietButton, text, icon, tapped)
}

// NewIconButton returns a button with an icon alone, and its tooltip.
func NewIconButton(icon IconName, tooltip string, tapped func()) *Button {
	b := newButton(QuietButton, "", icon, tapped)
	b.Tip = tooltip
	return b
}

func newButton(kind ButtonKind, text string, icon IconName, tapped func()) *Button {
	b := &Button{Text: text, Icon: icon, Kind: kind, OnTapped: tapped}
	b.ExtendBaseWidget(b)
	return b
}

// WithHint sets the shortcut shown on the button and returns the button.
func (b *Button) WithHint(shortcut string) *Button {
	b.Hint = shortcut
	return b
}

// WithTip sets the tooltip and returns the button.
func (b *Button) WithTip(text string) *Button {
	b.Tip = text
	return b
}

// SetText changes the text.
func (b *Button) SetText(text string) {
	if b.Text != text {
		b.Text = text
		b.Refresh()
	}
}

// SetChosen shows the button pressed in or not.
func (b *Button) SetChosen(on bool) {
	if b.Chosen != on {
		b.Chosen = on
		b.Refresh()
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (b *Button) AccessibilityLabel() string {
	if b.Text != "" {
		return b.Text
	}
	return b.Tip
}

// AccessibilityRole implements fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	if b.Disabled() {
		return
	}
	hideTip()
	if c := canvasOf(b); c != nil && c.Focused() != fyne.Focusable(b) {
		c.Focus(b)
	}
	if b.OnTapped != nil {
		b.OnTapped()
	}
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
	armTip(b, b.Tip, func() fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(0, b.Size().Height+4)
	})
}

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() {
	b.hovered = false
	hideTip()
	b.Refresh()
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		passKey(b, ev)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (b *Button) TypedShortcut(s fyne.Shortcut) { passShortcut(b, s) }

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{b: b, ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil), hint: canvas.NewText("", nil)}
	r.ground.CornerRadius = 3
	r.update()
	return laid(b, r)
}

type buttonRenderer struct {
	b              *Button
	ground         *canvas.Rectangle
	text, hint     *canvas.Text
	icon, trailing *canvas.Image
	mark           fyne.CanvasObject
	shownMark      Mark
	objects        []fyne.CanvasObject
}

func (r *buttonRenderer) Destroy()                     {}
func (r *buttonRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *buttonRenderer) Refresh() {
	r.update()
	r.Layout(r.b.Size())
	canvas.Refresh(r.b)
}

func (r *buttonRenderer) update() {
	b := r.b
	fg, bg, line := ColorInk, theme.ColorNameButton, theme.ColorNameInputBorder
	switch b.Kind {
	case MainButton:
		fg, bg, line = ColorOnPrimary, ColorPrimary, ColorPrimary
	case DangerButton:
		fg, bg, line = theme.ColorNameForegroundOnError, theme.ColorNameError, theme.ColorNameError
	case QuietButton:
		fg, bg, line = ColorInk, "", ""
	}
	if b.Chosen {
		fg, bg, line = ColorPrimary, ColorSelected, ColorPrimary
	}
	if b.Disabled() {
		fg, line = theme.ColorNameDisabled, ColorLine
		if b.Kind != QuietButton {
			bg = theme.ColorNameDisabledButton
		} else {
			line = ""
		}
	}
	pick := func(n fyne.ThemeColorName) (c interface {
		RGBA() (r, g, b, a uint32)
	}) {
		if n == "" {
			return nil
		}
		return Color(n)
	}
	r.ground.FillColor = pick(bg)
	r.ground.StrokeColor, r.ground.StrokeWidth = pick(line), 1
	if b.hovered && !b.Disabled() {
		if bg == "" || b.Kind == PlainButton && !b.Chosen {
			r.ground.FillColor = Color(ColorHoverRow)
			if b.Kind == QuietButton {
				r.ground.FillColor = Color(ColorSelected)
			}
		} else {
			r.ground.FillColor = blend(r.ground.FillColor, Color(theme.ColorNameHover), b.Kind == MainButton || b.Kind == DangerButton)
		}
	}
	if b.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = Color(ColorPrimary), 2
		if b.Kind == MainButton || b.Kind == DangerButton {
			r.ground.StrokeColor = Color(ColorInk)
		}
	}
	r.text.Text, r.text.Color, r.text.TextSize = b.Text, Color(fg), TextSize(theme.SizeNameText)
	r.text.TextStyle = fyne.TextStyle{Bold: b.Kind == MainButton || b.Kind == DangerButton}
	hintColor := Color(ColorSecondary)
	if b.Kind == MainButton || b.Kind == DangerButton || b.Disabled() {
		hintColor = Color(fg)
	}
	r.hint.Text, r.hint.Color, r.hint.TextSize = b.Hint, hintColor, TextSize(SizeSmall)
	set := func(img **canvas.Image, name IconName) {
		if name == "" {
			*img = nil
			return
		}
		if *img == nil {
			*img = canvas.NewImageFromResource(nil)
			(*img).FillMode = canvas.ImageFillContain
		}
		if res := Icon(name, fg); (*img).Resource != res {
			(*img).Resource = res
			(*img).Refresh()
		}
	}
	set(&r.icon, b.Icon)
	set(&r.trailing, b.Trailing)
	if b.Mark != r.shownMark {
		r.mark, r.shownMark = nil, b.Mark
		if b.Mark != NoMark {
			r.mark = NewMark(b.Mark)
		}
	}
	r.objects = r.objects[:0]
	r.objects = append(r.objects, r.ground)
	if r.icon != nil {
		r.objects = append(r.objects, r.icon)
	}
	if r.mark != nil {
		r.objects = append(r.objects, r.mark)
	}
	r.objects = append(r.objects, r.text, r.hint)
	if r.trailing != nil {
		r.objects = append(r.objects, r.trailing)
	}
}

func (r *buttonRenderer) widths() (icon, mark, text, hint, trailing, total float32) {
	gap := func(w float32) {
		if total > 0 && w > 0 {
			total += 4
		}
		total += w
	}
	if r.icon != nil {
		icon = Scaled(18)
		gap(icon)
	}
	if r.mark != nil {
		mark = markSize() + 2
		gap(mark)
	}
	if r.b.Text != "" {
		text = r.text.MinSize().Width
		gap(text)
	}
	if r.b.Hint != "" {
		hint = r.hint.MinSize().Width + 4
		gap(hint)
	}
	if r.trailing != nil {
		trailing = Scaled(16)
		gap(trailing)
	}
	return
}

func (r *buttonRenderer) MinSize() fyne.Size {
	_, _, text, _, _, total := r.widths()
	pad := float32(16)
	if text == 0 && r.trailing == nil {
		pad = 10
	}
	return fyne.NewSize(total+pad, ControlHeight())
}

func (r *buttonRenderer) Layout(s fyne.Size) {
	r.ground.Resize(s)
	icon, mark, text, hint, trailing, total := r.widths()
	x := (s.Width - total) / 2
	if r.b.Leading || x < 8 && text > 0 {
		x = 8
	}
	put := func(o fyne.CanvasObject, w, h float32) {
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		x += w + 4
	}
	if icon > 0 {
		put(r.icon, icon, icon)
	}
	if mark > 0 {
		m := markSize()
		put(r.mark, m, m)
		x += 2
	}
	if text > 0 {
		if r.b.Leading {
			room := s.Width - x - 8
			if trailing > 0 {
				room -= trailing + 4
			}
			r.text.Text, _ = Truncate(r.b.Text, room, r.text.TextSize, r.text.TextStyle.Bold)
		}
		put(r.text, text, r.text.MinSize().Height)
	}
	if hint > 0 {
		x += 4
		put(r.hint, hint-4, r.hint.MinSize().Height)
	}
	if trailing > 0 {
		if r.b.Leading {
			x = s.Width - trailing - 6
		}
		put(r.trailing, trailing, trailing)
	}
}
