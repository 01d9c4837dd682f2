package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	fieldButton                    // looks like a field: a Picker
)

// Button is a button of desktop size with optional icon, shortcut hint and
// tooltip. Space and Enter press it while it has the focus.
type Button struct {
	fw.DisableableWidget
	hovering
	focusing
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

	cut bool // not all of the text is shown
	// say is the text with what stands before it, and its role, "" for the usual one.
	say func() (before, text string, role fyne.ThemeColorName)
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
	b.init(b)
	return b
}

func (b *Button) init(self fyne.Widget) {
	b.self, b.on = self, self
	b.tip = func() string { return b.Tip }
	if b.say == nil {
		b.say = func() (string, string, fyne.ThemeColorName) { return "", b.Text, "" }
	}
	b.ExtendBaseWidget(self)
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
	touch()
	if b.Disabled() {
		return
	}
	hideTip()
	takeFocus(b.self.(fyne.Focusable))
	call(b.OnTapped)
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Tapped(nil)
	default:
		passKey(b.self, ev)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	ground, text, hint, sign := canvas.NewRectangle(nil), canvas.NewText("", nil), canvas.NewText("", nil), container0()
	icon, trailing := iconImage("", ""), iconImage("", "")
	ground.CornerRadius = 3
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, icon, sign, text, hint, trailing}}
	// line is what stands in the button from left to right, with its width and height.
	type piece struct {
		o    fyne.CanvasObject
		w, h float32
	}
	line := func() (pieces []piece, total float32) {
		add := func(o fyne.CanvasObject, on bool, w, h float32) {
			if show(o, on); !on {
				return
			}
			if total > 0 {
				total += 4
			}
			total += w
			pieces = append(pieces, piece{o, w, h})
		}
		add(icon, b.Icon != "", Scaled(18), Scaled(18))
		add(sign, b.Mark != NoMark, markSize()+2, markSize())
		before, words, _ := b.say()
		texts := []func(){
			func() {
				add(text, words != "", fyne.MeasureText(words, text.TextSize, text.TextStyle).Width, lineHeight(text.TextSize))
			},
			func() {
				w := hint.MinSize().Width
				if before == "" {
					w += 4 // it stands a little apart
				}
				add(hint, hint.Text != "", w, lineHeight(hint.TextSize))
			},
		}
		if before != "" {
			texts[0], texts[1] = texts[1], texts[0]
		}
		texts[0]()
		texts[1]()
		add(trailing, b.Trailing != "", Scaled(16), Scaled(16))
		return pieces, total
	}
	r.min = func() fyne.Size {
		_, total := line()
		pad := float32(16)
		if b.Text == "" && b.Trailing == "" {
			pad = 10
		}
		return fyne.NewSize(total+pad, ControlHeight())
	}
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		pieces, total := line()
		x := (s.Width - total) / 2
		if b.Leading || x < 8 && text.Visible() {
			x = 8
		}
		for _, p := range pieces {
			switch {
			case p.o == fyne.CanvasObject(text) && b.Leading:
				room := s.Width - x - 8
				if b.Trailing != "" {
					room -= Scaled(16) + 4
				}
				_, words, _ := b.say()
				text.Text, b.cut = Truncate(words, room, text.TextSize, text.TextStyle.Bold)
			case p.o == fyne.CanvasObject(trailing) && b.Leading:
				x = s.Width - p.w - 6
			}
			at := x
			if p.o == fyne.CanvasObject(hint) && hint.TextSize != text.TextSize {
				at += 4
			}
			place(p.o, at, (s.Height-p.h)/2, p.w, p.h)
			x += p.w + 4
		}
	}
	r.refresh = func() {
		fg, bg, line := b.colors()
		filled := b.Kind == MainButton || b.Kind == DangerButton
		ground.FillColor, ground.StrokeColor, ground.StrokeWidth = roleOrNone(bg), roleOrNone(line), 1
		if b.hovered && !b.Disabled() {
			switch {
			case b.Kind == QuietButton && !b.Chosen:
				ground.FillColor = Color(ColorSelected)
			case filled || b.Chosen:
				ground.FillColor = blend(ground.FillColor, Color(theme.ColorNameHover), filled)
			default:
				ground.FillColor = Color(ColorHoverRow)
			}
		}
		if b.focused {
			ground.StrokeColor, ground.StrokeWidth = Color(ColorPrimary), 2
			if filled {
				ground.StrokeColor = Color(ColorInk)
			}
		}
		before, words, role := b.say()
		if role == "" || b.Disabled() {
			role = fg
		}
		text.Text, text.Color, text.TextSize, text.TextStyle.Bold = words, Color(role), TextSize(theme.SizeNameText), filled
		hint.Text, hint.Color, hint.TextSize = b.Hint, Color(ColorSecondary), TextSize(SizeSmall)
		if before != "" {
			hint.Text, hint.TextSize = before, text.TextSize
		} else if filled || b.Disabled() {
			hint.Color = Color(fg)
		}
		setIcon(icon, b.Icon, fg)
		if b.Kind == fieldButton {
			fg = ColorSecondary
		}
		setIcon(trailing, b.Trailing, fg)
		sign.Objects = nil
		if b.Mark != NoMark {
			sign.Objects = []fyne.CanvasObject{NewMark(b.Mark)}
		}
		r.layout(b.Size())
		canvas.Refresh(b)
	}
	r.refresh()
	return r
}

// colors are the roles of text, ground and edge; "" for none.
func (b *Button) colors() (text, ground, edge fyne.ThemeColorName) {
	text, ground, edge = ColorInk, theme.ColorNameButton, theme.ColorNameInputBorder
	switch b.Kind {
	case MainButton:
		text, ground, edge = ColorOnPrimary, ColorPrimary, ColorPrimary
	case DangerButton:
		text, ground, edge = theme.ColorNameForegroundOnError, theme.ColorNameError, theme.ColorNameError
	case QuietButton:
		ground, edge = "", ""
	case fieldButton:
		ground = theme.ColorNameInputBackground
	}
	if b.Chosen {
		text, ground, edge = ColorPrimary, ColorSelected, ColorPrimary
	}
	if b.Disabled() {
		text = theme.ColorNameDisabled
		if b.Kind != QuietButton {
			edge = ColorLine
		}
		if b.Kind != QuietButton && b.Kind != fieldButton {
			ground = theme.ColorNameDisabledButton
		}
	}
	return text, ground, edge
}
