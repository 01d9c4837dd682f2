package widget

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// SearchField is a line of text that offers, below it and while one types, what
// may come next. The list never takes the focus and never takes what one types:
// Tab or Ctrl+Space take an offer, Alt with the arrows marks another one, Escape
// closes the list, and every other key does what it does without offers. The
// arrows alone belong to whatever stands below the field.
type SearchField struct {
	Field
	// Offer returns what may be taken for the text; the Key of an option is the
	// whole text that it leads to. Nil offers nothing.
	Offer func(text string) []Option
	// OnTake is called when an offer was taken, after OnText.
	OnTake func()

	offers []Option
	at     int // the offer that was marked, -1 for none
	list   *offerList
	layer  *fyne.Container
}

// offersShown bounds the lines of the list.
const offersShown = 10

// leaveDelay lets a click on the list arrive after the field has lost the focus.
const leaveDelay = 200 * time.Millisecond

// NewSearchField returns an empty field.
func NewSearchField(placeholder string) *SearchField {
	f := &SearchField{at: -1}
	f.init(f, placeholder)
	f.Limit = SearchLimit
	typed := f.OnChanged
	f.OnChanged = func(raw string) {
		typed(raw)
		f.offer()
	}
	return f
}

// AcceptsTab implements fyne.Tabbable: Tab takes an offer while there is one.
func (f *SearchField) AcceptsTab() bool { return f.list != nil }

// offer shows what may come next.
func (f *SearchField) offer() {
	var offers []Option
	if f.Offer != nil {
		offers = f.Offer(f.Value())
	}
	f.offers, f.at = offers[:min(len(offers), offersShown)], -1
	f.draw()
}

// CloseOffers takes the list away.
func (f *SearchField) CloseOffers() {
	f.offers, f.at = nil, -1
	f.draw()
}

func (f *SearchField) draw() {
	if f.list != nil {
		f.layer.Remove(f.list)
		f.list, f.layer = nil, nil
	}
	if len(f.offers) == 0 {
		return
	}
	c := canvasOf(f)
	if c == nil || c.Focused() != fyne.Focusable(f) {
		f.offers = nil
		return
	}
	if f.layer = layerOf(c); f.layer == nil {
		f.offers = nil
		return
	}
	f.list = &offerList{field: f}
	f.list.pointing = pointing{f.list.rowAt, f.list.Refresh, -1}
	f.list.ExtendBaseWidget(f.list)
	at, s := absolute(f).AddXY(0, f.Size().Height+2).Subtract(absolute(f.layer)), f.list.MinSize()
	place(f.list, at.X, at.Y, max(s.Width, f.Size().Width), s.Height)
	f.layer.Add(f.list)
}

// take puts an offer into the field and offers what may follow it.
func (f *SearchField) take(i int) {
	if i < 0 || i >= len(f.offers) {
		return
	}
	text := f.offers[i].Key
	f.CloseOffers()
	if c := canvasOf(f); c != nil && c.Focused() != fyne.Focusable(f) {
		c.Focus(f)
	}
	f.SetText(text)
	f.CursorColumn = len([]rune(text))
	f.Refresh()
	call(f.OnTake)
}

// TypedKey implements fyne.Focusable.
func (f *SearchField) TypedKey(ev *fyne.KeyEvent) {
	if f.list == nil {
		f.Field.TypedKey(ev)
		return
	}
	switch ev.Name {
	case fyne.KeyTab:
		f.take(max(f.at, 0))
	case fyne.KeyEscape:
		f.CloseOffers()
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyReturn, fyne.KeyEnter:
		f.CloseOffers()
		f.Field.TypedKey(ev)
	default:
		f.Field.TypedKey(ev)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (f *SearchField) TypedShortcut(s fyne.Shortcut) {
	switch {
	case f.list == nil:
		f.Field.TypedShortcut(s)
	case pressed(s, fyne.KeySpace, fyne.KeyModifierControl):
		f.take(max(f.at, 0))
	case pressed(s, fyne.KeyDown, fyne.KeyModifierAlt):
		f.step(1)
	case pressed(s, fyne.KeyUp, fyne.KeyModifierAlt):
		f.step(-1)
	default:
		f.Field.TypedShortcut(s)
	}
}

// step moves the mark among the offers; above the first one it leaves the list.
func (f *SearchField) step(by int) {
	f.at = min(max(f.at+by, -1), len(f.offers)-1)
	f.list.Refresh()
}

// FocusGained implements fyne.Focusable. What was typed before the focus went
// elsewhere was asked and answered: undo is no longer about it.
func (f *SearchField) FocusGained() {
	away := f.windowAway
	f.Field.FocusGained()
	f.edited = f.edited && away
}

// FocusLost implements fyne.Focusable.
func (f *SearchField) FocusLost() {
	f.Field.FocusLost()
	After(leaveDelay, func() {
		if c := canvasOf(f); c == nil || c.Focused() != fyne.Focusable(f) {
			f.CloseOffers()
		}
	})
}

// offerList draws the offers of a field.
type offerList struct {
	fw.BaseWidget
	pointing
	field *SearchField
}

func (l *offerList) rowAt(p fyne.Position) int {
	row := int((p.Y - 4) / ControlHeight())
	if p.Y < 4 || row >= len(l.field.offers) {
		return -1
	}
	return row
}

// Tapped takes the offer under the mouse.
func (l *offerList) Tapped(ev *fyne.PointEvent) { l.field.take(l.rowAt(ev.Position)) }

// said is what is told of an offer; that of the one which Tab takes says so.
func (l *offerList) said(i int) string {
	if i == 0 {
		return strings.TrimPrefix(l.field.offers[0].Detail+" · Tab", " · ")
	}
	return l.field.offers[i].Detail
}

// CreateRenderer implements fyne.Widget.
func (l *offerList) CreateRenderer() fyne.WidgetRenderer {
	size, small := TextSize(theme.SizeNameText), TextSize(SizeSmall)
	return sketched(l, func() fyne.Size {
		width := float32(0)
		for i, o := range l.field.offers {
			width = max(width, textWidth(o.Text, size, false)+textWidth(l.said(i), small, false)+44)
		}
		return fyne.NewSize(min(width, Scaled(560)), 8+float32(len(l.field.offers))*ControlHeight())
	}, func(p *sketch, s fyne.Size) {
		sheet(p.rect("", 0, 0, s.Width, s.Height))
		row := l.field.at
		if row < 0 {
			row = l.under
		}
		for i, o := range l.field.offers {
			y := 4 + float32(i)*ControlHeight()
			if i == row {
				p.rect(ColorSelected, 4, y, s.Width-8, ControlHeight())
			}
			hint, _ := Truncate(l.said(i), s.Width-textWidth(o.Text, size, false)-36, small, false)
			p.row(o.Text, hint, ColorInk, 10, y, s.Width-20, ControlHeight())
		}
	})
}
